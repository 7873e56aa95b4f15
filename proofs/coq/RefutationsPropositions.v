(** Refutations, continued: Propositions 6.2 and 6.3 of Du and Hu need more width than outputs and samples, where a matrix has a
    kernel; Proposition 6.4 is not of the first layer, which is as large as its number of inputs. *)
From Coq Require Import Reals Lra Lia Arith Psatz ZArith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Elimination Spectral Geometry AnyLaw Independent NormalLaw ChiSquare.
From Lemmata Require Import WidePapers RandomLayers GaussianLayers Spheres WideStart WideLayout WidePropositions InstancesPropositions.
Open Scope R_scope.

Lemma at_most_sure : forall k (P : weights k) (A : (nat -> R) -> Prop) b, (forall w, A w) -> at_most P A b -> 1 <= b.
Proof.
  intros k P A b H [X [V [_ [X1 E]]]]; destruct (expectation_one k P) as [V1 E1].
  assert (L := expectation_le k P _ _ V1 V (fun w => X1 w (H w))); lra.
Qed.

Lemma exponential_below_one : forall x, 0 < x -> exp (- x) < 1.
Proof. intros x Hx; rewrite <- exp_0; apply exp_increasing; lra. Qed.

(** A layer with more columns than rows has a kernel. *)
Lemma wide_kernel : forall m A, exists z, 0 < dot (S m) z z /\ dot m (mv (S m) A z) (mv (S m) A z) = 0.
Proof.
  intros m A; destruct (kernel_vector m A) as [z [N Z]]; exists z; split; [apply dot_positive; exact N|].
  apply total_zero; intros i Hi; unfold mv; rewrite (Z i Hi); ring.
Qed.

(** a inputs, one hidden layer of width m, b outputs. *)
Definition two_widths (a m b l : nat) : nat := match l with O => a | 1%nat => m | _ => b end.

Lemma two_hidden : forall a m b, hidden_width (two_widths a m b) 2 m.
Proof. intros a m b l Hl; replace l with 1%nat by lia; reflexivity. Qed.

Lemma du_hu_proposition_6_3_any_rank_is_false : ~ (forall K n L m q r X tau sigma,
  (1 <= q < L)%nat -> (1 <= r)%nat -> hidden_width n L m -> (entries_before n L <= K)%nat -> 560000 * INR q <= INR m ->
  opbelow (n 0%nat) r X tau -> opnorm (n 0%nat) r X sigma ->
  at_most (law_weights K normal_law) (fun w => ~ forall z,
      (4 / 5 * tau) ^ 2 * INR m ^ q * dot r z z
        <= dot m (random_output n w 0 (mv r X z) q) (random_output n w 0 (mv r X z) q)
        <= (6 / 5 * sigma) ^ 2 * INR m ^ q * dot r z z)
    (exp (- (INR m / (60000 * INR q))))).
Proof.
  intros H; destruct (width_of 560000 ltac:(lia)) as [m Hm]; set (n := two_widths (S m) m 1).
  assert (Same : forall z, dot (S m) (mv (S m) unit_matrix z) (mv (S m) unit_matrix z) = dot (S m) z z) by apply norm_unit.
  assert (A := H (entries_before n 2) n 2%nat m 1%nat (S m) unit_matrix 1 1 ltac:(lia) ltac:(lia) (two_hidden (S m) m 1) (le_n _)).
  change (n 0%nat) with (S m) in A.
  specialize (A ltac:(rewrite Hm; simpl; lra) ltac:(intros z; rewrite Same; lra) ltac:(intros z; rewrite Same; lra)).
  apply at_most_sure in A.
  - assert (B := exponential_below_one (INR m / (60000 * INR 1)) ltac:(rewrite Hm; simpl; lra)); lra.
  - intros w G; destruct (wide_kernel m (random_layer n w 0)) as [z [Pz Z]]; destruct (G z) as [Low _].
    change (random_output n w 0 (mv (S m) unit_matrix z) 1) with (mv (S m) (random_layer n w 0) (mv (S m) unit_matrix z)) in Low.
    rewrite (mv_ext (S m) (random_layer n w 0) _ z), Z in Low by (intros; apply mv_unit; assumption).
    rewrite Hm in Low; simpl in Low; lra.
