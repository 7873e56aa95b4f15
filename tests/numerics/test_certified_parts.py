"""The parts of a certified count: flow, cells, pieces, drift, computed in other ways too."""

import time
from fractions import Fraction

import mpmath
import numpy as np
from flint import arb, arb_poly
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import integrate

from numerics.balls import ball, exact_product, largest, precision
from numerics.certified.cells import partition
from numerics.certified.crossing import cross, flow_steps
from numerics.certified.drift import drift_delay
from numerics.certified.lead import LeadIn
from numerics.certified.plateau import survey
from numerics.certified.polynomial import Concave
from numerics.certified.reduced import ReducedFlow
from numerics.certified.state import reduce
from numerics.loss import Loss
from numerics.problem import Budget, Problem
from numerics.strategies import rationals

SHAMIR = "(p+1)**2/2"
LOSSES = (SHAMIR, "p", "log(1+exp(p))", "(p+1)**4/4", "log(cosh(p+1))")


def close(enclosure, value, tolerance="1e-12"):
    with mpmath.workdps(30):
        return abs(mpmath.mpf(enclosure.mid().str(25, radius=False)) - value) <= mpmath.mpf(
            enclosure.rad().str(5, radius=False)
        ) + abs(value) * mpmath.mpf(tolerance)


@given(
    st.lists(st.fractions(0, 3, max_denominator=10**6), min_size=1, max_size=12),
    st.fractions(Fraction(1, 100), 3, max_denominator=100),
)
def test_weights_of_pieces_bound_those_of_every_point(squares, y):
    """The ratio of the weights of a group at two points is between those of its ends."""
    with precision(128):
        flow = ReducedFlow(Loss.of(SHAMIR), [ball(c) for c in squares], -1)
        for near in (y / 7, y / 2, y, 2 * y, 9 * y):
            pairs = zip(
                flow.weights_of_groups(ball(y)),
                flow.weights_of_groups(ball(near)),
                flow.extremes,
                strict=True,
            )
            for there, here, ends in pairs:
                ratio = largest((c + ball(y)) / (c + ball(near)) for c in ends)
                assert not here > there * ratio * ratio


positive = st.fractions(min_value=Fraction(1, 50), max_value=3, max_denominator=50)


@given(
    st.sampled_from(LOSSES),
    st.lists(positive, min_size=1, max_size=6),
    rationals(),
    rationals(0, 1),
)
def test_jets_are_derivatives_and_hulls_contain_them(loss, squares, x, width):
    """Compare psi', psi'' with mpmath's numerical derivatives of ln u; hulls hold in between."""
    with precision(200):
        flow = ReducedFlow(Loss.of(loss), [ball(c) for c in squares], -1)
        jet, hull = flow.jet(ball(x)), flow.jet_on(ball(x), ball(x + width))
        inside = flow.jet(ball(x + width / 3))
        assume(flow.speed(ball(x)) > 0)
    slope = Loss.of(loss).slope("mpmath")
    with mpmath.workdps(40):

        def log_speed(y):
            r = mpmath.sqrt(
                mpmath.fprod(mpmath.mpf(c.numerator) / c.denominator + y * y for c in squares)
            )
            return mpmath.log(slope(-y * r) * r)

        at = mpmath.mpf(x.numerator) / x.denominator
        assert close(jet.log_speed_1, mpmath.diff(log_speed, at), "1e-8")
        assert close(jet.log_speed_2, mpmath.diff(log_speed, at, 2), "1e-5")
    with precision(200):
        for name in ("speed", "sensitivity", "log_speed_1", "log_speed_2", "sensitivity_drift"):
            assert getattr(hull, name).overlaps(getattr(inside, name))
        for c in squares:
            assert flow.weight(ball(x * x)) >= ball(c / (c + x * x) ** 2) * (1 - arb(2) ** -150)


def test_loosened_jets_contain_those_of_every_smaller_square():
    squares = [Fraction(1, 7), Fraction(2, 3), Fraction(5, 2)]
    with precision(128):
        flow = ReducedFlow(Loss.of(SHAMIR), [ball(c) for c in squares], -1)
        loose = flow.rounded(arb(1) / 8)
        for shrunk in ([Fraction(7, 8)] * 3, [1, Fraction(15, 16), Fraction(9, 10)]):
            other = ReducedFlow(
                Loss.of(SHAMIR), [ball(c * s) for c, s in zip(squares, shrunk, strict=True)], -1
            )
            for x in (Fraction(-1, 3), Fraction(0), Fraction(1, 4)):
                hull, jet = (
                    loose.jet_on(ball(x) - arb("0.1"), ball(x) + arb("0.1")),
                    other.jet(ball(x)),
                )
                for name in ("speed", "sensitivity", "log_speed_1", "log_speed_2", "rate"):
                    assert getattr(hull, name).contains(getattr(jet, name).mid())


