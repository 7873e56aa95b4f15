(** Random orthogonal layers: the size of their output, with the probability that the moments of the last layer give. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin WideBlocks WideGood OrthogonalClaims LayerLaws TurnedRows TurnedMoments.
Open Scope R_scope.

(** Layer l of L of width m, with n inputs and p outputs: orthogonal columns or rows of length sqrt m, in all of its shape; zero
    outside. *)
Definition orthogonal_layer (n m p L l : nat) (A : nat -> nat -> R) : Prop :=
  (forall i j, (m <= i \/ m <= j)%nat -> A i j = 0) /\
  (l = 1%nat -> turns m n (sqrt (INR m)) A) /\ (l = L -> turns m p (sqrt (INR m)) (tr A)) /\
  ((1 < l < L)%nat -> turns m m (sqrt (INR m)) A /\ turns m m (sqrt (INR m)) (tr A)).

(** A law for each layer: of matrices of this kind, and of nothing else. *)
Definition layer_laws (n m p L : nat) : Type := forall l, matrix_law (orthogonal_layer n m p L l).

(** The data are layer 0. *)
Definition with_data (D : nat -> nat -> R) (W : nat -> nat -> nat -> R) (l : nat) : nat -> nat -> R :=
  match l with
  | O => D
  | S _ => W l
  end.

Lemma outside_mv : forall d m A x i, (m <= d)%nat -> (forall i j, (m <= i \/ m <= j)%nat -> A i j = 0) -> mv d A x i = mv m A x i.
Proof. intros d m A x i Hm Z; apply total_truncate; [exact Hm|]; intros j Hj; rewrite (Z i j) by lia; ring. Qed.

Lemma outside_dot : forall d m A x, (m <= d)%nat -> (forall i j, (m <= i \/ m <= j)%nat -> A i j = 0) ->
  dot d (mv d A x) (mv d A x) = dot m (mv m A x) (mv m A x).
Proof.
  intros d m A x Hm Z; transitivity (dot d (mv m A x) (mv m A x)).
  - apply dot_ext; intros i _; apply outside_mv; assumption.
  - apply total_truncate; [exact Hm|]; intros i Hi; replace (mv m A x i) with 0; [ring|symmetry].
    apply total_zero; intros j Hj; rewrite (Z i j) by lia; ring.
Qed.

Lemma orthogonal_layers_start : forall n m p L W D, (2 <= L)%nat -> layers_in (orthogonal_layer n m p L) L W ->
  orthogonal_start m p n L (sqrt (INR m)) (with_data D W).
Proof.
  intros n m p L W D HL H; split; [|split].
  - apply (H 1%nat ltac:(lia)); reflexivity.
  - destruct L as [|q]; [lia|]; apply (H (S q) ltac:(lia)); reflexivity.
  - intros l Hl; destruct l as [|q]; [lia|]; apply (H (S q) ltac:(lia)); exact Hl.
Qed.

(** What the layers below the last one make of a sample. *)
Lemma below_last : forall d n m p L D W z, (n <= m)%nat -> (m <= d)%nat -> columns d n (tr D) ->
  (forall l, (1 <= l < L)%nat -> orthogonal_layer n m p L l (W l)) -> forall q, (S q <= L)%nat -> let y := mv d (chain d (with_data D W) (S q)) z in
  dot d y y = INR m ^ q * dot d (mv d D z) (mv d D z) /\ supported d (if Nat.eqb q 0 then n else m) y.
Proof.
  intros d n m p L D W z Hn Hm Hc H; assert (ss : sqrt (INR m) ^ 2 = INR m) by (apply pow2_sqrt, pos_INR).
  assert (First : forall i, (i < d)%nat -> mv d (chain d (with_data D W) 1) z i = mv d D z i).
  { intros i Hi; simpl chain; rewrite mv_mul; apply dot_ext; [reflexivity|]; intros j Hj; apply mv_unit; exact Hj. }
  induction q as [|q IH]; intros Hq y.
  - split.
    + rewrite Rmult_1_l; apply dot_ext; exact First.
    + intros i Hi; unfold y; simpl in Hi; rewrite First by lia; apply total_zero; intros j Hj.
      assert (E := Hc j i Hj Hi); unfold tr in E; rewrite E; ring.
  - destruct (IH ltac:(lia)) as [N Sp]; set (x := mv d (chain d (with_data D W) (S q)) z) in *.
    destruct (H (S q) ltac:(lia)) as [Z [T1 [_ Tm]]].
    assert (Ey : y = mv d (W (S q)) x).
    { unfold y, x; rewrite <- mv_mul; reflexivity. }
    assert (Sx : supported m (if Nat.eqb q 0 then n else m) x).
    { intros i Hi; apply Sp; lia. }
    assert (Nx : dot d x x = dot m x x).
    { apply total_truncate; [exact Hm|]; intros i Hi; rewrite (Sp i); [ring|]; destruct (Nat.eqb q 0); lia. }
    rewrite Ey; split.
    + rewrite (outside_dot d m) by assumption; simpl pow; rewrite Rmult_assoc, <- N, Nx, <- ss at 1.
      destruct (Nat.eqb_spec q 0) as [->|Q].
      * apply (turns_keep m n); [apply T1; reflexivity|exact Sx].
      * apply (turns_keep m m); [apply Tm; lia|exact Sx].
    + intros i Hi; change (Nat.eqb (S q) 0) with false in Hi; cbv iota in Hi.
      rewrite (outside_mv d m) by assumption; apply total_zero; intros j _; rewrite (Z i j) by lia; ring.
Qed.

(** ** Powers *)

(** The tangent of z^k. *)
Lemma power_tangent : forall a z k, 0 <= a -> 0 <= z -> a ^ S k + INR (S k) * a ^ k * (z - a) <= z ^ S k.
Proof.
  intros a z k Ha Hz; induction k as [|k IH]; [simpl; lra|].
  assert (P := Rmult_le_compat_l z _ _ Hz IH); change (z ^ S (S k)) with (z * z ^ S k).
  assert (0 <= INR (S k) * a ^ k * (z - a) ^ 2) by (apply Rmult_le_pos; [apply Rmult_le_pos; [apply pos_INR|apply pow_le; exact Ha]|apply pow2_ge_0]).
  rewrite (S_INR (S k)); simpl pow in *; lra.
Qed.

(** One over t^k, and zero where t is. *)
Definition damped (t : R) (k : nat) : R := if Req_EM_T t 0 then 0 else / t ^ k.

Lemma damped_tangent : forall t a z k, 0 <= t -> 0 <= a -> 0 <= z -> (t = 0 -> z = 0) ->
  a ^ S k * t + INR (S k) * a ^ k * (z - a * t) <= damped t k * z ^ S k.
Proof.
  intros t a z k Ht Ha Hz H; unfold damped; destruct (Req_EM_T t 0) as [E|N].
  - rewrite (H E), E; simpl pow; lra.
  - assert (t0 : 0 < t) by lra; assert (T := power_tangent a (z / t) k Ha ltac:(apply Rmult_le_pos; [exact Hz|left; apply Rinv_0_lt_compat; exact t0])).
    assert (P := Rmult_le_compat_l t _ _ Ht T).
    replace (t * (a ^ S k + INR (S k) * a ^ k * (z / t - a))) with (a ^ S k * t + INR (S k) * a ^ k * (z - a * t)) in P by (field; exact N).
    replace (t * (z / t) ^ S k) with (/ t ^ k * z ^ S k) in P; [exact P|].
    unfold Rdiv; rewrite Rpow_mult_distr, pow_inv; simpl pow; field; split; [apply pow_nonzero|]; exact N.
Qed.

Lemma damped_power : forall t k, 0 <= t -> 0 <= damped t k /\ damped t k * t ^ S k = t.
Proof.
  intros t k Ht; unfold damped; destruct (Req_EM_T t 0) as [->|N]; [split; [lra|ring]|].
  assert (P : 0 < t ^ k) by (apply pow_lt; lra); split; [left; apply Rinv_0_lt_compat; exact P|simpl; field; lra].
Qed.

(** ** The output *)

(** The moment of order k of a chi-square of p degrees of freedom. *)
Definition chi_moment (p k : nat) : R := product k (fun i => INR p + 2 * INR i).

Lemma turned_moment_below : forall m p k, (1 <= m)%nat -> 0 <= turned_moment m p (sqrt (INR m)) k <= chi_moment p k.
Proof.
  intros m p k Hm; unfold turned_moment, chi_moment; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); assert (p0 := pos_INR p).
  assert (Each : forall i, 0 <= sqrt (INR m) ^ 2 * (INR p + 2 * INR i) / (INR m + 2 * INR i) <= INR p + 2 * INR i).
  { intros i; assert (i0 := pos_INR i); rewrite pow2_sqrt by lra; split.
    - apply Rmult_le_pos; [apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat; lra].
    - apply (Rmult_le_reg_r (INR m + 2 * INR i)); [lra|]; replace (INR m * (INR p + 2 * INR i) / (INR m + 2 * INR i) * (INR m + 2 * INR i))
        with (INR m * (INR p + 2 * INR i)) by (field; lra).
      rewrite (Rmult_comm (INR m)); apply Rmult_le_compat_l; lra. }
  split; [apply product_nonneg; intros; apply Each|apply product_le; intros; apply Each].
