"""Rows of verification from a file: the output of ``lemmata verify --json``, or its ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from proofs.evidence.ledger import HEADER, stored
from proofs.evidence.verdicts import Verdict
from proofs.presentation.report import ReportRow, seal
from theory import files
from theory.errors import InputError

MAX_BYTES = 200_000_000
_WAY_OUT = "restore a copy, or run lemmata verify --json again"
_TEXTS = ("name", "title", "verdict", "negative_control")


def read(path: Path) -> tuple[list[ReportRow], int]:
    """Read the rows of a finished (or interrupted) verification.

    Parameters
    ----------
    path : Path
        What ``lemmata verify --json`` printed, or the file of ``lemmata verify --resume``.

    Returns
    -------
    rows : list of ReportRow
    unchecked : int
        Kernel-checked theorems that were not compiled in that run.

    Raises
    ------
    InputError
        One line, for a file that is neither, or whose digests do not fit its statements.
    """
    where = f"--results {path.name}"
    if not files.ordinary(path, where, MAX_BYTES):
        raise InputError(where, "no such file")
    try:
        text = files.text(path, MAX_BYTES)
    except InputError as wrong:
        raise InputError(where, wrong.problem) from None
    rows, unchecked = (stored(path), 0) if text.startswith(HEADER) else _output(text, where)
    for n, row in enumerate(rows, 1):
        if problem := _problem(row):
            raise InputError(where, f"row {n}: {problem}")
    return rows, unchecked


def _output(text: str, where: str) -> tuple[list[Any], int]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise InputError(where, "is neither the output nor the ledger of lemmata verify") from None
    rows = data.get("claims") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        raise InputError(where, "is neither the output nor the ledger of lemmata verify")
    if not isinstance(data.get("digest"), str):
        raise InputError(where, f"has no digest, as of an earlier lemmata; {_WAY_OUT}")
    if data["digest"] != seal(data):
        raise InputError(where, f"is damaged: its digest is that of something else; {_WAY_OUT}")
    summary = data.get("summary")
    unchecked = summary.get("kernel_not_checked", 0) if isinstance(summary, dict) else 0
    return rows, unchecked if isinstance(unchecked, int) else 0


def _problem(row: Any) -> str:
    """Say what is wrong with a row; nothing if it can be shown."""
    if not isinstance(row, dict):
        return "is no object"
    if missing := [k for k in _TEXTS if not isinstance(row.get(k), str)]:
        return f"{missing[0]} is not text"
    if row["verdict"] not in set(Verdict):
        return f"{row['verdict'][:40]!r} is no verdict"
    source, evidence = row.get("source"), row.get("evidence")
    if not isinstance(source, dict) or not all(
        isinstance(source.get(k), str) for k in ("key", "statement", "sureness")
    ):
        return "the source is not complete"
    if not isinstance(evidence, list) or not all(_is_evidence(e) for e in evidence):
        return "the evidence is malformed"
    statement, digest = row.get("statement"), row.get("digest")
    if not isinstance(statement, dict | str):
        return "the statement is missing"
    if "digest" not in row or not isinstance(digest, str | None):
        return "the digest is missing"
    if digest is not None and digest != digest_of(statement):
        return f"the digest of {row['name'][:60]!r} is not that of its statement"
    return ""


def _is_evidence(evidence: Any) -> bool:
    if not isinstance(evidence, dict) or evidence.get("verdict") not in set(Verdict):
        return False
    found, points = evidence.get("counterexample"), evidence.get("points", [])
    return (
        isinstance(evidence.get("kind"), str)
        and isinstance(evidence.get("detail"), str)
        and (found is None or isinstance(found, dict))
        and isinstance(points, list)
    )


def digest_of(statement: Mapping[str, Any] | str) -> str:
    """The digest that a statement has by its canonical JSON; see ``Statement.digest``."""
    text = json.dumps(statement, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
