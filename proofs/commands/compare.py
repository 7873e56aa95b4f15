"""``lemmata compare``: seven theorems side by side on the same problems, and starts on targets."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from numerics.figures.comparison import comparison_figure
from numerics.figures.style import save
from numerics.matrices import initialisations
from numerics.matrices.tasks import KINDS, Row
from numerics.papers.comparison import SYSTEMS, compare
from proofs.cli import EXIT_FAILED, EXIT_HOLDS
from proofs.options import Choice, File, drawing, positive
from theory.errors import InputError

NARROW = 110
HEADINGS = (
    "target",
    "L",
    "system",
    "width",
    "step",
    "bound",
    "count",
    "evidence",
    "count/bound",
)
_MOST_DEPTHS, _DEEPEST, _MOST_RUNS = 20, 64, 100_000


@click.command()
@click.option("--depths", default="2,4,8", show_default=True, help="Depths L, separated by commas.")
@click.option(
    "--target",
    "targets",
    type=Choice(KINDS),
    multiple=True,
    help="Kinds of target; repeat for several [default: all].",
)
@click.option("--runs", default=10, show_default=True, help="Runs per cell of the second table.")
@click.option("--budget", default=20_000, show_default=True, help="Steps followed one by one.")
@click.option(
    "--seconds",
    default=5.0,
    callback=positive,
    show_default=True,
    help="For one certified count.",
)
@click.option("--figure", type=File(), callback=drawing, help="Write OUT.png and OUT.svg.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    depths: str,
    targets: tuple[str, ...],
    runs: int,
    budget: int,
    seconds: float,
    figure: Path | None,
    as_json: bool,
) -> int:
    """Compare bounds and counts of seven theorems on the same 2 x 2 problems.

    The question is always the number of steps to |W_L ... W_1 - Phi| <= |Phi|/100 (Frobenius), from
    the start and with the largest step size of each theorem. Where a theorem says nothing, the row
    names the hypothesis that fails. A second table says which starts cope with which targets and
    data, each cell decided by runs.

    Exit code 0, or 1 if a count contradicts a bound.
    """
    if not 1 <= runs <= _MOST_RUNS:
        raise InputError("runs", f"1 to {_MOST_RUNS} are wanted")
    if budget < 100:
        raise InputError("budget", "at least 100 steps are wanted")
    wanted = _depths(depths)
    kinds = targets or KINDS
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    console, quiet = Console(stderr=True), not sys.stderr.isatty()
    with Progress(*columns, console=console, transient=True, disable=quiet) as bar:
        rows = compare(
            wanted,
            kinds,
            budget,
            seconds,
            _tick(bar, "theorems", len(wanted) * len(kinds) * len(SYSTEMS)),
        )
        cells = initialisations.table(runs, _tick(bar, "starts", initialisations.COUNT))
    if figure is not None:
        save(comparison_figure(rows), figure)
    if as_json:
        click.echo(json.dumps(_report(rows, cells), indent=2))
    else:
        console = Console()
        _print_rows(console, rows)
        _print_cells(console, cells)
    return EXIT_HOLDS if all(r.consistent for r in rows) else EXIT_FAILED


def _tick(bar: Progress, name: str, total: int) -> Callable[[Any], None]:
    job = bar.add_task(name, total=total)
    return lambda _: bar.advance(job)


def _depths(text: str) -> list[int]:
    parts = [p.strip() for p in text.split(",")]
    if not all(p.isascii() and p.isdigit() and len(p) < 4 for p in parts):
        raise InputError("depths", "whole numbers separated by commas are wanted")
    depths = [int(p) for p in parts]
    if len(depths) > _MOST_DEPTHS or not all(2 <= d <= _DEEPEST for d in depths):
        raise InputError("depths", f"at most {_MOST_DEPTHS} depths from 2 to {_DEEPEST} are wanted")
    return depths


def _report(rows: Sequence[Row], cells: Sequence[initialisations.Cell]) -> dict[str, Any]:
    return {
        "rows": [
            {
                "system": r.system,
                "start": r.start,
                "target": r.kind,
                "depth": r.depth,
                "width": r.width,
                "step": r.step,
                "bound": None if r.bound is None else str(r.bound),
                "failing_hypothesis": r.failing or None,
                "count": {"lower": _text(r.lower), "upper": _text(r.upper)},
                "evidence": r.evidence,
                "outcome": r.outcome,
                "ratio": r.ratio,
                "consistent": r.consistent,
            }
            for r in rows
        ],
        "starts": [
            {
                "start": c.start,
                "target": c.target,
                "data": c.data,
                "runs": c.runs,
                "reached": c.reached,
                "low": c.share.low,
                "high": c.share.high,
            }
            for c in cells
        ],
    }


def _text(count: int | None) -> str | None:
    return None if count is None else str(count)


def _print_rows(console: Console, rows: Sequence[Row]) -> None:
    title = "steps to a relative error of 1/100, targets 2 x 2"
    table = Table(title=title, header_style="bold", pad_edge=False)
    for heading in HEADINGS:
        left = heading in ("target", "system", "bound", "evidence")
        table.add_column(heading, justify="left" if left else "right", overflow="fold")
    previous = None
    for r in rows:
        if previous not in (None, (r.kind, r.depth)):
            table.add_section()
        previous = (r.kind, r.depth)
        if console.width < NARROW:
            console.print(" | ".join(shown(r)), markup=False, highlight=False)
        else:
            table.add_row(*shown(r))
    if console.width >= NARROW:
        console.print(table)
    console.print("shamir: the bound is a lower bound, so count/bound >= 1", highlight=False)


def shown(r: Row) -> tuple[str, ...]:
    """The cells of a row: target, depth, system, width, step, bound, count, evidence, quotient."""
    return (
        r.kind,
        str(r.depth),
        r.system,
        str(r.width),
        f"{r.step:.2g}" if r.step else "—",
        _bound(r),
        _count(r),
        "—" if r.evidence == "none" else r.evidence,
        "—" if r.ratio is None else f"{r.ratio:.2g}",
    )


def _bound(r: Row) -> str:
    if r.bound is None:
        return f"n/a: {r.failing}"
    return f"{'>=' if r.system == 'shamir' else '<='} {_number(r.bound)}"


def _count(r: Row) -> str:
    if r.outcome == "never":
        return "never"
    if r.evidence == "none":
        return "—"
    if r.upper is None:
        return f"> {_number(r.lower or 0)}"
    if r.lower == r.upper or r.lower is None:
        return _number(r.upper)
    return f"{_number(r.lower)} to {_number(r.upper)}"


def _number(n: int) -> str:
    return str(n) if n < 10**7 else f"10^{math.log10(n):.1f}"


def _print_cells(console: Console, cells: Sequence[initialisations.Cell]) -> None:
    table = Table(
        title="runs that arrive (of how many), depth 4, targets 3 x 3", header_style="bold"
    )
    table.add_column("start")
    columns = [(t, d) for t in initialisations.TARGETS for d in initialisations.DATA]
    for target, data in columns:
        table.add_column(f"{target}\n{data}", justify="right")
    table.add_column("global?")
    for start in initialisations.STARTS:
        mine = {(c.target, c.data): c for c in cells if c.start == start}
        shown = [f"{mine[key].reached}/{mine[key].runs}" for key in columns]
        arrived = all(c.always for c in mine.values())
        local = start in initialisations.LOCAL
        table.add_row(start, *shown, "made from Phi" if local else "yes" if arrived else "no")
    console.print(table)
