"""Theorem 3 with every constant explicit: against stepping, a second library and closed forms."""

import math
from fractions import Fraction
from math import prod

import mpmath
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from numerics.loss import Loss
from numerics.papers.shamir2019.near_identity import (
    LOSSES,
    assumption_3,
    largest_step,
    near_identity_bound,
    near_identity_start,
    steepest_slope,
)
from numerics.problem import Budget, Problem
from numerics.reduced_bounds import two_sided
from numerics.rigorous import ball_count
from numerics.strategies import near_identity_starts
from theory.errors import InputError


@given(
    near_identity_starts(Fraction(1, 10), 5, 12),
    st.sampled_from(LOSSES),
    st.fractions(min_value=Fraction(1, 4), max_value=1, max_denominator=8),
)
def test_the_product_stays_positive_for_as_long_as_the_bound_says(start, text, share):
    loss, (delta, c_3) = Loss.of(text), assumption_3(start)
    assume(delta > 0)
    step = share * largest_step(loss, c_3)
    bound = near_identity_bound(loss, len(start), delta, c_3, step)
    problem = Problem.of(loss, start, step, "p <= 0")
    limit = min(max(bound.lower, bound.closed_form, bound.k_log_k), 400)
    found = ball_count(problem, Budget(max_steps=limit))
    assert found.upper is None or found.upper >= limit


@given(st.fractions(1, 4_000))
def test_the_slope_of_a_quotient_is_bounded_far_out(c_3):
    """Wide balls lose the sign of e^p/(1 + e^p): they are halved."""
    assert 1 - Fraction(1, 2) ** int(c_3) <= steepest_slope(Loss.of("log(1+exp(p))"), c_3) <= 3


@pytest.mark.parametrize(("text", "slope"), [(LOSSES[0], 4), (LOSSES[1], 8), (LOSSES[2], None)])
def test_the_steepest_slope_is_the_one_at_the_end(text, slope):
    found = steepest_slope(Loss.of(text), Fraction(3))
    true = float(mpmath.e**3 / (1 + mpmath.e**3)) if slope is None else slope
    assert true <= found <= true * 1.1


@given(st.integers(3, 400), st.fractions(min_value=0, max_value=Fraction(1, 5)))
def test_the_bound_is_its_formula(depth, delta):
    delta, loss = delta.limit_denominator(1000), Loss.of(LOSSES[0])
    step = largest_step(loss, Fraction(2))
    bound = near_identity_bound(loss, depth, delta, Fraction(2), step)
    if bound.lower == 0:
        return
    with mpmath.workdps(60):
        square = mpmath.mpf(bound.rho.numerator) / bound.rho.denominator
        square = square**2 + 4 * mpmath.mpf(delta.numerator) / delta.denominator
        push = mpmath.mpf((step * bound.steepest).numerator) / (step * bound.steepest).denominator
        value = bound.rho.numerator / mpmath.mpf(2 * bound.rho.denominator)
        value /= push * square ** (mpmath.mpf(depth - 1) / 2)
        # 128 bits of it: the ceiling of a lower end, hence below the true ceiling at most by those.
        assert -value * mpmath.mpf(10) ** -30 <= bound.lower - value <= 1


def test_closed_forms_hold_from_their_first_depth_on():
    loss = Loss.of(LOSSES[0])
    for depth in (16, 17, 50, 300):
        delta = Fraction(1, depth)
        step = largest_step(loss, Fraction(3))
        bound = near_identity_bound(loss, depth, delta, Fraction(3), step)
        assert 0 < bound.closed_form <= bound.lower * 2
        assert 0 < bound.k_log_k <= bound.lower * 2
    assert near_identity_bound(loss, 15, Fraction(1, 15), Fraction(3), step).closed_form == 0


@pytest.mark.parametrize("exponent", [Fraction(1, 2), Fraction(1)])
def test_the_exponent_is_half_c_1_k_log_k(exponent):
    loss = Loss.of(LOSSES[0])
    ratios = []
    for depth in (1_000, 10_000, 100_000):
        delta = Fraction(float(depth) ** -float(exponent)).limit_denominator(10**9)
        step = largest_step(loss, Fraction(3))
        lower = near_identity_bound(loss, depth, delta, Fraction(3), step).k_log_k
        digits = math.log(lower >> max(0, lower.bit_length() - 60))
        logarithm = digits + max(0, lower.bit_length() - 60) * math.log(2)
        ratios.append(logarithm / (float(exponent) / 2 * depth * math.log(depth)))
    assert ratios == sorted(ratios)
    assert 0.7 < ratios[-1] < 1


def test_counts_of_random_starts_are_above_the_bound():
    loss = Loss.of(LOSSES[0])
    for depth in (10, 30, 60):
        start = near_identity_start(depth, Fraction(1), depth)
        delta, c_3 = assumption_3(start)
        assert delta <= Fraction(1, depth)
        assert c_3 == prod(start)
        step = largest_step(loss, c_3)
        bound = near_identity_bound(loss, depth, delta, c_3, step)
        count = two_sided(loss, start, step, Fraction(0))
        assert bound.lower <= count.lower <= count.upper


def test_the_step_size_range_is_needed():
    # Seven weights 1, step 1: w = 1 - 2 = -1 at once, and p = -1 is the minimiser.
    problem = Problem.of(LOSSES[0], [Fraction(1)] * 7, 1, "abs(p+1) <= 0")
    assert ball_count(problem, Budget()).upper == 1
    wide = near_identity_bound(Loss.of(LOSSES[0]), 7, Fraction(0), Fraction(1), Fraction(1))
    assert wide.lower == 0


@pytest.mark.parametrize(
    ("depth", "delta", "c_3", "argument"),
    [(2, 0, 1, "depth"), (5, 1, 1, "delta"), (5, 0, 0, "c_3")],
)
def test_what_the_theorem_does_not_cover_is_refused(depth, delta, c_3, argument):
    with pytest.raises(InputError, match=argument):
        near_identity_bound(
            Loss.of(LOSSES[0]), depth, Fraction(delta), Fraction(c_3), Fraction(1, 100)
        )


def test_a_falling_loss_is_refused():
    with pytest.raises(InputError, match="loss"):
        steepest_slope(Loss.of("(p-1)**2/2"), Fraction(1))
