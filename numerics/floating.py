"""The floating-point engine: gradient descent in doubles, over many starts at once.

Everything here is ordinary rounded arithmetic: fast, and good for statistics, never a proof.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from numerics.loss import Loss
from theory.dynamics.stopping import StopCondition
from theory.errors import InputError

Doubles = NDArray[np.float64]


def double(value: Fraction | float, argument: str) -> float:
    """The nearest double of an exact number.

    Raises
    ------
    InputError
        If there is none; ``argument`` is where the number came from.
    """
    try:
        return float(value)
    except OverflowError:
        raise InputError(argument, "a number is out of the range of doubles") from None


def gradient_factors(weights: Doubles) -> tuple[Doubles, Doubles]:
    """Return the product p and all q_i = (product of the others) of every row.

    Parameters
    ----------
    weights : array, shape (starts, depth)

    Returns
    -------
    p : array, shape (starts,)
    q : array, shape (starts, depth)
        From prefix and suffix products: no division, zeros allowed.
    """
    starts, depth = weights.shape
    q = np.ones((starts, depth))
    if depth > 1:
        np.cumprod(weights[:, :-1], axis=1, out=q[:, 1:])
    p = q[:, -1] * weights[:, -1]
    if depth > 1:
        q[:, :-1] *= np.cumprod(weights[:, :0:-1], axis=1)[:, ::-1]
    return p, q


def escape_counts(
    loss: Loss,
    weights: Doubles,
    step: float | Fraction,
    until: StopCondition,
    max_steps: int,
    max_seconds: float = math.inf,
    tick: Callable[[int], None] | None = None,
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Count steps until the stop condition holds, in floating point, for many starts.

    Parameters
    ----------
    loss : Loss
    weights : array, shape (starts, depth)
        One start per row.
    step : float or Fraction
        The step size.
    until : StopCondition
    max_steps : int
        No orbit is followed further.
    max_seconds : float
        Wall time after which all orbits are dropped where they are.
    tick : callable, optional
        Called with the number of steps taken, every few thousand steps.

    Returns
    -------
    counts : int array, shape (starts,)
        The smallest t with the condition true at w(t) where ``reached``; elsewhere how many
        iterates, from w(0) on, were seen not to satisfy it.
    reached : bool array, shape (starts,)
        False where the budget ended first, or the orbit left the range of doubles.

    Raises
    ------
    InputError
        If ``weights`` is not two-dimensional or is empty.
    """
    if weights.ndim != 2 or 0 in weights.shape:
        raise InputError("weights", "an array of shape (starts, depth) is wanted")
    value, slope = loss.value("numpy"), loss.descent("numpy")
    target, size = until.target, double(step, "step")
    starts = len(weights)
    counts, reached = np.zeros(starts, dtype=np.int64), np.zeros(starts, dtype=np.bool_)
    running = np.arange(starts)
    w = np.array(weights, dtype=np.float64)
    deadline = time.monotonic() + max_seconds
    with np.errstate(all="ignore"):
        for t in range(max_steps + 1):
            p, q = gradient_factors(w)
            hit = target.mask(p if until.on_product else value(p) + 0 * p)
            lost = ~np.isfinite(p)
            counts[running] = np.where(hit | lost, t, t + 1)
            if hit.any() or lost.any():
                reached[running[hit]] = True
                keep = ~(hit | lost)
                running, w, p, q = running[keep], w[keep], p[keep], q[keep]
                if not len(running):
                    break
            if t % 1024 == 0 and t:
                if tick is not None:
                    tick(t)
                if time.monotonic() > deadline:
                    break
            w -= (size * slope(p) + 0 * p)[:, None] * q
    return counts, reached
