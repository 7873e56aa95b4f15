"""The slack of a claim over its domain: one variable at a time, and two together as a map."""

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


@dataclass(frozen=True)
class Surface:
    """The slack over a rectangle of two variables.

    Attributes
    ----------
    variables : (str, str)
        Across and upwards.
    across, upwards : tuple of float
    values : tuple of tuple of float, shape (len(upwards), len(across))
        nan where a side is undefined, or a hypothesis false.
    """

    variables: tuple[str, str]
    across: tuple[float, ...]
    upwards: tuple[float, ...]
    values: tuple[tuple[float, ...], ...]


@styled
def draw(
    curves: Sequence[Curve],
    title: str,
    subtitle: str,
    centre_label: str,
    surface: Surface | None = None,
) -> Figure:
    """Draw the slack along every variable, side by side, and the map of two."""
    panels = len(curves) + (surface is not None)
    columns = min(panels, 3)
    rows = math.ceil(panels / columns)
    figure, axes = new_figure(max(5.4, 4.2 * columns), 3.4 * rows + 0.6, rows, columns)
    for axis in axes.ravel()[panels:]:
        axis.set_axis_off()
    if surface is not None:
        _map(figure, axes.ravel()[len(curves)], surface, [c.centre for c in curves])
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
    figure.legend(*axes[0][0].get_legend_handles_labels(), loc="outside lower center", fontsize=8,
                  ncols=3)  # fmt: skip
    figure.suptitle(title, fontsize=12)
    axes[0][0].set_title(formula(subtitle), fontsize=8.5, color=GREY, loc="left")
    return figure


_LEVELS = 9  # so many shades, equally often: slack grows by orders of magnitude


def _map(figure: Any, axis: Any, surface: Surface, centre: Sequence[float]) -> None:
    """Shade the slack, mark the line where there is none, and the point of the slices."""
    values = np.ma.masked_invalid(np.array(surface.values))
    failing, positive = values < 0, np.ma.compressed(values[values > 0])
    if np.ma.any(failing):
        axis.contourf(
            surface.across, surface.upwards, failing.astype(float), [0.5, 1.5],
            colors=[COLOURS[1]], alpha=0.5,
        )  # fmt: skip
    levels = np.unique(
        np.quantile(positive, np.linspace(0, 1, _LEVELS)) if len(positive) else positive
    )
    if len(levels) > 1:
        shades = axis.contourf(
            surface.across,
            surface.upwards,
            np.ma.masked_less_equal(values, 0),
            levels,
            cmap="Blues",
        )
        bar = figure.colorbar(shades, ax=axis, format="%.2g")
        bar.set_label("slack")
    axis.plot(*centre, marker="o", color=COLOURS[1], mec="white", ms=6)
    axis.set_xlabel(formula(surface.variables[0]))
    axis.set_ylabel(formula(surface.variables[1]))
    axis.set_title("both; orange: the claim fails", fontsize=8.5, color=GREY, loc="left")


def _limit(axis: Any, values: Any) -> None:
    """Keep the interesting part in view where the slack explodes at an end of the domain."""
    known = values[np.isfinite(values)]
    if not len(known):
        return
    top = float(np.quantile(known, 0.9))
    if known.max() > 8 * max(top, 1e-300):
        low = float(min(known.min(), 0))
        axis.set_ylim(low - 0.05 * (1.3 * top - low), 1.3 * top)


def surface_data(surface: Surface | None) -> dict[str, Any] | None:
    """What the map shows, as JSON values; null where undefined."""
    if surface is None:
        return None
    return {
        "variables": list(surface.variables),
        "across": finite(surface.across),
        "upwards": finite(surface.upwards),
        "values": [finite(row) for row in surface.values],
    }


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
