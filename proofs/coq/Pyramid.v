(** Networks with activations: F_0 = X, F_(l+1) = s_l(F_l W_l) entry by entry, N samples as rows, widths
    n_0, n_1, ..., n_L, and the loss |F_L - Y|^2 / 2.

    Layer l of a paper that counts from one is W_(l-1).  Every layer has an activation s_l of its own, with
    derivative s'_l, so that a linear last layer is no exception ([last_linear]).  The gradient is
    written out as back-propagation; PyramidStep.v proves that it is the gradient. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Rectangular.
Open Scope R_scope.

Fixpoint features (s : nat -> R -> R) (n : nat -> nat) (X : nat -> nat -> R)
  (W : nat -> nat -> nat -> R) (l : nat) : nat -> nat -> R :=
  match l with
  | O => X
  | S k => entries (s k) (mul (n k) (features s n X W k) (W k))
  end.

(** F_l W_l, before the activation. *)
Definition inputs (s : nat -> R -> R) (n : nat -> nat) (X : nat -> nat -> R)
  (W : nat -> nat -> nat -> R) (l : nat) : nat -> nat -> R :=
  mul (n l) (features s n X W l) (W l).

(** s'_l(F_l W_l) entry by entry times B: what goes back through the activation of layer l. *)
Definition through (s s' : nat -> R -> R) (n : nat -> nat) (X : nat -> nat -> R)
  (W : nat -> nat -> nat -> R) (l : nat) (B : nat -> nat -> R) : nat -> nat -> R :=
  hadamard (entries (s' l) (inputs s n X W l)) B.

(** E taken back through layers l + k - 1, ..., l. *)
Fixpoint backward (s s' : nat -> R -> R) (n : nat -> nat) (X : nat -> nat -> R)
  (W : nat -> nat -> nat -> R) (l k : nat) (E : nat -> nat -> R) : nat -> nat -> R :=
  match k with
  | O => E
  | S m => mul (n (S l)) (through s s' n X W l (backward s s' n X W (S l) m E)) (tr (W l))
  end.

Definition network_residual (s : nat -> R -> R) (n : nat -> nat) (L : nat) (X Y : nat -> nat -> R)
  (W : nat -> nat -> nat -> R) : nat -> nat -> R :=
  msub (features s n X W L) Y.

Definition network_loss (s : nat -> R -> R) (N : nat) (n : nat -> nat) (L : nat) (X Y : nat -> nat -> R)
  (W : nat -> nat -> nat -> R) : R :=
  rinner N (n L) (network_residual s n L X Y W) (network_residual s n L X Y W) / 2.

(** F_l^T Z_l, where Z_l is the error taken back to the inputs of layer l. *)
Definition network_gradient (s s' : nat -> R -> R) (N : nat) (n : nat -> nat) (L : nat)
  (X Y : nat -> nat -> R) (W : nat -> nat -> nat -> R) (l : nat) : nat -> nat -> R :=
  mul N (tr (features s n X W l))
    (through s s' n X W l (backward s s' n X W (S l) (L - S l) (network_residual s n L X Y W))).

Definition network_step (s s' : nat -> R -> R) (N : nat) (n : nat -> nat) (L : nat)
  (X Y : nat -> nat -> R) (eta : R) (W : nat -> nat -> nat -> R) : nat -> nat -> nat -> R :=
  fun l => msub (W l) (mscal eta (network_gradient s s' N n L X Y W l)).

Fixpoint network_descent (s s' : nat -> R -> R) (N : nat) (n : nat -> nat) (L : nat)
  (X Y : nat -> nat -> R) (eta : R) (W : nat -> nat -> nat -> R) (k : nat) : nat -> nat -> nat -> R :=
  match k with
  | O => W
  | S j => network_step s s' N n L X Y eta (network_descent s s' N n L X Y eta W j)
  end.

(** The same activation in every layer but the last, which is linear. *)
Definition last_linear (L : nat) (s : R -> R) (l : nat) (x : R) : R := if Nat.eqb (S l) L then x else s x.

Definition last_constant (L : nat) (s' : R -> R) (l : nat) (x : R) : R := if Nat.eqb (S l) L then 1 else s' x.

(** sum over the layers of <G_l, D_l>, and |D|^2 of all weights together. *)
Definition weights_inner (n : nat -> nat) (L : nat) (G D : nat -> nat -> nat -> R) : R :=
  total L (fun l => rinner (n l) (n (S l)) (G l) (D l)).

Definition distance (n : nat -> nat) (L : nat) (V W : nat -> nat -> nat -> R) : R :=
  sqrt (weights_inner n L (fun l => msub (V l) (W l)) (fun l => msub (V l) (W l))).

(** The derivative of the features in the direction D. *)
Fixpoint tangent (s s' : nat -> R -> R) (n : nat -> nat) (X : nat -> nat -> R)
  (W D : nat -> nat -> nat -> R) (l : nat) : nat -> nat -> R :=
  match l with
  | O => zero_matrix
  | S k => through s s' n X W k
      (madd (mul (n k) (tangent s s' n X W D k) (W k)) (mul (n k) (features s n X W k) (D k)))
  end.

(** ** The first-order change of the loss is the sum of the products with the gradients *)

Lemma backward_step : forall s s' n X W L E l, (l < L)%nat ->
  backward s s' n X W l (L - l) E
    = mul (n (S l)) (through s s' n X W l (backward s s' n X W (S l) (L - S l) E)) (tr (W l)).
Proof. intros s s' n X W L E l H; replace (L - l)%nat with (S (L - S l)) by lia; reflexivity. Qed.

Lemma backward_last : forall s s' n X W L E, backward s s' n X W L (L - L) E = E.
Proof. intros; rewrite Nat.sub_diag; reflexivity. Qed.

Lemma network_slope : forall s s' N n L X Y W D,
  rinner N (n L) (network_residual s n L X Y W) (tangent s s' n X W D L)
    = weights_inner n L (network_gradient s s' N n L X Y W) D.
Proof.
  intros s s' N n L X Y W D; set (E := network_residual s n L X Y W).
  assert (H : forall l, (l <= L)%nat ->
    rinner N (n l) (backward s s' n X W l (L - l) E) (tangent s s' n X W D l)
      = total l (fun k => rinner (n k) (n (S k)) (network_gradient s s' N n L X Y W k) (D k))).
  { induction l as [|l IH]; intros Hl.
    - simpl tangent; simpl total; apply rinner_zero_r.
    - specialize (IH ltac:(lia)); simpl total; rewrite <- IH; clear IH; simpl tangent.
      set (B := backward s s' n X W (S l) (L - S l) E).
      unfold through at 1; rewrite rinner_comm, rinner_hadamard, rinner_comm.
      change (hadamard (entries (s' l) (inputs s n X W l)) B) with (through s s' n X W l B).
      rewrite rinner_add_r; apply (f_equal2 Rplus).
      + rewrite rinner_comm, rinner_mul_r, rinner_comm; rewrite (backward_step s s' n X W L E l) by lia; reflexivity.
      + rewrite rinner_comm, rinner_mul_l, rinner_comm; reflexivity. }
  specialize (H L (Nat.le_refl L)); rewrite backward_last in H; exact H.
Qed.

(** ** Norms of all weights *)

Lemma weights_inner_nonneg : forall n L D, 0 <= weights_inner n L D D.
Proof. intros; apply total_nonneg; intros; apply rinner_nonneg. Qed.

Lemma distance_square : forall n L V W,
  distance n L V W ^ 2 = weights_inner n L (fun l => msub (V l) (W l)) (fun l => msub (V l) (W l)).
Proof. intros; apply pow2_sqrt, weights_inner_nonneg. Qed.

Lemma weights_inner_norms : forall n L D,
  weights_inner n L D D = total L (fun l => rnorm (n l) (n (S l)) (D l) ^ 2).
Proof. intros; apply total_ext; intros; symmetry; apply rnorm_square. Qed.

Lemma weights_inner_scal_r : forall n L G D c,
  weights_inner n L G (fun l => mscal c (D l)) = c * weights_inner n L G D.
Proof. intros; unfold weights_inner; rewrite <- total_scal; apply total_ext; intros; apply rinner_scal_r. Qed.

Lemma weights_inner_scal : forall n L D c,
  weights_inner n L (fun l => mscal c (D l)) (fun l => mscal c (D l)) = c ^ 2 * weights_inner n L D D.
Proof.
  intros; rewrite weights_inner_scal_r; unfold weights_inner; rewrite <- !total_scal.
  apply total_ext; intros; rewrite rinner_scal_l; ring.
Qed.

Lemma loss_norm : forall s N n L X Y W,
  network_loss s N n L X Y W = rnorm N (n L) (network_residual s n L X Y W) ^ 2 / 2.
Proof. intros; rewrite rnorm_square; reflexivity. Qed.

Lemma network_loss_nonneg : forall s N n L X Y W, 0 <= network_loss s N n L X Y W.
Proof. intros; unfold network_loss; assert (P := rinner_nonneg N (n L) (network_residual s n L X Y W)); lra. Qed.

Lemma residual_root : forall s N n L X Y W,
  sqrt (2 * network_loss s N n L X Y W) = rnorm N (n L) (network_residual s n L X Y W).
Proof.
  intros; rewrite loss_norm; replace (2 * (rnorm N (n L) (network_residual s n L X Y W) ^ 2 / 2))
    with (rnorm N (n L) (network_residual s n L X Y W) ^ 2) by field; apply sqrt_pow2, rnorm_nonneg.
Qed.
