"""A step of the inequality of Cauchy and Schwarz between weighted sums.

X Z >= Y^2 is kept where X gains u, Y gains u r, Z gains u r^2: X times the gain of the gap is
(X + u) (X Z - Y^2) + u (X r - Y)^2.
"""

from __future__ import annotations

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Malformed, Rejected, Relation, Term, text
from proofs.search.engine import Search
from proofs.search.forms import ratio
from proofs.search.trees import Tree, cone, have, unused

GE, GT = Relation.GE, Relation.GT


def weighted(goal: Goal, search: Search) -> Tree | None:
    """The target (X + u)(Z + w) - (Y + v)^2 by the invariant X Z - Y^2 and X > 0."""
    gap = _gap(goal.target)
    if goal.relation is not GE or gap is None:
        return None
    positive = {f.term: label for label, f in goal.facts.items() if f.relation is GT}
    for label, (e, relation) in goal.facts.items():
        before = _gap(e) if label.startswith("invariant ") and relation is GE else None
        if before is None:
            continue
        for (x, y), (xs, ys) in zip(_ways(before), _ways(gap), strict=True):
            u, v = _gain(xs, x), _gain(ys, y)
            if u is None or v is None or x not in positive:
                continue
            try:
                r = ratio(goal, v, u)
            except (Rejected, Malformed):
                r = None
            if r is None:
                continue
            (name,) = unused(goal, "weight")
            square = f"({text(x)})*({text(r)})-({text(y)})"
            terms = [
                (1, [label, positive[x]], "1"),
                (1, [label, name], "1"),
                (1, [name], square),
            ]
            node = have(name, Formula(u, GE), None, cone(terms, [positive[x]]))
            if (made := search.apply(goal, node, 2)) is not None:
                return made
    return None


def _gap(e: Term) -> tuple[Term, Term, Term] | None:
    """X, Y and Z of X Z - Y Y."""
    if e.head != "-" or any(p.head != "*" for p in e.parts):
        return None
    (x, z), (y, other) = (p.parts for p in e.parts)
    return (x, y, z) if y == other else None


def _ways(gap: tuple[Term, Term, Term]) -> tuple[tuple[Term, Term], tuple[Term, Term]]:
    x, y, z = gap
    return (x, y), (z, y)


def _gain(after: Term, before: Term) -> Term | None:
    return after.parts[1] if after.head == "+" and after.parts[0] == before else None
