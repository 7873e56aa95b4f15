"""Gradient flow of all k weights at many digits, by mpmath's Taylor integrator (not rigorous)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from operator import mul
from typing import Any

import mpmath

from numerics.evaluate import mpmath_backend
from numerics.loss import Loss


def integrate_flow(
    loss: Loss, weights: Sequence[Fraction], time: Fraction, digits: int = 30
) -> tuple[Any, ...]:
    """Integrate ``dw_i/dt = -f'(p) q_i``.

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
    """
    context = mpmath.mp.clone()
    context.dps = digits + 5
    slope = loss.slope(mpmath_backend(context))

    def velocity(_: Any, w: Sequence[Any]) -> list[Any]:
        before = list(accumulate(w, mul, initial=context.mpf(1)))
        after = list(accumulate(reversed(w), mul, initial=context.mpf(1)))[-2::-1]
        pull = -slope(before[-1])
        return [pull * a * b for a, b in zip(before, after, strict=False)]

    start = [context.mpf(w.numerator) / w.denominator for w in weights]
    solution = context.odefun(velocity, 0, start)
    return tuple(solution(context.mpf(time.numerator) / time.denominator))
