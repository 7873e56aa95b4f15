"""Balls enclose, restore exactly, and never decide what they cannot."""

import math
from fractions import Fraction

import pytest
from flint import arb, ctx
from hypothesis import given
from hypothesis import strategies as st

from numerics.balls import (
    around,
    at_most,
    ball,
    ball_from_ints,
    ceil_lower,
    ceil_upper,
    dyadic_fraction,
    ends,
    exact_rational,
    floor_lower,
    floor_upper,
    ints_from_ball,
    largest,
    less,
    log2_size,
    precision,
    products_of_others,
    smallest,
)

rationals = st.fractions(max_denominator=10**6)
bits = st.integers(10, 300)


@given(rationals, bits)
def test_a_ball_contains_its_rational(x, n):
    with precision(n):
        low, high = ends(ball(x))
    assert low <= x <= high


@given(rationals, rationals, bits)
def test_four_integers_restore_a_ball(x, y, n):
    with precision(n):
        b = ball(x).union(ball(y))
    again = ball_from_ints(ints_from_ball(b))
    assert ends(again) == ends(b)


@given(rationals, rationals, bits)
def test_comparisons_are_true_false_or_undecided_but_never_wrong(x, y, n):
    with precision(n):
        a, b = ball(x), ball(y)
        assert less(a, b) in (x < y, None)
        assert at_most(a, b) in (x <= y, None)


def test_not_a_number_is_undecided():
    nothing = arb("nan")
    assert less(nothing, nothing) is at_most(nothing, 1) is None


@given(rationals, rationals, bits)
def test_floors_and_ceilings_frame_every_point(x, y, n):
    with precision(n):
        b = ball(x).union(ball(y))
    for z in (x, y):
        assert floor_lower(b) <= z <= ceil_upper(b)
        assert ceil_lower(b) <= -(-z.numerator // z.denominator) <= ceil_upper(b)
        assert floor_lower(b) <= z.numerator // z.denominator <= floor_upper(b)


@given(st.lists(rationals, min_size=1, max_size=6), bits)
def test_extremes_are_enclosed(xs, n):
    with precision(n):
        balls = [ball(x) for x in xs]
        top, bottom = ends(largest(balls)), ends(smallest(balls))
    assert top[0] <= max(xs) <= top[1]
    assert bottom[0] <= min(xs) <= bottom[1]


@given(rationals, st.fractions(min_value=0, max_value=9))
def test_around_reaches_far_enough(x, r):
    low, high = ends(around(ball(x), ball(r)))
    assert low <= x - r
    assert x + r <= high


@given(rationals.filter(bool))
def test_log2_size_bounds_the_size(x):
    with precision(60):
        size = log2_size(ball(x))
    assert abs(x) < Fraction(2) ** size <= 4 * abs(x)


def test_precision_is_restored_even_after_an_error():
    before = ctx.prec
    with pytest.raises(ZeroDivisionError), precision(777):
        _ = ctx.prec / 0
    assert ctx.prec == before


def test_huge_exponents_are_refused_instead_of_filling_the_memory():
    with pytest.raises(OverflowError):
        dyadic_fraction(1, 10**12)
    with pytest.raises(OverflowError):
        exact_rational(arb((1, 10**12)))


@given(st.lists(rationals, min_size=1, max_size=6))
def test_products_of_the_others_contain_them(xs):
    for i, found in enumerate(products_of_others([ball(x) for x in xs])):
        low, high = ends(found)
        assert low <= math.prod(xs[:i] + xs[i + 1 :], start=Fraction(1)) <= high
