(** Nets of the unit sphere by counting points of a lattice, without volumes; what a matrix does to a net it does to the sphere.

    With budget N n for the sum of the sizes of n integers there are at most (6 (N + 1))^n lattice points; a unit vector, rounded
    to multiples of 2/((2 N - 1) sqrt n), is one of them, and the error is at most 1/(2 N - 1). *)
From Coq Require Import Reals Lra Lia Psatz Arith List ZArith.
From Lemmata Require Import Products Matrix Norms Rectangular Wide.
Import ListNotations.
Open Scope R_scope.

(** ** Lattice points *)

(** Both signs of 0, ..., b at place n, and z before it. *)
Fixpoint with_entry (n : nat) (before : nat -> list (nat -> R)) (b budget : nat) : list (nat -> R) :=
  match b with
  | O => []
  | S a => map (put n (INR a)) (before (budget - a)%nat) ++ map (put n (- INR a)) (before (budget - a)%nat)
      ++ with_entry n before a budget
  end.

(** The integer vectors of n entries whose sizes add up to the budget or less; some of them are listed more than once. *)
Fixpoint lattice (n budget : nat) : list (nat -> R) :=
  match n with
  | O => [fun _ => 0]
  | S k => with_entry k (lattice k) (S budget) budget
  end.

Lemma with_entry_in : forall n before budget z a x, (a <= budget)%nat -> In z (before (budget - a)%nat) ->
  x = INR a \/ x = - INR a -> forall b, (a < b)%nat -> In (put n x z) (with_entry n before b budget).
Proof.
  intros n before budget z a x Ha Hz Hx; induction b as [|b IH]; intros Hb; [lia|]; simpl; rewrite !in_app_iff.
  destruct (Nat.eq_dec a b) as [->|N]; [|right; right; apply IH; lia].
  destruct Hx as [->| ->]; [left|right; left]; apply in_map; exact Hz.
Qed.

Lemma integer_size : forall j, exists a, Rabs (IZR j) = INR a /\ (IZR j = INR a \/ IZR j = - INR a).
Proof.
  intros j; exists (Z.abs_nat j); rewrite INR_IZR_INZ, Zabs2Nat.id_abs; split; [symmetry; apply abs_IZR|].
  destruct (Z.abs_spec j) as [[_ ->]|[_ ->]]; [left; reflexivity|right; rewrite opp_IZR; ring].
Qed.

Lemma lattice_complete : forall n budget j, total n (fun i => Rabs (IZR (j i))) <= INR budget ->
  exists z, In z (lattice n budget) /\ forall i, (i < n)%nat -> z i = IZR (j i).
Proof.
  induction n as [|n IH]; intros budget j H.
  - exists (fun _ => 0); split; [left; reflexivity|intros; lia].
  - simpl in H; destruct (integer_size (j n)) as [a [Ea Sa]]; rewrite Ea in H.
    assert (T : 0 <= total n (fun i => Rabs (IZR (j i)))) by (apply total_nonneg; intros; apply Rabs_pos).
    assert (Ha : (a <= budget)%nat) by (apply INR_le; lra).
    destruct (IH (budget - a)%nat j) as [z [Iz Ez]]; [rewrite minus_INR by exact Ha; lra|].
    exists (put n (IZR (j n)) z); split; [apply (with_entry_in n (lattice n) budget z a); auto; lia|].
    intros i Hi; destruct (Nat.eq_dec i n) as [->|N]; [apply put_same|rewrite put_other by exact N; apply Ez; lia].
Qed.

Lemma with_entry_length : forall n before budget K p, 0 <= K -> 1 < p ->
  (forall b, INR (length (before b)) <= K * p ^ b) -> forall b, (b <= S budget)%nat ->
  (p - 1) * INR (length (with_entry n before b budget)) <= 2 * K * (p ^ S budget - p ^ (S budget - b)).
Proof.
  intros n before budget K p HK Hp H; induction b as [|b IH]; intros Hb.
  - simpl with_entry; simpl length; rewrite Nat.sub_0_r; simpl INR; lra.
  - simpl with_entry; rewrite !app_length, !map_length, !plus_INR; specialize (IH ltac:(lia)); specialize (H (budget - b)%nat).
    replace (S budget - b)%nat with (S (budget - b)) in IH by lia; replace (S budget - S b)%nat with (budget - b)%nat by lia.
    set (x := p ^ (budget - b)) in *; change (p ^ S (budget - b)) with (p * x) in IH.
    apply (Rmult_le_compat_l (p - 1)) in H; [|lra]; lra.
Qed.

(** Weights (N/(N + 1))^|j| count what the budget allows. *)
Lemma lattice_length : forall N n budget, (1 <= N)%nat ->
  INR (length (lattice n budget)) <= (2 * (INR N + 1)) ^ n * (1 + / INR N) ^ budget.
