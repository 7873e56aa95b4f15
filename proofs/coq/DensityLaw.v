(** Independent weights with a density on an interval, by iterated Riemann integrals: another instance
    of [weights].  The uniform law on [-sqrt 3, sqrt 3] is one. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products AnyLaw Laws.
Open Scope R_scope.

Definition is_density (rho : R -> R) (a b : R) : Prop :=
  a <= b /\ (forall x, 0 <= rho x) /\ is_RInt rho a b 1.

(** The iterated integral of F over the first k weights, and that all its integrals exist. *)
Fixpoint density_expect (rho : R -> R) (a b : R) (k : nat) (F : (nat -> R) -> R) : R :=
  match k with
  | O => F (fun _ => 0)
  | S n => RInt (fun x => density_expect rho a b n (fun w => F (put n x w)) * rho x) a b
  end.

Fixpoint density_variable (rho : R -> R) (a b : R) (k : nat) (F : (nat -> R) -> R) : Prop :=
  match k with
  | O => True
  | S n => (forall x, density_variable rho a b n (fun w => F (put n x w))) /\
      ex_RInt (fun x => density_expect rho a b n (fun w => F (put n x w)) * rho x) a b
  end.

Lemma density_ext : forall rho a b k F G, (forall w, F w = G w) ->
  density_expect rho a b k F = density_expect rho a b k G.
Proof.
  intros rho a b k F G H; f_equal; apply FunctionalExtensionality.functional_extensionality; exact H.
Qed.

Lemma density_plus : forall rho a b k F G, density_variable rho a b k F -> density_variable rho a b k G ->
  density_variable rho a b k (fun w => F w + G w) /\
  density_expect rho a b k (fun w => F w + G w) = density_expect rho a b k F + density_expect rho a b k G.
Proof.
  intros rho a b; induction k as [|k IH]; intros F G HF HG; [split; [exact I|reflexivity]|].
  destruct HF as [F1 F2]; destruct HG as [G1 G2].
  assert (E : (fun x => density_expect rho a b k (fun w => F (put k x w) + G (put k x w)) * rho x)
    = (fun x => plus (density_expect rho a b k (fun w => F (put k x w)) * rho x)
        (density_expect rho a b k (fun w => G (put k x w)) * rho x))).
  { apply FunctionalExtensionality.functional_extensionality; intros x.
    destruct (IH (fun w => F (put k x w)) (fun w => G (put k x w)) (F1 x) (G1 x)) as [_ ->].
    unfold plus; simpl; ring. }
  split; [split|].
  - intros x; apply (IH (fun w => F (put k x w)) (fun w => G (put k x w)) (F1 x) (G1 x)).
  - rewrite E; apply (ex_RInt_plus (V := R_NormedModule)); assumption.
  - simpl; rewrite E; apply (RInt_plus (V := R_CompleteNormedModule)); assumption.
Qed.

Lemma density_scal : forall rho a b k c F, density_variable rho a b k F ->
  density_variable rho a b k (fun w => c * F w) /\
  density_expect rho a b k (fun w => c * F w) = c * density_expect rho a b k F.
Proof.
  intros rho a b; induction k as [|k IH]; intros c F HF; [split; [exact I|reflexivity]|].
  destruct HF as [F1 F2].
  assert (E : (fun x => density_expect rho a b k (fun w => c * F (put k x w)) * rho x)
    = (fun x => scal c (density_expect rho a b k (fun w => F (put k x w)) * rho x))).
  { apply FunctionalExtensionality.functional_extensionality; intros x.
    destruct (IH c (fun w => F (put k x w)) (F1 x)) as [_ ->]; unfold scal; simpl; unfold mult; simpl; ring. }
  split; [split|].
  - intros x; apply (IH c (fun w => F (put k x w)) (F1 x)).
  - rewrite E; apply (ex_RInt_scal (V := R_NormedModule)); exact F2.
  - simpl; rewrite E; apply (RInt_scal (V := R_CompleteNormedModule)); exact F2.
Qed.

Lemma density_le : forall rho a b, is_density rho a b -> forall k F G,
  density_variable rho a b k F -> density_variable rho a b k G -> (forall w, F w <= G w) ->
  density_expect rho a b k F <= density_expect rho a b k G.
Proof.
  intros rho a b [Hab [Hr _]]; induction k as [|k IH]; intros F G HF HG H; [apply H|].
  destruct HF as [F1 F2]; destruct HG as [G1 G2]; simpl; apply RInt_le; auto.
  intros x _; apply Rmult_le_compat_r; [apply Hr|apply IH; auto].
Qed.

Lemma density_product : forall rho a b k (h : nat -> R -> R),
  (forall i, (i < k)%nat -> ex_RInt (fun x => h i x * rho x) a b) ->
  density_variable rho a b k (fun w => product k (fun i => h i (w i))) /\
  density_expect rho a b k (fun w => product k (fun i => h i (w i)))
    = product k (fun i => RInt (fun x => h i x * rho x) a b).
Proof.
  intros rho a b; induction k as [|k IH]; intros h H; [split; [exact I|reflexivity]|].
  destruct (IH h) as [V E]; [intros; apply H; lia|].
  assert (P : forall x, (fun w => product (S k) (fun i => h i (put k x w i)))
    = (fun w => h k x * product k (fun i => h i (w i)))).
  { intros x; apply FunctionalExtensionality.functional_extensionality; intros w; simpl.
    rewrite put_same, Rmult_comm; f_equal; apply product_ext; intros i Hi; rewrite put_other by lia; reflexivity. }
  assert (Q : (fun x => density_expect rho a b k (fun w => product (S k) (fun i => h i (put k x w i))) * rho x)
    = (fun x => scal (product k (fun i => RInt (fun x => h i x * rho x) a b)) (h k x * rho x))).
  { apply FunctionalExtensionality.functional_extensionality; intros x; rewrite P.
    destruct (density_scal rho a b k (h k x) _ V) as [_ ->]; rewrite E.
    unfold scal; simpl; unfold mult; simpl; ring. }
  split; [split|].
  - intros x; rewrite P; apply density_scal; exact V.
  - rewrite Q; apply (ex_RInt_scal (V := R_NormedModule)), H; lia.
  - transitivity (RInt (fun x => density_expect rho a b k
      (fun w => product (S k) (fun i => h i (put k x w i))) * rho x) a b); [reflexivity|].
    rewrite Q; apply (RInt_scal (V := R_CompleteNormedModule)), H; lia.
Qed.

Lemma density_weights : forall (k : nat) (rho : R -> R) (a b : R), is_density rho a b -> weights k.
Proof.
  intros k rho a b H.
  assert (One : ex_RInt (fun x => 1 * rho x) a b /\ RInt (fun x => 1 * rho x) a b = 1).
  { assert (E : (fun x => 1 * rho x) = rho)
      by (apply FunctionalExtensionality.functional_extensionality; intros; ring).
    rewrite E; split; [eexists; apply H|apply is_RInt_unique, H]. }
  refine {| variable := density_variable rho a b k; expectation := density_expect rho a b k;
            single := fun h => ex_RInt (fun x => h x * rho x) a b;
            average := fun h => RInt (fun x => h x * rho x) a b |}.
  - destruct (density_product rho a b k (fun _ _ => 1)) as [V E]; [intros; apply One|].
    assert (F : (fun w : nat -> R => product k (fun _ => 1)) = (fun _ => 1)).
    { apply FunctionalExtensionality.functional_extensionality; intros; rewrite product_const; apply pow1. }
    rewrite F in V, E; split; [exact V|rewrite E, (product_ext k _ (fun _ => 1)) by (intros; apply One)].
    rewrite product_const; apply pow1.
  - apply density_plus.
  - apply density_scal.
  - apply density_le; exact H.
  - exact One.
  - intros c h Hh.
    assert (E : (fun x => c * h x * rho x) = (fun x => scal c (h x * rho x))).
    { apply FunctionalExtensionality.functional_extensionality; intros; unfold scal; simpl; unfold mult; simpl; ring. }
    rewrite E; split; [apply (ex_RInt_scal (V := R_NormedModule)); exact Hh|].
    apply (RInt_scal (V := R_CompleteNormedModule)); exact Hh.
  - apply density_product.
Defined.

Theorem density_laws_are_laws : forall k rho a b, is_density rho a b ->
  exists P : weights k,
    (forall X, (variable P X <-> density_variable rho a b k X) /\ expectation P X = density_expect rho a b k X) /\
    (forall h, (single P h <-> ex_RInt (fun x => h x * rho x) a b) /\
      average P h = RInt (fun x => h x * rho x) a b).
Proof. intros k rho a b H; exists (density_weights k rho a b H); repeat split; auto. Qed.

(** Shamir's uniform law *)
Lemma uniform_is_density : is_density (fun _ => uniform_density) (- sqrt 3) (sqrt 3).
Proof.
  assert (S3 : 0 < sqrt 3) by (apply sqrt_lt_R0; lra); unfold uniform_density.
  assert (I0 : 0 < 1 / (2 * sqrt 3)) by (apply Rdiv_lt_0_compat; lra).
  split; [lra|split; [intros; lra|]].
  assert (K : is_RInt (fun _ => 1 / (2 * sqrt 3)) (- sqrt 3) (sqrt 3) ((sqrt 3 - - sqrt 3) * (1 / (2 * sqrt 3))))
    by exact (is_RInt_const (V := R_NormedModule) (- sqrt 3) (sqrt 3) (1 / (2 * sqrt 3))).
  replace ((sqrt 3 - - sqrt 3) * (1 / (2 * sqrt 3))) with 1 in K by (field; lra); exact K.
Qed.
