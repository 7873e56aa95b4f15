(** False: k = 2, w = (1, 1), alpha = delta = 1, beta = 2: v = (1, 3) is within 3 log 2. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry.
Open Scope R_scope.

Theorem lemma_6_radius_tripled : forall k w v alpha beta delta,
  (2 <= k)%nat -> 0 < delta -> 0 < alpha -> 0 < beta ->
  (forall j, (j < k)%nat -> Rabs (others k w j) <= alpha) ->
  (forall i, (i < k)%nat -> delta <= Rabs (w i)) ->
  norm2 k (fun i => v i - w i) <= 3 * delta / sqrt (INR (k - 1)) * ln (beta / alpha) ->
  forall j, (j < k)%nat -> Rabs (others k v j) <= beta.
Proof.
  intros k w v alpha beta delta Hk Hd Ha Hb HA HW HN.
  apply (shamir_lemma_6_products k w v alpha beta delta); auto; lra.
Qed.
