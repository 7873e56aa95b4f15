"""Counts next to bounds for the seven theorems, one panel per kind of target."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from numerics.figures.style import COLOURS, GREY, new_figure, styled
from numerics.matrices.tasks import Row
from numerics.papers.comparison import SYSTEMS


@styled
def comparison_figure(rows: Sequence[Row]) -> Figure:
    """Draw counts (full) and bounds (open) over systems, one mark per depth.

    Parameters
    ----------
    rows : sequence of Row
        From :func:`numerics.papers.comparison.compare`.
    """
    kinds = list(dict.fromkeys(r.kind for r in rows))
    depths = sorted({r.depth for r in rows})
    names = list(SYSTEMS)
    figure, grid = new_figure(3.1 * len(kinds) + 1.6, 4.2, 1, len(kinds), sharey=True, sharex=True)
    axes = grid[0]
    for axis, kind in zip(axes, kinds, strict=True):
        for r in rows:
            if r.kind != kind:
                continue
            colour = COLOURS[depths.index(r.depth) % len(COLOURS)]
            place = names.index(r.system) + 0.22 * (depths.index(r.depth) - (len(depths) - 1) / 2)
            count = r.upper if r.upper is not None else r.lower
            if count is not None and count > 0 and r.outcome != "never":
                marker = "o" if r.upper is not None else ">"
                axis.plot(count, place, marker, color=colour, markersize=5)
            if r.outcome == "never":
                axis.text(
                    0.98,
                    place,
                    "never",
                    color=colour,
                    fontsize=7,
                    ha="right",
                    va="center",
                    transform=axis.get_yaxis_transform(),
                )
            if r.bound:
                axis.plot(r.bound, place, "o", color=colour, markersize=6, fillstyle="none")
                if count:
                    axis.plot([count, r.bound], [place, place], color=colour, linewidth=0.8)
        axis.set_xscale("log")
        axis.set_title(kind)
        axis.set_xlabel("gradient-descent steps")
        axis.grid(visible=True, axis="x", alpha=0.25, color=GREY)
    axes[0].set_yticks(range(len(names)), names)
    axes[0].invert_yaxis()
    for i, depth in enumerate(depths):
        axes[0].plot([], [], "o", color=COLOURS[i % len(COLOURS)], label=f"L = {depth}")
    axes[0].plot([], [], "o", color=GREY, fillstyle="none", label="bound of the theorem")
    axes[0].plot([], [], "o", color=GREY, label="count (> : budget spent)")
    figure.legend(loc="outside lower center", ncols=len(depths) + 2)
    figure.suptitle("Steps until ‖W_L ⋯ W_1 − Φ‖ ≤ ε‖Φ‖: each theorem's bound, and the count")
    return figure
