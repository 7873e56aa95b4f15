"""Sums of exponentials: each part of the lesser sum lies below parts of the greater one.

That is how log(exp(x) + exp(y)) is compared with max(x, y), or with itself at other arguments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import ZERO, Malformed, Rejected, Relation, Term, exp, minus, plus, text
from proofs.search.cone import Column, combined, linear
from proofs.search.floats import plausible
from proofs.search.forms import Forms, Monomial, Poly, constant, scaled
from proofs.search.premises import antilog
from proofs.search.standard import GROWTH
from proofs.search.trees import Tree, Weighted, cite, cone, opened, unused

MAX_PARTS = 8
CORNERS = frozenset({"abs", "min", "max", "sign"})


def matched(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Exponentials below exponentials, where sampling sees an order of their exponents."""
    if goal.relation is not Relation.GE or forms.polynomial is None:
        return
    if any(e.head in CORNERS for e in goal.target.walk()):  # each on its own cell
        return
    node = _parts_below(goal, forms)
    if node is None and any(e.head == "log" and _sum(e.parts[0]) for e in goal.target.walk()):
        for way in antilog(goal, forms):
            found = opened(goal, way)
            if found is not None and any(_goes(hole.goal) for hole in found[1]):
                node = way
    if node is not None:
        yield node


def _parts_below(goal: Goal, forms: Forms) -> Tree | None:
    """What is left of the target once each negative part lies below positive ones."""
    target = scaled(forms.polynomial or {}, 1 / forms.bottom[()])
    exponents: dict[Monomial, Term] = {}
    for m in target:
        found = _exponent(forms, m)
        if found is None:
            return None
        exponents[m] = found
    up, down = ([m for m in sorted(target) if (target[m] > 0) == high] for high in (True, False))
    if not down or not 2 <= len(target) <= MAX_PARTS:
        return None
    pairs = [(m, n, minus(exponents[m], exponents[n])) for m in up for n in down]
    rows = {(m, n): why for m, n, gap in pairs if (why := _linear(goal, gap)) is not None}
    seen = [(m, n) for m, n, gap in pairs if plausible(goal.aimed(gap, Relation.GE), 120)]
    return _transported(goal, forms, target, exponents, list(rows), rows) or _transported(
        goal, forms, target, exponents, seen, rows
    )


Pair = tuple[Monomial, Monomial]


def _transported(
    goal: Goal,
    forms: Forms,
    target: Poly,
    exponents: Mapping[Monomial, Term],
    pairs: Sequence[Pair],
    rows: Mapping[Pair, list[Weighted]],
) -> Tree | None:
    """The target by differences of exponentials, as far as they are in order."""
    one = constant(1)
    columns: list[Column] = [
        ([f"sign:{text(exp(exponents[m]))}"] if m else [], one, {m: fmpq(1)}, 1)
        for m in sorted(target)
        if target[m] > 0
    ]
    given = dict(zip(unused(goal, "below", len(pairs)), pairs, strict=True))
    columns += [([name], one, {m: fmpq(1), n: fmpq(-1)}, 1) for name, (m, n) in given.items()]
    weights = combined(forms, target, columns)
    if weights is None:
        return None
    made: Tree = cone(weights)
    for name, pair in given.items():
        if any(name in labels for _, labels, _ in weights):
            u, v = (text(exponents[m]) for m in pair)
            made = cite(name, GROWTH.digest, {"u": u, "v": v}, made)
            if pair in rows:
                made["parts"] = [cone(rows[pair]), *made["parts"][1:]]
    return made


def _linear(goal: Goal, gap: Term) -> list[Weighted] | None:
    """Why facts, without products, say that exponents are ordered."""
    try:
        return linear(Forms(goal.aimed(gap, Relation.GE)))
    except (Rejected, Malformed):
        return None


def _exponent(forms: Forms, m: Monomial) -> Term | None:
    """The exponent of a product of exponentials, if it is one."""
    total = ZERO
    for v, k in m:
        if forms.atom(v).head != "exp":
            return None
        part = forms.exponent(v, k)
        total = part if total is ZERO else plus(total, part)
    return total


def _sum(e: Term) -> bool:
    return e.head == "+" and any(t.head == "exp" and t.names for t in e.walk())


def _goes(goal: Goal) -> bool:
    try:
        forms = Forms(goal)
    except (Rejected, Malformed):
        return False
    same = goal.relation is Relation.GE and forms.polynomial is not None
    return same and _parts_below(goal, forms) is not None
