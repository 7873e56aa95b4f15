"""Rows that are taken over from a ledger: what they carry is looked at afresh.

A ledger is a file like any other, and its digests are no signatures. A certificate goes through the
core again; a point at which a claim or its false twin fails is decided again, exactly; an identity
that two deciders agreed on, without a certificate, is decided again by both. From these the row is
made anew, every word of it, and must be the row that is there. Nothing can be looked at again where
a row says what was measured, or that something was left open: it counts if it bears the mark of the
user (:func:`proofs.evidence.cached.mark`), which only a run of theirs can write. What a claim cost,
in seconds, is taken as it is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import click

from proofs.budgets import BUDGET_SECONDS
from proofs.evidence.cached import key_file, mark
from proofs.evidence.ledger import Ledger
from proofs.evidence.shelf import fails
from proofs.evidence.verdicts import Counterexample, Evidence, Kind, Verdict
from proofs.presentation.report import ReportRow, report_row
from proofs.search import accepted
from proofs.verification.catalogue import (
    AT_MATRICES,
    AT_POINT,
    PLAIN_IDENTITY,
    Gatherer,
    Row,
    attained,
    bracket,
    decided,
    derived,
    gatherers,
    matrix_identity,
)
from proofs.verification.decide import refuted
from theory.claims import Claim, Statement
from theory.errors import plain

OTHERS = (
    "measured, or left open, by a run that is not known to be yours on this machine; "
    "such a row has no certificate"
)
EMPTY = "it carries neither a certificate nor a point"
SHARP = "sharp"


def doubt(claim: Claim, row: ReportRow, own: bool) -> str:
    """Say why a row of a ledger is not believed; nothing if all that it says was seen to be so.

    Parameters
    ----------
    claim : Claim
        The row says that it is about it.
    row : report row
        Not malformed; see :func:`proofs.evidence.rows.problem`.
    own : bool
        Whether it bears the mark of this user.
    """
    measured = "measured" in claim.statement.domains
    if measured or row["verdict"] not in (Verdict.PROVED, Verdict.REFUTED):
        return "" if own else OTHERS
    carried = _carried(claim, row)
    if carried[0].verdict.value != row["verdict"]:
        return carried[0].detail
    if row["negative_control"] != Verdict.REFUTED:
        if not own:
            return OTHERS
        control, falls = row["negative_control"], None
    else:
        control, falls = Verdict.REFUTED.value, _point(claim.mutant, row["control"])
        if falls is None:
            return "its false twin is not seen to fail"
    slack = carried[0].slack or ("" if falls is None else bracket(claim))
    if not slack and row["slack"] == SHARP and row["verdict"] == Verdict.PROVED:
        slack = attained(claim.statement)
    for found in carried:
        verdict = found.verdict
        made = report_row(Row(claim, (found,), verdict, control, slack, row["seconds"], falls))
        if made == row:
            return ""
    return "it says something else than what it carries"


def say(ledger: Ledger | None) -> None:
    """Say in one line which rows were not taken over, and in another which never can be."""
    if ledger is None:
        return
    said = []
    if ledger.doubts:
        (first, why), more = next(iter(ledger.doubts.items())), len(ledger.doubts) - 1
        others = f", and {more} more row{'s' * (more != 1)}" if more else ""
        said = [f"{first} ({why[:200]}){others}: not believed, and done again"]
    elif ledger.stale:
        said = [f"of another program or library, and done again: {ledger.stale}"]
    if not mark(""):
        unkept = f"no key of yours can be kept in {str(key_file())[:300]}"
        said.append(f"{unkept}: rows without a certificate cannot be taken over later")
    for each in said:
        click.echo(plain(f"lemmata: --resume: {ledger.path}: {each}", 1_000), err=True)


def _carried(claim: Claim, row: ReportRow) -> Sequence[Evidence]:
    """The evidence of a row made anew, with the words that there may be for it."""
    if certificate := row.get("certificate"):
        return (accepted(claim.statement, certificate),)
    if row["verdict"] == Verdict.REFUTED:
        found = _point(claim.statement, row["evidence"][0])
        if found is None:
            return (_nothing("the claim is not seen to fail where it is said to"),)
        made = refuted(found)
        exact = (replace(made, kind=Kind.IDENTITY, detail=said) for said in (AT_POINT, AT_MATRICES))
        return (made, *exact)
    decider = _decider(claim)
    return (
        _nothing(EMPTY) if decider is None else decider(claim.statement, "quick", BUDGET_SECONDS),
    )


def _decider(claim: Claim) -> Gatherer | None:
    """What decides a claim for good without a certificate, if anything does."""
    if "matrix" in claim.statement.domains:
        return matrix_identity
    identity = derived(claim.name)
    if identity is None and gatherers(claim) != (PLAIN_IDENTITY,):
        return None
    return partial(decided, identity)


def _point(statement: Statement, said: ReportRow) -> Counterexample | None:
    """A counterexample that is in a row, as it is decided afresh."""
    written = said["counterexample"]
    return None if written is None else fails(statement, written["point"])


def _nothing(why: str) -> Evidence:
    return Evidence(Kind.CERTIFICATE, Verdict.UNDECIDED, why)
