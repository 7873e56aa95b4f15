(** Arora, Cohen, Golowich and Hu on nearly balanced layers: their Lemmas 6 (the layers are bounded by their product), 7 (the
    higher orders of one step) and 2 (the three invariants of the descent of Theorem 1), for layers of any shapes. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion Transpose ZasNumbers.
From Lemmata Require Import Remainder Convergence AroraNumbers Margin AroraStep Arora AroraPaper Rectangular Singular AroraLemma.
Open Scope R_scope.

(** ** Lemma 6 *)

Lemma balanced_mono : forall d N W nu mu, nu <= mu -> balanced d N W nu -> balanced d N W mu.
Proof. intros d N W nu mu H B l Hl; eapply Rle_trans; [apply (B l Hl)|exact H]. Qed.

Lemma near_root_of_two : forall N b, (1 <= N)%nat -> 0 <= b -> b ^ N = 2 -> 1 + 1 / (15 * INR N) <= b.
Proof.
  intros N b HN Hb Eb; destruct N as [|n]; [lia|].
  assert (N1 : 1 <= INR (S n)) by (apply (le_INR 1); lia).
  set (h := 1 / (15 * INR (S n))); assert (Nh : INR (S n) * h = 1 / 15) by (unfold h; field; lra).
  assert (h0 : 0 <= h) by (unfold h; apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
  apply (power_le_inv n); [exact Hb|rewrite Eb].
  assert (P := power_reciprocal (S n) h h0); rewrite Nh in P; lra.
Qed.

(** C = c^N and b = 2^(1/N): |W_j W_j^T| <= 2^(1/N) C^(2/N). *)
Theorem arora_lemma_6 : forall d N W c b nu j, (1 <= N)%nat -> 0 <= c -> 0 <= b -> b ^ N = 2 ->
  bounded d (chain d W N) ((c ^ N) ^ 2) -> balanced d N W nu -> nu <= c ^ 2 / (30 * INR N ^ 2) -> (j < N)%nat ->
  bounded d (mul d (W j) (tr (W j))) ((b * c ^ 2) ^ 2) /\ bounded d (W j) (b * c ^ 2).
Proof.
  intros d N W c b nu j HN Hc Hb Eb HC HB Hnu Hj.
  enough (B : bounded d (W j) (b * c ^ 2)).
  { assert (P : 0 <= b * c ^ 2) by (apply Rmult_le_pos; [exact Hb|apply pow2_ge_0]); split; [|exact B].
    replace ((b * c ^ 2) ^ 2) with (b * c ^ 2 * (b * c ^ 2)) by ring.
    apply bounded_mul; [exact P|exact B|apply bounded_tr; assumption]. }
  assert (Two := near_root_of_two N b HN Hb Eb); destruct N as [|n]; [lia|].
  assert (N1 : 1 <= INR (S n)) by (apply (le_INR 1); lia); set (K := INR (S n)) in *.
  assert (c2 : 0 <= c ^ 2) by apply pow2_ge_0.
  assert (K2 : 0 < 30 * K ^ 2) by (apply Rmult_lt_0_compat; [lra|apply pow_lt; lra]).
  set (mu := Rmax nu 0); assert (m0 : 0 <= mu) by apply Rmax_r.
  assert (Hmu : mu <= c ^ 2 / (30 * K ^ 2)).
  { apply Rmax_lub; [exact Hnu|]; apply Rmult_le_pos; [exact c2|left; apply Rinv_0_lt_compat; exact K2]. }
  assert (H := balanced_nearly d n W mu (balanced_mono d (S n) W nu mu (Rmax_l _ _) HB)).
  assert (T : total (S n) (fun _ => mu) <= K * mu) by (rewrite total_const; fold K; lra).
  assert (BL : bounded d (W n) (c ^ 2 + K * mu)).
  { apply (balanced_last d n W (fun _ => mu) (K * mu) (c ^ 2) (c ^ S n)); auto; [apply pow_le; exact Hc|].
    rewrite <- !pow_mult; f_equal; lia. }
  apply (bounded_mono d _ (c ^ 2 + K * mu + K * mu)).
  - apply Rle_trans with (c ^ 2 * (1 + 1 / (15 * K))); [|rewrite (Rmult_comm b); apply Rmult_le_compat_l; assumption].
    apply (Rmult_le_compat_l K) in Hmu; [|lra].
    replace (K * (c ^ 2 / (30 * K ^ 2))) with (c ^ 2 * (1 / (30 * K))) in Hmu by (field; lra).
    replace (c ^ 2 * (1 + 1 / (15 * K))) with (c ^ 2 + 2 * (c ^ 2 * (1 / (30 * K)))) by (field; lra); lra.
  - apply (balanced_above d n W (fun _ => mu) (K * mu)); auto; [|lia].
    apply Rplus_le_le_0_compat; [exact c2|apply Rmult_le_pos; lra].
Qed.

(** ** Lemma 7 *)

(** What the product gains beyond the first order of the moves. *)
Theorem arora_lemma_7 : forall d N Phi W eta M B, (2 <= N)%nat -> 0 < M -> 0 <= eta ->
  (forall l, (l < N)%nat -> bounded d (W l) (M ^ 2)) -> frobenius d (residual d N Phi W) <= B ->
  eta * M ^ (N - 2) * B * INR N <= 1 / 2 ->
  frobenius d (msub (msub (chain d (layers_step d N Phi eta W) N) (chain d W N))
      (chain_slope d W (fun l => mscal (- eta) (gradient d N Phi W l)) N))
    <= M ^ N * (INR N * eta * M ^ (N - 2) * frobenius d (residual d N Phi W)) ^ 2.
Proof.
  intros d N Phi W eta M B HN HM He HW HE Half; destruct N as [|[|n]]; [lia|lia|].
  replace (S (S n) - 2)%nat with n in * by lia; set (N := S (S n)) in *; set (K := INR N) in *.
  assert (K2 : 2 <= K) by (apply (le_INR 2); exact HN).
  set (e := frobenius d (residual d N Phi W)) in *; assert (e0 : 0 <= e) by apply frobenius_nonneg.
  set (G := gradient d N Phi W); set (D := fun l => mscal (- eta) (G l)).
  assert (Mn : 0 < M ^ n) by (apply pow_lt; exact HM).
  set (x := eta * M ^ n * e); assert (x0 : 0 <= x) by (repeat apply Rmult_le_pos; lra).
  assert (Kx : K * x <= 1 / 2).
  { eapply Rle_trans; [|exact Half]; unfold x.
    replace (K * (eta * M ^ n * e)) with (K * (eta * M ^ n) * e) by ring.
    replace (eta * M ^ n * B * K) with (K * (eta * M ^ n) * B) by ring.
    apply Rmult_le_compat_l; [repeat apply Rmult_le_pos; lra|exact HE]. }
  assert (EV : layers_step d N Phi eta W = (fun l => madd (W l) (D l))).
  { pointwise l; pointwise i; pointwise j; unfold layers_step, D, madd, msub, mscal; fold G; ring. }
  assert (FD : forall l, (l < N)%nat -> frobenius d (D l) <= M * x).
  { intros l Hl; replace (frobenius d (D l)) with (eta * frobenius d (G l)).
    - replace (M * x) with (eta * (M ^ S n * e)) by (unfold x; simpl; ring); apply Rmult_le_compat_l; [exact He|].
      apply (gradient_equal_bound d (S n) Phi W M e); [lra|exact e0| |apply Rle_refl|unfold N in Hl; lia].
      intros k Hk; apply HW; unfold N; lia.
    - rewrite <- frobenius_scal by exact He; unfold frobenius, D; f_equal.
      rewrite !inner_scal_l, !inner_scal_r; ring. }
  set (b := M * (1 + x)); assert (b0 : 0 < b) by (apply Rmult_lt_0_compat; lra).
  assert (Mx : 0 <= M * x) by (apply Rmult_le_pos; lra).
  assert (BV : forall k, (k < N)%nat -> bounded d (W k) (b ^ 2) /\ bounded d (madd (W k) (D k)) (b ^ 2)).
  { intros k Hk; split; [apply (bounded_mono d _ (M ^ 2)); [apply pow_incr; unfold b; lra|apply HW; exact Hk]|].
    replace b with (M + M * x) by (unfold b; ring).
    apply bounded_add; [lra|exact Mx|apply HW; exact Hk|apply bounded_frobenius_le, FD; exact Hk]. }
  destruct (equal_layers d W D b N b0 BV N (Nat.le_refl _)) as [_ [_ C]]; rewrite EV; cbv zeta in C.
  set (f := frobenius d (msub (msub (chain d (fun k => madd (W k) (D k)) N) (chain d W N)) (chain_slope d W D N))) in *.
  assert (S0 : 0 <= total N (fun k => frobenius d (D k)) <= K * (M * x)).
  { split; [apply total_nonneg; intros; apply frobenius_nonneg|].
    unfold K; rewrite <- total_const; apply total_le; exact FD. }
  assert (S2 : total N (fun k => frobenius d (D k)) ^ 2 <= (K * (M * x)) ^ 2) by (apply pow_incr; exact S0).
  assert (bn : 0 < b ^ n) by (apply pow_lt; exact b0); assert (bb : 0 < b ^ 2) by (apply pow_lt; exact b0).
  assert (F : f <= b ^ n * (K * (M * x)) ^ 2 / 2).
  { apply (Rmult_le_reg_l (b ^ 2)); [exact bb|]; eapply Rle_trans; [exact C|].
    replace (b ^ 2 * (b ^ n * (K * (M * x)) ^ 2 / 2)) with (b ^ N / 2 * (K * (M * x)) ^ 2) by (unfold N; simpl; field).
    replace (b ^ N * total N (fun k => frobenius d (D k)) ^ 2 / 2)
      with (b ^ N / 2 * total N (fun k => frobenius d (D k)) ^ 2) by field.
    apply Rmult_le_compat_l; [assert (0 < b ^ N) by (apply pow_lt; exact b0); lra|exact S2]. }
  assert (Gn : (1 + x) ^ n <= 2).
  { apply Rle_trans with ((1 + x) ^ N); [apply Rle_pow; [lra|unfold N; lia]|].
    assert (P := power_reciprocal N x x0); fold K in P.
    assert (0 < (1 + x) ^ N) by (apply pow_lt; lra).
    assert ((1 + x) ^ N * (1 / 2) <= (1 + x) ^ N * (1 - K * x)) by (apply Rmult_le_compat_l; lra); lra. }
  eapply Rle_trans; [exact F|].
  replace (K * eta * M ^ n * e) with (K * x) by (unfold x; ring).
  replace (b ^ n * (K * (M * x)) ^ 2 / 2) with (M ^ N * (K * x) ^ 2 * ((1 + x) ^ n / 2))
    by (unfold b; rewrite (Rpow_mult_distr M (1 + x) n); change (M ^ N) with (M * (M * M ^ n)); field).
  assert (0 <= M ^ N * (K * x) ^ 2) by (apply Rmult_le_pos; [apply pow_le; lra|apply pow2_ge_0]).
  rewrite <- (Rmult_1_r (M ^ N * (K * x) ^ 2)) at 2; apply Rmult_le_compat_l; lra.
Qed.

(** ** Lemma 2 *)

Lemma transposed_gradient_square : forall d L Phi W, gradient_square d L (tr Phi) (transposed L W) = gradient_square d L Phi W.
Proof.
  intros d L Phi W; unfold gradient_square.
  set (g := fun l => inner d (gradient d L Phi W l) (gradient d L Phi W l)).
  transitivity (total L (fun l => g (L - S l)%nat)).
  - apply total_ext; intros l Hl; unfold g; rewrite <- (inner_tr d (gradient d L Phi W (L - S l))).
    apply inner_same, transposed_gradient; exact Hl.
  - generalize g; clear g; induction L as [|n IH]; intros g; [reflexivity|].
    assert (E : forall m f, total (S m) f = f 0%nat + total m (fun l => f (S l))).
    { induction m as [|m Im]; intros f; [simpl; ring|].
      change (total (S (S m)) f) with (total (S m) f + f (S m)); rewrite Im; simpl; ring. }
    rewrite E; replace (S n - 1)%nat with n by lia.
    rewrite (total_ext n _ (fun l => g (n - S l)%nat)) by (intros l Hl; f_equal; lia).
    rewrite IH; simpl; ring.
Qed.

Lemma gradient_square_same : forall d L Phi V W, (forall l, (l < L)%nat -> same d (V l) (W l)) ->
  gradient_square d L Phi V = gradient_square d L Phi W.
Proof.
  intros d L Phi V W H; unfold gradient_square; apply total_ext; intros l Hl.
  apply inner_same, gradient_same; assumption.
Qed.

(** Steps of any length: the imbalance grows by the squares of the gradients. *)
Lemma balance_drift : forall d L Phi eta W delta t, balanced d L W delta ->
  balanced d L (layers_descent d L Phi eta W t)
    (delta + eta ^ 2 * total t (fun s => gradient_square d L Phi (layers_descent d L Phi eta W s))).
Proof.
  intros d L Phi eta W delta t H; induction t as [|t IH]; intros l Hl.
  - simpl; rewrite Rmult_0_r, Rplus_0_r; apply H; exact Hl.
  - change (layers_descent d L Phi eta W (S t)) with (layers_step d L Phi eta (layers_descent d L Phi eta W t)).
    set (V := layers_descent d L Phi eta W t) in *; assert (E := layers_balancedness d L Phi eta V l Hl).
    cbv zeta in E; rewrite E; eapply Rle_trans; [apply frobenius_add|]; specialize (IH l Hl); simpl total; fold V.
    rewrite frobenius_scal by apply pow2_ge_0.
    set (G := gradient d L Phi V) in *; set (Q := gradient_square d L Phi V).
    assert (X : frobenius d (msub (mul d (tr (G (S l))) (G (S l))) (mul d (G l) (tr (G l)))) <= Q).
    { replace (msub (mul d (tr (G (S l))) (G (S l))) (mul d (G l) (tr (G l))))
        with (madd (mul d (tr (G (S l))) (G (S l))) (mscal (-1) (mul d (G l) (tr (G l)))))
        by (pointwise i; pointwise j; unfold madd, msub, mscal; ring).
      eapply Rle_trans; [apply frobenius_add|].
      assert (Op : forall A, frobenius d (mscal (-1) A) = frobenius d A)
        by (intros; unfold frobenius; rewrite inner_scal_l, inner_scal_r; f_equal; ring).
      rewrite Op.
      assert (Sq : forall A, frobenius d (mul d (tr A) A) <= inner d A A).
      { intros A; rewrite <- frobenius_square; replace (frobenius d A ^ 2) with (frobenius d A * frobenius d A) by ring.
        apply frobenius_mul; [apply frobenius_nonneg|apply bounded_tr; [apply pow2_ge_0|apply bounded_frobenius_square]]. }
      assert (A1 := Sq (G (S l))); assert (A2 := Sq (tr (G l))); rewrite tr_tr, inner_tr in A2.
      assert (Two : inner d (G l) (G l) + inner d (G (S l)) (G (S l)) <= Q).
      { apply Rle_trans with (total (S (S l)) (fun k => inner d (G k) (G k))).
        - simpl total; assert (0 <= total l (fun k => inner d (G k) (G k)))
            by (apply total_nonneg; intros; apply inner_nonneg); lra.
        - apply total_mono; [lia|intros; apply inner_nonneg]. }
      lra. }
    assert (e2 : 0 <= eta ^ 2) by apply pow2_ge_0.
    apply (Rmult_le_compat_l (eta ^ 2)) in X; [lra|exact e2].
Qed.

(** The margin of a shape, by its smallest singular value. *)
Lemma sigma_margin : forall d L dims Phi W c,
  (1 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= dims l <= d)%nat) -> shaped d L dims W ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims L <= i \/ dims 0%nat <= j)%nat -> Phi i j = 0) ->
  frobenius d (residual d L Phi W) <= sigma_min (dims L) (dims 0%nat) Phi - c ->
  exists p, (1 <= p <= d)%nat /\ deficiency_margin d p L Phi W c.
