(** What successive Gaussian layers of any widths make of one vector y_0, y_1, ..., without any scale: no layer makes it much shorter, the
    mean of |y_q|^2, and on which side of a direction, and how long, the last one is. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Remainder Convergence AnyLaw Independent NormalLaw ChiSquare IndependentBlocks GaussianRow GaussianProduct RandomBalance LinearForms NarrowFactors NarrowLayers.
Open Scope R_scope.

(** A_(q-1) ... A_0 x *)
Fixpoint layered_output (n : nat -> nat) (A : nat -> nat -> nat -> R) (x : nat -> R) (q : nat) : nat -> R :=
  match q with
  | O => x
  | S p => mv (n p) (A p) (layered_output n A x p)
  end.

Lemma layered_below : forall n x q k B A, (q <= k)%nat -> layered_output n (with_layer k B A) x q = layered_output n A x q.
Proof.
  intros n x q k B A; induction q as [|q IH]; intros H; [reflexivity|]; cbn [layered_output]; rewrite IH by lia.
  unfold with_layer; destruct (Nat.eqb_spec q k); [lia|reflexivity].
Qed.

Lemma block_mean : forall m d y h e, layer_mean m h e -> 0 < dot d y y ->
  mean_is normal_law (m * d) (fun w => h (shortfall m d (weight_block m d w) y)) e.
Proof.
  intros m d y h e M Hy; assert (T := M d y Hy); revert T; apply mean_is_ext; intros w; f_equal; unfold shortfall; do 2 f_equal.
  assert (E : forall i, (i < m)%nat -> mv d (by_rows d w) y i = mv d (weight_block m d w) y i).
  { intros i Hi; apply dot_ext; [|reflexivity]; intros j Hj; unfold by_rows, weight_block.
    destruct (Nat.ltb_spec i m), (Nat.ltb_spec j d); try lia; reflexivity. }
  apply dot_ext; exact E.
Qed.

(** A function of the shortfall of layer l, or e where y_l = 0. *)
Definition layer_function (n : nat -> nat) (x : nat -> R) (h : R -> R) (e : R) (l : nat) (A : nat -> nat -> nat -> R) : R :=
  let y := layered_output n A x l in
  if Rle_dec (dot (n l) y y) 0 then e else h (shortfall (n (S l)) (n l) (A l) y).

Lemma layer_function_below : forall n x h e l, decided_below (S l) (layer_function n x h e l).
Proof.
  intros n x h e l k B A Hk; unfold layer_function; rewrite layered_below by lia; unfold with_layer.
  destruct (Nat.eqb_spec l k); [lia|reflexivity].
Qed.

Lemma layer_function_given : forall n x h e l A, layer_mean (n (S l)) h e ->
  mean_is normal_law (n (S l) * n l) (fun w => layer_function n x h e l (with_layer l (weight_block (n (S l)) (n l) w) A)) e.
Proof.
  intros n x h e l A M; unfold layer_function; set (y := layered_output n A x l).
  apply (mean_is_ext _ _ (fun w => if Rle_dec (dot (n l) y y) 0 then e else h (shortfall (n (S l)) (n l) (weight_block (n (S l)) (n l) w) y))).
  - intros w; rewrite layered_below by lia; fold y; unfold with_layer; rewrite Nat.eqb_refl; reflexivity.
  - destruct (Rle_dec (dot (n l) y y) 0) as [Z|Z]; [apply mean_is_const|apply block_mean; [exact M|lra]].
Qed.

Lemma layer_function_mean : forall n x h e l q, (S l <= q)%nat -> layer_mean (n (S l)) h e -> mean_of n q (layer_function n x h e l) e.
Proof.
  intros n x h e l q Hq M; replace q with (S l + (q - S l))%nat by lia; apply mean_of_more; [apply layer_function_below|].
  apply (mean_of_next n l _ (fun _ => e)); [intros A; apply layer_function_given; exact M|exact (mean_is_const normal_law _ e)].
Qed.

(** ** No layer makes the vector much shorter *)

(** At least 1 where 1 - z is below tau. *)
Definition drop (m : nat) (tau z : R) : R := exp (- (INR m / (2 * tau) * (1 - tau))) * exp (INR m / (2 * tau) * z).

Definition drop_mean (m : nat) (tau : R) : R := exp (- (INR m / (2 * tau) * (1 - tau))) * shortfall_moment m (INR m / (2 * tau)).

Lemma drop_pos : forall m tau z, 0 < drop m tau z.
Proof. intros; apply Rmult_lt_0_compat; apply exp_pos. Qed.

Lemma drop_above : forall m tau z, 0 < tau -> 1 - z < tau -> 1 <= drop m tau z.
Proof.
  intros m tau z Ht Hz; unfold drop; rewrite <- exp_plus; assert (U := exp_above_line (- (INR m / (2 * tau) * (1 - tau)) + INR m / (2 * tau) * z)).
  assert (0 <= INR m / (2 * tau) * (z - (1 - tau))); [|lra].
  apply Rmult_le_pos; [apply Rmult_le_pos; [apply pos_INR|left; apply Rinv_0_lt_compat; lra]|lra].
Qed.

Lemma drop_has_mean : forall m tau, (1 <= m)%nat -> 0 < tau -> layer_mean m (drop m tau) (drop_mean m tau).
Proof.
  intros m tau Hm Ht; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); apply layer_mean_scal, layer_mean_exp; [exact Hm|].
  assert (0 < 2 * (INR m / (2 * tau)) / INR m); [|lra].
  apply Rdiv_lt_0_compat; [|exact m0]; apply Rmult_lt_0_compat; [lra|apply Rdiv_lt_0_compat; lra].
