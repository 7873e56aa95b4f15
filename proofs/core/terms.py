"""Terms: formulas as plain trees. Building one never simplifies, so nothing is lost on the way.

A variable carries its kind, so a term alone says what it means: ``variable`` runs over the reals,
``integer`` over the integers, ``drawn`` is random and occurs only inside E(...) and P(...).

What is defined: ``log(u)`` and ``gamma(u)`` for u > 0, ``u/v`` for v != 0, ``sqrt(u)`` for u >= 0,
``asin(u)`` for u^2 <= 1, ``lambertw(u)`` (the branch >= -1) for e u >= -1, and ``u**v``

- for a rational number v = p/q in lowest terms: if q > 1 for u >= 0, if v < 0 for u != 0;
- for v made of integers by + - *: the integer power, for u != 0 or v >= 0 (0**0 is 1);
- for any other v: exp(v log u), for u > 0.
"""

# ruff: noqa: D102, D103 - short helpers say what they do by their names

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Final, NamedTuple

from flint import fmpq

MAX_SIZE, MAX_DEPTH, MAX_BITS, MAX_CHARACTERS = 20_000, 400, 50_000, 200_000


class Malformed(ValueError):
    """It is not even a statement or a certificate."""


class Rejected(ValueError):
    """A step does not follow, or a certificate does not prove its statement."""


class Exhausted(Rejected):
    """The budget of operations or of CPU time is spent."""


class Meter:
    """Counts operations, so that no input makes the core run on; its caller sets limits."""

    def __init__(self) -> None:
        self.operations, self.deadline = 10**12, float("inf")
        self.ticks, self.unwatched = 0, 0  # of all the work there was; since a look at the clock

    def spend(self, count: int = 1) -> None:
        self.operations -= count
        self.ticks += 1
        self.unwatched += count
        if self.unwatched > 256:  # time to look at the clock
            self.unwatched = 0
            if self.operations < 0 or time.process_time() > self.deadline:
                raise Exhausted("the budget of the checker is spent")


METER: Final = Meter()


class Relation(StrEnum):
    """How a term compares to zero."""

    GE = ">="
    GT = ">"
    EQ = "=="
    NE = "!="

    def implies(self, other: Relation) -> bool:
        match self:
            case Relation.GT:
                return other in (Relation.GT, Relation.GE, Relation.NE)
            case Relation.EQ:
                return other in (Relation.EQ, Relation.GE)
            case Relation.GE | Relation.NE:
                return other is self


class Term:
    """An operator or function with its parts; or a number, pi, or a variable with its ``value``.

    Equality is that of trees. ``names`` are the variables and integers that occur.
    """

    __slots__ = ("_hash", "depth", "drawn", "head", "names", "parts", "size", "value")
    depth: int
    size: int

    def __init__(self, head: str, *parts: Term, value: Any = None) -> None:
        METER.spend()
        self.head, self.parts, self.value = head, parts, value
        self._hash = hash((head, parts, str(value)))
        self.size = 1 + sum(p.size for p in parts)
        self.depth = 1 + max((p.depth for p in parts), default=0)
        if self.size > MAX_SIZE or self.depth > MAX_DEPTH:
            raise Malformed("a formula is too large")
        own = frozenset({value}) if head in ("variable", "integer") else frozenset()
        self.names: frozenset[str] = own.union(*(p.names for p in parts))
        self.drawn: frozenset[Term] = frozenset() if head != "drawn" else frozenset({self})
        if head not in ("E", "P", "drawn"):  # which bind what is drawn
            self.drawn = frozenset().union(*(p.drawn for p in parts))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other or not isinstance(other, Term):
            return self is other
        same = self._hash == other._hash and self.head == other.head and self.value == other.value
        return same and self.parts == other.parts

    def __repr__(self) -> str:
        return text(self)

    def walk(self) -> Iterator[Term]:
        for part in self.parts:
            yield from part.walk()
        yield self


