"""Two-sided bounds on escape times by the reduced coordinate, in one pass over cells.

Let w_m be the smallest weight, x = +-w_m with the sign that makes x increase under descent, and
c_j = w_j**2 - w_m**2. One step moves x by h = eta u, u = |f'(p)| R, R**2 = prod over j != m of
(c_j + x**2), and multiplies c_j by 1 - h**2/w_j**2. Let u > 0 between start and target.

**Lower bound.** While eta |f'| r_mj <= 1 (r_mj: the product without two weights) every c_j >= 0 falls,
so R is at most its value with the c_j of the start. The steps that start in a cell [a, b) have total
length at least b - a minus the overshoot with which the cell was entered, and none is longer than
H = eta sup|f'| sup R; so there are at least (b - a - overshoot)/H of them.

**Upper bound.** The squares of these steps add up to at most H (b - a + H), which bounds the drift of
every c_j from below (claim *shamir-theorem-4-drift*). With that, every step is at least h > 0 long,
and at most floor((b - a)/h) + 1 start in the cell.

No remainder is asymptotic and nothing is integrated; finer cells bring the bounds together, up to
one step per cell. Proof: ``proofs/upper-bound.md``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from flint import arb
from numpy.typing import NDArray

from numerics.balls import ball, ceil_lower, floor_upper, precision
from numerics.loss import Loss
from theory.errors import InputError

_BITS = 128
# Where the orbit hardly spends time, cells may be longer, by at most exp(this).
_COARSER = 2.0
# Around the end, that drift and rounding leave uncertain: the first point past it is the last.
_TAIL = tuple(
    Fraction(sign, 10**n) for sign, digits in ((-1, (1, 2, 4, 7)), (1, (7, 4, 2, 1))) for n in digits
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
    """The start in reduced coordinates: p = sigma z, z = x R(x), x and z increase."""

    squares: tuple[Fraction, ...]
    x: Fraction
    sigma: int
    goal: Fraction


def two_sided(
    loss: Loss,
    weights: Sequence[Fraction],
    step: Fraction,
    level: Fraction,
    fineness: float = 0.1,
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

    Returns
    -------
    TwoSided
        Evaluated in Arb balls. ``lower`` is 0 where the assumptions fail near the start.

    Raises
    ------
    InputError
        For a single weight, two weights of the least size, or a level that descent does not reach.
    """
    start = _reduce(loss, weights, level)
    grid, exact = _grid(start, fineness)
    with precision(_BITS):
        return _count(loss, start, step, [*map(Fraction, grid), *exact])


def _reduce(loss: Loss, weights: Sequence[Fraction], level: Fraction) -> _Start:
    if len(weights) < 2:
        raise InputError("weights", "at least two are wanted")
    order = sorted(weights, key=abs)
    least = abs(order[0])
    squares = tuple(w * w - least * least for w in order[1:])
    if squares[0] == 0:
        raise InputError("weights", "two share the least size, so the flow never crosses zero")
    p = math.prod(weights, start=Fraction(1))
    with precision(_BITS):
        slope = loss.slope("arb")(ball(p))
        if not (slope > 0 or slope < 0):
            raise InputError("weights", "the start is a critical point of the loss, or nearly")
        sigma = -1 if slope > 0 else 1
    if not sigma * level > sigma * p:
        raise InputError("level", "descent moves the product away from it")
    x = least if sigma * p > 0 else -least
    return _Start(squares, x, sigma, sigma * level)


def _grid(start: _Start, fineness: float) -> tuple[list[float], list[Fraction]]:
    """Propose cells in doubles (any grid is valid): all but the last few points, and those."""
    c = np.array([float(s) for s in start.squares])
    x, goal = float(start.x), float(start.goal)
    end = _inverse(c, goal)
    points = [x]
    peak = _log_radical(c, 0.0 if x < 0 < end else min(abs(x), abs(end)))
    while x < end:
        inverse = 1 / (c + x * x)
        b = float(inverse.sum())
        local = fineness * math.exp(min(_COARSER, max(0.0, (_log_radical(c, x) - peak) / 4)))
        x += local / (abs(x) * b + math.sqrt(b))
        if points[-1] < 0 < x:
            x = 0.0
        points.append(x)
    toward = -1 if end < 0 else 1
    inside = [p for p in points if p < end - abs(end) * 0.1]
    if goal == 0:
        return inside, [Fraction(0)]
    return inside, [Fraction(end) * (1 + toward * share) for share in _TAIL]


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
    high = [ball(c) for c in start.squares]
    low: list[arb] | None = high
    goal, overshoot, before = ball(start.goal), arb(0), True
    points[0] = start.x
    lower, upper, cells, reason = 0, 0, 0, "the grid ends before the level"
    for a, b in zip(points, points[1:], strict=False):
        cells += 1
        far, near = ball(max(abs(a), abs(b))), ball(min(abs(a), abs(b)))
        width, y_far, y_near = ball(b - a), far * far, near * near
        radical = _root_of_product(high, y_far)
        z = far * radical
        slope = -sigma * slope_of(sigma * (z.union(arb(0)) if b > 0 else -z.union(arb(0))))
        if not (slope > 0 and eta * slope * radical <= (high[0] + y_far).sqrt()):
            reason = "the step size is too large for the order of the weights"
            break
        longest = (eta * slope * radical).upper()
        if low is not None:
            low = _drifted(low, longest * (width + longest), y_near)
        floor = arb(0) if low is None else _root_of_product(low, y_near)

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


def _root_of_product(squares: Sequence[arb], y: arb) -> arb:
    product = arb(1)
    for c in squares:
        product *= c + y
    return product.sqrt()


def _drifted(low: Sequence[arb], moved: arb, y: arb) -> list[arb] | None:
    """Lower the c_j by what steps with the given sum of squares can do; None if they might halve."""
    drifted = []
    for c in low:
        share = moved / (c / 2 + y)
        if not share <= 0.5:
            return None
        drifted.append((c * (1 - share)).lower())
    return drifted
