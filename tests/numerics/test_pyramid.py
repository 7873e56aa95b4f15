"""Pyramidal networks: gradients against differences, constants against NumPy, balls and doubles."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from flint import arb_mat
from hypothesis import given
from hypothesis import strategies as st

from numerics.balls import ball, precision
from numerics.matrices.balls import doubles
from numerics.matrices.instances import random_stream
from numerics.papers.nguyen_mondelli2020.activation import SmoothedLeakyRelu
from numerics.papers.nguyen_mondelli2020.pyramid import (
    Pyramid,
    constants,
    instance,
    largest_step,
    lecun,
    train,
)
from theory.errors import InputError

SMOOTH = SmoothedLeakyRelu.of("0.3", "0.5")
REALS = st.floats(-20, 20)


def exact(m):
    return arb_mat([[ball(Fraction(float(v))) for v in row] for row in m])


def network(seed, widths=(3, 5, 3, 2), samples=4):
    random = random_stream(seed)
    weights = lecun(widths, random)
    data, target = (random.standard_normal((samples, d)) for d in (widths[0], widths[-1]))
    return data, target, weights


@given(REALS)
def test_the_activation_is_the_smoothing_integral(x):
    gamma, tau = 0.3, 0.5
    nodes, masses = np.polynomial.hermite_e.hermegauss(200)
    u = x + tau * nodes
    smoothed = np.sum(masses * np.maximum(u, gamma * u)) / np.sqrt(2 * np.pi)
    shift = (1 - gamma) * tau / np.sqrt(2 * np.pi)
    assert SMOOTH.floats(np.array([x]))[0][0] == pytest.approx(smoothed - shift, abs=2e-2)


@given(st.lists(REALS, min_size=3, max_size=3))
def test_balls_contain_the_doubles(row):
    values, slopes = SMOOTH.balls(exact([row]))
    expected = SMOOTH.floats(np.array([row]))
    assert doubles(values) == pytest.approx(expected[0], abs=1e-13)
    assert doubles(slopes) == pytest.approx(expected[1], abs=1e-13)


@given(st.integers(0, 50))
def test_gradients_are_those_of_central_differences(seed):
    data, target, weights = network(seed)
    with precision(200):
        net = Pyramid(exact(data), exact(target), tuple(map(exact, weights)), SMOOTH)
        layer, h = seed % 3, ball(Fraction(1, 2**40))
        gradient = net.gradients()[layer]
        i, j = seed % gradient.nrows(), seed % gradient.ncols()
        losses = []
        for sign in (1, -1):
            moved = [arb_mat(w) for w in net.weights]
            moved[layer][i, j] = moved[layer][i, j] + sign * h
            losses.append(Pyramid(net.data, net.target, tuple(moved), SMOOTH).loss)
        slope = (losses[0] - losses[1]) / (2 * h)
        assert abs(float(slope - gradient[i, j])) < 1e-18


def test_a_step_in_balls_contains_the_step_in_doubles():
    data, target, weights = network(3)
    losses = train(data, target, weights, SMOOTH, 1 / 64, 5)
    with precision(128):
        net = Pyramid(exact(data), exact(target), tuple(map(exact, weights)), SMOOTH)
        for expected in losses:
            assert float(net.loss) == pytest.approx(expected, rel=1e-12)
            net = net.stepped(ball(Fraction(1, 64)))


def test_networks_that_are_trained_side_by_side_are_trained_as_if_alone():
    alone = [network(seed) for seed in (3, 4, 5)]
    data, target = (np.array([n[i] for n in alone]) for i in (0, 1))
    weights = [np.array(w) for w in zip(*(n[2] for n in alone), strict=True)]
    rates = np.array([1 / 64, 1 / 32, 1e9])  # the last one diverges
    together = train(data, target, weights, SMOOTH, rates, 40)
    for i, (x, y, w) in enumerate(alone):
        found = train(x, y, w, SMOOTH, float(rates[i]), 40)
        assert together[:, i] == pytest.approx(found, rel=1e-9)


def test_constants_are_those_of_numpy():
    data, target, weights = network(7)
    with precision(128):
        found = constants(Pyramid(exact(data), exact(target), tuple(map(exact, weights)), SMOOTH))
    least = [np.linalg.svd(w, compute_uv=False)[-1] for w in weights]
    norms = [np.linalg.norm(w, 2) for w in weights]
    feature = np.linalg.svd(SMOOTH.floats(data @ weights[0])[0], compute_uv=False)[-1]
    gamma = 0.3
    alpha = 4 / gamma**4 * (gamma**2 / 4) ** 3 * feature**2 * least[2] ** 2
    assert float(found.alpha) == pytest.approx(alpha, rel=1e-9)
    assert [float(b) for b in found.barred] == pytest.approx(
        [2 / 3 * (1 + norms[0]), 2 / 3 * (1 + norms[1]), norms[2] + least[2]], rel=1e-9
    )
    common = gamma**4 / 3 * (6 / gamma**2) ** 3 * np.linalg.norm(data)
    common *= np.sqrt(2 * train(data, target, weights, SMOOTH, 0.0, 0)[0])
    common *= float(found.barred[2]) / least[2] ** 2
    b1, b2, b3 = (float(b) for b in found.barred)
    spread = max(2 * b1 * b2 / (least[2] * b3), b1, b2)
    assert float(found.condition_7) == pytest.approx(feature**2 / (common * spread), rel=1e-9)


def test_a_scaled_start_satisfies_the_assumption_and_its_step_is_admissible():
    with precision(128):
        net = instance((6, 2, 2, 1), 3, 3, SMOOTH, random_stream(2020, 0))
        found = constants(net)
        assert found.holds
        half = tuple(w / 2 for w in net.weights[2:])
        assert not constants(replace(net, weights=(*net.weights[:2], *half))).holds
        step = ball(largest_step(found))
        assert step * found.alpha < 1
        assert step * found.smoothness < 1


@pytest.mark.parametrize("widths", [(3, 2, 3, 1), (3, 5, 2, 3)])
def test_what_is_no_pyramid_is_refused(widths):
    data, target, weights = network(1, widths)
    with pytest.raises(InputError):
        Pyramid(exact(data), exact(target), tuple(map(exact, weights)), SMOOTH)


@pytest.mark.parametrize(("gamma", "tau"), [(0, 1), (1, 1), ("0.5", 0)])
def test_constants_of_the_activation_are_checked(gamma, tau):
    with pytest.raises(InputError):
        SmoothedLeakyRelu.of(gamma, tau)
