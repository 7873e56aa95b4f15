"""Special points of a target in its box: zeros, ends without a value, least values, touching."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from fractions import Fraction

from flint import fmpq

from proofs.core.goals import Goal, Range
from proofs.core.terms import Malformed, Rejected, number, replaced
from proofs.search.floats import Function, function, holds, nearest, samples, value
from proofs.search.forms import vanishes

FAR = (1e4, 1e8)
"""Where a target that tends to zero is small."""
CLEAR = 1e-6
"""What is not closer to zero than this is not taken to touch it."""


def zero_at(goal: Goal, x: str, at: fmpq) -> bool:
    """Whether the target is exactly zero where x takes a value."""
    try:
        there = replaced(goal.target, {goal.variables[x]: number(at)})
        found = goal.enclose(there)  # cheaper than a normal form by two orders of magnitude
        return bool(found.lo <= 0 <= found.hi) and vanishes(goal, there)
    except (Malformed, Rejected):
        return False


def singular(goal: Goal, x: str, end: str) -> bool:
    """Whether the target has no finite enclosure near an end of a bounded range."""
    r = goal.box[x]
    width = (r.hi - r.lo) / 2**20
    cell = r._replace(hi=r.lo + width) if end == "lo" else r._replace(lo=r.hi - width)
    try:
        return not goal.free(x, cell).enclose(goal.target).lo.is_finite()
    except Rejected:
        return False


def keeps_off(goal: Goal, x: str) -> bool:
    """Whether the target seems to stay away from zero on the closed range, also far out."""
    r, f = goal.box[x], function(goal.target)
    if goal.variables[x].head != "variable" or (r.lo is not None and r.lo == r.hi):
        return False
    if any(e.head in ("abs", "min", "max", "sign") for e in goal.target.walk()):
        return False
    lo = None if r.lo is None else nearest(r.lo)
    hi = None if r.hi is None else nearest(r.hi)
    if lo is not None and hi is not None:
        points = [lo + (hi - lo) * k / 128 for k in range(129)]
    else:
        start = lo if lo is not None else hi if hi is not None else 0.0
        steps = [*(k / 16 for k in range(96)), 6.5, 8.0, 16.0, 64.0]
        points = [start + q for q in steps] if hi is None else []
        points += [start - q for q in steps] if lo is None else []
    points.sort()
    seen = [value(f, {x: p}) for p in points]
    if not all(v > CLEAR and math.isfinite(v) for v in seen):
        return False
    ends = [way * q for way, end in ((1, hi), (-1, lo)) if end is None for q in FAR]
    if any(value(f, {x: q}) <= CLEAR for q in ends):  # it tends to zero
        return False
    i = seen.index(min(seen))
    near = points[max(i - 1, 0)], points[min(i + 1, len(points) - 1)]
    return value(f, {x: _least(f, x, *near)}) > CLEAR


def _least(f: Function, x: str, a: float, b: float) -> float:
    """Where a function of one hollow is least between two points."""
    for _ in range(80):
        c, d = a + (b - a) / 3, b - (b - a) / 3
        if value(f, {x: c}) < value(f, {x: d}):
            b = d
        else:
            a = c
    return (a + b) / 2


def lowest(goal: Goal, names: list[str]) -> Iterator[tuple[str, fmpq]]:
    """Short coordinates of a point inside the box where the target seems to vanish."""
    f = function(goal.target)
    facts = [(function(e), r) for e, r in goal.facts.values() if e.names]
    best, point = math.inf, {}
    for trial in samples(goal, 300):
        found = value(f, trial)
        if found < best and all(holds(value(h, trial), r) for h, r in facts):
            best, point = found, dict(trial)
    step = 0.5
    for _ in range(200):  # a target without a least value would lead on for ever
        if not point or step <= 1e-9 or best < -1e-7:
            break
        improved = False
        for x, sign in itertools.product(names, (1, -1)):
            moved = {**point, x: point[x] + sign * step * max(abs(point[x]), 0.01)}
            inside = _contains(goal.box[x], moved[x])
            if inside and value(f, moved) < best:
                best, point, improved = value(f, moved), moved, True
        step = step if improved else step / 3
    if not point or abs(best) > 1e-7:
        return
    for x in names:
        if not math.isfinite(point[x]):
            continue
        near = Fraction(point[x]).limit_denominator(12)
        if abs(float(near) - point[x]) < 1e-3:
            yield x, fmpq(near.numerator, near.denominator)


def _contains(r: Range, at: float) -> bool:
    return (r.lo is None or at >= int(r.lo.p) / int(r.lo.q)) and (
        r.hi is None or at <= int(r.hi.p) / int(r.hi.q)
    )


def touching(goal: Goal, x: str) -> Iterator[fmpq]:
    """Short rationals inside the range at which the target vanishes."""
    f = function(goal.target)
    r = goal.box[x]
    points = sorted({point[x] for point in samples(goal, 0) if math.isfinite(point[x])})
    points = sorted(set(points) | {(a + b) / 2 for a, b in itertools.pairwise(points)})
    values = [value(f, {x: p}) for p in points]
    for i in range(1, len(points) - 1):
        if not (values[i] <= values[i - 1] and values[i] <= values[i + 1]):
            continue
        if values[i - 1] == values[i] == values[i + 1]:  # far out, where floats see no difference
            continue
        least = _least(f, x, points[i - 1], points[i + 1])
        for limit in (1, 12, 1000):
            near = Fraction(least).limit_denominator(limit)
            at = fmpq(near.numerator, near.denominator)
            inside = (r.lo is None or at > r.lo) and (r.hi is None or at < r.hi)
            close = abs(float(near) - least) < 1e-3 * (1 + abs(least))
            if inside and close and zero_at(goal, x, at):
                yield at
