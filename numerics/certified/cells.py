"""Cells of the reduced coordinate: where quadrature converges, and where bounds are taken.

A :class:`Cell` carries a complex disc, twice its radius, on which the speed has no zero and no
branch point. A :class:`Piece` is a part of a cell so short that suprema over it lose a bounded
factor. Choosing cells is search; what is claimed of them is verified by balls when they are made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from flint import arb

from numerics import clock
from numerics.balls import largest
from numerics.certified.gauss import AXIS
from numerics.certified.reduced import Disc, Jet, ReducedFlow
from numerics.problem import Budget

MAX_CELLS = 20_000
# The disc stays inside this fraction of the distance to the nearest branch point ...
REACH = 0.75
# ... and ln u varies on it by about this much; by that much where many digits are integrated.
VARIATION, LONG_VARIATION = 16.0, 48.0


class Obstruction(Exception):
    """Why the plateau cannot be skipped from here; never an error of the user's."""


class Hopeless(Obstruction):
    """An obstruction that a few more direct steps do not remove."""


class Blurred(Obstruction):
    """The drift is such that the condition might hold before the exit: go further back."""


class Ended(Obstruction):
    """There is nothing left to skip: the direct steps have found the answer."""


class Spent(Hopeless, clock.Spent):
    """The budget is spent: no property of the problem."""


def alive(budget: Budget) -> None:
    """Give up if the time is over.

    Raises
    ------
    Spent
    """
    if budget.spent:
        raise Spent("the time budget is spent")


@dataclass(frozen=True)
class Cell:
    """An interval [left, right] of the coordinate with bounds on the disc around it.

    Attributes
    ----------
    left, right, centre, radius : arb
        Exact ends (balls of radius zero), enclosures of the midpoint and the half length.
    middle : arb
        Exact, close to the midpoint.
    disc : Disc
        Bounds on a disc about ``middle`` that contains the one of radius ``AXIS * radius`` about
        the midpoint.
    weights : tuple of arb
        ``sum c_j/(c_j + middle**2)**2`` over every group, which bound the drift kernel.
    """

    left: arb
    right: arb
    centre: arb
    radius: arb
    middle: arb
    disc: Disc
    weights: tuple[arb, ...]


@dataclass(frozen=True)
class Piece:
    """A short interval with enclosures, valid for every admissible drift.

    The enclosures hold on every GD step that covers a point of the piece: on the piece, widened by
    ``margin`` to the left and by ``stride`` to the right.

    Attributes
    ----------
    length : arb
        Its length.
    margin : arb
        The stride of the piece before it.
    stride : arb
        At least the length of every step that begins in the piece.
    jet : Jet
        Hulls of the speed and its logarithmic derivatives.
    near : arb
        The least y = x**2.
    weights : tuple of arb
        Upper bounds of ``sum c_j/(c_j + x**2)**2`` over every group.
    """

    length: arb
    margin: arb
    stride: arb
    jet: Jet
    near: arb
    weights: tuple[arb, ...]


def partition(
    flow: ReducedFlow, left: arb, right: arb, budget: Budget, variation: float = VARIATION
) -> list[Cell]:
    """Cover [left, right] by cells on whose discs ln u varies by about ``variation``.

    Raises
    ------
    Obstruction
        If the speed vanishes or is singular too close to the interval.
    """
    cells: list[Cell] = []
    _, nearest = flow.distances(left)
    position, trial = left, (right - left).min(2 * nearest).mid()
    if not trial > 0:
        raise Obstruction("the speed vanishes at the start")
    while position < right:
        alive(budget)
        rest = (right - position).mid()
        cell = _cell_from(flow, position, right, rest, trial, variation)
        cells.append(cell)
        position, trial = cell.right, 3 * cell.radius.mid()
        if len(cells) > MAX_CELLS:
            raise Obstruction("the plateau needs too many cells")
    return cells


