(** False: E|w| = sqrt 3/2 = 0.866..., and |w| is never above sqrt 3. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Laws.
Open Scope R_scope.

Theorem uniform_mean_doubled :
  is_RInt (fun x => 2 * (x * uniform_density)) 0 (sqrt 3) (sqrt 3).
Proof.
  evar_last; [apply uniform_mean_abs|field].
Qed.
