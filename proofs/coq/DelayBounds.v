(** The formulas of [plateau._defects]: bounds of the delay kernel from what is checked on each piece.

    What the code checks on the widened piece i, for every c in the box ([Bounds.of]), and its name here:
    - speed, first, nearness: U i, A i, near (those of Plateau.v); the lower end of the jet's speed: low i;
    - sensitivity: X i >= |chi|; sensitivity_drift: Z i >= |zeta|, zeta = z chi'(z), which moves chi as chi
      moves ln u ([sensitive], [chi_moves]); the largest X of all pieces: steep ([steepest]);
    - the groups: group j < N; roots: rho i g, whose square is at least the part of group g in
      sum c_j/(c_j + y^2)^2, and weight i, at least all of it; shape i g >= 2 |y|/(c_j + y^2) in the group;
    - drifted: delta i g >= drift i j/(1 - eps) in the group; together i at least their sum over all j.

    Then [kernel_slope] and [kernel_drift] are the E' and E of DelayStep.v: [half * later * (first + shape)]
    and [second_order], whose integrals over the later pieces ([_later]) are sums over groups. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayStep.
Open Scope R_scope.

Definition in_group (group : nat -> nat) (g : nat) (e : nat -> R) (j : nat) : R :=
  if Nat.eqb (group j) g then e j else 0.

(** The exponent of the swell: how far the drift moves u, kappa and u of a group together. *)
Definition swell (steep : R) (together : nat -> R) (delta : nat -> nat -> R) (i g : nat) : R :=
  exp (steep * together i + 4 * delta i g).

(** How fast the kernel of piece i moves at piece l as its first place moves. *)
Definition kernel_slope (N : nat) (U A X low : nat -> R) (rho shape : nat -> nat -> R) (i l : nat) : R :=
  total N (fun g => U i * rho i g * (A i + shape i g) * (rho l g * X l / low l)).

(** How far the drift moves the kernel of piece i at piece l. *)
Definition kernel_drift (N : nat) (U X Z low together : nat -> R) (rho delta : nat -> nat -> R) (steep : R)
  (i l : nat) : R :=
  total N (fun g => U i * rho i g * ((swell steep together delta i g - 1) * (rho l g * X l / low l)
    + swell steep together delta i g * (together i / 2) * (rho l g * Z l / low l))).

(** zeta is z chi'(z): chi moves by sum dc_j zeta/(2 (c_j + y^2)). *)
Definition chi_moves (J : nat) (eps : R) (c0 : nat -> R) (lo hi : R) (chi zeta : (nat -> R) -> R -> R) : Prop :=
  forall c c' y l, in_box J eps c0 c -> in_box J eps c0 c' -> lo <= y <= hi -> 0 <= l <= 1 ->
    is_derive (fun s => chi (between c c' s) y) l
      (total J (fun j => (c' j - c j) * zeta (between c c' l) y / (2 * (between c c' l j + y ^ 2)))).

(** What is checked besides the speeds. *)
Definition kernels_fit (J N M : nat) (eps eta : R) (c0 a r U A : nat -> R) (near : nat -> nat -> R) (u chi zeta : (nat -> R) -> R -> R)
  (group : nat -> nat) (drift rho shape delta : nat -> nat -> R) (weight X Z low together : nat -> R) (steep : R)
  : Prop :=
  (forall j, (j < J)%nat -> (group j < N)%nat) /\
  (forall i g, 0 <= rho i g /\ 0 <= shape i g /\ 0 <= delta i g) /\
  (forall i, 0 <= weight i /\ 0 <= X i /\ 0 <= Z i /\ 0 < low i /\ 0 <= together i) /\
  (forall i, 0 <= U i /\ 0 <= A i) /\ (forall i j, 0 <= drift i j) /\
  (forall i y, (i <= M)%nat -> a i - r i <= y <= a (S i) + r (S i) ->
    low i <= u c0 y /\
    (forall d, in_box J eps c0 d -> Rabs (chi d y) <= X i /\ Rabs (zeta d y) <= Z i /\
      total J (fun j => d j / (d j + y ^ 2) ^ 2) <= weight i) /\
    (forall g, (g < N)%nat -> total J (in_group group g (fun j => c0 j / (c0 j + y ^ 2) ^ 2)) <= rho i g ^ 2) /\
    (forall j, (j < J)%nat -> 2 * Rabs y / (c0 j + y ^ 2) <= shape i (group j))) /\
  (forall i, (i <= M)%nat -> X i <= steep) /\
  (forall i j, (i <= M)%nat -> (j < J)%nat -> drift i j / (1 - eps) <= delta i (group j)) /\
  (forall i, (i <= M)%nat -> total J (fun j => drift i j / (1 - eps)) <= together i) /\
  (forall i j, (i <= M)%nat -> (j < J)%nat ->
    total (S i) (fun l => eta * U l * near l j * (a (S l) - a l)) + (eta * U i) ^ 2 * near i j <= drift i j).

(** The error of the steps from piece i, per length, from these numbers. *)
Definition checked_error (N M : nat) (eps eta : R) (a r U A : nat -> R) (rho shape delta : nat -> nat -> R)
  (weight X Z low together : nat -> R) (steep : R) (i : nat) : R :=
  delay_error M eta a r U (kernel_drift N U X Z low together rho delta steep) (kernel_slope N U A X low rho shape)
    (fun i => exp (A i * (eta * U i)) * X i * weight i) (fun i => X i * weight i / (1 - eps)) i.

Lemma total_by_group : forall J N group b f, (forall j, (j < J)%nat -> (group j < N)%nat) ->
  total J (fun j => b (group j) * f j) = total N (fun g => b g * total J (in_group group g f)).
Proof.
  induction J as [|J IH]; intros N group b f H; simpl.
  - symmetry; apply total_zero; intros; ring.
  - rewrite (IH N group b f) by (intros; apply H; lia).
    rewrite (total_ext N (fun g => b g * (total J (in_group group g f) + in_group group g f J))
      (fun g => b g * total J (in_group group g f) + b g * in_group group g f J)) by (intros; ring).
    rewrite total_plus; f_equal.
    assert (K : forall n, (n <= N)%nat -> total n (fun g => b g * in_group group g f J)
      = if Nat.ltb (group J) n then b (group J) * f J else 0).
    { induction n as [|n IHn]; intros Hn; [reflexivity|]; simpl total; rewrite IHn by lia; unfold in_group.
      destruct (Nat.ltb_spec (group J) n), (Nat.ltb_spec (group J) (S n)), (Nat.eqb_spec (group J) n);
        try lia; subst; ring. }
    rewrite K by lia; destruct (Nat.ltb_spec (group J) N) as [_|L]; [reflexivity|].
    specialize (H J ltac:(lia)); lia.
Qed.

(** Cauchy and Schwarz, for weights that are squares. *)
Lemma weighted_schwarz : forall n w f g p q, 0 <= p -> 0 <= q -> (forall j, (j < n)%nat -> 0 <= w j) ->
  total n (fun j => w j * f j ^ 2) <= p ^ 2 -> total n (fun j => w j * g j ^ 2) <= q ^ 2 ->
  total n (fun j => w j * f j * g j) <= p * q.
Proof.
  intros n w f g p q Hp Hq Hw P Q.
  assert (C := cauchy_schwarz n (fun j => sqrt (w j) * f j) (fun j => sqrt (w j) * g j)).
  assert (Sq : forall j, (j < n)%nat -> sqrt (w j) * sqrt (w j) = w j) by (intros; apply sqrt_sqrt, Hw; assumption).
  rewrite (total_ext n _ (fun j => w j * f j * g j)) in C
    by (intros j Hj; rewrite <- (Sq j Hj) at 3; ring).
  assert (Two : forall e j, (j < n)%nat -> (sqrt (w j) * e j) ^ 2 = w j * e j ^ 2).
  { intros e j Hj; rewrite <- (Sq j Hj) at 2; ring. }
  rewrite (total_ext n (fun i => (sqrt (w i) * f i) ^ 2) (fun j => w j * f j ^ 2)) in C by (intros j Hj; apply Two; exact Hj).
  rewrite (total_ext n (fun i => (sqrt (w i) * g i) ^ 2) (fun j => w j * g j ^ 2)) in C by (intros j Hj; apply Two; exact Hj).
  assert (F0 : 0 <= total n (fun j => w j * f j ^ 2))
    by (apply total_nonneg; intros; apply Rmult_le_pos; [apply Hw; assumption|apply pow2_ge_0]).
  assert (G0 : 0 <= total n (fun j => w j * g j ^ 2))
    by (apply total_nonneg; intros; apply Rmult_le_pos; [apply Hw; assumption|apply pow2_ge_0]).
  assert (L : total n (fun j => w j * f j ^ 2) * total n (fun j => w j * g j ^ 2) <= p ^ 2 * q ^ 2)
    by (apply Rmult_le_compat; assumption).
  apply Rsqr_incr_0_var; [unfold Rsqr; nra|apply Rmult_le_pos; assumption].
Qed.

(** The part of kappa that belongs to a group, at two places. *)
Lemma group_kappa : forall J group g c0 x y p q, 0 <= p -> 0 <= q ->
  (forall j, (j < J)%nat -> 0 <= c0 j /\ 0 < c0 j + x ^ 2 /\ 0 < c0 j + y ^ 2) ->
  total J (in_group group g (fun j => c0 j / (c0 j + x ^ 2) ^ 2)) <= p ^ 2 ->
  total J (in_group group g (fun j => c0 j / (c0 j + y ^ 2) ^ 2)) <= q ^ 2 ->
  total J (in_group group g (fun j => c0 j / ((c0 j + x ^ 2) * (c0 j + y ^ 2)))) <= p * q.
Proof.
  intros J group g c0 x y p q Hp Hq Pos P Q.
  rewrite (total_ext J _ (fun j => in_group group g c0 j * / (c0 j + x ^ 2) * / (c0 j + y ^ 2))).
  - apply weighted_schwarz; try assumption.
    + intros j Hj; unfold in_group; destruct (Nat.eqb _ _); [apply Pos; exact Hj|lra].
    + eapply Rle_trans; [right; apply total_ext|exact P]; intros j Hj; destruct (Pos j Hj) as [_ [X _]].
      unfold in_group; destruct (Nat.eqb _ _); field; lra.
    + eapply Rle_trans; [right; apply total_ext|exact Q]; intros j Hj; destruct (Pos j Hj) as [_ [_ Y]].
      unfold in_group; destruct (Nat.eqb _ _); field; lra.
  - intros j Hj; destruct (Pos j Hj) as [_ [X Y]]; unfold in_group; destruct (Nat.eqb _ _); field; lra.
Qed.

(** ** What the drift moves *)

Lemma narrow_quotient : forall e0 dr c0 c, 0 <= e0 < 1 -> 0 <= dr -> 0 <= c0 ->
  c0 * (1 - dr) <= c <= c0 -> c0 * (1 - e0) <= c -> c0 <= (1 + dr / (1 - e0)) * c.
Proof.
  intros e0 dr c0 c He Hd H0 [L U] B.
  assert (K : c0 * dr <= dr / (1 - e0) * c).
  { replace (c0 * dr) with (dr / (1 - e0) * (c0 * (1 - e0))) by (field; lra).
    apply Rmult_le_compat_l; [|exact B].
    apply Rmult_le_pos; [exact Hd|left; apply Rinv_0_lt_compat; lra]. }
  lra.
Qed.

(** Whatever moves with c by sum dc_j w/(2 (c_j + y^2)) moves by half the drift of all c times |w|. *)
Lemma segment_moves : forall J eps c0 (F w : (nat -> R) -> R) d dr y W T,
  0 <= eps < 1 -> 0 <= W -> (forall j, (j < J)%nat -> 0 <= dr j /\ 0 <= c0 j) ->
  in_box J eps c0 d -> narrow J dr c0 d ->
  (forall b, in_box J eps c0 b -> Rabs (w b) <= W /\ forall j, (j < J)%nat -> 0 < b j + y ^ 2) ->
  (forall l, 0 <= l <= 1 -> is_derive (fun s => F (between c0 d s)) l
    (total J (fun j => (d j - c0 j) * w (between c0 d l) / (2 * (between c0 d l j + y ^ 2))))) ->
  total J (fun j => dr j / (1 - eps)) <= T ->
  Rabs (F d - F c0) <= W / 2 * T.
Proof.
  intros J eps c0 F w d dr y W T He HW Hdr Hd Hn Hw HF HT.
  assert (B0 : in_box J eps c0 c0).
  { intros j Hj; destruct (Hdr j Hj); split; [|lra].
    assert (0 <= c0 j * eps) by (apply Rmult_le_pos; lra); lra. }
  destruct (MVT_gen (fun s => F (between c0 d s)) 0 1
    (fun l => total J (fun j => (d j - c0 j) * w (between c0 d l) / (2 * (between c0 d l j + y ^ 2))))) as [l [Hl E]].
  - rewrite Rmin_left, Rmax_right by lra; intros l Hl; apply HF; lra.
  - rewrite Rmin_left, Rmax_right by lra; intros l Hl; apply continuity_pt_filterlim.
    apply (ex_derive_continuous (fun s => F (between c0 d s))); eexists; apply HF; lra.
  - rewrite Rmin_left, Rmax_right in Hl by lra.
    destruct (between_ends c0 d) as [E0 E1]; rewrite E0, E1, Rminus_0_r, Rmult_1_r in E; rewrite E.
    assert (Bl := in_box_between J eps c0 c0 d l B0 Hd Hl); destruct (Hw _ Bl) as [HX Pos].
    eapply Rle_trans; [apply total_abs|].
    eapply Rle_trans; [|apply Rmult_le_compat_l; [lra|exact HT]].
    rewrite <- total_scal; apply total_le; intros j Hj.
    specialize (Pos j Hj); destruct (Hdr j Hj) as [D0 C0]; destruct (Hn j Hj) as [N1 N2]; destruct (Bl j Hj) as [B1 _].
    assert (Y := pow2_ge_0 y); set (b := between c0 d l) in *.
    assert (I : 0 < / (b j + y ^ 2)) by (apply Rinv_0_lt_compat; exact Pos).
    replace ((d j - c0 j) * w b / (2 * (b j + y ^ 2))) with (w b * ((d j - c0 j) * / (b j + y ^ 2) / 2)) by (field; lra).
    rewrite Rabs_mult.
    replace (W / 2 * (dr j / (1 - eps))) with (W * (dr j / (1 - eps) / 2)) by (field; lra).
    apply Rmult_le_compat; try apply Rabs_pos; [exact HX|].
    assert (Q : (c0 j - d j) * / (b j + y ^ 2) <= dr j / (1 - eps)).
    { apply (Rmult_le_reg_r (b j + y ^ 2)); [exact Pos|]; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
      apply (Rle_trans _ (c0 j * dr j)); [lra|].
      replace (c0 j * dr j) with (dr j / (1 - eps) * (c0 j * (1 - eps))) by (field; lra).
      apply Rmult_le_compat_l; [|lra].
      apply Rmult_le_pos; [exact D0|left; apply Rinv_0_lt_compat; lra]. }
    assert (P : 0 <= (c0 j - d j) * / (b j + y ^ 2)) by (apply Rmult_le_pos; lra).
    apply Rabs_le; lra.
Qed.

(** One term of kappa, for c and d that have drifted a little. *)
Lemma kappa_term_moves : forall e0 dr de c0 c d p q, 0 <= e0 < 1 -> 0 <= dr -> dr / (1 - e0) <= de -> 0 <= c0 ->
  c0 * (1 - dr) <= c <= c0 -> c0 * (1 - e0) <= c -> c0 * (1 - dr) <= d <= c0 -> c0 * (1 - e0) <= d ->
  0 <= p -> 0 <= q -> 0 < c + p -> 0 < d + q ->
  exists s, exp (- (2 * de)) <= s <= exp (2 * de) /\
    c / ((c + p) * (d + q)) = s * (c0 / ((c0 + p) * (c0 + q))).
Proof.
  intros e0 dr de c0 c d p q He Hd Hde H0 Hc Bc HD BD Hp Hq P Q.
  assert (D0 : 0 <= dr / (1 - e0)) by (apply Rmult_le_pos; [exact Hd|left; apply Rinv_0_lt_compat; lra]).
  assert (Ex : 1 + dr / (1 - e0) <= exp de) by (eapply Rle_trans; [|apply exp_ineq1_le]; lra).
  assert (Kc := narrow_quotient e0 dr c0 c He Hd H0 Hc Bc); assert (Kd := narrow_quotient e0 dr c0 d He Hd H0 HD BD).
  assert (E1 : 1 <= exp de) by lra.
  assert (Z : forall k, 0 <= k <= c0 -> c0 <= (1 + dr / (1 - e0)) * k -> c0 <= exp de * k)
    by (intros k Hk H; eapply Rle_trans; [exact H|apply Rmult_le_compat_r; lra]).
  assert (c_nn : 0 <= c) by (assert (0 <= c0 * (1 - e0)) by (apply Rmult_le_pos; lra); lra).
  assert (d_nn : 0 <= d) by (assert (0 <= c0 * (1 - e0)) by (apply Rmult_le_pos; lra); lra).
  specialize (Z c ltac:(lra) Kc) as Zc; specialize (Z d ltac:(lra) Kd) as Zd.
  destruct H0 as [H0 | <-].
  - exists ((c / c0) * ((c0 + p) / (c + p)) * ((c0 + q) / (d + q))); split; [|field; lra].
    assert (cp : 0 < c) by (apply (Rmult_lt_reg_l (exp de)); [apply exp_pos|lra]).
    assert (R1 : exp (- de) <= c / c0 <= 1).
    { split; [|apply (Rmult_le_reg_r c0); [exact H0|unfold Rdiv; rewrite Rmult_assoc, Rinv_l; lra]].
      rewrite exp_Ropp; apply (Rmult_le_reg_l (exp de)); [apply exp_pos|]; rewrite Rinv_r by (generalize (exp_pos de); lra).
      apply (Rmult_le_reg_r c0); [exact H0|]; replace (exp de * (c / c0) * c0) with (exp de * c) by (field; lra); lra. }
    assert (R2 : 1 <= (c0 + p) / (c + p) /\ c / c0 * ((c0 + p) / (c + p)) <= 1).
    { split.
      - apply (Rmult_le_reg_r (c + p)); [exact P|unfold Rdiv; rewrite Rmult_assoc, Rinv_l; lra].
      - assert (D : 0 < c0 * (c + p)) by (apply Rmult_lt_0_compat; assumption).
        replace (c / c0 * ((c0 + p) / (c + p))) with (c * (c0 + p) / (c0 * (c + p))) by (field; lra).
        assert (c * p <= c0 * p) by (apply Rmult_le_compat_r; lra).
        apply (Rmult_le_reg_r (c0 * (c + p))); [exact D|unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra]. }
    assert (R3 : 1 <= (c0 + q) / (d + q) <= exp de).
    { split; apply (Rmult_le_reg_r (d + q)); try exact Q; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; [lra|].
      assert (q <= exp de * q) by (rewrite <- (Rmult_1_l q) at 1; apply Rmult_le_compat_r; lra); lra. }
    assert (M1 : exp (- de) <= 1) by lra.
    replace (- (2 * de)) with (- de + - de) by ring; replace (2 * de) with (de + de) by ring; rewrite !exp_plus.
    assert (L : exp (- de) <= c / c0 * ((c0 + p) / (c + p))).
    { rewrite <- (Rmult_1_r (exp (- de))); apply Rmult_le_compat; [left; apply exp_pos|lra|apply R1|apply R2]. }
    assert (0 < exp (- de)) by apply exp_pos; split.
    + apply (Rle_trans _ (exp (- de) * 1)); [apply Rmult_le_compat_l; lra|].
      apply Rmult_le_compat; lra.
    + apply (Rle_trans _ (1 * exp de)); [apply Rmult_le_compat; lra|apply Rmult_le_compat_r; lra].
  - exists 1; replace c with 0 by lra; split; [|unfold Rdiv; ring].
    split; rewrite <- exp_0; apply exp_le_compat; lra.
Qed.

(** A product of what has moved by a factor within exp (+-t) and of what has moved by m. *)
Lemma moved_product : forall rho k d t m X, exp (- t) <= rho <= exp t -> Rabs k <= X -> Rabs (d - k) <= m ->
  Rabs (rho * d - k) <= (exp t - 1) * X + exp t * m.
Proof.
  intros rho k d t m X [L H] Hk Hd.
  assert (P : 0 < exp (- t)) by apply exp_pos.
  assert (Two : exp t + exp (- t) >= 2).
  { assert (E : exp t * exp (- t) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
    assert (0 < exp t) by apply exp_pos; assert (0 <= (exp t - exp (- t)) ^ 2) by apply pow2_ge_0; nra. }
  replace (rho * d - k) with ((rho - 1) * k + rho * (d - k)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]; rewrite !Rabs_mult.
  apply Rplus_le_compat; apply Rmult_le_compat; try apply Rabs_pos; try assumption.
  - apply Rabs_le; lra.
  - rewrite Rabs_pos_eq; lra.
Qed.

Lemma drift_moves : forall J N group c0 c d u chi x y U X Z low T steep (rho rho' delta : nat -> R),
  (forall j, (j < J)%nat -> (group j < N)%nat) -> 0 < low -> 0 <= T -> 0 <= X -> 0 <= Z -> 0 <= steep ->
  (forall g, 0 <= rho g /\ 0 <= rho' g /\ 0 <= delta g) ->
  0 < u c x -> 0 < u d y -> 0 < u c0 x <= U -> low <= u c0 y ->
  Rabs (ln (u c x) - ln (u c0 x)) <= steep / 2 * T -> Rabs (ln (u d y) - ln (u c0 y)) <= steep / 2 * T ->
  Rabs (chi c0 y) <= X -> Rabs (chi d y - chi c0 y) <= Z / 2 * T ->
  (forall j, (j < J)%nat -> 0 <= c0 j /\ 0 < c0 j + x ^ 2 /\ 0 < c0 j + y ^ 2) ->
  (forall j, (j < J)%nat -> exists s, exp (- (2 * delta (group j))) <= s <= exp (2 * delta (group j)) /\
    c j / ((c j + x ^ 2) * (d j + y ^ 2)) = s * (c0 j / ((c0 j + x ^ 2) * (c0 j + y ^ 2)))) ->
  (forall g, (g < N)%nat ->
    total J (in_group group g (fun j => c0 j / ((c0 j + x ^ 2) * (c0 j + y ^ 2)))) <= rho g * rho' g) ->
  Rabs (delay_kernel J u chi c d x y - delay_kernel J u chi c0 c0 x y)
    <= total N (fun g => U * rho g * ((exp (steep * T + 4 * delta g) - 1) * (rho' g * X / low)
      + exp (steep * T + 4 * delta g) * (T / 2) * (rho' g * Z / low))).
Proof.
  intros J N group c0 c d u chi x y U X Z low T steep rho rho' delta Hg Hl HT HX HZ Hst Hr Ux Uy U0 L0 Lx Ly Hchi Hmove Pos Hs HK.
  set (q0 := fun j => c0 j / ((c0 j + x ^ 2) * (c0 j + y ^ 2))).
  set (b := fun g => (exp (steep * T + 4 * delta g) - 1) * X + exp (steep * T + 4 * delta g) * (Z / 2 * T)).
  set (k := u c0 x / u c0 y).
  assert (K0 : 0 <= k) by (left; apply Rdiv_lt_0_compat; lra).
  assert (KU : k <= U / low).
  { apply Rmult_le_compat; [lra|left; apply Rinv_0_lt_compat; lra|lra|apply Rinv_le_contravar; lra]. }
  set (w := (ln (u c x) - ln (u c0 x)) - (ln (u d y) - ln (u c0 y))).
  assert (Ew : u c x / u d y = k * exp w).
  { unfold w, k; replace (ln (u c x) - ln (u c0 x) - (ln (u d y) - ln (u c0 y)))
      with (ln (u c x) + - ln (u c0 x) + (- ln (u d y) + ln (u c0 y))) by ring.
    rewrite !exp_plus, !exp_Ropp, !exp_ln by lra; field; lra. }
  assert (Hw : Rabs w <= steep * T).
  { unfold w; unfold Rminus at 1; eapply Rle_trans; [apply Rabs_triang|]; rewrite Rabs_Ropp; lra. }
  apply Rabs_le_between in Hw.
  assert (Q0 : forall j, (j < J)%nat -> 0 <= q0 j).
  { intros j Hj; destruct (Pos j Hj) as [A [B C]]; unfold q0; apply Rmult_le_pos; [exact A|].
    left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; assumption. }
  assert (Split : delay_kernel J u chi c d x y - delay_kernel J u chi c0 c0 x y
    = total J (fun j => u c x / u d y * (chi d y * (c j / ((c j + x ^ 2) * (d j + y ^ 2)))) - k * (chi c0 y * q0 j))).
  { rewrite total_minus, !total_scal; unfold delay_kernel, kappa, k; fold q0; field; lra. }
  rewrite Split; eapply Rle_trans; [apply total_abs|].
  eapply Rle_trans; [apply (total_le J _ (fun j => b (group j) * (k * q0 j)))|].
  - intros j Hj; destruct (Hs j Hj) as [s [[S1 S2] Es]]; fold (q0 j) in Es; rewrite Es, Ew.
    replace (k * exp w * (chi d y * (s * q0 j)) - k * (chi c0 y * q0 j))
      with (k * q0 j * (s * exp w * chi d y - chi c0 y)) by ring.
    specialize (Q0 j Hj); rewrite Rabs_mult, (Rabs_pos_eq (k * q0 j)) by (apply Rmult_le_pos; assumption).
    rewrite (Rmult_comm (b (group j))); apply Rmult_le_compat_l; [apply Rmult_le_pos; assumption|].
    apply moved_product; [|exact Hchi|exact Hmove].
    destruct (Hr (group j)) as [_ [_ D0]].
    assert (E1 : 0 < exp (- (2 * delta (group j)))) by apply exp_pos.
    assert (W1 := exp_le_compat _ _ (proj1 Hw)); assert (W2 := exp_le_compat _ _ (proj2 Hw)).
    assert (E2 : 0 < exp (- (steep * T))) by apply exp_pos; split.
    + apply (Rle_trans _ (exp (- (2 * delta (group j))) * exp (- (steep * T)))).
      * rewrite <- exp_plus; apply exp_le_compat; lra.
      * apply Rmult_le_compat; lra.
    + apply (Rle_trans _ (exp (2 * delta (group j)) * exp (steep * T))).
      * apply Rmult_le_compat; lra.
      * rewrite <- exp_plus; apply exp_le_compat; lra.
  - rewrite (total_by_group J N group b (fun j => k * q0 j) Hg); apply total_le; intros g Hgn.
    destruct (Hr g) as [R1 [R2 D0]].
    assert (In : total J (in_group group g (fun j => k * q0 j)) = k * total J (in_group group g q0)).
    { rewrite <- total_scal; apply total_ext; intros j Hj; unfold in_group; destruct (Nat.eqb _ _); ring. }
    assert (Kg := HK g Hgn); fold q0 in Kg.
    assert (T0 : 0 <= total J (in_group group g q0)).
    { apply total_nonneg; intros j Hj; unfold in_group; destruct (Nat.eqb _ _); [apply Q0; exact Hj|lra]. }
    assert (B0 : 0 <= b g).
    { assert (0 <= steep * T) by (apply Rmult_le_pos; assumption).
      assert (1 <= exp (steep * T + 4 * delta g)) by (rewrite <- exp_0; apply exp_le_compat; lra).
      assert (0 <= Z / 2 * T) by (apply Rmult_le_pos; lra).
      unfold b; apply Rplus_le_le_0_compat; apply Rmult_le_pos; lra. }
    rewrite In; apply (Rle_trans _ (b g * (U / low * (rho g * rho' g)))).
    + apply Rmult_le_compat_l; [exact B0|apply Rmult_le_compat; assumption].
    + right; unfold b; field; lra.
Qed.

(** ** What a move of the first place changes *)

Lemma total_derive : forall n (f f' : nat -> R -> R) t, (forall j, (j < n)%nat -> is_derive (f j) t (f' j t)) ->
  is_derive (fun z => total n (fun j => f j z)) t (total n (fun j => f' j t)).
Proof.
  induction n as [|n IH]; intros f f' t H; simpl; [apply (is_derive_const (V := R_NormedModule))|].
  apply (is_derive_plus (V := R_NormedModule) (fun z => total n (fun j => f j z)) (f n)); [apply IH|]; intros; apply H; lia.
Qed.

Lemma place_moves : forall J N group c0 u chi (p : R -> R) x v y U A X low (rho rho' shape : nat -> R),
  (forall j, (j < J)%nat -> (group j < N)%nat) -> 0 < low -> 0 <= U -> 0 <= A -> 0 <= X -> x <= v ->
  (forall g, 0 <= rho g /\ 0 <= rho' g /\ 0 <= shape g) ->
  (forall t, x <= t <= v -> 0 < u c0 t <= U /\ is_derive (fun z => ln (u c0 z)) t (p t) /\ Rabs (p t) <= A) ->
  low <= u c0 y -> Rabs (chi c0 y) <= X ->
  (forall t j, x <= t <= v -> (j < J)%nat ->
    0 <= c0 j /\ 0 < c0 j + t ^ 2 /\ 0 < c0 j + y ^ 2 /\ 2 * Rabs t / (c0 j + t ^ 2) <= shape (group j)) ->
  (forall t g, x <= t <= v -> (g < N)%nat ->
    total J (in_group group g (fun j => c0 j / ((c0 j + t ^ 2) * (c0 j + y ^ 2)))) <= rho g * rho' g) ->
  Rabs (delay_kernel J u chi c0 c0 v y - delay_kernel J u chi c0 c0 x y)
    <= (v - x) * total N (fun g => U * rho g * (A + shape g) * (rho' g * X / low)).
Proof.
  intros J N group c0 u chi p x v y U A X low rho rho' shape Hg Hl HU HA HX Hxv Hr Hu L0 Hchi Pos HK.
  set (q := fun t j => c0 j / ((c0 j + t ^ 2) * (c0 j + y ^ 2))).
  set (m := chi c0 y / u c0 y).
  set (H := fun t => m * total J (fun j => exp (ln (u c0 t)) * q t j)).
  assert (Same : forall t, x <= t <= v -> delay_kernel J u chi c0 c0 t y = H t).
  { intros t Ht; destruct (Hu t Ht) as [[P _] _]; unfold H, m, delay_kernel, kappa; rewrite total_scal, exp_ln by exact P.
    fold (q t); field; lra. }
  rewrite (Same v), (Same x) by lra.
  set (H' := fun t => m * total J (fun j => exp (ln (u c0 t)) * q t j * (p t - 2 * t / (c0 j + t ^ 2)))).
  assert (D : forall t, x <= t <= v -> is_derive H t (H' t)).
  { intros t Ht; destruct (Hu t Ht) as [[P _] [Dt _]].
    apply (is_derive_scal (fun t => total J (fun j => exp (ln (u c0 t)) * q t j)) t m).
    apply (total_derive J (fun j t => exp (ln (u c0 t)) * q t j)
      (fun j t => exp (ln (u c0 t)) * q t j * (p t - 2 * t / (c0 j + t ^ 2)))).
    intros j Hj; destruct (Pos t j Ht Hj) as [C0 [C1 [C2 _]]].
    evar_last.
    - apply (is_derive_mult (fun t => exp (ln (u c0 t))) (fun t => q t j)).
      + apply (is_derive_comp exp (fun t => ln (u c0 t))); [apply is_derive_exp|exact Dt].
      + unfold q; auto_derive; [|reflexivity].
        apply Rgt_not_eq, Rmult_lt_0_compat; [simpl in C1; simpl; lra|exact C2].
      + intros; apply Rmult_comm.
    - unfold plus, mult, scal; simpl; unfold mult; simpl; unfold q; simpl in *; field; simpl; split; lra. }
  destruct (MVT_gen H x v H') as [t [Ht E]].
  - rewrite Rmin_left, Rmax_right by exact Hxv; intros t Ht; apply D; lra.
  - rewrite Rmin_left, Rmax_right by exact Hxv; intros t Ht; apply continuity_pt_filterlim.
    apply (ex_derive_continuous H); eexists; apply D; lra.
  - rewrite Rmin_left, Rmax_right in Ht by exact Hxv.
    rewrite E, Rabs_mult, (Rabs_pos_eq (v - x)), Rmult_comm by lra; apply Rmult_le_compat_l; [lra|].
    destruct (Hu t Ht) as [[P PU] [_ Pp]].
    assert (Q0 : forall j, (j < J)%nat -> 0 <= q t j).
    { intros j Hj; destruct (Pos t j Ht Hj) as [C0 [C1 [C2 _]]]; unfold q; apply Rmult_le_pos; [exact C0|].
      left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; assumption. }
    assert (m0 : Rabs m <= X / low).
    { unfold m, Rdiv; rewrite Rabs_mult, (Rabs_pos_eq (/ u c0 y)) by (left; apply Rinv_0_lt_compat; lra).
      apply Rmult_le_compat; [apply Rabs_pos|left; apply Rinv_0_lt_compat; lra|exact Hchi|apply Rinv_le_contravar; lra]. }
    assert (Xl : 0 <= X / low) by (apply Rmult_le_pos; [exact HX|left; apply Rinv_0_lt_compat; exact Hl]).
    unfold H'; rewrite Rabs_mult.
    apply (Rle_trans _ (X / low * total N (fun g => (A + shape g) * (U * (rho g * rho' g))))).
    + apply Rmult_le_compat; try apply Rabs_pos; [exact m0|].
      eapply Rle_trans; [apply total_abs|].
      eapply Rle_trans; [apply (total_le J _ (fun j => (A + shape (group j)) * (U * q t j)))|].
      * intros j Hj; destruct (Pos t j Ht Hj) as [C0 [C1 [C2 Sh]]]; specialize (Q0 j Hj).
        rewrite exp_ln by exact P; rewrite Rabs_mult, (Rabs_pos_eq (u c0 t * q t j)) by (apply Rmult_le_pos; lra).
        rewrite Rmult_comm; apply Rmult_le_compat; [apply Rabs_pos|apply Rmult_le_pos; lra| |apply Rmult_le_compat_r; lra].
        unfold Rminus; eapply Rle_trans; [apply Rabs_triang|]; rewrite Rabs_Ropp; apply Rplus_le_compat; [exact Pp|].
        eapply Rle_trans; [right|exact Sh]; unfold Rdiv; rewrite Rabs_mult, Rabs_mult, (Rabs_pos_eq 2) by lra.
        rewrite (Rabs_pos_eq (/ (c0 j + t ^ 2))) by (left; apply Rinv_0_lt_compat; exact C1); reflexivity.
      * rewrite (total_by_group J N group (fun g => A + shape g) (fun j => U * q t j) Hg); apply total_le; intros g Hgn.
        destruct (Hr g) as [R1 [R2 S0]]; apply Rmult_le_compat_l; [lra|].
        assert (In : total J (in_group group g (fun j => U * q t j)) = U * total J (in_group group g (q t))).
        { rewrite <- total_scal; apply total_ext; intros j Hj; unfold in_group; destruct (Nat.eqb _ _); ring. }
        rewrite In; apply Rmult_le_compat_l; [exact HU|apply HK; assumption].
    + right; rewrite <- total_scal; apply total_ext; intros g Hgn; field; lra.
Qed.
