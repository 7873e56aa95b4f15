"""Arora, Cohen, Golowich, Hu 2019, measured: runs in balls, exact orbits, enclosed probabilities.

The points come from :mod:`numerics.papers.arora_cohen_golowich_hu2019.theorem_1`; every one is a
rigorous bound.
"""

from __future__ import annotations

from theory.catalogue.arora import OWN, claim, derived, read
from theory.claims import statement

_MATRIX_CLAIM_1 = statement(
    {"smallest": "measured", "margin": "measured"},
    "smallest >= share*margin",
    constants={"share": 1},
    scope="Claim 1 for matrices: sigma_min(W') against the margin of W, both enclosed, at random "
    "W' no farther from Phi, and at the one that attains it",
)
_WIDER = statement(
    {"loss": "measured", "start": "measured", "decay": "measured"},
    "loss <= factor*decay*start",
    constants={"factor": 1},
    scope="delta up to c^(2/N)/(5 N^2), eta = c^(2/N)/(24 N f^2), margins 0.05 to 0.9 sigma_min, "
    "condition up to 30, rectangular: the loss, enclosed, at the step where it is closest to "
    "(1 - eta c^(2 - 2/N))^t l(0); runs until it has fallen a thousandfold",
)
_LEMMA_1 = statement(
    {"descent": "measured", "slope": "measured"},
    "descent >= coefficient*slope",
    constants={"coefficient": "1/2"},
    scope="Lemma 1 at every step of these runs, the worst one: descent of the loss against "
    "eta sigma_min(W_{1:N})^(2 - 2/N) |W - Phi|_F^2, enclosed",
)
_BALANCE = statement(
    {"balance": "measured", "delta": "measured"},
    "balance <= factor*delta",
    constants={"factor": 2},
    scope="Lemma 2: layers stay 2 delta-balanced, enclosed at every step of these runs",
)
_BEST_RUNS = statement(
    dict(_WIDER.variables),
    "loss <= factor*decay*start",
    constants={"factor": 1},
    scope="the same with the best constants of each depth (arora-own-depth), margins 0.9 sigma_min",
)
_BALANCE_NEEDED = statement(
    {"descent": "measured", "slope": "measured"},
    "descent < coefficient*slope",
    constants={"coefficient": "1/2"},
    scope="Lemma 1 fails without balance: W_1 = (10/7, 0), W_2 = 7/10, Phi = (1, 1/100), margin "
    "0.99, step 1/1000, first step enclosed; delta = 1.551 = c^2/(0.632 f^(2 - 2/N)), so the "
    "best constant at N = 2 lies between 0.632 and 9 (the paper: 256 N^3 = 2048)",
)
_STEP_NEEDED = statement(
    dict(_BALANCE_NEEDED.variables),
    "descent < coefficient*slope",
    constants={"coefficient": "1/2"},
    scope="Lemma 1 fails for large steps: N equal scalars 1, Phi = 1.000001, step just above "
    "(2 N - 1)/N^2, first step enclosed, N = 2 to 6; so the best constant for 6144 N^3 "
    "is at least N^2/(2 N - 1): at N = 2 it lies between 4/3 and 35, not 49152",
)
_DIVERGENCE = statement(
    {"low_next": "measured", "high": "measured"},
    "low_next >= growth*high",
    constants={"growth": 9},
    scope="Claim 4: exact rational orbits, N = 2 and 4, several step sizes and margins: the "
    "smallest |W_j| against nine times the largest one a step before",
)
_STUCK = statement(
    {"loss": "measured", "barrier": "measured"},
    "loss >= factor*barrier",
    constants={"factor": 1},
    scope="Claim 5: identity initialisation, even N, Phi with eigenvalue -lam, several step sizes: "
    "the smallest loss of a run, enclosed, against lam^2/2",
)
_SUCCESS = statement(
    {"probability": "measured"},
    "probability > level",
    constants={"level": "1/4"},
    scope="Theorem 2: (1 - 2 exp(-d/16)) (3 - 4 F(2 sqrt(2/a)))/2, enclosed, d and a from 100 up",
)
_DIRECTIONS = statement(
    {"probability": "measured", "formula": "measured"},
    "probability >= factor*formula",
    constants={"factor": 1},
    scope="Lemma 8: P(cosine >= (3/2)/sqrt(b_1 d)), an incomplete beta function, against "
    "(3 - 4 F(2/sqrt(b_1)))/2, both enclosed, for d from 20 to 10000 and b_1 from 1 to 10000",
)


CLAIMS = (
    claim(
        "claim-1-matrices",
        "Claim 1 on matrices, in balls",
        derived("Claim 1"),
        _MATRIX_CLAIM_1,
        share="1.01",
    ),
    claim(
        "wider-runs",
        "delta <= c^(2/N)/(5 N^2), eta <= c^(2/N)/(24 N f^2): the rate on instances, in balls",
        OWN,
        _WIDER,
        factor="0.9",
    ),
    claim(
        "lemma-1-runs",
        "Lemma 1 at every step, in balls",
        derived("Lemma 1"),
        _LEMMA_1,
        coefficient="1.01",
    ),
    claim(
        "lemma-2-balance",
        "layers stay 2 delta-balanced, in balls",
        derived("Lemma 2"),
        _BALANCE,
        factor="1/2",
    ),
    claim(
        "own-depth-runs",
        "our theorem with the best constants of each depth, in balls",
        OWN,
        _BEST_RUNS,
        factor="0.9",
    ),
    claim(
        "balance-needed",
        "Lemma 1 fails on an instance that is not balanced enough",
        OWN,
        _BALANCE_NEEDED,
        coefficient="0.48",
    ),
    claim(
        "step-needed",
        "Lemma 1 fails on scalars with too large a step",
        OWN,
        _STEP_NEEDED,
        coefficient="0.49",
    ),
    claim(
        "claim-4-orbits",
        "Claim 4: exact orbits that diverge",
        read("Claim 4"),
        _DIVERGENCE,
        growth="600",
    ),
    claim(
        "claim-5-orbits",
        "Claim 5: runs that never pass the barrier",
        read("Claim 5"),
        _STUCK,
        factor="1.01",
    ),
    claim(
        "theorem-2-probability",
        "the success probability of Theorem 2 is above 1/4",
        read("Theorem 2"),
        _SUCCESS,
        level="0.3",
    ),
    claim(
        "lemma-8-probability",
        "the probability in Lemma 8 is larger than its formula",
        derived("Lemma 8"),
        _DIRECTIONS,
        factor="1.5",
    ),
)
