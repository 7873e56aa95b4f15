"""Certificates that come with the catalogue: checked afresh each time, so never searched twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from numerics.sweeps.files import replacing
from proofs import certificates
from proofs.search import accepted
from proofs.verdicts import Evidence, Verdict
from theory.claims import Statement
from theory.errors import InputError

SHIPPED = Path(certificates.__file__).parent / "catalogue"
LIBRARY = Path(certificates.__file__).parent / "library"


def shelved(statement: Statement) -> Evidence | None:
    """The evidence of a shipped certificate, if there is one that the core accepts.

    A file that is damaged, or about another statement, is as good as none: the search goes on.
    """
    text = texts().get(statement.digest)
    if text is None:
        return None
    evidence = accepted(statement, text)
    return evidence if evidence.verdict is Verdict.PROVED else None


@lru_cache(maxsize=1)
def texts() -> dict[str, str]:
    """The shipped certificates, by the digests of their statements."""
    found = {}
    for path in (*sorted(SHIPPED.glob("*.json")), *sorted(LIBRARY.glob("*.json"))):
        text = path.read_text(encoding="utf-8")
        try:
            found[str(json.loads(text)["digest"])] = text
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
    return found


def shelve(rows: Iterable[Mapping[str, Any]], folder: Path) -> list[Path]:
    """Write the certificates of proved claims into a folder, as ``NAME.json``.

    Parameters
    ----------
    rows : iterable of report rows
        Of verification, or of a ledger.
    folder : Path
        Created if absent.

    Returns
    -------
    list of Path
        What was written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise InputError("certificates", f"{str(folder)[:200]}: {wrong.strerror}") from None
    made = []
    for row in rows:
        text = row.get("certificate")
        if text and row["verdict"] == Verdict.PROVED:
            path = folder / f"{row['name']}.json"
            with replacing(path, "certificates") as beside:
                beside.write_text(text, encoding="utf-8")
            made.append(path)
    return made
