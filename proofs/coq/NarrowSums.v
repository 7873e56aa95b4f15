(** Layers that move a little: with pieces N(a, q) above the norms of products of layers at their start, the norm of a product of
    moved layers is at most T(a, q) = N(a, q) + rho sum_i N(a + i + 1, q - i - 1) T(a, i), the sum over the last moved layer.
    Its mean is at most d (rate + rho d)^q, since its pieces consist of different layers. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Geometry Expectation Rectangular AnyLaw Independent NormalLaw IndependentBlocks NarrowFactors NarrowLayers.
Open Scope R_scope.

(** All T(a, j) for j <= q. *)
Fixpoint moved_table (n : nat -> nat) {d : nat} (K : layer_bounds d) (rho : R) (a q : nat) (A : nat -> nat -> nat -> R) : nat -> R :=
  match q with
  | O => fun _ => guards n K a 0 A
  | S p => fun j => if Nat.eqb j (S p)
      then guards n K a (S p) A + rho * total (S p) (fun i => guards n K (S (a + i)) (p - i) A * moved_table n K rho a p A i)
      else moved_table n K rho a p A j
  end.

Definition moved_bound (n : nat -> nat) {d : nat} (K : layer_bounds d) (rho : R) (a q : nat) (A : nat -> nat -> nat -> R) : R := moved_table n K rho a q A q.

Lemma moved_table_is : forall n d (K : layer_bounds d) rho a q A j, (j <= q)%nat -> moved_table n K rho a q A j = moved_bound n K rho a j A.
Proof.
  intros n d K rho a q A; induction q as [|q IH]; intros j Hj; [replace j with 0%nat by lia; reflexivity|].
  destruct (Nat.eq_dec j (S q)) as [->|N]; [reflexivity|].
  cbn [moved_table]; destruct (Nat.eqb_spec j (S q)); [contradiction|]; apply IH; lia.
Qed.

Lemma moved_bound_next : forall n d (K : layer_bounds d) rho a p A, moved_bound n K rho a (S p) A
  = guards n K a (S p) A + rho * total (S p) (fun i => guards n K (S (a + i)) (p - i) A * moved_bound n K rho a i A).
Proof.
  intros n d K rho a p A; unfold moved_bound at 1; cbn [moved_table]; rewrite Nat.eqb_refl; do 2 f_equal.
  apply total_ext; intros i Hi; rewrite moved_table_is by lia; reflexivity.
Qed.

Lemma strong : forall P : nat -> Prop, (forall q, (forall p, (p < q)%nat -> P p) -> P q) -> forall q, P q.
Proof.
  intros P H q; assert (All : forall k p, (p < k)%nat -> P p); [|apply (All (S q)); lia].
  induction k as [|k IH]; intros p Hp; [lia|]; apply H; intros r Hr; apply IH; lia.
Qed.

(** ** The mean *)

Lemma guards_below : forall n d (K : layer_bounds d) a q, decided_below (a + q) (guards n K a q).
Proof. intros n d K a q k B A H; apply total_ext; intros c _; apply (guard_below n d K a); exact H. Qed.

Lemma moved_below : forall n d (K : layer_bounds d) rho a q, decided_below (a + q) (moved_bound n K rho a q).
Proof.
  intros n d K rho a; apply (strong (fun q => decided_below (a + q) (moved_bound n K rho a q))); intros q IH k B A Hk.
  destruct q as [|p]; [apply (guards_below n d K a 0); exact Hk|]; rewrite !moved_bound_next; f_equal.
  - apply (guards_below n d K a (S p)); exact Hk.
  - f_equal; apply total_ext; intros i Hi; rewrite (guards_below n d K (S (a + i)) (p - i)) by lia; rewrite (IH i Hi) by lia; reflexivity.
Qed.

Lemma power_sum : forall r x q, r ^ q + x * total q (fun i => r ^ (q - S i) * (r + x) ^ i) = (r + x) ^ q.
Proof.
  intros r x q; induction q as [|q IH]; [simpl; ring|]; cbn [total].
  rewrite (total_ext q _ (fun i => r * (r ^ (q - S i) * (r + x) ^ i))).
  - rewrite total_scal, Nat.sub_diag; transitivity (r * (r ^ q + x * total q (fun i => r ^ (q - S i) * (r + x) ^ i)) + x * (r + x) ^ q).
    + cbn [pow]; ring.
    + rewrite IH; cbn [pow]; ring.
  - intros i Hi; replace (S q - S i)%nat with (S (q - S i)) by lia; cbn [pow]; ring.
Qed.

Lemma moved_mean : forall n d (K : layer_bounds d) rho a X e, (1 <= d)%nat -> 0 <= rho -> 0 <= e -> decided_below a X -> mean_of n a X e ->
  forall q, (forall l, (l <= q)%nat -> (1 <= n (a + l)%nat <= d)%nat) ->
  exists b, mean_of n (a + q) (fun A => moved_bound n K rho a q A * X A) b /\ 0 <= b <= INR d * (rate K + rho * INR d) ^ q * e.
Proof.
  intros n d K rho a X e Hd Hr He HX M; set (r := rate K); set (f := r + rho * INR d).
  assert (d1 : 1 <= INR d) by (apply (le_INR 1); exact Hd); assert (Rt : 0 <= r) by apply rate_nonneg.
  assert (f0 : 0 <= f) by (unfold f; assert (0 <= rho * INR d) by (apply Rmult_le_pos; lra); lra).
  set (Q := fun q => (forall l, (l <= q)%nat -> (1 <= n (a + l)%nat <= d)%nat) ->
    exists b, mean_of n (a + q) (fun A => moved_bound n K rho a q A * X A) b /\ 0 <= b <= INR d * f ^ q * e).
  apply (strong Q); unfold Q; intros q IH Hn.
  assert (Da : INR (n a) <= INR d) by (apply le_INR; specialize (Hn 0%nat ltac:(lia)); rewrite Nat.add_0_r in Hn; lia).
  assert (G := guards_mean n d K a q X e ltac:(intros l Hl; rewrite plus_n_Sm; apply Hn; lia) HX M); fold r in G.
  assert (re : 0 <= r ^ q * e) by (apply Rmult_le_pos; [apply pow_le; lra|exact He]).
  destruct q as [|p].
  - exists (INR (n a) * r ^ 0 * e); split; [exact G|]; cbn [pow] in *; split; [apply Rmult_le_pos; [|exact He]|apply Rmult_le_compat_r; [exact He|lra]].
    rewrite Rmult_1_r; apply pos_INR.
  - assert (Each : forall i, (i < S p)%nat -> exists b,
      mean_of n (a + S p) (fun A => guards n K (S (a + i)) (p - i) A * (moved_bound n K rho a i A * X A)) b /\
      0 <= b <= INR d * r ^ (p - i) * (INR d * f ^ i * e)).
    { intros i Hi; destruct (IH i Hi ltac:(intros; apply Hn; lia)) as [b [B1 B2]].
      assert (Low : decided_below (a + i) (fun A => moved_bound n K rho a i A * X A)).
      { intros k B A Hk; rewrite (moved_below n d K rho a i) by exact Hk; rewrite HX by lia; reflexivity. }
      assert (Low' : decided_below (S (a + i)) (fun A => moved_bound n K rho a i A * X A)) by (intros k B A Hk; apply Low; lia).
      apply (mean_of_more n (a + i) 1 _ _ Low) in B1; replace (a + i + 1)%nat with (S (a + i)) in B1 by lia.
      assert (G1 := guards_mean n d K (S (a + i)) (p - i) _ b
        ltac:(intros l Hl; replace (S (S (a + i) + l)) with (a + S (S (i + l)))%nat by lia; apply Hn; lia) Low' B1); fold r in G1.
      replace (S (a + i) + (p - i))%nat with (a + S p)%nat in G1 by lia.
      eexists; split; [exact G1|].
      assert (rp : 0 <= r ^ (p - i)) by (apply pow_le; lra).
      assert (Dn : INR (n (S (a + i))) <= INR d) by (apply le_INR; replace (S (a + i)) with (a + S i)%nat by lia; apply Hn; lia).
      assert (Nn := pos_INR (n (S (a + i)))).
      split; [apply Rmult_le_pos; [apply Rmult_le_pos; assumption|lra]|].
      apply Rmult_le_compat; [apply Rmult_le_pos; assumption|lra|apply Rmult_le_compat_r; assumption|lra]. }
    assert (Some : forall k, (k <= S p)%nat -> exists b,
      mean_of n (a + S p) (fun A => total k (fun i => guards n K (S (a + i)) (p - i) A * (moved_bound n K rho a i A * X A))) b /\
      0 <= b <= total k (fun i => INR d * r ^ (p - i) * (INR d * f ^ i * e))).
    { induction k as [|k IHk]; intros Hk.
      - exists 0; split; [exact (mean_is_const normal_law _ 0)|simpl; lra].
      - destruct (IHk ltac:(lia)) as [b [B1 B2]]; destruct (Each k ltac:(lia)) as [c [C1 C2]].
        exists (b + c); split; [exact (mean_is_plus normal_law _ _ _ _ _ B1 C1)|cbn [total]; lra]. }
    destruct (Some (S p) (Nat.le_refl _)) as [b [B1 B2]].
    apply (mean_is_scal normal_law _ rho) in B1; assert (T := mean_is_plus normal_law _ _ _ _ _ G B1).
    exists (INR (n a) * r ^ S p * e + rho * b); split; [|split].
    + revert T; apply mean_is_ext; intros w; rewrite moved_bound_next, Rmult_plus_distr_r; f_equal.
      rewrite Rmult_assoc; f_equal; rewrite Rmult_comm, <- total_scal; apply total_ext; intros; ring.
    + apply Rplus_le_le_0_compat; [rewrite Rmult_assoc; apply Rmult_le_pos; [apply pos_INR|exact re]|apply Rmult_le_pos; lra].
    + assert (E := power_sum r (rho * INR d) (S p)); fold f in E; rewrite <- E.
      assert (B3 : rho * b <= rho * total (S p) (fun i => INR d * r ^ (p - i) * (INR d * f ^ i * e))) by (apply Rmult_le_compat_l; lra).
      rewrite (total_ext (S p) _ (fun i => INR d * INR d * e * (r ^ (S p - S i) * f ^ i))) in B3 by (intros i Hi; cbn [Nat.sub]; ring).
      rewrite total_scal in B3; rewrite Rmult_assoc in G |- *.
      assert (INR (n a) * (r ^ S p * e) <= INR d * (r ^ S p * e)) by (apply Rmult_le_compat_r; assumption); lra.
Qed.
