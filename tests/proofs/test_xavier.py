"""Theorem 2's measured claims: each has an experiment, stands, and has a twin that falls."""

from fractions import Fraction

import pytest

from numerics.balls import ends, precision
from numerics.papers.shamir2019.xavier.laws import LAWS
from proofs.evidence.verdicts import Verdict
from proofs.experiments import xavier
from proofs.verification.catalogue import find, verify
from theory.catalogue import SECTIONS

CHEAP = (
    "xavier-exponent-uniform",
    "xavier-exponent-gaussian",
    "xavier-variance-gaussian",
    "xavier-assumption-2-gaussian",
    "xavier-subgaussian-gaussian",
    "xavier-exact-tail",
    "shamir-lemma-6-sampled",
)


def test_every_measured_claim_has_its_experiment():
    stated = SECTIONS["shamir2019/escape-probability-measured"]
    assert {c.name for c in stated} == set(xavier.MEASUREMENTS)


@pytest.mark.parametrize("name", CHEAP)
def test_claims_stand_and_twins_fall(name):
    row = verify(find(name))
    assert row.verdict is Verdict.SUPPORTED
    assert row.negative_control == "refuted"


@pytest.mark.parametrize("law", list(LAWS))
def test_quadrature_encloses_the_closed_forms(law):
    with precision(128):
        for order, closed in ((1, LAWS[law].exponent), (2, LAWS[law].variance)):
            low, high = (p["enclosed"] for p in xavier.log_moments(law, order, "quick"))
            assert low <= high < low + Fraction(1, 10**20)
            assert ends(closed)[0] <= high
            assert low <= ends(closed)[1]


def test_lemma_6_is_nearly_attained():
    points = xavier.lemma_6("quick")
    shares = [p["product"] / p["beta"] for p in points]
    assert max(shares) <= 1
    assert max(shares) > Fraction(999, 1000)


def test_starts_that_fail_early_are_counted_once():
    for point in xavier.failures("quick"):
        assert 0 <= point["failed"] <= point["starts"]
        assert 0 <= point["p_value"] <= 1
