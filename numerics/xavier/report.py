"""Theorem 2 over the depths: guarantees of every route next to certified quantiles."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numerics.xavier.counts import DEPTHS, LAWS, STEP, Count, stored
from numerics.xavier.fluctuations import prediction
from numerics.xavier.laws import LAWS as BY_NAME
from numerics.xavier.quantiles import median, quantile_interval
from numerics.xavier.routes import ROUTES, SHAMIR_HALF, Guarantee

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FAILURES = (Fraction(1, 2), Fraction(1, 10), Fraction(1, 100))
MAX_DEPTH = 1000
_LOG_STEP = math.log(float(STEP))
_STYLE = {
    "paper": ("#8c8c8c", "paper, as printed"),
    "paper-free": ("#c44e52", "paper, free threshold"),
    "box": ("#dd8452", "box, Chernoff"),
    "squares-chernoff": ("#55a868", "squares, Chernoff"),
    "squares": ("#1b6ca8", "squares, exact tail"),
}


@dataclass(frozen=True)
class Row:
    """One law, depth and failure probability.

    Attributes
    ----------
    law : str
    depth : int
    failure : Fraction
    guaranteed : mapping of str to float
        Route to ln(eta N) guaranteed, minus infinity where it says nothing.
    measured : float
        The empirical quantile of ln(eta N) at the probability ``failure``.
    interval : (float, float)
        Its 95 % interval from order statistics.
    starts : int
    """

    law: str
    depth: int
    failure: Fraction
    guaranteed: Mapping[str, float]
    measured: float
    interval: tuple[float, float]
    starts: int


def rows(
    depths: Sequence[int] = tuple(DEPTHS),
    failures: Sequence[Fraction] = FAILURES,
    counts: Mapping[str, Mapping[int, Sequence[Count]]] | None = None,
) -> Iterator[Row]:
    """Compute the table row by row (seconds each at small depth, less at large depth)."""
    known = stored() if counts is None else counts
    for law in LAWS:
        for depth in depths:
            for failure in failures:
                found: dict[str, Guarantee | None] = {
                    name: route(BY_NAME[law], SHAMIR_HALF, depth, failure)
                    for name, route in ROUTES.items()
                }
                sample = known[law].get(depth, ())
                quantile, interval = math.nan, (-math.inf, math.inf)
                if sample:
                    quantile = median(sample, float(failure)) + _LOG_STEP
                    low, high = quantile_interval(sample, float(failure))
                    interval = (low + _LOG_STEP, high + _LOG_STEP)
                yield Row(
                    law,
                    depth,
                    failure,
                    {n: -math.inf if g is None else g.log_time for n, g in found.items()},
                    quantile,
                    interval,
                    len(sample),
                )


def first_depth(law: str, route: str, failure: Fraction, least_log_time: float) -> int | None:
    """The least depth up to MAX_DEPTH from which a route guarantees ``exp(least)/eta`` steps.

    Bisection; guarantees grow with depth once they begin.
    """

    def enough(depth: int) -> bool:
        found = ROUTES[route](BY_NAME[law], SHAMIR_HALF, depth, failure)
        return found is not None and found.log_time >= least_log_time

    low, high = 1, MAX_DEPTH
    if not enough(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def table(found: Sequence[Row]) -> Any:
    """A rich table: powers of ten of the steps at the step size of the counts."""
    from rich.table import Table

    made = Table(title=f"Steps guaranteed with probability 1 - failure, step {STEP} (10^x)")
    for heading in ("start", "k", "failure", *ROUTES, "measured", "95 %", "starts"):
        made.add_column(heading, justify="left" if heading == "start" else "right")
    for r in found:
        shown = [_power(r.guaranteed[n]) for n in ROUTES]
        low, high = (_power(x) for x in r.interval)
        made.add_row(
            r.law,
            str(r.depth),
            str(r.failure),
            *shown,
            _power(r.measured),
            f"{low} .. {high}",
            str(r.starts),
        )
    return made


def thresholds(tick: Callable[[], None] = lambda: None) -> Any:
    """A rich table: from which depth on each route guarantees a step, and 1/eta steps."""
    from rich.table import Table

    made = Table(title=f"First depth with a guarantee of one step (of 1/eta steps), step {STEP}")
    for heading in ("start", "failure", *ROUTES):
        made.add_column(heading, justify="left" if heading == "start" else "right")
    for law in LAWS:
        for failure in FAILURES:
            cells = []
            for route in ROUTES:
                ends = [first_depth(law, route, failure, x) for x in (_LOG_STEP, 0.0)]
                cells.append("{} ({})".format(*("-" if e is None else e for e in ends)))
                tick()
            made.add_row(law, str(failure), *cells)
    return made


def _power(log_time: float) -> str:
    if not math.isfinite(log_time):
        return "-"
    return f"{(log_time - _LOG_STEP) / math.log(10):.1f}"


def figure(found: Sequence[Row], path: str | Path, failure: Fraction) -> tuple[Path, Path]:
    """Draw guarantees next to measured quantiles: steps over depth, and growth per layer.

    Parameters
    ----------
    found : sequence of Row
    path : str or Path
        The suffix is replaced by ``.png`` and ``.svg``.
    failure : Fraction
        Which rows to draw.

    Returns
    -------
    png, svg : Path
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    drawing = Figure(figsize=(9.6, 7.0), layout="constrained")
    FigureCanvasAgg(drawing)
    axes = drawing.subplots(2, 2, sharex="col", squeeze=False)
    for column, law in enumerate(LAWS):
        mine = [r for r in found if r.law == law and r.failure == failure]
        _steps(axes[0][column], mine)
        _rates(axes[1][column], mine, law)
        axes[0][column].set_title(f"{law} weights")
    axes[0][0].set_ylabel(f"GD steps $N$, step size {STEP}")
    axes[1][0].set_ylabel(r"growth per layer, $\ln(\eta N)/k$")
    axes[0][0].legend(fontsize=8, frameon=False, loc="upper left")
    drawing.suptitle(
        f"Shamir's Theorem 2, failure probability {failure}: "
        "steps guaranteed by each route, and certified counts",
        fontsize=11,
    )
    png, svg = Path(path).with_suffix(".png"), Path(path).with_suffix(".svg")
    drawing.savefig(png, dpi=160)
    drawing.savefig(svg)
    return png, svg


