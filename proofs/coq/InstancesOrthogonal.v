(** Instances, continued: random orthogonal layers.  The last layer is one of the 2 m rows that are sqrt m or - sqrt m in one place, all
    equally likely: that law is turning for polynomials of degree 2, so for confidences down to 1/e.  The first layer is fixed. *)
From Coq Require Import Reals Lra Lia Arith Psatz ZArith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Transpose Spectral Margin Wide WideData DuHuLoss OrthogonalClaims LayerLaws TurnedMoments.
From Lemmata Require Import OrthogonalChance OrthogonalTheorem OrthogonalPaper OrthogonalExamples InstancesPropositions InstancesDuHu.
Open Scope R_scope.

(** ** The law of a fixed matrix, and of rows along the axes *)

Lemma fixed_law : forall (supp : (nat -> nat -> R) -> Prop) (A : nat -> nat -> R), supp A -> matrix_law supp.
Proof.
  intros supp A H; refine {| averaged := fun _ => True; matrix_mean := fun F => F A |}; auto.
Defined.

(** The row x, and zeros. *)
Definition row (x : nat -> R) (i j : nat) : R :=
  match i with
  | O => x j
  | S _ => 0
  end.

Definition axis (s : R) (k : nat) : nat -> nat -> R := row (fun j => if Nat.eqb j k then s else 0).

Definition axes_mean (m : nat) (s : R) (F : (nat -> nat -> R) -> R) : R :=
  / (2 * INR m) * total m (fun k => F (axis s k) + F (axis (- s) k)).

Lemma axes_law : forall (supp : (nat -> nat -> R) -> Prop) (m : nat) (s : R), (1 <= m)%nat ->
  (forall k, (k < m)%nat -> supp (axis s k) /\ supp (axis (- s) k)) -> matrix_law supp.
Proof.
  intros supp m s Hm H.
  assert (m0 : 0 < INR m) by (apply lt_0_INR; lia).
  refine {| averaged := fun _ => True; matrix_mean := axes_mean m s |}; auto; unfold axes_mean.
  - split; [exact I|]; rewrite total_const; field; lra.
  - intros F G _ _; split; [exact I|]; rewrite <- Rmult_plus_distr_l, <- total_plus; f_equal; apply total_ext; intros; ring.
  - intros c F _; split; [exact I|].
    rewrite (total_ext m _ (fun k => c * (F (axis s k) + F (axis (- s) k)))) by (intros; ring); rewrite total_scal; ring.
  - intros F G _ _ Le; apply Rmult_le_compat_l; [left; apply Rinv_0_lt_compat; lra|]; apply total_le; intros k Hk.
    destruct (H k Hk); apply Rplus_le_compat; apply Le; assumption.
Defined.

(** ** Polynomials of degree 2 of a row *)

Lemma row_of_degree_0 : forall m n F, entries_polynomial m n F -> n = 0%nat -> exists c, forall x, F (row x) = c.
Proof.
  intros m n F H; induction H as [n c|n i j F Hi Hj H IH|n F G HF IF HG IG]; intros E; [exists c; reflexivity|lia|].
  destruct (IF E) as [c C]; destruct (IG E) as [d D]; exists (c + d); intros x; rewrite C, D; reflexivity.
Qed.

Lemma row_of_degree_1 : forall m n F, entries_polynomial m n F -> (n <= 1)%nat -> exists c b, forall x, F (row x) = c + dot m b x.
Proof.
  intros m n F H; induction H as [n c|n i j F Hi Hj H IH|n F G HF IF HG IG]; intros E.
  - exists c, (fun _ => 0); intros x; unfold dot; rewrite total_zero by (intros; ring); ring.
  - destruct (row_of_degree_0 m n F H ltac:(lia)) as [c C]; exists 0; destruct i as [|i].
    + exists (fun k => c * unit_matrix k j); intros x; rewrite C; unfold dot; simpl row.
      rewrite (total_ext m _ (fun k => c * x k * unit_matrix k j)) by (intros; ring); rewrite unit_sum by exact Hj; ring.
    + exists (fun _ => 0); intros x; rewrite C; unfold dot; rewrite total_zero by (intros; ring); simpl; ring.
  - destruct (IF E) as [c [b C]]; destruct (IG E) as [d [e D]]; exists (c + d), (fun k => b k + e k); intros x.
    rewrite C, D, dot_plus_l; ring.
Qed.

Lemma row_of_degree_2 : forall m n F, entries_polynomial m n F -> (n <= 2)%nat ->
  exists c b M, forall x, F (row x) = c + dot m b x + dot m x (mv m M x).
