"""Units max(u, 0) with weights of any sign: differences of two are bounded by that of their inputs.

With |u - v| at least max(u, 0) - max(v, 0) and its opposite, and |a| at least a and -a, what a few
units differ by is a sum of products of such facts; cases for every sign would be too many.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from proofs.core.goals import Goal
from proofs.core.terms import ZERO, Formula, Relation, Term, minus, plus, times
from proofs.search.cone import cone
from proofs.search.corners import PLAIN
from proofs.search.forms import Forms
from proofs.search.polyhedral import bounds, corners
from proofs.search.trees import Tree, have, unused

GE = Relation.GE
MAX_UNITS, MAX_FACTS = 4, 12


def units(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Bounds of moduli and of differences of units; afterwards a combination with products."""
    if goal.relation is not GE or any(e.head not in PLAIN for e in goal.target.walk()):
        return
    if any(name.startswith("unit") for name in goal.facts):
        yield from cone(goal, forms)
        return
    found = {e: sign for e, sign, _ in corners(goal, goal.target, 1)}
    inputs = [e.parts[0] for e, sign in found.items() if not sign and _unit(e)]
    moduli = [e for e, sign in found.items() if e.head == "abs" and sign >= 0]
    if any(e.head == "abs" for e in found if e not in moduli) or not moduli:
        return
    if not 2 <= len(inputs) <= MAX_UNITS:
        return
    claims: list[tuple[Term, Tree | None]] = []
    sizes: list[Term] = []
    for u, v in itertools.combinations(inputs, 2):
        size = _apart(u, v, moduli)
        if size is not None:
            gap = minus(Term("max", u, ZERO), Term("max", v, ZERO))
            claims += [(minus(size, gap), None), (plus(size, gap), None)]
            sizes += [size, *size.parts]
    if not claims:
        return
    claims += [row for e in moduli if e not in sizes for row in bounds(e)]
    made: Tree | None = None
    names = unused(goal, "unit", len(claims))
    for name, (gap, proof) in reversed(list(zip(names, claims, strict=True))):
        made = have(name, Formula(gap, GE), proof, made)
    if made is not None and len(claims) <= MAX_FACTS:
        yield made


def _unit(e: Term) -> bool:
    return e.head == "max" and len(e.parts) == 2 and e.parts[1] == ZERO


def _apart(u: Term, v: Term, moduli: list[Term]) -> Term | None:
    """The modulus of a difference of inputs, as the target has it."""
    for e in moduli:
        (inside,) = e.parts
        if inside in (minus(u, v), minus(v, u)):
            return e
        if u.head == v.head == "*" and u.parts[0] == v.parts[0]:
            less = minus(u.parts[1], v.parts[1]), minus(v.parts[1], u.parts[1])
            if inside in less:
                return times(Term("abs", u.parts[0]), e)
    return None
