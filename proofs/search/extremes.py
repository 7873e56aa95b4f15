"""The sign of a product with min or max in it: that with either of both."""

from __future__ import annotations

from collections.abc import Iterator

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Relation, Term
from proofs.search.corners import PLAIN, extremum
from proofs.search.floats import function, samples, value
from proofs.search.forms import Forms
from proofs.search.trees import Tree, cone, have, unused


def signless(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """A product with min or max of quotients or roots is positive as it is with either of both.

    In normal forms it would be a sum with a modulus, whose sign is not plain any more.
    """
    factors = list(_factors(goal.target))
    rough = [
        e
        for e in factors
        if e.head in ("min", "max") and any(t.head not in PLAIN for t in e.walk())
    ]
    if not rough or goal.relation not in (Relation.GT, Relation.NE):
        return
    if goal.relation is Relation.GT:
        yield from extremum(goal, min(rough, key=lambda e: e.size))
        return
    f = function(goal.target)
    seen = [v for v in (value(f, p) for p in samples(goal, 60)) if v == v]
    for sign, e in ((1, goal.target), (-1, Term("neg", goal.target))):
        if seen and all(v * sign >= 0 for v in seen):
            (name,) = unused(goal, "sign")
            yield have(name, Formula(e, Relation.GT), None, cone([(1, [name], "1")], sign=sign))
            return


def _factors(e: Term) -> Iterator[Term]:
    for part in e.parts if e.head in ("*", "/", "neg") else ():
        yield from _factors(part)
    if e.head not in ("*", "/", "neg"):
        yield e
