"""Where the orbit has no curve that Newton's method finds, that is said, and the count goes on."""

from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from numerics.certified.cells import Obstruction
from numerics.certified.collocation import LONGEST_STEP, Linear, along_panel
from numerics.certified.count import certified_count
from numerics.certified.crowd import crowd
from numerics.certified.reduced import ReducedFlow
from numerics.loss import Loss
from numerics.problem import Budget, Problem
from numerics.starts import draw

LOSS = "(p-1/2)**2/2"


@given(
    st.one_of(
        st.sampled_from(["nan", "inf", "-inf"]).map(arb),
        st.integers(17, 10**7).map(lambda n: arb(2) ** n),
    )
)
def test_a_step_of_too_many_panels_is_on_no_curve(h):
    with pytest.raises(Obstruction):
        along_panel(h, arb(1))


@given(st.integers(-(LONGEST_STEP - 1), LONGEST_STEP - 1), st.integers(1, 1000))
def test_a_step_in_panels_is_what_it_is(steps, radius):
    assert along_panel(arb(steps * radius), arb(radius)) == steps


@given(st.lists(st.fractions(-2, 3, max_denominator=9), min_size=2, max_size=5))
def test_squares_that_are_not_positive_are_on_no_curve(squares):
    """c_j + x**2 is the square of a weight."""
    flow = ReducedFlow(Loss.of(LOSS), [arb(1)] * len(squares), 1)
    rows = [[arb(c.numerator) / c.denominator for c in squares]]
    all_of_them = crowd(rows[0], (arb(1) / 3, arb(1)), 64)

    def at() -> Linear:
        return Linear.at(flow, Fraction(1, 100), [arb(1) / 3], rows, arb(1), 0, all_of_them)

    if min(squares) + Fraction(1, 9) > 0:
        assert at().forward[0].is_finite()
    else:
        with pytest.raises(Obstruction):
            at()


def test_a_start_whose_proposed_curve_is_not_finite_is_bounded_all_the_same():
    asked = Problem.of(LOSS, draw("gaussian", 16, 7), Fraction(1, 50), "abs(p - 1/2) <= 1/200")
    found = certified_count(asked, Budget(max_steps=20_000))
    assert found.lower > 0
