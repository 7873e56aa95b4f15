"""The mean value theorem: what vanishes where two ordered variables meet, by its slope in one.

A target F(x, y), x < y, with F(x, x) = 0 is nonnegative if F grows in y from x on. The path from x
to y stays below what bounds y: with y = x + t (H - x) it is 0 < t < 1, whose ends are numbers.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import (
    Formula,
    Malformed,
    Rejected,
    Relation,
    Term,
    constant,
    derivative,
    linear,
    minus,
    neg,
    number,
    over,
    plus,
    replaced,
    text,
    times,
)
from proofs.search.floats import function, plausible, samples, value
from proofs.search.forms import Forms, vanishes
from proofs.search.quotients import SMOOTH
from proofs.search.simplify import simplified
from proofs.search.trees import Tree, cases, cone, have, substitute, unused

GE, GT = Relation.GE, Relation.GT
MAX_SIZE = 60


def ordered(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Along a path on which one of two ordered variables leaves the other."""
    if goal.relation not in (GE, GT) or goal.target.size > MAX_SIZE or not _smooth(goal.target):
        return
    if any(name.startswith(("apart", "path")) for name in goal.facts):  # it is on a path
        return
    names = [x for x in sorted(goal.target.names & set(goal.box)) if _real(goal, x)]
    for x, y in itertools.permutations(names, 2):
        u, v = goal.variables[x], goal.variables[y]
        order = _above(goal, u, v)
        met = replaced(goal.target, {v: u})
        if order is None or not (_somewhere(goal, met) and vanishes(goal, met)):
            continue
        apart, strict = goal, order.strict
        if not strict:
            (name,) = unused(goal, "apart")
            order = Bound(u, True, name, fmpq(1))
            apart = goal.where(name, Formula(minus(v, u), GT))
        for moved, fixed, way in ((y, x, 1), (x, y, -1)):
            node = _path(apart, moved, fixed, way, order)
            if node is not None and not strict:
                together = substitute(y, f"{x} + {y}", f"{y} - {x}", [f"{y} >= 0", f"{y} <= 0"])
                node = cases(name, f"{y} - {x}", node, together)
            if node is not None:
                yield node


def _smooth(e: Term) -> bool:
    """Whether it has a function of what varies: of polynomials cones know as much."""
    return any(t.names and (t.head in SMOOTH or _root(t)) for t in e.walk())


def _root(e: Term) -> bool:
    """Whether it is a power that is not a whole one."""
    q = constant(e.parts[1]) if e.head == "**" else None
    return e.head == "sqrt" or (e.head == "**" and (q is None or q.q != 1))


def _somewhere(goal: Goal, e: Term) -> bool:
    """Whether a term seems to have a value at some point: 0/0 has none where two variables meet."""
    f = function(e)
    return any(value(f, p) == value(f, p) for p in samples(goal, 20))


def _real(goal: Goal, x: str) -> bool:
    return goal.variables[x].head == "variable"


class Bound(NamedTuple):
    """A constant on one side of a variable; weight times the fact is their distance."""

    end: Term
    strict: bool
    label: str
    weight: fmpq


def _above(goal: Goal, u: Term, v: Term) -> Bound | None:
    """The fact that says v > u, or v >= u."""
    for label, (e, relation) in goal.facts.items():
        if relation in (GE, GT) and e.names == u.names | v.names and e.size < 8:
            found = linear(e, v)
            if found is None or found[0] < 0:
                continue
            slope, rest = found
            if vanishes(goal, plus(over(rest, number(slope)), u)):
                return Bound(u, relation is GT, label, 1 / slope)
    return None


def _bound(goal: Goal, x: str, way: int) -> Bound | None:
    """What bounds a variable from above (or below) nearest, if anything does."""
    r, variable, kind = goal.box[x], goal.variables[x], "hi" if way > 0 else "lo"
    at, strict = (r.hi, r.hi_open) if way > 0 else (r.lo, r.lo_open)
    found = [] if at is None else [Bound(number(at), strict, f"{kind}:{x}", fmpq(1))]
    for label, (e, relation) in goal.facts.items():
        split = linear(e, variable) if e.names == {x} and relation in (GE, GT) else None
        if split is not None and split[0] * way < 0:
            slope, rest = split
            end = simplified(goal, over(rest, number(-slope)))
            found.append(Bound(end, relation is GT, label, 1 / abs(slope)))
    places = [(way * value(function(b.end), {}), b) for b in found]
    return min((p for p in places if p[0] == p[0]), key=lambda p: p[0], default=(0.0, None))[1]


def _path(goal: Goal, x: str, y: str, way: int, order: Bound) -> Tree | None:
    """X leaves y, upwards or downwards: x = y + t (H - y), or x = y + t where there is no end H."""
    moved, fixed = goal.variables[x], goal.variables[y]
    real = Term("variable", value=x)
    try:
        slope = derivative(replaced(goal.target, {moved: real}), x)
    except (Rejected, Malformed):
        return None
    grows = slope if way > 0 else neg(slope)
    if not plausible(goal.aimed(grows, GE), 200):
        return None
    first, second = unused(goal, "path", 2)
    end, near = _bound(goal, x, way), _bound(goal, y, -way)
    reach = number(way) if end is None else minus(end.end, fixed)
    away = Formula(reach if way > 0 else neg(reach), GT)  # how far it goes at most
    there, back = plus(fixed, times(real, reach)), over(minus(real, fixed), reach)
    apart = (order.weight, [order.label], "1")
    step = (fmpq(1), [f"lo:{x}", first], "1")
    more, less = (">", "<") if way > 0 else ("<", ">")
    rows, kept = [(f"{x} > 0", cone([apart], [first]))], [(f"{x} {more} {y}", cone([step]))]
    far = cone([])
    if end is not None:
        beyond = (end.weight, [end.label], "1")
        rows.append((f"{x} {'<' if end.strict else '<='} 1", cone([beyond], [first])))
        left = cone([(1, [f"hi:{x}", first], "1")])
        kept.append((f"{x} {less} {text(end.end)}", left))
        far = cone([apart, beyond])
    if near is not None:
        before = (near.weight, [near.label], "1")
        kept.append((f"{x} {more} {text(near.end)}", cone([before, step])))
    last = have(second, Formula(grows, goal.relation), None, cone([(1, [first, second], "1")]))
    returned = _moved(x, back, there, kept, last)
    grown: Tree = {"rule": "monotone", "variable": x, "end": "lo", "parts": [..., returned]}
    return have(first, away, None if end is None else far, _moved(x, there, back, rows, grown))


def _moved(x: str, to: Term, back: Term, rows: list[tuple[str, Tree]], rest: Tree) -> Tree:
    """A substitution, with what is known of the new variable, and how."""
    node = substitute(x, text(to), text(back), [said for said, _ in rows])
    return {**node, "parts": [..., *(shown for _, shown in rows), rest]}
