(** The flow time T of escape-counts.md, section 3, lies within the ball that the code computes. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev
  Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc.
Open Scope R_scope.

(** What is checked on the disc of cell i: it holds no branch point, the image of p in it lies in B i, where G
    continues f' and |G| >= low i. *)
Definition discs_fit (J N : nat) (sigma : R) (f' : R -> R) (G G' : C -> C) (c a : nat -> R) (low : nat -> R)
    (B : nat -> C -> Prop) : Prop :=
  forall i, (i < N)%nat ->
    (forall j, (j < J)%nat -> 0 <= c j /\ 2 * half a i < branch (c j) (middle a i)) /\
    holomorphic (B i) G G' /\ (forall p : R, B i p -> G p = f' p) /\ 0 < low i /\ (forall p, B i p -> low i <= Cmod (G p)) /\
    (forall z, disc (middle a i) (2 * half a i) z -> B i (sigma * (z * croot J c z))%C).

(** What is added up, and the error that is added to it *)
Definition time_sum (J N : nat) (sigma : R) (f' : R -> R) (c a : nat -> R) (n : nat -> nat) (x w : nat -> nat -> R) : R :=
  total N (fun i => half a i * rule (n i) (x i) (w i) (fun t => 1 / reduced_speed J sigma f' c (middle a i + half a i * t))).

Definition time_error (J N : nat) (c a low : nat -> R) (n : nat -> nat) : R :=
  total N (fun i => half a i * (16 / 3 * (1 / (low i * product J (fun j => branch (c j) (middle a i) - 2 * half a i)))
    * (/ code_rho) ^ (2 * n i) / (1 - (/ code_rho) ^ 2))).

Lemma finite_choice : forall (N : nat) (P : nat -> (C -> C) -> (C -> C) -> Prop),
  (forall i, (i < N)%nat -> exists F F', P i F F') -> exists F F', forall i, (i < N)%nat -> P i (F i) (F' i).
Proof.
  induction N as [|N IH]; intros P H; [exists (fun _ z => z), (fun _ z => z); intros; lia|].
  destruct (IH P ltac:(intros; apply H; lia)) as [F [F' HF]]; destruct (H N ltac:(lia)) as [E [E' HE]].
  exists (fun i => if Nat.eqb i N then E else F i), (fun i => if Nat.eqb i N then E' else F' i); intros i Hi.
  destruct (Nat.eqb_spec i N) as [->|Ne]; [exact HE|apply HF; lia].
Qed.

Theorem flow_time_quadrature : forall (J N : nat) (sigma : R) (f' : R -> R) (G G' : C -> C) (c a low : nat -> R)
    (B : nat -> C -> Prop) (n : nat -> nat) (x w : nat -> nat -> R),
  sigma ^ 2 = 1 -> (forall i, (i < N)%nat -> a i < a (S i)) ->
  (forall i, (i < N)%nat -> (1 <= n i)%nat /\ gauss_rule (n i) (x i) (w i)) ->
  discs_fit J N sigma f' G G' c a low B ->
  Rabs (RInt (fun y => 1 / reduced_speed J sigma f' c y) (a 0%nat) (a N) - time_sum J N sigma f' c a n x w)
    <= time_error J N c a low n.
Proof.
  intros J N sigma f' G G' c a low B n x w Hs Ha HG HD.
  assert (Half : forall i, (i < N)%nat -> 0 < half a i) by (intros i Hi; specialize (Ha i Hi); unfold half; lra).
  set (P := fun i (F F' : C -> C) => holomorphic (disc (middle a i) (2 * half a i)) F F' /\
    (forall z, disc (middle a i) (2 * half a i) z ->
      Cmod (F z) <= 1 / (low i * product J (fun j => branch (c j) (middle a i) - 2 * half a i))) /\
    (forall y : R, disc (middle a i) (2 * half a i) y -> 1 / reduced_speed J sigma f' c y = fst (F y))).
  destruct (finite_choice N P) as [F [F' HF]].
  { intros i Hi; destruct (HD i Hi) as [Hc [Hol [Ext [Low [Below Im]]]]]; specialize (Half i Hi).
    apply (inverse_speed_in_disc J sigma f' G G' c (middle a i) (2 * half a i) (low i) (B i)); try assumption; lra. }
  apply (cells_quadrature N a n x w F F' _ (fun y => 1 / reduced_speed J sigma f' c y) Ha HG).
  - intros i Hi; apply (HF i Hi).
  - intros i z Hi; apply (HF i Hi).
  - intros i y Hi Hy; apply (HF i Hi); specialize (Half i Hi); unfold disc.
    rewrite <- RtoC_minus, Cmod_R; unfold half, middle in *; apply Rabs_def1; lra.
Qed.
