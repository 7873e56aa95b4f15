"""Squares with parameters: a quadratic completed, a fact taken away, squares of two monomials.

A x^2 + B x + C with A > 0 is (A x + B/2)^2 + A C - B^2/4 over A: so are told Young's inequality and
what follows from a compressor, with coefficients that are formulas, of which programs know nothing.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Relation, Term, over, text
from proofs.search import trees
from proofs.search.cone import Column, combined
from proofs.search.floats import plausible
from proofs.search.forms import Forms, Poly, constant, p_add, p_mul, scaled
from proofs.search.trees import Tree, cone, have, unused

EQ, GE, GT = Relation.EQ, Relation.GE, Relation.GT
MAX_TERMS, MAX_COLUMNS = 60, 200


def completed(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """The target without a variable in which it is quadratic, with a coefficient that varies."""
    top = forms.polynomial
    if top is None or not top or goal.relation not in (GE, GT) or len(top) > MAX_TERMS:
        return
    target = scaled(top, 1 / forms.bottom[()])
    for v, _ in _variables(forms, target):
        a, b, c = (_coefficient(target, v, k) for k in (2, 1, 0))
        if not a or not b or set(a) == {()}:  # with a number programs find it
            continue
        rest = p_add(p_mul(a, c), scaled(p_mul(b, b), fmpq(-1, 4)))
        said = Formula(forms.term(a), GT), Formula(forms.term(rest), goal.relation)
        if (not rest and goal.relation is GT) or len(rest) > MAX_TERMS:
            continue
        if all(plausible(goal.aimed(*f), 120) for f in said):
            first, second = unused(goal, "square", 2)
            root = forms.term(p_add(p_mul(a, {((v, 1),): fmpq(1)}), scaled(b, fmpq(1, 2))))
            made = cone([(1, [], text(root)), (1, [second], "1")], [first])
            yield have(first, said[0], None, have(second, said[1], None, made))


def taken(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """A multiple of a fact taken away, if then a variable is gone that occurs in squares."""
    if goal.relation not in (GE, GT) or not forms.top or len(forms.top) > MAX_TERMS:
        return
    below = {v for m in forms.bottom for v, _ in m}
    for fact in forms.facts:
        if fact.label not in goal.facts or fact.relation is Relation.NE or len(fact.poly) < 3:
            continue
        whole = p_mul(fact.poly, forms.bottom)
        for v, _ in _variables(forms, fact.poly):
            ends = _coefficient(forms.top, v, 2), _coefficient(whole, v, 2)
            if v in below or not all(ends) or any(dict(m).get(v, 0) > 2 for m in forms.top):
                continue
            share = forms.divided(*ends)
            if share is None or set(share) != {()} or (share[()] < 0 and fact.relation is not EQ):
                continue
            rest = p_add(forms.top, scaled(whole, -share[()]))
            if not rest or any(u == v for m in rest for u, _ in m):
                continue
            left = Formula(over(forms.term(rest), forms.term(forms.bottom)), goal.relation)
            if plausible(goal.aimed(*left), 120):
                (name,) = unused(goal, "taken")
                rows = (share[()], [fact.label], "1"), (1, [name], "1")
                yield have(name, left, None, cone(rows))
                return


def _variables(forms: Forms, p: Poly) -> Iterator[tuple[int, Term]]:
    """Real variables of which a polynomial is one of degree two."""
    inside = {n for m in p for v, _ in m if forms.atom(v).parts for n in forms.atom(v).names}
    highest: Counter[int] = Counter()
    for v, k in (q for m in p for q in m):
        highest[v] = max(highest[v], k if k > 0 else 9)
    for v, k in sorted(highest.items()):
        x = forms.atom(v)
        if k == 2 and x.head == "variable" and x.value not in inside:
            yield v, x


def _coefficient(p: Poly, v: int, k: int) -> Poly:
    return {tuple(q for q in m if q[0] != v): c for m, c in p.items() if dict(m).get(v, 0) == k}


def binomial(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Squares (a - b)^2, (a + b)^2 of which 2 a b stands in the target, and a^2: as Lagrange's."""
    top = forms.polynomial
    if top is None or goal.relation is not GE or len(top) < 4:
        return
    target = scaled(top, 1 / forms.bottom[()])
    if any(k < 0 or v in forms.related for m in target for v, k in m):
        return
    one = constant(1)
    columns: list[Column] = []
    for m in sorted(target):
        powers = [v for v, k in m for _ in range(k)]
        if len(powers) % 2 or len(powers) > 6:
            return
        if all(k % 2 == 0 for _, k in m):
            half: Poly = {tuple((v, k // 2) for v, k in m): fmpq(1)}
            columns.append(([], half, p_mul(half, half), 1))
        seen = set()
        for chosen in itertools.combinations(range(len(powers)), len(powers) // 2):
            sides = [tuple(sorted(Counter(v for i, v in enumerate(powers) if (i in chosen) == own)
                                  .items())) for own in (True, False)]  # fmt: skip
            if sides[0] >= sides[1] or tuple(sides) in seen:
                continue
            seen.add(tuple(sides))
            a, b = ({side: fmpq(1)} for side in sides)
            ways = p_add(a, scaled(b, -1)), p_add(a, b)
            columns += [([], square, p_mul(square, square), 1) for square in ways]
    if columns and len(columns) <= MAX_COLUMNS:
        found = combined(forms, target, [*columns, ([], one, one, 1)])
        if found is not None:
            yield trees.cone(found)
