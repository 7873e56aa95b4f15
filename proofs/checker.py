"""The checker: accepts a certificate only if it proves its statement.

*What to trust.* This file, the standard library, and python-flint (rational numbers, polynomials
over them, and balls: every ``arb`` and ``acb`` operation returns an enclosure). Nothing comes from
the provers, and nothing that a certificate says is believed: the goal is derived from the text of
the statement; a certificate only names a rule for each goal, with the numbers and terms to use.

*What is proved.* A statement is JSON: domains of variables, definitions, hypotheses, a conclusion.
It becomes a goal: "at all points of a box at which the facts hold and the target is defined, the
target is >= 0" (or > 0, == 0, != 0). That the conclusion is defined wherever the hypotheses hold
is shown by goals of its own, the *conditions*. A rule turns a goal into goals that imply it.

*How to read.* Top to bottom; every part uses only what stands above it.

1. Terms: formulas as trees, their text, derivatives and conditions.
2. Intervals: ranges of terms over boxes, rounded outward.
3. Probability: rigorous expectations, and events.
4. Polynomials: a term as a quotient of polynomials in atoms, to decide equations.
5. Goals and rules: each docstring says why what is left to show implies the goal.
6. Statements and certificates.
"""

# ruff: noqa: D102, D103 - short helpers say what they do by their names

from __future__ import annotations

import ast
import hashlib
import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from flint import Ordering, acb, arb, ctx, fmpq, fmpq_mpoly_ctx

FORMAT = "lemmata certificate 2"
PRECISION = 128  # bits of balls
MAX_CHARACTERS, MAX_NODES = 20_000_000, 200_000
MAX_ATOMS, MAX_TERMS, MAX_BITS = 40, 50_000, 200_000  # of polynomials and their coefficients


class Malformed(ValueError):
    """It is not even a certificate."""


class Rejected(ValueError):
    """It is a certificate, and does not prove its statement."""


# 1. Terms ----------------------------------------------------------------------------------------
# A term is a rational number, a variable (its name), or a tuple of an operator or function and its
# operands. Differences are sums with a factor -1. Drawn variables stand only in ("E", e, laws), the
# expectation of e, and in ("P", (operator, e, laws), k, t), the probability that the product of k
# independent copies of e compares to t; ``laws`` are pairs of a drawn variable and its law.

Term = Any
Condition = tuple[Term, str]  # the term is >=, >, == or != 0
ZERO, ONE, TWO, MINUS, HALF = fmpq(0), fmpq(1), fmpq(2), fmpq(-1), fmpq(1, 2)


def head(e: Term) -> str:
    """The operator or function of a term; empty for a number or a variable."""
    return e[0] if isinstance(e, tuple) else ""


def number(e: Term) -> bool:
    return isinstance(e, fmpq)


def natural(e: Term) -> bool:
    return number(e) and bool(e.q == 1 and e >= 0)


def plus(a: Term, b: Term) -> Term:
    if number(a) and number(b):
        return a + b
    return b if a == ZERO else a if b == ZERO else ("+", a, b)


def times(a: Term, b: Term) -> Term:
    if number(a) and number(b):
        return a * b
    if number(a) and head(b) == "*" and number(b[1]):
        return times(a * b[1], b[2])
    return ZERO if ZERO in (a, b) else b if a == ONE else a if b == ONE else ("*", a, b)


def minus(a: Term, b: Term) -> Term:
    return plus(a, times(MINUS, b))


def over(a: Term, b: Term) -> Term:
    return times(1 / b, a) if number(b) and b != 0 else ("/", a, b)


def power(a: Term, b: Term) -> Term:
    if b in (ZERO, ONE):
        return a if b == ONE else ONE
    if number(a) and number(b) and b.q == 1 and (a != 0 or b > 0):
        if max(int(a.p).bit_length(), int(a.q).bit_length()) * abs(b) > MAX_BITS:
            raise Rejected("a number is too large")
        return a ** int(b)
    return call("exp", times(b, a[1])) if head(a) == "exp" else ("**", a, b)


def call(name: str, *a: Term) -> Term:
    """Make a function's value; sqrt, min and max are abbreviations."""
    if name == "sqrt":
        return power(a[0], HALF)
    if name in ("min", "max"):
        total = a[0]
        for other in a[1:]:  # max(a, b) = (a + b + |a - b|)/2
            gap = times(ONE if name == "max" else MINUS, call("abs", minus(total, other)))
            total = over(plus(plus(total, other), gap), TWO)
        return total
    if name == "log" and head(a[0]) == "exp":
        return a[0][1]
    if name == "abs" and number(a[0]):
        return abs(a[0])
    if (name == "log" and a[0] == ONE) or (a[0] == ZERO and name in VANISHING):
        return ZERO
    return ONE if name == "exp" and a[0] == ZERO else (name, *a)


VANISHING = ("sin", "tanh", "sinh", "erf")
MAKE: Mapping[str, Callable[[Term, Term], Term]] = {
    "+": plus, "-": minus, "*": times, "/": over, "**": power,
}  # fmt: skip


def variables(e: Term) -> frozenset[str]:
    """The free variables; drawn ones are bound by their expectation."""
    if isinstance(e, str):
        return frozenset({e}) - {"pi"}
    below = () if head(e) in ("", "E") else e[2:] if e[0] == "P" else e[1:]
    return frozenset().union(*map(variables, below))


def replaced(e: Term, values: Mapping[Term, Term]) -> Term:
    """Replace variables, or whole terms, all at once."""
    if e in values:
        return values[e]
    if head(e) in ("", "E"):
        return e
    if e[0] == "P":
        return (*e[:2], replaced(e[2], values), replaced(e[3], values))
    parts = [replaced(a, values) for a in e[1:]]
    return MAKE[e[0]](*parts) if e[0] in MAKE else call(e[0], *parts)


def contains(e: Term, name: str) -> bool:
    return isinstance(e, tuple) and (e[0] == name or any(contains(a, name) for a in e[1:]))


SLOPES: Mapping[str, Callable[[Term], Term]] = {  # of each function at u
    "exp": lambda u: call("exp", u),
    "log": lambda u: over(ONE, u),
    "sin": lambda u: call("cos", u),
    "cos": lambda u: times(MINUS, call("sin", u)),
    "sinh": lambda u: call("cosh", u),
    "cosh": lambda u: call("sinh", u),
    "tanh": lambda u: minus(ONE, power(call("tanh", u), TWO)),
    "erf": lambda u: times(
        times(TWO, power("pi", -HALF)), call("exp", times(MINUS, power(u, TWO)))
    ),
    "abs": lambda u: ("sign", u),  # off the zeros of u
}  # fmt: skip


@lru_cache(maxsize=4096)
def derivative(e: Term, x: str) -> Term:
    if x not in variables(e):
        return ZERO
    if e == x:
        return ONE
    if e[0] == "P":
        raise Rejected("a probability is not differentiated")
    u, du = e[1], derivative(e[1], x)
    if e[0] == "+":
        return plus(du, derivative(e[2], x))
    if e[0] == "*":
        return plus(times(du, e[2]), times(u, derivative(e[2], x)))
    if e[0] == "/":
        dv = derivative(e[2], x)
        return minus(over(du, e[2]), over(times(u, dv), power(e[2], TWO)))
    if e[0] == "**" and number(e[2]):
        return times(times(e[2], power(u, e[2] - 1)), du)
    if e[0] == "**":  # u**v = exp(v log u)
        growth = over(times(e[2], du), u)
        return times(e, plus(times(derivative(e[2], x), call("log", u)), growth))
    if e[0] in SLOPES:
        return times(SLOPES[e[0]](u), du)
    raise Rejected(f"{e[0]} is not differentiated")


