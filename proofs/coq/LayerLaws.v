(** Random layers of every law, without measure theory: for each layer an expectation on matrices, linear, monotone and normalised,
    that sees only a set of matrices, the support of the law; independent layers are averaged one after the other, the last layer first.

    [turning K Q]: means of polynomials of degree 2 K or less in the entries stay the same if the matrix is multiplied by a fixed
    orthogonal one.  The uniform (Haar) law of orthogonal matrices, or of matrices of orthogonal rows, is turning for every K. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Transpose Spectral.
Open Scope R_scope.

Record matrix_law (supp : (nat -> nat -> R) -> Prop) : Type := {
  averaged : ((nat -> nat -> R) -> R) -> Prop;
  matrix_mean : ((nat -> nat -> R) -> R) -> R;
  matrix_mean_one : averaged (fun _ => 1) /\ matrix_mean (fun _ => 1) = 1;
  matrix_mean_plus : forall F G, averaged F -> averaged G ->
    averaged (fun A => F A + G A) /\ matrix_mean (fun A => F A + G A) = matrix_mean F + matrix_mean G;
  matrix_mean_scal : forall c F, averaged F ->
    averaged (fun A => c * F A) /\ matrix_mean (fun A => c * F A) = c * matrix_mean F;
  matrix_mean_le : forall F G, averaged F -> averaged G -> (forall A, supp A -> F A <= G A) -> matrix_mean F <= matrix_mean G;
  averaged_support : forall F G, averaged F -> (forall A, supp A -> F A = G A) -> averaged G
}.

Arguments averaged {supp} Q F : rename.
Arguments matrix_mean {supp} Q F : rename.

(** F is averaged by Q, and its mean is e. *)
Definition has_mean {supp : (nat -> nat -> R) -> Prop} (Q : matrix_law supp) (F : (nat -> nat -> R) -> R) (e : R) : Prop :=
  averaged Q F /\ matrix_mean Q F = e.

Lemma has_mean_support : forall supp (Q : matrix_law supp) F G e, (forall A, supp A -> F A = G A) -> has_mean Q F e -> has_mean Q G e.
Proof.
  intros supp Q F G e H [V <-]; assert (V' := averaged_support supp Q F G V H); split; [exact V'|].
  apply Rle_antisym; apply matrix_mean_le; auto; intros A HA; right; rewrite (H A HA); reflexivity.
Qed.

Lemma has_mean_plus : forall supp (Q : matrix_law supp) F G a b, has_mean Q F a -> has_mean Q G b ->
  has_mean Q (fun A => F A + G A) (a + b).
Proof. intros supp Q F G a b [F1 <-] [G1 <-]; apply matrix_mean_plus; assumption. Qed.

Lemma has_mean_scal : forall supp (Q : matrix_law supp) c F e, has_mean Q F e -> has_mean Q (fun A => c * F A) (c * e).
Proof. intros supp Q c F e [F1 <-]; apply matrix_mean_scal; assumption. Qed.

Lemma has_mean_const : forall supp (Q : matrix_law supp) c, has_mean Q (fun _ => c) c.
Proof.
  intros supp Q c; assert (M := has_mean_scal supp Q c (fun _ => 1) 1 (matrix_mean_one supp Q)).
  rewrite Rmult_1_r in M; revert M; apply has_mean_support; intros; ring.
Qed.

Lemma has_mean_total : forall supp (Q : matrix_law supp) n (F : nat -> (nat -> nat -> R) -> R) e,
  (forall j, (j < n)%nat -> has_mean Q (F j) (e j)) -> has_mean Q (fun A => total n (fun j => F j A)) (total n e).
Proof.
  intros supp Q n F e; induction n as [|n IH]; intros H; simpl; [apply has_mean_const|].
  apply has_mean_plus; [apply IH; intros; apply H; lia|apply H; lia].
Qed.

Lemma has_mean_le : forall supp (Q : matrix_law supp) F G a b, has_mean Q F a -> has_mean Q G b ->
  (forall A, supp A -> F A <= G A) -> a <= b.
Proof. intros supp Q F G a b [F1 <-] [G1 <-] H; apply matrix_mean_le; assumption. Qed.

(** ** Independent layers *)

Definition put_layer (l : nat) (A : nat -> nat -> R) (W : nat -> nat -> nat -> R) (q : nat) : nat -> nat -> R :=
  if Nat.eqb q l then A else W q.

(** The mean of F over the layers l, ..., l + k - 1, and that all its means exist. *)
Fixpoint layers_mean (supp : nat -> (nat -> nat -> R) -> Prop) (Q : forall l, matrix_law (supp l)) (k l : nat)
  (F : (nat -> nat -> nat -> R) -> R) : R :=
  match k with
  | O => F (fun _ _ _ => 0)
  | S q => matrix_mean (Q l) (fun A => layers_mean supp Q q (S l) (fun W => F (put_layer l A W)))
  end.

Fixpoint layers_averaged (supp : nat -> (nat -> nat -> R) -> Prop) (Q : forall l, matrix_law (supp l)) (k l : nat)
  (F : (nat -> nat -> nat -> R) -> R) : Prop :=
  match k with
  | O => True
  | S q => (forall A, supp l A -> layers_averaged supp Q q (S l) (fun W => F (put_layer l A W))) /\
      averaged (Q l) (fun A => layers_mean supp Q q (S l) (fun W => F (put_layer l A W)))
  end.

(** Layers 1, ..., L are in the supports of their laws. *)
Definition layers_in (supp : nat -> (nat -> nat -> R) -> Prop) (L : nat) (W : nat -> nat -> nat -> R) : Prop :=
  forall l, (1 <= l <= L)%nat -> supp l (W l).

(** The outer probability of the event is at most b: some variable is at least its indicator, and has a mean of b or less. *)
Definition layers_at_most (supp : nat -> (nat -> nat -> R) -> Prop) (Q : forall l, matrix_law (supp l)) (L : nat)
  (event : (nat -> nat -> nat -> R) -> Prop) (b : R) : Prop :=
  exists X, layers_averaged supp Q L 1 X /\ (forall W, layers_in supp L W -> 0 <= X W) /\
    (forall W, layers_in supp L W -> event W -> 1 <= X W) /\ layers_mean supp Q L 1 X <= b.

Lemma layers_at_most_weaker : forall supp (Q : forall l, matrix_law (supp l)) L (A B : (nat -> nat -> nat -> R) -> Prop) b,
  (forall W, layers_in supp L W -> B W -> A W) -> layers_at_most supp Q L A b -> layers_at_most supp Q L B b.
Proof. intros supp Q L A B b H [X [V [X0 [X1 E]]]]; exists X; auto 6. Qed.

(** What the mean over the last layer is, whatever the others are, is the mean over all. *)
Lemma last_layer_mean : forall supp (Q : forall l, matrix_law (supp l)) k l F e,
  (forall W, (forall i, (l <= i < l + k)%nat -> supp i (W i)) -> has_mean (Q (l + k)%nat) (fun A => F (put_layer (l + k) A W)) e) ->
  layers_averaged supp Q (S k) l F /\ layers_mean supp Q (S k) l F = e.
Proof.
  intros supp Q; induction k as [|k IH]; intros l F e H.
  - rewrite Nat.add_0_r in H; destruct (H (fun _ _ _ => 0) ltac:(intros; lia)) as [V E].
    split; [split; [intros; exact I|exact V]|exact E].
  - assert (Each : forall A, supp l A -> layers_averaged supp Q (S k) (S l) (fun W => F (put_layer l A W)) /\
      layers_mean supp Q (S k) (S l) (fun W => F (put_layer l A W)) = e).
    { intros A HA; apply IH; intros W HW; specialize (H (put_layer l A W)).
      replace (l + S k)%nat with (S l + k)%nat in H by lia; refine (has_mean_support _ _ _ _ _ _ (H _)).
      - intros B _; f_equal; pointwise q; unfold put_layer; destruct (Nat.eqb_spec q (S l + k)), (Nat.eqb_spec q l); try lia; reflexivity.
      - intros i Hi; unfold put_layer; destruct (Nat.eqb_spec i l) as [->|N]; [exact HA|apply HW; lia]. }
    assert (M : has_mean (Q l) (fun A => layers_mean supp Q (S k) (S l) (fun W => F (put_layer l A W))) e).
    { apply (has_mean_support _ _ (fun _ => e)); [|apply has_mean_const]; intros A HA; symmetry; apply Each; exact HA. }
    split; [split; [intros A HA; apply Each; exact HA|apply M]|apply M].
Qed.

(** ** Polynomials in the entries, and laws that do not see an orthogonal factor *)

(** F is a polynomial of degree n or less in the entries of the first m rows and columns. *)
Inductive entries_polynomial (m : nat) : nat -> ((nat -> nat -> R) -> R) -> Prop :=
  | entries_const : forall n c, entries_polynomial m n (fun _ => c)
  | entries_times : forall n i j F, (i < m)%nat -> (j < m)%nat -> entries_polynomial m n F ->
      entries_polynomial m (S n) (fun A => A i j * F A)
  | entries_plus : forall n F G, entries_polynomial m n F -> entries_polynomial m n G -> entries_polynomial m n (fun A => F A + G A).

(** The law of A and of A O agree on them, O orthogonal. *)
Definition turning (m K : nat) {supp : (nat -> nat -> R) -> Prop} (Q : matrix_law supp) : Prop :=
  forall F, entries_polynomial m (2 * K) F -> averaged Q F /\
    forall O, orthogonal m O -> has_mean Q (fun A => F (mul m A O)) (matrix_mean Q F).

Lemma entries_ext : forall m n F G, (forall A, F A = G A) -> entries_polynomial m n F -> entries_polynomial m n G.
Proof.
  intros m n F G H; replace G with F; [auto|]; apply FunctionalExtensionality.functional_extensionality; exact H.
Qed.

Lemma entries_higher : forall m n k F, entries_polynomial m n F -> (n <= k)%nat -> entries_polynomial m k F.
Proof.
  intros m n k F H; revert k; induction H as [n c|n i j F Hi Hj H IH|n F G HF IF HG IG]; intros k Hk.
  - apply entries_const.
  - destruct k as [|k]; [lia|]; apply entries_times; auto; apply IH; lia.
  - apply entries_plus; auto.
Qed.

Lemma entries_scal : forall m n c F, entries_polynomial m n F -> entries_polynomial m n (fun A => c * F A).
Proof.
  intros m n c F H; induction H as [n a|n i j F Hi Hj H IH|n F G HF IF HG IG].
  - apply entries_const.
  - apply (entries_ext m (S n) (fun A => A i j * (c * F A))); [intros; ring|apply entries_times; assumption].
  - apply (entries_ext m n (fun A => c * F A + c * G A)); [intros; ring|apply entries_plus; assumption].
Qed.

Lemma entries_mult : forall m a b F G, entries_polynomial m a F -> entries_polynomial m b G ->
  entries_polynomial m (a + b) (fun A => F A * G A).
Proof.
  intros m a b F G H HG; induction H as [n c|n i j F Hi Hj H IH|n F E HF IF HE IE].
  - apply entries_scal, (entries_higher m b); [exact HG|lia].
  - apply (entries_ext m (S (n + b)) (fun A => A i j * (F A * G A))); [intros; ring|apply entries_times; assumption].
  - apply (entries_ext m (n + b) (fun A => F A * G A + E A * G A)); [intros; ring|apply entries_plus; assumption].
Qed.

Lemma entries_power : forall m a F n, entries_polynomial m a F -> entries_polynomial m (n * a) (fun A => F A ^ n).
Proof.
  intros m a F n H; induction n as [|n IH]; [apply (entries_const m 0 1)|].
  exact (entries_mult m a (n * a) F (fun A => F A ^ n) H IH).
Qed.

Lemma entries_total : forall m a n (F : nat -> (nat -> nat -> R) -> R), (forall j, (j < n)%nat -> entries_polynomial m a (F j)) ->
  entries_polynomial m a (fun A => total n (fun j => F j A)).
Proof.
  intros m a n F; induction n as [|n IH]; intros H; [apply (entries_const m a 0)|].
  apply (entries_plus m a (fun A => total n (fun j => F j A)) (F n)); [apply IH; intros; apply H; lia|apply H; lia].
Qed.

Lemma entries_entry : forall m i j, (i < m)%nat -> (j < m)%nat -> entries_polynomial m 1 (fun A => A i j).
Proof.
  intros m i j Hi Hj; apply (entries_ext m 1 (fun A => A i j * 1)); [intros; ring|].
  apply entries_times; [exact Hi|exact Hj|apply entries_const].
Qed.
