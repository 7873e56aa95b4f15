(** The layers of one random network, read from its weights layer by layer, as products of Gaussian layers: from the data up,
    from the outputs down, and in between. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Rectangular Spectral RandomLayers GaussianLayers.
Open Scope R_scope.

(** L layers with hidden width m; n 0 is the number of inputs and n L that of outputs. *)
Definition hidden_width (n : nat -> nat) (L m : nat) : Prop := forall l, (1 <= l < L)%nat -> n l = m.

(** The transposes of layers b - 1, ..., b - q, in this order, applied to y. *)
Fixpoint random_back (n : nat -> nat) (w : nat -> R) (b : nat) (y : nat -> R) (q : nat) : nat -> R :=
  match q with
  | O => y
  | S p => mv (n (b - p)%nat) (tr (random_layer n w (b - S p))) (random_back n w b y p)
  end.

(** Where the weights of layers a, a + 1, ... are, and those of the transposes of layers b - 1, b - 2, ... *)
Definition forward_places (n : nat -> nat) (a l i j : nat) : nat := (entries_before n (a + l) + i * n (a + l) + j)%nat.

Definition backward_places (n : nat -> nat) (b l i j : nat) : nat := (entries_before n (b - S l) + j * n (b - S l) + i)%nat.

Lemma entries_grow : forall n l k, (l <= k)%nat -> (entries_before n l <= entries_before n k)%nat.
Proof. intros n l k H; induction H; simpl; lia. Qed.

(** No two entries share a weight. *)
Lemma entries_apart : forall n l i j l' i' j', (i < n (S l))%nat -> (j < n l)%nat -> (i' < n (S l'))%nat -> (j' < n l')%nat ->
  (entries_before n l + i * n l + j = entries_before n l' + i' * n l' + j')%nat -> l = l' /\ i = i' /\ j = j'.
Proof.
  intros n l i j l' i' j' Hi Hj Hi' Hj' E; assert (P := entry_place n l i j Hi Hj); assert (P' := entry_place n l' i' j' Hi' Hj').
  destruct (lt_eq_lt_dec l l') as [[H|H]|H].
  - assert (G := entries_grow n (S l) l' H); lia.
  - subst l'; destruct (places_apart (n l) i j i' j' Hj Hj' ltac:(lia)); auto.
  - assert (G := entries_grow n (S l') l H); lia.
Qed.

Lemma forward_own : forall K n L m a q, hidden_width n L m -> (a + q < L)%nat -> (entries_before n L <= K)%nat ->
  places_of_their_own K (n a) m q (forward_places n a).
Proof.
  intros K n L m a q H Hq HK l i j Hl Hi Hj; unfold forward_places.
  assert (Rows : forall l, (l < q)%nat -> n (S (a + l)) = m) by (intros; apply H; lia).
  assert (Cols : forall l, (l < q)%nat -> n (a + l)%nat = fan_in (n a) m l).
  { intros [|k] Hk; [rewrite Nat.add_0_r; reflexivity|apply H; lia]. }
  split.
  - assert (P := entry_place n (a + l) i j ltac:(rewrite Rows; lia) ltac:(rewrite Cols; lia)).
    assert (G := entries_grow n (S (a + l)) L ltac:(lia)); lia.
  - intros l' i' j' Hl' Hi' Hj' E.
    destruct (entries_apart n (a + l) i j (a + l') i' j') as [A [B D]]; try exact E; rewrite ?Rows, ?Cols by lia; auto; lia.
Qed.

Lemma backward_own : forall K n L m q, hidden_width n L m -> (q < L)%nat -> (entries_before n L <= K)%nat ->
  places_of_their_own K (n L) m q (backward_places n L).
Proof.
  intros K n L m q H Hq HK l i j Hl Hi Hj; unfold backward_places.
  assert (Cols : forall l, (l < q)%nat -> n (L - S l)%nat = m) by (intros; apply H; lia).
  assert (Rows : forall l, (l < q)%nat -> n (S (L - S l)) = fan_in (n L) m l).
  { intros [|k] Hk; replace (S (L - S 0)) with L by lia; [reflexivity|apply H; lia]. }
  split.
  - assert (P := entry_place n (L - S l) j i ltac:(rewrite Rows; lia) ltac:(rewrite Cols; lia)).
    assert (G := entries_grow n (S (L - S l)) L ltac:(lia)); lia.
  - intros l' i' j' Hl' Hi' Hj' E.
    destruct (entries_apart n (L - S l) j i (L - S l') j' i') as [A [B D]]; try exact E; rewrite ?Rows, ?Cols by lia; auto; lia.
Qed.

Lemma output_passed : forall n w L m a x q, hidden_width n L m -> (a + q < L)%nat ->
  random_output n w a x q = passed (n a) m (placed_layer (forward_places n a) w) x q.
Proof.
  intros n w L m a x q H; induction q as [|q IH]; intros Hq; [reflexivity|]; simpl; rewrite IH by lia.
  replace (n (a + q)%nat) with (fan_in (n a) m q); [reflexivity|].
  destruct q as [|p]; [rewrite Nat.add_0_r; reflexivity|symmetry; apply H; lia].
Qed.

Lemma back_passed : forall n w L m y q, hidden_width n L m -> (q < L)%nat ->
  random_back n w L y q = passed (n L) m (placed_layer (backward_places n L) w) y q.
Proof.
  intros n w L m y q H; induction q as [|q IH]; intros Hq; [reflexivity|]; simpl; rewrite IH by lia.
  replace (n (L - q)%nat) with (fan_in (n L) m q); [reflexivity|].
  destruct q as [|p]; [rewrite Nat.sub_0_r; reflexivity|symmetry; apply H; lia].
Qed.

(** The lowest layer first. *)
Lemma output_first : forall n w a x q,
  random_output n w a x (S q) = random_output n w (S a) (mv (n a) (random_layer n w a) x) q.
Proof.
  intros n w a x q; induction q as [|q IH]; [simpl; rewrite Nat.add_0_r; reflexivity|].
  change (random_output n w a x (S (S q))) with (mv (n (a + S q)%nat) (random_layer n w (a + S q)) (random_output n w a x (S q))).
  rewrite IH; replace (a + S q)%nat with (S a + q)%nat by lia; reflexivity.
Qed.

(** W x . y = x . W^T y *)
Lemma output_back : forall n w b q x y, (q <= b)%nat ->
  dot (n b) (random_output n w (b - q) x q) y = dot (n (b - q)%nat) x (random_back n w b y q).
Proof.
  intros n w b q; induction q as [|q IH]; intros x y Hq; [rewrite Nat.sub_0_r; reflexivity|].
  rewrite output_first; replace (S (b - S q)) with (b - q)%nat by lia; rewrite IH by lia.
  rewrite adjoint_rectangular; reflexivity.
Qed.

(** A bound of W^T is one of W. *)
Lemma output_above : forall n w b q a, (q <= b)%nat ->
  (forall y, dot (n (b - q)%nat) (random_back n w b y q) (random_back n w b y q) <= a ^ 2 * dot (n b) y y) ->
  forall x, dot (n b) (random_output n w (b - q) x q) (random_output n w (b - q) x q) <= a ^ 2 * dot (n (b - q)%nat) x x.
Proof.
  intros n w b q a Hq H x; set (y := random_output n w (b - q) x q); assert (E := output_back n w b q x y Hq); fold y in E.
  assert (C := cauchy (n (b - q)%nat) x (random_back n w b y q)); rewrite <- E in C; specialize (H y).
  assert (X := dot_nonneg (n (b - q)%nat) x); assert (Y := dot_nonneg (n b) y); set (g := dot (n b) y y) in *.
  destruct (Rle_lt_or_eq_dec 0 g Y) as [P|Z]; [|rewrite <- Z; apply Rmult_le_pos; [apply pow2_ge_0|exact X]].
  apply (Rmult_le_reg_r g); [exact P|]; replace (g * g) with (g ^ 2) by ring; eapply Rle_trans; [exact C|].
  replace (a ^ 2 * dot (n (b - q)%nat) x x * g) with (dot (n (b - q)%nat) x x * (a ^ 2 * g)) by ring.
  apply Rmult_le_compat_l; assumption.
Qed.
