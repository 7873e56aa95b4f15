(* The inverse tangent *)

Lemma atan_zero u : u = 0 -> atan u = 0.
Proof. intros ->; apply atan_0. Qed.

Lemma atan_one u : u = 1 -> atan u = PI / 4.
Proof. intros ->; apply atan_1. Qed.

Lemma atan_less_one u : u = - (1) -> atan u = - (PI / 4).
Proof. intros ->; rewrite atan_opp, atan_1; reflexivity. Qed.

Lemma lo_atan q u : q <= - (PI / 2) -> q <= atan u.
Proof. generalize (atan_bound u); lra. Qed.

Lemma hi_atan q u : PI / 2 <= q -> atan u <= q.
Proof. generalize (atan_bound u); lra. Qed.

Lemma atan_grows a b : a <= b -> atan a <= atan b.
Proof. intros [L | <-]; [left; apply atan_increasing, L | lra]. Qed.

Lemma lo_atan_at u a q : a <= u -> q <= atan a -> q <= atan u.
Proof. intros H K; generalize (atan_grows a u H); lra. Qed.

Lemma hi_atan_at u a q : u <= a -> atan a <= q -> atan u <= q.
Proof. intros H K; generalize (atan_grows u a H); lra. Qed.

Lemma der_atan u t du : derivable_pt_lim u t du ->
  derivable_pt_lim (fun x => atan (u x)) t (1 / (1 + u t ^ 2) * du).
Proof.
  intros U; apply (der_eq _ _ _ _ (der_comp atan _ _ _ _ U (derivable_pt_lim_atan (u t)))).
  unfold Rsqr; field; generalize (one_more (u t)); simpl; lra.
Qed.

Lemma cont_atan u t : continuity_pt u t -> continuity_pt (fun x => atan (u x)) t.
Proof. intros U; exact (cont_of_der _ _ _ _ U (der_atan (fun x => x) (u t) 1 (der_id _))). Qed.

(* Quarter turns *)

Lemma cos_zero u : u = 0 -> cos u = 1.
Proof. intros ->; apply cos_0. Qed.

Lemma sin_quarter_more u v : u = v + PI / 2 -> sin u = cos v.
Proof. intros ->; rewrite sin_plus, sin_PI2, cos_PI2; ring. Qed.

Lemma sin_quarter_less u v : u = v - PI / 2 -> sin u = - cos v.
Proof. intros ->; rewrite sin_minus, sin_PI2, cos_PI2; ring. Qed.

Lemma cos_quarter_more u v : u = v + PI / 2 -> cos u = - sin v.
Proof. intros ->; rewrite cos_plus, sin_PI2, cos_PI2; ring. Qed.

Lemma cos_quarter_less u v : u = v - PI / 2 -> cos u = sin v.
Proof. intros ->; rewrite cos_minus, sin_PI2, cos_PI2; ring. Qed.

Ltac angle := clear; interval with (i_prec 200).
