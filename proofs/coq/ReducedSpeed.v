(** The speed of the reduced coordinate of escape-counts.md, section 1, and its derivatives: with
    R = prod sqrt (c_j + x^2) and p = sigma x R, the speed is - sigma f'(p) R. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds.
Open Scope R_scope.

Definition root (J : nat) (c : nat -> R) (x : R) : R := product J (fun j => sqrt (c j + x ^ 2)).

(** p, when the coordinate is x *)
Definition reduced_product (J : nat) (sigma : R) (c : nat -> R) (x : R) : R := sigma * (x * root J c x).

Definition reduced_speed (J : nat) (sigma : R) (f' : R -> R) (c : nat -> R) (x : R) : R :=
  - sigma * f' (reduced_product J sigma c x) * root J c x.

(** The derivative of ln R, and the next one *)
Definition slopes (J : nat) (c : nat -> R) (x : R) : R := total J (fun j => x / (c j + x ^ 2)).
Definition bends (J : nat) (c : nat -> R) (x : R) : R := total J (fun j => (c j - x ^ 2) / (c j + x ^ 2) ^ 2).

(** The derivatives of psi, the logarithm of the speed *)
Definition reduced_first (J : nat) (sigma : R) (f' f'' : R -> R) (c : nat -> R) (x : R) : R :=
  let p := reduced_product J sigma c x in
  f'' p / f' p * (sigma * root J c x * (1 + x * slopes J c x)) + slopes J c x.

Definition reduced_second (J : nat) (sigma : R) (f' f'' f''' : R -> R) (c : nat -> R) (x : R) : R :=
  let p := reduced_product J sigma c x in
  let s := slopes J c x in
  (f''' p / f' p - (f'' p / f' p) ^ 2) * (sigma * root J c x * (1 + x * s)) ^ 2
  + f'' p / f' p * (sigma * root J c x * (s * (2 + x * s) + x * bends J c x)) + bends J c x.

(** chi = 1 + p f''/f', and p dchi/dp *)
Definition reduced_chi (J : nat) (sigma : R) (f' f'' : R -> R) (c : nat -> R) (x : R) : R :=
  let p := reduced_product J sigma c x in 1 + p * (f'' p / f' p).

Definition reduced_zeta (J : nat) (sigma : R) (f' f'' f''' : R -> R) (c : nat -> R) (x : R) : R :=
  let p := reduced_product J sigma c x in
  p * (f'' p / f' p + p * (f''' p / f' p - (f'' p / f' p) ^ 2)).

Definition smooth_at (f' f'' f''' : R -> R) (p : R) : Prop := is_derive f' p (f'' p) /\ is_derive f'' p (f''' p).

(** ** The derivatives *)

Lemma root_pos : forall J c x, (forall j, (j < J)%nat -> 0 < c j + x ^ 2) -> 0 < root J c x.
Proof. intros; apply product_pos; intros; apply sqrt_lt_R0; auto. Qed.

