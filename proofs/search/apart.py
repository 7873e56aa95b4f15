"""What is shown apart: the first step, a state that is zero, a mean as a sum."""

from __future__ import annotations

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Relation, text, times
from proofs.search.engine import Search
from proofs.search.trees import Tree, cases, cone, have, unused

GE = Relation.GE


def counted(goal: Goal, search: Search, fuel: int) -> Tree | None:
    """The conclusion times the number of steps, where facts are about sums and not means."""
    counters = [x for x in goal.variables.values() if x.head == "integer"]
    few = [x for x in counters if x.value in goal.target.names]
    if len(few) != 1 or goal.relation is not GE:
        return None
    (n,) = few
    first, second = unused(goal, "counted", 2)
    whole = Formula(times(n, goal.target), GE)
    made = have(second, whole, None, cone([(1, [second], "1")], [first]))
    return search.apply(goal, cases(first, text(n), made, None), fuel)


def vanishing(goal: Goal, search: Search, fuel: int) -> Tree | None:
    """Apart where an accumulator x is 0: elsewhere x - c x^2 >= s says 1 - c x >= 0."""
    if goal.relation is not GE:
        return None
    for e in (e for f, _ in goal.facts.values() for e in f.walk() if e.head == "max"):
        if e.parts[0].head == "integer":  # max(n, 1): the first step is another one
            (apart,) = unused(goal, "begun")
            return search.apply(goal, cases(apart, text(e.parts[0])), fuel)
    from proofs.search.closed_forms import divided

    own = [
        (label, e) for label, (e, r) in goal.facts.items() if r is GE and not e.parts and e.names
    ]
    for label, x in own:
        if not label.startswith("layer "):
            continue
        for other, (e, relation) in goal.facts.items():
            slack = [
                (at, y)
                for at, y in own
                if at.startswith("layer domain") and str(y.value) in e.names
            ]
            quotient = divided(goal, e, x, [y for _, y in slack]) if relation is GE else None
            if quotient is None:
                continue
            first, second = unused(goal, "vanishing", 2)
            terms = [(1, [other], "1"), *((1, [at], "1") for at, _ in slack)]
            known = have(second, Formula(quotient, GE), cone(terms, [first]), None)
            made = search.apply(goal, cases(first, text(x), known), fuel)
            if made is not None:
                return made
    return None
