"""Other coordinates: ratios where a goal scales, differences where it shifts, paths to equality.

Floating-point probes propose; the core's ``substitute`` shows that nothing is lost.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

from flint import fmpq

from proofs.core.goals import Goal, Range
from proofs.core.terms import (
    Malformed,
    Rejected,
    Relation,
    Term,
    constant,
    derivative,
    linear,
    minus,
    number,
    over,
    plus,
    replaced,
    text,
    times,
)
from proofs.search.floats import Function, function, samples, value
from proofs.search.forms import Forms, scaled_term, vanishes
from proofs.search.moves import restated
from proofs.search.trees import Tree, cases, cone, split, substitute, unused

GE, GT = Relation.GE, Relation.GT
MAX_SCALED = 5


def real_names(goal: Goal) -> list[str]:
    """The variables of the target that are no integers, in order."""
    names = sorted(goal.target.names & set(goal.box))
    return [x for x in names if goal.variables[x].head == "variable"]


def points_inside(goal: Goal, names: Sequence[str]) -> list[dict[str, float]]:
    """Points in general position inside the box, of moderate size."""
    found = []
    for i, point in enumerate(samples(goal, 60, seed=5)):
        moved = dict(point)
        for k, x in enumerate(names):
            r = goal.box[x]
            if r.lo is not None and r.hi is None and r.lo == 0:
                moved[x] = 0.31 + ((i * 0.37 + k * 0.59) % 1) * 2
            elif r.lo is None and r.hi is None:
                moved[x] = -1.3 + ((i * 0.41 + k * 0.53) % 1) * 2.6
        if all(math.isfinite(v) for v in moved.values()):
            found.append(moved)
    return found[:12]


def homogeneous(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Where the target scales with some positive variables, take their ratios to one of them."""
    positive = [x for x in real_names(goal) if goal.box[x][:2] == (0, None)]
    if not 2 <= len(positive) <= MAX_SCALED:
        return
    f = function(goal.target)
    facts = [function(e) for e, _ in goal.facts.values() if len(e.names) > 1]
    probes = points_inside(goal, positive)
    positive = [x for x in positive if not _one_degree(f, probes, [x])]  # the others are apart
    for size in range(len(positive), 1, -1):
        for chosen in itertools.combinations(positive, size):
            if not _scales(f, facts, probes, chosen):
                continue
            closed = [x for x in chosen if not goal.box[x].lo_open]
            unit = next((x for x in reversed(chosen) if x not in closed), chosen[-1])
            if unit in closed:
                yield split(goal, unit, fmpq(0))
            else:
                yield _ratios(goal, [x for x in chosen if x != unit], unit)
            return


def _scales(
    f: Function,
    facts: Sequence[Function],
    probes: Sequence[dict[str, float]],
    names: Sequence[str],
) -> bool:
    """Whether f(t x) = t^k f(x) for all probes, with one k; the facts likewise, each its own."""
    return all(_one_degree(g, probes, names) for g in (f, *facts))


def _one_degree(
    g: Function,
    probes: Sequence[dict[str, float]],
    names: Sequence[str],
    against: Sequence[str] = (),
) -> bool:
    degrees = []
    for point in probes:
        at = value(g, point)
        for factor in (2.0, 3.0):
            moved_to = {x: point[x] * factor for x in names}
            moved_to |= {x: point[x] / factor for x in against}
            moved = value(g, {**point, **moved_to})
            if math.isnan(at) or math.isnan(moved):
                continue
            if at == 0 or abs(at) < 1e-9 or moved * at <= 0:
                if abs(at) < 1e-9 and abs(moved) < 1e-8:
                    continue
                return False
            # not of the quotient, which may be beyond floats
            degrees.append((math.log(abs(moved)) - math.log(abs(at))) / math.log(factor))
    return len(degrees) >= 6 and max(degrees) - min(degrees) < 1e-5


_FUNCTIONS = frozenset(("exp", "log", "sin", "cos", "atan", "erf"))


