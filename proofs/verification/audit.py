"""Audit of hypotheses: that they can be met, and that each one is needed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from proofs.budgets import seconds
from proofs.evidence.verdicts import Counterexample, Verdict
from proofs.refutation.refute import candidates, refute
from proofs.refutation.violation import decide, inside
from proofs.search import prove
from theory.claims import DRAWN, Statement
from theory.matrices import points

Need = Literal["needed", "not needed", "open"]


@dataclass(frozen=True)
class Hypothesis:
    """What is known of one hypothesis.

    Attributes
    ----------
    name : str
        Its name in the statement.
    need : str
        ``"needed"``: without it there is a counterexample; ``"not needed"``: the rest has a
        certificate; ``"open"``: neither was found.
    counterexample : Counterexample or None
        To the statement without it.
    """

    name: str
    need: Need
    counterexample: Counterexample | None = None


@dataclass(frozen=True)
class Audit:
    """What is known of the hypotheses of a statement.

    Attributes
    ----------
    witness : mapping of str to Fraction, or None
        An exact point that satisfies all of them; None if none was found.
    empty : bool
        Whether it is proved that no point satisfies them: the statement is about nothing.
    hypotheses : tuple of Hypothesis
        One entry each.
    refuted : Counterexample or None
        To the claim itself: then no hypothesis is needed for anything, and each one is open.
    """

    witness: Mapping[str, Fraction] | None
    empty: bool
    hypotheses: tuple[Hypothesis, ...]
    refuted: Counterexample | None = None


def audit(statement: Statement, budget_seconds: float = 10.0) -> Audit:
    """Audit the hypotheses of a statement.

    Parameters
    ----------
    statement : Statement
        What is claimed.
    budget_seconds : float
        CPU time, shared equally among the questions.

    Raises
    ------
    InputError
        If the budget is not positive and finite.
    """
    budget_seconds = seconds(budget_seconds)
    share = budget_seconds / (len(statement.hypotheses) + 1)
    witness = satisfied(statement, share / 2)
    empty = False
    if witness is None:
        false = statement.but(conclusion="0 >= 1")
        empty = prove(false, share / 2).verdict is Verdict.PROVED
    elif statement.hypotheses and (found := refute(statement, share / 2)) is not None:
        idle = tuple(Hypothesis(name, "open") for name in sorted(statement.hypotheses))
        return Audit(witness, empty, idle, found)
    rows = tuple(_need(statement, name, share) for name in sorted(statement.hypotheses))
    return Audit(witness, empty, rows)


def satisfied(statement: Statement, budget_seconds: float) -> Mapping[str, Fraction] | None:
    """Find an exact point of the domains at which every hypothesis is true beyond doubt."""
    if "matrix" in statement.domains:
        return points.satisfying(statement)
    deadline = time.process_time() + budget_seconds
    # Looking for a counterexample to 0 >= 1 is looking for a point of the hypotheses.
    hypotheses = statement.but(conclusion="0 >= 1")
    laws = {v: d for v, d in statement.variables.items() if d in DRAWN}
    for point in candidates(hypotheses, deadline, seed=0):
        within = all(
            d in laws.values() or inside(d, point.get(v)) for v, d in statement.variables.items()
        )
        if within and all(decide(h, point, laws) is True for h in statement.assumptions.values()):
            return point
        if time.process_time() > deadline:
            break
    return None


def _need(statement: Statement, name: str, budget_seconds: float) -> Hypothesis:
    rest = {n: h for n, h in statement.hypotheses.items() if n != name}
    weaker = replace(statement, hypotheses=rest, witness={})
    found = refute(weaker, budget_seconds / 2)
    if found is not None:
        return Hypothesis(name, "needed", found)
    if prove(weaker, budget_seconds / 2).verdict is Verdict.PROVED:
        return Hypothesis(name, "not needed")
    return Hypothesis(name, "open")
