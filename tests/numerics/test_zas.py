"""Zero-asymmetric starts: the theorem on random targets, its range, and what breaks larger ones."""

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from numerics.balls import precision
from numerics.matrices import network
from numerics.matrices.descent import Orbit
from numerics.matrices.instances import zas_layers
from numerics.matrices.rates import check_rate
from numerics.papers.wu_wang_ma2019.step_range import (
    kernel_step,
    papers_step,
    proved_step,
    sharp_step,
    spectral_bound,
    unstable,
)
from numerics.papers.wu_wang_ma2019.zas import (
    bound_on_count,
    check_zas,
    diagonal_count,
    exact_zas,
    largest_steps,
    norm_square,
    refuted_step,
    scalar_counts,
)
from theory.errors import InputError

entries = st.integers(-12, 12).map(lambda n: Fraction(n, 8))
targets = st.lists(st.lists(entries, min_size=2, max_size=2), min_size=2, max_size=2).filter(
    norm_square
)
depths = st.integers(2, 6)


@given(targets, depths)
@settings(max_examples=12)
def test_the_theorem_holds_at_its_largest_step(target, depth):
    found = check_zas(target, depth, proved_step(depth, spectral_bound(target)), steps=40)
    assert found.holds is True
    assert found.share <= 1


def scalar_orbit(depth, goal, eta, steps):
    """One singular value, in 60 digits: (inner, last, error) from (1, 0, goal)."""
    inner, last = mpmath.mpf(1), mpmath.mpf(0)
    for _ in range(steps):
        error = goal - inner ** (depth - 1) * last
        yield inner, last, error
        slope = eta * error * inner ** (depth - 2)
        inner, last = inner + slope * last, last + slope * inner
    yield inner, last, goal - inner ** (depth - 1) * last


@given(st.integers(2, 80), st.fractions(Fraction(1, 10**4), 10**6), st.booleans())
@settings(max_examples=60)
def test_every_singular_value_obeys_the_theorem_at_any_norm(depth, goal, sharp):
    step = (sharp_step if sharp else proved_step)(depth, goal**2)
    with mpmath.workdps(60):
        eta = mpmath.mpf(step.numerator) / step.denominator
        target, tiny = mpmath.mpf(goal.numerator) / goal.denominator, mpmath.mpf(10) ** -40
        before = target
        for t, (inner, last, error) in enumerate(scalar_orbit(depth, target, eta, 120)):
            assert inner >= 1
            assert -tiny <= inner**2 - last**2 <= 1 + tiny
            assert -tiny * target <= error
            assert t == 0 or error <= (1 - eta) * before + tiny * target
            before = error


@given(st.integers(2, 60), st.fractions(Fraction(1, 10**3), 10**4))
def test_ranges_are_nested_and_the_theorem_is_best_up_to_a_factor(depth, square):
    closed, sharp = proved_step(depth, square), sharp_step(depth, square)
    nearly = 1 - Fraction(1, 2**30)
    assert papers_step(depth, square) < kernel_step(depth, square) < closed
    assert closed * nearly <= sharp
    beyond = min(unstable(depth, square).upper(), 1.5)
    assert beyond <= float(closed) * (4.001 if square >= 1 else 5.501)
    assert float(sharp) < beyond * 1.001


@given(targets)
def test_the_spectral_bound_is_one(target):
    assert np.linalg.norm(np.array(target, float), 2) ** 2 <= float(spectral_bound(target)) + 1e-9


@given(targets, depths)
@settings(max_examples=8)
def test_the_start_decouples_into_singular_values(target, depth):
    goal, eta = np.array(target, float), 0.4 * float(proved_step(depth, spectral_bound(target)))
    layers = zas_layers(2, depth)
    for _ in range(30):
        slopes = network.gradients(layers, goal)
        layers = [w - eta * g for w, g in zip(layers, slopes, strict=True)]
    left, sizes, right = np.linalg.svd(goal)
    wanted = []
    for size in sizes:
        *_, (inner, last, _) = scalar_orbit(depth, float(size), eta, 30)
        wanted.append((float(inner), float(last)))
    for layer in layers[:-1]:
        np.testing.assert_allclose(
            right @ layer @ right.T, np.diag([a for a, _ in wanted]), atol=1e-9
        )
    np.testing.assert_allclose(
        left.T @ layers[-1] @ right.T, np.diag([b for _, b in wanted]), atol=1e-9
    )


@given(st.integers(2, 200), st.fractions(Fraction(1, 1000), 1000))
def test_the_papers_range_lies_far_inside(depth, square):
    assert 36 * depth * papers_step(depth, square) <= kernel_step(depth, square)


@given(st.integers(2, 50), st.floats(0.01, 20))
def test_the_papers_range_as_printed(depth, norm):
    xi = max(2 * norm, 3 / math.sqrt(depth), 1)
    printed = min(1 / (4 * depth**3 * xi**6), 1 / (144 * depth**2 * xi**4))
    assert float(papers_step(depth, Fraction(norm) ** 2)) == pytest.approx(printed)


