(** Negations of false variants, continued: rules of Gauss and Legendre. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature PartialQuadrature Polynomials
  LegendreRule.
Open Scope R_scope.

Lemma legendre_rule_one_more_is_false : ~ (forall (n : nat) (x : nat -> R),
  (forall i, (i < n)%nat -> -1 < x i < 1 /\ legendre n (x i) = 0 /\ x (n - 1 - i)%nat = - x i) -> distinct n x ->
  gauss_rule n x (fun i => legendre_weight n (x i)) /\
  rule n x (fun i => legendre_weight n (x i)) (fun y => y ^ (2 * n)) = RInt (fun y => y ^ (2 * n)) (-1) 1).
Proof.
  intros H; destruct (H 1%nat (fun _ => 0)) as [_ K].
  - intros i _; simpl; lra.
  - intros i j Hi Hj Ne; lia.
  - change (2 * 1)%nat with 2%nat in K; unfold rule in K; cbn [total] in K.
    assert (I : RInt (fun y => y ^ 2) (-1) 1 = 2 / 3).
    { apply is_RInt_unique; evar_last; [apply (is_RInt_derive (V := R_CompleteNormedModule) (fun y => y ^ 3 / 3) (fun y => y ^ 2))|].
      - intros y _; auto_derive; [trivial|simpl; field].
      - intros y _; apply (ex_derive_continuous (fun y => y ^ 2)); auto_derive; trivial.
      - change (1 ^ 3 / 3 + - ((-1) ^ 3 / 3) = 2 / 3); field. }
    rewrite I in K; simpl in K; lra.
Qed.

(** Both intervals around the larger node of P_4: the mean of x^2 would be too large. *)
Lemma legendre_nodes_may_meet_is_false : ~ (forall (k n : nat) (lo hi : nat -> R), n = (2 * k)%nat ->
  (forall i, (i < k)%nat -> 0 < lo i /\ lo i <= hi i /\ hi i < 1 /\ legendre n (lo i) * legendre n (hi i) <= 0) ->
  (forall i j, (i < j < k)%nat -> lo j <= lo i) ->
  exists x : nat -> R, gauss_rule n x (fun i => legendre_weight n (x i)) /\
    forall i, (i < k)%nat -> lo i <= x i <= hi i /\ x (n - 1 - i)%nat = - x i /\
      legendre_weight n (x i) = 2 * (1 - x i ^ 2) / (INR n * legendre (n - 1) (x i)) ^ 2).
Proof.
  intros H; assert (F : forall y, legendre 4 y = (35 * y ^ 4 - 30 * y ^ 2 + 3) / 8) by (intros y; simpl; field).
  destruct (H 2%nat 4%nat (fun _ => 8 / 10) (fun _ => 9 / 10) ltac:(reflexivity)) as [x [G X]].
  - intros i _; rewrite !F; lra.
  - intros; lra.
  - assert (S := weights_sum 4 x _ ltac:(lia) G); destruct G as [W [_ E]]; specialize (E 2%nat ltac:(lia)).
    assert (I : RInt (fun y => y ^ 2) (-1) 1 = 2 / 3).
    { apply is_RInt_unique; evar_last; [apply (is_RInt_derive (V := R_CompleteNormedModule) (fun y => y ^ 3 / 3) (fun y => y ^ 2))|].
      - intros y _; auto_derive; [trivial|simpl; field].
      - intros y _; apply (ex_derive_continuous (fun y => y ^ 2)); auto_derive; trivial.
      - change (1 ^ 3 / 3 + - ((-1) ^ 3 / 3) = 2 / 3); field. }
    rewrite I in E; unfold rule in E; set (w := fun i => legendre_weight 4 (x i)) in *.
    assert (B : 64 / 100 * total 4 w <= total 4 (fun i => w i * x i ^ 2)); [|change (fun i => w i * x i ^ 2) with (fun i => legendre_weight 4 (x i) * x i ^ 2) in B; rewrite S, E in B; lra].
    rewrite <- total_scal; apply total_le; intros i Hi; destruct (W i Hi) as [_ P]; change (0 <= w i) in P.
    assert (Q : 64 / 100 <= x i ^ 2); [|rewrite Rmult_comm; apply Rmult_le_compat_l; assumption].
    destruct (X 0%nat ltac:(lia)) as [X0 [X3 _]]; destruct (X 1%nat ltac:(lia)) as [X1 [X2 _]]; simpl in X3, X2.
    destruct i as [|[|[|[|i]]]]; [nra|nra|rewrite X2; nra|rewrite X3; nra|lia].
Qed.
