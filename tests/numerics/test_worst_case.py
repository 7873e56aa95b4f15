"""Every order of several losses at once, against all orders, or many, one by one."""

from itertools import product

import numpy as np
import pytest

from numerics.loss import SHAMIR, Loss
from numerics.problem import Budget, Problem
from numerics.starts import draw
from numerics.variants.worst import noisy, worst_count
from theory.errors import InputError

LOSSES = (SHAMIR, "(p+2)**2/2")


def count(weights, minima, step=0.02, limit=10**6):
    """Steps until p <= -1/2, the loss of step t being (p + minima(t))**2/2."""
    w = np.array([float(x) for x in weights], dtype=np.longdouble)
    for t in range(limit):
        p = w.prod()
        if p <= -0.5:
            return t
        q = np.array([np.delete(w, i).prod() for i in range(len(w))])
        w = w - np.longdouble(step) * (p + minima(t)) * q
    raise AssertionError("too long")


def bounds(weights, losses=LOSSES, step="0.02"):
    problem = Problem.of(losses[0], weights, step, "p <= -1/2")
    return worst_count(problem, [Loss.of(f) for f in losses], Budget())


def test_all_orders_of_the_first_steps():
    weights = draw("gaussian", 5, 1)
    found = bounds(weights)
    counts = [
        count(weights, lambda t, o=order: o[t % len(o)]) for order in product((1, 2), repeat=8)
    ]
    assert found.lower <= min(counts) <= max(counts) <= found.upper
    assert found.upper < 6 * min(counts)


@pytest.mark.sample(1)
@pytest.mark.parametrize("seed", [1, 4])
def test_the_bounds_hold_for_random_orders_and_are_not_far_from_the_extremes(seed):
    weights = draw("gaussian", 10, seed)
    found = bounds(weights)
    random = np.random.default_rng(0)
    orders = [lambda t: 1, lambda t: 2, lambda t: 1 + t % 2, lambda t: random.integers(1, 3)]
    counts = [count(weights, order) for order in orders]
    assert found.lower <= min(counts) <= max(counts) <= found.upper
    if min(counts) > 1_000:
        assert found.lower > 0.9 * min(counts)
        assert found.upper < 1.5 * max(counts)


def test_a_plateau_that_nobody_steps_through():
    weights = [f"0.{n}" for n in range(31, 71)]
    found = bounds(weights, step="0.001")
    assert found.lower > 10**10
    assert 1.5 < found.upper / found.lower < 3  # the slopes 1 + p and 2 + p differ twofold


def test_noise_in_the_slope_widens_the_bounds():
    weights = draw("gaussian", 10, 4)
    problem = Problem.of(SHAMIR, weights, "0.02", "p <= -1/2")
    quiet, loud = (worst_count(problem, noisy(Loss.of(SHAMIR), s), Budget()) for s in ("0", "1/4"))
    assert loud.lower < quiet.lower <= count(weights, lambda t: 1) <= quiet.upper < loud.upper
    signs = np.random.default_rng(1)
    for _ in range(2):
        assert loud.lower <= count(weights, lambda t: 1 + signs.uniform(-0.25, 0.25)) <= loud.upper


def test_losses_that_disagree_give_no_upper_bound():
    found = bounds(draw("gaussian", 10, 4), (SHAMIR, "(p-1)**2/2"))
    assert found.outcome == "undecided"
    assert "direction" in found.reason
    with pytest.raises(InputError, match="until"):
        worst_count(Problem.of(SHAMIR, "1,2", "0.1", "f < 1"), [Loss.of(SHAMIR)], Budget())
    with pytest.raises(InputError, match="noise"):
        noisy(Loss.of(SHAMIR), "-1")
