(** Bartlett, Helmbold and Long for matrices of every size: descent from the identity towards a
    symmetric target.  All layers act on an eigenvector of Phi as one number, the scalar recursion of
    Bartlett.v; with an orthonormal basis of eigenvectors this is all there is to know. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Coquelicot Require Import Rcomplements.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Geometry Bartlett.
Import ListNotations.
Open Scope R_scope.

(** c_0 + c_1 A + c_2 A^2 + ..., and the same in one number *)
Fixpoint matrix_polynomial (d : nat) (c : list R) (A : nat -> nat -> R) : nat -> nat -> R :=
  match c with
  | [] => fun _ _ => 0
  | a :: rest => madd (mscal a unit_matrix) (mul d A (matrix_polynomial d rest A))
  end.

Fixpoint horner (c : list R) (x : R) : R :=
  match c with
  | [] => 0
  | a :: rest => a + x * horner rest x
  end.

(** ** Common eigenvectors *)

Lemma eigen_unit : forall d v, eigen d unit_matrix v 1.
Proof. intros d v i Hi; rewrite mv_unit by exact Hi; ring. Qed.

Lemma eigen_mul : forall d A B v a b, eigen d A v a -> eigen d B v b -> eigen d (mul d A B) v (a * b).
Proof.
  intros d A B v a b HA HB i Hi; rewrite mv_mul, (mv_ext d A _ _ HB), mv_scal, (HA i Hi); ring.
Qed.

Lemma eigen_add : forall d A B v a b, eigen d A v a -> eigen d B v b -> eigen d (madd A B) v (a + b).
Proof.
  intros d A B v a b HA HB i Hi; transitivity (mv d A v i + mv d B v i); [apply dot_plus_l|].
  rewrite (HA i Hi), (HB i Hi); ring.
Qed.

Lemma eigen_sub : forall d A B v a b, eigen d A v a -> eigen d B v b -> eigen d (msub A B) v (a - b).
Proof. intros d A B v a b HA HB i Hi; rewrite mv_sub, (HA i Hi), (HB i Hi); ring. Qed.

Lemma eigen_mscal : forall d c A v a, eigen d A v a -> eigen d (mscal c A) v (c * a).
Proof. intros d c A v a HA i Hi; rewrite mv_mscal, (HA i Hi); ring. Qed.

Lemma eigen_symmetric : forall d A v a, symmetric d A -> eigen d A v a -> eigen d (tr A) v a.
Proof. intros d A v a S H i Hi; rewrite <- (mv_same d A _ v i S Hi); apply H; exact Hi. Qed.

(** Layers that all act as w, from both sides. *)
Definition acts (d L : nat) (W : nat -> nat -> nat -> R) (v : nat -> R) (w : R) : Prop :=
  forall l, (l < L)%nat -> eigen d (W l) v w /\ eigen d (tr (W l)) v w.

Lemma eigen_chain : forall d L W v w, acts d L W v w -> forall l, (l <= L)%nat ->
  eigen d (chain d W l) v (w ^ l) /\ eigen d (tr (chain d W l)) v (w ^ l).
Proof.
  intros d L W v w H; induction l as [|l IH]; intros Hl; simpl chain; simpl pow.
  - rewrite tr_unit; split; apply eigen_unit.
  - destruct (IH ltac:(lia)) as [I J]; destruct (H l ltac:(lia)) as [P Q]; split.
    + apply eigen_mul; assumption.
    + rewrite tr_mul, Rmult_comm; apply eigen_mul; assumption.
Qed.

Lemma eigen_back : forall d L W v w E e, acts d L W v w -> eigen d E v e -> eigen d (tr E) v e ->
  forall k l, (l + k <= L)%nat ->
  eigen d (back d W l k E) v (w ^ k * e) /\ eigen d (tr (back d W l k E)) v (w ^ k * e).
Proof.
  intros d L W v w E e H HE HT; induction k as [|k IH]; intros l Hl; simpl back; simpl pow.
  - rewrite Rmult_1_l; auto.
  - destruct (IH (S l) ltac:(lia)) as [I J]; destruct (H l ltac:(lia)) as [P Q]; rewrite Rmult_assoc; split.
    + apply eigen_mul; assumption.
    + rewrite tr_mul, tr_tr, Rmult_comm; apply eigen_mul; assumption.
Qed.

Lemma eigen_residual : forall d L Phi W v w lambda, acts d L W v w ->
  eigen d Phi v lambda -> eigen d (tr Phi) v lambda ->
  eigen d (residual d L Phi W) v (w ^ L - lambda) /\ eigen d (tr (residual d L Phi W)) v (w ^ L - lambda).
Proof.
  intros d L Phi W v w lambda H P Q; destruct (eigen_chain d L W v w H L (Nat.le_refl L)) as [I J].
  split; [apply eigen_sub; assumption|exact (eigen_sub d (tr (chain d W L)) (tr Phi) v _ _ J Q)].
Qed.

Lemma step_acts : forall d L Phi eta W v w lambda, acts d L W v w ->
  eigen d Phi v lambda -> eigen d (tr Phi) v lambda ->
  acts d L (layers_step d L Phi eta W) v (w + eta * w ^ (L - 1) * (lambda - w ^ L)).
Proof.
  intros d L Phi eta W v w lambda H P Q l Hl.
  destruct (eigen_residual d L Phi W v w lambda H P Q) as [E E'].
  destruct (eigen_back d L W v w _ _ H E E' (L - S l) (S l) ltac:(lia)) as [B B'].
  destruct (eigen_chain d L W v w H l ltac:(lia)) as [C C']; destruct (H l Hl) as [A A'].
  replace (w + eta * w ^ (L - 1) * (lambda - w ^ L))
    with (w - eta * (w ^ (L - S l) * (w ^ L - lambda) * w ^ l)).
  2:{ replace (L - 1)%nat with (L - S l + l)%nat by lia; rewrite pow_add; ring. }
  split.
  - apply eigen_sub, eigen_mscal, eigen_mul; assumption.
  - apply (eigen_sub d (tr (W l)) (mscal eta (tr (gradient d L Phi W l)))); [exact A'|].
    apply eigen_mscal; unfold gradient; rewrite tr_mul, tr_tr, Rmult_comm; apply eigen_mul; assumption.
Qed.

Lemma descent_acts : forall d L Phi eta v lambda t, symmetric d Phi -> eigen d Phi v lambda ->
  acts d L (layers_descent d L Phi eta (fun _ => unit_matrix) t) v (layer eta L lambda t).
Proof.
  intros d L Phi eta v lambda t S E; induction t as [|t IH].
  - intros l _; simpl layers_descent; rewrite tr_unit; split; apply eigen_unit.
  - apply (step_acts d L Phi eta _ v _ lambda IH E); apply eigen_symmetric; assumption.
Qed.

(** Every layer acts on an eigenvector of Phi as the scalar recursion does on its eigenvalue. *)
Theorem bartlett_reduction : forall d L Phi eta v lambda t l,
  symmetric d Phi -> eigen d Phi v lambda -> (l < L)%nat ->
  eigen d (layers_descent d L Phi eta (fun _ => unit_matrix) t l) v (layer eta L lambda t).
Proof. intros d L Phi eta v lambda t l S E Hl; apply (descent_acts d L Phi eta v lambda t S E l Hl). Qed.

(** ** All layers are one polynomial in Phi *)

Definition polynomial (f : R -> R) : Prop := exists c, forall x, f x = horner c x.

Lemma polynomial_const : forall a, polynomial (fun _ => a).
Proof. intros a; exists [a]; intros; simpl; ring. Qed.

Lemma polynomial_id : polynomial (fun x => x).
Proof. exists [0; 1]; intros; simpl; ring. Qed.

Lemma polynomial_add : forall f g, polynomial f -> polynomial g -> polynomial (fun x => f x + g x).
Proof.
  intros f g [p Hp] [q Hq].
  assert (K : forall p q, exists c, forall x, horner p x + horner q x = horner c x).
  { induction p0 as [|a p0 IH]; intros q0; [exists q0; intros; simpl; ring|].
    destruct q0 as [|b q0]; [exists (a :: p0); intros; simpl; ring|].
    destruct (IH q0) as [c Hc]; exists ((a + b) :: c); intros x; simpl; rewrite <- Hc; ring. }
  destruct (K p q) as [c Hc]; exists c; intros x; rewrite Hp, Hq; apply Hc.
Qed.

Lemma polynomial_scal : forall a f, polynomial f -> polynomial (fun x => a * f x).
Proof.
  intros a f [p Hp]; exists (map (Rmult a) p); intros x; rewrite Hp; clear Hp.
  induction p as [|b p IH]; simpl; [ring|rewrite <- IH; ring].
Qed.

Lemma polynomial_mul : forall f g, polynomial f -> polynomial g -> polynomial (fun x => f x * g x).
Proof.
  intros f g [p Hp] Hg.
  assert (K : forall p, polynomial (fun x => horner p x * g x)).
  { induction p0 as [|a p0 IH].
    - destruct (polynomial_const 0) as [c Hc]; exists c; intros x; rewrite <- Hc; simpl; ring.
    - destruct IH as [c Hc].
      destruct (polynomial_add (fun x => a * g x) (fun x => horner (0 :: c) x)) as [e He].
      + apply polynomial_scal; exact Hg.
      + exists (0 :: c); reflexivity.
      + exists e; intros x; rewrite <- He; simpl; rewrite <- Hc; ring. }
  destruct (K p) as [c Hc]; exists c; intros x; rewrite Hp; apply Hc.
Qed.

Lemma polynomial_pow : forall f n, polynomial f -> polynomial (fun x => f x ^ n).
Proof.
  intros f n H; induction n as [|n IH]; [apply (polynomial_const 1)|apply polynomial_mul; assumption].
Qed.

Lemma polynomial_layer : forall eta L t, polynomial (fun x => layer eta L x t).
Proof.
  intros eta L t; induction t as [|t IH]; simpl layer; [apply polynomial_const|].
  apply polynomial_add; [exact IH|]; apply polynomial_mul.
  - apply polynomial_scal, polynomial_pow, IH.
  - destruct (polynomial_add (fun x => x) (fun x => -1 * layer eta L x t ^ L)) as [c Hc].
    + apply polynomial_id.
    + apply polynomial_scal, polynomial_pow, IH.
    + exists c; intros x; rewrite <- Hc; ring.
Qed.

Lemma eigen_polynomial : forall d c A v a, eigen d A v a -> eigen d (matrix_polynomial d c A) v (horner c a).
Proof.
  induction c as [|b c IH]; intros A v a H; simpl.
  - intros i _; rewrite Rmult_0_l; apply total_zero; intros; ring.
  - apply eigen_add; [|apply eigen_mul; [exact H|apply IH; exact H]].
    rewrite <- (Rmult_1_r b) at 2; apply eigen_mscal, eigen_unit.
Qed.

(** The coefficients depend on eta, L and t only. *)
Theorem bartlett_layers_polynomial : forall eta L t, exists c, forall d Phi l,
  symmetric d Phi -> (l < L)%nat ->
  same d (layers_descent d L Phi eta (fun _ => unit_matrix) t l) (matrix_polynomial d c Phi).
Proof.
  intros eta L t; destruct (polynomial_layer eta L t) as [c Hc]; exists c; intros d Phi l S Hl.
  destruct (eigenbasis d Phi S) as [u [a [O H]]].
  apply (basis_equal d u _ _ O); intros k i Hk Hi.
  rewrite (bartlett_reduction d L Phi eta (u k) (a k) t l S (H k Hk) Hl i Hi), Hc.
  symmetry; apply (eigen_polynomial d c Phi (u k) (a k) (H k Hk) i Hi).
Qed.

(** ** The error is the sum over the eigenvalues *)

Lemma error_sum : forall d L Phi eta t u a, symmetric d Phi -> orthonormal d d u ->
  (forall k, (k < d)%nat -> eigen d Phi (u k) (a k)) ->
  let E := residual d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t) in
  inner d E E = total d (fun k => (layer eta L (a k) t ^ L - a k) ^ 2).
Proof.
  intros d L Phi eta t u a S O H E; rewrite (basis_square d u E O); apply total_ext; intros k Hk.
  assert (X : eigen d E (u k) (layer eta L (a k) t ^ L - a k)).
  { apply eigen_residual; [apply descent_acts; auto|apply H; exact Hk|].
    apply eigen_symmetric; [exact S|apply H; exact Hk]. }
  rewrite (dot_ext d _ _ _ _ X X), dot_scal_l, dot_scal_r, (O k k Hk Hk).
  unfold unit_matrix; rewrite Nat.eqb_refl; ring.
Qed.

Lemma start_residual : forall d L Phi, same d (residual d L Phi (fun _ => unit_matrix)) (msub unit_matrix Phi).
Proof.
  intros d L Phi; apply same_sub; [|apply same_refl].
  induction L as [|l IH]; [apply same_refl|simpl chain; eapply same_trans; [apply mul_unit_l|exact IH]].
Qed.

(** ** Positive definite targets *)

Lemma positive_root : forall L x, (1 <= L)%nat -> 0 < x -> exists p, 0 < p /\ p ^ L = x.
Proof.
  intros L x HL Hx; exists (Rpower x (/ INR L)); split; [apply exp_pos|].
  assert (0 < INR L) by (apply lt_0_INR; lia).
  rewrite <- Rpower_pow by apply exp_pos; rewrite Rpower_mult, Rinv_l, Rpower_1; lra.
Qed.

Lemma pow_below : forall L x y, 0 <= y -> (1 <= L)%nat -> x ^ L <= y ^ L -> x <= y.
Proof.
  intros L x y Hy HL H; apply Rnot_lt_le; intros N.
  assert (y ^ L < x ^ L); [|lra]; clear H.
  destruct L as [|L]; [lia|]; clear HL; induction L as [|L IH]; [simpl; lra|].
  change (y * y ^ S L < x * x ^ S L); apply Rmult_le_0_lt_compat; try lra; apply pow_le; exact Hy.
Qed.

(** m^L <= Phi <= P^L as quadratic forms, m <= 1 <= P. *)
Theorem bartlett_positive_rate : forall d L Phi eta m P t,
  (1 <= L)%nat -> symmetric d Phi -> 0 < m <= 1 -> 1 <= P ->
  (forall x, m ^ L * dot d x x <= dot d x (mv d Phi x) <= P ^ L * dot d x x) ->
  0 < eta -> eta * INR L * P ^ (2 * L - 2) <= 1 ->
  frobenius d (residual d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t))
    <= (1 - eta * INR L * m ^ (2 * L - 2)) ^ t * frobenius d (msub unit_matrix Phi).
Proof.
  intros d L Phi eta m P t HL S Hm HP Form He Hs.
  destruct (eigenbasis d Phi S) as [u [a [O H]]].
  assert (L0 : 0 <= INR L) by apply pos_INR.
  set (r := eta * INR L * m ^ (2 * L - 2)).
  assert (Hr : 0 <= 1 - r).
  { unfold r; assert (m ^ (2 * L - 2) <= P ^ (2 * L - 2)) by (apply pow_incr; lra).
    assert (eta * INR L * m ^ (2 * L - 2) <= eta * INR L * P ^ (2 * L - 2))
      by (apply Rmult_le_compat_l; [apply Rmult_le_pos|]; lra); lra. }
  assert (Q0 : 0 <= (1 - r) ^ t) by (apply pow_le; exact Hr).
  apply frobenius_below; [apply Rmult_le_pos; [exact Q0|apply frobenius_nonneg]|].
  rewrite Rpow_mult_distr, frobenius_square, <- (inner_same d _ _ (start_residual d L Phi)).
  assert (E := error_sum d L Phi eta 0 u a S O H); cbv zeta in E; simpl layers_descent in E; rewrite E.
  rewrite (error_sum d L Phi eta t u a S O H); cbv zeta.
  rewrite <- total_scal; apply total_le; intros k Hk.
  assert (B : m ^ L <= a k <= P ^ L).
  { specialize (Form (u k)).
    rewrite (dot_ext d (u k) (mv d Phi (u k)) (u k) (fun i => a k * u k i) (fun _ _ => eq_refl) (H k Hk)) in Form.
    rewrite dot_scal_r, (O k k Hk Hk) in Form; unfold unit_matrix in Form; rewrite Nat.eqb_refl in Form; lra. }
  assert (M0 : 0 < m ^ L) by (apply pow_lt; lra).
  destruct (positive_root L (a k) HL ltac:(lra)) as [p [Pp Ep]].
  assert (mp : m <= p) by (apply (pow_below L); [lra|exact HL|lra]).
  assert (pP : p <= P) by (apply (pow_below L); [lra|exact HL|lra]).
  assert (X := bartlett_rate eta L p P m t HL He Pp pP HP Hs ltac:(lra) mp ltac:(lra)).
  fold r in X; rewrite Ep in X; simpl (layer eta L (a k) 0); rewrite pow1.
  rewrite <- Rpow_mult_distr, <- (pow2_abs (_ - a k)), <- (pow2_abs ((1 - r) ^ t * (1 - a k))).
  apply pow_incr; split; [apply Rabs_pos|].
  rewrite Rabs_mult, (Rabs_pos_eq ((1 - r) ^ t) Q0); exact X.
Qed.

(** The step of the paper, eta <= 1/(L (1 + |Phi|^2)), and its number of steps, with the constant 1/2:
    s >= |Phi|^2, and mu <= 1 is at most the least eigenvalue. *)
Theorem bartlett_positive_steps : forall d L Phi eta mu s eps T,
  (1 <= L)%nat -> symmetric d Phi -> 0 < mu <= 1 -> 0 <= s -> bounded d Phi s ->
  (forall x, mu * dot d x x <= dot d x (mv d Phi x)) ->
  0 < eta -> eta * INR L * (1 + s) <= 1 -> 0 < eps ->
  ln (loss d L Phi (fun _ => unit_matrix) / eps) / (2 * eta * INR L * mu ^ 2) <= INR T ->
  loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) T) <= eps.
