(** Balanced layers with a deficiency margin: bounds from above and from below.

    Rectangular layers are zero outside their shape, so all are d by d; only the smaller of the input
    and the output dimension, p, matters.  Here it is the number of columns that W_0 and Phi use. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion ZasNumbers.
From Lemmata Require Import AroraNumbers.
Open Scope R_scope.

(** Zero in the columns p, ..., d - 1. *)
Definition columns (d p : nat) (A : nat -> nat -> R) : Prop :=
  forall i j, (i < d)%nat -> (p <= j < d)%nat -> A i j = 0.

Definition supported (d p : nat) (x : nat -> R) : Prop := forall j, (p <= j < d)%nat -> x j = 0.

(** The p columns of Phi are independent: its smallest singular value is sigma or more. *)
Definition singular_above (d p : nat) (Phi : nat -> nat -> R) (sigma : R) : Prop :=
  columns d p Phi /\
  forall x, supported d p x -> sigma ^ 2 * dot d x x <= dot d (mv d Phi x) (mv d Phi x).

(** |W_(l+1)^T W_(l+1) - W_l W_l^T| <= delta in the Frobenius norm *)
Definition balanced (d L : nat) (W : nat -> nat -> nat -> R) (delta : R) : Prop :=
  forall l, (S l < L)%nat ->
    frobenius d (msub (mul d (tr (W (S l))) (W (S l))) (mul d (W l) (tr (W l)))) <= delta.

(** ** Shapes *)

Lemma total_truncate : forall d p f, (p <= d)%nat -> (forall j, (p <= j < d)%nat -> f j = 0) ->
  total d f = total p f.
Proof.
  induction d as [|d IH]; intros p f Hp H; [replace p with 0%nat by lia; reflexivity|].
  destruct (Nat.eq_dec p (S d)) as [->|N]; [reflexivity|]; simpl.
  rewrite (IH p f), (H d) by (try lia; intros; apply H; lia); ring.
Qed.

Lemma columns_chain : forall d p W l, columns d p (W 0%nat) -> columns d p (chain d W (S l)).
Proof.
  intros d p W l H; induction l as [|l IH]; intros i j Hi Hj.
  - simpl chain; unfold mul.
    assert (E := mv_unit d (W 0%nat i) j ltac:(lia)); unfold mv in E.
    rewrite dot_comm, (dot_ext d _ (W 0%nat i) (unit_matrix j) (W 0%nat i)), E; [apply H;
      assumption| |reflexivity].
    intros k _; unfold unit_matrix; rewrite Nat.eqb_sym; reflexivity.
  - change (mul d (W (S l)) (chain d W (S l)) i j = 0); apply total_zero; intros k Hk.
    rewrite (IH k j Hk Hj); ring.
Qed.

Lemma columns_mul : forall d p A B, columns d p B -> columns d p (mul d A B).
Proof. intros d p A B H i j Hi Hj; apply total_zero; intros k Hk; rewrite (H k j Hk Hj); ring. Qed.

Lemma columns_back : forall d p W l k E, columns d p E -> columns d p (back d W l k E).
Proof.
  intros d p W l k; revert l; induction k as [|k IH]; intros l E H; simpl; [exact H|].
  apply columns_mul, IH, H.
Qed.

Lemma columns_residual : forall d p n Phi W, columns d p Phi -> columns d p (W 0%nat) ->
  columns d p (residual d (S n) Phi W).
Proof.
  intros d p n Phi W HP HW i j Hi Hj; unfold residual, msub.
  rewrite (columns_chain d p W n HW i j Hi Hj), (HP i j Hi Hj); ring.
Qed.

(** Gradient descent keeps the shape. *)
Lemma columns_step : forall d p n Phi eta W, columns d p Phi -> columns d p (W 0%nat) ->
  columns d p (layers_step d (S n) Phi eta W 0%nat).
Proof.
  intros d p n Phi eta W HP HW i j Hi Hj; unfold layers_step, msub, mscal, gradient.
  rewrite (HW i j Hi Hj); simpl chain; rewrite tr_unit.
  assert (E := mv_unit d (back d W 1 (S n - 1) (residual d (S n) Phi W) i) j ltac:(lia));
    unfold mv in E.
  unfold mul; rewrite dot_comm, (dot_ext d _ (back d W 1 (S n - 1) (residual d (S n) Phi W) i)
    (unit_matrix j) (back d W 1 (S n - 1) (residual d (S n) Phi W) i)), E.
  - rewrite (columns_back d p W 1 (S n - 1) _ (columns_residual d p n Phi W HP HW) i j Hi Hj); ring.
  - intros k _; unfold unit_matrix; rewrite Nat.eqb_sym; reflexivity.
  - reflexivity.
Qed.

(** Layer l of a rectangular network is dims (l + 1) by dims l and zero outside; gradient descent
    keeps it so, if the target has the shape of the product. *)
Definition shaped (d L : nat) (dims : nat -> nat) (W : nat -> nat -> nat -> R) : Prop :=
  forall l i j, (l < L)%nat -> (i < d)%nat -> (j < d)%nat -> (dims (S l) <= i \/ dims l <= j)%nat ->
    W l i j = 0.

Lemma shape_kept : forall d L dims Phi eta W, (1 <= L)%nat -> shaped d L dims W ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims L <= i \/ dims 0%nat <= j)%nat -> Phi i j = 0) ->
  shaped d L dims (layers_step d L Phi eta W).
