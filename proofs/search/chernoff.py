"""Chernoff bounds: choose the exponent at which a power of a product has the smallest mean."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from flint import fmpq

from proofs.core import probability
from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    ZERO,
    Malformed,
    Rejected,
    Term,
    minus,
    number,
    power,
    replaced,
    times,
)
from proofs.search import moves
from proofs.search.floats import function, value
from proofs.search.forms import Forms
from proofs.search.trees import Tree

EXPONENTS = (Fraction(1), Fraction(2), Fraction(1, 2), Fraction(3))


def chernoff(goal: Goal, _: Forms) -> Iterator[Tree]:
    """Propose Markov's bound of a power for the probabilities in the target."""
    for event in dict.fromkeys(e for e in goal.target.walk() if e.head == "P"):
        if probability.meaning(event) is not None:
            continue
        slope = _fall(goal, event)
        sign = 1 if str(event.value)[0] == ">" else -1
        best = _exponent(event, sign) if slope is not None else None
        tried = [] if best is None else [best.limit_denominator(n) for n in (20, 1000)]
        for s in dict.fromkeys([*tried, *(sign * s for s in EXPONENTS)]):
            if s and slope is not None:
                q = fmpq(s.numerator, s.denominator)
                rest = replaced(goal.target, {event: _bound(event, q)})
                yield moves.tail(goal, event, q, rest, slope)


def _bound(event: Term, s: fmpq) -> Term:
    """E(e^s)^k t^-s, as the core writes it."""
    left, t = event.parts
    e, k = left.parts if left.head == "prod" else (left, ONE)
    return times(power(Term("E", power(e, number(s))), k), power(t, number(-s)))


def _fall(goal: Goal, event: Term) -> fmpq | None:
    """How fast the target falls with a probability in which it is linear."""
    ends = (replaced(goal.target, {event: p}) for p in (ZERO, ONE))
    try:
        forms = Forms(goal, (minus(*ends),))
    except (Rejected, Malformed):
        return None
    top, bottom = forms.extra[0]
    if set(top) != {()} or set(bottom) != {()}:
        return None
    slope = top[()] / bottom[()]
    return slope if slope > 0 else None


def _exponent(event: Term, sign: int) -> Fraction | None:
    """Minimise the logarithm of the bound per copy, log E(e^s) - s log(t)/k, in floating point."""
    left, t = event.parts
    e, k = left.parts if left.head == "prod" else (left, ONE)
    draws = sorted(e.drawn, key=lambda w: str(w.value))
    if len(draws) != 1 or e.names or probability.law(draws[0]) == "rademacher":
        return None
    w, law = draws[0].value, probability.law(draws[0])
    f = function(e)
    copies = dict.fromkeys(k.names | t.names, 50.0)
    count, level = value(function(k), copies), value(function(t), copies)
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

    from scipy.optimize import minimize_scalar  # half a second; few statements need it

    found = minimize_scalar(lambda u: rate(sign * u), bounds=(1e-3, 20), method="bounded")
    return Fraction(float(sign * found.x)) if math.isfinite(found.fun) else None
