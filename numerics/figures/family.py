"""The slack of a claim about functions: one line for each curvature, over a number of the claim."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from numerics.figures.style import COLOURS, GREY, finite, formula, new_figure, styled

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WHOLE = "curvature"


@dataclass(frozen=True)
class Family:
    """The slack for members of the classes, along one number while the others stand still.

    Attributes
    ----------
    variable : str
        The number; or what begins with :data:`WHOLE`: then there is one line, over the members.
    points : tuple of float
    lines : tuple of (str, tuple of float)
        A curvature in words, and the slack there; nan where it is no member or undefined.
    bounds : tuple of float
        Where the hypotheses that were typed begin or cease to hold.
    assumed : tuple of bool
        Whether they hold before the first of these, between them, and after the last.
    found : (float, float) or None
        Where an exact counterexample stands, and its slack.
    others : str
        Where the other numbers stand.
    """

    variable: str
    points: tuple[float, ...]
    lines: tuple[tuple[str, tuple[float, ...]], ...]
    bounds: tuple[float, ...] = ()
    assumed: tuple[bool, ...] = ()
    found: tuple[float, float] | None = None
    others: str = ""


@styled
def draw(families: Sequence[Family], title: str, claim: str, hypotheses: str) -> Figure:
    """Draw a panel for each number, with the bound of the hypotheses beside the slack."""
    figure, axes = new_figure(max(6.4, 4.6 * len(families)), 4.6, 1, len(families))
    for axis, family in zip(axes[0], families, strict=True):
        _panel(axis, family, hypotheses)
    handles, labels = axes[0][0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", fontsize=8, ncols=3,
                  title="for quadratic members, by their curvature", title_fontsize=8)  # fmt: skip
    figure.suptitle(title, fontsize=12)
    axes[0][0].set_title(formula(claim), fontsize=8.5, color=GREY, loc="left")
    return figure


def _panel(axis: Any, family: Family, hypotheses: str) -> None:
    from matplotlib import colormaps

    x = np.array(family.points)
    shades = colormaps["viridis"](np.linspace(0, 0.85, len(family.lines)))
    for (words, values), shade in zip(family.lines, shades, strict=True):
        axis.plot(x, values, color=shade, lw=1.5, label=words)
    axis.axhline(0, color=GREY, lw=1.0, label="below this line the claim fails")
    told = f"not assumed; assumed is {formula(hypotheses)}"
    edges = itertools.pairwise((x[0], *family.bounds, x[-1]))
    for (low, high), inside in zip(edges, family.assumed, strict=False):
        if not inside:
            axis.axvspan(low, high, color=GREY, alpha=0.15, linewidth=0, label=told)
            told = ""
    for number, bound in enumerate(family.bounds):
        label = "the bound of the hypotheses" if not number else None
        axis.axvline(bound, color=COLOURS[1], lw=1.1, ls=":", label=label)
    if family.found is not None:
        axis.plot(*family.found, "o", color=COLOURS[1], mec="white", ms=7, label="counterexample")
    name = family.variable if family.variable.startswith(WHOLE) else formula(family.variable)
    axis.set_xlabel(name + (f"   ({formula(family.others)})" if family.others else ""))
    axis.set_ylabel("slack: larger side minus smaller side")
    axis.grid(visible=True, alpha=0.25)


def data(families: Sequence[Family]) -> list[dict[str, Any]]:
    """What is drawn, as JSON values; null where undefined."""
    return [
        {
            "variable": f.variable,
            "others": f.others,
            "points": finite(f.points),
            "bounds": finite(f.bounds),
            "lines": [{"member": words, "values": finite(values)} for words, values in f.lines],
        }
        for f in families
    ]
