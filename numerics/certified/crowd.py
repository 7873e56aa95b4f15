"""A few of many c_j, which stand for all of them on a panel: search, not proof.

One step carries all of them alike, ``c -> c (1 - h**2/(c + x**2))``. So what becomes of a c_j is an
analytic function of it, singular only where some ``c + x**2`` vanishes: far away in the variable
``v = 1/(c + centre**2)``, in which c_j of any number are a polynomial's values. One through a few
of them gives the others, and sums over all are sums over the few, each taken so many times. What is
found for the others is proved of each by itself, whatever it was proposed from.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import repeat
from operator import mul, truediv

from flint import arb, arb_mat

from numerics import clock
from numerics.balls import largest, precision, smallest

# Fewer are no gain if they are more than this share of all.
SHARE = 0.7
# Of the lengths to which a polynomial is interpolated, some are lost where the points are uneven.
_MORE = 3
LEAST = 64


@dataclass(frozen=True)
class Crowd:
    """Those that are followed, and what they stand for.

    Attributes
    ----------
    chosen : tuple of int
        Which.
    often : list of arb
        How often each of them is taken in a sum over all; no whole numbers, if they are few.
    squares, whole : list of arb, arb
        ``c + centre**2`` of the chosen, and the product over all.
    parts : arb_mat or None, shape (chosen, all)
        What of ``d ln c`` of each goes into that of all; None where all are chosen.
    """

    chosen: tuple[int, ...]
    often: list[arb]
    squares: list[arb]
    whole: arb
    parts: arb_mat | None

    def product(self, sums: Sequence[arb]) -> arb:
        """Multiply all ``c_j + x**2``, given those of the chosen."""
        if self.parts is None:
            return reduce(mul, sums, arb(1))
        ratios = map(arb.log, map(truediv, sums, self.squares))
        return self.whole * self.total(ratios).exp()

    def total(self, terms: Iterable[arb]) -> arb:
        """Add a function of all c_j, given its values for the chosen."""
        return sum(terms if self.parts is None else map(mul, terms, self.often), arb(0))


def crowd(begin: Sequence[arb], place: tuple[arb, arb], bits: int) -> Crowd:
    """Choose those that stand for the positive c_j on a panel.

    Parameters
    ----------
    begin : sequence of arb
        The c_j at its left end, exact.
    place : pair of arb
        Its centre and radius, exact.
    bits : int
        To which ``d ln c`` of the others is wanted, of the largest.
    """
    centre, radius = place
    with precision(bits + 2 * LEAST):
        y = centre * centre
        sums = [(c + y).mid() for c in begin]
        few = _enough(sums, (2 * abs(centre) + radius) * radius, bits)
        chosen = _apart([float(1 / s) for s in sums], few) if few < SHARE * len(sums) else None
        if chosen is None:
            return Crowd(tuple(range(len(sums))), [arb(1)] * len(sums), sums, arb(1), None)
        parts = _lagrange([1 / s for s in sums], chosen)
        often = [sum(row, arb(0)).mid() for row in parts]
        scaled = [
            list(map(mul, map(mul, row, begin), repeat(1 / begin[i])))
            for row, i in zip(parts, chosen, strict=True)
        ]
        squares = [sums[i] for i in chosen]
        return Crowd(chosen, often, squares, reduce(mul, sums).mid(), arb_mat(scaled).mid())


def _enough(sums: Sequence[arb], moved: arb, bits: int) -> float:
    """Count the points between which a polynomial in v is known to so many bits."""
    low, high = 1 / largest(sums), 1 / smallest(sums)
    middle, half = (low + high) / 2, (high - low) / 2
    # Where c + x**2 vanishes for an x of the panel, abs(v) is at least 1/moved.
    away = (1 / moved - middle) / half if half > 0 else arb("inf")
    if not away > 1:
        return math.inf
    rho = float((away + (away * away - 1).sqrt()).log() / arb.const_log2())
    return math.ceil(bits / rho) + _MORE


def _apart(places: Sequence[float], few: float) -> tuple[int, ...] | None:
    """Choose points one by one, each where the product of the distances is the largest (Leja)."""
    chosen: list[int] = []
    # Of an interval of length 4 the products keep to the size of 1, about.
    scale = 4 / max(max(places) - min(places), 1e-300)
    products = list(places)
    while len(chosen) < few:
        at = max(range(len(places)), key=products.__getitem__)
        if not products[at] > 0:
            return None  # there are not so many different ones
        products = products if chosen else [1.0] * len(places)
        here = places[at]
        products = [d * abs(v - here) * scale for d, v in zip(products, places, strict=True)]
        chosen.append(at)
    return tuple(chosen)


def _lagrange(places: Sequence[arb], chosen: Sequence[int]) -> list[list[arb]]:
    """Evaluate the Lagrange polynomials of the chosen points at all, in barycentric form."""
    points = [places[i] for i in chosen]
    weights = [
        1 / reduce(mul, (p - q for j, q in enumerate(points) if i != j), arb(1))
        for i, p in clock.watched(enumerate(points), 16)
    ]
    columns = []
    for v in clock.watched(places, 16):
        gaps = [v - p for p in points]
        near = [g.contains(0) for g in gaps]
        if any(near):
            columns.append([arb(int(n)) for n in near])
            continue
        terms = list(map(truediv, weights, gaps))
        columns.append(list(map(truediv, terms, repeat(sum(terms, arb(0))))))
    return [[a.mid() for a in row] for row in zip(*columns, strict=True)]
