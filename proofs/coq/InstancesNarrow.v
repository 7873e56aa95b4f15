(** Instances, continued: so many layers of one row and one column that L^2 d e^(-L/(960 d)) < 10^(-8); width and depth in
    proportion; and layers of one weight each, with scales that satisfy (10) and (11) at every depth. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Rectangular NarrowLayers NarrowMoves NarrowDescent NarrowMoved.
Open Scope R_scope.

Lemma hu_xiao_pennington_lemma_5_3_explicit_instance : exists (n : nat -> nat) (L d : nat),
  (1 <= L)%nat /\ (forall l : nat, (l <= L)%nat -> (1 <= n l <= d)%nat).
Proof. exists (fun _ => 1%nat), (Z.to_nat 40000), 1%nat; split; [lia|intros; lia]. Qed.

Lemma hu_xiao_pennington_lemma_5_3_instance : exists (C g : R), 0 < C /\ 0 < g <= 1.
Proof. exists 1, 1; lra. Qed.

Lemma hu_xiao_pennington_good_start_instance : exists (C g : R), 0 < C /\ 0 < g <= 1.
Proof. exists 1, 1; lra. Qed.

Lemma hu_xiao_pennington_lemma_5_4_instance : exists (K c g : R), 0 < K /\ 0 < c /\ 0 < g.
Proof. exists 1, 1, 1; lra. Qed.

Lemma hu_xiao_pennington_lemma_5_5_instance : exists (K c g H : R) (_ : nat), 0 < K /\ 0 < c /\ 0 < g /\ 1 <= H.
Proof. exists 1, 1, 1, 1, 0%nat; lra. Qed.

Lemma hu_xiao_pennington_theorem_5_1_instance : exists (C g B : R) (_ : nat), 0 < C /\ 0 < g <= 1 /\ 1 <= B.
Proof. exists 1, 1, 1, 0%nat; lra. Qed.

(** What the theorem asks for from L0 on, with C = g = B = 1 and k = 0. *)
Lemma scales_of_one : forall L, (1 <= L)%nat -> exists (n : nat -> nat) (d r : nat) (alpha eta : R) (X Y : nat -> nat -> R) (sigma : nat -> R),
  (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) /\ INR d <= 1 * Rpower (INR L) (1 - 1) /\ (forall l, (l < L)%nat -> 0 < sigma l) /\
  alpha ^ 2 * product L (fun l => INR (n (S l)) * sigma l ^ 2) <= INR L ^ 0 /\
  (forall l, (l < L)%nat -> / INR L ^ 0 <= INR (n (S l)) * sigma l ^ 2) /\
  rnorm (n 0%nat) r X <= 1 /\ / 1 <= rnorm (n L) r Y <= 1 /\ 0 <= eta <= exp (Rpower (INR L) 1 / (768 * 1)).
Proof.
  intros L HL; exists (fun _ => 1%nat), 1%nat, 1%nat, 1, 0, (fun _ _ => 1), (fun _ _ => 1), (fun _ => 1).
  assert (L1 : 0 < INR L) by (apply lt_0_INR; lia).
  assert (U : rnorm 1 1 (fun _ _ => 1) = 1).
  { unfold rnorm, rinner, dot; cbn [total]; replace (0 + (0 + 1 * 1)) with 1 by ring; apply sqrt_1. }
  replace (1 - 1) with 0 by ring; rewrite Rpower_O by exact L1; cbv beta; rewrite U, Rinv_1; change (INR 1) with 1; cbn [pow].
  split; [intros; lia|split; [lra|split; [intros; lra|split; [|split; [intros; rewrite Rinv_1; lra|split; [lra|split; [lra|]]]]]]].
  - rewrite (product_ext L _ (fun _ => 1)) by (intros; ring); rewrite product_const, pow1; lra.
  - split; [lra|left; apply exp_pos].
Qed.

(** ** The last layer of three has a gradient *)

Lemma narrow_slope_is_gradient_instance : exists (_ : nat -> nat) (L _ : nat) (_ : R) (_ _ : nat -> nat -> R) (_ : nat -> nat -> nat -> R) (l : nat)
  (_ : nat -> nat -> R), (l < L)%nat.
Proof.
  exists (fun l => S l), 3%nat, 2%nat, 1, (fun _ _ => 1), (fun _ _ => 1), (fun _ => unit_matrix), 2%nat, (fun _ _ => 1); lia.
Qed.

(** ** What Lemmas 5.4 and 5.5 ask for, all of it at once and at its border *)

(** Layers of one weight: K L^3 first, then as much as the products of L/10 + 1 layers may have. *)
Definition border_rest (K c g : R) (L : nat) : R := c * Rpower (INR L) g + ln (K * INR L ^ 3).

Definition border_start (K c g : R) (L l _ _ : nat) : R :=
  match l with
  | O => K * INR L ^ 3
  | S _ => exp (- (10 / INR L * border_rest K c g L))
  end.

Definition border_moved (K c g : R) (L l i j : nat) : R := border_start K c g L l i j + exp (- (6 / 10 * c * Rpower (INR L) g)).

Lemma power_of_exp : forall x q, exp x ^ q = exp (INR q * x).
Proof.
  intros x q; induction q as [|q IH]; [simpl; rewrite Rmult_0_l, exp_0; reflexivity|].
  rewrite <- tech_pow_Rmult, IH, <- exp_plus, S_INR; f_equal; ring.
Qed.

Lemma border_products : forall K c g L a q,
  plain_product (fun _ => 1%nat) (border_start K c g L) a (S q) 0 0
    = match a with O => K * INR L ^ 3 | S _ => exp (- (10 / INR L * border_rest K c g L)) end * exp (- (10 / INR L * border_rest K c g L)) ^ q.
Proof.
  intros K c g L a q; induction q as [|q IH].
  - cbn [plain_product]; unfold mul, dot; cbn [total]; rewrite Nat.add_0_r; unfold unit_matrix; simpl; destruct a; simpl; ring.
  - cbn [plain_product] in *; unfold mul at 1, dot; cbn [total]; rewrite IH; replace (a + S q)%nat with (S (a + q)) by lia.
    unfold border_start; cbn [pow]; ring.
Qed.

Lemma norm_of_number : forall A s, A 0%nat 0%nat ^ 2 <= s ^ 2 -> opnorm 1 1 A s.
Proof. intros A s H x; unfold mv, dot; cbn [total]; assert (Q := pow2_ge_0 (x 0%nat)); nra. Qed.

Lemma border_is_met : forall K c g L, 0 < K -> 0 <= c -> (1 <= L)%nat -> 1 <= K * INR L ^ 3 ->
  narrow_start (fun _ => 1%nat) L K c g (border_start K c g L) /\ moved_little (fun _ => 1%nat) L c g (border_start K c g L) (border_moved K c g L) /\
  plain_product (fun _ => 1%nat) (border_start K c g L) 0 1 0 0 = K * INR L ^ 3 /\
  (forall m, (L = 10 * m)%nat -> plain_product (fun _ => 1%nat) (border_start K c g L) 0 (S m) 0 0 = exp (- (c * Rpower (INR L) g))) /\
  forall l, border_moved K c g L l 0%nat 0%nat - border_start K c g L l 0%nat 0%nat = exp (- (6 / 10 * c * Rpower (INR L) g)).
Proof.
  intros K c g L HK Hc HL Big; assert (L0 : 0 < INR L) by (apply lt_0_INR; lia); set (T := border_rest K c g L).
  assert (P0 : 0 < Rpower (INR L) g) by apply exp_pos.
  assert (G : 0 <= ln (K * INR L ^ 3)) by (destruct Big as [B|B]; [left; rewrite <- ln_1; apply ln_increasing; lra|rewrite <- B, ln_1; lra]).
  assert (T0 : 0 <= T) by (unfold T, border_rest; nra).
  set (a := exp (- (10 / INR L * T))).
  assert (Q0 : 0 <= 10 / INR L) by (left; apply Rdiv_lt_0_compat; lra).
  assert (a0 : 0 < a) by apply exp_pos.
  assert (a1 : a <= 1) by (unfold a; rewrite <- exp_0; destruct (Rmult_le_pos _ _ Q0 T0) as [Z|Z]; [left; apply exp_increasing; lra|rewrite <- Z, Ropp_0; lra]).
  assert (Top : forall b q, 0 <= match b with O => K * INR L ^ 3 | S _ => a end * a ^ q <= K * INR L ^ 3 * a ^ q).
  { intros b q; assert (A := pow_lt a q a0); destruct b; split; try (apply Rmult_le_pos; lra); try lra; apply Rmult_le_compat_r; lra. }
  assert (Root : forall q, K * INR L ^ 3 * a ^ q = exp (T * (1 - 10 * INR q / INR L) - c * Rpower (INR L) g)).
  { intros q; unfold a; rewrite power_of_exp; rewrite <- (exp_ln (K * INR L ^ 3)) at 1 by lra; rewrite <- exp_plus; f_equal.
    replace (ln (K * INR L ^ 3)) with (T - c * Rpower (INR L) g) by (unfold T, border_rest; ring); field; lra. }
  split; [split|split; [|split; [|split]]].
  - intros b [|q] Hq _; [lia|]; apply norm_of_number; rewrite border_products; fold T; fold a; apply pow_incr; destruct (Top b q) as [U V]; split; [exact U|].
    eapply Rle_trans; [exact V|]; rewrite <- (Rmult_1_r (K * INR L ^ 3)) at 2; apply Rmult_le_compat_l; [lra|].
    rewrite <- (pow1 q); apply pow_incr; lra.
  - intros b [|q] _ Hq; [lia|]; apply norm_of_number; rewrite border_products; fold T; fold a; apply pow_incr; destruct (Top b q) as [U V]; split; [exact U|].
    eapply Rle_trans; [exact V|]; rewrite Root.
    assert (Hr : 1 <= 10 * INR q / INR L).
    { apply (Rmult_le_reg_r (INR L)); [exact L0|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_l, Rmult_1_r by lra.
      replace 10 with (INR 10) by (simpl; ring); rewrite <- mult_INR; apply le_INR; lia. }
    assert (Le : T * (1 - 10 * INR q / INR L) - c * Rpower (INR L) g <= - (c * Rpower (INR L) g)) by nra.
    destruct Le as [Le|Le]; [left; apply exp_increasing; exact Le|rewrite Le; lra].
  - intros l _; apply norm_of_number; unfold border_moved, msub; apply Req_le; ring.
  - rewrite border_products; simpl; ring.
  - intros m Em; rewrite border_products; fold T; fold a; rewrite Root; f_equal.
    replace (INR L) with (10 * INR m) by (rewrite Em, mult_INR; simpl; ring); field.
    intros Z; rewrite Em, mult_INR, Z in L0; lra.
  - intros l; unfold border_moved; ring.
Qed.

(** With K = c = g = H = 1 and k = 0: no hypothesis of Lemma 5.5 is left, and at every depth. *)
Lemma window_of_one : forall L, (1 <= L)%nat -> exists (n : nat -> nat) (r : nat) (alpha : R) (X Y : nat -> nat -> R) (sigma : nat -> R) (A B : nat -> nat -> nat -> R),
  (forall l, (l <= L)%nat -> (1 <= n l)%nat) /\ (forall l, (l < L)%nat -> 0 < sigma l) /\
  alpha ^ 2 * product L (fun l => INR (n (S l)) * sigma l ^ 2) <= INR L ^ 0 /\
  rnorm (n 0%nat) r X <= 1 /\ / 1 <= rnorm (n L) r Y <= 1 /\ narrow_start n L 1 1 1 A /\ moved_little n L 1 1 A B /\
  exists l, (l < L)%nat /\ B l <> A l.
Proof.
  intros L HL; assert (L1 : 1 <= INR L) by (apply (le_INR 1); lia).
  assert (Big : 1 <= 1 * INR L ^ 3) by (rewrite Rmult_1_l; apply pow_R1_Rle; exact L1).
  destruct (border_is_met 1 1 1 L ltac:(lra) ltac:(lra) HL Big) as [S [M [_ [_ Moved]]]].
  exists (fun _ => 1%nat), 1%nat, 1, (fun _ _ => 1), (fun _ _ => 1), (fun _ => 1), (border_start 1 1 1 L), (border_moved 1 1 1 L).
  assert (U : rnorm 1 1 (fun _ _ => 1) = 1).
  { unfold rnorm, rinner, dot; cbn [total]; replace (0 + (0 + 1 * 1)) with 1 by ring; apply sqrt_1. }
  cbv beta; rewrite U, Rinv_1; split; [intros; lia|split; [intros; lra|split; [|split; [lra|split; [lra|split; [exact S|split; [exact M|]]]]]]].
  - rewrite (product_ext L _ (fun _ => 1)) by (intros; simpl; ring); rewrite product_const, !pow1; simpl; lra.
  - exists 0%nat; split; [lia|]; intros E; assert (Z := Moved 0%nat); rewrite E in Z; assert (P := exp_pos (- (6 / 10 * 1 * Rpower (INR L) 1))); lra.
Qed.
