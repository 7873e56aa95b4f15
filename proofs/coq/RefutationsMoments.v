(** The false variant of the moments of chi-square is false: one degree of freedom, the first and the second moment. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder ChiSquareMoments.
Open Scope R_scope.

Lemma ray_unique : forall f a b, ray f a -> ray f b -> a = b.
Proof.
  intros f a b A B; unfold ray in *.
  rewrite <- (is_RInt_gen_unique (V := R_CompleteNormedModule) f a A), <- (is_RInt_gen_unique (V := R_CompleteNormedModule) f b B); reflexivity.
Qed.

(** Only one factor makes the integral 1. *)
Lemma density_factor : forall m b c, ray (chi_square_density m b) 1 -> ray (chi_square_density m c) 1 -> b = c.
Proof.
  intros m b c B C; assert (X := ray_scal _ c _ B); assert (Y := ray_scal _ b _ C).
  assert (E : b * 1 = c * 1); [|lra]; apply (ray_unique (fun t => b * chi_square_density m c t)); [exact Y|].
  revert X; apply ray_ext; intros t _; unfold chi_square_density; ring.
Qed.

Lemma chi_square_moments_threefold_is_false : ~ (forall m p, (1 <= m)%nat -> 0 < INR m + 2 * p -> exists c a,
  ray (chi_square_density m c) 1 /\ ray (fun t => Rpower t p * chi_square_density m c t) a /\
  ray (fun t => Rpower t (p + 1) * chi_square_density m c t) ((INR m + 3 * p) * a)).
Proof.
  intros H; destruct (H 1%nat 1) as [c [a [C [A B]]]]; [lia|simpl; lra|].
  destruct (chi_square_moments 1 0) as [c0 [a0 [C0 [A0 B0]]]]; [lia|simpl; lra|].
  destruct (chi_square_moments 1 1) as [c1 [a1 [C1 [A1 B1]]]]; [lia|simpl; lra|].
  assert (E := density_factor 1 c0 c C0 C); subst c0; assert (E := density_factor 1 c1 c C1 C); subst c1.
  assert (E0 : a0 = 1).
  { apply (ray_unique (chi_square_density 1 c)); [|exact C]; revert A0; apply ray_ext; intros t Ht; rewrite Rpower_O by exact Ht; ring. }
  rewrite Rplus_0_l in B0; assert (E1 := ray_unique _ _ _ A B0); assert (E2 := ray_unique _ _ _ A A1).
  assert (E3 := ray_unique _ _ _ B B1); simpl INR in *; lra.
Qed.
