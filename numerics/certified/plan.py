"""Where to leave the plateau: close to the target, but where one step changes little.

Planning is search: it proposes a coordinate, and the survey proves what is then used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, ctx

from numerics import clock
from numerics.balls import ball, log2_size
from numerics.certified.cells import Hopeless, Obstruction, alive
from numerics.certified.reduced import ReducedFlow
from numerics.conditions import holds
from numerics.problem import Budget, Problem
from theory.dynamics.stopping import StopCondition, Target

MIN_REMAINING = 24
MAX_REMAINING = 400_000
# The largest eta |u'| that the estimates are used for.
MAX_STIFFNESS = 0.125
_SAMPLES = 64
# How often the search for the goal doubles its reach, beyond the sizes in the problem.
_DOUBLINGS, _MAX_DOUBLINGS = 400, 6000
# Intervals that may be spent on a condition that is not monotone along the flow.
_COVER, _HALVINGS = 20_000, 24


def propose_exit(
    problem: Problem,
    flow: ReducedFlow,
    start: arb,
    stiffness: float,
    budget: Budget,
    remaining: int = MIN_REMAINING,
) -> arb:
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
    budget : Budget
    remaining : int
        At least about so many steps are left to direct stepping.

    Returns
    -------
    arb
        Exact, to the right of the start.

    Raises
    ------
    Obstruction
        If the flow does not reach the target, or the plateau is too short to be worth skipping.
    """
    goal = find_goal(problem, flow, start, budget).coordinate
    x = _walk_back(problem, flow, start, goal, stiffness, budget, remaining)
    # The orbit may pass a fast region before: then the plateau ends in front of that.
    for i in range(1, _SAMPLES):
        alive(budget)
        y = (start + (x - start) * i / _SAMPLES).mid()
        if _stiffness(problem, flow, y) > MAX_STIFFNESS / 2:
            return _walk_back(problem, flow, start, y, stiffness, budget, remaining)
    return x


def _walk_back(
    problem: Problem,
    flow: ReducedFlow,
    start: arb,
    goal: arb,
    stiffness: float,
    budget: Budget,
    remaining: int,
) -> arb:
    """Go back from a goal, in steps of growing length, to where the stiffness is small."""
    x, walked, stride = goal, 0.0, 1.0
    while walked < MAX_REMAINING:
        alive(budget)
        x = _before(flow, x, ball(problem.step) * stride)
        walked += stride
        stride = max(1.0, walked / 8)
        if not x > start:
            raise Obstruction("there is no plateau long enough to skip")
        if walked >= remaining and _stiffness(problem, flow, x) < stiffness:
            return x
    raise Obstruction("one step changes the speed too much all the way to the target")


def _stiffness(problem: Problem, flow: ReducedFlow, x: arb) -> arb:
    jet = flow.jet(x)
    return ball(problem.step) * abs(jet.speed * jet.log_speed_1)


def _before(flow: ReducedFlow, x: arb, duration: arb) -> arb:
    """Solve ``y + duration * u(y) = x`` for y: one implicit step back, stable where GD is not."""
    low = (x - 2 * duration * flow.speed(x)).mid()
    return _bisect(lambda y: bool(y + duration * flow.speed(y) >= x), low, x, 10)[0]


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


@dataclass(frozen=True)
class Goal:
    """Where the flow goes, approximately.

    Attributes
    ----------
    coordinate : arb
        Of the first point on the boundary of the target, if ``reached``; else of a point on the
        way to ``limit``.
    reached : bool
        Whether the flow seems to meet the target.
    limit : tuple of arb, or None
        If not: two values of z between which g changes its sign, so that the flow stops there.
    """

    coordinate: arb
    reached: bool
    limit: tuple[arb, arb] | None = None


def find_goal(problem: Problem, flow: ReducedFlow, start: arb, budget: Budget) -> Goal:
    """Follow z upwards until the target is met or g changes its sign; search, not proof.

    Raises
    ------
    Obstruction
        If neither happens, or a tie keeps z from changing its sign.
    """
    if not isinstance(problem.until, StopCondition):
        return _joined_goal(problem, flow, start, budget)
    return _next_goal(problem, flow, start, budget)


def _joined_goal(problem: Problem, flow: ReducedFlow, start: arb, budget: Budget) -> Goal:
    """Look for the condition at samples on the way to where the flow goes without it."""
    far = _next_goal(problem, flow, start, budget, ever=True)

    def met(x: arb) -> bool:
        return holds_on(problem, flow, x, x) is True

    last, span = start.mid(), far.coordinate - start.mid()
    shares = [arb(2) ** (i - 60) for i in range(60)]
    shares += [1 - arb(2) ** -(arb(i) / 2) for i in range(2, 240)] + [arb(1)]
    for share in shares:
        alive(budget)
        x = (start + span * share).mid()
        if x > last:
            if met(x):
                return Goal(_bisect(met, last, x)[1], True)
            last = x
    return Goal(far.coordinate, False, far.limit)


def holds_on(problem: Problem, flow: ReducedFlow, left: arb, right: arb) -> bool | None:
    """Decide the condition for all states of the flow with a coordinate in [left, right]."""
    p = flow.sigma * flow.product(left).union(flow.product(right))
    low, high = left * left, right * right
    y = low.union(high) if left > 0 or right < 0 else arb(0).union(low.max(high))
    return holds(problem.loss, problem.until, p, lambda: [y, *(c + y for c in flow.squares)])