Proof.
  intros d L dims Phi eta W HL HW HP; destruct L as [|n]; [lia|].
  assert (CR : forall l i j, (l <= n)%nat -> (i < d)%nat -> (dims (S l) <= i)%nat ->
    chain d W (S l) i j = 0).
  { intros l i j Hl Hi Hd; apply total_zero; intros k Hk; rewrite (HW l i k) by (try lia; left;
    exact Hd); ring. }
  assert (CC : forall i j, (i < d)%nat -> (j < d)%nat -> (dims 0%nat <= j)%nat ->
    chain d W (S n) i j = 0).
  { intros i j Hi Hj Hd; apply (columns_chain d (dims 0%nat)); [|exact Hi|lia].
    intros k m Hk Hm; apply HW; try lia; right; lia. }
  set (E := residual d (S n) Phi W).
  assert (EC : columns d (dims 0%nat) E).
  { intros i j Hi Hj; unfold E, residual, msub; rewrite CC, HP by (try lia; right; lia); ring. }
  assert (ER : forall i j, (i < d)%nat -> (j < d)%nat -> (dims (S n) <= i)%nat -> E i j = 0).
  { intros i j Hi Hj Hd; unfold E, residual, msub.
    rewrite (CR n i j), HP by (try lia; left; exact Hd); ring. }
  intros l i j Hl Hi Hj Hd; unfold layers_step, msub, mscal.
  rewrite (HW l i j Hl Hi Hj Hd); unfold gradient; fold E.
  replace (mul d (back d W (S l) (S n - S l) E) (tr (chain d W l)) i j) with 0; [ring|symmetry].
  destruct Hd as [Hd|Hd].
  - apply total_zero; intros k Hk.
    replace (back d W (S l) (S n - S l) E i k) with 0; [ring|symmetry].
    destruct (Nat.eq_dec l n) as [->|N]; [rewrite back_last; apply ER; assumption|].
    rewrite (back_step d W (S n) E l) by lia; apply total_zero; intros m Hm; unfold tr.
    rewrite (HW (S l) m i) by (try lia; right; exact Hd); ring.
  - destruct l as [|l].
    + simpl chain; rewrite tr_unit.
      assert (U := mv_unit d (back d W 1 (S n - 1) E i) j Hj); unfold mv in U.
      unfold mul; rewrite dot_comm, (dot_ext d _ (back d W 1 (S n - 1) E i) (unit_matrix j)
        (back d W 1 (S n - 1) E i)), U; [|intros k _; unfold unit_matrix; rewrite Nat.eqb_sym;
          reflexivity|reflexivity].
      apply (columns_back d (dims 0%nat) W 1 (S n - 1) E EC); [exact Hi|lia].
    + apply total_zero; intros k Hk; unfold tr; rewrite (CR l j k) by lia; ring.
Qed.

(** ** Balance *)

Lemma form_below_frobenius : forall d M x, Rabs (dot d x (mv d M x)) <= frobenius d M * dot d x x.
Proof.
  intros d M x; assert (N := dot_nonneg d x); assert (F := frobenius_nonneg d M).
  apply below_by_square; [apply Rmult_le_pos; assumption|].
  rewrite pow2_abs; eapply Rle_trans; [apply cauchy|].
  rewrite Rpow_mult_distr, frobenius_square.
  assert (B := bounded_frobenius d M x).
  replace (inner d M M * dot d x x ^ 2) with (dot d x x * (inner d M M * dot d x x)) by ring.
  apply Rmult_le_compat_l; assumption.
