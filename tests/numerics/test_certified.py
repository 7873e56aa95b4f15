"""Certified counts: what skipping a plateau says is what stepping through it would find."""

from fractions import Fraction
from math import prod

import mpmath
import numpy as np
import pytest
from flint import arb
from hypothesis import assume, given
from hypothesis import strategies as st

from numerics.balls import precision
from numerics.certified.approach import Approach
from numerics.certified.cells import Obstruction
from numerics.certified.count import STIFFNESS, certified_count, skip_plateau
from numerics.certified.lead import LeadIn
from numerics.certified.plateau import MAX_DRIFT, survey
from numerics.certified.state import reduce
from numerics.escape import escape
from numerics.loss import Loss
from numerics.problem import Budget, Problem
from numerics.rigorous import ball_count
from numerics.strategies import problems, step_sizes
from numerics.unreachable import reaches

SHAMIR, CLOSE = "(p+1)**2/2", "abs(p+1) <= 1/2"
DOUBLES = {
    SHAMIR: lambda p: p + 1,
    "p": lambda p: 1.0,
    "log(1+exp(p))": lambda p: 1 / (1 + np.exp(-p)),
    "(p+1)**4/4": lambda p: (p + 1) ** 3,
    "log(cosh(p+1))": lambda p: np.tanh(p + 1),
}


def brute_force(slope, weights, step, target, max_steps):
    """Follow the definition in long doubles."""
    w = np.array([np.longdouble(float(x)) for x in weights])
    for t in range(max_steps):
        p = w.prod()
        if p <= target:
            return t
        if not abs(p) < 1e6:
            return None
        others = np.array([np.delete(w, i).prod() for i in range(len(w))])
        w = w - np.longdouble(step) * slope(p) * others
    return None


# --- the count -------------------------------------------------------------------------------


