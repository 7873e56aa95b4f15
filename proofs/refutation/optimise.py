"""Constrained minimisation of the slack, in floating point: proposes points, decides nothing.

Sequential quadratic programming (SciPy's SLSQP) follows curved hypotheses that a coordinate
search cannot, and keeps a small distance from them, so that a rounded point still satisfies them.
"""

from __future__ import annotations

import itertools
import math
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from proofs.core.goals import Goal
from proofs.core.ranges import working_precision
from proofs.core.terms import Malformed, Rejected, Relation
from proofs.search.floats import function, value
from proofs.search.forms import Forms
from theory.tools import installed

Point = dict[str, float]
_FAR, _MAX_TERMS = 1e6, 60
_MARGINS = (1e-3, 1e-6, 1e-9)


def minima(goal: Goal, deadline: float, seed: int = 0, rounds: int = 40) -> Iterator[Point]:
    """Yield local minima of the slack under the facts, from random starts.

    Parameters
    ----------
    goal : Goal
        What is claimed; variables that are integers make the search pointless, and it yields
        nothing.
    deadline : float
        On the clock of the process (CPU time), so that a busy machine changes no verdict.
    seed : int
        Of the starts.
    rounds : int
        The largest number of starts.
    """
    names = sorted(goal.box)
    whole = any(goal.variables[x].head == "integer" for x in names)
    if not names or whole or goal.relation is Relation.NE:
        return
    slack = _relative(goal)
    facts = [(function(e), r) for e, r in goal.facts.values()]
    bounds = [_bounds(goal, x) for x in names]
    if not all(map(math.isfinite, itertools.chain(*bounds))):
        return
    if any(lo > hi for lo, hi in bounds):  # no point, or a range too narrow or too far for floats
        return
    if not installed("scipy"):
        return
    source = random.Random(seed)  # noqa: S311
    for attempt in range(rounds):
        if time.process_time() > deadline:
            return
        start = np.array([_draw(source, lo, hi) for lo, hi in bounds])
        margin = _MARGINS[attempt % len(_MARGINS)]
        yield from _descend(
            names, start, slack, facts, bounds, margin, goal.relation is Relation.EQ
        )


def _relative(goal: Goal) -> Callable[[Mapping[str, float]], float]:
    """The slack over the sum of its terms' sizes: homogeneous claims look alike on every scale."""
    slack = function(goal.target)
    with working_precision():
        try:
            forms = Forms(goal)
        except (Rejected, Malformed):
            return slack
    if len(forms.bottom) != 1 or len(forms.top) > _MAX_TERMS:
        return slack
    scale = function(forms.term(forms.bottom))
    terms = [function(forms.term({m: c})) for m, c in forms.top.items()]

    def relative(point: Mapping[str, float]) -> float:
        size = sum(abs(term(point)) for term in terms)
        return slack(point) * abs(scale(point)) / size if size else 0.0

    return relative


def _descend(
    names: Sequence[str],
    start: NDArray[np.float64],
    slack: Callable[[Mapping[str, float]], float],
    facts: Sequence[tuple[Callable[[Mapping[str, float]], float], str]],
    bounds: Sequence[tuple[float, float]],
    margin: float,
    equation: bool,
) -> Iterator[Point]:
    from scipy.optimize import minimize  # half a second; easy statements fall without it

    def at(f: Callable[[Mapping[str, float]], float], x: NDArray[np.float64]) -> float:
        found = value(f, dict(zip(names, map(float, x), strict=True)))
        return found if math.isfinite(found) else 1e30

    def objective(x: NDArray[np.float64]) -> float:
        found = at(slack, x)
        return -abs(found) if equation else found

    constraints = [
        {
            "type": "eq" if relation == "==" else "ineq",
            "fun": (lambda x, f=f, m=0.0 if relation == "==" else margin: at(f, x) - m),
        }
        for f, relation in facts
    ]
    with np.errstate(all="ignore"):
        found = minimize(
            objective,
            start,
            method="SLSQP",
            bounds=bounds,
            constraints=constraints,
            options={"maxiter": 60, "ftol": 1e-14},
        )
    if np.all(np.isfinite(found.x)):
        yield dict(zip(names, map(float, found.x), strict=True))


def _bounds(goal: Goal, x: str) -> tuple[float, float]:
    r = goal.box[x]
    lo = -_FAR if r.lo is None else nearest(Fraction(int(r.lo.p), int(r.lo.q)))
    hi = _FAR if r.hi is None else nearest(Fraction(int(r.hi.p), int(r.hi.q)))
    nudge = 1e-9 * max(1.0, hi - lo if hi - lo < _FAR else 1.0)
    return lo + nudge * r.lo_open, hi - nudge * r.hi_open


def nearest(v: Fraction) -> float:
    """The float next to a rational, infinite where it is beyond all of them."""
    try:
        return float(v)
    except OverflowError:
        return math.inf if v > 0 else -math.inf


def _draw(source: random.Random, lo: float, hi: float) -> float:
    size = 10 ** source.uniform(-2, 1)
    sign = source.choice((-1, 1))
    return min(max(sign * size if lo < 0 else lo + size, lo), hi)
