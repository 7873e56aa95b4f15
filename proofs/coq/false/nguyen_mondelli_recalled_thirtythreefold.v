(** False: three weights 1, 0, 1 and eta = 1/100: the loss falls by (99/100)^2, and alpha_0 = 1/16. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Pyramid PyramidBounds PyramidMoves PyramidStep PyramidRun PyramidStart NguyenMondelli.
Open Scope R_scope.

Theorem nguyen_mondelli_recalled_thirtythreefold : forall s s' gamma beta N n L X Y W a lambda bar least lambdaF x2 m eta x e alpha,
  (3 <= L)%nat -> 0 < gamma -> activation s s' gamma beta ->
  pyramid_start (last_linear L s) N n L X W a lambda bar least lambdaF x2 m ->
  (exists l, (2 <= l < L)%nat /\ least = lambda l) ->
  x = rnorm N (n 0%nat) X -> e = sqrt (2 * network_loss (last_linear L s) N n L X Y W) ->
  alpha = pyramid_rate gamma L lambda lambdaF ->
  condition_7 gamma L x e lambda bar lambdaF -> condition_8 gamma L x e lambda bar lambdaF x2 ->
  0 < eta -> eta * alpha <= 1 -> eta * recalled_smoothness beta L x e bar m <= 1 ->
  (forall k, network_loss (last_linear L s) N n L X Y
      (network_descent (last_linear L s) (last_constant L s') N n L X Y eta W k)
    <= (1 - 33 * eta * alpha) ^ k * network_loss (last_linear L s) N n L X Y W) /\
  exists Z, network_loss (last_linear L s) N n L X Y Z = 0 /\
    forall k, distance n L (network_descent (last_linear L s) (last_constant L s') N n L X Y eta W k) Z
      <= sqrt (1 - eta * alpha) ^ k * pyramid_distance L x e alpha bar.
Proof.
  intros s s' gamma beta N n L X Y W a lambda bar least lambdaF x2 m eta x e alpha; intros; apply (nguyen_mondelli_recalled s s' gamma beta N n L X Y W a lambda bar least lambdaF x2 m eta x e alpha); assumption.
Qed.
