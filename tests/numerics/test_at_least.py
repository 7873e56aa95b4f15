"""What is proved before a curve is followed: at least nearly all of the count."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from numerics.balls import precision
from numerics.centred import CentredOrbit
from numerics.certified.approach import Approach
from numerics.certified.cells import Obstruction, Spent
from numerics.certified.count import certified_count
from numerics.certified.crossing import at_least, cross
from numerics.escape import escape
from numerics.problem import Budget, Problem
from numerics.starts import draw

SHAMIR, CLOSE = "(p+1)**2/2", "abs(p+1) <= 1/2"


def steps_before_the_exit(problem, state, plateau, begin, most):
    """By direct steps in balls, from the begin of the plateau: the last index at or before it."""
    with precision(300):
        orbit = CentredOrbit(problem.loss, problem.weights, problem.step, 300)
        for index in range(most):
            place = state.direction * orbit.weights[state.least]
            if index >= begin and not place <= plateau.exit:
                assert place > plateau.exit
                return index - 1
            assert problem.holds(orbit.product, lambda: orbit.weights) is False
            orbit.advance_at_working_precision()
    return None


def test_the_bound_is_the_index_at_which_direct_steps_pass_the_exit():
    """One more would be wrong: the orbit is behind the exit then."""
    problem = Problem.of(SHAMIR, draw("near-identity:0.1", 9, 3), "1/20", "p <= -1/2")
    state, plateau, begin = Approach(problem, Budget(), race=False).plateau(2.0**-6)
    index = steps_before_the_exit(problem, state, plateau, begin, 50_000)
    assert index > 400
    assert begin + at_least(plateau, Budget()) == index


@settings(max_examples=6)
@given(
    st.integers(6, 14),
    st.integers(1, 10**6),
    st.sampled_from(("near-identity:0.1", "near-identity:0.2", "gaussian")),
    st.sampled_from(("1/5", "1/20")),
)
def test_the_bound_is_below_the_index_at_which_direct_steps_pass_the_exit(depth, seed, init, step):
    """It is that of the landing, but for the digits that it leaves out."""
    problem = Problem.of(SHAMIR, draw(init, depth, seed), step, "p <= -1/2")
    assume(problem.holds_at_start() is False)
    try:
        approach = Approach(problem, Budget(max_steps=20_000), race=False)
        state, plateau, begin = approach.plateau(2.0**-6)
        least = at_least(plateau, Budget())
        assume(0 < begin + least < 20_000)
        landing = cross(plateau, Budget())
    except Obstruction:
        return
    index = steps_before_the_exit(problem, state, plateau, begin, 25_000)
    assert index is None or begin + least <= index
    assert landing.steps * 0.999 - 2 < least <= landing.steps + 1


def test_a_count_that_ends_on_the_way_keeps_what_the_survey_has_proved(monkeypatch):
    """A curve that takes too long: at least nearly all of the count, not the 64 steps taken."""
    problem = Problem.of(SHAMIR, draw("near-identity:0.05", 30, 1), "1/20", CLOSE)
    exact = certified_count(problem, Budget())
    assert exact.lower == exact.upper > 10**9

    def endless(*_):
        raise Spent("the time budget is spent")

    monkeypatch.setattr("numerics.certified.approach.follow", endless)
    found = certified_count(problem, Budget(max_steps=400))
    assert 0.99 * exact.lower < found.lower <= exact.lower


def test_counts_beyond_all_digits_are_bounded_without_a_step():
    """Steps that are too small for a skip: no minute is spent on the first of 10**5000 steps."""
    found = escape("(p+1)**2/2", "0.3,-1.2,0.7", "1e-5000", "abs(p+1) <= 1/2")
    assert found.outcome == "undecided"
    assert found.reason == "the steps are too small to be told apart"
    assert found.lower > 10**4998
    # It scales like the count of a step size that is counted, and is below it.
    counted = escape("(p+1)**2/2", "0.3,-1.2,0.7", "1e-100", "abs(p+1) <= 1/2").count
    assert found.lower < counted * 10**4900
    behind = escape("(p+1)**2/2", "-1,1,0.51", "1e-5000", "abs(p+1) <= 1/2")
    assert behind.count == 0
