(** The random start of a wide network fails to be good with a small probability: Propositions 6.2 to 6.5 of Du and Hu together. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Lemmata Require Import Products Matrix Norms Rectangular Layers Transpose Spectral Margin WideBlocks Wide AnyLaw Independent NormalLaw.
From Lemmata Require Import Remainder WidePapers GaussianLayers IndependentBlocks GaussianRow GaussianOutput Spheres WideStart WideRandom WideGood.
Open Scope R_scope.

(** Propositions 6.2 and 6.3, for products in any order. *)
Definition ranges_kept (C c : R) : Prop := forall K place n m q r X,
  (1 <= q)%nat -> (1 <= r)%nat -> C * INR q * INR r <= INR m -> places_of_their_own K n m q place ->
  at_most (law_weights K normal_law) (fun w => ~ keeps_range n m q (placed_layer place w) r X) (exp (- (c * INR m / INR q))).

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
