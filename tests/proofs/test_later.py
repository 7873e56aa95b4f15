"""Invariants from a later step on, sums whose terms know their end: proved, and false beside."""

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.search import prove
from proofs.verification.decide import decide
from theory.claims import statement


def said(conclusion, recursions=(), n="natural", **variables):
    return statement(
        variables={"n": n, **variables}, recursions=list(recursions), conclusion=conclusion
    )


ROOTS = ["x[0] <= a", "x[n+1] <= x[n]/2 + 1/sqrt(n + 1)"]
SQUARES = ["x[0] <= a", "x[n+1] <= x[n]/2 + 1/(n + 1)^2"]
FROM_BELOW = ["x[0] >= 0", "x[n+1] >= x[n]/2 + 1/(n + 1)^2"]
TRUE = {
    "a square, from the fourth": said("x[n] <= a/2^n + 8/(n + 1)^2", SQUARES, a="nonnegative"),
    "from below": said("x[n] >= 2/(n + 1)^2 - 2/2^n", FROM_BELOW),
    "a share of the bound": said("sum(k, 1, n, 1/(n + k)) >= 1/2", n="integer >= 1"),
    "an integral": said("sum(k, 1, n, 1/(n + k)) <= log(2)", n="integer >= 1"),
    "a root, from the second step on": said("x[n] <= a/2^n + 4/sqrt(n + 1)", ROOTS,
                                            a="nonnegative"),
}  # fmt: skip
FALSE = {
    "a root": said("x[n] <= a/2^n + 2.4/sqrt(n + 1)", ROOTS, a="nonnegative"),
    "a square": said("x[n] <= a/2^n + 7/(n + 1)^2", SQUARES, a="nonnegative"),
    "from below": said("x[n] >= 3/(n + 1)^2 - 2/2^n", FROM_BELOW),
    "a share of the bound": said("sum(k, 1, n, 1/(n + k)) >= 0.51", n="integer >= 1"),
    "an integral": said("sum(k, 1, n, 1/(n + k)) <= 0.69", n="integer >= 1"),
    "a power by a definition": statement(
        variables={"n": "integer >= 1", "x": "real"},
        definitions={"d": "x^n"},
        hypotheses={"h": "d == 1"},
        conclusion="x + sum(k, 1, n, 1/(n + k)) >= 0",
    ),
    "far out": said("sum(k, 1, n, sqrt(k/n)/n) >= 0.68", n="integer >= 1"),
}


@pytest.mark.sample(4)
@pytest.mark.parametrize("name", TRUE)
def test_true_ones_are_proved(name):
    assert prove(TRUE[name], 60).verdict is Verdict.PROVED


@pytest.mark.sample(3)
@pytest.mark.parametrize("name", FALSE)
def test_false_ones_are_refuted(name):
    assert decide(FALSE[name], 30).verdict is Verdict.REFUTED


def test_a_chance_about_a_sum_is_no_formula_for_sympy():
    asked = said("P(w >= sum(k, 1, n, 1/k)) <= 1/2", n="integer >= 1", w="gaussian")
    assert decide(asked, 10).verdict is Verdict.PROVED
