"""The largest and least of n draws, windows around a centre, and products of copies, exactly."""

from fractions import Fraction
from itertools import product
from math import prod

import pytest

from proofs.refutation.refute import refute
from proofs.search import prove
from theory.claims import statement
from theory.errors import InputError

OPERATORS = {
    "<": Fraction.__lt__,
    "<=": Fraction.__le__,
    ">": Fraction.__gt__,
    ">=": Fraction.__ge__,
}
ATOMS = {0: Fraction(9, 16), 1: Fraction(6, 16), 2: Fraction(1, 16)}  # of binomial(2, 1/4)


def holds(variables, conclusion, hypotheses=None):
    claim = statement(variables, conclusion, hypotheses=hypotheses or {})
    return prove(claim, 3).verdict.value == "proved"


@pytest.mark.parametrize("level", [Fraction(-1), Fraction(1), Fraction(3, 2)])
@pytest.mark.parametrize("sign", OPERATORS)
@pytest.mark.parametrize(("extreme", "every"), [(max, "<"), (min, ">")])
def test_the_chance_of_an_extreme_is_that_over_all_outcomes(extreme, every, sign, level):
    holds_ = OPERATORS[sign]
    one = sum((p for v, p in ATOMS.items() if holds_(Fraction(v), level)), Fraction(0))
    said = f"({one})^n" if sign[0] == every else f"1 - ({1 - one})^n"
    for n in (1, 2, 3):
        exact = Fraction(0)
        for chosen in product(ATOMS.items(), repeat=n):
            if holds_(Fraction(extreme(v for v, _ in chosen)), level):
                exact += prod(p for _, p in chosen)
        assert exact == (one**n if sign[0] == every else 1 - (1 - one) ** n)
    variables = {"X": "sequence of binomial(2, 1/4)", "n": "integer >= 1"}
    event = f"P({extreme.__name__}(i, 1, n, X_i) {sign} {level})"
    assert holds(variables, f"{event} == {said}")
    assert refute(statement(variables, f"{event} >= {said} + 1/1000"), 1)
    assert refute(statement(variables, f"{event} <= {said} - 1/1000"), 1)


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("said", "true"),
    [
        ("P(max(i, 1, n, X_i) <= t) == t^n", True),
        ("P(max(i, 1, n, X_i) >= t) == 1 - t^n", True),
        ("P(min(i, 1, n, X_i) >= t) == (1 - t)^n", True),
        ("P(min(i, 1, n, X_i) <= t) == t^n", False),
        ("P(max(i, 1, n, X_i) >= t) == t^n", False),
    ],
)
def test_extremes_of_uniform_draws(said, true):
    variables = {"X": "sequence of unit", "n": "integer >= 1", "t": "[0, 1]"}
    assert holds(variables, said) is true
    assert (refute(statement(variables, said), 2) is None) is true


@pytest.mark.parametrize("said", ["P(max(i, 1, n, X_i) <= 1) <= 1", "E(max(i, 1, n, X_i)) <= 1"])
@pytest.mark.parametrize("law", ["unit", "exponential(1)", "bernoulli(1/2)", "gaussian"])
@pytest.mark.parametrize("end", ["natural", "positive", "[1, inf)"])
def test_of_no_draws_or_half_a_draw_there_is_no_largest(said, law, end):
    if (law, end) == ("gaussian", "natural"):  # that there is a draw is assumed of normal ones
        return
    with pytest.raises(InputError):
        statement({"X": f"sequence of {law}", "n": end}, said)


def test_an_extreme_next_to_another_draw_is_not_one_level():
    variables = {"X": "sequence of unit", "U": "unit", "n": "integer >= 1"}
    with pytest.raises(InputError):
        statement(variables, "P(max(i, 1, n, X_i) <= U) <= 1")


@pytest.mark.parametrize("scale", ["s", "2", "s + 1"])
def test_a_positive_factor_goes_out_of_a_largest(scale):
    variables = {"w": "sequence of gaussian", "n": "integer >= 1", "s": "positive", "m": "real"}
    largest = f"E(max(i, 1, n, m + ({scale})*w_i))"
    assert holds(variables, f"{largest} <= m + ({scale})*sqrt(2*log(n))")


@pytest.mark.parametrize("scale", ["-1", "s", "s - 1"])
def test_another_factor_does_not(scale):
    variables = {"w": "sequence of gaussian", "n": "integer >= 1", "s": "real"}
    with pytest.raises(InputError):
        statement(variables, f"E(max(i, 1, n, ({scale})*w_i)) >= 0")


@pytest.mark.parametrize("centre", [Fraction(0), Fraction(1, 4), Fraction(1), Fraction(3, 2)])
@pytest.mark.parametrize("half", [Fraction(1, 8), Fraction(1, 2), Fraction(1)])
def test_a_mean_within_a_window_is_that_of_the_window(centre, half):
    """U in [0, 1] given |U - c| <= h is uniform on what is left of the window."""
    low, high = max(Fraction(0), centre - half), min(Fraction(1), centre + half)
    said = f"E(U | |U - {centre}| <= {half}) =="
    claim = statement({"U": "uniform(0, 1)"}, f"{said} {(low + high) / 2}")
    if low >= high:  # nothing is left, and there is no such mean
        assert prove(claim, 1).verdict.value != "proved"
        return
    assert prove(claim, 3).verdict.value == "proved"
    assert refute(statement({"U": "uniform(0, 1)"}, f"{said} {(low + high) / 2 + 1}"), 1)


def test_outside_of_a_window_there_are_two_intervals():
    with pytest.raises(InputError):
        statement({"U": "uniform(0, 1)"}, "E(U | |U - 1/2| >= 1/4) == 1/2")


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("said", "true"),
    [
        ("Var(prod(X, k)) == (m^2 + s^2)^k - m^(2*k)", True),
        ("E(prod(X, k)^2) == (m^2 + s^2)^k", True),
        ("E(prod(X, k)^2) == m^(2*k)", False),  # the copies of a square are not others
        ("E(prod(X, k)^2) == E(prod(X, k))^2", False),
    ],
)
def test_a_power_of_copies_is_of_the_same_copies(said, true):
    variables = {"X": "normal(m, s)", "m": "real", "s": "positive", "k": "natural"}
    assert holds(variables, said) is true
    assert (refute(statement(variables, said), 2) is None) is true


def test_the_size_of_a_product_is_that_of_its_factors():
    variables = {"U": "uniform(-a, a)", "a": "positive", "k": "natural"}
    assert holds(variables, "E(|prod(U, k)|) == (a/2)^k")
    assert refute(statement(variables, "E(|prod(U, k)|) == (a/3)^k"), 2)
