(** Refutations, continued: random orthogonal layers.  For the laws of InstancesOrthogonal.v the output is zero with probability
    1 - 1/m, and then one step of size 1/4 takes a target of 1 to a half. *)
From Coq Require Import Reals Lra Lia Arith Psatz ZArith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin Wide WideData DuHuLoss OrthogonalClaims LayerLaws TurnedMoments.
From Lemmata Require Import OrthogonalChance OrthogonalTheorem OrthogonalPaper OrthogonalTail OrthogonalExamples InstancesPropositions InstancesDuHu InstancesOrthogonal.
Open Scope R_scope.

Lemma turned_moments_any_law_is_false : ~ (forall (supp : (nat -> nat -> R) -> Prop) (Q : matrix_law supp) (m p : nat) (s : R) (K k : nat) (y : nat -> R),
  (1 <= m)%nat -> (p <= m)%nat -> (forall A, supp A -> turns m p s (tr A)) -> (k <= K)%nat ->
  has_mean Q (fun A => dot m (mv m A y) (mv m A y) ^ k) (dot m y y ^ k * turned_moment m p s k)).
Proof.
  intros H; set (s := sqrt (INR 2)); assert (ss : s ^ 2 = 2) by (unfold s; rewrite root_square; reflexivity).
  assert (L := axis_layer 2 s 0 ltac:(lia) ss).
  destruct (H _ (fixed_law (orthogonal_layer 1 2 1 2 2) (axis s 0) L) 2%nat 1%nat s 1%nat 1%nat (unit_matrix 0) ltac:(lia) ltac:(lia)) as [_ E].
  - intros A [_ [_ [T _]]]; apply T; reflexivity.
  - lia.
  - unfold turned_moment, dot, mv, dot, axis, row, unit_matrix in E; simpl in E.
    replace (s * (s * 1)) with 2 in E by (rewrite <- ss; ring).
    assert (s * s = 2) by (rewrite <- ss; ring); lra.
Qed.

(** Without 2 x, at one degree of freedom and x = 4: 5^K e^(-4) is below the moment of every order. *)
Lemma chi_square_order_no_line_is_false : ~ (forall p x, (1 <= p)%nat -> 0 < x ->
  exists K, chi_moment p K <= exp (- x) * (INR p + 2 * sqrt (INR p * x)) ^ K).
Proof.
  intros H; destruct (H 1%nat 4 (le_n 1) ltac:(lra)) as [K HK]; revert HK; apply Rlt_not_le.
  assert (E4 : exp (Ropp 4) <= / 16).
  { rewrite exp_Ropp; apply Rinv_le_contravar; [lra|]; assert (E := exp_ineq1_le 1); replace 4 with (INR 4 * 1) by (simpl; ring).
    rewrite ChiSquare.exp_times; replace 16 with (2 ^ 4) by ring; apply pow_incr; lra. }
  replace (INR 1 * 4) with (2 * 2) by (simpl; ring); rewrite sqrt_square by lra; replace (INR 1 + 2 * 2) with 5 by (simpl; ring).
  assert (P : 5 ^ K * / 16 < chi_moment 1 K).
  { destruct K as [|[|K]]; [unfold chi_moment; simpl; lra|unfold chi_moment; simpl; lra|].
    induction K as [|K IH]; [unfold chi_moment; simpl; lra|].
    change (chi_moment 1 (S (S (S K)))) with (chi_moment 1 (S (S K)) * (INR 1 + 2 * INR (S (S K)))).
    assert (k0 := pos_INR K); assert (M : 5 <= INR 1 + 2 * INR (S (S K))) by (rewrite !S_INR; simpl; lra).
    assert (Q : 0 <= 5 ^ S (S K) * / 16) by (apply Rmult_le_pos; [apply pow_le; lra|lra]).
    change (5 ^ S (S (S K))) with (5 * 5 ^ S (S K)).
    assert (chi_moment 1 (S (S K)) * 5 <= chi_moment 1 (S (S K)) * (INR 1 + 2 * INR (S (S K)))) by (apply Rmult_le_compat_l; lra).
    lra. }
  assert (0 < 5 ^ K) by (apply pow_lt; lra); assert (exp (Ropp 4) * 5 ^ K <= / 16 * 5 ^ K) by (apply Rmult_le_compat_r; lra); lra.
