"""Formulas as text: a whitelist parser that builds the tree and never evaluates anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from theory.errors import InputError
from theory.expressions.size import MAX_NODES, check_size
from theory.expressions.tree import Comparison, Expression, Relation, rational_value

MAX_CHARACTERS = 2_000
MAX_DEPTH = 60

ANALYTIC = frozenset({"exp", "log", "sqrt", "sin", "cos", "tanh", "cosh", "sinh"})
LOSS_FUNCTIONS = ANALYTIC - {"sinh"} | {"abs"}
INTERNAL_FUNCTIONS = ANALYTIC | {"abs", "sign"}
"""What derivatives of losses may contain."""

_COMPARISONS: tuple[Comparison, ...] = ("<=", ">=", "==", "<", ">")

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*)"
    r"|(?P<operator>\*\*|<=|>=|==|[-+*/(),<>]))",
    re.ASCII,
)


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
        self.atoms = 0
        self.indices: dict[str, int] = {}
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
        self.atoms += 1
        if self.atoms > MAX_NODES:  # nested sums over indices multiply
            raise self.error(f"more than {MAX_NODES} operations")
        kind, text = self.take()
        if kind == "number":
            _, _, exponent = text.lower().partition("e")
            if len(text) > 1_000 or abs(int(exponent or 0)) > 1_000:
                raise self.error(f"the number {text[:20]!r} is too large")
            return Expression("number", value=Fraction(text))
        if kind == "name" and self.peek() == "(":
            return self.call(text)
        if kind == "name":
            return self.name(text)
        if text == "(":
            inner = self.expression()
            self.expect(")")
            return inner
        raise self.error(f"unexpected {text!r}")

    def name(self, text: str) -> Expression:
        if text in self.indices:
            return Expression("number", value=Fraction(self.indices[text]))
        first, *subscripts = text.split("_")
        text = "_".join([first, *(str(self.indices.get(s, s)) for s in subscripts)])
        if text not in self.names:
            allowed = ", ".join(sorted(self.names)) or "none"
            raise self.error(f"unknown name {text[:40]!r} (known: {allowed})")
        return Expression("name", name=text)

    def call(self, function: str) -> Expression:
        if function not in self.functions:
            raise self.error(f"unknown function {function[:40]!r}")
        self.take()
        if function in INDEXED and self.commas() == 3:
            return self.indexed(INDEXED[function])
        if function == "sum":
            raise self.error("sum takes an index, its two ends and a formula")
        if function == "P":
            left = self.expression()
            event = Expression(self.comparison(), (left, self.expression()))
            self.expect(")")
            return Expression("P", (event,))
        arguments = [self.expression()]
        while self.peek() == ",":
            self.take()
            arguments.append(self.expression())
        self.expect(")")
        wanted = 2 if function == "prod" else len(arguments) if function in VARIADIC else 1
        if len(arguments) != wanted:
            how_many = "two arguments or four" if function == "prod" else "one argument"
            raise self.error(f"{function} takes {how_many}")
        return Expression(function, tuple(arguments))

    def commas(self) -> int:
        """Count the commas up to the parenthesis that closes the call that has just begun."""
        depth, found = 0, 0
        for _, text in self.tokens[self.position :]:
            depth += (text == "(") - (text == ")")
            if depth < 0:
                break
            found += depth == 0 and text == ","
        return found

    def indexed(self, operator: str) -> Expression:
        """Read ``index, first, last, body)``; the body is read once for each value."""
        kind, index = self.take()
        if kind != "name" or index in self.indices or index in self.names:
            raise self.error(f"an unused index is wanted where {index[:40]!r} stands")
        ends = []
        for _ in range(2):
            self.expect(",")
            try:
                ends.append(rational_value(self.expression()))
            except ZeroDivisionError:
                raise self.error(f"an end of the index {index} divides by zero") from None
        self.expect(",")
        first, last = ends
        if first is None or last is None or first.denominator * last.denominator != 1:
            raise self.error(f"the index {index} needs two integers as its ends")
        if not first <= last < first + MAX_TERMS:
            raise self.error(f"the index {index} needs 1 to {MAX_TERMS} values")
        start, total = self.position, None
        for value in range(int(first), int(last) + 1):
            self.position = start
            self.indices[index] = value
            term = self.expression()
            total = term if total is None else Expression(operator, (total, term))
        del self.indices[index]
        self.expect(")")
        assert total is not None
        return total


VARIADIC = frozenset({"min", "max"})
INDEXED = {"prod": "*", "sum": "+"}
MAX_TERMS = 60
