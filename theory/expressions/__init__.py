"""Formulas: the tree, the grammar that reads it, its size, and the way back from SymPy."""

from theory.expressions.grammar import (
    ANALYTIC,
    INTERNAL_FUNCTIONS,
    LOSS_FUNCTIONS,
    MAX_DEPTH,
    VARIADIC,
    parse,
    parse_relation,
)
from theory.expressions.size import MAX_GROWTH, MAX_NODES, Size, check_size
from theory.expressions.symbolic import from_sympy
from theory.expressions.tree import (
    Comparison,
    Expression,
    Relation,
    everywhere,
    exponent_value,
    name,
    number,
    rational_value,
)

__all__ = [
    "ANALYTIC",
    "INTERNAL_FUNCTIONS",
    "LOSS_FUNCTIONS",
    "MAX_DEPTH",
    "MAX_GROWTH",
    "MAX_NODES",
    "VARIADIC",
    "Comparison",
    "Expression",
    "Relation",
    "Size",
    "check_size",
    "everywhere",
    "exponent_value",
    "from_sympy",
    "name",
    "number",
    "parse",
    "parse_relation",
    "rational_value",
]
