"""Linear recursions of several accumulators, equal roots, derivatives, sums of logarithms."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs.evidence.verdicts import Verdict
from proofs.search import prove
from proofs.verification.decide import decide
from tests.machine import seconds
from theory.claims import statement


def said(conclusion, hypotheses=(), recursions=(), **variables):
    return statement(
        variables=variables,
        hypotheses={f"h{i}": h for i, h in enumerate(hypotheses)},
        recursions=list(recursions),
        conclusion=conclusion,
    )


TRACKING = ["x[0] == 1", "y[0] == 1", "x[n+1] <= x[n]/2 + y[n]/8", "y[n+1] <= x[n]/2 + y[n]/2"]
NOISE = ["x[0] <= 0", "x[n+1] <= x[n] + c/(n+1)^2"]
DOUBLE = ["x[0] == 1", "x[1] == b", "x[n+2] == 2*b*x[n+1] - b^2*x[n]"]
FED = ["e[0] <= 1", "s[0] <= r", "e[n+1] <= (1 - r)*e[n] + s[n]", "s[n+1] <= (1 - r)*s[n]"]
TRUE = {
    "a double root": said("x[n] == b^n", [], DOUBLE, n="natural", b="(0, 1)"),
    "an error that may shrink": said("x[n] <= 2*c", [], NOISE, n="natural", c="positive"),
    "a root by its square": said("x == sqrt(a)", ["x^2 == a"], x="positive", a="positive"),
    "a second derivative": said("exp(x) <= x + exp(x^2)", x="real"),
}
SLOW = {
    "a Lyapunov function": said("x[n] <= (3/4)^n", [], TRACKING, n="natural"),
    "a power above the line": said(
        "sum(k, 1, n, 1/k^(1 + a)) <= 1 + 1/a", n="integer >= 1", a="(0, 1)"
    ),
    "one error feeds another": said(
        "e[n] <= (1 + n*r/(1 - r))*(1 - r)^n", [], FED, n="natural", r="(0, 1)"
    ),
    "logarithms over squares": said("sum(k, 1, n, log(k)/k^2) <= 1", n="integer >= 1"),
}
FALSE = {
    "too fast": said("x[n] <= 0.7^n", [], TRACKING, n="natural"),
    "a double root": said("x[n] == b^(n + 1)", [], DOUBLE, n="natural", b="(0, 1)"),
    "an error that may shrink": said("x[n] <= 1.2*c", [], NOISE, n="natural", c="positive"),
    "a root of either sign": said("x == sqrt(a)", ["x^2 == a"], x="real", a="positive"),
    "half of the square": said("exp(x) <= x + exp(x^2/2)", x="real"),
    "one error feeds another": said(
        "e[n] <= (1 + 0.9*n*r/(1 - r))*(1 - r)^n", [], FED, n="natural", r="(0, 1)"
    ),
    "logarithms over squares": said("sum(k, 1, n, log(k)/k^2) <= 0.3", n="integer >= 1"),
}


@pytest.mark.sample(2)
@pytest.mark.parametrize("claim", TRUE.values(), ids=TRUE)
def test_it_is_proved(claim):
    assert prove(claim, 20).verdict is Verdict.PROVED


@pytest.mark.slow
@pytest.mark.parametrize("claim", SLOW.values(), ids=SLOW)
def test_it_is_proved_in_seconds(claim):
    assert prove(claim, 20).verdict is Verdict.PROVED


@pytest.mark.sample(4)
@pytest.mark.parametrize("claim", FALSE.values(), ids=FALSE)
def test_what_is_false_is_refuted(claim):
    assert decide(claim, seconds(6)).verdict is Verdict.REFUTED


@given(st.fractions(0, 1, max_denominator=8), st.fractions(0, 1, max_denominator=8))
@settings(max_examples=3)
def test_a_symmetric_pair_falls_by_the_sum_of_its_rows_and_no_faster(a, b):
    """X + y for x' = a x + b y, y' = b x + a y is 2 (a + b)^n."""
    steps = ["x[0] == 1", "y[0] == 1", f"x[n+1] == {a}*x[n] + {b}*y[n]",
             f"y[n+1] == {b}*x[n] + {a}*y[n]"]  # fmt: skip
    rate = a + b + Fraction(1, 8)
    held = said(f"x[n] + y[n] <= 2*({rate})^n", [], steps, n="natural")
    assert decide(held, 6).verdict is not Verdict.REFUTED
    less = a + b - Fraction(1, 8)
    if less > 0:
        assert decide(said(f"x[n] + y[n] <= 2*({less})^n", [], steps, n="natural"), 6).verdict is (
            Verdict.REFUTED
        )
