"""The product objective F(w) = f(w_1 w_2 ... w_k), and what SymPy derives from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import sympy
from sympy.core.function import AppliedUndef, UndefinedFunction

from theory.errors import InputError, quoted
from theory.expressions import Expression, from_sympy, parse

EXPLICIT_DEPTH = 12
"""Up to this depth gradients and Hessians are written out; beyond it, in the shared factors."""
MAX_DEPTH = 10**6
MAX_DEGREE = 40
"""Of f', where its roots or coefficients are asked for."""

p = sympy.Symbol("p", real=True)
"""The product of all weights."""
Loss: TypeAlias = str | Expression | sympy.Expr | UndefinedFunction


class _Sign(sympy.Function):
    """The sign away from zero: its derivative is zero, where SymPy's would be a Dirac delta."""

    nargs = 1

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        return sympy.S.Zero


class _Abs(sympy.Function):
    """The absolute value with :class:`_Sign` as its derivative."""

    nargs = 1

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        return _Sign(*self.args)


@dataclass(frozen=True, init=False)
class ProductObjective:
    """F(w) = f(p), p = w_1 w_2 ... w_k, for real weights w.

    Parameters
    ----------
    loss : str, Expression, SymPy expression in p, or SymPy undefined function
        The loss f. Text goes through the whitelist parser; other symbols in a SymPy expression
        are real parameters; an undefined function is a loss of which nothing is known.
    depth : int, None or SymPy symbol
        The number k of weights; None (or a symbol) for every depth at once.

    Attributes
    ----------
    loss : sympy.Expr
        f(p).
    depth : int or None
        k, None if symbolic.

    Raises
    ------
    InputError
        For a loss that is not a formula in p, or a depth that is not a positive integer.
    """

    loss: sympy.Expr
    depth: int | None

    def __init__(self, loss: Loss, depth: int | sympy.Symbol | None = None) -> None:
        object.__setattr__(self, "loss", _loss(loss))
        object.__setattr__(self, "depth", _depth(depth))

    @property
    def k(self) -> sympy.Expr:
        """The depth as a SymPy object: an integer, or the symbol k."""
        if self.depth is None:
            return sympy.Symbol("k", integer=True, positive=True)
        return sympy.Integer(self.depth)

    @property
    def is_symbolic(self) -> bool:
        """Whether nothing is known of the loss."""
        return bool(self.loss.atoms(AppliedUndef))

    @cached_property
    def slope(self) -> sympy.Expr:
        """f'(p); at a kink of an absolute value, the sign is taken as it stands."""
        return self.derivative(1)

    @cached_property
    def curvature(self) -> sympy.Expr:
        """f''(p), away from kinks."""
        return self.derivative(2)

    def derivative(self, order: int) -> sympy.Expr:
        """Differentiate f to any order, away from kinks."""
        smooth = self.loss.replace(sympy.Abs, _Abs)
        return sympy.diff(smooth, p, order).replace(_Sign, sympy.sign).replace(_Abs, sympy.Abs)

    @cached_property
    def slope_polynomial(self) -> sympy.Poly | None:
        """F' as a polynomial in p; None if it is none, or of a degree that may exceed 40."""
        if self.is_symbolic or not self.loss.is_polynomial(p):
            return None
        # The degree is bounded before anything is expanded.
        return sympy.Poly(self.slope, p) if _degree(self.slope) <= MAX_DEGREE else None

    @property
    def slope_expression(self) -> Expression:
        """f'(p) as the engines' formula; refused for a symbolic loss."""
        return from_sympy(self.slope, "loss")

    @property
    def is_explicit(self) -> bool:
        """Whether gradient and Hessian can be written out weight by weight."""
        return self.depth is not None and self.depth <= EXPLICIT_DEPTH

    @cached_property
    def weights(self) -> tuple[sympy.Symbol, ...]:
        """w_1, ..., w_k.

        Raises
        ------
        InputError
            If the depth is symbolic or larger than ``EXPLICIT_DEPTH``.
        """
        if self.depth is None or self.depth > EXPLICIT_DEPTH:
            raise InputError("depth", f"written out only for a number up to {EXPLICIT_DEPTH}")
        return tuple(sympy.Symbol(f"w_{n}", real=True) for n in range(1, self.depth + 1))

    @property
    def product(self) -> sympy.Expr:
        """w_1 w_2 ... w_k."""
        return sympy.Mul(*self.weights)

    @property
    def value(self) -> sympy.Expr:
        """F(w)."""
        return self.loss.subs(p, self.product)

    @property
    def gradient(self) -> tuple[sympy.Expr, ...]:
        """The partial derivatives f'(p) q_i, length k; no weight is divided by."""
        slope = _at(self.slope, self.product)
        return tuple(slope * self.factor(w) for w in self.weights)

    @property
    def flow(self) -> tuple[sympy.Expr, ...]:
        """Right-hand sides of the gradient flow dw_i/dt = -f'(p) q_i, length k."""
        return tuple(-partial for partial in self.gradient)

    @property
    def hessian(self) -> sympy.Matrix:
        """The k x k Hessian: f'' q_i q_j + f' r_ij off the diagonal, f'' q_i**2 on it."""
        slope, curvature = (_at(d, self.product) for d in (self.slope, self.curvature))
        ws = self.weights
        return sympy.Matrix(
            len(ws),
            len(ws),
            lambda i, j: (
                curvature * self.factor(ws[i]) * self.factor(ws[j])
                + (slope * self.factor(ws[i], ws[j]) if i != j else 0)
            ),
        )

    def factor(self, *left_out: sympy.Symbol) -> sympy.Expr:
        """Multiply all weights but these: q_i for one, r_ij for two."""
        return sympy.Mul(*(w for w in self.weights if w not in left_out))


