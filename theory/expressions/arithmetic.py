"""Formulas joined without what is superfluous: zeros, ones, sums of numbers."""

from __future__ import annotations

from theory.expressions.abbreviations import ONE, ZERO, op
from theory.expressions.tree import Expression, number, rational_value


def total(*terms: Expression) -> Expression:
    """The sum, without zeros."""
    kept = [t for t in terms if t != ZERO]
    made = kept[0] if kept else ZERO
    for t in kept[1:]:
        negative = t.args[0] if t.head == "neg" else None
        made = folded(op("+", made, t) if negative is None else op("-", made, negative))
    return made


def folded(e: Expression) -> Expression:
    """A formula of numbers by its value."""
    if any(a.head not in ("number", "neg") or a.names for a in e.args):
        return e
    try:
        value = rational_value(e)
    except ZeroDivisionError:
        return e
    return e if value is None else number(value)


def times(*factors: Expression) -> Expression:
    """The product, without ones; zero if a factor is the number zero."""
    if ZERO in factors:
        return ZERO
    kept = [f for f in factors if f != ONE]
    made = kept[0] if kept else ONE
    for f in kept[1:]:
        made = folded(op("*", made, f))
    return made


def minus(e: Expression) -> Expression:
    """The negative."""
    return ZERO if e == ZERO else e.args[0] if e.head == "neg" else folded(op("neg", e))


def over(a: Expression, b: Expression) -> Expression:
    """The quotient."""
    if b == number(-1):
        return minus(a)
    return a if b == ONE or a == ZERO else folded(op("/", a, b))


def raised(a: Expression, n: int) -> Expression:
    """A power with a natural exponent."""
    return ONE if n == 0 else a if n == 1 else folded(op("**", a, number(n)))
