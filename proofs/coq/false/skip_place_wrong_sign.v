(** False: the slope of ln u at the exit with the wrong sign. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount CountChecks
  CountFormula ReducedSpeed CountDescent CountQuadrature SkipPlace.
Open Scope R_scope.

Theorem skip_place_wrong_sign : forall (J n : nat) (sigma : R) (f' f'' f''' : R -> R) (c0 c : nat -> R) (D : R -> R)
    (u : (nat -> R) -> R -> R)
    (eta exit t widest slope second slow fast X weight T error : R),
  u = reduced_speed J sigma f' -> slope = reduced_first J sigma f' f'' c exit -> 0 < eta -> 0 <= t <= widest -> 0 <= second -> 0 < slow -> 0 <= weight -> (forall j, (j < J)%nat -> 0 <= c0 j) ->
  (forall y, exit - widest <= y <= exit -> good_place J sigma f' f'' f''' c y /\ Rabs (reduced_second J sigma f' f'' f''' c y) <= second) ->
  slow_near J sigma f' f'' f''' c0 slow fast X weight (exit - widest) exit ->
  (forall v, exit - widest <= v <= exit -> is_derive D v (delay_rate J u (reduced_chi J sigma f' f'') c0 exit v)) ->
  Rabs (1 / eta * RInt (fun z => 1 / u c z) (exit - t) exit + 1 / 2 * ln (u c exit / u c (exit - t)) - (T + D (exit - t) - INR n)) <= error ->
  exists rest curve e : R,
    Rabs rest <= exp (log_turn slope second t) * (log_turn slope second t ^ 2 + second * t ^ 2) / 6 /\ Rabs curve <= second * t / 2 /\
    Rabs e <= error + widest ^ 2 * (fast / slow) * X * weight / 4 /\
    t * ((1 - slope * t / 2 + rest) / (eta * u c exit) + (slope + curve) / 2) = T + D exit - INR n + e.
Proof.
  intros; eapply skip_place; eassumption.
Qed.
