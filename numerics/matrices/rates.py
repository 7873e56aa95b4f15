"""A linear rate, verified: R(t) <= (1 - r)^t R(0) at every step of a run in ball arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, arb_mat

from numerics.balls import ball, precision
from numerics.matrices.balls import Rows
from numerics.matrices.descent import Orbit
from theory.errors import InputError

BITS = 192


@dataclass(frozen=True)
class RateCheck:
    """What a run in ball arithmetic says of ``R(t) <= (1 - r)^t R(0)``.

    Attributes
    ----------
    holds : bool or None
        True: proved at every step up to ``steps``. False: disproved at step ``steps``. None: the
        enclosure became too wide to tell at step ``steps``, or was lost.
    steps : int
        Steps followed.
    share : Fraction
        An upper bound of R(t) / ((1 - r)^t R(0)) over the steps decided, t >= 1.
    loss : float
        The loss at the end, for display.
    trace : tuple of (float, float)
        R(t)/R(0) and (1 - r)^t, for figures.
    """

    holds: bool | None
    steps: int
    share: Fraction
    loss: float
    trace: tuple[tuple[float, float], ...]


def check_rate(
    weights: Sequence[Rows | arb_mat],
    target: Rows | arb_mat,
    step_size: Fraction,
    rate: Fraction | arb,
    steps: int,
    until: Fraction | None = None,
    bits: int = BITS,
) -> RateCheck:
    """Follow gradient descent on 1/2 |W_{L:1} - Phi|_F^2 and compare it with a linear rate.

    Parameters
    ----------
    weights : sequence of exact matrices, layer 1 first
    target : exact matrix
    step_size : Fraction
    rate : Fraction or arb
        r of the bound, between 0 and 1; zero asks whether the loss stays below where it began.
    steps : int
        How many to follow at most.
    until : Fraction, optional
        Stop once the bound is below this share of R(0).
    bits : int
        Working precision.

    Raises
    ------
    InputError
        If the loss at the start is not known to be positive.
    """
    orbit = Orbit(weights, step_size, target, bits=bits)
    with precision(bits):
        first = orbit.loss
        if not first > 0:
            raise InputError("weights", "the loss at the start is not known to be positive")
        factor = 1 - (rate if isinstance(rate, arb) else ball(rate))
        bound, most = arb(1), arb(0)
        level = None if until is None else ball(until)
        trace = [(1.0, 1.0)]
        holds: bool | None = True
        for _ in range(steps):
            try:
                orbit.advance()
            except OverflowError:
                holds = None
                break
            bound = bound * factor
            left = orbit.loss / first
            trace.append((float(left.mid()), float(bound.mid())))
            if not left <= bound:
                holds = False if left > bound else None
                if not bound > 0 or holds is False:
                    most = most.max(left / bound) if bound > 0 else arb(1)
                break
            most = most.max((left / bound).upper())
            if level is not None and bound < level:
                break
        top = most.abs_upper()
        mantissa, exponent = top.man_exp()
        share = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return RateCheck(holds, orbit.time, share, float(orbit.loss.mid()), tuple(trace))
