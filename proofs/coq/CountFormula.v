(** The defect that the code adds up, [plateau._defects], is at least what the count theorem asks for: the sum of the
    defects, the error of the delay and what the delay loses across the exit. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayStep DelayBounds CountChecks.
Open Scope R_scope.

(** [_later], group g from the widened piece i on: V is the bound of chi, or of what moves chi. *)
Definition roots_later (M : nat) (a r low : nat -> R) (rho : nat -> nat -> R) (V : nat -> R) (i g : nat) : R :=
  over_later M a r i (fun l => rho l g * V l / low l).

(** [w], per squared step, and [second_order], per length; [U i * rho i g / 2] is [half]. *)
Definition first_order (N M : nat) (eps eta : R) (a r U A B : nat -> R) (rho shape : nat -> nat -> R) (weight X low : nat -> R)
  (i : nat) : R :=
  B i / 12 + exp (A i * (eta * U i)) * A i ^ 2 / 6 + / (1 - eps) * X i * weight i * (exp (A i * (eta * U i)) + 1) / 2
  + total N (fun g => U i * rho i g / 2 * roots_later M a r low rho X i g * (A i + shape i g) / 2).

Definition second_order (N M : nat) (a r U : nat -> R) (rho delta : nat -> nat -> R) (X Z low together : nat -> R) (steep : R)
  (i : nat) : R :=
  total N (fun g => U i * rho i g / 2 * (swell steep together delta i g - 1) * roots_later M a r low rho X i g
    + U i * rho i g / 2 * swell steep together delta i g * together i / 2 * roots_later M a r low rho Z i g).

(** [defect], as [_defects] returns it *)
Definition added_defect (N M : nat) (eps eta : R) (a r U A B : nat -> R) (rho shape delta : nat -> nat -> R)
  (weight X Z low together : nat -> R) (steep : R) : R :=
  total (S M) (fun i => eta * U i * (a (S i) - a i) * first_order N M eps eta a r U A B rho shape weight X low i
    + (a (S i) - a i) * second_order N M a r U rho delta X Z low together steep i).

Lemma over_later_groups : forall N M a r i f,
  over_later M a r i (fun l => total N (fun g => f g l)) = total N (fun g => over_later M a r i (f g)).
Proof.
  intros N M a r i f; unfold over_later; rewrite <- total_swap; apply total_ext; intros t _.
  rewrite Rmult_comm, <- total_scal; apply total_ext; intros; ring.
Qed.

Lemma over_later_scal : forall M a r i z f, over_later M a r i (fun l => z * f l) = z * over_later M a r i f.
Proof. intros; unfold over_later; rewrite <- total_scal; apply total_ext; intros; ring. Qed.

Lemma over_later_plus : forall M a r i f f', over_later M a r i (fun l => f l + f' l) = over_later M a r i f + over_later M a r i f'.
Proof. intros; unfold over_later; rewrite <- total_plus; apply total_ext; intros; ring. Qed.

(** The error of the delay on a piece, in the terms of the code *)
Lemma checked_error_terms : forall N M eps eta a r U A rho shape delta weight X Z low together steep i,
  checked_error N M eps eta a r U A rho shape delta weight X Z low together steep i =
    eta * U i * total N (fun g => U i * rho i g / 2 * roots_later M a r low rho X i g * (A i + shape i g) / 2)
    + second_order N M a r U rho delta X Z low together steep i
    + eta * U i / 4 * (exp (A i * (eta * U i)) * X i * weight i + X i * weight i / (1 - eps)).
Proof.
  intros N M eps eta a r U A rho shape delta weight X Z low together steep i.
  unfold checked_error, delay_error; rewrite over_later_plus, over_later_scal.
  unfold kernel_drift, kernel_slope; rewrite !over_later_groups.
  assert (E1 : total N (fun g => over_later M a r i (fun l => U i * rho i g * (A i + shape i g) * (rho l g * X l / low l)))
    = total N (fun g => U i * rho i g * (A i + shape i g) * roots_later M a r low rho X i g))
    by (apply total_ext; intros; apply over_later_scal).
  assert (E2 : total N (fun g => over_later M a r i (fun l => U i * rho i g * ((swell steep together delta i g - 1) * (rho l g * X l / low l)
      + swell steep together delta i g * (together i / 2) * (rho l g * Z l / low l))))
    = 2 * second_order N M a r U rho delta X Z low together steep i).
  { unfold second_order; rewrite <- total_scal; apply total_ext; intros g _.
    rewrite over_later_scal, over_later_plus, !over_later_scal; unfold roots_later; field. }
  rewrite E1, E2.
  assert (E3 : total N (fun g => U i * rho i g * (A i + shape i g) * roots_later M a r low rho X i g)
    = 4 * total N (fun g => U i * rho i g / 2 * roots_later M a r low rho X i g * (A i + shape i g) / 2))
    by (rewrite <- total_scal; apply total_ext; intros; field).
  rewrite E3; set (q := X i * weight i / (1 - eps)); field.
