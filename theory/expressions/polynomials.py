"""Polynomials in one variable without a computer algebra system: quick to start with.

Only formulas made of rational numbers, one variable, + - * /, and nonnegative integer powers.
"""

from __future__ import annotations

from fractions import Fraction

from theory.expressions.tree import Expression, number, rational_value

MAX_DEGREE = 4_096


def is_polynomial(e: Expression, variable: str = "p") -> bool:
    """Whether the formula is visibly a polynomial with rational coefficients."""
    match e.head:
        case "number":
            return True
        case "name":
            return e.name == variable
        case "neg" | "+" | "-" | "*":
            return all(is_polynomial(a, variable) for a in e.args)
        case "/":
            return is_polynomial(e.args[0], variable) and bool(_constant(e.args[1]))
        case "**":
            exponent = _constant(e.args[1])
            usable = exponent is not None and exponent.denominator == 1
            return usable and 0 <= exponent <= MAX_DEGREE and is_polynomial(e.args[0], variable)
    return False


def derivative(e: Expression, variable: str = "p") -> Expression:
    """Differentiate a polynomial by the rules, without expanding: (p+1)**2/2 gives p + 1."""
    match e.head:
        case "number":
            return number(0)
        case "name":
            return number(1)
        case "neg":
            return _times(number(-1), derivative(e.args[0], variable))
        case "+" | "-":
            left, right = (derivative(a, variable) for a in e.args)
            return _plus(left, right if e.head == "+" else _times(number(-1), right))
        case "*":
            a, b = e.args
            return _plus(_times(derivative(a, variable), b), _times(derivative(b, variable), a))
        case "/":
            scale = _constant(e.args[1])
            assert scale
            return _times(number(1 / scale), derivative(e.args[0], variable))
    exponent = _constant(e.args[1])
    assert e.head == "**" and exponent is not None
    if exponent == 0:
        return number(0)
    inner = derivative(e.args[0], variable)
    power = e.args[0] if exponent == 2 else Expression("**", (e.args[0], number(exponent - 1)))
    return _times(_times(number(exponent), number(1) if exponent == 1 else power), inner)


def _constant(e: Expression) -> Fraction | None:
    if e.names:
        return None
    try:
        return rational_value(e)
    except ZeroDivisionError:
        return None


def _plus(a: Expression, b: Expression) -> Expression:
    if a.head == "number" and b.head == "number":
        assert a.value is not None and b.value is not None
        return number(a.value + b.value)
    if a.value == 0:
        return b
    return a if b.value == 0 else Expression("+", (a, b))


def _times(a: Expression, b: Expression) -> Expression:
    """Multiply, with the rational factor in front."""
    (s, u), (t, v) = _factor(a), _factor(b)
    scale = s * t
    rest = u if v is None else v if u is None else Expression("*", (u, v))
    if rest is None or scale == 0:
        return number(scale)
    return rest if scale == 1 else Expression("*", (number(scale), rest))


def _factor(e: Expression) -> tuple[Fraction, Expression | None]:
    if e.head == "number":
        assert e.value is not None
        return e.value, None
    if e.head == "*" and e.args[0].head == "number":
        assert e.args[0].value is not None
        return e.args[0].value, e.args[1]
    return Fraction(1), e
