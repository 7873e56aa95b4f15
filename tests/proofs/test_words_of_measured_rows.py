"""What rows that runs support may not say: instances just outside of their words, stepped here."""

import inspect
import math

import numpy as np
import pytest

from numerics.matrices.instances import random_stream
from numerics.papers.du_hu2019.sharpness import draw_starts, largest_rate
from numerics.papers.du_hu2019.theorem_4_1 import regression
from numerics.papers.nguyen_mondelli2020.pyramid import width_for_condition
from proofs.experiments.pyramid import ACTIVATION, PROBE
from proofs.theorems import library

CLAIMS = library().claims


def descend(layers, target, step, steps, scale=1.0):
    """Losses of plain gradient descent on |scale W_L ... W_1 - target|^2/2, and the last layers."""
    layers, losses = [np.array(w, dtype=float) for w in layers], []
    for _ in range(steps):
        below = [np.eye(layers[0].shape[1])]
        for w in layers:
            below.append(w @ below[-1])
        residual = scale * below[-1] - target
        losses.append(np.sum(residual**2) / 2)
        error = scale * residual
        for i in reversed(range(len(layers))):
            gradient = error @ below[i].T
            error = layers[i].T @ error
            layers[i] = layers[i] - step * gradient
    return np.array(losses), layers


@pytest.mark.parametrize("depth", [3, 4])
def test_two_negative_eigenvalues_stop_no_identity_start(depth):
    """The determinant is positive: a path leads there. The row has one, and symmetric targets."""
    target = np.array([[-0.7, 2.0], [-0.1, -1.2]])
    assert np.all(np.linalg.eigvals(target).real < 0)
    arrived, _ = descend([np.eye(2)] * depth, target, 0.02, 4000)
    assert arrived[-1] <= 1e-4 * arrived[0]
    turned = np.array([[0.8, 0.6], [-0.6, 0.8]])
    stopped, _ = descend([np.eye(2)] * depth, turned @ np.diag([-0.7, 1.2]) @ turned.T, 0.02, 4000)
    assert stopped.min() >= 0.7**2 / 2
    row = CLAIMS["comparison-identity-fails"]
    assert "one negative eigenvalue of a symmetric target" in row.title


def test_a_margin_is_slow_where_the_target_is_nearly_singular():
    """Arriving takes about 1/(eta sigma^(2-2/L)) steps; the row has singular values above 1/2."""
    left, right = (
        np.linalg.qr(np.random.default_rng(i).standard_normal((3, 3)))[0] for i in (1, 2)
    )
    arrived = {}
    for least in (0.5, 0.02):
        target = (left * [1.5, 0.8, least]) @ right.T
        u, values, v = np.linalg.svd(target + least / 4 * np.outer(left[:, 2], right[:, 2]))
        root = np.diag(values**0.25)
        losses, _ = descend([root @ v, root, root, u @ root], target, 0.025, 2500)
        arrived[least] = losses[-1] <= 1e-4 * losses[0]
    assert arrived == {0.5: True, 0.02: False}
    for name in ("comparison-margin", "comparison-global"):
        assert "well-conditioned" in CLAIMS[name].title
        assert "singular values in [1/2, 3/2]" in CLAIMS[name].statement.scope


def rate(distance, depth=40, size=4):
    """One step of x = eta L/d = 1/2 from orthogonal layers whose target is smaller by a share."""
    random = np.random.default_rng(31)
    layers = [2 * np.linalg.qr(random.standard_normal((size, size)))[0] for _ in range(depth)]
    scale = 1 / math.sqrt(size**depth)
    output = scale * np.linalg.multi_dot(layers[::-1])
    losses, _ = descend(layers, (1 + distance) * output, size / (2 * depth), 2, scale)
    return 2 * (1 - math.sqrt(losses[1] / losses[0]))


def test_the_rate_of_one_step_is_bounded_near_the_target_only():
    """Smoothness of the product adds a multiple of the distance: 1.01 is for a hundredth."""
    most = float(CLAIMS["orthogonal-rate"].statement.constants["factor"])
    assert rate(0.005) <= most < rate(0.05)
    assert "at the distance 0.01" in CLAIMS["orthogonal-rate"].statement.scope
    assert "at the distance 0.01" in library().find("lemmata/widths-in-practice").words


def test_a_median_is_that_of_all_starts():
    """The median of twenty was three times the one of hundreds: a row keeps to its lower end."""
    factor = float(CLAIMS["nm-width-in-practice"].statement.constants["factor"])
    drawn = [
        width_for_condition(4, 8, (4, 1), ACTIVATION, random_stream(78, i), 512)[0]
        for i in range(300)
    ]
    assert factor <= np.quantile(drawn, 0.4) / 4
    assert sum(math.comb(20, i) for i in range(4)) == 1351


def test_the_width_itself_does_not_grow_like_the_square():
    """lambda_d falls with N, the faster the smaller d is; n_1 lambda_d^2 is what was measured."""
    samples, found = (4, 8, 16), []
    for n in samples:
        drawn = [
            width_for_condition(n, 16, (16, 1), ACTIVATION, random_stream(77, n, i), 512)
            for i in range(12)
        ]
        found.append(np.median([[math.log(w), math.log(w * a * a)] for w, a in drawn], axis=0))
    width, product = np.polyfit(np.log(samples), np.array(found), 1)[0]
    within = float(CLAIMS["nm-lecun-width"].statement.constants["within"])
    assert width > 2 + 2 * within
    assert abs(product - 2) <= within
    assert "N^2/lambda_d^2" in CLAIMS["nm-lecun-width"].title


def test_what_was_extrapolated_is_said_by_the_row_and_by_no_assumption():
    """The width that was drawn belongs to the measurement; Assumption 3.1 is a condition."""
    default = inspect.signature(width_for_condition).parameters["probe"].default
    for name, probe in (("nm-lecun-width", PROBE), ("nm-width-in-practice", default)):
        scope = " ".join(CLAIMS[name].statement.scope.split())
        assert f"width {probe}" in scope, name
    assumption = library().find("nguyen-mondelli2020/assumption-3-1")
    assert not assumption.measured
    assert "LeCun" not in assumption.words


@pytest.mark.parametrize("depth", [2, 4])
def test_other_targets_and_starts_obey_the_step_and_the_rate_of_the_row(depth):
    """The row draws one target for each depth; others, with starts of their own."""
    factor = float(CLAIMS["du-hu-step-frontier"].statement.constants["factor"])
    for seed in range(10, 16 if depth == 2 else 11):
        problem = regression(3, 2, 2, 2.0, 1.0, random_stream(seed, depth))
        starts = draw_starts("gaussian", problem, depth, 64, 20, seed)
        assert np.min(largest_rate(problem, starts, 1 / 3)) >= factor, seed
        budget = math.ceil(24 * math.log(1e6))
        assert np.min(largest_rate(problem, starts, 3 * factor, budget)) >= 1 / 4, seed