Proof.
  assert (Z : forall m x, dot m x (mv m (fun _ _ => 0) x) = 0).
  { intros m x; apply total_zero; intros k _; unfold mv, dot; rewrite total_zero by (intros; ring); ring. }
  intros m n F H; induction H as [n c|n i j F Hi Hj H IH|n F G HF IF HG IG]; intros E.
  - exists c, (fun _ => 0), (fun _ _ => 0); intros x; rewrite Z; unfold dot; rewrite total_zero by (intros; ring); ring.
  - destruct (row_of_degree_1 m n F H ltac:(lia)) as [c [b C]]; exists 0; destruct i as [|i].
    + exists (fun k => c * unit_matrix k j), (fun k l => unit_matrix k j * b l); intros x; rewrite C; simpl row.
      transitivity (x j * c + x j * dot m b x); [ring|f_equal].
      * unfold dot; rewrite (total_ext m _ (fun k => c * x k * unit_matrix k j)) by (intros; ring); rewrite unit_sum by exact Hj; ring.
      * unfold dot at 2; rewrite (total_ext m _ (fun k => x k * dot m b x * unit_matrix k j)); [rewrite unit_sum by exact Hj; reflexivity|].
        intros k _; unfold mv, dot; rewrite (total_ext m (fun l => unit_matrix k j * b l * x l) (fun l => unit_matrix k j * (b l * x l))) by (intros; ring).
        rewrite total_scal; ring.
    + exists (fun _ => 0), (fun _ _ => 0); intros x; rewrite C, Z; unfold dot at 2; rewrite total_zero by (intros; ring); simpl; ring.
  - destruct (IF E) as [c [b [M C]]]; destruct (IG E) as [d [e [N D]]]; exists (c + d), (fun k => b k + e k), (madd M N); intros x.
    rewrite C, D, dot_plus_l; replace (mv m (madd M N) x) with (fun k => mv m M x k + mv m N x k); [rewrite dot_plus_r; ring|].
    pointwise k; unfold mv, dot; rewrite <- total_plus; apply total_ext; intros; unfold madd; ring.
Qed.

Lemma axis_turned : forall m s k O, (k < m)%nat -> mul m (axis s k) O = row (fun j => s * O k j).
Proof.
  intros m s k O Hk; pointwise i; pointwise j; unfold mul, dot, axis, row; destruct i as [|i].
  - rewrite (total_ext m _ (fun l => s * O l j * unit_matrix l k)); [apply unit_sum; exact Hk|].
    intros l _; unfold unit_matrix; destruct (Nat.eqb l k); ring.
  - apply total_zero; intros; ring.
Qed.

(** The mean over the rows of s O, and their negatives. *)
Lemma rows_mean : forall m s F, (1 <= m)%nat -> entries_polynomial m 2 F ->
  exists v, (forall P, orthogonal m P -> axes_mean m s (fun A => F (mul m A P)) = v) /\ axes_mean m s F = v.
Proof.
  intros m s F Hm HF; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia).
  destruct (row_of_degree_2 m 2 F HF (le_n 2)) as [c [b [M C]]]; exists (c + s ^ 2 / INR m * total m (fun k => M k k)).
  assert (Pair : forall y, F (row (fun j => s * y j)) + F (row (fun j => - s * y j)) = 2 * c + 2 * s ^ 2 * dot m y (mv m M y)).
  { intros y; rewrite !C, !mv_scal, !dot_scal_l, !dot_scal_r; ring. }
  assert (Whole : forall y : nat -> nat -> R, total m (fun k => dot m (y k) (mv m M (y k))) = total m (fun k => M k k) ->
    / (2 * INR m) * total m (fun k => F (row (fun j => s * y k j)) + F (row (fun j => - s * y k j))) = c + s ^ 2 / INR m * total m (fun k => M k k)).
  { intros y Hy; rewrite (total_ext m _ (fun k => 2 * c + 2 * s ^ 2 * dot m (y k) (mv m M (y k)))) by (intros; apply Pair).
    rewrite total_plus, total_const, total_scal, Hy; field; lra. }
  split.
  - intros P HP; unfold axes_mean; rewrite <- (Whole P).
    + f_equal; apply total_ext; intros k Hk; rewrite !axis_turned by exact Hk; reflexivity.
    + transitivity (inner m P (mul m P (tr M))).
      * apply total_ext; intros k _; apply dot_ext; [reflexivity|]; intros l _; unfold mv, mul, tr; apply dot_comm.
      * rewrite inner_comm, inner_mul_l; transitivity (inner m (tr M) unit_matrix); [apply inner_ext; [reflexivity|exact HP]|].
        apply total_ext; intros i Hi; transitivity (total m (fun j => M j i * unit_matrix j i)); [|apply (unit_sum m (fun j => M j i)); exact Hi].
        apply total_ext; intros j _; unfold tr, unit_matrix; rewrite (Nat.eqb_sym i j); reflexivity.
  - unfold axes_mean; rewrite <- (Whole unit_matrix).
    + f_equal; apply total_ext; intros k Hk; assert (E : forall a, axis a k = row (fun j => a * unit_matrix k j)).
      { intros a; pointwise i; pointwise j; unfold axis, row, unit_matrix; destruct i; [|reflexivity].
        rewrite (Nat.eqb_sym k j); destruct (Nat.eqb j k); ring. }
      rewrite !E; reflexivity.
    + apply total_ext; intros k Hk; unfold dot.
      rewrite (total_ext m _ (fun l => mv m M (unit_matrix k) l * unit_matrix l k)).
      * rewrite unit_sum by exact Hk; apply WideGood.column_of; exact Hk.
      * intros l _; unfold unit_matrix; rewrite (Nat.eqb_sym k l); ring.
