"""What verification found, on a terminal: a line for each claim, and what does not stand."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from proofs.cli import EXIT_HOLDS
from proofs.evidence.verdicts import Rung, Verdict
from proofs.presentation.report import (
    ReportRow,
    counts,
    exit_code,
    rung,
    shown_evidence,
    unwritten,
)
from theory.errors import visible
from theory.language.typed import in_words

NARROW = 100
"""Columns below which a table would fold names; then each claim is one plain line."""

_NO_TWIN = "; the claim stands once a false twin is refuted: name one under `mutant` (exit code 4)"
_COLOURS = {
    Verdict.PROVED: "green",
    Verdict.SUPPORTED: "cyan",
    Verdict.REFUTED: "bold red",
    Verdict.UNDECIDED: "yellow",
    Verdict.UNSUPPORTED: "yellow",
}


def line(row: ReportRow) -> str:
    """A row on one line."""
    said = f"{shown_evidence(row)}; slack {row['slack'] or '—'}; control {row['negative_control']}"
    return f"{row['verdict']}  {row['name']}  ({said})"


def print_table(
    rows: Sequence[ReportRow],
    seconds: float,
    unchecked: int,
    theorems: Sequence[str] = (),
    seen: bool = False,
) -> None:
    """Print one row per claim, unless they were seen, then what does not stand, with reasons.

    What is said of theorems comes first in the summary.
    """
    console = Console()
    if seen or console.width < NARROW:
        for r in () if seen else rows:
            _say(console, line(r))
        _conclude(console, rows, seconds, unchecked, theorems)
        return
    table = Table(title="lemmata verify", header_style="bold", pad_edge=False)
    headings = ("claim", "source", "evidence", "slack", "control", "s", "verdict")
    for heading in headings:
        table.add_column(
            heading,
            justify="right" if heading == "s" else "left",
            overflow="fold",
            no_wrap=heading in ("claim", "verdict"),
        )
    for r in rows:
        colour = _COLOURS[Verdict(r["verdict"])]
        table.add_row(
            cell(r["name"]),
            cell(f"{r['source']['key']} {r['source']['statement']}"),
            cell(shown_evidence(r)),
            cell(r["slack"] or "—"),
            cell(r["negative_control"]),
            f"{r['seconds']:.1f}",
            Text(r["verdict"], style=colour),
        )
    console.print(table)
    _conclude(console, rows, seconds, unchecked, theorems)


def console() -> Console:
    """Standard output; where that is no terminal, nothing is folded to the width of one."""
    fixed = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console() if fixed else Console(width=10_000)


def cell(text: str) -> Text:
    """Text of users in a table: shown, never obeyed as markup or by the terminal."""
    return Text(visible(text))


def _say(console: Console, line: str) -> None:
    console.print(Text(visible(line)), highlight=False, soft_wrap=True)


def _conclude(
    console: Console,
    rows: Sequence[ReportRow],
    seconds: float,
    unchecked: int,
    theorems: Sequence[str],
) -> None:
    for r in rows:
        if exit_code([r]) != EXIT_HOLDS:
            for line in _complaints(r):
                _say(console, line)
    for line in theorems:
        _say(console, line)
    verdicts = ", ".join(f"{n} {v}" for v, n in counts(rows).items())
    many = f"{len(rows)} claim{'s' * (len(rows) != 1)}"
    console.print(f"{many} in {seconds:.1f} s: {verdicts}", highlight=False)
    rungs = Counter(found for row in rows if (found := rung(row)) is not None)
    ladder = ", ".join(f"{rungs[r.value]} {r.value}" for r in Rung if rungs[r.value])
    if ladder:
        console.print(f"evidence: {ladder}", highlight=False)
    for reason, names in sorted(unwritten(rows).items()):
        few = ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")
        _say(console, f"not written in Coq yet, {len(names)}: {reason} ({few})")
    if unchecked:
        level = "not checked in this run (--level kernel)"
        console.print(f"{unchecked} kernel-checked theorems: {level}", highlight=False)


def _complaints(row: Mapping[str, Any]) -> list[str]:
    typed = [f"as typed: {in_words(row['typed'])}"] if "typed" in row else []
    lines = [f"{e['verdict']}: {e['detail']}" for e in row["evidence"]]
    twin = row["negative_control"]
    hint = _NO_TWIN * (twin == "undecided" and row["verdict"] in ("proved", "supported"))
    return [f"{row['name']}: {x}" for x in (*typed, *lines, f"negative control: {twin}{hint}")]
