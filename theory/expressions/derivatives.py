"""Derivatives of formulas in one variable, by the rules: no computer algebra has to be trusted.

The rules are those of ``derived`` in ``proofs/coq/FormulaDerivative.v``, which the kernel proves to
give the derivative; cosines, hyperbolic functions and powers with other exponents are sums,
products and compositions of what is treated there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from theory.errors import InputError
from theory.expressions.polynomials import constant_value
from theory.expressions.tree import Expression, number


def derivative(e: Expression, variable: str = "p") -> Expression:
    """Differentiate by the rules, without expanding: (p+1)**2/2 gives p + 1.

    Parameters
    ----------
    e : Expression
        Sums, products, quotients, powers with rational exponents, and what losses are made of. The
        derivative of ``abs`` is a sign, and that of ``sign`` 0/u: 0, and undefined at the kink.
    variable : str
        With respect to what; other names are constants.

    Raises
    ------
    InputError
        For an exponent that is not a rational constant.
    """
    if variable not in e.names:
        return number(0)
    parts = [derivative(a, variable) for a in e.args]
    match e.head:
        case "name":
            return number(1)
        case "neg":
            return _times(number(-1), parts[0])
        case "+":
            return _plus(parts[0], parts[1])
        case "-":
            return _plus(parts[0], _times(number(-1), parts[1]))
        case "*":
            return _plus(_times(parts[0], e.args[1]), _times(parts[1], e.args[0]))
        case "/":
            return _of_quotient(e.args[0], e.args[1], parts[0], parts[1])
        case "**":
            return _of_power(e.args[0], e.args[1], parts[0])
    return _times(_OUTER[e.head](e.args[0]), parts[0])


def _of_quotient(a: Expression, b: Expression, a1: Expression, b1: Expression) -> Expression:
    if scale := constant_value(b):
        return _times(number(1 / scale), a1)
    square = Expression("**", (b, number(2)))
    return _plus(_over(a1, b), _times(number(-1), _over(_times(a, b1), square)))


def _of_power(base: Expression, power: Expression, inner: Expression) -> Expression:
    exponent = constant_value(power)
    if exponent is None:
        raise InputError("loss", "an exponent is not a rational constant")
    if exponent == 0:
        return number(0)
    lower = base if exponent == 2 else Expression("**", (base, number(exponent - 1)))
    return _times(_times(number(exponent), number(1) if exponent == 1 else lower), inner)


def _call(head: str, *args: Expression) -> Expression:
    return Expression(head, args)


def _square(e: Expression) -> Expression:
    return _call("**", e, number(2))


_OUTER: Mapping[str, Callable[[Expression], Expression]] = {
    "exp": lambda u: _call("exp", u),
    "log": lambda u: _over(number(1), u),
    "sqrt": lambda u: _over(number(Fraction(1, 2)), _call("sqrt", u)),
    "sin": lambda u: _call("cos", u),
    "cos": lambda u: _times(number(-1), _call("sin", u)),
    "tanh": lambda u: _call("-", number(1), _square(_call("tanh", u))),
    "cosh": lambda u: _call("sinh", u),
    "sinh": lambda u: _call("cosh", u),
    "abs": lambda u: _call("sign", u),
    "sign": lambda u: _call("/", number(0), u),
}
"""The derivative of each function, at its argument."""


def _over(a: Expression, b: Expression) -> Expression:
    return a if a.value == 0 else Expression("/", (a, b))


def _plus(a: Expression, b: Expression) -> Expression:
    if a.head == "number" and b.head == "number":
        return number((a.value or 0) + (b.value or 0))
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
