(** The square of the norm, over m^q, of what q Gaussian layers make of a unit vector: its 2p-th central moment, in the order
    in which the layers are integrated, by exponential moments from both sides. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Remainder Convergence RangeNumbers AnyLaw Independent NormalLaw ChiSquare GaussianLayers IndependentBlocks GaussianRow GaussianProduct GaussianFactors.
Open Scope R_scope.

Definition energy (n m : nat) (A : nat -> nat -> nat -> R) (v : nat -> R) (q : nat) : R :=
  dot (fan_in n m q) (passed n m A v q) (passed n m A v q) / INR m ^ q.

Definition shortfall_of (n m : nat) (A : nat -> nat -> nat -> R) (v : nat -> R) (l : nat) : R :=
  shortfall m (fan_in n m l) (A l) (passed n m A v l).

Lemma energy_nonneg : forall n m A v q, (1 <= m)%nat -> 0 <= energy n m A v q.
Proof.
  intros n m A v q Hm; apply Rmult_le_pos; [apply dot_nonneg|left; apply Rinv_0_lt_compat, pow_lt, lt_0_INR; lia].
Qed.

Lemma energy_start : forall n m A v, energy n m A v 0 = dot n v v.
Proof. intros; unfold energy; cbn [fan_in passed pow]; field. Qed.

(** Z_(l+1) = Z_l (1 - z_l); Z_(l+1) = 0 where Z_l = 0. *)
Lemma energy_step : forall n m A v l, (1 <= m)%nat -> 0 < energy n m A v l ->
  energy n m A v (S l) = energy n m A v l * (1 - shortfall_of n m A v l).
Proof.
  intros n m A v l Hm He; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); assert (ml : 0 < INR m ^ l) by (apply pow_lt, m0).
  unfold energy, shortfall_of, shortfall in *; set (x := passed n m A v l) in *; set (d := fan_in n m l) in *.
  assert (X : 0 < dot d x x).
  { replace (dot d x x) with (dot d x x / INR m ^ l * INR m ^ l) by (field; lra); apply Rmult_lt_0_compat; assumption. }
  cbn [passed fan_in pow]; fold x d; field; lra.
Qed.

Lemma energy_zero : forall n m A v l, (1 <= m)%nat -> energy n m A v l <= 0 -> energy n m A v (S l) = 0.
Proof.
  intros n m A v l Hm He; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); assert (ml : 0 < INR m ^ l) by (apply pow_lt, m0).
  unfold energy in *; set (x := passed n m A v l) in *; set (d := fan_in n m l) in *.
  assert (X : dot d x x = 0).
  { assert (0 <= dot d x x) by apply dot_nonneg; assert (dot d x x <= 0); [|lra].
    replace (dot d x x) with (dot d x x / INR m ^ l * INR m ^ l) by (field; lra).
    assert (0 <= - (dot d x x / INR m ^ l) * INR m ^ l) by (apply Rmult_le_pos; lra); lra. }
  cbn [passed fan_in]; fold x d; replace (dot m (mv d (A l) x) (mv d (A l) x)) with 0; [unfold Rdiv; ring|].
  symmetry; apply total_zero; intros i _; replace (mv d (A l) x i) with 0; [ring|].
  symmetry; apply total_zero; intros j Hj; rewrite (dot_zero d x j X Hj); ring.
Qed.

Lemma factor_kept : forall n m h e A v l, (1 <= m)%nat -> 0 < energy n m A v l ->
  factor n m h e A v l = h l (shortfall_of n m A v l).
Proof.
  intros n m h e A v l Hm He; unfold factor; destruct (Rle_dec _ _) as [Z|_]; [|reflexivity].
  assert (ml : 0 < INR m ^ l) by (apply pow_lt, lt_0_INR; lia); unfold energy, Rdiv in He.
  assert (0 < / INR m ^ l) by (apply Rinv_0_lt_compat, ml).
  apply (Rmult_lt_compat_r (INR m ^ l)) in He; [|exact ml]; rewrite Rmult_assoc, Rinv_l in He by lra; lra.
Qed.

Lemma factor_pos : forall n m h e A v l, 0 < e l -> (forall z, 0 < h l z) -> 0 < factor n m h e A v l.
Proof. intros n m h e A v l He Hh; unfold factor; destruct (Rle_dec _ _); auto. Qed.