Qed.

Lemma balanced_nearly : forall d n W delta, balanced d (S n) W delta ->
  nearly_balanced d n W (fun _ => 0) (fun _ => delta).
Proof.
  intros d n W delta H l x Hl; specialize (H l ltac:(lia)).
  assert (D := difference_form d (W (S l)) (W l) x).
  assert (F := form_below_frobenius d
    (msub (mul d (tr (W (S l))) (W (S l))) (mul d (W l) (tr (W l)))) x).
  rewrite <- D in F; assert (N := dot_nonneg d x).
  apply (Rmult_le_compat_r (dot d x x)) in H; [|exact N].
  apply Rabs_le_between in F; split; lra.
Qed.

(** Every layer is bounded by the last one and the imbalance. *)
Lemma balanced_above : forall d n W a B X, (forall l, (l <= n)%nat -> 0 <= a l) -> total (S n) a <= B ->
  0 <= X -> nearly_balanced d n W (fun _ => 0) a -> bounded d (W n) X ->
  forall l, (l <= n)%nat -> bounded d (W l) (X + B).
Proof.
  intros d n W a B X Ha HB HX H Hn.
  assert (T : forall l, (l <= n)%nat -> total l a <= total n a /\ 0 <= total l a).
  { intros l Hl; split; [apply total_mono; [lia|]|apply total_nonneg]; intros; apply Ha; lia. }
  assert (P : forall l, (l <= n)%nat -> bounded d (W l) (X + (total n a - total l a))).
  { refine (descend _ n _ _).
    - apply (bounded_mono d _ X); [lra|exact Hn].
    - intros l Hl IH; rewrite <- (tr_tr (W l)); apply bounded_tr; [specialize (T l ltac:(lia)); lra|].
      intros x; destruct (H l x Hl) as [_ U]; specialize (IH x); simpl total in IH; simpl total; lra. }
  intros l Hl; eapply bounded_mono; [|apply P; exact Hl].
  simpl total in HB; assert (A := Ha n (Nat.le_refl n)); specialize (T l Hl); lra.
Qed.

(** The last layer, by the ratios of Balance.v. *)
Lemma balanced_last : forall d n W a B Z F, (forall l, (l <= n)%nat -> 0 <= a l) ->
  total (S n) a <= B ->
  nearly_balanced d n W (fun _ => 0) a -> 0 <= F -> bounded d (chain d W (S n)) (F ^ 2) ->
  0 <= Z -> Z ^ S n = F ^ 2 -> bounded d (W n) (Z + B).
Proof.
  intros d n W a B Z F Ha HB H HF HC HZ EZ.
  assert (B0 : 0 <= B).
  { eapply Rle_trans; [|exact HB]; apply total_nonneg; intros; apply Ha; lia. }
  rewrite <- (tr_tr (W n)); apply bounded_tr; [lra|]; intros u.
  assert (Nu := dot_nonneg d u); set (y := mv d (tr (W n)) u); assert (Ny := dot_nonneg d y).
  destruct (Rle_lt_or_eq_dec 0 (dot d u u) Nu) as [Pu|Pu].
  - set (q := dot d y y / dot d u u).
    assert (Eq : dot d y y = q * dot d u u) by (unfold q; field; lra).
    assert (Hq : 0 <= q) by (apply Rmult_le_pos; [exact Ny|left; apply Rinv_0_lt_compat; exact Pu]).
    rewrite Eq; apply Rmult_le_compat_r; [exact Nu|].
    destruct (Rle_or_lt q B) as [C|C]; [lra|].
    assert (Wy : q * dot d y y <= dot d (mv d (W n) y) (mv d (W n) y))
      by (apply ratio_next; [exact Hq|fold y; lra]).
    assert (R := balance_ratios d n W _ a (fun _ => Rle_refl 0) Ha H n (Nat.le_refl n) y q
      ltac:(lra) Wy).
    assert (U := bounded_tr d (chain d W (S n)) (F ^ 2) (pow2_ge_0 _)
      HC u).
    simpl chain in U; rewrite tr_mul, mv_mul in U; fold y in U.
    enough (q - B <= Z) by lra; apply (power_le_inv n); [exact HZ|rewrite EZ].
    apply (Rmult_le_reg_r (dot d u u)); [exact Pu|].
    eapply Rle_trans; [|exact U]; eapply Rle_trans; [|exact R]; rewrite Eq.
    assert (P1 : (q - B) ^ n <= (q - total (S n) a) ^ n) by (apply pow_incr; lra).
    assert (P0 : 0 <= (q - B) ^ n) by (apply pow_le; lra).
    simpl pow; replace ((q - B) * (q - B) ^ n * dot d u u) with ((q - B) ^ n * ((q - B) * dot d u
      u)) by ring.
    apply Rmult_le_compat; [exact P0|apply Rmult_le_pos; lra|exact P1|apply Rmult_le_compat_r; lra].
  - assert (C := ratio_step d (W n) u); fold y in C; rewrite <- Pu, Rmult_0_r in C.
    replace (dot d y y) with 0; [rewrite <- Pu; lra|].
    symmetry; apply Rsqr_0_uniq; unfold Rsqr; assert (0 <= dot d y y * dot d y y)
      by (apply Rmult_le_pos; exact Ny).
    simpl in C; lra.
