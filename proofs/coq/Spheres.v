(** What a matrix does to a net of the sphere it nearly does to the sphere; unions of few events. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Lemmata Require Import Products Matrix Norms Rectangular Spectral Wide AnyLaw Nets.
Import ListNotations.
Open Scope R_scope.

(** ** From a net to the sphere *)

(** What holds of unit vectors holds, scaled, of all. *)
Lemma unit_multiple : forall n x, 0 < dot n x x -> exists y r, dot n y y = 1 /\ x = fun i => r * y i.
Proof.
  intros n x P; set (r := sqrt (dot n x x)); assert (rr : r * r = dot n x x) by (apply sqrt_sqrt; lra).
  assert (r0 : 0 < r) by (apply sqrt_lt_R0; exact P); exists (fun i => / r * x i), r; split.
  - rewrite dot_scal_l, dot_scal_r, <- rr; field; lra.
  - pointwise i; field; lra.
Qed.

Lemma opnorm_units : forall d n M c, (forall x, dot n x x = 1 -> dot d (mv n M x) (mv n M x) <= c ^ 2) -> opnorm d n M c.
Proof.
  intros d n M c H x; destruct (Rle_lt_or_eq_dec 0 _ (dot_nonneg n x)) as [P|Z].
  - destruct (unit_multiple n x P) as [y [r [U ->]]]; rewrite mv_scal, !dot_scal_l, !dot_scal_r, U.
    assert (A := Rmult_le_compat_l (r * r) _ _ (Rle_0_sqr r) (H y U)); lra.
  - rewrite <- Z, Rmult_0_r; right; apply total_zero; intros i _.
    replace (mv n M x i) with 0; [ring|symmetry]; apply total_zero; intros j Hj.
    rewrite (dot_zero n x j (eq_sym Z) Hj); ring.
Qed.

Lemma opbelow_units : forall d n M c, (forall x, dot n x x = 1 -> c ^ 2 <= dot d (mv n M x) (mv n M x)) -> opbelow d n M c.
Proof.
  intros d n M c H x; destruct (Rle_lt_or_eq_dec 0 _ (dot_nonneg n x)) as [P|Z];
    [|rewrite <- Z, Rmult_0_r; apply dot_nonneg].
  destruct (unit_multiple n x P) as [y [r [U ->]]]; rewrite mv_scal, !dot_scal_l, !dot_scal_r, U.
  assert (A := Rmult_le_compat_l (r * r) _ _ (Rle_0_sqr r) (H y U)); lra.
Qed.

Lemma net_improves : forall d n M e net a b, 0 <= e -> 0 <= a -> 0 <= b -> is_net n e net ->
  (forall v, In v net -> dot d (mv n M v) (mv n M v) <= a ^ 2) -> opnorm d n M b -> opnorm d n M (a + b * e).
Proof.
  intros d n M e net a b He Ha Hb Net Hv HM; apply opnorm_units; intros x Hx.
  destruct (proj2 Net x Hx) as [v [Iv Short]].
  assert (E : mv n M x = fun i => mv n M v i + mv n M (fun j => x j - v j) i).
  { rewrite <- mv_plus; apply mv_ext; intros; ring. }
  rewrite E; apply dot_triangle; [exact Ha|apply Rmult_le_pos; assumption|apply Hv; exact Iv|].
  eapply Rle_trans; [apply HM|]; rewrite Rpow_mult_distr; apply Rmult_le_compat_l; [apply pow2_ge_0|exact Short].
Qed.

(** The largest stretch of a net, over 1 - e, is that of the sphere or more. *)
Lemma net_above : forall d n M e net a, 0 <= e < 1 -> 0 <= a -> is_net n e net ->
  (forall v, In v net -> dot d (mv n M v) (mv n M v) <= a ^ 2) -> opnorm d n M (a / (1 - e)).
Proof.
  intros d n M e net a He Ha Net Hv; set (b := rnorm d n M); assert (b0 : 0 <= b) by apply rnorm_nonneg.
  assert (s0 : 0 <= a / (1 - e)) by (apply Rmult_le_pos; [exact Ha|left; apply Rinv_0_lt_compat; lra]).
  assert (K : forall k, opnorm d n M (a / (1 - e) + b * e ^ k)).
  { induction k as [|k IH].
    - apply (opnorm_mono d n M b); [simpl; lra|apply opnorm_rnorm].
    - assert (P : 0 <= b * e ^ k) by (apply Rmult_le_pos; [exact b0|apply pow_le; lra]).
      replace (a / (1 - e) + b * e ^ S k) with (a + (a / (1 - e) + b * e ^ k) * e) by (simpl; field; lra).
      apply (net_improves d n M e net); auto; lra. }
  apply opnorm_units; intros x Hx; set (y := sqrt (dot d (mv n M x) (mv n M x))).
  assert (yy : y ^ 2 = dot d (mv n M x) (mv n M x)) by (apply pow2_sqrt, dot_nonneg); rewrite <- yy.
  apply pow_incr; split; [apply sqrt_pos|]; apply le_epsilon; intros eps Heps.
  destruct (pow_lt_1_zero e ltac:(rewrite Rabs_pos_eq; lra) (eps / (b + 1)) ltac:(apply Rdiv_lt_0_compat; lra)) as [k Hk].
  specialize (Hk k (le_n k)); assert (p0 : 0 <= e ^ k) by (apply pow_le; lra); rewrite Rabs_pos_eq in Hk by exact p0.
  assert (Small : b * e ^ k <= eps).
  { apply Rle_trans with ((b + 1) * (eps / (b + 1))); [|right; field; lra].
    apply Rmult_le_compat; lra. }
  apply Rle_trans with (a / (1 - e) + b * e ^ k); [|lra].
  assert (0 <= b * e ^ k) by (apply Rmult_le_pos; assumption).
  apply below_by_square; [lra|]; rewrite yy; specialize (K k x); rewrite Hx, Rmult_1_r in K; exact K.
Qed.

Lemma net_below : forall d n M e net a b, 0 <= b * e <= a -> is_net n e net -> opnorm d n M b ->
  (forall v, In v net -> a ^ 2 <= dot d (mv n M v) (mv n M v)) -> opbelow d n M (a - b * e).
Proof.
  intros d n M e net a b Hb Net HM Hv; apply opbelow_units; intros x Hx; destruct (proj2 Net x Hx) as [v [Iv Short]].
  apply (dot_triangle_below d (mv n M v)); [lra|lra|apply Hv; exact Iv|].
  replace (fun i => mv n M x i - mv n M v i) with (mv n M (fun j => x j - v j)) by (pointwise i; apply dot_minus_r).
  eapply Rle_trans; [apply HM|]; rewrite Rpow_mult_distr; apply Rmult_le_compat_l; [apply pow2_ge_0|exact Short].
Qed.

(** A tenth on a net of 1/12 is a fifth on the sphere. *)
Lemma tenth_on_net : forall d n M net s, 0 <= s -> is_net n (/ 12) net ->
  (forall v, In v net -> (9 / 10 * s) ^ 2 <= dot d (mv n M v) (mv n M v) <= (11 / 10 * s) ^ 2) ->
  opnorm d n M (6 / 5 * s) /\ opbelow d n M (4 / 5 * s).
Proof.
  intros d n M net s Hs Net Hv.
  assert (Up := net_above d n M (/ 12) net (11 / 10 * s) ltac:(lra) ltac:(lra) Net (fun v Iv => proj2 (Hv v Iv))).
  replace (11 / 10 * s / (1 - / 12)) with (6 / 5 * s) in Up by field; split; [exact Up|].
  replace (4 / 5 * s) with (9 / 10 * s - 6 / 5 * s * / 12) by field.
  apply (net_below d n M (/ 12) net); [lra|exact Net|exact Up|intros v Iv; apply Hv; exact Iv].
Qed.

(** ** Unions *)

Lemma at_most_zero : forall k (P : weights k) (A : (nat -> R) -> Prop), (forall w, ~ A w) -> at_most P A 0.
Proof.
  intros k P A H; destruct (expectation_one k P) as [V E]; destruct (expectation_scal k P 0 _ V) as [V' E'].
  eexists; split; [exact V'|]; split; [intros; cbv beta; lra|split; [intros w Hw; destruct (H w Hw)|rewrite E', E; lra]].
