(** The sandwich (escape-probability.md, section 5), first half: from a negative product, both bounds on the
    number of steps until p <= -1/2, for f(p) = (p + 1)^2 / 2.

    Levels 0 = beta_0 < beta_1 < ...; P_i is the product once every square has grown by beta_i.  All squares
    grow, by at least 2 eta (1 - |p|) |p| and by at most [level_rise] a step. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry Escape SquaresBound.
Open Scope R_scope.

Definition are_levels (beta : nat -> R) : Prop := beta 0%nat = 0 /\ forall i, beta i < beta (S i).

(** The largest rise of a square in a step before one has grown by more than beta_i. *)
Definition level_rise (eta : R) (k : nat) (w beta : nat -> R) (i : nat) : R :=
  2 * eta * grown_product k (beta i) w + (eta * grown_product k (beta i) w) ^ 2 / beta i.

(** Bounds for the climb through the first n levels; kappa P_i stands for P_i, o for the rise before the first. *)
Definition climb_most (eta : R) (k : nat) (w beta : nat -> R) (kappa : R) (n : nat) : R :=
  total n (fun i => (beta (S i) - beta i)
    / (2 * eta * (1 - kappa * grown_product k (beta i) w) * (kappa * grown_product k (beta i) w)) + 1).

Definition climb_least (eta : R) (k : nat) (w beta : nat -> R) (o : R) (n : nat) : R :=
  total n (fun i => Rmax 0 ((beta (S i) - beta i - (if Nat.eqb i 0 then o else level_rise eta k w beta i))
    / level_rise eta k w beta (S i))).

Lemma levels_mono : forall beta i j, are_levels beta -> (i <= j)%nat -> beta i <= beta j.
Proof.
  intros beta i j [_ H] L; induction j as [|j IH]; [replace i with 0%nat by lia; lra|].
  destruct (Nat.eq_dec i (S j)) as [->|N]; [lra|]; specialize (IH ltac:(lia)); specialize (H j); lra.
Qed.

Lemma levels_pos : forall beta i, are_levels beta -> (1 <= i)%nat -> 0 < beta i.
Proof.
  intros beta i H L; assert (M := levels_mono beta 1 i H L); destruct H as [Z H]; specialize (H 0%nat); lra.
Qed.

Lemma grown_pos : forall k beta w, 0 < beta -> 0 < grown_product k beta w.
Proof.
  intros k beta w H; apply product_pos; intros i Hi; apply sqrt_lt_R0.
  assert (0 <= w i ^ 2) by apply pow2_ge_0; lra.
Qed.

Lemma grown_zero : forall k w, grown_product k 0 w = Rabs (product k w).
Proof.
  intros k w; unfold grown_product; rewrite product_abs; apply product_ext; intros i _.
  rewrite Rplus_0_r, <- pow2_abs; apply sqrt_pow2, Rabs_pos.
Qed.

Lemma grown_mono : forall k b c w, 0 <= b <= c -> grown_product k b w <= grown_product k c w.
Proof.
  intros k b c w H; apply product_le; intros i Hi; split; [apply sqrt_pos|apply sqrt_le_1_alt; lra].
Qed.

(** ** One step *)

Lemma square_step : forall f' eta k w j, (j < k)%nat ->
  step f' eta k w j ^ 2 = w j ^ 2 - 2 * eta * (f' (product k w) * product k w)
    + (eta * f' (product k w)) ^ 2 * others k w j ^ 2.
Proof.
  intros f' eta k w j Hj; unfold step; set (g := f' (product k w)).
  rewrite (product_others k w j Hj); ring.
Qed.

Lemma factor_nonzero : forall k w j, (j < k)%nat -> product k w <> 0 -> w j <> 0.
Proof. intros k w j Hj H E; apply H; rewrite (product_others k w j Hj), E; ring. Qed.

