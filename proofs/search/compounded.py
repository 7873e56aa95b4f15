"""A closed form with powers against an exponential: q^n is at most exp((q - 1) n) for q >= 0.

Rates such as ((kappa - 1)/(kappa + 1))^2 are squares: their n-th power is that of the root at 2 n,
which is at most exp(-4 n/(kappa + 1)).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.normal import rational_root
from proofs.core.terms import (
    ONE,
    ZERO,
    Formula,
    Relation,
    Term,
    constant,
    exp,
    minus,
    number,
    plus,
    power,
    replaced,
    text,
    times,
)
from proofs.search.forms import vanishes
from proofs.search.modes import at_most
from proofs.search.standard import COMPOUNDED
from proofs.search.trees import Tree, cite, cone, have, unused

GE = Relation.GE
TWO = number(2)


def rated(goal: Goal, forms: Sequence[Formula]) -> list[Formula]:
    """Closed forms for the greatest first values, with roots of squares, if exponentials matter."""
    if goal.relation is not GE or not _exponentials(goal):
        return []
    most = [at_most(goal, f) for f in forms if f.relation is GE]
    roots = []
    for f in most:
        squares = {e: r for e in f.term.walk() if (r := _rooted(e)) is not None}
        roots += [Formula(replaced(f.term, squares), GE)] if squares else []
    return [*roots, *most]


def _exponentials(goal: Goal) -> bool:
    return any(e.head == "exp" and e.names for e in goal.target.walk())


def _rooted(e: Term) -> Term | None:
    """A power (q^2)^m with a formula m as q^(2 m)."""
    if e.head != "**" or constant(e.parts[1]) is not None or not e.parts[0].names:
        return None
    root = _root(e.parts[0])
    return None if root is None else power(root, times(TWO, e.parts[1]))


def _root(e: Term) -> Term | None:
    """What a formula is plainly the square of."""
    q = constant(e)
    if q is not None:
        root = rational_root(q, 2)
        return None if root is None else number(root)
    if e.head in ("*", "/"):
        a, b = map(_root, e.parts)
        return None if a is None or b is None else Term(e.head, a, b)
    k = constant(e.parts[1]) if e.head == "**" else None
    if k is None or k.q != 1 or k.p % 2:
        return None
    return e.parts[0] if k == 2 else power(e.parts[0], number(k / fmpq(2)))


def compounded(goal: Goal) -> Iterator[Tree]:
    """What an invariant says with an exponential in place of a power."""
    if goal.relation is not GE or not _exponentials(goal):
        return
    for label, (fact, relation) in goal.facts.items():
        known = label.startswith("invariant ") and relation is GE
        for e in dict.fromkeys(fact.walk()) if known else ():
            if e.head != "**" or constant(e.parts[1]) is not None or not e.parts[0].names:
                continue
            base, count = e.parts
            if any(goal.variables[x].head != "integer" for x in count.names if x in goal.box):
                continue
            low, high = (replaced(fact, {e: q}) for q in (ZERO, ONE))
            slope, rate = minus(high, low), minus(base, ONE)
            if not vanishes(goal, minus(fact, plus(low, times(slope, e)))):
                continue
            more = replaced(fact, {e: exp(times(rate, count))})
            first, second, third = unused(goal, "compounded", 3)
            made = have(
                third, Formula(more, GE), cone([(1, [label], "1"), (1, [first, second], "1")]), None
            )
            made = cite(second, COMPOUNDED.digest, {"u": text(rate), "n": text(count)}, made)
            yield have(first, Formula(slope, GE), None, made)
