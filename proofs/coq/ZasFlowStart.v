(** The flow of ZasFlow.v on an interval that begins with the start: the layers solve the equation for
    t > t0 and tend to the zero-asymmetric start as t falls to t0. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Elimination Layers Gradient Balance Drift.
From Lemmata Require Import Transpose ZasDescent Flow ZasFlow.
Open Scope R_scope.

(** ** Limits, entry by entry *)

Definition entries_limit (d : nat) (F : (R -> Prop) -> Prop) (A : R -> nat -> nat -> R)
  (B : nat -> nat -> R) : Prop :=
  forall i j, (i < d)%nat -> (j < d)%nat -> filterlim (fun x => A x i j) F (locally (B i j)).

Lemma limit_plus : forall (F : (R -> Prop) -> Prop) (f g : R -> R) a b, Filter F ->
  filterlim f F (locally a) -> filterlim g F (locally b) -> filterlim (fun x => f x + g x) F (locally (a + b)).
Proof.
  intros F f g a b HF Hf Hg; apply (filterlim_comp_2 (H := locally b) (G := locally a) f g Rplus Hf Hg).
  apply (filterlim_plus (V := R_NormedModule)).
Qed.

Lemma limit_mult : forall (F : (R -> Prop) -> Prop) (f g : R -> R) a b, Filter F ->
  filterlim f F (locally a) -> filterlim g F (locally b) -> filterlim (fun x => f x * g x) F (locally (a * b)).
Proof.
  intros F f g a b HF Hf Hg; apply (filterlim_comp_2 (H := locally b) (G := locally a) f g Rmult Hf Hg).
  apply (filterlim_mult (K := R_AbsRing)).
Qed.

Lemma limit_total : forall (F : (R -> Prop) -> Prop) n (f : nat -> R -> R) a, Filter F ->
  (forall i, (i < n)%nat -> filterlim (f i) F (locally (a i))) ->
  filterlim (fun x => total n (fun i => f i x)) F (locally (total n a)).
Proof.
  intros F n f a HF; induction n as [|n IH]; intros H; simpl; [apply filterlim_const|].
  apply limit_plus; [exact HF|apply IH; intros; apply H; lia|apply H; lia].
Qed.

Lemma limit_mul : forall F d A B A0 B0, Filter F -> entries_limit d F A A0 -> entries_limit d F B B0 ->
  entries_limit d F (fun x => mul d (A x) (B x)) (mul d A0 B0).
Proof.
  intros F d A B A0 B0 HF HA HB i j Hi Hj; unfold mul, dot.
  apply (limit_total F d (fun k x => A x i k * B x k j) (fun k => A0 i k * B0 k j) HF); intros k Hk.
  apply limit_mult; [exact HF|apply HA|apply HB]; assumption.
Qed.

Lemma limit_tr : forall F d A A0, entries_limit d F A A0 ->
  entries_limit d F (fun x => tr (A x)) (tr A0).
Proof. intros F d A A0 H i j Hi Hj; apply (H j i Hj Hi). Qed.

Lemma limit_sub : forall F d A B A0 B0, Filter F -> entries_limit d F A A0 -> entries_limit d F B B0 ->
  entries_limit d F (fun x => msub (A x) (B x)) (msub A0 B0).
Proof.
  intros F d A B A0 B0 HF HA HB i j Hi Hj; unfold msub.
  apply (filterlim_ext (fun x => A x i j + -1 * B x i j)); [intros; ring|].
  replace (A0 i j - B0 i j) with (A0 i j + -1 * B0 i j) by ring.
  apply limit_plus; [exact HF|apply HA; assumption|].
  apply limit_mult; [exact HF|apply filterlim_const|apply HB; assumption].
Qed.

Lemma limit_chain : forall F d L (W : nat -> R -> nat -> nat -> R) W0, Filter F ->
  (forall l, (l < L)%nat -> entries_limit d F (W l) (W0 l)) ->
  entries_limit d F (fun x => chain d (fun l => W l x) L) (chain d W0 L).
Proof.
  intros F d L W W0 HF; induction L as [|L IH]; intros H.
  - intros i j _ _; apply filterlim_const.
  - simpl chain; apply (limit_mul F d (W L) (fun x => chain d (fun l => W l x) L)); auto.
Qed.

Lemma limit_loss : forall F d L Phi (W : nat -> R -> nat -> nat -> R) W0, Filter F ->
  (forall l, (l < L)%nat -> entries_limit d F (W l) (W0 l)) ->
  filterlim (fun x => loss d L Phi (fun l => W l x)) F (locally (loss d L Phi W0)).
Proof.
  intros F d L Phi W W0 HF H.
  assert (E : entries_limit d F (fun x => residual d L Phi (fun l => W l x)) (residual d L Phi W0)).
  { apply (limit_sub F d (fun x => chain d (fun l => W l x) L) (fun _ => Phi)); [exact HF| |].
    - apply limit_chain; assumption.
    - intros i j _ _; apply filterlim_const. }
  unfold loss, Rdiv; apply limit_mult; [exact HF| |apply filterlim_const].
  unfold inner, dot.
  apply (limit_total F d (fun i x => total d (fun j => residual d L Phi (fun l => W l x) i j
    * residual d L Phi (fun l => W l x) i j))); [exact HF|]; intros i Hi.
  apply (limit_total F d (fun j x => residual d L Phi (fun l => W l x) i j
    * residual d L Phi (fun l => W l x) i j)); [exact HF|]; intros j Hj.
  apply limit_mult; [exact HF|apply E|apply E]; assumption.
Qed.

(** ** The flow *)

Lemma right_interval : forall t0 b, t0 < b -> at_right t0 (fun x : R => t0 < x < b).
Proof.
  intros t0 b H; exists (mkposreal (b - t0) (Rlt_Rminus t0 b H)); intros x Hx Hx'.
  split; [exact Hx'|].
  assert (B : Rabs (x - t0) < b - t0) by exact Hx.
  apply Rabs_lt_between in B; lra.
Qed.

Lemma limit_of_constant : forall t0 b (f : R -> R) (v c : R), t0 < b -> (forall x, t0 < x < b -> f x = v) ->
  filterlim f (at_right t0) (locally c) -> v = c.
Proof.
  intros t0 b f v c Hb Hf Hc.
  apply (filterlim_locally_unique (F := at_right t0) f); [|exact Hc].
  apply (filterlim_ext_loc (fun _ => v)); [|apply filterlim_const].
  apply (filter_imp (fun x => t0 < x < b)); [|apply right_interval; exact Hb].
  intros x Hx; symmetry; apply Hf; exact Hx.
Qed.

Lemma flow_balanced_start : forall d n Phi W b t0 t,
  is_layers_flow d (S n) Phi W t0 b -> t0 < t < b ->
  (forall l, (l <= n)%nat -> entries_limit d (at_right t0) (W l) (zero_asymmetric (S n) l)) ->
  nearly_balanced d n (fun l => W l t) (gap n) (fun _ => 0).
Proof.
  intros d n Phi W b t0 t H Ht HI l x Hl.
  set (Z := zero_asymmetric (S n)).
  assert (F : dot d (mv d (W (S l) t) x) (mv d (W (S l) t) x)
      - dot d (mv d (tr (W l t)) x) (mv d (tr (W l t)) x) = - gap n l * dot d x x).
  { rewrite difference_form.
    transitivity (dot d x (mv d (msub (mul d (tr (Z (S l))) (Z (S l))) (mul d (Z l) (tr (Z l)))) x)).
    { apply dot_ext; [reflexivity|intros i Hi; apply mv_entries; intros j Hj].
      apply (limit_of_constant t0 b (fun s => msub (mul d (tr (W (S l) s)) (W (S l) s))
        (mul d (W l s) (tr (W l s))) i j)); [lra| |].
      - intros s Hs; apply (layers_conservation d (S n) Phi W t0 b); auto; lia.
      - assert (L1 := HI (S l) ltac:(lia)); assert (L0 := HI l ltac:(lia)).
        apply (limit_sub (at_right t0) d (fun s => mul d (tr (W (S l) s)) (W (S l) s))
          (fun s => mul d (W l s) (tr (W l s)))); try assumption; try apply at_right_proper_filter.
        + apply (limit_mul (at_right t0) d (fun s => tr (W (S l) s)) (W (S l))); try assumption.
          * apply at_right_proper_filter.
          * apply limit_tr; exact L1.
        + apply (limit_mul (at_right t0) d (W l) (fun s => tr (W l s))); try assumption.
          * apply at_right_proper_filter.
          * apply limit_tr; exact L0. }
    rewrite <- difference_form.
    destruct (start_balanced d n l x Hl) as [B1 B2]; unfold Z; lra. }
  split; lra.
Qed.

(** R(t) <= e^(-2 (t - t0)) R(start) *)
Theorem wu_flow_from_start : forall d L Phi W b t0 t,
  (1 <= L)%nat -> is_layers_flow d L Phi W t0 b -> t0 < t < b ->
  (forall l i j, (l < L)%nat -> (i < d)%nat -> (j < d)%nat ->
    filterlim (fun x => W l x i j) (at_right t0) (locally (zero_asymmetric L l i j))) ->
  loss d L Phi (fun l => W l t) <= exp (- 2 * (t - t0)) * loss d L Phi (zero_asymmetric L).
Proof.
  intros d L Phi W b t0 t HL H Ht HI; destruct L as [|n]; [lia|].
  set (R := fun x => loss d (S n) Phi (fun l => W l x)).
  set (G := fun x => gradient_square d (S n) Phi (fun l => W l x)).
  assert (DR : forall x, t0 < x < b -> is_derive R x (- G x)) by (intros; apply (flow_slope d (S n) Phi W t0 b); assumption).
  assert (GR : forall x, t0 < x < b -> 2 * R x <= G x).
  { intros x Hx; apply flow_gradient_below.
    apply (flow_balanced_start d n Phi W b t0 x H Hx).
    intros l Hl i j Hi Hj; apply HI; auto; lia. }
  assert (M : forall s, t0 < s -> s <= t -> R t <= R s * exp (2 * (s - t)))
    by (intros s Hs Hst; apply (decay R G t0 b); try assumption; lra).
  assert (Lim : filterlim (fun s => R s * exp (2 * (s - t))) (at_right t0)
    (locally (loss d (S n) Phi (zero_asymmetric (S n)) * exp (2 * (t0 - t))))).
  { apply limit_mult; [apply at_right_proper_filter| |].
    - apply limit_loss; [apply at_right_proper_filter|]; intros l Hl i j Hi Hj; apply HI; assumption.
    - apply (filterlim_filter_le_1 (F := locally t0)); [intros P HP; apply filter_le_within; exact HP|].
      apply (ex_derive_continuous (fun s => exp (2 * (s - t)))); auto_derive; trivial. }
  replace (- 2 * (t - t0)) with (2 * (t0 - t)) by ring; rewrite Rmult_comm.
  fold (R t).
  apply (filterlim_le (F := at_right t0) (fun _ => R t) (fun s => R s * exp (2 * (s - t)))
    (Finite (R t)) (Finite (loss d (S n) Phi (zero_asymmetric (S n)) * exp (2 * (t0 - t))))).
  - apply (filter_imp (fun x => t0 < x < t)); [|apply right_interval; lra].
    intros s Hs; apply M; lra.
  - apply filterlim_const.
  - exact Lim.
Qed.
