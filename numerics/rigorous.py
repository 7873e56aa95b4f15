"""Escape counts by the rigorous engine: every bound is a proof, precision raises itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from numerics import clock
from numerics.balls import precision
from numerics.centred import CentredOrbit
from numerics.exact_orbit import holds_at
from numerics.problem import Attempt, Budget, Outcome, Problem
from numerics.watch import Watch

START_BITS, MAX_BITS = 96, 6_144
# An orbit that stays undecided for this many steps is not passing a boundary but sitting on it.
_PATIENCE = 512
_STRIDE = 64
# Equalities among so many first iterates are worth rational arithmetic, once balls have failed.
_EXACT_STEPS, _EXACT_FROM = 12, 4 * START_BITS


def ball_count(
    problem: Problem, budget: Budget, ask: tuple[int, Callable[[], int]] | None = None
) -> Attempt:
    """Bound the count from both sides by following balls.

    Parameters
    ----------
    problem : Problem
    budget : Budget
        ``digits`` sets the first working precision; it doubles until the bounds agree to within
        ``width``, or :data:`MAX_BITS` is reached.
    ask : int and callable, optional
        The step at which the other, once, is asked how many there may be in all.

    Returns
    -------
    Attempt
        ``reached`` with proved bounds; ``never`` with the invariant; ``undecided`` with the best
        lower bound and the reason.
    """
    bits = max(START_BITS, budget.bits, _bits_for(problem))
    limit = max(MAX_BITS, bits)
    best: Attempt | None = None
    if ask is not None:
        ask = ask[0], cache(ask[1])
    while True:
        with precision(bits), clock.until(budget.deadline):
            run = _follow(problem, budget, bits, ask)
        best = run.attempt if best is None else best.meet(run.attempt)
        narrow = best.upper is not None and best.upper - best.lower <= budget.width
        if narrow or best.outcome == "never" or not run.sharper_helps or 2 * bits > limit:
            return best
        bits *= 2


def _bits_for(problem: Problem) -> int:
    """Bits below the smallest weight's size, since the radius is one for all weights."""
    sizes = [abs(w) for w in problem.weights if w != 0]
    spread = max(sizes) / min(sizes) if sizes else 1
    return 64 + int(spread).bit_length()


@dataclass(frozen=True)
class _Run:
    """One orbit followed at one precision, and whether more bits could do better."""

    attempt: Attempt
    sharper_helps: bool


def _follow(
    problem: Problem, budget: Budget, bits: int, ask: tuple[int, Callable[[], int]] | None
) -> _Run:
    orbit = CentredOrbit(problem.loss, problem.weights, problem.step, bits)
    first_doubt: int | None = None  # the first step at which the condition was not provably false
    watch, most = Watch(), budget.max_steps
    stride = clock.stride(problem.depth, bits, _STRIDE)
    decide = problem.decider(lambda: orbit.weights)

    def stop(outcome: Outcome, upper: int | None, reason: str | None, sharper: bool) -> _Run:
        lower = first_doubt
        if lower is None:
            lower = orbit.steps + (decision is False)
        return _Run(Attempt(lower, upper, outcome, reason, {"bits": str(bits)}), sharper)

    while True:
        t = orbit.steps
        decision = decide(orbit.product) if t else problem.holds_at_start()
        if decision is None and 0 < t <= _EXACT_STEPS and bits >= _EXACT_FROM:
            try:
                decision = holds_at(problem, t)
            except clock.Spent:
                return stop("undecided", None, "the time budget is spent", False)
        if decision is True:
            return stop("reached", t, None, first_doubt is not None)
        if decision is None:
            first_doubt = t if first_doubt is None else first_doubt
            if t - first_doubt > _PATIENCE + first_doubt // 4:
                return stop("undecided", None, f"{bits} bits do not decide {problem.until}", True)
        if first_doubt is None and watch.due(t, orbit.product):
            why = watch.look(problem, t, orbit)
            if why is not None:
                details = {"bits": str(bits), "invariant": why.name}
                return _Run(Attempt(t, None, "never", str(why), details), False)
        if t % _STRIDE == 0:
            if not orbit.healthy:
                diverged = orbit.diverged
                reason = "diverges" if diverged else "leaves the domain of the loss, or all bits go"
                return stop("undecided", None, f"the orbit {reason} by step {t}", not diverged)
            budget.report(t)
        asked = ask is not None and t == ask[0]
        if ask is not None and asked:
            with suppress(clock.Spent):  # so is the budget
                most = ask[1]() if most is None else min(most, ask[1]())
        if (asked or t % stride == 0) and budget.spent:
            return stop("undecided", None, "the time budget is spent", False)
        if most is not None and t >= most:
            return stop("undecided", None, "the step budget is spent", first_doubt is not None)
        orbit.advance_at_working_precision()
