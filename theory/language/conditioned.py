"""Means given events about draws."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from theory.errors import InputError, Unsupported
from theory.expressions import Expression
from theory.expressions.abbreviations import ONE, ZERO, op
from theory.expressions.arithmetic import over, times, total
from theory.expressions.tree import COMPARISONS
from theory.language.laws import Law, Term
from theory.language.needed import weighted
from theory.language.polyexp import terms_of

if TYPE_CHECKING:
    from theory.language.randomness import Draws


def given(draws: Draws, f: Expression, events: tuple[Expression, ...]) -> Expression:
    """E(f | events), for events about one draw each, independent of each other.

    Given them, the draws are independent still, each by the law that its own events leave.
    """
    about: dict[str, list[Expression]] = {}
    for event in events:
        names = sorted(draws.drawn(event))
        if len(names) != 1 or names[0] not in draws.laws:
            raise Unsupported("E", "conditioning on an event about several draws")
        if event.head not in COMPARISONS:
            raise InputError("P", f"an event is a comparison, and {str(event)[:60]} is none")
        about.setdefault(names[0], []).append(event)
    names = sorted(draws.drawn(f))
    if len(about) == 1 and set(names) <= set(about):
        ((w, own),) = about.items()
        return _given(draws, f, w, own)
    # |X - Y| has a mean of its own, by laws that a condition changes: by these there is none
    laws = {**draws.laws, **dict.fromkeys(about, Law("given"))}
    found = []
    for c, factors in replace(draws, laws=laws).expanded(f):
        parts = (
            _given(draws, g, w, about[w]) if w in about else draws.mean(g)
            for w, g in factors.items()
        )
        found.append(weighted(c, *parts))
    # the chance of every condition divides, also of those about what f does not draw
    chances = (op("*", ZERO, over(ONE, draws.chance(op("P", *own)))) for own in about.values())
    return total(*found, *chances)


def _given(draws: Draws, f: Expression, w: str, events: list[Expression]) -> Expression:
    """The mean of a formula in one draw given events about it."""
    atoms = draws.laws[w].atoms
    if atoms is not None:
        condition = op("and", *(op("or", e) for e in events))
        indicated = op("piecewise", condition, f, ZERO)
        top = total(*(times(p, indicated.substitute({w: v})) for v, p in atoms))
        return _quotient(top, draws.finite(events, [w]))
    ends = draws.within(events, w)
    if any(n.head == "abs" for n in f.walk()):
        raise Unsupported("E", "absolute values under a condition")
    top = total(*(draws.measure(ends, w, t) for t in terms_of(f, w)))
    return _quotient(top, draws.measure(ends, w, Term(ONE)))


def _quotient(top: Expression, chance: Expression) -> Expression:
    """A quotient that has no value where the chance of a condition is 0, also 0/0."""
    return op("/", top, chance) if ZERO in (top, chance) else over(top, chance)
