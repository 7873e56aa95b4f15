(** Nets of the unit sphere with (1 + 2/eps)^n points, without volumes.

    Points of the sphere further apart than eps, N of them: copies of one set of lattice points around each of them, blown up, do
    not meet, so N times as many lattice points lie in a ball whose radius is 1 + 2/eps times as large, up to a constant.  After k
    such steps there are N^k of them in a ball of radius (1 + 2/eps)^k times a constant, which has room for no more than the
    n-th power of that, again times a constant.  So N <= (1 + 2/eps)^n; and points that are as many as can be are a net. *)
From Coq Require Import Reals Lra Lia Arith Psatz List ZArith.
From Lemmata Require Import Products Matrix Norms Rectangular.
Import ListNotations.
Open Scope R_scope.

(** ** Lattice points, as lists of n integers *)

Definition place_value (z : list Z) (i : nat) : R := IZR (nth i z 0%Z).

Definition lattice_sum (n : nat) (a b : list Z) : list Z := map (fun i => (nth i a 0 + nth i b 0)%Z) (seq 0 n).

(** All with sizes of b or less. *)
Fixpoint lattice_box (n b : nat) : list (list Z) :=
  match n with
  | O => [[]]
  | S k => flat_map (fun z => map (fun j => (Z.of_nat j - Z.of_nat b)%Z :: z) (seq 0 (2 * b + 1))) (lattice_box k b)
  end.

Lemma nth_mapped : forall (A : Type) (f : nat -> A) n i d, (i < n)%nat -> nth i (map f (seq 0 n)) d = f i.
Proof.
  intros A f n i d Hi; rewrite (nth_indep _ d (f 0%nat)) by (rewrite map_length, seq_length; exact Hi).
  rewrite map_nth, seq_nth by exact Hi; reflexivity.
Qed.

Lemma sum_value : forall n a b i, (i < n)%nat -> place_value (lattice_sum n a b) i = place_value a i + place_value b i.
Proof. intros n a b i Hi; unfold place_value, lattice_sum; rewrite nth_mapped by exact Hi; apply plus_IZR. Qed.

Lemma sum_injective : forall n a y z, length y = n -> length z = n -> lattice_sum n a y = lattice_sum n a z -> y = z.
Proof.
  intros n a y z Hy Hz H; apply (nth_ext y z 0%Z 0%Z); [lia|]; intros i Hi; rewrite Hy in Hi.
  assert (E := f_equal (fun l => nth i l 0%Z) H); unfold lattice_sum in E; cbv beta in E; rewrite !nth_mapped in E by exact Hi; lia.
Qed.

Lemma box_complete : forall b n z, length z = n -> (forall i, (i < n)%nat -> (Z.abs (nth i z 0) <= Z.of_nat b)%Z) ->
  In z (lattice_box n b).
Proof.
  intros b; induction n as [|n IH]; intros [|j z] L H; try discriminate L; [left; reflexivity|].
  simpl; apply in_flat_map; exists z; split.
  - apply IH; [simpl in L; lia|]; intros i Hi; exact (H (S i) ltac:(lia)).
  - assert (J := H 0%nat ltac:(lia)); simpl in J; apply in_map_iff; exists (Z.to_nat (j + Z.of_nat b)); split.
    + f_equal; lia.
    + apply in_seq; lia.
Qed.

Lemma equal_copies : forall (A B : Type) (f : A -> list B) c l, (forall x, In x l -> length (f x) = c) ->
  length (flat_map f l) = (length l * c)%nat.
Proof.
  intros A B f c l H; induction l as [|x l IH]; [reflexivity|]; simpl.
  rewrite app_length, H, IH; [reflexivity|intros; apply H; right; assumption|left; reflexivity].
Qed.

Lemma box_length : forall b n, length (lattice_box n b) = ((2 * b + 1) ^ n)%nat.
Proof.
  intros b; induction n as [|n IH]; [reflexivity|]; simpl lattice_box; rewrite (equal_copies _ _ _ (2 * b + 1)%nat).
  - rewrite IH; simpl; lia.
  - intros z _; rewrite map_length, seq_length; reflexivity.