Proof.
  intros d L Phi eta mu s eps T HL S Hmu Hs HB Form He Step Heps HT.
  assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL).
  destruct (positive_root L mu HL ltac:(lra)) as [m [Pm Em]].
  assert (m1 : m <= 1) by (apply (pow_below L); [lra|exact HL|rewrite pow1; lra]).
  set (Q := sqrt (1 + s)).
  assert (Q1 : 1 <= Q) by (rewrite <- sqrt_1; apply sqrt_le_1_alt; lra).
  assert (QQ : Q * Q = 1 + s) by (apply sqrt_sqrt; lra).
  destruct (positive_root L Q HL ltac:(lra)) as [P [PP EP]].
  assert (P1 : 1 <= P) by (apply (pow_below L); [lra|exact HL|rewrite pow1; lra]).
  assert (Two : forall x, x ^ (2 * L) = x ^ L * x ^ L)
    by (intros; rewrite <- pow_add; f_equal; lia).
  set (r := eta * INR L * m ^ (2 * L - 2)).
  assert (e0 : 0 < eta * INR L) by (apply Rmult_lt_0_compat; lra).
  assert (Lower : eta * INR L * mu ^ 2 <= r).
  { unfold r; apply Rmult_le_compat_l; [lra|].
    replace (mu ^ 2) with (m ^ (2 * L)) by (rewrite Two, Em; ring).
    replace (2 * L)%nat with (2 * L - 2 + 2)%nat at 1 by lia; rewrite pow_add.
    assert (m ^ 2 <= 1) by (rewrite <- (pow1 2); apply pow_incr; lra).
    assert (0 < m ^ (2 * L - 2)) by (apply pow_lt; exact Pm).
    rewrite <- (Rmult_1_r (m ^ (2 * L - 2))) at 2; apply Rmult_le_compat_l; lra. }
  assert (Size : eta * INR L * P ^ (2 * L - 2) <= 1).
  { eapply Rle_trans; [|exact Step]; apply Rmult_le_compat_l; [lra|].
    rewrite <- QQ, <- EP, <- Two; apply Rle_pow; [exact P1|lia]. }
  assert (Up : forall x, dot d x (mv d Phi x) <= Q * dot d x x).
  { intros x; assert (N := dot_nonneg d x); apply below_by_square; [apply Rmult_le_pos; lra|].
    assert (C := cauchy d x (mv d Phi x)); specialize (HB x).
    apply (Rmult_le_compat_l (dot d x x)) in HB; [|exact N].
    replace ((Q * dot d x x) ^ 2) with ((Q * Q) * dot d x x ^ 2) by ring; rewrite QQ.
    assert (0 <= dot d x x ^ 2) by apply pow2_ge_0; lra. }
  assert (X := bartlett_positive_rate d L Phi eta m P T HL S ltac:(lra) P1).
  rewrite Em, EP in X; fold r in X.
  specialize (X ltac:(intros x; split; [apply Form|apply Up]) He Size).
  assert (Start : frobenius d (msub unit_matrix Phi) = frobenius d (residual d L Phi (fun _ => unit_matrix)))
    by (unfold frobenius; f_equal; symmetry; apply inner_same, start_residual).
  rewrite Start in X.
  set (l0 := loss d L Phi (fun _ => unit_matrix)) in *.
  assert (Fall : loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) T)
    <= (1 - r) ^ (2 * T) * l0).
  { unfold l0; rewrite !loss_frobenius, Nat.mul_comm, pow_mult.
    assert (N := frobenius_nonneg d (residual d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) T))).
    assert (Y := pow_incr _ _ 2 (conj N X)); rewrite Rpow_mult_distr in Y; lra. }
  eapply Rle_trans; [exact Fall|].
  destruct (Rle_lt_or_eq_dec 0 l0 (loss_nonneg d L Phi _)) as [l0p|<-]; [|lra].
  assert (r1 : 0 <= 1 - r).
  { unfold r; assert (m ^ (2 * L - 2) <= P ^ (2 * L - 2)) by (apply pow_incr; lra).
    assert (eta * INR L * m ^ (2 * L - 2) <= eta * INR L * P ^ (2 * L - 2))
      by (apply Rmult_le_compat_l; lra); lra. }
  assert (Ex : (1 - r) ^ (2 * T) <= exp (- r * INR (2 * T))).
  { assert (B : (1 - r) ^ (2 * T) <= exp (- r) ^ (2 * T)).
    { apply pow_incr; split; [exact r1|].
      destruct (Req_dec r 0) as [->|N]; [rewrite Ropp_0, exp_0; lra|].
      left; apply exp_ineq1; lra. }
    rewrite <- (Rpower_pow (2 * T) (exp (- r)) (exp_pos _)) in B; unfold Rpower in B; rewrite ln_exp in B.
    rewrite Rmult_comm in B; exact B. }
  assert (mu2 : 0 < mu ^ 2) by (apply pow_lt; lra).
  assert (K0 : 0 < 2 * eta * INR L * mu ^ 2).
  { replace (2 * eta * INR L * mu ^ 2) with (2 * (eta * INR L) * mu ^ 2) by ring.
    apply Rmult_lt_0_compat; lra. }
  apply (Rmult_le_compat_r (2 * eta * INR L * mu ^ 2)) in HT; [|lra].
  replace (ln (l0 / eps) / (2 * eta * INR L * mu ^ 2) * (2 * eta * INR L * mu ^ 2))
    with (ln (l0 / eps)) in HT by (field; repeat split; lra).
  assert (T0 : 0 <= INR T) by apply pos_INR.
  assert (Bd : ln (l0 / eps) <= r * INR (2 * T)).
  { rewrite mult_INR; change (INR 2) with 2.
    assert (eta * INR L * mu ^ 2 * INR T <= r * INR T) by (apply Rmult_le_compat_r; lra); lra. }
  apply Rle_trans with (exp (- ln (l0 / eps)) * l0).
  - apply Rmult_le_compat_r; [lra|]; eapply Rle_trans; [exact Ex|].
    destruct (Rle_lt_or_eq_dec _ _ Bd) as [B|B]; [left; apply exp_increasing; lra|].
    right; f_equal; lra.
  - rewrite exp_Ropp, exp_ln by (apply Rdiv_lt_0_compat; lra); right; field; lra.
