(** Exponentials of squares of normal variables: for a matrix A of m rows with independent standard normal entries,
    E exp(-l |A x|^2) = (1 + 2 l |x|^2)^(-m/2) while 1 + 2 l |x|^2 > 0. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Escape Expectation Remainder Convergence RangeNumbers Laws Xavier AnyLaw Independent Gauss NormalLaw XavierAnyLaw PaperStarts NormalStarts ChiSquare IndependentBlocks.
Open Scope R_scope.

Lemma line_shift : forall f l h, line f l -> line (fun x => f (x + h)) l.
Proof.
  intros f l h L P HP; destruct (L P HP) as [A B [a0 HA] [b0 HB] H].
  apply (Filter_prod _ _ _ (fun a => a < a0 - h) (fun b => b0 - h < b)).
  - exists (a0 - h); auto.
  - exists (b0 - h); auto.
  - intros a b Ha Hb; simpl.
    destruct (H (a + h) (b + h)) as [y [I Hy]]; [apply HA; lra|apply HB; lra|]; simpl in I.
    exists y; split; [|exact Hy].
    assert (I' : is_RInt f (1 * a + h) (1 * b + h) y) by (rewrite !Rmult_1_l; exact I).
    apply (is_RInt_comp_lin (V := R_NormedModule)) in I'.
    apply (is_RInt_ext (V := R_NormedModule) (fun x => scal 1 (f (1 * x + h)))); [|exact I'].
    intros x _; change (1 * f (1 * x + h) = f (x + h)); rewrite !Rmult_1_l; reflexivity.
Qed.

Lemma normal_square_exponential : forall l a c, 0 < 1 + 2 * l * a ^ 2 ->
  line (fun t => exp (- (l * (a * t + c) ^ 2)) * normal_density t)
    (exp (- (l * c ^ 2 / (1 + 2 * l * a ^ 2))) * / sqrt (1 + 2 * l * a ^ 2)).
Proof.
  intros l a c Hg; set (g := 1 + 2 * l * a ^ 2) in *; set (h := 2 * l * a * c / g).
  apply (line_ext (fun t => exp (- (l * c ^ 2 / g)) * (exp ((1 - g) / 2 * (t + h) ^ 2) * normal_density (t + h)))).
  - intros t; rewrite !normal_density_bell; unfold bell.
    transitivity (exp (- (l * c ^ 2 / g) + ((1 - g) / 2 * (t + h) ^ 2 + - (t + h) ^ 2 / 2)) * / sqrt (2 * PI)).
    + rewrite !exp_plus; ring.
    + transitivity (exp (- (l * (a * t + c) ^ 2) + - t ^ 2 / 2) * / sqrt (2 * PI)); [|rewrite exp_plus; ring].
      do 2 f_equal; unfold h, g; field; fold g; lra.
  - apply line_scal, (line_shift (fun t => exp ((1 - g) / 2 * t ^ 2) * normal_density t)), normal_exponent; exact Hg.
Qed.

(** One row. *)
Lemma row_mean : forall d x l c, 0 < 1 + 2 * l * dot d x x ->
  mean_is normal_law d (fun w => exp (- (l * (dot d w x + c) ^ 2)))
    (exp (- (l * c ^ 2 / (1 + 2 * l * dot d x x))) * / sqrt (1 + 2 * l * dot d x x)).
Proof.
  induction d as [|d IH]; intros x l c Hg.
  - split; [exact I|]; cbn [iterated]; unfold dot; cbn [total].
    replace (1 + 2 * l * 0) with 1 by ring; rewrite sqrt_1, Rinv_1, Rmult_1_r; do 2 f_equal; field.
  - change (dot (S d) x x) with (dot d x x + x d * x d) in *; set (s := dot d x x) in *.
    assert (s0 : 0 <= s) by apply dot_nonneg; assert (x0 : 0 <= x d * x d) by apply Rle_0_sqr.
    set (g := 1 + 2 * l * s) in *; set (g' := 1 + 2 * l * (s + x d * x d)) in *.
    assert (g0 : 0 < g).
    { destruct (Rle_lt_dec 0 l) as [L|L]; [assert (0 <= l * s) by (apply Rmult_le_pos; assumption); unfold g; lra|].
      assert (0 <= - l * (x d * x d)) by (apply Rmult_le_pos; lra); unfold g, g' in *; lra. }
    assert (Each : forall t, mean_is normal_law d (fun w => exp (- (l * (dot (S d) (put d t w) x + c) ^ 2)))
      (/ sqrt g * exp (- (l / g * (x d * t + c) ^ 2)))).
    { intros t; apply (mean_is_ext normal_law d (fun w => exp (- (l * (dot d w x + (x d * t + c)) ^ 2)))).
      - intros w; do 3 f_equal; f_equal; change (dot (S d) (put d t w) x) with (dot d (put d t w) x + put d t w d * x d).
        rewrite put_same, (dot_ext d (put d t w) x w x); [ring| |reflexivity]; intros i Hi; apply put_other; lia.
      - replace (/ sqrt g * exp (- (l / g * (x d * t + c) ^ 2))) with (exp (- (l * (x d * t + c) ^ 2 / g)) * / sqrt g);
          [exact (IH x l (x d * t + c) g0)|].
        rewrite Rmult_comm; do 3 f_equal; field; lra. }
    assert (E : (fun t => iterated normal_law d (fun w => exp (- (l * (dot (S d) (put d t w) x + c) ^ 2))))
      = (fun t => / sqrt g * exp (- (l / g * (x d * t + c) ^ 2))))
      by (apply FunctionalExtensionality.functional_extensionality; intros t; apply Each).
    assert (Ratio : 1 + 2 * (l / g) * x d ^ 2 = g' / g) by (unfold g'; replace (g / g) with 1; unfold g; field; fold g; lra).
    destruct (normal_is (fun t => exp (- (l / g * (x d * t + c) ^ 2))) _
      (normal_square_exponential (l / g) (x d) c ltac:(rewrite Ratio; apply Rdiv_lt_0_compat; assumption))) as [J1 J2].
    rewrite Ratio in J2.
    destruct (integral_scal normal_law (/ sqrt g) _ J1) as [J3 J4].
    split; [split|].
    + intros t; apply Each.
    + rewrite E; exact J3.
    + transitivity (integral normal_law (fun t => / sqrt g * exp (- (l / g * (x d * t + c) ^ 2)))); [simpl; f_equal; exact E|].
      rewrite J4; transitivity (/ sqrt g * normal_integral (fun t => exp (- (l / g * (x d * t + c) ^ 2)))); [reflexivity|].
      rewrite J2, sqrt_div by lra; assert (0 < sqrt g) by (apply sqrt_lt_R0; exact g0); assert (0 < sqrt g') by (apply sqrt_lt_R0; exact Hg).
      replace (l / g * c ^ 2 / (g' / g)) with (l * c ^ 2 / g') by (field; lra); field; lra.
Qed.

(** The matrix with d columns whose rows are blocks of d weights. *)
Definition by_rows (d : nat) (w : nat -> R) (i j : nat) : R := w (i * d + j)%nat.

Lemma matrix_mean : forall m d x l, 0 < 1 + 2 * l * dot d x x ->
  mean_is normal_law (m * d) (fun w => exp (- (l * dot m (mv d (by_rows d w) x) (mv d (by_rows d w) x))))
    ((/ sqrt (1 + 2 * l * dot d x x)) ^ m).
Proof.
  intros m d x l Hg; induction m as [|m IH].
  - split; [exact I|]; cbn; rewrite Rmult_0_r, Ropp_0; apply exp_0.
  - set (g := / sqrt (1 + 2 * l * dot d x x)) in *; rewrite Nat.mul_succ_l.
    apply (mean_block normal_law (m * d) d _ (fun u => g ^ m * exp (- (l * (dot d u x + 0) ^ 2)))).
    + intros u; replace (g ^ m * exp (- (l * (dot d u x + 0) ^ 2))) with (exp (- (l * (dot d u x + 0) ^ 2)) * g ^ m) by ring.
      apply (mean_is_ext normal_law (m * d) (fun w => exp (- (l * (dot d u x + 0) ^ 2))
        * exp (- (l * dot m (mv d (by_rows d w) x) (mv d (by_rows d w) x))))); [|apply mean_is_scal; exact IH].
      intros w; rewrite <- exp_plus; f_equal.
      set (W := by_rows d (join (m * d) w u)).
      change (dot (S m) (mv d W x) (mv d W x)) with (dot m (mv d W x) (mv d W x) + mv d W x m * mv d W x m).
      assert (Last : mv d W x m = dot d u x).
      { apply dot_ext; [|reflexivity]; intros j Hj; unfold W, by_rows, join.
        destruct (Nat.ltb_spec (m * d + j) (m * d)); [lia|]; f_equal; lia. }
      assert (Low : forall i, (i < m)%nat -> mv d W x i = mv d (by_rows d w) x i).
      { intros i Hi; apply dot_ext; [|reflexivity]; intros j Hj; unfold W, by_rows, join.
        destruct (Nat.ltb_spec (i * d + j) (m * d)); [reflexivity|nia]. }
      rewrite Last, (dot_ext m (mv d W x) (mv d W x) _ _ Low Low); ring.
    + replace (g ^ S m) with (g ^ m * (exp (- (l * 0 ^ 2 / (1 + 2 * l * dot d x x))) * g)).
      * apply mean_is_scal; exact (row_mean d x l 0 Hg).
      * replace (- (l * 0 ^ 2 / (1 + 2 * l * dot d x x))) with 0 by (field; lra); rewrite exp_0; simpl; ring.
Qed.
