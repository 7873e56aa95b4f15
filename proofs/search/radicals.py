"""Square roots: L <= R follows from R >= 0 and L^2 <= R^2, with a root alone on one side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    TWO,
    Formula,
    Relation,
    Term,
    constant,
    minus,
    plus,
    power,
    text,
    times,
)
from proofs.search import moves
from proofs.search.corners import root_index
from proofs.search.floats import function, plausible, samples, value
from proofs.search.forms import Forms, Poly, p_add, p_mul, scaled
from proofs.search.standard import SQUARE
from proofs.search.trees import Tree, Weighted, cases, cite, cone, have, unused

EQ, GE, GT = Relation.EQ, Relation.GE, Relation.GT
MAX_TERMS, TRIED = 80, 120


def radical(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Isolate a square root or a modulus in which the target is linear, and square."""
    top = forms.polynomial
    if top is None or not top or goal.relation not in (GE, GT):
        return
    target = scaled(top, 1 / forms.bottom[()])
    made: list[tuple[int, int, int, Poly, Poly, Poly]] = []
    for place in sorted(forms.related):
        if forms.degree_of(place) != 2 or forms.atom(place).head == "cos":
            continue
        slope: Poly = {
            tuple(q for q in m if q[0] != place): c for m, c in target.items() if _power(m, place)
        }
        if not slope or any(_power(m, place) > 1 for m in target):
            continue
        rest: Poly = {m: c for m, c in target.items() if not _power(m, place)}
        sign = _sign(goal, forms, slope)
        if sign == 0 or not rest:
            continue
        root: Poly = p_mul(scaled(slope, sign), {((place, 1),): 1})
        other: Poly = scaled(rest, -1)
        right, left = (root, other) if sign > 0 else (rest, root)
        gap: Poly = forms.reduce(p_add(p_mul(right, right), scaled(p_mul(left, left), -1)))
        if len(gap) <= MAX_TERMS:
            made.append((_roots(forms, gap), len(gap), len(made), right, left, gap))
    for *_, right, left, gap in sorted(made, key=lambda row: row[:3]):
        yield _squared(goal, forms, right, left, gap)


