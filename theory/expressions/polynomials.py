"""Polynomials in one variable without a computer algebra system: quick to start with.

Only formulas made of rational numbers, one variable, + - * /, and nonnegative integer powers.
"""

from __future__ import annotations

from fractions import Fraction

from theory.expressions.tree import Expression, rational_value

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
            return is_polynomial(e.args[0], variable) and bool(constant_value(e.args[1]))
        case "**":
            exponent = constant_value(e.args[1])
            if exponent is None or exponent.denominator != 1 or not 0 <= exponent <= MAX_DEGREE:
                return False
            return is_polynomial(e.args[0], variable)
    return False


def constant_value(e: Expression) -> Fraction | None:
    """The value of a formula without names; None if it has names or divides by zero."""
    if e.names:
        return None
    try:
        return rational_value(e)
    except ZeroDivisionError:
        return None
