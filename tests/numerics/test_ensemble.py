"""Fast ensembles: the count of direct stepping within the stated error, and what has no count."""

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from numerics.ensemble import REASONS, SETTLES, STATIONARY, TIED, ensemble
from numerics.escape import escape
from numerics.float_flow import FloatFlow, passage
from numerics.floating import escape_counts
from numerics.loss import Loss
from numerics.path import path
from numerics.starts import draw_array, generator
from theory.dynamics.stopping import parse_stop
from theory.errors import InputError

SHAMIR, UNTIL = "(p+1)**2/2", "abs(p+1) <= 1/2"
INITS = st.sampled_from(["gaussian", "uniform", "near-identity:0.2"])


def starts(init, n, depth, seed):
    return draw_array(init, (n, depth), generator(seed))


@given(
    INITS, st.integers(1, 9), st.integers(0, 999), st.sampled_from(["0.1", "0.05", "0.02"]),
    st.sampled_from([
        (SHAMIR, UNTIL), (SHAMIR, "f <= 1/8"), (SHAMIR, "p <= -3/10"),
        ("log(1+exp(p))", "f <= 1/2"), ("p**4/4 + p", "p <= -1/2"), ("exp(p) - p/2", "f <= 9/10"),
    ]),
)  # fmt: skip
def test_counts_are_those_of_direct_stepping(init, depth, seed, step, problem):
    loss, until = problem
    weights = starts(init, 12, depth, seed)
    found = ensemble(loss, weights, step, until)
    counts, hit = escape_counts(Loss.of(loss), weights, float(step), parse_stop(until), 4000)
    both = hit & found.reached
    steps = found.steps[both]
    assert (np.abs(steps - counts[both]) <= found.error[both] * steps).all()
    assert (found.error[both & found.direct] == 0).all()
    # What is said to arrive soon does; what is said never to arrive has not.
    assert hit[found.reached & (np.nan_to_num(found.steps) < 3000)].all()
    assert not hit[~found.reached].any()


@given(
    INITS, st.integers(2, 9), st.integers(0, 999), st.sampled_from(["0.05", "0.02"]),
    st.sampled_from(["p <= -9/10", "abs(p+1) <= 1/100", "abs(p+1) <= 1/1000"]),
    st.sampled_from([0.0, 1e-9, 1e-6, 1e-3]),
)  # fmt: skip
def test_the_target_may_be_near_the_minimum_and_weights_nearly_equal(
    init, depth, seed, step, until, gap
):
    """What the drift adds is of order one step however slow the end; of ties the error says so."""
    weights = starts(init, 8, depth, seed)
    if gap:
        weights[:, 0] = weights[:, 1] * (1 + gap)
    found = ensemble(SHAMIR, weights, step, until)
    counts, hit = escape_counts(Loss.of(SHAMIR), weights, float(step), parse_stop(until), 1500)
    both = hit & found.reached
    steps = found.steps[both]
    assert (np.abs(steps - counts[both]) <= found.error[both] * steps).all()


def test_the_drift_of_the_whole_way_is_counted():
    """Known counts: 2332 and 1888 steps; the drift at a given coordinate says 2330 and 658."""
    for weights, step, until, count in (
        ((0.6762444686524627, 1.0771873639986853), "1/1000", "p <= -9/10", 2332),
        ((0.9401738298, 0.8468255394, 0.8881868280, 1.0578207656, 0.8677049636), "1/50",
         "abs(p+1) <= 1/1000", 1888),
    ):  # fmt: skip
        found = ensemble(SHAMIR, np.array([weights]), step, until)
        exact = [Fraction(w) for w in weights]
        assert escape(SHAMIR, exact, step, until, max_steps=3000).count == count
        assert abs(found.steps[0] - count) <= found.error[0] * found.steps[0] <= 2


@pytest.mark.parametrize("init", ["gaussian", "uniform"])
def test_a_deep_count_agrees_with_the_certified_one(init):
    weights = starts(init, 2, 60, 1)
    found = ensemble(SHAMIR, weights, "0.02", UNTIL)
    for i, row in enumerate(weights):
        exact = [Fraction(float(w)) for w in row]
        count = escape(SHAMIR, exact, "0.02", UNTIL, max_steps=20_000).count
        assert count > 10**6
        assert abs(found.ln_steps[i] - math.log(count)) <= found.error[i] < 1e-6


@given(INITS, st.integers(2, 30), st.integers(0, 99))
def test_the_flow_time_is_that_of_scipy(init, depth, seed):
    """T = int dx/u from the least weight at the start to where p = -1/2."""
    weights = starts(init, 1, depth, seed)
    size = np.sort(np.abs(weights[0]))
    c, p = size[1:] ** 2 - size[0] ** 2, float(weights.prod())
    x0 = -math.copysign(size[0], p)
    if -p >= 0.5:
        return
    flow = FloatFlow(Loss.of(SHAMIR), c[:, None], np.array([-1.0]), np.array([x0]))
    x1 = flow.coordinate(np.array([0.5]))
    assert x1[0] * math.sqrt(np.prod(c + x1[0] ** 2)) == pytest.approx(0.5, rel=1e-12)
    found = passage(flow, x1, 1e-13)

    def slowness(x):
        radical = math.sqrt(np.prod(c + x * x))
        return 1 / ((1 - x * radical) * radical)

    cuts = np.unique(np.clip([x0, -size[1], 0, size[1], x1[0]], x0, x1[0])).tolist()
    total = sum(quad(slowness, a, b, limit=400, epsrel=1e-11)[0] for a, b in pairwise(cuts))
    assert found.log_time[0] == pytest.approx(math.log(total), abs=1e-8)


