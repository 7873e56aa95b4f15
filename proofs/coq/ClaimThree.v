(** Claim 3 of Arora, Cohen, Golowich and Hu, with a number for its absolute constant: a product of Gaussian layers with one output has a
    margin with probability 0.49.  Not by anti-concentration of polynomials but layer by layer: from the output on, no layer makes the
    row much shorter than it does in the mean, and the last of them, W_1, turns it to either side of the target alike. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Remainder Convergence Margin Arora AnyLaw Independent NormalLaw NormalStarts IndependentBlocks NarrowLayers LinearForms LayerDrops AroraRandom.
Open Scope R_scope.

(** The layers of widths d_0, ..., d_N with entries s w, w the weights: from W_1 on, each by columns. *)
Definition gaussian_start (N : nat) (dims : nat -> nat) (s : R) (w : nat -> R) : nat -> nat -> nat -> R :=
  transposed N (fun k => mscal s (normal_layers (fun q => dims (N - q)%nat) N w k)).

(** ** The product is a row *)

Lemma layers_zero : forall n N w k i j, (k < N)%nat -> (n (S k) <= i \/ n k <= j)%nat -> normal_layers n N w k i j = 0.
Proof.
  intros n N; induction N as [|N IH]; intros w k i j Hk H; [lia|]; cbn [normal_layers]; unfold with_layer.
  destruct (Nat.eqb_spec k N) as [->|Ne]; [|apply IH; [lia|exact H]]; unfold weight_block.
  destruct (Nat.ltb_spec i (n (S N))), (Nat.ltb_spec j (n N)); try lia; reflexivity.
Qed.

Lemma chain_scaled : forall d A s q, chain d (fun k => mscal s (A k)) q = mscal (s ^ q) (chain d A q).
Proof.
  intros d A s q; induction q as [|q IH]; cbn [chain pow].
  - pointwise i; pointwise j; unfold mscal; ring.
  - rewrite IH; pointwise i; pointwise j; unfold mul, mscal; rewrite dot_scal_l, dot_scal_r; ring.
Qed.

Lemma chain_column : forall d n A N, (forall l, (l <= N)%nat -> (1 <= n l <= d)%nat) -> n 0%nat = 1%nat ->
  (forall k i j, (k < N)%nat -> (n (S k) <= i \/ n k <= j)%nat -> A k i j = 0) ->
  forall q, (q <= N)%nat -> forall i, (i < n q)%nat -> chain d A q i 0%nat = layered_output n A (unit_matrix 0%nat) q i.
Proof.
  intros d n A N Hn H1 HA; induction q as [|q IH]; intros Hq i Hi; cbn [chain layered_output].
  - rewrite H1 in Hi; replace i with 0%nat by lia; reflexivity.
  - unfold mul, mv, dot; rewrite (total_truncate d (n q)); [|apply Hn; lia|intros j Hj; rewrite HA by lia; ring].
    apply total_ext; intros j Hj; rewrite IH by lia; reflexivity.
Qed.

Lemma product_reversed : forall p f, product p (fun l => f (p - l)%nat) = product p (fun l => f (S l)).
Proof.
  assert (First : forall k f, product (S k) f = f 0%nat * product k (fun i => f (S i))).
  { intros k f; induction k as [|k IH]; [simpl; ring|]; change (product (S (S k)) f) with (product (S k) f * f (S k)); rewrite IH; simpl; ring. }
  intros p f; induction p as [|p IH]; [reflexivity|]; rewrite First, Nat.sub_0_r; cbn [product Nat.sub]; rewrite IH; ring.
Qed.

(** ** Roots *)

Lemma root_to_power : forall x m, 0 < x -> (1 <= m)%nat -> 0 < Rpower x (/ INR m) /\ Rpower x (/ INR m) ^ m = x.
Proof.
  intros x m Hx Hm; assert (P : 0 < Rpower x (/ INR m)) by apply exp_pos; split; [exact P|].
  rewrite <- Rpower_pow, Rpower_mult, Rinv_l, Rpower_1 by (try apply not_0_INR; try lia; assumption); reflexivity.
Qed.

(** What the bounds of the standard deviation say without roots. *)
Lemma deviation_powers : forall C N F D d0 s c, 0 < C -> (1 <= N)%nat -> 0 < F -> 0 < D -> 0 < d0 -> 0 < c ->
  C * INR N * Rpower (c * F / D) (/ INR (2 * N)) <= s <= Rpower F (/ INR N) / Rpower (100000 * d0 ^ 3 * D * C) (/ INR (2 * N)) ->
  0 < s /\ (C * INR N) ^ (2 * N) * (c * F) <= s ^ (2 * N) * D /\ s ^ (2 * N) * (100000 * d0 ^ 3 * D * C) <= F ^ 2.
Proof.
  intros C N F D d0 s c HC HN HF HD Hd Hc [Lo Up]; assert (d3 : 0 < d0 ^ 3) by (apply pow_lt; exact Hd).
  assert (N0 : 0 < INR N) by (apply lt_0_INR; lia); assert (CN : 0 < C * INR N) by (apply Rmult_lt_0_compat; assumption).
  assert (Q : 0 < 100000 * d0 ^ 3 * D * C) by (repeat apply Rmult_lt_0_compat; lra).
  assert (cF : 0 < c * F / D) by (apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat|]; assumption).
  destruct (root_to_power _ (2 * N) cF ltac:(lia)) as [P1 E1]; destruct (root_to_power _ (2 * N) Q ltac:(lia)) as [P2 E2].
  destruct (root_to_power F N HF HN) as [P3 E3]; set (a := Rpower (c * F / D) (/ INR (2 * N))) in *.
  set (b := Rpower (100000 * d0 ^ 3 * D * C) (/ INR (2 * N))) in *; set (f := Rpower F (/ INR N)) in *.
  assert (s0 : 0 < s) by (eapply Rlt_le_trans; [|exact Lo]; apply Rmult_lt_0_compat; assumption).
  split; [exact s0|split].
  - assert (X : (C * INR N * a) ^ (2 * N) <= s ^ (2 * N)) by (apply pow_incr; split; [apply Rmult_le_pos; lra|exact Lo]).
    rewrite Rpow_mult_distr, E1 in X; apply (Rmult_le_compat_r D) in X; [|lra].
    eapply Rle_trans; [right|exact X]; field; lra.
  - apply (Rmult_le_compat_r b) in Up; [|lra]; replace (f / b * b) with f in Up by (field; lra).
    assert (X : (s * b) ^ (2 * N) <= f ^ (2 * N)) by (apply pow_incr; split; [apply Rmult_le_pos; lra|exact Up]).
    rewrite Rpow_mult_distr, E2 in X; eapply Rle_trans; [exact X|right].
    replace (2 * N)%nat with (N * 2)%nat by lia; rewrite pow_mult, E3; reflexivity.
