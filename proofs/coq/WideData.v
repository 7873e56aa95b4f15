(** Wide networks on any data: Claim B.1 of Du and Hu. The data X may have any rank and the targets Y need not be
    fitted: with Phi X the fitted part of Y and V a rotation of the samples, descent on X, Y is descent on X V, Phi X V, and
    its loss is higher by the loss of Phi. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin Wide AnyLaw WidePapers.
Open Scope R_scope.

(** The samples rotated by V. *)
Definition rotated (d : nat) (V : nat -> nat -> R) (F : nat -> nat -> nat -> R) (l : nat) : nat -> nat -> R :=
  match l with
  | O => mul d (F 0%nat) V
  | S _ => F l
  end.

(** Phi X is the fitted part of Y: (Y - Phi X) X^T = 0. *)
Definition fitted (d : nat) (X Y Phi : nat -> nat -> R) : Prop :=
  forall i j, (i < d)%nat -> (j < d)%nat -> mul d (msub Y (mul d Phi X)) (tr X) i j = 0.

(** |Phi X - Y|^2/2 *)
Definition best_loss (d : nat) (X Y Phi : nat -> nat -> R) : R :=
  inner d (msub Y (mul d Phi X)) (msub Y (mul d Phi X)) / 2.

Definition kills (d : nat) (N C : nat -> nat -> R) : Prop :=
  forall i j, (i < d)%nat -> (j < d)%nat -> mul d N C i j = 0.

Lemma kills_right : forall d N C D, kills d N C -> kills d N (mul d C D).
Proof.
  intros d N C D H i j Hi Hj; rewrite <- mul_assoc; apply total_zero; intros k Hk; rewrite H by assumption; ring.
Qed.

Lemma kills_same : forall d N C D, kills d N C -> same d D C -> kills d N D.
Proof.
  intros d N C D H E i j Hi Hj; rewrite <- (H i j Hi Hj).
  apply (same_mul d N D N C (same_refl d N) E i j Hi Hj).
Qed.

Lemma kills_left : forall d W N C, kills d N C -> kills d (mul d W N) C.
Proof.
  intros d W N C H i j Hi Hj; rewrite mul_assoc; apply total_zero; intros k Hk; rewrite H by assumption; ring.
Qed.

Lemma kills_inner : forall d N C, kills d N (tr C) -> inner d N C = 0.
Proof. intros d N C H; apply total_zero; intros i Hi; exact (H i i Hi Hi). Qed.

Lemma back_kills : forall d W N C, kills d N C -> forall k l, kills d (back d W l k N) C.
Proof.
  intros d W N C H; induction k as [|k IH]; intros l; [exact H|]; simpl back; apply kills_left, IH.
Qed.

Lemma chain_killed : forall d F N, kills d N (tr (F 0%nat)) -> forall q, kills d N (tr (chain d F (S q))).
Proof.
  intros d F N H; induction q as [|q IH].
  - apply (kills_same d N (tr (F 0%nat))); [exact H|]; apply same_tr, mul_unit_r.
  - change (chain d F (S (S q))) with (mul d (F (S q)) (chain d F (S q))); rewrite tr_mul; apply kills_right, IH.
Qed.

Lemma back_mul : forall d W V E k l, back d W l k (mul d E V) = mul d (back d W l k E) V.
Proof. intros d W V E; induction k as [|k IH]; intros l; simpl; [reflexivity|]; rewrite IH, mul_assoc; reflexivity. Qed.

Lemma back_sub : forall d W E N k l, back d W l k (msub E N) = msub (back d W l k E) (back d W l k N).
Proof. intros d W E N; induction k as [|k IH]; intros l; simpl; [reflexivity|]; rewrite IH, mul_sub_r; reflexivity. Qed.

Lemma back_above : forall d V W E F, (forall l, same d (V (S l)) (W (S l))) -> same d E F ->
  forall k l, same d (back d V (S l) k E) (back d W (S l) k F).
Proof.
  intros d V W E F H HE; induction k as [|k IH]; intros l; simpl; [exact HE|].
  apply same_mul; [apply same_tr, H|apply IH].
Qed.

(** G is F on rotated data. *)
Definition mirrors (d : nat) (V : nat -> nat -> R) (F G : nat -> nat -> nat -> R) : Prop :=
  same d (G 0%nat) (mul d (F 0%nat) V) /\ forall l, same d (G (S l)) (F (S l)).

Lemma chain_mirrored : forall d V F G, mirrors d V F G -> forall q, same d (chain d G (S q)) (mul d (chain d F (S q)) V).
Proof.
  intros d V F G [H0 H]; induction q as [|q IH].
  - apply same_trans with (G 0%nat); [apply mul_unit_r|]; apply same_trans with (mul d (F 0%nat) V); [exact H0|].
    apply same_mul; [apply same_sym, mul_unit_r|apply same_refl].
  - change (chain d G (S (S q))) with (mul d (G (S q)) (chain d G (S q))).
    change (chain d F (S (S q))) with (mul d (F (S q)) (chain d F (S q))); rewrite mul_assoc.
    apply same_mul; [apply H|exact IH].
Qed.

(** The network less the fitted part. *)
Definition misfit (d L : nat) (X Phi : nat -> nat -> R) (F : nat -> nat -> nat -> R) : nat -> nat -> R :=
  msub (chain d F (S L)) (mul d Phi X).

Lemma residual_mirrored : forall d L X Phi V F G, mirrors d V F G ->
  same d (residual d (S L) (mul d (mul d Phi X) V) G) (mul d (misfit d L X Phi F) V).
Proof.
  intros d L X Phi V F G H; unfold residual, misfit; rewrite mul_sub_l.
  apply same_sub; [apply chain_mirrored; exact H|apply same_refl].
Qed.

Lemma residual_split : forall d L X Y Phi F,
  residual d (S L) Y F = msub (misfit d L X Phi F) (msub Y (mul d Phi X)).
Proof. intros; pointwise i; pointwise j; unfold residual, misfit, msub; ring. Qed.

Lemma turned : forall d V A B, orthogonal d V -> same d (mul d (mul d A V) (tr (mul d B V))) (mul d A (tr B)).
Proof.
  intros d V A B Rot; rewrite tr_mul, mul_assoc, <- (mul_assoc d V (tr V) (tr B)).
  apply same_mul; [apply same_refl|]; apply same_trans with (mul d unit_matrix (tr B)); [|apply mul_unit_l].
  apply same_mul; [apply orthogonal_rows; exact Rot|apply same_refl].
Qed.

Lemma gradient_mirrored : forall d L X Y Phi V F G l, orthogonal d V -> fitted d X Y Phi -> F 0%nat = X -> mirrors d V F G ->
  same d (gradient d (S L) (mul d (mul d Phi X) V) G (S l)) (gradient d (S L) Y F (S l)).
Proof.
  intros d L X Y Phi V F G l Rot Fit F0 H; unfold gradient; set (k := (S L - S (S l))%nat).
  apply same_trans with (mul d (mul d (back d F (S (S l)) k (misfit d L X Phi F)) V) (tr (mul d (chain d F (S l)) V))).
  - apply same_mul; [|apply same_tr, chain_mirrored; exact H].
    rewrite <- back_mul; apply back_above; [apply H|apply residual_mirrored; exact H].
  - eapply same_trans; [apply turned; exact Rot|]; rewrite (residual_split d L X Y Phi), back_sub, mul_sub_l.
    assert (K : kills d (msub Y (mul d Phi X)) (tr (chain d F (S l)))) by (apply chain_killed; rewrite F0; exact Fit).
    intros i j Hi Hj; assert (Z := back_kills d F _ _ K k (S (S l)) i j Hi Hj); unfold msub at 1; rewrite Z; ring.
Qed.

Lemma loss_mirrored : forall d L X Y Phi V F G, orthogonal d V -> fitted d X Y Phi -> F 0%nat = X -> mirrors d V F G ->
  loss d (S L) Y F = loss d (S L) (mul d (mul d Phi X) V) G + best_loss d X Y Phi.
Proof.
  intros d L X Y Phi V F G Rot Fit F0 H; unfold loss, best_loss; set (N := msub Y (mul d Phi X)); set (E := misfit d L X Phi F).
  rewrite (inner_same d _ _ (residual_mirrored d L X Phi V F G H)), inner_mul_r; fold E.
  assert (Norm : inner d E (mul d (mul d E V) (tr V)) = inner d E E).
  { apply inner_ext; [reflexivity|]; intros i j Hi Hj; rewrite mul_assoc.
    rewrite (same_mul d E _ E _ (same_refl d E) (orthogonal_rows d V Rot) i j Hi Hj); apply mul_unit_r; assumption. }
  rewrite Norm, (residual_split d L X Y Phi); fold N E.
  assert (Cross : inner d N E = 0).
  { apply kills_inner; intros i j Hi Hj; unfold E, misfit.
    change (tr (msub (chain d F (S L)) (mul d Phi X))) with (msub (tr (chain d F (S L))) (tr (mul d Phi X))).
    rewrite mul_sub_r; unfold msub at 1.
    rewrite (chain_killed d F N) by (rewrite ?F0; assumption).
    rewrite tr_mul, (kills_right d N (tr X) (tr Phi) Fit) by assumption; ring. }
  replace (msub E N) with (madd E (mscal (-1) N)) by (pointwise i; pointwise j; unfold madd, mscal, msub; ring).
  rewrite inner_add_l, !inner_add_r, !inner_scal_l, !inner_scal_r, (inner_comm d E N), Cross; field.
Qed.

Lemma descent_mirrored : forall d L X Y Phi V eta F, orthogonal d V -> fitted d X Y Phi -> F 0%nat = X -> forall t,
  wide_descent d L Y eta F t 0%nat = X /\
  mirrors d V (wide_descent d L Y eta F t) (wide_descent d L (mul d (mul d Phi X) V) eta (rotated d V F) t).
Proof.
  intros d L X Y Phi V eta F Rot Fit F0; induction t as [|t [I1 I2]].
  - split; [exact F0|]; split; [apply same_refl|intros l; apply same_refl].
  - split; [exact I1|]; split; [apply I2|]; intros l; simpl wide_descent; unfold wide_step, layers_step.
    apply same_sub; [apply I2|apply same_scal, gradient_mirrored; assumption].
Qed.

(** No matrix has a smaller loss than the fitted part. *)
Lemma best_loss_is_least : forall d X Y Phi W, fitted d X Y Phi ->
  best_loss d X Y Phi <= inner d (msub (mul d W X) Y) (msub (mul d W X) Y) / 2.
Proof.
  intros d X Y Phi W Fit; unfold best_loss; set (N := msub Y (mul d Phi X)); set (E := mul d (msub W Phi) X).
  assert (R : msub (mul d W X) Y = madd E (mscal (-1) N)).
  { unfold E; rewrite mul_sub_l; pointwise i; pointwise j; unfold N, madd, mscal, msub; ring. }
  assert (Cross : inner d N E = 0) by (apply kills_inner; unfold E; rewrite tr_mul; apply kills_right; exact Fit).
  rewrite R, inner_add_l, !inner_add_r, !inner_scal_l, !inner_scal_r, (inner_comm d E N), Cross.
  assert (0 <= inner d E E) by apply inner_nonneg; lra.
Qed.

(** Some iterate has an excess of the loss over the best one above the bound. *)
Definition slower_excess (d L : nat) (X Y Phi : nat -> nat -> R) (eta c : R) (F : nat -> nat -> nat -> R) : Prop :=
  exists t, (1 - c) ^ t * (loss d (S L) Y F - best_loss d X Y Phi)
    < loss d (S L) Y (wide_descent d L Y eta F t) - best_loss d X Y Phi.

Lemma slower_mirrored : forall d L X Y Phi V eta c F, orthogonal d V -> fitted d X Y Phi -> F 0%nat = X ->
  slower_excess d L X Y Phi eta c F -> slower d L (mul d (mul d Phi X) V) eta c (rotated d V F).
Proof.
  intros d L X Y Phi V eta c F Rot Fit F0 [t Ht]; exists t.
  assert (M0 : mirrors d V F (rotated d V F)) by (split; [apply same_refl|intros l; apply same_refl]).
  destruct (descent_mirrored d L X Y Phi V eta F Rot Fit F0 t) as [Ft Mt].
  rewrite (loss_mirrored d L X Y Phi V _ _ Rot Fit F0 M0), (loss_mirrored d L X Y Phi V _ _ Rot Fit Ft Mt) in Ht.
  lra.
Qed.

Theorem du_hu_any_data : forall k (P : weights k) start d p r L X Y Phi V eta s sigma tau M e0 delta radius nu mu,
  orthogonal d V -> fitted d X Y Phi -> (forall w, start w 0%nat = X) ->
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 1 <= M -> 0 < eta ->
  nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) -> radius = 25 / 2 * nu * e0 / (INR L * mu ^ 2) ->
  24 * sigma * ((1 + radius * M / s) ^ L - 1) <= tau -> eta * INR L * nu ^ 2 <= 1 / 3 ->
  at_most P (fun w => ~ good_start d p r L (mul d (mul d Phi X) V) (rotated d V (start w)) s (6 / 5) (4 / 5) sigma tau M e0) delta ->
  at_most P (fun w => slower_excess d L X Y Phi eta (eta * INR L * mu ^ 2 / 4) (start w)) delta.
