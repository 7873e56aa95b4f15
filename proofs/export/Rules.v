From Coq Require Import Reals Lra Lia ZArith.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
Open Scope R_scope.

(* Definitions that statements may mention. *)

(** The n-th root of a number; of a negative number it is 0, and no statement asks for one. *)
Definition root (n : nat) (u : R) : R := if Rlt_dec 0 u then exp (ln u / INR n) else 0.

(** The error function. *)
Definition erf (u : R) : R := 2 / sqrt PI * RInt (fun t => exp (- t ^ 2)) 0 u.

(* Tactics *)

Ltac rational := clear; lra.

Ltac identity := first [ring | field | field; lra].

Ltac numeric := clear; first [lra | interval with (i_prec 200)].

Ltac integers :=
  repeat (rewrite plus_IZR || rewrite minus_IZR || rewrite mult_IZR || rewrite opp_IZR).

Ltac whole_number := integers; reflexivity.

Ltac convert_to H := solve [
  revert H; integers; intros H; exact H ].

Ltac convert_term H := let K := fresh "K" in pose proof H as K; convert_to K.

Ltac natural_number := clear; rewrite ?INR_IZR_INZ; simpl; lra.

(* Comparisons *)

Lemma le_in l r : l <= r -> 0 <= r - l.
Proof. lra. Qed.

Lemma lt_in l r : l < r -> 0 < r - l.
Proof. lra. Qed.

Lemma ge_in l r : l >= r -> 0 <= l - r.
Proof. lra. Qed.

Lemma gt_in l r : l > r -> 0 < l - r.
Proof. lra. Qed.

Lemma eq_in l r : l = r -> l - r = 0.
Proof. lra. Qed.

Lemma ne_in l r : l <> r -> l - r <> 0.
Proof. lra. Qed.

Lemma le_out l r : 0 <= r - l -> l <= r.
Proof. lra. Qed.

Lemma lt_out l r : 0 < r - l -> l < r.
Proof. lra. Qed.

Lemma ge_out l r : 0 <= l - r -> l >= r.
Proof. lra. Qed.

Lemma gt_out l r : 0 < l - r -> l > r.
Proof. lra. Qed.

Lemma eq_out l r : l - r = 0 -> l = r.
Proof. lra. Qed.

Lemma ne_out l r : l - r <> 0 -> l <> r.
Proof. lra. Qed.

Lemma le_zero_in (l r : R) : l <= r -> l <= r.
Proof. trivial. Qed.

Lemma lt_zero_in (l r : R) : l < r -> l < r.
Proof. trivial. Qed.

Lemma ge_zero_in l r : l >= r -> r <= l.
Proof. lra. Qed.

Lemma gt_zero_in l r : l > r -> r < l.
Proof. lra. Qed.

Lemma eq_zero_in (l r : R) : l = r -> l = r.
Proof. trivial. Qed.

Lemma ne_zero_in (l r : R) : l <> r -> l <> r.
Proof. trivial. Qed.

Lemma le_zero_out (l r : R) : l <= r -> l <= r.
Proof. trivial. Qed.

Lemma lt_zero_out (l r : R) : l < r -> l < r.
Proof. trivial. Qed.

Lemma ge_zero_out l r : r <= l -> l >= r.
Proof. lra. Qed.

Lemma gt_zero_out l r : r < l -> l > r.
Proof. lra. Qed.

Lemma eq_zero_out (l r : R) : l = r -> l = r.
Proof. trivial. Qed.

Lemma ne_zero_out (l r : R) : l <> r -> l <> r.
Proof. trivial. Qed.

Lemma ge_of_gt x : 0 < x -> 0 <= x.
Proof. lra. Qed.

Lemma ne_of_gt x : 0 < x -> x <> 0.
Proof. lra. Qed.

Lemma ge_of_eq x : x = 0 -> 0 <= x.
Proof. lra. Qed.

Lemma ne_of_lt x : x < 0 -> x <> 0.
Proof. lra. Qed.

Lemma named (u : R) : exists a, u = a.
Proof. exists u; reflexivity. Qed.

Lemma cases_of u : 0 < u \/ 0 <= - u.
Proof. lra. Qed.

Lemma move_ge u v : u = v -> 0 <= v -> 0 <= u.
Proof. intros ->; trivial. Qed.

Lemma move_gt u v : u = v -> 0 < v -> 0 < u.
Proof. intros ->; trivial. Qed.

