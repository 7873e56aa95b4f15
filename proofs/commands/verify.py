"""``lemmata verify``: every claim of the catalogue (or of a file), one row each."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar, get_args

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from proofs import described, kernel, standing, theorems
from proofs.catalogue import BUDGET_SECONDS, verify
from proofs.cli import EXIT_FAILED
from proofs.encyclopedia.results import read as read_results
from proofs.experiments import Profile
from proofs.export.evidence import confirm
from proofs.ledger import Ledger, resumed
from proofs.options import positive, processes
from proofs.report import (
    ReportRow,
    exit_code,
    failed_row,
    finished,
    kernel_row,
    print_table,
    report,
    report_row,
    unchecked_row,
)
from proofs.shelf import shelve
from proofs.standing import Standing, Status
from proofs.user_claims import resolve
from proofs.workers import Failure, attempt, spread
from theory.catalogue import CLAIMS
from theory.claims import Claim
from theory.theorems import Library, Role

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
    holds claims of your own. The name of a theorem (lemmata theorems lists them) stands for
    everything that it rests on, and its status is computed.

    Exit code 0 if every claim stands, 1 if one is refuted or its negative control fails, or a
    theorem that was named fails as printed, 3 if --level kernel lacks its compiler, 4 if a claim
    is left undecided or met a limit of the machine, 70 if there was an internal error. A claim on
    which anything goes wrong is undecided; the other rows are not concerned.
    """
    resume = resumed(resume, salvage)
    began = time.monotonic()
    rows, unchecked = verified(names, profile, level, jobs, budget, resume, fresh, folder)
    seconds = time.monotonic() - began
    found = _standings(names, rows)
    shelf = theorems.library()
    many = {role: standing.counts(shelf, found, role) for role in get_args(Role)}
    if as_json:
        shown = [described.row(shelf.theorems[n], s) for n, s in found.items()]
        click.echo(json.dumps(report(rows, seconds, unchecked, many["theorem"], shown), indent=2))
    else:
        lines = [*(_lines(found) if names else ()), *standing.summary(*many.values())]
        print_table(rows, seconds, unchecked, lines)
    failing = names and any(s.status is Status.REFUTED for s in found.values())
    return exit_code(rows) or (EXIT_FAILED if failing else 0)


def _lines(found: Mapping[str, Standing]) -> list[str]:
    return [
        f"{name}: {s.status.value}; weakest link: {described.weakest(s)}"
        for name, s in found.items()
    ]


def _standings(names: Sequence[str], rows: Sequence[ReportRow]) -> dict[str, Standing]:
    """The standings of the theorems named; of all, if nothing is named."""
    if names and not any(named_theorem(n) for n in names):
        return {}
    found = standing.standings(theorems.library(), rows)
    return {n: s for n, s in found.items() if not names or n in names}


def named_theorem(name: str) -> bool:
    """Whether a name is that of a theorem; those of claims and kernel theorems have no folder."""
    return "/" in name and not name.partition("::")[0].endswith((".toml", ".json", ".py"))


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
    record = kernel.theorems()
    named, below = _unfolded(names)
    wanted = set(record) if not names else set(named) & set(record)
    claims = _selected([n for n in named if n not in wanted], bool(names))
    wanted |= below if level == "kernel" else set()
    checked = _kernel(jobs) if level == "kernel" and wanted else {}
    ledger = Ledger(resume, profile, budget, fresh) if resume is not None else None
    rows = _run(claims, partial(_checked, profile, budget, fresh), jobs, ledger)
    if folder is not None:
        shelve(rows, folder)
    if level == "kernel":
        with Console(stderr=True).status("compiling certificates as Coq proofs"):
            confirm(rows, jobs, _cache())
    unchecked = 0 if level == "kernel" else len(below)
    for name in sorted(wanted):
        entry = record[name]
        if entry.theorem in checked:
            rows.append(kernel_row(entry, checked[entry.theorem]))
        elif names:
            rows.append(unchecked_row(entry))
        else:
            unchecked += 1
    return rows, unchecked


def verified_for(
    shelf: Library,
    names: Sequence[str],
    profile: Profile,
    level: str,
    jobs: int,
    budget: float,
    resume: Path | None = None,
    results: Path | None = None,
) -> list[ReportRow]:
    """The rows of all that theorems rest on: from a file of results, or by verifying it now."""
    claims, below = theorems.needed(shelf, names)
    if results is not None:
        rows, _ = read_results(results)
        return [row for row in rows if row["name"] in {*claims, *below}]
    ledger = Ledger(resume, profile, budget, False) if resume is not None else None
    ours = {claim.name for claim in CLAIMS} | set(theorems.library().steps)
    if not set(claims) <= ours:
        jobs = 1  # another process would not find the steps of a user's own theorem by name
    rows = _run(claims, partial(_checked, profile, budget, False), jobs, ledger)
    if level == "kernel":
        checked = _kernel(jobs) if below else {}
        record = kernel.theorems()
        rows += [kernel_row(record[n], checked[record[n].theorem]) for n in below]
        with Console(stderr=True).status("compiling certificates as Coq proofs"):
            confirm(rows, jobs, _cache())
    return rows


def _unfolded(names: Sequence[str]) -> tuple[list[str], set[str]]:
    """Replace theorems by the claims that they rest on; and their kernel theorems."""
    if not any(map(named_theorem, names)):
        return list(names), set()
    shelf = theorems.library()
    chosen = [shelf.find(n).name for n in names if named_theorem(n)]
    claims, below = theorems.needed(shelf, chosen)
    return [*(n for n in names if not named_theorem(n)), *claims], set(below)


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


def _selected(names: Sequence[str], named: bool) -> dict[str, Claim]:
    """Find the claims by reference: a name of the catalogue, or FILE::NAME."""
    if not named:
        return {claim.name: claim for claim in CLAIMS} | theorems.library().steps
    chosen: dict[str, Claim] = {}
    for name in names:
        file, _, _ = name.partition("::")
        for claim in resolve(name):
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
