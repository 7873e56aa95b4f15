(** Balanced layers: the product times its transpose is a power of the last layer times its own. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose.
Open Scope R_scope.

(** A (A^T A)^n A^T = (A A^T)^(n + 1) *)
Lemma power_around : forall d A n,
  same d (mul d A (mul d (chain d (fun _ => mul d (tr A) A) n) (tr A))) (chain d (fun _ => mul d A (tr A)) (S n)).
Proof.
  intros d A n; induction n as [|n IH].
  - apply (same_trans d _ (mul d A (tr A))); [|apply same_sym, mul_unit_r].
    apply same_mul; [apply same_refl|apply mul_unit_l].
  - change (chain d (fun _ => mul d A (tr A)) (S (S n)))
      with (mul d (mul d A (tr A)) (chain d (fun _ => mul d A (tr A)) (S n))).
    simpl chain at 1; rewrite !mul_assoc; apply same_mul; [apply same_refl|apply same_mul; [apply same_refl|]].
    rewrite <- mul_assoc in IH |- *; rewrite mul_assoc in IH |- *; exact IH.
Qed.

Theorem balanced_product : forall d n W, (1 <= n)%nat ->
  (forall l, (S l < n)%nat -> same d (mul d (tr (W (S l))) (W (S l))) (mul d (W l) (tr (W l)))) ->
  same d (mul d (chain d W n) (tr (chain d W n))) (chain d (fun _ => mul d (W (n - 1)%nat) (tr (W (n - 1)%nat))) n).
Proof.
  intros d n W Hn; destruct n as [|n]; [lia|clear Hn]; induction n as [|n IH]; intros H.
  - simpl; rewrite tr_mul, tr_unit, mul_assoc.
    apply (same_trans d _ (mul d (W 0%nat) (tr (W 0%nat)))); [|apply same_sym, mul_unit_r].
    apply same_mul; [apply same_refl|].
    apply (same_trans d _ (mul d unit_matrix (tr (W 0%nat)))); [|apply mul_unit_l].
    apply same_mul; [apply same_refl|apply mul_unit_l].
  - specialize (IH ltac:(intros; apply H; lia)).
    replace (S (S n) - 1)%nat with (S n) by lia; replace (S n - 1)%nat with n in IH by lia.
    set (A := W (S n)) in *; set (P := chain d W (S n)) in *.
    change (chain d W (S (S n))) with (mul d A P); rewrite tr_mul, mul_assoc.
    apply (same_trans d _ (mul d A (mul d (chain d (fun _ => mul d (tr A) A) (S n)) (tr A)))); [|apply power_around].
    apply same_mul; [apply same_refl|]; rewrite <- mul_assoc; apply same_mul; [|apply same_refl].
    apply (same_trans d _ _ _ IH), (chain_same d _ _ (S n)); [|lia]; intros l _; apply same_sym, H; lia.
Qed.
