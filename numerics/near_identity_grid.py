"""Certified counts near the identity, a grid: ``python -m numerics.near_identity_grid FILE``.

Resumable: a cell that stands in the file is not run again. Nothing here is a test.
"""

from __future__ import annotations

import itertools
import json
import time
from pathlib import Path

import click

from numerics.benchmark import LOSS, UNTIL, shown
from numerics.escape import METHODS
from numerics.problem import Budget, Problem
from numerics.starts import draw
from theory.exact import digits_of

DEPTHS = (20, 50, 100, 200, 400)
DEVIATIONS = ("0.2", "0.05")
STEPS = ("0.05", "0.01", "0.001")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--seed", default=1, show_default=True, help="Seed of the starts.")
@click.option("--seconds", default=30.0, show_default=True, help="CPU seconds for a cell.")
@click.option("--depth", "depths", type=int, multiple=True, help="Only these depths.")
def main(file: Path, seed: int, seconds: float, depths: tuple[int, ...]) -> None:
    """Count every cell of the grid that FILE does not hold yet; a line of FILE is a cell."""
    text = file.read_text() if file.exists() else ""
    whole = text[: text.rfind("\n") + 1]
    if whole != text:  # a line that an interrupt has cut off
        file.write_text(whole)
    known = {tuple(json.loads(line)["cell"]) for line in whole.splitlines()}
    for depth, deviation, step in itertools.product(depths or DEPTHS, DEVIATIONS, STEPS):
        if (depth, deviation, step, seed) in known:
            continue
        row = counted(depth, deviation, step, seed, seconds)
        with file.open("a") as out:
            out.write(json.dumps(row) + "\n")
        click.echo(json.dumps(row))


def counted(depth: int, deviation: str, step: str, seed: int, seconds: float) -> dict[str, object]:
    """Count one cell.

    Parameters
    ----------
    depth : int
        How many weights.
    deviation, step : str
        Decimals: the standard deviation of the weights from 1, and the step size.
    seed : int
    seconds : float
        CPU time that is given up after.

    Returns
    -------
    dict
        The bounds of the count as text, what it cost, and why it is not exact.
    """
    problem = Problem.of(LOSS, draw(f"near-identity:{deviation}", depth, seed), step, UNTIL)
    began = time.process_time()
    found = METHODS["certified"].run(problem, Budget(deadline=began + seconds))
    spent = time.process_time() - began
    width = None if found.upper is None else digits_of(found.upper - found.lower)
    return {
        "cell": [depth, deviation, step, seed],
        "lower": shown(found.lower),
        "width": width,
        "cpu seconds": round(spent, 2),
        "why": found.reason,
        "details": dict(found.details),
    }


if __name__ == "__main__":
    main()
