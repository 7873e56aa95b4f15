"""Certificates as files: deterministic JSON about one statement, sealed against change."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from proofs.core import check
from proofs.core.terms import Malformed, Rejected
from theory.claims import Statement
from theory.errors import InputError


def certificate(
    statement: Statement,
    proof: Sequence[Mapping[str, Any]],
    lemmas: Sequence[Mapping[str, Any]] = (),
) -> str:
    """Write a certificate.

    Parameters
    ----------
    statement : Statement
        What it is about; its canonical text goes in for the reader, its digest for the machine.
    proof : sequence of trees
        A tree of rules for each thing that must hold for the conclusion to be defined, and one
        for the conclusion.
    lemmas : sequence of certificates as data
        What the proof cites.

    Returns
    -------
    str
        Canonical JSON; the same arguments give the same bytes.
    """
    data = check.sealed(json.loads(statement.canonical), list(proof), list(lemmas))
    return check.canonical(data) + "\n"


def read(path: Path) -> str:
    """Read a certificate file; what it says is judged by the checker alone."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise InputError(str(path), f"cannot be read: {wrong}") from None


def describe(text: str) -> str:
    """The statement of a certificate on one line, for a person; empty if it is not well formed."""
    try:
        with check.guarded():
            statement = check.load(text)["statement"]
            for part in check.parts(statement):
                check.goal_of(part)
            return check.written(statement)
    except (Malformed, Rejected):
        return ""
