"""When to look for a theorem that ends a walk: at growing distances, and as |p| runs away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from flint import arb

from numerics.balls import log2_size
from numerics.invariant import Invariant
from numerics.invariants import trapped
from numerics.problem import Problem

# Looks come after so many steps, twice as many and so on, then each quarter more; and when |p|
# has grown by so many bits. One costs about as much as fifty steps.
_STRIDE, _DOUBLING, _BITS = 64, 1_024, 3


class Orbit(Protocol):
    """What is walked along."""

    product: arb

    @property
    def weights(self) -> Sequence[arb]:
        """Balls around the weights."""


def _between(exponent: int) -> tuple[arb, arb]:
    """An exact power of two with either sign."""
    return arb((-1, exponent)), arb((1, exponent))


class Watch:
    """Looks along one walk; their cost stays a fraction of that of the steps."""

    def __init__(self) -> None:
        self._next, self._size = _STRIDE, _BITS
        self._within = _between(_BITS - 1)

    def due(self, steps: int, product: arb) -> bool:
        """Whether to look after so many steps."""
        if steps >= self._next:
            return True
        low, high = self._within
        if low < product < high:  # so that its size is less
            return False
        return self._size <= log2_size(product) < 10**6

    def look(self, problem: Problem, steps: int, orbit: Orbit) -> Invariant | None:
        """Look for a theorem by which no later iterate satisfies the condition."""
        if steps >= self._next:
            self._next = steps + (max(_STRIDE, steps) if steps < _DOUBLING else steps // 4)
        self._size = max(self._size, log2_size(orbit.product) + _BITS)
        self._within = _between(self._size - 1)
        return trapped(problem, orbit.weights, orbit.product)
