"""Chi-square moments and tails: against exact rationals, SciPy and sampling."""

import math
from fractions import Fraction

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from numerics.balls import ends, precision
from numerics.chi_square import (
    best_lower_tail,
    best_upper_tail,
    laurent_massart,
    lower_tail,
    mean_root,
    moment,
    tail,
    upper_tail,
)
from theory.errors import InputError
from theory.moments import chi_square_moment

HIGH, LOW = Fraction(11, 10), Fraction(9, 10)
sizes = st.integers(1, 400)
layers = st.integers(1, 12)


@given(sizes, st.integers(0, 6))
def test_integer_moments_are_the_exact_products(freedom, order):
    low, high = ends(moment(freedom, order))
    assert low <= chi_square_moment(freedom, order) <= high


@given(st.integers(1, 60), st.fractions("1/10", 4))
def test_tails_agree_with_scipy(freedom, factor):
    expected = scipy.stats.chi2.sf(float(factor) * freedom, freedom)
    assert float(tail(freedom, factor).mid()) == pytest.approx(expected, rel=1e-9)


@given(sizes)
def test_one_layer_obeys_both_bounds(width):
    assert tail(width, HIGH**2) <= upper_tail(width, 1, HIGH)
    with precision(128):
        assert 1 - tail(width, LOW**2) <= lower_tail(width, 1, LOW)


@given(sizes, layers)
def test_closed_bounds_are_above_the_best_moment(width, q):
    assert best_upper_tail(width, q, HIGH) <= upper_tail(width, q, HIGH) * (1 + 1e-3) + 1e-3
    if width > 2 * q:
        assert best_lower_tail(width, q, LOW) <= lower_tail(width, q, LOW) + 1e-3


@given(st.integers(1, 5000), st.integers(1, 60))
def test_the_published_exponents(width, q):
    """At most exp(-0.009 m/q) above, 5/4 exp(-0.0103 m/q) below: for all m and q."""
    ratio = width / q
    assert float(upper_tail(width, q, HIGH).mid()) <= math.exp(-0.009 * ratio)
    low = float(lower_tail(width, q, LOW, Fraction(1, 5)).mid())
    assert low <= 1.25 * math.exp(-0.0103 * ratio) + 1e-12


def test_products_stay_in_their_window_as_often_as_promised():
    random = np.random.Generator(np.random.PCG64(1))
    for width, q in ((300, 2), (1500, 8)):
        logs = sum(np.log(random.chisquare(width, 20_000) / width) for _ in range(q)) / 2
        assert np.mean(logs >= math.log(1.1)) <= float(upper_tail(width, q, HIGH).mid())
        assert np.mean(logs <= math.log(0.9)) <= float(lower_tail(width, q, LOW).mid())


@given(st.integers(1, 300), st.floats(0.01, 20))
def test_laurent_massart_bounds_the_exact_tail(freedom, x):
    from flint import arb

    limit = float(laurent_massart(freedom, arb(x)).mid())
    assert scipy.stats.chi2.sf(limit, freedom) <= math.exp(-x)


@given(sizes)
def test_mean_roots_shrink_by_a_fifth_of_the_width(freedom):
    with precision(128):
        assert mean_root(freedom) <= 1 - 0.2021 / freedom + 1e-9
    next_ = mean_root(freedom + 1)
    product = mean_root(freedom) * next_  # a_d a_(d+1) = sqrt(d/(d+1))
    assert (product - (freedom / (freedom + 1)) ** 0.5).abs_upper() < 1e-12


def test_out_of_range_is_refused():
    for call in (
        lambda: moment(3, Fraction(-3, 2)),
        lambda: moment(0, 1),
        lambda: upper_tail(10, 1, Fraction(1)),
        lambda: lower_tail(10, 1, Fraction(1)),
        lambda: upper_tail(10, 0, HIGH),
    ):
        with pytest.raises(InputError):
            call()
