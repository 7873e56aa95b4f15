"""Plateaus behind a jump across the target: skipped as the first one is."""

from fractions import Fraction as Q

import pytest
from flint import arb
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from numerics.balls import ball, exact_rational, precision
from numerics.centred import CentredOrbit
from numerics.certified.approach import Approach
from numerics.certified.count import certified_count
from numerics.certified.finish import STIFFNESS, finish, skip_again
from numerics.problem import Budget, Problem
from numerics.starts import draw

SHAMIR, CLOSE = "(p+1)**2/2", "abs(p+1) <= 1/2"


@settings(max_examples=8)
@given(
    st.integers(6, 14),
    st.integers(1, 10**6),
    st.sampled_from(("near-identity:0.1", "near-identity:0.2", "gaussian")),
    st.sampled_from(("2/5", "1/5", "1/20")),
    st.integers(1, 400),
)
def test_a_skip_from_any_iterate_lands_where_direct_steps_do(depth, seed, init, step, index):
    """The start is a ball around an iterate, before a jump or behind one."""
    problem = Problem.of(SHAMIR, draw(init, depth, seed), step, CLOSE)
    assume(problem.holds_at_start() is False)
    with precision(300):
        orbit = CentredOrbit(problem.loss, problem.weights, problem.step, 300)
        for _ in range(index):
            orbit.advance_at_working_precision()
            assume(problem.holds(orbit.product, lambda: orbit.weights) is False)
        assume(orbit.healthy)
        skip = skip_again(problem, orbit, index, index, Budget(), STIFFNESS[0], race=False)
    assume(skip is not None)
    assert index < skip.stepped <= skip.begin
    assume(skip._test(6_000))


@pytest.mark.parametrize(
    ("depth", "seed", "count", "behind"),
    [(24, 3, 61_647_918, 590_120), (16, 1, 8_991_626_079_038_944, 10_119_230)],
)
def test_an_orbit_that_jumps_into_another_plateau_is_counted(depth, seed, count, behind):
    """The first count is also that of stepping in balls from the jump on, for 590,000 steps."""
    problem = Problem.of(SHAMIR, draw("near-identity:0.1", depth, seed), "2/5", CLOSE)
    found = certified_count(problem, Budget(max_steps=20_000))
    assert found.lower == found.upper == count
    assert int(found.details["skipped steps behind the jump"]) == behind
    assert int(found.details["direct steps"]) < 1_000
    parts = ("skipped steps", "skipped steps behind the jump", "steps along the curve")
    assert count == sum(int(found.details.get(name, 0)) for name in (*parts, "direct steps"))


def test_counts_with_two_plateaus_move_as_they_must():
    """The orbit of w(1) is the rest of the orbit of w: the count is less by one."""
    problem = Problem.of(SHAMIR, draw("near-identity:0.1", 24, 3), "2/5", CLOSE)
    p, eta = problem.product, problem.step
    later = [x - eta * (p + 1) * p / x for x in problem.weights]
    found = certified_count(Problem.of(SHAMIR, later, eta, CLOSE), Budget(max_steps=20_000))
    assert found.lower == found.upper == 61_647_917
    assert "skipped steps behind the jump" in found.details


@pytest.mark.parametrize(("seed", "step", "index"), [(7, "1/2", 1512), (7, "1/2", 1514)])
def test_a_doubt_before_a_second_skip_is_never_forgotten(seed, step, index):
    """The iterate w(index), behind the jump, is in a target far smaller than what is known of it.

    So the count is index. The skip behind it must not take it for certain that it is not, and a
    theorem that speaks of later iterates must not say that the target is never met.
    """
    start = draw("gaussian", 12, seed)
    with precision(2_000):
        orbit = CentredOrbit(Problem.of(SHAMIR, start, step, CLOSE).loss, start, Q(step), 2_000)
        for _ in range(index):
            orbit.advance_at_working_precision()
        place = Q(round(exact_rational(orbit.product) * 10**60), 10**60)
        assert abs(orbit.product - ball(place)) < arb(10) ** -59
    problem = Problem.of(SHAMIR, start, step, f"abs(p - ({place})) <= 1/10**55")
    skip = Approach(problem, Budget(), race=False).to_exit(STIFFNESS[0], 32)
    assert skip.end < index
    found = finish(skip, Budget(max_steps=3_000))
    assert int(found.attempt.details["skipped steps behind the jump"]) > 1_000
    assert found.attempt.lower <= index
    assert found.attempt.outcome != "never"
    assert found.narrower_helps
