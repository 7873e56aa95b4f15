"""False twins are near the truth: within a factor of two of where the claim begins to fail."""

from dataclasses import replace
from fractions import Fraction

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.theorems import library
from proofs.verification.catalogue import gathered, weigh
from theory.catalogue import CLAIMS
from theory.claim_files import negation


def everything():
    return [*CLAIMS, *library().steps.values()]


def moved(claim):
    """The constants in which a twin differs, if nothing else is different."""
    ours, theirs = claim.statement.constants, claim.mutant.constants
    if set(ours) != set(theirs):
        return {}
    if replace(claim.mutant, constants=ours).digest != claim.statement.digest:
        return {}
    return {n: (ours[n], theirs[n]) for n in ours if ours[n] != theirs[n]}


def ratio(old: Fraction, new: Fraction) -> Fraction:
    return max(new / old, old / new)


def far(claim):
    """Constants of a twin more than a factor of two away, half way back to ours."""
    found = {n: pair for n, pair in moved(claim).items() if min(pair) > 0 and ratio(*pair) > 2}
    return {n: new * 2 if new < old else new / 2 for n, (old, new) in found.items()}


ONE_COPY = {"box-tails-normal", "box-tails-uniform"}
"""Refuted at one copy, where a law is computed; the rate for many is that of their steps' twins."""

PROVED = [c for c in everything() if "measured" not in c.statement.domains]


def test_no_twin_is_the_claim_upside_down():
    """That a claim's negation is false says only that the claim is true somewhere."""
    upside_down = [c.name for c in everything() if negation(c.statement).digest == c.mutant.digest]
    assert upside_down == []


def test_a_twin_that_moves_a_number_keeps_its_sign():
    """A size that turns negative is impossible by construction; 0 is a hypothesis dropped."""
    turned = [
        claim.name for claim in everything() for old, new in moved(claim).values() if old * new < 0
    ]
    assert turned == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "claim", [c for c in PROVED if far(c) and c.name not in ONE_COPY], ids=lambda c: c.name
)
def test_a_twin_is_within_a_factor_of_two_of_the_sharp_constant(claim):
    """The claim still holds at twice (or half) the number of its twin, where the twin fails."""
    nearer = replace(claim, statement=claim.statement.with_constants(**far(claim)))
    assert weigh(gathered(nearer)) is Verdict.PROVED


MEASURED = [c for c in everything() if "measured" in c.statement.domains and far(c)]


@pytest.mark.slow
@pytest.mark.parametrize("claim", MEASURED, ids=lambda c: c.name)
def test_a_measured_twin_is_within_a_factor_of_two_of_what_was_measured(claim):
    """Slack is measured: the runs still support twice (or half) the number that they refute."""
    nearer = replace(claim, statement=claim.statement.with_constants(**far(claim)))
    (found,) = gathered(nearer)
    assert found.verdict is Verdict.SUPPORTED
    assert found.slack
