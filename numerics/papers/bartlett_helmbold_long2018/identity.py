"""Identity initialisation: symmetric targets one eigenvalue at a time, and the theorems' bounds.

For W_1 = ... = W_L = I and a symmetric target U diag(phi) U^T all layers stay equal and diagonal in
the same basis, and each eigenvalue moves on its own,

    lam+ = g(lam) = lam + eta lam^(L-1) (phi - lam^L),        lam(0) = 1,

whatever the size of the target. :func:`identity_count` follows these scalars as enclosures
(centre c, radius rho -> g(c), rho sup |g'|), which contract where the map does. Claims and proofs:
``identity-initialisation.toml`` in the catalogue, ``proofs/written/identity-initialisation.md``.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from flint import arb, fmpq, fmpq_mat

from numerics.balls import around, at_most, ball, ceil_upper, ends, exact_dyadic, precision
from numerics.matrices.instances import Exact
from numerics.matrices.rates import RateCheck, check_rate
from theory.errors import InputError

BITS = 192
NEAR_RATE = Fraction(5, 6)
RADIUS_STEP = 7


@dataclass(frozen=True)
class IdentityCount:
    """Steps from the identity until the loss 1/2 |W_{L:1} - Phi|_F^2 is at most a level.

    Attributes
    ----------
    lower, upper : int and int or None
        Certified: lower <= N <= upper.
    outcome : {"reached", "never", "undecided"}
    reason : str
        Why not reached; empty otherwise.
    bound : int or None
        What the theorem for positive definite targets guarantees; None where it does not apply.
    """

    lower: int
    upper: int | None
    outcome: Literal["reached", "never", "undecided"]
    reason: str = ""
    bound: int | None = None


Spectrum = tuple[tuple[arb, int], ...]
"""Enclosures of the different eigenvalues, with multiplicities."""


def eigenvalues(target: Exact, bits: int = BITS) -> Spectrum:
    """Enclose the eigenvalues of a symmetric rational matrix, with their multiplicities.

    Raises
    ------
    InputError
        If the matrix is not exactly symmetric.
    """
    if any(len(row) != len(target) for row in target):
        raise InputError("target", "a square matrix is wanted")
    if any(target[i][j] != target[j][i] for i in range(len(target)) for j in range(i)):
        raise InputError("target", "a symmetric matrix is wanted")
    exact = fmpq_mat([[fmpq(x.numerator, x.denominator) for x in row] for row in target])
    polynomial = exact.charpoly()
    with precision(bits + 32):
        # The roots are real, so the real part of an enclosure encloses the root.
        roots = polynomial.numer().complex_roots()
    return tuple((root.real, int(n)) for root, n in roots)


def largest_step(depth: int, largest: arb | Fraction) -> arb:
    """The largest step size for positive definite targets, 1/(L Lambda^(2-2/L))."""
    top = arb(1).max(_ball(largest))
    return 1 / (depth * _power(top, depth))


def contraction(depth: int, smallest: arb | Fraction, step_size: Fraction) -> arb:
    """The rate of the residual per step, eta L mu^(2-2/L), mu = min(1, smallest eigenvalue)."""
    return ball(step_size) * depth * _power(arb(1).min(_ball(smallest)), depth)


def identity_count(
    target: Exact | Spectrum | Sequence[Fraction],
    depth: int,
    step_size: Fraction,
    level: Fraction,
    max_steps: int = 1_000_000,
    max_seconds: float = math.inf,
    bits: int = BITS,
) -> IdentityCount:
    """Count steps from the identity, for a symmetric target of any size.

    Parameters
    ----------
    target : exact symmetric matrix, or its eigenvalues
        Rational eigenvalues as a sequence, or enclosures with multiplicities.
    depth : int
        L >= 1.
    step_size, level : Fraction
        Both positive.
    max_steps, max_seconds
        The budget.
    bits : int
        Working precision.

    Returns
    -------
    IdentityCount
        Rigorous.

    Raises
    ------
    InputError
        For a target that is not symmetric, or arguments out of range.
    """
    if depth < 1 or step_size <= 0 or level <= 0:
        raise InputError("depth, step-size, level", "positive numbers are wanted")
    values = _spectrum(target, bits)
    deadline = time.process_time() + max_seconds
    with precision(bits):
        eta, goal = ball(step_size), ball(level)
        reason = _never(values, depth, eta, goal)
        if reason:
            return IdentityCount(0, None, "never", reason)
        bound = _bound(values, depth, step_size, level)
        layers = [_Layer(phi, depth, eta) for phi, _ in values]
        lower, undecided = 0, False
        for t in range(max_steps + 1):
            reached = at_most(_loss(layers, values), goal)
            if reached is True:
                return IdentityCount(lower if undecided else t, t, "reached", "", bound)
            if reached is None and not undecided:
                lower, undecided = t, True
            if not all(layer.finite for layer in layers):
                return IdentityCount(
                    t if not undecided else lower, None, "undecided", "it diverges"
                )
            if t % 64 == 0 and time.process_time() > deadline:
                break
            for layer in layers:
                layer.advance()
        end = lower if undecided else t + 1
        return IdentityCount(end, None, "undecided", "the budget is spent", bound)


class _Layer:
    """One eigenvalue of every layer: an exact centre and a radius."""

    def __init__(self, phi: arb, depth: int, eta: arb) -> None:
        self.phi, self.depth, self.eta = phi, depth, eta
        self.centre, self.radius = arb(1), arb(0)

    def advance(self) -> None:
        power = self.depth
        box = around(self.centre, self.radius)
        slope = 1 + self.eta * (
            (power - 1) * _natural(box, power - 2) * self.phi
            - (2 * power - 1) * box ** (2 * power - 2)
        )
        low = self.centre ** (power - 1)
        moved = self.centre + self.eta * low * (self.phi - low * self.centre)
        self.radius = (abs(slope) * self.radius + moved.rad()).upper()
        self.centre = moved.mid()

    @property
    def gap(self) -> arb:
        return around(self.centre, self.radius) ** self.depth - self.phi

    @property
    def finite(self) -> bool:
        return bool(abs(self.centre) + self.radius < exact_dyadic(1, 200))


def check_positive(
    target: Exact, depth: int, step_size: Fraction, steps: int, until: Fraction | None = None
) -> RateCheck:
    """Verify R(t) <= (1 - eta L mu^(2-2/L))^(2t) R(0) on the full matrices, in ball arithmetic."""
    with precision(BITS):
        values = eigenvalues(target)
        smallest = arb(1)
        for phi, _ in values:
            smallest = smallest.min(phi)
        if not smallest > 0:
            raise InputError("target", "a positive definite target is wanted")
        rate = 1 - (1 - contraction(depth, smallest, step_size)) ** 2
    return check_rate(exact_identity(len(target), depth), target, step_size, rate, steps, until)


def near_step(depth: int) -> Fraction:
    """A rational just below exp(-2/3)/L."""
    return Fraction(5134, 10_000 * depth)


def near_rate(depth: int, step_size: Fraction) -> arb:
    """The rate of the loss near the identity, 1 - (1 - (5/6) exp(-2/3) eta L)^2."""
    with precision(BITS):
        one = (arb(-2) / 3).exp() * ball(NEAR_RATE * step_size * depth)
        return 1 - (1 - one) ** 2


def radius_rate(depth: int, step_size: Fraction, distance: Fraction) -> Fraction:
    """The rate of the loss for |Phi - I|_F <= r < 1/2 and eta <= 1/(7L), rounded down.

    With c = 1 - 2r, the larger one of (8/9) eta L c^4/(1 + 2r)^3 and eta L c^(2-2/L)
    (1 - 2 eta L r^2 c^(-2/L)).
    """
    c, y = 1 - 2 * distance, step_size * depth
    crude = Fraction(8, 9) * y * c**4 / (1 + 2 * distance) ** 3
    with precision(BITS):
        root = ball(c).root(depth)
        fine = ball(y) * (ball(c) / root) ** 2 * (1 - 2 * ball(y * distance**2) / root**2)
        return max(crude, ends(fine)[0])


def exact_identity(size: int, depth: int) -> list[Exact]:
    """The start, exactly: L times the identity."""
    one = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    return [[list(row) for row in one] for _ in range(depth)]


def distance_square(target: Exact) -> Fraction:
    """|Phi - I|_F^2, exactly."""
    return sum(
        ((x - (i == j)) ** 2 for i, row in enumerate(target) for j, x in enumerate(row)),
        Fraction(0),
    )


@dataclass(frozen=True)
class Frontier:
    """How far a constant of the near-identity theorem can be pushed, its rate as it is.

    Attributes
    ----------
    depth : int
    proved, refuted : Fraction
        The theorem's value, and one at which a ball trajectory violates the bound...
    at : int
        ... at this step.
    """

    depth: int
    proved: Fraction
    refuted: Fraction
    at: int


def radius_frontier(depth: int, steps: int = 400) -> Frontier:
    """Find a radius r with a violation for the target 1 - r, at eta = exp(-2/3)/L.

    Raises
    ------
    InputError
        If none was verified; likewise in :func:`step_frontier`.
    """
    size = near_step(depth)
    for radius in (Fraction(hundredths, 100) for hundredths in range(11, 100)):
        at = _violation(depth, 1 - radius, size, steps)
        if at:
            return Frontier(depth, Fraction(1, 10), radius, at)
    raise InputError("depth", "no violation was verified")


def step_frontier(depth: int, steps: int = 400) -> Frontier:
    """Find a step size with a violation for the targets 11/10 and 9/10."""
    proved = near_step(depth)
    for size in (proved * tenths / 10 for tenths in range(11, 60)):
        for phi in (Fraction(11, 10), Fraction(9, 10)):
            at = _violation(depth, phi, size, steps)
            if at:
                return Frontier(depth, proved, size, at)
    raise InputError("depth", "no violation was verified")


def _violation(depth: int, phi: Fraction, size: Fraction, steps: int) -> int:
    """Find a step that violates the bound near the identity: proposed in doubles, then verified."""
    rate = near_rate(depth, size)
    factor, layer, eta = 1 - float(rate.mid()), 1.0, float(size)
    goal, allowed = float(phi), (1 - float(phi)) ** 2
    for t in range(1, steps + 1):
        layer += eta * layer ** (depth - 1) * (goal - layer**depth)
        allowed *= factor
        if (goal - layer**depth) ** 2 > 1.01 * allowed:
            found = check_rate(exact_identity(1, depth), [[phi]], size, rate, t)
            return found.steps if found.holds is False else 0
        if allowed < 1e-24:
            break
    return 0


def _spectrum(target: Exact | Spectrum | Sequence[Fraction], bits: int) -> Spectrum:
    if not target:
        raise InputError("target", "it is empty")
    first = target[0]
    if isinstance(first, tuple):
        return target  # type: ignore[return-value]
    if not isinstance(first, Fraction):
        return eigenvalues(target, bits)  # type: ignore[arg-type]
    counted = Counter(target)
    with precision(bits):
        return tuple((ball(phi), n) for phi, n in counted.items())  # type: ignore[arg-type]


def _never(values: Spectrum, depth: int, eta: arb, goal: arb) -> str:
    """Say why the level is never reached, if the negative eigenvalues forbid it."""
    total, small = arb(0), True
    for phi, multiplicity in values:
        if phi < 0:
            total += multiplicity * phi * phi / 2
            small = small and bool(eta * (1 - phi) < 1)
    if depth < 2 or not total > goal:
        return ""
    if depth % 2 == 0:
        return "bartlett-barrier-even: a negative eigenvalue and an even depth"
    return "bartlett-stays-positive: a negative eigenvalue, eta (1 + mu) < 1" if small else ""


def _bound(values: Spectrum, depth: int, step_size: Fraction, level: Fraction) -> int | None:
    smallest, largest, distance = arb(1), arb(1), arb(0)
    for phi, multiplicity in values:
        smallest, largest = smallest.min(phi), largest.max(phi)
        distance += multiplicity * (phi - 1) ** 2
    # eta L Lambda^(2-2/L) <= 1, to the power L: exact where Lambda is.
    allowed = ball(step_size * depth) ** depth * largest ** (2 * depth - 2) <= 1
    if not (smallest > 0 and allowed):
        return None
    if distance / 2 <= ball(level):
        return 0
    rate = contraction(depth, smallest, step_size)
    if not rate < 1:
        return 1
    steps = (distance / (2 * ball(level))).log() / (-2 * (1 - rate).log())
    return max(0, ceil_upper(steps)) if steps.is_finite() else None


def _loss(layers: Sequence[_Layer], values: Spectrum) -> arb:
    total = arb(0)
    for layer, (_, multiplicity) in zip(layers, values, strict=True):
        gap = layer.gap
        total += multiplicity * gap * gap / 2
    return total


def _ball(value: arb | Fraction) -> arb:
    return value if isinstance(value, arb) else ball(value)


def _power(x: arb, depth: int) -> arb:
    """Enclose x^(2 - 2/L)."""
    return x ** (arb(2) - arb(2) / depth)


def _natural(x: arb, exponent: int) -> arb:
    return x**exponent if exponent > 0 else arb(int(exponent == 0))
