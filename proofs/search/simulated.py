"""Layers in floating point: what a simulation contradicts is no invariant.

Nothing is proved here: what survives is assumed of a step, and the core decides.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Relation, Term
from proofs.search.floats import function, rounded, samples, value

RUNS, STEPS = 40, 12
GE, GT, EQ = Relation.GE, Relation.GT, Relation.EQ

Run = list[dict[str, float]]


def trajectories(
    goal: Goal, runs: int = RUNS, steps: int = STEPS, deadline: float = math.inf
) -> Iterator[Run]:
    """Values of everything after each number of layers, from random parameters.

    What a layer draws stands beside what the layer makes of it.
    """
    layers = goal.layers
    assert layers is not None
    source = random.Random(3)  # noqa: S311
    starts = {str(x.value): function(e) for x, e in layers.starts.items()}
    updates = {str(x.value): function(e) for x, e in layers.updates.items()}
    plain = [(function(e), r) for e, r in goal.facts.values()]
    inner = [(function(e), r) for e, r in layers.facts.values()]
    for point in samples(goal, 8 * runs, seed=2):
        if not all(_fits(value(f, point), r) for f, r in plain):
            continue
        now = {**point, **{n: value(f, point) for n, f in starts.items()}}
        found = [now]
        for _ in range(steps):
            if time.process_time() > deadline:
                return
            # An inequality that is an equation in every step is slow, and often the worst.
            drawn = _layer(source, layers.variables, inner, now, equal=runs % 3 == 1)
            if drawn is None:
                break
            here = {**now, **drawn}
            now = {**here, **{n: value(f, here) for n, f in updates.items()}}
            if not all(math.isfinite(now[n]) and abs(now[n]) < 1e12 for n in updates):
                break
            found.append(now)
        yield found
        runs -= len(found) > 1 or not steps  # where no step is possible, nothing was tried
        if not runs:
            return


def _layer(
    source: random.Random,
    names: Mapping[str, Term],
    facts: Sequence[tuple[Any, Relation]],
    now: Mapping[str, float],
    equal: bool,
) -> dict[str, float] | None:
    zero = dict.fromkeys(names, 0.0)
    if equal and all(_fits(value(f, {**now, **zero}), r) for f, r in facts):
        return zero
    choices = (0.0, 1.0, 0.5, 0.01, 2.0, 10.0, -1.0, -0.3, -4.0)
    for _ in range(200):
        drawn = {x: source.choice(choices) for x in names}
        if all(_fits(value(f, {**now, **drawn}), r) for f, r in facts):
            return drawn
    return None


def _fits(v: float, relation: Relation) -> bool:
    if relation is EQ:
        return abs(v) < 1e-9
    return v > 0 if relation is GT else v >= 0


def survives(formula: Formula, runs: Sequence[Run]) -> bool:
    """Whether no simulation contradicts a formula beyond rounding."""
    e, relation = formula
    points = [point for run in runs for point in run if e.names <= set(point)]
    if not points or e.drawn:
        return True
    columns = {x: np.array([point[x] for point in points]) for x in e.names}
    size = np.array([1 + max((abs(c) for c in point.values()), default=0.0) for point in points])
    with np.errstate(all="ignore"):
        values, errors = rounded(e, columns, len(points))
        allowed = 1e-9 * size + 8 * errors
        failing = (np.abs(values) if relation is EQ else -values) > allowed
        if relation is GT:
            failing |= values + 8 * errors <= 0
    return not failing.any()
