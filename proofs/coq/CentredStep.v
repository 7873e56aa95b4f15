(** One direct step in centred form (numerics/centred.py): the step carries a ball about the centre into one about the new centre. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums DelayBounds Flow ChebyshevNodes.
Open Scope R_scope.

(** The Euclidean length, and the ball *)
Definition length2 (k : nat) (v : nat -> R) : R := sqrt (total k (fun i => v i ^ 2)).
Definition in_ball (k : nat) (centre : nat -> R) (radius : R) (w : nat -> R) : Prop := length2 k (fun i => w i - centre i) <= radius.

Lemma length2_square : forall k v, length2 k v * length2 k v = total k (fun i => v i ^ 2) /\ 0 <= length2 k v.
Proof. intros k v; split; [apply sqrt_sqrt, total_nonneg; intros; apply pow2_ge_0|apply sqrt_pos]. Qed.

Lemma length2_dot : forall k v h, Rabs (total k (fun i => v i * h i)) <= length2 k v * length2 k h.
Proof.
  intros k v h; destruct (length2_square k v) as [V V0]; destruct (length2_square k h) as [H H0]; assert (S := cauchy_schwarz k v h).
  apply Rsqr_incr_0; [|apply Rabs_pos|apply Rmult_le_pos; assumption]; rewrite <- Rsqr_abs; unfold Rsqr.
  replace (length2 k v * length2 k h * (length2 k v * length2 k h)) with (length2 k v * length2 k v * (length2 k h * length2 k h)) by ring; rewrite V, H; lra.
Qed.

Lemma length2_part : forall k v i, (i < k)%nat -> Rabs (v i) <= length2 k v.
Proof.
  intros k v i Hi; destruct (length2_square k v) as [V V0]; apply Rsqr_incr_0; [|apply Rabs_pos|exact V0]; rewrite <- Rsqr_abs; unfold Rsqr; rewrite V.
  replace (v i * v i) with (v i ^ 2) by ring; apply (total_one k (fun i => v i ^ 2)); [intros; apply pow2_ge_0|exact Hi].
Qed.

(** ** The matrix of second derivatives *)

(** Its off-diagonal part, between a vector and a vector *)
Definition coupled (k : nat) (w v h : nat -> R) : R := total k (fun i => v i * total k (fun j => if Nat.eqb i j then 0 else h j * rest k w j i)).

(** The part along q q^T: never longer than [max(1, |1 - kappa gradient^2|)] *)
Lemma bent : forall k q v h kappa square bend, total k (fun i => q i ^ 2) <= square -> 1 <= bend -> Rabs (1 - kappa * square) <= bend ->
  Rabs (total k (fun i => v i * (h i - kappa * total k (fun j => q j * h j) * q i))) <= bend * (length2 k v * length2 k h).
Proof.
  intros k q v h kappa square bend Hq Hb Hk; set (d := total k (fun j => q j * h j)); set (n := total k (fun i => q i ^ 2)) in *.
  eapply Rle_trans; [apply length2_dot|].
  destruct (length2_square k v) as [V V0]; destruct (length2_square k h) as [H H0].
  set (g := fun i => h i - kappa * d * q i); destruct (length2_square k g) as [G G0].
  assert (n0 : 0 <= n) by (apply total_nonneg; intros; apply pow2_ge_0).
  assert (EG : total k (fun i => g i ^ 2) = length2 k h * length2 k h + d ^ 2 * (kappa * (kappa * n - 2))).
  { rewrite H; unfold g, d, n.
    rewrite (total_ext k _ (fun i => h i ^ 2 + (- 2 * kappa * total k (fun j => q j * h j) * (q i * h i) + (kappa * total k (fun j => q j * h j)) ^ 2 * q i ^ 2)))
      by (intros; ring); rewrite !total_plus, !total_scal; ring. }
  assert (Dn : d ^ 2 <= n * (length2 k h * length2 k h)) by (rewrite H; apply cauchy_schwarz).
  assert (L : length2 k g <= bend * length2 k h).
  { apply Rsqr_incr_0; [|exact G0|apply Rmult_le_pos; lra]; unfold Rsqr; rewrite G, EG; set (hh := length2 k h * length2 k h) in *.
    assert (hh0 : 0 <= hh) by (apply Rmult_le_pos; assumption).
    replace (bend * length2 k h * (bend * length2 k h)) with (bend ^ 2 * hh) by (unfold hh; ring).
    assert (B1 : 1 <= bend ^ 2) by nra.
    destruct (Rle_dec (kappa * (kappa * n - 2)) 0) as [Neg|Posi].
    - assert (d ^ 2 * (kappa * (kappa * n - 2)) <= 0) by (assert (0 <= d ^ 2) by apply pow2_ge_0; nra).
      assert (1 * hh <= bend ^ 2 * hh) by (apply Rmult_le_compat_r; assumption); lra.
    - assert (d ^ 2 * (kappa * (kappa * n - 2)) <= n * hh * (kappa * (kappa * n - 2))) by (apply Rmult_le_compat_r; lra).
      assert (E : hh + n * hh * (kappa * (kappa * n - 2)) = (1 - kappa * n) ^ 2 * hh) by ring.
      assert (Sq : (1 - kappa * n) ^ 2 <= bend ^ 2).
      { rewrite <- (pow2_abs (1 - kappa * n)); apply pow_incr; split; [apply Rabs_pos|]; eapply Rle_trans; [|exact Hk].
        destruct (Rle_dec kappa 0) as [Kn|Kp].
        - assert (0 <= - kappa * n) by (apply Rmult_le_pos; lra).
          assert (- kappa * n <= - kappa * square) by (apply Rmult_le_compat_l; lra); rewrite !Rabs_pos_eq by lra; lra.
        - assert (2 <= kappa * n) by nra; assert (kappa * n <= kappa * square) by (apply Rmult_le_compat_l; lra); rewrite !Rabs_left1 by lra; lra. }
      assert ((1 - kappa * n) ^ 2 * hh <= bend ^ 2 * hh) by (apply Rmult_le_compat_r; assumption); lra. }
  fold g; replace (bend * (length2 k v * length2 k h)) with (length2 k v * (bend * length2 k h)) by ring; apply Rmult_le_compat_l; assumption.
Qed.

(** The two-by-two form whose larger eigenvalue is [coupling] *)
Lemma pair_form : forall al A be B s W lam, 0 <= al -> 0 <= A -> 0 <= be -> 0 <= B -> 0 <= s -> 0 <= W -> 0 < lam ->
  lam ^ 2 = W * s ^ 2 * lam + s ^ 2 -> al * s * B + be * s * A + W * s ^ 2 * A * B <= lam * (sqrt (al ^ 2 + A ^ 2) * sqrt (be ^ 2 + B ^ 2)).
Proof.
  intros al A be B s W lam Ha HA Hb HB Hs HW Hl E; set (p := s / lam).
  assert (Ep : s = lam * p) by (unfold p; field; lra); assert (p0 : 0 <= p) by (unfold p; apply Rle_mult_inv_pos; assumption).
  assert (Ws : W * s ^ 2 = lam * (1 - p ^ 2)) by (apply (Rmult_eq_reg_r lam); [|lra]; replace (lam * (1 - p ^ 2) * lam) with (lam ^ 2 - (lam * p) ^ 2) by ring; rewrite <- Ep; lra).
  assert (p1 : 0 <= 1 - p ^ 2) by (assert (0 <= W * s ^ 2) by (apply Rmult_le_pos; [exact HW|apply pow2_ge_0]); nra).
  rewrite Ws; rewrite Ep at 1 2; replace (al * (lam * p) * B + be * (lam * p) * A + lam * (1 - p ^ 2) * A * B) with (lam * (A * (p * be + (1 - p ^ 2) * B) + al * (p * B))) by ring.
  apply Rmult_le_compat_l; [lra|]; rewrite <- sqrt_mult_alt by (assert (0 <= al ^ 2) by apply pow2_ge_0; assert (0 <= A ^ 2) by apply pow2_ge_0; lra).
  apply Rsqr_incr_0_var; [|apply sqrt_pos]; unfold Rsqr.
  assert (P1 := pow2_ge_0 al); assert (P2 := pow2_ge_0 A); assert (P3 := pow2_ge_0 be); assert (P4 := pow2_ge_0 B); rewrite sqrt_sqrt by (apply Rmult_le_pos; lra).
  set (m := p * be + (1 - p ^ 2) * B); set (n := p * B).
  assert (N : m ^ 2 + n ^ 2 <= be ^ 2 + B ^ 2).
  { assert (Z : 0 <= (1 - p ^ 2) * (be - p * B) ^ 2) by (apply Rmult_le_pos; [exact p1|apply pow2_ge_0]); unfold m, n; nra. }
  assert (Sc : (A * m + al * n) * (A * m + al * n) <= (al ^ 2 + A ^ 2) * (m ^ 2 + n ^ 2)) by (assert (0 <= (A * n - al * m) ^ 2) by apply pow2_ge_0; nra).
  eapply Rle_trans; [exact Sc|]; apply Rmult_le_compat_l; lra.
Qed.

(** What the bounds W of the weights give: 1/W but for weight m, and what is made of them *)
Definition inverses (m : nat) (W : nat -> R) (j : nat) : R := if Nat.eqb j m then 0 else / W j.
Definition gradient_bound (k m : nat) (W : nat -> R) : R := others k W m ^ 2 * (1 + W m ^ 2 * total k (fun j => inverses m W j ^ 2)).
Definition coupling_of (k m : nat) (W : nat -> R) : R :=
  let S := total k (fun j => inverses m W j ^ 2) in others k W m * ((W m * S + sqrt ((W m * S) ^ 2 + 4 * S)) / 2).

Definition only (m : nat) (v : nat -> R) (j : nat) : R := if Nat.eqb j m then Rabs (v j) else 0.
Definition without (m : nat) (v : nat -> R) (j : nat) : R := if Nat.eqb j m then 0 else Rabs (v j).

Lemma only_total : forall k m v, (m < k)%nat -> total k (only m v) = Rabs (v m).
Proof.
  intros k m v H; rewrite (total_single k _ m H); [unfold only; rewrite Nat.eqb_refl; reflexivity|].
  intros i _ N; unfold only; destruct (Nat.eqb_spec i m); [contradiction|reflexivity].
Qed.

Lemma length2_split : forall k m v, (m < k)%nat -> length2 k v = sqrt (Rabs (v m) ^ 2 + sqrt (total k (fun j => without m v j ^ 2)) ^ 2).
Proof.
  intros k m v H; unfold length2; f_equal; rewrite pow2_sqrt by (apply total_nonneg; intros; apply pow2_ge_0).
  replace (Rabs (v m) ^ 2) with (total k (only m (fun j => v j ^ 2))) by (rewrite only_total by exact H; rewrite pow2_abs; apply Rabs_pos_eq, pow2_ge_0).
  rewrite <- total_plus; apply total_ext; intros j _; unfold only, without; destruct (Nat.eqb j m); [rewrite Rabs_pos_eq by apply pow2_ge_0; ring|rewrite pow2_abs; ring].
Qed.

Lemma others_within : forall k m w W, (m < k)%nat -> (forall i, (i < k)%nat -> Rabs (w i) <= W i) -> (forall i, (i < k)%nat -> i <> m -> 0 < W i) ->
  (forall i, (i < k)%nat -> Rabs (others k w i) <= others k W m * (if Nat.eqb i m then 1 else W m * inverses m W i)) /\
  (forall i j, (i < k)%nat -> (j < k)%nat -> i <> j -> Rabs (rest k w i j)
    <= others k W m * ((if Nat.eqb i m then inverses m W j else 0) + (if Nat.eqb j m then inverses m W i else 0) + W m * inverses m W i * inverses m W j)).
Proof.
  intros k m w W Hm Hw HW.
  assert (W0 : forall i, (i < k)%nat -> 0 <= W i) by (intros i Hi; eapply Rle_trans; [apply Rabs_pos|apply Hw, Hi]).
  assert (O : forall i, Rabs (others k w i) <= others k W i).
  { intros i; rewrite others_abs; unfold others; apply product_le; intros l Hl; unfold but; destruct (Nat.eqb l i); [lra|split; [apply Rabs_pos|apply Hw, Hl]]. }
  assert (Rb : forall i j, Rabs (rest k w i j) <= rest k W i j).
  { intros i j; unfold rest; rewrite product_abs; apply product_le; intros l Hl; unfold but; destruct (Nat.eqb l i), (Nat.eqb l j); rewrite ?Rabs_R1; try lra;
      split; [apply Rabs_pos|apply Hw, Hl]. }
  assert (P := product_others k W m Hm); unfold inverses; split.
  - intros i Hi; eapply Rle_trans; [apply O|]; destruct (Nat.eqb_spec i m) as [->|N]; [lra|]; assert (Wi := HW i Hi N).
    assert (Pi := product_others k W i Hi); rewrite P in Pi; right; apply (Rmult_eq_reg_l (W i)); [|lra]; rewrite <- Pi; field; lra.
  - intros i j Hi Hj N; eapply Rle_trans; [apply Rb|]; destruct (Nat.eqb_spec i m) as [->|Ni], (Nat.eqb_spec j m) as [->|Nj]; try contradiction.
    + assert (Wj := HW j Hj Nj); rewrite (rest_comm k W m j), (others_rest k W j m Hj ltac:(auto)); right; field; lra.
    + assert (Wi := HW i Hi Ni); rewrite (others_rest k W i m Hi Ni); right; field; lra.
    + assert (Wi := HW i Hi Ni); assert (Wj := HW j Hj Nj); assert (E := product_pair k W i j Hi Hj N); rewrite P in E; right.
      replace (others k W m * (0 + 0 + W m * / W i * / W j)) with (W m * others k W m * / W i * / W j) by ring; rewrite E; field; lra.
Qed.

Lemma gradient_within : forall k m w W, (m < k)%nat -> (forall i, (i < k)%nat -> Rabs (w i) <= W i) -> (forall i, (i < k)%nat -> i <> m -> 0 < W i) ->
  total k (fun i => others k w i ^ 2) <= gradient_bound k m W.
Proof.
  intros k m w W Hm Hw HW; destruct (others_within k m w W Hm Hw HW) as [O _]; unfold gradient_bound; set (Q := others k W m) in *.
  apply (Rle_trans _ (total k (fun i => Q ^ 2 * (only m (fun _ => 1) i + W m ^ 2 * inverses m W i ^ 2)))).
  - apply total_le; intros i Hi; rewrite <- pow2_abs; specialize (O i Hi); eapply Rle_trans; [apply pow_incr; split; [apply Rabs_pos|exact O]|].
    unfold only, inverses; destruct (Nat.eqb i m); rewrite ?Rabs_R1; right; ring.
  - rewrite total_scal, total_plus, total_scal, only_total, Rabs_R1 by exact Hm; lra.
Qed.

Lemma coupled_within : forall k m w W v h, (m < k)%nat -> (forall i, (i < k)%nat -> Rabs (w i) <= W i) -> (forall i, (i < k)%nat -> i <> m -> 0 < W i) ->
  Rabs (coupled k w v h) <= coupling_of k m W * (length2 k v * length2 k h).
Proof.
  intros k m w W v h Hm Hw HW; destruct (others_within k m w W Hm Hw HW) as [_ Re]; set (Q := others k W m) in *; set (X := inverses m W) in *.
  assert (W0 : forall i, (i < k)%nat -> 0 <= W i) by (intros i Hi; eapply Rle_trans; [apply Rabs_pos|apply Hw, Hi]).
  assert (Q0 : 0 <= Q) by (unfold Q, others; apply product_nonneg; intros i Hi; unfold but; destruct (Nat.eqb i m); [lra|apply W0, Hi]).
  assert (X0 : forall i, (i < k)%nat -> 0 <= X i) by (intros i Hi; unfold X, inverses; destruct (Nat.eqb_spec i m); [lra|left; apply Rinv_0_lt_compat, HW; assumption]).
  set (px := fun z : nat -> R => total k (fun j => X j * Rabs (z j))).
  assert (B1 : Rabs (coupled k w v h) <= Q * (Rabs (v m) * px h + Rabs (h m) * px v + W m * px v * px h)).
  { unfold coupled; eapply Rle_trans; [apply total_abs|].
    apply (Rle_trans _ (total k (fun i => Rabs (v i) * (Q * ((if Nat.eqb i m then 1 else 0) * px h + X i * Rabs (h m) + W m * X i * px h))))).
    - apply total_le; intros i Hi; rewrite Rabs_mult; apply Rmult_le_compat_l; [apply Rabs_pos|]; eapply Rle_trans; [apply total_abs|].
      apply (Rle_trans _ (total k (fun j => Q * ((if Nat.eqb i m then 1 else 0) * (X j * Rabs (h j)) + X i * only m h j + W m * X i * (X j * Rabs (h j)))))).
      + apply total_le; intros j Hj; assert (Xi := X0 i Hi); assert (Xj := X0 j Hj); assert (Hh := Rabs_pos (h j)).
        assert (Wm := W0 m Hm); assert (C : 0 <= W m * X i * (X j * Rabs (h j))) by (apply Rmult_le_pos; apply Rmult_le_pos; assumption).
        assert (D1 : 0 <= (if Nat.eqb i m then 1 else 0) * (X j * Rabs (h j))) by (destruct (Nat.eqb i m); [rewrite Rmult_1_l; apply Rmult_le_pos; assumption|lra]).
        assert (D2 : 0 <= X i * only m h j) by (unfold only; destruct (Nat.eqb j m); [apply Rmult_le_pos; assumption|lra]).
        destruct (Nat.eqb_spec i j) as [->|N]; [rewrite Rabs_R0; apply Rmult_le_pos; lra|].
        rewrite Rabs_mult, (rest_comm k w j i); specialize (Re i j Hi Hj N); eapply Rle_trans; [apply Rmult_le_compat_l; [exact Hh|exact Re]|].
        right; unfold only; destruct (Nat.eqb i m), (Nat.eqb j m); ring.
      + rewrite total_scal, !total_plus, !total_scal, only_total by exact Hm; right; reflexivity.
    - right; rewrite (total_ext k _ (fun i => Q * (px h * only m v i + (Rabs (h m) + W m * px h) * (X i * Rabs (v i)))))
        by (intros i _; unfold only; destruct (Nat.eqb i m); ring).
      rewrite total_scal, total_plus, !total_scal, only_total by exact Hm; fold (px v); ring. }
  set (S := total k (fun j => X j ^ 2)); assert (S0 : 0 <= S) by (apply total_nonneg; intros; apply pow2_ge_0).
  assert (P : forall z, px z <= sqrt S * sqrt (total k (fun j => without m z j ^ 2))).
  { intros z; replace (px z) with (total k (fun j => X j * without m z j)).
    - eapply Rle_trans; [apply Rle_abs|]; exact (length2_dot k X (without m z)).
    - apply total_ext; intros j _; unfold X, inverses, without; destruct (Nat.eqb j m); ring. }
  set (A := sqrt (total k (fun j => without m v j ^ 2))); set (B := sqrt (total k (fun j => without m h j ^ 2))).
  assert (A0 : 0 <= A) by apply sqrt_pos; assert (B0 : 0 <= B) by apply sqrt_pos; assert (s0 : 0 <= sqrt S) by apply sqrt_pos; assert (ss : sqrt S ^ 2 = S) by (apply pow2_sqrt, S0).
  assert (Pv := P v); assert (Ph := P h); fold A in Pv; fold B in Ph; assert (V := Rabs_pos (v m)); assert (H := Rabs_pos (h m)); assert (Wm := W0 m Hm).
  assert (p0 : forall z, 0 <= px z) by (intros z; apply total_nonneg; intros i Hi; apply Rmult_le_pos; [apply X0, Hi|apply Rabs_pos]).
  assert (B2 : Rabs (v m) * px h + Rabs (h m) * px v + W m * px v * px h <= Rabs (v m) * sqrt S * B + Rabs (h m) * sqrt S * A + W m * sqrt S ^ 2 * A * B).
  { assert (Rabs (v m) * px h <= Rabs (v m) * (sqrt S * B)) by (apply Rmult_le_compat_l; assumption).
    assert (Rabs (h m) * px v <= Rabs (h m) * (sqrt S * A)) by (apply Rmult_le_compat_l; assumption).
    assert (px v * px h <= sqrt S * A * (sqrt S * B)) by (apply Rmult_le_compat; auto).
    assert (W m * (px v * px h) <= W m * (sqrt S * A * (sqrt S * B))) by (apply Rmult_le_compat_l; assumption); lra. }
  eapply Rle_trans; [exact B1|]; unfold coupling_of; fold X; fold S; fold Q; cbv zeta; rewrite (Rmult_assoc Q _ (length2 k v * length2 k h)); apply Rmult_le_compat_l; [exact Q0|].
  eapply Rle_trans; [exact B2|]; rewrite (length2_split k m v Hm), (length2_split k m h Hm); fold A; fold B.
  set (y := sqrt ((W m * S) ^ 2 + 4 * S)); assert (WS : 0 <= W m * S) by (apply Rmult_le_pos; assumption).
  assert (yy : y ^ 2 = (W m * S) ^ 2 + 4 * S) by (apply pow2_sqrt; assert (0 <= (W m * S) ^ 2) by apply pow2_ge_0; lra); assert (y0 : 0 <= y) by apply sqrt_pos.
  destruct (Rle_lt_or_eq_dec 0 S S0) as [Pos|Zero].
  - apply pair_form; try assumption; [|rewrite ss; lra]; assert (0 < y) by (apply sqrt_lt_R0; assert (0 <= (W m * S) ^ 2) by apply pow2_ge_0; lra); lra.
  - rewrite <- Zero in *; rewrite sqrt_0; replace (Rabs (v m) * 0 * B + Rabs (h m) * 0 * A + W m * 0 ^ 2 * A * B) with 0 by ring.
    apply Rmult_le_pos; [lra|apply Rmult_le_pos; apply sqrt_pos].
Qed.

(** A point of the ball, on the way to it: its weights, and its product *)
Lemma on_the_way : forall k centre radius w t, 0 <= t <= 1 -> in_ball k centre radius w ->
  forall i, (i < k)%nat -> Rabs (centre i + t * (w i - centre i)) <= Rabs (centre i) + radius.
Proof.
  intros k centre radius w t Ht Hw i Hi; eapply Rle_trans; [apply Rabs_triang|]; apply Rplus_le_compat_l; rewrite Rabs_mult, (Rabs_pos_eq t) by lra.
  assert (L := length2_part k (fun i => w i - centre i) i Hi); cbv beta in L; unfold in_ball in Hw; assert (P := Rabs_pos (w i - centre i)).
  apply (Rle_trans _ (1 * Rabs (w i - centre i))); [apply Rmult_le_compat_r; lra|lra].
Qed.

(** One step: [stretch] is bend + eta steepest coupling; centre' is near the step of the centre. *)
Theorem centred_step : forall (f' f'' : R -> R) (eta : R) (k m : nat) (centre centre' W w : nat -> R) (radius gradient coupling curve steepest bend rounding : R),
  (m < k)%nat -> 0 <= eta -> 0 <= gradient -> (forall i, (i < k)%nat -> Rabs (centre i) + radius <= W i) -> (forall i, (i < k)%nat -> i <> m -> 0 < W i) ->
  gradient_bound k m W <= gradient ^ 2 -> coupling_of k m W <= coupling ->
  (forall p, Rabs (p - product k centre) <= radius * gradient ->
    is_derive f' p (f'' p) /\ Rabs (f'' p) <= curve /\ Rabs (1 - eta * f'' p * gradient ^ 2) <= bend) -> 1 <= bend ->
  steepest = Rabs (f' (product k centre)) + curve * (radius * gradient) ->
  in_ball k (step f' eta k centre) rounding centre' -> in_ball k centre radius w ->
  Rabs (product k w - product k centre) <= radius * gradient /\
  in_ball k centre' ((bend + eta * steepest * coupling) * radius + rounding) (step f' eta k w).
Proof.
  intros f' f'' eta k m centre centre' W w radius gradient coupling curve steepest bend rounding Hm He Hg HW HWp Hgr Hco Hf Hb Est Hc' Hw.
  set (delta := fun i => w i - centre i); set (path := fun t i => centre i + t * delta i).
  assert (R0 : 0 <= radius) by (eapply Rle_trans; [apply sqrt_pos|exact Hw]).
  assert (Ld : length2 k delta <= radius) by exact Hw; destruct (length2_square k delta) as [_ Ld0].
  assert (InW : forall t, 0 <= t <= 1 -> forall i, (i < k)%nat -> Rabs (path t i) <= W i).
  { intros t Ht i Hi; eapply Rle_trans; [|apply HW, Hi]; exact (on_the_way k centre radius w t Ht Hw i Hi). }
  assert (Grad : forall t, 0 <= t <= 1 -> total k (fun i => others k (path t) i ^ 2) <= gradient ^ 2).
  { intros t Ht; eapply Rle_trans; [apply (gradient_within k m (path t) W Hm (InW t Ht) HWp)|exact Hgr]. }
  assert (Lin : forall t i, is_derive (fun s => path s i) t (delta i)) by (intros t i; unfold path; auto_derive; [trivial|ring]).
  set (p := fun t => product k (path t)); set (p' := fun t => total k (fun j => delta j * others k (path t) j)).
  assert (Dp : forall t, is_derive p t (p' t)) by (intros t; apply (product_derivative k (fun i s => path s i) delta t); intros; apply Lin).
  assert (Bp : forall t, 0 <= t <= 1 -> Rabs (p' t) <= radius * gradient).
  { intros t Ht; eapply Rle_trans; [apply length2_dot|]; destruct (length2_square k (others k (path t))) as [L L0]; apply Rmult_le_compat; try assumption.
    apply Rsqr_incr_0; [|exact L0|exact Hg]; unfold Rsqr; rewrite L; specialize (Grad t Ht); lra. }
  assert (P0 : p 0 = product k centre) by (apply product_ext; intros; unfold path; ring).
  assert (P1 : p 1 = product k w) by (apply product_ext; intros; unfold path, delta; ring).
  assert (Near : forall t, 0 <= t <= 1 -> Rabs (p t - product k centre) <= radius * gradient).
  { intros t Ht; rewrite <- P0; eapply Rle_trans; [apply (growth_bound p (fun s => radius * gradient * s) p' (fun _ => radius * gradient)); [apply Ht|intros; apply Dp| |]|].
    - intros s _; auto_derive; [trivial|ring].
    - intros s Hs; apply Bp; lra.
    - assert (0 <= radius * gradient) by (apply Rmult_le_pos; assumption); nra. }
  split; [rewrite <- P1; apply Near; lra|].
  assert (Steep : forall t, 0 <= t <= 1 -> Rabs (f' (p t)) <= steepest).
  { intros t Ht; rewrite Est; replace (f' (p t)) with (f' (product k centre) + (f' (p t) - f' (p 0))) by (rewrite P0; ring); eapply Rle_trans; [apply Rabs_triang|]; apply Rplus_le_compat_l.
    assert (C0 : 0 <= curve) by (eapply Rle_trans; [apply Rabs_pos|apply (Hf (p 0)), Near; lra]).
    eapply Rle_trans; [apply (growth_bound (fun s => f' (p s)) (fun s => curve * (radius * gradient) * s) (fun s => p' s * f'' (p s)) (fun _ => curve * (radius * gradient))); [apply Ht| | |]|].
    - intros s Hs; apply (is_derive_comp f' p s); [apply Hf, Near; lra|apply Dp].
    - intros s _; auto_derive; [trivial|ring].
    - intros s Hs; rewrite Rabs_mult, Rmult_comm; apply Rmult_le_compat; try apply Rabs_pos; [apply Hf, Near; lra|apply Bp; lra].
    - assert (0 <= curve * (radius * gradient)) by (apply Rmult_le_pos; [exact C0|apply Rmult_le_pos; assumption]); nra. }
  set (v := fun i => step f' eta k w i - step f' eta k centre i); destruct (length2_square k v) as [Lv Lv0].
  set (G := fun t => total k (fun i => v i * step f' eta k (path t) i)).
  set (G' := fun t => total k (fun i => v i * (delta i - eta * f'' (p t) * total k (fun j => others k (path t) j * delta j) * others k (path t) i))
    - eta * f' (p t) * coupled k (path t) v delta).
  assert (Do : forall t i, is_derive (fun s => others k (path s) i) t (total k (fun j => if Nat.eqb i j then 0 else delta j * rest k (path t) j i))).
  { intros t i; evar_last.
    - apply (product_derivative k (fun l s => but i (path s) l) (fun l => if Nat.eqb l i then 0 else delta l) t); intros l Hl; unfold but.
      destruct (Nat.eqb l i); [apply (is_derive_const (V := R_NormedModule))|apply Lin].
    - apply total_ext; intros j Hj; rewrite (Nat.eqb_sym i j); destruct (Nat.eqb j i); [ring|]; reflexivity. }
  assert (DG : forall t, 0 <= t <= 1 -> is_derive G t (G' t)).
  { intros t Ht; unfold G, G'; evar_last.
    - apply (DelayBounds.total_derive k (fun i s => v i * step f' eta k (path s) i)
        (fun i s => v i * (delta i - (eta * (p' t * f'' (p t)) * others k (path t) i + eta * f' (p t) * total k (fun j => if Nat.eqb i j then 0 else delta j * rest k (path t) j i)))) t).
      intros i Hi; apply (is_derive_scal (fun s => step f' eta k (path s) i) t (v i)); unfold step; fold (p t).
      apply (is_derive_minus (V := R_NormedModule) (fun s => path s i) (fun s => eta * f' (p s) * others k (path s) i)); [apply Lin|].
      evar_last; [apply (is_derive_mult (K := R_AbsRing) (fun s => eta * f' (p s)) (fun s => others k (path s) i) t (eta * (p' t * f'' (p t))) (total k (fun j => if Nat.eqb i j then 0 else delta j * rest k (path t) j i))); [|apply Do|exact Rmult_comm]|].
      + apply (is_derive_scal (fun s => f' (p s)) t eta), (is_derive_comp f' p t); [apply Hf, Near, Ht|apply Dp].
      + unfold plus, mult; simpl; reflexivity.
    - unfold coupled; match goal with |- _ = total k ?e - ?z * total k ?g => rewrite <- (total_scal k z g), <- (Matrix.total_minus k e (fun i => z * g i)) end.
      apply total_ext; intros i Hi; cbv beta.
      assert (E : total k (fun j => others k (path t) j * delta j) = p' t) by (apply total_ext; intros; ring); rewrite E; ring. }
  assert (BG : forall t, 0 <= t <= 1 -> Rabs (G' t) <= (bend + eta * steepest * coupling) * (length2 k v * length2 k delta)).
  { intros t Ht; unfold G'; unfold Rminus at 1; eapply Rle_trans; [apply Rabs_triang|]; rewrite Rabs_Ropp, Rmult_plus_distr_r; apply Rplus_le_compat.
    - apply (bent k (others k (path t)) v delta (eta * f'' (p t)) (gradient ^ 2) bend (Grad t Ht) Hb); apply Hf, Near, Ht.
    - assert (Z : 0 <= length2 k v * length2 k delta) by (apply Rmult_le_pos; assumption).
      rewrite Rabs_mult, Rabs_mult, (Rabs_pos_eq eta) by exact He; rewrite (Rmult_assoc (eta * steepest)); apply Rmult_le_compat; try apply Rabs_pos.
      + apply Rmult_le_pos; [exact He|apply Rabs_pos].
      + apply Rmult_le_compat_l; [exact He|apply Steep, Ht].
      + eapply Rle_trans; [apply (coupled_within k m (path t) W v delta Hm (InW t Ht) HWp)|]; apply Rmult_le_compat_r; assumption. }
  set (stretch := bend + eta * steepest * coupling) in *.
  assert (E : G 1 - G 0 = length2 k v * length2 k v).
  { rewrite Lv; unfold G; rewrite <- Matrix.total_minus; apply total_ext; intros i Hi.
    assert (E1 : step f' eta k (path 1) i = step f' eta k w i).
    { unfold step; fold (p 1); rewrite P1; unfold others; rewrite (product_ext k (but i (path 1)) (but i w)); [unfold path, delta; f_equal; ring|].
      intros l _; unfold but, path, delta; destruct (Nat.eqb l i); [reflexivity|ring]. }
    assert (E0 : step f' eta k (path 0) i = step f' eta k centre i).
    { unfold step; fold (p 0); rewrite P0; unfold others; rewrite (product_ext k (but i (path 0)) (but i centre)); [unfold path; f_equal; ring|].
      intros l _; unfold but, path; destruct (Nat.eqb l i); [reflexivity|ring]. }
    rewrite E1, E0; unfold v; ring. }
  assert (Main : length2 k v * length2 k v <= stretch * (length2 k v * length2 k delta)).
  { rewrite <- E; eapply Rle_trans; [apply Rle_abs|]; eapply Rle_trans; [apply (growth_bound G (fun s => stretch * (length2 k v * length2 k delta) * s) G' (fun _ => stretch * (length2 k v * length2 k delta))); [lra| | |]|right; ring].
    - intros s Hs; apply DG, Hs.
    - intros s _; auto_derive; [trivial|ring].
    - intros s Hs; apply BG, Hs. }
  assert (St0 : 0 <= stretch).
  { unfold stretch; assert (0 <= steepest) by (eapply Rle_trans; [apply Rabs_pos|apply (Steep 0); lra]).
    assert (0 <= coupling_of k m W).
    { unfold coupling_of; apply Rmult_le_pos.
      - unfold others; apply product_nonneg; intros i Hi; unfold but; destruct (Nat.eqb i m); [lra|]; eapply Rle_trans; [apply Rabs_pos|apply (InW 0 ltac:(lra) i Hi)].
      - assert (0 <= sqrt ((W m * total k (fun j => inverses m W j ^ 2)) ^ 2 + 4 * total k (fun j => inverses m W j ^ 2))) by apply sqrt_pos.
        assert (0 <= W m) by (eapply Rle_trans; [apply Rabs_pos|apply (InW 0 ltac:(lra) m Hm)]).
        assert (0 <= W m * total k (fun j => inverses m W j ^ 2)) by (apply Rmult_le_pos; [assumption|apply total_nonneg; intros; apply pow2_ge_0]); lra. }
    assert (0 <= eta * steepest * coupling) by (apply Rmult_le_pos; [apply Rmult_le_pos; assumption|lra]); lra. }
  assert (Lv1 : length2 k v <= stretch * radius).
  { apply (Rle_trans _ (stretch * length2 k delta)); [|apply Rmult_le_compat_l; assumption].
    destruct (Rle_lt_or_eq_dec 0 (length2 k v) Lv0) as [Pos|Zero]; [|rewrite <- Zero; apply Rmult_le_pos; assumption].
    apply (Rmult_le_reg_l (length2 k v)); [exact Pos|]; replace (length2 k v * (stretch * length2 k delta)) with (stretch * (length2 k v * length2 k delta)) by ring; exact Main. }
  unfold in_ball in *; set (z := fun i => step f' eta k w i - centre' i); set (y := fun i => centre' i - step f' eta k centre i) in *.
  destruct (length2_square k z) as [Lz Lz0].
  assert (T : length2 k z * length2 k z <= length2 k z * (length2 k v + length2 k y)).
  { rewrite Lz; rewrite (total_ext k _ (fun i => z i * v i + -1 * (z i * y i))) by (intros; unfold z, v, y; ring); rewrite total_plus, total_scal.
    assert (A1 := length2_dot k z v); assert (A2 := length2_dot k z y); apply Rabs_le_between in A1; apply Rabs_le_between in A2; lra. }
  assert (length2 k z <= length2 k v + length2 k y); [|lra].
  destruct (Rle_lt_or_eq_dec 0 (length2 k z) Lz0) as [Pos|Zero]; [apply (Rmult_le_reg_l (length2 k z)); assumption|].
  rewrite <- Zero; assert (0 <= length2 k y) by apply sqrt_pos; lra.
Qed.
