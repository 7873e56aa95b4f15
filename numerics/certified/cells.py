"""Cells of the reduced coordinate: where quadrature converges, and where bounds are taken.

A :class:`Cell` carries a complex disc, twice its radius, on which the speed has no zero and no
branch point. A :class:`Piece` is a part of a cell so short that suprema over it lose a bounded
factor. Choosing cells is search; what is claimed of them is verified by balls when they are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flint import arb

from numerics.certified.gauss import AXIS
from numerics.certified.reduced import Disc, Jet, ReducedFlow

MAX_CELLS = 20_000
# The disc stays inside this fraction of the distance to the nearest branch point ...
REACH = 0.75
# ... and ln u varies on it by about this much.
VARIATION = 8.0


class Obstruction(Exception):
    """Why the plateau cannot be skipped from here; never an error of the user's."""


@dataclass(frozen=True)
class Cell:
    """An interval [left, right] of the coordinate with bounds on the disc around it.

    Attributes
    ----------
    left, right, centre, radius : arb
        Exact ends (balls of radius zero), enclosures of the midpoint and the half length.
    disc : Disc
        Bounds on the disc of radius ``AXIS * radius`` about the centre.
    weight : arb
        ``sum c_j/(c_j + centre**2)**2``, which bounds the drift kernel.
    """

    left: arb
    right: arb
    centre: arb
    radius: arb
    disc: Disc
    weight: arb


@dataclass(frozen=True)
class Piece:
    """A short interval with enclosures, valid for every point and every admissible drift.

    Attributes
    ----------
    length : arb
        Its length.
    jet : Jet
        Hulls of the speed and its logarithmic derivatives.
    near : arb
        The least y = x**2 on it.
    weight : arb
        Upper bound of ``sum c_j/(c_j + x**2)**2``.
    """

    left: arb
    right: arb
    length: arb
    jet: Jet
    near: arb
    weight: arb


def partition(flow: ReducedFlow, left: arb, right: arb) -> list[Cell]:
    """Cover [left, right] by cells.

    Raises
    ------
    Obstruction
        If the speed vanishes or is singular too close to the interval.
    """
    cells: list[Cell] = []
    position, trial = left, (right - left).mid()
    while position < right:
        rest = (right - position).mid()
        cell = _cell_from(flow, position, rest, trial)
        cells.append(cell)
        position, trial = cell.right, 3 * cell.radius.mid()
        if len(cells) > MAX_CELLS:
            raise Obstruction("the plateau needs too many cells")
    return cells


def _cell_from(flow: ReducedFlow, left: arb, rest: arb, trial: arb) -> Cell:
    # Two almost equal last cells rather than one of nearly no length.
    length = rest if rest <= trial else (trial if 2 * trial <= rest else rest / 2).mid()
    for _ in range(400):
        right = (left + length).mid()
        centre, radius = (left + right) / 2, (right - left) / 2
        middle = centre.mid()
        distances, nearest = flow.distances(middle)
        axis = radius * AXIS * arb("1.0001")
        if axis < REACH * nearest:
            turning = arb(0)
            for distance in distances:
                turning += 1 / distance
            if axis * turning < VARIATION:
                disc = flow.disc(middle, axis, distances)
                if disc is not None:
                    weight = flow.weight(middle * middle)
                    return Cell(left, right, centre, radius, disc, weight)
        length = (length * 0.7).mid()
    raise Obstruction("the speed vanishes or is singular on the way")


def pieces(
    flow: ReducedFlow, cells: Sequence[Cell], beyond: arb, loosening: arb
) -> Iterator[Piece]:
    """Cut cells, and the overhang ``beyond`` their right end, into pieces.

    The enclosures hold for all c_j between ``(1 - loosening)`` times the flow's and the flow's.

    ``ln u`` varies over a piece by at most about one half near the faster end of the plateau, and
    by a quarter of the distance (in ln u) to that end elsewhere.
    """
    loose = flow.rounded(loosening)
    swell = 1 / (1 - loosening) ** 2
    logs = [_log_speed(flow, cell.left) for cell in cells] + [_log_speed(flow, cells[-1].right)]
    top = max(logs[0], logs[-1])
    for cell, here, there in zip(cells, logs, logs[1:], strict=False):
        allowed = max(0.5, (top - max(here, there)) / 4)
        count = max(4, int(abs(there - here) / allowed) + 1)
        previous = cell.left
        for i in range(1, count + 1):
            following = cell.right
            if i < count:
                following = (cell.left + (cell.right - cell.left) * i / count).mid()
            yield _piece(flow, loose, swell, previous, following)
            previous = following
    yield _piece(flow, loose, swell, cells[-1].right, beyond)


def _piece(flow: ReducedFlow, loose: ReducedFlow, swell: arb, left: arb, right: arb) -> Piece:
    jet = loose.jet_on(left, right)
    straddles = not (left > 0 or right < 0)
    near = arb(0) if straddles else (left * left).min(right * right)
    weight = swell * flow.weight(near)
    if not (jet.slope > 0 and jet.radical > 0):
        raise Obstruction("the speed is not provably positive on the way")
    return Piece(left, right, right - left, jet, near, weight)


def _log_speed(flow: ReducedFlow, x: arb) -> float:
    """Approximate ln u(x), for planning only."""
    return float(flow.speed(x).mid().log().mid())