Proof.
  intros N n budget HN; assert (N1 : 1 <= INR N) by (apply (le_INR 1); exact HN).
  assert (I0 : 0 < / INR N) by (apply Rinv_0_lt_compat; lra); set (p := 1 + / INR N).
  assert (E : (p - 1) * (INR N + 1) = p) by (unfold p; field; lra).
  revert budget; induction n as [|n IH]; intros budget.
  - simpl length; assert (1 <= p ^ budget) by (apply pow_R1_Rle; unfold p; lra); simpl; lra.
  - set (K := (2 * (INR N + 1)) ^ n) in *; assert (K0 : 0 <= K) by (apply pow_le; lra).
    assert (W := with_entry_length n (lattice n) budget K p K0 ltac:(unfold p; lra) IH (S budget) (le_n _)).
    change (with_entry n (lattice n) (S budget) budget) with (lattice (S n) budget) in W.
    rewrite Nat.sub_diag in W; apply (Rmult_le_reg_l (p - 1)); [unfold p; lra|].
    replace ((p - 1) * ((2 * (INR N + 1)) ^ S n * p ^ budget)) with (2 * K * ((p - 1) * (INR N + 1)) * p ^ budget)
      by (unfold K; simpl; ring).
    rewrite E; assert (P : p ^ S budget = p * p ^ budget) by reflexivity; rewrite P in W; simpl (p ^ 0) in W; lra.
Qed.

Lemma budget_length : forall N n, (1 <= N)%nat -> INR (length (lattice n (N * n))) <= (6 * (INR N + 1)) ^ n.
Proof.
  intros N n HN; assert (N1 : 1 <= INR N) by (apply (le_INR 1); exact HN).
  eapply Rle_trans; [apply (lattice_length N n (N * n) HN)|].
  replace (6 * (INR N + 1)) with (2 * (INR N + 1) * 3) by ring; rewrite (Rpow_mult_distr _ 3).
  apply Rmult_le_compat_l; [apply pow_le; lra|]; rewrite pow_mult; apply pow_incr.
  assert (I0 : 0 < / INR N) by (apply Rinv_0_lt_compat; lra); split; [apply pow_le; lra|].
  apply Rle_trans with (exp (/ INR N) ^ N).
  - apply pow_incr; split; [lra|]; apply exp_ineq1_le.
  - rewrite <- Rpower_pow by apply exp_pos; unfold Rpower; rewrite ln_exp, Rinv_r by lra; exact exp_le_3.
Qed.

(** ** Rounding *)

Definition rounding (x : R) : Z := (up (x - 1 / 2))%Z.

Lemma rounding_error : forall x, (x - IZR (rounding x)) ^ 2 <= / 4.
Proof. intros x; unfold rounding; destruct (archimed (x - 1 / 2)) as [A B]; nra. Qed.

(** A unit vector times sqrt n (N - 1/2), rounded, is within the budget and not further off than sqrt n/2. *)
Lemma rounded : forall N n x, (1 <= n)%nat -> (1 <= N)%nat -> dot n x x = 1 ->
  exists z, In z (lattice n (N * n)) /\
    dot n (fun i => sqrt (INR n) * (INR N - / 2) * x i - z i) (fun i => sqrt (INR n) * (INR N - / 2) * x i - z i) <= INR n / 4.
Proof.
  intros N n x Hn HN Hx; assert (N1 : 1 <= INR N) by (apply (le_INR 1); exact HN).
  assert (n1 : 1 <= INR n) by (apply (le_INR 1); exact Hn).
  set (s := sqrt (INR n)); assert (ss : s * s = INR n) by (apply sqrt_sqrt; lra).
  assert (s0 : 0 < s) by (apply sqrt_lt_R0; lra).
  set (g := s * (INR N - / 2)); assert (g0 : 0 < g) by (apply Rmult_lt_0_compat; lra).
  set (j := fun i => rounding (g * x i)).
  assert (Err : dot n (fun i => g * x i - IZR (j i)) (fun i => g * x i - IZR (j i)) <= INR n / 4).
  { unfold Rdiv; rewrite <- total_const; apply total_le; intros i _; assert (E := rounding_error (g * x i)); unfold j; simpl in E; lra. }
  assert (Size : dot n (fun i => IZR (j i)) (fun i => IZR (j i)) <= (g + s / 2) ^ 2).
  { rewrite (dot_ext n _ _ (fun i => g * x i + -1 * (g * x i - IZR (j i))) (fun i => g * x i + -1 * (g * x i - IZR (j i))))
      by (intros; ring).
    apply dot_triangle; [lra|lra| |]; rewrite dot_scal_l, dot_scal_r; [rewrite Hx; right; ring|].
    apply Rle_trans with (INR n / 4); [lra|]; rewrite <- ss; right; field. }
  destruct (lattice_complete n (N * n) j) as [z [Iz Ez]].
  - assert (C := total_cauchy n (fun i => Rabs (IZR (j i)))); cbv beta in C.
    rewrite (total_ext n (fun i => Rabs (IZR (j i)) ^ 2) (fun i => IZR (j i) * IZR (j i))) in C
      by (intros; rewrite pow2_abs; ring).
    apply below_by_square; [apply pos_INR|]; eapply Rle_trans; [exact C|]; rewrite mult_INR.
    apply Rle_trans with (INR n * (g + s / 2) ^ 2); [apply Rmult_le_compat_l; [lra|exact Size]|].
    right; unfold g; rewrite <- ss; field.
  - exists z; split; [exact Iz|]; eapply Rle_trans; [right|exact Err].
    apply dot_ext; intros i Hi; rewrite Ez by exact Hi; unfold g; ring.
