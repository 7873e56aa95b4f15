"""The first iterates over the rationals: what settles an equality that no ball can tell."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from numerics import clock
from numerics.balls import exact_product
from numerics.conditions import holds_exactly
from numerics.problem import Problem
from theory.expressions import rational_value

# Numerators grow by a factor of about twice the depth with every step.
MAX_BITS = 1 << 19


def iterates(problem: Problem, most: int = MAX_BITS) -> Iterator[tuple[list[Fraction], Fraction]]:
    """Yield w(t) and its product exactly, t = 0, 1, ..., until the numbers are too long.

    Only for losses whose value and derivative are rational at every iterate; where the value is
    not, the loss may not even be defined. Raises :class:`numerics.clock.Spent`.

    Parameters
    ----------
    problem : Problem
    most : int
        Bits of a product of weights that are too many.
    """
    weights = list(problem.weights)
    while True:
        p = exact_product(weights)
        try:
            slope = rational_value(problem.loss.derivative, {"p": p})
            if slope is None or rational_value(problem.loss.expression, {"p": p}) is None:
                return
        except ZeroDivisionError:
            return
        yield weights, p
        pull, others = problem.step * slope, _without_each(weights)
        size = sum(w.denominator.bit_length() + w.numerator.bit_length() for w in others)
        if size * (len(weights) + 1) > 64 * most or max(map(_bits, others)) > most:
            return
        weights = [w - pull * q for w, q in zip(weights, others, strict=True)]


def holds_at(problem: Problem, index: int) -> bool | None:
    """Decide the condition at one iterate exactly; None where the numbers would be too long."""
    for weights, p in islice(iterates(problem), index, index + 1):
        try:
            return holds_exactly(problem.loss, problem.until, weights, p)
        except ZeroDivisionError:
            return None
    return None


def _without_each(weights: list[Fraction]) -> list[Fraction]:
    """The products of all weights but one, without dividing."""
    after = [Fraction(1)]
    for w in clock.watched(reversed(weights[1:]), 16):
        after.append(after[-1] * w)
    before, products = Fraction(1), []
    for w, rest in clock.watched(zip(weights, reversed(after), strict=True), 16):
        products.append(before * rest)
        before *= w
    return products


def _bits(x: Fraction) -> int:
    return x.denominator.bit_length() + x.numerator.bit_length()
