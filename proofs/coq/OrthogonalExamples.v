(** The start of Hu, Xiao and Pennington's Theorem 4.1 exists at every width: any orthogonal matrices make one. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Transpose Spectral Margin OrthogonalClaims LayerLaws OrthogonalChance.
Open Scope R_scope.

(** The first p rows and n columns, and zero. *)
Definition cut_out (p n : nat) (A : nat -> nat -> R) (i j : nat) : R := if andb (Nat.ltb i p) (Nat.ltb j n) then A i j else 0.

(** sqrt m times orthogonal matrices, the first one with the columns of the inputs, the last one with the rows of the outputs. *)
Definition layers_of_orthogonal (n m p L : nat) (Q : nat -> nat -> nat -> R) (l : nat) : nat -> nat -> R :=
  mscal (sqrt (INR m)) (cut_out (if Nat.eqb l L then p else m) (if Nat.eqb l 1 then n else m) (Q l)).

Lemma cut_inside : forall p n A i j, (i < p)%nat -> (j < n)%nat -> cut_out p n A i j = A i j.
Proof. intros p n A i j Hi Hj; unfold cut_out; destruct (Nat.ltb_spec i p), (Nat.ltb_spec j n); simpl; lia || reflexivity. Qed.

Lemma cut_outside : forall p n A i j, (p <= i \/ n <= j)%nat -> cut_out p n A i j = 0.
Proof. intros p n A i j H; unfold cut_out; destruct (Nat.ltb_spec i p), (Nat.ltb_spec j n); simpl; lia || reflexivity. Qed.

Lemma cut_columns : forall m k s Q, (k <= m)%nat -> orthogonal m Q -> turns m k s (mscal s (cut_out m k Q)).
Proof.
  intros m k s Q Hk H; split.
  - intros i j _ Hj; unfold mscal; rewrite cut_outside by lia; ring.
  - intros i j Hi Hj; rewrite <- (H i j ltac:(lia) ltac:(lia)); unfold mul, dot; rewrite <- total_scal; apply total_ext; intros l Hl.
    unfold tr, mscal; rewrite !cut_inside by lia; ring.
Qed.

Lemma cut_rows : forall m k s Q, (k <= m)%nat -> orthogonal m Q -> turns m k s (tr (mscal s (cut_out k m Q))).
Proof.
  intros m k s Q Hk H; assert (R := orthogonal_rows m Q H); split.
  - intros i j _ Hj; unfold mscal, tr; rewrite cut_outside by lia; ring.
  - intros i j Hi Hj; rewrite <- (R i j ltac:(lia) ltac:(lia)); unfold mul, dot; rewrite <- total_scal; apply total_ext; intros l Hl.
    unfold tr, mscal; rewrite !cut_inside by lia; ring.
Qed.

Theorem hu_xiao_pennington_orthogonal_start : forall n m p L Q, (n <= m)%nat -> (p <= m)%nat -> (2 <= L)%nat ->
  (forall l, (1 <= l <= L)%nat -> orthogonal m (Q l)) -> layers_in (orthogonal_layer n m p L) L (layers_of_orthogonal n m p L Q).
Proof.
  intros n m p L Q Hn Hp HL H l Hl; assert (Hq := H l Hl); unfold layers_of_orthogonal; split; [|split; [|split]].
  - intros i j Hij; unfold mscal; rewrite cut_outside by (destruct (Nat.eqb l L), (Nat.eqb l 1); lia); ring.
  - intros E; rewrite (proj2 (Nat.eqb_neq l L)), (proj2 (Nat.eqb_eq l 1)) by lia; apply cut_columns; assumption.
  - intros E; rewrite (proj2 (Nat.eqb_eq l L)), (proj2 (Nat.eqb_neq l 1)) by lia; apply cut_rows; assumption.
  - intros E; rewrite (proj2 (Nat.eqb_neq l L)), (proj2 (Nat.eqb_neq l 1)) by lia; split; [apply cut_columns|apply cut_rows]; auto.
Qed.
