"""Steps that are the least of several: 1/min(a, b) <= 1/a + 1/b, and min(a, b)^k <= a^k.

So ends the proof of every rate with a tuned step, D/(eta T) + A eta + B eta^2, eta = min(a, b, c):
what grows with eta is at most that of the step that is best for it, what falls is shared.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from functools import reduce

from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    Formula,
    Relation,
    Term,
    extremum,
    minus,
    neg,
    number,
    plus,
    power,
    replaced,
    text,
    times,
)
from proofs.search.corners import outside
from proofs.search.floats import function, plausible, samples, value
from proofs.search.forms import Forms, vanishes
from proofs.search.touching import sign_of, summands
from proofs.search.trees import Tree, cases, cone, have, unused

GE, GT = Relation.GE, Relation.GT
MOST = 64  # choices that are tried
POINTS = 60
POWERS = 3


def tuned(goal: Goal, _: Forms) -> Iterator[Tree]:
    """Replace the least of several positive terms in each summand where it occurs."""
    if goal.relation not in (GE, GT):
        return
    parts = list(summands(goal.target, 1))
    points = list(itertools.islice(samples(goal, POINTS), POINTS))
    for least in dict.fromkeys(e for e in outside(goal.target) if e.head == "min" and e.names):
        inside = [(e, s) for e, s in parts if least in e.walk()]
        if len(inside) < 2 or not all(sign_of(goal, e) > 0 for e in least.parts):
            continue
        ways = [_below(neg(e) if s < 0 else e, least, points) for e, s in inside]
        size = 1
        for way in ways:
            size *= len(way)
        if not 0 < size <= MOST:
            continue
        rest: list[Term] = [e if s > 0 else neg(e) for e, s in parts if (e, s) not in inside]
        for chosen in itertools.product(*ways):
            claim = Formula(reduce(plus, [*rest, *chosen]), goal.relation)
            if plausible(goal.aimed(*claim), 120):
                wholes = [neg(e) if s < 0 else e for e, s in inside]
                yield _tree(goal, least, claim, wholes, chosen)


def _below(e: Term, least: Term, points: Sequence[dict[str, float]]) -> list[Term]:
    """What a summand is at least, without the least of terms in it."""
    values = [replaced(e, {least: one}) for one in least.parts]
    rows = []
    for p in points:
        here = [value(function(v), p) for v in (*least.parts, *values)]
        if all(v == v for v in here):
            half = len(values)
            rows.append(list(zip(here[:half], here[half:], strict=True)))
    pairs = [(a, b) for row in rows for a, b in itertools.combinations(sorted(row), 2)]
    if not pairs:
        return []
    if all(b[1] <= a[1] + 1e-9 * abs(a[1]) for a, b in pairs):  # falls where the step grows
        return values
    if all(v <= 0 for row in rows for _, v in row):
        return [reduce(plus, values)]
    return []


def _tree(
    goal: Goal, least: Term, claim: Formula, wholes: Sequence[Term], chosen: Sequence[Term]
) -> Tree:
    first, *names = unused(goal, "tuned", 1 + len(wholes))
    made: Tree = cone([(1, [name], "1") for name in (*names, first)])
    for name, whole, bound in zip(names, wholes, chosen, strict=True):
        proof = next((p for c in least.parts if (p := _grown(goal, least, whole, bound, c))), None)
        said = Formula(minus(whole, bound), GE)
        made = have(name, said, proof or _shared(goal, least, whole, bound), made)
    return have(first, claim, None, made)


def _grown(goal: Goal, least: Term, whole: Term, bound: Term, c: Term) -> Tree | None:
    """That -A m^k >= -A c^k where m <= c, as A (c - m) (c^(k-1) + ... + m^(k-1))."""
    factor = neg(replaced(whole, {least: ONE}))
    for k in range(1, POWERS + 1):
        powers = [_product(power(c, number(i)), power(least, number(k - 1 - i))) for i in range(k)]
        total = reduce(plus, powers)
        made = times(times(factor, minus(c, least)), total)
        if not vanishes(goal, minus(minus(whole, bound), made)):
            continue
        one, gap, sums = unused(goal, "grown", 3)
        last: Tree = cone([(1, [one, gap, sums], "1")])
        first, *more = least.parts
        ordered = _apart(goal, first, more, lambda _, less: _chain(c, less))
        last = have(gap, Formula(minus(c, least), GE), ordered, last)
        return have(one, Formula(factor, GE), None, have(sums, Formula(total, GE), None, last))
    return None


def _shared(goal: Goal, least: Term, whole: Term, bound: Term) -> Tree | None:
    """That T(m) <= T(a) + T(b): one of these it is, and the others are positive."""
    ends = [neg(replaced(whole, {least: one})) for one in least.parts]
    if not vanishes(goal, plus(bound, reduce(plus, ends))):
        return None
    names = unused(goal, "share", len(ends))
    of = dict(zip(least.parts, names, strict=True))
    first, *more = least.parts
    made = _apart(goal, first, more, lambda best, _: [of[e] for e in of if e != best])
    for name, e in zip(names, ends, strict=True):
        made = have(name, Formula(e, GT), None, made)
    return made


def _product(a: Term, b: Term) -> Term:
    return b if a == ONE else a if b == ONE else times(a, b)


Less = dict[Term, tuple[str, Term]]  # by which fact a term is at least another


def _apart(
    goal: Goal,
    best: Term,
    others: Sequence[Term],
    found: Callable[[Term, Less], list[str]],
    less: Less | None = None,
    total: Term | None = None,
) -> Tree:
    """Which of the terms is the least one, and the facts that add up to the target there."""
    # The core reads the least of three as that of two and a third, in these words.
    less, total = less or {}, best if total is None else total
    if not others:
        return cone([(1, [label], "1") for label in found(best, less)])
    b, *rest = others
    (name,) = unused(goal, f"least of {len(others) + 1}")
    both = extremum(Term("min", total, b))
    greater = _apart(goal, b, rest, found, {**less, best: (name, b)}, both)
    lesser = _apart(goal, best, rest, found, {**less, b: (name, best)}, both)
    return cases(name, text(minus(total, b)), greater, lesser)


def _chain(c: Term, less: Less) -> list[str]:
    """The facts by which a term is at least the least one."""
    labels: list[str] = []
    while c in less:
        label, c = less[c]
        labels.append(label)
    return labels
