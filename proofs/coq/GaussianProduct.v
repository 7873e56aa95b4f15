(** Products of Gaussian layers in the order in which they are integrated: the last layer first.  With x_l what the first l
    layers make of v, the mean of a product of functions of z_l = 1 - |A_l x_l|^2/(m |x_l|^2) is the product of their means. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Convergence RangeNumbers AnyLaw Independent NormalLaw ChiSquare GaussianLayers IndependentBlocks GaussianRow.
Open Scope R_scope.

(** 1 - |A x|^2/(m |x|^2) *)
Definition shortfall (m d : nat) (A : nat -> nat -> R) (x : nat -> R) : R :=
  1 - dot m (mv d A x) (mv d A x) / (INR m * dot d x x).

(** The mean of h (shortfall) is e, whatever x is. *)
Definition layer_mean (m : nat) (h : R -> R) (e : R) : Prop := forall d x, 0 < dot d x x ->
  mean_is normal_law (m * d) (fun w => h (shortfall m d (by_rows d w) x)) e.

Lemma layer_mean_ext : forall m g h e, (forall z, g z = h z) -> layer_mean m g e -> layer_mean m h e.
Proof. intros m g h e H M d x Hx; apply (mean_is_ext _ _ (fun w => g (shortfall m d (by_rows d w) x))); auto. Qed.

Lemma layer_mean_plus : forall m g h a b, layer_mean m g a -> layer_mean m h b -> layer_mean m (fun z => g z + h z) (a + b).
Proof. intros m g h a b G H d x Hx; apply mean_is_plus; auto. Qed.

Lemma layer_mean_scal : forall m c h e, layer_mean m h e -> layer_mean m (fun z => c * h z) (c * e).
Proof. intros m c h e H d x Hx; apply mean_is_scal; auto. Qed.

Lemma layer_mean_const : forall m c, layer_mean m (fun _ => c) c.
Proof. intros m c d x _; apply mean_is_const. Qed.

(** E e^(t z) *)
Definition shortfall_moment (m : nat) (t : R) : R := exp t * (/ sqrt (1 + 2 * t / INR m)) ^ m.

Lemma layer_mean_exp : forall m t, (1 <= m)%nat -> 0 < 1 + 2 * t / INR m ->
  layer_mean m (fun z => exp (t * z)) (shortfall_moment m t).
Proof.
  intros m t Hm Ht d x Hx; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia).
  set (l := t / (INR m * dot d x x)).
  assert (E : 1 + 2 * l * dot d x x = 1 + 2 * t / INR m) by (unfold l; field; lra).
  assert (M := matrix_mean m d x l ltac:(rewrite E; exact Ht)); rewrite E in M.
  apply (mean_is_scal _ _ (exp t)) in M; revert M; apply mean_is_ext.
  intros w; rewrite <- exp_plus; f_equal; unfold shortfall, l; field; lra.
Qed.

(** e^(x - x^2) <= 1 + x *)
Lemma exp_below_line : forall x, - (2 / 5) <= x -> exp (x - x ^ 2) <= 1 + x.
Proof.
  intros x Hx; destruct (Rle_lt_dec 0 x) as [P|N].
  - apply (Rmult_le_reg_r (exp (- (x - x ^ 2)))); [apply exp_pos|]; rewrite <- exp_plus, Rplus_opp_r, exp_0.
    assert (U := exp_above_line (- (x - x ^ 2))); assert (0 <= x ^ 3) by (apply pow_le; exact P).
    apply Rle_trans with ((1 + x) * (1 + - (x - x ^ 2))); [lra|apply Rmult_le_compat_l; lra].
  - assert (U := exp_minus_second (- x + x ^ 2) ltac:(assert (0 <= x ^ 2) by apply pow2_ge_0; lra)).
    replace (x - x ^ 2) with (- (- x + x ^ 2)) by ring; eapply Rle_trans; [exact U|].
    assert (0 <= x ^ 2) by apply pow2_ge_0; assert (0 <= (- x) * (x + 2 / 5)) by (apply Rmult_le_pos; lra).
    assert (0 <= x ^ 2 * (1 + 2 * x - x ^ 2)) by (apply Rmult_le_pos; lra); lra.
