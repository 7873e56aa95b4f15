"""Scalar inequalities: ends at pi/2, limits far out, logarithms apart, races of powers."""

from pathlib import Path

import pytest

from proofs.corpus import Lemma, judge
from proofs.evidence.verdicts import Verdict
from proofs.search import prove
from proofs.verification.decide import decide
from theory.claim_files import entries
from theory.claims import statement

FRESH = Path(__file__).parent / "analytic.toml"
PAIRS = {
    "Jordan, at pi/2": ("sin(x) >= 2*x/pi", "sin(x) >= 0.64*x", {"x": "[0, pi/2]"}),
    "Kober, at pi/2": ("cos(x) >= 1 - 2*x/pi", "cos(x) >= 1 - 0.63*x", {"x": "[0, pi/2]"}),
    "a chord at pi": (
        "1 - cos(x) >= 2*x^2/pi^2", "1 - cos(x) >= 0.21*x^2", {"x": "[0, pi]"},
    ),
    "Mills' ratio from below": (
        "1 - Phi(x) >= x/(1 + x^2)*exp(-x^2/2)/sqrt(2*pi)",
        "1 - Phi(x) >= x/(0.95 + x^2)*exp(-x^2/2)/sqrt(2*pi)",
        {"x": "positive"},
    ),
    "Mills' ratio by Komatsu": (
        "1 - Phi(x) >= 2*exp(-x^2/2)/(sqrt(2*pi)*(x + sqrt(x^2 + 4)))",
        "1 - Phi(x) >= 2*exp(-x^2/2)/(sqrt(2*pi)*(x + sqrt(x^2 + 3.9)))",
        {"x": "nonnegative"},
    ),
    "Stirling's step": (
        "(x + 1/2)*log(1 + 1/x) >= 1", "(x + 0.499)*log(1 + 1/x) >= 1", {"x": "positive"},
    ),
    "e from above": (
        "(1 + 1/x)^(x + 1/2) >= e", "(1 + 1/x)^(x + 0.499) >= e", {"x": "positive"},
    ),
    "a step of a factorial": (
        "e*sqrt(n + 1)*((n + 1)/e)^(n + 1) >= (n + 1)*e*sqrt(n)*(n/e)^n",
        "e*(n + 1)^0.4*((n + 1)/e)^(n + 1) >= (n + 1)*e*n^0.4*(n/e)^n",
        {"n": "integer >= 1"},
    ),
    "powers against exponentials": (
        "x^a*exp(-b*x) <= (a/(e*b))^a",
        "x^a*exp(-b*x) <= 0.99*(a/(e*b))^a",
        {"x": "positive", "a": "positive", "b": "positive"},
    ),
    "a mean of Laplace": (
        "1/2*(sqrt(1 - s)^(-2) + sqrt(1 + s)^(-2)) == 1/(1 - s^2)",
        "1/2*(sqrt(1 - s)^(-2) + sqrt(1 + s)^(-2)) == 1/(1 - 0.99*s^2)",
        {"s": "(-1, 1)"},
    ),
}  # fmt: skip


@pytest.mark.sample(5)
@pytest.mark.parametrize("name", PAIRS)
def test_the_true_one_is_proved_and_its_twin_refuted(name):
    true, false, variables = PAIRS[name]
    said, twin = (statement(variables=variables, conclusion=c) for c in (true, false))
    assert prove(said, 30).verdict is Verdict.PROVED
    assert decide(twin, 30).verdict is Verdict.REFUTED


@pytest.mark.slow  # two minutes: pytest -m slow tests/proofs/test_analytic.py
def test_fresh_lemmas_are_decided_without_an_error():
    claims = list(entries(FRESH))
    rows = [Lemma(c.name, "", True, c.statement) for c in claims]
    rows += [Lemma(c.name, "", False, c.mutant) for c in claims]
    found = [judge(row, 12) for row in rows]
    assert not [o.name for o in found if o.silent_error]
    assert sum(o.truth and o.verdict == "proved" for o in found) >= 27
    assert sum(not o.truth and o.verdict == "refuted" for o in found) >= 29
