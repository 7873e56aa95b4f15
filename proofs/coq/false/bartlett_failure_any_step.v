(** False: L = 3 and a large step jump to the negative solution w = -mu^(1/3). *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Bartlett.
Open Scope R_scope.

Theorem bartlett_failure_any_step : forall eta L mu n,
  (2 <= L)%nat -> 0 < eta -> 0 < mu ->
  0 < layer eta L (- mu) n <= 1 /\ mu ^ 2 / 2 <= (layer eta L (- mu) n ^ L - - mu) ^ 2 / 2.
Proof.
  intros eta L mu n HL He Hmu; apply bartlett_failure_odd; auto; lra.
Qed.
