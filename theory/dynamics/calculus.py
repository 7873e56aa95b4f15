"""Derivatives of F(w) = f(p) by SymPy, with the derivatives of f as opaque symbols or polynomials.

In general form f is unknown: SymPy differentiates f(w_i w_j r) by the chain rule, and f', f'', f'''
at p become the symbols g, h, j. At concrete depths f is a polynomial with symbolic coefficients
a_1, ..., a_3 (a constant term is never seen), so that its derivatives are true ones: those of
SymPy's polynomial ring, where a sum of squares of them has a few dozen terms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import Any

import sympy
from sympy.polys.domains import QQ
from sympy.polys.rings import ring

from theory.claims import Domain, Statement
from theory.deciders import Polynomial
from theory.dynamics.factors import plus, products, times, weights
from theory.expressions import Expression, Relation, from_sympy, name, number, parse

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


def polynomial_loss(depth: int) -> tuple[Polynomial, Sequence[Polynomial]]:
    """Make the cubic of the product of the weights in SymPy's polynomial ring, and the weights."""
    _, *generators = ring([*weights(depth), *COEFFICIENTS], QQ)
    ws, coefficients = generators[:depth], generators[depth:]
    product = prod(ws)
    return sum(a * product**n for n, a in enumerate(coefficients, 1)), ws


def from_ring(polynomial: Polynomial) -> Expression:
    """Write a polynomial of SymPy's ring as a formula."""
    names = [str(symbol) for symbol in polynomial.ring.symbols]

    def term(powers: Sequence[int], value: Any) -> Expression:
        factors = [
            name(n) if e == 1 else Expression("**", (name(n), number(e)))
            for n, e in zip(names, powers, strict=True)
            if e
        ]
        exact = Fraction(int(value.numerator), int(value.denominator))
        return times(factors if exact == 1 and factors else [number(exact), *factors])

    return plus(term(powers, value) for powers, value in polynomial.terms())


def derived(
    depth: int,
    left: Callable[[Polynomial, Sequence[Polynomial]], Polynomial],
    right: str,
    more: Mapping[str, Domain] | None = None,
) -> Statement:
    """State, for a cubic loss at a concrete depth, that what SymPy derives equals a formula.

    Parameters
    ----------
    depth : int
        k >= 2.
    left : callable
        Given F(w) and the weights in SymPy's polynomial ring, returns what it derives there.
    right : str
        Formula in w_i, w_j, p, q_i, q_j, r_ij, Q, S_i, g, h.
    """
    made = left(*polynomial_loss(depth))
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
        conclusion=Relation(from_ring(made), "==", parse(right, names)),
        scope=f"depth {depth}, every cubic loss",
    )
