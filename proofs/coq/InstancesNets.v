(** Instances, continued: nets of the sphere. *)
From Coq Require Import Reals Lra.
Open Scope R_scope.

Lemma sphere_net_instance : exists (n : nat) (eps : R), 0 < eps.
Proof. exists 3%nat, (1 / 12); lra. Qed.