Qed.

(** ** The laws of the instances: one input, one output, two layers *)

Lemma root_square : forall m, sqrt (INR m) ^ 2 = INR m.
Proof. intros m; apply pow2_sqrt, pos_INR. Qed.

Lemma root_square_minus : forall m, (- sqrt (INR m)) ^ 2 = INR m.
Proof. intros m; rewrite <- (root_square m) at 2; ring. Qed.

Lemma axis_layer : forall m s k, (k < m)%nat -> s ^ 2 = INR m -> orthogonal_layer 1 m 1 2 2 (axis s k).
Proof.
  intros m s k Hk Hs; split; [|split; [intros E; discriminate|split; [intros _|intros E; lia]]].
  - intros i j [H|H]; destruct i as [|i]; unfold axis, row; try reflexivity; try lia; destruct (Nat.eqb_spec j k); [lia|reflexivity].
  - split; [intros i j Hi Hj; destruct j; [lia|reflexivity]|]; intros i j Hi Hj; replace i with 0%nat by lia; replace j with 0%nat by lia.
    rewrite root_square, <- Hs; unfold mul, dot, tr; simpl.
    rewrite (total_ext m _ (fun l => s * s * unit_matrix l k * unit_matrix l k)).
    + rewrite unit_sum by exact Hk; unfold unit_matrix; rewrite !Nat.eqb_refl; ring.
    + intros l _; unfold unit_matrix; destruct (Nat.eqb l k); ring.
Qed.

Lemma first_layer : forall m, (1 <= m)%nat -> orthogonal_layer 1 m 1 2 1 (lone (sqrt (INR m))).
Proof.
  intros m Hm; split; [|split; [intros _|split; [intros E; discriminate|intros E; lia]]].
  - intros i j H; destruct i, j; try reflexivity; lia.
  - split; [intros i j Hi Hj; destruct i, j; try reflexivity; lia|]; intros i j Hi Hj; replace i with 0%nat by lia; replace j with 0%nat by lia.
    unfold mul, dot, tr; rewrite (total_truncate m 1) by first [exact Hm|intros l Hl; destruct l; [lia|simpl; ring]].
    cbn [total lone]; unfold unit_matrix; rewrite Nat.eqb_refl; simpl; ring.
Qed.

Lemma no_layer : forall m l, l <> 1%nat -> l <> 2%nat -> orthogonal_layer 1 m 1 2 l (fun _ _ => 0).
Proof. intros m l N1 N2; split; [reflexivity|split; [intros E; lia|split; intros E; lia]]. Qed.

Lemma axes_laws : forall m, (1 <= m)%nat -> layer_laws 1 m 1 2.
Proof.
  intros m Hm l; destruct l as [|[|[|l]]].
  - exact (fixed_law _ _ (no_layer m 0 ltac:(discriminate) ltac:(discriminate))).
  - exact (fixed_law _ _ (first_layer m Hm)).
  - exact (axes_law _ m (sqrt (INR m)) Hm (fun k Hk => conj (axis_layer m (sqrt (INR m)) k Hk (root_square m))
      (axis_layer m (- sqrt (INR m)) k Hk (root_square_minus m)))).
  - exact (fixed_law _ _ (no_layer m (S (S (S l))) ltac:(discriminate) ltac:(discriminate))).
Defined.

Lemma axes_turning : forall m Hm, turning m 1 (axes_laws m Hm 2%nat).
Proof.
  intros m Hm F HF; split; [exact I|]; intros O HO; split; [exact I|].
  destruct (rows_mean m (sqrt (INR m)) F Hm HF) as [v [V1 V2]]; transitivity v; [exact (V1 O HO)|symmetry; exact V2].
Qed.

Lemma log_of_two : ln (/ (1 / 2)) <= INR 1.
Proof. replace (/ (1 / 2)) with 2 by field; exact log_two. Qed.

Lemma chi_square_order_instance : exists (p : nat) (x : R), (1 <= p)%nat /\ 0 < x.
Proof. exists 3%nat, 1; split; [lia|lra]. Qed.

