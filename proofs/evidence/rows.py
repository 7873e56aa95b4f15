"""What a row of verification is, as plain data: asked wherever one is read from a file.

A digest says that a row is as it was written, and not that it was written by this program.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from proofs.evidence.verdicts import Kind, Verdict
from theory.claims import Claim
from theory.errors import InputError
from theory.language.typed import Typed, again, is_table
from theory.statements import Statement

_TEXTS = ("name", "title", "verdict", "negative_control")
_SOURCE = ("key", "statement", "sureness")
_MOST_SECONDS = 1e12
_DECIDED = frozenset({Verdict.PROVED, Verdict.REFUTED, Verdict.SUPPORTED})
_PARTS = {"variables", "definitions", "hypotheses", "conclusion", "constants", "scope"}


def problem(row: Any) -> str:
    """Say what is wrong with a row; nothing if it can be shown, counted and kept."""
    if not isinstance(row, dict):
        return "is no object"
    if missing := [k for k in _TEXTS if not isinstance(row.get(k), str)]:
        return f"{missing[0]} is not text"
    if row["verdict"] not in set(Verdict):
        return f"{row['verdict'][:40]!r} is no verdict"
    if not _has_texts(row.get("source"), _SOURCE):
        return "the source is not complete"
    evidence, statement, digest = row.get("evidence"), row.get("statement", 0), row.get("digest")
    if not isinstance(evidence, list) or not all(map(_is_evidence, evidence)):
        return "the evidence is malformed"
    if not isinstance(statement, str) and not _is_statement(statement):
        return "the statement is missing"
    if "digest" not in row or not isinstance(digest, str | None):
        return "the digest is missing"
    if digest is not None and digest != digest_of(statement):
        return f"the digest of {row['name'][:60]!r} is not that of its statement"
    if "typed" in row and (digest is None or not is_table(row["typed"])):
        return f"what was typed as {row['name'][:60]!r} is malformed"
    if row["verdict"] in _DECIDED and row["verdict"] not in {e["verdict"] for e in evidence}:
        return f"the evidence of {row['name'][:60]!r} does not say {row['verdict']}"
    if (certificate := row.get("certificate")) and _digest_in(certificate) != digest:
        return f"the certificate of {row['name'][:60]!r} is about another statement"
    control, seconds = row.get("control"), row.get("seconds")
    if "control" in row and not (
        isinstance(control, dict)
        and _is_statement(control.get("statement"))
        and _is_counterexample(control.get("counterexample"))
    ):
        return "the control is malformed"
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return "seconds is no number"
    if not 0 <= seconds < _MOST_SECONDS:
        return "seconds is no time that a claim takes"
    if wrong := [k for k in ("slack", "certificate") if not isinstance(row.get(k), str | None)]:
        return f"{wrong[0]} is not text"
    if hidden := next((text for text in _texts(row) if not text.isprintable()), None):
        return f"a text of {row['name'][:60]!r} is not shown as it is: {hidden[:60]!r}"
    return ""


def said(claim: Claim) -> dict[str, Any]:
    """What a row keeps of the words of a claim that was read as one about other names."""
    table = {} if claim.typed is None else dict(claim.typed.table)
    return {"typed": table} if is_table(table) else {}


def as_typed(row: Mapping[str, Any]) -> tuple[Statement, Typed] | None:
    """The statement of a row read again from what was typed; None if it is shown as it is proved.

    Raises
    ------
    InputError
        If what was typed is not what the digest of the row is about: it would be shown as proved.
    """
    if "typed" not in row:
        return None
    try:
        return again(row["typed"], row["digest"])
    except InputError:
        problem = f"what was typed as {row['name'][:60]!r} is not the statement of its row"
        raise InputError("typed", problem) from None


def _texts(value: Any) -> Iterator[str]:
    """All texts within plain data, without the line ends that they may have."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one.replace("\n", "")
        elif isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list | tuple):
            waiting += one


def _has_texts(value: Any, keys: tuple[str, ...]) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(k), str) for k in keys)


def _is_statement(value: Any) -> bool:
    return (
        isinstance(value, dict) and value.keys() >= _PARTS and isinstance(value["variables"], dict)
    )


def _is_counterexample(found: Any) -> bool:
    if found is None:
        return True
    point = found.get("point") if isinstance(found, dict) else None
    return (
        _has_texts(found, ("left", "right"))
        and isinstance(point, dict)
        and all(isinstance(value, str) for value in point.values())
    )


def _is_evidence(evidence: Any) -> bool:
    if not _has_texts(evidence, ("kind", "verdict", "detail")):
        return False
    points = evidence.get("points", [])
    return (
        evidence["kind"] in set(Kind)
        and evidence["verdict"] in set(Verdict)
        and _is_counterexample(evidence.get("counterexample"))
        and isinstance(points, list)
        and all(isinstance(p, list) and [*map(type, p)] == [str, str] for p in points)
    )


def _digest_in(certificate: Any) -> str | None:
    """The digest of the statement that a certificate says it is about."""
    try:
        found = json.loads(certificate)
    except (TypeError, ValueError, RecursionError):
        return None
    said = found.get("digest") if isinstance(found, dict) else None
    return said if isinstance(said, str) else None


def digest_of(statement: Mapping[str, Any] | str) -> str:
    """The digest that a statement has by its canonical JSON; see ``Statement.digest``."""
    text = json.dumps(statement, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
