"""From weights to the reduced coordinate, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from flint import arb

from numerics.balls import ball, exact_rational, precision
from numerics.centred import CentredOrbit
from numerics.certified.cells import Obstruction
from numerics.certified.crossing import Landing
from numerics.certified.reduced import ReducedFlow
from numerics.problem import Problem


@dataclass(frozen=True)
class State:
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


@dataclass(frozen=True)
class Skip:
    """A plateau skipped: from one iterate to a later one.

    The condition is certainly false at every iterate up to the later one, that included.

    Attributes
    ----------
    problem : Problem
    state : State
        The iterate at which the plateau begins.
    landing : Landing
    begin : int
        The index of the first iterate.
    stepped : int
        How many of the steps before it were taken one by one; the others were counted along a
        curve, and cost nothing of a budget of steps.
    """

    problem: Problem
    state: State
    landing: Landing
    begin: int
    stepped: int

    @property
    def end(self) -> int:
        """The index of the later iterate."""
        return self.begin + self.landing.steps

    def weights(self) -> list[arb]:
        """Balls around the weights at index ``end``, at the working precision."""
        return self.state.weights(self.landing)

    def _test(self, max_steps: int = 5_000, bits: int = 256) -> bool:
        """Step there in balls, if it is not too far: the same weights, and no stop on the way.

        Returns whether it was done.
        """
        if self.end > max_steps:
            return False
        problem = self.problem
        with precision(bits):
            orbit = CentredOrbit(problem.loss, problem.weights, problem.step, bits)
            for _ in range(self.end):
                orbit.advance_at_working_precision()
                assert problem.holds(orbit.product, lambda: orbit.weights) is not True
            if orbit.healthy:
                for skipped, stepped in zip(self.weights(), orbit.weights, strict=True):
                    assert skipped.overlaps(stepped)
            x = abs(orbit.weights[self.state.least])
            for c, w in zip(self.landing.squares, self._others(orbit.weights), strict=True):
                assert c.overlaps((w - x) * (w + x))
        return True

    def _others(self, weights: Sequence[arb]) -> list[arb]:
        return [abs(w) for i, w in enumerate(weights) if i != self.state.least]


def reduce(problem: Problem, weights: Sequence[Fraction | arb], bits: int) -> State:
    """Pass to the reduced coordinate, from exact weights or from balls around an iterate.

    Raises
    ------
    Obstruction
        If a sign, the order of the weights or the sign of f' is not certain, or f' is zero.
    """
    with precision(bits):
        balls = [w if isinstance(w, arb) else ball(w) for w in weights]
        least = min(range(len(balls)), key=lambda i: abs(exact_rational(balls[i])))
        others = [i for i in range(len(balls)) if i != least]
        signs = tuple(_sign(balls[i]) for i in others)
        slope = problem.loss.descent("arb")(prod(balls, start=arb(1)))
        if not (slope > 0 or slope < 0):
            raise Obstruction("the start is stationary, or cannot be told from a stationary one")
        side = prod(signs)
        direction = side if slope < 0 else -side
        # Equal sizes stay equal for ever (pair factorisation), so a tie at the start is exact.
        squares = []
        for i in others:
            a, b = weights[i], weights[least]
            c = ball((a - b) * (a + b)) if isinstance(a, Fraction) else (a - b) * (a + b)
            if problem.tied(i, least):
                c = arb(0)
            elif not c > 0:
                raise Obstruction("two weights are too close to be told apart")
            squares.append(c)
        flow = ReducedFlow(problem.loss, squares, direction * side)
        return State(flow, direction * balls[least], least, direction, signs)


def _sign(x: arb) -> int:
    if x > 0:
        return 1
    if x < 0:
        return -1
    raise Obstruction("two weights are zero, or cannot be told from zero")
