"""Identity, balanced, random or zero-asymmetric start: with which targets and data each copes.

Every cell of the table is decided by runs in floating point: so many seeded problems, and the share
of them in which gradient descent came down to 1e-4 of the first loss, with an exact binomial
interval. A start is called
*global* if it does not depend on the target and no run failed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from numerics.matrices import network
from numerics.matrices.instances import (
    balanced_layers,
    gaussian_layers,
    identity_layers,
    near_identity_target,
    orthogonal,
    positive_target,
    random_stream,
    zas_layers,
)
from numerics.statistics import Interval, probability_interval

STARTS = ("identity", "balanced", "balanced, margin", "random, wide", "ZAS")
"""Balanced: the product is random; with margin: within sigma_min(Phi)/2 of the target."""
LOCAL = ("balanced, margin",)
"""Starts that are made from the target, so that arriving says nothing global."""
TARGETS = ("near identity", "positive definite", "full rank", "negative eigenvalue")
DATA = ("whitened", "condition 25")
COUNT = len(STARTS) * len(TARGETS) * len(DATA)
"""Cells of the table."""
SIZE, DEPTH, WIDTH = 3, 4, 24
ACCURACY, STEPS = 1e-4, 2_500


@dataclass(frozen=True)
class Cell:
    """One kind of start on one kind of problem.

    Attributes
    ----------
    start, target, data : str
        One of :data:`STARTS`, :data:`TARGETS`, :data:`DATA`.
    runs, reached : int
        How many problems, and in how many the loss came down to 1e-4 of its first value.
    share : Interval
        The probability, with its interval.
    """

    start: str
    target: str
    data: str
    runs: int
    reached: int
    share: Interval

    @property
    def always(self) -> bool:
        """Whether every run arrived."""
        return self.reached == self.runs


def table(runs: int = 20, tick: Callable[[Cell], None] | None = None) -> list[Cell]:
    """Decide every cell by ``runs`` seeded runs."""
    cells = []
    for start in STARTS:
        for target in TARGETS:
            for data in DATA:
                cells.append(cell(start, target, data, runs))
                if tick is not None:
                    tick(cells[-1])
    return cells


def cell(start: str, target: str, data: str, runs: int) -> Cell:
    """Decide one cell by ``runs`` seeded runs."""
    random = random_stream(STARTS.index(start), TARGETS.index(target), DATA.index(data))
    goals = np.stack([_target(target, random) for _ in range(runs)])
    drawn = [_start(start, goal, random) for goal in goals]
    layers = [np.stack(batch) for batch in zip(*drawn, strict=True)]
    scale = 1.0
    if start == "random, wide":
        scale = math.exp(-0.5 * ((DEPTH - 1) * math.log(WIDTH) + math.log(SIZE)))
    x = None
    if data != "whitened":
        x = orthogonal(SIZE, random) * np.geomspace(1, 0.2, SIZE)
        goals = goals @ x
    # A step that is stable for products of norm up to about 2: the answer is whether, not how fast.
    step = (SIZE / 4 if start == "random, wide" else 1 / 10) / DEPTH
    first = network.loss(layers, goals, x, scale)
    run = network.trajectory(layers, goals, step, STEPS, x, scale, ACCURACY * first, every=STEPS)
    reached = int(np.sum(run.reached >= 0))
    return Cell(start, target, data, runs, reached, probability_interval(reached, runs))


def _target(kind: str, random: np.random.Generator) -> network.Array:
    if kind == "near identity":
        return near_identity_target(SIZE, random, 0.4)
    if kind == "positive definite":
        return positive_target(SIZE, random, 0.5, 1.5)
    left, right = orthogonal(SIZE, random), orthogonal(SIZE, random)
    values = random.uniform(0.5, 1.5, SIZE)
    if kind == "full rank":
        return (left * values) @ right.T
    values[0] *= -1
    return (left * values) @ left.T


def _start(kind: str, goal: network.Array, random: np.random.Generator) -> list[network.Array]:
    if kind == "identity":
        return identity_layers(SIZE, DEPTH)
    if kind == "ZAS":
        return zas_layers(SIZE, DEPTH)
    if kind.startswith("balanced"):
        whole = random.standard_normal((SIZE, SIZE)) / (2 * math.sqrt(SIZE))
        if kind != "balanced":
            smallest = np.linalg.svd(goal, compute_uv=False)[-1]
            whole = goal + whole * smallest / (2 * np.linalg.norm(whole))
        return balanced_layers(whole, (SIZE,) * (DEPTH + 1))
    return gaussian_layers((SIZE, *([WIDTH] * (DEPTH - 1)), SIZE), random)
