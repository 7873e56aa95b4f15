"""Formulas as text: a whitelist parser that builds a small tree and never evaluates anything.

The tree is the one form in which formulas travel: losses, stop conditions and statements are
parsed into it, SymPy derives on its image (:meth:`Expression.sympy`), results come back through
:func:`from_sympy`, and the engines walk it with their own arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import sympy

from theory.errors import InputError

MAX_CHARACTERS = 2_000
MAX_DEPTH = 60
MAX_NODES = 600
# Bits that exact expansion could need: bounds nested powers such as ((9**60)**60)**60.
MAX_GROWTH = 20_000

ANALYTIC = frozenset({"exp", "log", "sqrt", "sin", "cos", "tanh", "cosh", "sinh"})
LOSS_FUNCTIONS = ANALYTIC - {"sinh"} | {"abs"}
INTERNAL_FUNCTIONS = ANALYTIC | {"abs", "sign"}
"""What derivatives of losses may contain."""

Comparison = Literal["<=", "<", ">=", ">", "=="]
_COMPARISONS: tuple[Comparison, ...] = ("<=", ">=", "==", "<", ">")

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*)"
    r"|(?P<operator>\*\*|<=|>=|==|[-+*/(),<>]))",
    re.ASCII,
)


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
        for argument in self.args:
            yield from argument.walk()
        yield self

    @property
    def names(self) -> frozenset[str]:
        """The variables that occur."""
        return frozenset(node.name for node in self.walk() if node.head == "name")

    def substitute(self, values: Mapping[str, Expression]) -> Expression:
        """Replace variables by expressions, all at once."""
        if self.head == "name":
            return values.get(self.name, self)
        return Expression(
            self.head, tuple(a.substitute(values) for a in self.args), self.value, self.name
        )

    def sympy(self, symbols: Mapping[str, sympy.Expr] | None = None) -> sympy.Expr:
        """Translate into SymPy; variables become real symbols unless ``symbols`` names others."""
        if self.head == "number":
            assert self.value is not None
            return sympy.Rational(self.value.numerator, self.value.denominator)
        if self.head == "name":
            if symbols and self.name in symbols:
                return symbols[self.name]
            return sympy.pi if self.name == "pi" else sympy.Symbol(self.name, real=True)
        if self.head not in _TO_SYMPY:
            raise InputError("expression", f"{self.head}(...) has no symbolic counterpart")
        return _TO_SYMPY[self.head](*(a.sympy(symbols) for a in self.args))


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


def number(value: Fraction | int) -> Expression:
    """The constant ``value``, a negative one as the negation of a positive one."""
    value = Fraction(value)
    if value < 0:
        return Expression("neg", (Expression("number", value=-value),))
    return Expression("number", value=value)


def name(text: str) -> Expression:
    """The variable ``text``."""
    return Expression("name", name=text)


def parse(
    text: str,
    names: frozenset[str] = frozenset({"p"}),
    functions: frozenset[str] = LOSS_FUNCTIONS,
    argument: str = "expression",
) -> Expression:
    """Read a formula.

    Parameters
    ----------
    text : str
        Numbers (decimals are exact), names, ``+ - * / **``, parentheses, function calls.
    names, functions : frozenset of str
        The whitelist; anything else is refused.
    argument : str
        The name to put in front of an error message.

    Raises
    ------
    InputError
        For anything outside the whitelist, and for text that is too long, nested too deeply or
        whose exact expansion would be too large.
    """
    parser = _Parser(text, names, functions, argument)
    expression = parser.expression()
    parser.end()
    check_size(expression, argument)
    return expression


def parse_relation(
    text: str,
    names: frozenset[str] = frozenset({"p"}),
    functions: frozenset[str] = LOSS_FUNCTIONS,
    argument: str = "relation",
) -> Relation:
    """Read one comparison; limits and errors as in :func:`parse`."""
    parser = _Parser(text, names, functions, argument)
    left = parser.expression()
    operator = parser.comparison()
    right = parser.expression()
    parser.end()
    check_size(left, argument)
    check_size(right, argument)
    return Relation(left, operator, right)


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
        case "**", [a, b] if b.denominator == 1 and abs(b) <= MAX_GROWTH:
            return a ** int(b)
        case "abs", [a]:
            return abs(a)
        case "sign", [a]:
            return Fraction((a > 0) - (a < 0))
        case "exp", [a] if a == 0:
            return Fraction(1)
        case "min", _:
            return min(exact)
        case "max", _:
            return max(exact)
    return None


def from_sympy(expression: sympy.Expr, argument: str = "expression") -> Expression:
    """Translate a SymPy expression back; refuses heads the engines do not know."""
    if expression.is_Rational:
        return number(Fraction(int(expression.p), int(expression.q)))
    if expression.is_Symbol:
        return name(expression.name)
    if expression is sympy.pi:
        return name("pi")
    if expression is sympy.E:
        return Expression("exp", (number(1),))
    if expression.is_Add or expression.is_Mul:
        head = "+" if expression.is_Add else "*"
        parts = (
            [from_sympy(a, argument) for a in expression.as_ordered_terms()]
            if (expression.is_Add)
            else [from_sympy(a, argument) for a in expression.as_ordered_factors()]
        )
        total = parts[0]
        for part in parts[1:]:
            total = Expression(head, (total, part))
        return total
    if expression.is_Pow:
        base, exponent = expression.as_base_exp()
        return Expression("**", (from_sympy(base, argument), from_sympy(exponent, argument)))
    head = _FROM_SYMPY.get(expression.func, "")
    if head:
        return Expression(head, tuple(from_sympy(a, argument) for a in expression.args))
    raise InputError(argument, f"its derivative contains {expression.func}, which no engine knows")


class _Parser:
    """Recursive descent over tokens; precedence: comparison < sum < product < sign < power."""

    def __init__(
        self, text: str, names: frozenset[str], functions: frozenset[str], argument: str
    ) -> None:
        if not isinstance(text, str):
            raise InputError(argument, f"text is wanted, not {type(text).__name__}")
        if len(text) > MAX_CHARACTERS:
            raise InputError(argument, f"longer than {MAX_CHARACTERS} characters")
        self.names, self.functions, self.argument = names, functions, argument
        self.depth = 0
        self.position = 0
        self.tokens = list(self._tokens(text))

    def _tokens(self, text: str) -> Iterator[tuple[str, str]]:
        position, text = 0, text.rstrip()
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                raise self.error(f"unexpected {text[position:].strip()[:1]!r}")
            position = match.end()
            yield (match.lastgroup or "", match[match.lastgroup or 0])

    def error(self, problem: str) -> InputError:
        return InputError(self.argument, problem)

    def peek(self) -> str:
        return self.tokens[self.position][1] if self.position < len(self.tokens) else ""

    def take(self) -> tuple[str, str]:
        if self.position == len(self.tokens):
            raise self.error("it ends too early" if self.tokens else "it is empty")
        self.position += 1
        return self.tokens[self.position - 1]

    def expect(self, operator: str) -> None:
        _, text = self.take()
        if text != operator:
            raise self.error(f"{operator!r} is wanted where {text!r} stands")

    def end(self) -> None:
        if self.position != len(self.tokens):
            raise self.error(f"unexpected {self.peek()!r}")

    def comparison(self) -> Comparison:
        _, text = self.take()
        for operator in _COMPARISONS:
            if text == operator:
                return operator
        raise self.error(f"a comparison (<=, <, >=, >, ==) is wanted where {text!r} stands")

    def expression(self) -> Expression:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(f"nested deeper than {MAX_DEPTH} levels")
        total = self.product()
        while self.peek() in ("+", "-"):
            _, operator = self.take()
            total = Expression(operator, (total, self.product()))
        self.depth -= 1
        return total

    def product(self) -> Expression:
        total = self.signed()
        while self.peek() in ("*", "/"):
            _, operator = self.take()
            total = Expression(operator, (total, self.signed()))
        return total

    def signed(self) -> Expression:
        if self.peek() in ("+", "-"):
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise self.error(f"nested deeper than {MAX_DEPTH} levels")
            _, operator = self.take()
            operand = self.signed()
            self.depth -= 1
            return operand if operator == "+" else Expression("neg", (operand,))
        return self.power()

    def power(self) -> Expression:
        base = self.atom()
        if self.peek() != "**":
            return base
        self.take()
        return Expression("**", (base, self.signed()))  # right-associative, as in Python

    def atom(self) -> Expression:
        kind, text = self.take()
        if kind == "number":
            _, _, exponent = text.lower().partition("e")
            if len(text) > 1_000 or abs(int(exponent or 0)) > 1_000:
                raise self.error(f"the number {text[:20]!r} is too large")
            return Expression("number", value=Fraction(text))
        if kind == "name" and self.peek() == "(":
            if text not in self.functions:
                raise self.error(f"unknown function {text[:40]!r}")
            self.take()
            arguments = [self.expression()]
            while self.peek() == ",":
                self.take()
                arguments.append(self.expression())
            self.expect(")")
            if text not in VARIADIC and len(arguments) != 1:
                raise self.error(f"{text} takes one argument")
            return Expression(text, tuple(arguments))
        if kind == "name":
            if text not in self.names:
                allowed = ", ".join(sorted(self.names))
                raise self.error(f"unknown name {text[:40]!r} (known: {allowed})")
            return Expression("name", name=text)
        if text == "(":
            inner = self.expression()
            self.expect(")")
            return inner
        raise self.error(f"unexpected {text!r}")


VARIADIC = frozenset({"min", "max"})


@dataclass(frozen=True, slots=True)
class Size:
    """How large a formula becomes when its abbreviations are unfolded.

    Attributes
    ----------
    nodes : int
        The number of operations.
    growth : int
        A bound of degree plus bit length of its exact expansion.
    """

    nodes: int = 1
    growth: int = 1


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
    growth = _growth(expression, argument, known, constants or {})
    if growth > MAX_GROWTH:
        raise InputError(argument, "its exact expansion would be too large")
    return Size(nodes, growth)


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
    if expression.head == "**":
        try:
            exponent = rational_value(expression.args[1], constants)
        except ZeroDivisionError:
            raise InputError(argument, "it divides by zero") from None
        if exponent is None:  # a symbolic exponent, in statements only
            return sizes[0] + sizes[1]
        if abs(exponent) > 1_000 or exponent.denominator > 1_000:
            raise InputError(argument, "an exponent is larger than 1000")
        return sizes[0] * max(1, -(-abs(exponent.numerator) // exponent.denominator))
    return 1 + sum(sizes)


_PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3, "**": 4}


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
        space = " " if inner == 1 else ""
        text = f"{_write(e.args[0], inner)}{space}{e.head}{space}{_write(e.args[1], inner + 1)}"
    else:
        text, inner = f"{e.head}({', '.join(_write(a, 0) for a in e.args)})", 5
    return f"({text})" if inner < outer else text


_TO_SYMPY: dict[str, Callable[..., sympy.Expr]] = {
    "neg": lambda a: -a,
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "**": lambda a, b: a**b,
    "exp": sympy.exp,
    "log": sympy.log,
    "sqrt": sympy.sqrt,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tanh": sympy.tanh,
    "cosh": sympy.cosh,
    "sinh": sympy.sinh,
    "abs": sympy.Abs,
    "sign": sympy.sign,
    "min": sympy.Min,
    "max": sympy.Max,
}
_FROM_SYMPY = {
    sympy.exp: "exp",
    sympy.log: "log",
    sympy.sin: "sin",
    sympy.cos: "cos",
    sympy.tanh: "tanh",
    sympy.cosh: "cosh",
    sympy.sinh: "sinh",
    sympy.Abs: "abs",
    sympy.sign: "sign",
    sympy.Min: "min",
    sympy.Max: "max",
}
