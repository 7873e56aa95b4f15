(** False: one layer: w' = phi - w from 0 has rate exactly e^(-2t). *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Flow FlowZas.
Open Scope R_scope.

Theorem zas_rate_tripled : forall phi L w a b t0 t,
  is_flow (fun p => p - phi) (S L) w a b -> a < t0 -> t0 <= t -> t < b ->
  (forall i, (i < L)%nat -> w i t0 = 1) -> w L t0 = 0 ->
  (product (S L) (fun i => w i t) - phi) ^ 2 / 2
    <= exp (- 6 * (t - t0)) * ((product (S L) (fun i => w i t0) - phi) ^ 2 / 2).
Proof.
  intros phi L w a b t0 t H H0 H1 H2 HI HL.
  pose proof (zas_flow_rate phi L w a b t0 t H H0 H1 H2 HI HL); lra.
Qed.
