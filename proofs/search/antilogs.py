"""Logarithms of sums: log S <= a + log n is S <= n exp(a), which a step keeps.

Where the a is the largest of what was drawn, exp of it is at least exp of either of both.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Malformed, Rejected, Relation, Term, minus
from proofs.search.cone import cone
from proofs.search.engine import Search
from proofs.search.forms import Forms
from proofs.search.premises import antilog
from proofs.search.tactics import fraction
from proofs.search.trees import Hole, Tree, closed, have, opened, unused

GE, GT = Relation.GE, Relation.GT
MAX_LARGEST = 2


def arrived(goal: Goal, search: Search) -> Tree | None:
    """A comparison of logarithms from the invariant that compares what they are of."""
    if not any(e.head == "log" for e in goal.target.walk()):
        return None
    try:
        forms = Forms(goal)
        ways = list(antilog(goal, forms))
        if not ways:  # (log n - log S)/b
            ways = list(fraction(goal, forms))
            return next(filter(None, (_behind(goal, way, search) for way in ways)), None)
        made = (opened(goal, way) for way in ways)
        return next((closed(m[0]) for m in made if m and _plain(m[1], search)), None)
    except (Rejected, Malformed):
        return None


def _behind(goal: Goal, way: Tree, search: Search) -> Tree | None:
    """The same of the numerator, where all but this is plain."""
    made = opened(goal, way)
    if made is None:
        return None
    for hole in made[1]:
        hole.filled = search.leaf(hole.goal) or {}
        if not hole.filled and (found := arrived(hole.goal, search)):
            hole.filled = found
        if not hole.filled:
            return None
    return closed(made[0])


def _plain(holes: list[Hole], search: Search) -> bool:
    for hole in holes:
        hole.filled = search.leaf(hole.goal) or search.solve(hole.goal, 1) or {}
        if not hole.filled:
            return False
    return True


def largest(goal: Goal, search: Search) -> Tree | None:
    """With exp(max(u, v)) at least exp(u) and exp(v), as facts: a combination of what is known."""
    found = dict.fromkeys(_powers(goal.target))
    if goal.relation not in (GE, GT) or not 1 <= len(found) <= MAX_LARGEST:
        return None
    here = goal
    trees: list[tuple[Any, list[Hole]]] = []
    for e in found:
        for part in _inside(e) or ():
            (name,) = unused(here, "largest")
            lower = Formula(minus(e, _instead(e, part)), GE)
            made = opened(here, have(name, lower, None, None))
            if made is None or (shown := search.solve(made[1][-2].goal, 3)) is None:
                return None
            made[1][-2].filled = shown
            if not _plain(made[1][:-2], search):
                return None
            trees.append(made)
            here = made[1][-1].goal
    try:
        last = next((t for node in cone(here, Forms(here)) if (t := search.apply(here, node, 1))),
                    None)  # fmt: skip
    except (Rejected, Malformed):
        return None
    if last is None:
        return None
    for tree, holes in reversed(trees):
        holes[-1].filled = last
        last = closed(tree)
    return last


def _powers(e: Term) -> Iterator[Term]:
    """What is exp of a largest of two, or of a positive multiple of it."""
    return (t for t in e.walk() if t.head == "exp" and _inside(t) is not None)


def _inside(e: Term) -> tuple[Term, Term] | None:
    tops = [t for t in e.walk() if t.head == "max" and len(t.parts) == 2]
    return (tops[0].parts[0], tops[0].parts[1]) if len(set(tops)) == 1 else None


def _instead(e: Term, part: Term) -> Term:
    if e.head == "max":
        return part
    return Term(e.head, *(_instead(p, part) for p in e.parts), value=e.value) if e.parts else e
