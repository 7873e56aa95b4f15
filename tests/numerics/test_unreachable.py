"""What is never met: the theorems about the loss alone, and settling with overshoots.

``python -m tests.unreachable`` asks a thousand such questions, against orbits in C.
"""

from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from numerics.balls import ball, exact_product, precision
from numerics.escape import escape
from numerics.extent import LINE, End, Range, extent, sign
from numerics.loss import Loss
from numerics.tube import tube
from numerics.unreachable import out_of_range, reaches, vanishes
from theory.dynamics.stopping import parse_stop

LOSSES = {
    "(p+1)**2/2": lambda p: p + 1,
    "p**2/2": lambda p: p,
    "p**4/4": lambda p: p**3,
    "p": lambda p: mpmath.mpf(1),
    "p**3/3": lambda p: p * p,
    "p**3/3+p": lambda p: p * p + 1,
    "(p**2-1)**2/4": lambda p: p * (p * p - 1),
    "exp(p)": mpmath.exp,
    "1-cos(p)": mpmath.sin,
    "cosh(p+2)": lambda p: mpmath.sinh(p + 2),
    "log(1+exp(-2*p))": lambda p: -2 / (1 + mpmath.exp(2 * p)),
    "p**2/(1+p**2)": lambda p: 2 * p / (1 + p * p) ** 2,
    "sqrt(1+p**2)": lambda p: p / mpmath.sqrt(1 + p * p),
    "(p-2)**2/2+cos(5*p)/50": lambda p: p - 2 - mpmath.sin(5 * p) / 10,
}


@pytest.mark.parametrize(
    ("loss", "until", "never"),
    [
        ("(p+1)**2/2", "f <= -1", True),
        ("(p+1)**2/2", "f < 0", True),
        ("(p+1)**2/2", "f <= 0", False),
        ("(p**2-1)**2/4", "f < -1/100", True),
        ("p**3", "f <= -10", False),
        ("log(1+exp(p))", "f <= -1/10", True),
        ("log(1+exp(p))", "f <= 1/10", False),
        ("exp(p)", "f <= 0", True),
        ("log(cosh(p))", "f < 0", True),
    ],
)
def test_ranges(loss, until, never):
    assert (out_of_range(Loss.of(loss), parse_stop(until)) is not None) is never


@pytest.mark.parametrize(
    ("loss", "weights", "until", "name"),
    [
        ("p", "0.5,0.7,-0.3", "p >= 3", "outward"),
        ("p**3/3+p", "1,0.3,0.4", "p >= 3", "one way"),
        ("(p-1)**2/2", "0.669,-2.294,-0.143,-2.256", "p <= -5", "settling"),
    ],
)
def test_never_by_name(loss, weights, until, name):
    found = escape(loss, weights, "0.1", until, max_seconds=20)
    assert (found.outcome, found.details.get("invariant")) == ("never", name)


def test_a_target_that_is_met_is_never_called_unreachable():
    """Random orbits in doubles: wherever they go is no place that is called never."""
    random = np.random.default_rng(7)
    for _ in range(40):
        w = np.round(random.normal(size=int(random.integers(2, 5))), 3)
        v, seen = w.copy(), []
        for _ in range(60):
            p = v.prod()
            v = v - 0.1 * (p - 1) * np.array([np.delete(v, i).prod() for i in range(len(v))])
            seen.append(v.prod())
        if not np.isfinite(seen).all() or max(map(abs, seen)) > 50:
            continue
        high = round(max(seen) - 1e-3, 6)
        if w.prod() < high:
            start = [str(x) for x in w]
            assert escape("(p-1)**2/2", start, "0.1", f"p >= {high}").outcome == "reached"


def inside(reach, p):
    """Whether p is in one of the ranges, up to the rounding of the orbit."""

    def between(on):
        ends = [
            mpmath.mpf(e.at.str(30, radius=False)) if e.at.is_finite() else side * mpmath.inf
            for e, side in ((on.low, -1), (on.high, 1))
        ]
        slack = mpmath.mpf("1e-18") * (1 + abs(p))
        return ends[0] - slack <= p <= ends[1] + slack

    return any(between(on) for on in reach.ranges)


@settings(max_examples=40)
@given(
    st.sampled_from(sorted(LOSSES)),
    st.lists(st.fractions(-3, 3, max_denominator=40), min_size=1, max_size=6),
    st.sampled_from(["1/1000", "1/20", "1/3", "1", "2", "3"]),
    st.booleans(),
)
def test_p_stays_where_the_theorems_say(loss, weights, step, equal):
    """Every reach that is claimed holds the next 25 iterates, in 60 digits."""
    if equal:
        weights = [abs(weights[0])] * len(weights)
    eta, f = Fraction(step), Loss.of(loss)
    with precision(128):
        balls = [ball(w) for w in weights]
        product = ball(exact_product(weights))
        found = [*reaches(f, balls, product, eta)]
        found += tube(f, balls, product, eta, len({abs(w) for w in weights}) == 1)
    if not found:
        return
    with mpmath.workdps(60):
        w = [mpmath.mpf(x.numerator) / x.denominator for x in weights]
        size = mpmath.mpf(eta.numerator) / eta.denominator
        for _ in range(25):
            p = mpmath.fprod(w)
            if not abs(p) < 1e8:
                break
            for reach in found:
                event(reach.name)
                assert inside(reach, p), (reach, p)
            pull = size * LOSSES[loss](p)
            w = [x - pull * mpmath.fprod(w[:i] + w[i + 1 :]) for i, x in enumerate(w)]


