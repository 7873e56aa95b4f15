(** False: half of all starts have a negative product; nothing keeps f(p) = p above 0 there. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Expectation Xavier AnyLaw XavierAnyLaw.
Open Scope R_scope.

Theorem shamir_theorem_2_from_zero : forall k (P : weights k) f f' eta a c1 alpha M low gap,
  (2 <= k)%nat -> 0 < eta -> 0 < a -> single P Rabs -> average P Rabs <= a ->
  single P (fun x => x ^ 2) -> average P (fun x => x ^ 2) <= 1 ->
  (forall b, 0 <= b -> single P (within b) /\ average P (within b) <= c1 * b) ->
  0 < M -> (forall p, is_derive f p (f' p)) ->
  (forall p, Rabs p <= 1 / 2 -> Rabs (f' p) <= M) -> (forall p, 0 <= p -> low + gap <= f p) ->
  alpha = INR k * sqrt a ^ (k - 1) -> alpha <= 1 / 16 ->
  at_most P (reaches f f' eta low gap (ln 2 / (2 * INR k * eta * M * sqrt alpha)) k)
    (sqrt a ^ (k - 1) + INR k * (c1 + 1) * sqrt alpha).
Proof.
  intros; eapply shamir_theorem_2; eassumption.
Qed.
