"""Shamir (2019), Theorem 4, with every constant explicit: an upper bound for each start.

F = (p - y)**2/2 with y = -c_1 < 0. Let a be the least |w_i(0)|, g_j > 0 the gaps |w_j(0)| - a of
the others, Q the product of the g_j, P the product of the other |w_j(0)|.

**Theorem.** Let the sign of p(0) be + (or p(0) = 0), so that the smallest weight has to cross zero:
put h = eta (p(0) + c_1) P, b = prod(g_j - h), gamma = min g_j - h; else, -c_1 < p(0) < 0, put h =
0, b = P, gamma = the second least |w_i(0)|. Let B = min over A > 0 of
max(c_1/A, prod sqrt(w_j(0)**2 - a**2 + A**2)), and let

    eta (B**2 + (k-1) c_1**2/gamma**2) <= 1,   eta c_1 B <= gamma,
    and for positive sign also  h < min g_j,   h P <= c_1,   eta (p(0) + c_1) r <= 1,

r the largest product without the least weight and one other. Then F <= epsilon after at most

    N_1 + N_2,  N_1 = ceil(a/(eta c_1 Q)) or 0,  N_2 = ceil(ln(c_1/sqrt(2 epsilon))/(eta b**2)) or 0

steps. For weights separated by kappa, Q >= (k-1)! kappa**(k-1), which is Shamir's exp(O~(k)).
Proof: ``proofs/written/upper-bound.md``. It does not pass through Lemma 13's step-size condition,
which no small step meets after the crossing (claim *small-steps-miss-the-range*).

The rate N_2 counts b as it is at the crossing; :func:`numerics.reduced_bounds.two_sided` follows
it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from numerics.balls import ball, ceil_upper, exact_dyadic, precision
from theory.errors import InputError

_BITS = 128


@dataclass(frozen=True)
class UpperBound:
    """A proved upper bound on the number of steps until F <= epsilon.

    Attributes
    ----------
    upper : int or None
        None where a condition fails; see ``obstacle``.
    crossing : int
        N_1, the steps until the smallest weight has changed its sign.
    obstacle : str
        The condition that fails.
    """

    upper: int | None
    crossing: int = 0
    obstacle: str = ""


@dataclass(frozen=True)
class _Start:
    least: Fraction
    others: tuple[Fraction, ...]
    product: Fraction
    target: Fraction

    @property
    def crosses(self) -> bool:
        return self.product >= 0

    @property
    def rest(self) -> Fraction:
        return math.prod(self.others, start=Fraction(1))


def theorem_4(
    weights: Sequence[Fraction], target: Fraction, step: Fraction, epsilon: Fraction
) -> UpperBound:
    """Bound the number of GD steps on (p - target)**2/2 until it is at most epsilon.

    Parameters
    ----------
    weights : sequence of Fraction, shape (k,), k >= 2
        With product above the target, and |w_i| that are positive and different from the least one.
    target : Fraction
        y < 0.
    step, epsilon : Fraction
        Both positive.

    Returns
    -------
    UpperBound

    Raises
    ------
    InputError
        For a start or target outside the theorem.
    """
    start = _read(weights, target)
    if step <= 0:
        raise InputError("step", "a positive step size is wanted")
    if epsilon <= 0:
        raise InputError("epsilon", "a positive number is wanted")
    with precision(_BITS):
        return _bound(start, step, epsilon)


def largest_step(weights: Sequence[Fraction], target: Fraction) -> Fraction:
    """Return a step size that satisfies all conditions: the largest power of 1/2 that does.

    Raises
    ------
    InputError
        As :func:`theorem_4`.
    """
    start, step = _read(weights, target), Fraction(1)
    with precision(_BITS):
        while _obstacle(start, step):
            step /= 2
    return step


def separated_bound(depth: int, kappa: Fraction, least: Fraction, c_1: Fraction) -> arb:
    """Enclose eta N_1 for weights separated by kappa: least/(c_1 (k-1)! kappa**(k-1)).

    The exp(O~(k)) of Theorem 4: for kappa = k**-c_4 its logarithm is (c_4 - 1) k ln k + O(k).
    """
    with precision(_BITS):
        return ball(least / c_1) / (arb(depth).gamma() * ball(kappa) ** (depth - 1))


def _read(weights: Sequence[Fraction], target: Fraction) -> _Start:
    if len(weights) < 2:
        raise InputError("weights", "at least two are wanted")
    if target >= 0:
        raise InputError("target", "a negative number is wanted")
    least, *others = sorted(abs(w) for w in weights)
    product = math.prod(weights, start=Fraction(1))
    if product <= target:
        raise InputError("weights", "their product is not above the target")
    if others[0] == least:
        raise InputError("weights", "two share the least size")
    return _Start(least, tuple(others), product, -target)


def _landing(start: _Start, step: Fraction) -> Fraction:
    return step * (start.product + start.target) * start.rest if start.crosses else Fraction(0)


def _obstacle(start: _Start, step: Fraction) -> str:
    """Name a condition of the theorem that is not met, or return nothing."""
    c_1, others = start.target, start.others
    gamma = others[0]
    if start.crosses:
        h = _landing(start, step)
        gamma = others[0] - start.least - h
        if gamma <= 0 or h * start.rest > c_1:
            return "the crossing step might be too long"
        if step * (start.product + c_1) * (start.rest / others[0]) > 1:
            return "the order of the weights might change"
    top = _rest_bound(start)
    slowest = top * top + ball((len(others) * c_1 * c_1) / (gamma * gamma))
    if not (ball(step) * slowest <= 1 and ball(step * c_1) * top <= ball(gamma)):
        return "the product might overshoot the target"
    return ""


def _rest_bound(start: _Start) -> arb:
    """Bound B of the product of the others, once the smallest weight grows (best of a few A)."""
    best, target = arb("inf"), ball(start.target)
    gaps = [ball(w * w - start.least * start.least) for w in start.others]
    for n in range(-24, 9):
        size = exact_dyadic(1, n)
        product = math.prod((gap + size * size for gap in gaps), start=arb(1))
        best = best.min((target / size).max(product.sqrt()))
    return best.upper()


def _bound(start: _Start, step: Fraction, epsilon: Fraction) -> UpperBound:
    obstacle = _obstacle(start, step)
    if obstacle:
        return UpperBound(None, 0, obstacle)
    c_1, h, crossing = start.target, _landing(start, step), 0
    rest = start.rest
    if start.crosses:
        gaps = [w - start.least for w in start.others]
        pace = step * c_1 * math.prod(gaps, start=Fraction(1))
        crossing = math.ceil(start.least / pace)
        rest = math.prod((g - h for g in gaps), start=Fraction(1))
    ratio = c_1 * c_1 / (2 * epsilon)
    if ratio <= 1:
        return UpperBound(crossing, crossing)
    steps = ball(ratio).log() / 2 / ball(step * rest * rest)
    return UpperBound(crossing + ceil_upper(steps), crossing)