def names(loss, weights, step):
    with precision(128):
        each = [ball(Fraction(w)) for w in weights]
        product = ball(exact_product([Fraction(w) for w in weights]))
        return {reach.name for reach in reaches(Loss.of(loss), each, product, Fraction(step))}


def test_the_hypotheses_are_needed():
    """Just beyond each hypothesis there is an orbit that does otherwise, over the rationals."""
    assert "inward" in names("p**2/2", ["1"], "2")
    assert "inward" not in names("p**2/2", ["1"], "21/10")  # p = 1, -11/10
    assert "runaway" in names("p**2/2", ["1"], "2")
    assert "runaway" not in names("p**2/2", ["1"], "19/10")  # p = 1, -9/10
    assert "one way" in names("p", ["1/10", "1/10", "3"], "33/100")
    assert "one way" not in names("p", ["1/10", "1/10", "3"], "1")  # p = 0.03, then 0.12


def test_ranges_of_formulas():
    wanted = [
        ("log(1+exp(-2*p))", LINE, 2),
        ("1-cos(p)", LINE, 1),
        ("1-tanh(p)**2", LINE, 2),
        ("p**2/(1+p**2)-1", LINE, 0),
        ("1-p**2/(1+p**2)", LINE, 2),
        ("p-2-sin(5*p)/10", Range.above(Fraction(22, 10)), 2),
        ("p-2-sin(5*p)/10", Range.above(Fraction(2)), 0),
        ("p**3-1", Range.above(Fraction(1)), 0),  # a root at the end
        ("p**3-1", Range.above(Fraction(11, 10)), 2),
        ("1/p", LINE, 0),
    ]
    for formula, on, answer in wanted:
        assert sign(Loss.of(formula).expression, on) == answer, formula
    assert extent(Loss.of("log(p)").expression, LINE) is None
    assert vanishes(Loss.of("p*exp(p)").expression, Fraction(0))
    assert not vanishes(Loss.of("p/p").expression, Fraction(0))
    assert not vanishes(Loss.of("cos(p)").expression, Fraction(0))


@pytest.mark.parametrize(
    ("loss", "weights", "step", "until", "name"),
    [
        ("p**4/4", "-0.196,-0.196,0.566,0.566,-0.007,-0.007", "0.9", "p >= 4", "inward"),
        ("p**3/3", "1.031", "0.9", "p >= 1.331", "inward"),
        ("log(1+exp(-2*p))", "-1.27", "0.1", "p <= -1.3", "one way"),
        ("sqrt(1+p**2)", "0,-1.7,0.3", "2", "p <= -0.02", "stationary"),
        ("p**2/(1+p**2)", "1.4,1.4,1.4", "0.1", "f >= 2", "out of range"),
        ("log(cosh(p-1))", "1.542", "2", "p >= 1.842", "tube"),
        ("(p+1)**2/2", "1.3,1.3,1.3,1.3,1.3,1.3,1.3", "0.1", "abs(p+67) <= 14", "runaway"),
        ("p**3/3+p", "0.93,0.93", "0.03", "abs(p-0.74) <= 0.0219", "one way"),
        ("(p+1)**2/2", "0.93,0.93", "0.03", "p >= 1", "tied minimum"),
    ],
)
def test_never_at_once_by_name(loss, weights, step, until, name):
    found = escape(loss, weights, step, until, max_seconds=60)
    assert (found.outcome, found.details.get("invariant")) == ("never", name)


def test_a_curve_without_drift_is_refused():
    """One weight alone, and a tie of all: there is no squared difference to follow."""
    assert escape("p**3/3", "1.031", "0.9", "p <= 0.01", max_seconds=60).count is not None


BOUNDED = st.lists(st.integers(-4, 4).map(Fraction), min_size=2, max_size=2, unique=True).map(
    sorted
)


@example([1, -1], [Fraction(2), Fraction(3)], 1)
@given(st.lists(st.integers(-5, 5), min_size=1, max_size=5), BOUNDED, st.integers(1, 7))
def test_a_sign_on_a_bounded_range_is_that_of_every_point_of_it(coefficients, ends, denominator):
    """Once the sign far out was taken for it: `1 - p` was positive on [2, 3]."""
    low, high = ends
    text = "+".join(f"({c})*p**{i}" for i, c in enumerate(coefficients))
    on = Range(End(ball(low), True), End(ball(high), True))
    found = sign(Loss.of(f"{text} + 0*p").expression, on)
    for i in range(denominator + 1):
        x = low + (high - low) * Fraction(i, denominator)
        value = sum(c * x**n for n, c in enumerate(coefficients))
        assert value > 0 or (value == 0 and found < 2) or found == 0


HOLDING = st.sampled_from(["f <= 5", "f < 3/2", "p <= 4", "f >= 0"])
WANTED = st.sampled_from(["p <= 1/10", "p <= 1/5", "f <= 1/100", "p < 1/8", "p <= -1"])


@given(
    st.sampled_from(["p**2/2", "p**4/4", "p**2/2 + p**4/4"]),
    st.lists(st.integers(30, 100), min_size=2, max_size=4),
    HOLDING,
    WANTED,
)
@settings(max_examples=30)
def test_a_comparison_that_always_holds_changes_nothing(loss, percents, holding, wanted):
    """`f <= 5 and p <= 1/10` was never met: what holds by now counted as what can never hold."""
    weights = ",".join(f"{n}/100" for n in percents)
    both, alone = (
        escape(loss, weights, "1/10", until, max_seconds=60)
        for until in (f"{holding} and {wanted}", wanted)
    )
    event(both.outcome)
    assert (both.outcome, both.lower, both.upper) == (alone.outcome, alone.lower, alone.upper)
