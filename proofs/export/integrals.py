"""Bounds of means by integrals: of one draw, where Coq's interval arithmetic knows the function.

Over the draws of both signs at once, so that ``|w|`` is ``w``; for the normal law to an end beyond
which the integral of what bounds the growth of the function is known.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flint import arb, ctx, fmpq

from proofs.core import probability
from proofs.core.goals import Range
from proofs.core.probability import bound, law
from proofs.core.terms import (
    TWO,
    Formula,
    Term,
    absolute,
    constant,
    exp,
    linear,
    neg,
    number,
    over,
    plus,
    power,
    replaced,
    times,
)  # fmt: skip
from proofs.export.arithmetic import DEEP, EXP0, RAT, Bound, exact, rounded, value_of
from proofs.export.bounds import Bounds, holds
from proofs.export.calculus import continuous, function_of
from proofs.export.draws import ALLOWED, number_of, opened
from proofs.export.script import GE, GT, Place, Script
from proofs.export.words import MEANS, Untranslatable, rational

TIERS: Final = {  # bits of the integral that Coq is asked for, and how it finds them
    32: "i_prec 60, i_relwidth 35, i_fuel 4000",
    48: "i_prec 90, i_relwidth 51, i_degree 16, i_fuel 4000",
    96: "i_prec 130, i_relwidth 99, i_degree 30, i_fuel 4000",
}
FEW: Final = 32
KNOWN: Final = frozenset(
    "number variable pi + - * / ** neg exp log sqrt sin cos atan".split()  # noqa: SIM905
)


def by_integral(place: Place, e: Term) -> Bound:
    """Bound the mean of a function of one draw, by a lemma before the theorem.

    How sharp is for the goal to say: as sharp as the sign of its target needs.
    """
    draws, script = bound(e), place.script
    if len(draws) != 1 or law(draws[0]) not in MEANS:
        raise Untranslatable("enclose", "an expectation over several draws that is no polynomial")
    kind, wanted = law(draws[0]), asked(place)
    known = script.areas.get(e)
    if known is None or known[2] < wanted:
        bits = next((b for b in TIERS if b >= wanted), None)
        if bits is None:
            raise Untranslatable("enclose", "an integral that would have to be sharper")
        inner = Script(script.names)
        here = Place(place.goal, inner, place.spelling, {}, {}, {}, {})
        mean, law_ = place.spelling[MEANS[kind]], place.facts_of_law(kind)
        inner.say(f"intros {mean} {law_}.")
        lo, hi, proof = area(here, e, kind, bits)
        inner.say(f"exact ({proof}).")
        name = f"{script.title}_mean_{len(script.lemmas) + 1}"
        said = f"{rational(lo)} <= {place.text(e)} <= {rational(hi)}"
        head = f"Lemma {name} : forall {mean}, {MEANS[kind]}_mean {mean} ->\n  {said}."
        script.lemmas.append("\n".join([head, "Proof.", *inner.lines, "Qed."]))
        known = script.areas[e] = (lo, hi, bits, name)
    lo, hi, _, name = known
    both = f"({name} _ {place.facts_of_law(kind)})"
    return Bound(lo, hi, script.note(f"proj1 {both}", "b"), script.note(f"proj2 {both}", "b"))


def asked(place: Place) -> int:
    """How many bits of means are asked for at a place."""
    wanted = place.made.get("bits", FEW)
    assert isinstance(wanted, int)
    return wanted


def sharpness(place: Place, f: Formula) -> int:
    """How many bits of means the sign of a term needs, at least a few."""
    said = [e for e in f.term.walk() if e.head == "E"]
    ones = (Term("E", e.parts[0].parts[0]) if e.parts[0].head == "prod" else e for e in said)
    means = [e for e in ones if probability.meaning(e) is None]
    if all(e.parts[0].head == "abs" and e.parts[0].parts[0].head == "drawn" for e in means):
        return FEW
    found = place.goal.enclose(f.term)
    gap = max(found.lo, -found.hi)
    if not gap > 0:
        return FEW
    q = exact(gap.lower())
    return max(FEW, 4 + int(q.q).bit_length() - int(q.p).bit_length()) if q > 0 else FEW


def area(place: Place, e: Term, kind: str, bits: int) -> tuple[fmpq, fmpq, str]:
    """Numbers between which a mean lies, and a proof."""
    (w,), f, script = bound(e), e.parts[0], place.script
    x, real = str(w.value), number_of(w)
    here = place.spelling[x]
    inner = replaced(f, {w: real})
    found = probability.expectation(e)
    if not (found.lo.is_finite() and found.hi.is_finite()):
        raise Untranslatable("enclose", "an integral that the core does not know either")
    whole = f"(fun {here} => {place.text(inner)})"
    claim = f"forall {here} : R, {ALLOWED[kind].format(here)}continuity_pt {whole} {here}"
    with script.step(claim, "c") as smooth, opened(place, [w]) as there:
        script.say(f"exact {continuous(there, inner, x)}.")
    folded, same = fold(place, inner, x, kind)
    law_, mean = place.facts_of_law(kind), place.spelling[MEANS[kind]]
    g, integrand = f"(fun {here} => {place.text(folded)})", place.text(folded, 40)
    end = "1" if kind == "unit" else "(sqrt 3)"
    scale, tail, sized = arb(1), arb(0), ""
    saved, ctx.prec = ctx.prec, 256
    try:
        if kind == "gaussian":
            a, b, proof = growth(place, inner, x)
            far = max(fmpq(16), 4 * b)
            far = fmpq(-int(-far.p // far.q))
            end, integrand = rational(far), f"{integrand} * exp (- ({here} ^ 2 / 2))"
            scale, tail = (2 * arb.pi()).sqrt(), 4 * arb(a) * (-(arb(far) ** 2) / 4).exp()
            sized = f"({rational(a)}) ({rational(b)}) {end}"
        elif kind == "uniform":
            scale = 2 * arb(3).sqrt()
        lo, hi = exact((found.lo * scale).lower()), exact((found.hi * scale).upper())
        slack = max(abs(lo), abs(hi)) / fmpq(2) ** bits
        lo, hi = rounded(lo - slack, False), rounded(hi + slack, True)
        p = rounded(exact(((arb(lo) - tail) / scale).lower()), False)
        q = rounded(exact(((arb(hi) + tail) / scale).upper()), True)
    finally:
        ctx.prec = saved
    claim = f"{rational(lo)} <= RInt (fun {here} => {integrand}) 0 {end} <= {rational(hi)}"
    between = script.quick(claim, f"clear; integral with ({TIERS[bits]})", "i")
    ends = f"({rational(lo)}) ({rational(hi)})"
    if kind == "unit":
        return lo, hi, f"unit_between {mean} {whole} {g} {ends} {law_} {smooth} {same} {between}"
    last = f"{same} {between} {DEEP} {DEEP}"
    ends = f"{ends} ({rational(p)}) ({rational(q)}) {law_} {smooth}"
    if kind == "gaussian":
        last = f"{proof} {RAT} {RAT} {last}"
    return p, q, f"{MEANS[kind]}_between {mean} {whole} {g} {sized} {ends} {last}"


# What is integrated -------------------------------------------------------------------------------


def fold(place: Place, f: Term, x: str, kind: str) -> tuple[Term, str]:
    """The sum of a function's values at w and -w for w >= 0, as Coq integrates it, and why."""
    script, w, here = place.script, Term("variable", value=x), place.spelling[x]
    turned = replaced(f, {w: neg(w)})
    sides = [f] if kind == "unit" else [f, turned]
    plain = [upright(side, w) for side in sides]
    made = [as_exponentials(side) for side in plain]
    if not all(part.head in KNOWN for side in made for part in side.walk()):
        raise Untranslatable("enclose", "an integral of a function that Coq does not compute")
    total = made[0]
    if len(made) == 2:
        total = times(TWO, total) if made[0] == made[1] else plus(*made)
    left = " + ".join(place.text(side, 40) for side in sides)
    with script.step(
        f"forall {here} : R, 0 <= {here} -> {left} = {place.text(total)}", "e"
    ) as name:
        sure = script.names.fresh("r")
        script.say(f"intros {here} {sure}.")
        goal = replace(
            place.goal, variables={**place.goal.variables, x: w},
            box={**place.goal.box, x: Range(fmpq(0))},
        )  # fmt: skip
        there = replace(place, goal=goal, facts={**place.facts, Formula(w, GE): sure}, made={})
        script.say(f"rewrite ?Rabs_Ropp, ?(Rabs_pos_eq {here} {sure}).")
        for n in evens(turned, w):
            script.say(f"rewrite ?(even_turned {here} {n} {n // 2} eq_refl).")
        for root in dict.fromkeys(e for side in plain for e in side.walk() if is_root(e)):
            base, q = as_exponentials(root.parts[0]), int(exact_power(root).q)
            positive = holds(there, Formula(base, GT))
            count = f"ltac:(natural_number) : INR {q} = {q}"
            script.say(f"rewrite ?(root_over {q} {there.text(base, 0)} {q} {positive} ({count})).")
        script.say("first [reflexivity | identity].")
    return total, name


