"""Logarithms whose weights add up: Jensen's inequality, Gibbs' variational formula, the log sum.

A logarithm whose coefficient is a combination of those of other logarithms is shared out among
these; a variable that also stands in an exponent counts as the logarithm of its exponential. Each
of the sums of logarithms that come of it is bounded by the tangent of log at 1, or that of its half
where there are square roots. Floating point chooses; what is left is algebra.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flint import fmpq, fmpq_mat

from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    TWO,
    Formula,
    Relation,
    Term,
    minus,
    neg,
    number,
    over,
    plus,
    power,
    times,
)
from proofs.search.corners import root_index
from proofs.search.floats import plausible
from proofs.search.forms import Forms, Poly, p_add, scaled, scaled_term, vanishes
from proofs.search.touching import Group, groups, log_product, sign_of, tangent_tree
from proofs.search.trees import Tree, cone, have, unused

GE, GT = Relation.GE, Relation.GT
MAX_GROUPS, MAX_SHARED, TRIED = 6, 4, 200


class Equation(NamedTuple):
    """The root of a product, those of its factors, and with which factor the target has them."""

    whole: Term
    parts: tuple[Term, Term]
    cofactor: Term


@dataclass(frozen=True)
class Tangent:
    """Weight times a sum of logarithms, its bound, and the gap t of exp(t) >= 1 + t between."""

    weight: Term
    bound: Term
    gap: Term
    times: int
    equation: Equation | None


def jensen(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Share logarithms out among those whose coefficients add up to theirs, and take tangents."""
    top = forms.polynomial
    if top is None or goal.relation is not GE or "tangent" in " ".join(goal.facts):
        return
    found, rest = groups(forms, scaled(top, 1 / forms.bottom[()]))
    found, rest = _exponents(forms, found, rest)
    if not 2 <= len(found) <= MAX_GROUPS or any(
        e.head == "log" and e.names for e in forms.term(rest).walk()
    ):
        return
    roots = (2, 1) if any(root_index(e) == 2 and e.names for e in goal.target.walk()) else (1,)
    ways: list[tuple[Sequence[Group], int]] = [
        (shared, k) for shared in _sharings(found) for k in roots
    ]
    ways += [(found, 2)] if 2 in roots else []
    for chosen, k in ways:
        signs = [sign_of(goal, forms.term(c)) for c, _ in chosen]
        if 0 in signs:
            continue
        made = [_tangent(goal, forms, g, s, k) for g, s in zip(chosen, signs, strict=True)]
        total = forms.term(rest)
        for one in made:
            total = plus(total, times(one.weight, one.bound))
        if plausible(goal.aimed(total, GE), TRIED):
            same = [t.equation for t in made if t.equation is not None]
            yield tangent_tree(goal, total, [(t.weight, t.gap, t.times) for t in made], same)
            return


def _exponents(forms: Forms, found: list[Group], rest: Poly) -> tuple[list[Group], Poly]:
    """Variables inside of exponentials in the logarithms, as logarithms of exponentials."""
    inside = {
        t.parts[0]
        for _, logs in found
        for e, _ in logs
        for t in e.walk()
        if t.head == "exp" and t.parts[0].head in ("variable", "integer")
    }
    made = list(found)
    for x in sorted(inside, key=str):
        rows = {}
        for m, c in rest.items():
            v = next((v for v, k in m if k == 1 and forms.atom(v) == x), None)
            if v is not None:
                rows[tuple(q for q in m if q[0] != v)] = (m, c)
        if rows:
            rest = {m: c for m, c in rest.items() if m not in {m for m, _ in rows.values()}}
            made.append(({m: c for m, (_, c) in rows.items()}, [(_log_exp(x), fmpq(1))]))
    return _joined(made), rest


def _log_exp(x: Term) -> Term:
    return Term("log", Term("exp", x))


def _joined(found: Sequence[Group]) -> list[Group]:
    """Groups with proportional coefficients are one."""
    made: list[Group] = []
    for c, logs in found:
        for known, others in made:
            shares = _shares(c, [known])
            if shares is not None:
                others.extend((e, r * shares[0]) for e, r in logs)
                break
        else:
            made.append((c, list(logs)))
    return made


