"""Factor the target over the rationals; even powers need nothing, odd ones a sign each."""

from __future__ import annotations

from collections.abc import Iterator

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from proofs.core.goals import Goal
from proofs.core.terms import Relation, Term
from proofs.search import moves
from proofs.search.floats import function, holds, samples, value
from proofs.search.forms import Forms, Poly, scaled
from proofs.search.trees import Tree

MAX_TERMS = 400


def factor(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Propose the factorisation of the target, each factor with the sign it shows on samples."""
    top = forms.polynomial
    if (
        top is None
        or not top
        or len(top) > MAX_TERMS
        or goal.relation
        not in (
            Relation.GE,
            Relation.GT,
        )
    ):
        return
    if any(k < 0 for m in top for _, k in m):
        return
    content, factors = _factors(scaled(top, 1 / forms.bottom[()]))
    points = list(samples(goal, 200))
    facts = [(function(e), r) for e, r in goal.facts.values() if len(e.names) > 1]
    inside = [q for q in points if all(holds(value(f, q), r) for f, r in facts)]
    points = inside or points
    made: list[tuple[Term, int]] = []
    for p, k in factors:
        f = function(forms.term(p))
        seen = [v for v in (value(f, point) for point in points) if v == v and v != 0]
        sign = -1 if sum(1 if v > 0 else -1 for v in seen) < 0 else 1
        content = content * sign**k
        made.append((forms.term(scaled(p, sign)), k))
    trivial = len(made) == 1 and made[0][1] == 1
    if content > 0 and made and not trivial:
        yield moves.factored(goal, content, made)


def _factors(p: Poly) -> tuple[fmpq, list[tuple[Poly, int]]]:
    atoms = sorted({v for m in p for v, _ in m})
    if not atoms:
        return p[()], []
    context = fmpq_mpoly_ctx.get([f"a{v}" for v in atoms], Ordering.lex)
    place = {v: i for i, v in enumerate(atoms)}
    rows = {}
    for m, c in p.items():
        exponents = [0] * len(atoms)
        for v, k in m:
            exponents[place[v]] = k
        rows[tuple(exponents)] = c
    content, factors = context.from_dict(rows).factor()
    made: list[tuple[Poly, int]] = []
    for f, k in factors:
        back = {
            tuple((atoms[i], int(e)) for i, e in enumerate(exponents) if e): c
            for exponents, c in f.to_dict().items()
        }
        made.append((back, int(k)))
    return content, made
