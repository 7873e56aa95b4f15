"""Print the table of Theorem 2 over the depths, and draw its figure.

Usage: ``python -m numerics.papers.shamir2019.xavier [FIGURE.png]``; about five minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from fractions import Fraction

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from numerics.papers.shamir2019.xavier.counts import DEPTHS, LAWS
from numerics.papers.shamir2019.xavier.report import (
    FAILURES,
    closed_forms,
    figure,
    rows,
    table,
    thresholds,
)
from numerics.papers.shamir2019.xavier.routes import ROUTES

DRAWN = Fraction(1, 10)
_BETWEEN = (70, 150, 400, 500, 700)
"""Depths at which only guarantees are drawn."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if len(given) > 1:
        raise SystemExit("usage: python -m numerics.papers.shamir2019.xavier [FIGURE.png]")
    depths = sorted({*DEPTHS, *_BETWEEN})
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    found = []
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        work = len(LAWS) * len(depths) * len(FAILURES)
        task = progress.add_task("guarantees", total=work)
        for row in rows(depths):
            found.append(row)
            progress.advance(task)
        searches = len(LAWS) * len(FAILURES) * len(ROUTES)
        task = progress.add_task("first depths", total=searches)
        first = thresholds(lambda: progress.advance(task))
    output = Console()
    for law in LAWS:
        output.print(table([r for r in found if r.starts], law))
    output.print(first)
    output.print(closed_forms())
    if given:
        for written in figure(found, given[0], DRAWN):
            output.print(f"written: {written.name}", highlight=False)


if __name__ == "__main__":
    main()
