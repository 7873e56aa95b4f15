"""Whether a matrix of formulas is symmetric."""

from __future__ import annotations

import itertools

from theory.expressions import Expression, everywhere, name
from theory.language.matrix_functions import Defined, Matrix

MAX_TERMS = 20_000


def symmetric(m: Matrix, defined: Defined) -> bool:
    """Whether a matrix is plainly its own transpose."""
    if len(m) != len(m[0]):
        return False

    def same(a: Expression, b: Expression) -> bool:
        # What is cancelled has a value.
        return a == b or (all(everywhere(e, defined) for e in (a, b)) and _equal(a, b))

    return all(same(m[i][j], m[j][i]) for i, j in itertools.combinations(range(len(m)), 2))


def _equal(a: Expression, b: Expression) -> bool:
    """Whether two formulas are the same polynomial in their letters and functions, if not large."""
    from theory.deciders import Equation, NotRationalError, flint_difference  # FLINT

    a, b = _opaque(a), _opaque(b)
    equation = Equation(tuple(sorted(a.names | b.names)), {}, a, b)
    try:
        equation.check_size(MAX_TERMS)
        return bool(flint_difference(equation) == 0)
    except NotRationalError:
        return False


def _opaque(e: Expression) -> Expression:
    """The formula with each value of a function as a name of its own."""
    if e.head in ("number", "name"):
        return e
    if e.head not in ("neg", "+", "-", "*", "/", "**"):
        return name(str(e))
    return Expression(e.head, tuple(_opaque(a) for a in e.args), e.value, e.name)
