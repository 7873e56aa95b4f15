(** False: only signs are a symmetry: s = (2, 1) doubles the product. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products OneStep.
Open Scope R_scope.

Theorem sign_symmetry_any_factor : forall (f f' : R -> R) eta k (s w : nat -> R) n,
  (forall j, (j < k)%nat ->
    descent (fun p => product k s * f' (product k s * p)) eta k (fun i => s i * w i) n j
      = s j * descent f' eta k w n j) /\
  f (product k s * product k
      (descent (fun p => product k s * f' (product k s * p)) eta k (fun i => s i * w i) n))
    = f (product k (descent f' eta k w n)).
Proof.
  intros; apply sign_symmetry; assumption.
Qed.
