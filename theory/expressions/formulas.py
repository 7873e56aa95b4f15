"""Formulas as text, below comparisons: sums, products, powers, calls, and what has an index."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from theory.errors import InputError
from theory.expressions.abbreviations import ABBREVIATIONS, ALIASES, NORM_SIGNS, ORACLES
from theory.expressions.advice import FUNCTIONS, advised, bare
from theory.expressions.cursor import Cursor
from theory.expressions.size import MAX_NODES
from theory.expressions.tokens import bracketed, suggestion, tokens, undeclared
from theory.expressions.tree import Expression, rational_value

MAX_CHARACTERS = 2_000
MAX_DEPTH = 60

ANALYTIC = frozenset({"exp", "log", "sqrt", "sin", "cos", "tanh", "cosh", "sinh"})
LOSS_FUNCTIONS = ANALYTIC - {"sinh"} | {"abs"}
INTERNAL_FUNCTIONS = ANALYTIC | {"abs", "sign"}
"""What derivatives of losses may contain."""

VARIADIC = frozenset({"min", "max"})
INDEXED = {"prod": "*", "sum": "+", "min": "min", "max": "max"}
ARITY = {"dot": 2, "diff": 2, "integrate": 4, "Cov": 2, "loewner": 2, **ORACLES}
MAX_TERMS = 200


class Formulas(Cursor):
    """Recursive descent over tokens: sum < product < sign < power.

    Conditions, events and cases are for :mod:`theory.expressions.grammar`.
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
        self.depth = self.position = self.atoms = 0
        self.indices: dict[str, int] = {}
        self.symbols: set[str] = set()
        self.text = text
        self.tokens = bracketed(list(tokens(text, argument)), sequences, argument)

    # Formulas -------------------------------------------------------------------------------------

    def deeper(self) -> None:
        """Count what is nested."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(f"nested deeper than {MAX_DEPTH} levels")

    def expression(self) -> Expression:
        """Read a sum."""
        self.deeper()
        total = self.product()
        while self.peek() in ("+", "-"):
            _, operator = self.take()
            total = Expression(operator, (total, self.product()))
        self.depth -= 1
        return total

    def product(self) -> Expression:
        """Read a product."""
        total = self.signed()
        while self.peek() in ("*", "/"):
            _, operator = self.take()
            total = Expression(operator, (total, self.signed()))
        return total

    def signed(self) -> Expression:
        """Read a sign."""
        if self.peek() in ("+", "-"):
            self.deeper()
            _, operator = self.take()
            operand = self.signed()
            self.depth -= 1
            return operand if operator == "+" else Expression("neg", (operand,))
        return self.power()

    def power(self) -> Expression:
        """Read a power."""
        base = self.atom()
        while self.peek() == "!" and "factorial" in self.functions:
            self.take()
            base = ABBREVIATIONS["factorial"].build(base)
        if self.peek() != "**":
            return base
        self.take()
        if self.peek() == "T" and "T" in self.functions and "T" not in self.names:
            self.take()
            return Expression("T", (base,))
        self.deeper()  # right-associative, as in Python: a tower is as deep as it is high
        exponent = self.signed()
        self.depth -= 1
        return Expression("**", (base, exponent))

    def atom(self) -> Expression:
        """Read a number, a name, a call, or what stands in parentheses or bars."""
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
        if text == "|" and "abs" in self.functions:
            return self.barred()
        raise self.error(advised(self.text, f"unexpected {text!r}"))

    def barred(self) -> Expression:
        """Read what stands between bars, and the sign of a norm behind them."""
        inner = self.expression()
        self.expect("|")
        sign = self.peek()
        if sign[:1] != "_":
            return Expression("abs", (inner,))
        self.take()
        while inner.head == "abs":  # of double bars
            inner = inner.args[0]
        return self.normed(inner, sign[1:])

    def normed(self, e: Expression, sign: str) -> Expression:
        """A norm by its sign."""
        head = NORM_SIGNS.get(sign)
        if head is None:
            raise self.error(f"norms have the signs {', '.join(NORM_SIGNS)}")
        if head not in self.functions:
            raise self.error(f"no vector or matrix here has a norm with the sign {sign}")
        return Expression(head, (e,))

    def name(self, text: str) -> Expression:
        """Read a name, with its subscripts."""
        if text in self.indices:
            return Expression("number", value=Fraction(self.indices[text]))
        first, *subscripts = text.split("_")
        subscripts = [str(self.indices.get(s, s)) for s in subscripts]
        text = "_".join([first, *subscripts])
        if text in self.symbols:
            return Expression("name", name=text)
        if first in self.sequences and len(subscripts) == 1 and subscripts[0] in self.symbols:
            index = Expression("name", name=subscripts[0])
            return Expression("item", (Expression("name", name=first), index))
        if text in self.sequences and not (text in self.names and self.peek() != "["):
            return self.item(text)
        member = len(subscripts) == 1 and (subscripts[0].isdecimal() or subscripts[0] in self.names)
        if first in self.sequences and member and text not in self.names:
            return Expression("item", (Expression("name", name=first), self.subscript(*subscripts)))
        if text not in self.names:
            if text in ("inf", "oo") and "integrate" in self.functions:
                return Expression("name", name="inf")
            if text == "e" and "exp" in self.functions:
                return Expression("exp", (Expression("number", value=Fraction(1)),))
            if text in self.functions:
                raise self.error(bare(text, self.peek()))
            raise self.error(undeclared(text, self.names, "integrate" in self.functions))
        return Expression("name", name=text)

    def subscript(self, text: str) -> Expression:
        """Read what stands after an underscore: a number or a name."""
        if text.isdecimal():
            return Expression("number", value=Fraction(text))
        return Expression("name", name=text)

    def item(self, sequence: str) -> Expression:
        """Read ``[index]`` after the name of a sequence."""
        if self.peek() != "[":
            problem = f"{sequence} is a sequence: write {sequence}[n]"
            raise self.error(f"{problem}, or under an index max(i, 1, n, {sequence}_i)")
        self.take()
        index = self.expression()
        self.expect("]")
        return Expression("item", (Expression("name", name=sequence), index))

    def call(self, function: str) -> Expression:
        """Read the arguments of a function."""
        if function not in self.functions and function not in self.names:
            function = ALIASES.get(function, function)
        if function not in self.functions:
            if function in self.names:
                raise self.error(f"write {function}*(...) where {function}(...) stands")
            if function in FUNCTIONS:
                raise self.error(f"unknown function {function!r}; {FUNCTIONS[function]}")
            raise self.error(f"unknown function {function[:40]!r}"
                             f"{suggestion(function, self.functions, 60)}")  # fmt: skip
        if function in self.names and function not in ("E", "P"):
            raise self.error(f"{function}(...) is a function: give the variable another name, "
                             f"or write {function}*(...)")  # fmt: skip
        begun, _ = self.position, self.take()
        if function in INDEXED and self.commas() == 3 and self.counting():
            return self.indexed(function)
        if function == "sum" and not (self.commas() == 0 and "norm" in self.functions):
            raise self.error("sum takes an index, its two ends and a formula")
        if function == "P":
            return self.event()
        if function == "piecewise":
            return self.piecewise()
        bound = self.second() if function == "integrate" else ""
        fresh = bound not in self.names and bound not in self.symbols
        self.symbols |= {bound} if fresh else set()
        arguments = [self.object_() if function in ORACLES else self.argument_()]
        while self.peek() == ",":
            self.take()
            arguments.append(self.expression())
        if function == "E" and self.peek() == "|" and "Var" in self.functions:
            self.take()
            arguments += self.joined()
        self.symbols -= {bound} if fresh else set()
        self.expect(")")
        if function == "norm" and len(arguments) == 2:
            return self.normed(arguments[0], str(arguments[1]))
        self.check_arity(function, len(arguments), begun - self.position)
        if function in ABBREVIATIONS:
            return ABBREVIATIONS[function].build(*arguments)
        if function == "log" and len(arguments) == 2:
            log = [Expression("log", (a,)) for a in arguments]
            return Expression("/", (log[0], log[1]))
        return Expression(function, tuple(arguments))

    def argument_(self) -> Expression:
        """Read one argument."""
        if self.peek() in (")", ""):
            raise self.error("an argument is missing" if self.peek() else "it ends too early")
        return self.expression()

    def object_(self) -> Expression:
        """Read the name of a function, as the first argument of what is asked of it."""
        _, text = self.take()
        if text not in self.functions:
            raise self.error(f"the name of a function is wanted where {text[:40]!r} stands")
        return Expression("name", name=text)

    def check_arity(self, function: str, count: int, back: int) -> None:
        """Refuse a wrong number of arguments."""
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
            raise self.error(f"{function} takes {how_many}", back)

    def joined(self) -> list[Expression]:
        """Comparisons joined by ``and``."""
        raise NotImplementedError

    def event(self) -> Expression:
        """Read a probability."""
        raise NotImplementedError

    def piecewise(self) -> Expression:
        """Read cases."""
        raise NotImplementedError

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

    def second(self) -> str:
        """The second argument of the call that has just begun, if it is one name."""
        depth = 0
        for place, (_, text) in enumerate(self.tokens[self.position :], self.position):
            depth += (text == "(") - (text == ")")
            if depth < 0 or place + 2 >= len(self.tokens):
                break
            if depth == 0 and text == ",":
                (kind, word), (_, after) = self.tokens[place + 1 : place + 3]
                return word if kind == "name" and after == "," else ""
        return ""

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
        if "floor" not in self.functions:
            raise self.error(f"the index {index} needs two integers as its ends")
        self.symbols.add(index)
        body = self.expression()
        self.symbols.remove(index)
        self.expect(")")
        return Expression(f"{function}_", (Expression("name", name=index), *ends, body))
