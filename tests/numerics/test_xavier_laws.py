"""Moments, tails and quantiles of the two laws, against scipy, mpmath and sampling."""

import math
from fractions import Fraction
from itertools import pairwise

import mpmath
import numpy as np
import pytest
from flint import acb, arb
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from numerics.balls import ball, ends, precision
from numerics.papers.shamir2019.xavier.laws import GAUSSIAN, LAWS, UNIFORM, ProductLaw, law_of
from numerics.papers.shamir2019.xavier.tails import SumLaw, chernoff
from numerics.starts import draw_array, generator
from theory.errors import InputError

laws = st.sampled_from(list(LAWS.values()))
ratios = st.fractions(Fraction(1, 1000), 2, max_denominator=1000)


def within(x: arb, value: float, tolerance: float = 1e-9) -> bool:
    low, high = (float(e) for e in ends(x))
    return low - tolerance <= value <= high + tolerance


def density(law, w):
    if law.gaussian:
        return 2 * mpmath.npdf(w)
    return 1 / mpmath.sqrt(3)


def expectation(law, function):
    points = [0, 0.01, 0.3, 1, 3, 12] if law.gaussian else [0, 0.01, 0.3, 1, mpmath.sqrt(3)]
    return mpmath.quad(lambda w: density(law, w) * function(w), points)


@settings(max_examples=8)
@given(laws, ratios, ratios)
def test_moments_are_expectations(law, s, shift):
    with precision(96):
        assert within(
            law.shifted_moment(ball(shift), ball(s)),
            float(expectation(law, lambda w: (w + float(shift)) ** float(s))),
        )
        squares = law.square_moment(ball(shift), ball(s))
        assert within(
            squares.real,
            float(expectation(law, lambda w: (w * w + float(shift)) ** (float(s) / 2))),
        )
        assert within(law.moment(ball(s)).real, float(expectation(law, lambda w: w ** float(s))))


@settings(max_examples=8)
@given(laws, ratios)
def test_what_is_kept_of_one_is_an_expectation(law, height):
    with precision(96):
        kept = law.kept(ball(height))
    assert within(kept, float(expectation(law, lambda w: w * w / (w * w + float(height) ** 2))))


@given(ratios)
def test_small_and_large_weights(x):
    with precision(96):
        inside = 2 * stats.norm.cdf(float(x)) - 1
        assert within(GAUSSIAN.below(ball(x)), inside)
        assert within(GAUSSIAN.above(ball(x)), 1 - inside)
        assert within(UNIFORM.below(ball(x)), min(1, float(x) / math.sqrt(3)))
        for law in LAWS.values():
            # Assumption 2 with its sharp constant, attained by the uniform law
            assert not law.below(ball(x)) > law.density * ball(x)


@pytest.mark.parametrize("law", LAWS.values(), ids=str)
def test_exponent_and_variance_are_derivatives_of_the_moments(law):
    with precision(256):
        h = arb(1) / 10**20
        up, down = (law.moment(e).real.log() for e in (h, -h))
        assert abs((up - down) / (2 * h) + law.exponent) < 1e-30
        assert abs((up + down) / (h * h) - law.variance) < 1e-15


@given(
    laws,
    st.sampled_from([0, Fraction(1, 10**6), Fraction(1, 100), Fraction(1, 4)]),
    st.floats(0.01, 3),
    st.floats(1, 50),
    st.floats(1, 20),
)
def test_decay_bounds_the_transform_beyond_its_start(law, beta, sigma, start, further):
    summand = ProductLaw(law, Fraction(beta))
    with precision(192):
        bound, power = summand.decay(arb(sigma), arb(start))
        t = arb(start) * arb(further)
        value = abs(summand.transform(acb(arb(sigma), t)))
        assert value.mid() <= (bound * (arb(start) / t) ** ball(power)).upper()


@given(st.integers(6, 400), st.floats(-3, 3))
def test_products_of_uniform_weights_have_a_gamma_law(depth, deviation):
    level = Fraction(round(100 * (-0.4507 * depth + deviation * math.sqrt(depth))), 100)
    closed = stats.gamma.cdf(depth * math.log(3) / 2 - float(level), depth)
    assert within(SumLaw(ProductLaw(UNIFORM), depth).above(level), closed, 1e-9)


@given(st.integers(5, 40), st.floats(-2, 2))
def test_squared_products_of_gaussian_weights_are_meijer(depth, deviation):
    # Against a midpoint rule of the same inversion integral in double precision, done by hand.
    level = -0.635 * depth + deviation * math.sqrt(depth)
    t = (np.arange(60_000) + 0.5) * 1e-3
    s = 0.5 + 1j * t
    from scipy.special import loggamma

    log_m = s / 2 * math.log(2) + loggamma((s + 1) / 2) - 0.5 * math.log(math.pi)
    integral = (np.exp(depth * log_m - s * round(level, 2)) / s).real.sum() * 1e-3 / math.pi
    law = SumLaw(ProductLaw(GAUSSIAN), depth)
    assert within(law.above(Fraction(str(round(level, 2)))), integral, 1e-6)


@pytest.mark.parametrize("law", LAWS.values(), ids=str)
def test_tails_agree_with_samples(law):
    depth, beta, n = 12, Fraction(1, 50), 40_000
    w = draw_array(law.name, (n, depth), generator(5))
    sums = 0.5 * np.log(w * w + float(beta)).sum(axis=1)
    tails = SumLaw(ProductLaw(law, beta), depth)
    for level in (-9, -6, -4, -2, 0):
        share = float((sums >= level).mean())
        exact = float(tails.above(Fraction(level)).mid())
        assert abs(share - exact) < 5 * math.sqrt(exact / n) + 5 / n


@given(
    laws, st.integers(5, 60), st.sampled_from([Fraction(1, 2), Fraction(1, 10), Fraction(1, 50)])
)
def test_a_quantile_is_not_exceeded_more_often_and_chernoff_says_so_later(law, depth, probability):
    summand = ProductLaw(law, Fraction(1, depth**2))
    tails = SumLaw(summand, depth)
    level = tails.quantile(probability)
    assert tails.above(level) <= ball(probability)
    assert tails.above(level - Fraction(1, 100)) > ball(probability)
    with precision(96):
        s = ball(Fraction(1, 2))
        assert chernoff(summand.transform(s).real, s, depth, ball(level)) >= tails.above(level)


@given(st.integers(5, 30))
def test_tails_fall(depth):
    tails = SumLaw(ProductLaw(GAUSSIAN, Fraction(1, 100)), depth)
    values = [tails.above(Fraction(i)) for i in range(-2 * depth, 3)]
    assert all(not b > a for a, b in pairwise(values))


def test_bad_input_names_its_argument():
    with pytest.raises(InputError, match="law"):
        law_of("cauchy")
    with pytest.raises(InputError, match="depth"):
        SumLaw(ProductLaw(GAUSSIAN), 0)
    with pytest.raises(InputError, match="probability"):
        SumLaw(ProductLaw(GAUSSIAN), 9).quantile(Fraction(1))
    with pytest.raises(InputError, match="s: "):
        GAUSSIAN.shifted_moment(arb(1), arb(20))
