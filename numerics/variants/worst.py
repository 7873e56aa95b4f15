"""Counts for every order of several losses at once: mini-batches, and noise in the slope.

Each step is one of gradient descent on any of the losses f_1(p), ..., f_m(p), in any order, also
one that looks at the weights. In the reduced coordinate (escape-counts, section 1) it is x+ = x + h
with ``h = eta u_i(x; c)``, and every c_j shrinks by the factor 1 - h**2/(c_j + x**2).

**Theorem (worst case).** Let [x_0, X] be cut into pieces such that, for all losses and all c in
[c(0)(1 - eps), c(0)], every speed at which a step can begin that covers a point of piece n is
between lo_n > 0 and hi_n, and eta**2 hi_n**2 <= c_j + x**2 there. If
eta sum hi_n l_n/(c_min (1 - eps) + x**2), and what one more step can add, is at most eps, then for
every sequence of losses the first index N with x_N >= X satisfies

    sum l_n/(eta hi_n)  <=  N  <=  1 + sum l_n/(eta lo_n).

Proof: N is the sum over s < N of the integral of dy/h_s over [x_s, x_{s+1}], and
eta lo_n <= h_s <= eta hi_n where y is in piece n. The steps before N cover [x_0, X], the steps
before N - 1 a part of it. The drift of c_j is bounded likewise by sum h_s**2/(c_j + x_s**2), by
induction over s. QED

A step that covers a point of piece n begins in it, or to its left by no more than the longest step
of an earlier piece that reaches it (``_cut``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from math import prod

from flint import arb

from numerics import clock
from numerics.balls import ball, ceil_lower, floor_upper, precision
from numerics.certified.cells import Obstruction
from numerics.certified.plan import avoids, holds_on
from numerics.certified.reduced import ReducedFlow
from numerics.certified.state import reduce
from numerics.loss import Loss
from numerics.problem import Attempt, Budget, Problem
from theory.errors import InputError
from theory.exact import Exact, exact
from theory.expressions import Expression

_BITS = 192
# The ratio of the bounds of the speed of one loss that ends the cutting, and how deep it goes.
_RATIO, _HALVINGS = arb("1.02"), 80
_HALVE = 200
# Steps for which boxes hold all sequences, before the pieces begin.
LEAD_IN = (0, 8, 32, 128)


@dataclass(frozen=True)
class _Piece:
    left: arb
    right: arb
    speeds: arb


def worst_count(problem: Problem, losses: Sequence[Loss], budget: Budget) -> Attempt:
    """Bound the count for every sequence of losses.

    Parameters
    ----------
    problem : Problem
        Its condition is on p alone; its loss is one of the losses.
    losses : sequence of Loss
        Smooth.
    """
    if problem.plain.quantity != "p":
        raise InputError("until", "for several losses the condition is one comparison of p")
    if not all(loss.smooth for loss in losses):
        raise InputError("loss", "for several losses each has to be smooth")
    if problem.holds_at_start():
        return Attempt(0, 0, "reached")
    refusal = "there are no steps to begin with"
    with precision(_BITS), clock.until(budget.deadline):
        weights: list[arb] = [ball(w) for w in problem.weights]
        for t in range(LEAD_IN[-1] + 1):
            if t and problem.holds(_product(weights), lambda: weights) is not False:  # noqa: B023
                return Attempt(t, None, "undecided", f"some order may be there at step {t}")
            if t in LEAD_IN:
                try:
                    return _bounds(problem, losses, weights, t, budget)
                except (Obstruction, clock.Spent) as why:
                    refusal = str(why)
            if budget.spent:
                return Attempt(t, None, "undecided", "the time budget is spent")
            weights = _any_step(losses, weights, problem.step)
    return Attempt(LEAD_IN[-1] + 1, None, "undecided", refusal)


def _product(weights: Sequence[arb]) -> arb:
    return prod(weights, start=arb(1))


def _any_step(losses: Sequence[Loss], weights: Sequence[arb], step: Fraction) -> list[arb]:
    """Enclose the weights after a step on any of the losses."""
    p = _product(weights)
    slopes = [loss.descent("arb")(p) for loss in losses]
    pull = slopes[0]
    for slope in slopes[1:]:
        pull = pull.union(slope)
    pull *= ball(step)
    before, after = [arb(1)], [arb(1)]
    for w in weights[:-1]:
        before.append(before[-1] * w)
    for w in weights[:0:-1]:
        after.append(after[-1] * w)
    others = [a * b for a, b in zip(before, reversed(after), strict=True)]
    return [w - pull * q for w, q in zip(weights, others, strict=True)]


def noisy(loss: Loss, noise: Exact) -> list[Loss]:
    """Return the two extremes of a slope known up to ``noise``: f' + xi, |xi| <= noise."""
    size = exact(noise, "noise")
    if size < 0:
        raise InputError("noise", "a bound is not negative")
    tilt = Expression("*", (Expression("number", (), size), Expression("name", name="p")))
    return [Loss.of(Expression(sign, (loss.expression, tilt))) for sign in "+-"]


