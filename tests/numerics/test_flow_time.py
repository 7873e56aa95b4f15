"""The flow time against integrators and quadratures that are not ours."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import integrate

from numerics.escape import escape
from numerics.evaluate import mpmath_backend
from numerics.flow import integrate_flow
from numerics.flow_time import Never, flow_time
from numerics.loss import Loss
from numerics.problem import Budget, Problem

SHAMIR = "(p+1)**2/2"


@settings(max_examples=10)
@given(
    st.sampled_from([SHAMIR, "-p", "log(1+exp(p))", "(p-2)**4"]),
    st.lists(st.fractions(-1, 1, max_denominator=64), min_size=1, max_size=4),
)
def test_the_integrated_flow_is_that_of_mpmath(loss, weights):
    context, time = mpmath.mp.clone(), Fraction(1, 3)
    context.dps = 30
    slope = Loss.of(loss).slope(mpmath_backend(context))

    def velocity(_, w):
        return [
            -slope(context.fprod(w)) * context.fprod([*w[:i], *w[i + 1 :]]) for i in range(len(w))
        ]

    start = [context.mpf(w.numerator) / w.denominator for w in weights]
    other = context.odefun(velocity, 0, start)(context.mpf(1) / 3)
    for a, b in zip(integrate_flow(Loss.of(loss), weights, time, 22), other, strict=True):
        assert abs(a - b) < context.mpf(10) ** -22 * (1 + abs(b))


def test_a_flow_that_leaves_every_bound_is_no_number():
    with pytest.raises(ArithmeticError, match="leaves every bound"):
        integrate_flow(Loss.of("-p"), [Fraction(2)] * 3, Fraction(2), 22)  # w' = w**2, until 1/2


@settings(max_examples=10)
@given(st.integers(1, 6), st.integers(0, 10**6))
def test_the_flow_time_against_an_integrator(depth, seed):
    """Integrate all k weights by scipy and watch p pass -1/2."""
    w0 = np.random.default_rng(seed).normal(size=depth)
    assume(np.prod(w0) > -0.45)
    problem = Problem.of(SHAMIR, [Fraction(x) for x in w0], "1/20", "p <= -1/2")

    def field(_, w):
        p = np.prod(w)
        return -(p + 1) * np.array([np.prod(np.delete(w, i)) for i in range(len(w))])

    def meets(_, w):
        return np.prod(w) + 0.5

    meets.terminal = True
    found = integrate.solve_ivp(field, (0, 1e4), w0, rtol=1e-10, atol=1e-12, events=meets)
    assume(found.status == 1)
    time = flow_time(problem, Budget()).time
    assert abs(float(time.mid()) - found.t_events[0][0]) < 1e-5 * (1 + found.t_events[0][0])


def test_two_weights_in_closed_form():
    """For k = 2 and f = p, (w_1 + w_2) exp(t) and (w_1 - w_2) exp(-t) are constant."""
    problem = Problem.of("p", "1/2,1/4", "1/1000", "p <= -1/10")
    time = flow_time(problem, Budget(digits=40)).time
    with mpmath.workdps(50):
        # p = (s^2 e^(-2t) - d^2 e^(2t))/4 with s = 3/4, d = 1/4
        s, d = mpmath.mpf(9) / 16, mpmath.mpf(1) / 16
        y = (mpmath.mpf(2) / 5 + mpmath.sqrt(mpmath.mpf(4) / 25 + 4 * s * d)) / (2 * d)
        truth = mpmath.log(y) / 2
        assert abs(mpmath.mpf(time.mid().str(45, radius=False)) - truth) < mpmath.mpf(10) ** -38


def test_descent_takes_longer_than_the_flow_by_the_parts_named():
    found = escape(SHAMIR, "0.3,-1.2,0.7,0.01,1.1", "1e-4", "p <= -1/2", "flow")
    descent = escape(SHAMIR, "0.3,-1.2,0.7,0.01,1.1", "1e-4", "p <= -1/2", "certified")
    assert found.rigour == "rigorous for the flow, not for gradient descent"
    assert found.upper == found.lower + 1
    assert found.details["gradient descent steps"] == str(descent.count)
    assert -1 <= descent.count - found.upper <= 3


@pytest.mark.parametrize(
    ("weights", "until"),
    [
        ("0.3,0.3,0.7", "p <= -1/2"),
        ("0,0,1", "p <= -1/2"),
        ("0.3,1,0.7", "p <= -3/2"),
        ("0.3,1,0.7", "p > 1"),
    ],
)
def test_the_flow_that_never_gets_there(weights, until):
    with pytest.raises(Never):
        flow_time(Problem.of(SHAMIR, weights, "0.1", until))
    assert escape(SHAMIR, weights, "0.1", until, "flow").outcome == "never"


@pytest.mark.parametrize(
    ("loss", "weights", "until"),
    [
        ("(p+1)**2/2", "0.3,-1.2,0.7", "abs(p+1) <= 1/2"),
        ("log(1+exp(p))", "0.5,0.9,-0.4,1.1", "p <= -0.3"),
        ("p", "0.2,0.6,1.3", "f <= -1/4"),
    ],
)
def test_flow_times_test_themselves(loss, weights, until):
    problem = Problem.of(loss, weights, "1/100", until)
    flow_time(problem)._test(problem)
