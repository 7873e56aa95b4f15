"""Two-sided bounds on escape times by the reduced coordinate, in one pass over cells.

Let w_m be the smallest weight, x = +-w_m with the sign that makes x increase under descent, and
c_j = w_j**2 - w_m**2. One step moves x by h = eta u, u = |f'(p)| R, R**2 = prod over j != m of
(c_j + x**2), and multiplies c_j by 1 - h**2/w_j**2. Let u > 0 between start and target.

**Lower bound.** While eta |f'| r_mj <= 1 (r_mj: the product without two weights) every c_j >= 0
falls, so R is at most its value with the c_j of the start. The steps that start in a cell [a, b)
have total length at least b - a minus the overshoot with which the cell was entered, and none is
longer than H = eta sup|f'| sup R; so there are at least (b - a - overshoot)/H of them.

**Upper bound.** The squares of these steps add up to at most H (b - a + H), which bounds the drift
of every c_j from below (claim *squared-differences-contract-little*). With that, every step is at
least h > 0 long, and at most floor((b - a)/h) + 1 start in the cell.

No remainder is asymptotic and nothing is integrated; finer cells bring the bounds together, up to
one step per cell. Proof: ``proofs/written/upper-bound.md``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
from flint import arb
from numpy.typing import NDArray

from numerics.balls import ball, ceil_lower, ends, floor_upper, precision, smallest
from numerics.centred import CentredOrbit
from numerics.loss import Loss
from theory.errors import InputError

_BITS = 128
_PIECES = 8
# Where the orbit hardly spends time, cells may be longer, by at most exp(this).
_COARSER = 2.0
# Around the end, that drift and rounding leave uncertain: the first point past it is the last.
_TAIL = tuple(
    Fraction(sign, 10**n)
    for sign, digits in ((-1, (1, 2, 4, 7)), (1, (7, 4, 2, 1)))
    for n in digits
)


@dataclass(frozen=True)
class TwoSided:
    """Proved bounds on the number N of steps until p has reached the level.

    Attributes
    ----------
    lower, upper : int and int or None
        ``lower <= N <= upper``; ``upper`` is None where no bound was found, with the reason.
    cells : int
    reason : str
    """

    lower: int
    upper: int | None
    cells: int
    reason: str = ""


@dataclass(frozen=True)
class _Start:
    """An iterate in reduced coordinates: p = sigma z, z = x R(x), x and z increase."""

    squares: list[arb]
    x: arb
    sigma: int
    goal: Fraction


def two_sided(
    loss: Loss,
    weights: Sequence[Fraction],
    step: Fraction,
    level: Fraction,
    fineness: float = 0.1,
    lead_in: int = 512,
) -> TwoSided:
    """Bound the number of GD steps until p has moved from its start to ``level`` or beyond.

    Parameters
    ----------
    loss : Loss
        With f' of one strict sign between p(0) and ``level``.
    weights : sequence of Fraction, shape (k,), k >= 2
    step : Fraction
    level : Fraction
        Ahead of the start in the direction of descent.
    fineness : float
        Relative variation of R over a cell, about; smaller is sharper and slower.
    lead_in : int
        Steps that are first taken one by one, in balls; where the orbit starts fast, it pays.

    Returns
    -------
    TwoSided
        Evaluated in Arb balls. ``lower`` is at least what the lead-in has seen.

    Raises
    ------
    InputError
        For a single weight, two weights of the least size, or a level that descent does not reach.
    """
    if len(weights) < 2:
        raise InputError("weights", "at least two are wanted")
    sizes = sorted(abs(w) for w in weights)
    if sizes[0] == sizes[1]:
        raise InputError("weights", "two share the least size, so the flow never crosses zero")
    p = math.prod(weights, start=Fraction(1))
    with precision(_BITS):
        slope = loss.slope("arb")(ball(p))
        if not (slope > 0 or slope < 0):
            raise InputError("weights", "the start is a critical point of the loss, or nearly")
        sigma = -1 if slope > 0 else 1
        if not sigma * level > sigma * p:
            raise InputError("level", "descent moves the product away from it")
        orbit, goal = CentredOrbit(loss, weights, step, _BITS), sigma * ball(level)
        while orbit.steps < lead_in:
            orbit.advance_at_working_precision()
            if sigma * orbit.product >= goal:
                return TwoSided(orbit.steps, orbit.steps, 0)
            if not sigma * orbit.product < goal:
                return TwoSided(orbit.steps, None, 0, "the lead-in cannot tell p from the level")
        start = _reduce(orbit.weights, sigma, sigma * level)
    if start is None:
        return TwoSided(orbit.steps, None, 0, "the least weight is not known to be the least")
    return _best(loss, start, step, fineness, orbit.steps)


def _reduce(weights: Sequence[arb], sigma: int, goal: Fraction) -> _Start | None:
    m = min(range(len(weights)), key=lambda j: ends(abs(weights[j]))[0])
    least, p = weights[m], weights[0]
    for w in weights[1:]:
        p *= w
    squares = [(w - least) * (w + least) for j, w in enumerate(weights) if j != m]
    if not all(c > 0 for c in squares):
        return None
    size = abs(least)
    return _Start(squares, -size if sigma * p < 0 else size, sigma, goal)


def _best(loss: Loss, start: _Start, step: Fraction, fineness: float, taken: int) -> TwoSided:
    """Try several grids; few long cells are best where there are few steps."""
    found = []
    for coarser in (1, 4, 16):
        points = _grid(start, fineness * coarser)
        with precision(_BITS):
            found.append(_count(loss, start, step, points))
    best = min(found, key=lambda f: (f.upper is None, f.upper or 0))
    upper = None if best.upper is None else best.upper + taken
    return replace(best, lower=max(f.lower for f in found) + taken, upper=upper)


def _grid(start: _Start, fineness: float) -> list[Fraction]:
    """Propose cells, by a search in doubles; any increasing points are valid.

    The first two are the ends of the start's ball; the last ones are on either side of the goal.
    """
    c = np.array([float(s.mid()) for s in start.squares])
    low, high = ends(start.x)
    x, end = float(high), _inverse(c, float(start.goal))
    points = []
    peak = _log_radical(c, 0.0 if x < 0 < end else min(abs(x), abs(end)))
    while x < end:
        inverse = 1 / (c + x * x)
        b = float(inverse.sum())
        faster = (_log_radical(c, x) - peak) / 4
        local = fineness * math.exp(min(_COARSER, max(0.0, faster)))
        before, x = x, x + local / (abs(x) * b + math.sqrt(b))
        if before < 0 < x:
            x = 0.0
        points.append(x)
    toward = -1 if end < 0 else 1
    inside = [Fraction(p) for p in points if high < p < end - abs(end) * 0.1]
    tail = [Fraction(end) * (1 + toward * share) for share in _TAIL] if end else [Fraction(0)]
    return [low, high, *inside, *(p for p in tail if p > high)]


def _log_radical(c: NDArray[np.float64], x: float) -> float:
    return 0.5 * float(np.log(c + x * x).sum())


def _inverse(c: NDArray[np.float64], goal: float) -> float:
    """Solve x R(x) = goal by bisection in log |x|."""
    if goal == 0:
        return 0.0
    low, high, target = -2000.0, 50.0, math.log(abs(goal))
    for _ in range(200):
        middle = (low + high) / 2
        value = middle + _log_radical(c, math.exp(middle))
        low, high = (middle, high) if value < target else (low, middle)
    return math.copysign(math.exp(high), goal)


def _count(loss: Loss, start: _Start, step: Fraction, points: list[Fraction]) -> TwoSided:
    """Go over the cells; the first point is the start, the last one should be past the goal."""
    slope_of, eta, sigma = loss.slope("arb"), ball(step), start.sigma
    high = [c.upper() for c in start.squares]
    low: list[arb] | None = [c.lower() for c in start.squares]
    least = smallest(high)
    # The orbit starts anywhere in the first cell.
    goal, overshoot, before = ball(start.goal), ball(points[1] - points[0]).upper(), True
    lower, upper, cells, reason = 0, 0, 0, "the grid ends before the level"
    for a, b in pairwise(points):
        cells += 1
        far, near = ball(max(abs(a), abs(b))), ball(min(abs(a), abs(b)))
        width, y_far, y_near = ball(b - a), far * far, near * near
        radical = _root_of_product(high, y_far)
        z, side = far * radical, 1 if b > 0 else -1
        slope = _slope(slope_of, sigma, arb(0), side * z)
        if not (slope > 0 and eta * slope * radical <= (least + y_far).sqrt()):
            reason = "the step size is too large for the order of the weights"
            break
        longest = (eta * slope * radical).upper()
        if low is not None:
            low = _drifted(low, longest * (width + longest), y_near)
        floor = arb(0) if low is None else _root_of_product(low, y_near)
        slope = _slope(slope_of, sigma, side * near * floor, side * z)
        longest = (eta * slope * radical).upper()

        before = before and bool(z < goal if b > 0 else goal >= 0 or -near * floor < goal)
        if before:
            lower += max(0, ceil_lower((width - overshoot) / longest))
            overshoot = longest.max(overshoot - width).upper()
        if low is None:
            reason = "the squared differences might drift too far"
            break
        shortest = (eta * slope * floor).lower()
        upper += floor_upper(width / shortest) + 1
        # z at b, the smallest that it can be.
        if far * _root_of_product(low, y_far) >= goal if b > 0 else b == start.goal or -z >= goal:
            return TwoSided(lower, upper, cells)
    return TwoSided(lower, None, cells, reason)


def _slope(slope_of: Callable[[arb], arb], sigma: int, one: arb, other: arb) -> arb:
    """Enclose -sigma f'(sigma z) for all z between two numbers, piece by piece."""
    found = None
    for i in range(_PIECES):
        ends = [one + (other - one) * arb(j) / _PIECES for j in (i, i + 1)]
        value = -sigma * slope_of(sigma * ends[0].union(ends[1]))
        found = value if found is None else found.union(value)
    return found


def _root_of_product(squares: Sequence[arb], y: arb) -> arb:
    product = arb(1)
    for c in squares:
        product *= c + y
    return product.sqrt()


def _drifted(low: Sequence[arb], moved: arb, y: arb) -> list[arb] | None:
    """Lower the c_j by what steps with this sum of squares can do; None if they might halve."""
    drifted = []
    for c in low:
        share = moved / (c / 2 + y)
        if not share <= 0.5:
            return None
        drifted.append((c * (1 - share)).lower())
    return drifted
