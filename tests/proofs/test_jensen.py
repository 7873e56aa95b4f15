"""Logarithms with weights that add up, and quotients that are monotone."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs.evidence.verdicts import Verdict
from proofs.search import prove
from proofs.verification.decide import decide
from theory.claims import statement

COINS = {"p": "(0, 1)", "q": "(0, 1)"}
KL = "p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))"
ENTROPY = "-p*log(p) - (1 - p)*log(1 - p)"


def said(conclusion, **variables):
    return statement(variables=variables, conclusion=conclusion)


TRUE = {
    "Donsker and Varadhan": said(f"p*a <= log(1 - q + q*exp(a)) + {KL}", a="real", **COINS),
    "Hellinger": said(f"{KL} >= 2*(1 - sqrt(p*q) - sqrt((1 - p)*(1 - q)))", **COINS),
    "Bhattacharyya": said(f"-2*log(sqrt(p*q) + sqrt((1 - p)*(1 - q))) <= {KL}", **COINS),
    "log sum": said(
        "a*log(a/x) + b*log(b/y) >= (a + b)*log((a + b)/(x + y))",
        **dict.fromkeys("abxy", "positive"),
    ),
    "x against its logarithm": statement(
        variables={"a": "positive", "x": "positive"},
        hypotheses={"h": "x >= 2*a*log(a)"},
        conclusion="x >= a*log(x)",
    ),
    "differences of sigmoids": said(
        "|sigmoid(x) - sigmoid(y)| <= tanh(|x - y|/4)", x="real", y="real"
    ),
    "softplus above the rectifier": said("log(2)*exp(-|x|) <= softplus(x) - relu(x)", x="real"),
    "entropy below its root": said(
        f"{ENTROPY} <= 2*log(2)*sqrt(p*(1 - p))", p="(0, 1)"
    ),
    "entropy above its parabola": said(f"{ENTROPY} >= 4*log(2)*p*(1 - p)", p="(0, 1)"),
}  # fmt: skip
FALSE = {
    "Donsker and Varadhan, with less": said(
        f"p*a <= log(1 - q + q*exp(a)) + 0.98*({KL})", a="real", **COINS
    ),
    "Hellinger, with more": said(
        f"{KL} >= 2.05*(1 - sqrt(p*q) - sqrt((1 - p)*(1 - q)))", **COINS
    ),
    "log sum, with more": said(
        "a*log(a/x) + b*log(b/y) >= 1.01*(a + b)*log((a + b)/(x + y))",
        **dict.fromkeys("abxy", "positive"),
    ),
    "x against its logarithm, too near": statement(
        variables={"a": "positive", "x": "positive"},
        hypotheses={"h": "x >= 1.55*a*log(a)"},
        conclusion="x >= a*log(x)",
    ),
    "differences of sigmoids, too steep": said(
        "|sigmoid(x) - sigmoid(y)| <= tanh(|x - y|/4.1)", x="real", y="real"
    ),
    "entropy below less than its root": said(f"{ENTROPY} <= 1.38*sqrt(p*(1 - p))", p="(0, 1)"),
    "entropy above more than its parabola": said(f"{ENTROPY} >= 2.78*p*(1 - p)", p="(0, 1)"),
}  # fmt: skip


@pytest.mark.sample(5)
@pytest.mark.parametrize("name", TRUE)
def test_logarithms_are_shared_out_among_those_whose_weights_add_up(name):
    assert prove(TRUE[name], 60).verdict is Verdict.PROVED


@pytest.mark.slow  # pytest -m slow tests/proofs/test_jensen.py
@pytest.mark.parametrize("name", FALSE)
def test_a_little_more_is_refuted(name):
    assert decide(FALSE[name], 20).verdict is Verdict.REFUTED


@settings(deadline=None, max_examples=40)
@given(st.floats(0.01, 20), st.floats(0.01, 20), st.integers(1, 2))
def test_a_logarithm_is_above_the_tangent_of_its_root(c, x, k):
    assert c * math.log(x) >= k * c * (1 - x ** (-1 / k)) - 1e-9 * (1 + c)
