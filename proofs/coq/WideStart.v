(** Gaussian layers at the start, given what they do to one vector (Lemma 6.1 of Du and Hu): all vectors of a subspace at once.
    what they make of X z is compared with X z, whatever the condition number of X. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Lemmata Require Import Products Matrix Norms Rectangular Spectral AnyLaw Independent NormalLaw.
From Lemmata Require Import Remainder WidePapers RandomLayers GaussianLayers Nets Spheres.
Open Scope R_scope.

(** ** Subspaces *)

(** Products of matrices of any shapes. *)
Lemma mv_twice : forall f r A N z, mv f A (mv r N z) = mv r (mul f A N) z.
Proof.
  intros f r A N z; pointwise i; unfold mv, mul, dot.
  transitivity (total f (fun k => total r (fun l => A i k * N k l * z l))).
  - apply total_ext; intros k _; rewrite <- total_scal; apply total_ext; intros; ring.
  - rewrite total_swap; apply total_ext; intros l _; rewrite Rmult_comm, <- total_scal; apply total_ext; intros; ring.
Qed.

(** What becomes of X z is a linear function of z. *)
Lemma passed_linear : forall n m A r X z q,
  passed n m A (mv r X z) q = mv r (fun i l => passed n m A (fun k => X k l) q i) z.
Proof. intros n m A r X z; induction q as [|q IH]; simpl; [reflexivity|]; rewrite IH, mv_twice; reflexivity. Qed.

Lemma passed_ext : forall n m A x y q, (1 <= q)%nat -> (forall i, (i < n)%nat -> x i = y i) -> passed n m A x q = passed n m A y q.
Proof.
  intros n m A x y q Hq H; induction q as [|q IH]; [lia|]; simpl; destruct q as [|q].
  - apply mv_ext; exact H.
  - rewrite IH by lia; reflexivity.
Qed.

(** Orthonormal vectors that span the columns of X (Gram and Schmidt). *)
Lemma orthonormal_span : forall n r X, exists p u, (p <= r)%nat /\ orthonormal n p u /\
  forall z, exists y, forall i, (i < n)%nat -> mv r X z i = mv p (tr u) y i.
Proof.
  intros n r X; induction r as [|r IH].
  - exists 0%nat, (fun _ _ => 0); split; [lia|split; [intros i j Hi; lia|]]; intros z; exists z; reflexivity.
  - destruct IH as [p [u [Hp [O Sp]]]]; set (x := fun i => X i r); set (t := fun l => dot n (u l) x).
    set (e := fun i => x i - mv p (tr u) t i); destruct (Req_dec (dot n e e) 0) as [Z|N].
    + exists p, u; split; [lia|split; [exact O|]]; intros z; destruct (Sp z) as [y Y].
      exists (fun l => y l + z r * t l); intros i Hi; rewrite mv_plus, mv_scal, <- (Y i Hi).
      assert (E := dot_zero n e i Z Hi); unfold e, x in E; change (mv (S r) X z i) with (mv r X z i + X i r * z r).
      replace (X i r) with (mv p (tr u) t i) by lra; ring.
    + assert (P := dot_nonneg n e); set (s := sqrt (dot n e e)); assert (ss : s * s = dot n e e) by (apply sqrt_sqrt; exact P).
      assert (s0 : 0 < s) by (apply sqrt_lt_R0; lra).
      assert (Perp : forall l, (l < p)%nat -> dot n (u l) e = 0).
      { intros l Hl; unfold e; rewrite dot_minus_r; fold (t l).
        change (mv p (tr u) t) with (fun i => dot p (tr u i) t).
        transitivity (t l - total p (fun k => t k * dot n (u l) (u k))).
        - f_equal; unfold dot at 1 2; transitivity (total n (fun i => total p (fun k => u l i * (u k i * t k)))).
          + apply total_ext; intros i _; rewrite <- total_scal; reflexivity.
          + rewrite total_swap; apply total_ext; intros k _; unfold dot; rewrite <- total_scal; apply total_ext; intros; ring.
        - rewrite (total_ext p _ (fun k => t k * unit_matrix k l)); [rewrite unit_sum by exact Hl; ring|].
          intros k Hk; rewrite (dot_comm n (u l)), O by assumption; reflexivity. }
      set (f := fun i => / s * e i); set (v := fun l => if Nat.eqb l p then f else u l).
      assert (Vl : forall l, (l < p)%nat -> v l = u l) by (intros l Hl; unfold v; destruct (Nat.eqb_spec l p); [lia|reflexivity]).
      assert (Vp : v p = f) by (unfold v; rewrite Nat.eqb_refl; reflexivity).
      exists (S p), v; split; [lia|split].
      * assert (F1 : dot n f f = 1) by (unfold f; rewrite dot_scal_l, dot_scal_r, <- ss; field; lra).
        intros i j Hi Hj; destruct (Nat.eq_dec i p) as [->|Ni], (Nat.eq_dec j p) as [->|Nj].
        -- rewrite Vp, F1; unfold unit_matrix; rewrite Nat.eqb_refl; reflexivity.
        -- rewrite Vp, Vl, dot_comm by lia; unfold f; rewrite dot_scal_r, Perp by lia; unfold unit_matrix.
           destruct (Nat.eqb_spec p j); [lia|ring].
        -- rewrite Vp, Vl by lia; unfold f; rewrite dot_scal_r, Perp by lia; unfold unit_matrix.
           destruct (Nat.eqb_spec i p); [lia|ring].
        -- rewrite !Vl by lia; apply O; lia.
      * intros z; destruct (Sp z) as [y Y].
        exists (fun l => if Nat.eqb l p then z r * s else y l + z r * t l); intros i Hi.
        change (mv (S r) X z i) with (mv r X z i + X i r * z r).
        match goal with |- _ = mv (S p) (tr v) ?g i => change (mv (S p) (tr v) g i) with (mv p (tr v) g i + v p i * g p) end.
        cbv beta; rewrite Nat.eqb_refl, Vp.
        transitivity (mv p (tr u) (fun l => y l + z r * t l) i + f i * (z r * s)).
        -- rewrite mv_plus, mv_scal, (Y i Hi); unfold f, e, x; field; lra.
        -- f_equal; apply total_ext; intros l Hl; unfold tr; rewrite Vl by exact Hl.
           destruct (Nat.eqb_spec l p); [lia|reflexivity].
Qed.

Lemma orthonormal_length : forall n p u y, orthonormal n p u -> dot n (mv p (tr u) y) (mv p (tr u) y) = dot p y y.
Proof.
  intros n p u y O; rewrite adjoint_rectangular, tr_tr, mv_twice.
  apply dot_ext; [reflexivity|]; intros i Hi; transitivity (mv p unit_matrix y i); [|apply mv_unit; exact Hi].
  apply dot_ext; [|reflexivity]; intros j Hj; exact (O i j Hi Hj).
Qed.

(** ** All vectors of a subspace *)

(** |A_q ... A_1 x| is within a fifth of m^(q/2) |x| for all x = X z. *)
Definition keeps_range (n m q : nat) (A : nat -> nat -> nat -> R) (r : nat) (X : nat -> nat -> R) : Prop :=
  forall z, let x := mv r X z in
    (4 / 5) ^ 2 * INR m ^ q * dot n x x <= dot m (passed n m A x q) (passed n m A x q) <= (6 / 5) ^ 2 * INR m ^ q * dot n x x.

Lemma keeps_net : forall n m q A p u net, orthonormal n p u -> is_net p (/ 12) net ->
  (forall v, In v net -> keeps_norm n m q A (mv p (tr u) v)) -> keeps_range n m q A p (tr u).
Proof.
  intros n m q A p u net O Net H z x; assert (m0 : 0 <= INR m) by apply pos_INR.
  set (s := sqrt (INR m ^ q)); assert (s0 : 0 <= s) by apply sqrt_pos.
  assert (ss : s ^ 2 = INR m ^ q) by (apply pow2_sqrt, pow_le; exact m0).
  set (M := fun i l => passed n m A (fun k => tr u k l) q i).
  assert (Lin : forall y, passed n m A (mv p (tr u) y) q = mv p M y) by (intros y; apply passed_linear).
  destruct (tenth_on_net m p M net s s0 Net) as [Up Low].
  - intros v Iv; specialize (H v Iv); unfold keeps_norm in H; rewrite Lin in H; rewrite !Rpow_mult_distr, ss; exact H.
  - specialize (Up z); specialize (Low z); rewrite Rpow_mult_distr, ss in Up, Low.
    unfold x; rewrite Lin, orthonormal_length by exact O; lra.
Qed.

Lemma range_within : forall n m q A r X p u, (1 <= q)%nat -> orthonormal n p u ->
  (forall z, exists y, forall i, (i < n)%nat -> mv r X z i = mv p (tr u) y i) ->
  keeps_range n m q A p (tr u) -> keeps_range n m q A r X.
Proof.
  intros n m q A r X p u Hq O Sp H z x; destruct (Sp z) as [y Y]; specialize (H y); cbv zeta in H.
  rewrite (passed_ext n m A x (mv p (tr u) y) q Hq Y), (dot_ext n x x _ _ Y Y); exact H.
Qed.

(** 25^r vectors and the tail of each. *)
Lemma range_kept : forall C c K place n m q r X, one_vector C c -> (1 <= q)%nat -> C * INR q <= INR m ->
  places_of_their_own K n m q place ->
  at_most (law_weights K normal_law) (fun w => ~ keeps_range n m q (placed_layer place w) r X)
    (25 ^ r * exp (- (c * INR m / INR q))).
Proof.
  intros C c K place n m q r X HV Hq Hm Own; destruct (orthonormal_span n r X) as [p [u [Hp [O Sp]]]].
  destruct (sphere_net p (/ 12) ltac:(lra)) as [net [Len Net]]; replace (1 + 2 / / 12) with 25 in Len by field.
  set (b := exp (- (c * INR m / INR q))).
  assert (b0 : 0 < b) by apply exp_pos.
  assert (U := at_most_some K (law_weights K normal_law) _ (fun v w => ~ keeps_norm n m q (placed_layer place w) (mv p (tr u) v)) b net).
  apply (at_most_mono K _ _ (INR (length net) * b)).
  - apply Rmult_le_compat_r; [lra|]; eapply Rle_trans; [exact Len|apply Rle_pow; [lra|exact Hp]].
  - refine (at_most_weaker K _ _ _ _ _ (U _)).
    + intros w Bad; apply Classical_Prop.NNPP; intros None; apply Bad.
      apply (range_within n m q _ r X p u Hq O Sp), (keeps_net n m q _ p u net O Net).
      intros v Iv; apply Classical_Prop.NNPP; intros F; apply None; exists v; auto.
    + intros v Iv; apply (HV K place n m q (mv p (tr u) v) Hq Hm Own).
      rewrite orthonormal_length by exact O; apply Net; exact Iv.
Qed.

(** The width pays for the 25^r vectors. *)
Lemma net_paid : forall c x r, 12 * INR r <= c * x -> 25 ^ r * exp (- (c * x)) <= exp (- (c / 2 * x)).
Proof.
  intros c x r H; assert (E1 : 2 <= exp 1) by (assert (E := exp_ineq1_le 1); lra).
  assert (E : 25 ^ r <= exp 1 ^ (6 * r)).
  { rewrite pow_mult; apply pow_incr; split; [lra|]; apply Rle_trans with (2 ^ 6); [lra|apply pow_incr; lra]. }
  rewrite <- (Rpower_pow (6 * r)) in E by apply exp_pos; unfold Rpower in E; rewrite ln_exp, mult_INR, Rmult_1_r in E.
  simpl (INR 6) in E; eapply Rle_trans; [apply Rmult_le_compat_r; [left; apply exp_pos|exact E]|].
  rewrite <- exp_plus; apply exp_le_compat; lra.
Qed.
