"""Touching of high order, distances from zero on the line, bounds of Lambert's W."""

import json
from fractions import Fraction

import pytest
from flint import arb, fmpq

from proofs.core import check
from proofs.core.ranges import working_precision
from proofs.evidence.verdicts import Verdict
from proofs.search import prove
from proofs.search.standard import ALTERNATING, LAMBERT, ONE_SIGN, ORDERS, REACHES, bound
from proofs.verification.decide import decide
from theory.claims import statement

PAIRS = {
    "Wilker": (
        "(sin(x)/x)^2 + tan(x)/x > 2", "(sin(x)/x)^2 + tan(x)/x > 2.001", {"x": "(0, pi/2)"},
    ),
    "Huygens": (
        "2*sin(x)/x + tan(x)/x > 3", "2*sin(x)/x + tan(x)/x > 3.01", {"x": "(0, pi/2)"},
    ),
    "Cusa": (
        "sin(x)/x <= (2 + cos(x))/3", "sin(x)/x <= (2.01 + 0.98*cos(x))/3", {"x": "(0, pi/2)"},
    ),
    "a cube of a sine": (
        "(sin(x)/x)^3 >= cos(x)", "(sin(x)/x)^3 >= 1.001*cos(x)", {"x": "(0, pi/2)"},
    ),
    "the tangent to the fifth power": (
        "tan(x) >= x + x^3/3 + 2*x^5/15", "tan(x) >= x + x^3/3 + 0.14*x^5", {"x": "[0, pi/2)"},
    ),
    "Shafer": (
        "atan(x)*(1 + 2*sqrt(1 + x^2)) >= 3*x", "atan(x)*(1 + 2*sqrt(1 + x^2)) >= 3.01*x",
        {"x": "[0, 1]"},
    ),
    "Pade of exp": (
        "exp(x)*(12 - 6*x + x^2) >= 12 + 6*x + x^2",
        "exp(x)*(12 - 6*x + x^2) >= 12 + 6*x + 1.01*x^2",
        {"x": "[0, 1]"},
    ),
    "the normal law by the logistic one": (
        "Phi(x) - sigmoid(1.7*x) <= 0.0096", "Phi(x) - sigmoid(1.7*x) <= 0.0093", {"x": "real"},
    ),
    "a clipped line": (
        "sigmoid(x) - clip(x/4 + 1/2, 0, 1) <= 0.12",
        "sigmoid(x) - clip(x/4 + 1/2, 0, 1) <= 0.119",
        {"x": "real"},
    ),
    "W below a logarithm": (
        "lambertw(x) <= log(1 + x)", "lambertw(x) <= 0.99*log(1 + x)", {"x": "nonnegative"},
    ),
    "W above a fraction": (
        "lambertw(x) >= x/(1 + x)", "lambertw(x) >= 1.01*x/(1 + x)", {"x": "nonnegative"},
    ),
    "W by two logarithms": (
        "lambertw(x) >= log(x) - log(log(x))", "lambertw(x) >= log(x) - 0.97*log(log(x))",
        {"x": "[e, inf)"},
    ),
}  # fmt: skip


@pytest.mark.slow  # half a minute: pytest -m slow tests/proofs/test_taylor.py
@pytest.mark.parametrize("name", PAIRS)
def test_the_true_one_is_proved_and_its_twin_refuted(name):
    true, false, variables = PAIRS[name]
    said, twin = (statement(variables=variables, conclusion=c) for c in (true, false))
    assert prove(said, 60).verdict is Verdict.PROVED
    assert decide(twin, 60).verdict is Verdict.REFUTED


def test_a_sine_is_below_its_series_and_not_below_less():
    true = statement(variables={"x": "[0, 1]"}, conclusion="sin(x) <= x - x^3/6 + x^5/120")
    false = statement(variables={"x": "[0, 1]"}, conclusion="sin(x) <= x - x^3/6 + x^5/121.5")
    assert prove(true, 30).verdict is Verdict.PROVED
    assert prove(false, 1).verdict is not Verdict.PROVED


def families(orders):
    """Every bound of these orders: head, lower or upper, reach, and the bound."""
    for head in (*ALTERNATING, *ONE_SIGN):
        for order in orders:
            for below in (True, False):
                for reach in REACHES if head in ONE_SIGN else REACHES[:1]:
                    if head != "less" or reach < 1:
                        yield head, below, reach, bound(head, order, below, reach)


def accepted(lemma):
    certificate = check.canonical(lemma.certificate)
    return check.check(certificate, check.canonical(lemma.statement)).digest == lemma.digest


def test_lemmas_about_series_are_accepted_by_the_core():
    for *_, one in families(ORDERS[:1]):
        assert accepted(one.lemma)
    assert all(map(accepted, LAMBERT))


@pytest.mark.slow
def test_lemmas_of_all_orders_are_accepted_by_the_core():
    for *_, one in families(ORDERS):
        assert accepted(one.lemma)


def test_a_changed_coefficient_is_not_accepted():
    lemma = bound("sin", 3, True).lemma
    wrong = json.loads(json.dumps(lemma.statement).replace("-1/6", "-1/7"))
    with pytest.raises(check.Rejected):
        check.check(check.canonical(check.sealed(wrong, lemma.proof)))


FUNCTIONS = {
    "exp": lambda t: (-t).exp(),
    "log": lambda t: (1 + t).log(),
    "less": lambda t: -(1 - t).log(),
    "erf": lambda t: t.erf() * arb.pi().sqrt() / 2,
}


@pytest.mark.parametrize("t", [Fraction(1, 100), Fraction(1, 3), Fraction(1, 2)])
def test_bounds_are_on_their_side_and_near(t):
    """Against Arb, which knows nothing of the lemmas."""
    with working_precision():
        at = arb(fmpq(t.numerator, t.denominator))
        for head, below, _, one in families(ORDERS):
            f = FUNCTIONS[head](at) if head in FUNCTIONS else getattr(at, head)()
            near = sum(c * t**k for k, c in enumerate(one.row))
            gap = (f - arb(fmpq(near.numerator, near.denominator))) * (1 if below else -1)
            assert not gap < 0
            assert gap < 9 * at ** (len(one.row) - 1)