def opposed(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Where the target scales as one variable grows and others fall, take their products with it.

    So s and t stand for s*t where the target says as much of 2*s and t/2.
    """
    if not any(e.head in _FUNCTIONS for e in goal.target.walk()):
        return  # polynomials are decided in more variables, and better
    names = real_names(goal)
    signs = {x: _sign(goal.box[x]) for x in names}
    loose = [x for x in names if signs[x] is not None]
    if not 2 <= len(loose) <= MAX_SCALED:
        return
    f = function(goal.target)
    facts = [function(e) for e, _ in goal.facts.values() if len(e.names) > 1]
    probes = points_inside(goal, loose)
    loose = [x for x in loose if not _one_degree(f, probes, [x])]  # the others are apart
    for unit in (x for x in loose if signs[x] and goal.box[x].lo_open | goal.box[x].hi_open):
        for x in (x for x in loose if x != unit):
            if all(_one_degree(g, probes, [unit], [x]) for g in (f, *facts)):
                side = int(signs[x] or 0) * int(signs[unit] or 0)
                is_open = goal.box[x].lo_open or goal.box[x].hi_open
                where = [f"{x} {'>' if side > 0 else '<'}{'' if is_open else '='} 0"]
                yield substitute(x, f"{x}/{unit}", f"{x}*{unit}", where if side else [])
                return


def _sign(r: Range) -> int | None:
    """The sign of a variable on a half-line from 0, 0 on the whole line, None elsewhere."""
    return {(0, None): 1, (None, 0): -1, (None, None): 0}.get(r[:2])


def _ratios(goal: Goal, names: Sequence[str], unit: str) -> Tree:
    """Each x = x' unit; x' keeps being positive or nonnegative."""
    made: Tree | None = None
    for x in reversed(names):
        sign = ">" if goal.box[x].lo_open else ">="
        node = substitute(x, f"{x}*{unit}", f"{x}/{unit}", [f"{x} {sign} 0"])
        made = {**node, "parts": [..., made]} if made is not None else node
    assert made is not None
    return made


def translated(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Where the target is multiplied by a constant as some variables shift, take differences."""
    real = [x for x in real_names(goal) if goal.box[x][:2] == (None, None)]
    if not 2 <= len(real) <= MAX_SCALED:
        return
    f = function(goal.target)
    facts = [function(e) for e, _ in goal.facts.values() if len(e.names) > 1]
    probes = points_inside(goal, real)
    real = [x for x in real if not _shifts(f, probes, [x])]  # the others are apart
    for size in range(len(real), 1, -1):
        for chosen in itertools.combinations(real, size):
            if all(_shifts(g, probes, chosen) for g in (f, *facts)):
                *others, unit = chosen
                yield _differences(others, unit)
                return


def _shifts(g: Function, probes: Sequence[dict[str, float]], names: Sequence[str]) -> bool:
    rates = []
    for point in probes:
        at = value(g, point)
        for shift in (0.5, 1.25):
            moved = value(g, {**point, **{x: point[x] + shift for x in names}})
            if math.isnan(at) or math.isnan(moved):
                continue
            if abs(at) < 1e-9 or moved * at <= 0:
                if abs(at) < 1e-9 and abs(moved) < 1e-8:
                    continue
                return False
            # not of the quotient, which may be beyond floats
            rates.append((math.log(abs(moved)) - math.log(abs(at))) / shift)
    return len(rates) >= 6 and max(rates) - min(rates) < 1e-5


def _differences(names: Sequence[str], unit: str) -> Tree:
    made: Tree | None = None
    for x in reversed(names):
        node = substitute(x, f"{x} + {unit}", f"{x} - {unit}")
        made = {**node, "parts": [..., made]} if made is not None else node
    assert made is not None
    return made


def independent(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """A variable on which the target does not depend, whatever its text says, becomes a number."""
    names = sorted(goal.target.names & set(goal.box))
    f = function(goal.target)
    for x in names if len(names) > 1 and goal.relation in (GE, GT) else ():
        free = goal.box[x][:2] == (None, None)  # zero, if it may: exponents become simpler
        there = replaced(goal.target, {goal.variables[x]: number(0 if free else 1)})
        g, seen = function(there), []
        for point in samples(goal, 30):
            a, b = value(f, point), value(g, point)
            if not (math.isnan(a) or math.isnan(b)):
                seen.append(abs(a - b) <= 1e-9 * (1 + abs(a)))
        # some are beyond what floats can tell apart
        if (
            len(seen) > 9
            and 5 * sum(seen) > 4 * len(seen)
            and vanishes(goal, minus(there, goal.target))
        ):
            yield restated(goal, there)
            return


def scaled_ends(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """X = c t where an end of the range of x is an irrational c, such as pi/2: t has rational ends.

    A range has rational ends only; without this, what touches at the other ends would be lost.
    """
    for x in real_names(goal):
        ends = [found for label in goal.facts if (found := _end(goal, x, label)) is not None]
        r = goal.box[x]
        if not ends or any(end not in (None, 0) for end in r[:2]):
            continue
        unit = min((c for c, *_ in ends), key=lambda c: c.size)
        size = value(function(unit), {})
        if size < 0:
            unit, size = scaled_term(fmpq(-1), unit), -size
        if not size > 1e-6:
            continue
        yield _rescaled(goal, x, unit, size, ends)
        return


def standard(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """X = c t where erf(x/c) occurs, as in the normal law, and c is irrational."""
    for e in goal.target.walk():
        u = e.parts[0] if e.head == "erf" else e
        if e.head != "erf" or u.head != "/" or len(u.names) != 1 or u.parts[1].names:
            continue
        x, c = min(u.names), u.parts[1]
        ends = goal.box[x][:2] if x in real_names(goal) else (1, 1)
        apart = u.parts[0] == goal.variables[x] and constant(c) is None
        size = value(function(c), {})
        if apart and size > 0 and all(end in (None, 0) for end in ends):
            yield _rescaled(goal, x, c, size, ())
            return


def exponents(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """X = sqrt(c) t where exp(q x^2/c) occurs, and x = c t for exp(q x/c), with c irrational.

    For only exponents that are polynomials are added up in normal forms.
    """
    for e in goal.target.walk():
        if e.head != "exp" or len(e.names) != 1:
            continue
        x, f = min(e.names), function(e.parts[0])
        if x not in real_names(goal) or any(end not in (None, 0) for end in goal.box[x][:2]):
            continue
        one, two = value(f, {x: 1.0}), value(f, {x: 2.0})
        if not one or not math.isfinite(one):  # no number there, perhaps outside the domain
            continue
        if abs(one - Fraction(one).limit_denominator(1000)) < 1e-12:
            continue
        for c in {t.parts[1] for t in e.walk() if t.head == "/" and not t.parts[1].names}:
            if constant(c) is None and two in (2 * one, 4 * one):
                unit = c if two == 2 * one else Term("sqrt", c)
                yield _rescaled(goal, x, unit, value(function(unit), {}), ())
                return


def exponential(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """X = -log(t) or log(t), t up to 1, where logarithms of exp(x) occur beside exponentials."""
    names = real_names(goal)
    if len(names) != 1 or len(goal.target.names) != 1:
        return
    x, r = names[0], goal.box[names[0]]
    logs = [e for e in goal.target.walk() if e.head == "log" and e.names]
    inside = any(t.head == "exp" and t.names for e in logs for t in e.walk())
    heads = {e.head for e in goal.target.walk() if e.names}
    if not inside or not heads <= {"variable", "exp", "log", "+", "-", "*", "/", "neg"}:
        return
    for low, end, other, value_, inverse in (
        (True, r.lo, r.hi, f"-log({x})", f"exp(-{x})"),
        (False, r.hi, r.lo, f"log({x})", f"exp({x})"),
    ):
        if end == 0 and other is None:
            is_open = r.lo_open if low else r.hi_open
            yield substitute(x, value_, inverse, [f"{x} > 0", f"{x} {'<' if is_open else '<='} 1"])


Ends = Sequence[tuple[Term, fmpq, str]]


def _rescaled(goal: Goal, x: str, unit: Term, size: float, ends: Ends) -> Tree:
    """X = unit t, with what is said of the ends of x: zero, and multiples of the unit."""
    said: dict[str, Tree] = {}
    r = goal.box[x]
    for end, is_open, way in ((r.lo, r.lo_open, 1), (r.hi, r.hi_open, -1)):
        if end is not None:
            row = (1, [f"{'lo' if way > 0 else 'hi'}:{x}"], "1")
            compared = (">" if way > 0 else "<") + ("" if is_open else "=")
            said[f"{x} {compared} 0"] = cone([row], [f"sign:{text(unit)}"])
    for c, slope, label in ends:
        share = value(function(c), {}) / size
        near = Fraction(share).limit_denominator(12)
        if abs(share - near) < 1e-12:
            at = text(number(fmpq(near.numerator, near.denominator)))
            strict = goal.facts[label].relation is GT
            compared = (">" if slope > 0 else "<") + ("" if strict else "=")
            row = (1 / abs(slope), [label], "1")
            said[f"{x} {compared} {at}"] = cone([row], [f"sign:{text(unit)}"])
    node = substitute(x, f"({text(unit)})*{x}", f"{x}/({text(unit)})", [*said])
    return {**node, "parts": [..., *said.values(), None]}


def _end(goal: Goal, x: str, label: str) -> tuple[Term, fmpq, str] | None:
    """A fact that x ends at an irrational number: that, and its slope in x."""
    e, relation = goal.facts[label]
    if e.names != {x} or relation not in (GE, GT):
        return None
    found = linear(e, goal.variables[x])
    if found is None or found[1].names or constant(found[1]) is not None:
        return None
    slope, rest = found
    return scaled_term(-1 / slope, rest), slope, label


def touching_pairs(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Where the target vanishes at x = y: write x as a point of the way from y to an end."""
    names = real_names(goal)
    if not names or not 2 <= len(goal.target.names) <= 4 or goal.relation not in (GE, GT):
        return
    every = sorted(goal.target.names & set(goal.box))
    pairs = [(x, y) for x in names for y in every if x != y and _meet(goal, x, y)]
    pairs.sort(key=lambda pair: _roughness(goal, pair[0]))
    for x, y in pairs[:2]:
        yield _path(goal, x, y)


def _meet(goal: Goal, x: str, y: str) -> bool:
    u, v = goal.variables[x], goal.variables[y]
    together = replaced(goal.target, {u: v})
    probes = points_inside(goal, [x, y])
    f = function(together)
    seen = [value(f, p) for p in probes]
    seen = [s for s in seen if not math.isnan(s)]
    if not seen or max(map(abs, seen)) > 1e-9:
        return False
    return vanishes(goal, together)


def _roughness(goal: Goal, x: str) -> int:
    """How many logarithms, exponentials and powers stay when the target is differentiated."""
    real = {goal.variables[x]: Term("variable", value=x)}
    try:
        slope = derivative(replaced(goal.target, real), x)
        forms = Forms(goal.aimed(slope, GE))
    except (Rejected, Malformed):
        return 100
    atoms = {v for p in (forms.top, forms.bottom) for m in p for v, _ in m}
    return sum(forms.atom(v).head not in ("variable", "pi") for v in atoms)


def _path(goal: Goal, x: str, y: str) -> Tree:
    """Above y: x = y + t (hi - y) with t in [0, 1], or x = y + t; below it likewise."""
    (name,) = unused(goal, "way")
    r, gap = goal.box[x], minus(goal.variables[x], goal.variables[y])
    above, below = _arm(x, y, r.hi, r.hi_open), _arm(x, y, r.lo, r.lo_open)
    for known, arm in ((gap, above), (minus(*reversed(gap.parts)), below)):
        if goal.knows(known, GE):
            return arm
    return cases(name, f"{x} - {y}", above, below)


def _arm(x: str, y: str, end: fmpq | None, is_open: bool) -> Tree:
    here, there = Term("variable", value=x), Term("variable", value=y)  # integers read alike
    if end is None:
        return substitute(x, f"{y} + {x}", f"{x} - {y}", [])
    gap = minus(number(end), there) if end != 0 else times(number(-1), there)
    value = text(plus(there, times(here, gap)))
    inverse = text(over(minus(here, there), gap))
    return substitute(x, value, inverse, [f"{x} >= 0", f"{x} {'<' if is_open else '<='} 1"])
