"""Chernoff bounds: choose the exponent at which a power of a product has the smallest mean."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar

from proofs.provers.calculus.goals import Goal
from proofs.provers.calculus.terms import Term, write
from proofs.provers.floats import function, value

EXPONENTS = (Fraction(1), Fraction(2), Fraction(1, 2), Fraction(3))


def chernoff(goal: Goal) -> Iterator[dict[str, Any]]:
    """Propose bounds for the probabilities in the target."""
    for event in dict.fromkeys(_events(goal.target)):
        sign = 1 if event[1][0][0] == ">" else -1
        best = _exponent(event, sign)
        tried = [] if best is None else [best.limit_denominator(n) for n in (20, 1000)]
        for s in dict.fromkeys([*tried, *(sign * s for s in EXPONENTS)]):
            if s:
                yield {"rule": "chernoff", "event": write(event), "exponent": str(s)}


def _events(e: Term) -> Iterator[Term]:
    if e[0] == "P":
        yield e
    elif e[0] not in ("num", "var", "E"):
        for part in e[1:]:
            yield from _events(part)


def _exponent(event: Term, sign: int) -> Fraction | None:
    """Minimise the logarithm of the bound per copy, log E(e^s) - s log(t)/k, in floating point."""
    (_, e, laws), k, t = event[1:]
    if len(laws) != 1 or laws[0][1] == "rademacher":
        return None
    ((w, law),) = laws
    f = function(e, {})
    copies = dict.fromkeys(_names(k) | _names(t), 50.0)
    count, level = value(function(k, {}), copies), value(function(t, {}), copies)
    if not (count > 0 and level > 0):
        return None
    nodes, weights = np.polynomial.legendre.leggauss(200)
    end = 12.0 if law == "gaussian" else math.sqrt(3)
    points = np.concatenate([(nodes - 1) * end / 2, (nodes + 1) * end / 2])
    density = np.exp(-(points**2) / 2) if law == "gaussian" else np.ones(400)
    masses = np.concatenate([weights, weights]) * density
    sizes = np.abs([value(f, {w: float(x)}) for x in points])

    def rate(s: float) -> float:
        with np.errstate(all="ignore"):
            mean = float(masses @ sizes**s / masses.sum())
        return math.log(mean) - s * math.log(level) / count if mean > 0 else math.inf

    found = minimize_scalar(lambda u: rate(sign * u), bounds=(1e-3, 20), method="bounded")
    return Fraction(float(sign * found.x)) if math.isfinite(found.fun) else None


def _names(e: Term) -> set[str]:
    return {e[1]} if e[0] == "var" else set().union(*map(_names, e[1:])) if e[0] != "num" else set()