@given(targets, depths, st.fractions(Fraction(1, 100), 1))
@settings(max_examples=10)
def test_one_step_leaves_one_minus_eta_of_the_residual(target, depth, eta):
    orbit = Orbit(exact_zas(2, depth), eta, target)
    first = orbit.loss
    orbit.advance()
    with precision(160):
        assert (orbit.loss - first * (1 - orbit.step_size) ** 2).contains(0)


@given(targets, depths)
@settings(max_examples=10)
def test_the_sign_of_the_target_does_not_matter(target, depth):
    goal = np.array(target, dtype=float)
    runs = [network.trajectory(zas_layers(2, depth), g, 0.01, 30).losses for g in (goal, -goal)]
    np.testing.assert_allclose(*runs, rtol=1e-9)


@pytest.mark.parametrize("depth", [2, 3, 5])
def test_the_flow_falls_at_least_as_exp_minus_two_t(depth):
    goal = np.array([[-1.0, 0.3], [0.5, 0.4]])
    start = np.stack(zas_layers(2, depth))

    def rate(_, flat):
        return -np.stack(network.gradients(list(flat.reshape(start.shape)), goal)).ravel()

    times = np.linspace(0, 3, 31)
    path = solve_ivp(rate, (0, 3), start.ravel(), t_eval=times, rtol=1e-10, atol=1e-12)
    losses = [network.loss(list(y.reshape(start.shape)), goal) for y in path.y.T]
    assert np.all(losses <= losses[0] * np.exp(-2 * times) * (1 + 1e-8))
    slope = (losses[1] - losses[0]) / (times[1] - times[0])
    assert slope < -2 * losses[-1]


@pytest.mark.parametrize(("depth", "norm"), [(2, 1), (3, 2), (6, 1), (10, 10), (3, "1/100")])
def test_a_refuted_step_is_violated_in_another_arithmetic(depth, norm):
    """And it is no more than the theorem says: 4 times the proved one, also at depth 10."""
    norm = Fraction(norm)
    found = refuted_step(depth, norm)
    assert found.refuted < 4 * found.proved
    norm = mpmath.mpf(norm.numerator) / norm.denominator
    assert found.papers < found.proved < found.refuted
    with mpmath.workdps(60):
        eta = mpmath.mpf(found.refuted.numerator) / found.refuted.denominator
        inner, last, error = mpmath.mpf(1), mpmath.mpf(0), -mpmath.mpf(norm)
        for _ in range(found.at):
            before, push = error, eta * error * inner ** (depth - 2)
            inner, last = inner - push * last, last - push * inner
            error = inner ** (depth - 1) * last - norm
        assert error**2 > (1 - eta / 2) * before**2


def test_the_largest_stable_step_falls_like_one_over_depth():
    random = np.random.default_rng(0)
    drawn = random.standard_normal((4, 2, 2))
    drawn /= np.linalg.norm(drawn, axis=(1, 2), keepdims=True)
    shallow, deep = (largest_steps(depth, drawn, steps=80, rounds=6) for depth in (6, 24))
    assert np.all((shallow / deep > 2) & (shallow / deep < 8))


@given(st.integers(2, 9))
@settings(max_examples=6)
def test_certified_counts_from_zas_are_those_of_brute_force(depth):
    step = proved_step(depth, Fraction(1))
    ((lower, upper),) = scalar_counts("zas", depth, Fraction(-1), step)
    with mpmath.workdps(40):
        eta = mpmath.mpf(step.numerator) / step.denominator
        inner, last, steps = mpmath.mpf(1), mpmath.mpf(0), 0
        while abs(inner ** (depth - 1) * last + 1) > 0.5:
            error = inner ** (depth - 1) * last + 1
            inner, last = (
                inner - eta * error * inner ** (depth - 2) * last,
                last - eta * error * inner ** (depth - 1),
            )
            steps += 1
    assert lower == upper == steps
    assert steps <= bound_on_count(step, Fraction(1, 4))


def test_the_slowest_eigenvalue_decides_for_diagonal_targets():
    spectrum, step = (Fraction(-1), Fraction(1, 2), Fraction(2)), Fraction(1, 100)
    alone = [scalar_counts("zas", 4, phi, step)[0] for phi in spectrum]
    assert diagonal_count("zas", 4, spectrum, step) == max(alone)


@given(
    st.fractions(Fraction(1, 1000), Fraction(9, 10)),
    st.fractions(Fraction(1, 10**6), Fraction(99, 100)),
)
def test_the_bound_on_the_count_is_the_first_step_that_is_guaranteed(step, share):
    steps = bound_on_count(step, share)
    factor = (1 - float(step)) ** 2
    assert factor**steps <= float(share) * (1 + 1e-9)
    assert factor ** (steps - 1) > float(share) * (1 - 1e-9)


def test_a_rate_that_is_too_good_is_disproved():
    found = check_rate(exact_zas(1, 3), [[Fraction(1)]], Fraction(1, 50), Fraction(1, 2), 50)
    assert found.holds is False
    assert found.share > 1


def test_a_loss_of_zero_has_no_rate():
    with pytest.raises(InputError, match="positive"):
        check_rate(exact_zas(1, 2), [[Fraction(0)]], Fraction(1, 50), Fraction(1, 2), 5)
    with pytest.raises(InputError, match="target"):
        proved_step(3, Fraction(0))
