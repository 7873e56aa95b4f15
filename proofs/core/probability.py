"""Expectations E(e) and probabilities P(a <= b) over independent drawn variables.

Laws: ``gaussian`` (standard normal), ``uniform`` (on [-sqrt 3, sqrt 3], of unit variance), ``unit``
(uniform on [0, 1]), ``rademacher`` (1 or -1, each with probability 1/2). ``prod(e, k)`` inside
stands for the product of k independent copies of e. E(e) is defined if e is, for every draw, and
|e| is integrable; P(a <= b) if a and b are defined for every draw.
"""

# ruff: noqa: D103 - short helpers say what they do by their names

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from flint import acb, arb, fmpq

from proofs.core import ranges
from proofs.core.ranges import Box, Interval, enclose, hull
from proofs.core.terms import (
    HALF,
    METER,
    ONE,
    PI,
    TWO,
    ZERO,
    Malformed,
    Rejected,
    Relation,
    Term,
    bits,
    compared,
    constant,
    integral,
    linear,
    minus,
    neg,
    number,
    over,
    plus,
    power,
    replaced,
    times,
)  # fmt: skip

LAWS: Final = ("gaussian", "uniform", "unit", "rademacher")
SUPPORT: Final[Mapping[str, tuple[Any, Any]]] = {  # rational ends around all draws
    "gaussian": (None, None),
    "uniform": (fmpq(-7, 4), fmpq(7, 4)),
    "unit": (fmpq(0), fmpq(1)),
    "rademacher": (fmpq(-1), fmpq(1)),
}
ABSOLUTE: Final[Mapping[str, Term]] = {  # E |w|
    "gaussian": Term("sqrt", over(TWO, PI)),
    "uniform": over(Term("sqrt", number(3)), TWO),
    "unit": HALF,
}
MAX_GROWTH: Final = 1000
MAX_MOMENT: Final = 10_000
MAX_SIGNS: Final = 12  # of which all 2^n values are tried


def drawn(name: str, law: str) -> Term:
    """A random variable: its value is its name, its part the law."""
    return Term("drawn", Term(law), value=name)


def law(w: Term) -> str:
    return w.parts[0].head


def by_name(draws: frozenset[Term]) -> list[Term]:
    return sorted(draws, key=lambda w: str(w.value))


def bound(e: Term) -> list[Term]:
    """What E or P draws, in the order of names."""
    return by_name(frozenset().union(*(p.drawn for p in e.parts)))


def admit(e: Term) -> Term:
    """Refuse what has no meaning: loose draws, copies out of place, means that may not exist."""
    if e.drawn or e.head == "prod":
        raise Malformed("a drawn variable, or copies of one, outside of E(...) and P(...)")
    for node in e.walk():
        inner = [p for p in node.parts if p.head == "prod"]
        # By equality: of P(prod(e, k) >= prod(e, k)) nothing can be read, so it may be said.
        allowed = node.parts[:1] if node.head in ("E", "P") else ()
        if any(p not in allowed for p in inner):
            raise Malformed(
                "prod(e, k) means independent copies, alone in E(...) or on the left in P"
            )
        for copies in inner:
            one, k = copies.parts
            rest = node.parts[1:]
            if one.names or any(p.drawn for p in (k, *rest)) or node.value in ("==", "!="):
                raise Malformed("an event of a kind that is not known")
            if not integral(k):
                raise Malformed("the number of copies must be made of integers")
        if node.head in ("E", "P") and any(
            m.head in ("E", "P") for p in node.parts for m in p.walk()
        ):
            raise Malformed("E or P inside of E or P")
        if node.head in ("E", "P") and sum(law(w) == "rademacher" for w in bound(node)) > MAX_SIGNS:
            raise Malformed(f"more than {MAX_SIGNS} signs in one E(...) or P(...)")
        if node.head == "E" and node.names and not inner:
            raise Malformed("a variable inside an expectation that is not drawn")
        if node.head == "E":
            integrable(node)
    return e


def integrable(e: Term) -> None:
    """Refuse an expectation that may not exist."""
    simpler = meaning(e)
    if simpler is not None:
        for node in simpler.walk():
            if node.head == "E":
                integrable(node)
    elif len(bound(e)) == 1:
        # Whatever else is defined on all of a bounded interval is continuous, so bounded there.
        jumps = any(node.head == "sign" for node in e.parts[0].walk())
        if law(bound(e)[0]) == "gaussian" or jumps:
            growth(e.parts[0], bound(e))
    else:
        polynomial(e.parts[0])


