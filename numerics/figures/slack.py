"""The slack of a claim over its domain: right side minus left side, one variable at a time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from numerics.figures.style import COLOURS, GREY, finite, formula, new_figure, styled

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Curve:
    """The slack along one variable, the others fixed.

    Attributes
    ----------
    variable : str
    centre : float
        Where it stands while the other variables move.
    points : tuple of float
    values : tuple of float
        nan where a side is undefined, or a hypothesis false.
    """

    variable: str
    centre: float
    points: tuple[float, ...]
    values: tuple[float, ...]


@styled
def draw(curves: Sequence[Curve], title: str, subtitle: str, centre_label: str) -> Figure:
    """Draw the slack along every variable, side by side."""
    columns = min(len(curves), 3)
    rows = math.ceil(len(curves) / columns)
    figure, axes = new_figure(max(5.4, 4.2 * columns), 3.4 * rows + 0.6, rows, columns)
    for axis in axes.ravel()[len(curves) :]:
        axis.set_axis_off()
    for axis, curve in zip(axes.ravel(), curves, strict=False):
        values = np.array(curve.values)
        x = np.array(curve.points)
        axis.fill_between(
            x, 0, values, where=values >= 0, color=COLOURS[0], alpha=0.15, linewidth=0
        )
        axis.fill_between(x, 0, values, where=values < 0, color=COLOURS[1], alpha=0.3, linewidth=0)
        axis.plot(x, values, color=COLOURS[0], lw=1.6, label="slack")
        axis.axhline(0, color=GREY, lw=1.0, label="below this line the claim fails")
        if curve.variable:
            axis.axvline(curve.centre, color=COLOURS[1], lw=1.1, ls=":", label=centre_label)
        axis.set_xlabel(formula(curve.variable) or "(no variables)")
        axis.set_ylabel("slack: larger side minus smaller side")
        axis.grid(visible=True, alpha=0.25)
        _limit(axis, values)
    axes[0][0].legend(loc="best", fontsize=8)
    figure.suptitle(title, fontsize=12)
    axes[0][0].set_title(formula(subtitle), fontsize=8.5, color=GREY, loc="left")
    return figure


def _limit(axis: Any, values: Any) -> None:
    """Keep the interesting part in view where the slack explodes at an end of the domain."""
    known = values[np.isfinite(values)]
    if not len(known):
        return
    top = float(np.quantile(known, 0.9))
    if known.max() > 8 * max(top, 1e-300):
        low = float(min(known.min(), 0))
        axis.set_ylim(low - 0.05 * (1.3 * top - low), 1.3 * top)


def data(curves: Sequence[Curve]) -> list[dict[str, Any]]:
    """What is drawn, as JSON values; null where undefined."""
    return [
        {
            "variable": c.variable,
            "centre": finite([c.centre])[0],
            "points": finite(c.points),
            "values": finite(c.values),
        }
        for c in curves
    ]
