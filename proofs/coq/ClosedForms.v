(** Closed forms of the flow: two weights under a quadratic loss, by the Riccati equation of (w_1 + w_2)^2; balanced weights under a linear loss. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder OneStep Geometry Flow.
Open Scope R_scope.

(** f' = a (p - y): from w_1 + w_2 <> 0 at time s, all that the weights are at time t *)
Theorem flow_two_layers : forall (a y : R) (w : nat -> R -> R) (lo hi s t : R), is_flow (fun p => a * (p - y)) 2 w lo hi -> lo < s < hi -> lo < t < hi ->
  w 0%nat s + w 1%nat s <> 0 -> 0 < y ^ 2 + (w 0%nat s ^ 2 - w 1%nat s ^ 2) ^ 2 ->
  let c := w 0%nat s ^ 2 - w 1%nat s ^ 2 in let D := sqrt (4 * y ^ 2 + c ^ 2) in let S := (w 0%nat s + w 1%nat s) ^ 2 in
  let E := exp (- (a * D * (t - s))) in let u := w 0%nat t + w 1%nat t in
  let below := S - (2 * y - D) - E * (S - (2 * y + D)) in
  below <> 0 /\ u ^ 2 = ((2 * y + D) * (S - (2 * y - D)) - (2 * y - D) * E * (S - (2 * y + D))) / below /\
  0 < (w 0%nat s + w 1%nat s) * u /\ w 0%nat t = (u + c / u) / 2 /\ w 1%nat t = (u - c / u) / 2.
Proof.
  intros a y w lo hi s t Fl Hs Ht Nz Some c D S E u below.
  set (p := fun x => w 0%nat x * w 1%nat x); set (U := fun x => w 0%nat x + w 1%nat x).
  assert (D0 : forall x, lo < x < hi -> is_derive (w 0%nat) x (- (a * (p x - y)) * w 1%nat x)).
  { intros x Hx; assert (H := Fl 0%nat x ltac:(lia) Hx); unfold others, but in H; cbn [product Nat.eqb] in H; evar_last; [exact H|unfold p; ring]. }
  assert (D1 : forall x, lo < x < hi -> is_derive (w 1%nat) x (- (a * (p x - y)) * w 0%nat x)).
  { intros x Hx; assert (H := Fl 1%nat x ltac:(lia) Hx); unfold others, but in H; cbn [product Nat.eqb] in H; evar_last; [exact H|unfold p; ring]. }
  assert (DU : forall x, lo < x < hi -> is_derive U x (- (a * (p x - y)) * U x)).
  { intros x Hx; evar_last; [apply (is_derive_plus (V := R_NormedModule) (w 0%nat) (w 1%nat)); [apply D0|apply D1]; exact Hx|unfold plus, U; simpl; ring]. }
  assert (Co : forall x, lo < x < hi -> continuous (w 0%nat) x /\ continuous (w 1%nat) x).
  { intros x Hx; split; apply (ex_derive_continuous (V := R_NormedModule)); eexists; [apply D0|apply D1]; exact Hx. }
  assert (Never : forall x, lo < x < hi -> U x <> 0).
  { intros x Hx; apply (linear_never_zero (fun x => - (a * (p x - y))) U lo hi s x Hs Hx); [|exact DU|exact Nz].
    intros z Hz; destruct (Co z Hz) as [C0 C1]; apply (continuous_opp (V := R_NormedModule) (fun x => a * (p x - y))).
    apply (continuous_mult (K := R_AbsRing) (fun _ => a)); [apply continuous_const|]; apply (continuous_minus (V := R_NormedModule) p (fun _ => y)); [|apply continuous_const].
    apply (continuous_mult (K := R_AbsRing)); assumption. }
  assert (Cons : forall x, lo < x < hi -> w 0%nat x ^ 2 - w 1%nat x ^ 2 = c)
    by (intros x Hx; apply (flow_conservation _ 2 w lo hi 0%nat 1%nat s x Fl); (lia || assumption)).
  assert (Q0 : 0 <= 4 * y ^ 2 + c ^ 2) by (assert (A := pow2_ge_0 y); assert (B := pow2_ge_0 c); lra).
  assert (D2 : D * D = 4 * y ^ 2 + c ^ 2) by (apply sqrt_sqrt, Q0); assert (Dp : 0 <= D) by apply sqrt_pos.
  assert (Dpos : 0 < D).
  { apply sqrt_lt_R0; assert (Y := pow2_ge_0 y); fold c in Some; lra. }
  assert (Dy : 2 * y <= D) by (apply Rnot_lt_le; intros N; assert (B := pow2_ge_0 c); nra).
  set (A := fun x => U x ^ 2 - (2 * y + D)); set (B := fun x => U x ^ 2 - (2 * y - D)).
  assert (Bpos : forall x, lo < x < hi -> 0 < B x) by (intros x Hx; assert (P := pow2_gt_0 (U x) (Never x Hx)); unfold B; lra).
  assert (DS : forall x, lo < x < hi -> is_derive (fun x => U x ^ 2) x (- (a / 2) * (A x * B x))).
  { intros x Hx; evar_last; [apply (is_derive_pow U 2 x _ (DU x Hx))|]; simpl; unfold A, B.
    assert (C := Cons x Hx); assert (V : (w 0%nat x - w 1%nat x) * U x = c) by (unfold U; rewrite <- C; ring).
    assert (P4 : 4 * p x * U x ^ 2 = U x ^ 4 - c ^ 2) by (rewrite <- V; unfold p, U; ring).
    transitivity (- (a / 2) * (4 * p x * U x ^ 2 - 4 * y * U x ^ 2)); [field|]; rewrite P4.
    transitivity (- (a / 2) * (U x ^ 4 - 4 * y * U x ^ 2 + (4 * y ^ 2 - D * D))); [rewrite D2; field|field]. }
  assert (Shift : forall r x, lo < x < hi -> is_derive (fun x => U x ^ 2 - r) x (- (a / 2) * (A x * B x))).
  { intros r x Hx; evar_last; [apply (is_derive_minus (V := R_NormedModule) (fun x => U x ^ 2) (fun _ => r)); [apply DS; exact Hx|apply (is_derive_const (V := R_NormedModule))]|].
    set (v := - (a / 2) * (A x * B x)); unfold minus, plus, opp, zero; simpl; ring. }
  assert (Q : A t * exp (a * D * (t - s)) * B s = A s * B t).
  { assert (K := constant_between (fun x => A x * exp (a * D * (x - s)) / B x) lo hi s t Hs Ht); cbv beta in K.
    rewrite Rminus_eq_0, Rmult_0_r, exp_0, Rmult_1_r in K; assert (Bs := Bpos s Hs); assert (Bt := Bpos t Ht).
    assert (K' : A s / B s = A t * exp (a * D * (t - s)) / B t).
    { apply K; intros x Hx; assert (Bx := Bpos x Hx); evar_last.
      - apply (is_derive_div (fun x => A x * exp (a * D * (x - s))) B x (- (a / 2) * (A x * B x) * exp (a * D * (x - s)) + A x * (a * D * exp (a * D * (x - s)))) (- (a / 2) * (A x * B x))); [| |lra].
        + evar_last; [apply (is_derive_mult A (fun x => exp (a * D * (x - s))) x (- (a / 2) * (A x * B x)) (a * D * exp (a * D * (x - s)))); [| |exact Rmult_comm]|reflexivity].
          * exact (Shift (2 * y + D) x Hx).
          * auto_derive; [trivial|unfold Rminus; ring].
        + exact (Shift (2 * y - D) x Hx).
      - assert (AB : B x = A x + 2 * D) by (unfold A, B; ring); rewrite AB in *; field; lra. }
    apply (Rmult_eq_compat_r (B s * B t)) in K'; replace (A s / B s * (B s * B t)) with (A s * B t) in K' by (field; lra); rewrite K'; field; lra. }
  assert (Ei : exp (a * D * (t - s)) * E = 1) by (unfold E; rewrite <- exp_plus, <- exp_0; f_equal; ring).
  assert (Q' : A t * B s = E * (A s * B t)) by (rewrite <- Q; transitivity (A t * B s * (exp (a * D * (t - s)) * E)); [rewrite Ei; ring|ring]).
  assert (Bs := Bpos s Hs); change (S - (2 * y + D)) with (A s) in *; change (S - (2 * y - D)) with (B s) in *.
  assert (Main : u ^ 2 * below = (2 * y + D) * B s - (2 * y - D) * E * A s).
  { unfold below; change (A t) with (u ^ 2 - (2 * y + D)) in Q'; change (B t) with (u ^ 2 - (2 * y - D)) in Q'; lra. }
  assert (Nb : below <> 0).
  { intros Z; rewrite Z, Rmult_0_r in Main; assert (Y : E * A s = B s) by (unfold below in Z; lra).
    assert (2 * D * B s = 0); [|assert (0 < D * B s) by (apply Rmult_lt_0_compat; lra); lra]; rewrite Main; replace ((2 * y - D) * E * A s) with ((2 * y - D) * (E * A s)) by ring; rewrite Y; ring. }
  split; [exact Nb|]; split; [rewrite <- Main; field; exact Nb|]; split.
  - apply (keeps_sign (fun x => U s * U x) lo hi s t Hs Ht).
    + intros x Hx; apply (continuous_mult (K := R_AbsRing) (fun _ => U s)); [apply continuous_const|]; destruct (Co x Hx); apply (continuous_plus (V := R_NormedModule)); assumption.
    + intros x Hx; apply Rmult_integral_contrapositive_currified; apply Never; assumption.
    + assert (N := pow2_gt_0 (U s) (Never s Hs)); cbv beta; lra.
  - assert (N := Never t Ht); change (U t) with u in N; rewrite <- (Cons t Ht); unfold u in *; split; field; exact N.
Qed.

(** f' = a: all weights equal and positive at time s *)
Theorem flow_balanced_power : forall (a : R) (m : nat) (w : nat -> R -> R) (lo hi s t : R), is_flow (fun _ => a) (m + 2) w lo hi -> lo < s < hi -> lo < t < hi ->
  0 < w 0%nat s -> (forall j, (j < m + 2)%nat -> w j s = w 0%nat s) ->
  forall j, (j < m + 2)%nat -> 0 < w j t /\ / w j t ^ m = / w 0%nat s ^ m + a * INR m * (t - s).
Proof.
  intros a m w lo hi s t Fl Hs Ht W0 Bal.
  assert (Never : forall x, lo < x < hi -> w 0%nat x <> 0).
  { intros x Hx; apply (flow_tie_never_escapes (fun _ => a) (m + 2) w lo hi 0%nat 1%nat s x Fl); try lia; try assumption; [intros p; apply continuous_const|rewrite (Bal 1%nat) by lia; reflexivity|lra|].
    intros l Hl; rewrite (Bal l Hl); lra. }
  assert (Sq : forall x j, lo < x < hi -> (j < m + 2)%nat -> w j x ^ 2 = w 0%nat x ^ 2).
  { intros x j Hx Hj; assert (C := flow_conservation _ _ w lo hi j 0%nat s x Fl Hj ltac:(lia) Hs Hx); rewrite (Bal j Hj) in C; lra. }
  assert (Pos : forall x j, lo < x < hi -> (j < m + 2)%nat -> 0 < w j x).
  { intros x j Hx Hj; apply (keeps_sign (w j) lo hi s x Hs Hx); [intros z Hz; apply (flow_continuous _ _ w lo hi j z Fl Hj Hz)| |rewrite (Bal j Hj); exact W0].
    intros z Hz N; assert (Q := Sq z j Hz Hj); assert (P := pow2_gt_0 _ (Never z Hz)); rewrite N in Q; simpl in *; lra. }
  assert (Eq : forall x j, lo < x < hi -> (j < m + 2)%nat -> w j x = w 0%nat x).
  { intros x j Hx Hj; assert (P := Pos x j Hx Hj); assert (P0 := Pos x 0%nat Hx ltac:(lia)); assert (Q := Sq x j Hx Hj); nra. }
  intros j Hj; split; [apply Pos; assumption|]; rewrite (Eq t j Ht Hj).
  assert (K := constant_between (fun x => / w 0%nat x ^ m - a * INR m * x) lo hi s t Hs Ht); cbv beta in K.
  enough (/ w 0%nat s ^ m - a * INR m * s = / w 0%nat t ^ m - a * INR m * t) by lra; apply K; intros x Hx; assert (P0 := Pos x 0%nat Hx ltac:(lia)).
  assert (Dw : is_derive (w 0%nat) x (- a * w 0%nat x ^ (m + 1))).
  { evar_last; [apply (Fl 0%nat x ltac:(lia) Hx)|]; f_equal; replace (m + 1)%nat with (m + 2 - 1)%nat by lia.
    rewrite <- (others_const (m + 2) (w 0%nat x) 0%nat) by lia; apply product_ext; intros i Hi; unfold but; destruct (Nat.eqb i 0); [reflexivity|apply Eq; assumption]. }
  evar_last; [apply (is_derive_minus (V := R_NormedModule) (fun x => / w 0%nat x ^ m) (fun x => a * INR m * x))|].
  - apply (is_derive_inv (fun x => w 0%nat x ^ m)); [apply (is_derive_pow (w 0%nat) m x _ Dw)|apply pow_nonzero; lra].
  - auto_derive; [trivial|reflexivity].
  - set (v := w 0%nat x) in *; unfold minus, plus, opp; simpl; destruct m as [|m]; [simpl; field|].
    rewrite pow_add; simpl pred; simpl pow; assert (0 < v ^ m) by (apply pow_lt, P0); field; lra.
Qed.
