"""Roots of numbers: sqrt(2/pi) sqrt(2) is 2/sqrt(pi), which no normal form of the core knows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from flint import fmpq, fmpz

from proofs.core.goals import Goal
from proofs.core.terms import (
    PI,
    Formula,
    Relation,
    Term,
    constant,
    minus,
    number,
    over,
    plus,
    text,
    times,
)
from proofs.search.corners import root_index
from proofs.search.forms import Forms, Poly, p_mul, scaled_term
from proofs.search.moves import restated
from proofs.search.trees import Tree, cone, have, unused

EQ, GT = Relation.EQ, Relation.GT
MAX_SIZE = 10**9


def surds(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Write a root of a number by those of primes and of pi, where there are several.

    The target is linear in it, as its square is known: what the other way to write it changes is
    a multiple of an equation, and that holds as the difference times the sum is zero.
    """
    roots = [v for v in sorted(forms.related) if _numeric(forms.atom(v))]
    if len(roots) < 2 or goal.relation is Relation.NE:
        return
    below = sorted({v for m in forms.bottom for v, _ in m} & set(roots))
    if below and len(forms.bottom) > 1:
        return
    if below:  # 1/sqrt(u) is sqrt(u)/u
        more: Poly = {tuple((v, 1) for v in below): fmpq(1)}
        top, bottom = (forms.reduce(p_mul(p, more)) for p in (forms.top, forms.bottom))
        yield restated(goal, over(forms.term(top), forms.term(bottom)))
        return
    for v in roots:
        root, rest = forms.atom(v), {m: c for m, c in forms.top.items() if (v, 1) not in m}
        slope: Poly = {
            tuple(q for q in m if q[0] != v): c for m, c in forms.top.items() if (v, 1) in m
        }
        basic = _by_primes(root.parts[0]) if slope else None
        if basic is None:
            continue
        positive, same, words = unused(goal, "surd", 3)
        divisor, factor = forms.term(forms.bottom), forms.term(slope)
        new = over(plus(times(factor, basic), forms.term(rest)), divisor)
        last = cone([(1, [words], "1"), (1, [same], text(over(factor, divisor)))])
        made = have(words, Formula(new, goal.relation), None, last)
        equal = cone([], [positive])
        made = have(same, Formula(minus(root, basic), EQ), equal, made)
        yield have(positive, Formula(plus(root, basic), GT), None, made)
        return


def _numeric(e: Term) -> bool:
    return root_index(e) == 2 and not e.parts[0].names


def _by_primes(e: Term) -> Term | None:
    """The root of a number, as a product of roots of primes; None if it is one, or unknown."""
    found = _monomial(e)
    if found is None or found[0] <= 0 or found[0].p * found[0].q > MAX_SIZE:
        return None
    q, k = found
    outside, primes = fmpq(1, q.q), []
    for p, n in fmpz(q.p * q.q).factor():
        outside *= fmpq(p) ** (n // 2)
        primes += [number(p)] * (n % 2)
    if k % 2:
        primes.append(PI)
        k -= 1
    whole = outside == 1 and k == 0
    if whole and len(primes) < 2:
        return None
    made = [Term("sqrt", p) for p in primes]
    made += [PI] * max(k // 2, 0)
    total = reduce(times, made) if made else number(1)
    for _ in range(-k // 2):
        total = over(total, PI)
    return scaled_term(outside, total)


def _monomial(e: Term) -> tuple[fmpq, int] | None:
    """A number as q pi^k."""
    q = constant(e)
    if q is not None:
        return q, 0
    if e.head == "pi":
        return fmpq(1), 1
    if e.head not in ("*", "/"):
        return None
    parts = [_monomial(part) for part in e.parts]
    if parts[0] is None or parts[1] is None or parts[1][0] == 0:
        return None
    (a, i), (b, j) = parts[0], parts[1]
    return (a * b, i + j) if e.head == "*" else (a / b, i - j)
