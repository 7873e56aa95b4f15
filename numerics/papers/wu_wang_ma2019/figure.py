"""ZAS: R(t) under its bound, proved and refuted step sizes, and counts against other starts.

Usage: ``python -m numerics.papers.wu_wang_ma2019.figure OUT.png``; it prints the counts as a table
too.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import click
import numpy as np
from matplotlib.figure import Figure
from rich.console import Console
from rich.table import Table

from numerics.figures.style import COLOURS, GREY, MARKERS, new_figure, save, styled
from numerics.matrices.rates import RateCheck
from numerics.papers.wu_wang_ma2019.step_range import proved_step, sharp_step, spectral_bound
from numerics.papers.wu_wang_ma2019.zas import (
    StepBracket,
    bound_on_count,
    check_zas,
    refuted_step,
    scalar_counts,
)

TARGET = [[Fraction(1, 2), Fraction(-1, 3)], [Fraction(1, 4), Fraction(-3, 4)]]
STARTS = {"ZAS": "zas", "1 + 0.1 N(0, 1)": "near-identity:0.1", "N(0, 1) (Xavier)": "gaussian"}


@dataclass(frozen=True)
class Data:
    """What the figure shows.

    Attributes
    ----------
    runs : dict of int to RateCheck
        Ball trajectories at the largest proved step, by depth.
    brackets : list of StepBracket
        For |Phi|_F = 1.
    tuned : list of Fraction
        The largest step sizes that the proof covers there.
    counts : dict of str to dict of int to list of float
        Steps to |p + 1| <= 1/2, by start and depth; infinite where not reached.
    bounds : dict of int to int
        What the theorem allows ZAS.
    """

    runs: dict[int, RateCheck]
    brackets: list[StepBracket]
    tuned: list[Fraction]
    counts: dict[str, dict[int, list[float]]]
    bounds: dict[int, int]


def gather(depths: tuple[int, ...] = (2, 3, 4, 5, 6, 8, 10, 12, 14), starts: int = 20) -> Data:
    """Run everything, at the step sizes of the theorem for the target -1."""
    square = spectral_bound(TARGET)
    runs = {
        depth: check_zas(TARGET, depth, proved_step(depth, square), until=Fraction(1, 10**8))
        for depth in (2, 5)
    }
    brackets = [refuted_step(depth, Fraction(1)) for depth in (2, 3, 4, 6, 8, 12, 16)]
    counts: dict[str, dict[int, list[float]]] = {}
    for name, init in STARTS.items():
        counts[name] = {}
        for depth in depths:
            step = proved_step(depth, Fraction(1))
            found = scalar_counts(init, depth, Fraction(-1), step, starts, seed=depth)
            counts[name][depth] = [math.inf if u is None else float(low) for low, u in found]
    bounds = {d: bound_on_count(proved_step(d, Fraction(1)), Fraction(1, 4)) for d in depths}
    tuned = [sharp_step(b.depth, b.norm_square) for b in brackets]
    return Data(runs, brackets, tuned, counts, bounds)


_SHOWN = 1e-12
"""The least relative loss that is drawn; what is below says nothing more."""


@styled
def zas_figure(data: Data) -> Figure:
    """Draw the three panels."""
    figure, grid = new_figure(13.0, 4.2, 1, 3)
    left, middle, right = grid[0]
    for colour, (depth, run) in zip(COLOURS, data.runs.items(), strict=False):
        trace = np.array(run.trace)
        left.plot(trace[:, 0], color=colour, label=f"L = {depth}: R(t)/R(0)")
        left.plot(trace[:, 1], "--", color=colour, label=rf"L = {depth}: $(1-\eta)^{{2t}}$")
    left.set_yscale("log")
    left.set_ylim(bottom=_SHOWN)
    left.set_xlabel("steps t")
    left.set_ylabel("loss over its start, R(t)/R(0)")
    left.set_title("ball trajectories at the largest proved step", fontsize=10)
    left.legend()

    lines: dict[str, list[Fraction]] = {
        "refuted above (ball trajectory)": [b.refuted for b in data.brackets],
        "proved, 1/(Mⁿ + n)": data.tuned,
        "proved, 1/(1 + 2 (L − 1))": [b.proved for b in data.brackets],
        "the paper's range": [b.papers for b in data.brackets],
    }
    for i, (name, values) in enumerate(lines.items()):
        sizes = [float(v) for v in values]
        middle.plot(
            [b.depth for b in data.brackets],
            sizes,
            f"{MARKERS[i]}-",
            color=COLOURS[i],
            label=name,
        )
    middle.set_xscale("log", base=2)
    middle.set_yscale("log")
    middle.set_xticks([b.depth for b in data.brackets], [str(b.depth) for b in data.brackets])
    middle.minorticks_off()
    middle.set_ylabel("step size η")
    middle.set_xlabel("depth L")
    middle.set_title(r"largest step with $R(t)\leq(1-\eta/2)^t\,R(0)$, |Φ| = 1", fontsize=10)
    middle.legend()

    for i, (name, rows) in enumerate(data.counts.items()):
        medians = {d: float(np.quantile(n, 0.5, method="inverted_cdf")) for d, n in rows.items()}
        shown = {d: n for d, n in medians.items() if 0 < n < math.inf}
        missing = [str(d) for d, n in medians.items() if n == math.inf]
        label = f"{name} (median not counted at L = {', '.join(missing)})" if missing else name
        right.plot(
            list(shown), list(shown.values()), f"{MARKERS[i]}-", color=COLOURS[i], label=label
        )
    right.plot(
        list(data.bounds),
        list(data.bounds.values()),
        "--",
        color=COLOURS[0],
        label="bound for ZAS, linear in L",
    )
    right.set_yscale("log")
    right.set_ylabel("steps of gradient descent")
    right.set_xlabel("depth L")
    right.set_title("η = 1/(1 + 2 (L − 1)): median steps to |p + 1| ≤ 1/2", fontsize=10)
    right.legend()
    for axis in grid[0]:
        axis.grid(visible=True, alpha=0.25, color=GREY)
    figure.suptitle("The zero-asymmetric start of Wu, Wang and Ma, target −1")
    return figure


def table(data: Data) -> Table:
    """Medians of the counts over depth, and what the theorem allows ZAS."""
    made = Table(title="target -1: median steps to |p + 1| <= 1/2, step 1/(1 + 2 (L - 1))")
    for heading in ("L", *STARTS, "bound for ZAS"):
        made.add_column(heading, justify="right")
    for depth, bound in data.bounds.items():
        medians = [np.quantile(r[depth], 0.5, method="inverted_cdf") for r in data.counts.values()]
        shown = [f"{m:.0f}" if math.isfinite(m) else "—" for m in medians]
        made.add_row(str(depth), *shown, str(bound))
    return made


@click.command()
@click.argument("path", type=click.Path(dir_okay=False, writable=True))
def main(path: str) -> None:
    """Print and draw counts from the zero-asymmetric start and from others."""
    gathered = gather()
    Console().print(table(gathered))
    save(zas_figure(gathered), path)


if __name__ == "__main__":
    main()
