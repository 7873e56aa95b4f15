(** The double integral over v < y, cell by cell: what the code adds up for D lies within its ball. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix PieceSums Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature
  PartialQuadrature Polynomials CellQuadrature HolomorphicCalculus DelayStep DelayBounds CellRules TriangleQuadrature.
Open Scope R_scope.

(** ** The order of the integrals *)

Lemma times_primitive : forall lo hi f g p, continuous_within lo hi f -> continuous_within lo hi g -> lo < p < hi ->
  continuous_within lo hi (fun y => g y * RInt f p y) /\ continuous_within lo hi (fun y => g y * RInt f y p).
Proof.
  intros lo hi f g p F G Hp; split; intros y Hy; destruct (primitive_derive lo hi f p y F Hp Hy) as [D1 D2].
  - apply (continuous_mult (K := R_AbsRing) g (fun y => RInt f p y)); [apply G, Hy|].
    apply (ex_derive_continuous (fun y => RInt f p y)); eexists; exact D1.
  - apply (continuous_mult (K := R_AbsRing) g (fun y => RInt f y p)); [apply G, Hy|].
    apply (ex_derive_continuous (fun y => RInt f y p)); eexists; exact D2.
Qed.

Lemma swapped : forall lo hi f g p q, continuous_within lo hi f -> continuous_within lo hi g -> lo < p < hi -> lo < q < hi ->
  p <= q -> RInt (fun v => f v * RInt g v q) p q = RInt (fun y => g y * RInt f p y) p q :> R.
Proof.
  intros lo hi f g p q F G Hp Hq Hpq.
  destruct (times_primitive lo hi g f q G F Hq) as [_ C1]; destruct (times_primitive lo hi f g p F G Hp) as [C2 _].
  assert (I1 := within_integrable lo hi _ p q C1 Hp Hq); assert (I2 := within_integrable lo hi _ p q C2 Hp Hq).
  assert (In : forall y, Rmin p q <= y <= Rmax p q -> lo < y < hi) by (intros y; rewrite Rmin_left, Rmax_right by lra;
    intros; lra).
  assert (I : is_RInt (fun y => f y * RInt g y q - g y * RInt f p y) p q (RInt f p q * RInt g q q - RInt f p p * RInt g p q)).
  { apply (is_RInt_derive (V := R_CompleteNormedModule) (fun y => RInt f p y * RInt g y q)).
    - intros y Hy; destruct (primitive_derive lo hi f p y F Hp (In y Hy)) as [D1 _];
      destruct (primitive_derive lo hi g q y G Hq (In y Hy)) as [_ D2].
      evar_last; [apply (is_derive_mult (fun y => RInt f p y) (fun y => RInt g y q) y _ _ D1 D2); intros; apply Rmult_comm|].
      unfold plus, mult; simpl; ring.
    - intros y Hy; apply (continuous_minus (V := R_NormedModule)); [apply C1, In, Hy|apply C2, In, Hy]. }
  assert (S := is_RInt_minus (V := R_NormedModule) _ _ p q _ _ (RInt_correct (V := R_CompleteNormedModule) _ _ _ I1)
    (RInt_correct (V := R_CompleteNormedModule) _ _ _ I2)).
  apply (is_RInt_unique (V := R_CompleteNormedModule)) in I; apply (is_RInt_unique (V := R_CompleteNormedModule)) in S.
  assert (Z : RInt f p q * RInt g q q - RInt f p p * RInt g p q = 0)
    by (rewrite !(RInt_point (V := R_CompleteNormedModule)); unfold zero; simpl; ring).
  rewrite Z in I; apply Rminus_diag_uniq; exact (eq_trans (eq_sym S) I).
Qed.

(** Cell by cell: in each, the triangle, and the products with all cells before it *)
Lemma by_cells : forall N (a : nat -> R) lo hi f g, continuous_within lo hi f -> continuous_within lo hi g ->
  (forall i, (i <= N)%nat -> lo < a i < hi) ->
  RInt (fun y => g y * RInt f (a 0%nat) y) (a 0%nat) (a N) =
  total N (fun i => RInt (fun y => g y * RInt f (a i) y) (a i) (a (S i))
    + total i (fun l => RInt f (a l) (a (S l)) * RInt g (a i) (a (S i)))).
Proof.
  intros N a lo hi f g F G; assert (Sum : forall n, (forall i, (i <= n)%nat -> lo < a i < hi) ->
    RInt f (a 0%nat) (a n) = total n (fun l => RInt f (a l) (a (S l)))).
  { induction n as [|n IH]; intros H; [apply (RInt_point (V := R_CompleteNormedModule))|]; simpl.
    rewrite <- IH by (intros; apply H; lia); symmetry.
    apply (RInt_Chasles (V := R_CompleteNormedModule)); apply (within_integrable lo hi); auto; apply H; lia. }
  induction N as [|N IH]; intros H; [apply (RInt_point (V := R_CompleteNormedModule))|]; simpl.
  rewrite <- IH by (intros; apply H; lia).
  assert (H0 := H 0%nat ltac:(lia)); assert (H1 := H N ltac:(lia)); assert (H2 := H (S N) ltac:(lia)).
  destruct (times_primitive lo hi f g (a 0%nat) F G H0) as [C0 _]; destruct (times_primitive lo hi f g (a N) F G H1) as [CN
    _].
  assert (I0 := fun p q => within_integrable lo hi _ p q C0); assert (IN := fun p q => within_integrable lo hi _ p q CN).
  assert (Ig := within_integrable lo hi g (a N) (a (S N)) G H1 H2).
  rewrite <- (RInt_Chasles (V := R_CompleteNormedModule) _ (a 0%nat) (a N) (a (S N)) (I0 _ _ H0 H1) (I0 _ _ H1 H2)).
  unfold plus; simpl; f_equal.
  rewrite (total_ext N _ (fun l => RInt g (a N) (a (S N)) * RInt f (a l) (a (S l)))) by (intros; apply Rmult_comm).
  rewrite total_scal, <- Sum by (intros; apply H; lia).
  assert (E : RInt (fun y => g y * RInt f (a 0%nat) y) (a N) (a (S N))
    = RInt (fun y => g y * RInt f (a N) y + RInt f (a 0%nat) (a N) * g y) (a N) (a (S N))).
  { apply (RInt_ext (V := R_CompleteNormedModule)); intros y Hy.
    assert (Yin : lo < y < hi) by (revert Hy; unfold Rmin, Rmax; destruct (Rle_dec (a N) (a (S N))); intros; lra).
    assert (Ch := RInt_Chasles (V := R_CompleteNormedModule) f (a 0%nat) (a N) y (within_integrable lo hi f _ _ F H0 H1)
      (within_integrable lo hi f _ _ F H1 Yin)); rewrite <- Ch; unfold plus; simpl; ring. }
  rewrite E; apply is_RInt_unique; rewrite (Rmult_comm (RInt g _ _)).
  apply (is_RInt_plus (V := R_NormedModule) (fun y => g y * RInt f (a N) y) (fun y => RInt f (a 0%nat) (a N) * g y)).
  - apply (RInt_correct (V := R_CompleteNormedModule)), IN; assumption.
  - apply (is_RInt_scal (V := R_NormedModule) g), (RInt_correct (V := R_CompleteNormedModule)), Ig.
Qed.

(** ** What is added up: [_between], [_within], [_delay] for a kernel K(v, y) *)

Definition between_cells (K : R -> R -> R) (a : nat -> R) (n : nat -> nat) (x w : nat -> nat -> R) (l i : nat) : R :=
  half a i * rule (n i) (x i) (w i) (fun t => half a l * rule (n l) (x l) (w l) (fun s =>
    K (middle a l + half a l * s) (middle a i + half a i * t))).

Definition within_cell (K : R -> R -> R) (a : nat -> R) (n : nat -> nat) (x w : nat -> nat -> R) (k : nat -> nat)
    (s : nat -> nat -> R) (W : nat -> nat -> nat -> R) (i : nat) : R :=
  half a i * total (n i) (fun b => w i b * (half a i * total (k i) (fun l => W i b l *
    K (middle a i + half a i * s i l) (middle a i + half a i * x i b)))).

Definition drift_sum (N : nat) (first : nat -> nat) (K : R -> R -> R) (a : nat -> R) (n : nat -> nat) (x w : nat -> nat -> R)
    (k : nat -> nat) (s : nat -> nat -> R) (W : nat -> nat -> nat -> R) : R :=
  total N (fun i => within_cell K a n x w k s W i
    + total i (fun l => if Nat.ltb l (first i) then 0 else between_cells K a n x w l i)).

(** P l i bounds the integral over the cells l and i; before cell [first i] the pairs are neglected. *)
Definition drift_error (N : nat) (first n k : nat -> nat) (P : nat -> nat -> R) : R :=
  total N (fun i => total i (fun l => P l i * (gauss_factor (n i) + gauss_factor (n l)))
    + P i i * (gauss_factor (n i) + cumulative_factor (k i) / 2) + total (first i) (fun l => P l i)).

Lemma cells_cover : forall N (a : nat -> R), (forall i, (i < S N)%nat -> a i < a (S i)) ->
  exists lo hi, (forall i, (i <= S N)%nat -> lo < a i < hi) /\
    forall y, lo < y < hi -> exists i, (i < S N)%nat /\ disc (middle a i) (2 * half a i) (RtoC y).
Proof.
  intros N a Ha; exists (a 0%nat - half a 0), (a (S N) + half a N).
  assert (Rise := rising a (S N) (fun i Hi => Rlt_le _ _ (Ha i Hi))).
  assert (H0 := Ha 0%nat ltac:(lia)); assert (HN := Ha N ltac:(lia)); unfold half in *; split.
  - intros i Hi; assert (a 0%nat <= a i) by (apply Rise; lia); assert (a i <= a (S N)) by (apply Rise; lia); lra.
  - intros y Hy; destruct (Rle_dec (a 0%nat) y) as [L|L].
    + destruct (Rle_dec y (a (S N))) as [U|U].
      * destruct (piece_of a (S N) y ltac:(lia) (conj L U)) as [i [Hi K]]; exists i; split; [exact Hi|].
        specialize (Ha i Hi); apply real_disc, Rabs_def1; unfold middle, half; lra.
      * exists N; split; [lia|]; apply real_disc, Rabs_def1; unfold middle, half; lra.
    + exists 0%nat; split; [lia|]; apply real_disc, Rabs_def1; unfold middle, half; lra.
Qed.

Lemma total_dist : forall n e f d, (forall i, (i < n)%nat -> Rabs (e i - f i) <= d i) -> Rabs (total n e - total n f) <= total
  n d.
Proof.
  intros n e f d H; rewrite <- total_minus; eapply Rle_trans; [apply total_abs|]; apply total_le; exact H.
Qed.

Lemma total_two : forall n m e f, (m <= n)%nat -> total n (fun l => if Nat.ltb l m then e l else f l)
  = total m e + (total n f - total m f).
Proof.
  induction n as [|n IH]; intros m e f Hm; [replace m with 0%nat by lia; simpl; ring|]; cbn [total].
  destruct (Nat.eq_dec m (S n)) as [->|Ne].
  - rewrite (total_ext n _ e), (proj2 (Nat.ltb_lt n (S n)) ltac:(lia)); [cbn [total]; ring|].
    intros l Hl; rewrite (proj2 (Nat.ltb_lt l (S n))) by lia; reflexivity.
  - rewrite IH by lia; rewrite (proj2 (Nat.ltb_ge n m)) by lia; ring.
Qed.

Lemma iterated_cells : forall N J (c : nat -> R) (alpha beta : nat -> R -> R) (A A' B B' : nat -> nat -> C -> C) (a : nat -> R)
    (P : nat -> nat -> R) (first n : nat -> nat) (x w : nat -> nat -> R) (k : nat -> nat) (s v : nat -> nat -> R)
    (W : nat -> nat -> nat -> R),
  (forall j, (j < J)%nat -> 0 <= c j) -> (forall i, (i < N)%nat -> a i < a (S i)) ->
  (forall i, (i < N)%nat -> (1 <= n i)%nat /\ gauss_rule (n i) (x i) (w i)) ->
  (forall i, (i < N)%nat -> (1 <= k i)%nat /\ gauss_rule (k i) (s i) (v i) /\ distinct (k i) (s i) /\
    forall b, (b < n i)%nat -> cumulative_rule (k i) (s i) (W i b) (x i b)) ->
  (forall i j, (i < N)%nat -> (j < J)%nat -> extends (disc (middle a i) (2 * half a i)) (A i j) (A' i j) (alpha j) /\
    extends (disc (middle a i) (2 * half a i)) (B i j) (B' i j) (beta j)) ->
  (forall l i z z', (l <= i)%nat -> (i < N)%nat -> disc (middle a l) (2 * half a l) z -> disc (middle a i) (2 * half a i) z' ->
    4 * half a l * half a i * total J (fun j => c j * (Cmod (A l j z) * Cmod (B i j z'))) <= P l i) ->
  (forall i, (i < N)%nat -> (first i <= i)%nat) ->
  Rabs (RInt (fun y => total J (fun j => c j * (alpha j y * RInt (beta j) y (a N)))) (a 0%nat) (a N)
    - drift_sum N first (fun y z => total J (fun j => c j * (alpha j y * beta j z))) a n x w k s W)
    <= drift_error N first n k P.
Proof.
  intros N J c alpha beta A A' B B' a P first n x w k s v W Hc Ha HG HK HE HP HF.
  destruct N as [|N]; [rewrite (RInt_point (V := R_CompleteNormedModule)); unfold drift_sum, drift_error, zero; simpl;
    rewrite Rminus_0_r, Rabs_R0; lra|].
  destruct (cells_cover N a Ha) as [lo [hi [Within Cover]]].
  assert (Ca : forall j, (j < J)%nat -> continuous_within lo hi (alpha j)).
  { intros j Hj y Hy; destruct (Cover y Hy) as [i [Hi D]]; destruct (HE i j Hi Hj) as [E _];
    exact (extends_continuous _ _ _ _ _ _ E D). }
  assert (Cb : forall j, (j < J)%nat -> continuous_within lo hi (beta j)).
  { intros j Hj y Hy; destruct (Cover y Hy) as [i [Hi D]]; destruct (HE i j Hi Hj) as [_ E];
    exact (extends_continuous _ _ _ _ _ _ E D). }
  assert (W0 := Within 0%nat ltac:(lia)); assert (WN := Within (S N) ltac:(lia)).
  assert (Rise := rising a (S N) (fun i Hi => Rlt_le _ _ (Ha i Hi)) 0 (S N) ltac:(lia)).
  set (T := fun i j => RInt (fun y => beta j y * RInt (alpha j) (a i) y) (a i) (a (S i))).
  set (Q := fun l i j => RInt (alpha j) (a l) (a (S l)) * RInt (beta j) (a i) (a (S i))).
  assert (Whole : RInt (fun y => total J (fun j => c j * (alpha j y * RInt (beta j) y (a (S N))))) (a 0%nat) (a (S N))
    = total (S N) (fun i => total J (fun j => c j * T i j) + total i (fun l => total J (fun j => c j * Q l i j)))).
  { rewrite (is_RInt_unique _ _ _ _ (weighted_integral J c (fun j y => alpha j y * RInt (beta j) y (a (S N))) _ _
      (fun j Hj => within_integrable lo hi _ _ _ (proj2 (times_primitive lo hi (beta j) (alpha j) _ (Cb j Hj) (Ca j Hj) WN)) W0
        WN))).
    rewrite (total_ext J _ (fun j => total (S N) (fun i => c j * (T i j + total i (fun l => Q l i j))))).
    - rewrite total_swap; apply total_ext; intros i _.
      rewrite (total_ext J _ (fun j => c j * T i j + total i (fun l => c j * Q l i j))) by (intros; rewrite total_scal; ring).
      rewrite total_plus, total_swap; reflexivity.
    - intros j Hj; rewrite total_scal; f_equal.
      rewrite (swapped lo hi) by (try apply Ca; try apply Cb; assumption).
      apply (by_cells (S N) a lo hi); [apply Ca|apply Cb|exact Within]; exact Hj. }
  rewrite Whole; unfold drift_sum, drift_error; apply total_dist; intros i Hi.
  assert (Half : forall l, (l < S N)%nat -> 0 < half a l) by (intros l Hl; specialize (Ha l Hl); unfold half; lra).
  assert (L : forall l, middle a l - half a l = a l) by (intros; unfold middle, half; field).
  assert (U : forall l, middle a l + half a l = a (S l)) by (intros; unfold middle, half; field).
  destruct (HG i Hi) as [Hn G]; destruct (HK i Hi) as [Hk [Gk [Ap Cu]]]; assert (hi0 := Half i Hi).
  assert (Div : forall l X Y, (l < S N)%nat -> 4 * half a l * half a i * X <= Y -> X <= Y / (4 * half a l * half a i)).
  { intros l X Y Hl H; assert (hl := Half l Hl); assert (0 < 4 * half a l * half a i) by (apply Rmult_lt_0_compat; lra).
    apply Rle_div_r; [assumption|]; rewrite Rmult_comm; exact H. }
  assert (Tri : Rabs (total J (fun j => c j * T i j) - within_cell (fun y z => total J (fun j => c j * (alpha j y * beta j z)))
    a n x w k s W i) <= P i i * (gauss_factor (n i) + cumulative_factor (k i) / 2)).
  { assert (K := triangle_quadrature J c alpha beta (A i) (A' i) (B i) (B' i) (middle a i) (half a i)
      (P i i / (4 * half a i * half a i)) (n i) (k i) (x i) (w i) (s i) (v i) (W i) Hc hi0 (fun j Hj => proj1 (HE i j Hi Hj))
      (fun j Hj => proj2 (HE i j Hi Hj)) Hn G Hk Gk Ap Cu
      (fun z z' Hz Hz' => Div i _ _ Hi (HP i i z z' (le_n i) Hi Hz Hz'))).
    rewrite L, U in K; replace (4 * half a i * half a i * (P i i / (4 * half a i * half a i))) with (P i i) in K by (field; lra).
    rewrite (is_RInt_unique _ _ _ _ (weighted_integral J c (fun j y => beta j y * RInt (alpha j) (a i) y) _ _
      (fun j Hj => within_integrable lo hi _ _ _ (proj1 (times_primitive lo hi (alpha j) (beta j) _ (Ca j Hj) (Cb j Hj)
        (Within i ltac:(lia)))) (Within i ltac:(lia)) (Within (S i) ltac:(lia))))) in K; exact K. }
  assert (P0 : forall l, (l <= i)%nat -> 0 <= P l i).
  { intros l Hl; assert (hl := Half l ltac:(lia)).
    assert (Z : forall m, 0 < half a m -> disc (middle a m) (2 * half a m) (RtoC (middle a m))) by (intros; apply cell_inside; lra).
    eapply Rle_trans; [|apply (HP l i (middle a l) (middle a i) Hl Hi (Z l hl) (Z i hi0))].
    apply Rmult_le_pos; [apply Rmult_le_pos; lra|]; apply total_nonneg; intros j Hj; apply Rmult_le_pos; [apply Hc, Hj|].
    apply Rmult_le_pos; apply Cmod_ge_0. }
  assert (F0 : forall l, (l <= i)%nat -> 0 <= P l i * (gauss_factor (n i) + gauss_factor (n l))).
  { intros l Hl; apply Rmult_le_pos; [apply P0, Hl|apply Rplus_le_le_0_compat; apply gauss_factor_nonneg]. }
  assert (Pairs : Rabs (total i (fun l => total J (fun j => c j * Q l i j)) - total i (fun l => if Nat.ltb l (first i) then 0
      else between_cells (fun y z => total J (fun j => c j * (alpha j y * beta j z))) a n x w l i))
    <= total i (fun l => P l i * (gauss_factor (n i) + gauss_factor (n l))) + total (first i) (fun l => P l i)).
  { eapply Rle_trans; [apply (total_dist i _ _ (fun l => if Nat.ltb l (first i) then P l i else P l i * (gauss_factor (n i) +
      gauss_factor (n l))))|].
    - intros l Hl; assert (hl := Half l ltac:(lia)); destruct (HG l ltac:(lia)) as [Hn' G'].
      destruct (Nat.ltb l (first i)).
      + rewrite Rminus_0_r; unfold Q.
        rewrite (total_ext J _ (fun j => c j * RInt (beta j) (a i) (a (S i)) * RInt (alpha j) (a l) (a (S l)))) by (intros; ring).
        assert (I := weighted_integral J (fun j => c j * RInt (beta j) (a i) (a (S i))) alpha (a l) (a (S l))
          (fun j Hj => within_integrable lo hi _ _ _ (Ca j Hj) (Within l ltac:(lia)) (Within (S l) ltac:(lia)))).
        rewrite <- (is_RInt_unique _ _ _ _ I).
        apply Rle_trans with ((a (S l) - a l) * ((a (S i) - a i) * (P l i / (4 * half a l * half a i)))); [|unfold half; right;
          field; assert (X := Ha l ltac:(lia)); specialize (Ha i Hi); lra].
        apply abs_RInt_le_const; [specialize (Ha l ltac:(lia)); lra|eexists; exact I|]; intros y Hy.
        rewrite (total_ext J _ (fun j => c j * alpha j y * RInt (beta j) (a i) (a (S i)))) by (intros; ring).
        assert (I' := weighted_integral J (fun j => c j * alpha j y) beta (a i) (a (S i))
          (fun j Hj => within_integrable lo hi _ _ _ (Cb j Hj) (Within i ltac:(lia)) (Within (S i) ltac:(lia)))).
        rewrite <- (is_RInt_unique _ _ _ _ I').
        apply abs_RInt_le_const; [specialize (Ha i Hi); lra|eexists; exact I'|]; intros z Hz.
        assert (Dy : disc (middle a l) (2 * half a l) (RtoC y)) by (apply cell_inside; [exact hl|rewrite L, U; exact Hy]).
        assert (Dz : disc (middle a i) (2 * half a i) (RtoC z)) by (apply cell_inside; [exact hi0|rewrite L, U; exact Hz]).
        eapply Rle_trans; [|apply (Div l _ _ ltac:(lia) (HP l i y z ltac:(lia) Hi Dy Dz))].
        eapply Rle_trans; [apply total_abs|]; apply total_le; intros j Hj.
        rewrite (proj2 (proj1 (HE l j ltac:(lia) Hj)) y Dy), (proj2 (proj2 (HE i j Hi Hj)) z Dz), !Cmod_R, !Rabs_mult,
          (Rabs_pos_eq (c j)) by apply Hc, Hj; right; ring.
      + assert (K := pair_quadrature J c alpha beta (A l) (A' l) (B i) (B' i) (middle a l) (half a l) (middle a i) (half a i)
          (P l i / (4 * half a l * half a i)) (n l) (n i) (x l) (w l) (x i) (w i) Hc hl hi0
          (fun j Hj => proj1 (HE l j ltac:(lia) Hj)) (fun j Hj => proj2 (HE i j Hi Hj)) Hn' G' Hn G
          (fun z z' Hz Hz' => Div l _ _ ltac:(lia) (HP l i z z' ltac:(lia) Hi Hz Hz'))).
        rewrite !L, !U in K; eapply Rle_trans; [exact K|].
        replace (2 * half a l * half a i * (P l i / (4 * half a l * half a i)) * (gauss_factor (n i) + gauss_factor (n l)))
          with (/ 2 * (P l i * (gauss_factor (n i) + gauss_factor (n l)))) by (field; lra).
        specialize (F0 l ltac:(lia)); lra.
    - rewrite total_two by apply HF, Hi.
      assert (0 <= total (first i) (fun l => P l i * (gauss_factor (n i) + gauss_factor (n l)))); [|lra].
      apply total_nonneg; intros l Hl; apply F0; specialize (HF i Hi); lia. }
  eapply Rle_trans; [|apply Req_le, eq_sym, Rplus_assoc].
  set (e1 := total J _) in *; set (e2 := total i (fun l => total J _)) in *; set (s1 := within_cell _ _ _ _ _ _ _ _ _) in *.
  set (s2 := total i (fun l => if Nat.ltb l (first i) then 0 else _)) in *.
  assert (Tr := Rabs_triang (e1 - s1) (e2 - s2)); replace (e1 - s1 + (e2 - s2)) with (e1 + e2 - (s1 + s2)) in Tr by ring; lra.
Qed.
