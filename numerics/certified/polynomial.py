"""Polynomials: losses by exact coefficients, long products of (c + y) by the terms that count."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from flint import arb, arb_poly, ctx, fmpq, fmpq_poly

from numerics import clock
from numerics.balls import log2_size
from theory.expressions import Expression, rational_value

_TOGETHER = 1_024


def expand(e: Expression) -> fmpq_poly:
    """Multiply out a formula for which ``is_polynomial`` holds."""
    match e.head:
        case "name":
            return fmpq_poly([0, 1])
        case "neg":
            return -expand(e.args[0])
        case "+":
            return expand(e.args[0]) + expand(e.args[1])
        case "-":
            return expand(e.args[0]) - expand(e.args[1])
        case "*":
            return expand(e.args[0]) * expand(e.args[1])
    if e.names:  # a power, or a quotient by a constant
        constant = rational_value(e.args[1])
        assert constant is not None
        if e.head == "**":
            return expand(e.args[0]) ** int(constant)
        return expand(e.args[0]) * fmpq(constant.denominator, constant.numerator)
    value = rational_value(e)
    assert value is not None
    return fmpq_poly([fmpq(value.numerator, value.denominator)])


def from_roots(roots: Sequence[arb]) -> arb_poly:
    """Multiply out ``prod (y - root)``; many of them in parts, between which the time may end."""
    parts = [
        arb_poly.from_roots(roots[i : i + _TOGETHER])
        for i in clock.watched(range(0, max(1, len(roots)), _TOGETHER))
    ]
    while len(parts) > 1:
        odd = parts[-1:] if len(parts) % 2 else []
        pairs = clock.watched(zip(parts[::2], parts[1::2], strict=False))
        parts = [a * b for a, b in pairs] + odd
    return parts[0]


class Concave:
    """A polynomial with positive, log-concave coefficients, near 0: only the terms that count.

    The ratio of neighbours falls (Newton: so it does for prod (c_j + y) with c_j >= 0, its
    derivatives, and their products with log-concave sequences), hence
    ``sum over n >= N of a_n |y|**n <= a_N |y|**N/(1 - |y| a_(N+1)/a_N)``.

    Parameters
    ----------
    full : arb_poly
    """

    def __init__(self, full: arb_poly) -> None:
        self.full = full

    @cached_property
    def _heads(self) -> list[tuple[int, arb_poly, int, int]]:
        """Truncations: length, polynomial, size of the first term left out, and of the ratio."""
        a = self.full.coeffs()
        if len(a) < 24 or not a[0] > 0:
            return []
        self._first = -log2_size(1 / a[0])
        heads, length = [], 12
        while length < 3 * len(a) // 4:
            if a[length] > 0:
                ratio = log2_size(a[length + 1] / a[length])
                heads.append((length, arb_poly(a[:length]), log2_size(a[length]), ratio))
            length += length // 3
        return heads

    def __call__(self, y: arb) -> arb:
        """Evaluate at a ball that contains nonnegative numbers."""
        size = log2_size(y)
        for length, head, top, ratio in self._heads:
            tail = top + length * size + 1
            if ratio + size < 0 and tail < self._first - ctx.prec - 4:
                return head(y) + arb((0, 0), (1, tail))
        return self.full(y)
