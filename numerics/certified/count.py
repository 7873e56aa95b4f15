"""The certified count: direct steps, one jump over the plateau, direct steps to the target."""

from __future__ import annotations

from flint import arb

from numerics.balls import ball, log2_size, precision
from numerics.certified.cells import Hopeless, Obstruction, alive
from numerics.certified.crossing import MAX_BITS, cross
from numerics.certified.finish import finish
from numerics.certified.lead import LeadIn
from numerics.certified.plan import avoids, propose_exit
from numerics.certified.plateau import LOW_BITS, Plateau, count_bits, survey
from numerics.certified.state import Skip, State, reduce
from numerics.problem import Attempt, Budget, Problem
from numerics.rigorous import ball_count

# eta |u'| at the exit, attempt after attempt: the defect is about a third of it, in steps.
STIFFNESS = (2.0**-8, 2.0**-11, 2.0**-14)
# Direct steps before the plateau, tried in turn while the approach dominates the defect.
LEAD_IN = (0, 64, 512, 4_096, 32_768)
# Counts that direct stepping settles quickly when a skip leaves more than one candidate.
DIRECT_STEPS = 100_000
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
    Proof: ``proofs/escape-counts.md``.
    """
    best: Attempt | None = None
    obstruction = "the loss is not smooth"
    # The skip speaks of later iterates only: that the start does not satisfy the condition is
    # decided first, exactly where it can be.
    skippable = problem.loss.smooth and problem.holds_at_start() is False
    defect = arb("inf")
    for stiffness in STIFFNESS if skippable else ():
        if budget.spent:
            break
        try:
            skip = skip_plateau(problem, budget, stiffness)
            if best is not None and not skip.landing.defect < defect * _BETTER:
                break  # what limits the bounds is not the exit
            run = finish(skip, budget)
        except Hopeless as why:
            obstruction = str(why)
            break
        except Obstruction as why:
            obstruction = str(why)
            continue
        defect = skip.landing.defect
        best = run.attempt if best is None else best.meet(run.attempt)
        if not run.narrower_helps or _narrow(best, budget):
            return best
    if best is None or best.lower <= DIRECT_STEPS:
        direct = ball_count(problem, budget)
        reason = obstruction if best is None else "the skip left more than one candidate"
        details = {**direct.details, "stepped directly because": reason}
        direct = Attempt(direct.lower, direct.upper, direct.outcome, direct.reason, details)
        best = direct if best is None else best.meet(direct)
    return best


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
    state, plateau, begin = _approach(problem, budget, stiffness)
    return Skip(problem, state, cross(plateau, budget), begin)


def _approach(problem: Problem, budget: Budget, stiffness: float) -> tuple[State, Plateau, int]:
    """Find a start, after a lead-in of direct steps, from which the plateau can be skipped well.

    A plateau that the orbit enters from a fast region is skipped from inside: there the drift of
    the c_j, which the whole plateau multiplies, must be known by stepping.
    """
    refusal: Obstruction | None = None
    best: tuple[State, Plateau, int] | None = None
    lead = LeadIn(problem, budget, 2 * LOW_BITS)
    for lead_in in LEAD_IN:
        if budget.max_steps is not None and lead_in > budget.max_steps:
            break
        try:
            lead.step_to(lead_in)
        except Obstruction as why:
            refusal = refusal or why
            break
        try:
            state, plateau = _first_survey(problem, lead, stiffness, budget)
        except Hopeless:
            raise
        except Obstruction as why:
            refusal = refusal or why
            alive(budget)
            continue
        if best is None or plateau.approach_defect < best[1].approach_defect / 2:
            best = (state, plateau, lead_in)
        if plateau.approach_defect < stiffness:
            break
    if best is None:
        raise refusal or Obstruction("there are no steps to begin with")
    return best


def _first_survey(
    problem: Problem, lead: LeadIn, stiffness: float, budget: Budget
) -> tuple[State, Plateau]:
    """Survey the plateau from where the lead-in is, with as many bits as the count needs."""
    while True:
        bits = lead.bits - LOW_BITS
        state = reduce(problem, lead.weights, bits)
        plateau = _survey(problem, state, stiffness, budget)
        needed = max(count_bits(plateau.cells, plateau.step), plateau.bits) + LOW_BITS + 64
        if needed <= bits:
            return state, plateau
        if needed > MAX_BITS:
            raise Obstruction("the count has too many digits")
        lead.restart(needed + LOW_BITS)


def _survey(problem: Problem, state: State, stiffness: float, budget: Budget) -> Plateau:
    """Choose the exit, survey the plateau, and prove that the target is not met on it."""
    bits = LOW_BITS
    while True:
        with precision(bits):
            low = state.flow.rounded()
            exit_ = propose_exit(problem, low, state.coordinate + 0, stiffness)
            size = max(log2_size(exit_), log2_size(exit_ - state.coordinate))
            finest = size - log2_size(ball(problem.step) * low.speed(exit_))
        if finest <= bits - LOW_BITS // 2:
            break
        bits = finest + LOW_BITS
        if bits > MAX_BITS:
            raise Obstruction("the steps are too small to be told apart")
    plateau = survey(state.flow, problem.step, state.coordinate, exit_, bits, budget)
    # Along the orbit z = sigma p increases, and it stays below its value at the exit, which is
    # the larger the more the c_j have drifted if x < 0 there, and the smaller if x > 0.
    with precision(bits):
        value = problem.loss.value("arb")
        loose = state.flow.rounded(plateau.loosening)
        ends = []
        for x in (state.coordinate, plateau.exit):
            p = loose.sigma * loose.product(x)
            ends.append(p if problem.until.on_product else value(p))
        if not avoids(problem.until.target, ends[0], ends[1]):
            raise Obstruction("the condition might hold before the exit")
    return plateau
