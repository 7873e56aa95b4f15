"""Where the loss is least in p, and the step sizes that gradient descent survives there.

At a minimiser with product y the Hessian of F is f''(y) q q^T, with top eigenvalue f''(y) Q,
Q = sum of q_l^2; gradient descent is linearly stable there only if eta <= 2/(f''(y) Q). As the
product of the q_l^2 is y^(2k-2), AM-GM gives Q >= k |y|^(2 - 2/k), with equality exactly for
balanced weights: no minimiser of product y allows a larger step than balanced ones do.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import sympy

from theory.dynamics.objective import ProductObjective, p


@dataclass(frozen=True)
class Minimiser:
    """A strict local minimiser y of the loss.

    Attributes
    ----------
    point : sympy.Expr
        y, exactly: a rational, a root of a polynomial with rational coefficients, or a formula in
        the loss's parameters.
    curvature : sympy.Expr
        f''(y); 0 where the minimum is flatter than quadratic.
    least_eigenvalue : sympy.Expr
        k f''(y) |y|^(2 - 2/k), what the top eigenvalue of the Hessian is at least.
    """

    point: sympy.Expr
    curvature: sympy.Expr
    least_eigenvalue: sympy.Expr


def minimisers(objective: ProductObjective) -> tuple[Minimiser, ...] | None:
    """All strict local minimisers of a polynomial loss; None where they are not decided.

    Roots of f' are isolated between rationals, and f' changes sign from minus to plus there:
    decided exactly, without floating-point signs.
    """
    slope = objective.slope_polynomial
    if slope is None:
        return None
    if slope.is_zero:
        return ()
    if slope.degree() == 1 and not slope.LC().is_Rational:
        return None
    if slope.degree() == 1:
        return (_at(objective, -slope.nth(0) / slope.LC()),) if slope.LC() > 0 else ()
    if not all(x.is_Rational for x in slope.all_coeffs()):
        return None
    roots = sympy.Poly(slope.sqf_part(), p)
    if roots.degree() == 0:
        return ()
    separators = _separators(slope, roots)
    found = []
    for n, root in enumerate(roots.real_roots()):
        if slope.eval(separators[n]) < 0 < slope.eval(separators[n + 1]):
            found.append(_at(objective, root))
    return tuple(found)


def _separators(slope: sympy.Poly, roots: sympy.Poly) -> list[sympy.Rational]:
    """Rationals between consecutive real roots, one below all and one above all."""
    width = sympy.Integer(1)
    while True:
        cells = [cell for cell, _ in roots.intervals(eps=width)]
        if not cells:
            return [sympy.S.Zero]
        between = [(left[1] + right[0]) / 2 for left, right in pairwise(cells)]
        marks = [cells[0][0] - 1, *between, cells[-1][1] + 1]
        if all(slope.eval(mark) != 0 for mark in marks):
            return marks
        width /= 2


def _at(objective: ProductObjective, point: sympy.Expr) -> Minimiser:
    curvature = sympy.Poly(objective.curvature, p)
    value = curvature.eval(point) if point.is_Rational else objective.curvature.subs(p, point)
    k = objective.k
    least = k * value * sympy.Abs(point) ** (2 - sympy.Integer(2) / k)
    return Minimiser(point, value, least)
