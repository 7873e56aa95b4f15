"""Escape counts: brute force is the judge, and "never" is only said of orbits that never do."""

from fractions import Fraction
from math import prod

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from numerics.box_bound import box_bound
from numerics.escape import METHODS, escape
from numerics.floating import escape_counts
from numerics.loss import Loss
from numerics.problem import Budget, Problem
from numerics.strategies import box_instances, problems, starts, tied_instances
from theory.dynamics.stopping import parse_stop
from theory.errors import InputError

SHAMIR, CLOSE = "(p+1)**2/2", "abs(p+1) <= 1/2"


def brute_force(slope, holds, weights, step, max_steps, digits=60):
    """Follow the definition, in plain Python over mpmath."""
    with mpmath.workdps(digits):
        w = [mpmath.mpf(x.numerator) / x.denominator for x in weights]
        size = mpmath.mpf(step.numerator) / step.denominator
        for t in range(max_steps + 1):
            p = mpmath.fprod(w)
            if not mpmath.isfinite(p) or abs(p) > 1e30:
                return None
            if holds(p):
                return t
            g = slope(p)
            w = [x - size * g * mpmath.fprod(w[:i] + w[i + 1 :]) for i, x in enumerate(w)]
    return None


@given(starts(min_depth=2, max_depth=7), st.sampled_from((SHAMIR, "p", "log(1+exp(p))")))
def test_every_method_returns_the_brute_force_integer(weights, loss):
    slope = {
        SHAMIR: lambda p: p + 1,
        "p": lambda p: mpmath.mpf(1),
        "log(1+exp(p))": lambda p: 1 / (1 + mpmath.exp(-p)),
    }[loss]
    step = Fraction(1, 20)
    truth, check = (
        brute_force(slope, lambda p: abs(p + 1) <= 0.5, weights, step, 400, digits)
        for digits in (50, 120)
    )
    # Around the minimum a large step can be chaotic: then finite digits are no oracle.
    assume(truth is not None and truth == check)
    for method in ("auto", "ball", "direct"):
        result = escape(loss, weights, step, CLOSE, method)
        assert (result.outcome, result.lower, result.upper) == ("reached", truth, truth)
        assert result.reason is None
    assert escape(loss, weights, step, CLOSE, "float").count == truth


@pytest.mark.parametrize("depth", [3, 6, 9, 12])
def test_gaussian_starts_against_brute_force(depth):
    weights = [Fraction(x) for x in np.random.default_rng(depth).normal(size=depth)]
    step = Fraction("0.05")
    truth = brute_force(lambda p: p + 1, lambda p: abs(p + 1) <= 0.5, weights, step, 3000, 30)
    result = escape(SHAMIR, weights, step, CLOSE, max_steps=3000)
    assert result.count == truth if truth is not None else result.outcome == "undecided"


@given(problems())
def test_bounds_frame_the_reference_count(problem):
    """Any loss, start, step, stop: what the rigorous engine says is true of a long mpmath run."""
    args = (problem.loss, problem.weights, problem.step, problem.until)
    rigorous = escape(*args, "ball", max_steps=300, max_seconds=20)
    reference = METHODS["direct"].run(problem, Budget(digits=200, max_steps=300))
    if reference.outcome == "reached":
        assert rigorous.outcome != "never"
        assert rigorous.lower <= reference.lower
        assert rigorous.upper is None or reference.lower <= rigorous.upper
    elif rigorous.outcome == "reached":
        assert reference.lower <= rigorous.upper
    assert (rigorous.reason is None) == (rigorous.outcome == "reached")


@given(tied_instances())
def test_tied_minima_pin_the_sign_at_once_or_honestly_not(problem):
    """Within the theorem's hypotheses the answer is immediate; outside, it is still not wrong."""
    sizes = sorted(abs(w) for w in problem.weights)
    result = escape(problem.loss, problem.weights, problem.step, problem.until, max_steps=200)
    small_step = problem.step * 2 * prod(sizes[2:]) < 1
    if small_step and prod(problem.weights) <= 1:
        assert result.outcome == "never"
        assert result.details["invariant"] in ("tied minimum", "matched pairs")
    if result.outcome == "never":
        assert METHODS["direct"].run(problem, Budget(max_steps=200)).outcome == "undecided"


