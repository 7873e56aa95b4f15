"""Exact equality of numbers made of logarithms: log(9)/log(3) is 2, whatever the precision.

A logarithm of a rational number is a combination of the logarithms of primes. Two formulas that
agree when those are taken for independent unknowns are equal, wherever both have a value.
"""

from __future__ import annotations

from fractions import Fraction

import flint

from theory.deciders import Equation, NotRationalError, flint_difference, sympy_difference
from theory.expressions import Expression, name, number, rational_value

MAX_FACTORED, MAX_NUMBER, MAX_POWER = 10**18, 2**256, 20
"""Larger numbers are not factored; beyond the others nothing is expanded."""


def same(left: Expression, right: Expression) -> bool:
    """Whether two formulas without variables are equal by the rules of logarithms.

    Parameters
    ----------
    left, right : Expression
        Both have a value, which the caller knows.

    Returns
    -------
    bool
        True only if they are equal; False says nothing.
    """
    if not any(n.head == "log" for side in (left, right) for n in side.walk()):
        return False
    a, b = _in_primes(left), _in_primes(right)
    if a is None or b is None:
        return False
    equation = Equation(tuple(sorted(a.names | b.names)), {}, a, b)
    try:
        equation.check_size()
        return not sympy_difference(equation) and flint_difference(equation) == 0
    except NotRationalError:
        return False


def _in_primes(e: Expression) -> Expression | None:
    """The formula with ``log_p`` for the logarithm of each prime p; None for other formulas."""
    try:
        value = rational_value(e)
    except ZeroDivisionError:
        return None
    if value is not None:
        small = max(abs(value.numerator), value.denominator) <= MAX_NUMBER
        return number(value) if small else None
    if e.head == "log":
        inner = rational_value(e.args[0])
        return None if inner is None else _logarithm(inner)
    if e.head not in ("+", "-", "*", "/", "neg", "**"):
        return None
    if e.head == "**":
        power = rational_value(e.args[1])
        if power is None or abs(power) > MAX_POWER:
            return None
    parts = [_in_primes(a) for a in e.args]
    if any(part is None for part in parts):
        return None
    return Expression(e.head, tuple(part for part in parts if part is not None))


def _logarithm(value: Fraction) -> Expression | None:
    if value <= 0 or max(value.numerator, value.denominator) > MAX_FACTORED:
        return None
    total = number(0)
    for sign, whole in ((1, value.numerator), (-1, value.denominator)):
        for prime, power in flint.fmpz(whole).factor():
            term = Expression("*", (number(sign * int(power)), name(f"log_{int(prime)}")))
            total = Expression("+", (total, term))
    return total
