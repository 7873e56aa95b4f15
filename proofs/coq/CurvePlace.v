(** Where step n of a landing is (escape-counts.md, Theorem C): Newton's method with the slopes of a whole interval encloses it. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau ReducedSpeed CountDescent CurveSpeed CurveStep CurveRun CurveLanding.
Open Scope R_scope.

Lemma newton_encloses : forall (f f' : R -> R) (lo hi least most y middle : R),
  lo <= y <= hi -> lo <= middle <= hi -> 0 < least -> (forall t, lo <= t <= hi -> is_derive f t (f' t) /\ least <= f' t <= most) ->
  exists slope, least <= slope <= most /\ y = middle + (f y - f middle) / slope.
Proof.
  intros f f' lo hi least most y middle Hy Hm Hl H.
  destruct (MVT_gen f middle y f') as [z [Hz E]].
  - intros t Ht; apply H; revert Ht; unfold Rmin, Rmax; destruct (Rle_dec middle y); lra.
  - intros t Ht; apply continuity_pt_filterlim, (ex_derive_continuous f); exists (f' t); apply H; revert Ht; unfold Rmin, Rmax; destruct (Rle_dec middle y); lra.
  - destruct (H z) as [_ S]; [revert Hz; unfold Rmin, Rmax; destruct (Rle_dec middle y); lra|].
    exists (f' z); split; [exact S|]; rewrite E; field; lra.
Qed.

(** Every interval of the last panel that holds step n may be replaced by what Newton's method makes of it. *)
Theorem curve_place : forall (f' f'' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (M n : nat) (tube : R) (a : nat -> R)
    (curve curve' : nat -> nat -> R -> R) (Phi Phi' : nat -> R -> R)
    (low longest near half shrink slope leaves miss tilt jump slip N E : nat -> R) (e0 gap defect : R) (x : nat -> R) (c : nat -> nat -> R),
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> x = coordinate f' eta J m d w -> c = differences f' eta J m w ->
  curve_checks J M (orientation J m d w) f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt
    jump slip N E e0 ->
  a 0%nat <= x 0%nat <= a 0%nat + gap -> gap <= a 1%nat - a 0%nat -> beside J e0 (fun j => curve 0%nat j (x 0%nat)) (c 0%nat) ->
  (forall y, a (S M) - longest M <= y <= a (S M) + longest M -> 0 < Phi' M y) ->
  defect = curve_defect M miss longest half tilt slip N E (gap * tilt 0%nat) ->
  INR n + defect <= increase Phi a (S M) -> increase Phi a (S M) + defect < INR n + 3 ->
  a (S M) - 3 * longest M <= x n <= a (S M) /\
  forall lo hi least most middle : R, lo <= x n <= hi -> lo <= middle <= hi -> a M <= lo -> hi <= a (S M) + longest M -> 0 < least ->
    (forall t, lo <= t <= hi -> least <= Phi' M t <= most) ->
    exists slope miss_n : R, least <= slope <= most /\ Rabs miss_n <= defect /\
      x n = middle + (Phi M (a (S M)) - (increase Phi a (S M) - INR n + miss_n) - Phi M middle) / slope.
Proof.
  intros f' f'' eta J m d w M n tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 gap defect x c
    Hm Hd He Ex Ec H Hx0 Hgap Hc0 Mono Ed Hn1 Hn2.
  destruct (curve_landing f' f'' eta J m d w M n tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E
    e0 gap defect x c Hm Hd He Ex Ec H Hx0 Hgap Hc0 Mono Ed Hn1 Hn2) as [Before [Near [Count _]]].
  split; [split; [exact Near|apply (Before n (Nat.le_refl n))]|].
  intros lo hi least most middle Hy Hmid Hlo Hhi Hl Sl.
  destruct (newton_encloses (Phi M) (Phi' M) lo hi least most (x n) middle Hy Hmid Hl) as [s [Hs Es]].
  - intros t Ht; split; [|apply Sl, Ht]; destruct (proj1 H M (Nat.le_refl M)) as [_ [_ [_ [_ [_ [_ [_ [_ [_ [HC _]]]]]]]]]]; apply (HC t); lra.
  - exists s, (Phi M (a (S M)) - Phi M (x n) - (increase Phi a (S M) - INR n)); split; [exact Hs|]; split; [exact Count|].
    rewrite Es at 1; f_equal; f_equal; ring.
Qed.