def test_a_tie_that_is_not_the_minimum_pins_nothing():
    """|w_2| = |w_3| > |w_1|: the smallest weight crosses zero and the orbit arrives."""
    assert escape(SHAMIR, "0.1,0.5,0.5", "0.05", CLOSE).outcome == "reached"


def test_a_tie_with_a_large_step_is_not_called_pinned():
    """Eta r_12 = 2 > 1: the tied weights jump over zero, and k = 3 allows p to change sign."""
    result = escape(SHAMIR, "0.5,0.5,4", "1/2", "p <= -1/100", max_steps=50)
    problem = Problem.of(SHAMIR, "0.5,0.5,4", "1/2", "p <= -1/100")
    direct = METHODS["direct"].run(problem, Budget(max_steps=50))
    assert result.outcome != "never" or direct.outcome != "reached"


@pytest.mark.parametrize(
    ("loss", "weights", "until", "invariant"),
    [
        (SHAMIR, "0.3,0.3,0.7", CLOSE, "tied minimum"),
        (SHAMIR, "-0.3,0.3,-0.7", CLOSE, "tied minimum"),
        (SHAMIR, "0,0,5", CLOSE, "stationary"),
        ("(p-2)**2/2", "1,2", "p <= 0", "stationary"),
        (SHAMIR, "1,1,3,-3", "p > 1/2", "matched pairs"),
        ("(p-2)**2/2", "1,0.9,1.1", "p >= 3", "funnel"),
        ("(p-2)**2/2", "1.5,1.4,1.1", "p <= 0", "funnel"),
        (SHAMIR, "1,2", "abs(p) <= -1", "empty target"),
    ],
)
def test_never_names_the_invariant(loss, weights, until, invariant):
    result = escape(loss, weights, "0.01", until)
    assert (result.outcome, result.details["invariant"]) == ("never", invariant)
    assert result.upper is None
    assert invariant in result.reason
    assert result.seconds < 2
    problem = Problem.of(loss, weights, "0.01", until)
    assert METHODS["float"].run(problem, Budget(max_steps=2000)).outcome == "undecided"


def test_the_funnel_is_found_on_the_way():
    result = escape(SHAMIR, "0.8,-1.2,0.7", "0.01", "p <= -1.5", max_seconds=20)
    assert result.outcome == "never"


def test_precision_raises_itself():
    """Two stops 1e-60 apart around an iterate: 96 bits cannot tell them from it, more can."""
    with mpmath.workdps(120):
        w = [mpmath.mpf("0.3"), mpmath.mpf("-1.2"), mpmath.mpf("0.7")]
        for _ in range(3):
            p = mpmath.fprod(w)
            w = [x - (p + 1) * (p / x) / 20 for x in w]
        p = mpmath.fprod(w)
        above, below = (
            mpmath.nstr(p + mpmath.mpf(10) ** -60, 90),
            mpmath.nstr(p - mpmath.mpf(10) ** -60, 90),
        )
    assert escape(SHAMIR, "0.3,-1.2,0.7", "0.05", f"p <= {above}").count == 3
    assert escape(SHAMIR, "0.3,-1.2,0.7", "0.05", f"p <= {below}").count == 4


def test_equality_at_the_start_is_decided_exactly():
    assert escape(SHAMIR, "1/3,-3/2", "0.05", "p <= -1/2").count == 0
    assert escape(SHAMIR, "1/3,-3/2", "0.05", "p < -1/2").count == 1
    assert escape(SHAMIR, "1/3,-3/2", "0.05", "f <= 1/8").count == 0


@pytest.mark.parametrize("weights", ["0,0", "1,1,0,0"])
def test_a_stationary_start_that_satisfies_the_condition_has_arrived(weights):
    """f(0) = ln 2 is not rational: the start is decided in balls before any theorem speaks."""
    assert escape("log(1+exp(-p))", weights, "0.1", "f <= 1").count == 0
    assert escape("log(1+exp(-p))", weights, "0.1", "f <= 1/2").outcome == "never"