Qed.

(** c lattice points at least in the ball of radius R. *)
Definition crowded (n : nat) (R0 : R) (c : nat) : Prop :=
  exists l, NoDup l /\ length l = c /\ forall z, In z l -> length z = n /\ dot n (place_value z) (place_value z) <= R0 ^ 2.

Lemma crowd_above : forall n r c, 0 <= r -> crowded n r c -> INR c <= (2 * r + 3) ^ n.
Proof.
  intros n r c Hr [l [D [Len H]]]; destruct (archimed r) as [U1 U2]; set (u := up r) in *.
  assert (u0 : (0 < u)%Z) by (apply lt_IZR; lra); set (b := Z.to_nat u).
  assert (Eb : INR b = IZR u) by (unfold b; rewrite INR_IZR_INZ, Z2Nat.id by lia; reflexivity).
  assert (I : incl l (lattice_box n b)).
  { intros z Iz; destruct (H z Iz) as [Lz Nz]; apply box_complete; [exact Lz|]; intros i Hi.
    unfold b; rewrite Z2Nat.id by lia; apply le_IZR; rewrite abs_IZR.
    apply Rle_trans with r; [|lra]; apply below_by_square; [exact Hr|]; rewrite pow2_abs.
    eapply Rle_trans; [|exact Nz]; replace (IZR (nth i z 0%Z) ^ 2) with (place_value z i * place_value z i) by (unfold place_value; ring).
    apply (total_one n (fun k => place_value z k * place_value z k)); [intros; apply Rle_0_sqr|exact Hi]. }
  assert (N := NoDup_incl_length D I); rewrite box_length, Len in N; apply le_INR in N; eapply Rle_trans; [exact N|].
  rewrite pow_INR, plus_INR, mult_INR, Eb; apply pow_incr; simpl; lra.
Qed.

(** ** One step *)

(** The nearest integer. *)
Definition rounding (x : R) : Z := (up (x - 1 / 2))%Z.

Lemma rounding_error : forall x, (IZR (rounding x) - x) ^ 2 <= / 4.
Proof. intros x; unfold rounding; destruct (archimed (x - 1 / 2)) as [A B]; nra. Qed.

Definition rounded_point (n : nat) (t : R) (x : nat -> R) : list Z := map (fun i => rounding (t * x i)) (seq 0 n).

(** Unit vectors further apart than eps. *)
Definition far_apart (n : nat) (eps : R) (x y : nat -> R) : Prop := eps ^ 2 < dot n (fun i => x i - y i) (fun i => x i - y i).

Definition scattered (n : nat) (eps : R) (points : list (nat -> R)) : Prop :=
  (forall x, In x points -> dot n x x = 1) /\ ForallOrdPairs (far_apart n eps) points.

Lemma copy_near : forall n t x z r, 0 <= r -> dot n (place_value z) (place_value z) <= r ^ 2 ->
  dot n (fun i => place_value (lattice_sum n (rounded_point n t x) z) i - t * x i)
    (fun i => place_value (lattice_sum n (rounded_point n t x) z) i - t * x i) <= (r + sqrt (INR n) / 2) ^ 2.
Proof.
  intros n t x z r Hr Hz; set (e := fun i => IZR (rounding (t * x i)) - t * x i).
  assert (n0 := pos_INR n); assert (s0 := sqrt_pos (INR n)).
  rewrite (dot_ext n _ _ (fun i => place_value z i + e i) (fun i => place_value z i + e i)).
  - apply dot_triangle; [exact Hr|lra|exact Hz|].
    replace ((sqrt (INR n) / 2) ^ 2) with (INR n * / 4) by (rewrite <- (sqrt_sqrt (INR n)) at 1 by exact n0; field).
    rewrite <- total_const; apply total_le; intros i _; assert (E := rounding_error (t * x i)); fold (e i) in E; simpl in E; lra.
  - intros i Hi; rewrite sum_value by exact Hi; unfold place_value at 1, rounded_point; rewrite nth_mapped by exact Hi; unfold e; ring.
  - intros i Hi; rewrite sum_value by exact Hi; unfold place_value at 1, rounded_point; rewrite nth_mapped by exact Hi; unfold e; ring.
