(** Gaussian layers of any widths, in the order in which they are integrated: the last layer has the first weights.  The norm of
    what the layers a, ..., a + q - 1 make of a unit vector is at most a product of factors; its mean, times what the layers
    decided_below layer a decide, is the product of the means. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Geometry Expectation Rectangular AnyLaw Independent NormalLaw GaussianLayers IndependentBlocks GaussianRow GaussianProduct NarrowFactors.
Open Scope R_scope.

(** Layer l, counted from 0, has n (l + 1) rows and n l columns. *)
Fixpoint weights_of (n : nat -> nat) (q : nat) : nat :=
  match q with
  | O => O
  | S p => (n (S p) * n p + weights_of n p)%nat
  end.

Definition weight_block (m d : nat) (w : nat -> R) (i j : nat) : R :=
  if andb (Nat.ltb i m) (Nat.ltb j d) then w (i * d + j)%nat else 0.

Definition with_layer (l : nat) (B : nat -> nat -> R) (A : nat -> nat -> nat -> R) (k : nat) : nat -> nat -> R :=
  if Nat.eqb k l then B else A k.

(** The first q layers: every weight is one entry of one of them, in rows, the last layer first. *)
Fixpoint normal_layers (n : nat -> nat) (q : nat) (w : nat -> R) : nat -> nat -> nat -> R :=
  match q with
  | O => fun _ _ _ => 0
  | S p => with_layer p (weight_block (n (S p)) (n p) w) (normal_layers n p (fun i => w (n (S p) * n p + i)%nat))
  end.

(** A_(a+q-1) ... A_a x, A_l being layer l over the square root of its number of rows. *)
Fixpoint scaled_output (n : nat -> nat) (A : nat -> nat -> nat -> R) (a : nat) (x : nat -> R) (q : nat) : nat -> R :=
  match q with
  | O => x
  | S p => fun i => / sqrt (INR (n (S (a + p)))) * mv (n (a + p)%nat) (A (a + p)%nat) (scaled_output n A a x p) i
  end.

(** X of the first l layers has the mean e. *)
Definition mean_of (n : nat -> nat) (l : nat) (X : (nat -> nat -> nat -> R) -> R) (e : R) : Prop :=
  mean_is normal_law (weights_of n l) (fun w => X (normal_layers n l w)) e.

(** X does not depend on the layers from l on. *)
Definition decided_below (l : nat) (X : (nat -> nat -> nat -> R) -> R) : Prop :=
  forall k B A, (l <= k)%nat -> X (with_layer k B A) = X A.

Lemma layers_join : forall n q w u, normal_layers n (S q) (join (n (S q) * n q) w u)
  = with_layer q (weight_block (n (S q)) (n q) w) (normal_layers n q u).
Proof.
  intros n q w u; cbn [normal_layers]; f_equal.
  - pointwise i; pointwise j; unfold weight_block, join.
    destruct (Nat.ltb_spec i (n (S q))), (Nat.ltb_spec j (n q)); try reflexivity; cbn [andb].
    destruct (Nat.ltb_spec (i * n q + j) (n (S q) * n q)); [reflexivity|nia].
  - f_equal; pointwise i; unfold join; destruct (Nat.ltb_spec (n (S q) * n q + i) (n (S q) * n q)); [lia|f_equal; lia].
Qed.

Lemma mean_of_next : forall n l X Y e,
  (forall A, mean_is normal_law (n (S l) * n l) (fun w => X (with_layer l (weight_block (n (S l)) (n l) w) A)) (Y A)) ->
  mean_of n l Y e -> mean_of n (S l) X e.
Proof.
  intros n l X Y e H HY; unfold mean_of; cbn [weights_of].
  apply (mean_block normal_law (n (S l) * n l) (weights_of n l) _ (fun u => Y (normal_layers n l u))); [|exact HY].
  intros u; specialize (H (normal_layers n l u)); revert H; apply mean_is_ext; intros w; rewrite layers_join; reflexivity.
Qed.

Lemma mean_of_more : forall n l q X e, decided_below l X -> mean_of n l X e -> mean_of n (l + q) X e.
Proof.
  intros n l q X e HX M; induction q as [|q IH]; [rewrite Nat.add_0_r; exact M|]; rewrite <- plus_n_Sm.
  apply (mean_of_next n (l + q) X X); [|exact IH]; intros A.
  apply (mean_is_ext _ _ (fun _ => X A)); [intros w; symmetry; apply HX; lia|apply mean_is_const].
Qed.

Lemma output_below : forall n a x q k B A, (a + q <= k)%nat -> scaled_output n (with_layer k B A) a x q = scaled_output n A a x q.
Proof.
  intros n a x q k B A; induction q as [|q IH]; intros H; [reflexivity|]; cbn [scaled_output]; rewrite IH by lia.
  unfold with_layer at 1; destruct (Nat.eqb_spec (a + q) k); [lia|reflexivity].
Qed.

(** ** The factors *)

Definition step_factor (n : nat -> nat) {d : nat} (K : layer_bounds d) (A : nat -> nat -> nat -> R) (l : nat) (y : nat -> R) : R :=
  if Rle_dec (dot (n l) y y) 0 then rate K else bound_of K (n (S l)) (shortfall (n (S l)) (n l) (A l) y).

Fixpoint guard (n : nat -> nat) {d : nat} (K : layer_bounds d) (a : nat) (x : nat -> R) (q : nat) (A : nat -> nat -> nat -> R) : R :=
  match q with
  | O => 1
  | S p => step_factor n K A (a + p) (scaled_output n A a x p) * guard n K a x p A
  end.

Lemma guard_below : forall n d (K : layer_bounds d) a x q, decided_below (a + q) (guard n K a x q).
Proof.
  intros n d K a x q; induction q as [|q IH]; intros k B A H; [reflexivity|]; cbn [guard].
  rewrite IH, output_below by lia; f_equal; unfold step_factor, with_layer; destruct (Nat.eqb_spec (a + q) k); [lia|reflexivity].
Qed.

Lemma step_factor_mean : forall n d (K : layer_bounds d) A l y, (1 <= n (S l) <= d)%nat ->
  mean_is normal_law (n (S l) * n l) (fun w => step_factor n K (with_layer l (weight_block (n (S l)) (n l) w) A) l y) (rate K).
Proof.
  intros n d K A l y Hm; unfold step_factor; destruct (Rle_dec (dot (n l) y y) 0) as [Z|Z]; [apply mean_is_const|].
  assert (M := bound_mean K (n (S l)) Hm (n l) y ltac:(lra)); revert M; apply mean_is_ext; intros w; f_equal.
  unfold with_layer; rewrite Nat.eqb_refl; unfold shortfall; do 2 f_equal.
  assert (E : forall i, (i < n (S l))%nat -> mv (n l) (by_rows (n l) w) y i = mv (n l) (weight_block (n (S l)) (n l) w) y i).
  { intros i Hi; apply dot_ext; [|reflexivity]; intros j Hj; unfold by_rows, weight_block.
    destruct (Nat.ltb_spec i (n (S l))), (Nat.ltb_spec j (n l)); try lia; reflexivity. }
  apply dot_ext; exact E.
Qed.

Lemma guard_mean : forall n d (K : layer_bounds d) a x q X e, (forall l, (l < q)%nat -> (1 <= n (S (a + l)) <= d)%nat) -> decided_below a X -> mean_of n a X e ->
  mean_of n (a + q) (fun A => guard n K a x q A * X A) (rate K ^ q * e).
Proof.
  intros n d K a x q X e Hn HX M; induction q as [|q IH].
  - rewrite Nat.add_0_r; cbn [guard pow]; revert M; rewrite Rmult_1_l; apply mean_is_ext; intros w; ring.
  - rewrite <- plus_n_Sm; apply (mean_of_next n (a + q) _ (fun A => rate K * (guard n K a x q A * X A))).
    + intros A; assert (F := step_factor_mean n d K A (a + q) (scaled_output n A a x q) ltac:(apply Hn; lia)).
      apply (mean_is_scal _ _ (guard n K a x q A * X A)) in F; rewrite Rmult_comm; revert F; apply mean_is_ext.
      intros w; cbn [guard]; rewrite HX, (guard_below n d K a x q), output_below by lia; ring.
    + rewrite <- tech_pow_Rmult, Rmult_assoc; apply (mean_is_scal normal_law), IH; intros; apply Hn; lia.
Qed.

(** ** The norm *)

Lemma output_scaled : forall n A a x q, let y := scaled_output n A a x q in let m := n (S (a + q)) in let d := n (a + q)%nat in
  (1 <= m)%nat -> dot m (scaled_output n A a x (S q)) (scaled_output n A a x (S q)) = dot m (mv d (A (a + q)%nat) y) (mv d (A (a + q)%nat) y) / INR m.
Proof.
  intros n A a x q y m d Hm; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); cbn [scaled_output]; fold y m d.
  rewrite dot_scal_l, dot_scal_r; assert (S0 : 0 < sqrt (INR m)) by (apply sqrt_lt_R0; exact m0).
  assert (SS : sqrt (INR m) * sqrt (INR m) = INR m) by (apply sqrt_sqrt; lra); rewrite <- SS at 3; field; lra.