def upright(e: Term, w: Term) -> Term:
    """What a term is at w >= 0: |w| and |-w| are w, and even powers of -w are those of w."""
    if e in (absolute(w), absolute(neg(w))):
        return w
    if e.head == "**" and e.parts[0] == neg(w) and e in even_powers(e):
        return power(w, e.parts[1])
    parts = tuple(upright(p, w) for p in e.parts)
    return e if parts == e.parts else Term(e.head, *parts, value=e.value)


def even_powers(e: Term) -> list[Term]:
    """The even whole powers in a term."""
    found = [(p, constant(p.parts[1])) for p in e.walk() if p.head == "**"]
    return [p for p, q in found if q is not None and q.q == 1 and q > 0 and not int(q.p) % 2]


def evens(e: Term, w: Term) -> list[int]:
    """The even exponents with which -w occurs."""
    return sorted({int(exact_power(p).p) for p in even_powers(e) if p.parts[0] == neg(w)})


def exact_power(e: Term) -> fmpq:
    """The exponent of a power, which is a number."""
    q = constant(e.parts[1])
    assert q is not None
    return q


def is_root(e: Term) -> bool:
    """Whether a term is a power of a root that Coq's interval arithmetic does not know."""
    q = constant(e.parts[1]) if e.head == "**" else None
    return q is not None and q.q > 2


