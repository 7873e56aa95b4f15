"""Orbits that come back exactly, and what they never meet."""

from fractions import Fraction
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.escape import escape
from numerics.exact_orbit import iterates
from numerics.problem import Problem
from numerics.recurrence import _mirrored, cycle


@pytest.mark.parametrize(
    ("loss", "weights", "step", "until", "name"),
    [
        ("p**2/2", "1.556", "2", "abs(p) <= 0.9336", "cycle"),
        ("(p+1)**2/2", "0.006", "2", "p >= 4.006", "cycle"),
        ("p", "0.7,0.7", "2", "p <= 0.4", "cycle"),  # (a, a) -> (-a, -a), p stays
        ("(p-1)**2/2", "2,3", "1/3", "abs(p-3) <= 1", "cycle"),  # from 6 to 1 at once
        ("p**2/(1+p**2)", "-1.253", "2", "p >= 0.8141", "tube"),  # phi' > 0 on that cycle
    ],
)
def test_orbits_that_come_back(loss, weights, step, until, name):
    found = escape(loss, weights, step, until, max_seconds=20)
    assert (found.outcome, found.details.get("invariant")) == ("never", name)


def test_what_is_met_before_the_orbit_comes_back_is_counted():
    assert escape("(p+1)**2/2", "0.006", "2", "p <= -2").count == 1
    assert escape("(p+1)**2/2", "0.006", "2", "p <= -2.006 or grad > 9").count == 1
    assert cycle(Problem.of("(p+1)**2/2", "0.006", "1.999", "p >= 4.006")) is None


def test_a_product_of_zero_is_no_mirror_image():
    """Of (0, 1) and (0, -1) the next first weights have opposite signs."""
    one, other = [Fraction(0), Fraction(1)], [Fraction(0), Fraction(-1)]
    assert not _mirrored(one, other, Fraction(0))
    assert _mirrored(one, one, Fraction(0))
    two, mirror = [Fraction(2), Fraction(-1)], [Fraction(-2), Fraction(1)]
    assert _mirrored(two, mirror, Fraction(-2))


@given(
    st.lists(st.integers(-6, 6).filter(bool).map(Fraction), min_size=1, max_size=3),
    st.fractions(-3, 3, max_denominator=3),
    st.sampled_from([Fraction(n, d) for n in (1, 2, 4) for d in (1, 2, 3, 4, 8, 9)]),
)
def test_a_cycle_has_no_other_products(weights, goal, step):
    problem = Problem.of(f"(p-({goal}))**2/2", weights, step, "p >= 10**40")
    if cycle(problem) is None:
        return
    products = [p for _, p in islice(iterates(problem), 40)]
    assert len(products) == 40
    assert set(products) == set(products[:6])
