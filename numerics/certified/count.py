"""The certified count: direct steps, one jump over the plateau, direct steps to the target."""

from __future__ import annotations

from dataclasses import replace

from flint import arb

from numerics import clock
from numerics.certified.approach import Approach
from numerics.certified.cells import Hopeless, Obstruction
from numerics.certified.crossing import cross
from numerics.certified.finish import STIFFNESS, finish
from numerics.certified.guess import steps_about
from numerics.certified.state import Skip
from numerics.problem import Attempt, Budget, Problem
from numerics.rigorous import ball_count
from theory.dynamics.stopping import StopCondition

# Bits of one step to which the curve is followed to the exit, where two skips did not settle it:
# an orbit that jumps across the target, or a target that nearly is met.
FINE, SKIPS_BEFORE = (32, 160), 2
# Counts that direct stepping settles quickly when a skip leaves more than one candidate.
DIRECT_STEPS = 100_000
# Steps of one weight that are taken at once, without a plan to skip them; and what a weight costs.
_AT_ONCE, _EACH = 14_000, 0.05
# So many come before any guess at how many there are: it costs as much as some twenty.
_UNASKED = 64
# More steps than this are not taken one by one, and a box is drawn for so few weights at most.
_HOPELESS, _BOXED = 10**12, 1_000
# A further attempt is worth its steps if its defect is smaller by this factor.
_BETTER = 0.75


def certified_count(problem: Problem, budget: Budget) -> Attempt:
    """Bound the count of GD steps from both sides, at a cost that hardly depends on the count.

    Parameters
    ----------
    problem : Problem
    budget : Budget
        ``width`` is the target for upper - lower; ``max_steps`` limits the steps taken one by one.

    Returns
    -------
    Attempt
        ``reached`` with proved bounds (exact when equal), ``never`` with the invariant, or
        ``undecided`` with the reason. Where the assumptions of the method fail, the answer is
        that of direct stepping in balls, and the details say why.

    Notes
    -----
    Proof: ``proofs/written/escape-counts.md``.
    """
    with clock.until(budget.deadline):
        return _counted(problem, budget)


def _counted(problem: Problem, budget: Budget) -> Attempt:
    # The skip speaks of later iterates only: that the start does not satisfy the condition is
    # decided first, exactly where it can be.
    if not problem.loss.smooth:
        return _labelled(ball_count(problem, budget), "the loss is not smooth")
    if problem.holds_at_start() is not False:
        return _labelled(ball_count(problem, budget), "the start is not known to be before the end")
    near, settled = _at_once(problem, budget)
    # What the first steps have proved is kept, whatever becomes of the rest.
    return near if settled else near.meet(_from_afar(problem, budget))


def _from_afar(problem: Problem, budget: Budget) -> Attempt:
    approach = Approach(problem, budget)
    best, obstruction = _skip(problem, budget, approach)
    if best is not None and (best.outcome == "never" or _narrow(best, budget)):
        return best
    if approach.lead.ending is not None:
        ending = _labelled(approach.lead.ending, obstruction)
        return ending if best is None else best.meet(ending)
    if best is None or best.lower <= DIRECT_STEPS or approach.raced:
        reason = obstruction if best is None else "the skip left more than one candidate"
        if approach.raced and approach.spent:
            reason = "direct stepping is faster here"
        elif (least := _boxed(problem, budget)) > _HOPELESS:
            least = max(least, approach.proved + 1)
            stuck = Attempt(least, None, "undecided", obstruction, {"lower bound": "box"})
            return stuck if best is None else best.meet(stuck)
        direct = _labelled(_directly(problem, budget, approach), reason)
        best = direct if best is None else best.meet(direct)
    return best


