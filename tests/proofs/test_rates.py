"""Rates of contraction as exponentials: q^n and (q^2)^n with q = (kappa - 1)/(kappa + 1)."""

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.refutation import recursions
from proofs.refutation.refute import refute
from proofs.search import prove
from tests.machine import seconds
from theory.claims import Statement
from theory.errors import InputError
from theory.language.reading import statement

NAMES = {"n": "natural", "k": "[1, inf)", "a0": "nonnegative"}

TRUE = {  # the factor of a step, and what is below it; which twin is false
    "a square": ("((k - 1)/(k + 1))^2", "exp(-4*n/(k + 1))", "exp(-4.2*n/(k + 1))"),
    "of Chebyshev": ("(1 - 2/(k + 1))", "exp(-2*n/(k + 1))", "exp(-2.1*n/(k + 1))"),
    "of a plain step": ("(1 - 1/k)^2", "exp(-2*n/k)", "exp(-2.1*n/k)"),
    "of a root": ("(1 - 1/sqrt(k))", "exp(-n/sqrt(k))", "exp(-1.1*n/sqrt(k))"),
}
FIRST = "a square"


def claimed(factor, bound):
    rows = ["a[0] <= a0", f"a[n+1] <= {factor}*a[n]"]
    return statement(NAMES, f"a[n] <= {bound}*a0", recursions=rows)


@pytest.mark.parametrize(
    "name", [FIRST, *(pytest.param(name, marks=pytest.mark.slow) for name in TRUE if name != FIRST)]
)
def test_a_rate_is_below_an_exponential(name):
    factor, bound, _ = TRUE[name]
    assert prove(claimed(factor, bound), seconds(20)).verdict is Verdict.PROVED


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", TRUE)
def test_a_faster_one_is_refuted(name):
    # At depth 1, with equality in every row; k has to be large, and nothing else matters.
    factor, _, less = TRUE[name]
    found = refute(claimed(factor, less), seconds(3))
    assert found is not None
    assert found.point["layers"] == 1
    assert found.point["a_start0"] == found.point["a0"]
    assert found.point["a_slack_1"] == 0


def test_a_depth_that_is_too_large_leaves_the_smaller_ones(monkeypatch):
    factor, _, less = TRUE[FIRST]
    said, unrolled = claimed(factor, less), Statement.unrolled

    def small(self, depth):
        if depth > 1:
            raise InputError("depth", "makes it too large")
        return unrolled(self, depth)

    monkeypatch.setattr(Statement, "unrolled", small)
    found = refute(said, seconds(10))
    assert found is not None
    assert found.point["layers"] == 1
    monkeypatch.setattr(recursions, "extreme", lambda piece: None)  # nor is it by these alone
    plainly = claimed("(1 + k)", "exp(-n)")
    monkeypatch.setattr(recursions, "_simulated", lambda *_: iter(()))
    found = refute(plainly, seconds(10))
    assert found is not None
    assert found.point["layers"] <= 1


@pytest.mark.parametrize("bound", ["exp(-n)", "exp(-4*n/(k + 1))"])
def test_a_base_that_may_be_negative_is_no_rate(bound):
    # (1 - 2/k)^n grows in size for k < 1, and (1 - 2)^n is 1 for an even n.
    names = {**NAMES, "k": "positive"}
    rows = ["a[0] <= a0", "a[n+1] <= (1 - 2/k)^2*a[n]"]
    said = statement(names, f"a[n] <= {bound}*a0", recursions=rows)
    assert refute(said, seconds(3)) is not None
    assert prove(said, 1).verdict is not Verdict.PROVED
