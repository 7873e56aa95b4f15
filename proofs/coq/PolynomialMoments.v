(** The expectation of a polynomial in independent weights depends on the moments of one weight alone: weights at other
    places, integrated in another order, give the same. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix AnyLaw RandomLayers.
Open Scope R_scope.

(** F is a polynomial in the first k weights. *)
Inductive polynomial_in (k : nat) : ((nat -> R) -> R) -> Prop :=
  | polynomial_const : forall c, polynomial_in k (fun _ => c)
  | polynomial_times : forall i F, (i < k)%nat -> polynomial_in k F -> polynomial_in k (fun w => w i * F w)
  | polynomial_plus : forall F G, polynomial_in k F -> polynomial_in k G -> polynomial_in k (fun w => F w + G w).

Lemma polynomial_ext : forall k F G, (forall w, F w = G w) -> polynomial_in k F -> polynomial_in k G.
Proof.
  intros k F G H; replace G with F; [auto|]; apply FunctionalExtensionality.functional_extensionality; exact H.
Qed.

Lemma polynomial_scaled : forall k c F, polynomial_in k F -> polynomial_in k (fun w => c * F w).
Proof.
  intros k c F H; induction H as [a|i F Hi HF IH|F G HF IF HG IG].
  - apply polynomial_const.
  - apply (polynomial_ext k (fun w => w i * (c * F w))); [intros; ring|apply polynomial_times; assumption].
  - apply (polynomial_ext k (fun w => c * F w + c * G w)); [intros; ring|apply polynomial_plus; assumption].
Qed.

Lemma polynomial_mult : forall k F G, polynomial_in k F -> polynomial_in k G -> polynomial_in k (fun w => F w * G w).
Proof.
  intros k F G H HG; induction H as [a|i F Hi HF IH|F E HF IF HE IE].
  - apply polynomial_scaled; exact HG.
  - apply (polynomial_ext k (fun w => w i * (F w * G w))); [intros; ring|apply polynomial_times; assumption].
  - apply (polynomial_ext k (fun w => F w * G w + E w * G w)); [intros; ring|apply polynomial_plus; assumption].
Qed.

Lemma polynomial_power : forall k F n, polynomial_in k F -> polynomial_in k (fun w => F w ^ n).
Proof.
  intros k F n H; induction n as [|n IH]; [apply (polynomial_const k 1)|].
  exact (polynomial_mult k F (fun w => F w ^ n) H IH).
Qed.

Lemma polynomial_total : forall k n (F : nat -> (nat -> R) -> R), (forall j, (j < n)%nat -> polynomial_in k (F j)) ->
  polynomial_in k (fun w => total n (fun j => F j w)).
Proof.
  intros k n F; induction n as [|n IH]; intros H; [apply (polynomial_const k 0)|].
  apply (polynomial_plus k (fun w => total n (fun j => F j w)) (F n)); [apply IH; intros; apply H; lia|apply H; lia].
Qed.

Definition monomial (k : nat) (e : nat -> nat) (w : nat -> R) : R := product k (fun i => w i ^ e i).

Definition raised (i : nat) (e : nat -> nat) (j : nat) : nat := if Nat.eqb j i then S (e j) else e j.

Lemma monomial_raised : forall k i e w, (i < k)%nat -> monomial k (raised i e) w = monomial k e w * w i.
Proof.
  intros k i e w Hi; unfold monomial; rewrite (product_split k (fun j => w j ^ raised i e j) i Hi), (product_split k (fun j => w j ^ e j) i Hi).
  unfold raised at 1; rewrite Nat.eqb_refl; rewrite (product_ext k (but i (fun j => w j ^ raised i e j)) (but i (fun j => w j ^ e j))).
  - simpl; ring.
  - intros j _; unfold but, raised; destruct (Nat.eqb j i); reflexivity.
Qed.

(** The exponents at the places sigma 0, ..., sigma (k - 1). *)
Fixpoint gathered (sigma e : nat -> nat) (k c : nat) : nat :=
  match k with
  | O => O
  | S n => (gathered sigma e n c + (if Nat.eqb c (sigma n) then e n else 0))%nat
  end.

Lemma gathered_monomial : forall K sigma e k w, (forall i, (i < k)%nat -> (sigma i < K)%nat) ->
  monomial K (gathered sigma e k) w = monomial k e (fun i => w (sigma i)).
Proof.
  intros K sigma e k w; unfold monomial; induction k as [|k IH]; intros H.
  - change (product K (fun _ => 1) = 1); rewrite product_const; apply pow1.
  - simpl product; rewrite <- IH by (intros; apply H; lia).
    rewrite (product_ext K _ (fun c => w c ^ gathered sigma e k c * (if Nat.eqb c (sigma k) then w c ^ e k else 1))).
    + rewrite product_mult; f_equal; apply (product_one K (sigma k) (fun c => w c ^ e k)), H; lia.
    + intros c _; simpl gathered; rewrite pow_add; destruct (Nat.eqb c (sigma k)); reflexivity.
Qed.

Lemma gathered_elsewhere : forall sigma e k c, (forall i, (i < k)%nat -> sigma i <> c) -> gathered sigma e k c = 0%nat.
Proof.
  intros sigma e k c; induction k as [|k IH]; intros H; [reflexivity|]; simpl; rewrite IH by (intros; apply H; lia).
  destruct (Nat.eqb_spec c (sigma k)) as [E|]; [destruct (H k ltac:(lia) (eq_sym E))|reflexivity].
Qed.

Definition one_to_one (k K : nat) (sigma : nat -> nat) : Prop :=
  (forall i, (i < k)%nat -> (sigma i < K)%nat) /\ forall i j, (i < k)%nat -> (j < k)%nat -> sigma i = sigma j -> i = j.

Lemma gathered_moments : forall K (mu : nat -> R) sigma e k, mu 0%nat = 1 -> one_to_one k K sigma ->
  product K (fun c => mu (gathered sigma e k c)) = product k (fun i => mu (e i)).
Proof.
  intros K mu sigma e k M0; induction k as [|k IH]; intros [H1 H2].
  - change (product K (fun _ => mu 0%nat) = 1); rewrite M0, product_const; apply pow1.
  - assert (Zero : gathered sigma e k (sigma k) = 0%nat).
    { apply gathered_elsewhere; intros i Hi E; apply H2 in E; lia. }
    simpl product; rewrite <- IH by (split; intros; [apply H1; lia|apply H2; auto; lia]).
    assert (B := product_but_two K (fun c => mu (gathered sigma e (S k) c)) (fun c => mu (gathered sigma e k c)) (sigma k) ltac:(apply H1; lia)).
    cbv beta in B; simpl gathered in B; rewrite Nat.eqb_refl, Zero, M0, Rmult_1_r in B; simpl gathered; rewrite B; [reflexivity|].
    intros c _ N; destruct (Nat.eqb_spec c (sigma k)); [contradiction|]; f_equal; lia.
Qed.

(** One weight has the moments mu. *)
Definition has_moments {k : nat} (P : weights k) (mu : nat -> R) : Prop :=
  forall n, single P (fun t => t ^ n) /\ average P (fun t => t ^ n) = mu n.

Lemma monomial_expectation : forall k (P : weights k) mu e, has_moments P mu ->
  variable P (monomial k e) /\ expectation P (monomial k e) = product k (fun i => mu (e i)).
Proof.
  intros k P mu e M; destruct (expectation_product k P (fun i t => t ^ e i)) as [V E]; [intros i _; apply M|].
  split; [exact V|]; etransitivity; [exact E|]; apply product_ext; intros i _; apply M.
Qed.

Lemma polynomial_moved : forall k K (P : weights k) (Q : weights K) mu sigma, has_moments P mu -> has_moments Q mu ->
  one_to_one k K sigma -> forall F, polynomial_in k F ->
  variable P F /\ variable Q (fun w => F (fun i => w (sigma i))) /\
  expectation Q (fun w => F (fun i => w (sigma i))) = expectation P F.
Proof.
  intros k K P Q mu sigma HP HQ One.
  assert (M0 : mu 0%nat = 1).
  { destruct (HP 0%nat) as [_ <-]; destruct (average_one k P) as [_ <-]; reflexivity. }
  assert (Each : forall F, polynomial_in k F -> forall e,
    let X := fun w => monomial k e w * F w in
    variable P X /\ variable Q (fun w => X (fun i => w (sigma i))) /\ expectation Q (fun w => X (fun i => w (sigma i))) = expectation P X).
  { intros F H; induction H as [c|i F Hi HF IH|F G HF IF HG IG]; intros e X.
    - destruct (monomial_expectation k P mu e HP) as [V1 E1]; destruct (monomial_expectation K Q mu (gathered sigma e k) HQ) as [V2 E2].
      rewrite gathered_moments in E2 by assumption; rewrite <- E1 in E2.
      destruct (expectation_scal k P c _ V1) as [V3 E3]; destruct (expectation_scal K Q c _ V2) as [V4 E4].
      destruct (variable_ext k P (fun w => c * monomial k e w) X ltac:(intros; apply Rmult_comm) V3) as [V5 E5].
      destruct (variable_ext K Q (fun w => c * monomial K (gathered sigma e k) w) (fun w => X (fun i => w (sigma i)))
        ltac:(intros w; unfold X; rewrite gathered_monomial by apply One; apply Rmult_comm) V4) as [V6 E6].
      split; [exact V5|split; [exact V6|]]; rewrite E6, E4, E2, E5, E3; reflexivity.
    - assert (XE : X = (fun w => monomial k (raised i e) w * F w)).
      { pointwise w; unfold X; rewrite monomial_raised by exact Hi; ring. }
      rewrite XE; apply IH.
    - destruct (IF e) as [V1 [V2 E1]]; destruct (IG e) as [V3 [V4 E2]]; cbv beta in *.
      destruct (expectation_plus k P _ _ V1 V3) as [V5 E5]; destruct (expectation_plus K Q _ _ V2 V4) as [V6 E6].
      assert (XE : X = (fun w => monomial k e w * F w + monomial k e w * G w)) by (pointwise w; unfold X; ring).
      rewrite XE; split; [exact V5|split; [exact V6|]]; rewrite E6, E5, E1, E2; reflexivity. }
  intros F HF; specialize (Each F HF (fun _ => 0%nat)); cbv zeta in Each.
  assert (XE : (fun w => monomial k (fun _ => 0%nat) w * F w) = F).
  { pointwise w; unfold monomial; rewrite (product_ext k _ (fun _ => 1)) by reflexivity; rewrite product_const, pow1; ring. }
  rewrite XE in Each; exact Each.
Qed.
