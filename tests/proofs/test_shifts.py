"""Claims that depend on two variables by a product of their powers only, and some that do not."""

import pytest

from proofs.core import check
from proofs.evidence.verdicts import Verdict
from proofs.search import prove
from proofs.verification.decide import decide
from theory.claims import statement

PLAIN = {"x, s": "positive"}
DRAWN = {"X": "normal(0, s)", "s": "positive", "t": "nonnegative"}
NEAR = {"near": "t*s^2 <= 1/4"}
JOINED = {
    "a product": (PLAIN, {}, "log(1 + x*s) <= {}*x*s", "1"),
    "with a square": (PLAIN, {}, "log(1 + x*s^2) <= {}*x*s^2", "1"),
    "under a hypothesis": (DRAWN, NEAR, "E(exp(t*X^2)) <= exp({}*t*s^2)", "3/2"),
}


@pytest.mark.parametrize("kind", JOINED)
def test_one_product_is_one_variable(kind):
    names, hypotheses, conclusion, sharp = JOINED[kind]
    true = prove(statement(names, conclusion.format(sharp), hypotheses=hypotheses), 10)
    assert true.verdict is Verdict.PROVED
    check.check(true.data["certificate"])
    assert '"substitute"' in true.data["certificate"]
    false = statement(names, conclusion.format(f"({sharp} - 1/6)"), hypotheses=hypotheses)
    assert decide(false, 10).verdict is Verdict.REFUTED


STEPS = {"D, L, s, T": "positive"}
ETA = {"eta": "min(1/L, sqrt(D/T)/s)"}


@pytest.mark.parametrize(("room", "verdict"), [("2", Verdict.PROVED), ("1.95", Verdict.REFUTED)])
def test_a_smaller_step_with_a_root_is_positive(room, verdict):
    """Joining s with D and D with L came to no end: min(a, b) T > 0 as it is with a and with b."""
    conclusion = f"D/(eta*T) + eta*s^2 <= L*D/T + {room}*s*sqrt(D/T)"
    assert decide(statement(STEPS, conclusion, definitions=ETA), 10).verdict is verdict


@pytest.mark.slow
@pytest.mark.parametrize(("share", "verdict"), [("1", Verdict.PROVED), ("0.9", Verdict.REFUTED)])
def test_a_fact_that_needs_the_target_is_not_cleared_for_it(share, verdict):
    """Whether sqrt(L/m) has a value was asked of a fact that has one only if it has."""
    names = {"n": "natural", "m": "positive", "L": "[m, inf)", "eps": "(0, 1]"}
    many = {"many": f"n >= {share}*sqrt(L/m)*log(1/eps)"}
    claim = statement(names, "(1 - sqrt(m/L))^n <= eps", hypotheses=many)
    assert decide(claim, 10).verdict is verdict
