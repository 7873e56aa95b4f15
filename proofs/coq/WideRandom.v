(** The random start of a wide network, in the matrices of Wide.v: its layers are independent weights, each at its place, and zero
    outside their shapes.  What products of them make of a vector is what [passed] says, so bounds of such products are B(0). *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin WideBlocks Wide RandomLayers GaussianLayers.
Open Scope R_scope.

(** How long the vectors after l of L layers are: n inputs, p outputs, and m between. *)
Definition size (n m p L l : nat) : nat := if Nat.eqb l 0 then n else if Nat.eqb l L then p else m.

(** Layer 0 is D; the entry in row i and column j of layer l is the weight at [place l i j]. *)
Definition network (n m p L : nat) (D : nat -> nat -> R) (place : nat -> nat -> nat -> nat) (w : nat -> R) (l i j : nat) : R :=
  match l with
  | O => D i j
  | S q => if Nat.ltb i (size n m p L l) then if Nat.ltb j (size n m p L q) then w (place l i j) else 0 else 0
  end.

Lemma network_rows : forall n m p L D place w l i j, (1 <= l)%nat -> (size n m p L l <= i)%nat -> network n m p L D place w l i j = 0.
Proof.
  intros n m p L D place w [|q] i j Hl Hi; [lia|]; unfold network; destruct (Nat.ltb_spec i (size n m p L (S q))); [lia|reflexivity].
Qed.

(** ** Places *)

(** How many weights the last k layers have. *)
Fixpoint weights_above (n m p L k : nat) : nat :=
  match k with
  | O => 0%nat
  | S q => (weights_above n m p L q + size n m p L (L - q) * size n m p L (L - S q))%nat
  end.

(** The weights of the last layer first, each layer row by row. *)
Definition network_place (n m p L l i j : nat) : nat := (weights_above n m p L (L - l) + i * size n m p L (l - 1) + j)%nat.

Lemma above_grows : forall n m p L k k', (k <= k')%nat -> (weights_above n m p L k <= weights_above n m p L k')%nat.
Proof. intros n m p L k k' H; induction H; simpl; lia. Qed.

Lemma network_place_between : forall n m p L l i j, (1 <= l <= L)%nat -> (i < size n m p L l)%nat -> (j < size n m p L (l - 1))%nat ->
  (weights_above n m p L (L - l) <= network_place n m p L l i j < weights_above n m p L (S (L - l)))%nat.
Proof.
  intros n m p L l i j Hl Hi Hj; unfold network_place; simpl weights_above.
  replace (L - (L - l))%nat with l by lia; replace (L - S (L - l))%nat with (l - 1)%nat by lia; nia.
Qed.

Lemma network_place_below : forall n m p L l i j, (1 <= l <= L)%nat -> (i < size n m p L l)%nat -> (j < size n m p L (l - 1))%nat ->
  (network_place n m p L l i j < weights_above n m p L L)%nat.
Proof.
  intros n m p L l i j Hl Hi Hj; assert (B := network_place_between n m p L l i j Hl Hi Hj).
  assert (G := above_grows n m p L (S (L - l)) L ltac:(lia)); lia.
Qed.

Lemma network_places_apart : forall n m p L l i j l' i' j',
  (1 <= l <= L)%nat -> (i < size n m p L l)%nat -> (j < size n m p L (l - 1))%nat ->
  (1 <= l' <= L)%nat -> (i' < size n m p L l')%nat -> (j' < size n m p L (l' - 1))%nat ->
  network_place n m p L l i j = network_place n m p L l' i' j' -> l = l' /\ i = i' /\ j = j'.
Proof.
  intros n m p L l i j l' i' j' Hl Hi Hj Hl' Hi' Hj' E.
  assert (B := network_place_between n m p L l i j Hl Hi Hj); assert (B' := network_place_between n m p L l' i' j' Hl' Hi' Hj').
  destruct (lt_eq_lt_dec l l') as [[H|H]|H].
  - assert (G := above_grows n m p L (S (L - l')) (L - l) ltac:(lia)); lia.
  - subst l'; unfold network_place in E; destruct (places_apart (size n m p L (l - 1)) i j i' j' Hj Hj' ltac:(lia)); auto.
  - assert (G := above_grows n m p L (S (L - l)) (L - l') ltac:(lia)); lia.
Qed.

Lemma size_between : forall n m p L l, (1 <= l < L)%nat -> size n m p L l = m.
Proof. intros n m p L l Hl; unfold size; destruct (Nat.eqb_spec l 0), (Nat.eqb_spec l L); lia. Qed.

Lemma size_last : forall n m p L, (1 <= L)%nat -> size n m p L L = p.
Proof. intros n m p L HL; unfold size; destruct (Nat.eqb_spec L 0); [lia|]; rewrite Nat.eqb_refl; reflexivity. Qed.

Lemma size_up : forall n m p L l, (l < L)%nat -> size n m p L l = fan_in n m l.
Proof. intros n m p L [|l] Hl; [reflexivity|apply size_between; lia]. Qed.

Lemma size_down : forall n m p L l, (l < L)%nat -> size n m p L (L - l) = fan_in p m l.
Proof. intros n m p L [|l] Hl; [rewrite Nat.sub_0_r; apply size_last; lia|apply size_between; lia]. Qed.

(** From the data up, from the outputs down, and between. *)
Definition up_place (place : nat -> nat -> nat -> nat) (l : nat) : nat -> nat -> nat := place (S l).
Definition down_place (place : nat -> nat -> nat -> nat) (L l i j : nat) : nat := place (L - l)%nat j i.
Definition from_place (place : nat -> nat -> nat -> nat) (a l : nat) : nat -> nat -> nat := place (a + l)%nat.

Lemma up_own : forall n m p L q, (q < L)%nat ->
  places_of_their_own (weights_above n m p L L) n m q (up_place (network_place n m p L)).
Proof.
  intros n m p L q Hq l i j Hl Hi Hj; unfold up_place.
  assert (Sz : forall k, (k < q)%nat -> size n m p L (S k) = m /\ size n m p L (S k - 1) = fan_in n m k).
  { intros k Hk; split; [apply size_between; lia|]; simpl; rewrite Nat.sub_0_r; apply size_up; lia. }
  destruct (Sz l Hl) as [S1 S2]; split; [apply network_place_below; rewrite ?S1, ?S2; lia|].
  intros l' i' j' Hl' Hi' Hj' E; destruct (Sz l' Hl') as [S3 S4].
  apply network_places_apart in E; rewrite ?S1, ?S2, ?S3, ?S4; try lia.
Qed.

Lemma down_own : forall n m p L q, (q < L)%nat ->
  places_of_their_own (weights_above n m p L L) p m q (down_place (network_place n m p L) L).
Proof.
  intros n m p L q Hq l i j Hl Hi Hj; unfold down_place.
  assert (Sz : forall k, (k < q)%nat -> size n m p L (L - k) = fan_in p m k /\ size n m p L (L - k - 1) = m).
  { intros k Hk; split; [apply size_down; lia|apply size_between; lia]. }
  destruct (Sz l Hl) as [S1 S2]; split; [apply network_place_below; rewrite ?S1, ?S2; lia|].
  intros l' i' j' Hl' Hi' Hj' E; destruct (Sz l' Hl') as [S3 S4].
  apply network_places_apart in E; rewrite ?S1, ?S2, ?S3, ?S4; try lia.
Qed.

Lemma from_own : forall n m p L a q, (2 <= a)%nat -> (a + q <= L)%nat ->
  places_of_their_own (weights_above n m p L L) m m q (from_place (network_place n m p L) a).
Proof.
  intros n m p L a q Ha Hq l i j Hl Hi Hj; unfold from_place.
  assert (Sz : forall k, (k < q)%nat -> size n m p L (a + k) = m /\ size n m p L (a + k - 1) = m) by (intros; split; apply size_between; lia).
  assert (F : forall k, fan_in m m k = m) by (intros [|k]; reflexivity); rewrite F in Hj.
  destruct (Sz l Hl) as [S1 S2]; split; [apply network_place_below; rewrite ?S1, ?S2; lia|].
  intros l' i' j' Hl' Hi' Hj' E; destruct (Sz l' Hl') as [S3 S4]; rewrite F in Hj'.
  apply network_places_apart in E; rewrite ?S1, ?S2, ?S3, ?S4; try lia.
Qed.

(** ** What the layers make of a vector *)

(** All sizes are at most d, and the data have n rows. *)
Definition fits (d n m p : nat) (D : nat -> nat -> R) : Prop := (n <= d)%nat /\ (m <= d)%nat /\ (p <= d)%nat /\ columns d n (tr D).

Lemma size_within : forall d n m p L D l, fits d n m p D -> (size n m p L l <= d)%nat.
Proof. intros d n m p L D l [Hn [Hm [Hp _]]]; unfold size; destruct (Nat.eqb l 0), (Nat.eqb l L); assumption. Qed.

Lemma dot_narrow : forall d k x y, (k <= d)%nat -> (forall i, (i < k)%nat -> x i = y i) -> (forall i, (k <= i < d)%nat -> x i = 0) ->
  dot d x x = dot k y y.
Proof.
  intros d k x y Hk Hx H0; unfold dot; rewrite (total_truncate d k) by (try exact Hk; intros i Hi; rewrite (H0 i Hi); ring).
  apply total_ext; intros i Hi; rewrite (Hx i Hi); reflexivity.
Qed.

Lemma layer_in : forall d n m p L D place w, fits d n m p D ->
  forall l x i, (1 <= l)%nat -> (i < size n m p L l)%nat -> mv d (network n m p L D place w l) x i = mv (size n m p L (l - 1)) (fun i j => w (place l i j)) x i.
Proof.
  intros d n m p L D place w Fit; assert (Fit' := Fit); destruct Fit' as [Hn [Hm [Hp D0]]].
  set (F := network n m p L D place w).
  set (s := size n m p L).
  intros l x i Hl Hi; destruct l as [|q]; [lia|]; simpl; rewrite Nat.sub_0_r; assert (B := size_within d n m p L D q Fit); fold s in B; unfold mv, dot.
  rewrite (total_truncate d (s q)); [|exact B|intros j Hj; unfold F, network; fold s;
    destruct (Nat.ltb_spec i (s (S q))); [|lia]; destruct (Nat.ltb_spec j (s q)); [lia|ring]].
  apply total_ext; intros j Hj; unfold F, network; fold s.
  destruct (Nat.ltb_spec i (s (S q))); [|lia]; destruct (Nat.ltb_spec j (s q)); [reflexivity|lia].
Qed.

Lemma layer_out : forall d n m p L D place w, fits d n m p D ->
  forall l x i, (1 <= l)%nat -> (size n m p L l <= i)%nat -> mv d (network n m p L D place w l) x i = 0.
Proof.
  intros d n m p L D place w Fit; assert (Fit' := Fit); destruct Fit' as [Hn [Hm [Hp D0]]].
  set (F := network n m p L D place w).
  set (s := size n m p L).
  intros l x i Hl Hi; destruct l as [|q]; [lia|]; apply total_zero; intros j Hj; unfold F, network; fold s.
  destruct (Nat.ltb_spec i (s (S q))); [lia|ring].
Qed.

Lemma layer_back_in : forall d n m p L D place w, fits d n m p D ->
  forall l y j, (1 <= l)%nat -> (j < size n m p L (l - 1))%nat ->
  mv d (tr (network n m p L D place w l)) y j = mv (size n m p L l) (fun j i => w (place l i j)) y j.
Proof.
  intros d n m p L D place w Fit; assert (Fit' := Fit); destruct Fit' as [Hn [Hm [Hp D0]]].
  set (F := network n m p L D place w).
  set (s := size n m p L).
  intros l y j Hl Hj; destruct l as [|q]; [lia|]; simpl in Hj; rewrite Nat.sub_0_r in Hj; assert (B := size_within d n m p L D (S q) Fit); fold s in B.
  unfold mv, dot; rewrite (total_truncate d (s (S q))); [|exact B|intros i Hi; unfold tr, F, network; fold s;
    destruct (Nat.ltb_spec i (s (S q))); [lia|ring]].
  apply total_ext; intros i Hi; unfold tr, F, network; fold s.
  destruct (Nat.ltb_spec i (s (S q))); [|lia]; destruct (Nat.ltb_spec j (s q)); [reflexivity|lia].
Qed.

Lemma layer_back_out : forall d n m p L D place w, fits d n m p D ->
  forall l y j, (1 <= l)%nat -> (size n m p L (l - 1) <= j)%nat -> mv d (tr (network n m p L D place w l)) y j = 0.
Proof.
  intros d n m p L D place w Fit; assert (Fit' := Fit); destruct Fit' as [Hn [Hm [Hp D0]]].
  set (F := network n m p L D place w).
  set (s := size n m p L).
  intros l y j Hl Hj; destruct l as [|q]; [lia|]; simpl in Hj; rewrite Nat.sub_0_r in Hj.
  apply total_zero; intros i Hi; unfold tr, F, network; fold s.
  destruct (Nat.ltb_spec i (s (S q))); [|ring]; destruct (Nat.ltb_spec j (s q)); [lia|ring].
Qed.

Lemma data_first : forall d n m p L D place w, fits d n m p D ->
  forall z i, (i < d)%nat -> mv d (chain d (network n m p L D place w) 1) z i = mv d D z i.
Proof.
  intros d n m p L D place w Fit; assert (Fit' := Fit); destruct Fit' as [Hn [Hm [Hp D0]]].
  set (F := network n m p L D place w).
  intros z i Hi; simpl; rewrite mv_mul; apply dot_ext; [reflexivity|]; intros j Hj; apply mv_unit; exact Hj.
Qed.

Lemma chain_passed : forall d n m p L D place w, fits d n m p D ->
  forall q z, (q < L)%nat ->
  (forall i, (i < size n m p L q)%nat -> mv d (chain d (network n m p L D place w) (S q)) z i = passed n m (placed_layer (up_place place) w) (mv d D z) q i) /\
  (forall i, (size n m p L q <= i < d)%nat -> mv d (chain d (network n m p L D place w) (S q)) z i = 0).
Proof.
  intros d n m p L D place w Fit; assert (Fit' := Fit); destruct Fit' as [Hn [Hm [Hp D0]]].
  set (F := network n m p L D place w).
  set (s := size n m p L).
  assert (layer_in := layer_in d n m p L D place w Fit); fold F s in layer_in.
  assert (layer_out := layer_out d n m p L D place w Fit); fold F s in layer_out.
  assert (data_first := data_first d n m p L D place w Fit); fold F s in data_first.
  induction q as [|q IH]; intros z Hq.
  - split; intros i Hi.
    + apply data_first; assert (B := size_within d n m p L D 0 Fit); fold s in B; lia.
    + rewrite data_first by lia; apply total_zero; intros j Hj.
      assert (E := D0 j i Hj ltac:(unfold s, size in Hi; simpl in Hi; lia)); unfold tr in E; rewrite E; ring.
  - destruct (IH z ltac:(lia)) as [I1 I2]; change (chain d F (S (S q))) with (mul d (F (S q)) (chain d F (S q))); rewrite mv_mul.
    split; intros i Hi; [|apply layer_out; lia]; rewrite layer_in by lia; replace (S q - 1)%nat with q by lia; simpl passed.
    unfold s at 1; rewrite size_up by lia; apply dot_ext; [reflexivity|].
    intros j Hj; apply I1; unfold s; rewrite size_up by lia; exact Hj.
Qed.

Lemma chain_square : forall d n m p L D place w, fits d n m p D ->
  forall q z, (q < L)%nat -> let y := passed n m (placed_layer (up_place place) w) (mv d D z) q in
  dot d (mv d (chain d (network n m p L D place w) (S q)) z) (mv d (chain d (network n m p L D place w) (S q)) z) = dot (size n m p L q) y y.
Proof.
  intros d n m p L D place w Fit; assert (Fit' := Fit); destruct Fit' as [Hn [Hm [Hp D0]]].
  set (F := network n m p L D place w).
  set (s := size n m p L).
  assert (chain_passed := chain_passed d n m p L D place w Fit); fold F s in chain_passed.
  intros q z Hq y; destruct (chain_passed q z Hq); apply dot_narrow; [apply (size_within d n m p L D q Fit)|assumption|assumption].
Qed.

Lemma top_passed : forall d n m p L D place w, fits d n m p D ->
  forall q y, (q < L)%nat ->
  (forall i, (i < size n m p L (L - q))%nat -> mv d (tr (block d (network n m p L D place w) (S L - q) q)) y i = passed p m (placed_layer (down_place place L) w) y q i) /\
  (forall i, (1 <= q)%nat -> (size n m p L (L - q) <= i < d)%nat -> mv d (tr (block d (network n m p L D place w) (S L - q) q)) y i = 0).
Proof.
  intros d n m p L D place w Fit; assert (Fit' := Fit); destruct Fit' as [Hn [Hm [Hp D0]]].
  set (F := network n m p L D place w).
  set (s := size n m p L).
  assert (layer_back_in := layer_back_in d n m p L D place w Fit); fold F s in layer_back_in.
  assert (layer_back_out := layer_back_out d n m p L D place w Fit); fold F s in layer_back_out.
  induction q as [|q IH]; intros y Hq.
  - split; intros i Hi; [|lia]; assert (B := size_within d n m p L D (L - 0) Fit); fold s in B; change (block d F (S L - 0) 0) with unit_matrix; rewrite tr_unit.
    apply mv_unit; lia.
  - destruct (IH y ltac:(lia)) as [I1 _]; replace (S L - S q)%nat with (L - q)%nat by lia.
    assert (St : forall i, (i < d)%nat -> mv d (tr (block d F (L - q) (S q))) y i
      = mv d (tr (F (L - q)%nat)) (mv d (tr (block d F (S L - q) q)) y) i).
    { intros i Hi; rewrite <- mv_mul, <- tr_mul; apply mv_same; [|exact Hi]; apply same_tr.
      replace (S L - q)%nat with (S (L - q)) by lia; apply block_left. }
    replace (L - S q)%nat with (L - q - 1)%nat by lia.
    assert (B := size_within d n m p L D (L - q - 1) Fit); fold s in B.
    split; intros i Hi; [|intros Hs; rewrite St by lia; apply layer_back_out; lia].
    rewrite St by lia; rewrite layer_back_in by lia; simpl passed; unfold s at 1; rewrite size_down by lia.
    apply dot_ext; [reflexivity|]; intros j Hj; apply I1; unfold s; rewrite size_down by lia; exact Hj.
Qed.

Lemma top_square : forall d n m p L D place w, fits d n m p D ->
  forall q y, (1 <= q < L)%nat -> let x := passed p m (placed_layer (down_place place L) w) y q in
  dot d (mv d (tr (block d (network n m p L D place w) (S L - q) q)) y) (mv d (tr (block d (network n m p L D place w) (S L - q) q)) y) = dot m x x.
Proof.
  intros d n m p L D place w Fit; assert (Fit' := Fit); destruct Fit' as [Hn [Hm [Hp D0]]].
  set (F := network n m p L D place w).
  set (s := size n m p L).
  assert (top_passed := top_passed d n m p L D place w Fit); fold F s in top_passed.
  intros q y Hq x; destruct (top_passed q y ltac:(lia)) as [T1 T2]; unfold s in T1, T2; rewrite size_between in T1, T2 by lia.
  apply dot_narrow; [exact Hm|exact T1|intros i Hi; apply T2; lia].
Qed.

Lemma middle_passed_padded : forall d n m p L D place w, fits d n m p D ->
  forall a k x, (2 <= a)%nat -> (a + k <= L)%nat ->
  (forall i, (i < m)%nat -> mv d (block d (network n m p L D place w) a k) x i = passed m m (placed_layer (from_place place a) w) x k i) /\
  (forall i, (1 <= k)%nat -> (m <= i < d)%nat -> mv d (block d (network n m p L D place w) a k) x i = 0).
Proof.
  intros d n m p L D place w Fit; assert (Fit' := Fit); destruct Fit' as [Hn [Hm [Hp D0]]].
  set (F := network n m p L D place w).
  set (s := size n m p L).
  assert (layer_in := layer_in d n m p L D place w Fit); fold F s in layer_in.
  assert (layer_out := layer_out d n m p L D place w Fit); fold F s in layer_out.
  intros a k x Ha; induction k as [|k IH]; intros Hk.
  - split; intros i Hi; [|lia]; change (block d F a 0) with unit_matrix; apply mv_unit; lia.
  - destruct (IH ltac:(lia)) as [I1 _]; change (block d F a (S k)) with (mul d (F (a + k)%nat) (block d F a k)); rewrite mv_mul.
    assert (E1 : s (a + k)%nat = m) by (apply size_between; lia); assert (E2 : s (a + k - 1)%nat = m) by (apply size_between; lia).
    split; intros i Hi; [|intros Hs; apply layer_out; lia]; rewrite layer_in, E2 by lia; simpl passed.
    replace (fan_in m m k) with m by (destruct k; reflexivity); apply dot_ext; [reflexivity|exact I1].
Qed.

Lemma middle_square : forall d n m p L D place w, fits d n m p D ->
  forall a k x, (2 <= a)%nat -> (1 <= k)%nat -> (a + k <= L)%nat ->
  let y := passed m m (placed_layer (from_place place a) w) x k in
  dot d (mv d (block d (network n m p L D place w) a k) x) (mv d (block d (network n m p L D place w) a k) x) = dot m y y.
Proof.
  intros d n m p L D place w Fit; assert (Fit' := Fit); destruct Fit' as [Hn [Hm [Hp D0]]].
  set (F := network n m p L D place w).
  assert (middle_passed_padded := middle_passed_padded d n m p L D place w Fit); fold F in middle_passed_padded.
  intros a k x Ha Hk HL y; destruct (middle_passed_padded a k x Ha HL) as [T1 T2].
  apply dot_narrow; [exact Hm|exact T1|intros i Hi; apply T2; lia].
Qed.

