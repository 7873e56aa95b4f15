"""Invariants from what is known of accumulators at the end, and from logarithms of accumulators.

With multipliers a hypothesis such as sum p_i = 1 becomes a part of the invariant; a bound of a sum
gives way to the sum itself; log S <= a + log n becomes S <= n exp(a), which a step keeps.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    Formula,
    Malformed,
    Rejected,
    Relation,
    Term,
    constant,
    exp,
    linear,
    log,
    minus,
    number,
    over,
    plus,
    power,
    replaced,
    times,
)
from proofs.search.floats import function, holds, value
from proofs.search.forms import Forms, scaled, scaled_term
from proofs.search.touching import sign_of, summands

EQ, GE, GT = Relation.EQ, Relation.GE, Relation.GT
MULTIPLIERS = (0, 1, -1, fmpq(1, 2), fmpq(-1, 2), 2, -2)
DEGREES = tuple((fmpq(k), fmpq(c)) for k, c in ((1, 0), (2, 0), (1, 1), (1, -1), (3, 0), (0, 0)))
MAX_FINALS, TRIED = 2, 150


def lagrangian(goal: Goal) -> list[Formula]:
    """The target plus multiples of what holds of the accumulators at the end."""
    from proofs.search.closed_forms import potentials  # SymPy

    layers = goal.layers
    assert layers is not None
    finals = [f for f in layers.finals.values() if f.relation in (EQ, GE)]
    if not 1 <= len(finals) <= MAX_FINALS or goal.relation is not GE:
        return []
    found = []
    for row in itertools.product(MULTIPLIERS, repeat=len(finals)):
        fits = all(f.relation is EQ or q <= 0 for f, q in zip(finals, row, strict=True))
        if fits and any(row):
            total = goal.target
            for f, q in zip(finals, row, strict=True):
                if q:
                    total = plus(total, scaled_term(fmpq(q), f.term))
            if _kept(goal, total):
                found.append(Formula(total, GE))
            else:  # a state may pay for what a step takes
                found += potentials(goal.aimed(total, GE))
    return found


def homogenised(goal: Goal) -> list[Formula]:
    """The target for p/S in place of p, where the sum S of all p is known at the end.

    So sum p log p + log n >= 0 for sum p = 1 becomes sum p log p >= S log(S/n), which a step keeps.
    """
    layers = goal.layers
    assert layers is not None
    if goal.relation not in (GE, GT):
        return []
    found: list[Formula] = []
    for f in (f for f in layers.finals.values() if f.relation is EQ):
        for s in (s for s in layers.starts if s in set(f.term.walk()) and s.head == "variable"):
            line = linear(f.term, s)
            total = None if line is None else constant(scaled_term(-1 / line[0], line[1]))
            if total != 1:
                continue
            added = (p for p in layers.variables.values() if layers.updates[s] == plus(s, p))
            shares = [_scaled(goal, s, p) for p in added]
            found += [Formula(e, goal.relation) for e in shares if e is not None]
    return found


def _scaled(goal: Goal, s: Term, p: Term) -> Term | None:
    """The target in terms of what is added up for p/s, times a power of s."""
    layers, at = goal.layers, {}
    assert layers is not None
    for x in layers.starts:
        if x == s or x not in set(goal.target.walk()):
            continue
        added = minus(layers.updates[x], x)
        if str(p.value) in added.names:
            way = _degree(added, p, [*map(str, layers.starts), *layers.variables])
            if way is None:
                return None
            k, c = way
            less = x if c == 0 else minus(x, scaled_term(c, times(s, log(s))))
            at[x] = over(less, s if k == 1 else power(s, number(k)))
    if not at:
        return None
    there = replaced(goal.target, at)
    inside = replace(goal, layers=None)
    for m in (1, 2, 3):
        try:
            made = Forms(inside.aimed(times(power(s, number(fmpq(m))), there), GE))
        except (Rejected, Malformed):
            return None
        if made.polynomial is not None:
            return made.term(scaled(made.polynomial, 1 / made.bottom[()]))
    return None


def _degree(added: Term, p: Term, names: Sequence[str]) -> tuple[fmpq, fmpq] | None:
    """How u(p) scales: u(p/s) = s^-k u(p) - c (p/s) log(s)."""
    source, u = random.Random(7), function(added)  # noqa: S311
    rows = []
    for _ in range(8):
        point = {x: math.exp(source.gauss(0, 1)) for x in names}
        s, own = math.exp(source.gauss(0, 1)), point[str(p.value)]
        moved = value(u, {**point, str(p.value): own / s})
        rows.append((s, own, value(u, point), moved))
    for k, c in DEGREES:
        gaps = [a * s ** -float(k) - float(c) * p_ / s * math.log(s) - b for s, p_, a, b in rows]
        if all(abs(g) < 1e-9 * (1 + abs(row[3])) for g, row in zip(gaps, rows, strict=True)):
            return k, c
    return None


def _kept(goal: Goal, e: Term) -> bool:
    """Whether no step seems to lower a term, also where all that a step draws is nearly equal."""
    layers, source = goal.layers, random.Random(5)  # noqa: S311
    assert layers is not None
    change = function(minus(replaced(e, layers.updates), e))
    facts = [(function(f.term), f.relation) for f in layers.facts.values()]
    states = {str(x.value): 1.0 for x in layers.starts}
    for i in range(TRIED):
        base = math.exp(source.gauss(0, 1))
        spread = (1.0, 0.1, 0.01)[i % 3]
        drawn = {x: base * math.exp(spread * source.gauss(0, 1)) for x in layers.variables}
        point = {**dict.fromkeys(goal.box, 1.0), **states, **drawn}
        if all(holds(value(f, point), r) for f, r in facts) and value(change, point) < -1e-9:
            return False
    return True


def summed(goal: Goal) -> Iterator[Goal]:
    """The target with a sum in place of its bound: s where s >= S is known at the end."""
    layers = goal.layers
    assert layers is not None
    for f in layers.finals.values():
        for x in goal.variables.values():
            if x.head != "variable" or x in layers.starts or x not in set(f.term.walk()):
                continue
            found = linear(f.term, x)
            if found is not None and constant(found[1]) is None and f.relation is not Relation.NE:
                at = scaled_term(-1 / found[0], found[1])
                yield goal.aimed(replaced(goal.target, {x: at}), goal.relation)


def antilogs(goal: Goal) -> list[Formula]:
    """A comparison of sums of logarithms as one of products."""
    assert goal.layers is not None
    if goal.relation not in (GE, GT) or not any(e.head == "log" for e in goal.target.walk()):
        return []
    found = []
    for target in (goal.target, _cleared(replace(goal, layers=None))):
        sides: dict[int, Term | None] = {1: None, -1: None}
        logs = 0
        for e, sign in summands(target, 1) if target is not None else ():
            e = e.parts[1] if e.head == "*" and e.parts[0] == ONE else e
            size = e.parts[0] if e.head == "log" else exp(e)
            logs += e.head == "log"
            known = sides[sign]
            sides[sign] = size if known is None else times(known, size)
        if logs:
            right, left = (ONE if e is None else e for e in (sides[1], sides[-1]))
            found.append(Formula(minus(right, left), goal.relation))
            break
    return found


def _cleared(goal: Goal) -> Term | None:
    """The target without its denominator, where that seems positive."""
    try:
        forms = Forms(goal)
    except (Rejected, Malformed):
        return None
    return forms.term(forms.top) if sign_of(goal, forms.term(forms.bottom)) > 0 else None
