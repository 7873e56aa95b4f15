"""Moduli, maxima and minima: what lowers the target takes both values, what raises it bounds.

Then a combination of linear facts is left, without cases.
"""

from __future__ import annotations

from collections.abc import Iterator

from proofs.core.goals import Goal
from proofs.core.terms import (
    Formula,
    Relation,
    Term,
    absolute,
    constant,
    minus,
    neg,
    plus,
    replaced,
    text,
)
from proofs.search.cone import cone as combination
from proofs.search.cone import linear
from proofs.search.corners import PLAIN
from proofs.search.forms import Forms
from proofs.search.trees import Tree, cases, cone, have, unused

GE = Relation.GE
CORNERS = frozenset({"abs", "min", "max"})
MAX_CORNERS = 10


def polyhedral(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Without the corners that lower the target; with bounds of those that raise it."""
    if goal.relation is not GE or any(e.head not in PLAIN for e in goal.target.walk()):
        return
    if any(name.startswith("corner") for name in goal.facts):
        yield from combination(goal, forms)
        return
    found = list(dict.fromkeys((e, sign) for e, sign, _ in corners(goal, goal.target, 1)))
    if not 1 <= len(found) <= MAX_CORNERS or (len(found) == 1 and not _straight(goal, *found[0])):
        return
    if any(e.head != "abs" and len(e.parts) != 2 for e, _ in found):
        return
    low = [e for e, sign in found if sign and (sign < 0) != (e.head == "min")]
    if low:  # what is inside of it, and has no sign yet, then has one
        yield _both(goal, max(low, key=lambda e: e.size))
        return
    if any(not sign for _, sign in found):
        return
    made: Tree | None = None
    rows = [row for e, _ in found for row in bounds(e)]
    for (gap, proof), name in zip(rows, unused(goal, "corner", len(rows)), strict=True):
        made = have(name, Formula(gap, GE), proof, made)
    if made is not None:
        yield made


def _straight(goal: Goal, e: Term, sign: int) -> bool:
    """Whether facts alone, without products, bound a single modulus: squares need more."""
    if e.head != "abs" or sign >= 0 or not goal.facts:
        return False
    ends = (replaced(goal.target, {e: way}) for way in (e.parts[0], neg(e.parts[0])))
    return all(linear(Forms(goal.aimed(end, GE))) for end in ends)


def corners(
    goal: Goal, e: Term, sign: int, blame: Term | None = None
) -> Iterator[tuple[Term, int, Term | None]]:
    """Moduli, minima and maxima, each with the sign with which it enters; 0 if that varies.

    And with a factor of it whose sign is not plain, if there is one.
    """
    match e.head, e.parts:
        case "neg", [a]:
            yield from corners(goal, a, -sign, blame)
        case "+" | "-", [a, b]:
            yield from corners(goal, a, sign, blame)
            yield from corners(goal, b, sign if e.head == "+" else -sign, blame)
        case "*", [a, b]:
            for factor, other in ((a, b), (b, a)):
                way, unclear = _way(goal, other)
                yield from corners(goal, factor, sign * way, blame or unclear)
        case "max" | "min", parts:
            yield e, sign, blame
            for part in parts:
                yield from corners(goal, part, sign, blame)
        case "abs", [a]:
            yield e, sign, blame
            yield from corners(goal, a, 0)


def _way(goal: Goal, e: Term) -> tuple[int, Term | None]:
    """The sign of a factor, if it is plain; or else what in it has none."""
    q = constant(e)
    if q is not None:
        return (q > 0) - (q < 0), None
    for way, u in ((1, e), (-1, neg(e))):
        if goal.knows(u, GE):
            return way, None
    if e.head == "*":
        (one, unclear), (other, too) = (_way(goal, p) for p in e.parts)
        return one * other, unclear or too
    return 0, e


def _both(goal: Goal, e: Term) -> Tree:
    """The target with either value, without a fact that says which it is."""
    a, b = (e.parts[0], neg(e.parts[0])) if e.head == "abs" else e.parts
    first, second, third = unused(goal, "either", 3)
    ends = (cone([(1, [first], "1")]), cone([(1, [second], "1")]))
    apart = e.parts[0] if e.head == "abs" else minus(a, b)
    way = cases(third, text(apart), *(ends if e.head != "min" else reversed(ends)))
    for name, value in ((second, b), (first, a)):
        way = have(name, Formula(replaced(goal.target, {e: value}), GE), None, way)
    return way


def bounds(e: Term) -> Iterator[tuple[Term, Tree]]:
    """What a corner is at least, or at most for a minimum, with the proofs."""
    same, other = cone([]), cone([(1, ["side"], "1")])
    if e.head == "abs":
        (u,) = e.parts
        twice = cone([(2, ["side"], "1")])
        yield minus(absolute(u), u), cases("side", text(u), same, twice)
        yield plus(absolute(u), u), cases("side", text(u), twice, same)
        return
    a, b = e.parts
    apart = text(minus(a, b))
    if e.head == "max":
        yield minus(e, a), cases("side", apart, same, other)
        yield minus(e, b), cases("side", apart, other, same)
    else:
        yield minus(a, e), cases("side", apart, other, same)
        yield minus(b, e), cases("side", apart, same, other)
