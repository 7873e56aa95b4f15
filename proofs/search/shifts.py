"""Variables moved and joined: x = g + t where a fact says x >= g, t = x y where only that occurs.

Floating-point probes propose; the core's ``substitute`` shows that nothing is lost.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from proofs.core.goals import Goal
from proofs.core.terms import Relation, Term, linear, minus, neg, number, over, text
from proofs.search.floats import function, samples, value
from proofs.search.forms import Forms
from proofs.search.trees import Tree, cases, cone, substitute, unused

GE, GT = Relation.GE, Relation.GT
SMOOTH = frozenset({"exp", "log", "tanh", "sinh", "cosh", "erf", "atan", "**"})
FACTORS = (0.5, 3.0)


def shifted(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """X = g + t, t >= 0, where an invariant says x >= g and x stands in a function."""
    if goal.relation not in (GE, GT):
        return
    inside = {x for e in goal.target.walk() if e.head in SMOOTH for x in e.parts[0].names}
    for label, (e, relation) in goal.facts.items():
        if relation not in (GE, GT) or not label.startswith("invariant"):
            continue
        for x in sorted(inside & e.names & set(goal.box)):
            found = linear(e, goal.variables[x])
            if found is None or goal.variables[x].head != "variable" or len(e.names) < 2:
                continue
            slope, rest = found
            if goal.box[x][:2] != (None, None) or slope < 0:
                continue
            least = neg(rest) if slope == 1 else neg(over(rest, number(slope)))
            new = Term("variable", value=x)
            node = substitute(
                x,
                f"({text(least)}) + {x}",
                text(minus(new, least)),
                [f"{x} {'>' if relation is GT else '>='} 0"],
            )
            yield {**node, "parts": [..., cone([(1 / slope, [label], "1")]), None]}
            return


def joined(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """T = x y or x^2 y, where the target depends on two variables by that product only."""
    names = [x for x in sorted(goal.target.names) if x in goal.box]
    if len(names) < 2 or len(names) > 4 or goal.relation not in (GE, GT):
        return
    free = [x for x in names if _reaches(goal, x)]
    for x in free:
        for y in free:
            if x != y and _product_only(goal, x, y):
                yield _joined(goal, x, y)
                return
    for x in (x for x in free if goal.box[x].lo == 0 and goal.box[x].lo_open):
        for y in free:
            if x != y and _product_only(goal, x, y, 2):
                yield _joined(goal, x, y, 2)
                return


def _reaches(goal: Goal, x: str) -> bool:
    """Whether a variable takes all values, or all of one sign."""
    return goal.variables[x].head == "variable" and goal.box[x][:2] in ((None, None), (0, None))


def _product_only(goal: Goal, x: str, y: str, power: int = 1) -> bool:
    """Whether the target, and the sign of each fact about y, depends on both by x^power y only.

    Not where y/x^power stands there already: that is what was joined and did not fall out of roots.
    """
    u, v = goal.variables[x], goal.variables[y]
    for e in goal.target.walk():
        if e.head == "/" and e.parts[0] == v and e.parts[1] in (u, Term("**", u, number(power))):
            return False
    f, seen = function(goal.target), 0
    facts = [
        (function(e), relation is Relation.EQ)
        for e, relation in goal.facts.values()
        if y in e.names and len(e.names) > 1 and relation is not Relation.NE
    ]
    for point in samples(goal, 60, seed=9):
        at = value(f, point)
        if math.isnan(at) or abs(at) > 1e9 or not point[x] * point[y]:
            continue
        for k in FACTORS:
            there = {**point, x: point[x] * k, y: point[y] / k**power}
            moved = value(f, there)
            if not abs(moved - at) <= 1e-9 * (1 + abs(at)):
                return False
            if not all(_agree(value(g, point), value(g, there), equal) for g, equal in facts):
                return False
        seen += 1
    return seen >= 10


def _agree(first: float, second: float, equal: bool) -> bool:
    """Whether two values have one sign, or are nearly equal."""
    near = abs(first - second) <= 1e-9 * (1 + abs(first))
    return near if equal else near or (first >= 0) == (second >= 0)


def _joined(goal: Goal, x: str, y: str, power: int = 1) -> Tree:
    """Apart from x = 0, y = t/x^power; where x is negative, t = x y has the other sign."""
    r, low = goal.box[x], goal.box[y].lo
    is_open = goal.box[y].lo_open

    def way(positive: bool) -> Tree:
        sign = (">" if positive else "<") + ("" if is_open else "=")
        whole = x if power == 1 else f"{x}**{power}"
        return substitute(
            y, f"{y}/{whole}", f"{y}*{whole}", [] if low is None else [f"{y} {sign} 0"]
        )

    if r.lo == 0 and r.lo_open:
        return way(True)
    first, second = unused(goal, "joined", 2)
    other = None if r.lo == 0 else cases(second, f"-{x}", way(False), None)
    return cases(first, x, way(True), other)
