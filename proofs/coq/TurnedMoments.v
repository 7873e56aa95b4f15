(** The moments of |A x|^2 for a turning law on matrices of p orthogonal rows of length s: the recursion from reflecting two columns. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Transpose Spectral Margin OrthogonalClaims LayerLaws TurnedRows.
Open Scope R_scope.

(** The product of the columns j and k of A. *)
Definition gram (m : nat) (A : nat -> nat -> R) (j k : nat) : R := dot m (fun i => A i j) (fun i => A i k).

Lemma gram_polynomial : forall m j k, (j < m)%nat -> (k < m)%nat -> entries_polynomial m 2 (fun A => gram m A j k).
Proof.
  intros m j k Hj Hk; apply (entries_total m 2 m (fun i A => A i j * A i k)); intros i Hi.
  apply entries_times; [exact Hi|exact Hj|apply entries_entry; assumption].
Qed.

Lemma gram_comm : forall m A j k, gram m A j k = gram m A k j.
Proof. intros; apply dot_comm. Qed.

(** The squared lengths of the columns add up to p s^2. *)
Lemma gram_trace : forall m p s A, (p <= m)%nat -> turns m p s (tr A) -> total m (fun j => gram m A j j) = INR p * s ^ 2.
Proof.
  intros m p s A Hp [Z T]; transitivity (inner m (tr A) (tr A)); [reflexivity|]; rewrite inner_tr.
  unfold inner; rewrite (total_truncate m p); [|exact Hp|].
  - rewrite <- total_const; apply total_ext; intros i Hi; assert (E := T i i Hi Hi); unfold unit_matrix in E.
    rewrite Nat.eqb_refl in E; rewrite Rmult_1_r in E; exact E.
  - intros i Hi; apply total_zero; intros k Hk; assert (E := Z k i Hk Hi); unfold tr in E; rewrite E; ring.
Qed.

(** The square of the matrix of these products is s^2 times it. *)
Lemma gram_square : forall m p s A, turns m p s (tr A) -> (0 < m)%nat ->
  total m (fun j => gram m A 0 j * gram m A 0 j) = s ^ 2 * gram m A 0 0.
Proof.
  intros m p s A [Z T] Hm; set (G := mul m (tr A) A).
  transitivity (mul m G (tr G) 0%nat 0%nat); [reflexivity|].
  unfold G; rewrite tr_mul, tr_tr, mul_assoc, <- (mul_assoc m A (tr A) A); unfold gram, dot; rewrite <- total_scal.
  unfold mul at 1, dot; apply total_ext; intros i Hi; unfold tr at 1.
  assert (E : mul m (mul m A (tr A)) A i 0%nat = s ^ 2 * A i 0%nat).
  { destruct (Nat.lt_ge_cases i p) as [I|I].
    - unfold mul at 1, dot; rewrite (total_ext m _ (fun k => s ^ 2 * A k 0%nat * unit_matrix k i)).
      + rewrite unit_sum by exact Hi; reflexivity.
      + intros k Hk; destruct (Nat.lt_ge_cases k p) as [J|J].
        * assert (E := T i k I J); rewrite tr_tr in E; rewrite E; unfold unit_matrix; rewrite (Nat.eqb_sym k i); ring.
        * assert (E := Z 0%nat k Hm ltac:(lia)); unfold tr in E; rewrite E; ring.
    - assert (E := Z 0%nat i Hm ltac:(lia)); unfold tr in E; rewrite E, Rmult_0_r.
      apply total_zero; intros k Hk; replace (mul m A (tr A) i k) with 0; [ring|symmetry; apply total_zero; intros l Hl].
      assert (E' := Z l i Hl ltac:(lia)); unfold tr in E'; rewrite E'; ring. }
  rewrite E; ring.
Qed.

Lemma gram_bound : forall m p s A j, (p <= m)%nat -> turns m p s (tr A) -> (j < m)%nat -> (0 < m)%nat ->
  Rabs (gram m A 0 j) <= INR p * s ^ 2 /\ Rabs (gram m A j j) <= INR p * s ^ 2.
Proof.
  intros m p s A j Hp T Hj Hm; rewrite <- (gram_trace m p s A Hp T).
  assert (N : forall k, 0 <= gram m A k k) by (intros; apply dot_nonneg).
  assert (One : forall k, (k < m)%nat -> gram m A k k <= total m (fun j => gram m A j j)).
  { intros k Hk; apply (total_one m (fun j => gram m A j j)); [intros; apply N|exact Hk]. }
  assert (C := cauchy m (fun i => A i 0%nat) (fun i => A i j)); fold (gram m A 0 j) (gram m A 0 0) (gram m A j j) in C.
  assert (O0 := One 0%nat Hm); assert (Oj := One j Hj); set (B := total m (fun j => gram m A j j)) in *.
  assert (N0 := N 0%nat); assert (Nj := N j); split; [|rewrite Rabs_right; lra].
  apply below_by_square; [lra|]; rewrite pow2_abs; eapply Rle_trans; [exact C|].
  replace (B ^ 2) with (B * B) by ring; apply Rmult_le_compat; assumption.
Qed.

(** ** Two columns, reflected *)

(** The reflection that takes column 0 to its share 1 - 2 a^2/(1 + a^2) and 2 a/(1 + a^2) of column j. *)
Definition slight (j : nat) (a : R) : nat -> nat -> R :=
  reflection (2 / (1 + a ^ 2)) (fun i => a * unit_matrix i 0 - unit_matrix i j).

Lemma slight_orthogonal : forall m j a, (1 <= j < m)%nat -> orthogonal m (slight j a).
Proof.
  intros m j a Hj; apply reflection_orthogonal; assert (0 <= a ^ 2) by apply pow2_ge_0.
  assert (E : dot m (fun i => a * unit_matrix i 0 - unit_matrix i j) (fun i => a * unit_matrix i 0 - unit_matrix i j) = a ^ 2 + 1).
  { transitivity (total m (fun i => (a * a * unit_matrix i 0 - 2 * a * unit_matrix i j) * unit_matrix i 0)
      + total m (fun i => unit_matrix i j * unit_matrix i j)).
    - unfold dot; rewrite <- total_plus; apply total_ext; intros; ring.
    - rewrite !unit_sum by lia; unfold unit_matrix; rewrite !Nat.eqb_refl; destruct (Nat.eqb_spec 0 j); [lia|ring]. }
  rewrite E; field; lra.
Qed.

Lemma slight_columns : forall m j a A i, (1 <= j < m)%nat -> let u := / (1 + a ^ 2) in
  mul m A (slight j a) i 0%nat = (1 - 2 * a ^ 2 * u) * A i 0%nat + 2 * a * u * A i j /\
  mul m A (slight j a) i j = 2 * a * u * A i 0%nat - (1 - 2 * a ^ 2 * u) * A i j.
Proof.
  intros m j a A i Hj u; assert (P := pow2_ge_0 a); assert (U : u * (1 + a ^ 2) = 1) by (unfold u; field; lra).
  assert (E : mv m A (fun i => a * unit_matrix i 0 - unit_matrix i j) i = a * A i 0%nat - A i j).
  { unfold mv, dot; rewrite (total_ext m _ (fun k => a * A i k * unit_matrix k 0 - A i k * unit_matrix k j)) by (intros; ring).
    rewrite total_minus, !unit_sum by lia; reflexivity. }
  unfold slight, Rdiv; fold u; rewrite !reflected, E by lia; unfold unit_matrix; rewrite !Nat.eqb_refl.
  destruct (Nat.eqb_spec 0 j); [lia|]; destruct (Nat.eqb_spec j 0); [lia|]; split; [ring|].
  replace (1 - 2 * a ^ 2 * u) with (2 * u - 1) by (rewrite <- U; ring); ring.
Qed.

Lemma slight_gram : forall m j a A, (1 <= j < m)%nat -> let u := / (1 + a ^ 2) in
  gram m (mul m A (slight j a)) 0 0
    = (1 - 2 * a ^ 2 * u) ^ 2 * gram m A 0 0 + 4 * a * u * (1 - 2 * a ^ 2 * u) * gram m A 0 j + (2 * a * u) ^ 2 * gram m A j j /\
  gram m (mul m A (slight j a)) 0 j
    = 2 * a * u * (1 - 2 * a ^ 2 * u) * (gram m A 0 0 - gram m A j j) + ((2 * a * u) ^ 2 - (1 - 2 * a ^ 2 * u) ^ 2) * gram m A 0 j.
Proof.
  intros m j a A Hj u; assert (C := fun i => slight_columns m j a A i Hj); fold u in C; cbv zeta in C.
  set (c := 1 - 2 * a ^ 2 * u) in *; set (s := 2 * a * u) in *; unfold gram, dot; split.
  - rewrite <- !total_scal, <- !total_plus; apply total_ext; intros i _; destruct (C i) as [-> _]; unfold s; ring.
  - rewrite <- total_minus, <- !total_scal, <- !total_plus; apply total_ext; intros i _; destruct (C i) as [-> ->]; unfold s; ring.
Qed.

Lemma slight_changes : forall (supp : (nat -> nat -> R) -> Prop) m p s j, (p <= m)%nat -> (1 <= j < m)%nat ->
  (forall A, supp A -> turns m p s (tr A)) ->
  changes supp (fun a A => gram m (mul m A (slight j a)) 0 0) (fun A => gram m A 0 0) (fun A => 4 * gram m A 0 j) /\
  changes supp (fun a A => - gram m (mul m A (slight j a)) 0 j) (fun A => gram m A 0 j) (fun A => - 2 * (gram m A 0 0 - gram m A j j)).
Proof.
  intros supp m p s j Hp Hj HS; set (B := INR p * s ^ 2).
  assert (B0 : 0 <= B) by (apply Rmult_le_pos; [apply pos_INR|apply pow2_ge_0]).
  assert (Facts : forall a A, supp A -> Rabs a <= 1 -> exists u, 0 <= u <= 1 /\ u * (1 + a ^ 2) = 1 /\
    gram m (mul m A (slight j a)) 0 0
      = (1 - 2 * a ^ 2 * u) ^ 2 * gram m A 0 0 + 4 * a * u * (1 - 2 * a ^ 2 * u) * gram m A 0 j + (2 * a * u) ^ 2 * gram m A j j /\
    gram m (mul m A (slight j a)) 0 j
      = 2 * a * u * (1 - 2 * a ^ 2 * u) * (gram m A 0 0 - gram m A j j) + ((2 * a * u) ^ 2 - (1 - 2 * a ^ 2 * u) ^ 2) * gram m A 0 j /\
    Rabs (gram m A 0 0) <= B /\ Rabs (gram m A 0 j) <= B /\ Rabs (gram m A j j) <= B).
  { intros a A HA Ha; assert (P := pow2_ge_0 a); exists (/ (1 + a ^ 2)); destruct (slight_gram m j a A Hj) as [E1 E2].
    destruct (gram_bound m p s A j Hp (HS A HA) ltac:(lia) ltac:(lia)) as [G1 G2].
    destruct (gram_bound m p s A 0 Hp (HS A HA) ltac:(lia) ltac:(lia)) as [G3 _].
    repeat split; auto; [left; apply Rinv_0_lt_compat; lra| |field; lra].
    rewrite <- Rinv_1; apply Rinv_le_contravar; lra. }
  assert (Small : forall a u, Rabs a <= 1 -> 0 <= u <= 1 -> Rabs (a * u) <= 1 /\ Rabs u <= 1 /\ Rabs (a * u * u) <= 1).
  { intros a u Ha Hu; assert (U : Rabs u <= 1) by (rewrite Rabs_right; lra).
    assert (X := abs_product a u 1 1 Ha U); rewrite Rmult_1_l in X; split; [exact X|split; [exact U|]].
    assert (Y := abs_product (a * u) u 1 1 X U); rewrite Rmult_1_l in Y; exact Y. }
  assert (Final : forall a x M, Rabs x <= M -> Rabs (a ^ 2 * x) <= M * a ^ 2).
  { intros a x M H; rewrite Rmult_comm; apply abs_product; [exact H|rewrite Rabs_right; [lra|apply Rle_ge, pow2_ge_0]]. }
  split; exists (24 * B); (split; [lra|]); intros a A HA Ha; destruct (Facts a A HA Ha) as [u [U [E [E1 [E2 [G0 [Gj Gjj]]]]]]];
    destruct (Small a u Ha U) as [S1 [S2 S3]]; set (b := gram m A 0 0) in *; set (c := gram m A 0 j) in *; set (q := gram m A j j) in *.
  - rewrite E1; assert (D : (1 - 2 * a ^ 2 * u) ^ 2 * b + 4 * a * u * (1 - 2 * a ^ 2 * u) * c + (2 * a * u) ^ 2 * q - b - a * (4 * c)
      = a ^ 2 * (4 * (u * u * (q + - b)) + - 4 * (a * u * c) + - 8 * (a * u * u * c))).
    { assert (V : 1 - 2 * a ^ 2 * u = 2 * u - 1) by (rewrite <- E; ring); assert (W : a ^ 2 * u = 1 - u) by (rewrite <- E; ring).
      replace ((2 * a * u) ^ 2) with (4 * u * (a ^ 2 * u)) by ring; rewrite V.
      replace (a ^ 2 * (4 * (u * u * (q + - b)) + -4 * (a * u * c) + -8 * (a * u * u * c)))
        with (4 * u * (a ^ 2 * u) * (q - b) - 4 * a * (a ^ 2 * u) * c - 8 * a * u * (a ^ 2 * u) * c) by ring.
      rewrite W; ring. }
    rewrite D; split; [|split; [lra|]].
    + apply Final; replace (24 * B) with (4 * (1 * 1 * (B + B)) + 4 * (1 * B) + 8 * (1 * B) + 4 * B) by ring.
      apply Rle_trans with (4 * (1 * 1 * (B + B)) + 4 * (1 * B) + 8 * (1 * B)); [|lra].
      apply abs_sum; [apply abs_sum|]; apply abs_product; try (rewrite ?Rabs_Ropp, Rabs_right; lra).
      * apply abs_product; [apply abs_product; assumption|apply abs_sum; [exact Gjj|rewrite Rabs_Ropp; exact G0]].
      * rewrite Rabs_left by lra; lra.
      * apply abs_product; assumption.
      * rewrite Rabs_left by lra; lra.
      * apply abs_product; assumption.
    + apply Rle_trans with (4 * B); [apply abs_product; [rewrite Rabs_right; lra|exact Gj]|lra].
  - rewrite E2; assert (D : - (2 * a * u * (1 - 2 * a ^ 2 * u) * (b - q) + ((2 * a * u) ^ 2 - (1 - 2 * a ^ 2 * u) ^ 2) * c) - c
      - a * (- 2 * (b - q)) = a ^ 2 * (2 * (a * u * (b + - q)) + 4 * (a * u * u * (b + - q)) + - 8 * (u * u * c))).
    { assert (V : 1 - 2 * a ^ 2 * u = 2 * u - 1) by (rewrite <- E; ring); assert (W : a ^ 2 * u = 1 - u) by (rewrite <- E; ring).
      replace ((2 * a * u) ^ 2) with (4 * u * (a ^ 2 * u)) by ring; rewrite V.
      replace (a ^ 2 * (2 * (a * u * (b + - q)) + 4 * (a * u * u * (b + - q)) + -8 * (u * u * c)))
        with (2 * a * (a ^ 2 * u) * (b - q) + 4 * a * u * (a ^ 2 * u) * (b - q) - 8 * u * (a ^ 2 * u) * c) by ring.
      rewrite W; ring. }
    rewrite D; split; [|split; [lra|]].
    + apply Final; replace (24 * B) with (2 * (1 * (B + B)) + 4 * (1 * (B + B)) + 8 * (1 * 1 * B) + 4 * B) by ring.
      apply Rle_trans with (2 * (1 * (B + B)) + 4 * (1 * (B + B)) + 8 * (1 * 1 * B)); [|lra].
      assert (G : Rabs (b + - q) <= B + B) by (apply abs_sum; [exact G0|rewrite Rabs_Ropp; exact Gjj]).
      apply abs_sum; [apply abs_sum|]; apply abs_product.
      * rewrite Rabs_right; lra.
      * apply abs_product; assumption.
      * rewrite Rabs_right; lra.
      * apply abs_product; assumption.
      * rewrite Rabs_left by lra; lra.
      * apply abs_product; [apply abs_product; assumption|exact Gj].
    + apply Rle_trans with (2 * (B + B)); [|lra]; apply abs_product; [rewrite Rabs_left; lra|].
      apply abs_sum; [exact G0|rewrite Rabs_Ropp; exact Gjj].
Qed.

(** ** The recursion *)

(** The moment of order k of |A x|^2, x of length 1. *)
Definition turned_moment (m p : nat) (s : R) (k : nat) : R :=
  product k (fun i => s ^ 2 * (INR p + 2 * INR i) / (INR m + 2 * INR i)).

Lemma turning_mean : forall supp (Q : matrix_law supp) m K F n, turning m K Q -> entries_polynomial m n F -> (n <= 2 * K)%nat ->
  averaged Q F /\ forall O, orthogonal m O -> has_mean Q (fun A => F (mul m A O)) (matrix_mean Q F).
Proof. intros supp Q m K F n T H Hn; apply T, (entries_higher m n); assumption. Qed.

(** Reflecting the columns 0 and j. *)
Lemma slight_mean : forall supp (Q : matrix_law supp) m p s K k j, (p <= m)%nat -> (1 <= j < m)%nat -> (k < K)%nat -> turning m K Q ->
  (forall A, supp A -> turns m p s (tr A)) ->
  has_mean Q (fun A => 4 * INR k * (gram m A 0 0 ^ (k - 1) * (gram m A 0 j * gram m A 0 j))
    - 2 * (gram m A 0 0 ^ S k - gram m A 0 0 ^ k * gram m A j j)) 0.
Proof.
  intros supp Q m p s K k j Hp Hj Hk Turn HS.
  assert (P0 := gram_polynomial m 0 0 ltac:(lia) ltac:(lia)); assert (Pj := gram_polynomial m 0 j ltac:(lia) ltac:(lia)).
  assert (Pjj := gram_polynomial m j j ltac:(lia) ltac:(lia)).
  assert (Pow := fun n => entries_power m 2 _ n P0); cbv beta in Pow.
  destruct (slight_changes supp m p s j Hp Hj HS) as [C1 C2].
  assert (C := changes_product supp _ _ _ _ _ _ (changes_power supp _ _ _ k C1) C2); cbv beta in C.
  set (F := fun A => gram m A 0 0 ^ k * - gram m A 0 j).
  assert (PF : entries_polynomial m (k * 2 + 2) F).
  { apply (entries_mult m (k * 2) 2); [apply Pow|]; apply (entries_ext m 2 (fun A => (-1) * gram m A 0 j)); [intros; ring|].
    apply entries_scal; exact Pj. }
  destruct (turning_mean supp Q m K F _ Turn PF ltac:(lia)) as [_ Mean].
  assert (H : has_mean Q (fun A => gram m A 0 0 ^ k * (- 2 * (gram m A 0 0 - gram m A j j))
    + INR k * gram m A 0 0 ^ (k - 1) * (4 * gram m A 0 j) * gram m A 0 j)
    (matrix_mean Q (fun A => gram m A 0 0 ^ k * (- 2 * (gram m A 0 0 - gram m A j j))
    + INR k * gram m A 0 0 ^ (k - 1) * (4 * gram m A 0 j) * gram m A 0 j))).
  { split; [|reflexivity].
    assert (PH : entries_polynomial m (k * 2 + 2) (fun A => gram m A 0 0 ^ k * (- 2 * (gram m A 0 0 - gram m A j j))
      + INR k * gram m A 0 0 ^ (k - 1) * (4 * gram m A 0 j) * gram m A 0 j)).
    { apply entries_plus.
      - apply (entries_mult m (k * 2) 2); [apply Pow|]; apply entries_scal.
        apply (entries_ext m 2 (fun A => gram m A 0 0 + (-1) * gram m A j j)); [intros; ring|].
        apply entries_plus; [exact P0|apply entries_scal; exact Pjj].
      - destruct k as [|k]; [apply (entries_ext m _ (fun _ => 0)); [intros; simpl; ring|apply entries_const]|].
        apply (entries_ext m _ (fun A => 4 * INR (S k) * (gram m A 0 0 ^ (S k - 1) * (gram m A 0 j * gram m A 0 j)))); [intros; ring|].
        apply entries_scal, (entries_higher m (k * 2 + (2 + 2))); [|lia].
        replace (S k - 1)%nat with k by lia; apply entries_mult; [apply Pow|apply entries_mult; exact Pj]. }
    apply (turning_mean supp Q m K _ _ Turn PH); lia. }
  assert (E := no_change supp Q _ _ _ (matrix_mean Q F) _ C (fun a => Mean (slight j a) (slight_orthogonal m j a Hj)) H).
  rewrite E in H; revert H; apply has_mean_support; intros A _; simpl pow; ring.
Qed.

Lemma column_recursion : forall supp (Q : matrix_law supp) m p s K k, (1 <= m)%nat -> (p <= m)%nat -> (k < K)%nat -> turning m K Q ->
  (forall A, supp A -> turns m p s (tr A)) -> forall a b,
  has_mean Q (fun A => gram m A 0 0 ^ k) a -> has_mean Q (fun A => gram m A 0 0 ^ S k) b ->
  (INR m + 2 * INR k) * b = s ^ 2 * (INR p + 2 * INR k) * a.
Proof.
  intros supp Q m p s K k Hm Hp Hk Turn HS a b Ha Hb.
  assert (Sum := has_mean_total supp Q (m - 1) (fun j A => 4 * INR k * (gram m A 0 0 ^ (k - 1) * (gram m A 0 (S j) * gram m A 0 (S j)))
    - 2 * (gram m A 0 0 ^ S k - gram m A 0 0 ^ k * gram m A (S j) (S j))) (fun _ => 0)).
  rewrite total_zero in Sum by reflexivity.
  specialize (Sum ltac:(intros j Hj; apply (slight_mean supp Q m p s K k (S j)); auto; lia)).
  assert (Front : forall f : nat -> R, total m f = f 0%nat + total (m - 1) (fun j => f (S j))).
  { intros f; destruct m as [|n]; [lia|]; replace (S n - 1)%nat with n by lia; clear.
    induction n as [|n IH]; [simpl; ring|]; change (total (S (S n)) f) with (total (S n) f + f (S n)); rewrite IH; simpl; ring. }
  assert (Line : has_mean Q (fun A => s ^ 2 * (4 * INR k + 2 * INR p) * gram m A 0 0 ^ k - (4 * INR k + 2 * INR m) * gram m A 0 0 ^ S k) 0).
  { revert Sum; apply has_mean_support; intros A HA; specialize (HS A HA).
    assert (S1 := gram_square m p s A HS ltac:(lia)); assert (S2 := gram_trace m p s A Hp HS); rewrite Front in S1, S2.
    set (g := gram m A 0 0) in *; set (X := total (m - 1) (fun j => gram m A 0 (S j) * gram m A 0 (S j))) in *.
    set (Y := total (m - 1) (fun j => gram m A (S j) (S j))) in *.
    assert (M1 : INR (m - 1) = INR m - 1) by (rewrite minus_INR by lia; reflexivity).
    transitivity (4 * INR k * g ^ (k - 1) * X - 2 * ((INR m - 1) * g ^ S k - g ^ k * Y)).
    - rewrite total_minus, <- M1; unfold X, Y; rewrite <- !total_scal.
      replace (2 * (INR (m - 1) * g ^ S k - total (m - 1) (fun j => g ^ k * gram m A (S j) (S j))))
        with (total (m - 1) (fun j => 2 * (g ^ S k - g ^ k * gram m A (S j) (S j)))).
      + f_equal; apply total_ext; intros; ring.
      + rewrite total_scal, total_minus, total_const; reflexivity.
    - replace X with (s ^ 2 * g - g * g) by lra; replace Y with (INR p * s ^ 2 - g) by lra.
      destruct k as [|k]; [simpl; ring|]; replace (S k - 1)%nat with k by lia; simpl pow; ring. }
  assert (Two := has_mean_plus supp Q _ _ _ _ (has_mean_scal supp Q (s ^ 2 * (4 * INR k + 2 * INR p)) _ _ Ha)
    (has_mean_scal supp Q (- (4 * INR k + 2 * INR m)) _ _ Hb)).
  assert (E := proj2 Line).
  assert (Same : has_mean Q (fun A => s ^ 2 * (4 * INR k + 2 * INR p) * gram m A 0 0 ^ k - (4 * INR k + 2 * INR m) * gram m A 0 0 ^ S k)
    (s ^ 2 * (4 * INR k + 2 * INR p) * a + - (4 * INR k + 2 * INR m) * b)).
  { revert Two; apply has_mean_support; intros; ring. }
  rewrite (proj2 Same) in E; lra.
Qed.

Lemma column_moment : forall supp (Q : matrix_law supp) m p s K, (1 <= m)%nat -> (p <= m)%nat -> turning m K Q ->
  (forall A, supp A -> turns m p s (tr A)) -> forall k, (k <= K)%nat -> has_mean Q (fun A => gram m A 0 0 ^ k) (turned_moment m p s k).
Proof.
  intros supp Q m p s K Hm Hp Turn HS; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia).
  induction k as [|k IH]; intros Hk; [exact (has_mean_const supp Q 1)|].
  assert (Ha := IH ltac:(lia)).
  assert (V : averaged Q (fun A => gram m A 0 0 ^ S k)).
  { apply (turning_mean supp Q m K _ (S k * 2) Turn); [|lia].
    apply (entries_power m 2 (fun A => gram m A 0 0)), gram_polynomial; lia. }
  split; [exact V|]; assert (R := column_recursion supp Q m p s K k Hm Hp ltac:(lia) Turn HS _ _ Ha (conj V eq_refl)).
  assert (k0 := pos_INR k); apply (Rmult_eq_reg_l (INR m + 2 * INR k)); [|lra]; rewrite R; unfold turned_moment; simpl product.
  field; lra.
Qed.

(** The moments of |A y|^2. *)
Theorem turned_moments : forall supp (Q : matrix_law supp) m p s K k y, (1 <= m)%nat -> (p <= m)%nat -> turning m K Q ->
  (forall A, supp A -> turns m p s (tr A)) -> (k <= K)%nat ->
  has_mean Q (fun A => dot m (mv m A y) (mv m A y) ^ k) (dot m y y ^ k * turned_moment m p s k).
Proof.
  intros supp Q m p s K k y Hm Hp Turn HS Hk; destruct (Req_dec (dot m y y) 0) as [E|N].
  - assert (Z : forall A, dot m (mv m A y) (mv m A y) = 0).
    { intros A; apply total_zero; intros i Hi; replace (mv m A y i) with 0; [ring|symmetry].
      apply total_zero; intros j Hj; rewrite (dot_zero m y j E Hj); ring. }
    rewrite E; destruct k as [|k].
    + unfold turned_moment; simpl; rewrite Rmult_1_r; apply has_mean_const.
    + rewrite pow_i, Rmult_0_l by lia; apply (has_mean_support supp Q (fun _ => 0)); [|apply has_mean_const].
      intros A _; rewrite Z, pow_i by lia; reflexivity.
  - assert (P := dot_nonneg m y); set (t := sqrt (dot m y y)); assert (tt : t * t = dot m y y) by (apply sqrt_sqrt; exact P).
    assert (t0 : 0 < t) by (apply sqrt_lt_R0; lra); set (v := fun i => / t * y i).
    assert (Hv : dot m v v = 1) by (unfold v; rewrite dot_scal_l, dot_scal_r, <- tt; field; lra).
    destruct (first_column m v Hm Hv) as [O [HO Hc]].
    assert (M := column_moment supp Q m p s K Hm Hp Turn HS k Hk).
    assert (PF := entries_power m 2 (fun A => gram m A 0 0) k (gram_polynomial m 0 0 ltac:(lia) ltac:(lia))).
    destruct (turning_mean supp Q m K _ _ Turn PF ltac:(lia)) as [_ Mean]; specialize (Mean O HO); cbv beta in Mean.
    rewrite (proj2 M) in Mean; assert (Scaled := has_mean_scal supp Q (dot m y y ^ k) _ _ Mean); revert Scaled.
    apply has_mean_support; intros A _; rewrite <- Rpow_mult_distr; f_equal; unfold gram, dot; rewrite <- total_scal.
    apply total_ext; intros i Hi.
    assert (E : mv m A y i = t * mul m A O i 0%nat).
    { unfold mv, mul, dot; rewrite <- total_scal; apply total_ext; intros j Hj; rewrite (Hc j Hj); unfold v; field; lra. }
    rewrite E; fold (dot m y y); rewrite <- tt; ring.
Qed.