@pytest.mark.parametrize("method", sorted(set(METHODS) & {"ball", "direct", "float"}))
def test_a_budget_gives_a_lower_bound_and_a_reason(method):
    slow = "0.1,0.01,0.02,0.03"
    result = escape(SHAMIR, slow, "0.01", CLOSE, method, max_steps=100)
    assert (result.outcome, result.lower, result.upper) == ("undecided", 101, None)
    assert "budget" in result.reason
    timed = escape(SHAMIR, slow, "0.000001", CLOSE, method, max_seconds=0.3)
    assert timed.outcome == "undecided"
    assert timed.seconds < 10
    assert timed.lower > 100


@pytest.mark.parametrize("method", ["ball", "direct", "float"])
def test_divergence_ends_by_itself(method):
    """Far out the orbit might hit the target yet; balls prove that it does not, once beyond it."""
    far = "abs(p - 1000000000) <= 1/2"
    result = escape(SHAMIR, "10,-12,7", "0.05", far, method, max_seconds=20)
    if method == "ball":
        assert (result.outcome, result.details["invariant"]) == ("never", "runaway")
    else:
        assert result.outcome == "undecided"
        assert "diverges" in result.reason or "range" in result.reason
    assert result.seconds < 20


def test_leaving_the_domain_of_the_loss_is_noticed():
    for method in ("ball", "direct", "float"):
        result = escape("log(p)", "0.3,0.4", "0.1", "p <= -1/2", method, max_seconds=10)
        assert result.outcome == "undecided", method


@pytest.mark.parametrize(
    ("change", "argument"),
    [
        ({"step": "0"}, "step"),
        ({"step": "-0.1"}, "step"),
        ({"step": 0.05}, "step"),
        ({"weights": ""}, "weights"),
        ({"weights": [0.5]}, "weights"),
        ({"weights": "1,nan"}, "weights"),
        ({"weights": ["1"] * 10_001}, "weights"),
        ({"loss": "p**p"}, "loss"),
        ({"loss": "1/0"}, "loss"),
        ({"until": "p"}, "until"),
        ({"method": "guess"}, "method"),
        ({"digits": 0}, "digits"),
        ({"digits": 10**9}, "digits"),
        ({"max_steps": -1}, "max-steps"),
        ({"max_seconds": float("nan")}, "max-seconds"),
        ({"max_seconds": 0}, "max-seconds"),
    ],
)
def test_bad_input_names_the_argument(change, argument):
    good = {"loss": SHAMIR, "weights": "1,2", "step": "0.1", "until": CLOSE}
    with pytest.raises(InputError, match=f"^{argument}: "):
        escape(**(good | change))


def test_many_starts_at_once_are_the_starts_one_by_one():
    loss, stop = Loss.of(SHAMIR), parse_stop(CLOSE)
    start = np.random.default_rng(5).normal(size=(12, 6))
    counts, reached = escape_counts(loss, start, 0.05, stop, 5000)
    for row, count, done in zip(start, counts, reached, strict=True):
        alone = escape(
            loss, [Fraction(x) for x in row], Fraction(0.05), stop, "ball", max_steps=5000
        )
        assert (alone.outcome == "reached") == done
        assert alone.lower == count


@given(box_instances())
def test_the_box_bound_never_exceeds_the_count(problem):
    args = (problem.loss, problem.weights, problem.step, problem.until)
    bound = box_bound(*args, warm_up=8)
    bound._test(50)
    result = escape(*args, max_steps=2000)
    assert bound.lower <= result.lower or result.outcome != "reached"


def test_the_box_bound_is_not_trivial():
    weights = [Fraction(x) for x in np.random.default_rng(1).normal(size=12)]
    bound = box_bound(Loss.of(SHAMIR), weights, Fraction(1, 20), parse_stop(CLOSE))
    count = escape(SHAMIR, weights, "0.05", CLOSE).count
    assert count / 20 < bound.lower <= count
