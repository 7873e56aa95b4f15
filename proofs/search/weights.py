"""Means by weights: what is linear in weights that add up to a number is shown at each of them.

In log(p_1 exp(-x_1) + ... + p_k exp(-x_k)) <= ... the logarithm is below its tangent at 1, where it
is applied to a mean of what is near 1; then a sum of p_i f(x_i) is left, with p_1 + ... + p_k = 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    ZERO,
    Formula,
    Malformed,
    Rejected,
    Relation,
    Term,
    minus,
    number,
    replaced,
    text,
    times,
)
from proofs.search.floats import plausible
from proofs.search.forms import Forms, Known, Poly, p_add, scaled, vanishes
from proofs.search.standard import TANGENT
from proofs.search.trees import Tree, Weighted, cases, cite, cone, have, unused

EQ, GE, GT = Relation.EQ, Relation.GE, Relation.GT


def weighted(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """A target that is linear in weights, whose sum is known, by what each is multiplied with."""
    top = forms.polynomial
    if top is None or goal.relation not in (GE, GT):
        return
    top = scaled(top, 1 / forms.bottom[()])
    for fact in forms.facts:
        shares = _shares(forms, fact) if fact.relation is EQ else None
        found = None if shares is None else _parts(forms, top, set(shares[1]))
        if shares is None or found is None:
            continue
        (whole, of), (rest, parts) = shares, found
        claims = [
            Formula(forms.term(p_add(parts.get(v, {}), scaled(rest, of[v] / whole))), goal.relation)
            for v in of
        ]
        if not all(plausible(goal.aimed(*claim), 120) for claim in claims):
            continue
        names = unused(goal, "weight", 2 * len(of))
        # The fact is said with the sign of its weights.
        sign = 1 if fact.poly[()] < 0 else -1
        share = (1, [fact.label], text(forms.term(scaled(rest, -sign / whole))))
        weights = [(str(forms.atom(v).value), c) for v, c in of.items()]
        rows: list[Weighted] = [
            (1, [f"lo:{x}", name], "1") for (x, _), name in zip(weights, names, strict=False)
        ]
        if goal.relation is GE:
            made: Tree = cone([*rows, share])
        else:
            *more, (_, c) = weights
            *others, _ = rows
            at_last = names[len(of) - 1]
            zeros = names[len(of) :]
            gone = [
                (d / c, [zero, at_last], "1") for (_, d), zero in zip(more, zeros, strict=False)
            ]
            said = text(claims[-1].term)
            made = cone([(whole / c, [at_last], "1"), *gone, *others, share,
                         (fmpq(sign) / c, [fact.label], said)])  # fmt: skip
            for k in reversed(range(len(more))):
                here = [*rows[:k], (1, [zeros[k], names[k]], "1"), *rows[k + 1 :], share]
                made = cases(zeros[k], more[k][0], cone(here), made)
        for name, claim in zip(names, claims, strict=False):
            made = have(name, claim, None, made)
        yield made


def _shares(forms: Forms, fact: Known) -> tuple[fmpq, dict[int, fmpq]] | None:
    """A fact that positive multiples of nonnegative variables add up to a positive number."""
    number = fact.poly.get((), fmpq(0))
    rows = {m: c for m, c in fact.poly.items() if m}
    if number == 0 or len(rows) < 2 or any(len(m) != 1 or m[0][1] != 1 for m in rows):
        return None
    of = {m[0][0]: c * (-1 if number > 0 else 1) for m, c in rows.items()}
    for v, c in of.items():
        e = forms.atom(v)
        if c <= 0 or e.head != "variable" or forms.goal.box[str(e.value)].lo != 0:
            return None
    return abs(number), of


def _parts(forms: Forms, p: Poly, of: set[int]) -> tuple[Poly, Mapping[int, Poly]] | None:
    """What is free of the weights, and what each is multiplied with."""
    rest: dict[tuple[tuple[int, int], ...], fmpq] = {}
    parts: dict[int, dict[tuple[tuple[int, int], ...], fmpq]] = {}
    weights = {str(forms.atom(v).value) for v in of}
    others = {v for m in p for v, _ in m} - of
    if any(forms.atom(v).names & weights for v in others):
        return None
    for m, c in p.items():
        own = [f for f in m if f[0] in of]
        if not own:
            rest[m] = c
        elif len(own) == 1 and own[0][1] == 1:
            parts.setdefault(own[0][0], {})[tuple(f for f in m if f not in own)] = c
        else:
            return None
    return (rest, parts) if parts else None


def logarithm_below(goal: Goal, _: Forms) -> Iterator[Tree]:
    """Log(u) <= u - 1 in a target with a negative multiple of the logarithm of a sum."""
    if goal.relation not in (GE, GT):
        return
    equations = [e.names for e, relation in goal.facts.values() if relation is EQ]
    for e in dict.fromkeys(goal.target.walk()):
        if (
            e.head != "log"
            or not any(e.names & names for names in equations)
            or not any(t.head == "exp" for t in e.walk())
        ):
            continue
        loss = _loss(goal, e)
        if loss is None or loss <= 0:
            continue
        (u,) = e.parts
        claim = Formula(replaced(goal.target, {e: minus(u, ONE)}), goal.relation)
        if not plausible(goal.aimed(*claim), 120):
            continue
        below, rest = unused(goal, "tangent", 2)
        made: Tree = have(rest, claim, None, cone([(1, [rest], "1"), (loss, [below], "1")]))
        yield cite(below, TANGENT.digest, {"t": text(e)}, made)


def _loss(goal: Goal, e: Term) -> fmpq | None:
    """The number c where a target is linear in a term, with -c in front of it."""
    low, high = (replaced(goal.target, {e: q}) for q in (ZERO, ONE))
    try:
        loss = Forms(goal.aimed(minus(low, high), GE))
    except (Rejected, Malformed):
        return None
    p = loss.polynomial
    if p is None or set(p) != {()}:
        return None
    c: fmpq = p[()] / loss.bottom[()]
    linear = minus(low, times(number(c), e))
    return c if vanishes(goal, minus(goal.target, linear)) else None