Qed.

(** ** One start *)

(** Where the row leans to the target, is not long and not short, there is a margin. *)
Lemma leaning_margin : forall d0 F phi z sN a t c, 0 < F -> dot d0 phi phi = F ^ 2 -> 0 < sN -> 0 < a -> 0 < t -> c <= F ->
  t * a <= dot d0 z (fun j => / F * phi j) -> sN * dot d0 z z <= F * t * a -> 2 * c <= sN * a * t ->
  dot d0 (fun j => sN * z j - phi j) (fun j => sN * z j - phi j) <= (F - c) ^ 2.
Proof.
  intros d0 F phi z sN a t c HF Hphi Hs Ha Ht HcF Hlean Hlong Hc.
  rewrite dot_minus_l, !dot_minus_r, !dot_scal_l, !dot_scal_r, (dot_comm d0 phi z), Hphi; rewrite dot_scal_r in Hlean.
  set (zz := dot d0 z z) in *; set (zp := dot d0 z phi) in *.
  assert (L : F * (t * a) <= zp).
  { apply (Rmult_le_compat_l F) in Hlean; [|lra]; replace (F * (/ F * zp)) with zp in Hlean by (field; lra); exact Hlean. }
  apply (Rmult_le_compat_l sN) in Hlong; [|lra]; apply (Rmult_le_compat_l sN) in L; [|lra]; apply (Rmult_le_compat_l F) in Hc; [|lra].
  assert (0 <= c ^ 2) by apply pow2_ge_0; lra.
Qed.

