"""From SymPy back to the tree, where derivations end and engines begin."""

from __future__ import annotations

from fractions import Fraction

import sympy

from theory.errors import InputError
from theory.expressions.tree import Expression, name, number

_FROM_SYMPY = {
    sympy.exp: "exp",
    sympy.log: "log",
    sympy.sin: "sin",
    sympy.cos: "cos",
    sympy.tanh: "tanh",
    sympy.cosh: "cosh",
    sympy.sinh: "sinh",
    sympy.erf: "erf",
    sympy.atan: "atan",
    sympy.asin: "asin",
    sympy.gamma: "gamma",
    sympy.LambertW: "lambertw",
    sympy.Abs: "abs",
    sympy.sign: "sign",
    sympy.Min: "min",
    sympy.Max: "max",
}


def from_sympy(expression: sympy.Expr, argument: str = "expression") -> Expression:
    """Translate a SymPy expression back; refuses heads the engines do not know."""
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
    head = _FROM_SYMPY.get(expression.func, "")
    if head:
        return Expression(head, tuple(from_sympy(a, argument) for a in expression.args))
    raise InputError(argument, f"its derivative contains {expression.func}, which no engine knows")
