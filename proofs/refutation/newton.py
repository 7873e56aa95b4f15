"""Interval search for a violation: branch and prune, with interval Newton on the slack's slope.

Boxes on which an enclosure shows the claim (or shows a hypothesis to fail) are dropped, so a
violation cannot hide in a narrow dip between sampled points. What survives gives candidates only:
a counterexample counts after :mod:`proofs.refutation.violation` has decided it.
"""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from flint import arb, fmpq

from proofs.core.goals import Goal, Range
from proofs.core.ranges import (
    WHOLE,
    Interval,
    exactly,
    i_inverse,
    i_neg,
    i_plus,
    i_times,
    working_precision,
)
from proofs.core.terms import (
    MAX_BITS,
    Malformed,
    Rejected,
    Relation,
    Term,
    derivative,
    number,
    replaced,
)

MAX_BOXES = 4_000
MAX_VARIABLES = 4
_NARROWEST = fmpq(1, 10**25)
# Where an unbounded range is cut first: most counterexamples that exist at all lie inside.
_CUTS = (fmpq(-100), fmpq(-1), fmpq(1), fmpq(100))


def suspects(goal: Goal, deadline: float) -> Iterator[dict[str, Fraction]]:
    """Yield points of the boxes that branch and prune could not clear, most suspicious first.

    Parameters
    ----------
    goal : Goal
        What is claimed, over its box.
    deadline : float
        On the clock of the process (CPU time), so that a busy machine changes no verdict.
    """
    names = sorted(set(goal.box))
    if not 1 <= len(names) <= MAX_VARIABLES:
        return
    counter = itertools.count()
    queue: list[tuple[float, int, Goal]] = []
    with working_precision():
        slopes = _slopes(goal, names)
        for piece in _bounded(goal, names):
            _push(queue, counter, piece)
        for _ in range(MAX_BOXES):
            if not queue or time.process_time() > deadline:
                return
            _, _, box = heapq.heappop(queue)
            narrowed = _newton(box, slopes)
            yield _middle(narrowed)
            x = max(names, key=lambda n: _width(narrowed.box[n]))
            if _width(narrowed.box[x]) < _NARROWEST:
                continue
            for half in _halves(narrowed, x):
                _push(queue, counter, half)


def _push(queue: list[tuple[float, int, Goal]], counter: Iterator[int], box: Goal) -> None:
    """Keep a box if a violation inside is not excluded, ordered by how low the slack may get."""
    for e, relation in box.facts.values():
        found = _enclosed(box, e)
        if found.hi < 0 or (relation is Relation.GT and found.hi <= 0):
            return
        if relation is Relation.EQ and found.lo > 0:
            return
    lowest = float(_enclosed(box, box.target).lo)
    if box.relation is not Relation.EQ and lowest > 0:
        return
    heapq.heappush(queue, (lowest, next(counter), box))


def _enclosed(box: Goal, e: Term) -> Interval:
    """The range of a term over a box; everything where no value is known to exist, as for x/0."""
    try:
        return box.enclose(e)
    except (Rejected, Malformed, RecursionError):
        return WHOLE


def _bounded(goal: Goal, names: list[str]) -> Iterator[Goal]:
    """Cut unbounded ranges; far pieces are stretched out to a thousand times the last cut."""
    choices = []
    for x in names:
        r = goal.box[x]
        lo = fmpq(-(10**5)) if r.lo is None else r.lo
        hi = max(fmpq(10**5), lo + 1) if r.hi is None else r.hi
        ends = [lo, *(c for c in _CUTS if lo < c < hi), hi]
        choices.append([Range(a, b) for a, b in itertools.pairwise(ends)])
    for ranges in itertools.product(*choices):
        yield replace(goal, box=dict(zip(names, ranges, strict=True)))


def _cut(box: Goal, x: str, lo: fmpq | None = None, hi: fmpq | None = None) -> Goal:
    """A part of a box."""
    r = box.box[x]
    part = Range(r.lo if lo is None else lo, r.hi if hi is None else hi)
    return replace(box, box={**box.box, x: part})


def _whole(goal: Goal, x: str) -> bool:
    return goal.variables[x].head == "integer"


def _slopes(goal: Goal, names: list[str]) -> Mapping[str, tuple[Term, Term]]:
    """First and second derivatives of the slack; none where it has kinks."""
    found = {}
    for x in names:
        if _whole(goal, x):
            continue
        try:
            first = derivative(goal.target, x)
            found[x] = (first, derivative(first, x))
        except (Rejected, Malformed):
            continue
    return found


def _newton(box: Goal, slopes: Mapping[str, tuple[Term, Term]]) -> Goal:
    """Contract towards the stationary points; without facts only these and the ends can be least.

    Along x the slope g vanishes inside only within m - g(m)/g'(box). Where it cannot vanish the
    slack is monotone, and its least value sits at one end.
    """
    if box.facts:
        return box
    for x, (first, second) in slopes.items():
        r = box.box[x]
        if r.lo == r.hi:
            continue
        try:
            slope = _enclosed(box, first)
            if slope.lo > 0:
                box = _cut(box, x, hi=r.lo + (r.hi - r.lo) / 1024)
                continue
            if slope.hi < 0:
                box = _cut(box, x, lo=r.hi - (r.hi - r.lo) / 1024)
                continue
            m = (r.lo + r.hi) / 2
            at = _enclosed(box, replaced(first, {box.variables[x]: number(m)}))
            curvature = _enclosed(box, second)
        except (Rejected, Malformed):
            continue
        if not (curvature.finite and curvature.lo > 0):
            continue
        target = i_plus(exactly(m), i_neg(i_times(at, i_inverse(curvature))))
        inside = Interval(target.lo.max(arb(r.lo).lower()), target.hi.min(arb(r.hi).upper()))
        if not (inside.finite and inside.lo <= inside.hi):
            continue
        lo, hi = (_fraction(end) for end in (inside.lo, inside.hi))
        if r.lo <= lo <= hi <= r.hi:
            box = _cut(box, x, lo, hi)
    return box


def _halves(box: Goal, x: str) -> Iterator[Goal]:
    r = box.box[x]
    middle = (r.lo + r.hi) / 2
    if _whole(box, x):
        middle = fmpq(middle.p // middle.q)
        yield _cut(box, x, hi=middle)
        if middle + 1 <= r.hi:
            yield _cut(box, x, lo=middle + 1)
        return
    yield _cut(box, x, hi=middle)
    yield _cut(box, x, lo=middle)


def _middle(box: Goal) -> dict[str, Fraction]:
    point = {}
    for x, r in box.box.items():
        m = (r.lo + r.hi) / 2
        value = Fraction(int(m.p), int(m.q))
        point[x] = Fraction(round(value)) if _whole(box, x) else value
    return point


def _width(r: Range) -> fmpq:
    return r.hi - r.lo


def _fraction(x: arb) -> fmpq:
    mantissa, exponent = x.man_exp()
    if abs(int(exponent)) > MAX_BITS:  # such as 2^(-10^9): nothing to compute with
        return fmpq(0)
    return fmpq(mantissa) * fmpq(2) ** int(exponent)
