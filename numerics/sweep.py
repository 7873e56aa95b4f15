"""How escape times grow with depth: measured counts next to the proved box bound."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from numerics.box_bound import box_bound
from numerics.escape import escape
from numerics.floating import escape_counts
from numerics.loss import Loss
from numerics.starts import draw_array, generator
from theory.exact import Exact, exact
from theory.stopping import parse_stop

SHAMIR = "(p+1)**2/2"
"""The objective of Shamir (2019): exponential escape times on Gaussian starts."""


@dataclass(frozen=True)
class Row:
    """One depth of a sweep.

    Attributes
    ----------
    init : str
        How the starts were drawn.
    depth : int
    starts : int
        How many.
    reached : int
        How many met the condition within the budget.
    low, median, high : float
        Deciles 1, 5 and 9 of the count; infinite where the budget ended first.
    bound_median, bound_high : int
        Median and largest proved lower bound.
    violations : int
        Starts whose measured count is below the proved bound. Anything but 0 is a bug.
    method : str
        The engine that counted.
    """

    init: str
    depth: int
    starts: int
    reached: int
    low: float
    median: float
    high: float
    bound_median: int
    bound_high: int
    violations: int
    method: str


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the depth sweep of the README as a table and draw its figure.

    Usage: ``python -m numerics.sweep [FIGURE.png]``.
    """
    import sys

    from rich.console import Console
    from rich.progress import track
    from rich.table import Table

    from numerics.figures import sweep_figure

    given = list(sys.argv[1:] if arguments is None else arguments)
    table = Table(title=f"Escape times of f = {SHAMIR}, step 0.05, until |p + 1| <= 1/2")
    for heading in ("start", "k", "reached", "10 %", "median", "90 %", "box bound"):
        table.add_column(heading, justify="left" if heading == "start" else "right")
    rows: list[Row] = []
    console = Console(stderr=True)
    jobs = [(init, k) for init in ("gaussian", "near-identity:0.2") for k in range(2, 15)]
    for init, depth in track(jobs, "counting", console=console, transient=True):
        rows += depth_sweep(init, [depth], 30, seed=depth, method="auto", max_seconds=10)
    for r in rows:
        counts = [f"{n:.0f}" if math.isfinite(n) else "—" for n in (r.low, r.median, r.high)]
        share = f"{r.reached}/{r.starts}"
        table.add_row(r.init, str(r.depth), share, *counts, str(r.bound_median))
    output = Console()
    output.print(table)
    for init in dict.fromkeys(r.init for r in rows):
        mine = [r for r in rows if r.init == init]
        slope, error = fitted_exponent(mine)
        output.print(
            f"{init}: median N ~ exp(({slope:.3f} ± {error:.3f}) k); "
            f"counts below the bound: {sum(r.violations for r in mine)}",
            highlight=False,
        )
    if given:
        sweep_figure(rows, given[0])


def depth_sweep(
    init: str,
    depths: Iterable[int] = range(2, 15),
    starts: int = 40,
    seed: int = 0,
    loss: str = SHAMIR,
    step: Exact = "0.05",
    until: str = "abs(p+1) <= 1/2",
    max_steps: int = 200_000,
    max_seconds: float = 20.0,
    method: str = "float",
    warm_up: int = 0,
    tick: Callable[[int], None] | None = None,
) -> list[Row]:
    """Count escape times on random starts, depth by depth.

    Parameters
    ----------
    init : str
        See :func:`numerics.starts.draw_array`.
    depths : iterable of int
    starts : int
        Starts per depth.
    seed : int
    loss, step, until
        The problem.
    max_steps, max_seconds
        Budget: steps per start; seconds per depth (vectorised engine) or per start.
    method : str
        ``"float"``, the vectorised engine, or any method of :func:`numerics.escape.escape`.
    warm_up : int
        See :func:`numerics.box_bound.box_bound`.
    tick : callable, optional
        Told each depth when it is done.

    Returns
    -------
    list of Row
    """
    problem, size, condition = Loss.of(loss), exact(step, "step"), parse_stop(until)
    random, rows = generator(seed), []
    for depth in depths:
        drawn = draw_array(init, (starts, depth), random)
        exact_starts = [[Fraction(float(w)) for w in row] for row in drawn]
        if method == "float":
            counts, reached = escape_counts(problem, drawn, size, condition, max_steps, max_seconds)
            measured = np.where(reached, counts.astype(float), math.inf)
        else:
            results = [
                escape(problem, row, size, condition, method, None, max_steps, max_seconds)
                for row in exact_starts
            ]
            measured = np.array(
                [float(r.lower) if r.outcome == "reached" else math.inf for r in results]
            )
        bounds = [box_bound(problem, row, size, condition, warm_up).lower for row in exact_starts]
        rows.append(_row(init, depth, measured, bounds, method))
        if tick is not None:
            tick(depth)
    return rows


def _row(init: str, depth: int, measured: np.ndarray, bounds: Sequence[int], method: str) -> Row:
    low, median, high = np.quantile(measured, [0.1, 0.5, 0.9], method="inverted_cdf")
    bound_median = np.quantile(np.array(bounds, dtype=float), 0.5, method="inverted_cdf")
    return Row(
        init=init,
        depth=depth,
        starts=len(measured),
        reached=int(np.isfinite(measured).sum()),
        low=float(low),
        median=float(median),
        high=float(high),
        bound_median=int(bound_median),
        bound_high=max(bounds),
        violations=sum(int(n < b) for n, b in zip(measured, bounds, strict=True)),
        method=method,
    )


def fitted_exponent(rows: Sequence[Row]) -> tuple[float, float]:
    """Fit ln(median count) = c + s * depth by least squares over rows with a finite median.

    Returns
    -------
    slope, standard_error : float
        In natural-logarithm units per layer; nan where fewer than three depths are usable.
        (For N(0, 1) weights the limit of (1/k) ln N is (gamma + ln 2)/2 = 0.635....)
    """
    usable = [(r.depth, math.log(r.median)) for r in rows if 0 < r.median < math.inf]
    if len(usable) < 3:
        return math.nan, math.nan
    k, y = np.array(usable, dtype=float).T
    centred = k - k.mean()
    slope = float(centred @ y / (centred @ centred))
    residual = y - y.mean() - slope * centred
    variance = float(residual @ residual) / (len(k) - 2) / float(centred @ centred)
    return slope, math.sqrt(variance)


if __name__ == "__main__":
    main()
