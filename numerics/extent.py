"""What a formula can be worth on a whole line or half line: intervals with infinite, open ends.

A :class:`Range` is an arithmetic like balls (:mod:`numerics.evaluate`): the range of a compound
formula contains every value that it takes. Rational formulas are decided by their certified roots
instead, as intervals forget that numerator and denominator move together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from flint import arb, arb_poly, ctx, fmpq, fmpq_poly

from numerics.balls import ball, exact_rational, precision
from numerics.certified.polynomial import expand
from numerics.evaluate import Backend, compile_expression
from theory.errors import InputError
from theory.expressions import Expression
from theory.expressions.polynomials import is_polynomial

_BITS = 128
_INFINITY = arb("inf")


class Unknown(Exception):
    """A range is not known, or the formula is not defined everywhere."""


@dataclass(frozen=True)
class End:
    """An end of an interval, and whether it is a value itself."""

    at: arb
    closed: bool

    def __mul__(self, other: End) -> End:
        for a, b in ((self, other), (other, self)):
            if a.at.is_zero():
                return End(arb(0), a.closed or (b.at.is_zero() and b.closed))
        return End(self.at * other.at, self.closed and other.closed)


@dataclass(frozen=True)
class Range:
    """Real numbers between two ends.

    Attributes
    ----------
    low, high : End
        Perhaps infinite, and then open.
    """

    low: End
    high: End

    @classmethod
    def above(cls, value: Fraction | arb, closed: bool = True) -> Range:
        """All numbers from a value on."""
        return cls(End(_down(_number(value)), closed), End(_INFINITY, False))

    @classmethod
    def below(cls, value: Fraction | arb, closed: bool = True) -> Range:
        """All numbers up to a value."""
        return cls(End(-_INFINITY, False), End(_up(_number(value)), closed))

    @classmethod
    def point(cls, value: arb) -> Range:
        """The numbers of a ball."""
        return cls(End(_down(value), True), End(_up(value), True))

    @property
    def positive(self) -> bool:
        """Whether all numbers are positive."""
        return bool(self.low.at > 0) or (self.low.at.is_zero() and not self.low.closed)

    @property
    def nonnegative(self) -> bool:
        """Whether no number is negative."""
        return bool(self.low.at >= 0)

    def __neg__(self) -> Range:
        return Range(End(-self.high.at, self.high.closed), End(-self.low.at, self.low.closed))

    def __add__(self, other: Range) -> Range:
        low, high = (
            End(a.at + b.at, a.closed and b.closed)
            for a, b in ((self.low, other.low), (self.high, other.high))
        )
        return _rounded(low, high)

    def __sub__(self, other: Range) -> Range:
        return self + -other

    def __mul__(self, other: Range) -> Range:
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        low = high = corners[0]
        for corner in corners[1:]:
            low, high = _least(low, corner), _greatest(high, corner)
        return _rounded(low, high)

    def power(self, exponent: Fraction) -> Range:
        """Raise to a rational power."""
        if exponent.denominator != 1:
            if not self.nonnegative:
                raise Unknown
            if exponent < 0:
                return _reciprocal(self.power(-exponent))
            return _monotone(lambda x: x ** ball(exponent))(self)
        n = int(exponent)
        if n < 0:
            return _reciprocal(self.power(Fraction(-n)))
        if n == 0:
            return Range.point(arb(1))
        rising = _monotone(lambda x: x**n)
        if n % 2 or self.nonnegative:
            return rising(self)
        if not self.high.at > 0:
            return rising(-self)
        top = _greatest(End(-self.low.at, self.low.closed), self.high)
        return Range(End(arb(0), True), rising(Range(End(arb(0), True), top)).high)


def _number(value: Fraction | arb) -> arb:
    return value if isinstance(value, arb) else ball(value)


def _down(x: arb) -> arb:
    return x if not x.is_finite() else x.lower()


def _up(x: arb) -> arb:
    return x if not x.is_finite() else x.upper()


def _rounded(low: End, high: End) -> Range:
    if low.at.is_nan() or high.at.is_nan():
        raise Unknown
    return Range(End(_down(low.at), low.closed), End(_up(high.at), high.closed))


def _least(a: End, b: End) -> End:
    one, other = _down(a.at), _down(b.at)
    if one == other:
        return End(one, a.closed or b.closed)
    return a if one < other else b


def _greatest(a: End, b: End) -> End:
    one, other = _up(a.at), _up(b.at)
    if one == other:
        return End(one, a.closed or b.closed)
    return a if one > other else b


def _reciprocal(x: Range) -> Range:
    if not x.positive:
        if not (-x).positive:
            raise Unknown
        return -_reciprocal(-x)
    low = End(arb(0), False) if not x.high.at.is_finite() else End(1 / x.high.at, x.high.closed)
    high = End(_INFINITY, False) if x.low.at.is_zero() else End(1 / x.low.at, x.low.closed)
    return _rounded(low, high)


def _monotone(
    function: Callable[[arb], arb], at_minus: arb | None = None, at_plus: arb | None = None
) -> Callable[[Range], Range]:
    """Lift an increasing function; its limits at infinity are infinite if not given."""

    def at(end: End) -> End:
        if end.at.is_finite():
            return End(function(end.at), end.closed)
        limit = at_plus if end.at > 0 else at_minus
        return End(end.at if limit is None else limit, False)

    return lambda x: _rounded(at(x.low), at(x.high))


def _cosh(x: Range) -> Range:
    rising = _monotone(lambda a: a.cosh())
    if x.nonnegative:
        return rising(x)
    if (-x).nonnegative:
        return rising(-x)
    top = _greatest(End(-x.low.at, x.low.closed), x.high)
    return rising(Range(End(arb(0), True), top))


def _wave(x: Range) -> Range:
    return Range(End(arb(-1), True), End(arb(1), True))


def _log(x: Range) -> Range:
    if not x.positive:
        raise Unknown
    low = End(-_INFINITY, False) if x.low.at.is_zero() else End(x.low.at.log(), x.low.closed)
    high = x.high if not x.high.at.is_finite() else End(x.high.at.log(), x.high.closed)
    return _rounded(low, high)


def _root(x: Range) -> Range:
    if not x.nonnegative:
        raise Unknown
    return _monotone(lambda a: a.sqrt())(x)


_ARITHMETIC = Backend(
    number=lambda value: Range.point(ball(value)),
    precision=lambda: int(ctx.prec),
    pi=lambda: Range.point(arb.pi()),
    functions={
        "exp": _monotone(lambda a: a.exp(), arb(0)),
        "log": _log,
        "sqrt": _root,
        "sin": _wave,
        "cos": _wave,
        "sinh": _monotone(lambda a: a.sinh()),
        "cosh": _cosh,
        "tanh": _monotone(lambda a: a.tanh(), arb(-1), arb(1)),
    },
    power=lambda base, exponent: base.power(exponent),
    divide=lambda a, b: a * _reciprocal(b),
)


def extent(formula: Expression, on: Range) -> Range | None:
    """Enclose all values of a formula in p, real for every p of a range; None if not known."""
    try:
        with precision(_BITS):
            found: Range = compile_expression(formula, _ARITHMETIC)(on)
        return found
    except (Unknown, InputError, KeyError, AttributeError):
        return None


LINE = Range(End(-_INFINITY, False), End(_INFINITY, False))


def sign(formula: Expression, on: Range) -> int:
    """Say 2 if a formula in p is positive on a range, 1 if nonnegative, 0 if neither is known.

    Rational formulas by the roots of numerator times denominator, the rest by :func:`extent`, and
    sums of both by both.
    """
    parts = _quotient(formula)
    if parts is None:
        found = extent(formula, on)
        if found is not None and found.nonnegative:
            return 2 if found.positive else 1
        return _sign_of_sum(formula, on)
    return _sign_of_quotient(*parts, on)


def _sign_of_sum(formula: Expression, on: Range) -> int:
    """Add up the rational terms, and bound the others."""
    above, below, least = fmpq_poly([0]), fmpq_poly([1]), arb(0)
    for term, positive in _terms(formula, True):
        part = _quotient(term)
        if part is not None:
            a, b = part
            above, below = above * b + (a if positive else -a) * below, below * b
            continue
        found = extent(term, on)
        if found is None:
            return 0
        low = (found if positive else -found).low.at
        if not low.is_finite():
            return 0
        least = (least + low).lower()
    try:
        bound = exact_rational(least)
    except OverflowError:  # exponents that no integer can hold
        return 0
    above += below * fmpq(bound.numerator, bound.denominator)
    return _sign_of_quotient(above, below, on)


def _terms(e: Expression, positive: bool) -> Iterator[tuple[Expression, bool]]:
    if e.head == "neg":
        yield from _terms(e.args[0], not positive)
    elif e.head in ("+", "-"):
        yield from _terms(e.args[0], positive)
        yield from _terms(e.args[1], positive == (e.head == "+"))
    else:
        yield e, positive


def _sign_of_quotient(above: fmpq_poly, below: fmpq_poly, on: Range) -> int:
    if below.degree() > 0 and any(_meets(x, y, on) for x, y, _ in _roots(below)):
        return 0
    both = above * below
    if both.degree() < 0:
        return 1
    near = [n for x, y, n in _roots(both) if _meets(x, y, on)]
    if any(n % 2 for n in near):
        return 0
    # No sign changes in the range: that at one place is that of all. Far out, where there is no
    # root any more, it is that of the leading term.
    top, odd = both.coeffs()[-1], both.degree() % 2
    far = [side for side, end in ((-1, on.low), (1, on.high)) if not end.at.is_finite()]
    if far:
        above_zero = all((top > 0) == (side > 0 or not odd) for side in far)
    else:
        middle = (on.low.at + on.high.at) / 2
        above_zero = any(arb_poly(both)(x) > 0 for x in (on.low.at, middle, on.high.at))
    return (1 if near else 2) if above_zero else 0


def _meets(real: arb, imaginary: arb, on: Range) -> bool:
    """Whether a root may lie in the range."""
    return bool(imaginary.contains(0)) and not (real < on.low.at or real > on.high.at)


def _quotient(e: Expression) -> tuple[fmpq_poly, fmpq_poly] | None:
    """Write a rational formula as one quotient of polynomials."""
    one = fmpq_poly([1])
    if is_polynomial(e):
        return expand(e), one
    if e.head not in ("+", "-", "*", "/", "neg", "**"):
        return None
    if e.head == "**":
        base, exponent = _quotient(e.args[0]), e.args[1]
        if base is None or exponent.head not in ("number", "neg"):
            return None
        n = exponent.value if exponent.head == "number" else exponent.args[0].value
        if n is None or n.denominator != 1 or abs(n) > 64:
            return None
        negative = (n < 0) != (exponent.head == "neg")
        above, below = (part ** int(abs(n)) for part in base)
        return (below, above) if negative else (above, below)
    parts = [_quotient(a) for a in e.args]
    if any(part is None for part in parts):
        return None
    known = [part for part in parts if part is not None]
    (a, b), (c, d) = known[0], known[-1]
    match e.head:
        case "neg":
            return -a, b
        case "+":
            return a * d + c * b, b * d
        case "-":
            return a * d - c * b, b * d
        case "*":
            return a * c, b * d
    return None if c.degree() < 0 else (a * d, b * c)


@lru_cache(maxsize=256)
def _root_balls(coefficients: tuple[tuple[int, int], ...]) -> tuple[tuple[arb, arb, int], ...]:
    polynomial = fmpq_poly([fmpq(*c) for c in coefficients])
    return tuple((r.real, r.imag, int(n)) for r, n in polynomial.complex_roots())


def _roots(polynomial: fmpq_poly) -> tuple[tuple[arb, arb, int], ...]:
    """Real and imaginary part, and the multiplicity, of all roots."""
    if polynomial.degree() < 1:
        return ()
    return _root_balls(tuple((int(c.p), int(c.q)) for c in polynomial.coeffs()))
