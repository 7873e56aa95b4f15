"""``lemmata verify``: every claim of the catalogue (or of a file), one row each."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from proofs.catalogue import Row, verify
from proofs.cli import EXIT_BUDGET, EXIT_FAILED, EXIT_HOLDS
from proofs.experiments import Profile
from proofs.user_claims import resolve
from proofs.verdicts import Evidence, Verdict
from theory.catalogue import CLAIMS
from theory.claims import Claim
from theory.errors import InputError

_COLOURS = {
    Verdict.PROVED: "green",
    Verdict.SUPPORTED: "cyan",
    Verdict.REFUTED: "bold red",
    Verdict.UNDECIDED: "yellow",
    Verdict.UNSUPPORTED: "yellow",
}


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME | FILE | FILE::NAME ...]")
@click.option(
    "--profile",
    type=click.Choice(["quick", "full"]),
    default="quick",
    show_default=True,
    help="How many measurements to make.",
)
@click.option("--jobs", type=int, default=2, show_default=True, help="Claims checked at a time.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(names: tuple[str, ...], profile: Profile, jobs: int, as_json: bool) -> int:
    """Check claims and print one row each: evidence, slack, negative control, verdict.

    Without NAME the whole catalogue is checked; a FILE (.toml, .json, or .py if you name one)
    holds claims of your own. Exit code 0 if every claim stands, 1 if one is refuted or its
    negative control fails, 4 if one is left undecided.
    """
    if jobs < 1:
        raise InputError("jobs", "at least one process is wanted")
    claims = _selected(names)
    began = time.monotonic()
    order = [claim.name for claim in claims.values()]
    rows = sorted(_run(claims, profile, jobs), key=lambda row: order.index(row.claim.name))
    seconds = time.monotonic() - began
    if as_json:
        click.echo(json.dumps(_report(rows, seconds), indent=2))
    else:
        _print(rows, seconds)
    return exit_code(rows)


def exit_code(rows: Sequence[Row]) -> int:
    """Return 1 if a claim or a control failed, else 4 if one is open, else 0."""
    if any(r.verdict is Verdict.REFUTED for r in rows):
        return EXIT_FAILED
    if any(r.verdict in (Verdict.UNDECIDED, Verdict.UNSUPPORTED) for r in rows):
        return EXIT_BUDGET
    return EXIT_HOLDS if all(r.stands for r in rows) else EXIT_FAILED


def _selected(names: Sequence[str]) -> dict[str, Claim]:
    """Find the claims by reference: a name of the catalogue, or FILE::NAME."""
    if not names:
        return {claim.name: claim for claim in CLAIMS}
    chosen: dict[str, Claim] = {}
    for name in names:
        file, _, _ = name.partition("::")
        found = resolve(name)
        for claim in found:
            reference = claim.name if file == claim.name else f"{file}::{claim.name}"
            chosen.setdefault(reference, claim)
    return chosen


def _run(claims: Mapping[str, Claim], profile: Profile, jobs: int) -> Iterator[Row]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("verifying", total=len(claims))
        if jobs == 1 or len(claims) == 1:
            for claim in claims.values():
                yield verify(claim, profile)
                progress.advance(task)
            return
        # Arb's precision is one global per process, so claims run in processes, not in threads;
        # spawned ones, as forking a process with a progress thread may deadlock.
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
            # The slow ones, measurements, come first, so that no process waits at the end.
            order = sorted(claims, key=lambda r: "measured" not in claims[r].statement.domains)
            waiting = {pool.submit(_by_reference, r, profile): claims[r] for r in order}
            for done in as_completed(waiting):
                yield Row(waiting[done], *done.result())
                progress.advance(task)


def _by_reference(reference: str, profile: Profile) -> tuple[Any, ...]:
    """Check one claim in a process of its own; only the outcome travels back."""
    (claim,) = resolve(reference)
    row = verify(claim, profile)
    return row.evidence, row.verdict, row.negative_control, row.slack, row.seconds


def _print(rows: Sequence[Row], seconds: float) -> None:
    table = Table(title="lemmata verify", header_style="bold", pad_edge=False)
    for heading, justify in (
        ("claim", "left"),
        ("source", "left"),
        ("evidence", "left"),
        ("slack", "left"),
        ("control", "left"),
        ("s", "right"),
        ("verdict", "left"),
    ):
        table.add_column(heading, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for row in rows:
        colour = _COLOURS[row.verdict]
        table.add_row(
            row.claim.name,
            f"{row.claim.source.key} {row.claim.source.statement}",
            ", ".join(e.kind.value for e in row.evidence),
            row.slack or "—",
            row.negative_control,
            f"{row.seconds:.1f}",
            f"[{colour}]{row.verdict.value}[/{colour}]",
        )
    console = Console()
    console.print(table)
    for row in rows:
        if not row.stands:
            for e in row.evidence:
                console.print(f"{row.claim.name}: {e.detail}", markup=False, highlight=False)
    counts = ", ".join(f"{n} {v}" for v, n in _counts(rows).items())
    console.print(f"{len(rows)} claims in {seconds:.1f} s: {counts}", highlight=False)


def _counts(rows: Sequence[Row]) -> dict[str, int]:
    found = Counter(row.verdict.value for row in rows)
    return {v.value: found[v.value] for v in Verdict if found[v.value]}


def _report(rows: Sequence[Row], seconds: float) -> dict[str, Any]:
    return {
        "claims": [_row(row) for row in rows],
        "summary": {
            "claims": len(rows),
            "verdicts": _counts(rows),
            "controls_refuted": sum(row.negative_control == "refuted" for row in rows),
            "seconds": round(seconds, 3),
        },
    }


def _row(row: Row) -> dict[str, Any]:
    claim = row.claim
    return {
        "name": claim.name,
        "title": claim.title,
        "source": {
            "key": claim.source.key,
            "statement": claim.source.statement,
            "sureness": claim.source.sureness,
        },
        "statement": json.loads(claim.statement.canonical),
        "digest": claim.statement.digest,
        "evidence": [_evidence(e) for e in row.evidence],
        "verdict": row.verdict.value,
        "negative_control": row.negative_control,
        "slack": row.slack or None,
        "seconds": round(row.seconds, 3),
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    found = evidence.counterexample
    return {
        "kind": evidence.kind.value,
        "verdict": evidence.verdict.value,
        "detail": evidence.detail,
        "counterexample": None
        if found is None
        else {
            "point": {n: str(v) for n, v in found.point.items()},
            "left": found.left,
            "right": found.right,
        },
    }