Lemma move_eq u v : u = v -> v = 0 -> u = 0.
Proof. intros ->; trivial. Qed.

Lemma move_ne u v : u = v -> v <> 0 -> u <> 0.
Proof. intros ->; trivial. Qed.

Lemma to_ge x v : v <= x -> 0 <= x - v.
Proof. lra. Qed.

Lemma to_gt x v : v < x -> 0 < x - v.
Proof. lra. Qed.

(* Quotients: a term times its denominator is its numerator. *)

Lemma e_plus u v a c : u = a -> v = c -> u + v = a + c.
Proof. intros -> ->; reflexivity. Qed.

Lemma e_minus u v a c : u = a -> v = c -> u - v = a - c.
Proof. intros -> ->; reflexivity. Qed.

Lemma e_times u v a c : u = a -> v = c -> u * v = a * c.
Proof. intros -> ->; reflexivity. Qed.

Lemma e_neg u a : u = a -> - u = - a.
Proof. intros ->; reflexivity. Qed.

Lemma e_pow u a n : u = a -> u ^ n = a ^ n.
Proof. intros ->; reflexivity. Qed.

Lemma e_over u a (q : R) : u = a -> u / q = a / q.
Proof. intros ->; reflexivity. Qed.

Lemma q_plus u v a b c d : u * b = a -> v * d = c -> (u + v) * (b * d) = a * d + c * b.
Proof. intros <- <-; ring. Qed.

Lemma q_minus u v a b c d : u * b = a -> v * d = c -> (u - v) * (b * d) = a * d - c * b.
Proof. intros <- <-; ring. Qed.

Lemma q_plus_same u v a b c : u * b = a -> v * b = c -> (u + v) * b = a + c.
Proof. intros <- <-; ring. Qed.

Lemma q_minus_same u v a b c : u * b = a -> v * b = c -> (u - v) * b = a - c.
Proof. intros <- <-; ring. Qed.

Lemma q_plus_e u v a b c : u * b = a -> v = c -> (u + v) * b = a + c * b.
Proof. intros <- <-; ring. Qed.

Lemma q_minus_e u v a b c : u * b = a -> v = c -> (u - v) * b = a - c * b.
Proof. intros <- <-; ring. Qed.

Lemma e_plus_q u v a c d : u = a -> v * d = c -> (u + v) * d = a * d + c.
Proof. intros <- <-; ring. Qed.

Lemma e_minus_q u v a c d : u = a -> v * d = c -> (u - v) * d = a * d - c.
Proof. intros <- <-; ring. Qed.

Lemma q_times u v a b c d : u * b = a -> v * d = c -> (u * v) * (b * d) = a * c.
Proof. intros <- <-; ring. Qed.

Lemma q_times_e u v a b c : u * b = a -> v = c -> (u * v) * b = a * c.
Proof. intros <- <-; ring. Qed.

Lemma e_times_q u v a c d : u = a -> v * d = c -> (u * v) * d = a * c.
Proof. intros <- <-; ring. Qed.

Lemma q_neg u a b : u * b = a -> (- u) * b = - a.
Proof. intros <-; ring. Qed.

Lemma q_pow u a b n : u * b = a -> (u ^ n) * (b ^ n) = a ^ n.
Proof. intros <-; symmetry; apply Rpow_mult_distr. Qed.

Lemma q_over u a b (q : R) : u * b = a -> (u / q) * b = a / q.
Proof. intros <-; unfold Rdiv; ring. Qed.

Lemma e_inv u a : u = a -> u <> 0 -> / u * a = 1.
Proof. intros <- N; field; exact N. Qed.

Lemma q_inv u a b : u * b = a -> u <> 0 -> / u * a = b.
Proof. intros <- N; field; exact N. Qed.

Lemma e_inv_ne u a : u = a -> u <> 0 -> a <> 0.
Proof. intros <-; trivial. Qed.

Lemma q_inv_ne u a b : u * b = a -> u <> 0 -> b <> 0 -> a <> 0.
Proof. intros <- N M; apply Rmult_integral_contrapositive_currified; assumption. Qed.

Lemma q_div u v a b c d : u * b = a -> / v * d = c -> (u / v) * (b * d) = a * c.
Proof. intros <- <-; unfold Rdiv; ring. Qed.

Lemma e_div u v a c d : u = a -> / v * d = c -> (u / v) * d = a * c.
Proof. intros <- <-; unfold Rdiv; ring. Qed.

