"""Weights, product and loss over time: the start, the plateau, the escape."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from numerics.figures.style import COLOURS, GREY, formula, new_figure, styled
from numerics.floating import double, gradient_factors
from numerics.loss import Loss
from theory.dynamics.stopping import StopCondition
from theory.errors import InputError

Doubles = NDArray[np.float64]
SAMPLES = 600
MAX_STEPS, MAX_SECONDS = 2_000_000, 30.0


@dataclass(frozen=True)
class Orbit:
    """A gradient-descent orbit in doubles, sampled.

    Attributes
    ----------
    steps : array, shape (m,)
    weights : array, shape (m, k)
    products, losses : array, shape (m,)
    stopped : int or None
        The first step at which the condition held.
    problem, start : str
        For the title.
    """

    steps: NDArray[np.int64]
    weights: Doubles
    products: Doubles
    losses: Doubles
    stopped: int | None
    problem: str
    start: str


def follow(
    loss: Loss,
    weights: Sequence[Fraction],
    step: Fraction,
    until: StopCondition,
    start: str = "",
    max_steps: int = MAX_STEPS,
    max_seconds: float = MAX_SECONDS,
    tick: Callable[[int], None] | None = None,
) -> Orbit:
    """Follow gradient descent in doubles until the condition holds, and a fifteenth further.

    Parameters
    ----------
    loss : Loss
    weights : sequence of Fraction, shape (k,)
    step : Fraction
    until : StopCondition
    start : str
        How the weights were drawn, for the title.
    max_steps, max_seconds
        Steps and CPU seconds after which to end if the condition does not come true.
    tick : callable, optional
        Told the number of steps taken now and then.

    Raises
    ------
    InputError
        If the orbit leaves the range of doubles.
    """
    value, slope, decide = loss.value("numpy"), loss.descent("numpy"), until.target.mask
    w = np.array([[double(x, "weights") for x in weights]])
    size, deadline = double(step, "step"), time.process_time() + max_seconds
    kept: list[tuple[int, Doubles, float, float]] = []
    spacing, stopped, last, t = 1, None, max_steps, 0
    with np.errstate(all="ignore"):
        while True:
            p, q = gradient_factors(w)
            f = value(p) + 0 * p
            if not (np.isfinite(f).all() and np.isfinite(w).all()):
                raise InputError("step", f"the orbit leaves the range of doubles at step {t}")
            if stopped is None and bool(decide(p if until.on_product else f)[0]):
                stopped, last = t, t + max(t // 15, 20)
            if t % spacing == 0 or t == stopped:
                kept.append((t, w[0].copy(), float(p[0]), float(f[0])))
            if len(kept) >= 2 * SAMPLES:
                spacing *= 2
                kept = [row for row in kept if row[0] % spacing == 0 or row[0] == stopped]
            if t >= last or (t % 1024 == 0 and time.process_time() > deadline):
                break
            if tick is not None and t % 4096 == 0:
                tick(t)
            w -= (size * slope(p) + 0 * p)[:, None] * q
            t += 1
    steps, orbit, products, losses = zip(*kept, strict=True)
    problem = f"f(p) = {loss}, step {_short(step)}, until {until}"
    return Orbit(
        np.array(steps),
        np.array(orbit),
        np.array(products),
        np.array(losses),
        stopped,
        problem,
        start,
    )


def _short(value: Fraction) -> str:
    return f"{float(value):g}"


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
    figure.suptitle(f"{title}: depth {many}, {orbit.start}".rstrip(", "), fontsize=12)
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
