"""What verification found: rows as plain data, for JSON, for the ledger and for the table."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from proofs.cli import (
    EXIT_BUDGET,
    EXIT_FAILED,
    EXIT_HOLDS,
    EXIT_INPUT,
    EXIT_INTERNAL,
    EXIT_TOOL,
)
from proofs.evidence import negations
from proofs.evidence.cached import mark
from proofs.evidence.rows import said
from proofs.evidence.verdicts import ASSUMED, Counterexample, Evidence, Kind, Rung, Verdict
from theory.claim_files import Unread
from theory.claims import Claim
from theory.errors import Unsupported, plain
from theory.exact import decimal_string

if TYPE_CHECKING:
    from proofs.evidence.kernel import Entry, KernelResult
    from proofs.verification.catalogue import Row
    from proofs.verification.workers import Failure

ReportRow = dict[str, Any]

_NOT_DONE = {Kind.ERROR.value, Kind.LIMIT.value, Kind.MISSING.value}


def rung(row: ReportRow) -> str | None:
    """The highest rung of the evidence that carries the verdict of a row; None if it has none."""
    order = [r.value for r in Rung]
    carrying = [Kind(e["kind"]).rung for e in row["evidence"] if e["verdict"] == row["verdict"]]
    found = sorted((r.value for r in carrying if r is not None), key=order.index)
    match row["verdict"]:
        case Verdict.PROVED | Verdict.REFUTED:
            return found[0] if found else None
        case Verdict.SUPPORTED:  # an enclosure outside of the core supports, it does not prove
            return Rung.MEASURED.value if found else None
    return None


def shown_evidence(row: ReportRow) -> str:
    """Rung and kinds of the evidence of a row, for a person; what led to nothing is no evidence."""
    if row["verdict"] == Verdict.REFUTED:
        return "counterexample"
    kinds = ", ".join(e["kind"] for e in row["evidence"] if e["verdict"] == row["verdict"])
    for told in (e["detail"].partition(ASSUMED)[2] for e in row["evidence"]):
        kinds += f"; {ASSUMED}{told}" if told else ""
    return "—" if rung(row) is None else f"{rung(row)}: {kinds}"


def report_row(row: Row) -> ReportRow:
    """Write a row as JSON values; the schema is ``proofs/schemas/verify.schema.json``."""
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
        **said(claim),
        "evidence": [_evidence(e) for e in row.evidence],
        "verdict": row.verdict.value,
        "negative_control": row.negative_control,
        "control": {
            "statement": json.loads(claim.mutant.canonical),
            "counterexample": _counterexample(row.control_point),
        },
        "slack": row.slack or None,
        "seconds": round(row.seconds, 3),
        "certificate": next((c for e in row.evidence if (c := e.data.get("certificate"))), None),
    }


def lacking(rows: Sequence[ReportRow]) -> str:
    """What is not installed, in one line, with how many claims want it; nothing if all is there."""
    missing = Kind.MISSING.value
    wants = Counter(e["detail"] for r in rows for e in r["evidence"] if e["kind"] == missing)
    return "; ".join(f"{n} claim{'s' * (n != 1)} not verified: {why}" for why, n in wants.items())


def failed_row(claim: Claim, failure: Failure) -> ReportRow:
    """Write the row of a claim whose verification came to no end; others are not concerned."""
    unlucky = Kind.MISSING if failure.missing else Kind.LIMIT
    kind = Kind.ERROR if failure.internal else unlucky
    evidence = (Evidence(kind, Verdict.UNDECIDED, failure.reason),)
    control = Verdict.UNDECIDED.value
    from proofs.verification.catalogue import Row  # with all that proves

    return report_row(Row(claim, evidence, Verdict.UNDECIDED, control, "", 0.0))


def unread_row(source: str, unread: Unread) -> ReportRow:
    """Write the row of a table that is no claim; others are not concerned."""
    covered = not isinstance(unread.problem, Unsupported)
    kind = Kind.UNREADABLE if covered else Kind.UNCOVERED
    detail = f"{unread.problem.argument.rpartition(': ')[2]}: {unread.problem.problem}"
    return {
        "name": unread.name,
        "title": unread.name,
        "source": {"key": "lemmata", "statement": plain(source), "sureness": "re-derived"},
        "statement": "",
        "digest": None,
        "evidence": [_evidence(Evidence(kind, Verdict.UNSUPPORTED, plain(detail, 1_000)))],
        "verdict": Verdict.UNSUPPORTED.value,
        "negative_control": Verdict.UNSUPPORTED.value,
        "slack": None,
        "seconds": 0.0,
    }


def finished(row: ReportRow) -> bool:
    """Whether verification came to an end of its own, so that the row is worth keeping."""
    return not {e["kind"] for e in row["evidence"]} & _NOT_DONE


def kernel_row(entry: Entry, result: KernelResult) -> ReportRow:
    """Write a kernel-checked claim as a row: the statement is what the kernel printed."""
    # The run fails unless every false variant of the record is rejected by the kernel.
    control = negations.control(entry.false)
    return {
        "name": entry.claim,
        "title": entry.words,
        "source": {"key": entry.source, "statement": entry.number, "sureness": "re-derived"},
        "statement": result.statement,
        "digest": None,
        "evidence": [kernel_evidence(result)],
        "verdict": Verdict.PROVED.value,
        "negative_control": control,
        "slack": None,
        "seconds": round(result.seconds, 3),
    }


UNCHECKED = "not checked in this run: it needs --level kernel"


def unchecked_row(entry: Entry) -> ReportRow:
    """Write a kernel-checked claim that was asked for by name but not compiled in this run."""
    evidence = {
        "kind": Kind.KERNEL.value,
        "verdict": Verdict.UNSUPPORTED.value,
        "detail": UNCHECKED,
        "counterexample": None,
    }
    return {
        "name": entry.claim,
        "title": entry.words,
        "source": {"key": entry.source, "statement": entry.number, "sureness": "re-derived"},
        "statement": entry.statement,
        "digest": None,
        "evidence": [evidence],
        "verdict": Verdict.UNSUPPORTED.value,
        "negative_control": Verdict.UNSUPPORTED.value,
        "slack": None,
        "seconds": 0.0,
    }


def kernel_evidence(result: KernelResult) -> dict[str, Any]:
    """Write the kernel's acceptance of a theorem as evidence."""
    axioms = ", ".join(a.rpartition(".")[2] for a in result.axioms) or "none"
    return {
        "kind": Kind.KERNEL.value,
        "verdict": Verdict.PROVED.value,
        "detail": f"theorem {result.theorem}: {result.statement}; axioms at most: {axioms}",
        "counterexample": None,
    }