def _sharings(found: Sequence[Group]) -> Iterator[list[Group]]:
    """One group less: its coefficient is a combination of those of few others."""
    for i, (c, logs) in enumerate(found):
        others = [g for j, g in enumerate(found) if j != i]
        for size in range(2, min(len(others), MAX_SHARED) + 1):
            for chosen in itertools.combinations(range(len(others)), size):
                shares = _shares(c, [others[j][0] for j in chosen])
                if shares is None or 0 in shares:
                    continue
                made = [(p, list(own)) for p, own in others]
                for j, q in zip(chosen, shares, strict=True):
                    made[j][1].extend((e, r * q) for e, r in logs)
                yield made


def _shares(p: Poly, others: Sequence[Poly]) -> list[fmpq] | None:
    """A polynomial as a combination of others, with numbers as factors."""
    monomials = sorted({m for q in (p, *others) for m in q})
    n = len(others)
    rows = [[q.get(m, fmpq(0)) for q in (*others, p)] for m in monomials]
    reduced, rank = fmpq_mat(len(rows), n + 1, [c for row in rows for c in row]).rref()
    if rank != n or any(reduced[i, i] == 0 for i in range(n)):
        return None
    shares = [reduced[i, n] for i in range(n)]
    total: Poly = {}
    for q, c in zip(others, shares, strict=True):
        total = p_add(total, scaled(q, c))
    return shares if not p_add(total, scaled(p, fmpq(-1))) else None


def _tangent(goal: Goal, forms: Forms, group: Group, sign: int, k: int) -> Tangent:
    """For c > 0 and a product X of powers, c log(X) >= k c (1 - X^(-1/k)); else from above."""
    c, logs = group
    sides: tuple[list[tuple[Term, fmpq]], list[tuple[Term, fmpq]]] = ([], [])
    for e, r in logs:
        sides[r * sign > 0].append((e.parts[0], abs(r) / k))
    root = _known_root(goal, *sides) if k == 2 else None
    rest: Term = ONE
    for way, side in zip((times, over), sides, strict=True):
        for u, size in side:
            if u.head == "exp":
                factor = Term("exp", scaled_term(size, u.parts[0]))
            else:
                factor = u if size == 1 else power(u, number(size))
            rest = factor if rest is ONE and way is times else way(rest, factor)
    weight, product = forms.term(c), rest
    equation = None
    if root is not None:
        whole, parts, v = root
        product = times(over(whole, v), rest)
        cofactor = times(number(fmpq(k * sign)), times(weight, over(rest, v)))
        equation = Equation(whole, parts, cofactor)
    bound = minus(ONE, product) if sign > 0 else minus(product, ONE)
    gap = log_product(logs) if k == 1 else over(log_product(logs), number(fmpq(k)))
    bound = bound if k == 1 else times(TWO, bound)
    return Tangent(weight, bound, neg(gap) if sign > 0 else gap, k * sign, equation)


Pair = tuple[Term, Term]
Factors = list[tuple[Term, fmpq]]


def _known_root(goal: Goal, up: Factors, down: Factors) -> tuple[Term, Pair, Term] | None:
    """Take sqrt(u)/sqrt(v) out of a product, where sqrt(u v) is in the target.

    That root, its parts, and v.
    """
    half = fmpq(1, 2)
    inside = {e for e in goal.target.walk() if root_index(e) == 2 and e.names}
    for u, v in itertools.product(up, down):
        if u[1] == v[1] == half:
            for e in sorted(inside, key=str):
                if vanishes(goal, minus(e.parts[0], times(u[0], v[0]))):
                    up.remove(u)
                    down.remove(v)
                    return e, (power(u[0], number(half)), power(v[0], number(half))), v[0]
    return None


def balanced(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Less a multiple of a fact with a logarithm, so that logarithms are those of quotients."""
    top = forms.polynomial
    if top is None or goal.relation is not GE:
        return
    target = scaled(top, 1 / forms.bottom[()])
    found, _ = groups(forms, target)
    if len(found) != 1 or len(found[0][1]) != 1:
        return
    for fact in forms.facts:
        others, _ = groups(forms, fact.poly)
        if len(others) != 1 or len(others[0][1]) != 1 or fact.label not in goal.facts:
            continue
        shares = _shares(found[0][0], [others[0][0]])
        if fact.relation not in (GE, GT) or shares is None or not shares[0] > 0:
            continue
        left = forms.term(p_add(target, scaled(fact.poly, -shares[0])))
        if plausible(goal.aimed(left, GE), TRIED):
            (name,) = unused(goal, "balanced")
            last = cone([(1, [name], "1"), (shares[0], [fact.label], "1")])
            yield have(name, Formula(left, GE), None, last)
