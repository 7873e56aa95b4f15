(** Instances, continued: the rule of Gauss and Legendre, formulas in complex numbers, no earlier stop. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount
  CountChecks CountFormula ReducedSpeed CountDescent EarlierStop Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature
  PartialQuadrature Polynomials LegendreRule CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc FlowTime EllipseChebyshev Formulas.
Open Scope R_scope.

Lemma legendre_two : forall y, legendre 2 y = (3 * y ^ 2 - 1) / 2.
Proof. intros y; simpl; field. Qed.

Definition two_nodes (i : nat) : R := match i with O => / sqrt 3 | _ => - / sqrt 3 end.

Lemma two_nodes_square : forall i, two_nodes i ^ 2 = / 3.
Proof.
  assert (S3 := sqrt_sqrt 3 ltac:(lra)); assert (P : 0 < sqrt 3) by (apply sqrt_lt_R0; lra).
  intros [|i]; unfold two_nodes; [replace ((/ sqrt 3) ^ 2) with (/ (sqrt 3 * sqrt 3)) by (field; lra)
    |replace ((- / sqrt 3) ^ 2) with (/ (sqrt 3 * sqrt 3)) by (field; lra)]; rewrite S3; reflexivity.
Qed.

Lemma legendre_rule_instance :
  exists (n : nat) (x : nat -> R),
    (forall i : nat, (i < n)%nat -> -1 < x i < 1 /\ legendre n (x i) = 0 /\ x (n - 1 - i)%nat = - x i) /\ distinct n x.
Proof.
  assert (P : 0 < / sqrt 3) by (apply Rinv_0_lt_compat, sqrt_lt_R0; lra).
  exists 2%nat, two_nodes; split.
  - intros i Hi; assert (Q := two_nodes_square i); split; [split; nra|]; split; [rewrite legendre_two, Q; field|].
    destruct i as [|[|i]]; [| |lia]; simpl; ring.
  - intros i j Hi Hj Ne; destruct i as [|[|i]], j as [|[|j]]; try lia; simpl; lra.
Qed.

Lemma legendre_nodes_instance :
  exists (k n : nat) (lo hi : nat -> R), n = (2 * k)%nat /\
    (forall i : nat, (i < k)%nat -> 0 < lo i /\ lo i <= hi i /\ hi i < 1 /\ legendre n (lo i) * legendre n (hi i) <= 0) /\
    (forall i j : nat, (i < j < k)%nat -> hi j < lo i).
Proof.
  exists 1%nat, 2%nat, (fun _ => 1 / 2), (fun _ => 3 / 5); split; [reflexivity|]; split; [|intros; lia].
  intros i _; rewrite !legendre_two; lra.
Qed.

Lemma legendre_same_nodes_instance : exists (k n : nat) (lo hi : nat -> R), n = (2 * k)%nat /\ holds_zeros k n lo hi.
Proof.
  exists 1%nat, 2%nat, (fun _ => 1 / 2), (fun _ => 3 / 5); split; [reflexivity|]; split; [|intros; lia].
  intros i _; rewrite !legendre_two; lra.
Qed.

(** ** Formulas *)

Lemma formula_continues_instance : exists (B : C -> Prop) (f : formula), regular B f.
Proof.
  exists (fun z => Cmod z < 1), (Plus (Exp Place) (Times (Inverse (Root (Plus Place (Number 2)))) (Log (Plus Place (Number 2))))).
  assert (S : forall z : C, Cmod z < 1 -> slit (z + 2)%C).
  { intros z Hz; assert (F := fst_bound z); apply Rabs_le_between in F; unfold slit; assert (P := Cmod_ge_0 (z + 2)%C); simpl fst; lra. }
  simpl; repeat split; try exact S; intros z Hz; apply csqrt_not_zero, S, Hz.
Qed.

(** ** No earlier stop *)

Definition tie_and_two : nat -> R := fun i => if Nat.eqb i 2 then 2 else 1.

Lemma no_earlier_stop_instance :
  exists (f' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (n : nat) (sigma : R) (x : nat -> R) (c : nat -> nat -> R),
    (m <= J)%nat /\ d ^ 2 = 1 /\ 0 < eta /\ sigma = orientation J m d w /\ x = coordinate f' eta J m d w /\ c = differences f' eta J m w /\
    (forall j : nat, (j < J)%nat -> 0 <= c 0%nat j) /\
    (forall s : nat, (s < n)%nat -> 0 < reduced_speed J sigma f' (c s) (x s) /\
      (forall j : nat, (j < J)%nat -> 0 < c s j + x s ^ 2 /\ (eta * reduced_speed J sigma f' (c s) (x s)) ^ 2 <= c s j + x s ^ 2)).
Proof.
  assert (R4 : sqrt 4 = 2) by (replace 4 with (2 * 2) by ring; apply sqrt_square; lra).
  exists (fun _ => -1), (1 / 10), 2%nat, 0%nat, 1, tie_and_two, 1%nat, 1, (coordinate (fun _ => -1) (1 / 10) 2 0 1 tie_and_two),
    (differences (fun _ => -1) (1 / 10) 2 0 tie_and_two).
  split; [lia|]; split; [ring|]; split; [lra|]; split.
  { unfold orientation, tie_and_two, skip, side; simpl; destruct (Rle_dec 0 1), (Rle_dec 0 2); lra. }
  do 2 (split; [reflexivity|]); split.
  - intros [|[|j]] Hj; [| |lia]; unfold differences, tie_and_two, skip; simpl; lra.
  - intros [|s] Hs; [|lia]; set (x := coordinate _ _ _ _ _ _ _); set (c := differences _ _ _ _ _ _).
    assert (X : x = 1) by (unfold x, coordinate, tie_and_two; simpl; ring).
    assert (C : c 0%nat = 0 /\ c 1%nat = 3) by (unfold c, differences, tie_and_two, skip; simpl; split; ring); destruct C as [C0 C1].
    assert (U : reduced_speed 2 1 (fun _ => -1) c x = 2).
    { unfold reduced_speed, root; cbn [product]; rewrite C0, C1, X; replace (0 + 1 ^ 2) with 1 by ring; replace (3 + 1 ^ 2) with 4 by ring.
      rewrite sqrt_1, R4; ring. }
    rewrite U, X; split; [lra|]; intros [|[|j]] Hj; [rewrite C0|rewrite C1|lia]; lra.
Qed.
