(** False: x = 3: |1 - x| = 2. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder.
Open Scope R_scope.

Theorem contraction_magnitude_three : forall x, 0 <= x <= 3 -> Rabs (1 - x) <= 1.
Proof.
  intros; apply Rabs_le; lra.
Qed.
