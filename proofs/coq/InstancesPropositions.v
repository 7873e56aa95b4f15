(** Instances, continued: networks of the least width that Propositions 6.2 to 6.4 of Du and Hu ask for. *)
From Coq Require Import Reals Lra Lia Arith Psatz ZArith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular RandomLayers WideLayout.
Open Scope R_scope.

Lemma width_of : forall z, (0 <= z)%Z -> exists m, INR m = IZR z.
Proof. intros z Hz; exists (Z.to_nat z); rewrite INR_IZR_INZ, Z2Nat.id by exact Hz; reflexivity. Qed.

(** Two inputs, hidden layers of width m, three outputs. *)
Definition some_widths (L m l : nat) : nat := if Nat.eqb l 0 then 2%nat else if Nat.eqb l L then 3%nat else m.

Lemma some_hidden : forall L m, hidden_width (some_widths L m) L m.
Proof.
  intros L m l Hl; unfold some_widths; destruct (Nat.eqb_spec l 0); [lia|]; destruct (Nat.eqb_spec l L); [lia|reflexivity].
Qed.

(** Two samples: (1, 0) and (1, 1). *)
Definition two_samples (i j : nat) : R := if Nat.leb i j then 1 else 0.

Lemma two_samples_square : forall z, dot 2 (mv 2 two_samples z) (mv 2 two_samples z)
  = (z 0%nat + z 1%nat) * (z 0%nat + z 1%nat) + z 1%nat * z 1%nat.
Proof. intros z; unfold mv, dot, two_samples; simpl; ring. Qed.

Lemma du_hu_proposition_6_3_instance :
  exists (K : nat) (n : nat -> nat) (L m q r : nat) (X : nat -> nat -> R) (tau sigma : R),
    (1 <= q < L)%nat /\ (1 <= r)%nat /\ hidden_width n L m /\ (entries_before n L <= K)%nat /\
    560000 * INR q * INR r <= INR m /\ opbelow (n 0%nat) r X tau /\ opnorm (n 0%nat) r X sigma.
Proof.
  destruct (width_of 2240000 ltac:(lia)) as [m Hm].
  exists (entries_before (some_widths 3 m) 3), (some_widths 3 m), 3%nat, m, 2%nat, 2%nat, two_samples, (1 / 2), 2.
  split; [lia|split; [lia|split; [apply some_hidden|split; [apply le_n|split]]]].
  - rewrite Hm; simpl; lra.
  - change (some_widths 3 m 0) with 2%nat; split; intros z; rewrite two_samples_square; unfold dot; cbn [total];
      set (a := z 0%nat); set (b := z 1%nat); assert (A := pow2_ge_0 a); assert (B := pow2_ge_0 b);
      assert (S := pow2_ge_0 (a + 4 / 3 * b)); assert (T := pow2_ge_0 (a - b)); simpl in *; lra.
Qed.

Lemma du_hu_proposition_6_2_instance :
  exists (K : nat) (n : nat -> nat) (L m q : nat),
    (1 <= q < L)%nat /\ (1 <= n L)%nat /\ hidden_width n L m /\ (entries_before n L <= K)%nat /\
    560000 * INR q * INR (n L) <= INR m.
Proof.
  destruct (width_of 3360000 ltac:(lia)) as [m Hm].
  exists (entries_before (some_widths 3 m) 3), (some_widths 3 m), 3%nat, m, 2%nat.
  change (some_widths 3 m 3) with 3%nat.
  split; [lia|split; [lia|split; [apply some_hidden|split; [apply le_n|]]]]; rewrite Hm; simpl; lra.
Qed.

(** 2 <= (1 + 7/640)^64 <= e^(7/10) *)
Lemma log_two_below : ln 2 <= 7 / 10.
Proof.
  assert (Twice : forall x a b, 0 <= a -> a <= exp x -> b <= a * a -> b <= exp (2 * x)).
  { intros x a b Ha Hx Hb; replace (2 * x) with (x + x) by ring; rewrite exp_plus; apply (Rle_trans _ _ _ Hb), Rmult_le_compat; assumption. }
  rewrite <- (ln_exp (7 / 10)); apply ln_le; [lra|]; replace (7 / 10) with (2 * (2 * (2 * (2 * (2 * (2 * (7 / 640))))))) by field.
  apply (Twice _ (1416347 / 1000000)); [lra| |lra]; apply (Twice _ (1190104 / 1000000)); [lra| |lra].
  apply (Twice _ (1090919 / 1000000)); [lra| |lra]; apply (Twice _ (1044471 / 1000000)); [lra| |lra].
  apply (Twice _ (1021994 / 1000000)); [lra| |lra]; apply (Twice _ (1 + 7 / 640)); [lra|apply exp_ineq1_le|lra].
Qed.

Lemma du_hu_proposition_6_4_instance :
  exists (K : nat) (n : nat -> nat) (L m a q : nat),
    (1 <= a)%nat /\ (1 <= q)%nat /\ (a + q < L)%nat /\ hidden_width n L m /\ (entries_before n L <= K)%nat /\
    3100000 * INR L * ln (INR L) <= INR m.
Proof.
  destruct (width_of 17360000 ltac:(lia)) as [m Hm].
  exists (entries_before (some_widths 4 m) 4), (some_widths 4 m), 4%nat, m, 1%nat, 2%nat.
  split; [lia|split; [lia|split; [lia|split; [apply some_hidden|split; [apply le_n|]]]]]; rewrite Hm.
  assert (E : ln (INR 4) = 2 * ln 2) by (replace (INR 4) with (2 ^ 2) by (simpl; ring); rewrite ln_pow by lra; simpl; ring).
  assert (T := log_two_below); rewrite E; simpl (INR 4); lra.
Qed.
