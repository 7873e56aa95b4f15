"""The last stretch: from the landing behind the plateau to the target, step by step in balls."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flint import arb

from numerics import clock
from numerics.balls import ball, log2_size, precision
from numerics.centred import CentredOrbit
from numerics.certified.approach import Approach
from numerics.certified.cells import Obstruction
from numerics.certified.crossing import MAX_BITS, Landing, cross
from numerics.certified.plateau import LOW_BITS
from numerics.certified.state import Skip
from numerics.problem import Attempt, Budget, Outcome, Problem
from numerics.watch import Watch
from theory.dynamics.stopping import StopCondition, Target
from theory.exact import digits_of

# eta |u'| at the exit of a plateau, attempt after attempt: the defect is about a third of it, in
# steps.
STIFFNESS = (2.0**-6, 2.0**-9, 2.0**-12, 2.0**-14)
_STRIDE = 64
# So many steps behind a jump, and four times as many again and again, another skip is tried.
_AGAIN = 256
# So many steps behind a jump whose landing may be on both sides of zero, and a finer one is tried.
_BLURRED = 512
# Enclosures wider than this at the size of the weights are lost; the next steps only explode.
_LOST = arb(2) ** 200


@dataclass(frozen=True)
class _SoFar:
    """What a further skip must not forget.

    Attributes
    ----------
    jump : str or None
        The first jump across the target, in words.
    doubt : int or None
        The first iterate at which the condition is not known to be false: whatever comes after it,
        no lower bound is larger, and no theorem can say that the target is never met.
    """

    jump: str | None = None
    doubt: int | None = None


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


def finish(skip: Skip, budget: Budget, stiffness: float = STIFFNESS[0]) -> Finish:
    """Step from the landing to the target in balls.

    The landing, and every iterate before it, certainly does not satisfy the condition. An orbit
    that jumps across the target may fall into another plateau, which is skipped likewise; that
    says nothing about iterates before it that may have satisfied the condition.

    Parameters
    ----------
    skip : Skip
    budget : Budget
    stiffness : float
        The largest ``eta |u'|`` at the exit of another plateau.
    """
    details = _details(skip.landing)
    so_far = _SoFar()
    first, passed = skip.landing.steps, 0
    while True:
        weights, bits = landed(skip)
        details["bits"] = str(bits)
        if skip.begin > skip.stepped + passed:
            details["steps along the curve"] = digits_of(skip.begin - skip.stepped - passed)
        with precision(bits):
            orbit = CentredOrbit(skip.problem.loss, weights, skip.problem.step, bits)
            ended, so_far = _follow(skip, budget, orbit, details, stiffness, so_far)
        if isinstance(ended, Finish):
            return ended
        passed += skip.landing.steps
        skip = ended
        details["skipped steps behind the jump"] = digits_of(passed + skip.landing.steps - first)


def _follow(
    skip: Skip,
    budget: Budget,
    orbit: CentredOrbit,
    details: dict[str, str],
    stiffness: float,
    so_far: _SoFar,
) -> tuple[Finish | Skip, _SoFar]:
    """Step to the end, or to where another plateau was skipped."""
    problem = skip.problem
    plain = isinstance(problem.until, StopCondition)
    value = None if not plain or problem.plain.on_product else problem.loss.value("arb")
    jump, first_doubt = so_far.jump, so_far.doubt
    first_side, stride = 0, clock.stride(problem.depth, orbit.bits, _STRIDE)
    watch, jump_seen, blurred = Watch(), False, 0
    again, another = _AGAIN, jump is not None

    def stop(outcome: Outcome, reason: str | None, lost: bool = False) -> tuple[Finish, _SoFar]:
        details["direct steps"] = digits_of(skip.stepped + orbit.steps)
        lower = here if first_doubt is None else first_doubt
        if first_doubt is None and outcome != "reached" and decision is False:
            lower += 1
        if jump is not None and reason is not None:
            reason = f"{jump}, and {reason}"
        upper = here if outcome == "reached" else None
        narrower_helps = lost or (first_doubt is not None and (jump is None or another))
        return Finish(Attempt(lower, upper, outcome, reason, details), narrower_helps), so_far

    while True:
        t = orbit.steps
        here = skip.end + t
        quantity = orbit.product if value is None else value(orbit.product)
        decision = problem.holds(orbit.product, lambda: orbit.weights) if t else False
        if decision is True:
            return stop("reached", None)
        if decision is None:
            first_doubt = here if first_doubt is None else first_doubt
            if here - max(first_doubt, skip.end) > 64 + t // 2:
                return stop("undecided", "the enclosure is too wide at the target")
        elif plain and jump is None and first_doubt is None:
            side = _side(problem.plain.target, quantity)
            first_side = first_side or side
            if side * first_side < 0:
                jump = f"{problem.plain.quantity} jumps across the target at step {digits_of(here)}"
                again = t + _AGAIN
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
        if t % stride == 0 and budget.spent:
            return stop("undecided", "the time budget is spent")
        if t % _STRIDE == 0:
            budget.report(here)
        if jump is not None and t == again:
            again *= 4
            further = None
            if decision is False:
                taken = skip.stepped + t
                further = skip_again(problem, orbit, here, taken, budget, stiffness)
            if further is not None:
                return further, _SoFar(jump, first_doubt)
        if budget.max_steps is not None and skip.stepped + t >= budget.max_steps:
            return stop("undecided", "the step budget is spent")
        orbit.advance_at_working_precision()


def skip_again(
    problem: Problem,
    orbit: CentredOrbit,
    here: int,
    taken: int,
    budget: Budget,
    stiffness: float,
    race: bool = True,
) -> Skip | None:
    """Skip the plateau that an orbit is on now, if there is one and it is known well enough.

    Parameters
    ----------
    problem : Problem
        Whose condition certainly does not hold where the orbit is.
    orbit : CentredOrbit
    here, taken : int
        The index of its iterate, and how many steps to it were taken one by one.
    budget : Budget
    stiffness : float
    race : bool
        As for :class:`Approach`.
    """
    most = budget.max_steps
    left = budget if most is None else replace(budget, max_steps=max(0, most - taken))
    approach = Approach(problem, left, race, orbit.weights)
    try:
        state, plateau, begin = approach.plateau(stiffness)
        landing = cross(plateau, approach.budget)
    except (Obstruction, clock.Spent):
        return None
    return Skip(problem, state, landing, here + begin, taken + min(begin, approach.lead.steps))


def _side(target: Target, value: arb) -> int:
    """On which side of an interval a number certainly lies; 0 if that is not certain."""
    if target.inside:
        if target.lower is not None and value < ball(target.lower):
            return -1
        if target.upper is not None and value > ball(target.upper):
            return 1
    return 0


def _details(landing: Landing) -> dict[str, str]:
    return {
        "flow steps": landing.flow_time.str(20, radius=False),
        "sum versus integral": landing.log_term.str(8),
        "drift of the squared differences": landing.drift.str(8),
        "defect": landing.defect.str(3, radius=False),
        "skipped steps": digits_of(landing.steps),
    }
