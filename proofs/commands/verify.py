"""``lemmata verify``: every claim of the catalogue (or of a file), one row each."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from proofs import kernel
from proofs.catalogue import BUDGET_SECONDS, verify
from proofs.cli import EXIT_FAILED
from proofs.experiments import Profile
from proofs.export.evidence import confirm
from proofs.ledger import Ledger, resumed
from proofs.options import positive, processes
from proofs.report import (
    ReportRow,
    exit_code,
    failed_row,
    finished,
    kernel_evidence,
    kernel_row,
    print_table,
    report,
    report_row,
    unchecked_row,
    unread_row,
)
from proofs.shelf import shelve
from proofs.user_claims import Unread, named, resolve
from proofs.verdicts import Kind
from proofs.workers import Failure, attempt, spread
from theory.catalogue import CLAIMS
from theory.claims import Claim

Decorated = TypeVar("Decorated", bound=Callable[..., object])
_OPTIONS = (
    click.option(
        "--profile",
        type=click.Choice(["quick", "full"]),
        default="quick",
        show_default=True,
        help="How many measurements to make.",
    ),
    click.option(
        "--level",
        type=click.Choice(["standard", "kernel"]),
        default="standard",
        show_default=True,
        help="kernel: also compile the Coq proofs and check their statements and axioms.",
    ),
    click.option(
        "--jobs",
        type=int,
        default=2,
        show_default=True,
        callback=processes,
        help="Claims checked at a time.",
    ),
    click.option(
        "--budget",
        type=float,
        callback=positive,
        default=BUDGET_SECONDS,
        show_default=True,
        help="CPU seconds for the search of one certificate or counterexample.",
    ),
    click.option(
        "--resume",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Keep finished rows in this file, and take from it what is already done.",
    ),
)


def verification(command: Decorated) -> Decorated:
    """Add the options that say how claims are verified."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME | FILE | FILE::NAME ...]")
@verification
@click.option("--fresh", is_flag=True, help="Search for certificates, also where one is shipped.")
@click.option(
    "--certificates",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the certificate of every claim that has one into this folder.",
)
@click.option(
    "--salvage",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Copy the rows of a damaged --resume file that hold into this one, and go on with it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    names: tuple[str, ...],
    profile: Profile,
    level: str,
    jobs: int,
    budget: float,
    resume: Path | None,
    fresh: bool,
    folder: Path | None,
    salvage: Path | None,
    as_json: bool,
) -> int:
    """Check claims and print one row each: evidence, slack, negative control, verdict.

    Without NAME the whole catalogue is checked; a FILE (.toml, .json, or .py if you name one)
    holds claims of your own. Exit code 0 if every claim stands, 1 if one is refuted or its
    negative control fails, 3 if --level kernel lacks its compiler, 4 if a claim is left undecided
    or met a limit of the machine, 70 if there was an internal error. A claim on which anything
    goes wrong is undecided, and one that cannot be read is unsupported and makes the exit code 2;
    the other rows are not concerned.
    """
    resume = resumed(resume, salvage)
    began = time.monotonic()
    rows, unchecked = verified(names, profile, level, jobs, budget, resume, fresh, folder)
    seconds = time.monotonic() - began
    if as_json:
        click.echo(json.dumps(report(rows, seconds, unchecked), indent=2))
    else:
        print_table(rows, seconds, unchecked)
    return exit_code(rows)


