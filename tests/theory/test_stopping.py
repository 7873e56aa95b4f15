"""Stop conditions: one meaning, whatever the spelling and whatever the arithmetic."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.balls import ball, precision
from numerics.strategies import rationals, stops
from theory.dynamics.stopping import parse_stop
from theory.errors import InputError
from theory.expressions import parse_relation, rational_value


def plain_meaning(text, x):
    """Read the comparison naively, over the rationals."""
    relation = parse_relation(text, frozenset({"p", "f"}))
    sides = [rational_value(side, {"p": x, "f": x}) for side in (relation.left, relation.right)]
    return relation.decide(*sides)


@given(stops(), rationals())
def test_the_canonical_text_means_the_same(stop, x):
    assert parse_stop(str(stop)) == stop
    assert stop.target.contains(x) == plain_meaning(str(stop), x)


@given(
    rationals().filter(bool),
    rationals(),
    rationals(),
    rationals(),
    st.sampled_from(("<=", "<", ">=", ">")),
    st.booleans(),
    st.booleans(),
)
def test_every_spelling_has_the_plain_meaning(a, b, c, x, operator, through_abs, mirrored):
    left = f"{'abs' if through_abs else ''}(({a})*p + ({b}))"
    text = f"({c}) {operator} {left}" if mirrored else f"{left} {operator} ({c})"
    assert parse_stop(text).target.contains(x) == plain_meaning(text, x)


@given(stops(), rationals())
def test_all_arithmetics_decide_alike_away_from_the_boundary(stop, x):
    truth = stop.target.contains(x)
    context = mpmath.MPContext()
    context.prec = 200
    number = lambda v: context.mpf(v.numerator) / v.denominator  # noqa: E731
    boundary = x in (stop.target.lower, stop.target.upper)
    with precision(100):
        assert stop.target.decider(ball)(ball(x)) in ({truth, None} if boundary else {truth})
    if not boundary:
        assert stop.target.decider(number)(number(x)) == truth
        assert stop.target.mask(np.array([float(x)]))[0] == truth


@given(stops(), rationals(), rationals())
def test_a_decision_about_a_ball_holds_for_all_its_points(stop, x, y):
    with precision(64):
        decision = stop.target.decider(ball)(ball(x).union(ball(y)))
    if decision is not None:
        for weight in (0, Fraction(1, 3), 1):
            assert stop.target.contains(x + weight * (y - x)) is decision


@given(stops())
def test_not_a_number_decides_nothing(stop):
    decide = stop.target.decider(ball)
    if stop.target.lower is not None or stop.target.upper is not None:
        assert decide(ball(1) / 0) is None
    assert not stop.target.mask(np.array([np.nan]))[0]


@pytest.mark.parametrize(
    "text",
    [
        "p",
        "p == 1",
        "q <= 1",
        "p <= f",
        "p*p <= 1",
        "p <= nan",
        "p <= 1/0",
        "abs(abs(p)) <= 1",
        "0*p <= 1",
        "1 <= 2",
        "p <= 1 <= 2",
        "",
        "p <= exp(1)",
        "p/0 <= 1",
        "1/p <= 1",
        "p - p <= 0",
        "abs(p) + abs(p) <= 1",
        "p <= 2**(1/2)",
        "abs(p+f) <= 1",
        "(" * 3000,
        "p <= " + "9" * 3000,
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(InputError, match=r"^until: "):
        parse_stop(text)


def test_an_impossible_condition_has_an_empty_target():
    assert parse_stop("abs(p+1) <= -1").target.empty
    assert parse_stop("abs(p) < 0").target.empty
    assert not parse_stop("abs(p) <= 0").target.empty
    assert parse_stop("abs(p) >= -1").target.contains(Fraction(0))
