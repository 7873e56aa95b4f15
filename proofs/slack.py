"""The slack of a claim over its domain; floating point, for the eye only."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from flint import fmpq

from proofs.core.goals import Goal
from proofs.search import reading
from proofs.search.floats import function, holds, value
from proofs.sharpen import Bracket
from theory.claims import Statement
from theory.exact import decimal_string

if TYPE_CHECKING:
    from numerics.figures.slack import Curve

SAMPLES = 401


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
    """
    from numerics.figures.slack import Curve  # matplotlib takes a second to import

    goal = reading(statement)
    slack = function(goal.target)
    facts = [(function(e), relation) for e, relation in goal.facts.values() if e.names]
    middle = {x: float(centre[x]) for x in sorted(goal.box)}

    def at(point: Mapping[str, float]) -> float:
        if all(holds(value(f, point), relation) for f, relation in facts):
            return value(slack, point)
        return math.nan

    found = []
    for x in middle:
        points = _range(goal, x, middle)
        found.append(
            Curve(x, middle[x], tuple(points), tuple(at({**middle, x: p}) for p in points))
        )
    if not found:
        found.append(Curve("", 0.0, (0.0, 1.0), (at({}), at({}))))
    return tuple(found)


def draw(statement: Statement, bracket: Bracket, path: Path) -> None:
    """Draw the slack of a sharpened claim, the others variables at the counterexample.

    Parameters
    ----------
    statement : Statement
        With the constant at its proved value.
    bracket : Bracket
        What :func:`proofs.sharpen.sharpen` found.
    path : Path
        Where to write; the suffix chooses the format.
    """
    from numerics.figures import slack, style

    assert bracket.proved is not None
    assert bracket.counterexample is not None
    proved = decimal_string(bracket.proved)
    figure = slack.draw(
        curves(statement, bracket.counterexample.point),
        str(statement.conclusion),
        f"{bracket.constant} = {proved} (proved)",
        "where it is tight",
    )
    style.save_as(figure, path)


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


def _float(q: fmpq) -> float:
    return int(q.p) / int(q.q)
