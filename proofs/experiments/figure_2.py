"""Shamir's Figure 2: the record of our run against the values read off the paper's plot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import cache

from numerics.papers.shamir2019.figure2.chain import DEPTHS, INITS, TRIALS, cell
from numerics.papers.shamir2019.figure2.descent import steps_of
from numerics.papers.shamir2019.figure2.figure import PAPER, PAPER_SIZE
from numerics.papers.shamir2019.figure2.figure import Point as Mean
from numerics.papers.shamir2019.figure2.figure import points as means
from numerics.papers.shamir2019.figure2.record import Record
from proofs.evidence.verdicts import Kind
from proofs.experiments import Measurement, Point, Profile

_FLAT = "near-identity"


@cache
def _record(profile: Profile) -> Record:
    """The stored trials, once some of them, run again, have taken as many steps as stored."""
    record = Record()
    for init in INITS:
        for trial in cell(init, PAPER_SIZE, 2, 1 if profile == "quick" else 20):
            (line,) = record.of([trial], "descent")
            again = steps_of(trial, 4 * line.steps)
            if again is None or abs(again - line.steps) > 1:  # another machine rounds otherwise
                raise ArithmeticError(f"{trial} takes another number of steps than its record says")
    return record


def _means(init: str, profile: Profile) -> dict[int, Mean]:
    """Means over depth; the time of the flow where descent was not run in full."""
    found = means(_record(profile), "flow", init, PAPER_SIZE)
    return {mean.depth: mean for mean in found}


def against_the_plot(profile: Profile) -> Sequence[Point]:
    """Measure, for each point of the plot, our mean and the error that chance explains."""
    points = []
    for init in INITS:
        for depth, mean in _means(init, profile).items():
            error = mean.deviation * math.sqrt(1 / mean.converged + 1 / TRIALS)
            named = {"ours": mean.mean, "plotted": PAPER[init][depth - 2], "error": error}
            points.append({name: Fraction(value) for name, value in named.items()})
    if len(points) != len(INITS) * len(DEPTHS):
        raise ArithmeticError("a point of the plot has no trials")
    return points


def growth(profile: Profile) -> Sequence[Point]:
    """Measure the growth per layer from depth 5 to 8."""
    grown: dict[str, Fraction] = {}
    for init in INITS:
        found = _means(init, profile)
        grown[init] = (Fraction(found[8].mean) - Fraction(found[5].mean)) / 3
    return [{"flat": grown[_FLAT], "steep": grown[init]} for init in INITS if init != _FLAT]


MEASUREMENTS = {
    "shamir-figure-2-means": Measurement(Kind.STATISTICS, against_the_plot),
    "shamir-figure-2-growth": Measurement(Kind.STATISTICS, growth),
}