Qed.

(** Its mean is (e/(1 + 1/tau))^(m/2). *)
Lemma drop_mean_below : forall m g, (1 <= m)%nat -> 2 <= g -> 0 <= drop_mean m (/ g ^ 2) <= 2 / g.
Proof.
  intros m g Hm Hg; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); assert (g2 : 0 < g ^ 2) by (apply pow_lt; lra).
  unfold drop_mean, shortfall_moment; set (t := INR m / (2 * / g ^ 2)).
  assert (Et : t = INR m * (g ^ 2 / 2)) by (unfold t; field; lra).
  replace (1 + 2 * t / INR m) with (1 + g ^ 2) by (rewrite Et; field; lra).
  rewrite <- Rmult_assoc, <- exp_plus.
  replace (- (t * (1 - / g ^ 2)) + t) with (INR m * (1 / 2)) by (rewrite Et; field; lra).
  rewrite exp_times, <- Rpow_mult_distr.
  assert (R : g <= sqrt (1 + g ^ 2)) by (rewrite <- (sqrt_pow2 g) at 1 by lra; apply sqrt_le_1_alt; lra).
  assert (I : 0 < / sqrt (1 + g ^ 2) <= / g) by (split; [apply Rinv_0_lt_compat; lra|apply Rinv_le_contravar; lra]).
  assert (E : exp (1 / 2) <= 2).
  { assert (P := exp_pos (1 / 2)); apply below_by_square; [lra|]; replace (exp (1 / 2) ^ 2) with (exp 1); [assert (X := exp_le_3); lra|].
    simpl; rewrite Rmult_1_r, <- exp_plus; f_equal; field. }
  assert (P := exp_pos (1 / 2)); set (x := exp (1 / 2) * / sqrt (1 + g ^ 2)).
  assert (X : 0 <= x <= 2 / g) by (unfold x; split; [apply Rmult_le_pos; lra|apply Rmult_le_compat; lra]).
  assert (B : 2 / g <= 1) by (apply (Rmult_le_reg_r g); [lra|]; replace (2 / g * g) with 2 by (field; lra); lra).
  split; [apply pow_le; lra|]; destruct m as [|m]; [lia|]; cbn [pow]; rewrite <- (Rmult_1_r (2 / g)).
  apply Rmult_le_compat; [lra|apply pow_le; lra|lra|rewrite <- (pow1 m); apply pow_incr; lra].
Qed.

(** Where none of them reaches 1, the vector is not short. *)
Lemma no_drops : forall n x A tau q, 0 < tau -> 0 < dot (n 0%nat) x x -> (forall l, (l < q)%nat -> (1 <= n (S l))%nat) ->
  (forall l, (l < q)%nat -> layer_function n x (drop (n (S l)) tau) (drop_mean (n (S l)) tau) l A < 1) ->
  let y := layered_output n A x q in
  0 < dot (n q) y y /\ tau ^ q * product q (fun l => INR (n (S l))) * dot (n 0%nat) x x <= dot (n q) y y.
