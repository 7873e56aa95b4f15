(** Independent weights of any law of one weight: the average of one weight, iterated.  Nothing has to be
    integrated in several variables at once. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products AnyLaw.
Open Scope R_scope.

(** What the average of one weight has to satisfy. *)
Record law : Type := {
  integrable : (R -> R) -> Prop;
  integral : (R -> R) -> R;
  integral_one : integrable (fun _ => 1) /\ integral (fun _ => 1) = 1;
  integral_plus : forall g h, integrable g -> integrable h ->
    integrable (fun x => g x + h x) /\ integral (fun x => g x + h x) = integral g + integral h;
  integral_scal : forall c h, integrable h ->
    integrable (fun x => c * h x) /\ integral (fun x => c * h x) = c * integral h;
  integral_le : forall g h, integrable g -> integrable h -> (forall x, g x <= h x) -> integral g <= integral h
}.

(** The iterated average of F over the first k weights, and that all its averages exist. *)
Fixpoint iterated (Q : law) (k : nat) (F : (nat -> R) -> R) : R :=
  match k with
  | O => F (fun _ => 0)
  | S n => integral Q (fun x => iterated Q n (fun w => F (put n x w)))
  end.

Fixpoint iterates (Q : law) (k : nat) (F : (nat -> R) -> R) : Prop :=
  match k with
  | O => True
  | S n => (forall x, iterates Q n (fun w => F (put n x w))) /\
      integrable Q (fun x => iterated Q n (fun w => F (put n x w)))
  end.

Lemma iterated_plus : forall Q k F G, iterates Q k F -> iterates Q k G ->
  iterates Q k (fun w => F w + G w) /\ iterated Q k (fun w => F w + G w) = iterated Q k F + iterated Q k G.
Proof.
  intros Q; induction k as [|k IH]; intros F G HF HG; [split; [exact I|reflexivity]|].
  destruct HF as [F1 F2]; destruct HG as [G1 G2]; simpl.
  assert (E : (fun x => iterated Q k (fun w => F (put k x w) + G (put k x w)))
    = (fun x => iterated Q k (fun w => F (put k x w)) + iterated Q k (fun w => G (put k x w)))).
  { apply FunctionalExtensionality.functional_extensionality; intros x.
    apply (IH (fun w => F (put k x w)) (fun w => G (put k x w)) (F1 x) (G1 x)). }
  rewrite E; destruct (integral_plus Q _ _ F2 G2) as [J1 J2]; split; [split; [|exact J1]|exact J2].
  intros x; apply (IH (fun w => F (put k x w)) (fun w => G (put k x w)) (F1 x) (G1 x)).
Qed.

Lemma iterated_scal : forall Q k c F, iterates Q k F ->
  iterates Q k (fun w => c * F w) /\ iterated Q k (fun w => c * F w) = c * iterated Q k F.
Proof.
  intros Q; induction k as [|k IH]; intros c F HF; [split; [exact I|reflexivity]|].
  destruct HF as [F1 F2]; simpl.
  assert (E : (fun x => iterated Q k (fun w => c * F (put k x w))) = (fun x => c * iterated Q k (fun w => F (put k x w)))).
  { apply FunctionalExtensionality.functional_extensionality; intros x; apply (IH c (fun w => F (put k x w)) (F1 x)). }
  rewrite E; destruct (integral_scal Q c _ F2) as [J1 J2]; split; [split; [|exact J1]|exact J2].
  intros x; apply (IH c (fun w => F (put k x w)) (F1 x)).
Qed.

Lemma iterated_le : forall Q k F G, iterates Q k F -> iterates Q k G -> (forall w, F w <= G w) ->
  iterated Q k F <= iterated Q k G.
Proof.
  intros Q; induction k as [|k IH]; intros F G HF HG H; [apply H|].
  destruct HF as [F1 F2]; destruct HG as [G1 G2]; simpl; apply integral_le; auto.
Qed.

Lemma iterated_product : forall Q k (h : nat -> R -> R), (forall i, (i < k)%nat -> integrable Q (h i)) ->
  iterates Q k (fun w => product k (fun i => h i (w i))) /\
  iterated Q k (fun w => product k (fun i => h i (w i))) = product k (fun i => integral Q (h i)).
Proof.
  intros Q; induction k as [|k IH]; intros h H; [split; [exact I|reflexivity]|].
  destruct (IH h) as [V E]; [intros; apply H; lia|].
  assert (P : forall x, (fun w => product (S k) (fun i => h i (put k x w i)))
    = (fun w => h k x * product k (fun i => h i (w i)))).
  { intros x; apply FunctionalExtensionality.functional_extensionality; intros w; simpl.
    rewrite put_same, Rmult_comm; f_equal; apply product_ext; intros i Hi; rewrite put_other by lia; reflexivity. }
  assert (F : (fun x => iterated Q k (fun w => product (S k) (fun i => h i (put k x w i))))
    = (fun x => product k (fun i => integral Q (h i)) * h k x)).
  { apply FunctionalExtensionality.functional_extensionality; intros x; rewrite P.
    destruct (iterated_scal Q k (h k x) _ V) as [_ ->]; rewrite E; ring. }
  destruct (integral_scal Q (product k (fun i => integral Q (h i))) (h k) (H k ltac:(lia))) as [J1 J2].
  split; [split|].
  - intros x; rewrite P; apply iterated_scal; exact V.
  - rewrite F; exact J1.
  - transitivity (integral Q (fun x => iterated Q k (fun w => product (S k) (fun i => h i (put k x w i))))); [reflexivity|].
    rewrite F, J2; reflexivity.
Qed.

Lemma law_weights : forall (k : nat) (Q : law), weights k.
Proof.
  intros k Q.
  refine {| variable := iterates Q k; expectation := iterated Q k; single := integrable Q; average := integral Q |}.
  - destruct (iterated_product Q k (fun _ _ => 1)) as [V E]; [intros; apply integral_one|].
    assert (F : (fun w : nat -> R => product k (fun _ => 1)) = (fun _ => 1)).
    { apply FunctionalExtensionality.functional_extensionality; intros; rewrite product_const; apply pow1. }
    rewrite F in V, E; split; [exact V|rewrite E, (product_ext k _ (fun _ => 1)) by (intros; apply integral_one)].
    rewrite product_const; apply pow1.
  - apply iterated_plus.
  - apply iterated_scal.
  - apply iterated_le.
  - apply integral_one.
  - apply integral_scal.
  - apply iterated_product.
Defined.

Theorem laws_of_one_weight : forall (k : nat) (Q : law), exists P : weights k,
  (forall X, (variable P X <-> iterates Q k X) /\ expectation P X = iterated Q k X) /\
  (forall h, (single P h <-> integrable Q h) /\ average P h = integral Q h).
Proof. intros k Q; exists (law_weights k Q); repeat split; auto. Qed.
