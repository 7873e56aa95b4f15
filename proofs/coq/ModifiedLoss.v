(** One step of gradient descent is the flow of a modified loss, up to eta^3: for F in k variables with bounded first, second
    and third derivatives along the flow, the remainder as a number; and the squared differences drift alike. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Remainder Layers Gradient.
Open Scope R_scope.

(** f is differentiable in its k variables with the partial derivatives d: along every differentiable curve the chain rule holds. *)
Definition has_gradient (k : nat) (f : (nat -> R) -> R) (d : (nat -> R) -> nat -> R) : Prop :=
  forall (w : nat -> R -> R) (v : nat -> R) t, (forall j, (j < k)%nat -> is_derive (w j) t (v j)) ->
    is_derive (fun s => f (fun j => w j s)) t (total k (fun j => d (fun j => w j t) j * v j)).

(** H g. *)
Definition curved (k : nat) (g : (nat -> R) -> nat -> R) (H : (nat -> R) -> nat -> nat -> R) (x : nat -> R) (i : nat) : R :=
  total k (fun j => H x i j * g x j).

(** F + eta/4 |grad F|^2, and g + eta/2 H g. *)
Definition modified_loss (k : nat) (eta : R) (F : (nat -> R) -> R) (g : (nat -> R) -> nat -> R) (x : nat -> R) : R :=
  F x + eta / 4 * total k (fun i => g x i ^ 2).

Definition modified_gradient (k : nat) (eta : R) (g : (nat -> R) -> nat -> R) (H : (nat -> R) -> nat -> nat -> R)
  (x : nat -> R) (i : nat) : R := g x i + eta / 2 * curved k g H x i.

(** g is the gradient of F, H that of g and T that of H; H is symmetric. *)
Definition three_derivatives (k : nat) (F : (nat -> R) -> R) (g : (nat -> R) -> nat -> R) (H : (nat -> R) -> nat -> nat -> R)
  (T : (nat -> R) -> nat -> nat -> nat -> R) : Prop :=
  has_gradient k F g /\ (forall i, (i < k)%nat -> has_gradient k (fun x => g x i) (fun x => H x i)) /\
  (forall i j, (i < k)%nat -> (j < k)%nat -> has_gradient k (fun x => H x i j) (fun x => T x i j)) /\
  (forall x i j, (i < k)%nat -> (j < k)%nat -> H x i j = H x j i).

(** No entry of g above A, no sum of a row of |H| above B, nor of |T| above C. *)
Definition derivatives_within (k : nat) (g : (nat -> R) -> nat -> R) (H : (nat -> R) -> nat -> nat -> R)
  (T : (nat -> R) -> nat -> nat -> nat -> R) (A B C : R) (x : nat -> R) : Prop :=
  forall i, (i < k)%nat -> Rabs (g x i) <= A /\ total k (fun j => Rabs (H x i j)) <= B /\
    total k (fun j => total k (fun l => Rabs (T x i j l))) <= C.

(** A differentiable curve along minus a gradient, on [0, eta]. *)
Definition flows (k : nat) (G : (nat -> R) -> nat -> R) (eta : R) (w : nat -> R -> R) : Prop :=
  forall j t, (j < k)%nat -> 0 <= t <= eta -> is_derive (w j) t (- G (fun j => w j t) j).

Definition descended (eta : R) (g : (nat -> R) -> nat -> R) (x : nat -> R) (i : nat) : R := x i - eta * g x i.

Definition flow_remainder (eta A B C : R) : R := eta ^ 3 * A * ((A * C + B ^ 2) * (1 + eta * B / 2) / 12 + B ^ 2 / 4).

(** ** The gradient of the modified loss *)

Lemma total_abs_weighted : forall k a b m, (forall j, (j < k)%nat -> Rabs (b j) <= m) ->
  Rabs (total k (fun j => a j * b j)) <= total k (fun j => Rabs (a j)) * m.
Proof.
  induction k as [|k IH]; intros a b m H; simpl; [rewrite Rabs_R0; lra|].
  eapply Rle_trans; [apply Rabs_triang|]; rewrite Rmult_plus_distr_r; apply Rplus_le_compat; [apply IH; auto|].
  rewrite Rabs_mult; apply Rmult_le_compat_l; [apply Rabs_pos|auto].
Qed.

Lemma modified_gradient_is : forall k eta F g H, has_gradient k F g ->
  (forall i, (i < k)%nat -> has_gradient k (fun x => g x i) (fun x => H x i)) ->
  (forall x i j, (i < k)%nat -> (j < k)%nat -> H x i j = H x j i) ->
  has_gradient k (modified_loss k eta F g) (modified_gradient k eta g H).
Proof.
  intros k eta F g H HF Hg Sym w v t D; unfold modified_loss.
  assert (X := HF w v t D); set (x := fun j => w j t) in *.
  assert (Sq : is_derive (fun s => total k (fun i => g (fun j => w j s) i ^ 2)) t
    (total k (fun i => 2 * g x i * total k (fun j => H x i j * v j)))).
  { apply (total_derive k (fun i s => g (fun j => w j s) i ^ 2)); intros i Hi; assert (Y := Hg i Hi w v t D); cbv beta in Y; fold x in Y.
    evar_last; [apply (is_derive_pow (fun s => g (fun j => w j s) i) 2 t _ Y)|fold x; simpl; ring]. }
  evar_last.
  - apply (is_derive_plus (V := R_NormedModule)); [exact X|].
    apply (is_derive_scal (fun s => total k (fun i => g (fun j => w j s) i ^ 2)) t (eta / 4)); exact Sq.
  - unfold plus; simpl; rewrite <- total_scal.
    transitivity (total k (fun j => g x j * v j) + total k (fun i => total k (fun j => eta / 2 * (g x i * H x i j * v j)))).
    + f_equal; apply total_ext; intros i Hi; rewrite total_scal.
      replace (total k (fun j => g x i * H x i j * v j)) with (g x i * total k (fun j => H x i j * v j)); [field|].
      rewrite <- total_scal; apply total_ext; intros; ring.
    + rewrite total_swap, <- total_plus; apply total_ext; intros j Hj; unfold modified_gradient, curved.
      rewrite Rmult_plus_distr_r; f_equal; rewrite <- total_scal, Rmult_comm, <- total_scal; apply total_ext; intros i Hi.
      rewrite (Sym x j i Hj Hi); ring.
Qed.

(** ** The remainder *)

(** chi(s) = w - (eta - s) g - (eta s - s^2)/2 H g goes from the step to the flow, with a derivative of order eta^2. *)
Lemma modified_remainder : forall eta K Q (w g h q : R -> R) (h' : R -> R), 0 <= eta ->
  (forall t, 0 <= t <= eta -> is_derive w t (- (g t + eta / 2 * h t))) ->
  (forall t, 0 <= t <= eta -> is_derive g t (- (h t + eta / 2 * q t))) ->
  (forall t, 0 <= t <= eta -> is_derive h t (h' t)) ->
  (forall t, 0 <= t <= eta -> Rabs (h' t) <= K) -> (forall t, 0 <= t <= eta -> Rabs (q t) <= Q) ->
  Rabs (w eta - (w 0 - eta * g 0)) <= eta ^ 3 * (K / 12 + Q / 4).
Proof.
  intros eta K Q w g h q h' He Dw Dg Dh BK BQ.
  assert (G := growth_bound (fun s => w s - (eta - s) * g s - (eta * s - s ^ 2) / 2 * h s)
    (fun s => Q * (eta / 2) * (eta * s - s ^ 2 / 2) + K / 2 * (eta * s ^ 2 / 2 - s ^ 3 / 3))
    (fun s => (eta - s) * (eta / 2) * q s - (s * (eta - s) / 2) * h' s)
    (fun s => Q * (eta / 2) * (eta - s) + K / 2 * (s * (eta - s))) 0 eta He); cbv beta in G.
  replace (w eta - (w 0 - eta * g 0)) with (w eta - (eta - eta) * g eta - (eta * eta - eta ^ 2) / 2 * h eta
    - (w 0 - (eta - 0) * g 0 - (eta * 0 - 0 ^ 2) / 2 * h 0)) by field.
  replace (eta ^ 3 * (K / 12 + Q / 4)) with (Q * (eta / 2) * (eta * eta - eta ^ 2 / 2) + K / 2 * (eta * eta ^ 2 / 2 - eta ^ 3 / 3)
    - (Q * (eta / 2) * (eta * 0 - 0 ^ 2 / 2) + K / 2 * (eta * 0 ^ 2 / 2 - 0 ^ 3 / 3))) by field.
  apply G.
  - intros s Hs; specialize (Dw s Hs); specialize (Dg s Hs); specialize (Dh s Hs).
    assert (E1 : is_derive (fun s => (eta - s) * g s) s (- 1 * g s + (eta - s) * - (h s + eta / 2 * q s))).
    { apply (is_derive_mult (fun s => eta - s) g s (-1) _); [auto_derive; [trivial|ring]|exact Dg|intros; apply Rmult_comm]. }
    assert (E2 : is_derive (fun s => (eta * s - s ^ 2) / 2 * h s) s ((eta - 2 * s) / 2 * h s + (eta * s - s ^ 2) / 2 * h' s)).
    { apply (is_derive_mult (fun s => (eta * s - s ^ 2) / 2) h s ((eta - 2 * s) / 2) _);
        [auto_derive; [trivial|field]|exact Dh|intros; apply Rmult_comm]. }
    evar_last; [apply (is_derive_minus (V := R_NormedModule) _ _ _ _ _ (is_derive_minus (V := R_NormedModule) _ _ _ _ _ Dw E1) E2)|].
    unfold minus, plus, opp; simpl; field.
  - intros s _; auto_derive; [trivial|field].
  - intros s Hs; specialize (BK s Hs); specialize (BQ s Hs).
    eapply Rle_trans; [apply Rabs_triang|]; rewrite Rabs_Ropp, !Rabs_mult.
    assert (s0 : 0 <= s * (eta - s)) by (apply Rmult_le_pos; lra); apply Rplus_le_compat.
    + rewrite (Rabs_pos_eq (eta - s)), (Rabs_pos_eq (eta / 2)) by lra.
      assert (P : 0 <= (eta - s) * (eta / 2)) by (apply Rmult_le_pos; lra).
      apply (Rmult_le_compat_l _ _ _ P) in BQ; lra.
    + rewrite (Rabs_pos_eq (s * (eta - s) / 2)) by lra; apply (Rmult_le_compat_l (s * (eta - s) / 2)) in BK; lra.
Qed.

Lemma flow_close : forall k F g H T eta A B C w, 0 <= eta -> three_derivatives k F g H T ->
  flows k (modified_gradient k eta g H) eta w ->
  (forall t, 0 <= t <= eta -> derivatives_within k g H T A B C (fun j => w j t)) ->
  forall i, (i < k)%nat -> Rabs (w i eta - descended eta g (fun j => w j 0) i) <= flow_remainder eta A B C.
Proof.
  intros k F g H T eta A B C w He [_ [Hg [HH _]]] Fl Bd i Hi.
  set (X := fun t j => w j t) in *; set (v := fun t j => - modified_gradient k eta g H (X t) j).
  assert (In : 0 <= 0 <= eta) by lra.
  assert (A0 : 0 <= A) by (destruct (Bd 0 In i Hi) as [P _]; eapply Rle_trans; [apply Rabs_pos|exact P]).
  assert (B0 : 0 <= B).
  { destruct (Bd 0 In i Hi) as [_ [P _]]; eapply Rle_trans; [|exact P]; apply total_nonneg; intros; apply Rabs_pos. }
  assert (C0 : 0 <= C).
  { destruct (Bd 0 In i Hi) as [_ [_ P]]; eapply Rle_trans; [|exact P].
    apply total_nonneg; intros; apply total_nonneg; intros; apply Rabs_pos. }
  assert (Cur : forall t j, 0 <= t <= eta -> (j < k)%nat -> Rabs (curved k g H (X t) j) <= B * A).
  { intros t j Ht Hj; destruct (Bd t Ht j Hj) as [_ [P _]]; eapply Rle_trans.
    - apply (total_abs_weighted k (H (X t) j) (g (X t)) A); intros l Hl; apply (Bd t Ht l Hl).
    - apply Rmult_le_compat_r; [exact A0|exact P]. }
  set (V := A * (1 + eta * B / 2)).
  assert (Speed : forall t j, 0 <= t <= eta -> (j < k)%nat -> Rabs (v t j) <= V).
  { intros t j Ht Hj; unfold v; rewrite Rabs_Ropp; unfold modified_gradient; eapply Rle_trans; [apply Rabs_triang|].
    destruct (Bd t Ht j Hj) as [P _]; change (Rabs (g (X t) j) <= A) in P; specialize (Cur t j Ht Hj); rewrite Rabs_mult, (Rabs_pos_eq (eta / 2)) by lra.
    apply (Rmult_le_compat_l (eta / 2)) in Cur; [unfold V; lra|lra]. }
  assert (V0 : 0 <= V) by (eapply Rle_trans; [apply Rabs_pos|apply (Speed 0 i In Hi)]).
  assert (DX : forall t, 0 <= t <= eta -> forall j, (j < k)%nat -> is_derive (w j) t (v t j)) by (intros t Ht j Hj; apply Fl; assumption).
  (* the derivative of H g along the flow *)
  set (h' := fun t => total k (fun j => total k (fun l => T (X t) i j l * v t l) * g (X t) j
    + H (X t) i j * total k (fun l => H (X t) j l * v t l))).
  assert (B' : Rabs (w i eta - (w i 0 - eta * g (X 0) i)) <= eta ^ 3 * ((A * C + B ^ 2) * V / 12 + B * (B * A) / 4)).
  { apply (modified_remainder eta _ _ (w i) (fun t => g (X t) i) (fun t => curved k g H (X t) i)
      (fun t => total k (fun j => H (X t) i j * curved k g H (X t) j)) h' He).
    - intros t Ht; exact (Fl i t Hi Ht).
    - intros t Ht; assert (Y := Hg i Hi w (v t) t (DX t Ht)); cbv beta in Y; evar_last; [exact Y|].
      unfold v, modified_gradient; fold (X t); unfold curved at 2; rewrite <- total_scal, <- total_plus.
      match goal with |- _ = - ?a => replace (- a) with (-1 * a) by ring end; rewrite <- total_scal.
      apply total_ext; intros j _; ring.
    - intros t Ht; unfold curved; apply (total_derive k (fun j t => H (X t) i j * g (X t) j)); intros j Hj.
      apply (is_derive_mult (fun t => H (X t) i j) (fun t => g (X t) j) t); [|apply (Hg j Hj w (v t) t (DX t Ht))|intros; apply Rmult_comm].
      exact (HH i j Hi Hj w (v t) t (DX t Ht)).
    - intros t Ht; unfold h'; rewrite total_plus; eapply Rle_trans; [apply Rabs_triang|].
      replace ((A * C + B ^ 2) * V) with (C * V * A + B * (B * V)) by ring.
      destruct (Bd t Ht i Hi) as [_ [PB PC]]; apply Rplus_le_compat.
      + eapply Rle_trans; [apply (total_abs_weighted k (fun j => total k (fun l => T (X t) i j l * v t l)) (g (X t)) A)|].
        * intros j Hj; apply (Bd t Ht j Hj).
        * apply Rmult_le_compat_r; [exact A0|].
          apply Rle_trans with (total k (fun j => V * total k (fun l => Rabs (T (X t) i j l)))).
          -- apply total_le; intros j Hj; rewrite Rmult_comm; apply total_abs_weighted; intros l Hl; apply Speed; assumption.
          -- rewrite total_scal, Rmult_comm; apply Rmult_le_compat_r; assumption.
      + eapply Rle_trans; [apply (total_abs_weighted k (H (X t) i) (fun j => total k (fun l => H (X t) j l * v t l)) (B * V))|].
        * intros j Hj; eapply Rle_trans; [apply total_abs_weighted; intros l Hl; apply Speed; assumption|].
          apply Rmult_le_compat_r; [exact V0|apply (Bd t Ht j Hj)].
        * apply Rmult_le_compat_r; [apply Rmult_le_pos; assumption|exact PB].
    - intros t Ht; destruct (Bd t Ht i Hi) as [_ [PB _]].
      eapply Rle_trans; [apply (total_abs_weighted k (H (X t) i) (curved k g H (X t)) (B * A))|].
      + intros j Hj; apply Cur; assumption.
      + apply Rmult_le_compat_r; [apply Rmult_le_pos; assumption|exact PB]. }
  unfold descended, flow_remainder; fold (X 0); eapply Rle_trans; [exact B'|right; unfold V; field].
Qed.

(** The modified loss has the modified gradient; its flow for the time eta is a step but for eta^3, and so are the squared
    differences of the variables. *)
Theorem flow_of_modified_loss : forall k F g H T eta A B C w, 0 <= eta -> three_derivatives k F g H T ->
  flows k (modified_gradient k eta g H) eta w ->
  (forall t, 0 <= t <= eta -> derivatives_within k g H T A B C (fun j => w j t)) ->
  has_gradient k (modified_loss k eta F g) (modified_gradient k eta g H) /\
  (forall i, (i < k)%nat -> Rabs (w i eta - descended eta g (fun j => w j 0) i) <= flow_remainder eta A B C) /\
  (forall i j, (i < k)%nat -> (j < k)%nat -> let v := descended eta g (fun j => w j 0) in
    Rabs ((w i eta ^ 2 - w j eta ^ 2) - (v i ^ 2 - v j ^ 2))
      <= flow_remainder eta A B C * (Rabs (w i eta + v i) + Rabs (w j eta + v j))).
Proof.
  intros k F g H T eta A B C w He HD Fl Bd; assert (Close := flow_close k F g H T eta A B C w He HD Fl Bd).
  destruct HD as [HF [Hg [_ Sym]]]; split; [apply modified_gradient_is; assumption|split; [exact Close|]].
  intros i j Hi Hj v.
  replace ((w i eta ^ 2 - w j eta ^ 2) - (v i ^ 2 - v j ^ 2)) with ((w i eta - v i) * (w i eta + v i) - (w j eta - v j) * (w j eta + v j)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]; rewrite Rabs_Ropp, !Rabs_mult, Rmult_plus_distr_l.
  apply Rplus_le_compat; apply Rmult_le_compat_r; try apply Rabs_pos; apply Close; assumption.
Qed.
