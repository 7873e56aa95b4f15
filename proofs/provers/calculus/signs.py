"""Signs of a target over a box: Bernstein coefficients and the mean-value form."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from functools import lru_cache

from flint import arb, fmpq

from proofs.provers.calculus.enclosures import (
    enclose,
)
from proofs.provers.calculus.goals import Goal, Range
from proofs.provers.calculus.intervals import (
    WHOLE,
    Interval,
    ball,
    i_add,
    i_mul,
    outward,
)
from proofs.provers.calculus.polynomials import (
    ATOMS,
    Poly,
    constant,
    p_add,
    p_mul,
)
from proofs.provers.calculus.terms import (
    MAX_TERMS,
    Term,
    derivative,
    variables,
)


def mean_value(goal: Goal) -> Interval:
    """f(c) + sum of f_i(box) (x_i - c_i); needs finite derivative enclosures, so f is Lipschitz."""
    names = sorted(variables(goal.target) - {"pi"})
    ranges = {x: goal.box[x] for x in names}
    if not names or any(r.lo is None or r.hi is None for r in ranges.values()):
        return WHOLE
    centre = {x: (r.lo + r.hi) / 2 for x, r in ranges.items()}
    point = {x: ball(arb(c)) for x, c in centre.items()}
    total = enclose(goal.target, point, goal.draws, {})
    for x in names:
        slope = goal.enclose(_slope(goal.target, x))
        if None in slope:
            return WHOLE
        reach = (ranges[x].hi - ranges[x].lo) / 2
        total = i_add(total, i_mul(slope, outward(arb(-reach), arb(reach))))
    return total


@lru_cache(maxsize=4096)
def _slope(e: Term, x: str) -> Term:
    return derivative(e, x)


def bernstein(goal: Goal, p: Poly, strict: bool) -> bool:
    """Whether p >= 0 (strictly: > 0) over the box is plain from its coefficients."""
    atoms = sorted({v for m in p for v, _ in m})
    ranges = {v: goal.range(ATOMS[v]) for v in atoms}
    if any(r.lo is None and r.hi is None for r in ranges.values()):
        return False
    degrees: dict[int, int] = {}
    for v in atoms:
        lowest = min(dict(m).get(v, 0) for m in p)
        if lowest < 0:  # an atom exp(...) > 0 with negative exponents: multiply by its power
            p = {
                tuple(
                    sorted(
                        (u, k) for u, k in {**dict(m), v: dict(m).get(v, 0) - lowest}.items() if k
                    )
                ): c
                for m, c in p.items()
            }
        degrees[v] = max((dict(m).get(v, 0) for m in p), default=0)
        p = _moved(p, v, ranges[v], degrees[v])
        if len(p) > MAX_TERMS:
            return False
    if any(c < 0 for c in p.values()):
        return False
    return not strict or _positive_on_faces(p, ranges, degrees)


def _moved(p: Poly, v: int, r: Range, degree: int) -> Poly:
    """Substitute the parametrisation of a range by t in [0, oo] for one atom; clear (1 + t)."""
    t: Poly = {((v, 1),): fmpq(1)}
    if r.lo is not None and r.hi is not None:
        up, down = p_add(constant(r.lo), p_mul(constant(r.hi), t)), p_add(constant(1), t)
    elif r.lo is not None:
        up, down = p_add(constant(r.lo), t), constant(1)
    else:
        up, down = p_add(constant(r.hi), p_mul(constant(-1), t)), constant(1)
    ups, downs = [constant(1)], [constant(1)]
    for _ in range(degree):
        ups.append(p_mul(ups[-1], up))
        downs.append(p_mul(downs[-1], down))
    groups: dict[int, Poly] = {}
    for m, c in p.items():
        k = dict(m).get(v, 0)
        groups.setdefault(k, {})[tuple((u, j) for u, j in m if u != v)] = c
    total: Poly = {}
    for k, part in groups.items():
        total = p_add(total, p_mul(part, p_mul(ups[k], downs[degree - k])))
    return total


def _positive_on_faces(p: Poly, ranges: Mapping[int, Range], degree: Mapping[int, int]) -> bool:
    """Every face of the box that belongs to it needs a positive coefficient of its own.

    The face t = 0 keeps exponent 0, the face t = oo the full degree (before any cancellation).
    """
    if len(ranges) > 6:
        return False
    choices = []
    for v, r in ranges.items():
        ends: list[tuple[int, int | None]] = [(v, None)]
        start_open, end_open = (r.lo_open, r.hi_open) if r.lo is not None else (r.hi_open, True)
        if not start_open:
            ends.append((v, 0))
        if r.lo is not None and r.hi is not None and not end_open:
            ends.append((v, degree[v]))
        choices.append(ends)
    return all(
        any(all(k is None or dict(m).get(v, 0) == k for v, k in face) for m in p)
        for face in itertools.product(*choices)
    )
