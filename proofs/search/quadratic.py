"""Goals that are quadratic in many variables, linear in others, given facts of the same kind.

What is to be shown is that target = sum of multipliers * facts + sum of squares (Shor's relaxation,
the S-procedure). For claims about functions it is exact where the dimension is free: this is
performance estimation (Drori and Teboulle 2014; Taylor, Hendrickx and Glineur 2017).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flint import fmpq

from proofs.core.terms import Relation
from proofs.search.forms import Forms, Poly, p_mul
from theory.gram import Gram

Monomial = tuple[tuple[int, int], ...]
Pair = tuple[int, int]
ONE = -1
"""The place of the constant 1 among variables."""


@dataclass(frozen=True)
class Row:
    """A target or a fact: its label, its coefficients, and whether it is an equation."""

    label: str
    poly: Poly
    equation: bool


@dataclass(frozen=True)
class Quadratic:
    """A goal in the form that a semidefinite program takes.

    Attributes
    ----------
    target : Row
    facts : tuple of Row
    blocks : tuple of tuple of int
        Variables that occur in products with each other, as places; ONE is the constant.
    linear : tuple of int
        Variables that occur only linearly.
    leading : tuple of tuple of int
        The blocks that matter: the others are parts of them in other coordinates.
    """

    target: Row
    facts: tuple[Row, ...]
    blocks: tuple[tuple[int, ...], ...]
    linear: tuple[int, ...]
    leading: tuple[tuple[int, ...], ...]

    def matrix(self, row: Row, block: Sequence[int]) -> list[list[Any]]:
        """The symmetric matrix of a row on a block."""
        return [
            [row.poly.get(monomial(a, b), fmpq(0)) / (1 if a == b else 2) for b in block]
            for a in block
        ]

    def slopes(self, row: Row) -> list[Any]:
        """The coefficients of the linear variables."""
        return [row.poly.get(((v, 1),), fmpq(0)) for v in self.linear]


def monomial(a: int, b: int) -> Monomial:
    """The product of two variables."""
    if a == b == ONE:
        return ()
    if ONE in (a, b):
        return ((max(a, b), 1),)
    return ((a, 2),) if a == b else tuple(sorted(((a, 1), (b, 1))))


def quadratic(forms: Forms, gram: Gram) -> Quadratic | None:
    """Read a goal about functions, or None if it is not of this kind."""
    top = forms.polynomial
    if top is None or not top:
        return None
    target = Row("", p_mul({(): 1 / forms.bottom[()]}, top), False)
    squared = {v for _, p, _ in [("", target.poly, 0), *forms.facts] for m in p
               if sum(k for _, k in m) == 2 for v, _ in m}  # fmt: skip
    facts = [  # the sign of a coordinate is of no use
        Row(n, p, r is Relation.EQ)
        for n, p, r in forms.facts
        if _degree(p) <= 2 and not (_degree(p) == 1 and {v for m in p for v, _ in m} <= squared)
    ]
    return blocks_of(target, facts, forms, gram)


def blocks_of(target: Row, facts: Sequence[Row], forms: Forms, gram: Gram) -> Quadratic | None:
    """Sort the variables of rows; None if they are not quadratic."""
    rows = [target, *facts]
    if any(k < 0 for row in rows for m in row.poly for _, k in m) or _degree(target.poly) > 2:
        return None
    blocks = _components(m for row in rows for m in row.poly)
    inside = {v for b in blocks for v in b}
    linear = sorted({v for row in rows for m in row.poly for v, _ in m} - inside)
    later = {x for vector in gram.vectors for x in vector[1:]}
    if not any(row.poly.get(()) for row in rows):
        blocks = [b for b in blocks if b != (ONE,)]
    leading = [b for b in blocks if any(v == ONE or str(forms.atom(v)) not in later for v in b)]
    return Quadratic(target, tuple(facts), tuple(blocks), tuple(linear), tuple(leading))


def _degree(p: Poly) -> int:
    return max((sum(k for _, k in m) for m in p), default=0)


def _components(monomials: Iterable[Monomial]) -> list[tuple[int, ...]]:
    """Variables that occur together; the constant with those that have a linear term too."""
    found = set(monomials)
    squared = {v for m in found if sum(k for _, k in m) == 2 for v, _ in m}
    home: dict[int, int] = {v: v for v in (*squared, ONE)}

    def root(v: int) -> int:
        while home[v] != v:
            v = home[v]
        return v

    for m in found:
        places = [v for v, _ in m if v in squared]
        if sum(k for _, k in m) == 1 and places:
            places.append(ONE)
        for v in places[1:]:
            home[root(v)] = root(places[0])
    groups: dict[int, list[int]] = {}
    for v in sorted(home):
        groups.setdefault(root(v), []).append(v)
    return [tuple(g) for g in groups.values()]