Qed.

Lemma guard_above : forall n d (K : layer_bounds d) a x q A, (forall l, (l < q)%nat -> (1 <= n (S (a + l)) <= d)%nat) -> dot (n a) x x = 1 ->
  sqrt (dot (n (a + q)%nat) (scaled_output n A a x q) (scaled_output n A a x q)) <= guard n K a x q A.
Proof.
  intros n d K a x q A; induction q as [|q IH]; intros Hn Hx.
  - rewrite Nat.add_0_r; cbn [scaled_output guard]; rewrite Hx, sqrt_1; lra.
  - rewrite <- plus_n_Sm; assert (Hm := Hn q ltac:(lia)); rewrite output_scaled by lia; cbn [guard].
    specialize (IH ltac:(intros; apply Hn; lia) Hx); set (y := scaled_output n A a x q) in *; set (m := n (S (a + q))) in *.
    set (k := n (a + q)%nat) in *; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); assert (y0 := dot_nonneg k y).
    assert (s0 := sqrt_pos (dot k y y)); assert (Rt := rate_nonneg K).
    assert (G0 : 0 <= guard n K a x q A) by lra; unfold step_factor; fold k m; destruct (Rle_dec (dot k y y) 0) as [Z|Z].
    + replace (dot m (mv k (A (a + q)%nat) y) (mv k (A (a + q)%nat) y)) with 0.
      * unfold Rdiv; rewrite Rmult_0_l, sqrt_0; apply Rmult_le_pos; lra.
      * symmetry; apply total_zero; intros i _; replace (mv k (A (a + q)%nat) y i) with 0; [ring|].
        symmetry; apply total_zero; intros j Hj; rewrite (dot_zero k y j ltac:(lra) Hj); ring.
    + set (W := dot m (mv k (A (a + q)%nat) y) (mv k (A (a + q)%nat) y)); set (z := shortfall m k (A (a + q)%nat) y).
      assert (E : W / INR m = (1 - z) * dot k y y) by (unfold z, shortfall; fold W; field; lra).
      assert (W0 : 0 <= W / INR m) by (apply Rmult_le_pos; [apply dot_nonneg|left; apply Rinv_0_lt_compat, m0]).
      assert (Z1 : z <= 1) by (rewrite E in W0; nra).
      rewrite E, sqrt_mult_alt by lra; apply Rmult_le_compat; try apply sqrt_pos; [apply bound_above; [exact Hm|exact Z1]|exact IH].