def _bounds(
    problem: Problem, losses: Sequence[Loss], weights: Sequence[arb], begin: int, budget: Budget
) -> Attempt:
    """Bound the count by pieces, from balls around all weights possible after ``begin`` steps."""
    states = [reduce(replace(problem, loss=f), weights, _BITS) for f in losses]
    first = states[0]
    if any(s.direction != first.direction for s in states):
        raise Obstruction(
            "the losses do not agree on the direction, so some order may stay for ever"
        )
    allowed = arb(2) ** -30
    while allowed < 0.5:
        flows = [s.flow.rounded(allowed) for s in states]
        before, behind, stall = _target(problem, flows, first.coordinate)
        left, right = first.coordinate.lower(), first.coordinate.upper()
        if not right < before:
            raise Obstruction("some order may be at the target before the others have begun")
        borders = [left, right, before] if left < right else [left, before]
        every = _cut(flows, problem.step, borders + ([] if behind is None else [behind]), budget)
        parts = [part for part in every if part.left >= right and part.right <= before]
        drift = _drift(flows[0], problem.step, every, allowed)
        if drift <= allowed:
            eta = ball(problem.step)
            lower = begin + max(1, ceil_lower(_time(parts, eta, fast=True)))
            details = {"pieces": str(len(parts)), "drift at most": drift.str(3, radius=False)}
            if behind is None:
                return Attempt(lower, None, "undecided", stall, details)
            late = _time(every, eta, fast=False)
            upper = begin + 1 + floor_upper(late)
            return Attempt(lower, upper, "reached", None, details)
        allowed = (arb("1.25") * drift).upper()
    raise Obstruction("the squared differences drift too much for the estimates")


def _time(parts: Sequence[_Piece], eta: arb, fast: bool) -> arb:
    total = arb(0)
    for part in parts:
        speed = part.speeds.upper() if fast else part.speeds.lower()
        total += (part.right - part.left) / (eta * speed)
    return total


