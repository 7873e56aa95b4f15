"""The escape problem, its budget, and what an engine hands back."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from flint import arb, ctx

from numerics.balls import ball, exact_product, precision
from numerics.clock import Spent
from numerics.conditions import holds, holds_exactly
from numerics.loss import Loss
from theory.dynamics.stopping import StopCondition, Until, parse_until
from theory.errors import InputError
from theory.exact import Exact, exact, exact_list
from theory.expressions import Expression

Outcome = Literal["reached", "never", "undecided"]
MAX_DEPTH = 10_000
MAX_DIGITS = 100_000


@dataclass(frozen=True)
class Problem:
    """Gradient descent on f(w_1 ... w_k) from an exact start until a condition holds.

    Attributes
    ----------
    loss : Loss
    weights : tuple of Fraction, shape (k,)
        The start, exactly.
    step : Fraction
        The step size, positive.
    until : StopCondition or Joined
    """

    loss: Loss
    weights: tuple[Fraction, ...]
    step: Fraction
    until: Until

    def __post_init__(self) -> None:
        if not all(type(x) is Fraction for x in (*self.weights, self.step)):
            raise InputError("weights and step", "fractions are wanted; Problem.of reads text")

    @classmethod
    def of(
        cls,
        loss: str | Expression | Loss,
        weights: str | Iterable[Exact],
        step: Exact,
        until: str | Until,
    ) -> Problem:
        """Read a problem from text and exact numbers.

        Raises
        ------
        InputError
            For malformed input, no weights or too many, a step that is not positive, a loss
            without a first derivative.
        """
        made = cls(
            Loss.of(loss), exact_list(weights, "weights"), exact(step, "step"), parse_until(until)
        )
        if len(made.weights) > MAX_DEPTH:
            raise InputError("weights", f"more than {MAX_DEPTH} of them")
        if made.step <= 0:
            raise InputError("step", "a positive step size is wanted")
        made.loss.slope("arb")  # refuses a loss that has no usable derivative, before any work
        return made

    @property
    def depth(self) -> int:
        """The number of weights, k."""
        return len(self.weights)

    @cached_property
    def product(self) -> Fraction:
        """The product of the weights at the start."""
        return exact_product(self.weights)

    @property
    def plain(self) -> StopCondition:
        """The condition, where it is one comparison of p or f.

        Raises
        ------
        InputError
            Where it is more: only rigorous methods decide that.
        """
        if isinstance(self.until, StopCondition):
            return self.until
        raise InputError("until", "this method takes one comparison of p or f")

    @property
    def _decider(self) -> Callable[[arb], bool | None]:
        """Decide a comparison of p or f, with the ends of the target as balls of this precision."""
        known = self._deciders.get(ctx.prec)
        if known is None:
            known = self._deciders[ctx.prec] = self.plain.target.decider(ball)
        return known

    @cached_property
    def _deciders(self) -> dict[int, Callable[[arb], bool | None]]:
        return {}

    def tied(self, i: int, j: int) -> bool:
        """Whether two weights are exactly of the same size at the start, and so for ever."""
        return abs(self.weights[i]) == abs(self.weights[j])

    def holds(self, product: arb, weights: Callable[[], Sequence[arb]]) -> bool | None:
        """Decide the condition in balls, at a state whose weights are asked for if needed."""
        return self.decider(weights)(product)

    def decider(self, weights: Callable[[], Sequence[arb]]) -> Callable[[arb], bool | None]:
        """Return :meth:`holds` as a function of the product, for many states at one precision."""
        until = self.until
        if isinstance(until, StopCondition) and until.quantity in ("p", "f"):
            decide = self._decider
            if until.on_product:
                return decide
            value = self.loss.value("arb")
            return lambda product: decide(value(product))
        return lambda product: holds(self.loss, until, product, lambda: [w * w for w in weights()])

    def holds_at_start(self) -> bool | None:
        """Decide the condition at w(0): over the rationals, else in balls; None if neither can."""
        return self._held

    @cached_property
    def _held(self) -> bool | None:
        try:
            decision = holds_exactly(self.loss, self.until, self.weights, self.product)
        except ZeroDivisionError:
            return None
        for bits in (64, 256, 1024):
            if decision is not None:
                break
            with precision(bits):
                decision = self.holds(ball(self.product), lambda: [ball(w) for w in self.weights])
        return decision


@dataclass(frozen=True)
class Budget:
    """How much an engine may spend.

    Attributes
    ----------
    max_steps : int or None
        Steps that are followed one by one; engines that skip steps do not count the skipped ones.
    deadline : float
        On the clock of ``time.process_time``: seconds of CPU time.
    digits : int or None
        Decimal digits of the (first) working precision; None leaves it to the engine.
    width : int
        The largest upper - lower that is good enough to stop.
    tick : callable or None
        Told now and then how many steps have been taken.
    """

    max_steps: int | None = None
    deadline: float = math.inf
    digits: int | None = None
    width: int = 0
    tick: Callable[[int], None] | None = None

    @property
    def bits(self) -> int:
        """The digits as bits, 0 if they are left to the engine."""
        return 0 if self.digits is None else math.ceil(self.digits * math.log2(10)) + 1

    @property
    def spent(self) -> bool:
        """Whether the time is over."""
        return time.process_time() > self.deadline

    def check(self) -> None:
        """Raise :class:`Spent` if the time is over: for what is long between two steps."""
        if self.spent:
            raise Spent

    def report(self, steps: int) -> None:
        """Tell whoever watches how many steps have been taken."""
        if self.tick is not None:
            self.tick(steps)


@dataclass(frozen=True)
class Attempt:
    """What one engine found: the count N satisfies lower <= N <= upper, if it exists.

    Attributes
    ----------
    lower : int
    upper : int or None
        None: no bound is known.
    outcome : {"reached", "never", "undecided"}
    reason : str or None
        Why, whenever the outcome is not ``"reached"``.
    details : mapping of str to str
        What else is worth printing: precision, corrections, the name of an invariant.
    """

    lower: int
    upper: int | None
    outcome: Outcome
    reason: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "details", MappingProxyType(dict(self.details)))
        assert (self.outcome == "reached") == (self.upper is not None)
        assert self.outcome == "reached" or self.reason

    def meet(self, other: Attempt) -> Attempt:
        """Combine two rigorous attempts at the same problem: the better bound on either side."""
        if "never" in (self.outcome, other.outcome):
            return self if self.outcome == "never" else other
        lower = max(self.lower, other.lower)
        uppers = [a.upper for a in (self, other) if a.upper is not None]
        upper = min(uppers) if uppers else None
        outcome: Outcome = "undecided" if upper is None else "reached"
        return Attempt(
            lower, upper, outcome, None if uppers else other.reason or self.reason, other.details
        )
