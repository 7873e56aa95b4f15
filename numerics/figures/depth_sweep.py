"""The README's figure: medians of escape counts over depth, with the proved bound of each start."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure

from numerics.figures.style import COLOURS, new_figure, save, styled
from numerics.sweep import Row, fitted_exponent


def sweep_figure(rows: Sequence[Row], path: str | Path) -> tuple[Path, Path]:
    """Draw measured escape counts over depth, with the proved lower bound next to them.

    Parameters
    ----------
    rows : sequence of Row
        From :func:`numerics.sweep.depth_sweep`, for one or several initialisations.
    path : str or Path
        Where to write; the suffix is replaced by ``.png`` and ``.svg``.

    Returns
    -------
    png, svg : Path
    """
    return save(_draw(rows), path)


@styled
def _draw(rows: Sequence[Row]) -> Figure:
    figure, ((axes,),) = new_figure(7.2, 4.4)
    for colour, init in zip(COLOURS, dict.fromkeys(r.init for r in rows), strict=False):
        mine = [r for r in rows if r.init == init]
        arrived = [r for r in mine if 0 < r.median < math.inf]
        slope, error = fitted_exponent(mine)
        fit = "" if math.isnan(slope) else f", fit $e^{{({slope:.2f} \\pm {error:.2f})\\,k}}$"
        depth = [r.depth for r in arrived]
        axes.plot(
            depth, [r.median for r in arrived], "o-", color=colour, label=f"{init}: median{fit}"
        )
        spread = [r for r in arrived if r.low > 0 and r.high < math.inf]
        axes.fill_between(
            [r.depth for r in spread],
            [r.low for r in spread],
            [r.high for r in spread],
            color=colour,
            alpha=0.15,
            linewidth=0,
        )
        bounded = [r for r in mine if r.bound_median > 0]
        axes.plot(
            [r.depth for r in bounded],
            [r.bound_median for r in bounded],
            "s--",
            color=colour,
            markersize=4,
            alpha=0.8,
            label=f"{init}: median of the proved lower bound",
        )
    axes.set_yscale("log")
    axes.set_xlabel("depth k (number of weights)")
    axes.set_ylabel("gradient-descent steps until the stop condition")
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend(fontsize=8)
    return figure
