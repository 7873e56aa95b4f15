"""Roots of products: (r/(c T))^(1/3) c^(1/3) and (r/T)^(1/3) are one thing by the roots of r, c, T.

The core's normal form takes whole powers out of a root; that the root of a product is the product
of roots it does not know. Both are positive and have the same power.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import (
    ZERO,
    Formula,
    Relation,
    Term,
    minus,
    number,
    over,
    plus,
    power,
    replaced,
    text,
    times,
)
from proofs.search.corners import root_index
from proofs.search.forms import Forms, Poly
from proofs.search.trees import Tree, cone, have, substitute, unused

EQ, GT = Relation.EQ, Relation.GT


def split_roots(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Write the root of a product by those of its factors, where another root shares one."""
    if goal.relation is Relation.NE:
        return
    roots = [v for v in sorted(forms.related) if root_index(forms.atom(v)) > 1]
    below = {v for m in forms.bottom for v, _ in m}
    for v in roots:
        root, q = forms.atom(v), root_index(forms.atom(v))
        alike = [w for w in roots if w != v and root_index(forms.atom(w)) == q]
        if v in below or not any(forms.atom(w).names & root.names for w in alike):
            continue
        factors = _factors(goal, root.parts[0], q)
        if factors is None or len(factors) < 2:
            continue
        yield _restated(goal, forms, v, reduce(times, factors), q)
        return


def _factors(goal: Goal, e: Term, q: int) -> list[Term] | None:
    """The roots of the factors of a product of positive atoms."""
    forms = Forms(goal.aimed(e, GT))
    p = forms.polynomial
    if p is None or len(p) != 1:
        return None
    ((m, c),) = p.items()
    c /= forms.bottom[()]
    if c <= 0 or not all(forms.strictly(w) for w, _ in m):
        return None
    share = number(fmpq(1, q))
    found = [power(number(c), share)] if c != 1 else []
    for w, k in m:
        one = power(forms.atom(w), share)
        found.append(one if k == 1 else power(one, number(k)))
    return found


def _restated(goal: Goal, forms: Forms, place: int, basic: Term, q: int) -> Tree:
    """The target with b for a root r, by r^k - b^k = (r - b) (r^(k-1) + ... + b^(k-1))."""
    root = forms.atom(place)
    positive, same, words = unused(goal, "factors", 3)
    divisor = forms.term(forms.bottom)
    new: Term | None = None
    slope: Term | None = None
    for k in range(1 + max((dict(m).get(place, 0) for m in forms.top), default=0)):
        rows: Poly = {
            tuple(f for f in m if f[0] != place): c
            for m, c in forms.top.items()
            if dict(m).get(place, 0) == k
        }
        if not rows:
            continue
        factor = forms.term(rows)
        new = _sum(new, times(factor, power(basic, number(k))) if k else factor)
        if k:
            slope = _sum(slope, times(factor, _quotient(root, basic, k)))
    assert new is not None
    assert slope is not None
    last = cone([(1, [words], "1"), (1, [same], text(over(slope, divisor)))])
    made = have(words, Formula(over(new, divisor), goal.relation), None, last)
    made = have(same, Formula(minus(root, basic), EQ), cone([], [positive]), made)
    return have(positive, Formula(_quotient(root, basic, q), GT), None, made)


def _sum(a: Term | None, b: Term) -> Term:
    return b if a is None else plus(a, b)


def _quotient(r: Term, b: Term, k: int) -> Term:
    """Divide r^k - b^k by r - b."""
    parts = [
        times(power(r, number(k - 1 - i)), power(b, number(i)))
        if 0 < i < k - 1
        else power(r if i == 0 else b, number(k - 1))
        for i in range(k)
    ]
    return reduce(plus, parts) if k > 1 else number(1)


def plain_roots(goal: Goal, _: Forms) -> Iterator[Tree]:
    """X = t^q where several variables occur as q-th roots, and this one only so."""
    roots = {e for e in goal.target.walk() if root_index(e) > 1 and e.parts[0].head == "variable"}
    if len({e.parts[0] for e in roots}) < 2:
        return
    made: Tree | None = None
    for root in sorted(roots, key=str):
        (variable,), q = root.parts[:1], root_index(root)
        x = str(variable.value)
        mute = replaced(goal.target, {root: ZERO})
        if x in mute.names or x not in goal.box or goal.box[x][:2] != (0, None):
            continue
        sign = ">" if goal.box[x].lo_open else ">="
        node = substitute(x, f"{x}**{q}", f"{x}**(1/{q})", [f"{x} {sign} 0"])
        made = node if made is None else {**node, "parts": [..., made]}
    if made is not None:
        yield made
