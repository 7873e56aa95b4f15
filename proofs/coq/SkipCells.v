(** The integral of what the squared differences lose over a skip, cell by cell ([crossing._drifted]). *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayStep DelayBounds ReducedSpeed
  Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature PartialQuadrature Polynomials LegendreRule CellQuadrature
  HolomorphicCalculus SquareRoot SpeedDisc CellRules LegendreWeights TriangleQuadrature CellsDelay DriftQuadrature FlowTime SkipDrift.
Open Scope R_scope.

(** Of a cell that is used the rule; of one whose integral is slight nothing *)
Definition cells_sum (N : nat) (used : nat -> bool) (a : nat -> R) (n : nat -> nat) (x w : nat -> nat -> R) (g : R -> R) : R :=
  total N (fun i => if used i then half a i * rule (n i) (x i) (w i) (fun t => g (middle a i + half a i * t)) else 0).

Definition cells_error (N : nat) (used : nat -> bool) (a : nat -> R) (n : nat -> nat) (bound : nat -> R) : R :=
  total N (fun i => half a i * (if used i then 16 / 3 * bound i * (/ code_rho) ^ (2 * n i) / (1 - (/ code_rho) ^ 2) else 2 * bound i)).

Lemma cells_mixed : forall (N : nat) (used : nat -> bool) (a : nat -> R) (n : nat -> nat) (x w : nat -> nat -> R) (F F' : nat -> C -> C)
    (bound : nat -> R) (g : R -> R),
  (forall i, (i < N)%nat -> a i < a (S i)) ->
  (forall i, (i < N)%nat -> used i = true -> (1 <= n i)%nat /\ gauss_rule (n i) (x i) (w i)) ->
  (forall i, (i < N)%nat -> extends (disc (middle a i) (2 * half a i)) (F i) (F' i) g) ->
  (forall i z, (i < N)%nat -> disc (middle a i) (2 * half a i) z -> Cmod (F i z) <= bound i) ->
  ex_RInt g (a 0%nat) (a N) /\ Rabs (RInt g (a 0%nat) (a N) - cells_sum N used a n x w g) <= cells_error N used a n bound.
Proof.
  intros N used a n x w F F' bound g Ha HG HF HM; induction N as [|N IH].
  - split; [apply ex_RInt_point|]; rewrite (RInt_point (V := R_CompleteNormedModule)); unfold cells_sum, cells_error; simpl; unfold zero; simpl.
    rewrite Rminus_0_r, Rabs_R0; lra.
  - destruct IH as [I B]; [intros; apply Ha; lia|intros; apply HG; [lia|assumption]|intros; apply HF; lia|intros i z Hi; apply HM; lia|].
    assert (Hr : 0 < half a N) by (unfold half; specialize (Ha N ltac:(lia)); lra).
    assert (L : middle a N - half a N = a N) by (unfold middle, half; field); assert (U : middle a N + half a N = a (S N)) by (unfold middle, half; field).
    assert (InD : forall y : R, a N <= y <= a (S N) -> disc (middle a N) (2 * half a N) y).
    { intros y Hy; apply real_disc; apply Rabs_def1; lra. }
    destruct (HF N ltac:(lia)) as [Hol Real].
    assert (Cell : ex_RInt g (a N) (a (S N)) /\ Rabs (RInt g (a N) (a (S N)) - (if used N then half a N * rule (n N) (x N) (w N) (fun t => g (middle a N + half a N * t)) else 0))
      <= half a N * (if used N then 16 / 3 * bound N * (/ code_rho) ^ (2 * n N) / (1 - (/ code_rho) ^ 2) else 2 * bound N)).
    { destruct (used N) eqn:Us.
      - destruct (HG N ltac:(lia) Us) as [Hn G].
        destruct (cell_quadrature (n N) (x N) (w N) (F N) (F' N) g (middle a N) (half a N) (bound N) Hn G Hr Hol (fun z => HM N z ltac:(lia))) as [I' B'].
        + rewrite L, U; intros y Hy; rewrite (Real y (InD y Hy)); reflexivity.
        + rewrite L, U in I', B'; split; assumption.
      - assert (I' : ex_RInt g (a N) (a (S N))).
        { apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros y; rewrite Rmin_left, Rmax_right by lra; intros Hy.
          apply (extends_continuous (middle a N) (2 * half a N) (F N) (F' N)); [split; assumption|apply InD, Hy]. }
        split; [exact I'|]; rewrite Rminus_0_r; replace (half a N * (2 * bound N)) with ((a (S N) - a N) * bound N) by (unfold half; field).
        apply abs_RInt_le_const; [lra|exact I'|]; intros y Hy; assert (Q := HM N y ltac:(lia) (InD y Hy)); rewrite (Real y (InD y Hy)), Cmod_R in Q; exact Q. }
    destruct Cell as [I' B']; split; [exact (ex_RInt_Chasles (V := R_NormedModule) g _ _ _ I I')|].
    assert (Ch := RInt_Chasles (V := R_CompleteNormedModule) g _ _ _ I I').
    change (RInt g (a 0%nat) (a N) + RInt g (a N) (a (S N)) = RInt g (a 0%nat) (a (S N))) in Ch.
    unfold cells_sum, cells_error in *; rewrite <- Ch; cbn [total].
    match goal with |- Rabs (?p + ?q - (?s + ?t)) <= _ => replace (p + q - (s + t)) with ((p - s) + (q - t)) by ring end.
    eapply Rle_trans; [apply Rabs_triang|]; apply Rplus_le_compat; assumption.
Qed.

(** [disc.speed * inverse], for c_j *)
Definition early_bound (J : nat) (part : R) (c spot axis top : nat -> R) (j i : nat) : R :=
  top i * product J (fun l => branch (c l) (spot i) + axis i) * (/ (1 - part) ^ 2 * / (c j + spot i ^ 2)).

Lemma flux_cells : forall (J N : nat) (sigma : R) (f' f'' : R -> R) (G G' G'' : C -> C) (part : R) (c a spot axis low top sens : nat -> R)
    (B : nat -> C -> Prop) used n x w eta j,
  sigma ^ 2 = 1 -> 0 <= part < 1 -> 0 < eta -> (forall i, (i < N)%nat -> a i < a (S i)) ->
  (forall i, (i < N)%nat -> used i = true -> (1 <= n i)%nat /\ gauss_rule (n i) (x i) (w i)) ->
  drifts_fit J N sigma f' f'' G G' G'' part c a spot axis low top sens B -> (j < J)%nat ->
  let g := flux (reduced_speed J sigma f') eta c j in
  ex_RInt g (a 0%nat) (a N) /\
  Rabs (RInt g (a 0%nat) (a N) - cells_sum N used a n x w g) <= cells_error N used a n (fun i => eta * early_bound J part c spot axis top j i).
Proof.
  intros J N sigma f' f'' G G' G'' part c a spot axis low top sens B used n x w eta j Hs Hp He Ha HG HD Hj g.
  destruct (finite_choice N (fun i F F' => extends (disc (middle a i) (2 * half a i)) F F' g /\
    forall z, disc (middle a i) (2 * half a i) z -> Cmod (F z) <= eta * early_bound J part c spot axis top j i)) as [F [F' HF]].
  - intros i Hi; destruct (HD i Hi) as [D1 [D2 [D3 [D4 [D5 [D6 [D7 D8]]]]]]]; assert (Hh : 0 < half a i) by (unfold half; specialize (Ha i Hi); lra).
    destruct (terms_in_disc J sigma f' f'' G G' G'' part c (middle a i) (half a i) (spot i) (axis i) (low i) (top i) (sens i) (B i) Hs Hp Hh D1 D2 D3 D4 D5 D6 D7 D8)
      as [A [A' [E [E' T]]]]; destruct (T j Hj) as [[HA RA] [_ Bd]].
    exists (fun z => (RtoC eta * A j z)%C), (fun z => (0 * A j z + eta * A' j z)%C); split; [split|].
    + apply (holomorphic_times _ (fun _ => RtoC eta) (fun _ => RtoC 0) (A j) (A' j)); [apply holomorphic_constant|exact HA].
    + intros y Hy; rewrite (RA y Hy); unfold g, flux, early_term; rewrite <- RtoC_mult; f_equal; unfold Rdiv; ring.
    + intros z Hz; rewrite Cmod_mult, Cmod_R, Rabs_pos_eq by lra; apply Rmult_le_compat_l; [lra|]; destruct (Bd z Hz) as [Bz _]; exact Bz.
  - apply (cells_mixed N used a n x w F F'); try assumption; [intros i Hi; apply (HF i Hi)|intros i z Hi; apply (HF i Hi)].
Qed.
