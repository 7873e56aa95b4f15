"""Shamir (2019), Figure 1 and the pictures of Theorems 3 and 4: bounds next to rigorous counts.

``python -m numerics.papers.shamir2019.figures --help``. Tables go to the terminal, figures to PNG
and SVG.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import click
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from rich.table import Table

from numerics.escape import EscapeResult, escape
from numerics.figures.style import COLOURS, MARKERS, formula, new_figure, save, styled
from numerics.floating import gradient_factors
from numerics.loss import SHAMIR, Loss
from numerics.papers.shamir2019.near_identity import (
    LOSSES,
    assumption_3,
    largest_step,
    near_identity_bound,
    near_identity_start,
)
from numerics.reduced_bounds import TwoSided, two_sided
from numerics.starts import draw

FIGURE_1_START = tuple(1 + Fraction(23 * i, 1000) for i in range(-3, 4))
FIGURE_1_STEP = Fraction(1, 1000)
"""Our choice: the paper says only that the seven weights are reasonably close to 1."""

_BLUE, _RED, _GREEN, _VIOLET = COLOURS[:4]
_DEPTHS_3 = (7, 10, 14, 20, 28, 40, 56, 80, 112, 160, 224, 300, 420, 600)
_DEPTHS_4 = (3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128)
_STEP_4 = Fraction(1, 100)


_Found = tuple[int, TwoSided, EscapeResult]
_Path = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]


@click.group()
def main() -> None:
    """Draw Figure 1, and bounds against counts for Theorems 3 and 4."""


@main.command()
@click.argument("path", type=click.Path(dir_okay=False))
def figure1(path: str) -> None:
    """Follow seven near-identity weights: loss and weights over time, both losses."""
    runs = []
    for text in (LOSSES[1], LOSSES[0]):
        found = escape(text, FIGURE_1_START, FIGURE_1_STEP, "abs(p+1) <= 1/100")
        count = str(found.lower) if found.count else f"{found.lower} to {found.upper}"
        Console().print(f"f = {text}: {count} steps until |p + 1| <= 1/100 (rigorous)")
        path_of = trajectory(text, FIGURE_1_START, FIGURE_1_STEP, 1.1 * found.lower)
        bound = two_sided(Loss.of(text), FIGURE_1_START, FIGURE_1_STEP, Fraction(-99, 100))
        runs.append((text, count, path_of, bound))
    save(_draw_1(runs), path)


@styled
def _draw_1(runs: Sequence[tuple[str, str, _Path, TwoSided]]) -> Figure:
    figure, axes = new_figure(9, 6, 2, 2, sharex="col")
    for column, (text, count, (time, weights, values), bound) in enumerate(runs):
        top, bottom = axes[0][column], axes[1][column]
        top.plot(time, values, color=_BLUE, label="F along the orbit")
        top.set_title(f"F = {formula(text)}: |p + 1| ≤ 1/100 after {count} steps", fontsize=10)
        top.set_ylabel("loss F")
        for i, (colour, one) in enumerate(zip(COLOURS, weights.T, strict=True), 1):
            bottom.plot(time, one, color=colour, linewidth=1, label=f"$w_{i}$")
        bottom.set_ylabel("the seven weights")
        bottom.set_xlabel("steps of gradient descent, η = 1/1000")
        for end, style in ((bound.lower, "--"), (bound.upper, ":")):
            name = "proved lower bound" if style == "--" else "proved upper bound"
            if end is not None:
                top.axvline(end, color=_RED, linestyle=style, linewidth=1, label=f"{name}: {end}")
        top.legend(loc="upper center", fontsize=8)
        bottom.axhline(0, color="black", linewidth=0.5)
        bottom.xaxis.set_major_locator(MaxNLocator(5))
        for axis in (top, bottom):
            axis.grid(visible=True, alpha=0.3)
    axes[1][0].legend(ncols=4, fontsize=8, loc="lower left")
    figure.suptitle("Shamir's Figure 1: seven weights near 1, the plateau, the escape")
    return figure


def trajectory(
    loss: str, start: Sequence[Fraction], step: Fraction, steps: float, samples: int = 2000
) -> _Path:
    """Run gradient descent in doubles and keep about ``samples`` iterates.

    Returns
    -------
    time : array, shape (n,)
    weights : array, shape (n, k)
    values : array, shape (n,)
        f(p).
    """
    value, slope = Loss.of(loss).value("numpy"), Loss.of(loss).descent("numpy")
    w, size = np.array([[float(x) for x in start]]), float(step)
    every = max(1, math.ceil(steps / samples))
    time, kept, values = [], [], []
    for t in range(math.ceil(steps) + 1):
        p, q = gradient_factors(w)
        if t % every == 0:
            time.append(t)
            kept.append(w[0].copy())
            values.append(float(value(p)[0]))
        w -= size * slope(p)[:, None] * q
    return np.array(time, dtype=float), np.array(kept), np.array(values)


@dataclass(frozen=True)
class _Row3:
    depth: int
    lower: int
    closed: int
    sharper: int
    count: TwoSided


@main.command()
@click.argument("path", type=click.Path(dir_okay=False))
def theorem3(path: str) -> None:
    """Compare the bounds of Theorem 3 with rigorous counts of random near-identity starts."""
    loss = Loss.of(SHAMIR)
    panels = []
    for exponent in (Fraction(1, 2), Fraction(1)):
        rows = []
        for depth in track(_DEPTHS_3, f"c_1 = {exponent}", console=Console(stderr=True)):
            start = near_identity_start(depth, exponent, depth)
            c_3 = max(Fraction(1), assumption_3(start)[1])
            delta = Fraction(float(depth) ** -float(exponent)).limit_denominator(10**6)
            step = largest_step(loss, c_3)
            bound = near_identity_bound(loss, depth, delta, c_3, step)
            count = two_sided(loss, start, step, Fraction(0))
            rows.append(_Row3(depth, bound.lower, bound.closed_form, bound.k_log_k, count))
        _table_3(exponent, rows)
        panels.append((exponent, rows))
    save(_draw_3(panels), path)


def _table_3(exponent: Fraction, rows: Sequence[_Row3]) -> None:
    table = Table(title=f"ln of steps until p <= 0, |w - 1| <= k^-{exponent}, largest step allowed")
    for heading in ("k", "2^((k-1)/2)", "k log k", "Theorem 3", "lower", "upper"):
        table.add_column(heading, justify="right")
    for r in rows:
        ends = (r.closed, r.sharper, r.lower, r.count.lower, r.count.upper or 0)
        table.add_row(str(r.depth), *(f"{math.log(n):.2f}" if n > 0 else "—" for n in ends))
    Console().print(table)


@styled
def _draw_3(panels: Sequence[tuple[Fraction, Sequence[_Row3]]]) -> Figure:
    figure, axes = new_figure(9, 4.2, 1, 2)
    for axis, (exponent, rows) in zip(axes[0], panels, strict=True):
        _panel_3(axis, exponent, rows)
    figure.suptitle(
        "Theorem 3, f = (p + 1)²/2, largest step allowed: "
        "proved bounds below the steps of a near-identity start",
        fontsize=11,
    )
    return figure


def _panel_3(axes: Any, exponent: Fraction, rows: Sequence[_Row3]) -> None:
    def line(values: Sequence[int], style: str, colour: str, label: str) -> None:
        points = [(r.depth, math.log(n)) for r, n in zip(rows, values, strict=True) if n > 0]
        if points:
            axes.plot(*zip(*points, strict=True), style, color=colour, label=label, markersize=4)

    line([r.count.lower for r in rows], "o", _RED, "steps of a random start (proved, two-sided)")
    line([r.lower for r in rows], "s-", _BLUE, "bound for all such starts, best $\\rho$")
    line(
        [r.sharper for r in rows],
        "--",
        _GREEN,
        "its closed form $e^{(c_1/2)\\,k\\,\\ln k\\,(1+o(1))}$",
    )
    line([r.closed for r in rows], ":", _VIOLET, "its closed form $2^{(k-1)/2}/(4\\eta G)$")
    axes.set_title(f"starts with $|w_i - 1| \\leq k^{{-{exponent}}}$", fontsize=10)
    axes.set_xlabel("depth k (closed forms ask for $16\\,k^{-c_1} \\leq 1$)")
    axes.set_ylabel("ln (steps until $p \\leq 0$)")
    axes.grid(visible=True, alpha=0.3)
    axes.legend(fontsize=7, frameon=False)


@main.command()
@click.argument("path", type=click.Path(dir_okay=False))
@click.option("--starts", type=click.IntRange(1, 1000), default=10, show_default=True)
def theorem4(path: str, starts: int) -> None:
    """Compare two-sided bounds with certified counts, start by start."""
    loss, level = Loss.of(SHAMIR), Fraction(-1, 2)
    table = Table(title="Steps until p <= -1/2, f = (p+1)^2/2, step 1/100: lower, count, upper")
    for heading in (
        "start",
        "k",
        "drawn",
        "bounded",
        "inside",
        "median ln N",
        "lower/N",
        "upper/N",
        "exact",
    ):
        table.add_column(heading, justify="left" if heading == "start" else "right")
    series: dict[str, list[_Found]] = {}
    for init in ("gaussian", "uniform", "near-identity:0.2"):
        points = series.setdefault(init, [])
        for depth in track(_DEPTHS_4, init, console=Console(stderr=True)):
            mine = []
            for seed in range(starts):
                start = draw(init, depth, 1000 * depth + seed)
                if math.prod(start) <= level:
                    continue
                bound = two_sided(loss, start, _STEP_4, level)
                found = escape(loss, start, _STEP_4, f"p <= {level}", max_seconds=60)
                if bound.upper is not None and found.upper is not None and found.lower > 0:
                    mine.append((bound, found))
            _row_4(table, init, depth, starts, mine)
            points += [(depth, b, f) for b, f in mine]
    Console().print(table)
    save(_draw_4(series), path)


@styled
def _draw_4(series: Mapping[str, Sequence[_Found]]) -> Figure:
    figure, axes = new_figure(9, 4.6, 1, 2)
    left, right = axes[0]
    for colour, marker, (init, points) in zip(COLOURS, MARKERS, series.items(), strict=False):
        depth = [k for k, _, _ in points]
        logs = [math.log(f.lower) for _, _, f in points]
        left.plot(depth, logs, marker, color=colour, label=init, markersize=3, alpha=0.6)
        lower = [b.lower / f.lower for _, b, f in points]
        upper = [(b.upper or 0) / f.lower for _, b, f in points]
        for bound, sign, name in ((upper, "v", "upper"), (lower, "^", "lower")):
            right.plot(depth, bound, sign, color=colour, markersize=3, alpha=0.6)
            if init == "uniform":
                right.plot([], [], sign, color="black", markersize=3, label=f"proved {name} bound")
    right.axhline(1, color="black", linewidth=0.8, label="the certified count")
    left.set_title("certified counts, by start", fontsize=10)
    right.set_title("bounds over the count of the same start", fontsize=10)
    figure.suptitle("Theorem 4: f = (p + 1)²/2, step 1/100, until p ≤ −1/2")
    left.set_ylabel("ln (steps until $p \\leq -1/2$)")
    right.set_ylabel("bound / certified count")
    shown = [one.get_legend_handles_labels() for one in (left, right)]
    handles, labels = ([x for pair in shown for x in pair[i]] for i in (0, 1))
    figure.legend(handles, labels, loc="outside lower center", ncols=6, fontsize=8)
    for one in (left, right):
        one.set_xlabel("depth k")
        one.grid(visible=True, alpha=0.3)
    return figure


def _row_4(
    table: Table,
    init: str,
    depth: int,
    drawn: int,
    pairs: Sequence[tuple[TwoSided, EscapeResult]],
) -> None:
    inside = sum(b.lower <= f.lower and (f.upper or 0) <= (b.upper or 0) for b, f in pairs)
    if not pairs:
        return
    middle = np.median([math.log(f.lower) for _, f in pairs])
    least = min(b.lower / f.lower for b, f in pairs)
    most = max((b.upper or 0) / f.lower for b, f in pairs)
    exact = sum(f.count is not None for _, f in pairs)
    table.add_row(
        init,
        str(depth),
        str(drawn),
        str(len(pairs)),
        str(inside),
        f"{middle:.2f}",
        f"{least:.4f}",
        f"{most:.4f}",
        str(exact),
    )


if __name__ == "__main__":
    main()
