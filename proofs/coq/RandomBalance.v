(** Claim 2 of Arora, Cohen, Golowich and Hu: layers with small independent entries are nearly balanced.  Of the law only its
    first four moments count: 0, 1, 0 and 3. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Geometry Expectation AnyLaw RandomLayers.
Open Scope R_scope.

(** The moments 0 to 4 of the standard normal law. *)
Definition normal_moment (m : nat) : R :=
  if Nat.eqb m 4 then 3 else if Nat.eqb m 2 then 1 else if Nat.eqb m 0 then 1 else 0.

Definition normal_moments {k : nat} (P : weights k) : Prop :=
  forall m, (1 <= m <= 4)%nat -> single P (fun t => t ^ m) /\ average P (fun t => t ^ m) = normal_moment m.

Lemma product_special : forall k f u, (u < k)%nat -> (forall c, (c < k)%nat -> c <> u -> f c = 1) -> product k f = f u.
Proof.
  intros k f u Hu H; rewrite (product_split k f u Hu), (product_ext k _ (fun _ => 1)).
  - rewrite product_const, pow1; ring.
  - intros c Hc; unfold but; destruct (Nat.eqb_spec c u); auto.
Qed.

Lemma product_two : forall k f u v, (u < k)%nat -> (v < k)%nat -> u <> v ->
  (forall c, (c < k)%nat -> c <> u -> c <> v -> f c = 1) -> product k f = f u * f v.
Proof.
  intros k f u v Hu Hv N H; rewrite (product_pair k f u v Hu Hv N); unfold rest; rewrite (product_ext k _ (fun _ => 1)).
  - rewrite product_const, pow1; ring.
  - intros c Hc; unfold but; destruct (Nat.eqb_spec c u); [reflexivity|]; destruct (Nat.eqb_spec c v); auto.
Qed.

(** How often c is among four places. *)
Definition times (p q r s c : nat) : nat :=
  ((if Nat.eqb c p then 1 else 0) + (if Nat.eqb c q then 1 else 0) + (if Nat.eqb c r then 1 else 0) + (if Nat.eqb c s then 1 else 0))%nat.

Lemma four_entries : forall k (P : weights k) p q r s, normal_moments P -> (p < k)%nat -> (q < k)%nat -> (r < k)%nat -> (s < k)%nat ->
  variable P (fun w => w p * w q * (w r * w s)) /\
  expectation P (fun w => w p * w q * (w r * w s)) = product k (fun c => normal_moment (times p q r s c)).
Proof.
  intros k P p q r s H Hp Hq Hr Hs; destruct (average_one k P) as [S0 A0].
  assert (One : forall m, (m <= 4)%nat -> single P (fun t => t ^ m) /\ average P (fun t => t ^ m) = normal_moment m).
  { intros [|m] Hm; [split; [exact S0|exact A0]|apply H; lia]. }
  assert (T4 : forall c, (times p q r s c <= 4)%nat).
  { intros c; unfold times; destruct (Nat.eqb c p), (Nat.eqb c q), (Nat.eqb c r), (Nat.eqb c s); lia. }
  destruct (expectation_product k P (fun c t => t ^ times p q r s c)) as [V E]; [intros c _; apply One, T4|].
  assert (Point : forall w, product k (fun c => w c ^ times p q r s c) = w p * w q * (w r * w s)).
  { intros w; rewrite (product_ext k _ (fun c => (if Nat.eqb c p then w c else 1) * (if Nat.eqb c q then w c else 1)
      * (if Nat.eqb c r then w c else 1) * (if Nat.eqb c s then w c else 1))).
    - rewrite !product_mult, !product_one by assumption; ring.
    - intros c _; unfold times; rewrite !pow_add; destruct (Nat.eqb c p), (Nat.eqb c q), (Nat.eqb c r), (Nat.eqb c s); simpl; ring. }
  destruct (variable_ext k P _ _ Point V) as [V2 E2]; split; [exact V2|rewrite E2, E].
  apply product_ext; intros c _; apply One, T4.
Qed.

Ltac places := unfold times; repeat match goal with |- context [Nat.eqb ?a ?b] => destruct (Nat.eqb_spec a b) end; try lia; try reflexivity.

(** Sums of products of two entries, all at different places. *)
Lemma pair_sum : forall k (P : weights k) N (p q : nat -> nat) (sg : nat -> R) e, normal_moments P ->
  (forall t, (t < N)%nat -> (p t < k)%nat /\ (q t < k)%nat /\ sg t * sg t = 1) ->
  (forall t u, (t < N)%nat -> (u < N)%nat -> t <> u -> p t <> p u /\ p t <> q u /\ q t <> q u) ->
  ((e = 1 /\ forall t, (t < N)%nat -> p t = q t) \/ (e = 0 /\ forall t, (t < N)%nat -> p t <> q t)) ->
  variable P (fun w => total N (fun t => sg t * (w (p t) * w (q t))) ^ 2) /\
  expectation P (fun w => total N (fun t => sg t * (w (p t) * w (q t))) ^ 2) = INR N * (1 + e) + e * total N sg ^ 2.
Proof.
  intros k P N p q sg e HM Hp Hd He.
  assert (E4 : forall t u, (t < N)%nat -> (u < N)%nat ->
    product k (fun c => normal_moment (times (p t) (q t) (p u) (q u) c)) = e + unit_matrix t u * (1 + e)).
  { intros t u Ht Hu; destruct (Hp t Ht) as [P1 [P2 _]]; destruct (Hp u Hu) as [P3 [P4 _]]; unfold unit_matrix.
    destruct (Nat.eqb_spec t u) as [<-|N1]; destruct He as [[-> Sm]|[-> Df]].
    - rewrite <- (Sm t Ht), (product_special k _ (p t) P1); [|intros c Hc Nc; places].
      replace (times (p t) (p t) (p t) (p t) (p t)) with 4%nat by places; unfold normal_moment; simpl; lra.
    - assert (D := Df t Ht); rewrite (product_two k _ (p t) (q t) P1 P2 D); [|intros c Hc Nc Nd; places].
      replace (times (p t) (q t) (p t) (q t) (p t)) with 2%nat by places.
      replace (times (p t) (q t) (p t) (q t) (q t)) with 2%nat by places; unfold normal_moment; simpl; lra.
    - destruct (Hd t u Ht Hu N1) as [D _]; rewrite <- (Sm t Ht), <- (Sm u Hu), (product_two k _ (p t) (p u) P1 P3 D);
        [|intros c Hc Nc Nd; places].
      replace (times (p t) (p t) (p u) (p u) (p t)) with 2%nat by places.
      replace (times (p t) (p t) (p u) (p u) (p u)) with 2%nat by places; unfold normal_moment; simpl; lra.
    - destruct (Hd t u Ht Hu N1) as [D1 [D2 _]]; assert (D := Df t Ht).
      rewrite (product_split k _ (p t) P1); replace (times (p t) (q t) (p u) (q u) (p t)) with 1%nat by places; unfold normal_moment; simpl; lra. }
  assert (Term : forall t u, (t < N)%nat -> (u < N)%nat ->
    variable P (fun w => sg t * sg u * (w (p t) * w (q t) * (w (p u) * w (q u)))) /\
    expectation P (fun w => sg t * sg u * (w (p t) * w (q t) * (w (p u) * w (q u)))) = sg t * sg u * (e + unit_matrix t u * (1 + e))).
  { intros t u Ht Hu; destruct (Hp t Ht) as [P1 [P2 _]]; destruct (Hp u Hu) as [P3 [P4 _]].
    destruct (four_entries k P (p t) (q t) (p u) (q u) HM P1 P2 P3 P4) as [V E].
    destruct (expectation_scal k P (sg t * sg u) _ V) as [V' E']; split; [exact V'|rewrite E', E, E4 by assumption; reflexivity]. }
  assert (Row : forall t, (t < N)%nat ->
    variable P (fun w => total N (fun u => sg t * sg u * (w (p t) * w (q t) * (w (p u) * w (q u))))) /\
    expectation P (fun w => total N (fun u => sg t * sg u * (w (p t) * w (q t) * (w (p u) * w (q u)))))
      = (1 + e) + sg t * (e * total N sg)).
  { intros t Ht; destruct (variable_total k P N (fun u w => sg t * sg u * (w (p t) * w (q t) * (w (p u) * w (q u))))) as [V E];
      [intros u Hu; apply Term; assumption|]; split; [exact V|rewrite E].
    rewrite (total_ext N _ (fun u => sg t * e * sg u + unit_matrix t u * (sg u * sg t * (1 + e))))
      by (intros u Hu; destruct (Term t u Ht Hu) as [_ ->]; ring).
    rewrite total_plus, total_scal.
    assert (U : total N (fun u => unit_matrix t u * (sg u * sg t * (1 + e))) = sg t * sg t * (1 + e))
      by exact (mv_unit N (fun u => sg u * sg t * (1 + e)) t Ht).
    rewrite U; destruct (Hp t Ht) as [_ [_ ->]]; ring. }
  destruct (variable_total k P N (fun t w => total N (fun u => sg t * sg u * (w (p t) * w (q t) * (w (p u) * w (q u)))))) as [V E];
    [intros t Ht; apply Row; exact Ht|].
  assert (Point : forall w, total N (fun t => total N (fun u => sg t * sg u * (w (p t) * w (q t) * (w (p u) * w (q u)))))
    = total N (fun t => sg t * (w (p t) * w (q t))) ^ 2).
  { intros w; set (Y := total N (fun t => sg t * (w (p t) * w (q t)))).
    rewrite (total_ext N _ (fun t => Y * (sg t * (w (p t) * w (q t))))).
    - rewrite total_scal; fold Y; ring.
    - intros t _; unfold Y; rewrite (Rmult_comm (total N _)), <- total_scal; apply total_ext; intros u _; ring. }
  destruct (variable_ext k P _ _ Point V) as [V2 E2]; split; [exact V2|rewrite E2, E].
  rewrite (total_ext N _ (fun t => (1 + e) + e * total N sg * sg t)) by (intros t Ht; destruct (Row t Ht) as [_ ->]; ring).
  rewrite total_plus, total_scal, total_const; ring.
Qed.

(** ** Two neighbouring layers *)

Definition scaled_layer (n : nat -> nat) (s : R) (w : nat -> R) (l : nat) : nat -> nat -> R := mscal s (random_layer n w l).

(** W_(l+1)^T W_(l+1) - W_l W_l^T *)
Definition imbalance (n : nat -> nat) (s : R) (w : nat -> R) (l : nat) : nat -> nat -> R :=
  msub (mul (n (S (S l))) (tr (scaled_layer n s w (S l))) (scaled_layer n s w (S l)))
    (mul (n l) (scaled_layer n s w l) (tr (scaled_layer n s w l))).

Lemma total_append : forall a b f, total (a + b) f = total a f + total b (fun t => f (a + t)%nat).
Proof.
  intros a b f; induction b as [|b IH]; [rewrite Nat.add_0_r; simpl; ring|].
  rewrite Nat.add_succ_r; simpl; rewrite IH; ring.
Qed.

Lemma imbalance_entry : forall k (P : weights k) n s l i j, normal_moments P -> (entries_before n (S (S l)) <= k)%nat ->
  (i < n (S l))%nat -> (j < n (S l))%nat -> let a := n (S (S l)) in let b := n l in
  variable P (fun w => imbalance n s w l i j * imbalance n s w l i j) /\
  expectation P (fun w => imbalance n s w l i j * imbalance n s w l i j)
    = s ^ 4 * (INR (a + b) * (1 + unit_matrix i j) + unit_matrix i j * (INR a - INR b) ^ 2).
Proof.
  intros k P n s l i j HM Hk Hi Hj a b; set (d := n (S l)) in *.
  set (p := fun i t => if Nat.ltb t a then (entries_before n (S l) + t * d + i)%nat else (entries_before n l + i * b + (t - a))%nat).
  set (sg := fun t => if Nat.ltb t a then 1 else -1).
  assert (Lo : forall i t, (i < d)%nat -> (t < a + b)%nat -> (p i t < k)%nat).
  { intros i0 t Hi0 Ht; unfold p; destruct (Nat.ltb_spec t a) as [L|L].
    - assert (Q := entry_place n (S l) t i0 L Hi0); fold d in Q; lia.
    - assert (Q := entry_place n l i0 (t - a) Hi0 ltac:(fold b; lia)); fold b in Q; simpl in Hk, Q; lia. }
  assert (Inj : forall i j t u, (i < d)%nat -> (j < d)%nat -> (t < a + b)%nat -> (u < a + b)%nat -> p i t = p j u -> t = u /\ i = j).
  { intros i0 j0 t u Hi0 Hj0 Ht Hu; unfold p; destruct (Nat.ltb_spec t a) as [L|L], (Nat.ltb_spec u a) as [M|M]; intros E.
    - apply (places_apart d); lia.
    - assert (Q := entry_place n l j0 (u - a) Hj0 ltac:(fold b; lia)); fold b in Q; lia.
    - assert (Q := entry_place n l i0 (t - a) Hi0 ltac:(fold b; lia)); fold b in Q; lia.
    - destruct (places_apart b i0 (t - a) j0 (u - a) ltac:(lia) ltac:(lia) ltac:(lia)) as [-> E']; split; [lia|reflexivity]. }
  destruct (pair_sum k P (a + b) (p i) (p j) sg (unit_matrix i j) HM) as [V E].
  - intros t Ht; split; [apply Lo; assumption|split; [apply Lo; assumption|]]; unfold sg; destruct (Nat.ltb t a); ring.
  - intros t u Ht Hu N; repeat split; intros Q; apply Inj in Q; lia.
  - unfold unit_matrix; destruct (Nat.eqb_spec i j) as [->|N]; [left; split; reflexivity|right; split; [reflexivity|]].
    intros t Ht Q; apply Inj in Q; lia.
  - assert (Sg : total (a + b) sg = INR a - INR b).
    { rewrite total_append, (total_ext a _ (fun _ => 1)), (total_ext b _ (fun _ => -1)), !total_const; [ring| |].
      - intros t _; unfold sg; destruct (Nat.ltb_spec (a + t) a); [lia|reflexivity].
      - intros t Ht; unfold sg; destruct (Nat.ltb_spec t a); [reflexivity|lia]. }
    assert (Entry : forall w, imbalance n s w l i j = s ^ 2 * total (a + b) (fun t => sg t * (w (p i t) * w (p j t)))).
    { intros w; rewrite total_append, Rmult_plus_distr_l, <- !total_scal.
      unfold imbalance, msub, mul, dot, tr, scaled_layer, mscal, random_layer; fold a b d; unfold Rminus; f_equal.
      - apply total_ext; intros t Ht; unfold sg, p; destruct (Nat.ltb_spec t a); [ring|lia].
      - match goal with |- - total b ?F = _ => replace (- total b F) with (total b (fun t => -1 * F t)) by (rewrite total_scal; ring) end.
        apply total_ext; intros t Ht.
        unfold sg, p; destruct (Nat.ltb_spec (a + t) a); [lia|]; replace (a + t - a)%nat with t by lia; ring. }
    destruct (expectation_scal k P (s ^ 4) _ V) as [V' E'].
    assert (Point : forall w, s ^ 4 * total (a + b) (fun t => sg t * (w (p i t) * w (p j t))) ^ 2 = imbalance n s w l i j * imbalance n s w l i j)
      by (intros w; rewrite !Entry; ring).
    destruct (variable_ext k P _ _ Point V') as [V2 E2]; split; [exact V2|rewrite E2, E', E, Sg; reflexivity].
Qed.

(** E |W_(l+1)^T W_(l+1) - W_l W_l^T|^2 = s^4 (d (d + 1)(a + b) + d (a - b)^2) *)
Lemma imbalance_square : forall k (P : weights k) n s l, normal_moments P -> (entries_before n (S (S l)) <= k)%nat ->
  let d := n (S l) in let a := n (S (S l)) in let b := n l in
  variable P (fun w => inner d (imbalance n s w l) (imbalance n s w l)) /\
  expectation P (fun w => inner d (imbalance n s w l) (imbalance n s w l))
    = s ^ 4 * (INR d * (INR d + 1) * (INR a + INR b) + INR d * (INR a - INR b) ^ 2).
Proof.
  intros k P n s l HM Hk d a b.
  set (c := fun i j => s ^ 4 * (INR (a + b) * (1 + unit_matrix i j) + unit_matrix i j * (INR a - INR b) ^ 2)).
  assert (Row : forall i, (i < d)%nat -> variable P (fun w => dot d (imbalance n s w l i) (imbalance n s w l i)) /\
    expectation P (fun w => dot d (imbalance n s w l i) (imbalance n s w l i))
      = s ^ 4 * (INR (a + b) * (INR d + 1) + (INR a - INR b) ^ 2)).
  { intros i Hi; destruct (variable_total k P d (fun j w => imbalance n s w l i j * imbalance n s w l i j)) as [V E];
      [intros j Hj; apply imbalance_entry; assumption|]; split; [exact V|unfold dot; rewrite E].
    rewrite (total_ext d _ (fun j => s ^ 4 * INR (a + b) + unit_matrix i j * (s ^ 4 * (INR (a + b) + (INR a - INR b) ^ 2)))).
    - rewrite total_plus, total_const.
      assert (U : total d (fun j => unit_matrix i j * (s ^ 4 * (INR (a + b) + (INR a - INR b) ^ 2)))
        = s ^ 4 * (INR (a + b) + (INR a - INR b) ^ 2)) by exact (mv_unit d (fun _ => s ^ 4 * (INR (a + b) + (INR a - INR b) ^ 2)) i Hi).
      rewrite U; ring.
    - intros j Hj; destruct (imbalance_entry k P n s l i j HM Hk Hi Hj) as [_ ->]; fold a b; ring. }
  destruct (variable_total k P d (fun i w => dot d (imbalance n s w l i) (imbalance n s w l i))) as [V E];
    [intros i Hi; apply Row; exact Hi|]; split; [exact V|unfold inner; rewrite E].
  rewrite (total_ext d _ (fun _ => s ^ 4 * (INR (a + b) * (INR d + 1) + (INR a - INR b) ^ 2))) by (intros i Hi; apply Row; exact Hi).
  rewrite total_const, plus_INR; ring.
Qed.

Lemma ten_cubes : forall d a b D, 0 <= a <= D -> 0 <= b <= D -> 0 <= d <= D -> D = 0 \/ 1 <= D ->
  d * (d + 1) * (a + b) + d * (a - b) ^ 2 <= 10 * D ^ 3.
Proof.
  intros d a b D Ha Hb Hd HD.
  assert (Q1 : d * (d + 1) * (a + b) <= D * (D + 1) * (D + D)).
  { apply Rmult_le_compat; [apply Rmult_le_pos; lra|lra|apply Rmult_le_compat; lra|lra]. }
  assert (Q2 : (a - b) ^ 2 <= D ^ 2) by (rewrite <- (pow2_abs (a - b)); apply pow_incr; split; [apply Rabs_pos|apply Rabs_le; lra]).
  assert (Q3 : d * (a - b) ^ 2 <= D * D ^ 2) by (apply Rmult_le_compat; [lra|apply pow2_ge_0|lra|exact Q2]).
  destruct HD as [->|HD]; [lra|].
  assert (D * D * 1 <= D * D * D) by (apply Rmult_le_compat_l; [apply Rmult_le_pos|]; lra); assert (0 <= D ^ 3) by (apply pow_le; lra); simpl in *; lra.
Qed.

(** P(delta-balanced) >= 1 - 10 delta^(-2) N s^4 d_max^3, for outer probabilities. *)
Theorem arora_claim_2 : forall k (P : weights k) n N s delta d_max, normal_moments P -> (entries_before n N <= k)%nat ->
  (forall l, (l <= N)%nat -> (n l <= d_max)%nat) -> 0 < delta ->
  at_most P (fun w => exists l, (S l < N)%nat /\ delta < frobenius (n (S l)) (imbalance n s w l))
    (10 * INR N * s ^ 4 * INR d_max ^ 3 / delta ^ 2).
Proof.
  intros k P n N s delta d_max HM Hk Hn Hd; set (D := INR d_max).
  assert (d2 : 0 < delta ^ 2) by (apply pow_lt; exact Hd); assert (i2 : 0 < / delta ^ 2) by (apply Rinv_0_lt_compat; exact d2).
  assert (D0 : D = 0 \/ 1 <= D) by (unfold D; destruct d_max as [|m]; [left; reflexivity|right; apply (le_INR 1); lia]).
  assert (s4 : 0 <= s ^ 4) by (replace (s ^ 4) with ((s ^ 2) ^ 2) by ring; apply pow2_ge_0).
  assert (Wd : forall l, (l <= N)%nat -> 0 <= INR (n l) <= D) by (intros l Hl; split; [apply pos_INR|apply le_INR, Hn; exact Hl]).
  assert (Before : forall l, (l <= N)%nat -> (entries_before n l <= k)%nat).
  { intros l Hl; apply Nat.le_trans with (entries_before n N); [|exact Hk]; clear - Hl.
    induction Hl as [|m _ IH]; [apply Nat.le_refl|simpl; lia]. }
  destruct (expectation_scal k P 0 _ (proj1 (expectation_one k P))) as [V0 E0].
  assert (B0 : 0 <= s ^ 4 * (10 * D ^ 3)).
  { apply Rmult_le_pos; [exact s4|]; assert (0 <= D ^ 3) by (apply pow_le; destruct D0; lra); lra. }
  set (Z := fun l w => if Nat.ltb (S l) N then inner (n (S l)) (imbalance n s w l) (imbalance n s w l) else 0 * 1).
  assert (Z0 : forall l w, 0 <= Z l w) by (intros l w; unfold Z; destruct (Nat.ltb (S l) N); [apply inner_nonneg|lra]).
  assert (EZ : forall l, (l < N)%nat -> variable P (Z l) /\ expectation P (Z l) <= s ^ 4 * (10 * D ^ 3)).
  { intros l Hl; unfold Z; destruct (Nat.ltb_spec (S l) N) as [L|L]; [|split; [exact V0|rewrite E0; lra]].
    destruct (imbalance_square k P n s l HM (Before (S (S l)) L)) as [V E]; split; [exact V|rewrite E].
    apply Rmult_le_compat_l; [exact s4|]; apply ten_cubes; try exact D0; apply Wd; lia. }
  destruct (variable_total k P N Z) as [V E]; [intros l Hl; apply EZ; exact Hl|].
  destruct (expectation_scal k P (/ delta ^ 2) _ V) as [V' E'].
  eexists; split; [exact V'|split; [|split]].
  - intros w; cbv beta; apply Rmult_le_pos; [lra|]; apply total_nonneg; intros l _; apply Z0.
  - intros w [l [Hl Big]]; cbv beta; apply (Rmult_le_reg_l (delta ^ 2)); [exact d2|].
    rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l, Rmult_1_r by lra; apply Rle_trans with (Z l w).
    + unfold Z; destruct (Nat.ltb_spec (S l) N); [|lia]; rewrite <- frobenius_square; apply pow_incr; lra.
    + apply (total_one N (fun l => Z l w)); [intros; apply Z0|lia].
  - rewrite E', E; apply Rle_trans with (/ delta ^ 2 * (INR N * (s ^ 4 * (10 * D ^ 3)))).
    + apply Rmult_le_compat_l; [lra|]; rewrite <- total_const; apply total_le; intros l Hl; apply EZ; exact Hl.
    + right; field; lra.
Qed.
