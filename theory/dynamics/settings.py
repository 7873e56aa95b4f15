"""What other settings conserve, or the exact rate at which each breaks it.

Plain gradient flow conserves c = w_i^2 - w_j^2, and a step contracts it
(:mod:`theory.dynamics.steps`). Here: residual products, weight decay, the heavy ball, several
losses, and layers that are matrices. Every identity holds for every loss and divides by no weight.
"""

from __future__ import annotations

from collections.abc import Mapping

from theory.claims import Domain, statement
from theory.dynamics.identities import Identity
from theory.dynamics.steps import EVERY_PAIR, PAIR, RELATIONS

_RESIDUAL = {
    "v_i": "1 + w_i",
    "v_j": "1 + w_j",
    "q_i": "v_j*r_ij",
    "q_j": "v_i*r_ij",
}
_SIZE = 2


def _pair(
    name: str,
    title: str,
    conclusion: str,
    free: str,
    given: Mapping[str, str],
    remark: str = "",
) -> Identity:
    """State something about a pair of weights; ``free`` are more real variables."""
    variables: dict[str, Domain] = {**PAIR, **dict.fromkeys(free.split(), "real")}
    made = statement(variables, conclusion, given, scope=EVERY_PAIR)
    return Identity(name, title, made, depths=(), remark=remark)


RESIDUAL = (
    _pair(
        "residual-flow-conserves",
        "The flow of a residual product conserves a shifted difference",
        "2*v_i*wdot_i - 2*v_j*wdot_j == 0",
        "g",
        _RESIDUAL | {"wdot_i": "-g*q_i", "wdot_j": "-g*q_j"},
        "(1 + w_i)^2 - (1 + w_j)^2 is constant along the flow of F(w) = f(∏(1 + w_l)).",
    ),
    _pair(
        "residual-step-contracts",
        "One step contracts it by an exact factor",
        "(v_i - eta*g*q_i)**2 - (v_j - eta*g*q_j)**2"
        " == (v_i**2 - v_j**2)*(1 - eta**2*g**2*r_ij**2)",
        "g eta",
        _RESIDUAL,
    ),
)
DECAY = (
    _pair(
        "decay-flow-rate",
        "Weight decay breaks the conservation at the rate 2λ",
        "2*w_i*wdot_i - 2*w_j*wdot_j == -2*lam*(w_i**2 - w_j**2)",
        "g lam",
        RELATIONS | {"wdot_i": "-g*q_i - lam*w_i", "wdot_j": "-g*q_j - lam*w_j"},
        "c(t) = c(0) e^(-2 λ t): imbalance dies out.",
    ),
    _pair(
        "decay-step-rate",
        "One step with weight decay, exactly",
        "w_i_next**2 - w_j_next**2 == (w_i**2 - w_j**2)*((1 - eta*lam)**2 - eta**2*g**2*r_ij**2)",
        "g eta lam",
        RELATIONS
        | {
            "w_i_next": "(1 - eta*lam)*w_i - eta*g*q_i",
            "w_j_next": "(1 - eta*lam)*w_j - eta*g*q_j",
        },
    ),
)
_HEAVY = RELATIONS | {
    "d_i": "beta*u_i - eta*g*q_i",
    "d_j": "beta*u_j - eta*g*q_j",
    "w_i_next": "w_i + d_i",
    "w_j_next": "w_j + d_j",
}
MOMENTUM = (
    _pair(
        "momentum-moment",
        "The heavy ball: the moment of a pair sees no loss",
        "w_i*d_i - w_j*d_j == beta*(w_i*u_i - w_j*u_j)",
        "g eta beta u_i u_j",
        _HEAVY,
        "u is the step before, d = β u - η g q this one; from rest the right side is zero.",
    ),
    _pair(
        "momentum-step-rate",
        "The rate at which the heavy ball breaks the conservation",
        "(w_i_next**2 - w_j_next**2) - (w_i**2 - w_j**2)"
        " == 2*beta*(w_i*u_i - w_j*u_j) + d_i**2 - d_j**2",
        "g eta beta u_i u_j",
        _HEAVY,
        "Without momentum it is d_i^2 - d_j^2 = -c (η g r_ij)^2, of second order in η.",
    ),
)
LOSSES = (
    _pair(
        "mixture-flow-conserves",
        "The flow of any mixture of losses conserves the difference",
        "2*w_i*wdot_i - 2*w_j*wdot_j == 0",
        "a b g h",
        RELATIONS | {"wdot_i": "-(a*g + b*h)*q_i", "wdot_j": "-(a*g + b*h)*q_j"},
        "g and h are the slopes of two losses, a and b any weights, also ones that change in time.",
    ),
    _pair(
        "mini-batch-step-contracts",
        "A step on either loss contracts it",
        "w_i_next**2 - w_j_next**2 == (w_i**2 - w_j**2)*(1 - eta**2*(s*g + (1 - s)*h)**2*r_ij**2)",
        "g h s eta",
        RELATIONS
        | {
            "w_i_next": "w_i - eta*(s*g + (1 - s)*h)*q_i",
            "w_j_next": "w_j - eta*(s*g + (1 - s)*h)*q_j",
        },
        "s = 1 or 0: a step on the one or the other; by induction in every order.",
    ),
)