Qed.

(** ** From below *)

(** Claim 1: the margin bounds the product from below. *)
Lemma margin_below : forall d p n Phi W sigma c, 0 <= c -> 0 <= sigma ->
  (forall x, supported d p x -> sigma ^ 2 * dot d x x <= dot d (mv d Phi x) (mv d Phi x)) ->
  frobenius d (residual d (S n) Phi W) <= sigma - c ->
  forall x, supported d p x ->
    c ^ 2 * dot d x x <= dot d (mv d (chain d W (S n)) x) (mv d (chain d W (S n)) x).
Proof.
  intros d p n Phi W sigma c Hc Hs HP HE x Hx; specialize (HP x Hx).
  set (P := chain d W (S n)) in *; set (E := residual d (S n) Phi W) in *.
  assert (Ev : mv d Phi x = (fun i => mv d P x i - mv d E x i)).
  { pointwise i; unfold mv; rewrite <- dot_minus_l; f_equal; pointwise j; unfold E, residual, msub;
    fold P; ring. }
  rewrite Ev, dot_minus_l, !dot_minus_r, (dot_comm d (mv d E x) (mv d P x)) in HP.
  assert (BE := bounded_frobenius_le d E (sigma - c) HE x).
  assert (F := frobenius_nonneg d E).
  assert (C := cauchy d (mv d P x) (mv d E x)).
  set (u := dot d (mv d P x) (mv d P x)) in *; set (v := dot d (mv d E x) (mv d E x)) in *.
  set (w := dot d (mv d P x) (mv d E x)) in *; set (N := dot d x x) in *.
  assert (Nu : 0 <= u) by apply dot_nonneg; assert (Nv : 0 <= v) by apply dot_nonneg.
  assert (NN : 0 <= N) by apply dot_nonneg.
  assert (Su := sqrt_sqrt u Nu); assert (Sv := sqrt_sqrt v Nv); assert (SN := sqrt_sqrt N NN).
  assert (Pu := sqrt_pos u); assert (Pv := sqrt_pos v); assert (PN := sqrt_pos N).
  assert (W1 : - w <= sqrt u * sqrt v).
  { apply below_by_square; [apply Rmult_le_pos; assumption|].
    replace ((sqrt u * sqrt v) ^ 2) with (sqrt u * sqrt u * (sqrt v * sqrt v)) by ring.
    rewrite Su, Sv; replace ((- w) ^ 2) with (w ^ 2) by ring; exact C. }
  assert (V1 : sqrt v <= (sigma - c) * sqrt N).
  { apply below_by_square; [apply Rmult_le_pos; lra|].
    replace (sqrt v ^ 2) with (sqrt v * sqrt v) by ring.
    replace (((sigma - c) * sqrt N) ^ 2) with ((sigma - c) ^ 2 * (sqrt N * sqrt N)) by ring.
    rewrite Sv, SN; exact BE. }
  assert (U1 : sigma * sqrt N <= sqrt u + sqrt v).
  { apply below_by_square; [lra|].
    replace ((sigma * sqrt N) ^ 2) with (sigma ^ 2 * (sqrt N * sqrt N)) by ring.
    replace ((sqrt u + sqrt v) ^ 2) with (sqrt u * sqrt u + 2 * (sqrt u * sqrt v) + sqrt v * sqrt
      v) by ring.
    rewrite SN, Su, Sv; lra. }
  assert (G : c * sqrt N <= sqrt u) by lra.
  replace (c ^ 2 * N) with ((c * sqrt N) ^ 2).
  - replace u with (sqrt u ^ 2) by (simpl; lra); apply pow_incr; split; [apply Rmult_le_pos;
    assumption|exact G].
  - replace ((c * sqrt N) ^ 2) with (c ^ 2 * (sqrt N * sqrt N)) by ring; rewrite SN; reflexivity.
