(** Instances, continued: the sandwich; the first start has three weights, the second the longest step that is allowed, H = a. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry Escape SquaresBound Sandwich SandwichCrossing SandwichPositive.
Open Scope R_scope.

Lemma levels_of_naturals : forall c, 0 < c -> are_levels (fun i => c * INR i).
Proof. intros c Hc; split; [simpl; lra|]; intros i; rewrite S_INR; lra. Qed.

(** Their product is just above -1/2. *)
Definition three_weights (i : nat) : R := match i with O => 1 / 2 | 1%nat => - (9 / 10) | _ => 11 / 10 end.

Lemma sandwich_negative_instance : exists (eta : R) (k : nat) (w beta : nat -> R),
  0 < eta /\ -1 / 2 < product k w < 0 /\ are_levels beta.
Proof.
  exists (1 / 10), 3%nat, three_weights, (fun i => 1 / 100 * INR i).
  split; [lra|split; [simpl; lra|apply levels_of_naturals; lra]].
Qed.

(** Weights 1/10 and 1. *)
Definition two_weights (x y : R) (i : nat) : R := if Nat.eqb i 0 then x else y.

Lemma sandwich_positive_instance : exists (eta : R) (k m : nat) (w : nat -> R) (a H s : R) (beta : nat -> R),
  0 < eta /\ 0 < product k w /\ are_levels beta /\ (m < k)%nat /\ a = Rabs (w m) /\
  (forall j : nat, (j < k)%nat -> j <> m -> a < Rabs (w j)) /\
  H = eta * (1 + product k w) * Rabs (others k w m) /\ H <= a /\
  total k (crossing_share m w H) <= s <= 1 / 2.
Proof.
  exists (1 / 11), 2%nat, 0%nat, (two_weights (1 / 10) 1), (1 / 10), (1 / 10), (1 / 2), (fun i => 1 * INR i).
  assert (E : Rabs (1 / 10) = 1 / 10) by (apply Rabs_pos_eq; lra).
  split; [lra|split; [simpl; unfold two_weights; simpl; lra|split; [apply levels_of_naturals; lra|split; [lia|]]]].
  split; [unfold two_weights; simpl; lra|split].
  - intros j Hj N; unfold two_weights; destruct (Nat.eqb_spec j 0); [lia|]; rewrite Rabs_R1; lra.
  - split; [|split; [lra|split; [|lra]]].
    + unfold others, but, two_weights; simpl; rewrite Rabs_pos_eq; lra.
    + unfold crossing_share, two_weights; simpl; rewrite E; lra.
Qed.
