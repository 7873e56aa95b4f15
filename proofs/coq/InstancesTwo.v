(** Two by two matrices that stretch every vector alike, for instances in which nothing is diagonal: rotations and
    reflections times a number. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix.
Open Scope R_scope.

Definition rotor (p q : R) (i j : nat) : R :=
  match i, j with O, O => p | O, S _ => q | S _, O => - q | S _, S _ => p end.

Definition mirror (p q : R) (i j : nat) : R :=
  match i, j with O, O => p | O, S _ => q | S _, O => q | S _, S _ => - p end.

(** By the square root of c, and so does the transpose *)
Definition stretches (A : nat -> nat -> R) (c : R) : Prop :=
  forall x, dot 2 (mv 2 A x) (mv 2 A x) = c * dot 2 x x /\ dot 2 (mv 2 (tr A) x) (mv 2 (tr A) x) = c * dot 2 x x.

Lemma rotor_stretches : forall p q, stretches (rotor p q) (p ^ 2 + q ^ 2).
Proof. intros p q x; split; unfold mv, dot, tr, rotor; simpl; ring. Qed.

Lemma mirror_stretches : forall p q, stretches (mirror p q) (p ^ 2 + q ^ 2).
Proof. intros p q x; split; unfold mv, dot, tr, mirror; simpl; ring. Qed.

Lemma unit_stretches : stretches unit_matrix 1.
Proof. intros x; split; unfold mv, dot, tr, unit_matrix; simpl; ring. Qed.

Lemma mul_stretches : forall A B c c', stretches A c -> stretches B c' -> stretches (mul 2 A B) (c * c').
Proof.
  intros A B c c' HA HB x; split.
  - rewrite mv_mul; destruct (HA (mv 2 B x)) as [-> _]; destruct (HB x) as [-> _]; ring.
  - replace (dot 2 (mv 2 (tr (mul 2 A B)) x) (mv 2 (tr (mul 2 A B)) x))
      with (dot 2 (mv 2 (tr B) (mv 2 (tr A) x)) (mv 2 (tr B) (mv 2 (tr A) x))) by (unfold mv, dot, tr, mul, dot; simpl; ring).
    destruct (HB (mv 2 (tr A) x)) as [_ ->]; destruct (HA x) as [_ ->]; ring.
Qed.