Qed.

(** ** A negative eigenvalue *)

Lemma eigen_loss : forall d L Phi W v e mu, (exists i, (i < d)%nat /\ v i <> 0) ->
  eigen d (residual d L Phi W) v e -> 0 <= mu <= e -> mu ^ 2 / 2 <= loss d L Phi W.
Proof.
  intros d L Phi W v e mu N E H; unfold loss; set (R := residual d L Phi W) in *.
  assert (P := dot_positive d v N); assert (B := bounded_frobenius d R v).
  rewrite (dot_ext d _ _ _ _ E E), dot_scal_l, dot_scal_r in B.
  assert (e * e <= inner d R R) by (apply (Rmult_le_reg_r (dot d v v)); lra).
  assert (mu ^ 2 <= e ^ 2) by (apply pow_incr; exact H); lra.
Qed.

(** Even depth: no step size helps. *)
Theorem bartlett_negative_even : forall d L Phi eta v mu t,
  Nat.Even L -> symmetric d Phi -> (exists i, (i < d)%nat /\ v i <> 0) -> eigen d Phi v (- mu) ->
  0 < mu ->
  mu ^ 2 / 2 <= loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t).
Proof.
  intros d L Phi eta v mu t [h ->] S N E Hmu.
  destruct (eigen_residual d (2 * h) Phi _ v _ (- mu) (descent_acts d (2 * h) Phi eta v (- mu) t S E) E
    (eigen_symmetric d Phi v (- mu) S E)) as [X _].
  apply (eigen_loss d (2 * h) Phi _ v _ mu N X).
  assert (0 <= layer eta (2 * h) (- mu) t ^ (2 * h)) by (rewrite pow_mult; apply pow_le, pow2_ge_0); lra.
Qed.

(** Any depth from two on, steps below 1/(1 + mu). *)
Theorem bartlett_negative_small_steps : forall d L Phi eta v mu t,
  (2 <= L)%nat -> symmetric d Phi -> (exists i, (i < d)%nat /\ v i <> 0) -> eigen d Phi v (- mu) ->
  0 < mu -> 0 < eta -> eta * (1 + mu) < 1 ->
  mu ^ 2 / 2 <= loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t).
Proof.
  intros d L Phi eta v mu t HL S N E Hmu He Hs.
  destruct (eigen_residual d L Phi _ v _ (- mu) (descent_acts d L Phi eta v (- mu) t S E) E
    (eigen_symmetric d Phi v (- mu) S E)) as [X _].
  apply (eigen_loss d L Phi _ v _ mu N X).
  destruct (bartlett_failure_odd eta L mu t HL He Hmu Hs) as [[P _] _].
  assert (0 < layer eta L (- mu) t ^ L) by (apply pow_lt; exact P); lra.
Qed.