@settings(max_examples=8)
@given(st.lists(positive, min_size=1, max_size=4), rationals(-1, 0))
def test_flow_steps_and_the_drift_delay_against_mpmath(squares, left):
    """T by quad, D as a numerical double integral."""
    left, right, step = left / 2, Fraction(1, 4), Fraction(1, 10)
    loss = Loss.of(SHAMIR)
    with precision(128):
        flow = ReducedFlow(loss, [ball(c) for c in squares], -1)
        cells = partition(flow, ball(left), ball(right), Budget())
        steps = flow_steps(flow, cells, ball(left), step, Budget())
        delay = drift_delay(flow, cells, Budget())
    cs, a, b = np.array([float(c) for c in squares]), float(left), float(right)

    def speed(x):
        r = np.sqrt(np.prod(cs + x * x))
        return (1 - x * r) * r

    def chi(x):
        z = x * np.sqrt(np.prod(cs + x * x))
        return 1 - z / (1 - z)

    def integrand(v, x):
        kernel = np.sum(cs / ((cs + v * v) * (cs + x * x)))
        return speed(v) / speed(x) * chi(x) * kernel / 2

    time, _ = integrate.quad(lambda x: 10 / speed(x), a, b, epsabs=1e-10, limit=200)
    assert close(steps, time, "1e-8")
    double, _ = integrate.dblquad(integrand, a, b, a, lambda x: x, epsabs=1e-6, epsrel=1e-6)
    assert close(delay, double, "1e-5")


def test_two_weights_in_closed_form():
    """For k = 2, f = p: w_1 + w_2 shrinks like exp(-t), w_1 - w_2 grows like it."""
    problem = Problem.of("p", "0.5,0.25", "1/1000", "p <= -1/10")
    state = reduce(problem, problem.weights, 200)
    with precision(160):
        flow, right = state.flow, ball(Fraction(1, 8))
        cells = partition(flow, state.coordinate, right, Budget())
        steps = flow_steps(flow, cells, state.coordinate, problem.step, Budget())
        c = arb(3) / 16  # dx/dt = sqrt(c + x^2)
        truth = 1000 * ((right / c.sqrt()).asinh() - (state.coordinate / c.sqrt()).asinh())
        assert abs(steps - truth) < arb(2) ** -20
        assert steps.overlaps(truth)


@given(
    st.lists(positive, min_size=30, max_size=60),
    st.fractions(0, 2, max_denominator=1000),
    st.integers(40, 400),
    st.booleans(),
)
def test_what_a_truncated_product_leaves_out_is_in_its_ball(squares, y, bits, small):
    """Prod (c + y) over the rationals is in the ball, whichever head was taken."""
    y = y / 10**6 if small else y
    with precision(bits):
        polynomial = Concave(arb_poly.from_roots([-ball(c) for c in squares]))
        found = polynomial(ball(y))
        truth = ball(exact_product([c + y for c in squares]))
        assert found.overlaps(truth)
        assert found.rad() < truth * arb(2) ** (16 - bits)


def test_every_start_of_a_ball_lands_in_the_landing():
    """For f = -p and two weights, w_1 + w_2 and w_1 - w_2 are geometric; D begins at the start."""
    step = Fraction(1, 10**6)
    with precision(256):
        start, eta = arb(0, arb(2) ** -11), ball(step)
        flow = ReducedFlow(Loss.of("-p"), [arb(1)], 1)
        landing = cross(survey(flow, step, start, arb(1), 256, Budget()), Budget())
        for x in (start.lower(), start.mid(), start.upper()):
            w = (1 + x * x).sqrt()
            above = (x + w) * (1 + eta) ** landing.steps
            below = (w - x) * (1 - eta) ** landing.steps
            assert landing.coordinate.overlaps((above - below) / 2)
            assert landing.squares[0].overlaps(above * below)


def test_a_clock_that_stands_still_does_not_let_direct_stepping_win(monkeypatch):
    """The skip is given a share of what direct steps cost: at no cost it had no time at all."""
    monkeypatch.setattr(time, "process_time", lambda: 7.0)
    weights = tuple(Fraction(n, 10) for n in (3, -5, 7, 9))
    problem = Problem.of(Loss.of("(p+1)**2/2"), weights, Fraction(1, 5000), "p <= -1/2")
    lead = LeadIn(problem, Budget(), 128)
    lead.step_to(48)
    assert lead.seconds_per_step >= 1e-5
