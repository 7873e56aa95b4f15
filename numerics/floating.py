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
_BLOCK = 16
"""Steps between looks at who has arrived; a divisor of 1024."""
_NORMAL = 1e-290
"""Products at least as large have all their digits, and so have their quotients by a weight."""


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
    q = np.empty((starts, depth))
    q[:, 0] = 1.0
    if depth > 1:  # methods, as the functions of NumPy cost as much again on few starts
        weights[:, :-1].cumprod(axis=1, out=q[:, 1:])
    p = q[:, -1] * weights[:, -1]
    if depth > 1:
        q[:, :-1] *= weights[:, :0:-1].cumprod(axis=1)[:, ::-1]
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
        CPU time after which all orbits are dropped where they are.
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
    w = np.array(weights.T, dtype=np.float64, order="C")  # a start per column: long inner loops

    with np.errstate(all="ignore"):
        constant = np.ndim(slope(np.ones(1))) == 0  # of a linear loss

    def moves(products: Doubles) -> Doubles:
        found = size * slope(products)
        return found + 0 * products if constant else found

    deadline = time.process_time() + max_seconds
    with np.errstate(all="ignore"):
        for t in range(0, max_steps + 1, _BLOCK):
            if t % 1024 == 0 and t and tick is not None:
                tick(t)
            if t and time.process_time() > deadline:
                break
            products = np.empty((min(_BLOCK, max_steps + 1 - t), len(running)))
            begin = w.copy()
            for row in products:  # what goes on behind its end is dropped below
                np.multiply.reduce(w, axis=0, out=row)
                w -= moves(row) * row / w
            if not (np.abs(products) >= _NORMAL).all():  # a weight may be zero
                w = begin
                for row in products:
                    row[:], q = gradient_factors(w.T)
                    w -= moves(row) * q.T
            hit = target.mask(products if until.on_product else value(products) + 0 * products)
            ended = hit | ~np.isfinite(products)
            over, first = ended.any(axis=0), ended.argmax(axis=0)
            counts[running] = t + np.where(over, first, len(products))
            reached[running] = hit[first, np.arange(len(running))]
            running, w = running[~over], w[:, ~over]
            if not len(running):
                break
    return counts, reached
