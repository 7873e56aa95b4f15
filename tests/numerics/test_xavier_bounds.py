"""Bounds from the start alone against direct stepping; routes against each other."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from numerics.balls import ball, ends, precision
from numerics.loss import Loss
from numerics.papers.shamir2019.xavier.bounds import product_within, sandwich, squares_bound
from numerics.papers.shamir2019.xavier.laws import GAUSSIAN, LAWS, UNIFORM
from numerics.papers.shamir2019.xavier.routes import LOSSES, ROUTES, SHAMIR_HALF, failure_of
from numerics.papers.shamir2019.xavier.theorem import Explicit, kappa, sub_gaussian
from numerics.papers.shamir2019.xavier.upper import _lifts, ceiling, longest
from numerics.problem import Budget, Problem
from numerics.rigorous import ball_count
from numerics.starts import draw, draw_array, generator
from theory.errors import InputError

UNTIL = "p <= -1/2"
steps = st.sampled_from([Fraction(1, 100), Fraction(1, 20), Fraction(1, 3)])
seeds = st.integers(0, 10**6)


def counted(loss, weights, step):
    return ball_count(Problem.of(loss, weights, step, UNTIL), Budget(max_steps=2_000))


@given(st.sampled_from(LOSSES), st.sampled_from(list(LAWS)), st.integers(1, 9), seeds, steps)
def test_no_orbit_beats_the_squares_bound(loss, law, depth, seed, step):
    weights = draw(law, depth, seed)
    bound = squares_bound(Loss.of(loss.formula), weights, step)
    found = counted(loss.formula, weights, step)
    # Either the orbit arrived, not before the bound, or it was still on its way when we stopped.
    assert found.lower >= bound or found.upper is None


@given(st.integers(2, 8), seeds, steps, st.fractions(Fraction(1, 10**4), 1))
def test_every_beta_gives_a_valid_squares_bound(depth, seed, step, beta):
    weights = draw("gaussian", depth, seed)
    bound = squares_bound(Loss.of(SHAMIR_HALF.formula), weights, step, beta)
    found = counted(SHAMIR_HALF.formula, weights, step)
    assert found.lower >= bound or found.upper is None
    assert bound == 0 or product_within(weights, beta) < 0.5


@given(st.sampled_from(list(LAWS)), st.integers(1, 9), seeds, steps)
def test_the_sandwich_contains_the_count(law, depth, seed, step):
    weights = draw(law, depth, seed)
    both = sandwich(weights, step)
    found = counted(SHAMIR_HALF.formula, weights, step)
    assume(found.upper is not None)
    assert both.lower <= found.upper
    assert both.upper is None or both.upper >= found.lower


def exact_count(weights, step, budget=12):
    """Gradient descent on (p + 1)**2/2 in rational numbers: the first t with p <= -1/2."""
    for t in range(budget):
        p = math.prod(weights)
        if p <= Fraction(-1, 2):
            return t
        weights = [
            w - step * (p + 1) * math.prod(v for j, v in enumerate(weights) if j != i)
            for i, w in enumerate(weights)
        ]
    return None


def test_the_target_may_lie_inside_the_crossing():
    # p(0) = 10 > 1/2: p <= -1/2 before w_2 has come to the other side of [-1/10, 1/10].
    weights, step = [Fraction(100), Fraction(1, 10)], Fraction(9, 100_000)
    assert exact_count(weights, step) == 2
    both = sandwich(weights, step)
    assert both.lower == 2
    assert both.upper >= 2


@given(st.fractions(1, 200), st.fractions(Fraction(1, 100), 1), st.fractions(Fraction(1, 2), 1))
def test_large_products_are_sandwiched_too(large, small, share):
    assume(small < large and large * small > Fraction(1, 2))
    # The largest step that the sandwich allows, times share: H = eta (1 + p) w_1 <= w_2.
    step = share * small / ((1 + large * small) * large)
    both = sandwich([large, small], step)
    found = exact_count([large, small], step, budget=9)
    assume(found is not None)
    assert both.lower <= found
    assert both.upper is None or found <= both.upper


@given(st.integers(3, 40), seeds)
def test_signs_in_pairs_and_order_do_not_matter(depth, seed):
    weights = list(draw("gaussian", depth, seed))
    flipped = [-weights[0], -weights[1], *weights[2:]][::-1]
    assert sandwich(weights, Fraction(1, 50)) == sandwich(flipped, Fraction(1, 50))


def test_one_weight_is_a_straight_line_to_half():
    # k = 1, w(0) = 0: w' = -(w + 1), so w(t) + 1 = (1 - eta)**t <= 1/2 first at t = 69 for 1/100.
    assert counted(SHAMIR_HALF.formula, [Fraction(0)], Fraction(1, 100)).lower == 69
    bound = squares_bound(Loss.of(SHAMIR_HALF.formula), [Fraction(0)], Fraction(1, 100))
    assert 0 < bound <= 69


@given(st.sampled_from(list(LAWS.values())), st.sampled_from([30, 120, 400]))
def test_better_routes_guarantee_more(law, depth):
    failure = Fraction(1, 10)
    times = {
        name: -math.inf if g is None else g.log_time
        for name, g in ((n, r(law, SHAMIR_HALF, depth, failure)) for n, r in ROUTES.items())
    }
    assert times["paper"] <= times["paper-free"] <= times["box"] + 1
    assert times["box"] < times["squares-chernoff"] + 1 < times["squares"] + 1
    # The sharp exponent minus what fluctuations and the power of the depth take away.
    assert times["squares"] < float(law.exponent.mid()) * depth


@pytest.mark.parametrize("route", ["box", "squares-chernoff", "squares"])
@pytest.mark.parametrize("law", LAWS.values(), ids=str)
def test_a_guarantee_restates_its_failure_probability(route, law):
    found = ROUTES[route](law, SHAMIR_HALF, 60, Fraction(1, 20))
    assert found is not None
    assert ends(failure_of(found, law))[0] <= found.failure


def test_the_paper_route_agrees_with_the_notes():
    # (p + 1)**2, normal weights: at k = 400 the notes' delta and M give 1.3e5/eta at 1.1e-6.
    found = ROUTES["paper"](GAUSSIAN, LOSSES[1], 400, Fraction(11, 10**7))
    assert found is not None
    assert math.log(1.3e5) - 1 < found.log_time < math.log(1.3e5) + 3
    assert ROUTES["paper"](GAUSSIAN, LOSSES[1], 50, Fraction(1, 10)) is None


def test_gaps_of_the_losses():
    gaps = [float(loss.gap.mid()) for loss in LOSSES]
    assert gaps == pytest.approx([1 / 8, 1 / 4, math.log1p(math.exp(-0.5))])


@given(st.sampled_from(list(LAWS.values())), st.fractions(0, 4), st.fractions(0, 20))
def test_the_closed_form_begins_where_its_condition_holds(law, z, d):
    explicit = Explicit(law, z, d)
    first = explicit.first_depth()
    with precision(128):
        ready = ends(explicit.log_product(first))[0]
        assert ready >= Fraction(math.log(2)) - Fraction(1, 10**12)
        if first > 1:
            assert ends(explicit.log_product(first - 1))[1] < Fraction(math.log(2)) + Fraction(
                1, 10**12
            )


def test_the_linear_closed_form_has_a_first_depth_only_below_the_exponent():
    assert (
        Explicit(GAUSSIAN, Fraction(1, 10), Fraction(1, 10), linear=True).first_depth() is not None
    )
    assert Explicit(UNIFORM, Fraction(1, 2), Fraction(1, 10), linear=True).first_depth() is None


@given(st.sampled_from(list(LAWS.values())), st.fractions(Fraction(1, 100), 60))
def test_moments_are_sub_gaussian(law, s):
    assert sub_gaussian(law, s) >= 0


def test_kappa_is_half_the_lemniscate_constant():
    with precision(128):
        assert abs(2 * kappa() - ball(Fraction("2.622057554292119810464839589891"))) < 1e-29


@given(st.sampled_from(list(LAWS.values())), st.sampled_from([60, 150, 400]))
def test_the_plateau_lies_between_floor_and_ceiling(law, depth):
    failure, step = Fraction(1, 10), Fraction(1, 1000)
    top, floor = (
        ceiling(law, depth, failure, step),
        ROUTES["squares"](law, SHAMIR_HALF, depth, failure),
    )
    assert floor is not None
    assert top is None or floor.log_time < top.log_time
    assert top is not None or depth < 150


@given(st.sampled_from(list(LAWS)), st.integers(2, 9), seeds, steps)
def test_no_orbit_is_later_than_the_crossing_and_the_climb(law, depth, seed, step):
    """The deterministic half of the ceiling, with the start's own numbers."""
    weights = draw(law, depth, seed)
    least, *others = sorted(map(abs, weights))
    gaps = [w * w - least * least for w in others]
    p = math.prod(weights)
    stride = step * (1 + p) * p / least if p > 0 else 0
    assume(abs(p) < Fraction(1, 2))
    assume(stride <= least and sum(stride * (2 * least + stride) / c for c in gaps) <= 0.5)
    with precision(96):

        def product(t):
            return math.prod((ball(c + t).sqrt() for c in gaps), start=ball(Fraction(1)))

        lifts = [(h, product(h * h) / product(0)) for h in (least, Fraction(1, 2)) if h > 0]
        latest = longest(least, least, product(0), lifts, step)
    found = counted(SHAMIR_HALF.formula, weights, step)
    assert ball(found.lower * step) <= latest


@given(st.sampled_from(list(LAWS.values())), st.sampled_from([100, 400]))
def test_lifts_fail_as_seldom_as_they_say(law, depth):
    """Exactly, by the law of prod (w**2 + t)/w**2: here by 4,000 draws."""
    share = Fraction(1, 10)
    with precision(96):
        lifts = _lifts(law, depth, share)
    assert lifts
    squares = draw_array(law.name, (4_000, depth - 1), generator(depth)) ** 2
    grown = [
        0.5 * np.log1p(float(h) ** 2 / squares).sum(axis=1) < math.log(float(d)) for h, d in lifts
    ]
    assert np.mean(np.any(grown, axis=0)) <= float(share)


def test_bad_input_names_its_argument():
    with pytest.raises(InputError, match="step"):
        sandwich([Fraction(1)], Fraction(0))
    with pytest.raises(InputError, match="failure"):
        ceiling(GAUSSIAN, 100, Fraction(1), Fraction(1, 10))
