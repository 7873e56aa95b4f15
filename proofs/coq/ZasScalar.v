(** One singular value of the zero-asymmetric start (zas.md, section 2): with n identities, a for the inner
    layers, b for the last one in units of the target, lambda the square of the singular value,

      a+ = a + eta e lambda b a^(n-1),   b+ = b + eta e a^n,   e = 1 - b a^n,   a = 1, b = 0 at the start.

    Steps of order 1/(n min (lambda, lambda^(1 - 1/L))), L = n + 1, never overshoot, and e falls by 1 - eta. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Norms AroraNumbers.
Open Scope R_scope.

Lemma power_above_tangent : forall k z, 1 <= z -> z ^ S k <= 1 + INR (S k) * (z - 1) * z ^ k.
Proof.
  induction k as [|k IH]; intros z Hz; [simpl; lra|].
  specialize (IH z Hz); rewrite (S_INR (S k)).
  assert (P : 1 <= z ^ S k) by (apply pow_R1_Rle; exact Hz).
  assert (E : z ^ S (S k) = z * z ^ S k) by reflexivity.
  assert (F : z ^ S k = z * z ^ k) by reflexivity.
  assert (A : z * z ^ S k <= z * (1 + INR (S k) * (z - 1) * z ^ k)) by (apply Rmult_le_compat_l; lra).
  replace (z * (1 + INR (S k) * (z - 1) * z ^ k)) with (z + INR (S k) * (z - 1) * z ^ S k) in A by (rewrite F; ring).
  assert (B : 0 <= (z - 1) * (z ^ S k - 1)) by (apply Rmult_le_pos; lra).
  rewrite E; lra.
Qed.

Lemma power_below_exponential : forall n w, 0 <= w -> (1 + w) ^ n <= exp (INR n * w).
Proof.
  induction n as [|n IH]; intros w Hw; [simpl; rewrite Rmult_0_l, exp_0; lra|].
  replace (INR (S n) * w) with (w + INR n * w) by (rewrite S_INR; ring); rewrite exp_plus.
  change ((1 + w) ^ S n) with ((1 + w) * (1 + w) ^ n); apply Rmult_le_compat; [lra|apply pow_le; lra| |apply IH; exact Hw].
  apply exp_ineq1_le.
Qed.

(** min (lambda, lambda^(1 - 1/L)) for lambda = sigma^(2 L) *)
Definition capped (L : nat) (sigma : R) : R := Rmin (sigma ^ (2 * L)) (sigma ^ (2 * L - 2)).

Lemma capped_quotient : forall L sigma, (1 <= L)%nat -> 0 <= sigma ->
  sigma ^ (2 * L) = capped L sigma * Rmax 1 (sigma ^ 2).
Proof.
  intros L sigma HL Hs; unfold capped.
  assert (E : sigma ^ (2 * L) = sigma ^ (2 * L - 2) * sigma ^ 2) by (rewrite <- pow_add; f_equal; lia).
  assert (P : 0 <= sigma ^ (2 * L - 2)) by (apply pow_le; exact Hs).
  destruct (Rle_or_lt (sigma ^ 2) 1) as [C|C].
  - rewrite Rmax_left, Rmin_left by (try exact C; rewrite E; rewrite <- (Rmult_1_r (sigma ^ (2 * L - 2))) at 2;
      apply Rmult_le_compat_l; assumption); ring.
  - rewrite Rmax_right, Rmin_right by (try lra; rewrite E; rewrite <- (Rmult_1_r (sigma ^ (2 * L - 2))) at 1;
      apply Rmult_le_compat_l; lra); exact E.
Qed.

Lemma capped_mono : forall L s t, 0 <= s <= t -> capped L s <= capped L t.
Proof. intros; unfold capped; apply Rmin_glb;
  [eapply Rle_trans; [apply Rmin_l|]|eapply Rle_trans; [apply Rmin_r|]]; apply pow_incr; lra. Qed.

(** What holds at every step. *)
Definition zas_state (n : nat) (lambda a b : R) : Prop :=
  1 <= a /\ 0 <= b /\ 0 <= a ^ 2 - lambda * b ^ 2 <= 1 /\ b * a ^ n <= 1.

Lemma zas_step_bounds : forall k eta sigma a b,
  let n := S k in let lambda := sigma ^ (2 * S n) in let m := Rmax 1 (sigma ^ 2) in
  let mu := capped (S n) sigma in
  0 <= sigma -> 0 <= eta -> eta * (1 + 2 * INR n * mu) <= 1 -> zas_state n lambda a b ->
  eta * (a ^ 2) ^ n + eta * (INR n * mu) <= 1 /\ lambda * (b * a ^ n) <= mu * a ^ 2 /\
  lambda * (eta * a ^ k) ^ 2 <= 1.
Proof.
  intros k eta sigma a b n lambda m mu Hs He H1 [Ha [Hb [[O1 O2] Hx]]].
  assert (N1 : 1 <= INR n) by (apply (le_INR 1); unfold n; lia).
  assert (Lm : lambda = mu * m) by (apply capped_quotient; [lia|exact Hs]).
  assert (m1 : 1 <= m) by apply Rmax_l; assert (ms : sigma ^ 2 <= m) by apply Rmax_r.
  assert (l0 : 0 <= lambda) by (apply pow_le; exact Hs).
  assert (mu0 : 0 <= mu) by (apply Rmin_glb; apply pow_le; exact Hs).
  set (z := a ^ 2) in *.
  assert (z1 : 1 <= z) by (unfold z; apply pow_R1_Rle; exact Ha).
  assert (zn : 1 <= z ^ n) by (apply pow_R1_Rle; exact z1).
  assert (zk : 1 <= z ^ k) by (apply pow_R1_Rle; exact z1).
  assert (azn : (a ^ n) ^ 2 = z ^ n) by (unfold z; rewrite <- !pow_mult; f_equal; lia).
  assert (azk : (a ^ k) ^ 2 = z ^ k) by (unfold z; rewrite <- !pow_mult; f_equal; lia).
  assert (an0 : 0 < a ^ n) by (apply pow_lt; lra).
  set (x := b * a ^ n) in *.
  assert (x0 : 0 <= x) by (apply Rmult_le_pos; lra).
  assert (x2 : x ^ 2 = b ^ 2 * z ^ n) by (unfold x; rewrite Rpow_mult_distr, azn; reflexivity).
  (* z^n (z - 1) <= lambda *)
  assert (Root : z ^ n * (z - 1) <= lambda).
  { apply Rle_trans with (z ^ n * (lambda * b ^ 2)); [apply Rmult_le_compat_l; lra|].
    replace (z ^ n * (lambda * b ^ 2)) with (lambda * x ^ 2) by (rewrite x2; ring).
    rewrite <- (Rmult_1_r lambda) at 2; apply Rmult_le_compat_l; [exact l0|].
    rewrite <- (pow1 2); apply pow_incr; lra. }
  assert (Znz : z ^ n = z * z ^ k) by reflexivity.
  (* z^n <= 1 + n mu *)
  assert (T : z ^ n <= 1 + INR n * mu).
  { destruct (Rle_or_lt m z) as [C|C].
    - eapply Rle_trans; [apply power_above_tangent; exact z1|]; fold n.
      assert (Q : (z - 1) * z ^ k <= mu).
      { apply (Rmult_le_reg_l z); [lra|].
        apply Rle_trans with lambda; [replace (z * ((z - 1) * z ^ k)) with (z ^ n * (z - 1)) by (rewrite Znz; ring); exact Root|].
        rewrite Lm, Rmult_comm; apply Rmult_le_compat_r; assumption. }
      apply (Rmult_le_compat_l (INR n)) in Q; lra.
    - assert (Em : m = sigma ^ 2) by (unfold m in *; revert C z1; unfold Rmax; destruct (Rle_dec 1 (sigma ^ 2)); lra).
      assert (Emu : mu = m ^ n).
      { apply (Rmult_eq_reg_r m); [|lra]; rewrite <- Lm; unfold lambda; rewrite Em, pow_mult; simpl; ring. }
      assert (z ^ n <= m ^ n) by (apply pow_incr; lra).
      assert (0 <= (INR n - 1) * mu) by (apply Rmult_le_pos; lra); lra. }
  apply (Rmult_le_compat_l eta) in T; [|exact He].
  split; [lra|split].
  - (* the growth of the inner layers *)
    assert (X : m * x <= z).
    { destruct (Rle_or_lt (sigma ^ 2) 1) as [C|C]; unfold m; [rewrite Rmax_left by exact C; lra|rewrite Rmax_right by lra].
      apply (power_le_inv n); [lra|]; rewrite Rpow_mult_distr, <- pow_mult; fold lambda.
      apply Rle_trans with (lambda * x ^ 2).
      - apply Rmult_le_compat_l; [exact l0|]; unfold n.
        replace (x ^ S (S k)) with (x ^ 2 * x ^ k) by (simpl; ring).
        rewrite <- (Rmult_1_r (x ^ 2)) at 2; apply Rmult_le_compat_l; [apply pow2_ge_0|].
        rewrite <- (pow1 k); apply pow_incr; lra.
      - rewrite x2; replace (z ^ S n) with (z * z ^ n) by reflexivity.
        replace (lambda * (b ^ 2 * z ^ n)) with (lambda * b ^ 2 * z ^ n) by ring.
        apply Rmult_le_compat_r; lra. }
    rewrite Lm; apply (Rmult_le_compat_l mu) in X; lra.
  - rewrite Rpow_mult_distr, azk.
    assert (emu : 0 <= eta * mu) by (apply Rmult_le_pos; assumption).
    assert (ein : eta * mu <= INR n * (eta * mu)) by (rewrite <- (Rmult_1_l (eta * mu)) at 1; apply Rmult_le_compat_r; lra).
    destruct (Rle_or_lt m z) as [C|C].
    + assert (ezn : 0 <= eta * z ^ n) by (apply Rmult_le_pos; lra).
      assert (eml : eta * mu <= 1) by lra.
      apply Rle_trans with (eta * z ^ n * (eta * mu)); [|rewrite <- (Rmult_1_l 1); apply Rmult_le_compat; lra].
      replace (lambda * (eta ^ 2 * z ^ k)) with (eta ^ 2 * (mu * (m * z ^ k))) by (rewrite Lm; ring).
      replace (eta * z ^ n * (eta * mu)) with (eta ^ 2 * (mu * (z * z ^ k))) by (rewrite Znz; ring).
      apply Rmult_le_compat_l; [apply pow2_ge_0|apply Rmult_le_compat_l; [exact mu0|apply Rmult_le_compat_r; lra]].
    + assert (Em : m = sigma ^ 2) by (unfold m in *; revert C z1; unfold Rmax; destruct (Rle_dec 1 (sigma ^ 2)); lra).
      assert (Emu : mu = m ^ n).
      { apply (Rmult_eq_reg_r m); [|lra]; rewrite <- Lm; unfold lambda; rewrite Em, pow_mult; simpl; ring. }
      assert (Q : z ^ k <= m ^ k) by (apply pow_incr; lra).
      apply Rle_trans with ((eta * mu) ^ 2); [|rewrite <- (pow1 2); apply pow_incr; lra].
      replace ((eta * mu) ^ 2) with (eta ^ 2 * (mu * (m * m ^ k))) by (rewrite Emu; unfold n; simpl; ring).
      replace (lambda * (eta ^ 2 * z ^ k)) with (eta ^ 2 * (mu * (m * z ^ k))) by (rewrite Lm; ring).
      apply Rmult_le_compat_l; [apply pow2_ge_0|apply Rmult_le_compat_l; [exact mu0|apply Rmult_le_compat_l; lra]].
Qed.

Lemma zas_scalar_step : forall k eta sigma a b,
  let n := S k in let lambda := sigma ^ (2 * S n) in let e := 1 - b * a ^ n in
  let a' := a + eta * e * lambda * b * a ^ k in let b' := b + eta * e * a ^ n in
  0 <= sigma -> 0 <= eta -> eta * (1 + 2 * INR n * capped (S n) sigma) <= 1 -> zas_state n lambda a b ->
  zas_state n lambda a' b' /\ 0 <= 1 - b' * a' ^ n <= (1 - eta) * e.
Proof.
  intros k eta sigma a b n lambda e a' b' Hs He H1 HZ.
  destruct (zas_step_bounds k eta sigma a b Hs He H1 HZ) as [B1 [B2 B3]]; fold n lambda in B1, B2, B3.
  destruct HZ as [Ha [Hb [[O1 O2] Hx]]]; set (mu := capped (S n) sigma) in *.
  assert (l0 : 0 <= lambda) by (apply pow_le; exact Hs).
  assert (mu0 : 0 <= mu) by (apply Rmin_glb; apply pow_le; exact Hs).
  assert (ak : 1 <= a ^ k) by (apply pow_R1_Rle; exact Ha); assert (an : 1 <= a ^ n) by (apply pow_R1_Rle; exact Ha).
  assert (An : a ^ n = a * a ^ k) by reflexivity.
  set (x := b * a ^ n) in *.
  assert (x0 : 0 <= x) by (apply Rmult_le_pos; lra).
  assert (e0 : 0 <= e <= 1) by (unfold e; lra).
  assert (azn : (a ^ 2) ^ n = a ^ n * a ^ n) by (rewrite <- pow_mult, <- pow_add; f_equal; lia).
  set (g := eta * e * lambda * x / a ^ 2).
  assert (a2 : 0 < a ^ 2) by (apply pow_lt; lra).
  assert (g0 : 0 <= g).
  { apply Rmult_le_pos; [apply Rmult_le_pos; [apply Rmult_le_pos; [apply Rmult_le_pos; lra|exact l0]|exact x0]|left; apply Rinv_0_lt_compat; exact a2]. }
  assert (Ea : a' = a * (1 + g)).
  { unfold a', g, x; rewrite An; field; lra. }
  assert (Ex : b' * a' ^ n = (1 + g) ^ n * (x + eta * e * (a ^ 2) ^ n)).
  { rewrite Ea, Rpow_mult_distr, azn; unfold b', x; ring. }
  assert (G1 : 1 <= (1 + g) ^ n) by (apply pow_R1_Rle; lra).
  set (A := eta * (a ^ 2) ^ n) in *.
  assert (A0 : eta <= A).
  { unfold A; rewrite <- (Rmult_1_r eta) at 1; apply Rmult_le_compat_l; [exact He|apply pow_R1_Rle, pow_R1_Rle; exact Ha]. }
  assert (Y0 : 0 <= x + e * A).
  { assert (0 <= e * A) by (apply Rmult_le_pos; lra); lra. }
  assert (Ex' : b' * a' ^ n = (1 + g) ^ n * (x + e * A)) by (rewrite Ex; unfold A; ring).
  assert (Low : x + e * eta <= b' * a' ^ n).
  { rewrite Ex'; apply Rle_trans with (1 * (x + e * A)).
    - rewrite Rmult_1_l; assert (e * eta <= e * A) by (apply Rmult_le_compat_l; lra); lra.
    - apply Rmult_le_compat_r; [exact Y0|exact G1]. }
  assert (High : b' * a' ^ n <= 1).
  { assert (ng : INR n * g <= e * (eta * (INR n * mu))).
    { assert (gm : g <= eta * e * mu).
      { unfold g; apply (Rmult_le_reg_r (a ^ 2)); [exact a2|].
        replace (eta * e * lambda * x / a ^ 2 * a ^ 2) with (eta * e * (lambda * x)) by (field; lra).
        replace (eta * e * mu * a ^ 2) with (eta * e * (mu * a ^ 2)) by ring.
        apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|exact B2]. }
      apply (Rmult_le_compat_l (INR n)) in gm; [lra|apply pos_INR]. }
    rewrite Ex'; apply Rle_trans with (exp (INR n * g) * exp (- (e * (1 - A)))).
    - apply Rmult_le_compat; [lra|exact Y0|apply power_below_exponential; exact g0|].
      eapply Rle_trans; [|apply exp_ineq1_le]; unfold e; right; ring.
    - rewrite <- exp_plus; apply Rle_trans with (exp 0); [|rewrite exp_0; lra].
      assert (N : INR n * g + - (e * (1 - A)) <= 0).
      { assert (e * (eta * (INR n * mu)) <= e * (1 - A)) by (apply Rmult_le_compat_l; lra); lra. }
      destruct N as [N|N]; [left; apply exp_increasing; exact N|rewrite N; lra]. }
  split; [|unfold e in *; lra].
  assert (ga : 0 <= a * g) by (apply Rmult_le_pos; lra).
  assert (eb : 0 <= eta * e * a ^ n) by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|lra]).
  split; [rewrite Ea; lra|split; [unfold b'; lra|split; [|exact High]]].
  set (z := eta * e * a ^ k).
  assert (Eo : a' ^ 2 - lambda * b' ^ 2 = (a ^ 2 - lambda * b ^ 2) * (1 - lambda * z ^ 2)).
  { unfold a', b', z; rewrite An; ring. }
  assert (z2 : 0 <= lambda * z ^ 2 <= 1).
  { split; [apply Rmult_le_pos; [exact l0|apply pow2_ge_0]|].
    eapply Rle_trans; [|exact B3]; apply Rmult_le_compat_l; [exact l0|]; apply pow_incr; unfold z; split.
    - apply Rmult_le_pos; [apply Rmult_le_pos|]; lra.
    - apply Rmult_le_compat_r; [lra|]; rewrite <- (Rmult_1_r eta) at 2; apply Rmult_le_compat_l; lra. }
  rewrite Eo; split; [apply Rmult_le_pos; lra|].
  rewrite <- (Rmult_1_r 1); apply Rmult_le_compat; lra.
Qed.
