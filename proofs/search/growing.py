"""Sums of quotients against a logarithm: a step by log(q) >= log(p) + 1 - p/q.

A step of sum a_t/(b + a_1 + ... + a_t) <= log(1 + (a_1 + ... + a_t)/b) adds a/q on the left and
log(q) - log(p) on the right. With the tangent exp(t) >= 1 + t at t = log(p) - log(q) what is left
has no logarithm.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    ZERO,
    Formula,
    Relation,
    Term,
    constant,
    minus,
    over,
    replaced,
    text,
    times,
)
from proofs.search.engine import Search
from proofs.search.floats import plausible
from proofs.search.forms import ratio, vanishes
from proofs.search.standard import TANGENT
from proofs.search.trees import Tree, cite, closed, cone, have, opened, unused

GE = Relation.GE


def logarithmic(goal: Goal, nodes: Iterable[Tree], search: Search, fuel: int) -> Tree | None:
    """What remains of a step by one of some eliminations, where two logarithms are in it."""
    if goal.relation is not GE or not any(e.head == "log" for e in goal.target.walk()):
        return None
    for node in nodes:
        made = opened(goal, node)
        if made is None:
            continue
        tree, holes = made
        for hole in holes:
            hole.filled = search.leaf(hole.goal) or _apart(hole.goal, search, fuel) or {}
            if not hole.filled:
                break
        if all(hole.filled for hole in holes):
            return closed(tree)
    return None


def _apart(goal: Goal, search: Search, fuel: int) -> Tree | None:
    """A target c*(log(q) - log(p)) + rest, for a positive number c."""
    logs = [e for e in dict.fromkeys(goal.target.walk()) if e.head == "log"]
    for high, low in itertools.permutations(logs, 2) if goal.relation is GE else ():
        rest = replaced(goal.target, {high: ZERO, low: ZERO})
        slope = ratio(goal, minus(replaced(goal.target, {high: ONE, low: ZERO}), rest), ONE)
        c = None if slope is None else constant(slope)
        if c is None or c <= 0:
            continue
        p, q = low.parts[0], high.parts[0]
        gap = minus(goal.target, Term("+", times(slope, minus(high, low)), rest))
        if not vanishes(goal, gap):
            continue
        left = Formula(Term("+", times(slope, minus(ONE, over(p, q))), rest), GE)
        if not plausible(goal.aimed(*left), 120):
            continue
        tangent, plain = unused(goal, "growing", 2)
        last: Tree = cone([(c, [tangent], "1"), (1, [plain], "1")])
        by = cite(tangent, TANGENT.digest, {"t": text(minus(low, high))}, last)
        found = opened(goal, have(plain, left, None, by))
        tree = None if found is None else search.filled(*found, fuel=min(fuel, 3))
        if tree is not None:
            return tree
    return None
