(** All data but zero are such as Theorem 4.1 of Du and Hu asks for: the eigenvectors of X^T X, those with positive eigenvalues first,
    are the rotation, and the roots of its extreme positive eigenvalues the singular values. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Transpose Spectral Margin Wide WideData WideReduction WideGood DuHuLoss.
Open Scope R_scope.

(** An order of the first d places in which those where f is not zero come first. *)
Lemma nonzero_first : forall d f, exists r at_, (r <= d)%nat /\ (forall k, (k < d)%nat -> (at_ k < d)%nat) /\
  (forall k l, (k < d)%nat -> (l < d)%nat -> at_ k = at_ l -> k = l) /\
  (forall k, (k < r)%nat -> f (at_ k) <> 0) /\ forall k, (r <= k < d)%nat -> f (at_ k) = 0.
Proof.
  induction d as [|d IH]; intros f.
  - exists 0%nat, (fun k => k); repeat split; intros; lia.
  - destruct (IH f) as [r [g [Hr [In [Inj [N Z]]]]]]; destruct (Req_dec (f d) 0) as [D|D].
    + exists r, (fun k => if Nat.eqb k d then d else g k); split; [lia|split; [|split; [|split]]].
      * intros k Hk; destruct (Nat.eqb_spec k d); [lia|]; specialize (In k ltac:(lia)); lia.
      * intros k l Hk Hl; destruct (Nat.eqb_spec k d) as [->|K], (Nat.eqb_spec l d) as [->|M]; intros E; try lia.
        -- specialize (In l ltac:(lia)); lia.
        -- specialize (In k ltac:(lia)); lia.
        -- apply Inj; lia.
      * intros k Hk; destruct (Nat.eqb_spec k d); [lia|apply N; exact Hk].
      * intros k Hk; destruct (Nat.eqb_spec k d); [exact D|apply Z; lia].
    + exists (S r), (fun k => if Nat.eqb k r then d else if Nat.eqb k d then g r else g k); split; [lia|split; [|split; [|split]]].
      * intros k Hk; destruct (Nat.eqb_spec k r); [lia|]; destruct (Nat.eqb_spec k d); [specialize (In r ltac:(lia))|specialize (In k ltac:(lia))]; lia.
      * intros k l Hk Hl; destruct (Nat.eqb_spec k r), (Nat.eqb_spec l r); intros E; try lia.
        -- exfalso; destruct (Nat.eqb_spec l d); [specialize (In r ltac:(lia))|specialize (In l ltac:(lia))]; lia.
        -- exfalso; destruct (Nat.eqb_spec k d); [specialize (In r ltac:(lia))|specialize (In k ltac:(lia))]; lia.
        -- destruct (Nat.eqb_spec k d), (Nat.eqb_spec l d); try lia; apply Inj in E; lia.
      * intros k Hk; destruct (Nat.eqb_spec k r); [exact D|]; destruct (Nat.eqb_spec k d); [lia|apply N; lia].
      * intros k Hk; destruct (Nat.eqb_spec k r); [lia|]; destruct (Nat.eqb_spec k d); apply Z; lia.
Qed.

Lemma extremes : forall f r, (1 <= r)%nat -> exists i j, (i < r)%nat /\ (j < r)%nat /\ forall k, (k < r)%nat -> f i <= f k <= f j.
Proof.
  intros f; induction r as [|r IH]; intros Hr; [lia|]; destruct (Nat.eq_dec r 0) as [->|N].
  - exists 0%nat, 0%nat; repeat split; try lia; replace k with 0%nat by lia; lra.
  - destruct (IH ltac:(lia)) as [i [j [Hi [Hj H]]]]; assert (B := H i Hi).
    exists (if Rle_dec (f i) (f r) then i else r), (if Rle_dec (f r) (f j) then j else r).
    destruct (Rle_dec (f i) (f r)), (Rle_dec (f r) (f j)); repeat split; try lia;
      (destruct (Nat.eq_dec k r) as [->|M]; [|specialize (H k ltac:(lia))]; lra).
Qed.

(** X has the rank r, sigma and tau are its extreme nonzero singular values, and p outputs suffice for Phi. *)
Theorem du_hu_data_exists : forall d n p X Y, (exists i j, (i < d)%nat /\ (j < d)%nat /\ X i j <> 0) ->
  columns d n (tr X) -> columns d p (tr Y) -> exists r Phi sigma tau phi y z,
    (1 <= r <= d)%nat /\ data_of d n p r X Y Phi sigma tau phi /\
    dot d y y = 1 /\ eigen d (mul d (tr X) X) y (sigma ^ 2) /\ dot d z z = 1 /\ eigen d (mul d (tr X) X) z (tau ^ 2).
Proof.
  intros d n p X Y [i0 [j0 [Hi0 [Hj0 N0]]]] Rows YR; assert (Sy : symmetric d (mul d (tr X) X)).
  { unfold symmetric; rewrite tr_mul, tr_tr; apply same_refl. }
  destruct (eigenbasis d _ Sy) as [u [a [O H]]]; destruct (nonzero_first d a) as [r [g [Hr [In [Inj [N Z]]]]]].
  assert (One : forall k, (k < d)%nat -> dot d (u k) (u k) = 1).
  { intros k Hk; rewrite O by assumption; unfold unit_matrix; rewrite Nat.eqb_refl; reflexivity. }
  assert (Apart := fun k l => eigenvectors_apart d X u a k l O H).
  assert (Sq : forall k, (k < d)%nat -> dot d (mv d X (u k)) (mv d X (u k)) = a k).
  { intros k Hk; rewrite Apart by assumption; unfold unit_matrix; rewrite Nat.eqb_refl; ring. }
  assert (a0 : forall k, (k < d)%nat -> 0 <= a k) by (intros k Hk; rewrite <- Sq by exact Hk; apply dot_nonneg).
  assert (Same : forall k l, (k < d)%nat -> (l < d)%nat -> unit_matrix (g k) (g l) = unit_matrix k l).
  { intros k l Hk Hl; unfold unit_matrix; destruct (Nat.eqb_spec (g k) (g l)) as [E|E], (Nat.eqb_spec k l) as [E'|E']; try reflexivity.
    - destruct (E' (Inj k l Hk Hl E)).
    - subst l; destruct (E eq_refl). }
  set (V := fun i k => u (g k) i).
  assert (Rot : orthogonal d V).
  { intros k l Hk Hl; transitivity (dot d (u (g k)) (u (g l))); [reflexivity|]; rewrite O by (apply In; assumption); apply Same; assumption. }
  assert (Back : orthogonal d (tr V)) by (unfold orthogonal; rewrite tr_tr; apply orthogonal_rows; exact Rot).
  assert (Length : forall z, dot d (mv d (mul d X V) z) (mv d (mul d X V) z) = total d (fun k => a (g k) * (z k * z k))).
  { intros z; rewrite adjoint, <- mv_mul; apply total_ext; intros k Hk; rewrite (Rmult_comm (a (g k))), Rmult_assoc; f_equal.
    unfold mv, dot; rewrite (total_ext d _ (fun l => a (g l) * z l * unit_matrix l k)); [rewrite unit_sum by exact Hk; ring|].
    intros l Hl; transitivity (dot d (mv d X (u (g k))) (mv d X (u (g l))) * z l); [reflexivity|].
    rewrite Apart, Same by (try apply In; assumption); unfold unit_matrix; rewrite (Nat.eqb_sym k l); ring. }
  assert (Whole : forall x, dot d (mv d X x) (mv d X x) = total d (fun k => a (g k) * (mv d (tr V) x k * mv d (tr V) x k))).
  { intros x; rewrite <- Length, <- mv_mul, mul_assoc; assert (E : forall i, mv d X x i = mv d (mul d X (mul d V (tr V))) x i).
    { intros i; rewrite mv_mul; apply dot_ext; [reflexivity|]; intros j Hj; rewrite (mv_same d _ unit_matrix x j (orthogonal_rows d V Rot) Hj).
      symmetry; apply mv_unit; exact Hj. }
    apply dot_ext; intros i _; apply E. }
  assert (r1 : (1 <= r)%nat).
  { destruct r as [|r]; [exfalso; apply N0|lia].
    assert (E := Whole (unit_matrix j0)); rewrite total_zero in E by (intros k Hk; rewrite (Z k) by lia; ring).
    rewrite <- (column_of d X j0 i0 Hj0); exact (dot_zero d _ i0 E Hi0). }
  destruct (extremes (fun k => a (g k)) r r1) as [lo [hi [Hlo [Hhi Ext]]]]; cbv beta in Ext.
  assert (lo0 : 0 < a (g lo)) by (destruct (a0 (g lo) ltac:(apply In; lia)) as [P|P]; [exact P|destruct (N lo Hlo (eq_sym P))]).
  assert (hi0 : a (g lo) <= a (g hi)) by (apply Ext; exact Hlo).
  destruct (du_hu_claim_b_1_exists d X Y) as [_ [_ [_ [Phi [_ [Fit _]]]]]].
  set (Psi := fun i j => if Nat.ltb i p then Phi i j else 0).
  exists r, Psi, (sqrt (a (g hi))), (sqrt (a (g lo))), (frobenius d Psi), (u (g hi)), (u (g lo)).
  assert (sq : forall k, 0 <= a k -> sqrt (a k) ^ 2 = a k) by (intros; apply pow2_sqrt; assumption).
  split; [lia|split; [exists V|]].
  2:{ rewrite !sq by lra; split; [apply One, In; lia|split; [apply H, In; lia|split; [apply One, In; lia|apply H, In; lia]]]. }
  unfold rotated_data; rewrite !sq by lra.
  split; [exact Rows|split; [|split; [exact Rot|split; [|split; [|split; [|split; [|split; [|split]]]]]]]].
  - intros j i _ Hi; unfold tr, Psi; destruct (Nat.ltb_spec i p); [lia|reflexivity].
  - intros i k Hi Hk; change (mul d X V i k) with (mv d X (u (g k)) i); apply (dot_zero d); [|exact Hi].
    rewrite Sq by (apply In; lia); apply Z; exact Hk.
  - intros i j Hi Hj; destruct (Nat.lt_ge_cases i p) as [I|I].
    + rewrite <- (Fit i j Hi Hj); apply total_ext; intros k _; f_equal; unfold msub; f_equal; apply total_ext; intros l _; unfold Psi.
      destruct (Nat.ltb_spec i p); [reflexivity|lia].
    + apply total_zero; intros k Hk; assert (E := YR k i Hk ltac:(lia)); unfold tr in E; unfold msub; rewrite E.
      replace (mul d Psi X i k) with 0; [ring|symmetry; apply total_zero; intros l _; unfold Psi].
      destruct (Nat.ltb_spec i p); [lia|ring].
  - split; [apply sqrt_lt_R0; exact lo0|apply sqrt_le_1_alt; exact hi0].
  - intros x; rewrite Whole, <- (turned_length d (tr V) x Back); unfold dot at 1; rewrite <- total_scal; apply total_le; intros k Hk.
    apply Rmult_le_compat_r; [apply Rle_0_sqr|]; destruct (Nat.lt_ge_cases k r) as [K|K]; [apply Ext; exact K|rewrite (Z k) by lia; lra].
  - intros z Hz; rewrite Length; unfold dot; rewrite <- total_scal; apply total_le; intros k Hk.
    destruct (Nat.lt_ge_cases k r) as [K|K]; [apply Rmult_le_compat_r; [apply Rle_0_sqr|apply Ext; exact K]|].
    rewrite (Hz k) by lia; lra.
  - apply frobenius_nonneg.
  - apply bounded_frobenius_square.
Qed.
