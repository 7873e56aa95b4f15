"""Monotone quotients: what vanishes at an end like x log(x), or beside a root, without its factor.

The target is a positive factor times a function that grows, or falls, to zero at the other end; its
derivative has fewer logarithms. What is symmetric about the middle of its range is cut there first.
"""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.rules import remaining
from proofs.core.terms import (
    Formula,
    Malformed,
    Rejected,
    Relation,
    Term,
    derivative,
    minus,
    number,
    over,
    plus,
    replaced,
    text,
)
from proofs.search.floats import function, nearest, samples, value
from proofs.search.forms import Forms, Poly, p_mul, scaled, vanishes
from proofs.search.special import zero_at
from proofs.search.touching import sign_of
from proofs.search.trees import Tree, cases, cone, have, substitute, unused

GE, GT = Relation.GE, Relation.GT
MAX_LOGS, MAX_ROWS = 3, 8
SMOOTH = frozenset({"log", "exp", "erf", "atan", "asin", "tanh", "sinh", "cosh", "sin", "cos"})


def quotient(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """It is x f(x), x > 0, where it tends to zero at zero as x log(x) does."""
    if goal.relation not in (GE, GT) or forms.polynomial is None:
        return
    for x in sorted(goal.target.names & set(goal.box)):
        variable, r = goal.variables[x], goal.box[x]
        if r.lo != 0 or not r.lo_open or not _entropic(goal, x) or not _fades(goal, x):
            continue
        place = next((v for m in forms.polynomial for v, _ in m if forms.atom(v) == variable), None)
        if place is None:
            continue
        less = scaled(p_mul(forms.polynomial, {((place, -1),): fmpq(1)}), 1 / forms.bottom[()])
        (name,) = unused(goal, "quotient")
        claim = Formula(forms.term(less), goal.relation)
        last = cone([(1, [f"lo:{x}", name], "1")])
        for node in _monotone(goal, claim.term, x):
            yield have(name, claim, node, last)
        if len(goal.target.names) == 1:
            yield have(name, claim, None, last)


def _entropic(goal: Goal, x: str) -> bool:
    return any(e.head == "log" and e.parts[0] == goal.variables[x] for e in goal.target.walk())


def _fades(goal: Goal, x: str) -> bool:
    """Whether the target seems to tend to zero with x, wherever the other variables are."""
    f = function(goal.target)
    if len(goal.target.names) == 1:
        others: list[dict[str, float]] = [{}]
    else:
        others = list(samples(goal, 6, seed=7))
    for point in others:
        near = [value(f, {**point, x: q}) for q in (1e-4, 1e-8, 1e-12)]
        if not all(abs(v) < bound for v, bound in zip(near, (1e-2, 1e-5, 1e-9), strict=True)):
            return False
    return True


def _monotone(goal: Goal, e: Term, x: str) -> Iterator[Tree]:
    """The argument from an end at which a term seems to be zero, if it seems monotone."""
    r, real = goal.box[x], Term("variable", value=x)
    try:
        slope = function(derivative(replaced(e, {goal.variables[x]: real}), x))
    except (Rejected, Malformed):
        return
    seen = [v for v in (value(slope, p) for p in samples(goal, 100)) if v == v]
    size = max((abs(v) for v in seen), default=0.0)
    for end, at, is_open, way in (("hi", r.hi, r.hi_open, -1), ("lo", r.lo, r.lo_open, 1)):
        if at is None or not all(way * v >= -1e-10 * size for v in seen):
            continue
        there = value(function(e), {x: nearest(at)}) if e.names == {x} else 0.0
        if there == there and not (is_open and goal.relation is GT and there == 0):
            yield _by_numerator(goal.aimed(e, goal.relation), x, end)


def _by_numerator(goal: Goal, x: str, end: str) -> Tree:
    """Monotonicity, with the numerator of the derivative where that is simpler."""
    node: Tree = {"rule": "monotone", "variable": x, "end": end}
    try:
        slope = remaining(goal, node)[-1]
        made = _numerator(slope, Forms(slope))
    except (Rejected, Malformed):
        return node
    return node if made is None else {**node, "parts": [..., made]}


def _numerator(goal: Goal, forms: Forms) -> Tree | None:
    """A quotient by its numerator, where few logarithms are left in it, without common roots."""
    top = forms.top
    if goal.relation not in (GE, GT) or not top or len(goal.target.names) != 1:
        return None
    powers = [dict(m) for m in top]
    common = [v for v in powers[0] if all(m.get(v) == 1 for m in powers) and v in forms.related]
    if set(forms.bottom) == {()} and not common:
        return None
    rest = {tuple((v, k) for v, k in m if v not in common): c for m, c in top.items()}
    logs = 0
    for m in rest:
        named = [(forms.atom(v), k) for v, k in m if forms.atom(v).names]
        smooth = [k for e, k in named if e.head == "log"]
        if smooth not in ([], [1]) or any(e.head not in ("log", "variable") for e, _ in named):
            return None
        logs += len(smooth)
    if not 1 <= logs <= MAX_LOGS or len(top) > MAX_ROWS:
        return None
    below, above, *roots = unused(goal, "numerator", 2 + len(common))
    sign = sign_of(goal, forms.term(forms.bottom))
    if sign == 0:
        return None
    claim = Formula(forms.term(scaled(rest, sign)), goal.relation)
    last = have(above, claim, None, cone([(1, [above, *roots], "1")], [below]))
    made = have(below, Formula(forms.term(scaled(forms.bottom, sign)), GT), None, last)
    for name, v in zip(roots, common, strict=True):
        made = have(name, Formula(forms.atom(v), GT), None, made)
    return made


def unrooted(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """C sqrt(u) + d, where d has logarithms, as sqrt(u) times c + d/sqrt(u), which is monotone."""
    top, names = forms.polynomial, sorted(goal.target.names & set(goal.box))
    if top is None or len(names) != 1 or goal.relation not in (GE, GT):
        return
    target = scaled(top, 1 / forms.bottom[()])
    for v in sorted(forms.related):
        if forms.degree_of(v) != 2 or forms.atom(v).head == "cos":
            continue
        slope: Poly = {
            tuple(q for q in m if q[0] != v): c for m, c in target.items() if (v, 1) in m
        }
        rest: Poly = {m: c for m, c in target.items() if (v, 1) not in m}
        e, d = forms.term(slope), forms.term(rest)
        if not slope or not any(t.head in SMOOTH and t.names for t in d.walk()):
            continue
        if any(t.head in SMOOTH and t.names for t in e.walk()) or sign_of(goal, e) == 0:
            continue
        root = forms.atom(v)
        claim = Formula(plus(e, over(d, root)), goal.relation)
        first, second = unused(goal, "unrooted", 2)
        for node in _monotone(goal, claim.term, names[0]):
            last = have(second, claim, node, cone([(1, [first, second], "1")]))
            yield have(first, Formula(root, GT), None, last)


def mirrored(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """What is zero at the middle of its range, and symmetric about it, is shown below it."""
    names = sorted(goal.target.names & set(goal.box))
    if len(names) != 1 or goal.relation not in (GE, GT):
        return
    (x,) = names
    r, variable = goal.box[x], goal.variables[x]
    if r.lo is None or r.hi is None or variable.head != "variable" or r.lo_open != r.hi_open:
        return
    if r.lo == r.hi or not any(e.head in SMOOTH and e.names for e in goal.target.walk()):
        return
    whole, middle = r.lo + r.hi, (r.lo + r.hi) / 2
    turned = replaced(goal.target, {variable: minus(number(whole), variable)})
    f, g = function(goal.target), function(turned)
    points = [nearest(r.lo + (r.hi - r.lo) * k / 17) for k in (1, 3, 5, 7)]
    if any(abs(value(f, {x: p}) - value(g, {x: p})) > 1e-9 for p in points):
        return
    if not zero_at(goal, x, middle) or not vanishes(goal, minus(goal.target, turned)):
        return
    name, words = unused(goal, "mirrored", 2)
    value_ = text(minus(number(whole), variable))
    said = [
        f"{x} {'>' if r.lo_open else '>='} {text(number(r.lo))}",
        f"{x} < {text(number(middle))}",
    ]
    same = have(words, Formula(goal.target, goal.relation), None, cone([(1, [words], "1")]))
    upper = {**substitute(x, value_, value_, said), "parts": [..., same]}
    yield cases(name, text(minus(variable, number(middle))), upper, None)
