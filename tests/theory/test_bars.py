"""Means of |s w + b| where s may have any sign: by cases, and for s = 0 it is |b|."""

from fractions import Fraction

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.refutation.refute import refute
from proofs.search import prove
from theory.claims import Statement, statement
from theory.errors import Unsupported


def said(law: str, conclusion: str, *hypotheses: str) -> Statement:
    variables = {"w": law, "s": "real", "b": "real"}
    variables = {x: kind for x, kind in variables.items() if x in conclusion}
    given = {f"h{i}": h for i, h in enumerate(hypotheses)}
    return statement(variables=variables, hypotheses=given, conclusion=conclusion)


def mean_size(s: Fraction, b: Fraction) -> Fraction:
    """Of s w + b for w uniform on [0, 1]: half the difference of u |u| at the ends, over s."""
    low, high = b, s + b
    return (high * abs(high) - low * abs(low)) / (2 * s) if s else abs(b)


SLOW = pytest.mark.slow
CASES = [(-2, 1), (0, -1), *(pytest.param(s, b, marks=SLOW) for s in (-2, 0, 3) for b in (-3, 2))]
LAWS = ["uniform(0, 1)", *(pytest.param(f"{x}(1)", marks=SLOW) for x in ("exponential", "laplace"))]


@pytest.mark.parametrize(("s", "b"), CASES)
def test_the_mean_of_a_size_is_that_on_each_side(s, b):
    exact = mean_size(Fraction(s), Fraction(b))
    claim = "E(|s*w + b|) == {}"
    given = f"s == {s}", f"b == {b}"
    assert prove(said("uniform(0, 1)", claim.format(exact), *given), 20).verdict is Verdict.PROVED
    assert refute(said("uniform(0, 1)", claim.format(exact + Fraction(1, 100)), *given), 1)


@pytest.mark.parametrize("law", LAWS)
def test_without_a_slope_nothing_is_drawn(law):
    assert prove(said(law, "E(|s*w + b|) == |b|", "s == 0"), 20).verdict is Verdict.PROVED
    assert prove(said(law, "E(|0*w + b|) == |b|"), 20).verdict is Verdict.PROVED
    assert refute(said(law, "E(|s*w + b|) == |b|"), 2) is not None
    assert refute(said(law, "E(|s*w + b|) == b", "s == 0"), 2) is not None
    assert refute(said(law, "E(max(s*w + b, 0)) == max(b, 0)"), 2) is not None


def test_a_slope_without_a_value_is_refused():
    """Of 1/s no sign is asked where it has none."""
    with pytest.raises(Unsupported, match="not plain"):
        said("uniform(0, 1)", "E(|w/s + b|) >= 0")
