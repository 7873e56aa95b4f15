"""Counts for variants of gradient descent: every step in balls, and what theorems add to that."""

from __future__ import annotations

from dataclasses import dataclass, replace

from numerics import clock
from numerics.balls import precision
from numerics.box_bound import box_bound
from numerics.certified.cells import Obstruction
from numerics.problem import Attempt, Budget, Problem
from numerics.variants.leap import leap
from numerics.variants.orbit import VariantOrbit
from numerics.variants.trap import decay_trap
from numerics.variants.variant import Variant
from theory.dynamics.stopping import StopCondition
from theory.exact import digits_of

START_BITS, MAX_BITS = 128, 1 << 15
_PATIENCE, _STRIDE = 512, 16
# Direct steps before a leap is tried.
_FIRST = 256
# eta |u'| at the landing of leaps, attempt after attempt.
STIFFNESS = (2.0**-11, 2.0**-14, 2.0**-17)


@dataclass
class Walk:
    """One pass from the start to the end at one precision.

    Attributes
    ----------
    orbit : VariantOrbit
        Where it is.
    doubt : int or None
        The first index at which the condition was not certainly false.
    blurred : bool
        Whether more bits could do better.
    leaps : int
        The steps that were skipped.
    stiffness : float
        ``eta |u'|`` where a leap lands: the defect is about a third of it, in steps.
    """

    orbit: VariantOrbit
    doubt: int | None = None
    blurred: bool = False
    leaps: int = 0
    stiffness: float = STIFFNESS[0]


def variant_count(problem: Problem, variant: Variant, budget: Budget) -> Attempt:
    """Bound the count of a variant from both sides.

    Direct stepping (:class:`VariantOrbit`) with as many bits as it takes, and leaps
    (:mod:`numerics.variants.leap`) where neither decay nor momentum is at work; *never* by
    :func:`decay_trap`. When the budget ends, the box bound still holds (Theorem 5).
    """
    bits = max(START_BITS * (8 if variant.descends else 1), budget.bits)
    best: Attempt | None = None
    finer = 0
    while True:
        orbit = VariantOrbit(problem.loss, problem.weights, variant, bits)
        walk = Walk(orbit, stiffness=STIFFNESS[finer])
        with clock.until(budget.deadline):
            found = _walk(problem, variant, walk, budget)
        best = found if best is None else best.meet(found)
        narrow = best.upper is not None and best.upper - best.lower <= budget.width
        if narrow or best.outcome == "never" or not walk.blurred or 2 * bits > MAX_BITS:
            break
        if budget.spent:
            break
        if not walk.leaps:
            bits *= 2
        elif finer + 1 < len(STIFFNESS):
            finer += 1
        else:
            break
    if best.outcome == "undecided":
        best = replace(best, lower=max(best.lower, box_lower(problem, variant)))
    return best


def _walk(problem: Problem, variant: Variant, walk: Walk, budget: Budget) -> Attempt:
    stretch = _FIRST
    while True:
        pause = walk.orbit.steps + stretch if variant.descends else None
        with precision(walk.orbit.bits):
            found = _follow(problem, variant, walk, budget, pause)
        if found is not None:
            skipped = {"skipped steps": digits_of(walk.leaps)} if walk.leaps else {}
            return replace(found, details={**found.details, **skipped})
        stretch *= 4
        if walk.doubt is None and _leap(problem, variant, walk, budget):
            stretch = _FIRST


def _leap(problem: Problem, variant: Variant, walk: Walk, budget: Budget) -> bool:
    """Try to leap from where the orbit is, within the piece of the schedule that it is in."""
    t = walk.orbit.steps
    piece, _, end = next(span for span in variant.spans() if span[2] is None or t < span[2])
    most = None if end is None else end - t
    if most is not None and most < _FIRST:
        return False
    try:
        with precision(walk.orbit.bits):
            weights = walk.orbit.weights
        landed = leap(problem, weights, piece.step, variant.clip, most, budget, walk.stiffness)
    except (Obstruction, clock.Spent):
        return False
    walk.leaps += landed.steps
    begin = t + landed.steps
    walk.orbit = VariantOrbit(problem.loss, landed.weights, variant, landed.bits, begin)
    return True


def _follow(
    problem: Problem, variant: Variant, walk: Walk, budget: Budget, pause: int | None
) -> Attempt | None:
    """Step until the condition holds, or to the index ``pause``."""
    orbit = walk.orbit
    details = {"bits": str(orbit.bits)}
    begin, look = orbit.steps, orbit.steps
    stride = clock.stride(problem.depth, orbit.bits, _STRIDE)

    def undecided(reason: str, blurred: bool = False) -> Attempt:
        walk.blurred = blurred
        lower = orbit.steps + (decision is False) if walk.doubt is None else walk.doubt
        return Attempt(lower, None, "undecided", reason, details)

    while True:
        t = orbit.steps
        if t == 0:
            decision = problem.holds_at_start()
        else:
            decision = problem.holds(orbit.product, lambda: orbit.weights)
        if decision is True:
            walk.blurred = walk.doubt is not None
            return Attempt(t if walk.doubt is None else walk.doubt, t, "reached", None, details)
        if decision is None:
            walk.doubt = t if walk.doubt is None else walk.doubt
            if t - walk.doubt > _PATIENCE + walk.doubt // 4:
                return undecided(f"{orbit.bits} bits do not decide {problem.until}", True)
        elif t == pause:
            return None
        if (t - begin) % _STRIDE == 0:
            if not orbit.healthy:
                gone = orbit.diverged
                reason = "diverges" if gone else "leaves the domain of the loss, or all bits go"
                return undecided(f"the orbit {reason} by step {digits_of(t)}", not gone)
            if t >= look and walk.doubt is None:
                look = t + max(64, (t - begin) // 4)
                why = decay_trap(problem, variant, orbit.weights)
                if why is not None:
                    details["invariant"] = why.name
                    return Attempt(t, None, "never", str(why), details)
            budget.report(t)
        if (t - begin) % stride == 0 and budget.spent:
            return undecided("the time budget is spent")
        if budget.max_steps is not None and t - walk.leaps >= budget.max_steps:
            return undecided("the step budget is spent", walk.doubt is not None)
        orbit.advance_at_working_precision()


def box_lower(problem: Problem, variant: Variant) -> int:
    """Bound the count from below without a step (Theorem 5); 0 where that says nothing."""
    if variant.decay or not isinstance(problem.until, StopCondition):
        return 0
    if problem.until.quantity not in ("p", "f"):
        return 0
    size = variant.largest / (1 - variant.momentum)
    return box_bound(problem.loss, problem.weights, size, problem.until).lower
