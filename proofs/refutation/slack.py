"""The slack of a claim over its domain; floating point, for the eye only."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import Malformed, Rejected
from proofs.refutation.members import drawn
from proofs.search import reading
from proofs.search.floats import function, holds, value
from proofs.sharpening.sharpen import Bracket
from theory.claims import Statement
from theory.errors import Unsupported
from theory.exact import decimal_string

if TYPE_CHECKING:
    from numerics.figures.slack import Curve, Surface

SAMPLES = 401
_ACROSS = 81
_ROUNDING = 1e-12


def curves(statement: Statement, centre: Mapping[str, Fraction]) -> tuple[Curve, ...]:
    """Sample larger side minus smaller side along each variable, the others at a centre.

    Parameters
    ----------
    statement : Statement
        An inequality over reals or integers; expectations are evaluated.
    centre : mapping of str to Fraction
        A point of the domain.

    Returns
    -------
    tuple of Curve
        One per free variable, in alphabetical order; a flat one if there is none. A value is nan
        where a side is undefined or a hypothesis false.

    Raises
    ------
    Unsupported
        If what is claimed is no one inequality, or about numbers beyond floating point.
    """
    from numerics.figures.slack import Curve  # matplotlib takes a second to import

    goal, at = _evaluated(statement)
    middle = {x: _float(centre[x]) for x in sorted(goal.box)}
    found = []
    for x in middle:
        points, failing = _range(goal, x, middle), _failing(goal, at, x, middle)
        if failing:  # a claim that is false is shown where it fails, however narrow that is
            within = 10 * max(abs(middle[x]), 1.0)  # where it fails up to infinity, all is one line
            points = _close(goal, x, [p for p in failing if abs(p) <= within] or failing)
        else:
            points = _around(points, [middle[x], *_binding(goal, at, x, middle)])
        found.append(
            Curve(x, middle[x], tuple(points), tuple(at({**middle, x: p}) for p in points))
        )
    if not found:
        found.append(Curve("", 0.0, (0.0, 1.0), (at({}), at({}))))
    return tuple(found)


def surface(statement: Statement, along: Sequence[Curve]) -> Surface | None:
    """Sample the slack over the rectangle that the two curves of two variables span.

    Slices hide what happens on the diagonal, which is where most inequalities of two variables are
    tight.

    Parameters
    ----------
    statement : Statement
    along : sequence of Curve
        What :func:`curves` returned.

    Returns
    -------
    Surface or None
        None unless there are two variables.
    """
    from numerics.figures.slack import Surface

    if len(along) != 2:
        return None
    _, at = _evaluated(statement)
    (x, y), axes = [c.variable for c in along], [_thinned(c.points) for c in along]
    values = tuple(tuple(at({x: a, y: b}) for a in axes[0]) for b in axes[1])
    return Surface((x, y), axes[0], axes[1], values)


def _thinned(points: Sequence[float]) -> tuple[float, ...]:
    """About so many of them, both ends included."""
    every = max(1, (len(points) - 1) // (_ACROSS - 1))
    return tuple(dict.fromkeys((*points[::every], points[-1])))


Along = Callable[[Mapping[str, float]], float]


def _evaluated(statement: Statement) -> tuple[Goal, Along]:
    """The goal, and its slack in floating point; nan where undefined or not assumed."""
    try:
        goal = reading(statement)
    except (Malformed, Rejected) as wrong:  # several conclusions, layers, a formula too large
        raise Unsupported("slack", f"{statement.conclusion}: {wrong}") from None
    slack = function(goal.target)
    facts = [(function(e), relation) for e, relation in goal.facts.values() if e.names]

    def at(point: Mapping[str, float]) -> float:
        if all(holds(value(f, point), relation) for f, relation in facts):
            return value(slack, point)
        return math.nan

    return goal, at


def _binding(goal: Goal, at: Along, x: str, middle: Mapping[str, float]) -> list[float]:
    """Where along one variable the slack is smallest, wherever that is."""
    least = min(_tried(goal, at, x, middle), default=None)
    # Slack that only fades far away binds nowhere: a range that long would show nothing else.
    if least is None or abs(least[1]) > 1e3 * max(abs(middle[x]), 1.0):
        return []
    return [least[1]]


def _failing(goal: Goal, at: Along, x: str, middle: Mapping[str, float]) -> list[float]:
    """Where along one variable the claim fails, of the points tried; beyond rounding."""
    tried = _tried(goal, at, x, middle)
    size = max((abs(v) for v, _ in tried), default=0.0)
    return sorted(p for v, p in tried if v < -_ROUNDING * min(max(size, 1e-300), 1.0))


def _tried(goal: Goal, at: Along, x: str, middle: Mapping[str, float]) -> list[tuple[float, float]]:
    """The finite slack, and where, at points of every scale from the ends and from zero."""
    r = goal.box[x]
    low, high = (None if v is None else _float(v) for v in (r.lo, r.hi))
    scales = [s * 10.0**k for k in range(-6, 7) for s in (1, 2, 3, 5, 7)]
    candidates = [middle[x], 0.0, *scales, *(-s for s in scales)]
    candidates += [] if low is None else [low + s for s in scales]
    candidates += [] if high is None else [high - s for s in scales]
    if low is not None and high is not None:
        candidates += [low + (high - low) * i / 64 for i in range(65)]
    if goal.variables[x].head == "integer":
        candidates = [c for c in candidates if c == int(c)]
    inside = {c for c in candidates if (low is None or c >= low) and (high is None or c <= high)}
    return [(v, p) for p in sorted(inside) if math.isfinite(v := at({**middle, x: p}))]


def _close(goal: Goal, x: str, failing: Sequence[float]) -> list[float]:
    """A range around points, twice as wide as they lie, within the domain."""
    r = goal.box[x]
    spread = max(failing[-1] - failing[0], 0.25 * abs(failing[0]), 1e-6)
    low, high = failing[0] - spread / 2, failing[-1] + spread / 2
    low = low if r.lo is None else max(low, _float(r.lo))
    high = high if r.hi is None else min(high, _float(r.hi))
    if goal.variables[x].head == "integer":
        return [float(i) for i in range(math.floor(low), math.ceil(high) + 1)][:SAMPLES]
    return [low + (high - low) * i / (SAMPLES - 1) for i in range(SAMPLES)]


def _around(points: list[float], seen: Sequence[float]) -> list[float]:
    """A range widened, with as many points, so that certain points are inside or at its end."""
    low, high = min(points[0], *seen), max(points[-1], *seen)
    if (low, high) == (points[0], points[-1]):
        return points
    margin = 0.25 * (high - low)
    low = low if low == points[0] else low - margin
    high = high if high == points[-1] else high + margin
    if all(p == int(p) for p in points) and len(points) < SAMPLES:
        return [float(i) for i in range(math.floor(low), math.ceil(high) + 1)]
    return sorted({*(low + (high - low) * i / (SAMPLES - 1) for i in range(SAMPLES)), *seen})


def draw(statement: Statement, bracket: Bracket, path: Path) -> None:
    """Draw the slack of a sharpened claim, the others variables at the counterexample.

    Parameters
    ----------
    statement : Statement
        With the constant at its proved value.
    bracket : Bracket
        What :func:`proofs.sharpening.sharpen.sharpen` found.
    path : Path
        Where to write, without suffix or with ``.png`` or ``.svg``; both files are written.
    """
    from numerics.figures import slack, style

    assert bracket.proved is not None
    assert bracket.counterexample is not None
    proved = decimal_string(bracket.proved)
    if statement.gram is not None:
        _, drawing = drawn(
            statement, bracket.counterexample.point, f"{bracket.constant} = {proved} (proved)"
        )
        style.save(drawing, path)
        return
    along = curves(statement, bracket.counterexample.point)
    figure = slack.draw(
        along,
        str(statement.conclusion),
        f"{bracket.constant} = {proved} (proved)",
        "where it is tight",
        surface(statement, along),
    )
    style.save(figure, path)


def _range(goal: Goal, x: str, centre: Mapping[str, float]) -> list[float]:
    r = goal.box[x]
    reach = 4 * max(abs(centre[x]), 0.25)
    low = centre[x] - reach if r.lo is None else _float(r.lo)
    high = centre[x] + reach if r.hi is None else _float(r.hi)
    if not math.isfinite(high - low) or high <= low:
        low, high = -1.0, 1.0
    high = min(high, centre[x] + reach)
    low = max(low, centre[x] - reach)
    if goal.variables[x].head == "integer":
        return [float(i) for i in range(math.ceil(low), math.floor(high) + 1)]
    return [low + (high - low) * i / (SAMPLES - 1) for i in range(SAMPLES)]


def _float(q: fmpq | Fraction) -> float:
    top, bottom = (q.p, q.q) if isinstance(q, fmpq) else q.as_integer_ratio()
    try:
        return int(top) / int(bottom)
    except OverflowError:
        raise Unsupported("slack", "it is about numbers too large to be drawn") from None
