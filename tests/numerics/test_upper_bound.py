"""Theorem 4 with every constant explicit: against stepping and closed forms."""

from fractions import Fraction
from math import factorial, prod

import mpmath
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from numerics.balls import ends
from numerics.escape import escape
from numerics.papers.shamir2019.lemma_13 import (
    BEYOND,
    LIMIT,
    Instance,
    equal_weights,
    largest_share,
)
from numerics.papers.shamir2019.upper_bound import largest_step, separated_bound, theorem_4
from numerics.problem import Budget, Problem
from numerics.rigorous import ball_count
from theory.errors import InputError

SHAMIR, MINUS_ONE = "(p+1)**2/2", Fraction(-1)


@st.composite
def separated(draw, max_depth=5):
    depth = draw(st.integers(2, max_depth))
    sizes, total = [], Fraction(0)
    for _ in range(depth):
        total += draw(st.fractions(min_value=Fraction(1, 16), max_value=HALF, max_denominator=16))
        sizes.append(total)
    signs = draw(st.lists(st.sampled_from((1, -1)), min_size=depth, max_size=depth))
    weights = [s * w for s, w in zip(signs, sizes, strict=True)]
    assume(prod(weights) > -1)
    return tuple(draw(st.permutations(weights)))


HALF = Fraction(1, 2)


@given(separated(), st.sampled_from((Fraction(1, 10), Fraction(1, 1000))))
def test_f_is_below_epsilon_when_the_bound_says_so(weights, epsilon):
    step = largest_step(weights, MINUS_ONE)
    bound = theorem_4(weights, MINUS_ONE, step, epsilon)
    assert bound.upper is not None
    budget = Budget(max_steps=2_000)
    found = ball_count(Problem.of(SHAMIR, weights, step, f"f <= {epsilon}"), budget)
    assert found.lower <= bound.upper


@given(separated())
def test_the_smallest_weight_crosses_in_time(weights):
    assume(prod(weights) > 0)
    step = largest_step(weights, MINUS_ONE)
    bound = theorem_4(weights, MINUS_ONE, step, Fraction(1, 10))
    found = ball_count(Problem.of(SHAMIR, weights, step, "p <= 0"), Budget(max_steps=2_000))
    assert found.lower <= bound.crossing


@given(separated(), st.fractions(min_value=Fraction(1, 8), max_value=4, max_denominator=8))
def test_descent_is_the_same_problem_at_every_scale(weights, c_1):
    # (c w)_i with y c^k: both the count and the bound are those of y, with step c^(2 - 2k) eta.
    k, step = len(weights), largest_step(weights, MINUS_ONE)
    scaled = [2 * w for w in weights]
    theirs = theorem_4(scaled, MINUS_ONE * 2**k, step * Fraction(2) ** (2 - 2 * k), c_1 * 4**k)
    ours = theorem_4(weights, MINUS_ONE, step, c_1)
    if theirs.upper is not None and ours.upper is not None:
        assert theirs.crossing == ours.crossing
        assert abs(theirs.upper - ours.upper) <= 1


def test_a_long_count():
    weights = [Fraction(j, 12) for j in range(1, 13)]
    step = largest_step(weights, MINUS_ONE)
    bound = theorem_4(weights, MINUS_ONE, step, Fraction(1, 100))
    count = escape(SHAMIR, weights, step, "f <= 1/100")
    assert count.upper <= bound.upper
    gap = separated_bound(12, Fraction(1, 12), weights[0], Fraction(1))
    assert bound.crossing <= ends(gap / (step.numerator / step.denominator))[1] + 1


@pytest.mark.parametrize("depth", [2, 5, 9])
def test_separated_weights_cross_after_exp_of_k(depth):
    kappa = Fraction(1, depth)
    exact = kappa / (factorial(depth - 1) * kappa ** (depth - 1))
    low, high = ends(separated_bound(depth, kappa, kappa, Fraction(1)))
    assert low <= exact <= high
    assert high - low < exact / 10**20


