"""Sums of quotients against a logarithm: a step by log(q) >= log(p) + 1 - p/q.

A step of sum a_t/(b + a_1 + ... + a_t) <= log(1 + (a_1 + ... + a_t)/b) adds a/q on the left and
log(q) - log(p) on the right. With the tangent exp(t) >= 1 + t at t = log(p) - log(q) what is left
has no logarithm. Of a sum of concave functions, as in log(1 + a_1) + ... <= n log(1 + S/n), several
logarithms are below the same one: a step is the inequality of Jensen for weights n and 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
    plus,
    replaced,
    text,
    times,
)
from proofs.search.engine import Search
from proofs.search.floats import plausible
from proofs.search.forms import ratio, vanishes
from proofs.search.standard import TANGENT
from proofs.search.trees import Tree, Weighted, cite, closed, cone, have, opened, unused

GE = Relation.GE
MAX_LOGS = 4


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
    """A target with sums of c_i*(log(q) - log(p_i)), for numbers or formulas c_i >= 0."""
    logs = [e for e in dict.fromkeys(goal.target.walk()) if e.head == "log"]
    if goal.relation is not GE or not 2 <= len(logs) <= MAX_LOGS:
        return None
    none = dict.fromkeys(logs, ZERO)
    rest = whole = replaced(goal.target, none)
    losses: dict[Term, Term] = {}
    for e in logs:
        loss = ratio(goal, minus(rest, replaced(goal.target, {**none, e: ONE})), ONE)
        if loss is None:
            return None
        losses[e] = loss
        whole = minus(whole, times(loss, e))
    if not vanishes(goal, minus(goal.target, whole)) or not vanishes(goal, _total(losses)):
        return None
    for high in logs:
        lows = {e: loss for e, loss in losses.items() if e != high}
        if all(plausible(goal.aimed(loss, GE), 60) for loss in lows.values()):
            tree = _below(goal, rest, high, lows, search, fuel)
            if tree is not None:
                return tree
    return None


def _total(losses: Mapping[Term, Term]) -> Term:
    first, *others = losses.values()
    for loss in others:
        first = plus(first, loss)
    return first


def _below(
    goal: Goal, rest: Term, high: Term, lows: Mapping[Term, Term], search: Search, fuel: int
) -> Tree | None:
    """The target where log(p) <= log(q) + p/q - 1 is used of each p, times what is lost of it."""
    q = high.parts[0]
    for low, loss in lows.items():
        rest = plus(rest, times(loss, minus(ONE, over(low.parts[0], q))))
    left = Formula(rest, GE)
    if not plausible(goal.aimed(*left), 120):
        return None
    plain, *names = unused(goal, "growing", 1 + 2 * len(lows))
    tangents, signs = names[::2], names[1::2]
    terms: list[Weighted] = [(1, [plain], "1")]
    for tangent, sign, loss in zip(tangents, signs, lows.values(), strict=True):
        c = constant(loss)
        terms.append((1, [tangent, sign], "1") if c is None else (c, [tangent], "1"))
    made: Tree = cone(terms)
    for tangent, low in zip(tangents, lows, strict=True):
        made = cite(tangent, TANGENT.digest, {"t": text(minus(low, high))}, made)
    made = have(plain, left, None, made)
    for sign, loss in zip(signs, lows.values(), strict=True):
        if constant(loss) is None:
            made = have(sign, Formula(loss, GE), None, made)
    found = opened(goal, made)
    return None if found is None else search.filled(*found, fuel=min(fuel, 3))
