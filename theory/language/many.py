"""Events about n independent draws of one law: about the greatest or least, or about their sum."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from theory.expressions import Expression, name
from theory.expressions.abbreviations import ONE, TWO, op
from theory.expressions.arithmetic import minus, over, times, total
from theory.language.draft import exchanged
from theory.language.laws import Law

if TYPE_CHECKING:
    from theory.language.randomness import Draws


def extreme(draws: Draws, e: Expression) -> Expression | None:
    """The probability that the greatest or least of n draws of one law is beyond a level.

    Either all draws are on one side of it, or this is what does not happen.
    """
    (event, *more) = e.args
    found = {n for n in event.walk() if n.head in ("max_", "min_") and draws.drawn(n)}
    if more or len(found) != 1 or event.head in ("==", "!="):
        return None
    (extremum,) = found
    index, first, last, body = extremum.args
    w = next(iter(draws.drawn(body)))
    flat = exchanged(event, extremum, name("end"))
    item = Expression("item", (name(w), index))
    sizes = body == op("abs", item)
    if first != ONE or not (sizes or body == item) or not draws.some(last) or draws.drawn(flat):
        return None
    below, at = draws.solved(flat, "end")
    every = below == (extremum.head == "max_")
    strict = (event.head in ("<", ">")) == every
    side = ("<" if below == every else ">") + ("" if strict else "=")
    drawn = op("abs", name(w)) if sizes else name(w)
    event = Expression(side, (drawn, at))
    # the core has no P of one of many normal draws, which are no names of the statement
    normal = draws.laws[w].kind == "gaussian"
    if normal and sizes and draws.unknowns is not None and draws.unknowns.nonnegative(at):
        inside = op("erf", over(at, op("sqrt", TWO)))  # both ends in one word
        one = inside if side[0] == "<" else total(ONE, minus(inside))
    else:
        one = draws.together([event]) if normal else draws.chance(op("P", event))
    all_ = Expression("**", (one, last))
    return all_ if every else total(ONE, minus(all_))


def counted(draws: Draws, e: Expression) -> Expression | None:
    """The probability of events about a sum of n draws that has a law on whole numbers."""
    found = {n for n in e.walk() if n.head == "sum_" and draws.drawn(n)}
    if len(found) != 1:
        return None
    (added_,) = found
    index, first, last, body = added_.args
    w = next(iter(draws.drawn(body)))
    flat = exchanged(e, added_, name(w))
    plain = first == ONE and body == Expression("item", (name(w), index)) and draws.some(last)
    kind, parameters = draws.laws[w].kind, draws.laws[w].parameters
    if not plain or draws.drawn(flat) != {w} or kind not in ("bernoulli", "poisson"):
        return None
    law = Law("binomial", (last, *parameters))
    if kind == "poisson":
        law = Law("poisson", (times(last, parameters[0]),))
    return replace(draws, laws={**draws.laws, w: law}).together(list(flat.args))


def ordered(law: Law, n: Expression, index: Expression, largest: bool) -> Expression | None:
    """The mean of the greatest or least of n >= 1 draws, where it has a formula."""
    share = over(n if largest else ONE, total(n, ONE))
    match law.kind, law.parameters:
        case "unit", _:
            return share
        case "uniform", (a, b):
            return total(a, times(total(b, minus(a)), share))
        case "exponential", (r,):
            harmonic = Expression("sum_", (index, ONE, n, over(ONE, index)))
            return over(harmonic, r) if largest else over(ONE, times(n, r))
    return None
