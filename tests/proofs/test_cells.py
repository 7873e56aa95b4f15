"""What is a polynomial on each of a few cells: shrinkage, clipped vectors, networks of one unit."""

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.refutation.refute import refute
from proofs.search import prove, reading
from proofs.search.cone import contradiction
from proofs.search.forms import Forms
from theory.claims import Statement, statement

X, Y, AT_M = (f"(sign({x})*max(abs({x}) - {at}, 0))" for x, at in ("xl", "yl", "xm"))
SHRINKAGE = [  # variables, what holds, what does not
    ("l:positive x:real", f"{X} <= max(x - l, 0) - max(-x - l, 0)",
     f"{X} <= max(x - l, 0) - max(-x - 0.99*l, 0)"),
    ("l:positive m:positive x:real", f"abs({X} - {AT_M}) <= abs(l - m)",
     f"abs({X} - {AT_M}) <= 0.99*abs(l - m)"),
    ("c:positive s:positive", "abs(s - s*min(1, c/s)) <= max(s - c, 0)",
     "abs(s - s*min(1, c/s)) <= max(s - 1.01*c, 0)"),
]  # fmt: skip
SLOWER = [
    ("l:positive x:real z:real", f"l*abs({X}) + ({X} - x)^2/2 <= l*abs(z) + (z - x)^2/2",
     f"l*abs({X}) + ({X} - x)^2/2 <= 0.98*l*abs(z) + (z - x)^2/2"),
    ("l:positive x:real y:real", f"({X} - {Y})^2 <= ({X} - {Y})*(x - y)",
     f"({X} - {Y})^2 <= 0.95*({X} - {Y})*(x - y)"),
    ("l:positive x:real y:real", f"abs({X} - {Y}) <= abs(x - y)",
     f"abs({X} - {Y}) <= 0.99*abs(x - y)"),
]  # fmt: skip
UNIT = "abs(max(a*x, 0) - max(b*y, 0)) <= {}*abs(a)*abs(x - y) + abs(a - b)*abs(y)"
LAYERS = "abs(max(a*max(b*x, 0), 0) - max(a*max(b*y, 0), 0)) <= {}*abs(a*b)*abs(x - y)"
OUTER = "abs(a*max(b*x, 0) - a*max(b*y, 0)) <= {}*abs(a)*abs(b)*abs(x - y)"
REALS = "a:real b:real x:real y:real"
NETWORKS = [(REALS, UNIT.format(1), UNIT.format("0.98"))]
SLOWER += [(REALS, said.format(1), said.format("0.98")) for said in (LAYERS, OUTER)]


def said(variables: str, conclusion: str, *hypotheses: str) -> Statement:
    domains = dict(pair.split(":") for pair in variables.split())
    given = {f"h{i}": h for i, h in enumerate(hypotheses)}
    return statement(variables=domains, hypotheses=given, conclusion=conclusion)


@pytest.mark.parametrize(
    ("variables", "holds", "fails"),
    [*SHRINKAGE, *NETWORKS, *(pytest.param(*row, marks=pytest.mark.slow) for row in SLOWER)],
)
def test_on_each_cell_it_is_a_polynomial(variables, holds, fails):
    assert prove(said(variables, holds), 60).verdict is Verdict.PROVED
    assert refute(said(variables, fails), 2) is not None
    assert prove(said(variables, fails), 0.3).verdict is not Verdict.PROVED


@pytest.mark.parametrize(
    ("hypotheses", "excluded"),
    [
        (("x > y", "y >= x"), True),
        (("x >= y", "y >= x"), False),  # on a line
        (("x > y", "y > z", "z >= x + 1"), True),
        (("x > y", "y > z", "z >= x - 1"), False),
        (("x == y", "x > z", "z > y"), True),
        (("x*y > 1", "x*y < 1"), True),  # what is no variable is as good
        (("x > 1", "y > 1", "x*y < 1"), False),  # for that products were to be taken
    ],
)
def test_linear_facts_exclude_each_other(hypotheses, excluded):
    goal = reading(said("x:real y:real z:real", "x >= 0", *hypotheses))
    assert (contradiction(Forms(goal)) is not None) == excluded


def test_the_sign_of_what_may_be_zero_is_no_number():
    """At 0 the sign is 0: whoever takes one of two signs proves too much."""
    for claim in ("abs(sign(x)) >= 1", "x*sign(x) > 0", "sign(x)^2 >= 1", "sign(x) != 0"):
        assert prove(said("x:real", claim), 0.5).verdict is not Verdict.PROVED
    assert prove(said("x:real", "x*sign(x) >= 0"), 20).verdict is Verdict.PROVED
    assert prove(said("x:real", "sign(x) >= 1", "x > 0"), 20).verdict is Verdict.PROVED
