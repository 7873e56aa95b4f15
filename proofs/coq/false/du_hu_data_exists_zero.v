(** False: data that are zero have no positive singular value. *)
From Coq Require Import Reals Lra Lia Arith List.
From Lemmata Require Import Products Matrix Spectral Margin DuHuLoss DuHuData.
Open Scope R_scope.

Theorem du_hu_data_exists_zero : forall d n p X Y, (1 <= d)%nat ->
  columns d n (tr X) -> columns d p (tr Y) -> exists r Phi sigma tau phi y z,
    (1 <= r <= d)%nat /\ data_of d n p r X Y Phi sigma tau phi /\
    dot d y y = 1 /\ eigen d (mul d (tr X) X) y (sigma ^ 2) /\ dot d z z = 1 /\ eigen d (mul d (tr X) X) z (tau ^ 2).
Proof.
  intros d n p X Y; intros; apply (du_hu_data_exists d n p X Y); assumption.
Qed.