Qed.

Lemma du_hu_proposition_6_2_any_outputs_is_false : ~ (forall K n L m q,
  (1 <= q < L)%nat -> (1 <= n L)%nat -> hidden_width n L m -> (entries_before n L <= K)%nat -> 560000 * INR q <= INR m ->
  at_most (law_weights K normal_law) (fun w => ~
      ((forall x, dot (n L) (random_output n w (L - q) x q) (random_output n w (L - q) x q) <= (6 / 5) ^ 2 * INR m ^ q * dot m x x) /\
       forall y, (4 / 5) ^ 2 * INR m ^ q * dot (n L) y y <= dot m (random_back n w L y q) (random_back n w L y q)
         <= (6 / 5) ^ 2 * INR m ^ q * dot (n L) y y))
    (exp (- (INR m / (60000 * INR q))))).
Proof.
  intros H; destruct (width_of 560000 ltac:(lia)) as [m Hm]; set (n := two_widths 1 m (S m)).
  assert (A := H (entries_before n 2) n 2%nat m 1%nat ltac:(lia) ltac:(simpl; lia) (two_hidden 1 m (S m)) (le_n _)
    ltac:(rewrite Hm; simpl; lra)).
  change (n 2%nat) with (S m) in A; apply at_most_sure in A.
  - assert (B := exponential_below_one (INR m / (60000 * INR 1)) ltac:(rewrite Hm; simpl; lra)); lra.
  - intros w [_ G]; destruct (wide_kernel m (tr (random_layer n w 1))) as [z [Pz Z]]; destruct (G z) as [Low _].
    change (random_back n w 2 z 1) with (mv (S m) (tr (random_layer n w 1)) z) in Low.
    rewrite Z, Hm in Low; simpl in Low; lra.
Qed.

Lemma first_factors : forall K N u, (N <= K)%nat -> product K (fun i => if Nat.ltb i N then u i else 1) = product N u.
Proof.
  intros K N u; induction K as [|K IH]; intros H; [replace N with 0%nat by lia; reflexivity|].
  destruct (Nat.eq_dec N (S K)) as [->|D].
  - apply product_ext; intros i Hi; destruct (Nat.ltb_spec i (S K)); [reflexivity|lia].
  - cbn [product]; rewrite IH by lia; destruct (Nat.ltb_spec K N); [lia|ring].
Qed.

(** The first N of K weights have a small sum of squares: seldom. *)
Lemma seldom_short : forall K N t, (N <= K)%nat ->
  at_most (law_weights K normal_law) (fun w => chi_square N w <= t) (exp t * (/ sqrt 3) ^ N).
