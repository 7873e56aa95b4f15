"""Two moduli of which one is a multiple of the other: |1/x - 1/y| is |x - y|/(x y) for x, y > 0.

So are told the constants of Lipschitz continuity of quotients, where squares have many terms.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    ZERO,
    Formula,
    Relation,
    Term,
    minus,
    neg,
    replaced,
    text,
    times,
)
from proofs.search.corners import outside
from proofs.search.forms import Forms, ratio, vanishes
from proofs.search.touching import sign_of
from proofs.search.trees import Tree, cases, cone, have, unused

EQ, GE = Relation.EQ, Relation.GE
MOST = 60  # of the size of a ratio
PLAIN = frozenset({"number", "variable", "integer", "neg", "+", "-", "*", "/", "**", "sqrt"})


def proportional(goal: Goal, _: Forms) -> Iterator[Tree]:
    """Write |w| as q |u| where w = q u and q has one sign."""
    moduli = dict.fromkeys(e for e in outside(goal.target) if e.head == "abs" and e.names)
    pairs = itertools.permutations(sorted(moduli, key=lambda e: -e.size), 2)
    for one, other in pairs if 2 <= len(moduli) <= 4 else ():
        if one.size < other.size or not all(t.head in PLAIN for e in (one, other)
                                            for t in e.parts[0].walk()):  # fmt: skip
            continue
        w, u = one.parts[0], other.parts[0]
        q = ratio(goal, w, u)
        if q is None or q.size > MOST or not q.names:
            continue
        sign = sign_of(goal, q)
        if sign == 0:
            continue
        slope = minus(*(replaced(goal.target, {one: e}) for e in (ONE, ZERO)))
        straight = minus(goal.target, replaced(goal.target, {one: ZERO}))
        if one in slope.walk() or not vanishes(goal, minus(straight, times(slope, one))):
            continue
        yield _tree(goal, one, other, q if sign > 0 else neg(q), sign, slope)
        return


def _tree(goal: Goal, one: Term, other: Term, q: Term, sign: int, slope: Term) -> Tree:
    w, u = one.parts[0], other.parts[0]
    factor, side, known, same, words = unused(goal, "share", 5)
    ways = []
    for here in (1, -1):  # where u > 0, and where u <= 0
        e = w if here * sign > 0 else neg(w)
        ways.append(have(known, Formula(e, GE), cone([(1, [factor, side], "1")]), cone([])))
    equal = Formula(minus(one, times(q, other)), EQ)
    claim = Formula(replaced(goal.target, {one: times(q, other)}), goal.relation)
    made = have(words, claim, None, cone([(1, [words], "1"), (1, [same], text(slope))]))
    made = have(same, equal, cases(side, text(u), *ways), made)
    return have(factor, Formula(q, GE), None, made)
