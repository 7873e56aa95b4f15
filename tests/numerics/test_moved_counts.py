"""Counts of 35 to 44 digits, which nobody steps through, move as their problems do."""

from fractions import Fraction
from math import prod

import pytest

from numerics.escape import escape
from numerics.starts import draw

SHAMIR, CLOSE, STEP = "(p+1)**2/2", "abs(p+1) <= 1/2", Fraction(1, 100)


def count(loss, weights, step, until):
    found = escape(loss, weights, step, until, max_seconds=60).count
    assert found is not None
    return found


@pytest.mark.parametrize(("depth", "seed", "digits"), [(128, 1, 44), (150, 3, 35)])
def test_counts_move_as_their_problems_do(depth, seed, digits):
    w = [x.limit_denominator(10**4) for x in draw("gaussian", depth, seed)]
    n = count(SHAMIR, w, STEP, CLOSE)
    assert len(str(n)) == digits
    # The orbit of w(1) is the rest of the orbit of w.
    p = prod(w)
    later = [x - STEP * (p + 1) * p / x for x in w]
    assert count(SHAMIR, later, STEP, CLOSE) == n - 1
    # A steeper loss with a smaller step takes the same steps.
    assert count(f"3*{SHAMIR}", w, STEP / 3, CLOSE) == n
    # The order of the weights, and two signs, are nothing to the product.
    assert count(SHAMIR, [-w[0], -w[1], *reversed(w[2:])], STEP, CLOSE) == n
    # One sign mirrors the loss.
    assert count("(1-p)**2/2", [-w[0], *w[1:]], STEP, "abs(p-1) <= 1/2") == n
    # Weights twice as large: the gradient of f(p/2**k) is half, so the step is four times longer.
    loss, until = f"(p/2**{depth}+1)**2/2", f"p <= -2**{depth}/2 and p >= -3*2**{depth}/2"
    assert count(loss, [2 * x for x in w], 4 * STEP, until) == n