Proof.
  intros n x A tau q Ht Hx; induction q as [|q IH]; intros Hn H y.
  - simpl; split; [exact Hx|unfold y; simpl; lra].
  - destruct IH as [P B]; [intros; apply Hn; lia|intros; apply H; lia|].
    specialize (H q ltac:(lia)); specialize (Hn q ltac:(lia)); assert (m0 : 0 < INR (n (S q))) by (apply lt_0_INR; lia).
    unfold layer_function in H; set (u := layered_output n A x q) in *; destruct (Rle_dec (dot (n q) u u) 0) as [Z|_]; [lra|].
    assert (D : tau <= 1 - shortfall (n (S q)) (n q) (A q) u).
    { apply Rnot_lt_le; intros L; assert (K := drop_above (n (S q)) tau _ Ht L); lra. }
    assert (E : dot (n (S q)) y y = (1 - shortfall (n (S q)) (n q) (A q) u) * (INR (n (S q)) * dot (n q) u u)).
    { unfold shortfall, y; cbn [layered_output]; fold u; field; lra. }
    assert (G : tau * (INR (n (S q)) * dot (n q) u u) <= dot (n (S q)) y y).
    { rewrite E; apply Rmult_le_compat_r; [apply Rmult_le_pos; lra|exact D]. }
    split.
    + eapply Rlt_le_trans; [|exact G]; apply Rmult_lt_0_compat; [exact Ht|apply Rmult_lt_0_compat; assumption].
    + eapply Rle_trans; [|exact G]; cbn [product pow].
      replace (tau * tau ^ q * (product q (fun l => INR (n (S l))) * INR (n (S q))) * dot (n 0%nat) x x)
        with (tau * (INR (n (S q)) * (tau ^ q * product q (fun l => INR (n (S l))) * dot (n 0%nat) x x))) by ring.
      apply Rmult_le_compat_l; [lra|apply Rmult_le_compat_l; lra].
Qed.

(** ** The mean of |y_q|^2 *)

Lemma layered_square_given : forall n x l A, (1 <= n (S l))%nat -> let y := layered_output n A x l in
  mean_is normal_law (n (S l) * n l)
    (fun w => let B := with_layer l (weight_block (n (S l)) (n l) w) A in dot (n (S l)) (layered_output n B x (S l)) (layered_output n B x (S l)))
    (INR (n (S l)) * dot (n l) y y).
Proof.
  intros n x l A Hm y; set (m := n (S l)) in *; set (d := n l) in *; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia).
  apply (mean_is_ext _ _ (fun w => dot m (mv d (weight_block m d w) y) (mv d (weight_block m d w) y))).
  { intros w; cbv zeta; cbn [layered_output]; rewrite layered_below by lia; unfold with_layer; rewrite Nat.eqb_refl; reflexivity. }
  destruct (Rle_dec (dot d y y) 0) as [Z|Z].
  - assert (y0 := dot_nonneg d y); replace (INR m * dot d y y) with 0 by (replace (dot d y y) with 0 by lra; ring).
    apply (mean_is_ext _ _ (fun _ => 0)); [|apply mean_is_const]; intros w; symmetry; apply total_zero; intros i _.
    replace (mv d (weight_block m d w) y i) with 0; [ring|]; symmetry; apply total_zero; intros j Hj.
    rewrite (dot_zero d y j ltac:(lra) Hj); ring.
  - assert (M := layer_mean_plus m _ _ _ _ (layer_mean_const m 1) (layer_mean_scal m (-1) _ _ (layer_mean_shortfall m Hm))).
    apply (layer_mean_scal m (INR m * dot d y y)) in M.
    assert (T := block_mean m d y _ _ M ltac:(lra)); replace (INR m * dot d y y * (1 + -1 * 0)) with (INR m * dot d y y) in T by ring.
    revert T; apply mean_is_ext; intros w; unfold shortfall; field; lra.
Qed.

Lemma layered_square_mean : forall n x q, (forall l, (l < q)%nat -> (1 <= n (S l))%nat) ->
  mean_of n q (fun A => dot (n q) (layered_output n A x q) (layered_output n A x q)) (product q (fun l => INR (n (S l))) * dot (n 0%nat) x x).
Proof.
  intros n x q; induction q as [|q IH]; intros Hn.
  - cbn [product layered_output]; rewrite Rmult_1_l; exact (mean_is_const normal_law _ (dot (n 0%nat) x x)).
  - apply (mean_of_next n q _ (fun A => INR (n (S q)) * dot (n q) (layered_output n A x q) (layered_output n A x q))).
    + intros A; apply layered_square_given; apply Hn; lia.
    + cbn [product]; replace (product q (fun l => INR (n (S l))) * INR (n (S q)) * dot (n 0%nat) x x)
        with (INR (n (S q)) * (product q (fun l => INR (n (S l))) * dot (n 0%nat) x x)) by ring.
      apply (mean_is_scal normal_law), IH; intros; apply Hn; lia.
Qed.

