"""Decide a claim: a glance at it, then a counterexample, then a certificate, then look harder."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from proofs import library
from proofs.evidence.shelf import shelved
from proofs.evidence.verdicts import Counterexample, Evidence, Kind, Verdict
from proofs.refutation.refute import refute
from proofs.search import prove
from theory.catalogue.headings import lemmas
from theory.claims import Claim, Statement
from theory.errors import InputError
from theory.hints import Hints
from theory.names import nearest

GLANCE_SECONDS = 0.15


def decide(
    statement: Statement,
    budget_seconds: float = 10.0,
    seed: int = 0,
    hints: Hints | None = None,
) -> Evidence:
    """Prove or refute a statement, whichever comes first.

    Parameters
    ----------
    statement : Statement
        What is claimed.
    budget_seconds : float
        CPU time for all attempts together.
    seed : int
        Of the search for counterexamples.
    hints : Hints, optional
        What a person knows about the proof.

    Returns
    -------
    Evidence
        REFUTED with an exact counterexample, PROVED with a certificate that the core accepted,
        or what :func:`proofs.search.prove` says of its failure.
    """
    start = time.process_time()
    for name in hints.uses if hints else ():
        _named(name, hints or Hints())
    # What is plain is proved in milliseconds, while a search for counterexamples spends its time.
    evidence = prove(statement, min(GLANCE_SECONDS, budget_seconds / 8))
    if evidence.verdict is Verdict.PROVED:
        return evidence
    found = refute(statement, min(0.5, budget_seconds / 4), seed)
    if found is not None:
        return refuted(found)
    named = premises(hints, budget_seconds / 4) if hints else {}
    evidence = prove(statement, budget_seconds * 0.7, hints, named)
    left = budget_seconds - (time.process_time() - start)
    if evidence.verdict is Verdict.PROVED or left < 0.05:
        return evidence
    cited = by_library(statement, budget_seconds / 8)  # last, as the library takes a second to read
    if cited.verdict is Verdict.PROVED:
        return cited
    evidence = replace(evidence, detail=f"{evidence.detail}; {cited.detail}")
    left = max(0.05, budget_seconds - (time.process_time() - start))
    found = refute(statement, left, seed + 1)
    return evidence if found is None else refuted(found)


def by_library(statement: Statement, budget_seconds: float) -> Evidence:
    """Prove a statement by citing a lemma of the library that says much the same."""
    tried: list[str] = []
    for entry in library.alike(statement):
        known = shelved(entry.claim.statement)
        if known is None:
            continue
        name = entry.claim.name
        certificate = {name: json.loads(known.data["certificate"])}
        evidence = prove(statement, budget_seconds / 2, Hints(uses=(name,)), certificate)
        if evidence.verdict is Verdict.PROVED:
            return evidence
        tried.append(name)
    detail = f"citing {', '.join(tried)} did not help" if tried else "no lemma is alike"
    return Evidence(Kind.CERTIFICATE, Verdict.UNDECIDED, detail)


def _named(name: str, hints: Hints) -> Claim:
    """The lemma that a hint names; of the same file or the library."""
    entry = library.named(name)
    claim = hints.own.get(name) or (entry and entry.claim)
    if not claim:
        problem = f"{name!r} is neither a lemma of the library nor a claim of the file"
        meant = nearest(name, (*hints.own, *lemmas())) or " (`lemmata search` finds lemmas)"
        raise InputError("uses", f"{problem}{meant}")
    return claim


def premises(
    hints: Hints, budget_seconds: float, begun: tuple[str, ...] = ()
) -> dict[str, Mapping[str, Any]]:
    """The certificates, as data, of the lemmas that hints name: of the same file or the library.

    Raises
    ------
    InputError
        If there is no such lemma, or no certificate of it can be had.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for name in hints.uses:
        claim = _named(name, hints)
        if name in begun:
            raise InputError("uses", f"{name!r} rests on itself")
        evidence = shelved(claim.statement)
        if evidence is None:
            inner = premises(claim.hints, budget_seconds, (*begun, name))
            evidence = prove(claim.statement, budget_seconds, claim.hints, inner)
        if evidence.verdict is not Verdict.PROVED:
            raise InputError("uses", f"{name!r} is not proved, so it cannot be cited")
        found[name] = json.loads(evidence.data["certificate"])
    return found


def refuted(counterexample: Counterexample) -> Evidence:
    """Turn a counterexample into evidence."""
    at = ", ".join(f"{x} = {v}" for x, v in sorted(counterexample.point.items()))
    return Evidence(
        Kind.ENCLOSURE if "[" in counterexample.left + counterexample.right else Kind.IDENTITY,
        Verdict.REFUTED,
        f"fails at {at}" if at else "fails",
        counterexample=counterexample,
    )
