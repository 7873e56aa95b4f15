"""Exact identities of one gradient-descent step, w_i+ = w_i - eta g q_i with g = f'(p).

Each holds for every differentiable loss (g is opaque) and every depth k >= 2 (p, q_i, r_ij are
opaque; see :mod:`theory.dynamics.factors`), and divides by no weight.
"""

from __future__ import annotations

from theory.claims import Domain, Statement, statement
from theory.dynamics.calculus import polynomial_slope
from theory.dynamics.factors import products, times, weights
from theory.dynamics.identities import Identity
from theory.expressions import name

PAIR: dict[str, Domain] = {"w_i": "real", "w_j": "real", "r_ij": "real"}
RELATIONS = {"q_i": "w_j*r_ij", "q_j": "w_i*r_ij", "p": "w_i*w_j*r_ij"}
STEP = {"w_i_next": "w_i - eta*g*q_i", "w_j_next": "w_j - eta*g*q_j"}
EVERY_PAIR = "every depth k >= 2, every pair i != j, every loss (p, q_i, r_ij, g opaque)"
EVERY_WEIGHT = "every depth k >= 1, every weight, every loss (p, q_i, g opaque)"
GD: dict[str, Domain] = {**PAIR, "g": "real", "eta": "real"}


def _pair(name: str, title: str, conclusion: str, remark: str = "") -> Identity:
    made = statement(GD, conclusion, RELATIONS | STEP, scope=EVERY_PAIR)
    return Identity(name, title, made, remark=remark)


PAIR_SUM = _pair(
    "pair-sum",
    "Sum of a pair after one step",
    "w_i_next + w_j_next == (w_i + w_j)*(1 - eta*g*r_ij)",
)
PAIR_DIFFERENCE = _pair(
    "pair-difference",
    "Difference of a pair after one step",
    "w_i_next - w_j_next == (w_i - w_j)*(1 + eta*g*r_ij)",
    "If w_i = w_j (or w_i = -w_j) once, then for ever: ties are kept by gradient descent.",
)
BALANCEDNESS = _pair(
    "balancedness-of-a-step",
    "Balancedness contracts by an exact factor",
    "w_i_next**2 - w_j_next**2 == (w_i**2 - w_j**2)*(1 - eta**2*g**2*r_ij**2)",
    "|w_i^2 - w_j^2| does not grow in a step exactly if it is 0 or eta^2 g^2 r_ij^2 <= 2.",
)
DRIFT = _pair(
    "balancedness-drift",
    "Drift of the balancedness in one step",
    "(w_i_next**2 - w_j_next**2) - (w_i**2 - w_j**2) == -(eta*g*r_ij)**2*(w_i**2 - w_j**2)",
    "Second order in eta: this is what the flow does not see.",
)


def _flipped(depth: int) -> Statement:
    """Flip w_i by s and w_j by t, which generates all flips; f is a cubic."""
    flipped = times(name(w) for w in ("v_j", *weights(depth)[2:]))
    made = statement(
        dict.fromkeys((*weights(depth), "s", "t", "eta", "a_1", "a_2", "a_3"), "real"),
        "v_i - eta*slope*q_i_flipped == s*(w_i - eta*g*q_i)",
        {
            "v_i": "s*w_i",
            "v_j": "t*w_j",
            "p": str(products(depth)["p"]),
            "q_i": str(products(depth)["q_i"]),
            "q_i_flipped": str(flipped),
            "g": polynomial_slope("p"),
            "slope": f"s*t*({polynomial_slope('(s*t*v_i*q_i_flipped)')})",
        },
        {"sign_i": "s**2 == 1", "sign_j": "t**2 == 1"},
        scope=f"depth {depth}, every cubic loss",
    )
    return made


SIGNS = Identity(
    "sign-symmetry-of-a-step",
    "Flipping signs commutes with a step",
    # s = sigma_i, t = the product of the other signs; the flipped loss p -> f(s t p) has the
    # slope s t f'(s t p'), and s t p' = s t s t p = p.
    statement(
        {"w_i": "real", "q_i": "real", "g": "real", "eta": "real", "s": "real", "t": "real"},
        "s*w_i - eta*(s*t*g)*(t*q_i) == s*(w_i - eta*g*q_i)",
        hypotheses={"sign_i": "s**2 == 1", "other_signs": "t**2 == 1"},
        scope="every depth k >= 1, every loss, every choice of signs (s = σ_i, t = ∏_{l≠i} σ_l)",
    ),
    concrete=_flipped,
    least_depth=1,
    remark="Runs from (σ_i w_i) on p -> f(σ p) are the runs from w on f, signs flipped; σ = ∏ σ_i.",
)

STEP_IDENTITIES = (PAIR_SUM, PAIR_DIFFERENCE, BALANCEDNESS, DRIFT, SIGNS)
