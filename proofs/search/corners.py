"""Corners: moduli, min and max, and roots of squares, each argued by cases or by its sign."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Relation, Term, constant, minus, number, plus, replaced, text
from proofs.search import moves
from proofs.search.floats import function, holds, samples, value
from proofs.search.forms import Forms, p_add, p_mul, scaled, vanishes
from proofs.search.standard import EVEN
from proofs.search.trees import Tree, cases, cite, cone, have, unused

GE = Relation.GE
FEW = 8  # points at which the facts hold
PLAIN = frozenset(
    {"number", "variable", "integer", "neg", "+", "-", "*", "min", "max", "abs", "pi"}
)
ALGEBRAIC = frozenset(
    {"number", "variable", "integer", "neg", "+", "-", "*", "/", "**", "sqrt", "pi", "abs"}
)


def absolute(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Square both sides; or distinguish the signs of a modulus, the order of min and max."""
    terms = [e for e in outside(goal.target) if e.head == "abs"]
    smooth = all(e.head in ALGEBRAIC for e in outside(goal.target))
    found = moves.square(goal) if terms and smooth else None
    if found is not None:
        yield found
    for e in dict.fromkeys(terms):
        (name,) = unused(goal, "modulus")
        yield cases(name, text(e.parts[0]))
    extrema = dict.fromkeys(e for e in outside(goal.target) if e.head in ("min", "max"))
    for e in sorted(extrema, key=lambda e: e.size):  # inner ones first
        yield from extremum(goal, e)


