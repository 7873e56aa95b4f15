"""Touching of high order at zero: functions between Taylor's polynomials, then a polynomial.

A target that vanishes at an end of a range is written from there on. Each monomial in functions of
which the library has Taylor bounds is bounded by that of their bounds; what cancels, cancels
exactly, and the polynomial that is left, without its power of the variable, keeps its distance
from zero. Floating point chooses the orders and how far from the end they carry.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import (
    PI,
    TWO,
    Formula,
    Malformed,
    Rejected,
    Relation,
    Term,
    log,
    minus,
    neg,
    number,
    over,
    plus,
    text,
    times,
)
from proofs.search import moves
from proofs.search.floats import function, nearest, value
from proofs.search.forms import Forms, Poly, p_add, p_mul, scaled_term
from proofs.search.standard import LIBRARY, ORDERS, REACHES, Bound, bound
from proofs.search.trees import Tree, cite, cone, have, split, substitute, unused

GE, GT = Relation.GE, Relation.GT
SERIES = frozenset({"sin", "cos", "exp", "log", "atan", "erf", "sinh", "cosh"})
NEAR = (fmpq(1), fmpq(3, 4), fmpq(1, 2), fmpq(1, 4), fmpq(1, 8))
MAX_PRODUCTS, MAX_SERIES = 60, 5


def taylor(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Show what vanishes at an end of the bounded range of its only variable, near that end."""
    yield from _touching(goal, forms, bounded=True)


