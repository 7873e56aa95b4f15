"""Width against depth: where gradient descent on a deep linear network converges, and how fast."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from numpy.typing import NDArray

from numerics.figures.escape import Row, log_bounds, problem
from numerics.figures.style import GREY, LN10, finite, formula, new_figure, styled
from numerics.statistics import Interval, probability_interval, quantile_interval
from theory.errors import InputError


@dataclass(frozen=True)
class Phase:
    """The phase diagram of one initialisation.

    Attributes
    ----------
    init, problem : str
    widths, depths : tuple of int
    share : array, shape (depths, widths)
        Of the runs that converged within the budget; nan where nothing was run.
    ln_steps : array, shape (depths, widths)
        Median of ln N; +inf where fewer than half converged.
    intervals : dict from (depth, width) to Interval
        Clopper and Pearson's, for the share.
    """

    init: str
    problem: str
    widths: tuple[int, ...]
    depths: tuple[int, ...]
    share: NDArray[np.float64]
    ln_steps: NDArray[np.float64]
    intervals: dict[tuple[int, int], Interval]


def collect(rows: Iterable[Row]) -> tuple[Phase, ...]:
    """Group the rows of a sweep over width and depth by initialisation.

    Raises
    ------
    InputError
        If there are no rows, or not at least two widths.
    """
    rows = list(rows)
    if len({r["width"] for r in rows}) < 2:
        raise InputError("store", "a phase diagram needs rows of at least two widths")
    return tuple(
        _phase(init, [r for r in rows if r["init"] == init])
        for init in dict.fromkeys(r["init"] for r in rows)
    )


def _phase(init: str, rows: list[Row]) -> Phase:
    widths = tuple(sorted({r["width"] for r in rows}))
    depths = tuple(sorted({r["depth"] for r in rows}))
    share = np.full((len(depths), len(widths)), math.nan)
    steps = np.full_like(share, math.inf)
    intervals = {}
    for i, depth in enumerate(depths):
        for j, width in enumerate(widths):
            mine = [r for r in rows if r["depth"] == depth and r["width"] == width]
            if not mine:
                continue
            upper = [log_bounds(r)[1] for r in mine]
            found = probability_interval(int(np.isfinite(upper).sum()), len(mine))
            share[i, j], intervals[depth, width] = found.estimate, found
            steps[i, j] = quantile_interval(upper).estimate
    return Phase(init, problem(rows[0]), widths, depths, share, steps, intervals)


@styled
def draw(phases: tuple[Phase, ...]) -> Figure:
    """Draw one heat map per initialisation: colour is the median count, hatching no convergence."""
    many = len(phases)
    cells = max(len(p.widths) for p in phases)
    figure, axes = new_figure(max(4.2, 0.62 * cells + 1.4) * many + 0.8, 5.2, 1, many, sharey=True)
    known = [v for p in phases for v in p.ln_steps.ravel() / LN10 if math.isfinite(v)]
    low = min(known, default=0.0)
    high = max([*known, low + 1])
    scale = Normalize(low, high)
    for axis, phase in zip(axes[0], phases, strict=True):
        _draw_map(axis, phase, scale)
    axes[0][0].set_ylabel("depth (number of layers)")
    bar = figure.colorbar(
        ScalarMappable(scale, "cividis_r"),
        ax=list(axes[0]),
        label="median number of steps",
        pad=0.02,
    )
    counts = [m * 10**e for e in range(10) for m in (1, 2, 5)]
    ticks = [math.log10(n) for n in counts if low <= math.log10(n) <= high]
    bar.set_ticks(ticks, labels=[f"{10**t:,.0f}" for t in ticks])
    figure.suptitle(
        "Where gradient descent converges: width against depth\n"
        "number: share of runs that converged; hatched: fewer than half within the budget",
        fontsize=11,
    )
    figure.supxlabel(formula(phases[0].problem), fontsize=8, color=GREY)
    return figure


def _draw_map(axis: Any, phase: Phase, scale: Normalize) -> None:
    from matplotlib import colormaps

    colours = colormaps["cividis_r"]
    for i in range(len(phase.depths)):
        for j in range(len(phase.widths)):
            share, steps = phase.share[i, j], phase.ln_steps[i, j] / LN10
            if math.isnan(share):
                continue
            reached = math.isfinite(steps)
            face = colours(scale(steps)) if reached else (0.92, 0.92, 0.92, 1)
            axis.add_patch(_rectangle(j, i, face, "" if reached else "////"))
            dark = reached and sum(face[:3]) < 1.4
            axis.text(
                j,
                i,
                f"{share:.0%}",
                ha="center",
                va="center",
                fontsize=8,
                color="white" if dark else "black",
                bbox=None
                if reached
                else {"facecolor": (0.92, 0.92, 0.92), "edgecolor": "none", "pad": 1},
            )
    axis.set_xlim(-0.5, len(phase.widths) - 0.5)
    axis.set_ylim(-0.5, len(phase.depths) - 0.5)
    axis.set_xticks(range(len(phase.widths)), [str(w) for w in phase.widths])
    axis.set_yticks(range(len(phase.depths)), [str(d) for d in phase.depths])
    axis.set_xlabel("width (neurons per layer)")
    axis.set_title(f"{phase.init} start")
    axis.tick_params(length=0)


def _rectangle(x: float, y: float, face: Any, hatch: str) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle(
        (x - 0.5, y - 0.5),
        1,
        1,
        facecolor=face,
        edgecolor="0.6" if hatch else "white",
        hatch=hatch,
        lw=0.8,
    )


def data(phases: tuple[Phase, ...]) -> dict[str, Any]:
    """What is drawn, as JSON values; logarithms are natural, null where infinite."""
    return {
        "panels": [
            {
                "init": p.init,
                "problem": p.problem,
                "cells": [
                    {
                        "depth": depth,
                        "width": width,
                        "runs": found.size,
                        "share": found.estimate,
                        "low": found.low,
                        "high": found.high,
                        "ln_median_steps": finite(
                            [float(p.ln_steps[p.depths.index(depth), p.widths.index(width)])]
                        )[0],
                    }
                    for (depth, width), found in p.intervals.items()
                ],
            }
            for p in phases
        ]
    }