class Formula(NamedTuple):
    """A term compared to zero."""

    term: Term
    relation: Relation

    def __str__(self) -> str:
        return f"{text(self.term)} {self.relation} 0"


def number(value: Any) -> Term:
    """A rational as a formula writes it: naturals joined by a minus sign and a bar."""
    q = fmpq(value)
    if q < 0:
        return Term("neg", number(-q))
    top, bottom = (Term("number", value=fmpq(n)) for n in (q.p, q.q))
    return top if q.q == 1 else Term("/", top, bottom)


ZERO, ONE, TWO, HALF, PI = number(0), number(1), number(2), number(fmpq(1, 2)), Term("pi")


def call(head: str) -> Callable[..., Term]:
    return lambda *parts: Term(head, *parts)


plus, minus, times, over, power, neg = map(call, ("+", "-", "*", "/", "**", "neg"))
exp, log, sin, cos, sinh, cosh, tanh, absolute = map(
    call, ("exp", "log", "sin", "cos", "sinh", "cosh", "tanh", "abs")
)


def replaced(e: Term, values: Mapping[Term, Term]) -> Term:
    """Put terms for variables, or for whole subterms, all at once; E and P keep what they draw."""
    if e in values:
        return values[e]
    if e.head in ("E", "P"):  # a draw inside is another one, whatever its name
        values = {old: new for old, new in values.items() if not old.drawn}
    parts = tuple(replaced(p, values) for p in e.parts)
    return e if parts == e.parts else Term(e.head, *parts, value=e.value)


OPERATE: Final[Mapping[str, Callable[..., fmpq]]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "**": lambda a, b: a ** int(b),
    "neg": lambda a: -a,
}


def constant(e: Term) -> fmpq | None:
    """The value of a term made of numbers by + - * / and whole powers, if it has a short one."""
    try:
        return exact(e)
    except Rejected:
        return None


def exact(e: Term) -> fmpq | None:
    """The value of a term made of numbers by + - * / and whole powers, if it has one."""
    if e.head == "number" or e.head not in OPERATE or e.names or e.drawn:
        return e.value if e.head == "number" else None
    values: list[Any] = [exact(p) for p in e.parts]
    if None in values:
        return None
    a, b = values[0], values[-1]
    if (e.head == "/" and b == 0) or (e.head == "**" and (b.q != 1 or (a == 0 and b < 0))):
        return None
    if e.head == "**" and max(bits(a), 2) * abs(b) > MAX_BITS:
        raise Rejected("a number is too large")
    made = OPERATE[e.head](*values)
    if bits(made) > MAX_BITS:
        raise Rejected("a number is too large")
    return made


def bits(q: fmpq) -> int:
    return max(int(q.p).bit_length(), int(q.q).bit_length())


def integral(e: Term) -> bool:
    """Whether a term is plainly an integer: integers joined by + - *."""
    value = constant(e)
    if value is not None:
        return bool(value.q == 1)
    joined = e.head in ("+", "-", "*", "neg") and all(map(integral, e.parts))
    return e.head == "integer" or joined


def linear(e: Term, u: Term) -> tuple[fmpq, Term] | None:
    """A number c != 0 and a term such that e is c u + term, where e is plainly that."""
    if e == u or u.value not in e.names:
        return (fmpq(1), ZERO) if e == u else None
    a, b = e.parts[0], e.parts[-1]
    left, right = u.value in a.names, u.value in b.names
    c = constant(a) if right else constant(b)
    once = e.head == "neg" or (e.head in OPERATE and left != right)
    found = linear(b if right else a, u) if once else None
    if found is None:
        return None
    slope, rest = found
    match e.head:
        case "neg":
            return -slope, neg(rest)
        case "+" | "-":
            both = Term(e.head, a, rest) if right else Term(e.head, rest, b)
            return (-slope if right and e.head == "-" else slope), both
        case "*" if c:
            return c * slope, times(number(c), rest)
        case "/" if c and left:
            return slope / c, over(rest, number(c))
    return None


