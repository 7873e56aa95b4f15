"""Terms: formulas as nested tuples, their text, substitution and derivative."""

# ruff: noqa: D102, D103 - terms are nested tuples, and one-line helpers say what they do

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flint import ctx, fmpq


class Malformed(ValueError):
    """The certificate or the statement is not even well formed."""


class Rejected(ValueError):
    """A rule does not apply: the certificate does not prove the statement."""


PRECISION = 128  # bits of the interval endpoints
MAX_NESTING, MAX_TERMS = 150, 6_000

Term = tuple[Any, ...]
ZERO, ONE, MINUS = ("num", fmpq(0)), ("num", fmpq(1)), ("num", fmpq(-1))
FUNCTIONS = {"exp", "log", "tanh", "cosh", "sinh", "sin", "cos", "abs", "sign", "erf", "E"}


def num(value: Any) -> Term:
    return ("num", fmpq(value))


def add(a: Term, b: Term) -> Term:
    if a[0] == "num" and b[0] == "num":
        return ("num", a[1] + b[1])
    return b if a == ZERO else a if b == ZERO else ("+", a, b)


def mul(a: Term, b: Term) -> Term:
    if a[0] == "num" and b[0] == "num":
        return ("num", a[1] * b[1])
    if a[0] == "num" and b[0] == "*" and b[1][0] == "num":
        return mul(("num", a[1] * b[1][1]), b[2])
    return ZERO if ZERO in (a, b) else b if a == ONE else a if b == ONE else ("*", a, b)


def neg(a: Term) -> Term:
    return mul(MINUS, a)


def sub(a: Term, b: Term) -> Term:
    return add(a, neg(b))


def div(a: Term, b: Term) -> Term:
    if b[0] == "num" and b[1] != 0:
        return mul(("num", 1 / b[1]), a)
    return ("/", a, b)


def power(a: Term, b: Term) -> Term:
    numbers = a[0] == b[0] == "num" and b[1].q == 1 and abs(b[1]) <= 1000
    if numbers and (a[1] != 0 or b[1] >= 0):
        return ("num", a[1] ** int(b[1]))
    if b in (ZERO, ONE):
        return ONE if b == ZERO else a
    return build("exp", mul(b, a[1])) if a[0] == "exp" else ("**", a, b)


def build(head: str, *a: Term) -> Term:
    """Make a term from parsed or substituted parts; sqrt, min, max are only abbreviations."""
    if head == "sqrt":
        return power(a[0], num(fmpq(1, 2)))
    if head in ("min", "max"):
        total = a[0]
        for other in a[1:]:  # max(a, b) = (a + b + |a - b|)/2
            gap = build("abs", sub(total, other))
            total = div(add(add(total, other), gap if head == "max" else neg(gap)), num(2))
        return total
    made = {"+": add, "*": mul, "/": div, "**": power, "-": sub}.get(head)
    if made:
        return made(*a)
    if (head, a[0][0]) == ("abs", "num"):
        return ("num", abs(a[0][1]))
    if (head, a[0][0]) == ("log", "exp"):
        return a[0][1]
    if a[0][0] == "num" and (head, a[0][1]) in (("log", 1), *((f, 0) for f in ODD | {"exp"})):
        return ONE if head == "exp" else ZERO
    return (head, *a)


ODD = {"sin", "tanh", "sinh", "erf"}


Compared = tuple[Term, str, Term]


