"""Logarithms of sums of exponentials beside maxima, and beside each other."""

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.refutation.refute import refute
from proofs.search import prove, reading
from proofs.search.forms import Forms
from proofs.search.hinted import with_premises
from proofs.search.matched import matched
from proofs.search.trees import opened
from theory.claims import Statement, statement

TWO, AWAY = "log(exp(x) + exp(y))", "log(exp(u) + exp(v))"
FOUR = "log(exp(x) + exp(y) + exp(u) + exp(v))"
CLAIMS = [  # what holds for {} = the first, and fails for the second
    (f"max(x, y) <= {TWO} - {{}}", "0", "1/100"),
    (f"{FOUR} <= max(x, y, u, v) + log({{}})", "4", "3.95"),
]
SLOW = [
    ("log(exp(t*x) + exp(t*y))/t <= max(x, y) + log({})/t", "2", "1.97"),
    (f"abs({TWO} - {AWAY}) <= {{}}*max(abs(x - u), abs(y - v))", "1", "0.98"),
]


def said(conclusion: str, *hypotheses: str) -> Statement:
    names = {x for x in "uvxyt" if x in conclusion.replace("exp", "").replace("max", "")}
    variables = {x: "positive" if x == "t" else "real" for x in sorted(names)}
    given = {f"h{i}": h for i, h in enumerate(hypotheses)}
    return statement(variables=variables, hypotheses=given, conclusion=conclusion)


@pytest.mark.parametrize(
    ("claim", "most", "less"), [*CLAIMS, *(pytest.param(*c, marks=pytest.mark.slow) for c in SLOW)]
)
def test_the_logarithm_of_a_sum_beside_the_maximum(claim, most, less):
    assert prove(said(claim.format(most)), 60).verdict is Verdict.PROVED
    assert refute(said(claim.format(less)), 2) is not None
    assert prove(said(claim.format(less)), 0.3).verdict is not Verdict.PROVED


@pytest.mark.parametrize(
    ("claim", "hypotheses", "goes"),
    [
        ("exp(x) + exp(y) >= exp(u) + exp(v)", ("x >= u", "y >= v"), True),
        ("exp(x) + exp(y) >= exp(u) + exp(v)", ("x >= v", "y >= u"), True),
        ("exp(x) + exp(y) >= exp(u) + exp(v)", ("x >= u", "x >= v"), False),
        ("2*exp(x) + exp(y) >= exp(u) + exp(v)", ("x >= u", "x >= v"), True),
        ("exp(x) + 1 >= exp(u) + exp(v)", ("x >= u", "v <= 0"), True),
        ("exp(x) + 1 >= exp(u) + 1.01*exp(v)", ("x >= u", "v <= 0"), False),
        ("exp(x + y) + exp(x) >= exp(u + y) + exp(u)", ("x >= u",), True),
    ],
)
def test_each_part_needs_one_above_it(claim, hypotheses, goes):
    goal = with_premises(reading(said(claim, *hypotheses)), {})
    found = [opened(goal, node) for node in matched(goal, Forms(goal))]
    assert any(made is not None and not made[1] for made in found) == goes
