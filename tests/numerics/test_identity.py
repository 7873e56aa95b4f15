"""Identity starts: eigenvalues, counts and bounds against brute force on whole matrices."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from numerics.balls import ball, ends, precision
from numerics.matrices import network
from numerics.matrices.balls import identity, spectral_upper
from numerics.matrices.descent import Orbit
from numerics.matrices.instances import exact_positive, identity_layers, random_stream
from numerics.matrices.rates import check_rate
from numerics.papers.bartlett_helmbold_long2018.identity import (
    check_positive,
    distance_square,
    eigenvalues,
    exact_identity,
    identity_count,
    largest_step,
    near_rate,
    near_step,
    radius_frontier,
    radius_rate,
    step_frontier,
)
from theory.errors import InputError

positive = st.fractions(Fraction(1, 4), 2, max_denominator=8)
spectra = st.lists(positive, min_size=1, max_size=3)
depths = st.integers(2, 8)
LEVEL = Fraction(1, 10**5)


def step_for(spectrum, depth):
    return Fraction(1, depth) / max(Fraction(1), *spectrum) ** 2


@given(st.lists(st.fractions(-2, 2, max_denominator=6), min_size=1, max_size=4), st.integers(0, 99))
def test_eigenvalues_are_enclosed_with_multiplicity(spectrum, seed):
    found = eigenvalues(exact_positive(spectrum, random_stream(seed)))
    assert sum(n for _, n in found) == len(spectrum)
    with precision(224):
        for value in set(spectrum):
            (multiplicity,) = (n for root, n in found if root.overlaps(ball(value)))
            assert multiplicity == spectrum.count(value)


def test_irrational_eigenvalues_agree_with_numpy():
    target = [[Fraction(2), Fraction(1)], [Fraction(1), Fraction(1)]]
    found = sorted(float(root.mid()) for root, _ in eigenvalues(target))
    np.testing.assert_allclose(found, np.linalg.eigvalsh([[2, 1], [1, 1]]))


@given(spectra, depths, st.integers(0, 99))
@settings(max_examples=12)
def test_counts_are_those_of_the_whole_matrices(spectrum, depth, seed):
    target, step = exact_positive(spectrum, random_stream(seed)), step_for(spectrum, depth)
    found = identity_count(target, depth, step, LEVEL)
    assert found.lower == found.upper
    size = len(spectrum)
    goal = np.array([[float(x) for x in row] for row in target])
    run = network.trajectory(
        identity_layers(size, depth), goal, float(step), found.upper + 5, stop=float(LEVEL)
    )
    assert abs(int(run.reached) - found.upper) <= 1  # a tie may fall either way in doubles
    orbit = Orbit(exact_identity(size, depth), step, target)
    for _ in range(found.upper):
        orbit.advance()
    assert ends(orbit.loss)[0] <= LEVEL


@given(spectra, depths)
def test_counts_respect_the_bound(spectrum, depth):
    found = identity_count(spectrum, depth, step_for(spectrum, depth), LEVEL)
    assert found.bound is not None
    assert found.upper <= found.bound


@given(spectra, depths)
@settings(max_examples=10)
def test_the_bound_holds_at_every_step(spectrum, depth):
    assume(any(x != 1 for x in spectrum))
    target = exact_positive(spectrum, random_stream(1))
    found = check_positive(target, depth, step_for(spectrum, depth) * Fraction(9, 10), 25)
    assert found.holds is not False


@given(st.fractions(-3, Fraction(-1, 8), max_denominator=9), st.sampled_from([2, 4, 6]))
def test_a_negative_eigenvalue_and_an_even_depth_never_arrive(phi, depth):
    found = identity_count([phi, Fraction(1)], depth, Fraction(1, 3), phi**2 / 3)
    assert found.outcome == "never"
    assert "even" in found.reason


def test_an_odd_depth_fails_for_small_steps_only():
    spectrum, level = [Fraction(-1), Fraction(1)], Fraction(1, 100)
    assert identity_count(spectrum, 3, Fraction(2, 5), level).outcome == "never"
    jumped = identity_count(spectrum, 3, Fraction(9, 10), level)
    assert jumped.lower == jumped.upper == 14
    weight = Fraction(1)
    for _ in range(14):
        weight = Fraction(float(weight + Fraction(9, 10) * weight**2 * (-1 - weight**3)))
    assert (weight**3 + 1) ** 2 / 2 <= level


def test_the_budget_ends_a_count():
    found = identity_count([Fraction(1, 4)], 5, Fraction(1, 100), LEVEL, max_steps=10)
    assert (found.outcome, found.lower, found.upper) == ("undecided", 11, None)


@given(st.integers(1, 40), positive)
def test_the_largest_step_as_printed(depth, largest):
    with precision(128):
        found = float(largest_step(depth, largest).mid())
    assert found == pytest.approx(1 / (depth * max(1, float(largest)) ** (2 - 2 / depth)))


@given(
    st.lists(st.integers(-9, 9), min_size=4, max_size=4).filter(any),
    depths,
    st.sampled_from([Fraction(1, 10), Fraction(2, 5)]),
)
@settings(max_examples=10)
def test_targets_near_the_identity(direction, depth, radius):
    length = Fraction(sum(abs(x) for x in direction))  # at least the Frobenius norm
    a, b, c, d = (radius * x / length for x in direction)
    target = [[1 + a, b], [c, 1 + d]]
    assert distance_square(target) <= radius**2
    start = exact_identity(2, depth)
    if radius == Fraction(1, 10):
        step = near_step(depth)
        found = check_rate(start, target, step, near_rate(depth, step), 25)
    else:
        step = Fraction(1, 7 * depth)
        found = check_rate(start, target, step, radius_rate(depth, step, radius), 25)
    assert found.holds is True


@pytest.mark.parametrize("depth", [2, 5, 9])
def test_layers_stay_within_a_third_over_depth_of_the_identity(depth):
    target = [[Fraction(21, 20), Fraction(-1, 25)], [Fraction(1, 25), Fraction(19, 20)]]
    assert distance_square(target) < Fraction(1, 100)
    orbit = Orbit(exact_identity(2, depth), near_step(depth), target)
    for _ in range(40):
        orbit.advance()
        with precision(160):
            moved = [spectral_upper(w - identity(2)) for w in orbit.weights]
            assert all(3 * depth * m <= 1 for m in moved)


@pytest.mark.parametrize("search", [radius_frontier, step_frontier])
def test_frontiers_are_violated_in_another_arithmetic(search):
    found = search(4)
    size = found.refuted if search is step_frontier else near_step(4)
    phis = [1 - found.refuted] if search is radius_frontier else [Fraction(11, 10), Fraction(9, 10)]
    worst = 0
    with mpmath.workdps(50):
        eta = mpmath.mpf(size.numerator) / size.denominator
        factor = 1 - mpmath.mpf(5) / 6 * mpmath.exp(-mpmath.mpf(2) / 3) * eta * 4
        for phi in phis:
            goal, layer = mpmath.mpf(phi.numerator) / phi.denominator, mpmath.mpf(1)
            for _ in range(found.at):
                layer += eta * layer**3 * (goal - layer**4)
            worst = max(worst, abs(layer**4 - goal) / (factor**found.at * abs(1 - goal)))
    assert worst > 1


def test_malformed_targets_are_refused():
    with pytest.raises(InputError, match="symmetric"):
        eigenvalues([[Fraction(1), Fraction(2)], [Fraction(0), Fraction(1)]])
    with pytest.raises(InputError, match="empty"):
        identity_count([], 2, Fraction(1, 4), LEVEL)
    with pytest.raises(InputError, match="positive"):
        identity_count([Fraction(1)], 2, Fraction(0), LEVEL)
