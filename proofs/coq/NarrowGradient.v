(** The slope of NarrowDescent.v is the gradient: along any direction of one layer, the loss is a square whose linear part is the
    inner product with it. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Rectangular NarrowLayers NarrowSums NarrowMoves NarrowDescent.
Open Scope R_scope.

Lemma output_kept : forall n V l B a x q, (a + q <= l \/ l < a)%nat -> plain_output n (with_layer l B V) a x q = plain_output n V a x q.
Proof.
  intros n V l B a x q; induction q as [|q IH]; intros H; [reflexivity|]; cbn [plain_output]; rewrite IH by lia.
  unfold with_layer; destruct (Nat.eqb_spec (a + q) l); [lia|reflexivity].
Qed.

Lemma output_split : forall n W x l k, plain_output n W 0 x (S l + k) = plain_output n W (S l) (plain_output n W 0 x (S l)) k.
Proof. intros n W x l k; induction k as [|k IH]; [rewrite Nat.add_0_r; reflexivity|]; rewrite <- plus_n_Sm; cbn [plain_output] in *; rewrite IH; reflexivity. Qed.

(** The error through layer l. *)
Lemma error_through : forall n L r alpha X Y V B l i j, (l < L)%nat -> (i < n L)%nat ->
  narrow_error n L r alpha X Y (with_layer l B V) i j
    = alpha * mul (n l) (mul (n (S l)) (plain_product n V (S l) (L - S l)) B) (mul (n 0%nat) (plain_product n V 0 l) X) i j - Y i j.
Proof.
  intros n L r alpha X Y V B l i j Hl Hi; unfold narrow_error, msub, mscal; do 2 f_equal.
  set (W := with_layer l B V); set (x := fun k => X k j).
  transitivity (mv (n 0%nat) (plain_product n W 0 L) x i); [reflexivity|]; rewrite product_outputs by exact Hi.
  replace L with (S l + (L - S l))%nat at 1 by lia; rewrite output_split; unfold W; rewrite output_kept by lia.
  cbn [plain_output]; rewrite output_kept by lia; cbn [Nat.add]; unfold with_layer; rewrite Nat.eqb_refl.
  rewrite <- product_outputs by (replace (S l + (L - S l))%nat with L by lia; exact Hi).
  rewrite <- mv_after; apply dot_ext; [reflexivity|]; intros k Hk.
  symmetry; transitivity (mv (n 0%nat) (plain_product n V 0 l) x k); [reflexivity|]; apply product_outputs; exact Hk.
Qed.

Theorem narrow_slope_is_gradient : forall n L r alpha X Y V l D, (l < L)%nat -> exists q, forall t,
  narrow_loss n L r alpha X Y (with_layer l (madd (V l) (mscal t D)) V)
    = narrow_loss n L r alpha X Y V + t * rinner (n (S l)) (n l) (narrow_slope n L r alpha X Y V l) D + t ^ 2 * q.
Proof.
  intros n L r alpha X Y V l D Hl; set (U := plain_product n V (S l) (L - S l)); set (Z := mul (n 0%nat) (plain_product n V 0 l) X).
  set (E := narrow_error n L r alpha X Y V); set (F := mscal alpha (mul (n l) (mul (n (S l)) U D) Z)).
  exists (rinner (n L) r F F / 2); intros t; unfold narrow_loss; rewrite !rnorm_square; fold E.
  assert (V0 : V = with_layer l (V l) V).
  { pointwise k; pointwise i; pointwise j; unfold with_layer; destruct (Nat.eqb_spec k l) as [->|]; reflexivity. }
  assert (Err : forall i j, (i < n L)%nat -> narrow_error n L r alpha X Y (with_layer l (madd (V l) (mscal t D)) V) i j = madd E (mscal t F) i j).
  { intros i j Hi; rewrite error_through by assumption; unfold madd at 2, E; rewrite V0 at 4; rewrite error_through by assumption.
    fold U Z; unfold F, mscal at 2 3.
    assert (Lin : mul (n l) (mul (n (S l)) U (madd (V l) (mscal t D))) Z i j
      = mul (n l) (mul (n (S l)) U (V l)) Z i j + t * mul (n l) (mul (n (S l)) U D) Z i j).
    { unfold mul at 1 3 5; unfold dot; rewrite <- total_scal, <- total_plus; apply total_ext; intros k _.
      assert (K : mul (n (S l)) U (madd (V l) (mscal t D)) i k = mul (n (S l)) U (V l) i k + t * mul (n (S l)) U D i k).
      { unfold mul, dot; rewrite <- total_scal, <- total_plus; apply total_ext; intros; unfold madd, mscal; ring. }
      rewrite K; ring. }
    rewrite Lin; ring. }
  rewrite (rinner_ext (n L) r _ _ (madd E (mscal t F)) (madd E (mscal t F))) by (intros; apply Err; assumption).
  rewrite rinner_add_l, !rinner_add_r, !rinner_scal_l, !rinner_scal_r, (rinner_comm (n L) r F E).
  assert (G : rinner (n (S l)) (n l) (narrow_slope n L r alpha X Y V l) D = rinner (n L) r E F).
  { unfold narrow_slope, F; fold U Z E; rewrite rinner_scal_l, rinner_scal_r; f_equal.
    rewrite rinner_mul_l, tr_tr, rinner_mul_r, tr_tr; reflexivity. }
  rewrite G; field.
Qed.
