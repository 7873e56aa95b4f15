(** The gradient of Layers.v is the gradient: derivatives along curves of layers, and the flow. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers.
Open Scope R_scope.

(** Gradient flow on an open interval of time, entry by entry: W l t is layer l at time t. *)
Definition is_layers_flow (d L : nat) (Phi : nat -> nat -> R) (W : nat -> R -> nat -> nat -> R)
  (a b : R) : Prop :=
  forall l i j t, (l < L)%nat -> (i < d)%nat -> (j < d)%nat -> a < t < b ->
    is_derive (fun x => W l x i j) t (- gradient d L Phi (fun k => W k t) l i j).

(** A curve of matrices has the derivative A' at t. *)
Definition entries_derive (d : nat) (A : R -> nat -> nat -> R) (t : R) (A' : nat -> nat -> R) : Prop :=
  forall i j, (i < d)%nat -> (j < d)%nat -> is_derive (fun x => A x i j) t (A' i j).

Lemma total_derive : forall n (f : nat -> R -> R) f' t,
  (forall i, (i < n)%nat -> is_derive (f i) t (f' i)) ->
  is_derive (fun x => total n (fun i => f i x)) t (total n f').
Proof.
  induction n as [|n IH]; intros f f' t H; simpl; [apply (is_derive_const (V := R_NormedModule))|].
  apply (is_derive_plus (V := R_NormedModule) (fun x => total n (fun i => f i x)) (f n)).
  - apply IH; intros; apply H; lia.
  - apply H; lia.
Qed.

Lemma mult_derive : forall (f g : R -> R) t f' g', is_derive f t f' -> is_derive g t g' ->
  is_derive (fun x => f x * g x) t (f' * g t + f t * g').
Proof. intros f g t f' g' Hf Hg; apply (is_derive_mult f g t f' g' Hf Hg); exact Rmult_comm. Qed.

Lemma mul_derive : forall d A B t A' B', entries_derive d A t A' -> entries_derive d B t B' ->
  entries_derive d (fun x => mul d (A x) (B x)) t (madd (mul d A' (B t)) (mul d (A t) B')).
Proof.
  intros d A B t A' B' HA HB i j Hi Hj; unfold madd, mul, dot; rewrite <- total_plus.
  apply (total_derive d (fun k x => A x i k * B x k j)); intros k Hk.
  apply (mult_derive (fun x => A x i k) (fun x => B x k j)); [apply HA|apply HB]; assumption.
Qed.

Lemma chain_derive : forall d L (W : nat -> R -> nat -> nat -> R) D t,
  (forall l, (l < L)%nat -> entries_derive d (W l) t (D l)) ->
  entries_derive d (fun x => chain d (fun l => W l x) L) t (chain_slope d (fun l => W l t) D L).
Proof.
  induction L as [|L IH]; intros W D t H.
  - intros i j _ _; change (is_derive (fun _ : R => unit_matrix i j) t 0).
    apply (is_derive_const (V := R_NormedModule)).
  - intros i j Hi Hj; simpl chain; simpl chain_slope.
    replace (madd (mul d (W L t) (chain_slope d (fun l => W l t) D L)) (mul d (D L)
      (chain d (fun l => W l t) L)))
      with (madd (mul d (D L) (chain d (fun l => W l t) L)) (mul d (W L t)
        (chain_slope d (fun l => W l t) D L)))
      by (pointwise p; pointwise q; apply Rplus_comm).
    apply (mul_derive d (W L) (fun x => chain d (fun l => W l x) L)); auto.
Qed.

(** Along any curve of layers the loss changes at the rate sum_l <G_l, W_l'>. *)
Lemma loss_derive : forall d L Phi (W : nat -> R -> nat -> nat -> R) D t,
  (forall l, (l < L)%nat -> entries_derive d (W l) t (D l)) ->
  is_derive (fun x => loss d L Phi (fun l => W l x)) t
    (total L (fun l => inner d (gradient d L Phi (fun k => W k t) l) (D l))).
Proof.
  intros d L Phi W D t H; rewrite <- slope_is_gradient.
  set (E := fun x => residual d L Phi (fun l => W l x)); set (T := chain_slope d (fun l => W l t) D L).
  assert (HE : entries_derive d E t T).
  { intros i j Hi Hj; assert (C := chain_derive d L W D t H i j Hi Hj); fold T in C.
    unfold E, residual, msub; rewrite <- (Rminus_0_r (T i j)).
    apply (is_derive_minus (V := R_NormedModule) (fun x => chain d (fun l => W l x) L i j)
      (fun _ => Phi i j)).
    - exact C.
    - apply (is_derive_const (V := R_NormedModule)). }
  assert (HI : is_derive (fun x => inner d (E x) (E x)) t (2 * inner d (E t) T)).
  { replace (2 * inner d (E t) T)
      with (total d (fun i => total d (fun j => T i j * E t i j + E t i j * T i j))).
    - apply (total_derive d (fun i x => total d (fun j => E x i j * E x i j))); intros i Hi.
      apply (total_derive d (fun j x => E x i j * E x i j)); intros j Hj.
      apply (mult_derive (fun x => E x i j) (fun x => E x i j)); apply HE; assumption.
    - unfold inner, dot; rewrite <- total_scal; apply total_ext; intros i _.
      rewrite <- total_scal; apply total_ext; intros j _; ring. }
  replace (inner d (residual d L Phi (fun l => W l t)) T) with (2 * inner d (E t) T * / 2 + inner d
    (E t) (E t) * 0)
    by (unfold E; field).
  unfold loss, Rdiv; apply (mult_derive (fun x => inner d (E x) (E x)) (fun _ => / 2) t); [exact HI|].
  apply (is_derive_const (V := R_NormedModule)).
Qed.

(** The gradient is the gradient: in every direction D the loss has the slope sum_l <G_l, D_l>. *)
Theorem layers_gradient : forall d L Phi W D,
  is_derive (fun s => loss d L Phi (fun l => madd (W l) (mscal s (D l)))) 0
    (total L (fun l => inner d (gradient d L Phi W l) (D l))).
Proof.
  intros d L Phi W D.
  assert (E : W = (fun k => madd (W k) (mscal 0 (D k)))).
  { pointwise k; pointwise i; pointwise j; unfold madd, mscal; ring. }
  assert (G := loss_derive d L Phi (fun l s => madd (W l) (mscal s (D l))) D 0); cbv beta in G.
  rewrite <- E in G; apply G.
  intros l _ i j _ _; unfold madd, mscal; auto_derive; [trivial|ring].
Qed.