def _measured(mine: Sequence[Row]) -> list[Row]:
    return [r for r in mine if r.starts and math.isfinite(r.measured)]


def _steps(axes: Axes, mine: Sequence[Row]) -> None:
    ten = math.log(10)
    for route, (colour, label) in _STYLE.items():
        points = [(r.depth, r.guaranteed[route]) for r in mine if r.guaranteed[route] > _LOG_STEP]
        depths = [k for k, _ in points]
        powers = [(value - _LOG_STEP) / ten for _, value in points]
        axes.plot(depths, powers, "-", color=colour, label=label, linewidth=1.4)
    seen = _measured(mine)
    axes.errorbar(
        [r.depth for r in seen],
        [(r.measured - _LOG_STEP) / ten for r in seen],
        yerr=_bars(seen, 1 / ten),
        fmt="ko",
        markersize=3.5,
        linewidth=0.9,
        label="certified counts: quantile, 95 %",
    )
    axes.set_yscale("symlog", linthresh=10)
    axes.set_ylim(0, 400)
    ticks = [0, 2, 4, 6, 8, 10, 30, 100, 300]
    axes.set_yticks(ticks, [f"$10^{{{t}}}$" for t in ticks])
    axes.grid(visible=True, which="major", alpha=0.3)


def _rates(axes: Axes, mine: Sequence[Row], law: str) -> None:
    for route, (colour, _) in _STYLE.items():
        points = [(r.depth, r.guaranteed[route]) for r in mine if r.guaranteed[route] > _LOG_STEP]
        axes.plot([k for k, _ in points], [v / k for k, v in points], "-", color=colour)
    seen = _measured(mine)
    axes.errorbar(
        [r.depth for r in seen],
        [r.measured / r.depth for r in seen],
        yerr=_bars(seen, 1.0, per_layer=True),
        fmt="ko",
        markersize=3.5,
        linewidth=0.9,
    )
    limit = prediction(BY_NAME[law], 1, 1.0, corrected=False).centre
    axes.axhline(limit, color="black", linestyle=":", linewidth=1)
    axes.annotate(
        rf"$-\mathrm{{E}}\ln|w| = {limit:.4f}$", (2.1, limit + 0.015), fontsize=8, color="black"
    )
    axes.set_xscale("log")
    axes.set_ylim(-0.45, 0.75)
    ticks = [2, 5, 10, 20, 50, 100, 200, 500, 1000]
    axes.set_xticks(ticks, [str(t) for t in ticks])
    axes.set_xlabel("depth k (number of weights)")
    axes.grid(visible=True, which="major", alpha=0.3)


def _bars(seen: Sequence[Row], unit: float, per_layer: bool = False) -> list[list[float]]:
    bars: list[list[float]] = [[], []]
    for r in seen:
        scale = unit / (r.depth if per_layer else 1)
        for side, end in enumerate(r.interval):
            bars[side].append(abs(end - r.measured) * scale if math.isfinite(end) else 0.0)
    return bars
