(** False: three weights that go from 1 to 101/100; the coefficient sqrt(L)/2 is less than 1 there. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Pyramid PyramidBounds PyramidMoves PyramidStep.
Open Scope R_scope.

Theorem network_smoothness_recalled : forall s s' gamma beta N n L X Y b r V W s2 e, (1 <= L)%nat ->
  activations L s s' gamma beta -> layers_within n L V b -> layers_within n L W b ->
  (forall k, (k < L)%nat -> b k <= r k /\ 1 <= r k) -> total L (fun p => others L b p ^ 2) <= s2 ->
  rnorm N (n L) (network_residual s n L X Y W) <= e ->
  Rabs (network_loss s N n L X Y V - network_loss s N n L X Y W
      - weights_inner n L (network_gradient s s' N n L X Y W) (fun k => msub (V k) (W k)))
    <= (sqrt (INR L) / 2 * rnorm N (n 0%nat) X ^ 2 * s2 + rnorm N (n 0%nat) X * product L r
        * (INR (L - 1) + rnorm N (n 0%nat) X * product L r * total L (fun k => beta k * INR (S k))) * e) / 2
      * distance n L V W ^ 2.
Proof.
  intros s s' gamma beta N n L X Y b r V W s2 e; intros; apply (network_smoothness s s' gamma beta N n L X Y b r V W s2 e); assumption.
Qed.
