(** Gradient flow from the zero-asymmetric start, for matrices: zas.md, section 1.

    For every L >= 1, every dimension and every target, R(t) <= e^(-2 (t - t0)) R(t0) along every
    solution of the flow. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Elimination Layers Gradient Balance Drift ZasDescent Flow.
Open Scope R_scope.

(** W_(l+1)^T W_(l+1) - W_l W_l^T is conserved by the flow, for any start and target. *)
Theorem layers_conservation : forall d L Phi W a b l i j s t,
  is_layers_flow d L Phi W a b -> (S l < L)%nat -> (i < d)%nat -> (j < d)%nat ->
  a < s < b -> a < t < b ->
  msub (mul d (tr (W (S l) t)) (W (S l) t)) (mul d (W l t) (tr (W l t))) i j
    = msub (mul d (tr (W (S l) s)) (W (S l) s)) (mul d (W l s) (tr (W l s))) i j.
Proof.
  intros d L Phi W a b l i j s t H Hl Hi Hj Hs Ht.
  apply (constant_between (fun x =>
    msub (mul d (tr (W (S l) x)) (W (S l) x)) (mul d (W l x) (tr (W l x))) i j) a b t s Ht Hs).
  intros x Hx.
  set (G := gradient d L Phi (fun k => W k x)).
  assert (D : forall k, (k < L)%nat -> entries_derive d (W k) x (mscal (-1) (G k))).
  { intros k Hk p q Hp Hq; unfold mscal.
    replace (-1 * G k p q) with (- G k p q) by ring; apply H; assumption. }
  assert (DT : forall k, (k < L)%nat -> entries_derive d (fun x => tr (W k x)) x (mscal (-1)
    (tr (G k)))).
  { intros k Hk p q Hp Hq; exact (D k Hk q p Hq Hp). }
  assert (S1 : mul d (tr (W (S l) x)) (G (S l)) = mul d (G l) (tr (W l x)))
    by (apply (gradient_shared d L Phi (fun k => W k x)); exact Hl).
  assert (S2 : mul d (tr (G (S l))) (W (S l) x) = mul d (W l x) (tr (G l))).
  { assert (E := f_equal tr S1); rewrite !tr_mul, !tr_tr in E; exact E. }
  assert (R : forall c A B, mul d A (mscal c B) = mscal c (mul d A B)).
  { intros c A B; pointwise p; pointwise q; apply dot_scal_r. }
  assert (P1 := mul_derive d _ _ x _ _ (DT (S l) Hl) (D (S l) Hl) i j Hi Hj).
  assert (P2 := mul_derive d _ _ x _ _ (D l ltac:(lia)) (DT l ltac:(lia)) i j Hi Hj).
  cbv beta in P1, P2; rewrite mul_scal_l, R, S1, S2 in P1; rewrite mul_scal_l, R in P2.
  assert (P := is_derive_minus (V := R_NormedModule) _ _ x _ _ P1 P2).
  evar_last; [exact P|].
  unfold minus, plus, opp; simpl; unfold madd, mscal; ring.
Qed.

Lemma mv_entries : forall d A B x i, (forall j, (j < d)%nat -> A i j = B i j) ->
  mv d A x i = mv d B x i.
Proof. intros d A B x i H; apply total_ext; intros j Hj; rewrite (H j Hj); reflexivity. Qed.

(** From the zero-asymmetric start the layers stay balanced without any drift. *)
Lemma flow_balanced : forall d n Phi W a b t0 t,
  is_layers_flow d (S n) Phi W a b -> a < t0 < b -> a < t < b ->
  (forall l i j, (l <= n)%nat -> (i < d)%nat -> (j < d)%nat -> W l t0 i j = zero_asymmetric (S n) l
    i j) ->
  nearly_balanced d n (fun l => W l t) (gap n) (fun _ => 0).
Proof.
  intros d n Phi W a b t0 t H H0 Ht HI l x Hl.
  assert (F : dot d (mv d (W (S l) t) x) (mv d (W (S l) t) x)
      - dot d (mv d (tr (W l t)) x) (mv d (tr (W l t)) x) = - gap n l * dot d x x).
  { rewrite difference_form.
    transitivity (dot d x (mv d (msub (mul d (tr (W (S l) t0)) (W (S l) t0)) (mul d (W l t0)
      (tr (W l t0)))) x)).
    { apply dot_ext; [reflexivity|intros i Hi; apply mv_entries; intros j Hj].
      apply (layers_conservation d (S n) Phi W a b); auto; lia. }
    rewrite <- difference_form.
    destruct (start_balanced d n l x Hl) as [B1 B2].
    rewrite (dot_ext d (mv d (W (S l) t0) x) (mv d (W (S l) t0) x)
      (mv d (zero_asymmetric (S n) (S l)) x) (mv d (zero_asymmetric (S n) (S l)) x)).
    - rewrite (dot_ext d (mv d (tr (W l t0)) x) (mv d (tr (W l t0)) x)
        (mv d (tr (zero_asymmetric (S n) l)) x) (mv d (tr (zero_asymmetric (S n) l)) x)).
      + lra.
      + intros i Hi; apply mv_entries; intros j Hj; apply HI; auto; lia.
      + intros i Hi; apply mv_entries; intros j Hj; apply HI; auto; lia.
    - intros i Hi; apply mv_entries; intros j Hj; apply HI; auto; lia.
    - intros i Hi; apply mv_entries; intros j Hj; apply HI; auto; lia. }
  split; lra.
Qed.

(** Along the flow R' = - |gradient|^2, *)
Lemma flow_slope : forall d L Phi W a b x, is_layers_flow d L Phi W a b -> a < x < b ->
  is_derive (fun x => loss d L Phi (fun l => W l x)) x (- gradient_square d L Phi (fun l => W l x)).
Proof.
  intros d L Phi W a b x H Hx; set (G := gradient d L Phi (fun k => W k x)).
  replace (- gradient_square d L Phi (fun l => W l x)) with (total L (fun l => inner d (G l) (mscal (-1) (G l)))).
  - apply loss_derive; intros l Hl i j Hi Hj; unfold mscal.
    replace (-1 * G l i j) with (- G l i j) by ring; apply H; assumption.
  - unfold gradient_square; fold G.
    replace (- total L (fun l => inner d (G l) (G l))) with (-1 * total L (fun l => inner d (G l) (G l)))
      by ring.
    rewrite <- total_scal; apply total_ext; intros l _; apply inner_scal_r.
Qed.

(** balanced layers have |gradient|^2 >= 2 R, *)
Lemma flow_gradient_below : forall d n Phi W, nearly_balanced d n W (gap n) (fun _ => 0) ->
  2 * loss d (S n) Phi W <= gradient_square d (S n) Phi W.
Proof.
  intros d n Phi W NB.
  assert (P := gradient_below d n Phi W 1 ltac:(lra)); rewrite Rmult_1_l in P; apply P; intros y.
  rewrite <- (pow1 n); apply chain_below; [lra|]; intros k z Hk.
  assert (Q := balance_below d n W (fun _ => 0) 0); rewrite Rminus_0_r in Q.
  apply Q; auto; [intros; lra|rewrite total_const; lra|lra].
Qed.

(** and so R decays. *)
Lemma decay : forall (R G : R -> R) a b s t, a < s -> s <= t -> t < b ->
  (forall x, a < x < b -> is_derive R x (- G x)) -> (forall x, a < x < b -> 2 * R x <= G x) ->
  R t <= R s * exp (2 * (s - t)).
Proof.
  intros R G a b s t H0 H1 H2 DR GR.
  assert (M := nondecreasing (fun x => - (R x * exp (2 * (x - t))))
    (fun x => (G x - 2 * R x) * exp (2 * (x - t))) s t H1); cbv beta in M.
  assert (F : - (R s * exp (2 * (s - t))) <= - (R t * exp (2 * (t - t)))).
  { apply M; intros x Hx.
    - evar_last.
      + apply (is_derive_opp (V := R_NormedModule) (fun x => R x * exp (2 * (x - t)))).
        apply (mult_derive R (fun x => exp (2 * (x - t))) x (- G x) (2 * exp (2 * (x - t)))).
        * apply DR; lra.
        * auto_derive; [trivial|unfold Rminus; ring].
      + unfold opp; simpl; ring.
    - specialize (GR x ltac:(lra)); apply Rmult_le_pos; [lra|left; apply exp_pos]. }
  rewrite (Rminus_eq_0 t), Rmult_0_r, exp_0, Rmult_1_r in F; lra.
Qed.

Theorem wu_flow_rate : forall d L Phi W a b t0 t,
  (1 <= L)%nat -> is_layers_flow d L Phi W a b -> a < t0 -> t0 <= t -> t < b ->
  (forall l i j, (l < L)%nat -> (i < d)%nat -> (j < d)%nat -> W l t0 i j = zero_asymmetric L l i j) ->
  loss d L Phi (fun l => W l t) <= exp (- 2 * (t - t0)) * loss d L Phi (fun l => W l t0).
Proof.
  intros d L Phi W a b t0 t HL H H0 H1 H2 HI; destruct L as [|n]; [lia|].
  replace (- 2 * (t - t0)) with (2 * (t0 - t)) by ring; rewrite Rmult_comm.
  apply (decay (fun x => loss d (S n) Phi (fun l => W l x))
    (fun x => gradient_square d (S n) Phi (fun l => W l x)) a b); try assumption.
  - intros x Hx; apply (flow_slope d (S n) Phi W a b); assumption.
  - intros x Hx; apply flow_gradient_below, (flow_balanced d n Phi W a b t0 x H); [lra|exact Hx|].
    intros l i j Hl Hi Hj; apply HI; auto; lia.
Qed.
