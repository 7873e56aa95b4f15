"""N against the product of its own start: the deterministic half, and how seldom it fails."""

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from numerics.balls import ball, precision
from numerics.certified.count import certified_count
from numerics.papers.shamir2019.xavier.laws import GAUSSIAN, LAWS
from numerics.papers.shamir2019.xavier.own_product import climb, factor, heights, kappa, others
from numerics.problem import Budget, Problem
from numerics.starts import draw, draw_array, generator
from theory.errors import InputError

laws = st.sampled_from(list(LAWS.values()))


@given(
    st.sampled_from(list(LAWS)),
    st.integers(2, 9),
    st.integers(0, 2**32),
    st.sampled_from([Fraction(1, 10), Fraction(1, 100), Fraction(1, 1000)]),
)
def test_no_orbit_is_later_than_its_own_product_allows(law, depth, seed, step):
    """With the start's own numbers, eta N <= (Z_1 + Z_2)/(sqrt(1 - S) W) + 1 + (n + 1) eta."""
    weights = draw(law, depth, seed)
    p = math.prod(weights)
    assume(abs(p) < Fraction(1, 2))
    least, *larger = sorted(map(abs, weights))
    gaps = [w * w - least * least for w in larger]
    lost, crossing = Fraction(0), ball(Fraction(0))
    if p > 0:
        stride = step * (1 + p) * p / least
        assume(stride <= least and min(gaps) > 0)
        lost = sum(stride * (2 * least + stride) / c for c in gaps)
        assume(lost <= Fraction(1, 2))
    with precision(96):
        if p > 0:
            ratios = [ball(w * w / c) for w, c in zip(larger, gaps, strict=True)]
            crossing = 4 * ball(least * least) * math.prod(ratios, start=ball(Fraction(1))).sqrt()

        def kept(h):
            return 1 / math.prod(ball(1 + h * h / (w * w)).sqrt() for w in weights)

        levels = heights(depth)
        needed = (crossing + climb(levels, kept)) / ball(abs(p))
        latest = needed / ball(1 - lost).sqrt() + 1 + len(levels) * ball(step)
    found = certified_count(Problem.of("(p+1)**2/2", weights, step, "p <= -1/2"), Budget())
    assert ball(found.lower * step) <= latest


@given(laws, st.sampled_from([10, 100]), st.sampled_from([Fraction(1, 2), Fraction(1, 10)]))
def test_the_factor_is_exceeded_as_seldom_as_it_says(law, depth, failure):
    """Z_1 + Z_2 of 4,000 draws."""
    sizes = np.sort(np.abs(draw_array(law.name, (4_000, depth), generator(depth))), axis=1)
    least, larger = sizes[:, :1], sizes[:, 1:]
    positive = np.arange(4_000) % 2  # signs are independent of sizes
    crossing = 4 * least[:, 0] ** 2 * positive / np.sqrt(1 - (least / larger) ** 2).prod(axis=1)
    levels = [float(h) for h in heights(depth)]
    climbs = sum(
        (b * b - a * a) / 2 / np.sqrt(1 + (a / sizes) ** 2).prod(axis=1)
        for a, b in pairwise(levels)
    )
    unit = (float(law.density.mid()) * depth) ** 2
    assert np.mean(unit * (crossing + climbs) > float(factor(law, depth, failure))) <= failure


def test_the_moments_of_the_crossing_are_gamma_functions():
    with precision(96):
        assert kappa(Fraction(0)).contains(0)
        assert kappa(Fraction(1)).contains(1)
        # int_1^oo ((1 - v**-2)**(-1/4) - 1) dv, v = 1/x, x = 1 - y**4: smooth in y.
        nodes, weights = np.polynomial.legendre.leggauss(40)
        y = (nodes + 1) / 2
        x = 1 - y**4
        values = ((y**4 * (2 - y**4)) ** -0.25 - 1) / x**2 * 4 * y**3
        assert abs(float(kappa(Fraction(1, 2))) - float((weights / 2 * values).sum())) < 1e-6


@given(laws, st.fractions(Fraction(1, 100), Fraction(1, 2)))
def test_the_first_moment_is_below_its_closed_form_bound(law, a):
    """exp(-a**2/2) and sqrt(1 - a**2/3) are at most 1, which the bound is at s = 1."""
    with precision(96):
        bound = others(law, Fraction(1), a, a)
        exact = (-ball(a * a) / 2).exp() if law is GAUSSIAN else (1 - ball(a * a) / 3).sqrt()
        assert exact <= bound
        assert bound.contains(1)


def test_bad_input_names_its_argument():
    for depth, failure in ((1, Fraction(1, 2)), (10, Fraction(1)), (10, Fraction(0))):
        with pytest.raises(InputError, match="failure"):
            factor(GAUSSIAN, depth, failure)
