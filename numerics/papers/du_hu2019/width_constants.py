"""The constants in the convergence proofs of wide networks: as printed, and sharpened."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product


@dataclass(frozen=True)
class Constants:
    """The constants of the proof; each choice that :meth:`consistent` accepts proves a theorem.

    Attributes
    ----------
    spread : Fraction
        tau: the norm of one image of a fixed vector lies within 1 ± tau of its scale.
    net : Fraction
        epsilon: fineness of the nets on the unit spheres of the outputs and the inputs.
    theta : Fraction
        Which negative moment bounds the lower tail.
    upper, lower : Fraction
        Singular values at the start, over their scale.
    drift : Fraction
        How far they may move while training.
    rate : Fraction
        The norm of the residual falls by 1 - rate * eta L sigma_min²/d_out per step.
    step : Fraction
        The step size is at most step * d_out/(L |X|²).
    movement : Fraction
        In the radius R = movement * sqrt(B d_out) |X|/(L sigma_min²) that no layer leaves.
    block_net, stretch, blocks
        Middle products: net on a block, allowed stretch of one vector, blocks per layer.
    whitened : bool
        Whether nets and drift are about W_{i:1}Q with Q an orthonormal basis of the inputs
        (ours); otherwise about W_{i:1}X, which costs a factor kappa (the paper's).
    chained : bool
        Whether middle products may also be bounded layer by layer, by Chevet's inequality.
    per_column : bool
        Whether the initial loss is bounded column by column (the paper's log r).
    """

    spread: Fraction
    net: Fraction
    theta: Fraction
    upper: Fraction
    lower: Fraction
    drift: Fraction
    rate: Fraction
    step: Fraction
    movement: Fraction
    block_net: Fraction = Fraction(1, 7)
    stretch: Fraction = Fraction(27, 10)
    blocks: Fraction = Fraction(3)
    whitened: bool = True
    chained: bool = True
    per_column: bool = False

    @property
    def high(self) -> Fraction:
        """Largest singular values while training, over their scale (5/4 in the paper)."""
        return self.upper + self.drift

    @property
    def low(self) -> Fraction:
        """Smallest ones (3/4 in the paper)."""
        return self.lower - self.drift

    def consistent(self) -> bool:
        """Whether the constants fit together; exact but for sqrt(2), decided on squares."""
        return (
            (1 + self.spread) <= self.upper * (1 - self.net)
            and 1 - self.spread - self.net * self.upper >= self.lower > self.drift > 0
            and self.step * self.high**4 <= 1
            and 0 < self.rate < self.low**4
            and self.movement**2 * self.rate**2 >= 2 * self.high**4
            and 0 < self.theta < 1
        )


PAPER = Constants(
    spread=Fraction(1, 10),
    net=Fraction(1, 100),
    theta=Fraction(1, 5),
    upper=Fraction(6, 5),
    lower=Fraction(4, 5),
    drift=Fraction(1, 20),
    rate=Fraction(1, 4),
    step=Fraction(1, 3),
    movement=Fraction(24),
    whitened=False,
    chained=False,
    per_column=True,
)
"""The constants as printed, with the paper's route (kappa inside, log r)."""

OURS = replace(PAPER, whitened=True, chained=True, per_column=False, movement=Fraction(9))
"""The same window, with whitened inputs, the loss bounded at once, and the radius it needs."""


def _radius(high: Fraction, rate: Fraction) -> Fraction:
    """A little more than sqrt(2) high²/rate, the movement that the rate of the norm allows."""
    return Fraction(math.isqrt(math.ceil(2 * high**4 / rate**2 * 10**12)) + 1, 10**6)


def _orthogonal(drift: Fraction, rate: Fraction, step: Fraction) -> Constants:
    one, none = Fraction(1), Fraction(0)
    travelled = _radius(1 + drift, rate)
    return Constants(none, one, one, one, one, drift, rate, step, travelled)


ORTHOGONAL_PAPER = replace(
    _orthogonal(Fraction(1, 10), Fraction(1, 2), Fraction(1, 2)),
    movement=Fraction(8),
    per_column=True,
)
"""1.1, 0.9, 8, steps up to d/(2 L |X|²) and log r, as printed; the rate 1/2 is that of the norm."""

ORTHOGONAL_OURS = tuple(
    _orthogonal(p, share * (1 - p) ** 4, Fraction(1, 2))
    for p in map(Fraction, ("1/10", "1/8", "3/20", "17/100"))
    for share in map(Fraction, ("4/5", "9/10", "19/20"))
)
"""The same step size, all columns at once, the radius of the norm's rate, other windows."""


def windows() -> Iterator[Constants]:
    """Windows 1 ± (tau + ...) that just fit, and drifts from a tenth to a quarter."""
    for tau, eps, drift in product(
        map(Fraction, ("1/50", "1/30", "1/20", "1/12", "1/10")),
        map(Fraction, ("1/100", "1/50", "1/24", "1/12")),
        map(Fraction, ("1/10", "3/20", "1/5", "1/4")),
    ):
        upper = (1 + tau) / (1 - eps)
        lower = 1 - tau - eps * upper
        high, low = upper + drift, lower - drift
        if low <= 0:
            continue
        rate = Fraction(9, 10) * low**4
        travelled = Fraction(math.isqrt(math.ceil(2 * high**4 / rate**2 * 10**12)) + 1, 10**6)
        made = Constants(tau, eps, tau, upper, lower, drift, rate, Fraction(1) / high**4, travelled)
        if made.consistent():
            yield made
