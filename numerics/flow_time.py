"""The exact time gradient flow takes to the target, and what gradient descent adds to it.

The flow conserves every c_j = w_j**2 - w_m**2, so it is one quadrature: T = int dx/u(x) over the
reduced coordinate (:mod:`numerics.certified.reduced`), enclosed by the quadrature of the certified
count. T/eta is not the number of gradient-descent steps: that is larger by (1/2) ln(u_1/u_0) for
the sum that replaces the integral, plus the delay D by the drift of the c_j, plus O(eta).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import mpmath
from flint import arb

from numerics import clock
from numerics.balls import ball, ceil_upper, exact_rational, floor_lower, precision
from numerics.certified.cells import Cell, Obstruction, partition
from numerics.certified.count import certified_count
from numerics.certified.crossing import MAX_BITS, STEP_BITS, flow_steps
from numerics.certified.drift import drift_delay
from numerics.certified.plan import avoids, find_goal
from numerics.certified.plateau import LOW_BITS, count_bits
from numerics.certified.reduced import ReducedFlow
from numerics.certified.state import reduce
from numerics.flow import integrate_flow
from numerics.invariants import forbidden_at_start
from numerics.problem import Attempt, Budget, Problem

_DIGITS = 30
_TRIES = 24
_CELLS = 64


@dataclass(frozen=True)
class FlowTime:
    """The time gradient flow takes to the boundary of the target.

    Attributes
    ----------
    time : arb
        T, in units of flow time.
    steps : arb
        T/eta.
    log_term : arb
        (1/2) ln(u_1/u_0), in steps: what replacing the sum by an integral loses.
    drift : arb
        D, in steps: the delay of gradient descent by the drift of the c_j.
    """

    time: arb
    steps: arb
    log_term: arb
    drift: arb

    def _test(self, problem: Problem, digits: int = 20) -> None:
        """Integrate the flow of all weights for that time: it must be at the target's boundary."""
        at_end = integrate_flow(problem.loss, problem.weights, exact_rational(self.time), digits)
        p = mpmath.fprod(at_end)
        value = p if problem.plain.on_product else problem.loss.value("mpmath")(p)
        target = problem.plain.target
        ends = [b for b in (target.lower, target.upper) if b is not None]
        missed = min(abs(value - mpmath.mpf(b.numerator) / b.denominator) for b in ends)
        assert missed < mpmath.mpf(10) ** (6 - digits), f"misses the boundary by {missed}"


class Never(Exception):
    """The flow provably never meets the target; the message is the invariant."""


def flow_time(problem: Problem, budget: Budget | None = None) -> FlowTime:
    """Enclose the time gradient flow takes from the start to the target.

    Parameters
    ----------
    problem : Problem
        Whose condition does not hold at the start.
    budget : Budget, optional
        Only its deadline matters here, and its digits.

    Returns
    -------
    FlowTime
        Enclosures; T/eta to about 2**-24 of a step, or to the budget's digits below one.

    Raises
    ------
    Never
        If the flow provably never meets the target.
    Obstruction
        If the time cannot be enclosed, with the reason.
    """
    budget = budget or Budget()
    if not problem.loss.smooth:
        raise Obstruction("the loss is not smooth")
    if problem.holds_at_start() is not False:
        raise Obstruction("the condition holds at the start, or cannot be decided there")
    why = forbidden_at_start(problem)
    if why is not None and why.name in ("stationary", "empty target"):
        raise Never(str(why))
    fraction_bits = max(STEP_BITS, budget.bits)
    bits = LOW_BITS
    while True:
        course = _course(problem, budget, bits)
        needed = count_bits(course.cells, problem.step) + fraction_bits + LOW_BITS
        if needed <= bits:
            break
        if needed > MAX_BITS:
            raise Obstruction("the count has too many digits")
        bits = needed
    step, cells, flow = ball(problem.step), course.cells, course.flow
    with precision(bits):
        steps = flow_steps(flow, cells, course.start, problem.step, budget, fraction_bits)
        late = (course.tail * cells[-1].disc.inverse_speed / step).abs_upper()
        steps = steps - late / 2 + arb(0, late / 2)
        log_term = (flow.speed(cells[-1].right) / flow.speed(course.start)).log() / 2
        time = steps * ball(problem.step)
    drift = drift_delay(flow, cells, budget)
    return FlowTime(time, steps, log_term, drift)


@dataclass(frozen=True)
class _Course:
    """The way to the target: cells that end just behind its boundary, by at most ``tail``."""

    flow: ReducedFlow
    start: arb
    cells: list[Cell]
    tail: arb


