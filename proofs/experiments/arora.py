"""Arora, Cohen, Golowich, Hu 2019: their theorem along orbits in balls, their counterexamples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

import numpy as np
from flint import arb

from numerics.balls import ends, precision
from numerics.matrices import balls, instances
from numerics.papers.arora_cohen_golowich_hu2019 import counterexamples, theorem_2
from numerics.papers.arora_cohen_golowich_hu2019 import theorem_1 as arora
from proofs.evidence.verdicts import Kind
from proofs.experiments import FALL, FALLEN, Measurement, Point, Profile

# Square, rectangular, a single output, scalars; hidden layers wider than needed.
WIDTHS = ((2, 2, 2), (3, 2, 3, 1), (1, 1, 1, 1, 1), (2, 3, 3, 2))


@lru_cache(maxsize=4)
def wider_runs(profile: Profile) -> tuple[tuple[arora.Instance, arora.Run], ...]:
    """Runs at the limits of the wider conditions: small margins, badly conditioned targets.

    The first is the instance with the slowest descent. The paper's conditions are stricter.
    """
    hard = [(0.3, 1.0), (0.9, 3.0), (0.5, 3.0)]
    if profile == "full":
        hard += [(0.05, 1.0), (0.9, 30.0), (0.3, 10.0)]
    drawn = [
        arora.draw(widths, 100 + i, share, arora.WIDER, condition=condition)
        for i, widths in enumerate(WIDTHS)
        for share, condition in hard
    ]
    steps = 2_500 if profile == "quick" else 200_000
    instances_ = (counterexamples.across(arora.WIDER), *drawn)
    return tuple((made, arora.run(made, steps, until=FALLEN)) for made in instances_)


@lru_cache(maxsize=4)
def best_runs(profile: Profile) -> tuple[tuple[arora.Instance, arora.Run], ...]:
    """Runs at the limits of the best constants of our proof at each depth."""
    steps, seeds = (2_500, 2) if profile == "quick" else (20_000, 4)
    drawn = [
        arora.draw(widths, 200 + 10 * i + seed, 0.9, arora.BEST[len(widths) - 1], condition=1.0)
        for i, widths in enumerate(WIDTHS)
        for seed in range(seeds)
    ]
    return tuple((made, arora.run(made, steps, until=FALLEN)) for made in drawn)


def runs(profile: Profile) -> tuple[tuple[arora.Instance, arora.Run], ...]:
    """All of them."""
    return wider_runs(profile) + best_runs(profile)


def _losses(
    source: Callable[[Profile], Sequence[tuple[arora.Instance, arora.Run]]],
) -> Callable[[Profile], Sequence[Point]]:
    def points(profile: Profile) -> Sequence[Point]:
        return [
            {"loss": run.loss, "start": run.start, "decay": run.decay, FALL: run.end / run.start}
            for _, run in source(profile)
        ]

    return points


def descents(profile: Profile) -> Sequence[Point]:
    """Measure the worst step of every run against Lemma 1."""
    return [
        {"descent": run.descent, "slope": run.slope, FALL: run.end / run.start}
        for _, run in runs(profile)
    ]


def balances(profile: Profile) -> Sequence[Point]:
    """Measure the largest imbalance of every run."""
    return [
        {"balance": run.balance, "delta": made.delta, FALL: run.end / run.start}
        for made, run in runs(profile)
    ]


def margins(profile: Profile) -> Sequence[Point]:
    """Measure sigma_min of matrices that are no farther from the target, and of the extreme one."""
    points = []
    for seed in range(20 if profile == "quick" else 400):
        random = instances.random_stream(seed, 1)
        size = 1 + seed % 4
        target = instances.full_rank_target(size, size + seed % 2, random)
        u, s, v = np.linalg.svd(target, full_matrices=False)
        reach = float(random.uniform(0.1, 0.9)) * s[-1]
        direction = random.standard_normal(target.shape)
        whole = target + reach * direction / np.linalg.norm(direction)
        other = random.standard_normal(target.shape)
        other *= float(random.uniform(0, 1)) / np.linalg.norm(other)
        extreme = -np.outer(u[:, -1], v[-1])
        for closer in (other, extreme):
            after = instances.rationals(target + (1 - 1e-9) * reach * closer)
            exact = instances.rationals(target)
            with precision(arora.BITS):
                margin = arora.deficiency_margin([instances.rationals(whole)], exact)
                far = balls.frobenius(
                    balls.matrix(instances.rationals(whole)) - balls.matrix(exact)
                )
                near = balls.frobenius(balls.matrix(after) - balls.matrix(exact))
                if not near <= far:
                    continue
                smallest = balls.smallest_singular(balls.matrix(after))
                points.append({"smallest": ends(smallest)[0], "margin": ends(margin)[1]})
    return points


def divergences(profile: Profile) -> Sequence[Point]:
    """Follow unbalanced scalars exactly."""
    points = []
    for depth in (2, 4) if profile == "quick" else (2, 4, 6):
        for step in ("1/1000", "1/10", "10"):
            for product in ("1/4", "3/4"):
                orbit = counterexamples.diverging_scalars(depth, Fraction(step), Fraction(product))
                points += [
                    {"low_next": low, "high": high} for (_, high), (low, _) in pairwise(orbit)
                ]
    return points


def barriers(profile: Profile) -> Sequence[Point]:
    """Run from identity layers towards targets with a negative eigenvalue."""
    points = []
    for i, eigenvalues in enumerate((("-1/2", "1"), ("-1", "3/2", "1/2"))):
        values = [Fraction(x) for x in eigenvalues]
        target = instances.exact_positive(values, instances.random_stream(i))
        for depth in (2, 4):
            for step in ("1/5", "1/3"):
                steps = 60 if profile == "quick" else 1000
                lowest = counterexamples.smallest_loss(target, depth, Fraction(step), steps)
                points.append({"loss": lowest, "barrier": values[0] ** 2 / 2})
    return points


def successes(profile: Profile) -> Sequence[Point]:
    """Enclose the success probability of Theorem 2."""
    with precision(arora.BITS):
        return [
            {"probability": ends(theorem_2.success_probability(d, a))[0]}
            for d in (100, 1000, 10_000)
            for a in (100, 1000, 10_000)
        ]


def directions(profile: Profile) -> Sequence[Point]:
    """Enclose the probability of Lemma 8's event and its bound."""
    dimensions = (20, 21, 50, 100, 1000, 10_000) if profile == "quick" else range(20, 10_001, 97)
    with precision(arora.BITS):
        return [
            {
                "probability": ends(theorem_2.cosine_probability(d, b))[0],
                "formula": ends(theorem_2.lemma_8(arb(b)))[1],
            }
            for d in dimensions
            for b in (9, 10, 12, 15, 30, 100, 1000, 10_000)  # below 9 the formula is negative
        ]


