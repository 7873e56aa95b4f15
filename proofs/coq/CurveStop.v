(** No earlier stop on the way along a curve (escape-counts.md, section 6, to the exit itself): the product of the weights
    moves in one direction, and so does the loss, however far the squared differences drift. *)
From Coq Require Import Reals Lra Lia Arith Psatz Ranalysis5.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount
  CountChecks CountFormula ReducedSpeed CountDescent EarlierStop CurveSpeed CurveStep CurveRun CurveLanding.
Open Scope R_scope.

(** ** Stop conditions *)

(** The numbers between two ends, each of which may be missing *)
Definition interval (lower upper : option R) (strict : bool) (v : R) : Prop :=
  match lower with Some l => if strict then l < v else l <= v | None => True end /\
  match upper with Some h => if strict then v < h else v <= h | None => True end.

(** Inside or outside an interval whose ends belong to it or not *)
Definition belongs (lower upper : option R) (closed inside : bool) (v : R) : Prop :=
  if inside then interval lower upper (negb closed) v else ~ interval lower upper closed v.

Definition under (lower : option R) (v : R) : Prop := match lower with Some l => v <= l | None => False end.

(** The condition is false at both ends, and both are on the same side. *)
Definition avoids (lower upper : option R) (closed inside : bool) (p q : R) : Prop :=
  ~ belongs lower upper closed inside p /\ ~ belongs lower upper closed inside q /\ (inside = true -> (under lower p <-> under lower q)).

Lemma avoids_between : forall lower upper closed inside p q v, avoids lower upper closed inside p q -> Rmin p q <= v <= Rmax p q ->
  ~ belongs lower upper closed inside v.
Proof.
  assert (Split : forall lower upper strict v, ~ interval lower upper strict v ->
    (exists l, lower = Some l /\ if strict then v <= l else v < l) \/ (exists h, upper = Some h /\ if strict then h <= v else h < v)).
  { intros [l|] [h|] strict v; unfold interval; intros N; destruct strict;
      try (destruct (Rlt_dec l v)); try (destruct (Rle_dec l v)); try (destruct (Rlt_dec v h)); try (destruct (Rle_dec v h));
      try (exfalso; apply N; split; trivial; assumption);
      try (left; exists l; split; [reflexivity|lra]); try (right; exists h; split; [reflexivity|lra]). }
  intros lower upper closed inside p q v [P [Q S]] Hv B; unfold belongs in *; destruct inside.
  - specialize (S eq_refl); destruct (Split _ _ _ _ P) as [[l [-> Pl]]|[h [-> Ph]]], (Split _ _ _ _ Q) as [[l' [E Ql]]|[h' [E Qh]]];
      try (injection E as ->); subst; unfold interval, under in *; destruct closed; cbn [negb] in *;
      repeat match goal with o : option R |- _ => destruct o end; revert Hv; unfold Rmin, Rmax; destruct (Rle_dec p q); intros Hv;
      try lra; try (destruct (Rle_dec p r)); try (destruct (Rle_dec q r)); lra || tauto.
  - assert (Stable : forall w, ~ ~ interval lower upper closed w -> interval lower upper closed w).
    { intros w H; destruct lower as [l|], upper as [h|], closed; unfold interval in *;
        repeat split; trivial; apply Rnot_le_lt || apply Rnot_lt_le; intros Z; apply H; intros [K1 K2]; lra. }
    apply B; apply Stable in P; apply Stable in Q; unfold interval in *; destruct lower as [l|], upper as [h|], closed;
      revert Hv; unfold Rmin, Rmax; destruct (Rle_dec p q); intros Hv; repeat split; lra.
Qed.

(** ** Ways on which something holds *)

(** G holds at all values between two. *)
Definition holds_between (G : R -> Prop) (p q : R) : Prop := forall z, Rmin p q <= z <= Rmax p q -> G z.

Lemma between_joined : forall G p q r, holds_between G p q -> holds_between G q r -> holds_between G p r.
Proof.
  intros G p q r A B z Hz; assert (K : Rmin p q <= z <= Rmax p q \/ Rmin q r <= z <= Rmax q r); [|destruct K; auto].
  revert Hz; unfold Rmin, Rmax; destruct (Rle_dec p q), (Rle_dec p r), (Rle_dec q r), (Rle_dec z q); lra.