@given(st.floats(-0.4, 3), st.integers(1, 500))
def test_one_weight_is_a_geometric_sequence(w, inverse):
    step = Fraction(1, inverse + 1)
    found = ensemble(SHAMIR, np.array([[w]]), step, UNTIL)
    # w(t) + 1 = (w + 1) (1 - eta)^t
    exact = max(0, math.ceil(math.log(0.5 / (w + 1)) / math.log(1 - step) - 1e-9))
    assert abs(found.steps[0] - exact) <= max(found.error[0] * exact, 1e-9)


@pytest.mark.parametrize(
    ("weights", "loss", "until", "code"),
    [
        ([0.5, 0.5, 2.0], SHAMIR, "p <= -1/2", TIED),
        ([0.5, -0.5, -0.5, 2.0], SHAMIR, UNTIL, TIED),
        ([0.0, 0.0, 2.0], SHAMIR, UNTIL, STATIONARY),
        ([1.0, -1.5, 1.0], "(p + 3/2)**2", "p >= 0", STATIONARY),
        ([0.3, 0.7], SHAMIR, "p <= -2", SETTLES),
        ([0.3, 0.7], SHAMIR, "p >= 1/2", SETTLES),
    ],
)
def test_what_the_flow_never_does(weights, loss, until, code):
    found = ensemble(loss, np.array([weights]), "0.05", until)
    assert found.code[0] == code
    assert REASONS[code].startswith("never")
    assert np.isnan(found.ln_steps[0])


def test_one_zero_weight_is_no_obstacle():
    weights = np.array([[0.0, 0.5, 1.2, 0.9, 0.4]])
    counts, hit = escape_counts(Loss.of(SHAMIR), weights, 0.01, parse_stop(UNTIL), 9000)
    found = ensemble(SHAMIR, weights, "0.01", UNTIL)
    assert hit[0]
    assert abs(found.steps[0] - counts[0]) <= found.error[0] * counts[0]


@given(st.integers(2, 40), st.integers(0, 99), st.randoms(use_true_random=False))
def test_order_and_pairs_of_signs_do_not_matter(depth, seed, random):
    weights = starts("gaussian", 3, depth, seed)
    changed = weights[:, random.sample(range(depth), depth)]
    changed[:, :2] *= -1
    one, other = (ensemble(SHAMIR, w, "0.02", UNTIL) for w in (weights, changed))
    assert (one.code == other.code).all()
    good = one.reached & (one.steps > 0)
    moved = np.abs(one.ln_steps[good] - other.ln_steps[good])
    assert (moved <= 2 * one.error[good] + 1e-9).all()


def test_ten_thousand_layers_do_not_underflow():
    """The law of large numbers: (1/k) ln N tends to -E ln|w|, here with the product at 1e-2700."""
    weights = starts("gaussian", 4, 10_000, 0)
    found = ensemble(SHAMIR, weights, "1e-5", UNTIL)
    assert found.reached.all()
    assert (found.error < 1e-9).all()
    sharp = (float(np.euler_gamma) + math.log(2)) / 2
    assert np.abs(found.ln_steps / 10_000 - sharp).max() < 5 * 1.12 / 100
    assert np.isinf(found.steps).all()


def test_threads_change_nothing():
    weights = starts("gaussian", 9000, 60, 3)
    ticks = []
    one = ensemble(SHAMIR, weights, "0.01", UNTIL)
    two = ensemble(SHAMIR, weights, "0.01", UNTIL, jobs=2, tick=ticks.append)
    assert np.array_equal(one.ln_steps, two.ln_steps, equal_nan=True)
    assert ticks[-1] == 9000


def test_a_step_that_may_jump_across_says_so():
    """At depth 100 and step 1/20 a step near the target is as long as the target is wide."""
    found = ensemble(SHAMIR, starts("gaussian", 200, 100, 5), "0.05", UNTIL)
    assert found.guessed[found.reached].all()
    jumped = ~found.reached
    assert 0 < jumped.sum() < 150
    assert {REASONS[c] for c in found.code[jumped]} == {REASONS[4]}
    assert not ensemble(SHAMIR, starts("gaussian", 200, 100, 5), "0.005", UNTIL).guessed.any()


@given(st.floats(-3, 3).filter(lambda p: abs(p + 1) > 0.01))
def test_the_path_ends_at_the_target_or_at_the_critical_value(p):
    found = path(Loss.of(SHAMIR), parse_stop("f <= 1e-6"), np.array([p]))
    assert found.direction[0] == (-1 if p > -1 else 1)
    assert abs(found.end[0] + 1) == pytest.approx(math.sqrt(2e-6), rel=1e-9)
    found = path(Loss.of(SHAMIR), parse_stop("f < 0"), np.array([p]))
    assert np.isnan(found.end[0])
    assert found.settles[0]


@pytest.mark.parametrize(
    ("weights", "step", "named"),
    [
        (np.ones(3), "0.1", "weights"),
        (np.ones((0, 3)), "0.1", "weights"),
        (np.array([[np.nan, 1.0]]), "0.1", "weights"),
        (np.ones((2, 3)), "0", "step"),
        (np.ones((2, 3)), 0.1, "step"),
    ],
)
def test_bad_input_is_refused(weights, step, named):
    with pytest.raises(InputError, match=named):
        ensemble(SHAMIR, weights, step, UNTIL)
