"""Orbits that come back: what an exact orbit does not meet until then, it never meets.

**Cycle.** Let s < t, ``|w_i(t)| = |w_i(s)|`` for all i, and p(t) = p(s); where p(s) is 0, let even
w(t) = w(s). If w(0), ..., w(t - 1) do not satisfy a condition, no iterate does. *Proof.* w(t) =
S w(s) with a diagonal S of signs, whose product is 1 where p(s) is not 0. Then q_i(S w) =
S_i q_i(w), so w(t + n) = S w(s + n) for all n by induction. A condition is about p and the squares
of the weights (:mod:`numerics.conditions`), which S leaves as they are. QED
"""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

from numerics.conditions import holds_exactly
from numerics.exact_orbit import iterates
from numerics.invariant import Invariant
from numerics.problem import Problem

# Cycles are looked for among so many iterates, of few weights, whose products are short.
_ITERATES, _DEPTH, _BITS = 6, 32, 2_048


def cycle(problem: Problem) -> Invariant | None:
    """Look for a cycle among the first iterates, over the rationals."""
    if problem.depth > _DEPTH:
        return None
    seen: list[tuple[list[Fraction], Fraction]] = []
    for weights, p in islice(iterates(problem, _BITS), _ITERATES):
        for s, (before, product) in enumerate(seen):
            if p == product and _mirrored(weights, before, p):
                why = f"step {len(seen)} is where step {s} was, so p goes round for ever"
                return Invariant("cycle", why)
        try:
            if holds_exactly(problem.loss, problem.until, weights, p) is not False:
                return None
        except ZeroDivisionError:
            return None
        seen.append((weights, p))
    return None


def _mirrored(weights: list[Fraction], before: list[Fraction], p: Fraction) -> bool:
    if p == 0:
        return weights == before
    return all(abs(v) == abs(w) for v, w in zip(weights, before, strict=True))