Qed.

(** |I - A| <= rho bounds A from below. *)
Lemma near_identity_below : forall d A rho, 0 <= rho <= 1 -> bounded d (msub unit_matrix A) (rho ^ 2) ->
  forall x, (1 - rho) ^ 2 * dot d x x <= dot d (mv d A x) (mv d A x).
Proof.
  intros d A rho Hrho HB x; assert (B := HB x).
  assert (Ev : forall i, (i < d)%nat -> mv d (msub unit_matrix A) x i = x i - mv d A x i).
  { intros i Hi; transitivity (mv d unit_matrix x i - mv d A x i); [apply dot_minus_l|].
    rewrite (mv_unit d x i Hi); reflexivity. }
  rewrite (dot_ext d _ _ (fun i => x i - mv d A x i) (fun i => x i - mv d A x i) Ev Ev) in B.
  rewrite dot_minus_l, !dot_minus_r, (dot_comm d (mv d A x) x) in B.
  assert (Q := cauchy d x (mv d A x)).
  set (u := dot d (mv d A x) (mv d A x)) in *; set (w := dot d x (mv d A x)) in *.
  set (N := dot d x x) in *.
  assert (Nu : 0 <= u) by apply dot_nonneg; assert (NN : 0 <= N) by apply dot_nonneg.
  assert (Su := sqrt_sqrt u Nu); assert (SN := sqrt_sqrt N NN).
  assert (Pu := sqrt_pos u); assert (PN := sqrt_pos N).
  assert (W1 : w <= sqrt N * sqrt u).
  { apply below_by_square; [apply Rmult_le_pos; assumption|].
    replace ((sqrt N * sqrt u) ^ 2) with (sqrt N * sqrt N * (sqrt u * sqrt u)) by ring.
    rewrite Su, SN; exact Q. }
  assert (G : sqrt N - sqrt u <= rho * sqrt N).
  { apply below_by_square; [apply Rmult_le_pos; lra|].
    replace ((sqrt N - sqrt u) ^ 2) with (sqrt N * sqrt N - 2 * (sqrt N * sqrt u) + sqrt u * sqrt u) by ring.
    replace ((rho * sqrt N) ^ 2) with (rho ^ 2 * (sqrt N * sqrt N)) by ring.
    rewrite Su, SN; lra. }
  replace u with (sqrt u ^ 2) by (simpl; lra).
  replace ((1 - rho) ^ 2 * N) with (((1 - rho) * sqrt N) ^ 2).
  - apply pow_incr; split; [apply Rmult_le_pos; lra|lra].
  - replace (((1 - rho) * sqrt N) ^ 2) with ((1 - rho) ^ 2 * (sqrt N * sqrt N)) by ring; rewrite SN; reflexivity.
Qed.

(** Every x on p coordinates is P^T w with |w|^2 <= |x|^2 / c. *)
Lemma preimage : forall d p P c, (p <= d)%nat -> 0 < c -> columns d p P ->
  (forall x, supported d p x -> c * dot d x x <= dot d (mv d P x) (mv d P x)) ->
  forall x, supported d p x -> exists w,
    (forall i, (i < d)%nat -> mv d (tr P) w i = x i) /\ c * dot d w w <= dot d x x.
