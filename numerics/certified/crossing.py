"""Cross a plateau: from one iterate to a much later one, with the number of steps in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from numerics import clock
from numerics.balls import ball, floor_lower, log2_size, precision
from numerics.certified import drift, gauss
from numerics.certified.cells import (
    LONG_VARIATION,
    REACH,
    Cell,
    Obstruction,
    Spent,
    alive,
    partition,
)
from numerics.certified.plan import MAX_STIFFNESS
from numerics.certified.plateau import LOW_BITS, Plateau, count_bits, mantissa_bits
from numerics.certified.reduced import Jet, ReducedFlow
from numerics.problem import Budget

# Bits below one step to which the flow time is integrated.
STEP_BITS = 24
# Bits of a lower bound that is asked for alone.
RELATIVE = 30
# The drift of the c_j need not be computed, only bounded, where it moves p by less than this
# fraction of the last step.
TINY_DRIFT = 2.0**-12
# No quantity of the crossing needs a precision like this; asking for it is a sign of a lost ball.
MAX_BITS = 400_000
# Between two looks at the clock.
_NODES = 16


@dataclass(frozen=True)
class Landing:
    """Where the orbit is after the skip.

    Attributes
    ----------
    steps : int
        n, exactly.
    coordinate : arb
        Encloses x_n, at or just below the exit.
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


