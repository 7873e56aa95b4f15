"""Certificates as files: deterministic JSON about one statement, sealed against change."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from proofs.core import check
from proofs.core.terms import Malformed, Rejected
from theory import files
from theory.claims import Statement


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
    return files.text(path, check.MAX_BYTES)


def describe(text: str) -> str:
    """The statement of a certificate on one line, for a person; empty if it is not well formed."""
    try:
        with check.guarded():
            statement = check.load(text)["statement"]
            for part in check.parts(statement):
                check.goal_of(part)
            return said(statement)
    except (Malformed, Rejected):
        return ""


def said(data: Mapping[str, Any]) -> str:
    """A well-formed statement on one line; an accumulator as where it begins and how it goes on."""
    parts = [f"{x}: {kind}" for x, kind in data["variables"].items()]
    parts += [f"{c} = {v}" for c, v in data["constants"].items()]
    parts += [f"{n} := {meaning}" for n, meaning in data["definitions"]]
    parts += [f"[{label}] {relation}" for label, relation in data["hypotheses"].items()]
    if "layers" in data:
        layers = data["layers"]
        parts += [f"{n}_0 = {start}" for n, start, _ in layers["accumulators"]]
        inner = [f"{x}: {kind}" for x, kind in layers["variables"].items()]
        inner += [f"[{label}] {relation}" for label, relation in layers["hypotheses"].items()]
        own = f" with its own {', '.join(inner)}" if inner else ""
        moves = ", ".join(f"{n} -> {update}" for n, _, update in layers["accumulators"])
        parts.append(f"then, in any number of layers{own}, {moves}")
    concluded = "; and ".join(map(check.conclusion_text, check.rows_of(data)))
    return f"for all {'; '.join(parts)}: {concluded}" if parts else concluded