Proof.
  intros d L dims Phi W c HL Hd HW HP HM.
  assert (d0 := Hd 0%nat ltac:(lia)); assert (dL := Hd L (Nat.le_refl L)).
  unfold sigma_min in HM; destruct (Nat.leb (dims 0%nat) (dims L)).
  - exists (dims 0%nat); split; [exact d0|]; exists (least_stretch (dims L) (dims 0%nat) Phi).
    split; [apply least_stretch_nonneg; lia|split; [left|exact HM]].
    assert (CP : columns d (dims 0%nat) Phi) by (intros i j Hi Hj; apply HP; lia).
    split; [intros i j Hi Hj; apply HW; lia|split; [exact CP|]].
    rewrite <- (zero_rows d (dims L)) by (try lia; intros; apply HP; lia).
    apply opbelow_supported; [lia|exact CP|apply least_stretch_below; lia].
  - exists (dims L); split; [exact dL|]; exists (least_stretch (dims 0%nat) (dims L) (tr Phi)).
    split; [apply least_stretch_nonneg; lia|split; [right|exact HM]].
    assert (CP : columns d (dims L) (tr Phi)) by (intros i j Hi Hj; unfold tr; apply HP; lia).
    split; [|split; [exact CP|]].
    + intros i j Hi Hj; unfold tr; apply HW; try lia; left; replace (S (L - 1)) with L by lia; lia.
    + rewrite <- (zero_rows d (dims 0%nat)) by (try lia; intros; unfold tr; apply HP; lia).
      apply opbelow_supported; [lia|exact CP|apply least_stretch_below; lia].
