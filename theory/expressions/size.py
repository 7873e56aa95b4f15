"""How large a formula becomes, measured before anything expands it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from theory.errors import InputError
from theory.expressions.tree import MAX_EXPONENT, Expression, rational_value

MAX_NODES = 600
# Bits that exact expansion could need: bounds nested powers such as ((9**60)**60)**60.
MAX_GROWTH = 20_000
# How many bits of a number count as much as one degree.
BITS_PER_UNIT, MAX_NUMBER = 50, 200_000
# Everything that walks a formula descends into it, and Python's stack is limited.
MAX_HEIGHT = 320


@dataclass(frozen=True, slots=True)
class Size:
    """How large a formula becomes when its abbreviations are unfolded.

    Attributes
    ----------
    nodes : int
        The number of operations.
    growth : int
        A bound of degree plus bit length of its exact expansion.
    height : int
        How many operations are inside one another.
    """

    nodes: int = 1
    growth: int = 1
    height: int = 0


def check_size(
    expression: Expression,
    argument: str,
    known: Mapping[str, Size] | None = None,
    constants: Mapping[str, Fraction] | None = None,
    limit: int = MAX_NODES,
) -> Size:
    """Measure a formula without unfolding it.

    Parameters
    ----------
    expression : Expression
    argument : str
        The name to put in front of an error message.
    known : mapping of str to Size, optional
        The sizes of abbreviations that it uses.
    constants : mapping of str to Fraction, optional
        Values of names that may stand in exponents.
    limit : int
        The largest number of operations.

    Raises
    ------
    InputError
        If the unfolded formula or its exact expansion would be too large.
    """
    known = known or {}
    nodes = sum(known.get(n.name, Size()).nodes for n in expression.walk())
    if nodes > limit:
        raise InputError(argument, f"more than {limit} operations")
    height = _height(expression, known)
    if height > MAX_HEIGHT:
        raise InputError(argument, f"more than {MAX_HEIGHT} operations inside one another")
    growth = _growth(expression, argument, known, constants or {})
    if growth > (MAX_GROWTH if expression.names else MAX_NUMBER):
        raise InputError(argument, "its exact expansion would be too large")
    return Size(nodes, growth, height)


def _height(expression: Expression, known: Mapping[str, Size]) -> int:
    """The longest way down, or one beyond MAX_HEIGHT; by levels, as Python's stack is short."""
    found, depth, level = 0, 0, [expression]
    while level and found <= MAX_HEIGHT:
        inside = (known.get(e.name, Size()).height for e in level if e.head == "name")
        found = max(found, depth + max(inside, default=0))
        level, depth = [a for e in level for a in e.args], depth + 1
    return found


def _growth(
    expression: Expression,
    argument: str,
    known: Mapping[str, Size],
    constants: Mapping[str, Fraction],
) -> int:
    """Bound degree plus bit length, so that exponents cannot be stacked into something huge."""
    if expression.head == "name":
        return known.get(expression.name, Size()).growth
    if expression.head == "number":
        assert expression.value is not None
        return max(
            1, expression.value.numerator.bit_length(), expression.value.denominator.bit_length()
        )
    sizes = [_growth(a, argument, known, constants) for a in expression.args]
    if expression.names:  # a number inside is one coefficient, and nothing is expanded in it
        parts = zip(sizes, expression.args, strict=True)
        sizes = [s if a.names else 1 + s // BITS_PER_UNIT for s, a in parts]
    if expression.head == "**":
        try:
            exponent = rational_value(expression.args[1], constants)
        except ZeroDivisionError:
            raise InputError(argument, "it divides by zero") from None
        if exponent is None:  # a symbolic exponent, in statements only
            return sizes[0] + sizes[1]
        times = max(1, -(-abs(exponent.numerator) // exponent.denominator))
        if times > MAX_EXPONENT:
            raise InputError(argument, f"an exponent is larger than {MAX_EXPONENT}")
        return sizes[0] * times
    return 1 + sum(sizes)
