(** One wide layer, then a pyramid (Nguyen and Mondelli): conditions (7) and (8) and the constants of
    Theorem 3.2, and what they say of the radii.  Layer l of the paper is W_(l-1).

    The numbers of the start are any bounds on the right side: a_l >= |W_l|, lambda_l <= sigma_min(W_l) for
    l >= 2, lambda_F <= sigma_min(F_1), x_2 >= |X|, all for spectral norms.  Least singular values are positive
    only if the widths are a pyramid and F_1 has as many columns as there are samples
    ([pyramid_is_implied]): Assumption 2.1. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Rectangular Pyramid PyramidBounds PyramidMoves PyramidStep PyramidRun.
Open Scope R_scope.

(** lambda_(3->L), the product over the layers from the third on. *)
Definition tail_product (L : nat) (v : nat -> R) : R := product (L - 2) (fun i => v (2 + i)%nat).

(** What the paper derives from the start; the paper's [least] is the minimum of the lambda_l, and any number
    that is not negative will do; m is the minimum of the bar_l, or less. *)
Definition pyramid_start (s : nat -> R -> R) (N : nat) (n : nat -> nat) (L : nat) (X : nat -> nat -> R)
  (W : nat -> nat -> nat -> R) (a lambda bar : nat -> R) (least lambdaF x2 m : R) : Prop :=
  layers_within n L W a /\
  (forall l, (2 <= l < L)%nat -> (1 <= n (S l))%nat /\ 0 < lambda l /\ opbelow (n l) (n (S l)) (W l) (lambda l)) /\
  0 < lambdaF /\ opbelow (n 1%nat) N (tr (features s n X W 1)) lambdaF /\
  0 <= x2 /\ opnorm N (n 0%nat) X x2 /\ 0 <= least /\
  (forall l, (l < 2)%nat -> bar l = 2 / 3 * (1 + a l)) /\
  (forall l, (2 <= l < L)%nat -> bar l = a l + least) /\
  0 < m /\ (forall l, (l < L)%nat -> m <= bar l).

(** gamma^4/3 (6/gamma^2)^L |X|_F sqrt(2 Phi_0) bar_(3->L)/lambda_(3->L)^2, with x = |X|_F, e = sqrt(2 Phi_0). *)
Definition pyramid_factor (gamma : R) (L : nat) (x e : R) (lambda bar : nat -> R) : R :=
  gamma ^ 4 / 3 * (6 / gamma ^ 2) ^ L * x * e * (tail_product L bar / tail_product L lambda ^ 2).

(** (7), the maximum and the minimum in it spelled out. *)
Definition condition_7 (gamma : R) (L : nat) (x e : R) (lambda bar : nat -> R) (lambdaF : R) : Prop :=
  let k := pyramid_factor gamma L x e lambda bar in
  (forall l, (2 <= l < L)%nat -> k * (2 * bar 0%nat * bar 1%nat / (lambda l * bar l)) <= lambdaF ^ 2) /\
  k * bar 0%nat <= lambdaF ^ 2 /\ k * bar 1%nat <= lambdaF ^ 2.

Definition condition_8 (gamma : R) (L : nat) (x e : R) (lambda bar : nat -> R) (lambdaF x2 : R) : Prop :=
  2 * x2 * pyramid_factor gamma L x e lambda bar * bar 1%nat <= lambdaF ^ 3.

(** alpha_0 *)
Definition pyramid_rate (gamma : R) (L : nat) (lambda : nat -> R) (lambdaF : R) : R :=
  4 / gamma ^ 4 * (gamma ^ 2 / 4) ^ L * lambdaF ^ 2 * tail_product L lambda ^ 2.

(** R = product of max(1, 3/2 bar_l), and the smoothness constant Q. *)
Definition pyramid_reach (L : nat) (bar : nat -> R) : R := product L (fun l => Rmax 1 (3 / 2 * bar l)).

Definition pyramid_smoothness (beta : R) (L : nat) (x e : R) (bar : nat -> R) (m : R) : R :=
  let r := pyramid_reach L bar in
  INR L * (3 / 2) ^ (2 * (L - 1)) * x ^ 2 * (product L bar / m) ^ 2
    + x * r * (INR (L - 1) + INR L * INR (L - 1) / 2 * beta * x * r) * e.

(** Q_1 *)
Definition pyramid_distance (L : nat) (x e alpha : R) (bar : nat -> R) : R :=
  4 / 3 * (3 / 2) ^ L * x / alpha * total L (fun l => product L bar / bar l) * e.

(** ** The shape *)

Lemma opbelow_mono : forall m n A c d, 0 <= d <= c -> opbelow m n A c -> opbelow m n A d.
Proof.
  intros m n A c d H B x; eapply Rle_trans; [|apply B].
  apply Rmult_le_compat_r; [apply dot_nonneg|apply pow_incr; exact H].
Qed.

Lemma below_above : forall m n A c a, (1 <= n)%nat -> 0 <= a -> opbelow m n A c -> opnorm m n A a -> c <= a.
Proof.
  intros m n A c a Hn Ha B C; apply below_by_square; [exact Ha|].
  set (x := fun i : nat => if Nat.eqb i 0 then 1 else 0).
  assert (P : x 0%nat * x 0%nat <= dot n x x)
    by (apply (total_one n (fun i => x i * x i)); [intros; apply Rle_0_sqr|lia]).
  unfold x at 1 2 in P; simpl in P; specialize (B x); specialize (C x).
  apply (Rmult_le_reg_r (dot n x x)); lra.
Qed.

(** ** Products *)

Lemma product_head : forall L v, (2 <= L)%nat -> product L v = v 0%nat * v 1%nat * tail_product L v.
Proof.
  intros L v H; replace L with (2 + (L - 2))%nat at 1 by lia; rewrite product_app; unfold tail_product; simpl; ring.
Qed.

Lemma others_scal : forall L c v p, (p < L)%nat -> others L (fun i => c * v i) p = c ^ (L - 1) * others L v p.
Proof.
  intros L c v p H; rewrite !(others_apart L _ p H), !product_mult, !product_const.
  replace (L - 1)%nat with (p + (L - S p))%nat by lia; rewrite pow_add; ring.
Qed.

Lemma others_divided : forall L v p, (p < L)%nat -> v p <> 0 -> others L v p = product L v / v p.
Proof. intros L v p H Z; rewrite (product_others L v p H); field; exact Z. Qed.

Lemma triangle_number : forall L (beta : R), (1 <= L)%nat ->
  total L (fun k => (if Nat.eqb (S k) L then 0 else beta) * INR (S k)) = beta * (INR L * INR (L - 1) / 2).
Proof.
  intros L beta H; destruct L as [|t]; [lia|]; simpl total at 1; rewrite Nat.eqb_refl.
  rewrite (total_ext t _ (fun k => beta * INR (S k)))
    by (intros k Hk; replace (Nat.eqb k t) with false by (symmetry; apply Nat.eqb_neq; lia); reflexivity).
  rewrite total_scal; replace (S t - 1)%nat with t by lia; rewrite Rmult_0_l, Rplus_0_r; f_equal.
  clear; induction t as [|t IH]; [simpl; field|].
  change (total (S t) (fun k => INR (S k))) with (total t (fun k => INR (S k)) + INR (S t)); rewrite IH, !S_INR; field.
Qed.

(** The constant of the inequality of Polyak and Lojasiewicz, with every singular value halved, is alpha_0. *)
Lemma rate_from_halves : forall gamma L lambda lambdaF, (3 <= L)%nat -> 0 < gamma ->
  let g := fun l => if Nat.eqb (S l) L then 1 else gamma in
  pyramid_rate gamma L lambda lambdaF
    = (lambdaF / 2 * (g 1%nat * product (L - 2) (fun i => lambda (2 + i)%nat / 2 * g (2 + i)%nat))) ^ 2.
Proof.
  intros gamma L lambda lambdaF HL g0 g; unfold pyramid_rate, tail_product.
  rewrite (product_mult (L - 2) (fun i => lambda (2 + i)%nat / 2) (fun i => g (2 + i)%nat)).
  unfold Rdiv at 4; rewrite (product_mult (L - 2) (fun i => lambda (2 + i)%nat) (fun _ => / 2)), product_const.
  set (P := product (L - 2) (fun i => lambda (2 + i)%nat)).
  destruct L as [|[|[|t]]]; try lia; replace (S (S (S t)) - 2)%nat with (S t) by lia; simpl product.
  rewrite (product_ext t _ (fun _ => gamma))
    by (intros i Hi; unfold g; replace (Nat.eqb (S (S (S i))) (S (S (S t)))) with false by (symmetry; apply Nat.eqb_neq; lia);
        reflexivity).
  rewrite product_const; unfold g; rewrite Nat.eqb_refl.
  replace (gamma ^ 2 / 4) with ((gamma * / 2) ^ 2) by field; rewrite <- pow_mult, Nat.mul_comm, pow_mult.
  rewrite Rpow_mult_distr; simpl; field; lra.
Qed.

(** 2/alpha_0 (3/2)^(L-1) |X| sqrt(2 Phi_0) bar_(3->L) lambda_F^2 is the factor of (7) and (8). *)
Lemma factor_from_rate : forall gamma L x e lambda bar lambdaF, (1 <= L)%nat -> 0 < gamma -> 0 < lambdaF ->
  0 < tail_product L lambda ->
  2 / pyramid_rate gamma L lambda lambdaF * (x * ((3 / 2) ^ (L - 1) * tail_product L bar) * e)
    = pyramid_factor gamma L x e lambda bar / lambdaF ^ 2.
Proof.
  intros gamma L x e lambda bar lambdaF HL g0 f0 T0; unfold pyramid_rate, pyramid_factor.
  set (T := tail_product L lambda) in *; set (B := tail_product L bar).
  replace (6 / gamma ^ 2) with (3 / 2 * / (gamma ^ 2 / 4)) by (field; lra).
  rewrite Rpow_mult_distr, pow_inv.
  destruct L as [|t]; [lia|]; replace (S t - 1)%nat with t by lia; change ((3 / 2) ^ S t) with (3 / 2 * (3 / 2) ^ t).
  assert (p0 : 0 < (gamma ^ 2 / 4) ^ S t) by (apply pow_lt; assert (0 < gamma ^ 2) by (apply pow_lt; lra); lra).
  set (p := (gamma ^ 2 / 4) ^ S t) in *; field; repeat split; lra.
Qed.

(** ** The radii: what (7) and (8) say *)

Lemma pyramid_radii : forall gamma L x e lambda bar lambdaF x2, (3 <= L)%nat -> 0 < gamma -> 0 < lambdaF -> 0 <= x2 ->
  (forall l, (2 <= l < L)%nat -> 0 < lambda l) -> (forall l, (l < L)%nat -> 0 < bar l) ->
  condition_7 gamma L x e lambda bar lambdaF -> condition_8 gamma L x e lambda bar lambdaF x2 ->
  let move := fun l => 2 / pyramid_rate gamma L lambda lambdaF * (x * others L (fun l => 3 / 2 * bar l) l * e) in
  move 0%nat <= 1 /\ move 1%nat <= 1 /\ (forall l, (2 <= l < L)%nat -> move l <= lambda l / 2) /\
  x2 * move 0%nat <= lambdaF / 2.
Proof.
  intros gamma L x e lambda bar lambdaF x2 HL g0 f0 x20 Hl Hb [T7 [C0 C1]] C8 move.
  set (k := pyramid_factor gamma L x e lambda bar) in *; unfold condition_8 in C8; fold k in C8.
  assert (T0 : 0 < tail_product L lambda) by (apply product_pos; intros i Hi; apply Hl; lia).
  assert (F := factor_from_rate gamma L x e lambda bar lambdaF ltac:(lia) g0 f0 T0); fold k in F.
  assert (b0 := Hb 0%nat ltac:(lia)); assert (b1 := Hb 1%nat ltac:(lia)).
  assert (f2 : 0 < lambdaF ^ 2) by (apply pow_lt; exact f0).
  assert (E : forall l, (l < L)%nat -> move l * lambdaF ^ 2 = k * (bar 0%nat * bar 1%nat / bar l)).
  { intros l H; unfold move; rewrite (others_scal L (3 / 2) bar l H), (others_divided L bar l H)
      by (specialize (Hb l H); lra).
    rewrite (product_head L bar) by lia.
    replace k with (k / lambdaF ^ 2 * lambdaF ^ 2) by (field; lra); rewrite <- F; unfold Rdiv; ring. }
  assert (E0 := E 0%nat ltac:(lia)); assert (E1 := E 1%nat ltac:(lia)).
  replace (k * (bar 0%nat * bar 1%nat / bar 0%nat)) with (k * bar 1%nat) in E0 by (field; lra).
  replace (k * (bar 0%nat * bar 1%nat / bar 1%nat)) with (k * bar 0%nat) in E1 by (field; lra).
  split; [|split; [|split]].
  - apply (Rmult_le_reg_r (lambdaF ^ 2)); lra.
  - apply (Rmult_le_reg_r (lambdaF ^ 2)); lra.
  - intros l H; specialize (T7 l H); specialize (E l ltac:(lia)); specialize (Hl l H); specialize (Hb l ltac:(lia)).
    apply (Rmult_le_reg_r (lambdaF ^ 2)); [exact f2|]; rewrite E.
    apply Rle_trans with (lambda l / 2 * (k * (2 * bar 0%nat * bar 1%nat / (lambda l * bar l)))); [right; field; lra|].
    apply Rmult_le_compat_l; lra.
  - apply (Rmult_le_reg_r (lambdaF ^ 2)); [exact f2|].
    replace (x2 * move 0%nat * lambdaF ^ 2) with (x2 * (move 0%nat * lambdaF ^ 2)) by ring; rewrite E0.
    replace (lambdaF / 2 * lambdaF ^ 2) with (lambdaF ^ 3 / 2) by field; lra.
Qed.

(** ** All weights together *)

Lemma distance_below : forall n L V W, distance n L V W <= total L (layer_move n V W).
Proof.
  intros n L V W; assert (P : forall k, 0 <= total k (layer_move n V W))
    by (intros; apply total_nonneg; intros; apply layer_move_nonneg).
  unfold distance; rewrite <- (sqrt_pow2 (total L (layer_move n V W)) (P L)); apply sqrt_le_1_alt.
  rewrite weights_inner_norms; change (total L (fun l => layer_move n V W l ^ 2) <= total L (layer_move n V W) ^ 2).
  induction L as [|L IH]; simpl total; [simpl; lra|].
  assert (Q := P L); assert (D := layer_move_nonneg n V W L).
  assert (0 <= total L (layer_move n V W) * layer_move n V W L) by (apply Rmult_le_pos; assumption); simpl in *; lra.
Qed.

Lemma distance_sym : forall n L V W, distance n L V W = distance n L W V.
Proof.
  intros; unfold distance, weights_inner; f_equal; apply total_ext; intros l _; apply total_ext; intros i _.
  apply total_ext; intros j _; unfold msub; ring.
Qed.