Qed.

(** ** The laws of the instances *)

(** The first layer as it is, the last along the axis k. *)
Definition axis_start (m : nat) (s : R) (k : nat) : nat -> nat -> nat -> R :=
  put_layer 1 (lone (sqrt (INR m))) (put_layer 2 (axis s k) (fun _ _ _ => 0)).

Lemma axis_start_in : forall m s k, (1 <= m)%nat -> (k < m)%nat -> s ^ 2 = INR m -> layers_in (orthogonal_layer 1 m 1 2) 2 (axis_start m s k).
Proof.
  intros m s k Hm Hk Hs l Hl; destruct l as [|[|[|l]]]; try lia; [apply first_layer; exact Hm|apply axis_layer; assumption].
Qed.

Lemma mostly_zero : forall m Hm event b, layers_at_most (orthogonal_layer 1 m 1 2) (axes_laws m Hm) 2 event b ->
  (forall s k, s ^ 2 = INR m -> (1 <= k < m)%nat -> event (axis_start m s k)) -> INR m - 1 <= INR m * b.
Proof.
  intros m Hm event b [X [_ [X0 [X1 E]]]] H; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); set (s := sqrt (INR m)).
  assert (S1 : s ^ 2 = INR m) by apply root_square; assert (S2 : (- s) ^ 2 = INR m) by apply root_square_minus.
  change (/ (2 * INR m) * total m (fun k => X (axis_start m s k) + X (axis_start m (- s) k)) <= b) in E.
  assert (T : 2 * (INR m - 1) <= total m (fun k => X (axis_start m s k) + X (axis_start m (- s) k))).
  { apply Rle_trans with (total m (fun k => 2 - 2 * unit_matrix k 0)).
    - rewrite total_minus, total_const, (unit_sum m (fun _ => 2) 0) by lia; lra.
    - apply total_le; intros k Hk; assert (P := X0 _ (axis_start_in m s k Hm Hk S1)); assert (Q := X0 _ (axis_start_in m (- s) k Hm Hk S2)).
      destruct k as [|k]; [unfold unit_matrix; simpl; lra|].
      assert (P1 := X1 _ (axis_start_in m s (S k) Hm Hk S1) (H s (S k) S1 ltac:(lia))).
      assert (Q1 := X1 _ (axis_start_in m (- s) (S k) Hm Hk S2) (H (- s) (S k) S2 ltac:(lia))).
      unfold unit_matrix; simpl; lra. }
  apply (Rmult_le_compat_l (2 * INR m)) in E; [|lra]; rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l in E by lra; lra.
Qed.

(** ** Products *)

Lemma row_times : forall m x A, mul m (row x) A = row (fun j => dot m x (fun i => A i j)).
Proof.
  intros m x A; pointwise i; pointwise j; destruct i as [|i]; [reflexivity|]; apply total_zero; intros; simpl; ring.
Qed.

Lemma axis_times_lone : forall m s k c, (1 <= k)%nat -> mul m (axis s k) (lone c) = fun _ _ => 0.
Proof.
  intros m s k c Hk; unfold axis; rewrite row_times; pointwise i; pointwise j; destruct i as [|i]; [|reflexivity].
  apply total_zero; intros l _; destruct l as [|l]; [destruct (Nat.eqb_spec 0 k); [lia|ring]|destruct j; simpl; ring].
Qed.

Lemma scale_of_two : forall m, (1 <= m)%nat -> network_scale m 1 2 * sqrt (INR m) = 1.
Proof.
  intros m Hm; unfold network_scale; replace (INR m ^ (2 - 1) * INR 1) with (INR m) by (simpl; ring); apply Rinv_l, Rgt_not_eq, sqrt_lt_R0, lt_0_INR; lia.
Qed.

