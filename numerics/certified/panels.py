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

from flint import arb, arb_mat

from numerics.balls import ball, log2_size, precision, smallest
from numerics.certified import chebyshev
from numerics.certified.cells import Obstruction, alive
from numerics.certified.plateau import mantissa_bits
from numerics.certified.reduced import ReducedFlow
from numerics.problem import Budget

LOW = 64
# The panels reach this fraction of the distance to the nearest branch point ...
REACH = 0.4
# ... and ln u varies on them by about twice this.
VARIATION = 4.0
# The real panel with an overhang for the steps that leave it: larger semi-axis over the radius.
NEAR = arb("1.1")
# Larger semi-axes, over the radius, of the ellipses on which residuals may be bounded.
FAR = tuple(arb(a) for a in ("1.3", "1.6", "2", "2.5", "3", "4", "5", "6", "8", "10", "13", "17"))
# On them the length of a step may change by this factor, about, from one step to the next.
WILD = 0.5
MAX_NODES = 192
MAX_ROUNDS = 60


@dataclass(frozen=True)
class Plan:
    """How one panel is to be made: search, not proof.

    Attributes
    ----------
    centre, radius : arb
        Exact.
    nodes : int
    rho : arb
        Semi-axis sum of the ellipse on which the residuals will be bounded.
    bits : int
    """

    centre: arb
    radius: arb
    nodes: int
    rho: arb
    bits: int


@dataclass(frozen=True)
class Panel:
    """Polynomials on ``[centre - radius, centre + radius]``.

    Attributes
    ----------
    plan : Plan
    squares : tuple of int
        Which of the c_j are positive; the others are zero for ever.
    coefficients : arb_mat, shape (n + 1, number of positive c_j + 1)
        Exact Chebyshev coefficients; the last column is Phi.
    """

    plan: Plan
    squares: tuple[int, ...]
    coefficients: arb_mat

    def taylor(self, end: int, terms: int | None = None) -> arb_mat:
        """Taylor coefficients in (x - end of the panel)/radius of all columns."""
        with precision(self.plan.bits + 2 * self.plan.nodes):
            return chebyshev.taylor(self.plan.nodes, end, terms) * self.coefficients


def propose(
    flow: ReducedFlow,
    step: Fraction,
    squares: Sequence[arb],
    left: arb,
    count: int,
    fine: int = 0,
    end: arb | None = None,
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
            radius = rest if rest < radius else (rest / 2 if rest < 2 * radius else radius)
        best: tuple[float, arb, int, int, arb] | None = None
        for _ in range(24):
            radius = _short(radius)
            found = _degree(flow, eta, squares, (left + radius).mid(), radius, count, fine)
            if found is not None and found[0] <= MAX_NODES:
                n = found[0]
                cost = n * n * (n + len(squares)) / float(radius)
                if best is not None and cost > best[0]:
                    break
                best = (cost, radius, *found)
            radius *= 0.7
        if best is None:
            raise Obstruction("the steps are too long for a smooth curve")
        _, radius, nodes, bits, rho = best
    with precision(bits + 4 * LOW + mantissa_bits(left)):
        centre = left + radius
        assert centre.is_exact()
    return Plan(centre, radius, nodes, rho, bits)


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
) -> tuple[int, int, arb] | None:
    y = centre * centre
    distances = [(c + y).sqrt() for c in squares]
    nearest, turning = smallest(distances), sum((1 / d for d in distances), arb(0))
    near = flow.disc(centre, NEAR * radius, distances)
    if near is None or not eta * near.speed < radius / 10:
        return None
    steps = log2_size(2 * radius * near.inverse_speed / eta) + 1
    best: tuple[int, int, arb] | None = None
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
        wanted = max(
            log2_size(2 * axis * radius * far.inverse_speed / eta) + steps + fine,
            log2_size(drift) + steps + count + log2_size(arb(len(squares) + 1)),
        )
        bits_per_node = float(rho.log() / arb.const_log2())
        nodes = max(8, math.ceil((wanted + 24) / bits_per_node) + 2)
        bits = max(int(nodes * bits_per_node), count) + nodes + LOW
        if best is None or nodes < best[0]:
            best = (nodes, bits, rho)
    return best


