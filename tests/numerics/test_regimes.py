"""Bounds that are documented as proved, over the whole set that their hypotheses allow.

Each survey draws starts of every kind (ties, zeros, weights from 10^-12 to 10^6, products on either
side of every threshold, steps from tiny to far too long, and at the limits of the hypotheses),
compares the bound with rigorous stepping in balls, and then asserts that the regimes which it names
have been visited with a bound that says something. The counts are printed at the end of the run.
"""

from fractions import Fraction
from math import prod

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.box_bound import box_bound
from numerics.certified.count import certified_count
from numerics.ensemble import ensemble
from numerics.flow_time import flow_count
from numerics.loss import Loss
from numerics.papers.shamir2019.near_identity import largest_step as near_step
from numerics.papers.shamir2019.near_identity import near_identity_bound
from numerics.papers.shamir2019.upper_bound import largest_step, theorem_4
from numerics.papers.shamir2019.xavier.bounds import sandwich, squares_bound
from numerics.papers.shamir2019.xavier.routes import LOSSES
from numerics.problem import Budget, Problem
from numerics.reduced_bounds import two_sided
from numerics.rigorous import ball_count
from numerics.strategies import losses, step_sizes, stops, wild_starts, wild_steps
from tests.numerics.surveys import EVERY_SIGN, above, below, everywhere, regimes_of
from theory.dynamics.stopping import parse_stop
from theory.errors import InputError

SHAMIR = "(p+1)**2/2"
STEPS = 300


def draws(count: int) -> int:
    """How many starts a survey draws: half of them in the quick profile, many more overnight."""
    return count * settings().max_examples // 50


def brute(loss, weights, step, until):
    """Rigorous bounds by stepping in balls, at most STEPS of them."""
    return ball_count(Problem.of(loss, weights, step, until), Budget(max_steps=STEPS))


def test_box_bound(survey):
    @given(losses(), wild_starts(), wild_steps(), stops())
    @settings(max_examples=draws(300))
    def check(loss, weights, step, until):
        bound = box_bound(loss, weights, step, until)
        truth = ball_count(Problem(loss, weights, step, until), Budget(max_steps=STEPS))
        assert below(bound.lower, truth)
        if bound.lower:
            survey.update(regimes_of(weights, step))

    check()
    everywhere(survey, *EVERY_SIGN, "p(0) = 0", "tie at the minimum", "tiny weight", "huge weight")


def test_squares_bound(survey):
    @given(st.sampled_from(LOSSES), wild_starts(), wild_steps())
    @settings(max_examples=draws(300))
    def check(loss, weights, step):
        bound = squares_bound(Loss.of(loss.formula), weights, step)
        assert below(bound, brute(loss.formula, weights, step, "p <= -1/2"))
        if bound:
            survey.update(regimes_of(weights, step))

    check()
    everywhere(survey, "-1/2 < p(0) < 0", "0 < p(0) <= 1/2", "p(0) = 0", "tiny weight")


def test_sandwich(survey):
    @given(wild_starts(), wild_steps(), st.booleans(), st.fractions(Fraction(1, 4), 1))
    @settings(max_examples=draws(300))
    def check(weights, step, at_limit, share):
        p, least = prod(weights), min(map(abs, weights))
        if at_limit and p > 0:
            step = share * least**2 / ((1 + p) * p)  # H = share * a: the longest step allowed
        both, truth = sandwich(weights, step), brute(SHAMIR, weights, step, "p <= -1/2")
        assert below(both.lower, truth)
        assert above(both.upper, truth)
        if both.lower or both.upper:
            survey.update(regimes_of(weights, step))
        if both.upper:
            survey.update(f"both sides, {name}" for name in regimes_of(weights, step))

    check()
    everywhere(survey, *EVERY_SIGN, "p(0) = 0", "tiny weight", "huge weight", "step >= 1")
    everywhere(survey, *(f"both sides, {name}" for name in EVERY_SIGN))


def test_near_identity_bound(survey):
    deltas = st.one_of(st.just(Fraction(0)), st.fractions(0, Fraction(24, 100)))
    ends = st.sampled_from([Fraction(-1), Fraction(0), Fraction(1)])

    @given(
        st.sampled_from([SHAMIR, "(p+1)**2", "log(1+exp(p))", "exp(p/3)"]),
        deltas,
        st.lists(st.one_of(ends, st.fractions(-1, 1)), min_size=3, max_size=10),
        st.sampled_from([Fraction(1), Fraction(1), Fraction(1, 3), Fraction(1, 40)]),
    )
    @settings(max_examples=draws(150))
    def check(formula, delta, offsets, share):
        loss, weights = Loss.of(formula), tuple(1 + delta * x for x in offsets)
        c_3 = prod(weights)
        rhos = (Fraction(n, 20) for n in range(19, 0, -1))
        rho = next(r for r in rhos if r < 1 - delta and r * r + 4 * delta <= 1)
        step = share * near_step(loss, c_3, rho)
        bound = near_identity_bound(loss, len(weights), delta, c_3, step)
        truth = brute(formula, weights, step, "p <= 0")
        for claimed in (bound.lower, bound.closed_form, bound.k_log_k):
            assert below(claimed, truth)
        if bound.lower:
            size = "= 0" if delta == 0 else "> 1/16" if 16 * delta > 1 else "small"
            survey[f"delta {size}"] += 1
            survey["all weights at the ends" if {-1, 1} >= set(offsets) else "inside"] += 1
            survey["longest step" if share == 1 else "shorter step"] += 1
            survey["p(0) > 1" if c_3 > 1 else "p(0) <= 1"] += 1

    check()
    everywhere(survey, "delta = 0", "delta small", "delta > 1/16", "longest step", "p(0) > 1")
    everywhere(survey, "all weights at the ends", "p(0) <= 1")


