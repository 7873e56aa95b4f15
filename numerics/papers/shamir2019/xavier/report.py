"""Theorem 2 over the depths: guarantees of every route next to certified quantiles."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from numerics.papers.shamir2019.xavier.counts import DEPTHS, LAWS, STEP, Count, stored
from numerics.papers.shamir2019.xavier.fluctuations import prediction
from numerics.papers.shamir2019.xavier.laws import LAWS as BY_NAME
from numerics.papers.shamir2019.xavier.quantiles import median, quantile_interval
from numerics.papers.shamir2019.xavier.routes import ROUTES, SHAMIR_HALF, Guarantee
from numerics.papers.shamir2019.xavier.theorem import Explicit
from numerics.papers.shamir2019.xavier.upper import ceiling

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FAILURES = (Fraction(1, 2), Fraction(1, 10), Fraction(1, 100))
MAX_DEPTH = 1000
_LOG_STEP = math.log(float(STEP))
_STYLE = {
    "paper": ("#8c8c8c", "paper, as printed"),
    "paper-free": ("#c44e52", "paper, free threshold"),
    "box": ("#dd8452", "box, Chernoff"),
    "squares-chernoff": ("#55a868", "reduced coordinate, Chernoff"),
    "squares": ("#1b6ca8", "reduced coordinate, exact tail"),
}


@dataclass(frozen=True)
class Quantile:
    """A measured quantile of ln(eta N) with its 95 % interval from order statistics."""

    value: float = math.nan
    interval: tuple[float, float] = (-math.inf, math.inf)

    @classmethod
    def of(cls, sample: Sequence[Count], probability: Fraction) -> Quantile:
        """Measure one quantile; nan without a sample."""
        if not sample:
            return cls()
        low, high = quantile_interval(sample, float(probability))
        value = median(sample, float(probability))
        return cls(value + _LOG_STEP, (low + _LOG_STEP, high + _LOG_STEP))


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
    ceiling : float
        ln(eta N) not exceeded with probability 1 - failure, infinite where nothing is proved.
    low, high : Quantile
        Measured quantiles of ln(eta N) at the probabilities failure and 1 - failure.
    starts : int
    """

    law: str
    depth: int
    failure: Fraction
    guaranteed: Mapping[str, float]
    ceiling: float
    low: Quantile
    high: Quantile
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
                top = ceiling(BY_NAME[law], depth, failure, STEP)
                yield Row(
                    law,
                    depth,
                    failure,
                    {n: -math.inf if g is None else g.log_time for n, g in found.items()},
                    math.inf if top is None else top.log_time,
                    Quantile.of(sample, failure),
                    Quantile.of(sample, 1 - failure),
                    len(sample),
                )


