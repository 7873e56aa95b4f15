(** What a random matrix of p orthogonal rows of length s makes of a vector, if its law does not see an orthogonal factor: the
    moments of |A x|^2 are those of a uniform direction, |x|^(2k) times the product of s^2 (p + 2 i)/(m + 2 i) over i < k.

    No measure on the sphere is needed: reflecting two columns by a small angle changes no mean, so the mean of the first-order
    change is zero, and that is the recursion of the moments. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Transpose Spectral Margin OrthogonalClaims LayerLaws.
Open Scope R_scope.

(** ** Reflections *)

Definition reflection (c : R) (w : nat -> R) (i j : nat) : R := unit_matrix i j - c * (w i * w j).

Lemma reflected : forall m A c w i j, (j < m)%nat -> mul m A (reflection c w) i j = A i j - c * (mv m A w i * w j).
Proof.
  intros m A c w i j Hj; unfold mul, dot, reflection, mv.
  rewrite (total_ext m _ (fun k => A i k * unit_matrix k j - c * w j * (A i k * w k))) by (intros; ring).
  rewrite total_minus, total_scal, unit_sum by exact Hj; unfold dot; ring.
Qed.

Lemma reflection_orthogonal : forall m c w, c * dot m w w = 2 -> orthogonal m (reflection c w).
Proof.
  intros m c w H i j Hi Hj; rewrite reflected by exact Hj; unfold tr; unfold mv.
  assert (E : dot m (fun k => reflection c w k i) w = w i - c * (dot m w w * w i)).
  { unfold dot, reflection; rewrite (total_ext m _ (fun k => w k * unit_matrix k i - c * w i * (w k * w k))) by (intros; ring).
    rewrite total_minus, total_scal, unit_sum by exact Hi; unfold dot; ring. }
  rewrite E; unfold reflection, unit_matrix; rewrite (Nat.eqb_sym j i).
  replace (c * ((w i - c * (dot m w w * w i)) * w j)) with (c * (w i * w j) - c * dot m w w * (c * (w i * w j))) by ring.
  rewrite H; ring.
Qed.

(** Every unit vector is the first column of an orthogonal matrix. *)
Lemma first_column : forall m v, (1 <= m)%nat -> dot m v v = 1 -> exists O, orthogonal m O /\ forall k, (k < m)%nat -> O k 0%nat = v k.
Proof.
  intros m v Hm Hv; set (w := fun k => unit_matrix k 0 - v k).
  assert (Z : forall f : nat -> R, total m (fun k => f k * unit_matrix k 0) = f 0%nat) by (intros f; apply unit_sum; lia).
  assert (U : unit_matrix 0 0 = 1) by reflexivity.
  assert (Ew : dot m w w = 2 - 2 * v 0%nat).
  { transitivity (dot m (fun k => unit_matrix k 0) (fun k => unit_matrix k 0) - 2 * dot m v (fun k => unit_matrix k 0) + dot m v v).
    - unfold dot; rewrite <- total_scal, <- total_minus, <- total_plus; apply total_ext; intros k _; unfold w; ring.
    - unfold dot at 1 2; rewrite !Z, Hv, U; ring. }
  destruct (Req_dec (dot m w w) 0) as [E|N].
  - exists unit_matrix; split; [intros i j Hi Hj; rewrite tr_unit; apply mul_unit_l; assumption|].
    intros k Hk; assert (D := dot_zero m w k E Hk); unfold w in D; lra.
  - exists (reflection (2 / dot m w w) w); split; [apply reflection_orthogonal; field; exact N|].
    intros k Hk; unfold reflection; assert (W0 : w 0%nat = dot m w w / 2) by (rewrite Ew; unfold w; rewrite U; field).
    rewrite W0; replace (2 / dot m w w * (w k * (dot m w w / 2))) with (w k) by (field; exact N); unfold w; ring.
Qed.

(** ** First-order changes *)

(** f a is g + a h up to the square of a. *)
Definition changes (supp : (nat -> nat -> R) -> Prop) (f : R -> (nat -> nat -> R) -> R) (g h : (nat -> nat -> R) -> R) : Prop :=
  exists M, 0 <= M /\ forall a A, supp A -> Rabs a <= 1 ->
    Rabs (f a A - g A - a * h A) <= M * a ^ 2 /\ Rabs (g A) <= M /\ Rabs (h A) <= M.

Lemma abs_product : forall x y X Y, Rabs x <= X -> Rabs y <= Y -> Rabs (x * y) <= X * Y.
Proof. intros x y X Y Hx Hy; rewrite Rabs_mult; apply Rmult_le_compat; auto; apply Rabs_pos. Qed.

Lemma abs_sum : forall x y X Y, Rabs x <= X -> Rabs y <= Y -> Rabs (x + y) <= X + Y.
Proof. intros x y X Y Hx Hy; eapply Rle_trans; [apply Rabs_triang|lra]. Qed.

Lemma changes_product : forall supp f g h f' g' h', changes supp f g h -> changes supp f' g' h' ->
  changes supp (fun a A => f a A * f' a A) (fun A => g A * g' A) (fun A => g A * h' A + h A * g' A).
Proof.
  intros supp f g h f' g' h' [M [M0 H]] [N [N0 H']]; set (B := M + N).
  exists (6 * B ^ 2); split; [assert (0 <= B ^ 2) by apply pow2_ge_0; lra|]; intros a A HA Ha.
  destruct (H a A HA Ha) as [E [G D]]; destruct (H' a A HA Ha) as [E' [G' D']].
  assert (a0 : 0 <= a ^ 2) by apply pow2_ge_0; assert (a1 : a ^ 2 <= 1).
  { rewrite <- (pow2_abs a); assert (P := pow_incr (Rabs a) 1 2 (conj (Rabs_pos a) Ha)); rewrite pow1 in P; exact P. }
  assert (Ma : M * a ^ 2 <= B * a ^ 2) by (apply Rmult_le_compat_r; unfold B; lra).
  assert (Na : N * a ^ 2 <= B * a ^ 2) by (apply Rmult_le_compat_r; unfold B; lra).
  assert (Ba : B * a ^ 2 <= B * 1) by (apply Rmult_le_compat_l; unfold B; lra).
  set (e := f a A - g A - a * h A) in *; set (e' := f' a A - g' A - a * h' A) in *.
  assert (Gb : Rabs (g A) <= B) by (unfold B; lra); assert (Db : Rabs (h A) <= B) by (unfold B; lra).
  assert (Gb' : Rabs (g' A) <= B) by (unfold B; lra); assert (Db' : Rabs (h' A) <= B) by (unfold B; lra).
  assert (Eb : Rabs e <= B * a ^ 2) by lra; assert (Eb' : Rabs e' <= B * a ^ 2) by lra.
  assert (P1 := abs_product _ _ _ _ Gb Db'); assert (P2 := abs_product _ _ _ _ Db Gb').
  assert (P3 := abs_product _ _ _ _ Gb Gb'); assert (P4 := abs_product _ _ _ _ Db Db').
  replace (6 * B ^ 2 * a ^ 2) with (a ^ 2 * (B * B) + B * a ^ 2 * (B + 1 * B + B) + (B + 1 * B) * (B * a ^ 2)) by ring.
  replace (B * B) with (B ^ 2) in * by ring; assert (B2 : 0 <= B ^ 2) by apply pow2_ge_0.
  split; [|split; [lra|eapply Rle_trans; [apply abs_sum; [exact P1|exact P2]|lra]]].
  replace (f a A * f' a A - g A * g' A - a * (g A * h' A + h A * g' A))
    with (a ^ 2 * (h A * h' A) + e * (g' A + a * h' A + e') + (g A + a * h A) * e') by (unfold e, e'; ring).
  apply abs_sum; [apply abs_sum|].
  - apply abs_product; [rewrite Rabs_right by lra; lra|exact P4].
  - apply abs_product; [exact Eb|apply abs_sum; [apply abs_sum; [exact Gb'|apply abs_product; assumption]|lra]].
  - apply abs_product; [apply abs_sum; [exact Gb|apply abs_product; assumption]|exact Eb'].
Qed.

Lemma changes_power : forall supp f g h k, changes supp f g h ->
  changes supp (fun a A => f a A ^ k) (fun A => g A ^ k) (fun A => INR k * g A ^ (k - 1) * h A).
Proof.
  intros supp f g h k H; induction k as [|k IH].
  - exists 1; split; [lra|]; intros a A _ _; simpl; rewrite Rabs_R1; replace (1 - 1 - a * (0 * 1 * h A)) with 0 by ring.
    replace (0 * 1 * h A) with 0 by ring; rewrite Rabs_R0; assert (0 <= a * (a * 1)) by (assert (P := pow2_ge_0 a); simpl in P; exact P); lra.
  - destruct (changes_product supp _ _ _ _ _ _ H IH) as [M [M0 P]]; exists M; split; [exact M0|]; intros a A HA Ha.
    specialize (P a A HA Ha); cbv beta in P; replace (INR (S k) * g A ^ (S k - 1) * h A)
      with (g A * (INR k * g A ^ (k - 1) * h A) + h A * g A ^ k); [exact P|].
    rewrite S_INR; replace (S k - 1)%nat with k by lia; destruct k as [|k]; [simpl; ring|].
    replace (S k - 1)%nat with k by lia; simpl pow; ring.
Qed.

Lemma abs_between : forall x y, Rabs x <= y -> - y <= x <= y.
Proof. intros x y H; assert (P := Rle_abs x); assert (N := Rle_abs (- x)); rewrite Rabs_Ropp in N; lra. Qed.

(** A mean that does not change has a first-order change of mean zero. *)
Lemma no_change : forall supp (Q : matrix_law supp) f g h mu e, changes supp f g h -> (forall a, has_mean Q (f a) mu) ->
  has_mean Q h e -> e = 0.
Proof.
  intros supp Q f g h mu e [M [M0 H]] F He.
  assert (G : has_mean Q g mu).
  { apply (has_mean_support _ Q (f 0)); [|apply F]; intros A HA.
    destruct (H 0 A HA ltac:(rewrite Rabs_R0; lra)) as [E _].
    assert (Z : Rabs (f 0 A - g A) <= 0) by (replace (f 0 A - g A) with (f 0 A - g A - 0 * h A) by ring; simpl in E; lra).
    apply abs_between in Z; lra. }
  assert (Bound : forall a, Rabs a <= 1 -> Rabs (a * e) <= M * a ^ 2).
  { intros a Ha; assert (L := has_mean_plus _ Q _ _ _ _ G (has_mean_scal _ Q a h e He)).
    assert (Up := has_mean_plus _ Q _ _ _ _ L (has_mean_const _ Q (M * a ^ 2))).
    assert (Lo := has_mean_plus _ Q _ _ _ _ L (has_mean_const _ Q (- (M * a ^ 2)))).
    assert (U : mu <= mu + a * e + M * a ^ 2).
    { refine (has_mean_le _ Q _ _ _ _ (F a) Up _); intros A HA; destruct (H a A HA Ha) as [E _]; apply abs_between in E; lra. }
    assert (D : mu + a * e + - (M * a ^ 2) <= mu).
    { refine (has_mean_le _ Q _ _ _ _ Lo (F a) _); intros A HA; destruct (H a A HA Ha) as [E _]; apply abs_between in E; lra. }
    apply Rabs_le; lra. }
  destruct (Req_dec e 0) as [Z|N]; [exact Z|exfalso]; assert (e0 := Rabs_pos_lt e N).
  set (a := Rabs e / (M + 1 + Rabs e)); assert (T : 0 < M + 1 + Rabs e) by lra.
  assert (a0 : 0 < a) by (unfold a; apply Rdiv_lt_0_compat; lra).
  assert (aE : a * (M + 1 + Rabs e) = Rabs e) by (unfold a; field; lra).
  assert (a1 : a <= 1) by (apply (Rmult_le_reg_r (M + 1 + Rabs e)); lra).
  specialize (Bound a ltac:(rewrite Rabs_right; lra)); rewrite Rabs_mult, (Rabs_right a) in Bound by lra.
  assert (C : Rabs e <= M * a) by (apply (Rmult_le_reg_l a); [exact a0|]; eapply Rle_trans; [exact Bound|right; ring]).
  assert (0 <= a * Rabs e) by (apply Rmult_le_pos; lra); lra.
Qed.
