"""Gradient and Hessian of F(w) = f(p), for every depth and every smooth loss.

Shamir's Hessian formula (COLT 2019): f'' q_i q_j + f' r_ij off the diagonal, f'' q_i^2 on it.
"""

from __future__ import annotations

from math import prod

import sympy

from theory.claims import Domain, Statement, statement
from theory.dynamics.calculus import OpaqueLoss, derived, opaque, symbols
from theory.dynamics.identities import Identity

_EVERY_PAIR = (
    "every depth k >= 2, every pair i != j, every smooth loss (r_ij, g = f', h = f'' opaque)"
)
_VARIABLES: dict[str, Domain] = dict.fromkeys(("w_i", "w_j", "r_ij", "g", "h"), "real")
_RELATIONS = {"q_i": "w_j*r_ij", "q_j": "w_i*r_ij"}


def _pair(order: tuple[int, int], right: str, scope: str = _EVERY_PAIR) -> Statement:
    w_i, w_j, r = symbols("w_i", "w_j", "r_ij")
    left = opaque(sympy.diff(OpaqueLoss(w_i * w_j * r), w_i, order[0], w_j, order[1]))
    return statement(_VARIABLES, f"{left} == {right}", _RELATIONS, scope=scope)


AFFINE = Identity(
    "product-is-affine",
    "The product is affine in each weight",
    statement(
        dict.fromkeys(("w_i", "q_i", "x"), "real"),
        "(w_i + x)*q_i == p + x*q_i",
        {"p": "w_i*q_i"},
        scope="every depth k >= 1, every weight (q_i opaque)",
    ),
    least_depth=1,
    remark="So F(w + x e_i) = f(p + x q_i), and the chain rule gives the gradient for every loss.",
)
GRADIENT = Identity(
    "gradient",
    "Gradient: dF/dw_i = f'(p) q_i",
    _pair((1, 0), "g*q_i"),
    lambda k: derived(k, lambda F, ws: F.diff(ws[0]), "g*q_i"),
)
HESSIAN_MIXED = Identity(
    "hessian-mixed",
    "Hessian off the diagonal: f'' q_i q_j + f' r_ij",
    _pair((1, 1), "h*q_i*q_j + g*r_ij"),
    lambda k: derived(k, lambda F, ws: F.diff(ws[0]).diff(ws[1]), "h*q_i*q_j + g*r_ij"),
)
HESSIAN_DIAGONAL = Identity(
    "hessian-diagonal",
    "Hessian on the diagonal: f'' q_i^2",
    _pair((2, 0), "h*q_i**2"),
    lambda k: derived(k, lambda F, ws: F.diff(ws[0]).diff(ws[0]), "h*q_i**2"),
)
TOP_EIGENVECTOR = Identity(
    "top-eigenvector",
    "Where f'(p) = 0 the Hessian is f'' q q^T, with eigenvalue f'' Q",
    statement(
        dict.fromkeys(("q_i", "rest", "h"), "real"),
        "h*q_i*q_i*q_i + h*q_i*rest == h*Q*q_i",
        {"Q": "q_i**2 + rest"},
        scope="every depth k >= 1, every smooth loss (q_i, rest = Σ_{l≠i} q_l², h = f'' opaque)",
    ),
    # With f'(p) = a_1 + 2 a_2 p + 3 a_3 p^2 there, (Hess F q)_i = h Q q_i + f'(p) sum r_il q_l.
    lambda k: derived(
        k,
        lambda F, ws: sum(F.diff(ws[0]).diff(w) * prod(x for x in ws if x != w) for w in ws),
        "h*Q*q_i + g*w_i*S_i",
    ),
    least_depth=1,
    remark="Gradient descent is linearly stable at such a point only if eta <= 2/(f'' Q). "
    "At concrete depths: (Hess F q)_i = f'' Q q_i + f' w_i S_i, whatever f'(p) is.",
)

DERIVATIVE_IDENTITIES = (AFFINE, GRADIENT, HESSIAN_MIXED, HESSIAN_DIAGONAL, TOP_EIGENVECTOR)
