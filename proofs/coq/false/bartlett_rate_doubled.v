(** False: for L = 1 the error contracts by exactly 1 - eta. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Bartlett.
Open Scope R_scope.

Theorem bartlett_rate_doubled : forall eta L p P m n,
  (1 <= L)%nat -> 0 < eta -> 0 < p -> p <= P -> 1 <= P ->
  eta * INR L * P ^ (2 * L - 2) <= 1 ->
  0 < m -> m <= p -> m <= 1 ->
  Rabs (layer eta L (p ^ L) n ^ L - p ^ L) <= (1 - 2 * eta * INR L * m ^ (2 * L - 2)) ^ n * Rabs (1 - p ^ L).
Proof.
  intros eta L p P m n HL He Hp HpP HP1 Hs Hm Hmp Hm1.
  pose proof (bartlett_rate eta L p P m n HL He Hp HpP HP1 Hs Hm Hmp Hm1); lra.
Qed.
