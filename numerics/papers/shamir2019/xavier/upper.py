"""The other half of Theorem 2: with high probability the plateau is not longer than that.

f = (p + 1)**2/2, N = min{t : p(t) <= -1/2}. For A_0 < A_1, y, x, X > 0 the start satisfies, up to
the failures listed, A_0 <= a = min |w_j| <= A_1, c_j = w_j**2 - a**2 >= y, |p(0)| <= X < 1/2 and
prod sqrt(c_j) >= x; if then H = eta (1 + X) X/A_0 <= A_0 and 2 H (2 A_1 + H) (k - 1)/y <= 1/2,

    eta N <= (4 sqrt(2) A_1 + sqrt(2)/A_0)/x + 2 eta.

Failures: k rho A_0;  P(|w| > A_1)**k;  (k - 1) rho sqrt(y/tau);  P(|p(0)| > X); and the chance
that tau**((k-1)/2) times a product of k - 1 independent weights is below x, where tau = 1 (normal
law) or 1 - A_1**2/3 (uniform), by stochastic domination. Proof:
``proofs/written/escape-probability.md``, section 6.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from flint import arb

from numerics.balls import ball, ends, precision
from numerics.papers.shamir2019.xavier.laws import Law, ProductLaw
from numerics.papers.shamir2019.xavier.tails import SumLaw
from theory.errors import InputError

BITS = 128
_SHARES = (6, 20, 60)
"""The four minor failures get at most the failure over one of these each; the best is taken."""


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
        high = _rounded(2 * math.log(1 / float(share)) / (k * float(rho.mid())))
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
        spent += ball(share)
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
        two = arb(2).sqrt()
        time = (4 * two * ball(high) + two / ball(low)) / product + 2 * eta
        return Ceiling(k, failure, float(np.nextafter(float(ends(time.log())[1]), np.inf)))


def _rounded(x: float) -> Fraction:
    return Fraction(f"{x:.6e}")


def _quantile(law: Law, depth: int, probability: Fraction, lower: bool = False) -> Fraction | None:
    """A level of ln|w_1 ... w_k| reached with probability at most (or at least) ``probability``."""
    tails = SumLaw(ProductLaw(law), depth)
    try:
        level = tails.quantile(Fraction(f"{float(probability):.9f}"))
        unit = Fraction(1, 1000)
        while lower and not tails.above(level) >= ball(probability):
            level, unit = level - unit, 2 * unit
    except InputError:
        return None
    return level
