"""Follow the invariant curve of the orbit: an advance of any order, over any number of steps.

Where the orbit falls from a fast region into a plateau, the squared differences c_j drift, and
the plateau multiplies by its whole length what is not known of that drift. Here the drift is
computed, not bounded: x -> c_j(x) is found as a smooth solution of the functional equation of one
step, with an Abel function Phi that counts the steps (:mod:`numerics.certified.panels`). Lemmas C1
and C2 (proofs/written/escape-counts.md) bound what the residuals do to an orbit, so the landing is
proved although the polynomials are only proposed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from operator import mul

from flint import arb, arb_mat, arb_poly

from numerics import clock
from numerics.balls import floor_lower, log2_size, precision
from numerics.certified import chebyshev
from numerics.certified.cells import Obstruction, alive
from numerics.certified.chebyshev import sizes
from numerics.certified.collocation import LOW
from numerics.certified.panel_bounds import COLUMNS, TUBE, PanelBounds, bound
from numerics.certified.panel_plan import propose
from numerics.certified.panels import Panel, solve
from numerics.certified.plateau import mantissa_bits
from numerics.certified.reduced import ReducedFlow
from numerics.problem import Budget

MAX_PANELS = 400
# Steps by which the orbit stops short of the end of the last panel, at most.
BEHIND = 3
# The radius of a panel is at least ten steps of the one before it; so many are proposed.
SHORTEST = arb("10.1")


@dataclass(frozen=True)
class Box:
    """A panel, as a set of states.

    Attributes
    ----------
    left, right : arb
        Exact: every iterate up to the last has its coordinate in such an interval ...
    squares : tuple of arb
        ... and its c_j in these balls.
    """

    left: arb
    right: arb
    squares: tuple[arb, ...]


@dataclass(frozen=True)
class Arrival:
    """An iterate on the curve.

    Attributes
    ----------
    steps : int
        n, exactly.
    coordinate : arb
        Encloses x_n.
    squares : tuple of arb
        Enclose the c_j after n steps.
    count : arb
        The difference of the Abel function between the start and the end of the curve, in steps.
    defect : arb
        Upper bound of what the Abel function misses of the number of steps, in all.
    boxes : list of Box
        What the iterates up to that one keep to, one for every panel.
    """

    steps: int
    coordinate: arb
    squares: tuple[arb, ...]
    count: arb
    defect: arb
    boxes: list[Box]


def follow(
    flow: ReducedFlow,
    step: Fraction,
    start: arb,
    count: int,
    done: Callable[[arb, Sequence[arb]], bool],
    budget: Budget,
    fine: int = 0,
    end: Callable[[arb, Sequence[arb]], arb] | None = None,
) -> Arrival:
    """Carry an orbit along its curve.

    Parameters
    ----------
    flow : ReducedFlow
        The c_j at the start, balls.
    step : Fraction
        eta.
    start : arb
        A ball around the coordinate of the start.
    count : int
        Bits of the whole count, to which the c_j are wanted.
    done : callable
        Of the right end of a panel and the c_j there, about: whether to land here.
    budget : Budget
    fine : int
        To how many more bits than usual the steps are to be counted.
    end : callable, optional
        Likewise: what the next panel may not pass.

    Raises
    ------
    Obstruction
        If no curve is found, or the bounds say nothing.
    """
    kept = [j for j, c in enumerate(flow.squares) if not c.is_zero()]
    if not kept:
        raise Obstruction("no squared difference drifts, so there is no curve to follow")
    ties = len(flow.squares) - len(kept)
    with precision(LOW + mantissa_bits(start)):
        left = start.lower()
        gap = (start - left).abs_upper()
    current = [c.mid() for c in flow.squares]
    panels: list[Panel] = []
    bounds: list[PanelBounds] = []
    boxes: list[Box] = []
    while not panels or not done(left, current):
        alive(budget)
        if len(panels) >= MAX_PANELS:
            raise Obstruction("the curve needs too many panels")
        limit = None if end is None else end(left, current)
        last = panels[-1] if panels else None
        shortest = SHORTEST * bounds[-1].longest if last else arb(0)
        if last and limit is not None and not limit - left > 2 * shortest:
            break  # what is left is too short to be a panel, and short enough to be stepped through
        plan = propose(flow, step, current, left, count, fine, limit, shortest)
        panel = solve(flow, step, current, plan, count + LOW // 2, budget, last)
        panels.append(panel)
        bounds.append(bound(flow, step, panel, ties))
        with precision(plan.bits):
            ends = _row(panel.drift.coefficients, 1)
            for j, c in zip(kept, ends, strict=False):
                current[j] = c.mid()
        box = list(flow.squares)
        for j, c in zip(kept, bounds[-1].box, strict=True):
            box[j] = c
        with precision(plan.bits + 4 * LOW + mantissa_bits(plan.centre)):
            boxes.append(Box(left, plan.centre + plan.radius, tuple(box)))
            left = boxes[-1].right
    away = _initial_distance(flow, kept, panels[0], bounds[0], gap)
    total, defect, away = _sum_up(panels, bounds, away)
    with precision(LOW):
        defect += gap * bounds[0].slopes[-1]
    return _land(flow, kept, panels[-1], bounds[-1], total, defect.upper(), away, boxes)


def _row(coefficients: arb_mat, end: int) -> list[arb]:
    """Evaluate all columns at an end of the panel: T_m(1) = 1, T_m(-1) = (-1)**m."""
    ones = [arb(1 if end > 0 or m % 2 == 0 else -1) for m in range(coefficients.nrows())]
    return list((arb_mat([ones]) * coefficients).tolist()[0])


def _initial_distance(
    flow: ReducedFlow, kept: Sequence[int], first: Panel, bounds: PanelBounds, gap: arb
) -> arb:
    """Bound ``|ln c_j - ln c_j(x)|`` at the start, at most ``gap`` from the left end."""
    with precision(first.plan.bits + LOW):
        if not gap <= first.plan.radius / 10:
            raise Obstruction("the start is not known well enough")
        begin = _row(first.drift.coefficients, -1)
        away = arb(0)
        for j, c, least, slope in zip(kept, begin, bounds.least, bounds.slopes, strict=False):
            miss = abs(flow.squares[j] - c) / least.min(flow.squares[j].lower()) + gap * slope
            away = away.max(miss.abs_upper())
        return away.abs_upper()


def _sum_up(
    panels: Sequence[Panel], bounds: Sequence[PanelBounds], away: arb
) -> tuple[arb, arb, arb]:
    """Add the steps of all panels, the defects, and the distance from the curve."""
    total, defect = arb(0), arb(0)
    for i, (panel, b) in enumerate(zip(panels, bounds, strict=True)):
        if i:
            *jumps, missed = _mismatch(panels[i - 1], panel, bounds[i - 1].longest)
            with precision(LOW):
                defect += missed
                for jump, one, other in zip(jumps, bounds[i - 1].least, b.least, strict=True):
                    away = away.max(away + jump / one.min(other))
        with precision(panel.plan.bits):
            total += _row(panel.count, 1)[0] - _row(panel.count, -1)[0]
        with precision(LOW):
            away = (away + b.steps * b.drift_residual) * b.amplification.exp()
            away = away.abs_upper()
            if not away < TUBE:
                raise Obstruction("the drift is not known well enough")
            defect += b.steps * (b.count_residual + b.leverage * away)
    return total, defect, away


def _mismatch(before: Panel, after: Panel, reach: arb) -> list[arb]:
    """Bound the differences of the polynomials of two panels up to ``reach`` beyond their border.

    Of Phi, only the increase from the border on matters.
    """
    with precision(LOW):
        if not reach <= after.plan.radius / 10:
            raise Obstruction("a step is longer than a tenth of a panel")
        ratios = [reach / before.plan.radius, reach / after.plan.radius]
        terms = 4 + before.plan.bits // max(4, -log2_size(ratios[0].max(ratios[1])))
        size = [arb(0) for _ in range(len(before.squares) + 1)]
        for panel, ratio in zip((before, after), ratios, strict=True):
            tails = [chebyshev.taylor_tail(c.nrows() - 1, ratio, terms) for c in panel.parts]
            sized = [(x, t) for c, t in zip(panel.parts, tails, strict=True) for x in sizes(c)]
            for j, (column, tail) in enumerate(clock.watched(sized, COLUMNS)):
                size[j] += sum(map(mul, column, tail), arb(0))
    with precision(before.plan.bits):
        scales = [
            [(reach / panel.plan.radius) ** q for q in range(terms)] for panel in (before, after)
        ]
        tables = before.taylor(1, terms), after.taylor(-1, terms)
        for j, pair in enumerate(clock.watched(zip(*tables, strict=True), COLUMNS // 4)):
            moved = (list(map(mul, t, scale)) for t, scale in zip(pair, scales, strict=True))
            for q, (a, b) in enumerate(zip_longest(*moved, fillvalue=arb(0))):
                if q or j + 1 < len(size):
                    size[j] += abs(a - b).upper()
    return [s.abs_upper() for s in size]


def _land(
    flow: ReducedFlow,
    kept: Sequence[int],
    last: Panel,
    bounds: PanelBounds,
    total: arb,
    defect: arb,
    away: arb,
    boxes: list[Box],
) -> Arrival:
    """Find an iterate at most BEHIND steps before the end of the last panel.

    Phi increases by one per step up to ``defect``; if S is the last index at or before the end,
    ``total - 1 - defect <= S <= total + defect``. So S is at least ``steps``, and at most two more
    where ``total + defect < steps + 3`` (which also limits how little ``total`` may be known).
    """
    plan = last.plan
    with precision(plan.bits):
        if not (defect.is_finite() and total.is_finite()):
            raise Obstruction("the steps on the curve are not known well enough")
        steps = floor_lower((total - 1 - defect).lower())
        if not total + defect < steps + BEHIND:
            raise Obstruction("the steps on the curve are not known well enough")
        if steps < 1:
            raise Obstruction("the curve is shorter than a step")
        ahead = total - steps + arb(0, defect)
        columns = [arb_poly(column) for column in clock.watched(last.taylor(1), COLUMNS)]
        counted = columns[-1]
        # At most 2/5, as no step is longer than a tenth of the radius: inside the panel.
        room = (BEHIND + 1) * bounds.longest / plan.radius
        slope = counted.derivative()
        t = (-room).union(bounds.longest / plan.radius)
        if not slope(t) > 0:
            raise Obstruction("the Abel function does not increase at the end of the curve")
        t = (-room).union(arb(0))
        goal = counted(arb(0)) - ahead
        for _ in range(12):
            middle = t.mid()
            better = middle + (goal - counted(middle)) / slope(t)
            if not better.rad() < t.rad() / 2:
                break
            t = better.intersection(t)
        squares = list(flow.squares)
        spread = (arb(0, away.abs_upper())).exp()
        for j, column in clock.watched(zip(kept, columns, strict=False), COLUMNS):
            squares[j] = column(t) * spread
        coordinate = plan.centre + plan.radius + plan.radius * t
        if not (coordinate.is_finite() and all(c.is_finite() for c in squares)):
            raise Obstruction("the landing has no finite enclosure")
        return Arrival(steps, coordinate, tuple(squares), total, defect, boxes)
