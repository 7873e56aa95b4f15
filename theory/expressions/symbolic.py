"""To SymPy, which derives, and back to the tree, which the engines walk.

SymPy is loaded on first use: reading, checking and counting need none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from theory.errors import InputError
from theory.expressions.tree import Expression, name, number

if TYPE_CHECKING:
    import sympy

_OPERATORS: Mapping[str, Callable[..., sympy.Expr]] = {
    "neg": lambda a: -a,
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "**": lambda a, b: a**b,
}


@cache
def _functions() -> Mapping[str, Callable[..., sympy.Expr]]:
    """The functions of both sides, by our names."""
    import sympy

    return {
        "exp": sympy.exp,
        "log": sympy.log,
        "sqrt": sympy.sqrt,
        "sin": sympy.sin,
        "cos": sympy.cos,
        "tanh": sympy.tanh,
        "cosh": sympy.cosh,
        "sinh": sympy.sinh,
        "erf": sympy.erf,
        "atan": sympy.atan,
        "asin": sympy.asin,
        "gamma": sympy.gamma,
        "lambertw": sympy.LambertW,
        "floor": sympy.floor,
        "abs": sympy.Abs,
        "sign": sympy.sign,
        "min": sympy.Min,
        "max": sympy.Max,
    }


@cache
def _heads() -> Mapping[object, str]:
    """Our names of SymPy's functions; a root is a power there."""
    return {function: head for head, function in _functions().items() if head != "sqrt"}


def to_sympy(expression: Expression, symbols: Mapping[str, sympy.Expr]) -> sympy.Expr:
    """Translate into SymPy; variables become real symbols unless ``symbols`` names others.

    Raises
    ------
    InputError
        For a head without a symbolic counterpart, such as a probability.
    """
    import sympy

    if expression.head == "number":
        assert expression.value is not None
        return sympy.Rational(expression.value.numerator, expression.value.denominator)
    if expression.head == "name":
        if expression.name in symbols:
            return symbols[expression.name]
        return sympy.pi if expression.name == "pi" else sympy.Symbol(expression.name, real=True)
    made = _OPERATORS.get(expression.head) or _functions().get(expression.head)
    if made is None:
        raise InputError("expression", f"{expression.head}(...) has no symbolic counterpart")
    return made(*(to_sympy(a, symbols) for a in expression.args))


def from_sympy(expression: sympy.Expr, argument: str = "expression") -> Expression:
    """Translate a SymPy expression back; refuses heads the engines do not know."""
    import sympy

    if not isinstance(expression, sympy.Basic):
        kind = type(expression).__name__
        raise InputError(argument, f"text or a SymPy expression is wanted, not {kind}")
    if expression.is_Rational:
        return number(Fraction(int(expression.p), int(expression.q)))
    if expression.is_Symbol:
        return name(expression.name)
    if expression is sympy.pi:
        return name("pi")
    if expression is sympy.E:
        return Expression("exp", (number(1),))
    if expression.is_Add or expression.is_Mul:
        head = "+" if expression.is_Add else "*"
        parts = (
            [from_sympy(a, argument) for a in expression.as_ordered_terms()]
            if (expression.is_Add)
            else [from_sympy(a, argument) for a in expression.as_ordered_factors()]
        )
        total = parts[0]
        for part in parts[1:]:
            total = Expression(head, (total, part))
        return total
    if expression.is_Pow:
        base, exponent = expression.as_base_exp()
        return Expression("**", (from_sympy(base, argument), from_sympy(exponent, argument)))
    head = _heads().get(expression.func, "")
    if head:
        return Expression(head, tuple(from_sympy(a, argument) for a in expression.args))
    if expression.is_Float:
        raise InputError(argument, f"{expression} is a float; write it as a Rational, or in text")
    raise InputError(argument, f"its derivative contains {expression.func}, which no engine knows")