def moduli(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Without moduli, short ones first, where squares would be of no use."""
    terms = sorted({e for e in outside(goal.target) if e.head == "abs"}, key=lambda e: e.size)
    if not terms or all(e.head in ALGEBRAIC for e in outside(goal.target)):
        return
    sides = moves.difference(goal)
    if sides is not None and root_index(sides[0]) == 2 and sides[1].head == "abs":
        found = moves.square(goal)
        if found is not None:
            yield found
            return
    e = terms[0]
    if _falls(goal, e):
        yield _both_signs(goal, e)
    else:
        (name,) = unused(goal, "modulus")
        yield cases(name, text(e.parts[0]))


def opposite(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """One of |u| and |-u| in place of both, where they stand in sums and products."""
    top = forms.polynomial
    places = sorted({v for m in top or () for v, _ in m if forms.atom(v).head == "abs"})
    if top is None or len(places) < 2:
        return
    for i, v in enumerate(places):
        for w in places[:i]:
            one, other = forms.atom(v), forms.atom(w)
            rows = {m: c for m, c in top.items() if dict(m).get(v)}
            if any(dict(m)[v] != 1 for m in rows):
                continue
            if not vanishes(goal, plus(one.parts[0], other.parts[0])):
                continue
            slope = {tuple(q for q in m if q[0] != v): c for m, c in rows.items()}
            rest = {m: c for m, c in top.items() if m not in rows}
            made = p_add(rest, p_mul(slope, {((w, 1),): fmpq(1)}))
            unit = 1 / forms.bottom[()]
            same, less = unused(goal, "opposite", 2)
            row = (1, [same], text(forms.term(scaled(slope, unit))))
            claim = Formula(forms.term(scaled(made, unit)), goal.relation)
            last = have(less, claim, None, cone([(1, [less], "1"), row]))
            yield cite(same, EVEN.digest, {"t": text(other.parts[0])}, last)
            return


def nested(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Without min and max inside of quotients, roots, powers and functions."""
    outer = [e for e in outside(goal.target) if e.head not in PLAIN]
    inner = dict.fromkeys(t for e in outer for t in e.walk() if t.head in ("min", "max"))
    for e in sorted(inner, key=lambda e: e.size):
        yield from extremum(goal, e)


def settled(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Min and max whose order seems to be the same wherever the facts hold: that is shown first."""
    extrema = [e for e in outside(goal.target) if e.head in ("min", "max") and len(e.parts) == 2]
    extrema = [e for e in dict.fromkeys(extrema) if e.names]
    if not extrema:
        return
    facts = [(function(e), r) for e, r in goal.facts.values()]
    points = [q for q in samples(goal, 400) if all(holds(value(f, q), r) for f, r in facts)]
    for e in sorted(extrema, key=lambda e: e.size) if len(points) >= FEW else ():
        f = function(minus(*e.parts))
        seen = [v for v in (value(f, p) for p in points) if v == v]
        for sign, gap in ((1, minus(*e.parts)), (-1, minus(e.parts[1], e.parts[0]))):
            if seen and all(v * sign >= 0 for v in seen) and not goal.knows(gap, GE):
                name, turned = unused(goal, "settled", 2)
                rest = None
                if sign < 0:  # as the core reads min and max
                    said = Formula(Term("neg", minus(*e.parts)), GE)
                    rest = have(turned, said, cone([(1, [name], "1")]), None)
                yield have(name, Formula(gap, GE), None, rest)


def signed(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """The root of a square, where the base seems to have one sign that is not plain."""
    squares = [e.parts[0].parts[0] for e in outside(goal.target) if _root_of_square(e)]
    bases = [*squares, *(e.parts[0] for e in outside(goal.target) if e.head == "abs")]
    for u in dict.fromkeys(bases):
        f = function(u)
        seen = [v for v in (value(f, p) for p in samples(goal, 60)) if v == v]
        for sign, e in ((1, u), (-1, Term("neg", u))):
            if seen and all(v * sign >= 0 for v in seen) and not goal.knows(e, GE):
                (name,) = unused(goal, "signed")
                yield have(name, Formula(e, GE), None, None)


def outside(e: Term) -> Iterator[Term]:
    """The parts of a term that are outside of means and probabilities, where draws vary."""
    if e.head not in ("E", "P"):
        yield e
        for part in e.parts:
            yield from outside(part)


def _root_of_square(e: Term) -> bool:
    inside = e.parts[0] if root_index(e) == 2 else e
    return e is not inside and inside.head == "**" and constant(inside.parts[1]) == 2


def _falls(goal: Goal, e: Term) -> bool:
    """Whether sampling sees the target fall as a part of it grows."""
    low, high = (function(replaced(goal.target, {e: number(fmpq(q))})) for q in (0, 1))
    seen = [value(high, p) - value(low, p) for p in samples(goal, 40)]
    seen = [v for v in seen if v == v]
    return bool(seen) and max(seen) <= 0


def _both_signs(goal: Goal, e: Term) -> Tree:
    """|u| is u or -u: the target with either is shown without a fact about u."""
    u = e.parts[0]
    first, second, third = unused(goal, "modulus", 3)
    plus_, minus_ = (
        Formula(replaced(goal.target, {e: t}), goal.relation) for t in (u, Term("neg", u))
    )
    way = cases(third, text(u), cone([(1, [first], "1")]), cone([(1, [second], "1")]))
    return have(first, plus_, None, have(second, minus_, None, way))


def extremum(goal: Goal, e: Term, kind: str = "extremum") -> Iterator[Tree]:
    """Min or max is one of its first two; the target with that, and the target again."""
    a, b, *more = e.parts
    name, same = unused(goal, kind, 2)
    ends = []
    for chosen in (a, b) if e.head == "max" else (b, a):
        simpler = Term(e.head, chosen, *more) if more else chosen
        lemma = Formula(replaced(goal.target, {e: simpler}), goal.relation)
        ends.append(have(same, lemma, None, cone([(1, [same], "1")])))
    yield cases(name, text(minus(a, b)), *ends)


def root_index(e: Term) -> int:
    """Which root a term takes; 1 if none."""
    if e.head == "sqrt":
        return 2
    exponent = constant(e.parts[1]) if e.head == "**" else None
    return 1 if exponent is None else int(exponent.q)
