(** Scalar layers from the zero-asymmetric start w = (1, ..., 1, 0): what flow and descent keep, and the
    rate e^(-2t) of the flow. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder OneStep Flow.
Open Scope R_scope.

Theorem zas_flow_invariant : forall (f' : R -> R) L w a b t0 t j,
  is_flow f' (S L) w a b -> a < t0 < b -> a < t < b ->
  (forall i, (i < L)%nat -> w i t0 = 1) -> w L t0 = 0 -> (j < L)%nat ->
  w j t ^ 2 = 1 + w L t ^ 2.
Proof.
  intros f' L w a b t0 t j H H0 Ht H1 HL Hj.
  assert (Q := flow_conservation f' (S L) w a b j L t0 t H ltac:(lia) ltac:(lia) H0 Ht).
  rewrite H1, HL in Q by assumption; lra.
Qed.

Theorem zas_flow_rate : forall phi L w a b t0 t,
  is_flow (fun p => p - phi) (S L) w a b -> a < t0 -> t0 <= t -> t < b ->
  (forall i, (i < L)%nat -> w i t0 = 1) -> w L t0 = 0 ->
  (product (S L) (fun i => w i t) - phi) ^ 2 / 2
    <= exp (- 2 * (t - t0)) * ((product (S L) (fun i => w i t0) - phi) ^ 2 / 2).
Proof.
  intros phi L w a b t0 t H H0 H1 H2 HI HL.
  set (p := fun x => product (S L) (fun i => w i x)).
  set (S2 := fun x => total (S L) (fun j => others (S L) (fun i => w i x) j ^ 2)).
  assert (Dp : forall x, a < x < b -> is_derive p x (- (p x - phi) * S2 x)).
  { intros x Hx; exact (flow_product_derivative (fun p => p - phi) (S L) w a b x H Hx). }
  assert (One : forall x, a < x < b -> 1 <= S2 x).
  { intros x Hx; unfold S2; simpl total.
    assert (0 <= total L (fun j => others (S L) (fun i => w i x) j ^ 2))
      by (apply total_nonneg; intros; apply pow2_ge_0).
    change (1 <= total L (fun j => others (S L) (fun i => w i x) j ^ 2)
      + others (S L) (fun i => w i x) L ^ 2).
    assert (1 <= others (S L) (fun i => w i x) L ^ 2); [|lra].
    assert (E : others (S L) (fun i => w i x) L ^ 2 = product L (fun i => w i x ^ 2)).
    { unfold others; simpl product at 1; rewrite but_same, Rmult_1_r.
      rewrite (product_ext L _ (fun i => w i x)) by (intros; apply but_other; lia).
      rewrite (product_ext L (fun i => w i x ^ 2) (fun i => w i x * w i x)) by (intros; ring).
      rewrite product_mult; ring. }
    rewrite E, <- (pow1 L), <- product_const; apply product_le; intros i Hi.
    assert (Z := zas_flow_invariant _ L w a b t0 x i H ltac:(lra) Hx HI HL Hi).
    assert (0 <= w L x ^ 2) by apply pow2_ge_0; lra. }
  assert (M := nondecreasing (fun x => - ((p x - phi) ^ 2 * exp (2 * (x - t0))))
    (fun x => 2 * (S2 x - 1) * ((p x - phi) ^ 2 * exp (2 * (x - t0)))) t0 t H1); cbv beta in M.
  assert (F : - ((p t0 - phi) ^ 2 * exp (2 * (t0 - t0))) <= - ((p t - phi) ^ 2 * exp (2 * (t - t0)))).
  { apply M; intros x Hx.
    - evar_last.
      + apply (is_derive_opp (V := R_NormedModule) (fun x => (p x - phi) ^ 2 * exp (2 * (x - t0)))).
        apply (is_derive_mult (fun x => (p x - phi) ^ 2) (fun x => exp (2 * (x - t0))) x
          (INR 2 * (- (p x - phi) * S2 x - 0) * (p x - phi) ^ pred 2) (2 * exp (2 * (x - t0)))).
        * apply (is_derive_pow (fun x => p x - phi) 2).
          apply (is_derive_minus (V := R_NormedModule) p (fun _ => phi));
            [apply Dp; lra|apply (is_derive_const (V := R_NormedModule))].
        * auto_derive; [trivial|unfold Rminus; ring].
        * exact Rmult_comm.
      + change (- (INR 2 * (- (p x - phi) * S2 x - 0) * (p x - phi) ^ pred 2 * exp (2 * (x - t0))
          + (p x - phi) ^ 2 * (2 * exp (2 * (x - t0))))
          = 2 * (S2 x - 1) * ((p x - phi) ^ 2 * exp (2 * (x - t0)))).
        simpl; ring.
    - specialize (One x ltac:(lra)).
      apply Rmult_le_pos; [lra|apply Rmult_le_pos; [apply pow2_ge_0|left; apply exp_pos]]. }
  rewrite Rminus_eq_0, Rmult_0_r, exp_0, Rmult_1_r in F.
  fold (p t) (p t0).
  assert (E : exp (- 2 * (t - t0)) * exp (2 * (t - t0)) = 1)
    by (rewrite <- exp_plus; replace (- 2 * (t - t0) + 2 * (t - t0)) with 0 by ring; apply exp_0).
  assert (P1 : 0 < exp (- 2 * (t - t0))) by apply exp_pos.
  assert (P2 : exp (- 2 * (t - t0)) * ((p t - phi) ^ 2 * exp (2 * (t - t0)))
    <= exp (- 2 * (t - t0)) * (p t0 - phi) ^ 2) by (apply Rmult_le_compat_l; lra).
  replace (exp (- 2 * (t - t0)) * ((p t - phi) ^ 2 * exp (2 * (t - t0))))
    with ((p t - phi) ^ 2 * (exp (- 2 * (t - t0)) * exp (2 * (t - t0)))) in P2 by ring.
  rewrite E in P2; lra.
Qed.

(** In discrete time the identity layers stay equal, and 1 = w_0^2 - w_L^2 only shrinks. *)
Theorem zas_descent_invariants : forall (f' : R -> R) eta L w n,
  (1 <= L)%nat -> (forall i, (i < L)%nat -> w i = 1) -> w L = 0 ->
  (forall s, (s < n)%nat ->
    eta ^ 2 * f' (product (S L) (descent f' eta (S L) w s)) ^ 2
      * rest (S L) (descent f' eta (S L) w s) 0 L ^ 2 <= 1) ->
  (forall i j, (i < L)%nat -> (j < L)%nat ->
    descent f' eta (S L) w n i = descent f' eta (S L) w n j) /\
  0 <= descent f' eta (S L) w n 0 ^ 2 - descent f' eta (S L) w n L ^ 2 <= 1.
Proof.
  intros f' eta L w n HL H1 H0 Hx; split.
  - intros i j Hi Hj; destruct (Nat.eq_dec i j) as [->|N]; [reflexivity|].
    apply tie_is_kept; try lia; rewrite !H1 by assumption; reflexivity.
  - induction n as [|n IH]; [simpl; rewrite H1, H0 by lia; lra|].
    specialize (IH ltac:(auto with arith)); simpl descent.
    assert (C := imbalance_contracts f' eta (S L) (descent f' eta (S L) w n) 0 L
      ltac:(lia) ltac:(lia) ltac:(lia) (Hx n ltac:(lia)) ltac:(lra)).
    lra.
Qed.