Lemma factors_pos : forall n m h e A v q, (forall l, (l < q)%nat -> 0 < e l /\ forall z, 0 < h l z) -> 0 < factors n m h e A v q.
Proof. intros n m h e A v q H; apply product_pos; intros l Hl; apply factor_pos; apply (H l Hl). Qed.

(** ** Above *)

Lemma energy_above : forall n m A v j e q, (1 <= m)%nat -> (1 <= j)%nat -> 0 < e -> dot n v v = 1 ->
  energy n m A v q ^ j <= factors n m (fun _ z => exp (- INR j * z)) (fun _ => e) A v q.
Proof.
  intros n m A v j e q Hm Hj He Hv; induction q as [|q IH].
  - rewrite energy_start, Hv, pow1; apply Rle_refl.
  - assert (F0 : 0 < factors n m (fun _ z => exp (- INR j * z)) (fun _ => e) A v q)
      by (apply factors_pos; intros l _; split; [exact He|intros z; apply exp_pos]).
    change (factors n m (fun _ z => exp (- INR j * z)) (fun _ => e) A v (S q)) with
      (factors n m (fun _ z => exp (- INR j * z)) (fun _ => e) A v q * factor n m (fun _ z => exp (- INR j * z)) (fun _ => e) A v q).
    destruct (Rle_lt_dec (energy n m A v q) 0) as [Z|P].
    + rewrite energy_zero, pow_i by (assumption || lia); left; apply Rmult_lt_0_compat; [exact F0|].
      apply factor_pos; [exact He|intros z; apply exp_pos].
    + rewrite factor_kept by assumption; assert (E := energy_step n m A v q Hm P); assert (N := energy_nonneg n m A v (S q) Hm).
      assert (Y : 0 <= 1 - shortfall_of n m A v q).
      { apply (Rmult_le_reg_l (energy n m A v q)); [exact P|]; rewrite <- E, Rmult_0_r; exact N. }
      rewrite E, Rpow_mult_distr; apply Rmult_le_compat; [apply pow_le; lra|apply pow_le, Y|exact IH|].
      replace (- INR j * shortfall_of n m A v q) with (INR j * - shortfall_of n m A v q) by ring; rewrite exp_times.
      apply pow_incr; split; [exact Y|]; assert (U := exp_above_line (- shortfall_of n m A v q)); lra.
Qed.

(** ** Below *)

Definition strays (n m : nat) (e : R) (A : nat -> nat -> nat -> R) (v : nat -> R) (q l : nat) : R :=
  factors n m (fun k => if Nat.eqb k l then stray m else fun _ => 1) (fun k => if Nat.eqb k l then e else 1) A v q.

Lemma strays_pos : forall n m e A v q l, 0 < e -> 0 < strays n m e A v q l.
Proof.
  intros n m e A v q l He; apply factors_pos; intros k _; destruct (Nat.eqb k l); split; try exact He; try lra;
    intros z; [apply stray_pos|lra].
Qed.

Lemma strays_above : forall n m e A v q l, (1 <= m)%nat -> (l < q)%nat -> 0 < energy n m A v l ->
  2 / 5 < Rabs (shortfall_of n m A v l) -> 1 <= strays n m e A v q l.
Proof.
  intros n m e A v q l Hm Hl P Hz; unfold strays, factors; rewrite (product_split q _ l Hl).
  rewrite factor_kept, Nat.eqb_refl by assumption; rewrite (product_ext q _ (fun _ => 1)).
  - rewrite product_const, pow1, Rmult_1_r; apply stray_above; exact Hz.
  - intros k _; unfold but; destruct (Nat.eqb k l) eqn:E; [reflexivity|]; unfold factor; rewrite E; destruct (Rle_dec _ _); reflexivity.
Qed.

Lemma energy_below : forall n m A v s e q, (1 <= m)%nat -> dot n v v = 1 ->
  (exists l, (l < q)%nat /\ 0 < energy n m A v l /\ 2 / 5 < Rabs (shortfall_of n m A v l)) \/
  (0 < energy n m A v q /\ 1 <= energy n m A v q ^ s * factors n m (fun _ => tilt m (INR s)) (fun _ => e) A v q).
