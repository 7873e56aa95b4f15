"""A plateau: an interval of the coordinate on which every estimate of the skip has been checked.

The approximate Abel function ``Phi(x, c) = -(1/eta) int_x^exit dy/u(y; c) + (1/2) ln u(x; c)``
grows by one per GD step, up to a defect. This module bounds the sum of the defects (Lemmas R1, R2)
and how far the c_j can drift meanwhile (Lemma R3).

A step ``x -> x + h`` that begins in a :class:`~numerics.certified.cells.Piece` ends in it or in the
next one, which is checked. So the step that covers a point y of a piece lies in the piece widened
by the longest step before it and in it; the bounds of a piece hold there. Summed over the points y
instead of the steps, ``sum h**2 W <= eta sum (u * length) W`` over the pieces (Lemma S).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from numerics import clock
from numerics.balls import ball, largest, log2_size, precision, smallest
from numerics.certified.cells import Blurred, Cell, Cut, Obstruction, Piece, cut, partition, pieces
from numerics.certified.plan import MAX_STIFFNESS
from numerics.certified.reduced import ReducedFlow
from numerics.problem import Budget

LOW_BITS = 128
# The largest relative drift of a c_j that the estimates are used for.
MAX_DRIFT = 2.0**-5


@dataclass(frozen=True)
class Plateau:
    """An interval of the coordinate on which every estimate has been checked.

    Attributes
    ----------
    flow : ReducedFlow
        At full precision.
    step : Fraction
        eta, exactly.
    bits : int
        The precision at which coordinates are told apart.
    start, exit : arb
        The coordinate of the iterate to start from (a ball), and an exact coordinate: the end of
        the last cell.
    cells : list of Cell
        A partition of [start, exit].
    defect : arb
        Upper bound of the sum of the defects of Lemmas R1 and R2, in steps, and of the part of D
        that lies in the ball of the start.
    approach_defect : arb
        The part of it that comes from where the speed still falls.
    loosening : arb
        Upper bound of the relative drift of every c_j over the whole plateau.
    unevenness : arb
        Upper bound of what that drift, ``sum h**2/(c_j + x**2)``, differs from its integral
        ``eta int u/(c_j + x**2) dx`` between the same ends (Lemma R3).
    reach : arb
        Upper bound of |x| on all widened pieces.
    """

    flow: ReducedFlow
    step: Fraction
    bits: int
    start: arb
    exit: arb
    cells: list[Cell]
    defect: arb
    approach_defect: arb
    loosening: arb
    unevenness: arb
    reach: arb

    @property
    def left(self) -> arb:
        """The exact left end of the cells: the lower end of the start."""
        return self.cells[0].left


def count_bits(cells: Sequence[Cell], step: Fraction) -> int:
    """Bits before the binary point of T/eta over the cells, about."""
    with precision(LOW_BITS):
        steps = [c.radius * c.disc.inverse_speed / ball(step) for c in cells]
        if not all(s.is_finite() for s in steps):
            raise Obstruction("a step count is not finite")
        return max(0, *map(log2_size, steps))


def steps_within(flow: ReducedFlow, step: Fraction, cells: Sequence[Cell]) -> arb:
    """Estimate the steps on some cells by Simpson's rule on each."""
    with precision(LOW_BITS):
        low, total = flow.rounded(), arb(0)
        for cell in clock.watched(cells, 8):
            slow = [1 / low.speed(x.mid()) for x in (cell.left, cell.centre, cell.right)]
            total += cell.radius * (slow[0] + 4 * slow[1] + slow[2]) / 3
        return (total / ball(step)).mid()