def test_theorem_4(survey):
    @given(
        wild_starts(min_depth=2, max_depth=6, spread=3),
        st.fractions(Fraction(1, 8), 4, max_denominator=8),
        st.sampled_from([Fraction(1, 2), Fraction(1, 10**4), Fraction(3)]),
        st.sampled_from([1, 1, Fraction(1, 5), 2]),
    )
    @settings(max_examples=draws(300))
    def check(weights, c_1, epsilon, share):
        try:
            step = share * largest_step(weights, -c_1)
        except InputError:
            return
        bound = theorem_4(weights, -c_1, step, epsilon)
        formula = f"(p + {c_1})**2/2"
        assert above(bound.upper, brute(formula, weights, step, f"f <= {epsilon}"))
        assert above(
            bound.crossing if bound.upper else None, brute(formula, weights, step, "p <= 0")
        )
        if bound.upper:
            survey.update(regimes_of(weights, step))
            survey["at least half of the largest step" if share >= 1 else "shorter step"] += 1
            survey["epsilon above f(0)" if bound.upper == 0 else "to go"] += 1

    check()
    everywhere(survey, *EVERY_SIGN, "tiny weight", "at least half of the largest step", "to go")


def test_reduced_coordinate(survey):
    @given(
        st.sampled_from([SHAMIR, "(p+1)**2", "log(1+exp(p))", "exp(p/3)"]),
        wild_starts(min_depth=2, max_depth=6),
        wild_steps(),
        st.fractions(-3, 0, max_denominator=8),
    )
    @settings(max_examples=draws(200))
    def check(formula, weights, step, level):
        level = max(level, Fraction(-7, 8)) if "1)" in formula else level
        if prod(weights) <= level:
            return
        try:
            both = two_sided(Loss.of(formula), weights, step, level)
        except InputError:
            survey["refused"] += 1
            return
        truth = brute(formula, weights, step, f"p <= {level}")
        assert below(both.lower, truth)
        assert above(both.upper, truth)
        if both.lower:
            survey.update(regimes_of(weights, step))
        if both.upper:
            survey["both sides"] += 1

    check()
    everywhere(survey, *EVERY_SIGN, "tiny weight", "huge weight", "both sides")


def test_certified_counts(survey):
    @given(losses(), wild_starts(), wild_steps(), stops())
    @settings(max_examples=draws(150))
    def check(loss, weights, step, until):
        problem = Problem(loss, weights, step, until)
        found = certified_count(problem, Budget(max_steps=STEPS))
        truth = ball_count(problem, Budget(max_steps=STEPS))
        assert below(found.lower, truth)
        assert above(found.upper, truth)
        assert found.outcome != "never" or truth.upper is None
        survey.update(f"{found.outcome}: {name}" for name in regimes_of(weights, step))

    check()
    everywhere(
        survey, *(f"reached: {name}" for name in (*EVERY_SIGN, "huge weight", "tiny weight"))
    )
    everywhere(survey, "never: tie at the minimum", "reached: step >= 1")


def test_flow_time_and_what_descent_adds(survey):
    """Where both exist: descent needs T/eta, its two corrections, and O(eta u') steps."""

    @given(
        st.sampled_from([SHAMIR, "(p+1)**2", "log(1+exp(p))"]),
        wild_starts(min_depth=2, max_depth=6, spread=1),
        step_sizes(Fraction(1, 50)),
    )
    @settings(max_examples=draws(40))
    def check(formula, weights, step):
        problem = Problem.of(formula, weights, step, "p <= -1/2")
        found = flow_count(problem, Budget(max_steps=20_000))
        truth = ball_count(problem, Budget(max_steps=2_000))
        if found.outcome != "reached" or truth.upper is None or not truth.upper:
            return
        if "gradient descent steps" not in found.details:
            return
        assert (
            found.details["gradient descent steps"].removeprefix("at least ").split()[0].isdigit()
        )
        if not found.details["gradient descent steps"].startswith("at least"):
            low = int(found.details["gradient descent steps"].split()[0])
            assert truth.lower <= low <= truth.upper
            survey.update(regimes_of(weights, step))

    check()
    everywhere(survey, "-1/2 < p(0) < 0", "0 < p(0) <= 1/2", "p(0) > 1/2")


def test_ensemble_errors(survey):
    """Stated errors of the floating-point engine hold; what it cannot know it does not state."""

    @given(
        st.sampled_from([SHAMIR, "(p+1)**2", "log(1+exp(p))"]),
        wild_starts(min_depth=2, max_depth=6),
        wild_steps(),
    )
    @settings(max_examples=draws(150))
    def check(formula, weights, step):
        doubles = np.array([[float(w) for w in weights]])
        exact = [Fraction(float(w)) for w in weights]
        loss, until = Loss.of(formula), parse_stop("p <= -1/2")
        found = ensemble(loss, doubles, step, until)
        truth = brute(formula, exact, step, "p <= -1/2")
        if not found.reached[0]:
            survey["not reached"] += 1
            return
        count = float(np.exp(found.ln_steps[0]))
        slack = found.error[0] * count + 1e-9 * count + 1e-6
        assert truth.lower <= count + slack
        assert truth.upper is None or count - slack <= truth.upper
        survey.update(regimes_of(exact, step))

    check()
    everywhere(survey, *EVERY_SIGN, "tiny weight", "huge weight", "step >= 1")
