(** Lemma 1 of Arora, Cohen, Golowich and Hu: what one step gains, by the smallest singular value of the
    product at that time, for layers of any shapes and with the constants of the paper. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion Transpose ZasNumbers.
From Lemmata Require Import Remainder Convergence AroraNumbers Margin AroraStep Arora AroraPaper Rectangular Singular.
Open Scope R_scope.

(** ** Shapes *)

(** For x on p coordinates the columns beyond p do not count. *)
Lemma padded_stretch : forall d p A x, (p <= d)%nat -> columns d p A ->
  dot d (mv p A x) (mv p A x) = dot d (mv d A (fun j => if Nat.ltb j p then x j else 0))
    (mv d A (fun j => if Nat.ltb j p then x j else 0)) /\
  dot p x x = dot d (fun j => if Nat.ltb j p then x j else 0) (fun j => if Nat.ltb j p then x j else 0).
Proof.
  intros d p A x Hp HA; split.
  - apply dot_ext; intros i Hi; unfold mv, dot; symmetry;
      (rewrite (total_truncate d p) by (try exact Hp; intros j Hj; rewrite (HA i j Hi Hj); ring));
      apply total_ext; intros j Hj; destruct (Nat.ltb_spec j p); [reflexivity|lia|reflexivity|lia].
  - unfold dot; symmetry; rewrite (total_truncate d p).
    + apply total_ext; intros j Hj; destruct (Nat.ltb_spec j p); [reflexivity|lia].
    + exact Hp.
    + intros j Hj; destruct (Nat.ltb_spec j p); [lia|ring].
Qed.

Lemma supported_cut : forall d p x j, supported d p x -> (j < d)%nat ->
  (if Nat.ltb j p then x j else 0) = x j.
Proof. intros d p x j H Hj; destruct (Nat.ltb_spec j p); [reflexivity|symmetry; apply H; lia]. Qed.

Lemma opbelow_supported : forall d p A c, (p <= d)%nat -> columns d p A ->
  (opbelow d p A c <-> forall x, supported d p x -> c ^ 2 * dot d x x <= dot d (mv d A x) (mv d A x)).
Proof.
  intros d p A c Hp HA; split.
  - intros H x Hx; specialize (H x); destruct (padded_stretch d p A x Hp HA) as [E1 E2].
    rewrite E1, E2 in H.
    assert (C : forall j, (j < d)%nat -> (if Nat.ltb j p then x j else 0) = x j)
      by (intros; apply (supported_cut d); assumption).
    assert (M : forall i, (i < d)%nat -> mv d A (fun j => if Nat.ltb j p then x j else 0) i = mv d A x i)
      by (intros i _; apply dot_ext; [reflexivity|exact C]).
    rewrite (dot_ext d _ _ _ _ C C), (dot_ext d _ _ _ _ M M) in H; exact H.
  - intros H x; destruct (padded_stretch d p A x Hp HA) as [E1 E2]; rewrite E1, E2; apply H.
    intros j Hj; destruct (Nat.ltb_spec j p); [lia|reflexivity].
Qed.

(** Rows beyond m that are zero do not count. *)
Lemma zero_rows : forall d m p A, (m <= d)%nat -> (forall i j, (m <= i < d)%nat -> (j < p)%nat -> A i j = 0) ->
  least_stretch d p A = least_stretch m p A.
Proof.
  intros d m p A Hm H; apply least_stretch_ext; intros x; unfold dot at 1; apply total_truncate; [exact Hm|].
  intros i Hi; unfold mv, dot; rewrite total_zero by (intros j Hj; rewrite (H i j Hi Hj); ring); ring.
Qed.

(** ** One step *)

Lemma root_power : forall n z q, 0 < z -> z ^ S n = q ->
  Rpower q (2 * INR n / INR (S n)) = z ^ (2 * n).
Proof.
  intros n z q Hz <-; assert (N := pos_INR n).
  rewrite <- (Rpower_pow (S n) z Hz), Rpower_mult, <- (Rpower_pow (2 * n) z Hz), mult_INR.
  f_equal; rewrite S_INR; simpl INR; field; lra.
Qed.

(** With the constants of Arora.v. *)
Lemma thin_gain : forall d p n Phi W eta delta r s t,
  (1 <= n)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ S n -> thin_margin d p (S n) Phi W (r ^ S n) ->
  balanced d (S n) W delta -> delta <= r ^ 2 / (5 * INR (S n) ^ 2) ->
  0 <= eta <= r ^ 2 / (24 * INR (S n) * s ^ (2 * S n)) ->
  let V := layers_descent d (S n) Phi eta W t in
  let q := least_stretch d p (chain d V (S n)) in
  r ^ S n <= q /\
  loss d (S n) Phi (layers_step d (S n) Phi eta V) <= loss d (S n) Phi V
    - eta / 2 * Rpower q (2 * INR n / INR (S n)) * inner d (residual d (S n) Phi V) (residual d (S n) Phi V).
Proof.
  intros d p n Phi W eta delta r s t Hn Hp Hr Hs HPhi HM HBal Hdel He V q.
  destruct (arora_orbit d p n Phi W eta delta r s Hn Hp Hr Hs HPhi HM HBal Hdel He t) as [O1 [O2 [O3 _]]].
  destruct (margin_parts d p n Phi W r s Hp Hr Hs HPhi HM) as [Hrs HE0].
  destruct HM as [sigma [S0 [HcW [[HcP S1] S2]]]]; destruct He as [He Heta].
  fold V in O2, O3; simpl layers_descent in O3; fold V in O3.
  set (G := fun t => gradient_square d (S n) Phi (layers_descent d (S n) Phi eta W t)) in *.
  change (loss d (S n) Phi V + 7 / 10 * eta * total t G <= loss d (S n) Phi W) in O1.
  set (N := INR (S n)) in *.
  assert (N1 : 1 <= N) by (apply (le_INR 1); lia).
  assert (Zr : 0 < r ^ 2) by (apply pow_lt; exact Hr).
  assert (Rn : 0 < r ^ S n) by (apply pow_lt; exact Hr).
  assert (T2 : 0 < s ^ (2 * S n)) by (apply pow_lt; exact Hs).
  assert (RV : 0 <= loss d (S n) Phi V) by apply loss_nonneg.
  assert (G0 : 0 <= total t G)
    by (apply total_nonneg; intros; apply total_nonneg; intros; apply inner_nonneg).
  assert (eG : 0 <= eta * total t G) by (apply Rmult_le_pos; assumption).
  (* the product *)
  assert (Fe : frobenius d (residual d (S n) Phi V) <= sigma - r ^ S n).
  { eapply Rle_trans; [|exact S2]; apply below_by_square; [apply frobenius_nonneg|].
    assert (RR : loss d (S n) Phi V <= loss d (S n) Phi W) by lra.
    rewrite !loss_frobenius in RR; lra. }
  assert (CV : columns d p (chain d V (S n))) by (apply columns_chain; exact O2).
  assert (Hq : r ^ S n <= q).
  { apply least_stretch_largest; [lia|lra|].
    apply opbelow_supported; [lia|exact CV|].
    apply (margin_below d p n Phi V sigma (r ^ S n)); auto; lra. }
  split; [exact Hq|].
  destruct (power_root n q) as [z [Hz Ez]]; [lra|].
  assert (rz : r <= z) by (apply (power_le_inv n); [exact Hz|lra]).
  assert (RP := root_power n z q ltac:(lra) Ez); fold N in RP; rewrite RP.
  (* the balance at that time *)
  set (a := fun l => delta + drifted d (S n) Phi eta W t l).
  assert (D0 : 0 <= delta) by (eapply Rle_trans; [apply frobenius_nonneg|apply (HBal 0%nat); lia]).
  assert (Heta' : eta * N * s ^ (2 * S n) <= r ^ 2 / 24).
  { apply (Rmult_le_compat_r (N * s ^ (2 * S n))) in Heta; [|apply Rmult_le_pos; lra].
    replace (r ^ 2 / (24 * N * s ^ (2 * S n)) * (N * s ^ (2 * S n))) with (r ^ 2 / 24) in Heta
      by (field; split; lra); lra. }
  assert (Hdel' : N * (N * delta) <= r ^ 2 / 5).
  { apply (Rmult_le_compat_l (N ^ 2)) in Hdel; [|apply pow2_ge_0].
    replace (N ^ 2 * (r ^ 2 / (5 * N ^ 2))) with (r ^ 2 / 5) in Hdel by (field; lra).
    simpl in *; lra. }
  assert (R00 : loss d (S n) Phi W <= s ^ (2 * S n) / 2).
  { rewrite loss_frobenius.
    assert (H : frobenius d (residual d (S n) Phi W) ^ 2 <= (s ^ S n) ^ 2)
      by (apply pow_incr; split; [apply frobenius_nonneg|exact HE0]).
    rewrite <- pow_mult, (Nat.mul_comm (S n)) in H; lra. }
  assert (NB : N * total (S n) a <= r ^ 2 / 4).
  { unfold a; rewrite total_plus, total_const, drifted_total; fold N.
    change (N * (N * delta + eta ^ 2 * total t G) <= r ^ 2 / 4).
    assert (X : eta ^ 2 * total t G <= 5 / 7 * (eta * s ^ (2 * S n))).
    { assert (Y : eta * (7 / 10 * eta * total t G) <= eta * (s ^ (2 * S n) / 2))
        by (apply Rmult_le_compat_l; lra); lra. }
    apply (Rmult_le_compat_l N) in X; [|lra]; lra. }
  assert (rz2 : r ^ 2 <= z ^ 2) by (apply pow_incr; lra).
  assert (a0 : 0 <= total (S n) a).
  { apply total_nonneg; intros l _; unfold a; assert (Dr := drifted_nonneg d (S n) Phi eta W t l); lra. }
  assert (B1 : 1 * total (S n) a <= N * total (S n) a) by (apply Rmult_le_compat_r; lra).
  assert (Bn : INR n * total (S n) a <= N * total (S n) a)
    by (apply Rmult_le_compat_r; [exact a0|unfold N; rewrite S_INR; lra]).
  assert (K : 3 / 4 * z ^ (2 * n) * (2 * loss d (S n) Phi V) <= G t).
  { apply (gradient_rows_below d p); [apply columns_residual; assumption|].
    apply (all_but_last d p n V a (total (S n) a) z); try lia; try lra; try exact O2.
    - intros l _; unfold a; assert (Dr := drifted_nonneg d (S n) Phi eta W t l); lra.
    - apply balanced_at, balanced_nearly; exact HBal.
    - rewrite Nat.mul_comm, pow_mult, Ez; apply opbelow_supported; [lia|exact CV|].
      apply least_stretch_below; lia. }
  apply (Rmult_le_compat_l eta) in K; [|exact He].
  assert (P : 0 <= eta * z ^ (2 * n) * loss d (S n) Phi V).
  { apply Rmult_le_pos; [apply Rmult_le_pos; [exact He|apply pow_le; exact Hz]|exact RV]. }
  replace (inner d (residual d (S n) Phi V) (residual d (S n) Phi V)) with (2 * loss d (S n) Phi V)
    by (unfold loss; field).
  change (G t) with (gradient_square d (S n) Phi V) in K; lra.
Qed.

(** ** The lemma *)

Lemma shape_at : forall d L dims Phi eta W, (1 <= L)%nat -> shaped d L dims W ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims L <= i \/ dims 0%nat <= j)%nat -> Phi i j = 0) ->
  forall t, shaped d L dims (layers_descent d L Phi eta W t).
Proof. intros d L dims Phi eta W HL HW HP; induction t; [exact HW|apply shape_kept; assumption]. Qed.

Lemma shaped_chain_rows : forall d L dims W, (1 <= L)%nat -> shaped d L dims W ->
  forall i j, (dims L <= i < d)%nat -> (j < d)%nat -> chain d W L i j = 0.
Proof.
  intros d L dims W HL H i j Hi Hj; destruct L as [|n]; [lia|].
  change (mul d (W n) (chain d W n) i j = 0); apply total_zero; intros k Hk.
  rewrite (H n i k) by (try lia); ring.
Qed.

(** The input is not larger than the output. *)
Lemma shaped_gain : forall d L dims Phi W eta delta r s t,
  (2 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= dims l <= d)%nat) -> shaped d L dims W ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims L <= i \/ dims 0%nat <= j)%nat -> Phi i j = 0) ->
  0 < r -> 0 < s -> frobenius d Phi = s ^ L ->
  frobenius d (residual d L Phi W) <= least_stretch (dims L) (dims 0%nat) Phi - r ^ L ->
  balanced d L W delta -> delta <= r ^ 2 / (5 * INR L ^ 2) ->
  0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)) ->
  let V := layers_descent d L Phi eta W t in
  let q := least_stretch (dims L) (dims 0%nat) (chain d V L) in
  r ^ L <= q /\
  loss d L Phi (layers_step d L Phi eta V) <= loss d L Phi V
    - eta / 2 * Rpower q (2 * INR (L - 1) / INR L) * inner d (residual d L Phi V) (residual d L Phi V).
