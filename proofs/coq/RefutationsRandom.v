(** The false variants of the theorems on the moments of random layers are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Expectation AnyLaw Rectangular Laws RandomLayers RandomProducts RandomBalance.
From Lemmata Require Import PaperExamples NormalMoments RefutationsAnyLaw.
Import ListNotations.
Open Scope R_scope.

(** The weight 1, surely. *)
Lemma sure_is_law : is_law [(1, 1)].
Proof. split; [|simpl; lra]; intros x p [E|[]]; injection E; intros; subst; lra. Qed.

(** 0, sqrt 3 and -sqrt 3: the moments 0, 1, 0 and 3. *)
Definition three : list (R * R) := [(sqrt 3, 1 / 6); (- sqrt 3, 1 / 6); (0, 2 / 3)].

Lemma three_is_law : is_law three.
Proof. split; [|unfold three; simpl; lra]; intros x p [E|[E|[E|[]]]]; injection E; intros; subst; lra. Qed.

Lemma du_hu_claim_3_1_any_mean_is_false : ~ (forall k (P : weights k) L m d_in d_out x,
  single P (fun t => t) -> single P (fun t => t ^ 2) -> average P (fun t => t ^ 2) = 1 ->
  (1 <= L)%nat -> (1 <= m)%nat -> (1 <= d_out)%nat -> (entries_before (hidden_widths L m d_in d_out) L <= k)%nat ->
  variable P (fun w => dot d_out (normalised_output L m d_in d_out x w) (normalised_output L m d_in d_out x w)) /\
  expectation P (fun w => dot d_out (normalised_output L m d_in d_out x w) (normalised_output L m d_in d_out x w)) = dot d_in x x).
Proof.
  intros H; set (P := finite_weights 2 [(1, 1)] sure_is_law).
  destruct (H 2%nat P 1%nat 1%nat 2%nat 1%nat (fun _ => 1) I I) as [_ E]; try lia; try exact I.
  - change (mean [(1, 1)] (fun t => t ^ 2) = 1); simpl; lra.
  - simpl; lia.
  - change (expect [(1, 1)] 2 (fun w => dot 1 (normalised_output 1 1 2 1 (fun _ => 1) w) (normalised_output 1 1 2 1 (fun _ => 1) w))
      = dot 2 (fun _ => 1) (fun _ => 1)) in E.
    unfold dot, normalised_output, random_output, mv, dot, random_layer, hidden_widths, put in E; simpl in E.
    replace (1 * 1) with 1 in E by ring; rewrite sqrt_1 in E; unfold put in E; simpl in E; lra.
Qed.

Lemma hu_xiao_pennington_lemma_5_2_half_is_false : ~ (forall k (P : weights k) n L c delta,
  single P (fun t => t) -> average P (fun t => t) = 0 -> single P (fun t => t ^ 2) -> average P (fun t => t ^ 2) = 1 ->
  (1 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= n l <= L)%nat) -> (entries_before n L <= k)%nat ->
  0 < delta -> INR L ^ 3 / (2 * delta) <= c ^ 2 ->
  at_most P (fun w => exists a q x, (1 <= q)%nat /\ (a + q <= L)%nat /\ c ^ 2 * dot (n a) x x < scaled_square n w a x q) delta).
Proof.
  intros H; destruct (H 1%nat (signed_weights 1 1) (fun _ => 1%nat) 1%nat (9 / 10) (3 / 4) I) as [X [_ [_ [X1 E]]]]; try exact I; try lia; try lra.
  - change (mean (signs 1) (fun t => t) = 0); unfold signs; simpl; lra.
  - change (mean (signs 1) (fun t => t ^ 2) = 1); unfold signs; simpl; lra.
  - simpl; lia.
  - simpl; lra.
  - change (mean (signs 1) (fun x => X (put 0 x (fun _ => 0))) <= 3 / 4) in E; unfold signs in E; simpl in E.
    assert (All : forall x, x * x = 1 -> 1 <= X (put 0 x (fun _ => 0))).
    { intros x Hx; apply X1; exists 0%nat, 1%nat, (fun _ => 1); split; [lia|split; [lia|]].
      unfold scaled_square, random_output, mv, dot, random_layer, put; simpl; lra. }
    assert (Q1 := All 1 ltac:(lra)); assert (Q2 := All (-1) ltac:(lra)); replace (- (1)) with (-1) in E by lra; lra.
Qed.

Lemma arora_claim_2_three_halves_is_false : ~ (forall k (P : weights k) n N s delta d_max, normal_moments P -> (entries_before n N <= k)%nat ->
  (forall l, (l <= N)%nat -> (n l <= d_max)%nat) -> 0 < delta ->
  at_most P (fun w => exists l, (S l < N)%nat /\ delta < frobenius (n (S l)) (imbalance n s w l))
    (3 / 2 * INR N * s ^ 4 * INR d_max ^ 3 / delta ^ 2)).
