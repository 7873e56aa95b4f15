"""Tactics: which rules to try on a goal, most promising first."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from flint import fmpq

from proofs.provers.calculus.goals import Goal, Range
from proofs.provers.calculus.polynomials import ATOMS, rational_root
from proofs.provers.calculus.rules import refine
from proofs.provers.calculus.terms import (
    Malformed,
    Rejected,
    Term,
    derivative,
    substitute,
    variables,
    working_precision,
    write,
)
from proofs.provers.chernoff import chernoff
from proofs.provers.cone import cone
from proofs.provers.factoring import factor
from proofs.provers.floats import function, holds, samples, value
from proofs.provers.gram import gram

Node = Mapping[str, Any]


def refined(goal: Goal, node: Node) -> list[Goal] | None:
    """The goals that a rule leaves, or None where it does not apply."""
    try:
        return refine(goal, node)
    except (Rejected, Malformed):
        return None


def split(x: str, at: fmpq) -> Node:
    """The rule that divides the range of a variable."""
    return {"rule": "split", "variable": x, "at": str(at)}


def substitution(
    x: str, value: str, inverse: str, new: Range, keep: bool = False
) -> dict[str, Any]:
    """The rule that writes x as a value of a new variable, which takes its name."""
    lo, hi = (None if end is None else str(end) for end in new[:2])
    ends = {"lo": lo, "hi": hi, "lo_open": new.lo_open, "hi_open": new.hi_open}
    return {
        "rule": "substitute",
        "variable": x,
        "value": value,
        "inverse": inverse,
        **ends,
        "keep": keep,
    }


def reciprocal(goal: Goal, x: str) -> Iterator[Node]:
    """X = 1/t on a range of positive numbers."""
    r = goal.box[x]
    if r.lo is None or r.lo < 0 or (r.lo == 0 and not r.lo_open) or r.hi == 0:
        return
    lo, lo_open = (fmpq(0), True) if r.hi is None else (1 / r.hi, r.hi_open)
    new = Range(lo, None if r.lo == 0 else 1 / r.lo, lo_open, r.lo != 0 and r.lo_open)
    yield substitution(x, f"1/{x}", f"1/{x}", new)


def _subterms(e: Term) -> Iterator[Term]:
    if e[0] not in ("num", "var", "E"):
        for a in e[1:]:
            yield from _subterms(a)
    yield e


def _powers(goal: Goal) -> Iterator[Node]:
    """Substitute x = t**q where x occurs under a q-th root."""
    for x in sorted(variables(goal.target) & set(goal.box)):
        q = 1
        for e in _subterms(goal.target):
            if e[0] == "**" and e[2][0] == "num" and x in variables(e[1]):
                base = e[1]
                if base == ("var", x) or (base[0] == "*" and ("var", x) in base):
                    q = math.lcm(q, int(e[2][1].q))
        r = goal.box[x]
        if q > 1 and r.lo is not None and r.lo >= 0:
            lo, hi = (None if end is None else rational_root(end, q) for end in (r.lo, r.hi))
            if lo is not None and (hi is None) == (r.hi is None):
                new = Range(lo, hi, r.lo_open, r.hi_open)
                yield substitution(x, f"{x}**{q}", f"{x}**(1/{q})", new)


def _fraction(goal: Goal) -> Iterator[Node]:
    if set(goal.normal(goal.target).bottom) != {()}:
        yield {"rule": "fraction", "bottom": "+"}
        yield {"rule": "fraction", "bottom": "-"}


def _rational(goal: Goal) -> Iterator[Node]:
    """Quotients of polynomials first; where there is an exponential, its derivative is simpler."""
    if all(e[0] in ("num", "var", "+", "*", "/", "**") for e in _subterms(goal.target)):
        yield from _fraction(goal)


def _absolute(goal: Goal) -> Iterator[Node]:
    terms = [e for e in _subterms(goal.target) if e[0] == "abs"]
    if not terms:
        return
    if goal.target[0] == "+":
        yield {"rule": "square"}
    for e in dict.fromkeys(terms):
        yield {"rule": "cases", "term": write(e[1])}


def _irrational(goal: Goal) -> Iterator[Node]:
    """Square both sides where the root of a number stands by itself."""
    roots = [e for e in _subterms(goal.target) if e[0] == "**" and e[1][0] == "num" == e[2][0]]
    if roots and goal.target[0] == "+" and goal.relation in (">=", ">"):
        yield {"rule": "square"}


def _logarithm(goal: Goal) -> Iterator[Node]:
    """Take logarithms where powers or exponentials stand on both sides."""
    if goal.target[0] == "+" and goal.relation in (">=", ">"):
        sides = [
            any(
                e[0] in ("exp", "cosh") or (e[0] == "**" and e[2][0] != "num") for e in _subterms(t)
            )
            for t in goal.target[1:]
        ]
        if any(sides) and "log" not in {e[0] for e in _subterms(goal.target)}:
            yield {"rule": "logarithm"}


def _integers(goal: Goal) -> Iterator[Node]:
    for x in sorted(variables(goal.target) & set(goal.box)):
        r = goal.box[x]
        if r.lo is not None and r.lo == r.hi:
            yield {"rule": "enumerate", "variable": x}
    for x in sorted(goal.integers & variables(goal.target)):
        r = goal.box[x]
        if r.lo is not None and r.hi is not None and r.hi - r.lo <= 60:
            yield {"rule": "enumerate", "variable": x}
        if any(e[0] == "**" and x in variables(e[2]) for e in _subterms(goal.target)):
            yield {"rule": "induction", "variable": x}


def _monotone(goal: Goal) -> Iterator[Node]:
    """Directions in which sampling sees the target grow from an end."""
    if goal.relation not in (">=", ">"):
        return
    for x in sorted(variables(goal.target) & set(goal.box)):
        r = goal.box[x]
        try:
            slope = function(derivative(goal.target, x), goal.draws)
        except Rejected:
            continue
        seen = [value(slope, point) for point in samples(goal, 150)]
        seen = [v for v in seen if v == v]
        size = max((abs(v) for v in seen), default=0.0)
        if r.lo is not None and all(v >= -1e-10 * size for v in seen):
            yield {"rule": "monotone", "variable": x, "end": "lo"}
        if r.hi is not None and all(v <= 1e-10 * size for v in seen):
            yield {"rule": "monotone", "variable": x, "end": "hi"}


def _reciprocals(goal: Goal) -> Iterator[Node]:
    """X = 1/t, where 1/x stands in an exponent."""
    for x in sorted(variables(goal.target) & set(goal.box)):
        exponents = [e[2] for e in _subterms(goal.target) if e[0] == "**"]
        exponents += [e[1] for e in _subterms(goal.target) if e[0] == "exp"]
        inside = [
            t for e in exponents for t in _subterms(e) if t[0] == "/" and x in variables(t[2])
        ]
        if inside:
            yield from reciprocal(goal, x)


def _orders(goal: Goal) -> Iterator[Node]:
    """Order two variables, where the target is symmetric in them."""
    names = sorted(variables(goal.target) & set(goal.box))
    if len(names) < 2 or len(goal.facts) > 4 or len(names) > 4:
        return
    target = goal.normal(goal.target)
    for x, y in itertools.combinations(names, 2):
        swapped = substitute(
            substitute(substitute(goal.target, x, ("var", "?")), y, ("var", x)), "?", ("var", y)
        )
        known = any(variables(e) == {x, y} for _, e, _ in goal.facts)
        if not known and goal.normal(swapped) == target and goal.box[x] == goal.box[y]:
            yield {"rule": "cases", "term": f"{x} - {y}"}
            return


def _exponentials(goal: Goal) -> Iterator[Node]:
    """X = exp(t), where log(x) or x**y occurs."""
    for x in sorted(variables(goal.target) & set(goal.box)):
        inside = [
            e
            for e in _subterms(goal.target)
            if e == ("log", ("var", x))
            or (e[0] == "**" and e[1] == ("var", x) and e[2][0] != "num")
        ]
        if inside and goal.box[x] == Range(fmpq(0), None, True):
            yield substitution(x, f"exp({x})", f"log({x})", Range(None, None))


def _race(goal: Goal) -> Iterator[Node]:
    """Take logarithms at once, where one product of positive powers stands against another."""
    if goal.target[0] != "+" or goal.relation not in (">=", ">"):
        return
    top, bottom = goal.normal(goal.target)
    powers = any(e[0] == "**" and e[2][0] != "num" for e in _subterms(goal.target))
    if len(top) == 2 and set(bottom) == {()} and powers:
        low, high = sorted(top.values())
        atoms = {ATOMS[v] for m in top for v, _ in m}
        ranges = (goal.range(a) for a in atoms)
        if low < 0 < high and all(r.lo is not None and r.lo >= 0 for r in ranges):
            yield {"rule": "logarithm"}


TACTICS = (
    chernoff,
    _race,
    _powers,
    cone,
    factor,
    gram,
    _rational,
    _irrational,
    _absolute,
    _reciprocals,
    _integers,
    _monotone,
    _fraction,
    _logarithm,
    _orders,
    _exponentials,
)


def vanishes(goal: Goal, x: str, at: fmpq) -> bool:
    """Whether the target is exactly zero where x takes a value."""
    there = goal.but(target=substitute(goal.target, x, ("num", at)), relation=">=")
    return refined(there, {"rule": "identity"}) == []


def singular(goal: Goal, x: str, end: str) -> bool:
    """Whether the target has no finite enclosure near an end of a bounded range."""
    r = goal.box[x]
    width = (r.hi - r.lo) / 2**20
    cell = {"hi": r.lo + width} if end == "lo" else {"lo": r.hi - width}
    with working_precision():
        try:
            found = goal.narrowed(x, **cell).enclose(goal.target)
        except Rejected:
            return False
    return found.lo is None


def lowest(goal: Goal, names: list[str]) -> Iterator[tuple[str, fmpq]]:
    """Short coordinates of a point inside the box where the target seems to vanish."""
    f = function(goal.target, goal.draws)
    facts = [(function(e, goal.draws), r) for _, e, r in goal.facts if variables(e)]
    best, point = math.inf, {}
    for trial in samples(goal, 300):
        found = value(f, trial)
        if found < best and all(holds(value(h, trial), r) for h, r in facts):
            best, point = found, dict(trial)
    step = 0.5
    while point and step > 1e-9:
        improved = False
        for x, sign in itertools.product(names, (1, -1)):
            moved = {**point, x: point[x] + sign * step * max(abs(point[x]), 0.01)}
            inside = _contains(goal.box[x], moved[x])
            if inside and value(f, moved) < best:
                best, point, improved = value(f, moved), moved, True
        step = step if improved else step / 3
    if not point or abs(best) > 1e-7:
        return
    for x in names:
        near = Fraction(point[x]).limit_denominator(12)
        if abs(float(near) - point[x]) < 1e-3:
            yield x, fmpq(near.numerator, near.denominator)


def _contains(r: Range, at: float) -> bool:
    return (r.lo is None or at >= int(r.lo.p) / int(r.lo.q)) and (
        r.hi is None or at <= int(r.hi.p) / int(r.hi.q)
    )


def touching(goal: Goal, x: str) -> Iterator[fmpq]:
    """Short rationals inside the range at which the target vanishes."""
    f = function(goal.target, goal.draws)
    r = goal.box[x]
    points = sorted({point[x] for point in samples(goal, 0)})
    points = sorted(set(points) | {(a + b) / 2 for a, b in itertools.pairwise(points)})
    values = [value(f, {x: p}) for p in points]
    for i in range(1, len(points) - 1):
        if not (values[i] <= values[i - 1] and values[i] <= values[i + 1]):
            continue
        a, b = points[i - 1], points[i + 1]
        for _ in range(80):
            c, d = a + (b - a) / 3, b - (b - a) / 3
            if value(f, {x: c}) < value(f, {x: d}):
                b = d
            else:
                a = c
        for limit in (1, 12, 1000):
            near = Fraction((a + b) / 2).limit_denominator(limit)
            at = fmpq(near.numerator, near.denominator)
            inside = (r.lo is None or at > r.lo) and (r.hi is None or at < r.hi)
            close = abs(float(near) - (a + b) / 2) < 1e-3 * (1 + abs(a))
            if inside and close and vanishes(goal, x, at):
                yield at
