"""Decide a claim: a glance at it, then a counterexample, then a certificate, then look harder."""

from __future__ import annotations

import time

from proofs.refute import refute
from proofs.search import prove
from proofs.verdicts import Counterexample, Evidence, Kind, Verdict
from theory.claims import Statement

GLANCE_SECONDS = 0.15


def decide(statement: Statement, budget_seconds: float = 10.0, seed: int = 0) -> Evidence:
    """Prove or refute a statement, whichever comes first.

    Parameters
    ----------
    statement : Statement
        What is claimed.
    budget_seconds : float
        CPU time for all attempts together.
    seed : int
        Of the search for counterexamples.

    Returns
    -------
    Evidence
        REFUTED with an exact counterexample, PROVED with a certificate that the core accepted,
        or what :func:`proofs.search.prove` says of its failure.
    """
    start = time.process_time()
    # What is plain is proved in milliseconds, while a search for counterexamples spends its time.
    evidence = prove(statement, min(GLANCE_SECONDS, budget_seconds / 8))
    if evidence.verdict is Verdict.PROVED:
        return evidence
    found = refute(statement, min(0.5, budget_seconds / 4), seed)
    if found is not None:
        return refuted(found)
    evidence = prove(statement, budget_seconds * 0.7)
    left = budget_seconds - (time.process_time() - start)
    if evidence.verdict is Verdict.PROVED or left < 0.05:
        return evidence
    found = refute(statement, left, seed + 1)
    return evidence if found is None else refuted(found)


def refuted(counterexample: Counterexample) -> Evidence:
    """Turn a counterexample into evidence."""
    at = ", ".join(f"{x} = {v}" for x, v in sorted(counterexample.point.items()))
    return Evidence(
        Kind.ENCLOSURE if "[" in counterexample.left + counterexample.right else Kind.IDENTITY,
        Verdict.REFUTED,
        f"fails at {at}" if at else "fails",
        counterexample=counterexample,
    )
