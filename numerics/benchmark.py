"""Measure certified counts: ``python -m numerics.benchmark``; nothing here is a test.

Gaussian starts, f = (p+1)**2/2, until |p+1| <= 1/2. The step sizes are such that gradient descent
meets the target instead of jumping across it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from statistics import median

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from numerics.escape import METHODS
from numerics.problem import Attempt, Budget, Problem
from numerics.starts import draw
from theory.exact import digits_of

LOSS, UNTIL = "(p+1)**2/2", "abs(p+1) <= 1/2"
TABLE = ((26, "0.05"), (100, "0.01"), (300, "0.01"), (1000, "0.001"))
GROWTH = (10, 20, 50, 100, 200, 500, 1000)
_DIRECT_LIMIT = 200_000


@click.command()
@click.option("--repeat", default=5, show_default=True, help="Runs of which the median is taken.")
@click.option("--seed", default=1, show_default=True, help="Seed of the Gaussian starts.")
@click.option("--growth/--no-growth", default=True, help="Fit the growth of cost over depth.")
def main(repeat: int, seed: int, growth: bool) -> None:
    """Print the table of certified counts, ratios to direct stepping, and the growth of cost."""
    console = Console(width=120)
    table = Table("depth", "step", "count", "width", "median s", "least s", "Arb / s", "mpmath / s")
    for depth, step in TABLE:
        problem = gaussian(depth, step, seed)
        found, seconds = timed("certified", problem, repeat)
        table.add_row(
            str(depth),
            step,
            shown(found.lower),
            "none" if found.upper is None else digits_of(found.upper - found.lower),
            f"{median(seconds):.3f}",
            f"{min(seconds):.3f}",
            *(compared(name, problem, found, median(seconds)) for name in ("ball", "direct")),
        )
    console.print(table)
    console.print(break_even(seed))
    if growth:
        depths, costs = [], []
        for depth in GROWTH:
            _, seconds = timed("certified", gaussian(depth, "0.001", seed), max(1, repeat // 2))
            depths.append(depth)
            costs.append(median(seconds))
        exponent = np.polyfit(np.log(depths), np.log(costs), 1)[0]
        listed = ", ".join(f"{d}: {c:.3f}" for d, c in zip(depths, costs, strict=True))
        console.print(f"seconds by depth (step 0.001): {listed}")
        console.print(f"cost grows like depth^{exponent:.2f}")


def gaussian(depth: int, step: str, seed: int) -> Problem:
    """Make the problem of one row."""
    return Problem.of(LOSS, draw("gaussian", depth, seed), step, UNTIL)


def timed(name: str, problem: Problem, repeat: int) -> tuple[Attempt, list[float]]:
    """Run an engine several times; return its answer and the seconds of every run."""
    run: Callable[[Problem, Budget], Attempt] = METHODS[name].run
    seconds = []
    for _ in range(repeat):
        began = time.perf_counter()
        found = run(problem, Budget())
        seconds.append(time.perf_counter() - began)
    return found, seconds


def compared(name: str, problem: Problem, found: Attempt, seconds: float) -> str:
    """Estimate how much longer direct stepping takes: measured if short, else extrapolated."""
    limit = min(found.lower, 2_000)
    began = time.perf_counter()
    METHODS[name].run(problem, Budget(max_steps=limit))
    each = (time.perf_counter() - began) / max(1, limit)
    ratio = Fraction(each / seconds) * found.lower
    note = "" if found.lower <= limit else " (extrapolated)"
    return f"{shown(int(ratio)) if ratio >= 10 else f'{float(ratio):.2g}'}x{note}"


def break_even(seed: int) -> str:
    """Find the count above which skipping is faster than stepping in balls, at depth 6."""
    previous = 0
    for exponent in range(4, 40):
        step = Fraction(1, 2**exponent)
        problem = Problem.of(LOSS, draw("gaussian", 6, seed), step, UNTIL)
        found, skipping = timed("certified", problem, 3)
        if found.lower > _DIRECT_LIMIT:
            break
        _, stepping = timed("ball", problem, 3)
        # Short counts are stepped to by both: then only noise decides.
        if "skipped steps" in found.details and median(skipping) < median(stepping):
            between = f"between {previous} and {found.lower} steps"
            return f"break-even against direct balls at depth 6: {between}"
        previous = found.lower
    return f"no break-even below {previous} steps"


def shown(count: int) -> str:
    """Write a count of any size shortly."""
    text = digits_of(count)
    return text if len(text) <= 9 else f"{text[0]}.{text[1:4]}e{len(text) - 1}"


if __name__ == "__main__":
    main()