Qed.

(** E e^(t z) <= e^(2 t^2/m) *)
Lemma shortfall_moment_below : forall m t, (1 <= m)%nat -> 5 * Rabs t <= INR m ->
  0 < 1 + 2 * t / INR m /\ 0 < shortfall_moment m t <= exp (2 * t ^ 2 / INR m).
Proof.
  intros m t Hm Ht; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); set (x := 2 * t / INR m).
  assert (Xm : x * INR m = 2 * t) by (unfold x; field; lra).
  assert (X : - (2 / 5) <= x).
  { apply (Rmult_le_reg_r (INR m)); [exact m0|]; rewrite Xm; assert (Q := Rle_abs (- t)); rewrite Rabs_Ropp in Q; lra. }
  assert (P : 0 < 1 + x) by lra; split; [exact P|].
  assert (S : 0 < sqrt (1 + x)) by (apply sqrt_lt_R0; exact P).
  unfold shortfall_moment; fold x; split; [apply Rmult_lt_0_compat; [apply exp_pos|apply pow_lt, Rinv_0_lt_compat, S]|].
  assert (H : / sqrt (1 + x) <= exp (- ((x - x ^ 2) / 2))).
  { rewrite exp_Ropp; apply Rinv_le_contravar; [apply exp_pos|].
    rewrite <- (sqrt_square (exp ((x - x ^ 2) / 2))) by (left; apply exp_pos); apply sqrt_le_1_alt.
    rewrite <- exp_plus; replace ((x - x ^ 2) / 2 + (x - x ^ 2) / 2) with (x - x ^ 2) by field; apply exp_below_line; exact X. }
  apply Rle_trans with (exp t * exp (- ((x - x ^ 2) / 2)) ^ m).
  - apply Rmult_le_compat_l; [left; apply exp_pos|apply pow_incr; split; [left; apply Rinv_0_lt_compat, S|exact H]].
  - rewrite <- exp_times, <- exp_plus; right; f_equal; unfold x; field; lra.
Qed.

(** ** Layers in the order of integration *)

Fixpoint entries_of (n m q : nat) : nat :=
  match q with
  | O => O
  | S p => (m * fan_in n m p + entries_of n m p)%nat
  end.

(** The last of q layers has the first places. *)
Fixpoint last_first (n m q l i j : nat) : nat :=
  match q with
  | O => O
  | S p => if Nat.eqb l p then (i * fan_in n m p + j)%nat else (m * fan_in n m p + last_first n m p l i j)%nat
  end.

Definition layers_in_order (n m q : nat) (w : nat -> R) : nat -> nat -> nat -> R := placed_layer (last_first n m q) w.

(** A factor for each layer: the function h of z_l, or its mean e where x_l = 0. *)
Definition factor (n m : nat) (h : nat -> R -> R) (e : nat -> R) (A : nat -> nat -> nat -> R) (v : nat -> R) (l : nat) : R :=
  let x := passed n m A v l in
  if Rle_dec (dot (fan_in n m l) x x) 0 then e l else h l (shortfall m (fan_in n m l) (A l) x).

Definition factors (n m : nat) (h : nat -> R -> R) (e : nat -> R) (A : nat -> nat -> nat -> R) (v : nat -> R) (q : nat) : R :=
  product q (factor n m h e A v).

Lemma passed_ext : forall n m A B v q, (forall l i j, (l < q)%nat -> A l i j = B l i j) -> passed n m A v q = passed n m B v q.
Proof.
  intros n m A B v q; induction q as [|q IH]; intros H; [reflexivity|]; simpl.
  rewrite IH by (intros; apply H; lia); pointwise i; apply dot_ext; [|reflexivity]; intros j _; apply H; lia.