(** The network of one sample, at such a start. *)
Lemma zero_output : forall m s k, (1 <= m)%nat -> (1 <= k)%nat -> let F := orthogonal_network m 1 2 (lone 1) (axis_start m s k) in
  F 0%nat = lone (network_scale m 1 2) /\ F 1%nat = lone (sqrt (INR m)) /\ F 2%nat = axis s k /\ 
  chain m F 1 = lone (network_scale m 1 2) /\ chain m F 2 = lone 1 /\ chain m F 3 = fun _ _ => 0.
Proof.
  intros m s k Hm Hk F; assert (F0 : F 0%nat = lone (network_scale m 1 2)).
  { unfold F, orthogonal_network, with_data; pointwise i; pointwise j; unfold mscal; destruct i, j; simpl; ring. }
  assert (C1 : chain m F 1 = lone (network_scale m 1 2)) by (cbn [chain]; rewrite F0, lone_unit by exact Hm; reflexivity).
  assert (C2 : chain m F 2 = lone 1).
  { change (chain m F 2) with (mul m (F 1%nat) (chain m F 1)); rewrite C1; change (F 1%nat) with (lone (sqrt (INR m))).
    rewrite lone_times by exact Hm; rewrite Rmult_comm, scale_of_two by exact Hm; reflexivity. }
  repeat split; auto; change (chain m F 3) with (mul m (F 2%nat) (chain m F 2)); rewrite C2; apply axis_times_lone; exact Hk.
Qed.

Lemma zero_residual : forall m s k c, (1 <= m)%nat -> (1 <= k)%nat ->
  let F := orthogonal_network m 1 2 (lone 1) (axis_start m s k) in let Y := mul m (lone c) (lone 1) in
  residual m 3 Y F = lone (- c) /\ loss m 3 Y F = c ^ 2 / 2.
Proof.
  intros m s k c Hm Hk F Y; destruct (zero_output m s k Hm Hk) as [_ [_ [_ [_ [_ C3]]]]]; fold F in C3.
  assert (E : residual m 3 Y F = lone (- c)).
  { unfold residual, Y; rewrite C3, lone_times by exact Hm; pointwise i; pointwise j; unfold msub; destruct i, j; simpl; ring. }
  split; [exact E|]; unfold loss; rewrite E, lone_square by exact Hm; field.
Qed.

Lemma hu_xiao_pennington_lemma_4_2_any_target_is_false :
  ~ (forall d n m p r L K X Y Phi sigma tau phi delta (Q : layer_laws n m p L),
  (n <= m <= d)%nat -> (1 <= p <= m)%nat -> (1 <= r <= d)%nat -> (2 <= L)%nat -> data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 ->
  turning m K (Q L) -> ln (/ delta) <= INR K ->
  (forall W, layers_in (orthogonal_layer n m p L) L W -> orthogonal_bounds m p n L W (sqrt (INR m)) 1 1) /\
  layers_at_most (orthogonal_layer n m p L) Q L (fun W => ~ loss d (S L) Y (orthogonal_network m p L X W) - best_loss d X Y Phi
    <= 9 * paper_size p r 0 delta * inner d X X) delta).
Proof.
  intros H; assert (m1 : (1 <= 3)%nat) by lia.
  destruct (H 3%nat 1%nat 3%nat 1%nat 1%nat 2%nat 1%nat (lone 1) (mul 3 (lone 100) (lone 1)) (lone 100) 1 1 100 (1 / 2) (axes_laws 3 m1)
    ltac:(lia) ltac:(lia) ltac:(lia) ltac:(lia) (lone_data 3 100 m1 ltac:(lra)) ltac:(lra) (axes_turning 3 m1) log_of_two) as [_ A].
  apply mostly_zero in A; [simpl in A; lra|]; intros s k Hs Hk Low.
  destruct (zero_residual 3 s k 100 m1 ltac:(lia)) as [_ Ls]; rewrite Ls, fitted_lone, lone_square in Low by exact m1.
  assert (T := log_of_two); unfold paper_size in Low; replace (INR 1 / (1 / 2)) with (/ (1 / 2)) in Low by (simpl; field); simpl in *; lra.