def certainly_false(
    problem: Problem, boxes: Iterable[tuple[ReducedFlow, arb, arb]], budget: Budget
) -> bool:
    """Decide whether the condition is false on all boxes: halve the intervals until it shows.

    Parameters
    ----------
    problem : Problem
    boxes : iterable
        Of a flow, whose c_j are balls, and the ends of an interval of its coordinate.
    budget : Budget
    """
    waiting = [(flow, left, right, 0) for flow, left, right in boxes]
    for _ in range(_COVER):
        if not waiting:
            return True
        alive(budget)
        flow, left, right, depth = waiting.pop()
        if holds_on(problem, flow, left, right) is False:
            continue
        if depth > _HALVINGS:
            return False
        middle = ((left + right) / 2).mid()
        waiting += [(flow, middle, right, depth + 1), (flow, left, middle, depth + 1)]
    return False


def _next_goal(
    problem: Problem, flow: ReducedFlow, start: arb, budget: Budget, ever: bool = False
) -> Goal:
    """Likewise for one comparison of p or f; ``ever``: for none at all."""
    value = _quantity(problem, flow)
    z0 = flow.product(start).mid()
    rising = value(_nudged(flow, z0)) > value(z0)
    boundary = None if ever else _next_boundary(problem.plain.target, value(z0), rising)

    def passed(z: arb) -> bool:
        if boundary is None:
            return False
        v = value(z)
        return bool(v >= boundary) if rising else bool(v <= boundary)

    def stopped(z: arb) -> bool:
        return not flow.slope(z) > 0

    reach = (abs(z0) / 64).mid() if not z0.is_zero() else arb(2) ** -40
    last = z0
    for _ in range(_doublings(reach, boundary)):
        alive(budget)
        z = (z0 + reach).mid()
        if stopped(z):
            limit = _bisect(stopped, last, z)
            if passed(limit[0]):
                z = limit[0]
                break
            z = limit[0]
            z = (z - (z - z0) / 16 if z0 * z >= 0 else z - z / 16).mid()
            _refuse_a_tie(flow, start, z)
            return Goal(_coordinate(flow, start, z), False, limit)
        if passed(z):
            break
        last, reach = z, 2 * reach
    else:
        # Nothing stops z: go on to where every weight grows, and let a theorem say the rest.
        z = (2 * abs(z0) + 1).mid()
        _refuse_a_tie(flow, start, z)
        return Goal(_coordinate(flow, start, z), False)
    z = _bisect(passed, last, z)[1]
    _refuse_a_tie(flow, start, z)
    return Goal(_coordinate(flow, start, z), True)


def _doublings(reach: arb, boundary: arb | None) -> int:
    """Count the doublings from ``reach`` to 1, to the boundary, and well beyond."""
    far = max(0, -log2_size(reach)) if reach.is_finite() else 0
    if boundary is not None and not boundary.is_zero():
        far += max(0, log2_size(boundary))
    return min(far + _DOUBLINGS, _MAX_DOUBLINGS)


def _refuse_a_tie(flow: ReducedFlow, start: arb, z: arb) -> None:
    if flow.tied and start < 0 and not z < 0:
        raise Hopeless("a tie at the smallest weight keeps the product from changing sign")


def _coordinate(flow: ReducedFlow, start: arb, z: arb) -> arb:
    """Approximate the x with z(x) = z."""
    right = start.mid() + arb(2) ** -60 * (1 + abs(start.mid()))
    grow = (abs(start.mid()) / 4).mid() if not start.contains(0) else arb(2) ** -40
    for _ in clock.watched(range(6000), 16):
        if flow.product(right) >= z:
            break
        right, grow = (right + grow).mid(), 2 * grow
    return _bisect(lambda x: bool(flow.product(x) >= z), start.mid(), right)[1]


def _quantity(problem: Problem, flow: ReducedFlow) -> Callable[[arb], arb]:
    if not isinstance(problem.until, StopCondition) or problem.until.on_product:
        return lambda z: (flow.sigma * z).mid()
    f = problem.loss.value("arb")
    return lambda z: f(flow.sigma * z).mid()


def _nudged(flow: ReducedFlow, z: arb) -> arb:
    size = abs(z) if not z.is_zero() else arb(1)
    return (z + size / 1024).mid()


def _next_boundary(target: Target, now: arb, rising: bool) -> arb | None:
    ahead = [
        b
        for b in (target.lower, target.upper)
        if b is not None and ((now < ball(b)) if rising else (now > ball(b)))
    ]
    if not ahead:
        return None
    nearest: Fraction = min(ahead) if rising else max(ahead)
    return ball(nearest).mid()


def _bisect(
    passed: Callable[[arb], bool], low: arb, high: arb, halvings: int | None = None
) -> tuple[arb, arb]:
    for _ in clock.watched(range(ctx.prec + 12 if halvings is None else halvings), 16):
        middle = ((low + high) / 2).mid()
        if passed(middle):
            high = middle
        else:
            low = middle
    return low, high
