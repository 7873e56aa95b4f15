"""Leaps over plateaus for schedules and clipped gradients: plain gradient descent, for a while.

As long as the gradient is at most C the clipped step is the plain one; and inside one piece of a
schedule the step size is constant. So the certified skip applies from any enclosure of an iterate,
with the condition widened by ``grad > C``, if it lands before the piece ends: the index of the
landing is a number of our choice (Theorem of escape-counts, section 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from flint import arb

from numerics.balls import ball, precision
from numerics.certified.approach import Approach
from numerics.certified.cells import Obstruction
from numerics.certified.crossing import cross
from numerics.certified.finish import landed
from numerics.certified.plateau import Plateau, survey
from numerics.certified.state import Skip, State
from numerics.problem import Budget, Problem
from theory.dynamics.stopping import Joined, StopCondition, Until

# Steps that direct stepping takes up before the end of a piece.
_MARGIN = 64
_TRIES = 12


@dataclass(frozen=True)
class Leap:
    """Where a leap has landed: so many steps later, with balls around the weights."""

    steps: int
    weights: list[arb]
    bits: int


def leap(
    problem: Problem,
    weights: Sequence[Fraction | arb],
    size: Fraction,
    clip: Fraction | None,
    most: int | None,
    budget: Budget,
    stiffness: float,
) -> Leap:
    """Skip as many steps of one size as can be skipped, at most ``most``.

    The condition is certainly false at all iterates up to the landing, that included.

    Raises
    ------
    Obstruction
        Where nothing can be skipped.
    """
    plain = replace(problem, step=size, until=_unclipped(problem.until, clip))
    approach = Approach(plain, budget, race=False, start=weights)
    state, plateau, begin = approach.plateau(stiffness)
    skip = Skip(plain, state, cross(plateau, budget), begin, min(begin, approach.lead.steps))
    if most is not None and skip.end > most:
        if begin + _MARGIN >= most:
            raise Obstruction("the piece of the schedule ends before the plateau")
        skip = _shorter(plain, state, plateau, begin, most, budget)
    weights, bits = landed(skip)
    return Leap(skip.end, weights, bits)


def _unclipped(until: Until, clip: Fraction | None) -> Until:
    if clip is None:
        return until
    joined = until if isinstance(until, Joined) else Joined(((until,),))
    return joined.or_else(StopCondition("grad", None, ">", clip))


def _shorter(
    problem: Problem, state: State, plateau: Plateau, begin: int, most: int, budget: Budget
) -> Skip:
    """Move the exit back until the landing is at most ``most``, but for a few steps."""
    flow, eta = plateau.flow, ball(problem.step)
    wanted = most - begin
    with precision(plateau.bits):
        position = _by_time(plateau, wanted)
    best: Skip | None = None
    for _ in range(_TRIES):
        with precision(plateau.bits):
            if not plateau.start < position < plateau.exit:
                break
        part = survey(flow, problem.step, plateau.start, position, plateau.bits, budget)
        skip = Skip(problem, state, cross(part, budget), begin, begin)
        missing = wanted - skip.landing.steps
        if missing >= 0 and (best is None or skip.end > best.end):
            best = skip
        if 0 <= missing <= _MARGIN:
            break
        with precision(plateau.bits):
            position = (position + eta * flow.speed(position) * (missing - _MARGIN // 2)).mid()
    if best is None:
        raise Obstruction("no exit is early enough for the piece of the schedule")
    return best


def _by_time(plateau: Plateau, wanted: int) -> arb:
    """Find the coordinate that the flow has after about so many steps (search)."""
    flow, eta = plateau.flow.rounded(), ball(plateau.step)
    passed = arb(0)
    for cell in plateau.cells:
        parts = 32
        width = (cell.right - cell.left) / parts
        for i in range(parts):
            here = cell.left + width * i
            share = width / (eta * flow.speed(here + width / 2))
            if passed + share >= wanted:
                return (here + width * (wanted - passed) / share).mid()
            passed += share
    return plateau.exit
