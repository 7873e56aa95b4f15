"""``lemmata report``: the encyclopedia of claims as one HTML file that loads nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from numerics.sweeps.files import replacing
from proofs import completion, theorems
from proofs.commands.verify import verification
from proofs.evidence import kernel
from proofs.evidence.standing import standings
from proofs.experiments import Profile
from proofs.options import File, target
from proofs.presentation.encyclopedia.blueprint import Chapter, chapters
from proofs.presentation.encyclopedia.entries import NOT_CHECKED, Entry, entries
from proofs.presentation.encyclopedia.page import Sweep, render, totals
from proofs.presentation.report import ReportRow, exit_code, unchecked_row
from proofs.verification.shown import rows_of
from proofs.verification.verifying import verified
from theory.catalogue import CLAIMS
from theory.errors import InputError, visible

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@click.command()
@click.argument("out", type=File(), callback=target)
@click.argument(
    "names", nargs=-1, metavar="[NAME | FILE | FILE::NAME ...]", shell_complete=completion.anything
)
@click.option(
    "--results",
    type=File(),
    help="Show these rows (lemmata verify --json, or its --resume file); verify nothing.",
)
@verification
@click.option(
    "--store",
    type=File(),
    help="Add figures of this sweep store (lemmata sweep).",
)
@click.option("--json", "as_json", is_flag=True, help="Print a summary as JSON.")
def command(
    out: Path,
    names: tuple[str, ...],
    results: Path | None,
    profile: Profile,
    level: str,
    jobs: int,
    budget: float,
    resume: Path | None,
    store: Path | None,
    as_json: bool,
) -> int:
    """Verify the catalogue (or the claims named) and write it to OUT as one HTML page.

    The page shows every claim with its statement, hypotheses, evidence, negative control, slack
    and the command that reproduces it. It needs no network and no other file. Exit codes are
    those of verify.
    """
    began = time.monotonic()
    if out.suffix.lower() not in (".html", ".htm"):
        raise InputError("OUT", f"{out.name[:80]!r}: a name that ends in .html is wanted")
    sweeps = [] if store is None else _sweeps(store)
    if results is not None:
        rows, unchecked = rows_of(results, jobs)
    else:
        rows, unchecked = verified(names, profile, level, jobs, budget, resume)
    record = kernel.theorems()
    known = {row["name"] for row in rows}
    shown = list(rows)
    whole = not names and (results is None or _of_the_catalogue(rows, record))
    if whole:  # theorems that were not compiled have their entries all the same
        shown += [unchecked_row(entry) for name, entry in record.items() if name not in known]
    made = entries(shown, record)
    missing = [c.name for c in CLAIMS if c.name not in known] if results and whole else []
    settings = [] if results is not None else [("profile", profile), ("level", level)]
    blueprint = _blueprint(rows, made) if whole else []
    page = render(
        made,
        unchecked if whole or results is None else 0,
        results.name if results is not None else "",
        missing,
        sweeps,
        settings,
        blueprint,
    )
    _write(out, page)
    summary = {
        "command": "report",
        "file": out.name,
        "bytes": len(page.encode()),
        "theorems": sum(len(chapter.theorems) for chapter in blueprint),
        **totals(made),
        "controls_refuted": sum(r["negative_control"] == "refuted" for r in rows),
        "kernel_not_checked": sum(e.verdict == NOT_CHECKED for e in made),
        "not_in_results": len(missing),
        "sweep_figures": len(sweeps),
        "seconds": round(time.monotonic() - began, 3),
    }
    click.echo(json.dumps(summary, indent=2) if as_json else _line(out, summary))
    return exit_code(rows)


def _of_the_catalogue(rows: Sequence[ReportRow], record: Mapping[str, object]) -> bool:
    """Whether any row is about something of the package, and not all are claims of a user."""
    ours = {*record, *(c.name for c in CLAIMS)}
    return not rows or any(r["source"]["key"] != "lemmata" or r["name"] in ours for r in rows)


def _blueprint(rows: Sequence[ReportRow], made: Sequence[Entry]) -> list[Chapter]:
    """The theorems with their computed statuses, before the claims that they rest on."""
    shelf = theorems.library()
    found = standings(shelf, rows)
    return chapters(shelf, found, {entry.name: entry.anchor for entry in made})


def _sweeps(store: Path) -> list[Sweep]:
    """Draw what a store can show: escape times over depth, and a phase diagram."""
    from numerics.figures import escape
    from numerics.papers.hu_xiao_pennington2020 import figure as phase
    from numerics.sweeps.store import Store

    with closing(Store(store, create=False)) as opened:
        rows = list(opened.rows())
    made: list[Sweep] = []
    if any(r["width"] == 1 for r in rows):
        series = escape.collect(rows)
        words = "; ".join(
            f"{s.name}, depths {s.depths[0].depth} to {s.depths[-1].depth}"
            + (f": growth per layer {s.growth}" if s.growth is not None else "")
            for s in series
        )
        made.append(_sweep(escape.draw(series), f"Escape times over depth, {words}."))
    if len({r["width"] for r in rows}) > 1:
        phases = phase.collect([r for r in rows if r["width"] > 1])
        words = ", ".join(p.init for p in phases)
        made.append(_sweep(phase.draw(phases), f"Convergence over width and depth: {words}."))
    if not made:
        raise InputError("store", "it holds no finished row")
    return made


def _sweep(figure: Figure, caption: str) -> Sweep:
    from numerics.figures.style import svg

    width, height = (round(96 * inches) for inches in figure.get_size_inches())
    return Sweep(svg(figure), width, height, caption, caption)


def _write(out: Path, page: str) -> None:
    """Write beside the target and rename, so that no half-written page is ever in its place."""
    with replacing(out, "OUT") as beside:
        beside.write_text(page, encoding="utf-8")


def _line(out: Path, summary: dict[str, object]) -> str:
    verdicts = summary["verdicts"]
    assert isinstance(verdicts, dict)
    counted = ", ".join(f"{n} {v}" for v, n in verdicts.items())
    size = int(str(summary["bytes"])) / 1000
    many = f"{summary['claims']} claim{'s' * (summary['claims'] != 1)}"
    return f"{visible(str(out))}: {many} ({counted}), {size:.0f} kB"
