"""Constants flow: a chain of steps is re-optimised, and every step proved again.

Where a constant is put in by hand, the free parameters are re-optimised for it before the chain is
said to fall.

Floats propose (:mod:`proofs.sharpening.optimum`), rationals are rounded from them, and the prover
decides each step at the rationals. So a better constant is reported only with a certificate for
every step; which step binds, and that no better constants were found, is what the floats say.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from proofs.evidence.verdicts import Counterexample, Evidence, Verdict
from proofs.refutation.refute import refute
from proofs.search import prove
from proofs.sharpening.optimum import SHORT, Slacks, binding, deepest, optimum
from theory.chains import Chain, Step
from theory.errors import InputError

_SURE = -1e-13
"""Floats take a step to hold from here on: some are equalities."""
_GIVE = ((1e-5, 6), (1e-4, 5), (5e-4, 4), (2e-3, 4), (1e-2, 3), (3e-2, 3))
"""How far from the optimum of floats the objective is put, in how many digits: the first proved."""


@dataclass(frozen=True)
class StepState:
    """One step at given constants.

    Attributes
    ----------
    step : Step
    slack : float
        Its least relative slack, in floating point; negative where it fails.
    evidence : Evidence or None
        PROVED with a certificate; None where it was not tried.
    counterexample : Counterexample or None
        An exact point at which it fails.
    """

    step: Step
    slack: float
    evidence: Evidence | None = None
    counterexample: Counterexample | None = None

    @property
    def verdict(self) -> Verdict:
        """PROVED, REFUTED or UNDECIDED."""
        if self.counterexample is not None:
            return Verdict.REFUTED
        return Verdict.UNDECIDED if self.evidence is None else self.evidence.verdict


@dataclass(frozen=True)
class Sharpened:
    """Better constants for a chain.

    Attributes
    ----------
    chain : Chain
    values : mapping of str to Fraction
        All constants, old where no better ones were proved.
    limit : float or None
        Where the float optimum of the objective lies: what this chain can give at all; None if
        floats found no values at which every step holds, whatever the objective.
    steps : tuple of StepState
        At ``values``.
    binding : tuple of str
        The steps without which the others would allow a better optimum.
    """

    chain: Chain
    values: Mapping[str, Fraction]
    limit: float | None
    steps: tuple[StepState, ...]
    binding: tuple[str, ...]

    @property
    def proved(self) -> bool:
        """Whether every step has a certificate."""
        return all(s.verdict is Verdict.PROVED for s in self.steps)

    @property
    def fails(self) -> bool:
        """Whether some step is refuted, no free values having been found at which all hold."""
        return any(s.verdict is Verdict.REFUTED for s in self.steps)

    @property
    def improved(self) -> bool:
        """Whether the objective is better than in the file."""
        name = self.chain.objective
        return self.chain.better(self.values[name], self.chain.constants[name])


def sharpen_chain(chain: Chain, budget: float = 20.0) -> Sharpened:
    """Re-optimise a chain and prove every step at the new constants.

    Parameters
    ----------
    chain : Chain
    budget : float
        CPU seconds for each step.

    Returns
    -------
    Sharpened
        With the constants of the file if no better ones were proved.

    Raises
    ------
    InputError
        If the chain does not hold as it stands, up to rounding errors.
    """
    slacks = Slacks(chain)
    old = {n: float(v) for n, v in chain.values.items()}
    failing = [s.name for s, m in zip(chain.steps, slacks.each(old), strict=True) if m < -1e-9]
    if failing:
        raise InputError(f"step.{failing[0]}", "it fails at the constants of the file")
    best = optimum(chain, slacks, old)
    name = chain.objective
    tight = binding(chain, slacks, best)
    for give, digits in _GIVE:
        target = best[name] * (1 + give if chain.minimise else 1 - give)
        objective = _short(target, digits, up=chain.minimise)
        deep = deepest(chain, slacks, {**best, name: float(objective)})
        values = _rounded(chain, slacks, deep, {**chain.constants, name: objective})
        if values is None or not chain.better(values[name], chain.constants[name]):
            continue
        steps = _proved(chain, values, slacks, budget)
        if all(s.verdict is Verdict.PROVED for s in steps):
            return Sharpened(chain, values, best[name], steps, tight)
    steps = _proved(chain, chain.values, slacks, budget)
    return Sharpened(chain, chain.values, best[name], steps, tight)


def change(chain: Chain, changes: Mapping[str, Fraction], budget: float = 20.0) -> Sharpened:
    """Put other constants in, and say whether the chain holds with them.

    The free parameters that were not put in are those of the file if every step is proved with
    them, and are re-optimised if not. Only if no values of theirs are found does the chain fall.

    Parameters
    ----------
    chain : Chain
    changes : mapping of str to Fraction
    budget : float
        CPU seconds for each step.

    Returns
    -------
    Sharpened
        With every step proved; or, where some fails, refuted or undecided at the free parameters
        of the file. ``limit`` and ``binding`` are about the objective with the other changes.

    Raises
    ------
    InputError
        For a name that is no constant of the chain, and a value that leaves it nothing to say.
    """
    for name, number in changes.items():
        if name not in chain.values:
            known = ", ".join(chain.values)
            raise InputError("--set", f"{name[:40]!r} is no constant of it (known: {known})")
        # Constants are sizes: who allows steps of at most -1 says nothing.
        if number <= 0 < chain.values[name]:
            raise InputError("--set", f"{name} is a size: a positive number is wanted")
        if not 1e-99 < abs(number) < 1e99 and number:
            raise InputError("--set", f"{name} is too large or too small")
    slacks = Slacks(chain)
    free = {n: v for n, v in chain.free.items() if n not in changes}
    others = {n: v for n, v in chain.values.items() if n not in free}
    moved = replace(chain, constants={**others, **changes}, free=free)
    start = {n: float(v) for n, v in moved.values.items()}
    holds = slacks.least(start) > _SURE
    deep = start if holds and not free else deepest(moved, slacks, start)
    best = optimum(moved, slacks, deep)
    limit, tight = _end(moved, slacks, best)
    if slacks.least(deep) < 0 and limit is not None:  # where the objective is best, others may do
        deep = deepest(moved, slacks, {**best, chain.objective: start[chain.objective]})
    for values in (moved.values if holds else None, _rounded(moved, slacks, deep, moved.constants)):
        if values is None:
            continue
        steps = _proved(chain, values, slacks, budget)
        if all(s.verdict is Verdict.PROVED for s in steps):
            return Sharpened(chain, values, limit, steps, tight)
    steps = tuple(
        s
        if s.verdict is Verdict.PROVED
        else replace(s, counterexample=refute(s.step.at(moved.values), budget))
        for s in _proved(chain, moved.values, slacks, budget)
    )
    return Sharpened(chain, moved.values, limit, steps, tight)


def _end(
    chain: Chain, slacks: Slacks, best: Mapping[str, float]
) -> tuple[float | None, tuple[str, ...]]:
    """How far the objective can go, and which steps bind there; or which leave no room at all."""
    if slacks.least(best) > -SHORT:
        return best[chain.objective], binding(chain, slacks, best)
    if not chain.free:
        least = zip(chain.steps, slacks.each(best), strict=True)
        return None, tuple(step.name for step, slack in least if slack < -SHORT)
    return None, binding(chain, slacks, best, room=True)


def _rounded(
    chain: Chain, slacks: Slacks, deep: Mapping[str, float], constants: Mapping[str, Fraction]
) -> dict[str, Fraction] | None:
    """Rationals with few digits for the free parameters, if every step keeps its slack."""
    for short in (3, 4, 5, 7):
        values = {**constants, **{n: _short(deep[n], short) for n in chain.free}}
        if slacks.least({n: float(v) for n, v in values.items()}) > _SURE:
            return values
    return None


def _proved(
    chain: Chain, values: Mapping[str, Fraction], slacks: Slacks, budget: float
) -> tuple[StepState, ...]:
    floats = {n: float(v) for n, v in values.items()}
    return tuple(
        StepState(step, slack, prove(step.at(values), budget))
        for step, slack in zip(chain.steps, slacks.each(floats), strict=True)
    )


def _short(x: float, digits: int, up: bool | None = None) -> Fraction:
    """A rational with so many significant digits: the nearest, or rounded up or down."""
    if x == 0:
        return Fraction(0)
    unit = Fraction(10) ** (math.floor(math.log10(abs(x))) + 1 - digits)
    scaled = Fraction(x) / unit
    whole = round(scaled) if up is None else math.ceil(scaled) if up else math.floor(scaled)
    return whole * unit
