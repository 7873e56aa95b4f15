(** The smallest singular value of a rectangular matrix, and Claim 1 of Arora, Cohen, Golowich and Hu. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular.
Open Scope R_scope.

(** The least length of A x over the unit vectors x; A has m rows and n columns. *)
Definition least_stretch (m n : nat) (A : nat -> nat -> R) : R :=
  real (Glb_Rbar (fun q => exists x, dot n x x = 1 /\ q = sqrt (dot m (mv n A x) (mv n A x)))).

(** The smallest of the min {m, n} singular values. *)
Definition sigma_min (m n : nat) (A : nat -> nat -> R) : R :=
  if Nat.leb n m then least_stretch m n A else least_stretch n m (tr A).

Lemma unit_vector : forall n, (1 <= n)%nat -> exists x, dot n x x = 1.
Proof.
  intros n Hn; exists (unit_matrix 0).
  assert (E := mv_unit n (unit_matrix 0) 0 ltac:(lia)); unfold mv in E; rewrite E; reflexivity.
Qed.

Lemma least_stretch_glb : forall m n A, (1 <= n)%nat ->
  (forall x, dot n x x = 1 -> least_stretch m n A <= sqrt (dot m (mv n A x) (mv n A x))) /\
  forall c, (forall x, dot n x x = 1 -> c <= sqrt (dot m (mv n A x) (mv n A x))) -> c <= least_stretch m n A.
Proof.
  intros m n A Hn; unfold least_stretch.
  set (E := fun q => exists x, dot n x x = 1 /\ q = sqrt (dot m (mv n A x) (mv n A x))).
  destruct (Glb_Rbar_correct E) as [H1 H2].
  destruct (unit_vector n Hn) as [e He].
  assert (Ee : E (sqrt (dot m (mv n A e) (mv n A e)))) by (exists e; auto).
  assert (P := H1 _ Ee).
  assert (Z : Rbar_le 0 (Glb_Rbar E)) by (apply H2; intros q [x [_ ->]]; apply sqrt_pos).
  destruct (Glb_Rbar E) as [g| |]; simpl in *; try contradiction.
  split.
  - intros x Hx; exact (H1 _ (ex_intro _ x (conj Hx eq_refl))).
  - intros c Hc; apply (H2 (Finite c)); intros q [x [Hx ->]]; exact (Hc x Hx).
Qed.

Lemma least_stretch_nonneg : forall m n A, (1 <= n)%nat -> 0 <= least_stretch m n A.
Proof. intros m n A Hn; apply (least_stretch_glb m n A Hn); intros; apply sqrt_pos. Qed.

(** It bounds A from below, and no larger number does. *)
Lemma least_stretch_below : forall m n A, (1 <= n)%nat -> opbelow m n A (least_stretch m n A).
Proof.
  intros m n A Hn x; set (q := least_stretch m n A).
  assert (N := dot_nonneg n x); destruct (Rle_lt_or_eq_dec 0 _ N) as [P|Z];
    [|rewrite <- Z, Rmult_0_r; apply dot_nonneg].
  set (c := / sqrt (dot n x x)).
  assert (s0 : 0 < sqrt (dot n x x)) by (apply sqrt_lt_R0; exact P).
  assert (cc : c ^ 2 * dot n x x = 1).
  { unfold c; rewrite <- (sqrt_sqrt (dot n x x)) at 2 by exact N; field; lra. }
  assert (c0 : 0 < c ^ 2) by (apply pow_lt; unfold c; apply Rinv_0_lt_compat; exact s0).
  assert (U : dot n (fun i => c * x i) (fun i => c * x i) = 1)
    by (rewrite dot_scal_l, dot_scal_r; lra).
  assert (E : mv n A (fun i => c * x i) = fun i => c * mv n A x i) by (pointwise i; apply dot_scal_r).
  assert (H := proj1 (least_stretch_glb m n A Hn) _ U); fold q in H; rewrite E, dot_scal_l, dot_scal_r in H.
  assert (q0 : 0 <= q) by (apply least_stretch_nonneg; exact Hn).
  assert (Y := dot_nonneg m (mv n A x)); set (y := dot m (mv n A x) (mv n A x)) in *.
  assert (H2 : q ^ 2 <= c * (c * y)).
  { rewrite <- (pow2_sqrt (c * (c * y))) by nra; apply pow_incr; split; assumption. }
  apply (Rmult_le_reg_l (c ^ 2)); [exact c0|].
  replace (c ^ 2 * (q ^ 2 * dot n x x)) with (q ^ 2 * (c ^ 2 * dot n x x)) by ring; rewrite cc; lra.
Qed.

Lemma least_stretch_largest : forall m n A c, (1 <= n)%nat -> 0 <= c -> opbelow m n A c ->
  c <= least_stretch m n A.
Proof.
  intros m n A c Hn Hc H; apply (least_stretch_glb m n A Hn); intros x Hx.
  specialize (H x); rewrite Hx, Rmult_1_r in H.
  rewrite <- (sqrt_pow2 c Hc); apply sqrt_le_1_alt; exact H.
Qed.

(** Two matrices that stretch alike, whatever lies beyond their shapes. *)
Lemma least_stretch_ext : forall m n m' A B,
  (forall x, dot m (mv n A x) (mv n A x) = dot m' (mv n B x) (mv n B x)) -> least_stretch m n A = least_stretch m' n B.
Proof.
  intros m n m' A B H; unfold least_stretch; f_equal; apply Glb_Rbar_eqset.
  intros q; split; intros [x [Hx ->]]; exists x; rewrite H; auto.
Qed.

Lemma least_stretch_near : forall m n A B c e, (1 <= n)%nat -> least_stretch m n A = c ->
  rnorm m n (msub B A) <= e -> e <= c -> c - e <= least_stretch m n B.
Proof.
  intros m n A B c e Hn Hc HE He; apply least_stretch_largest; [exact Hn|lra|].
  apply (opbelow_near m n A B c e HE He); rewrite <- Hc; apply least_stretch_below; exact Hn.
Qed.

Lemma sigma_min_nonneg : forall m n A, (1 <= m)%nat -> (1 <= n)%nat -> 0 <= sigma_min m n A.
Proof.
  intros m n A Hm Hn; unfold sigma_min; destruct (Nat.leb n m); apply least_stretch_nonneg; assumption.
Qed.

(** Claim 1: of matrices no further from Phi than one with the margin c, no singular value is below c. *)
Theorem arora_claim_1 : forall m n Phi W W' c, (1 <= m)%nat -> (1 <= n)%nat ->
  rnorm m n (msub W Phi) <= sigma_min m n Phi - c ->
  rnorm m n (msub W' Phi) <= rnorm m n (msub W Phi) -> c <= sigma_min m n W'.
Proof.
  intros m n Phi W W' c Hm Hn HW HW'.
  destruct (Rle_or_lt c 0) as [Z|P]; [eapply Rle_trans; [exact Z|apply sigma_min_nonneg; assumption]|].
  replace c with (sigma_min m n Phi - (sigma_min m n Phi - c)) by ring.
  assert (HE : rnorm m n (msub W' Phi) <= sigma_min m n Phi - c) by lra.
  unfold sigma_min in *; destruct (Nat.leb n m).
  - apply (least_stretch_near m n Phi); [exact Hn|reflexivity|exact HE|lra].
  - apply (least_stretch_near n m (tr Phi)); [exact Hm|reflexivity| |lra].
    rewrite <- (rnorm_tr m n) in HE; exact HE.
Qed.
