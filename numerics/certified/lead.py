"""The lead-in: direct steps before the plateau, and to the end where there is none to skip."""

from __future__ import annotations

import time
from collections.abc import Sequence
from fractions import Fraction

from flint import arb

from numerics import clock
from numerics.balls import precision
from numerics.centred import CentredOrbit
from numerics.certified.cells import Ended, Obstruction, Spent, alive
from numerics.problem import Attempt, Budget, Problem
from numerics.watch import Watch

_STRIDE = 32


def closeness(weights: Sequence[Fraction]) -> int:
    """Bits that it takes to tell the other sizes from the least, where they are no ties."""
    sizes = sorted(map(abs, weights))
    above = next((size for size in sizes if size > sizes[0]), None)
    if above is None:
        return 0
    ratio = above / (above - sizes[0])
    return max(0, ratio.numerator.bit_length() - ratio.denominator.bit_length())


class LeadIn:
    """The first iterates, one by one, as long as none of them satisfies the condition.

    Parameters
    ----------
    problem : Problem
        Whose condition certainly does not hold at the start.
    budget : Budget
    bits : int
        Working precision.
    start : sequence of Fraction or arb, optional
        The state to begin with, an iterate of some gradient descent from ``problem.weights``.

    Attributes
    ----------
    steps : int
        The condition certainly does not hold at the iterates 0, ..., steps.
    ending : Attempt or None
        The answer, where the steps have found it.
    """

    def __init__(
        self,
        problem: Problem,
        budget: Budget,
        bits: int,
        start: Sequence[Fraction | arb] | None = None,
    ) -> None:
        self._problem, self.budget = problem, budget
        self._start = problem.weights if start is None else start
        self._spent, self._taken, self._looked = 0.0, 0, 0.0
        self._refusal: Obstruction | None = None
        self.steps = 0
        self.ending: Attempt | None = None
        self.bits = bits
        self._orbit: CentredOrbit | None = None
        self._watch = Watch()

    @property
    def weights(self) -> Sequence[Fraction | arb]:
        """The weights at index ``steps``: exact at the start, then balls."""
        if self._orbit is None:
            return self._start
        with precision(self.bits):
            return self._orbit.weights

    def restart(self, bits: int) -> None:
        """Raise the precision: take the same steps again."""
        target, self.bits = self.steps, bits
        self.steps, self._orbit, self._watch = 0, None, Watch()
        self.step_to(target)

    def step_to(self, steps: int) -> None:
        """Step on to index ``steps``.

        Raises
        ------
        Obstruction
            If the condition is not certainly false on the way, now and ever after.
        """
        if self._refusal is None:
            try:
                self._advance(steps)
            except Spent:
                raise
            except Obstruction as why:
                self._refusal = why
        if self._refusal is not None:
            raise self._refusal

    @property
    def seconds_per_step(self) -> float:
        """CPU time of one step; before any was taken, and at least, what it is about.

        A clock that jumps may say of a hundred steps that they took no time at all, and direct
        stepping would win every race.
        """
        about = 1e-5 + 1e-6 * self._problem.depth
        return about if self._taken < 32 else max(about, self._spent / self._taken)

    def _advance(self, steps: int) -> None:
        began, before, looked = time.process_time(), self.steps, self._looked
        try:
            self._step(steps)
        finally:
            # Looks are rare in long walks: what they cost says nothing about further steps.
            self._spent += time.process_time() - began - (self._looked - looked)
            self._taken += self.steps - before

    def _step(self, steps: int) -> None:
        problem, budget, watch = self._problem, self.budget, self._watch
        if self._orbit is None and steps:
            self._orbit = CentredOrbit(problem.loss, self._start, problem.step, self.bits)
        if self._orbit is None:
            return
        orbit, stride = self._orbit, clock.stride(problem.depth, self.bits, _STRIDE)
        with precision(self.bits):
            decide = problem.decider(lambda: orbit.weights)
            while self.steps < steps:
                if budget.max_steps is not None and self.steps >= budget.max_steps:
                    raise Spent("the step budget is spent")
                orbit.advance_at_working_precision()
                now, here = decide(orbit.product), self.steps + 1
                if now:
                    self._end(Attempt(here, here, "reached", None, {"bits": str(self.bits)}))
                if now is False and watch.due(here, orbit.product):
                    self._look(orbit)
                if now is None or (here % _STRIDE == 0 and not orbit.healthy):
                    raise Obstruction("the orbit is lost, or sits on the boundary of the target")
                self.steps = here
                if here % stride == 0:
                    alive(budget)
                if here % _STRIDE == 0:
                    budget.report(here)

    def _look(self, orbit: CentredOrbit) -> None:
        began = time.process_time()
        why = self._watch.look(self._problem, self.steps + 1, orbit)
        self._looked += time.process_time() - began
        if why is not None:
            found = {"invariant": why.name, "bits": str(self.bits)}
            self._end(Attempt(self.steps + 2, None, "never", str(why), found))

    def _end(self, ending: Attempt) -> None:
        self.ending = ending
        how = "met" if ending.outcome == "reached" else "proved out of reach"
        raise Ended(f"the target is {how} before any plateau long enough to skip")
