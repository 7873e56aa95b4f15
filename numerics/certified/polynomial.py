"""Polynomial losses by their exact coefficients."""

from __future__ import annotations

from flint import fmpq, fmpq_poly

from theory.expressions import Expression, rational_value


def expand(e: Expression) -> fmpq_poly:
    """Multiply out a formula for which ``is_polynomial`` holds."""
    match e.head:
        case "name":
            return fmpq_poly([0, 1])
        case "neg":
            return -expand(e.args[0])
        case "+":
            return expand(e.args[0]) + expand(e.args[1])
        case "-":
            return expand(e.args[0]) - expand(e.args[1])
        case "*":
            return expand(e.args[0]) * expand(e.args[1])
    if e.names:  # a power, or a quotient by a constant
        constant = rational_value(e.args[1])
        assert constant is not None
        if e.head == "**":
            return expand(e.args[0]) ** int(constant)
        return expand(e.args[0]) * fmpq(constant.denominator, constant.numerator)
    value = rational_value(e)
    assert value is not None
    return fmpq_poly([fmpq(value.numerator, value.denominator)])
