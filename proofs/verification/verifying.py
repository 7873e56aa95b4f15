"""Many claims at a time: in which order, in which processes, and what is seen meanwhile."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from proofs.budgets import forks, patience
from proofs.cli import EXIT_FAILED
from proofs.evidence import kernel
from proofs.evidence.ledger import Ledger
from proofs.evidence.shelf import cost, room, shelve
from proofs.evidence.verdicts import Kind, Verdict
from proofs.experiments import Profile
from proofs.paths import Named
from proofs.presentation.printed import line
from proofs.presentation.report import (
    ReportRow,
    failed_row,
    finished,
    kernel_row,
    report_row,
    unchecked_row,
    unread_row,
)
from proofs.user_claims import is_file, named_theorem, resolve, selected
from proofs.verification.catalogue import verify
from proofs.verification.shown import rows_of
from proofs.verification.taken import doubt, say
from proofs.verification.workers import Failure, attempt, spread
from theory.claim_files import Unread
from theory.claims import Claim
from theory.errors import InputError, visible
from theory.files import cache

if TYPE_CHECKING:
    from theory.theorems import Library

TYPICAL_SECONDS = 0.5
"""What a claim is expected to cost of which nothing is known."""
EACH_SECONDS = 0.08
"""What any claim costs besides: most take less, and at the end of a run there are only these."""
_TRUST_SECONDS = 10.0
_ACCEPTED = (Kind.KERNEL.value, Verdict.PROVED.value)


class Watch:
    """What is seen of a run: on a terminal, rows as they come, what is running, time left.

    Parameters
    ----------
    rows : bool
        Whether finished rows may be printed on standard output, if that is a terminal.
    """

    def __init__(self, rows: bool = False) -> None:
        self.shown = rows and sys.stdout.isatty() and sys.stderr.isatty()
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.fields[left]}"),
        )
        console = Console(stderr=True)
        self._bar = Progress(
            *columns,
            console=console,
            transient=True,
            auto_refresh=False,  # by a thread, where processes could not be forked
            disable=not console.is_terminal,
        )
        self._began = time.monotonic()

    def __enter__(self) -> Watch:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def start(self, costs: Mapping[str, float], jobs: int) -> None:
        """Begin with claims, by reference, and what each is expected to cost in seconds."""
        self._began = time.monotonic()
        self._costs, self._jobs, self._done, self._left = dict(costs), jobs, 0.0, dict(costs)
        self._since: dict[str, float] = {}
        self._task = self._bar.add_task("verifying", total=sum(costs.values()) or 1.0, left="")
        self._show()

    def step(self, reference: str, row: ReportRow) -> None:
        """One claim is finished; those first in line are what is running."""
        self._done += self._costs[reference]
        self._left.pop(reference, None)
        if self.shown:
            self._bar.console.print(visible(line(row)), markup=False, highlight=False)
        self._show()

    def _show(self) -> None:
        running = ", ".join(self._running())
        count = f"{len(self._costs) - len(self._left)}/{len(self._costs)}"
        self._bar.update(
            self._task,
            completed=self._done,
            description=f"verifying {count}: {visible(running)[:60]}",
            left=f"about {self.left(time.monotonic() - self._began):.0f} s left",
            refresh=True,
        )

    def _running(self) -> list[str]:
        """Those first in line; when each of them came there is noted."""
        now = time.monotonic() - self._began
        running = list(self._left)[: self._jobs]
        self._since = {r: self._since.get(r, now) for r in running}
        return running

    def left(self, elapsed: float) -> float:
        """Seconds left: the costs of what remains, at the speed of this run so far.

        At first the speed is the expected one; it counts fully once _TRUST_SECONDS are done. What
        is running counts for as long as it has been: the long ones come first, and nothing is
        finished for a while.
        """
        under_way = sum(
            min(self._costs[r], max(elapsed - since, 0.0)) for r, since in self._since.items()
        )
        expected = (self._done + under_way) / self._jobs
        speed = (elapsed + _TRUST_SECONDS) / (expected + _TRUST_SECONDS)
        return (sum(self._left.values()) - under_way) / self._jobs * speed


def _kernels(names: Sequence[str]) -> set[str]:
    """The kernel theorems below those named; their library is loaded only if there are any."""
    if not names:
        return set()
    from proofs import theorems

    return set(theorems.kernels(names))


def verified(
    names: tuple[str, ...],
    profile: Profile,
    level: str,
    jobs: int,
    budget: float,
    resume: Path | None = None,
    fresh: bool = False,
    folder: Path | None = None,
    claims: Mapping[str, Claim | Unread] | None = None,
    watch: Watch | None = None,
) -> tuple[list[ReportRow], int]:
    """Check claims, with progress and ETA on standard error.

    Parameters
    ----------
    names : tuple of str
        As they were typed; none for the whole catalogue.
    profile, level, jobs, budget, resume, fresh, folder
        The options of ``lemmata verify``.
    claims : mapping of str to Claim or Unread, optional
        What the names stand for, by reference, if they have been read already.
    watch : Watch, optional
        What is seen meanwhile.

    Returns
    -------
    rows : list of ReportRow
        In the order of the catalogue, or of the names.
    unchecked : int
        How many kernel-checked theorems were not compiled in this run.
    """
    record = kernel.theorems()
    wanted = set(record) if not names else {e.claim for e in map(kernel.named, names) if e}
    chosen = selected(names) if claims is None else claims
    readable = {r: c for r, c in chosen.items() if isinstance(c, Claim)}
    if folder is not None:
        _named_apart(readable.values())
        room((c.name for c in readable.values()), folder, _others(names, resume))
    below = _kernels([n for n in names if named_theorem(n)])
    wanted |= below if level == "kernel" else set()
    ledger = Ledger(resume, profile, budget, fresh) if resume is not None else None
    checked = _kernel_rows([record[n] for n in wanted], jobs, ledger) if level == "kernel" else {}
    check = partial(_checked, profile, budget, fresh)
    limit = patience(budget) if profile == "quick" else None  # the other measures for hours
    done = iter(_run(readable, check, jobs, ledger, watch or Watch(), limit, fresh))
    rows = [
        unread_row(r.partition("::")[0], c) if isinstance(c, Unread) else next(done)
        for r, c in chosen.items()
    ]
    if folder is not None:
        shelve(rows, folder, fresh)
    if level == "kernel":
        _confirm(rows, jobs, ledger)
    say(ledger)
    unchecked = 0 if level == "kernel" else len(below)
    for name in sorted(wanted):
        if name in checked:
            rows.append(checked[name])
        elif names:
            rows.append(unchecked_row(record[name]))
        else:
            unchecked += 1
    return rows, unchecked


def _others(names: Iterable[str], resume: Path | None) -> Iterator[Named]:
    """What a run reads or writes besides certificates."""
    yield from (Named.of("NAME", Path(n.partition("::")[0])) for n in names if is_file(n))
    if resume is not None:
        yield Named.of("--resume", resume)


def _named_apart(claims: Iterable[Claim]) -> None:
    """Refuse two claims of one name, before any work: their certificates would be one file."""
    called = Counter(c.name for c in claims)
    twice = next((n for n, count in called.items() if count > 1), None)
    if twice is not None:
        raise InputError(
            "certificates", f"two claims are called {twice!r}, and {twice}.json is one file"
        )


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
    from proofs import theorems

    claims, below = theorems.needed(shelf, names)
    if results is not None:
        rows, _ = rows_of(results, jobs)
        return [row for row in rows if row["name"] in {*claims, *below}]
    ledger = Ledger(resume, profile, budget, False) if resume is not None else None
    ours = {*theorems.known().claims, *theorems.library().steps}
    if not (forks() or set(claims) <= ours):
        jobs = 1  # another process would not find the steps of a user's own theorem by name
    rows = _run(claims, partial(_checked, profile, budget, False), jobs, ledger, Watch())
    if level == "kernel":
        record = kernel.theorems()
        rows += _kernel_rows([record[n] for n in below], jobs, ledger).values()
        _confirm(rows, jobs, ledger)
    say(ledger)
    return rows


def _kernel_rows(
    entries: Sequence[kernel.Entry], jobs: int, ledger: Ledger | None
) -> dict[str, ReportRow]:
    """The rows of kernel-checked theorems, by claim; the development is compiled if one is new."""
    if not entries:
        return {}
    basis = kernel.answers_to()
    known = {} if ledger is None else {e.claim: ledger.recall(basis, e.claim) for e in entries}
    if ledger is not None and all(known.values()):
        return {name: row for name, row in known.items() if row is not None}
    results = _kernel(jobs)
    rows = {e.claim: kernel_row(e, results[e.theorem]) for e in entries}
    for name, row in rows.items():
        if ledger is not None and not known[name]:
            ledger.keep(row, basis, name)
    return rows


def _confirm(rows: list[ReportRow], jobs: int, ledger: Ledger | None) -> None:
    """Have Coq check the certificates of rows, save those that it has accepted for the ledger."""
    from proofs.export.evidence import confirm

    asked = list(range(len(rows)))
    if ledger is not None:
        basis = kernel.answers_to()
        known = {i: ledger.recall(basis, rows[i].get("certificate") or "") for i in asked}
        for i, row in known.items():
            if row is not None and row["evidence"] and row["name"] == rows[i]["name"]:
                rows[i]["evidence"].insert(0, row["evidence"][0])
                asked.remove(i)
    with Console(stderr=True).status("compiling certificates as Coq proofs"):
        confirm([rows[i] for i in asked], jobs, cache())
    for i in asked:
        first = next(iter(rows[i]["evidence"]), {"kind": "", "verdict": ""})
        accepted = rows[i].get("certificate") and (first["kind"], first["verdict"]) == _ACCEPTED
        if ledger is not None and accepted:
            ledger.keep(rows[i], basis, rows[i]["certificate"])


def _kernel(jobs: int) -> Mapping[str, kernel.KernelResult]:
    try:
        with Console(stderr=True).status("compiling the Coq development"):
            return kernel.check(jobs, cache())
    except kernel.KernelError as wrong:
        click.echo(f"lemmata: kernel: {' '.join(str(wrong).split())}", err=True)
        raise click.exceptions.Exit(EXIT_FAILED) from None


Check = Callable[[Claim], ReportRow]


def _checked(profile: Profile, budget: float, fresh: bool, claim: Claim) -> ReportRow:
    return report_row(verify(claim, profile, budget, fresh))


def _run(
    claims: Mapping[str, Claim],
    check: Check,
    jobs: int,
    ledger: Ledger | None,
    watch: Watch,
    seconds: float | None = None,
    fresh: bool = False,
) -> list[ReportRow]:
    rows = {} if ledger is None else _taken(claims, jobs, ledger, seconds)
    # The long ones come first, so that no process waits at the end.
    costs = {r: expected(c, fresh) for r, c in claims.items() if r not in rows}
    order = sorted(costs, key=lambda r: -costs[r])
    with watch:
        watch.start({r: costs[r] for r in order}, jobs)
        for reference, row in _rows({r: claims[r] for r in order}, check, jobs, seconds):
            rows[reference] = row
            if ledger is not None and finished(row):
                ledger.add(claims[reference], row)
            watch.step(reference, row)
    return [rows[reference] for reference in claims]


def _taken(
    claims: Mapping[str, Claim], jobs: int, ledger: Ledger, seconds: float | None
) -> dict[str, ReportRow]:
    """The rows of a ledger that are believed, each looked at where it can harm nothing else."""
    found = {r: row for r, c in claims.items() if (row := ledger.find(c)) is not None}

    def why(reference: str) -> str:
        claim = claims[reference]
        return doubt(claim, found[reference], ledger.own(claim))

    outcomes: Iterator[tuple[str, str | Failure]]
    if forks():
        outcomes = spread(why, list(found), jobs, seconds)
    else:
        outcomes = ((r, attempt(why, r)) for r in found)
    believed = {}
    for reference, outcome in outcomes:
        if outcome == "":
            believed[reference] = found[reference]
        else:
            said = outcome.reason if isinstance(outcome, Failure) else outcome
            ledger.doubts[claims[reference].name] = said
    return believed


def expected(claim: Claim, fresh: bool = False) -> float:
    """What a claim will cost, in seconds: what it cost before, if it is on the shelf."""
    known = cost(claim.name, fresh)
    return EACH_SECONDS + (TYPICAL_SECONDS if known is None else known)


def _rows(
    claims: Mapping[str, Claim], check: Check, jobs: int, seconds: float | None
) -> Iterator[tuple[str, ReportRow]]:
    outcomes: Iterator[tuple[str, ReportRow | Failure]]
    if forks():
        outcomes = spread(lambda r: check(claims[r]), list(claims), jobs, seconds)
    elif jobs == 1 or len(claims) <= 1:
        outcomes = ((r, attempt(check, claims[r])) for r in claims)
    else:
        outcomes = spread(partial(_by_reference, check), list(claims), jobs, seconds)
    for reference, outcome in outcomes:
        if isinstance(outcome, Failure):
            outcome = failed_row(claims[reference], outcome)
        yield reference, outcome


def _by_reference(check: Check, reference: str) -> ReportRow:
    """Check one claim in a process of its own; the claim is found there afresh by its name."""
    (claim,) = resolve(reference)
    return check(claim)
