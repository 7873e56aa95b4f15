"""Functions by their formulas, what is printed, joined, derived and measured, by values."""

import math
from contextlib import suppress
from fractions import Fraction

import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.by_hand import value
from theory.claims import statement
from theory.errors import InputError
from theory.expressions import (
    ABBREVIATIONS,
    check_size,
    from_sympy,
    name,
    number,
    parse,
    parse_condition,
    parse_relation,
    rational_value,
)
from theory.expressions.abbreviations import op
from theory.expressions.arithmetic import folded, minus, over, raised, times, total
from theory.expressions.derivatives import derivative
from theory.expressions.polynomials import is_polynomial

NORMAL = scipy.special.ndtr
OF_ONE = {
    "tan": math.tan, "cot": lambda x: 1 / math.tan(x), "acos": math.acos, "erfc": math.erfc,
    "ln": math.log, "log2": math.log2, "log10": math.log10, "log1p": math.log1p,
    "expm1": math.expm1, "relu": lambda x: max(x, 0), "sigmoid": scipy.special.expit,
    "softplus": lambda x: math.log(1 + math.exp(x)), "silu": lambda x: x * scipy.special.expit(x),
    "Phi": NORMAL, "gelu": lambda x: x * NORMAL(x), "asinh": math.asinh, "acosh": math.acosh,
    "atanh": math.atanh, "sech": lambda x: 1 / math.cosh(x), "ceil": math.ceil,
    "factorial": lambda x: math.gamma(x + 1), "loggamma": lambda x: math.log(math.gamma(x)),
    "cbrt": math.cbrt, "square": lambda x: x * x, "step": lambda x: float(x >= 0),
}  # fmt: skip
OF_MORE = {
    "clip": lambda x, a, b: min(max(x, a), b), "beta": scipy.special.beta,
    "binomial": scipy.special.binom,
}  # fmt: skip
POINTS = (-2.5, -0.75, -0.25, 0.0, 0.25, 0.75, 1.0, 1.5, 3.0)


def evaluated(e, at):
    """A value that is a real number; None where there is none."""
    if e.head == "piecewise":
        condition, first, second = e.args
        (r,) = condition.args[0].args
        holds = evaluated(r.args[0], at) >= evaluated(r.args[1], at)
        return evaluated(first if holds else second, at)
    if e.head == "abs" or not e.args or e.head in ("E", "min", "max"):
        return value(e, at)
    parts = [evaluated(a, at) for a in e.args]
    names = [f"a_{k}" for k in range(len(parts))]
    return value(op(e.head, *map(name, names)), dict(zip(names, parts, strict=True)))


def test_every_function_has_a_value_in_this_table():
    assert {*OF_ONE, *OF_MORE} == {*ABBREVIATIONS}


@pytest.mark.parametrize("function", OF_ONE)
def test_a_function_has_the_value_of_its_formula(function):
    e = parse(f"{function}(x)", frozenset({"x", "pi"}), frozenset({function}), "e")
    tried = 0
    for x in POINTS:
        try:
            expected = OF_ONE[function](x)
        except (ValueError, ZeroDivisionError):
            continue
        tried += 1
        if function == "factorial" and x == int(x):
            e = parse(f"factorial({int(x)})", frozenset(), frozenset({function}), "e")
        assert evaluated(e, {"x": x}) == pytest.approx(expected), x
        if function == "factorial":
            e = parse("factorial(x)", frozenset("x"), frozenset({function}), "e")
    assert tried >= 3
    for wrong in (f"{function}()", f"{function}(x, x)"):
        with pytest.raises(InputError):
            parse(wrong, frozenset({"x", "pi"}), frozenset({function}), "e")


@pytest.mark.parametrize("function", OF_MORE)
def test_a_function_of_several_numbers_has_the_value_of_its_formula(function):
    arity = ABBREVIATIONS[function].arity
    names = ["x", "y", "z"][:arity]
    e = parse(f"{function}({', '.join(names)})", frozenset(names), frozenset({function}), "e")
    for point in ((4.5, 1.25, 2.0), (0.5, 0.25, 3.0), (2.0, 0.5, 1.0)):
        at = dict(zip(names, point, strict=False))
        assert evaluated(e, at) == pytest.approx(OF_MORE[function](*point[:arity]))
    for count in {1, 2, 3, 4} - {arity}:
        with pytest.raises(InputError):
            parse(
                f"{function}({', '.join('x' * count)})", frozenset("x"), frozenset({function}), "e"
            )


