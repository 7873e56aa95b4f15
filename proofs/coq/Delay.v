(** Lemma R2 of escape-counts.md: what a step of the squared differences c does to the Abel function, and
    the delay D that makes up for it. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix PieceSums Plateau.
Open Scope R_scope.

(** kappa(x, y), with the c of the step for x and another c' for y. *)
Definition kappa (J : nat) (c c' : nat -> R) (x y : R) : R :=
  total J (fun j => c j / ((c j + x ^ 2) * (c' j + y ^ 2))).

(** The change of 1/u(y) by a step of length h from x is eta h/2 times this. *)
Definition delay_kernel (J : nat) (u chi : (nat -> R) -> R -> R) (c c' : nat -> R) (x y : R) : R :=
  u c x * chi c' y * kappa J c c' x y / u c' y.

(** u Psi: the delay by the drift at v, per length. *)
Definition delay_rate (J : nat) (u chi : (nat -> R) -> R -> R) (c0 : nat -> R) (exit v : R) : R :=
  1 / 2 * RInt (fun y => delay_kernel J u chi c0 c0 v y) v exit.

Definition between (c c' : nat -> R) (l : R) : nat -> R := fun j => c j + l * (c' j - c j).

(** chi is the sensitivity: the logarithm of u moves by sum dc_j chi/(2 (c_j + y^2)). *)
Definition sensitive (J : nat) (eps : R) (c0 : nat -> R) (lo hi : R) (u chi : (nat -> R) -> R -> R) : Prop :=
  (forall c c' y l, in_box J eps c0 c -> in_box J eps c0 c' -> lo <= y <= hi -> 0 <= l <= 1 ->
    is_derive (fun s => ln (u (between c c' s) y)) l
      (total J (fun j => (c' j - c j) * chi (between c c' l) y / (2 * (between c c' l j + y ^ 2))))) /\
  (forall y, lo <= y <= hi -> continuous (chi c0) y).

Lemma between_range : forall a b x y l, a <= x <= b -> a <= y <= b -> 0 <= l <= 1 -> a <= x + l * (y - x) <= b.
Proof. intros; split; nra. Qed.

Lemma in_box_between : forall J eps c0 c c' l, in_box J eps c0 c -> in_box J eps c0 c' -> 0 <= l <= 1 ->
  in_box J eps c0 (between c c' l).
Proof. intros J eps c0 c c' l H H' Hl j Hj; apply between_range; auto. Qed.

Lemma between_ends : forall c c', between c c' 0 = c /\ between c c' 1 = c'.
Proof.
  intros c c'; split; apply FunctionalExtensionality.functional_extensionality; intros j; unfold between; ring.
Qed.

(** One step of c, along the segment. *)
Lemma step_slope : forall J eps eta c0 c c' u chi x y lo hi,
  sensitive J eps c0 lo hi u chi -> in_box J eps c0 c -> in_box J eps c0 c' -> lo <= y <= hi ->
  (forall d, in_box J eps c0 d -> 0 < u d y /\ forall j, (j < J)%nat -> 0 < d j + y ^ 2) ->
  (forall j, (j < J)%nat -> 0 < c j + x ^ 2) ->
  (forall j, (j < J)%nat -> c' j = c j * (1 - (eta * u c x) ^ 2 / (c j + x ^ 2))) ->
  forall l, 0 <= l <= 1 ->
  total J (fun j => (c' j - c j) * chi (between c c' l) y / (2 * (between c c' l j + y ^ 2)))
    = - (1 / 2 * (eta * u c x) ^ 2 * (chi (between c c' l) y * kappa J c (between c c' l) x y)).
Proof.
  intros J eps eta c0 c c' u chi x y lo hi HS Hc Hc' Hy Pos Px Hstep; set (h := eta * u c x) in *.
  intros l Hl; transitivity (total J (fun j => - (1 / 2 * h ^ 2) * chi (between c c' l) y
    * (c j / ((c j + x ^ 2) * (between c c' l j + y ^ 2))))).
  - apply total_ext; intros j Hj; rewrite (Hstep j Hj).
    destruct (Pos _ (in_box_between J eps c0 c c' l Hc Hc' Hl)) as [_ P]; specialize (P j Hj); specialize (Px j Hj).
    field; split; lra.
  - rewrite total_scal; unfold kappa; ring.
Qed.

Lemma step_derivative : forall J eps eta c0 c c' u chi x y lo hi,
  sensitive J eps c0 lo hi u chi -> in_box J eps c0 c -> in_box J eps c0 c' -> lo <= y <= hi ->
  (forall d, in_box J eps c0 d -> 0 < u d y /\ forall j, (j < J)%nat -> 0 < d j + y ^ 2) ->
  (forall j, (j < J)%nat -> 0 < c j + x ^ 2) ->
  (forall j, (j < J)%nat -> c' j = c j * (1 - (eta * u c x) ^ 2 / (c j + x ^ 2))) ->
  forall l, 0 <= l <= 1 ->
  is_derive (fun s => ln (u (between c c' s) y)) l
    (- (1 / 2 * (eta * u c x) ^ 2 * (chi (between c c' l) y * kappa J c (between c c' l) x y))).
Proof.
  intros J eps eta c0 c c' u chi x y lo hi HS Hc Hc' Hy Pos Px Hstep; set (h := eta * u c x) in *.
  intros l Hl; unfold h; rewrite <- (step_slope J eps eta c0 c c' u chi x y lo hi HS Hc Hc' Hy Pos Px Hstep l Hl); apply HS; assumption.
Qed.

Lemma log_moves : forall J eps eta c0 c c' u chi x y lo hi,
  sensitive J eps c0 lo hi u chi -> in_box J eps c0 c -> in_box J eps c0 c' -> lo <= y <= hi ->
  (forall d, in_box J eps c0 d -> 0 < u d y /\ forall j, (j < J)%nat -> 0 < d j + y ^ 2) ->
  (forall j, (j < J)%nat -> 0 < c j + x ^ 2) ->
  (forall j, (j < J)%nat -> c' j = c j * (1 - (eta * u c x) ^ 2 / (c j + x ^ 2))) ->
  exists d, (forall b b', (forall j, (j < J)%nat -> b j <= c j <= b' j /\ b j <= c' j <= b' j) ->
    forall j, (j < J)%nat -> b j <= d j <= b' j) /\
  ln (u c' y) - ln (u c y) = - (1 / 2 * (eta * u c x) ^ 2 * (chi d y * kappa J c d x y)).
Proof.
  intros J eps eta c0 c c' u chi x y lo hi HS Hc Hc' Hy Pos Px Hstep; set (h := eta * u c x) in *.
  destruct (MVT_gen (fun s => ln (u (between c c' s) y)) 0 1
    (fun l => - (1 / 2 * h ^ 2 * (chi (between c c' l) y * kappa J c (between c c' l) x y)))) as [l [Hl E]].
  - rewrite Rmin_left, Rmax_right by lra; intros l Hl; apply (step_derivative J eps eta c0 c c' u chi x y lo hi HS Hc Hc' Hy Pos Px Hstep); lra.
  - rewrite Rmin_left, Rmax_right by lra; intros l Hl; apply continuity_pt_filterlim.
    apply (ex_derive_continuous (fun s => ln (u (between c c' s) y))); eexists; apply (step_derivative J eps eta c0 c c' u chi x y lo hi HS Hc Hc' Hy Pos Px Hstep); exact Hl.
  - rewrite Rmin_left, Rmax_right in Hl by lra.
    exists (between c c' l); split.
    + intros b b' H j Hj; destruct (H j Hj); apply between_range; auto.
    + destruct (between_ends c c') as [E0 E1]; rewrite E0, E1 in E; rewrite E; ring.
Qed.

Lemma inverse_moves : forall J eps eta c0 c c' u chi x y lo hi,
  sensitive J eps c0 lo hi u chi -> in_box J eps c0 c -> in_box J eps c0 c' -> lo <= y <= hi ->
  (forall d, in_box J eps c0 d -> 0 < u d y /\ forall j, (j < J)%nat -> 0 < d j + y ^ 2) ->
  (forall j, (j < J)%nat -> 0 < c j + x ^ 2) ->
  (forall j, (j < J)%nat -> c' j = c j * (1 - (eta * u c x) ^ 2 / (c j + x ^ 2))) ->
  exists d, (forall b b', (forall j, (j < J)%nat -> b j <= c j <= b' j /\ b j <= c' j <= b' j) ->
    forall j, (j < J)%nat -> b j <= d j <= b' j) /\
  1 / u c' y - 1 / u c y = 1 / 2 * eta * (eta * u c x) * delay_kernel J u chi c d x y.
Proof.
  intros J eps eta c0 c c' u chi x y lo hi HS Hc Hc' Hy Pos Px Hstep; set (h := eta * u c x) in *.
  assert (E : forall l, 0 <= l <= 1 -> exp (- ln (u (between c c' l) y)) = 1 / u (between c c' l) y).
  { intros l Hl; destruct (Pos _ (in_box_between J eps c0 c c' l Hc Hc' Hl)) as [P _].
    rewrite exp_Ropp, exp_ln by exact P; field; lra. }
  set (g := fun l => 1 / 2 * h ^ 2 * (chi (between c c' l) y * kappa J c (between c c' l) x y)).
  assert (D : forall l, 0 <= l <= 1 -> is_derive (fun s => exp (- ln (u (between c c' s) y))) l
    (g l * exp (- ln (u (between c c' l) y)))).
  { intros l Hl; assert (K := step_derivative J eps eta c0 c c' u chi x y lo hi HS Hc Hc' Hy Pos Px Hstep l Hl); fold h in K.
    evar_last.
    - apply (is_derive_comp exp (fun s => - ln (u (between c c' s) y))); [apply is_derive_exp|].
      apply (is_derive_opp (V := R_NormedModule) (fun s => ln (u (between c c' s) y))); exact K.
    - unfold opp, scal; simpl; unfold mult; simpl; unfold g; ring. }
  destruct (MVT_gen (fun s => exp (- ln (u (between c c' s) y))) 0 1
    (fun l => g l * exp (- ln (u (between c c' l) y)))) as [l [Hl F]].
  - rewrite Rmin_left, Rmax_right by lra; intros l Hl; apply D; lra.
  - rewrite Rmin_left, Rmax_right by lra; intros l Hl; apply continuity_pt_filterlim.
    apply (ex_derive_continuous (fun s => exp (- ln (u (between c c' s) y)))); eexists; apply D; exact Hl.
  - rewrite Rmin_left, Rmax_right in Hl by lra.
    exists (between c c' l); split.
    + intros b b' H j Hj; destruct (H j Hj); apply between_range; auto.
    + cbv beta in F; rewrite !E in F by lra; destruct (between_ends c c') as [E0 E1]; rewrite E0, E1 in F.
      rewrite F; unfold g, delay_kernel; fold h; unfold h.
      destruct (Pos _ (in_box_between J eps c0 c c' l Hc Hc' Hl)) as [P _]; field; lra.
Qed.

(** ** Integrals over pieces *)

Lemma RInt_over_pieces : forall N (b e : nat -> R) (f : R -> R) p q,
  (forall t, (t < N)%nat -> b t <= b (S t)) -> (forall t, (t < N)%nat -> 0 <= e t) ->
  b 0%nat <= p -> p <= q <= b N -> ex_RInt f p q ->
  (forall t y, (t < N)%nat -> b t <= y <= b (S t) -> p <= y <= q -> Rabs (f y) <= e t) ->
  Rabs (RInt f p q) <= total N (fun t => e t * (b (S t) - b t)).
Proof.
  induction N as [|N IH]; intros b e f p q Hb He Hp Hq Ex H.
  - replace q with p by lra; rewrite (RInt_point (V := R_CompleteNormedModule)); simpl.
    change (Rabs 0 <= 0); rewrite Rabs_R0; lra.
  - assert (BN : b N <= b (S N)) by (apply Hb; lia); assert (EN : 0 <= e N) by (apply He; lia).
    simpl total.
    assert (Tail : forall z, b N <= z -> p <= z <= q -> ex_RInt f z q ->
      Rabs (RInt f z q) <= e N * (b (S N) - b N)).
    { intros z Hz Hz' Ez; eapply Rle_trans; [apply (abs_RInt_le_const f z q (e N)); [lra|exact Ez|]|].
      - intros t Ht; apply H; [lia|lra|lra].
      - rewrite Rmult_comm; apply Rmult_le_compat_l; lra. }
    destruct (Rle_or_lt (b N) p) as [C|C].
    + assert (0 <= total N (fun t => e t * (b (S t) - b t))).
      { apply total_nonneg; intros t Ht; apply Rmult_le_pos; [apply He; lia|specialize (Hb t ltac:(lia)); lra]. }
      specialize (Tail p C ltac:(lra) Ex); lra.
    + destruct (Rle_or_lt q (b N)) as [D|D].
      * assert (G : Rabs (RInt f p q) <= total N (fun t => e t * (b (S t) - b t))).
        { apply IH; auto; try lra; intros; apply H; auto. }
        assert (0 <= e N * (b (S N) - b N)) by (apply Rmult_le_pos; lra); lra.
      * assert (E1 : ex_RInt f p (b N)) by (apply (ex_RInt_Chasles_1 (V := R_CompleteNormedModule)) with q; [lra|exact Ex]).
        assert (E2 : ex_RInt f (b N) q) by (apply (ex_RInt_Chasles_2 (V := R_CompleteNormedModule)) with p; [lra|exact Ex]).
        rewrite <- (RInt_Chasles (V := R_CompleteNormedModule) f p (b N) q E1 E2).
        eapply Rle_trans; [apply Rabs_triang|]; apply Rplus_le_compat.
        -- apply IH; auto; try lra; intros; apply H; auto; lra.
        -- apply Tail; try lra; exact E2.
Qed.
