"""Theorems 3 and 4 in the catalogue: measured claims stand, printed steps that fail do fail."""

from fractions import Fraction

import pytest

from numerics.papers.shamir2019.upper_bound import largest_step, theorem_4
from proofs.evidence.verdicts import Verdict
from proofs.refutation.refute import refute
from proofs.verification.catalogue import confirmed, find, verify

HALF = Fraction(1, 2)
LIGHT = ("shamir-lemma-9-measured", "shamir-lemma-10-measured", "shamir-lemma-13-measured")


@pytest.mark.parametrize("name", LIGHT)
def test_measured_claims_are_supported_and_their_mutants_fall(name):
    row = verify(find(name))
    assert row.verdict is Verdict.SUPPORTED
    assert row.negative_control == "refuted"


@pytest.mark.parametrize("name", ["shamir-lemma-9-needs-slope", "small-steps-miss-the-range"])
def test_the_printed_step_has_an_exact_counterexample(name):
    printed = find(name).mutant
    found = refute(printed, 5)
    assert found is not None
    assert confirmed(printed, found)
    assert printed.assumptions_hold_at(found.point)


def test_lemma_9_stands_still_where_the_slope_vanishes():
    def slope(p):  # of p**4/4 - 3 p**2/8 + p/4
        return (p - HALF) ** 2 * (p + 1)

    w, eta = [HALF, Fraction(1)], Fraction(1, 100)
    assert all(slope(Fraction(n, 100)) > 0 for n in range(-99, 300) if n != 50)
    p = w[0] * w[1]
    assert [w[0] - eta * slope(p) * w[1], w[1] - eta * slope(p) * w[0]] == w


def test_after_a_real_crossing_lemma_13_does_not_apply_but_the_repair_does():
    # Two weights, y = -1: follow exact descent until the smaller one has crossed zero.
    weights = (HALF, Fraction(3, 4))
    eta = largest_step(weights, Fraction(-1))
    w, v = weights
    while w > 0:
        p = w * v
        w, v = w - eta * (p + 1) * v, v - eta * (p + 1) * w
        w, v = (x.limit_denominator(10**12) for x in (w, v))
    delta, k = -w, 2
    assert delta > 0
    assert eta > delta**2 / (2 * k)  # the step-size condition of Lemma 13, violated
    assert theorem_4(weights, Fraction(-1), eta, Fraction(1, 100)).upper is not None
