(** Procedure 1 of Arora, Cohen, Golowich and Hu: every matrix has a singular value decomposition, and layers made of one are balanced. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Margin Spectral Diagonal Decomposition.
Open Scope R_scope.

(** S^(1/N) V^T, S^(1/N), ..., S^(1/N), U S^(1/N), where a is the diagonal of S^(1/N). *)
Definition decomposed_layers (d N : nat) (U V : nat -> nat -> R) (a : nat -> R) (l : nat) : nat -> nat -> R :=
  if Nat.eqb l 0 then mul d (diagonal a) (tr V)
  else if Nat.ltb (S l) N then diagonal a else mul d U (diagonal a).

Lemma scaled_rows : forall d a B i j, (i < d)%nat -> mul d (diagonal a) B i j = a i * B i j.
Proof. intros d a B i j Hi; exact (diagonal_dot d a (fun k => B k j) i Hi). Qed.

Lemma scaled_columns : forall d a B i j, (j < d)%nat -> mul d B (diagonal a) i j = B i j * a j.
Proof.
  intros d a B i j Hj; rewrite <- (tr_tr (mul d B (diagonal a))), tr_mul, tr_diagonal; unfold tr at 1.
  rewrite scaled_rows by exact Hj; unfold tr; ring.
Qed.

(** D Q^T Q D = D^2 where the columns of Q that D keeps are orthonormal. *)
Lemma kept_columns : forall d p a Q, (p <= d)%nat -> orthonormal d p (tr Q) -> (forall i, (p <= i < d)%nat -> a i = 0) ->
  same d (mul d (diagonal a) (mul d (tr Q) (mul d Q (diagonal a)))) (diagonal (fun i => a i ^ 2)).
Proof.
  intros d p a Q Hp HQ Ha i j Hi Hj; rewrite <- (mul_assoc d (tr Q)), scaled_rows, scaled_columns by assumption.
  destruct (Nat.lt_ge_cases i p) as [Li|Li]; [|rewrite (Ha i) by lia; unfold diagonal; destruct (Nat.eqb i j); rewrite ?(Ha i) by lia; ring].
  destruct (Nat.lt_ge_cases j p) as [Lj|Lj].
  - change (mul d (tr Q) Q i j) with (dot d (tr Q i) (tr Q j)); rewrite (HQ i j Li Lj); unfold unit_matrix, diagonal.
    destruct (Nat.eqb_spec i j) as [->|_]; ring.
  - rewrite (Ha j) by lia; unfold diagonal; destruct (Nat.eqb_spec i j) as [E|_]; [lia|ring].
Qed.

Lemma decomposed_balanced : forall d N dims p A U V s a, (2 <= N)%nat ->
  (forall l, (l <= N)%nat -> (p <= dims l <= d)%nat) ->
  orthonormal d p (tr U) -> (forall i j, (dims N <= i < d)%nat -> (j < p)%nat -> U i j = 0) ->
  orthonormal d p (tr V) -> (forall i j, (dims 0%nat <= i < d)%nat -> (j < p)%nat -> V i j = 0) ->
  (forall i, (i < d)%nat -> 0 <= a i /\ a i ^ N = s i) -> (forall i, (p <= i < d)%nat -> s i = 0) ->
  same d A (mul d U (mul d (diagonal s) (tr V))) ->
  let W := decomposed_layers d N U V a in
  same d (chain d W N) A /\
  (forall l, (S l < N)%nat -> same d (mul d (tr (W (S l))) (W (S l))) (mul d (W l) (tr (W l)))) /\
  shaped d N dims W.
Proof.
  intros d N dims p A U V s a HN Hd HU ZU HV ZV Hs Zs HA W.
  assert (Hp : (p <= d)%nat) by (specialize (Hd 0%nat ltac:(lia)); lia).
  assert (Za : forall i, (p <= i < d)%nat -> a i = 0).
  { intros i Hi; destruct (Hs i ltac:(lia)) as [A0 E]; rewrite (Zs i Hi) in E.
    destruct (Rle_lt_or_eq_dec 0 (a i) A0) as [P|<-]; [|reflexivity].
    assert (0 < a i ^ N) by (apply pow_lt; exact P); lra. }
  assert (W0 : W 0%nat = mul d (diagonal a) (tr V)) by reflexivity.
  assert (WI : forall l, (0 < l)%nat -> (S l < N)%nat -> W l = diagonal a).
  { intros l L1 L2; unfold W, decomposed_layers; destruct (Nat.eqb_spec l 0); [lia|].
    destruct (Nat.ltb_spec (S l) N); [reflexivity|lia]. }
  assert (WN : W (N - 1)%nat = mul d U (diagonal a)).
  { unfold W, decomposed_layers; destruct (Nat.eqb_spec (N - 1) 0); [lia|].
    destruct (Nat.ltb_spec (S (N - 1)) N); [lia|reflexivity]. }
  split; [|split].
  - assert (C : forall l, (l < N - 1)%nat -> same d (chain d W (S l)) (mul d (diagonal (fun i => a i ^ S l)) (tr V))).
    { induction l as [|l IH]; intros Hl.
      - change (chain d W 1) with (mul d (W 0%nat) unit_matrix); rewrite W0.
        eapply same_trans; [apply mul_unit_r|]; intros i j Hi Hj; rewrite !scaled_rows by exact Hi; ring.
      - change (chain d W (S (S l))) with (mul d (W (S l)) (chain d W (S l))); rewrite WI by lia.
        intros i j Hi Hj; rewrite !scaled_rows by exact Hi; rewrite (IH ltac:(lia) i j Hi Hj), scaled_rows by exact Hi.
        simpl; ring. }
    replace N with (S (N - 1)) at 1 by lia; change (chain d W (S (N - 1))) with (mul d (W (N - 1)%nat) (chain d W (N - 1))).
    rewrite WN, mul_assoc; apply same_sym; eapply same_trans; [exact HA|]; apply same_mul; [apply same_refl|].
    intros i j Hi Hj; rewrite !scaled_rows by exact Hi; specialize (C (N - 2)%nat ltac:(lia)).
    replace (S (N - 2)) with (N - 1)%nat in C by lia; rewrite (C i j Hi Hj), scaled_rows by exact Hi.
    destruct (Hs i Hi) as [_ E]; rewrite <- E; replace N with (S (N - 1)) at 1 by lia; simpl; ring.
  - assert (Two : same d (mul d (diagonal a) (diagonal a)) (diagonal (fun i => a i ^ 2))).
    { intros i j Hi Hj; rewrite scaled_rows by exact Hi; unfold diagonal; destruct (Nat.eqb i j); ring. }
    assert (Left : forall l, (0 < l < N)%nat -> same d (mul d (tr (W l)) (W l)) (diagonal (fun i => a i ^ 2))).
    { intros l Hl; destruct (Nat.eq_dec l (N - 1)) as [->|Ne].
      - rewrite WN, tr_mul, tr_diagonal, mul_assoc; apply (kept_columns d p); assumption.
      - rewrite (WI l ltac:(lia) ltac:(lia)), tr_diagonal; exact Two. }
    assert (Right : forall l, (S l < N)%nat -> same d (mul d (W l) (tr (W l))) (diagonal (fun i => a i ^ 2))).
    { intros l Hl; destruct l as [|l].
      - rewrite W0, tr_mul, tr_tr, tr_diagonal, mul_assoc; apply (kept_columns d p); assumption.
      - rewrite (WI (S l) ltac:(lia) Hl), tr_diagonal; exact Two. }
    intros l Hl; eapply same_trans; [apply Left; lia|apply same_sym, Right; exact Hl].
  - intros l i j Hl Hi Hj Out.
    assert (D1 := Hd l ltac:(lia)); assert (D2 := Hd (S l) ltac:(lia)).
    destruct (Nat.eq_dec l 0) as [->|N0]; [|destruct (Nat.eq_dec l (N - 1)) as [->|N1]].
    + rewrite W0, scaled_rows by exact Hi; unfold tr.
      destruct (Nat.lt_ge_cases i p) as [L|L]; [|rewrite (Za i) by lia; ring].
      destruct Out as [O|O]; [lia|rewrite (ZV j i) by lia; ring].
    + rewrite WN, scaled_columns by exact Hj; replace (S (N - 1)) with N in * by lia.
      destruct (Nat.lt_ge_cases j p) as [L|L]; [|rewrite (Za j) by lia; ring].
      destruct Out as [O|O]; [rewrite (ZU i j) by lia; ring|lia].
    + rewrite WI by lia; unfold diagonal; destruct (Nat.eqb_spec i j) as [<-|_]; [apply Za; lia|reflexivity].
Qed.

Lemma roots_exist : forall d N s, (1 <= N)%nat -> (forall i, (i < d)%nat -> 0 <= s i) ->
  exists a, forall i, (i < d)%nat -> 0 <= a i /\ a i ^ N = s i.
Proof.
  intros d N s HN Hs; exists (fun i => if Req_EM_T (s i) 0 then 0 else Rpower (s i) (/ INR N)); intros i Hi; specialize (Hs i Hi).
  destruct (Req_EM_T (s i) 0) as [->|Ns]; [split; [lra|destruct N; [lia|simpl; ring]]|].
  assert (0 < INR N) by (apply lt_0_INR; lia); split; [left; apply exp_pos|].
  rewrite <- Rpower_pow by apply exp_pos; rewrite Rpower_mult, Rinv_l by lra; apply Rpower_1; lra.
Qed.

(** dims are the sizes d_0, ..., d_N of the layers, d any number that is not below them; A has d_N rows and d_0 columns. *)
Theorem arora_procedure_1 : forall d N dims A, (2 <= N)%nat ->
  (forall l, (l <= N)%nat -> (Nat.min (dims N) (dims 0%nat) <= dims l <= d)%nat) ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims N <= i \/ dims 0%nat <= j)%nat -> A i j = 0) ->
  (exists p U V s a, decomposition d (dims N) (dims 0%nat) p A U V s /\ forall i, (i < d)%nat -> 0 <= a i /\ a i ^ N = s i) /\
  forall p U V s a, decomposition d (dims N) (dims 0%nat) p A U V s ->
    (forall i, (i < d)%nat -> 0 <= a i /\ a i ^ N = s i) ->
    let W := decomposed_layers d N U V a in
    same d (chain d W N) A /\
    (forall l, (S l < N)%nat -> same d (mul d (tr (W (S l))) (W (S l))) (mul d (W l) (tr (W l)))) /\
    shaped d N dims W.
Proof.
  intros d N dims A HN Hd HA; split.
  { destruct (decomposition_exists d (dims N) (dims 0%nat) A HA) as [p [U [V [s D]]]].
    destruct (roots_exist d N s ltac:(lia)) as [a Ha]; [apply D|exists p, U, V, s, a; split; assumption]. }
  intros p U V s a [Hp [OU [ZU [OV [ZV [_ [Zs E]]]]]]] Ha.
  apply (decomposed_balanced d N dims p A U V s a); try assumption.
  intros l Hl; specialize (Hd l Hl); lia.
Qed.