Proof.
  intros H; assert (r2 : sqrt 3 * sqrt 3 = 3) by (apply sqrt_sqrt; lra); assert (r0 : 0 < sqrt 3) by (apply sqrt_lt_R0; lra).
  assert (M : normal_moments (finite_weights 2 three three_is_law)).
  { intros m Hm; split; [exact I|]; change (mean three (fun t => t ^ m) = normal_moment m); unfold three.
    destruct m as [|[|[|[|[|m]]]]]; try lia; unfold normal_moment; cbn [mean pow Nat.eqb].
    - lra.
    - replace (- sqrt 3 * (- sqrt 3 * 1)) with (sqrt 3 * sqrt 3) by ring; replace (sqrt 3 * (sqrt 3 * 1)) with (sqrt 3 * sqrt 3) by ring.
      rewrite r2; lra.
    - lra.
    - replace (- sqrt 3 * (- sqrt 3 * (- sqrt 3 * (- sqrt 3 * 1)))) with ((sqrt 3 * sqrt 3) * (sqrt 3 * sqrt 3)) by ring.
      replace (sqrt 3 * (sqrt 3 * (sqrt 3 * (sqrt 3 * 1)))) with ((sqrt 3 * sqrt 3) * (sqrt 3 * sqrt 3)) by ring; rewrite r2; field. }
  destruct (H 2%nat (finite_weights 2 three three_is_law) (fun _ => 1%nat) 2%nat 1 (29 / 10) 1%nat M ltac:(simpl; lia) ltac:(intros; simpl; lia) ltac:(lra))
    as [X [_ [X0 [X1 E]]]].
  change (expect three 2 X <= 3 / 2 * INR 2 * 1 ^ 4 * INR 1 ^ 3 / (29 / 10) ^ 2) in E; unfold three in E; simpl in E.
  assert (All : forall w, w 0%nat * w 0%nat - w 1%nat * w 1%nat = 3 \/ w 0%nat * w 0%nat - w 1%nat * w 1%nat = -3 -> 1 <= X w).
  { intros w Hw; apply X1; exists 0%nat; split; [lia|]; apply Rnot_le_lt; intros F.
    assert (Q : frobenius 1 (imbalance (fun _ => 1%nat) 1 w 0) ^ 2 <= (29 / 10) ^ 2) by (apply pow_incr; split; [apply frobenius_nonneg|exact F]).
    rewrite frobenius_square in Q; unfold inner, dot, imbalance, msub, mul, dot, tr, scaled_layer, mscal, random_layer in Q; simpl in Q.
    replace (0 + (0 + (0 + 1 * w 1%nat * (1 * w 1%nat) - (0 + 1 * w 0%nat * (1 * w 0%nat)))
      * (0 + 1 * w 1%nat * (1 * w 1%nat) - (0 + 1 * w 0%nat * (1 * w 0%nat)))))
      with ((w 0%nat * w 0%nat - w 1%nat * w 1%nat) * (w 0%nat * w 0%nat - w 1%nat * w 1%nat)) in Q by ring.
    destruct Hw as [E1|E1]; rewrite E1 in Q; lra. }
  repeat match type of E with context [X ?w] =>
    let x := fresh "x" in let P := fresh "P" in
    first [assert (P : 1 <= X w) by (apply All; unfold put; simpl; first [left; lra|right; lra])|assert (P : 0 <= X w) by apply X0];
    set (x := X w) in *; clearbody x end.
  lra.
Qed.

Lemma normal_law_moments_uniform_is_false : ~ (forall k, normal_moments (uniform_weights k)).
Proof.
  intros H; destruct (H 1%nat 4%nat ltac:(lia)) as [_ E]; destruct root_three as [S3 [SS _]].
  destruct (uniform_is 1 (fun x => x ^ 4) (9 / 5)) as [_ F].
  - apply (uniform_primitive _ (fun x => x ^ 5 / 5)).
    + intros x; auto_derive; [trivial|field].
    + intros x; apply (ex_derive_continuous (fun x => x ^ 4)); auto_derive; trivial.
    + assert (Hu : / uniform_density = 2 * sqrt 3) by (unfold uniform_density; field; lra).
      unfold Rdiv at 3; rewrite Hu; replace (sqrt 3 ^ 5) with ((sqrt 3 * sqrt 3) * (sqrt 3 * sqrt 3) * sqrt 3) by ring.
      replace ((- sqrt 3) ^ 5) with (- ((sqrt 3 * sqrt 3) * (sqrt 3 * sqrt 3) * sqrt 3)) by ring; rewrite SS; field.
  - rewrite F in E; unfold normal_moment in E; simpl in E; lra.
Qed.
