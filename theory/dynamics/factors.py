"""The shared factors p, q_i, r_ij: opaque names in general, true products at a concrete depth.

At depth k with weights w_1, ..., w_k (no formula divides by one):

====== ===========================================================
p      product of all weights
q_i    product of all weights but w_i
r_ij   product of all weights but w_i and w_j
Q      sum of q_l**2 over all l
S_i    sum over l != i of the squared product of all but w_i, w_l
U_ij   sum over l != i, j of the squared product of all but w_i, w_j, w_l
====== ===========================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from theory.claims import Domain, Statement
from theory.errors import InputError
from theory.expressions import Expression, name, number

MEANINGS: Mapping[str, str] = {
    "p": "∏ w_l",
    "q_i": "∏_{l≠i} w_l",
    "q_j": "∏_{l≠j} w_l",
    "r_ij": "∏_{l≠i,j} w_l",
    "Q": "Σ_l q_l²",
    "S_i": "Σ_{l≠i} r_il²",
    "S_j": "Σ_{l≠j} r_jl²",
    "U_ij": "Σ_{l≠i,j} (∏_{n≠i,j,l} w_n)²",
}
"""What the opaque names stand for."""


def weights(depth: int) -> tuple[str, ...]:
    """Names of the weights at a concrete depth; the first two are those an identity speaks of."""
    return ("w_i", "w_j", *(f"w_{n}" for n in range(3, depth + 1)))[:depth]


def times(factors: Iterable[Expression]) -> Expression:
    """Multiply as a balanced tree; 1 if empty."""
    return _balanced("*", list(factors), 1)


def plus(terms: Iterable[Expression]) -> Expression:
    """Add as a balanced tree; 0 if empty."""
    return _balanced("+", list(terms), 0)


def square(base: Expression) -> Expression:
    """Square an expression."""
    return Expression("**", (base, number(2)))


def products(depth: int) -> Mapping[str, Expression]:
    """Every shared factor as the product (or sum of products) it stands for.

    Raises
    ------
    InputError
        If the depth is less than 2: pairs need two weights.
    """
    if depth < 2:
        raise InputError("depth", "pairs need at least 2 weights")
    return _products(depth)


@cache
def _products(depth: int) -> Mapping[str, Expression]:
    every = weights(depth)

    def without(*left_out: str) -> Expression:
        return times(name(w) for w in every if w not in left_out)

    def squares(*left_out: str) -> Expression:
        return plus(square(without(*left_out, w)) for w in every if w not in left_out)

    return {
        "p": without(),
        "q_i": without("w_i"),
        "q_j": without("w_j"),
        "r_ij": without("w_i", "w_j"),
        "Q": squares(),
        "S_i": squares("w_i"),
        "S_j": squares("w_j"),
        "U_ij": squares("w_i", "w_j"),
    }


def at_depth(statement: Statement, depth: int) -> Statement:
    """Replace the opaque factors of a statement by true products of ``depth`` weights.

    Both the opaque variables and the relations assumed between them (such as ``q_i = w_j*r_ij``)
    give way, so that a wrong relation would be found out here.
    """
    given = set(statement.variables) | set(statement.definitions)
    table = {n: e for n, e in products(depth).items() if n in given}
    variables: dict[str, Domain] = {
        n: d for n, d in statement.variables.items() if n not in table
    } | dict.fromkeys(weights(depth), "real")
    others = {n: e for n, e in statement.definitions.items() if n not in table}
    return Statement(
        variables=variables,
        definitions=table | others,
        conclusion=statement.conclusion,
        hypotheses=statement.hypotheses,
        constants=statement.constants,
        scope=f"depth {depth}",
    )


def _balanced(head: str, parts: list[Expression], empty: int) -> Expression:
    if not parts:
        return number(empty)
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    return Expression(
        head, (_balanced(head, parts[:half], empty), _balanced(head, parts[half:], empty))
    )
