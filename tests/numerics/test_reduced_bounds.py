"""Two-sided bounds by the reduced coordinate: against stepping, and against certified counts."""

from fractions import Fraction
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from numerics.escape import escape
from numerics.loss import Loss
from numerics.papers.shamir2019.near_identity import LOSSES
from numerics.problem import Budget, Problem
from numerics.reduced_bounds import two_sided
from numerics.rigorous import ball_count
from numerics.starts import draw
from numerics.strategies import rationals
from theory.errors import InputError

HALF = Fraction(1, 2)
SHAMIR = Loss.of("(p+1)**2/2")


@st.composite
def distinct(draw_, max_depth=7):
    weights = draw_(st.lists(rationals(-1, 2, 32), min_size=2, max_size=max_depth))
    sizes = sorted(map(abs, weights))
    assume(sizes[0] != sizes[1])
    return tuple(weights)


@given(
    distinct(),
    st.sampled_from(LOSSES),
    st.sampled_from((0, 3, 512)),
    st.sampled_from((Fraction(1, 20), Fraction(1, 200))),
)
def test_the_count_of_direct_stepping_is_inside(weights, text, lead_in, step):
    assume(prod(weights) > -HALF)
    loss = Loss.of(text)
    bound = two_sided(loss, weights, step, -HALF, 0.2, lead_in)
    found = ball_count(Problem.of(loss, weights, step, "p <= -1/2"), Budget(max_steps=3_000))
    if found.upper is not None:
        assert bound.lower <= found.upper
        assert bound.upper is None or found.lower <= bound.upper
    elif bound.upper is not None:
        assert found.lower <= bound.upper  # still running at the end of the budget


@pytest.mark.parametrize("init", ["gaussian", "uniform", "near-identity:0.2"])
@pytest.mark.parametrize("level", ["-1/2", "0"])
def test_long_counts_are_bracketed_to_a_few_per_cent(init, level):
    start = next(w for w in (draw(init, 24, seed) for seed in range(9)) if prod(w) > 0)
    bound = two_sided(SHAMIR, start, Fraction(1, 100), Fraction(level))
    count = escape(SHAMIR, start, "0.01", f"p <= {level}")
    assert bound.lower <= count.lower <= count.upper <= bound.upper
    assert bound.upper < 1.2 * bound.lower


def test_finer_cells_are_sharper():
    start = draw("gaussian", 40, 3)
    widths = []
    for fineness in (0.4, 0.1, 0.025):
        bound = two_sided(SHAMIR, start, Fraction(1, 100), -HALF, fineness)
        widths.append(bound.upper / bound.lower)
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < 1.02


def test_too_large_a_step_gives_no_upper_bound():
    start = tuple(map(Fraction, (3, 2, 1)))
    assert two_sided(SHAMIR, start, Fraction(2), -HALF, 0.1, 0).upper is None


@pytest.mark.parametrize(
    ("weights", "level", "argument"),
    [
        ((1,), -1, "weights"),
        ((1, -1, 2), 0, "weights"),
        ((1, 2), 3, "level"),
        ((-1, 1 + HALF, HALF), HALF, "level"),
    ],
)
def test_what_the_method_cannot_do_is_refused(weights, level, argument):
    with pytest.raises(InputError, match=argument):
        two_sided(SHAMIR, tuple(map(Fraction, weights)), HALF, Fraction(level))
