"""Products of positive terms and of their roots: what divides by sqrt(D/(L T)) divides by no zero.

The core's enclosure of such a root begins at zero, as that of D/(L T) does. But r >= 0, r is not 0
where r^q = u > 0, and a positive term is one by the signs of its factors.
"""

from __future__ import annotations

from itertools import count

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Relation, Term, constant, number, power, text
from proofs.search.corners import root_index
from proofs.search.trees import Tree, cases, cone, have, unused

GE, GT = Relation.GE, Relation.GT


Factors = tuple[fmpq, list[str], list[str]]


def product(found: Factors) -> Tree:
    """A positive number times positive facts, by others."""
    return cone([(found[0], found[1], "1")], found[2])


class _Signs:
    """Facts that a proof begins with, innermost last."""

    def __init__(self, goal: Goal) -> None:
        self.goal = goal
        self.steps: list[tuple[str, Formula, Tree | None]] = []
        self.known: dict[Term, str] = {}
        (first,) = unused(goal, "positive")
        self.names = (f"{first} {i}" for i in count())

    def factors(self, e: Term) -> Factors | None:
        """A number and labels of positive facts, above and below the line: their product is e."""
        q = constant(e) if not e.names else None
        if q is not None:
            return (q, [], []) if q > 0 else None
        if e.head in ("*", "/"):
            a, b = (self.factors(p) for p in e.parts)
            if a is None or b is None:
                return None
            if e.head == "*":
                return a[0] * b[0], [*a[1], *b[1]], [*a[2], *b[2]]
            return a[0] / b[0], [*a[1], *b[2]], [*a[2], *b[1]]
        if self.goal.knows(e, GT):
            return fmpq(1), [f"sign:{text(e)}"], []
        share = fmpq(1, 2) if e.head == "sqrt" else None
        if e.head == "**":
            share = constant(e.parts[1]) if not e.parts[1].names else None
        if share is None or (root_index(e) == 1 and share.q != 1):
            return None
        label = self.root(e.parts[0], int(share.q))
        if label is None:
            return None
        rows = [label] * abs(int(share.p))
        return (fmpq(1), rows, []) if share > 0 else (fmpq(1), [], rows)

    def root(self, base: Term, q: int) -> str | None:
        """The label of the fact that the root of a positive term is positive."""
        root = base if q == 1 else power(base, number(fmpq(1, q)))
        if root in self.known:
            return self.known[root]
        signs = self.factors(base)
        if signs is None:
            return None
        above = next(self.names)
        self.steps.append((above, Formula(base, GT), product(signs)))
        if q > 1:
            name, least, sign = (next(self.names) for _ in range(3))
            against = cone([(1, [above], "1"), (1, [sign, *[least] * (q - 1)], "1")], sign=0)
            proof = cases(sign, text(root), cone([(1, [sign], "1")]), against)
            self.steps.append((least, Formula(root, GE), None))
            self.steps.append((name, Formula(root, GT), proof))
            above = name
        self.known[root] = above
        return above


def positive(goal: Goal) -> Tree | None:
    """Show that a product of positive terms and roots is positive, or not zero."""
    e = goal.target
    if goal.relation not in (GT, Relation.NE) or e.head not in ("*", "/", "**", "sqrt"):
        return None
    if not any(root_index(part) > 1 and part.names for part in e.walk()):
        return None
    signs = _Signs(goal)
    found = signs.factors(e)
    if found is None or not signs.steps:
        return None
    made = product(found)
    for name, claim, proof in reversed(signs.steps):
        made = have(name, claim, proof, made)
    return made
