"""Step sizes for zero-asymmetric starts: what is proved, what the paper prints, what is necessary.

With phi the spectral norm of the target, n = L - 1 and m = max(1, phi^(2/L)),
``proofs/written/zas.md`` proves R(t + 1) <= (1 - eta)^2 R(t) for

    eta (1 + 2 n phi^2/m) <= 1                              (:func:`proved_step`), and for
    eta (M^n + n phi^2/m) <= 1,  M^n (M - 1) = phi^2        (:func:`sharp_step`);

and no step above 2/(L phi^(2 - 2/L)) lets the 1 x 1 target phi be approached (:func:`unstable`).
"""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from numerics.balls import ball, ends, precision
from numerics.matrices.instances import Exact
from theory.errors import InputError

BITS = 128
SLOPE = 2
KERNEL_SLOPE = 16
_DIGITS = 40


def proved_step(depth: int, square: Fraction) -> Fraction:
    """The largest step size of the theorem, 1/(1 + 2 n phi^2/m), rounded down.

    Parameters
    ----------
    depth : int
        L >= 1.
    square : Fraction
        phi^2, the square of the spectral norm, or anything above it.
    """
    check(depth, square)
    if square <= 1:
        return 1 / (1 + SLOPE * (depth - 1) * square)
    with precision(BITS):
        return _below(1 / (1 + SLOPE * (depth - 1) * ball(square) / _least(depth, square)))


def sharp_step(depth: int, square: Fraction) -> Fraction:
    """The largest step size that the proof covers, 1/(M^n + n phi^2/m), rounded down.

    At least :func:`proved_step`, up to rounding.
    """
    check(depth, square)
    with precision(BITS):
        layer = largest_inner(depth, square) ** (depth - 1)
        return _below(1 / (layer + (depth - 1) * ball(square) / _least(depth, square)))


def kernel_step(depth: int, square: Fraction) -> Fraction:
    """The range of the theorem that the kernel has checked: 1/(1 + 16 n |Phi|_F^2)."""
    check(depth, square)
    return 1 / (1 + KERNEL_SLOPE * (depth - 1) * square)


def papers_step(depth: int, square: Fraction) -> Fraction:
    """The paper's: min{1/(4 L^3 xi^6), 1/(144 L^2 xi^4)}, xi = max{2 |Phi|_F, 3 L^(-1/2), 1}."""
    check(depth, square)
    top = max(4 * square, Fraction(9, depth), Fraction(1))
    return min(1 / (4 * depth**3 * top**3), 1 / (144 * depth**2 * top**2))


def unstable(depth: int, square: Fraction) -> arb:
    """Enclose 2/(L phi^(2 - 2/L)): above it every minimiser of a 1 x 1 target is unstable."""
    check(depth, square)
    with precision(BITS):
        return 2 * ball(square).root(depth) / (depth * ball(square))


def spectral_bound(target: Exact) -> Fraction:
    """An exact upper bound of phi^2: the least of |Phi|_F^2 and |Phi|_1 |Phi|_inf.

    Exact for diagonal targets up to permutations.
    """
    frobenius = sum((x * x for row in target for x in row), Fraction(0))
    rows = max(sum(map(abs, row), Fraction(0)) for row in target)
    columns = max(sum(map(abs, column), Fraction(0)) for column in zip(*target, strict=True))
    return min(frobenius, rows * columns)


def largest_inner(depth: int, square: Fraction) -> arb:
    """An upper bound of M, the root of M^n (M - 1) = phi^2 above 1, tight to 2^-100."""
    f, low, high = ball(square), arb(1), 1 + ball(square).root(depth).upper()
    for _ in range(BITS):
        middle = ((low + high) / 2).mid()
        low, high = (low, middle) if middle ** (depth - 1) * (middle - 1) > f else (middle, high)
    return high


def _least(depth: int, square: Fraction) -> arb:
    return ball(square).root(depth).max(arb(1))


def _below(value: arb) -> Fraction:
    """A short rational just below a positive ball."""
    low = ends(value)[0]
    unit = Fraction(2) ** (low.numerator.bit_length() - low.denominator.bit_length() - _DIGITS)
    return low // unit * unit


def check(depth: int, square: Fraction | arb) -> None:
    """Refuse what is no network, and the target zero, which is reached at the start."""
    if depth < 1:
        raise InputError("depth", "at least one layer is wanted")
    if not square > 0:
        raise InputError("target", "a target other than zero is wanted")
