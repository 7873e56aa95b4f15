"""Refute: search for a counterexample, decide it exactly, shrink it to short rationals.

The search works in floating point and believes nothing; a point counts only after
:mod:`proofs.refutation.violation` has decided it from the statement, over the rationals or with
balls.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from fractions import Fraction

from proofs.budgets import seconds
from proofs.core.terms import METER, Exhausted
from proofs.evidence.verdicts import Counterexample
from proofs.refutation.proposals import candidates
from proofs.refutation.recursions import at_every_depth
from proofs.refutation.shrink import shrink
from proofs.refutation.violation import Unfolded, confirm, decide, violation
from theory.claims import Statement
from theory.exact import whole
from theory.matrices import points

__all__ = ["candidates", "confirm", "decide", "refute", "shrink", "violation"]


def refute(
    statement: Statement,
    budget_seconds: float = 5.0,
    seed: int = 0,
    hints: Sequence[Mapping[str, Fraction]] = (),
) -> Counterexample | None:
    """Look for a point that satisfies every hypothesis and violates the conclusion.

    Parameters
    ----------
    statement : Statement
        What is claimed.
    budget_seconds : float
        CPU time after which the search gives up.
    seed : int
        Of the random part of the search.
    hints : sequence of points
        Where to look first, such as counterexamples to similar claims.

    Returns
    -------
    Counterexample or None
        An exact rational point, decided from the statement, and shrunk; None proves nothing.

    Raises
    ------
    InputError
        If the budget is not positive and finite, or the seed negative.
    """
    budget_seconds, seed = seconds(budget_seconds), whole(seed, "seed", 0)
    if statement.relaxed is not None:
        return _instances(statement, budget_seconds, seed)
    if statement.parts:
        return _pieces(statement, budget_seconds, seed, hints)
    if statement.layers is not None:
        return at_every_depth(statement, budget_seconds, seed, refute)
    deadline = time.process_time() + budget_seconds
    if "measured" in statement.domains:
        return None
    if "matrix" in statement.domains:
        entries = points.counterexample(statement)
        if entries is None:
            return None
        return Counterexample(entries, *points.sides(statement, entries))
    more = max(1.0, budget_seconds / 4)  # to shrink what is found
    with _until(deadline + more), suppress(Exhausted):
        unfolded = Unfolded(statement)
        for point in candidates(statement, deadline, seed, hints):
            found = unfolded.violation(point)
            if found is not None:
                return shrink(statement, found, time.process_time() + more)
            if time.process_time() > deadline:
                return None
    return None


def _instances(statement: Statement, budget_seconds: float, seed: int) -> Counterexample | None:
    """Refute a claim about what has no formula where it has one: for small sizes."""
    cases = statement.instances
    for sizes, case in cases:
        found = refute(case, budget_seconds / len(cases), seed)
        if found is not None:
            return replace(found, point={**sizes, **found.point})
    return None


@contextmanager
def _until(deadline: float) -> Iterator[None]:
    """Let the core compute no longer than to a time on the clock of the process."""
    saved, METER.deadline = METER.deadline, min(METER.deadline, deadline)
    try:
        yield
    finally:
        METER.deadline = saved


def _pieces(
    statement: Statement,
    budget_seconds: float,
    seed: int,
    hints: Sequence[Mapping[str, Fraction]],
) -> Counterexample | None:
    """Refute one of several conclusions: each for a short time first."""
    for share in (0.2, 0.8):
        for piece in statement.pieces:
            budget = budget_seconds * share / len(statement.parts)
            found = refute(piece, budget, seed, hints)
            if found is not None:
                return found
    return None
