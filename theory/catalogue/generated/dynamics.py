"""Claims about gradient, flow and saddles that are identities in opaque factors: every depth."""

from __future__ import annotations

from theory.claims import Claim, Source, statement
from theory.dynamics.derivatives import DERIVATIVE_IDENTITIES
from theory.dynamics.flow import CONSERVATION, MONOTONE, PRODUCT_RATE, SQUARES
from theory.dynamics.identities import Identity
from theory.dynamics.modified import MODIFIED_IDENTITIES
from theory.dynamics.saddles import SADDLE_IDENTITIES
from theory.dynamics.steps import BALANCEDNESS, DRIFT, PAIR_DIFFERENCE, PAIR_SUM, SIGNS

_OWN = Source("lemmata", "derived", "re-derived")
_BY_NAME = {i.name: i for i in (*DERIVATIVE_IDENTITIES, *SADDLE_IDENTITIES, *MODIFIED_IDENTITIES)}

# identity -> (name of the claim, source, false conclusion)
_STATED: tuple[tuple[Identity, str, Source, str], ...] = (
    (_BY_NAME["product-is-affine"], "product-is-affine", _OWN, "(w_i + x)*q_i == p + x"),
    (_BY_NAME["gradient"], "gradient-formula", _OWN, "g*r_ij*w_i == g*q_i"),
    (
        _BY_NAME["hessian-mixed"],
        "hessian-formula",
        Source("shamir2019", "Hessian in the proof of Lemma 13"),
        "r_ij*(g + h*r_ij*w_i*w_j) == h*q_i*q_j - g*r_ij",
    ),
    (
        _BY_NAME["hessian-diagonal"],
        "hessian-diagonal",
        Source("shamir2019", "Hessian in the proof of Lemma 13"),
        "h*r_ij**2*w_j**2 == h*q_i*q_j",
    ),
    (CONSERVATION, "flow-conserves-pairs", _OWN, "2*w_i*wdot_i + 2*w_j*wdot_j == 0"),
    (SQUARES, "rate-of-squares", _OWN, "2*w_i*wdot_i == -p*g"),
    (PRODUCT_RATE, "rate-of-product", _OWN, "q_i*wdot_i + q_j*wdot_j == -g*Q"),
    (PAIR_SUM, "pair-sum", _OWN, "w_i_next + w_j_next == (w_i + w_j)*(1 + eta*g*r_ij)"),
    (
        PAIR_DIFFERENCE,
        "pair-difference",
        _OWN,
        "w_i_next - w_j_next == (w_i - w_j)*(1 - eta*g*r_ij)",
    ),
    (
        BALANCEDNESS,
        "balancedness-of-a-step",
        _OWN,
        "w_i_next**2 - w_j_next**2 == (w_i**2 - w_j**2)*(1 - eta*g**2*r_ij**2)",
    ),
    (
        DRIFT,
        "balancedness-drift",
        _OWN,
        "w_i_next**2 - w_j_next**2 - (w_i**2 - w_j**2) == (eta*g*r_ij)**2*(w_i**2 - w_j**2)",
    ),
    (
        SIGNS,
        "sign-symmetry-of-a-step",
        Source("shamir2019", "Lemma 11"),
        "s*w_i - eta*(s*t*g)*(t*q_i) == s*(w_i - eta*t*g*q_i)",
    ),
    (
        MONOTONE,
        "monotone-coordinate",
        _OWN,
        "s*(D*(c + s) + A)/(A*(c + s)) == s*D/A - s/(c + s)",
    ),
    (
        _BY_NAME["saddle-order"],
        "saddle-order",
        _OWN,
        "g*y + E*y**2 - g*A*X == X*(g*R + E*X*A**2)",
    ),
    (
        _BY_NAME["hessian-two-zeros"],
        "strict-saddle-at-two-zeros",
        _OWN,
        "h*q_i*q_j + g*r_ij == 0",
    ),
    (
        _BY_NAME["hessian-three-zeros"],
        "flat-saddle-at-three-zeros",
        _OWN,
        "(h*q_i*q_j + g*r_ij)**2 + (h*q_i**2)**2 == g**2",
    ),
    (
        _BY_NAME["backward-error"],
        "modified-loss",
        _OWN,
        "w_i - eta*m_i - eta**2*V_i == w_i - eta*g*q_i",
    ),
    (
        _BY_NAME["modified-drift"],
        "modified-loss-drift",
        _OWN,
        "-2*w_i*m_i + 2*w_j*m_j == -eta*g*r_ij**2*(w_i**2 - w_j**2)",
    ),
)

IDENTITIES: dict[str, Identity] = {claimed: identity for identity, claimed, _, _ in _STATED}
"""The identity behind each claim, with its expansions at concrete depths."""

_GROWTH = statement(
    {"c": "nonnegative", "s": "positive"},
    "1 + s/(c + s) > least",
    constants={"least": 1},
    scope="each term of d ln p^2 / d ln v^2 = 1 + sum of s/(c_j + s), s = v^2 > 0: |p| increases "
    "strictly with |v|, at every depth",
    witness={"c": 1, "s": 1},
)

CLAIMS = (
    *(
        Claim(claimed, identity.title, source, identity.statement, identity.statement.but(false))
        for identity, claimed, source, false in _STATED
    ),
    Claim(
        "monotone-product",
        "p is strictly monotone in the reduced coordinate",
        _OWN,
        _GROWTH,
        _GROWTH.with_constants(least="1.000001"),
    ),
)
