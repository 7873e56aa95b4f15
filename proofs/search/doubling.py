"""What a step squares: with A >= x and A + x >= 0 the square A^2 is at least x^2.

So the digits of Newton's method double: e' <= M e^2 and M e <= q^(2^n) give M e' <= q^(2^(n+1)).
An invariant A - c x >= 0 times A + c x is A^2 - c^2 x^2; the target -k x^2 + ... less k/c^2 times
that has no x^2 any more.
"""

from __future__ import annotations

from collections.abc import Iterator

from proofs.core.goals import Goal
from proofs.core.terms import (
    Formula,
    Relation,
    Term,
    minus,
    neg,
    number,
    over,
    plus,
    replaced,
    times,
)
from proofs.search.floats import plausible
from proofs.search.forms import vanishes
from proofs.search.trees import Tree, cone, have, unused

GE = Relation.GE


def doubled(goal: Goal) -> Iterator[Tree]:
    """The target by the square of an invariant."""
    if goal.relation is not GE:
        return
    for label, (fact, relation) in goal.facts.items():
        known = label.startswith("invariant") and relation is GE
        for name in sorted(fact.names & goal.target.names & set(goal.box)) if known else ():
            x = goal.variables[name]
            if x.head != "variable" or not vanishes(goal, _bend(fact, x)):
                continue
            slope = minus(*(replaced(fact, {x: number(q)}) for q in (1, 0)))
            bent = _bend(goal.target, x)
            if vanishes(goal, bent) or vanishes(goal, slope):
                continue
            factor = over(neg(bent), times(number(2), times(slope, slope)))
            sides = Formula(replaced(fact, {x: neg(x)}), GE)
            product = times(factor, times(fact, sides.term))
            parts = sides, Formula(factor, GE), Formula(minus(goal.target, product), GE)
            if all(plausible(goal.aimed(*part), 120) for part in parts):
                yield _argued(goal, label, *parts)


def _bend(e: Term, x: Term) -> Term:
    """The second difference in a variable."""
    low, middle, high = (replaced(e, {x: number(q)}) for q in (-1, 0, 1))
    return minus(plus(high, low), times(number(2), middle))


def _argued(goal: Goal, label: str, sides: Formula, factor: Formula, rest: Formula) -> Tree:
    first, second, third = unused(goal, "doubled", 3)
    made: Tree = cone([(1, [second, label, first], "1"), (1, [third], "1")])
    made = have(third, rest, None, made)
    return have(first, sides, None, have(second, factor, None, made))