Proof.
  intros d p P c Hp Hc Hcol HP x Hx.
  set (cut := fun (v : nat -> R) j => if Nat.ltb j p then v j else 0).
  assert (Scut : forall v, supported d p (cut v)).
  { intros v j Hj; unfold cut; destruct (Nat.ltb_spec j p); [lia|reflexivity]. }
  assert (Cut : forall v j, (j < p)%nat -> cut v j = v j).
  { intros v j Hj; unfold cut; destruct (Nat.ltb_spec j p); [reflexivity|lia]. }
  set (A := mul d (tr P) P).
  assert (EA : forall v i, mv p A v i = mv d (tr P) (mv d P (cut v)) i).
  { intros v i; rewrite <- mv_mul; fold A; unfold mv, dot; symmetry.
    rewrite (total_truncate d p) by (try exact Hp; intros j Hj; rewrite (Scut v j Hj); ring).
    apply total_ext; intros j Hj; rewrite (Cut v j Hj); reflexivity. }
  destruct (solvable p A) with (x := x) as [y Hy].
  { intros v Z j Hj; rewrite <- (Cut v j Hj); apply (dot_zero d (cut v)); [|lia].
    assert (Q : dot d (mv d P (cut v)) (mv d P (cut v)) = 0).
    { rewrite adjoint; unfold dot; rewrite (total_truncate d p).
      - apply total_zero; intros i Hi; rewrite <- EA, (Z i Hi); ring.
      - exact Hp.
      - intros i Hi; rewrite (Scut v i Hi); ring. }
    specialize (HP (cut v) (Scut v)); rewrite Q in HP; assert (N := dot_nonneg d (cut v)); nra. }
  set (w := mv d P (cut y)).
  assert (Ew : forall i, (i < d)%nat -> mv d (tr P) w i = x i).
  { intros i Hi; destruct (Nat.lt_ge_cases i p) as [L|L].
    - rewrite <- (Hy i L), EA; reflexivity.
    - rewrite (Hx i) by lia; apply total_zero; intros k Hk; unfold tr; rewrite (Hcol k i) by lia;
      ring. }
  exists w; split; [exact Ew|].
  assert (H := HP (cut y) (Scut y)); fold w in H.
  assert (E : dot d w w = dot d (cut y) x).
  { unfold w at 1; rewrite adjoint; apply dot_ext; [reflexivity|exact Ew]. }
  assert (C := cauchy d (cut y) x); rewrite <- E in C.
  assert (Ny := dot_nonneg d (cut y)); assert (Nw := dot_nonneg d w); assert (Nx := dot_nonneg d x).
  set (a := dot d w w) in *; set (b := dot d (cut y) (cut y)) in *; set (e := dot d x x) in *.
  destruct (Rle_lt_or_eq_dec 0 a Nw) as [Pa|Pa]; [|rewrite <- Pa; lra].
  apply (Rmult_le_reg_r a); [exact Pa|].
  apply Rle_trans with (c * (b * e)); [replace (c * a * a) with (c * a ^ 2) by ring;
    apply Rmult_le_compat_l; lra|].
  replace (c * (b * e)) with (e * (c * b)) by ring; apply Rmult_le_compat_l; assumption.
Qed.

(** All layers but the last: the smallest of the ratios may be left out. *)
Lemma all_but_last : forall d p n W a B r, (p <= d)%nat -> 0 < r ->
  (forall l, (l <= n)%nat -> 0 <= a l) -> total (S n) a <= B -> INR n * B <= r ^ 2 / 4 -> B <= r ^ 2 ->
  nearly_balanced d n W (fun _ => 0) a -> columns d p (W 0%nat) ->
  (forall x, supported d p x ->
    r ^ (2 * S n) * dot d x x <= dot d (mv d (chain d W (S n)) x) (mv d (chain d W (S n)) x)) ->
  forall x, supported d p x ->
    3 / 4 * r ^ (2 * n) * dot d x x <= dot d (mv d (chain d W n) x) (mv d (chain d W n) x).
