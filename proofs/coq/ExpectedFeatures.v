(** The least eigenvalue of the expected features of one layer is positive (Nguyen and Mondelli, Lemma 3.4), for samples that differ in size in
    one coordinate.  A combination of features whose mean square is zero vanishes everywhere, as it is continuous; along that coordinate all its
    derivatives vanish at 0, and of their sums of powers the largest one wins. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Expectation Laws AnyLaw Independent Gauss NormalLaw Spectral.
Open Scope R_scope.

(** ** Sums of powers *)

Lemma heaviest : forall N (v b : nat -> R), (exists i, (i < N)%nat /\ v i <> 0) ->
  exists i, (i < N)%nat /\ v i <> 0 /\ forall j, (j < N)%nat -> v j <> 0 -> b j <= b i.
Proof.
  induction N as [|N IH]; intros v b [i [Hi Vi]]; [lia|].
  destruct (Classical_Prop.classic (exists j, (j < N)%nat /\ v j <> 0)) as [E|E].
  - destruct (IH v b E) as [m [Hm [Vm M]]]; destruct (Req_dec (v N) 0) as [Z|Z].
    + exists m; split; [lia|split; [exact Vm|]]; intros j Hj Vj; destruct (Nat.eq_dec j N) as [->|]; [contradiction|apply M; [lia|exact Vj]].
    + destruct (Rle_dec (b N) (b m)) as [L|L]; [exists m|exists N]; (split; [lia|split; [assumption|]]); intros j Hj Vj;
        destruct (Nat.eq_dec j N) as [->|]; try lra; assert (Q := M j ltac:(lia) Vj); lra.
  - assert (i = N) by (destruct (Nat.eq_dec i N) as [|Ne]; [assumption|exfalso; apply E; exists i; split; [lia|exact Vi]]); subst i.
    exists N; split; [lia|split; [exact Vi|]]; intros j Hj Vj; destruct (Nat.eq_dec j N) as [->|]; [lra|exfalso; apply E; exists j; split; [lia|exact Vj]].
Qed.

Lemma limit_of_total : forall N (u : nat -> nat -> R) (l : nat -> R), (forall i, (i < N)%nat -> is_lim_seq (u i) (l i)) ->
  is_lim_seq (fun k => total N (fun i => u i k)) (total N l).
Proof.
  induction N as [|N IH]; intros u l H; simpl; [apply is_lim_seq_const|].
  apply is_lim_seq_plus'; [apply IH; intros; apply H; lia|apply H; lia].
Qed.

Lemma power_sums : forall N v b, (forall i, (i < N)%nat -> 0 < b i) -> (forall i j, (i < N)%nat -> (j < N)%nat -> b i = b j -> i = j) ->
  (forall K, exists k, (K <= k)%nat /\ total N (fun i => v i * b i ^ k) = 0) -> forall i, (i < N)%nat -> v i = 0.
Proof.
  intros N v b Pos Inj Often i Hi; apply Classical_Prop.NNPP; intros Vi.
  destruct (heaviest N v b (ex_intro _ i (conj Hi Vi))) as [m [Hm [Vm M]]].
  assert (L : is_lim_seq (fun k => total N (fun j => v j * (b j / b m) ^ k)) (total N (fun j => if Nat.eqb j m then v m else 0))).
  { apply limit_of_total; intros j Hj; destruct (Nat.eqb_spec j m) as [->|Ne].
    - apply (is_lim_seq_ext (fun _ => v m)); [|apply is_lim_seq_const].
      intros k; unfold Rdiv; rewrite Rinv_r, pow1 by (assert (P := Pos m Hm); lra); ring.
    - destruct (Req_dec (v j) 0) as [Z|Z].
      + apply (is_lim_seq_ext (fun _ => 0)); [intros; rewrite Z; ring|apply is_lim_seq_const].
      + replace (Finite 0) with (Rbar_mult (v j) 0) by (simpl; f_equal; ring); apply is_lim_seq_scal_l, is_lim_seq_geom.
        assert (P := Pos m Hm); assert (Q := Pos j Hj); assert (Le := M j Hj Z).
        assert (Lt : b j < b m) by (destruct Le as [Lt|Eq]; [exact Lt|exfalso; apply Ne, (Inj j m Hj Hm Eq)]).
        rewrite Rabs_right; [apply (Rmult_lt_reg_r (b m)); [exact P|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra|].
        left; apply Rdiv_lt_0_compat; assumption. }
  assert (E : total N (fun j => if Nat.eqb j m then v m else 0) = v m).
  { rewrite (total_ext N _ (fun j => v m * unit_matrix j m)) by (intros j _; unfold unit_matrix; destruct (Nat.eqb j m); ring).
    apply (unit_sum N (fun _ => v m)); exact Hm. }
  rewrite E in L; apply is_lim_seq_spec in L; destruct (L (mkposreal _ (Rabs_pos_lt _ Vm))) as [K HK]; destruct (Often K) as [k [Hk Z]].
  specialize (HK k Hk); cbn [pos] in HK.
  assert (F : total N (fun j => v j * (b j / b m) ^ k) = / b m ^ k * total N (fun j => v j * b j ^ k)).
  { rewrite <- total_scal; apply total_ext; intros j Hj; unfold Rdiv; rewrite Rpow_mult_distr, pow_inv; ring. }
  rewrite F, Z, Rmult_0_r in HK; replace (0 - v m) with (- v m) in HK by ring; rewrite Rabs_Ropp in HK; lra.
Qed.

(** ** Derivatives at 0 along one coordinate *)

Definition smooth (f : R -> R) : Prop := forall (q : nat) (x : R), ex_derive_n f q x.

Lemma smooth_piece : forall sigma v a, smooth sigma -> smooth (fun t => v * sigma (a * t)).
Proof.
  intros sigma v a H q x; apply ex_derive_n_scal_l, ex_derive_n_comp_scal; exists (mkposreal 1 Rlt_0_1); intros; apply H.
Qed.

Lemma smooth_total : forall N sigma v a, smooth sigma -> smooth (fun t => total N (fun i => v i * sigma (a i * t))).
Proof.
  induction N as [|N IH]; intros sigma v a H q x; cbn [total]; [apply ex_derive_n_const|].
  apply ex_derive_n_plus; exists (mkposreal 1 Rlt_0_1); intros; [apply IH; exact H|apply smooth_piece; exact H].
Qed.

Lemma derivatives : forall N sigma v a q, smooth sigma ->
  Derive_n (fun t => total N (fun i => v i * sigma (a i * t))) q 0 = Derive_n sigma q 0 * total N (fun i => v i * a i ^ q).
Proof.
  induction N as [|N IH]; intros sigma v a q H; cbn [total].
  - rewrite (Derive_n_ext _ (fun t => 0 * t)) by (intros; ring); rewrite (Derive_n_scal_l (fun t => t) q 0); ring.
  - rewrite (Derive_n_plus (fun t => total N (fun i => v i * sigma (a i * t))) (fun t => v N * sigma (a N * t))).
    + rewrite IH by exact H; rewrite (Derive_n_scal_l (fun t => sigma (a N * t))), Derive_n_comp_scal.
      * rewrite Rmult_0_r; ring.
      * exists (mkposreal 1 Rlt_0_1); intros; apply H.
    + exists (mkposreal 1 Rlt_0_1); intros; apply (smooth_total N); exact H.
    + exists (mkposreal 1 Rlt_0_1); intros; apply smooth_piece; exact H.
Qed.

Lemma combination_moves : forall N sigma v a, smooth sigma -> (forall K, exists k, (K <= k)%nat /\ Derive_n sigma (2 * k) 0 <> 0) ->
  (forall i, (i < N)%nat -> a i <> 0) -> (forall i j, (i < j < N)%nat -> Rabs (a i) <> Rabs (a j)) -> (exists i, (i < N)%nat /\ v i <> 0) ->
  exists t, total N (fun i => v i * sigma (a i * t)) <> 0.
Proof.
  intros N sigma v a H Often A0 Apart [i [Hi Vi]]; apply Classical_Prop.NNPP; intros Zero; apply Vi.
  assert (Z : forall t, total N (fun i => v i * sigma (a i * t)) = 0) by (intros t; apply Classical_Prop.NNPP; intros E; apply Zero; exists t; exact E).
  assert (Sq : forall x, 0 < Rabs x -> Rabs x ^ 2 = x ^ 2) by (intros; apply pow2_abs).
  apply (power_sums N v (fun i => a i ^ 2)); [| | |exact Hi].
  - intros j Hj; apply pow2_gt_0, A0, Hj.
  - intros j k Hj Hk E; destruct (Nat.lt_trichotomy j k) as [L|[L|L]]; [exfalso|exact L|exfalso].
    + apply (Apart j k); [lia|]; rewrite <- (pow2_abs (a j)), <- (pow2_abs (a k)) in E.
      assert (P := Rabs_pos (a j)); assert (Q := Rabs_pos (a k)); apply Rsqr_inj; unfold Rsqr; lra.
    + apply (Apart k j); [lia|]; rewrite <- (pow2_abs (a j)), <- (pow2_abs (a k)) in E.
      assert (P := Rabs_pos (a j)); assert (Q := Rabs_pos (a k)); apply Rsqr_inj; unfold Rsqr; lra.
  - intros K; destruct (Often K) as [k [Hk D]]; exists k; split; [exact Hk|].
    assert (E := derivatives N sigma v a (2 * k) H); rewrite (Derive_n_ext _ (fun t => 0 * t)) in E by (intros; rewrite Z; ring).
    rewrite (Derive_n_scal_l (fun t => t)), Rmult_0_l in E; symmetry in E; apply Rmult_integral in E; destruct E as [E|E]; [contradiction|].
    rewrite <- E; apply total_ext; intros j _; rewrite pow_mult; reflexivity.
Qed.

(** ** A square that is somewhere positive has a positive mean *)

(** Nonzero inside of an interval only. *)
Lemma line_bounded : forall f lo hi l, lo < hi -> (forall x, x < lo \/ hi < x -> f x = 0) -> is_RInt f lo hi l -> line f l.
Proof.
  intros f lo hi l Hlh Out I P HP.
  apply (Filter_prod _ _ _ (fun a => a < lo) (fun b => hi < b)); [exists lo; auto|exists hi; auto|].
  intros a b Ha Hb; exists l; split; [|apply locally_singleton; exact HP].
  assert (Zero : forall x y, (forall t, Rmin x y < t < Rmax x y -> f t = 0) -> is_RInt f x y 0).
  { intros x y H; apply (is_RInt_ext (fun _ => 0)); [intros t Ht; symmetry; apply H, Ht|].
    evar_last; [apply (is_RInt_const (V := R_NormedModule))|unfold scal; simpl; unfold mult; simpl; apply Rmult_0_r]. }
  simpl; replace l with (plus (plus 0 l) 0) by (unfold plus; simpl; ring).
  apply (is_RInt_Chasles (V := R_NormedModule)) with hi; [apply (is_RInt_Chasles (V := R_NormedModule)) with lo; [|exact I]|].
  - apply Zero; intros t; rewrite Rmin_left, Rmax_right by lra; intros Ht; apply Out; lra.
  - apply Zero; intros t; rewrite Rmin_left, Rmax_right by lra; intros Ht; apply Out; lra.
Qed.

Definition window (c delta x : R) : R := if Rle_dec (Rabs (x - c)) delta then 1 else 0.

Lemma window_mean : forall c delta, 0 < delta -> normal_integrable (window c delta) /\ 0 < normal_integral (window c delta).
Proof.
  intros c delta Hd; set (l := RInt bell (c - delta) (c + delta)); destruct root_two_pi as [S _].
  assert (L0 : 0 < l) by (apply RInt_gt_0; [lra|intros; apply exp_pos|intros; apply bell_continuous]).
  assert (L : line (fun x => window c delta x * normal_density x) (/ sqrt (2 * PI) * l)).
  { apply (line_bounded _ (c - delta) (c + delta)); [lra| |].
    - intros x Hx; unfold window; destruct (Rle_dec (Rabs (x - c)) delta) as [A|A]; [apply Rabs_le_between in A; lra|ring].
    - apply (is_RInt_ext (V := R_NormedModule) (fun x => scal (/ sqrt (2 * PI)) (bell x))).
      + intros x; rewrite Rmin_left, Rmax_right by lra; intros Hx; rewrite normal_density_bell; unfold window.
        destruct (Rle_dec (Rabs (x - c)) delta) as [A|A]; [unfold scal; simpl; unfold mult; simpl; ring|].
        exfalso; apply A, Rabs_le; lra.
      + apply (is_RInt_scal (V := R_NormedModule)), (RInt_correct (V := R_CompleteNormedModule)), bell_integrable. }
  destruct (normal_is _ _ L) as [I E]; split; [exact I|]; rewrite E; apply Rmult_lt_0_compat; [apply Rinv_0_lt_compat, S|exact L0].
Qed.

(** F is continuous in the first d coordinates. *)
Definition close (d : nat) (F : (nat -> R) -> R) (u : nat -> R) : Prop :=
  forall eps, 0 < eps -> exists delta, 0 < delta /\ forall w, (forall c, (c < d)%nat -> Rabs (w c - u c) <= delta) -> Rabs (F w - F u) <= eps.

Lemma mean_of_square : forall d F u, variable (law_weights d normal_law) (fun w => F w ^ 2) -> close d F u -> F u <> 0 ->
  0 < expectation (law_weights d normal_law) (fun w => F w ^ 2).
Proof.
  intros d F u V C Fu; set (P := law_weights d normal_law) in *; assert (A := Rabs_pos_lt _ Fu).
  destruct (C (Rabs (F u) / 2) ltac:(lra)) as [delta [d0 Near]].
  destruct (expectation_product d P (fun c => window (u c) delta)) as [VW EW]; [intros c _; apply (window_mean (u c) delta d0)|].
  destruct (expectation_scal d P (Rabs (F u) ^ 2 / 4) _ VW) as [VS ES].
  eapply Rlt_le_trans; [|apply (expectation_le d P _ _ VS V)].
  - rewrite ES, EW; apply Rmult_lt_0_compat; [assert (0 < Rabs (F u) ^ 2) by (apply pow_lt; exact A); lra|].
    apply product_pos; intros c _; apply (window_mean (u c) delta d0).
  - intros w; destruct (Classical_Prop.classic (forall c, (c < d)%nat -> Rabs (w c - u c) <= delta)) as [In|Out].
    + rewrite (product_ext d _ (fun _ => 1)), product_const, pow1.
      * assert (N := Near w In); assert (T := Rabs_triang_inv (F u) (F w)); rewrite Rabs_minus_sym in N.
        assert (Q := pow_incr (Rabs (F u) / 2) (Rabs (F w)) 2 ltac:(lra)); rewrite pow2_abs in Q; simpl in *; lra.
      * intros c Hc; unfold window; destruct (Rle_dec (Rabs (w c - u c)) delta); [reflexivity|exfalso; apply n, In, Hc].
    + assert (E : exists c, (c < d)%nat /\ ~ Rabs (w c - u c) <= delta).
      { apply Classical_Prop.NNPP; intros N; apply Out; intros c Hc; apply Classical_Prop.NNPP; intros B; apply N; exists c; auto. }
      destruct E as [c [Hc B]]; rewrite (product_split d _ c Hc); unfold window at 1; destruct (Rle_dec (Rabs (w c - u c)) delta); [contradiction|].
      rewrite Rmult_0_l, Rmult_0_r; apply pow2_ge_0.
Qed.

Lemma close_total : forall d N (F : nat -> (nat -> R) -> R) u, (forall i, (i < N)%nat -> close d (F i) u) -> close d (fun w => total N (fun i => F i w)) u.
Proof.
  intros d N F u; induction N as [|N IH]; intros H eps He; cbn [total].
  - exists 1; split; [lra|]; intros; rewrite Rminus_0_r, Rabs_R0; lra.
  - destruct (IH ltac:(intros; apply H; lia) (eps / 2) ltac:(lra)) as [a [a0 A]]; destruct (H N ltac:(lia) (eps / 2) ltac:(lra)) as [b [b0 B]].
    exists (Rmin a b); split; [apply Rmin_glb_lt; assumption|]; intros w Hw.
    specialize (A w ltac:(intros c Hc; eapply Rle_trans; [apply Hw, Hc|apply Rmin_l])); specialize (B w ltac:(intros c Hc; eapply Rle_trans; [apply Hw, Hc|apply Rmin_r])).
    replace (total N (fun i => F i w) + F N w - (total N (fun i => F i u) + F N u))
      with ((total N (fun i => F i w) - total N (fun i => F i u)) + (F N w - F N u)) by ring.
    eapply Rle_trans; [apply Rabs_triang|lra].
Qed.

Lemma dot_moves : forall d x w u delta, (forall c, (c < d)%nat -> Rabs (w c - u c) <= delta) ->
  Rabs (dot d x w - dot d x u) <= delta * total d (fun c => Rabs (x c)).
Proof.
  intros d x w u delta H; unfold dot; induction d as [|d IH]; cbn [total]; [rewrite Rminus_0_r, Rabs_R0; lra|].
  replace (total d (fun c => x c * w c) + x d * w d - (total d (fun c => x c * u c) + x d * u d))
    with ((total d (fun c => x c * w c) - total d (fun c => x c * u c)) + x d * (w d - u d)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]; rewrite Rabs_mult; specialize (IH ltac:(intros; apply H; lia)).
  assert (M := Rmult_le_compat_l _ _ _ (Rabs_pos (x d)) (H d ltac:(lia))); lra.
Qed.

Lemma close_feature : forall d sigma v x u, smooth sigma -> close d (fun w => v * sigma (dot d x w)) u.
Proof.
  intros d sigma v x u H eps He; set (y := dot d x u); set (T := total d (fun c => Rabs (x c))).
  assert (T0 : 0 <= T) by (apply total_nonneg; intros; apply Rabs_pos); assert (v0 := Rabs_pos v).
  assert (C : continuous (fun z => v * sigma z) y).
  { apply (continuous_scal_r v sigma), ex_derive_continuous; exact (H 1%nat y). }
  destruct (C _ (locally_ball (v * sigma y) (mkposreal eps He))) as [[eta e0] E].
  exists (eta / (2 * (1 + T))); split; [apply Rdiv_lt_0_compat; lra|]; intros w Hw.
  assert (M := dot_moves d x w u _ Hw); fold y T in M; left; apply (E (dot d x w)).
  change (Rabs (dot d x w - y) < eta); eapply Rle_lt_trans; [exact M|].
  apply (Rmult_lt_reg_r (2 * (1 + T))); [lra|]; replace (eta / (2 * (1 + T)) * T * (2 * (1 + T))) with (eta * T) by (field; lra).
  assert (0 <= eta * T) by (apply Rmult_le_pos; lra); lra.
Qed.

(** ** The theorem *)

(** Entry by entry, M is the mean of sigma(x_i u) sigma(x_j u) for normal u. *)
Definition expected_features (d N : nat) (sigma : R -> R) (X M : nat -> nat -> R) : Prop :=
  forall i j, (i < N)%nat -> (j < N)%nat ->
    variable (law_weights d normal_law) (fun u => sigma (dot d (X i) u) * sigma (dot d (X j) u)) /\
    expectation (law_weights d normal_law) (fun u => sigma (dot d (X i) u) * sigma (dot d (X j) u)) = M i j.

Lemma mean_of_form : forall d N sigma X M v, expected_features d N sigma X M ->
  variable (law_weights d normal_law) (fun u => total N (fun i => v i * sigma (dot d (X i) u)) ^ 2) /\
  expectation (law_weights d normal_law) (fun u => total N (fun i => v i * sigma (dot d (X i) u)) ^ 2) = dot N v (mv N M v).
Proof.
  intros d N sigma X M v H; set (P := law_weights d normal_law) in *.
  assert (Term : forall i j, (i < N)%nat -> (j < N)%nat ->
    variable P (fun u => v i * v j * (sigma (dot d (X i) u) * sigma (dot d (X j) u))) /\
    expectation P (fun u => v i * v j * (sigma (dot d (X i) u) * sigma (dot d (X j) u))) = v i * v j * M i j).
  { intros i j Hi Hj; destruct (H i j Hi Hj) as [V E]; destruct (expectation_scal d P (v i * v j) _ V) as [V' E']; split; [exact V'|rewrite E'; f_equal; exact E]. }
  assert (Row : forall i, (i < N)%nat ->
    variable P (fun u => total N (fun j => v i * v j * (sigma (dot d (X i) u) * sigma (dot d (X j) u)))) /\
    expectation P (fun u => total N (fun j => v i * v j * (sigma (dot d (X i) u) * sigma (dot d (X j) u)))) = total N (fun j => v i * v j * M i j)).
  { intros i Hi; destruct (variable_total d P N (fun j u => v i * v j * (sigma (dot d (X i) u) * sigma (dot d (X j) u)))) as [V E];
      [intros j Hj; apply Term; assumption|]; split; [exact V|rewrite E; apply total_ext; intros j Hj; apply Term; assumption]. }
  destruct (variable_total d P N (fun i u => total N (fun j => v i * v j * (sigma (dot d (X i) u) * sigma (dot d (X j) u))))) as [V E];
    [intros i Hi; apply Row; exact Hi|].
  refine (match variable_ext d P _ (fun u => total N (fun i => v i * sigma (dot d (X i) u)) ^ 2) _ V with conj V' E' => conj V' _ end).
  - intros u; simpl pow; rewrite Rmult_1_r, <- total_scal; apply total_ext; intros i _; rewrite (Rmult_comm (total N _)), <- total_scal.
    apply total_ext; intros; ring.
  - rewrite E', E; apply total_ext; intros i Hi; rewrite (proj2 (Row i Hi)); unfold mv, dot; rewrite <- total_scal; apply total_ext; intros; ring.
Qed.

Theorem nguyen_mondelli_lemma_3_4 : forall d N sigma X M c, smooth sigma ->
  (forall K, exists k, (K <= k)%nat /\ Derive_n sigma (2 * k) 0 <> 0) -> (c < d)%nat -> (forall i, (i < N)%nat -> X i c <> 0) ->
  (forall i j, (i < j < N)%nat -> Rabs (X i c) <> Rabs (X j c)) -> expected_features d N sigma X M ->
  exists lambda, 0 < lambda /\ forall v, lambda * dot N v v <= dot N v (mv N M v).
Proof.
  intros d N sigma X M c H Often Hc X0 Apart HM.
  destruct N as [|n]; [exists 1; split; [lra|intros; unfold dot; simpl; lra]|]; set (N := S n) in *.
  assert (Sym : symmetric N (msub (fun _ _ => 0) M)).
  { intros i j Hi Hj; unfold tr, msub; rewrite <- (proj2 (HM i j Hi Hj)), <- (proj2 (HM j i Hj Hi)); do 2 f_equal.
    apply FunctionalExtensionality.functional_extensionality; intros; ring. }
  destruct (largest_eigenvalue N _ ltac:(unfold N; lia) Sym) as [mu [v [Top [Nz Eig]]]].
  assert (Minus : forall x, dot N x (mv N (msub (fun _ _ => 0) M) x) = - dot N x (mv N M x)).
  { intros x; transitivity (-1 * dot N x (mv N M x)); [|ring]; rewrite mv_sub; unfold dot; rewrite <- total_scal; apply total_ext; intros i _.
    replace (mv N (fun _ _ => 0) x i) with 0; [ring|symmetry; apply total_zero; intros; ring]. }
  exists (- mu); split.
  - destruct (combination_moves N sigma v (fun i => X i c) H Often X0 Apart Nz) as [t Ht].
    set (u := fun k => t * unit_matrix k c).
    assert (Line : forall i, dot d (X i) u = X i c * t).
    { intros i; unfold u, dot; rewrite (total_ext d _ (fun k => X i k * t * unit_matrix k c)) by (intros; ring); apply (unit_sum d (fun k => X i k * t)); exact Hc. }
    destruct (mean_of_form d N sigma X M v HM) as [V E].
    assert (P := mean_of_square d (fun w => total N (fun i => v i * sigma (dot d (X i) w))) u V
      ltac:(apply close_total; intros; apply close_feature; exact H)
      ltac:(cbv beta; rewrite (total_ext N _ (fun i => v i * sigma (X i c * t))) by (intros; rewrite Line; reflexivity); exact Ht)).
    cbv beta in P; rewrite E in P; assert (Q := dot_positive N v Nz).
    assert (F : dot N v (mv N (msub (fun _ _ => 0) M) v) = mu * dot N v v).
    { unfold dot; rewrite <- total_scal; apply total_ext; intros i Hi; rewrite (Eig i Hi); ring. }
    rewrite Minus in F; apply Ropp_lt_cancel; rewrite Ropp_involutive, Ropp_0; apply Rnot_le_lt; intros B.
    assert (0 <= mu * dot N v v) by (apply Rmult_le_pos; lra); lra.
  - intros x; specialize (Top x); rewrite Minus in Top; lra.
Qed.
