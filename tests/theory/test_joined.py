"""Means of formulas that join draws: against moments, and against distribution functions."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from proofs.evidence.verdicts import Verdict
from proofs.search import prove
from tests.theory.by_hand import left, value
from theory.claims import statement
from theory.errors import Unsupported

LAWS = {"X": "normal(m, s)", "Y": "normal(k, r)", "w": "gaussian", "v": "gaussian"}
NAMES = {**LAWS, "m, k, t": "real", "s, r": "positive"}


def closed(formula, at, **names):
    return value(left({**NAMES, **names}, formula).obligation.left, at)


def moments(m, s, count):
    """E X^k = m E X^(k-1) + (k - 1) s^2 E X^(k-2)."""
    found = [1.0, m]
    while len(found) < count:
        found.append(m * found[-1] + (len(found) - 1) * s**2 * found[-2])
    return found


SMALL = st.floats(-0.5, 0.5)


@given(SMALL, SMALL, SMALL, st.floats(0.1, 1), st.floats(0.1, 1))
def test_an_exponential_of_a_product_has_the_series_of_its_moments(t, m, k, s, r):
    at = {"t": t, "m": m, "k": k, "s": s, "r": r}
    of_x, of_y = moments(m, s, 60), moments(k, r, 60)
    series = sum(t**j / math.factorial(j) * of_x[j] * of_y[j] for j in range(60))
    assert closed("E(exp(t*X*Y))", at) == pytest.approx(series)
    assert closed("E(3*exp(t*X*Y)/2 - X)", at) == pytest.approx(1.5 * series - m)


@given(st.floats(-0.2, 0.2))
def test_a_square_of_a_sum_is_that_of_one_draw(t):
    one = closed("E(exp(2*t*w^2))", {"t": t})
    assert closed("E(exp(t*(w + v)^2))", {"t": t}) == pytest.approx(one)


def test_a_mean_that_is_infinite_has_no_value():
    draws = {"w": "gaussian", "v": "gaussian"}
    for domain, verdict in (("(-1, 1)", Verdict.PROVED), ("[-1, 1]", Verdict.UNDECIDED)):
        claim = statement({**draws, "t": domain}, "E(exp(t*w*v)) == 1/sqrt(1 - t^2)")
        assert prove(claim, 2).verdict is verdict


APART = {
    "uniform(k, k + s)": lambda k, s: stats.uniform(k, s),
    "exponential(s)": lambda k, s: stats.expon(scale=1 / s),
    "laplace(s)": lambda k, s: stats.laplace(scale=s),
    "uniform(0, 1)": lambda k, s: stats.uniform(0, 1),
}


@pytest.mark.parametrize("law", APART)
@given(st.floats(-3, 3), st.floats(0.2, 3))
def test_the_distance_of_two_draws_is_twice_what_their_law_leaves_on_both_sides(law, k, s):
    """E|X - Y| = 2 times the integral of F (1 - F)."""
    known, at, draws = APART[law](k, s), {"k": k, "s": s}, {"U": law, "V": law}
    low, high = known.ppf(1e-12), known.ppf(1 - 1e-12)
    gap, _ = integrate.quad(lambda x: 2 * known.cdf(x) * known.sf(x), low, high)
    assert closed("E(|U - V|)", at, **draws) == pytest.approx(gap, rel=1e-6)
    assert closed("E(|3*V - 3*U| + 1)", at, **draws) == pytest.approx(3 * gap + 1, rel=1e-6)
    assert closed("E(max(U, V))", at, **draws) == pytest.approx(known.mean() + gap / 2, abs=1e-6)
    spread = closed("E(|U - V|^2)", at, **draws)
    assert spread == pytest.approx(2 * known.var())


@pytest.mark.parametrize(
    "formula",
    ["E(|U - V|^3)", "E(|U - V|*U)", "E(|U - 2*V|)", "E(|U - W|)", "E(|U - V + 1|)",
     "E(exp(|U - V|))", "E(Y*exp(t*X*Y*Y))"],
)  # fmt: skip
def test_other_distances_have_no_closed_form_here(formula):
    with pytest.raises(Unsupported):
        left(
            {**NAMES, "U": "exponential(2)", "V": "exponential(2)", "W": "exponential(s)"}, formula
        )


@pytest.mark.parametrize(
    "formula",
    ["E(||U - V| + w|)", "E(max(w, |U - V|))", "E(relu(w - max(U, V)))", "E(|w - v + min(U, V)|^3)",
     "P(|U - V| + w >= 0)", "P(w + v <= |V - U|)", "P(||U - V| - w| <= 1)", "E(|w + |U - V||)"],
)  # fmt: skip
def test_a_distance_is_not_its_mean_inside_of_a_size_or_an_event(formula):
    with pytest.raises(Unsupported):
        left({**NAMES, "U": "exponential(2)", "V": "exponential(2)"}, formula)


@pytest.mark.parametrize(
    "formula", ["E(1/exp(t*w*v))", "E(2/(2*exp(t*w*v)))", "E(1/(0 + exp(-t*v*w)))"]
)
def test_the_mean_of_a_reciprocal_is_not_the_reciprocal_of_the_mean(formula):
    found = left({**NAMES}, formula).obligation.left
    if any(node.head == "E" for node in found.walk()):
        return  # no closed form: nothing is said of it
    assert value(found, {"t": 0.5}) == pytest.approx(1 / math.sqrt(1 - 0.25))
