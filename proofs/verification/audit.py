"""Audit of hypotheses: that they can be met, and that each one is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from proofs.budgets import seconds
from proofs.evidence.verdicts import Counterexample, Verdict
from proofs.refutation.refute import refute
from proofs.search import prove
from proofs.verification.met import contradictory, judged, leaned, satisfied, without
from theory.claims import Statement

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
        certificate; ``"open"``: neither was found, or the claim was read by it, and the sentence
        without it is another one.
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
        An exact point that satisfies all of them, with the sizes of a claim about all sizes; None
        if none was found.
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
    names = judged(statement)
    share = budget_seconds / (len(names) + 1)
    witness = satisfied(statement, share / 2)
    empty = False
    if witness is None:
        empty = contradictory(statement, share / 2)
    elif names and (found := refute(statement, share / 2)) is not None:
        idle = tuple(Hypothesis(name, "open") for name in names)
        return Audit(witness, empty, idle, found)
    rows = tuple(_need(statement, name, share) for name in names)
    return Audit(witness, empty, rows)


def _need(statement: Statement, name: str, budget_seconds: float) -> Hypothesis:
    """What the rest says of the claim; of one by which the claim was read only instances do."""
    weaker, other = without(statement, name), leaned(statement, name)
    if other and statement.relaxed is None:
        return Hypothesis(name, "open")
    found = refute(weaker, budget_seconds / 2)
    if found is not None:
        return Hypothesis(name, "needed", found)
    if not other and prove(weaker, budget_seconds / 2).verdict is Verdict.PROVED:
        return Hypothesis(name, "not needed")
    return Hypothesis(name, "open")
