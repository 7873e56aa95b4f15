(** Starts with the properties of Lemmas 5.2 and 5.3 of Hu, Xiao and Pennington at once: narrow Gaussian layers have them with probability near one. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Expectation Remainder Convergence Rectangular AnyLaw Independent NormalLaw PaperStarts Spheres ChiSquare IndependentBlocks
  NarrowFactors NarrowLayers NarrowProducts NarrowSums NarrowMoves NarrowMoved.
Open Scope R_scope.

(** A_i(0), the normal layers over the roots of their numbers of rows *)
Definition start_layers (n : nat -> nat) (A : nat -> nat -> nat -> R) (l i j : nat) : R := / sqrt (INR (n (S l))) * A l i j.

Lemma start_output : forall n A a x q, plain_output n (start_layers n A) a x q = scaled_output n A a x q.
Proof.
  intros n A a x q; induction q as [|q IH]; [reflexivity|]; cbn [plain_output scaled_output]; rewrite IH; pointwise i.
  unfold mv; rewrite <- dot_scal_l; reflexivity.
Qed.

Lemma start_opnorm : forall n A a q s, (forall x, dot (n (a + q)%nat) (scaled_output n A a x q) (scaled_output n A a x q) <= s ^ 2 * dot (n a) x x) ->
  opnorm (n (a + q)%nat) (n a) (plain_product n (start_layers n A) a q) s.
Proof.
  intros n A a q s H x; eapply Rle_trans; [|apply H]; right; rewrite <- start_output; apply dot_ext; intros i Hi; apply product_outputs; exact Hi.
Qed.

Theorem hu_xiao_pennington_good_start : forall C g, 0 < C -> 0 < g <= 1 -> exists c, 0 < c /\ forall delta, 0 < delta -> exists K L0, 0 < K /\ forall n L d, (L0 <= L)%nat ->
  (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) -> INR d <= C * Rpower (INR L) (1 - g) ->
  at_most (law_weights (weights_of n L) normal_law) (fun w => ~ narrow_start n L K c g (start_layers n (normal_layers n L w))) delta.
Proof.
  intros C g HC Hg; destruct (hu_xiao_pennington_lemma_5_3 C g HC Hg) as [c [L1 [Hc Far]]]; exists c; split; [exact Hc|]; intros delta Hd.
  destruct (powers_below (2 / delta) c g 0 ltac:(apply Rdiv_lt_0_compat; lra) Hc ltac:(lra)) as [L2 [_ HP]].
  set (K := 2 * C / delta); assert (K0 : 0 < K) by (apply Rdiv_lt_0_compat; lra); exists K, (1 + L1 + L2)%nat; split; [exact K0|]; intros n L d HL Hn HdL.
  assert (l1 : 1 <= INR L) by (apply (le_INR 1); lia); specialize (Far n L d ltac:(lia) Hn HdL); specialize (HP L ltac:(lia)).
  assert (R1 : Rpower (INR L) (1 - g) <= INR L) by (rewrite <- (Rpower_1 (INR L)) at 2 by lra; apply Rle_Rpower; lra).
  assert (dL : INR d <= C * INR L) by (eapply Rle_trans; [exact HdL|apply Rmult_le_compat_l; lra]).
  assert (d1 : (1 <= d)%nat) by (specialize (Hn 0%nat ltac:(lia)); lia); assert (Rt := narrow_rate_between d d1); assert (D1 := le_INR _ _ d1); simpl (INR 1) in D1.
  assert (l3 : 1 <= INR L ^ 3) by (apply pow_R1_Rle; exact l1); assert (s0 : 0 < K * INR L ^ 3) by (apply Rmult_lt_0_compat; lra).
  assert (Start := picked_products n L d (fun a q => Nat.leb (a + q) L) (K * INR L ^ 3) (INR d) ltac:(lia) Hn s0 ltac:(lra)).
  assert (Any := Start ltac:(intros a q H; apply Nat.leb_le in H; split; [exact H|]; rewrite <- (Rmult_1_r (INR d)) at 2; apply Rmult_le_compat_l;
    [lra|]; rewrite <- (pow1 (S q)); apply pow_incr; lra)); clear Start.
  assert (Both := at_most_either _ _ _ _ _ _ Any Far); revert Both; apply at_most_less.
  - intros w N; apply Classical_Prop.NNPP; intros No; apply N; split.
    + intros a q Hq Haq; apply start_opnorm; intros x; apply Rnot_lt_le; intros Big; apply No; left; destruct q as [|q]; [lia|].
      exists a, q, x; split; [apply Nat.leb_le; exact Haq|exact Big].
    + intros a q Haq Hq; apply start_opnorm; intros x; apply Rnot_lt_le; intros Big; apply No; right; exists a, q, x; split; [exact Haq|split; [|exact Big]].
      assert (M := le_INR _ _ (ltac:(lia) : (L <= 10 * q)%nat)); rewrite mult_INR in M; simpl (INR 10) in M; lra.
  - assert (B1 : INR L ^ 2 * INR d / (K * INR L ^ 3) <= delta / 2).
    { apply Rle_div_l; [exact s0|]; replace (delta / 2 * (K * INR L ^ 3)) with (INR L ^ 2 * (C * INR L)) by (unfold K; field; lra).
      apply Rmult_le_compat_l; [apply pow2_ge_0|exact dL]. }
    assert (B2 : exp (- (c * Rpower (INR L) g)) <= delta / 2).
    { rewrite exp_Ropp; replace (delta / 2) with (/ (2 / delta)) by (field; lra); apply Rinv_le_contravar; [apply Rdiv_lt_0_compat; lra|]; simpl in HP; lra. }
    lra.
Qed.
