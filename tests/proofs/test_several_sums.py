"""Several sums in one claim, each bounded by itself; averages with weights, from both sides."""

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.refutation.refute import refute
from proofs.search import prove
from tests.machine import seconds
from theory.language.reading import statement

SUMS = {"n": "integer >= 1", "D": "positive", "G": "positive"}
WEIGHTS = {"n": "natural", "b": "[0, 1)", "G": "positive", "g": "sequence of [-G, G]"}
MEAN = {"n": "integer >= 1", "G": "positive", "g": "sequence of [-G, G]"}
ROOTS, HARMONIC = "sum(t, 1, n, 1/sqrt(t))", "sum(t, 1, n, 1/t)"
REGRET = f"D*sum(t, 1, n, sqrt(t) - sqrt(t - 1)) + G*{HARMONIC} <= D*sqrt(n)"
MOMENTUM = ["m[0] == 0", "m[n+1] == b*m[n] + (1 - b)*g[n+1]"]

TRUE = {  # variables, recursions, a claim, and a false one near it
    "one that telescopes": (
        SUMS, [], f"{REGRET} + G*(1 + log(n))", f"{REGRET} + G*(0.97 + log(n))",
    ),
    "two": (
        SUMS, [], f"G*{ROOTS} + D*{HARMONIC} <= G*(2*sqrt(n) - 1) + D*(1 + log(n))",
        f"G*{ROOTS} + D*{HARMONIC} <= 0.99*G*(2*sqrt(n) - 1) + D*(1 + log(n))",
    ),
    "a difference": (
        {"n": "integer >= 1"}, [], f"{ROOTS} - {HARMONIC} >= 2*sqrt(n + 1) - 3 - log(n)",
        f"{ROOTS} - {HARMONIC} >= 2*sqrt(n + 1) - 2.6 - log(n)",
    ),
    "momentum": (WEIGHTS, MOMENTUM, "|m[n]| <= G*(1 - b^n)", "|m[n]| <= 0.98*G*(1 - b^n)"),
    "a sum with weights": (
        WEIGHTS, [], "|sum(t, 1, n, b^(n - t)*g_t)| <= G*(1 - b^n)/(1 - b)",
        "|sum(t, 1, n, b^(n - t)*g_t)| <= 0.98*G*(1 - b^n)/(1 - b)",
    ),
    "a mean": (MEAN, [], "|sum(t, 1, n, g_t)/n| <= G", "|sum(t, 1, n, g_t)/n| <= 0.98*G"),
}  # fmt: skip
QUICK = ("two", "a sum with weights")


def claimed(name, false=False):
    variables, rows, *said = TRUE[name]
    return statement(variables, said[false], recursions=rows)


@pytest.mark.parametrize(
    "name",
    [*QUICK, *(pytest.param(name, marks=pytest.mark.slow) for name in TRUE if name not in QUICK)],
)
def test_each_by_itself(name):
    assert prove(claimed(name), seconds(20)).verdict is Verdict.PROVED


@pytest.mark.parametrize("name", TRUE)
def test_near_it_counterexamples_are_found(name):
    assert refute(claimed(name, false=True), seconds(3)) is not None


def test_a_mean_of_nothing_has_no_value():
    # For n = 0 the weighted mean divides by 1 - b^0 = 0, so that the claim is not true there.
    said = statement(WEIGHTS, "|sum(t, 1, n, b^(n - t)*g_t)*(1 - b)/(1 - b^n)| <= G")
    assert prove(said, 2).verdict is not Verdict.PROVED
