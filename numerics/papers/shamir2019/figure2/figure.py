"""Figure 2: iterations over depth, next to the values that were read off the paper's plot.

Shamir's text calls this figure "Figure 4"; the float that it means is Figure 2.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from numerics.figures.style import COLOURS, GREY, MARKERS, new_figure, styled
from numerics.papers.shamir2019.figure2.chain import DEPTHS, INITS, PATIENCE, cell
from numerics.papers.shamir2019.figure2.record import Engine, Line, Record

if TYPE_CHECKING:  # claims compare with the values of the plot, and draw nothing
    from matplotlib.figure import Figure

PAPER = MappingProxyType(
    {
        "xavier": (8.6, 9.7, 11.2, 13.0, 15.5, 17.2, 19.0),
        "near-identity": (8.6, 9.6, 11.0, 12.2, 12.0, 12.1, 12.3),
        "near-identity-small": (8.8, 10.8, 11.8, 13.8, 15.6, 17.8, 19.4),
    }
)
"""Means of ln(iterations) for depths 2 to 8, read off the plot to about 0.2."""
PAPER_NOT_CONVERGED = MappingProxyType(
    {("xavier", 6): 2, ("xavier", 8): 30, ("near-identity-small", 7): 2}
    | {("near-identity-small", 8): 36}
)
"""Per cent of the trials, where the plot says so."""
TITLES = MappingProxyType(
    {
        "xavier": "Xavier: N(0, 1/d)",
        "near-identity": "I + M, M ~ N(0, 1/(dk))",
        "near-identity-small": "I + M, M ~ N(0, 1/(dk)²)",
    }
)


PAPER_SIZE = 25


@dataclass(frozen=True)
class Point:
    """One depth of one panel.

    Attributes
    ----------
    trials : int
        With an outcome.
    converged : int
        Within the patience of the paper, 10**9 iterations, or the smaller budget of the run.
    mean, deviation : float
        Of ln(iterations) over the converged trials; nan where there are too few.
    unknown : int
        Trials whose budget ended before the paper's patience would have.
    longest : int
        The largest number of iterations of a trial that did converge, however late.
    """

    depth: int
    trials: int
    converged: int
    mean: float
    deviation: float
    unknown: int
    longest: int


def summarise(lines: Sequence[Line], depth: int, patience: int = PATIENCE) -> Point:
    """Reduce the lines of one cell to what the figure shows."""
    reached = [line.steps for line in lines if line.outcome == "reached"]
    inside = np.log([max(1, n) for n in reached if n <= patience])
    unknown = sum(line.outcome == "budget" and line.steps < patience for line in lines)
    mean = float(inside.mean()) if len(inside) else math.nan
    deviation = float(inside.std(ddof=1)) if len(inside) > 1 else math.nan
    longest = max(reached, default=0)
    return Point(depth, len(lines), len(inside), mean, deviation, unknown, longest)


def points(record: Record, engine: Engine, init: str, size: int) -> list[Point]:
    """Summarise all depths of one panel.

    A depth counts once the trials that have an outcome are the first ones, 0 to n - 1: in a cell
    that is still running, those that have arrived are the fast ones.
    """
    found = []
    for depth in DEPTHS:
        lines = record.of(cell(init, size, depth), engine)
        if lines and lines[-1].trial.number == len(lines) - 1:
            found.append(summarise(lines, depth))
    return found


@styled
def draw(record: Record, size: int) -> Figure:
    """Draw the three panels for one d."""
    figure, axes = new_figure(10.5, 4.3, 1, 3, sharey=True)
    engines: tuple[tuple[Engine, str], ...] = (
        ("descent", "gradient descent"),
        ("flow", "flow time / step size"),
        ("certified", "rigorous count"),
    )
    measured = [e for e, _ in engines if any(points(record, e, init, size) for init in INITS)]
    for axis, init in zip(axes[0], INITS, strict=True):
        for n, (engine, label) in enumerate(engines):
            found = points(record, engine, init, size)
            if not found:
                continue
            shift = 0.12 * (measured.index(engine) - (len(measured) - 1) / 2)
            complete = [p for p in found if not p.unknown]
            axis.errorbar(
                [p.depth + shift for p in complete],
                [p.mean for p in complete],
                [p.deviation for p in complete],
                fmt=MARKERS[n],
                color=COLOURS[n],
                capsize=2,
                markersize=4,
                linewidth=1,
                label=f"{label}, mean ± std",
            )
            for p in complete:
                late = p.trials - p.converged
                if late:
                    note = f"NC {late / p.trials:.0%}"
                    at = (p.depth + shift, p.mean - p.deviation - 0.2)
                    axis.annotate(note, at, fontsize=7, ha="center", va="top", color=COLOURS[n])
        if size == PAPER_SIZE:  # the paper's own d; other sizes have nothing to be compared with
            axis.plot(DEPTHS, PAPER[init], "x", color=GREY, label="the paper's plot, d = 25")
        axis.axhline(
            math.log(PATIENCE), color=GREY, lw=0.8, ls=":", label="10⁹ iterations, where it stops"
        )
        axis.set_title(TITLES[init], fontsize=10)
        axis.set_xlabel("depth k")
        axis.set_xlim(DEPTHS[0] - 0.5, DEPTHS[-1] + 0.5)
        axis.grid(visible=True, alpha=0.3)
    axes[0][0].set_ylabel("ln(iterations)")
    figure.legend(*axes[0][0].get_legend_handles_labels(), loc="outside lower center", ncols=4)
    explained = "mean ± standard deviation"
    if any(axis.texts for axis in axes[0]):
        explained += "; NC: share of trials not converged by 10⁹ iterations"
    figure.suptitle(f"Shamir's Figure 2 at d = {size}: {explained}", fontsize=11)
    return figure
