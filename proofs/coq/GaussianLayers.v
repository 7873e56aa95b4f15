(** Products of layers with independent standard normal entries, and what Lemma 6.1 of Du and Hu says of them: the norm of
    one vector is kept.  The entries are weights at places of their own, in whatever order; so a product of transposes, of
    some layers of many, or in the other order is such a product too. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix AnyLaw Independent NormalLaw.
Open Scope R_scope.

(** Layer l, counted from 0, has m rows; the first has n columns, the others m. *)
Definition fan_in (n m l : nat) : nat := match l with O => n | S _ => m end.

(** Its entry in row i and column j is the weight at [place l i j]. *)
Definition placed_layer (place : nat -> nat -> nat -> nat) (w : nat -> R) (l i j : nat) : R := w (place l i j).

(** Every entry of the first q layers has a place of its own among the first K weights. *)
Definition places_of_their_own (K n m q : nat) (place : nat -> nat -> nat -> nat) : Prop :=
  forall l i j, (l < q)%nat -> (i < m)%nat -> (j < fan_in n m l)%nat -> (place l i j < K)%nat /\
    forall l' i' j', (l' < q)%nat -> (i' < m)%nat -> (j' < fan_in n m l')%nat -> place l i j = place l' i' j' ->
      l = l' /\ i = i' /\ j = j'.

(** What the first q layers make of v. *)
Fixpoint passed (n m : nat) (A : nat -> nat -> nat -> R) (v : nat -> R) (q : nat) : nat -> R :=
  match q with
  | O => v
  | S p => mv (fan_in n m p) (A p) (passed n m A v p)
  end.

(** 0.9 m^(q/2) <= |A_q ... A_1 v| <= 1.1 m^(q/2), in squares. *)
Definition keeps_norm (n m q : nat) (A : nat -> nat -> nat -> R) (v : nat -> R) : Prop :=
  (9 / 10) ^ 2 * INR m ^ q <= dot m (passed n m A v q) (passed n m A v q) <= (11 / 10) ^ 2 * INR m ^ q.

(** Lemma 6.1 with the constants C and c. *)
Definition one_vector (C c : R) : Prop := forall K place n m q v,
  (1 <= q)%nat -> C * INR q <= INR m -> places_of_their_own K n m q place -> dot n v v = 1 ->
  at_most (law_weights K normal_law) (fun w => ~ keeps_norm n m q (placed_layer place w) v)
    (exp (- (c * INR m / INR q))).
