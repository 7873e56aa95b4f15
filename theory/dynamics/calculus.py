"""Derivatives of F(w) = f(p) by SymPy, with the derivatives of f as opaque symbols or polynomials.

In general form f is unknown: SymPy differentiates f(w_i w_j r) by the chain rule, and f', f'', f'''
at p become the symbols g, h, j. At concrete depths f is a polynomial with symbolic coefficients
a_1, ..., a_4 (a constant term is never seen), so that its derivatives are true ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sympy

from theory.claims import Domain, Statement
from theory.dynamics.factors import products, weights
from theory.expressions import Expression, Relation, from_sympy, parse

COEFFICIENTS = ("a_1", "a_2", "a_3")
"""Of the cubic that stands for the loss at concrete depths."""


class _Third(sympy.Function):
    nargs = 1


class _Second(sympy.Function):
    nargs = 1

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        return _Third(*self.args)


class OpaqueSlope(sympy.Function):
    """The slope f' of :class:`OpaqueLoss`."""

    nargs = 1

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        """Differentiate by name."""
        return _Second(*self.args)


class OpaqueLoss(sympy.Function):
    """A loss of which only its derivatives' names are known."""

    nargs = 1

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        """Differentiate by name."""
        return OpaqueSlope(*self.args)


def opaque(derivative: sympy.Expr) -> Expression:
    """Name f, f', f'', f''' (whatever their argument) f, g, h, j and translate."""
    names = {OpaqueLoss: "f", OpaqueSlope: "g", _Second: "h", _Third: "j"}
    for function, letter in names.items():
        symbol = sympy.Symbol(letter, real=True)
        derivative = derivative.replace(function, lambda _, s=symbol: s)
    return from_sympy(derivative)


def symbols(*names: str) -> tuple[sympy.Symbol, ...]:
    """Real SymPy symbols, those that :func:`theory.expressions.from_sympy` gives back by name."""
    return tuple(sympy.Symbol(n, real=True) for n in names)


def polynomial_slope(at: str) -> str:
    """f'(at) of the cubic a_1 p + a_2 p**2 + a_3 p**3, as text."""
    return f"a_1 + 2*a_2*{at} + 3*a_3*{at}**2"


def polynomial_curvature(at: str) -> str:
    """f''(at) of the same cubic, as text."""
    return f"2*a_2 + 6*a_3*{at}"


def polynomial_loss(product: sympy.Expr) -> sympy.Expr:
    """Write the cubic itself in SymPy."""
    return sympy.Add(*(a * product**n for n, a in enumerate(symbols(*COEFFICIENTS), 1)))


def derived(
    depth: int,
    left: Callable[[sympy.Expr, Sequence[sympy.Symbol]], sympy.Expr],
    right: str,
    more: Mapping[str, Domain] | None = None,
) -> Statement:
    """State, for a cubic loss at a concrete depth, that what SymPy derives equals a formula.

    Parameters
    ----------
    depth : int
        k >= 2.
    left : callable
        Given F(w) and the weights, returns what SymPy derives.
    right : str
        Formula in w_i, w_j, p, q_i, q_j, r_ij, Q, S_i, g, h.
    """
    ws = symbols(*weights(depth))
    made: Any = left(polynomial_loss(sympy.Mul(*ws)), ws)
    formulas = {
        **products(depth),
        "g": parse(polynomial_slope("p"), frozenset({"p", *COEFFICIENTS})),
        "h": parse(polynomial_curvature("p"), frozenset({"p", *COEFFICIENTS})),
    }
    variables: dict[str, Domain] = dict.fromkeys((*weights(depth), *COEFFICIENTS), "real")
    names = frozenset({*variables, *formulas, *(more or {})})
    return Statement(
        variables=variables | dict(more or {}),
        definitions=formulas,
        conclusion=Relation(from_sympy(made), "==", parse(right, names)),
        scope=f"depth {depth}, every cubic loss",
    )