Lemma roots_derive : forall J (e : nat -> R -> R) e' t,
  (forall j, (j < J)%nat -> is_derive (e j) t (e' j) /\ 0 < e j t) ->
  is_derive (fun s => product J (fun j => sqrt (e j s))) t
    (product J (fun j => sqrt (e j t)) * total J (fun j => e' j / (2 * e j t))).
Proof.
  induction J as [|J IH]; intros e e' t H.
  - simpl; evar_last; [apply (is_derive_const (V := R_NormedModule) 1)|unfold zero; simpl; ring].
  - assert (P := IH e e' t ltac:(intros j Hj; apply H; lia)); destruct (H J ltac:(lia)) as [D Pos].
    set (f := fun s => product J (fun j => sqrt (e j s))) in *.
    assert (S0 : 0 < sqrt (e J t)) by (apply sqrt_lt_R0; exact Pos).
    apply (is_derive_ext (fun s => f s * sqrt (e J s))); [reflexivity|].
    evar_last; [apply (is_derive_mult f (fun s => sqrt (e J s)))|].
    + exact P.
    + apply (is_derive_sqrt (e J)); [exact D|exact Pos].
    + intros; apply Rmult_comm.
    + change (product (S J) (fun j => sqrt (e j t))) with (f t * sqrt (e J t)).
      change (total (S J) (fun j => e' j / (2 * e j t))) with (total J (fun j => e' j / (2 * e j t)) + e' J / (2 * e J t)).
      unfold plus, mult, scal; simpl; unfold mult; simpl.
      assert (E : e J t = sqrt (e J t) * sqrt (e J t)) by (rewrite sqrt_sqrt; lra).
      set (r := sqrt (e J t)) in *; clearbody r; rewrite E.
      change (product J (fun j => sqrt (e j t))) with (f t); field; lra.
Qed.

(** Put a known derivative into what [auto_derive] leaves. *)
Ltac known H := let E := fresh in assert (E := is_derive_unique _ _ _ H);
  match type of E with Derive ?f ?t = _ => change (Derive (fun x => f x) t) with (Derive f t); rewrite E; clear E end.

(** The logarithm of the speed along a curve of places and squared differences. *)
Lemma log_speed_derive : forall (f' f'' : R -> R) sigma (X rho : R -> R) t x' T,
  is_derive X t x' -> is_derive rho t (rho t * T) -> is_derive f' (sigma * (X t * rho t)) (f'' (sigma * (X t * rho t))) ->
  0 < - sigma * f' (sigma * (X t * rho t)) * rho t ->
  is_derive (fun s => ln (- sigma * f' (sigma * (X s * rho s)) * rho s)) t
    (f'' (sigma * (X t * rho t)) / f' (sigma * (X t * rho t)) * (sigma * (x' * rho t + X t * (rho t * T))) + T).
Proof.
  intros f' f'' sigma X rho t x' T DX DR DF Pos.
  assert (N : - sigma * f' (sigma * (X t * rho t)) * rho t <> 0) by lra.
  assert (sigma <> 0 /\ f' (sigma * (X t * rho t)) <> 0 /\ rho t <> 0) as [N1 [N2 N3]].
  { repeat split; intros E; rewrite E in Pos; lra. }
  auto_derive.
  - repeat split; try (eexists; eassumption); exact Pos.
  - known DX; known DR; known DF; field; auto.
Qed.

Lemma chi_derive : forall (f' f'' f''' : R -> R) (q : R -> R) t T,
  is_derive q t (q t * T) -> smooth_at f' f'' f''' (q t) -> f' (q t) <> 0 ->
  is_derive (fun s => 1 + q s * (f'' (q s) / f' (q s))) t
    (q t * (f'' (q t) / f' (q t) + q t * (f''' (q t) / f' (q t) - (f'' (q t) / f' (q t)) ^ 2)) * T).
Proof.
  intros f' f'' f''' q t T DQ [D1 D2] N; auto_derive.
  - repeat split; try (eexists; eassumption); exact N.
  - known DQ; known D1; known D2; field; exact N.
Qed.

(** A place where the speed is positive and everything is smooth *)
Definition good_place (J : nat) (sigma : R) (f' f'' f''' : R -> R) (c : nat -> R) (y : R) : Prop :=
  0 < reduced_speed J sigma f' c y /\ smooth_at f' f'' f''' (reduced_product J sigma c y) /\
  forall j, (j < J)%nat -> 0 < c j + y ^ 2.

Lemma speed_factors : forall J sigma (f' f'' f''' : R -> R) c y, good_place J sigma f' f'' f''' c y ->
  sigma <> 0 /\ f' (reduced_product J sigma c y) <> 0 /\ root J c y <> 0.
Proof.
  intros J sigma f' f'' f''' c y [Pos _]; unfold reduced_speed in Pos; repeat split; intros E; rewrite E in Pos; lra.
Qed.

Lemma root_derive : forall J sigma (f' f'' f''' : R -> R) c y, good_place J sigma f' f'' f''' c y ->
  is_derive (root J c) y (root J c y * slopes J c y).
Proof.
  intros J sigma f' f'' f''' c y [Pos [Smooth Near]].
  evar_last; [apply (roots_derive J (fun j s => c j + s ^ 2) (fun _ => 2 * y))|].
  - intros j Hj; split; [auto_derive; [trivial|ring]|apply Near; exact Hj].
  - unfold root, slopes; f_equal; apply total_ext; intros j Hj; specialize (Near j Hj); field; lra.
Qed.

Lemma slopes_derive : forall J sigma (f' f'' f''' : R -> R) c y, good_place J sigma f' f'' f''' c y ->
  is_derive (slopes J c) y (bends J c y).
Proof.
  intros J sigma f' f'' f''' c y [Pos [Smooth Near]].
  unfold slopes, bends; clear Smooth Pos; induction J as [|n IH]; simpl.
  - apply (is_derive_const (V := R_NormedModule) 0).
  - apply (is_derive_plus (V := R_NormedModule)); [apply IH; intros; apply Near; lia|].
    assert (N := Near n ltac:(lia)); auto_derive; [simpl in *; lra|simpl in *; field; lra].
Qed.

Lemma psi_derive : forall J sigma (f' f'' f''' : R -> R) c y, good_place J sigma f' f'' f''' c y ->
  is_derive (fun z => ln (reduced_speed J sigma f' c z)) y (reduced_first J sigma f' f'' c y).
Proof.
  intros J sigma f' f'' f''' c y [Pos [Smooth Near]].
  evar_last; [apply (log_speed_derive f' f'' sigma (fun z => z) (root J c) y 1 (slopes J c y))|].
  - apply (is_derive_id (K := R_AbsRing)).
  - apply (root_derive J sigma f' f'' f'''); repeat split; assumption || apply Smooth.
  - apply Smooth.
  - exact Pos.
  - unfold reduced_first; cbv zeta; unfold reduced_product; ring.
Qed.

Lemma psi'_derive : forall J sigma (f' f'' f''' : R -> R) c y, good_place J sigma f' f'' f''' c y ->
  is_derive (reduced_first J sigma f' f'' c) y (reduced_second J sigma f' f'' f''' c y).
Proof.
  intros J sigma f' f'' f''' c y G; assert (Pos := proj1 G); assert (Smooth := proj1 (proj2 G)).
  destruct (speed_factors J sigma f' f'' f''' c y G) as [N1 [N2 N3]]; destruct Smooth as [D1 D2].
  assert (DR := root_derive J sigma f' f'' f''' c y G); assert (DS := slopes_derive J sigma f' f'' f''' c y G).
  unfold reduced_first, reduced_second, reduced_product in *; cbv zeta.
  auto_derive.
  - repeat split; try (eexists; eassumption); exact N2.
  - known DR; known DS; known D1; known D2.
    field; exact N2.
Qed.

Lemma chi_continuous : forall J sigma (f' f'' f''' : R -> R) c y, good_place J sigma f' f'' f''' c y ->
  continuous (reduced_chi J sigma f' f'' c) y.
Proof.
  intros J sigma f' f'' f''' c y G; assert (Pos := proj1 G); assert (Smooth := proj1 (proj2 G)).
  destruct (speed_factors J sigma f' f'' f''' c y G) as [N1 [N2 N3]]; destruct Smooth as [D1 D2]; assert (DR := root_derive J sigma f' f'' f''' c y G).
  apply (ex_derive_continuous (reduced_chi J sigma f' f'' c)).
  unfold reduced_chi, reduced_product in *; cbv zeta; auto_derive.
  repeat split; try (eexists; eassumption); exact N2.
Qed.

(** ** The hypotheses on derivatives in Delay.v and DelayBounds.v are identities *)

Lemma between_root : forall J c c' y l, (forall j, (j < J)%nat -> 0 < between c c' l j + y ^ 2) ->
  is_derive (fun s => root J (between c c' s) y) l
    (root J (between c c' l) y * total J (fun j => (c' j - c j) / (2 * (between c c' l j + y ^ 2)))).
Proof.
  intros J c c' y l H.
  apply (roots_derive J (fun j s => between c c' s j + y ^ 2) (fun j => c' j - c j)); intros j Hj; split; [|auto].
  unfold between; auto_derive; [trivial|ring].
Qed.

Lemma speed_sensitive : forall J sigma f' f'' f''' eps c0 lo hi,
  (forall c y, in_box J eps c0 c -> lo <= y <= hi -> good_place J sigma f' f'' f''' c y) ->
  0 <= eps -> (forall j, (j < J)%nat -> 0 <= c0 j) ->
  sensitive J eps c0 lo hi (reduced_speed J sigma f') (reduced_chi J sigma f' f'') /\
  chi_moves J eps c0 lo hi (reduced_chi J sigma f' f'') (reduced_zeta J sigma f' f'' f''').
Proof.
  intros J sigma f' f'' f''' eps c0 lo hi H Heps Hc0.
  assert (B0 : in_box J eps c0 c0).
  { intros j Hj; specialize (Hc0 j Hj); assert (0 <= c0 j * eps) by (apply Rmult_le_pos; lra); lra. }
  split; [split|].
  - intros c c' y l Hc Hc' Hy Hl.
    destruct (H _ y (in_box_between J eps c0 c c' l Hc Hc' Hl) Hy) as [Pos [[D1 D2] Near]].
    assert (DR := between_root J c c' y l Near).
    set (T := total J (fun j => (c' j - c j) / (2 * (between c c' l j + y ^ 2)))) in *.
    evar_last; [apply (log_speed_derive f' f'' sigma (fun _ => y) (fun s => root J (between c c' s) y) l 0 T)|].
    + apply (is_derive_const (V := R_NormedModule) y).
    + exact DR.
    + exact D1.
    + exact Pos.
    + unfold reduced_chi; cbv zeta; unfold reduced_product.
      set (h := f'' _ / f' _); set (r := root J (between c c' l) y).
      replace (h * (sigma * (0 * r + y * (r * T))) + T) with ((1 + sigma * (y * r) * h) * T) by ring.
      unfold T; rewrite <- total_scal; apply total_ext; intros j Hj; specialize (Near j Hj); field; lra.
  - intros y Hy; destruct (H c0 y B0 Hy) as [Pos [Sm Near]].
    apply (chi_continuous J sigma f' f'' f'''); repeat split; assumption || apply Sm.
  - intros c c' y l Hc Hc' Hy Hl.
    destruct (H _ y (in_box_between J eps c0 c c' l Hc Hc' Hl) Hy) as [Pos [Sm Near]].
    destruct (speed_factors J sigma f' f'' f''' _ y (conj Pos (conj Sm Near))) as [N1 [N2 N3]].
    assert (DR := between_root J c c' y l Near).
    set (T := total J (fun j => (c' j - c j) / (2 * (between c c' l j + y ^ 2)))) in *.
    evar_last; [apply (chi_derive f' f'' f''' (fun s => reduced_product J sigma (between c c' s) y) l T)|].
    + unfold reduced_product; evar_last.
      * apply (is_derive_scal (fun s => y * root J (between c c' s) y)), (is_derive_scal (fun s => root J (between c c' s) y)); exact DR.
      * simpl; ring.
    + exact Sm.
    + exact N2.
    + fold (reduced_zeta J sigma f' f'' f''' (between c c' l) y).
      unfold T; rewrite <- total_scal; apply total_ext; intros j Hj; specialize (Near j Hj); field; lra.
Qed.
