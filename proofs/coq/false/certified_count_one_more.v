(** False: the condition may hold at step l itself. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau ReducedSpeed CountDescent Chebyshev ChebyshevSeries Ellipse
  EllipseChebyshev ChebyshevNodes CurveSpeed CurveStep CurveDisc CurveResiduals CurvePanels CurveBorder CurveRun CurveLanding CurveStop CurvePlace BoxStop Formulas FormulaDerivative
  CentredStep CertifiedPhases CertifiedRun.
Open Scope R_scope.

Theorem certified_count_one_more : forall (loss : formula) (eta : R) (J : nat) (stop : R -> (nat -> R) -> Prop) (A B : region) (l n : nat) (w : nat -> R),
  counted loss eta J stop A l n B -> A w -> let v s := descent (slope_of loss) eta (S J) w s in
  (forall s, (s <= l)%nat -> ~ stops (S J) stop (v s)) /\
  ((forall u, B u -> stops (S J) stop u) ->
   exists N, (l <= N <= n)%nat /\ stops (S J) stop (v N) /\ forall s, (s < N)%nat -> ~ stops (S J) stop (v s)).
Proof.
  intros; eapply certified_count; eassumption.
Qed.