Qed.

Lemma between_back : forall G p q, holds_between G p q -> holds_between G q p.
Proof. intros G p q A z Hz; apply A; rewrite Rmin_comm, Rmax_comm; exact Hz. Qed.

(** A continuous function takes all values between two. *)
Lemma between_values : forall (G : R -> Prop) (f : R -> R) lo hi, lo <= hi -> (forall t, lo <= t <= hi -> continuous f t /\ G (f t)) ->
  holds_between G (f lo) (f hi).
Proof.
  intros G f lo hi Hlh H z Hz.
  destruct (Req_dec z (f lo)) as [->|N1]; [apply H; lra|]; destruct (Req_dec z (f hi)) as [->|N2]; [apply H; lra|].
  assert (L : lo < hi) by (destruct Hlh as [L|<-]; [exact L|unfold Rmin, Rmax in Hz; destruct (Rle_dec (f lo) (f lo)); lra]).
  destruct (Rle_dec (f lo) (f hi)) as [C|C].
  - rewrite Rmin_left, Rmax_right in Hz by exact C.
    destruct (IVT_interv (fun t => f t - z) lo hi) as [t [Ht E]]; [|exact L|lra|lra|replace z with (f t) by lra; apply H, Ht].
    intros t Ht; apply continuity_pt_filterlim, (continuous_minus (V := R_NormedModule) f (fun _ => z)); [apply H, Ht|apply continuous_const].
  - rewrite Rmin_right, Rmax_left in Hz by lra.
    destruct (IVT_interv (fun t => z - f t) lo hi) as [t [Ht E]]; [|exact L|lra|lra|replace z with (f t) by lra; apply H, Ht].
    intros t Ht; apply continuity_pt_filterlim, (continuous_minus (V := R_NormedModule) (fun _ => z) f); [apply continuous_const|apply H, Ht].
Qed.

(** ** In the tube *)

(** |p| with its sign put right *)
Definition height (J : nat) (c : nat -> R) (x : R) : R := x * root J c x.