Qed.

(** The square of the output is above a m^(L-1) |D|_F^2; its mean is p m^(L-1) |D|_F^2. *)
Definition output_large (d m L : nat) (D : nat -> nat -> R) (a : R) (W : nat -> nat -> nat -> R) : Prop :=
  a * (INR m ^ (L - 1) * inner d D D) < inner d (chain d (with_data D W) (S L)) (chain d (with_data D W) (S L)).

Lemma orthogonal_output : forall d n m p L K D a (Q : layer_laws n m p L),
  (n <= m <= d)%nat -> (1 <= p <= m)%nat -> (2 <= L)%nat -> columns d n (tr D) -> 0 < inner d D D ->
  (1 <= K)%nat -> turning m K (Q L) -> 0 < a ->
  layers_at_most (orthogonal_layer n m p L) Q L (output_large d m L D a) (chi_moment p K / a ^ K).
Proof.
  intros d n m p L K D a Q Hm Hp HL Hc HD HK Turn Ha; set (supp := orthogonal_layer n m p L).
  destruct K as [|k]; [lia|]; clear HK; destruct L as [|q]; [lia|]; replace (S q - 1)%nat with q in * by lia.
  assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); assert (mq : 0 < INR m ^ q) by (apply pow_lt; exact m0).
  set (y := fun (W : nat -> nat -> nat -> R) j => mv d (chain d (with_data D W) (S q)) (unit_matrix j)).
  set (t := fun j => INR m ^ q * dot d (mv d D (unit_matrix j)) (mv d D (unit_matrix j))).
  assert (t0 : forall j, 0 <= t j) by (intros j; apply Rmult_le_pos; [lra|apply dot_nonneg]).
  set (T := INR m ^ q * inner d D D); assert (T0 : 0 < T) by (apply Rmult_lt_0_compat; assumption).
  assert (ET : total d t = T) by (unfold t, T; rewrite total_scal, inner_by_columns; reflexivity).
  set (z := fun A x => dot m (mv m A x) (mv m A x)).
  set (c := / (a ^ S k * T)); assert (ak : 0 < a ^ S k) by (apply pow_lt; exact Ha).
  assert (c0 : 0 < c) by (apply Rinv_0_lt_compat, Rmult_lt_0_compat; assumption).
  set (X := fun W : nat -> nat -> nat -> R => c * total d (fun j => damped (t j) k * z (W (S q)) (y W j) ^ S k)).
  assert (HS : forall A, supp (S q) A -> turns m p (sqrt (INR m)) (tr A)) by (intros A [_ [_ [HA _]]]; apply HA; reflexivity).
  assert (Below : forall W A j i, (i < d)%nat -> y (put_layer (S q) A W) j i = y W j i).
  { intros W A j i Hi; apply mv_same; [|exact Hi]; apply (chain_same d _ _ (S q)); [|lia].
    intros l Hl; destruct l as [|l]; [apply same_refl|]; unfold with_data, put_layer; destruct (Nat.eqb_spec (S l) (S q)); [lia|apply same_refl]. }
  assert (Square : forall W j, (forall i, (1 <= i < S q)%nat -> supp i (W i)) ->
    dot m (y W j) (y W j) = t j /\ dot d (y W j) (y W j) = t j).
  { intros W j HW; destruct (below_last d n m p (S q) D W (unit_matrix j) ltac:(lia) ltac:(lia) Hc HW q ltac:(lia)) as [N Sp].
    split; [|exact N]; etransitivity; [|exact N]; symmetry; apply total_truncate; [lia|]; intros i Hi.
    assert (Z : y W j i = 0) by (apply Sp; destruct (Nat.eqb q 0); lia); rewrite Z; ring. }
  destruct (last_layer_mean supp Q q 1 X (c * total d (fun j => damped (t j) k * (t j ^ S k * turned_moment m p (sqrt (INR m)) (S k)))))
    as [V E].
  { intros W HW; change (1 + q)%nat with (S q) in *; apply has_mean_scal, has_mean_total; intros j Hj; apply has_mean_scal.
    assert (M := turned_moments _ (Q (S q)) m p (sqrt (INR m)) (S k) (S k) (y W j) ltac:(lia) ltac:(lia) Turn HS (Nat.le_refl _)).
    destruct (Square W j HW) as [Sq _]; rewrite Sq in M; revert M; apply has_mean_support; intros A _; f_equal; unfold z.
    assert (EA : put_layer (S q) A W (S q) = A) by (unfold put_layer; rewrite Nat.eqb_refl; reflexivity); rewrite EA.
    apply dot_ext; intros i _; (apply dot_ext; [reflexivity|]); intros l Hl; symmetry; apply Below; lia. }
  exists X; split; [exact V|split; [|split]].
  - intros W _; apply Rmult_le_pos; [lra|]; apply total_nonneg; intros j _; apply Rmult_le_pos; [apply damped_power, t0|].
    apply pow_le, dot_nonneg.
  - intros W HW Large; unfold output_large in Large; replace (S q - 1)%nat with q in Large by lia; fold T in Large.
    assert (HW' : forall i, (1 <= i < S q)%nat -> supp i (W i)) by (intros i Hi; apply HW; lia).
    set (u := fun j => z (W (S q)) (y W j)).
    assert (EU : inner d (chain d (with_data D W) (S (S q))) (chain d (with_data D W) (S (S q))) = total d u).
    { rewrite inner_by_columns; apply total_ext; intros j Hj.
      change (chain d (with_data D W) (S (S q))) with (mul d (W (S q)) (chain d (with_data D W) (S q))); rewrite mv_mul.
      apply (outside_dot d m); [lia|apply (HW (S q) ltac:(lia))]. }
    rewrite EU, <- ET in Large.
    assert (Sum : a ^ S k * T <= total d (fun j => damped (t j) k * u j ^ S k)).
    { apply Rle_trans with (total d (fun j => a ^ S k * t j + INR (S k) * a ^ k * (u j - a * t j))).
      - rewrite total_plus, !total_scal, total_minus, total_scal, ET; rewrite ET in Large.
        assert (0 <= INR (S k) * a ^ k * (total d u - a * T)); [|lra].
        apply Rmult_le_pos; [apply Rmult_le_pos; [apply pos_INR|apply pow_le; lra]|lra].
      - apply total_le; intros j Hj; apply damped_tangent; [apply t0|lra|apply dot_nonneg|].
        intros Z; destruct (Square W j HW') as [Sq _]; rewrite Z in Sq; apply total_zero; intros i Hi.
        replace (mv m (W (S q)) (y W j) i) with 0; [ring|symmetry]; apply total_zero; intros l Hl; rewrite (dot_zero m _ l Sq Hl); ring. }
    unfold X; fold u; apply Rle_trans with (c * (a ^ S k * T)); [right; unfold c; field; split; lra|].
    apply Rmult_le_compat_l; [lra|exact Sum].
  - rewrite E; rewrite (total_ext d _ (fun j => turned_moment m p (sqrt (INR m)) (S k) * t j)).
    + rewrite total_scal, ET; unfold c; destruct (turned_moment_below m p (S k) ltac:(lia)) as [_ B].
      replace (/ (a ^ S k * T) * (turned_moment m p (sqrt (INR m)) (S k) * T)) with (turned_moment m p (sqrt (INR m)) (S k) / a ^ S k) by (field; split; lra).
      apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; exact ak|exact B].
    + intros j _; destruct (damped_power (t j) k (t0 j)) as [_ P]; rewrite <- P at 3; ring.
Qed.