def meaning(e: Term) -> Term | None:
    """E or P in simpler terms, of the same value where it is defined; None where it is atomic."""
    first, draws = e.parts[0], bound(e)
    if e.head == "E" and first.head == "prod":  # copies are independent
        return power(Term("E", first.parts[0]), first.parts[1])
    if e.head == "E" and not draws:
        return first
    if first.head == "prod":
        return None
    for w in draws:
        if law(w) == "rademacher":
            ends = (Term(e.head, *(replaced(p, {w: s}) for p in e.parts), value=e.value)
                    for s in (ONE, number(-1)))  # fmt: skip
            return times(HALF, plus(*ends))
    return event(e, draws) if e.head == "P" else None


def event(e: Term, draws: list[Term]) -> Term | None:
    """The probability of an event that is plainly about one draw w, |w| or w^2."""
    gap, relation = compared(e.parts[0], str(e.value), e.parts[1])
    if not draws:
        found = enclose(gap, {})
        if found.allows(relation):
            return ONE
        zero = relation in (Relation.GT, Relation.NE) and found.allows(Relation.EQ)
        fails = found.hi < 0 and relation in (Relation.GE, Relation.GT)
        return (
            ZERO
            if zero or fails or (relation is Relation.EQ and found.allows(Relation.NE))
            else None
        )
    if len(draws) > 1:
        return None
    w, u = draws[0], Term("variable", value="?")
    for shape in (w, Term("abs", w), power(w, TWO)):
        flat = replaced(gap, {shape: u})
        if flat.drawn:
            continue
        split = linear(flat, u)
        if split is None:
            continue
        slope, rest = split  # slope u + rest
        if relation in (Relation.EQ, Relation.NE):  # a single value of a continuous variable
            return ZERO if relation is Relation.EQ else ONE
        at = over(neg(rest), number(slope))  # u >= at, or u <= at
        if shape != w:
            at = Term("max", at, ZERO)
        if shape.head == "**":
            at = Term("sqrt", at)
        if law(w) == "unit":  # where w, |w| and w^2 have the same order
            below = Term("max", Term("min", at, ONE), ZERO)
            return minus(ONE, below) if slope > 0 else below
        root = Term("sqrt", number(2 if law(w) == "gaussian" else 3))
        share = over(at, root)
        inner = Term("erf", share)
        if law(w) == "uniform":
            inner = Term("max", Term("min", share, ONE), number(-1))
        below = times(HALF, plus(ONE, inner)) if shape == w else inner
        return minus(ONE, below) if slope > 0 else below
    return None


def polynomial(e: Term) -> None:
    """Refuse what is not plainly a polynomial in what is drawn, of which all means exist."""
    exponent = constant(e.parts[1]) if e.head == "**" else None
    whole = exponent is not None and exponent.q == 1 and 0 <= exponent <= MAX_GROWTH
    if constant(e) is None and e.head != "drawn":
        shared = e.head == "/" and constant(e.parts[1])
        if e.head not in ("+", "-", "*", "neg") and not (shared or whole):
            raise Malformed("an expectation that may not exist")
        for part in e.parts[:1] if e.head in ("**", "/") else e.parts:
            polynomial(part)


