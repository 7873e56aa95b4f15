"""Shamir's Figure 1, in runs of our own: the paper prints neither its start nor its step size."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from numerics.certified.count import certified_count
from numerics.loss import SHAMIR
from numerics.problem import Budget, Problem
from numerics.starts import draw
from proofs.evidence.verdicts import Kind
from proofs.experiments import Measurement, Point, Profile

WEIGHTS, INIT = 7, "near-identity:0.1"
STEP = Fraction(1, 1000)
"""That of his Figure 2."""
SEEDS = (13, 1, 2)
"""Of the first twenty: the one with the shortest plateau, and two more."""
STAGES = {"enters": "p <= 1/10", "leaves": "p <= -1/10", "reaches": "abs(p+1) <= 1/2"}


def plateaus(profile: Profile) -> Sequence[Point]:
    """Count the steps of each start until the plateau, until its end, and until the target."""
    points = []
    for seed in SEEDS if profile == "quick" else range(1, 21):
        start = draw(INIT, WEIGHTS, seed)
        counts: dict[str, Fraction] = {}
        for stage, until in STAGES.items():
            found = certified_count(Problem.of(SHAMIR, start, STEP, until), Budget())
            if found.lower != found.upper:
                raise ArithmeticError(f"seed {seed}: the steps until {until} are not one number")
            counts[stage] = Fraction(found.lower)
        points.append(counts)
    return points


MEASUREMENTS = {"figure-1-own-runs": Measurement(Kind.GUARANTEE, plateaus)}
