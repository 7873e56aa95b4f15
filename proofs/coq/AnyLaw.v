(** Random weights of every law, without measure theory: an expectation is what is linear, monotone and
    normalised on a space of variables, and multiplies over the independent coordinates.  [single]
    holds the functions of one weight that have an average.

    [at_most P event b]: some variable is at least the indicator of the event and has an expectation
    of b or less, that is, the outer probability of the event is at most b.  Where the indicator is a
    variable itself, its expectation is at most b ([probability_at_most]).  Nothing is asked to be
    measurable; for the iterated integrals of Independent.v, [b] bounds the probability of Borel
    events, and says nothing of others. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Lemmata Require Import Products Matrix Geometry Expectation.
Import ListNotations.
Open Scope R_scope.

Record weights (k : nat) : Type := {
  variable : ((nat -> R) -> R) -> Prop;
  expectation : ((nat -> R) -> R) -> R;
  single : (R -> R) -> Prop;
  average : (R -> R) -> R;
  expectation_one : variable (fun _ => 1) /\ expectation (fun _ => 1) = 1;
  expectation_plus : forall X Y, variable X -> variable Y ->
    variable (fun w => X w + Y w) /\ expectation (fun w => X w + Y w) = expectation X + expectation Y;
  expectation_scal : forall c X, variable X ->
    variable (fun w => c * X w) /\ expectation (fun w => c * X w) = c * expectation X;
  expectation_le : forall X Y, variable X -> variable Y -> (forall w, X w <= Y w) ->
    expectation X <= expectation Y;
  average_one : single (fun _ => 1) /\ average (fun _ => 1) = 1;
  average_scal : forall c h, single h ->
    single (fun x => c * h x) /\ average (fun x => c * h x) = c * average h;
  expectation_product : forall h, (forall i, (i < k)%nat -> single (h i)) ->
    variable (fun w => product k (fun i => h i (w i))) /\
    expectation (fun w => product k (fun i => h i (w i))) = product k (fun i => average (h i))
}.

Arguments variable {k} P X : rename.
Arguments expectation {k} P X : rename.
Arguments single {k} P h : rename.
Arguments average {k} P h : rename.

Definition at_most {k : nat} (P : weights k) (event : (nat -> R) -> Prop) (b : R) : Prop :=
  exists X, variable P X /\ (forall w, 0 <= X w) /\ (forall w, event w -> 1 <= X w) /\ expectation P X <= b.

Lemma probability_at_most : forall k (P : weights k) event b I, at_most P event b -> variable P I ->
  (forall w, (event w /\ I w = 1) \/ (~ event w /\ I w = 0)) -> expectation P I <= b.
Proof.
  intros k P event b I [X [VX [X0 [X1 EX]]]] VI HI; eapply Rle_trans; [|exact EX].
  apply expectation_le; auto; intros w; destruct (HI w) as [[E ->]|[_ ->]]; auto.
Qed.

(** A function equal to a variable everywhere is one. *)
Lemma variable_ext : forall k (P : weights k) X Y, (forall w, X w = Y w) -> variable P X ->
  variable P Y /\ expectation P Y = expectation P X.
Proof.
  intros k P X Y H V.
  assert (E : X = Y) by (apply FunctionalExtensionality.functional_extensionality; exact H).
  subst; auto.
Qed.

Lemma variable_total : forall k (P : weights k) n (X : nat -> (nat -> R) -> R),
  (forall j, (j < n)%nat -> variable P (X j)) ->
  variable P (fun w => total n (fun j => X j w)) /\
  expectation P (fun w => total n (fun j => X j w)) = total n (fun j => expectation P (X j)).
Proof.
  intros k P n X; induction n as [|n IH]; intros H; simpl.
  - destruct (expectation_one k P) as [V E]; destruct (expectation_scal k P 0 _ V) as [V' E'].
    destruct (variable_ext k P (fun _ => 0 * 1) (fun _ => 0) ltac:(intros; cbv beta; ring) V') as [V2 E2].
    split; [exact V2|rewrite E2, E'; ring].
  - destruct IH as [V E]; [auto with arith|].
    destruct (expectation_plus k P _ (X n) V (H n ltac:(lia))) as [V' E']; split; [exact V'|].
    rewrite E', E; reflexivity.
Qed.

Lemma coordinate : forall k (P : weights k) j h, (j < k)%nat -> single P h ->
  variable P (fun w => h (w j)) /\ expectation P (fun w => h (w j)) = average P h.
Proof.
  intros k P j h Hj Hh; destruct (average_one k P) as [S1 A1].
  destruct (expectation_product k P (fun i x => if Nat.eqb i j then h x else 1)) as [V E].
  { intros i Hi; destruct (Nat.eqb_spec i j); [exact Hh|exact S1]. }
  assert (Point : forall w, product k (fun i => if Nat.eqb i j then h (w i) else 1) = h (w j)).
  { intros w; rewrite (product_split k _ j Hj), Nat.eqb_refl, (product_ext k _ (fun _ => 1)).
    - rewrite product_const, pow1; ring.
    - intros i _; unfold but; destruct (Nat.eqb i j); reflexivity. }
  destruct (variable_ext k P _ (fun w => h (w j)) Point V) as [V' E'].
  split; [exact V'|rewrite E', E, (product_split k _ j Hj), Nat.eqb_refl].
  rewrite (product_ext k _ (fun _ => 1)); [rewrite product_const, pow1, Rmult_1_r; reflexivity|].
  intros i _; unfold but; destruct (Nat.eqb i j); [reflexivity|exact A1].
Qed.

Lemma others_average : forall k (P : weights k) j, (j < k)%nat -> single P Rabs ->
  variable P (fun w => Rabs (others k w j)) /\
  expectation P (fun w => Rabs (others k w j)) = average P Rabs ^ (k - 1).
Proof.
  intros k P j Hj Ha; destruct (average_one k P) as [S1 A1].
  destruct (expectation_product k P (fun i x => if Nat.eqb i j then 1 else Rabs x)) as [V E].
  { intros i Hi; destruct (Nat.eqb_spec i j); [exact S1|exact Ha]. }
  assert (Point : forall w, product k (fun i => if Nat.eqb i j then 1 else Rabs (w i)) = Rabs (others k w j)).
  { intros w; rewrite others_abs; apply product_ext; intros i _; unfold but.
    destruct (Nat.eqb i j); reflexivity. }
  destruct (variable_ext k P _ (fun w => Rabs (others k w j)) Point V) as [V' E'].
  split; [exact V'|rewrite E', E, <- (others_const k (average P Rabs) j Hj)].
  apply product_ext; intros i _; unfold but; destruct (Nat.eqb i j); [exact A1|reflexivity].
Qed.

Lemma average_nonneg : forall k (P : weights k) h, (1 <= k)%nat -> single P h -> (forall x, 0 <= h x) ->
  0 <= average P h.
Proof.
  intros k P h Hk Hh H0; destruct (coordinate k P 0 h Hk Hh) as [V E]; rewrite <- E.
  destruct (variable_total k P 0 (fun _ _ => 0)) as [V0 E0]; [intros; lia|]; simpl in V0, E0.
  rewrite <- E0; apply expectation_le; auto.
Qed.

(** Markov's inequality for a sum of other products, over alpha. *)
Lemma others_sum : forall k (P : weights k) a alpha, (1 <= k)%nat -> single P Rabs -> average P Rabs <= a ->
  0 < alpha ->
  let X := fun w => / alpha * total k (fun j => Rabs (others k w j)) in
  variable P X /\ (forall w, 0 <= X w) /\
  (forall w, alpha <= maximum k (fun j => Rabs (others k w j)) -> 1 <= X w) /\
  expectation P X <= / alpha * (INR k * a ^ (k - 1)).
Proof.
  intros k P a alpha Hk Hs Ha Hal X.
  destruct (variable_total k P k (fun j w => Rabs (others k w j))) as [V E].
  { intros j Hj; apply others_average; assumption. }
  destruct (expectation_scal k P (/ alpha) _ V) as [V' E'].
  assert (I0 : 0 < / alpha) by (apply Rinv_0_lt_compat; exact Hal).
  split; [exact V'|split; [|split]].
  - intros w; apply Rmult_le_pos; [lra|apply total_nonneg; intros; apply Rabs_pos].
  - intros w H; destruct (maximum_le_total k (fun j => Rabs (others k w j))) as [_ M]; [intros; apply Rabs_pos|].
    unfold X; rewrite <- (Rinv_l alpha) by lra; apply Rmult_le_compat_l; lra.
  - unfold X; rewrite E', E; apply Rmult_le_compat_l; [lra|].
    rewrite (total_ext k _ (fun _ => average P Rabs ^ (k - 1))) by (intros; apply others_average; assumption).
    rewrite total_const; apply Rmult_le_compat_l; [apply pos_INR|apply pow_incr; split; [|exact Ha]].
    apply average_nonneg; auto; intros; apply Rabs_pos.
Qed.

Lemma half_powers : forall a n, 0 <= a -> a ^ n = sqrt a ^ n * sqrt a ^ n.
Proof. intros a n Ha; rewrite <- Rpow_mult_distr, sqrt_sqrt by exact Ha; reflexivity. Qed.

Theorem shamir_lemma_5_any_law : forall k (P : weights k) a,
  (1 <= k)%nat -> 0 < a -> single P Rabs -> average P Rabs <= a ->
  at_most P (fun w => INR k * sqrt a ^ (k - 1) <= maximum k (fun j => Rabs (others k w j))) (sqrt a ^ (k - 1)).
Proof.
  intros k P a Hk Ha Hs Hm.
  assert (S0 : 0 < sqrt a ^ (k - 1)) by (apply pow_lt, sqrt_lt_R0, Ha).
  assert (K0 : 0 < INR k) by (apply lt_0_INR; lia).
  set (alpha := INR k * sqrt a ^ (k - 1)).
  assert (A0 : 0 < alpha) by (apply Rmult_lt_0_compat; assumption).
  destruct (others_sum k P a alpha Hk Hs Hm A0) as [V [N [M E]]].
  eexists; split; [exact V|split; [exact N|split; [exact M|]]].
  eapply Rle_trans; [exact E|right]; rewrite (half_powers a) by lra; unfold alpha; field; lra.
Qed.

(** ** Laws with finite support are such laws *)

Lemma finite_weights : forall (k : nat) (law : list (R * R)), is_law law -> weights k.
Proof.
  intros k law H.
  refine {| variable := fun _ => True; expectation := expect law k;
            single := fun _ => True; average := mean law |}.
  - split; [exact I|]; rewrite (expect_ext law k _ (fun w => product k (fun i => (fun _ _ => 1) i (w i)))).
    + rewrite (expect_product law k (fun _ _ => 1)), (product_ext k _ (fun _ => 1)) by (intros; apply H).
      rewrite product_const; apply pow1.
    + intros; rewrite product_const, pow1; reflexivity.
  - intros; split; [exact I|apply expect_plus].
  - intros; split; [exact I|apply expect_scal].
  - intros; apply expect_le; assumption.
  - split; [exact I|apply H].
  - intros; split; [exact I|apply mean_scal].
  - intros; split; [exact I|apply expect_product].
Defined.

Theorem finite_laws_are_laws : forall k law, is_law law ->
  exists P : weights k, (forall X, variable P X /\ expectation P X = expect law k X) /\
    (forall h, single P h /\ average P h = mean law h).
Proof. intros k law H; exists (finite_weights k law H); repeat split. Qed.