def conditions(e: Term, counts: Callable[[Term], bool]) -> list[Condition]:
    """What must hold for a term to be defined; ``counts``: an exponent is a natural number."""
    found: list[Condition] = []
    if head(e) in ("", "E"):
        return found
    for part in e[1:] if e[0] != "P" else e[2:]:
        found += conditions(part, counts)
    if e[0] == "log":
        found.append((e[1], ">"))
    elif e[0] == "/":
        found.append((e[2], "!="))
    elif e[0] == "**" and not number(e[2]):
        found += [] if counts(e[2]) else [(e[1], ">")]
    elif e[0] == "**" and e[2].q != 1:
        found.append((e[1], ">=" if e[2] > 0 else ">"))
    elif e[0] == "**" and e[2] < 0:
        found.append((e[1], "!="))
    return [c for c in dict.fromkeys(found) if not obvious(*c)]


def obvious(e: Term, relation: str) -> bool:
    if number(e):
        return bool(e > 0 or (e == 0 and relation == ">=") or (e < 0 and relation == "!="))
    return head(e) in ("exp", "cosh") or e == "pi"


# 2. Intervals ------------------------------------------------------------------------------------


class Interval(NamedTuple):
    """All reals between two exact ends, which may be infinite."""

    lo: arb
    hi: arb


INF = arb("inf")
WHOLE = Interval(-INF, INF)


def hull(*balls: arb) -> Interval:
    """The smallest interval around balls; one that is not a number may be anything."""
    if any(x.is_nan() for x in balls):
        return WHOLE
    lo, hi = balls[0].lower(), balls[0].upper()
    for x in balls[1:]:
        lo, hi = lo.min(x.lower()), hi.max(x.upper())
    return Interval(lo, hi)


def i_plus(a: Interval, b: Interval) -> Interval:
    return Interval(hull(a.lo + b.lo).lo, hull(a.hi + b.hi).hi)


def i_times(a: Interval, b: Interval) -> Interval:
    # Infinite ends are not attained, so that zero times such an end is zero.
    return hull(*(arb(0) if x == 0 or y == 0 else x * y for x in a for y in b))


def i_inverse(a: Interval) -> Interval:
    """The range of 1/a where a is not zero."""
    if (a.lo < 0 and a.hi > 0) or (a.lo == 0 and a.hi == 0):
        return WHOLE
    if a.hi <= 0:
        return i_times(i_inverse(Interval(-a.hi, -a.lo)), hull(arb(-1)))
    return hull(1 / a.hi if a.hi < INF else arb(0), 1 / a.lo if a.lo > 0 else INF)


def rising(f: Callable[[arb], arb], low: Any, high: Any) -> Callable[[Interval], Interval]:
    """The range of an increasing function with the given limits at the infinities."""

    def end(x: arb) -> arb:
        return f(x) if x.is_finite() else arb(high) if x > 0 else arb(low)

    return lambda a: hull(end(a.lo), end(a.hi))


def i_abs(a: Interval) -> Interval:
    if a.lo >= 0:
        return a
    return Interval(-a.hi, -a.lo) if a.hi <= 0 else Interval(arb(0), (-a.lo).max(a.hi))


def i_power(a: Interval, r: fmpq, strict: bool) -> Interval:
    """The range of a**r where it is defined."""
    n, q = int(r.p), int(r.q)
    if n < 0:
        return i_inverse(i_power(a, -r, strict))
    if q == 1:
        return rising(lambda x: x**n, -INF, INF)(a if n % 2 else i_abs(a))
    if q > 1000 or a.hi < 0 or (a.lo < 0 and strict):
        return WHOLE
    a = Interval(a.lo.max(arb(0)), a.hi)
    return rising(lambda x: x.root(q) ** n if x > 0 else arb(0), 0, INF)(a)


def wave(f: Callable[[arb], arb]) -> Callable[[Interval], Interval]:
    def between(a: Interval) -> Interval:
        if not a.hi - a.lo < 7:
            return Interval(arb(-1), arb(1))
        found = hull(f(a.lo.union(a.hi)))
        return Interval(found.lo.max(arb(-1)), found.hi.min(arb(1)))

    return between


RANGES: Mapping[str, Callable[[Interval], Interval]] = {
    "exp": rising(arb.exp, 0, INF),
    "log": rising(lambda x: x.log() if x > 0 else -INF, -INF, INF),
    "sin": wave(arb.sin),
    "cos": wave(arb.cos),
    "sinh": rising(arb.sinh, -INF, INF),
    "cosh": lambda a: rising(arb.cosh, INF, INF)(i_abs(a)),
    "tanh": rising(arb.tanh, -1, 1),
    "erf": rising(arb.erf, -1, 1),
    "abs": i_abs,
    "sign": lambda a: Interval(arb(1 if a.lo > 0 else -1), arb(-1 if a.hi < 0 else 1)),
}


def enclose(e: Term, box: Mapping[str, Interval], strict: bool = False) -> Interval:
    """Enclose the values of a term at those points of a box where it is defined.

    ``strict``: the enclosure is infinite unless the term is defined on the whole box.
    """
    if not isinstance(e, tuple):
        return hull(arb(e)) if number(e) else hull(arb.pi()) if e == "pi" else box[e]
    if e[0] in ("E", "P"):
        return expectation(e[1], e[2]) if e[0] == "E" else Interval(arb(0), arb(1))
    a = enclose(e[1], box, strict)
    if e[0] in RANGES:
        return RANGES[e[0]](a)
    if e[0] == "**" and number(e[2]):
        return i_power(a, e[2], strict)
    b = enclose(e[2], box, strict)
    if e[0] == "+":
        return i_plus(a, b)
    if e[0] == "*":
        return i_power(a, TWO, strict) if e[1] == e[2] else i_times(a, b)
    if e[0] == "/":
        return i_times(a, i_inverse(b))
    return RANGES["exp"](i_times(b, RANGES["log"](a))) if a.lo >= 0 else WHOLE


def allows(r: Interval, relation: str) -> bool:
    """Whether every number of an interval is in the relation to zero."""
    if relation == "!=":
        return bool(r.lo > 0 or r.hi < 0)
    return bool(r.lo > 0 or (relation == ">=" and r.lo >= 0))


# 3. Probability ----------------------------------------------------------------------------------
# Laws: "gaussian" (standard normal), "uniform" (on [-sqrt 3, sqrt 3], so of unit variance),
# "rademacher" (1 or -1 with probability 1/2). Different drawn variables are independent.

Laws = tuple[tuple[str, str], ...]


@lru_cache(maxsize=512)
def expectation(e: Term, laws: Laws) -> Interval:
    """Enclose E f(w): the integral of f(w) + f(-w) over w >= 0, with a bound for the tail."""
    if len(laws) != 1:
        raise Rejected("an expectation is computed over one drawn variable")
    ((w, law),) = laws
    gaussian = law == "gaussian"
    scale, rate = growth(e, w)
    end = arb(16 + rate) if gaussian else arb(3).sqrt()
    mirrored = replaced(e, {w: times(MINUS, w)})

    def integrand(x: acb, analytic: bool) -> acb:
        total = continued(e, w, x, analytic) + continued(mirrored, w, x, analytic)
        return total * (-x * x / 2).exp() if gaussian else total

    body = acb.integral(integrand, 0, acb(end)).real
    if not gaussian:
        return hull(body / (2 * end))
    # |f(w)| <= scale e^(rate |w|) for |w| >= 1, so both tails together are at most sqrt(2/pi)
    # times the integral of scale e^(rate w - w^2/2) from the end on, which is the following.
    tail = scale * (arb(rate) ** 2 / 2).exp() * ((end - rate) / arb(2).sqrt()).erfc()
    return hull(body / (2 * arb.pi()).sqrt() - tail, body / (2 * arb.pi()).sqrt() + tail)


