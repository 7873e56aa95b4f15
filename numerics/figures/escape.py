"""Escape time against depth: median, spread, proved bound, fitted growth and the sharp exponent."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from numerics.figures.style import (
    COLOURS,
    GREY,
    LN10,
    MARKERS,
    finite,
    formula,
    new_figure,
    power_axis,
    styled,
)
from numerics.statistics import Interval, fitted_exponent, logarithm, quantile_interval
from theory.errors import InputError

SHARP = {
    "gaussian": (float(np.euler_gamma) + math.log(2)) / 2,
    "uniform": 1 - math.log(3) / 2,
}
"""The limit of (1/k) ln N for independent weights, -E ln|w|: scalar theory, sharp exponent."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Depth:
    """One depth of one initialisation; logarithms are natural, infinite where censored.

    Attributes
    ----------
    depth, starts, censored : int
        ``censored`` starts never arrived, or not within the budget.
    low, median, high : float
        Of ln N: first and last decile, and the median.
    interval : Interval
        For the median.
    bound : float or None
        ln of the median of the proved lower bounds, where the rows have them.
    """

    depth: int
    starts: int
    censored: int
    low: float
    median: float
    high: float
    interval: Interval
    bound: float | None


@dataclass(frozen=True)
class Series:
    """One initialisation: its depths and the fitted growth per layer (None: too few depths).

    ``setting`` is what is changed about gradient descent, and ``name`` says what tells this series
    from the others.
    """

    init: str
    setting: str
    name: str
    depths: tuple[Depth, ...]
    growth: Interval | None
    sharp: float | None
    problem: str


def collect(rows: Iterable[Row], together: bool = False) -> tuple[Series, ...]:
    """Group the rows of a sweep by initialisation, setting and depth.

    Parameters
    ----------
    rows : iterable of mappings
        With the columns of :meth:`numerics.sweeps.store.Store.rows`; width 1 only.
    together : bool
        Whether several problems (losses, steps, conditions) each make series of their own.

    Raises
    ------
    InputError
        If no row is of a scalar net, the rows are of several problems that are not wanted
        together, or there are more series than colours.
    """
    scalar = [r for r in rows if r["width"] == 1]
    if not scalar:
        raise InputError("store", "it holds no finished row of a net of width 1")
    problems = {(r["loss"], r["step"], r["until"]) for r in scalar}
    if len(problems) > 1 and not together:
        some = "; ".join(problem(r) for r in {p: r for r in scalar for p in [_key(r)]}.values())
        raise InputError("store", f"it holds rows of {len(problems)} problems: {some[:300]}")
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in scalar:
        groups.setdefault((row["init"], row["setting"], *_key(row)), []).append(row)
    if len(groups) > len(COLOURS):
        raise InputError(
            "store", f"it holds {len(groups)} series; {len(COLOURS)} can be told apart"
        )
    varying = [i for i, values in enumerate(zip(*groups, strict=True)) if len(set(values)) > 1]
    return tuple(
        _series(", ".join(key[i] or "plain" for i in sorted({0, *varying})), mine)
        for key, mine in groups.items()
    )


def problem(row: Row) -> str:
    """Name the problem of a row."""
    kind = row["loss"].removeprefix("target:")
    loss = f"f(p) = {kind}"
    if kind != row["loss"]:
        loss = f"f = |W_k ... W_1 - Phi|**2/2 for {kind} targets Phi"
    changed = f", {row['setting']}" if row["setting"] else ""
    return f"{loss}, step {row['step']}, until {row['until']}{changed}"


def log_bounds(row: Row) -> tuple[float, float]:
    """Bounds on ln N of a row: +inf above where the start did not arrive."""
    if row["outcome"] == "never":
        return math.inf, math.inf
    if row["outcome"] == "undecided":
        return logarithm(row["lower"] or 0), math.inf
    if row["lower"] is None:  # an estimate, with its stated error
        error = row["error"] or 0.0
        return row["ln_steps"] - error, row["ln_steps"] + error
    lower = logarithm(row["lower"])
    return lower, lower if row["upper"] is None else logarithm(row["upper"])


def _key(row: Row) -> tuple[str, str, str]:
    return row["loss"], row["step"], row["until"]


def _series(name: str, rows: list[Row]) -> Series:
    found, samples = [], []
    init, setting = rows[0]["init"], rows[0]["setting"]
    for depth in sorted({r["depth"] for r in rows}):
        mine = [r for r in rows if r["depth"] == depth]
        lower, upper = np.array([log_bounds(r) for r in mine]).T
        middle = quantile_interval(lower, 0.5, upper=upper)
        tails = [quantile_interval(lower, q, upper=upper).estimate for q in (0.1, 0.9)]
        bounds = [logarithm(r["bound"]) for r in mine if r["bound"] is not None]
        bound = quantile_interval(bounds).estimate if len(bounds) == len(mine) else None
        found.append(
            Depth(
                depth,
                len(mine),
                middle.censored,
                tails[0],
                middle.estimate,
                tails[1],
                middle,
                bound,
            )
        )
        samples.append(np.maximum(upper, 0))  # no step at all counts as one: its logarithm is 0
    try:
        growth = fitted_exponent([d.depth for d in found], samples)
    except InputError:
        growth = None
    sharp = None if setting else SHARP.get(init)  # of plain gradient descent
    return Series(init, setting, name, tuple(found), growth, sharp, problem(rows[0]))


