"""Plateaus behind a jump across the target: skipped as the first one is."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from numerics.balls import precision
from numerics.centred import CentredOrbit
from numerics.certified.count import certified_count
from numerics.certified.finish import STIFFNESS, skip_again
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


def test_counts_with_two_plateaus_move_as_they_must():
    """The orbit of w(1) is the rest of the orbit of w: the count is less by one."""
    problem = Problem.of(SHAMIR, draw("near-identity:0.1", 24, 3), "2/5", CLOSE)
    p, eta = problem.product, problem.step
    later = [x - eta * (p + 1) * p / x for x in problem.weights]
    found = certified_count(Problem.of(SHAMIR, later, eta, CLOSE), Budget(max_steps=20_000))
    assert found.lower == found.upper == 61_647_917
    assert "skipped steps behind the jump" in found.details
