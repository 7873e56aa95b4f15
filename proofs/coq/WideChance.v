(** The random start of a wide network fails to be good with a small probability: Propositions 6.2 to 6.5 of Du and Hu together. *)
From Coq Require Import Reals Lra Lia Psatz Arith List.
From Lemmata Require Import Products Matrix Norms Rectangular Layers Transpose Spectral Margin WideBlocks Wide AnyLaw Independent NormalLaw.
From Lemmata Require Import Remainder WidePapers GaussianLayers IndependentBlocks GaussianRow GaussianOutput Spheres WideStart WideRandom WideGood.
Open Scope R_scope.

(** Propositions 6.2 and 6.3, for products in any order. *)
Definition ranges_kept (C c : R) : Prop := forall K place n m q r X,
  (1 <= q)%nat -> (1 <= r)%nat -> C * INR q * INR r <= INR m -> places_of_their_own K n m q place ->
  at_most (law_weights K normal_law) (fun w => ~ keeps_range n m q (placed_layer place w) r X) (exp (- (c * INR m / INR q))).

(** Proposition 6.4. *)
Definition middles_kept (C c G : R) : Prop := forall K place m L q,
  (1 <= q < L)%nat -> (3 <= L)%nat -> C * INR L * ln (INR L) <= INR m -> places_of_their_own K m m q place ->
  at_most (law_weights K normal_law) (fun w => ~ forall x,
      dot m (passed m m (placed_layer place w) x q) (passed m m (placed_layer place w) x q) <= G * INR q * INR m ^ q * dot m x x)
    (exp (- (c * INR m / INR q))).

Lemma exp_depth : forall c m q L, 0 <= c -> 0 <= m -> (1 <= q <= L)%nat ->
  exp (- (c * m / INR q)) <= exp (- (c * m / INR L)).
Proof.
  intros c m q L Hc Hm Hq; apply exp_le_compat, Ropp_le_contravar; unfold Rdiv; apply Rmult_le_compat_l.
  - apply Rmult_le_pos; assumption.
  - apply Rinv_le_contravar; [apply lt_0_INR; lia|apply le_INR; lia].
Qed.

(** The chance that L layers of width m fail is counted in b. *)
Definition tail_of (c : R) (m L : nat) : R := exp (- (c * INR m / INR L)).

Lemma ends_chance : forall n m p r L D C c, (1 <= p)%nat -> (1 <= r)%nat -> 0 <= c -> ranges_kept C c -> 0 <= C ->
  C * INR L * INR p <= INR m -> C * INR L * INR r <= INR m ->
  at_most (law_weights (weights_above n m p L L) normal_law) (fun w => ~ ends_kept n m p r L D (network_place n m p L) w) (2 * INR L * tail_of c m L).