Qed.

Lemma dot_opposite : forall n x y, dot n (fun i => x i - y i) (fun i => x i - y i) = dot n (fun i => y i - x i) (fun i => y i - x i).
Proof. intros; apply total_ext; intros; ring. Qed.

Lemma nodup_both : forall (A : Type) (l m : list A), NoDup l -> NoDup m -> (forall x, In x l -> ~ In x m) -> NoDup (l ++ m).
Proof.
  intros A l m Hl Hm H; induction Hl as [|x l Nx Hl IH]; [exact Hm|]; simpl; constructor.
  - rewrite in_app_iff; intros [I|I]; [exact (Nx I)|exact (H x (or_introl eq_refl) I)].
  - apply IH; intros y Iy; apply H; right; exact Iy.
Qed.

Lemma nodup_images : forall (A B : Type) (f : A -> B) l, NoDup l ->
  (forall x y, In x l -> In y l -> f x = f y -> x = y) -> NoDup (map f l).
Proof.
  intros A B f l D H; induction D as [|x l Nx D IH]; [constructor|]; simpl; constructor.
  - intros I; apply in_map_iff in I; destruct I as [y [E Iy]]; apply Nx.
    rewrite <- (H y x (or_intror Iy) (or_introl eq_refl) E); exact Iy.
  - apply IH; intros y z Iy Iz; apply H; right; assumption.
Qed.

Lemma crowd_grows : forall n eps points r c, 0 < eps -> 0 < r -> scattered n eps points -> crowded n r c ->
  crowded n ((1 + 2 / eps) * (r + sqrt (INR n) / 2)) (length points * c).
Proof.
  intros n eps points r c He Hr [Unit Sep] [l [D [Len H]]]; assert (s0 := sqrt_pos (INR n)).
  set (s := sqrt (INR n) / 2) in *; assert (ss : 0 <= s) by (unfold s; lra).
  set (t := 2 / eps * (r + s)); assert (e0 : 0 < 2 / eps) by (apply Rdiv_lt_0_compat; lra).
  assert (t0 : 0 < t) by (apply Rmult_lt_0_compat; lra).
  set (copies := fun x => map (lattice_sum n (rounded_point n t x)) l).
  assert (Near : forall x y, In y (copies x) -> length y = n /\
    dot n (fun i => place_value y i - t * x i) (fun i => place_value y i - t * x i) <= (r + s) ^ 2).
  { intros x y Iy; apply in_map_iff in Iy; destruct Iy as [z [<- Iz]]; destruct (H z Iz) as [Lz Nz]; split.
    - unfold lattice_sum; rewrite map_length, seq_length; reflexivity.
    - apply copy_near; [lra|exact Nz]. }
  exists (flat_map copies points); split; [|split].
  - clear Unit; induction Sep as [|x points Sx Sep IH]; [constructor|]; simpl; apply nodup_both; [|exact IH|].
    + apply nodup_images; [exact D|]; intros y z Iy Iz E.
      apply (sum_injective n (rounded_point n t x)); [apply H; exact Iy|apply H; exact Iz|exact E].
    + intros z Iz J; apply in_flat_map in J; destruct J as [y [Iy J]].
      destruct (Near x z Iz) as [_ Nx]; destruct (Near y z J) as [_ Ny].
      assert (A := proj1 (Forall_forall _ _) Sx y Iy); unfold far_apart in A; rewrite dot_opposite in Nx.
      assert (B := dot_triangle n _ _ (r + s) (r + s) ltac:(lra) ltac:(lra) Nx Ny).
      rewrite (dot_ext n _ _ (fun i => t * (x i - y i)) (fun i => t * (x i - y i))), dot_scal_l, dot_scal_r in B by (intros; ring).
      apply (Rmult_lt_compat_l (t * t)) in A; [|apply Rmult_lt_0_compat; exact t0].
      replace (t * t * eps ^ 2) with ((r + s + (r + s)) ^ 2) in A by (unfold t; field; lra); lra.
  - rewrite (equal_copies _ _ _ c); [reflexivity|]; intros x _; unfold copies; rewrite map_length; exact Len.
  - intros z Iz; apply in_flat_map in Iz; destruct Iz as [x [Ix Iz]]; destruct (Near x z Iz) as [Lz Nz]; split; [exact Lz|].
    replace ((1 + 2 / eps) * (r + s)) with (r + s + t) by (unfold t; ring).
    rewrite (dot_ext n _ _ (fun i => (place_value z i - t * x i) + t * x i) (fun i => (place_value z i - t * x i) + t * x i))
      by (intros; ring).
    apply dot_triangle; [lra|lra|exact Nz|]; rewrite dot_scal_l, dot_scal_r, (Unit x Ix); right; ring.
