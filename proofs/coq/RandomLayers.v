(** Layers whose entries are independent weights of mean 0 and variance v: the second moments of what they make of a vector.
    Claim 3.1 of Du and Hu, and Lemma 5.2 of Hu, Xiao and Pennington. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Geometry Expectation AnyLaw Rectangular.
Open Scope R_scope.

(** Layer l, counted from 0, has n (l + 1) rows and n l columns; its entries are weights, layer by layer and row by row. *)
Fixpoint entries_before (n : nat -> nat) (l : nat) : nat :=
  match l with
  | O => 0%nat
  | S m => (entries_before n m + n (S m) * n m)%nat
  end.

Definition random_layer (n : nat -> nat) (w : nat -> R) (l i j : nat) : R := w (entries_before n l + i * n l + j)%nat.

(** What layers a, ..., a + q - 1 make of the vector x. *)
Fixpoint random_output (n : nat -> nat) (w : nat -> R) (a : nat) (x : nat -> R) (q : nat) : nat -> R :=
  match q with
  | O => x
  | S p => mv (n (a + p)%nat) (random_layer n w (a + p)) (random_output n w a x p)
  end.

(** E y_i y_k for the output y. *)
Fixpoint second_moment (n : nat -> nat) (v : R) (a : nat) (x : nat -> R) (q i k : nat) : R :=
  match q with
  | O => x i * x k
  | S p => unit_matrix i k * (v * total (n (a + p)%nat) (fun j => second_moment n v a x p j j))
  end.

Lemma entry_place : forall n l i j, (i < n (S l))%nat -> (j < n l)%nat ->
  (entries_before n l <= entries_before n l + i * n l + j < entries_before n (S l))%nat.
Proof. intros n l i j Hi Hj; simpl; nia. Qed.

Lemma places_apart : forall m i j k l, (j < m)%nat -> (l < m)%nat -> (i * m + j = k * m + l)%nat -> i = k /\ j = l.
Proof.
  intros m i j k l Hj Hl E; assert (i = k); [|subst; lia].
  destruct (lt_eq_lt_dec i k) as [[H|H]|H]; [|exact H|]; nia.
Qed.

(** Functions of the weights from lo on. *)
Definition beyond (lo : nat) (h : nat -> R -> R) (c : nat) (t : R) : R := if Nat.ltb c lo then 1 else h c t.

(** The same times the weights at p and r. *)
Definition beyond_times (lo p r : nat) (h : nat -> R -> R) (c : nat) (t : R) : R :=
  beyond lo h c t * (if Nat.eqb c p then t else 1) * (if Nat.eqb c r then t else 1).

Lemma product_one : forall k p (w : nat -> R), (p < k)%nat -> product k (fun c => if Nat.eqb c p then w c else 1) = w p.
Proof.
  intros k p w Hp; rewrite (product_split k _ p Hp), Nat.eqb_refl, (product_ext k _ (fun _ => 1)).
  - rewrite product_const, pow1; ring.
  - intros c _; unfold but; destruct (Nat.eqb c p); reflexivity.
Qed.

Lemma product_but_two : forall k f g p, (p < k)%nat -> (forall c, (c < k)%nat -> c <> p -> f c = g c) ->
  product k f * g p = product k g * f p.
Proof.
  intros k f g p Hp H; rewrite (product_split k f p Hp), (product_split k g p Hp).
  rewrite (product_ext k (but p f) (but p g)); [ring|]; intros c Hc; unfold but; destruct (Nat.eqb_spec c p); auto.
Qed.

Lemma layers_moment : forall k (P : weights k) v n a x, single P (fun t => t) -> average P (fun t => t) = 0 ->
  single P (fun t => t ^ 2) -> average P (fun t => t ^ 2) = v ->
  forall q, (entries_before n (a + q) <= k)%nat -> forall h, (forall c, (c < k)%nat -> single P (h c)) ->
  forall i j, (q = 0%nat \/ i < n (a + q))%nat -> (q = 0%nat \/ j < n (a + q))%nat ->
  variable P (fun w => product k (fun c => beyond (entries_before n (a + q)) h c (w c))
    * (random_output n w a x q i * random_output n w a x q j)) /\
  expectation P (fun w => product k (fun c => beyond (entries_before n (a + q)) h c (w c))
    * (random_output n w a x q i * random_output n w a x q j))
    = product k (fun c => average P (beyond (entries_before n (a + q)) h c)) * second_moment n v a x q i j.
Proof.
  intros k P v n a x S1 A1 S2 A2; destruct (average_one k P) as [S0 A0].
  assert (Ext : forall f g : R -> R, (forall t, f t = g t) -> single P f -> single P g /\ average P g = average P f).
  { intros f g E Sf; replace g with f by (apply FunctionalExtensionality.functional_extensionality; exact E); auto. }
  assert (Beyond : forall lo h c, (forall c, (c < k)%nat -> single P (h c)) -> (c < k)%nat -> single P (beyond lo h c)).
  { intros lo h c H Hc; unfold beyond; destruct (Nat.ltb c lo); [exact S0|exact (H c Hc)]. }
  induction q as [|q IH]; intros Hk h Hh i j Hi Hj.
  - destruct (expectation_product k P (beyond (entries_before n (a + 0)) h)) as [V E]; [intros; apply Beyond; assumption|].
    destruct (expectation_scal k P (x i * x j) _ V) as [V' E'].
    destruct (variable_ext k P _ (fun w => product k (fun c => beyond (entries_before n (a + 0)) h c (w c)) * (x i * x j))
      ltac:(intros w; cbv beta; apply Rmult_comm) V') as [V2 E2].
    split; [exact V2|]; simpl random_output; rewrite E2, E', E; simpl second_moment; ring.
  - replace (a + S q)%nat with (S (a + q)) in * by lia; destruct Hi as [Hi|Hi]; [lia|]; destruct Hj as [Hj|Hj]; [lia|].
    set (lo := entries_before n (a + q)) in *; set (hi := entries_before n (S (a + q))) in *; set (m := n (a + q)%nat) in *.
    set (at_ := fun r s : nat => (lo + r * m + s)%nat).
    assert (Place : forall r s, (r < n (S (a + q)))%nat -> (s < m)%nat -> (lo <= at_ r s < hi)%nat)
      by (intros r s Hr Hs; apply (entry_place n (a + q) r s Hr Hs)).
    assert (Lo : (lo <= hi)%nat) by (unfold lo, hi; simpl; lia).
    set (H := fun s u c t => beyond_times hi (at_ i s) (at_ j u) h c t).
    assert (Val : forall s u c, (s < m)%nat -> (u < m)%nat -> (c < k)%nat -> single P (H s u c) /\
      average P (H s u c) = if Nat.eqb c (at_ i s) then (if Nat.eqb c (at_ j u) then v else 0)
        else if Nat.eqb c (at_ j u) then 0 else average P (beyond hi h c)).
    { intros s u c Hs Hu Hc; assert (Ps := Place i s Hi Hs); assert (Pu := Place j u Hj Hu).
      assert (One : (c < hi)%nat -> forall t, beyond hi h c t = 1)
        by (intros L t; unfold beyond; destruct (Nat.ltb_spec c hi); [reflexivity|lia]).
      unfold H, beyond_times; destruct (Nat.eqb_spec c (at_ i s)) as [E1|E1], (Nat.eqb_spec c (at_ j u)) as [E2|E2].
      - destruct (Ext (fun t => t ^ 2) (fun t => beyond hi h c t * t * t)) as [Q1 Q2]; [|exact S2|split; [exact Q1|rewrite Q2; exact A2]].
        intros t; rewrite One by lia; ring.
      - destruct (Ext (fun t => t) (fun t => beyond hi h c t * t * 1)) as [Q1 Q2]; [|exact S1|split; [exact Q1|rewrite Q2; exact A1]].
        intros t; rewrite One by lia; ring.
      - destruct (Ext (fun t => t) (fun t => beyond hi h c t * 1 * t)) as [Q1 Q2]; [|exact S1|split; [exact Q1|rewrite Q2; exact A1]].
        intros t; rewrite One by lia; ring.
      - apply (Ext (beyond hi h c)); [intros t; ring|apply Beyond; assumption]. }
    assert (Sing : forall s u, (s < m)%nat -> (u < m)%nat -> forall c, (c < k)%nat -> single P (H s u c))
      by (intros s u Hs Hu c Hc; apply (Val s u c Hs Hu Hc)).
    assert (Low : forall s u c t, (s < m)%nat -> (u < m)%nat -> beyond lo (H s u) c t = H s u c t).
    { intros s u c t Hs Hu; unfold beyond at 1; destruct (Nat.ltb_spec c lo) as [L|L]; [|reflexivity].
      assert (Ps := Place i s Hi Hs); assert (Pu := Place j u Hj Hu); unfold H, beyond_times, beyond.
      destruct (Nat.ltb_spec c hi); [|lia]; destruct (Nat.eqb_spec c (at_ i s)); [lia|]; destruct (Nat.eqb_spec c (at_ j u)); [lia|ring]. }
    set (A := product k (fun c => average P (beyond hi h c))).
    assert (Means : forall s u, (s < m)%nat -> (u < m)%nat ->
      product k (fun c => average P (beyond lo (H s u) c)) = A * (unit_matrix i j * (unit_matrix s u * v))).
    { intros s u Hs Hu; assert (Ps := Place i s Hi Hs); assert (Pu := Place j u Hj Hu).
      rewrite (product_ext k _ (fun c => if Nat.eqb c (at_ i s) then (if Nat.eqb c (at_ j u) then v else 0)
        else if Nat.eqb c (at_ j u) then 0 else average P (beyond hi h c))).
      2:{ intros c Hc; destruct (Val s u c Hs Hu Hc) as [Q1 <-]; apply (Ext (H s u c)); [|exact Q1]; intros t; symmetry; apply Low; assumption. }
      assert (Top : average P (beyond hi h (at_ i s)) = 1).
      { rewrite <- A0; f_equal; apply FunctionalExtensionality.functional_extensionality; intros t; unfold beyond.
        destruct (Nat.ltb_spec (at_ i s) hi); [reflexivity|lia]. }
      destruct (Nat.eq_dec (at_ i s) (at_ j u)) as [E|N].
      - destruct (places_apart m i s j u Hs Hu ltac:(unfold at_ in E; lia)) as [-> ->].
        assert (B := product_but_two k (fun c => if Nat.eqb c (at_ j u) then (if Nat.eqb c (at_ j u) then v else 0)
          else if Nat.eqb c (at_ j u) then 0 else average P (beyond hi h c)) (fun c => average P (beyond hi h c)) (at_ j u) ltac:(lia)).
        cbv beta in B; rewrite Nat.eqb_refl, Top, Rmult_1_r in B; rewrite B.
        + unfold A, unit_matrix; rewrite !Nat.eqb_refl; ring.
        + intros c _ Nc; destruct (Nat.eqb_spec c (at_ j u)); [contradiction|reflexivity].
      - rewrite (product_split k _ (at_ i s)) by lia; rewrite Nat.eqb_refl.
        destruct (Nat.eqb_spec (at_ i s) (at_ j u)); [contradiction|].
        unfold unit_matrix; destruct (Nat.eqb_spec i j) as [->|]; [|ring].
        destruct (Nat.eqb_spec s u) as [->|]; [destruct (N eq_refl)|ring]. }
    set (Y := fun w s => random_output n w a x q s).
    assert (Term : forall s u, (s < m)%nat -> (u < m)%nat ->
      variable P (fun w => product k (fun c => beyond lo (H s u) c (w c)) * (Y w s * Y w u)) /\
      expectation P (fun w => product k (fun c => beyond lo (H s u) c (w c)) * (Y w s * Y w u))
        = A * (unit_matrix i j * (unit_matrix s u * v)) * second_moment n v a x q s u).
    { intros s u Hs Hu; rewrite <- (Means s u Hs Hu); apply (IH ltac:(lia) (H s u) (Sing s u Hs Hu)); right; assumption. }
    assert (Inner : forall s, (s < m)%nat ->
      variable P (fun w => total m (fun u => product k (fun c => beyond lo (H s u) c (w c)) * (Y w s * Y w u))) /\
      expectation P (fun w => total m (fun u => product k (fun c => beyond lo (H s u) c (w c)) * (Y w s * Y w u)))
        = A * (unit_matrix i j * v) * second_moment n v a x q s s).
    { intros s Hs; destruct (variable_total k P m (fun u w => product k (fun c => beyond lo (H s u) c (w c)) * (Y w s * Y w u)))
        as [V E]; [intros u Hu; apply Term; assumption|]; split; [exact V|rewrite E].
      rewrite (total_ext m _ (fun u => A * (unit_matrix i j * v) * second_moment n v a x q s u * unit_matrix s u)).
      - transitivity (A * (unit_matrix i j * v) * mv m unit_matrix (fun u => second_moment n v a x q s u) s).
        + unfold mv, dot; rewrite <- total_scal; apply total_ext; intros; ring.
        + rewrite mv_unit by exact Hs; reflexivity.
      - intros u Hu; destruct (Term s u Hs Hu) as [_ ->]; ring. }
    destruct (variable_total k P m (fun s w => total m (fun u => product k (fun c => beyond lo (H s u) c (w c)) * (Y w s * Y w u))))
      as [V E]; [intros s Hs; apply Inner; exact Hs|].
    assert (Point : forall w, total m (fun s => total m (fun u => product k (fun c => beyond lo (H s u) c (w c)) * (Y w s * Y w u)))
      = product k (fun c => beyond hi h c (w c)) * (random_output n w a x (S q) i * random_output n w a x (S q) j)).
    { intros w; simpl random_output; unfold mv, dot; fold m.
      rewrite (total_ext m _ (fun s => product k (fun c => beyond hi h c (w c)) * (random_layer n w (a + q) i s * Y w s)
        * total m (fun u => random_layer n w (a + q) j u * Y w u))).
      - rewrite (total_ext m _ (fun s => product k (fun c => beyond hi h c (w c)) * total m (fun u => random_layer n w (a + q) j u * Y w u)
          * (random_layer n w (a + q) i s * Y w s))) by (intros; ring); rewrite total_scal; unfold Y; ring.
      - intros s Hs; rewrite <- total_scal; apply total_ext; intros u Hu.
        assert (Ps := Place i s Hi Hs); assert (Pu := Place j u Hj Hu).
        rewrite (product_ext k _ (fun c => beyond hi h c (w c) * (if Nat.eqb c (at_ i s) then w c else 1)
          * (if Nat.eqb c (at_ j u) then w c else 1))) by (intros c _; rewrite Low by assumption; reflexivity).
        rewrite !product_mult, !product_one by lia; unfold random_layer; fold lo m; unfold at_; ring. }
    destruct (variable_ext k P _ _ Point V) as [V2 E2]; split; [exact V2|rewrite E2, E].
    rewrite (total_ext m _ (fun s => A * (unit_matrix i j * v) * second_moment n v a x q s s)) by (intros s Hs; apply Inner; exact Hs).
    rewrite total_scal; simpl second_moment; fold m A; ring.
Qed.

(** E |y|^2, from the widths. *)
Lemma second_moment_total : forall n v a x q, (1 <= q)%nat ->
  total (n (a + q)%nat) (fun i => second_moment n v a x q i i)
    = v ^ q * product q (fun l => INR (n (S (a + l)))) * dot (n a) x x.
Proof.
  intros n v a x q; induction q as [|q IH]; [lia|]; intros _; simpl second_moment.
  replace (a + S q)%nat with (S (a + q)) by lia.
  rewrite (total_ext _ _ (fun _ => v * total (n (a + q)%nat) (fun j => second_moment n v a x q j j)))
    by (intros i _; unfold unit_matrix; rewrite Nat.eqb_refl; ring).
  rewrite total_const; simpl product; destruct q as [|q].
  - rewrite Nat.add_0_r; unfold dot; cbn [second_moment product pow]; ring.
  - rewrite IH by lia; cbn [product pow]; ring.
Qed.

Lemma output_square : forall k (P : weights k) v n a x q, single P (fun t => t) -> average P (fun t => t) = 0 ->
  single P (fun t => t ^ 2) -> average P (fun t => t ^ 2) = v -> (1 <= q)%nat -> (entries_before n (a + q) <= k)%nat ->
  variable P (fun w => dot (n (a + q)%nat) (random_output n w a x q) (random_output n w a x q)) /\
  expectation P (fun w => dot (n (a + q)%nat) (random_output n w a x q) (random_output n w a x q))
    = v ^ q * product q (fun l => INR (n (S (a + l)))) * dot (n a) x x.
Proof.
  intros k P v n a x q S1 A1 S2 A2 Hq Hk; destruct (average_one k P) as [S0 A0].
  assert (One : forall (f : nat -> R -> R), (forall c t, (c < k)%nat -> f c t = 1) -> forall w, product k (fun c => f c (w c)) = 1).
  { intros f H w; rewrite (product_ext k _ (fun _ => 1)) by (intros c Hc; apply H; exact Hc); rewrite product_const; apply pow1. }
  assert (Beyond : forall c t, beyond (entries_before n (a + q)) (fun _ _ => 1) c t = 1)
    by (intros c t; unfold beyond; destruct (Nat.ltb c (entries_before n (a + q))); reflexivity).
  assert (Each : forall i, (i < n (a + q))%nat ->
    variable P (fun w => random_output n w a x q i * random_output n w a x q i) /\
    expectation P (fun w => random_output n w a x q i * random_output n w a x q i) = second_moment n v a x q i i).
  { intros i Hi; destruct (layers_moment k P v n a x S1 A1 S2 A2 q Hk (fun _ _ => 1) (fun _ _ => S0) i i (or_intror Hi) (or_intror Hi))
      as [V E].
    assert (Point : forall w, product k (fun c => beyond (entries_before n (a + q)) (fun _ _ => 1) c (w c))
      * (random_output n w a x q i * random_output n w a x q i) = random_output n w a x q i * random_output n w a x q i).
    { intros w; rewrite (One (beyond (entries_before n (a + q)) (fun _ _ => 1))) by auto; ring. }
    destruct (variable_ext k P _ _ Point V) as [V2 E2].
    split; [exact V2|rewrite E2, E].
    rewrite (product_ext k _ (fun _ => 1)); [rewrite product_const, pow1; ring|]; intros c _.
    transitivity (average P (fun _ => 1)); [f_equal|exact A0]; apply FunctionalExtensionality.functional_extensionality; intros t; apply Beyond. }
  destruct (variable_total k P (n (a + q)%nat) (fun i w => random_output n w a x q i * random_output n w a x q i)) as [V E];
    [intros i Hi; apply Each; exact Hi|].
  split; [exact V|]; rewrite <- (second_moment_total n v a x q Hq); eapply eq_trans; [exact E|].
  apply total_ext; intros i Hi; apply Each; exact Hi.
Qed.

(** L layers, L - 1 of m rows and the last of d_out. *)
Definition hidden_widths (L m d_in d_out l : nat) : nat := if Nat.eqb l 0 then d_in else if Nat.eqb l L then d_out else m.

(** W_L ... W_1 x/sqrt (m^(L-1) d_out) *)
Definition normalised_output (L m d_in d_out : nat) (x w : nat -> R) (i : nat) : R :=
  random_output (hidden_widths L m d_in d_out) w 0 x L i / sqrt (INR m ^ (L - 1) * INR d_out).

(** E |W_L ... W_1 x/sqrt (m^(L-1) d_out)|^2 = |x|^2, for all independent entries of mean 0 and variance 1. *)
Theorem du_hu_claim_3_1 : forall k (P : weights k) L m d_in d_out x,
  single P (fun t => t) -> average P (fun t => t) = 0 -> single P (fun t => t ^ 2) -> average P (fun t => t ^ 2) = 1 ->
  (1 <= L)%nat -> (1 <= m)%nat -> (1 <= d_out)%nat -> (entries_before (hidden_widths L m d_in d_out) L <= k)%nat ->
  variable P (fun w => dot d_out (normalised_output L m d_in d_out x w) (normalised_output L m d_in d_out x w)) /\
  expectation P (fun w => dot d_out (normalised_output L m d_in d_out x w) (normalised_output L m d_in d_out x w)) = dot d_in x x.
Proof.
  intros k P L m d_in d_out x S1 A1 S2 A2 HL Hm Hd Hk; set (n := hidden_widths L m d_in d_out) in *.
  set (c := INR m ^ (L - 1) * INR d_out).
  assert (c0 : 0 < c) by (apply Rmult_lt_0_compat; [apply pow_lt|]; apply lt_0_INR; lia).
  assert (s0 : 0 < sqrt c) by (apply sqrt_lt_R0; exact c0); assert (ss : sqrt c * sqrt c = c) by (apply sqrt_sqrt; lra).
  destruct (output_square k P 1 n 0 x L S1 A1 S2 A2 HL Hk) as [V E]; simpl plus in V, E.
  assert (Nin : n 0%nat = d_in) by reflexivity.
  assert (Nout : n L = d_out) by (unfold n, hidden_widths; destruct (Nat.eqb_spec L 0); [lia|]; rewrite Nat.eqb_refl; reflexivity).
  assert (Prod : product L (fun l => INR (n (S l))) = c).
  { destruct L as [|p]; [lia|]; simpl product; rewrite Nout; unfold c; replace (S p - 1)%nat with p by lia; f_equal.
    rewrite <- product_const; apply product_ext; intros l Hl; unfold n, hidden_widths; simpl.
    destruct (Nat.eqb_spec l p); [lia|reflexivity]. }
  rewrite Nin, Nout, Prod, pow1, Rmult_1_l in *.
  destruct (expectation_scal k P (/ c) _ V) as [V' E'].
  assert (Point : forall w, / c * dot d_out (random_output n w 0 x L) (random_output n w 0 x L)
    = dot d_out (normalised_output L m d_in d_out x w) (normalised_output L m d_in d_out x w)).
  { intros w; unfold dot, normalised_output; fold n c; rewrite <- total_scal; apply total_ext; intros i _; rewrite <- ss at 1.
    generalize dependent (sqrt c); intros r r0 _; field; lra. }
  destruct (variable_ext k P _ _ Point V') as [V2 E2].
  split; [exact V2|rewrite E2, E', E; field; lra].
Qed.
