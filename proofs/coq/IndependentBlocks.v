(** Means of functions of independent weights, block by block: the weights of the first block are averaged first. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix AnyLaw Independent.
Open Scope R_scope.

(** F of the first k weights has the mean e. *)
Definition mean_is (Q : law) (k : nat) (F : (nat -> R) -> R) (e : R) : Prop := iterates Q k F /\ iterated Q k F = e.

(** The weights w of the first block of a, then u. *)
Definition join (a : nat) (w u : nat -> R) : nat -> R := fun i => if Nat.ltb i a then w i else u (i - a)%nat.

Lemma mean_is_ext : forall Q k F G e, (forall w, F w = G w) -> mean_is Q k F e -> mean_is Q k G e.
Proof.
  intros Q k F G e H; replace G with F; [auto|]; apply FunctionalExtensionality.functional_extensionality; exact H.
Qed.

Lemma mean_is_plus : forall Q k F G a b, mean_is Q k F a -> mean_is Q k G b -> mean_is Q k (fun w => F w + G w) (a + b).
Proof. intros Q k F G a b [F1 <-] [G1 <-]; apply iterated_plus; assumption. Qed.

Lemma mean_is_scal : forall Q k c F e, mean_is Q k F e -> mean_is Q k (fun w => c * F w) (c * e).
Proof. intros Q k c F e [F1 <-]; apply iterated_scal; assumption. Qed.

Lemma mean_is_const : forall Q k c, mean_is Q k (fun _ => c) c.
Proof.
  intros Q k c; destruct (expectation_one k (law_weights k Q)) as [V E].
  assert (M := mean_is_scal Q k c (fun _ => 1) 1 (conj V E)); rewrite !Rmult_1_r in M; exact M.
Qed.

Lemma mean_is_total : forall Q k n (F : nat -> (nat -> R) -> R) e, (forall j, (j < n)%nat -> mean_is Q k (F j) (e j)) ->
  mean_is Q k (fun w => total n (fun j => F j w)) (total n e).
Proof.
  intros Q k n F e; induction n as [|n IH]; intros H; simpl; [apply mean_is_const|].
  apply mean_is_plus; [apply IH; intros; apply H; lia|apply H; lia].
Qed.

(** Only what F is at weights that vanish beyond the first k counts. *)
Lemma mean_vanishing : forall Q k F G e, (forall w, (forall i, (k <= i)%nat -> w i = 0) -> F w = G w) ->
  mean_is Q k F e -> mean_is Q k G e.
Proof.
  intros Q; induction k as [|k IH]; intros F G e H [F1 F2].
  - split; [exact I|]; rewrite <- F2; simpl; symmetry; apply H; auto.
  - destruct F1 as [F1 F3].
    assert (Each : forall x, mean_is Q k (fun w => G (put k x w)) (iterated Q k (fun w => F (put k x w)))).
    { intros x; apply (IH (fun w => F (put k x w))); [|split; [apply F1|reflexivity]].
      intros w Hw; apply H; intros i Hi; rewrite put_other by lia; apply Hw; lia. }
    assert (E : (fun x => iterated Q k (fun w => G (put k x w))) = (fun x => iterated Q k (fun w => F (put k x w))))
      by (apply FunctionalExtensionality.functional_extensionality; intros x; apply Each).
    split; [split|].
    + intros x; apply Each.
    + rewrite E; exact F3.
    + simpl; rewrite E; exact F2.
Qed.

Lemma mean_block : forall Q a b F G e, (forall u, mean_is Q a (fun w => F (join a w u)) (G u)) -> mean_is Q b G e ->
  mean_is Q (a + b) F e.
Proof.
  intros Q a; induction b as [|b IH]; intros F G e H [G1 G2].
  - rewrite Nat.add_0_r; simpl in G2; rewrite <- G2.
    apply (mean_vanishing Q a (fun w => F (join a w (fun _ => 0)))); [|apply H].
    intros w Hw; f_equal; pointwise i; unfold join; destruct (Nat.ltb_spec i a); [reflexivity|symmetry; apply Hw; assumption].
  - destruct G1 as [G1 G3].
    assert (Each : forall x, mean_is Q (a + b) (fun w => F (put (a + b) x w)) (iterated Q b (fun u => G (put b x u)))).
    { intros x; apply (IH _ (fun u => G (put b x u))); [|split; [apply G1|reflexivity]].
      intros u; apply (mean_is_ext Q a (fun w => F (join a w (put b x u)))); [|apply H].
      intros w; f_equal; pointwise i; unfold join, put.
      destruct (Nat.ltb_spec i a), (Nat.eqb_spec i (a + b)), (Nat.eqb_spec (i - a) b); try lia; reflexivity. }
    assert (E : (fun x => iterated Q (a + b) (fun w => F (put (a + b) x w))) = (fun x => iterated Q b (fun u => G (put b x u))))
      by (apply FunctionalExtensionality.functional_extensionality; intros x; apply Each).
    rewrite <- plus_n_Sm; split; [split|].
    + intros x; apply Each.
    + rewrite E; exact G3.
    + simpl; rewrite E; exact G2.
Qed.