@pytest.mark.parametrize("k", [0, 1, 2, 3, 20, 21])
def test_binomials_of_a_number_are_polynomials(k):
    e = parse(f"binomial(x, {k})", frozenset("x"), frozenset({"binomial"}), "e")
    assert ("gamma" in str(e)) is (k > 20)
    if k <= 20:
        x = Fraction(7, 2)
        expected = Fraction(1)
        for i in range(k):
            expected *= (x - i) / Fraction(i + 1)
        assert rational_value(e, {"x": x}) == expected


@pytest.mark.parametrize("n", [0, 1, 2, 5, 500])
def test_factorials_of_numbers_are_numbers(n):
    e = parse(f"factorial({n})", frozenset(), frozenset({"factorial"}), "e")
    assert e == number(math.factorial(n))
    for other in ("501", "(1/2)", "(-1)"):
        e = parse(f"factorial({other})", frozenset(), frozenset({"factorial"}), "e")
        assert e.head == "gamma"


# What is printed ----------------------------------------------------------------------------------

ATOMS = st.one_of(
    st.sampled_from("xy").map(name),
    st.fractions(-3, 3, max_denominator=4).map(number),
)
TREES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds(op, st.sampled_from("+-*/"), inner, inner),
        st.builds(lambda a, k: op("**", a, number(k)), inner, st.integers(-2, 3)),
        st.builds(op, st.just("neg"), inner),
    ),
    max_leaves=6,
)


def exactly(e, at):
    try:
        return rational_value(e, at)
    except ZeroDivisionError:
        return "none"


@given(TREES)
def test_what_is_printed_has_the_value_of_the_formula(e):
    again = parse(str(e), frozenset("xy"))
    for at in ({"x": Fraction(1, 3), "y": Fraction(-5, 2)}, {"x": Fraction(2), "y": Fraction(0)}):
        assert exactly(again, at) == exactly(e, at)


X, Y, HALF = name("x"), name("y"), number(Fraction(1, 2))
PRINTED = {
    "x/(1/2)": op("/", X, HALF), "x*(1/2)": op("*", X, HALF), "1/2*x": op("*", HALF, X),
    "(1/2)**x": op("**", HALF, X), "x**(1/2)": op("**", X, HALF), "-(1/2)": op("neg", HALF),
    "x - (y - 1)": op("-", X, op("-", Y, number(1))), "x/(y/2)": op("/", X, op("/", Y, number(2))),
    "(x + y)*x": op("*", op("+", X, Y), X), "(-x)**2": op("**", op("neg", X), number(2)),
    "-x**2": op("neg", op("**", X, number(2))), "x**(-y)": op("**", X, op("neg", Y)),
    "x**y**2": op("**", X, op("**", Y, number(2))),
    "(x**y)**2": op("**", op("**", X, Y), number(2)),
    "-(x*y)": op("neg", op("*", X, Y)), "-x*y": op("*", op("neg", X), Y),
    "x - -y": op("-", X, op("neg", Y)), "exp(x + y)": op("exp", op("+", X, Y)),
    "P(x + y <= x - y)": op("P", op("<=", op("+", X, Y), op("-", X, Y))),
    "P(x + y >= x - y)": op("P", op(">=", op("+", X, Y), op("-", X, Y))),
    "P(x + y < x - y)": op("P", op("<", op("+", X, Y), op("-", X, Y))),
    "P(x + y > x - y)": op("P", op(">", op("+", X, Y), op("-", X, Y))),
    "P(x + y == x - y)": op("P", op("==", op("+", X, Y), op("-", X, Y))),
    "P(x + y != x - y)": op("P", op("!=", op("+", X, Y), op("-", X, Y))),
}  # fmt: skip


@pytest.mark.parametrize("text", PRINTED)
def test_how_formulas_are_printed(text):
    assert str(PRINTED[text]) == text