Proof.
  intros n m p r L D C c Hp Hr Hc Ranges HC Wp Wr; set (place := network_place n m p L); set (K := weights_above n m p L L); set (P := law_weights K normal_law).
  set (b := tail_of c m L).
  assert (b0 : 0 < b) by apply exp_pos.
  assert (Pay : forall q k, (1 <= q < L)%nat -> C * INR L * INR k <= INR m -> C * INR q * INR k <= INR m).
  { intros q k Hq H; eapply Rle_trans; [|exact H]; apply Rmult_le_compat_r; [apply pos_INR|].
    apply Rmult_le_compat_l; [exact HC|apply le_INR; lia]. }
  assert (Down : forall q, In q (seq 1 (L - 1)) ->
    at_most P (fun w => ~ keeps_range p m q (placed_layer (down_place place L) w) p unit_matrix) b).
  { intros q Hq; apply in_seq in Hq; apply (at_most_mono K P _ (exp (- (c * INR m / INR q)))).
    - apply exp_depth; [exact Hc|apply pos_INR|lia].
    - apply (Ranges K (down_place place L)); try lia; [apply Pay; [lia|exact Wp]|apply down_own; lia]. }
  assert (Up : forall q, In q (seq 1 (L - 1)) ->
    at_most P (fun w => ~ keeps_range n m q (placed_layer (up_place place) w) r D) b).
  { intros q Hq; apply in_seq in Hq; apply (at_most_mono K P _ (exp (- (c * INR m / INR q)))).
    - apply exp_depth; [exact Hc|apply pos_INR|lia].
    - apply (Ranges K (up_place place)); try lia; [apply Pay; [lia|exact Wr]|apply up_own; lia]. }
  assert (U := at_most_either K P _ _ _ _ (at_most_some K P nat _ b _ Down) (at_most_some K P nat _ b _ Up)).
  rewrite seq_length in U; refine (at_most_weaker K P _ _ _ _ (at_most_mono K P _ _ _ _ U)).
  - intros w Bad; apply Classical_Prop.NNPP; intros None; apply Bad; intros q Hq.
    assert (I : In q (seq 1 (L - 1))) by (apply in_seq; lia).
    split; apply Classical_Prop.NNPP; intros N; apply None; [left|right]; exists q; auto.
  - assert (INR (L - 1) <= INR L) by (apply le_INR; lia).
    assert (INR (L - 1) * b <= INR L * b) by (apply Rmult_le_compat_r; lra); lra.
Qed.

Lemma middles_chance : forall n m p L C c G, 0 <= c -> middles_kept C c G -> C * INR L * ln (INR L) <= INR m ->
  at_most (law_weights (weights_above n m p L L) normal_law) (fun w => ~ middles_below m L (network_place n m p L) w G) (INR L ^ 2 * tail_of c m L).
Proof.
  intros n m p L C c G Hc Middles Wl; set (place := network_place n m p L); set (K := weights_above n m p L L); set (P := law_weights K normal_law).
  set (b := tail_of c m L).
  assert (b0 : 0 < b) by apply exp_pos.
  set (event := fun (v : nat * nat) w => (2 <= fst v)%nat /\ (1 <= snd v)%nat /\ (fst v + snd v <= L)%nat /\ ~ forall y,
    dot m (passed m m (placed_layer (from_place place (fst v)) w) y (snd v)) (passed m m (placed_layer (from_place place (fst v)) w) y (snd v))
      <= G * INR (snd v) * INR m ^ snd v * dot m y y).
  assert (One : forall v, In v (list_prod (seq 0 L) (seq 0 L)) -> at_most P (event v) b).
  { intros [a k] _; unfold event; simpl fst; simpl snd.
    destruct (le_dec 2 a) as [H1|H1]; [destruct (le_dec 1 k) as [H2|H2]; [destruct (le_dec (a + k) L) as [H3|H3]|]|].
    - apply (at_most_mono K P _ (exp (- (c * INR m / INR k)))); [apply exp_depth; [exact Hc|apply pos_INR|lia]|].
      refine (at_most_weaker K P _ _ _ _ (Middles K (from_place place a) m L k ltac:(lia) ltac:(lia) Wl (from_own n m p L a k H1 H3))).
      intros w Bad; apply Bad.
    - apply (at_most_mono K P _ 0); [lra|]; apply at_most_zero; intros w; lia.
    - apply (at_most_mono K P _ 0); [lra|]; apply at_most_zero; intros w; lia.
    - apply (at_most_mono K P _ 0); [lra|]; apply at_most_zero; intros w; lia. }
  assert (U := at_most_some K P _ event b _ One); rewrite prod_length, !seq_length, mult_INR in U.
  refine (at_most_weaker K P _ _ _ _ (at_most_mono K P _ _ _ _ U)); [|right; ring].
  intros w Bad; apply Classical_Prop.NNPP; intros None; apply Bad; intros a k Ha Hk HaL.
  apply Classical_Prop.NNPP; intros N; apply None; exists (a, k); split; [apply in_prod; apply in_seq; lia|].
  split; [exact Ha|split; [exact Hk|split; [exact HaL|]]]; intros Good; apply N; intros y; apply Good.
