"""Sums and recursions: invariants that relate accumulators, powers with a symbolic exponent."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs.evidence.verdicts import Verdict
from proofs.search import prove
from proofs.verification.decide import decide
from theory.claims import statement


def said(conclusion, hypotheses=(), recursions=(), **variables):
    return statement(
        variables={"n": "natural", **variables},
        hypotheses={f"h{i}": h for i, h in enumerate(hypotheses)},
        recursions=list(recursions),
        conclusion=conclusion,
    )


LOGISTIC = ["x[0] == a", "x[n+1] == 2*x[n]*(1 - x[n])"]
MEANS = ["u[0] == x", "v[0] == y", "u[n+1] == 2*u[n]*v[n]/(u[n] + v[n])",
         "v[n+1] == (u[n] + v[n])/2"]  # fmt: skip
LATE = ["x[0] <= c", "y[0] <= 1", "x[n+1] <= r*x[n] + y[n]", "y[n+1] <= r*y[n]"]
QUICK = {
    "two bounds, each by the other": said("a <= x[n] <= 1/2", [], LOGISTIC, a="(0, 1/2]"),
    "two sequences in order": said("u[n] <= v[n]", ["x <= y"], MEANS, x="positive", y="positive"),
    "geometric of first order": said("sum(i, 1, n, i*r^i) <= r/(1 - r)^2", r="[0, 1)"),
    "a power that grows": said(
        "sum(t, 1, n, t^p) >= n^(p+1)/(p+1)", n="integer >= 1", p="nonnegative"
    ),
    "a cube root": said("sum(t, 1, n, 1/t^(2/3)) <= 3*n^(1/3)", n="integer >= 1"),
    "Bernoulli, concave": said("x^q <= 1 + q*(x - 1)", x="positive", q="[0, 1]"),
    "what is to come": said("sum(t, 1, n, 1/(t + 4)^2) <= 1/4"),
}
SLOW = {
    "a bound that another one drives": said("x[n] <= c*r^n + n*r^(n-1)", [], LATE,
                                            r="(0, 1)", c="nonnegative"),
    "Cauchy-Schwarz twice": said(
        "sum(i, 1, n, a_i)*sum(i, 1, n, a_i^2) <= n*sum(i, 1, n, a_i^3)",
        a="sequence of nonnegative",
    ),
    "second moment": said("sum(i, 1, n, i^2*r^i) <= r*(1 + r)/(1 - r)^3", r="[0, 1)"),
    "p-series": said("sum(i, 1, n, 1/i^p) <= p/(p - 1)", p="(1, inf)"),
    "slow steps": said(
        "sum(t, 1, n, 1/t^p) <= n^(1 - p)/(1 - p)", n="integer >= 1", p="[0, 1)"
    ),
}  # fmt: skip
FALSE = {
    "not beyond the fixed point": said("a <= x[n] <= 1/2", [], LOGISTIC, a="(0, 0.6]"),
    "order reversed": said("v[n] <= u[n]", ["x <= y"], MEANS, x="positive", y="positive"),
    "geometric too small": said("sum(i, 1, n, i*r^i) <= 0.99*r/(1 - r)^2", r="[0, 1)"),
    "concave the other way": said("x^q >= 1 + q*(x - 1)", x="positive", q="[0, 1]"),
    "signed members": said(
        "sum(i, 1, n, a_i)*sum(i, 1, n, a_i^2) <= n*sum(i, 1, n, a_i^3)", a="sequence of real"
    ),
}


@pytest.mark.parametrize("name", QUICK)
def test_quick_ones_are_proved(name):
    assert prove(QUICK[name], 30.0).verdict is Verdict.PROVED


@pytest.mark.slow
@pytest.mark.parametrize("name", SLOW)
def test_slow_ones_are_proved(name):
    assert prove(SLOW[name], 60.0).verdict is Verdict.PROVED


@pytest.mark.slow
@pytest.mark.parametrize("name", FALSE)
def test_false_ones_are_refuted(name):
    assert decide(FALSE[name], 20.0).verdict is Verdict.REFUTED


@settings(deadline=None, max_examples=20)
@given(st.floats(0.05, 20), st.floats(0.05, 20), st.floats(-3, 3))
def test_a_power_lies_on_one_side_of_its_tangents(u, v, q):
    gap = math.pow(u, q) - math.pow(v, q) - q * math.pow(v, q - 1) * (u - v)
    allowed = 1e-9 * (1 + abs(math.pow(v, q)))
    assert gap * q * (q - 1) >= -allowed * (1 + abs(q)) ** 2
