"""What a step makes of the worst that an invariant allows.

A step that grows with the state, such as c e^2 of Newton's method or e/(1 + c e), is largest where
the invariant e <= E is an equation: with the quotient q of differences, which is not negative,
the target is its value at E plus q (E - e).
"""

from __future__ import annotations

from collections.abc import Iterator

from proofs.core.goals import Goal
from proofs.core.terms import (
    ZERO,
    Formula,
    Relation,
    Term,
    linear,
    minus,
    number,
    over,
    replaced,
)
from proofs.search.floats import plausible
from proofs.search.forms import ratio
from proofs.search.trees import Tree, cone, have, unused

GE, GT = Relation.GE, Relation.GT
MAX_SIZE = 120


def at_worst(goal: Goal) -> Iterator[Tree]:
    """The target where an invariant holds with equality, for each that says so of a state."""
    if goal.relation not in (GE, GT):
        return
    for label, (fact, relation) in goal.facts.items():
        known = label.startswith("invariant ") and relation in (GE, GT)
        for name in sorted(fact.names & goal.target.names & set(goal.box)) if known else ():
            x = goal.variables[name]
            found = linear(fact, x)
            if x.head != "variable" or found is None or linear(goal.target, x) is not None:
                continue
            end = over(minus(ZERO, found[1]), number(found[0]))
            worst = replaced(goal.target, {x: end})
            slope = ratio(goal, minus(goal.target, worst), fact)
            if slope is None or slope.size + worst.size > MAX_SIZE or _divides(slope, x, fact):
                continue
            parts = Formula(slope, GE), Formula(worst, goal.relation)
            if all(plausible(goal.aimed(*part), 120) for part in parts):
                first, second = unused(goal, "worst", 2)
                made: Tree = cone([(1, [first, label], "1"), (1, [second], "1")])
                yield have(first, parts[0], None, have(second, parts[1], None, made))


def _divides(slope: Term, x: Term, fact: Term) -> bool:
    """Whether the fact was left below: then a difference was none of multiples of it."""
    return slope.head == "/" and linear(slope.parts[1], x) == linear(fact, x)