def survey(
    flow: ReducedFlow,
    step: Fraction,
    start: arb,
    exit_: arb,
    bits: int,
    budget: Budget,
    seen: Callable[[float], Budget] | None = None,
    cells: list[Cell] | None = None,
    doomed: Callable[[arb], bool] | None = None,
) -> Plateau:
    """Check the assumptions on [start, exit] and bound the defects.

    Parameters
    ----------
    flow : ReducedFlow
    step : Fraction
    start : arb
        A ball around the coordinate of an iterate.
    exit_ : arb
        Exact; the exit of the result differs from it by rounding at most.
    bits : int
        The precision for coordinates; bounds take :data:`LOW_BITS`.
    budget : Budget
    seen : callable, optional
        Told about how many steps there are before the bounds, which take most of the time; says
        what may be spent on them.
    cells : list of Cell, optional
        The :func:`outline`, if it is known.
    doomed : callable, optional
        Whether a drift like this would make the survey useless: asked before the bounds.

    Raises
    ------
    Obstruction
        Where an assumption fails: the speed is not positive, ``eta |u'|`` or the drift is large.
    """
    if cells is None:
        cells = outline(flow, start, exit_, bits, budget)
    with precision(bits):
        low, eta = flow.rounded(), ball(step)
        if seen is not None:
            budget = seen(float(steps_within(low, step, cells)))
        cuts = cut(low, eta, cells, budget)
        about = _loosening_about(low, cuts)
        if doomed is not None and doomed((about / 4).upper()):
            raise Blurred("the condition might hold before the exit")
        # The estimate is only a guess: whatever it is, no more than MAX_DRIFT is ever allowed.
        allowed = (2 * about).max(arb(2) ** -40).min(arb(MAX_DRIFT)).upper()
        with precision(bits + mantissa_bits(start)):
            gap = (start - cells[0].left).abs_upper()
        for _ in range(8):
            parts = pieces(low, eta, cuts, allowed, budget)
            bounds = _defects(low, ball(step), parts, allowed, gap)
            loosening = bounds[2]
            if loosening <= allowed:
                reach = largest(abs(part.jet.x) for part in parts).upper()
                return Plateau(flow, step, bits, start, cells[-1].right, cells, *bounds, reach)
            allowed = (2 * loosening).upper()
            if not allowed < MAX_DRIFT:
                break
    raise Obstruction("the squared differences drift too much for the estimates")


def outline(flow: ReducedFlow, start: arb, exit_: arb, bits: int, budget: Budget) -> list[Cell]:
    """Cover [start, exit] by cells, as :func:`survey` does.

    Raises
    ------
    Obstruction
        If the speed vanishes or is singular too close to the interval.
    """
    with precision(bits + mantissa_bits(start)):
        left = start.lower()
    with precision(bits):
        if not left < exit_:
            raise Obstruction("there is no plateau before the exit")
        return partition(flow.rounded(), left, exit_, budget)


def _loosening_about(flow: ReducedFlow, cuts: Sequence[Cut]) -> arb:
    """Estimate the drift of the least c_j: half of twice the step, times the way, and so on."""
    if flow.least is None:
        return arb(0)
    total = arb(0)
    for one in cuts:
        near = (one.left * one.left).min(one.right * one.right)
        total += one.stride * (one.right - one.left) / (2 * (flow.least + near))
    return total


@dataclass(frozen=True)
class Bounds:
    """Upper bounds on a widened piece: of the speed and of what else a defect is made of.

    Attributes
    ----------
    speed, first, second : arb
        ``u, |psi'|, |psi''|`` for psi = ln u.
    sensitivity : arb
        ``|chi|``.
    weight : arb
        ``sum c_j/(c_j + x**2)**2``, which bounds kappa(x, x).
    roots : tuple of arb
        The square roots of the parts of it that belong to the groups. By Cauchy and Schwarz,
        ``kappa(v, x) <= sum roots(v) * roots(x)`` over the groups.
    nearness : tuple of arb
        ``1/(c + x**2)`` for the least c of every group.
    shape : tuple of arb
        ``2 |x|/(c + x**2)`` for that c, which bounds ``|d ln(kappa)/dx|`` of the group.
    together : arb
        ``sum 1/(c_j + x**2)`` over all j.
    """

    speed: arb
    first: arb
    second: arb
    sensitivity: arb
    weight: arb
    roots: tuple[arb, ...]
    nearness: tuple[arb, ...]
    shape: tuple[arb, ...]
    together: arb

    @classmethod
    def of(cls, piece: Piece, least: Sequence[arb]) -> Bounds:
        """Take the upper ends; ``least`` are lower bounds of the c_j of every group."""
        jet = piece.jet
        nearness = tuple((1 / (c + piece.near)).abs_upper() for c in least)
        return cls(
            jet.speed.abs_upper(),
            jet.log_speed_1.abs_upper(),
            jet.log_speed_2.abs_upper(),
            jet.sensitivity.abs_upper(),
            sum(piece.weights, arb(0)).abs_upper(),
            tuple(w.sqrt().abs_upper() for w in piece.weights),
            nearness,
            tuple((2 * abs(jet.x) * n).abs_upper() for n in nearness),
            jet.rate.abs_upper(),
        )


