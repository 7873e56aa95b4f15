(** The false variants of the theorems on the moments of random layers are false. *)
From Coq Require Import Reals Lra Lia Psatz Arith List.
From Lemmata Require Import Products Matrix Norms Geometry Expectation AnyLaw Rectangular RandomLayers RandomProducts RefutationsAnyLaw.
Import ListNotations.
Open Scope R_scope.

(** The weight 1, surely. *)
Lemma sure_is_law : is_law [(1, 1)].
Proof. split; [|simpl; lra]; intros x p [E|[]]; injection E; intros; subst; lra. Qed.

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
