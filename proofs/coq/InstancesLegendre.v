(** Instances, continued: the rule with the nodes 1/sqrt 3 and - 1/sqrt 3, and where P_2 changes its sign. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature PartialQuadrature Polynomials
  LegendreRule.
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
