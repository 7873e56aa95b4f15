"""Identity starts: R(t) under its bounds, counts over depth, and what the constants allow.

Usage: ``python -m numerics.papers.bartlett_helmbold_long2018.figure OUT.png``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import click
import numpy as np
from matplotlib.figure import Figure

from numerics.figures.style import COLOURS, GREY, MARKERS, new_figure, save, styled
from numerics.matrices.instances import exact_positive, random_stream
from numerics.matrices.rates import RateCheck, check_rate
from numerics.papers.bartlett_helmbold_long2018.identity import (
    Frontier,
    IdentityCount,
    check_positive,
    exact_identity,
    identity_count,
    radius_frontier,
    step_frontier,
)

SPECTRUM = (Fraction(1, 2), Fraction(3, 2), Fraction(2))
NEGATIVE = (Fraction(-1, 2), Fraction(3, 2))
LEVEL = Fraction(1, 10**8)


@dataclass(frozen=True)
class Data:
    """What the figure shows.

    Attributes
    ----------
    positive : dict of int to RateCheck
        Ball trajectories by depth.
    negative : RateCheck
        A target with the eigenvalue -1/2; the trace holds R(t)/R(0).
    floor : float
        mu^2/2 over R(0).
    counts : dict of int to IdentityCount
    radius, step : list of Frontier
    """

    positive: dict[int, RateCheck]
    negative: RateCheck
    floor: float
    counts: dict[int, IdentityCount]
    radius: list[Frontier]
    step: list[Frontier]


def gather() -> Data:
    """Run everything."""
    target = exact_positive(SPECTRUM, random_stream(3))
    positive = {depth: check_positive(target, depth, _step(depth), 120) for depth in (2, 5)}
    failing = exact_positive(NEGATIVE, random_stream(3))
    negative = check_rate(exact_identity(2, 4), failing, Fraction(1, 16), Fraction(0), 120)
    first = sum((x - 1) ** 2 for x in NEGATIVE)
    depths = (2, 3, 5, 8, 13, 21, 34, 55, 89)
    counts = {d: identity_count(target, d, _step(d), LEVEL) for d in depths}
    frontier = (2, 3, 4, 6, 8, 12, 20)
    return Data(
        positive,
        negative,
        float(min(NEGATIVE) ** 2 / first),
        counts,
        [radius_frontier(d) for d in frontier],
        [step_frontier(d) for d in frontier],
    )


def _step(depth: int) -> Fraction:
    return Fraction(1, depth) / max(SPECTRUM) ** 2


@styled
def identity_figure(data: Data) -> Figure:
    """Draw the three panels."""
    figure, grid = new_figure(13.0, 4.4, 1, 3)
    left, middle, right = grid[0]
    for colour, (depth, run) in zip(COLOURS, data.positive.items(), strict=False):
        values = np.array(run.trace)
        left.plot(values[:, 0], color=colour, label=f"L = {depth}, positive definite")
        left.plot(values[:, 1], "--", color=colour, label=f"L = {depth}: bound")
    left.plot([r for r, _ in data.negative.trace], color=COLOURS[2], label="L = 4, eigenvalue −1/2")
    left.axhline(data.floor, linestyle=":", color=COLOURS[2], label="its proved floor μ²/2")
    left.set_yscale("log")
    left.set_xlabel("steps t")
    left.set_ylabel("loss over its start, R(t)/R(0)")
    left.set_title("ball trajectories from the identity")
    left.legend(fontsize=8)

    middle.plot(
        list(data.counts),
        [c.lower for c in data.counts.values()],
        "o-",
        color=COLOURS[0],
        label="certified count",
    )
    known = {d: c.bound for d, c in data.counts.items() if c.bound is not None}
    middle.plot(list(known), list(known.values()), "s--", color=COLOURS[1], label="bound")
    middle.set_xscale("log", base=2)
    middle.set_ylim(bottom=0)
    middle.set_xlabel("depth L")
    middle.set_ylabel("steps until R(t) ≤ 10⁻⁸")
    middle.set_title("target with eigenvalues 1/2, 3/2, 2; η = 1/(4L)")
    middle.legend()

    for i, (name, rows) in enumerate({"radius": data.radius, "step size": data.step}.items()):
        ratios = [float(f.refuted / f.proved) for f in rows]
        right.plot(
            [f.depth for f in rows],
            ratios,
            f"{MARKERS[i]}-",
            color=COLOURS[i],
            label=f"{name}: refuted in ball arithmetic",
        )
    right.axhline(1, color=GREY, linestyle="--", label="the theorem (1/10; exp(−2/3)/L)")
    right.set_xscale("log", base=2)
    right.set_ylim(bottom=0)
    right.set_xlabel("depth L")
    right.set_ylabel("multiple of the theorem's constant")
    right.set_title("near identity: constants, refuted over proved")
    right.legend(fontsize=8)
    for axis, depths in ((middle, data.counts), (right, [f.depth for f in data.radius])):
        axis.set_xticks(list(depths), [str(d) for d in depths])
        axis.minorticks_off()
    for axis in grid[0]:
        axis.grid(visible=True, alpha=0.25, color=GREY)
    figure.suptitle("Identity start (Bartlett, Helmbold and Long): orbits, counts, constants")
    return figure


@click.command()
@click.argument("path", type=click.Path(dir_okay=False, writable=True))
def main(path: str) -> None:
    """Draw orbits, counts and constants of the identity start (a minute and more)."""
    save(identity_figure(gather()), path)


if __name__ == "__main__":
    main()