Qed.

(** The last layer of q + 1, and the others. *)
Lemma ordered_last : forall n m q w u i j, (i < m)%nat -> (j < fan_in n m q)%nat ->
  layers_in_order n m (S q) (join (m * fan_in n m q) w u) q i j = by_rows (fan_in n m q) w i j.
Proof.
  intros n m q w u i j Hi Hj; unfold layers_in_order, placed_layer, by_rows, join; cbn [last_first]; rewrite Nat.eqb_refl.
  destruct (Nat.ltb_spec (i * fan_in n m q + j) (m * fan_in n m q)); [reflexivity|nia].
Qed.

Lemma ordered_lower : forall n m q w u l i j, (l < q)%nat ->
  layers_in_order n m (S q) (join (m * fan_in n m q) w u) l i j = layers_in_order n m q u l i j.
Proof.
  intros n m q w u l i j Hl; unfold layers_in_order, placed_layer, join; cbn [last_first].
  destruct (Nat.eqb_spec l q); [lia|]; set (k := (m * fan_in n m q)%nat).
  destruct (Nat.ltb_spec (k + last_first n m q l i j) k); [lia|]; f_equal; lia.
Qed.

Lemma layers_mean : forall n m h e v q, (forall l, (l < q)%nat -> layer_mean m (h l) (e l)) ->
  mean_is normal_law (entries_of n m q) (fun w => factors n m h e (layers_in_order n m q w) v q) (product q e).
Proof.
  intros n m h e v; induction q as [|q IH]; intros H; [exact (mean_is_const _ _ 1)|].
  cbn [entries_of product]; set (d := fan_in n m q).
  apply (mean_block normal_law (m * d) (entries_of n m q) _ (fun u => e q * factors n m h e (layers_in_order n m q u) v q)).
  - intros u; set (x := passed n m (layers_in_order n m q u) v q); set (D := factors n m h e (layers_in_order n m q u) v q).
    assert (Low : forall w l, (l <= q)%nat ->
      passed n m (layers_in_order n m (S q) (join (m * d) w u)) v l = passed n m (layers_in_order n m q u) v l).
    { intros w l Hl; apply passed_ext; intros k i j Hk; apply ordered_lower; lia. }
    assert (Split : forall w, factors n m h e (layers_in_order n m (S q) (join (m * d) w u)) v (S q)
      = D * (if Rle_dec (dot d x x) 0 then e q else h q (shortfall m d (by_rows d w) x))).
    { intros w; unfold factors; cbn [product]; f_equal.
      - unfold D, factors; apply product_ext; intros l Hl; unfold factor; rewrite Low by lia.
        destruct (Rle_dec _ _); [reflexivity|]; f_equal; unfold shortfall; do 2 f_equal.
        set (y := passed n m (layers_in_order n m q u) v l).
        apply dot_ext; intros i _; apply dot_ext; try reflexivity; intros j _; apply ordered_lower; exact Hl.
      - unfold factor; rewrite Low by lia; fold d x; destruct (Rle_dec _ _); [reflexivity|]; f_equal; unfold shortfall; do 2 f_equal.
        apply dot_ext; intros i Hi; apply dot_ext; try reflexivity; intros j Hj; apply ordered_last; assumption. }
    apply (mean_is_ext normal_law (m * d) (fun w => D * (if Rle_dec (dot d x x) 0 then e q else h q (shortfall m d (by_rows d w) x)))).
    { intros w; symmetry; apply Split. }
    rewrite Rmult_comm; apply mean_is_scal; destruct (Rle_dec (dot d x x) 0) as [Z|Z]; [apply mean_is_const|].
    apply H; [lia|lra].
  - rewrite Rmult_comm; apply mean_is_scal, IH; intros; apply H; lia.
Qed.