Qed.

(** The gradients of all steps together. *)
Lemma margin_energy : forall d p L Phi W eta delta r s t, (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) -> balanced d L W delta ->
  delta <= r ^ 2 / (5 * INR L ^ 2) -> 0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)) ->
  loss d L Phi (layers_descent d L Phi eta W t)
    + 7 / 10 * eta * total t (fun u => gradient_square d L Phi (layers_descent d L Phi eta W u)) <= loss d L Phi W /\
  frobenius d (residual d L Phi W) <= s ^ L.
Proof.
  intros d p L Phi W eta delta r s t HL Hp Hr Hs HPhi HM HB Hd He.
  destruct (margin_transposed d p L Phi W (r ^ L) ltac:(lia) HM) as [M|M]; destruct L as [|n]; try lia.
  - destruct (arora_orbit d p n Phi W eta delta r s ltac:(lia) Hp Hr Hs HPhi M HB Hd He t) as [O _].
    split; [exact O|apply (margin_parts d p n Phi W r s Hp Hr Hs HPhi M)].
  - assert (HPhi' : frobenius d (tr Phi) = s ^ S n) by (rewrite frobenius_tr; exact HPhi).
    destruct (arora_orbit d p n (tr Phi) (transposed (S n) W) eta delta r s ltac:(lia) Hp Hr Hs HPhi' M
      (balanced_transposed d (S n) W delta HB) Hd He t) as [O _]; split.
    + rewrite layers_transposition in O; simpl layers_descent in O at 3; rewrite transposed_loss in O.
      rewrite (total_ext t _ (fun u => gradient_square d (S n) (tr Phi)
        (layers_descent d (S n) (tr Phi) eta (transposed (S n) W) u))); [exact O|]; intros u _.
      rewrite <- transposed_gradient_square; apply gradient_square_same; intros l Hl.
      apply same_sym, transposed_descent; exact Hl.
    + destruct (margin_parts d p n (tr Phi) (transposed (S n) W) r s Hp Hr Hs HPhi' M) as [_ F].
      eapply Rle_trans; [right|exact F]; rewrite <- (frobenius_tr d (residual d (S n) Phi W)).
      unfold frobenius; f_equal; symmetry; apply inner_same, transposed_residual.
Qed.

(** The three invariants under the conditions of Theorem 1; c = r^L, |Phi| = s^L, b = (4 |Phi|)^(1/L). *)
Theorem arora_lemma_2 : forall d L dims Phi W eta r s b t,
  (2 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= dims l <= d)%nat) -> shaped d L dims W ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims L <= i \/ dims 0%nat <= j)%nat -> Phi i j = 0) ->
  0 < r -> 0 < s -> frobenius d Phi = s ^ L ->
  frobenius d (residual d L Phi W) <= sigma_min (dims L) (dims 0%nat) Phi - r ^ L ->
  balanced d L W (r ^ (2 * L) / (256 * INR L ^ 3 * s ^ (2 * L - 2))) ->
  0 <= eta <= r ^ (4 * L - 2) / (6144 * INR L ^ 3 * s ^ (6 * L - 4)) -> 0 <= b -> b ^ L = 4 * s ^ L ->
  let V := layers_descent d L Phi eta W t in
  balanced d L V (2 * (r ^ (2 * L) / (256 * INR L ^ 3 * s ^ (2 * L - 2)))) /\
  (loss d L Phi (layers_descent d L Phi eta W (S t)) <= loss d L Phi V
     - eta / 2 * Rpower (sigma_min (dims L) (dims 0%nat) (chain d V L)) (2 * INR (L - 1) / INR L)
         * frobenius d (residual d L Phi V) ^ 2 /\
   frobenius d (residual d L Phi V) <= frobenius d Phi) /\
  (forall l, (l < L)%nat -> bounded d (V l) (b ^ 2)).