Proof.
  intros k P start d p r L X Y Phi V eta s sigma tau M e0 delta radius nu mu Rot Fit HX HL Hs Hst HM He Enu Emu ER Hb Hh HP.
  refine (at_most_weaker k P _ _ delta _ (du_hu_given_start k P (fun w => rotated d V (start w)) d p r L
    (mul d (mul d Phi X) V) eta s sigma tau M e0 delta radius nu mu HL Hs Hst HM He Enu Emu ER Hb Hh HP)).
  intros w; apply slower_mirrored; auto.
Qed.

Theorem hu_xiao_pennington_any_data : forall k (P : weights k) start d p r L X Y Phi V eta s sigma tau e0 delta radius nu mu,
  orthogonal d V -> fitted d X Y Phi -> (forall w, start w 0%nat = X) ->
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 < eta ->
  nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) -> radius = 121 / 25 * nu * e0 / (INR L * mu ^ 2) ->
  10 * sigma * ((1 + radius / s) ^ L - 1) <= tau -> eta * INR L * nu ^ 2 <= 1 / 2 ->
  at_most P (fun w => ~ good_start d p r L (mul d (mul d Phi X) V) (rotated d V (start w)) s 1 1 sigma tau 1 e0) delta ->
  at_most P (fun w => slower_excess d L X Y Phi eta (eta * INR L * mu ^ 2 / 2) (start w)) delta.
Proof.
  intros k P start d p r L X Y Phi V eta s sigma tau e0 delta radius nu mu Rot Fit HX HL Hs Hst He Enu Emu ER Hb Hh HP.
  refine (at_most_weaker k P _ _ delta _ (hu_xiao_pennington_given_start k P (fun w => rotated d V (start w)) d p r L
    (mul d (mul d Phi X) V) eta s sigma tau e0 delta radius nu mu HL Hs Hst He Enu Emu ER Hb Hh HP)).
  intros w; apply slower_mirrored; auto.
Qed.