(** Claim 3 for every C_1 >= 200000.  Neither d_0 >= 20 is needed, nor the bound of c, which follows from those of s. *)
Theorem arora_claim_3 : forall (C1 : R) (d N : nat) (dims : nat -> nat) (Phi : nat -> nat -> R) (s c F D : R),
  200000 <= C1 -> (1 <= N)%nat -> (forall l, (l <= N)%nat -> (1 <= dims l <= d)%nat) -> dims N = 1%nat ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims N <= i \/ dims 0%nat <= j)%nat -> Phi i j = 0) ->
  F = frobenius d Phi -> D = product (N - 1) (fun l => INR (dims (S l))) -> 0 < F -> 0 < c ->
  C1 * INR N * Rpower (c * F / D) (/ INR (2 * N)) <= s <=
    Rpower F (/ INR N) / Rpower (100000 * INR (dims 0%nat) ^ 3 * D * C1) (/ INR (2 * N)) ->
  at_most (normal_weights (weights_of (fun q => dims (N - q)%nat) N))
    (fun w => ~ deficiency_margin d 1 N Phi (gaussian_start N dims s w) c) (1 - 49 / 100).
Proof.
  intros C1 d [|p] dims Phi s c F D HC HN Hdims H1 HP EF ED0 HF Hc Hs; [lia|]; set (N := S p) in *.
  set (n := fun q => dims (N - q)%nat); assert (En : n N = dims 0%nat) by (unfold n; rewrite Nat.sub_diag; reflexivity).
  assert (Hn : forall l, (l <= N)%nat -> (1 <= n l <= d)%nat) by (intros l Hl; apply Hdims; lia).
  assert (n0 : n 0%nat = 1%nat) by (unfold n; rewrite Nat.sub_0_r; exact H1).
  assert (ED : D = product p (fun l => INR (n (S l)))).
  { rewrite ED0; unfold n, N; replace (S p - 1)%nat with p by lia; symmetry; exact (product_reversed p (fun l => INR (dims l))). }
  assert (D0 : 0 < D) by (rewrite ED; apply product_pos; intros l Hl; apply lt_0_INR; destruct (Hn (S l)); lia).
  set (m := INR (dims 0%nat)) in *; assert (m1 : 1 <= m) by (apply (le_INR 1), Hdims; lia).
  destruct (deviation_powers C1 N F D m s c ltac:(lra) HN HF D0 ltac:(lra) Hc Hs) as [s0 [Lo Up]]; clear Hs.
  set (g := C1 * INR N) in *; assert (N1 : 1 <= INR N) by (apply (le_INR 1); exact HN).
  assert (g1 : C1 <= g) by (unfold g; rewrite <- (Rmult_1_r C1) at 1; apply Rmult_le_compat_l; lra).
  set (x := unit_matrix 0%nat); assert (Hx : dot (n 0%nat) x x = 1) by (rewrite n0; unfold dot, x, unit_matrix; simpl; ring).
  set (r := sqrt D); assert (r0 : 0 < r) by (apply sqrt_lt_R0; exact D0); assert (r2 : r ^ 2 = D) by (apply pow2_sqrt; lra).
  set (sN := s ^ N) in *; assert (sN0 : 0 < sN) by (apply pow_lt; exact s0).
  assert (E2 : s ^ (2 * N) = sN ^ 2) by (unfold sN; rewrite <- pow_mult; f_equal; lia); rewrite E2 in Lo, Up.
  set (t := 3 / 2000); set (k := sN / (2 * F * t)); assert (k0 : 0 < k) by (apply Rdiv_lt_0_compat; [exact sN0|unfold t; lra]).
  set (tau := / g ^ 2); assert (g2 : 0 < g ^ 2) by (apply pow_lt; lra); assert (tau0 : 0 < tau) by (apply Rinv_0_lt_compat; exact g2).
  set (phi := Phi 0%nat); assert (d1 : (1 <= dims 0%nat <= d)%nat) by (apply Hdims; lia).
  assert (Rows : forall i j, (i < d)%nat -> (j < d)%nat -> (1 <= i \/ dims 0%nat <= j)%nat -> Phi i j = 0) by (intros i j Hi Hj H; apply HP; try assumption; lia).
  assert (Hphi : dot (n N) phi phi = F ^ 2).
  { rewrite En, EF, frobenius_square; symmetry; apply row_inner; try lia; exact Rows. }
  assert (Unit : dot (n N) (fun j => / F * phi j) (fun j => / F * phi j) = 1) by (rewrite dot_scal_l, dot_scal_r, Hphi; field; lra).
  assert (Pos : forall l, (l < N)%nat -> (1 <= n (S l))%nat) by (intros l Hl; apply Hn; lia).
  (* the variable *)
  set (drops := fun l A => layer_function n x (drop (n (S l)) tau) (drop_mean (n (S l)) tau) l A).
  set (sides := row_side n x (fun j => / F * phi j) t p); set (longs := row_stretch n x k r p).
  assert (M1 : forall l, (l < p)%nat -> mean_of n N (drops l) (drop_mean (n (S l)) tau)).
  { intros l Hl; apply layer_function_mean; [unfold N; lia|]; apply drop_has_mean; [apply Pos; unfold N; lia|exact tau0]. }
  assert (M2 : mean_of n N sides (lean_mean t)) by (apply side_mean; [exact Unit|unfold t; lra]).
  assert (M3 : mean_of n N longs (2 * k * r * INR (n N))).
  { apply stretch_mean; [intros q Hq; apply Pos; unfold N; lia|exact r0|]; rewrite r2, Hx, Rmult_1_r; exact ED. }
  assert (M := mean_is_plus _ _ _ _ _ _ (mean_of_total n N p drops _ M1) (mean_is_plus _ _ _ _ _ _ M2 M3)).
  destruct M as [V E]; eexists; split; [exact V|].
  assert (B1 : forall l A, (l < p)%nat -> 0 <= drops l A).
  { intros l A Hl; unfold drops, layer_function; destruct (Rle_dec _ 0); [|left; apply drop_pos].
    apply (drop_mean_below (n (S l)) g); [apply Pos; unfold N; lia|lra]. }
  assert (t0 : 0 < t) by (unfold t; lra).
  assert (B2 : forall A, 0 <= sides A).
  { intros A; unfold sides, row_side; destruct (Rle_dec _ 0); [apply lean_mean_below; exact t0|left; apply lean_above; exact t0]. }
  assert (B3 : forall A, 0 <= longs A) by (intros A; apply stretch_above; [left; exact k0|exact r0]).
  split; [|split].
  - intros w; cbv beta; assert (0 <= total p (fun l => drops l (normal_layers n N w))) by (apply total_nonneg; intros; apply B1; assumption).
    specialize (B2 (normal_layers n N w)); specialize (B3 (normal_layers n N w)); lra.
  - intros w Bad; cbv beta; apply Rnot_lt_le; intros L; apply Bad; clear Bad V E M1 M2 M3; set (A := normal_layers n N w) in *.
    assert (T0 : 0 <= total p (fun l => drops l A)) by (apply total_nonneg; intros; apply B1; assumption).
    assert (L1 : forall l, (l < p)%nat -> drops l A < 1).
    { intros l Hl; assert (Q := total_one p (fun l => drops l A) l ltac:(intros; apply B1; assumption) Hl); cbv beta in Q; specialize (B2 A); specialize (B3 A); lra. }
    assert (L2 : sides A < 1) by (specialize (B2 A); specialize (B3 A); lra); assert (L3 : longs A < 1) by (specialize (B2 A); lra).
    destruct (no_drops n x A tau p tau0 ltac:(lra) ltac:(intros l Hl; apply Pos; unfold N; lia) L1) as [Y0 YB].
    rewrite Hx, Rmult_1_r, <- ED in YB; unfold sides, row_side in L2; destruct (stretch_above n x k r p A ltac:(lra) r0) as [_ S1].
    cbv zeta in S1; specialize (S1 Y0); fold longs in S1.
    set (y := layered_output n A x p) in *; fold N in L2, S1; set (z := layered_output n A x N) in *; set (a := sqrt (dot (n p) y y)) in *.
    assert (a0 : 0 < a) by (apply sqrt_lt_R0; exact Y0); assert (aa : a ^ 2 = dot (n p) y y) by (apply pow2_sqrt; lra).
    destruct (Rle_dec (dot (n p) y y) 0) as [Z|_]; [lra|].
    assert (Lean : t * a <= dot (n N) z (fun j => / F * phi j)).
    { apply (Rmult_le_reg_l (/ a)); [apply Rinv_0_lt_compat; exact a0|]; replace (/ a * (t * a)) with t by (field; lra).
      apply Rnot_lt_le; intros Q; assert (K := proj2 (lean_above t _ t0) Q); lra. }
    assert (Long : sN * dot (n N) z z <= F * t * a).
    { assert (S2 : longs A * a <= 1 * a) by (apply Rmult_le_compat_r; lra).
      assert (Q : 2 * k * dot (n N) z z <= a) by lra; apply (Rmult_le_compat_l (F * t)) in Q; [|unfold t; lra].
      replace (F * t * (2 * k * dot (n N) z z)) with (sN * dot (n N) z z) in Q by (unfold k; field; lra); exact Q. }
    (* c <= F, and the row is not short *)
    assert (cF : 0 < c * F) by (apply Rmult_lt_0_compat; assumption).
    assert (G1 : 1 <= g ^ (2 * p)) by (apply pow_R1_Rle; lra).
    assert (Eg : g ^ (2 * N) = g ^ 2 * g ^ (2 * p)) by (rewrite <- pow_add; f_equal; unfold N; lia).
    assert (g4 : 200000 ^ 2 <= g ^ 2) by (apply pow_incr; lra).
    assert (Short : g ^ 2 * (c * F) <= sN ^ 2 * a ^ 2).
    { rewrite aa; apply Rle_trans with (sN ^ 2 * (tau ^ p * D)); [|apply Rmult_le_compat_l; [apply pow2_ge_0|exact YB]].
      assert (tp : 0 < tau ^ p) by (apply pow_lt; exact tau0); apply (Rmult_le_compat_l (tau ^ p)) in Lo; [|lra].
      replace (tau ^ p * (g ^ (2 * N) * (c * F))) with (g ^ 2 * (c * F)) in Lo; [lra|].
      rewrite Eg, pow_mult; replace (tau ^ p * (g ^ 2 * (g ^ 2) ^ p * (c * F))) with ((tau * g ^ 2) ^ p * (g ^ 2 * (c * F))) by (rewrite Rpow_mult_distr; ring).
      unfold tau; rewrite Rinv_l, pow1 by lra; ring. }
    assert (cF1 : c <= F).
    { assert (One : 1 <= 100000 * m ^ 3 * C1).
      { assert (1 <= m ^ 3) by (apply pow_R1_Rle; exact m1); assert (1 * 1 <= m ^ 3 * C1) by (apply Rmult_le_compat; lra); lra. }
      assert (sD : 0 < sN ^ 2 * D) by (apply Rmult_lt_0_compat; [apply pow_lt; exact sN0|exact D0]).
      assert (Q1 : sN ^ 2 * D <= F ^ 2).
      { eapply Rle_trans; [|exact Up]; replace (sN ^ 2 * (100000 * m ^ 3 * D * C1)) with (sN ^ 2 * D * (100000 * m ^ 3 * C1)) by ring.
        rewrite <- (Rmult_1_r (sN ^ 2 * D)) at 1; apply Rmult_le_compat_l; lra. }
      assert (Q2 : c * F <= g ^ (2 * N) * (c * F)).
      { rewrite <- (Rmult_1_l (c * F)) at 1; apply Rmult_le_compat_r; [lra|apply pow_R1_Rle; lra]. }
      apply (Rmult_le_reg_r F); [exact HF|]; replace (F * F) with (F ^ 2) by ring; lra. }
    assert (Margin : 2 * c <= sN * a * t).
    { apply below_by_square; [apply Rmult_le_pos; [apply Rmult_le_pos; lra|lra]|]; rewrite !Rpow_mult_distr.
      apply Rle_trans with (g ^ 2 * (c * F) * t ^ 2); [|apply Rmult_le_compat_r; [apply pow2_ge_0|exact Short]].
      assert (cc : c * c <= c * F) by (apply Rmult_le_compat_l; lra).
      apply Rle_trans with (200000 ^ 2 * (c * F) * t ^ 2); [unfold t; lra|].
      apply Rmult_le_compat_r; [apply pow2_ge_0|apply Rmult_le_compat_r; lra]. }
    (* the margin *)
    assert (Shape : forall i j, (i < d)%nat -> (j < d)%nat -> (1 <= i \/ dims 0%nat <= j)%nat -> chain d (gaussian_start N dims s w) N i j = 0).
    { intros i j Hi Hj H; unfold gaussian_start; fold n; rewrite (transposed_product d N _ i j Hi Hj); unfold tr; rewrite chain_scaled; unfold mscal at 1.
      destruct H as [H|H]; cbn [chain].
      - assert (Zero : forall q, (q <= N)%nat -> forall a b, (1 <= b < d)%nat -> (a < d)%nat -> (1 <= q)%nat -> chain d A q a b = 0); [|rewrite Zero by (unfold N; lia); ring].
        induction q as [|q IH]; intros Hq a' b Hb Ha' Hq1; [lia|]; cbn [chain]; unfold mul; apply total_zero; intros j' Hj'.
        destruct q as [|q]; [|rewrite IH by lia; ring]; cbn [chain]; unfold unit_matrix; destruct (Nat.eqb_spec j' b) as [->|Nb]; [|ring].
        unfold A; rewrite layers_zero; [ring|unfold N; lia|right; rewrite n0; lia].
      - unfold N; cbn [chain]; unfold mul, dot; rewrite total_zero; [ring|]; intros q _; unfold A.
        rewrite layers_zero; [ring|unfold N; lia|left; fold N; rewrite En; exact H]. }
    apply (one_output_margin d N dims); try assumption; try lia.
    + intros l i j Hl Hi Hj H; unfold gaussian_start, transposed, tr, mscal; fold n; rewrite layers_zero; [ring|lia|].
      unfold n; replace (N - S (N - S l))%nat with l by lia; replace (N - (N - S l))%nat with (S l) by lia; tauto.
    + intros i j Hi Hj H; apply Rows; try assumption; left; exact H.
    + rewrite <- EF; apply frobenius_below; [lra|].
      unfold residual; rewrite (row_inner d (dims 0%nat)); try lia.
      * assert (Row : forall j, (j < dims 0%nat)%nat -> msub (chain d (gaussian_start N dims s w) N) Phi 0%nat j = sN * z j - phi j).
        { intros j Hj; unfold msub, gaussian_start; fold n; rewrite (transposed_product d N _ 0%nat j) by lia; unfold tr; rewrite chain_scaled; unfold mscal at 1.
          f_equal; unfold sN, z; f_equal; apply (chain_column d n A N); try lia; [exact Hn|intros q i' j' Hq H; apply layers_zero; assumption]. }
        rewrite (dot_ext _ _ _ _ _ Row Row), <- En; apply (leaning_margin (n N) F phi z sN a t c); assumption.
      * intros i j Hi Hj H; unfold msub; rewrite Shape, Rows by assumption; ring.
  - change (iterated normal_law (weights_of n N) (fun w => total p (fun l => drops l (normal_layers n N w)) + (sides (normal_layers n N w) + longs (normal_layers n N w))) <= 1 - 49 / 100).
    rewrite E; assert (K1 : total p (fun l => drop_mean (n (S l)) tau) <= 2 / C1).
    { apply Rle_trans with (total p (fun _ => 2 / g)).
      - apply total_le; intros l Hl; apply (drop_mean_below (n (S l)) g); [apply Pos; unfold N; lia|lra].
      - rewrite total_const; unfold g; assert (pN : INR p <= INR N) by (apply le_INR; unfold N; lia).
        apply (Rmult_le_reg_r (C1 * INR N)); [apply Rmult_lt_0_compat; lra|].
        replace (INR p * (2 / (C1 * INR N)) * (C1 * INR N)) with (2 * INR p) by (field; lra).
        replace (2 / C1 * (C1 * INR N)) with (2 * INR N) by (field; lra); lra. }
    assert (K2 := proj2 (lean_mean_below t t0)); assert (K4 : 2 / C1 <= 2 / 200000).
    { apply Rmult_le_compat_l; [lra|apply Rinv_le_contravar; lra]. }
    assert (K3 : sN * r * m <= F / 141000).
    { apply below_by_square; [lra|]; rewrite !Rpow_mult_distr, r2; unfold Rdiv; rewrite Rpow_mult_distr.
      assert (P1 : 0 <= sN ^ 2 * D) by (apply Rmult_le_pos; [apply pow2_ge_0|lra]); assert (m2 : 0 <= m ^ 2) by apply pow2_ge_0.
      assert (P2 : 0 <= sN ^ 2 * D * m ^ 2) by (apply Rmult_le_pos; assumption).
      assert (P3 : 200000 * 1 <= C1 * m) by (apply Rmult_le_compat; lra).
      assert (Q : sN ^ 2 * D * m ^ 2 * (100000 * 200000) <= F ^ 2).
      { eapply Rle_trans; [|exact Up]; replace (sN ^ 2 * (100000 * m ^ 3 * D * C1)) with (sN ^ 2 * D * m ^ 2 * (100000 * (C1 * m))) by ring.
        apply Rmult_le_compat_l; lra. }
      assert (0 <= F ^ 2) by apply pow2_ge_0; simpl in *; lra. }
    rewrite En; fold m; replace (2 * k * r * m) with (sN * r * m / (F * t)) by (unfold k; field; unfold t; lra).
    assert (K5 : sN * r * m / (F * t) <= 1 / (141000 * t)).
    { apply (Rmult_le_reg_r (F * t)); [unfold t; lra|]; replace (sN * r * m / (F * t) * (F * t)) with (sN * r * m) by (field; unfold t; lra).
      replace (1 / (141000 * t) * (F * t)) with (F / 141000) by (field; unfold t; lra); exact K3. }
    unfold t in *; lra.
Qed.
