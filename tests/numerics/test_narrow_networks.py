"""Narrow networks: the lower bound against brute force over subsets, sampling, and runs."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.balls import precision
from numerics.matrices import network
from numerics.matrices.balls import matrix
from numerics.matrices.instances import random_stream, rationals
from numerics.papers.hu_xiao_pennington2020.theorem_5_1 import (
    first_depth,
    instance_bound,
    narrow_bound,
    normalised_layers,
    pieces,
)
from theory.errors import InputError


def brute_pieces(weights, reach):
    """S and S_i, summed over all subsets of moved layers."""
    depth = len(weights)

    def norm(lower, upper):
        return 1.0 if upper < lower else np.linalg.norm(network.product(weights, upper, lower), 2)

    def total(forced):
        value = 0.0
        others = [i for i in range(1, depth + 1) if i != forced]
        for size in range(len(others) + 1):
            for chosen in itertools.combinations(others, size):
                cuts = sorted([*chosen, *([forced] if forced else [])])
                ends = [0, *cuts, depth + 1]
                value += reach**size * np.prod(
                    [norm(a + 1, b - 1) for a, b in itertools.pairwise(ends)]
                )
        return value

    return total(0), [total(i) for i in range(1, depth + 1)]


@given(st.integers(1, 3), st.integers(2, 6), st.integers(0, 10**6))
def test_pieces_are_sums_over_all_sets_of_moved_layers(width, depth, seed):
    layers = normalised_layers([width] * (depth + 1), random_stream(seed))
    reach = Fraction(1, 7)
    whole, without = pieces([matrix(rationals(w)) for w in layers], reach)
    expected, each = brute_pieces(layers, float(reach))
    assert float(whole.mid()) == pytest.approx(expected, rel=0.1)
    assert float(whole.mid()) >= expected * (1 - 1e-9)
    for ours, brute in zip(without, each, strict=True):
        assert brute * (1 - 1e-9) <= float(ours.mid()) <= brute * 1.1


def test_pieces_are_as_small_on_average_as_the_theorem_uses():
    """E S <= d (mu_d + reach d)^L."""
    width, depth, reach = 2, 6, Fraction(1, 40)
    sums = [
        brute_pieces(normalised_layers([width] * (depth + 1), random_stream(2, s)), float(reach))[0]
        for s in range(100)
    ]
    mean_root = np.sqrt(np.pi) / 2  # d = 2
    assert np.mean(sums) <= width * (mean_root + float(reach) * width) ** depth


@given(st.integers(1, 12), st.fractions("1/4", 4, max_denominator=8))
def test_the_bound_begins_somewhere_and_grows_exponentially(width, gain):
    start = first_depth(width, gain)
    assert narrow_bound(start - 1, width, gain) is None
    near, far = (narrow_bound(k * start, width, gain).distance for k in (3, 6))
    assert far > 10 * near


def test_iterations_are_distance_over_pace():
    found = narrow_bound(400, 3)
    with precision(128):
        assert found.iterations(1) <= found.distance
    assert found.iterations("1/1000") >= 1000 * found.iterations(1)
    with pytest.raises(InputError):
        found.iterations(0)
    with pytest.raises(InputError):
        narrow_bound(1, 3)


def test_wide_or_shallow_networks_get_no_bound():
    assert narrow_bound(10, 5) is None
    assert narrow_bound(100, 100) is None


@pytest.mark.parametrize(("width", "depth"), [(1, 40), (2, 50)])
def test_runs_stay_in_the_window_for_as_long_as_promised(width, depth):
    layers = normalised_layers([width] * (depth + 1), random_stream(9, width, depth))
    found = instance_bound([matrix(rationals(w)) for w in layers], 1)
    assert found is not None
    steps = 200
    eta = float(found[1].mid()) / (steps * width)
    made = network.trajectory(layers, np.eye(width), eta, steps)
    shares = made.losses / width
    assert np.all((shares > 0.4) & (shares < 0.6))
    moved = max(np.linalg.norm(a - b, 2) for a, b in zip(made.weights, layers, strict=True))
    assert moved <= float(found[0])
