"""Panels of the invariant curve, proposed by collocation.

On a panel the squared differences are polynomials ``c_j(x)`` and so is an Abel function ``Phi(x)``.
If they solved, for h(x) = eta u(x; c(x)),

    c_j(x + h) = c_j(x) (1 - h**2/(c_j(x) + x**2)),        Phi(x + h) = Phi(x) + 1,

an orbit that starts on the curve would stay on it, and Phi would count its steps. They solve it
up to residuals, which :mod:`numerics.certified.panel_bounds` bounds and
:mod:`numerics.certified.curve` adds up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from operator import add
from typing import NamedTuple

from flint import arb, arb_mat

from numerics.balls import ball, largest, log2_size, precision, smallest
from numerics.certified import chebyshev
from numerics.certified.cells import Obstruction, alive
from numerics.certified.collocation import LOW, NOT_FOUND, Guess, along_panel, collocate
from numerics.certified.crowd import crowd
from numerics.certified.plateau import mantissa_bits
from numerics.certified.reduced import ReducedFlow
from numerics.problem import Budget

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
EVEN = 12
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
        The degree of Phi; the residuals are looked at in so many nodes.
    rho : arb
        Semi-axis sum of the ellipse on which the residuals will be bounded.
    bits : int
    degree : int
        Of the c_j, which are much smoother than Phi.
    fine : int
        Bits below the c_j to which their residuals are wanted.
    """

    centre: arb
    radius: arb
    nodes: int
    rho: arb
    bits: int
    degree: int
    fine: int


