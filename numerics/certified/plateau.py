"""Skip a plateau: from one iterate to a much later one, with the number of steps in between.

The approximate Abel function ``Phi(x, c) = (1/eta) int dx/u + (1/2) ln u`` grows by one per GD
step, up to a defect that Lemmas R1 and R2 bound. Hence the index n at which the orbit comes close
below a given coordinate, and an enclosure of the iterate there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from numerics.balls import ball, floor_lower, log2_size, precision
from numerics.certified import drift, gauss
from numerics.certified.cells import REACH, Cell, Obstruction, Piece, partition, pieces
from numerics.certified.reduced import ReducedFlow

LOW_BITS = 128
# Bits below one step to which the flow time is integrated.
STEP_BITS = 24
# The largest relative drift of a c_j, and the largest eta |u'|, that the estimates are used for.
MAX_DRIFT = 2.0**-9
MAX_STIFFNESS = 0.125
# Below this the drift of the c_j need not be computed, only bounded.
TINY_DRIFT = 2.0**-50


@dataclass(frozen=True)
class Landing:
    """Where the orbit is after the skip.

    Attributes
    ----------
    steps : int
        n, exactly.
    coordinate : arb
        Encloses x_n, just below the exit.
    squares : tuple of arb
        Enclose the c_j after n steps.
    flow_time, log_term, drift : arb
        The three parts of the count, in steps: the flow's T/eta, the sum-versus-integral term
        (1/2) ln(u_1/u_0), and the delay D by the drift of the c_j.
    defect : arb
        Upper bound of the sum of all defects, in steps.
    """

    steps: int
    coordinate: arb
    squares: tuple[arb, ...]
    flow_time: arb
    log_term: arb
    drift: arb
    defect: arb


@dataclass(frozen=True)
class Plateau:
    """An interval of the coordinate on which every estimate has been checked.

    Attributes
    ----------
    flow : ReducedFlow
        At full precision.
    step : Fraction
        eta, exactly.
    start, exit : arb
        The coordinate of the iterate to start from (a ball), and an exact coordinate.
    cells : list of Cell
        A partition of [start, exit].
    defect : arb
        Upper bound of the sum of the defects of Lemmas R1 and R2, in steps.
    approach_defect : arb
        The part of it that comes from where the speed still falls.
    loosening : arb
        Upper bound of the relative drift of every c_j over the whole plateau.
    unevenness : arb
        Upper bound of what that drift, ``sum h**2/(c_j + x**2)``, differs from its integral
        ``eta int u/(c_j + x**2) dx`` (Lemma R3).
    """

    flow: ReducedFlow
    step: Fraction
    start: arb
    exit: arb
    cells: list[Cell]
    defect: arb
    approach_defect: arb
    loosening: arb
    unevenness: arb


def survey(flow: ReducedFlow, step: Fraction, start: arb, exit_: arb) -> Plateau:
    """Check the assumptions on [start, exit] and bound the defects.

    Raises
    ------
    Obstruction
        Where an assumption fails: the speed is not positive, ``eta |u'|`` or the drift is large.
    """
    with precision(LOW_BITS + _mantissa(start)):
        left = start.lower()
    with precision(LOW_BITS):
        low = flow.rounded()
        if not left < exit_:
            raise Obstruction("there is no plateau before the exit")
        cells = partition(low, left, exit_)
        # One step past the exit, with room for the speed to grow on the way.
        beyond = (exit_ + 2 * ball(step) * low.speed(exit_)).upper()
        guess = arb(2) ** -40
        for _ in range(8):
            parts = list(pieces(low, cells, beyond, guess))
            bounds = _defects(low, ball(step), parts)
            loosening = bounds[2]
            if loosening <= guess:
                return Plateau(flow, step, start, exit_, cells, *bounds)
            guess = (2 * loosening).upper()
            if not guess < MAX_DRIFT:
                break
    raise Obstruction("the squared differences drift too much for the estimates")


def _defects(flow: ReducedFlow, step: arb, parts: Sequence[Piece]) -> tuple[arb, arb, arb, arb]:
    """Bound defect, approach defect, loosening and unevenness, as in :class:`Plateau`.

    A step that starts in a piece ends in it or in the next one (checked), so the sum over steps
    of ``h**2 W(x)`` is at most ``eta`` times the sum over pieces of ``u * length`` times the larger
    of W there and W one piece earlier.
    """
    least = flow.least
    # Sums over later pieces of sqrt(weight)/u, times |chi| and times the drift of chi.
    later, later_drift = [arb(0)], [arb(0)]
    steepest = arb(0)
    for part in reversed(parts):
        jet = part.jet
        share = part.length * part.weight.sqrt() / jet.speed
        later.append(later[-1] + share * jet.sensitivity.abs_upper())
        later_drift.append(later_drift[-1] + share * jet.sensitivity_drift.abs_upper())
        steepest = _larger(steepest, jet.sensitivity.abs_upper())
    later.reverse()
    later_drift.reverse()
    loosening, unevenness, defect, approach = arb(0), arb(0), arb(0), arb(0)
    previous_w, previous_drift = arb(0), arb(0)
    for i, part in enumerate(parts):
        jet = part.jet
        speed = jet.speed.abs_upper()
        h = step * speed
        first, second = jet.log_speed_1.abs_upper(), jet.log_speed_2.abs_upper()
        if i + 1 < len(parts) and not h < parts[i + 1].length:
            raise Obstruction("a step is longer than a piece of the plateau")
        stiffness = h * first
        if not stiffness < MAX_STIFFNESS:
            raise Obstruction("the step size is too large there: eta |u'| is not small")
        growth = stiffness.exp()
        sensitivity, weight = jet.sensitivity.abs_upper(), part.weight.abs_upper()
        delay = speed * weight.sqrt() * later[i] / 2  # u Psi
        shape = 2 * jet.x.abs_upper() / (least + part.near) if least is not None else arb(0)
        w = (
            second / 12
            + growth * first * first / 6
            + sensitivity * weight * (growth + 1) / 2
            + delay * (first + shape) / 2
        )
        flux = step * growth * speed * part.length
        defect += flux * _larger(w, previous_w)
        if not jet.log_speed_1 > 0:
            approach += flux * _larger(w, previous_w)
        if least is not None:
            now = 1 / (least + part.near)
            share = flux * _larger(now, previous_drift)
            loosening += share
            change = (loosening * (flow.others * steepest / 2 + 2)).exp() - 1
            unevenness += share * (h * growth * (first + shape) + h * h * now + change)
            previous_drift = now
        previous_w = w
        # What the drift so far changes of D: second order, so a crude bound will do.
        early = speed * part.length * weight.sqrt() / 2
        exponent = loosening * (flow.others * steepest + 4)
        shift = flow.others * loosening / 2
        defect += early * ((exponent.exp() - 1) * later[i] + exponent.exp() * shift * later_drift[i])
    last = parts[-1]
    h = step * last.jet.speed.abs_upper()
    # The orbit stops up to two steps before the exit: what D counts there.
    defect += 4 * h * h * last.weight * last.jet.sensitivity.abs_upper()
    if least is not None:
        unevenness += 4 * h * h / (least + last.near)
    return defect.upper(), approach.upper(), loosening.upper(), unevenness.upper()


def _larger(a: arb, b: arb) -> arb:
    return a.max(b).upper()


def flow_steps(plateau: Plateau) -> arb:
    """Enclose T/eta, the flow's time over [start, exit] in units of the step, to ``STEP_BITS``."""
    total = arb(0)
    copies: dict[int, ReducedFlow] = {}
    for cell in plateau.cells:
        with precision(LOW_BITS):
            scale = cell.radius * cell.disc.inverse_speed / ball(plateau.step)
            bits = max(16, log2_size(scale) + STEP_BITS)
            count = gauss.nodes_for(bits)
            remainder = (scale * gauss.error(count)).abs_upper()
        tier = 128 * (bits // 128 + 1) + 64
        with precision(tier):
            flow = copies.get(tier) or copies.setdefault(tier, plateau.flow.rounded())
            centre, radius = (cell.left + cell.right) / 2, (cell.right - cell.left) / 2
            part = arb(0)
            for node, weight in gauss.rule(count, tier):
                part += weight / flow.speed(centre + radius * node)
            part = part * radius / ball(plateau.step)
        with precision(LOW_BITS + total_bits(plateau)):
            total += part + arb(0, remainder)
    with precision(LOW_BITS + _mantissa(plateau.start)):
        # The partition starts at the lower end of the ball that encloses the start.
        gap = (plateau.start - plateau.cells[0].left).abs_upper()
        slack = (gap * plateau.cells[0].disc.inverse_speed / ball(plateau.step)).upper()
    with precision(LOW_BITS + total_bits(plateau)):
        return total - slack / 2 + arb(0, slack / 2)


def _mantissa(x: arb) -> int:
    """The number of bits of the midpoint."""
    return int(x.mid().man_exp()[0].bit_length())


def total_bits(plateau: Plateau) -> int:
    """Bits before the binary point of the count."""
    with precision(LOW_BITS):
        return max(0, *(log2_size(c.radius * c.disc.inverse_speed / ball(plateau.step)) for c in plateau.cells))


def cross(plateau: Plateau) -> Landing:
    """Carry the orbit across the plateau.

    Returns
    -------
    Landing
        The iterate with the largest index that is provably at or before the exit.

    Raises
    ------
    Obstruction
        If the landing cannot be resolved (the defects are larger than the plateau).
    """
    flow = plateau.flow
    flow_time = flow_steps(plateau)
    bits = total_bits(plateau)
    with precision(LOW_BITS):
        low = flow.rounded()
        log_term = (low.speed(plateau.exit) / low.speed(plateau.start)).log() / 2
        with_drift = flow.rounded(plateau.loosening)
        log_end = (with_drift.speed(plateau.exit) / low.speed(plateau.start)).log() / 2
    with precision(drift.BITS):
        delay = drift.drift_delay(flow.rounded(), plateau.cells)
    with precision(LOW_BITS + bits):
        # The orbit passes the exit at this fractional index.
        passage = flow_time + log_end + delay + arb(0, plateau.defect)
        if not passage.is_finite():
            raise Obstruction("the count of the plateau has no finite enclosure")
        steps = floor_lower(passage.lower())
        if steps < 1:
            raise Obstruction("the defects are larger than the plateau")
        ahead = passage - steps
    with precision(LOW_BITS):
        squares = _drifted(plateau)
        back = _steps_before_exit(ReducedFlow(flow.loss, squares, flow.sigma), plateau, ahead)
    size = log2_size(plateau.exit) - log2_size(back)
    with precision(LOW_BITS + max(bits, size)):
        return Landing(
            steps,
            plateau.exit - back,
            squares,
            flow_time,
            log_term,
            delay,
            plateau.defect,
        )


def _drifted(plateau: Plateau) -> tuple[arb, ...]:
    """Enclose the c_j after the plateau: by the bound where it is tiny, else by the integral."""
    flow, step = plateau.flow, ball(plateau.step)
    if plateau.loosening < TINY_DRIFT:
        widen = (1 - plateau.loosening).union(arb(1))
        return tuple(c if c.is_zero() else c * widen for c in flow.squares)
    least = flow.least
    assert least is not None
    integrals = [arb(0) for _ in flow.squares]
    wrong = plateau.unevenness
    for cell in plateau.cells:
        count = drift.node_count(flow, cell)
        # On the disc |c_j + x**2| is at least (1 - REACH)**2 times its value at the centre.
        inverse = 1 / ((1 - arb(REACH)) ** 2 * (least + cell.centre * cell.centre))
        wrong += step * cell.radius * gauss.error(count) * cell.disc.speed * inverse
        for node, weight in gauss.rule(count, LOW_BITS):
            x = cell.centre + cell.radius * node
            y, flux = x * x, step * cell.radius * weight * flow.speed(x)
            integrals = [i + flux / (c + y) for i, c in zip(integrals, flow.squares, strict=True)]
    spread = arb(0, wrong.abs_upper())
    return tuple(
        c if c.is_zero() else c * (-(i + spread)).exp()
        for c, i in zip(flow.squares, integrals, strict=True)
    )


def _steps_before_exit(flow: ReducedFlow, plateau: Plateau, ahead: arb) -> arb:
    """Enclose the distance t >= 0 from x_n to the exit, which takes ``ahead`` more steps to cover.

    With psi = ln u the Abel function drops over that distance by
    ``(t/(eta u_1)) (1 + psi' t/2 + r1) + (psi' t - psi'' t**2/2)/2``; the enclosure of t is
    iterated through this equation.
    """
    exit_, step = plateau.exit, ball(plateau.step)
    jet = flow.jet(exit_)
    unit = step * jet.speed
    widest = (4 * unit * (ahead + 1)).upper()
    hull = flow.jet_on((exit_ - widest).lower(), exit_)
    second = hull.log_speed_2.abs_upper()
    slope = jet.log_speed_1

    def drop(t: arb) -> tuple[arb, arb]:
        lam = (slope.abs_upper() * t + second * t * t / 2).abs_upper()
        rough = (lam * lam / 6 + second * t * t / 6).abs_upper() * lam.exp()
        curve = arb(0, (second * t / 2).abs_upper())
        return 1 + slope * t / 2 + arb(0, rough), (slope + curve) / 2

    factor, linear = drop(widest)
    if not widest / unit * factor + linear * widest > ahead:
        raise Obstruction("the step size is too large at the exit")
    t = arb(0).union(widest)
    for _ in range(40):
        factor, linear = drop(t)
        t = unit * ahead / (factor + linear * unit)
    return t