Qed.

(** ** Nets of the sphere *)

Definition direction (n : nat) (z : nat -> R) : nat -> R :=
  if Req_EM_T (dot n z z) 0 then unit_matrix 0 else fun i => / sqrt (dot n z z) * z i.

Lemma direction_unit : forall n z, (1 <= n)%nat -> dot n (direction n z) (direction n z) = 1.
Proof.
  intros n z Hn; unfold direction; destruct (Req_EM_T (dot n z z) 0) as [Z|Z].
  - assert (E := mv_unit n (unit_matrix 0) 0 ltac:(lia)); unfold mv in E; rewrite E; reflexivity.
  - assert (P := dot_nonneg n z); rewrite dot_scal_l, dot_scal_r; assert (S := sqrt_sqrt _ P).
    assert (sqrt (dot n z z) <> 0) by (intros Q; rewrite Q, Rmult_0_l in S; auto).
    rewrite <- S at 3; field; assumption.
Qed.

(** A vector near c x has nearly the direction of x: the cosine of the angle. *)
Lemma direction_near : forall n x z c e, dot n x x = 1 -> 0 < c -> 0 <= e < 1 ->
  dot n (fun i => c * x i - z i) (fun i => c * x i - z i) <= (c * e) ^ 2 ->
  0 <= dot n x (direction n z) /\ 1 - e ^ 2 <= dot n x (direction n z) ^ 2.
Proof.
  intros n x z c e Hx Hc He H; assert (C := cauchy n x z); rewrite Hx, Rmult_1_l in C.
  rewrite dot_minus_l, !dot_minus_r, !dot_scal_l, !dot_scal_r, Hx, (dot_comm n z x) in H.
  assert (P := dot_nonneg n z); set (q := dot n z z) in *; set (b := dot n x z) in *.
  assert (ce : (c * e) ^ 2 < c ^ 2).
  { replace ((c * e) ^ 2) with (c ^ 2 * e ^ 2) by ring; assert (0 < c ^ 2) by (apply pow_lt; exact Hc).
    assert (e ^ 2 < 1) by (simpl; nra); nra. }
  assert (b0 : 0 < b) by nra.
  assert (q0 : 0 < q) by nra.
  assert (Main : (1 - e ^ 2) * q <= b ^ 2).
  { assert (Y : c ^ 2 * (1 - e ^ 2) <= 2 * c * b - q) by lra.
    apply (Rmult_le_compat_r q) in Y; [|lra].
    assert (Z : (2 * c * b - q) * q <= c ^ 2 * b ^ 2) by (assert (0 <= (c * b - q) ^ 2) by apply pow2_ge_0; lra).
    apply (Rmult_le_reg_l (c ^ 2)); [apply pow_lt; exact Hc|]; lra. }
  unfold direction; fold q; destruct (Req_EM_T q 0) as [Z|_]; [lra|]; rewrite dot_scal_r; fold b.
  assert (S := sqrt_sqrt q P); assert (s0 : 0 < sqrt q) by (apply sqrt_lt_R0; exact q0).
  set (w := sqrt q) in *; split; [apply Rmult_le_pos; [left; apply Rinv_0_lt_compat; exact s0|lra]|].
  apply (Rmult_le_reg_r q); [exact q0|]; replace ((/ w * b) ^ 2 * q) with (b ^ 2); [exact Main|rewrite <- S; field; lra].
Qed.

(** (6 (N + 1))^n directions, one of them within the angle of sine 1/(2 N - 1) of any other. *)
Lemma directions : forall N n, (2 <= N)%nat -> exists net,
  INR (length net) <= (6 * (INR N + 1)) ^ n /\ (forall v, In v net -> dot n v v = 1) /\
  forall x, dot n x x = 1 -> exists v, In v net /\ 0 <= dot n x v /\ 1 - (/ (2 * INR N - 1)) ^ 2 <= dot n x v ^ 2.
