"""Sums of bounded terms, logarithms of sums, weighted sums, momenta: for every n, with twins."""

from pathlib import Path

import pytest

from proofs.corpus import Lemma, judge
from proofs.evidence.verdicts import Verdict
from proofs.search import prove, reading
from proofs.search.lyapunov import heights, squares
from proofs.search.weighed import weighed
from proofs.verification.decide import decide
from theory.claim_files import entries
from theory.claims import statement

KINDS = Path(__file__).parent / "kinds.toml"
COUNT = {"n": "integer >= 1"}
NATURAL = {"n": "natural", "b": "[0, 1)"}
FAST = {
    "a weighted mean of squares": (
        {**COUNT, "x, u": "sequence of real"},
        "sum(i, 1, n, exp(x_i)*u_i)^2 <= sum(i, 1, n, exp(x_i))*sum(i, 1, n, exp(x_i)*u_i^2)",
        "sum(i, 1, n, exp(x_i)*u_i)^2 <= 0.99*sum(i, 1, n, exp(x_i))*sum(i, 1, n, exp(x_i)*u_i^2)",
    ),
    "a momentum beside its gradient": (
        {**NATURAL, "g": "sequence of [0, 1]"},
        "sum(t, 1, n, sum(s, 1, t, b^(t - s)*g_s*g_t)) <= n/(1 - b)",
        "sum(t, 1, n, sum(s, 1, t, b^(t - s)*g_s*g_t)) <= 0.9*n/(1 - b)",
    ),
}
SLOW = (
    "popoviciu-n",
    "bhatia-davis-n",
    "relu-two-lipschitz",
    "lse-n-upper",
    "lse-n-temperature",
    "lse-n-lipschitz",
    "weighted-jensen",
    "momentum-double-square",
    "momentum-constant",
)


@pytest.mark.parametrize("name", FAST)
def test_the_true_one_is_proved_and_its_twin_refuted(name):
    variables, true, false = FAST[name]
    said, twin = (statement(variables=variables, conclusion=c) for c in (true, false))
    assert prove(said, 30).verdict is Verdict.PROVED
    assert decide(twin, 30).verdict is Verdict.REFUTED


def proposals(make, variables, conclusion):
    """What a move proposes as invariants, by their text."""
    (piece,) = statement(variables=variables, conclusion=conclusion).pieces
    return {str(f.term).replace(" ", "") for f in make(reading(piece))}


def test_products_of_facts_are_summed():
    """From (x - a)(b - x) >= 0 the sum of squares is at most (a + b) S - a b n."""
    found = proposals(
        weighed,
        {**COUNT, "a, b": "real", "x": "sequence of [a, b]"},
        "sum(i, 1, n, x_i^2) <= (a + b)*sum(i, 1, n, x_i) - a*b*n",
    )
    assert any("a*b*n" in said for said in found)
    assert not proposals(weighed, {**COUNT, "x": "sequence of real"}, "sum(i, 1, n, x_i^2) >= 0")


def test_a_square_pays_for_a_momentum():
    """With b/(1 - b) times its square, and for no other constant above than 1/(1 - b)^2."""
    variables = {**NATURAL, "g": "sequence of real"}
    momentum = "sum(t, 1, n, sum(s, 1, t, b^(t - s)*g_s)^2)"
    assert proposals(squares, variables, f"{momentum} <= sum(t, 1, n, g_t^2)/(1 - b)^2")
    assert not proposals(squares, variables, f"{momentum} <= sum(t, 1, n, g_t)/(1 - b)^2")


def test_a_momentum_of_bounded_gradients_is_bounded():
    variables = {**NATURAL, "G": "positive", "g": "sequence of [0, G]"}
    bounded = "sum(t, 1, n, b^(n - t)*g_t) <= G/(1 - b)"
    assert proposals(heights, variables, bounded)
    free = {**variables, "g": "sequence of nonnegative"}
    assert not proposals(heights, free, bounded)


@pytest.mark.slow  # a minute: pytest -m slow tests/proofs/test_kinds.py
@pytest.mark.parametrize("name", SLOW)
def test_what_was_open_is_proved(name):
    (claim,) = (c for c in entries(KINDS) if c.name == name)
    assert prove(claim.statement, 30).verdict is Verdict.PROVED


@pytest.mark.slow  # ten minutes
def test_most_of_every_kind_is_decided_and_nothing_wrongly():
    claims = list(entries(KINDS))
    rows = [Lemma(c.name, "", True, c.statement) for c in claims]
    rows += [Lemma(c.name, "", False, c.mutant) for c in claims]
    found = [judge(row, 10) for row in rows]
    assert not [o.name for o in found if o.silent_error]
    assert sum(o.truth and o.verdict == "proved" for o in found) >= 55
    assert sum(not o.truth and o.verdict == "refuted" for o in found) >= 65