@styled
def draw(series: tuple[Series, ...]) -> Figure:
    """Draw the escape times of a sweep over depth."""
    figure, ((axes,),) = new_figure(7.6, 6.2)
    for colour, marker, one in zip(COLOURS, MARKERS, series, strict=False):
        _draw_series(axes, one, colour, marker)
    axes.set_xlabel("depth k (number of weights)")
    axes.set_ylabel("gradient-descent steps N until the stop condition")
    figure.suptitle("Escape time of gradient descent against depth", fontsize=12)
    alike = len({one.problem for one in series}) == 1
    axes.set_title(formula(series[0].problem) if alike else "", fontsize=9, color=GREY)
    power_axis(axes.yaxis)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.grid(visible=True, alpha=0.25)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=1)
    return figure


def _draw_series(axes: Any, one: Series, colour: str, marker: str) -> None:
    # On a logarithmic axis no step at all is drawn as one.
    shown = [d for d in one.depths if 0 <= d.median < math.inf]
    k = [d.depth for d in shown]
    median = [d.median / LN10 for d in shown]
    spread = [d for d in shown if math.isfinite(d.high)]
    axes.fill_between(
        [d.depth for d in spread],
        [max(d.low, 0.0) / LN10 for d in spread],
        [max(d.high, 0.0) / LN10 for d in spread],
        color=colour,
        alpha=0.14,
        linewidth=0,
        label=f"{one.name}: central 80 % of the starts",
    )
    ends = np.array([_whiskers(d) for d in shown]).T.reshape(2, -1)
    fit = ""
    if one.growth is not None:
        g = one.growth
        fit = f", growing like $e^{{{g.estimate:.2f}\\,k}}$ ({g.low:.2f} to {g.high:.2f})"
    axes.errorbar(
        k,
        median,
        yerr=ends,
        fmt=f"{marker}-",
        color=colour,
        markersize=5,
        capsize=2.5,
        lw=1.4,
        label=f"{one.name}: median, 95 % interval{fit}",
    )
    bounded = [d for d in one.depths if d.bound is not None and math.isfinite(d.bound)]
    if bounded:
        axes.plot(
            [d.depth for d in bounded],
            [(d.bound or 0) / LN10 for d in bounded],
            ":",
            marker=marker,
            markersize=4,
            markerfacecolor="white",
            color=colour,
            label=f"{one.name}: median of the proved box bound",
        )
    if one.sharp is not None and shown:
        last = shown[-1]
        reach = np.array([k[0], last.depth])
        axes.plot(
            reach,
            (last.median + one.sharp * (reach - last.depth)) / LN10,
            "--",
            color=GREY if colour == COLOURS[0] else colour,
            lw=1.2,
            label=f"{one.name}: slope of the limit, $e^{{{one.sharp:.3f}\\,k}}$, "
            "through the last median",
        )
    _mark_censored(axes, one, colour)


def _whiskers(d: Depth) -> tuple[float, float]:
    low = max(d.interval.low, 0.0)
    high = d.interval.high if math.isfinite(d.interval.high) else d.median
    return (d.median - low) / LN10, (high - d.median) / LN10


def _mark_censored(axes: Any, one: Series, colour: str) -> None:
    for d in one.depths:
        if d.censored:
            axes.annotate(
                f"{d.censored}/{d.starts} not reached",
                (d.depth, 1.0),
                xycoords=("data", "axes fraction"),
                rotation=90,
                ha="center",
                va="top",
                fontsize=7,
                color=colour,
            )


def data(series: tuple[Series, ...]) -> dict[str, Any]:
    """What is drawn, as JSON values; logarithms are natural, null where infinite."""
    return {
        "series": [
            {
                "init": one.init,
                "setting": one.setting,
                "name": one.name,
                "problem": one.problem,
                "sharp_exponent": one.sharp,
                "growth": None if one.growth is None else interval(one.growth),
                "depths": [
                    {
                        "depth": d.depth,
                        "starts": d.starts,
                        "not_reached": d.censored,
                        "ln_decile_1": finite([d.low])[0],
                        "ln_median": interval(d.interval),
                        "ln_decile_9": finite([d.high])[0],
                        "ln_bound_median": None if d.bound is None else finite([d.bound])[0],
                    }
                    for d in one.depths
                ],
            }
            for one in series
        ]
    }


def interval(found: Interval) -> dict[str, Any]:
    """Write an interval as JSON values."""
    estimate, low, high = finite([found.estimate, found.low, found.high])
    return {
        "estimate": estimate,
        "low": low,
        "high": high,
        "confidence": found.confidence,
        "method": found.method,
    }
