"""Rows of a file that are to be shown: what nothing in them shows is shown as open.

A digest is no signature: whoever can write a file of results can seal any row. A row that bears the
mark of this user (:func:`proofs.evidence.cached.mark`) was written by a run of theirs, and only its
certificate goes through the core again. Of any other row all that it says is looked at as where a
ledger is gone on with (:func:`proofs.verification.taken.doubt`), with the certificate that it
carries or that ships with the catalogue; a false twin counts where it is decided again to fail.
The rest is undecided here, with the reason, whatever the file says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import click

from proofs.budgets import BUDGET_SECONDS, forks, patience
from proofs.evidence import kernel
from proofs.evidence.rows import as_typed, digest_of, said
from proofs.evidence.shelf import fails, texts
from proofs.evidence.verdicts import Kind, Verdict
from proofs.presentation.encyclopedia.results import saved
from proofs.presentation.encyclopedia.statements import statement_of
from proofs.presentation.report import ReportRow, unchecked_row
from proofs.verification.catalogue import find
from proofs.verification.taken import OTHERS, doubt
from proofs.verification.workers import Failure, attempt, spread
from theory.claims import Claim, Source, Statement
from theory.errors import InputError, plain

UNREAD = "its statement cannot be read again from the file"
KERNEL = "what the kernel said in a run that is not known to be yours"
_DECIDED = {Verdict.PROVED.value, Verdict.REFUTED.value, Verdict.SUPPORTED.value}


def rows_of(path: Path, jobs: int = 2) -> tuple[list[ReportRow], int]:
    """Read the rows of a file, each with no more than what is seen to be so or is this user's.

    One line on standard error says how many of them are open here and not in the file.

    Parameters
    ----------
    path : Path
        What ``lemmata verify --json`` printed, or the file of ``lemmata verify --resume``.
    jobs : int
        Rows looked at at a time.

    Returns
    -------
    rows : list of ReportRow
        In the order of the file.
    unchecked : int
        Kernel-checked theorems that were not compiled in that run.

    Raises
    ------
    InputError
        One line, for what :func:`proofs.presentation.encyclopedia.results.saved` refuses.
    """
    rows, unchecked = saved(path)
    made = [row for row, _ in rows]
    wanted = [n for n, (row, own) in enumerate(rows) if row.get("certificate") or not own]
    opened: list[tuple[str, str]] = []
    for n, (row, why) in _looked_at(rows, wanted, jobs):
        made[n] = row
        if why:
            opened.append((row["name"], why))
    if opened:
        (first, why), more = min(opened), len(opened) - 1
        others = f", and {more} more row{'s' * (more != 1)}" if more else ""
        line = f"lemmata: --results: {path}: open here: {first} ({why[:200]}){others}"
        click.echo(plain(line, 1_000), err=True)
    return made, unchecked


Looked = tuple[ReportRow, str]


def _looked_at(
    rows: list[tuple[ReportRow, bool]], wanted: list[int], jobs: int
) -> Iterator[tuple[int, Looked]]:
    """Look at rows, each where it can harm nothing else."""

    def look(n: int) -> Looked:
        return looked(*rows[n])

    outcomes: Iterator[tuple[int, Looked | Failure]]
    if forks() and wanted:
        outcomes = spread(look, wanted, jobs, patience(BUDGET_SECONDS))
    else:
        outcomes = ((n, attempt(look, n)) for n in wanted)
    for n, outcome in outcomes:
        if isinstance(outcome, Failure):
            outcome = _open(rows[n][0], outcome.reason, falls=False), outcome.reason
        yield n, outcome


def looked(row: ReportRow, own: bool) -> Looked:
    """A row as it may be shown, and why that is less than it says; nothing if it is not.

    Parameters
    ----------
    row : report row
        Not malformed; see :func:`proofs.evidence.rows.problem`.
    own : bool
        Whether it bears the mark of this user.
    """
    if own:
        why = _rejected(row) if row.get("certificate") else ""
        return (row, "") if not why else (_open(row, why, falls=True), why)
    decided = bool(_DECIDED & {row["verdict"], *(e["verdict"] for e in row["evidence"])})
    if row["digest"] is None:
        entry = kernel.theorems().get(row["name"])
        if entry is not None:
            return unchecked_row(entry), KERNEL if decided else ""
        return (_open(row, KERNEL, falls=False), KERNEL) if decided else (row, "")
    claim = _claim(row)
    if claim is None:
        return (_open(row, UNREAD, falls=False), UNREAD) if decided else (row, "")
    source = {n: getattr(claim.source, n) for n in ("key", "statement", "sureness")}
    of_the_file = {k: v for k, v in row.items() if k not in ("rung", "typed")}
    row = {**of_the_file, "title": claim.title, "source": source, **said(claim)}
    control = row.get("control") or {}
    falls = _fails(claim.mutant, control.get("counterexample"))
    if not decided:
        return (row if falls else _standing(row)), ""
    row["evidence"] = [e for e in row["evidence"] if e["kind"] != Kind.KERNEL] or row["evidence"]
    why = ""
    for certificate in dict.fromkeys((row.get("certificate"), texts().get(row["digest"]), None)):
        one = {**row, "certificate": certificate}
        if not (doubted := doubt(claim, one, own=False)):
            return one, ""
        why = why or doubted
    return _open(row, why or OTHERS, falls), why or OTHERS


def _rejected(row: ReportRow) -> str:
    """Why the core does not accept the certificate of a row; nothing if it does."""
    from proofs.core import check
    from proofs.core.terms import Malformed, Rejected

    canonical = json.dumps(row["statement"], sort_keys=True, separators=(",", ":"))
    try:
        check.check(row["certificate"], canonical)
    except (Malformed, Rejected) as wrong:
        return plain(f"the certificate was rejected: {wrong}", 200)
    return ""


def _claim(row: ReportRow) -> Claim | None:
    """The claim that a row is about: of the catalogue, or read from the row; None for neither."""
    written = (row.get("control") or {}).get("statement")
    with suppress(InputError):
        known = find(row["name"])
        twin = digest_of(written) == known.mutant.digest if written else False
        if known.statement.digest == row["digest"] and twin:
            return known
    typed_so = as_typed(row)
    stated = typed_so[0] if typed_so else _again(row["statement"])
    twin_again = _again(written)
    if stated is None or twin_again is None or stated.digest != row["digest"]:
        return None
    typed = typed_so[1] if typed_so else None
    source = Source(**cast(Any, {n: row["source"][n] for n in ("key", "statement", "sureness")}))
    made = Claim(row["name"], row["title"], source, stated, twin_again)
    return replace(made, typed=typed)


def _again(canonical: Any) -> Statement | None:
    """A statement by its canonical form, if it is what is read from that."""
    made = statement_of(canonical, None, {})
    return made if made is not None and made.digest == digest_of(canonical) else None


def _fails(twin: Statement, said: Any) -> bool:
    """Whether a false twin is seen to fail where a file says that it does."""
    if not said or "measured" in twin.domains:
        return False
    return fails(twin, said["point"]) is not None


def _open(row: ReportRow, why: str, falls: bool) -> ReportRow:
    """The same row, of which nothing is known here but perhaps that its false twin fails."""
    kinds = [Kind(e["kind"]) for e in row["evidence"] if e["kind"] != Kind.KERNEL]
    evidence = {
        "kind": (kinds or [Kind.CERTIFICATE])[0].value,
        "verdict": Verdict.UNDECIDED.value,
        "detail": plain(f"the file says {row['verdict']}: {why}"),
        "counterexample": None,
    }
    parts = {"verdict": Verdict.UNDECIDED.value, "evidence": [evidence], "slack": None}
    made = {k: v for k, v in row.items() if k not in ("rung", "certificate")} | parts
    return made if falls else _standing(made)


def _standing(row: ReportRow) -> ReportRow:
    """The same row, whose false twin is not known to fail."""
    control = {"control": row["control"] | {"counterexample": None}} if "control" in row else {}
    return row | control | {"negative_control": Verdict.UNDECIDED.value}
