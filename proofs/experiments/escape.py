"""Escape counts on random starts: against the box bound, direct stepping, and over depth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from numerics.box_bound import box_bound
from numerics.certified.count import certified_count
from numerics.ensemble import ensemble
from numerics.floating import escape_counts
from numerics.loss import SHAMIR, Loss
from numerics.problem import Budget, Problem
from numerics.rigorous import ball_count
from numerics.starts import draw, draw_array, generator
from numerics.statistics import fitted_exponent
from proofs.evidence.verdicts import Kind
from proofs.experiments import Measurement, Point, Profile
from theory.dynamics.stopping import parse_stop

UNTIL = "abs(p+1) <= 1/2"
STEP = Fraction(1, 20)
# Growth per layer is read off these depths; below, the escape is not yet a plateau.
DEPTHS = (6, 10, 14, 18, 22, 26)
_FLOAT_STEPS, _BALL_STEPS = 10_000, 5_000


@lru_cache(maxsize=4)
def counted(init: str, profile: Profile) -> dict[int, tuple[list[float], list[int]]]:
    """Count on random starts, depth by depth: the counts (infinite for never) and the box bounds.

    Short counts come from the floating-point engine, which is what statistics need; long ones
    from the certified engine.
    """
    starts = 12 if profile == "quick" else 100
    loss, until = Loss.of(SHAMIR), parse_stop(UNTIL)
    rows = {}
    for depth in (*DEPTHS[:3:2], DEPTHS[-1]) if profile == "quick" else DEPTHS:
        drawn = draw_array(init, (starts, depth), generator(1000 + depth))
        short, reached = escape_counts(loss, drawn, STEP, until, _FLOAT_STEPS)
        counts, bounds = [], []
        for i, weights in enumerate(drawn):
            exact = [Fraction(float(w)) for w in weights]
            bounds.append(box_bound(loss, exact, STEP, until).lower)
            if reached[i]:
                counts.append(float(short[i]))
                continue
            found = certified_count(Problem.of(loss, exact, STEP, until), Budget(_BALL_STEPS))
            # Where the budget ends first, the least that the count can be.
            counts.append(math.inf if found.outcome == "never" else float(found.lower))
        rows[depth] = (counts, bounds)
    return rows


def box_bounds(profile: Profile) -> Sequence[Point]:
    """Measure the count and the box bound; one start is a straight line, where it is tight."""
    line = Problem.of("p", [Fraction(0)], Fraction(1, 1000), "p <= -1")
    problems = [line]
    for depth in range(2, 11):
        for seed in range(2 if profile == "quick" else 20):
            start = draw("gaussian", depth, 1000 * depth + seed)
            problems.append(Problem.of(SHAMIR, start, STEP, UNTIL))
    points = []
    for problem in problems:
        found = ball_count(problem, Budget(max_steps=_BALL_STEPS))
        bound = box_bound(problem.loss, problem.weights, problem.step, problem.plain).lower
        if found.upper is not None:
            points.append({"count": Fraction(found.lower), "bound": Fraction(bound)})
    return points


def certified_against_direct(profile: Profile) -> Sequence[Point]:
    """Count by the certified engine and by direct stepping in balls."""
    points = []
    for depth in range(6, 15) if profile == "quick" else range(3, 17):
        for seed in range(2 if profile == "quick" else 10):
            problem = Problem.of(SHAMIR, draw("gaussian", depth, 77 * depth + seed), STEP, UNTIL)
            direct = ball_count(problem, Budget(max_steps=10_000))
            if direct.upper is None:
                continue
            found = certified_count(problem, Budget())
            upper = direct.upper if found.upper is None else found.upper
            for brute in {direct.lower, direct.upper}:
                ends = {"lower": found.lower, "upper": upper, "brute": brute}
                points.append({n: Fraction(v) for n, v in ends.items()})
    return points


def medians(init: str, profile: Profile) -> Sequence[Point]:
    """Measure the median count and the median box bound at every depth."""
    points = []
    for counts, bounds in counted(init, profile).values():
        median = _median(np.array(counts))
        if math.isfinite(median):
            bound = _median(np.array(bounds, dtype=float))
            points.append({"median": Fraction(median), "median_bound": Fraction(bound)})
    return points


def growth(init: str, profile: Profile) -> Sequence[Point]:
    """Fit the growth per layer of the median of ln N, with a 95 % percentile bootstrap interval.

    Every start is counted in floating point, with an error of less than a hundredth (claims
    ``ensemble-*``), so that no budget censors the slow ones. Starts that leave the range of doubles
    count as infinite, which the median takes.
    """
    starts = 400 if profile == "quick" else 2_000
    logs = []
    for depth in DEPTHS:
        drawn = draw_array(init, (starts, depth), generator(1000 + depth))
        found = ensemble(Loss.of(SHAMIR), drawn, STEP, UNTIL)
        logs.append(np.where(found.reached, np.maximum(found.ln_steps, 0), np.inf))
    slope = fitted_exponent(DEPTHS, logs, seed=2019)
    named = {"low": slope.low, "exponent": slope.estimate, "high": slope.high}
    return [{name: Fraction(value) for name, value in named.items()}]


def _median(sample: NDArray[np.float64]) -> float:
    return float(np.quantile(sample, 0.5, method="inverted_cdf"))


_NEAR = "near-identity:0.2"
MEASUREMENTS = {
    "box-escape-bound": Measurement(Kind.GUARANTEE, box_bounds),
    "certified-counts": Measurement(Kind.GUARANTEE, certified_against_direct),
    "counts-above-box-gaussian": Measurement(Kind.STATISTICS, partial(medians, "gaussian")),
    "exponential-growth-gaussian": Measurement(Kind.STATISTICS, partial(growth, "gaussian")),
    "exponential-growth-near-identity": Measurement(Kind.STATISTICS, partial(growth, _NEAR)),
}
