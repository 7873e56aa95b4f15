"""Markov's inequality, for products of independent copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flint import fmpq

from proofs.core.goals import Goal, Range
from proofs.core.probability import bound, law
from proofs.core.rules import rational as read_rational
from proofs.core.terms import ONE, Formula, Term, minus, number, power, replaced, times
from proofs.export import chances
from proofs.export.bounds import holds
from proofs.export.draws import number_of
from proofs.export.integrals import growth
from proofs.export.script import GE, GT, Place
from proofs.export.steps import Node, prove, prove_all
from proofs.export.words import MEANS, Untranslatable, rational, whole


def markov(place: Place, node: Node, goals: Sequence[Goal], parts: Sequence[Node]) -> None:
    """P(X >= t) <= E(X**s) t**(-s), where X is a product of copies."""
    prove_all(place, goals[:-1], parts[:-1])
    p, s = place.goal.read(node["event"]), read_rational(node["exponent"])
    first, t = p.parts
    e, k = first.parts if first.head == "prod" else (first, ONE)
    if len(bound(p)) != 1 or law(bound(p)[0]) not in MEANS or s < 0:
        raise Untranslatable("markov", "a negative power, or an event of several draws")
    limit = times(power(Term("E", power(e, number(s))), k), power(t, number(-s)))
    there, below = place.at(goals[-1]), Formula(minus(limit, p), GE)
    there.facts[below] = place.script.note(f"le_in _ _ {bounded(place, p, e, k, t, s, limit)}")
    prove(there, parts[-1])


def bounded(place: Place, p: Term, e: Term, k: Term, t: Term, s: fmpq, limit: Term) -> str:
    """Prove the bound, in the words that the core has for it."""
    script, (w,) = place.script, bound(p)
    up, down, x, real = int(s.p), int(s.q), str(w.value), number_of(w)
    shown, mean = place.spelling[x], place.spelling[MEANS[law(w)]]
    linear, order, one = chances.of_law(place, law(w))
    inner, at = replaced(e, {w: real}), place.text(t, 0)
    own, root = place.text(power(inner, number(s))), f"root {down} {place.text(inner, 0)} ^ {up}"
    with script.step(f"forall {shown} : R, 0 <= {place.text(inner)}", "g") as sign:
        script.say(f"intros {shown}.")
        goal = replace(
            place.goal, variables={**place.goal.variables, x: real},
            box={**place.goal.box, x: Range()},
        )  # fmt: skip
        script.say(f"exact {holds(replace(place, goal=goal, made={}), Formula(inner, GE))}.")
    positive = holds(place, Formula(t, GT))
    # Not both: a root inside of what is not negative would be written as what no proof speaks of.
    first = f"(root_first _ (ge_of_gt _ {positive}))" if down == 1 else "sqrt_root"
    words = f"rewrite ?{first}; rewrite ?pow_1; reflexivity"
    first = f"(root_first _ ({sign} {shown}))" if down == 1 else "sqrt_root"
    same = script.quick(
        f"forall {shown} : R, {own} = {root}",
        f"intros {shown}; rewrite ?{first}; rewrite ?pow_1; reflexivity", "e",
    )  # fmt: skip
    size, rate, tame = growth(place, power(inner, number(s)), x)
    own, root = f"(fun {shown} => {own})", f"(fun {shown} => {root})"
    tame = f"(tame_same {root} {own} _ _ {same} {tame})"
    copied = p.parts[0].head == "prod"
    count = f"(Z.to_nat {whole(k, place.spelling, 0)})" if copied else "1"
    function, event = f"(fun {shown} => {place.text(inner)})", chances.shape(p, place.spelling)
    less = "Rle_refl _" if p.value == ">=" else "beyond_less _ _"
    chance = "at_least_chance" if p.value == ">=" else "beyond_chance"
    between = f"(fun p => conj (proj1 ({chance} p {at})) ({less}))"
    known = script.quick(
        f"product_mean {mean} {function} {count} {event} <= "
        f"{mean} {root} ^ {count} * / root {down} {at} ^ {up}",
        f"exact (product_tail {mean} {function} {down - 1} {up} {count} {at} {event} "
        f"({rational(size)}) ({rational(rate)}) {linear} {order} {one} {sign} {positive} {tame} "
        f"{between})",
    )  # fmt: skip
    with script.step(f"{place.text(p)} <= {place.text(limit)}") as name:
        if own != root:
            script.say(f"rewrite (mean_same {mean} {own} {root} {same}).")
        if copied:
            z = whole(k, place.spelling, 0)
            natural = script.quick(
                f"(0 <= {z})%Z",
                f"apply le_IZR; integers; exact {holds(place, Formula(k, GE))}",
                "z",
            )
            script.say(f"rewrite (whole_counted _ {z} {natural}).")
        else:
            happens = f"(fun {shown} => {chances.inside(p, place.spelling)})"
            once = f"(fun {shown} => {event} ({place.text(inner)} * 1))"
            why = "intros; cbv beta; rewrite Rmult_1_r; reflexivity"
            script.say(f"rewrite (mean_same {mean} {happens} {once}) by ({why}).")
        turned, wanted = place.text(power(t, number(-s)), 0), f"(/ root {down} {at} ^ {up})"
        if turned != wanted:
            script.say(f"replace {turned} with {wanted} by (symmetry; {words}).")
        script.say(f"exact {known}.")
    return name
