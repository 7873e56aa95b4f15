"""Integrals with parameters: their values, and that all between the ends is looked at.

F(b) - F(a) is the integral if F has the derivative f on all of the interval, whichever end is the
greater one, so that f and F need a value there.
"""

import functools
import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.integrate import quad

from proofs.evidence.verdicts import Verdict
from proofs.refutation.refute import decide
from proofs.search import prove
from tests.theory.by_hand import left, value
from theory.claims import statement
from theory.expressions import rational_value
from theory.statements import relation_at

FORMULAS = {  # an antiderivative, and where there is no value
    "c*x^2 - a": (lambda x, a, b, c: c * x**3 / 3 - a * x, lambda x, c: False),
    "1/(x - c)^2": (lambda x, a, b, c: -1 / (x - c), lambda x, c: x == c),
    "b/x^2 + x": (lambda x, a, b, c: -b / x + x * x / 2, lambda x, c: x == 0),
    "(x + a)*b/2": (lambda x, a, b, c: (x * x / 2 + a * x) * b / 2, lambda x, c: False),
}
SAID = ["a <= b", "a < b", "b >= a", "b > a", "a >= b", "a > b", "b <= a", "b < a", "", "a != b",
        "a < 3"]  # fmt: skip
small = st.integers(-4, 4).map(lambda k: Fraction(k, 2))


NAMES = {"a": "real", "b": "real", "c": "real"}


@functools.cache
def read(formula, said):
    hypotheses = {"h": said} if said else {}
    return statement(NAMES, f"integrate({formula}, x, a, b) >= 0", hypotheses=hypotheses)


@given(st.sampled_from(sorted(FORMULAS)), st.sampled_from(SAID), small, small, small)
def test_the_whole_interval_is_looked_at(formula, said, a, b, c):
    primitive, missing = FORMULAS[formula]
    made = read(formula, said)
    at = {"a": a, "b": b, "c": c}
    assume(all(relation_at(r, at) is not False for r in made.hypotheses.values()))
    (between,) = (x for x in made.variables if x not in NAMES)
    main, *others = made.pieces
    whole = True
    for t in {a, b, (a + b) / 2, *(t for t in (c, Fraction(0)) if min(a, b) <= t <= max(a, b))}:
        here = {**at, between: t}
        asked = [p for p in others if all(relation_at(r, here) is not False
                                          for r in p.hypotheses.values())]  # fmt: skip
        held = {decide(p.obligation, here, {}) for p in asked}
        assert asked, "no point of the interval is left out"
        assert held == {True} if not missing(t, c) else None in held
        whole = whole and not missing(t, c)
    if whole:
        expected = primitive(b, **at) - primitive(a, **at)
        assert rational_value(main.obligation.left, at) == expected


SIGNED = {"0, t": (0, 3), "t, 0": (3, 0), "0, s": (0, 2), "s, 0": (2, 0), "1, t": (1, 3)}


@pytest.mark.parametrize("ends", SIGNED)
def test_ends_that_have_a_sign_are_in_order(ends):
    made = statement({"t": "positive", "s": "nonnegative"}, f"integrate(x*s + t, x, {ends}) >= 0")
    (between,) = (x for x in made.variables if x not in "ts")
    low, high = sorted(map(Fraction, SIGNED[ends]))
    for at, inside in ((low, True), (high, True), (low - 1, False), (high + 1, False)):
        here = {"t": Fraction(3), "s": Fraction(2), between: at}
        held = [all(relation_at(r, here) for r in p.hypotheses.values()) for p in made.pieces[1:]]
        assert set(held) == {inside}
    a, b = map(Fraction, SIGNED[ends])
    assert rational_value(made.obligation.left, here) == b * b - a * a + 3 * (b - a)


HALF_LINES = {
    "x^2*exp(-r*x), x, 0, inf": lambda x: x * x * math.exp(-2 * x),
    "(x + 1)*exp(-r*x), x, 1, inf": lambda x: (x + 1) * math.exp(-2 * x),
    "x*exp(x/r), x, -inf, m": lambda x: x * math.exp(x / 2),
    "x^3*exp(r*x), x, -inf, 0": lambda x: x**3 * math.exp(2 * x),
    "x^2*exp(-r*x^2 + x), x, -inf, inf": lambda x: x * x * math.exp(-2 * x * x + x),
    "x*exp(-x^2/2), x, m, inf": lambda x: x * math.exp(-x * x / 2),
    "(1 - x)*exp(-r*x^2), x, -inf, m": lambda x: (1 - x) * math.exp(-2 * x * x),
}


@pytest.mark.parametrize("text", HALF_LINES)
def test_integrals_over_half_lines_are_those_of_quadrature(text):
    made = left({"r": "positive", "m": "real"}, f"integrate({text})")
    a, b = ({"-inf": -math.inf, "inf": math.inf, "m": -0.5, "0": 0, "1": 1}[end]
            for end in text.split(", ")[2:])  # fmt: skip
    expected, _ = quad(HALF_LINES[text], a, b)
    assert value(made.obligation.left, {"r": 2, "m": -0.5}) == pytest.approx(expected)


@pytest.mark.parametrize(("said", "proved"), [
    ("integrate(1/x, x, 0, 0) == 0", False), ("integrate(log(x), x, -1, -1) == 0", False),
    ("integrate(1/x, x, 2, 2) == 0", True), ("integrate(x, x, 0, 0) == 0", True),
])  # fmt: skip
def test_an_integral_from_a_point_to_itself_wants_a_value_there(said, proved):
    assert (prove(statement({}, said), 1).verdict is Verdict.PROVED) == proved