def first_depth(law: str, route: str, failure: Fraction, least_log_time: float) -> int | None:
    """The least depth up to MAX_DEPTH from which a route guarantees ``exp(least)/eta`` steps.

    Bisection; guarantees grow with depth once they begin.
    """

    def enough(depth: int) -> bool:
        found = ROUTES[route](BY_NAME[law], SHAMIR_HALF, depth, failure)
        return found is not None and found.log_time >= least_log_time

    low, high = 0, MAX_DEPTH
    if not enough(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


_SHORT = dict(zip(ROUTES, ("paper", "free", "box", "Chern.", "exact"), strict=True))


def table(found: Sequence[Row], law: str) -> Any:
    """A rich table: powers of ten of the steps at the step size of the counts."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    title = f"{law} weights: 10^x steps with probability 1 - fail, step {STEP}"
    made = Table(title=title, box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in ("k", "fail", *_SHORT.values(), "counted", "95 %", "n"):
        made.add_column(heading, justify="right", no_wrap=True)
    for r in (row for row in found if row.law == law):
        shown = [_power(r.guaranteed[n]) for n in ROUTES]
        low, high = (_power(x) for x in r.low.interval)
        made.add_row(
            str(r.depth),
            str(r.failure),
            *shown,
            _power(r.low.value),
            f"{low}..{high}",
            str(r.starts),
        )
    return made


def thresholds(tick: Callable[[], None] = lambda: None) -> Any:
    """A rich table: from which depth on each route guarantees a step, and 1/eta steps."""
    from rich.table import Table

    made = Table(title=f"First depth with a guarantee of one step (of 1/eta steps), step {STEP}")
    for heading in ("start", "failure", *_SHORT.values()):
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


def closed_forms() -> Any:
    """A rich table: the theorem in closed form at three failure probabilities."""
    from rich.table import Table

    made = Table(title=f"Closed form for every k >= k_0: 10^x steps, step {STEP}, f = (p+1)**2/2")
    for heading in ("start", "failure", "z", "d", "k_0", "k = 100", "k = 300", "k = 1000"):
        made.add_column(heading, justify="left" if heading == "start" else "right")
    for law in LAWS:
        for failure in FAILURES:
            explicit = closed_form(law, failure)
            first = explicit.first_depth()
            assert first is not None
            times = [explicit.log_time(k) - _LOG_SLOPE if k >= first else -math.inf for k in _SHOWN]
            shown = [f"{float(x):.3f}" for x in (explicit.z, explicit.d)]
            shown += [str(first), *map(_power, times)]
            made.add_row(law, str(failure), *shown)
    return made


def closed_form(law: str, failure: Fraction) -> Explicit:
    """The closed form with failure probability at most ``failure``, half for each of its parts."""
    part = math.log(2 / float(failure))
    z = Fraction(math.ceil(1000 * math.sqrt(2 * part)), 1000)
    d = Fraction(math.ceil(1000 * (2 + 2 * part)), 1000)
    return Explicit(BY_NAME[law], z, d)


_FEW = 20
_SHOWN = (100, 300, 1000)
_LOG_SLOPE = math.log(1.5)  # sup |f'| over [-1/2, 1/2]


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
        "steps guaranteed (and, dashed, not exceeded), and certified counts",
        fontsize=11,
    )
    png, svg = Path(path).with_suffix(".png"), Path(path).with_suffix(".svg")
    drawing.savefig(png, dpi=160)
    drawing.savefig(svg)
    return png, svg


def _quantiles(axes: Axes, mine: Sequence[Row], unit: float, per_layer: bool) -> None:
    """Draw both measured quantiles; ``unit`` turns logarithms into what the axis shows."""
    offset = 0.0 if per_layer else _LOG_STEP
    for side, marker, label in (("low", "ko", "failure"), ("high", "kD", "1 - failure")):
        points = [(r.depth, getattr(r, side)) for r in mine if r.starts >= _FEW]
        seen = [(k, q) for k, q in points if math.isfinite(q.value)]
        scales = [unit / k if per_layer else unit for k, _ in seen]
        bars = [
            [
                abs(q.interval[i] - q.value) * s if math.isfinite(q.interval[i]) else 0.0
                for (_, q), s in zip(seen, scales, strict=True)
            ]
            for i in range(2)
        ]
        axes.errorbar(
            [k for k, _ in seen],
            [(q.value - offset) * s for (_, q), s in zip(seen, scales, strict=True)],
            yerr=bars,
            fmt=marker,
            markersize=3.5,
            markerfacecolor="black" if side == "low" else "white",
            linewidth=0.9,
            label=f"certified counts: {label} quantile, 95 %",
        )
    # Of very few starts the extremes are shown, which are no quantiles.
    few = [(r, q.value) for r in mine if 0 < r.starts < _FEW for q in (r.low, r.high)]
    axes.plot(
        [r.depth for r, _ in few],
        [(value - offset) * (unit / r.depth if per_layer else unit) for r, value in few],
        "kx",
        markersize=4,
        label="least and largest of few counts",
    )


def _steps(axes: Axes, mine: Sequence[Row]) -> None:
    ten = math.log(10)
    for route, (colour, label) in _STYLE.items():
        points = [(r.depth, r.guaranteed[route]) for r in mine if r.guaranteed[route] > _LOG_STEP]
        depths = [k for k, _ in points]
        powers = [(value - _LOG_STEP) / ten for _, value in points]
        axes.plot(depths, powers, "-", color=colour, label=label, linewidth=1.4)
    top = [r for r in mine if math.isfinite(r.ceiling)]
    powers = [(r.ceiling - _LOG_STEP) / ten for r in top]
    axes.plot([r.depth for r in top], powers, "--", color="#8172b2", label="upper bound", lw=1.4)
    _quantiles(axes, mine, 1 / ten, per_layer=False)
    # The square root of the power of ten: depths 2 to 1000 on one axis.
    axes.set_yscale("function", functions=(_root, np.square))
    axes.set_ylim(0, 340)
    ticks = [0, 2, 5, 10, 20, 40, 80, 150, 250]
    axes.set_yticks(ticks, [f"$10^{{{t}}}$" for t in ticks])
    axes.grid(visible=True, which="major", alpha=0.3)


def _root(power: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.sqrt(np.maximum(power, 0.0))


def _rates(axes: Axes, mine: Sequence[Row], law: str) -> None:
    for route, (colour, _) in _STYLE.items():
        points = [(r.depth, r.guaranteed[route]) for r in mine if r.guaranteed[route] > _LOG_STEP]
        axes.plot([k for k, _ in points], [v / k for k, v in points], "-", color=colour)
    top = [r for r in mine if math.isfinite(r.ceiling)]
    axes.plot(
        [r.depth for r in top], [r.ceiling / r.depth for r in top], "--", color="#8172b2", lw=1.4
    )
    _quantiles(axes, mine, 1.0, per_layer=True)
    limit = prediction(BY_NAME[law], 1, 1.0, corrected=False).centre
    label = rf"$-\mathrm{{E}}\,\ln|w| = {limit:.4f}$"
    line = axes.axhline(limit, color="black", linestyle=":", linewidth=1, label=label)
    axes.legend(handles=[line], fontsize=8, frameon=False, loc="lower right")
    axes.set_xscale("log")
    axes.set_ylim(-0.45, 0.95)
    ticks = [2, 5, 10, 20, 50, 100, 200, 500, 1000]
    axes.set_xticks(ticks, [str(t) for t in ticks])
    axes.set_xlabel("depth k (number of weights)")
    axes.grid(visible=True, which="major", alpha=0.3)