def solve(
    flow: ReducedFlow,
    step: Fraction,
    squares: Sequence[arb],
    plan: Plan,
    accuracy: int,
    budget: Budget,
) -> Panel:
    """Find the polynomials by collocation; search, so only exact midpoints go from round to round.

    Parameters
    ----------
    squares : sequence of arb
        The c_j at the left end, exact.
    accuracy : int
        Bits to which the c_j are wanted.
    """
    # What the high coefficients are not known to is magnified by rho**n on the ellipse.
    accuracy = max(accuracy, plan.bits - plan.nodes - LOW // 2)
    n, kept = plan.nodes, tuple(j for j, c in enumerate(squares) if not c.is_zero())
    begin = [squares[j] for j in kept]
    ties = len(squares) - len(kept)
    mesh = chebyshev.grid(n, plan.bits)
    with precision(plan.bits):
        few = 2 * LOW + n
        values = arb_mat(mesh.values).mid()
        antiderivative = chebyshev.rough(mesh.antiderivative, few)
        xs = [(plan.centre + plan.radius * t).mid() for t in mesh.nodes]
        found = arb_mat(n + 1, len(kept) + 1)
        inverse: arb_mat | None = None
    gained: arb_mat | None = None
    rows, reached = [begin for _ in xs], 0
    for _ in range(MAX_ROUNDS):
        alive(budget)
        # Newton's method with the inverse of the first round: the residual is taken with the bits
        # that the round can reach, the correction with few.
        bits = min(plan.bits, reached + max(reached // 2, 2 * LOW) + n + LOW)
        with precision(bits):
            forcing, forward = [], []
            for x, row in zip(xs, rows, strict=True):
                h, sums = move(flow, step, x, row, ties)
                scaled, pull = h / plan.radius, -h * plan.radius
                forcing.append(
                    [*(pull * c / w for c, w in zip(row, sums, strict=True)), 1 / scaled]
                )
                forward.append(scaled)
            moves = chebyshev.rough_slopes(mesh.nodes, forward, n, bits)
            rest = arb_mat(forcing).mid()
            if gained is not None:
                rest = rest - chebyshev.rough_product(moves, found, bits)
        with precision(few):
            if inverse is None:
                unit = arb_mat([[arb(int(i == j)) for j in range(n)] for i in range(n)])
                operator = chebyshev.rough_product(moves, antiderivative, few)
                inverse = operator.solve(unit, algorithm="approx")
                inverse = chebyshev.rough_product(antiderivative, inverse, few)
            change = chebyshev.rough_product(inverse, rest, few)
        # With all the bits that are missing: the rows have to stay the values of the polynomials.
        gained = chebyshev.rough_product(values, change, max(few, plan.bits - reached))
        with precision(plan.bits):
            found = (found + change).mid()
            if not all(a.is_finite() for a in change.tolist()[0]):
                break
            rows = [
                [(c + g).mid() for c, g in zip(row, more, strict=False)]
                for row, more in zip(rows, gained.tolist(), strict=True)
            ]
            now = _size(gained, begin)
            if now > accuracy:
                top, *others = found.tolist()
                top = [*(c + g for c, g in zip(begin, top, strict=False)), top[-1]]
                return Panel(plan, kept, arb_mat([top, *others]).mid())
        if reached and now <= reached:
            break
        reached = max(now, 1)
    raise Obstruction("the curve of the orbit was not found")


def _size(change: arb_mat, begin: Sequence[arb]) -> int:
    """To how many bits the c_j have settled; a sample of them, as this is search."""
    least = 10**9
    for row in change.tolist()[:: max(1, change.nrows() // 8)]:
        for j in range(0, len(begin), max(1, len(begin) // 8)):
            least = min(least, log2_size(begin[j]) - log2_size(row[j]))
    return least


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