@dataclass(frozen=True)
class Drift:
    """The c_j on ``[centre - radius, centre + radius]``.

    Attributes
    ----------
    plan : Plan
    coefficients : arb_mat, shape (degree + 1, number of positive c_j)
        Exact Chebyshev coefficients.
    """

    plan: Plan
    coefficients: arb_mat

    @cached_property
    def depth(self) -> int:
        """Bits by which the c_j are larger than what changes of them: search."""
        start, *rest = self.coefficients.tolist()
        kinds = range(0, len(start), max(1, len(start) // 8))
        return min((log2_size(start[j]) - log2_size(a[j]) for a in rest for j in kinds), default=0)

    @cached_property
    def rows(self) -> list[list[arb]]:
        """Enclose the c_j at the nodes, a row for every node."""
        plan = self.plan
        mesh = chebyshev.grid(plan.nodes, plan.bits)
        with precision(plan.bits):
            start, *rest = self.coefficients.tolist()
            if not start:
                return [[] for _ in mesh.nodes]
            bits = max(LOW, plan.fine - self.depth)
            if not rest:
                return [start for _ in mesh.nodes]
            moving = arb_mat([[arb(0)] * len(start), *rest])
            moved = chebyshev.on_grid(chebyshev.product, mesh, moving, bits)
            return [list(map(add, start, row)) for row in moved]

    def ahead(
        self, plan: Plan, begin: Sequence[arb], chosen: Sequence[int], bits: int
    ) -> Guess | None:
        """Continue some c_j to the next panel, less what they begin with: search.

        How well that can be done is known: a term of degree m grows by ``rho_of(reach)**m``. None
        where it cannot be done at all, as then that is more than what is left of them.
        """
        with precision(LOW):
            reach = (plan.centre + plan.radius - self.plan.centre) / self.plan.radius
            swell = chebyshev.rho_of(reach.abs_upper())
            # A term of degree m is about rho**-m at first.
            told = float((self.plan.rho / swell).log() / arb.const_log2()) * self.plan.degree
            each = float(plan.rho.log() / arb.const_log2())
        few = min(bits - self.depth, int(told))
        if few <= 0:
            return None
        bits += LOW
        mesh = chebyshev.grid(min(plan.degree, 8 + 8 * math.ceil(few / each / 8)), bits)
        with precision(bits):
            scales = [(swell**m).mid() for m in range(self.plan.degree + 1)]
            points = [
                (plan.centre - self.plan.centre + plan.radius * t) / self.plan.radius
                for t in mesh.nodes
            ]
            start, *rest = [[row[j] for j in chosen] for row in self.coefficients.tolist()]
            left = []
            for t in points:
                row = [arb(1), t]
                for _ in rest[1:]:
                    row.append((2 * t * row[-1] - row[-2]).mid())
                left.append([a / b for a, b in zip(row[1:], scales[1:], strict=False)])
            right = [[a * b for a in row] for row, b in zip(rest, scales[1:], strict=True)]
            moved = chebyshev.rough_product(
                chebyshev.rough(arb_mat(left), few + LOW), arb_mat(right).mid(), few + LOW
            )
            base = [a - b for a, b in zip(start, (begin[j] for j in chosen), strict=True)]
            values = (moved + arb_mat([base] * len(points))).mid()
            found = chebyshev.grounded(chebyshev.rough_fit(mesh, values, few + LOW))
        return Guess(found, self.depth, self.depth + few)


@dataclass(frozen=True)
class Panel:
    """Polynomials on ``[centre - radius, centre + radius]``.

    Attributes
    ----------
    plan : Plan
    squares : tuple of int
        Which of the c_j are positive; the others are zero for ever.
    drift : Drift
        Those c_j.
    count : arb_mat, shape (nodes + 1, 1)
        Exact Chebyshev coefficients of Phi.
    """

    plan: Plan
    squares: tuple[int, ...]
    drift: Drift
    count: arb_mat

    @property
    def parts(self) -> tuple[arb_mat, arb_mat]:
        """The coefficients of the c_j and of Phi."""
        return self.drift.coefficients, self.count

    def taylor(self, end: int, terms: int | None = None) -> list[list[arb]]:
        """Taylor coefficients in (x - end of the panel)/radius, a list for every c_j and Phi."""
        with precision(self.plan.bits + 2 * self.plan.nodes):
            tables = [chebyshev.taylor(c.nrows() - 1, end, terms) * c for c in self.parts]
        return [list(column) for table in tables for column in zip(*table.tolist(), strict=True)]


class Degrees(NamedTuple):
    """The part of a :class:`Plan` that follows from its place."""

    nodes: int
    rho: arb
    bits: int
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
        for _ in range(24):
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
    for axis in FAR:
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
            best = Degrees(n, rho, bits, degree, known + 12)
    return None if best is None else best._replace(degree=min(degree, best.nodes))


def solve(
    flow: ReducedFlow,
    step: Fraction,
    squares: Sequence[arb],
    plan: Plan,
    accuracy: int,
    budget: Budget,
    before: Panel | None = None,
) -> Panel:
    """Find the polynomials by collocation; search, so only exact midpoints are computed with.

    Parameters
    ----------
    squares : sequence of arb
        The c_j at the left end, exact.
    accuracy : int
        Bits to which the c_j are wanted.
    before : Panel, optional
        The panel that ends where this one begins.
    """
    kept = tuple(j for j, c in enumerate(squares) if not c.is_zero())
    begin, ties = [squares[j] for j in kept], len(squares) - len(kept)
    # What the high coefficients are not known to is magnified by rho**degree on the ellipse, and
    # rho**-nodes of that is left of it on the panel.
    with precision(LOW):
        each = float(plan.rho.log() / arb.const_log2())
    magnified = int(plan.degree * each) + LOW // 2
    wanted = plan.fine - int((plan.nodes - plan.degree) * each)
    accuracy = max(accuracy + LOW // 2, magnified, wanted)
    place = plan.centre, plan.radius
    few = crowd(begin, place, accuracy - _stillness(flow, step, plan, begin, ties))
    guess = None if before is None else before.drift.ahead(plan, begin, few.chosen, accuracy)
    curve = Drift(
        plan,
        collocate(flow, step, begin, ties, place, plan.degree, accuracy, few, budget, guess),
    )
    alive(budget)
    # Given the c_j, Phi is linear: one system of equations with all bits.
    n, bits = plan.nodes, plan.bits + 2 * plan.nodes.bit_length()
    mesh = chebyshev.grid(n, plan.bits)
    with precision(plan.bits):
        forward = []
        for t, row in zip(mesh.nodes, curve.rows, strict=True):
            h, _ = move(flow, step, plan.centre + plan.radius * t, row, ties)
            forward.append(along_panel(h, plan.radius))
    with precision(bits):
        moves = chebyshev.rough_slopes(mesh.nodes, forward, n, bits)
        found = chebyshev.integrate(moves, arb_mat([[1 / s] for s in forward]).mid())
    with precision(plan.bits):
        count = (found * arb(1)).mid()
    if not all(a.is_finite() for (a,) in count.tolist()):
        raise Obstruction(NOT_FOUND)
    return Panel(plan, kept, curve, count)


def _stillness(
    flow: ReducedFlow, step: Fraction, plan: Plan, begin: Sequence[arb], ties: int
) -> int:
    """Bits by which the c_j are larger than what changes of them on a panel, at least about."""
    with precision(LOW):
        rates = []
        for end in (-1, 0, 1):
            h, sums = move(flow, step, plan.centre + end * plan.radius, begin, ties)
            rates += [h / s for s in sums]
        if not all(r.is_finite() for r in rates):
            raise Obstruction(NOT_FOUND)
        return max(0, -log2_size(2 * plan.radius * largest(map(abs, rates))) - 1) if rates else 0


def move(
    flow: ReducedFlow, step: Fraction, x: arb, squares: Sequence[arb], ties: int
) -> tuple[arb, list[arb]]:
    """Evaluate the step h and the c_j + x**2."""
    y = x * x
    sums = [c + y for c in squares]
    total = y**ties
    for s in sums:
        total *= s
    radical = total.sqrt()
    return ball(step) * flow.slope(x * radical) * radical, sums
