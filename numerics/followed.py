"""Plain gradient descent in doubles, for the eye: a few hundred steps of an orbit are kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from numerics.floating import double, gradient_factors
from numerics.loss import Loss
from theory.dynamics.stopping import StopCondition
from theory.errors import InputError

Doubles = NDArray[np.float64]
SAMPLES = 600
MAX_STEPS, MAX_SECONDS = 2_000_000, 30.0


@dataclass(frozen=True)
class Orbit:
    """A gradient-descent orbit in doubles, sampled.

    Attributes
    ----------
    steps : array, shape (m,)
    weights : array, shape (m, k)
    products, losses : array, shape (m,)
    stopped : int or None
        The first step at which the condition held.
    problem, start : str
        For the title.
    """

    steps: NDArray[np.int64]
    weights: Doubles
    products: Doubles
    losses: Doubles
    stopped: int | None
    problem: str
    start: str


def follow(
    loss: Loss,
    weights: Sequence[Fraction],
    step: Fraction,
    until: StopCondition,
    start: str = "",
    max_steps: int = MAX_STEPS,
    max_seconds: float = MAX_SECONDS,
    tick: Callable[[int], None] | None = None,
) -> Orbit:
    """Follow gradient descent in doubles until the condition holds, and a fifteenth further.

    Parameters
    ----------
    loss : Loss
    weights : sequence of Fraction, shape (k,)
    step : Fraction
    until : StopCondition
    start : str
        How the weights were drawn, for the title.
    max_steps, max_seconds
        Steps and CPU seconds after which to end if the condition does not come true.
    tick : callable, optional
        Told the number of steps taken now and then.

    Raises
    ------
    InputError
        If the orbit leaves the range of doubles.
    """
    value, slope, decide = loss.value("numpy"), loss.descent("numpy"), until.target.mask
    w = np.array([[double(x, "weights") for x in weights]])
    size, deadline = double(step, "step"), time.process_time() + max_seconds
    kept: list[tuple[int, Doubles, float, float]] = []
    spacing, stopped, last, t = 1, None, max_steps, 0
    with np.errstate(all="ignore"):
        while True:
            p, q = gradient_factors(w)
            f = value(p) + 0 * p
            if not (np.isfinite(f).all() and np.isfinite(w).all()):
                raise InputError("step", f"the orbit leaves the range of doubles at step {t}")
            if stopped is None and bool(decide(p if until.on_product else f)[0]):
                stopped, last = t, t + max(t // 15, 20)
            if t % spacing == 0 or t == stopped:
                kept.append((t, w[0].copy(), float(p[0]), float(f[0])))
            if len(kept) >= 2 * SAMPLES:
                spacing *= 2
                kept = [row for row in kept if row[0] % spacing == 0 or row[0] == stopped]
            if t >= last or (t % 1024 == 0 and time.process_time() > deadline):
                break
            if tick is not None and t % 4096 == 0:
                tick(t)
            w -= (size * slope(p) + 0 * p)[:, None] * q
            t += 1
    steps, orbit, products, losses = zip(*kept, strict=True)
    problem = f"f(p) = {loss}, step {_short(step)}, until {until}"
    return Orbit(
        np.array(steps),
        np.array(orbit),
        np.array(products),
        np.array(losses),
        stopped,
        problem,
        start,
    )


def _short(value: Fraction) -> str:
    return f"{float(value):g}"
