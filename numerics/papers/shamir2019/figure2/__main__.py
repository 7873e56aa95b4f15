"""Run the experiment, or draw it: ``python -m numerics.papers.shamir2019.figure2 --help``."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from numerics.figures.style import save
from numerics.papers.shamir2019.figure2 import figure
from numerics.papers.shamir2019.figure2.chain import DEPTHS, INITS, PATIENCE, TRIALS, Trial, cell
from numerics.papers.shamir2019.figure2.descent import Descent, steps_of
from numerics.papers.shamir2019.figure2.diagonal import diagonal_count
from numerics.papers.shamir2019.figure2.figure import PAPER, points
from numerics.papers.shamir2019.figure2.flow import TOLERANCE, flow_steps
from numerics.papers.shamir2019.figure2.record import DATA, Engine, Line, Record

_SAVE_SECONDS = 60


@click.group()
def figure2() -> None:
    """Shamir (COLT 2019), Figure 2: iterations over depth, matrices with target -I."""


@figure2.command()
@click.option("--engine", type=click.Choice(["descent", "flow", "certified"]), default="descent")
@click.option("--init", "inits", type=click.Choice(INITS), multiple=True, help="Default: all.")
@click.option("--size", type=click.IntRange(1, 200), default=25, show_default=True)
@click.option("--depth", "depths", type=click.IntRange(1, 50), multiple=True, help="Default: 2-8.")
@click.option("--trials", type=click.IntRange(1), default=TRIALS, show_default=True)
@click.option("--max-steps", type=click.IntRange(1), default=PATIENCE, show_default=True)
@click.option("--minutes", type=float, default=math.inf, help="For each cell; default: no limit.")
@click.option("--tolerance", type=float, default=TOLERANCE, show_default=True, help="Of the flow.")
@click.option("--data", type=click.Path(dir_okay=False), default=str(DATA))
def run(
    engine: Engine,
    inits: Sequence[str],
    size: int,
    depths: Sequence[int],
    trials: int,
    max_steps: int,
    minutes: float,
    tolerance: float,
    data: str,
) -> None:
    """Run the trials that the record lacks; interrupt at will, and start again to go on."""
    record = Record(data)
    cells = [cell(i, size, k, trials) for k in depths or DEPTHS for i in inits or INITS]
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total} trials"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        every = progress.add_task(f"{engine}, d = {size}", total=sum(map(len, cells)))
        for mine in cells:
            left = record.open(mine, engine, max_steps)
            progress.advance(every, len(mine) - len(left))
            if not left:
                continue
            name = f"{mine[0].init}, k = {mine[0].depth}"
            task = progress.add_task(name, total=len(mine), completed=len(mine) - len(left))

            def done(line: Line, task: int = task) -> None:
                record.add(line)
                progress.advance(every)
                progress.advance(task)  # type: ignore[arg-type]

            def tell(text: str, task: int = task, name: str = name) -> None:
                progress.update(task, description=f"{name}: {text}")  # type: ignore[arg-type]

            deadline = time.monotonic() + 60 * minutes
            if engine == "descent":
                _descend(left, max_steps, deadline, Path(data).with_suffix(".npz"), done, tell)
            elif engine == "certified":
                _certify(left, deadline, done)
            else:
                _flow(left, max_steps, tolerance, deadline, done, tell)
            progress.remove_task(task)
    record.sort()


@figure2.command()
@click.argument("path", type=click.Path(dir_okay=False), default="shamir-figure-2.png")
@click.option("--size", type=click.IntRange(1, 200), default=25, show_default=True)
@click.option("--data", type=click.Path(dir_okay=False), default=str(DATA))
def draw(path: str, size: int, data: str) -> None:
    """Print the table of one d, and draw it as PNG and SVG (default: here)."""
    record = Record(data)
    table = Table(title=f"ln(iterations) until F < 0.1, d = {size}, step 1e-3")
    headings = ("start", "engine", "k", "trials", "mean", "std", "NC", "budget", "most", "paper")
    for heading in headings:
        table.add_column(heading, justify="left" if heading in headings[:2] else "right")
    engines: tuple[Engine, ...] = ("descent", "flow", "certified")
    for init in INITS:
        for engine in engines:
            for p in points(record, engine, init, size):
                late = p.trials - p.converged - p.unknown
                cells = (p.depth, p.trials, f"{p.mean:.2f}", f"{p.deviation:.2f}")
                tail = (f"{late / p.trials:.0%}", p.unknown, f"{p.longest:.2e}")
                paper = f"{PAPER[init][p.depth - 2]:.1f}" if size == 25 else "—"
                table.add_row(init, engine, *map(str, (*cells, *tail, paper)))
    Console(width=100).print(table)
    save(figure.draw(record, size), path)


@figure2.command()
@click.argument("init", type=click.Choice(INITS))
@click.argument("size", type=click.IntRange(1, 200))
@click.argument("depth", type=click.IntRange(1, 50))
@click.argument("number", type=click.IntRange(0))
@click.option("--engine", type=click.Choice(["descent", "flow", "certified"]), default="descent")
@click.option("--max-steps", type=click.IntRange(1), default=10**7, show_default=True)
@click.option("--tolerance", type=float, default=TOLERANCE, show_default=True, help="Of the flow.")
def trial(
    init: str,
    size: int,
    depth: int,
    number: int,
    engine: Engine,
    max_steps: int,
    tolerance: float,
) -> None:
    """Run one trial alone and print its line of the record."""
    one = cell(init, size, depth, number + 1)[number]
    if engine == "flow":
        outcome, steps = flow_steps(one, max_steps, tolerance)
        click.echo(Line(one, engine, f"{tolerance:g}", outcome, steps))
    elif engine == "certified":
        _certify([one], math.inf, click.echo)
    else:
        found = steps_of(one, max_steps)
        outcome = "budget" if found is None else "reached"
        click.echo(Line(one, engine, "", outcome, max_steps if found is None else found))


def _descend(
    trials: Sequence[Trial],
    max_steps: int,
    deadline: float,
    saved: Path,
    done: Callable[[Line], None],
    tell: Callable[[str], None],
) -> None:
    """Run one cell by gradient descent; its state is saved once a minute."""
    descent = Descent.load(saved, trials) or Descent.of(trials)
    last = time.monotonic()

    def tick(now: Descent) -> None:
        nonlocal last
        tell(f"step {now.steps:,}")
        if time.monotonic() > last + _SAVE_SECONDS:
            last = time.monotonic()
            now.save(saved)

    def arrived(trial: Trial, steps: int) -> None:
        done(Line(trial, "descent", "", "reached", steps))

    lost = descent.run(max_steps, deadline, arrived, tick)
    for trial in lost:
        done(Line(trial, "descent", "", "diverged", descent.steps))
    for trial in descent.trials:
        done(Line(trial, "descent", "", "budget", descent.steps))
    saved.unlink(missing_ok=True)


def _certify(trials: Sequence[Trial], deadline: float, done: Callable[[Line], None]) -> None:
    """Count one cell rigorously; d = 1 only."""
    for trial in trials:
        if time.monotonic() > deadline:
            return
        found = diagonal_count([trial])
        exact = found.upper == found.lower
        done(Line(trial, "certified", "", "reached" if exact else "at-least", found.lower))


def _flow(
    trials: Sequence[Trial],
    max_steps: int,
    tolerance: float,
    deadline: float,
    done: Callable[[Line], None],
    tell: Callable[[str], None],
) -> None:
    """Run one cell by the flow, trial by trial."""
    for trial in trials:
        if time.monotonic() > deadline:
            return
        outcome, steps = flow_steps(
            trial, max_steps, tolerance, deadline, tick=lambda t: tell(f"at {t:,.0f} steps")
        )
        done(Line(trial, "flow", f"{tolerance:g}", outcome, steps))


if __name__ == "__main__":
    figure2()
