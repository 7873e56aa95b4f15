"""Ranges taken apart: at zeros, at ends that a target cannot have, and what is least at ends."""

from __future__ import annotations

import math
from collections.abc import Iterator

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import Relation, Term, minus, number, replaced, text
from proofs.search.floats import function, value
from proofs.search.forms import Forms, ends_a_range, vanishes
from proofs.search.reshape import points_inside, real_names
from proofs.search.trees import Tree, cases, split, unused

GE, GT = Relation.GE, Relation.GT
RATIONAL = frozenset({"number", "variable", "integer", "neg", "+", "-", "*", "/", "**", "abs"})


def zeros(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Split where the target vanishes whatever the other variables are."""
    names = real_names(goal)
    if len(names) < 2 and (goal.relation is not GE or set(_heads(goal.target)) <= RATIONAL):
        return
    for x in names:
        r = goal.box[x]
        for at in (fmpq(0), fmpq(1), fmpq(-1), fmpq(1, 2)):
            inside = (r.lo is None or at > r.lo) and (r.hi is None or at < r.hi)
            if inside and _flat(goal, x, at):
                yield split(goal, x, at)


def affine(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """A polynomial of degree one in a variable between two ends is least at one of them.

    Of what is > 0 that shows more than its coefficients do: t*x + (1 - t)*y for positive x, y.
    """
    top = forms.polynomial
    if top is None or goal.relation is not GT or len(goal.target.names) < 2:
        return
    for x in real_names(goal):
        r, v = goal.box[x], goal.variables[x]
        told = (f for f in goal.facts.values() if x in f.term.names and not ends_a_range(goal, f))
        if None in r[:2] or r.lo == r.hi or any(told):
            continue
        powers = {k for m in top for place, k in m if forms.atom(place) == v}
        inside = {forms.atom(place) for m in top for place, _ in m} - {v}
        if powers != {1} or any(x in e.names for e in inside):
            continue
        high, low = (replaced(goal.target, {v: number(q)}) for q in (1, 0))
        (name,) = unused(goal, "slope")
        ways: list[Tree] = [{"rule": "monotone", "variable": x, "end": end} for end in ("lo", "hi")]
        yield cases(name, text(minus(high, low)), *ways)
        return


def _heads(e: Term) -> Iterator[str]:
    return (t.head for t in e.walk())


def _flat(goal: Goal, x: str, at: fmpq) -> bool:
    there = replaced(goal.target, {goal.variables[x]: number(at)})
    f = function(there)
    seen = [value(f, p) for p in points_inside(goal, [x])]
    seen = [s for s in seen if not math.isnan(s)]
    return bool(seen) and max(map(abs, seen)) < 1e-9 and vanishes(goal, there)


def bases(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Apart where a power with a variable exponent is zero: elsewhere logarithms may be taken.

    Its base is zero there, or a factor beside it.
    """
    powers = [e for e in goal.target.walk() if e.head == "**" and e.parts[1].names]
    products = [e for e in goal.target.walk() if e.head == "*"] if powers else []
    inside = [e.parts[0] for e in powers]
    inside += [
        a
        for e in products
        for a, b in (e.parts, e.parts[::-1])
        if a.head == "variable" and any(p in powers for p in b.walk())
    ]
    for x in real_names(goal) if powers else ():
        r = goal.box[x]
        for end, is_open in ((r.lo, r.lo_open), (r.hi, r.hi_open)):
            if end is None or is_open or r.lo == r.hi:
                continue
            at = {goal.variables[x]: number(end)}
            if any(x in e.names and vanishes(goal, replaced(e, at)) for e in dict.fromkeys(inside)):
                yield split(goal, x, end) if end == r.lo else _below(goal, x, end)
                return


def boundaries(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Take closed ends of ranges apart, where the target needs the inside."""
    for x in real_names(goal):
        r = goal.box[x]
        if r.lo is not None and not r.lo_open and r.lo != r.hi and _needs_inside(goal, x):
            yield split(goal, x, r.lo)
            return
        if r.hi is not None and not r.hi_open and r.lo != r.hi and _needs_inside(goal, x):
            yield _below(goal, x, r.hi)
            return


def _below(goal: Goal, x: str, high: fmpq) -> Tree:
    """Apart where a variable is at the upper end of its range."""
    (name,) = unused(goal, "end")
    return cases(name, text(minus(number(high), goal.variables[x])))


def _needs_inside(goal: Goal, x: str) -> bool:
    return any(
        x in e.names and (e.head in ("log", "/") or (e.head == "**" and x in e.parts[0].names))
        for e in goal.target.walk()
    )