class Reader:
    """Reads formulas by recursive descent; names must be known, everything else is refused.

    Parameters
    ----------
    known : mapping of str to term
        What names mean.
    average, event : callable, optional
        What E(...) and P(...) mean; without them they are refused.
    """

    def __init__(
        self,
        known: Mapping[str, Term],
        average: Callable[[Term], Term] | None = None,
        event: Callable[[Term, str, Term], Term] | None = None,
    ) -> None:
        self.known, self.average, self.event = known, average, event
        self.tokens: list[str] = []
        self.at = self.depth = 0

    def term(self, text: str) -> Term:
        self._begin(text)
        return self._end(self.total())

    def comparison(self, text: str) -> Compared:
        self._begin(text)
        return self._end(self.compared())

    def _begin(self, text: str) -> None:
        self.tokens = re.findall(r"\d+|[A-Za-z]\w*|\*\*|[<>=]=|\S", text, re.ASCII)
        self.at = self.depth = 0

    def _end(self, made: Any) -> Any:
        if self.at != len(self.tokens):
            raise Malformed(f"cannot read the formula at {self.peek()!r}")
        return made

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, *wanted: str) -> str:
        found = self.peek()
        if not found or (wanted and found not in wanted):
            raise Malformed(f"cannot read a formula at {found!r}")
        self.at += 1
        return found

    def compared(self) -> Compared:
        left = self.total()
        return left, self.take("<=", "<", ">=", ">", "=="), self.total()

    def total(self) -> Term:
        made = self.product()
        while self.peek() in ("+", "-"):
            made = build(self.take(), made, self.product())
        return made

    def product(self) -> Term:
        made = self.signed()
        while self.peek() in ("*", "/"):
            made = build(self.take(), made, self.signed())
        return made

    def signed(self) -> Term:
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise Malformed("a formula is nested too deeply")
        if self.peek() == "-":
            self.take()
            made = neg(self.signed())
        else:
            made = self.atom()
            if self.peek() == "**":
                self.take()
                made = power(made, self.signed())
        self.depth -= 1
        return made

    def atom(self) -> Term:
        word = self.take()
        if word.isdigit():
            return num(int(word))
        if word == "(":
            inner = self.total()
            self.take(")")
            return inner
        if self.peek() == "(" and (word in FUNCTIONS or word in SPECIAL):
            return self.applied(word)
        if word in self.known:
            return self.known[word]
        raise Malformed(f"unknown name {word[:40]!r}")

    def applied(self, word: str) -> Term:
        self.take("(")
        if word == "P" and self.event is not None:
            compared = self.compared()
            self.take(")")
            return self.event(*compared)
        arguments = [self.total()]
        while self.peek() == ",":
            self.take()
            arguments.append(self.total())
        self.take(")")
        if word in ("P", "E") and (word == "P" or self.average is None):
            raise Malformed("a probability or an expectation out of place")
        if SPECIAL.get(word, 1) not in (0, len(arguments)):
            raise Malformed(f"{word} with {len(arguments)} arguments")
        if word == "E" and self.average is not None:
            return self.average(arguments[0])
        return ("prod", *arguments) if word == "prod" else build(word, *arguments)


SPECIAL = {"sqrt": 1, "min": 0, "max": 0, "prod": 2, "P": 1}


def parse(text: str, known: Mapping[str, Term]) -> Term:
    """Read one formula without probabilities."""
    return Reader(known, lambda e: build("E", e)).term(text)


def write(e: Term) -> str:
    """Print a term, with parentheses wherever they could matter."""
    return _write(e, 0)


_LEVELS = {"+": 1, "*": 2, "/": 2, "**": 4}


def _write(e: Term, outer: int) -> str:
    head = e[0]
    if head == "num":
        plain = e[1] >= 0 and (e[1].q == 1 or outer < 2)
        return str(e[1]) if plain else f"({e[1]})"
    if head == "var":
        return str(e[1])
    if head in _LEVELS:
        level = _LEVELS[head]
        text = f"{_write(e[1], level + (head == '**'))} {head} {_write(e[2], level + 1)}"
        return f"({text})" if level < outer else text
    if head == "P":
        operator, one, _ = e[1]
        return f"P(prod({_write(one, 0)}, {_write(e[2], 0)}) {operator} {_write(e[3], 0)})"
    return f"{head}({', '.join(_write(a, 0) for a in e[1:])})"


def variables(e: Term) -> set[str]:
    if e[0] == "var":
        return {e[1]}
    # A drawn variable is bound by its expectation.
    below = () if e[0] in ("num", "E") else e[2:] if e[0] == "P" else e[1:]
    return set().union(*(variables(a) for a in below))


def rewritten(e: Term, old: Term, new: Term) -> Term:
    """Put one term for another, wherever it stands."""
    if e == old:
        return new
    if e[0] in ("num", "var"):
        return e
    below = [rewritten(a, old, new) for a in (e[2:] if e[0] == "P" else e[1:])]
    return (*e[:2], *below) if e[0] == "P" else build(e[0], *below)


