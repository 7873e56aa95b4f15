(** Gaussian layers whose entries are weights at other places: the norm of what they make of a vector is a polynomial, so its
    moments are those of the layers in the order of integration. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix AnyLaw Independent NormalLaw GaussianLayers IndependentBlocks GaussianRow GaussianProduct GaussianFactors GaussianTails NormalPowers PolynomialMoments.
Open Scope R_scope.

(** The layer, row and column whose place in the order of integration is c. *)
Fixpoint entry_at (n m q c : nat) : nat * nat * nat :=
  match q with
  | O => (0, 0, 0)%nat
  | S p => let d := fan_in n m p in
    if Nat.ltb c (m * d) then (p, (c / d)%nat, (c mod d)%nat) else entry_at n m p (c - m * d)
  end.

Definition moved_entry (n m q : nat) (place : nat -> nat -> nat -> nat) (c : nat) : nat :=
  place (fst (fst (entry_at n m q c))) (snd (fst (entry_at n m q c))) (snd (entry_at n m q c)).

Lemma entry_at_place : forall n m q l i j, (l < q)%nat -> (i < m)%nat -> (j < fan_in n m l)%nat ->
  (last_first n m q l i j < entries_of n m q)%nat /\ entry_at n m q (last_first n m q l i j) = (l, i, j).
Proof.
  intros n m q l i j; induction q as [|q IH]; intros Hl Hi Hj; [lia|]; cbn [last_first entries_of entry_at].
  destruct (Nat.eqb_spec l q) as [->|N].
  - set (d := fan_in n m q) in *; assert (P : (i * d + j < m * d)%nat) by nia; split; [lia|].
    destruct (Nat.ltb_spec (i * d + j) (m * d)); [|lia].
    rewrite Nat.div_add_l, Nat.div_small, Nat.add_0_r by lia; rewrite Nat.add_comm, Nat.mod_add, Nat.mod_small by lia; reflexivity.
  - destruct IH as [B E]; [lia|exact Hi|exact Hj|]; set (k := (m * fan_in n m q)%nat) in *; split; [lia|].
    destruct (Nat.ltb_spec (k + last_first n m q l i j) k); [lia|].
    replace (k + last_first n m q l i j - k)%nat with (last_first n m q l i j) by lia; exact E.
Qed.

Lemma place_of_entry : forall n m q c, (c < entries_of n m q)%nat -> exists l i j, (l < q)%nat /\ (i < m)%nat /\ (j < fan_in n m l)%nat /\
  entry_at n m q c = (l, i, j) /\ last_first n m q l i j = c.
Proof.
  intros n m q; induction q as [|q IH]; intros c Hc; cbn [entries_of last_first entry_at] in *; [lia|].
  set (d := fan_in n m q) in *; destruct (Nat.ltb_spec c (m * d)) as [L|L].
  - assert (d0 : d <> 0%nat) by lia; exists q, (c / d)%nat, (c mod d)%nat; rewrite Nat.eqb_refl.
    split; [lia|split; [apply Nat.div_lt_upper_bound; lia|split; [apply Nat.mod_upper_bound; exact d0|split; [reflexivity|]]]].
    rewrite Nat.mul_comm; symmetry; apply Nat.div_mod; exact d0.
  - destruct (IH (c - m * d)%nat) as [l [i [j [Hl [Hi [Hj [E F]]]]]]]; [lia|].
    exists l, i, j; split; [lia|split; [exact Hi|split; [exact Hj|split; [exact E|]]]].
    destruct (Nat.eqb_spec l q); lia.
Qed.

Lemma moved_one_to_one : forall K n m q place, places_of_their_own K n m q place ->
  one_to_one (entries_of n m q) K (moved_entry n m q place).
Proof.
  intros K n m q place H; split.
  - intros c Hc; destruct (place_of_entry n m q c Hc) as [l [i [j [Hl [Hi [Hj [E _]]]]]]]; unfold moved_entry; rewrite E; simpl; apply H; assumption.
  - intros c c' Hc Hc' S.
    destruct (place_of_entry n m q c Hc) as [l [i [j [Hl [Hi [Hj [E F]]]]]]].
    destruct (place_of_entry n m q c' Hc') as [l' [i' [j' [Hl' [Hi' [Hj' [E' F']]]]]]].
    unfold moved_entry in S; rewrite E, E' in S; simpl in S; destruct (H l i j Hl Hi Hj) as [_ One].
    destruct (One l' i' j' Hl' Hi' Hj' S) as [-> [-> ->]]; congruence.
Qed.

(** What the first r layers make of v looks at rows below m alone. *)
Lemma passed_same : forall n m A B v r, (forall l i j, (l < r)%nat -> (i < m)%nat -> (j < fan_in n m l)%nat -> A l i j = B l i j) ->
  forall i, (r = 0 \/ i < m)%nat -> passed n m A v r i = passed n m B v r i.