def _cell_from(
    flow: ReducedFlow, left: arb, end: arb, rest: arb, trial: arb, variation: float
) -> Cell:
    # Two almost equal last cells rather than one of nearly no length.
    length = rest if rest <= trial else (trial if 2 * trial <= rest else rest / 2).mid()
    for attempt in clock.watched(range(400), 8):
        whole = attempt == 0 and rest <= trial
        right = end if whole else (left + length).mid()
        centre, radius = (left + right) / 2, (right - left) / 2
        middle = centre.mid()
        distances, nearest = flow.distances(middle)
        axis = radius * AXIS * arb("1.0001")
        if not abs(centre - middle) + radius * AXIS < axis:
            break
        if axis < REACH * nearest:
            turning = arb(0)
            for distance in distances:
                turning += 1 / distance
            if axis * turning < variation:
                disc = flow.disc(middle, axis, distances)
                if disc is not None:
                    weights = flow.weights_of_groups(middle * middle)
                    return Cell(left, right, centre, radius, middle, disc, weights)
        length = (length * 0.7).mid()
    raise Obstruction("the speed vanishes or is singular on the way")


@dataclass(frozen=True)
class Cut:
    """Where a piece is going to be: search, not proof.

    Attributes
    ----------
    left, right : arb
        Exact.
    stride : arb
        Twice the step at the faster end: enough for every step of the piece, as is checked later.
    cell : Cell
        The cell it lies in; the one before it, for the overhang behind the last cell.
    """

    left: arb
    right: arb
    stride: arb
    cell: Cell


def cut(flow: ReducedFlow, step: arb, cells: Sequence[Cell], budget: Budget) -> list[Cut]:
    """Cut the cells, and an overhang of one step beyond their right end.

    ``ln u`` varies over a piece by at most about one half near the faster end of the plateau, and
    by a quarter of the distance (in ln u) to that end elsewhere.
    """
    speeds = [flow.speed(cell.left) for cell in cells] + [flow.speed(cells[-1].right)]
    logs = [float(u.mid().log().mid()) for u in speeds]
    top = max(logs[0], logs[-1])
    cuts: list[Cut] = []
    for i, (cell, (here, there)) in enumerate(zip(cells, pairwise(logs), strict=True)):
        alive(budget)
        allowed = max(0.5, (top - max(here, there)) / 4)
        count = max(4, int(abs(there - here) / allowed) + 1)
        span = cell.right - cell.left
        ends = [(cell.left + span * j / count).mid() for j in range(1, count)]
        at = [speeds[i], *(flow.speed(x) for x in ends), speeds[i + 1]]
        ends = [cell.left, *ends, cell.right]
        for (left, right), (a, b) in zip(pairwise(ends), pairwise(at), strict=True):
            cuts.append(Cut(left, right, (2 * step * a.max(b)).upper(), cell))
    last = cuts[-1]
    behind = (last.right + last.stride * arb("1.001")).upper()
    return [*cuts, Cut(last.right, behind, arb(0), last.cell)]


def pieces(
    flow: ReducedFlow, step: arb, cuts: Sequence[Cut], loosening: arb, budget: Budget
) -> list[Piece]:
    """Bound the flow on every piece.

    The enclosures hold for all c_j between ``(1 - loosening)`` times the flow's and the flow's.

    Raises
    ------
    Obstruction
        If a step that begins in a piece might not end in it or the next one, or the speed is not
        provably positive.
    """
    loose = flow.rounded(loosening)
    swell = 1 / (1 - loosening) ** 2
    margin, result = arb(0), []
    for one in cuts:
        alive(budget)
        piece = _piece(flow, loose, swell, one, margin)
        if not one.stride.is_zero() and not step * piece.jet.speed <= piece.stride:
            raise Obstruction("the speed changes too much within one step")
        if not margin < piece.length:
            raise Obstruction("a step is longer than a piece of the plateau")
        result.append(piece)
        margin = piece.stride
    return result


def _piece(flow: ReducedFlow, loose: ReducedFlow, swell: arb, one: Cut, margin: arb) -> Piece:
    begin, end = (one.left - margin).lower(), (one.right + one.stride).upper()
    jet = loose.jet_on(begin, end)
    straddles = not (begin > 0 or end < 0)
    near = arb(0) if straddles else (begin * begin).min(end * end)
    # The weight of every group from that at the middle of the cell: of the ratios
    # ((c + middle**2)/(c + near))**2, which are monotone in c, the largest is at an end.
    y, weights = one.cell.middle * one.cell.middle, []
    for weight, ends in zip(one.cell.weights, flow.extremes, strict=True):
        ratio = largest((c + y) / (c + near) for c in ends)
        weights.append((swell * weight * ratio * ratio).abs_upper())
    if not (jet.slope > 0 and jet.radical > 0):
        raise Obstruction("the speed is not provably positive on the way")
    return Piece(one.right - one.left, margin, one.stride, jet, near, tuple(weights))
