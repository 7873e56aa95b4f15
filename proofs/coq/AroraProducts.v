(** Lemma 5 of Arora, Cohen, Golowich and Hu: products of nearly balanced layers are nearly powers of their last and of their first
    layer, and one of these two has a singular value from below. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion Transpose ZasNumbers Remainder Convergence.
From Lemmata Require Import AroraNumbers Margin Arora AroraPaper BalancedProduct Rectangular Singular AroraLemma Spectral BartlettMatrices.
Open Scope R_scope.

Lemma norm_same : forall d A B, same d A B -> frobenius d A = frobenius d B.
Proof. intros d A B H; unfold frobenius; f_equal; apply inner_same; exact H. Qed.

(** ** Powers of two matrices that are near each other *)

Definition power (d : nat) (A : nat -> nat -> R) (n : nat) : nat -> nat -> R := chain d (fun _ => A) n.

Lemma powers_near : forall d A B s g n, 0 <= s -> bounded d A (s ^ 2) -> bounded d B (s ^ 2) ->
  frobenius d (msub A B) <= g -> frobenius d (msub (power d A (S n)) (power d B (S n))) <= INR (S n) * (s ^ n * g).
Proof.
  intros d A B s g n Hs HA HB Hg; induction n as [|n IH].
  - rewrite (norm_same d _ (msub A B)) by (apply same_sub; apply mul_unit_r); simpl; lra.
  - replace (msub (power d A (S (S n))) (power d B (S (S n))))
      with (madd (mul d A (msub (power d A (S n)) (power d B (S n)))) (mul d (msub A B) (power d B (S n)))).
    2:{ unfold power; rewrite mul_sub_r, mul_sub_l; pointwise i; pointwise j; unfold madd, msub; simpl chain; ring. }
    eapply Rle_trans; [apply frobenius_add|].
    assert (X : frobenius d (mul d A (msub (power d A (S n)) (power d B (S n)))) <= s * (INR (S n) * (s ^ n * g))).
    { eapply Rle_trans; [apply frobenius_mul; [exact Hs|exact HA]|apply Rmult_le_compat_l; assumption]. }
    assert (Y : frobenius d (mul d (msub A B) (power d B (S n))) <= g * s ^ S n).
    { eapply Rle_trans; [apply frobenius_mul_r; [apply pow_le; exact Hs|]|apply Rmult_le_compat_r; [apply pow_le; exact Hs|exact Hg]].
      apply bounded_chain; [exact Hs|intros; exact HB]. }
    rewrite (S_INR (S n)); simpl pow in *; lra.
Qed.

Lemma gram_bounded : forall d A M, bounded d A (M ^ 2) ->
  bounded d (mul d (tr A) A) ((M ^ 2) ^ 2) /\ bounded d (mul d A (tr A)) ((M ^ 2) ^ 2).
Proof.
  intros d A M H; replace ((M ^ 2) ^ 2) with (M ^ 2 * M ^ 2) by ring; split; apply bounded_mul; try apply pow2_ge_0; try exact H;
    apply bounded_tr; try apply pow2_ge_0; exact H.
Qed.

(** The product times its transpose, against a power of the last layer times its own. *)
Lemma product_power : forall d n W nu M, 0 <= M -> 0 <= nu -> balanced d (S n) W nu ->
  (forall l, (l <= n)%nat -> bounded d (W l) (M ^ 2)) ->
  frobenius d (msub (mul d (chain d W (S n)) (tr (chain d W (S n)))) (power d (mul d (W n) (tr (W n))) (S n)))
    <= nu * (M ^ 2) ^ n * (INR (S n) * INR n / 2).
Proof.
  intros d n W nu M HM Hnu; induction n as [|n IH]; intros HB HW.
  - apply Req_le; rewrite (norm_same d _ (fun _ _ => 0)), frobenius_zero by
      (intros i j Hi Hj; unfold msub; rewrite (balanced_product d 1 W (Nat.le_refl 1) ltac:(intros; lia) i j Hi Hj);
       unfold power; simpl Nat.sub; ring).
    simpl; field.
  - set (A := W (S n)); set (P := chain d W (S n)); set (B := mul d (tr A) A).
    assert (S1 : same d (msub (mul d (chain d W (S (S n))) (tr (chain d W (S (S n))))) (power d (mul d A (tr A)) (S (S n))))
      (mul d A (mul d (msub (mul d P (tr P)) (power d B (S n))) (tr A)))).
    { change (chain d W (S (S n))) with (mul d A P); rewrite tr_mul, mul_assoc, mul_sub_l, mul_sub_r, <- (mul_assoc d P).
      apply same_sub; [apply same_refl|apply same_sym, power_around]. }
    rewrite (norm_same d _ _ S1).
    specialize (IH ltac:(intros l Hl; apply HB; lia) ltac:(intros; apply HW; lia)); fold P in IH.
    assert (Near : frobenius d (msub (power d (mul d (W n) (tr (W n))) (S n)) (power d B (S n))) <= INR (S n) * ((M ^ 2) ^ n * nu)).
    { apply powers_near; [apply pow2_ge_0|exact (proj2 (gram_bounded d (W n) M (HW n ltac:(lia))))|
        exact (proj1 (gram_bounded d A M (HW (S n) ltac:(lia))))|].
      replace (msub (mul d (W n) (tr (W n))) B) with (mscal (-1) (msub B (mul d (W n) (tr (W n)))))
        by (pointwise i; pointwise j; unfold mscal, msub; ring).
      replace (frobenius d (mscal (-1) (msub B (mul d (W n) (tr (W n)))))) with (frobenius d (msub B (mul d (W n) (tr (W n)))))
        by (unfold frobenius; f_equal; rewrite inner_scal_l, inner_scal_r; ring).
      apply (HB n); lia. }
    replace (msub (mul d P (tr P)) (power d B (S n)))
      with (madd (msub (mul d P (tr P)) (power d (mul d (W n) (tr (W n))) (S n)))
             (msub (power d (mul d (W n) (tr (W n))) (S n)) (power d B (S n))))
      by (pointwise i; pointwise j; unfold madd, msub; ring).
    set (X := madd (msub (mul d P (tr P)) (power d (mul d (W n) (tr (W n))) (S n)))
             (msub (power d (mul d (W n) (tr (W n))) (S n)) (power d B (S n)))).
    assert (FX : frobenius d X <= nu * (M ^ 2) ^ n * (INR (S n) * INR n / 2) + INR (S n) * ((M ^ 2) ^ n * nu))
      by (eapply Rle_trans; [apply frobenius_add|apply Rplus_le_compat; assumption]).
    apply Rle_trans with (M * (frobenius d X * M)).
    + eapply Rle_trans; [apply frobenius_mul; [exact HM|apply HW; lia]|apply Rmult_le_compat_l; [exact HM|]].
      apply frobenius_mul_r; [exact HM|apply bounded_tr; [apply pow2_ge_0|apply HW; lia]].
    + replace (M * (frobenius d X * M)) with (M ^ 2 * frobenius d X) by ring.
      apply (Rmult_le_compat_l (M ^ 2)) in FX; [|apply pow2_ge_0]; eapply Rle_trans; [exact FX|right].
      rewrite (S_INR (S n)), (S_INR n); simpl pow; field.
Qed.

Lemma balanced_first : forall d N W nu j, (j <= N)%nat -> balanced d N W nu -> balanced d j W nu.
Proof. intros d N W nu j Hj H l Hl; apply H; lia. Qed.

(** The transpose times the product, against a power of the first layer. *)
Lemma product_power_first : forall d n W nu M, 0 <= M -> 0 <= nu -> balanced d (S n) W nu ->
  (forall l, (l <= n)%nat -> bounded d (W l) (M ^ 2)) ->
  frobenius d (msub (mul d (tr (chain d W (S n))) (chain d W (S n))) (power d (mul d (tr (W 0%nat)) (W 0%nat)) (S n)))
    <= nu * (M ^ 2) ^ n * (INR (S n) * INR n / 2).
Proof.
  intros d n W nu M HM Hnu HB HW; set (V := transposed (S n) W).
  assert (T : same d (chain d V (S n)) (tr (chain d W (S n)))) by apply transposed_product.
  assert (L : V n = tr (W 0%nat)) by (unfold V, transposed; do 2 f_equal; lia).
  eapply Rle_trans; [right|apply (product_power d n V nu M HM Hnu (balanced_transposed d (S n) W nu HB))].
  - rewrite L, tr_tr; apply norm_same, same_sub; [|apply same_refl].
    apply same_mul; [apply same_sym; exact T|]; rewrite <- (tr_tr (chain d W (S n))) at 1; apply same_tr, same_sym; exact T.
  - intros l Hl; unfold V, transposed; apply bounded_tr; [apply pow2_ge_0|apply HW; lia].
Qed.

(** ** The smallest singular values *)

Lemma smallest_of_first : forall d n W nu M p q lambda0 dims1, 0 <= M -> 0 <= nu -> (1 <= p <= d)%nat -> (1 <= dims1 <= d)%nat ->
  balanced d (S n) W nu -> (forall l, (l <= n)%nat -> bounded d (W l) (M ^ 2)) -> columns d p (W 0%nat) ->
  (forall i j, (dims1 <= i < d)%nat -> (j < d)%nat -> W 0%nat i j = 0) ->
  q = least_stretch d p (chain d W (S n)) -> lambda0 = sigma_min dims1 p (W 0%nat) ->
  q ^ 2 - nu * (M ^ 2) ^ n * (INR (S n) * INR n / 2) <= lambda0 ^ (2 * S n).
Proof.
  intros d n W nu M p q lambda0 m HM Hnu Hp Hm HB HW HC HR Eq El.
  set (A := W 0%nat) in *; set (G := mul d (tr A) A).
  assert (SG : symmetric p (mscal (-1) G)).
  { intros i j _ _; unfold tr, mscal, G, mul, tr; f_equal; apply dot_comm. }
  destruct (largest_eigenvalue p (mscal (-1) G) ltac:(lia) SG) as [L [v [Low [[k [Hk Vk]] Ev]]]].
  set (x := fun i => if Nat.ltb i p then v i else 0).
  assert (Xs : supported d p x) by (intros i Hi; unfold x; destruct (Nat.ltb_spec i p); [lia|reflexivity]).
  assert (Xv : forall i, (i < p)%nat -> x i = v i) by (intros i Hi; unfold x; destruct (Nat.ltb_spec i p); [reflexivity|lia]).
  assert (Cut : forall y i, (i < d)%nat -> supported d p y -> mv d G y i = mv p G y i).
  { intros y i Hi Hy; unfold mv, dot; apply total_truncate; [lia|intros j Hj; rewrite (Hy j Hj); ring]. }
  set (mu := - L).
  assert (E : eigen d G x mu).
  { intros i Hi; rewrite Cut by assumption; destruct (Nat.lt_ge_cases i p) as [Li|Li].
    - rewrite (Xv i Li); specialize (Ev i Li); unfold mv in Ev |- *.
      rewrite (dot_ext p (mscal (-1) G i) v (fun j => -1 * G i j) x) in Ev
        by (intros; first [reflexivity|symmetry; apply Xv; assumption]).
      rewrite dot_scal_l in Ev; unfold mu; lra.
    - rewrite (Xs i) by lia; rewrite Rmult_0_r; apply total_zero; intros j Hj.
      replace (G i j) with 0; [ring|symmetry; apply total_zero; intros l Hl; unfold tr; rewrite (HC l i) by lia; ring]. }
  assert (Px : 0 < dot d x x).
  { apply dot_positive; exists k; split; [lia|rewrite Xv by exact Hk; exact Vk]. }
  assert (Form : forall y, dot d y (mv d G y) = dot d (mv d A y) (mv d A y)) by (intros y; apply quadratic_form).
  assert (Fx : dot d (mv d A x) (mv d A x) = mu * dot d x x).
  { rewrite <- Form, (dot_ext d x (mv d G x) x (fun i => mu * x i)) by (try reflexivity; exact E); apply dot_scal_r. }
  assert (mu0 : 0 <= mu).
  { apply (Rmult_le_reg_r (dot d x x)); [exact Px|]; rewrite <- Fx, Rmult_0_l; apply dot_nonneg. }
  assert (Least : forall y, supported d p y -> mu * dot d y y <= dot d (mv d A y) (mv d A y)).
  { intros y Hy; rewrite <- Form; specialize (Low y).
    assert (E1 : dot d y y = dot p y y) by (apply total_truncate; [lia|intros j Hj; rewrite (Hy j Hj); ring]).
    assert (E2 : dot d y (mv d G y) = dot p y (mv p G y)).
    { unfold dot at 1; rewrite (total_truncate d p) by (try lia; intros j Hj; rewrite (Hy j Hj); ring).
      apply total_ext; intros i Hi; rewrite Cut by (try exact Hy; lia); reflexivity. }
    assert (E3 : dot p y (mv p (mscal (-1) G) y) = - dot p y (mv p G y)).
    { rewrite mv_mscal, dot_scal_r; ring. }
    rewrite E1, E2; unfold mu; lra. }
  (* the product at the eigenvector *)
  assert (SS : symmetric d G) by (intros i j _ _; unfold G, mul, tr; apply dot_comm).
  destruct (eigen_chain d (S n) (fun _ => G) x mu (fun l _ => conj E (eigen_symmetric d G x mu SS E)) (S n) (Nat.le_refl _))
    as [Ec _].
  set (P := chain d W (S n)) in *; set (S := power d G (S n)).
  assert (Diff := product_power_first d n W nu M HM Hnu HB HW); fold P A in Diff; fold G in Diff; fold S in Diff.
  assert (B := form_below_frobenius d (msub (mul d (tr P) P) S) x).
  rewrite mv_sub, dot_minus_r, quadratic_form in B.
  rewrite (dot_ext d x (mv d S x) x (fun i => mu ^ Datatypes.S n * x i)), dot_scal_r in B by (try reflexivity; exact Ec).
  assert (CP : columns d p P) by (apply columns_chain; exact HC).
  assert (Qx : q ^ 2 * dot d x x <= dot d (mv d P x) (mv d P x)).
  { apply (opbelow_supported d p P q ltac:(lia) CP); [rewrite Eq; apply least_stretch_below; lia|exact Xs]. }
  apply (Rmult_le_compat_r (dot d x x)) in Diff; [|lra].
  apply Rabs_le_between in B.
  assert (Fin : q ^ 2 - nu * (M ^ 2) ^ n * (INR (Datatypes.S n) * INR n / 2) <= mu ^ Datatypes.S n)
    by (apply (Rmult_le_reg_r (dot d x x)); [exact Px|lra]).
  eapply Rle_trans; [exact Fin|]; rewrite pow_mult; apply pow_incr; split; [exact mu0|].
  assert (RA : forall i j, (m <= i < d)%nat -> (j < p)%nat -> A i j = 0) by (intros; apply HR; lia).
  rewrite El; unfold sigma_min; destruct (Nat.leb_spec p m) as [Pm|Pm].
  - rewrite <- (zero_rows d m p A ltac:(lia) RA), <- (pow2_sqrt mu) at 1 by exact mu0.
    apply pow_incr; split; [apply sqrt_pos|]; apply least_stretch_largest; [lia|apply sqrt_pos|].
    apply opbelow_supported; [lia|exact HC|rewrite pow2_sqrt by exact mu0; exact Least].
  - apply Rle_trans with 0; [|apply pow2_ge_0].
    destruct p as [|p']; [lia|]; destruct (kernel_vector p' A) as [y [[j [Hj Yj]] Ky]].
    set (y' := fun i => if Nat.ltb i (Datatypes.S p') then y i else 0).
    assert (Ys : supported d (Datatypes.S p') y')
      by (intros i Hi; unfold y'; destruct (Nat.ltb_spec i (Datatypes.S p')); [lia|reflexivity]).
    assert (Yy : forall i, (i < Datatypes.S p')%nat -> y' i = y i)
      by (intros i Hi; unfold y'; destruct (Nat.ltb_spec i (Datatypes.S p')); [reflexivity|lia]).
    assert (Z : dot d (mv d A y') (mv d A y') = 0).
    { apply total_zero; intros i Hi; assert (Zi : mv d A y' i = 0); [|rewrite Zi; ring].
      destruct (Nat.lt_ge_cases i m) as [Li|Li].
      - unfold mv, dot; rewrite (total_truncate d (Datatypes.S p')) by (try lia; intros k' Hk'; rewrite (Ys k' Hk'); ring).
        rewrite (total_ext (Datatypes.S p') _ (fun k' => A i k' * y k')) by (intros k' Hk'; rewrite Yy by exact Hk'; reflexivity).
        apply (Ky i); lia.
      - apply total_zero; intros k' Hk'; rewrite HR by lia; ring. }
    assert (Py : 0 < dot d y' y') by (apply dot_positive; exists j; split; [lia|rewrite Yy by exact Hj; exact Yj]).
    assert (Ly := Least y' Ys); rewrite Z in Ly; apply (Rmult_le_reg_r (dot d y' y')); [exact Py|lra].
Qed.

Lemma sigma_min_transposed : forall m n A, (1 <= m)%nat -> (1 <= n)%nat -> sigma_min n m (tr A) <= sigma_min m n A.
Proof.
  intros m n A Hm Hn; unfold sigma_min; rewrite tr_tr.
  destruct (Nat.leb_spec m n) as [L1|L1]; destruct (Nat.leb_spec n m) as [L2|L2]; try lia; try apply Rle_refl.
  replace n with m in * by lia; set (c := least_stretch m m (tr A)).
  assert (c0 : 0 <= c) by (apply least_stretch_nonneg; exact Hm).
  destruct (Rle_lt_or_eq_dec 0 c c0) as [P|<-]; [|apply least_stretch_nonneg; exact Hm].
  apply least_stretch_largest; [exact Hm|exact c0|]; intros x.
  apply lower_tr; [apply pow_lt; exact P|]; exact (least_stretch_below m m (tr A) Hm).
Qed.

(** ** The lemma *)

(** dims are the d_0, ..., d_N of the paper, d is any number that is not below them.  The paper has 3/2 j^2 for j (j-1)/2. *)
Theorem arora_lemma_5 : forall d N dims W nu M, (1 <= N)%nat -> (forall l, (l <= N)%nat -> (1 <= dims l <= d)%nat) ->
  shaped d N dims W -> 0 <= M -> 0 <= nu -> balanced d N W nu -> (forall l, (l < N)%nat -> bounded d (W l) (M ^ 2)) ->
  (forall j, (1 <= j <= N)%nat ->
    let P := chain d W j in
    frobenius d (msub (mul d P (tr P)) (power d (mul d (W (j - 1)%nat) (tr (W (j - 1)%nat))) j))
      <= nu * M ^ (2 * (j - 1)) * (INR j * INR (j - 1) / 2) /\
    frobenius d (msub (mul d (tr P) P) (power d (mul d (tr (W 0%nat)) (W 0%nat)) j))
      <= nu * M ^ (2 * (j - 1)) * (INR j * INR (j - 1) / 2)) /\
  sigma_min (dims N) (dims 0%nat) (chain d W N) ^ 2 - nu * M ^ (2 * (N - 1)) * (INR N * INR (N - 1) / 2)
    <= Rmax (sigma_min (dims N) (dims (N - 1)%nat) (W (N - 1)%nat)) (sigma_min (dims 1%nat) (dims 0%nat) (W 0%nat)) ^ (2 * N).
Proof.
  intros d N dims W nu M HN Hd HS HM Hnu HB HW; split.
  - intros j Hj P; destruct j as [|j]; [lia|]; replace (S j - 1)%nat with j by lia; rewrite pow_mult.
    assert (Bj := balanced_first d N W nu (S j) (proj2 Hj) HB).
    split; [apply product_power|apply product_power_first]; auto; intros; apply HW; lia.
  - destruct N as [|n]; [lia|]; replace (S n - 1)%nat with n by lia; rewrite pow_mult.
    assert (d0 := Hd 0%nat ltac:(lia)); assert (dN := Hd (S n) (Nat.le_refl _)).
    set (top := sigma_min (dims (S n)) (dims n) (W n)); set (bottom := sigma_min (dims 1%nat) (dims 0%nat) (W 0%nat)).
    unfold sigma_min at 1; destruct (Nat.leb (dims 0%nat) (dims (S n))).
    + assert (d1 := Hd 1%nat ltac:(lia)).
      rewrite <- (zero_rows d (dims (S n)) (dims 0%nat) (chain d W (S n)) ltac:(lia)
        ltac:(intros; apply (shaped_chain_rows d (S n) dims W); [lia|exact HS|lia|lia])).
      apply Rle_trans with (bottom ^ (2 * S n)).
      * apply (smallest_of_first d n W nu M (dims 0%nat) _ _ (dims 1%nat)); auto; try lia.
        -- intros; apply HW; lia.
        -- intros i j Hi Hj; apply HS; lia.
        -- intros i j Hi Hj; apply HS; lia.
      * apply pow_incr; split; [apply sigma_min_nonneg; lia|apply Rmax_r].
    + assert (dn := Hd n ltac:(lia)); set (V := transposed (S n) W).
      assert (V0 : V 0%nat = tr (W n)) by (unfold V, transposed; do 2 f_equal; lia).
      assert (T : same d (chain d V (S n)) (tr (chain d W (S n)))) by apply transposed_product.
      assert (EQ : least_stretch (dims 0%nat) (dims (S n)) (tr (chain d W (S n)))
        = least_stretch d (dims (S n)) (chain d V (S n))).
      { rewrite <- (zero_rows d (dims 0%nat) (dims (S n)) (tr (chain d W (S n)))).
        - apply least_stretch_ext; intros x; apply dot_ext; intros i Hi; apply dot_ext; intros j Hj;
            first [reflexivity|symmetry; apply T; lia].
        - lia.
        - intros i j Hi Hj; unfold tr; apply (columns_chain d (dims 0%nat) W n); [|lia|lia].
          intros a b Ha Hb; apply HS; lia. }
      rewrite EQ; apply Rle_trans with (sigma_min (dims n) (dims (S n)) (V 0%nat) ^ (2 * S n)).
      * apply (smallest_of_first d n V nu M (dims (S n)) _ _ (dims n)); auto; try lia.
        -- apply balanced_transposed; exact HB.
        -- intros l Hl; unfold V, transposed; apply bounded_tr; [apply pow2_ge_0|apply HW; lia].
        -- intros i j Hi Hj; rewrite V0; unfold tr; apply HS; lia.
        -- intros i j Hi Hj; rewrite V0; unfold tr; apply HS; lia.
      * apply pow_incr; split; [apply sigma_min_nonneg; lia|].
        rewrite V0; eapply Rle_trans; [apply sigma_min_transposed; lia|apply Rmax_l].
Qed.
