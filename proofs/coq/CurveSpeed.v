(** The speed beside a curve of squared differences (escape-counts.md, section 6): what it changes by when c is
    near the curve, and the real numbers and the growth of functions that Lemma C1 needs. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry ReducedSpeed.
Open Scope R_scope.

(** No c_j is further than e from the curve, measured by its logarithm; a c_j that is 0 on the curve is 0. *)
Definition beside (J : nat) (e : R) (curve c : nat -> R) : Prop :=
  forall j, (j < J)%nat -> curve j * exp (- e) <= c j <= curve j * exp e.

Lemma beside_weaken : forall J e e' curve c, e <= e' -> (forall j, (j < J)%nat -> 0 <= curve j) ->
  beside J e curve c -> beside J e' curve c.
Proof.
  intros J e e' curve c He Pos H j Hj; destruct (H j Hj) as [L U]; specialize (Pos j Hj).
  assert (exp (- e') <= exp (- e)) by (apply exp_le_compat; lra); assert (exp e <= exp e') by (apply exp_le_compat; exact He).
  split; [eapply Rle_trans; [|exact L]|eapply Rle_trans; [exact U|]]; apply Rmult_le_compat_l; assumption.
Qed.

Lemma beside_itself : forall J e curve, 0 <= e -> (forall j, (j < J)%nat -> 0 <= curve j) -> beside J e curve curve.
Proof.
  intros J e curve He Pos; apply (beside_weaken J 0); [exact He|exact Pos|]; intros j _.
  rewrite Ropp_0, exp_0; lra.
Qed.

(** ** The speed *)

(** From the curve to c, straight in the logarithms *)
Definition along (curve delta : nat -> R) (t : R) (j : nat) : R := curve j * exp (t * delta j).

Lemma beside_along : forall J e curve c, 0 <= e -> (forall j, (j < J)%nat -> 0 <= curve j) -> beside J e curve c ->
  exists delta, (forall j, (j < J)%nat -> Rabs (delta j) <= e /\ c j = along curve delta 1 j) /\
    forall t, 0 <= t <= 1 -> beside J e curve (along curve delta t).
Proof.
  intros J e curve c He Pos H.
  exists (fun j => if Rle_dec (curve j) 0 then 0 else ln (c j / curve j)).
  assert (D : forall j, (j < J)%nat -> Rabs (if Rle_dec (curve j) 0 then 0 else ln (c j / curve j)) <= e /\
    c j = along curve (fun j => if Rle_dec (curve j) 0 then 0 else ln (c j / curve j)) 1 j).
  { intros j Hj; unfold along; rewrite Rmult_1_l; specialize (Pos j Hj); destruct (H j Hj) as [L U]; destruct (Rle_dec (curve j) 0) as [Z|Z].
    - replace (curve j) with 0 in * by lra; rewrite Rabs_R0; lra.
    - assert (P : 0 < curve j) by lra.
      assert (Q : exp (- e) <= c j / curve j <= exp e).
      { split; apply (Rmult_le_reg_r (curve j)); try exact P; unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra; lra. }
      assert (E0 := exp_pos (- e)); split.
      + apply Rabs_le; split; [rewrite <- (ln_exp (- e))|rewrite <- (ln_exp e)]; apply ln_le; lra.
      + rewrite exp_ln by lra; field; lra. }
  split; [exact D|]; intros t Ht j Hj; destruct (D j Hj) as [B _]; unfold along; specialize (Pos j Hj); set (z := if Rle_dec _ _ then _ else _) in *.
  apply Rabs_le_between in B.
  assert (- e <= t * z <= e) by (split; nra).
  split; apply Rmult_le_compat_l; try exact Pos; apply exp_le_compat; lra.
Qed.

Lemma speed_along : forall J sigma f' f'' curve delta x t,
  (forall j, (j < J)%nat -> 0 < along curve delta t j + x ^ 2) ->
  is_derive f' (reduced_product J sigma (along curve delta t) x) (f'' (reduced_product J sigma (along curve delta t) x)) ->
  0 < reduced_speed J sigma f' (along curve delta t) x ->
  is_derive (fun s => ln (reduced_speed J sigma f' (along curve delta s) x)) t (reduced_chi J sigma f' f'' (along curve delta t) x
    * total J (fun j => delta j * along curve delta t j / (2 * (along curve delta t j + x ^ 2)))).
Proof.
  intros J sigma f' f'' curve delta x t Near D1 Pos.
  assert (DR : is_derive (fun s => root J (along curve delta s) x) t (root J (along curve delta t) x
    * total J (fun j => delta j * along curve delta t j / (2 * (along curve delta t j + x ^ 2))))).
  { apply (roots_derive J (fun j s => along curve delta s j + x ^ 2)); intros j Hj; split; [|apply Near; exact Hj].
    unfold along; auto_derive; [trivial|ring]. }
  set (T := total J _) in *.
  evar_last; [apply (log_speed_derive f' f'' sigma (fun _ => x) (fun s => root J (along curve delta s) x) t 0 T)|].
  - apply (is_derive_const (V := R_NormedModule) x).
  - exact DR.
  - exact D1.
  - exact Pos.
  - unfold reduced_chi; cbv zeta; unfold reduced_product; ring.
Qed.

(** |ln h - ln h^| <= half e *)
Lemma speed_moves : forall J sigma f' f'' curve c x e half,
  0 <= e -> (forall j, (j < J)%nat -> 0 <= curve j) -> beside J e curve c ->
  (forall b, beside J e curve b -> is_derive f' (reduced_product J sigma b x) (f'' (reduced_product J sigma b x)) /\
    0 < reduced_speed J sigma f' b x /\ (forall j, (j < J)%nat -> 0 < b j + x ^ 2) /\
    Rabs (reduced_chi J sigma f' f'' b x) * total J (fun j => b j / (b j + x ^ 2)) <= 2 * half) ->
  reduced_speed J sigma f' c x <= reduced_speed J sigma f' curve x * exp (half * e) /\
  reduced_speed J sigma f' curve x <= reduced_speed J sigma f' c x * exp (half * e).
Proof.
  intros J sigma f' f'' curve c x e half He Pos Hc H.
  destruct (beside_along J e curve c He Pos Hc) as [delta [D W]].
  set (g := fun s => ln (reduced_speed J sigma f' (along curve delta s) x)).
  assert (G : Rabs (g 1 - g 0) <= half * e * 1 - half * e * 0).
  { apply (growth_bound g (fun s => half * e * s) (fun s => reduced_chi J sigma f' f'' (along curve delta s) x
      * total J (fun j => delta j * along curve delta s j / (2 * (along curve delta s j + x ^ 2)))) (fun _ => half * e)).
    - lra.
    - intros t Ht; destruct (H _ (W t Ht)) as [D1 [P [Near _]]]; apply speed_along; assumption.
    - intros t _; auto_derive; [trivial|ring].
    - intros t Ht; destruct (H _ (W t Ht)) as [_ [_ [Near K]]]; rewrite Rabs_mult; set (b := along curve delta t) in *.
      apply (Rle_trans _ (Rabs (reduced_chi J sigma f' f'' b x) * (e / 2 * total J (fun j => b j / (b j + x ^ 2))))).
      + apply Rmult_le_compat_l; [apply Rabs_pos|]; rewrite <- total_scal.
        eapply Rle_trans; [apply total_abs|]; apply total_le; intros j Hj.
        assert (N := Near j Hj); destruct (D j Hj) as [B _]; assert (0 <= b j) by (apply Rmult_le_pos; [apply Pos; exact Hj|left; apply exp_pos]).
        replace (delta j * b j / (2 * (b j + x ^ 2))) with (delta j * (b j / (b j + x ^ 2) / 2)) by (field; lra).
        assert (0 <= b j / (b j + x ^ 2)) by (apply Rmult_le_pos; [assumption|left; apply Rinv_0_lt_compat; exact N]).
        rewrite Rabs_mult, (Rabs_pos_eq (b j / (b j + x ^ 2) / 2)) by lra; nra.
      + nra. }
  assert (E1 : reduced_speed J sigma f' (along curve delta 1) x = reduced_speed J sigma f' c x)
    by (unfold reduced_speed, reduced_product, root; rewrite (product_ext J _ (fun j => sqrt (c j + x ^ 2))); [reflexivity|];
        intros j Hj; destruct (D j Hj) as [_ E]; rewrite E; reflexivity).
  assert (E0 : reduced_speed J sigma f' (along curve delta 0) x = reduced_speed J sigma f' curve x)
    by (unfold reduced_speed, reduced_product, root; rewrite (product_ext J _ (fun j => sqrt (curve j + x ^ 2))); [reflexivity|];
        intros j _; unfold along; rewrite Rmult_0_l, exp_0, Rmult_1_r; reflexivity).
  destruct (H _ Hc) as [_ [P1 _]]; destruct (H _ (beside_itself J e curve He Pos)) as [_ [P0 _]].
  unfold g in G; rewrite E1, E0 in G; apply Rabs_le_between in G.
  split; [rewrite <- (exp_ln (reduced_speed J sigma f' c x)) at 1 by exact P1; rewrite <- (exp_ln (reduced_speed J sigma f' curve x)) at 1 by exact P0
    |rewrite <- (exp_ln (reduced_speed J sigma f' curve x)) at 1 by exact P0; rewrite <- (exp_ln (reduced_speed J sigma f' c x)) at 1 by exact P1];
    rewrite <- exp_plus; apply exp_le_compat; lra.
Qed.

(** ** Real numbers *)

Lemma exp_minus_above : forall x, 1 - x <= exp (- x).
Proof. intros x; assert (K := exp_ineq1_le (- x)); lra. Qed.

(** Two numbers within a factor of exp d of each other *)
Lemma factor_apart : forall p q d H, 0 <= d -> 0 <= p <= H -> 0 <= q <= H -> p <= q * exp d -> q <= p * exp d -> Rabs (p - q) <= H * d.
Proof.
  intros p q d H Hd Hp Hq A B; assert (K := exp_minus_above d); assert (E := exp_pos d).
  assert (I : exp d * exp (- d) = 1) by (rewrite <- exp_plus, Rplus_opp_r, exp_0; reflexivity).
  assert (P := exp_pos (- d)).
  assert (A' : p * exp (- d) <= q) by (apply (Rmult_le_compat_r (exp (- d))) in A; [rewrite Rmult_assoc, I in A; lra|lra]).
  assert (B' : q * exp (- d) <= p) by (apply (Rmult_le_compat_r (exp (- d))) in B; [rewrite Rmult_assoc, I in B; lra|lra]).
  apply Rabs_le; split; nra.
Qed.

(** What ln (1 - q) changes by *)
Lemma shrink_apart : forall q p b Q s, 0 <= b -> 0 <= q <= Q -> 0 <= p <= Q -> Q <= s -> s < 1 -> p <= q * exp b ->
  1 - q <= (1 - p) * exp (Q / (1 - s) * b).
Proof.
  intros q p b Q s Hb Hq Hp HQ Hs A.
  assert (Z : 0 <= Q / (1 - s) * b) by (apply Rmult_le_pos; [apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]|exact Hb]).
  assert (E := exp_ineq1_le (Q / (1 - s) * b)).
  destruct (Rle_dec p q) as [C|C]; [nra|].
  assert (F : p - q <= Q * b).
  { assert (K := exp_minus_above b); assert (P := exp_pos (- b)).
    assert (I : exp b * exp (- b) = 1) by (rewrite <- exp_plus, Rplus_opp_r, exp_0; reflexivity).
    apply (Rmult_le_compat_r (exp (- b))) in A; [|lra]; rewrite Rmult_assoc, I in A; nra. }
  assert (G : Q * b <= (1 - p) * (Q / (1 - s) * b)).
  { replace (Q * b) with ((1 - s) * (Q / (1 - s) * b)) by (field; lra); apply Rmult_le_compat_r; [exact Z|lra]. }
  nra.
Qed.

(** ** Functions of slow relative growth *)

Lemma rises : forall (f f' : R -> R) a b, a <= b -> (forall y, a <= y <= b -> is_derive f y (f' y) /\ 0 <= f' y) -> f a <= f b.
Proof.
  intros f f' a b Hab H.
  assert (G : Rabs (0 - 0) <= f b - f a).
  { apply (growth_bound (fun _ => 0) f (fun _ => 0) f'); [exact Hab| |intros y Hy; apply H; exact Hy|].
    - intros y _; apply (is_derive_const (V := R_NormedModule) 0).
    - intros y Hy; rewrite Rabs_R0; apply H; exact Hy. }
  rewrite Rminus_0_r, Rabs_R0 in G; lra.
Qed.

Lemma relative_growth : forall (f f' : R -> R) s lo hi, (forall y, lo <= y <= hi -> is_derive f y (f' y) /\ Rabs (f' y) <= s * f y) ->
  forall p q, lo <= p <= hi -> lo <= q <= hi -> f p <= f q * exp (s * Rabs (p - q)).
Proof.
  intros f f' s lo hi H.
  assert (Sg : forall k p q, k = 1 \/ k = -1 -> lo <= p -> p <= q -> q <= hi ->
    k * (f p * exp (k * s * p)) <= k * (f q * exp (k * s * q))).
  { intros k p q Hk Hp Hpq Hq.
    apply (rises (fun y => k * (f y * exp (k * s * y))) (fun y => (k * f' y + k * k * s * f y) * exp (k * s * y))); [exact Hpq|].
    intros y Hy; destruct (H y ltac:(lra)) as [D B]; split.
    - auto_derive; [eexists; exact D|]; known D; ring.
    - apply Rabs_le_between in B; apply Rmult_le_pos; [|left; apply exp_pos]; destruct Hk as [-> | ->]; lra. }
  assert (Ex : forall p q k, exp (k * q) = exp (k * p) * exp (k * (q - p))) by (intros; rewrite <- exp_plus; f_equal; ring).
  intros p q Hp Hq; destruct (Rle_dec p q) as [C|C].
  - assert (K := Sg 1 p q ltac:(left; reflexivity) ltac:(lra) C ltac:(lra)).
    replace (Rabs (p - q)) with (q - p) by (rewrite Rabs_minus_sym, Rabs_pos_eq; lra).
    rewrite (Ex p q (1 * s)) in K; assert (E := exp_pos (1 * s * p)).
    apply (Rmult_le_reg_r (exp (1 * s * p))); [exact E|]; rewrite Rmult_1_l in K; rewrite Rmult_1_l in K |- *; lra.
  - assert (K := Sg (-1) q p ltac:(right; reflexivity) ltac:(lra) ltac:(lra) ltac:(lra)).
    replace (Rabs (p - q)) with (p - q) by (rewrite Rabs_pos_eq; lra).
    rewrite (Ex p q (-1 * s)) in K; assert (E := exp_pos (-1 * s * p)).
    replace (-1 * s * (q - p)) with (s * (p - q)) in K by ring.
    apply (Rmult_le_reg_r (exp (-1 * s * p))); [exact E|]; lra.
Qed.
