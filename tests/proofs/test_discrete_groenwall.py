"""Recursions on sums of what was before, and growth by 1 + 1/K over at most K steps."""

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.refutation.refute import refute
from proofs.search import prove
from tests.machine import seconds
from theory.language.reading import statement

SUMMED = {"n": "natural", "b": "nonnegative", "c": "nonnegative"}
PLAIN = ["x[0] <= c", "S[0] == 0", "S[n+1] == S[n] + x[n]", "x[n+1] <= c + b*S[n] + b*x[n]"]
SCALED = ["x[0] <= c", "S[0] == 0", "S[n+1] == S[n] + b*x[n]", "x[n+1] <= c + S[n] + b*x[n]"]
EACH = {"n": "natural", "c": "nonnegative", "b": "sequence of nonnegative"}
WEIGHTED = [
    "x[0] <= c", "S[0] == 0", "S[n+1] == S[n] + b[n+1]*x[n]", "x[n+1] <= c + S[n] + b[n+1]*x[n]",
]  # fmt: skip
INNER = {"n": "natural", "K": "integer >= 1", "c": "nonnegative", "d0": "nonnegative"}
DRIFT = ["d[0] == 0", "d[n+1] <= (1 + 1/K)*d[n] + c"]
FROM = ["d[0] <= d0", "d[n+1] <= (1 + 1/K)*d[n] + c"]
TWICE = ["d[0] == 0", "d[n+1] <= (1 + 2/K)*d[n] + c"]

TRUE = {  # (variables, recursions, conclusion)
    "weights of their own": (EACH, WEIGHTED, "x[n] <= c*exp(sum(k, 1, n, b_k))"),
    "the sum without its weight": (SUMMED, PLAIN, "x[n] <= c*(1 + b)^n"),
    "an exponential": (SUMMED, SCALED, "x[n] <= c*exp(b*n)"),
    "twice as fast": (INNER, TWICE, "d[n] <= (e^2 - 1)/2*K*c"),
    "in decimals": (INNER, DRIFT, "d[n] <= 1.72*K*c"),
    "from any start": (INNER, FROM, "d[n] <= e*d0 + (e - 1)*K*c"),
}
FALSE = {
    "weights of their own": (EACH, WEIGHTED, "x[n] <= c*exp(0.98*sum(k, 1, n, b_k))"),
    "the sum without its weight": (SUMMED, PLAIN, "x[n] <= c*(1 + 0.98*b)^n"),
    "an exponential": (SUMMED, SCALED, "x[n] <= c*exp(0.97*b*n)"),
    "twice as fast": (INNER, TWICE, "d[n] <= (e^2 - 1)/2.2*K*c"),
    "from any start": (INNER, FROM, "d[n] <= e*d0 + (e - 1)/1.2*K*c"),
}
QUICK = ("weights of their own", "twice as fast")
INSIDE = {"inner": "n <= K"}


def claimed(row):
    variables, rows, conclusion = row
    used = {x: d for x, d in variables.items() if x != "d0" or "d0" in conclusion}
    inside = INSIDE if "K" in variables else {}
    return statement(used, conclusion, hypotheses=inside, recursions=rows)


@pytest.mark.parametrize(
    "name",
    [*QUICK, *(pytest.param(name, marks=pytest.mark.slow) for name in TRUE if name not in QUICK)],
)
def test_what_grows_by_its_past_is_bounded(name):
    assert prove(claimed(TRUE[name]), seconds(20)).verdict is Verdict.PROVED


@pytest.mark.sample(3)
@pytest.mark.parametrize("name", FALSE)
def test_near_it_counterexamples_are_found(name):
    assert refute(claimed(FALSE[name]), seconds(3)) is not None


def test_after_more_than_so_many_steps_nothing_is_said():
    variables, rows, conclusion = TRUE["twice as fast"]
    late = statement(
        {x: d for x, d in variables.items() if x != "d0"},
        conclusion, hypotheses={"inner": "n <= K + 1"}, recursions=rows,
    )  # fmt: skip
    assert refute(late, seconds(3)) is not None