Qed.

Lemma guard_nonneg : forall n d (K : layer_bounds d) a x q A, (forall l, (l < q)%nat -> (1 <= n (S (a + l)) <= d)%nat) -> dot (n a) x x = 1 ->
  0 <= guard n K a x q A.
Proof. intros; eapply Rle_trans; [apply sqrt_pos|apply guard_above; assumption]. Qed.

(** The norm of a whole product, by its columns. *)
Definition guards (n : nat -> nat) {d : nat} (K : layer_bounds d) (a q : nat) (A : nat -> nat -> nat -> R) : R :=
  total (n a) (fun c => guard n K a (unit_matrix c) q A).

Lemma scaled_linear : forall n A a x q i, (i < n (a + q))%nat ->
  scaled_output n A a x q i = dot (n a) x (fun c => scaled_output n A a (unit_matrix c) q i).
Proof.
  intros n A a x q; induction q as [|q IH]; intros i Hi.
  - rewrite Nat.add_0_r in Hi; simpl; transitivity (mv (n a) unit_matrix x i); [symmetry; apply mv_unit; exact Hi|].
    apply total_ext; intros c _; rewrite Rmult_comm; f_equal; unfold unit_matrix; rewrite Nat.eqb_sym; reflexivity.
  - cbn [scaled_output]; rewrite dot_scal_r; f_equal; unfold mv at 1, dot.
    rewrite (total_ext _ _ (fun j => total (n a) (fun c => x c * (A (a + q)%nat i j * scaled_output n A a (unit_matrix c) q j)))).
    + rewrite total_swap; apply total_ext; intros c _; rewrite total_scal; reflexivity.
    + intros j Hj; rewrite (IH j Hj); unfold dot; rewrite <- total_scal; apply total_ext; intros c _; ring.
