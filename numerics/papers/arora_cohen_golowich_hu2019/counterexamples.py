"""Where the constants must end: exact instances that break Lemma 1, and Claims 4 and 5."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from numerics.balls import ends, precision
from numerics.matrices.descent import Orbit
from numerics.matrices.instances import Exact
from numerics.papers.arora_cohen_golowich_hu2019.theorem_1 import (
    BITS,
    PAPER,
    Constants,
    Instance,
    deficiency_margin,
    make,
)
from theory.errors import InputError

DIVERGED = 10**12


def too_unbalanced() -> tuple[Instance, Fraction]:
    """Depth 2, so unbalanced that Lemma 1 fails in the first step; returned with its delta.

    W_1 = (10/7, 0), W_2 = 7/10, Phi = (1, 1/100): the residual is orthogonal to the product (1, 0),
    and across it the Gram operator is only W_2^2 = 0.49 sigma_min(W_{1:2}).
    """
    small = Fraction(1, 100)
    layers: tuple[Exact, ...] = ([[Fraction(10, 7), Fraction(0)]], [[Fraction(7, 10)]])
    target = [[Fraction(1), small]]
    with precision(BITS):
        margin, _ = ends(deficiency_margin(layers, target))
    delta = Fraction(100, 49) - Fraction(49, 100)
    made = Instance(layers, target, margin, delta, delta, Fraction(1, 1000))
    return made, delta


def across(constants: Constants = PAPER) -> Instance:
    """Depth 2, exactly balanced, residual orthogonal to the product: the slowest descent.

    W_1 = (1, 0), W_2 = 1, Phi = (1, 1/100): only one of the two layers contributes.
    """
    layers: tuple[Exact, ...] = ([[Fraction(1), Fraction(0)]], [[Fraction(1)]])
    return make(layers, [[Fraction(1), Fraction(1, 100)]], constants)


def too_fast(depth: int) -> Instance:
    """Equal scalars so close to Phi = w^N that Lemma 1 fails for eta just above (2N-1)/N^2."""
    near = 1 + Fraction(1, 10**6)
    layers: tuple[Exact, ...] = ([[Fraction(1)]],) * depth
    target = [[near]]
    step = Fraction(2 * depth - 1, depth**2) * Fraction(1001, 1000)
    return Instance(layers, target, 2 - near, Fraction(0), Fraction(0), step)


def diverging_scalars(
    depth: int, step_size: Fraction, product: Fraction
) -> list[tuple[Fraction, Fraction]]:
    """Claim 4 in exact rationals: N scalars with a given product, Phi = 1, that diverge.

    Parameters
    ----------
    depth : int
        Even.
    step_size, product : Fraction
        Any positive step size; 0 < product < 1, the margin.

    Returns
    -------
    list of (Fraction, Fraction)
        The smallest and the largest |W_j| after 1, 2, ... steps, up to numbers of 600 bits; the
        signs are checked to be equal and to alternate.

    Raises
    ------
    InputError
        For an odd depth, or numbers out of range.
    """
    if depth % 2 or depth < 2 or step_size <= 0 or not 0 < product < 1:
        raise InputError("depth", "an even depth, a positive step and a product in (0, 1)")
    size = Fraction(1)
    while True:
        size *= Fraction(3, 2)
        weights = _stepped([size] * (depth - 1) + [product / size ** (depth - 1)], step_size)
        low, high = min(weights), max(weights)
        if low > 0 and low**depth >= 2 and step_size * low ** (2 * depth - 1) >= 20 * high:
            break
    found = [(low, high)]
    while True:
        weights = _stepped(weights, step_size)
        sign = 1 if weights[0] > 0 else -1
        if any(w * sign <= 0 for w in weights) or (sign > 0) is (len(found) % 2 == 1):
            raise ArithmeticError("the signs do not alternate")
        sizes = [abs(w) for w in weights]
        if max(sizes).numerator.bit_length() - max(sizes).denominator.bit_length() > 600:
            return found
        found.append((min(sizes), max(sizes)))


def smallest_loss(target: Exact, depth: int, step_size: Fraction, steps: int) -> Fraction:
    """Claim 5: a lower bound of the loss over a run from identity layers.

    The loss tends to the barrier while the radius of the enclosure grows by a factor of about
    1 + eta lam per step, so the precision grows with the number of steps. A run whose loss exceeds
    10^12 has diverged and ends there.
    """
    size = len(target)
    one = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    orbit = Orbit([one] * depth, step_size, target, bits=400 + 2 * steps)
    lows = []
    for t in range(steps + 1):
        loss = orbit.loss
        lows.append(ends(loss)[0])
        if t == steps or loss > DIVERGED:
            break
        orbit.advance()
    return min(lows)


def _stepped(weights: Sequence[Fraction], step_size: Fraction) -> list[Fraction]:
    product = Fraction(1)
    for w in weights:
        product *= w
    return [w - step_size * (product - 1) * product / w for w in weights]