(** At p = sigma z the loss has the derivative f', and decreases in z. *)
Definition downhill (sigma : R) (f f' : R -> R) (z : R) : Prop := is_derive f (sigma * z) (f' (sigma * z)) /\ 0 < - sigma * f' (sigma * z).

(** f' is the derivative of f wherever the orbit may be. *)
Definition loss_fits (J M : nat) (sigma : R) (f f' : R -> R) (tube : R) (a : nat -> R) (curve : nat -> nat -> R -> R) : Prop :=
  forall i c y, (i <= M)%nat -> a i <= y <= a (S i) -> beside J tube (fun j => curve i j y) c ->
    is_derive f (reduced_product J sigma c y) (f' (reduced_product J sigma c y)).

Lemma height_along : forall J (C : nat -> R -> R) (X : R -> R) t, (forall j, (j < J)%nat -> continuous (C j) t /\ 0 < C j t + X t ^ 2) ->
  continuous X t -> continuous (fun l => height J (fun j => C j l) (X l)) t.
Proof.
  intros J C X t H HX; apply (continuous_mult (K := R_AbsRing) X (fun l => root J (fun j => C j l) (X l))); [exact HX|].
  unfold root; induction J as [|J IH]; [apply continuous_const|]; cbn [product]; destruct (H J ltac:(lia)) as [HC P].
  apply (continuous_mult (K := R_AbsRing) (fun l => product J (fun j => sqrt (C j l + X l ^ 2))) (fun l => sqrt (C J l + X l ^ 2))); [apply IH; intros; apply H; lia|].
  apply (continuous_comp (fun l => C J l + X l ^ 2) sqrt).
  - apply (continuous_plus (V := R_NormedModule) (C J) (fun l => X l ^ 2)); [exact HC|].
    apply (continuous_comp X (fun y => y ^ 2) t HX), (ex_derive_continuous (fun y => y ^ 2)); auto_derive; trivial.
  - apply (ex_derive_continuous sqrt); auto_derive; exact P.
Qed.

Lemma downhill_there : forall J sigma f f' c y, (forall j, (j < J)%nat -> 0 < c j + y ^ 2) -> 0 < reduced_speed J sigma f' c y ->
  is_derive f (reduced_product J sigma c y) (f' (reduced_product J sigma c y)) -> downhill sigma f f' (height J c y).
Proof.
  intros J sigma f f' c y Near V D; split; [exact D|]; assert (P := root_pos J c y Near).
  unfold reduced_speed, reduced_product in V; fold (height J c y) in V; apply Rnot_le_lt; intros Z.
  assert (- sigma * f' (sigma * height J c y) * root J c y <= 0) by nra; lra.
Qed.

(** A way through the tube on which G holds of the heights: what the checks say of places, of the curve and of the borders *)
Definition tube_way (J M : nat) (tube : R) (a : nat -> R) (curve : nat -> nat -> R -> R) (G : R -> Prop) : Prop :=
  (forall i c y, (i <= M)%nat -> a i <= y <= a (S i) -> beside J tube (fun j => curve i j y) c ->
    G (height J c y) /\ forall j, (j < J)%nat -> 0 < c j + y ^ 2) /\
  (forall i y, (i <= M)%nat -> a i <= y <= a (S i) -> 0 <= tube /\ forall j, (j < J)%nat -> continuous (curve i j) y /\ 0 <= curve i j y) /\
  forall i, (i < M)%nat -> a (S i) <= a (S (S i)) /\ beside J tube (fun j => curve (S i) j (a (S i))) (fun j => curve i j (a (S i))).

Lemma in_tube : forall J M sigma f f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 i c y, 0 < eta ->
  curve_checks J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 ->
  loss_fits J M sigma f f' tube a curve ->
  (i <= M)%nat -> a i <= y <= a (S i) -> beside J tube (fun j => curve i j y) c ->
  downhill sigma f f' (height J c y) /\ forall j, (j < J)%nat -> 0 < c j + y ^ 2.
Proof.
  intros J M sigma f f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0
    i c y He Checks Loss Hi Hy Hc; destruct (proj1 Checks i Hi) as [L [_ [_ [_ [_ [_ [_ [_ [HS _]]]]]]]]]; destruct (HS c y Hy Hc) as [_ [U [_ Q]]].
  assert (Near : forall j, (j < J)%nat -> 0 < c j + y ^ 2).
  { intros j Hj; destruct (Q j Hj) as [Q1 _]; assert (0 < longest i ^ 2) by (apply pow_lt; lra); lra. }
  split; [|exact Near]; apply downhill_there; [exact Near| |exact (Loss i c y Hi Hy Hc)].
  apply Rnot_le_lt; intros Z; assert (eta * reduced_speed J sigma f' c y <= 0) by nra; lra.
Qed.

Lemma curve_there : forall J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 i y,
  curve_checks J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 ->
  (i <= M)%nat -> a i <= y <= a (S i) -> 0 <= tube /\ forall j, (j < J)%nat -> continuous (curve i j) y /\ 0 <= curve i j y.
Proof.
  intros J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0
    i y Checks Hi Hy; assert (SB := stray_bounded _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ Checks).
  destruct Checks as [HP [_ [_ HE]]]; destruct (HP i Hi) as [L [_ [_ [_ [_ [_ [_ [Ln [_ [HC _]]]]]]]]]]; destruct (HE i Hi) as [HN [_ HT]].
  assert (0 <= (a (S i) - a i) / low i) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
  destruct (SB i 0%nat 0 Hi) as [E0 E1]; [simpl; lra|lra|]; split; [lra|]; intros j Hj; destruct (HC y ltac:(lra)) as [Q _]; destruct (Q j Hj) as [Q1 [Q2 _]].
  split; [apply (ex_derive_continuous (curve i j)); eexists; exact Q1|exact Q2].
Qed.

(** Across a border: the end of a panel is in the tube of the next. *)
Lemma across_border : forall J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 i,
  curve_checks J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 ->
  (i < M)%nat -> a (S i) <= a (S (S i)) /\ beside J tube (fun j => curve (S i) j (a (S i))) (fun j => curve i j (a (S i))).
Proof.
  intros J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0
    i Checks Hi; assert (EN := entry_nonneg _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ Checks).
  assert (SB := stray_bounded _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ Checks).
  assert (There := fun k y => curve_there _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ k y Checks).
  assert (Pn : forall k, (k <= M)%nat -> 0 < longest k /\ 20 * longest k <= a (S k) - a k /\ 1 <= N k).
  { intros k Hk; destruct Checks as [HP [_ [_ HE]]]; destruct (HP k Hk) as [L [_ [_ [_ [_ [_ [_ [Ln _]]]]]]]]; destruct (HE k Hk) as [HN _].
    assert (0 <= (a (S k) - a k) / low k) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]); repeat split; lra. }
  destruct (Pn i ltac:(lia)) as [Pi1 [Pi2 Pi3]]; destruct (Pn (S i) Hi) as [Ps1 [Ps2 Ps3]].
  destruct (SB i 0%nat 0 ltac:(lia)) as [E0 E1]; [simpl; lra|lra|].
  split; [lra|]; assert (J1 : jump i <= tube).
  { destruct Checks as [_ [_ [_ HE]]]; destruct (HE (S i) Hi) as [_ [_ HT]].
    destruct (SB (S i) 0%nat 0 Hi) as [F0 F1]; [simpl; lra|lra|].
    replace (INR 0) with 0 in F1 by reflexivity; rewrite Rmult_0_l, Rplus_0_r, Rmult_0_l, exp_0, Rmult_1_r in F1; cbn [entry] in F1; lra. }
  destruct Checks as [_ [HB _]]; destruct (HB i Hi) as [J0 [_ D]]; destruct (D (a (S i)) ltac:(lra)) as [Dj _].
  intros j Hj; specialize (Dj j Hj); cbv beta.
  destruct (There i (a (S i)) ltac:(lia) ltac:(lra)) as [T C1]; destruct (There (S i) (a (S i)) Hi ltac:(lra)) as [_ C2].
  destruct (C1 j Hj) as [_ P1]; destruct (C2 j Hj) as [_ P2]; set (p := curve i j (a (S i))) in *; set (q := curve (S i) j (a (S i))) in *.
  assert (M1 := Rmin_l p q); assert (M2 := Rmin_r p q); assert (M0 : 0 <= Rmin p q) by (apply Rmin_glb; assumption).
  assert (X := exp_ineq1_le (jump i)); assert (EX : exp (jump i) <= exp tube) by (apply exp_le_compat, J1).
  assert (EI : exp (- tube) * exp tube = 1) by (rewrite <- exp_plus, Rplus_opp_l, exp_0; reflexivity); assert (Et := exp_pos tube); assert (Em := exp_pos (- tube)).
  apply Rabs_le_between in Dj; split.
  - assert (jump i * Rmin p q <= jump i * p) by (apply Rmult_le_compat_l; assumption).
    assert (p * (1 + jump i) <= p * exp tube) by (apply Rmult_le_compat_l; lra).
    apply (Rmult_le_reg_r (exp tube)); [exact Et|]; rewrite Rmult_assoc, EI; lra.
  - assert (jump i * Rmin p q <= jump i * q) by (apply Rmult_le_compat_l; assumption).
    assert (q * (1 + jump i) <= q * exp tube) by (apply Rmult_le_compat_l; lra); lra.
Qed.

Lemma way_of_checks : forall J M sigma f f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0,
  0 < eta -> curve_checks J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 ->
  loss_fits J M sigma f f' tube a curve -> tube_way J M tube a curve (downhill sigma f f').
Proof.
  intros; split; [|split]; intros; [eapply in_tube|eapply curve_there|eapply across_border]; eassumption.
Qed.

Lemma itself : forall J M tube a curve G i y, tube_way J M tube a curve G -> (i <= M)%nat -> a i <= y <= a (S i) ->
  beside J tube (fun j => curve i j y) (fun j => curve i j y).
Proof.
  intros J M tube a curve G i y [_ [There _]] Hi Hy; destruct (There i y Hi Hy) as [T C]; apply beside_itself; [exact T|]; intros j Hj; apply C, Hj.
Qed.

(** From the orbit to the curve *)
Lemma to_curve : forall J M tube a curve G i c y, tube_way J M tube a curve G -> (i <= M)%nat -> a i <= y <= a (S i) ->
  beside J tube (fun j => curve i j y) c -> holds_between G (height J (fun j => curve i j y) y) (height J c y).
Proof.
  intros J M tube a curve G i c y [In [There _]] Hi Hy Hc; destruct (There i y Hi Hy) as [T C]; set (b := fun j => curve i j y) in *.
  destruct (beside_along J tube b c T (fun j Hj => proj2 (C j Hj)) Hc) as [delta [D W]].
  replace (height J b y) with (height J (along b delta 0) y)
    by (unfold height; f_equal; apply root_ext; intros j _; unfold along; rewrite Rmult_0_l, exp_0, Rmult_1_r; reflexivity).
  replace (height J c y) with (height J (along b delta 1) y) by (unfold height; f_equal; apply root_ext; intros j Hj; symmetry; apply D, Hj).
  apply (between_values G (fun t => height J (along b delta t) y) 0 1); [lra|]; intros t Ht; destruct (In i _ y Hi Hy (W t Ht)) as [Gt Near].
  split; [|exact Gt]; apply (height_along J (fun j t => along b delta t j) (fun _ => y)); [|apply continuous_const].
  intros j Hj; split; [|apply Near, Hj]; apply (ex_derive_continuous (fun t => along b delta t j)); unfold along; auto_derive; trivial.
Qed.

(** Along one panel, to the right *)
Lemma along_panel : forall J M tube a curve G i y z, tube_way J M tube a curve G -> (i <= M)%nat -> a i <= y -> y <= z -> z <= a (S i) ->
  holds_between G (height J (fun j => curve i j y) y) (height J (fun j => curve i j z) z).
Proof.
  intros J M tube a curve G i y z Way Hi H1 H2 H3; apply (between_values G (fun t => height J (fun j => curve i j t) t) y z H2); intros t Ht.
  assert (It : a i <= t <= a (S i)) by lra; destruct (proj1 Way i _ t Hi It (itself J M tube a curve G i t Way Hi It)) as [Gt Near].
  split; [|exact Gt]; apply (height_along J (curve i) (fun l => l)); [|apply continuous_id]; intros j Hj; split; [|apply Near, Hj].
  apply (proj1 (proj2 Way) i t Hi It), Hj.
Qed.

(** From one panel to a later one *)
Lemma along_panels : forall J M tube a curve G k i y z, tube_way J M tube a curve G -> (i + k <= M)%nat -> a i <= y <= a (S i) ->
  a (i + k)%nat <= z <= a (S (i + k)) -> (k = 0%nat -> y <= z) ->
  holds_between G (height J (fun j => curve i j y) y) (height J (fun j => curve (i + k)%nat j z) z).
Proof.
  intros J M tube a curve G k; induction k as [|k IH]; intros i y z Way Hik Hy Hz Hyz.
  - rewrite Nat.add_0_r in *; apply (along_panel J M tube a curve G); [exact Way|lia|lra|apply Hyz; reflexivity|lra].
  - destruct (proj2 (proj2 Way) i ltac:(lia)) as [Len Border].
    apply (between_joined G _ (height J (fun j => curve i j (a (S i))) (a (S i)))); [apply (along_panel J M tube a curve G); [exact Way|lia|lra|lra|lra]|].
    apply (between_joined G _ (height J (fun j => curve (S i) j (a (S i))) (a (S i)))).
    + apply between_back, (to_curve J M tube a curve G); [exact Way|lia|lra|exact Border].
    + replace (i + S k)%nat with (S i + k)%nat in * by lia; apply IH; [exact Way|lia|lra|exact Hz|]; intros ->; rewrite Nat.add_0_r in Hz; lra.
Qed.

(** Between any two places of the tube *)
Lemma through_tube : forall J M tube a curve G i c y k b z, tube_way J M tube a curve G ->
  (i <= M)%nat -> a i <= y <= a (S i) -> beside J tube (fun j => curve i j y) c ->
  (k <= M)%nat -> a k <= z <= a (S k) -> beside J tube (fun j => curve k j z) b -> holds_between G (height J c y) (height J b z).
Proof.
  intros J M tube a curve G i c y k b z Way Hi Hy Hc Hk Hz Hb.
  apply (between_joined G _ (height J (fun j => curve i j y) y)); [apply between_back, (to_curve J M tube a curve G); assumption|].
  apply (between_joined G _ (height J (fun j => curve k j z) z)); [|apply (to_curve J M tube a curve G); assumption].
  destruct (Nat.lt_trichotomy i k) as [C|[<-|C]].
  - replace k with (i + (k - i))%nat in * by lia; apply (along_panels J M tube a curve G); try assumption; lia.
  - destruct (Rle_dec y z); [|apply between_back]; apply (along_panel J M tube a curve G); try assumption; try lia; lra.
  - apply between_back; replace i with (k + (i - k))%nat in * by lia; apply (along_panels J M tube a curve G); try assumption; lia.
Qed.

(** ** The descent *)

Lemma loss_falls : forall sigma f f' p q, p <= q -> holds_between (downhill sigma f f') p q -> f (sigma * q) <= f (sigma * p).
Proof.
  intros sigma f f' p q Hpq H; apply Ropp_le_cancel.
  apply (rises (fun z => - f (sigma * z)) (fun z => - sigma * f' (sigma * z))); [exact Hpq|].
  intros z Hz; destruct (H z) as [D P]; [rewrite Rmin_left, Rmax_right by exact Hpq; exact Hz|]; split; [|lra].
  auto_derive; [eexists; exact D|]; known D; ring.
Qed.

Lemma orientation_square : forall J m d w, d ^ 2 = 1 -> orientation J m d w * orientation J m d w = 1.
Proof.
  intros J m d w Hd; unfold orientation; replace (d * product J (fun j => side (w (skip m j))) * (d * product J (fun j => side (w (skip m j)))))
    with (d ^ 2 * (product J (fun j => side (w (skip m j))) * product J (fun j => side (w (skip m j))))) by ring.
  rewrite Hd, (sides_square J (fun j => w (skip m j))); ring.
Qed.

(** What lies between on the way down *)
Lemma way_down : forall sigma f f' p q r, sigma * sigma = 1 -> holds_between (downhill sigma f f') (sigma * p) (sigma * r) ->
  sigma * p <= sigma * q <= sigma * r -> f r <= f q <= f p /\
  forall value lower upper closed inside, value = f \/ value = (fun v : R => v) -> avoids lower upper closed inside (value p) (value r) ->
    ~ belongs lower upper closed inside (value q).
Proof.
  intros sigma f f' p q r S2 Way H.
  assert (Falls : forall s t, sigma * p <= sigma * s -> sigma * s <= sigma * t -> sigma * t <= sigma * r -> f t <= f s).
  { intros s t H1 H2 H3; replace s with (sigma * (sigma * s)) by (rewrite <- Rmult_assoc, S2; ring); replace t with (sigma * (sigma * t)) by (rewrite <- Rmult_assoc, S2; ring).
    apply (loss_falls sigma f f'); [exact H2|]; intros z Hz; apply Way; rewrite Rmin_left, Rmax_right in * by lra; lra. }
  assert (F : f r <= f q <= f p) by (split; apply Falls; lra); split; [exact F|].
  intros value lower upper closed inside Hv Av; apply (avoids_between _ _ _ _ _ _ _ Av); destruct Hv as [-> | ->]; [rewrite Rmin_right, Rmax_left by lra; exact F|].
  assert (S1 : sigma = 1 \/ sigma = -1) by nra; destruct S1 as [-> | ->]; [rewrite Rmin_left, Rmax_right by lra|rewrite Rmin_right, Rmax_left by lra]; lra.
Qed.

(** From the start to step n of Theorem C the product of the weights moves in one direction and the loss falls; so a condition on
    one of them that is false at both, on one side, is false at every step between. *)
Theorem curve_no_stop : forall (f f' f'' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (M n : nat) (tube : R) (a : nat -> R)
    (curve curve' : nat -> nat -> R -> R) (Phi Phi' : nat -> R -> R)
    (low longest near half shrink slope leaves miss tilt jump slip N E : nat -> R) (e0 gap defect sigma : R) (x : nat -> R) (c : nat -> nat -> R)
    (p : nat -> R),
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> sigma = orientation J m d w -> x = coordinate f' eta J m d w -> c = differences f' eta J m w ->
  curve_checks J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 ->
  a 0%nat <= x 0%nat <= a 0%nat + gap -> gap <= a 1%nat - a 0%nat -> beside J e0 (fun j => curve 0%nat j (x 0%nat)) (c 0%nat) ->
  (forall y, a (S M) - longest M <= y <= a (S M) + longest M -> 0 < Phi' M y) ->
  defect = curve_defect M miss longest half tilt slip N E (gap * tilt 0%nat) ->
  INR n + defect <= increase Phi a (S M) -> increase Phi a (S M) + defect < INR n + 3 ->
  loss_fits J M sigma f f' tube a curve -> p = (fun s => product (S J) (descent f' eta (S J) w s)) ->
  (forall s, (s <= n)%nat -> sigma * p 0%nat <= sigma * p s <= sigma * p n /\ f (p n) <= f (p s) <= f (p 0%nat)) /\
  forall (value : R -> R) lower upper closed inside, value = f \/ value = (fun v => v) ->
    avoids lower upper closed inside (value (p 0%nat)) (value (p n)) ->
    forall s, (s <= n)%nat -> ~ belongs lower upper closed inside (value (p s)).
Proof.
  intros f f' f'' eta J m d w M n tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 gap defect
    sigma x c p Hm Hd He Es Ex Ec Checks Hx0 Hgap Hc0 Mono Ed Hn1 Hn2 Loss Ep.
  assert (S2 : sigma * sigma = 1) by (rewrite Es; apply orientation_square, Hd).
  destruct (landing_in_tube f' f'' eta J m d w M n tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E
    e0 gap defect x c Hm Hd He Ex Ec ltac:(rewrite <- Es; exact Checks) Hx0 Hgap Hc0 Mono Ed Hn1 Hn2) as [Tube _].
  assert (Through := fun i b y k b' z => through_tube J M tube a curve (downhill sigma f f') i b y k b' z
    (way_of_checks J M sigma f f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt
      jump slip N E e0 He Checks Loss)).
  assert (C0 : forall j, (j < J)%nat -> 0 <= c 0%nat j).
  { intros j Hj; destruct (Hc0 j Hj) as [L _]; destruct (proj1 Checks 0%nat ltac:(lia)) as [Lo [_ [_ [_ [_ [_ [_ [Ln [_ [HC _]]]]]]]]]].
    destruct (HC (x 0%nat) ltac:(lra)) as [Q _]; destruct (Q j Hj) as [_ [Q2 _]]; eapply Rle_trans; [|exact L].
    apply Rmult_le_pos; [exact Q2|left; apply exp_pos]. }
  assert (Runs := product_runs f' eta J m d w n sigma x c Hm Hd He Es Ex Ec C0).
  assert (Run : forall s, (s <= n)%nat -> sigma * p 0%nat <= sigma * p s <= sigma * p n /\ sigma * p s = height J (c s) (x s)).
  { rewrite Ep; apply Runs; intros s Hs; destruct (Tube s ltac:(lia)) as [_ [i [Hi [Hx Hc]]]].
    destruct (proj1 Checks i Hi) as [L [_ [_ [_ [_ [_ [_ [_ [HS _]]]]]]]]]; destruct (HS (c s) (x s) Hx Hc) as [_ [[U1 U2] [_ Q]]].
    set (u := reduced_speed J sigma f' (c s) (x s)) in *; split; [apply Rnot_le_lt; intros Z; assert (eta * u <= 0) by nra; lra|].
    intros j Hj; destruct (Q j Hj) as [Q1 _]; assert (P2 : 0 < longest i ^ 2) by (apply pow_lt; lra); split; [lra|].
    eapply Rle_trans; [|exact Q1]; apply pow_incr; lra. }
  clear Runs; assert (Way : holds_between (downhill sigma f f') (sigma * p 0%nat) (sigma * p n)).
  { destruct (Tube 0%nat ltac:(lia)) as [_ [i [Hi [Hx Hc]]]]; destruct (Tube n ltac:(lia)) as [_ [k [Hk [Hz Hb]]]].
    rewrite (proj2 (Run 0%nat ltac:(lia))), (proj2 (Run n ltac:(lia))); apply (Through i (c 0%nat) (x 0%nat) k (c n) (x n)); assumption. }
  assert (Down := fun s Hs => way_down sigma f f' (p 0%nat) (p s) (p n) S2 Way (proj1 (Run s Hs))).
  split; [intros s Hs; split; [apply (Run s Hs)|apply (Down s Hs)]|].
  intros value lower upper closed inside Hv Av s Hs; apply (proj2 (Down s Hs)); assumption.
Qed.
