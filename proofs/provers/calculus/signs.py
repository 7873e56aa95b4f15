"""Signs of a target over a box: Bernstein coefficients and the mean-value form."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
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
    Monomial,
    Poly,
    constant,
    p_add,
    p_mul,
)
from proofs.provers.calculus.terms import (
    MAX_TERMS,
    Term,
    derivative,
    sub,
    variables,
    write,
)

MAX_DEGREE = 100  # of one atom, in Bernstein form


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


Label = str
Product = tuple[fmpq, tuple[Label, ...]]


@dataclass(frozen=True)
class Positive:
    """A polynomial times positive factors, as a sum of positive multiples of products of facts."""

    times: tuple[Label, ...]
    terms: tuple[Product, ...]


def bernstein(goal: Goal, p: Poly, strict: bool) -> Positive | None:
    """Show p >= 0 (strictly: > 0) over the box by its coefficients, if they show it.

    With t = (x - lo)/(hi - x), or t = x - lo on a half line, all coefficients have to be >= 0.
    """
    atoms = sorted({v for m in p for v, _ in m})
    if len(atoms) > 8:
        return None
    ranges = {v: goal.range(ATOMS[v]) for v in atoms}
    if any(r.lo == r.hi for r in ranges.values()):  # a point, or the whole line
        return None
    times: list[Label] = []
    degrees: dict[int, int] = {}
    for v in atoms:
        lowest = min(dict(m).get(v, 0) for m in p)
        if lowest < 0:  # an atom exp(...) > 0 with negative exponents: multiply by its power
            times += [f"sign:{write(ATOMS[v])}"] * -lowest
            p = {_shifted(m, v, -lowest): c for m, c in p.items()}
        degrees[v] = max((dict(m).get(v, 0) for m in p), default=0)
        if degrees[v] > MAX_DEGREE:  # powers of exp(...) far out: quadratic work, for nothing
            return None
        p = _moved(p, v, ranges[v], degrees[v])
        if len(p) > MAX_TERMS:
            return None
    if any(c < 0 for c in p.values()):
        return None
    terms = _products(p, ranges, degrees)
    if not strict:
        return Positive(tuple(times), terms)
    for _ in range(2):
        plain = _plainly_positive(p, ranges, degrees)
        if plain is not None:
            rest, more = plain
            return Positive(tuple(times), (*more, *_products(rest, ranges, degrees)))
        for v in _closed(ranges):  # raise the degree once
            p = p_mul(p, {(): fmpq(1), ((v, 1),): fmpq(1)})
            degrees[v] += 1
    return None


def _shifted(m: Monomial, v: int, by: int) -> Monomial:
    exponents = {**dict(m), v: dict(m).get(v, 0) + by}
    return tuple(sorted((u, k) for u, k in exponents.items() if k))


def _closed(ranges: Mapping[int, Range]) -> list[int]:
    return [v for v, r in ranges.items() if r.lo is not None and r.hi is not None]


def _labels(v: int, r: Range, low: bool) -> Label:
    atom = ATOMS[v]
    if atom[0] == "var" and atom[1] != "pi":
        return f"{'lo' if low else 'hi'}:{atom[1]}"
    gap = sub(atom, ("num", r.lo)) if low else sub(("num", r.hi), atom)
    return f"sign:{write(gap)}"


def _products(
    p: Poly, ranges: Mapping[int, Range], degrees: Mapping[int, int]
) -> tuple[Product, ...]:
    """Translate coefficients back: t^k (1 + t)^-d is (x - lo)^k (hi - x)^(d - k) / width^d."""
    made = []
    for m, c in sorted(p.items()):
        exponents, labels = dict(m), []
        for v, r in ranges.items():
            k = exponents.get(v, 0)
            if r.lo is not None and r.hi is not None:
                c = c / (r.hi - r.lo) ** degrees[v]
                labels += [_labels(v, r, True)] * k + [_labels(v, r, False)] * (degrees[v] - k)
            else:
                labels += [_labels(v, r, r.lo is not None)] * k
        made.append((c, tuple(labels)))
    return tuple(made)


def _plainly_positive(
    p: Poly, ranges: Mapping[int, Range], degrees: Mapping[int, int]
) -> tuple[Poly, tuple[Product, ...]] | None:
    """Split off a product that is positive on the whole box."""

    def positive(v: int, k: int) -> bool:
        r = ranges[v]
        if r.lo is not None and r.hi is not None:
            return (k == 0 or r.lo_open) and (k == degrees[v] or r.hi_open)
        return k == 0 or (r.lo_open if r.lo is not None else r.hi_open)

    for m, c in sorted(p.items()):
        if all(positive(v, dict(m).get(v, 0)) for v in ranges):
            rest = {n: d for n, d in p.items() if n != m}
            return rest, _products({m: c}, ranges, degrees)
    # The sum of all binomial multiples in the bounded ranges is a constant.
    closed = _closed(ranges)
    others = {tuple((v, k) for v, k in m if v not in closed) for m in p}
    count = math.prod(degrees[v] + 1 for v in closed)
    for outside in sorted(others):
        if not all(positive(v, dict(outside).get(v, 0)) for v in ranges if v not in closed):
            continue
        group = {m: c for m, c in p.items() if tuple(q for q in m if q[0] not in closed) == outside}
        if len(group) < count:
            continue
        share = {m: math.prod(math.comb(degrees[v], dict(m).get(v, 0)) for v in closed) for m in p}
        least = min(c / share[m] for m, c in group.items())
        rest = {m: c - least * share[m] if m in group else c for m, c in p.items()}
        plain = _products({outside: least}, {v: ranges[v] for v, _ in outside}, degrees)
        return {m: c for m, c in rest.items() if c}, plain
    return None


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
