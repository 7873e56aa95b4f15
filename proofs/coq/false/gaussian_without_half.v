(** False: T = 1: the integral is sqrt(2/pi) (1 - e^(-1/2)) = 0.313..., not 0.504... *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Laws.
Open Scope R_scope.

Theorem gaussian_without_half : forall T, 0 <= T ->
  is_RInt (fun x => 2 * (x * normal_density x)) 0 T (sqrt (2 / PI) * (1 - exp (- T ^ 2))).
Proof.
  intros; evar_last; [apply gaussian_mean_abs; assumption|ring].
Qed.