def test_a_zero_weight_is_no_obstacle():
    weights = (Fraction(0), Fraction(1, 2), Fraction(1))
    bound = theorem_4(weights, MINUS_ONE, largest_step(weights, MINUS_ONE), Fraction(1, 10))
    assert bound.crossing == 0
    assert bound.upper is not None


def test_conditions_are_named():
    weights = (Fraction(1, 2), Fraction(1), Fraction(3, 2))
    found = theorem_4(weights, MINUS_ONE, Fraction(10), Fraction(1, 10))
    assert found.upper is None
    assert found.obstacle == "the crossing step might be too long"
    found = theorem_4((-weights[0], *weights[1:]), MINUS_ONE, Fraction(10), Fraction(1, 10))
    assert found.obstacle == "the product might overshoot the target"


@pytest.mark.parametrize(
    ("weights", "target", "argument"),
    [
        ((1,), -1, "weights"),
        ((1, 1), -1, "weights"),
        ((1, 2), 1, "target"),
        ((1, -2), -1, "weights"),
    ],
)
def test_what_the_theorem_does_not_cover_is_refused(weights, target, argument):
    with pytest.raises(InputError, match=argument):
        theorem_4(tuple(map(Fraction, weights)), Fraction(target), HALF, HALF)


def test_step_and_epsilon_are_positive():
    weights = (HALF, Fraction(1))
    for step, epsilon, argument in ((Fraction(0), HALF, "step"), (HALF, Fraction(0), "epsilon")):
        with pytest.raises(InputError, match=argument):
            theorem_4(weights, MINUS_ONE, step, epsilon)


sizes = st.fractions(Fraction(1, 10**3), 10**3, max_denominator=10**4)


@given(
    st.lists(st.one_of(st.just(Fraction(1)), sizes), min_size=1, max_size=7),
    sizes,
    st.one_of(st.sampled_from([Fraction(1, 10**6), Fraction(1, 100)]), sizes),
    st.fractions(Fraction(1, 10), LIMIT),
)
def test_lemma_13_up_to_its_exact_range(others, least, excess, multiple):
    """All that the hypotheses allow: ties, huge and tiny weights, targets near and far."""
    weights = [min([least, *others]), *others]
    one = Instance(tuple(weights), prod(weights) * (1 + excess))
    eta = multiple * one.printed_step
    with mpmath.workdps(80):
        w = start = [mpmath.mpf(x.numerator) / x.denominator for x in one.weights]
        y, step = (mpmath.mpf(x.numerator) / x.denominator for x in (one.target, eta))
        rate = mpmath.mpf(one.rate.numerator) / one.rate.denominator * step
        first, rounding = y - mpmath.fprod(w), mpmath.mpf(10) ** -60
        for t in range(25):
            p = mpmath.fprod(w)
            assert abs(p - y) <= first * mpmath.exp(-rate * t / 2) + y * rounding
            assert all(x >= x_0 * (1 - rounding) for x, x_0 in zip(w, start, strict=True))
            w = [x + step * (y - p) * p / x for x in w]


@pytest.mark.parametrize("depth", [2, 3, 8])
def test_lemma_13_fails_beyond_its_exact_range(depth):
    one = equal_weights(depth, Fraction(1, 10**5))
    assert largest_share(one, LIMIT, 30, 400) < 1
    assert largest_share(one, BEYOND, 1) > 1
    # The printed bound begins at y**2/2, far above F(0); it is exceeded later.
    near = equal_weights(depth, Fraction(1, 10**4))
    assert largest_share(near, Fraction(3), 400, 1200, printed=True) > 1


def test_an_instance_of_lemma_13_is_one():
    with pytest.raises(InputError, match="weights"):
        Instance((Fraction(1), Fraction(-1)), Fraction(2))
    with pytest.raises(InputError, match="target"):
        Instance((Fraction(1), Fraction(2)), Fraction(2))
