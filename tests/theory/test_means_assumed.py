"""A hypothesis about a mean holds wherever that mean has a value, or the claim is refused.

E(c exp(a w^2)) is 0 for c = 0, where its closed form c/sqrt(1 - 2 a) may have no value: a claim
that assumed the closed form would be about fewer points than the one that was typed.
"""

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.search import prove
from theory.claims import statement
from theory.errors import Unsupported

GAUSS = {"w": "gaussian", "v": "gaussian", "B": "bernoulli(p)", "X": "sequence of exponential(1)"}
REALS = {"a": "real", "b": "real", "s": "nonnegative", "p": "[0, 1]", "k": "natural"}
NARROWER = {
    "E(exp(a*w^2) - exp(a*w^2)) <= 0": "a = 1",
    "E(b*exp(a*w^2)) <= 0": "b = 0, a = 1",
    "E(b*exp(a*w*v)) <= 0": "b = 0, a = 2",
    "E(|sqrt(s)*w - 1|) <= 1": "s = 0",
    "E(relu(sqrt(s)*w - 1)) <= 0": "s = 0",
    "E(|a*w + b*v - 1|) <= 1": "a = b = 0",
    "Var(b*exp(a*w^2)) <= 0": "b = 0, a = 1",
    "Cov(w, b*exp(a*w^2)) <= 0": "b = 0, a = 1",
    "E(exp(a*w^2) | |w| <= 1) <= 9": "a = 1",
    "E(b*exp(a*w^2)) <= 0 or b >= 9": "b = 0, a = 1",
    "E(b*v*exp(a*w^2)) <= 0": "b = 0, a = 1",
    "E(exp(a*w^2)*(v - v)) <= 0": "a = 1",
    "E(B*exp(a*w^2)) <= 0": "p = 0, a = 1",
    "E(exp(a*B*w^2)) <= 1": "p = 0, a = 1",
    "E(prod(exp(a*w^2), k)) <= 1": "k = 0, a = 1",
    "E(exp(a*sum(i, 1, k, X_i))) <= 1": "k = 0, a = 1",
    "integrate(b*exp(a*x^2), x, -inf, inf) <= 0": "b = 0, a = 1",
    "integrate(exp(a*x) - exp(a*x), x, 0, inf) <= 0": "a = 1",
    "integrate(b*exp(a*x), x, 0, inf) <= 0": "b = 0, a = 1",
}
EXACT = (
    "E(exp(a*w^2)) <= 2",
    "E(w^2*exp(a*w)) <= 2",
    "E(exp(a*w*v)) <= 2",
    "E(|a*w + b|) <= 1",
    "Var(exp(a*w)) <= 1",
    "P(w >= a) <= 1/2",
    "integrate(x*exp(a*x), x, 0, inf) <= 1",
)


@pytest.mark.parametrize("assumed", NARROWER)
def test_what_a_closed_form_does_not_reach_is_not_assumed(assumed):
    with pytest.raises(Unsupported, match=r"in a hypothesis|bounded interval|under a condition"):
        statement({**GAUSS, **REALS}, "1 >= 2", hypotheses={"h": assumed})


@pytest.mark.parametrize("assumed", EXACT)
def test_what_has_a_value_exactly_where_the_mean_has_is_assumed(assumed):
    claim = statement({**GAUSS, **REALS}, "a <= 9", hypotheses={"h": assumed})
    assert all(piece.hypotheses for piece in claim.pieces)


def test_the_end_of_an_interval_is_a_hypothesis_too():
    ends = {"x": "[E(b*exp(a*w^2)), inf)", **GAUSS, **REALS}
    with pytest.raises(Unsupported, match="in a hypothesis"):
        statement(ends, "1 >= 2", hypotheses={"h": "a == 1"})


def test_the_mean_of_a_length_has_a_value_for_every_dimension():
    draws = {"w": "gaussian vector(n)", "n": "integer >= 1"}
    claim = statement(draws, "n >= 1", hypotheses={"h": "E(norm(w)) <= n"})
    assert len(claim.instances) == 4


def test_parameters_of_a_law_are_in_their_range():
    laws = {"X": "exponential(r)", "r": "real"}
    claim = statement(laws, "r >= 1/2", hypotheses={"h": "E(X) <= 2"})
    assert prove(claim, 2).verdict is Verdict.PROVED
    wrong = statement(laws, "r >= 51/100", hypotheses={"h": "E(X) <= 2"})
    assert prove(wrong, 0.3).verdict is not Verdict.PROVED


def test_in_a_conclusion_a_closed_form_claims_more():
    claim = statement({**GAUSS, **REALS}, "E(b*exp(a*w^2)) <= 9")
    assert "sqrt" in str(claim.conclusion)
