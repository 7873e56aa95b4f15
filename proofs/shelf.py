"""Certificates that come with the catalogue: checked afresh each time, so never searched twice."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from proofs import certificates
from proofs.search import accepted
from proofs.verdicts import Evidence, Verdict
from theory.claims import Claim, Statement

SHIPPED = Path(certificates.__file__).parent / "catalogue"


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
    for path in sorted(SHIPPED.glob("*.json")):
        text = path.read_text(encoding="utf-8")
        try:
            found[str(json.loads(text)["digest"])] = text
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
    return found


def shelve(claim: Claim, evidence: tuple[Evidence, ...], folder: Path) -> Path | None:
    """Write the certificate of a proved claim into a folder, as ``NAME.json``.

    Returns
    -------
    Path or None
        None if no evidence is a certificate.
    """
    for one in evidence:
        text = one.data.get("certificate")
        if text and one.verdict is Verdict.PROVED:
            path = folder / f"{claim.name}.json"
            beside = path.with_suffix(".tmp")
            beside.write_text(text, encoding="utf-8")
            beside.replace(path)
            return path
    return None
