(** The integral over cells, each by its own rule: what the code adds up for T lies within its ball. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature.
Open Scope R_scope.

Definition disc (c r : R) (z : C) : Prop := Cmod (z - c)%C < r.

Definition middle (a : nat -> R) (i : nat) : R := (a i + a (S i)) / 2.
Definition half (a : nat -> R) (i : nat) : R := (a (S i) - a i) / 2.

(** 2 + sqrt 3: the ellipse with the larger semi-axis 2, in the disc of radius 2. *)
Definition code_rho : R := 2 + sqrt 3.

Lemma code_rho_inverse : 1 < code_rho /\ / code_rho = 2 - sqrt 3.
Proof.
  unfold code_rho; assert (S3 := sqrt_sqrt 3 ltac:(lra)); assert (P : 1 < sqrt 3) by (rewrite <- sqrt_1; apply sqrt_lt_1;
  lra).
  split; [lra|]; apply Rmult_eq_reg_l with (2 + sqrt 3); [rewrite Rinv_r by lra; nra|lra].
Qed.

Lemma ellipse_in_disc : forall z, ellipse code_rho z -> Cmod z < 2.
Proof.
  intros z Hz; unfold ellipse in Hz; destruct code_rho_inverse as [_ E]; rewrite E in Hz; unfold code_rho in Hz.
  assert (T := Cmod_triangle (z - 1)%C (z + 1)%C).
  replace (z - 1 + (z + 1))%C with (2 * z)%C in T by components.
  rewrite Cmod_mult, Cmod_R, Rabs_pos_eq in T by lra; lra.
Qed.

Lemma complex_derive_near : forall (F : C -> C) (z l : C), is_derive (K := C_AbsRing) (V := C_NormedModule) F z l ->
  forall e : posreal, exists d : posreal, forall y : C, Cmod (y - z)%C < d ->
    Cmod (F y - F z - (y - z) * l)%C <= e * Cmod (y - z)%C.
Proof.
  intros F z l [_ H] e; specialize (H z (fun P h => h) e); destruct H as [d Hd]; exists d; intros y Hy; exact (Hd y Hy).
Qed.

Lemma affine_holomorphic : forall (F F' : C -> C) (c r : R), 0 < r -> holomorphic (disc c (2 * r)) F F' ->
  holomorphic (ellipse code_rho) (fun z => F (c + r * z)%C) (fun z => (r * F' (c + r * z))%C).
Proof.
  intros F F' c r Hr H z Hz; apply ellipse_in_disc in Hz.
  assert (In : disc c (2 * r) (c + r * z)%C).
  { unfold disc; replace (c + r * z - c)%C with (r * z)%C by components; rewrite Cmod_mult, Cmod_R, Rabs_pos_eq by lra;
  nra. }
  destruct (H _ In) as [D Cn]; split.
  - apply complex_derive; intros e; assert (P : 0 < e / r) by (apply Rdiv_lt_0_compat; [apply cond_pos|exact Hr]).
    destruct (complex_derive_near _ _ _ D (mkposreal _ P)) as [d Hd]; simpl in Hd.
    assert (P' : 0 < d / r) by (apply Rdiv_lt_0_compat; [apply cond_pos|exact Hr]); exists (mkposreal _ P'); intros y Hy;
    simpl in Hy.
    assert (E : Cmod (c + r * y - (c + r * z))%C = r * Cmod (y - z)%C).
    { replace (c + r * y - (c + r * z))%C with (r * (y - z))%C by components; rewrite Cmod_mult, Cmod_R, Rabs_pos_eq by lra;
    reflexivity. }
    specialize (Hd (c + r * y)%C); rewrite E in Hd.
    replace ((y - z) * (r * F' (c + r * z)))%C with ((c + r * y - (c + r * z)) * F' (c + r * z))%C by components.
    replace (e * Cmod (y - z)%C) with (e / r * (r * Cmod (y - z)%C)) by (field; lra); apply Hd.
    apply Rmult_lt_reg_r with (/ r); [apply Rinv_0_lt_compat, Hr|];
    replace (r * Cmod (y - z)%C * / r) with (Cmod (y - z)%C) by (field; lra).
    exact Hy.
  - assert (A : continuous (fun z : C => (c + r * z)%C) z).
    { apply (continuous_ext (fun z : C => (c + r * fst z, r * snd z))); [intros [u v]; components|].
      apply (continuous_comp_2 (U := C_UniformSpace) (V := R_UniformSpace) (W := R_UniformSpace) (X := C_UniformSpace)
        (fun z : C => c + r * fst z) (fun z : C => r * snd z) (fun x y => (x, y)) z).
      - apply (continuous_plus (V := R_NormedModule) (fun _ => c) (fun z : C => r * fst z)); [apply continuous_const|].
        apply (continuous_mult (K := R_AbsRing) (fun _ => r) fst); [apply continuous_const|apply continuous_fst].
      - apply (continuous_mult (K := R_AbsRing) (fun _ => r) snd); [apply continuous_const|apply continuous_snd].
      - apply (continuous_ext (fun z : R * R => z)); [intros [u v]; reflexivity|apply continuous_id]. }
    assert (B := continuous_comp _ F' z A Cn).
    apply (continuous_ext (fun y : C => (r * fst (F' (c + r * y)%C), r * snd (F' (c + r * y)%C)))); [intros y; components|].
    apply (continuous_comp_2 (U := C_UniformSpace) (V := R_UniformSpace) (W := R_UniformSpace) (X := C_UniformSpace)
      (fun y : C => r * fst (F' (c + r * y)%C)) (fun y : C => r * snd (F' (c + r * y)%C)) (fun x y => (x, y)) z).
    + apply (continuous_mult (K := R_AbsRing) (fun _ => r) (fun y : C => fst (F' (c + r * y)%C))); [apply continuous_const|].
      apply (continuous_comp (fun y : C => F' (c + r * y)%C) fst z B), continuous_fst.
    + apply (continuous_mult (K := R_AbsRing) (fun _ => r) (fun y : C => snd (F' (c + r * y)%C))); [apply continuous_const|].
      apply (continuous_comp (fun y : C => F' (c + r * y)%C) snd z B), continuous_snd.
    + apply (continuous_ext (fun z : R * R => z)); [intros [u v]; reflexivity|apply continuous_id].
Qed.

(** One cell *)
Lemma cell_quadrature : forall (n : nat) (x w : nat -> R) (F F' : C -> C) (g : R -> R) (c r M : R),
  (1 <= n)%nat -> gauss_rule n x w -> 0 < r -> holomorphic (disc c (2 * r)) F F' ->
  (forall z, disc c (2 * r) z -> Cmod (F z) <= M) -> (forall y, c - r <= y <= c + r -> g y = fst (F y)) ->
  ex_RInt g (c - r) (c + r) /\
  Rabs (RInt g (c - r) (c + r) - r * rule n x w (fun t => g (c + r * t)))
    <= r * (16 / 3 * M * (/ code_rho) ^ (2 * n) / (1 - (/ code_rho) ^ 2)).
Proof.
  intros n x w F F' g c r M Hn G Hr HF HM Hg; assert (R1 := proj1 code_rho_inverse).
  assert (HA := affine_holomorphic F F' c r Hr HF).
  assert (Q := gauss_quadrature n x w _ _ code_rho M Hn G R1 HA ltac:(intros z Hz; apply HM; unfold disc;
    replace (c + r * z - c)%C with (r * z)%C by components; rewrite Cmod_mult, Cmod_R, Rabs_pos_eq by lra;
    apply ellipse_in_disc in Hz; nra)).
  assert (Dv := real_derive _ _ code_rho R1 HA); cbv beta in Q, Dv.
  set (h := fun t : R => fst (F (c + r * t)%C)) in *.
  assert (Gh : good h) by (intros t Ht; apply (ex_derive_continuous h); eexists; apply Dv, Ht).
  assert (Ih := good_integrable h (-1) 1 Gh ltac:(lra) ltac:(lra)).
  assert (Eq : forall t, -1 <= t <= 1 -> g (c + r * t) = h t).
  { intros t Ht; rewrite Hg by nra; unfold h; do 2 f_equal; components. }
  assert (Ig : is_RInt g (c - r) (c + r) (r * RInt h (-1) 1)).
  { assert (I := RInt_correct (V := R_CompleteNormedModule) h (-1) 1 Ih).
    assert (J : is_RInt h (/ r * (c - r) + - c / r) (/ r * (c + r) + - c / r) (RInt h (-1) 1)).
    { replace (/ r * (c - r) + - c / r) with (-1) by (field; lra); replace (/ r * (c + r) + - c / r) with 1 by (field; lra);
    exact I. }
    apply (is_RInt_comp_lin (V := R_NormedModule)) in J; apply (is_RInt_scal (V := R_NormedModule) _ _ _ r) in J.
    refine (is_RInt_ext (V := R_NormedModule) _ g _ _ _ _ J); intros y Hy.
    rewrite Rmin_left, Rmax_right in Hy by lra.
    unfold scal; simpl; unfold mult; simpl.
    replace (r * (/ r * h (/ r * y + - c / r))) with (h (/ r * y + - c / r)) by (field; lra).
    rewrite <- Eq; [f_equal; field; lra|].
    replace (/ r * y + - c / r) with ((y - c) / r) by (field; lra); split; [apply Rle_div_r|apply Rle_div_l]; lra. }
  split; [eexists; exact Ig|]; rewrite (is_RInt_unique _ _ _ _ Ig).
  assert (Er : rule n x w (fun t => g (c + r * t)) = rule n x w h).
  { unfold rule; apply total_ext; intros i Hi; destruct G as [W _]; rewrite Eq by apply W, Hi; reflexivity. }
  rewrite Er, <- Rmult_minus_distr_l, Rabs_mult, (Rabs_pos_eq r) by lra; apply Rmult_le_compat_l; [lra|exact Q].
Qed.

Theorem cells_quadrature : forall (N : nat) (a : nat -> R) (n : nat -> nat) (x w : nat -> nat -> R) (F F' : nat -> C -> C)
    (M : nat -> R) (g : R -> R),
  (forall i, (i < N)%nat -> a i < a (S i)) ->
  (forall i, (i < N)%nat -> (1 <= n i)%nat /\ gauss_rule (n i) (x i) (w i)) ->
  (forall i, (i < N)%nat -> holomorphic (disc (middle a i) (2 * half a i)) (F i) (F' i)) ->
  (forall i z, (i < N)%nat -> disc (middle a i) (2 * half a i) z -> Cmod (F i z) <= M i) ->
  (forall i y, (i < N)%nat -> a i <= y <= a (S i) -> g y = fst (F i y)) ->
  Rabs (RInt g (a 0%nat) (a N) - total N (fun i => half a i * rule (n i) (x i) (w i) (fun t => g (middle a i + half a i *
    t))))
    <= total N (fun i => half a i * (16 / 3 * M i * (/ code_rho) ^ (2 * n i) / (1 - (/ code_rho) ^ 2))).
Proof.
  intros N a n x w F F' M g Ha HG HF HM Hg.
  assert (K : ex_RInt g (a 0%nat) (a N) /\
    Rabs (RInt g (a 0%nat) (a N) - total N (fun i => half a i * rule (n i) (x i) (w i) (fun t => g (middle a i + half a i *
      t))))
      <= total N (fun i => half a i * (16 / 3 * M i * (/ code_rho) ^ (2 * n i) / (1 - (/ code_rho) ^ 2)))); [|apply K].
  induction N as [|N IH].
  - split; [apply ex_RInt_point|]; rewrite (RInt_point (V := R_CompleteNormedModule)); simpl; unfold zero; simpl.
    rewrite Rminus_0_r, Rabs_R0; lra.
  - destruct IH as [I B]; [intros; apply Ha; lia|intros; apply HG; lia|intros; apply HF; lia|
      intros i z Hi; apply HM; lia|intros i y Hi; apply Hg; lia|].
    assert (Hr : 0 < half a N) by (unfold half; specialize (Ha N ltac:(lia)); lra).
    destruct (HG N ltac:(lia)) as [Hn G].
    assert (L : middle a N - half a N = a N) by (unfold middle, half; field).
    assert (U : middle a N + half a N = a (S N)) by (unfold middle, half; field).
    destruct (cell_quadrature (n N) (x N) (w N) (F N) (F' N) g (middle a N) (half a N) (M N) Hn G Hr (HF N ltac:(lia))
      (fun z => HM N z ltac:(lia)) ltac:(rewrite L, U; intros y; apply Hg; lia)) as [I' B'].
    rewrite L, U in I', B'; split; [exact (ex_RInt_Chasles (V := R_NormedModule) g _ _ _ I I')|].
    assert (Ch := RInt_Chasles (V := R_CompleteNormedModule) g _ _ _ I I').
    change (RInt g (a 0%nat) (a N) + RInt g (a N) (a (S N)) = RInt g (a 0%nat) (a (S N))) in Ch.
    rewrite <- Ch; cbn [total].
    set (A := RInt g (a 0%nat) (a N)) in *; set (A' := RInt g (a N) (a (S N))) in *.
    set (s := total N (fun i => half a i * rule _ _ _ _)) in *; set (s' := half a N * rule _ _ _ _) in *.
    assert (T := Rabs_triang (A - s) (A' - s')); replace (A - s + (A' - s')) with (A + A' - (s + s')) in T by ring.
    eapply Rle_trans; [exact T|]; apply Rplus_le_compat; assumption.
Qed.
