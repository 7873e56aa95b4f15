"""Presentation MathML from the tree of a formula: fractions, powers, roots, subscripts, Greek.

A formula is written as several ``<math>`` elements, broken at its relation and at the sums of
either side: browsers do not break lines within one, but between two they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from markupsafe import Markup

from proofs.presentation.encyclopedia.names import identifier
from proofs.presentation.encyclopedia.nodes import RELATIONS, fenced, operator, rational, terms
from theory.expressions import Condition, Expression, Relation


def formula(r: Relation) -> Markup:
    """Typeset a relation as pieces of mathematics between which a line may break."""
    left = list(terms(r.left, 0))
    right = list(terms(r.right, 0))
    right[0] = Markup("{}{}").format(operator(RELATIONS[r.operator]), right[0])
    return _pieces([*left, *right])


def condition(c: Condition) -> Markup:
    """Typeset comparisons joined by ``and`` and ``or``."""
    return Markup(" and ").join(Markup(" or ").join(map(formula, clause)) for clause in c)


def value(e: Expression) -> Markup:
    """Typeset an expression as pieces of mathematics between which a line may break."""
    return _pieces(terms(e, 0))


def definition(meaning: Expression, of: str) -> Markup:
    """Typeset ``of := meaning``."""
    named = Markup("{}{}").format(identifier(of), operator("≔"))
    return _pieces([named, *terms(meaning, 0)])


def symbol(name: str) -> Markup:
    """Typeset the name of a variable."""
    return _pieces([identifier(name)])


def assigned(name: str, number: Fraction) -> Markup:
    """Typeset ``name = number``."""
    return _pieces([Markup("{}{}{}").format(identifier(name), operator("="), rational(number))])


def matrix(name: str, rows: Sequence[Sequence[Fraction]]) -> Markup:
    """Typeset ``name = [...]``."""
    return _array(name, [[rational(v) for v in row] for row in rows])


def array(name: str, rows: Sequence[Sequence[Expression]]) -> Markup:
    """Typeset a matrix by formulas for its entries."""
    return _array(name, [[Markup("").join(terms(e, 0)) for e in row] for row in rows])


def _array(name: str, rows: Sequence[Sequence[Markup]]) -> Markup:
    cell, line = Markup("<mtd>{}</mtd>"), Markup("<mtr>{}</mtr>")
    lines = (line.format(Markup("").join(map(cell.format, row))) for row in rows)
    table = Markup("<mtable>{}</mtable>").format(Markup("").join(lines))
    return _pieces([Markup("{}{}{}").format(identifier(name), operator("="), fenced(table))])


def _pieces(pieces: Iterable[Markup]) -> Markup:
    return Markup("<wbr>").join(Markup("<math>{}</math>").format(p) for p in pieces)
