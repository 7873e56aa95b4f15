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
