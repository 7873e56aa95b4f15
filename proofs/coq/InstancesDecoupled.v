(** Instances, continued: the zero-asymmetric start that decouples, for a target with two rows and one column and the
    longest step that is allowed. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Margin ZasScalar ZasDecoupled.
Open Scope R_scope.

(** The column (3/5, 4/5). *)
Definition column_target (i j : nat) : R := if Nat.eqb j 0 then (if Nat.eqb i 0 then 3 / 5 else 4 / 5) else 0.

Lemma zas_decoupled_rate_instance : exists (d p L : nat) (Phi : nat -> nat -> R) (eta s : R) (_ : nat),
  (2 <= L)%nat /\ (p <= d)%nat /\ columns d p Phi /\ 0 <= s /\ bounded d Phi ((s ^ L) ^ 2) /\ 0 <= eta /\
  eta * (1 + 2 * INR (L - 1) * Rmin ((s ^ L) ^ 2) (s ^ (2 * L - 2))) <= 1.
Proof.
  exists 2%nat, 1%nat, 2%nat, column_target, (1 / 3), 1, 7%nat.
  split; [lia|split; [lia|split; [|split; [lra|split; [|split; [lra|]]]]]].
  - intros i j Hi Hj; unfold column_target; destruct (Nat.eqb_spec j 0); [lia|reflexivity].
  - intros x; unfold dot, mv, dot, column_target; simpl; assert (0 <= x 1%nat * x 1%nat) by apply Rle_0_sqr; lra.
  - rewrite !pow1, Rmin_left by lra; simpl; lra.
Qed.
