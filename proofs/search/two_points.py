"""Hoeffding's lemma: a mean of two exponentials lies below the one of a normal law.

c e^u + d e^v <= (c + d) exp(m + (u - v)^2/8) with the mean m of the exponents, for c, d >= 0: in
its place what moment generating functions of coins and signs are bounded by is left to algebra.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import NamedTuple

from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    ZERO,
    Formula,
    Relation,
    Term,
    constant,
    exp,
    log,
    minus,
    neg,
    number,
    over,
    plus,
    power,
    text,
    times,
)
from proofs.search.floats import plausible
from proofs.search.forms import Forms
from proofs.search.simplify import simplified
from proofs.search.standard import GROWTH, HOEFFDING
from proofs.search.touching import sign_of, summands
from proofs.search.trees import Tree, cite, cone, have, unused

GE, GT = Relation.GE, Relation.GT
TRIED = 200


class Row(NamedTuple):
    """A summand with a positive weight times an exponential: its sign, weight and exponent."""

    sign: int
    weight: Term
    exponent: Term


def two_points(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Bound the only two negative exponentials of a sum."""
    if goal.relation is not GE or any(name.startswith("hoeffding") for name in goal.facts):
        return
    rows = [_row(goal, e, sign) for e, sign in summands(goal.target, 1)]
    down = [row for row in _merged(goal, rows) if row.sign < 0]
    if len(down) != 2 or not all(row.exponent.names for row in down):
        return
    (c, u), (d, v) = (row[1:] for row in down)
    whole = simplified(goal, plus(c, d))
    if (total := forms_of(goal, whole)) is not None:
        whole = total
    share = simplified(goal, over(c, whole))
    gap = forms_of(goal, minus(u, v)) or minus(u, v)
    above = plus(times(share, gap), over(power(gap, number(2)), number(8)))
    below = log(plus(minus(ONE, share), times(share, exp(gap))))
    bound = times(whole, exp(plus(v, above)))
    pair = plus(times(c, exp(u)), times(d, exp(v)))
    rest = minus(plus(goal.target, pair), bound)
    made = forms_of(goal, rest) or rest
    if not plausible(goal.aimed(made, GE), TRIED):
        return
    first, second, third, fourth = unused(goal, "hoeffding", 4)
    last = cone([(1, [fourth], "1"), (1, [third, first, f"sign:{text(exp(v))}"], "1")])
    grown = cite(second, HOEFFDING.digest, {"p": text(share), "s": text(gap)})
    lifted = cite(third, GROWTH.digest, {"u": text(above), "v": text(below)})
    lifted = {**lifted, "parts": [..., cone([(1, [second], "1")]), last]}
    shown = have(fourth, Formula(made, GE), None, {**grown, "parts": [..., lifted]})
    yield have(first, Formula(whole, GT), None, shown)


def _merged(goal: Goal, rows: list[Row | None]) -> list[Row]:
    """Summands with one exponent as one, with the sign that sampling sees."""
    alike: dict[Term, list[Row]] = {}
    for row in rows:
        if row is not None:
            alike.setdefault(row.exponent, []).append(row)
    found: list[Row] = []
    for exponent, own in alike.items():
        if len(own) == 1:
            found += own
            continue
        signed = (row.weight if row.sign > 0 else neg(row.weight) for row in own)
        whole = forms_of(goal, reduce(plus, signed))
        way = 0 if whole is None else sign_of(goal, whole)
        if whole is not None and way:
            positive = simplified(goal, neg(whole)) if way < 0 else whole
            found.append(Row(way, positive, exponent))
    return found


def forms_of(goal: Goal, e: Term) -> Term | None:
    """A term in its normal form, if that is a polynomial."""
    forms = Forms(goal.aimed(e, GE))
    p = forms.polynomial
    if p is None:
        return None
    return forms.term({m: q / forms.bottom[()] for m, q in p.items()}) if p else ZERO


def _row(goal: Goal, e: Term, sign: int) -> Row | None:
    """A summand as a weight, without exponentials, times one exponential."""
    weights: list[Term] = []
    exponents: list[Term] = []
    if not _factors(e, weights, exponents) or not exponents:
        return None
    weight = reduce(times, weights) if weights else ONE
    q = constant(weight)
    way = sign_of(goal, weight) if q is None else 1 if q > 0 else -1
    if not way:
        return None
    positive = simplified(goal, neg(weight)) if way < 0 else weight
    return Row(sign * way, positive, reduce(plus, exponents))


def _factors(e: Term, weights: list[Term], exponents: list[Term]) -> bool:
    """Sort the factors of a product; whether it is one of exponentials and what has none."""
    if e.head == "*":
        return all(_factors(p, weights, exponents) for p in e.parts)
    if e.head == "/" and not e.parts[1].names:
        weights.append(over(ONE, e.parts[1]))
        return _factors(e.parts[0], weights, exponents)
    if e.head == "neg":
        weights.append(number(-1))
        return _factors(e.parts[0], weights, exponents)
    if e.head == "exp":
        exponents.append(e.parts[0])
        return True
    weights.append(e)
    return all(t.head != "exp" for t in e.walk())
