"""Sums that depend on their end: which number that is, and what holds once the counter is there."""

from __future__ import annotations

from proofs.core.goals import Goal
from proofs.core.terms import Relation, Term, minus, text
from proofs.search.carried import counter_of
from proofs.search.trees import Tree, cone, substitute

EQ = Relation.EQ


def end_of(goal: Goal) -> Term | None:
    """The number at which the counter is said to be at the end."""
    counter, layers = counter_of(goal), goal.layers
    said = [e for e, relation in layers.finals.values() if relation is EQ] if layers else []
    for n in goal.variables.values():
        both = [] if counter in (None, n) else [(counter, n), (n, counter)]
        if any(minus(*pair) in said for pair in both):
            return n
    return None


def arrived(goal: Goal) -> Tree | None:
    """At the end the counter is the end: that is written in its place."""
    for label, (e, relation) in goal.facts.items():
        if (
            relation is EQ
            and e.head == "-"
            and {p.head for p in e.parts} == {"integer", "variable"}
        ):
            j, n = e.parts if e.parts[0].head == "integer" else e.parts[::-1]
            way = 1 if e.parts[0] is j else -1
            node = substitute(str(n.value), text(j), text(n))
            return {**node, "parts": [..., cone([(way, [label], "1")]), None]}
    return None
