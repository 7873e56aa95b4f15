"""Invariants from what is known of sums at the end, and from logarithms of sums."""

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.search import prove
from proofs.verification.decide import decide
from theory.claims import statement


def said(conclusion, hypotheses=(), **variables):
    return statement(
        variables={"n": "integer >= 1", **variables},
        hypotheses={f"h{i}": h for i, h in enumerate(hypotheses)},
        conclusion=conclusion,
    )


LAWS = {"p": "sequence of positive", "q": "sequence of positive"}
SUMS = ["sum(i, 1, n, p_i) == 1", "sum(i, 1, n, q_i) == 1"]
TRUE = {
    "relative entropy below chi-square": said(
        "sum(i, 1, n, p_i*log(p_i/q_i)) <= sum(i, 1, n, (p_i - q_i)^2/q_i)", SUMS, **LAWS
    ),
    "a product of layers near the identity": said(
        "prod(t, 1, n, 1 + a_t) <= 1/(1 - s)",
        ["sum(t, 1, n, a_t) <= s"],
        s="[0, 1)",
        a="sequence of nonnegative",
    ),
    "log-sum-exp below the greatest": said(
        "log(sum(i, 1, n, exp(x_i))) <= max(i, 1, n, x_i) + log(n)", x="sequence of real"
    ),
}
FALSE = {
    "relative entropy below less than chi-square": said(
        "sum(i, 1, n, p_i*log(p_i/q_i)) <= sum(i, 1, n, (p_i - q_i)^2/(2.1*q_i))", SUMS, **LAWS
    ),
    "a product of layers with a larger bound": said(
        "prod(t, 1, n, 1 + a_t) <= 1/(1 - s)",
        ["sum(t, 1, n, a_t) <= 1.1*s"],
        s="[0, 1/2)",
        a="sequence of nonnegative",
    ),
    "log-sum-exp below less": said(
        "log(sum(i, 1, n, exp(x_i))) <= max(i, 1, n, x_i) + 0.97*log(n)", x="sequence of real"
    ),
}


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", TRUE)
def test_what_is_known_at_the_end_is_part_of_the_invariant(name):
    assert prove(TRUE[name], 60).verdict is Verdict.PROVED


@pytest.mark.slow  # pytest -m slow tests/proofs/test_duals.py
@pytest.mark.parametrize("name", FALSE)
def test_a_little_less_is_refuted(name):
    assert decide(FALSE[name], 30).verdict is Verdict.REFUTED
