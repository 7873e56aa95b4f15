"""Sums of logarithms against the logarithm of a mean: the inequality of Jensen at every length."""

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.refutation.refute import refute
from proofs.search import prove
from tests.machine import seconds
from theory.language.reading import statement

NAMES = {
    "n": "integer >= 1", "b": "positive", "a": "sequence of nonnegative",
    "p": "sequence of positive", "g": "sequence of real",
}  # fmt: skip
TRUE = {
    "a scale": "sum(t, 1, n, log(1 + a_t/b)) <= n*log(1 + sum(t, 1, n, a_t)/(n*b))",
    "positive": "sum(t, 1, n, log(p_t)) <= n*log(sum(t, 1, n, p_t)/n)",
    "squares": "sum(t, 1, n, log(1 + g_t^2)) <= n*log(1 + sum(t, 1, n, g_t^2)/n)",
    "a factor": "sum(t, 1, n, log(1 + b*a_t)) <= n*log(1 + b*sum(t, 1, n, a_t)/n)",
    "a factorial": "sum(t, 1, n, log(t)) <= n*log((n + 1)/2)",
}
FALSE = {
    "a scale": "sum(t, 1, n, log(1 + a_t/b)) <= n*log(1 + sum(t, 1, n, a_t)/(1.02*n*b))",
    "positive": "sum(t, 1, n, log(p_t)) <= n*log(sum(t, 1, n, p_t)/(n + 0.01))",
    "squares": "sum(t, 1, n, log(1 + g_t^2)) <= n*log(0.99 + sum(t, 1, n, g_t^2)/n)",
    "a factor": "sum(t, 1, n, log(1 + b*a_t)) <= 0.95*n*log(1 + b*sum(t, 1, n, a_t)/n)",
    "a factorial": "sum(t, 1, n, log(t)) <= n*log((n + 0.9)/2)",
    "the other way": "sum(t, 1, n, log(1 + a_t)) >= n*log(1 + sum(t, 1, n, a_t)/n)",
}
FIRST = "a scale"


def claimed(said):
    return statement({x: d for x, d in NAMES.items() if f"{x}_" in said or x in "nb"}, said)


@pytest.mark.parametrize(
    "name", [FIRST, *(pytest.param(name, marks=pytest.mark.slow) for name in TRUE if name != FIRST)]
)
def test_a_mean_of_logarithms_is_below_that_of_the_mean(name):
    assert prove(claimed(TRUE[name]), seconds(20)).verdict is Verdict.PROVED


@pytest.mark.parametrize("name", FALSE)
def test_near_it_counterexamples_are_found(name):
    assert refute(claimed(FALSE[name]), seconds(2)) is not None
