"""Claims about balancedness under one step: inequalities with the sharp constant 2."""

from __future__ import annotations

from theory.claims import Claim, Source, statement
from theory.dynamics.steps import GD, RELATIONS, STEP

_OWN = Source("lemmata", "derived", "re-derived")

MONOTONE = statement(
    GD,
    "abs(w_i_next**2 - w_j_next**2) <= abs(w_i**2 - w_j**2)",
    {n: RELATIONS[n] for n in ("q_i", "q_j")} | STEP,
    {"step": "(eta*g*r_ij)**2 <= limit"},
    {"limit": 2},
    scope="every depth k >= 2, every pair i != j, every loss (r_ij, g opaque)",
    witness={"w_i": 1, "w_j": 2, "r_ij": 1, "g": 1, "eta": 1},
)

SHARP = statement(
    {"s": "real"},
    "abs(1 - s) > 1",
    hypotheses={"step": "s > limit"},
    constants={"limit": 2},
    scope="s = eta**2 g**2 r_ij**2: beyond 2, every nonzero imbalance grows",
    witness={"s": 3},
)

ORDER = statement(
    {"c": "nonnegative", "s": "nonnegative"},
    "c*(1 - s) >= 0",
    hypotheses={"step": "s <= limit"},
    constants={"limit": 1},
    scope="c = w_j**2 - w_m**2 >= 0, s = eta**2 g**2 r_jm**2: the smallest weight stays smallest",
    witness={"c": 1, "s": "1/2"},
)

CLAIMS = (
    Claim(
        "monotone-balancedness",
        "|w_i^2 - w_j^2| does not grow while eta^2 g^2 r_ij^2 <= 2",
        _OWN,
        MONOTONE,
        MONOTONE.with_constants(limit="2.000001"),
    ),
    Claim(
        "balancedness-limit-is-sharp",
        "The 2 in monotone balancedness cannot be raised",
        _OWN,
        SHARP,
        SHARP.with_constants(limit="1.999999"),
    ),
    Claim(
        "order-of-weights",
        "The smallest weight stays the smallest while eta^2 g^2 r_jm^2 <= 1",
        _OWN,
        ORDER,
        ORDER.with_constants(limit="1.000001"),
    ),
)
