"""How the orbit gets to a plateau: by direct steps, or by them and along its invariant curve."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from flint import arb

from numerics.balls import ball, log2_size, precision
from numerics.certified.cells import Blurred, Cell, Hopeless, Obstruction, Spent, alive
from numerics.certified.collocation import LOW
from numerics.certified.crossing import Landing, at_least
from numerics.certified.curve import Arrival, follow
from numerics.certified.lead import LeadIn, closeness
from numerics.certified.plan import avoids, certainly_false, propose_exit
from numerics.certified.plateau import (
    LOW_BITS,
    Plateau,
    count_bits,
    outline,
    steps_within,
    survey,
)
from numerics.certified.reduced import ReducedFlow
from numerics.certified.state import Skip, State, reduce
from numerics.problem import Budget, Problem
from theory.dynamics.stopping import StopCondition

# Direct steps before the plateau, tried in turn while the approach dominates the defect.
LEAD_IN = (64, 512, 4_096, 32_768)
# Steps left to direct stepping, at least: where the drift blurs the exit more than the last ones,
# go further back.
REMAINING = (24, 100, 400, 1_600, 6_400)
# Bits below one step to which a curve is followed: what it ends with blurs every landing.
CURVE_BITS = 12
# A curve that is followed to the exit may end so many steps before it.
CLOSE = 64
# After so many of them a curve is worth a try: e**(-2 pi s) limits what it can tell at step s. It
# is the smoother the later, and direct steps cost less than the nodes of long counts.
CURVE_FROM, CURVE_FROM_LONG, LONG_COUNT = 64, 4_096, 2.0**100
# A survey that asks for more bits than this is lost.
SURVEY_BITS = 12_000
# Of the time that direct stepping would take, the share that skipping may lose against it.
_SHARE = 0.15
# Less of a walk that is not much longer than this, in seconds: a lost race is overrun by as much.
_SHORT = 0.2
# For all curves where steps are limited and seconds are not; more where the steps would take more.
_CURVE_SECONDS = 60.0
# Plateaus beyond this are not raced: direct stepping would take too long.
_FEW_STEPS = 2.0**26


class Approach:
    """A start, after direct steps, from which the plateau can be skipped well.

    A plateau that the orbit enters from a fast region is skipped from inside: the drift of the c_j
    on the way, which the whole plateau multiplies, is stepped through or followed along a curve.
    What is found once serves every exit.

    Parameters
    ----------
    problem : Problem
        Whose condition certainly does not hold at the start.
    budget : Budget
    race : bool
        Whether to give up where direct stepping is going to be faster.
    start : sequence of Fraction or arb, optional
        As for :class:`LeadIn`.

    Attributes
    ----------
    lead : LeadIn
    proved : int
        The condition certainly does not hold at the iterates 0, ..., proved.
    length : float or None
        Steps of the plateau, about, once it has been seen.
    raced : bool
        Whether skipping has had a time limit of its own, as direct stepping would not take long.
    """

    def __init__(
        self,
        problem: Problem,
        budget: Budget,
        race: bool = True,
        start: Sequence[Fraction | arb] | None = None,
    ) -> None:
        self._problem, self.budget = problem, budget
        close = 0 if start is not None else closeness(problem.weights)
        bits = 2 * LOW_BITS + min(SURVEY_BITS, close)
        self.lead = LeadIn(problem, budget, bits, start)
        self._chosen: tuple[State, int] | None = None
        self._landed, self._tried = 0, -1
        self._refusal: Obstruction | None = None
        self.length: float | None = None
        self._may_race = race
        self.raced, self._began = False, time.process_time()

    @property
    def spent(self) -> bool:
        """Whether the time is over."""
        return self.budget.spent

    @property
    def proved(self) -> int:
        """The condition certainly does not hold at the iterates 0, ..., proved."""
        return max(self.lead.steps, self._landed)

    def resume(self, budget: Budget) -> None:
        """Go on with another budget."""
        self.budget = self.lead.budget = budget

    def _race(self, length: float) -> Budget:
        """Give up skipping after a share of the time that direct stepping is going to take."""
        if self.raced or not self._may_race:
            return self.budget
        self.length = length
        most = self.budget.max_steps
        if not length < _FEW_STEPS or (most is not None and length > most):
            return self.budget
        direct = length * self.lead.seconds_per_step
        if time.process_time() + direct < self.budget.deadline:
            self.raced = True
            ours = _SHARE * direct * direct / (direct + _SHORT)
            self.resume(replace(self.budget, deadline=self._began + ours))
        return self.budget

    def _follow(
        self,
        state: State,
        count: int,
        done: Callable[[arb, Sequence[arb]], bool],
        fine: int = 0,
        end: Callable[[arb, Sequence[arb]], arb] | None = None,
    ) -> Arrival:
        """Follow the curve from a state, as :func:`follow` does; a budget of steps alone ends too.

        Steps along a curve cost nothing of it, but what a curve costs may be any number of steps.
        """
        budget, flow, step = self.budget, state.flow, self._problem.step
        if budget.max_steps is not None and budget.deadline == math.inf:
            seconds = max(_CURVE_SECONDS, budget.max_steps * self.lead.seconds_per_step)
            budget = replace(budget, deadline=self._began + seconds)
        try:
            return follow(flow, step, state.coordinate, count, done, budget, fine, end)
        except Spent:
            alive(self.budget)
            raise Obstruction("the step budget is spent") from None

    def plateau(self, stiffness: float) -> tuple[State, Plateau, int]:
        """Return a state, the plateau surveyed from it, and its index.

        Raises
        ------
        Obstruction
            Where the method does not apply, with the reason.
        """
        refusal = self._refusal  # what stood in the way of the lead-ins tried before
        best: tuple[State, Plateau, int] | None = None
        if self._chosen is not None:
            state, begin = self._chosen
            best = (state, self._survey(state, stiffness), begin)
            if best[1].approach_defect < stiffness:
                return best
        steps = self.budget.max_steps
        # Where few steps may be taken, skip from the start itself if that is good enough.
        begin_now = steps is not None and steps < LEAD_IN[1]
        for lead_in in (0, *LEAD_IN) if begin_now else LEAD_IN:
            if lead_in <= self._tried:
                continue
            if best is not None and steps is not None and lead_in > steps:
                break
            self._tried = lead_in
            try:
                self.lead.step_to(lead_in)
                state, plateau = self._first_survey(stiffness)
            except (Spent, Hopeless):
                raise
            except Obstruction as why:
                refusal = refusal or why
                if self.lead.steps < lead_in:
                    break
                alive(self.budget)
                continue
            if best is None or plateau.approach_defect < best[1].approach_defect / 2:
                best = (state, plateau, lead_in)
            if plateau.approach_defect < stiffness:
                break
            if lead_in >= (CURVE_FROM_LONG if self._long(plateau) else CURVE_FROM):
                self._landed = max(self._landed, lead_in + at_least(plateau, self.budget))
                try:
                    best = self._along_curve(state, plateau, lead_in, stiffness)
                    self._tried = LEAD_IN[-1]
                    break
                except (Spent, Hopeless):
                    raise
                except Obstruction as why:
                    refusal = why
        if best is None:
            self._refusal = refusal
            raise refusal or Obstruction("there are no steps to begin with")
        self._chosen = (best[0], best[2])
        return best

    def _long(self, plateau: Plateau) -> bool:
        """Whether to step further before a curve is followed: search."""
        most = self.budget.max_steps
        about = steps_within(plateau.flow, self._problem.step, plateau.cells)
        return bool(about > LONG_COUNT) and (most is None or most >= CURVE_FROM_LONG)

    def _along_curve(
        self, state: State, plateau: Plateau, begin: int, stiffness: float
    ) -> tuple[State, Plateau, int]:
        """Follow the curve to where the rest of the approach costs nothing.

        The curve ends before the plateau, up to whose exit the survey has proved that the condition
        is false for all the drift there is; the curve, which is narrower, is asked again, as a
        phase of the count by itself.
        """
        problem, flow = self._problem, state.flow
        # About: what it is wrong by, the defect of the plateau from there on says.
        count = max(0, log2_size(steps_within(flow, problem.step, plateau.cells)))
        # Where eta |u'| is that small, the square of the drift is nothing.
        small = arb(2) ** -(count // 2 + 8)

        def done(x: arb, squares: Sequence[arb]) -> bool:
            with precision(LOW):
                jet = ReducedFlow(flow.loss, [c + 0 for c in squares], flow.sigma).jet(x + 0)
                gentle = ball(problem.step) * abs(jet.speed * jet.log_speed_1) < small
                return bool(gentle or jet.log_speed_1 > 0)

        found = self._follow(state, count + CURVE_BITS, done)
        with precision(LOW_BITS + plateau.bits):
            if not found.coordinate < plateau.exit:
                raise Obstruction("the curve ends behind the plateau")
            there = ReducedFlow(flow.loss, found.squares, flow.sigma)
            later = replace(state, flow=there, coordinate=found.coordinate)
            if not self._clear_along(state, later, found):
                raise Obstruction("the condition might hold on the curve")
        self._landed = max(self._landed, begin + found.steps)
        return later, self._survey(later, stiffness), begin + found.steps

    def to_exit(self, stiffness: float, fine: int) -> Skip:
        """Follow the curve to the end of the plateau: no defect of the skip is left.

        Along the curve the product is monotone, however far the c_j drift: one comparison of p or
        f is false on the way if it is false, on one side of the target, at both ends. Any other
        condition is false there if it is on boxes around the panels.

        Parameters
        ----------
        stiffness : float
            As for :meth:`plateau`.
        fine : int
            Bits below one step to which the landing is wanted.
        """
        problem, lead = self._problem, self.lead
        lead.step_to(max(lead.steps, CURVE_FROM))
        state = reduce(problem, lead.weights, lead.bits - LOW_BITS)
        exit_, bits = self._place(state, stiffness, REMAINING[0])
        cells = outline(state.flow, state.coordinate, exit_, bits, self.budget)
        count = max(0, log2_size(steps_within(state.flow, problem.step, cells))) + CURVE_BITS
        needed = max(count, bits) + fine + 2 * LOW_BITS
        if needed > SURVEY_BITS:
            raise Obstruction("the count has too many digits")
        if needed > lead.bits - LOW_BITS:
            lead.restart(needed + LOW_BITS)
            state = reduce(problem, lead.weights, needed)
        flow = state.flow  # of more bits

        def there(squares: Sequence[arb]) -> State:
            moved = ReducedFlow(flow.loss, [c + 0 for c in squares], flow.sigma)
            return replace(state, flow=moved)

        def end(x: arb, squares: Sequence[arb]) -> arb:
            return self._place(replace(there(squares), coordinate=x), stiffness, REMAINING[0])[0]

        def done(x: arb, squares: Sequence[arb]) -> bool:
            try:
                with precision(bits):
                    near = ball(problem.step) * there(squares).flow.speed(x + 0) * CLOSE
                return bool(end(x, squares) < x + near)
            except Spent:
                raise
            except Obstruction:
                return True

        found = self._follow(state, count + fine, done, fine, end)
        last = replace(there(found.squares), coordinate=found.coordinate)
        with precision(needed):
            if not self._clear_along(state, last, found):
                raise Obstruction("the condition might hold before the end of the curve")
        landing = Landing(
            found.steps, found.coordinate, found.squares, found.count, arb(0), arb(0), found.defect
        )
        return Skip(problem, state, landing, lead.steps, lead.steps)

    def _first_survey(self, stiffness: float) -> tuple[State, Plateau]:
        """Survey the plateau from where the lead-in is, with as many bits as the count needs."""
        lead = self.lead
        while True:
            bits = lead.bits - LOW_BITS
            state = reduce(self._problem, lead.weights, bits)
            exit_, fine = self._place(state, stiffness, REMAINING[0])
            cells = outline(state.flow, state.coordinate, exit_, fine, self.budget)
            needed = max(count_bits(cells, self._problem.step), fine) + LOW_BITS + 64
            if needed <= bits:
                return state, self._survey(state, stiffness, (exit_, fine, cells))
            if needed > SURVEY_BITS:
                raise Obstruction("the count has too many digits")
            lead.restart(needed + LOW_BITS)

    def _survey(
        self,
        state: State,
        stiffness: float,
        first: tuple[arb, int, list[Cell] | None] | None = None,
    ) -> Plateau:
        """Choose the exit, survey the plateau, and prove that the target is not met on it.

        ``first`` is an exit to begin with, the bits there and the outline up to it.
        """
        step, start = self._problem.step, state.coordinate
        plain = isinstance(self._problem.until, StopCondition)
        for remaining in REMAINING:
            place = first if first and remaining == REMAINING[0] else None
            exit_, bits, cells = place or (*self._place(state, stiffness, remaining), None)

            def doomed(loosening: arb, at: arb = exit_) -> bool:
                return plain and not self._avoided(state, at, loosening)

            try:
                plateau = survey(
                    state.flow, step, start, exit_, bits, self.budget, self._race, cells, doomed
                )
            except Blurred:
                continue
            if self._clear(state, plateau):
                return plateau
        raise Blurred("the condition might hold before the exit")

    def _place(self, state: State, stiffness: float, remaining: int) -> tuple[arb, int]:
        """Propose an exit, and the bits at which coordinates up to it are told apart."""
        problem, bits = self._problem, LOW_BITS
        while True:
            alive(self.budget)
            with precision(bits):
                low = state.flow.rounded()
                exit_ = propose_exit(
                    problem, low, state.coordinate + 0, stiffness, self.budget, remaining
                )
                size = max(log2_size(exit_), log2_size(exit_ - state.coordinate))
                finest = size - log2_size(ball(problem.step) * low.speed(exit_))
            if finest <= bits - LOW_BITS // 2:
                return exit_, bits
            bits = finest + LOW_BITS
            if bits > SURVEY_BITS:
                raise Obstruction("the steps are too small to be told apart")

    def _clear(self, state: State, plateau: Plateau) -> bool:
        """Decide whether the condition is certainly false up to the exit.

        Along the orbit z = sigma p increases, and it stays below its value at the exit, which is
        the larger the more the c_j have drifted if x < 0 there, and the smaller if x > 0.
        """
        if not isinstance(self._problem.until, StopCondition):
            with precision(plateau.bits):
                loose = state.flow.rounded(plateau.loosening)
                ways = [(loose, cell.left, cell.right) for cell in plateau.cells]
                return certainly_false(self._problem, ways, self.budget)
        with precision(plateau.bits):
            return self._avoided(state, plateau.exit, plateau.loosening)

    def _clear_along(self, state: State, last: State, found: Arrival) -> bool:
        """Decide whether the condition is certainly false on a curve, at both ends included."""
        if isinstance(self._problem.until, StopCondition):
            return self._between(state, last)
        loss, sigma = state.flow.loss, state.flow.sigma
        ways = [
            (ReducedFlow(loss, [c + 0 for c in box.squares], sigma), box.left, box.right)
            for box in found.boxes
        ]
        return certainly_false(self._problem, ways, self.budget)

    def _avoided(self, state: State, exit_: arb, loosening: arb) -> bool:
        loose = replace(state, flow=state.flow.rounded(loosening))
        return self._between(loose, replace(loose, coordinate=exit_))

    def _between(self, *states: State) -> bool:
        """Decide whether the condition is certainly false on a monotone way between two states."""
        problem = self._problem
        value, ends = problem.loss.value("arb"), []
        for state in states:
            p = state.flow.sigma * state.flow.product(state.coordinate)
            ends.append(p if problem.plain.on_product else value(p))
        return avoids(problem.plain.target, ends[0], ends[1])
