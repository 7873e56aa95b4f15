(** False: one per cent more than the rate; the first step attains it. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Margin ZasScalar ZasDecoupled.
Open Scope R_scope.

Theorem zas_decoupled_rate_faster : forall d p L Phi eta s t, (2 <= L)%nat -> (p <= d)%nat -> columns d p Phi ->
  0 <= s -> bounded d Phi ((s ^ L) ^ 2) ->
  0 <= eta -> eta * (1 + 2 * INR (L - 1) * Rmin ((s ^ L) ^ 2) (s ^ (2 * L - 2))) <= 1 ->
  let E t := loss d L Phi (layers_descent d L Phi eta (zero_asymmetric_of p L) t) in
  E (S t) <= (1 - 101 / 100 * eta) ^ 2 * E t.
Proof.
  intros d p L Phi eta s t HL Hp HC Hs HB He H1.
  exact (zas_decoupled_rate d p L Phi eta s t HL Hp HC Hs HB He H1).
Qed.
