"""Cells: where signs, or minima with quotients inside, stand in the way, each on its own part.

What is a polynomial on each of a few parts of space is looked at on these parts, before anything is
substituted or squared: there the signs are known, and few corners are left.
"""

from __future__ import annotations

from collections.abc import Iterator

from proofs.core.goals import Goal
from proofs.core.terms import Relation, Term, neg, text
from proofs.search.cone import contradiction
from proofs.search.corners import PLAIN, extremum
from proofs.search.forms import Forms
from proofs.search.polyhedral import corners
from proofs.search.trees import Tree, cases, cone, unused

GE, GT = Relation.GE, Relation.GT
PIECEWISE = PLAIN | {"sign", "/", "**"}


def cells(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """One more sign, or order, of which the target is made; facts that exclude each other end it.

    A sign of what is zero has no normal form: there the order of what it is times is asked, which
    mostly makes that zero too, or contradicts the facts.
    """
    inner = list(dict.fromkeys(_inner(goal.target)))
    if any(e.head not in PIECEWISE for e in goal.target.walk()):
        yield from _beside_logarithms(goal, inner)
        return
    signs = [e.parts[0] for e in inner if e.head == "sign"]
    orders = [e for e in inner if e.head in ("min", "max") and (signs or _divides(e))]
    unknown = [way for u in sorted(signs, key=lambda u: u.size) if (way := _asked(goal, u))]
    if not unknown and not signs and not orders:
        unknown = list(_factors(goal))
    if not unknown and not orders:
        return
    found = contradiction(forms) if any(n.startswith("cell") for n in goal.facts) else None
    if found is not None:
        yield cone(found, sign=0)
    elif unknown:
        (name,) = unused(goal, "cell")
        yield cases(name, text(unknown[0]))
    else:
        yield from extremum(goal, min(orders, key=lambda e: e.size), "cell")


def _beside_logarithms(goal: Goal, inner: list[Term]) -> Iterator[Tree]:
    """The order of a maximum or minimum outside of logarithms of sums, which may be one of them."""
    heads = {e.head for e in goal.target.walk()}
    found = [
        e for e in inner if e.head in ("min", "max") and all(t.head in PLAIN for t in e.walk())
    ]
    if found and "log" in heads and heads <= PLAIN | {"log", "exp", "/"}:
        yield from extremum(goal, min(found, key=lambda e: e.size), "cell")


def _inner(e: Term) -> Iterator[Term]:
    """Signs, and corners without corners inside."""
    found = [t for p in e.parts for t in _inner(p)]
    yield from found
    if e.head == "sign" or (e.head in ("abs", "min", "max") and not found):
        yield e


def _divides(e: Term) -> bool:
    """Whether a quotient by what varies stands in it."""
    return any(t.head == "/" and t.parts[1].names for t in e.walk())


def _asked(goal: Goal, u: Term) -> Term | None:
    """What is to be positive or not, for the sign of a term to be known; None where it is."""
    if goal.knows(u, GT) or goal.knows(neg(u), GT):
        return None
    if not goal.knows(neg(u), GE):
        return u
    return None if goal.knows(u, GE) else neg(u)


def _factors(goal: Goal) -> Iterator[Term]:
    """Factors of corners, which may have any sign: then it is not plain where a corner raises."""
    if any(e.head not in PLAIN for e in goal.target.walk()):
        return
    for _, sign, factor in corners(goal, goal.target, 1):
        if not sign and factor is not None:
            yield factor
