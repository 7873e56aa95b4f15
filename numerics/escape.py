"""How many gradient-descent steps until a condition holds: one question, a registry of methods.

A method is a function from a problem and a budget to an :class:`~numerics.problem.Attempt`. Adding
one is an entry in :data:`METHODS`; ``auto`` tries the methods of :data:`AUTOMATIC` in order and
takes the first that applies.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from numerics import clock
from numerics.certified.count import certified_count
from numerics.invariants import forbidden_at_start
from numerics.loss import Loss
from numerics.problem import MAX_DIGITS, Attempt, Budget, Outcome, Problem
from numerics.rigorous import ball_count
from numerics.variants.variant import Variant
from theory.dynamics.stopping import Until
from theory.errors import InputError
from theory.exact import Exact, exact, exact_list, seconds, whole
from theory.expressions import Expression
from theory.names import one_of

Engine = Callable[[Problem, Budget], Attempt]
Rigour = Literal[
    "rigorous",
    "rigorous for the flow, not for gradient descent",
    "multiple precision, not rigorous",
    "floating point, not rigorous",
]
DEFAULT_DIGITS = 50


@dataclass(frozen=True)
class Method:
    """An engine and what may be said of its answers.

    Attributes
    ----------
    run : callable
        ``(Problem, Budget) -> Attempt``.
    rigour : str
        What the bounds rest on; printed with every answer.
    applies : callable
        Whether ``auto`` may choose it for a problem.
    discrete : bool
        Whether it speaks of gradient descent, as the theorems of :mod:`numerics.invariants` do.
    """

    run: Engine
    rigour: Rigour
    applies: Callable[[Problem], bool] = lambda problem: True
    discrete: bool = True


@dataclass(frozen=True)
class EscapeResult:
    """The count N of steps: the smallest t >= 0 with the condition true at w(t).

    Attributes
    ----------
    depth : int
    lower, upper : int and int or None
        ``lower <= N <= upper``, by the method named; ``upper`` is None when no bound is known.
    outcome : {"reached", "never", "undecided"}
    reason : str or None
        Set whenever the outcome is not ``"reached"``.
    method : str
        The engine that answered.
    rigour : str
        What its bounds rest on.
    seconds : float
        Wall time.
    details : mapping of str to str
        What the engine has to add.
    pieces : tuple of (step size, lower, upper)
        The steps taken in every piece of a schedule; empty where there is one step size.
    """

    depth: int
    lower: int
    upper: int | None
    outcome: Outcome
    reason: str | None
    method: str
    rigour: str
    seconds: float
    details: Mapping[str, str] = field(default_factory=dict)
    pieces: tuple[tuple[Fraction, int, int | None], ...] = ()

    @property
    def count(self) -> int | None:
        """The count itself where the bounds agree, else None."""
        return self.lower if self.lower == self.upper else None


def direct_count(problem: Problem, budget: Budget) -> Attempt:
    """Count by the reference engine (mpmath): many digits, no bound on rounding."""
    from numerics.reference import ReferenceOrbit  # libraries that the other methods do without

    digits = DEFAULT_DIGITS if budget.digits is None else budget.digits
    orbit = ReferenceOrbit(problem.loss, problem.weights, problem.step, digits)
    decide = problem.plain.target.decider(orbit.number)
    stride = clock.stride(problem.depth, 4 * digits, 64)
    on_product, details = problem.plain.on_product, {"digits": str(digits)}
    while True:
        t = orbit.steps
        decision = decide(orbit.product if on_product else orbit.loss)
        if t == 0:
            exactly = problem.holds_at_start()
            decision = decision if exactly is None else exactly
        if decision:
            return Attempt(t, t, "reached", None, details)
        if decision is None or orbit.context.mag(orbit.product) > 10**5:
            reason = f"the orbit diverges or leaves the domain of the loss at step {t}"
            return Attempt(t, None, "undecided", reason, details)
        if budget.max_steps is not None and t >= budget.max_steps:
            return Attempt(t + 1, None, "undecided", "the step budget is spent", details)
        if t % stride == 0 and budget.spent:
            return Attempt(t + 1, None, "undecided", "the time budget is spent", details)
        if t % 64 == 0:
            budget.report(t)
        orbit.advance()


def float_count(problem: Problem, budget: Budget) -> Attempt:
    """Count in doubles, by the vectorised engine with one start."""
    import numpy as np

    from numerics.floating import double, escape_counts

    if problem.holds_at_start():
        return Attempt(0, 0, "reached")
    start = np.array([[double(w, "weights") for w in problem.weights]])
    size = double(problem.step, "step")
    seconds = max(0.0, budget.deadline - time.process_time())
    limit = 2**62 if budget.max_steps is None else budget.max_steps
    counts, reached = escape_counts(
        problem.loss, start, size, problem.plain, limit, seconds, budget.tick
    )
    t = int(counts[0])
    if reached[0]:
        return Attempt(t, t, "reached")
    reason = "the time budget is spent"
    if t > limit:
        reason = "the step budget is spent"
    elif not budget.spent:
        reason = f"the orbit leaves the range of doubles at step {t}"
    return Attempt(t, None, "undecided", reason)


def _variant_count(problem: Problem, variant: Variant, budget: Budget) -> Attempt:
    from numerics.variants.count import variant_count  # NumPy, which plain counts do without

    return variant_count(problem, variant, budget)


def _worst_count(problem: Problem, losses: list[Loss], noise: Exact, budget: Budget) -> Attempt:
    from numerics.variants.worst import noisy, worst_count

    return worst_count(problem, [f for loss in losses for f in noisy(loss, noise)], budget)


def _flow_count(problem: Problem, budget: Budget) -> Attempt:
    from numerics.flow_time import flow_count

    return flow_count(problem, budget)


METHODS: dict[str, Method] = {
    "certified": Method(certified_count, "rigorous"),
    "ball": Method(ball_count, "rigorous"),
    "direct": Method(direct_count, "multiple precision, not rigorous"),
    "float": Method(float_count, "floating point, not rigorous"),
    "flow": Method(_flow_count, "rigorous for the flow, not for gradient descent", discrete=False),
}
AUTOMATIC: list[str] = ["certified"]


def escape(
    loss: str | Expression | Loss,
    weights: str | Iterable[Exact],
    step: Exact,
    until: str | Until,
    method: str = "auto",
    digits: int | None = None,
    max_steps: int | None = None,
    max_seconds: float | None = 60.0,
    width: int = 0,
    tick: Callable[[int], None] | None = None,
    residual: bool = False,
    clip: Exact | None = None,
    decay: Exact = 0,
    momentum: Exact = 0,
    others: Iterable[str | Expression | Loss] = (),
    noise: Exact = 0,
) -> EscapeResult:
    """Count gradient-descent steps on F(w) = f(w_1 ... w_k) until a condition holds.

    Parameters
    ----------
    loss : str, Expression or Loss
        f as a formula in p, the product of the weights.
    weights : str or iterable of exact numbers, shape (k,)
        The start. Decimals and ratios as text are exact; floats are refused.
    step : exact number or str
        The step size, positive; or a schedule ``"SIZE:STEPS, ..., SIZE"``.
    until : str, StopCondition or Joined
        See :func:`theory.dynamics.stopping.parse_until`.
    method : str
        ``"auto"`` (a rigorous one), ``"certified"`` (rigorous, at any size of the count),
        ``"ball"`` (rigorous, step by step), ``"direct"`` (mpmath), ``"float"``, or ``"flow"``:
        the time of gradient flow in steps, which is not a count of gradient descent.
    digits : int, optional
        Working precision in decimal digits; rigorous methods raise it by themselves.
    max_steps, max_seconds : optional
        The budget, in steps and in seconds of CPU time; when it ends the answer is
        ``"undecided"`` with the best bounds so far. None: no limit.
    width : int
        The largest ``upper - lower`` that is good enough.
    tick : callable, optional
        Told now and then how many steps have been taken.
    residual : bool
        F(w) = f(prod (1 + w_i)) instead: gradient descent on the weights 1 + w_i, step for step,
        as the gradients are the same.
    clip : exact number, optional
        The largest norm of the gradient that is taken as it is; a longer one is shortened to it.
    decay : exact number
        lambda: the gradient of ``(lambda/2) |w|**2`` is added, after clipping.
    momentum : exact number
        beta of the heavy ball, from rest.
    others : iterable of losses
        Every step is on one of these or on ``loss``, in any order: bounds that hold for all orders.
    noise : exact number
        Every step takes ``f'(p) + xi`` for f'(p), with any ``|xi| <= noise``: bounds for all.

    Returns
    -------
    EscapeResult

    Raises
    ------
    InputError
        For bad input, naming the argument.

    Examples
    --------
    >>> escape("(p+1)**2/2", "0.3,-1.2,0.7", "0.05", "abs(p+1) <= 1/2").count
    7
    """
    began = time.monotonic()
    max_steps = None if max_steps is None else whole(max_steps, "max-steps", 0)
    max_seconds = None if max_seconds is None else seconds(max_seconds, "max-seconds")
    digits = None if digits is None else whole(digits, "digits", 1, MAX_DIGITS)
    width = whole(width, "width", 0)
    if not isinstance(residual, bool):
        raise InputError("residual", "True or False is wanted")
    if isinstance(others, str) or not isinstance(others, Iterable):
        raise InputError("others", "a list of losses is wanted")
    start = exact_list(weights, "weights")
    variant = Variant.of(step, clip, decay, momentum, int(residual))
    size = variant.pieces[0].step
    problem = Problem.of(loss, [1 + w for w in start] if residual else start, size, until)
    deadline = math.inf if max_seconds is None else time.process_time() + max_seconds
    budget = Budget(max_steps, deadline, digits, width, tick)
    chosen = _choose(method, problem)
    losses = [problem.loss, *map(Loss.of, others)]
    worst = len(losses) > 1 or exact(noise, "noise") != 0
    if digits is not None and (worst or chosen == "float"):
        raise InputError("digits", "none can be chosen for doubles, several losses, or noise")
    if width and chosen in ("direct", "float"):
        raise InputError("width", "only rigorous methods have a lower and an upper bound")
    if worst or not variant.plain:
        if method not in ("auto", "certified"):
            raise InputError("method", "this setting has one method: auto, or certified")
        at_once = None
        if not worst:
            attempt = _variant_count(problem, variant, budget)
        elif variant.plain:
            attempt = _worst_count(problem, losses, noise, budget)
        else:
            raise InputError("step", "several losses, or noise, take one step size and no more")
    else:
        at_once = _at_once(problem) if METHODS[chosen].discrete else None
        attempt = at_once or METHODS[chosen].run(problem, budget)
    return EscapeResult(
        depth=problem.depth,
        lower=attempt.lower,
        upper=attempt.upper,
        outcome=attempt.outcome,
        reason=attempt.reason,
        method=chosen,
        rigour="rigorous" if at_once else METHODS[chosen].rigour,
        seconds=time.monotonic() - began,
        details=attempt.details,
        pieces=_pieces(variant, attempt),
    )


def _pieces(variant: Variant, attempt: Attempt) -> tuple[tuple[Fraction, int, int | None], ...]:
    """Split the count among the pieces of a schedule."""
    if len(variant.pieces) == 1:
        return ()
    lower = variant.parts(attempt.lower)
    if attempt.upper is None:
        upper: list[int | None] = [p.steps for p in variant.pieces]
    else:
        upper = list(variant.parts(attempt.upper))
    return tuple(
        (piece.step, low, high)
        for piece, low, high in zip(variant.pieces, lower, upper, strict=True)
    )


def _choose(method: str, problem: Problem) -> str:
    if method == "auto":
        return next(name for name in AUTOMATIC if METHODS[name].applies(problem))
    return one_of(method, "method", ("auto", *METHODS))


def _at_once(problem: Problem) -> Attempt | None:
    """Answers that need no steps: true at the start, or forbidden by an invariant (exact)."""
    at_start = problem.holds_at_start()
    if at_start:
        return Attempt(0, 0, "reached")
    if at_start is None:
        return None  # a theorem about what comes later says nothing about w(0)
    why = forbidden_at_start(problem)
    if why is None:
        return None
    return Attempt(0, None, "never", str(why), {"invariant": why.name})