def extremum(e: Term) -> Term:
    """Maximum or minimum of two: (a + b + |a - b|)/2 or (a + b - |a - b|)/2, by absolute values."""
    total = e.parts[0]
    for other in e.parts[1:]:
        gap = absolute(minus(total, other))
        total = over((plus if e.head == "max" else minus)(plus(total, other), gap), TWO)
    return total


SLOPES: Final[Mapping[str, Callable[..., tuple[Term, ...]]]] = {  # by each part
    "neg": lambda u: (number(-1),),
    "+": lambda u, v: (ONE, ONE),
    "-": lambda u, v: (ONE, number(-1)),
    "*": lambda u, v: (v, u),
    "/": lambda u, v: (over(ONE, v), neg(over(u, power(v, TWO)))),
    "**": lambda u, v: (times(v, power(u, lowered(v))), times(power(u, v), log(u))),
    "exp": lambda u: (exp(u),),
    "log": lambda u: (over(ONE, u),),
    "sqrt": lambda u: (over(HALF, Term("sqrt", u)),),
    "sin": lambda u: (cos(u),),
    "cos": lambda u: (neg(sin(u)),),
    "sinh": lambda u: (cosh(u),),
    "cosh": lambda u: (sinh(u),),
    "tanh": lambda u: (minus(ONE, power(tanh(u), TWO)),),
    "erf": lambda u: (times(over(TWO, Term("sqrt", PI)), exp(neg(power(u, TWO)))),),
    "atan": lambda u: (over(ONE, plus(ONE, power(u, TWO))),),
    "asin": lambda u: (over(ONE, Term("sqrt", minus(ONE, power(u, TWO)))),),
    "lambertw": lambda u: (over(exp(neg(Term("lambertw", u))), plus(ONE, Term("lambertw", u))),),
}


def lowered(v: Term) -> Term:
    """An exponent less one; a number stays a number."""
    q = constant(v)
    return minus(v, ONE) if q is None else number(q - 1)


def derivative(e: Term, x: str) -> Term:
    """By a real variable, with the chain rule: right where this and the term are defined."""
    if e.head == "variable" and e.value == x:
        return ONE
    if e.head not in SLOPES:
        raise Rejected(f"{e.head} is not differentiated")
    total: Term | None = None
    for part, slope in zip(e.parts, SLOPES[e.head](*e.parts), strict=True):
        if x in part.names:
            inner = derivative(part, x)
            made = inner if slope is ONE else slope if inner is ONE else times(slope, inner)
            total = made if total is None else plus(total, made)
    return ZERO if total is None else total


# Text: the grammar of statements and certificates -------------------------------------------------

ARITY: Final = {
    **dict.fromkeys((*filter(str.isalpha, SLOPES), "abs", "sign", "gamma", "E"), 1),
    "P": 1,
    "prod": 2,
    "min": 0,
    "max": 0,
}
FREE: Final = {"E", "P", "atan", "asin", "lambertw", "gamma"}  # functions only before a parenthesis
RESERVED: Final = frozenset({*ARITY, "pi"}) - FREE
LEVEL: Final = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3, "**": 4}
COMPARED: Final = ("<=", "<", ">=", ">", "==", "!=")
TOKEN: Final = re.compile(r"\s*(\d+|[A-Za-z]\w*|\*\*|[<>=!]=|[-+*/(),<>])", re.ASCII)


def text(e: Term, outer: int = 0) -> str:
    """Write a term so that reading it gives the same tree."""
    if e.head in ("number", "variable", "integer", "drawn", "pi"):
        shown = str(e.value) if e.value is not None else "pi"
        return shown
    if e.head == "P":
        return f"P({text(e.parts[0])} {e.value} {text(e.parts[1])})"
    if e.head not in LEVEL:
        return f"{e.head}({', '.join(map(text, e.parts))})"
    level, (a, *b) = LEVEL[e.head], e.parts
    if e.head == "neg":
        shown = f"-{text(a, level)}"
    else:
        space = "" if level > 2 else " "
        shown = f"{text(a, level + (level == 4))}{space}{e.head}{space}{text(b[0], level + 1)}"
    return f"({shown})" if level < outer else shown


