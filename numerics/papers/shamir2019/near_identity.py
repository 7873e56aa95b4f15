"""Shamir (2019), Theorem 3, with every constant explicit: a lower bound for near-identity starts.

**Theorem.** Let |w_i(0) - 1| <= delta for all i, 0 < p(0) <= c_3, and 0 <= f' <= G on [0, c_3]. Let
0 < rho_0 < 1 - delta with s_0**2 = rho_0**2 + 4 delta <= 1, and

    eta G <= min(1, rho_0**2/(2 c_3)).                                   (the step-size range)

For every rho <= rho_0 that is rho_0 itself, or at most rho_0/2 with eta G s_0**(k-1) <= rho/2, the
product stays positive for every number of steps below

    rho/2 / (eta G (rho**2 + 4 delta)**((k-1)/2)),

so f(p) - inf f >= f(0) - inf f for as long.

With rho = rho_0 = 1/2 and delta <= 1/16 that is 2**((k-1)/2)/(4 eta G). With delta = k**-c_1, c_1
<= 1, k >= 16**(1/c_1) and rho = 2 sqrt(delta/(k-2)) it is at least
sqrt(delta/(k-2))/2 * (4 delta)**(-(k-1)/2)/(eta G): the exponent is (c_1/2) k ln k, more than
exponential in k, for the same range of step sizes. Proof: ``proofs/written/near-identity.md``.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from numerics.balls import ball, ceil_lower, ends, precision
from numerics.loss import Loss
from numerics.starts import generator
from theory.errors import InputError

LOSSES = ("(p+1)**2/2", "(p+1)**2", "log(1+exp(p))")
"""The paper's losses: Figure 1's body and caption, and the data pair (1, -1)."""

HALF = Fraction(1, 2)
_BITS = 128
_CELLS = 64
# Cells that may be halved where the sign of f' is not plain.
_SPLITS = 20_000


@dataclass(frozen=True)
class NearIdentityBound:
    """A proved lower bound on the number N of steps until p <= 0.

    Attributes
    ----------
    lower : int
        N >= lower.
    rho : Fraction
        The part of the plateau that was counted.
    closed_form : int
        2**((k-1)/2)/(4 eta G), or 0 where delta > 1/16.
    k_log_k : int
        The closed form with (4 delta)**(-(k-1)/2), or 0 where its conditions fail.
    steepest : Fraction
        An upper bound of G.
    """

    lower: int
    rho: Fraction
    closed_form: int
    k_log_k: int
    steepest: Fraction


def steepest_slope(loss: Loss, highest: Fraction) -> Fraction:
    """Bound sup f' on [0, highest] from above, in balls.

    Raises
    ------
    InputError
        If f' might be negative there (Assumption 1 wants f increasing).
    """
    with precision(_BITS):
        slope, top = loss.slope("arb"), arb(0)
        width = highest / _CELLS
        cells = deque((width * i, width * (i + 1)) for i in range(_CELLS))
        left = _SPLITS
        while cells:
            low, high = cells.popleft()
            value = slope(ball(low).union(ball(high)))
            if value >= 0:
                top = top.max(value)
            elif left and not value < 0:  # wide balls lose the sign of a quotient
                left, middle = left - 1, (low + high) / 2
                cells += [(low, middle), (middle, high)]
            else:
                raise InputError("loss", "its derivative is not known to be positive on [0, c_3]")
        return ends(top)[1]


def largest_step(loss: Loss, c_3: Fraction, rho: Fraction = HALF) -> Fraction:
    """Return the end of the step-size range, min(1, rho**2/(2 c_3))/G."""
    return min(Fraction(1), rho * rho / (2 * c_3)) / steepest_slope(loss, c_3)


def near_identity_bound(
    loss: Loss, depth: int, delta: Fraction, c_3: Fraction, step: Fraction
) -> NearIdentityBound:
    """Evaluate Theorem 3 for all starts that satisfy its assumptions at once.

    Parameters
    ----------
    loss : Loss
    depth : int
        k >= 3.
    delta : Fraction
        Largest allowed |w_i - 1|, such as k**-c_1; below 1/2.
    c_3 : Fraction
        Largest allowed product at the start.
    step : Fraction

    Returns
    -------
    NearIdentityBound
        The best over a few rho, each evaluated in balls; all zeros outside the step-size range.

    Raises
    ------
    InputError
        For a depth, delta or c_3 outside the theorem.
    """
    if depth < 3:
        raise InputError("depth", "at least 3 is wanted")
    if not 0 <= delta < HALF:
        raise InputError("delta", "a number in [0, 1/2) is wanted")
    if c_3 <= 0:
        raise InputError("c_3", "a positive number is wanted")
    steepest = steepest_slope(loss, c_3)
    push = step * steepest
    with precision(_BITS):
        best = max(
            ((_count(depth, delta, push, rho), rho) for rho in _choices(depth, delta, push, c_3)),
            default=(0, Fraction(0)),
        )
        narrow = push <= min(Fraction(1), 1 / (8 * c_3)) and 16 * delta <= 1
        closed = ceil_lower(_power(Fraction(2), depth - 1) / (4 * ball(push))) if narrow else 0
        fine = narrow and depth * delta >= 1  # so depth >= 16
        sharper = _k_log_k(depth, delta, push) if fine else 0
    return NearIdentityBound(best[0], best[1], closed, sharper, steepest)


def near_identity_start(depth: int, exponent: Fraction, seed: int) -> tuple[Fraction, ...]:
    """Draw distinct weights within k**-exponent of 1, uniformly on a grid of 2*10**6 points."""
    radius = Fraction(float(depth) ** -float(exponent)).limit_denominator(10**6)
    offsets = generator(seed).choice(2 * 10**6 + 1, size=depth, replace=False)
    return tuple(1 + radius * Fraction(int(n) - 10**6, 10**6) for n in offsets)


def assumption_3(weights: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """Return delta and c_3 of a start: max |w_i - 1| and the product."""
    return max(abs(w - 1) for w in weights), math.prod(weights, start=Fraction(1))


def _choices(depth: int, delta: Fraction, push: Fraction, c_3: Fraction) -> list[Fraction]:
    """Rho that the theorem admits: some rho_0, and shorter ones below the best rho_0."""
    found: list[Fraction] = []
    for tenths in range(1, 20):
        rho_0 = Fraction(tenths, 20)
        if rho_0 >= 1 - delta or rho_0 * rho_0 + 4 * delta > 1:
            continue
        if push > min(Fraction(1), rho_0 * rho_0 / (2 * c_3)):
            continue
        found.append(rho_0)
        longest = ball(push) * _power(rho_0 * rho_0 + 4 * delta, depth - 1)
        ideal = Fraction(2 * math.sqrt(float(delta) / max(1, depth - 2))).limit_denominator(10**9)
        shorter = (ideal / 2, ideal, 2 * ideal)
        found += [r for r in shorter if 0 < r <= rho_0 / 2 and longest <= ball(r / 2)]
    return found


def _count(depth: int, delta: Fraction, push: Fraction, rho: Fraction) -> int:
    layers = _power(rho * rho + 4 * delta, depth - 1)
    return max(0, ceil_lower(ball(rho / 2) / (ball(push) * layers)))


def _k_log_k(depth: int, delta: Fraction, push: Fraction) -> int:
    front = (ball(delta) / (depth - 2)).sqrt() / 2
    return ceil_lower(front / (ball(push) * _power(4 * delta, depth - 1)))


def _power(square: Fraction, exponent: int) -> arb:
    """Enclose square**(exponent/2)."""
    return ball(square).sqrt() ** exponent
