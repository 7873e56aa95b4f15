"""Stop conditions beyond one comparison of p or f, against eigenvalues and orbits by NumPy."""

from fractions import Fraction

import numpy as np
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.balls import precision
from numerics.escape import escape
from numerics.loss import SHAMIR, Loss
from numerics.sharpness import sharper
from numerics.starts import draw
from theory.dynamics.stopping import Joined, StopCondition, parse_until
from theory.errors import InputError

CUBIC = "p**3/3 - p**2 + p/2"
weight = st.fractions(-2, 2, max_denominator=64)


def hessian(loss, weights):
    """Of F(w) = f(prod w), entry by entry as it is defined."""
    w, k = np.array([float(x) for x in weights]), len(weights)
    p = w.prod()
    slope, bend = (
        float(g(p)) for g in (Loss.of(loss).slope("numpy"), Loss.of(loss).curvature("numpy"))
    )
    q = np.array([np.delete(w, i).prod() for i in range(k)])
    r = np.array(
        [[0.0 if i == j else np.delete(w, [i, j]).prod() for j in range(k)] for i in range(k)]
    )
    return bend * np.outer(q, q) + slope * r, abs(slope) * np.linalg.norm(q)


def compare(loss, weights, t):
    f = Loss.of(loss)
    p = Fraction(np.prod([Fraction(w) for w in weights]))
    exact = [g("arb")(arb(p.numerator) / p.denominator) for g in (f.slope, f.curvature)]
    as_balls = [arb(w.numerator) / w.denominator for w in weights]
    with precision(200):
        return sharper(*exact, arb(p.numerator) / p.denominator, [x * x for x in as_balls], arb(t))


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(st.lists(weight, min_size=1, max_size=6), st.sampled_from([SHAMIR, CUBIC]))
def test_the_largest_eigenvalue_lies_between_its_neighbours(weights, loss):
    matrix, _ = hessian(loss, weights)
    top = float(np.linalg.eigvalsh(matrix)[-1])
    margin = 1e-9 * (1 + abs(top))
    assert compare(loss, weights, top + margin) in (-1, None)
    assert compare(loss, weights, top - margin) in (1, None)
    if weights.count(0) == 0:
        assert compare(loss, weights, abs(top) + 1) == -1


def test_comparisons_of_rationals_are_exact():
    one = Fraction(1)
    # f = (p - 1)**2/2 at w = (1, 1): H = [[1, 1], [1, 1]].
    assert sharper(0 * one, one, one, [one, one], 2 * one) == 0
    # A saddle with two zero weights of three, w_3 = 3/2 and f'(0) = 1: eigenvalues +-3/2, 0.
    square = [0 * one, 0 * one, Fraction(9, 4)]
    assert sharper(one, one, 0 * one, square, Fraction(3, 2)) == 0
    assert sharper(one, one, 0 * one, square, Fraction(149, 100)) == 1
    assert sharper(one, one, 0 * one, square, Fraction(151, 100)) == -1


def brute(loss, weights, step, met, limit=200_000):
    f, w = Loss.of(loss), np.array([float(x) for x in weights], dtype=np.longdouble)
    slope, value = f.slope("numpy"), f.value("numpy")
    for t in range(limit):
        p = w.prod()
        if met(float(p), float(value(p)), w.astype(float)):
            return t
        q = np.array([np.delete(w, i).prod() for i in range(len(w))])
        w = w - np.longdouble(step) * slope(p) * q
    raise AssertionError("too long")


CASES = {
    "abs(p+1) <= 1/2 and grad <= 1/5": lambda p, f, h, g: abs(p + 1) <= 0.5 and g <= 0.2,
    "grad >= 3/10 or f <= 1/100": lambda p, f, h, g: g >= 0.3 or f <= 0.01,
    "sharpness >= 3/2": lambda p, f, h, g: h >= 1.5,
    "f < 1/10 and (p > 0 or sharpness < 12)": lambda p, f, h, g: f < 0.1 and (p > 0 or h < 12),
    "pg >= 1/10 or p < -1/4": lambda p, f, h, g: p * (p + 1) >= 0.1 or p < -0.25,
}


@pytest.mark.sample(2)
@pytest.mark.parametrize("until", CASES)
@pytest.mark.parametrize("seed", range(4))
def test_counts_agree_with_brute_force(until, seed):
    weights = tuple(w / 2 for w in draw("gaussian", 4, seed))

    def met(p, f, w):
        matrix, size = hessian(SHAMIR, w)
        return CASES[until](p, f, np.linalg.eigvalsh(matrix)[-1], size)

    found = escape(SHAMIR, weights, "0.02", until)
    assert found.count == brute(SHAMIR, weights, 0.02, met)
    assert escape(SHAMIR, weights, "0.02", until, method="ball").count == found.count


def test_either_comes_at_the_earlier_of_two_and_both_not_before_the_later():
    weights = draw("gaussian", 60, 3)

    def count(until):
        found = escape(SHAMIR, weights, "0.005", until)
        assert found.details["skipped steps"] > "1"
        return found.count

    one, other = count("p <= -1/4"), count("sharpness >= 3")
    assert one != other
    assert min(one, other) > 10**14
    assert count("p <= -1/4 or sharpness >= 3") == min(one, other)
    assert count("p <= -1/4 and sharpness >= 3") == max(one, other)
    assert count("grad >= 1/10") < one


def test_a_residual_network_is_a_product_of_shifted_weights():
    weights = ["0.1", "-0.3", "0.02", "-0.05"]
    shifted = [1 + Fraction(w) for w in weights]
    found = escape(SHAMIR, weights, "0.05", "p <= -1/2", residual=True)
    assert found.count == escape(SHAMIR, shifted, "0.05", "p <= -1/2").count
    assert found.count == brute(SHAMIR, shifted, 0.05, lambda p, f, w: p <= -0.5)


def test_a_joined_condition_is_never_met_if_a_clause_is_not():
    ties = ["1/2", "1/2", "2"]
    assert escape(SHAMIR, ties, "1/20", "p <= -1/2 and grad < 1").outcome == "never"
    assert escape(SHAMIR, ties, "1/20", "p <= -1/2 or f < 0").outcome == "never"
    assert escape(SHAMIR, ties, "1/20", "p <= -1/2 or grad < 1/10").outcome == "reached"


def test_what_is_read():
    assert isinstance(parse_until("p <= 1"), StopCondition)
    assert isinstance(parse_until("grad <= 1"), Joined)
    assert str(parse_until("p < 1 and (f < 2 or grad < 3)")) == "p < 1 and (f < 2 or grad < 3)"
    for text in ("p + f < 1", "sharp < 1", "p == 1 or f < 1", "p < grad", "log(p) < 1"):
        with pytest.raises(InputError, match="until"):
            parse_until(text)
    with pytest.raises(InputError, match="one comparison of p or f"):
        escape(SHAMIR, "1,2", "0.05", "grad < 1e-3", method="direct")


def test_sharpness_of_an_orbit_that_runs_away_is_decided_at_any_exponent():
    """Squares of weights beyond 2**(10**7) have an order, too."""
    squares = [arb((3, 2 * 10**7)), arb((1, 10**7)), arb(2)]
    with precision(64):
        assert sharper(arb(1), arb(0), arb((1, 10**7)), squares, arb(1)) == 1
    until = "sharpness >= 59/20 and sharpness <= 2/15 or pg >= 20/17"
    found = escape("p", "9/46,20/33,1,1/2,-1,-59/39", 1, until, max_steps=3000)
    assert found.outcome != "reached"
