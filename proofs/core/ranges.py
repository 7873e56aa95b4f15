"""Ranges: intervals that enclose all values of a term at those points of a box where it is defined.

Ends are exact, possibly infinite; all rounding is outward (an ``arb`` operation encloses).
"""

# ruff: noqa: D102, D103 - short helpers say what they do by their names

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, NamedTuple, assert_never

from flint import arb, ctx, fmpq

from proofs.core.terms import METER, Rejected, Relation, Term, constant, integral

PRECISION: Final = 128  # bits of balls
MAX_POWER, MAX_ROOT = 10**6, 1000


@contextmanager
def working_precision() -> Iterator[None]:
    """Set flint's global precision, and put it back."""
    saved, ctx.prec = ctx.prec, PRECISION
    try:
        yield
    finally:
        ctx.prec = saved


class Interval(NamedTuple):
    """All reals between two exact ends, which may be infinite."""

    lo: arb
    hi: arb

    def allows(self, relation: Relation) -> bool:
        """Whether every number of the interval is in the relation to zero."""
        match relation:
            case Relation.GE:
                return bool(self.lo >= 0)
            case Relation.GT:
                return bool(self.lo > 0)
            case Relation.EQ:
                return bool(self.lo == 0 and self.hi == 0)
            case Relation.NE:
                return bool(self.lo > 0 or self.hi < 0)
        assert_never(relation)

    @property
    def finite(self) -> bool:
        return bool(self.lo.is_finite() and self.hi.is_finite())


INF: Final = arb("inf")
WHOLE: Final = Interval(-INF, INF)
Box = Mapping[str, Interval]


def hull(*balls: arb) -> Interval:
    """The smallest interval around balls; one that is not a number may be anything."""
    if any(x.is_nan() for x in balls):
        return WHOLE
    lo, hi = balls[0].lower(), balls[0].upper()
    for x in balls[1:]:
        lo, hi = lo.min(x.lower()), hi.max(x.upper())
    return Interval(lo, hi)


def exactly(q: fmpq) -> Interval:
    return hull(arb(q))


def i_plus(a: Interval, b: Interval) -> Interval:
    return Interval(hull(a.lo + b.lo).lo, hull(a.hi + b.hi).hi)


def i_neg(a: Interval) -> Interval:
    return Interval(-a.hi, -a.lo)


def i_times(a: Interval, b: Interval) -> Interval:
    # Infinite ends are not attained, so that zero times such an end is zero.
    return hull(*(arb(0) if x == 0 or y == 0 else x * y for x in a for y in b))


def i_inverse(a: Interval) -> Interval:
    """The range of 1/a where a is not zero."""
    if a.lo > 0:
        return hull(1 / a.hi if a.hi < INF else arb(0), 1 / a.lo)
    if a.hi < 0:
        return i_neg(i_inverse(i_neg(a)))
    if a.lo == 0 and a.hi > 0:
        return Interval(hull(1 / a.hi).lo if a.hi < INF else arb(0), INF)
    if a.hi == 0 and a.lo < 0:
        return i_neg(i_inverse(i_neg(a)))
    return WHOLE


def rising(f: Callable[[arb], arb], low: Any, high: Any) -> Callable[[Interval], Interval]:
    """The range of an increasing function with the given limits at the infinities."""

    def end(x: arb) -> arb:
        return f(x) if x.is_finite() else arb(high) if x > 0 else arb(low)

    return lambda a: hull(end(a.lo), end(a.hi))


def i_abs(a: Interval) -> Interval:
    if a.lo >= 0:
        return a
    return i_neg(a) if a.hi <= 0 else Interval(arb(0), (-a.lo).max(a.hi))


def i_power(a: Interval, r: fmpq) -> Interval:
    """The range of a**r for a rational number r."""
    n, q = int(r.p), int(r.q)
    if n < 0:
        return i_inverse(i_power(a, -r))
    if n > MAX_POWER and q == 1:
        raise Rejected("an exponent is too large")
    if q == 1:
        return (
            rising(lambda x: x**n, -INF, INF)(a if n % 2 else i_abs(a)) if n else exactly(fmpq(1))
        )
    a = Interval(a.lo.max(arb(0)), a.hi.max(arb(0)))
    if n > MAX_POWER or q > MAX_ROOT:
        return rising(lambda x: (arb(r) * x.log()).exp() if x > 0 else arb(0), 0, INF)(a)
    return rising(lambda x: x.root(q) ** n if x > 0 else arb(0), 0, INF)(a)


def i_gamma(a: Interval) -> Interval:
    """The range of Gamma where a > 0: convex, falling to 0.8856.. at 1.4616.., then rising."""

    def end(x: arb) -> Interval:
        if x > MAX_POWER:  # large enough that nobody asks how large
            return Interval(hull(arb(MAX_POWER).gamma()).lo, INF)
        return hull(x.gamma()) if x > 0 else Interval(INF, INF)

    low, high = end(a.lo), end(a.hi)
    turns = not (a.lo >= arb(fmpq(14617, 10000)) or a.hi <= arb(fmpq(14616, 10000)))
    least = exactly(fmpq(8856, 10000)).lo if turns else low.lo.min(high.lo)
    return Interval(least, low.hi.max(high.hi))


def i_lambert(x: arb) -> arb:
    """W(x) for x > -0.3678, and from there down to -1/e all its values."""
    near = arb(fmpq(-3678, 10000))
    return x.lambertw() if x > near else near.lambertw().union(arb(-1))