def test_one_comparison_is_one():
    assert str(parse_relation("x <= y + 1", frozenset("xy"))) == "x <= y + 1"
    for text in ("x <= y <= 1", "x <= y or y <= 1", "x <= y and y <= 1", "x"):
        with pytest.raises(InputError):
            parse_relation(text, frozenset("xy"))
    assert [[str(r) for r in c] for c in parse_condition("x <= y < 1", frozenset("xy"))] == [
        ["x <= y"], ["y < 1"],
    ]  # fmt: skip


# Joined without what is superfluous ---------------------------------------------------------------

NUMBERS = st.fractions(-2, 2, max_denominator=2).map(number)
JOINED = ATOMS | NUMBERS | NUMBERS.map(lambda e: op("neg", e)) | st.just(op("neg", X))


@given(JOINED, JOINED, JOINED, st.integers(0, 3))
def test_what_is_joined_has_the_value_of_the_whole(a, b, c, n):
    pairs = [
        (total(a, b, c), op("+", op("+", a, b), c)),
        (times(a, b, c), op("*", op("*", a, b), c)),
        (minus(a), op("neg", a)),
        (over(a, b), op("/", a, b)),
        (raised(a, n), op("**", a, number(n))),
        (folded(op("*", a, b)), op("*", a, b)),
    ]
    for at in ({"x": Fraction(3), "y": Fraction(-2, 3)}, {"x": Fraction(0), "y": Fraction(1)}):
        for found, whole in pairs:
            expected = exactly(whole, at)
            assert expected == "none" or exactly(found, at) == expected


def test_what_is_superfluous_is_left_out():
    zero, one, two = number(0), number(1), number(2)
    for found, expected in (
        (total(), zero), (total(X, zero), X), (total(zero, X), X),
        (total(X, op("neg", Y)), op("-", X, Y)),
        (total(one, two), number(3)), (times(), one), (times(X, one), X), (times(one, X), X),
        (times(X, zero), zero), (times(two, number(3)), number(6)), (over(X, one), X),
        (over(zero, X), zero), (over(X, number(-1)), op("neg", X)), (over(one, two), HALF),
        (minus(zero), zero), (minus(op("neg", X)), X), (minus(one), number(-1)),
        (raised(X, 0), one),
        (raised(X, 1), X), (raised(two, 3), number(8)), (over(one, zero), op("/", one, zero)),
        (over(X, two), op("/", X, two)), (folded(op("exp", zero)), one),
        (folded(op("+", X, one)), op("+", X, one)),
    ):  # fmt: skip
        assert found == expected, (str(found), str(expected))


# Derivatives of polynomials, and back from SymPy --------------------------------------------------

POLYNOMIALS = st.recursive(
    st.just(name("p"))
    | st.fractions(-3, 3, max_denominator=3).filter(lambda v: v >= 0).map(number),
    lambda inner: st.one_of(
        st.builds(op, st.sampled_from("+-*"), inner, inner),
        st.builds(lambda a, k: op("**", a, number(k)), inner, st.integers(0, 4)),
        st.builds(lambda a, k: op("/", a, number(k)), inner, st.sampled_from([2, -3])),
        st.builds(op, st.just("neg"), inner),
    ),
    max_leaves=5,
)


def central(e, p):
    """The derivative of a polynomial by its values at small complex-free distances, exactly."""
    h = Fraction(1, 10**9)
    return (rational_value(e, {"p": p + h}) - rational_value(e, {"p": p - h})) / (2 * h)


@given(POLYNOMIALS, st.integers(-2, 2))
def test_derivatives_are_those_of_differences(e, p):
    assert is_polynomial(e)
    found = rational_value(derivative(e), {"p": Fraction(p)})
    assert float(found) == pytest.approx(float(central(e, Fraction(p))), rel=1e-6, abs=1e-6)


DERIVED = {
    "p**2": "2*p", "p**3": "3*p**2", "p**1": "1", "p**0": "0", "(p + 1)**2/2": "p + 1",
    "3*p*2": "6", "p - p**2": "1 + 2*(-1*p)", "-p**4": "4*(-1*p**3)", "2*(3*p)": "6",
    "p*p": "p + p", "(2*p)**2": "8*p", "5": "0", "p/3": "1/3", "p + 2": "1", "2 + p": "1",
}  # fmt: skip


