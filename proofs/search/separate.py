"""Sums of functions of separate variables: each is at least its own least value."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Relation, Term, constant, minus, number, plus
from proofs.search.floats import function, nearest, samples, value
from proofs.search.forms import Forms, scaled_term
from proofs.search.premises import informs
from proofs.search.trees import Tree, cone, have, unused

GE, GT = Relation.GE, Relation.GT
CLEAR = 1e-7
"""What is above zero by less touches it."""
PLAIN = (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0)
MAX_PARTS = 6


def separate(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Split a sum whose terms have no variable in common; no fact speaks of two of its parts.

    Nothing is lost: the least value of the sum is the sum of the least values.
    """
    if goal.relation not in (GE, GT):
        return
    parts = _parts(goal)
    if not 2 <= len(parts) <= MAX_PARTS or sum(bool(e.names) for e in parts) < 2:
        return
    tied = [f.term.names for n, f in goal.facts.items() if informs(goal, n)]
    if any(sum(bool(names & e.names) for e in parts) > 1 for names in tied):
        return
    least = _shares([_least(goal, e) for e in parts])
    if least is None:
        return
    left = sum(least, fmpq(0))
    names = unused(goal, "part", len(parts))
    strict = goal.relation is GT and left == 0
    made: Tree = cone([(left, [], "1"), *((1, [name], "1") for name in names)])
    for name, e, low in zip(reversed(names), reversed(parts), reversed(least), strict=True):
        claim = e if low == 0 else minus(e, number(low))
        made = have(name, Formula(claim, GT if strict and name == names[0] else GE), None, made)
    yield made


def _parts(goal: Goal) -> list[Term]:
    """The sums of addends that share variables; numbers, if there are any, are one of them."""
    groups: list[tuple[frozenset[str], Term]] = []
    for c, e in _addends(goal.target, fmpq(1)):
        names, joined = frozenset(e.names & set(goal.box)), scaled_term(c, e)
        apart = []
        for own, other in groups:
            if own & names or own == names:
                names, joined = names | own, plus(other, joined)
            else:
                apart.append((own, other))
        groups = [*apart, (names, joined)]
    return [e for _, e in groups]


def _addends(e: Term, c: fmpq) -> Iterator[tuple[fmpq, Term]]:
    """What a term is a sum of, with rational weights."""
    if e.head in ("+", "-"):
        yield from _addends(e.parts[0], c)
        yield from _addends(e.parts[1], c if e.head == "+" else -c)
    elif e.head == "neg":
        yield from _addends(e.parts[0], -c)
    elif e.head == "*" and (q := constant(e.parts[0])) is not None:
        yield from _addends(e.parts[1], c * q)
    elif e.head in ("*", "/") and (q := constant(e.parts[1])) not in (None, 0):
        yield from _addends(e.parts[0], c * q if e.head == "*" else c / q)
    else:
        yield c, e


def _least(goal: Goal, e: Term) -> float:
    """The least value seen, at random places and at plain ones."""
    f = function(e)
    seen = [value(f, point) for point in samples(goal, 300)]
    for q in PLAIN:
        point = {}
        for x, r in goal.box.items():
            lo = q if r.lo is None else max(q, nearest(r.lo))
            point[x] = lo if r.hi is None else min(lo, nearest(r.hi))
        seen.append(value(f, point))
    return min((v for v in seen if v == v), default=float("inf"))


def _shares(least: list[float]) -> list[fmpq] | None:
    """Rational numbers below the least values that still add up to no less than zero."""
    gap = sum(least)
    if not -CLEAR < gap < float("inf"):
        return None
    exact = [Fraction(v).limit_denominator(64) for v in least]
    near = all(abs(float(q) - v) <= CLEAR for q, v in zip(exact, least, strict=True))
    if near and sum(exact) >= 0:
        return [fmpq(q.numerator, q.denominator) for q in exact]
    if gap < CLEAR:
        return None
    below = [Fraction(v - gap / (2 * len(least))).limit_denominator(10**6) for v in least]
    return [fmpq(q.numerator, q.denominator) for q in below]
