"""How far the constants of the wide-network theorems can be pushed before a run breaks them.

``python -m numerics.papers.du_hu2019.sharpness`` prints, for Gaussian and orthogonal starts of
width max(64, 16 L), the largest rate of the loss that every run obeyed and the largest step size.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from numerics.matrices.instances import gaussian_layers, orthogonal_layers, random_stream
from numerics.matrices.network import Array, loss, step
from numerics.papers.du_hu2019.theorem_4_1 import TINY, Regression, regression, run
from numerics.statistics import Interval, probability_interval

SHARES = tuple(round(0.1 * i, 1) for i in range(2, 26))


@dataclass(frozen=True)
class Sharpness:
    """What runs of one kind allow.

    Attributes
    ----------
    init : str
    depth, width : int
    rate : float
        The largest rate with l(t) <= (1 - rate x)^t l(0), x = eta L sigma_min²/d_out, for all runs
        and steps, at the printed step size; the theorems have 1/4 and 1/2.
    step : float
        The largest tried share of d_out/(L |X|²) up to which all runs obey the rate 1/4; the
        theorems have 1/3 and 1/2.
    obeyed : Interval
        The share of runs that obeyed it there, Clopper and Pearson.
    """

    init: str
    depth: int
    width: int
    rate: float
    step: float
    obeyed: Interval


def draw_starts(
    init: str, problem: Regression, depth: int, width: int, starts: int, seed: int = 0
) -> list[Array]:
    """Draw a batch of starts, ``"gaussian"`` or ``"orthogonal"``."""
    random = random_stream(seed, depth, width)
    sizes = [problem.data.shape[0], *[width] * (depth - 1), problem.outputs]
    drawn = [
        gaussian_layers(sizes, random)
        if init == "gaussian"
        else orthogonal_layers(sizes, random, scaled=True)
        for _ in range(starts)
    ]
    return [np.stack(same) for same in zip(*drawn, strict=True)]


def largest_rate(
    problem: Regression, weights: Sequence[Array], share: float, steps: int = 60
) -> Array:
    """The largest rate that each run obeyed, down to 10^-12 of the first loss."""
    depth, width = len(weights), weights[0].shape[-2]
    eta, scale = problem.step_size(depth, share), problem.scale(depth, width)
    unit = share / problem.condition
    first = loss(weights, problem.target, problem.data, scale)
    rate = np.full_like(first, np.inf)
    for t in range(1, steps + 1):
        weights = step(weights, eta, problem.target, problem.data, scale)
        ratio = loss(weights, problem.target, problem.data, scale) / first
        seen = (1 - ratio ** (1 / t)) / unit
        rate = np.where(ratio > 1e-12, np.minimum(rate, seen), rate)
    return rate


def sharpness(
    init: str, depth: int, width: int, condition: float = 2.0, starts: int = 20
) -> Sharpness:
    """Measure both frontiers for one kind of start; d_in = 3, r = d_out = 2, |Phi| = 1."""
    problem = regression(3, 2, 2, condition, 1.0, random_stream(2, depth))
    weights = draw_starts(init, problem, depth, width, starts)
    printed = 1 / 3 if init == "gaussian" else 1 / 2
    rate = float(np.min(largest_rate(problem, weights, printed)))
    budget = math.ceil(12 * condition * math.log(1e6))
    best, obeyed = 0.0, probability_interval(0, starts)
    for share in SHARES:
        made = run(problem, weights, budget, share, every=budget + 1)
        good = int(np.sum(made.loss_ratio <= 1 + TINY))
        if good < starts:
            break
        best, obeyed = share, probability_interval(good, starts)
    return Sharpness(init, depth, width, rate, best, obeyed)


def main() -> None:
    """Print the table."""
    from rich.console import Console
    from rich.progress import track
    from rich.table import Table

    shown = Table(title="Largest constants that all of 20 runs obeyed (kappa = 2)")
    for heading in ("start", "L", "m", "rate of the loss", "step share", "obeyed (95 %)"):
        shown.add_column(heading, justify="left" if heading == "start" else "right")
    jobs = [(init, depth) for init in ("gaussian", "orthogonal") for depth in (2, 4, 8)]
    for init, depth in track(jobs, "running", console=Console(stderr=True), transient=True):
        s = sharpness(init, depth, max(64, 16 * depth))
        shown.add_row(
            init,
            str(depth),
            str(s.width),
            f"{s.rate:.3f}",
            f"{s.step:.1f}",
            f"{s.obeyed.low:.2f} to {s.obeyed.high:.2f}",
        )
    Console().print(shown)


if __name__ == "__main__":
    main()
