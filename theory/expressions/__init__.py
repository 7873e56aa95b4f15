"""Formulas: the tree, the grammar that reads it, its size, and the way back from SymPy."""

from theory.expressions.abbreviations import ABBREVIATIONS
from theory.expressions.formulas import (
    ANALYTIC,
    INTERNAL_FUNCTIONS,
    LOSS_FUNCTIONS,
    MAX_DEPTH,
    VARIADIC,
)
from theory.expressions.grammar import parse, parse_condition, parse_relation
from theory.expressions.size import MAX_GROWTH, MAX_NODES, Size, check_size
from theory.expressions.symbolic import from_sympy
from theory.expressions.tokens import plain, suggestion
from theory.expressions.tree import (
    COMPARISONS,
    Comparison,
    Condition,
    Expression,
    Relation,
    everywhere,
    exponent_of,
    exponent_value,
    integral,
    name,
    number,
    rational_value,
    real_powers,
)

__all__ = [
    "ABBREVIATIONS",
    "ANALYTIC",
    "COMPARISONS",
    "INTERNAL_FUNCTIONS",
    "LOSS_FUNCTIONS",
    "MAX_DEPTH",
    "MAX_GROWTH",
    "MAX_NODES",
    "VARIADIC",
    "Comparison",
    "Condition",
    "Expression",
    "Relation",
    "Size",
    "check_size",
    "everywhere",
    "exponent_of",
    "exponent_value",
    "from_sympy",
    "integral",
    "name",
    "number",
    "parse",
    "parse_condition",
    "parse_relation",
    "plain",
    "rational_value",
    "real_powers",
    "suggestion",
]