def _at_once(problem: Problem, budget: Budget) -> tuple[Attempt, bool]:
    """Step to the end where it seems to be near; whether that was so, or all that can be done."""
    far = _AT_ONCE / (1 + _EACH * problem.depth)

    def most() -> int:
        about = steps_about(problem, far)
        return 0 if about is None else int(2 * about) + 64

    found = ball_count(problem, budget, (min(_UNASKED, int(far)), most))
    if found.outcome == "never" or _narrow(found, budget):
        how = "proved out of reach" if found.outcome == "never" else "met"
        why = f"the target is {how} before any plateau long enough to skip"
        return _labelled(found, why), True
    return found, budget.spent


def _skip(problem: Problem, budget: Budget, approach: Approach) -> tuple[Attempt | None, str]:
    """Skip with better and better exits, as long as direct stepping would not be much faster."""
    best: Attempt | None = None
    obstruction = "there is no plateau"
    defect = arb("inf")
    rungs: list[tuple[float, int | None]] = [(stiffness, None) for stiffness in STIFFNESS]
    rungs[SKIPS_BEFORE:SKIPS_BEFORE] = [(STIFFNESS[0], fine) for fine in FINE]
    for stiffness, fine in rungs:
        try:
            if fine is None:
                state, plateau, begin = approach.plateau(stiffness)
                stepped = min(begin, approach.lead.steps)
                skip = Skip(problem, state, cross(plateau, approach.budget), begin, stepped)
            else:
                skip = approach.to_exit(stiffness, fine)
            if best is not None and not skip.landing.defect < defect * _BETTER:
                continue  # what limits the bounds is not the exit
            run = finish(skip, approach.budget, stiffness)
        except (Hopeless, clock.Spent) as why:
            obstruction = str(why)
            break
        except Obstruction as why:
            obstruction = str(why)
            if approach.lead.ending is not None:
                break
            continue
        defect = skip.landing.defect
        best = run.attempt if best is None else best.meet(run.attempt)
        if not run.narrower_helps or _narrow(best, budget):
            break
    return best, obstruction


def _boxed(problem: Problem, budget: Budget) -> int:
    """Bound the count from below without a step (:mod:`numerics.box_bound`), or by 0."""
    until = problem.until
    if not isinstance(until, StopCondition) or until.quantity not in ("p", "f"):
        return 0
    if problem.depth > _BOXED or budget.spent:
        return 0
    from numerics.box_bound import box_bound  # NumPy, which most counts do without

    return box_bound(problem.loss, problem.weights, problem.step, until).lower


def _directly(problem: Problem, budget: Budget, approach: Approach) -> Attempt:
    """Go on stepping where the lead-in is; from the start again only if its bits do not do."""
    approach.resume(budget)
    lead = approach.lead
    # Fewer bits are faster: where most steps are still ahead, from the start in fewer bits.
    if approach.length is None or lead.steps >= approach.length / 8:
        try:
            lead.step_to(10**18)
        except clock.Spent as why:
            bits = {"bits": str(lead.bits)}
            return Attempt(approach.proved + 1, None, "undecided", str(why), bits)
        except Obstruction:
            if lead.ending is not None:
                return lead.ending
    found = ball_count(problem, budget)
    if found.upper is None and found.outcome == "undecided" and found.lower <= approach.proved:
        found = replace(found, lower=approach.proved + 1)
    return found


def _labelled(found: Attempt, reason: str) -> Attempt:
    return replace(found, details={**found.details, "stepped directly because": reason})


def _narrow(attempt: Attempt, budget: Budget) -> bool:
    return attempt.upper is not None and attempt.upper - attempt.lower <= budget.width


def skip_plateau(problem: Problem, budget: Budget, stiffness: float = STIFFNESS[0]) -> Skip:
    """Skip the plateau.

    Parameters
    ----------
    problem : Problem
        Whose condition certainly does not hold at the start.
    budget : Budget
    stiffness : float
        The largest ``eta |u'|`` at the exit of the plateau.

    Returns
    -------
    Skip

    Raises
    ------
    Obstruction
        Where the method does not apply, with the reason.
    """
    approach = Approach(problem, budget, race=False)
    state, plateau, begin = approach.plateau(stiffness)
    return Skip(problem, state, cross(plateau, budget), begin, min(begin, approach.lead.steps))