Qed.

(** ** Many steps *)

Lemma crowd_powers : forall n eps points k, 0 < eps -> scattered n eps points -> exists r, 0 < r /\
  r + (1 + 2 / eps) * (sqrt (INR n) / 2) * (eps / 2) = (1 + 2 / eps) ^ k * (1 + (1 + 2 / eps) * (sqrt (INR n) / 2) * (eps / 2)) /\
  crowded n r (length points ^ k).
Proof.
  intros n eps points k He Sc; assert (s0 := sqrt_pos (INR n)); assert (e0 : 0 < 2 / eps) by (apply Rdiv_lt_0_compat; lra).
  induction k as [|k [r [Hr [E C]]]].
  - exists 1; split; [lra|split; [simpl; ring|]]; exists [map (fun _ => 0%Z) (seq 0 n)]; split; [|split; [reflexivity|]].
    + constructor; [intros []|constructor].
    + intros z [<-|[]]; split; [rewrite map_length, seq_length; reflexivity|].
      unfold dot; rewrite (total_zero n); [lra|]; intros i Hi; unfold place_value; rewrite nth_mapped by exact Hi; ring.
  - exists ((1 + 2 / eps) * (r + sqrt (INR n) / 2)); split; [apply Rmult_lt_0_compat; lra|split].
    + set (X := 1 + (1 + 2 / eps) * (sqrt (INR n) / 2) * (eps / 2)) in *.
      replace ((1 + 2 / eps) ^ S k * X) with ((1 + 2 / eps) * ((1 + 2 / eps) ^ k * X)) by (simpl; ring); rewrite <- E; field; lra.
    + apply crowd_grows; assumption.
Qed.

