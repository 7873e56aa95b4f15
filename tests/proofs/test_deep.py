"""Counterexamples far along a recursion, where its formula is too large to be written out."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.evidence.verdicts import Verdict
from proofs.refutation.deep import violation_at_depth
from proofs.refutation.refute import refute
from proofs.refutation.violation import confirm, violation
from proofs.verification.decide import decide
from theory.claims import Statement, statement
from theory.errors import InputError

NESTEROV = ("t[0] == 1", "t[n+1] == (1 + sqrt(1 + 4*t[n]^2))/2")
WEIGHTS = ("A[0] == 0", "A[n+1] == A[n] + (1 + sqrt(1 + 4*A[n]))/2")
CUBIC = ("a[0] <= a0", "a[n+1] <= a[n] - a[n]^(3/2)", "a[n] >= 0")


def said(conclusion: str, *rows: str, **variables: str) -> Statement:
    """A claim about the sequences of some rows."""
    names = {"n": "natural", **variables}
    return statement(variables=names, conclusion=conclusion, recursions=list(rows))


FAR = {
    "nesterov": said("t[n] <= n/2 + 3/2", *NESTEROV),
    "weights": said("A[n] >= n^2/3", *WEIGHTS),
    "three-halves": said("n^2*a[n] <= 3", *CUBIC, a0="nonnegative"),
    "harmonic": said("h[n] <= 6", "h[0] == 0", "h[n+1] == h[n] + 1/(n + 1)"),
}


@pytest.mark.parametrize("name", FAR)
def test_what_fails_far_along_a_recursion_is_refuted(name):
    """Where the formula after that many steps is too large, or there are hundreds of steps."""
    found = refute(FAR[name], 6.0)
    assert found is not None
    assert found.point["layers"] > 8
    assert confirm(FAR[name], found)


@pytest.mark.parametrize(
    ("conclusion", "rows"),
    [
        ("t[n] >= n/2 + 1", NESTEROV),
        ("A[n] >= n^2/4", WEIGHTS),
        ("n^2*a[n] <= 4", CUBIC),
    ],
)
@given(depth=st.integers(0, 40), start=st.fractions(0, 1, max_denominator=9))
def test_what_holds_is_not_refuted(conclusion, rows, depth, start):
    """At no depth is a true claim contradicted."""
    free = {"a0": "nonnegative"} if rows is CUBIC else {}
    claim = said(conclusion, *rows, **free)
    point = dict.fromkeys(claim.variables, start)
    assert claim.layers is not None
    point |= {f"{x}_{k}": Fraction(0) for k in range(1, depth + 1) for x in claim.layers.variables}
    assert violation_at_depth(claim, {**point, "layers": Fraction(depth)}) is None


@given(
    slope=st.fractions(-2, 2, max_denominator=4),
    bound=st.fractions(0, 3, max_denominator=4),
    depth=st.integers(0, 6),
    start=st.fractions(-1, 2, max_denominator=3),
    power=st.sampled_from(["x[n]^2", "abs(x[n])^(1/2)", "exp(-x[n])", "x[n]^r", "(x[n] - 1)^n"]),
)
def test_running_says_what_unrolling_says(slope, bound, depth, start, power):
    """Also where steps, roots and powers have no value."""
    claim = said(
        f"x[n] <= {bound}", "x[0] == s", f"x[n+1] == {slope}*{power} + s", s="real", r="real"
    )
    point = {"s": start, "r": Fraction(2), "layers": Fraction(depth)}
    ran, unrolled = violation_at_depth(claim, point), violation(claim, point)
    assert ran is None or unrolled is not None
    if "^n" not in power or depth < 2:
        assert (ran is None) == (unrolled is None)


def test_a_real_exponent_wants_a_positive_base_at_every_step():
    """x^r is exp(r log x) for a real r, also at r = 2: a run through x < 0 shows nothing."""
    claim = said("x[n] <= 0", "x[0] == -1", "x[n+1] == x[n]^r", r="real")
    point = {"r": Fraction(2), "layers": Fraction(1)}
    assert violation_at_depth(claim, point) is None
    assert violation_at_depth(
        said("x[n] <= 0", "x[0] == -1", "x[n+1] == x[n]^r", r="integer"), point
    )


def test_no_more_steps_than_can_be_run():
    """A depth beyond the limit decides nothing, and a script cannot write it out."""
    claim = said("h[n] <= 1", "h[0] == 0", "h[n+1] == h[n] + 1")
    assert violation_at_depth(claim, {"layers": Fraction(10**6)}) is None
    with pytest.raises(InputError):
        claim.unrolled(10**6)


def test_a_verdict_of_the_command():
    """The whole way, with the budget that users have."""
    found = decide(FAR["weights"])
    assert found.verdict is Verdict.REFUTED


STEPS = {"variables": {}, "hypotheses": {}, "start": {"k": "1"}, "next": {"k": "k + 1"}}
POWERS = {
    "of half a step": statement(
        {"y": "nonnegative"}, "y + 0*k > 0", hypotheses={"h": "y^(k/2) >= 0"}, layers=STEPS
    ),
    "of a root": statement(
        {"y": "real"}, "y + 0*k >= 0", hypotheses={"h": "y^(2/k) >= 0"}, layers=STEPS
    ),
    "of a sum": statement(
        {"y": "nonnegative", "n": "integer >= 1", "a": "sequence of real"},
        "y + 0*sum(i, 1, n, a_i) > 0",
        hypotheses={"h": "y^(1/n) >= 0"},
    ),
    "of a norm": statement(
        {"A": "matrix(n, n)", "n": "integer >= 1"},
        "norm2(A) > 0",
        hypotheses={"h": "norm2(A)^(1/n) >= 0"},
    ),
    "in a step": said("n <= 0", "x[0] == -1", "c[0] == 2", "c[n+1] == c[n]/2 + 1",
                      "x[n+1] == x[n]^c[n]"),
}  # fmt: skip


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", POWERS)
def test_a_power_wants_as_much_at_one_depth_as_at_all(name):
    """y^(k/2) is exp(k log(y)/2): at k = 2 it is y, but y > 0 was wanted."""
    assert refute(POWERS[name], 2.0) is None


@given(depth=st.integers(0, 4), base=st.fractions(-2, 2, max_denominator=2),
       power=st.sampled_from(["k", "2*k - 1", "k/2", "1/k", "m", "k*m"]))  # fmt: skip
def test_a_power_of_integers_wants_nothing(depth, base, power):
    """What is made of integers is no logarithm's exponent, and a step counts in integers."""
    steps = {
        "variables": {}, "hypotheses": {}, "start": {"k": "1", "m": "2"},
        "next": {"k": "k + 1", "m": "m + k"},
    }  # fmt: skip
    claim = statement(
        {"y": "real"}, "y + 0*k + 0*m > 3", hypotheses={"h": f"abs(y^({power})) >= 0"}, layers=steps
    )
    found = violation(claim, {"y": base, "layers": Fraction(depth)})
    ran = violation_at_depth(claim, {"y": base, "layers": Fraction(depth)})
    assert (found is None) == (ran is None)
    assert (found is None) == (base <= 0 and "/" in power)
