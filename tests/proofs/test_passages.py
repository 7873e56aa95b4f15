"""Passages of proofs of convergence: tuned steps, means by weights, Lipschitz constants."""

import pytest

from proofs.corpus import judge, lemmas
from proofs.evidence.verdicts import Verdict
from proofs.refutation.refute import refute
from proofs.search import prove
from tests.machine import seconds
from theory.language.reading import statement

WEIGHTS = {"p, q": "nonnegative", "x, y": "nonnegative"}
POSITIVE = {"a, b, c, x, y": "positive", "n": "integer >= 1"}
SUM = {"h": "p + q == 1"}
STEP = "min(1/a, sqrt(b/n))"

KINDS = {
    "a tuned step": (POSITIVE, {}, f"c/(n*{STEP}) + x*{STEP}^2 <= c*a/n + c/(n*sqrt(b/n)) + x*b/n"),
    "a root divides": (POSITIVE, {}, "x/sqrt(a*b/(c*n)) > 0"),
    "roots of products": (POSITIVE, {}, "c^(1/3)*(a/(c*n))^(1/3) + b <= 2*b + (a/n)^(1/3)"),
    "weights": (WEIGHTS, SUM, "p*exp(-x) + q*exp(-y) > 0"),
    "a mean inside of a logarithm": (
        WEIGHTS, SUM, "log(p*exp(-x) + q*exp(-y)) <= -p*x - q*y + p*x^2/2 + q*y^2/2"
    ),
    "quotients that are near": (POSITIVE, {}, "|1/(a + x) - 1/(a + y)| <= |x - y|/a^2"),
    "roots of several": (
        POSITIVE, {}, "|1/(a + sqrt(x)) - 1/(a + sqrt(y))| <= |sqrt(x) - sqrt(y)|/a^2"
    ),
}  # fmt: skip
FALSE = {
    "a tuned step": (POSITIVE, {}, f"c/(n*{STEP}) + x*{STEP}^2 <= c*a/n + 0.9*c/(n*sqrt(b/n))"),
    "a root divides": (POSITIVE, {}, "x/sqrt(a*b/(c*n)) > 1/1000"),
    "roots of products": (POSITIVE, {}, "c^(1/3)*(a/(c*n))^(1/3) + b <= b + 0.95*(a/n)^(1/3)"),
    "weights": (WEIGHTS, {}, "p*exp(-x) + q*exp(-y) > 0"),
    "a mean inside of a logarithm": (
        WEIGHTS, SUM, "log(p*exp(-x) + q*exp(-y)) <= -p*x - q*y + p*x^2/3 + q*y^2/3"
    ),
    "quotients that are near": (POSITIVE, {}, "|1/(a + x) - 1/(a + y)| <= 0.9*|x - y|/a^2"),
    "roots of several": (
        POSITIVE, {}, "|1/(a + sqrt(x)) - 1/(a + sqrt(y))| <= 0.9*|sqrt(x) - sqrt(y)|/a^2"
    ),
}  # fmt: skip
QUICK = ("a tuned step", "weights", "roots of several")
PASSAGES = {one.name: one for one in lemmas("passages")}
FEW = ("passages-tuned-step", "passages-hedge-second-order", "passages-escape-time.twin")


def few(names, quick):
    return [n if n in quick else pytest.param(n, marks=pytest.mark.slow) for n in names]


def claimed(names, hypotheses, conclusion):
    each = {x: domain for some, domain in names.items() for x in some.split(", ")}
    return statement(each, conclusion, hypotheses=hypotheses)


@pytest.mark.parametrize("name", few(KINDS, QUICK))
def test_the_kind_is_proved(name):
    assert prove(claimed(*KINDS[name]), seconds(20)).verdict is Verdict.PROVED


@pytest.mark.parametrize("name", few(FALSE, QUICK))
def test_near_it_counterexamples_are_found(name):
    assert refute(claimed(*FALSE[name]), seconds(4)) is not None


@pytest.mark.parametrize("name", few(PASSAGES, FEW))
def test_no_passage_is_said_to_be_the_opposite_of_what_it_is(name):
    outcome = judge(PASSAGES[name], seconds(20))
    assert outcome.written
    assert not outcome.silent_error
    if name in FEW:
        assert outcome.verdict == ("proved" if outcome.truth else "refuted")
