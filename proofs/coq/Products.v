(** Finite products and sums, and one step of gradient descent on F(w) = f(w_0 ... w_(k-1)).

    Weights are functions nat -> R of which the first k values count.  No formula divides by a
    weight, so zeros are allowed everywhere. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
Open Scope R_scope.

(** ** Products and sums over i < k *)

Fixpoint product (k : nat) (w : nat -> R) : R :=
  match k with
  | O => 1
  | S n => product n w * w n
  end.

Fixpoint total (n : nat) (e : nat -> R) : R :=
  match n with
  | O => 0
  | S m => total m e + e m
  end.

(** The weights with factor [j] replaced by one; [x] put in place [j]. *)
Definition but (j : nat) (w : nat -> R) : nat -> R := fun i => if Nat.eqb i j then 1 else w i.
Definition put (j : nat) (x : R) (w : nat -> R) : nat -> R := fun i => if Nat.eqb i j then x else w i.

(** q_j, the product of the other weights, and r_ij, the product of all weights but two. *)
Definition others (k : nat) (w : nat -> R) (j : nat) : R := product k (but j w).
Definition rest (k : nat) (w : nat -> R) (i j : nat) : R := product k (but i (but j w)).

(** ** Gradient descent: w_j+ = w_j - eta f'(p) q_j, and its iterates *)

Definition step (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) : nat -> R :=
  fun j => w j - eta * f' (product k w) * others k w j.

Fixpoint descent (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (n : nat) : nat -> R :=
  match n with
  | O => w
  | S m => step f' eta k (descent f' eta k w m)
  end.

(** ** Elementary facts *)

Lemma but_same : forall j w, but j w j = 1.
Proof. intros; unfold but; now rewrite Nat.eqb_refl. Qed.

Lemma but_other : forall j w i, i <> j -> but j w i = w i.
Proof. intros j w i H; unfold but; apply Nat.eqb_neq in H; now rewrite H. Qed.

Lemma put_same : forall j x w, put j x w j = x.
Proof. intros; unfold put; now rewrite Nat.eqb_refl. Qed.

Lemma put_other : forall j x w i, i <> j -> put j x w i = w i.
Proof. intros j x w i H; unfold put; apply Nat.eqb_neq in H; now rewrite H. Qed.

Lemma product_ext : forall k u w, (forall i, (i < k)%nat -> u i = w i) -> product k u = product k w.
Proof.
  induction k as [|k IH]; intros u w H; simpl; [reflexivity|].
  rewrite (IH u w), (H k); auto with arith.
Qed.

Lemma total_ext : forall k u w, (forall i, (i < k)%nat -> u i = w i) -> total k u = total k w.
Proof.
  induction k as [|k IH]; intros u w H; simpl; [reflexivity|].
  rewrite (IH u w), (H k); auto with arith.
Qed.

Lemma product_split : forall k w j, (j < k)%nat -> product k w = w j * product k (but j w).
Proof.
  induction k as [|k IH]; intros w j H; [lia|]; simpl.
  destruct (Nat.eq_dec j k) as [->|N].
  - rewrite but_same, (product_ext k (but k w) w); [ring|].
    intros i Hi; apply but_other; lia.
  - rewrite (IH w j), (but_other j w k) by lia; ring.
Qed.

Lemma product_others : forall k w j, (j < k)%nat -> product k w = w j * others k w j.
Proof. exact product_split. Qed.

Lemma others_rest : forall k w i j, (i < k)%nat -> i <> j -> others k w j = w i * rest k w i j.
Proof.
  intros k w i j H N; unfold others, rest.
  rewrite (product_split k (but j w) i H), but_other; auto.
Qed.

Lemma but_comm : forall i j w n, but i (but j w) n = but j (but i w) n.
Proof. intros; unfold but; destruct (Nat.eqb n i), (Nat.eqb n j); reflexivity. Qed.

Lemma rest_comm : forall k w i j, rest k w i j = rest k w j i.
Proof. intros; apply product_ext; intros; apply but_comm. Qed.

Lemma others_put : forall k w j x, others k (put j x w) j = others k w j.
Proof.
  intros k w j x; apply product_ext; intros i _; unfold but, put.
  destruct (Nat.eqb i j); reflexivity.
Qed.

Lemma product_put : forall k w j x, (j < k)%nat -> product k (put j x w) = x * others k w j.
Proof. intros; rewrite (product_others k _ j), put_same, others_put; auto. Qed.

Lemma product_pair : forall k w i j, (i < k)%nat -> (j < k)%nat -> i <> j ->
  product k w = w i * w j * rest k w i j.
Proof.
  intros k w i j Hi Hj N.
  rewrite (product_others k w j Hj), (others_rest k w i j Hi N); ring.
Qed.

Lemma product_mult : forall k u w, product k (fun i => u i * w i) = product k u * product k w.
Proof. induction k as [|k IH]; intros; simpl; [ring|rewrite IH; ring]. Qed.

Lemma product_abs : forall k w, Rabs (product k w) = product k (fun i => Rabs (w i)).
Proof. induction k as [|k IH]; intros; simpl; [apply Rabs_R1|rewrite Rabs_mult, IH; ring]. Qed.

Lemma product_const : forall k x, product k (fun _ => x) = x ^ k.
Proof. induction k as [|k IH]; intros; simpl; [ring|rewrite IH; ring]. Qed.

Lemma product_nonneg : forall k w, (forall i, (i < k)%nat -> 0 <= w i) -> 0 <= product k w.
Proof.
  induction k as [|k IH]; intros w H; simpl; [lra|].
  apply Rmult_le_pos; auto with arith.
Qed.

Lemma product_pos : forall k w, (forall i, (i < k)%nat -> 0 < w i) -> 0 < product k w.
Proof.
  induction k as [|k IH]; intros w H; simpl; [lra|].
  apply Rmult_lt_0_compat; auto with arith.
Qed.

Lemma product_nonzero : forall k w, (forall i, (i < k)%nat -> w i <> 0) -> product k w <> 0.
Proof.
  induction k as [|k IH]; intros w H; simpl; [lra|].
  apply Rmult_integral_contrapositive_currified; auto with arith.
Qed.

Lemma product_le : forall k u w, (forall i, (i < k)%nat -> 0 <= u i <= w i) ->
  product k u <= product k w.
Proof.
  induction k as [|k IH]; intros u w H; simpl; [lra|].
  apply Rmult_le_compat; auto with arith.
  - apply product_nonneg; intros i Hi; apply (H i); lia.
  - apply (H k); lia.
  - apply (H k); lia.
Qed.

Lemma others_abs : forall k w j, Rabs (others k w j) = others k (fun i => Rabs (w i)) j.
Proof.
  intros; unfold others; rewrite product_abs; apply product_ext; intros i _; unfold but.
  destruct (Nat.eqb i j); [apply Rabs_R1|reflexivity].
Qed.

Lemma others_le : forall k u w j, (forall i, (i < k)%nat -> 0 <= u i <= w i) ->
  others k u j <= others k w j.
Proof.
  intros k u w j H; apply product_le; intros i Hi; unfold but.
  destruct (Nat.eqb i j); [lra|auto].
Qed.

Lemma others_nonneg : forall k w j, (forall i, (i < k)%nat -> 0 <= w i) -> 0 <= others k w j.
Proof.
  intros k w j H; apply product_nonneg; intros i Hi; unfold but.
  destruct (Nat.eqb i j); [lra|auto].
Qed.

Lemma others_pos : forall k w j, (forall i, (i < k)%nat -> 0 < w i) -> 0 < others k w j.
Proof.
  intros k w j H; apply product_pos; intros i Hi; unfold but.
  destruct (Nat.eqb i j); [lra|auto].
Qed.

Lemma rest_nonneg : forall k w i j, (forall l, (l < k)%nat -> 0 <= w l) -> 0 <= rest k w i j.
Proof.
  intros k w i j H; apply product_nonneg; intros l Hl; unfold but.
  destruct (Nat.eqb l i); [lra|]; destruct (Nat.eqb l j); [lra|auto].
Qed.

Lemma total_le : forall n e d, (forall i, (i < n)%nat -> e i <= d i) -> total n e <= total n d.
Proof.
  induction n as [|n IH]; intros e d H; simpl; [lra|].
  apply Rplus_le_compat; auto with arith.
Qed.

Lemma total_nonneg : forall n e, (forall i, (i < n)%nat -> 0 <= e i) -> 0 <= total n e.
Proof.
  induction n as [|n IH]; intros e H; simpl; [lra|].
  apply Rplus_le_le_0_compat; auto with arith.
Qed.

Lemma total_scal : forall n c e, total n (fun i => c * e i) = c * total n e.
Proof. induction n as [|n IH]; intros; simpl; [ring|rewrite IH; ring]. Qed.

Lemma total_plus : forall n e d, total n (fun i => e i + d i) = total n e + total n d.
Proof. induction n as [|n IH]; intros; simpl; [ring|rewrite IH; ring]. Qed.

Lemma total_const : forall n c, total n (fun _ => c) = INR n * c.
Proof.
  induction n as [|n IH]; intros c; [simpl; ring|].
  rewrite S_INR; simpl; rewrite IH; ring.
Qed.

Lemma total_abs : forall n e, Rabs (total n e) <= total n (fun i => Rabs (e i)).
Proof.
  induction n as [|n IH]; intros; simpl; [rewrite Rabs_R0; lra|].
  eapply Rle_trans; [apply Rabs_triang|]; specialize (IH e); lra.
Qed.