def _entry(name: str, m: int, n: int) -> str:
    return f"{name}_{m}{n}"


def _dot(pairs: list[tuple[str, str]]) -> str:
    return "(" + " + ".join(f"{a}*{b}" for a, b in pairs) + ")"


def _matrices(name: str, title: str, step: bool, m: int, n: int, remark: str) -> Identity:
    """State an entry of the balancedness V^T V - W W^T of two adjacent layers, V above W.

    The gradients are H W^T and V^T H, with H = A^T (dF/dP) B^T, A and B the products of the layers
    above and below: opaque, so that one identity covers every depth.
    """
    size = range(1, _SIZE + 1)
    given = {}
    for a in size:
        for b in size:
            given[_entry("gv", a, b)] = _dot([(f"h_{a}{i}", f"w_{b}{i}") for i in size])
            given[_entry("gw", a, b)] = _dot([(f"v_{i}{a}", f"h_{i}{b}") for i in size])

    def balance(one: str, other: str) -> str:
        """The entry of X^T Y - Z U^T, each factor an entry of a layer, its gradient, or both."""

        def at(pattern: str, layer: str, a: int, b: int) -> str:
            return pattern.format(_entry(layer, a, b), _entry("g" + layer, a, b))

        above = _dot([(at(one, "v", i, m), at(other, "v", i, n)) for i in size])
        below = _dot([(at(one, "w", m, i), at(other, "w", n, i)) for i in size])
        return f"({above} - {below})"

    here, slope, moved = "{0}", "{1}", "({0} - eta*{1})"
    if step:
        left = balance(moved, moved)
        right = f"{balance(here, here)} + eta**2*{balance(slope, slope)}"
    else:
        left = f"{balance(slope, here)} + {balance(here, slope)}"
        right = "0"
    free = [_entry(x, a, b) for x in "vwh" for a in size for b in size]
    variables: dict[str, Domain] = dict.fromkeys([*free, *(["eta"] if step else [])], "real")
    made = statement(
        variables,
        f"{left} == {right}",
        given,
        scope=f"every depth, every loss, adjacent {_SIZE} x {_SIZE} layers V, W (H opaque)",
    )
    return Identity(name, title, made, depths=(), remark=remark)


_FLOW = "d(VᵀV - WWᵀ)/dt = 0: gradient flow keeps layers as balanced as they are."
_STEP = "One step adds η²(∇_VᵀF ∇_VF - ∇_WF ∇_WFᵀ): of second order, but not a contraction."
MATRICES = tuple(
    _matrices(
        f"matrix-{kind}-{m}{n}", f"Balancedness of matrices, {kind}, entry {m}{n}", s, m, n, r
    )
    for kind, s, r in (("flow", False, _FLOW), ("step", True, _STEP))
    for m, n in ((1, 1), (1, 2), (2, 2))
)
SETTINGS: Mapping[str, tuple[str, tuple[Identity, ...]]] = {
    "residual": ("Residual product, F(w) = f(∏(1 + w_l))", RESIDUAL),
    "decay": ("Weight decay λ: the gradient of (λ/2)|w|² is added", DECAY),
    "momentum": ("Heavy ball, w⁺ = w + β(w − w⁻) − η∇F", MOMENTUM),
    "losses": ("Several losses, in any order or mixture", LOSSES),
    "matrices": ("Layers that are matrices", MATRICES),
}
"""Title and identities of every setting that ``lemmata derive --setting`` knows."""