(** ** On which side of a direction the last layer's output is *)

Lemma total_rows : forall m d f, total (m * d) f = total m (fun i => total d (fun j => f (i * d + j)%nat)).
Proof.
  intros m d f; induction m as [|m IH]; [reflexivity|]; rewrite Nat.mul_succ_l, total_append, IH; reflexivity.
Qed.

(** <A y, g> is linear in the entries of A. *)
Definition outer_row (d : nat) (y g : nat -> R) (k : nat) : R := g (k / d)%nat * y (k mod d)%nat.

Lemma outer_row_at : forall d y g i j, (j < d)%nat -> outer_row d y g (i * d + j)%nat = g i * y j.
Proof.
  intros d y g i j Hj; unfold outer_row; rewrite Nat.add_comm, Nat.div_add, Nat.mod_add by lia.
  rewrite Nat.div_small, Nat.mod_small by lia; reflexivity.
Qed.

Lemma outer_row_square : forall m d y g, dot (m * d) (outer_row d y g) (outer_row d y g) = dot m g g * dot d y y.
Proof.
  intros m d y g; unfold dot at 1; rewrite total_rows; unfold dot at 1; rewrite Rmult_comm, <- total_scal; apply total_ext; intros i _.
  rewrite Rmult_comm; unfold dot; rewrite <- total_scal; apply total_ext; intros j Hj; rewrite outer_row_at by exact Hj; ring.
Qed.

Lemma outer_row_dot : forall m d w y g, dot (m * d) w (outer_row d y g) = dot m (mv d (weight_block m d w) y) g.
Proof.
  intros m d w y g; unfold dot at 1; rewrite total_rows; apply total_ext; intros i Hi.
  rewrite Rmult_comm; unfold mv, dot; rewrite <- total_scal; apply total_ext; intros j Hj; rewrite outer_row_at by exact Hj.
  unfold weight_block; destruct (Nat.ltb_spec i m), (Nat.ltb_spec j d); try lia; cbn [andb]; ring.
Qed.

(** The cosine of A_l y_l and g, times |A_l y_l|/|y_l|, for |g| = 1. *)
Definition row_side (n : nat -> nat) (x g : nat -> R) (t : R) (l : nat) (A : nat -> nat -> nat -> R) : R :=
  let y := layered_output n A x l in
  if Rle_dec (dot (n l) y y) 0 then lean_mean t else lean t (/ sqrt (dot (n l) y y) * dot (n (S l)) (layered_output n A x (S l)) g).

Lemma side_mean : forall n x g t l, dot (n (S l)) g g = 1 -> 0 < t -> mean_of n (S l) (row_side n x g t l) (lean_mean t).
Proof.
  intros n x g t l Hg Ht; apply (mean_of_next n l _ (fun _ => lean_mean t)); [|exact (mean_is_const normal_law _ (lean_mean t))]; intros A; unfold row_side.
  set (y := layered_output n A x l); set (m := n (S l)) in *; set (d := n l).
  apply (mean_is_ext _ _ (fun w => if Rle_dec (dot d y y) 0 then lean_mean t else lean t (dot (m * d) w (outer_row d (fun j => / sqrt (dot d y y) * y j) g)))).
  - intros w; rewrite layered_below by lia; fold y d; destruct (Rle_dec (dot d y y) 0); [reflexivity|]; f_equal.
    rewrite outer_row_dot, <- dot_scal_l; apply dot_ext; [|reflexivity]; intros i _.
    cbn [layered_output]; rewrite layered_below by lia; unfold with_layer; rewrite Nat.eqb_refl; fold y d; unfold mv; rewrite dot_scal_r; reflexivity.
  - destruct (Rle_dec (dot d y y) 0) as [Z|Z]; [apply mean_is_const|]; apply lean_has_mean; [|exact Ht].
    rewrite outer_row_square, Hg, dot_scal_l, dot_scal_r; assert (S0 : 0 < sqrt (dot d y y)) by (apply sqrt_lt_R0; lra).
    assert (SS : sqrt (dot d y y) * sqrt (dot d y y) = dot d y y) by (apply sqrt_sqrt; lra); rewrite <- SS at 3; field; lra.
Qed.

(** ** How long the last layer's output is *)

(** At least 2 k |A_l y_l|^2/|y_l|, as |y_l| <= (|y_l|^2/r + r)/2. *)
Definition row_stretch (n : nat -> nat) (x : nat -> R) (k r : R) (l : nat) (A : nat -> nat -> nat -> R) : R :=
  let y := layered_output n A x l in let z := layered_output n A x (S l) in
  k * (/ r * dot (n l) y y + r) * (if Rle_dec (dot (n l) y y) 0 then INR (n (S l)) else / dot (n l) y y * dot (n (S l)) z z).

Lemma stretch_mean : forall n x k r l, (forall q, (q <= l)%nat -> (1 <= n (S q))%nat) -> 0 < r ->
  r ^ 2 = product l (fun q => INR (n (S q))) * dot (n 0%nat) x x -> mean_of n (S l) (row_stretch n x k r l) (2 * k * r * INR (n (S l))).
Proof.
  intros n x k r l Hn Hr Er; set (m := n (S l)).
  apply (mean_of_next n l _ (fun A => k * INR m * / r * dot (n l) (layered_output n A x l) (layered_output n A x l) + k * r * INR m)).
  - intros A; assert (G := layered_square_given n x l A (Hn l (le_n l))); cbv zeta in G; unfold row_stretch; fold m in G |- *.
    set (y := layered_output n A x l) in *.
    assert (Low : forall w, layered_output n (with_layer l (weight_block m (n l) w) A) x l = y) by (intros w; apply layered_below; lia).
    apply (mean_is_ext _ _ (fun w => k * (/ r * dot (n l) y y + r) * (if Rle_dec (dot (n l) y y) 0 then INR m else / dot (n l) y y
      * (let B := with_layer l (weight_block m (n l) w) A in dot m (layered_output n B x (S l)) (layered_output n B x (S l)))))).
    { intros w; rewrite Low; reflexivity. }
    destruct (Rle_dec (dot (n l) y y) 0) as [Z|Z].
    + replace (k * INR m * / r * dot (n l) y y + k * r * INR m) with (k * (/ r * dot (n l) y y + r) * INR m) by ring; apply mean_is_const.
    + replace (k * INR m * / r * dot (n l) y y + k * r * INR m) with (k * (/ r * dot (n l) y y + r) * (/ dot (n l) y y * (INR m * dot (n l) y y))) by (field; lra).
      apply mean_is_scal, mean_is_scal; exact G.
  - replace (2 * k * r * INR m) with (k * INR m * / r * (product l (fun q => INR (n (S q))) * dot (n 0%nat) x x) + k * r * INR m) by (rewrite <- Er; field; lra).
    assert (S2 := layered_square_mean n x l ltac:(intros q Hq; apply Hn; lia)).
    exact (mean_is_plus _ _ _ _ _ _ (mean_is_scal normal_law _ (k * INR m * / r) _ _ S2) (mean_is_const normal_law _ (k * r * INR m))).
Qed.

Lemma stretch_above : forall n x k r l A, 0 <= k -> 0 < r -> 0 <= row_stretch n x k r l A /\
  let y := layered_output n A x l in let z := layered_output n A x (S l) in
  0 < dot (n l) y y -> 2 * k * dot (n (S l)) z z <= row_stretch n x k r l A * sqrt (dot (n l) y y).
Proof.
  intros n x k r l A Hk Hr; unfold row_stretch; set (y := layered_output n A x l); set (z := layered_output n A x (S l)).
  assert (y0 := dot_nonneg (n l) y); assert (z0 := dot_nonneg (n (S l)) z); assert (r0 : 0 < / r) by (apply Rinv_0_lt_compat; exact Hr).
  assert (P : 0 <= / r * dot (n l) y y) by (apply Rmult_le_pos; lra); split.
  - apply Rmult_le_pos; [apply Rmult_le_pos; lra|]; destruct (Rle_dec (dot (n l) y y) 0); [apply pos_INR|].
    apply Rmult_le_pos; [left; apply Rinv_0_lt_compat; lra|exact z0].
  - cbv zeta; intros Hy; destruct (Rle_dec (dot (n l) y y) 0) as [Z|_]; [lra|]; set (a := sqrt (dot (n l) y y)).
    assert (a0 : 0 < a) by (apply sqrt_lt_R0; exact Hy); assert (aa : dot (n l) y y = a * a) by (symmetry; apply sqrt_sqrt; lra); rewrite aa.
    replace (k * (/ r * (a * a) + r) * (/ (a * a) * dot (n (S l)) z z) * a) with (k * dot (n (S l)) z z * ((/ r * (a * a) + r) / a)) by (field; lra).
    replace (2 * k * dot (n (S l)) z z) with (k * dot (n (S l)) z z * 2) by ring; apply Rmult_le_compat_l; [apply Rmult_le_pos; assumption|].
    replace ((/ r * (a * a) + r) / a) with (2 + (a - r) ^ 2 / (r * a)) by (field; lra).
    assert (0 <= (a - r) ^ 2 / (r * a)); [|lra]; apply Rmult_le_pos; [apply pow2_ge_0|left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; assumption].
Qed.
