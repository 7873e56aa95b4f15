"""Weights, product and loss over time: the start, the plateau, the escape."""

from __future__ import annotations

import math
from typing import Any

from matplotlib.figure import Figure

from numerics.figures.style import COLOURS, GREY, formula, new_figure, styled
from numerics.followed import Orbit, follow
from theory.errors import visible

__all__ = ["data", "draw", "follow"]


@styled
def draw(orbit: Orbit, title: str = "The plateau") -> Figure:
    """Draw the weights above, the product and the loss below, over one axis of steps."""
    figure, axes = new_figure(7.6, 6.4, 3, 1, sharex=True, height_ratios=[2.2, 1, 1.2])
    top, middle, bottom = axes[:, 0]
    many = orbit.weights.shape[1]
    for j in range(many):
        label = f"$w_{{{j + 1}}}$" if many <= len(COLOURS) else None
        colour = COLOURS[j % len(COLOURS)]
        width = 1.5 if many <= 20 else 0.8
        style = ("-", "--", ":", "-.")[j // len(COLOURS) % 4]
        top.plot(orbit.steps, orbit.weights[:, j], style, color=colour, lw=width, label=label)
    if many <= len(COLOURS):
        top.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), handlelength=1.4)
    top.set_ylabel("weights $w_j$")
    middle.plot(orbit.steps, orbit.products, color=COLOURS[0], lw=1.5)
    middle.set_ylabel("product $p$")
    low = orbit.losses.min()
    bottom.plot(orbit.steps, orbit.losses, color=COLOURS[1], lw=1.5)
    if low > 0 and orbit.losses.max() / low > 20:
        bottom.set_yscale("log")
    bottom.set_ylabel("loss $f(p)$")
    bottom.set_xlabel("gradient-descent steps")
    for axis in (top, middle, bottom):
        axis.grid(visible=True, alpha=0.25)
        if orbit.stopped is not None:
            axis.axvline(orbit.stopped, color=GREY, lw=1, ls="--")
    top.axhline(0, color=GREY, lw=0.6)
    middle.axhline(0, color=GREY, lw=0.6)
    if orbit.stopped is not None:
        right = orbit.stopped > 0.6 * orbit.steps[-1]
        middle.annotate(  # above the axes, where no curve is
            f"condition holds from step {orbit.stopped:,}",
            (orbit.stopped, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(4 if right else -4, 2),
            textcoords="offset points",
            ha="right" if right else "left",
            va="bottom",
            fontsize=9,
            color=GREY,
        )
    bottom.set_xlim(0, max(int(orbit.steps[-1]), 1))
    bottom.xaxis.set_major_formatter(_thousands)
    heading = f"{title}: depth {many}, {visible(orbit.start)}".rstrip(", ")
    figure.suptitle(heading, fontsize=12, parse_math=False)  # a file may be called $x$
    top.set_title(formula(orbit.problem), fontsize=9, color=GREY)
    return figure


def _thousands(x: float, _: int) -> str:
    return f"{x:,.0f}" if math.isfinite(x) else ""


def data(orbit: Orbit) -> dict[str, Any]:
    """What is drawn, as JSON values."""
    return {
        "problem": orbit.problem,
        "start": orbit.start,
        "stopped": orbit.stopped,
        "steps": orbit.steps.tolist(),
        "weights": orbit.weights.T.tolist(),
        "products": orbit.products.tolist(),
        "losses": orbit.losses.tolist(),
    }