Qed.

(** The weights of the last layer come first, and the lower layers are read from the others. *)
Lemma first_above : forall n m p L k, (1 <= L)%nat -> (1 <= k)%nat -> (p * size n m p L (L - 1) <= weights_above n m p L k)%nat.
Proof.
  intros n m p L k HL Hk; assert (A := above_grows n m p L 1 k Hk); simpl weights_above in A.
  rewrite Nat.sub_0_r, size_last in A by exact HL; lia.
Qed.

Lemma lower_layers : forall d n m p L D w, (1 <= L)%nat -> let first := (p * size n m p L (L - 1))%nat in
  chain d (network n m p L D (network_place n m p L) w) L
    = chain d (network n m p L D (fun l i j => (network_place n m p L l i j - first)%nat) (after first w)) L.
Proof.
  intros d n m p L D w HL first; assert (H : forall q, (q <= L)%nat -> chain d (network n m p L D (network_place n m p L) w) q
    = chain d (network n m p L D (fun l i j => (network_place n m p L l i j - first)%nat) (after first w)) q); [|apply H; lia].
  induction q as [|q IH]; intros Hq; [reflexivity|]; simpl chain; rewrite <- IH by lia; f_equal.
  pointwise i; pointwise j; destruct q as [|q]; [reflexivity|]; unfold network.
  destruct (Nat.ltb_spec i (size n m p L (S q))) as [Hi|]; [|reflexivity].
  destruct (Nat.ltb_spec j (size n m p L q)) as [Hj|]; [|reflexivity]; unfold after; f_equal.
  assert (B := network_place_between n m p L (S q) i j ltac:(lia) Hi ltac:(simpl; rewrite Nat.sub_0_r; exact Hj)).
  assert (A := first_above n m p L (L - S q) HL ltac:(lia)); fold first in A; lia.
Qed.

(** What holds of |A H| for a Gaussian A and any H that does not depend on it holds of the last layer. *)
Lemma last_layer_chance : forall d n m p L D a b, fits d n m p D -> (1 <= L)%nat ->
  (forall s k r lower, at_most (law_weights (p * s + k) normal_law) (fun w => a * columns_square s r (lower (after (p * s) w))
    < total r (fun j => dot p (mv s (by_rows s w) (fun i => lower (after (p * s) w) i j))
        (mv s (by_rows s w) (fun i => lower (after (p * s) w) i j)))) b) ->
  at_most (law_weights (weights_above n m p L L) normal_law) (fun w => let F := network n m p L D (network_place n m p L) w in
    a * inner d (chain d F L) (chain d F L) < inner d (chain d F (S L)) (chain d F (S L))) b.
