"""The other half of Theorem 2: with high probability the plateau is not longer than that.

f = (p + 1)**2/2, N = min{t : p(t) <= -1/2}. For A_0 < A_1, y, x, X > 0 and a few t > 0 with d(t)
>= 0 the start satisfies, up to the failures listed, A_0 <= a = min |w_j| <= A_1,
c_j = w_j**2 - a**2 >= y, |p(0)| <= X < 1/2 and prod sqrt(c_j + t) >= x e**d(t), also for t = 0,
d = 0; if then H = eta (1 + X) X/A_0 <= A_0 and 2 H (2 A_1 + H) (k - 1)/y <= 1/2, with heights
A_0 = h_1 < ... < h_n = 1 and d_i = d(t) for the largest of those t <= h_i**2,

    eta N <= sqrt(2) (4 A_1 + A_0 + sum_{i<n} (h_{i+1}**2 - h_i**2)/(h_i e**d_i))/x + (n + 1) eta:

the crossing, and the climb height by height. As d is of order rho k sqrt(t), the bracket is of
order 1/k, as it is for the flow.

Failures: k rho A_0;  P(|w| > A_1)**k;  (k - 1) rho sqrt(y/tau);  P(|p(0)| > X); the chance that
tau**((k-1)/2) times a product of k - 1 independent weights is below x, where tau = 1 (normal law)
or 1 - A_1**2/3 (uniform), by stochastic domination; and e**(2 d) (E w**2/(w**2 + t))**(k-1) for
every t. Proof: ``proofs/written/escape-probability.md``, section 6.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
from flint import arb

from numerics.balls import ball, ends, precision
from numerics.papers.shamir2019.xavier.laws import Law, ProductLaw
from numerics.papers.shamir2019.xavier.tails import SumLaw
from theory.errors import InputError

BITS = 128
_SHARES = (6, 20, 60, 200, 600)
"""The five minor failures get at most the failure over one of these each; the best is taken."""
_RATIO, _LIFTS = Fraction(5, 4), (1, 2, 4, 8)
"""Of a height to the one below; and the t, as multiples of the least that help, squared."""


@dataclass(frozen=True)
class Ceiling:
    """``P(N > exp(log_time)/eta) <= failure`` at one step size eta.

    Attributes
    ----------
    depth : int
    failure : Fraction
    log_time : float
        Rounded up.
    """

    depth: int
    failure: Fraction
    log_time: float


def ceiling(law: Law, depth: int, failure: Fraction, step: Fraction) -> Ceiling | None:
    """Bound N from above with probability 1 - failure, for f = (p + 1)**2/2.

    Parameters
    ----------
    law : Law
    depth : int
    failure : Fraction
        Strictly between 0 and 1.
    step : Fraction

    Returns
    -------
    Ceiling or None
        None where the conditions fail: at small depth, or for a large step.

    Raises
    ------
    InputError
        For a failure probability that is none, or a step that is not positive.
    """
    if not 0 < failure < 1 or step <= 0:
        raise InputError("failure", "a probability and a positive step are wanted")
    if depth < 2:
        return None
    found = [_ceiling(law, depth, failure, step, failure / n) for n in _SHARES]
    return min((c for c in found if c is not None), key=lambda c: c.log_time, default=None)


def _ceiling(
    law: Law, k: int, failure: Fraction, step: Fraction, share: Fraction
) -> Ceiling | None:
    with precision(BITS):
        rho = law.density
        low = _rounded(float((ball(share) / (k * rho)).lower()) * 0.999)
        high = _rounded(1.02 * math.log(1 / float(share)) / (k * float(rho.mid())))
        tau = arb(1) if law.gaussian else 1 - ball(high * high) / 3
        if not (low < high and tau > arb(1) / 4):
            return None
        root = _rounded(float((ball(share) / (k * rho)).lower()) * 0.4)
        y = ball(root * root)
        spent = k * rho * ball(low) + law.above(ball(high)) ** k
        spent += (k - 1) * rho * ball(root) / tau.sqrt()
        level = _quantile(law, k, share)
        if level is None:
            return None
        size = ball(level).exp()
        spent += 2 * ball(share)  # of the product at the start, and of all lifts together
        left = ends(ball(failure) - spent)[0]
        if left <= 0 or not size < arb(1) / 2:
            return None
        below = _quantile(law, k - 1, 1 - left, lower=True)
        if below is None:
            return None
        eta = ball(step)
        stride = eta * (1 + size) * size / ball(low)
        lost = 2 * stride * (2 * ball(high) + stride) * (k - 1) / y
        if not (stride <= ball(low) and lost <= arb(1) / 2):
            return None
        product = (ball(below) + (k - 1) * tau.log() / 2).exp()
        time = longest(low, high, product, _lifts(law, k, share), step)
        return Ceiling(k, failure, float(np.nextafter(float(ends(time.log())[1]), np.inf)))


def _lifts(law: Law, k: int, share: Fraction) -> list[tuple[Fraction, arb]]:
    """Heights sqrt(t) with e**d(t) > 1, such that all fail with probability ``share`` at most."""
    each = share / len(_LIFTS)
    # Where (k - 1) rho sqrt(t) pi/2, which is -(k - 1) ln E w**2/(w**2 + t) to first order, pays.
    least = 2 * math.log(1 / float(each)) / (math.pi * (k - 1) * float(law.density.mid()))
    lifts = []
    for multiple in _LIFTS:
        height = _rounded(1.1 * least * multiple)
        lift = (ball(each) / law.kept(ball(height)) ** (k - 1)).sqrt()
        if lift > 1:
            lifts.append((height, lift))
    return lifts


def longest(
    low: Fraction,
    high: Fraction,
    product: arb,
    lifts: Sequence[tuple[Fraction, arb]],
    step: Fraction,
) -> arb:
    """Bound eta N where A_0, A_1, x and a few pairs sqrt(t), e**d(t) are what they should be."""
    climb, heights, height = ball(low), 1, low
    while height < 1:
        above = min(Fraction(1), _rounded(float(height * _RATIO)))
        lift = max((d for t, d in lifts if t <= height), default=arb(1), key=float)
        climb += ball((above**2 - height**2) / height) / lift
        heights, height = heights + 1, above
    return arb(2).sqrt() * (4 * ball(high) + climb) / product + (heights + 1) * ball(step)


def _rounded(x: float) -> Fraction:
    return Fraction(f"{x:.6e}")


@lru_cache(maxsize=8)
def _sum_law(law: Law, depth: int) -> SumLaw:
    return SumLaw(ProductLaw(law), depth)


def _quantile(law: Law, depth: int, probability: Fraction, lower: bool = False) -> Fraction | None:
    """A level of ln|w_1 ... w_k| reached with probability at most (or at least) ``probability``."""
    tails = _sum_law(law, depth)
    try:
        level = tails.quantile(Fraction(f"{float(probability):.9f}"))
        unit = Fraction(1, 1000)
        while lower and not tails.above(level) >= ball(probability):
            level, unit = level - unit, 2 * unit
    except InputError:
        return None
    return level