def instantiated(e: Term, values: Mapping[str, Term]) -> Term:
    """Put terms for variables, all at once."""
    if e[0] in ("num", "var"):
        return values.get(e[1], e) if e[0] == "var" else e
    if e[0] in ("E", "P"):
        below = [instantiated(a, values) for a in e[2:]]
        return (*e[:2], *below)
    return build(e[0], *(instantiated(a, values) for a in e[1:]))


def replaced(e: Term, x: str, value: Term) -> Term:
    """Put a term for a variable, and leave its form as it comes."""
    if e[0] in ("num", "var"):
        return value if e == ("var", x) else e
    if e[0] == "P":
        return (*e[:2], *(replaced(a, x, value) for a in e[2:]))
    return build(e[0], *(replaced(a, x, value) for a in e[1:]))


def substitute(e: Term, x: str, value: Term) -> Term:
    """Put a term for a variable, and simplify powers of it."""
    if e[0] == "var":
        return value if e[1] == x else e
    if e[0] == "num":
        return e
    if e[0] == "P":
        return (*e[:2], *(substitute(a, x, value) for a in e[2:]))
    parts = [substitute(a, x, value) for a in e[1:]]
    if e[0] == "**" and value[0] == "**" and e[1] == ("var", x) and e[2][0] == "num":
        return power(value[1], mul(value[2], e[2]))  # (t**q)**r = t**(q r), as t >= 0
    if e[0] == "**" and value[0] == "exp" and e[1] == ("var", x):
        return build("exp", mul(value[1], parts[1]))  # exp(t)**r = exp(t r)
    return build(e[0], *parts)


def derivative(e: Term, x: str) -> Term:
    """Differentiate; abs gives sign, which is right off a discrete set (or where both vanish)."""
    if x not in variables(e):
        return ZERO
    if e[0] == "var":
        return ONE
    if e[0] == "P":
        raise Rejected("a probability is not differentiable")
    a, da = e[1], derivative(e[1], x)
    match e[0]:
        case "+":
            return add(da, derivative(e[2], x))
        case "*":
            return add(mul(da, e[2]), mul(a, derivative(e[2], x)))
        case "/":
            db = derivative(e[2], x)
            return sub(div(da, e[2]), div(mul(a, db), power(e[2], num(2))))
        case "**" if e[2][0] == "num":
            return mul(mul(e[2], power(a, num(e[2][1] - 1))), da)
        case "**":  # u**v = exp(v log u)
            return mul(e, add(mul(derivative(e[2], x), build("log", a)), div(mul(e[2], da), a)))
        case "exp":
            return mul(e, da)
        case "log":
            return mul(div(ONE, a), da)
        case "tanh":
            return mul(sub(ONE, power(e, num(2))), da)
        case "cosh":
            return mul(build("sinh", a), da)
        case "sinh":
            return mul(build("cosh", a), da)
        case "sin":
            return mul(build("cos", a), da)
        case "cos":
            return mul(neg(build("sin", a)), da)
        case "erf":
            density = build("exp", neg(power(a, num(2))))
            scale = mul(num(2), power(("var", "pi"), num(fmpq(-1, 2))))
            return mul(mul(scale, density), da)
        case "abs":
            return mul(build("sign", a), da)
    raise Rejected(f"{e[0]} is not differentiable")


def contains(t: Term, head: str) -> bool:
    below = () if t[0] in ("num", "var") else t[2:] if t[0] == "P" else t[1:]
    return t[0] == head or any(contains(a, head) for a in below)


@contextmanager
def working_precision() -> Iterator[None]:
    """Set flint's global precision, and put it back."""
    saved = ctx.prec
    ctx.prec = PRECISION
    try:
        yield
    finally:
        ctx.prec = saved


def rational(text: Any) -> fmpq:
    """Read a reduced fraction written as a decimal string."""
    if (
        not isinstance(text, str)
        or len(text) > 20_000
        or not re.fullmatch(r"-?\d+(/\d+)?", text, re.ASCII)
    ):
        raise Malformed(f"not a rational: {str(text)[:40]!r}")
    top, _, bottom = text.partition("/")
    if bottom and int(bottom) == 0:
        raise Malformed("division by zero")
    value = fmpq(int(top), int(bottom or 1))
    if str(value) != text:
        raise Malformed(f"not in lowest terms: {text[:40]!r}")
    return value


def natural(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= 1000:
        raise Malformed(f"not a small positive integer: {str(value)[:40]!r}")
    return value