def continued(e: Term, w: str, x: acb, analytic: bool) -> acb:
    """The value at a complex point; not finite where the formula is not analytic."""
    if not isinstance(e, tuple):
        return acb(arb(e)) if number(e) else acb(arb.pi()) if e == "pi" else x
    if e[0] == "abs" and e[1] in (w, times(MINUS, w)):
        return x  # the path runs over x >= 0, where x itself continues |x|
    values = [continued(a, w, x, analytic) for a in e[1:]]
    if e[0] in ARITHMETIC:
        return ARITHMETIC[e[0]](*values)
    base, whole = values[0], e[0] == "**" and number(e[2]) and e[2].q == 1
    if e[0] == "**" and not whole and e[2] != HALF:
        return (values[1] * base.log(analytic=analytic)).exp()
    if e[0] == "**":
        return base ** int(e[2]) if whole else base.sqrt(analytic=analytic)
    if e[0] in SLOPES and e[0] != "abs":
        return base.log(analytic=analytic) if e[0] == "log" else getattr(base, e[0])()
    raise Rejected(f"{e[0]} is not integrated")


ARITHMETIC: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
}  # fmt: skip


def growth(e: Term, w: str) -> tuple[fmpq, fmpq]:
    """Find A, b >= 0 with |f(w)| <= A e^(b |w|) whenever |w| >= 1."""
    if not isinstance(e, tuple):
        return (abs(e), ZERO) if number(e) else (fmpq(4), ZERO) if e == "pi" else (ONE, ONE)
    if e[0] in ("sin", "cos", "tanh", "erf", "sign"):
        return ONE, ZERO
    A, b = growth(e[1], w)
    B, c = growth(e[2], w) if e[0] in ("+", "*") else (ZERO, ZERO)
    if e[0] in ("+", "*", "abs"):
        return (A * B, b + c) if e[0] == "*" else (A + B, max(b, c))
    if e[0] == "/" and number(e[2]):
        return A / abs(e[2]), b
    if e[0] == "**" and number(e[2]) and 0 <= e[2] <= 1000:
        n = int(-(-e[2].p // e[2].q))  # |u|**r <= max(1, |u|)**n
        if e[2].q == 1 or enclose(e[1], {w: WHOLE}).lo >= 0:
            return max(A, ONE) ** n, b * n
    if e[0] == "exp":
        slope, start = derivative(e[1], w), replaced(e[1], {w: ZERO})
        if number(slope) and number(start):
            return fmpq(3) ** max(0, int(-(-start.p // start.q))), abs(slope)
    raise Rejected(f"{e[0]} is not bounded in an expectation")


def expected(e: Term, laws: Mapping[str, str]) -> Term:
    """The term for E(e), which has to exist; the signs are averaged out at once."""
    drawn = variables(e)
    if not drawn <= set(laws):
        raise Malformed("a variable inside an expectation that is not drawn")
    for w in sorted(drawn):
        if laws[w] == "rademacher":
            e = times(HALF, plus(replaced(e, {w: ONE}), replaced(e, {w: MINUS})))
    own = tuple(sorted((w, laws[w]) for w in variables(e)))
    if not own:
        return e
    with suppress(Rejected):
        if polynomial(e) or all(x.is_finite() for x in expectation(e, own)):
            return ("E", e, own)
    raise Malformed("an expectation that may not exist")


def polynomial(e: Term) -> bool:
    """Whether a term is plainly a polynomial with rational coefficients."""
    if head(e) == "**":
        return polynomial(e[1]) and number(e[2]) and e[2].q == 1 and 0 <= e[2] <= 1000
    return e != "pi" and (not head(e) or (e[0] in "+*" and all(map(polynomial, e[1:]))))


def probability(e: Term, strict: bool, laws: Mapping[str, str]) -> Term | None:
    """The probability of e >= 0 as an ordinary term; None where none is known."""
    drawn = sorted(variables(e) & set(laws))
    if not drawn:
        r = WHOLE if variables(e) else enclose(e, {})
        if allows(r, ">" if strict else ">="):
            return ONE
        return ZERO if r.hi < 0 or e == ZERO else None
    w = drawn[0]
    if laws[w] == "rademacher":
        both = [probability(replaced(e, {w: s}), strict, laws) for s in (ONE, MINUS)]
        return None if None in both else times(HALF, plus(*both))
    # One continuous variable, in which e is linear, or linear in |w| or in w^2.
    for u in (w, ("abs", w), ("**", w, TWO)):
        moved = replaced(e, {u: "w?"})
        slope = derivative(moved, "w?") if w not in variables(moved) else ZERO
        if not number(slope) or slope == 0 or len(drawn) > 1:
            continue
        at = over(times(MINUS, replaced(moved, {"w?": ZERO})), slope)  # u >= at, or u <= at
        at = at if u == w else call("max", at, ZERO)
        at = power(at, HALF) if head(u) == "**" else at
        if laws[w] == "gaussian":
            inner = call("erf", times(at, power(TWO, -HALF)))
        else:
            inner = call("max", call("min", times(at, power(fmpq(3), -HALF)), ONE), MINUS)
        below = times(HALF, plus(ONE, inner)) if u == w else inner
        return minus(ONE, below) if slope > 0 else below
    return None


# 4. Reading formulas -----------------------------------------------------------------------------

OPERATORS: Mapping[type, str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**",
    ast.LtE: "<=", ast.Lt: "<", ast.GtE: ">=", ast.Gt: ">", ast.Eq: "==",
}  # fmt: skip
FLIPPED = {"<=": ">=", "<": ">", ">=": ">=", ">": ">", "==": "=="}
WORDS = {*SLOPES, "sign", "sqrt", "min", "max", "prod"}


class Reader:
    """Reads formulas, with Python's grammar; every name must be known, all else is refused."""

    def __init__(self, known: Mapping[str, Term], laws: Mapping[str, str]) -> None:
        self.known, self.laws = known, laws

    def tree(self, text: Any) -> ast.expr:
        if not isinstance(text, str) or not re.fullmatch(
            r"[\w +*/(),<>=-]{1,200000}", text, re.ASCII
        ):
            raise Malformed("not a formula")
        try:  # a mark before names, so that no name is a keyword of Python's
            return ast.parse(re.sub(r"[A-Za-z]\w*", r"_\g<0>", text), mode="eval").body
        except (SyntaxError, MemoryError) as wrong:
            raise Malformed(f"cannot read the formula {text[:60]!r}") from wrong

    def term(self, text: Any) -> Term:
        return self.plain(self.read(self.tree(text)))

    def relation(self, text: Any) -> Condition:
        """Read ``left <= right`` as the term right - left that is >= 0, and so on."""
        left, operator, right = map(self.plain, self.compared(self.tree(text)))
        if operator in ("<=", "<"):
            left, right = right, left
        return minus(left, right), FLIPPED[operator]

    def plain(self, e: Term) -> Term:
        if contains(e, "prod"):
            raise Malformed("a product of copies outside E and P")
        return e

    def compared(self, tree: ast.expr) -> tuple[Term, str, Term]:
        match tree:
            case ast.Compare(left=a, ops=[op], comparators=[b]) if (
                OPERATORS.get(type(op)) in FLIPPED
            ):
                return self.read(a), OPERATORS[type(op)], self.read(b)
        raise Malformed("not a comparison")

    def read(self, tree: ast.expr) -> Term:
        match tree:
            case ast.Constant(value=int() as n):
                return fmpq(n)
            case ast.Name(id=name) if name[1:] in self.known:
                return self.known[name[1:]]
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                return times(MINUS, self.read(inner))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
                a, operator, b = self.read(left), OPERATORS[type(op)], self.read(right)
                made = MAKE[operator](a, b)
                # A product with zero keeps its other factor, whose conditions must not be lost.
                lost = operator == "*" and made == ZERO and not (number(a) and number(b))
                return ("*", a, b) if lost else made
            case ast.Call(func=ast.Name(id="_E"), args=[inner], keywords=[]):
                e = self.read(inner)  # E(prod(e, k)) = E(e)**k
                e, k = e[1:] if head(e) == "prod" else (e, ONE)
                return power(expected(e, self.laws), k)
            case ast.Call(func=ast.Name(id="_P"), args=[inner], keywords=[]):
                return self.event(*self.compared(inner))
            case ast.Call(func=ast.Name(id=name), args=[_, *more] as parts, keywords=[]):
                if name[1:] in WORDS and (
                    name in ("_min", "_max") or len(more) == (name == "_prod")
                ):
                    return call(name[1:], *map(self.read, parts))
        raise Malformed(f"cannot read {ast.unparse(tree)[:60]!r}")

    def event(self, left: Term, operator: str, right: Term) -> Term:
        """The probability of an event; of an unknown one about products, a term of its own."""
        if head(left) != "prod":
            lower, upper = (right, left) if operator[0] == ">" else (left, right)
            found = probability(minus(upper, lower), len(operator) == 1, self.laws)
            if found is not None:
                return found
        _, e, k = left if head(left) == "prod" else ("", left, ONE)
        free = variables(k) | variables(right)
        if free & set(self.laws) or not variables(e) <= set(self.laws) or operator == "==":
            raise Malformed("an event of a kind that is not known")
        law = tuple((w, self.laws[w]) for w in sorted(variables(e)))
        return ("P", (operator, e, law), k, right)


# 5. Polynomials ----------------------------------------------------------------------------------
# Equations are decided by rewriting with true equations only: exp(a + b) = exp(a) exp(b),
# |a|^2 = a^2, r^q = a for the q-th root r of a, cos^2 = 1 - sin^2, the logarithm of a product of
# positive terms is a sum, and E of a polynomial is a number. What is left are atoms, of which
# nothing is known: an equation that is found is true, one that is not found may still be.

CONTEXT = fmpq_mpoly_ctx.get([f"a{i}" for i in range(MAX_ATOMS)], Ordering.lex)
GENERATORS = CONTEXT.gens()[::-1]  # later atoms are greater: relations rewrite them by earlier ones
Poly = Any
Monomial = tuple[tuple[int, int], ...]  # places of atoms, and exponents


def constant(q: Any) -> Poly:
    return CONTEXT.constant(q)


def monomials(p: Poly) -> list[tuple[Monomial, fmpq]]:
    return [
        (tuple((MAX_ATOMS - 1 - i, int(k)) for i, k in enumerate(exponents) if k), c)
        for exponents, c in p.to_dict().items()
    ]


def product(p: Poly, q: Poly) -> Poly:
    if len(p) * len(q) > 100 * MAX_TERMS:
        raise Rejected("a polynomial has too many terms")
    return p * q


class Quotient(NamedTuple):
    """A quotient of polynomials; the bottom is zero only where the term is not defined."""

    top: Poly
    bottom: Poly = CONTEXT.constant(1)

    def __add__(self, other: Any) -> Quotient:
        if self.bottom == other.bottom:
            return Quotient(self.top + other.top, self.bottom)
        top = product(self.top, other.bottom) + product(other.top, self.bottom)
        return Quotient(top, product(self.bottom, other.bottom))

    def __mul__(self, other: Any) -> Quotient:
        return Quotient(product(self.top, other.top), product(self.bottom, other.bottom))

    def to(self, n: int) -> Quotient:
        """The n-th power."""
        if n < 0:
            return Quotient(self.bottom, self.top).to(-n)
        for p in (self.top, self.bottom):
            bits = max((len(str(c)) * 4 for c in p.coeffs()), default=0)
            grown = math.comb(n + len(p) - 1, n) if len(p) > 1 else 1
            if n > 10_000 or bits * n > MAX_BITS or grown > MAX_TERMS:
                raise Rejected("a polynomial has too many terms")
        return Quotient(self.top**n, self.bottom**n)


class Unsettled(Exception):
    """An exponential needs a finer unit, and all has to be read again."""


class Ring:
    """Reads terms as quotients of polynomials in atoms, at the points of one goal.

    exp(c m) for a monomial m becomes a power of the atom exp(m/unit); ``units`` holds the units.
    """

    def __init__(self, goal: Goal, units: dict[Any, int]) -> None:
        self.goal, self.units = goal, units
        self.places: dict[Any, int] = {}
        self.terms: list[Term] = []  # of the atoms, where they are needed
        self.exponents: dict[int, Quotient] = {}  # of the atoms exp(...)
        self.relations: list[Poly] = []  # polynomials in atoms that are zero

    def atom(self, key: Any, e: Term = None, degree: int = 0, value: Poly = None) -> Quotient:
        """An atom, of which the power of some degree may be known as a polynomial."""
        if key not in self.places:
            if len(self.terms) == MAX_ATOMS:
                raise Rejected("too many atoms")
            self.places[key] = len(self.terms)
            if degree:
                self.relations.append(GENERATORS[len(self.terms)] ** degree - value)
            self.terms.append(e)
        return Quotient(GENERATORS[self.places[key]])

    def above(self, place: int, relation: str) -> bool:
        """Whether an atom is > 0, or >= 0, throughout."""
        e = self.terms[place]
        if place in self.exponents:
            return True
        if isinstance(e, str) and e in self.goal.box and self.goal.box[e].lo == 0:
            return relation == ">=" or self.goal.box[e].lo_open
        return e is not None and allows(self.goal.enclose(e), relation)

    def reduced(self, p: Poly) -> Poly:
        for relation in reversed(self.relations):
            p = divmod(p, relation)[1]
        return p

    def canonical(self, a: Quotient) -> Quotient:
        top, bottom = self.reduced(a.top), self.reduced(a.bottom)
        if not bottom:
            raise Rejected("division by zero")
        common = top.gcd(bottom)
        scale = constant(1 / divmod(bottom, common)[0].leading_coefficient())
        return Quotient(divmod(top, common)[0] * scale, divmod(bottom, common)[0] * scale)

    def key(self, a: Quotient) -> Any:
        made = self.canonical(a)
        return tuple(tuple(sorted(monomials(p))) for p in (made.top, made.bottom))

    def value(self, e: Term) -> Quotient:
        match head(e):
            case "":
                return Quotient(constant(e)) if number(e) else self.atom(e, e)
            case "+":
                return self.value(e[1]) + self.value(e[2])
            case "*":
                return self.value(e[1]) * self.value(e[2])
            case "/":
                return self.value(e[1]) * self.value(e[2]).to(-1)
            case "**":
                return self.power(e[1], e[2])
            case "exp":
                return self.exp(self.canonical(self.value(e[1])))
            case "cosh" | "sinh" | "tanh":
                up, down = call("exp", e[1]), call("exp", times(MINUS, e[1]))
                top = plus(up, down) if e[0] == "cosh" else minus(up, down)
                return self.value(over(top, plus(up, down) if e[0] == "tanh" else TWO))
            case "E":
                return self.mean(e)
            case "P":
                return self.atom((e[1], *(self.key(self.value(a)) for a in e[2:])))
        a = self.canonical(self.value(e[1]))
        if e[0] == "log":
            return self.log(a, e)
        if e[0] in ("abs", "sign"):
            for s in (ONE, MINUS):
                if allows(self.goal.enclose(times(s, e[1])), ">=" if e[0] == "abs" else ">"):
                    return self.value(times(s, e[1]) if e[0] == "abs" else s)
        if e[0] == "abs" and a.bottom == constant(1):
            return self.atom(("abs", self.key(a)), e, 2, self.reduced(a.top * a.top))
        if e[0] == "cos":
            sine = self.value(("sin", e[1]))
            return self.atom(("cos", self.key(a)), e, 2, constant(1) - sine.top * sine.top)
        return self.atom((e[0], self.key(a)), e)

    def monomial(self, factors: Iterable[tuple[int, int]]) -> Quotient:
        return Quotient(math.prod((GENERATORS[v] ** k for v, k in factors), start=constant(1)))

    def mean(self, e: Term) -> Quotient:
        """E w^n = 1 3 5 ... (n-1), or 3^(n/2)/(n+1) for the uniform law, or 0 for odd n."""
        a, laws, total = self.canonical(self.value(e[1])), dict(e[2]), ZERO
        names = [x if isinstance(x, str) else "" for x in self.terms]
        drawn = all(names[v] in laws for factors, _ in monomials(a.top) for v, _ in factors)
        if not drawn or a.bottom != constant(1):
            return self.atom(("E", self.key(a), e[2]), e)
        for factors, c in monomials(a.top):
            for v, n in factors:
                gaussian = laws[names[v]] == "gaussian"
                c *= math.prod(range(1, n, 2)) if gaussian else fmpq(3 ** (n // 2), n + 1)
                c *= 1 - n % 2
            total += c
        return self.value(total)

    def power(self, base: Term, exponent: Term) -> Quotient:
        a = self.canonical(self.value(base))
        if number(exponent):
            a = a if exponent.q == 1 else self.root(base, a, int(exponent.q))
            return a.to(int(exponent.p))
        n, total = self.canonical(self.value(exponent)), self.value(ONE)
        if allows(self.goal.enclose(base), ">") or self.product_of_positive(a):
            return self.exp(self.canonical(n * self.log(a, ("log", base))))
        # u^(2 n + 3) = (u^n)^2 u^3
        for factors, c in monomials(n.top):
            if c.q != 1 or n.bottom != constant(1):
                raise Rejected("a symbolic exponent must have integer coefficients")
            total *= (self.atom(("power", self.key(a), factors)) if factors else a).to(int(c))
        return total

    def root(self, base: Term, a: Quotient, q: int) -> Quotient:
        """The root of a monomial in nonnegative atoms, if there is one; otherwise an atom."""
        if not a.top:
            return a
        if a.bottom == constant(1) and len(a.top) == 1:
            ((factors, c),) = monomials(a.top)
            exact = rational_root(c, q)
            if exact is not None and all(k % q == 0 and self.above(v, ">=") for v, k in factors):
                return self.monomial([(v, k // q) for v, k in factors]) * self.value(exact)
        degree = q if a.bottom == constant(1) else 0
        return self.atom(("root", q, self.key(a)), ("**", base, fmpq(1, q)), degree, a.top)

    def exp(self, a: Quotient) -> Quotient:
        if a.bottom != constant(1):
            return self.exponential(self.key(a), a, ONE)
        total = self.value(ONE)
        for factors, c in monomials(a.top):
            inner: Any = (
                self.terms[factors[0][0]] if len(factors) == 1 and factors[0][1] == 1 else None
            )
            if head(inner) == "log":  # exp(c log u) = u^c
                total *= self.power(inner[1], c)
            else:
                total *= self.exponential(factors, self.monomial(factors), c)
        return total

    def exponential(self, key: Any, m: Quotient, c: fmpq) -> Quotient:
        unit = self.units.get(key, 1)
        n = c * unit
        if n.q != 1:
            self.units[key] = unit * int(n.q)
            raise Unsettled
        made = self.atom(("exp", key))
        self.exponents[self.places["exp", key]] = m * self.value(fmpq(1, unit))
        return made.to(int(n))

    def log(self, a: Quotient, e: Term) -> Quotient:
        """Log of a number is a sum over primes, and of a product of positive atoms a sum."""
        if not self.product_of_positive(a):
            return self.atom(("log", self.key(a)), e)
        ((up, c),), ((down, _),) = monomials(a.top), monomials(a.bottom)
        total = self.value(ZERO)
        for p, k in (*factorised(int(c.p)), *((p, -k) for p, k in factorised(int(c.q)))):
            total += self.atom(("log", p), ("log", fmpq(p))) * self.value(fmpq(k))
        for v, k in (*up, *((v, -k) for v, k in down)):
            part = self.exponents.get(v) or self.atom(("log of", v), ("log", self.terms[v]))
            total += part * self.value(fmpq(k))
        return total

    def product_of_positive(self, a: Quotient) -> bool:
        if not len(a.top) == len(a.bottom) == 1:
            return False
        ((up, c),), ((down, _),) = monomials(a.top), monomials(a.bottom)
        return bool(c > 0) and all(self.above(v, ">") for v, _ in (*up, *down))


def rational_root(c: fmpq, q: int) -> fmpq | None:
    parts = []
    for n in (int(c.p), int(c.q)):
        guess = round(n ** (1 / q)) if 0 <= n < 10**15 else -1
        parts += [g for g in (guess - 1, guess, guess + 1) if g >= 0 and g**q == n]
    return fmpq(*parts) if len(parts) == 2 else None


def factorised(n: int) -> list[tuple[int, int]]:
    """Factor by small primes; a large cofactor stays whole."""
    found = []
    for prime in (2, *range(3, 1000, 2)):
        k = 0
        while n % prime == 0:
            n, k = n // prime, k + 1
        found += [(prime, k)] if k else []
    return [*found, (n, 1)] if n > 1 else found


# 6. Goals and rules ------------------------------------------------------------------------------


class Range(NamedTuple):
    """The values of one variable: between rational ends, or None where there is no end."""

    lo: Any = None
    hi: Any = None
    lo_open: bool = False
    hi_open: bool = False


class Layers(NamedTuple):
    """What happens to accumulators in each of any number of layers."""

    box: Mapping[str, Range]  # of the variables of one layer
    integers: frozenset[str]
    facts: Mapping[str, Condition]
    starts: Mapping[str, Term]
    updates: Mapping[str, Term]


@dataclass(frozen=True)
class Goal:
    """At all points of the box at which facts hold and the target is defined: target >= 0 (...)."""

    box: Mapping[str, Range]
    facts: Mapping[str, Condition]
    target: Term
    relation: str
    laws: Mapping[str, str]
    integers: frozenset[str]
    layers: Layers | None = None

    def show(self, target: Term, relation: str) -> Goal:
        return replace(self, target=target, relation=relation)

    def where(self, name: Any, e: Term, relation: str) -> Goal:
        """The goal with one more fact."""
        if not isinstance(name, str) or name in self.facts:
            raise Rejected("a fact needs a name of its own")
        return replace(self, facts={**self.facts, name: (e, relation)})

    def ranged(self, x: str, r: Range) -> Goal:
        return replace(self, box={**self.box, x: r})

    def at(self, values: Mapping[Term, Term]) -> Goal:
        """The goal with terms for variables, in the target and in the facts."""
        facts = {n: (replaced(e, values), r) for n, (e, r) in self.facts.items()}
        return replace(self, facts=facts, target=replaced(self.target, values))

    def enclose(self, e: Term, strict: bool = False) -> Interval:
        box = dict.fromkeys(self.laws, WHOLE) | {x: ends(r) for x, r in self.box.items()}
        return enclose(e, box, strict)

    def defined(self, e: Term) -> list[Goal]:
        """Goals that say that a term is defined."""
        return [self.show(*c) for c in conditions(e, self.counts)]

    def complete(self) -> list[Goal]:
        """The goal, and that its target is defined."""
        return [self, *self.defined(self.target)]

    def counts(self, e: Term) -> bool:
        """Whether an exponent is plainly a natural number, so that any base will do."""
        if head(e) in ("+", "*"):
            return self.counts(e[1]) and self.counts(e[2])
        if natural(e):
            return True
        return e in self.integers and self.box[e].lo is not None and bool(self.box[e].lo >= 0)


def ends(r: Range) -> Interval:
    lo = -INF if r.lo is None else arb(r.lo).lower()
    return Interval(lo, INF if r.hi is None else arb(r.hi).upper())


Node = Mapping[str, Any]
Rule = Callable[[Goal, Node], list[Goal]]
RULES: dict[str, tuple[Rule, set[str]]] = {}


def rule(parameters: str = "") -> Callable[[Rule], Rule]:
    """Make a function a rule of its name, with these keys of a node as parameters."""

    def registered(function: Rule) -> Rule:
        RULES[function.__name__] = function, set(parameters.split())
        return function

    return registered


def reader(goal: Goal) -> Reader:
    """For the terms that a certificate gives."""
    return Reader({x: x for x in (*goal.box, "pi", *goal.laws)}, goal.laws)


def variable(goal: Goal, node: Node) -> str:
    x = node["variable"]
    if x not in goal.box:
        raise Rejected("no such variable")
    return str(x)


def known(goal: Goal, label: str) -> Condition:
    """Look up a fact: a name; ``lo:x`` or ``hi:x``; ``sign:`` and a term with a fitting range."""
    kind, _, text = label.partition(":")
    r = goal.box.get(text, Range())
    if label in goal.facts:
        return goal.facts[label]
    if kind == "lo" and r.lo is not None:
        return minus(text, r.lo), ">" if r.lo_open else ">="
    if kind == "hi" and r.hi is not None:
        return minus(r.hi, text), ">" if r.hi_open else ">="
    e = reader(goal).term(text) if kind == "sign" else MINUS
    for relation in (">", ">="):
        if obvious(e, relation) or allows(goal.enclose(e), relation):
            return e, relation
    raise Rejected(f"no fact {label[:60]!r}")


def vanishes(goal: Goal, difference: Callable[[Ring], Quotient]) -> bool:
    """Whether a difference is the zero polynomial, so zero wherever it is defined."""
    units: dict[Any, int] = {}
    for _ in range(12):
        try:
            ring = Ring(goal, units)
            return not ring.reduced(difference(ring).top)
        except Unsettled:
            continue
    raise Rejected("exponents do not settle")


def admitted(goal: Goal, e: Term) -> None:
    """Refuse a given term that may be undefined where the target and the facts are defined."""
    about = [goal.target, *(f for f, _ in goal.facts.values())]
    safe = [c for t in about for c in conditions(t, goal.counts)] + list(goal.facts.values())
    for t, relation in conditions(e, goal.counts):
        enough = {">": (">",), ">=": (">", ">="), "!=": (">", "!=")}[relation]
        if not allows(goal.enclose(t), relation) and not any(
            r in enough and vanishes(goal, lambda ring: ring.value(minus(s, t)))  # noqa: B023
            for s, r in safe
        ):
            raise Rejected("a given term may be undefined")


@rule()
def ball(goal: Goal, node: Node) -> list[Goal]:
    """An enclosure of the target over the box has the right sign."""
    if not allows(goal.enclose(goal.target), goal.relation):
        raise Rejected("the enclosure does not decide")
    return []


@rule()
def slope(goal: Goal, node: Node) -> list[Goal]:
    """So has f(centre) + sum of f_i(box) (x_i - centre_i), by the mean value theorem.

    Finite strict enclosures of its derivatives show that f is Lipschitz on the whole box.
    """
    names = sorted(variables(goal.target))
    if any(None in goal.box[x][:2] for x in names):
        raise Rejected("the box is not bounded")
    centre = {x: (goal.box[x].lo + goal.box[x].hi) / 2 for x in names}
    total = enclose(goal.target, {x: hull(arb(c)) for x, c in centre.items()}, True)
    for x in names:
        slope = goal.enclose(derivative(goal.target, x), True)
        reach = arb((goal.box[x].hi - goal.box[x].lo) / 2).upper()
        if not (slope.lo.is_finite() and slope.hi.is_finite()):
            raise Rejected("a derivative has no finite enclosure")
        total = i_plus(total, i_times(slope, Interval(-reach, reach)))
    if not allows(total, goal.relation):
        raise Rejected("the mean value form does not decide")
    return []


@rule("times terms")
def cone(goal: Goal, node: Node) -> list[Goal]:
    """(product of positive facts) * target = sum of weight * (product of facts) * square.

    Weights are >= 0, unless one of the facts is an equation; the "square" then is a plain factor.
    For a strict target, one term must be a positive number times positive facts.
    """
    terms = [(rational(t["weight"]), t["facts"], t["square"]) for t in node["terms"]]
    facts = {f: known(goal, f) for f in (*node["times"], *(f for t in terms for f in t[1]))}
    roots = {text: reader(goal).term(text) for _, _, text in terms}
    strict = False
    for c, labels, text in terms:
        relations = {facts[f][1] for f in labels}
        if "!=" in relations or (c < 0 and "==" not in relations):
            raise Rejected("a term that may be negative")
        if goal.relation == "==" and "==" not in relations:
            raise Rejected("an equation follows from equations only")
        strict |= bool(c > 0 and roots[text] == ONE and relations <= {">"})
    if any(facts[f][1] != ">" for f in node["times"]):
        raise Rejected("a factor that may vanish")
    if goal.relation in (">", "!=") and not strict:
        raise Rejected("no term is plainly positive")
    given = [e for f, (e, _) in facts.items() if f not in goal.facts]
    for e in (*roots.values(), *given):
        admitted(goal, e)

    def difference(ring: Ring) -> Quotient:
        fact = {f: ring.value(e) for f, (e, _) in facts.items()}
        root = {text: ring.value(e) for text, e in roots.items()}
        total = math.prod(
            (fact[f] for f in node["times"]), start=ring.value(goal.target)
        ) * ring.value(MINUS)
        for c, labels, text in terms:
            equation = any(facts[f][1] == "==" for f in labels)
            square = root[text] if equation else root[text] * root[text]
            total += math.prod((fact[f] for f in labels), start=ring.value(c) * square)
        return total

    if not vanishes(goal, difference):
        raise Rejected("the terms do not add up to the target")
    return []


@rule()
def absurd(goal: Goal, node: Node) -> list[Goal]:
    """The facts contradict each other if they imply 0 > 0."""
    return [goal.show(ZERO, ">")]


@rule("sign")
def sign(goal: Goal, node: Node) -> list[Goal]:
    """A positive or negative term is not zero."""
    if goal.relation != "!=":
        raise Rejected("not about being different from zero")
    return [goal.show(times({"+": ONE, "-": MINUS}[node["sign"]], goal.target), ">")]


@rule("target")
def restate(goal: Goal, node: Node) -> list[Goal]:
    """The target in other words, which are defined where it is."""
    e = reader(goal).term(node["target"])
    admitted(goal, e)
    if not vanishes(goal, lambda ring: ring.value(minus(e, goal.target))):
        raise Rejected("the target is another one")
    return [goal.show(e, goal.relation)]


@rule("name claim")
def have(goal: Goal, node: Node) -> list[Goal]:
    """What is shown first may be used as a fact."""
    e, relation = reader(goal).relation(node["claim"])
    return [goal.show(e, relation), *goal.defined(e), goal.where(node["name"], e, relation)]


@rule("variable end at open")
def narrow(goal: Goal, node: Node) -> list[Goal]:
    """What is shown first may end the range of a variable."""
    x, at, is_open = variable(goal, node), rational(node["at"]), flag(node["open"])
    low = {"lo": True, "hi": False}[node["end"]]
    claim = goal.show(minus(x, at) if low else minus(at, x), ">" if is_open else ">=")
    return [claim, narrowed(goal, x, low, at, is_open)]


def narrowed(goal: Goal, x: str, low: bool, at: fmpq, is_open: bool) -> Goal:
    """Give the range of a variable a new end; an integer's end is the next integer inside."""
    if x in goal.integers:
        inside = fmpq(-int(-at.p // at.q)) if low else fmpq(int(at.p // at.q))
        at, is_open = inside + (1 if low else -1) * int(is_open and inside == at), False
    if low:
        return goal.ranged(x, goal.box[x]._replace(lo=at, lo_open=is_open))
    return goal.ranged(x, goal.box[x]._replace(hi=at, hi_open=is_open))


@rule("variable at")
def split(goal: Goal, node: Node) -> list[Goal]:
    """A variable is <= a number or >= it; an integer <= it or >= the next integer."""
    x, at = variable(goal, node), rational(node["at"])
    r = goal.box[x]
    if (r.lo is not None and at <= r.lo) or (r.hi is not None and at >= r.hi):
        raise Rejected("the split is outside the box")
    return [narrowed(goal, x, False, at, False), narrowed(goal, x, True, at, x in goal.integers)]


@rule("name term")
def cases(goal: Goal, node: Node) -> list[Goal]:
    """A term e, if it is defined, is > 0 or <= 0; and abs(e) is e or -e."""
    e = reader(goal).term(node["term"])
    cases = []
    for signed, relation in ((e, ">"), (times(MINUS, e), ">=")):
        case = goal.show(replaced(goal.target, {("abs", e): signed}), goal.relation)
        cases.append(case.where(node["name"], signed, relation))
    return [*cases, *goal.defined(e)]


@rule("variable")
def values(goal: Goal, node: Node) -> list[Goal]:
    """An integer in a bounded range, or a variable at a point, takes one of few values."""
    x = variable(goal, node)
    r = goal.box[x]
    if r.lo is not None and r == (r.lo, r.lo, False, False):
        return [goal.at({x: r.lo})]
    if x not in goal.integers or r.lo is None or r.hi is None or r.hi - r.lo > 1000:
        raise Rejected("not a short range of integers")
    first, last = int(-(-r.lo.p // r.lo.q)), int(r.hi.p // r.hi.q)
    return [goal.at({x: fmpq(n)}) for n in range(first, last + 1)]


def unbound(goal: Goal, x: str) -> Goal:
    """The goal without the facts about a variable."""
    facts = {n: f for n, f in goal.facts.items() if x not in variables(f[0])}
    return replace(goal, facts=facts)


@rule("variable end")
def monotone(goal: Goal, node: Node) -> list[Goal]:
    """From an end of its range on, the target has the right sign there and grows.

    The path from the end to a point may leave the facts about x, and the integers: so these are
    dropped, and that the target is defined on the closed path, and its derivative inside, is shown
    anew. A defined target is continuous (it has no sign function), and differentiable where its
    derivative is defined; abs is so off its zeros, which is enough for a Lipschitz function.
    """
    x, low = variable(goal, node), {"lo": True, "hi": False}[node["end"]]
    r = goal.box[x]
    end, is_open = (r.lo, r.lo_open) if low else (r.hi, r.hi_open)
    if end is None or goal.relation not in (">=", ">") or contains(goal.target, "sign"):
        raise Rejected("no argument by monotonicity")
    free = replace(unbound(goal, x), integers=goal.integers - {x})
    closed = free.ranged(x, r._replace(lo_open=r.lo_open and not low, hi_open=r.hi_open and low))
    inside = free.ranged(x, Range(r.lo, r.hi, True, True))
    slope = derivative(goal.target, x)
    start = free.at({x: end}).target
    return [
        free.show(start, ">=" if is_open else goal.relation),
        inside.show(times(ONE if low else MINUS, slope), goal.relation if is_open else ">="),
        *closed.defined(goal.target),
        *inside.defined(slope),
    ]


@rule("variable value inverse lo hi lo_open hi_open keep")
def substitute(goal: Goal, node: Node) -> list[Goal]:
    """Every x is value(t) for t = inverse(x) in the new range; so all t may be considered.

    The new variable has the name of the old one. That x was in its old range may be kept.
    """
    x, read = variable(goal, node), reader(goal).term
    value, inverse, old = read(node["value"]), read(node["inverse"]), goal.box[x]
    lo, hi = (None if node[end] is None else rational(node[end]) for end in ("lo", "hi"))
    new = Range(lo, hi, flag(node["lo_open"]), flag(node["hi_open"]))
    back = replaced(value, {x: inverse})
    inside = [goal.show(minus(inverse, lo), ">" if new.lo_open else ">=")] if lo is not None else []
    inside += (
        [goal.show(minus(hi, inverse), ">" if new.hi_open else ">=")] if hi is not None else []
    )
    moved = replace(goal.at({x: value}).ranged(x, new), integers=goal.integers - {x})
    n = len(goal.facts)
    if flag(node["keep"]) and old.lo is not None:
        moved = moved.where(f"lo{n}", minus(value, old.lo), ">" if old.lo_open else ">=")
    if flag(node["keep"]) and old.hi is not None:
        moved = moved.where(f"hi{n}", minus(old.hi, value), ">" if old.hi_open else ">=")
    return [
        *goal.defined(inverse), *inside, *goal.defined(back), goal.show(minus(back, x), "=="), moved
    ]  # fmt: skip


@rule("left right")
def logarithm(goal: Goal, node: Node) -> list[Goal]:
    """R - L >= 0 if R > 0, L > 0 and log R - log L >= 0; the target has to be R - L."""
    left, right = (reader(goal).term(node[side]) for side in ("left", "right"))
    admitted(goal, left)
    admitted(goal, right)
    if goal.relation not in (">=", ">") or not vanishes(
        goal, lambda ring: ring.value(minus(minus(right, left), goal.target))
    ):
        raise Rejected("the target is not the difference")
    gap = minus(call("log", right), call("log", left))
    return [goal.show(right, ">"), goal.show(left, ">"), goal.show(gap, goal.relation)]


@rule("name variable")
def induction(goal: Goal, node: Node) -> list[Goal]:
    """An integer from n to n + 1, beginning at the lower end of its range."""
    x = variable(goal, node)
    r = goal.box[x]
    if x not in goal.integers or r.lo is None or r.lo.q != 1 or r.lo_open:
        raise Rejected("induction needs an integer with a least value")
    free = unbound(goal, x).ranged(x, Range(r.lo))
    step = free.where(node["name"], goal.target, goal.relation)
    following = replaced(goal.target, {x: plus(x, ONE)})
    return [
        free.show(replaced(goal.target, {x: r.lo}), goal.relation),
        step.show(following, goal.relation),
        *free.defined(goal.target),
    ]


@rule("invariants")
def layers(goal: Goal, node: Node) -> list[Goal]:
    """Invariants that hold at the start, survive every layer, and imply the conclusion.

    Initial values, and the facts that there are from the start, mention no accumulator.
    """
    layers = goal.layers
    if layers is None:
        raise Rejected("not about layers")
    held = replace(goal, layers=None)
    invariants = [reader(goal).relation(text) for text in node["invariants"]]
    found = [g for e in layers.starts.values() for g in held.defined(e)]
    for e, relation in invariants:
        found += replace(goal, layers=None).show(replaced(e, layers.starts), relation).complete()
    for i, (e, relation) in enumerate(invariants):
        held = held.where(f"invariant{i}", e, relation)
    step = replace(held, box={**held.box, **layers.box}, integers=held.integers | layers.integers)
    for name, fact in layers.facts.items():
        step = step.where(f"layer {name}", *fact)
    found += [g for e in layers.updates.values() for g in step.defined(e)]
    for e, relation in invariants:
        found += step.show(replaced(e, layers.updates), relation).complete()
    return [*found, *held.complete()]


@rule("event exponent name")
def chernoff(goal: Goal, node: Node) -> list[Goal]:
    """Markov's inequality: P(X >= t) <= E(X**s) t**(-s) for X >= 0, t > 0, s > 0.

    X is a product of k independent copies of e, so that E(X**s) = E(e**s)**k. For P(X <= t) the
    exponent s is negative, and e > 0.
    """
    event, s = reader(goal).term(node["event"]), rational(node["exponent"])
    if head(event) != "P" or s == 0 or (s > 0) != (event[1][0][0] == ">"):
        raise Rejected("not an event to bound")
    (_, e, laws), k, t = event[1:]
    if not goal.counts(k):
        raise Rejected("not a natural number of copies")
    supports = {
        "gaussian": Range(),
        "uniform": Range(fmpq(-7, 4), fmpq(7, 4)),
        "rademacher": Range(MINUS, ONE),
    }
    draws = Goal(
        {w: supports[law] for w, law in laws}, {}, e, ">=" if s > 0 else ">", {}, frozenset()
    )
    bound = times(power(expected(power(e, s), dict(laws)), k), power(t, -s))
    return [
        *draws.complete(),
        *goal.show(t, ">").complete(),
        goal.where(node["name"], minus(bound, event), ">="),
    ]


def remaining(goal: Goal, node: Any) -> list[Goal]:
    """Apply the rule of a node."""
    name = node.get("rule") if isinstance(node, dict) else None
    if name not in RULES or set(node) - {"rule", "parts"} != RULES[name][1]:
        raise Malformed(f"not a rule with its parameters: {str(node)[:60]}")
    if goal.layers is not None and name != "layers":
        raise Rejected("a statement about layers needs an invariant")
    return RULES[name][0](goal, node)


def verify(goals: list[Goal], nodes: Any) -> None:
    """Go through trees of rules; return if and only if no goal remains."""
    stack, count = [(goals, nodes)], 0
    while stack:
        wanted, trees = stack.pop()
        if not isinstance(trees, list) or len(trees) != len(wanted):
            raise Rejected(f"{len(wanted)} goals remain, and not as many are argued")
        count += len(trees)
        if count > MAX_NODES:
            raise Malformed("the certificate has too many nodes")
        stack += [(remaining(g, t), t.get("parts", [])) for g, t in zip(wanted, trees, strict=True)]


# 7. Statements and certificates ------------------------------------------------------------------


def rational(text: Any) -> fmpq:
    """Read a reduced fraction written as a decimal string."""
    if (
        not isinstance(text, str)
        or len(text) > 20_000
        or not re.fullmatch(r"-?\d+(/0*[1-9]\d*)?", text, re.ASCII)
    ):
        raise Malformed(f"not a rational: {str(text)[:40]!r}")
    value = fmpq(*map(int, text.split("/")))
    if str(value) != text:
        raise Malformed(f"not in lowest terms: {text[:40]!r}")
    return value


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Malformed("true or false is wanted")
    return value


DOMAINS = {
    "real": Range(),
    "integer": Range(),
    "positive": Range(lo=ZERO, lo_open=True),
    "nonnegative": Range(lo=ZERO),
}
LAWS = ("gaussian", "uniform", "rademacher")


def read_statement(text: str) -> Goal:
    """Derive the goal from a statement's canonical text, and from nothing else."""
    data = load(text)
    parts = {"variables", "definitions", "hypotheses", "conclusion", "constants", "scope"}
    extra = data.get("layers", {"variables": {}, "hypotheses": {}, "accumulators": []})
    if set(data) - {"layers"} != parts or set(extra) != {"variables", "hypotheses", "accumulators"}:
        raise Malformed("not a statement")
    laws = {x: d for x, d in data["variables"].items() if d in LAWS}
    own = {x: d for x, d in data["variables"].items() if d not in LAWS}
    starts = {name: start for name, start, _ in extra["accumulators"]}
    updates = {name: update for name, _, update in extra["accumulators"]}
    names = [*laws, *own, *(row[0] for row in extra["accumulators"]), *extra["variables"]]
    seen: dict[str, Term] = {"pi": "pi", **{x: x for x in names}}
    seen |= {c: rational(v) for c, v in data["constants"].items()}
    for name, meaning in data["definitions"]:
        seen[name] = Reader(seen, laws).term(meaning)
    if len(seen) != 1 + len(names) + len(data["constants"]) + len(data["definitions"]):
        raise Malformed("a name is used twice")

    def about(names: Iterable[str], e: Term) -> Term:
        if not variables(e) <= set(names):
            raise Malformed("a variable out of place, or a drawn one outside an expectation")
        return e

    def facts(relations: Mapping[str, str], names: Iterable[str]) -> dict[str, Condition]:
        found = {n: Reader(seen, laws).relation(r) for n, r in sorted(relations.items())}
        return {n: (about(names, e), relation) for n, (e, relation) in found.items()}

    def box(domains: Mapping[str, str]) -> dict[str, Range]:
        return {x: DOMAINS[d] for x, d in domains.items()}

    everywhere = {*own, *starts}
    ((target, relation),) = facts({"": data["conclusion"]}, everywhere).values()
    goal = Goal(
        box(own), facts(data["hypotheses"], own), target, relation, laws,
        frozenset(x for x, d in own.items() if d == "integer"),
    )  # fmt: skip
    for _, (e, relation) in 2 * tuple(goal.facts.items()):
        goal = bounded(goal, e, relation)
    if "layers" not in data:
        return goal
    inner = {*everywhere, *extra["variables"]}
    begin = {a: about(own, Reader(seen, laws).term(t)) for a, t in starts.items()}
    then = {a: about(inner, Reader(seen, laws).term(t)) for a, t in updates.items()}
    whole = frozenset(x for x, d in extra["variables"].items() if d == "integer")
    layers = Layers(box(extra["variables"]), whole, facts(extra["hypotheses"], inner), begin, then)
    counters = {a for a in begin if natural(begin[a]) and natural(minus(then[a], a))}
    return replace(
        goal, box={**goal.box, **dict.fromkeys(starts, Range())}, layers=layers,
        integers=goal.integers | counters,
    )  # fmt: skip


def bounded(goal: Goal, e: Term, relation: str) -> Goal:
    """Let a hypothesis a x + b >= 0 with plain numbers a and b end the range of x."""
    if len(variables(e)) != 1 or relation not in (">=", ">"):
        return goal
    (x,) = variables(e)
    slope, rest = derivative(e, x), replaced(e, {x: ZERO})
    if not number(slope) or slope == 0 or not number(rest):
        return goal
    at, low = -rest / slope, bool(slope > 0)
    end, is_open = (goal.box[x].lo, goal.box[x].lo_open) if low else goal.box[x][1::2]
    further = end is None or (at > end if low else at < end) or (at == end and not is_open)
    return narrowed(goal, x, low, at, relation == ">") if further else goal


def seal(certificate: Mapping[str, Any]) -> str:
    """SHA-256 of everything else in a certificate, so that no change goes unnoticed."""
    return digest({k: v for k, v in certificate.items() if k != "seal"})


def digest(data: Any) -> str:
    return hashlib.sha256(canonical(data).encode()).hexdigest()


def canonical(data: Any) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"))


def load(text: str) -> Any:
    """Read JSON without floating-point numbers and without repeated keys."""

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(items)) != len(items):
            raise Malformed("a key occurs twice")
        return dict(items)

    def refuse(found: str) -> Any:
        raise Malformed(f"a floating-point number: {found[:40]}")

    if not isinstance(text, str) or len(text) > MAX_CHARACTERS:
        raise Malformed("too long for a certificate")
    return json.loads(text, object_pairs_hook=pairs, parse_float=refuse, parse_constant=refuse)


def check(certificate: str, statement: str | None = None) -> str:
    """Check a certificate; return the digest of the statement that it proves.

    Parameters
    ----------
    certificate : str
        The bytes of the certificate file, as text.
    statement : str, optional
        The canonical text of the statement it should prove; otherwise the certificate's own
        statement is proved, and the caller must look at what it says.

    Raises
    ------
    Malformed
        If it is not a certificate.
    Rejected
        If it is one, and does not prove the statement.
    """
    saved, ctx.prec = ctx.prec, PRECISION
    try:
        data = load(certificate)
        if data.keys() != {"format", "statement", "digest", "proof", "seal"}:
            raise Malformed("not a certificate")
        if data["format"] != FORMAT or certificate.removesuffix("\n") != canonical(data):
            raise Malformed("not in canonical form")
        text = canonical(data["statement"])
        if data["digest"] != digest(data["statement"]):
            raise Rejected("the digest is not that of the statement")
        if data["seal"] != seal(data):
            raise Rejected("the seal does not fit: the certificate was changed")
        if statement is not None and statement != text:
            raise Rejected("the certificate is about another statement")
        goal = read_statement(text)
        verify(goal.complete() if goal.layers is None else [goal], data["proof"])
        return str(data["digest"])
    except (Malformed, Rejected):
        raise
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as e:
        raise Malformed(f"not a certificate: {type(e).__name__}: {e}") from None
    finally:
        ctx.prec = saved
