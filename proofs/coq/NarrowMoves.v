(** Products of layers of any widths, at their start and after a small move of each. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Geometry Expectation Rectangular AnyLaw Independent NormalLaw IndependentBlocks NarrowFactors NarrowLayers NarrowSums.
Open Scope R_scope.

(** W_(a+q-1) ... W_a x, and the matrix of this product. *)
Fixpoint plain_output (n : nat -> nat) (W : nat -> nat -> nat -> R) (a : nat) (x : nat -> R) (q : nat) : nat -> R :=
  match q with
  | O => x
  | S p => mv (n (a + p)%nat) (W (a + p)%nat) (plain_output n W a x p)
  end.

Fixpoint plain_product (n : nat -> nat) (W : nat -> nat -> nat -> R) (a q : nat) : nat -> nat -> R :=
  match q with
  | O => unit_matrix
  | S p => mul (n (a + p)%nat) (W (a + p)%nat) (plain_product n W a p)
  end.

(** Layer l with standard deviations sigma l, and its scale: the root of d_l sigma_l^2. *)
Definition spread_layers (sigma : nat -> R) (A : nat -> nat -> nat -> R) (l i j : nat) : R := sigma l * A l i j.

Definition layer_scale (n : nat -> nat) (sigma : nat -> R) (l : nat) : R := sigma l * sqrt (INR (n (S l))).

Definition piece_scale (n : nat -> nat) (sigma : nat -> R) (a q : nat) : R := product q (fun k => layer_scale n sigma (a + k)).

Lemma mv_after : forall m k A B x, mv k (mul m A B) x = mv m A (mv k B x).
Proof.
  intros m k A B x; pointwise i; unfold mv, mul, dot.
  rewrite (total_ext k _ (fun j => total m (fun c => x j * (A i c * B c j)))) by (intros; rewrite Rmult_comm, <- total_scal; reflexivity).
  rewrite total_swap; apply total_ext; intros c _; rewrite <- total_scal; apply total_ext; intros; ring.
Qed.

Lemma product_outputs : forall n W a q x i, (i < n (a + q))%nat -> mv (n a) (plain_product n W a q) x i = plain_output n W a x q i.
Proof.
  intros n W a q x; induction q as [|q IH]; intros i Hi; [rewrite Nat.add_0_r in Hi; apply mv_unit; exact Hi|].
  cbn [plain_product plain_output]; rewrite mv_after; apply dot_ext; [reflexivity|intros j Hj; apply IH; exact Hj].
Qed.

Lemma output_first : forall n W a x q, plain_output n W a x (S q) = plain_output n W (S a) (mv (n a) (W a) x) q.
Proof.
  intros n W a x q; induction q as [|q IH]; [cbn [plain_output]; rewrite Nat.add_0_r; reflexivity|].
  change (plain_output n W a x (S (S q))) with (mv (n (a + S q)%nat) (W (a + S q)%nat) (plain_output n W a x (S q))).
  rewrite IH, <- plus_n_Sm; reflexivity.
Qed.

Lemma output_plus : forall n W a x y q, plain_output n W a (fun i => x i + y i) q = (fun i => plain_output n W a x q i + plain_output n W a y q i).
Proof.
  intros n W a x y q; induction q as [|q IH]; [reflexivity|]; cbn [plain_output]; rewrite IH; pointwise i; apply dot_plus_r.
Qed.

Lemma output_spread : forall n sigma A a x q, (forall l, (l < q)%nat -> (1 <= n (S (a + l)))%nat) ->
  plain_output n (spread_layers sigma A) a x q = (fun i => piece_scale n sigma a q * scaled_output n A a x q i).
Proof.
  intros n sigma A a x q; induction q as [|q IH]; intros Hn.
  - pointwise i; unfold piece_scale; simpl; ring.
  - cbn [plain_output scaled_output]; rewrite IH by (intros; apply Hn; lia); unfold piece_scale; cbn [product]; pointwise i.
    unfold mv; rewrite dot_scal_r; unfold spread_layers at 1; rewrite dot_scal_l; unfold layer_scale at 3.
    assert (0 < sqrt (INR (n (S (a + q))))) by (apply sqrt_lt_R0, lt_0_INR; specialize (Hn q ltac:(lia)); lia).
    set (P := product q (fun k => layer_scale n sigma (a + k))); field; lra.
Qed.

Lemma scale_pos : forall n sigma a q, (forall l, (l < q)%nat -> 0 < layer_scale n sigma (a + l)) -> 0 < piece_scale n sigma a q.
Proof. intros n sigma a q H; apply product_pos; exact H. Qed.

(** Every layer has moved by at most rho of its scale. *)
Definition near_layers (n : nat -> nat) (L : nat) (sigma : nat -> R) (A : nat -> nat -> nat -> R) (rho : R) (V : nat -> nat -> nat -> R) : Prop :=
  forall l, (l < L)%nat -> rnorm (n (S l)) (n l) (msub (V l) (spread_layers sigma A l)) <= rho * layer_scale n sigma l.

Lemma start_short : forall (n : nat -> nat) (d : nat) (K : layer_bounds d) (L : nat) (sigma : nat -> R) (A : nat -> nat -> nat -> R),
  (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) ->
  forall a q x c, (a + q <= L)%nat -> 0 <= c -> dot (n a) x x <= c ^ 2 ->
  dot (n (a + q)%nat) (plain_output n (spread_layers sigma A) a x q) (plain_output n (spread_layers sigma A) a x q)
    <= (piece_scale n sigma a q * (guards n K a q A * c)) ^ 2.
Proof.
  intros n d K L sigma A widths a q x c Haq Hc Hx; rewrite output_spread by (intros; apply widths; lia).
  rewrite dot_scal_l, dot_scal_r; assert (B := guards_above n d K a q A x ltac:(intros; apply widths; lia)).
  set (D := dot (n (a + q)%nat) (scaled_output n A a x q) (scaled_output n A a x q)) in *; set (P := piece_scale n sigma a q).
  assert (G : guards n K a q A ^ 2 * dot (n a) x x <= guards n K a q A ^ 2 * c ^ 2) by (apply Rmult_le_compat_l; [apply pow2_ge_0|exact Hx]).
  rewrite !Rpow_mult_distr; replace (P * (P * D)) with (P ^ 2 * D) by ring; apply Rmult_le_compat_l; [apply pow2_ge_0|lra].
Qed.

Lemma guards_nonneg : forall (n : nat -> nat) (d : nat) (K : layer_bounds d) (L : nat) (A : nat -> nat -> nat -> R),
  (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) ->
  forall a q, (a + q <= L)%nat -> 0 <= guards n K a q A.
Proof.
  intros n d K L A widths a q H; apply total_nonneg; intros c Hc; apply guard_nonneg; [intros; apply widths; lia|].
  transitivity (mv (n a) unit_matrix (unit_matrix c) c); [reflexivity|]; rewrite mv_unit by exact Hc.
  unfold unit_matrix; rewrite Nat.eqb_refl; reflexivity.
Qed.

Lemma moved_nonneg : forall (n : nat -> nat) (d : nat) (K : layer_bounds d) (L : nat) (A : nat -> nat -> nat -> R) (rho : R),
  (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) -> 0 <= rho ->
  forall a q, (a + q <= L)%nat -> 0 <= moved_bound n K rho a q A.
Proof.
  intros n d K L A rho widths rho_nonneg a; apply (strong (fun q => (a + q <= L)%nat -> 0 <= moved_bound n K rho a q A)); intros q IH H.
  destruct q as [|p]; [apply (guards_nonneg n d K L A widths a 0); exact H|]; rewrite moved_bound_next.
  apply Rplus_le_le_0_compat; [apply (guards_nonneg n d K L A widths); exact H|]; apply Rmult_le_pos; [exact rho_nonneg|].
  apply total_nonneg; intros i Hi; apply Rmult_le_pos; [apply (guards_nonneg n d K L A widths); lia|apply IH; lia].
Qed.

Lemma moved_short : forall (n : nat -> nat) (d : nat) (K : layer_bounds d) (L : nat) (sigma : nat -> R) (A V : nat -> nat -> nat -> R) (rho : R),
  (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) -> (forall l, (l < L)%nat -> 0 < layer_scale n sigma l) -> 0 <= rho -> near_layers n L sigma A rho V ->
  forall a x c, 0 <= c -> dot (n a) x x <= c ^ 2 -> forall q, (a + q <= L)%nat ->
  dot (n (a + q)%nat) (plain_output n V a x q) (plain_output n V a x q) <= (piece_scale n sigma a q * (moved_bound n K rho a q A * c)) ^ 2.
Proof.
  intros n d K L sigma A V rho widths scales rho_nonneg moves a x c Hc Hx; set (W := spread_layers sigma A).
  apply (strong (fun q => (a + q <= L)%nat -> dot (n (a + q)%nat) (plain_output n V a x q) (plain_output n V a x q)
    <= (piece_scale n sigma a q * (moved_bound n K rho a q A * c)) ^ 2)); intros q IH Haq.
  assert (P0 : forall b k, (b + k <= L)%nat -> 0 < piece_scale n sigma b k) by (intros b k H; apply scale_pos; intros; apply scales; lia).
  destruct q as [|p].
  - assert (B := start_short n d K L sigma A widths a 0 x c Haq Hc Hx); exact B.
  - (* moved up to layer a + j, at the start from there on *)
    assert (Hybrid : forall j, (j <= S p)%nat ->
      let z := plain_output n W (a + j) (plain_output n V a x j) (S p - j) in
      dot (n (a + S p)%nat) z z <= (piece_scale n sigma a (S p) * ((guards n K a (S p) A
        + rho * total j (fun i => guards n K (S (a + i)) (p - i) A * moved_bound n K rho a i A)) * c)) ^ 2).
    { induction j as [|j IHj]; intros Hj z.
      - unfold z; rewrite Nat.add_0_r, Nat.sub_0_r; change (plain_output n V a x 0) with x; cbn [total].
        replace (guards n K a (S p) A + rho * 0) with (guards n K a (S p) A) by ring; exact (start_short n d K L sigma A widths a (S p) x c Haq Hc Hx).
      - specialize (IHj ltac:(lia)); cbv zeta in IHj; set (y := plain_output n V a x j) in *.
        assert (Y := IH j ltac:(lia) ltac:(lia)); fold y in Y.
        set (D := msub (V (a + j)%nat) (W (a + j)%nat)); set (u := mv (n (a + j)%nat) D y).
        replace (S p - j)%nat with (S (p - j)) in IHj by lia; rewrite output_first in IHj.
        assert (E : z = fun i => plain_output n W (S (a + j)) (mv (n (a + j)%nat) (W (a + j)%nat) y) (p - j) i
          + plain_output n W (S (a + j)) u (p - j) i).
        { unfold z; replace (a + S j)%nat with (S (a + j)) by lia; replace (S p - S j)%nat with (p - j)%nat by lia.
          rewrite <- output_plus; f_equal; cbn [plain_output]; fold y; pointwise i; unfold u, D, mv, msub.
          rewrite <- dot_plus_l; apply dot_ext; intros; [ring|reflexivity]. }
        set (yb := piece_scale n sigma a j * (moved_bound n K rho a j A * c)) in *.
        assert (M0 := moved_nonneg n d K L A rho widths rho_nonneg a j ltac:(lia)); assert (Pj := P0 a j ltac:(lia)).
        assert (yb0 : 0 <= yb) by (apply Rmult_le_pos; [lra|apply Rmult_le_pos; assumption]).
        set (s := layer_scale n sigma (a + j)); assert (s0 : 0 < s) by (apply scales; lia).
        assert (U : dot (n (S (a + j))) u u <= (rho * s * yb) ^ 2).
        { eapply Rle_trans; [apply opnorm_rnorm|]; assert (Mv := moves (a + j)%nat ltac:(lia)); fold s W D in Mv.
          assert (R0 := rnorm_nonneg (n (S (a + j))) (n (a + j)%nat) D).
          rewrite (Rpow_mult_distr _ yb); apply Rmult_le_compat; [apply pow2_ge_0|apply dot_nonneg|apply pow_incr; lra|exact Y]. }
        assert (us0 : 0 <= rho * s * yb) by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|exact yb0]).
        assert (Z := start_short n d K L sigma A widths (S (a + j)) (p - j) u (rho * s * yb) ltac:(lia) us0 U); fold W in Z.
        replace (S (a + j) + (p - j))%nat with (a + S p)%nat in Z by lia.
        assert (Scale : piece_scale n sigma (S (a + j)) (p - j) * (s * piece_scale n sigma a j) = piece_scale n sigma a (S p)).
        { unfold piece_scale, s; replace (S p) with (j + S (p - j))%nat by lia.
          clear - n sigma; generalize (p - j)%nat as k; induction k as [|k IHk].
          - cbn [product]; rewrite Nat.add_1_r; cbn [product]; ring.
          - replace (j + S (S k))%nat with (S (j + S k)) by lia; cbn [product] in *; rewrite <- IHk.
            replace (S (a + j) + k)%nat with (a + (j + S k))%nat by lia; ring. }
        rewrite E; cbn [total].
        assert (Tot0 : 0 <= total j (fun i => guards n K (S (a + i)) (p - i) A * moved_bound n K rho a i A)).
        { apply total_nonneg; intros i Hi; apply Rmult_le_pos; [apply (guards_nonneg n d K L A widths); lia|apply (moved_nonneg n d K L A rho widths rho_nonneg); lia]. }
        assert (G0 := guards_nonneg n d K L A widths a (S p) Haq); assert (G1 := guards_nonneg n d K L A widths (S (a + j)) (p - j) ltac:(lia)).
        assert (PP := P0 a (S p) Haq); assert (P1 := P0 (S (a + j)) (p - j)%nat ltac:(lia)).
        refine (Rle_trans _ _ _ (dot_triangle _ _ _ _ _ _ _ IHj Z) _).
        + apply Rmult_le_pos; [lra|]; apply Rmult_le_pos; [|exact Hc]; apply Rplus_le_le_0_compat; [exact G0|apply Rmult_le_pos; assumption].
        + apply Rmult_le_pos; [lra|]; apply Rmult_le_pos; assumption.
        + right; f_equal; unfold yb; rewrite <- Scale; ring. }
    assert (B := Hybrid (S p) (Nat.le_refl _)); cbv zeta in B; rewrite Nat.sub_diag in B; cbn [plain_output] in B.
    rewrite moved_bound_next; exact B.
Qed.

Lemma moved_opnorm : forall (n : nat -> nat) (d : nat) (K : layer_bounds d) (L : nat) (sigma : nat -> R) (A V : nat -> nat -> nat -> R) (rho : R),
  (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) -> (forall l, (l < L)%nat -> 0 < layer_scale n sigma l) -> 0 <= rho -> near_layers n L sigma A rho V ->
  forall a q, (a + q <= L)%nat ->
  opnorm (n (a + q)%nat) (n a) (plain_product n V a q) (piece_scale n sigma a q * moved_bound n K rho a q A).
Proof.
  intros n d K L sigma A V rho widths scales rho_nonneg moves a q H x; assert (c2 : sqrt (dot (n a) x x) ^ 2 = dot (n a) x x) by (apply pow2_sqrt, dot_nonneg).
  assert (B := moved_short n d K L sigma A V rho widths scales rho_nonneg moves a x (sqrt (dot (n a) x x)) (sqrt_pos _) ltac:(lra) q H).
  eapply Rle_trans; [|eapply Rle_trans; [exact B|]].
  - right; apply dot_ext; intros i Hi; apply product_outputs; exact Hi.
  - rewrite <- Rmult_assoc, Rpow_mult_distr, c2; apply Rle_refl.
Qed.