Qed.

(** ** One step *)

Lemma half_way : forall m s k, (1 <= m)%nat -> (1 <= k < m)%nat -> s ^ 2 = INR m ->
  let F := orthogonal_network m 1 2 (lone 1) (axis_start m s k) in let Y := mul m (lone 1) (lone 1) in
  residual m 3 Y (wide_descent m 2 Y (1 / 4) F 1) 0%nat 0%nat = - (1 / 2).
Proof.
  intros m s k Hm Hk Hs F Y; destruct (zero_output m s k Hm ltac:(lia)) as [F0 [F1 [F2 [C1 [C2 _]]]]].
  destruct (zero_residual m s k 1 Hm ltac:(lia)) as [E _]; fold F in F0, F1, F2, C1, C2, E; fold Y in E.
  set (a := network_scale m 1 2) in *; assert (a1 : a * sqrt (INR m) = 1) by (apply scale_of_two; exact Hm).
  assert (as_ : a ^ 2 * s ^ 2 = 1) 
    by (rewrite Hs; transitivity ((a * sqrt (INR m)) ^ 2); [rewrite Rpow_mult_distr, root_square; reflexivity|rewrite a1; ring]).
  set (W := wide_descent m 2 Y (1 / 4) F 1); assert (W0 : W 0%nat = lone a) by exact F0.
  assert (Tl : forall c, tr (lone c) = lone c) by (intros c; pointwise i; pointwise j; unfold tr; destruct i, j; reflexivity).
  assert (W2 : forall j, W 2%nat 0%nat j = s * unit_matrix j k + 1 / 4 * unit_matrix j 0).
  { intros j; change (W 2%nat) with (msub (F 2%nat) (mscal (1 / 4) (mul m (residual m 3 Y F) (tr (chain m F 2))))).
    rewrite E, C2, F2, Tl, lone_times by exact Hm; unfold msub, mscal, axis, row, unit_matrix.
    destruct j as [|j]; destruct (Nat.eqb _ k); simpl; field. }
  assert (Corner : forall A c j, mul m A (lone c) j 0%nat = A j 0%nat * c).
  { intros A c j; unfold mul, dot; rewrite (total_truncate m 1) by first [exact Hm|intros i Hi; destruct i; [lia|simpl; ring]].
    cbn [total lone]; ring. }
  assert (Back : forall j, tr (axis s k) j 0%nat = s * unit_matrix j k).
  { intros j; unfold tr, axis, row, unit_matrix; destruct (Nat.eqb j k); ring. }
  assert (W1 : forall j, W 1%nat j 0%nat = sqrt (INR m) * unit_matrix j 0 + 1 / 4 * a * s * unit_matrix j k).
  { intros j; change (W 1%nat) with (msub (F 1%nat) (mscal (1 / 4) (mul m (mul m (tr (F 2%nat)) (residual m 3 Y F)) (tr (chain m F 1))))).
    rewrite E, C1, F1, F2, Tl; unfold msub, mscal; rewrite !Corner, Back; destruct j; unfold unit_matrix; destruct (Nat.eqb _ k); simpl; field. }
  assert (Chain : chain m W 3 0%nat 0%nat = 1 / 2).
  { change (chain m W 3) with (mul m (W 2%nat) (mul m (W 1%nat) (mul m (W 0%nat) unit_matrix))); rewrite W0, lone_unit by exact Hm.
    unfold mul at 1, dot; rewrite (total_ext m _ (fun j => 1 / 4 * a ^ 2 * s ^ 2 * unit_matrix j k + 1 / 4 * (a * sqrt (INR m)) * unit_matrix j 0)).
    - rewrite total_plus, (unit_sum m (fun _ => 1 / 4 * a ^ 2 * s ^ 2)), (unit_sum m (fun _ => 1 / 4 * (a * sqrt (INR m)))) by lia.
      rewrite a1; replace (1 / 4 * a ^ 2 * s ^ 2) with (1 / 4 * (a ^ 2 * s ^ 2)) by ring; rewrite as_; field.
    - intros j Hj; rewrite W2, Corner, W1; unfold unit_matrix; destruct (Nat.eqb_spec j k), (Nat.eqb_spec j 0); try lia; field. }
  unfold residual, msub; rewrite Chain; unfold Y; rewrite lone_times by exact Hm; simpl; field.
