"""The lead-in: direct steps before the plateau."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import arb

from numerics.balls import ball, precision
from numerics.centred import CentredOrbit
from numerics.certified.cells import Obstruction, alive
from numerics.problem import Budget, Problem

_STRIDE = 8


class LeadIn:
    """The first iterates, one by one, as long as none of them satisfies the condition.

    Parameters
    ----------
    problem : Problem
        Whose condition certainly does not hold at the start.
    budget : Budget
    bits : int
        Working precision.

    Attributes
    ----------
    steps : int
        The condition certainly does not hold at the iterates 0, ..., steps.
    """

    def __init__(self, problem: Problem, budget: Budget, bits: int) -> None:
        self._problem, self._budget = problem, budget
        self._refusal: Obstruction | None = None
        self.steps = 0
        self.bits = bits
        self._orbit: CentredOrbit | None = None

    @property
    def weights(self) -> Sequence[Fraction | arb]:
        """The weights at index ``steps``: exact at the start, then balls."""
        if self._orbit is None:
            return self._problem.weights
        with precision(self.bits):
            return self._orbit.weights

    def restart(self, bits: int) -> None:
        """Raise the precision: take the same steps again."""
        target, self.bits = self.steps, bits
        self.steps, self._orbit = 0, None
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
            except Obstruction as why:
                self._refusal = why
        if self._refusal is not None:
            raise self._refusal

    def _advance(self, steps: int) -> None:
        problem = self._problem
        if self._orbit is None and steps:
            self._orbit = CentredOrbit(problem.loss, problem.weights, problem.step, self.bits)
        decide = problem.until.target.decider(ball)
        value = None if problem.until.on_product else problem.loss.value("arb")
        while self._orbit is not None and self.steps < steps:
            orbit = self._orbit
            with precision(self.bits):
                orbit.advance_at_working_precision()
                now = decide(orbit.product if value is None else value(orbit.product))
            if now is not False or not orbit.healthy:
                raise Obstruction("the target is met, or the orbit lost, before the plateau")
            self.steps += 1
            if self.steps % _STRIDE == 0:
                alive(self._budget)
