(** No earlier stop (escape-counts.md, section 3): on the way of a certified count the product of the weights moves in one
    direction, so that at every iterate it lies between its values at the two ends. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount
  CountChecks CountFormula ReducedSpeed CountDescent.
Open Scope R_scope.

(** The weights but m, the sign of p put right *)
Definition rest_product (J m : nat) (d sigma : R) (w : nat -> R) : R := sigma * d * product J (fun j => w (skip m j)).

Lemma root_of_weights : forall J m d sigma w, d ^ 2 = 1 -> sigma ^ 2 = 1 -> 0 <= rest_product J m d sigma w ->
  root J (fun j => w (skip m j) ^ 2 - w m ^ 2) (d * w m) = rest_product J m d sigma w.
Proof.
  intros J m d sigma w Hd Hs HQ; unfold root.
  rewrite (product_ext J _ (fun j => Rabs (w (skip m j)))).
  - rewrite <- product_abs; unfold rest_product in *; set (P := product J _) in *.
    assert (D1 : Rabs d = 1) by (assert (X := Rabs_pos d); rewrite <- (pow2_abs d) in Hd; nra).
    assert (S1 : Rabs sigma = 1) by (assert (X := Rabs_pos sigma); rewrite <- (pow2_abs sigma) in Hs; nra).
    rewrite <- (Rabs_pos_eq (sigma * d * P) HQ), !Rabs_mult, D1, S1; ring.
  - intros j _; replace (w (skip m j) ^ 2 - w m ^ 2 + (d * w m) ^ 2) with (w (skip m j) ^ 2 + (d ^ 2 - 1) * w m ^ 2) by ring.
    rewrite Hd; replace (w (skip m j) ^ 2 + (1 - 1) * w m ^ 2) with (Rsqr (w (skip m j))) by (unfold Rsqr; ring); apply sqrt_Rsqr_abs.
Qed.

(** One step *)
Lemma product_moves : forall (f' : R -> R) eta J m d sigma w, (m <= J)%nat -> d ^ 2 = 1 -> sigma ^ 2 = 1 ->
  let c := fun j => w (skip m j) ^ 2 - w m ^ 2 in let x := d * w m in let h := eta * reduced_speed J sigma f' c x in
  let w' := step f' eta (S J) w in
  0 <= rest_product J m d sigma w -> 0 <= h -> (forall j, (j < J)%nat -> 0 <= c j /\ 0 < c j + x ^ 2 /\ h ^ 2 <= c j + x ^ 2) ->
  0 <= rest_product J m d sigma w' /\ sigma * product (S J) w <= sigma * product (S J) w' /\
  forall j, (j < J)%nat -> 0 <= w' (skip m j) ^ 2 - w' m ^ 2.
Proof.
  intros f' eta J m d sigma w Hm Hd Hs c x h w' HQ Hh H.
  assert (Rt := root_of_weights J m d sigma w Hd Hs HQ); fold c x in Rt; set (Q := rest_product J m d sigma w) in *.
  set (P := product J (fun j => w (skip m j))) in *.
  assert (EP : d * P = sigma * Q) by (unfold Q, rest_product; fold P; replace (sigma * (sigma * d * P)) with (sigma ^ 2 * (d * P)) by ring; rewrite Hs; ring).
  assert (Ep : product (S J) w = sigma * (x * Q)).
  { rewrite (product_skip J m) by exact Hm; fold P; unfold x; replace (sigma * (d * w m * Q)) with (d * w m * (sigma * Q)) by ring.
    rewrite <- EP; replace (d * w m * (d * P)) with (d ^ 2 * (w m * P)) by ring; rewrite Hd; ring. }
  set (p := product (S J) w) in *.
  assert (Eh : h = - eta * sigma * f' p * Q) by (unfold h, reduced_speed, reduced_product; rewrite Rt, <- Ep; ring).
  assert (Em : d * w' m = x + h).
  { unfold w', step; fold p; rewrite skip_others by exact Hm; fold P; unfold x; rewrite Eh.
    replace (d * (w m - eta * f' p * P)) with (d * w m - eta * f' p * (d * P)) by ring; rewrite EP; ring. }
  assert (Ef : eta * f' p * p = - (h * x)).
  { rewrite Eh; replace (eta * f' p * p) with (eta * f' p * (sigma * (x * Q))) by (rewrite <- Ep; reflexivity); ring. }
  assert (Ew : forall j, (j < J)%nat -> 0 < w (skip m j) ^ 2 /\ w' (skip m j) = w (skip m j) * (1 + h * x / w (skip m j) ^ 2) /\
    0 <= 1 + h * x / w (skip m j) ^ 2 /\ (0 <= x -> 1 <= 1 + h * x / w (skip m j) ^ 2) /\ (x <= 0 -> 1 + h * x / w (skip m j) ^ 2 <= 1) /\
    0 <= w' (skip m j) ^ 2 - w' m ^ 2).
  { intros j Hj; destruct (H j Hj) as [C [N Sm]]; destruct (skip_range m J j Hm Hj) as [Hk Nk]; set (v := w (skip m j)) in *.
    assert (V : c j + x ^ 2 = v ^ 2) by (unfold c, x; fold v; replace ((d * w m) ^ 2) with (d ^ 2 * w m ^ 2) by ring; rewrite Hd; ring).
    rewrite V in N, Sm; assert (v0 : v <> 0) by (intros Z; rewrite Z in N; lra).
    assert (I : 0 < / v ^ 2) by (apply Rinv_0_lt_compat, N); assert (J1 : v ^ 2 * / v ^ 2 = 1) by (apply Rinv_r; lra).
    assert (E : w' (skip m j) = v * (1 + h * x / v ^ 2)).
    { unfold w', step; fold p v; assert (O : others (S J) w (skip m j) = p / v) by (unfold p; rewrite (product_others (S J) w (skip m j) Hk); fold v; field; exact v0).
      rewrite O; replace (eta * f' p * (p / v)) with (eta * f' p * p / v) by (field; exact v0); rewrite Ef; field; exact v0. }
    assert (X : - v ^ 2 <= h * x) by (assert (K := pow2_ge_0 (h + x)); lra).
    split; [exact N|]; split; [exact E|]; unfold Rdiv; split; [nra|]; split; [|split].
    - intros Hx; assert (0 <= h * x) by (apply Rmult_le_pos; assumption); assert (0 <= h * x * / v ^ 2) by (apply Rmult_le_pos; lra); lra.
    - intros Hx; assert (h * x <= 0) by nra; assert (h * x * / v ^ 2 <= 0 * / v ^ 2) by (apply Rmult_le_compat_r; lra); lra.
    - assert (M : w' m ^ 2 = (x + h) ^ 2) by (rewrite <- Em; replace ((d * w' m) ^ 2) with (d ^ 2 * w' m ^ 2) by ring; rewrite Hd; ring).
      rewrite E, M; replace ((v * (1 + h * x / v ^ 2)) ^ 2 - (x + h) ^ 2) with ((v ^ 2 - x ^ 2) * (v ^ 2 - h ^ 2) * / v ^ 2) by (field; exact v0).
      apply Rmult_le_pos; [apply Rmult_le_pos; lra|lra]. }
  set (k := product J (fun j => 1 + h * x / w (skip m j) ^ 2)).
  assert (k0 : 0 <= k) by (apply product_nonneg; intros j Hj; apply Ew, Hj).
  assert (EQ : rest_product J m d sigma w' = Q * k).
  { unfold Q, rest_product, k; rewrite (product_ext J (fun j => w' (skip m j)) (fun j => w (skip m j) * (1 + h * x / w (skip m j) ^ 2)))
      by (intros j Hj; apply Ew, Hj); rewrite product_mult; ring. }
  split; [rewrite EQ; apply Rmult_le_pos; assumption|]; split; [|intros j Hj; apply Ew, Hj].
  assert (Z : sigma * product (S J) w' = (x + h) * (Q * k)).
  { rewrite (product_skip J m) by exact Hm; rewrite <- EQ, <- Em; unfold rest_product.
    set (P' := product J (fun j => w' (skip m j))); replace (d * w' m * (sigma * d * P')) with (d ^ 2 * (sigma * (w' m * P'))) by ring; rewrite Hd; ring. }
  fold p; rewrite Z, Ep; replace (sigma * (sigma * (x * Q))) with (sigma ^ 2 * (x * Q)) by ring; rewrite Hs, Rmult_1_l.
  assert (One : product J (fun _ => 1) = 1) by (rewrite product_const; apply pow1).
  destruct (Rle_dec 0 x) as [X|X].
  - assert (K1 : 1 <= k) by (rewrite <- One; unfold k; apply product_le; intros j Hj; split; [lra|apply Ew; assumption]).
    assert (Q <= Q * k) by nra; apply Rle_trans with (x * (Q * k)); [apply Rmult_le_compat_l; assumption|].
    apply Rmult_le_compat_r; [apply Rmult_le_pos; assumption|lra].
  - assert (K1 : k <= 1) by (rewrite <- One; unfold k; apply product_le; intros j Hj; split; [apply Ew, Hj|apply Ew; [exact Hj|lra]]).
    assert (0 <= Q * k) by (apply Rmult_le_pos; assumption); assert (Q * k <= Q) by nra.
    apply Rle_trans with (x * (Q * k)); [|apply Rmult_le_compat_r; lra].
    assert (0 <= - x * (Q - Q * k)) by (apply Rmult_le_pos; lra); lra.
Qed.

Lemma height_of_weights : forall J m d sigma w, (m <= J)%nat -> d ^ 2 = 1 -> sigma ^ 2 = 1 -> 0 <= rest_product J m d sigma w ->
  sigma * product (S J) w = d * w m * root J (fun j => w (skip m j) ^ 2 - w m ^ 2) (d * w m).
Proof.
  intros J m d sigma w Hm Hd Hs HQ; rewrite (root_of_weights J m d sigma w Hd Hs HQ), (product_skip J m) by exact Hm; unfold rest_product.
  set (P := product J _); replace (d * w m * (sigma * d * P)) with (d ^ 2 * (sigma * (w m * P))) by ring; rewrite Hd; ring.
Qed.

(** Beside the monotony: p is sigma x R. *)
Lemma product_runs : forall (f' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (n : nat) sigma x c,
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta ->
  sigma = orientation J m d w -> x = coordinate f' eta J m d w -> c = differences f' eta J m w ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) ->
  (forall s, (s < n)%nat -> 0 < reduced_speed J sigma f' (c s) (x s) /\
    forall j, (j < J)%nat -> 0 < c s j + x s ^ 2 /\ (eta * reduced_speed J sigma f' (c s) (x s)) ^ 2 <= c s j + x s ^ 2) ->
  let p s := product (S J) (descent f' eta (S J) w s) in
  forall s, (s <= n)%nat -> sigma * p 0%nat <= sigma * p s <= sigma * p n /\ sigma * p s = x s * root J (c s) (x s).
Proof.
  intros f' eta J m d w n sigma x c Hm Hd He Es Ex Ec Hc H p.
  assert (S2 : sigma ^ 2 = 1).
  { rewrite Es; unfold orientation; replace ((d * product J (fun j => side (w (skip m j)))) ^ 2)
      with (d ^ 2 * (product J (fun j => side (w (skip m j))) * product J (fun j => side (w (skip m j))))) by ring.
    rewrite Hd, (sides_square J (fun j => w (skip m j))); ring. }
  assert (Q0 : 0 <= rest_product J m d sigma w).
  { unfold rest_product; rewrite Es; unfold orientation.
    replace (d * product J (fun j => side (w (skip m j))) * d * product J (fun j => w (skip m j)))
      with (d ^ 2 * (product J (fun j => side (w (skip m j))) * product J (fun j => w (skip m j)))) by ring.
    rewrite Hd, Rmult_1_l, <- product_mult; apply product_nonneg; intros j _; rewrite (side_abs (w (skip m j))) at 2.
    rewrite <- Rmult_assoc, side_square, Rmult_1_l; apply Rabs_pos. }
  assert (Step : forall s, (s <= n)%nat -> 0 <= rest_product J m d sigma (descent f' eta (S J) w s) /\
    (forall j, (j < J)%nat -> 0 <= c s j) /\ ((0 < s)%nat -> sigma * p (pred s) <= sigma * p s)).
  { induction s as [|s IH]; intros Hs; [split; [exact Q0|split; [exact Hc|intros; lia]]|].
    destruct (IH ltac:(lia)) as [Q [C _]]; destruct (H s ltac:(lia)) as [U N].
    assert (Cs : c s = fun j => descent f' eta (S J) w s (skip m j) ^ 2 - descent f' eta (S J) w s m ^ 2) by (rewrite Ec; reflexivity).
    assert (Xs : x s = d * descent f' eta (S J) w s m) by (rewrite Ex; reflexivity); rewrite Cs, Xs in *.
    destruct (product_moves f' eta J m d sigma (descent f' eta (S J) w s) Hm Hd S2 Q) as [A [B D]].
    - apply Rmult_le_pos; lra.
    - intros j Hj; destruct (N j Hj); split; [apply C, Hj|split; assumption].
    - split; [exact A|]; split; [rewrite Ec; exact D|intros _; exact B]. }
  assert (Up : forall s t, (s <= t)%nat -> (t <= n)%nat -> sigma * p s <= sigma * p t).
  { intros s t Hst; induction Hst as [|t Hst IH]; intros Ht; [lra|].
    destruct (Step (S t) Ht) as [_ [_ B]]; specialize (B ltac:(lia)); specialize (IH ltac:(lia)); simpl pred in B; lra. }
  intros s Hs; split; [split; apply Up; lia|]; destruct (Step s Hs) as [Q _]; rewrite Ex, Ec; apply height_of_weights; assumption.
Qed.

Theorem no_earlier_stop : forall (f' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (n : nat) sigma x c,
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta ->
  sigma = orientation J m d w -> x = coordinate f' eta J m d w -> c = differences f' eta J m w ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) ->
  (forall s, (s < n)%nat -> 0 < reduced_speed J sigma f' (c s) (x s) /\
    forall j, (j < J)%nat -> 0 < c s j + x s ^ 2 /\ (eta * reduced_speed J sigma f' (c s) (x s)) ^ 2 <= c s j + x s ^ 2) ->
  let p s := product (S J) (descent f' eta (S J) w s) in
  forall s, (s <= n)%nat -> sigma * p 0%nat <= sigma * p s <= sigma * p n.
Proof.
  intros f' eta J m d w n sigma x c Hm Hd He Es Ex Ec Hc H p s Hs.
  exact (proj1 (product_runs f' eta J m d w n sigma x c Hm Hd He Es Ex Ec Hc H s Hs)).
Qed.