Lemma orthogonal_layers_whole_instance : exists (p : nat) (x : R), (1 <= p)%nat /\ 0 < x.
Proof. exact chi_square_order_instance. Qed.

Lemma hu_xiao_pennington_theorem_4_1_instance :
  exists (d n m p r L K : nat) (X Y Phi : nat -> nat -> R) (eta sigma tau phi delta : R) (Q : layer_laws n m p L),
    (n <= m <= d)%nat /\ (1 <= p <= m)%nat /\ (1 <= r <= d)%nat /\ (2 <= L)%nat /\ data_of d n p r X Y Phi sigma tau phi /\ 0 < delta < 1 /\
    turning m K (Q L) /\ ln (/ delta) <= INR K /\
    7317 * (sigma ^ 2 * inner d X X / tau ^ 4) * (INR p * (1 + phi ^ 2) + ln (INR r / delta)) <= INR m /\
    0 < eta <= INR p / (2 * INR L * sigma ^ 2).
Proof.
  destruct (width_of 19756 ltac:(lia)) as [m Hm]; assert (m1 : (1 <= m)%nat) by (apply INR_le; rewrite Hm; simpl; lra).
  exists m, 1%nat, m, 1%nat, 1%nat, 2%nat, 1%nat, (lone 1), (mul m (lone 1) (lone 1)), (lone 1), (1 / 4), 1, 1, 1, (1 / 2), (axes_laws m m1).
  repeat (split; [first [lia|lra|apply lone_data; [lia|lra]|apply axes_turning|apply log_of_two]|]); split; [|simpl; lra].
  rewrite lone_square, Hm by exact m1; assert (T := log_two_below); replace (INR 1 / (1 / 2)) with 2 by (simpl; field).
  simpl in *; lra.
Qed.

Lemma orthogonal_layers_random_instance :
  exists (d n m p r L K : nat) (X Y Phi : nat -> nat -> R) (eta sigma tau phi a delta : R) (Q : layer_laws n m p L),
    (n <= m <= d)%nat /\ (1 <= p <= m)%nat /\ (1 <= r <= d)%nat /\ (2 <= L)%nat /\ data_of d n p r X Y Phi sigma tau phi /\ 0 < delta < 1 /\
    0 < a /\ turning m K (Q L) /\ chi_moment p K <= delta * a ^ K /\
    813 * (sigma ^ 2 * inner d X X / tau ^ 4) * (INR p * start_bound p a phi) <= INR m /\ 0 < eta <= INR p / (2 * INR L * sigma ^ 2).
Proof.
  destruct (width_of 2370 ltac:(lia)) as [m Hm]; assert (m1 : (1 <= m)%nat) by (apply INR_le; rewrite Hm; simpl; lra).
  exists m, 1%nat, m, 1%nat, 1%nat, 2%nat, 1%nat, (lone 1), (mul m (lone 1) (lone 1)), (lone 1), (1 / 4), 1, 1, 1, 2, (1 / 2), (axes_laws m m1).
  repeat (split; [first [lia|lra|apply lone_data; [lia|lra]|apply axes_turning]|]).
  split; [unfold chi_moment; simpl; lra|split; [|simpl; lra]].
  rewrite lone_square, Hm by exact m1; unfold start_bound; replace (2 / INR 1) with 2 by (simpl; field).
  assert (S : sqrt 2 <= 141422 / 100000) by (rewrite <- (sqrt_pow2 (141422 / 100000)) by lra; apply sqrt_le_1_alt; lra).
  assert (S0 := sqrt_pos 2); assert (P := pow_incr (sqrt 2 + 1) (241422 / 100000) 2 ltac:(lra)); simpl in *; lra.
Qed.

(** Two layers, as many inputs and outputs as the width, and both a rotation. *)
Definition slanted (i j : nat) : R :=
  match i, j with
  | O, O | 1%nat, 1%nat => 3 / 5
  | O, _ => - (4 / 5)
  | _, _ => 4 / 5
  end.

Lemma slanted_orthogonal : orthogonal 2 slanted.
Proof. intros [|[|i]] [|[|j]] Hi Hj; try lia; unfold mul, tr, dot, unit_matrix, slanted; simpl; lra. Qed.

Lemma hu_xiao_pennington_orthogonal_start_instance : exists (n m p L : nat) (Q : nat -> nat -> nat -> R),
  (n <= m)%nat /\ (p <= m)%nat /\ (2 <= L)%nat /\ (forall l : nat, (1 <= l <= L)%nat -> orthogonal m (Q l)).
Proof. exists 2%nat, 2%nat, 2%nat, 2%nat, (fun _ => slanted); repeat (split; [lia|]); intros; apply slanted_orthogonal. Qed.
