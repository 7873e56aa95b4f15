"""Theorem 1 of Arora et al. with the best constants that its proof gives at each depth.

For delta = c^2/(B q) and eta <= c^2 k/(S f^2 q^2), named as in
proofs/written/balanced-convergence.md, the proof asks four inequalities between numbers, the
*room* of each being nonnegative:

    rate     2 s - s^2 y - 1          Lemma 1, y = 2^(2 - 2/N)/S the largest eta mu
    drift    2 s S - s^2 - sqrt(2) A B    the total drift against delta, A = 8^(1 - 1/N)
    stable   S - N A                  eta lambda_max(P) <= 1
    norms    8^(1/N) B - 6 N (N - 1)  Lemma 6

s is the contraction of |W - Phi|_F per eta mu: what the Gram operator keeps, less higher orders.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import comb
from types import MappingProxyType

from theory.claims import Claim, Source, Statement, statement

_OWN = Source("lemmata", "balanced convergence", "re-derived")

BEST: Mapping[int, tuple[int, int]] = MappingProxyType(
    {2: (9, 35), 3: (50, 280), 4: (140, 938), 5: (287, 2138), 6: (495, 3959), 8: (1105, 9633)}
)
"""Depth N: the whole numbers (B, S) with the least S, and its least B."""


def rooms(depth: int, balance: int, step: int) -> Statement:
    """State that the constants B and S are admissible at one depth: the least room is not negative.

    Parameters
    ----------
    depth : int
        N >= 2.
    balance, step : int
        B and S.
    """
    n, second = depth, (depth - 1) * (depth - 2)
    higher = " + ".join(f"{comb(n, j)}*x**{j - 2}" for j in range(2, n + 1))
    return statement(
        {},
        "min(2*s - s**2*y - 1, 2*s*S - s**2 - sqrt(2)*A*B, S - depth*A, "
        f"8**(1/depth)*B - {6 * n * (n - 1)}) >= least",
        {
            "A": "8**(1 - 1/depth)",
            "theta": f"A*{n * (n - 1)}/B",
            "x": "8**(1/2 - 1/depth)/S",
            "higher": higher,
            "s": f"(1 - theta)**(1 - 1/depth) - 8**(1 - 2/depth)*{second}/B"
            " - sqrt(8)*8**(1 - 2/depth)*higher/S",
            "y": "2**(2 - 2/depth)/S",
        },
        constants={"depth": depth, "B": balance, "S": step, "least": 0},
        scope=f"depth {n}: delta = c^2/({balance} q), eta <= c^2 k/({step} f^2 q^2); "
        f"the paper has {256 * n**3} and {6144 * n**3}",
    )


def _claim(depth: int, balance: int, step: int) -> Claim:
    paper, made = f"{256 * depth**3}, {step} for {6144 * depth**3}", rooms(depth, balance, step)
    title = f"depth {depth}: Theorem 1 with {balance} for {paper}"
    mutant = made.with_constants(S=step - 1)
    return Claim(f"arora-own-depth-{depth}", title, _OWN, made, mutant)


CLAIMS = tuple(_claim(depth, *pair) for depth, pair in BEST.items())