Qed.

Lemma total_squares : forall m g, (forall c, (c < m)%nat -> 0 <= g c) -> total m (fun c => g c ^ 2) <= total m g ^ 2.
Proof.
  intros m g; induction m as [|m IH]; intros H; [simpl; lra|]; cbn [total].
  specialize (IH ltac:(intros; apply H; lia)); assert (G := H m ltac:(lia)).
  assert (T : 0 <= total m g) by (apply total_nonneg; intros; apply H; lia); nra.
Qed.

Lemma guards_above : forall n d (K : layer_bounds d) a q A x, (forall l, (l < q)%nat -> (1 <= n (S (a + l)) <= d)%nat) ->
  dot (n (a + q)%nat) (scaled_output n A a x q) (scaled_output n A a x q) <= guards n K a q A ^ 2 * dot (n a) x x.
Proof.
  intros n d K a q A x Hn.
  set (T := total (n a) (fun c => dot (n (a + q)%nat) (scaled_output n A a (unit_matrix c) q) (scaled_output n A a (unit_matrix c) q))).
  assert (Unit : forall c, (c < n a)%nat -> dot (n a) (unit_matrix c) (unit_matrix c) = 1).
  { intros c Hc; transitivity (mv (n a) unit_matrix (unit_matrix c) c); [reflexivity|]; rewrite mv_unit by exact Hc.
    unfold unit_matrix; rewrite Nat.eqb_refl; reflexivity. }
  apply Rle_trans with (dot (n a) x x * T).
  - unfold T, dot at 1 3; rewrite total_swap, <- total_scal; apply total_le; intros i Hi.
    rewrite (scaled_linear n A a x q i Hi).
    assert (C := cauchy (n a) x (fun c => scaled_output n A a (unit_matrix c) q i)); simpl in C; unfold dot in *; lra.
  - rewrite Rmult_comm; apply Rmult_le_compat_r; [apply dot_nonneg|]; unfold guards.
    eapply Rle_trans; [|apply total_squares; intros c Hc; apply guard_nonneg; [exact Hn|apply Unit; exact Hc]].
    apply total_le; intros c Hc; assert (G := guard_above n d K a (unit_matrix c) q A Hn (Unit c Hc)).
    set (D := dot (n (a + q)%nat) (scaled_output n A a (unit_matrix c) q) (scaled_output n A a (unit_matrix c) q)) in *.
    assert (D0 : 0 <= D) by apply dot_nonneg; rewrite <- (pow2_sqrt D) by exact D0; apply pow_incr; split; [apply sqrt_pos|exact G].
Qed.

Lemma mean_of_total : forall n l m (X : nat -> (nat -> nat -> nat -> R) -> R) e, (forall j, (j < m)%nat -> mean_of n l (X j) (e j)) ->
  mean_of n l (fun A => total m (fun j => X j A)) (total m e).
Proof. intros n l m X e H; exact (mean_is_total normal_law _ m (fun j w => X j (normal_layers n l w)) e H). Qed.

(** E (its bound times X) = n_a rate^q E X *)
Lemma guards_mean : forall n d (K : layer_bounds d) a q X e, (forall l, (l < q)%nat -> (1 <= n (S (a + l)) <= d)%nat) -> decided_below a X -> mean_of n a X e ->
  mean_of n (a + q) (fun A => guards n K a q A * X A) (INR (n a) * rate K ^ q * e).
Proof.
  intros n d K a q X e Hn HX M.
  assert (T := mean_of_total n (a + q) (n a) (fun c A => guard n K a (unit_matrix c) q A * X A) (fun _ => rate K ^ q * e)
    (fun c _ => guard_mean n d K a (unit_matrix c) q X e Hn HX M)).
  rewrite total_const, <- Rmult_assoc in T; revert T; apply mean_is_ext; intros w.
  unfold guards; rewrite Rmult_comm, <- total_scal; apply total_ext; intros c _; ring.
Qed.