def wave(f: Callable[[arb], arb]) -> Callable[[Interval], Interval]:
    def between(a: Interval) -> Interval:
        if not a.finite or not a.hi - a.lo < 7:
            return Interval(arb(-1), arb(1))
        found = hull(f(a.lo.union(a.hi)))
        return Interval(found.lo.max(arb(-1)), found.hi.min(arb(1)))

    return between


EXP: Final = rising(arb.exp, 0, INF)
LOG: Final = rising(lambda x: x.log() if x > 0 else -INF, -INF, INF)
RANGES: Final[Mapping[str, Callable[[Interval], Interval]]] = {
    "exp": EXP,
    "log": LOG,
    "sqrt": lambda a: i_power(a, fmpq(1, 2)),
    "sin": wave(arb.sin),
    "cos": wave(arb.cos),
    "sinh": rising(arb.sinh, -INF, INF),
    "cosh": lambda a: rising(arb.cosh, INF, INF)(i_abs(a)),
    "tanh": rising(arb.tanh, -1, 1),
    "erf": rising(arb.erf, -1, 1),
    "atan": lambda a: rising(arb.atan, -arb.pi() / 2, arb.pi() / 2)(a),  # its limits themselves
    "asin": rising(lambda x: x.max(arb(-1)).min(arb(1)).asin(), fmpq(-11, 7), fmpq(11, 7)),
    "lambertw": rising(i_lambert, -1, INF),
    "gamma": i_gamma,
    "abs": i_abs,
    "sign": lambda a: Interval(
        arb(1 if a.lo > 0 else 0 if a.lo == 0 else -1),
        arb(-1 if a.hi < 0 else 0 if a.hi == 0 else 1),
    ),
    "neg": i_neg,
}
RANDOM: Final[dict[str, Callable[[Term, Box], Interval]]] = {}  # E and P: see probability


def enclose(e: Term, box: Box) -> Interval:
    """Enclose the values of a term at those points of a box where it is defined."""
    METER.spend()
    value = constant(e)
    if value is not None:
        return exactly(value)
    if e.head in RANDOM:
        return RANDOM[e.head](e, box)
    if e.head in ("variable", "integer"):
        return box.get(e.value, WHOLE)
    if e.head == "drawn":  # every draw counts, whatever is known of a variable of that name
        return WHOLE
    if e.head == "pi":
        return hull(arb.pi())
    a = enclose(e.parts[0], box)
    if e.head in RANGES:
        return RANGES[e.head](a)
    if e.head == "**":
        exponent = constant(e.parts[1])
        if exponent is not None:
            return i_power(a, exponent)
    b = enclose(e.parts[1], box) if e.head != "min" and e.head != "max" else a
    match e.head:
        case "+":
            return i_plus(a, b)
        case "-":
            return i_plus(a, i_neg(b))
        case "*" if e.parts[0] == e.parts[1]:
            return i_power(a, fmpq(2))
        case "*":
            return i_times(a, b)
        case "/":
            return i_times(a, i_inverse(b))
        case "**":
            size = EXP(i_times(b, LOG(i_abs(a))))
            whole = a.lo < 0 and integral(e.parts[1])
            return Interval(-size.hi, size.hi) if whole else size
        case "min" | "max":
            for part in e.parts[1:]:
                b = enclose(part, box)
                pick = arb.max if e.head == "max" else arb.min
                a = Interval(pick(a.lo, b.lo), pick(a.hi, b.hi))
            return a
    raise Rejected(f"{e.head} has no range here")


# Limits -------------------------------------------------------------------------------------------

CONTINUOUS: Final = frozenset(
    {"exp", "log", "sqrt", "sin", "cos", "sinh", "cosh", "tanh", "erf", "atan", "abs", "neg"}
)


def tends(e: Term, x: str, end: arb, box: Box) -> Interval:
    """Enclose what a term may tend to as x tends to an infinite end, the others being fixed.

    Every limit point, in the reals with both infinities, of the values where the term is defined:
    operations are continuous there but for 0 * infinity, infinity - infinity and 1/0, of which
    anything may come.
    """
    METER.spend()
    if x not in e.names:
        return enclose(e, box)
    if e.head in ("variable", "integer"):
        return Interval(end, end)
    a = tends(e.parts[0], x, end, box)
    if e.head in CONTINUOUS:
        return RANGES[e.head](a)
    if e.head == "**":
        q = constant(e.parts[1])
        if q is not None:
            found = i_power(a, abs(q))
            return found if q >= 0 else l_inverse(found)
        if integral(e.parts[1]) and not a.lo > 0:
            raise Rejected("the power of a number of any sign has no limit here")
        return EXP(l_times(tends(e.parts[1], x, end, box), LOG(a)))
    b = tends(e.parts[1], x, end, box) if e.head in ("+", "-", "*", "/") else a
    match e.head:
        case "+":
            return i_plus(a, b)
        case "-":
            return i_plus(a, i_neg(b))
        case "*" if e.parts[0] == e.parts[1]:
            return i_power(a, fmpq(2))
        case "*":
            return l_times(a, b)
        case "/":
            return l_times(a, l_inverse(b))
    raise Rejected(f"{e.head} has no limit here")


def l_times(a: Interval, b: Interval) -> Interval:
    for u, v in ((a, b), (b, a)):
        if u.lo <= 0 <= u.hi and not v.finite:
            return WHOLE
    return hull(*(x * y for x in a for y in b))


def l_inverse(a: Interval) -> Interval:
    if a.hi < 0:
        return i_neg(l_inverse(i_neg(a)))
    if not a.lo > 0:
        return WHOLE
    return hull(*(1 / t if t.is_finite() else arb(0) for t in a))
