"""The reference engine: gradient descent in mpmath, at any number of digits; not rigorous."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from operator import mul
from typing import Any

from mpmath import MPContext

from numerics.evaluate import Value, mpmath_backend
from numerics.loss import Loss


class ReferenceOrbit:
    """Gradient descent on F(w) = f(w_1 ... w_k), one step at a time.

    Parameters
    ----------
    loss : Loss
    weights : sequence of Fraction, shape (k,)
    step : Fraction
        The step size.
    digits : int
        Decimal digits of the working precision; every operation rounds, nothing is bounded.

    Attributes
    ----------
    weights : list of mpf, shape (k,)
        The current iterate.
    steps : int
        How many steps have been taken.

    Notes
    -----
    All gradients come from prefix and suffix products: O(k) multiplications and no division, so
    zero weights need no care.
    """

    def __init__(
        self, loss: Loss, weights: Sequence[Fraction], step: Fraction, digits: int
    ) -> None:
        self.context = MPContext()  # one of its own: precision is an attribute of the context
        self.context.dps = digits
        backend = mpmath_backend(self.context)
        self.number = backend.number
        self._value, self._slope = loss.value(backend), loss.descent(backend)
        self._step = self.number(step)
        self.weights: list[Any] = [self.number(w) for w in weights]
        self._prefix = self._prefixes()
        self.steps = 0

    def _prefixes(self) -> list[Any]:
        return list(accumulate(self.weights, mul, initial=self.context.one))

    @property
    def product(self) -> Value:
        """The product p of the weights."""
        return self._prefix[-1]

    @property
    def loss(self) -> Value:
        """The loss f(p)."""
        return self._value(self.product)

    def advance(self) -> None:
        """Take one step."""
        suffix = self._step * self._slope(self.product)
        moved = list(self.weights)
        for i in range(len(moved) - 1, -1, -1):
            moved[i] -= self._prefix[i] * suffix
            suffix *= self.weights[i]
        self.weights = moved
        self._prefix = self._prefixes()
        self.steps += 1
