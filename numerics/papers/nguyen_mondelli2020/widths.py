"""How wide must the first layer be? Condition (7) of Nguyen and Mondelli 2020 against practice.

``python -m numerics.papers.nguyen_mondelli2020.widths PATH`` draws the figure and prints the
table; all of it is in floating point.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from numerics.figures.style import COLOURS, GREY, new_figure, save, styled
from numerics.matrices.instances import random_stream
from numerics.papers.nguyen_mondelli2020.activation import SmoothedLeakyRelu
from numerics.papers.nguyen_mondelli2020.pyramid import lecun, train, width_for_condition

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ACTIVATION = SmoothedLeakyRelu.of("1/2", 1)
SAMPLES = (4, 8, 16, 32)
STARTS, RUNS, STEPS, TAIL = 20, 10, 2_000, (4, 1)
_RANK = 3
"""Of 20 starts, at most three are below the median with probability 1351/2**20."""


@dataclass(frozen=True)
class Widths:
    """Widths for one number of samples.

    Attributes
    ----------
    samples : int
        N; inputs have dimension 2 N.
    asked : tuple of float
        10 %, 50 % and 90 % quantiles over starts of the width that (7) asks for.
    median : float
        Below the median of that width over all starts, but for a chance of one in 700.
    enough : int
        The least power-of-two multiple of N at which nine runs of ten converge.
    """

    samples: int
    asked: tuple[float, float, float]
    median: float
    enough: int


def widths(samples: int) -> Widths:
    """Measure both widths."""
    asked = [
        width_for_condition(samples, 2 * samples, TAIL, ACTIVATION, random_stream(12, samples, i))
        for i in range(STARTS)
    ]
    low, middle, high = np.quantile([w for w, _ in asked], [0.1, 0.5, 0.9])
    median = sorted(w for w, _ in asked)[_RANK]
    enough = next(w for i in count() if converged(samples, w := samples * 2**i) >= 0.9 * RUNS)
    return Widths(samples, (float(low), float(middle), float(high)), median, enough)


def converged(samples: int, width: int) -> int:
    """Count the runs, of ten, that reach a hundredth of their initial loss in 2,000 steps."""
    data, targets, starts = [], [], []
    for seed in range(RUNS):
        random = random_stream(2020, 11, samples, width, seed)
        x = random.standard_normal((samples, 2 * samples))
        data.append(x * (np.sqrt(2 * samples) / np.linalg.norm(x, axis=1, keepdims=True)))
        targets.append(random.uniform(-1, 1, (samples, 1)))
        starts.append(lecun([2 * samples, width, *TAIL], random))
    inputs, layers = np.array(data), [np.array(w) for w in zip(*starts, strict=True)]
    steps = 0.3 / np.linalg.norm(inputs, 2, axis=(-2, -1)) ** 2
    losses = train(inputs, np.array(targets), layers, ACTIVATION, steps, STEPS)
    return int(np.sum(losses[-1] <= losses[0] / 100))


def main(path: str) -> None:
    """Measure, print, draw."""
    rows = [widths(n) for n in track(SAMPLES, description="widths", transient=True)]
    table = Table(title="First-layer width: condition (7) at LeCun's start, and practice")
    for heading in ("N", "(7): 10 %", "(7): median", "(7): 90 %", "enough in practice", "ratio"):
        table.add_column(heading, justify="right")
    for r in rows:
        asked = [f"{w:.2e}" for w in r.asked]
        table.add_row(str(r.samples), *asked, str(r.enough), f"{r.asked[1] / r.enough:.1e}")
    Console().print(table)
    save(draw(rows), path)


@styled
def draw(rows: Sequence[Widths]) -> Figure:
    """Draw both widths over the number of samples."""
    drawing, axes = new_figure(7, 4.5)
    axis = axes[0, 0]
    n = np.array([r.samples for r in rows], dtype=float)
    low, middle, high = (np.array([r.asked[i] for r in rows]) for i in range(3))
    bars = [middle - low, high - middle]
    axis.errorbar(
        n, middle, bars, fmt="o", capsize=4, color=COLOURS[0], label="(7) asks for (10 to 90 %)"
    )
    axis.plot(n, middle[0] * (n / n[0]) ** 2, "--", color=GREY, label="slope of N²")
    axis.plot(
        n, [r.enough for r in rows], "s", color=COLOURS[1], label="enough in practice (9 of 10)"
    )
    axis.plot(n, n, ":", color=GREY, label="N, the least that Assumption 2.1 allows")
    axis.set(
        xscale="log",
        yscale="log",
        xlabel="samples N (inputs of dimension 2N)",
        ylabel="width n₁ of the first layer",
        title="Condition (7) at LeCun's start against practice: widths (n₁, 4, 1), γ = ½, τ = 1",
    )
    axis.set_xticks(n, [str(r.samples) for r in rows])
    axis.minorticks_off()
    axis.legend()
    return drawing


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "pyramid-widths.png")