Qed.

Lemma at_most_mono : forall k (P : weights k) (A : (nat -> R) -> Prop) a b, a <= b -> at_most P A a -> at_most P A b.
Proof. intros k P A a b H [X [V [X0 [X1 E]]]]; exists X; repeat (split; auto); lra. Qed.

Lemma at_most_either : forall k (P : weights k) (A B : (nat -> R) -> Prop) a b,
  at_most P A a -> at_most P B b -> at_most P (fun w => A w \/ B w) (a + b).
Proof.
  intros k P A B a b [X [VX [X0 [X1 EX]]]] [Y [VY [Y0 [Y1 EY]]]]; destruct (expectation_plus k P X Y VX VY) as [V E].
  exists (fun w => X w + Y w); split; [exact V|split; [intros w; specialize (X0 w); specialize (Y0 w); lra|split; [|lra]]].
  intros w [H|H]; [specialize (X1 w H); specialize (Y0 w)|specialize (Y1 w H); specialize (X0 w)]; lra.
Qed.

(** One event for each member of a list. *)
Lemma at_most_some : forall k (P : weights k) (T : Type) (event : T -> (nat -> R) -> Prop) b l,
  (forall v, In v l -> at_most P (event v) b) -> at_most P (fun w => exists v, In v l /\ event v w) (INR (length l) * b).
Proof.
  intros k P T event b l; induction l as [|v l IH]; intros H.
  - apply (at_most_mono k P _ 0); [simpl; lra|]; apply at_most_zero; intros w [v [[] _]].
  - simpl length; rewrite S_INR; replace ((INR (length l) + 1) * b) with (b + INR (length l) * b) by ring.
    destruct (at_most_either k P _ _ _ _ (H v (or_introl eq_refl)) (IH (fun u Hu => H u (or_intror Hu)))) as [X [V [X0 [X1 E]]]].
    exists X; repeat (split; auto); intros w [u [[->|Iu] Hu]]; apply X1; [left; exact Hu|right; exists u; auto].
Qed.
