(** Lemma 5.4 of Hu, Xiao and Pennington: products of layers that have moved a little from a start whose products are at most K L^3, and whose long
    products are exponentially small. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Remainder Convergence Rectangular ChiSquare NarrowLayers NarrowProducts NarrowSums NarrowMoves.
Open Scope R_scope.

(** A_i stands for W_i over its scale.  What Lemmas 5.2 and 5.3 say of the start: A_(j:i) has q = j - i + 1 factors. *)
Definition narrow_start (n : nat -> nat) (L : nat) (K c g : R) (A : nat -> nat -> nat -> R) : Prop :=
  (forall a q, (1 <= q)%nat -> (a + q <= L)%nat -> opnorm (n (a + q)%nat) (n a) (plain_product n A a q) (K * INR L ^ 3)) /\
  forall a q, (a + q <= L)%nat -> (L + 10 <= 10 * q)%nat -> opnorm (n (a + q)%nat) (n a) (plain_product n A a q) (exp (- (c * Rpower (INR L) g))).

(** Every layer has moved by at most e^(-0.6 c L^g). *)
Definition moved_little (n : nat -> nat) (L : nat) (c g : R) (A B : nat -> nat -> nat -> R) : Prop :=
  forall l, (l < L)%nat -> opnorm (n (S l)) (n l) (msub (B l) (A l)) (exp (- (6 / 10 * c * Rpower (INR L) g))).

(** The layers from a + j on at the start, those before moved: P bounds products at the start, R those of the moved layers. *)
Lemma hybrid : forall (n : nat -> nat) W V a q x c Delta (P : nat -> nat -> R) (R : nat -> R), 0 <= c -> dot (n a) x x <= c ^ 2 -> 0 <= Delta ->
  (forall l k z, (a <= l)%nat -> (l + k <= a + q)%nat -> 0 <= P l k /\ dot (n (l + k)%nat) (plain_output n W l z k) (plain_output n W l z k) <= P l k ^ 2 * dot (n l) z z) ->
  (forall l, (a <= l < a + q)%nat -> opnorm (n (S l)) (n l) (msub (V l) (W l)) Delta) ->
  (forall j, (j < q)%nat -> 0 <= R j /\ dot (n (a + j)%nat) (plain_output n V a x j) (plain_output n V a x j) <= R j ^ 2) ->
  dot (n (a + q)%nat) (plain_output n V a x q) (plain_output n V a x q) <= (P a q * c + total q (fun i => P (S (a + i)) (q - S i)%nat * (Delta * R i))) ^ 2.
Proof.
  intros n W V a q x c Delta P R Hc Hx HD HP HV HR.
  assert (Step : forall j, (j <= q)%nat -> let z := plain_output n W (a + j) (plain_output n V a x j) (q - j) in
    dot (n (a + q)%nat) z z <= (P a q * c + total j (fun i => P (S (a + i)) (q - S i)%nat * (Delta * R i))) ^ 2).
  { induction j as [|j IH]; intros Hj z.
    - unfold z; rewrite Nat.add_0_r, Nat.sub_0_r; cbn [total plain_output]; rewrite Rplus_0_r; destruct (HP a q x ltac:(lia) ltac:(lia)) as [P0 B].
      eapply Rle_trans; [exact B|]; rewrite Rpow_mult_distr; apply Rmult_le_compat_l; [apply pow2_ge_0|exact Hx].
    - specialize (IH ltac:(lia)); cbv zeta in IH; set (y := plain_output n V a x j) in *; destruct (HR j ltac:(lia)) as [R0 Y]; fold y in Y.
      replace (q - j)%nat with (S (q - S j)) in IH by lia; rewrite output_first in IH.
      set (u := mv (n (a + j)%nat) (msub (V (a + j)%nat) (W (a + j)%nat)) y).
      assert (E : z = fun i => plain_output n W (S (a + j)) (mv (n (a + j)%nat) (W (a + j)%nat) y) (q - S j) i + plain_output n W (S (a + j)) u (q - S j) i).
      { unfold z; replace (a + S j)%nat with (S (a + j)) by lia; rewrite <- output_plus; f_equal; cbn [plain_output]; fold y; pointwise i.
        unfold u, mv, msub; rewrite <- dot_plus_l; apply dot_ext; intros; [ring|reflexivity]. }
      assert (U : dot (n (S (a + j))) u u <= (Delta * R j) ^ 2).
      { eapply Rle_trans; [apply HV; lia|]; rewrite Rpow_mult_distr; apply Rmult_le_compat_l; [apply pow2_ge_0|exact Y]. }
      destruct (HP (S (a + j)) (q - S j)%nat u ltac:(lia) ltac:(lia)) as [P1 Z]; replace (S (a + j) + (q - S j))%nat with (a + q)%nat in Z by lia.
      assert (D0 : 0 <= Delta * R j) by (apply Rmult_le_pos; assumption).
      assert (Z' : dot (n (a + q)%nat) (plain_output n W (S (a + j)) u (q - S j)) (plain_output n W (S (a + j)) u (q - S j)) <= (P (S (a + j)) (q - S j)%nat * (Delta * R j)) ^ 2).
      { eapply Rle_trans; [exact Z|]; rewrite (Rpow_mult_distr (P _ _)); apply Rmult_le_compat_l; [apply pow2_ge_0|exact U]. }
      rewrite E; cbn [total]; rewrite <- Rplus_assoc; apply dot_triangle; [|apply Rmult_le_pos; assumption|exact IH|exact Z'].
      apply Rplus_le_le_0_compat; [apply Rmult_le_pos; [apply (HP a q x); lia|exact Hc]|].
      apply total_nonneg; intros i Hi; destruct (HR i ltac:(lia)) as [Ri _]; apply Rmult_le_pos; [apply (HP (S (a + i)) (q - S i)%nat x); lia|apply Rmult_le_pos; assumption]. }
  assert (B := Step q (Nat.le_refl q)); cbv zeta in B; rewrite Nat.sub_diag in B; exact B.
Qed.

Lemma output_of_product : forall n A a q s x, opnorm (n (a + q)%nat) (n a) (plain_product n A a q) s ->
  dot (n (a + q)%nat) (plain_output n A a x q) (plain_output n A a x q) <= s ^ 2 * dot (n a) x x.
Proof. intros n A a q s x H; eapply Rle_trans; [|apply H]; right; apply dot_ext; intros i Hi; symmetry; apply product_outputs; exact Hi. Qed.

Lemma product_of_output : forall n A a q s, 0 <= s -> (forall x c, 0 <= c -> dot (n a) x x <= c ^ 2 ->
    dot (n (a + q)%nat) (plain_output n A a x q) (plain_output n A a x q) <= (s * c) ^ 2) -> opnorm (n (a + q)%nat) (n a) (plain_product n A a q) s.
Proof.
  intros n A a q s Hs H x; assert (c2 : sqrt (dot (n a) x x) ^ 2 = dot (n a) x x) by (apply pow2_sqrt, dot_nonneg).
  assert (B := H x (sqrt (dot (n a) x x)) (sqrt_pos _) ltac:(lra)); rewrite Rpow_mult_distr, c2 in B.
  eapply Rle_trans; [right; apply dot_ext; intros i Hi; apply product_outputs; exact Hi|exact B].
Qed.

(** With numbers: S bounds products at the start, T long ones, Delta the moves. *)
Lemma moved_products : forall (n : nat -> nat) (L : nat) (A B : nat -> nat -> nat -> R) (s T Delta : R), 1 <= s -> 0 <= T -> 0 <= Delta -> 2 * (INR L * s * Delta) <= 1 -> (60 <= L)%nat ->
  INR L * (3 * s * Delta * T + 2 * s ^ 3 * INR L * Delta ^ 2) <= T ->
  (forall a q, (1 <= q)%nat -> (a + q <= L)%nat -> opnorm (n (a + q)%nat) (n a) (plain_product n A a q) s) ->
  (forall a q, (a + q <= L)%nat -> (L + 10 <= 10 * q)%nat -> opnorm (n (a + q)%nat) (n a) (plain_product n A a q) T) ->
  (forall l, (l < L)%nat -> opnorm (n (S l)) (n l) (msub (B l) (A l)) Delta) ->
  (forall a q, (a + q <= L)%nat -> opnorm (n (a + q)%nat) (n a) (plain_product n B a q) (2 * s)) /\
  forall a q, (a + q <= L)%nat -> (L <= 4 * q)%nat -> opnorm (n (a + q)%nat) (n a) (plain_product n B a q) (2 * T).
Proof.
  intros n L A B s T Delta Hs HT HD Short HL Long Start Far Near; assert (l0 := pos_INR L).
  assert (Any : forall l k z, (l + k <= L)%nat -> 0 <= s /\ dot (n (l + k)%nat) (plain_output n A l z k) (plain_output n A l z k) <= s ^ 2 * dot (n l) z z).
  { intros l k z H; split; [lra|]; destruct k as [|k]; [|apply output_of_product, Start; lia].
    rewrite Nat.add_0_r; cbn [plain_output]; assert (D := dot_nonneg (n l) z); assert (1 <= s ^ 2) by nra; nra. }
  assert (All : forall a x c, 0 <= c -> dot (n a) x x <= c ^ 2 -> forall q, (a + q <= L)%nat ->
    dot (n (a + q)%nat) (plain_output n B a x q) (plain_output n B a x q) <= (2 * s * c) ^ 2).
  { intros a x c Hc Hx; apply (strong (fun q => (a + q <= L)%nat -> dot (n (a + q)%nat) (plain_output n B a x q) (plain_output n B a x q) <= (2 * s * c) ^ 2)); intros q IH Hq.
    assert (sc : 0 <= 2 * s * c) by (apply Rmult_le_pos; lra).
    assert (H := hybrid n A B a q x c Delta (fun _ _ => s) (fun _ => 2 * s * c) Hc Hx HD (fun l k z _ Hk => Any l k z ltac:(lia)) (fun l Hl => Near l ltac:(lia))
      (fun j Hj => conj sc (IH j Hj ltac:(lia)))).
    eapply Rle_trans; [exact H|]; apply pow_incr; rewrite total_const; assert (q0 := pos_INR q); assert (qL : INR q <= INR L) by (apply le_INR; lia).
    assert (M : 0 <= s * (Delta * (2 * s * c))) by (apply Rmult_le_pos; [lra|apply Rmult_le_pos; assumption]).
    assert (N : INR q * (s * (Delta * (2 * s * c))) <= INR L * (s * (Delta * (2 * s * c)))) by (apply Rmult_le_compat_r; assumption).
    assert (O : INR L * (s * (Delta * (2 * s * c))) <= s * c).
    { replace (INR L * (s * (Delta * (2 * s * c)))) with (2 * (INR L * s * Delta) * (s * c)) by ring; rewrite <- (Rmult_1_l (s * c)) at 2.
      apply Rmult_le_compat_r; [apply Rmult_le_pos; lra|exact Short]. }
    split; [apply Rplus_le_le_0_compat; apply Rmult_le_pos; lra|lra]. }
  split; [intros a q Hq; apply product_of_output; [lra|]; intros x c Hc Hx; apply All; assumption|].
  set (P := fun (_ k : nat) => if Nat.leb (L + 10) (10 * k) then T else s).
  assert (Both : forall l k z, (l + k <= L)%nat -> 0 <= P l k /\ dot (n (l + k)%nat) (plain_output n A l z k) (plain_output n A l z k) <= P l k ^ 2 * dot (n l) z z).
  { intros l k z H; unfold P; destruct (Nat.leb_spec (L + 10) (10 * k)) as [G|_]; [split; [exact HT|apply output_of_product, Far; assumption]|apply Any; exact H]. }
  (* long enough to be small, but after one move only by Delta *)
  set (R := T + 2 * s ^ 2 * INR L * Delta); assert (R0 : 0 <= R) by (unfold R; assert (0 <= s ^ 2) by nra; apply Rplus_le_le_0_compat; [exact HT|]; repeat apply Rmult_le_pos; lra).
  assert (Once : forall a x c, 0 <= c -> dot (n a) x x <= c ^ 2 -> forall q, (a + q <= L)%nat -> (L + 10 <= 10 * q)%nat ->
    dot (n (a + q)%nat) (plain_output n B a x q) (plain_output n B a x q) <= (R * c) ^ 2).
  { intros a x c Hc Hx q Hq G; assert (sc : 0 <= 2 * s * c) by (apply Rmult_le_pos; lra).
    set (P' := fun l k => if Nat.eqb l a then P l k else s); assert (W : P' a q = T) by (unfold P', P; rewrite Nat.eqb_refl, (proj2 (Nat.leb_le _ _) G); reflexivity).
    assert (H : dot (n (a + q)%nat) (plain_output n B a x q) (plain_output n B a x q) <= (P' a q * c + total q (fun i => P' (S (a + i)) (q - S i)%nat * (Delta * (2 * s * c)))) ^ 2).
    { apply (hybrid n A B a q x c Delta P' (fun _ => 2 * s * c) Hc Hx HD).
      - intros l k z _ Hk; unfold P'; destruct (Nat.eqb l a); [apply Both|apply Any]; lia.
      - intros l Hl; apply Near; lia.
      - intros j Hj; split; [exact sc|apply All; try assumption; lia]. }
    rewrite W, (total_ext q _ (fun _ => s * (Delta * (2 * s * c)))), total_const in H by (intros i Hi; unfold P'; destruct (Nat.eqb_spec (S (a + i)) a); [lia|reflexivity]).
    eapply Rle_trans; [exact H|].
    assert (qL : INR q <= INR L) by (apply le_INR; lia); assert (q0 := pos_INR q).
    assert (M : 0 <= s * (Delta * (2 * s * c))) by (apply Rmult_le_pos; [lra|apply Rmult_le_pos; assumption]).
    assert (N : INR q * (s * (Delta * (2 * s * c))) <= INR L * (s * (Delta * (2 * s * c)))) by (apply Rmult_le_compat_r; assumption).
    apply pow_incr; split; [apply Rplus_le_le_0_compat; apply Rmult_le_pos; lra|]; unfold R.
    replace ((T + 2 * s ^ 2 * INR L * Delta) * c) with (T * c + INR L * (s * (Delta * (2 * s * c)))) by ring; lra. }
  intros a q Hq G; apply product_of_output; [lra|]; intros x c Hc Hx; set (E := 3 * s * Delta * T + 2 * s ^ 3 * INR L * Delta ^ 2) in *.
  assert (ST : 0 <= s * Delta * T) by (repeat apply Rmult_le_pos; lra).
  assert (SL : 0 <= 2 * s ^ 3 * INR L * Delta ^ 2) by (repeat apply Rmult_le_pos; try lra; apply pow2_ge_0 || apply pow_le; lra).
  assert (sc : 0 <= 2 * s * c) by (apply Rmult_le_pos; lra); assert (Rc : 0 <= R * c) by (apply Rmult_le_pos; assumption).
  assert (Whole : P a q = T) by (unfold P; rewrite (proj2 (Nat.leb_le (L + 10) (10 * q)) ltac:(lia)); reflexivity).
  assert (H := hybrid n A B a q x c Delta P (fun i => if Nat.leb (L + 10) (10 * (q - S i)) then 2 * s * c else R * c) Hc Hx HD).
  rewrite Whole in H; eapply Rle_trans; [apply H|].
  - intros l k z _ Hk; apply Both; lia.
  - intros l Hl; apply Near; lia.
  - intros j Hj; destruct (Nat.leb_spec (L + 10) (10 * (q - S j))) as [_|F]; [split; [exact sc|apply All; try assumption; lia]|].
    split; [exact Rc|apply Once; try assumption; lia].
  - assert (Each : total q (fun i => P (S (a + i)) (q - S i)%nat * (Delta * (if Nat.leb (L + 10) (10 * (q - S i)) then 2 * s * c else R * c))) <= INR q * (E * c)).
    { rewrite <- total_const; apply total_le; intros i Hi; unfold P; destruct (Nat.leb (L + 10) (10 * (q - S i))).
      - replace (T * (Delta * (2 * s * c))) with (2 * (s * Delta * T) * c) by ring; apply Rmult_le_compat_r; [exact Hc|unfold E; lra].
      - replace (s * (Delta * (R * c))) with ((s * Delta * T + 2 * s ^ 3 * INR L * Delta ^ 2) * c) by (unfold R; ring); apply Rmult_le_compat_r; [exact Hc|unfold E; lra]. }
    assert (Ec : 0 <= E * c) by (apply Rmult_le_pos; [unfold E; lra|exact Hc]); assert (qL : INR q <= INR L) by (apply le_INR; lia).
    assert (N : INR q * (E * c) <= INR L * (E * c)) by (apply Rmult_le_compat_r; assumption).
    assert (O : INR L * (E * c) <= T * c) by (rewrite <- Rmult_assoc; apply Rmult_le_compat_r; assumption).
    apply pow_incr; split; [|lra]; apply Rplus_le_le_0_compat; [apply Rmult_le_pos; assumption|].
    apply total_nonneg; intros i Hi; apply Rmult_le_pos; [unfold P; destruct (Nat.leb (L + 10) _); lra|].
    apply Rmult_le_pos; [exact HD|]; destruct (Nat.leb _ _); assumption.
Qed.

Theorem hu_xiao_pennington_lemma_5_4 : forall K c g, 0 < K -> 0 < c -> 0 < g -> exists L0, forall n L A B, (L0 <= L)%nat ->
  narrow_start n L K c g A -> moved_little n L c g A B ->
  (forall a q, (1 <= q)%nat -> (a + q <= L)%nat -> opnorm (n (a + q)%nat) (n a) (plain_product n B a q) (2 * K * INR L ^ 3)) /\
  forall a q, (a + q <= L)%nat -> (L <= 4 * q)%nat -> opnorm (n (a + q)%nat) (n a) (plain_product n B a q) (2 * exp (- (c * Rpower (INR L) g))).
Proof.
  intros K c g HK Hc Hg; destruct (powers_below (5 * K ^ 3) (c / 5) g 11 ltac:(assert (0 < K ^ 3) by (apply pow_lt, HK); lra) ltac:(lra) Hg) as [L1 [_ HP]].
  destruct (nfloor_ex (/ K) ltac:(left; apply Rinv_0_lt_compat, HK)) as [L2 [_ HL2]].
  exists (60 + L1 + S L2)%nat; intros n L A B HL [Start Far] Near; specialize (HP L ltac:(lia)).
  assert (l1 : 1 <= INR L) by (apply (le_INR 1); lia); assert (lK : / K < INR L) by (assert (M := le_INR _ _ (ltac:(lia) : (S L2 <= L)%nat)); rewrite S_INR in M; lra).
  set (x := Rpower (INR L) g) in *; set (e := exp (- (c / 5 * x))); assert (e0 : 0 < e) by apply exp_pos.
  assert (e1 : e <= 1).
  { unfold e; rewrite <- exp_0; apply exp_le_compat; assert (0 < c / 5 * x) by (apply Rmult_lt_0_compat; [lra|apply exp_pos]); lra. }
  assert (ET : exp (- (c * x)) = e ^ 5) by (unfold e; rewrite <- exp_times; f_equal; simpl INR; field).
  assert (ED : exp (- (6 / 10 * c * x)) = e ^ 3) by (unfold e; rewrite <- exp_times; f_equal; simpl INR; field).
  set (s := K * INR L ^ 3); assert (s1 : 1 <= s).
  { unfold s; assert (K * / K <= K * INR L) by (apply Rmult_le_compat_l; lra); rewrite Rinv_r in H by lra; assert (INR L <= INR L ^ 3) by (simpl; nra); nra. }
  assert (Key : 5 * s ^ 3 * INR L ^ 2 * e <= 1).
  { unfold e; rewrite exp_Ropp; apply (Rmult_le_reg_r (exp (c / 5 * x))); [apply exp_pos|]; rewrite Rmult_assoc, Rinv_l, Rmult_1_r, Rmult_1_l by (apply Rgt_not_eq, exp_pos).
    eapply Rle_trans; [|exact HP]; right; unfold s; ring. }
  assert (s3 : s <= s ^ 3) by (simpl; nra); assert (l2 : INR L <= INR L ^ 2) by (simpl; nra); assert (e3 : e ^ 3 <= e) by (simpl; nra).
  assert (Sl : INR L * s * e ^ 3 <= s ^ 3 * INR L ^ 2 * e).
  { apply Rmult_le_compat; [apply Rmult_le_pos; lra|apply pow_le; lra| |exact e3]; rewrite (Rmult_comm (s ^ 3)); apply Rmult_le_compat; lra. }
  unfold moved_little in Near; fold x in Far, Near; rewrite ET in Far; rewrite ED in Near; rewrite ET; fold s in Start.
  replace (2 * K * INR L ^ 3) with (2 * s) by (unfold s; ring).
  destruct (moved_products n L A B s (e ^ 5) (e ^ 3) s1 ltac:(apply pow_le; lra) ltac:(apply pow_le; lra) ltac:(lra) ltac:(lia)) as [M1 M2]; try assumption.
  - replace (INR L * (3 * s * e ^ 3 * e ^ 5 + 2 * s ^ 3 * INR L * (e ^ 3) ^ 2)) with ((3 * (INR L * s * e ^ 3) + 2 * (s ^ 3 * INR L ^ 2 * e)) * e ^ 5) by ring.
    rewrite <- (Rmult_1_l (e ^ 5)) at 2; apply Rmult_le_compat_r; [apply pow_le; lra|lra].
  - split; [intros a q _ H; apply M1, H|exact M2].
Qed.
