"""Quadrature with proved errors, on integrals that are known."""

from fractions import Fraction

import numpy as np
import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from numerics.balls import ball, precision
from numerics.certified import gauss


@given(st.integers(2, 12), st.floats(2.01, 3.0), st.integers(1, 40))
def test_gauss_error_bounds_the_error_of_a_known_integral(half, pole, exponent):
    """1/(pole - x) is analytic on the disc of radius 2; its integral is a logarithm."""
    nodes, a = 2 * half, Fraction(pole)
    with precision(300):
        total = sum((w / (ball(a) - x) for x, w in gauss.rule(nodes, 290)), arb(0))
        truth = ((ball(a) + 1) / (ball(a) - 1)).log()
        bound = gauss.error(nodes) / (ball(a) - 2)
        assert abs(total - truth) <= bound
        # and a polynomial of degree below 2n is integrated exactly
        degree = min(exponent, 2 * nodes - 1)
        power = sum((w * x**degree for x, w in gauss.rule(nodes, 290)), arb(0))
        assert abs(power - (2 / arb(degree + 1) if degree % 2 == 0 else 0)) < arb(2) ** -250


@given(st.integers(2, 10), st.integers(2, 8), st.floats(2.01, 3.0), st.integers(0, 30))
def test_cumulative_weights_integrate_up_to_every_end(half, ends, pole, exponent):
    """Lemma I, on 1/(pole - x) again, and exactly on polynomials of low degree."""
    nodes, ends, a = 2 * half, 2 * ends, Fraction(pole)
    with precision(300):
        xs = [x for x, _ in gauss.rule(nodes, 290)]
        degree = min(exponent, nodes - 1)
        for (t, _), weights in zip(
            gauss.rule(ends, 290), gauss.cumulative(ends, nodes, 290), strict=True
        ):
            total = sum((w / (ball(a) - x) for x, w in zip(xs, weights, strict=True)), arb(0))
            truth = ((ball(a) + 1) / (ball(a) - t)).log()
            assert abs(total - truth) <= gauss.cumulative_error(nodes) / (ball(a) - 2)
            power = sum((w * x**degree for x, w in zip(xs, weights, strict=True)), arb(0))
            exactly = (t ** (degree + 1) - (-1) ** (degree + 1)) / arb(degree + 1)
            assert abs(power - exactly) < arb(2) ** -240


@given(st.integers(1, 60), st.integers(60, 400))
def test_nodes_and_weights_are_those_of_numpy_and_of_arb(half, bits):
    """Two other computations; the last node is minus the first, as the kernel theorem has it."""
    rule = gauss.rule(2 * half, bits)
    nodes, weights = np.polynomial.legendre.leggauss(2 * half)
    assert np.allclose([float(x) for x, _ in rule], nodes[::-1], rtol=0, atol=1e-13)
    assert np.allclose([float(w) for _, w in rule], weights[::-1], rtol=0, atol=1e-13)
    with precision(bits + 10):
        arbs = [arb.legendre_p_root(2 * half, i, weight=True) for i in range(half)]
    assert all(x.overlaps(y) and w.overlaps(v) for (x, w), (y, v) in zip(rule, arbs, strict=False))
    assert all(w.rad() < arb(2) ** -bits for _, w in rule)
    assert all(x.overlaps(-y) for (x, _), (y, _) in zip(rule, reversed(rule), strict=True))


@given(st.integers(2, 30), st.data())
def test_balls_that_hold_no_node_or_the_same_one_are_refused(half, data):
    """Of the hypotheses of legendre_nodes none is taken on trust."""
    with precision(200):
        nodes = [arb.legendre_p_root(2 * half, i) for i in range(half)]
        i = data.draw(st.integers(0, half - 1))
        moved = [*nodes[:i], nodes[i] + 5 * nodes[i].rad(), *nodes[i + 1 :]]
        twice = [*nodes[:-1], nodes[-2]]
    for wrong in (moved, twice, nodes[:-1], nodes[::-1]):
        with pytest.raises(ArithmeticError):
            gauss.certified(2 * half, wrong, 190)
    assert len(gauss.certified(2 * half, nodes, 190)) == half