Qed.

(** So the loss is not zero, where 1 - 2 c is. *)
Lemma twofold_fails : forall m s k beta, (1 <= m)%nat -> (1 <= k < m)%nat -> s ^ 2 = INR m ->
  ~ fast_excess m 2 (lone 1) (mul m (lone 1) (lone 1)) (lone 1) (1 / 4) (2 * (1 / 4 * INR 2 * 1 ^ 2 / INR 1)) beta
    (orthogonal_network m 1 2 (lone 1) (axis_start m s k)).
Proof.
  intros m s k beta Hm Hk Hs [_ Fast]; destruct (Fast 1%nat) as [_ Fall]; rewrite fitted_lone in Fall.
  assert (Half := half_way m s k Hm Hk Hs); cbv zeta in Half.
  set (W := wide_descent m 2 (mul m (lone 1) (lone 1)) (1 / 4) (orthogonal_network m 1 2 (lone 1) (axis_start m s k)) 1) in *.
  assert (Q := first_entry_below m (residual m 3 (mul m (lone 1) (lone 1)) W) Hm); rewrite Half in Q.
  unfold loss at 1 in Fall; simpl in *; lra.
Qed.

Lemma hu_xiao_pennington_theorem_4_1_twofold_is_false :
  ~ (forall d n m p r L K X Y Phi eta sigma tau phi delta (Q : layer_laws n m p L),
  (n <= m <= d)%nat -> (1 <= p <= m)%nat -> (1 <= r <= d)%nat -> (2 <= L)%nat -> data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 ->
  turning m K (Q L) -> ln (/ delta) <= INR K ->
  7317 * (sigma ^ 2 * inner d X X / tau ^ 4) * (INR p * (1 + phi ^ 2) + ln (INR r / delta)) <= INR m ->
  0 < eta <= INR p / (2 * INR L * sigma ^ 2) ->
  layers_at_most (orthogonal_layer n m p L) Q L (fun W => ~ fast_excess d L X Y Phi eta (2 * (eta * INR L * tau ^ 2 / INR p))
    (9 * paper_size p r phi delta) (orthogonal_network m p L X W)) delta).
Proof.
  intros H; destruct (width_of 22000 ltac:(lia)) as [m Hm]; assert (m1 : (1 <= m)%nat) by (apply INR_le; rewrite Hm; simpl; lra).
  assert (A := H m 1%nat m 1%nat 1%nat 2%nat 1%nat (lone 1) (mul m (lone 1) (lone 1)) (lone 1) (1 / 4) 1 1 1 (1 / 2) (axes_laws m m1)
    ltac:(lia) ltac:(lia) ltac:(lia) ltac:(lia) (lone_data m 1 m1 ltac:(lra)) ltac:(lra) (axes_turning m m1) log_of_two).
  lapply A; clear A; [intros A; lapply A; clear A; [intros A|simpl; lra]|].
  - apply mostly_zero in A; [rewrite Hm in A; lra|]; intros s k Hs Hk; apply twofold_fails; assumption.
  - rewrite lone_square, Hm by exact m1; assert (T := log_of_two); replace (INR 1 / (1 / 2)) with (/ (1 / 2)) by (simpl; field).
    simpl in *; lra.
Qed.

Lemma orthogonal_layers_random_twofold_is_false :
  ~ (forall d n m p r L K X Y Phi eta sigma tau phi a delta (Q : layer_laws n m p L),
  (n <= m <= d)%nat -> (1 <= p <= m)%nat -> (1 <= r <= d)%nat -> (2 <= L)%nat -> data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 ->
  0 < a -> turning m K (Q L) -> chi_moment p K <= delta * a ^ K ->
  813 * (sigma ^ 2 * inner d X X / tau ^ 4) * (INR p * start_bound p a phi) <= INR m -> 0 < eta <= INR p / (2 * INR L * sigma ^ 2) ->
  layers_at_most (orthogonal_layer n m p L) Q L (fun W => ~ fast_excess d L X Y Phi eta (2 * (eta * INR L * tau ^ 2 / INR p))
    (start_bound p a phi) (orthogonal_network m p L X W)) delta).