def _course(problem: Problem, budget: Budget, bits: int) -> _Course:
    state = reduce(problem, problem.weights, bits)
    flow, start = state.flow, state.coordinate
    with precision(bits):
        _refuse_what_never_comes(problem, flow, start, budget)
        goal = find_goal(problem, flow, start, budget)
        left = start.lower()
        width = (abs(goal.coordinate) + abs(goal.coordinate - start)).upper() * arb(2) ** (
            20 - bits
        )
        for _ in range(_TRIES):
            before, behind = (goal.coordinate - width).mid(), (goal.coordinate + width).mid()
            if _clear(problem, flow, start, before) and _met(problem, flow, behind):
                cells = partition(flow, left, behind, budget)
                last = cells[-1]
                tail = (last.right - before).upper()
                # The bound of 1/u on the last cell serves for the tail.
                if tail <= last.right - last.left:
                    return _Course(flow, start, cells, tail)
            width = (16 * width).mid()
    raise Obstruction("the boundary of the target cannot be enclosed")


def _quantity(problem: Problem, flow: ReducedFlow, z: arb) -> arb:
    p = flow.sigma * z
    return p if problem.plain.on_product else problem.loss.value("arb")(p)


def _clear(problem: Problem, flow: ReducedFlow, start: arb, x: arb) -> bool:
    """Whether the flow certainly does not meet the target up to x (if it gets there)."""
    ends = (_quantity(problem, flow, flow.product(y)) for y in (start, x))
    return bool(start < x) and avoids(problem.plain.target, *ends)


def _met(problem: Problem, flow: ReducedFlow, x: arb) -> bool:
    return problem.plain.target.decider(ball)(_quantity(problem, flow, flow.product(x))) is True


def _refuse_what_never_comes(
    problem: Problem, flow: ReducedFlow, start: arb, budget: Budget
) -> None:
    """Raise :class:`Never` where an invariant of the flow forbids the target."""
    target = problem.plain.target
    z0 = flow.product(start)
    if flow.tied and start < 0:
        ends = (_quantity(problem, flow, z) for z in (z0, arb(0)))
        if problem.plain.on_product and avoids(target, *ends):
            raise Never("tied minimum: p keeps its sign, as two weights of least size do")
    goal = find_goal(problem, flow, start, budget)
    if goal.reached or goal.limit is None:
        return
    stop = goal.limit[0].union(goal.limit[1])
    changes = flow.slope(goal.limit[0]) >= 0 and flow.slope(goal.limit[1]) <= 0
    if not changes or not avoids(target, *(_quantity(problem, flow, z) for z in (z0, stop))):
        return
    if not problem.plain.on_product and not _convex(problem, flow, z0, stop):
        return  # f falls until the first zero of f', which might not be this one
    shown = (flow.sigma * stop).mid().str(8, radius=False)
    raise Never(f"critical value: p cannot pass {shown}, where f' = 0")


def _convex(problem: Problem, flow: ReducedFlow, begin: arb, end: arb) -> bool:
    """Whether f'' > 0 for all z between two balls, so that f' has one zero there at most."""
    curvature = problem.loss.curvature("arb")
    low, high = begin.lower(), end.upper()
    ends = [low + (high - low) * i / _CELLS for i in range(_CELLS + 1)]
    return all(curvature(flow.sigma * a.union(b)) > 0 for a, b in pairwise(ends))


def flow_count(problem: Problem, budget: Budget) -> Attempt:
    """Bound T/eta by integers: an answer about gradient flow, not about gradient descent.

    Returns
    -------
    Attempt
        ``lower`` and ``upper`` are the floor and the ceiling of T/eta. The details hold T, what
        gradient descent adds to T/eta, and the leading parts of that.
    """
    if problem.holds_at_start():
        return Attempt(0, 0, "reached")
    try:
        with clock.until(budget.deadline):
            found = flow_time(problem, budget)
    except Never as why:
        return Attempt(0, None, "never", f"the flow never gets there; {why}")
    except (Obstruction, clock.Spent) as why:
        return Attempt(0, None, "undecided", f"the flow time cannot be enclosed: {why}")
    if not found.steps.is_finite():
        return Attempt(0, None, "undecided", "the flow time has no finite enclosure")
    details = {
        "counts": "gradient flow, in steps; not gradient descent",
        "flow time": found.time.str(_DIGITS),
        "flow steps": found.steps.str(_DIGITS),
        **_correction(problem, budget, found),
    }
    lower, upper = max(0, floor_lower(found.steps)), ceil_upper(found.steps)
    return Attempt(lower, upper, "reached", None, details)


def _correction(problem: Problem, budget: Budget, found: FlowTime) -> dict[str, str]:
    """Compare with the certified count of gradient descent."""
    descent = certified_count(problem, budget)
    parts = {
        "of which sum versus integral": found.log_term.str(8),
        "of which drift of the squared differences": found.drift.str(8),
    }
    if descent.upper is None:
        return {"gradient descent steps": f"at least {descent.lower}", **parts}
    size = found.steps.rel_accuracy_bits() + descent.upper.bit_length()
    with precision(LOW_BITS + max(0, size)):
        gap = arb(descent.lower).union(arb(descent.upper)) - found.steps
    steps = str(descent.lower)
    if descent.upper != descent.lower:
        steps += f" to {descent.upper}"
    return {"gradient descent steps": steps, "correction from flow to descent": gap.str(8), **parts}
