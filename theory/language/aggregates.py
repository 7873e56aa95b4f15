"""Sums and extrema over n independent normal draws, as those of a vector of n entries."""

from __future__ import annotations

from collections.abc import Callable, Collection

from theory.errors import InputError, Unsupported
from theory.expressions import Expression, name
from theory.expressions.abbreviations import ONE, TWO, op
from theory.expressions.arithmetic import times, total
from theory.language.draft import Draft, exchanged, rewritten
from theory.language.polyexp import line_of


def aggregated(
    e: Expression,
    independent: Collection[str],
    dimensions: dict[str, Expression],
    natural: Callable[[Expression], bool],
    positives: Collection[str],
) -> Expression:
    """Sums and extrema over n independent draws as those of a vector; notes its dimension.

    ``natural`` says whether an end is assumed to be natural: a sum to less is another one. That
    there is a greatest of n draws is assumed, as the laws of vectors are.
    """

    def change(n: Expression) -> Expression:
        if n.head not in ("sum_", "max_", "min_"):
            return n
        index, first, last, body = n.args
        items = [m for m in body.walk() if m.head == "item" and m.args[0].name in independent]
        if not items:
            return n
        w = items[0].args[0].name
        item = Expression("item", (name(w), index))
        plain = body in (item, op("**", item, TWO), op("*", item, item))
        if n.head == "sum_" and not plain:
            return n  # each with a weight of its own
        if n.head != "sum_" and body == op("abs", item):
            return n
        if first != ONE or dimensions.setdefault(w, last) != last:
            raise Unsupported("E", f"sums over parts of the draws {w}")
        if n.head == "sum_" and not natural(last):
            raise InputError(str(last), f"the index from 1 to {last}: assume integer >= 0")
        if body == item:
            return op(n.head.removesuffix("_"), name(w))
        line = None if n.head == "sum_" else _scaled(body, item, positives)
        if line is not None and not (line[0].names | line[1].names) & {w, index.name}:
            return total(times(line[0], op(n.head.removesuffix("_"), name(w))), line[1])
        if n.head == "sum_" and body in (op("**", item, TWO), op("*", item, item)):
            return op("**", op("norm", name(w)), TWO)
        raise Unsupported("E", f"extrema of {body}")

    return rewritten(e, change)


def _scaled(
    body: Expression, item: Expression, positives: Collection[str]
) -> tuple[Expression, Expression] | None:
    """What a member is multiplied by, where that is plainly positive, and what is added."""
    line = line_of(exchanged(body, item, name("one draw")), "one draw")
    return line if line is not None and plainly_positive(line[0], positives) else None


def plainly_positive(e: Expression, positives: Collection[str]) -> bool:
    """Whether a formula is plainly positive, where it has a value."""
    if e.head == "number":
        return e.value is not None and e.value > 0
    if e.head == "name":
        return e.name in positives
    if e.head in ("**", "sqrt"):
        return plainly_positive(e.args[0], positives)
    parts = (plainly_positive(a, positives) for a in e.args)
    return e.head == "exp" or (e.head in ("+", "*", "/") and all(parts))


def given_or_chance(draft: Draft, x: str) -> bool:
    """Whether an event is about a vector, whose law is another one without coordinates."""
    return any(
        x in e.names
        for n in draft.nodes()
        for e in (n.args if n.head == "P" else n.args[1:] if n.head == "E" else ())
    )
