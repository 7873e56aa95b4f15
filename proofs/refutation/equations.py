"""Points on equations: where a hypothesis is linear in a variable, that variable is solved for.

So it is where it is linear times that variable, as 1/p + 1/q = 1 is.
"""

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
    plans: list[tuple[Comparison, str, int]] = []
    chosen = {x: statement.expand(Comparison(e, "==", e)).left for x, e in statement.chosen.items()}
    taken: set[str] = set()
    for hypothesis in statement.assumptions.values():
        if hypothesis.operator == "==":
            free = [
                x
                for x in sorted(hypothesis.names)
                if statement.variables.get(x) in ("real", "positive", "nonnegative")
            ]
            for k, x in ((k, x) for k in (0, 1) for x in free if x not in taken):
                if _linear(hypothesis, x, k, sorted(hypothesis.names)):
                    plans.append((hypothesis, x, k))
                    taken.add(x)
                    break

    def solve(point: Point) -> Point:
        for hypothesis, x, k in plans:
            a, b = (_gap(hypothesis, {**point, x: Fraction(v)}, x, k) for v in (k, k + 1))
            if a is not None and b is not None and a != b:
                point = {**point, x: k + a / (a - b)}
        for x, e in chosen.items():
            with suppress(ZeroDivisionError):
                value = rational_value(e, point)
                if value is not None:
                    point = {**point, x: Fraction(math.floor(value))}
        return point

    return solve


def _linear(hypothesis: Comparison, x: str, k: int, names: list[str]) -> bool:
    base = {n: Fraction(i + 2, 3) for i, n in enumerate(names)}
    gaps = [_gap(hypothesis, {**base, x: Fraction(v)}, x, k) for v in (k, k + 1, k + 2, k + 5)]
    if None in gaps:
        return False
    a, b, c, d = (g for g in gaps if g is not None)
    return a != b and c - b == b - a and d - a == 5 * (b - a)


def _gap(relation: Comparison, point: Point, x: str, k: int) -> Fraction | None:
    """Both sides' difference, times x^k."""
    try:
        left, right = rational_value(relation.left, point), rational_value(relation.right, point)
    except ZeroDivisionError:
        return None
    return None if left is None or right is None else (left - right) * point[x] ** k
