"""The kernel's word on certificates: rows of verification gain what Coq says of their proofs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from proofs.core.terms import Malformed, Rejected
from proofs.evidence.verdicts import Kind, Verdict
from proofs.export import Untranslatable, translate
from proofs.export.run import Outcome, compile_all


def confirm(rows: Sequence[dict[str, Any]], jobs: int, cache: Path | None) -> None:
    """Have Coq check the certificates of proved rows, and add what it says to their evidence.

    Parameters
    ----------
    rows : sequence of report rows
        Those with a certificate gain a line of evidence in front: proved if Coq accepts,
        undecided if it does not, unsupported if the proof cannot be written for it yet.
    jobs : int
        How many compilers run at once.
    cache : Path or None
        Where accepted files are remembered.

    Raises
    ------
    ToolMissing
        If Coq is not installed.
    """
    files: dict[str, str] = {}
    for place, row in enumerate(rows):
        text = row.get("certificate")
        if not text or row["verdict"] != Verdict.PROVED:
            continue
        try:
            files[str(place)] = translate(text, row["name"])
        except (Untranslatable, Malformed, Rejected) as wrong:
            row["evidence"].insert(0, _evidence(Verdict.UNSUPPORTED, " ".join(str(wrong).split())))
    for number, outcome in compile_all(files, jobs, cache).items():
        rows[int(number)]["evidence"].insert(0, _said(outcome))


def _said(outcome: Outcome) -> dict[str, Any]:
    if not outcome.accepted:
        return _evidence(Verdict.UNDECIDED, f"Coq does not accept the proof: {outcome.reason}")
    return _evidence(Verdict.PROVED, "Coq accepts the certificate as a proof of the statement")


def _evidence(verdict: Verdict, detail: str) -> dict[str, Any]:
    return {
        "kind": Kind.KERNEL.value,
        "verdict": verdict.value,
        "detail": detail,
        "counterexample": None,
    }