def as_exponentials(e: Term) -> Term:
    """Write roots of degree above 2 as exponentials."""
    parts = tuple(as_exponentials(p) for p in e.parts)
    if is_root(e):
        q = exact_power(e)
        root = exp(over(Term("log", parts[0]), number(int(q.q))))
        return root if q.p == 1 else power(root, number(int(q.p)))
    return e if parts == e.parts else Term(e.head, *parts, value=e.value)


# How fast it grows --------------------------------------------------------------------------------


Growth = tuple[fmpq, fmpq, str]
"""Numbers A and b, and a proof that a function of x is at most A exp(b |x|) in size."""


def growth(place: Place, e: Term, x: str) -> Growth:
    """How fast a function of x grows."""
    if x not in e.names:
        return flat(place, e, x)
    if e.head == "variable":
        return fmpq(1), fmpq(1), "tame_id"
    q = constant(e.parts[1]) if e.head in ("**", "/") else fmpq(1, 2) if e.head == "sqrt" else None
    if e.head in ("+", "-", "*"):
        (a, b, left), (c, d, right) = (growth(place, p, x) for p in e.parts)
        f, most = " ".join(function_of(place, p, x) for p in e.parts), max(b, d)
        known = f"{f} {shown(a, c, b, d)}"
        if e.head == "*":
            return noted(place, e, x, a * c, b + d, f"tame_times {known} {left} {right}")
        lemma = f"tame_{'plus' if e.head == '+' else 'minus'} {known} {shown(most)}"
        return noted(place, e, x, a + c, most, f"{lemma} {RAT} {RAT} {left} {right}")
    if e.head in ("neg", "abs"):
        a, b, known = growth(place, e.parts[0], x)
        f = function_of(place, e.parts[0], x)
        return noted(place, e, x, a, b, f"tame_{e.head} {f} {shown(a, b)} {known}")
    if e.head == "/" and q is not None and q > 0:
        a, b, known = growth(place, e.parts[0], x)
        f, share = function_of(place, e.parts[0], x), place.text(e.parts[1], 0)
        known = f"tame_over {f} {shown(a, b)} {share} {shown(a / q)} {RAT} {RAT} {known}"
        return noted(place, e, x, a / q, b, known)
    if e.head in ("**", "sqrt") and q is not None and q > 0:
        return of_power(place, e, q, x)
    if e.head == "exp":
        found = linear(e.parts[0], Term("variable", value=x))
        start = None if found is None else constant(found[1])
        if found is not None and start is not None:
            return of_exponential(place, e, x, abs(found[0]), start)
    return flat(place, e, x)


