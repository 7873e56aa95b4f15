"""The error of the delay D is what the kernel's theorem on its quadrature takes for it."""

from fractions import Fraction
from math import prod, sqrt

import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.balls import ball, precision
from numerics.certified.cells import REACH, partition
from numerics.certified.drift import GOOD_ENOUGH, _delay, _kernel, drift_delay, node_count
from numerics.certified.reduced import ReducedFlow
from numerics.loss import Loss
from numerics.problem import Budget
from numerics.strategies import rationals

RHO = 2 + sqrt(3)


def drift_error(flow, cells, counts):
    """``drift_error`` of proofs/coq/CellsDelay.v, ``pair_bound`` of DriftQuadrature.v, in floats.

    With k_i = 2 n_i and first_i = 0: no pair of cells is neglected.
    """
    squares = [float(c) for c in flow.squares]
    root = [
        [
            sqrt(sum(float(c) / (float(c) + float(x.middle) ** 2) ** 2 for c in g))
            for g in flow.groups
        ]
        for x in cells
    ]
    half = [float(x.radius) for x in cells]
    axis = [2 * r * 1.0001 for r in half]
    far = [[sqrt(c + float(x.middle) ** 2) for c in squares] for x in cells]
    top, low, sens = zip(
        *(f_bounds(x, a, d) for x, a, d in zip(cells, axis, far, strict=True)), strict=True
    )

    def early(i, g):
        return 2 * half[i] * (top[i] * prod(d + axis[i] for d in far[i])) * root[i][g]

    def late(i, g):
        inverse = 1 / (low[i] * prod(d - axis[i] for d in far[i]))
        return 1 / (1 - REACH) ** 4 * (half[i] * inverse * sens[i]) * root[i][g]

    def bound(j, i):
        return sum(late(i, g) * early(j, g) for g in range(len(flow.groups)))

    gauss = [16 / 3 * RHO ** (-2 * n) / (1 - RHO**-2) for n in counts]
    inner = [8 * RHO ** (-2 * n) / (1 - 1 / RHO) for n in counts]
    total = 0.0
    for i in range(len(cells)):
        total += sum(bound(j, i) * (gauss[i] + gauss[j]) for j in range(i))
        total += bound(i, i) * (gauss[i] + inner[i] / 2)
    return total


def f_bounds(cell, axis, far):
    """Recover ``top``, ``low`` and ``sens`` from the disc, which holds their products with R."""
    disc = cell.disc
    top = float(disc.speed) / prod(d + axis for d in far)
    low = 1 / (float(disc.inverse_speed) * prod(d - axis for d in far))
    return top, low, float(disc.sensitivity)


@settings(max_examples=5, deadline=None)
@given(st.lists(rationals("1/8", 1), min_size=1, max_size=4), st.sampled_from([8, 22]))
def test_the_error_of_the_delay_is_the_theorems(squares, bits):
    with precision(64):
        flow = ReducedFlow(Loss.of("(p+1)**2/2"), [ball(c) for c in squares], -1)
        cells = partition(flow, ball(-1) / 2, ball(1) / 4, Budget())
        counts = [node_count(flow, cell, bits) for cell in cells]
        found = float(_delay(flow, cells, bits, Budget()).rad())
        assert found == pytest.approx(drift_error(flow, cells, counts), rel=1e-3)


@settings(max_examples=5, deadline=None)
@given(
    st.lists(rationals("1/8", 1), min_size=6, max_size=12),
    rationals("1/4", "1/2"),
    st.sampled_from((32, 64, 400)),
)
def test_a_delay_of_many_digits_is_known_to_a_small_part_of_a_step(squares, half, places):
    """D over other cells, with other nodes, is the same number; it grows like u(start)/u(0).

    However few bits the coordinates of the cells have.
    """
    with precision(400):
        flow = ReducedFlow(Loss.of("(p+1)**2/2"), [ball(c / 100) for c in squares], -1)
    with precision(places):
        ends = (-8 * ball(half)).mid(), (ball(half) / 100).mid()
        covers = [partition(flow, *ends, Budget(), variation) for variation in (16.0, 9.0)]
    with precision(400):
        found = [drift_delay(flow, cells, Budget()) for cells in covers]
        assert found[0].overlaps(found[1])
        assert all(d.rad() < arb(2) ** GOOD_ENOUGH for d in found)
        assert found[0] > 10**6


def test_the_kernel_of_the_delay_is_the_sum_near_the_diagonal_and_far_from_it():
    with precision(128):
        flow = ReducedFlow(Loss.of("p"), [ball(Fraction(1, n)) for n in (2, 3, 7)], -1)
        for bits in (0, 20, 29, 31, 60):
            y, v = arb(1) / 3, arb(1) / 3 + arb(2) ** -bits
            shares = (flow.drifting(x.sqrt())[2] for x in (y, v))
            truth = sum(c / ((c + y) * (c + v)) for c in flow.squares)
            kernel = _kernel(flow, *shares, y, v)
            assert kernel.overlaps(truth)
            assert kernel.rad() < arb(2) ** -80