Proof.
  intros d L dims Phi W eta delta r s t HL Hd HW HP Hr Hs HPhi HM HB Hdel He V.
  assert (d0 := Hd 0%nat ltac:(lia)); assert (dL := Hd L (Nat.le_refl L)).
  rewrite <- (zero_rows d (dims L)) in HM by (try lia; intros; apply HP; lia).
  rewrite <- (zero_rows d (dims L)); [|lia|].
  2:{ intros i j Hi Hj; apply (shaped_chain_rows d L dims V); try lia; apply shape_at; auto; lia. }
  destruct L as [|n]; [lia|]; replace (S n - 1)%nat with n by lia.
  assert (CP : columns d (dims 0%nat) Phi) by (intros i j Hi Hj; apply HP; lia).
  apply (thin_gain d (dims 0%nat) n Phi W eta delta r s t); try lia; auto.
  exists (least_stretch d (dims 0%nat) Phi); split; [apply least_stretch_nonneg; lia|].
  split; [intros i j Hi Hj; apply HW; lia|split; [|exact HM]]; split; [exact CP|].
  apply opbelow_supported; [lia|exact CP|apply least_stretch_below; lia].
Qed.

(** Lemma 1 under the conditions of Theorem 1: dims are the d_0, ..., d_L of the paper, d is any number that is
    not below them, c = r^L, |Phi| = s^L.  The gradient of |W - Phi|^2/2 in W is the residual. *)