@pytest.mark.parametrize("depth", [20, 30])
def test_the_parts_of_a_count_are_the_whole_and_what_is_called_direct_was_stepped(depth):
    """Before, two trillion steps along the invariant curve were called direct ones."""
    sizes = ["1.02", "0.97", "1.1", "0.9", "1.05"] * (depth // 5)
    weights = [Fraction(f"{size}{i}") for i, size in enumerate(sizes)]
    found = escape("(p+1)**2/2", weights, "1/100", "p <= -1/2", method="certified")
    parts = ("skipped steps", "steps along the curve", "direct steps")
    taken = [int(found.details.get(part, "0")) for part in parts]
    assert found.count is not None
    assert sum(taken) == found.count
    assert taken[2] < 100_000


@given(
    st.sampled_from(sorted(DOUBLES)),
    st.integers(3, 9),
    st.integers(0, 10**6),
    st.sampled_from(("1/20", "1/100", "1/300")),
)
def test_certified_bounds_frame_brute_force(loss, depth, seed, step):
    weights = [Fraction(x) for x in np.random.default_rng(seed).normal(size=depth)]
    assume(prod(weights) > -0.3)
    until = "p <= -2/5"
    truth = brute_force(DOUBLES[loss], weights, Fraction(step), -0.4, 1500)
    assume(truth is not None)
    found = escape(loss, weights, step, until, "certified", max_seconds=20)
    assert found.outcome == "reached"
    assert found.lower <= truth <= found.upper
    assert found.upper - found.lower <= 1


@given(problems())
def test_any_problem_agrees_with_direct_balls(problem):
    direct = ball_count(problem, Budget(max_steps=400))
    found = certified_count(problem, Budget(max_steps=400))
    if direct.upper is not None:
        assert found.outcome != "never"
        assert found.lower <= direct.upper
        assert found.upper is None or found.upper >= direct.lower
    elif found.upper is not None:
        assert direct.outcome != "never"
        assert found.upper >= direct.lower


@given(st.integers(3, 7), st.integers(0, 10**6), step_sizes(Fraction(1, 20)))
def test_a_skip_lands_where_stepping_does(depth, seed, step):
    weights = [Fraction(x) for x in np.random.default_rng(seed).normal(size=depth)]
    problem = Problem.of(SHAMIR, weights, step, "p <= -1/2")
    assume(problem.holds_at_start() is False)
    try:
        skip = skip_plateau(problem, Budget())
    except Obstruction:
        return
    skip._test(max_steps=1500)


@pytest.mark.parametrize(("digits", "step"), [(100, "1/100"), (150, "1/200"), (3, "1/200")])
def test_no_more_drift_is_surveyed_than_the_estimates_are_proved_for(digits, step):
    """Nearly opposite weights lose much of w_1**2 - w_2**2; with twice that the slack is negative.

    The estimate of the drift that the survey begins with was once taken as it was: defects came
    out negative, and x_n outside of its enclosure.
    """
    weights = [Fraction(-1), 1 + Fraction(1, 10**digits)]
    problem = Problem.of("(p-1)**2/2", weights, step, "p >= 0")
    with precision(1024):
        near = (-10 * (arb(10) ** -digits).sqrt()).mid()
    state = reduce(problem, problem.weights, 2048)
    if digits > 3:
        with pytest.raises(Obstruction, match="drift"):
            survey(state.flow, problem.step, state.coordinate, near, 900, Budget())
    else:
        plateau = survey(state.flow, problem.step, state.coordinate, near, 900, Budget())
        assert plateau.loosening <= MAX_DRIFT
        assert plateau.defect > 0
        assert plateau.unevenness > 0


def test_the_reason_for_stepping_directly_is_the_first_obstruction():
    weights = [Fraction(-1), 1 + Fraction(1, 10**100)]
    problem = Problem.of("(p-1)**2/2", weights, "1/100", "p >= 1/2")
    approach = Approach(problem, Budget(), race=False)
    reasons = []
    for stiffness in STIFFNESS[:2]:
        with pytest.raises(Obstruction) as caught:
            approach.plateau(stiffness)
        reasons.append(str(caught.value))
    assert reasons[1] == reasons[0] != "there are no steps to begin with"


def test_a_landing_that_is_moved_fails_its_test():
    from dataclasses import replace

    problem = Problem.of(SHAMIR, "0.3,-1.2,0.7,0.01,1.1", "0.01", CLOSE)
    skip = skip_plateau(problem, Budget())
    assert skip._test()
    later = replace(skip.landing, steps=skip.landing.steps + 1)
    with pytest.raises(AssertionError):
        replace(skip, landing=later)._test()


@pytest.mark.sample(4)
@pytest.mark.parametrize("loss", ["(p-1)**2/2", "p**4/4-p"])
@pytest.mark.parametrize("exponent", [6, 20, 100, 250])
def test_balanced_starts_against_the_asymptotics_of_the_abel_function(loss, exponent):
    """w+ = w + eta w^2 (1 - w^3): the count from 10^-n is exact; the leading terms are known.

    With f'(p) = -1 + O(p) and k = 3: 1/w decreases by eta - eta^2 w + ..., so the count from w_0
    is (1/w_0 - eta ln w_0)/eta + O(1).
    """
    weights = [f"1e-{exponent}"] * 3
    found = escape(loss, weights, "1/10", "p >= 1/2", max_seconds=60)
    assert found.count is not None
    leading = 10 * 10**exponent
    with mpmath.workdps(exponent + 20):
        rest = leading - mpmath.log(mpmath.mpf(10) ** -exponent) - found.count
        # the O(1) is the same for every exponent
        assert abs(rest - (leading_constant(loss))) < 1.5


def leading_constant(loss):
    """The O(1) of the test above, from a brute force count."""
    slope = {"(p-1)**2/2": lambda p: p - 1, "p**4/4-p": lambda p: p**3 - 1}[loss]
    w, t = 1e-4, 0
    while w**3 < 0.5:
        w, t = w - 0.1 * slope(w**3) * w * w, t + 1
    return 1e5 - np.log(1e-4) - t


def test_depth_26_and_100_are_exact_in_no_time():
    for depth in (26, 100):
        weights = [Fraction(x) for x in np.random.default_rng(1).normal(size=depth)]
        found = escape(SHAMIR, weights, "0.01", CLOSE, max_seconds=60)
        assert found.count is not None
        assert found.count > 10**4


@pytest.mark.parametrize(
    ("loss", "weights", "step", "until"),
    [
        (SHAMIR, "0.3,0.300000000000000000000000000001,-0.7,-1", "0.01", CLOSE),
        (SHAMIR, "0,0.5,0.6,0.4", "0.01", "p <= -1/10"),
        (SHAMIR, "1e-50,0.5,-0.6,-0.4", "0.01", "p <= -1/10"),
        (SHAMIR, "1e-12,1000,0.001,0.5", "0.001", "p <= -1/100"),
        ("p", "0.2,0.3,0.4,-0.5", "1e-20", "p <= -1/2"),
        ("log(1+exp(p))", "0.9,0.8,1.1,0.3", "1/50", "p <= -6"),
        (SHAMIR, "0.4,0.5,0.6,0.3", "1/100", "p <= 1e-12"),
        (SHAMIR, "0.4,0.5,0.6,0.3", "1/100", "p < -1e-12"),
    ],
)
def test_adversarial_starts_are_bounded_tightly(loss, weights, step, until):
    found = escape(loss, weights, step, until, max_seconds=60)
    assert found.outcome == "reached"
    assert found.upper - found.lower <= 1
    direct = escape(loss, weights, step, until, "ball", max_steps=3000)
    assert direct.lower <= found.upper
    assert direct.upper is None or found.lower <= direct.upper


# --- what must not happen --------------------------------------------------------------------


def test_a_lead_in_that_met_the_target_never_resumes():
    """An orbit can meet the target and leave it again; no step after that may be used."""
    problem = Problem.of(SHAMIR, "0.3,-1.2,0.7", "0.05", CLOSE)
    lead = LeadIn(problem, Budget(), 128)
    lead.step_to(3)
    for _ in range(2):
        with pytest.raises(Obstruction):
            lead.step_to(100)
    with pytest.raises(Obstruction):
        lead.step_to(3)


@pytest.mark.parametrize("weights", ["0.01,0.02,0.03,0.04", "0.3,0.2,0.1,0.01,0.5"])
def test_budgets_are_honoured(weights):
    found = escape(SHAMIR, weights, "1e-6", CLOSE, "certified", max_steps=5)
    assert found.outcome == "undecided"
    assert found.lower > 10**6  # the steps that were skipped by proof count, too
    hurried = escape(SHAMIR, ["1e-4", "2e-4"] * 200, "1e-6", CLOSE, "certified", max_seconds=0.05)
    assert hurried.outcome in ("undecided", "never")
    assert hurried.seconds < 3


def test_a_target_beyond_the_minimum_behind_a_long_plateau_is_never_met():
    weights = [Fraction(x) for x in np.random.default_rng(3).normal(size=30) / 2]
    found = escape(SHAMIR, weights, "0.001", "p <= -3/2", max_seconds=60)
    assert found.outcome == "never"
    assert found.details["invariant"] == "funnel"


def test_running_away_is_a_theorem():

    def named(loss, weights, product):
        return [
            reach.name
            for reach in reaches(
                Loss.of(loss), [arb(w) for w in weights], arb(product), Fraction(1, 10)
            )
        ]

    with precision(64):
        assert "runaway" in named(SHAMIR, (5, 5, 5), 125)
        assert "runaway" not in named(SHAMIR, (1, 1, 2), 2)
        assert "runaway" not in named("p", (5, 5, 5), 125)
    w = np.array([5.0, 5.0, 5.0])
    for _ in range(3):
        p = w.prod()
        assert abs(p) >= 125
        w = w - 0.1 * (p + 1) * p / w


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200))
def test_thousands_of_gaussian_starts(seed):
    """Ten starts a seed, counts up to 10^6: never a wrong bound."""
    random = np.random.default_rng(seed)
    for _ in range(10):
        depth = int(random.integers(3, 12))
        weights = [Fraction(x) for x in random.normal(size=depth)]
        problem = Problem.of(SHAMIR, weights, "1/20", "p <= -1/2")
        if problem.holds_at_start():
            continue
        found = certified_count(problem, Budget(max_steps=300_000))
        truth = brute_force(DOUBLES[SHAMIR], weights, Fraction(1, 20), -0.5, 50_000)
        if truth is not None:
            assert found.outcome != "never"
            assert found.lower <= truth
            assert found.upper is None or truth <= found.upper
        elif found.upper is not None:
            assert found.upper >= 50_000
