"""The box bound: a lower bound on the escape time with every constant explicit.

**Theorem.** Let delta > 0 and let B be the box |w_j - w_j(0)| <= delta. Put a_j = |w_j(0)|,
M = max over i of the product of (a_j + delta), j != i, and G >= |f'(p)| for every p that occurs
on B. If the stop condition is false for all these p, the escape time N satisfies

    N >= floor(delta / (eta G M)) + 1.

Proof: on B every |q_i| <= M, so a step from B moves every weight by at most eta G M. The iterates
w(0), ..., w(T) with T eta G M <= delta are therefore all in B, where the condition is false.

Any iterate w(s) can serve as the start, if the condition is false up to s; then N - s is bounded.
That is what makes the bound say something near the identity, where the plateau comes later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from flint import arb

from numerics.balls import ball, ends, floor_lower, precision
from numerics.centred import CentredOrbit
from numerics.loss import Loss
from theory.dynamics.stopping import StopCondition

_BITS = 96
_CELLS = 32
_CANDIDATES = 160


@dataclass(frozen=True)
class BoxBound:
    """A proved lower bound on the number of steps.

    Attributes
    ----------
    lower : int
        The count is at least this.
    delta : Fraction
        Half the side of the box; 0 when no box gives a bound better than the trivial one.
    after : int
        The box is drawn around this iterate.
    slope, gradient : str
        Enclosures of G and M.
    """

    loss: Loss
    weights: tuple[Fraction, ...]
    step: Fraction
    until: StopCondition
    lower: int
    delta: Fraction
    after: int = 0
    slope: str = ""
    gradient: str = ""

    def _test(self, max_steps: int = 2_000) -> None:
        """Follow the orbit in balls: for ``lower`` steps it stays in the box and does not stop."""
        with precision(_BITS):
            orbit = CentredOrbit(self.loss, self.weights, self.step, _BITS)
            decide = self.until.target.decider(ball)
            value = self.loss.value("arb")
            centre = orbit.weights
            for t in range(min(self.lower, max_steps)):
                p = orbit.product
                assert decide(p if self.until.on_product else value(p)) is not True
                if t == self.after:
                    centre = orbit.weights
                if t >= self.after:
                    for now, before in zip(orbit.weights, centre, strict=True):
                        assert not abs(now - before) > ball(self.delta)
                orbit.advance_at_working_precision()


def box_bound(
    loss: Loss,
    weights: Sequence[Fraction],
    step: Fraction,
    until: StopCondition,
    warm_up: int = 0,
) -> BoxBound:
    """Bound the escape time from below, with delta chosen well (any delta is valid).

    Parameters
    ----------
    loss : Loss
    weights : sequence of Fraction, shape (k,)
    step : Fraction
    until : StopCondition
    warm_up : int
        Also draw boxes around the iterates 1, 2, 4, 8, ... up to this one, and take the best.

    Returns
    -------
    BoxBound
        Evaluated in Arb balls; ``lower`` is 0 if the condition may hold near the start.

    Notes
    -----
    Theorem in this module's docstring; the notes' version takes the sup of |f'| over the larger
    set |p| <= product of (a_j + delta).
    """
    best = BoxBound(loss, tuple(weights), step, until, 0, Fraction(0))
    with precision(_BITS):
        orbit = CentredOrbit(loss, best.weights, step, _BITS)
        decide = until.target.decider(ball)
        value = loss.value("arb")
        look = 0
        while True:
            p = orbit.product
            if decide(p if until.on_product else value(p)) is not False or not orbit.healthy:
                return best
            if orbit.steps == look:
                found = _around(replace(best, after=look), orbit.weights)
                if found is not None and found.lower > best.lower:
                    best = found
                look = max(1, 2 * look)
            if orbit.steps >= warm_up:
                return best
            orbit.advance_at_working_precision()


def _around(problem: BoxBound, balls: Sequence[arb]) -> BoxBound | None:
    """Bound the count by a box around the iterate number ``problem.after``, enclosed in balls."""
    for delta in _candidates(problem, balls):
        bound = _at(problem, balls, delta)
        if bound is not None:
            return bound
    return None


def _candidates(problem: BoxBound, balls: Sequence[arb]) -> list[Fraction]:
    """Propose a few box sizes, best first, by a search in doubles; nothing rests on it."""
    w = np.array([[float(x.mid())] for x in balls])
    sizes = np.abs(w)
    deltas = (float(sizes.max()) or 1.0) * np.geomspace(1e-4, 4, _CANDIDATES)
    low, high = np.ones_like(deltas), np.ones_like(deltas)
    for x in w:
        corners = np.stack([e * (x + d) for e in (low, high) for d in (-deltas, deltas)])
        low, high = corners.min(axis=0), corners.max(axis=0)
    p = low + (high - low) * np.linspace(0, 1, _CELLS + 1)[:, None]
    with np.errstate(all="ignore"):
        slope = np.abs(problem.loss.slope("numpy")(p) + 0 * p).max(axis=0)
        sums = sizes + deltas
        score = deltas / slope / (sums.prod(axis=0) / sums.min(axis=0))
        quantity = p if problem.until.on_product else problem.loss.value("numpy")(p) + 0 * p
        score[problem.until.target.mask(quantity).any(axis=0) | ~np.isfinite(score)] = 0
    best = int(score.argmax())
    if score[best] == 0:
        return []
    return [Fraction(float(deltas[best])) * Fraction(9, 10) ** (i * i) for i in range(6)]


def _at(problem: BoxBound, balls: Sequence[arb], delta: Fraction) -> BoxBound | None:
    width = ball(delta)
    low, high = arb(1), arb(1)
    for w in balls:
        corners = [low * (w - width), low * (w + width), high * (w - width), high * (w + width)]
        low, high = corners[0], corners[0]
        for corner in corners[1:]:
            low, high = low.min(corner), high.max(corner)
    cells = _cover(ends(low)[0], ends(high)[1])
    decide, slope = problem.until.target.decider(ball), problem.loss.slope("arb")
    if problem.until.on_product:
        stops = [decide(low.union(high))]
    else:
        value = problem.loss.value("arb")
        stops = [decide(value(cell)) for cell in cells]
    if any(stop is not False for stop in stops):
        return None
    steepest = arb(0)
    for cell in cells:
        steepest = steepest.max(abs(slope(cell)))
    largest = sorted((abs(w) + width for w in balls), key=lambda x: ends(x)[0])
    gradient = arb(1)
    for x in largest[1:]:
        gradient *= x
    # Dropping the factor that is smallest by its lower end may miss the maximum by rounding only;
    # dropping the least lower end instead of that factor cannot.
    gradient *= (largest[0].upper() / largest[0].lower()).upper()
    ratio = width / (ball(problem.step) * steepest * gradient)
    if not ratio.is_finite():
        return None
    return replace(
        problem,
        lower=problem.after + floor_lower(ratio) + 1,
        delta=delta,
        slope=steepest.str(8),
        gradient=gradient.str(8),
    )


def _cover(low: Fraction, high: Fraction) -> list[arb]:
    width = (high - low) / _CELLS
    half = ball(width / 2) * arb(0, 1)
    return [ball(low + width * (i + Fraction(1, 2))) + half for i in range(_CELLS)]
