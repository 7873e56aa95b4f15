"""Exact expectations of polynomials in independent draws, and the moments of chi-square laws."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import prod

from theory.deciders import Equation, NotRationalError, flint_difference
from theory.errors import InputError
from theory.expressions import Expression, everywhere, number

MAX_TERMS = 20_000
_POLYNOMIAL = {"number", "name", "neg", "+", "-", "*", "/", "**"}


def draw_moment(law: str, order: int) -> Fraction:
    """E w^n: 1·3·5···(n-1) for a normal w, 3^(n/2)/(n+1) for a uniform one, 1 for a sign; 0 if odd.

    And 1/(n+1) for a uniform one on [0, 1].

    Raises
    ------
    InputError
        For another law.
    """
    if law not in ("gaussian", "uniform", "unit", "rademacher"):
        raise InputError("law", f"no moments are known for {law!r}")
    if law == "unit":
        return Fraction(1, order + 1)
    if order % 2:
        return Fraction(0)
    if law == "gaussian":
        return Fraction(prod(range(1, order, 2)))
    return Fraction(3 ** (order // 2), order + 1) if law == "uniform" else Fraction(1)


def chi_square_moment(freedom: int, order: int) -> Fraction:
    """E (chi²_d/d)^p = ∏_{j<p} (1 + 2j/d) for d degrees of freedom and a natural power p."""
    if freedom < 1 or order < 0:
        raise InputError("freedom", "wants at least one degree of freedom, and order >= 0")
    return prod((1 + Fraction(2 * j, freedom) for j in range(order)), start=Fraction(1))


def polynomial_mean(expression: Expression, laws: Mapping[str, str]) -> Fraction | None:
    """The expectation of a polynomial in independent draws, by full expansion.

    Parameters
    ----------
    expression : Expression
        All of whose names are drawn.
    laws : mapping of str to str
        ``"gaussian"``, ``"uniform"``, ``"unit"`` or ``"rademacher"`` for every name.

    Returns
    -------
    Fraction or None
        None where the expression is no polynomial in the draws, or too large to expand.
    """
    heads = {n.head for n in expression.walk()}
    if not everywhere(expression, laws) or not heads <= _POLYNOMIAL:
        return None
    names = tuple(sorted(expression.names))
    if not names:
        return None
    equation = Equation(names, {}, expression, number(0))
    try:
        equation.check_size(MAX_TERMS)
        terms = flint_difference(equation).to_dict()
    except NotRationalError:
        return None
    return sum(
        (
            Fraction(int(c.p), int(c.q))
            * prod(draw_moment(laws[n], int(k)) for n, k in zip(names, powers, strict=True))
            for powers, c in terms.items()
        ),
        Fraction(0),
    )
