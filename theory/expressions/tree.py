"""The tree of a formula: numbers, names, operators, functions; how it reads, what it is worth.

The tree is the one form in which formulas travel: losses, stop conditions and statements are
parsed into it, SymPy derives on its image (:meth:`Expression.sympy`), results come back through
:func:`theory.expressions.from_sympy`, and the engines walk it with their own arithmetic.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import sympy

MAX_EXPONENT = 20_000
MAX_BITS = 1_000_000
"""Of an exact power; a larger one is left to enclosures."""

Comparison = Literal["<=", "<", ">=", ">", "==", "!="]
COMPARISONS: tuple[Comparison, ...] = ("<=", ">=", "==", "!=", "<", ">")
_MIRROR: Mapping[Comparison, Comparison] = {
    "<=": ">=",
    "<": ">",
    ">=": "<=",
    ">": "<",
    "==": "==",
    "!=": "!=",
}
NEGATED: Mapping[Comparison, Comparison] = {
    "<=": ">",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "==": "!=",
    "!=": "==",
}


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula: a head and its arguments.

    Attributes
    ----------
    head : str
        ``"number"``, ``"name"``, one of ``+ * / ** - neg``, or a function's name.
    args : tuple of Expression
        Operands; empty for numbers and names.
    value : Fraction or None
        The number, exactly, when ``head`` is ``"number"``.
    name : str
        The variable, when ``head`` is ``"name"``.
    """

    head: str
    args: tuple[Expression, ...] = ()
    value: Fraction | None = None
    name: str = ""

    def __str__(self) -> str:
        return _write(self, 0)

    def walk(self) -> Iterator[Expression]:
        """Yield this node and all below it, operands before operators."""
        found, waiting = [], [self]  # from right to left, operators first: no nested generators
        while waiting:
            node = waiting.pop()
            found.append(node)
            waiting += node.args
        return reversed(found)

    @property
    def names(self) -> frozenset[str]:
        """The variables that occur."""
        found, waiting = set(), [self]  # reading asks this ten times a formula: no generators
        while waiting:
            node = waiting.pop()
            if node.head == "name":
                found.add(node.name)
            else:
                waiting += node.args
        return frozenset(found)

    def substitute(self, values: Mapping[str, Expression]) -> Expression:
        """Replace variables by expressions, all at once."""
        if self.head == "name":
            return values.get(self.name, self)
        return Expression(
            self.head, tuple(a.substitute(values) for a in self.args), self.value, self.name
        )

    def sympy(self, symbols: Mapping[str, sympy.Expr] | None = None) -> sympy.Expr:
        """Translate into SymPy; variables become real symbols unless ``symbols`` names others."""
        from theory.expressions.symbolic import to_sympy  # SymPy takes half a second to load

        return to_sympy(self, symbols or {})


@dataclass(frozen=True, slots=True)
class Relation:
    """A comparison ``left operator right``."""

    left: Expression
    operator: Comparison
    right: Expression

    def __str__(self) -> str:
        return f"{self.left} {self.operator} {self.right}"

    @property
    def names(self) -> frozenset[str]:
        """The variables that occur on either side."""
        return self.left.names | self.right.names

    @property
    def mirrored(self) -> Relation:
        """The same comparison, read from right to left."""
        return Relation(self.right, _MIRROR[self.operator], self.left)

    def substitute(self, values: Mapping[str, Expression]) -> Relation:
        """Replace variables by expressions on both sides."""
        return Relation(self.left.substitute(values), self.operator, self.right.substitute(values))

    def decide(self, left: Fraction, right: Fraction) -> bool:
        """Say whether the comparison holds between two exact numbers."""
        match self.operator:
            case "<=":
                return left <= right
            case "<":
                return left < right
            case ">=":
                return left >= right
            case ">":
                return left > right
            case "==":
                return left == right
            case "!=":
                return left != right


Condition = tuple[tuple[Relation, ...], ...]
"""Clauses that all hold, each if one of its comparisons does."""


def number(value: Fraction | int) -> Expression:
    """The constant ``value``, a negative one as the negation of a positive one."""
    value = Fraction(value)
    if value < 0:
        return Expression("neg", (Expression("number", value=-value),))
    return Expression("number", value=value)


def name(text: str) -> Expression:
    """The variable ``text``."""
    return Expression("name", name=text)