def shown(*values: fmpq) -> str:
    """Write numbers as arguments."""
    return " ".join(rational(q, 0) for q in values)


def noted(place: Place, e: Term, x: str, a: fmpq, b: fmpq, proof: str) -> Growth:
    """Name what is known of the growth of a term."""
    claim = f"tame {function_of(place, e, x)} {shown(a, b)}"
    tactic = f"apply (tame_as _ _ _ _ _ ({proof})); clear; simpl; lra"
    return a, b, place.script.quick(claim, tactic, "g")


def of_power(place: Place, e: Term, q: fmpq, x: str) -> Growth:
    """The growth of a power of a root."""
    base, up, down = e.parts[0], int(q.p), int(q.q)
    a, b, known = growth(place, base, x)
    if down > 1:
        lemma = "tame_sqrt" if down == 2 else f"tame_root {down - 1}"
        known = f"{lemma} {function_of(place, base, x)} {shown(a, b)} {RAT} {known}"
        base, a = (e if e.head == "sqrt" else power(base, number(fmpq(1, down)))), a + 1
        a, b, known = noted(place, base, x, a, b, known)
    if up > 1 or down == 1:
        count = f"ltac:(natural_number) : INR {up} = {up}"
        known = f"tame_pow {function_of(place, base, x)} {shown(a, b)} {up} {up} ({count}) {known}"
        a, b, known = noted(place, e, x, a**up, b * up, known)
    return a, b, known


def of_exponential(place: Place, e: Term, x: str, slope: fmpq, start: fmpq) -> Growth:
    """The growth of the exponential of a linear function."""
    here = place.spelling[x]
    most = rounded(value_of(lambda u: u.exp(), start, True), True) if start else fmpq(1)
    size = (f"ltac:(intros {here}; generalize (Rle_abs {here}) (Rle_abs (- {here})); "
            f"rewrite Rabs_Ropp; intros; lra)")  # fmt: skip
    f = function_of(place, e.parts[0], x)
    proof = f"tame_exp {f} {shown(slope, start, most)} {size} {DEEP if start else EXP0}"
    return noted(place, e, x, most, slope, proof)


def flat(place: Place, e: Term, x: str) -> Growth:
    """The growth of what has bounds that do not depend on x."""
    script, here = place.script, place.spelling[x]
    variables = {**place.goal.variables, x: Term("variable", value=x)}
    goal = replace(place.goal, variables=variables, box={**place.goal.box, x: Range()})
    trial = replace(place, goal=goal, script=Script(script.names), made={})
    b = Bounds(trial).bound(e)
    if b.lo is None or b.hi is None:
        raise Untranslatable("enclose", f"no bound of the growth of {place.text(e)[:60]}")
    most = max(-b.lo, b.hi, fmpq(0))
    q = rational(most, 0)
    with script.step(f"forall {here} : R, - {q} <= {place.text(e)} <= {q}", "g") as name:
        script.say(f"intros {here}.")
        b = Bounds(replace(trial, script=script, made={})).bound(e)
        script.say(f"generalize {b.lower} {b.upper}; clear; intros; lra.")
    return most, fmpq(0), f"(tame_flat {function_of(place, e, x)} {q} {name})"


__all__ = ["by_integral"]
