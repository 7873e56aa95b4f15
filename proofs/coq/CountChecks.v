(** The certified escape count with every hypothesis an inequality that the code checks on a piece: the
    bounds E, E', K, G of DelayStep.v are the formulas of [plateau._defects]. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount.
Open Scope R_scope.

(** kappa by the weights at its two places. *)
Lemma kappa_range : forall J c d x y w, 0 <= w ->
  (forall j, (j < J)%nat -> 0 <= c j /\ 0 < c j + x ^ 2 /\ 0 < d j + y ^ 2) ->
  total J (fun j => c j / (c j + x ^ 2) ^ 2) <= w -> total J (fun j => c j / (d j + y ^ 2) ^ 2) <= w ->
  0 <= kappa J c d x y <= w.
Proof.
  intros J c d x y w Hw Pos P Q; split.
  - apply total_nonneg; intros j Hj; destruct (Pos j Hj) as [C [X Y]]; apply Rmult_le_pos; [exact C|].
    left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; assumption.
  - rewrite <- (sqrt_sqrt w Hw); unfold kappa.
    rewrite (total_ext J _ (fun j => c j * / (c j + x ^ 2) * / (d j + y ^ 2)))
      by (intros j Hj; destruct (Pos j Hj) as [C [X Y]]; field; lra).
    apply weighted_schwarz; try apply sqrt_pos; [apply Pos| |]; rewrite pow2_sqrt by exact Hw.
    + rewrite (total_ext J _ (fun j => c j / (c j + x ^ 2) ^ 2)); [exact P|].
      intros j Hj; destruct (Pos j Hj) as [C [X Y]]; field; lra.
    + rewrite (total_ext J _ (fun j => c j / (d j + y ^ 2) ^ 2)); [exact Q|].
      intros j Hj; destruct (Pos j Hj) as [C [X Y]]; field; lra.
Qed.

Lemma kernels_bounded : forall J N M eps eta c0 a r U A B near u psi' psi'' chi zeta group drift rho shape delta
    weight X Z low together steep,
  0 < eta -> 0 <= eps < 1 -> pieces_fit M a r ->
  speeds_fit J M eps eta c0 a r U A B near u psi' psi'' ->
  sensitive J eps c0 (a 0%nat) (a (S M)) u chi -> chi_moves J eps c0 (a 0%nat) (a (S M)) chi zeta ->
  kernels_fit J N M eps eta c0 a r U A near u chi zeta group drift rho shape delta weight X Z low together steep ->
  (forall j, (j < J)%nat -> 0 <= c0 j) ->
  delays_fit J M eps eta c0 a r U near u chi drift (kernel_drift N U X Z low together rho delta steep)
    (kernel_slope N U A X low rho shape) (fun i => exp (A i * (eta * U i)) * X i * weight i)
    (fun i => X i * weight i / (1 - eps)).
Proof.
  intros J N M eps eta c0 a r U A B near u psi' psi'' chi zeta group drift rho shape delta weight X Z low together steep
    He Heps HP HS Hsens Hchi HK Hc0.
  assert (Kept := fun c y (Hc : in_box J eps c0 c) => step_kept J M eps eta c0 a r U A B near u psi' psi'' c y HP HS Hc He).
  destruct HK as [Hg [Hr [Hw [HUA [Hd [Hpiece [Hst [Hde [Hto Hdr]]]]]]]]].
  destruct HS as [HS _]; assert (HM := proj1 HP).
  assert (St0 : 0 <= steep) by (apply (Rle_trans _ (X 0%nat)); [apply (Hw 0%nat)|apply Hst; lia]).
  assert (Sw : forall i g, 1 <= swell steep together delta i g).
  { intros i g; unfold swell; rewrite <- exp_0; apply exp_le_compat.
    destruct (Hr i g) as [_ [_ D0]]; destruct (Hw i) as [_ [_ [_ [_ T0]]]].
    assert (0 <= steep * together i) by (apply Rmult_le_pos; assumption); lra. }
  assert (Ratio : forall l g y, 0 <= y -> 0 <= rho l g * y / low l).
  { intros l g y Hy; apply Rmult_le_pos; [apply Rmult_le_pos; [apply Hr|exact Hy]|].
    left; apply Rinv_0_lt_compat, (Hw l). }
  assert (B0 : in_box J eps c0 c0).
  { intros j Hj; specialize (Hc0 j Hj); split; [|lra]; assert (0 <= c0 j * eps) by (apply Rmult_le_pos; lra); lra. }
  assert (S1 : 1 <= / (1 - eps)) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
  split; [exact Hdr|]; split.
  - intros i l; destruct (Hw i) as [W0 [X0 [Z0 [L0 T0]]]]; destruct (Hw l) as [_ [X0' [Z0' _]]]; destruct (HUA i) as [U0 A0]; repeat split.
    + apply total_nonneg; intros g Hgn; specialize (Sw i g); apply Rmult_le_pos; [apply Rmult_le_pos; [exact U0|apply Hr]|].
      apply Rplus_le_le_0_compat; apply Rmult_le_pos; try (apply Ratio; assumption); try lra.
      apply Rmult_le_pos; lra.
    + apply total_nonneg; intros g Hgn; apply Rmult_le_pos; [|apply Ratio; exact X0'].
      destruct (Hr i g) as [R0 [Sh0 _]]; apply Rmult_le_pos; [apply Rmult_le_pos; assumption|lra].
    + apply Rmult_le_pos; [apply Rmult_le_pos; [left; apply exp_pos|exact X0]|exact W0].
    + unfold Rdiv; apply Rmult_le_pos; [apply Rmult_le_pos; assumption|lra].
  - intros i c d x [Hi [Bc [Nc [Hx [Wx Wx']]]]] Bd Nd.
    destruct (Kept c x Bc Hx) as [H0 [Hend _]].
    assert (ri : 0 <= r i) by (apply HP; lia); assert (rSi : 0 <= r (S i)) by (apply HP; lia).
    assert (Xin : a i - r i <= x <= a (S i) + r (S i)) by lra.
    destruct (Hw i) as [W0 [X0 [Z0 [L0 T0]]]]; destruct (HUA i) as [U0 A0].
    assert (Up : eta * u c x <= eta * U i) by (apply Rmult_le_compat_l; [lra|apply (HS c i x Bc Hi Xin)]).
    assert (Near : forall b l y j, in_box J eps c0 b -> (l <= M)%nat -> a l - r l <= y <= a (S l) + r (S l) -> (j < J)%nat ->
      0 < b j + y ^ 2) by (intros b l y j Hb Hl Hy Hj; apply (HS b l y Hb Hl Hy); exact Hj).
    set (x' := x + eta * u c x) in *.
    split; [|split].
    + intros v t y Hv Ht Hy Oy.
      set (l := (i + t)%nat) in *.
      assert (Hl : (l <= M)%nat) by (unfold l; lia).
      assert (rl : 0 <= r l) by (apply HP; lia); assert (rSl : 0 <= r (S l)) by (apply HP; lia).
      assert (Yin : a l - r l <= y <= a (S l) + r (S l)).
      { unfold l in *; destruct t as [|t]; simpl reach in Hy.
        - rewrite Nat.add_0_r in *; replace (i + 1)%nat with (S i) in Hy by lia; lra.
        - replace (i + S (S t))%nat with (S (i + S t)) in Hy by lia; lra. }
      destruct (Hw l) as [Wl [Xl [Zl [Ll Tl]]]].
      destruct (Hpiece i x Hi Xin) as [_ [_ [Gx _]]]; destruct (Hpiece l y Hl Yin) as [Ly [Cy [Gy _]]].
      assert (Ox : a 0%nat <= x <= a (S M)) by (assert (a M < a (S M)) by (apply HP; lia); lra).
      assert (Log : forall b z w, in_box J eps c0 b -> narrow J (drift i) c0 b -> (w <= M)%nat ->
        a w - r w <= z <= a (S w) + r (S w) -> a 0%nat <= z <= a (S M) ->
        Rabs (ln (u b z) - ln (u c0 z)) <= steep / 2 * together i).
      { intros b z w Hb Nb Hw' Hz Oz.
        apply (segment_moves J eps c0 (fun e => ln (u e z)) (fun e => chi e z) b (drift i) z);
          [exact Heps|exact St0|intros j Hj; split; [apply Hd|apply Hc0; exact Hj]|exact Hb|exact Nb| | |apply Hto; exact Hi].
        - intros e Be; split; [|intros j Hj; apply (Near e w z j Be Hw' Hz Hj)].
          eapply Rle_trans; [apply (Hpiece w z Hw' Hz); exact Be|apply Hst; exact Hw'].
        - intros s Hs; apply Hsens; assumption. }
      assert (Mov : Rabs (chi d y - chi c0 y) <= Z l / 2 * together i).
      { apply (segment_moves J eps c0 (fun e => chi e y) (fun e => zeta e y) d (drift i) y);
          [exact Heps|exact Zl|intros j Hj; split; [apply Hd|apply Hc0; exact Hj]|exact Bd|exact Nd| | |apply Hto; exact Hi].
        - intros e Be; split; [apply (Cy e Be)|intros j Hj; apply (Near e l y j Be Hl Yin Hj)].
        - intros s Hs; apply Hchi; assumption. }
      destruct (HS c i x Bc Hi Xin) as [[Pcx _] _]; destruct (HS d l y Bd Hl Yin) as [[Pdy _] _].
      destruct (HS c0 i x B0 Hi Xin) as [P0x _].
      replace (delay_kernel J u chi c d x y - delay_kernel J u chi c0 c0 v y)
        with (delay_kernel J u chi c d x y - delay_kernel J u chi c0 c0 x y
          + - (delay_kernel J u chi c0 c0 v y - delay_kernel J u chi c0 c0 x y)) by ring.
      eapply Rle_trans; [apply Rabs_triang|]; rewrite Rabs_Ropp; apply Rplus_le_compat.
      * unfold kernel_drift, swell.
        apply (drift_moves J N group c0 c d u chi x y (U i) (X l) (Z l) (low l) (together i) steep (rho i) (rho l) (delta i));
          [exact Hg|exact Ll|exact T0|exact Xl|exact Zl|exact St0| |exact Pcx|exact Pdy|exact P0x|exact Ly| | |
           apply (Cy c0 B0)|exact Mov| | |].
        -- intros g; destruct (Hr i g) as [? [? ?]]; destruct (Hr l g) as [? _]; repeat split; assumption.
        -- apply (Log c x i); assumption.
        -- apply (Log d y l); assumption.
        -- intros j Hj; split; [apply Hc0; exact Hj|]; split; [apply (Near c0 i x j)|apply (Near c0 l y j)]; assumption.
        -- intros j Hj; apply (kappa_term_moves eps (drift i j));
             [exact Heps|apply Hd|apply Hde; assumption|apply Hc0; exact Hj|apply (Nc j Hj)|apply (Bc j Hj)|
              apply (Nd j Hj)|apply (Bd j Hj)|apply pow2_ge_0|apply pow2_ge_0|apply (Near c i x j); assumption|
              apply (Near d l y j); assumption].
        -- intros g Hgn; apply group_kappa; [apply Hr|apply Hr| |apply Gx; exact Hgn|apply Gy; exact Hgn].
           intros j Hj; split; [apply Hc0; exact Hj|]; split; [apply (Near c0 i x j)|apply (Near c0 l y j)]; assumption.
      * unfold kernel_slope.
        assert (Tin : forall z, x <= z <= v -> a i - r i <= z <= a (S i) + r (S i)) by (intros; lra).
        apply (place_moves J N group c0 u chi (psi' c0) x v y (U i) (A i) (X l) (low l) (rho i) (rho l) (shape i));
          [exact Hg|exact Ll|exact U0|exact A0|exact Xl|lra| | |exact Ly|apply (Cy c0 B0)| |].
        -- intros g; destruct (Hr i g) as [? [? ?]]; destruct (Hr l g) as [? _]; repeat split; assumption.
        -- intros z Hz; destruct (HS c0 i z B0 Hi (Tin z Hz)) as [P [D [_ [Q _]]]]; split; [exact P|split; [exact D|exact Q]].
        -- intros z j Hz Hj; split; [apply Hc0; exact Hj|]; split; [apply (Near c0 i z j B0 Hi (Tin z Hz) Hj)|]; split; [apply (Near c0 l y j B0 Hl Yin Hj)|].
           apply (Hpiece i z Hi (Tin z Hz)); exact Hj.
        -- intros z g Hz Hgn; apply group_kappa; [apply Hr|apply Hr| |apply (Hpiece i z Hi (Tin z Hz)); exact Hgn|apply Gy; exact Hgn].
           intros j Hj; split; [apply Hc0; exact Hj|]; split; [apply (Near c0 i z j B0 Hi (Tin z Hz) Hj)|apply (Near c0 l y j B0 Hl Yin Hj)].
    + intros v y Hv Hy.
      assert (In : forall z, v <= z <= y -> a i - r i <= z <= a (S i) + r (S i)) by (intros; lra).
      destruct (HS c0 i v B0 Hi (In v ltac:(lra))) as [[Pv _] _]; destruct (HS c0 i y B0 Hi (In y ltac:(lra))) as [[Py _] _].
      destruct (Hpiece i v Hi (In v ltac:(lra))) as [_ [Cv _]]; destruct (Hpiece i y Hi (In y ltac:(lra))) as [_ [Cy _]].
      assert (G : u c0 v / u c0 y <= exp (A i * (eta * U i))).
      { replace (u c0 v / u c0 y) with (exp (ln (u c0 v) - ln (u c0 y)))
          by (unfold Rminus; rewrite exp_plus, exp_Ropp, !exp_ln by assumption; reflexivity).
        apply exp_le_compat; destruct (MVT_gen (fun z => ln (u c0 z)) v y (psi' c0)) as [z [Hz E]].
        - intros z; rewrite Rmin_left, Rmax_right by lra; intros Hz; apply (HS c0 i z B0 Hi (In z ltac:(lra))).
        - intros z; rewrite Rmin_left, Rmax_right by lra; intros Hz; apply continuity_pt_filterlim.
          apply (ex_derive_continuous (fun z => ln (u c0 z))); exists (psi' c0 z).
          destruct (HS c0 i z B0 Hi (In z ltac:(lra))) as [_ [D _]]; exact D.
        - rewrite Rmin_left, Rmax_right in Hz by lra.
          destruct (HS c0 i z B0 Hi (In z Hz)) as [_ [_ [_ [Q _]]]]; apply Rabs_le_between in Q.
          assert (- A i * (y - v) <= psi' c0 z * (y - v)) by (apply Rmult_le_compat_r; lra).
          assert (A i * (y - v) <= A i * (eta * U i)) by (apply Rmult_le_compat_l; [exact A0|unfold x' in Hy; lra]); lra. }
      destruct (Cv c0 B0) as [_ [_ Wv]]; destruct (Cy c0 B0) as [Cx [_ Wy]].
      assert (Kap : 0 <= kappa J c0 c0 v y <= weight i).
      { apply kappa_range; [exact W0| |exact Wv|exact Wy].
        intros j Hj; split; [apply Hc0; exact Hj|].
        split; [apply (Near c0 i v j B0 Hi (In v ltac:(lra)) Hj)|apply (Near c0 i y j B0 Hi (In y ltac:(lra)) Hj)]. }
      replace (delay_kernel J u chi c0 c0 v y) with (u c0 v / u c0 y * chi c0 y * kappa J c0 c0 v y)
        by (unfold delay_kernel; field; lra).
      assert (D0 : 0 <= u c0 v / u c0 y) by (left; apply Rdiv_lt_0_compat; assumption).
      rewrite !Rabs_mult, (Rabs_pos_eq (u c0 v / u c0 y)), (Rabs_pos_eq (kappa J c0 c0 v y)) by (lra || assumption).
      apply Rmult_le_compat; [apply Rmult_le_pos; [exact D0|apply Rabs_pos]|lra| |lra].
      apply Rmult_le_compat; [exact D0|apply Rabs_pos|exact G|exact Cx].
    + assert (Xin' : a i - r i <= x' <= a (S i) + r (S i)) by (unfold x' in *; lra).
      destruct (Hpiece i x Hi Xin) as [_ [Cx _]]; destruct (Hpiece i x' Hi Xin') as [_ [Cx' _]].
      destruct (Cx' d Bd) as [Xd [_ Wd]]; destruct (Cx c Bc) as [_ [_ Wc]].
      assert (W1 : 0 <= weight i / (1 - eps)) by (unfold Rdiv; apply Rmult_le_pos; lra).
      assert (W2 : weight i <= weight i / (1 - eps)).
      { unfold Rdiv; rewrite <- (Rmult_1_r (weight i)) at 1; apply Rmult_le_compat_l; lra. }
      assert (Cn : forall j, (j < J)%nat -> 0 <= c j /\ 0 <= d j /\ c j <= d j / (1 - eps)).
      { intros j Hj; destruct (Bc j Hj), (Bd j Hj); specialize (Hc0 j Hj).
        assert (0 <= c0 j * (1 - eps)) by (apply Rmult_le_pos; lra); repeat split; try lra.
        apply (Rmult_le_reg_r (1 - eps)); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
        eapply Rle_trans; [|eassumption]; apply Rmult_le_compat_r; lra. }
      assert (Kap : 0 <= kappa J c d x x' <= weight i / (1 - eps)).
      { apply kappa_range; [exact W1| |lra|].
        - intros j Hj; split; [apply (Cn j Hj)|]; split; [apply (Near c i x j Bc Hi Xin Hj)|apply (Near d i x' j Bd Hi Xin' Hj)].
        - unfold Rdiv at 2; rewrite (Rmult_comm (weight i)).
          apply (Rle_trans _ (/ (1 - eps) * total J (fun j => d j / (d j + x' ^ 2) ^ 2))); [|apply Rmult_le_compat_l; lra].
          rewrite <- total_scal; apply total_le; intros j Hj.
          assert (P := Near d i x' j Bd Hi Xin' Hj); destruct (Cn j Hj) as [_ [_ Cd]].
          replace (/ (1 - eps) * (d j / (d j + x' ^ 2) ^ 2)) with (d j / (1 - eps) * / (d j + x' ^ 2) ^ 2) by (field; lra).
          apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, pow_lt; exact P|exact Cd]. }
      rewrite Rabs_mult, (Rabs_pos_eq (kappa J c d x x')) by lra.
      unfold Rdiv; rewrite Rmult_assoc; apply Rmult_le_compat; [apply Rabs_pos|lra|exact Xd|unfold Rdiv in Kap; lra].
Qed.

(** What D may lose behind the exit, within one step. *)
Definition overshoot (M : nat) (eta : R) (a U A X weight : nat -> R) : R :=
  eta * U M / 4 * (exp (A M * (eta * U M)) * X M * weight M) * (a (S M) - a M).

Lemma kernel_behind : forall J N M eps eta c0 a r U A B near u psi' psi'' chi zeta group drift rho shape delta
    weight X Z low together steep v y,
  pieces_fit M a r -> speeds_fit J M eps eta c0 a r U A B near u psi' psi'' ->
  kernels_fit J N M eps eta c0 a r U A near u chi zeta group drift rho shape delta weight X Z low together steep ->
  (forall j, (j < J)%nat -> 0 <= c0 j) -> in_box J eps c0 c0 ->
  a M <= y <= v -> v <= a (S M) -> v <= a M + eta * U M ->
  Rabs (delay_kernel J u chi c0 c0 v y) <= exp (A M * (eta * U M)) * X M * weight M.
Proof.
  intros J N M eps eta c0 a r U A B near u psi' psi'' chi zeta group drift rho shape delta weight X Z low together steep v y
    HP [HS _] [_ [_ [Hw [HUA [_ [Hpiece _]]]]]] Hc0 B0 Hy Hv Hv'.
  destruct (Hw M) as [W0 [X0 _]]; destruct (HUA M) as [_ A0].
  assert (rM : 0 <= r M) by (apply HP; lia); assert (rSM : 0 <= r (S M)) by (apply HP; lia).
  assert (In : forall z, y <= z <= v -> a M - r M <= z <= a (S M) + r (S M)) by (intros; lra).
  assert (L := Nat.le_refl M).
  destruct (HS c0 M v B0 L (In v ltac:(lra))) as [[Pv _] [_ [_ [_ [_ Nv]]]]].
  destruct (HS c0 M y B0 L (In y ltac:(lra))) as [[Py _] [_ [_ [_ [_ Ny]]]]].
  destruct (Hpiece M v L (In v ltac:(lra))) as [_ [Cv _]]; destruct (Hpiece M y L (In y ltac:(lra))) as [_ [Cy _]].
  assert (G : u c0 v / u c0 y <= exp (A M * (eta * U M))).
  { replace (u c0 v / u c0 y) with (exp (ln (u c0 v) - ln (u c0 y)))
      by (unfold Rminus; rewrite exp_plus, exp_Ropp, !exp_ln by assumption; reflexivity).
    apply exp_le_compat; destruct (MVT_gen (fun z => ln (u c0 z)) y v (psi' c0)) as [z [Hz E]].
    - intros z; rewrite Rmin_left, Rmax_right by lra; intros Hz; apply (HS c0 M z B0 L (In z ltac:(lra))).
    - intros z; rewrite Rmin_left, Rmax_right by lra; intros Hz; apply continuity_pt_filterlim.
      apply (ex_derive_continuous (fun z => ln (u c0 z))); exists (psi' c0 z).
      destruct (HS c0 M z B0 L (In z ltac:(lra))) as [_ [D _]]; exact D.
    - rewrite Rmin_left, Rmax_right in Hz by lra.
      destruct (HS c0 M z B0 L (In z Hz)) as [_ [_ [_ [Q _]]]]; apply Rabs_le_between in Q.
      assert (psi' c0 z * (v - y) <= A M * (v - y)) by (apply Rmult_le_compat_r; lra).
      assert (A M * (v - y) <= A M * (eta * U M)) by (apply Rmult_le_compat_l; lra); lra. }
  destruct (Cv c0 B0) as [_ [_ Wv]]; destruct (Cy c0 B0) as [Cx [_ Wy]].
  assert (Kap : 0 <= kappa J c0 c0 v y <= weight M).
  { apply kappa_range; [exact W0| |exact Wv|exact Wy].
    intros j Hj; split; [apply Hc0; exact Hj|]; split; [apply (Nv j Hj)|apply (Ny j Hj)]. }
  replace (delay_kernel J u chi c0 c0 v y) with (u c0 v / u c0 y * chi c0 y * kappa J c0 c0 v y)
    by (unfold delay_kernel; field; lra).
  assert (D0 : 0 <= u c0 v / u c0 y) by (left; apply Rdiv_lt_0_compat; assumption).
  rewrite !Rabs_mult, (Rabs_pos_eq (u c0 v / u c0 y)), (Rabs_pos_eq (kappa J c0 c0 v y)) by (lra || assumption).
  apply Rmult_le_compat; [apply Rmult_le_pos; [exact D0|apply Rabs_pos]|lra| |lra].
  apply Rmult_le_compat; [exact D0|apply Rabs_pos|exact G|exact Cx].
Qed.

Lemma delay_behind : forall J N M eps eta c0 a r U A B near u psi' psi'' chi zeta group drift rho shape delta
    weight X Z low together steep (D : R -> R) y,
  0 < eta -> pieces_fit M a r -> speeds_fit J M eps eta c0 a r U A B near u psi' psi'' ->
  sensitive J eps c0 (a 0%nat) (a (S M)) u chi ->
  kernels_fit J N M eps eta c0 a r U A near u chi zeta group drift rho shape delta weight X Z low together steep ->
  (forall j, (j < J)%nat -> 0 <= c0 j) -> in_box J eps c0 c0 ->
  (forall v, on M a v -> is_derive D v (delay_rate J u chi c0 (a M) v)) ->
  a M <= y <= Rmin (a (S M)) (a M + eta * U M) -> D (a M) - overshoot M eta a U A X weight <= D y.
Proof.
  intros J N M eps eta c0 a r U A B near u psi' psi'' chi zeta group drift rho shape delta weight X Z low together steep D y
    He HP HS Hsens HK Hc0 B0 HD [Y1 Y2].
  assert (Y3 := Rle_trans _ _ _ Y2 (Rmin_l _ _)); assert (Y4 := Rle_trans _ _ _ Y2 (Rmin_r _ _)).
  set (K := exp (A M * (eta * U M)) * X M * weight M).
  assert (K0 : 0 <= K).
  { destruct HK as [_ [_ [Hw _]]]; destruct (Hw M) as [W0 [X0 _]].
    apply Rmult_le_pos; [apply Rmult_le_pos; [left; apply exp_pos|exact X0]|exact W0]. }
  assert (HP' := HP); destruct HP' as [HM [Ha [Hr Hl]]].
  assert (aM : a M < a (S M)) by (apply Ha; lia).
  assert (a0 : a 0%nat <= a M) by (apply (rising a (S M)); [intros l Hl'; left; apply Ha; lia|lia]).
  assert (G : Rabs (D y - D (a M)) <= K / 4 * (y - a M) ^ 2 - K / 4 * (a M - a M) ^ 2).
  { apply (growth_bound D (fun v => K / 4 * (v - a M) ^ 2) (delay_rate J u chi c0 (a M)) (fun v => K / 2 * (v - a M))).
    - exact Y1.
    - intros v Hv; apply HD; unfold on; lra.
    - intros v Hv; auto_derive; [trivial|field].
    - intros v Hv; assert (Ov : on M a v) by (unfold on; lra); assert (OM : on M a (a M)) by (unfold on; lra).
      set (k := fun t => delay_kernel J u chi c0 c0 v t).
      assert (I : ex_RInt k (a M) v) by (eapply kernel_integrable; eassumption).
      unfold delay_rate; fold k.
      rewrite <- (opp_RInt_swap (V := R_CompleteNormedModule)) by exact I; change (opp ?z) with (- z).
      rewrite Rabs_mult, Rabs_Ropp, (Rabs_pos_eq (1 / 2)) by lra.
      assert (Rabs (RInt k (a M) v) <= (v - a M) * K); [|lra].
      apply abs_RInt_le_const; [lra|exact I|]; intros t Ht.
      apply (kernel_behind J N M eps eta c0 a r U A B near u psi' psi'' chi zeta group drift rho shape delta
        weight X Z low together steep); auto; lra. }
  apply Rabs_le_between in G.
  assert (Sq : (y - a M) ^ 2 <= eta * U M * (a (S M) - a M)).
  { replace ((y - a M) ^ 2) with ((y - a M) * (y - a M)) by ring; apply Rmult_le_compat; lra. }
  assert (K / 4 * (y - a M) ^ 2 <= K / 4 * (eta * U M * (a (S M) - a M))) by (apply Rmult_le_compat_l; lra).
  unfold overshoot; fold K; lra.
Qed.

(** The theorem of escape-counts.md, section 3: no step up to n is behind the exit, and step n lies where
    the Abel function says. *)
Theorem escape_count_checked : forall J N M n a r U A B near u psi' psi'' chi zeta x c eta eps group drift rho shape
    delta weight X Z low together steep (D : R -> R) tau,
  0 < eta -> 0 <= eps < 1 -> pieces_fit M a r ->
  speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' ->
  sensitive J eps (c 0%nat) (a 0%nat) (a (S M)) u chi ->
  chi_moves J eps (c 0%nat) (a 0%nat) (a (S M)) chi zeta ->
  kernels_fit J N M eps eta (c 0%nat) a r U A near u chi zeta group drift rho shape delta weight X Z low together steep ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) -> a 0%nat <= x 0%nat <= a M -> reduced_orbit J eta u x c ->
  (forall v, on M a v -> is_derive D v (delay_rate J u chi (c 0%nat) (a M) v)) ->
  (forall c', in_box J eps (c 0%nat) c' ->
    tau <= 1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (D (a M) - D (x 0%nat))) ->
  INR n <= tau - (defect M eta a U A B + total (S M)
    (fun i => checked_error N M eps eta a r U A rho shape delta weight X Z low together steep i * (a (S i) - a i)) + overshoot M eta a U A X weight) ->
  before_exit x (a M) (S n) /\
  Rabs (1 / eta * RInt (fun z => 1 / u (c n) z) (x n) (a M) + 1 / 2 * ln (u (c n) (a M) / u (c n) (x n))
    - (1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat)) + (D (x n) - D (x 0%nat)) - INR n))
    <= defect M eta a U A B + total (S M)
      (fun i => checked_error N M eps eta a r U A rho shape delta weight X Z low together steep i * (a (S i) - a i)).
Proof.
  intros J N M n a r U A B near u psi' psi'' chi zeta x c eta eps group drift rho shape delta weight X Z low together steep D tau
    He Heps HP HS Hsens Hchi HK Hc0 Hx0 Orb HD Htau Hn.
  assert (HF := kernels_bounded J N M eps eta (c 0%nat) a r U A B near u psi' psi'' chi zeta group drift rho shape delta
    weight X Z low together steep He Heps HP HS Hsens Hchi HK Hc0).
  unfold checked_error in *.
  assert (B0 : in_box J eps (c 0%nat) (c 0%nat)).
  { intros j Hj; specialize (Hc0 j Hj); assert (0 <= c 0%nat j * eps) by (apply Rmult_le_pos; lra); lra. }
  eapply (escape_count J M n a r U A B near u psi' psi'' chi x c eta eps drift _ _ _ _ D (tau - overshoot M eta a U A X weight));
    try eassumption; try lra.
  intros c' y Hc' Hy; specialize (Htau c' Hc').
  assert (Behind := delay_behind J N M eps eta (c 0%nat) a r U A B near u psi' psi'' chi zeta group drift rho shape delta
    weight X Z low together steep D y He HP HS Hsens HK Hc0 B0 HD Hy); lra.
Qed.