def report(
    rows: Sequence[ReportRow],
    seconds: float,
    unchecked: int,
    theorems: Mapping[str, int] = MappingProxyType({}),
    standings: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Collect rows under a summary; ``unchecked`` kernel theorems were not compiled in this run."""
    made = {
        "theorems": list(standings),
        "claims": [_public(r) for r in rows],
        "summary": {
            "theorems": dict(theorems),
            "claims": len(rows),
            "verdicts": counts(rows),
            "controls_refuted": sum(r["negative_control"] == "refuted" for r in rows),
            "kernel_not_checked": unchecked,
            "seconds": round(seconds, 3),
        },
    }
    sealed = seal(made)
    return {"digest": sealed, "mark": mark(sealed), **made}


def seal(made: Mapping[str, Any]) -> str:
    """Digest a report, however its JSON is laid out; what seals it does not count."""
    rest = {k: v for k, v in made.items() if k not in ("digest", "mark")}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def _public(row: ReportRow) -> ReportRow:
    """A row as it is printed: with its rung, without its certificate, which is a file."""
    return {**{k: v for k, v in row.items() if k != "certificate"}, "rung": rung(row)}


def counts(rows: Sequence[ReportRow]) -> dict[str, int]:
    """Count the verdicts, strongest first."""
    found = Counter(r["verdict"] for r in rows)
    return {v.value: found[v.value] for v in Verdict if found[v.value]}


def exit_code(rows: Sequence[ReportRow]) -> int:
    """Say how it went, by the worst of the rows.

    2 if a table cannot be read, 1 if a claim or control failed, 70 on internal errors, 3 or 4 if
    one is open: 3 if all that is open wants a library which is not installed. A claim whose proof
    Coq does not accept is open at the level of the kernel: its certificate stands.
    """
    if any(e["kind"] == Kind.UNREADABLE.value for r in rows for e in r["evidence"]):
        return EXIT_INPUT
    controls = {r["negative_control"] for r in rows} - {"refuted", negations.REJECTED}
    unsure = {Verdict.UNDECIDED.value, Verdict.UNSUPPORTED.value}
    if controls - unsure or any(r["verdict"] == Verdict.REFUTED.value for r in rows):
        return EXIT_FAILED
    if any(e["kind"] == Kind.ERROR.value for r in rows for e in r["evidence"]):
        return EXIT_INTERNAL
    left = [r for r in rows if coq_disagrees(r) or {r["verdict"], r["negative_control"]} & unsure]
    if not left:
        return EXIT_HOLDS
    wanting = all(any(e["kind"] == Kind.MISSING.value for e in r["evidence"]) for r in left)
    return EXIT_TOOL if wanting else EXIT_BUDGET


def coq_disagrees(row: ReportRow) -> bool:
    """Whether Coq was given the certificate of a row as a proof, and did not accept it."""
    return any(
        e["kind"] == Kind.KERNEL.value and e["verdict"] == Verdict.UNDECIDED.value
        for e in row["evidence"]
    )


def unwritten(rows: Sequence[ReportRow]) -> dict[str, list[str]]:
    """Claims whose certificates cannot be written as Coq proofs yet, by the reason."""
    found: dict[str, list[str]] = {}
    for r in rows:
        for e in r["evidence"]:
            kernel = e["kind"] == Kind.KERNEL.value and e["detail"] != UNCHECKED  # Coq has that one
            if kernel and e["verdict"] == Verdict.UNSUPPORTED.value:
                found.setdefault(e["detail"], []).append(r["name"])
    return found


def _evidence(evidence: Evidence) -> dict[str, Any]:
    written: dict[str, Any] = {
        "kind": evidence.kind.value,
        "verdict": evidence.verdict.value,
        "detail": evidence.detail,
        "counterexample": _counterexample(evidence.counterexample),
    }
    if evidence.points:
        written["points"] = [[decimal_string(side, 9) for side in p] for p in evidence.points]
    return written


def _counterexample(found: Counterexample | None) -> dict[str, Any] | None:
    if found is None:
        return None
    point = {n: str(v) for n, v in found.point.items()}
    return {"point": point, "left": found.left, "right": found.right}