Proof.
  intros K N t HN; set (P := law_weights K normal_law); set (g := fun x => exp ((1 - 3) / 2 * x ^ 2)).
  destruct (normal_is g _ (normal_exponent 3 ltac:(lra))) as [I E]; destruct (average_one K P) as [S0 A0].
  destruct (expectation_product K P (fun i x => if Nat.ltb i N then g x else 1)) as [V EV].
  { intros i Hi; destruct (Nat.ltb i N); [exact I|exact S0]. }
  assert (First := fun u => first_factors K N u HN).
  destruct (expectation_scal K P (exp t) _ V) as [V' E'].
  assert (Point : forall w, exp t * product K (fun i => if Nat.ltb i N then g (w i) else 1) = exp (t - chi_square N w)).
  { intros w; rewrite (First (fun i => g (w i))); unfold g; rewrite product_exp, <- exp_plus; f_equal; field. }
  destruct (variable_ext K P _ _ Point V') as [V2 E2].
  exists (fun w => exp (t - chi_square N w)); split; [exact V2|split; [intros; left; apply exp_pos|split]].
  - intros w Hw; rewrite <- exp_0; destruct (Rle_lt_or_eq_dec 0 (t - chi_square N w) ltac:(lra)) as [L|L];
      [left; apply exp_increasing; exact L|rewrite <- L; lra].
  - rewrite E2, E', EV; apply Rmult_le_compat_l; [left; apply exp_pos|right].
    rewrite <- product_const, <- First; apply product_ext; intros i Hi.
    destruct (Nat.ltb i N); [exact E|exact A0].
Qed.

Lemma du_hu_proposition_6_4_first_layer_is_false : ~ (forall K n L m a q,
  (1 <= q)%nat -> (a + q < L)%nat -> hidden_width n L m -> (entries_before n L <= K)%nat ->
  3100000 * INR L * ln (INR L) <= INR m ->
  at_most (law_weights K normal_law) (fun w => ~ forall x,
      dot m (random_output n w a x q) (random_output n w a x q) <= 1020 ^ 2 * INR q * INR m ^ q * dot (n a) x x)
    (exp (- (INR m / (120000 * INR q))))).
Proof.
  intros H; destruct (width_of 6200000 ltac:(lia)) as [m Hm].
  set (b := exp (- (INR m / (120000 * INR 1)))); set (t := 1020 ^ 2 * INR m).
  assert (b1 : b < 1) by (apply exponential_below_one; rewrite Hm; simpl; lra).
  assert (s3 : 1 < sqrt 3) by (rewrite <- sqrt_1; apply sqrt_lt_1; lra).
  assert (g1 : 0 < / sqrt 3 < 1) by (split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_lt_contravar; lra]).
  assert (e0 : 0 < exp t) by apply exp_pos.
  destruct (pow_lt_1_zero (/ sqrt 3) ltac:(rewrite Rabs_pos_eq; lra) ((1 - b) / exp t) ltac:(apply Rdiv_lt_0_compat; lra)) as [N HN].
  specialize (HN (S N) ltac:(lia)); rewrite Rabs_pos_eq in HN by (apply pow_le; lra).
  assert (Small : exp t * (/ sqrt 3) ^ S N < 1 - b).
  { apply (Rmult_lt_compat_l (exp t)) in HN; [|exact e0]; replace (exp t * ((1 - b) / exp t)) with (1 - b) in HN by (field; lra); exact HN. }
  set (n := two_widths (S N) m 1); assert (m1 : (1 <= m)%nat) by (apply INR_le; rewrite Hm; simpl; lra).
  assert (Room : (S N <= entries_before n 2)%nat) by (simpl; nia).
  assert (A := H (entries_before n 2) n 2%nat m 0%nat 1%nat ltac:(lia) ltac:(lia) (two_hidden (S N) m 1) (le_n _)).
  specialize (A ltac:(rewrite Hm; assert (L2 : ln (INR 2) <= 1);
    [rewrite <- (ln_exp 1); apply ln_le; [simpl; lra|]; assert (T := exp_ineq1_le 1); simpl; lra|simpl (INR 2) in *; lra])).
  fold b in A; change (n 0%nat) with (S N) in A.
  assert (U := at_most_either _ _ _ _ _ _ A (seldom_short (entries_before n 2) (S N) t Room)).
  apply at_most_sure in U; [lra|]; intros w.
  destruct (Rle_or_lt (chi_square (S N) w) t) as [C|C]; [right; exact C|left; intros G]; specialize (G w).
  change (random_output n w 0 w 1) with (mv (S N) (random_layer n w 0) w) in G.
  assert (Row : mv (S N) (random_layer n w 0) w 0%nat = dot (S N) w w) by reflexivity.
  assert (Q : dot (S N) w w = chi_square (S N) w) by (apply total_ext; intros; ring).
  assert (One := total_one m (fun i => mv (S N) (random_layer n w 0) w i * mv (S N) (random_layer n w 0) w i) 0
    (fun i _ => Rle_0_sqr _) m1).
  cbv beta in One; rewrite Row, Q in One; fold (dot m (mv (S N) (random_layer n w 0) w) (mv (S N) (random_layer n w 0) w)) in One.
  rewrite Q in G; simpl pow in G; simpl (INR 1) in G; rewrite !Rmult_1_r in G.
  assert (t0 : 0 <= t) by (unfold t; apply Rmult_le_pos; [apply pow2_ge_0|apply pos_INR]).
  assert (F : chi_square (S N) w * chi_square (S N) w <= t * chi_square (S N) w).
  { eapply Rle_trans; [exact One|]; eapply Rle_trans; [exact G|]; unfold t; simpl pow; rewrite !Rmult_1_r; apply Rle_refl. }
  apply Rmult_le_reg_r in F; lra.
Qed.
