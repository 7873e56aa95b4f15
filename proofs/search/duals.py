"""Invariants from what is known of accumulators at the end, and from logarithms of accumulators.

With multipliers a hypothesis such as sum p_i = 1 becomes a part of the invariant; a bound of a sum
gives way to the sum itself; log S <= a + log n becomes S <= n exp(a), which a step keeps.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    Formula,
    Relation,
    Term,
    constant,
    exp,
    linear,
    minus,
    plus,
    replaced,
    times,
)
from proofs.search.floats import function, holds, value
from proofs.search.forms import scaled_term
from proofs.search.touching import summands

EQ, GE, GT = Relation.EQ, Relation.GE, Relation.GT
MULTIPLIERS = (0, 1, -1, fmpq(1, 2), fmpq(-1, 2), 2, -2)
MAX_FINALS, TRIED = 2, 150


def lagrangian(goal: Goal) -> list[Formula]:
    """The target plus multiples of what holds of the accumulators at the end."""
    layers = goal.layers
    assert layers is not None
    finals = [f for f in layers.finals.values() if f.relation in (EQ, GE)]
    if not 1 <= len(finals) <= MAX_FINALS or goal.relation is not GE:
        return []
    found = []
    for row in itertools.product(MULTIPLIERS, repeat=len(finals)):
        fits = all(f.relation is EQ or q <= 0 for f, q in zip(finals, row, strict=True))
        if fits and any(row):
            total = goal.target
            for f, q in zip(finals, row, strict=True):
                if q:
                    total = plus(total, scaled_term(fmpq(q), f.term))
            if _kept(goal, total):
                found.append(Formula(total, GE))
    return found


def _kept(goal: Goal, e: Term) -> bool:
    """Whether no step seems to lower a term, also where all that a step draws is nearly equal."""
    layers, source = goal.layers, random.Random(5)  # noqa: S311
    assert layers is not None
    change = function(minus(replaced(e, layers.updates), e))
    facts = [(function(f.term), f.relation) for f in layers.facts.values()]
    states = {str(x.value): 1.0 for x in layers.starts}
    for i in range(TRIED):
        base = math.exp(source.gauss(0, 1))
        spread = (1.0, 0.1, 0.01)[i % 3]
        drawn = {x: base * math.exp(spread * source.gauss(0, 1)) for x in layers.variables}
        point = {**dict.fromkeys(goal.box, 1.0), **states, **drawn}
        if all(holds(value(f, point), r) for f, r in facts) and value(change, point) < -1e-9:
            return False
    return True


def summed(goal: Goal) -> Iterator[Goal]:
    """The target with a sum in place of its bound: s where s >= S is known at the end."""
    layers = goal.layers
    assert layers is not None
    for f in layers.finals.values():
        for x in goal.variables.values():
            if x.head != "variable" or x in layers.starts or x not in set(f.term.walk()):
                continue
            found = linear(f.term, x)
            if found is not None and constant(found[1]) is None and f.relation is not Relation.NE:
                at = scaled_term(-1 / found[0], found[1])
                yield goal.aimed(replaced(goal.target, {x: at}), goal.relation)


def antilogs(goal: Goal) -> list[Formula]:
    """A comparison of sums of logarithms as one of products."""
    assert goal.layers is not None
    sides: dict[int, Term | None] = {1: None, -1: None}
    logs = 0
    for e, sign in summands(goal.target, 1):
        size = e.parts[0] if e.head == "log" else exp(e)
        logs += e.head == "log"
        known = sides[sign]
        sides[sign] = size if known is None else times(known, size)
    if not logs or goal.relation not in (GE, GT):
        return []
    right, left = (ONE if e is None else e for e in (sides[1], sides[-1]))
    return [Formula(minus(right, left), goal.relation)]
