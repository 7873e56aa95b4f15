(** Refutations, continued: nets of the sphere. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Lemmata Require Import Products Matrix Nets.
Import ListNotations.
Open Scope R_scope.

Lemma sphere_net_fewer_is_false : ~ (forall n eps, 0 < eps ->
  exists net, INR (length net) <= (1 + 19 / 10 / eps) ^ n /\ is_net n eps net).
Proof.
  intros H; destruct (H 1%nat (39 / 20) ltac:(lra)) as [net [Len [Unit Near]]]; unfold dot in Unit, Near; simpl in Len, Unit, Near.
  destruct (Near (fun _ => 1) ltac:(simpl; ring)) as [u [Iu Du]]; destruct (Near (fun _ => -1) ltac:(simpl; ring)) as [v [Iv Dv]].
  destruct net as [|a [|b net]]; [destruct Iu| |].
  - destruct Iu as [<-|[]]; destruct Iv as [<-|[]].
    assert (A := Unit a (or_introl eq_refl)); nra.
  - simpl length in Len; rewrite !S_INR in Len; assert (P := pos_INR (length net)); lra.
Qed.
