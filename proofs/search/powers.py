"""Powers with one exponent of different bases: each lies on one side of its tangents.

For u, v > 0 the power u^q is at least v^q + q v^(q - 1) (u - v) if q >= 1 or q <= 0, and at most
that if 0 <= q <= 1. So sums and integrals of powers with a symbolic exponent are compared.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    Formula,
    Relation,
    Term,
    constant,
    log,
    minus,
    neg,
    number,
    plus,
    power,
    text,
    times,
)
from proofs.search.floats import function, plausible, samples, value
from proofs.search.forms import Forms, Poly, scaled_term
from proofs.search.standard import TANGENT
from proofs.search.trees import Tree, cite, cone, have, unused

GE, GT = Relation.GE, Relation.GT
SHIFTS = (1, 0, -1, 2)
MAX_PROPOSED = 4


def power_tangents(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """The target with one power replaced by its tangent at the base of another one."""
    top = forms.polynomial
    if top is None or goal.relation not in (GE, GT):
        return
    known: dict[int, tuple[Term, ...]] = {}
    for v in sorted({v for m in top for v, _ in m}):
        found = _power(forms.atom(v))
        if found is not None:
            known[v] = found
    count = 0
    pairs = [(v, known[w]) for v, w in itertools.permutations(known, 2)]
    if len(known) == 1:
        pairs = [(v, (ONE, exponent)) for v, (_, exponent) in known.items()]
    for v, (other, same) in pairs:
        base, exponent = known[v]
        if exponent != same or base == other:
            continue
        for node in _replaced(goal, forms, v, base, other, exponent):
            yield node
            count += 1
            if count == MAX_PROPOSED:
                return


def _power(e: Term) -> tuple[Term, ...] | None:
    """Base and exponent of an atom exp(exponent * log(base)), or of a root that is not square."""
    if e.head == "**" and e.names and (q := constant(e.parts[1])) is not None and q.q > 2:
        return e.parts
    factors = list(_factors(e.parts[0])) if e.head == "exp" else []
    logs = [f for f in factors if f.head == "log"]
    rest = [f for f in factors if f.head != "log"]
    if len(logs) != 1 or not rest or any(not f.names for f in rest):
        return None
    exponent = rest[0]
    for f in rest[1:]:
        exponent = times(exponent, f)
    return logs[0].parts[0], exponent


def _factors(e: Term) -> Iterator[Term]:
    if e.head == "*":
        for part in e.parts:
            yield from _factors(part)
    else:
        yield e


def _replaced(
    goal: Goal, forms: Forms, v: int, u: Term, at: Term, exponent: Term
) -> Iterator[Tree]:
    """u^q in the target, q a multiple of the exponent plus an integer, by its tangent at a base."""
    powers = {dict(m).get(v, 0) for m in forms.top} - {0}
    if len(powers) != 1:
        return
    (k,) = powers
    slope: Poly = {
        tuple(row for row in m if row[0] != v): c for m, c in forms.top.items() if dict(m).get(v)
    }
    rest: Poly = {m: c for m, c in forms.top.items() if not dict(m).get(v)}
    size = 1 / forms.bottom[()]
    for shift in SHIFTS:
        q = plus(scaled_term(fmpq(k), exponent), number(shift)) if shift else scaled_term(
            fmpq(k), exponent)  # fmt: skip
        bent = _sign(goal, times(q, minus(q, ONE)))
        factor = forms.term({m: c * size for m, c in slope.items()})
        if shift:
            factor = times(factor, power(u, number(-shift)))
        way = _sign(goal, factor)
        if not bent or way != bent:
            continue
        lower = minus(q, ONE)
        tangent = plus(times(q, times(u, power(at, lower))), times(minus(ONE, q), power(at, q)))
        whole = plus(times(factor, tangent), forms.term({m: c * size for m, c in rest.items()}))
        if not plausible(goal.aimed(whole, goal.relation), 120):
            continue
        first, second, third = unused(goal, "power", 3)
        gap = minus(power(u, q), tangent) if bent > 0 else minus(tangent, power(u, q))
        signed = factor if bent > 0 else neg(factor)
        last = cone([(1, [third], "1"), (1, [first, second], "1")])
        made = have(third, Formula(whole, goal.relation), None, last)
        made = have(second, Formula(signed, GE), None, made)
        yield have(first, Formula(gap, GE), _tangent(goal, u, at, q, bent), made)


def _sign(goal: Goal, e: Term) -> int:
    """The sign that sampling sees, zero apart; 0 where it sees both."""
    f = function(e)
    seen = {(x > 0) - (x < 0) for x in (value(f, p) for p in samples(goal, 80)) if x == x}
    seen -= {0}
    return seen.pop() if len(seen) == 1 else 0


def _tangent(goal: Goal, u: Term, v: Term, q: Term, bent: int) -> Tree:
    """Weighted means by exp(t) >= 1 + t: which of three powers is the middle one."""
    gap = minus(log(u), log(v))
    lower = minus(q, ONE)
    if bent < 0:  # u^q between u v^(q-1) and v^q, with weights q and 1 - q
        ground, weights = power(u, q), (q, minus(ONE, q))
        at = (neg(times(lower, gap)), neg(times(q, gap)))
    elif _sign(goal, q) < 0:  # v^q between u^q and u v^(q-1)
        ground, weights = power(v, q), (ONE, neg(q))
        at = (times(q, gap), gap)
    else:  # u v^(q-1) between u^q and v^q
        ground, weights = times(u, power(v, lower)), (ONE, lower)
        at = (times(lower, gap), neg(gap))
    names = unused(goal, "tangent", 2)
    signs = unused(goal, "weight", 2)
    (size,) = unused(goal, "middle")
    rows = [(1, [size, s, t], "1") for s, t in zip(signs, names, strict=True)]
    made: Tree = cone(rows)
    for name, t in zip(reversed(names), reversed(at), strict=True):
        made = cite(name, TANGENT.digest, {"t": text(t)}, made)
    for name, e in zip(reversed(signs), reversed(weights), strict=True):
        made = have(name, Formula(e, GE), None, made)
    return have(size, Formula(ground, GT), None, made)
