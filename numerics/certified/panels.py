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

from flint import arb, arb_mat

from numerics import clock
from numerics.balls import ball, largest, log2_size, precision
from numerics.certified import chebyshev
from numerics.certified.cells import Obstruction, alive
from numerics.certified.collocation import LOW, NOT_FOUND, Guess, along_panel, collocate
from numerics.certified.crowd import crowd
from numerics.certified.panel_plan import Plan
from numerics.certified.reduced import ReducedFlow
from numerics.problem import Budget


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
            return [list(map(add, start, row)) for row in clock.watched(moved, 16)]

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
            for t in clock.watched(points, 16):
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
    count : arb_mat, shape (tally + 1, 1)
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
            tables = [
                chebyshev.multiply(chebyshev.taylor(c.nrows() - 1, end, terms), c)
                for c in self.parts
            ]
        return [list(column) for table in tables for column in zip(*table.tolist(), strict=True)]


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
    # Given the c_j, Phi is linear: one system of equations with all bits. The steps are as smooth.
    n, bits = plan.tally, plan.sharp + 2 * plan.tally.bit_length()
    fine, mesh = (chebyshev.grid(m, plan.bits) for m in (plan.nodes, n))
    with precision(plan.bits):
        slow = []
        for t, row in clock.watched(zip(fine.nodes, curve.rows, strict=True), 8):
            h, _ = move(flow, step, plan.centre + plan.radius * t, row, ties)
            slow.append([1 / along_panel(h, plan.radius)])
    with precision(bits):
        rest = chebyshev.rough_moved(fine, mesh, arb_mat(slow).mid(), bits)
        forward = [(1 / a).mid() for (a,) in rest.tolist()]
        moves = chebyshev.rough_slopes(mesh.nodes, forward, n, bits)
        found = chebyshev.integrate(moves, rest)
    with precision(plan.sharp):
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
