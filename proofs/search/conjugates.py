"""Conjugate exponents: where 1/p + 1/q = 1, q in an exponent is p/(p - 1)."""

from __future__ import annotations

from collections.abc import Iterator

from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    ZERO,
    Relation,
    Term,
    constant,
    minus,
    neg,
    plus,
    replaced,
    text,
    times,
)
from proofs.search.forms import Forms, ratio, vanishes
from proofs.search.trees import Tree, cone, substitute


def conjugates(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """An exponent that an equation between two exponents gives, in terms of the other."""
    powers = (e.parts[1] for e in goal.target.walk() if e.head == "**")
    inside = frozenset[str]().union(*(e.names for e in powers if constant(e) is None))
    tops = {label: forms.term(top) for label, top, _, _ in forms.fractions}
    for label, (fact, relation) in goal.facts.items():
        top = tops.get(label, fact)
        if relation is not Relation.EQ or len(fact.names) != 2 or not inside & fact.names:
            continue
        for name in sorted(inside & fact.names, reverse=True):
            x = goal.variables[name]
            if x.head != "variable":
                continue
            value = _solved(goal, top, x)
            share = None if value is None else ratio(goal, minus(value, x), fact)
            if value is None or share is None:
                continue
            proof = cone([(1, [label], text(share))])
            yield {**substitute(name, text(value), "0"), "parts": [..., proof, None]}


def _solved(goal: Goal, e: Term, x: Term) -> Term | None:
    """Where a term that is linear in x, with other names in its slope, is zero."""
    low, high = (replaced(e, {x: q}) for q in (ZERO, ONE))
    slope = minus(high, low)
    if not slope.names or not vanishes(goal, minus(e, plus(low, times(slope, x)))):
        return None
    return ratio(goal, neg(low), slope)