class Reader:
    """Reads formulas by recursive descent; every name must be known, all else is refused."""

    def __init__(self, known: Mapping[str, Term]) -> None:
        self.known, self.tokens, self.nested = known, [""], 0

    def term(self, source: Any) -> Term:
        return self.whole(source, self.sum)

    def formula(self, source: Any) -> Formula:
        """Read ``left <= right`` as right - left >= 0, and so on."""
        left, operator, right = self.whole(source, self.comparison)
        return compared(left, operator, right)

    def whole(self, source: Any, part: Callable[[], Any]) -> Any:
        if not isinstance(source, str) or len(source) > MAX_CHARACTERS:
            raise Malformed("not a formula")
        if not (source.isascii() and source.isprintable()):  # no character moves the cursor
            raise Malformed("not a formula")
        self.tokens, self.nested = [], 0
        position, source = 0, source.rstrip()
        while position < len(source):
            found = TOKEN.match(source, position)
            if found is None:
                raise Malformed(f"cannot read the formula at {source[position:][:20]!r}")
            position = found.end()
            self.tokens.append(found[1])
        self.tokens = [*reversed(self.tokens)]
        made = part()
        if self.tokens:
            raise Malformed(f"cannot read the formula at {self.tokens[-1][:20]!r}")
        return made

    def peek(self) -> str:
        return self.tokens[-1] if self.tokens else ""

    def take(self, *wanted: str) -> str:
        if not self.tokens or (wanted and self.tokens[-1] not in wanted):
            raise Malformed(f"cannot read the formula at {self.peek()[:20]!r}")
        return self.tokens.pop()

    def comparison(self) -> tuple[Term, str, Term]:
        return self.sum(), self.take(*COMPARED), self.sum()

    def sum(self) -> Term:
        self.nested += 1
        if self.nested > 100:
            raise Malformed("a formula is nested too deeply")
        made = self.product()
        while self.peek() in ("+", "-"):
            made = Term(self.take(), made, self.product())
        self.nested -= 1
        return made

    def product(self) -> Term:
        made = self.signed()
        while self.peek() in ("*", "/"):
            made = Term(self.take(), made, self.signed())
        return made

    def signed(self) -> Term:
        signs = 0
        while self.peek() == "-":
            signs += len(self.take())
        made = self.atom()
        if self.peek() == "**":
            self.take()
            self.nested += 1
            if self.nested > 100:
                raise Malformed("a formula is nested too deeply")
            made = power(made, self.signed())
            self.nested -= 1
        for _ in range(signs):
            made = neg(made)
        return made

    def atom(self) -> Term:
        word = self.take()
        if word.isdigit():
            if len(word) > 4_000:
                raise Malformed("a number is too large")
            return number(int(word))
        if word == "(":
            made = self.sum()
            self.take(")")
            return made
        if word in ARITY and self.peek() == "(":
            return self.applied(word)
        if word in self.known:
            return self.known[word]
        raise Malformed(f"unknown name {word[:40]!r}")

    def applied(self, word: str) -> Term:
        self.take("(")
        if word == "P":
            left, operator, right = self.comparison()
            parts, made = [left, right], Term("P", left, right, value=operator)
        else:
            parts = [self.sum()]
            while self.peek() == ",":
                self.take()
                parts.append(self.sum())
            made = Term(word, *parts)
        self.take(")")
        if word != "P" and ARITY[word] not in (0, len(parts)):
            raise Malformed(f"{word} with {len(parts)} arguments")
        return made


def compared(left: Term, operator: str, right: Term) -> Formula:
    """A comparison as a difference compared to zero; what is compared to 0 stays as it is."""
    if operator in ("<=", "<"):
        left, operator, right = right, operator.replace("<", ">"), left
    return Formula(left if right == ZERO else minus(left, right), Relation(operator))
