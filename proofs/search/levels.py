"""Logarithms beside powers of e: x log(x) >= -1/e touches at x = 1/e.

Where exp(k) is one of the numbers of a target, the product X of powers in its only logarithm may
touch at X = exp(c) with c = k, k/2, 2 k or their opposites:

    log(X) >= 1 + c - exp(c)/X        and        log(X) <= c - 1 + X/exp(c)

are exp(t) >= 1 + t at t = c - log(X) and at t = log(X) - c.
"""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import Relation, constant, exp, number
from proofs.search.floats import plausible
from proofs.search.forms import Forms, scaled
from proofs.search.touching import groups, sign_of, tangents_at
from proofs.search.trees import Tree, opened

FACTORS = (fmpq(1), fmpq(1, 2), fmpq(2))


def levels(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """The only logarithm by its tangent at a power of e, where nothing seems to be lost."""
    top = forms.polynomial
    if top is None or goal.relation is not Relation.GE or "tangent" in " ".join(goal.facts):
        return
    powers = {
        abs(k)
        for e in goal.target.walk()
        if e.head == "exp" and (k := constant(e.parts[0])) is not None and k != 0
    }
    found, rest = groups(forms, scaled(top, 1 / forms.bottom[()])) if powers else ([], {})
    if len(found) != 1 or any(e.head == "log" and e.names for e in forms.term(rest).walk()):
        return
    sign = sign_of(goal, forms.term(found[0][0]))
    if not sign:
        return
    for c in sorted({k * f * way for k in powers for f in FACTORS for way in (1, -1)}, key=abs):
        node = tangents_at(forms, found, rest, [sign], [exp(number(c))], goal)
        made = opened(goal, node)
        if made is not None and all(plausible(hole.goal, 120) for hole in made[1]):
            yield node
            return