def verified(
    names: tuple[str, ...],
    profile: Profile,
    level: str,
    jobs: int,
    budget: float,
    resume: Path | None = None,
    fresh: bool = False,
    folder: Path | None = None,
) -> tuple[list[ReportRow], int]:
    """Check claims, with progress and ETA on standard error.

    Returns
    -------
    rows : list of ReportRow
        In the order of the catalogue, or of the names.
    unchecked : int
        How many kernel-checked theorems were not compiled in this run.
    """
    theorems = kernel.theorems()
    wanted = set(theorems) if not names else set(names) & set(theorems)
    known = {claim.name for claim in CLAIMS}
    chosen = _selected([n for n in names if n not in wanted or n in known], bool(names))
    claims = {r: c for r, c in chosen.items() if isinstance(c, Claim)}
    own_theorems = not names or wanted or any(c.name in theorems for c in claims.values())
    checked = _kernel(jobs) if level == "kernel" and own_theorems else {}
    ledger = Ledger(resume, profile, budget, fresh) if resume is not None else None
    rows = _run(claims, partial(_checked, profile, budget, fresh), jobs, ledger)
    if len(claims) < len(chosen):
        done = iter(rows)
        rows = [next(done) if isinstance(c, Claim) else unread_row(r.partition("::")[0], c)
                for r, c in chosen.items()]  # fmt: skip
    if folder is not None:
        shelve(rows, folder)
    for reference, row in zip(chosen, rows, strict=True):
        entry = theorems.get(reference)
        if entry is not None and entry.theorem in checked:
            row["evidence"].append(kernel_evidence(checked[entry.theorem], Kind.NAMESAKE))
    if level == "kernel":
        with Console(stderr=True).status("compiling certificates as Coq proofs"):
            confirm(rows, jobs, _cache())
    own = {row["name"] for row in rows}
    unchecked = 0
    for name in sorted(wanted - own):
        entry = theorems[name]
        if entry.theorem in checked:
            rows.append(kernel_row(entry, checked[entry.theorem]))
        elif names:
            rows.append(unchecked_row(entry))
        else:
            unchecked += 1
    return rows, unchecked


def _kernel(jobs: int) -> Mapping[str, kernel.KernelResult]:
    try:
        with Console(stderr=True).status("compiling the Coq development"):
            return kernel.check(jobs, _cache())
    except kernel.KernelError as wrong:
        click.echo(f"lemmata: kernel: {' '.join(str(wrong).split())}", err=True)
        raise click.exceptions.Exit(EXIT_FAILED) from None


def _cache() -> Path:
    """Where a passed run of the kernel is remembered, by the digest of everything it read."""
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "lemmata"


def _selected(names: Sequence[str], some: bool) -> dict[str, Claim | Unread]:
    """Find the claims by reference: a name of the catalogue, or FILE::NAME."""
    if not some:
        return {claim.name: claim for claim in CLAIMS}
    chosen: dict[str, Claim | Unread] = {}
    for name in names:
        file, _, _ = name.partition("::")
        for claim in named(name):
            reference = claim.name if file == claim.name else f"{file}::{claim.name}"
            chosen.setdefault(reference, claim)
    return chosen


Check = Callable[[Claim], ReportRow]


def _checked(profile: Profile, budget: float, fresh: bool, claim: Claim) -> ReportRow:
    return report_row(verify(claim, profile, budget, fresh))


def _run(
    claims: Mapping[str, Claim],
    check: Check,
    jobs: int,
    ledger: Ledger | None,
) -> list[ReportRow]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    known = {} if ledger is None else {r: ledger.find(c) for r, c in claims.items()}
    rows = {r: row for r, row in known.items() if row is not None}
    left = {r: c for r, c in claims.items() if r not in rows}
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("verifying", total=len(claims), completed=len(rows))
        for reference, row in _rows(left, check, jobs):
            rows[reference] = row
            if ledger is not None and finished(row):
                ledger.add(claims[reference], row)
            progress.advance(task)
    return [rows[reference] for reference in claims]


def _rows(claims: Mapping[str, Claim], check: Check, jobs: int) -> Iterator[tuple[str, ReportRow]]:
    # The slow ones, measurements, come first, so that no process waits at the end.
    order = sorted(claims, key=lambda r: "measured" not in claims[r].statement.domains)
    outcomes: Iterator[tuple[str, ReportRow | Failure]]
    if jobs == 1 or len(claims) <= 1:
        outcomes = ((r, attempt(check, claims[r])) for r in claims)
    else:
        outcomes = spread(partial(_by_reference, check), order, jobs)
    for reference, outcome in outcomes:
        if isinstance(outcome, Failure):
            outcome = failed_row(claims[reference], outcome)
        yield reference, outcome


def _by_reference(check: Check, reference: str) -> ReportRow:
    """Check one claim in a process of its own; the claim is found there afresh by its name."""
    (claim,) = resolve(reference)
    return check(claim)