Proof.
  intros H; destruct (width_of 2439 ltac:(lia)) as [m Hm]; assert (m1 : (1 <= m)%nat) by (apply INR_le; rewrite Hm; simpl; lra).
  assert (A := H m 1%nat m 1%nat 1%nat 2%nat 1%nat (lone 1) (mul m (lone 1) (lone 1)) (lone 1) (1 / 4) 1 1 1 2 (1 / 2) (axes_laws m m1)
    ltac:(lia) ltac:(lia) ltac:(lia) ltac:(lia) (lone_data m 1 m1 ltac:(lra)) ltac:(lra) ltac:(lra) (axes_turning m m1)).
  lapply A; clear A; [intros A; lapply A; clear A; [intros A; lapply A; clear A; [intros A|simpl; lra]|]|].
  - apply mostly_zero in A; [rewrite Hm in A; lra|]; intros s k Hs Hk; apply twofold_fails; assumption.
  - rewrite lone_square, Hm by exact m1; unfold start_bound; replace (2 / INR 1) with 2 by (simpl; field).
    assert (S : sqrt 2 <= 142 / 100) by (rewrite <- (sqrt_pow2 (142 / 100)) by lra; apply sqrt_le_1_alt; lra).
    assert (S0 := sqrt_pos 2); assert (P := pow_incr (sqrt 2 + 1) (242 / 100) 2 ltac:(lra)); simpl in *; lra.
  - unfold chi_moment; simpl; lra.
Qed.

(** ** A law that is not turning: the last layer along the axis 0 *)

Lemma constant_polynomial : forall m n F, entries_polynomial m n F -> n = 0%nat -> forall A B, F A = F B.
Proof.
  intros m n F H; induction H as [n c|n i j F Hi Hj H IH|n F G HF IF HG IG]; intros E A B; [reflexivity|lia|].
  rewrite (IF E A B), (IG E A B); reflexivity.
Qed.

Lemma fixed_laws : forall m, (1 <= m)%nat -> layer_laws 1 m 1 2.
Proof.
  intros m Hm l; destruct l as [|[|[|l]]].
  - exact (fixed_law _ _ (no_layer m 0 ltac:(discriminate) ltac:(discriminate))).
  - exact (fixed_law _ _ (first_layer m Hm)).
  - exact (fixed_law _ _ (axis_layer m (sqrt (INR m)) 0 Hm (root_square m))).
  - exact (fixed_law _ _ (no_layer m (S (S (S l))) ltac:(discriminate) ltac:(discriminate))).
Defined.

Lemma fixed_turning : forall m Hm, turning m 0 (fixed_laws m Hm 2%nat).
Proof.
  intros m Hm F HF; split; [exact I|]; intros O _; split; [exact I|]; apply (constant_polynomial m 0 F HF eq_refl).
Qed.

Lemma orthogonal_layers_whole_any_order_is_false : ~ (forall p x, (1 <= p)%nat -> 0 < x -> forall K,
  forall d n m r L X Y Phi eta sigma tau phi (Q : layer_laws n m p L), let beta := start_bound p (INR p + 2 * sqrt (INR p * x) + 2 * x) phi in
  (n <= m <= d)%nat -> (p <= m)%nat -> (1 <= r <= d)%nat -> (2 <= L)%nat -> data_of d n p r X Y Phi sigma tau phi -> turning m K (Q L) ->
  813 * (sigma ^ 2 * inner d X X / tau ^ 4) * (INR p * beta) <= INR m -> 0 < eta <= INR p / (2 * INR L * sigma ^ 2) ->
  layers_at_most (orthogonal_layer n m p L) Q L
    (fun W => ~ fast_excess d L X Y Phi eta (eta * INR L * tau ^ 2 / INR p) beta (orthogonal_network m p L X W)) (exp (- x))).