def _at(formula: sympy.Expr, product: sympy.Expr) -> sympy.Expr:
    # Not .subs(...).doit(): a symbolic f' must stay the derivative of f taken at p.
    return formula.subs(p, product) if not formula.atoms(AppliedUndef) else formula


def _degree(formula: sympy.Expr) -> int:
    if formula.is_Add or formula.is_Mul:
        degrees = [_degree(part) for part in formula.args]
        return max(degrees) if formula.is_Add else sum(degrees)
    if formula.is_Pow and formula.has(p):
        return _degree(formula.base) * int(formula.exp)
    return int(formula.has(p))


def _loss(loss: Loss) -> sympy.Expr:
    if isinstance(loss, str):
        loss = parse(loss, argument="loss")
    if isinstance(loss, Expression):
        if loss.names - {"p", "pi"}:
            raise InputError("loss", f"unknown name {min(loss.names - {'p', 'pi'})!r}")
        made = loss.sympy({"p": p})
    elif isinstance(loss, UndefinedFunction):
        made = loss(p)
    elif isinstance(loss, sympy.Expr):
        unwanted = loss.atoms(sympy.Float)
        if unwanted:
            raise InputError("loss", f"{min(unwanted)} is a float; write it as a rational")
        made = loss.subs({s: p for s in loss.free_symbols if s.name == "p"})
        made = made.subs(
            {
                s: sympy.Symbol(s.name, real=True)
                for s in made.free_symbols
                if s.is_real is None and s != p
            }
        )
        if any(u.args != (p,) for u in made.atoms(AppliedUndef)):
            raise InputError("loss", "an undefined function must be applied to p alone")
    else:
        raise InputError("loss", f"a formula in p is wanted, not {type(loss).__name__}")
    if made.has(sympy.zoo, sympy.nan, sympy.oo, -sympy.oo):
        raise InputError("loss", "it divides by zero")
    if made.has(sympy.I):
        raise InputError("loss", "it is not real")
    return made


def _depth(depth: int | sympy.Symbol | None) -> int | None:
    if depth is None or isinstance(depth, sympy.Symbol):
        return None
    if isinstance(depth, sympy.Integer):
        depth = int(depth)
    if isinstance(depth, bool) or not isinstance(depth, int):
        raise InputError("depth", f"a whole number is wanted, not {type(depth).__name__}")
    if not 1 <= depth <= MAX_DEPTH:
        raise InputError("depth", f"{quoted(depth)} is not between 1 and {MAX_DEPTH}")
    return depth
