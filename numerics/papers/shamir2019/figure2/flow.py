"""The gradient flow of a matrix chain, by a stabilised Runge-Kutta method with error control.

Gradient descent with step eta is Euler's method for W' = -grad F, and needs t/eta steps to get
where the flow is at time t, up to a relative error of the order of eta times the curvature. Along
a plateau the fast directions have died out and only limit the step of explicit methods.
Runge-Kutta-Chebyshev methods have a real stability interval that grows like the square of the
number of stages s, at the cost of s gradients, so one step of s = 1000 stages replaces millions of
steps of descent. The Jacobian of a gradient flow is symmetric, which is the case these methods are
made for.

Ordinary rounded arithmetic, and not gradient descent: every line of the record that comes from here
says ``flow``.

The method and its coefficients: RKC of order two, Sommeijer, Shampine, Verwer, J. Comput. Appl.
Math. 88 (1998).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from functools import cache

import numpy as np

from numerics.papers.shamir2019.figure2.chain import (
    STEP,
    SUCCESS,
    Chain,
    Doubles,
    Trial,
    objective,
    transposed,
)

TOLERANCE = 1e-5
MAX_STAGES = 4000
_DAMPING = 2 / 13


def flow_steps(
    trial: Trial,
    max_steps: float,
    tolerance: float = TOLERANCE,
    deadline: float = math.inf,
    tick: Callable[[float], None] | None = None,
) -> tuple[str, int]:
    """Integrate until F < 0.1 and express the time in steps of gradient descent.

    Parameters
    ----------
    trial : Trial
    max_steps : float
        The integration ends at the time of this many steps.
    tolerance : float
        Local error per step, relative to 1 + |weight|.
    deadline : float
        On the clock of ``time.monotonic``.
    tick : callable, optional
        Told the time so far, in steps.

    Returns
    -------
    outcome : {"reached", "budget"}
    steps : int
    """
    flow = _Flow(trial)
    t, h, end = 0.0, STEP, max_steps * STEP
    layers = transposed([trial.start()])
    speed, value = flow.speed(layers)
    radius, direction, fresh = 0.0, speed, 0
    while value >= SUCCESS:
        if t >= end or time.monotonic() > deadline:
            return "budget", math.floor(t / STEP)
        if fresh == 0:
            radius, direction = flow.spectral_radius(layers, speed, direction)
            fresh = 20
        longest = _BETA * (MAX_STAGES**2 - 1) / radius
        h = min(h, longest, max(end - t, STEP))
        stages = max(2, math.ceil(math.sqrt(1 + h * radius / _BETA)))
        new = flow.step(layers, speed, h, stages)
        new_speed, new_value = flow.speed(new)
        local = 0.8 * (layers - new) + 0.4 * h * (speed + new_speed)
        scale = tolerance * (1 + np.maximum(np.abs(layers), np.abs(new)))
        error = float(np.sqrt(np.mean((local / scale) ** 2)))
        if not error <= 1:
            # Either the step is too long, or the curvature was underestimated.
            h *= max(0.1, 0.8 * error ** (-1 / 3)) if math.isfinite(error) else 0.1
            fresh = 0
            continue
        if new_value < SUCCESS:
            share = math.log(value / SUCCESS) / math.log(value / new_value)
            return "reached", math.ceil((t + share * h) / STEP)
        t += h
        layers, speed, value = new, new_speed, new_value
        h *= min(5.0, 0.8 * max(error, 1e-10) ** (-1 / 3))
        fresh -= 1
        if tick is not None:
            tick(t / STEP)
    return "reached", 0


class _Flow:
    """The vector field -grad F of one trial, in transposed layers."""

    def __init__(self, trial: Trial) -> None:
        self._chain = Chain(trial.depth, 1, trial.size)
        self._out = np.empty((trial.depth, 1, trial.size, trial.size))

    def speed(self, layers: Doubles) -> tuple[Doubles, float]:
        error = self._chain.error(layers)
        moves = self._chain.gradient(layers, error, self._out)
        return -moves.swapaxes(-1, -2), float(objective(error)[0])

    def spectral_radius(
        self, layers: Doubles, speed: Doubles, direction: Doubles
    ) -> tuple[float, Doubles]:
        """Estimate the largest curvature by power iteration, with a margin."""
        size, estimate = 1e-7 * (1 + float(np.linalg.norm(layers))), 0.0
        for _ in range(50):
            norm = float(np.linalg.norm(direction))
            moved, _ = self.speed(layers + direction * (size / norm))
            direction = moved - speed
            before, estimate = estimate, float(np.linalg.norm(direction)) / size
            if abs(estimate - before) <= 0.01 * estimate:
                break
        return 1.25 * estimate + 0.01, direction

    def step(self, y: Doubles, speed: Doubles, h: float, stages: int) -> Doubles:
        first, rows = _coefficients(stages)
        before, now = y, y + (first * h) * speed
        for mu, nu, mu_h, gamma_h in rows:
            inner, _ = self.speed(now)
            inner *= mu_h * h
            inner += (gamma_h * h) * speed
            inner += (1 - mu - nu) * y
            inner += mu * now
            inner += nu * before
            before, now = now, inner
        return now


_BETA = 2 / 3 * (1 - 2 / 15 * _DAMPING)


@cache
def _coefficients(s: int) -> tuple[float, tuple[tuple[float, float, float, float], ...]]:
    """Return the coefficients of the first stage and of the recursion of the others."""
    w0 = 1 + _DAMPING / s**2
    value, slope, bend = [1.0, w0], [0.0, 1.0], [0.0, 0.0]  # T_j, T_j', T_j'' at w0
    for j in range(2, s + 1):
        value.append(2 * w0 * value[j - 1] - value[j - 2])
        slope.append(2 * value[j - 1] + 2 * w0 * slope[j - 1] - slope[j - 2])
        bend.append(4 * slope[j - 1] + 2 * w0 * bend[j - 1] - bend[j - 2])
    w1 = slope[s] / bend[s]
    b = [0.0, 0.0, *(bend[j] / slope[j] ** 2 for j in range(2, s + 1))]
    b[0] = b[1] = b[2]
    rows = []
    for j in range(2, s + 1):
        ratio = b[j] / b[j - 1]
        rest = 1 - b[j - 1] * value[j - 1]
        rows.append((2 * ratio * w0, -b[j] / b[j - 2], 2 * ratio * w1, -rest * 2 * ratio * w1))
    return b[1] * w1, tuple(rows)