Proof.
  intros H; destruct (width_of 2439 ltac:(lia)) as [m Hm]; assert (m1 : (1 <= m)%nat) by (apply INR_le; rewrite Hm; simpl; lra).
  assert (A := H 1%nat 1 (le_n 1) ltac:(lra) 0%nat m 1%nat m 1%nat 2%nat (lone 1) (mul m (lone 0) (lone 1)) (lone 0) (1 / 4) 1 1 0 (fixed_laws m m1)
    ltac:(lia) m1 ltac:(lia) ltac:(lia) (lone_data m 0 m1 ltac:(lra)) (fixed_turning m m1)); cbv zeta in A; clear H.
  assert (B : start_bound 1 (INR 1 + 2 * sqrt (INR 1 * 1) + 2 * 1) 0 = 5 / 2).
  { unfold start_bound; simpl INR; rewrite Rmult_1_l, sqrt_1; replace ((1 + 2 * 1 + 2 * 1) / 1) with 5 by field; rewrite Rplus_0_r, pow2_sqrt by lra; field. }
  rewrite B, lone_square, Hm in A by exact m1; lapply A; clear A; [intros A; lapply A; clear A; [intros A|simpl; lra]|simpl; lra].
  destruct A as [X [_ [_ [X1 E]]]]; set (s := sqrt (INR m)) in *.
  change (X (axis_start m s 0) <= exp (- (1))) in E; assert (In := axis_start_in m s 0 m1 m1 (root_square m)).
  assert (E1 := exp_increasing (- (1)) 0 ltac:(lra)); rewrite exp_0 in E1.
  assert (C : 1 <= X (axis_start m s 0)); [|lra]; apply (X1 _ In); intros [Small _].
  rewrite fitted_lone, lone_square in Small by exact m1; set (F := orthogonal_network m 1 2 (lone 1) (axis_start m s 0)) in *.
  assert (Q := first_entry_below m (residual m 3 (mul m (lone 0) (lone 1)) F) m1).
  assert (Out : residual m 3 (mul m (lone 0) (lone 1)) F 0%nat 0%nat = s);
    [|unfold loss in Small; rewrite Out in Q; unfold s in Q; rewrite root_square, Hm in Q; simpl in *; lra].
  assert (F0 : F 0%nat = lone (network_scale m 1 2)).
  { unfold F, orthogonal_network, with_data; pointwise i; pointwise j; unfold mscal; destruct i, j; simpl; ring. }
  unfold residual, msub; rewrite lone_times by exact m1.
  change (chain m F 3) with (mul m (axis s 0) (mul m (lone s) (mul m (F 0%nat) unit_matrix))); rewrite F0, lone_unit, lone_times by exact m1.
  unfold s at 2; rewrite Rmult_comm, scale_of_two by exact m1; unfold mul, dot.
  rewrite (total_truncate m 1) by first [exact m1|intros i Hi; destruct i; [lia|simpl; ring]]; simpl; ring.
Qed.

Lemma hu_xiao_pennington_orthogonal_start_one_layer_is_false : ~ (forall n m p L Q, (n <= m)%nat -> (p <= m)%nat -> (1 <= L)%nat ->
  (forall l, (1 <= l <= L)%nat -> orthogonal m (Q l)) -> layers_in (orthogonal_layer n m p L) L (layers_of_orthogonal n m p L Q)).
Proof.
  intros H; assert (B := H 2%nat 2%nat 1%nat 1%nat (fun _ => slanted) ltac:(lia) ltac:(lia) ltac:(lia) (fun _ _ => slanted_orthogonal) 1%nat ltac:(lia)).
  destruct B as [_ [B _]]; destruct (B eq_refl) as [_ C]; specialize (C 0%nat 0%nat ltac:(lia) ltac:(lia)); rewrite root_square in C.
  assert (S := root_square 2); unfold mul, tr, dot, layers_of_orthogonal, mscal, cut_out, unit_matrix, slanted in C; simpl in C; simpl in S; nra.
Qed.