Proof.
  intros n m A B v r; induction r as [|r IH]; intros H i Hi; [reflexivity|]; destruct Hi as [Hi|Hi]; [lia|]; simpl.
  apply dot_ext; intros j Hj; [apply H; lia|]; apply IH; [intros; apply H; lia|].
  destruct r; [left; reflexivity|right; exact Hj].
Qed.

Lemma energy_moved : forall n m q place w v,
  energy n m (layers_in_order n m q (fun c => w (moved_entry n m q place c))) v q = energy n m (placed_layer place w) v q.
Proof.
  intros n m q place w v; unfold energy; f_equal.
  assert (S : forall i, (q = 0 \/ i < m)%nat -> passed n m (layers_in_order n m q (fun c => w (moved_entry n m q place c))) v q i
    = passed n m (placed_layer place w) v q i).
  { apply passed_same; intros l i j Hl Hi Hj; unfold layers_in_order, placed_layer, moved_entry.
    destruct (entry_at_place n m q l i j Hl Hi Hj) as [_ ->]; reflexivity. }
  apply dot_ext; intros i Hi; apply S; (destruct q; [left; reflexivity|right; exact Hi]).
Qed.

Lemma passed_polynomial : forall n m q v r, (r <= q)%nat -> forall i, (r = 0 \/ i < m)%nat ->
  polynomial_in (entries_of n m q) (fun w => passed n m (layers_in_order n m q w) v r i).
Proof.
  intros n m q v r; induction r as [|r IH]; intros Hr i Hi; [apply (polynomial_const _ (v i))|].
  destruct Hi as [Hi|Hi]; [lia|]; simpl passed; unfold mv, dot.
  apply (polynomial_total _ (fan_in n m r)
    (fun j w => layers_in_order n m q w r i j * passed n m (layers_in_order n m q w) v r j)).
  intros j Hj; unfold layers_in_order at 1, placed_layer at 1.
  apply (polynomial_times _ (last_first n m q r i j) (fun w => passed n m (layers_in_order n m q w) v r j)).
  - apply entry_at_place; assumption || lia.
  - apply IH; [lia|]; destruct r; [left; reflexivity|right; exact Hj].
Qed.

Lemma energy_polynomial : forall n m q v, polynomial_in (entries_of n m q) (fun w => energy n m (layers_in_order n m q w) v q).
Proof.
  intros n m q v; unfold energy.
  apply (polynomial_ext _ (fun w => / INR m ^ q * dot (fan_in n m q) (passed n m (layers_in_order n m q w) v q)
    (passed n m (layers_in_order n m q w) v q))); [intros w; apply Rmult_comm|].
  apply polynomial_scaled, (polynomial_total _ (fan_in n m q) (fun i w => passed n m (layers_in_order n m q w) v q i
    * passed n m (layers_in_order n m q w) v q i)).
  intros i Hi; assert (P := passed_polynomial n m q v q (le_n q) i ltac:(destruct q; [left; reflexivity|right; exact Hi])).
  exact (polynomial_mult _ _ _ P P).
Qed.

Lemma normal_has_moments : forall k, has_moments (law_weights k normal_law) (fun j => normal_integral (fun t => t ^ j)).
Proof. intros k j; split; [apply normal_powers|reflexivity]. Qed.

(** A central moment of the squared norm is the same at all places. *)
Lemma central_moment_moved : forall K n m q place v j, places_of_their_own K n m q place ->
  variable (law_weights (entries_of n m q) normal_law) (fun w => (energy n m (layers_in_order n m q w) v q - 1) ^ j) /\
  variable (law_weights K normal_law) (fun w => (energy n m (placed_layer place w) v q - 1) ^ j) /\
  expectation (law_weights K normal_law) (fun w => (energy n m (placed_layer place w) v q - 1) ^ j)
    = expectation (law_weights (entries_of n m q) normal_law) (fun w => (energy n m (layers_in_order n m q w) v q - 1) ^ j).
Proof.
  intros K n m q place v j H.
  assert (F : polynomial_in (entries_of n m q) (fun w => (energy n m (layers_in_order n m q w) v q - 1) ^ j)).
  { apply (polynomial_power _ (fun w => energy n m (layers_in_order n m q w) v q - 1)).
    apply (polynomial_plus _ (fun w => energy n m (layers_in_order n m q w) v q) (fun _ => - 1));
      [apply energy_polynomial|apply polynomial_const]. }
  destruct (polynomial_moved (entries_of n m q) K (law_weights (entries_of n m q) normal_law) (law_weights K normal_law) _
    (moved_entry n m q place) (normal_has_moments _) (normal_has_moments _) (moved_one_to_one K n m q place H) _ F) as [V1 [V2 E]].
  assert (X : (fun w : nat -> R => (energy n m (layers_in_order n m q (fun c => w (moved_entry n m q place c))) v q - 1) ^ j)
    = (fun w => (energy n m (placed_layer place w) v q - 1) ^ j)) by (pointwise w; rewrite energy_moved; reflexivity).
  cbv beta in V2, E; rewrite X in V2, E; auto.
Qed.
