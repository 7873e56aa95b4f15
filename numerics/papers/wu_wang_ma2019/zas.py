"""Zero-asymmetric initialisation (ZAS): its theorem followed and broken in balls, and its counts.

W_1 = ... = W_{L-1} = I and W_L = 0. The theorem of ``proofs/written/zas.md``: for every target Phi
of spectral norm phi, eta (1 + 2 (L - 1) min(phi^2, phi^(2 - 2/L))) <= 1 implies

    R(t + 1) <= (1 - eta)^2 R(t).

Step sizes are in :mod:`numerics.papers.wu_wang_ma2019.step_range`. Here are runs that follow the
bound (:func:`check_zas`), instances that break a larger step in ball arithmetic
(:func:`refuted_step`), the largest step that works in floating point (:func:`largest_steps`), and
counts of steps (:func:`scalar_counts`).
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from flint import arb
from numpy.typing import NDArray

from numerics.balls import ball, ceil_upper, precision
from numerics.certified.count import certified_count
from numerics.floating import escape_counts
from numerics.loss import Loss
from numerics.matrices import network
from numerics.matrices.instances import Exact, zas_layers
from numerics.matrices.rates import RateCheck, check_rate
from numerics.papers.wu_wang_ma2019.step_range import KERNEL_SLOPE, papers_step, proved_step
from numerics.problem import Budget, Problem
from numerics.starts import draw_array, generator
from theory.dynamics.stopping import parse_stop
from theory.errors import InputError

_FLOAT_STEPS = 50_000
_BITS = 256


def exact_zas(size: int, depth: int, outputs: int | None = None) -> list[Exact]:
    """The start, exactly: layers of rows of integers; the last has ``outputs`` rows."""
    last = size if outputs is None else outputs
    return [
        [
            [Fraction(int(i == j and layer < depth)) for j in range(size)]
            for i in range(size if layer < depth else last)
        ]
        for layer in range(1, depth + 1)
    ]


def norm_square(target: Exact) -> Fraction:
    """|Phi|_F^2, exactly."""
    return sum((x * x for row in target for x in row), Fraction(0))


def check_zas(
    target: Exact,
    depth: int,
    step_size: Fraction,
    rate: Fraction | None = None,
    steps: int = 10_000,
    until: Fraction | None = Fraction(1, 10**6),
) -> RateCheck:
    """Verify R(t) <= (1 - rate eta)^t R(0) step by step in ball arithmetic, from ZAS.

    Without a rate: the theorem's (1 - eta)^(2t), which is attained at t = 1, where the enclosure
    of a run can only touch it; so R(t) <= (1 - eta)^(2(t - 1)) R(1) is followed from t = 1.
    """
    start: list[Exact] = exact_zas(len(target[0]), depth, len(target))
    if rate is not None:
        return check_rate(start, target, step_size, rate * step_size, steps, until)
    start[-1] = [[step_size * x for x in row] for row in target]  # W_L(1) = eta Phi, exactly
    return check_rate(start, target, step_size, step_size * (2 - step_size), steps, until)


@dataclass(frozen=True)
class StepBracket:
    """The largest step size with R(t) <= (1 - eta/2) R(t-1), between a theorem and an instance.

    Attributes
    ----------
    depth : int
    norm_square : Fraction
        phi^2; the instance is the 1 x 1 target phi.
    papers, proved : Fraction
        Proved for every target of this norm: the paper's range, ours.
    refuted : Fraction
        Here a step of an orbit in balls lowers R by less...
    at : int
        ... the step that leads to this iterate.
    """

    depth: int
    norm_square: Fraction
    papers: Fraction
    proved: Fraction
    refuted: Fraction
    at: int


def refuted_step(depth: int, norm: Fraction, steps: int = 400) -> StepBracket:
    """Find a step size with R(t) > (1 - eta/2) R(t-1) on the 1 x 1 target ``norm``, and prove it.

    Parameters
    ----------
    depth : int
        L >= 2.
    norm : Fraction
        Phi itself.
    steps : int
        How far trajectories are followed.

    Raises
    ------
    InputError
        If no violation could be verified.
    """
    proved = proved_step(depth, norm**2)
    grid = float(proved) * np.geomspace(1, 8, 300)
    for i in np.flatnonzero(_scalar_violations(depth, float(norm), grid, steps)):
        size = Fraction(round(float(grid[i]) * 2**30), 2**30)
        at = _too_slow(depth, norm, size, steps)
        if at is not None:
            papers = papers_step(depth, norm**2)
            return StepBracket(depth, norm**2, papers, proved, size, at)
    raise InputError("norm", "no violation was verified; follow the trajectories for longer")


def _too_slow(depth: int, norm: Fraction, size: Fraction, steps: int) -> int | None:
    """The first t at which, in balls, R(t) is certainly above (1 - eta/2) R(t-1)."""
    with precision(_BITS):
        phi, eta, inner, last = ball(norm), ball(size), arb(1), arb(0)
        error = -phi
        for t in range(1, steps + 1):
            push = eta * error * inner ** (depth - 2)
            inner, last = inner - push * last, last - push * inner
            before, error = error, inner ** (depth - 1) * last - phi
            if error * error > (1 - eta / 2) * before * before:
                return t
    return None


def _scalar_violations(
    depth: int, norm: float, sizes: NDArray[np.float64], steps: int
) -> NDArray[np.bool_]:
    """Which step sizes have such a step in doubles, by a margin, on a 1 x 1 target."""
    inner, last = np.ones_like(sizes), np.zeros_like(sizes)
    error, broken = np.full_like(sizes, -norm), np.zeros(sizes.shape, dtype=bool)
    with np.errstate(all="ignore"):
        for _ in range(steps):
            push = sizes * error * inner ** (depth - 2)
            inner, last = inner - push * last, last - push * inner
            before, error = error, inner ** (depth - 1) * last - norm
            left, allowed = error**2, np.maximum(1 - sizes / 2, 0) * before**2
            broken |= ~(left <= allowed * 1.0001 + 1e-20 * norm**2)
    return broken


def largest_steps(
    depth: int, targets: NDArray[np.float64], steps: int = 150, rounds: int = 9
) -> NDArray[np.float64]:
    """Bisect, in floating point, for the largest step size with the paper's bound.

    Parameters
    ----------
    depth : int
    targets : array, shape (m, d, d)
    steps : int
        How far the bound is compared.
    rounds : int
        Halvings of the logarithm of the bracket; a resolution of about 1 %.

    Returns
    -------
    array, shape (m,)
        The lower ends. Not rigorous, and monotonicity is not proved.
    """
    squares = np.sum(targets**2, axis=(-2, -1))
    low = 1 / (1 + KERNEL_SLOPE * (depth - 1) * squares)
    high = 100 * low
    start = [np.broadcast_to(w, targets.shape) for w in zas_layers(targets.shape[-1], depth)]
    for _ in range(rounds):
        middle = np.sqrt(low * high)
        good = _bound_holds(start, targets, middle, steps)
        low, high = np.where(good, middle, low), np.where(good, high, middle)
    return low


def _bound_holds(
    start: Sequence[NDArray[np.float64]],
    targets: NDArray[np.float64],
    sizes: NDArray[np.float64],
    steps: int,
) -> NDArray[np.bool_]:
    run = network.trajectory(list(start), targets, sizes, steps)
    bounds = np.maximum(1 - sizes / 2, 0) ** run.times[:, None]
    with np.errstate(all="ignore"):
        fine = run.losses <= run.losses[0] * (1.0001 * bounds + 1e-24)
    return np.asarray(np.all(fine, axis=0))


def bound_on_count(step_size: Fraction, share: Fraction) -> int:
    """Steps after which the theorem guarantees R(t) <= share R(0): (1 - eta)^(2t) <= share."""
    with precision(128):
        return max(0, ceil_upper(ball(share).log() / (2 * (1 - ball(step_size)).log())))


def scalar_counts(
    init: str,
    depth: int,
    target: Fraction,
    step_size: Fraction,
    starts: int = 1,
    seed: int = 0,
    seconds: float = 20.0,
    near: Fraction = Fraction(1, 2),
) -> list[tuple[int, int | None]]:
    """Count the steps of one eigenvalue until |p - phi| <= near |phi|, from random or ZAS starts.

    Parameters
    ----------
    init : str
        ``"zas"``: (1, ..., 1, 0), or a name that :func:`numerics.starts.draw_array` knows.
    depth : int
    target : Fraction
        phi, not zero.
    step_size : Fraction
    starts, seed : int
    seconds : float
        For one start.
    near : Fraction
        How near is near enough.

    Returns
    -------
    list of (int, int or None)
        Certified bounds lower <= N <= upper; None where none is known. Short counts of random
        starts come from the floating-point engine (lower = upper, not rigorous), as statistics
        need no more.
    """
    if target == 0:
        raise InputError("target", "a target other than zero is wanted")
    loss = Loss.of(f"(p-({target}))**2/2")
    until = parse_stop(f"abs(p-({target})) <= {near * abs(target)}")
    if init == "zas":
        weights = [Fraction(1)] * (depth - 1) + [Fraction(0)]
        return [_certified(Problem.of(loss, weights, step_size, until), seconds)]
    drawn = draw_array(init, (starts, depth), generator(seed))
    short, reached = escape_counts(loss, drawn, step_size, until, _FLOAT_STEPS)
    found: list[tuple[int, int | None]] = []
    for i, row in enumerate(drawn):
        if reached[i]:
            found.append((int(short[i]), int(short[i])))
            continue
        exact = [Fraction(float(w)) for w in row]
        found.append(_certified(Problem.of(loss, exact, step_size, until), seconds))
    return found


def diagonal_count(
    init: str,
    depth: int,
    spectrum: Sequence[Fraction],
    step_size: Fraction,
    seed: int = 0,
    seconds: float = 20.0,
) -> tuple[int, int | None]:
    """Count for a diagonal target and diagonal layers: the slowest eigenvalue decides.

    Parameters are those of :func:`scalar_counts`; the start of each eigenvalue is drawn anew.
    """
    found = [
        scalar_counts(init, depth, phi, step_size, 1, seed + i, seconds)[0]
        for i, phi in enumerate(spectrum)
    ]
    uppers = [upper for _, upper in found if upper is not None]
    return max(low for low, _ in found), max(uppers) if len(uppers) == len(found) else None


def _certified(problem: Problem, seconds: float) -> tuple[int, int | None]:
    attempt = certified_count(problem, Budget(None, time.process_time() + seconds))
    return attempt.lower, attempt.upper


def logarithms(counts: Sequence[tuple[int, int | None]]) -> list[float]:
    """Take ln N; infinite where no upper bound is known."""
    return [math.inf if upper is None else math.log(max(1, lower)) for lower, upper in counts]
