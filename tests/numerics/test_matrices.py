"""Deep linear networks: floats against finite differences, balls against exact and doubles."""

from fractions import Fraction

import numpy as np
import pytest
from flint import arb, arb_mat
from hypothesis import given
from hypothesis import strategies as st

from numerics.balls import precision
from numerics.matrices import balls, instances, network
from numerics.matrices.descent import Orbit
from theory.errors import InputError

SEEDS = st.integers(0, 10**6)
WIDTHS = st.lists(st.integers(1, 4), min_size=2, max_size=5)


def problem(seed, widths, samples=3):
    random = instances.random_stream(seed)
    weights = instances.gaussian_layers(widths, random, 0.7)
    data = random.standard_normal((widths[0], samples))
    return weights, random.standard_normal((widths[-1], samples)), data


@given(SEEDS, WIDTHS)
def test_gradients_are_finite_differences(seed, widths):
    weights, target, data = problem(seed, widths)
    slopes = network.gradients(weights, target, data, 0.5)
    h = 1e-6
    for layer, slope in zip(range(len(weights)), slopes, strict=True):
        for place in np.ndindex(slope.shape):
            ends = []
            for sign in (1, -1):
                moved = [w.copy() for w in weights]
                moved[layer][place] += sign * h
                ends.append(network.loss(moved, target, data, 0.5))
            assert abs((ends[0] - ends[1]) / (2 * h) - slope[place]) <= 1e-5 * (
                1 + abs(slope[place])
            )


@given(SEEDS, WIDTHS)
def test_a_batch_is_its_members(seed, widths):
    pairs = [problem(seed + i, widths) for i in range(2)]
    stacked = [np.stack(layer) for layer in zip(*(p[0] for p in pairs), strict=True)]
    target, data = (np.stack([p[i] for p in pairs]) for i in (1, 2))
    rates = np.array([0.01, 0.02])
    batch = network.trajectory(stacked, target, rates, 5, data)
    for i, (weights, y, x) in enumerate(pairs):
        alone = network.trajectory(weights, y, rates[i], 5, x)
        assert np.allclose(batch.losses[:, i], alone.losses)


def test_partial_products_are_identities_where_empty():
    weights, _, _ = problem(1, [2, 3, 4])
    assert network.product(weights, 0).shape == (2, 2)
    assert network.product(weights, 2, 3).shape == (4, 4)
    assert network.product(weights, 1, 2).shape == (3, 3)
    assert np.allclose(network.product(weights), weights[1] @ weights[0])


def test_a_run_stops_and_a_diverging_one_is_frozen():
    eye = [np.stack([np.eye(2)] * 2) for _ in range(3)]
    run = network.trajectory(eye, 2 * np.eye(2), np.array([0.05, 5.0]), 400, stop=1e-6)
    assert run.reached[0] > 0
    assert run.reached[1] == -1
    assert run.steps < 400
    assert run.losses[-1, 0] <= 1e-6


@given(SEEDS, st.lists(st.integers(1, 3), min_size=2, max_size=4))
def test_balls_enclose_the_exact_step(seed, widths):
    """One step in rationals against one step in balls of 60 bits."""
    weights, target, data = problem(seed, widths, 2)
    exact = [instances.rounded(w, 64) for w in weights]
    y, x = instances.rounded(target, 64), instances.rounded(data, 64)
    eta = Fraction(1, 7)
    with precision(2000):  # every product of these dyadics is exact
        truth = balls.step(balls.matrices(exact), arb(1), balls.matrix(y), balls.matrix(x))
        slopes = [a - b for a, b in zip(balls.matrices(exact), truth, strict=True)]
    orbit = Orbit(exact, eta, y, x, bits=60)
    orbit.advance()
    assert orbit.time == 1
    with precision(2000):
        for w, slope, box in zip(balls.matrices(exact), slopes, orbit.weights, strict=True):
            after = w * arb(7) - slope  # seven times the true layer
            assert (box * arb(7)).contains(after)


@given(SEEDS)
def test_coarse_orbits_contain_fine_ones(seed):
    random = instances.random_stream(seed)
    target = instances.full_rank_target(2, 2, random)
    start = [instances.rationals(w) for w in instances.gaussian_layers([2, 3, 2], random, 0.5)]
    rows = instances.rationals(target)
    coarse = Orbit(start, Fraction(1, 10), rows, bits=53)
    fine = Orbit(start, Fraction(1, 10), rows, bits=300)
    for _ in range(60):
        coarse.advance()
        fine.advance()
    with precision(300):
        distance = balls.frobenius(
            arb_mat(
                [
                    [
                        x
                        for a, b in zip(coarse.centres, fine.centres, strict=True)
                        for x in (a - b).entries()
                    ]
                ]
            )
        )
        assert distance <= coarse.radius + fine.radius
        assert fine.loss.overlaps(coarse.loss)
        assert coarse.loss.contains(balls.loss(fine.centres, balls.matrix(rows)))


def test_the_radius_stays_small_over_a_long_run():
    random = instances.random_stream(3)
    target = instances.full_rank_target(2, 2, random)
    start = [instances.rationals(w) for w in instances.balanced_layers(target + 0.1, [2] * 4)]
    orbit = Orbit(start, Fraction(1, 50), instances.rationals(target), bits=128)
    for _ in range(1500):
        orbit.advance()
    assert orbit.radius < arb("1e-33")
    run = network.trajectory([np.array(w, dtype=float) for w in start], target, 0.02, 300)
    assert run.losses[-1] < 1e-3


