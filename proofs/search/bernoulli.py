"""Bernoulli's inequality in a summand: B^n >= 1 + n (B - 1) for 0 <= B and an integer n >= 1."""

from __future__ import annotations

from collections.abc import Iterator

from proofs.core.goals import Goal
from proofs.core.terms import ONE, Formula, Relation, constant, minus, plus, times
from proofs.search.floats import function, samples, value
from proofs.search.forms import Forms
from proofs.search.touching import summands
from proofs.search.trees import Tree, cone, have, unused

GE, GT = Relation.GE, Relation.GT


def bernoulli(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """A summand q B^n with a number q > 0 is replaced, where sampling sees that it may be."""
    if goal.relation not in (GE, GT):
        return
    parts = list(summands(goal.target, 1))
    for k, (e, sign) in enumerate(parts):
        factor, power = (e.parts[0], e.parts[1]) if e.head == "*" else (ONE, e)
        weight = constant(factor)
        if weight is None or weight * sign <= 0 or power.head != "**":
            continue
        base, n = power.parts
        low = goal.box[n.value].lo if n.head == "integer" and n.value in goal.box else None
        if low is None or low < 1 or not base.names or n.names & base.names:
            continue
        line = plus(ONE, times(n, minus(base, ONE)))
        left = times(factor, line)
        for j, (other, way) in enumerate(parts):
            if j != k:
                left = plus(left, other) if way > 0 else minus(left, other)
        least = function(left)
        if any(value(least, point) < -1e-9 for point in samples(goal, 100)):
            continue
        below, rest = unused(goal, "bernoulli", 2)
        last = cone([(1, [rest], "1"), (weight * sign, [below], "1")])
        made = have(rest, Formula(left, goal.relation), None, last)
        yield have(below, Formula(minus(power, line), GE), None, made)