Qed.

Lemma added_defect_suffices : forall J N M eps eta c0 a r U A B near u chi zeta group drift rho shape delta weight X Z low together steep,
  0 < eta -> 0 <= eps < 1 -> pieces_fit M a r ->
  kernels_fit J N M eps eta c0 a r U A near u chi zeta group drift rho shape delta weight X Z low together steep ->
  defect M eta a U A B
    + total (S M) (fun i => checked_error N M eps eta a r U A rho shape delta weight X Z low together steep i * (a (S i) - a i))
    + overshoot M eta a U A X weight
  <= added_defect N M eps eta a r U A B rho shape delta weight X Z low together steep.
Proof.
  intros J N M eps eta c0 a r U A B near u chi zeta group drift rho shape delta weight X Z low together steep He Heps
    [HM [Ha _]] [_ [_ [Hw [HUA _]]]].
  set (grown := fun i => exp (A i * (eta * U i)) * X i * weight i).
  assert (S1 : 1 <= / (1 - eps)) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
  set (surplus := fun i => eta * U i / 4 * grown i * (a (S i) - a i)).
  assert (G : forall i, (i <= M)%nat -> 0 <= surplus i /\
    eta * U i * (B i / 12 + exp (A i * (eta * U i)) * A i ^ 2 / 6) * (a (S i) - a i)
      + checked_error N M eps eta a r U A rho shape delta weight X Z low together steep i * (a (S i) - a i) + surplus i
    <= eta * U i * (a (S i) - a i) * first_order N M eps eta a r U A B rho shape weight X low i
      + (a (S i) - a i) * second_order N M a r U rho delta X Z low together steep i).
  { intros i Hi; specialize (Ha i Hi); destruct (Hw i) as [W0 [X0 _]]; destruct (HUA i) as [U0 _].
    rewrite checked_error_terms; unfold first_order, surplus, grown.
    set (s := / (1 - eps)) in *; replace (X i * weight i / (1 - eps)) with (X i * weight i * s) by reflexivity.
    set (T := total N _); set (V := second_order _ _ _ _ _ _ _ _ _ _ _ _ _).
    assert (E0 : 0 < exp (A i * (eta * U i))) by apply exp_pos; set (g := exp _) in *.
    assert (XW : 0 <= X i * weight i) by (apply Rmult_le_pos; assumption); set (v := X i * weight i) in *.
    assert (Hh : 0 <= eta * U i) by (apply Rmult_le_pos; lra); set (h := eta * U i) in *.
    assert (hl : 0 <= h * (a (S i) - a i)) by (apply Rmult_le_pos; lra); set (l := a (S i) - a i) in *.
    replace (g * X i * weight i) with (g * v) by (unfold v; ring).
    replace (s * X i * weight i * (g + 1) / 2) with (s * v * (g + 1) / 2) by (unfold v; field).
    assert (gv : 0 <= g * v) by (apply Rmult_le_pos; lra).
    split; [replace (h / 4 * (g * v) * l) with (h * l * (g * v / 4)) by field; apply Rmult_le_pos; lra|].
    assert (K : g * v <= s * v * g) by (rewrite <- (Rmult_1_l (g * v)); replace (s * v * g) with (s * (g * v)) by ring; apply Rmult_le_compat_r; lra).
    assert (sv : 0 <= s * v) by (apply Rmult_le_pos; lra).
    replace (h * (B i / 12 + g * A i ^ 2 / 6) * l + (h * T + V + h / 4 * (g * v + v * s)) * l + h / 4 * (g * v) * l)
      with (h * l * (B i / 12 + g * A i ^ 2 / 6 + T + (g * v + s * v / 2) / 2) + l * V) by field.
    apply Rplus_le_compat_r, Rmult_le_compat_l; [exact hl|lra]. }
  assert (Last : overshoot M eta a U A X weight <= total (S M) surplus).
  { replace (overshoot M eta a U A X weight) with (surplus M) by reflexivity.
    apply (total_one (S M) surplus M); [|lia]; intros i Hi; apply G; lia. }
  unfold defect, added_defect; eapply Rle_trans; [apply Rplus_le_compat_l; exact Last|].
  rewrite <- !total_plus; apply total_le; intros i Hi; apply G; lia.
Qed.
