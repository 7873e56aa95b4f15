"""Rows of verification from a file: the output of ``lemmata verify --json``, or its ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from proofs.evidence.cached import mark
from proofs.evidence.ledger import HEADER, marked
from proofs.evidence.rows import as_typed, problem
from proofs.presentation.report import ReportRow, seal
from theory import files
from theory.errors import InputError

MAX_BYTES = 200_000_000
_WAY_OUT = "restore a copy, or run lemmata verify --json again"


def read(path: Path) -> tuple[list[ReportRow], int]:
    """Read the rows of a finished (or interrupted) verification; see :func:`saved`."""
    rows, unchecked = saved(path)
    return [row for row, _ in rows], unchecked


def saved(path: Path) -> tuple[list[tuple[ReportRow, bool]], int]:
    """Read the rows of a finished (or interrupted) verification, and whose they are.

    Parameters
    ----------
    path : Path
        What ``lemmata verify --json`` printed, or the file of ``lemmata verify --resume``.

    Returns
    -------
    rows : list of (ReportRow, bool)
        Each with whether a run of this user wrote it; nothing else is said of one that is not.
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
    rows, unchecked = (marked(path), 0) if text.startswith(HEADER) else _output(text, where)
    for n, (row, _) in enumerate(rows, 1):
        if unfit := problem(row):
            raise InputError(where, f"row {n}: {unfit}")
        try:
            as_typed(row)
        except InputError as wrong:
            raise InputError(where, f"row {n}: {wrong.problem}") from None
    return rows, unchecked


def _output(text: str, where: str) -> tuple[list[tuple[Any, bool]], int]:
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
    own = mark(data["digest"])
    ours = bool(own) and own == data.get("mark")
    return [(row, ours) for row in rows], unchecked if isinstance(unchecked, int) else 0