Proof.
  intros N n HN; assert (N2 : 2 <= INR N) by (apply (le_INR 2); exact HN).
  destruct (Nat.eq_0_gt_0_cases n) as [->|Hn].
  { exists []; split; [simpl; lra|split; [intros v []|intros x Hx; exfalso; unfold dot in Hx; simpl in Hx; lra]]. }
  exists (map (direction n) (lattice n (N * n))); split; [rewrite map_length; apply budget_length; lia|split].
  - intros v Hv; apply in_map_iff in Hv; destruct Hv as [z [<- _]]; apply direction_unit; exact Hn.
  - intros x Hx; destruct (rounded N n x Hn ltac:(lia) Hx) as [z [Iz Ez]].
    exists (direction n z); split; [apply in_map; exact Iz|].
    assert (n1 : 1 <= INR n) by (apply (le_INR 1); exact Hn).
    assert (s0 : 0 < sqrt (INR n)) by (apply sqrt_lt_R0; lra); assert (ss := sqrt_sqrt (INR n) ltac:(lra)).
    assert (e1 : 0 < / (2 * INR N - 1) < 1).
    { split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_lt_contravar; lra]. }
    apply (direction_near n x z (sqrt (INR n) * (INR N - / 2))); auto; try lra.
    + apply Rmult_lt_0_compat; lra.
    + eapply Rle_trans; [exact Ez|]; right; set (w := sqrt (INR n)) in *; rewrite <- ss; field; lra.
Qed.

(** An eps-net of the unit sphere of R^n has (19/eps)^n points at most. *)
Theorem sphere_net : forall n eps, 0 < eps <= 1 -> exists net,
  INR (length net) <= (19 / eps) ^ n /\ (forall v, In v net -> dot n v v = 1) /\
  forall x, dot n x x = 1 -> exists v, In v net /\ dot n (fun i => x i - v i) (fun i => x i - v i) <= eps ^ 2.
Proof.
  intros n eps He.
  assert (I0 : 1 <= / eps) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
  assert (Big : exists N, (2 <= N)%nat /\ 9 / 7 * / eps <= 2 * INR N - 1 /\ 2 * INR N <= 3 + 9 / 7 * / eps).
  { destruct (archimed (/ 2 + 9 / 14 * / eps)) as [A B]; set (u := up (/ 2 + 9 / 14 * / eps)) in *.
    assert (U : (1 < u)%Z) by (apply lt_IZR; lra).
    exists (Z.to_nat u); rewrite INR_IZR_INZ, Z2Nat.id by lia; split; [lia|lra]. }
  destruct Big as [N [HN [Hl Hu]]]; destruct (directions N n HN) as [net [Len [Unit Near]]].
  exists net; split; [|split; [exact Unit|]].
  - eapply Rle_trans; [exact Len|]; apply pow_incr; unfold Rdiv; assert (0 <= INR N) by apply pos_INR; lra.
  - intros x Hx; destruct (Near x Hx) as [v [Iv [P Q]]]; exists v; split; [exact Iv|]; specialize (Unit v Iv).
    rewrite dot_minus_l, !dot_minus_r, Hx, Unit, (dot_comm n v x); set (t := dot n x v) in *.
    assert (C := cauchy n x v); rewrite Hx, Unit in C; fold t in C; set (e := / (2 * INR N - 1)).
    assert (Q' : 1 - e ^ 2 <= t ^ 2) by exact Q.
    assert (e0 : 0 < e) by (apply Rinv_0_lt_compat; lra).
    assert (e1 : e <= 7 / 9 * eps).
    { replace (7 / 9 * eps) with (/ (9 / 7 * / eps)) by (field; lra); apply Rinv_le_contravar; lra. }
    assert (e2 : e ^ 2 <= 49 / 81 * eps ^ 2) by (replace (49 / 81 * eps ^ 2) with ((7 / 9 * eps) ^ 2) by field; apply pow_incr; lra).
    assert (p2 : eps ^ 2 <= 1) by (rewrite <- (pow1 2); apply pow_incr; lra).
    assert (e4 : e ^ 2 * e ^ 2 <= 49 / 81 * e ^ 2) by (apply Rmult_le_compat_r; [apply pow2_ge_0|lra]).
    assert (T : 1 - e ^ 2 / 2 - e ^ 2 * e ^ 2 / 2 <= t); [|lra].
    apply below_by_square; [exact P|]; eapply Rle_trans; [|exact Q'].
    assert (z0 : 0 <= e ^ 2) by apply pow2_ge_0; set (z := e ^ 2) in *.
    assert (z1 : z <= 49 / 81) by lra.
    assert (0 <= z ^ 2 * (3 - 2 * z - z ^ 2)) by (apply Rmult_le_pos; [apply pow2_ge_0|simpl; nra]).
    lra.
Qed.