def growth(e: Term, draws: list[Term]) -> tuple[fmpq, fmpq]:
    """Find A, b >= 0 with |f(w)| <= A e^(b |w|) whenever |w| >= 1 and f(w) is defined."""
    value, w = constant(e), draws[0]
    if value is not None:
        return abs(value), fmpq(0)
    if e.head in ("drawn", "pi", "sin", "cos", "tanh", "erf", "sign"):
        return {"drawn": (fmpq(1), fmpq(1)), "pi": (fmpq(4), fmpq(0))}.get(
            e.head, (fmpq(1), fmpq(0))
        )
    parts = [growth(p, draws) for p in e.parts] if e.head in ("+", "-", "*", "min", "max") else []
    match e.head:
        case "+" | "-" | "min" | "max":
            return sum((A for A, _ in parts), fmpq(0)), max(b for _, b in parts)
        case "*":
            (A, b), (B, c) = parts
            return A * B, b + c
        case "neg" | "abs":
            return growth(e.parts[0], draws)
        case "/" if c := constant(e.parts[1]):
            A, b = growth(e.parts[0], draws)
            return A / abs(c), b
        case "**" | "sqrt":
            r = fmpq(1, 2) if e.head == "sqrt" else constant(e.parts[1])
            if r is not None and 0 <= r <= MAX_GROWTH:
                n = int(-(-r.p // r.q))  # |u|**r <= max(1, |u|)**n
                A, b = growth(e.parts[0], draws)
                if bits(A) * n <= 10_000:
                    return max(A, fmpq(1)) ** n, b * n
        case "exp":
            flat = replaced(e.parts[0], {w: Term("variable", value="w")})
            slope, rest = linear(flat, Term("variable", value="w")) or (fmpq(0), flat)
            start = constant(rest)
            if start is not None and max(abs(start), abs(slope)) <= MAX_GROWTH:
                return fmpq(3) ** max(0, int(-(-start.p // start.q))), abs(slope)
    raise Malformed("an expectation that may not exist: no bound of its growth is known")


# What is found again costs no budget: when a check ends depends on that, what it says does not.
@lru_cache(maxsize=512)
def expectation(e: Term) -> Interval:
    """Enclose E f(w): the integral of f(w) + f(-w) over w >= 0, with a bound for the tail."""
    f, draws = e.parts[0], bound(e)
    if len(draws) != 1:
        return ranges.WHOLE  # of a polynomial, which the normal form evaluates
    w = draws[0]
    if law(w) == "unit":

        def value(x: acb, analytic: bool) -> acb:
            METER.spend(f.size)
            return continued(f, w, x, analytic)

        return hull(acb.integral(value, 0, 1, eval_limit=100_000).real)
    gaussian = law(w) == "gaussian"
    scale, rate = growth(f, draws) if gaussian else (fmpq(0), fmpq(0))
    end = arb(16 + rate) if gaussian else arb(3).sqrt()
    mirrored = replaced(f, {w: neg(w)})

    def integrand(x: acb, analytic: bool) -> acb:
        METER.spend(f.size)
        total = continued(f, w, x, analytic) + continued(mirrored, w, x, analytic)
        return total * (-x * x / 2).exp() if gaussian else total

    body = acb.integral(integrand, 0, acb(end), eval_limit=100_000).real
    if not gaussian:
        return hull(body / (2 * end))
    # |f(w)| <= scale e^(rate |w|) for |w| >= 1, so both tails together are at most sqrt(2/pi)
    # times the integral of scale e^(rate w - w^2/2) from the end on, which is the following.
    tail = scale * (arb(rate) ** 2 / 2).exp() * ((end - rate) / arb(2).sqrt()).erfc()
    return hull(body / (2 * arb.pi()).sqrt() - tail, body / (2 * arb.pi()).sqrt() + tail)


JOINED: Final[Mapping[str, Callable[..., Any]]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "neg": lambda a: -a,
}


def continued(e: Term, w: Term, x: acb, analytic: bool) -> acb:
    """The value at a complex point; not finite where the formula is not analytic."""
    value = constant(e)
    if value is not None or e.head == "pi":
        return acb(arb.pi() if value is None else arb(value))
    if e == w or (e.head == "abs" and e.parts[0] in (w, neg(w), neg(neg(w)))):
        return x  # the path runs over x >= 0, where x itself continues |x|
    values = [continued(p, w, x, analytic) for p in e.parts[: 1 + (e.head != "**")]]
    if e.head in JOINED:
        return JOINED[e.head](*values)
    base, exponent = values[0], fmpq(1, 2) if e.head == "sqrt" else None
    if e.head == "**":
        exponent = constant(e.parts[1])
    if exponent is not None:
        if exponent.q == 1:
            return base ** int(exponent)
        power = base.sqrt(analytic=analytic) if exponent == fmpq(1, 2) else None
        return (arb(exponent) * base.log(analytic=analytic)).exp() if power is None else power
    if e.head == "log":
        return base.log(analytic=analytic)
    if e.head in ("exp", "sin", "cos", "sinh", "cosh", "tanh", "erf"):
        return getattr(base, e.head)()
    raise Malformed(f"{e.head} is not integrated")


def average(e: Term, box: Box) -> Interval:
    simpler = meaning(e)
    return expectation(e) if simpler is None else enclose(simpler, box)


def chance(e: Term, box: Box) -> Interval:
    simpler = meaning(e)
    found = ranges.WHOLE if simpler is None else enclose(simpler, box)
    return Interval(found.lo.max(arb(0)), found.hi.min(arb(1)))


ranges.RANDOM.update({"E": average, "P": chance})


def moment(name: str, n: int) -> fmpq:
    """E w^n: 1 3 5 ... (n-1) for the normal law, 3^(n/2)/(n+1) for the uniform one, 0 for odd n.

    And 1/(n+1) for the uniform law on [0, 1].
    """
    if n % 2 and name != "unit":
        return fmpq(0)
    if n > MAX_MOMENT:
        raise Rejected("a moment is too large")
    METER.spend(n)
    if name in ("uniform", "unit"):
        return fmpq(3) ** (n // 2) / (n + 1) if name == "uniform" else fmpq(1, n + 1)
    total = fmpq(1)
    for odd in range(1, n, 2):
        total *= odd
    return total
