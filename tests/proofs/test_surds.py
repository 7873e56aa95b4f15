"""Roots of numbers and of quotients; sums whose terms have no variable in common."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.evidence.verdicts import Verdict
from proofs.search import prove
from theory.claims import statement


def verdict(conclusion: str, **domains: str) -> Verdict:
    return prove(statement(variables=domains, conclusion=conclusion), 20).verdict


numbers = st.integers(1, 60)


@given(a=numbers, b=numbers, c=numbers, d=numbers)
def test_a_product_of_roots_is_the_root_of_the_product(a, b, c, d):
    claim = f"sqrt({a}/{b})*sqrt({c}/{d})*x == sqrt({Fraction(a * c, b * d)})*x"
    assert verdict(claim, x="real") is Verdict.PROVED


@given(a=numbers, k=st.sampled_from([-3, -2, -1, 1, 2, 3]))
def test_the_root_of_pi_and_a_number_falls_apart(a, k):
    pi = f"*pi^{k}" if k > 0 else f"/pi^{-k}"
    half = f"sqrt(pi)^{k}" if k > 0 else f"1/sqrt(pi)^{-k}"
    assert verdict(f"sqrt({a}{pi}) == sqrt({a})*({half})") is Verdict.PROVED


ROOTS = [
    ("sqrt(1/x)^2 == 1/x", {"x": "positive"}),
    ("sqrt(1/x) == 1/sqrt(x)", {"x": "positive"}),
    ("sqrt(d/(s*T))*sqrt(s/T)*T == sqrt(d)", {"d": "positive", "s": "positive", "T": "positive"}),
    ("(x/y^4)^(1/3) == x^(1/3)*y^(-4/3)", {"x": "positive", "y": "positive"}),
    ("erf(x/sqrt(2)) <= sqrt(2/pi)*x", {"x": "nonnegative"}),
    ("exp(x) + y^2 - x - 1 >= 2*y - 1", {"x": "real", "y": "real"}),
]


@pytest.mark.parametrize(("claim", "domains"), ROOTS, ids=[c for c, _ in ROOTS])
def test_roots_of_quotients_and_separate_sums(claim, domains):
    assert verdict(claim, **domains) is Verdict.PROVED


FALSE = [
    ("sqrt(2)*sqrt(3)*x == sqrt(5)*x", {"x": "real"}),
    ("sqrt(2/pi)*x == sqrt(2/3)*x", {"x": "real"}),
    ("sqrt(1/x^2) == 1/x", {"x": "real"}),  # negative, or not defined
    ("sqrt(x*y) == sqrt(x)*sqrt(y)", {"x": "real", "y": "real"}),  # both negative
    ("exp(x) + y^2 - x - 1 >= 2*y - 0.99", {"x": "real", "y": "real"}),
    ("log(cosh(x)) + log(cosh(y)) <= (x^2 + y^2)/2.01", {"x": "real", "y": "real"}),
]


@pytest.mark.parametrize(("claim", "domains"), FALSE, ids=[c for c, _ in FALSE])
def test_what_is_false_of_roots_and_sums_is_not_proved(claim, domains):
    assert verdict(claim, **domains) is not Verdict.PROVED
