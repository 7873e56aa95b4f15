"""The extreme run of a recursion: every inequality about its members holds with equality.

Where members are only bounded, what a step leaves to spare and what they start from are variables
of their own. Most false claims fail already where nothing is left to spare, and that is a statement
about the parameters alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from theory.claims import Statement
from theory.expressions import Expression, Relation, number, rational_value

_START = re.compile(r".*_start\d+-bound\d*")
_SLACK = re.compile(r".*_slack_*\d+")


@dataclass(frozen=True)
class Extreme:
    """A statement in which bounded members are equal to their bounds.

    Attributes
    ----------
    statement : Statement
        About the other variables.
    tied : mapping of str to Expression
        What each variable that it lacks is there, by the others.
    """

    statement: Statement
    tied: Mapping[str, Expression]

    def lifted(self, point: Mapping[str, Fraction]) -> dict[str, Fraction] | None:
        """The point of the whole statement that a point of this one is, if it is rational."""
        whole = dict(point)
        for x, e in self.tied.items():
            try:
                value = rational_value(e, point)
            except ZeroDivisionError:
                return None
            if value is None:
                return None
            whole[x] = value
        return whole


def extreme(unrolled: Statement) -> Extreme | None:
    """Tie what a recursion of inequalities leaves free; None where it leaves nothing free.

    The statement is about one depth and has one conclusion.
    """
    tied: dict[str, Expression] = {
        x: number(0)
        for x, d in unrolled.variables.items()
        if d == "nonnegative" and _SLACK.fullmatch(x)
    }
    dropped = set()
    for label, hypothesis in unrolled.hypotheses.items():
        x = hypothesis.left.name
        if x is not None and x in unrolled.variables and x not in tied and _START.fullmatch(label):
            bound = unrolled.expand_formula(hypothesis.right).substitute(tied)
            if hypothesis.operator in ("<=", ">=") and x not in bound.names:
                tied = {y: e.substitute({x: bound}) for y, e in tied.items()} | {x: bound}
                dropped.add(label)
    if not tied:
        return None

    def at(relation: Relation) -> Relation:
        return unrolled.expand(relation).substitute(tied)

    statement = replace(
        unrolled,
        variables={x: d for x, d in unrolled.variables.items() if x not in tied},
        definitions={},
        hypotheses={n: at(r) for n, r in unrolled.hypotheses.items() if n not in dropped},
        conclusion=at(unrolled.conclusion),
        chosen={x: e.substitute(tied) for x, e in unrolled.chosen.items() if x not in tied},
    )
    return Extreme(statement, tied)
