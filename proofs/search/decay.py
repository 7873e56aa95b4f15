"""Recursions x' <= x - c x^(1+q), of cubic methods (q = 1/2) and under Lojasiewicz' inequality.

A bound x <= (a/D)^(1/q) is x^q D <= a. As (1 - y)^q (1 + q y) <= 1 with y = c x^q, a step takes
s = x^q to s' with s' (1 + q c s) <= s, so that, where D' - D <= q c a,

    (1 + q c s) (a - s' D') = D' (s - s' (1 + q c s)) + (a - s D) + s (q c a - (D' - D)) >= 0.

What is known to be positive in each step only stands as max(x, 0) under the root.
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
    minus,
    number,
    plus,
    power,
    replaced,
    text,
    times,
)
from proofs.search.floats import plausible
from proofs.search.trees import Tree, cases, cone, have, unused

GE, GT = Relation.GE, Relation.GT


def decaying(goal: Goal) -> list[Formula]:
    """A bound of x that falls by c x^(1+q), as one of x^q: a - x^q D >= 0."""
    if goal.layers is None or goal.relation is not GE or goal.target.head != "-":
        return []
    bound, x = goal.target.parts
    if x not in goal.layers.updates:
        return []
    q = _exponent(goal.layers.updates[x], x)
    if q is None:
        return []
    above, below = ONE, ONE
    for factor, k in _factors(bound, fmpq(1)):
        root = _power(factor, abs(k) * q)
        if k > 0:
            above = root if above == ONE else times(above, root)
        else:
            below = root if below == ONE else times(below, root)
    root = power(Term("max", x, ZERO), number(q))
    return [Formula(minus(above, times(root, below)), GE)]


def kept(goal: Goal) -> Iterator[Tree]:
    """A step keeps a - x^q D >= 0."""
    sides = _sides(goal.target)
    if sides is None or goal.relation is not GE:
        return
    for label, (fact, relation) in goal.facts.items():
        old = _sides(fact) if label.startswith("invariant") and relation is GE else None
        if old is None or old[0] != sides[0] or old[2] != sides[2]:
            continue
        (a, x, q, below), (_, u, _, after) = old, sides
        if _exponent(u, x) != q:
            continue
        s, new, fall = power(x, number(q)), power(u, number(q)), power(x, number(1 + q))
        c = minus(*(replaced(u, {fall: e}) for e in (ZERO, ONE)))
        slow = times(number(q), c)
        grown = plus(ONE, times(slow, s))
        parts = (
            Formula(minus(x, ZERO), GE),  # as the core reads max(x, 0)
            Formula(minus(u, ZERO), GE),
            Formula(grown, GT),
            Formula(after, GE),
            Formula(s, GE),
            Formula(minus(times(slow, a), minus(after, below)), GE),
            Formula(minus(s, times(new, grown)), GE),
        )
        if all(plausible(goal.aimed(*part), 120) for part in parts):
            names = unused(goal, "decay", len(parts))
            _, _, unit, out, root, gain, step = names
            made: Tree = cone(
                [(1, [out, step], "1"), (1, [label], "1"), (1, [root, gain], "1")], [unit]
            )
            shown: Tree | None = None
            if q.p == 1:
                product = times(u, power(grown, number(q.q)))
                shown = _by_powers(goal, x, product, parts[-1].term.parts, int(q.q), root)
            for name, part in reversed(list(zip(names, parts, strict=True))):
                made = have(name, part, shown if name == step else None, made)
            yield made


def _by_powers(
    goal: Goal, x: Term, product: Term, sides: Sequence[Term], k: int, root: str
) -> Tree:
    """S - p >= 0 where s^k is x and p^k is a product: else p - s > 0, and p^k - s^k > 0."""
    s, p = sides
    less, over, unit, more = unused(goal, "powers", 4)
    rows = [(1, [unit] * (k - 1 - i) + [root] * i, "1") for i in range(k)]
    absurd = cone([(1, [over, more], "1"), (1, [less], "1")], sign=0)
    positive = have(more, Formula(_geometric(p, s, k), GT), cone(rows), absurd)
    positive = have(unit, Formula(p, GT), cone([(1, [over], "1"), (1, [root], "1")]), positive)
    way = cases(over, text(minus(p, s)), positive, cone([(1, [over], "1")]))
    return have(less, Formula(minus(x, product), GE), None, way)


def _geometric(a: Term, b: Term, k: int) -> Term:
    """The (a^k - b^k)/(a - b)."""
    total = power(a, number(k - 1))
    for i in range(1, k):
        total = plus(total, times(power(a, number(k - 1 - i)), power(b, number(i))))
    return total


def attained(goal: Goal) -> Iterator[Tree]:
    """The bound of x from that of its root: a^k - (s D)^k, which is a multiple of a - s D."""
    if goal.relation is not GE or goal.target.head != "-":
        return
    for label, (fact, relation) in goal.facts.items():
        sides = _sides(fact) if label.startswith("invariant") and relation is GE else None
        if sides is None or sides[1] != goal.target.parts[1] or sides[2].p != 1:
            continue
        a, x, q, below = sides
        k, small = int(q.q), times(power(x, number(q)), below)
        total = _geometric(a, small, k)
        here, unit, more = unused(goal, "attained", 3)
        made: Tree = cone([(1, [label, more], "1")], [unit])
        made = have(more, Formula(total, GE), None, made)
        made = have(unit, Formula(power(below, number(k)), GT), None, made)
        yield have(here, Formula(minus(x, ZERO), GE), None, made)


def _sides(e: Term) -> tuple[Term, Term, fmpq, Term] | None:
    """A term a - max(u, 0)^q D as a, u, q and D."""
    if e.head != "-" or e.parts[1].head != "*" or e.parts[1].parts[0].head != "**":
        return None
    (root, below), q = e.parts[1].parts, constant(e.parts[1].parts[0].parts[1])
    largest = root.parts[0]
    if q is None or largest.head != "max" or largest.parts[1] != ZERO:
        return None
    return e.parts[0], largest.parts[0], q, below


def _exponent(update: Term, x: Term) -> fmpq | None:
    """The q with which x^(1+q) is in a term, if that is the only such power."""
    found = {constant(e.parts[1]) for e in update.walk() if e.head == "**" and e.parts[0] == x}
    p = found.pop() if len(found) == 1 else None
    return p - 1 if p is not None and p > 1 and p.q > 1 else None


def _factors(e: Term, k: fmpq) -> Iterator[tuple[Term, fmpq]]:
    """The factors of a product, with their exponents."""
    if e.head in ("*", "/"):
        yield from _factors(e.parts[0], k)
        yield from _factors(e.parts[1], k if e.head == "*" else -k)
    elif e.head == "**" and (p := constant(e.parts[1])) is not None:
        yield from _factors(e.parts[0], k * p)
    else:
        yield e, k


def _power(e: Term, k: fmpq) -> Term:
    """A power with a positive exponent, of a number in short."""
    q = constant(e)
    root = None if q is None or q <= 0 else rational_root(q ** int(k.p), int(k.q))
    if root is not None:
        return number(root)
    return e if k == 1 else power(e, number(k))