def slow_descents(profile: Profile) -> Sequence[Point]:
    """The first step of the instance that is not balanced enough."""
    made, _ = counterexamples.too_unbalanced()
    run = arora.run(made, 1)
    return [{"descent": run.descent_upper, "slope": run.slope_lower}]


def overshoots(profile: Profile) -> Sequence[Point]:
    """The first step of scalars with too large a step size."""
    points = []
    for depth in range(2, 7):
        run = arora.run(counterexamples.too_fast(depth), 1)
        points.append({"descent": run.descent_upper, "slope": run.slope_lower})
    return points


MEASUREMENTS = {
    "arora-claim-1-matrices": Measurement(Kind.GUARANTEE, margins),
    "arora-wider-runs": Measurement(Kind.GUARANTEE, _losses(wider_runs), converges=True),
    "arora-lemma-1-runs": Measurement(Kind.GUARANTEE, descents, converges=True),
    "arora-lemma-2-balance": Measurement(Kind.GUARANTEE, balances, converges=True),
    "arora-own-depth-runs": Measurement(Kind.GUARANTEE, _losses(best_runs), converges=True),
    "arora-balance-needed": Measurement(Kind.GUARANTEE, slow_descents),
    "arora-step-needed": Measurement(Kind.GUARANTEE, overshoots),
    "arora-claim-4-orbits": Measurement(Kind.GUARANTEE, divergences),
    "arora-claim-5-orbits": Measurement(Kind.GUARANTEE, barriers),
    "arora-theorem-2-probability": Measurement(Kind.GUARANTEE, successes),
    "arora-lemma-8-probability": Measurement(Kind.GUARANTEE, directions),
}