Proof.
  intros d L dims Phi W eta r s b t HL Hd HW HP Hr Hs HPhi HM HB He Hb Eb V.
  destruct (arora_lemma_1 d L dims Phi W eta r s t HL Hd HW HP Hr Hs HPhi HM HB He) as [_ One]; fold V in One.
  destruct (sigma_margin d L dims Phi W (r ^ L) ltac:(lia) Hd HW HP HM) as [p [Hp M]].
  assert (L2 : 2 <= INR L) by (apply (le_INR 2); exact HL).
  assert (Hrs : r <= s).
  { apply (arora_rate_at_most_one d p L Phi W 0 r s HL Hp Hr Hs HPhi M); split; [lra|].
    apply Rmult_le_pos; [apply pow2_ge_0|left; apply Rinv_0_lt_compat].
    apply Rmult_lt_0_compat; [lra|apply pow_lt; exact Hs]. }
  set (delta := r ^ (2 * L) / (256 * INR L ^ 3 * s ^ (2 * L - 2))) in *.
  assert (Dl : delta <= r ^ 2 / (5 * INR L ^ 2)) by (apply paper_balance; assumption).
  assert (He' : 0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)))
    by (split; [apply He|eapply Rle_trans; [apply He|apply paper_step; assumption]]).
  destruct (margin_energy d p L Phi W eta delta r s t HL Hp Hr Hs HPhi M HB Dl He') as [En F0]; fold V in En.
  destruct He as [He Heta].
  set (Sg := total t (fun u => gradient_square d L Phi (layers_descent d L Phi eta W u))) in *.
  assert (S0 : 0 <= Sg) by (apply total_nonneg; intros; apply total_nonneg; intros; apply inner_nonneg).
  assert (eS : 0 <= eta * Sg) by (apply Rmult_le_pos; assumption).
  assert (V0 : 0 <= loss d L Phi V) by apply loss_nonneg.
  assert (FV : frobenius d (residual d L Phi V) <= s ^ L).
  { apply below_by_square; [apply pow_le; lra|]; assert (RR : loss d L Phi V <= loss d L Phi W) by lra.
    rewrite !loss_frobenius in RR.
    assert (frobenius d (residual d L Phi W) ^ 2 <= (s ^ L) ^ 2)
      by (apply pow_incr; split; [apply frobenius_nonneg|exact F0]); lra. }
  assert (S2 : 0 < s ^ (2 * L - 2)) by (apply pow_lt; exact Hs).
  assert (r2 : 0 < r ^ 2) by (apply pow_lt; exact Hr).
  assert (L3 : 8 <= INR L ^ 3) by (apply Rle_trans with (2 ^ 3); [lra|apply pow_incr; lra]).
  (* the drift of all steps is a small share of delta *)
  assert (Drift : eta ^ 2 * Sg <= delta).
  { assert (X : eta ^ 2 * Sg <= eta * s ^ (2 * L)).
    { assert (Y : eta * (7 / 10 * eta * Sg) <= eta * (s ^ (2 * L) / 2)).
      { apply Rmult_le_compat_l; [exact He|]; apply Rle_trans with (loss d L Phi W); [lra|].
        rewrite loss_frobenius; apply Rmult_le_compat_r; [lra|].
        replace (s ^ (2 * L)) with ((s ^ L) ^ 2) by (rewrite <- pow_mult; f_equal; lia).
        apply pow_incr; split; [apply frobenius_nonneg|exact F0]. }
      assert (0 <= eta * s ^ (2 * L)) by (apply Rmult_le_pos; [exact He|apply pow_le; lra]); lra. }
    eapply Rle_trans; [exact X|].
    apply Rle_trans with (r ^ (4 * L - 2) / (6144 * INR L ^ 3 * s ^ (6 * L - 4)) * s ^ (2 * L));
      [apply Rmult_le_compat_r; [apply pow_le; lra|exact Heta]|].
    replace (r ^ (4 * L - 2)) with (r ^ (2 * L) * r ^ (2 * L - 2)) by (rewrite <- pow_add; f_equal; lia).
    replace (s ^ (6 * L - 4)) with (s ^ (2 * L) * (s ^ (2 * L - 2) * s ^ (2 * L - 2))) by (rewrite <- !pow_add; f_equal; lia).
    set (P := r ^ (2 * L)) in *; set (q := r ^ (2 * L - 2)); set (T := s ^ (2 * L - 2)) in *.
    assert (P0 : 0 < P) by (apply pow_lt; exact Hr); assert (U0 : 0 < s ^ (2 * L)) by (apply pow_lt; exact Hs).
    assert (qT : 0 < q <= T) by (split; [apply pow_lt; exact Hr|apply pow_incr; lra]).
    replace (P * q / (6144 * INR L ^ 3 * (s ^ (2 * L) * (T * T))) * s ^ (2 * L)) with (delta * (q / T / 24))
      by (unfold delta; field; repeat split; lra).
    assert (D0 : 0 <= delta) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; repeat apply Rmult_lt_0_compat; lra]).
    assert (Q1 : q / T <= 1) by (apply (Rmult_le_reg_r T); [lra|replace (q / T * T) with q by (field; lra); lra]).
    rewrite <- (Rmult_1_r delta) at 2; apply Rmult_le_compat_l; lra. }
  assert (A : balanced d L V (2 * delta)).
  { apply (balanced_mono d L V (delta + eta ^ 2 * Sg)); [lra|apply balance_drift; exact HB]. }
  split; [exact A|split; [split; [exact One|rewrite HPhi; exact FV]|]].
  intros l Hl; destruct (power_root (L - 1) 2 ltac:(lra)) as [z [Hz Ez]]; replace (S (L - 1)) with L in Ez by lia.
  set (c := z * s); assert (Ec : c ^ L = 2 * s ^ L) by (unfold c; rewrite Rpow_mult_distr, Ez; reflexivity).
  assert (z1 : 1 <= z) by (destruct L as [|n]; [lia|apply (power_le_inv n); [exact Hz|rewrite pow1; lra]]).
  destruct (arora_lemma_6 d L V c z (2 * delta) l ltac:(lia) ltac:(apply Rmult_le_pos; lra) Hz Ez) as [_ B]; auto.
  - rewrite Ec; apply bounded_frobenius_le.
    replace (chain d V L) with (madd (residual d L Phi V) Phi)
      by (pointwise i; pointwise j; unfold residual, madd, msub; ring).
    eapply Rle_trans; [apply frobenius_add|lra].
  - assert (c2 : r ^ 2 <= c ^ 2).
    { apply pow_incr; split; [lra|]; unfold c; apply Rle_trans with (1 * s); [lra|apply Rmult_le_compat_r; lra]. }
    assert (K : 2 * delta <= r ^ 2 / (30 * INR L ^ 2)).
    { unfold delta; replace (r ^ (2 * L)) with (r ^ 2 * r ^ (2 * L - 2)) by (rewrite <- pow_add; f_equal; lia).
      assert (qT : r ^ (2 * L - 2) <= s ^ (2 * L - 2)) by (apply pow_incr; lra); assert (q0 : 0 < r ^ (2 * L - 2)) by (apply pow_lt; lra).
      set (q := r ^ (2 * L - 2)) in *; set (T := s ^ (2 * L - 2)) in *.
      replace (2 * (r ^ 2 * q / (256 * INR L ^ 3 * T))) with (r ^ 2 / (30 * INR L ^ 2) * (q / T * (15 / 64 / INR L)))
        by (field; split; lra).
      rewrite <- (Rmult_1_r (r ^ 2 / (30 * INR L ^ 2))) at 2; apply Rmult_le_compat_l.
      - apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; [lra|apply pow_lt; lra]].
      - assert (Q1 : 0 <= q / T <= 1).
        { split; [apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]|].
          apply (Rmult_le_reg_r T); [lra|replace (q / T * T) with q by (field; lra); lra]. }
        assert (Q2 : 0 <= 15 / 64 / INR L <= 1).
        { split; [apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]|].
          apply (Rmult_le_reg_r (INR L)); [lra|replace (15 / 64 / INR L * INR L) with (15 / 64) by (field; lra); lra]. }
        apply Rle_trans with (1 * 1); [apply Rmult_le_compat; lra|lra]. }
    eapply Rle_trans; [exact K|]; apply Rmult_le_compat_r; [|exact c2].
    left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; [lra|apply pow_lt; lra].
  - apply (bounded_mono d _ (z * c ^ 2)); [|exact B].
    assert (bz : z ^ 2 * s <= b).
    { destruct L as [|n]; [lia|]; apply (power_le_inv n); [exact Hb|].
      rewrite Eb, Rpow_mult_distr, <- pow_mult, Nat.mul_comm, pow_mult, Ez; lra. }
    apply Rle_trans with ((z ^ 2 * s) ^ 2).
    + unfold c; replace ((z ^ 2 * s) ^ 2) with (z * (z * s) ^ 2 * z) by ring.
      rewrite <- (Rmult_1_r (z * (z * s) ^ 2)) at 1; apply Rmult_le_compat_l; [|exact z1].
      apply Rmult_le_pos; [exact Hz|apply pow2_ge_0].
    + apply pow_incr; split; [apply Rmult_le_pos; [apply pow2_ge_0|lra]|exact bz].
Qed.
