"""Exact expectations of polynomials, against the definition and against SciPy's laws."""

from fractions import Fraction

import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from theory.errors import InputError
from theory.expressions import parse
from theory.moments import chi_square_moment, draw_moment, polynomial_mean

LAWS = {"w": "gaussian", "v": "gaussian", "u": "uniform"}


def mean(text):
    return polynomial_mean(parse(text, frozenset(LAWS), argument="formula"), LAWS)


@given(st.integers(0, 12))
def test_single_moments_agree_with_scipy(order):
    half = 3**0.5
    uniform = scipy.stats.uniform(-half, 2 * half).moment(order) if order else 1.0
    normal = scipy.stats.norm.moment(order) if order else 1.0
    assert float(draw_moment("gaussian", order)) == pytest.approx(normal, abs=1e-9)
    assert float(draw_moment("uniform", order)) == pytest.approx(uniform, rel=1e-9, abs=1e-9)


@given(st.integers(1, 4), st.integers(0, 4))
def test_chi_square_moments_are_means_of_polynomials(freedom, order):
    laws = {f"w_{i}": "gaussian" for i in range(freedom)}
    total = " + ".join(f"{w}**2" for w in laws)
    formula = parse(f"(({total})/{freedom})**{order}", frozenset(laws), argument="formula")
    expected = chi_square_moment(freedom, order)
    assert polynomial_mean(formula, laws) == (expected if order else 1)


@given(st.integers(-5, 5), st.integers(-5, 5))
def test_the_mean_is_linear_and_independent_factors_separate(a, b):
    assert mean(f"{a}*w**2*u**4 + {b}*w*v") == a * mean("w**2") * mean("u**4")


def test_what_is_no_polynomial_has_no_exact_mean():
    assert mean("exp(w)") is None
    assert mean("1/w") is None
    with pytest.raises(InputError):
        draw_moment("cauchy", 2)
    with pytest.raises(InputError):
        chi_square_moment(0, 1)


def test_products_of_gaussian_layers_keep_norms_on_average():
    """E |W_2 W_1 x|² = m |x|² at m = 2, one output, x = (3/5, 4/5)."""
    names = ("a", "b", "c", "d", "e", "f")
    laws = dict.fromkeys(names, "gaussian")
    text = "(e*(a*3/5 + b*4/5) + f*(c*3/5 + d*4/5))**2"
    assert polynomial_mean(parse(text, frozenset(names), argument="f"), laws) == Fraction(2)


def test_a_mean_that_would_have_too_many_terms_is_left_alone():
    names = "abcdef"
    power = parse(f"({'+'.join(names)})**60", frozenset(names))
    assert polynomial_mean(power, dict.fromkeys(names, "gaussian")) is None
