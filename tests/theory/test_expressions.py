"""The parser: what it reads is what Python and SymPy would read, and it reads nothing else."""

import contextlib
import time
from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from theory.errors import InputError
from theory.expressions import (
    MAX_DEPTH,
    Expression,
    from_sympy,
    name,
    number,
    parse,
    parse_relation,
    rational_value,
)
from theory.expressions.derivatives import derivative

P = sympy.Symbol("p", real=True)


@st.composite
def polynomials(draw, depth=4):
    """Expression trees over + - * and small powers."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(st.one_of(st.just(name("p")), st.integers(-9, 9).map(number)))
    head = draw(st.sampled_from(("+", "-", "*", "neg", "**")))
    left = draw(polynomials(depth=depth - 1))
    if head == "neg":
        return Expression("neg", (left,))
    if head == "**":
        return Expression("**", (left, number(draw(st.integers(0, 3)))))
    return Expression(head, (left, draw(polynomials(depth=depth - 1))))


@given(polynomials(), st.fractions(-3, 3, max_denominator=9))
def test_writing_and_parsing_is_the_identity_on_values(e, p):
    assert rational_value(parse(str(e)), {"p": p}) == rational_value(e, {"p": p})


@given(polynomials())
def test_writing_is_a_normal_form(e):
    assert str(parse(str(e))) == str(e)


@given(polynomials(), st.fractions(-3, 3, max_denominator=9))
def test_sympy_agrees(e, p):
    value = rational_value(e, {"p": p})
    assert e.sympy({"p": P}).subs(P, sympy.Rational(p.numerator, p.denominator)) == value
    assert rational_value(from_sympy(sympy.sympify(e.sympy({"p": P}))), {"p": p}) == value


@given(polynomials(), st.fractions(-3, 3, max_denominator=9))
def test_the_derivative_of_a_polynomial_is_sympys(e, p):
    wanted = sympy.diff(sympy.sympify(e.sympy({"p": P})), P)
    found = rational_value(derivative(e), {"p": p})
    assert found == wanted.subs(P, sympy.Rational(p.numerator, p.denominator))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("abs(p, p)", r"abs takes one argument \(column 1\)$"),
        ("1 + log(p, p)", r"log takes one argument \(column 5\)$"),
        ("q + 1", r"\(known: p\) \(column 1\)$"),
    ],
)
def test_what_is_refused_is_told_what_is_known(text, words):
    with pytest.raises(InputError, match=words):
        parse(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2**3**2", 512),
        ("-2**2", -4),
        ("2**-1", Fraction(1, 2)),
        ("1-2-3", -4),
        ("8/4/2", 1),
        ("0.1+0.2", Fraction(3, 10)),
        ("--2", 2),
        ("2*-3", -6),
        ("abs(-1/3)", Fraction(1, 3)),
        ("1e-3", Fraction(1, 1000)),
    ],
)
def test_precedence_is_python_s(text, value):
    assert rational_value(parse(text)) == value


HOSTILE = [
    "__import__('os').system('x')",
    "p.real",
    "p; p",
    "lambda: p",
    "p if p else p",
    "[p]",
    "'p'",
    'f"{p}"',
    "p @ p",
    "p % 2",
    "p // 2",
    "eval(p)",
    "exp",
    "exp()",
    "exp(p, p)",
    "sinh(p)",
    "min(p, 1)",
    "x",
    "nan",
    "inf",
    "",
    "()",
    "p p",
    "2p",
    "p +",
    "(" * 3000 + "p" + ")" * 3000,
    "(" * 900 + "p" + ")" * 900,
    "-" * 1500 + "p",
    "p" + "**p" * 400,
    "p" + "**2" * 400,
    "p**-" + "-" * 1000 + "2",
    "exp(" * 300 + "p" + ")" * 300,
    "p" + "+p" * 900,
    "p**99999999999999999999",
    "9**9**9**9",
    "((9**60)**60)**60",
    "1e999999999",
    "1e-999999999",
    "9" * 1999,
    "p**(1/0)",
    "p\x00",
    "р",  # a Cyrillic letter
    "１",  # a full-width digit
    "a" * 100_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: t[:25])
def test_hostile_text_is_refused_at_once_in_one_line(text):
    began = time.monotonic()
    with pytest.raises(InputError) as refusal:
        parse(text, argument="loss")
    assert time.monotonic() - began < 1
    assert str(refusal.value).startswith("loss: ")
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 300


@given(st.text(alphabet="p0123456789.+-*/() ,<>=eabsxplog", max_size=40))
def test_no_text_does_worse_than_being_refused(text):
    for read in (parse, parse_relation):
        with contextlib.suppress(InputError):
            assert str(read(text))


def test_the_depth_limit_is_generous_enough():
    assert parse("(" * (MAX_DEPTH - 1) + "p" + ")" * (MAX_DEPTH - 1)) == name("p")


@pytest.mark.parametrize("step", ["**1", "**-1", "**(1"])
def test_a_tower_is_as_deep_as_it_is_high(step):
    """The parser descends into it, and Python's stack is limited."""
    closing = ")" * step.count("(")
    assert parse("p" + 20 * step + ("1" + 20 * closing if closing else ""))
    for high in (MAX_DEPTH + 1, 350):
        tower = "p" + high * step + ("1" + high * closing if closing else "")
        with pytest.raises(InputError, match="nested deeper"):
            parse(tower)


@pytest.mark.parametrize("value", [1.5, None, b"p", 3])
def test_only_text_is_parsed(value):
    with pytest.raises(InputError, match="text is wanted"):
        parse(value)
