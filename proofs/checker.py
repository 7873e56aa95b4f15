"""The checker: verifies certificates; needs only the standard library and python-flint.

How to read this file, top to bottom:

1. *Terms*: formulas as nested tuples, the parser of statement text, substitution, derivative.
2. *Intervals*: outward-rounded ranges of terms, and rigorous expectations.
3. *Normal forms*: a term as a quotient of polynomials in atoms (variables, exp(x), log(...), ...).
4. *Goals* and *conditions*: what is to be shown, and what must hold for it to have a meaning.
5. *Rules*: each takes a goal and parameters and returns the goals that remain. Every rule
   documents why the remaining goals imply the goal; a rule that cannot vouch raises Rejected.
6. *Certificates*: a tree of rules. A statement is proved when no goal remains.

Nothing here is imported from the provers, and nothing in a certificate is believed: goals are
derived from the statement, a certificate only says which rule to try and where to split.
"""

# ruff: noqa: D102, D103 - terms are nested tuples, and one-line helpers say what they do

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple

from flint import acb, arb, ctx, fmpq

PRECISION = 128  # bits of the interval endpoints
MAX_CHARACTERS, MAX_NODES, MAX_NESTING, MAX_TERMS = 20_000_000, 200_000, 150, 6_000


class Malformed(ValueError):
    """The certificate or the statement is not even well formed."""


class Rejected(ValueError):
    """A rule does not apply: the certificate does not prove the statement."""


# ------------------------------------------------------------------------------------------ terms
# ("num", q), ("var", x), ("+", a, b), ("*", a, b), ("/", a, b), ("**", a, b), (function, a)

Term = tuple[Any, ...]
ZERO, ONE, MINUS = ("num", fmpq(0)), ("num", fmpq(1)), ("num", fmpq(-1))
FUNCTIONS = {"exp", "log", "tanh", "cosh", "sinh", "sin", "cos", "abs", "sign", "E"}


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
    return mul(a, div(b[2], b[1])) if b[0] == "/" else ("/", a, b)


def power(a: Term, b: Term) -> Term:
    numbers = a[0] == b[0] == "num" and b[1].q == 1 and abs(b[1]) <= 1000
    if numbers and (a[1] != 0 or b[1] >= 0):
        return ("num", a[1] ** int(b[1]))
    return ONE if b == ZERO else a if b == ONE else ("**", a, b)


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
    if (head, a[0][0]) == ("log", "exp"):
        return a[0][1]
    if a[0][0] == "num" and (head, a[0][1]) in (("log", 1), *((f, 0) for f in ODD | {"exp"})):
        return ONE if head == "exp" else ZERO
    return (head, *a)


ODD = {"sin", "tanh", "sinh"}


def parse(text: str, known: Mapping[str, Term]) -> Term:
    """Read one formula; names must be known, everything else is refused."""
    tokens = re.findall(r"\d+|[A-Za-z]\w*|\*\*|\S", text, re.ASCII)
    at, depth = 0, 0

    def take(expected: str = "") -> str:
        nonlocal at
        if at == len(tokens) or (expected and tokens[at] != expected):
            raise Malformed(f"cannot read the formula {text[:60]!r}")
        at += 1
        return tokens[at - 1]

    def level(operators: tuple[str, ...], below: Callable[[], Term]) -> Term:
        total = below()
        while at < len(tokens) and tokens[at] in operators:
            total = build(take(), total, below())
        return total

    def total() -> Term:
        return level(("+", "-"), lambda: level(("*", "/"), signed))

    def signed() -> Term:
        nonlocal depth
        depth += 1
        if depth > MAX_NESTING:
            raise Malformed("a formula is nested too deeply")
        if tokens[at : at + 1] == ["-"]:
            take()
            made = neg(signed())
        else:
            made = atom()
            if tokens[at : at + 1] == ["**"]:
                take()
                made = power(made, signed())
        depth -= 1
        return made

    def atom() -> Term:
        word = take()
        if word.isdigit():
            return num(int(word))
        if word == "(":
            inner = total()
            take(")")
            return inner
        if word in FUNCTIONS | {"sqrt", "min", "max"} and tokens[at : at + 1] == ["("]:
            take("(")
            arguments = [total()]
            while tokens[at : at + 1] == [","]:
                take()
                arguments.append(total())
            take(")")
            if word not in ("min", "max") and len(arguments) != 1:
                raise Malformed(f"{word} takes one argument")
            return build(word, *arguments)
        if word in known:
            return known[word]
        raise Malformed(f"unknown name {word[:40]!r}")

    made = total()
    if at != len(tokens):
        raise Malformed(f"cannot read the formula {text[:60]!r}")
    return made


def write(e: Term) -> str:
    """Print a term, fully parenthesised."""
    if e[0] == "num":
        return str(e[1]) if e[1] >= 0 and e[1].q == 1 else f"({e[1]})"
    if e[0] == "var":
        return str(e[1])
    if e[0] in ("+", "*", "/", "**"):
        return f"({write(e[1])} {e[0]} {write(e[2])})"
    return f"{e[0]}({write(e[1])})"


def variables(e: Term) -> set[str]:
    if e[0] == "var":
        return {e[1]}
    # A drawn variable is bound by its expectation.
    return set() if e[0] in ("num", "E") else set().union(*(variables(a) for a in e[1:]))


def _averaged(e: Term) -> set[str]:
    """The variables inside expectations."""
    if e[0] in ("num", "var"):
        return set()
    return set().union(*(_averaged(a) for a in e[1:]), variables(e[1]) if e[0] == "E" else set())


def substitute(e: Term, x: str, value: Term) -> Term:
    if e[0] == "var":
        return value if e[1] == x else e
    if e[0] == "num":
        return e
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
            return div(da, a)
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
        case "abs":
            return mul(build("sign", a), da)
    raise Rejected(f"{e[0]} is not differentiable")


# -------------------------------------------------------------------------------------- intervals


class Interval(NamedTuple):
    """All reals from ``lo`` to ``hi``, exact endpoints; None is the infinity on that side."""

    lo: Any
    hi: Any


WHOLE = Interval(None, None)


def outward(lo: arb | None, hi: arb | None) -> Interval:
    """Round a lower and an upper bound outward to exact endpoints."""
    low = lo.lower() if lo is not None and lo.is_finite() else None
    high = hi.upper() if hi is not None and hi.is_finite() else None
    return Interval(low, high)


def ball(x: arb) -> Interval:
    return outward(x, x)


def i_add(a: Interval, b: Interval) -> Interval:
    return outward(
        None if a.lo is None or b.lo is None else a.lo + b.lo,
        None if a.hi is None or b.hi is None else a.hi + b.hi,
    )


def i_mul(a: Interval, b: Interval) -> Interval:
    if None not in a and None not in b:
        products = [p * q for p in a for q in b]
        lo, hi = products[0], products[0]
        for p in products[1:]:
            lo, hi = lo.min(p), hi.max(p)
        return outward(lo, hi)
    for p, q in ((a, b), (b, a)):  # reduce to the nonnegative case by signs
        if p.hi is not None and p.hi <= 0 and (p.lo is None or p.lo < 0):
            return i_neg(i_mul(i_neg(p), q))
    nonnegative = next((p for p in (a, b) if p.lo is not None and p.lo >= 0), None)
    if nonnegative is None:
        return WHOLE
    other = b if nonnegative is a else a
    lo = hi = None
    if other.lo is not None and other.lo >= 0:
        lo = nonnegative.lo * other.lo
    elif other.lo is not None and nonnegative.hi is not None:
        lo = other.lo * nonnegative.hi
    if other.hi is not None and nonnegative.hi is not None:
        hi = arb(0).max(other.hi * nonnegative.hi)
    return outward(lo, hi)


def i_neg(a: Interval) -> Interval:
    return Interval(None if a.hi is None else -a.hi, None if a.lo is None else -a.lo)


