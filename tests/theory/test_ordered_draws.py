"""Means of the greatest and least of n draws, sums of uniform ones, the norm around its centre."""

import math
from fractions import Fraction
from math import comb

import numpy as np
import pytest

from proofs.verification.decide import decide
from tests.theory.test_norms_of_draws import assumed, holds
from theory.claims import statement

N = {"n": "integer >= 1"}


def waiting(n):
    """The mean of the greatest of n exponential draws, over all subsets of them."""
    return sum(Fraction((-1) ** (k + 1) * comb(n, k), k) for k in range(1, n + 1))


LAWS = {  # the law, and the means of the greatest and of the least of n draws
    "unit": (
        ("n/(n + 1)", lambda n: Fraction(n, n + 1)),
        ("1/(n + 1)", lambda n: Fraction(1, n + 1)),
    ),
    "uniform(-2, 3)": (
        ("5*n/(n + 1) - 2", lambda n: -2 + Fraction(5 * n, n + 1)),
        ("5/(n + 1) - 2", lambda n: -2 + Fraction(5, n + 1)),
    ),
    "exponential(1/2)": (
        ("2*sum(i, 1, n, 1/i)", lambda n: 2 * sum(Fraction(1, k) for k in range(1, n + 1))),
        ("2/n", lambda n: Fraction(2, n)),
    ),
}
DRAWN = {
    "unit": lambda rng, size: rng.random(size),
    "uniform(-2, 3)": lambda rng, size: rng.uniform(-2, 3, size),
    "exponential(1/2)": lambda rng, size: rng.exponential(2, size),
}


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("way", ["max", "min"])
def test_the_mean_of_an_extreme_is_that_of_exact_draws(law, way):
    names, (said, exact) = {**N, "X": f"sequence of {law}"}, LAWS[law][way == "min"]
    made = statement(names, f"E({way}(i, 1, n, X_i)) == {said}")
    assert decide(made, 2).verdict.value == "proved"
    rng = np.random.default_rng(5)
    for n in (1, 2, 3, 7):
        if (law, way) == ("exponential(1/2)", "max"):
            assert exact(n) == 2 * waiting(n)
        drawn = getattr(DRAWN[law](rng, (40_000, n)), way)(axis=1)
        assert abs(drawn.mean() - float(exact(n))) < 6 * drawn.std() / 200


@pytest.mark.parametrize(
    "conclusion",
    ["0*E(max(i, 1, n, X_i)) == 0", "E(max(i, 1, n, X_i)/a) - E(max(i, 1, n, X_i)/a) == 0"],
)
def test_a_mean_wants_its_parameters_also_next_to_0(conclusion):
    names = {**N, "a": "real", "X": "sequence of uniform(1/a, 2 + 1/a)"}
    assert decide(statement(names, conclusion), 1).verdict.value == "undecided"
    at_all = {**names, "a": "positive"}
    assert decide(statement(at_all, conclusion), 2).verdict.value == "proved"


def irwin_hall(n, x):
    """P(U_1 + ... + U_n >= x) of uniform draws from [0, 1]."""
    x = min(max(x, Fraction(0)), Fraction(n))
    below = sum((-1) ** k * comb(n, k) * (x - k) ** n for k in range(math.floor(x) + 1))
    return float(1 - Fraction(below, math.factorial(n)))


@pytest.mark.parametrize("law", ["unit", "uniform(0, 1)"])
@pytest.mark.parametrize("turned", [False, True])
def test_sums_of_uniform_draws(law, turned):
    event = f"sum(i, 1, n, X_i) {'<=' if turned else '>='} n/2 + u"
    made = statement({**N, "X": f"sequence of {law}", "u": "real"}, f"P({event}) <= 1")
    rows = assumed(made, "chance")
    assert sum("exp" in str(r) for r in rows) == 2
    for n in (1, 2, 3, 6, 12):
        for u in (Fraction(k, 8) for k in range(-50, 51)):
            chance = irwin_hall(n, Fraction(n, 2) + u)
            point = {"chance": 1 - chance if turned else chance, "n": float(n), "u": float(u)}
            assert all(holds(r, point, 1e-9) for r in rows)


@pytest.mark.parametrize("law", ["unit", "uniform(0, 1)", "rademacher"])
@pytest.mark.parametrize(("least", "begin", "tails"), [(0, 1, False), (1, 1, True), (1, 2, False)])
def test_what_is_known_of_a_sum_of_no_draws_has_a_value(law, least, begin, tails):
    """A theorem with a quotient by a sum of squares would take n = 0 from the claim."""
    names = {
        "n": f"integer >= {least}",
        "c": "sequence of positive",
        "t": "positive",
        "X": f"sequence of {law}",
    }
    made = statement(names, f"P(sum(i, {begin}, n, c_i*X_i) >= t) <= 1")
    assert any("exp" in str(r) for r in assumed(made, "chance")) == tails


def norm_below(n, x):
    """P(|w| <= x) of normal vectors of one or two dimensions."""
    x = max(x, 0.0)
    return math.erf(x / math.sqrt(2)) if n == 1 else 1 - math.exp(-x * x / 2)


@pytest.mark.parametrize("sign", [">=", "<="])
def test_the_norm_around_its_centre(sign):
    names = {**N, "w": "gaussian vector(n)", "u": "real"}
    made = statement(names, f"P(|norm(w) - sqrt(n)| {sign} u) <= 1")
    rows = assumed(made, "chance")
    assert sum("exp" in str(r) for r in rows) == 1
    for n in (1, 2):
        for u in (-1.0, 0.0, 0.2, 0.7, 1.0, 1.5, 3.0):
            inside = norm_below(n, math.sqrt(n) + u) - norm_below(n, math.sqrt(n) - u)
            inside = max(inside, 0.0)
            point = {"chance": 1 - inside if sign == ">=" else inside, "n": float(n), "u": u}
            assert all(holds(r, point) for r in rows)
