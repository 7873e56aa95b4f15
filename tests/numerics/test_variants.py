"""Schedules, clipping, decay, momentum: certified counts against stepping with sixty digits."""

from fractions import Fraction

import mpmath as mp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.balls import precision
from numerics.escape import escape
from numerics.loss import SHAMIR, Loss
from numerics.starts import draw
from numerics.variants.orbit import VariantOrbit
from numerics.variants.variant import Variant
from theory.errors import InputError

RULES = [
    {"step": "0.1:3, 0.01:100, 0.05"},
    {"step": "0.05", "clip": "0.1"},
    {"step": "0.05", "decay": "0.001"},
    {"step": "0.02", "momentum": "0.9"},
    {"step": "0.05:10, 0.02", "momentum": "1/2", "clip": "0.3", "decay": "0.002"},
]


def number(x):
    return mp.mpf(x.numerator) / x.denominator


def steps(weights, rule, slope=lambda p: p + 1):
    """Yield the iterates of the rule, as the docstring of the variants states it."""
    w = [number(x) for x in weights]
    v = [mp.mpf(0)] * len(w)
    t = 0
    while True:
        yield w
        eta = next(p.step for p, _, end in rule.spans() if end is None or t < end)
        g = slope(mp.fprod(w))
        grad = [g * mp.fprod(w[:i] + w[i + 1 :]) for i in range(len(w))]
        size = mp.sqrt(mp.fsum(x * x for x in grad))
        if rule.clip is not None and size > number(rule.clip):
            grad = [x * number(rule.clip) / size for x in grad]
        v = [
            number(rule.momentum) * a - number(eta) * (b + number(rule.decay) * c)
            for a, b, c in zip(v, grad, w, strict=True)
        ]
        w = [a + b for a, b in zip(w, v, strict=True)]
        t += 1


def brute(weights, rule, met, limit=3_000):
    with mp.workdps(60):
        for t, w in zip(range(limit + 1), steps(weights, rule), strict=False):
            if met(mp.fprod(w)):
                return t
    return None


@pytest.mark.parametrize("options", RULES, ids=str)
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_counts_agree_with_brute_force(options, seed):
    weights = draw("gaussian", 6, seed)
    found = escape(SHAMIR, weights, until="abs(p+1) <= 1/2", **options)
    assert found.count == brute(weights, Variant.of(**options), lambda p: abs(p + 1) <= 0.5)
    assert found.rigour == "rigorous"


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.fractions(-2, 2, max_denominator=32), min_size=1, max_size=4),
    st.sampled_from(RULES),
    st.integers(60, 200),
)
def test_the_balls_contain_the_iterates(weights, options, bits):
    rule = Variant.of(**options)
    with precision(bits), mp.workdps(90):
        orbit = VariantOrbit(Loss.of(SHAMIR), weights, rule, bits)
        for _, truth in zip(range(25), steps(weights, rule), strict=False):
            if not orbit.healthy or max(abs(x) for x in truth) > 1e6:
                return
            for ball, x in zip(orbit.weights, truth, strict=True):
                low, high = (
                    mp.mpf(str(e.fmpq().p)) / int(e.fmpq().q) for e in (ball.lower(), ball.upper())
                )
                slack = mp.mpf(10) ** -60
                assert low - slack <= x <= high + slack
            orbit.advance()


def test_leaps_give_the_numbers_of_plain_descent_where_the_rule_is_plain():
    weights = draw("gaussian", 60, 3)
    plain = escape(SHAMIR, weights, "0.05", "p <= -1/2").count
    assert plain > 10**15
    gentle = escape(SHAMIR, weights, "0.05", "p <= -1/2", clip=10**6)
    assert gentle.count == plain
    assert int(gentle.details["skipped steps"]) > plain - 5_000
    split = escape(SHAMIR, weights, "0.05:12345, 1/20", "p <= -1/2")
    assert split.count == plain
    assert [low for _, low, _ in split.pieces] == [12345, plain - 12345]


@pytest.mark.slow
def test_leaps_land_in_time_for_the_next_piece():
    import numpy as np

    weights = draw("gaussian", 16, 1)
    w, t = np.array([float(x) for x in weights], dtype=np.longdouble), 0
    while w.prod() > -0.5:
        q = np.array([np.delete(w, i).prod() for i in range(len(w))])
        w, t = w - np.longdouble("0.1" if t < 30_000 else "0.05") * (w.prod() + 1) * q, t + 1
    assert escape(SHAMIR, weights, "0.1:30000, 0.05", "p <= -1/2").count == t


def test_decay_traps_small_products_for_ever():
    weights = draw("gaussian", 60, 3)  # escapes after 10**15 steps without decay
    found = escape(SHAMIR, weights, "0.05", "p <= -1/2", decay="0.001")
    assert found.outcome == "never"
    assert "decay trap" in found.reason
    # The false twin: a decay too weak to hold what is large already.
    near = escape(SHAMIR, ["0.9", "-0.9", "1.1"], "0.05", "p <= -0.95", decay="1e-6")
    assert near.outcome == "reached"


def test_without_a_step_the_box_still_bounds_the_heavy_ball():
    weights = draw("gaussian", 60, 3)
    found = escape(SHAMIR, weights, "0.05", "p <= -1/2", momentum="0.9", max_steps=10)
    plain = escape(SHAMIR, weights, "0.05", "p <= -1/2").count
    assert found.outcome == "undecided"
    assert 10**9 < found.lower < plain


@pytest.mark.parametrize(
    ("options", "argument"),
    [
        ({"step": "0.1:5"}, "step"),
        ({"step": "0.1, 0.2"}, "step"),
        ({"step": "0.1:x, 0.2"}, "step"),
        ({"step": "0.1", "clip": "0"}, "clip"),
        ({"step": "0.1", "decay": "11"}, "decay"),
        ({"step": "0.1", "momentum": "1"}, "momentum"),
        ({"step": "0.1", "momentum": 0.5}, "momentum"),
        ({"step": "0.1", "clip": "1", "method": "float"}, "method"),
    ],
)
def test_what_is_refused(options, argument):
    with pytest.raises(InputError, match=argument):
        escape(SHAMIR, "1,2", until="p <= 0", **options)


def test_the_counts_of_the_pieces_add_up():
    rule = Variant.of("0.1:3, 0.01:100, 0.05")
    for count in (0, 2, 3, 50, 103, 1000):
        parts = rule.parts(count)
        assert sum(parts) == count
        assert parts == [min(count, 3), min(max(count - 3, 0), 100), max(count - 103, 0)]
    assert rule.largest == Fraction(1, 10)


@pytest.mark.parametrize("until", ["p <= 19/20", "p <= 11/10"])
def test_decay_of_a_residual_network_pulls_its_weights_to_zero(until):
    """And not its factors 1 + w: without a loss worth naming the product comes back to 1."""
    u, t, end = Fraction(1, 2), 0, Fraction(until.removeprefix("p <= "))
    while not 1 + u <= end and t < 50:
        u, t = u - Fraction(1, 10) * (u + u / 4), t + 1
    found = escape("(p-1)**2/2", "1/2", "1/10", until, residual=True, decay="1/4", max_steps=50)
    assert (found.count == t) if t < 50 else (found.lower > 50)
