"""How a panel of the invariant curve is to be made, how long and of which degrees: search."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from flint import arb

from numerics import clock
from numerics.balls import ball, log2_size, precision, smallest
from numerics.certified import chebyshev
from numerics.certified.cells import Obstruction
from numerics.certified.collocation import LOW
from numerics.certified.plateau import mantissa_bits
from numerics.certified.reduced import ReducedFlow

# The panels reach this fraction of the distance to the nearest branch point ...
REACH = 0.4
# ... and ln u varies on them by about twice this.
VARIATION = 8.0
# The real panel with an overhang for the steps that leave it: larger semi-axis over the radius.
NEAR = arb("1.1")
# Larger semi-axes, over the radius, of the ellipses on which residuals may be bounded.
FAR = tuple(arb(a) for a in ("1.3", "1.6", "2", "2.5", "3", "4", "5", "6", "8", "10", "13", "17"))
# On them the length of a step may change by this factor, about, from one step to the next.
WILD = 0.5
MAX_NODES = 192
_NO_LENGTH = arb(0)
# Bits by which the steps of a panel may differ before its c_j are wanted to more.
EVEN = 16
# Bits by which slopes of polynomials of such degrees are larger than themselves.
SLOPE = 16


@dataclass(frozen=True)
class Plan:
    """How one panel is to be made: search, not proof.

    Attributes
    ----------
    centre, radius : arb
        Exact.
    nodes : int
        The residuals are looked at in so many.
    tally : int
        The degree of Phi.
    rho : arb
        Semi-axis sum of the ellipse on which the residuals will be bounded.
    bits : int
    sharp : int
        Bits of Phi.
    degree : int
        Of the c_j, which are much smoother than Phi.
    fine : int
        Bits below the c_j to which their residuals are wanted.
    """

    centre: arb
    radius: arb
    nodes: int
    tally: int
    rho: arb
    bits: int
    sharp: int
    degree: int
    fine: int


class Degrees(NamedTuple):
    """The part of a :class:`Plan` that follows from its place."""

    nodes: int
    tally: int
    rho: arb
    bits: int
    sharp: int
    degree: int
    fine: int


def propose(
    flow: ReducedFlow,
    step: Fraction,
    squares: Sequence[arb],
    left: arb,
    count: int,
    fine: int = 0,
    end: arb | None = None,
    shortest: arb = _NO_LENGTH,
) -> Plan:
    """Choose the next panel, which begins at ``left``.

    Parameters
    ----------
    squares : sequence of arb
        All c_j at ``left``, about.
    count : int
        Bits of the whole count: what an error of the c_j is multiplied by.
    fine : int
        To how many more bits than usual the steps are to be counted.
    end : arb, optional
        The panel ends before it.
    shortest : arb
        The radius is larger.

    Raises
    ------
    Obstruction
        If the steps are too long there.
    """
    with precision(LOW):
        y, eta = left * left, ball(step)
        distances = [(c + y).sqrt() for c in squares]
        turning = sum((1 / d for d in distances), arb(0))
        radius = (smallest(distances) * REACH).min(VARIATION / turning).mid()
        if end is not None:
            rest = (end - left) / 2
            # Two almost equal last panels rather than one of nearly no length.
            half = (rest / 2).max(shortest + shortest / 64).min(rest)
            radius = rest if rest < radius else (half if rest < 2 * radius else radius)
        best: tuple[float, arb, Degrees] | None = None
        for _ in clock.watched(range(24)):
            radius = _short(radius)
            if not radius > shortest:
                break
            found = _degree(flow, eta, squares, (left + radius).mid(), radius, count, fine)
            if found is not None and found.nodes <= MAX_NODES:
                n, m = found.nodes, found.degree
                cost = (m * (n + 2 * m) * len(squares) + n**3) / float(radius)
                if best is not None and cost > best[0]:
                    break
                best = (cost, radius, found)
            radius *= 0.7
        if best is None:
            raise Obstruction("the steps are too long for a smooth curve")
        _, radius, chosen = best
    with precision(chosen.bits + 4 * LOW + mantissa_bits(left)):
        centre = left + radius
        assert centre.is_exact()
    return Plan(centre, radius, *chosen)


def _short(radius: arb) -> arb:
    """Round down to a few bits, so that sums stay exact."""
    with precision(20):
        return (radius * (1 - arb(2) ** -18)).mid()


def _degree(
    flow: ReducedFlow,
    eta: arb,
    squares: Sequence[arb],
    centre: arb,
    radius: arb,
    count: int,
    fine: int,
) -> Degrees | None:
    y = centre * centre
    distances = [(c + y).sqrt() for c in squares]
    nearest, turning = smallest(distances), sum((1 / d for d in distances), arb(0))
    near = flow.disc(centre, NEAR * radius, distances)
    if near is None or not eta * near.speed < radius / 10:
        return None
    steps = log2_size(2 * radius * near.inverse_speed / eta) + 1
    # What the c_j miss moves the count by a share of the longest step, told by the shortest.
    swing = max(0, log2_size(near.speed * near.inverse_speed) - EVEN)
    known = steps + count + swing + log2_size(arb(len(squares) + 1)) + 6
    best: Degrees | None = None
    degree = MAX_NODES
    for axis in clock.watched(FAR, 4):
        if not axis * radius < 0.9 * nearest:
            break
        far = flow.disc(centre, axis * radius, distances)
        if far is None:
            break
        longest = eta * far.speed
        # Where steps change much from one to the next the curve is not smooth any more.
        if not longest * turning < WILD:
            break
        rho = chebyshev.rho_of(axis).mid()
        gap = nearest - axis * radius
        drift = 2 * longest * (axis * radius + longest) / (gap * gap)
        bits_per_node = float(rho.log() / arb.const_log2())

        def nodes(bits: int, each: float = bits_per_node) -> int:
            return max(8, math.ceil(bits / each) + 2)

        drifting = nodes(log2_size(drift) + known)
        # What the residual of a step misses is a step times what a slope misses.
        smooth = nodes(log2_size(drift) + known - steps + SLOPE)
        counting = nodes(log2_size(2 * axis * radius * far.inverse_speed / eta) + steps + fine + 24)
        degree = min(degree, smooth)
        n = max(drifting, counting)
        bits = max(int(n * bits_per_node), count) + n + LOW
        if best is None or n < best.nodes:
            sharp = int(counting * bits_per_node) + counting + LOW
            best = Degrees(n, counting, rho, bits, sharp, degree, known + 12)
    return None if best is None else best._replace(degree=min(degree, best.nodes))