Proof.
  intros d p n W a B r Hp Hr Ha HB HnB HBr H Hcol HP x Hx.
  assert (K : 0 < r ^ (2 * S n)) by (apply pow_lt; exact Hr).
  assert (N := pos_INR n).
  assert (B0 : 0 <= B).
  { eapply Rle_trans; [|exact HB]; apply total_nonneg; intros; apply Ha; lia. }
  assert (NB : 0 <= INR n * B) by (apply Rmult_le_pos; assumption).
  destruct (preimage d p (chain d W (S n)) (r ^ (2 * S n)) Hp K (columns_chain d p W n Hcol) HP x Hx)
    as [w [Ew Hw]].
  set (u := mv d (tr (W n)) w).
  assert (Eu : forall i, (i < d)%nat -> mv d (tr (chain d W n)) u i = x i).
  { intros i Hi; rewrite <- (Ew i Hi); simpl chain; rewrite tr_mul, mv_mul; reflexivity. }
  assert (Nx := dot_nonneg d x); assert (Nw := dot_nonneg d w); assert (Nu := dot_nonneg d u).
  assert (Z0 : dot d u u = 0 -> dot d x x = 0).
  { intros E; apply total_zero; intros i Hi; rewrite <- (Eu i Hi); unfold mv, dot.
    rewrite (total_zero d (fun j => tr (chain d W n) i j * u j))
      by (intros j Hj; rewrite (dot_zero d u j E Hj); ring); ring. }
  destruct (Rle_lt_or_eq_dec 0 (dot d u u) Nu) as [Pu|Pu];
    [|rewrite (Z0 (eq_sym Pu)), Rmult_0_r; apply dot_nonneg].
  destruct (Rle_lt_or_eq_dec 0 (dot d w w) Nw) as [Pw|Pw].
  2:{ exfalso; assert (C := ratio_step d (W n) w); fold u in C; rewrite <- Pw, Rmult_0_r in C.
      assert (0 < dot d u u ^ 2) by (apply pow_lt; exact Pu); lra. }
  set (rho := dot d u u / dot d w w); set (Q := dot d x x / dot d u u).
  assert (Erho : dot d u u = rho * dot d w w) by (unfold rho; field; lra).
  assert (EQ : dot d x x = Q * dot d u u) by (unfold Q; field; lra).
  assert (Hrho : 0 <= rho) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; exact Pw]).
  assert (HQ : 0 <= Q) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; exact Pu]).
  assert (L : 3 / 4 * r ^ (2 * n) <= Q).
  { apply (leave_out_smallest n r B rho Q); try assumption; try lra.
    - apply (Rmult_le_reg_r (dot d w w)); [exact Pw|].
      replace (rho * Q * dot d w w) with (Q * (rho * dot d w w)) by ring; rewrite <- Erho, <- EQ;
        exact Hw.
    - intros HBrho.
      assert (Wu : rho * dot d u u <= dot d (mv d (W n) u) (mv d (W n) u))
        by (apply ratio_next; [exact Hrho|fold u; lra]).
      assert (R := balance_ratios d n W _ a (fun _ => Rle_refl 0) Ha H n (Nat.le_refl n) u rho
        ltac:(lra) Wu).
      rewrite (dot_ext d (mv d (tr (chain d W n)) u) (mv d (tr (chain d W n)) u) x x Eu Eu) in R.
      apply (Rmult_le_reg_r (dot d u u)); [exact Pu|]; rewrite <- EQ.
      eapply Rle_trans; [|exact R]; apply Rmult_le_compat_r; [lra|apply pow_incr; lra]. }
  set (k := 3 / 4 * r ^ (2 * n)) in *.
  assert (K0 : 0 < k) by (apply Rmult_lt_0_compat; [lra|apply pow_lt; exact Hr]).
  assert (E : dot d x x = dot d (mv d (chain d W n) x) u).
  { rewrite adjoint; apply dot_ext; [reflexivity|intros i Hi; symmetry; apply Eu; exact Hi]. }
  assert (C := cauchy d (mv d (chain d W n) x) u); rewrite <- E in C.
  set (g := dot d (mv d (chain d W n) x) (mv d (chain d W n) x)) in *.
  assert (G0 : 0 <= g) by apply dot_nonneg.
  destruct (Rle_lt_or_eq_dec 0 (dot d x x) Nx) as [Px|Px]; [|rewrite <- Px; lra].
  apply (Rmult_le_reg_r (dot d x x)); [exact Px|].
  apply Rle_trans with (k * (g * dot d u u)).
  - replace (k * dot d x x * dot d x x) with (k * dot d x x ^ 2) by ring; apply Rmult_le_compat_l; lra.
  - replace (k * (g * dot d u u)) with (g * (k * dot d u u)) by ring; apply Rmult_le_compat_l;
    [exact G0|].
    rewrite EQ; apply Rmult_le_compat_r; lra.
Qed.