def _target(
    problem: Problem, flows: Sequence[ReducedFlow], start: arb
) -> tuple[arb, arb | None, str]:
    """Find coordinates up to which the condition is false, and from which on it is true.

    Both for all c; the second with room for one step behind it, or None with the reason.
    """
    flow, eta = flows[0], ball(problem.step)

    def at(x: arb) -> bool | None:
        return holds_on(problem, flow, x, x)

    def moving(x: arb) -> bool:
        return all(f.speed(x) > 0 for f in flows)

    x, reach = start.lower(), (abs(start) / 64 + arb(2) ** -20).mid()
    last = x
    while at(x) is False and moving(x):
        clock.look()
        last = x
        x, reach = (x + reach).mid(), (reach * 5 / 4).mid()
        if reach > 1e6:
            break
    before = last
    high = x
    for _ in clock.watched(range(_HALVE), 4):
        middle = ((before + high) / 2).mid()
        if at(middle) is False and moving(middle):
            before = middle
        else:
            high = middle
    ends = [flow.sigma * flow.product(x) for x in (start, before)]
    if not avoids(problem.plain.target, *ends):
        raise Obstruction("the condition is not monotone along the way")
    stride = arb(0)
    for f in flows:
        stride = stride.max(eta * abs(f.speed(before)))
    for nudge in clock.watched(range(-60, 8), 4):
        x = (before + (abs(before) + stride) * arb(2) ** nudge).mid()
        if at(x) is True:
            longest = 2 * max((eta * f.speed(x)).abs_upper() for f in flows)
            if moving(x) and holds_on(problem, flow, x, (x + longest + 2 * stride).upper()) is True:
                return before, x, ""
            break
    return before, None, "some order of the losses may never meet the condition, or jump over it"


def _hull(flows: Sequence[ReducedFlow], left: arb, right: arb) -> arb:
    hull: arb | None = None
    for flow in flows:
        speed = flow.jet_on(left, right).speed
        hull = speed if hull is None else hull.union(speed)
    assert hull is not None
    return hull


def _uneven(flows: Sequence[ReducedFlow], left: arb, right: arb) -> bool:
    """Whether one of the speeds varies so much that cutting helps."""
    for flow in flows:
        speed = flow.jet_on(left, right).speed
        if not speed.upper() < _RATIO * speed.lower():
            return True
    return False


def _cut(
    flows: Sequence[ReducedFlow], step: Fraction, borders: Sequence[arb], budget: Budget
) -> list[_Piece]:
    """Cut between the borders; bound the speeds on every piece and on the longest step before it.

    No step begins before the first border.
    """
    eta = ball(step)
    plain = [ReducedFlow(f.loss, [c.mid() for c in f.squares], f.sigma) for f in flows]
    waiting, cuts = [(a, b, 0) for a, b in reversed(list(pairwise(borders)))], []
    while waiting:
        a, b, depth = waiting.pop()
        middle = ((a + b) / 2).mid()
        ends = (_hull(flows, x, x).abs_upper() for x in (a, b))
        longest = 4 * eta * next(ends).max(next(ends))
        room = b - a > longest and depth < _HALVINGS
        if room and _uneven(plain, a, b):
            waiting += [(middle, b, depth + 1), (a, middle, depth + 1)]
        else:
            cuts.append((a, b))
        if budget.spent:
            raise Obstruction("the time budget is spent")
    parts: list[_Piece] = []
    reaching: list[tuple[arb, arb]] = []  # right ends and longest steps of the pieces before
    for a, b in clock.watched(cuts, 4):
        reaching = [(end, longest) for end, longest in reaching if not longest < a - end]
        margin = arb(0)
        for _, longest in reaching:
            margin = margin.max(longest)
        speeds = _hull(flows, (a - margin).lower(), b)
        if not speeds > 0:
            raise Obstruction("the speed of some loss vanishes on the way")
        parts.append(_Piece(a, b, speeds))
        reaching.append((b, (eta * speeds).abs_upper()))
    return parts


def _drift(flow: ReducedFlow, step: Fraction, parts: Sequence[_Piece], allowed: arb) -> arb:
    """Bound the relative drift of the least c_j, for all sequences."""
    if flow.least is None:
        return arb(0)
    eta, least, total, last = ball(step), flow.least.lower(), arb(0), arb(0)
    for part in clock.watched(parts, 64):
        stride = (eta * part.speeds).abs_upper()
        begin = (part.left - stride).lower()
        straddles = not (begin > 0 or part.right < 0)
        near = arb(0) if straddles else (begin * begin).min(part.right * part.right)
        room = least + near
        last = stride * stride / room
        if not last < 1:
            raise Obstruction("the step size is too large: the weights change order")
        total += stride * (part.right - part.left) / room
    return (total + last).abs_upper()
