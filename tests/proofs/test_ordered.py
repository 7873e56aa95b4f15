"""Mean values along a path between two ordered variables; signs that are strict."""

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.search import prove
from theory.claims import statement


def verdict(conclusion: str, variables: str, *hypotheses: str, seconds: float = 20) -> Verdict:
    domains = dict(pair.split(":") for pair in variables.split())
    said = {f"h{i}": h for i, h in enumerate(hypotheses)}
    data = statement(variables=domains, hypotheses=said, conclusion=conclusion)
    return prove(data, seconds).verdict


SLOPES = [  # a difference, what it is at least, where the constant is that of the slope
    ("b:real a:real", "log(b)^2 - log(a)^2 - {}*exp(-2)*(b - a)", 4, "e < a", "a < b", "b < e^2"),
    ("b:real a:real", "{}*(b - a) - (exp(b) - exp(a))", 3, "a <= b", "b <= log(3)"),
    ("y:real x:real", "y*log(y) - x*log(x) - {}*(y - x)", 2, "exp(1) <= x", "x <= y"),
    ("y:real x:real", "{}*(y - x) - (cos(x) - cos(y))", 1, "1 <= x", "x <= y", "y <= pi"),
    ("y:real x:real", "2*(atan(y) - atan(x)) - {}*(y - x)", 1, "0 <= x", "x <= y", "y <= 1"),
    ("b:real a:real", "{}*(b - a) - (tanh(b) - tanh(a))", 1, "a <= b"),
]  # fmt: skip


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("variables", "gap", "constant", "where"), [(v, g, c, w) for v, g, c, *w in SLOPES]
)
def test_a_difference_lies_between_the_extreme_slopes(variables, gap, constant, where):
    relation = ">=" if any("<=" in h and ":" not in h for h in where) else ">"
    said = gap.format(constant)
    assert verdict(f"{said} {relation} 0", variables, *where) is Verdict.PROVED
    beyond = constant + (0.01 if said.find("- " + str(constant)) > 0 else -0.01)
    assert (
        verdict(f"{gap.format(beyond)} {relation} 0", variables, *where, seconds=0.3)
        is not Verdict.PROVED
    )


STRICT = [
    ("a >= 0", "a:real b:nonnegative c:nonnegative", "a == b/c"),
    ("a <= 0", "a:real b:nonnegative c:real", "c <= 0", "a == b/c"),
    ("z >= 0", "x:real y:real z:real", "z == abs(x)/(x^2 + y^2)"),
    ("x > 0", "x:nonnegative y:real", "y == 1/x"),
]


@pytest.mark.parametrize("case", STRICT, ids=[c[0] for c in STRICT])
def test_what_is_nonnegative_and_no_zero_is_positive(case):
    assert verdict(*case) is Verdict.PROVED


def test_a_sign_that_is_known_is_not_looked_for_again():
    """Of r > 0 that it is no zero says nothing: this was said again in every case of a proof."""
    assert verdict("E(exp(t*(X - 1/r))) <= exp(t^2/r^2)", "r:positive X:exponential(r) t:real",
                   "abs(t) <= r/2") is Verdict.PROVED  # fmt: skip


@pytest.mark.parametrize("k", [1, 3])
def test_a_divisor_of_any_sign_gives_none(k):
    assert (
        verdict("a >= 0", "a:real b:nonnegative c:real", f"a == {k}*b/c", seconds=0.3)
        is not Verdict.PROVED
    )


POWERS = [
    "a^x >= (exp(1)*x*log(a)/b)^b",
    "x*log(a) >= b*(1 + log(x*log(a)/b))",
]


@pytest.mark.parametrize("claim", POWERS)
def test_a_base_above_one_is_an_exponential(claim):
    variables = "a:real b:positive x:positive"
    assert verdict(claim, variables, "a > 1") is Verdict.PROVED
    assert verdict(claim.replace(">=", ">"), variables, "a > 1", seconds=0.3) is not Verdict.PROVED


def test_an_exponent_without_a_value_at_one_is_left_alone():
    """Where the hypotheses contradict each other, an exponent may have no value at any point."""
    said = "hi >= lo", "lo > 1", "hi == abs(lo)/(lo^2 + hi^2)"
    claim = "hi^lo >= lo*log(hi)^exp(-2)"
    assert verdict(claim, "lo:positive hi:nonnegative", *said, seconds=0.4) is not Verdict.REFUTED
