(* Laws, by what their expectations are: of a function of one draw, so that independent draws are
   expectations inside of expectations. *)

(** E is linear. *)
Definition linear_mean (E : (R -> R) -> R) : Prop :=
  forall a b f g, E (fun w => a * f w + b * g w) = a * E f + b * E g.

(** The moments of the standard normal law: 1, 0, 1, 0, 3, 0, 15, ... *)
Fixpoint normal_moment (n : nat) : R :=
  match n with
  | O => 1
  | S O => 0
  | S (S m) => (INR m + 1) * normal_moment m
  end.

(** The expectation of a standard normal draw. *)
Definition normal_mean (E : (R -> R) -> R) : Prop :=
  linear_mean E /\ forall n, E (fun w => w ^ n) = normal_moment n.

(** The moments of the uniform law on [- sqrt 3, sqrt 3]: 3 ^ k / (2 k + 1) for n = 2 k. *)
Definition uniform_moment (n : nat) : R :=
  if Nat.even n then 3 ^ Nat.div2 n / (INR n + 1) else 0.

(** The expectation of a draw of that law. *)
Definition uniform_mean (E : (R -> R) -> R) : Prop :=
  linear_mean E /\ forall n, E (fun w => w ^ n) = uniform_moment n.

Lemma mean_same (E : (R -> R) -> R) f g : (forall w, f w = g w) -> E f = E g.
Proof. intros H; f_equal; apply FunctionalExtensionality.functional_extensionality, H. Qed.

Lemma mean_last (E : (R -> R) -> R) c n m : linear_mean E -> E (fun w => w ^ n) = m ->
  E (fun w => c * w ^ n) = c * m.
Proof.
  intros L <-; rewrite (mean_same E _ (fun w => c * w ^ n + 0 * w ^ n)) by (intros; ring).
  rewrite (L c 0 (fun w => w ^ n) (fun w => w ^ n)); ring.
Qed.

Lemma mean_more (E : (R -> R) -> R) c n m f s : linear_mean E -> E (fun w => w ^ n) = m ->
  E f = s -> E (fun w => c * w ^ n + f w) = c * m + s.
Proof.
  intros L <- <-; rewrite (mean_same E _ (fun w => c * w ^ n + 1 * f w)) by (intros; ring).
  rewrite (L c 1 (fun w => w ^ n) f); ring.
Qed.

Ltac moment := unfold uniform_moment; simpl; lra.
