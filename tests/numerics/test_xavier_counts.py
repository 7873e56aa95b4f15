"""Stored counts, statements about them, and the law that they should follow."""

import json
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from numerics.balls import ball
from numerics.papers.shamir2019.xavier import counts as stored_counts
from numerics.papers.shamir2019.xavier import report
from numerics.papers.shamir2019.xavier.counts import Count, problem, stored, write
from numerics.papers.shamir2019.xavier.fluctuations import (
    prediction,
    residuals,
    sample_log_xi,
    universal,
)
from numerics.papers.shamir2019.xavier.laws import GAUSSIAN, LAWS
from numerics.papers.shamir2019.xavier.quantiles import (
    distance,
    dkw_radius,
    empirical,
    p_value_of_failures,
    quantile_interval,
)
from numerics.problem import Budget
from numerics.rigorous import ball_count
from theory.errors import InputError

integers = st.integers(0, 10**60)


@given(integers, st.one_of(st.none(), integers))
def test_counts_survive_being_written(lower, more):
    found = Count(lower, None if more is None else lower + more)
    assert Count.read(str(found)) == found


@pytest.mark.parametrize("text", ["", "-1", "1.5", "..3", "1..x", "1 .. 2"])
def test_what_is_not_a_count_is_refused(text):
    with pytest.raises(InputError, match="counts"):
        Count.read(text)


def test_a_file_survives_being_written_and_names_its_problem(tmp_path):
    path = tmp_path / "counts.json"
    counts = {"gaussian": {2: [Count(3, 3), Count(1, None)]}, "uniform": {5: [Count(0, 0)]}}
    write(path, counts)
    assert stored(path) == counts
    data = json.loads(path.read_text())
    data["problem"]["step"] = "1/2"
    other = tmp_path / "other.json"
    other.write_text(json.dumps(data))
    with pytest.raises(InputError, match="another problem"):
        stored(other)


def test_enough_starts_are_stored():
    deep = [c for rows in stored().values() for k, row in rows.items() if k >= 20 for c in row]
    assert len(deep) >= 2_000
    assert sum(c.lower == c.upper for c in deep) > 0.99 * len(deep)
    assert all(c.upper is not None and c.upper - c.lower <= 1 for c in deep)
    assert all(300 in rows for rows in stored().values())


@given(st.sampled_from(list(LAWS)), st.integers(0, 30), st.sampled_from([2, 3, 4, 5, 8]))
def test_stored_counts_are_those_of_direct_stepping(law, index, depth):
    found = stored()[law][depth][index]
    direct = ball_count(problem(law, depth, index), Budget(max_steps=1_500))
    if direct.upper is None:
        assert found.upper is None or found.upper >= direct.lower
    else:
        assert found.lower <= direct.upper
        assert found.upper is None or found.upper >= direct.lower


def test_the_engine_counts_a_stored_start_again():
    assert stored_counts.count("uniform", 14, 3) == stored()["uniform"][14][3]


@given(st.integers(20, 400), st.floats(0.02, 0.98))
def test_order_statistics_cover_the_quantile(n, probability):
    sample = [Count(i + 1, i + 1) for i in range(n)]
    low, high = quantile_interval(sample, probability)
    first = 0 if low == -math.inf else round(math.exp(low))
    last = n + 1 if high == math.inf else round(math.exp(high))
    # The interval [X_(first), X_(last)] misses the quantile only if too few or too many fall below.
    assert stats.binom.cdf(first - 1, n, probability) <= 0.025 + 1e-12
    assert stats.binom.sf(last - 1, n, probability) <= 0.025 + 1e-12
    assert first < last


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=60))
def test_distance_is_the_kolmogorov_statistic(values):
    law = stats.norm(5, 3)
    sample = [Count(v, v) for v in values]
    ours = distance(sample, law.cdf)
    assert ours == pytest.approx(stats.kstest(np.log(values), law.cdf).statistic, abs=1e-12)
    wider = [Count(v, 2 * v) for v in values]
    assert distance(wider, law.cdf) >= ours - 1e-12


def test_massarts_radius_covers():
    random = np.random.Generator(np.random.PCG64(1))
    misses = sum(
        stats.kstest(random.standard_normal(100), "norm").statistic > dkw_radius(100, 0.9)
        for _ in range(200)
    )
    assert misses <= 20 + 3 * math.sqrt(18)


def test_failures_are_binomial():
    assert p_value_of_failures(0, 100, 0.1) == 1
    assert p_value_of_failures(30, 100, 0.1) < 1e-6


def test_the_universal_variable_is_what_flow_times_converge_to():
    # Direct quadrature of the flow's integral at finite depth, k = 400, uniform sizes.
    random = np.random.Generator(np.random.PCG64(3))
    k, values = 400, []
    nodes, weights = np.polynomial.legendre.leggauss(200)
    for _ in range(200):
        w = np.sort(random.random(k))  # rate k near 0, so rho = 1
        sign = -1 if random.random() < 0.5 else 1
        v = sign * w[0] + (nodes + 1) / 2 * (20 / k - sign * w[0])
        c = w[1:] ** 2 - w[0] ** 2
        log_speed = 0.5 * np.log(c[None, :] + v[:, None] ** 2).sum(axis=1)
        top = (-log_speed).max()
        integral = (weights * np.exp(-log_speed - top)).sum() / 2 * (20 / k - sign * w[0])
        values.append(top + math.log(integral) + np.log(w).sum() + 2 * math.log(k))
    xi = sample_log_xi()
    assert stats.ks_2samp(values, xi).pvalue > 1e-3
    assert stats.ks_2samp(np.array(values) + 1, xi).pvalue < 1e-6
    assert abs(universal().mean - xi.mean()) < 5 * (universal().mean_error + xi.std() / 60)


@pytest.mark.parametrize("law", list(LAWS))
def test_residuals_do_not_grow_with_depth(law):
    for depth in (30, 100):
        low, _ = residuals(law, depth, stored()[law][depth])
        assert abs(np.median(low[np.isfinite(low)])) < 0.5


def test_predictions_are_distribution_functions():
    x = np.linspace(-50, 250, 2_000)
    for corrected in (True, False):
        values = prediction(GAUSSIAN, 100, 1e-3, corrected).cdf(x)
        assert values[0] == pytest.approx(0, abs=1e-9)
        assert values[-1] == pytest.approx(1, abs=1e-9)
        assert (np.diff(values) > -1e-3).all()
    steps = empirical(np.array([1.0, 2.0, 2.0, 5.0]))
    assert steps(np.array([0.0, 1.0, 2.0, 9.0])).tolist() == [0, 0.25, 0.75, 1]


@given(st.sampled_from(list(LAWS)), st.fractions(Fraction(1, 1000), Fraction(9, 10)))
def test_the_closed_form_keeps_its_failure_probability(law, failure):
    explicit = report.closed_form(law, failure)
    assert explicit.failure(10) <= ball(failure)
    assert explicit.failure(10) >= ball(failure * Fraction(98, 100))


def test_the_report_holds_guarantees_below_counts_and_draws_them(tmp_path):
    found = list(report.rows([50], [Fraction(1, 10)]))
    for row in found:
        assert row.guaranteed["squares"] <= row.low.interval[1]
        assert row.starts == 400
    table = report.table(found, "gaussian")
    assert table.row_count == 1
    png, svg = report.figure(found, tmp_path / "f.png", Fraction(1, 10))
    assert png.read_bytes()[:4] == b"\x89PNG"
    assert "depth k" in svg.read_text() or svg.stat().st_size > 10_000
    assert report.first_depth("gaussian", "paper-free", Fraction(1, 2), 0.0) == 75