def both_squared(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Square a comparison of quotients, each perhaps with one root as a factor."""
    sides = moves.difference(goal)
    if sides is None or (forms.polynomial is not None and not _quotients(goal.target)):
        return
    parted = [_parted(e) for e in sides]
    if None in parted or not any(part and part[1] for part in parted):
        return
    squares: list[Term] = []
    known: list[tuple[str, str, Weighted]] = []
    roots = unused(goal, "root", 2)
    for part, name, sign in zip(parted, roots, (1, -1), strict=True):
        assert part is not None
        factor, inside = part
        squares.append(power(factor, TWO) if inside is None else times(power(factor, TWO), inside))
        if inside is not None:
            known.append((name, text(inside), (sign, [name], text(power(factor, TWO)))))
    made = _compared(goal, *sides, minus(*squares), [row for _, _, row in known])
    for name, at, _ in known:
        made = cite(name, SQUARE.digest, {"t": at}, made)
    yield made


def equal_squares(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """L = R where a root occurs, as L + R > 0 and L^2 = R^2."""
    sides = moves.difference(goal.aimed(goal.target, GE))
    if sides is None or goal.relation is not EQ or not _rooted(goal.target):
        return
    left, right = sides
    whole, squares = plus(left, right), minus(power(left, TWO), power(right, TWO))
    if plausible(goal.aimed(whole, GT), TRIED):
        above, same = unused(goal, "equal", 2)
        made = have(same, Formula(squares, EQ), None, cone([(1, [same], "1")], [above]))
        yield have(above, Formula(whole, GT), None, made)


def _quotients(e: Term) -> bool:
    return any(t.head == "/" and t.parts[1].names for t in e.walk())


def _parted(e: Term) -> tuple[Term, Term | None] | None:
    """A product of one root and what has none: that, and what is under the root."""
    if not _rooted(e):
        return e, None
    if root_index(e) == 2 and not _rooted(e.parts[0]):
        return (ONE, e.parts[0]) if e.head == "sqrt" else None
    if e.head not in ("*", "/"):
        return None
    a, b = map(_parted, e.parts)
    if a is None or b is None or (a[1] and b[1]) or (b[1] and e.head == "/"):
        return None
    return Term(e.head, a[0], b[0]), a[1] or b[1]


def _rooted(e: Term) -> bool:
    return any(root_index(t) > 1 for t in e.walk())


def positive_root(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """A root is positive, or not zero, where its square is positive."""
    root = goal.target
    half = root.head == "**" and constant(root.parts[1]) == fmpq(1, 2)
    if not (half or root.head == "sqrt") or goal.relation not in (GT, Relation.NE):
        return
    square, sign, least = unused(goal, "root", 3)
    against = cone([(1, [square], "1"), (1, [sign, least], "1")], sign=0)
    apart = cases(
        sign,
        text(root),
        cone([(1, [sign], "1")]),
        have(least, Formula(root, GE), None, against),
    )
    yield have(square, Formula(root.parts[0], GT), None, apart)


def _power(m: tuple[tuple[int, int], ...], place: int) -> int:
    return dict(m).get(place, 0)


def _roots(forms: Forms, p: Poly) -> int:
    return len({v for m in p for v, _ in m} & forms.related)


def _sign(goal: Goal, forms: Forms, p: Poly) -> int:
    f = function(forms.term(p))
    seen = [v for v in (value(f, x) for x in samples(goal, 80)) if v == v and v != 0]
    if not seen:
        return 0
    return 1 if min(seen) > 0 else -1 if max(seen) < 0 else 0


def _squared(goal: Goal, forms: Forms, right: Poly, left: Poly, gap: Poly) -> Tree:
    """The target is right - left."""
    sides = forms.term(right), forms.term(left)
    return _compared(goal, *sides, forms.term(gap), [])


def _compared(goal: Goal, big: Term, small: Term, gap: Term, more: Sequence[Weighted]) -> Tree:
    """Squares that differ by the gap and by what more there is; where it has to be, small > 0."""
    first, second, third, fourth = unused(goal, "square", 4)
    last = cases(
        third,
        text(plus(big, small)),
        cone([(1, [second], "1"), *more], [third]),
        cone([(2, [first], "1"), (1, [third], "1")]),
    )
    made = have(second, Formula(gap, goal.relation), None, last)
    if not plausible(goal.aimed(gap, goal.relation), TRIED):
        above = cone([(1, [first], "1"), (1, [fourth], "1")])
        made = cases(fourth, text(small), made, above)
    return have(first, Formula(big, goal.relation), None, made)


def bounded_square(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Target a v^2 + c v + r >= 0 with a <= 0 where a fact says v^2 <= u.

    By the fact it is enough that c v + s >= 0 with s = r + a u; that follows from s >= 0 and
    s^2 >= c^2 u. So Cauchy-Schwarz inequalities pass from n terms to n + 1.
    """
    top = forms.polynomial
    if top is None or not top or goal.relation is not GE:
        return
    target = scaled(top, 1 / forms.bottom[()])
    for fact in forms.facts:
        for m, k in fact.poly.items():
            if len(m) != 1 or m[0][1] != 2 or k >= 0 or len(fact.poly) < 2:
                continue
            place = m[0][0]
            bound = scaled({n: c for n, c in fact.poly.items() if n != m}, -1 / k)
            share = -target.get(m, 0)
            linear: Poly = {n: c for n, c in target.items() if _power(n, place) == 1}
            if any(_power(n, place) for n in bound) or share < 0 or not linear:
                continue
            if any(_power(n, place) > 1 for n in target if n != m):
                continue
            rest: Poly = {n: c for n, c in target.items() if not _power(n, place)}
            rest = p_add(rest, scaled(bound, -share))
            slope: Poly = {tuple(q for q in n if q[0] != place): c for n, c in linear.items()}
            gap = p_add(p_mul(rest, rest), scaled(p_mul(p_mul(slope, slope), bound), -1))
            if len(gap) <= MAX_TERMS:
                yield _bounded(forms, goal, fact.label, -1 / k, share, linear, slope, rest, gap)


def _bounded(
    forms: Forms,
    goal: Goal,
    label: str,
    unit: fmpq,
    share: fmpq,
    linear: Poly,
    slope: Poly,
    rest: Poly,
    gap: Poly,
) -> Tree:
    """The steps of :func:`bounded_square`; ``unit`` times the fact is u - v^2 >= 0."""
    first, second, third, fourth, fifth = unused(goal, "bounded", 5)
    big, small = forms.term(rest), forms.term(scaled(linear, -1))
    both = plus(big, small)
    squares = cone([(1, [second], "1"), (unit, [label], text(forms.term(slope)))])
    apart = minus(power(big, TWO), power(small, TWO))
    way = cases(
        fourth,
        text(both),
        cone([(1, [third], "1")], [fourth]),
        cone([(2, [first], "1"), (1, [fourth], "1")]),
    )
    last = cone([(1, [fifth], "1"), (share * unit, [label], "1")])
    made = have(fifth, Formula(minus(big, small), GE), way, last)
    made = have(third, Formula(apart, GE), squares, made)
    made = have(second, Formula(forms.term(gap), GE), None, made)
    return have(first, Formula(big, GE), None, made)