@pytest.mark.parametrize("formula", DERIVED)
def test_derivatives_are_short(formula):
    assert str(derivative(parse(formula, frozenset("p")))) == DERIVED[formula]


@pytest.mark.parametrize("formula", [
    "exp(x)", "log(x)", "sqrt(x)", "sin(x)", "cos(x)", "tanh(x)", "cosh(x)", "sinh(x)", "abs(x)",
    "x**2 - 3*x/4 + pi", "x**(1/2)", "exp(1)", "-x",
])  # fmt: skip
def test_to_sympy_and_back(formula):
    functions = frozenset({"exp", "log", "sqrt", "sin", "cos", "tanh", "cosh", "sinh", "abs"})
    e = parse(formula, frozenset({"x", "pi"}), functions)
    for x in (0.5, 2.0):
        assert value(from_sympy(e.sympy()), {"x": x}) == pytest.approx(value(e, {"x": x}))


# Sizes --------------------------------------------------------------------------------------------

SIZES = {  # operations, growth, height
    "x": (1, 1, 0), "x + y": (3, 3, 1), "x*y + 1": (5, 5, 2), "x**3": (3, 3, 1),
    "(x + y)**2": (5, 6, 2), "x**y": (3, 2, 1), "(x + y)**x": (5, 4, 2), "x**(x + y)": (5, 4, 2),
    "1024": (1, 11, 0), "x + 1024": (3, 3, 1), "1/1024": (3, 13, 1), "-x": (2, 2, 1),
    "x**(-3)": (4, 3, 2), "x**(3/2)": (5, 2, 2), "2**10": (3, 20, 1),
}  # fmt: skip


@pytest.mark.parametrize("formula", SIZES)
def test_how_large_a_formula_is(formula):
    found = check_size(parse(formula, frozenset("xy")), "e")
    assert (found.nodes, found.growth, found.height) == SIZES[formula]


# Brackets -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mean", ["E[w^2]", "E(w^2)", "Var[w]", "E[2*(w^2)]/2", "E[w*E[w^2]*w]"])
def test_brackets_of_means_are_parentheses(mean):
    made = statement({"w": "gaussian"}, f"{mean} >= 1")
    assert "E(" in str(made.conclusion) or str(made.conclusion).startswith("1")
    for wrong in ("E(w^2]", "[w^2]", "w[1]", "E[w^2"):
        with pytest.raises(InputError):
            statement({"w": "gaussian"}, f"{wrong} >= 1")


PAIRED = ["E[w^2]", "E(w^2)", "E[2*(w^2)]/2", "E[w*E[w^2]*w]", "P[w >= 0]", "E[w | w >= 0]",
          "Var[|w| + (1)]", "sum(i, 1, n, a_(i) + a[i])", "sum(i, 1, n, a_(i + (1)))",
          "exp(E[w])"]  # fmt: skip


@pytest.mark.parametrize("formula", PAIRED)
def test_a_bracket_is_closed_by_its_own_kind(formula):
    names = {"w": "gaussian", "a": "sequence of real", "n": "integer >= 1"}
    assert statement(names, f"{formula} + sum(i, 1, n, a_i) >= 1") is not None
    other = {"(": "[", "[": "(", ")": "]", "]": ")"}
    for k, sign in enumerate(formula):
        if sign in other:
            with pytest.raises(InputError):
                statement(names, f"{formula[:k]}{other[sign]}{formula[k + 1 :]} + n >= 1")


WHOLE = ["integrate(x^2, x, 0, 1) + 1", "sum(i, 1, n, min(i, x))", "max(i, 1, n, x - i)",
         "diff(x^2, x)*(x + 1)", "prod(i, 1, 3, x + i)/2", "min(x, n, 2)", "E[w*x]"]  # fmt: skip


@pytest.mark.parametrize("formula", WHOLE)
def test_what_breaks_off_is_refused_or_read(formula):
    names = {"x": "real", "n": "integer >= 1", "w": "gaussian"}
    assert statement(names, f"{formula} >= -9") is not None
    for k in range(1, len(formula)):
        for text in (formula[:k], f"({formula[:k]}"):
            with suppress(InputError):
                statement(names, f"x >= {text}")