Lemma ne_times b d : b <> 0 -> d <> 0 -> b * d <> 0.
Proof. apply Rmult_integral_contrapositive_currified. Qed.

Lemma ne_pow b n : b <> 0 -> b ^ n <> 0.
Proof. intros N; apply pow_nonzero, N. Qed.

Lemma q_eq u v b a : u * b = a -> v * b = a -> b <> 0 -> u = v.
Proof. intros H K N; apply (Rmult_eq_reg_r b); [congruence | exact N]. Qed.

Lemma q_cancel u a b p : u * b = a -> b <> 0 -> a = p * b -> u = p.
Proof. intros H N K; apply (Rmult_eq_reg_r b); [congruence | exact N]. Qed.

Lemma q_same u v a b c d : u * b = a -> v * d = c -> b <> 0 -> d <> 0 -> a * d = c * b -> u = v.
Proof.
  intros <- <- N M K; apply (Rmult_eq_reg_r (b * d)); [|apply ne_times; assumption].
  transitivity (u * b * d); [ring | rewrite K; ring].
Qed.

Lemma q_zero u a b : u * b = a -> b <> 0 -> a = 0 -> u = 0.
Proof. intros H N K; destruct (Rmult_integral u b); [congruence | trivial | contradiction]. Qed.

Lemma q_of_e u a : u = a -> u * 1 = a.
Proof. intros <-; ring. Qed.

Lemma q_scaled u a b d n : u * b = a -> b <> 0 -> a * d = n * b -> u * d = n.
Proof.
  intros <- N K; apply (Rmult_eq_reg_r b); [|exact N].
  rewrite <- K; ring.
Qed.

Lemma e_scaled u a d n : u = a -> a * d = n -> u * d = n.
Proof. intros ->; trivial. Qed.

Lemma one_ne : 1 <> 0.
Proof. lra. Qed.

Lemma q_move w u a b : w = u -> u * b = a -> w * b = a.
Proof. intros ->; trivial. Qed.

Lemma combine q l r s : l = r -> s = 0 -> q * (l - r) + s = 0.
Proof. intros -> ->; ring. Qed.

(* Cones *)

Lemma cone_ge m t s : 0 < m -> m * t = s -> 0 <= s -> 0 <= t.
Proof. intros M <- S; apply (Rmult_le_reg_l m); [exact M | rewrite Rmult_0_r; exact S]. Qed.

Lemma cone_gt m t s : 0 < m -> m * t = s -> 0 < s -> 0 < t.
Proof. intros M <- S; apply (Rmult_lt_reg_l m); [exact M | rewrite Rmult_0_r; exact S]. Qed.

Lemma cone_eq m t s : 0 < m -> m * t = s -> s = 0 -> t = 0.
Proof. intros M <- S; destruct (Rmult_integral m t); [exact S | lra | assumption]. Qed.

Lemma cone_ne m t s : 0 < m -> m * t = s -> 0 < s -> t <> 0.
Proof. intros M <- S ->; lra. Qed.

Lemma cone_negative m t s : 0 < m -> - (m * t) = s -> 0 < s -> t <> 0.
Proof. intros M E S ->; lra. Qed.

Lemma nn_plus u v : 0 <= u -> 0 <= v -> 0 <= u + v.
Proof. lra. Qed.

Lemma pn_plus u v : 0 < u -> 0 <= v -> 0 < u + v.
Proof. lra. Qed.

Lemma np_plus u v : 0 <= u -> 0 < v -> 0 < u + v.
Proof. lra. Qed.

Lemma zz_plus u v : u = 0 -> v = 0 -> u + v = 0.
Proof. lra. Qed.

Lemma nn_times u v : 0 <= u -> 0 <= v -> 0 <= u * v.
Proof. apply Rmult_le_pos. Qed.

Lemma pp_plus u v : 0 < u -> 0 < v -> 0 < u + v.
Proof. lra. Qed.

Lemma pp_times u v : 0 < u -> 0 < v -> 0 < u * v.
Proof. apply Rmult_lt_0_compat. Qed.

Lemma z_times u v : u = 0 -> u * v = 0.
Proof. intros ->; ring. Qed.

Lemma times_z u v : v = 0 -> u * v = 0.
Proof. intros ->; ring. Qed.

Lemma square_nn u : 0 <= u * u.
Proof. exact (Rle_0_sqr u). Qed.
