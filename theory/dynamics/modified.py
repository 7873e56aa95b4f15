"""The modified loss F + (eta/4) |grad F|^2, whose flow follows gradient descent one order further.

Backward error analysis: after time eta the flow of the modified loss is at
w - eta grad F + O(eta^3), one gradient-descent step up to third order; the plain flow is off by
(eta^2/2) Hess F grad F already.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from theory.claims import Domain, Statement, statement
from theory.deciders import Polynomial
from theory.dynamics.calculus import OpaqueSlope, derived, opaque, symbols
from theory.dynamics.identities import Identity

ONE: dict[str, Domain] = dict.fromkeys(("w_i", "q_i", "S_i", "g", "h", "eta"), "real")
EVERY = "every depth k >= 1, every weight, every loss (q_i, S_i, g = f', h = f'' opaque)"


# |grad F|^2 = g^2 Q and, as a function of w_i alone, q_l = w_i r_il for l != i:
# Q = q_i^2 + w_i^2 S_i.
HALF_GRADIENT_OF_NORM = "g*h*q_i*Q + g**2*w_i*S_i"
"""(1/2) d/dw_i |grad F|^2, which is also (Hess F grad F)_i."""


def _general_norm() -> Statement:
    w, q, s = symbols("w_i", "q_i", "S_i")
    norm = OpaqueSlope(w * q) ** 2 * (q**2 + w**2 * s)
    left = opaque(sympy.diff(norm, w) / 2)
    return statement(
        ONE, f"{left} == {HALF_GRADIENT_OF_NORM}", {"Q": "q_i**2 + w_i**2*S_i"}, scope=EVERY
    )


def _norm(value: Polynomial, ws: Sequence[Polynomial]) -> Polynomial:
    return sum(value.diff(w) ** 2 for w in ws).diff(ws[0]) / 2


def _hessian_gradient(value: Polynomial, ws: Sequence[Polynomial]) -> Polynomial:
    slope = value.diff(ws[0])
    return sum(slope.diff(w) * value.diff(w) for w in ws)


def _second_order(value: Polynomial, ws: Sequence[Polynomial]) -> Polynomial:
    return _hessian_gradient(value, ws) / 2 - _norm(value, ws) / 2


NORM_GRADIENT = Identity(
    "gradient-of-the-norm",
    "Half the gradient of |grad F|^2",
    _general_norm(),
    lambda k: derived(k, _norm, HALF_GRADIENT_OF_NORM),
    least_depth=1,
)
HESSIAN_GRADIENT = Identity(
    "hessian-times-gradient",
    "A term of (Hess F grad F)_i, j != i",
    statement(
        {"w_i": "real", "q_i": "real", "r_ij": "real", "g": "real", "h": "real"},
        "(h*q_i*q_j + g*r_ij)*(g*q_j) == g*h*q_i*q_j**2 + g**2*w_i*r_ij**2",
        {"q_j": "w_i*r_ij"},
        scope="every depth k >= 2, every pair i != j, every loss (q_i, r_ij, g, h opaque)",
    ),
    lambda k: derived(k, _hessian_gradient, HALF_GRADIENT_OF_NORM),
    remark="Summed over j, with g h q_i^3 for j = i, it is g h q_i Q + g^2 w_i S_i: half the "
    "gradient of |grad F|^2. At concrete depths that sum is what is checked.",
)
BACKWARD_ERROR = Identity(
    "backward-error",
    "Modified flow for time eta = one step, up to eta^3",
    statement(
        ONE,
        "w_i - eta*m_i + eta**2*V_i == w_i - eta*g*q_i",
        {
            "Q": "q_i**2 + w_i**2*S_i",
            "m_i": f"g*q_i + (eta/2)*({HALF_GRADIENT_OF_NORM})",
            "V_i": f"({HALF_GRADIENT_OF_NORM})/2",
        },
        scope=EVERY,
    ),
    lambda k: derived(k, _second_order, "0"),
    least_depth=1,
    remark="m = gradient of the modified loss, V = half the second time derivative of its flow "
    "at order 0 in eta. At concrete depths: the coefficient of eta^2 vanishes.",
)
MODIFIED_DRIFT = Identity(
    "modified-drift",
    "The modified flow sees the drift of the balancedness",
    statement(
        dict.fromkeys(("w_i", "w_j", "r_ij", "U_ij", "g", "h", "eta"), "real"),
        "-2*w_i*m_i + 2*w_j*m_j == -eta*g**2*r_ij**2*(w_i**2 - w_j**2)",
        {
            "q_i": "w_j*r_ij",
            "q_j": "w_i*r_ij",
            "S_i": "r_ij**2 + w_j**2*U_ij",
            "S_j": "r_ij**2 + w_i**2*U_ij",
            "Q": "q_i**2 + q_j**2 + w_i**2*w_j**2*U_ij",
            "m_i": f"g*q_i + (eta/2)*({HALF_GRADIENT_OF_NORM})",
            "m_j": "g*q_j + (eta/2)*(g*h*q_j*Q + g**2*w_j*S_j)",
        },
        scope="every depth k >= 2, every pair i != j, every loss (r_ij, U_ij, g, h opaque)",
    ),
    remark="eta times this rate is exactly the drift of one gradient-descent step.",
)
MODIFIED_IDENTITIES = (NORM_GRADIENT, HESSIAN_GRADIENT, BACKWARD_ERROR, MODIFIED_DRIFT)
