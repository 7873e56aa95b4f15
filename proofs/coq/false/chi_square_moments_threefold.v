(** False: E Z = 1 and E Z^2 = 3 for one degree of freedom. *)
From Coq Require Import Reals Lra Lia Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder ChiSquareMoments.
Open Scope R_scope.

Theorem chi_square_moments_threefold : forall m p, (1 <= m)%nat -> 0 < INR m + 2 * p -> exists c a,
  ray (chi_square_density m c) 1 /\ ray (fun t => Rpower t p * chi_square_density m c t) a /\
  ray (fun t => Rpower t (p + 1) * chi_square_density m c t) ((INR m + 3 * p) * a).
Proof.
  exact chi_square_moments.
Qed.
