"""The slack of a claim about functions for quadratics of its classes; floating point, for the eye.

What such a claim is read as speaks of values and gradients at points. Each of them alone says
little; along a number of the claim, such as the step, with a curve for each curvature that the
class allows, one sees which functions are worst and where the bound stands.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from proofs.core.terms import Relation as Sign
from proofs.refutation.worst_case import quadratic_member
from proofs.search import reading
from proofs.search.floats import function, holds, value
from theory.claims import Statement
from theory.errors import InputError
from theory.exact import decimal_string
from theory.expressions import Relation, rational_value
from theory.gram import joined

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from numerics.figures.family import Family

SAMPLES, MOST = 81, 3
SHARES = tuple(Fraction(k, 4) for k in range(5))
_DIGITS = 10**6
_NO_QUADRATIC = (
    "no quadratic is found that its classes and hypotheses allow, and its values and gradients "
    "as axes would say little; plot the slack of its bound, as a claim about numbers"
)
LARGEST = 10**300
"""What an axis of doubles shows."""
Way = tuple[int, int]
"""Where the other points are, and how far to the left of the origin functions are least."""
Along = Callable[[Mapping[str, Fraction]], float]


def families(statement: Statement, centre: Mapping[str, Fraction]) -> tuple[Family, ...]:
    """Sample larger side minus smaller side for quadratics, along each number of a claim.

    Parameters
    ----------
    statement : Statement
        An inequality about functions or operators.
    centre : mapping of str to Fraction
        A point of the domain: where the numbers stand.

    Returns
    -------
    tuple of Family
        None where no quadratic a x^2/2, and no operator a x, is in the classes.
    """
    from numerics.figures.family import WHOLE, Family  # matplotlib takes a second to import

    assert statement.gram is not None
    numbers = sorted(set(statement.variables) - statement.gram.names)
    bounding = _bounding(statement).values()
    bound = [x for x in numbers if any(x in r.names for r in bounding)]
    middle = {x: centre[x] for x in numbers}
    at, assumed = _slack(statement), _assumed(statement)
    ways = ((rest, least) for least in (0, 1) for rest in (0, 1))
    way = next((w for w in ways if any(_known(statement, at, middle, w))), (0, 0))
    if not numbers:
        shares = [Fraction(k, SAMPLES - 1) for k in range(SAMPLES)]
        values = tuple(_value(statement, at, {}, share, way) for share in shares)
        up = f"{WHOLE}, from the {_words(statement, {})[0]} to the {_words(statement, {})[-1]}"
        made = [Family(up, tuple(map(float, shares)), (("slack", values),))]
    else:
        made = []
        for x in (bound + [n for n in numbers if n not in bound])[:MOST]:
            ends = _bounds(statement, assumed, x, middle)
            points = _range(statement.variables[x], middle[x], ends)
            if max(map(abs, (*points, *ends))) > LARGEST:
                continue
            lines = [tuple(_value(statement, at, {**middle, x: p}, share, way) for p in points)
                     for share in SHARES]  # fmt: skip
            own = {n: decimal_string(v) for n, v in middle.items() if n != x}
            made.append(
                Family(
                    x,
                    tuple(map(float, points)),
                    tuple(zip(_words(statement, middle), lines, strict=True)),
                    tuple(map(float, ends)),
                    tuple(_between(x, middle, assumed, [points[0], *ends, points[-1]])),
                    _found(statement, at, centre, x),
                    ", ".join(f"{n} = {v}" for n, v in own.items()),
                )
            )
    shown = [f for f in made if any(math.isfinite(v) for _, line in f.lines for v in line)]
    return tuple(shown)


def drawn(
    statement: Statement, centre: Mapping[str, Fraction], title: str, said: str = ""
) -> tuple[tuple[Family, ...], Figure]:
    """Draw what :func:`families` finds.

    Raises
    ------
    InputError
        If no quadratic is found; what to draw instead.
    """
    from numerics.figures.family import draw

    w, found = statement.written, families(statement, centre)
    assert w is not None
    if not found:
        raise InputError("claim", f"{title}: {_NO_QUADRATIC}")
    where = "".join(f", {n} = {v}" for n, v in statement.constants.items())
    assumed = ", ".join(map(joined, w.hypotheses.values()))
    return found, draw(found, title, (said or joined(w.conclusion)) + where, assumed)


def _words(statement: Statement, middle: Mapping[str, Fraction]) -> list[str]:
    """The curvatures of the lines, in words: as numbers they may change along an axis."""
    assert statement.gram is not None
    known = {**statement.constants, **middle}
    whole = all(s.ends[1] is not None and rational_value(s.ends[1], known) is not None
                for s in statement.gram.samples)  # fmt: skip
    if not whole:
        return ["least of the class", *(f"least of the class + {s}" for s in SHARES[1:])]
    between = [f"{s} of the way up" for s in SHARES[1:-1]]
    return ["least of the class", *between, "greatest of the class"]


def _bounding(statement: Statement) -> dict[str, Relation]:
    """The typed hypotheses that are about numbers alone: the bounds beside which one looks."""
    assert statement.gram is not None
    assert statement.written is not None
    said, values = statement.written.hypotheses, statement.gram.names
    return {n: r for n, r in statement.assumptions.items() if n in said and not r.names & values}


def _slack(statement: Statement) -> Along:
    """The slack at exact points, of members that are as the hypotheses say; else nan."""
    numbers = _bounding(statement)
    kept = {n: r for n, r in statement.hypotheses.items() if n not in numbers}
    goal = reading(replace(statement, hypotheses=kept, witness={}))
    target = function(goal.target)
    facts = [(function(e), sign) for e, sign in goal.facts.values() if e.names]

    def at(point: Mapping[str, Fraction]) -> float:
        try:
            floats = {x: float(v) for x, v in point.items()}
        except OverflowError:
            return math.nan
        if all(_about(value(f, floats), sign) for f, sign in facts):
            return value(target, floats)
        return math.nan

    return at


def _about(found: float, sign: Sign) -> bool:
    """Whether a float agrees with a relation up to rounding: extreme members satisfy equations."""
    near = 1e-9 * (1 + abs(found))
    return abs(found) <= near if sign is Sign.EQ else holds(found + near, sign)


def _assumed(statement: Statement) -> Callable[[Mapping[str, Fraction]], bool]:
    """Whether the typed hypotheses about numbers alone hold."""
    rows = _bounding(statement).values()

    def holding(point: Mapping[str, Fraction]) -> bool:
        for r in rows:
            try:
                left, right = rational_value(r.left, point), rational_value(r.right, point)
            except ZeroDivisionError:
                return False
            if left is None or right is None or not r.decide(left, right):
                return False
        return True

    return holding


def _value(
    statement: Statement, at: Along, chosen: Mapping[str, Fraction], share: Fraction, way: Way
) -> float:
    rest, least = way
    point = quadratic_member(statement, share, rest, chosen, least)
    return math.nan if point is None else at(point)


def _known(
    statement: Statement, at: Along, middle: Mapping[str, Fraction], way: Way
) -> Iterator[bool]:
    """For which members there is a slack that says something."""
    for share in SHARES:
        found = _value(statement, at, middle, share, way)
        yield math.isfinite(found) and found != 0


def _bounds(
    statement: Statement,
    assumed: Callable[[Mapping[str, Fraction]], bool],
    x: str,
    middle: Mapping[str, Fraction],
) -> list[Fraction]:
    """Where along a number the hypotheses begin or cease to hold."""
    size = abs(middle[x]) or Fraction(1)
    scale = [size * Fraction(2) ** k for k in range(-8, 9)]
    signed = statement.variables[x] not in ("positive", "nonnegative")
    points = sorted({middle[x], *scale, *(-p for p in scale if signed)})
    found = []
    for low, high in itertools.pairwise(points):
        before = assumed({**middle, x: low})
        if before == assumed({**middle, x: high}):
            continue
        for _ in range(40):
            half = (low + high) / 2
            low, high = (half, high) if assumed({**middle, x: half}) == before else (low, half)
        found.append(high.limit_denominator(_DIGITS))
    return found


def _between(
    x: str,
    middle: Mapping[str, Fraction],
    assumed: Callable[[Mapping[str, Fraction]], bool],
    edges: Sequence[Fraction],
) -> Iterator[bool]:
    for low, high in itertools.pairwise(edges):
        yield assumed({**middle, x: (low + high) / 2})


def _range(domain: str, centre: Fraction, ends: list[Fraction]) -> list[Fraction]:
    """From zero, where there is nothing below it, to well beyond the centre and the bounds."""
    high = max([Fraction(1, 4), centre, *ends]) * Fraction(8, 5)
    low = Fraction(0) if domain in ("positive", "nonnegative") else min([-high, centre, *ends])
    points = [low + (high - low) * k / (SAMPLES - 1) for k in range(SAMPLES)]
    return points[1:] if domain == "positive" else points


def _found(
    statement: Statement, at: Along, centre: Mapping[str, Fraction], x: str
) -> tuple[float, float] | None:
    """Where the claim fails, if that is where the numbers stand."""
    known = set(statement.variables) <= set(centre)
    slack = at(centre) if known and statement.assumptions_hold_at(centre) else math.nan
    return (float(centre[x]), slack) if slack < 0 else None
