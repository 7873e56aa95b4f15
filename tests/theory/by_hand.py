"""Formulas evaluated a second time, and read as the left of a claim: for tests of the language."""

import math

import mpmath

from theory.claims import statement
from theory.moments import polynomial_mean


def value(e, at):
    """A formula in floating point, written a second time."""
    if e.head == "E":  # of a polynomial in standard normal draws, which the core knows
        return float(polynomial_mean(e.args[0], dict.fromkeys(e.names, "gaussian")))
    parts = [value(a, at) for a in e.args]
    match e.head:
        case "number":
            return float(e.value)
        case "name":
            return math.pi if e.name == "pi" else float(at[e.name])
        case "+" | "-" | "*" | "/" | "**":
            a, b = parts
            return {"+": a.__add__, "-": a.__sub__, "*": a.__mul__}.get(
                e.head, a.__truediv__ if e.head == "/" else a.__pow__
            )(b)
        case "neg":
            return -parts[0]
        case "min" | "max":
            return (min if e.head == "min" else max)(parts)
        case "abs":
            return abs(parts[0])
    return float(getattr(mpmath, e.head)(parts[0]))


def left(variables, formula, **more):
    return statement(variables, f"{formula} >= -1000000", **more)
