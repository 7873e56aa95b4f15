(** The weights of [gauss.cumulative]: by the orthogonality of the Legendre polynomials, proved from their recursion, they
    integrate every polynomial of degree below the number of nodes from -1 to t. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature
  PartialQuadrature Polynomials LegendreRule CellQuadrature HolomorphicCalculus CellRules.
Open Scope R_scope.

(** [integrals]: (2 m + 1) times the integral of P_m from -1 to t *)
Definition legendre_part (m : nat) (t : R) : R :=
  match m with O => legendre 0 t + legendre 1 t | S p => legendre (S (S p)) t - legendre p t end.

(** [found] *)
Definition legendre_weights (k : nat) (s v : nat -> R) (t : R) (l : nat) : R :=
  total k (fun m => legendre_part m t * (v l / 2 * legendre m (s l))).

Lemma legendre_next : forall q y,
  legendre (S (S q)) y = ((2 * INR q + 3) * y * legendre (S q) y - (INR q + 1) * legendre q y) / (INR q + 2).
Proof. intros q y; rewrite <- legendre_rec; assert (N := pos_INR q); field; lra. Qed.

Lemma part_derive_legendre : forall m t, is_derive (legendre_part m) t ((2 * INR m + 1) * legendre m t).
Proof.
  intros [|m] t; unfold legendre_part.
  - replace ((2 * INR 0 + 1) * legendre 0 t) with (legendre_slope 0 t + legendre_slope 1 t) by (simpl; ring).
    apply (is_derive_plus (V := R_NormedModule) (legendre 0) (legendre 1)); apply legendre_derive.
  - destruct (legendre_ladder (S m) t) as [A _]; destruct (legendre_ladder m t) as [_ [B _]].
    replace ((2 * INR (S m) + 1) * legendre (S m) t) with (legendre_slope (S (S m)) t - legendre_slope m t)
      by (rewrite S_INR in *; lra).
    apply (is_derive_minus (V := R_NormedModule) (legendre (S (S m))) (legendre m)); apply legendre_derive.
Qed.

Lemma legendre_continuous : forall m y, continuous (legendre m) y.
Proof. intros m y; apply (ex_derive_continuous (legendre m)); eexists; apply legendre_derive. Qed.

Lemma legendre_integral : forall m t, RInt (legendre m) (-1) t = legendre_part m t / (2 * INR m + 1).
Proof.
  intros m t; assert (N := pos_INR m); apply is_RInt_unique.
  assert (Z : legendre_part m (-1) = 0).
  { destruct m as [|m]; unfold legendre_part; rewrite !(fun i => proj2 (legendre_ends i)); simpl; ring. }
  evar_last; [apply (is_RInt_derive (V := R_CompleteNormedModule) (fun y => / (2 * INR m + 1) * legendre_part m y) (legendre m))|].
  - intros y _; evar_last; [apply (is_derive_scal (legendre_part m)), part_derive_legendre|simpl; field; lra].
  - intros y _; apply legendre_continuous.
  - rewrite Z; unfold minus, plus, opp; simpl; field; lra.
Qed.

(** y P_m = ((m + 1) P_(m+1) + m P_(m-1))/(2 m + 1) *)
Lemma legendre_shift : forall m y,
  y * legendre m y = (INR m + 1) / (2 * INR m + 1) * legendre (S m) y + INR m / (2 * INR m + 1) * legendre (pred m) y.
Proof.
  intros [|m] y; [simpl; field|]; simpl pred; rewrite legendre_next, S_INR; assert (N := pos_INR m); field; lra.
Qed.

(** ** Linear functionals on polynomials *)

Lemma linear_two : forall E f g a b, linear_on E -> good f -> good g -> E (fun y => a * f y + b * g y) = a * E f + b * E g.
Proof.
  intros E f g a b L F G; assert (Z : good (fun _ => 0)) by (intros y _; apply continuous_const).
  assert (L0 := L _ _ (-1) Z Z); assert (L1 := L _ _ a Z F); assert (L2 := L _ _ b (good_lin _ _ a Z F) G); cbv beta in *.
  replace (fun _ : R => 0 + -1 * 0) with (fun _ : R => 0) in L0 by (pointwise y; ring).
  replace (fun y => a * f y + b * g y) with (fun y => 0 + a * f y + b * g y) by (pointwise y; ring); lra.
Qed.

Lemma good_times : forall f g, good f -> good g -> good (fun y => f y * g y).
Proof. intros f g F G y Hy; apply (continuous_mult (K := R_AbsRing) f g); [apply F, Hy|apply G, Hy]. Qed.

Lemma from_powers : forall E h n, linear_on E -> good h -> (forall a, (a < n)%nat -> E (fun y => y ^ a * h y) = 0) ->
  forall b a, (a + b < n)%nat -> E (fun y => y ^ a * (legendre b y * h y)) = 0.
Proof.
  intros E h n L Gh H; apply (two_steps (fun b => forall a, (a + b < n)%nat -> E (fun y => y ^ a * (legendre b y * h y)) = 0)).
  - intros a Ha; rewrite <- (H a) by lia; f_equal; pointwise y; simpl; ring.
  - intros a Ha; rewrite <- (H (S a)) by lia; f_equal; pointwise y; simpl; ring.
  - intros q H0 H1 a Ha; specialize (H0 a ltac:(lia)); specialize (H1 (S a) ltac:(lia)); assert (N := pos_INR q).
    assert (Gp := fun i b => good_times _ _ (pow_good i) (good_times _ _ (legendre_good b) Gh)).
    assert (K := linear_two E _ _ ((2 * INR q + 3) / (INR q + 2)) (- (INR q + 1) / (INR q + 2)) L (Gp (S a) (S q)) (Gp a q));
    cbv beta in K.
    rewrite H0, H1 in K; transitivity ((2 * INR q + 3) / (INR q + 2) * 0 + - (INR q + 1) / (INR q + 2) * 0); [|ring].
    rewrite <- K; f_equal; pointwise y; rewrite legendre_next; simpl pow; field; lra.
Qed.

Lemma to_powers : forall E n, linear_on E -> (forall b, (b < n)%nat -> E (legendre b) = 0) ->
  forall a b, (a + b < n)%nat -> E (fun y => y ^ a * legendre b y) = 0.
Proof.
  intros E n L H; induction a as [|a IH]; intros b Hb.
  - rewrite <- (H b) by lia; f_equal; pointwise y; simpl; ring.
  - assert (G := fun i => good_times _ _ (pow_good a) (legendre_good i)).
    assert (K := linear_two E _ _ ((INR b + 1) / (2 * INR b + 1)) (INR b / (2 * INR b + 1)) L (G (S b)) (G (pred b)));
    cbv beta in K; rewrite !IH in K by lia.
    transitivity ((INR b + 1) / (2 * INR b + 1) * 0 + INR b / (2 * INR b + 1) * 0); [|ring].
    rewrite <- K; f_equal; pointwise y.
    replace (y ^ S a * legendre b y) with (y ^ a * (y * legendre b y)) by (simpl; ring); rewrite legendre_shift; ring.
Qed.

(** ** Orthogonality *)

Definition over_segment (f : R -> R) : R := RInt f (-1) 1.

Lemma over_segment_linear : linear_on over_segment.
Proof. intros f g c F G; unfold over_segment; apply good_integral_lin; [exact F|exact G|lra|lra]. Qed.

Definition kronecker (m j : nat) : R := if Nat.eqb m j then 2 / (2 * INR j + 1) else 0.

Lemma legendre_products : forall j m, over_segment (fun y => legendre m y * legendre j y) = kronecker m j.
Proof.
  assert (Base : forall m, over_segment (fun y => legendre m y * legendre 0 y) = kronecker m 0).
  { intros m; replace (fun y => legendre m y * legendre 0 y) with (legendre m) by (pointwise y; simpl; ring).
    unfold over_segment, kronecker; rewrite legendre_integral; destruct m as [|m]; unfold legendre_part; rewrite
      !(fun i => proj1 (legendre_ends i)); simpl; [field|]; unfold Rdiv; rewrite Rminus_eq_0; ring. }
  assert (Times : forall m j, (forall i, over_segment (fun y => legendre i y * legendre j y) = kronecker i j) ->
    over_segment (fun y => legendre m y * (y * legendre j y))
      = (INR m + 1) / (2 * INR m + 1) * kronecker (S m) j + INR m / (2 * INR m + 1) * kronecker (pred m) j).
  { intros m j H; rewrite <- !H.
    assert (G := fun i => good_times _ _ (legendre_good i) (legendre_good j)).
    rewrite <- (linear_two over_segment _ _ _ _ over_segment_linear (G (S m)) (G (pred m))); f_equal; pointwise y.
    replace (legendre m y * (y * legendre j y)) with (y * legendre m y * legendre j y) by ring; rewrite legendre_shift; ring. }
  apply (two_steps (fun j => forall m, over_segment (fun y => legendre m y * legendre j y) = kronecker m j)); [exact Base| |].
  - intros m; replace (fun y => legendre m y * legendre 1 y) with (fun y => legendre m y * (y * legendre 0 y)) by (pointwise y;
      simpl; ring).
    rewrite (Times m 0%nat Base); unfold kronecker; destruct m as [|[|m]]; [simpl; field|simpl; field|].
    cbn [Nat.eqb pred]; ring.
  - intros q H0 H1 m; assert (N := pos_INR q); assert (Nm := pos_INR m).
    assert (G := fun i => good_times _ _ (legendre_good m) (legendre_good i)).
    assert (Gy : good (fun y => legendre m y * (y * legendre (S q) y))).
    { apply good_times; [apply legendre_good|]; apply (good_times (fun y => y)); [intros y _; apply continuous_id|apply
      legendre_good]. }
    assert (K := linear_two over_segment _ _ ((2 * INR q + 3) / (INR q + 2)) (- (INR q + 1) / (INR q + 2)) over_segment_linear Gy (G
      q)); cbv beta in K; rewrite (Times m (S q) H1), H0 in K.
    replace (fun y => legendre m y * legendre (S (S q)) y) with (fun y => (2 * INR q + 3) / (INR q + 2) * (legendre m y * (y *
      legendre (S q) y)) + - (INR q + 1) / (INR q + 2) * (legendre m y * legendre q y))
      by (pointwise y; rewrite legendre_next; field; lra).
    rewrite K; clear K Gy G H0 H1; unfold kronecker.
    destruct (Nat.eq_dec m q) as [->|N1]; [|destruct (Nat.eq_dec m (S (S q))) as [->|N2]].
    + rewrite !Nat.eqb_refl, (proj2 (Nat.eqb_neq (pred q) (S q))), (proj2 (Nat.eqb_neq q (S (S q)))), S_INR by lia; field; lra.
    + simpl pred; rewrite !Nat.eqb_refl, (proj2 (Nat.eqb_neq (S (S (S q))) (S q))), (proj2 (Nat.eqb_neq (S (S q)) q)), !S_INR by
        lia; field; lra.
    + rewrite (proj2 (Nat.eqb_neq (S m) (S q))), (proj2 (Nat.eqb_neq (pred m) (S q))), (proj2 (Nat.eqb_neq m q)), (proj2
        (Nat.eqb_neq m (S (S q)))) by lia; ring.
Qed.

(** ** The weights *)

Lemma cumulative_weights : forall (k : nat) (s v : nat -> R) (t : R), (1 <= k)%nat -> gauss_rule k s v -> -1 <= t <= 1 ->
  cumulative_rule k s (legendre_weights k s v t) t.
Proof.
  intros k s v t Hk G Ht; assert (One : good (fun _ => 1)) by (intros y _; apply continuous_const).
  assert (L := error_linear k s v).
  assert (P0 : forall a, (a < 2 * k)%nat -> gauss_error k s v (fun y => y ^ a * 1) = 0).
  { intros a Ha; destruct G as [_ [_ H]]; unfold gauss_error; replace (fun y => y ^ a * 1) with (fun y : R => y ^ a) by (pointwise y;
      ring); rewrite (H a Ha); ring. }
  assert (P1 := from_powers (gauss_error k s v) (fun _ => 1) (2 * k) L One P0).
  assert (P2 : forall m j, (m + j < 2 * k)%nat -> rule k s v (fun y => legendre m y * legendre j y) = kronecker m j).
  { intros m j H.
    assert (Pj : forall a, (a < 2 * k - j)%nat -> gauss_error k s v (fun y => y ^ a * legendre j y) = 0).
    { intros a Ha; rewrite <- (P1 j a) by lia; f_equal; pointwise y; ring. }
    assert (Q := from_powers (gauss_error k s v) (legendre j) (2 * k - j) L (legendre_good j) Pj m 0%nat ltac:(lia)).
    rewrite <- legendre_products; unfold gauss_error in Q; fold (over_segment (fun y => y ^ 0 * (legendre m y * legendre j y))) in Q.
    replace (fun y => y ^ 0 * (legendre m y * legendre j y)) with (fun y => legendre m y * legendre j y) in Q by (pointwise y; simpl;
      ring); lra. }
  set (W := legendre_weights k s v t); set (E := fun f => rule k s W f - RInt f (-1) t).
  assert (LE : linear_on E).
  { intros f g c F H; unfold E; rewrite rule_lin, (good_integral_lin f g c (-1) t F H) by lra; ring. }
  assert (EL : forall j, (j < k)%nat -> E (legendre j) = 0).
  { intros j Hj; unfold E; rewrite legendre_integral.
    assert (R1 : rule k s W (legendre j) = total k (fun m => legendre_part m t / 2 * kronecker m j)).
    { rewrite (total_ext k _ (fun m => legendre_part m t / 2 * rule k s v (fun y => legendre m y * legendre j y))) by (intros m Hm;
        rewrite P2 by lia; reflexivity).
      rewrite <- (rule_total k s v k (fun m => legendre_part m t / 2) (fun m y => legendre m y * legendre j y)); unfold rule;
      apply total_ext; intros l _; unfold W, legendre_weights; rewrite (Rmult_comm (total k _)), (Rmult_comm (v l)), <- !total_scal.
      rewrite (Rmult_comm (total k _)), <- total_scal; apply total_ext; intros m _; field. }
    rewrite R1; unfold kronecker; clear - Hj.
    assert (K : forall n, total n (fun m => legendre_part m t / 2 * (if Nat.eqb m j then 2 / (2 * INR j + 1) else 0))
      = if Nat.ltb j n then legendre_part j t / (2 * INR j + 1) else 0).
    { induction n as [|n IH]; [reflexivity|]; cbn [total]; rewrite IH; assert (N := pos_INR j).
      destruct (Nat.ltb_spec j n), (Nat.ltb_spec j (S n)), (Nat.eqb_spec n j); try lia; subst; field; lra. }
    rewrite K; destruct (Nat.ltb_spec j k); [ring|lia]. }
  intros m Hm; assert (Q := to_powers E k LE EL m 0%nat ltac:(lia)); unfold E in Q.
  replace (fun y => y ^ m * legendre 0 y) with (fun y : R => y ^ m) in Q by (pointwise y; simpl; ring); lra.
Qed.

(** ** The nodes of the rule are different: else it would miss the square of a polynomial. *)

Lemma free_interval : forall n (x : nat -> R), exists a b, -1 <= a /\ a < b /\ b <= 1 /\
  forall y i, a < y < b -> (i < n)%nat -> y <> x i.
Proof.
  induction n as [|n IH]; intros x; [exists (-1), 1; repeat split; try lra; intros; lia|].
  destruct (IH x) as [a [b [Ha [Hab [Hb H]]]]].
  destruct (Rlt_dec a (x n)) as [L|L]; [destruct (Rlt_dec (x n) b) as [U|U]|].
  - exists a, (x n); repeat split; try lra; intros y i Hy Hi; destruct (Nat.eq_dec i n) as [->|Ne]; [lra|apply H; [lra|lia]].
  - exists a, b; repeat split; try lra; intros y i Hy Hi; destruct (Nat.eq_dec i n) as [->|Ne]; [lra|apply H; [lra|lia]].
  - exists a, b; repeat split; try lra; intros y i Hy Hi; destruct (Nat.eq_dec i n) as [->|Ne]; [lra|apply H; [lra|lia]].
Qed.

Lemma gauss_nodes_distinct : forall k s v, (1 <= k)%nat -> gauss_rule k s v -> distinct k s.
Proof.
  intros k s v Hk G; assert (K : forall i j, (i < j)%nat -> (j < k)%nat -> s i <> s j);
    [|intros i j Hi Hj Ne; destruct (Nat.lt_total i j) as [L|[L|L]]; [apply K; assumption|lia|intros E; apply (K j i); [exact L|exact Hi|symmetry;
    exact E]]].
  intros i j Hij Hj E; destruct k as [|p]; [lia|].
  set (z := fun l => if Nat.eqb l j then s p else s l).
  assert (Zero : forall l, (l < S p)%nat -> product p (fun m => s l - z m) = 0).
  { intros l Hl; destruct (Nat.eq_dec l j) as [->|Nl].
    - apply (product_with_zero p _ i); [lia|]; unfold z; rewrite (proj2 (Nat.eqb_neq i j)) by lia; lra.
    - destruct (Nat.eq_dec l p) as [->|Np].
      + apply (product_with_zero p _ j); [lia|]; unfold z; rewrite Nat.eqb_refl; ring.
      + apply (product_with_zero p _ l); [lia|]; unfold z; rewrite (proj2 (Nat.eqb_neq l j)) by lia; ring. }
  destruct (node_polynomial p z) as [c Hc].
  assert (Sq := square_exact (S p) s v c Hk G).
  assert (R0 : rule (S p) s v (fun t => power_sum (S p) c t ^ 2) = 0).
  { unfold rule; apply total_zero; intros l Hl; rewrite <- Hc, (Zero l Hl); ring. }
  rewrite R0 in Sq; destruct (free_interval p z) as [a [b [Ha [Hab [Hb Hz]]]]].
  assert (Gp := power_sum_good (S p) c).
  assert (G2 : good (fun t => power_sum (S p) c t ^ 2)).
  { intros y Hy; apply (continuous_ext (fun t => power_sum (S p) c t * power_sum (S p) c t)); [intros; real; ring|].
    apply (continuous_mult (K := R_AbsRing)); apply Gp, Hy. }
  assert (I := good_integrable _ (-1) a G2 ltac:(lra) ltac:(lra)); assert (I' := good_integrable _ a b G2 ltac:(lra) ltac:(lra)).
  assert (I'' := good_integrable _ b 1 G2 ltac:(lra) ltac:(lra)).
  assert (C1 := RInt_Chasles (V := R_CompleteNormedModule) _ (-1) a b I I').
  assert (C2 := RInt_Chasles (V := R_CompleteNormedModule) _ (-1) b 1 (ex_RInt_Chasles (V := R_NormedModule) _ _ _ _ I I') I'').
  set (h := fun t => power_sum (S p) c t ^ 2) in *.
  change (RInt h (-1) a + RInt h a b = RInt h (-1) b) in C1; change (RInt h (-1) b + RInt h b 1 = RInt h (-1) 1) in C2.
  assert (P1 : 0 <= RInt h (-1) a) by (apply RInt_ge_0; [lra|exact I|intros; apply pow2_ge_0]).
  assert (P3 : 0 <= RInt h b 1) by (apply RInt_ge_0; [lra|exact I''|intros; apply pow2_ge_0]).
  assert (P2 : 0 < RInt h a b); [|lra].
  apply RInt_gt_0; [exact Hab| |].
  - intros y Hy; unfold h; assert (N : power_sum (S p) c y <> 0).
    { rewrite <- Hc; apply product_nonzero; intros m Hm Z; apply (Hz y m Hy Hm); lra. }
    apply pow2_gt_0, N.
  - intros y Hy; apply G2; lra.
Qed.
