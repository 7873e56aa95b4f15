(** The false variants of the theorems on laws of one weight are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Expectation AnyLaw Independent Gauss Laws NormalLaw.
Open Scope R_scope.

(** The law that is 0 surely, and averages constants only. *)
Lemma constants : law.
Proof.
  refine {| integrable := fun h => forall x, h x = h 0; integral := fun h => h 0 |}.
  - split; [reflexivity|reflexivity].
  - intros g h Hg Hh; split; [intros x; rewrite (Hg x), (Hh x); reflexivity|reflexivity].
  - intros c h Hh; split; [intros x; rewrite (Hh x); reflexivity|reflexivity].
  - intros g h _ _ H; apply H.
Defined.

Lemma laws_of_one_weight_all_functions_is_false : ~ (forall (k : nat) (Q : law), exists P : weights k,
  (forall X, (variable P X <-> iterates Q k X) /\ expectation P X = iterated Q k X) /\
  (forall h, single P h) /\ (forall h, (single P h <-> integrable Q h) /\ average P h = integral Q h)).
Proof.
  intros H; destruct (H 1%nat constants) as [P [_ [S A]]].
  destruct (A (fun x => x)) as [[A1 _] _]; specialize (A1 (S (fun x => x)) 1); simpl in A1; lra.
Qed.

(** The variance is 1, the mean size is not. *)
Lemma normal_law_mean_one_is_false : ~ (forall k, exists P : weights k,
  (forall X, (variable P X <-> iterates normal_law k X) /\ expectation P X = iterated normal_law k X) /\
  (forall h l, line (fun x => h x * normal_density x) l -> single P h /\ average P h = l) /\
  single P Rabs /\ average P Rabs = 1).
Proof.
  intros H; destruct (H 1%nat) as [P [_ [L [_ A]]]]; destruct (L _ _ normal_size) as [_ B].
  assert (Q := PI2_3_2); assert (P0 := PI_RGT_0).
  assert (E : sqrt (2 / PI) * sqrt (2 / PI) = 2 / PI) by (apply sqrt_sqrt; left; apply Rdiv_lt_0_compat; lra).
  rewrite <- B, A in E; assert (2 = 1 * 1 * PI) by (rewrite E; field; lra); lra.
Qed.
