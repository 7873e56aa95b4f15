"""Balls: the one door between exact numbers and Arb, and the one place that sets its precision.

An Arb ball ``[m +/- r]`` encloses a real number. A comparison of balls is three-valued here: True
and False are proofs, None says that the balls overlap. (Python's own ``a < b`` on balls is False
when undecided, and ``min``, ``max`` and ``sorted`` silently pick one; nothing above uses them.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from itertools import accumulate
from operator import mul

from flint import arb, ctx, fmpq, fmpz

MAX_EXPONENT = 10_000_000
"""Numbers of more bits than this are not written out as integers."""

BallIntegers = tuple[int, int, int, int]
"""Mantissa and exponent of the midpoint, then of the radius: what a ball is written as."""


class precision:  # noqa: N801 - reads as a keyword: with precision(200): ...
    """Work with ``bits`` bits inside a ``with`` block and restore the old precision after it.

    Arb's precision is one global for all threads, so engines run in processes, not threads.
    """

    __slots__ = ("before", "bits")

    def __init__(self, bits: int) -> None:
        self.bits = bits

    def __enter__(self) -> None:
        self.before = ctx.prec
        ctx.prec = self.bits

    def __exit__(self, *failure: object) -> None:
        ctx.prec = self.before


@contextmanager
def series_length(length: int) -> Iterator[None]:
    """Truncate power series after ``length`` coefficients inside the block."""
    before = ctx.cap
    ctx.cap = length
    try:
        yield
    finally:
        ctx.cap = before


def ball(value: Fraction | int) -> arb:
    """Enclose a rational in the smallest ball of the working precision; integers are exact."""
    if isinstance(value, int):
        return arb(value)
    if value.denominator == 1:
        return arb(value.numerator)
    return arb(fmpq(value.numerator, value.denominator))


def exact_dyadic(mantissa: int, exponent: int) -> arb:
    """Return ``mantissa * 2**exponent``, without rounding."""
    return arb((mantissa, exponent))


def ints_from_ball(x: arb) -> BallIntegers:
    """Write a finite ball as four integers, from which :func:`ball_from_ints` restores it exactly.

    Raises
    ------
    ValueError
        If the ball is not finite.
    """
    mantissa, exponent = x.mid().man_exp()
    radius_mantissa, radius_exponent = x.rad().man_exp()
    return int(mantissa), int(exponent), int(radius_mantissa), int(radius_exponent)


def ball_from_ints(integers: BallIntegers) -> arb:
    """Restore a ball from four integers, with its radius no smaller than written.

    A radius that came from a ball is restored exactly; one of more than 30 bits is rounded up.
    """
    mantissa, exponent, radius_mantissa, radius_exponent = integers
    if radius_mantissa == 0:
        return arb((mantissa, exponent))
    # A radius is stored in 30 bits, and the constructor adds one unit in the last place to the
    # truncated value; half a unit less therefore comes out as the radius itself, never smaller.
    radius_mantissa <<= max(0, 30 - radius_mantissa.bit_length())
    radius_exponent -= radius_mantissa.bit_length() - integers[2].bit_length()
    with precision(max(64, mantissa.bit_length())):
        return arb((mantissa, exponent), (2 * radius_mantissa - 1, radius_exponent - 1))


def exact_product(values: Sequence[Fraction]) -> Fraction:
    """Multiply exactly, by a tree: ten thousand doubles take milliseconds, not minutes."""
    above, below = ([fmpz(n) for n in numbers] for numbers in _parts(values))
    product = fmpq(_tree(above), _tree(below))
    return Fraction(int(product.p), int(product.q))


def _parts(values: Sequence[Fraction]) -> tuple[list[int], list[int]]:
    return [v.numerator for v in values], [v.denominator for v in values]


def _tree(numbers: list[fmpz]) -> fmpz:
    while len(numbers) > 1:
        odd = numbers[-1:] if len(numbers) % 2 else []
        numbers = [a * b for a, b in zip(numbers[::2], numbers[1::2], strict=False)] + odd
    return numbers[0] if numbers else fmpz(1)


def around(centre: arb, radius: arb) -> arb:
    """Widen ``centre`` (a point or a ball) by the upper end of ``radius``."""
    return centre + arb(0, radius.abs_upper())


def less(a: arb, b: arb | int) -> bool | None:
    """Decide ``a < b``: True, False, or None where the balls overlap (or one is not a number)."""
    if a < b:
        return True
    return False if a >= b else None


def at_most(a: arb, b: arb | int) -> bool | None:
    """Decide ``a <= b``: True, False, or None where the balls overlap (or one is not a number)."""
    if a <= b:
        return True
    return False if a > b else None


def exact_rational(x: arb) -> Fraction:
    """Return the midpoint of a finite ball, exactly.

    Raises
    ------
    ValueError
        If the ball is not finite.
    """
    mantissa, exponent = x.mid().man_exp()
    return dyadic_fraction(int(mantissa), int(exponent))


def dyadic_fraction(mantissa: int, exponent: int) -> Fraction:
    """Return the rational ``mantissa * 2**exponent``.

    Raises
    ------
    OverflowError
        If the exponent is so large that the integers would fill the memory.
    """
    if abs(exponent) > MAX_EXPONENT:
        raise OverflowError(f"a binary exponent beyond {MAX_EXPONENT}")
    if exponent >= 0:
        return Fraction(mantissa << exponent)
    return Fraction(mantissa, 1 << -exponent)


def ends(x: arb) -> tuple[Fraction, Fraction]:
    """Return the exact end points of a finite ball.

    Raises
    ------
    ValueError
        If the ball is not finite.
    """
    mantissa, exponent = map(int, x.mid().man_exp())
    radius, finer = map(int, x.rad().man_exp())
    if radius == 0:
        both = dyadic_fraction(mantissa, exponent)
        return both, both
    if max(exponent, finer) - min(exponent, finer) > MAX_EXPONENT:
        raise OverflowError(f"binary exponents more than {MAX_EXPONENT} apart")
    least = min(exponent, finer)
    mantissa, radius = mantissa << (exponent - least), radius << (finer - least)
    return dyadic_fraction(mantissa - radius, least), dyadic_fraction(mantissa + radius, least)


def floor_lower(x: arb) -> int:
    """Return the largest integer that is at most every number of the ball."""
    low, _ = ends(x)
    return low.numerator // low.denominator


def floor_upper(x: arb) -> int:
    """Return the floor of the upper end."""
    _, high = ends(x)
    return high.numerator // high.denominator


def ceil_lower(x: arb) -> int:
    """Return the ceiling of the lower end."""
    low, _ = ends(x)
    return -(-low.numerator // low.denominator)


def ceil_upper(x: arb) -> int:
    """Return the smallest integer that is at least every number of the ball."""
    _, high = ends(x)
    return -(-high.numerator // high.denominator)


def largest(balls: Iterable[arb]) -> arb:
    """Enclose the maximum of numbers in the given balls (``max`` would pick one ball)."""
    items = iter(balls)
    top = next(items)
    for item in items:
        top = top.max(item)
    return top


def smallest(balls: Iterable[arb]) -> arb:
    """Enclose the minimum of numbers in the given balls."""
    items = iter(balls)
    bottom = next(items)
    for item in items:
        bottom = bottom.min(item)
    return bottom


def products_of_others(factors: Sequence[arb]) -> list[arb]:
    """The products of all factors but one."""
    before = list(accumulate(factors, mul, initial=arb(1)))
    after = list(accumulate(reversed(factors), mul, initial=arb(1)))
    return [a * b for a, b in zip(before, reversed(after[:-1]), strict=False)]


def log2_size(x: arb) -> int:
    """Return an exponent ``e`` with ``|x| < 2**e`` on a finite ball, within one of the least.

    Zero has the size -10**9.
    """
    top = x.abs_upper()
    if top.is_zero():
        return -(10**9)
    mantissa, exponent = top.man_exp()
    return int(mantissa.bit_length()) + int(exponent)
