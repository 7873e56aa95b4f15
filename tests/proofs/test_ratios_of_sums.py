"""Ratios of sums of steps, as in rates of SGD with decreasing steps: each sum is bounded alone."""

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.refutation.refute import refute
from proofs.search import prove
from tests.machine import seconds
from theory.language.reading import statement

NAMES = {"n": "integer >= 1", "D": "positive", "G": "positive"}
STEPS, SQUARES = "sum(t, 1, n, 1/sqrt(t))", "sum(t, 1, n, 1/t)"
TRUE = {
    "a distance and gradients":
        f"(D^2 + G^2*{SQUARES})/(2*{STEPS}) <= (D^2 + G^2*(1 + log(n)))/(2*sqrt(n))",
    "a distance": f"D/{STEPS} <= D/(2*sqrt(n + 1) - 2)",
    "one more": f"(1 + {SQUARES})/{STEPS} <= (2 + log(n))/sqrt(n)",
}  # fmt: skip
FALSE = {
    "a distance and gradients":
        f"(D^2 + G^2*{SQUARES})/(2*{STEPS}) <= (D^2 + G^2*(0.97 + log(n)))/(2*sqrt(n))",
    "a distance": f"D/{STEPS} <= D/(2*sqrt(n + 1) - 1)",
    "one more": f"(1 + {SQUARES})/{STEPS} <= (1.97 + log(n))/sqrt(n)",
    "the other way": f"{SQUARES}/{STEPS} >= (1 + log(n))/sqrt(n)",
    "below zero": f"D/(2 - {STEPS}) <= D/(2 - sqrt(n))",  # where the sum is above 2
}  # fmt: skip
FIRST = "a distance and gradients"


def claimed(said):
    return statement({x: d for x, d in NAMES.items() if x in said.replace("sqrt", "")}, said)


@pytest.mark.parametrize(
    "name", [FIRST, *(pytest.param(name, marks=pytest.mark.slow) for name in TRUE if name != FIRST)]
)
def test_a_ratio_of_sums_is_bounded_by_that_of_bounds(name):
    assert prove(claimed(TRUE[name]), seconds(20)).verdict is Verdict.PROVED


@pytest.mark.parametrize("name", FALSE)
def test_near_it_counterexamples_are_found(name):
    assert refute(claimed(FALSE[name]), seconds(3)) is not None