def flow_steps(
    flow: ReducedFlow,
    cells: Sequence[Cell],
    start: arb,
    step: Fraction,
    budget: Budget,
    fraction_bits: int = STEP_BITS,
) -> arb:
    """Enclose T/eta from the start to the end of the cells.

    Parameters
    ----------
    flow : ReducedFlow
        At full precision.
    cells : sequence of Cell
        Adjacent; the first begins at the lower end of the start.
    start : arb
        A ball around the start.
    step : Fraction
        eta.
    budget : Budget
    fraction_bits : int
        Bits below one step to integrate to.
    """
    total = arb(0)
    whole = LOW_BITS + fraction_bits + count_bits(cells, step)
    copies: dict[int, ReducedFlow] = {}
    for cell in cells:
        alive(budget)
        with precision(LOW_BITS):
            scale = cell.radius * cell.disc.inverse_speed / ball(step)
            bits = max(16, log2_size(scale) + fraction_bits)
            count = gauss.nodes_for(bits)
            remainder = (scale * gauss.error(count)).abs_upper()
        tier = 128 * (bits // 128 + 1) + 64
        with precision(tier):
            at_tier = copies.get(tier) or copies.setdefault(tier, flow.rounded())
            centre, radius = (cell.left + cell.right) / 2, (cell.right - cell.left) / 2
            part = arb(0)
            for node, weight in clock.watched(gauss.rule(count, tier), _NODES):
                part += weight / at_tier.speed(centre + radius * node)
            part = part * radius / ball(step)
        with precision(whole):
            total += part + arb(0, remainder)
    first = cells[0]
    with precision(LOW_BITS + mantissa_bits(start)):
        gap = (start - first.left).abs_upper()
        if not gap <= first.right - first.left:
            raise Obstruction("the start is not known well enough")
        slowest = flow.jet_on(first.left, (first.left + gap).upper()).speed
        slack = (gap / slowest / ball(step)).upper()
        if not slowest > 0:
            raise Obstruction("the speed vanishes at the start")
    with precision(whole):
        return total - slack / 2 + arb(0, slack / 2)


def at_least(plateau: Plateau, budget: Budget) -> int:
    """Bound from below how many steps stay before the exit: few digits of that cost little.

    Returns
    -------
    int
        The n of the Theorem, or less: 0 where nothing is known of it.
    """
    few = min(0, RELATIVE - count_bits(plateau.cells, plateau.step) - STEP_BITS)
    try:
        flow_time, _, log_end, delay = _parts(plateau, budget, few)
    except Spent:
        raise
    except Obstruction:
        return 0
    with precision(LOW_BITS):
        least = (flow_time + log_end + delay - plateau.defect).lower()
        return max(0, floor_lower(least)) if least.is_finite() else 0


def _parts(plateau: Plateau, budget: Budget, finer: int = 0) -> tuple[arb, arb, arb, arb]:
    """Enclose T/eta, the logarithm for the c_j at the start, that for all of the box, and D.

    ``finer``: to how many more bits than usual.
    """
    flow = plateau.flow
    with precision(plateau.bits):
        low = flow.rounded()
        cells = partition(low, plateau.left, plateau.exit, budget, LONG_VARIATION)
    flow_time = flow_steps(flow, cells, plateau.start, plateau.step, budget, STEP_BITS + finer)
    with precision(plateau.bits):
        begin, loose = low.speed(plateau.start), flow.rounded(plateau.loosening)
        log_term = (low.speed(plateau.exit) / begin).log() / 2
        log_end = (loose.speed(plateau.exit) / begin).log() / 2
    delay = drift.drift_delay(flow, plateau.cells, budget, finer)
    return flow_time, log_term, log_end, delay


def cross(plateau: Plateau, budget: Budget) -> Landing:
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
    flow_time, log_term, log_end, delay = _parts(plateau, budget)
    with precision(LOW_BITS + count_bits(plateau.cells, plateau.step)):
        # The orbit passes the exit at this fractional index (the Theorem).
        passage = flow_time + log_end + delay + arb(0, plateau.defect)
        if not passage.is_finite():
            raise Obstruction("the count of the plateau has no finite enclosure")
        steps = floor_lower(passage.lower())
        if steps < 1:
            raise Obstruction("the defects are larger than the plateau")
        ahead = passage - steps
    with precision(plateau.bits):
        loose = plateau.flow.rounded(plateau.loosening)
        back, squares = _step_back(plateau, loose, ahead, budget)
        if not (back.is_finite() and all(c.is_finite() for c in squares)):
            raise Obstruction("the landing has no finite enclosure")
        bits = plateau.bits
        if not plateau.exit.is_zero():
            bits += max(0, log2_size(plateau.exit) - log2_size(back))
    if bits > MAX_BITS:
        raise Obstruction("the landing cannot be told from the exit")
    with precision(bits):
        coordinate = plateau.exit - back
    return Landing(steps, coordinate, squares, flow_time, log_term, delay, plateau.defect)


def _step_back(
    plateau: Plateau, loose: ReducedFlow, ahead: arb, budget: Budget
) -> tuple[arb, tuple[arb, ...]]:
    """Enclose the distance t >= 0 from x_n to the exit, and the c_j there.

    With psi = ln u the Abel function drops over that distance by
    ``(t/(eta u_1)) (1 + psi' t/2 + r) + (psi' t - psi'' t**2/2)/2``, which grows with t. The true t
    takes ``ahead`` more steps, up to the part of D that lies between x_n and the exit.
    """
    exit_, step = plateau.exit, ball(plateau.step)
    widest = (4 * step * loose.speed(exit_) * (ahead + 1)).upper()
    room = (exit_ - plateau.left).upper()
    whole = not widest < room
    if whole:
        widest = room  # x_n is no further away than the start
    left = (exit_ - widest).lower()
    hull = loose.jet_on(left, exit_)
    # At most ahead + 1 steps lead from x_n beyond the exit; the one that enters [left, exit] is
    # longer than those inside may be by a factor of exp(MAX_STIFFNESS) at most.
    if not whole and not step * hull.speed * (ahead + 1) * arb(MAX_STIFFNESS).exp() < widest:
        raise Obstruction("the speed changes too much before the exit")
    near = arb(0) if left < 0 < exit_ else (left * left).min(exit_ * exit_)
    # At most this is missing of D, and of the drift's integral, at x_n.
    missing, uncounted = arb(0), arb(0)
    if loose.least is not None:
        weight = loose.weight(near) / (1 - plateau.loosening)
        ratio = hull.speed.abs_upper() / hull.speed
        missing = (widest * widest * ratio * hull.sensitivity * weight / 4).abs_upper()
        uncounted = (step * widest * hull.speed / (loose.least + near)).abs_upper()
    ahead = ahead + arb(0, missing)
    second = hull.log_speed_2.abs_upper()
    jet = loose.jet(exit_)
    if not whole and not widest * _drop(jet, second, step * jet.speed, widest) > ahead:
        raise Obstruction("the step size is too large at the exit")
    squares = _drifted(plateau, uncounted, budget)
    jet = ReducedFlow(plateau.flow.loss, squares, plateau.flow.sigma).jet(exit_)
    t = arb(0).union(widest)
    for _ in range(40):
        t = ahead / _drop(jet, second, step * jet.speed, t)
    return t, squares


def _drop(jet: Jet, second: arb, unit: arb, t: arb) -> arb:
    """Enclose the drop of the Abel function over a distance in t below the exit, divided by it."""
    slope = jet.log_speed_1
    lam = (slope.abs_upper() * t + second * t * t / 2).abs_upper()
    rest = arb(0, ((lam * lam + second * t * t) / 6 * lam.exp()).abs_upper())
    curve = arb(0, (second * t / 2).abs_upper())
    return (1 + slope * t / 2 + rest) / unit + (slope + curve) / 2


def _drifted(plateau: Plateau, uncounted: arb, budget: Budget) -> tuple[arb, ...]:
    """Enclose the c_j at the landing: by the bound where it is tiny, else by the integral.

    ``uncounted`` bounds the integral between the landing and the exit.
    """
    flow, step = plateau.flow, ball(plateau.step)
    least = flow.least
    if least is None:
        return flow.squares
    # All bounds are stated for the least c_j, as integrals against 1/(least + y); for another c_j
    # they shrink by the factor (least + y)/(c_j + y), which increases in y. Where both have shrunk
    # by a factor of 1 - loosening, it is that at y/(1 - loosening).
    far = (plateau.reach * plateau.reach / (1 - plateau.loosening)).upper()
    shares = [((least + far) / (c + far)).upper() for c in flow.squares]
    last = step * abs(flow.speed(plateau.exit)) / (abs(plateau.start) + abs(plateau.exit))
    if plateau.loosening * (flow.others + 1) < last.min(arb(TINY_DRIFT)) * TINY_DRIFT:
        return tuple(
            c if c.is_zero() else c * (1 - plateau.loosening).union(arb(1)) for c in flow.squares
        )
    integrals = [arb(0) for _ in flow.squares]
    wrong = plateau.unevenness + uncounted
    slight = plateau.unevenness * TINY_DRIFT / len(plateau.cells)
    for cell in plateau.cells:
        alive(budget)
        # On the disc |c_j + x**2| is at least (1 - REACH)**2 times its value at the centre.
        inverse = 1 / ((1 - arb(REACH)) ** 2 * (least + cell.middle * cell.middle))
        whole = 2 * step * cell.radius * cell.disc.speed * inverse
        if whole < slight:  # the integral over the cell, which is positive, is not worth nodes
            wrong += whole
            continue
        count = drift.node_count(flow, cell)
        wrong += step * cell.radius * gauss.error(count) * cell.disc.speed * inverse
        for node, weight in clock.watched(gauss.rule(count, LOW_BITS), _NODES):
            x = cell.centre + cell.radius * node
            y, flux = x * x, step * cell.radius * weight * flow.speed(x)
            integrals = [i + flux / (c + y) for i, c in zip(integrals, flow.squares, strict=True)]
    spread = arb(0, wrong.abs_upper())
    return tuple(
        c if c.is_zero() else c * (-(i + spread * share)).exp()
        for c, i, share in zip(flow.squares, integrals, shares, strict=True)
    )
