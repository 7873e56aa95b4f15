"""Statistics: intervals cover as often as they say, censored starts are never dropped."""

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.statistics import (
    fitted_exponent,
    logarithm,
    normal_distance,
    probability_interval,
    quantile_interval,
    uniform_band,
)
from theory.errors import InputError

SHARES = st.sampled_from(["1/10", "1/4", "1/2", "9/10"]).map(Fraction)
CONFIDENCES = st.sampled_from([0.5, 0.9, 0.95, 0.99])
SAMPLES = st.lists(st.integers(0, 10**6), min_size=1, max_size=60, unique=True)


@given(st.integers(1, 120), SHARES, CONFIDENCES)
def test_a_quantile_is_covered_as_often_as_stated(n, share, confidence):
    found = quantile_interval(np.arange(1, n + 1), float(share), confidence)
    low = 0 if found.low == -math.inf else int(found.low)
    high = n + 1 if found.high == math.inf else int(found.high)
    # The interval covers if at least `low` and fewer than `high` observations lie below.
    exactly = sum(
        math.comb(n, m) * share**m * (1 - share) ** (n - m) for m in range(low, min(high, n + 1))
    )
    assert exactly >= Fraction(str(confidence))


@given(SAMPLES, SHARES, st.integers(0, 30))
def test_censoring_moves_only_what_lies_above(sample, share, many):
    ordered = np.sort(np.array(sample, dtype=float))
    kept = max(len(ordered) - many, 0)
    censored = np.where(np.arange(len(ordered)) < kept, ordered, math.inf)
    whole, cut = (quantile_interval(s, float(share)) for s in (ordered, censored))
    assert cut.censored == len(ordered) - kept
    for name in ("estimate", "low", "high"):
        a, b = getattr(whole, name), getattr(cut, name)
        assert b in (a, math.inf)
        assert b == a or a > ordered[:kept].max(initial=-math.inf)
    assert "not reached" in str(cut) or not cut.censored


@given(SAMPLES, SHARES)
def test_quantiles_commute_with_logarithms(sample, share):
    plain = quantile_interval(np.array(sample) + 1.0, float(share))
    logs = quantile_interval(np.log(np.array(sample) + 1.0), float(share))
    assert logs.estimate == math.log(plain.estimate)
    assert logs.high == (math.inf if plain.high == math.inf else math.log(plain.high))


@given(SAMPLES, SHARES)
def test_bounds_on_the_observations_widen_the_interval(sample, share):
    lower = np.array(sample, dtype=float)
    known = quantile_interval(lower, float(share))
    bounded = quantile_interval(lower - 1, float(share), upper=lower + 1)
    assert bounded.low == known.low - 1
    assert bounded.high == known.high + 1


@given(st.integers(1, 60), st.data(), CONFIDENCES)
def test_clopper_and_pearson_invert_the_binomial_tails(trials, data, confidence):
    hits = data.draw(st.integers(0, trials))
    found = probability_interval(hits, trials, confidence)
    tail = (1 - confidence) / 2

    def at_least(k, p):  # P(X >= k), by the incomplete beta function of another library
        return float(mpmath.betainc(k, trials - k + 1, 0, p, regularized=True)) if k else 1.0

    assert found.low == 0 if hits == 0 else abs(at_least(hits, found.low) - tail) < 1e-9
    if hits == trials:
        assert found.high == 1
    else:
        assert abs(1 - at_least(hits + 1, found.high) - tail) < 1e-9


@given(st.floats(-1, 2), st.floats(-5, 5))
def test_the_fit_recovers_a_line_whatever_is_censored_above_the_median(slope, start):
    depths = [3, 5, 8, 13]
    samples = [[start + slope * k] * 5 + [math.inf] * 4 for k in depths]
    found = fitted_exponent(depths, samples, resamples=30)
    assert found.low == -math.inf or math.isclose(found.low, slope, abs_tol=1e-9)
    assert math.isclose(found.estimate, slope, abs_tol=1e-9)
    assert found.low - 1e-9 <= found.estimate <= found.high + 1e-9
    assert found.censored == 16
    assert found.size == 36


@given(st.integers(0, 100), st.floats(0.5, 3), st.floats(-9, 9))
def test_the_bootstrap_scales_with_the_sample_and_is_deterministic(seed, scale, shift):
    random = np.random.default_rng(seed)
    depths = [2.0, 4.0, 6.0]
    samples = [0.6 * k + random.standard_normal(15) for k in depths]
    first = fitted_exponent(depths, samples, resamples=40, seed=seed)
    assert first == fitted_exponent(depths, samples, resamples=40, seed=seed)
    moved = fitted_exponent(depths, [scale * s + shift for s in samples], resamples=40, seed=seed)
    for name in ("low", "estimate", "high"):
        assert math.isclose(getattr(moved, name), scale * getattr(first, name), abs_tol=1e-8)


@given(st.integers(1, 5000), CONFIDENCES)
def test_the_band_is_never_wider_than_massarts_inequality(n, confidence):
    assert uniform_band(n, confidence) <= math.sqrt(math.log(2 / (1 - confidence)) / (2 * n)) + 1e-9


@given(st.lists(st.floats(-4, 4), min_size=1, max_size=40, unique=True), st.integers(0, 5))
def test_the_distance_to_a_normal_law_is_the_largest_gap(sample, censored):
    ordered = sorted(sample) + [math.inf] * censored
    n = len(ordered)
    below = [float(mpmath.ncdf(x)) for x in ordered]
    gap = max(max((i + 1) / n - f, f - i / n) for i, f in enumerate(below))
    assert math.isclose(normal_distance(ordered, 0, 1)[0], gap, abs_tol=1e-12)


@given(st.integers(0, 10**400))
def test_logarithms_of_counts_of_any_length(count):
    expected = -math.inf if count == 0 else float(mpmath.log(count))
    assert math.isclose(logarithm(count), expected, rel_tol=1e-14)
    assert logarithm(str(count)) == logarithm(count)
    assert logarithm(None) == math.inf


@pytest.mark.parametrize(
    "call",
    [
        lambda: quantile_interval([]),
        lambda: quantile_interval([math.nan]),
        lambda: quantile_interval([1.0], 1.0),
        lambda: quantile_interval([1.0], upper=[0.0]),
        lambda: probability_interval(3, 2),
        lambda: fitted_exponent([1, 2, 3], [[1.0], [2.0], [math.inf]]),
        lambda: fitted_exponent([1, 2, 3], [[1.0], [2.0], [3.0]]),
        lambda: uniform_band(0),
    ],
)
def test_nonsense_is_refused_in_one_line(call):
    with pytest.raises(InputError) as wrong:
        call()
    assert "\n" not in str(wrong.value)