Proof.
  intros d n m p L D a b Fit HL Kept; assert (Fit' := Fit); destruct Fit' as [_ [_ [Hp _]]]; set (place := network_place n m p L); set (K := weights_above n m p L L); set (P := law_weights K normal_law).
  set (s := size n m p L (L - 1)); set (first := (p * s)%nat).
  set (lower := fun u => chain d (network n m p L D (fun l i j => (place l i j - first)%nat) u) L).
  assert (E : K = (first + (K - first))%nat) by (assert (A := first_above n m p L L HL HL); fold K s first in A; lia).
  assert (U := Kept s (K - first)%nat d lower); change (p * s)%nat with first in U; rewrite <- E in U.
  refine (at_most_weaker K P _ _ _ _ U); intros w Bad; cbv zeta in Bad.
  assert (Lower : lower (after first w) = chain d (network n m p L D place w) L) by (symmetry; apply lower_layers; exact HL).
  set (F := network n m p L D place w) in *; rewrite Lower; fold F.
  assert (sd : (s <= d)%nat) by (apply size_within with D; exact Fit).
  assert (Low : forall i j, (s <= i < d)%nat -> (j < d)%nat -> chain d F L i j = 0).
  { intros i j Hi Hj; destruct (chain_passed d n m p L D place w Fit (L - 1) (unit_matrix j) ltac:(lia)) as [_ Z].
    fold F in Z; replace (S (L - 1)) with L in Z by lia; rewrite <- (column_of d (chain d F L) j i Hj); apply Z; exact Hi. }
  assert (H1 : columns_square s d (chain d F L) = inner d (chain d F L) (chain d F L)).
  { rewrite inner_columns; apply total_ext; intros j Hj; symmetry; apply dot_narrow; [exact sd|reflexivity|].
    intros i Hi; apply Low; assumption. }
  rewrite H1; eapply Rlt_le_trans; [exact Bad|]; right; rewrite inner_columns; apply total_ext; intros j Hj.
  assert (Col : forall i, chain d F (S L) i j = mv d (F L) (fun i => chain d F L i j) i) by reflexivity.
  apply dot_narrow; [exact Hp| |].
  - intros i Hi; rewrite Col; unfold F at 1; rewrite (layer_in d n m p L D place w Fit) by (rewrite ?size_last; lia).
    apply dot_ext; [|reflexivity]; intros k _; unfold by_rows, place, network_place; rewrite Nat.sub_diag; reflexivity.
  - intros i Hi; rewrite Col; apply (layer_out d n m p L D place w Fit); [exact HL|rewrite size_last; lia].
Qed.

Lemma output_chance : forall d n m p L D x, fits d n m p D -> (1 <= L)%nat ->
  at_most (law_weights (weights_above n m p L L) normal_law) (fun w => ~ output_below d n m p L D (network_place n m p L) w x) (exp (- x)).
Proof.
  intros d n m p L D x Fit HL; refine (at_most_weaker _ _ _ _ _ _ (last_layer_chance d n m p L D (2 * INR p + 4 * x) (exp (- x)) Fit HL _)).
  - intros w Bad; apply Rnot_le_lt; exact Bad.
  - intros s k r lower; apply (last_layer_kept p s k r lower x).
Qed.

Lemma start_chance : forall d n m p r L D C c G x, fits d n m p D -> (1 <= p)%nat -> (1 <= r)%nat -> (1 <= L)%nat -> 0 <= c ->
  ranges_kept C c -> middles_kept C c G -> 0 <= C -> C * INR L * INR p <= INR m -> C * INR L * INR r <= INR m ->
  C * INR L * ln (INR L) <= INR m ->
  at_most (law_weights (weights_above n m p L L) normal_law) (fun w => ~ (ends_kept n m p r L D (network_place n m p L) w /\ middles_below m L (network_place n m p L) w G /\
    output_below d n m p L D (network_place n m p L) w x)) (3 * INR L ^ 2 * tail_of c m L + exp (- x)).
Proof.
  intros d n m p r L D C c G x Fit Hp Hr HL Hc Ranges Middles HC Wp Wr Wl; set (place := network_place n m p L); set (K := weights_above n m p L L); set (P := law_weights K normal_law).
  assert (b0 : 0 < tail_of c m L) by apply exp_pos; assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL).
  assert (U := at_most_either K P _ _ _ _ (at_most_either K P _ _ _ _ (ends_chance n m p r L D C c Hp Hr Hc Ranges HC Wp Wr)
    (middles_chance n m p L C c G Hc Middles Wl)) (output_chance d n m p L D x Fit HL)).
  refine (at_most_weaker K P _ _ _ _ (at_most_mono K P _ _ _ _ U)).
  - intros w Bad; apply Classical_Prop.NNPP; intros None; apply Bad.
    split; [|split]; apply Classical_Prop.NNPP; intros N; apply None; auto.
  - set (b := tail_of c m L) in *; assert (INR L * b <= INR L ^ 2 * b); [|lra]; apply Rmult_le_compat_r; [lra|].
    assert (INR L * 1 <= INR L * INR L) by (apply Rmult_le_compat_l; lra); simpl; lra.
Qed.
