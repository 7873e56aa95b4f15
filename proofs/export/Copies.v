(* Products of independent copies, and Markov's inequality for them. *)

(** E keeps the order of functions of at most exponential growth. It could not keep that of all: a
    function whose integral is infinite is above others of any mean. Such E exist for each law: on
    functions of that growth the integral extends from the measurable ones to a linear functional
    that keeps their order (M. Riesz), as each of them is below an integrable function; and from
    there to all functions as a linear functional. *)
Definition monotone_mean (E : (R -> R) -> R) : Prop :=
  forall f g A b, tame f A b -> tame g A b -> (forall w, f w <= g w) -> E f <= E g.

(** The expectation of h(e(w_1) ... e(w_k)) over k independent draws: that over w_1 of that over the others. *)
Fixpoint product_mean (E : (R -> R) -> R) (e : R -> R) (k : nat) (h : R -> R) : R :=
  match k with
  | O => h 1
  | S n => E (fun w => product_mean E e n (fun x => h (e w * x)))
  end.

Lemma mean_scaled (E : (R -> R) -> R) c f : linear_mean E -> E (fun w => c * f w) = c * E f.
Proof.
  intros L; rewrite (mean_same E _ (fun w => c * f w + 0 * f w)) by (intros; ring).
  rewrite (L c 0 f f); ring.
Qed.

Lemma product_mean_is E e k c : linear_mean E -> product_mean E e k (fun x => c * x) = c * E e ^ k.
Proof.
  intros L; revert c; induction k as [|k IH]; intros c; simpl; [ring|].
  rewrite (mean_same E _ (fun w => c * E e ^ k * e w)).
  - rewrite mean_scaled by exact L; ring.
  - intros w; transitivity (product_mean E e k (fun x => c * e w * x)); [|rewrite IH; ring].
    f_equal; apply FunctionalExtensionality.functional_extensionality; intros x; ring.
Qed.

Lemma product_mean_of E e k : linear_mean E -> product_mean E e k (fun x => x) = E e ^ k.
Proof.
  intros L; rewrite <- (Rmult_1_l (E e ^ k)), <- (product_mean_is E e k 1 L); f_equal.
  apply FunctionalExtensionality.functional_extensionality; intros x; ring.
Qed.

(* Markov's inequality *)

Lemma product_below E e r (D : R -> Prop) A b : linear_mean E -> monotone_mean E ->
  E (fun _ => 1) = 1 -> D 1 -> (forall x y, D x -> D y -> D (x * y) /\ r (x * y) = r x * r y) ->
  r 1 = 1 -> (forall w, D (e w)) -> (forall x, D x -> 0 <= r x) ->
  tame (fun w => r (e w)) A b ->
  forall k h C, 0 <= C -> (forall x, D x -> 0 <= h x <= 1 /\ h x <= C * r x) ->
    0 <= product_mean E e k h <= 1 /\ product_mean E e k h <= C * E (fun w => r (e w)) ^ k.
Proof.
  intros L M O D1 DD R1 De R0 G; set (m := E (fun w => r (e w))).
  assert (Z : E (fun _ => 0) = 0).
  { rewrite (mean_same E _ (fun w => 0 * 1)) by (intros; ring); rewrite mean_scaled by exact L; ring. }
  induction k as [|k IH]; intros h C C0 H; simpl.
  { destruct (H 1 D1) as [P Q]; rewrite R1 in Q; split; [exact P | lra]. }
  assert (K : forall w, 0 <= product_mean E e k (fun x => h (e w * x)) <= 1 /\
    product_mean E e k (fun x => h (e w * x)) <= C * r (e w) * m ^ k).
  { intros w; apply IH; [apply Rmult_le_pos; [exact C0 | apply R0, De]|].
    intros x X; destruct (DD _ _ (De w) X) as [Y V]; destruct (H _ Y) as [P Q].
    rewrite V in Q; split; [exact P|]; rewrite Rmult_assoc; exact Q. }
  assert (F : tame (fun w => product_mean E e k (fun x => h (e w * x))) 1 0).
  { apply tame_flat; intros w; destruct (K w); lra. }
  repeat split.
  - rewrite <- Z; apply (M _ _ 1 0); [apply tame_flat; intros; lra | exact F | intros w; apply K].
  - rewrite <- O; apply (M _ _ 1 0); [exact F | apply tame_flat; intros; lra | intros w; apply K].
  - apply Rle_trans with (E (fun w => C * m ^ k * r (e w))).
    + assert (B : tame (fun w => C * m ^ k * r (e w)) (Rabs (C * m ^ k) * A) (0 + b)).
      { apply (tame_times (fun _ => C * m ^ k)); [apply tame_flat|exact G].
        intros _; apply Rabs_le_between, Rle_refl. }
      apply (M _ _ (Rmax 1 (Rabs (C * m ^ k) * A)) (Rmax 0 (0 + b))).
      * apply (tame_more _ 1 0); [apply Rmax_l | apply Rmax_l | exact F].
      * apply (tame_more _ _ _ _ _ (Rmax_r _ _) (Rmax_r _ _) B).
      * intros w; destruct (K w) as [_ Q]; apply Rle_trans with (1 := Q); lra.
    + rewrite mean_scaled by exact L; fold m; lra.
Qed.

Lemma root_one n : root (S n) 1 = 1.
Proof. apply (root_of n); [symmetry; apply pow1 | lra]. Qed.

Lemma root_both n x y : 0 <= x -> 0 <= y -> root (S n) (x * y) = root (S n) x * root (S n) y.
Proof.
  intros X Y; apply (root_of n); [|apply Rmult_le_pos; apply root_ge].
  rewrite Rpow_mult_distr, (root_sq n x x X eq_refl), (root_sq n y y Y eq_refl); reflexivity.
Qed.

Lemma root_first u : 0 <= u -> root 1 u = u.
Proof. intros U; apply (root_of 0); [simpl; ring | exact U]. Qed.

Lemma whole_counted u k : (0 <= k)%Z -> powerRZ u k = u ^ Z.to_nat k.
Proof. intros K; rewrite <- (Z2Nat.id k K) at 1; symmetry; apply pow_powerRZ. Qed.

Lemma at_least_chance a b : 0 <= at_least a b <= 1.
Proof. unfold at_least; destruct (Rle_dec b a); lra. Qed.

Lemma beyond_chance a b : 0 <= beyond a b <= 1.
Proof. unfold beyond; destruct (Rlt_dec b a); lra. Qed.

Lemma beyond_less a b : beyond a b <= at_least a b.
Proof. unfold beyond, at_least; destruct (Rlt_dec b a), (Rle_dec b a); lra. Qed.

(** P(X >= t) <= E(e^s)^k t^(-s), where X is a product of k copies of e >= 0, and s = p/q > 0. *)
Lemma product_tail E e q p k t h A b : linear_mean E -> monotone_mean E -> E (fun _ => 1) = 1 ->
  (forall w, 0 <= e w) -> 0 < t -> tame (fun w => root (S q) (e w) ^ p) A b ->
  (forall x, 0 <= h x <= at_least x t) ->
  product_mean E e k h <= E (fun w => root (S q) (e w) ^ p) ^ k * / root (S q) t ^ p.
Proof.
  intros L M O De T G H; rewrite Rmult_comm.
  assert (P : 0 < root (S q) t ^ p) by (apply pow_lt, root_gt, T).
  apply (product_below E e (fun u => root (S q) u ^ p) (fun x => 0 <= x) A b L M O);
    [lra | | | exact De | | exact G | |].
  - intros x y X Y; split; [apply Rmult_le_pos; assumption|].
    rewrite root_both, Rpow_mult_distr by assumption; reflexivity.
  - rewrite root_one; apply pow1.
  - intros x _; apply pow_le, root_ge.
  - left; apply Rinv_0_lt_compat, P.
  - intros x X; generalize (H x) (at_least_chance x t); intros H1 H2; split; [lra|].
    apply Rle_trans with (1 := proj2 H1); unfold at_least; destruct (Rle_dec t x) as [Y | Y].
    + apply (Rmult_le_reg_l (root (S q) t ^ p)); [exact P|].
      rewrite <- Rmult_assoc, Rinv_r, Rmult_1_r, Rmult_1_l by lra.
      apply pow_incr; split; [apply root_ge | apply root_mono, Y].
    + apply Rmult_le_pos; [left; apply Rinv_0_lt_compat, P | apply pow_le, root_ge].
Qed.

Lemma product_chance E e k h : linear_mean E -> monotone_mean E -> E (fun _ => 1) = 1 ->
  (forall x, 0 <= h x <= 1) -> 0 <= product_mean E e k h <= 1.
Proof.
  intros L M O H; apply (product_below E e (fun _ => 1) (fun _ => True) 1 0 L M O) with (C := 1);
    try lra; intros; try split; try lra; try trivial.
  - apply tame_flat; intros; lra.
  - generalize (H x); lra.
Qed.