Lemma scattered_few : forall n eps points, 0 < eps -> scattered n eps points -> INR (length points) <= (1 + 2 / eps) ^ n.
Proof.
  intros n eps points He S; apply Rnot_lt_le; intros Many; assert (s0 := sqrt_pos (INR n)).
  assert (e0 : 0 < 2 / eps) by (apply Rdiv_lt_0_compat; lra); set (q := 1 + 2 / eps) in *.
  set (c := q * (sqrt (INR n) / 2) * (eps / 2)).
  assert (c0 : 0 <= c) by (unfold c; repeat apply Rmult_le_pos; unfold q; lra).
  assert (p0 : 0 < q ^ n) by (apply pow_lt; unfold q; lra); set (x := INR (length points) / q ^ n).
  assert (x1 : 1 < x).
  { apply (Rmult_lt_reg_r (q ^ n)); [exact p0|]; unfold x; replace (INR (length points) / q ^ n * q ^ n) with (INR (length points)); lra || (field; lra). }
  set (D := (2 * (1 + c) + 3) ^ n); assert (D0 : 0 < D) by (apply pow_lt; lra).
  destruct (Pow_x_infinity x ltac:(rewrite Rabs_pos_eq; lra) (D + 1)) as [k Hk]; specialize (Hk k (le_n k)).
  rewrite Rabs_pos_eq in Hk by (apply pow_le; lra).
  destruct (crowd_powers n eps points k He S) as [r [Hr [E C]]]; fold q c in E.
  assert (B := crowd_above n r _ ltac:(lra) C); rewrite pow_INR in B.
  assert (q1 : 1 <= q ^ k) by (apply pow_R1_Rle; unfold q; lra).
  assert (Top : (2 * r + 3) ^ n <= D * (q ^ n) ^ k).
  { unfold D; rewrite <- pow_mult, Nat.mul_comm, pow_mult, <- Rpow_mult_distr; apply pow_incr; split; [lra|].
    assert (r <= q ^ k * (1 + c)) by lra; lra. }
  assert (Ex : x ^ k * (q ^ n) ^ k = INR (length points) ^ k) by (rewrite <- Rpow_mult_distr; f_equal; unfold x; field; lra).
  assert (P : 0 < (q ^ n) ^ k) by (apply pow_lt; exact p0).
  assert (x ^ k <= D) by (apply (Rmult_le_reg_r ((q ^ n) ^ k)); [exact P|]; rewrite Ex; lra); lra.
Qed.

(** ** Nets *)

(** Unit vectors; every unit vector is within e of one of them. *)
Definition is_net (n : nat) (e : R) (net : list (nat -> R)) : Prop :=
  (forall v, In v net -> dot n v v = 1) /\
  forall x, dot n x x = 1 -> exists v, In v net /\ dot n (fun i => x i - v i) (fun i => x i - v i) <= e ^ 2.

Lemma net_or_more : forall n eps points, scattered n eps points ->
  is_net n eps points \/ exists x, scattered n eps (x :: points).
Proof.
  intros n eps points [U S]; destruct (Classical_Prop.classic (is_net n eps points)) as [Y|N]; [left; exact Y|right].
  apply Classical_Prop.NNPP; intros None; apply N; split; [exact U|]; intros x Hx.
  apply Classical_Prop.NNPP; intros Far; apply None; exists x; split.
  - intros y [<-|Iy]; [exact Hx|apply U; exact Iy].
  - constructor; [|exact S]; apply Forall_forall; intros y Iy; apply Rnot_le_lt; intros L; apply Far; exists y; auto.
Qed.

(** An eps-net of the unit sphere of R^n has (1 + 2/eps)^n points at most. *)
Theorem sphere_net : forall n eps, 0 < eps -> exists net, INR (length net) <= (1 + 2 / eps) ^ n /\ is_net n eps net.
Proof.
  intros n eps He; apply Classical_Prop.NNPP; intros None.
  assert (All : forall k, exists points, length points = k /\ scattered n eps points).
  { induction k as [|k [points [Len S]]]; [exists []; split; [reflexivity|split; [intros x []|constructor]]|].
    destruct (net_or_more n eps points S) as [Net|[x Sx]]; [|exists (x :: points); split; [simpl; lia|exact Sx]].
    exfalso; apply None; exists points; split; [apply scattered_few; assumption|exact Net]. }
  destruct (archimed ((1 + 2 / eps) ^ n)) as [U _]; set (u := up ((1 + 2 / eps) ^ n)) in *.
  destruct (All (Z.to_nat u)) as [points [Len S]]; assert (F := scattered_few n eps points He S).
  rewrite Len, INR_IZR_INZ, Z2Nat.id in F; [lra|].
  apply le_IZR; assert (0 <= (1 + 2 / eps) ^ n) by (apply pow_le; assert (0 < 2 / eps) by (apply Rdiv_lt_0_compat; lra); lra); lra.
Qed.
