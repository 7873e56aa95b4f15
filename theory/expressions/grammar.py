"""Formulas as text: a whitelist parser that builds the tree and never evaluates anything."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from fractions import Fraction

from theory.errors import InputError
from theory.expressions.abbreviations import ABBREVIATIONS
from theory.expressions.size import MAX_NODES, check_size
from theory.expressions.tokens import plain, tokens
from theory.expressions.tree import (
    COMPARISONS,
    Comparison,
    Condition,
    Expression,
    Relation,
    rational_value,
)

MAX_CHARACTERS = 2_000
MAX_DEPTH = 60

ANALYTIC = frozenset({"exp", "log", "sqrt", "sin", "cos", "tanh", "cosh", "sinh"})
LOSS_FUNCTIONS = ANALYTIC - {"sinh"} | {"abs"}
INTERNAL_FUNCTIONS = ANALYTIC | {"abs", "sign"}
"""What derivatives of losses may contain."""

VARIADIC = frozenset({"min", "max"})
INDEXED = {"prod": "*", "sum": "+", "min": "min", "max": "max"}
ARITY = {"dot": 2, "diff": 2, "integrate": 4, "Cov": 2, "loewner": 2}
MAX_TERMS = 200
_ENDS = (")", ",", "and", "or", "|", "")


def parse(
    text: str,
    names: frozenset[str] = frozenset({"p"}),
    functions: frozenset[str] = LOSS_FUNCTIONS,
    argument: str = "expression",
    constants: Mapping[str, Fraction] | None = None,
    sequences: frozenset[str] = frozenset(),
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
    constants : mapping of str to Fraction, optional
        The values of those names that may stand at the ends of an index.
    sequences : frozenset of str
        Names that an index follows: ``x[n]``, and ``x_i`` for the index i of a sum.

    Raises
    ------
    InputError
        For anything outside the whitelist, and for text that is too long, nested too deeply or
        whose exact expansion would be too large.
    """
    parser = _Parser(text, names, functions, argument, constants, sequences)
    expression = parser.expression()
    parser.end()
    check_size(expression, argument)
    return expression


def parse_relation(
    text: str,
    names: frozenset[str] = frozenset({"p"}),
    functions: frozenset[str] = LOSS_FUNCTIONS,
    argument: str = "relation",
    constants: Mapping[str, Fraction] | None = None,
    sequences: frozenset[str] = frozenset(),
) -> Relation:
    """Read one comparison; limits and errors as in :func:`parse`."""
    read = parse_condition(text, names, functions, argument, constants, sequences)
    if len(read) != 1 or len(read[0]) != 1:
        raise InputError(argument, "one comparison is wanted here")
    return read[0][0]


def parse_condition(
    text: str,
    names: frozenset[str],
    functions: frozenset[str] = LOSS_FUNCTIONS,
    argument: str = "relation",
    constants: Mapping[str, Fraction] | None = None,
    sequences: frozenset[str] = frozenset(),
) -> Condition:
    """Read comparisons, chained or joined by ``and`` and ``or``; limits and errors as above.

    Returns
    -------
    Condition
        All of several clauses hold, each if one of its comparisons does.
    """
    parser = _Parser(text, names, functions, argument, constants, sequences)
    condition = parser.condition()
    parser.end()
    for clause in condition:
        for relation in clause:
            check_size(relation.left, argument)
            check_size(relation.right, argument)
    return condition


