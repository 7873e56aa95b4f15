"""Where to leave the plateau: close to the target, but where one step changes little.

Planning is search: it proposes a coordinate, and the survey proves what is then used.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flint import arb

from numerics.balls import ball
from numerics.certified.cells import Obstruction
from numerics.certified.reduced import ReducedFlow
from numerics.problem import Problem
from theory.stopping import Target

MIN_REMAINING = 24
MAX_REMAINING = 400_000
_BISECTIONS = 140


def propose_exit(problem: Problem, flow: ReducedFlow, start: arb, stiffness: float) -> arb:
    """Propose the coordinate at which direct stepping should take over.

    Parameters
    ----------
    problem : Problem
    flow : ReducedFlow
        At the (low) working precision.
    start : arb
        The coordinate of the start.
    stiffness : float
        The largest ``eta |u'|`` at the exit.

    Returns
    -------
    arb
        Exact, to the right of the start.

    Raises
    ------
    Obstruction
        If the flow does not reach the target, or the plateau is too short to be worth skipping.
    """
    step = ball(problem.step)
    x, walked, stride = _target_coordinate(problem, flow, start), 0.0, 1.0
    while walked < MAX_REMAINING:
        x = _before(flow, x, step * stride)
        walked += stride
        stride = max(1.0, walked / 8)
        if not x > start:
            raise Obstruction("there is no plateau long enough to skip")
        jet = flow.jet(x)
        if walked >= MIN_REMAINING and step * abs(jet.speed * jet.log_speed_1) < stiffness:
            return x
    raise Obstruction("one step changes the speed too much all the way to the target")


def _before(flow: ReducedFlow, x: arb, duration: arb) -> arb:
    """Solve ``y + duration * u(y) = x`` for y: one implicit step back, stable where GD is not."""
    low = (x - 2 * duration * flow.speed(x)).mid()
    return _bisect(lambda y: bool(y + duration * flow.speed(y) >= x), low, x, 24)[0]


def avoids(target: Target, begin: arb, end: arb) -> bool:
    """Decide whether every value between two balls is certainly outside the target.

    A quantity that moves monotonely from ``begin`` to ``end`` then never meets it in between.
    """
    decide = target.decider(ball)
    if decide(begin) is not False or decide(end) is not False:
        return False
    if not target.inside:
        return True  # both ends lie in the complement, an interval
    sides = []
    for value in (begin, end):
        below = target.lower is not None and value <= ball(target.lower)
        sides.append(-1 if below else 1)
    return sides[0] == sides[1]


def _target_coordinate(problem: Problem, flow: ReducedFlow, start: arb) -> arb:
    """Approximate the coordinate at which the flow first meets the target."""
    value = _quantity(problem, flow)
    z0 = flow.product(start).mid()
    goal = _next_boundary(problem.until.target, value(z0), value(_nudged(flow, z0)))
    rising = value(_nudged(flow, z0)) > value(z0)

    def passed(z: arb) -> bool:
        v = value(z)
        return bool(v >= goal) if rising else bool(v <= goal)

    def moving(z: arb) -> bool:
        return bool(flow.slope(z) > 0)

    reach = (abs(z0) / 64).mid() if not z0.is_zero() else arb(2) ** -40
    last = z0
    for _ in range(6000):
        z = (z0 + reach).mid()
        if passed(z) and moving(z):
            break
        if not moving(z):
            z = _bisect(lambda y: not moving(y), last, z)[0]
            if not passed(z):
                raise Obstruction("the flow converges before it meets the target")
            break
        last, reach = z, 2 * reach
    else:
        raise Obstruction("the target is out of reach")
    z = _bisect(passed, last, z)[1]
    if flow.tied and start < 0 and not z < 0:
        raise Obstruction("a tie at the smallest weight keeps the product from changing sign")

    right = start.mid() + arb(2) ** -60 * (1 + abs(start.mid()))
    grow = (abs(start.mid()) / 4).mid() if not start.contains(0) else arb(2) ** -40
    for _ in range(6000):
        if flow.product(right) >= z:
            break
        right, grow = (right + grow).mid(), 2 * grow
    return _bisect(lambda x: bool(flow.product(x) >= z), start.mid(), right)[1]


def _quantity(problem: Problem, flow: ReducedFlow) -> Callable[[arb], arb]:
    if problem.until.on_product:
        return lambda z: (flow.sigma * z).mid()
    f = problem.loss.value("arb")
    return lambda z: f(flow.sigma * z).mid()


def _nudged(flow: ReducedFlow, z: arb) -> arb:
    size = abs(z) if not z.is_zero() else arb(1)
    return (z + size / 1024).mid()


def _next_boundary(target: Target, now: arb, soon: arb) -> arb:
    ahead = [
        b
        for b in (target.lower, target.upper)
        if b is not None and ((now < ball(b)) if soon > now else (now > ball(b)))
    ]
    if not ahead:
        raise Obstruction("the target lies behind the flow")
    nearest: Fraction = min(ahead) if soon > now else max(ahead)
    return ball(nearest).mid()


def _bisect(
    passed: Callable[[arb], bool], low: arb, high: arb, halvings: int = _BISECTIONS
) -> tuple[arb, arb]:
    for _ in range(halvings):
        middle = ((low + high) / 2).mid()
        if passed(middle):
            high = middle
        else:
            low = middle
    return low, high