Theorem arora_lemma_1 : forall d L dims Phi W eta r s t,
  (2 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= dims l <= d)%nat) -> shaped d L dims W ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims L <= i \/ dims 0%nat <= j)%nat -> Phi i j = 0) ->
  0 < r -> 0 < s -> frobenius d Phi = s ^ L ->
  frobenius d (residual d L Phi W) <= sigma_min (dims L) (dims 0%nat) Phi - r ^ L ->
  balanced d L W (r ^ (2 * L) / (256 * INR L ^ 3 * s ^ (2 * L - 2))) ->
  0 <= eta <= r ^ (4 * L - 2) / (6144 * INR L ^ 3 * s ^ (6 * L - 4)) ->
  r ^ L <= sigma_min (dims L) (dims 0%nat) (chain d (layers_descent d L Phi eta W t) L) /\
  loss d L Phi (layers_descent d L Phi eta W (S t)) <= loss d L Phi (layers_descent d L Phi eta W t)
    - eta / 2 * Rpower (sigma_min (dims L) (dims 0%nat) (chain d (layers_descent d L Phi eta W t) L))
                  (2 * INR (L - 1) / INR L)
        * frobenius d (residual d L Phi (layers_descent d L Phi eta W t)) ^ 2.
Proof.
  intros d L dims Phi W eta r s t HL Hd HW HP Hr Hs HPhi HM HB [He Heta].
  rewrite frobenius_square.
  set (V := layers_descent d L Phi eta W t).
  change (layers_descent d L Phi eta W (S t)) with (layers_step d L Phi eta V).
  assert (d0 := Hd 0%nat ltac:(lia)); assert (dL := Hd L (Nat.le_refl L)).
  assert (Hrs : r <= s).
  { assert (0 < r ^ L) by (apply pow_lt; exact Hr); destruct L as [|n]; [lia|].
    apply (power_le_inv n); [lra|]; rewrite <- HPhi.
    assert (F := frobenius_nonneg d (residual d (S n) Phi W)).
    apply Rle_trans with (sigma_min (dims (S n)) (dims 0%nat) Phi); [lra|].
    assert (E : forall m k A, (1 <= k <= d)%nat -> (1 <= m <= d)%nat -> frobenius d A = s ^ S n ->
      least_stretch m k A <= frobenius d A).
    { intros m k A Hk Hm _; destruct (unit_vector k ltac:(lia)) as [x Hx].
      eapply Rle_trans; [exact (proj1 (least_stretch_glb m k A ltac:(lia)) x Hx)|].
      apply sqrt_le_1_alt; assert (B := opnorm_rnorm m k A x); rewrite Hx, rnorm_square, Rmult_1_r in B.
      eapply Rle_trans; [exact B|]; unfold rinner, inner.
      apply Rle_trans with (total m (fun i => dot d (A i) (A i))).
      - apply total_le; intros i _; apply total_mono; [lia|intros; apply Rle_0_sqr].
      - apply total_mono; [lia|intros; apply dot_nonneg]. }
    unfold sigma_min; destruct (Nat.leb (dims 0%nat) (dims (S n))); [apply E; auto|].
    rewrite <- (frobenius_tr d Phi); apply E; auto; rewrite frobenius_tr; exact HPhi. }
  assert (He' : 0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)))
    by (split; [exact He|eapply Rle_trans; [exact Heta|apply paper_step; assumption]]).
  assert (Hb := paper_balance L r s HL Hr Hrs).
  unfold sigma_min in *; destruct (Nat.leb (dims 0%nat) (dims L)).
  - apply (shaped_gain d L dims Phi W eta _ r s t HL Hd HW HP Hr Hs HPhi HM HB Hb He').
  - set (dims' := fun l => dims (L - l)%nat).
    assert (E0 : dims' 0%nat = dims L) by (unfold dims'; f_equal; lia).
    assert (EL : dims' L = dims 0%nat) by (unfold dims'; f_equal; lia).
    assert (Same : forall l, (l < L)%nat ->
      same d (layers_descent d L (tr Phi) eta (transposed L W) t l) (transposed L V l))
      by (intros; apply transposed_descent; assumption).
    set (V' := layers_descent d L (tr Phi) eta (transposed L W) t) in *.
    assert (SC : same d (chain d V' L) (tr (chain d V L))).
    { eapply same_trans; [apply (chain_same d V' (transposed L V) L Same); lia|apply transposed_product]. }
    assert (Res : forall U, inner d (residual d L (tr Phi) (transposed L U)) (residual d L (tr Phi) (transposed L U))
      = inner d (residual d L Phi U) (residual d L Phi U)).
    { intros U; rewrite <- (inner_tr d (residual d L Phi U)); apply inner_same, transposed_residual. }
    destruct (shaped_gain d L dims' (tr Phi) (transposed L W) eta
      (r ^ (2 * L) / (256 * INR L ^ 3 * s ^ (2 * L - 2))) r s t) as [Q1 Q2]; auto.
    + intros l Hl; apply Hd; lia.
    + intros l i j Hl Hi Hj [K|K]; unfold transposed, tr; apply HW; try lia; unfold dims' in K.
      * right; exact K.
      * left; replace (S (L - S l)) with (L - l)%nat by lia; exact K.
    + intros i j Hi Hj K; rewrite E0, EL in K; unfold tr; apply HP; lia.
    + rewrite frobenius_tr; exact HPhi.
    + rewrite E0, EL; eapply Rle_trans; [|exact HM]; unfold frobenius; rewrite Res; apply Rle_refl.
    + apply balanced_transposed; exact HB.
    + fold V' in Q1, Q2; rewrite E0, EL in Q1, Q2.
      assert (EQ : least_stretch (dims 0%nat) (dims L) (chain d V' L) = least_stretch (dims 0%nat) (dims L) (tr (chain d V L))).
      { apply least_stretch_ext; intros x; apply dot_ext; intros i Hi; apply dot_ext; intros j Hj;
          first [reflexivity|apply SC; lia]. }
      rewrite EQ in Q1, Q2; split; [exact Q1|].
      assert (L1 : loss d L (tr Phi) V' = loss d L Phi V) by apply layers_transposition.
      assert (L2 : loss d L (tr Phi) (layers_step d L (tr Phi) eta V') = loss d L Phi (layers_step d L Phi eta V))
        by exact (layers_transposition d L Phi eta W (S t)).
      assert (I1 : inner d (residual d L (tr Phi) V') (residual d L (tr Phi) V') = inner d (residual d L Phi V) (residual d L Phi V)).
      { unfold loss in L1; lra. }
      rewrite L1, L2, I1 in Q2; exact Q2.
Qed.
