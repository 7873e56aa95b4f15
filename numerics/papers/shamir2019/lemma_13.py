"""Shamir (2019), Lemma 13: how large may its step size be? Orbits at any multiple of it.

F = (p - y)**2/2 with y > 0, weights positive, 0 < p(0) < y, one weight at least delta, the others
at least gamma >= delta. Printed: for eta <= delta**2/(2 k y**2),

    |p(t) - y| <= y exp(-k delta**2 gamma**(2(k-2)) eta t/2).

``proofs/written/upper-bound.md`` proves it, even with y - p(0) for y, for steps up to 2 x =
2.9553... times as large, where x - 1 = exp(-x/2); beyond, both fail. Here are orbits in balls: the
largest share of the bound that one instance uses.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from numerics.balls import ball, precision
from theory.errors import InputError

LIMIT = Fraction(29553, 10000)
"""The conclusion is proved up to this multiple of the printed step size."""
BEYOND = Fraction(2956, 1000)
"""At this one, equal weights break it with y - p(0) at the first step."""


@dataclass(frozen=True)
class Instance:
    """Weights, the first of them the least, and the target y above their product."""

    weights: tuple[Fraction, ...]
    target: Fraction

    def __post_init__(self) -> None:
        if len(self.weights) < 2 or min(self.weights) <= 0:
            raise InputError("weights", "at least two positive ones are wanted")
        if not math.prod(self.weights) < self.target:
            raise InputError("target", "a number above the product of the weights is wanted")

    @property
    def printed_step(self) -> Fraction:
        """delta**2/(2 k y**2)."""
        return min(self.weights) ** 2 / (2 * len(self.weights) * self.target**2)

    @property
    def rate(self) -> Fraction:
        """The printed rate over eta, k delta**2 gamma**(2(k-2))."""
        least, *others = sorted(self.weights)
        return len(self.weights) * least**2 * others[0] ** (2 * (len(self.weights) - 2))


def equal_weights(depth: int, excess: Fraction) -> Instance:
    """All weights 1 and the target just above: what decides how large the step may be."""
    return Instance((Fraction(1),) * depth, 1 + excess)


def largest_share(
    one: Instance, multiple: Fraction, steps: int, bits: int = 256, printed: bool = False
) -> arb:
    """Enclose the largest share of the bound that |p(t) - y| uses, 1 <= t <= steps.

    Parameters
    ----------
    one : Instance
    multiple : Fraction
        eta over the printed step size.
    steps : int
        At most; the orbit ends once the bound is certainly broken.
    bits : int
        Working precision; an enclosure that is lost shows as a wide ball.
    printed : bool
        Whether the bound begins at y, as printed, or at y - p(0).
    """
    eta_exact = multiple * one.printed_step
    with precision(bits):
        eta, y = ball(eta_exact), ball(one.target)
        shrink = (-ball(one.rate * eta_exact) / 2).exp()
        weights, most = [ball(w) for w in one.weights], arb(0)
        p = _product(weights)
        allowed = y if printed else y - p
        for _ in range(steps):
            push = eta * (y - p) * p
            weights = [w + push / w for w in weights]
            p, allowed = _product(weights), allowed * shrink
            most = most.max(abs(p - y) / allowed)
            if most > 1:
                break
        return most


def _product(weights: Sequence[arb]) -> arb:
    total = arb(1)
    for w in weights:
        total *= w
    return total
