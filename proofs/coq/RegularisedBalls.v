(** Members of the class of RegularisedFailure.v: no projection, and projection on balls around the identity, in the Frobenius norm
    or in the operator norm.  Of these there are runs of every length. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Bartlett BartlettMatrices Nearest RegularisedFailure.
Open Scope R_scope.

(** All matrices, or those within rho of the identity, in one norm or in the other. *)
Definition ball_around (d : nat) (K : (nat -> nat -> R) -> Prop) : Prop :=
  (forall A, K A) \/ exists rho, 0 <= rho /\
    ((forall A, K A <-> frobenius d (msub A unit_matrix) <= rho) \/ (forall A, K A <-> bounded d (msub A unit_matrix) (rho ^ 2))).

Lemma reflected_length : forall d v x, dot d v v = 1 -> dot d (mv d (mirror_at v) x) (mv d (mirror_at v) x) = dot d x x.
Proof.
  intros d v x Hv; rewrite adjoint, tr_mirror; apply dot_ext; [reflexivity|]; intros i Hi; rewrite <- mv_mul.
  rewrite (mv_same d _ unit_matrix x i (mirror_twice d v Hv) Hi); apply mv_unit; exact Hi.
Qed.

Lemma minus_unit : forall M, msub (madd unit_matrix M) unit_matrix = M.
Proof. intros M; pointwise i; pointwise j; unfold msub, madd; ring. Qed.

Lemma tr_minus_unit : forall A, msub (tr A) unit_matrix = tr (msub A unit_matrix).
Proof. intros A; pointwise i; pointwise j; unfold msub, tr; f_equal; exact (f_equal (fun M => M i j) (eq_sym tr_unit)). Qed.

Lemma between_minus_unit : forall A B t,
  msub (madd (mscal (1 - t) A) (mscal t B)) unit_matrix = madd (mscal (1 - t) (msub A unit_matrix)) (mscal t (msub B unit_matrix)).
Proof. intros A B t; pointwise i; pointwise j; unfold msub, madd, mscal; ring. Qed.

(** What is bounded in a norm is such a set: sums, multiples, transposes and reflections are all that is asked for. *)
Lemma norm_about_identity : forall d (K : (nat -> nat -> R) -> Prop) (small : R -> (nat -> nat -> R) -> Prop) rho, 0 <= rho ->
  (forall A, K A <-> small rho (msub A unit_matrix)) -> (forall a A B, same d A B -> small a A -> small a B) ->
  (forall a b A B, 0 <= a -> 0 <= b -> small a A -> small b B -> small (a + b) (madd A B)) ->
  (forall a t A, 0 <= a -> 0 <= t -> small a A -> small (t * a) (mscal t A)) ->
  (forall a A, 0 <= a -> small a A -> small a (tr A)) ->
  (forall a A v, 0 <= a -> dot d v v = 1 -> small a A -> small a (mul d (mirror_at v) A)) -> about_identity d K.
Proof.
  intros d K small rho Hr HK Same Add Scal Tr Mul; split; [|split; [|split]].
  - intros A B H HA; apply HK; apply HK in HA; revert HA; apply Same, same_sub; [exact H|apply same_refl].
  - intros A B t HA HB Ht; apply HK in HA; apply HK in HB; apply HK; rewrite between_minus_unit.
    replace rho with ((1 - t) * rho + t * rho) by ring.
    apply Add; [apply Rmult_le_pos; lra|apply Rmult_le_pos; lra|apply Scal; [exact Hr|lra|exact HA]|apply Scal; [exact Hr|lra|exact HB]].
  - intros A HA; apply HK; apply HK in HA; rewrite tr_minus_unit; apply Tr; assumption.
  - intros A v Hv HA; apply HK; apply HK in HA; rewrite minus_unit; apply Mul; assumption.
Qed.

Theorem balls_about_identity : forall d K, ball_around d K -> about_identity d K.
Proof.
  intros d K [All|[rho [Hr [H|H]]]].
  - split; [|split; [|split]]; repeat intros ?; apply All.
  - apply (norm_about_identity d K (fun a A => frobenius d A <= a) rho Hr H).
    + intros a A B E HA; eapply Rle_trans; [right|exact HA]; unfold frobenius; f_equal; apply inner_same, same_sym, E.
    + intros a b A B _ _ HA HB; eapply Rle_trans; [apply frobenius_add|lra].
    + intros a t A Ha Ht HA; rewrite frobenius_scal by exact Ht; apply Rmult_le_compat_l; assumption.
    + intros a A _ HA; unfold frobenius; rewrite inner_tr; exact HA.
    + intros a A v Ha Hv HA; rewrite <- (Rmult_1_l a); eapply Rle_trans; [apply (frobenius_mul d _ A 1); [lra|]|lra].
      intros x; rewrite reflected_length by exact Hv; lra.
  - apply (norm_about_identity d K (fun a A => bounded d A (a ^ 2)) rho Hr H).
    + intros a A B E HA x; eapply Rle_trans; [right|apply (HA x)]; apply dot_ext; intros i Hi; symmetry; apply mv_same; assumption.
    + intros a b A B Ha Hb HA HB; apply bounded_add; assumption.
    + intros a t A Ha Ht HA; rewrite Rpow_mult_distr; apply bounded_scal; exact HA.
    + intros a A Ha HA; apply bounded_tr; [apply pow2_ge_0|exact HA].
    + intros a A v Ha Hv HA x; rewrite mv_mul, reflected_length by exact Hv; apply HA.
Qed.

(** ** The projections exist *)

(** In the Frobenius norm the difference to the identity is shortened. *)
Lemma frobenius_nearest : forall d (K : (nat -> nat -> R) -> Prop) rho B, 0 <= rho ->
  (forall A, K A <-> frobenius d (msub A unit_matrix) <= rho) -> exists P, nearest_in d K B P.
Proof.
  intros d K rho B Hr HK; set (M := msub B unit_matrix); set (f := frobenius d M); assert (f0 : 0 <= f) by apply frobenius_nonneg.
  destruct (Rle_lt_dec f rho) as [L|L].
  { exists B; apply angle_nearest; [apply HK; exact L|]; intros A _.
    assert (E : msub B B = mscal 0 B) by (pointwise i; pointwise j; unfold msub, mscal; ring); rewrite E, inner_scal_l; lra. }
  set (q := rho / f); assert (Eq : q * f = rho) by (unfold q; field; lra).
  assert (q0 : 0 <= q) by (apply Rmult_le_pos; [exact Hr|left; apply Rinv_0_lt_compat; lra]).
  assert (q1 : q < 1) by (apply (Rmult_lt_reg_r f); lra).
  exists (madd unit_matrix (mscal q M)); apply angle_nearest.
  - apply HK; rewrite minus_unit, frobenius_scal by exact q0; fold f; lra.
  - intros A HA; apply HK in HA; set (N := msub A unit_matrix) in *.
    assert (E1 : msub B (madd unit_matrix (mscal q M)) = mscal (1 - q) M) by (pointwise i; pointwise j; unfold M, msub, madd, mscal; ring).
    assert (E2 : msub A (madd unit_matrix (mscal q M)) = madd N (mscal (- q) M)) by (pointwise i; pointwise j; unfold N, msub, madd, mscal; ring).
    rewrite E1, E2, inner_scal_l, inner_add_r, inner_scal_r, <- frobenius_square; fold f.
    assert (C := inner_below d M N); fold f in C.
    assert (f * frobenius d N <= f * rho) by (apply Rmult_le_compat_l; assumption).
    assert (Z : inner d M N + - q * f ^ 2 <= 0) by (replace (- q * f ^ 2) with (- (f * (q * f))) by ring; rewrite Eq; lra).
    assert (0 <= (1 - q) * - (inner d M N + - q * f ^ 2)) by (apply Rmult_le_pos; lra); lra.
Qed.

(** In the operator norm the eigenvalues of a symmetric matrix are cut off. *)
Lemma operator_nearest : forall d (K : (nat -> nat -> R) -> Prop) rho B, 0 <= rho -> symmetric d B ->
  (forall A, K A <-> bounded d (msub A unit_matrix) (rho ^ 2)) -> exists P, nearest_in d K B P.
Proof.
  intros d K rho B Hr S HK; destruct (symmetric_outer d B S) as [u [a [O [E Sq]]]].
  set (cut := fun k => Rmax (1 - rho) (Rmin (1 + rho) (a k))).
  assert (Cut : forall k, 1 - rho <= cut k <= 1 + rho /\ (cut k = 1 - rho /\ a k <= cut k \/ cut k = 1 + rho /\ cut k <= a k \/ cut k = a k)).
  { intros k; unfold cut, Rmax, Rmin; destruct (Rle_dec (1 + rho) (a k)); destruct (Rle_dec (1 - rho) _); split; try lra. }
  assert (Len : forall k, (k < d)%nat -> dot d (u k) (u k) = 1)
    by (intros k Hk; rewrite (O k k Hk Hk); unfold unit_matrix; rewrite Nat.eqb_refl; reflexivity).
  exists (outer_sum d cut u); apply angle_nearest.
  - apply HK; intros x; set (P := outer_sum d cut u).
    assert (X : dot d (mv d (msub P unit_matrix) x) (mv d (msub P unit_matrix) x) = total d (fun k => (cut k - 1) ^ 2 * dot d (u k) x ^ 2)).
    { rewrite Sq; apply total_ext; intros k Hk; rewrite dot_comm, adjoint, dot_comm, <- Rpow_mult_distr; f_equal.
      transitivity (dot d (fun i => (cut k - 1) * u k i) x); [|apply dot_scal_l]; apply dot_ext; [|reflexivity]; intros i Hi.
      assert (Ev : eigen d P (u k) (cut k)) by (apply outer_eigen; assumption).
      assert (Sp : symmetric d P) by (intros a' b' _ _; unfold P, outer_sum, tr; apply total_ext; intros; ring).
      rewrite <- tr_minus_unit.
      apply (eigen_sub d (tr P) unit_matrix (u k) (cut k) 1); [apply eigen_symmetric; assumption|apply eigen_unit|exact Hi]. }
    rewrite X, Sq, <- total_scal; apply total_le; intros k _; apply Rmult_le_compat_r; [apply pow2_ge_0|].
    destruct (Cut k) as [C _]; assert (0 <= (rho - (cut k - 1)) * (rho + (cut k - 1))) by (apply Rmult_le_pos; lra); lra.
  - intros A HA; apply HK in HA.
    assert (D : same d (msub B (outer_sum d cut u)) (outer_sum d (fun k => a k - cut k) u)).
    { intros i j Hi Hj; unfold msub; rewrite (E i j Hi Hj); unfold outer_sum; rewrite <- total_minus; apply total_ext; intros; ring. }
    rewrite (inner_ext d _ _ _ (msub A (outer_sum d cut u)) D) by (intros; reflexivity); rewrite inner_outer.
    assert (N : 0 <= total d (fun k => -1 * ((a k - cut k) * dot d (u k) (mv d (msub A (outer_sum d cut u)) (u k)))));
      [|rewrite total_scal in N; lra].
    apply total_nonneg; intros k Hk; rewrite mv_sub, dot_minus_r.
    assert (Ev : dot d (u k) (mv d (outer_sum d cut u) (u k)) = cut k).
    { rewrite (dot_ext d _ _ (u k) (fun i => cut k * u k i) (fun _ _ => eq_refl) (outer_eigen d cut u k O Hk)), dot_scal_r, (Len k Hk); ring. }
    assert (Q : (dot d (u k) (mv d A (u k)) - 1) ^ 2 <= rho ^ 2).
    { assert (C := cauchy d (u k) (mv d (msub A unit_matrix) (u k))); specialize (HA (u k)).
      rewrite (Len k Hk) in C, HA; rewrite mv_sub, dot_minus_r in C at 1.
      rewrite (dot_ext d (u k) (mv d unit_matrix (u k)) (u k) (u k) (fun _ _ => eq_refl) (mv_unit d (u k))), (Len k Hk) in C; lra. }
    rewrite Ev; set (y := dot d (u k) (mv d A (u k))) in *.
    assert (Y : Rabs (y - 1) <= rho) by (rewrite <- (Rabs_pos_eq rho Hr); apply Rsqr_le_abs_0; unfold Rsqr; lra).
    apply Rabs_le_between in Y; destruct (Cut k) as [_ [[C1 C2]|[[C1 C2]|C1]]]; rewrite ?C1 in *; nra.
Qed.

Theorem regularised_runs : forall d L Phi eta kappa K T,
  symmetric d Phi -> (forall t, (t < T)%nat -> ball_around d (K t)) -> exists W, regularised_run d L Phi eta kappa K T W.
Proof.
  intros d L Phi eta kappa K T Sy HK; induction T as [|T IH].
  { exists (fun _ _ => unit_matrix); split; [reflexivity|intros; lia]. }
  destruct (IH ltac:(auto)) as [W HW].
  assert (A := regularised_acts d L Phi eta kappa K T W Sy (fun t Ht => balls_about_identity d (K t) (HK t ltac:(lia))) HW T (Nat.le_refl T)).
  set (B := penalised d L Phi (eta T) (kappa T) (W T)).
  assert (SB : forall l, (l < L)%nat -> symmetric d (B l)).
  { intros l Hl; apply (acts_symmetric d L Phi B Sy) with (m := l); try exact Hl.
    intros v a Hv Ha; destruct (A v a Hv Ha) as [w Hw]; eexists; apply penalised_acts; eassumption. }
  assert (N : forall l, (l < L)%nat -> exists P, nearest_in d (K T) (B l) P).
  { intros l Hl; destruct (HK T ltac:(lia)) as [All|[rho [Hr [H|H]]]].
    - exists (B l); apply angle_nearest; [apply All|]; intros M _.
      assert (E : msub (B l) (B l) = mscal 0 (B l)) by (pointwise i; pointwise j; unfold msub, mscal; ring); rewrite E, inner_scal_l; lra.
    - exact (frobenius_nearest d (K T) rho (B l) Hr H).
    - exact (operator_nearest d (K T) rho (B l) Hr (SB l Hl) H). }
  assert (F : forall m, (m <= L)%nat -> exists V, forall l, (l < m)%nat -> nearest_in d (K T) (B l) (V l)).
  { induction m as [|m IHm]; intros Hm; [exists (fun _ => unit_matrix); intros; lia|].
    destruct (IHm ltac:(lia)) as [V HV]; destruct (N m ltac:(lia)) as [P HP].
    exists (fun l => if Nat.ltb l m then V l else P); intros l Hl; destruct (Nat.ltb_spec l m) as [L1|L1]; [apply HV; exact L1|].
    replace l with m by lia; exact HP. }
  destruct (F L (Nat.le_refl L)) as [V HV]; destruct HW as [W0 HW].
  exists (fun t => if Nat.leb t T then W t else V); split; [exact W0|].
  intros t l Ht Hl; destruct (Nat.leb_spec t T) as [L1|L1]; [|lia]; destruct (Nat.leb_spec (S t) T) as [L2|L2].
  - apply HW; [lia|exact Hl].
  - replace t with T by lia; apply HV; exact Hl.
Qed.
