"""Bounds of the panels of the invariant curve: what holds of an orbit on and beside one, by balls.

:mod:`numerics.certified.panels` proposes the polynomials; here their residuals are bounded on the
whole panel (Lemma C), and what a step does to a distance from the curve (Lemma C1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import repeat
from operator import mul, truediv

from flint import arb, arb_mat, ctx

from numerics import clock
from numerics.balls import ball, largest, log2_size, precision, smallest
from numerics.certified import chebyshev
from numerics.certified.cells import Obstruction
from numerics.certified.collocation import LOW
from numerics.certified.panel_plan import NEAR, Plan
from numerics.certified.panels import Panel, move
from numerics.certified.reduced import Disc, ReducedFlow

# The orbit's ln c_j stay this close to the curve, or the bounds say nothing (2**-20 holds).
TUBE = 2.0**-21
# Of the c_j between two looks at the clock.
COLUMNS = 64


@dataclass(frozen=True)
class PanelBounds:
    """What is proved of a panel, for every orbit whose ``|ln c_j - ln c_j(x)|`` is below TUBE.

    Attributes
    ----------
    steps : arb
        At most so many steps begin in the panel.
    longest : arb
        No step that begins there is longer.
    drift_residual : arb
        Bounds by how much ln c_j leaves the curve in a step that begins on it.
    amplification : arb
        All steps of the panel stretch the distance from the curve by at most the exponential of it.
    count_residual : arb
        Bounds ``|Phi(x + h) - Phi(x) - 1|`` on the curve.
    leverage : arb
        Bounds by how much Phi(x + h) changes per unit of distance from the curve.
    least : list of arb
        Lower bounds of the c_j on the curve.
    slopes : list of arb
        Upper bounds of ``|d ln c_j/dx|`` on the curve, and of ``|dPhi/dx|``.
    box : list of arb
        Enclose the orbit's c_j.
    """

    steps: arb
    longest: arb
    drift_residual: arb
    amplification: arb
    count_residual: arb
    leverage: arb
    least: list[arb]
    slopes: list[arb]
    box: list[arb]


def bound(flow: ReducedFlow, step: Fraction, panel: Panel, ties: int) -> PanelBounds:
    """Prove what :class:`PanelBounds` says.

    Raises
    ------
    Obstruction
        If the speed may vanish, or steps are not short against the panel or the distances.
    """
    plan = panel.plan
    residuals = _at_nodes(flow, step, panel, ties)
    with precision(LOW):
        columns = [column for part in panel.parts for column in chebyshev.sizes(part)]
        means = panel.drift.coefficients.tolist()[0]
        near_rho = chebyshev.rho_of(NEAR).upper()
        near = _Region(flow, plan, columns, means, ties, near_rho, tube=True)
        longest = (ball(step) * near.disc.speed).upper()
        if not longest <= plan.radius / 10:
            raise Obstruction("a step is longer than a tenth of a panel")
        # A step that begins on the curve: x + h lies in the ellipse of NEAR, as h <= radius/10.
        shrink = largest(longest * longest / w for w in near.sums).upper() if means else arb(0)
        if not shrink < 0.5:
            raise Obstruction("the step size is too large there: the weights change order")
        least = [(a - b).lower() for a, b in zip(means, near.spreads, strict=True)]
        pull = sum(
            ((a + b) / w for a, b, w in zip(means, near.spreads, near.sums, strict=True)), arb(0)
        )
        half = (near.disc.sensitivity * pull / 2).upper()
        tilts = [
            chebyshev.steepness(c, near_rho) / plan.radius for c in clock.watched(columns, COLUMNS)
        ]
        slopes = [(t / c).upper() for t, c in zip(tilts, least, strict=False)]
        # Summed over the steps of the panel: their lengths add up to 2 radius + longest at most.
        way = 2 * plan.radius + longest
        amplification = arb(0)
        if slopes:
            nearest = smallest(near.sums)
            amplification = way * stretch(longest, nearest, half, shrink, largest(slopes))
        far = _Region(flow, plan, columns, means, ties, plan.rho, tube=False)
        ahead = ball(step) * far.disc.speed
        beyond = chebyshev.rho_of(chebyshev.semi_axis(plan.rho) + ahead / plan.radius).upper()
        leaves = arb(0)
        together = zip(means, far.sums, least, strict=True)
        for j, (a, w, c) in enumerate(clock.watched(together, COLUMNS)):
            size = far.spreads[j] + chebyshev.spread(columns[j], beyond)
            size += (a + far.spreads[j]) * ahead * ahead / w
            whole = chebyshev.supremum(residuals[j], plan.nodes, size, plan.rho) / c
            leaves = leaves.max(4 * whole)
        if not leaves < 0.5:
            raise Obstruction("the curve of the orbit was not found well enough")
        counted = columns[-1]
        size = 1 + chebyshev.spread(counted, plan.rho) + chebyshev.spread(counted, beyond)
        missed = chebyshev.supremum(residuals[-1], plan.nodes, size, plan.rho)
        return PanelBounds(
            steps=(2 * plan.radius * near.disc.inverse_speed / ball(step) + 1).upper(),
            longest=longest,
            drift_residual=leaves.upper(),
            amplification=amplification.upper(),
            count_residual=missed.upper(),
            leverage=(longest * half * tilts[-1]).upper(),
            least=least,
            slopes=[*slopes, tilts[-1].upper()],
            box=[a + arb(0, b) for a, b in zip(means, near.spreads, strict=True)],
        )


def stretch(
    longest: arb, nearest: arb, half: arb, shrink: arb, slope: arb, tube: float = TUBE
) -> arb:
    """Bound by how much a step stretches the distance from the curve, per unit of its length.

    The step on the curve may be longer than the orbit's, by ``exp(half * tube)`` at most: Lemma C1,
    ``stretch`` in proofs/coq/CurveStep.v.

    Parameters
    ----------
    longest : arb
        No step, on the curve or beside it, is longer.
    nearest : arb
        Lower bound of the positive c_j, plus x**2.
    half : arb
        Upper bound of ``|d ln u|`` per unit of the largest ``|d ln c_j|``.
    shrink : arb
        Upper bound, below 1, of ``longest**2/nearest``.
    slope : arb
        Upper bound of ``|d ln c_j/dx|`` on the curve.
    tube : float
        ``|ln c_j - ln c_j(x)|`` is at most this.
    """
    pulled = longest / nearest / (1 - shrink) * (1 + 2 * half)
    return (half * tube).exp() * (pulled + slope * half)


def _at_nodes(flow: ReducedFlow, step: Fraction, panel: Panel, ties: int) -> list[arb]:
    """Bound the residuals at the nodes, one number for every column."""
    plan = panel.plan
    with precision(plan.bits):
        mesh = chebyshev.grid(plan.nodes, plan.bits)
        forward, pulls = [], []
        for t, row in clock.watched(zip(mesh.nodes, panel.drift.rows, strict=True), 8):
            h, sums = move(flow, step, plan.centre + plan.radius * t, row, ties)
            # Nowhere on the panel is it zero, so this is its sign everywhere.
            if not h > 0:
                raise Obstruction("the speed is not provably positive on a panel")
            forward.append(h / plan.radius)
            pulls.append((-h * h, row, sums))
        # T_0 does not move; the others move by about s.
        small = panel.drift.depth - log2_size(largest(forward))
        most, wanted = max(plan.tally, plan.degree), max(LOW, plan.fine - small)
        with precision(min(plan.bits, max(plan.sharp, wanted) + 2 * most)):
            shifts = chebyshev.shifts(mesh.nodes, forward, most)
            along = arb_mat([row[: plan.tally + 1] for row in shifts.tolist()])
            counted = chebyshev.product(along, panel.count, plan.sharp)
        with precision(wanted):
            few = arb_mat([row[1 : plan.degree + 1] for row in shifts.tolist()])
            changing = arb_mat(panel.drift.coefficients.tolist()[1:])
            moved = chebyshev.product(few, changing, ctx.prec + LOW // 4)
            expected = [
                list(map(truediv, map(mul, row, repeat(square)), sums))
                for square, row, sums in clock.watched(pulls, 8)
            ]
            off = (moved - arb_mat(expected)).tolist()
        miss = largest(abs(a - 1) for (a,) in counted.tolist())
    with precision(LOW):
        columns = clock.watched(zip(*off, strict=True), COLUMNS)
        drifts = (largest(map(abs, column)).upper() for column in columns)
        return [*drifts, miss.upper()]


class _Region:
    """Bounds on an ellipse around a panel, for the curve and, with ``tube``, close to it."""

    disc: Disc

    def __init__(
        self,
        flow: ReducedFlow,
        plan: Plan,
        columns: Sequence[Sequence[arb]],
        means: Sequence[arb],
        ties: int,
        rho: arb,
        tube: bool,
    ) -> None:
        axis = (chebyshev.semi_axis(rho) * plan.radius).upper()
        centre = plan.centre.mid()
        if not plan.centre.rad().is_zero():
            raise Obstruction("a panel is not exact")
        y = centre * centre
        self.spreads = [chebyshev.spread(c, rho) for c in clock.watched(columns[:-1], COLUMNS)]
        if tube:
            wider = arb(2 * TUBE)
            self.spreads = [
                (s + (a + s) * wider).upper() for a, s in zip(means, self.spreads, strict=True)
            ]
        distances, self.sums, swell = [], [], arb(1)
        for a, s in zip(means, self.spreads, strict=True):
            d = (a + y).sqrt()
            gap = d - axis
            if not (gap > 0 and s < gap * gap / 2 and s < a / 2):
                raise Obstruction("a panel is too long")
            share = s / (gap * gap)
            distances.append(d)
            self.sums.append((gap * gap * (1 - share)).lower())
            swell *= 1 - share
        if ties and not abs(centre) > axis:
            raise Obstruction("a tie keeps the coordinate away from zero")
        distances += [abs(centre)] * ties
        disc = flow.disc(centre, axis, distances, swell.sqrt().lower())
        if disc is None:
            raise Obstruction("the speed may vanish on a panel")
        self.disc = disc
