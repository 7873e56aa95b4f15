"""Bounds on the escape time of one start from its weights alone, and how they pinch it.

Both rest on one identity: a step moves every squared weight by the same amount, up to eta**2,

    (w_j+)**2 = w_j**2 - 2 eta g p + eta**2 g**2 q_j**2,      g = f'(p), q_j = p/w_j.

**Squares bound** (any start, any step size). For beta > 0 put P = prod sqrt(w_j(0)**2 + beta), let
G >= |f'| on |p| <= P, u = eta G P/beta. While every w_j**2 <= w_j(0)**2 + beta, |p| <= P and
|q_j| <= P/sqrt(beta), so a step raises a square by at most beta ((1 + u)**2 - 1). If the condition
fails wherever |p| <= P, then N >= floor(1/(2u + u**2)) + 1, and N > beta/(2 eta G P) - 1/4.

**Sandwich** (f = (p + 1)**2/2, N = min{t : p(t) <= -1/2}): the same idea level by level, from both
sides: :func:`sandwich`. Its quotient hardly depends on the depth.

Proofs: ``proofs/written/escape-probability.md``, sections 3 and 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import prod

import numpy as np
from flint import arb

from numerics.balls import (
    ball,
    ceil_lower,
    ceil_upper,
    ends,
    floor_lower,
    precision,
)
from numerics.loss import Loss
from theory.errors import InputError

BITS = 128
_CANDIDATES = 96
_NARROWER = (1, Fraction(1, 2), Fraction(1, 8))
_RATIO = Fraction(5, 4)


def product_within(weights: Sequence[Fraction], beta: Fraction) -> arb:
    """Enclose prod sqrt(w_j**2 + beta), the largest |p| once squares have grown by beta."""
    return _product([ball(w * w) for w in weights], beta)


def _product(squares: Sequence[arb], beta: Fraction) -> arb:
    total, shift = arb(1), ball(beta)
    for square in squares:
        total *= square + shift
    return total.sqrt()


def squares_bound(
    loss: Loss, weights: Sequence[Fraction], step: Fraction, beta: Fraction | None = None
) -> int:
    """Bound N = min{t : p(t) <= -1/2} from below, for convex f that increases right of -1/2.

    Parameters
    ----------
    loss : Loss
        Convex, so that sup |f'| over |p| <= P is f'(P) as long as P <= 1/2.
    weights : sequence of Fraction, shape (k,)
    step : Fraction
        Any positive step size.
    beta : Fraction, optional
        Any positive number is valid; by default a good one is looked for.

    Returns
    -------
    int
        Proved by the squares bound; 0 where P is not below 1/2 for any beta tried.
    """
    best = 0
    for candidate in _candidates(weights) if beta is None else [beta]:
        with precision(BITS):
            size = product_within(weights, candidate)
            if not size < arb(1) / 2:
                continue
            slope = loss.slope("arb")(size)
            u = ball(step) * slope * size / ball(candidate)
            best = max(best, floor_lower(1 / (2 * u + u * u)) + 1)
    return best


def _candidates(weights: Sequence[Fraction]) -> list[Fraction]:
    """Propose beta in doubles: where beta/P(beta) is largest among those with P < 1/2."""
    squares = np.array([float(w) ** 2 for w in weights])[:, None]
    betas = np.geomspace(1e-4, 4, _CANDIDATES) * min(1.0, 25.0 / len(squares) ** 2)
    logs = 0.5 * np.log(squares + betas).sum(axis=0)
    score = np.where(logs < np.log(0.5), np.log(betas) - logs, -np.inf)
    best = float(betas[int(score.argmax())])
    return [Fraction(best) * shrink for shrink in _NARROWER]


@dataclass(frozen=True)
class Sandwich:
    """``lower <= N <= upper``; ``upper`` is None where its assumptions fail."""

    lower: int
    upper: int | None


def sandwich(weights: Sequence[Fraction], step: Fraction) -> Sandwich:
    """Bound N = min{t : p(t) <= -1/2} from both sides, for f = (p + 1)**2/2.

    Parameters
    ----------
    weights : sequence of Fraction, shape (k,)
    step : Fraction

    Returns
    -------
    Sandwich
        Proved (``Sandwich.v``, ``SandwichPositive.v``), in Arb balls; 0 <= N always, so the lower
        bound may be trivial.

    Raises
    ------
    InputError
        Without weights or a positive step.

    Notes
    -----
    Levels beta_0 = 0 < beta_1 < ...; P_i = prod sqrt(w_j(0)**2 + beta_i). If p(0) < 0, all squares
    grow, by at least 2 eta g |p| a step and by at most 2 eta P + (eta P)**2/beta, so between two
    levels pass at most (beta_{i+1} - beta_i)/(2 eta (1 - P_i) P_i) + 1 steps, and p <= -1/2 at the
    latest where P_i >= 1/2; and at least what the largest growth allows while P_{i+1} < 1/2.

    If p(0) > 0, let a = |w_m| be the smallest size, c_j = w_j**2 - a**2 > 0 and H = eta (1 + p(0))
    |q_m(0)|. If H <= a and S = sum H (2 a + H)/c_j <= 1/2, then w_m moves from one side of
    [-a, a] to the other by steps of at most H and at least eta sqrt((1 - S) prod c_j)/2, the c_j
    lose a share of at most S altogether, and then the first case applies, with sqrt(1 - S) P_i.
    If p(0) > 1/2 the target may lie inside [-a, a], but not before b = a/(2 p(0)): below b,
    |p| < p(0) b/a = 1/2. The distance that is certain is then a + b, not 2 a.
    """
    if not weights or step <= 0:
        raise InputError("step", "weights and a positive step are wanted")
    with precision(BITS):
        eta, p = ball(step), arb(1)
        for w in weights:
            p *= ball(w)
        if p <= -arb(1) / 2:
            return Sandwich(0, 0)
        levels = list(_levels(weights))
        if p < 0:
            most = _climb_at_most(levels, eta, arb(1))
            return Sandwich(ceil_lower(_climb_at_least(levels, eta, False)), ceil_upper(most))
        crossing = _crossing(weights, eta, p) if p > 0 else None
        if crossing is None:
            return Sandwich(squares_bound(Loss.of("(p+1)**2/2"), weights, step), None)
        least, most, root = crossing
        most += _climb_at_most(levels, eta, root)
        least += _climb_at_least(levels, eta, True)
        return Sandwich(ceil_lower(least), ceil_upper(most))


_Level = tuple[Fraction, arb]


def _levels(weights: Sequence[Fraction]) -> Iterator[_Level]:
    """The levels beta_i with P_i, up to the first with P_i certainly at least 3/4.

    With sqrt(1 - S) >= sqrt(1/2) this passes sqrt(1 - S) P_i >= 1/2.
    """
    squares = [ball(w * w) for w in weights]
    beta, above = Fraction(0), Fraction(1, 16 * len(weights) ** 2)
    while True:
        size = _product(squares, beta)
        yield beta, size
        if size >= arb(3) / 4:
            return
        beta, above = above, above * _RATIO


def _climb_at_most(levels: Sequence[_Level], eta: arb, root: arb) -> arb:
    """Bound the steps from |p| >= root P_0, p < 0, until p <= -1/2."""
    steps = arb(0)
    for (beta, size), (above, _) in pairwise(levels):
        reached = root * size
        if reached >= arb(1) / 2:
            break
        # (1 - |p|)|p| on [reached, 1/2] is least at its left end.
        steps += ball(above - beta) / (2 * eta * (1 - reached).max(arb(1) / 2) * reached) + 1
    return steps


def _climb_at_least(levels: Sequence[_Level], eta: arb, crossed: bool) -> arb:
    """Bound the steps from the first level, p <= 0, until p <= -1/2 from below.

    The step that passes a level overshoots it by at most its rise; so does, on the first level,
    the step that ends a crossing.
    """
    steps, overshoot = arb(0), arb(0)
    for i, ((beta, _), (above, size)) in enumerate(pairwise(levels)):
        if not size < arb(1) / 2:
            break
        rise = 2 * eta * size + (eta * size) ** 2 / ball(above)
        if i == 0 and crossed:
            overshoot = rise
        steps += ((ball(above - beta) - overshoot) / rise).max(0)
        overshoot = rise
    return steps


def _crossing(weights: Sequence[Fraction], eta: arb, p: arb) -> tuple[arb, arb, arb] | None:
    """Bound the steps in which w_m crosses [-a, a] from both sides; and give sqrt(1 - S)."""
    order = sorted(weights, key=abs)
    a = ball(abs(order[0]))
    gaps = [ball(w * w - order[0] ** 2) for w in order[1:]]
    if not all(c > 0 for c in gaps):
        return None
    stride = eta * (1 + p) * p / a
    share = sum((stride * (2 * a + stride) / c for c in gaps), arb(0))
    if not (stride <= a and share <= arb(1) / 2):
        return None
    root = (1 - share).sqrt()
    slowest = eta * root * prod((c.sqrt() for c in gaps), start=arb(1)) / 2
    inside = (1 / (2 * p)).min(arb(1))  # the target is beyond a/(2 p(0)), on the far side
    return a * (1 + inside) / stride, 2 * a / slowest + 1, root


def log_of(number: int) -> float:
    """The natural logarithm of a positive integer of any size, in floating point."""
    with precision(64):
        return float(arb(number).log())


def lower_log(value: arb) -> float:
    """A double that is at most every number of the ball."""
    return float(np.nextafter(float(ends(value)[0]), -np.inf))