Proof.
  intros n m A v s e q Hm Hv; induction q as [|q [[l [Hl B]]|[P B]]].
  - right; rewrite energy_start, Hv, pow1; split; [lra|unfold factors; cbn [product]; lra].
  - left; exists l; split; [lia|exact B].
  - destruct (Rle_lt_dec (Rabs (shortfall_of n m A v q)) (2 / 5)) as [Z|Z]; [right|left; exists q; split; [lia|split; assumption]].
    set (z := shortfall_of n m A v q) in *; assert (E := energy_step n m A v q Hm P); fold z in E.
    assert (Z' := Z); apply Rabs_le_between in Z'; rewrite E; split; [apply Rmult_lt_0_compat; lra|].
    change (factors n m (fun _ => tilt m (INR s)) (fun _ => e) A v (S q)) with
      (factors n m (fun _ => tilt m (INR s)) (fun _ => e) A v q * factor n m (fun _ => tilt m (INR s)) (fun _ => e) A v q).
    rewrite factor_kept by assumption; fold z; set (D := factors n m (fun _ => tilt m (INR s)) (fun _ => e) A v q) in *.
    replace ((energy n m A v q * (1 - z)) ^ s * (D * tilt m (INR s) z))
      with (energy n m A v q ^ s * D * ((1 - z) ^ s * tilt m (INR s) z)) by (rewrite Rpow_mult_distr; ring).
    assert (K : 1 <= (1 - z) ^ s * tilt m (INR s) z).
    { assert (L := exp_below_line (- z) ltac:(lra)); replace (- z - (- z) ^ 2) with (- (z + z ^ 2)) in L by ring.
      assert (T := tilt_above m (INR s) z Hm (pos_INR s) Z); rewrite exp_times in T.
      assert (L' : exp (- (z + z ^ 2)) ^ s <= (1 - z) ^ s) by (apply pow_incr; split; [left; apply exp_pos|lra]).
      apply Rle_trans with (exp (- (z + z ^ 2)) ^ s * exp (z + z ^ 2) ^ s).
      - rewrite <- Rpow_mult_distr, <- exp_plus, Rplus_opp_l, exp_0, pow1; lra.
      - apply Rmult_le_compat; try assumption; apply pow_le; left; apply exp_pos. }
    apply Rle_trans with (1 * 1); [lra|apply Rmult_le_compat; lra].
Qed.

(** ** Both *)

(** What (Z - 1)^(2p) is at most. *)
Definition deviation_bound (n m p : nat) (e1 e2 e3 : R) (A : nat -> nat -> nat -> R) (v : nat -> R) (q : nat) : R :=
  (1 / 100) ^ p + total q (strays n m e1 A v q)
  + (9 / 10) ^ (70 * p) * factors n m (fun _ => tilt m (INR (70 * p))) (fun _ => e2) A v q
  + (10 / 11) ^ (70 * p) * factors n m (fun _ z => exp (- INR (72 * p) * z)) (fun _ => e3) A v q.

Lemma deviation_below : forall n m p e1 e2 e3 A v q, (1 <= m)%nat -> (1 <= p)%nat -> 0 < e1 -> 0 < e2 -> 0 < e3 -> dot n v v = 1 ->
  (energy n m A v q - 1) ^ (2 * p) <= deviation_bound n m p e1 e2 e3 A v q.
Proof.
  intros n m p e1 e2 e3 A v q Hm Hp P1 P2 P3 Hv; unfold deviation_bound; set (Z := energy n m A v q).
  assert (Z0 : 0 <= Z) by (apply energy_nonneg; exact Hm).
  set (S1 := total q (strays n m e1 A v q)); set (D2 := factors n m _ (fun _ => e2) A v q); set (D3 := factors n m _ (fun _ => e3) A v q).
  assert (S10 : 0 <= S1) by (apply total_nonneg; intros; left; apply strays_pos; exact P1).
  assert (D20 : 0 < D2) by (apply factors_pos; intros l _; split; [exact P2|intros z; apply tilt_pos, pos_INR]).
  assert (D30 : 0 < D3) by (apply factors_pos; intros l _; split; [exact P3|intros z; apply exp_pos]).
  assert (C1 : 0 <= (1 / 100) ^ p) by (apply pow_le; lra).
  assert (C2 : 0 <= (9 / 10) ^ (70 * p) * D2) by (apply Rmult_le_pos; [apply pow_le; lra|lra]).
  assert (C3 : 0 <= (10 / 11) ^ (70 * p) * D3) by (apply Rmult_le_pos; [apply pow_le; lra|lra]).
  rewrite (pow_mult (Z - 1) 2 p); assert (0 <= (Z - 1) ^ 2) by apply pow2_ge_0.
  destruct (Rle_lt_dec Z (11 / 10)) as [U|U]; [destruct (Rle_lt_dec (9 / 10) Z) as [L|L]|].
  - assert (((Z - 1) ^ 2) ^ p <= (1 / 100) ^ p); [|lra]; apply pow_incr; split; [apply pow2_ge_0|].
    assert (0 <= (Z - 9 / 10) * (11 / 10 - Z)) by (apply Rmult_le_pos; lra); simpl; nra.
  - assert (((Z - 1) ^ 2) ^ p <= 1).
    { apply Rle_trans with (1 ^ p); [|rewrite pow1; lra]; apply pow_incr; split; [apply pow2_ge_0|]; simpl; nra. }
    destruct (energy_below n m A v (70 * p) e2 q Hm Hv) as [[l [Hl [El Sl]]]|[_ B]].
    + assert (1 <= S1); [|lra]; eapply Rle_trans; [apply (strays_above n m e1 A v q l); assumption|].
      apply (total_one q (strays n m e1 A v q)); [intros; left; apply strays_pos; exact P1|exact Hl].
    + assert (1 <= (9 / 10) ^ (70 * p) * D2); [|lra]; eapply Rle_trans; [exact B|]; fold Z D2.
      apply Rmult_le_compat_r; [lra|apply pow_incr; lra].
  - assert (B := energy_above n m A v (72 * p) e3 q Hm ltac:(lia) P3 Hv); fold Z D3 in B.
    assert (((Z - 1) ^ 2) ^ p <= (10 / 11) ^ (70 * p) * D3); [|lra].
    apply Rle_trans with ((10 / 11) ^ (70 * p) * Z ^ (72 * p)); [|apply Rmult_le_compat_l; [apply pow_le; lra|exact B]].
    replace (72 * p)%nat with (70 * p + 2 * p)%nat by lia; rewrite pow_add, <- Rmult_assoc, <- Rpow_mult_distr, (pow_mult Z 2 p).
    assert (1 <= (10 / 11 * Z) ^ (70 * p)) by (apply pow_R1_Rle; lra).
    assert (((Z - 1) ^ 2) ^ p <= (Z ^ 2) ^ p) by (apply pow_incr; split; [apply pow2_ge_0|]; simpl; nra).
    assert (0 <= (Z ^ 2) ^ p) by (apply pow_le, pow2_ge_0); nra.
Qed.

Lemma deviation_bound_mean : forall n m p v q e1 e2 e3, layer_mean m (stray m) e1 -> layer_mean m (tilt m (INR (70 * p))) e2 ->
  layer_mean m (fun z => exp (- INR (72 * p) * z)) e3 ->
  mean_is normal_law (entries_of n m q) (fun w => deviation_bound n m p e1 e2 e3 (layers_in_order n m q w) v q)
    ((1 / 100) ^ p + INR q * e1 + (9 / 10) ^ (70 * p) * e2 ^ q + (10 / 11) ^ (70 * p) * e3 ^ q).
Proof.
  intros n m p v q e1 e2 e3 M1 M2 M3; unfold deviation_bound.
  apply mean_is_plus; [apply mean_is_plus; [apply mean_is_plus|]|].
  - apply mean_is_const.
  - rewrite <- total_const; apply (mean_is_total normal_law (entries_of n m q) q (fun l w => strays n m e1 (layers_in_order n m q w) v q l)).
    intros l Hl; unfold strays.
    assert (E : product q (fun k => if Nat.eqb k l then e1 else 1) = e1).
    { rewrite (product_split q _ l Hl), Nat.eqb_refl, (product_ext q _ (fun _ => 1)); [rewrite product_const, pow1; ring|].
      intros k _; unfold but; destruct (Nat.eqb k l); reflexivity. }
    assert (L := layers_mean n m (fun k => if Nat.eqb k l then stray m else fun _ => 1) (fun k => if Nat.eqb k l then e1 else 1) v q).
    rewrite E in L; apply L; intros k _; destruct (Nat.eqb k l); [exact M1|apply layer_mean_const].
  - apply mean_is_scal; rewrite <- product_const; apply layers_mean; intros; exact M2.
  - apply mean_is_scal; rewrite <- product_const; apply (layers_mean n m (fun _ z => exp (- INR (72 * p) * z)) (fun _ => e3));
      intros; exact M3.
Qed.
