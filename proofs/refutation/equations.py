"""Points on equations: where a hypothesis is linear in a variable, that variable is solved for."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction

from theory.claims import Statement
from theory.expressions import Relation as Comparison
from theory.expressions import rational_value

Point = dict[str, Fraction]


def equations(statement: Statement) -> Callable[[Point], Point]:
    """Solve equality hypotheses for a variable in which they are linear, where there is one."""
    plans: list[tuple[Comparison, str]] = []
    chosen = {x: statement.expand(Comparison(e, "==", e)).left for x, e in statement.chosen.items()}
    taken: set[str] = set()
    for hypothesis in statement.assumptions.values():
        if hypothesis.operator == "==":
            free = [
                x
                for x in sorted(hypothesis.names)
                if statement.variables.get(x) in ("real", "positive", "nonnegative")
            ]
            for x in (x for x in free if x not in taken):
                if _linear(hypothesis, x, sorted(hypothesis.names)):
                    plans.append((hypothesis, x))
                    taken.add(x)
                    break

    def solve(point: Point) -> Point:
        for hypothesis, x in plans:
            ends = [_gap(hypothesis, {**point, x: Fraction(v)}) for v in (0, 1)]
            if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
                point = {**point, x: ends[0] / (ends[0] - ends[1])}
        for x, e in chosen.items():
            with suppress(ZeroDivisionError):
                value = rational_value(e, point)
                if value is not None:
                    point = {**point, x: Fraction(math.floor(value))}
        return point

    return solve


def _linear(hypothesis: Comparison, x: str, names: list[str]) -> bool:
    base = {n: Fraction(i + 2, 3) for i, n in enumerate(names)}
    gaps = [_gap(hypothesis, {**base, x: Fraction(v)}) for v in (0, 1, 2, 5)]
    if None in gaps:
        return False
    a, b, c, d = (g for g in gaps if g is not None)
    return a != b and c - b == b - a and d - a == 5 * (b - a)


def _gap(relation: Comparison, point: Point) -> Fraction | None:
    try:
        left, right = rational_value(relation.left, point), rational_value(relation.right, point)
    except ZeroDivisionError:
        return None
    return None if left is None or right is None else left - right