def i_inverse(a: Interval) -> Interval:
    """The range of 1/a over a without zero; zero may be an endpoint, then it is approached."""
    if a.hi is not None and a.hi <= 0:
        return i_neg(i_inverse(i_neg(a)))
    if a.lo is None or a.lo < 0:
        return WHOLE
    return outward(
        arb(0) if a.hi is None else (1 / a.hi if a.hi > 0 else None),
        1 / a.lo if a.lo > 0 else None,
    )


def i_increasing(f: Callable[[arb], arb], a: Interval, low: Any, high: Any) -> Interval:
    """The range of an increasing f with the given limits at the infinities."""
    below = arb(low) if low is not None else None
    above = arb(high) if high is not None else None
    return outward(
        below if a.lo is None else f(a.lo),
        above if a.hi is None else f(a.hi),
    )


def i_abs(a: Interval) -> Interval:
    if a.lo is not None and a.lo >= 0:
        return a
    if a.hi is not None and a.hi <= 0:
        return i_neg(a)
    return Interval(arb(0), None if None in a else (-a.lo).max(a.hi))


def i_log(a: Interval) -> Interval:
    """The logarithm where it is defined; at 0 it goes to minus infinity."""
    lo = a.lo.log() if a.lo is not None and a.lo > 0 else None
    hi = a.hi.log() if a.hi is not None and a.hi > 0 else None
    return outward(lo, hi)


def i_power(a: Interval, r: fmpq) -> Interval:
    """The range of a**r, r rational; where r is no integer, of the part of a that is >= 0."""
    if r < 0:
        return i_inverse(i_power(a, -r))
    n = int(r.p)
    if r.q == 1:
        if n % 2 == 0:
            a = i_abs(a)
        return i_increasing(lambda x: x**n, a, None, None)
    low = a.lo if a.lo is not None and a.lo > 0 else arb(0)
    if a.hi is not None and a.hi < 0:
        return WHOLE  # nowhere defined

    def rooted(x: arb) -> arb:
        return x.root(int(r.q)) ** n if x > 0 else arb(0)

    return i_increasing(rooted, Interval(low, a.hi), None, None)


def i_wave(f: Callable[[arb], arb], a: Interval) -> Interval:
    if None in a or a.hi - a.lo > 7:
        return Interval(arb(-1), arb(1))
    made = ball(f(a.lo.union(a.hi)))
    return meet(made, Interval(arb(-1), arb(1)))


def meet(a: Interval, b: Interval) -> Interval:
    """The intersection of two ranges of the same quantity."""
    lo = b.lo if a.lo is None else a.lo if b.lo is None else a.lo.max(b.lo)
    hi = b.hi if a.hi is None else a.hi if b.hi is None else a.hi.min(b.hi)
    return Interval(lo, hi)


Draws = Mapping[str, str]


def enclose(e: Term, box: Mapping[str, Interval], draws: Draws, seen: dict[int, Any]) -> Interval:
    """Enclose the values that a term takes at those points of a box where it is defined."""
    known = seen.get(id(e))
    if known is None:
        known = seen[id(e)] = (_enclose(e, box, draws, seen), e)  # e kept alive, so ids stay valid
    made: Interval = known[0]
    return made


def _enclose(e: Term, box: Mapping[str, Interval], draws: Draws, seen: dict[int, Any]) -> Interval:
    if e[0] == "num":
        return ball(arb(e[1]))
    if e[0] == "var":
        return ball(arb.pi()) if e[1] == "pi" else box[e[1]]
    if e[0] == "E":
        return expectation(e[1], tuple(sorted(draws.items())))
    a = enclose(e[1], box, draws, seen)
    match e[0]:
        case "+":
            return i_add(a, enclose(e[2], box, draws, seen))
        case "*":
            if e[1] == e[2]:
                return i_power(a, fmpq(2))
            return i_mul(a, enclose(e[2], box, draws, seen))
        case "/":
            return i_mul(a, i_inverse(enclose(e[2], box, draws, seen)))
        case "**" if e[2][0] == "num":
            return i_power(a, e[2][1])
        case "**":
            if a.lo is None or a.lo < 0:
                return WHOLE
            exponent = i_mul(enclose(e[2], box, draws, seen), i_log(a))
            return i_increasing(arb.exp, exponent, 0, None)
        case "exp":
            return i_increasing(arb.exp, a, 0, None)
        case "log":
            return i_log(a)
        case "tanh":
            return i_increasing(arb.tanh, a, -1, 1)
        case "sinh":
            return i_increasing(arb.sinh, a, None, None)
        case "cosh":
            return i_increasing(arb.cosh, i_abs(a), None, None)
        case "abs":
            return i_abs(a)
        case "sin":
            return i_wave(arb.sin, a)
        case "cos":
            return i_wave(arb.cos, a)
        case "sign":
            positive, negative = a.lo is not None and a.lo > 0, a.hi is not None and a.hi < 0
            return Interval(arb(1 if positive else -1), arb(-1 if negative else 1))
    raise Rejected(f"no enclosure for {e[0]}")


@lru_cache(maxsize=512)
def expectation(e: Term, draws: tuple[tuple[str, str], ...]) -> Interval:
    """Enclose E f(w) for one drawn w: quadrature of (f(w) + f(-w)) over w >= 0, tail bounded."""
    laws = dict(draws)
    names = variables(e) - {"pi"}
    if len(names) != 1 or not names <= set(laws):
        raise Rejected("an expectation must be over exactly one drawn variable")
    (w,) = names
    mirrored = substitute(e, w, neg(("var", w)))
    gaussian = laws[w] == "gaussian"
    scale, bound = growth(e, w)
    end = arb(16) + arb(bound) if gaussian else arb(3).sqrt()

    def integrand(x: acb, analytic: bool) -> acb:
        total = acb_value(e, w, x, analytic) + acb_value(mirrored, w, x, analytic)
        return total * (-x * x / 2).exp() if gaussian else total

    body = acb.integral(integrand, 0, acb(end)).real
    if not gaussian:
        return ball(body / (2 * end))
    # |f(w)| <= scale e^(bound |w|) for |w| >= 1, so each tail is at most the integral of
    # scale e^(bound w - w^2/2), which is scale e^(bound^2/2) sqrt(pi/2) erfc((end-bound)/sqrt 2).
    root2 = arb(2).sqrt()
    tail = arb(scale) * (arb(bound) ** 2 / 2).exp() * ((end - arb(bound)) / root2).erfc()
    made = body / (2 * arb.pi()).sqrt()
    return outward(made - tail, made + tail)


def acb_value(e: Term, w: str, x: acb, analytic: bool) -> acb:
    """Evaluate at complex x; not finite where the formula is not analytic (Re x >= 0: |x| = x)."""
    if e[0] == "num":
        return acb(arb(e[1]))
    if e[0] == "var":
        return acb(arb.pi()) if e[1] == "pi" else x
    if e[0] == "abs":
        if e[1] in (("var", w), neg(("var", w))):
            return x  # on the integration path x >= 0; x itself continues |x| analytically
        if w in variables(e[1]):
            raise Rejected("inside an expectation, abs is only known for the drawn variable")
    values = [acb_value(a, w, x, analytic) for a in e[1:]]
    match e[0]:
        case "+":
            return values[0] + values[1]
        case "*":
            return values[0] * values[1]
        case "/":
            return values[0] / values[1]
        case "**" if e[2][0] == "num" and e[2][1].q == 1:
            return values[0] ** int(e[2][1])
        case "**" if e[2] == num(fmpq(1, 2)):
            return values[0].sqrt(analytic=analytic)
        case "**":
            return (values[1] * values[0].log(analytic=analytic)).exp()
        case "log":
            return values[0].log(analytic=analytic)
        case "exp" | "sin" | "cos" | "tanh" | "sinh" | "cosh":
            return getattr(values[0], e[0])()
    raise Rejected(f"{e[0]} cannot be integrated")


