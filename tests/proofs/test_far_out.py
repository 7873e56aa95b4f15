"""The error function far out: Mills' ratio from both sides, activations on the whole line."""

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.search import prove
from proofs.verification.decide import decide
from theory.claims import statement

MILLS = "sqrt(pi/2)*exp(x^2/2)*erfc(x/sqrt(2))"


def said(conclusion, domain="nonnegative"):
    return statement(variables={"x": domain}, conclusion=conclusion)


TRUE = {
    "Birnbaum": said(f"{MILLS} >= 2/(x + sqrt(x^2 + 4))"),
    "Komatsu": said(f"{MILLS} <= 2/(x + sqrt(x^2 + 2))"),
    "beside constants with roots": said("erfc(x/sqrt(2)) <= sqrt(2/pi)*exp(-x^2/2)/x", "positive"),
    "the floor of GELU": said("gelu(x) >= -0.17", "real"),
    "the slope of GELU": said("-0.13 <= diff(gelu(x), x) <= 1.13", "real"),
}
FALSE = {
    "Birnbaum, with more": said(f"{MILLS} >= 2/(x + sqrt(x^2 + 3.9))"),
    "Komatsu, with less": said(f"{MILLS} <= 2/(x + sqrt(x^2 + 2.6))"),
    "beside constants, with less": said(
        "erfc(x/sqrt(2)) <= 0.98*sqrt(2/pi)*exp(-x^2/2)/x", "positive"
    ),
    "a higher floor of GELU": said("gelu(x) >= -0.1699", "real"),
    "a smaller slope of GELU": said("diff(gelu(x), x) <= 1.128", "real"),
}


@pytest.mark.sample(3)
@pytest.mark.parametrize("name", TRUE)
def test_what_stands_beside_erf_is_divided_out(name):
    assert prove(TRUE[name], 60).verdict is Verdict.PROVED


@pytest.mark.slow  # pytest -m slow tests/proofs/test_far_out.py
@pytest.mark.parametrize("name", FALSE)
def test_a_nearer_bound_is_refuted(name):
    assert decide(FALSE[name], 20).verdict is Verdict.REFUTED


@pytest.mark.slow
def test_the_square_of_erf_is_below_polyas_bound():
    assert prove(said("erf(x)^2 <= 1 - exp(-4*x^2/pi)"), 60).verdict is Verdict.PROVED


def test_erf_of_a_reciprocal_is_no_error():
    claim = statement(variables={"x": "[1, 2]"}, conclusion="erf(2/x) <= 1 - 1/1000 + x/9999")
    assert prove(claim, 20).verdict is Verdict.PROVED