def _defects(
    flow: ReducedFlow, step: arb, parts: Sequence[Piece], allowed: arb, gap: arb | int = 0
) -> tuple[arb, arb, arb, arb]:
    """Bound defect, approach defect, loosening and unevenness, as in :class:`Plateau`.

    The bounds hold by induction over the steps, if the loosening comes out at most ``allowed``:
    up to then every c_j is at least ``1 - allowed`` times what it was, as the parts suppose.
    The start is at most ``gap`` behind the left end, where D and the drift's integral begin: what
    they count before the start is added to the defect and to the unevenness.

    Raises
    ------
    Obstruction
        If a step is too long somewhere, or the start might lie behind the first piece.
    """
    if not gap <= parts[0].length:
        raise Obstruction("the start is not known well enough")
    # Of a group and those behind it, as balls may overlap: so what the first has is the largest.
    behind = [smallest(low for low, _ in flow.extremes[g:]) for g in range(len(flow.groups))]
    least = [(low * (1 - allowed)).lower() for low in behind]
    own = [Bounds.of(part, least) for part in clock.watched(parts, 16)]
    later, later_drift = _later(parts, own)
    steepest = largest(b.sensitivity for b in own).upper()
    defect, approach, unevenness = arb(0), arb(0), arb(0)
    slack = 1 / (1 - allowed)  # |ln(1 - a)| <= a slack for every a <= allowed
    # Of the drifts of the c_j so far: the largest in every group, and the sum over all j.
    drifts, total = [arb(0) for _ in least], arb(0)
    for i, (part, near) in enumerate(clock.watched(zip(parts, own, strict=True), 16)):
        h = step * near.speed
        stiffness = h * near.first
        if not stiffness < MAX_STIFFNESS:
            raise Obstruction("the step size is too large there: eta |u'| is not small")
        if flow.tied and not h * h < part.near / 4:
            raise Obstruction("the step size is too large there: a tie changes its sign")
        growth = stiffness.exp()
        flux = h * part.length
        w = near.second / 12 + growth * near.first * near.first / 6
        w += slack * near.sensitivity * near.weight * (growth + 1) / 2
        total = (total + flux * near.together).upper()
        together = slack * (total + h * h * near.together)
        second_order = arb(0)
        for g in range(len(least)):
            # The contraction 1 - h**2/(c_j + x**2) is positive: the order and the signs are kept.
            shrink = h * h * near.nearness[g]
            if not shrink < 0.25:
                raise Obstruction("the step size is too large there: the weights change order")
            half = near.speed * near.roots[g] / 2
            w += half * later[i][g] * (near.first + near.shape[g]) / 2
            if i == 0:  # half * later bounds |u Psi|
                defect += gap * half * later[i][g]
                unevenness += gap * step * near.speed * near.nearness[g] if g == 0 else 0
            share = flux * near.nearness[g]
            drifts[g] = (drifts[g] + share).upper()
            # Bounds |ln(c_j now / c_j at first)| for the group; ``together`` does for the sum.
            drifted = slack * (drifts[g] + shrink)
            change = (steepest * together / 2 + 2 * drifted).exp() - 1
            if g == 0:  # the largest of all groups, as nearness is
                uneven = h * growth * (near.first + near.shape[g]) / 2 + slack * shrink + change
                unevenness += share * uneven
            # What the drift so far changes of D: second order, so a crude bound will do.
            swell = (steepest * together + 4 * drifted).exp()
            second_order += half * (swell - 1) * later[i][g]
            second_order += half * swell * together / 2 * later_drift[i][g]
        defect += flux * w + part.length * second_order
        if not part.jet.log_speed_1 > 0:
            approach += flux * w
    loosening = drifts[0] if drifts else arb(0)
    return defect.upper(), approach.upper(), loosening.upper(), unevenness.upper()


def _later(
    parts: Sequence[Piece], own: Sequence[Bounds]
) -> tuple[list[list[arb]], list[list[arb]]]:
    """Bound, from the left end of every widened piece on, two integrals over roots/u per group.

    The integrands are that times |chi|, and times |z d(chi)/dz|.
    """
    sums = [arb(0) for _ in own[0].roots]
    drifts = list(sums)
    later, later_drift = [], []
    for part, bounds in clock.watched(zip(reversed(parts), reversed(own), strict=True), 16):
        wide = (part.length + part.margin) / part.jet.speed
        drift = part.jet.sensitivity_drift.abs_upper()
        later.append(
            [
                (s + wide * r * bounds.sensitivity).upper()
                for s, r in zip(sums, bounds.roots, strict=True)
            ]
        )
        later_drift.append(
            [(s + wide * r * drift).upper() for s, r in zip(drifts, bounds.roots, strict=True)]
        )
        narrow = part.length / part.jet.speed
        sums = [
            (s + narrow * r * bounds.sensitivity).upper()
            for s, r in zip(sums, bounds.roots, strict=True)
        ]
        drifts = [
            (s + narrow * r * drift).upper() for s, r in zip(drifts, bounds.roots, strict=True)
        ]
    return later[::-1], later_drift[::-1]


def mantissa_bits(x: arb) -> int:
    """Count the bits of the midpoint."""
    return int(x.mid().man_exp()[0].bit_length())
