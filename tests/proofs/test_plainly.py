"""What is plain at sight: factors, sums, roots; squares; triangles; with twins."""

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.search import prove
from proofs.verification.decide import decide
from theory.claims import Statement, statement

CASES = {
    "powers and roots": (
        {"n": "integer >= 1", "a, b": "[0, 1)"},
        {},
        "(1 - a^n)/sqrt(1 - b^n) <= {}/sqrt(1 - b)",
        ("1", "0.95"),
    ),
    "a square with a parameter": (
        {"d": "positive", "u, v, w": "real"},
        {},
        "2*u*v <= {}*d*u^2 + (v^2 + w^2)/d",
        ("1", "0.99"),
    ),
    "a compressor": (
        {"x, y, z": "real", "d": "(0, 1]"},
        {"h": "x^2 <= (1 - d)*(y + z)^2"},
        "x^2 <= (1 - {}*d)*y^2 + 2/d*z^2",
        ("0.5", "1.01"),
    ),
    "an identity of Lagrange": (
        {"a, b, c, p, q, r": "real"},
        {},
        "(a*p + b*q + c*r)^2 <= {}*(a^2 + b^2 + c^2)*(p^2 + q^2 + r^2)",
        ("1", "0.99"),
    ),
    "three lengths": (
        {"g, d": "vector"},
        {},
        "-dot(g, d) <= ({}*|d - g| - |g|)*|d|",
        ("2", "1.9"),
    ),
    "few of many facts": (
        {"A, B": "psd(n)", "n": "integer >= 1", "m": "positive"},
        {"a": "lambda_min(A) >= m", "b": "lambda_min(B) >= m"},
        "norm2(inv(A) - inv(B)) <= {}*norm2(A - B)/m^2",
        ("1", "0.95"),
    ),
    "a step by an equation with a root": (
        {"n": "integer >= 1", "s": "positive"},
        {"s": "s == sqrt(2/n)"},
        "n*s^2 <= {}",
        ("2", "1.99"),
    ),
    "two weights that are a sum": (
        {"x, y, p": "[0, 1]", "eta": "positive"},
        {},
        "log(p*exp(-eta*x) + (1 - p)*exp(-eta*y)) <= -eta*(p*x + (1 - p)*y) + eta^2/{}",
        ("8", "8.2"),
    ),
}


def said(name: str, twin: bool) -> Statement:
    variables, hypotheses, conclusion, constants = CASES[name]
    whole = conclusion.format(constants[twin])
    return statement(variables=variables, hypotheses=hypotheses, conclusion=whole)


@pytest.mark.sample(4)
@pytest.mark.parametrize("name", CASES)
def test_what_is_plain_is_proved(name):
    assert prove(said(name, False), 20).verdict is Verdict.PROVED


@pytest.mark.sample(4)
@pytest.mark.parametrize("name", CASES)
def test_its_twin_is_refuted(name):
    assert decide(said(name, True), 20).verdict is Verdict.REFUTED
