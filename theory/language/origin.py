"""A point at 0: what is claimed of points is of their differences, so one may be anywhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from theory.expressions import Condition, Expression, Relation, name, number
from theory.expressions.arithmetic import times
from theory.language.functions import ZERO, Linear
from theory.language.needed import guarded

VECTOR_HEADS = frozenset({"norm", "dot"})


def origin(
    relations: Collection[Relation],
    at: Sequence[Linear],
    special: Sequence[str],
    points: Collection[str],
    bases: Sequence[str],
) -> str:
    """A point that may be 0: all that is said of points is said of their differences.

    The weight of a vector counts the points in it: 1 for a point, 0 for a difference. If every
    vector in the claim has weight 0, it does not change when all points are shifted.

    Parameters
    ----------
    relations : collection of Relation
        All that a claim says.
    at : sequence of Linear
        Where functions are asked.
    special : sequence of str
        Points that are preferred.
    points, bases : collections of str
        Vectors that a person declared, and all of which others are made.

    Returns
    -------
    str
        Its name, or nothing.
    """
    alone = {v for point in at if len(point) == 1 for v in point if v in points}
    each = {v for point in at for v in point if v in points}
    vectors = {e for r in relations for s in (r.left, r.right) for n in s.walk()
               if n.head in VECTOR_HEADS for e in n.args}  # fmt: skip
    vectors = {_opaque(e, {}) for e in vectors}
    for chosen in (alone, each):
        weight = {b: number(int(b in chosen)) for b in bases}
        if chosen and all(_vanishes(e.substitute(weight)) for e in vectors):
            return (*(v for v in special if v in chosen), *sorted(chosen))[0]
    return ""


def _opaque(e: Expression, seen: dict[Expression, Expression]) -> Expression:
    """A vector with names for the norms and inner products in its coefficients."""
    if e.head in VECTOR_HEADS:
        return seen.setdefault(e, name(f"_number_{len(seen)}"))
    return Expression(e.head, tuple(_opaque(a, seen) for a in e.args), e.value, e.name)


def _vanishes(e: Expression) -> bool:
    """Whether a sum of weights is zero, whatever the parameters are."""
    import sympy  # half a second, and only for claims about functions

    return bool(sympy.cancel(e.sympy()) == 0)


def without(r: Relation, origin: str, bases: Collection[str]) -> Relation:
    """A relation with a point at 0, with a value only where its coefficients have one."""
    left, right = (guarded(_shifted(e, origin), bases, e) for e in (r.left, r.right))
    return Relation(left, r.operator, right)


def _shifted(e: Expression, origin: str) -> Expression:
    if not origin or not e.args:
        return e
    if e.head in VECTOR_HEADS:
        inside = [_dropped(a, origin) for a in e.args]
        return ZERO if ZERO in inside else Expression(e.head, tuple(inside))
    args = [_shifted(a, origin) for a in e.args]
    if e.head == "**" and args[0] == ZERO:
        return ZERO
    if e.head == "*" and ZERO not in e.args:
        return times(*args)
    return Expression(e.head, tuple(args), e.value, e.name)


def _dropped(e: Expression, origin: str) -> Expression:
    """A sum of multiples of vectors without one of them."""
    if e == name(origin) or (e.head == "*" and e.args[-1] == name(origin)):
        return ZERO
    if e.head == "*":  # norms of differences may be in coefficients
        return Expression("*", (_shifted(e.args[0], origin), e.args[1]))
    if e.head in ("+", "-"):
        a, b = (_dropped(x, origin) for x in e.args)
        if b == ZERO:
            return a
        if a == ZERO:
            return b if e.head == "+" else Expression("neg", (b,))
        return Expression(e.head, (a, b))
    if e.head == "neg":
        inside = _dropped(e.args[0], origin)
        return ZERO if inside == ZERO else Expression("neg", (inside,))
    return e


def placed(condition: Condition, origin: str, bases: Collection[str]) -> Condition:
    """Comparisons with a point at 0."""
    return tuple(tuple(without(r, origin, bases) for r in clause) for clause in condition)


def every(condition: Condition) -> list[Relation]:
    """All comparisons of a condition."""
    return [r for clause in condition for r in clause]