@given(SEEDS, WIDTHS, st.sampled_from(["1/20", "1/1000"]))
def test_norms_that_are_kept_from_step_to_step_stay_bounds(seed, widths, size):
    weights, target, data = problem(seed, widths)
    start = [instances.rationals(w) for w in weights]
    exact = [instances.rationals(m) for m in (target, data)]
    orbit = Orbit(start, Fraction(size), *exact, scale=Fraction(1, 2), bits=96)
    for _ in range(12):
        orbit.advance()
        with precision(96):
            for kept, centre in zip(orbit._layer_norms(), orbit.centres, strict=True):
                top = balls.largest_singular(centre)
                assert (top + orbit.radius).lower() <= kept <= (top + orbit.radius) * arb("1.04")


@given(SEEDS, st.integers(1, 4), st.integers(1, 4))
def test_singular_values_are_enclosed(seed, rows, columns):
    a = instances.random_stream(seed).standard_normal((rows, columns))
    values = np.linalg.svd(a, compute_uv=False)
    with precision(128):
        m = balls.matrix(instances.rationals(a))
        top, bottom = balls.largest_singular(m), balls.smallest_singular(m)
        assert abs(top - values[0]) <= arb(1e-12)
        assert abs(bottom - values[-1]) <= arb(1e-12)
        assert balls.spectral_upper(m) >= top.lower()
        assert balls.spectral_upper(m) <= top * arb("1.03")


def test_singular_values_of_wide_boxes_hold_for_every_member():
    with precision(64):
        box = arb_mat([[arb(1, "0.1"), arb(0, "0.1")], [arb(0, "0.1"), arb(2, "0.1")]])
        top, bottom = balls.largest_singular(box), balls.smallest_singular(box)
    for shift in np.random.default_rng(1).uniform(-0.1, 0.1, (200, 2, 2)):
        values = np.linalg.svd(np.diag([1.0, 2.0]) + shift, compute_uv=False)
        assert top.upper() >= values[0] >= top.lower()
        assert bottom.upper() >= values[1] >= bottom.lower()


@given(st.lists(st.fractions(-9, 9, max_denominator=9), min_size=4, max_size=4))
def test_singular_values_of_two_by_two_solve_their_equation(entries):
    a, b, c, d = entries
    with precision(128):
        m = balls.matrix([[a, b], [c, d]])
        top, bottom = balls.largest_singular(m), balls.smallest_singular(m)
        assert (top**2 + bottom**2).contains(balls.ball(a * a + b * b + c * c + d * d))
        assert (top * bottom).contains(balls.ball(abs(a * d - b * c)))
        assert not bottom > top
        around = arb_mat([[x + arb(0, "1e-9") for x in row] for row in balls.identity(2).tolist()])
        for value in (balls.largest_singular(around), balls.smallest_singular(around)):
            assert value.contains(1)
            assert value.rad() < 1e-7


def test_positive_definite_is_a_proof_or_nothing():
    with precision(64):
        assert balls.positive_definite(balls.matrix([[2, 1], [1, 2]]))
        assert not balls.positive_definite(balls.matrix([[1, 2], [2, 1]]))
        assert not balls.positive_definite(balls.matrix([[1, 1], [1, 1]]))
        low, high = balls.symmetric_extremes(balls.matrix([[1, 2], [2, 1]]))
        assert low.contains(-1)
        assert high.contains(3)


@given(SEEDS, st.integers(1, 3), st.integers(1, 3), st.integers(2, 4))
def test_procedure_1_is_balanced_and_has_its_product(seed, rows, columns, depth):
    random = instances.random_stream(seed)
    whole = random.standard_normal((rows, columns))
    hidden = [min(rows, columns) + int(k) for k in random.integers(0, 3, depth - 1)]
    layers = instances.balanced_layers(whole, [columns, *hidden, rows])
    assert np.allclose(network.product(layers), whole)
    assert network.balancedness(layers) < 1e-12 * (1 + np.linalg.norm(whole) ** 2)
    assert instances.balance([instances.rationals(w) for w in layers]) < Fraction(1, 10**20)


def test_procedure_1_refuses_narrow_layers():
    with pytest.raises(InputError, match="widths"):
        instances.balanced_layers(np.eye(2), [2, 1, 2])


@given(SEEDS, st.integers(1, 4))
def test_exact_instances_are_what_they_say(seed, size):
    random = instances.random_stream(seed)
    q = instances.exact_orthogonal(size, random)
    gram = [[sum(a * b for a, b in zip(r, s, strict=True)) for s in q] for r in q]
    assert gram == [[int(i == j) for j in range(size)] for i in range(size)]
    values = [Fraction(i + 1, 3) for i in range(size)]
    made = instances.exact_positive(values, random)
    assert sum(made[i][i] for i in range(size)) == sum(values)
    assert all(made[i][j] == made[j][i] for i in range(size) for j in range(size))


@given(SEEDS)
def test_targets_are_what_they_say(seed):
    random = instances.random_stream(seed)
    assert np.linalg.eigvalsh(instances.target("positive", 3, random))[0] > 0.49
    spectrum = np.linalg.eigvalsh(instances.target("negative", 3, random))
    assert spectrum[0] < 0 < spectrum[1]
    near = instances.target("near-identity", 3, random)
    assert np.isclose(np.linalg.norm(near - np.eye(3)), 0.1)
    assert np.linalg.matrix_rank(instances.target("full-rank", 3, random)) == 3
    with pytest.raises(InputError):
        instances.target("cubic", 3, random)