(** Below zero no weight changes its sign. *)
Lemma sign_kept : forall (f' : R -> R) eta k w, 0 <= eta -> 0 <= f' (product k w) -> product k w < 0 ->
  product k (step f' eta k w) < 0.
Proof.
  intros f' eta k w He Hg Hp; set (g := f' (product k w)) in *.
  assert (P : 0 < product k (fun j => step f' eta k w j * w j)).
  { apply product_pos; intros j Hj; unfold step; fold g.
    assert (N := factor_nonzero k w j Hj ltac:(lra)); assert (E := product_others k w j Hj).
    replace ((w j - eta * g * others k w j) * w j) with (w j ^ 2 + eta * g * - product k w) by (rewrite E; ring).
    assert (0 < w j ^ 2) by (rewrite <- Rsqr_pow2; apply Rsqr_pos_lt; exact N).
    assert (0 <= eta * g * - product k w) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra); lra. }
  rewrite product_mult in P; apply Rnot_le_lt; intros L.
  assert (0 <= product k (step f' eta k w) * - product k w) by (apply Rmult_le_pos; lra); lra.
Qed.

Lemma square_rise : forall eta k w x j, (j < k)%nat -> 0 < eta -> 0 <= x -> -1 / 2 < product k w < 0 ->
  x <= Rabs (product k w) -> w j ^ 2 + 2 * eta * (1 - x) * x <= step (fun p => p + 1) eta k w j ^ 2.
Proof.
  intros eta k w x j Hj He Hx Hp HX; rewrite square_step by exact Hj; set (p := product k w) in *.
  rewrite Rabs_left in HX by lra.
  assert (A : 0 <= (eta * (p + 1)) ^ 2 * others k w j ^ 2) by (apply Rmult_le_pos; apply pow2_ge_0).
  assert (B : (1 - x) * x <= (p + 1) * - p).
  { assert (0 <= (- p - x) * (1 - - p - x)) by (apply Rmult_le_pos; lra); lra. }
  apply (Rmult_le_compat_l (2 * eta)) in B; [|lra]; lra.
Qed.

(** ** From above *)

Lemma natural_above : forall x, 0 <= x -> exists m, x <= INR m <= x + 1.
Proof.
  intros x Hx; destruct (nfloor_ex x Hx) as [n [H1 H2]]; exists (S n); rewrite S_INR; lra.
Qed.

Lemma grown_reached : forall k u v x, (forall j, (j < k)%nat -> u j ^ 2 + x <= v j ^ 2) ->
  grown_product k x u <= Rabs (product k v).
Proof.
  intros k u v x H; unfold grown_product; rewrite product_abs; apply product_le; intros i Hi.
  split; [apply sqrt_pos|]; specialize (H i Hi).
  rewrite <- (sqrt_pow2 (Rabs (v i))) by apply Rabs_pos; apply sqrt_le_1_alt; rewrite pow2_abs; exact H.
Qed.

Lemma climb_from_above : forall eta k w u kappa beta n, 0 < eta -> 0 < kappa -> -1 / 2 < product k u < 0 ->
  (forall x, 0 <= x -> kappa * grown_product k x w <= grown_product k x u) -> are_levels beta ->
  0 < grown_product k 0 w ->
  (forall i, (i < n)%nat -> kappa * grown_product k (beta i) w < 1 / 2) ->
  1 / 2 <= kappa * grown_product k (beta n) w ->
  exists t, INR t <= climb_most eta k w beta kappa n /\ product k (descent (fun p => p + 1) eta k u t) <= - 1 / 2.
Proof.
  intros eta k w u kappa beta n He Hk Hu Hw HB H0 Hlow Hhigh.
  set (v := fun t => descent (fun p => p + 1) eta k u t).
  assert (b0 : forall i, 0 <= beta i).
  { intros i; rewrite <- (proj1 HB); apply levels_mono; [exact HB|lia]. }
  assert (Main : forall i, (i <= n)%nat -> exists t, INR t <= climb_most eta k w beta kappa i /\
    (product k (v t) <= - 1 / 2 \/
     (-1 / 2 < product k (v t) < 0 /\ forall j, (j < k)%nat -> u j ^ 2 + beta i <= v t j ^ 2))).
  { induction i as [|i IH]; intros Hi.
    - exists 0%nat; split; [unfold climb_most; simpl; lra|right; split; [exact Hu|]].
      intros j Hj; destruct HB as [-> _]; unfold v; simpl; lra.
    - destruct (IH ltac:(lia)) as [t [Ht Cases]].
      set (x := kappa * grown_product k (beta i) w).
      assert (x0 : 0 < x).
      { apply Rmult_lt_0_compat; [exact Hk|].
        eapply Rlt_le_trans; [exact H0|apply grown_mono; specialize (b0 i); lra]. }
      assert (x1 : x < 1 / 2) by (apply Hlow; lia).
      set (D := 2 * eta * (1 - x) * x).
      assert (D0 : 0 < D) by (unfold D; apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat|]; lra).
      assert (Gap : 0 < beta (S i) - beta i) by (destruct HB as [_ HB]; specialize (HB i); lra).
      assert (Q : 0 <= (beta (S i) - beta i) / D) by (left; apply Rdiv_lt_0_compat; lra).
      assert (EC : climb_most eta k w beta kappa (S i) = climb_most eta k w beta kappa i + ((beta (S i) - beta i) / D + 1))
        by reflexivity.
      rewrite EC.
      destruct Cases as [Hit|[Hp Hg]]; [exists t; split; [lra|left; exact Hit]|].
      destruct (natural_above _ Q) as [m [m1 m2]].
      assert (Run : forall s, (exists r, (r <= s)%nat /\ product k (v (t + r)%nat) <= - 1 / 2) \/
        (-1 / 2 < product k (v (t + s)%nat) < 0 /\
         forall j, (j < k)%nat -> u j ^ 2 + (beta i + INR s * D) <= v (t + s)%nat j ^ 2)).
      { induction s as [|s IHs].
        - right; rewrite Nat.add_0_r; split; [exact Hp|]; intros j Hj; specialize (Hg j Hj); simpl; lra.
        - destruct IHs as [[r [Hr Hit]]|[Hps Hgs]]; [left; exists r; split; [lia|exact Hit]|].
          assert (X : x <= Rabs (product k (v (t + s)%nat))).
          { eapply Rle_trans; [apply Hw, b0|]; apply grown_reached; intros j Hj; specialize (Hgs j Hj).
            assert (0 <= INR s * D) by (apply Rmult_le_pos; [apply pos_INR|lra]); lra. }
          assert (E : v (t + S s)%nat = step (fun p => p + 1) eta k (v (t + s)%nat))
            by (rewrite Nat.add_succ_r; reflexivity).
          assert (Neg : product k (v (t + S s)%nat) < 0) by (rewrite E; apply sign_kept; lra).
          destruct (Rle_or_lt (product k (v (t + S s)%nat)) (- 1 / 2)) as [Hit|Not].
          + left; exists (S s); split; [lia|exact Hit].
          + right; split; [lra|]; intros j Hj; specialize (Hgs j Hj).
            assert (SR := square_rise eta k (v (t + s)%nat) x j Hj He ltac:(lra) Hps X); fold D in SR.
            rewrite E, S_INR; lra. }
      destruct (Run m) as [[r [Hr Hit]]|[Hpm Hgm]].
      + exists (t + r)%nat; split; [|left; exact Hit].
        rewrite plus_INR; assert (INR r <= INR m) by (apply le_INR; exact Hr); lra.
      + exists (t + m)%nat; split; [rewrite plus_INR; lra|right; split; [exact Hpm|]].
        intros j Hj; specialize (Hgm j Hj).
        assert (beta (S i) - beta i <= INR m * D).
        { apply (Rmult_le_compat_r D) in m1; [|lra].
          replace ((beta (S i) - beta i) / D * D) with (beta (S i) - beta i) in m1 by (field; lra); exact m1. }
        lra. }
  destruct (Main n (Nat.le_refl n)) as [t [Ht Cases]]; exists t; split; [exact Ht|].
  destruct Cases as [Hit|[Hp Hg]]; [exact Hit|].
  assert (X := grown_reached k u (v t) (beta n) Hg); specialize (Hw (beta n) (b0 n)).
  rewrite Rabs_left in X by lra; fold (v t); lra.
Qed.

(** ** From below *)

Lemma decided_below : forall k (P : nat -> Prop), (forall j, P j \/ ~ P j) ->
  (forall j, (j < k)%nat -> P j) \/ exists j, (j < k)%nat /\ ~ P j.
Proof.
  intros k P D; induction k as [|k IH]; [left; intros; lia|].
  destruct IH as [H|[j [Hj N]]]; [|right; exists j; split; [lia|exact N]].
  destruct (D k) as [Q|Q]; [left|right; exists k; split; [lia|exact Q]].
  intros j Hj; destruct (Nat.eq_dec j k) as [->|N]; [exact Q|apply H; lia].
Qed.

(** The first time at which a decided condition fails. *)
Lemma first_time : forall (P : nat -> Prop) t, (forall s, P s \/ ~ P s) -> ~ P t ->
  exists T, (T <= t)%nat /\ ~ P T /\ forall s, (s < T)%nat -> P s.
Proof.
  intros P t D; induction t as [t IH] using lt_wf_ind; intros Ht.
  destruct (decided_below t P D) as [H|[s [Hs N]]]; [exists t; auto|].
  destruct (IH s Hs N) as [T [H1 [H2 H3]]]; exists T; repeat split; auto; lia.
Qed.

(** K x t: at time t nothing has grown by more than x.  A step before beta_i is passed adds r_i at most. *)
Lemma level_times : forall (K : R -> nat -> Prop) (beta r : nat -> R) n,
  (forall x t, K x t \/ ~ K x t) -> (forall x y t, x <= y -> K x t -> K y t) ->
  (forall i, (1 <= i <= n)%nat -> 0 < r i) -> are_levels beta ->
  (forall i x t, (1 <= i <= n)%nat -> x <= beta i -> K x t -> K (x + r i) (S t)) ->
  (forall i, (i <= n)%nat -> K (r i) 0%nat) ->
  forall i, (i <= n)%nat -> forall t,
    INR t < total i (fun i => Rmax 0 ((beta (S i) - beta i - r i) / r (S i))) -> K (beta i) t.
Proof.
  intros K beta r n Dec Mono Hr HB Step K0; set (D := fun i => Rmax 0 ((beta (S i) - beta i - r i) / r (S i))).
  induction i as [|i IH]; intros Hi t Ht; [assert (0 <= INR t) by apply pos_INR; simpl in Ht; lra|].
  change (INR t < total i D + D i) in Ht.
  assert (Gap : beta i < beta (S i)) by apply HB.
  assert (b0 : 0 <= beta i) by (rewrite <- (proj1 HB); apply levels_mono; [exact HB|lia]).
  destruct (Dec (beta i) t) as [Q|Q]; [apply (Mono (beta i)); [lra|exact Q]|].
  assert (At : exists T, (T <= t)%nat /\ total i D <= INR T /\ K (beta i + r i) T).
  { destruct (Nat.eq_dec i 0) as [->|Ni].
    - exists 0%nat; split; [lia|split; [simpl; lra|]]; rewrite (proj1 HB), Rplus_0_l; apply K0; lia.
    - destruct (first_time (K (beta i)) t (Dec (beta i)) Q) as [T [T1 [T2 T3]]].
      exists T; split; [exact T1|split].
      + apply Rnot_lt_le; intros L; apply T2, IH; [lia|exact L].
      + destruct T as [|s]; [apply (Mono (r i)); [lra|apply K0; lia]|].
        apply Step; [lia|lra|]; apply (T3 s); lia. }
  destruct At as [T [T1 [T2 T3]]].
  assert (rp : 0 < r (S i)) by (apply Hr; lia).
  set (q := (beta (S i) - beta i - r i) / r (S i)) in *.
  assert (Eq : q * r (S i) = beta (S i) - beta i - r i) by (unfold q; field; lra).
  assert (tm : INR (t - T) < q).
  { rewrite minus_INR by exact T1; assert (0 <= INR (t - T)) by apply pos_INR; rewrite minus_INR in H by exact T1.
    assert (Dq : D i = Rmax 0 q) by reflexivity; revert Ht; rewrite Dq; unfold Rmax; destruct (Rle_dec 0 q); lra. }
  assert (Run : forall s, (s <= t - T)%nat -> K (beta i + r i + INR s * r (S i)) (T + s)%nat).
  { induction s as [|s IHs]; intros Hs.
    - rewrite Nat.add_0_r; simpl INR; rewrite Rmult_0_l, Rplus_0_r; exact T3.
    - rewrite Nat.add_succ_r, S_INR.
      replace (beta i + r i + (INR s + 1) * r (S i)) with (beta i + r i + INR s * r (S i) + r (S i)) by ring.
      apply Step; [lia| |apply IHs; lia].
      assert (INR s <= INR (t - T)) by (apply le_INR; lia).
      assert (INR s * r (S i) <= q * r (S i)) by (apply Rmult_le_compat_r; lra); lra. }
  specialize (Run (t - T)%nat (Nat.le_refl _)); replace (T + (t - T))%nat with t in Run by lia.
  apply (Mono (beta i + r i + INR (t - T) * r (S i))); [|exact Run].
  assert (INR (t - T) * r (S i) <= q * r (S i)) by (apply Rmult_le_compat_r; lra); lra.
Qed.

Lemma level_rise_pos : forall eta k w beta i, 0 < eta -> 0 < beta i -> 0 < level_rise eta k w beta i.
Proof.
  intros eta k w beta i He Hb; unfold level_rise; assert (P := grown_pos k (beta i) w Hb).
  assert (0 < 2 * eta * grown_product k (beta i) w) by (repeat apply Rmult_lt_0_compat; lra).
  assert (0 <= (eta * grown_product k (beta i) w) ^ 2 / beta i).
  { apply Rmult_le_pos; [apply pow2_ge_0|left; apply Rinv_0_lt_compat; exact Hb]. }
  lra.
Qed.

(** One step from squares that have grown by x <= beta_i at most, with p <= 0. *)
Lemma level_step : forall eta k w v beta i x, 0 < eta -> 0 < beta i -> x <= beta i ->
  grown_product k (beta i) w < 1 / 2 -> product k v <= 0 -> (forall j, (j < k)%nat -> v j ^ 2 <= w j ^ 2 + x) ->
  (forall j, (j < k)%nat -> step (fun p => p + 1) eta k v j ^ 2 <= w j ^ 2 + (x + level_rise eta k w beta i)) /\
  -1 / 2 < product k v.
Proof.
  intros eta k w v beta i x He Hb Hx HP Hp Hv; unfold level_rise.
  assert (Box : forall j, (j < k)%nat -> v j ^ 2 <= w j ^ 2 + beta i) by (intros j Hj; specialize (Hv j Hj); lra).
  assert (PV : Rabs (product k v) <= grown_product k (beta i) w).
  { unfold grown_product; rewrite product_abs; apply product_le; intros j Hj; split; [apply Rabs_pos|].
    apply size_below; [assert (0 <= w j ^ 2) by apply pow2_ge_0; lra|apply Box; exact Hj]. }
  rewrite Rabs_left1 in PV by exact Hp; split; [|lra].
  intros j Hj; rewrite square_step by exact Hj; specialize (Hv j Hj).
  destruct (grown_others k (beta i) w v j Hj Hb Box) as [_ Q].
  set (p := product k v) in *; set (P := grown_product k (beta i) w) in *; set (q2 := others k v j ^ 2) in *.
  assert (A : (p + 1) * - p <= 1 * P) by (apply Rmult_le_compat; lra).
  apply (Rmult_le_compat_l (2 * eta)) in A; [|lra].
  assert (g2 : (p + 1) ^ 2 <= 1 ^ 2) by (apply pow_incr; lra).
  assert (Q0 : 0 <= q2) by apply pow2_ge_0.
  assert (B : (eta * (p + 1)) ^ 2 * q2 <= (eta * P) ^ 2 / beta i).
  { apply (Rmult_le_reg_l (beta i)); [exact Hb|].
    replace (beta i * ((eta * P) ^ 2 / beta i)) with (eta ^ 2 * (1 ^ 2 * P ^ 2)) by (field; lra).
    replace (beta i * ((eta * (p + 1)) ^ 2 * q2)) with (eta ^ 2 * ((p + 1) ^ 2 * (beta i * q2))) by ring.
    apply Rmult_le_compat_l; [apply pow2_ge_0|]; apply Rmult_le_compat; try lra; [apply pow2_ge_0|].
    apply Rmult_le_pos; lra. }
  lra.
Qed.

(** From u, where squares have grown by o or by every later rise at most. *)
Lemma climb_from_below : forall eta k w u o beta n t, 0 < eta -> are_levels beta -> product k u < 0 ->
  (n = 0%nat \/ grown_product k (beta n) w < 1 / 2) ->
  (forall j, (j < k)%nat -> u j ^ 2 <= w j ^ 2 + o) ->
  (forall i j, (1 <= i <= n)%nat -> (j < k)%nat -> u j ^ 2 <= w j ^ 2 + level_rise eta k w beta i) ->
  INR t < climb_least eta k w beta o n -> -1 / 2 < product k (descent (fun p => p + 1) eta k u t).
Proof.
  intros eta k w u o beta n t He HB Hu HP Ho Hr Ht.
  set (v := fun t => descent (fun p => p + 1) eta k u t).
  destruct HP as [->|HP]; [unfold climb_least in Ht; simpl in Ht; assert (0 <= INR t) by apply pos_INR; lra|].
  assert (Pi : forall i, (i <= n)%nat -> grown_product k (beta i) w < 1 / 2).
  { intros i Hi; eapply Rle_lt_trans; [apply grown_mono|exact HP]; split;
      [rewrite <- (proj1 HB)|]; apply levels_mono; auto; lia. }
  set (r := fun i => if Nat.eqb i 0 then o else level_rise eta k w beta i).
  set (K := fun x t => (forall j, (j < k)%nat -> v t j ^ 2 <= w j ^ 2 + x) /\ product k (v t) < 0).
  assert (Step : forall i x s, (1 <= i <= n)%nat -> x <= beta i -> K x s -> K (x + r i) (S s)).
  { intros i x s Hi Hx [K1 K2]; destruct i as [|i]; [lia|]; unfold r; simpl Nat.eqb; cbv iota.
    destruct (level_step eta k w (v s) beta (S i) x) as [L1 L2]; auto; [apply levels_pos; [exact HB|lia]|apply Pi; lia|lra|].
    split; [exact L1|]; change (product k (step (fun p => p + 1) eta k (v s)) < 0); apply sign_kept; lra. }
  assert (At : K (beta n) t).
  { apply (level_times K beta r n) with (i := n); auto.
    - intros x s; unfold K; destruct (decided_below k (fun j => v s j ^ 2 <= w j ^ 2 + x)) as [A|[j [Hj N]]].
      + intros j; destruct (Rle_dec (v s j ^ 2) (w j ^ 2 + x)); tauto.
      + destruct (Rlt_dec (product k (v s)) 0); [left; split; assumption|right; intros [_ X]; contradiction].
      + right; intros [X _]; apply N, X, Hj.
    - intros x y s Hxy [K1 K2]; split; [|exact K2]; intros j Hj; specialize (K1 j Hj); lra.
    - intros i Hi; destruct i as [|i]; [lia|]; apply level_rise_pos; [exact He|apply levels_pos; [exact HB|lia]].
    - intros i Hi; split; [|exact Hu]; unfold v; simpl; unfold r; destruct (Nat.eqb_spec i 0); [exact Ho|].
      intros j Hj; apply Hr; lia. }
  destruct At as [A1 A2]; fold (v t).
  assert (PV : Rabs (product k (v t)) <= grown_product k (beta n) w).
  { unfold grown_product; rewrite product_abs; apply product_le; intros j Hj; split; [apply Rabs_pos|].
    apply size_below; [|apply A1; exact Hj]; assert (0 <= w j ^ 2) by apply pow2_ge_0.
    assert (0 <= beta n) by (rewrite <- (proj1 HB); apply levels_mono; [exact HB|lia]); lra. }
  rewrite Rabs_left in PV by exact A2; lra.
Qed.

(** ** Both bounds *)

Theorem sandwich_negative : forall eta k w beta, 0 < eta -> -1 / 2 < product k w < 0 -> are_levels beta ->
  (forall n t, n = 0%nat \/ grown_product k (beta n) w < 1 / 2 -> INR t < climb_least eta k w beta 0 n ->
    -1 / 2 < product k (descent (fun p => p + 1) eta k w t)) /\
  (forall n, (forall i, (i < n)%nat -> grown_product k (beta i) w < 1 / 2) -> 1 / 2 <= grown_product k (beta n) w ->
    exists t, INR t <= climb_most eta k w beta 1 n /\ product k (descent (fun p => p + 1) eta k w t) <= -1 / 2).
Proof.
  intros eta k w beta He Hp HB; split.
  - intros n t HP Ht; apply (climb_from_below eta k w w 0 beta n t); auto; try lra; [intros; lra|].
    intros i j Hi Hj; assert (L := level_rise_pos eta k w beta i He ltac:(apply levels_pos; [exact HB|lia])); lra.
  - intros n Hlow Hhigh.
    destruct (climb_from_above eta k w w 1 beta n He Rlt_0_1 Hp) as [t [T1 T2]]; auto.
    + intros; lra.
    + rewrite grown_zero; apply Rabs_pos_lt; lra.
    + intros i Hi; rewrite Rmult_1_l; apply Hlow; exact Hi.
    + rewrite Rmult_1_l; exact Hhigh.
    + exists t; split; [exact T1|lra].
Qed.
