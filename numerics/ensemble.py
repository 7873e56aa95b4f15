"""Escape times of many starts at once, in floating point: steps, or ln N where N is astronomic.

The count of gradient descent is (``proofs/written/escape-counts.md``, section 3)

    N = ceil( T/eta + 1/2 ln(u_1/u_0) + D ),

the time of the flow in one quadrature over the reduced coordinate, what replacing the sum by an
integral loses, and the delay D by the drift of the squared differences; up to O(eta u') steps.
:func:`ensemble` evaluates that in the log domain, vectorised over the starts. Starts whose count is
short, or that begin in a fast region, are first stepped directly, together.

This is floating-point arithmetic with an error model, checked against certified counts on random
samples (claims *ensemble-...*); it is not rigorous. For a proof use ``method="certified"``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from numerics.float_flow import FloatFlow, Passage, follow, passage
from numerics.floating import double, gradient_factors
from numerics.loss import Loss
from numerics.path import path
from theory.dynamics.stopping import StopCondition, parse_stop
from theory.errors import InputError
from theory.exact import Exact, exact

Doubles = NDArray[np.float64]
REACHED, REACHED_REASON = 0, ""
REASONS = (
    REACHED_REASON,
    "never: the start is stationary",
    "never: two weights of least size keep the product from changing its sign",
    "never: the flow settles at a critical value before the target",
    "undecided: a step may jump across the target",
    "undecided: the target is out of reach of doubles",
    "undecided: the orbit leaves the range of doubles",
)
(_, STATIONARY, TIED, SETTLES, JUMPS, OUT_OF_REACH, LOST) = range(len(REASONS))
"""How a start ended, as codes into :data:`REASONS`; "never" is about the flow, and not proved."""
LEAD_IN = (0, 64, 448)
"""Direct steps taken before the quadrature, in turn, by the starts that need them."""
_CHUNK = 1 << 18  # weights that are worked on together


@dataclass(frozen=True)
class Ensemble:
    """How long n starts take.

    Attributes
    ----------
    ln_steps : array, shape (n,)
        ln N, minus infinity for N = 0; nan unless reached.
    error : array, shape (n,)
        The stated error: ``|N - N_true| <= error * N``; 0 where the steps were counted one by one.
    code : int array, shape (n,)
        How the start ended, a code into :data:`REASONS`; 0 is reached.
    direct : bool array, shape (n,)
        Whether every step was taken.
    guessed : bool array, shape (n,)
        Whether a step near the target is so long that some orbits jump across it at the first
        approach and some land on it. Which this one does depends on a fraction of a step that the
        estimate does not resolve: it is a draw, with the right law where N is large.
    """

    ln_steps: Doubles
    error: Doubles
    code: NDArray[np.int8]
    direct: NDArray[np.bool_]
    guessed: NDArray[np.bool_]

    @property
    def reached(self) -> NDArray[np.bool_]:
        """Which starts meet the condition."""
        return self.code == 0

    @property
    def steps(self) -> Doubles:
        """The count N as a double, infinite where it is larger than any; nan unless reached."""
        with np.errstate(over="ignore"):
            steps = np.exp(self.ln_steps)
            return np.where(steps < 2.0**50, np.rint(steps), steps)


def ensemble(
    loss: str | Loss,
    weights: Doubles,
    step: Exact,
    until: str | StopCondition,
    jobs: int = 1,
    tick: Callable[[int], None] | None = None,
) -> Ensemble:
    """Estimate escape times of many starts, in floating point.

    Parameters
    ----------
    loss : str or Loss
        f as a formula in p, smooth along the way.
    weights : array of doubles, shape (n, k)
        One start per row.
    step : exact number
        The step size.
    until : str or StopCondition
        See :func:`theory.dynamics.stopping.parse_stop`.
    jobs : int
        Threads; the result does not depend on it.
    tick : callable, optional
        Told how many starts are done.

    Returns
    -------
    Ensemble

    Raises
    ------
    InputError
        For bad input, naming the argument.

    Notes
    -----
    The error model, relative to N: 1 step of rounding, ``STIFF`` steps per unit of eta |u'| at
    either end (the order of the first neglected term), the quadrature's own estimate, and the
    square of the relative delay D/N and what is of second order in the drift (first order is what
    D is). It is an estimate, confirmed on samples, not a bound.
    """
    if weights.ndim != 2 or 0 in weights.shape or not np.isfinite(weights).all():
        raise InputError("weights", "an array of finite doubles, shape (starts, depth), is wanted")
    size = exact(step, "step")
    if size <= 0:
        raise InputError("step", "a positive step size is wanted")
    problem = _Problem(Loss.of(loss), double(size, "step"), parse_stop(until))
    rows = max(1, _CHUNK // weights.shape[1])
    chunks = [weights[i : i + rows] for i in range(0, len(weights), rows)]
    done, parts = 0, []
    with ThreadPoolExecutor(jobs) as pool:
        for part in pool.map(problem.solve, chunks):
            parts.append(part)
            done += len(part.code)
            if tick is not None:
                tick(done)
    names = [field.name for field in fields(Ensemble)]
    return Ensemble(*(np.concatenate([getattr(p, n) for p in parts]) for n in names))


SHORT = 400.0
"""Counts up to this many steps are counted one by one."""
GOOD_ENOUGH = 1e-7
_SMALL_ERROR, _NEGLIGIBLE = 1e-12, 1e-13
# Landings are stepped from where the product is the target's, divided by this.
_BEFORE, _LANDING = 16.0, 2_000


@dataclass(frozen=True)
class _Problem:
    loss: Loss
    step: float
    until: StopCondition

    def solve(self, weights: Doubles) -> Ensemble:
        """Work on one chunk: jump, and step directly where the jump is not good enough."""
        n = len(weights)
        found = Ensemble(
            np.full(n, np.nan),
            np.zeros(n),
            np.full(n, LOST, dtype=np.int8),
            np.zeros(n, dtype=np.bool_),
            np.zeros(n, dtype=np.bool_),
        )
        rows, taken, w = np.arange(n), 0, np.array(weights, dtype=np.float64)
        with np.errstate(all="ignore"):
            for lead in LEAD_IN:
                rows, w, taken = self._walk(found, rows, w, taken, lead)
                if not len(rows):
                    break
                rows, w = self._jump(found, rows, w, taken)
        return found

    def _walk(
        self, found: Ensemble, rows: NDArray[np.intp], w: Doubles, taken: int, steps: int
    ) -> tuple[NDArray[np.intp], Doubles, int]:
        """Take steps directly; who arrives, or is lost, is done."""
        value, slope, target = (
            self.loss.value("numpy"),
            self.loss.descent("numpy"),
            self.until.target,
        )
        for t in range(taken, taken + steps + 1):
            p, q = gradient_factors(w)
            hit = target.mask(p if self.until.on_product else value(p) + 0 * p)
            ended = hit | ~np.isfinite(p)
            if ended.any():
                found.code[rows[ended]] = np.where(hit, 0, LOST)[ended]
                found.ln_steps[rows[ended]] = np.where(hit, np.log(t), np.nan)[ended]
                found.error[rows[ended]] = 0.0
                found.direct[rows[ended]], found.guessed[rows[ended]] = True, False
                rows, w, p, q = rows[~ended], w[~ended], p[~ended], q[~ended]
            if t == taken + steps or not len(rows):
                break
            w = w - (self.step * slope(p) + 0 * p)[:, None] * q
        return rows, w, taken + steps

    def _jump(
        self, found: Ensemble, rows: NDArray[np.intp], w: Doubles, taken: int
    ) -> tuple[NDArray[np.intp], Doubles]:
        """Estimate the count from here; return the starts that direct steps would serve better."""
        n = len(w)
        size = np.abs(w)
        least = size.argmin(axis=1)
        everyone = np.arange(n)
        smallest = size[everyone, least]
        others = _without(size, least)
        squares = (others - smallest) * (others + smallest)
        sign = np.where((w < 0).sum(axis=1) % 2, -1.0, 1.0)
        log_p = np.log(size).sum(axis=1)
        p = sign * np.exp(log_p)
        way = path(self.loss, self.until, p)
        tied = ~(squares > 0).all(axis=0)
        z1 = way.direction * way.end
        behind = way.direction * sign < 0  # p moves towards zero
        code = np.where(np.isnan(z1), OUT_OF_REACH, REACHED)
        code[way.settles] = SETTLES
        code[behind & tied & ~(z1 < 0) & (code == REACHED)] = TIED
        code[(way.direction == 0) | ((w == 0).sum(axis=1) > 1)] = STATIONARY
        x0 = np.where(behind, -smallest, smallest)
        log_steps, error = np.full(n, np.nan), np.full(n, np.nan)
        guessed = np.zeros(n, dtype=np.bool_)
        go = np.flatnonzero(code == REACHED)
        if len(go):
            flow = FloatFlow(
                self.loss, np.ascontiguousarray(squares[:, go]), way.direction[go], x0[go]
            )
            log_steps[go], error[go], jumps, guessed[go] = self._count(flow, z1[go])
            code[go[jumps]] = JUMPS
            code[go[~np.isfinite(log_steps[go])]] = LOST
        steps = np.exp(log_steps)
        total = np.where(steps < 2.0**50, np.log(np.ceil(steps) + taken), log_steps)
        good = code == REACHED
        found.code[rows] = code
        found.ln_steps[rows] = np.where(good, total, np.nan)
        found.error[rows] = np.where(good, error, 0.0)
        found.guessed[rows] = guessed
        again = (steps < SHORT) | (error > np.maximum(GOOD_ENOUGH, 2 / steps))
        again = (good & again) | (code == LOST) | ((code == JUMPS) & (steps < SHORT))
        return rows[again], w[again]

    def _count(
        self, flow: FloatFlow, z1: Doubles
    ) -> tuple[Doubles, Doubles, NDArray[np.bool_], NDArray[np.bool_]]:
        """Evaluate ln N, its stated error, who jumps across the target, and who may."""
        x1 = flow.coordinate(z1)
        way = passage(flow, x1, _NEGLIGIBLE / self.step)
        log_steps, ratio = self._log_steps(way)
        steps = 1 + self.step * way.stiffness / 6
        error = steps * np.exp(-log_steps) + way.error + self.step * way.delay_error
        error += np.abs(ratio) * (np.abs(ratio) + self.step * way.bend) + _SMALL_ERROR
        error += self.step**2 * way.second
        beyond = x1 + self.step * np.exp(way.log_speeds[1])
        over = self._misses(flow, flow.product(beyond, flow.log_radical(beyond * beyond)))
        jumps = np.zeros(len(x1), dtype=np.bool_)
        rows = np.flatnonzero(over & (z1 > 0))
        if len(rows):
            log_steps[rows], jumps[rows] = self._land(flow.take(rows), z1[rows])
        return log_steps, error, jumps | (over & ~(z1 > 0)), over

    def _log_steps(self, way: Passage) -> tuple[Doubles, Doubles]:
        """Evaluate ln(T/eta + 1/2 ln(u_1/u_0) + D), and D relative to T/eta."""
        ratio = way.delay * self.step
        log_flow = way.log_time - math.log(self.step) + np.log1p(ratio)
        extra = (way.log_speeds[1] - way.log_speeds[0]) / 2
        return log_flow + np.log1p(np.maximum(extra * np.exp(-log_flow), -0.999)), ratio

    def _land(self, flow: FloatFlow, z1: Doubles) -> tuple[Doubles, NDArray[np.bool_]]:
        """Count up to a point before the target; step from there, to see where the orbit lands."""
        exit_ = flow.coordinate(z1 / _BEFORE)
        exit_ = np.maximum(exit_, flow.x0)
        log_steps, _ = self._log_steps(passage(flow, exit_, _NEGLIGIBLE / self.step))
        steps = np.exp(log_steps)
        phase = np.where(exit_ > flow.x0, np.ceil(steps) - steps, 0.0)
        begin = exit_ + phase * self.step * np.exp(flow.log_speed(exit_))
        z, more = follow(flow, begin, self.step, z1, _LANDING)
        total = np.where(steps < 2.0**50, np.log(np.ceil(steps) + more), log_steps)
        return total, self._misses(flow, z)

    def _misses(self, flow: FloatFlow, z: Doubles) -> NDArray[np.bool_]:
        p = flow.sign * z
        quantity = p if self.until.on_product else self.loss.value("numpy")(p) + 0 * p
        missed: NDArray[np.bool_] = ~self.until.target.mask(quantity)
        return missed


def _without(size: Doubles, least: NDArray[np.intp]) -> Doubles:
    """Drop the least entry of every row; shape (k - 1, n)."""
    n, k = size.shape
    keep = np.ones((n, k), dtype=np.bool_)
    keep[np.arange(n), least] = False
    return np.ascontiguousarray(size[keep].reshape(n, k - 1).T)