def rational_value(
    expression: Expression, values: Mapping[str, Fraction] | None = None
) -> Fraction | None:
    """Evaluate exactly over the rationals; None where a node has no rational meaning.

    Raises
    ------
    ZeroDivisionError
        Where the formula divides by zero.
    """
    head = expression.head
    if head == "number":
        return expression.value
    if head == "name":
        return None if values is None else values.get(expression.name)
    arguments = [rational_value(a, values) for a in expression.args]
    if any(a is None for a in arguments):
        return None
    exact = [a for a in arguments if a is not None]
    match head, exact:
        case "neg", [a]:
            return -a
        case "+", [a, b]:
            return a + b
        case "-", [a, b]:
            return a - b
        case "*", [a, b]:
            return a * b
        case "/", [a, b]:
            return a / b
        case "**", [a, b] if b.denominator == 1 and abs(b) <= MAX_EXPONENT:
            return a ** int(b) if _bits(a) * abs(b) <= MAX_BITS else None
        case "abs", [a]:
            return abs(a)
        case "sign", [a]:
            return Fraction((a > 0) - (a < 0))
        case "exp", [a] if a == 0:
            return Fraction(1)
        case "erf", [a] if a == 0:
            return Fraction(0)
        case "min", _:
            return min(exact)
        case "max", _:
            return max(exact)
    return None


def exponent_value(exponent: Expression) -> Fraction | None:
    """The number that an exponent is: made of numbers by + - * / and powers; None for any other.

    Raises
    ------
    ZeroDivisionError
        Where it divides by zero.
    """
    plain = all(n.head in ("number", "neg", "+", "-", "*", "/", "**") for n in exponent.walk())
    return rational_value(exponent) if plain else None


def real_powers(e: Expression, whole: Collection[str]) -> Iterator[Expression]:
    """The bases of powers whose exponents are neither numbers nor made of integers."""
    for node in e.walk():
        if node.head == "**" and exponent_of(node) is None and not integral(node.args[1], whole):
            yield node.args[0]


def exponent_of(power: Expression) -> Fraction | None:
    """The exponent if it is a number, that is made of numbers by + - * / and powers."""
    try:
        return exponent_value(power.args[1])
    except ZeroDivisionError:
        return None


def integral(e: Expression, whole: Collection[str]) -> bool:
    """Whether a formula is made of integers, of which ``whole`` are names."""
    if e.head == "name":
        return e.name in whole
    value = exponent_of(Expression("**", (number(1), e)))
    joined = e.head in ("+", "-", "*", "neg") and all(integral(a, whole) for a in e.args)
    return joined or (value is not None and value.denominator == 1)


def _bits(a: Fraction) -> int:
    return max(a.numerator.bit_length(), a.denominator.bit_length())


_TOTAL = frozenset(
    {"+", "-", "*", "neg", "exp", "sin", "cos", "tanh", "cosh", "sinh", "abs", "sign", "erf"}
    | {"min", "max", "atan", "floor"}
)
"""Heads that have a value wherever their arguments have one."""


def everywhere(expression: Expression, names: Collection[str] | None = None) -> bool:
    """Whether it is plain from its form that a formula has a value at every real point.

    Parameters
    ----------
    expression : Expression
        Anything that divides by more than a nonzero number, takes a logarithm or a power that is
        not natural, or stands for more than a number counts as possibly undefined.
    names : collection of str, optional
        The names that have a value everywhere; all of them by default.
    """
    if expression.head == "number":
        return True
    if expression.head == "name":
        return names is None or expression.name in names
    if expression.head in ("/", "**"):
        base, other = expression.args
        divides = expression.head == "/"
        try:
            n = rational_value(other) if divides else exponent_value(other)
            nonzero = not divides and bool(rational_value(base))
        except ZeroDivisionError:
            return False
        whole = n is not None and n.denominator == 1 and (n >= 0 or nonzero)
        plain = whole if not divides else bool(n)
        return plain and everywhere(base, names)
    return expression.head in _TOTAL and all(everywhere(a, names) for a in expression.args)


_PRECEDENCE = {
    "<=": 0,
    "<": 0,
    ">=": 0,
    ">": 0,
    "==": 0,
    "!=": 0,
    "+": 1,
    "-": 1,
    "*": 2,
    "/": 2,
}
"""Of negation it is 3, of powers 4, of what stands alone 5."""


def _write(e: Expression, outer: int) -> str:
    if e.head == "number":
        assert e.value is not None
        text, inner = str(e.value), (5 if e.value.denominator == 1 else 2)
    elif e.head == "name":
        text, inner = e.name, 5
    elif e.head == "neg":
        text, inner = f"-{_write(e.args[0], 3)}", 3
    elif e.head == "**":
        text, inner = f"{_write(e.args[0], 5)}**{_write(e.args[1], 4)}", 4
    elif e.head in _PRECEDENCE:
        inner = _PRECEDENCE[e.head]
        space = " " if inner <= 1 else ""
        text = f"{_write(e.args[0], inner)}{space}{e.head}{space}{_write(e.args[1], inner + 1)}"
    else:
        text, inner = f"{e.head}({', '.join(_write(a, 0) for a in e.args)})", 5
    return f"({text})" if inner < outer else text
