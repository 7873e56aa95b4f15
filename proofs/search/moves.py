"""Moves: derived rules, each a tree of the core's rules with holes for what is left to show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    Formula,
    Relation,
    Term,
    constant,
    exp,
    minus,
    neg,
    number,
    plus,
    power,
    text,
    times,
)
from proofs.search.bernstein import signs
from proofs.search.forms import Forms, ends_a_range, scaled
from proofs.search.simplify import split_log
from proofs.search.standard import ADDED, GROWTH, STRICT_GROWTH, TANGENT
from proofs.search.trees import Tree, cases, cite, cone, have, opened, substitute, unused

GE, GT, EQ, NE = Relation.GE, Relation.GT, Relation.EQ, Relation.NE
MAX_PARTS = 60


def coefficients(goal: Goal) -> Tree:
    """The coefficients of numerator and denominator over the box have one sign."""
    forms = Forms(goal)
    sign, other, above, below = signs(forms, goal.relation)
    way = 1 if sign == other else -1
    if set(forms.bottom) == {()}:
        return cone(above.weighted(abs(forms.bottom[()])), above.times, way)
    (name,) = unused(goal, "bottom")
    lemma = Formula(forms.term(scaled(forms.bottom, other)), GT)
    last = cone(above.weighted(), [name, *above.times], way)
    return have(name, lemma, cone(below.weighted(), below.times), last)


def restated(goal: Goal, e: Term) -> Tree:
    """The target in other words."""
    (name,) = unused(goal, "words")
    return have(name, Formula(e, goal.relation), None, cone([(1, [name], "1")]))


def restrict(goal: Goal, label: str, forms: Forms) -> Tree | None:
    """A fact that is a x + b >= 0 in its normal form ends the range of x."""
    fact = next((f for f in forms.facts if f.label == label), None)
    if fact is None or fact.relation not in (GE, GT):
        return None
    places = {v for m in fact.poly for v, _ in m}
    if len(places) != 1:
        return None
    (v,) = places
    x = forms.atom(v)
    if x.head not in ("variable", "integer") or any(m not in ((), ((v, 1),)) for m in fact.poly):
        return None
    slope, at = fact.poly[((v, 1),)], -fact.poly.get((), fmpq(0)) / fact.poly[((v, 1),)]
    gap = minus(x, number(at)) if slope > 0 else minus(number(at), x)
    (name,) = unused(goal, "end")
    claim = Formula(gap, fact.relation)
    after = goal.where(name, claim)
    if after.box == goal.box:
        return None
    return have(name, claim, cone([(1 / abs(slope), [label], "1")]), None)


def void(goal: Goal) -> Tree | None:
    """The range of a variable is empty."""
    for x, r in sorted(goal.box.items()):
        if r.lo is None or r.hi is None or r.lo < r.hi:
            continue
        if r.lo > r.hi or r.lo_open or r.hi_open:
            ends = [(1, [f"lo:{x}"], "1"), (1, [f"hi:{x}"], "1"), (r.lo - r.hi, [], "1")]
            return cone(ends, sign=0)
    return None


def denial(goal: Goal, label: str, sign: int) -> Tree:
    """A fact fails wherever it is defined, so there is nothing to show: one hole, that it fails."""
    e, relation = goal.facts[label]
    (name,) = unused(goal, "denial")
    if relation is EQ:
        claim, weight = Formula(e if sign > 0 else neg(e), GT), -sign
    else:
        claim, weight = Formula(neg(e), GE if relation is GT else GT), 1
    return have(name, claim, None, cone([(weight, [label], "1"), (1, [name], "1")], sign=0))


def denials(goal: Goal) -> Iterator[Tree]:
    """Ways to contradict a fact."""
    for label, (e, relation) in goal.facts.items():
        if e.names and relation is not Relation.NE and not ends_a_range(goal, goal.facts[label]):
            for sign in (1, -1) if relation is Relation.EQ else (1,):
                yield denial(goal, label, sign)


def enumerate_values(goal: Goal, x: str, lo: int, hi: int) -> Tree:
    """An integer takes one of few values: a hole for each."""
    if lo == hi:
        value = str(lo) if lo >= 0 else f"({lo})"
        same = cone([(-1, [f"at:{x}"], "1")])
        return {**substitute(x, value, x), "parts": [..., same, None]}
    middle = (lo + hi) // 2
    (name,) = unused(goal, f"value {lo} {hi}")
    upper = enumerate_values(goal, x, middle + 1, hi)
    return cases(name, f"{x} - ({middle})", upper, enumerate_values(goal, x, lo, middle))


def point(goal: Goal, x: str) -> Tree:
    """A variable at the only point of its range."""
    value, same = goal.box[x].lo, cone([(-1, [f"at:{x}"], "1")])
    shown = str(value) if value >= 0 and value.q == 1 else f"({value})"
    return {**substitute(x, shown, x), "parts": [..., same, None]}


def fraction(goal: Goal, sign: int, forms: Forms) -> Tree:
    """top/bottom has the sign of top when bottom > 0 (of -top when bottom < 0)."""
    below, above = unused(goal, "fraction", 2)
    bottom = Formula(forms.term(scaled(forms.bottom, sign)), GT)
    top = Formula(forms.term(scaled(forms.top, sign)), goal.relation)
    way = cone([(1, [above], "1")], [below])
    if goal.relation is NE:
        return have(below, bottom, None, have(above, (top.term, GT), None, way))
    return have(below, bottom, None, have(above, top, None, way))


def factored(goal: Goal, content: fmpq, factors: Sequence[tuple[Term, int]]) -> Tree:
    """The target is c times powers, c > 0; odd ones, and for a strict target all, need a sign."""
    strict, names = goal.relation is GT, iter(unused(goal, "factor", len(factors)))
    lemmas: list[tuple[str, Term]] = []
    facts: list[str] = []
    square = ONE
    for e, k in factors:
        if strict or k % 2:
            name = next(names)
            lemmas.append((name, e))
            facts += [name] * (k if strict else 1)
        if not strict and k > 1:
            root = e if k < 4 else power(e, number(k // 2))
            square = root if square is ONE else times(square, root)
    made = cone([(content, facts, text(square))])
    for name, e in reversed(lemmas):
        made = have(name, Formula(e, goal.relation), None, made)
    return made


def square(goal: Goal) -> Tree | None:
    """L <= R follows from R >= 0 and L^2 <= R^2; the target has to read R - L or R + L."""
    sides = difference(goal)
    if sides is None:
        return None
    right, left = sides
    first, second, third = unused(goal, "square", 3)
    gap = minus(power(right, number(2)), power(left, number(2)))
    both = plus(right, left)
    last = cases(
        third,
        text(both),
        cone([(1, [second], "1")], [third]),
        cone([(2, [first], "1"), (1, [third], "1")]),
    )
    inner = have(second, Formula(gap, goal.relation), None, last)
    return have(first, Formula(right, goal.relation), None, inner)


def logarithm(goal: Goal) -> Tree | None:
    """L <= R follows from R > 0, L > 0 and log L <= log R, as exp(t) >= 1 + t.

    Where exponents are no polynomials their difference is not the exponent of a quotient in normal
    forms: then exp(log L) <= exp(log R) is cited as it stands.
    """
    sides = difference(goal)
    if sides is None:
        return None
    right, left = sides
    first, second, third, fourth = unused(goal, "log", 4)
    above, below = split_log(goal, right), split_log(goal, left)
    gap = minus(above, below)
    if any(e.head == "log" and _high(e) for e in gap.walk()):
        return None
    both = cone([(1, [second, fourth], "1"), (1, [second, third], "1")])
    last = cite(fourth, TANGENT.digest, {"t": text(gap)}, both)
    made = _logarithm(goal, first, second, third, gap, last)
    if not no_polynomial(gap) or opened(goal, made) is not None:
        return made
    lemma = STRICT_GROWTH if goal.relation is GT else GROWTH
    last = cite(fourth, lemma.digest, {"u": text(above), "v": text(below)})
    added = [*_added(above, ONE, -1), *_added(below, ONE, 1)]
    names = unused(goal, "added", len(added))
    rows = [(row[2], [name], text(row[3])) for name, row in zip(names, added, strict=True)]
    for known in ([], rows):  # where exponents are not added up, that they can be is cited
        end: Tree = cone([(1, [fourth], "1"), *known])
        for name, (u, v, *_) in zip(names, added, strict=True) if known else ():
            end = cite(name, ADDED.digest, {"u": text(u), "v": text(v)}, end)
        node = {**last, "parts": [..., cone([(1, [third], "1")]), end]}
        made = _logarithm(goal, first, second, third, gap, node)
        if opened(goal, made) is not None:
            break
    return made


def _added(e: Term, factor: Term, sign: int) -> Iterator[tuple[Term, Term, int, Term]]:
    """Sums in an exponent, each with the sign and the factor of exp(u + v) = exp(u) exp(v)."""
    if e.head == "+":
        u, v = e.parts
        yield u, v, sign, factor
        yield from _added(u, times(factor, exp(v)), sign)
        yield from _added(v, times(factor, exp(u)), sign)


def _logarithm(goal: Goal, first: str, second: str, third: str, gap: Term, last: Tree) -> Tree:
    right, left = goal.target.parts[0], _other(goal.target)
    inner = have(third, Formula(gap, goal.relation), None, last)
    return have(first, Formula(right, GT), None, have(second, Formula(left, GT), None, inner))


def no_polynomial(e: Term) -> bool:
    """Whether an exponential stands in it, or a quotient by what varies, outside of logarithms."""
    if e.head == "exp" or (e.head == "/" and e.parts[1].names):
        return True
    return e.head != "log" and any(map(no_polynomial, e.parts))


def _high(e: Term) -> bool:
    """Whether exponents are multiples of small parts: to factor such sums takes too long."""
    inside = [t for p in e.walk() if p.head == "exp" for t in p.walk()]
    sizes = (q for t in inside if (q := constant(t)) is not None)
    return any(max(abs(q.p), q.q) > MAX_PARTS for q in sizes)


def difference(goal: Goal) -> tuple[Term, Term] | None:
    """The target of an inequality as right - left."""
    e = goal.target
    if goal.relation not in (GE, GT) or e.head not in ("+", "-"):
        return None
    return e.parts[0], _other(e)


def _other(e: Term) -> Term:
    """What is taken from the first part of a sum or difference."""
    return e.parts[1] if e.head == "-" else negated(e.parts[1])


def negated(e: Term) -> Term:
    """The negative, without a double sign."""
    if e.head == "neg":
        return e.parts[0]
    if e.head == "*" and e.parts[0].head == "neg":
        return times(e.parts[0].parts[0], e.parts[1])
    return neg(e)


def induction(goal: Goal, x: str) -> Tree:
    """The target itself survives from each integer to the next."""
    return invariant(x, [Formula(goal.target, goal.relation)])


def invariant(x: str, formulas: Sequence[Formula], last: Tree | None = None) -> Tree:
    """Formulas that hold at the start, survive a step, and imply the target."""
    if x and last is None:
        last = cone([(1, ["invariant 0"], "1")])
    return {
        "rule": "invariant",
        "variable": x,
        "invariants": [str(f) for f in formulas],
        "parts": [..., last],
    }


def tail(goal: Goal, event: Term, exponent: fmpq, rest: Term, slope: fmpq) -> Tree:
    """Markov's bound in place of a probability with which the target falls."""
    bound, lemma = unused(goal, "tail", 2)
    last = cone([(1, [lemma], "1"), (slope, [bound], "1")])
    return {
        "rule": "markov",
        "event": text(event),
        "exponent": str(exponent),
        "name": bound,
        "parts": [..., have(lemma, Formula(rest, goal.relation), None, last)],
    }
