"""The last stretch: from the landing behind the plateau to the target, step by step in balls."""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb

from numerics.balls import ball, log2_size, precision
from numerics.centred import CentredOrbit
from numerics.certified.cells import Obstruction
from numerics.certified.crossing import MAX_BITS, Landing
from numerics.certified.plateau import LOW_BITS
from numerics.certified.state import Skip
from numerics.problem import Attempt, Budget, Outcome
from numerics.watch import Watch
from theory.dynamics.stopping import StopCondition, Target
from theory.exact import digits_of

_STRIDE = 64
# So many steps behind a jump whose landing may be on both sides of zero, and a finer one is tried.
_BLURRED = 512
# Enclosures wider than this at the size of the weights are lost; the next steps only explode.
_LOST = arb(2) ** 200


@dataclass(frozen=True)
class Finish:
    """How the last stretch ended, and whether a narrower landing could do better."""

    attempt: Attempt
    narrower_helps: bool


def landed(skip: Skip) -> tuple[list[arb], int]:
    """Enclose the k weights at the landing, with as many bits as its coordinate is known to.

    Raises
    ------
    Obstruction
        If an enclosure is not finite.
    """
    x = skip.landing.coordinate
    with precision(LOW_BITS):
        bits = LOW_BITS
        if not x.rad().is_zero() and not x.is_zero():
            bits += min(max(0, log2_size(x) - log2_size(x.rad())), MAX_BITS)
    with precision(bits):
        weights = skip.weights()
        if not all(w.is_finite() for w in weights):
            raise Obstruction("the landing has no finite enclosure")
    return weights, bits


def finish(skip: Skip, budget: Budget) -> Finish:
    """Step from the landing to the target in balls.

    The landing, and every iterate before it, certainly does not satisfy the condition.
    """
    problem = skip.problem
    weights, bits = landed(skip)
    with precision(bits):
        orbit = CentredOrbit(problem.loss, weights, problem.step, bits)
        return _follow(skip, budget, orbit, _details(skip.landing, bits))


def _follow(skip: Skip, budget: Budget, orbit: CentredOrbit, details: dict[str, str]) -> Finish:
    problem = skip.problem
    plain = isinstance(problem.until, StopCondition)
    value = None if not plain or problem.plain.on_product else problem.loss.value("arb")
    first_doubt: int | None = None
    jump: str | None = None
    first_side = 0
    watch, jump_seen, blurred = Watch(), False, 0

    def stop(outcome: Outcome, reason: str | None, lost: bool = False) -> Finish:
        if skip.begin > skip.stepped:
            details["steps along the curve"] = digits_of(skip.begin - skip.stepped)
        details["direct steps"] = digits_of(skip.stepped + orbit.steps)
        lower = here if first_doubt is None else first_doubt
        if first_doubt is None and outcome != "reached" and decision is False:
            lower += 1
        if jump is not None and reason is not None:
            reason = f"{jump}, and {reason}"
        upper = here if outcome == "reached" else None
        narrower_helps = lost or (first_doubt is not None and jump is None)
        return Finish(Attempt(lower, upper, outcome, reason, details), narrower_helps)

    while True:
        t = orbit.steps
        here = skip.end + t
        quantity = orbit.product if value is None else value(orbit.product)
        decision = problem.holds(orbit.product, lambda: orbit.weights) if t else False
        if decision is True:
            return stop("reached", None)
        if decision is None:
            first_doubt = here if first_doubt is None else first_doubt
            if here - first_doubt > 64 + t // 2:
                return stop("undecided", "the enclosure is too wide at the target")
        elif plain and jump is None and first_doubt is None:
            side = _side(problem.plain.target, quantity)
            first_side = first_side or side
            if side * first_side < 0:
                jump = f"{problem.plain.quantity} jumps across the target at step {digits_of(here)}"
        if first_doubt is None and (
            watch.due(t, orbit.product) or (jump is not None and not jump_seen)
        ):
            jump_seen = jump is not None
            why = watch.look(problem, t, orbit)
            if why is not None:
                details["invariant"] = why.name
                return stop("never", str(why))
        if not (orbit.radius < _LOST and orbit.product.is_finite()) or (
            t % _STRIDE == 0 and not orbit.healthy
        ):
            end = "the orbit diverges" if orbit.diverged else "the enclosure of the orbit is lost"
            return stop("undecided", f"{end} by step {digits_of(here)}", not orbit.diverged)
        # On which side of zero the orbit landed is not known: it will not return from such a ball.
        blurred = blurred + 1 if jump is not None and orbit.product.contains(0) else 0
        if blurred > _BLURRED:
            return stop("undecided", "the enclosure of the orbit is lost", True)
        if t % _STRIDE == 0:
            if budget.spent:
                return stop("undecided", "the time budget is spent")
            budget.report(here)
        if budget.max_steps is not None and skip.stepped + t >= budget.max_steps:
            return stop("undecided", "the step budget is spent")
        orbit.advance_at_working_precision()


def _side(target: Target, value: arb) -> int:
    """On which side of an interval a number certainly lies; 0 if that is not certain."""
    if target.inside:
        if target.lower is not None and value < ball(target.lower):
            return -1
        if target.upper is not None and value > ball(target.upper):
            return 1
    return 0


def _details(landing: Landing, bits: int) -> dict[str, str]:
    return {
        "flow steps": landing.flow_time.str(20, radius=False),
        "sum versus integral": landing.log_term.str(8),
        "drift of the squared differences": landing.drift.str(8),
        "defect": landing.defect.str(3, radius=False),
        "skipped steps": digits_of(landing.steps),
        "bits": str(bits),
    }
