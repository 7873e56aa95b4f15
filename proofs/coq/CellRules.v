(** Rules for sums of products, as the kernel of the delay D is one: over a cell, over two cells, over a part of a cell. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature
  PartialQuadrature Polynomials CellQuadrature HolomorphicCalculus.
Open Scope R_scope.

(** ** Integrals and rules of sums *)

Lemma weighted_integral : forall J (e : nat -> R) (f : nat -> R -> R) a b, (forall j, (j < J)%nat -> ex_RInt (f j) a b) ->
  is_RInt (fun y => total J (fun j => e j * f j y)) a b (total J (fun j => e j * RInt (f j) a b)).
Proof.
  induction J as [|J IH]; intros e f a b H; simpl.
  - evar_last; [apply (is_RInt_const (V := R_NormedModule))|apply Rmult_0_r].
  - apply (is_RInt_plus (V := R_NormedModule) (fun y => total J (fun j => e j * f j y)) (fun y => e J * f J y)).
    + apply IH; intros; apply H; lia.
    + apply (is_RInt_scal (V := R_NormedModule) (f J) a b (e J)), (RInt_correct (V := R_CompleteNormedModule)), H; lia.
Qed.

Lemma rule_total : forall n x w J (e : nat -> R) (f : nat -> R -> R),
  rule n x w (fun t => total J (fun j => e j * f j t)) = total J (fun j => e j * rule n x w (f j)).
Proof.
  intros n x w J e f; unfold rule.
  rewrite (total_ext n _ (fun i => total J (fun j => w i * (e j * f j (x i))))) by (intros; rewrite total_scal; reflexivity).
  rewrite total_swap; apply total_ext; intros j _; rewrite <- total_scal; apply total_ext; intros; ring.
Qed.

Lemma rule_bound : forall n x w f d, (1 <= n)%nat -> gauss_rule n x w -> (forall i, (i < n)%nat -> Rabs (f (x i)) <= d) ->
  Rabs (rule n x w f) <= 2 * d.
Proof.
  intros n x w f d Hn G H; assert (WS := weights_sum n x w Hn G); unfold rule; eapply Rle_trans; [apply total_abs|].
  rewrite <- WS, (Rmult_comm (total n w)), <- total_scal; apply total_le; intros i Hi; destruct G as [W _]; destruct (W i Hi)
    as [_ P].
  rewrite Rabs_mult, (Rabs_pos_eq (w i)), Rmult_comm by exact P; apply Rmult_le_compat_r; [exact P|apply H, Hi].
Qed.

(** ** Primitives *)

Definition continuous_within (lo hi : R) (f : R -> R) : Prop := forall y, lo < y < hi -> continuous f y.

Lemma within_integrable : forall lo hi f p q, continuous_within lo hi f -> lo < p < hi -> lo < q < hi -> ex_RInt f p q.
Proof.
  intros lo hi f p q H Hp Hq; apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros y Hy; apply H.
  revert Hy; unfold Rmin, Rmax; destruct (Rle_dec p q); intros; lra.
Qed.

Lemma within_near : forall lo hi y, lo < y < hi -> locally y (fun z => lo < z < hi).
Proof.
  intros lo hi y Hy; assert (P : 0 < Rmin (y - lo) (hi - y)) by (apply Rmin_glb_lt; lra); exists (mkposreal _ P); intros z Hz.
  change (Rabs (z - y) < Rmin (y - lo) (hi - y)) in Hz; assert (A := Rmin_l (y - lo) (hi - y));
  assert (B := Rmin_r (y - lo) (hi - y)); apply Rabs_def2 in Hz; lra.
Qed.

Lemma primitive_derive : forall lo hi f p y, continuous_within lo hi f -> lo < p < hi -> lo < y < hi ->
  is_derive (fun q => RInt f p q) y (f y) /\ is_derive (fun q => RInt f q p) y (- f y).
Proof.
  intros lo hi f p y H Hp Hy; assert (N := within_near lo hi y Hy); split.
  - apply (is_derive_RInt (V := R_NormedModule) f _ p); [|apply H, Hy]; generalize N; apply filter_imp; intros q Hq.
    apply (RInt_correct (V := R_CompleteNormedModule)), (within_integrable lo hi); assumption.
  - apply (is_derive_RInt' (V := R_NormedModule) f _ y p); [|apply H, Hy]; generalize N; apply filter_imp; intros q Hq.
    apply (RInt_correct (V := R_CompleteNormedModule)), (within_integrable lo hi); assumption.
Qed.

(** ** One cell, and two *)

(** [gauss.error] *)
Definition gauss_factor (n : nat) : R := 16 / 3 * (/ code_rho) ^ (2 * n) / (1 - (/ code_rho) ^ 2).

Lemma rho_between : 0 < / code_rho < 1.
Proof.
  destruct code_rho_inverse as [A _]; split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_lt_contravar; lra].
Qed.

Lemma gauss_factor_nonneg : forall n, 0 <= gauss_factor n.
Proof.
  intros n; assert (Q := rho_between); unfold gauss_factor; apply Rle_mult_inv_pos; [|simpl; nra].
  apply Rmult_le_pos; [lra|apply pow_le; lra].
Qed.

Lemma cell_inside : forall m r y : R, 0 < r -> m - r <= y <= m + r -> disc m (2 * r) (RtoC y).
Proof. intros m r y Hr Hy; apply real_disc, Rabs_def1; lra. Qed.

Lemma cell_node : forall m r t, 0 < r -> -1 <= t <= 1 -> m - r <= m + r * t <= m + r.
Proof. intros m r t Hr Ht; nra. Qed.

Lemma cell_integrable : forall m r F F' f p q, 0 < r -> extends (disc m (2 * r)) F F' f -> m - r <= p <= m + r ->
  m - r <= q <= m + r -> ex_RInt f p q.
Proof.
  intros m r F F' f p q Hr E Hp Hq; apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros y Hy.
  apply (extends_continuous m (2 * r) F F' f y E), cell_inside; [exact Hr|].
  revert Hy; unfold Rmin, Rmax; destruct (Rle_dec p q); intros; lra.
Qed.

Lemma weighted_cell : forall J (alpha : nat -> R -> R) (A A' : nat -> C -> C) (m r : R) n x w (e : nat -> R) K,
  0 < r -> (forall j, (j < J)%nat -> extends (disc m (2 * r)) (A j) (A' j) (alpha j)) -> (1 <= n)%nat -> gauss_rule n x w ->
  (forall z, disc m (2 * r) z -> total J (fun j => Rabs (e j) * Cmod (A j z)) <= K) ->
  Rabs (total J (fun j => e j * (RInt (alpha j) (m - r) (m + r) - r * rule n x w (fun t => alpha j (m + r * t)))))
    <= r * K * gauss_factor n.
Proof.
  intros J alpha A A' m r n x w e K Hr HA Hn G HK; destruct (extends_sum J _ A A' alpha e HA) as [F' HF].
  assert (Q := cell_quadrature n x w _ F' (fun y => total J (fun j => e j * alpha j y)) m r K Hn G Hr (proj1 HF)
    (fun z Hz => Rle_trans _ _ _ (sum_bound J e (fun j => A j z)) (HK z Hz))
    (fun y Hy => eq_sym (f_equal fst (proj2 HF y (cell_inside m r y Hr Hy))))); destruct Q as [_ Q].
  assert (I := weighted_integral J e alpha (m - r) (m + r)
    ltac:(intros; eapply cell_integrable; try (apply HA; assumption); lra)).
  rewrite (is_RInt_unique _ _ _ _ I), (rule_total n x w J e (fun j t => alpha j (m + r * t))) in Q.
  rewrite <- total_scal, <- total_minus in Q.
  rewrite (total_ext J _ (fun j => e j * (RInt (alpha j) (m - r) (m + r) - r * rule n x w (fun t => alpha j (m + r * t))))) in
    Q by (intros; ring).
  unfold gauss_factor; replace (r * K * (16 / 3 * (/ code_rho) ^ (2 * n) / (1 - (/ code_rho) ^ 2)))
    with (r * (16 / 3 * K * (/ code_rho) ^ (2 * n) / (1 - (/ code_rho) ^ 2))) by (unfold Rdiv; ring); exact Q.
Qed.

(** Both integrals, both rules: m, r is the cell of the later place. *)
Lemma pair_quadrature : forall J (c : nat -> R) (alpha beta : nat -> R -> R) (A A' B B' : nat -> C -> C) (m' r' m r M : R)
    (n' n : nat) (x' w' x w : nat -> R),
  (forall j, (j < J)%nat -> 0 <= c j) -> 0 < r' -> 0 < r ->
  (forall j, (j < J)%nat -> extends (disc m' (2 * r')) (A j) (A' j) (alpha j)) ->
  (forall j, (j < J)%nat -> extends (disc m (2 * r)) (B j) (B' j) (beta j)) ->
  (1 <= n')%nat -> gauss_rule n' x' w' -> (1 <= n)%nat -> gauss_rule n x w ->
  (forall z z', disc m' (2 * r') z -> disc m (2 * r) z' -> total J (fun j => c j * (Cmod (A j z) * Cmod (B j z'))) <= M) ->
  Rabs (total J (fun j => c j * (RInt (alpha j) (m' - r') (m' + r') * RInt (beta j) (m - r) (m + r)))
    - r * rule n x w (fun t => r' * rule n' x' w' (fun s => total J (fun j => c j * (alpha j (m' + r' * s) * beta j (m + r *
      t))))))
    <= 2 * r' * r * M * (gauss_factor n + gauss_factor n').
Proof.
  intros J c alpha beta A A' B B' m' r' m r M n' n x' w' x w Hc Hr' Hr HA HB Hn' G' Hn G HM.
  assert (Below : forall (f : R -> R) (F F' : C -> C) mm rr y, extends (disc mm rr) F F' f -> disc mm rr (RtoC y) -> Rabs (f
    y) <= Cmod (F y)).
  { intros f F F' mm rr y [_ E] Hy; rewrite (E y Hy), Cmod_R; apply Rle_refl. }
  set (Ia := fun j => RInt (alpha j) (m' - r') (m' + r')); set (Ib := fun j => RInt (beta j) (m - r) (m + r)).
  set (Qa := fun j => r' * rule n' x' w' (fun s => alpha j (m' + r' * s))).
  set (Qb := fun j => r * rule n x w (fun t => beta j (m + r * t))).
  assert (E1 : Rabs (total J (fun j => c j * (Ia j - Qa j) * Ib j)) <= (m + r - (m - r)) * (r' * M * gauss_factor n')).
  { assert (I := weighted_integral J (fun j => c j * (Ia j - Qa j)) beta (m - r) (m + r)
      ltac:(intros; eapply cell_integrable; try (apply HB; assumption); lra)).
    unfold Ib; rewrite <- (is_RInt_unique _ _ _ _ I); apply abs_RInt_le_const; [lra|eexists; exact I|]; intros y Hy.
    rewrite (total_ext J _ (fun j => c j * beta j y * (Ia j - Qa j))) by (intros; ring).
    apply (weighted_cell J alpha A A' m' r' n' x' w' (fun j => c j * beta j y) M Hr' HA Hn' G'); intros z Hz.
    eapply Rle_trans; [|apply (HM z y Hz), (cell_inside m r y Hr Hy)]; apply total_le; intros j Hj.
    rewrite Rabs_mult, (Rabs_pos_eq (c j)) by apply Hc, Hj; rewrite Rmult_assoc, (Rmult_comm (Rabs (beta j y))).
    apply Rmult_le_compat_l; [apply Hc, Hj|apply Rmult_le_compat_l; [apply Cmod_ge_0|]].
    exact (Below _ _ _ _ _ _ (HB j Hj) (cell_inside m r y Hr Hy)). }
  assert (E2 : Rabs (total J (fun j => c j * (Ib j - Qb j) * Qa j)) <= r' * (2 * (r * M * gauss_factor n))).
  { unfold Qa; rewrite (total_ext J _ (fun j => r' * (c j * (Ib j - Qb j) * rule n' x' w' (fun s => alpha j (m' + r' * s)))))
      by (intros; ring).
    rewrite total_scal, <- rule_total, Rabs_mult, (Rabs_pos_eq r') by lra; apply Rmult_le_compat_l; [lra|].
    apply (rule_bound n' x' w' (fun s => total J (fun j => c j * (Ib j - Qb j) * alpha j (m' + r' * s)))); [exact Hn'|exact
      G'|].
    intros i Hi; set (v := m' + r' * x' i).
    assert (Hv : disc m' (2 * r') (RtoC v)) by (apply (cell_inside m' r' _ Hr'), (cell_node m' r' _ Hr'), G', Hi).
    rewrite (total_ext J _ (fun j => c j * alpha j v * (Ib j - Qb j))) by (intros; ring).
    apply (weighted_cell J beta B B' m r n x w (fun j => c j * alpha j v) M Hr HB Hn G); intros z Hz.
    eapply Rle_trans; [|apply (HM v z Hv Hz)]; apply total_le; intros j Hj.
    rewrite Rabs_mult, (Rabs_pos_eq (c j)) by apply Hc, Hj; rewrite Rmult_assoc.
    apply Rmult_le_compat_l; [apply Hc, Hj|apply Rmult_le_compat_r; [apply Cmod_ge_0|]].
    exact (Below _ _ _ _ _ _ (HA j Hj) Hv). }
  assert (Sum : r * rule n x w (fun t => r' * rule n' x' w' (fun s => total J (fun j => c j * (alpha j (m' + r' * s) * beta j
    (m + r * t)))))
    = total J (fun j => c j * (Qa j * Qb j))).
  { rewrite (total_ext J (fun j => c j * (Qa j * Qb j)) (fun j => r * (c j * Qa j * rule n x w (fun t => beta j (m + r *
      t))))) by (intros; unfold Qb; ring).
    rewrite total_scal, <- rule_total; f_equal; unfold rule at 1 3; apply total_ext; intros i _; f_equal.
    rewrite (total_ext J _ (fun j => r' * (c j * beta j (m + r * x i) * rule n' x' w' (fun s => alpha j (m' + r' * s)))))
      by (intros; unfold Qa; ring).
    rewrite total_scal, <- rule_total; f_equal; unfold rule; apply total_ext; intros l _; f_equal; apply total_ext; intros;
    ring. }
  rewrite Sum, <- total_minus.
  rewrite (total_ext J _ (fun j => c j * (Ia j - Qa j) * Ib j + c j * (Ib j - Qb j) * Qa j)) by (intros; unfold Ia, Ib; ring).
  rewrite total_plus; eapply Rle_trans; [apply Rabs_triang|]; eapply Rle_trans; [apply Rplus_le_compat; [exact E1|exact E2]|].
  right; ring.
Qed.

(** ** Interpolation *)

Lemma product_with_zero : forall n (f : nat -> R) i, (i < n)%nat -> f i = 0 -> product n f = 0.
Proof.
  induction n as [|n IH]; intros f i Hi Z; [lia|]; simpl; destruct (Nat.eq_dec i n) as [->|Ne]; [rewrite Z; ring|].
  rewrite (IH f i) by (assumption || lia); ring.
Qed.

Lemma node_polynomial : forall n (x : nat -> R), poly_below (S n) (fun y => product n (fun i => y - x i)).
Proof.
  induction n as [|n IH]; intros x; [exact (poly_const 0 1)|]; cbn [product].
  apply (poly_ext _ (fun y => y * product n (fun i => y - x i) + - x n * product n (fun i => y - x i))); [intros; ring|].
  apply (poly_lin _ (fun y => y * product n (fun i => y - x i))); [apply poly_shift, IH|apply poly_longer, IH].
Qed.

Lemma interpolation : forall n (x v : nat -> R), distinct n x -> exists c, forall i, (i < n)%nat -> power_sum n c (x i) = v i.
Proof.
  intros n x v D; assert (K : exists f, poly_below n f /\ forall i, (i < n)%nat -> f (x i) = v i);
    [|destruct K as [f [[c Hc] Hf]]; exists c; intros i Hi; rewrite <- Hc; apply Hf, Hi].
  induction n as [|n IH]; [exists (fun _ => 0); split; [exists (fun _ => 0); reflexivity|intros; lia]|].
  destruct IH as [f [Hf Hv]]; [intros i j Hi Hj; apply D; lia|].
  assert (N : product n (fun i => x n - x i) <> 0).
  { apply product_nonzero; intros l Hl; assert (X := D n l ltac:(lia) ltac:(lia) ltac:(lia)); lra. }
  set (d := (v n - f (x n)) / product n (fun i => x n - x i)).
  exists (fun y => f y + d * product n (fun i => y - x i)); split.
  - apply (poly_lin _ f (fun y => product n (fun i => y - x i))); [apply poly_longer, Hf|apply node_polynomial].
  - intros i Hi; destruct (Nat.eq_dec i n) as [->|Ne]; [unfold d; field; exact N|].
    rewrite (product_with_zero n _ i) by (lia || ring); rewrite Hv by lia; ring.
Qed.

(** ** A part of the cell *)

(** The weights W integrate every polynomial of degree below k from -1 to t. *)
Definition cumulative_rule (k : nat) (s W : nat -> R) (t : R) : Prop :=
  forall m, (m < k)%nat -> rule k s W (fun y => y ^ m) = RInt (fun y => y ^ m) (-1) t.

(** [gauss.cumulative_error] *)
Definition cumulative_factor (k : nat) : R := 8 * (/ code_rho) ^ k / (1 - / code_rho).

Lemma part_of_cell : forall m r (f : R -> R) t, 0 < r -> ex_RInt f (m - r) (m + r * t) ->
  RInt f (m - r) (m + r * t) = r * RInt (fun y => f (m + r * y)) (-1) t.
Proof.
  intros m r f t Hr H.
  assert (E : ex_RInt f (r * -1 + m) (r * t + m)).
  { replace (r * -1 + m) with (m - r) by ring; replace (r * t + m) with (m + r * t) by ring; exact H. }
  assert (Q := RInt_comp_lin (V := R_CompleteNormedModule) f r m (-1) t E).
  replace (r * -1 + m) with (m - r) in Q by ring; replace (r * t + m) with (m + r * t) in Q by ring; rewrite <- Q.
  assert (E' := ex_RInt_comp_lin (V := R_NormedModule) f r m (-1) t E).
  assert (I : is_RInt (fun y => f (m + r * y)) (-1) t (/ r * RInt (fun y => scal r (f (r * y + m))) (-1) t)).
  { apply (is_RInt_ext (V := R_NormedModule) (fun y => scal (/ r) (scal r (f (r * y + m))))).
    - intros y _; unfold scal; simpl; unfold mult; simpl; rewrite <- Rmult_assoc, Rinv_l, Rmult_1_l by lra; f_equal; ring.
    - apply (is_RInt_scal (V := R_NormedModule)), (RInt_correct (V := R_CompleteNormedModule)); exact E'. }
  rewrite (is_RInt_unique _ _ _ _ I), <- Rmult_assoc, Rinv_r, Rmult_1_l by lra; reflexivity.
Qed.

Lemma power_integrable : forall m a b, ex_RInt (fun y => y ^ m) a b.
Proof.
  intros m a b; apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros y _.
  apply (ex_derive_continuous (fun y => y ^ m)); auto_derive; trivial.
Qed.

Lemma weighted_part : forall J (alpha : nat -> R -> R) (A A' : nat -> C -> C) m r k s v W t (e : nat -> R) K,
  0 < r -> (forall j, (j < J)%nat -> extends (disc m (2 * r)) (A j) (A' j) (alpha j)) ->
  (1 <= k)%nat -> gauss_rule k s v -> distinct k s -> cumulative_rule k s W t -> -1 <= t <= 1 ->
  (forall z, disc m (2 * r) z -> total J (fun j => Rabs (e j) * Cmod (A j z)) <= K) ->
  Rabs (total J (fun j => e j * (RInt (alpha j) (m - r) (m + r * t) - r * rule k s W (fun y => alpha j (m + r * y)))))
    <= r * K * cumulative_factor k.
Proof.
  intros J alpha A A' m r k s v W t e K Hr HA Hk G Ap Cu Ht HK; destruct (extends_sum J _ A A' alpha e HA) as [F' [HF Re]].
  assert (Af := affine_holomorphic _ F' m r Hr HF).
  assert (In : forall y, -1 <= y <= 1 -> disc m (2 * r) (RtoC (m + r * y))) by (intros; apply cell_inside,
    cell_node; assumption).
  assert (Val : forall y, -1 <= y <= 1 -> fst (ctotal J (fun j => (e j * A j (m + r * y)%C)%C)) = total J (fun j => e j * alpha
    j (m + r * y))).
  { intros y Hy; replace (m + r * y)%C with (RtoC (m + r * y)) by components; exact (f_equal fst (Re _ (In y Hy))). }
  destruct (interpolation k s (fun i => total J (fun j => e j * alpha j (m + r * s i))) Ap) as [c Hc].
  assert (P := partial_quadrature k s v c _ _ code_rho K t Hk G (proj1 code_rho_inverse) Af
    ltac:(intros z Hz; eapply Rle_trans; [apply sum_bound|apply HK]; apply ellipse_in_disc in Hz; unfold disc;
      replace (m + r * z - m)%C with (r * z)%C by components; rewrite Cmod_mult, Cmod_R, Rabs_pos_eq by lra; nra)
    (fun i Hi => eq_trans (Hc i Hi) (eq_sym (Val (s i) (proj1 (proj1 G i Hi))))) Ht).
  cbv beta in P.
  assert (I1 : RInt (fun y => fst (ctotal J (fun j => (e j * A j (m + r * y)%C)%C))) (-1) t
    = total J (fun j => e j * RInt (fun y => alpha j (m + r * y)) (-1) t)).
  { rewrite <- (is_RInt_unique _ _ _ _ (weighted_integral J e (fun j y => alpha j (m + r * y)) (-1) t
      ltac:(intros j Hj; apply (good_integrable (fun y => alpha j (m + r * y))); [|lra|exact Ht]; intros y Hy;
        apply (continuous_comp (fun y => m + r * y) (alpha j)); [apply (ex_derive_continuous (fun y => m + r * y));
        auto_derive; trivial|apply (extends_continuous m (2 * r) (A j) (A' j)); [apply HA, Hj|apply In, Hy]]))).
    apply (RInt_ext (V := R_CompleteNormedModule)); rewrite Rmin_left, Rmax_right by lra; intros y Hy; apply Val; lra. }
  assert (I2 : RInt (power_sum k c) (-1) t = total J (fun j => e j * rule k s W (fun y => alpha j (m + r * y)))).
  { rewrite <- rule_total; unfold rule.
    rewrite (total_ext k _ (fun i => W i * power_sum k c (s i))) by (intros i Hi; rewrite Hc by exact Hi; reflexivity).
    change (RInt (power_sum k c) (-1) t = rule k s W (fun y => total k (fun l => c l * y ^ l))); rewrite rule_total.
    rewrite <- (total_ext k (fun l => c l * RInt (fun y => y ^ l) (-1) t)) by (intros l Hl; rewrite (Cu l Hl); reflexivity).
    apply is_RInt_unique, (weighted_integral k c (fun l y => y ^ l)); intros; apply power_integrable. }
  rewrite I1, I2, <- total_minus in P.
  rewrite (total_ext J _ (fun j => r * (e j * RInt (fun y => alpha j (m + r * y)) (-1) t - e j * rule k s W (fun y => alpha j
    (m + r * y))))).
  - rewrite total_scal, Rabs_mult, (Rabs_pos_eq r) by lra; unfold cumulative_factor.
    replace (r * K * (8 * (/ code_rho) ^ k / (1 - / code_rho))) with (r * (8 * K * (/ code_rho) ^ k / (1 - / code_rho)))
      by (unfold Rdiv; ring); apply Rmult_le_compat_l; [lra|exact P].
  - intros j Hj; rewrite part_of_cell; [ring|exact Hr|].
    apply (cell_integrable m r (A j) (A' j)); [exact Hr|apply HA, Hj|lra|apply cell_node; assumption].
Qed.