def growth(e: Term, w: str) -> tuple[fmpq, fmpq]:
    """Find A, b with |f(w)| <= A e^(b |w|) whenever |w| >= 1."""
    if e[0] == "num":
        return abs(e[1]), fmpq(0)
    if e[0] == "var":
        return (fmpq(4), fmpq(0)) if e[1] == "pi" else (fmpq(1), fmpq(1))
    if e[0] in ("sin", "cos", "tanh", "sign"):
        return fmpq(1), fmpq(0)
    (A, b) = growth(e[1], w)
    match e[0]:
        case "+":
            (B, c) = growth(e[2], w)
            return A + B, max(b, c)
        case "*":
            (B, c) = growth(e[2], w)
            return A * B, b + c
        case "/" if e[2][0] == "num" and e[2][1] != 0:
            return A / abs(e[2][1]), b
        case "**" if e[2][0] == "num" and e[2][1] >= 0:
            if e[2][1].q != 1 and not _sign_ok(enclose(e[1], {w: WHOLE}, {}, {}), ">="):
                raise Rejected("a root of something negative inside an expectation")
            n = int(-(-e[2][1].p // e[2][1].q))  # u**r <= max(1, u)**ceil(r)
            return max(A, fmpq(1)) ** n, b * n
        case "abs":
            return A, b
        case "exp":
            slope = derivative(e[1], w)
            rest = substitute(e[1], w, ZERO)
            if slope[0] == "num" and rest[0] == "num":
                return fmpq(3) ** max(0, int(-(-rest[1].p // rest[1].q))), abs(slope[1])
    raise Rejected(f"no growth bound for {e[0]} inside an expectation")


# ----------------------------------------------------------------------------------- normal forms
# A polynomial is {monomial: coefficient}; a monomial is a sorted tuple of (atom number, exponent).
# Exponents are positive, except that atoms exp(...) > 0 may carry negative ones.

Monomial = tuple[tuple[int, int], ...]
Poly = dict[Monomial, fmpq]
ATOMS: list[Term] = []
_NUMBER_OF: dict[Term, int] = {}


def atom_number(e: Term) -> int:
    if e not in _NUMBER_OF:
        _NUMBER_OF[e] = len(ATOMS)
        ATOMS.append(e)
    return _NUMBER_OF[e]


def constant(value: Any) -> Poly:
    return {(): fmpq(value)} if value != 0 else {}


def p_add(a: Poly, b: Poly) -> Poly:
    total = dict(a)
    for m, c in b.items():
        total[m] = total.get(m, fmpq(0)) + c
        if total[m] == 0:
            del total[m]
    return total


def p_mul(a: Poly, b: Poly) -> Poly:
    if len(a) * len(b) > MAX_TERMS * 20:
        raise Rejected("a polynomial has too many terms")
    total: Poly = {}
    for m, c in a.items():
        for n, d in b.items():
            exponents = dict(m)
            for v, k in n:
                exponents[v] = exponents.get(v, 0) + k
            key = tuple(sorted((v, k) for v, k in exponents.items() if k))
            total[key] = total.get(key, fmpq(0)) + c * d
    if len(total) > MAX_TERMS:
        raise Rejected("a polynomial has too many terms")
    return {m: c for m, c in total.items() if c != 0}


def p_pow(a: Poly, n: int) -> Poly:
    if len(a) == 1:
        ((m, c),) = a.items()
        return {tuple((v, k * n) for v, k in m): c**n} if n else constant(1)
    result = constant(1)
    for _ in range(n):
        result = p_mul(result, a)
    return result


def p_term(a: Poly) -> Term:
    total = ZERO
    for m, c in sorted(a.items()):
        product = ("num", c)
        for v, k in m:
            product = mul(product, power(ATOMS[v], num(k)))
        total = add(total, product)
    return total


class Normal(NamedTuple):
    """The quotient top/bottom; bottom is not the zero polynomial."""

    top: Poly
    bottom: Poly


def q_add(a: Normal, b: Normal) -> Normal:
    if a.bottom == b.bottom:
        return Normal(p_add(a.top, b.top), a.bottom)
    top = p_add(p_mul(a.top, b.bottom), p_mul(b.top, a.bottom))
    return Normal(top, p_mul(a.bottom, b.bottom))


def _atom(e: Term, exponent: int = 1) -> Poly:
    return {((atom_number(e), exponent),): fmpq(1)} if exponent else constant(1)


class Normalizer:
    """Turns terms into quotients of polynomials in atoms, over one box.

    Rewriting is by true equations only: exp(a + b) = exp(a) exp(b); |a|^2 = a^2; a^(p/q) is a
    power of the root atom r with r^q = a; cos^2 = 1 - sin^2; log of a positive rational is a sum
    over its primes. Whether a formula is defined at all is not decided here but by conditions.
    """

    def __init__(self, goal: Goal) -> None:
        self.goal = goal
        self.squares: dict[int, tuple[int, Poly]] = {}  # atom -> (q, value of atom^q)
        self.units: dict[Monomial, int] = {}  # monomial in an exponent -> common denominator

    def __call__(self, e: Term) -> Normal:
        for _ in range(5):  # exp(x/2) and exp(x) must share an atom: repeat until units settle
            before = dict(self.units)
            made = self.normal(e)
            if before == self.units:
                return Normal(self.reduce(made.top), self.reduce(made.bottom))
        raise Rejected("exponents do not settle")

    def poly(self, e: Term) -> Poly:
        top, bottom = self.normal(e)
        if set(bottom) != {()}:
            raise Rejected("a quotient where a polynomial is wanted")
        return p_mul(top, constant(1 / bottom[()]))

    def normal(self, e: Term) -> Normal:
        match e[0]:
            case "num":
                return Normal(constant(e[1]), constant(1))
            case "var":
                return Normal(_atom(e), constant(1))
            case "+":
                return q_add(self.normal(e[1]), self.normal(e[2]))
            case "*":
                a, b = self.normal(e[1]), self.normal(e[2])
                return cancel(Normal(p_mul(a.top, b.top), p_mul(a.bottom, b.bottom)))
            case "/":
                a, b = self.normal(e[1]), self.normal(e[2])
                if not b.top:
                    raise Rejected("division by zero")
                return cancel(Normal(p_mul(a.top, b.bottom), p_mul(a.bottom, b.top)))
            case "**":
                return self.power(e[1], e[2])
            case "exp":
                return Normal(self.exponential(self.normal(e[1])), constant(1))
            case "cosh" | "sinh" | "tanh":
                up, down = build("exp", e[1]), build("exp", neg(e[1]))
                top = sub(up, down) if e[0] != "cosh" else add(up, down)
                return self.normal(div(top, num(2) if e[0] != "tanh" else add(up, down)))
            case "abs" | "sign":
                return self.absolute(e)
            case "log":
                return self.logarithm(self.normal(e[1]))
        if e[0] == "E":
            return self.moments(e)
        inner = self.term(self.normal(e[1])) if e[0] in ("sin", "cos") else e[1]
        made = build(e[0], inner)
        if made[0] == "cos":
            sine = _atom(("sin", inner))
            self.squares[atom_number(made)] = (
                2,
                p_add(constant(1), p_mul(constant(-1), p_pow(sine, 2))),
            )
        return self.normal(made) if made[0] == "num" else Normal(_atom(made), constant(1))

    def moments(self, e: Term) -> Normal:
        """E of a polynomial, from E w^n = 1 3 5 ... (n-1), or 3^(n/2)/(n+1) for the uniform law."""
        top, bottom = self.normal(e[1])
        if set(bottom) != {()} or any(
            ATOMS[v][0] != "var" or ATOMS[v][1] not in self.goal.draws for m in top for v, _ in m
        ):
            return Normal(_atom(e), constant(1))
        total = fmpq(0)
        for m, c in top.items():
            for v, n in m:  # different draws are independent
                gaussian = self.goal.draws[ATOMS[v][1]] == "gaussian"
                moment = fmpq(1) if gaussian else fmpq(3) ** (n // 2) / (n + 1)
                for odd in range(1, n, 2) if gaussian else ():
                    moment *= odd
                c = c * moment if n % 2 == 0 else fmpq(0)
            total += c
        return Normal(constant(total / bottom[()]), constant(1))

    def term(self, n: Normal) -> Term:
        n = Normal(self.reduce(n.top), self.reduce(n.bottom))
        return div(p_term(n.top), p_term(n.bottom))

    def power(self, base: Term, exponent: Term) -> Normal:
        b = self.normal(base)
        if exponent[0] != "num":
            return self.symbolic_power(b, self.poly(exponent))
        p, q = int(exponent[1].p), int(exponent[1].q)
        if abs(p) > 1000 or q > 1000:
            raise Rejected("an exponent is too large")
        if q == 1:
            if p < 0 and not b.top:
                raise Rejected("division by zero")
            up, down = (b.top, b.bottom) if p >= 0 else (b.bottom, b.top)
            return Normal(p_pow(up, abs(p)), p_pow(down, abs(p)))
        root = self.root(b, q)
        if p < 0 and not root.top:
            raise Rejected("division by zero")
        up, down = (root.top, root.bottom) if p >= 0 else (root.bottom, root.top)
        return Normal(p_pow(up, abs(p)), p_pow(down, abs(p)))

    def root(self, b: Normal, q: int) -> Normal:
        if len(b.top) == 1 and b.bottom == constant(1):
            ((m, c),) = b.top.items()
            exact = _rational_root(c, q)
            if exact is not None and all(k % q == 0 and self.nonnegative(v) for v, k in m):
                return Normal({tuple((v, k // q) for v, k in m): exact}, constant(1))
        if not b.top:
            return b
        atom = ("**", self.term(b), num(fmpq(1, q)))
        if set(b.bottom) == {()}:
            self.squares[atom_number(atom)] = (q, p_mul(b.top, constant(1 / b.bottom[()])))
        return Normal(_atom(atom), constant(1))

    def nonnegative(self, atom: int) -> bool:
        lo = self.goal.enclose(ATOMS[atom]).lo
        return lo is not None and bool(lo >= 0)

    def positive(self, atom: int) -> bool:
        r = atom_range(self.goal, ATOMS[atom])
        return r.lo is not None and bool(r.lo > 0 or (r.lo == 0 and r.lo_open))

    def symbolic_power(self, b: Normal, exponent: Poly) -> Normal:
        """u^(n + c) = u^n u^c; conditions ensure u > 0 unless all of this is nonnegative."""
        whole = exponent.get((), fmpq(0))
        if any(c.q != 1 for c in exponent.values()) or abs(whole) > 1000:
            raise Rejected("a symbolic exponent must have integer coefficients")
        if not b.top:
            raise Rejected("a symbolic power of zero")
        up = self.power(self.term(b), ("num", whole))
        for m, c in exponent.items():
            if m:
                factor = ("**", self.term(b), p_term({m: fmpq(1)}))
                made = p_pow(_atom(factor), abs(int(c)))
                if c > 0:
                    up = Normal(p_mul(up.top, made), up.bottom)
                else:
                    up = Normal(up.top, p_mul(up.bottom, made))
        return up

    def exponential(self, n: Normal) -> Poly:
        if set(n.bottom) != {()}:
            n = Normal(_atom(self.term(n)) if n.top else {}, constant(1))
        total = constant(1)
        for m, c in n.top.items():
            c = c / n.bottom[()]
            unit = self.units.get(m, 1)
            if (c * unit).q != 1:
                unit = self.units[m] = unit * int((c * unit).q)
            if abs(c * unit) > 10_000:
                raise Rejected("an exponent is too large")
            argument = p_term({m: fmpq(1, unit)})
            total = p_mul(total, _atom(("exp", argument), int(c * unit)))
        return total

    def absolute(self, e: Term) -> Normal:
        a = self.normal(e[1])
        inner = self.term(a)
        found = self.goal.enclose(inner)
        if found.lo is not None and (found.lo > 0 or (found.lo >= 0 and e[0] == "abs")):
            return a if e[0] == "abs" else Normal(constant(1), constant(1))
        if found.hi is not None and (found.hi < 0 or (found.hi <= 0 and e[0] == "abs")):
            minus = constant(-1)
            return Normal(
                p_mul(minus, a.top if e[0] == "abs" else constant(1)),
                a.bottom if e[0] == "abs" else constant(1),
            )
        if inner[0] == "num":
            return self.normal(("num", abs(inner[1]) if e[0] == "abs" else fmpq(0)))
        made = (e[0], inner)
        if e[0] == "abs" and set(a.bottom) == {()}:
            self.squares[atom_number(made)] = (
                2,
                p_mul(p_pow(a.top, 2), constant(1 / a.bottom[()] ** 2)),
            )
        return Normal(_atom(made), constant(1))

    def logarithm(self, n: Normal) -> Normal:
        inner = self.term(n)
        if inner[0] == "num" and inner[1] > 0:
            total: Poly = {}
            for sign, value in ((1, int(inner[1].p)), (-1, int(inner[1].q))):
                for prime, k in _factors(value):
                    total = p_add(total, p_mul(constant(sign * k), _atom(("log", num(prime)))))
            return Normal(total, constant(1))
        if len(n.top) == 1 and len(n.bottom) == 1:  # a product of positive powers
            ((m, c),), ((d, b),) = n.top.items(), n.bottom.items()
            if c / b > 0 and (m or d) and all(self.positive(v) for v, _ in (*m, *d)):
                made = self.logarithm(Normal(constant(c / b), constant(1)))
                for sign, product in ((1, m), (-1, d)):
                    for v, k in product:
                        atom = ATOMS[v]
                        one = (
                            self.normal(atom[1])
                            if atom[0] == "exp"
                            else Normal(_atom(("log", atom)), constant(1))
                        )
                        scaled = Normal(p_mul(constant(sign * k), one.top), one.bottom)
                        made = q_add(made, scaled)
                return made
        return Normal(_atom(("log", inner)), constant(1))

    def reduce(self, a: Poly) -> Poly:
        """Replace atom^q by its value wherever that is known, until nothing changes."""
        for _ in range(200):
            hit = next(
                (
                    (m, v, k)
                    for m in a
                    for v, k in m
                    if v in self.squares and k >= self.squares[v][0]
                ),
                None,
            )
            if hit is None:
                return a
            m, v, _ = hit
            q, value = self.squares[v]
            rest = {tuple((u, (j - q if u == v else j)) for u, j in m if u != v or j > q): a[m]}
            a = p_add({n: c for n, c in a.items() if n != m}, p_mul(rest, value))
        raise Rejected("a polynomial does not reduce")


def cancel(n: Normal) -> Normal:
    """Divide top and bottom by their common monomial (conditions: the bottom is not zero)."""
    if not n.top or len(n.bottom) > 200:
        return n
    common: dict[int, int] | None = None
    for m in itertools.chain(n.top, n.bottom):
        have = dict(m)
        common = (
            have
            if common is None
            else {
                v: min(k, have.get(v, 0)) for v, k in common.items() if k > 0 and have.get(v, 0) > 0
            }
        )
        if not common:
            return n
    shift = {tuple((v, -k) for v, k in sorted((common or {}).items())): fmpq(1)}
    return Normal(p_mul(n.top, shift), p_mul(n.bottom, shift))


def _rational_root(c: fmpq, q: int) -> fmpq | None:
    if c < 0:
        return None
    parts = []
    for value in (int(c.p), int(c.q)):
        guess = round(value ** (1.0 / q)) if value < 10**15 else 0
        near = next((g for g in (guess - 1, guess, guess + 1) if g >= 0 and g**q == value), None)
        if near is None:
            return None
        parts.append(near)
    return fmpq(parts[0], parts[1])


def _factors(value: int) -> Iterator[tuple[int, int]]:
    """Factor by trial division; a large cofactor stays whole, which is as good for our purpose."""
    for prime in itertools.chain((2,), range(3, 1000, 2)):
        k = 0
        while value % prime == 0:
            value, k = value // prime, k + 1
        if k:
            yield prime, k
    if value > 1:
        yield value, 1


# ------------------------------------------------------------------------------ goals, conditions


class Range(NamedTuple):
    """The values of one variable: from lo to hi, rationals or None where there is no end."""

    lo: Any
    hi: Any
    lo_open: bool = False
    hi_open: bool = False


Fact = tuple[str, Term, str]
RELATIONS = (">=", ">", "==", "!=")


@dataclass(frozen=True)
class Goal:
    """For all points of the box that satisfy the facts: target >= 0 (or > 0, == 0, != 0)."""

    box: Mapping[str, Range]
    facts: tuple[Fact, ...]
    target: Term
    relation: str
    draws: Draws = field(default_factory=dict)
    integers: frozenset[str] = frozenset()
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def but(self, **changes: Any) -> Goal:
        return replace(self, memo={}, **changes)

    def narrowed(self, x: str, **ends: Any) -> Goal:
        return self.but(box={**self.box, x: self.box[x]._replace(**ends)})

    def enclose(self, e: Term) -> Interval:
        if "box" not in self.memo:
            self.memo["box"] = {
                x: outward(None if r.lo is None else arb(r.lo), None if r.hi is None else arb(r.hi))
                for x, r in self.box.items()
            }
            self.memo["seen"] = {}
        return enclose(e, self.memo["box"], self.draws, self.memo["seen"])

    def normal(self, e: Term) -> Normal:
        known: dict[Term, Normal] = self.memo.setdefault("normal", {})
        if e not in known:
            known[e] = Normalizer(self)(e)
        return known[e]


def conditions(goal: Goal, e: Term) -> list[Goal]:
    """What must hold for a term to be defined, as goals in the context of another."""
    found: dict[tuple[Term, str], None] = {}

    def visit(t: Term) -> None:
        if t[0] in ("num", "var", "E"):
            return
        for part in t[1:]:
            visit(part)
        if t[0] == "log":
            found[t[1], ">"] = None
        elif t[0] == "/":
            found[t[2], "!="] = None
        elif t[0] == "**" and t[2][0] != "num":
            if not _counts(goal, t[2]):
                found[t[1], ">"] = None
        elif t[0] == "**" and t[2][1].q != 1:
            found[t[1], ">=" if t[2][1] > 0 else ">"] = None
        elif t[0] == "**" and t[2][1] < 0:
            found[t[1], "!="] = None

    visit(e)
    return [goal.but(target=t, relation=r) for t, r in found if not _obvious(t, r)]


def _obvious(t: Term, relation: str) -> bool:
    if t[0] == "num":
        return (
            bool(t[1] > 0)
            or (relation == ">=" and bool(t[1] >= 0))
            or (relation == "!=" and bool(t[1] != 0))
        )
    return t[0] in ("exp", "cosh")


def _counts(goal: Goal, exponent: Term) -> bool:
    """Whether an exponent is a sum of nonnegative integers, so that any base will do."""
    p = goal.normal(exponent)
    return p.bottom == constant(1) and all(
        c.q == 1
        and c > 0
        and all(
            ATOMS[v][0] == "var"
            and ATOMS[v][1] in goal.integers
            and goal.box[ATOMS[v][1]].lo is not None
            and goal.box[ATOMS[v][1]].lo >= 0
            for v, _ in m
        )
        for m, c in p.top.items()
    )


# ------------------------------------------------------------------------------------------ rules

Node = Mapping[str, Any]


def _variable(goal: Goal, node: Node) -> str:
    x = node["variable"]
    if x not in goal.box:
        raise Rejected(f"no variable {x!r}")
    return str(x)


def _mentions(facts: tuple[Fact, ...], x: str) -> bool:
    return any(x in variables(e) for _, e, _ in facts)


def rule_identity(goal: Goal, node: Node) -> list[Goal]:
    """The numerator is the zero polynomial, so the term is zero wherever it is defined."""
    if goal.relation not in (">=", "==") or goal.normal(goal.target).top:
        raise Rejected("not an identity")
    return []


def rule_ball(goal: Goal, node: Node) -> list[Goal]:
    """An enclosure of the target over the whole box has the right sign."""
    if not _sign_ok(goal.enclose(goal.target), goal.relation) and not _sign_ok(
        mean_value(goal), goal.relation
    ):
        raise Rejected("the enclosure does not decide")
    return []


def _sign_ok(r: Interval, relation: str) -> bool:
    up, down = r.lo is not None and r.lo > 0, r.hi is not None and r.hi < 0
    match relation:
        case ">=":
            return r.lo is not None and bool(r.lo >= 0)
        case ">":
            return bool(up)
        case "!=":
            return bool(up or down)
    return False


def mean_value(goal: Goal) -> Interval:
    """f(c) + sum of f_i(box) (x_i - c_i); needs finite derivative enclosures, so f is Lipschitz."""
    names = sorted(variables(goal.target) - {"pi"})
    ranges = {x: goal.box[x] for x in names}
    if not names or any(r.lo is None or r.hi is None for r in ranges.values()):
        return WHOLE
    centre = {x: (r.lo + r.hi) / 2 for x, r in ranges.items()}
    point = {x: ball(arb(c)) for x, c in centre.items()}
    total = enclose(goal.target, point, goal.draws, {})
    for x in names:
        slope = goal.enclose(_slope(goal.target, x))
        if None in slope:
            return WHOLE
        reach = (ranges[x].hi - ranges[x].lo) / 2
        total = i_add(total, i_mul(slope, outward(arb(-reach), arb(reach))))
    return total


@lru_cache(maxsize=4096)
def _slope(e: Term, x: str) -> Term:
    return derivative(e, x)


def rule_coefficients(goal: Goal, node: Node) -> list[Goal]:
    """Bernstein form: with x = (lo + hi t)/(1 + t) (or lo + t), all coefficients have one sign.

    Atoms other than variables count as further variables, confined to their enclosures. The
    denominator is not zero (conditions), so it is enough that it has no wrong sign.
    """
    if goal.relation == "==":
        raise Rejected("an equation is not shown by signs")
    top, bottom = goal.normal(goal.target)
    strict = goal.relation in (">", "!=")
    for sign in (1, -1):
        for other in (1, -1):
            wanted = goal.relation == "!=" or sign == other
            if (
                wanted
                and bernstein(goal, p_mul(constant(sign), top), strict)
                and bernstein(goal, p_mul(constant(other), bottom), False)
            ):
                return []
    raise Rejected("the coefficients do not have one sign")


def bernstein(goal: Goal, p: Poly, strict: bool) -> bool:
    """Whether p >= 0 (strictly: > 0) over the box is plain from its coefficients."""
    atoms = sorted({v for m in p for v, _ in m})
    ranges = {v: atom_range(goal, ATOMS[v]) for v in atoms}
    if any(r.lo is None and r.hi is None for r in ranges.values()):
        return False
    degrees: dict[int, int] = {}
    for v in atoms:
        lowest = min(dict(m).get(v, 0) for m in p)
        if lowest < 0:  # an atom exp(...) > 0 with negative exponents: multiply by its power
            p = {
                tuple(
                    sorted(
                        (u, k) for u, k in {**dict(m), v: dict(m).get(v, 0) - lowest}.items() if k
                    )
                ): c
                for m, c in p.items()
            }
        degrees[v] = max((dict(m).get(v, 0) for m in p), default=0)
        p = _moved(p, v, ranges[v], degrees[v])
        if len(p) > MAX_TERMS:
            return False
    if any(c < 0 for c in p.values()):
        return False
    return not strict or _positive_on_faces(p, ranges, degrees)


def _moved(p: Poly, v: int, r: Range, degree: int) -> Poly:
    """Substitute the parametrisation of a range by t in [0, oo] for one atom; clear (1 + t)."""
    t: Poly = {((v, 1),): fmpq(1)}
    if r.lo is not None and r.hi is not None:
        up, down = p_add(constant(r.lo), p_mul(constant(r.hi), t)), p_add(constant(1), t)
    elif r.lo is not None:
        up, down = p_add(constant(r.lo), t), constant(1)
    else:
        up, down = p_add(constant(r.hi), p_mul(constant(-1), t)), constant(1)
    ups, downs = [constant(1)], [constant(1)]
    for _ in range(degree):
        ups.append(p_mul(ups[-1], up))
        downs.append(p_mul(downs[-1], down))
    groups: dict[int, Poly] = {}
    for m, c in p.items():
        k = dict(m).get(v, 0)
        groups.setdefault(k, {})[tuple((u, j) for u, j in m if u != v)] = c
    total: Poly = {}
    for k, part in groups.items():
        total = p_add(total, p_mul(part, p_mul(ups[k], downs[degree - k])))
    return total


def _positive_on_faces(p: Poly, ranges: Mapping[int, Range], degree: Mapping[int, int]) -> bool:
    """Every face of the box that belongs to it needs a positive coefficient of its own.

    The face t = 0 keeps exponent 0, the face t = oo the full degree (before any cancellation).
    """
    if len(ranges) > 6:
        return False
    choices = []
    for v, r in ranges.items():
        ends: list[tuple[int, int | None]] = [(v, None)]
        start_open, end_open = (r.lo_open, r.hi_open) if r.lo is not None else (r.hi_open, True)
        if not start_open:
            ends.append((v, 0))
        if r.lo is not None and r.hi is not None and not end_open:
            ends.append((v, degree[v]))
        choices.append(ends)
    return all(
        any(all(k is None or dict(m).get(v, 0) == k for v, k in face) for m in p)
        for face in itertools.product(*choices)
    )


def atom_range(goal: Goal, atom: Term) -> Range:
    if atom[0] == "var" and atom[1] in goal.box:
        return goal.box[atom[1]]
    found = goal.enclose(atom)
    lo, hi = (None if end is None else _rational(end) for end in found)
    return Range(lo, hi, lo_open=atom[0] == "exp")


def _rational(x: arb) -> fmpq:
    mantissa, exponent = x.man_exp()
    return fmpq(mantissa) * fmpq(2) ** int(exponent)


def rule_cone(goal: Goal, node: Node) -> list[Goal]:
    """The target equals a sum of terms c * (product of facts >= 0) * (polynomial)^2, c >= 0.

    A fact is a hypothesis, an end of a range, or (with its own sign-free multiplier instead of a
    square) an equation. For a strict target, one term must be a positive constant times facts
    that are themselves strict.
    """
    top, bottom = goal.normal(goal.target)
    if set(bottom) != {()}:
        raise Rejected("a sum of squares is for polynomials")
    normalizer = Normalizer(goal)
    total: Poly = {}
    strict = False
    for term in node["terms"]:
        c = rational(term["coefficient"])
        square = normalizer.poly(_given(goal, term["square"]))
        product, positive, equation = constant(c), True, False
        for label in term["facts"]:
            e, relation = fact(goal, label)
            product = p_mul(product, normalizer.poly(e))
            positive &= relation == ">"
            equation |= relation == "=="
        if c < 0 and not equation:
            raise Rejected("a negative coefficient")
        product = p_mul(product, square if equation else p_mul(square, square))
        strict |= positive and c > 0 and not equation and set(square) == {()}
        total = p_add(total, product)
    total = normalizer.reduce(p_mul(total, bottom)) if bottom[()] > 0 else {}
    if normalizer.reduce(p_add(top, p_mul(constant(-1), total))) or bottom[()] < 0:
        raise Rejected("the terms do not add up to the target")
    if goal.relation == "==" or (goal.relation != ">=" and not strict):
        raise Rejected("the terms do not give a strict inequality")
    return []


def fact(goal: Goal, label: str) -> tuple[Term, str]:
    """A known nonnegative term: a hypothesis by name, or ``lo:x`` / ``hi:x`` for a range."""
    kind, _, x = label.partition(":")
    if kind in ("lo", "hi") and x in goal.box:
        r = goal.box[x]
        if kind == "lo" and r.lo is not None:
            return sub(("var", x), ("num", r.lo)), ">" if r.lo_open else ">="
        if kind == "hi" and r.hi is not None:
            return sub(("num", r.hi), ("var", x)), ">" if r.hi_open else ">="
    for known, e, relation in goal.facts:
        if known == label and relation != "!=":
            return e, relation
    raise Rejected(f"no usable fact {label!r}")


def rule_split(goal: Goal, node: Node) -> list[Goal]:
    """The box is the union of its two parts."""
    x, at = _variable(goal, node), rational(node["at"])
    r = goal.box[x]
    if (r.lo is not None and at <= r.lo) or (r.hi is not None and at >= r.hi):
        raise Rejected("the split is outside the box")
    left = goal.narrowed(x, hi=at, hi_open=False)
    if x in goal.integers:
        floor = fmpq(int(at.p // at.q))
        return [
            goal.narrowed(x, hi=floor, hi_open=False),
            goal.narrowed(x, lo=floor + 1, lo_open=False),
        ]
    return [left, goal.narrowed(x, lo=at, lo_open=False)]


def rule_enumerate(goal: Goal, node: Node) -> list[Goal]:
    """An integer variable in a bounded range takes each of finitely many values."""
    x = _variable(goal, node)
    r = goal.box[x]
    if x not in goal.integers or r.lo is None or r.hi is None or r.hi - r.lo > 1000:
        raise Rejected("not a finite integer range")
    first, last = int(-(-r.lo.p // r.lo.q)), int(r.hi.p // r.hi.q)
    return [_at(goal, x, num(n)) for n in range(first, last + 1)]


def _at(goal: Goal, x: str, value: Term) -> Goal:
    return goal.but(
        target=substitute(goal.target, x, value),
        facts=tuple((n, substitute(e, x, value), r) for n, e, r in goal.facts),
    )


def rule_restrict(goal: Goal, node: Node) -> list[Goal]:
    """A fact a x + b >= 0 with numbers a, b bounds x."""
    e, relation = fact(goal, node["fact"])
    top, bottom = goal.normal(e)
    atoms = {v for m in top for v, _ in m}
    if set(bottom) != {()} or len(atoms) != 1 or relation == "==":
        raise Rejected("the fact does not bound one variable")
    (v,) = atoms
    x = ATOMS[v]
    slope, offset = top.get(((v, 1),), fmpq(0)) / bottom[()], top.get((), fmpq(0)) / bottom[()]
    if (
        slope == 0
        or any(m not in ((), ((v, 1),)) for m in top)
        or x[0] != "var"
        or x[1] not in goal.box
    ):
        raise Rejected("the fact is not linear in a variable")
    bound, is_open, r = -offset / slope, relation == ">", goal.box[x[1]]
    if x[1] in goal.integers:  # round to the next integer inside
        inside = fmpq(-int(-bound.p // bound.q)) if slope > 0 else fmpq(int(bound.p // bound.q))
        step = fmpq(1 if slope > 0 else -1)
        bound, is_open = (inside + step if is_open and inside == bound else inside), False
    if slope > 0 and (r.lo is None or bound > r.lo or (bound == r.lo and is_open > r.lo_open)):
        return [goal.narrowed(x[1], lo=bound, lo_open=is_open)]
    if slope < 0 and (r.hi is None or bound < r.hi or (bound == r.hi and is_open > r.hi_open)):
        return [goal.narrowed(x[1], hi=bound, hi_open=is_open)]
    raise Rejected("the fact does not narrow the box")


def rule_void(goal: Goal, node: Node) -> list[Goal]:
    """The box is empty."""
    for r in goal.box.values():
        bounded = r.lo is not None and r.hi is not None
        if bounded and (r.lo > r.hi or (r.lo == r.hi and (r.lo_open or r.hi_open))):
            return []
    raise Rejected("the box is not empty")


def rule_absurd(goal: Goal, node: Node) -> list[Goal]:
    """A fact fails everywhere (where it is defined), so there is nothing to show."""
    for name, e, relation in goal.facts:
        if name == node["fact"]:
            rest = tuple(f for f in goal.facts if f[0] != name)
            opposite = {">=": ">", ">": ">=", "==": "!=", "!=": "=="}[relation]
            target = e if relation in ("==", "!=") else neg(e)
            negation = goal.but(target=target, relation=opposite, facts=rest)
            return [negation, *conditions(negation, e)]
    raise Rejected("no such fact")


def rule_cases(goal: Goal, node: Node) -> list[Goal]:
    """Either e >= 0 or -e >= 0; e must be defined. Each case may use its own fact."""
    e = _given(goal, node["term"])
    name = f"case{len(goal.facts)}"
    return [
        goal.but(facts=(*goal.facts, (name, e, ">=")), target=_signed(goal.target, e, ONE)),
        goal.but(facts=(*goal.facts, (name, neg(e), ">=")), target=_signed(goal.target, e, MINUS)),
        *conditions(goal, e),
    ]


def _given(goal: Goal, text: str) -> Term:
    """Read a term of the certificate's own; expectations belong to statements alone."""
    e = parse(text, {x: ("var", x) for x in (*goal.box, "pi")})
    if _contains(e, "E"):
        raise Rejected("an expectation in a given term")
    return e


def _signed(t: Term, e: Term, sign: Term) -> Term:
    """Replace abs(e) by sign * e."""
    if t[0] in ("num", "var", "E"):
        return t
    if t == ("abs", e):
        return mul(sign, e)
    return build(t[0], *(_signed(a, e, sign) for a in t[1:]))


def rule_fraction(goal: Goal, node: Node) -> list[Goal]:
    """top/bottom has the sign of top when bottom > 0 (of -top when bottom < 0)."""
    top, bottom = goal.normal(goal.target)
    sign = {"+": 1, "-": -1}[node["bottom"]]
    if set(bottom) == {()} and bottom[()] == sign and sign == 1:
        raise Rejected("not a quotient")
    return [
        goal.but(target=p_term(p_mul(constant(sign), bottom)), relation=">"),
        goal.but(target=p_term(p_mul(constant(sign), top))),
    ]


def rule_factor(goal: Goal, node: Node) -> list[Goal]:
    """The target is c times a product of powers, c > 0; odd powers must have the right sign.

    For a strict target every factor has to be positive, even under an even power.
    """
    if goal.relation not in (">=", ">", "!="):
        raise Rejected("an equation is not shown by factors")
    top, bottom = goal.normal(goal.target)
    c = rational(node["coefficient"])
    if set(bottom) != {()} or bottom[()] <= 0 or c <= 0:
        raise Rejected("a factorisation needs a polynomial and a positive coefficient")
    normalizer = Normalizer(goal)
    product, remaining = constant(c), []
    for factor in node["factors"]:
        e, k = _given(goal, factor["term"]), natural(factor["exponent"])
        product = p_mul(product, p_pow(normalizer.poly(e), k))
        remaining.extend(conditions(goal, e))
        if goal.relation == ">=" and k % 2 == 0:
            continue
        even = "!=" if k % 2 == 0 else goal.relation
        remaining.append(goal.but(target=e, relation=even))
    if normalizer.reduce(p_add(p_mul(product, bottom), p_mul(constant(-1), top))):
        raise Rejected("the factors do not multiply to the target")
    if not node["factors"]:
        raise Rejected("no factors")
    return remaining


def rule_square(goal: Goal, node: Node) -> list[Goal]:
    """L <= R follows from R >= 0 and L^2 <= R^2; the target has to read R - L."""
    if goal.relation not in (">=", ">") or goal.target[0] != "+":
        raise Rejected("not a difference")
    right, left = goal.target[1], neg(goal.target[2])
    gap = sub(power(right, num(2)), power(left, num(2)))
    return [goal.but(target=right, relation=">="), goal.but(target=gap)]


def rule_logarithm(goal: Goal, node: Node) -> list[Goal]:
    """L <= R follows from R > 0, L > 0 and log L <= log R; the target has to read R - L."""
    if goal.relation not in (">=", ">") or goal.target[0] != "+":
        raise Rejected("not a difference")
    right, left = goal.target[1], neg(goal.target[2])
    gap = sub(build("log", right), build("log", left))
    signs = [goal.but(target=e, relation=">") for e in (right, left)]
    return [*signs, goal.but(target=gap)]


def rule_monotone(goal: Goal, node: Node) -> list[Goal]:
    """From one end of a range the target grows: its value there, and the sign of its derivative.

    The path from the end to the point must stay where all is known: so facts about x are dropped,
    with the fact that x is an integer, and the target's conditions are shown again without them,
    and at the end itself. The target is continuous there (no sign function), and differentiable
    inside, where the conditions of the derivative are shown; abs has a derivative off a discrete
    set, which is enough.
    """
    x = _variable(goal, node)
    at_lo = {"lo": True, "hi": False}[node["end"]]
    r = goal.box[x]
    end, end_open = (r.lo, r.lo_open) if at_lo else (r.hi, r.hi_open)
    if end is None or goal.relation not in (">=", ">") or _contains(goal.target, "sign"):
        raise Rejected("no monotone argument from there")
    free = goal.but(
        facts=tuple(f for f in goal.facts if x not in variables(f[1])),
        integers=goal.integers - {x},  # the path runs through the reals between
    )
    slope = derivative(goal.target, x)
    inside = free.narrowed(x, lo_open=True, hi_open=True)
    strict = goal.relation == ">"
    start = _at(free, x, ("num", end)).but(relation=">" if strict and not end_open else ">=")
    growth_goal = inside.but(
        target=slope if at_lo else neg(slope), relation=">" if strict and end_open else ">="
    )
    known = set()
    if not _mentions(goal.facts, x) and x not in goal.integers:
        known = {(g.target, g.relation) for g in conditions(goal, goal.target)}
    needed = [g for g in conditions(inside, goal.target) if (g.target, g.relation) not in known]
    needed += [g for g in conditions(inside, slope) if (g.target, g.relation) not in known]
    needed += [_at(g, x, ("num", end)) for g in conditions(free, goal.target)]
    unique = {(g.target, g.relation): g for g in needed if not _obvious(g.target, g.relation)}
    return [start, growth_goal, *unique.values()]


def _contains(t: Term, head: str) -> bool:
    return t[0] == head or (t[0] not in ("num", "var") and any(_contains(a, head) for a in t[1:]))


def rule_substitute(goal: Goal, node: Node) -> list[Goal]:
    """A change of variable that maps the new range onto the old: x = t^q, 1/t or exp(t)."""
    x = _variable(goal, node)
    r, form = goal.box[x], node["form"]
    if r.lo is None or r.lo < 0:
        raise Rejected("the variable must not be negative")
    if form == "reciprocal":
        if r.lo == 0 and not r.lo_open:
            raise Rejected("the variable may be zero")
        new = Range(
            fmpq(0) if r.hi is None else 1 / r.hi,
            None if r.lo == 0 else 1 / r.lo,
            True if r.hi is None else r.hi_open,
            r.lo_open,
        )
        value = div(ONE, ("var", x))
    elif form == "exponential":
        if (r.lo, r.lo_open, r.hi) != (0, True, None):
            raise Rejected("the range is not that of the exponential function")
        new, value = Range(None, None), build("exp", ("var", x))
    elif form == "power":
        q = natural(node["degree"])
        lo, hi = (None if end is None else _rational_root(end, q) for end in (r.lo, r.hi))
        if q < 2 or lo is None or (hi is None) != (r.hi is None):
            raise Rejected("the ends of the range are not powers")
        new, value = Range(lo, hi, r.lo_open, r.hi_open), power(("var", x), num(q))
    else:
        raise Rejected(f"unknown substitution {form!r}")
    made = _at(goal, x, value).but(box={**goal.box, x: new}, integers=goal.integers - {x})
    # An integer becomes a real number: the conditions have to hold in between, too.
    return [made, *(conditions(made, made.target) if x in goal.integers else [])]


def rule_induction(goal: Goal, node: Node) -> list[Goal]:
    """Base case at the lower end, and the step from n to n + 1; facts about n are dropped."""
    x = _variable(goal, node)
    r = goal.box[x]
    if x not in goal.integers or r.lo is None or r.lo.q != 1 or r.lo_open:
        raise Rejected("induction needs an integer variable with a lower end")
    facts = tuple(f for f in goal.facts if x not in variables(f[1]))
    free = goal.narrowed(x, hi=None, hi_open=False).but(facts=facts)
    shifted = substitute(goal.target, x, add(("var", x), ONE))
    assumed = (f"induction{len(facts)}", goal.target, goal.relation)
    return [_at(free, x, ("num", r.lo)), free.but(facts=(*facts, assumed), target=shifted)]


RULES: Mapping[str, tuple[Callable[[Goal, Node], list[Goal]], frozenset[str]]] = {
    name: (rule, frozenset(parameters.split()))
    for name, rule, parameters in (
        ("identity", rule_identity, ""),
        ("ball", rule_ball, ""),
        ("coefficients", rule_coefficients, ""),
        ("cone", rule_cone, "terms"),
        ("split", rule_split, "variable at"),
        ("enumerate", rule_enumerate, "variable"),
        ("restrict", rule_restrict, "fact"),
        ("void", rule_void, ""),
        ("absurd", rule_absurd, "fact"),
        ("cases", rule_cases, "term"),
        ("fraction", rule_fraction, "bottom"),
        ("factor", rule_factor, "coefficient factors"),
        ("square", rule_square, ""),
        ("logarithm", rule_logarithm, ""),
        ("monotone", rule_monotone, "variable end"),
        ("substitute", rule_substitute, "variable form degree"),
        ("induction", rule_induction, "variable"),
    )
}


def refine(goal: Goal, node: Node) -> list[Goal]:
    """Apply one rule; the returned goals together imply the given one.

    Raises
    ------
    Rejected
        If the rule does not apply.
    Malformed
        If the node is not a rule with its parameters.
    """
    if not isinstance(node, Mapping) or node.get("rule") not in RULES:
        raise Malformed(f"no rule {str(node)[:60]!r}")
    rule, parameters = RULES[node["rule"]]
    if set(node) - {"rule", "parts"} != parameters:
        raise Malformed(f"wrong parameters of the rule {node['rule']!r}")
    with working_precision():
        try:
            return rule(goal, node)
        except (KeyError, TypeError, AttributeError, RecursionError) as wrong:
            raise Malformed(f"bad parameters of {node['rule']!r}: {wrong}") from None


@contextmanager
def working_precision() -> Iterator[None]:
    """Set flint's global precision, and put it back."""
    saved = ctx.prec
    ctx.prec = PRECISION
    try:
        yield
    finally:
        ctx.prec = saved


def verify(goal: Goal, node: Any, budget: list[int] | None = None) -> None:
    """Check a tree of rules against a goal; return if and only if no goal remains."""
    budget = [MAX_NODES] if budget is None else budget
    stack = [(goal, node)]
    while stack:
        here, tree = stack.pop()
        budget[0] -= 1
        if budget[0] < 0:
            raise Malformed("the certificate has too many nodes")
        remaining = refine(here, tree)
        parts = tree.get("parts", [])
        if not isinstance(parts, list) or len(parts) != len(remaining):
            raise Rejected(
                f"{tree['rule']!r} leaves {len(remaining)} goals, {len(parts)} are argued"
            )
        stack.extend(zip(remaining, parts, strict=True))


# ----------------------------------------------------------------------------------- certificates


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


def read_statement(text: str) -> Goal:
    """Derive the goal from a statement's canonical text, and from nothing else."""
    data = _json(text)
    wanted = {"variables", "definitions", "hypotheses", "conclusion", "constants", "scope"}
    if not isinstance(data, dict) or set(data) != wanted:
        raise Malformed("not a statement")
    try:
        domains, constants = data["variables"], data["constants"]
        known: dict[str, Term] = {"pi": ("var", "pi")}
        known |= {x: ("var", x) for x in domains}
        known |= {c: ("num", rational(v)) for c, v in constants.items()}
        for name, meaning in data["definitions"]:
            known[name] = parse(meaning, known)
        if len(known) != 1 + len(domains) + len(constants) + len(data["definitions"]):
            raise Malformed("a name is used twice")
        facts = tuple((n, *_relation(r, known)) for n, r in sorted(data["hypotheses"].items()))
        target, relation = _relation(data["conclusion"], known)
    except (AttributeError, TypeError, ValueError) as wrong:
        raise Malformed(f"not a statement: {wrong}") from None
    box = {}
    for x, domain in domains.items():
        if domain in ("real", "integer"):
            box[x] = Range(None, None)
        elif domain in ("positive", "nonnegative"):
            box[x] = Range(fmpq(0), None, lo_open=domain == "positive")
        elif domain not in ("gaussian", "uniform"):
            raise Malformed(f"the checker knows no domain {domain!r}")
    draws = {x: d for x, d in domains.items() if d in ("gaussian", "uniform")}
    for e in (target, *(f[1] for f in facts)):
        if variables(e) & set(draws):
            raise Malformed("a drawn variable outside an expectation")
        if not _averaged(e) <= set(draws) | {"pi"}:
            raise Malformed("a variable inside an expectation that is not drawn")
    integers = frozenset(x for x, d in domains.items() if d == "integer")
    return tightened(Goal(box, facts, target, relation, draws, integers))


def tightened(goal: Goal) -> Goal:
    """Let linear hypotheses about single variables bound the box, twice around."""
    for name, _, _ in goal.facts * 2:
        try:
            (goal,) = rule_restrict(goal, {"fact": name})
        except Rejected:
            continue  # it says something else
    return goal


def _relation(text: str, known: Mapping[str, Term]) -> tuple[Term, str]:
    """``left <= right`` as a term that is >= 0: right - left, and so on."""
    found = re.fullmatch(r"([^<>=]+)(<=|>=|==|<|>)([^<>=]+)", text)
    if found is None:
        raise Malformed(f"not a comparison: {text[:60]!r}")
    left, right = parse(found[1], known), parse(found[3], known)
    if found[2] in ("<=", "<"):
        left, right = right, left
    difference = ("+", left, neg(right)) if right != ZERO else ("+", left, ZERO)
    return difference, {"<=": ">=", "<": ">"}.get(found[2], found[2])


def seal(certificate: Mapping[str, Any]) -> str:
    """SHA-256 of everything else in a certificate, so that no change goes unnoticed."""
    body = {k: v for k, v in certificate.items() if k != "seal"}
    return hashlib.sha256(_canonical(body).encode()).hexdigest()


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
    data = _json(certificate)
    wanted = {"format", "statement", "digest", "conditions", "proof", "seal"}
    if (
        not isinstance(data, dict)
        or set(data) != wanted
        or data["format"] != "lemmata certificate 1"
    ):
        raise Malformed("not a certificate")
    if certificate not in (_canonical(data), _canonical(data) + "\n"):
        raise Malformed("not in canonical form")
    text = _canonical(data["statement"])
    digest = hashlib.sha256(text.encode()).hexdigest()
    if data["digest"] != digest:
        raise Rejected("the digest is not that of the statement")
    if data["seal"] != seal(data):
        raise Rejected("the seal does not fit: the certificate was changed")
    if statement is not None and statement != text:
        raise Rejected("the certificate is about another statement")
    goal, budget = read_statement(text), [MAX_NODES]
    with working_precision():
        needed = conditions(goal, goal.target)
    if not isinstance(data["conditions"], list) or len(data["conditions"]) != len(needed):
        raise Rejected(f"{len(needed)} conditions must be argued")
    for condition, tree in zip(needed, data["conditions"], strict=True):
        verify(condition, tree, budget)
    verify(goal, data["proof"], budget)
    return digest


def _canonical(data: Any) -> str:
    try:
        return json.dumps(data, sort_keys=True, separators=(",", ":"))
    except RecursionError:
        raise Malformed("nested too deeply") from None


def _json(text: str) -> Any:
    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(items)) != len(items):
            raise Malformed("a key occurs twice")
        return dict(items)

    def no_float(found: str) -> Any:
        raise Malformed(f"a floating-point number: {found[:40]}")

    if len(text) > MAX_CHARACTERS:
        raise Malformed("the file is too long")
    try:
        return json.loads(
            text, object_pairs_hook=pairs, parse_float=no_float, parse_constant=no_float
        )
    except (json.JSONDecodeError, RecursionError, ValueError) as wrong:
        raise Malformed(f"not JSON: {wrong}") from None
