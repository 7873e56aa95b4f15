"""Gradient flow of all k weights at many digits, by Taylor series (not rigorous)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from operator import mul
from typing import Any

import mpmath
from flint import arb, arb_series

from numerics.balls import ball, precision, series_length
from numerics.loss import Loss

_MOST_STEPS = 100_000


def integrate_flow(
    loss: Loss, weights: Sequence[Fraction], time: Fraction, digits: int = 30
) -> tuple[Any, ...]:
    """Integrate ``dw_i/dt = -f'(p) q_i``.

    The Taylor series of every weight, to as many terms as digits are wanted, is followed as far as
    its last terms stay below the tolerance; rounding is of midpoints, so nothing is enclosed.

    Parameters
    ----------
    loss : Loss
    weights : sequence of Fraction, shape (k,)
        The start.
    time : Fraction
        How long, in flow time (GD makes about ``time / step`` steps meanwhile).
    digits : int
        Decimal digits asked of the integrator.

    Returns
    -------
    tuple of mpf, shape (k,)
        The weights at that time.

    Raises
    ------
    ArithmeticError
        If the flow leaves every bound before that time, or nearly.
    """
    bits = int(3.33 * digits) + 48
    length = digits + 12
    with precision(bits):
        now, left = [ball(w) for w in weights], ball(time)
        tolerance = arb(10) ** -(digits + 5)
        for _ in range(_MOST_STEPS):
            with series_length(length):
                series = _taylor(loss, now, length)
            ahead = _reach(series, length, tolerance)
            last = bool(ahead >= left)
            ahead = left if last else ahead
            now = [_value(s, ahead, length).mid() for s in series]
            if last:
                return tuple(_mpf(w, digits) for w in now)
            if ahead * 2**bits < left:  # a step that takes no time: the flow blows up
                break
            left = (left - ahead).mid()
    raise ArithmeticError("the flow leaves every bound")


def _taylor(loss: Loss, start: Sequence[arb], length: int) -> list[arb_series]:
    """The weights as power series of the time: each round of integration gives one more term."""
    slope = loss.slope("series")
    now = [arb_series([w]) for w in start]
    for terms in range(2, length + 1):
        with series_length(terms):
            one = arb_series([1])
            before = list(accumulate(now, mul, initial=one))
            after = list(accumulate(reversed(now), mul, initial=one))[-2::-1]
            pull = slope(before[-1])
            moves = [(pull * (a * b)).integral() for a, b in zip(before, after, strict=False)]
            now = [arb_series([w]) - m for w, m in zip(start, moves, strict=True)]
            now = [arb_series([c.mid() for c in s.coeffs()]) for s in now]
    return now


def _reach(series: Sequence[arb_series], length: int, tolerance: arb) -> arb:
    """How far the series may be followed: where its last two terms are below the tolerance."""
    reach = arb(1)
    for s in series:
        size = max(abs(s[0]).mid(), arb(1))
        for n in (length - 2, length - 1):
            term = abs(s[n]).mid()
            if not term.is_finite():
                raise ArithmeticError("the flow leaves every bound")
            if term > 0:
                reach = min(reach, (tolerance * size / term).root(n).mid())
    return reach


def _value(series: arb_series, at: arb, length: int) -> arb:
    total = arb(0)
    for n in reversed(range(length)):
        total = total * at + series[n]
    return total


def _mpf(value: arb, digits: int) -> Any:
    mantissa, exponent = value.man_exp()
    context = mpmath.mp.clone()
    context.dps = digits + 5
    return context.mpf((int(mantissa), int(exponent)))
