"""The certified count: direct steps, one jump over the plateau, direct steps to the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from flint import arb

from numerics.balls import ball, exact_rational, log2_size, precision
from numerics.centred import CentredOrbit
from numerics.certified import plateau as plateaus
from numerics.certified.cells import Obstruction
from numerics.certified.plan import avoids, propose_exit
from numerics.certified.plateau import LOW_BITS, Landing, Plateau
from numerics.certified.reduced import ReducedFlow
from numerics.problem import Attempt, Budget, Problem
from numerics.rigorous import ball_count

# eta |u'| at the exit, attempt after attempt: the defect is about a third of it, in steps.
STIFFNESS = (2.0**-8, 2.0**-11, 2.0**-14)
# Direct steps before the plateau, tried in turn while the approach dominates the defect.
LEAD_IN = (0, 64, 512, 4_096, 32_768)
# Counts that direct stepping settles quickly when a skip leaves more than one candidate.
DIRECT_STEPS = 100_000
_STRIDE = 8


@dataclass(frozen=True)
class _State:
    """An iterate in reduced form.

    Attributes
    ----------
    flow : ReducedFlow
    coordinate : arb
    least : int
        Index of the smallest weight.
    direction : int
        d, the sign with which the smallest weight becomes the coordinate.
    signs : tuple of int
        Signs of the other weights.
    """

    flow: ReducedFlow
    coordinate: arb
    least: int
    direction: int
    signs: tuple[int, ...]

    def weights(self, landing: Landing) -> list[arb]:
        """Rebuild all weights, in their original order."""
        others = ReducedFlow(self.flow.loss, landing.squares, self.flow.sigma)
        rebuilt = others.weights(landing.coordinate, self.signs)
        rebuilt.insert(self.least, self.direction * landing.coordinate)
        return rebuilt


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
    for stiffness in STIFFNESS if problem.loss.smooth else ():
        if budget.spent or problem.holds_at_start() is True:
            break
        try:
            found = _count_once(problem, budget, stiffness)
        except Obstruction as why:
            obstruction = str(why)
            continue
        best = found if best is None else best.meet(found)
        if _narrow(best, budget):
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


def _count_once(problem: Problem, budget: Budget, stiffness: float) -> Attempt:
    state, plateau, lead_in = _approach(problem, budget, stiffness)
    landing = plateaus.cross(plateau)
    return _finish(problem, budget, state, landing, lead_in)


def _approach(problem: Problem, budget: Budget, stiffness: float) -> tuple[_State, Plateau, int]:
    """Find a start, after a lead-in of direct steps, from which the plateau can be skipped well.

    A plateau that the orbit enters from a fast region is skipped from inside: there the drift of
    the c_j, which the whole plateau multiplies, must be known by stepping.
    """
    refusal = Obstruction("the lead-in does not end")
    fallback: tuple[_State, Plateau, int] | None = None
    bits = LOW_BITS
    orbit: CentredOrbit | None = None
    for lead_in in LEAD_IN:
        if lead_in and (orbit is None or orbit.bits < bits):
            orbit = CentredOrbit(problem.loss, problem.weights, problem.step, bits + LOW_BITS)
        try:
            weights: Sequence[Fraction | arb] = problem.weights
            if orbit is not None:
                _lead(problem, budget, orbit, lead_in)
                weights = orbit.weights
            state = _reduce(problem, weights, bits)
            plateau = _survey(problem, state, stiffness)
            needed = plateaus.total_bits(plateau) + LOW_BITS + 64
            if needed > bits:
                bits = needed
                if lead_in:
                    orbit = CentredOrbit(problem.loss, problem.weights, problem.step, 2 * bits)
                    _lead(problem, budget, orbit, lead_in)
                    weights = orbit.weights
                state = _reduce(problem, weights, bits)
                plateau = _survey(problem, state, stiffness)
        except Obstruction as why:
            refusal = why
            continue
        if fallback is None or plateau.approach_defect < fallback[1].approach_defect / 2:
            fallback = (state, plateau, lead_in)
        if plateau.approach_defect < stiffness:
            break
    if fallback is None:
        raise refusal
    return fallback


def _lead(problem: Problem, budget: Budget, orbit: CentredOrbit, steps: int) -> None:
    """Step on to index ``steps``, checking that the condition is certainly false on the way."""
    decide = problem.until.target.decider(ball)
    value = None if problem.until.on_product else problem.loss.value("arb")
    with precision(orbit.bits):
        while orbit.steps < steps:
            orbit.advance_at_working_precision()
            now = decide(orbit.product if value is None else value(orbit.product))
            if now is not False or not orbit.healthy:
                raise Obstruction("the target is met, or the orbit lost, before the plateau")
            if orbit.steps % _STRIDE == 0 and budget.spent:
                raise Obstruction("the time budget is spent")


def _survey(problem: Problem, state: _State, stiffness: float) -> Plateau:
    with precision(LOW_BITS):
        low = state.flow.rounded()
        exit_ = propose_exit(problem, low, state.coordinate + 0, stiffness)
        value = problem.loss.value("arb")
        ends = []
        for x in (state.coordinate, exit_):
            p = low.sigma * low.product(x)
            ends.append(p if problem.until.on_product else value(p))
        if not avoids(problem.until.target, ends[0], ends[1]):
            raise Obstruction("the condition might hold before the exit")
        return plateaus.survey(state.flow, problem.step, state.coordinate, exit_)


def _reduce(problem: Problem, weights: Sequence[Fraction | arb], bits: int) -> _State:
    """Pass to the reduced coordinate, from exact weights or from balls around an iterate."""
    with precision(bits):
        balls = [w if isinstance(w, arb) else ball(w) for w in weights]
        least = min(range(len(balls)), key=lambda i: abs(exact_rational(balls[i])))
        others = [i for i in range(len(balls)) if i != least]
        signs = tuple(_sign(balls[i]) for i in others)
        slope = problem.loss.slope("arb")(prod(balls, start=arb(1)))
        if not (slope > 0 or slope < 0):
            raise Obstruction("the start is stationary, or cannot be told from a stationary one")
        side = prod(signs)
        direction = side if slope < 0 else -side
        # Equal sizes stay equal for ever (pair factorisation), so a tie at the start is exact.
        ties = [i for i in others if abs(problem.weights[i]) == abs(problem.weights[least])]
        squares = []
        for i in others:
            a, b = weights[i], weights[least]
            c = ball((a - b) * (a + b)) if isinstance(a, Fraction) else (a - b) * (a + b)
            if i in ties:
                c = arb(0)
            elif not c > 0:
                raise Obstruction("two weights are too close to be told apart")
            squares.append(c)
        flow = ReducedFlow(problem.loss, squares, direction * side)
        return _State(flow, direction * balls[least], least, direction, signs)


def _sign(x: arb) -> int:
    if x > 0:
        return 1
    if x < 0:
        return -1
    raise Obstruction("two weights are zero, or cannot be told from zero")


def _finish(
    problem: Problem, budget: Budget, state: _State, landing: Landing, lead_in: int
) -> Attempt:
    """Step from the landing to the target in balls."""
    offset = lead_in + landing.steps
    with precision(LOW_BITS):
        resolution = log2_size(landing.coordinate) - log2_size(landing.coordinate.rad())
    bits = LOW_BITS + max(0, resolution)
    with precision(bits):
        weights = state.weights(landing)
        orbit = CentredOrbit(problem.loss, weights, problem.step, bits)
        decide = problem.until.target.decider(ball)
        value = None if problem.until.on_product else problem.loss.value("arb")
        lower: int | None = None
        details = _details(landing, bits)
        t = 0
        while True:
            decision = decide(orbit.product if value is None else value(orbit.product))
            count = offset + t
            if decision is True:
                details["direct steps"] = str(lead_in + t)
                return Attempt(count if lower is None else lower, count, "reached", None, details)
            if decision is None and lower is None:
                lower = count
            bound = count if lower is None else lower
            if lower is not None and count - lower > 64 + t // 2:
                reason = "the enclosure is too wide at the target"
                return Attempt(bound, None, "undecided", reason, details)
            if t % _STRIDE == 0:
                if not orbit.healthy:
                    reason = "the enclosure of the orbit is lost near the target"
                    return Attempt(bound, None, "undecided", reason, details)
                if budget.spent:
                    return Attempt(bound, None, "undecided", "the time budget is spent", details)
            if budget.max_steps is not None and t >= budget.max_steps:
                return Attempt(bound, None, "undecided", "the step budget is spent", details)
            orbit.advance_at_working_precision()
            t += 1


def _details(landing: Landing, bits: int) -> dict[str, str]:
    return {
        "flow steps": landing.flow_time.str(20, radius=False),
        "sum versus integral": landing.log_term.str(8),
        "drift of the squared differences": landing.drift.str(8),
        "defect": landing.defect.str(3, radius=False),
        "skipped steps": str(landing.steps),
        "bits": str(bits),
    }


