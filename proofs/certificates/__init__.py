"""Certificates as files: deterministic JSON about one statement, sealed against change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from theory.claims import Statement
from theory.errors import InputError

FORMAT = "lemmata certificate 2"


def certificate(statement: Statement, proof: Sequence[Mapping[str, Any]]) -> str:
    """Write a certificate.

    Parameters
    ----------
    statement : Statement
        What it is about; its canonical text goes in for the reader, its digest for the machine.
    proof : sequence of trees
        A tree of rules for the conclusion, and one for each thing that must hold for it to be
        defined.

    Returns
    -------
    str
        Canonical JSON; the same arguments give the same bytes.
    """
    body = {
        "format": FORMAT,
        "statement": json.loads(statement.canonical),
        "digest": statement.digest,
        "proof": list(proof),
    }
    sealed = hashlib.sha256(canonical(body).encode()).hexdigest()
    return canonical({**body, "seal": sealed}) + "\n"


def canonical(data: Any) -> str:
    """JSON with sorted keys and no spaces."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"))


def read(path: Path) -> str:
    """Read a certificate file; what it says is judged by the checker alone."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise InputError(str(path), f"cannot be read: {wrong}") from None


def describe(text: str) -> str:
    """The statement of a well-formed certificate on one line, for a person."""
    about = json.loads(text)["statement"]
    parts = [f"{x}: {d}" for x, d in about["variables"].items()]
    parts += [f"{n} := {e}" for n, e in about["definitions"]]
    parts += [f"{c} = {v}" for c, v in about["constants"].items()]
    parts += [str(h) for h in about["hypotheses"].values()]
    return f"for all {', '.join(parts)}: {about['conclusion']}" if parts else about["conclusion"]