def late_taylor(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """The same on a range without end, where other arguments may do without a split."""
    yield from _touching(goal, forms, bounded=False)


def _touching(goal: Goal, forms: Forms, *, bounded: bool) -> Iterator[Tree]:
    names = goal.target.names & set(goal.box)
    if len(names) != 1 or goal.relation not in (GE, GT):
        return
    if not any(e.head in SERIES and e.names for e in goal.target.walk()):
        return
    (x,) = names
    r = goal.box[x]
    if goal.variables[x].head != "variable" or (None not in r[:2]) != bounded:
        return
    low, high = (_fades(goal, x, end, other) for end, other in ((r.lo, r.hi), (r.hi, r.lo)))
    if low and r.lo != 0:
        yield _shifted(x, r.lo, 1, r.lo_open, None if r.hi is None else r.hi - r.lo, r.hi_open)
    elif low and high:
        yield split(goal, x, (r.lo + r.hi) / 2)
    elif low and forms.polynomial is None:
        for sign in (1, -1):
            yield moves.fraction(goal, sign, forms)
    elif low:
        yield from _near_zero(goal, forms, x)
    elif high:
        yield _shifted(x, r.hi, -1, r.hi_open, None if r.lo is None else r.hi - r.lo, r.lo_open)


def _fades(goal: Goal, x: str, end: fmpq | None, other: fmpq | None) -> bool:
    """Whether the target seems to vanish at an end, faster than it does linearly."""
    if end is None:
        return False
    at, f = nearest(end), function(goal.target)
    width = 1.0 if other is None else nearest(other) - at
    width = math.copysign(min(abs(width), 1.0), width)
    if other is None and end == goal.box[x].hi:
        width = -width
    seen = [value(f, {x: at + width / 2**k}) for k in (3, 4, 5, 6)]
    return all(abs(b) <= 0.35 * abs(a) for a, b in itertools.pairwise(seen)) and (
        abs(seen[-1]) < 1e-2
    )


def _shifted(
    x: str, end: fmpq, sign: int, is_open: bool, width: fmpq | None, far_open: bool
) -> Tree:
    """The distance from an end as the new variable."""
    value = f"({end}) + {x}" if sign > 0 else f"({end}) - {x}"
    inverse = f"{x} - ({end})" if sign > 0 else f"({end}) - {x}"
    said = [f"{x} {'>' if is_open else '>='} 0"]
    if width is not None:
        said.append(f"{x} {'<' if far_open else '<='} {text(number(width))}")
    return substitute(x, value, inverse, said)


@dataclass(frozen=True)
class Series:
    """A function inside of a monomial: its term, and at which u >= 0 a lemma is cited.

    It is sign * f(u) + level, for the f of the lemmas.
    """

    term: Term
    head: str
    u: Term
    sign: int = 1
    level: Term | None = None


@dataclass(frozen=True)
class Step:
    """A monomial c x^a (constants) times series."""

    weight: fmpq
    power: int
    constants: tuple[str, ...]
    plain: Poly
    series: tuple[Series, ...]


def _near_zero(goal: Goal, forms: Forms, x: str) -> Iterator[Tree]:
    found = _steps(goal, forms, x)
    if found is None:
        return
    steps, raised = found
    r = goal.box[x]
    ends = [fmpq(k) for k in (4, 2, 1)] + [fmpq(1, 2), fmpq(1, 4)]
    if r.hi is not None:
        ends = [r.hi * share for share in NEAR]
    for end in ends:
        for order in ORDERS:
            try:
                made = _argued(goal, x, steps, raised, order, end)
            except (Rejected, Malformed, OverflowError):
                continue
            if made is not None:
                yield made if end == r.hi else split(goal, x, end)
                return


def _steps(goal: Goal, forms: Forms, x: str) -> tuple[list[Step], list[str]] | None:
    """The monomials of the target, times exponentials so that all of them fall."""
    top = forms.polynomial
    if top is None or not top or len(top) > MAX_PRODUCTS:
        return None
    scale = 1 / forms.bottom[()]
    most: dict[int, int] = {}
    for m in top:
        for v, k in m:
            if forms.atom(v).head == "exp" and forms.atom(v).names:
                most[v] = max(most.get(v, 0), k)
    raised = [text(_exponential(forms, v, -k)) for v, k in most.items() if k]
    made: list[Step] = []
    for m, c in top.items():
        rest = dict(m)
        series: list[Series] = []
        for v, k in most.items():
            j = k - rest.pop(v, 0)
            if j:
                u = scaled_term(fmpq(j), forms.atom(v).parts[0])
                series.append(Series(_exponential(forms, v, -j), "exp", u))
        power, plain, signs = 0, {}, []
        for v, k in rest.items():
            e = forms.atom(v)
            if e.value == x:
                power = k
            elif not e.names:
                if not goal.knows(e, GE):
                    return None
                signs += [f"sign:{text(e)}"] * abs(k)
                plain[v] = k
            else:
                one = _series(goal, e, x)
                if one is None or k < 0:
                    return None
                series += [one] * k
        if power < 0 or any(k < 0 for k in plain.values()) or len(series) > MAX_SERIES:
            return None
        made.append(
            Step(
                c * scale,
                power,
                tuple(signs),
                {tuple(sorted(plain.items())): fmpq(1)},
                tuple(series),
            )
        )
    if not any(step.series for step in made):
        return None
    return made, [f"sign:{e}" for e in raised]


def _exponential(forms: Forms, v: int, k: int) -> Term:
    """A power of an atom exp(u) as one exponential."""
    return Term("exp", scaled_term(fmpq(k), forms.atom(v).parts[0]))


def _series(goal: Goal, e: Term, x: str) -> Series | None:
    """An atom by the function of a lemma."""
    u = e.parts[0] if e.parts else e
    if e.head not in SERIES or e.head == "exp":
        return None
    if e.head != "log":
        return Series(e, e.head, u)
    first = value(function(u), {x: 0.0})
    near = Fraction(first).limit_denominator(1000) if math.isfinite(first) else Fraction(0)
    if abs(near - Fraction(first)) > Fraction(1, 10**12) or near <= 0:
        return None
    q = number(fmpq(near.numerator, near.denominator))
    level = None if near == 1 else log(q)
    grown = minus(u if near == 1 else over(u, q), number(1))
    r = goal.box[x]
    far = 1e-3 if r.hi is None else nearest(r.hi) / 1000
    if value(function(grown), {x: far}) >= 0:
        return Series(e, "log", grown, 1, level)
    return Series(e, "less", neg(grown), -1, level)


def _sides(one: Series, order: int, reach: float) -> tuple[Bound, Bound] | None:
    """The bounds of an atom from below and above."""
    fitting = [q for q in REACHES if float(q) >= reach and (one.head != "less" or q < 1)]
    if one.head in ("sinh", "cosh", "less") and not fitting:
        return None
    q = fitting[0] if fitting else REACHES[0]
    below, above = (bound(one.head, order, way, q) for way in (True, False))
    return (below, above) if one.sign > 0 else (above, below)


def _term(one: Series, side: Bound, head: str) -> Term:
    """The bound of an atom as a term."""
    total: Term | None = None
    for c in reversed(side.row):
        q = number(fmpq(c.numerator, c.denominator))
        total = q if total is None else plus(q, times(one.u, total))
    assert total is not None
    if head == "erf":
        total = times(over(TWO, Term("sqrt", PI)), total)
    total = total if one.sign > 0 else neg(total)
    return total if one.level is None else plus(one.level, total)


def _argued(
    goal: Goal, x: str, steps: Sequence[Step], raised: list[str], order: int, end: fmpq
) -> Tree | None:
    """The argument with bounds of one order, where it seems to carry up to an end."""
    atoms = list(dict.fromkeys(s for step in steps for s in step.series))
    point = {x: nearest(end)}
    sides = []
    for one in atoms:
        pair = _sides(one, order, value(function(one.u), point))
        if pair is None:
            return None
        sides.append(pair)
    terms = [
        (_term(s, low, s.head), _term(s, high, s.head))
        for s, (low, high) in zip(atoms, sides, strict=True)
    ]
    if not _carries(goal, x, steps, dict(zip(atoms, terms, strict=True)), end):
        return None
    inside = goal.aimed(goal.target, goal.relation)
    forms = Forms(inside, tuple(e for pair in terms for e in pair))
    if any(set(bottom) != {()} for _, bottom in forms.extra):
        return None
    polys = [p_mul(top, {(): 1 / bottom[()]}) for top, bottom in forms.extra]
    ends: dict[Series, tuple[Poly, Poly]] = {
        s: (polys[2 * i], polys[2 * i + 1]) for i, s in enumerate(atoms)
    }
    place = next((v for v, e in enumerate(forms.ring.terms) if e.value == x), None)
    if place is None:
        return None
    places = {text(e): v for v, e in enumerate(forms.ring.terms)}
    total: Poly = {}
    for step in steps:
        product: Poly = {((place, step.power),) if step.power else (): step.weight}
        for label in step.constants:
            v = places.get(label.removeprefix("sign:"))
            if v is None:
                return None
            product = p_mul(product, {((v, 1),): fmpq(1)})
        for s in step.series:
            product = p_mul(product, ends[s][step.weight < 0])
        total = p_add(total, product)
    total = forms.reduce(total)
    if not total:
        return None
    m = min(dict(row).get(place, 0) for row in total)
    rest = {
        tuple((v, k - m if v == place else k) for v, k in row if v != place or k > m): c
        for row, c in total.items()
    }
    left = forms.term(rest)
    if m and goal.relation is GT and not goal.box[x].lo_open:
        return None
    products = any(len(step.series) > 1 for step in steps)
    lows = {s: forms.term(ends[s][0]) for s in atoms} if products else {}
    if not _positive(left, x, end) or not all(_positive(e, x, end) for e in lows.values()):
        return None
    return _written(goal, steps, raised, sides, terms, atoms, lows, left, m)


def _carries(
    goal: Goal,
    x: str,
    steps: Sequence[Step],
    bounds: Mapping[Series, tuple[Term, Term]],
    end: fmpq,
) -> bool:
    """Whether the bounds seem to leave something positive: normal forms take much longer."""
    sides = {s: (function(low), function(high)) for s, (low, high) in bounds.items()}
    for k in (64, 48, 32, 16):
        point, total, size = {x: nearest(end) * k / 64}, 0.0, 0.0
        for step in steps:
            one = nearest(step.weight) * point[x] ** step.power
            for label in step.constants:
                one *= value(function(goal.read(label.removeprefix("sign:"))), {})
            for s in step.series:
                one *= value(sides[s][step.weight < 0], point)
            total, size = total + one, size + abs(one)
        if total < -1e-9 * size:
            return False
    return True


def _positive(e: Term, x: str, end: fmpq) -> bool:
    f = function(e)
    return all(
        value(f, {x: nearest(end) * k / 64}) > (k == 0) * -1e-300 for k in range(1, 65)
    ) and (value(f, {x: nearest(end) / 1000}) >= 0)


def _written(
    goal: Goal,
    steps: Sequence[Step],
    raised: list[str],
    sides: Sequence[tuple[Bound, Bound]],
    terms: Sequence[tuple[Term, Term]],
    atoms: Sequence[Series],
    lows: Mapping[Series, Term],
    left: Term,
    m: int,
) -> Tree:
    """The tree: citations, signs of the bounds where there are products, and one sum."""
    x = min(goal.target.names & set(goal.box))
    below, above = unused(goal, "below", len(atoms)), unused(goal, "above", len(atoms))
    least, signs, most = (unused(goal, kind, len(atoms)) for kind in ("least", "factor", "most"))
    (rest,) = unused(goal, "series")
    index = {s: i for i, s in enumerate(atoms)}
    rows: list[tuple[fmpq, list[str], str]] = [(fmpq(1), [rest, *[f"lo:{x}"] * m], "1")]
    for step in steps:
        head = [f"lo:{x}"] * step.power + list(step.constants)
        places = [index[s] for s in step.series]
        for j, i in enumerate(places):
            if step.weight > 0:
                facts = [
                    *(least[k] for k in places[:j]),
                    below[i],
                    *(signs[k] for k in places[j + 1 :]),
                ]
            else:
                facts = [
                    *(signs[k] for k in places[:j]),
                    above[i],
                    *(most[k] for k in places[j + 1 :]),
                ]
            rows.append((abs(step.weight), [*head, *facts], "1"))
    made: Tree = cone(rows, raised)
    made = have(rest, Formula(left, goal.relation), None, made)
    for s, i in index.items() if lows else ():
        low, high = terms[i]
        made = have(
            most[i], Formula(high, GE), cone([(1, [above[i]], "1"), (1, [signs[i]], "1")]), made
        )
        made = have(
            signs[i], Formula(s.term, GE), cone([(1, [below[i]], "1"), (1, [least[i]], "1")]), made
        )
        made = have(least[i], Formula(low, GE), None, made)
    for s, i in index.items():
        for name, side in zip((below[i], above[i]), sides[i], strict=True):
            LIBRARY.add(side.lemma)
            made = cite(name, side.lemma.digest, {"t": text(s.u)}, made)
    return made
