(** Bartlett, Helmbold and Long, symmetric targets with a negative eigenvalue: gradient descent from the identity fails whether or
    not each layer is regularised towards the identity, by a penalty (kappa/2)|W_l - I|^2, by the projection on a convex set
    around the identity, or by both; all of them may change with time.

    Such a projection keeps the eigenvectors of a symmetric matrix and moves its eigenvalues towards 1. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Bartlett BartlettMatrices Nearest.
Open Scope R_scope.

(** x goes to x - 2 (v . x) v *)
Definition mirror_at (v : nat -> R) : nat -> nat -> R := fun i j => unit_matrix i j - 2 * (v i * v j).

(** A convex set which with A = I + M has I + M^T and I + H M for all reflections H: a ball around the identity in a norm that
    orthogonal matrices do not change, for example. *)
Definition about_identity (d : nat) (K : (nat -> nat -> R) -> Prop) : Prop :=
  seen_on d K /\ convex K /\ (forall A, K A -> K (tr A)) /\
  forall A v, dot d v v = 1 -> K A -> K (madd unit_matrix (mul d (mirror_at v) (msub A unit_matrix))).

(** A step on the loss with the penalty, before the projection. *)
Definition penalised (d L : nat) (Phi : nat -> nat -> R) (eta kappa : R) (W : nat -> nat -> nat -> R) (l : nat) : nat -> nat -> R :=
  msub (W l) (mscal eta (madd (gradient d L Phi W l) (mscal kappa (msub (W l) unit_matrix)))).

(** T steps from the identity: of each layer the point of K that is nearest. *)
Definition regularised_run (d L : nat) (Phi : nat -> nat -> R) (eta kappa : nat -> R) (K : nat -> (nat -> nat -> R) -> Prop)
  (T : nat) (W : nat -> nat -> nat -> nat -> R) : Prop :=
  (forall l, W 0%nat l = unit_matrix) /\
  forall t l, (t < T)%nat -> (l < L)%nat -> nearest_in d (K t) (penalised d L Phi (eta t) (kappa t) (W t) l) (W (S t) l).

(** ** Reflections *)

Lemma mul_mirror : forall d v A i j, (i < d)%nat -> (j < d)%nat ->
  mul d (mirror_at v) A i j = A i j - 2 * v i * mv d (tr A) v j.
Proof.
  intros d v A i j Hi Hj; unfold mul, mirror_at.
  rewrite dot_minus_l, (dot_scal_l d 2 (fun k => v i * v k)), (dot_scal_l d (v i) v).
  rewrite (dot_comm d v); f_equal; [exact (mul_unit_l d A i j Hi Hj)|unfold mv, tr; ring].
Qed.

Lemma tr_mirror : forall v, tr (mirror_at v) = mirror_at v.
Proof. intros v; pointwise i; pointwise j; unfold tr, mirror_at; change (unit_matrix j i) with (tr unit_matrix i j); rewrite tr_unit; ring. Qed.

Lemma mv_mirror : forall d v x i, (i < d)%nat -> mv d (mirror_at v) x i = x i - 2 * v i * dot d v x.
Proof.
  intros d v x i Hi; unfold mv, mirror_at; rewrite dot_minus_l, (dot_scal_l d 2 (fun k => v i * v k)), (dot_scal_l d (v i) v).
  assert (E := mv_unit d x i Hi); unfold mv in E; rewrite E; ring.
Qed.

Lemma mirror_twice : forall d v, dot d v v = 1 -> same d (mul d (mirror_at v) (mirror_at v)) unit_matrix.
Proof.
  intros d v Hv i j Hi Hj; rewrite mul_mirror, tr_mirror, mv_mirror, Hv by assumption; unfold mirror_at; ring.
Qed.

Definition conjugated (d : nat) (v : nat -> R) (A : nat -> nat -> R) : nat -> nat -> R :=
  mul d (mul d (mirror_at v) A) (mirror_at v).

Lemma conjugated_in : forall d K A v, about_identity d K -> dot d v v = 1 -> K A -> K (conjugated d v A).
Proof.
  intros d K A v [Ks [_ [Kt Kr]]] Hv HA; set (H := mirror_at v).
  assert (H1 := Kt _ (Kr _ v Hv (Kt _ HA))); fold H in H1.
  assert (H2 := Kr _ v Hv H1); fold H in H2; refine (Ks _ _ _ H2).
  assert (E1 : same d (msub (tr (madd unit_matrix (mul d H (msub (tr A) unit_matrix)))) unit_matrix) (mul d (msub A unit_matrix) H)).
  { intros i j Hi Hj; transitivity (tr (mul d H (msub (tr A) unit_matrix)) i j).
    - unfold tr at 1, msub at 1, madd; change (unit_matrix j i) with (tr unit_matrix i j); rewrite tr_unit; unfold tr; ring.
    - rewrite tr_mul; unfold H; rewrite tr_mirror; apply (f_equal (fun M => mul d M (mirror_at v) i j)).
      pointwise a; pointwise b; unfold tr, msub; f_equal; exact (f_equal (fun M => M a b) tr_unit). }
  assert (E2 : same d (mul d H (mul d (msub A unit_matrix) H)) (msub (conjugated d v A) unit_matrix)).
  { rewrite mul_sub_l, mul_sub_r; apply same_sub; [unfold conjugated; rewrite mul_assoc; apply same_refl|].
    eapply same_trans; [apply same_mul; [apply same_refl|apply mul_unit_l]|apply mirror_twice; exact Hv]. }
  intros i j Hi Hj.
  refine (eq_trans (f_equal (Rplus (unit_matrix i j)) (eq_trans (same_mul d H _ H _ (same_refl d H) E1 i j Hi Hj) (E2 i j Hi Hj))) _).
  unfold msub; ring.
Qed.

Lemma conjugated_length : forall d v A, dot d v v = 1 -> inner d (conjugated d v A) (conjugated d v A) = inner d A A.
Proof.
  intros d v A Hv; set (H := mirror_at v); unfold conjugated; fold H.
  assert (HH : same d (mul d H H) unit_matrix) by (apply mirror_twice; exact Hv).
  rewrite inner_mul_r, mul_assoc; unfold H at 4; rewrite tr_mirror; fold H.
  transitivity (inner d (mul d H A) (mul d H A)).
  - apply inner_ext; [intros; reflexivity|]; intros i j Hi Hj.
    rewrite <- (mul_unit_r d (mul d H A) i j Hi Hj); apply same_mul; [apply same_refl|exact HH|exact Hi|exact Hj].
  - rewrite inner_mul_l, <- mul_assoc; unfold H at 1; rewrite tr_mirror; fold H.
    apply inner_ext; [intros; reflexivity|]; intros i j Hi Hj.
    rewrite <- (mul_unit_l d A i j Hi Hj); apply same_mul; [exact HH|apply same_refl|exact Hi|exact Hj].
Qed.

Lemma conjugated_fixed : forall d v B b, dot d v v = 1 -> symmetric d B -> eigen d B v b -> same d (conjugated d v B) B.
Proof.
  intros d v B b Hv S HB; set (H := mirror_at v).
  assert (Left : same d (mul d H B) (fun i j => B i j - 2 * b * (v i * v j))).
  { intros i j Hi Hj; unfold H; rewrite mul_mirror by assumption.
    rewrite <- (mv_same d B (tr B) v j S Hj), (HB j Hj); ring. }
  assert (Comm : same d (mul d H B) (mul d B H)).
  { eapply same_trans; [exact Left|]; apply same_sym; intros i j Hi Hj.
    transitivity (mul d H (tr B) j i).
    - change (mul d H (tr B) j i) with (tr (mul d H (tr B)) i j); rewrite tr_mul, tr_tr; unfold H; rewrite tr_mirror; reflexivity.
    - rewrite (same_mul d H _ H B (same_refl d H) (same_sym d _ _ S) j i Hj Hi), (Left j i Hj Hi), (S i j Hi Hj); unfold tr; ring. }
  unfold conjugated; fold H; eapply same_trans; [apply same_mul; [exact Comm|apply same_refl]|]; rewrite mul_assoc.
  eapply same_trans; [apply same_mul; [apply same_refl|apply mirror_twice; exact Hv]|apply mul_unit_r].
Qed.

(** ** What a projection does to a symmetric matrix *)

Lemma conjugated_sub : forall d v A B, conjugated d v (msub A B) = msub (conjugated d v A) (conjugated d v B).
Proof. intros; unfold conjugated; rewrite mul_sub_r, mul_sub_l; reflexivity. Qed.

Lemma nearest_symmetric : forall d K B P, about_identity d K -> symmetric d B -> nearest_in d K B P -> symmetric d P.
Proof.
  intros d K B P [Ks [Kc [Kt _]]] S H; apply (nearest_unique d K B P (tr P) Kc H).
  destruct H as [HP Hn]; split; [apply Kt; exact HP|]; intros A HA; eapply Rle_trans; [right|apply (Hn A HA)].
  unfold frobenius; f_equal; rewrite <- (inner_tr d (msub B P)); apply inner_same.
  apply (same_sub d B (tr P) (tr B) (tr P) S (same_refl d _)).
Qed.

Lemma nearest_eigen : forall d K B P v b, about_identity d K -> dot d v v = 1 -> symmetric d B -> eigen d B v b ->
  nearest_in d K B P -> exists c, eigen d P v c /\ (c - 1) * (c - b) <= 0.
Proof.
  intros d K B P v b HK Hv S HB H; assert (SP := nearest_symmetric d K B P HK S H).
  destruct (HK) as [Ks [Kc [Kt Kr]]]; assert (HP := proj1 H).
  assert (E : same d P (conjugated d v P)).
  { apply (nearest_unique d K B P _ Kc H); split; [apply conjugated_in; assumption|].
    intros A HA; eapply Rle_trans; [right|apply (proj2 H A HA)]; unfold frobenius; f_equal.
    rewrite <- (conjugated_length d v (msub B P) Hv), conjugated_sub; apply inner_same.
    apply same_sub; [apply same_sym, (conjugated_fixed d v B b); assumption|apply same_refl]. }
  set (c := dot d v (mv d P v)).
  assert (Ev : eigen d P v c).
  { intros i Hi; assert (X : mv d P v i = mv d (conjugated d v P) v i) by (apply mv_same; assumption).
    unfold conjugated in X; rewrite !mv_mul in X.
    assert (N : forall j, (j < d)%nat -> mv d (mirror_at v) v j = -1 * v j) by (intros j Hj; rewrite mv_mirror, Hv by exact Hj; ring).
    rewrite (mv_ext d P _ _ N), mv_scal, mv_scal, mv_mirror in X by exact Hi; fold c in X; lra. }
  exists c; split; [exact Ev|].
  assert (Q := nearest_angle d K B P _ Kc H (Kr P v Hv HP)).
  assert (D : inner d (msub B P) (msub (madd unit_matrix (mul d (mirror_at v) (msub P unit_matrix))) P)
    = -2 * (c - 1) * dot d v (mv d (msub B P) v)).
  { transitivity (total d (fun i => dot d (msub B P i) (fun j => -2 * (c - 1) * v i * v j))).
    - apply total_ext; intros i Hi; apply dot_ext; [reflexivity|]; intros j Hj; unfold msub at 1, madd.
      rewrite mul_mirror by assumption.
      assert (M : mv d (tr (msub P unit_matrix)) v j = (c - 1) * v j).
      { change (tr (msub P unit_matrix)) with (msub (tr P) (tr unit_matrix)); rewrite tr_unit, mv_sub, mv_unit by exact Hj.
        rewrite (eigen_symmetric d P v c SP Ev j Hj); ring. }
      rewrite M; unfold msub; ring.
    - unfold dot at 2; rewrite <- total_scal; apply total_ext; intros i _; rewrite dot_scal_r; unfold mv; ring. }
  rewrite D, mv_sub, dot_minus_r in Q; fold c in Q.
  assert (B1 : dot d v (mv d B v) = b) by (rewrite (dot_ext d v (mv d B v) v (fun i => b * v i) (fun _ _ => eq_refl) HB), dot_scal_r, Hv; ring).
  rewrite B1 in Q; lra.
Qed.

(** ** All layers stay equal, and act on the eigenvectors of Phi as numbers *)

Lemma acts_symmetric : forall d L Phi B, symmetric d Phi ->
  (forall v a, dot d v v = 1 -> eigen d Phi v a -> exists w, acts d L B v w) ->
  forall l m, (l < L)%nat -> (m < L)%nat -> symmetric d (B l) /\ same d (B l) (B m).
Proof.
  intros d L Phi B S H l m Hl Hm; destruct (eigenbasis d Phi S) as [u [a [O E]]].
  assert (U : forall k, (k < d)%nat -> exists w, acts d L B (u k) w).
  { intros k Hk; apply (H (u k) (a k)); [rewrite (O k k Hk Hk); unfold unit_matrix; rewrite Nat.eqb_refl; reflexivity|exact (E k Hk)]. }
  split; apply (basis_equal d u _ _ O); intros k i Hk Hi; destruct (U k Hk) as [w A]; destruct (A l Hl) as [A1 A2].
  - rewrite (A1 i Hi), (A2 i Hi); reflexivity.
  - destruct (A m Hm) as [A3 _]; rewrite (A1 i Hi), (A3 i Hi); reflexivity.
Qed.

Lemma penalised_acts : forall d L Phi eta kappa W v w lambda, acts d L W v w -> symmetric d Phi -> eigen d Phi v lambda ->
  acts d L (penalised d L Phi eta kappa W) v (w + eta * w ^ (L - 1) * (lambda - w ^ L) - eta * kappa * (w - 1)).
Proof.
  intros d L Phi eta kappa W v w lambda H S E l Hl.
  destruct (step_acts d L Phi eta W v w lambda H E (eigen_symmetric d Phi v lambda S E) l Hl) as [A A']; destruct (H l Hl) as [B B'].
  assert (X : penalised d L Phi eta kappa W l = msub (layers_step d L Phi eta W l) (mscal (eta * kappa) (msub (W l) unit_matrix)))
    by (pointwise i; pointwise j; unfold penalised, layers_step, msub, mscal, madd; ring).
  rewrite X; split; [apply eigen_sub; [exact A|apply eigen_mscal, eigen_sub; [exact B|apply eigen_unit]]|].
  apply (eigen_sub d (tr (layers_step d L Phi eta W l)) (mscal (eta * kappa) (msub (tr (W l)) (tr unit_matrix)))); [exact A'|].
  apply eigen_mscal, eigen_sub; [exact B'|rewrite tr_unit; apply eigen_unit].
Qed.

(** One step: w goes to a number between 1 and w + eta w^(L-1) (lambda - w^L) - eta kappa (w - 1). *)
Lemma regularised_step : forall d L Phi eta kappa K W V, symmetric d Phi -> about_identity d K ->
  (forall v a, dot d v v = 1 -> eigen d Phi v a -> exists w, acts d L W v w) ->
  (forall l, (l < L)%nat -> nearest_in d K (penalised d L Phi eta kappa W l) (V l)) ->
  forall v a w, dot d v v = 1 -> eigen d Phi v a -> acts d L W v w -> exists c, acts d L V v c /\
    (c - 1) * (c - (w + eta * w ^ (L - 1) * (a - w ^ L) - eta * kappa * (w - 1))) <= 0.
Proof.
  intros d L Phi eta kappa K W V Sy HK HW HV v a w Hv Ha Hw; set (B := penalised d L Phi eta kappa W) in *.
  set (b := w + eta * w ^ (L - 1) * (a - w ^ L) - eta * kappa * (w - 1)).
  assert (HB : forall u e, dot d u u = 1 -> eigen d Phi u e -> exists z, acts d L B u z).
  { intros u e Hu He; destruct (HW u e Hu He) as [z Hz]; eexists; apply penalised_acts; eassumption. }
  assert (Ab : acts d L B v b) by (apply penalised_acts; assumption).
  destruct L as [|n]; [exists 1; split; [intros l Hl; lia|right; ring]|].
  assert (Eq := acts_symmetric d (S n) Phi B Sy HB).
  destruct (nearest_eigen d K (B 0%nat) (V 0%nat) v b HK Hv (proj1 (Eq 0%nat 0%nat ltac:(lia) ltac:(lia)))
    (proj1 (Ab 0%nat ltac:(lia))) (HV 0%nat ltac:(lia))) as [c [Ec Hc]].
  exists c; split; [|exact Hc]; intros l Hl; destruct (Eq l 0%nat Hl ltac:(lia)) as [Sl Sm].
  assert (SV := nearest_symmetric d K (B l) (V l) HK Sl (HV l Hl)).
  assert (El : eigen d (V l) v c).
  { intros i Hi; rewrite <- (Ec i Hi); apply mv_same; [|exact Hi].
    apply (nearest_unique d K (B 0%nat)); [apply HK| |apply HV; lia].
    apply (nearest_same d K (B l) _ (V l) _ (proj1 HK) Sm (same_refl d _) (HV l Hl)). }
  split; [exact El|apply eigen_symmetric; assumption].
Qed.

Lemma regularised_acts : forall d L Phi eta kappa K T W, symmetric d Phi -> (forall t, (t < T)%nat -> about_identity d (K t)) ->
  regularised_run d L Phi eta kappa K T W ->
  forall t, (t <= T)%nat -> forall v a, dot d v v = 1 -> eigen d Phi v a -> exists w, acts d L (W t) v w.
Proof.
  intros d L Phi eta kappa K T W Sy HK [W0 HW]; induction t as [|t IH]; intros Ht v a Hv Ha.
  - exists 1; intros l Hl; rewrite W0, tr_unit; split; apply eigen_unit.
  - destruct (IH ltac:(lia) v a Hv Ha) as [w Hw].
    destruct (regularised_step d L Phi (eta t) (kappa t) (K t) (W t) (W (S t)) Sy (HK t ltac:(lia)) (IH ltac:(lia))
      (fun l Hl => HW t l ltac:(lia) Hl) v a w Hv Ha Hw) as [c [Hc _]].
    exists c; exact Hc.
Qed.

Lemma unit_eigenvector : forall d Phi v a, (exists i, (i < d)%nat /\ v i <> 0) -> eigen d Phi v a ->
  exists u, dot d u u = 1 /\ eigen d Phi u a.
Proof.
  intros d Phi v a N E; assert (P := dot_positive d v N); set (s := / sqrt (dot d v v)).
  assert (Q := sqrt_lt_R0 _ P); exists (fun i => s * v i); split.
  - rewrite dot_scal_l, dot_scal_r; unfold s; rewrite <- (sqrt_sqrt (dot d v v)) at 3 by lra; field; lra.
  - intros i Hi; rewrite mv_scal, (E i Hi); ring.
Qed.

Lemma acting_loss : forall d L Phi W v w mu, symmetric d Phi -> dot d v v = 1 -> eigen d Phi v (- mu) -> acts d L W v w ->
  0 < mu -> 0 <= w ^ L -> mu ^ 2 / 2 <= loss d L Phi W.
Proof.
  intros d L Phi W v w mu S Hv E A Hmu Hw.
  destruct (eigen_residual d L Phi W v w (- mu) A E (eigen_symmetric d Phi v (- mu) S E)) as [X _].
  apply (eigen_loss d L Phi W v _ mu) with (2 := X); [|lra].
  destruct (Elimination.nonzero_or_all d v) as [P|P]; [exact P|].
  exfalso; revert Hv; unfold dot; rewrite total_zero; [lra|intros i Hi; rewrite (P i Hi); ring].
Qed.

(** ** Failure *)

(** Even depth: whatever the step sizes and the penalties. *)
Theorem regularised_failure_even : forall d L Phi eta kappa K T W v mu t,
  Nat.Even L -> symmetric d Phi -> (exists i, (i < d)%nat /\ v i <> 0) -> eigen d Phi v (- mu) -> 0 < mu ->
  (forall s, (s < T)%nat -> about_identity d (K s)) -> regularised_run d L Phi eta kappa K T W -> (t <= T)%nat ->
  mu ^ 2 / 2 <= loss d L Phi (W t).
Proof.
  intros d L Phi eta kappa K T W v mu t [h ->] Sy N E Hmu HK HW Ht; destruct (unit_eigenvector d Phi v (- mu) N E) as [u [Hu Eu]].
  destruct (regularised_acts d (2 * h) Phi eta kappa K T W Sy HK HW t Ht u (- mu) Hu Eu) as [w A].
  apply (acting_loss d (2 * h) Phi (W t) u w mu Sy Hu Eu A Hmu); rewrite pow_mult; apply pow_le, pow2_ge_0.
Qed.

(** Any depth from two on: step sizes up to 1/(1 + mu), and eta kappa up to 1. *)
Theorem regularised_failure_small_steps : forall d L Phi eta kappa K T W v mu t,
  (2 <= L)%nat -> symmetric d Phi -> (exists i, (i < d)%nat /\ v i <> 0) -> eigen d Phi v (- mu) -> 0 < mu ->
  (forall s, (s < T)%nat -> 0 <= eta s /\ eta s * (1 + mu) <= 1 /\ 0 <= kappa s /\ eta s * kappa s <= 1) ->
  (forall s, (s < T)%nat -> about_identity d (K s)) -> regularised_run d L Phi eta kappa K T W -> (t <= T)%nat ->
  mu ^ 2 / 2 <= loss d L Phi (W t).
Proof.
  intros d L Phi eta kappa K T W v mu t HL Sy N E Hmu Small HK HW Ht; destruct (unit_eigenvector d Phi v (- mu) N E) as [u [Hu Eu]].
  assert (I : exists w, acts d L (W t) u w /\ 0 <= w <= 1).
  { induction t as [|t IH].
    - exists 1; split; [|lra]; intros l Hl; rewrite (proj1 HW), tr_unit; split; apply eigen_unit.
    - destruct (IH ltac:(lia)) as [w [A Hw]]; destruct (Small t ltac:(lia)) as [e0 [e1 [k0 ek]]].
      destruct (regularised_step d L Phi (eta t) (kappa t) (K t) (W t) (W (S t)) Sy (HK t ltac:(lia))
        (regularised_acts d L Phi eta kappa K T W Sy HK HW t ltac:(lia)) (fun l Hl => proj2 HW t l ltac:(lia) Hl) u (- mu) w Hu Eu A)
        as [c [Hc Between]].
      exists c; split; [exact Hc|]; set (b := w + _ - _) in Between.
      assert (P1 : 0 <= w ^ (L - 1) <= w).
      { replace (L - 1)%nat with (S (L - 2)) by lia; simpl pow; split; [apply Rmult_le_pos; [lra|apply pow_le; lra]|].
        assert (X := pow_incr w 1 (L - 2) ltac:(lra)); rewrite pow1 in X; rewrite <- (Rmult_1_r w) at 3; apply Rmult_le_compat_l; lra. }
      assert (P2 : 0 <= w ^ L <= 1) by (split; [apply pow_le; lra|assert (X := pow_incr w 1 L ltac:(lra)); rewrite pow1 in X; exact X]).
      assert (G : 0 <= eta t * w ^ (L - 1) * (mu + w ^ L) <= w).
      { split; [apply Rmult_le_pos; [apply Rmult_le_pos|]; lra|].
        apply Rle_trans with (eta t * w * (1 + mu)); [|replace (eta t * w * (1 + mu)) with (w * (eta t * (1 + mu))) by ring;
          rewrite <- (Rmult_1_r w) at 2; apply Rmult_le_compat_l; lra].
        apply Rmult_le_compat; [apply Rmult_le_pos; lra|lra|apply Rmult_le_compat_l; lra|lra]. }
      assert (Pen : 0 <= eta t * kappa t * (1 - w) <= 1 - w).
      { split; [apply Rmult_le_pos; [apply Rmult_le_pos; assumption|lra]|].
        rewrite <- (Rmult_1_l (1 - w)) at 2; apply Rmult_le_compat_r; lra. }
      assert (Hb : 0 <= b <= 1) by (unfold b; lra).
      clear -Hb Between; split; apply Rnot_lt_le; intros C; nra. }
  destruct I as [w [A Hw]]; apply (acting_loss d L Phi (W t) u w mu Sy Hu Eu A Hmu); apply pow_le; lra.
Qed.
