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
from numerics.matrices.balls import Orbit
from numerics.matrices.instances import zas_layers
from numerics.matrices.rates import check_rate
from numerics.matrices.zas import (
    bound_on_count,
    check_zas,
    diagonal_count,
    exact_zas,
    largest_steps,
    norm_square,
    papers_step,
    proved_step,
    refuted_step,
    scalar_counts,
)
from numerics.matrices.zas_range import admissible, tuned_step
from theory.errors import InputError

entries = st.integers(-12, 12).map(lambda n: Fraction(n, 8))
targets = st.lists(st.lists(entries, min_size=2, max_size=2), min_size=2, max_size=2).filter(
    norm_square
)
depths = st.integers(2, 6)


@given(targets, depths)
@settings(max_examples=12)
def test_the_theorem_holds_at_its_largest_step(target, depth):
    found = check_zas(target, depth, proved_step(depth, norm_square(target)), steps=40)
    assert found.holds is True
    assert found.share <= 1


@given(targets, depths)
@settings(max_examples=6)
def test_the_papers_theorem_holds_in_its_range(target, depth):
    step = papers_step(depth, norm_square(target))
    assert check_zas(target, depth, step, Fraction(1, 2), steps=15).holds is True


@given(st.integers(2, 200), st.fractions(Fraction(1, 1000), 1000))
def test_the_papers_range_lies_far_inside(depth, square):
    assert 36 * depth * papers_step(depth, square) <= proved_step(depth, square)


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


@pytest.mark.parametrize(("depth", "norm"), [(2, 1), (3, 2), (6, 1)])
def test_a_refuted_step_is_violated_in_another_arithmetic(depth, norm):
    found = refuted_step(depth, Fraction(norm))
    assert found.papers < found.proved < found.refuted
    with mpmath.workdps(60):
        eta = mpmath.mpf(found.refuted.numerator) / found.refuted.denominator
        inner, last = mpmath.mpf(1), mpmath.mpf(0)
        for _ in range(found.at):
            error = inner ** (depth - 1) * last - norm
            inner, last = (
                inner - eta * error * inner ** (depth - 2) * last,
                last - eta * error * inner ** (depth - 1),
            )
        assert (inner ** (depth - 1) * last - norm) ** 2 > norm**2 * (1 - eta / 2) ** found.at


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


@given(st.integers(2, 300), st.fractions(Fraction(1, 1000), 1000))
@settings(max_examples=60)
def test_the_proof_covers_the_closed_form_of_the_range(depth, square):
    """The chain of estimates in the written proof, against the inequality it starts from."""
    assert admissible(depth, square, proved_step(depth, square))


@given(targets, depths)
@settings(max_examples=8)
def test_the_papers_bound_holds_at_the_largest_step_that_the_proof_covers(target, depth):
    step = tuned_step(depth, norm_square(target))
    assert step >= proved_step(depth, norm_square(target))
    assert check_zas(target, depth, step, Fraction(1, 2), steps=40).holds is True


def test_what_is_refuted_is_not_admissible():
    found = refuted_step(4, Fraction(1))
    thetas = [Fraction(n, 50) for n in range(1, 100)]
    assert not any(admissible(4, Fraction(1), found.refuted, theta) for theta in thetas)


@given(st.fractions(Fraction(1, 1000), 1), st.fractions(Fraction(1, 10**6), Fraction(99, 100)))
def test_the_bound_on_the_count_is_the_first_step_that_is_guaranteed(step, share):
    steps = bound_on_count(step, share)
    factor = 1 - 0.6 * float(step)
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
