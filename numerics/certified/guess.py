"""About how many steps there are to the target: a guess, which decides what is tried first."""

from __future__ import annotations

from flint import arb

from numerics import clock
from numerics.balls import ball, precision
from numerics.certified.cells import Obstruction
from numerics.certified.state import reduce
from numerics.problem import Problem

_BITS = 64
# The coordinate moves by this share of the distance to the nearest branch point.
_STRIDE, _MOVES = 0.25, 400


def steps_about(problem: Problem, most: float) -> float | None:
    """Follow the gradient flow in long strides until the condition holds.

    Parameters
    ----------
    problem : Problem
    most : float
        More steps than this are as good as infinitely many.

    Returns
    -------
    float or None
        None: more than ``most``, or not known.

    Raises
    ------
    numerics.clock.Spent
    """
    try:
        state = reduce(problem, problem.weights, _BITS)
    except Obstruction:
        return None
    with precision(_BITS):
        flow, x, stride = state.flow.rounded(), state.coordinate.mid(), _STRIDE
        least, eta, total = flow.least, ball(problem.step), 0.0
        slow = 1 / flow.speed(x)
        for _ in clock.watched(range(_MOVES), 4):
            move = stride * (abs(x) if least is None else (x * x + least).sqrt())
            there = (x + move).mid()
            ahead = 1 / flow.speed(there)
            if not ahead > 0:
                stride /= 2  # a minimum is in between, and perhaps the target is before it
                continue
            total += float((move * (slow + ahead) / (2 * eta)).mid())
            if not total < most:
                return None
            x, slow = there, ahead

            def weights(x: arb = x) -> list[arb]:
                return [x, *((c + x * x).sqrt().mid() for c in flow.squares)]

            if problem.holds((flow.sigma * flow.product(x)).mid(), weights):
                return total
    return None