class _Parser:
    """Recursive descent over tokens.

    Precedence: or < and < comparison < sum < product < sign < power.
    """

    def __init__(
        self,
        text: str,
        names: frozenset[str],
        functions: frozenset[str],
        argument: str,
        constants: Mapping[str, Fraction] | None = None,
        sequences: frozenset[str] = frozenset(),
    ) -> None:
        if not isinstance(text, str):
            raise InputError(argument, f"text is wanted, not {type(text).__name__}")
        if len(text) > MAX_CHARACTERS:
            raise InputError(argument, f"longer than {MAX_CHARACTERS} characters")
        self.names, self.functions, self.argument = names, functions, argument
        self.constants, self.sequences = constants or {}, sequences
        self.depth = 0
        self.position = 0
        self.atoms = 0
        self.indices: dict[str, int] = {}
        self.symbols: set[str] = set()
        self.tokens = list(tokens(text, argument))

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

    def mark(self) -> tuple[int, int, dict[str, int], set[str]]:
        return self.position, self.depth, dict(self.indices), set(self.symbols)

    def back(self, mark: tuple[int, int, dict[str, int], set[str]]) -> None:
        """Read again from a mark (what was counted stays counted)."""
        self.position, self.depth, self.indices, self.symbols = mark

    def end(self) -> None:
        if self.position != len(self.tokens):
            self.juxtaposed()
            raise self.error(f"unexpected {self.peek()!r}")

    def juxtaposed(self) -> None:
        """Refuse a product without its sign, with the hint to write it."""
        if not self.position or self.position >= len(self.tokens):
            return
        (kind, before), (following, after) = self.tokens[self.position - 1 : self.position + 1]
        if following in ("name", "number") or after == "(":
            if kind in ("number", "name") or before == ")":
                if before not in ("and", "or", "in") and after not in ("and", "or", "in"):
                    raise self.error(f"write {before}*{after} where {before}{after} stands")

    # Conditions -----------------------------------------------------------------------------------

    def comparison(self) -> Comparison:
        _, text = self.take()
        text = {"=": "=="}.get(text, text)
        for operator in COMPARISONS:
            if text == operator:
                return operator
        self.position -= 1
        self.juxtaposed()
        raise self.error(f"a comparison (<=, <, >=, >, ==, !=) is wanted where {text!r} stands")

    def condition(self) -> Condition:
        """Read clauses: all hold, each if one of its comparisons does."""
        self.deeper()
        found = self.both()
        while self.peek() == "or":
            self.take()
            other = self.both()
            if len(found) * len(other) > 64:
                raise self.error("too many cases")
            found = tuple(a + b for a in found for b in other)
        self.depth -= 1
        return found

    def both(self) -> Condition:
        found = self.one()
        while self.peek() in ("and", "&&"):
            self.take()
            found += self.one()
        return found

    def one(self) -> Condition:
        """A chain of comparisons, or a condition in parentheses."""
        if self.peek() == "(":
            before = self.mark()
            try:
                self.take()
                found = self.condition()
                self.expect(")")
                if self.peek() in (*_ENDS, "&&"):
                    return found
            except InputError:
                pass
            self.back(before)
        sides = [self.expression()]
        if self.peek() == "in":
            return self.within(sides[0])
        found = ()
        while not found or self.peek() in (*COMPARISONS, "="):
            operator = self.comparison()
            sides.append(self.expression())
            found += ((Relation(sides[-2], operator, sides[-1]),),)
        return found

    def within(self, e: Expression) -> Condition:
        """Read ``in [a, b]``, with round brackets for open ends."""
        self.take()
        _, low = self.take()
        a = self.expression()
        self.expect(",")
        b = self.expression()
        _, high = self.take()
        if low not in ("[", "(") or high not in ("]", ")"):
            raise self.error("an interval [a, b], (a, b], [a, b) or (a, b) is wanted after 'in'")
        return (
            (Relation(a, "<=" if low == "[" else "<", e),),
            (Relation(e, "<=" if high == "]" else "<", b),),
        )

    # Formulas -------------------------------------------------------------------------------------

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(f"nested deeper than {MAX_DEPTH} levels")

    def expression(self) -> Expression:
        self.deeper()
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
            self.deeper()
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
        if text in ("|", "||"):
            head = "abs" if text == "|" else "norm"
            if head not in self.functions:
                raise self.error(f"unexpected {text!r}")
            inner = self.expression()
            self.expect(text)
            return Expression(head, (inner,))
        raise self.error(f"unexpected {text!r}")

    def name(self, text: str) -> Expression:
        if text in self.indices:
            return Expression("number", value=Fraction(self.indices[text]))
        first, *subscripts = text.split("_")
        text = "_".join([first, *(str(self.indices.get(s, s)) for s in subscripts)])
        if text in self.symbols:
            return Expression("name", name=text)
        if first in self.sequences and len(subscripts) == 1 and subscripts[0] in self.symbols:
            index = Expression("name", name=subscripts[0])
            return Expression("item", (Expression("name", name=first), index))
        if text in self.sequences:
            return self.item(text)
        if text not in self.names:
            if text == "e" and "exp" in self.functions:
                return Expression("exp", (Expression("number", value=Fraction(1)),))
            raise self.error(f"unknown name {text[:40]!r}{suggestion(text, self.names)}")
        return Expression("name", name=text)

    def item(self, sequence: str) -> Expression:
        """Read ``[index]`` after the name of a sequence."""
        if self.peek() != "[":
            raise self.error(f"{sequence} is a sequence: write {sequence}[n]")
        self.take()
        index = self.expression()
        self.expect("]")
        return Expression("item", (Expression("name", name=sequence), index))

    def call(self, function: str) -> Expression:
        if function not in self.functions:
            if function in self.names:
                raise self.error(f"write {function}*(...) where {function}(...) stands")
            raise self.error(f"unknown function {function[:40]!r}"
                             f"{suggestion(function, self.functions, 60)}")  # fmt: skip
        if function in self.names and function not in ("E", "P"):
            raise self.error(f"{function}(...) is a function: give the variable another name, "
                             f"or write {function}*(...)")  # fmt: skip
        self.take()
        if function in INDEXED and self.commas() == 3 and self.counting():
            return self.indexed(function)
        if function == "sum":
            raise self.error("sum takes an index, its two ends and a formula")
        if function == "P":
            return self.event()
        if function == "piecewise":
            return self.piecewise()
        arguments = [self.argument_()]
        while self.peek() == ",":
            self.take()
            arguments.append(self.expression())
        if function == "E" and self.peek() == "|" and "Var" in self.functions:
            self.take()
            arguments += self.joined()
        self.expect(")")
        self.check_arity(function, len(arguments))
        if function in ABBREVIATIONS:
            return ABBREVIATIONS[function].build(*arguments)
        if function == "log" and len(arguments) == 2:
            log = [Expression("log", (a,)) for a in arguments]
            return Expression("/", (log[0], log[1]))
        return Expression(function, tuple(arguments))

    def argument_(self) -> Expression:
        if self.peek() in (")", ""):
            raise self.error("an argument is missing" if self.peek() else "it ends too early")
        return self.expression()

    def check_arity(self, function: str, count: int) -> None:
        known = ABBREVIATIONS.get(function)
        if function in VARIADIC or (function == "log" and count == 2 and "erf" in self.functions):
            return
        if function == "E":  # with what it is conditioned on
            return
        wanted = 2 if function == "prod" else known.arity if known else ARITY.get(function, 1)
        if count != wanted:
            words = {1: "one argument", 2: "two arguments", 3: "three arguments"}
            how_many = words.get(wanted, f"{wanted} arguments")
            if function == "prod":
                how_many = "two arguments or four"
            raise self.error(f"{function} takes {how_many}")

    def joined(self) -> list[Expression]:
        """Comparisons joined by ``and``, each as a formula with a comparison for its head."""
        condition = self.condition()
        if any(len(clause) != 1 for clause in condition):
            raise self.error("an event is one comparison, or several joined by 'and'")
        return [Expression(r.operator, (r.left, r.right)) for (r,) in condition]

    def event(self) -> Expression:
        """Read a probability: an event, perhaps given another one."""
        events = self.joined()
        given: list[Expression] = []
        if self.peek() == "|":
            self.take()
            given = self.joined()
        self.expect(")")
        if (len(events) > 1 or given) and "Var" not in self.functions:
            raise self.error("one comparison is wanted inside P(...)")
        if given:
            both = Expression("P", (*events, *given))
            return Expression("/", (both, Expression("P", tuple(given))))
        return Expression("P", tuple(events))

    def piecewise(self) -> Expression:
        """Read ``condition, value, condition, value, ..., value``."""
        parts: list[Expression] = []
        while True:
            before = self.mark()
            try:
                condition = self.condition()
            except InputError:
                if not parts:
                    raise
                self.back(before)
                parts.append(self.expression())
                self.expect(")")
                return Expression("piecewise", tuple(parts))
            clauses = tuple(
                Expression("or", tuple(Expression(r.operator, (r.left, r.right)) for r in clause))
                for clause in condition
            )
            self.expect(",")
            parts += [Expression("and", clauses), self.expression()]
            if self.peek() == ")":
                raise self.error("piecewise ends with the value in all other cases")
            self.expect(",")

    # Sums, products, extrema over an index --------------------------------------------------------

    def commas(self) -> int:
        """Count the commas up to the parenthesis that closes the call that has just begun."""
        depth, found = 0, 0
        for _, text in self.tokens[self.position :]:
            depth += (text == "(") - (text == ")")
            if depth < 0:
                break
            found += depth == 0 and text == ","
        return found

    def counting(self) -> bool:
        """Whether the first argument is a name that means nothing yet: an index."""
        (kind, text), (_, after) = self.tokens[self.position : self.position + 2]
        function = self.tokens[self.position - 2][1]
        plain_ = kind == "name" and after == ","
        if function in VARIADIC:
            return plain_ and text not in self.names
        return True

    def indexed(self, function: str) -> Expression:
        """Read ``index, first, last, body)``; for numbers the body is read once for each value."""
        kind, index = self.take()
        taken = index in self.indices or index in self.names or index in self.symbols
        if kind != "name" or taken:
            raise self.error(f"an unused index is wanted where {index[:40]!r} stands")
        ends: list[Expression] = []
        for _ in range(2):
            self.expect(",")
            ends.append(self.expression())
        self.expect(",")
        try:
            first, last = (rational_value(e, self.constants) for e in ends)
        except ZeroDivisionError:
            raise self.error(f"an end of the index {index} divides by zero") from None
        if first is None or last is None:
            return self.symbolic(function, index, ends)
        if first.denominator * last.denominator != 1:
            raise self.error(f"the index {index} needs two integers as its ends")
        if not first <= last < first + MAX_TERMS:
            raise self.error(f"the index {index} needs 1 to {MAX_TERMS} values")
        start, terms = self.position, []
        for value in range(int(first), int(last) + 1):
            self.position = start
            self.indices[index] = value
            terms.append(self.expression())
        del self.indices[index]
        self.expect(")")
        if function in VARIADIC:
            return Expression(function, tuple(terms))
        total = terms[0]
        for term in terms[1:]:
            total = Expression(INDEXED[function], (total, term))
        return total

    def symbolic(self, function: str, index: str, ends: list[Expression]) -> Expression:
        """A sum or product to an end that is no number, with the index as a name of its own."""
        if function in VARIADIC or "floor" not in self.functions:
            raise self.error(f"the index {index} needs two integers as its ends")
        self.symbols.add(index)
        body = self.expression()
        self.symbols.remove(index)
        self.expect(")")
        return Expression(f"{function}_", (Expression("name", name=index), *ends, body))


def suggestion(text: str, known: Collection[str], shown: int = 12) -> str:
    """What to try instead of an unknown word: the nearest known one, and the list of all."""
    near = difflib.get_close_matches(plain(text), [str(k) for k in known], 1, 0.6)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    words = sorted(map(str, known))
    listed = ", ".join(words[:shown]) + (", ..." if len(words) > shown else "") or "none"
    return f"{hint} (known: {listed})"
