"""A few c_j that stand for all of them: sums over all, and what becomes of each."""

from fractions import Fraction
from math import prod
from random import Random

from flint import arb, arb_mat
from hypothesis import given
from hypothesis import strategies as st

from numerics.balls import precision
from numerics.certified import panel_plan, panels
from numerics.certified.crowd import crowd
from numerics.certified.reduced import ReducedFlow
from numerics.loss import Loss
from numerics.problem import Budget

BITS = 200


@st.composite
def crowds(draw):
    """Many c_j of all sizes up to 1, two of them equal, and a short panel away from zero."""
    dice = Random(draw(st.integers(0, 10**6)))
    least = draw(st.sampled_from((0.0, 1e-9, 0.01)))
    squares = [arb(least + dice.random()) for _ in range(draw(st.integers(120, 200)))]
    squares[7] = squares[3]
    centre = arb(draw(st.floats(0.4, 1.2)) * draw(st.sampled_from((-1, 1))))
    return squares, centre, arb(draw(st.floats(1e-6, 4e-3)))


@given(crowds(), st.floats(-1, 1))
def test_few_that_are_chosen_stand_for_all(made, t):
    squares, centre, radius = made
    few = crowd(squares, (centre, radius), BITS)
    assert len(set(few.chosen)) == len(few.chosen) < len(squares)
    with precision(2 * BITS):
        x = centre + radius * t
        sums = [c + x * x for c in squares]
        some = [sums[j] for j in few.chosen]
        small = arb(2) ** (10 - BITS)
        whole = prod(sums, start=arb(1))
        assert abs(few.product(some) / whole - 1) < small
        inverses = [1 / s for s in some]
        total = sum((1 / s for s in sums), arb(0))
        assert abs(few.total(inverses) / total - 1) < small
        # One step of length h: the part of c_j that it takes away.
        lost = arb_mat([[squares[j] / sums[j] for j in few.chosen]]) * few.parts
        for c, s, found in zip(squares, sums, lost.tolist()[0], strict=True):
            assert abs(found - c / s) < small * c


@given(st.lists(st.floats(1e-6, 1), min_size=1, max_size=8), st.floats(-1, 1))
def test_of_a_few_each_stands_for_itself(squares, x):
    balls = [arb(c) for c in squares]
    few = crowd(balls, (arb(x), arb(0.01)), BITS)
    assert few.parts is None
    sums = [c + arb(x) ** 2 for c in balls]
    assert few.product(sums).overlaps(prod(sums, start=arb(1)))
    assert few.total(sums).overlaps(sum(sums, arb(0)))


@given(st.integers(0, 10**6))
def test_many_equal_ones_are_no_few(seed):
    """As many different points as a polynomial needs are not there: all are followed."""
    dice = Random(seed)
    kinds = [arb(dice.random()) for _ in range(5)]
    squares = [dice.choice(kinds) for _ in range(150)]
    assert crowd(squares, (arb(1), arb(0.001)), BITS).parts is None


def test_the_curve_of_a_crowd_is_that_of_all_its_members(monkeypatch):
    """To the bits that are asked for, from the left end of the panel to its right one."""
    dice = Random(3)
    with precision(600):
        squares = [arb(dice.random() / 4).mid() for _ in range(80)]
        flow = ReducedFlow(Loss.of("(p+1)**2/2"), squares, 1)
        left, step = arb(-0.9).mid(), Fraction(1, 100)
    plan = panel_plan.propose(flow, step, squares, left, 60)
    found = panels.solve(flow, step, squares, plan, 100, Budget())
    make = panels.crowd
    sizes = []

    def everyone(begin, place, bits):
        sizes.append(len(make(begin, place, bits).chosen))
        return make(begin, place, 10**6)

    monkeypatch.setattr(panels, "crowd", everyone)
    known = panels.solve(flow, step, squares, plan, 100, Budget())
    assert sizes[0] < len(squares)
    for one, other in zip(*(p.drift.coefficients.tolist() for p in (found, known)), strict=True):
        for a, b, c in zip(one, other, squares, strict=True):
            assert abs(a - b) < c * arb(2) ** -100
