"""What a formula needs to have a value, where its closed form does not show it.

The mean of w/a is 0 for a law around 0, and has no value for a = 0: 0*(1/a) is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from theory.expressions import Expression, everywhere, name, rational_value
from theory.expressions.abbreviations import ONE, ZERO, op
from theory.expressions.arithmetic import total
from theory.language.draft import rewritten
from theory.language.indices import SUMS


def needed(e: Expression, bound: Collection[str]) -> Iterator[Expression]:
    """The largest parts without bound names that may have no value, and what divides others."""
    if not e.names & frozenset(bound):
        if not everywhere(rewritten(e, _member)):
            yield e
        return
    divides = e.head == "/" and not e.args[1].names & frozenset(bound)
    if divides and not rational_value(e.args[1]):
        yield op("/", ONE, e.args[1])
    for part in e.args[:1] if divides else e.args:
        yield from needed(part, bound)


def wanted(e: Expression, drawn: Collection[str]) -> Iterator[Expression]:
    """What is needed, and of what depends on the index of a sum, the sum."""
    sums = [n for n in e.walk() if n.head in SUMS]
    yield from needed(e, {*drawn, *(n.args[0].name for n in sums)})
    for n in sums:
        index, first, last, body = n.args
        for part in needed(body, drawn):
            plain = part == op("/", ONE, index) and first == ONE
            if index.name in part.names and not plain:
                yield Expression("sum_", (index, first, last, part))


def _member(e: Expression) -> Expression:
    """A member of a sequence has a value, and a sum if its terms have one."""
    return name("member") if e.head == "item" else e.args[3] if e.head in SUMS else e


def guarded(closed: Expression, bound: Collection[str], *formulas: Expression) -> Expression:
    """A closed form of formulas, with no value where a part of one of them has none."""
    shown = frozenset(closed.walk())
    divisors = {n.args[1] for n in shown if n.head == "/"}
    for part in dict.fromkeys(part for e in formulas for part in needed(e, bound)):
        if part not in shown and not (part.head == "/" and part.args[1] in divisors):
            closed = total(closed, op("*", ZERO, part))
    return closed
