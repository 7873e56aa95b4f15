"""Signs by coefficients: a polynomial over a box as a sum of positive products of its ends."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flint import fmpq

from proofs.core.goals import Range
from proofs.core.terms import Rejected, Relation
from proofs.search.forms import MAX_TERMS, Forms, Monomial, Poly, constant, p_add, p_mul, scaled

MAX_DEGREE = 100  # of one atom
MAX_PRODUCTS = 60  # of facts, where some are about constants like pi

Product = tuple[fmpq, tuple[str, ...]]


@dataclass(frozen=True)
class Positive:
    """A polynomial times positive facts, as a sum of positive multiples of products of facts."""

    terms: tuple[Product, ...]
    times: tuple[str, ...] = ()

    def weighted(self, share: Any = 1) -> list[tuple[fmpq, tuple[str, ...], str]]:
        """The terms of a cone, divided by a positive number."""
        return [(c / share, labels, "1") for c, labels in self.terms]


def signs(forms: Forms, relation: Relation) -> tuple[int, int, Positive, Positive]:
    """Signs of numerator and denominator, and why they have them.

    Raises
    ------
    Rejected
        If the coefficients do not show them.
    """
    strict = relation in (Relation.GT, Relation.NE)
    for sign in (1, -1) if relation is not Relation.EQ else ():
        above = bernstein(forms, scaled(forms.top, sign), strict)
        for other in (1, -1) if above is not None else ():
            if relation is Relation.NE or sign == other:
                below = bernstein(forms, scaled(forms.bottom, other), True)
                if below is not None and above is not None:
                    return sign, other, above, below
    raise Rejected("the coefficients do not have one sign")


def bernstein(forms: Forms, p: Poly, strict: bool) -> Positive | None:
    """Show p >= 0 (strictly: > 0) over the box by its coefficients, if they show it.

    With t = (x - lo)/(hi - x), or t = x - lo on a half line, all coefficients have to be >= 0.
    """
    atoms = sorted({v for m in p for v, _ in m})
    if len(atoms) > 8:
        return None
    ranges = {v: forms.range(v) for v in atoms}
    if any(r.lo == r.hi for r in ranges.values()):  # a point, or the whole line
        return None
    degrees: dict[int, int] = {}
    factors: list[str] = []
    if any(not forms.atom(v).names for v in atoms):  # their ends have forty digits
        most = (max(dict(m).get(v, 0) for m in p) for v in atoms)
        if math.prod(k + 1 for k in most) > MAX_PRODUCTS:
            return None
    for v in atoms:
        lowest = min(dict(m).get(v, 0) for m in p)
        if lowest < 0:  # an atom exp(...) > 0 with negative exponents: multiply by its power
            factors += [f"sign:{forms.atom(v)}"] * -lowest
            p = p_mul(p, {((v, -lowest),): fmpq(1)})
        degrees[v] = max((dict(m).get(v, 0) for m in p), default=0)
        if degrees[v] > MAX_DEGREE:  # powers of exp(...) far out: quadratic work, for nothing
            return None
        p = _moved(p, v, ranges[v], degrees[v])
        if len(p) > MAX_TERMS:
            return None
    if any(c < 0 for c in p.values()):
        return None
    if not strict:
        return Positive(_products(forms, p, ranges, degrees), tuple(factors))
    for _ in range(2):
        plain = _plainly_positive(forms, p, ranges, degrees)
        if plain is not None:
            rest, more = plain
            return Positive((*more, *_products(forms, rest, ranges, degrees)), tuple(factors))
        for v in _closed(ranges):  # raise the degree once
            p = p_mul(p, {(): fmpq(1), ((v, 1),): fmpq(1)})
            degrees[v] += 1
    return None


def _closed(ranges: Mapping[int, Range]) -> list[int]:
    return [v for v, r in ranges.items() if r.lo is not None and r.hi is not None]


def _products(
    forms: Forms, p: Poly, ranges: Mapping[int, Range], degrees: Mapping[int, int]
) -> tuple[Product, ...]:
    """Translate coefficients back: t^k (1 + t)^-d is (x - lo)^k (hi - x)^(d - k) / width^d."""
    ends = {
        (v, low): forms.end(v, r, low)
        for v, r in ranges.items()
        for low in (True, False)
        if (r.lo if low else r.hi) is not None
    }
    made = []
    for m, c in sorted(p.items()):
        exponents, labels = dict(m), []
        for v, r in ranges.items():
            k = exponents.get(v, 0)
            if r.lo is not None and r.hi is not None:
                c = c / (r.hi - r.lo) ** degrees[v]
                labels += [ends[v, True]] * k + [ends[v, False]] * (degrees[v] - k)
            else:
                labels += [ends[v, r.lo is not None]] * k
        made.append((c, tuple(labels)))
    return tuple(made)


def _plainly_positive(
    forms: Forms, p: Poly, ranges: Mapping[int, Range], degrees: Mapping[int, int]
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
            return rest, _products(forms, {m: c}, ranges, degrees)
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
        own = {v: ranges[v] for v, _ in outside}
        plain = _products(forms, {outside: least}, own, degrees)
        return {m: c for m, c in rest.items() if c}, plain
    return None


def _moved(p: Poly, v: int, r: Range, degree: int) -> Poly:
    """Substitute the parametrisation of a range by t in [0, oo) for one atom; clear (1 + t)."""
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
    groups: dict[int, dict[Monomial, fmpq]] = {}
    for m, c in p.items():
        k = dict(m).get(v, 0)
        groups.setdefault(k, {})[tuple((u, j) for u, j in m if u != v)] = c
    total: Poly = {}
    for k, part in groups.items():
        total = p_add(total, p_mul(part, p_mul(ups[k], downs[degree - k])))
    return total
