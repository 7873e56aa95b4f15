"""Commuting symmetric matrices of any size, read eigenvalue by eigenvalue.

They have one orthonormal eigenbasis, so a statement about the eigenvalues of their polynomials is
the same statement about numbers (joint eigenvalues).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from theory.errors import InputError
from theory.expressions import Comparison, Expression, Relation
from theory.language.matrix_functions import op

SPECTRAL = frozenset({"lambda_min", "lambda_max", "sigma_min", "sigma_max"})
COORDINATES = frozenset({"norm1", "norm_inf"})
"""Norms of vectors that depend on the basis."""
NUMBERS = COORDINATES | {
    "tr", "det", "logdet", "norm", "norm2", "nuclear", "dot", "spectral_radius"
}  # fmt: skip
"""Functions of matrices whose values are numbers."""
MATRIX_FUNCTIONS = SPECTRAL | NUMBERS | {"T", "inv"}
FUNCTION_OF: Mapping[str, str] = {
    "lambda_min": ">=",
    "sigma_min": ">=",
    "lambda_max": "<=",
    "sigma_max": "<=",
}
"""From which side a function of the spectrum is bounded by a bound of each eigenvalue."""


def eigenvalues(
    commuting: frozenset[str],
    left: Expression,
    operator: Comparison,
    right: Expression,
    argument: str,
    hypothesis: bool,
) -> Relation:
    """Read a relation about commuting symmetric matrices eigenvalue by eigenvalue."""
    if left.head in SPECTRAL:
        if operator[0] != FUNCTION_OF[left.head][0]:
            raise InputError(argument, f"{left.head} can only be bounded from the other side")
        inner = _eigenvalue(left.args[0], argument)
        if left.head.startswith("sigma"):
            inner = Expression("abs", (inner,))
        return Relation(inner, operator, _free(right, argument, commuting))
    if left.head == "norm" and not hypothesis and operator in ("<=", "<"):
        factors = _factors(right)
        norms = [f for f in factors if f.head == "norm"]
        if len(norms) == 1 and operator == "<=":
            rest = [_free(f, argument, commuting) for f in factors if f.head != "norm"]
            ours, theirs = (
                Expression("abs", (_eigenvalue(n.args[0], argument),)) for n in (left, norms[0])
            )
            return Relation(ours, "<=", reduce(lambda a, b: op("*", a, b), [*rest, theirs]))
    if operator == "==" or not (_mentions(left, commuting) or _mentions(right, commuting)):
        return Relation(_eigenvalue(left, argument), operator, _eigenvalue(right, argument))
    raise InputError(argument, "commuting matrices are compared through their eigenvalues")


def _eigenvalue(e: Expression, argument: str) -> Expression:
    e = untransposed(e)
    for node in e.walk():
        if node.head in MATRIX_FUNCTIONS:
            raise InputError(argument, f"{node.head}(...) must stand alone on one side")
    return e


def _free(e: Expression, argument: str, commuting: frozenset[str]) -> Expression:
    if _mentions(e, commuting):
        raise InputError(argument, f"{str(e)[:40]!r} must not depend on the matrices")
    return e


def _mentions(e: Expression, commuting: frozenset[str]) -> bool:
    """Whether a formula is about a matrix or its spectrum."""
    return any(n.head in MATRIX_FUNCTIONS or n.name in commuting for n in e.walk())


def untransposed(e: Expression) -> Expression:
    """A formula in symmetric matrices without its transposes."""
    if e.head == "T":
        return untransposed(e.args[0])
    return Expression(e.head, tuple(untransposed(a) for a in e.args), e.value, e.name)


def _factors(e: Expression) -> list[Expression]:
    return [f for a in e.args for f in _factors(a)] if e.head == "*" else [e]
