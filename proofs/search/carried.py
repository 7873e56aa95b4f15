"""What one step of a recursion keeps, by the invariants that are assumed before it.

A linear recursion is argued as in a lecture: the invariant times the factor of the step is taken
away, and what remains is a product of what is positive with exp(t) - 1 - t, or with a fact.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import (
    ZERO,
    Formula,
    Malformed,
    Rejected,
    Relation,
    Term,
    linear,
    minus,
    neg,
    number,
    over,
    plus,
    replaced,
    text,
    times,
)
from proofs.search.cone import linear as by_facts
from proofs.search.decay import kept
from proofs.search.doubling import doubled
from proofs.search.engine import Search
from proofs.search.floats import plausible
from proofs.search.forms import Forms, Poly, degree, p_mul, ratio, vanishes
from proofs.search.growing import logarithmic
from proofs.search.plainly import plainly
from proofs.search.premises import peel
from proofs.search.standard import TANGENT
from proofs.search.trees import Hole, Tree, cases, cite, closed, cone, have, opened, unused
from proofs.search.worst import at_worst

MAX_CARRIED, MAX_TANGENTS = 4, 3
MAX_RATIO = 60  # of two ratios together
EQ, GE, GT, NE = Relation.EQ, Relation.GE, Relation.GT, Relation.NE


def counter_of(goal: Goal) -> Term | None:
    """The accumulator that counts layers."""
    steps = goal.layers.updates.items() if goal.layers is not None else ()
    return next((x for x, u in steps if text(u).replace(" ", "") == f"{x.value}+1"), None)


def carried(goal: Goal, search: Search, fuel: int) -> Tree | None:
    """What a step keeps: an invariant first, in which the target is linear; then anything."""
    if (plainly := search.leaf(goal)) is not None:
        return plainly
    for node in (*kept(goal), *doubled(goal)):
        whole = search.apply(goal, node, min(fuel, 2))
        if whole is not None:
            return whole
    try:
        forms = Forms(goal)
        if goal.relation is EQ:
            found = multiple(goal, forms, search)
            return found or search.solve(goal, fuel)
        ways = _by(goal, forms, "invariant ")
        plain = without(goal, forms, "invariant ", False, whole=True)
        if (whole := logarithmic(goal, plain, search, fuel)) is not None:
            return whole
    except (Rejected, Malformed):
        ways = []
    nearly: Opened | None = None
    rests: list[tuple[Opened, Hole]] = []
    for made in ways:
        left = _filled(made[1], search)
        if not left:
            return closed(made[0])
        if len(left) == 1:
            found = _by_tangents(left[0].goal, search) or _plainly(left[0].goal, search)
            if found is not None:
                left[0].filled = found
                return closed(made[0])
            rests.append((made, left[0]))
            nearly = nearly or made
    for made, rest in rests if _several(goal) else ():
        rest.filled = _again(rest.goal, search) or {}
        if rest.filled:
            return closed(made[0])
    for way in (_by_worst, _by_loss, _by_ratios, _by_two):
        whole = way(goal, search, fuel)
        if whole is not None:
            return whole
    if nearly is not None:
        smooth = any(e.head in ("exp", "log") for e in goal.target.walk())
        share = max(0, search.limit - search.spent) // (8 if smooth else 2)
        whole, _ = search.within(share, partial(search.filled, *nearly, fuel=fuel))
        if whole is not None:
            return whole
    return search.solve(goal, fuel)


Opened = tuple[Any, list[Hole]]


def _by(goal: Goal, forms: Forms, kind: str, anyway: bool = False) -> list[Opened]:
    """Eliminations by facts of a kind, opened."""
    more = without(goal, forms, kind, anyway) if anyway else ()
    ways = [*peel(goal, forms, kind, anyway), *more][:MAX_CARRIED]
    return [made for made in (opened(goal, t) for t in ways) if made is not None]


def without(
    goal: Goal, forms: Forms, kind: str, anyway: bool, whole: bool = False
) -> Iterator[Tree]:
    """Eliminate x by a fact e - x >= 0 or x - e >= 0 where there are quotients, or by the whole.

    A target that is linear in x is that of e and a multiple of the fact.
    """
    if goal.relation not in (GE, GT):
        return
    quotients = {label for label, *_ in forms.fractions}
    for label, (fact, relation) in goal.facts.items():
        known = label.startswith(kind) and relation in (GE, GT)
        for name in sorted(fact.names & goal.target.names & set(goal.box)) if known else ():
            x = goal.variables[name]
            found = linear(fact, x)
            quotient = whole or forms.polynomial is None or label in quotients
            if found is None or not quotient:
                continue
            c, rest = found
            low, middle, high = (replaced(goal.target, {x: number(q)}) for q in (0, 1, 2))
            slope = ratio(goal, minus(middle, low), number(c))
            bent = minus(plus(high, low), times(number(2), middle))
            if slope is None or not vanishes(goal, bent):
                continue
            end = ZERO if rest == ZERO else neg(rest) if c == 1 else over(neg(rest), number(c))
            e = replaced(goal.target, {x: rest if c == -1 else end})
            parts = Formula(slope, GE), Formula(e, goal.relation)
            if not plausible(goal.aimed(*parts[0]), 60):
                continue
            if not anyway and not plausible(goal.aimed(*parts[1]), 120):
                continue
            first, second = unused(goal, "without", 2)
            made: Tree = cone([(1, [first, label], "1"), (1, [second], "1")])
            made = have(second, parts[1], None, made)
            yield have(first, parts[0], None, made)


def _filled(holes: list[Hole], search: Search) -> list[Hole]:
    """Fill the holes that are plain; those that are not."""
    left = []
    for hole in holes:
        hole.filled = search.leaf(hole.goal) or _by_facts(hole.goal) or {}
        if not hole.filled:
            left.append(hole)
    return left


def _by_facts(goal: Goal) -> Tree | None:
    """A sum of facts and a number."""
    try:
        weights = by_facts(Forms(goal)) if goal.relation is GE else None
    except (Rejected, Malformed):
        return None
    made = None if weights is None else opened(goal, cone(weights))
    return None if made is None or made[1] else closed(made[0])


def _plainly(goal: Goal, search: Search) -> Tree | None:
    """What is plain, with a part of the work that is left."""
    share = max(0, search.limit - search.spent) // 4
    return search.within(share, partial(plainly, goal, search))[0]


def _several(goal: Goal) -> bool:
    """Whether more than one invariant says more than the sign of a state."""
    said = [f.term for label, f in goal.facts.items() if label.startswith("invariant ")]
    return sum(len(e.names) > 1 and bool(e.parts) for e in said) > 1


def _again(goal: Goal, search: Search) -> Tree | None:
    """What one invariant leaves, by another."""
    try:
        ways = _by(goal, Forms(goal), "invariant ")
    except (Rejected, Malformed):
        return None
    for made in ways:
        left = _filled(made[1], search)
        if len(left) == 1:
            left[0].filled = _by_tangents(left[0].goal, search) or {}
        if all(hole.filled for hole in left):
            return closed(made[0])
    return None


def _by_tangents(goal: Goal, search: Search, more: int = 1) -> Tree | None:
    """Exponentials as at least 1 + t: positive multiples of such facts are taken away."""
    try:
        forms = Forms(goal)
        shares, node = _primitive(goal, forms)
        if shares and (made := opened(goal, node)) is not None:
            *needed, last = made[1]
            found = None if _filled(needed, search) else _by_tangents(last.goal, search, more)
            last.filled = found or {}
            return closed(made[0]) if found else None
        atoms = map(forms.atom, sorted({v for m in forms.top for v, _ in m}))
        inside = [e.parts[0] for e in atoms if e.head == "exp"]
    except (Rejected, Malformed):
        return None
    for t in inside[:MAX_TANGENTS]:
        (name,) = unused(goal, "tangent")
        begun = opened(goal, cite(name, TANGENT.digest, {"t": text(t)}))
        if begun is None:
            continue
        *needed, last = begun[1]
        if _filled(needed, search):
            continue
        for tree, holes in _by(last.goal, Forms(last.goal), name):
            left = _filled(holes, search)
            if len(left) == 1 and more:
                left[0].filled = _by_tangents(left[0].goal, search, more - 1) or {}
            if all(hole.filled for hole in left):
                last.filled = closed(tree)
                return closed(begun[0])
    return None


def _primitive(goal: Goal, forms: Forms) -> tuple[dict[int, int], Tree]:
    """The numerator of a target without its greatest factor that is plainly positive."""
    rows = [dict(m) for m in forms.top]
    signs = {v: forms.strictly(v) for row in rows for v in row}
    shares = {v: min(row.get(v, 0) for row in rows) for v, label in signs.items() if label}
    shares = {v: k for v, k in shares.items() if k}
    factor = {tuple(sorted((v, -k) for v, k in shares.items())): 1 / forms.bottom.get((), fmpq(1))}
    less = p_mul(forms.top, factor)
    (name,) = unused(goal, "primitive")
    up = [str(signs[v]) for v, k in shares.items() for _ in range(k)]
    down = [str(signs[v]) for v, k in shares.items() for _ in range(-k)]
    lemma = Formula(forms.term(less), goal.relation)
    return shares, have(name, lemma, None, cone([(1, [name, *up], "1")], down))


def multiple(goal: Goal, forms: Forms, search: Search) -> Tree | None:
    """An equation whose numerator is a multiple of that of another."""
    whole: Poly = {(): fmpq(1)}
    known = [(f.label, f.poly, whole) for f in forms.facts if f.relation is EQ]
    known += [(label, p, q) for label, p, q, relation in forms.fractions if relation is EQ]
    for label, above, below in known:
        share = forms.divided(forms.top, above)
        if share is None:
            continue
        e = f"({text(forms.term(share))})*({text(forms.term(below))})"
        node = cone([(1, [label], f"{e}/({text(forms.term(forms.bottom))})")])
        found = search.apply(goal, node, 2)
        if found is not None:
            return found
    return None


def _by_two(goal: Goal, search: Search, fuel: int) -> Tree | None:
    """One invariant where it is enough, another elsewhere."""
    if goal.relation is not GE or sum(n.startswith("invariant ") for n in goal.facts) < 2:
        return None
    try:
        forms = Forms(goal)
        for node in without(goal, forms, "layer domain", False):  # what a step may lose
            if (made := opened(goal, node)) is not None and len(_filled(made[1], search)) == 1:
                (rest,) = (h for h in made[1] if not h.filled)
                rest.filled = _by_two(rest.goal, search, fuel) or {}
                return closed(made[0]) if rest.filled else None
        ways = _by(goal, forms, "invariant ", anyway=True)
        lefts = [left for made in ways if len(left := _filled(made[1], search)) == 1]
        rests = [left[0].goal.target for left in lefts]
        for first, second in itertools.permutations(sorted(rests, key=partial(_size, goal)), 2):
            either = goal.aimed(Term("max", first, second), GE)
            alone = any(plausible(goal.aimed(e, GE), 120) for e in (first, second))
            if not alone and plausible(either, 120):
                return _apart(goal, first, second, search, fuel)
    except (Rejected, Malformed):
        pass
    return None


def _size(goal: Goal, e: Term) -> tuple[int, int]:
    """The degree of the numerator, and of how many terms it is."""
    top = Forms(goal.aimed(e, GE)).top
    return degree(top), len(top)


def _apart(goal: Goal, first: Term, second: Term, search: Search, fuel: int) -> Tree | None:
    """Apart where the rest that one invariant leaves is positive."""
    _, node = _primitive(goal.aimed(first, GE), Forms(goal.aimed(first, GE)))
    (name,) = unused(goal, "enough")
    for term in (node["claim"].rpartition(" >= ")[0], text(first)):
        parts = opened(goal, cases(name, term))
        if parts is None:
            continue
        *needed, here, elsewhere = parts[1]
        if _filled(needed, search):
            continue
        for hole, rest in ((here, first), (elsewhere, second)):
            hole.filled = _enough(hole.goal, rest, search, fuel) or {}
        if here.filled and elsewhere.filled:
            return closed(parts[0])
    return None


def _enough(goal: Goal, rest: Term, search: Search, fuel: int) -> Tree | None:
    """By an invariant that leaves a rest, whose numerator is shown first, by what is said of it."""
    for tree, holes in _by(goal, Forms(goal), "invariant ", anyway=True):
        left = _filled(holes, search)
        if [h.goal.target for h in left] != [rest]:
            continue
        here = left[0].goal
        claim = _primitive(here, Forms(here))[1]
        parts = opened(here, {**claim, "parts": [..., None, None]})
        if parts is None:
            continue
        *needed, above, last = parts[1]
        names = above.goal.target.names
        plain = {n: f for n, f in here.facts.items() if f.relation is not NE and f.term.names}
        few = {n: f for n, f in plain.items() if f.term.names <= names and "without" not in n}
        above.filled = search.solve(replace(above.goal, facts=few), fuel) or {}
        if not above.filled or _filled(needed, search):
            continue
        last.filled = search.solve(last.goal, fuel) or {}
        left[0].filled = closed(parts[0])
        return closed(tree) if last.filled else None
    return None


def _by_ratios(goal: Goal, search: Search, fuel: int, ranges: bool = False) -> Tree | None:
    """R' >= L' as R >= L and R'/R >= L'/L: a step multiplies the larger side by more.

    With p = R'/R and q = L'/L it is R' - L' = p (R - L) + L (p - q).
    """
    if goal.target.head != "-" or goal.relation not in (GE, GT):
        return None
    # What a step draws or accumulates stands in no plain factor.
    ranged = (f.term.names for n, f in goal.facts.items() if n.startswith("domain"))
    plain = {x for x, e in goal.variables.items() if e.head == "integer"}.union(*ranged)
    if ranges:
        plain |= {x for x, r in goal.box.items() if (r.lo, r.hi) != (None, None)}
    for label, (e, relation) in goal.facts.items():
        if not label.startswith("invariant ") or e.head != "-" or not relation.implies(GE):
            continue
        p, q = (ratio(goal, *pair) for pair in zip(goal.target.parts, e.parts, strict=True))
        if p is None or q is None or p.size + q.size > MAX_RATIO:
            continue
        if not (p.names | q.names) <= plain:
            continue
        first, second, third = unused(goal, "ratio", 3)
        parts = Formula(p, GE), Formula(e.parts[1], goal.relation), Formula(minus(p, q), GE)
        if goal.relation is GT:
            parts = Formula(p, GT), Formula(e.parts[1], GE), Formula(minus(p, q), GE)
        made: Tree = cone([(1, [first, label], "1"), (1, [second, third], "1")])
        for name, lemma in zip((third, second, first), reversed(parts), strict=True):
            made = have(name, lemma, None, made)
        if goal.relation is GT and relation is not GT:
            continue
        if all(plausible(goal.aimed(*f), 60) for f in parts):
            found = search.apply(goal, made, min(fuel, 3))
            if found is not None:
                return found
    return None


def _by_worst(goal: Goal, search: Search, fuel: int) -> Tree | None:
    """The target where an invariant holds with equality."""
    return search.first(goal, at_worst(goal), min(fuel, 3))


def _by_loss(goal: Goal, search: Search, fuel: int) -> Tree | None:
    """A step loses nothing at worst; then by ratios, of formulas in parameters with quotients."""
    try:
        nodes = list(without(goal, Forms(goal), "layer domain", False))
    except (Rejected, Malformed):
        return None
    for node in nodes:
        made = opened(goal, node)
        left = [] if made is None else _filled(made[1], search)
        if made is not None and len(left) == 1:
            left[0].filled = _by_ratios(left[0].goal, search, fuel, ranges=True) or {}
            if left[0].filled:
                return closed(made[0])
    return None
