(** Zero weights: the lowest term of F(w + s x) - F(w) has as its degree the number of zero weights, and the Hessian. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Flow.
Open Scope R_scope.

Fixpoint zeros (k : nat) (w : nat -> R) : nat :=
  match k with
  | O => O
  | S n => (zeros n w + if Req_EM_T (w n) 0 then 1 else 0)%nat
  end.

(** The product of the directions x_i of the zero weights and of the other weights w_i. *)
Definition lowest (k : nat) (w x : nat -> R) : R := product k (fun i => if Req_EM_T (w i) 0 then x i else w i).

Lemma product_along : forall k w x s, product k (fun i => w i + s * x i)
  = s ^ zeros k w * product k (fun i => if Req_EM_T (w i) 0 then x i else w i + s * x i).
Proof.
  intros k w x s; induction k as [|k IH]; [simpl; ring|]; simpl product; simpl zeros; rewrite IH, pow_add.
  destruct (Req_EM_T (w k) 0) as [-> |N]; simpl; ring.
Qed.

(** The difference quotient at 0, continued by the derivative. *)
Lemma quotient_continuous : forall (f : R -> R) (l : R), is_derive f 0 l ->
  continuity_pt (fun p => if Req_EM_T p 0 then l else (f p - f 0) / p) 0.
Proof.
  intros f l H; apply is_derive_Reals in H; intros eps He; destruct (H eps He) as [delta D].
  exists delta; split; [apply cond_pos|]; intros p [_ Hp]; unfold dist in *; simpl in *; unfold R_dist in *.
  rewrite Rminus_0_r in Hp; destruct (Req_EM_T 0 0) as [_|N]; [|lra].
  destruct (Req_EM_T p 0) as [->|N]; [rewrite Rminus_eq_0, Rabs_R0; exact He|].
  specialize (D p N Hp); rewrite Rplus_0_l in D; exact D.
Qed.

(** The order of the saddle is the number z >= 1 of zero weights: (F(w + s x) - F(w)) / s^z tends to f'(0) times the product
    of the x_i of the zero weights and of the other weights. *)
Theorem saddle_lowest_term : forall (f : R -> R) (l : R) k w x, is_derive f 0 l -> (1 <= zeros k w)%nat ->
  is_lim (fun s => (f (product k (fun i => w i + s * x i)) - f (product k w)) / s ^ zeros k w) 0 (l * lowest k w x).
Proof.
  intros f l k w x Df Hz; set (z := zeros k w) in *.
  set (g := fun s => product k (fun i => if Req_EM_T (w i) 0 then x i else w i + s * x i)).
  set (q := fun p => if Req_EM_T p 0 then l else (f p - f 0) / p).
  assert (G0 : g 0 = lowest k w x).
  { apply product_ext; intros i _; destruct (Req_EM_T (w i) 0); [reflexivity|ring]. }
  assert (P0 : product k w = 0).
  { rewrite (product_ext k w (fun i => w i + 0 * x i)) by (intros; ring); rewrite product_along; fold z.
    destruct z as [|z]; [lia|]; simpl; ring. }
  apply (is_lim_ext_loc (fun s => q (s ^ z * g s) * g s)).
  - exists (mkposreal 1 Rlt_0_1); intros s _ Ns; rewrite product_along, P0; fold z; fold (g s).
    assert (Sz : s ^ z <> 0) by (apply pow_nonzero; exact Ns); unfold q.
    destruct (Req_EM_T (s ^ z * g s) 0) as [E|N].
    + assert (Gs : g s = 0) by (apply Rmult_integral in E; destruct E; [contradiction|assumption]).
      rewrite E, Gs; unfold Rdiv; ring.
    + assert (g s <> 0) by (intros E; apply N; rewrite E; ring); field; split; assumption.
  - replace (l * lowest k w x) with (q (0 ^ z * g 0) * g 0).
    2:{ rewrite G0; unfold q; rewrite pow_i by lia; rewrite Rmult_0_l; destruct (Req_EM_T 0 0); [reflexivity|lra]. }
    apply (is_lim_continuity (fun s => q (s ^ z * g s) * g s) 0).
    assert (Cg : continuity_pt g 0).
    { apply continuity_pt_filterlim, (product_continuous k (fun i s => if Req_EM_T (w i) 0 then x i else w i + s * x i)).
      intros i _; destruct (Req_EM_T (w i) 0); [apply continuous_const|].
      apply (ex_derive_continuous (fun s => w i + s * x i)); auto_derive; trivial. }
    apply continuity_pt_mult; [|exact Cg].
    apply (continuity_pt_comp (fun s => s ^ z * g s) q).
    + apply continuity_pt_mult; [|exact Cg]; apply derivable_continuous_pt, derivable_pt_pow.
    + rewrite pow_i by lia; rewrite Rmult_0_l; apply quotient_continuous; exact Df.
Qed.

(** ** The Hessian *)

Lemma others_zero : forall k w j l, (l < k)%nat -> l <> j -> w l = 0 -> others k w j = 0.
Proof. intros k w j l Hl N Z; rewrite (others_rest k w l j Hl N), Z; ring. Qed.

Lemma rest_zero : forall k w i j l, (l < k)%nat -> l <> i -> l <> j -> w l = 0 -> rest k w i j = 0.
Proof.
  intros k w i j l Hl Ni Nj Z; unfold rest; rewrite (product_split k _ l Hl), but_other, but_other, Z by assumption; ring.
Qed.

Lemma rest_put : forall k w i j y, i <> j -> rest k (put i y w) i j = rest k w i j.
Proof.
  intros k w i j y N; apply product_ext; intros n _; unfold but, put.
  destruct (Nat.eqb_spec n i); [reflexivity|destruct (Nat.eqb n j); reflexivity].
Qed.

(** Two zero weights a, b: what the gradient's entry j changes by along w_i.  Nothing but f'(0) r_ab, and that at (a, b) and
    (b, a) alone; r_ab is 0 as well if a third weight is. *)
Theorem saddle_hessian : forall (f' : R -> R) k w a b i j,
  (a < k)%nat -> (b < k)%nat -> a <> b -> w a = 0 -> w b = 0 -> (i < k)%nat -> (j < k)%nat ->
  is_derive (fun y => f' (product k (put i y w)) * others k (put i y w) j) (w i)
    (if Nat.eqb i j then 0 else f' 0 * rest k w i j) /\
  (i = a /\ j = b \/ i = b /\ j = a \/ i = j \/ rest k w i j = 0) /\
  (forall l, (l < k)%nat -> l <> a -> l <> b -> w l = 0 -> rest k w a b = 0) /\
  ((forall l, (l < k)%nat -> l <> a -> l <> b -> w l <> 0) -> rest k w a b <> 0).
Proof.
  intros f' k w a b i j Ha Hb Nab Za Zb Hi Hj.
  assert (Q : others k w i = 0).
  { destruct (Nat.eq_dec a i) as [E|N]; [apply (others_zero k w i b); auto; congruence|apply (others_zero k w i a); auto]. }
  split; [|split; [|split]].
  - destruct (Nat.eqb_spec i j) as [E|N].
    + apply (is_derive_ext (fun _ => f' 0 * others k w j)); [|auto_derive; [trivial|ring]].
      intros y; rewrite product_put, Q, Rmult_0_r by exact Hi; rewrite E, others_put; reflexivity.
    + apply (is_derive_ext (fun y => f' 0 * rest k w i j * y)).
      * intros y; rewrite product_put, Q, Rmult_0_r by exact Hi.
        rewrite (others_rest k (put i y w) i j Hi N), put_same, rest_put by exact N; simpl; ring.
      * auto_derive; [trivial|ring].
  - destruct (Nat.eq_dec i a), (Nat.eq_dec j b), (Nat.eq_dec i b), (Nat.eq_dec j a), (Nat.eq_dec i j); auto; try lia;
      right; right; right;
      first [apply (rest_zero k w i j a); auto; lia | apply (rest_zero k w i j b); auto; lia].
  - intros l Hl La Lb Z; apply (rest_zero k w a b l); auto.
  - intros H; apply product_nonzero; intros l Hl; unfold but.
    destruct (Nat.eqb_spec l a); [lra|]; destruct (Nat.eqb_spec l b); [lra|auto].
Qed.
