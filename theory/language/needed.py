"""What a formula needs to have a value, where its closed form does not show it.

The mean of w/a is 0 for a law around 0, and has no value for a = 0: 0*(1/a) is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from theory.expressions import Expression, everywhere, name, rational_value
from theory.expressions.abbreviations import ONE, ZERO, op
from theory.expressions.arithmetic import times, total
from theory.language.draft import rewritten
from theory.language.indices import SUMS, free

_POLYNOMIAL = frozenset({"number", "name", "neg", "+", "-", "*", "/", "**"})


def needed(e: Expression, bound: Collection[str]) -> Iterator[Expression]:
    """The largest parts without bound names that may have no value, and what divides others.

    Of what depends on the index of a sum, the sum: it has a value if all its terms have one.
    """
    for part, around in _parts(e, frozenset(bound), ()):
        for index, first, last, _ in reversed(around):
            if part == op("/", ONE, index) and first == ONE:
                break  # no index from 1 on is zero
            if index.name in free(part):
                part = Expression("sum_", (index, first, last, part))
        else:
            yield part


def _parts(
    e: Expression, bound: frozenset[str], around: tuple[tuple[Expression, ...], ...]
) -> Iterator[tuple[Expression, tuple[tuple[Expression, ...], ...]]]:
    """What is needed, each with the sums that it stands in: index, first, last and term."""
    if not free(e) & bound:
        if not always(e):
            yield e, around
        return
    if e.head in SUMS:
        for end in e.args[1:3]:
            yield from _parts(end, bound, around)
        yield from _parts(e.args[3], bound, (*around, e.args))
        return
    divides = e.head == "/" and not free(e.args[1]) & bound
    if divides and not rational_value(e.args[1]):
        yield op("/", ONE, e.args[1]), around
    for part in e.args[:1] if divides else e.args:
        yield from _parts(part, bound, around)


def always(e: Expression) -> bool:
    """Whether it is plain that a formula has a value, where members of sequences have one."""
    return everywhere(rewritten(e, _member))


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


def weighted(coefficient: Expression, *drawn: Expression) -> Expression:
    """A product that has a value only where what is drawn in it has one, which stays next to 0.

    What else the coefficient needs is asked for of the whole formula (:func:`guarded`).
    """
    made = times(coefficient, *drawn)
    if made != ZERO:
        return made
    return total(*(op("*", ZERO, f) for f in drawn if not (always(f) or _moment(f))))


def _moment(e: Expression) -> bool:
    """Whether a formula is the mean of a polynomial in draws that the core knows."""
    if e.head != "E" or not everywhere(e.args[0]):
        return False
    return all(n.head in _POLYNOMIAL for n in e.args[0].walk())
