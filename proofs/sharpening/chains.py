"""Constants flow: a chain of steps is re-optimised, and every step proved again.

Floats propose (SciPy's SLSQP on the steps, each looked at in a few hundred points of its
variables), rationals are rounded from them, and the prover decides each step at the rationals. So
a better constant is reported only with a certificate for every step; which step binds, and that no
better constants were found, is what the floats say.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from proofs.evidence.verdicts import Counterexample, Evidence, Verdict
from proofs.refutation.refute import refute
from proofs.search import prove, reading
from proofs.search.floats import function, samples, value
from theory.chains import Chain, Step
from theory.errors import InputError

Doubles = NDArray[np.float64]
_POINTS = 80
_SHORT = 1e-3
_NEAR = 1e-5
"""A step whose slack is this small at the optimum, relative to its sides, may bind."""
_GIVE = ((1e-5, 6), (1e-4, 5), (5e-4, 4), (2e-3, 4), (1e-2, 3), (3e-2, 3))
"""How far from the optimum of floats the objective is put, in how many digits: the first proved."""
_STARTS = 4


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
    limit : float
        Where the float optimum of the objective lies: what this chain can give at all.
    steps : tuple of StepState
        At ``values``, proved.
    binding : tuple of str
        The steps without which the others would allow a better optimum.
    """

    chain: Chain
    values: Mapping[str, Fraction]
    limit: float
    steps: tuple[StepState, ...]
    binding: tuple[str, ...]

    @property
    def proved(self) -> bool:
        """Whether every step has a certificate."""
        return all(s.verdict is Verdict.PROVED for s in self.steps)

    @property
    def improved(self) -> bool:
        """Whether the objective is better than in the file."""
        name = self.chain.objective
        return self.chain.better(self.values[name], self.chain.constants[name])


class _Slacks:
    """The steps in floating point: one slack for each step and sampled point."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.parts = [_looks(step, chain.values) for step in chain.steps]

    def all(self, values: Mapping[str, float]) -> Doubles:
        return np.array([f(values) for part in self.parts for f in part])

    def least(self, values: Mapping[str, float]) -> list[float]:
        return [min(f(values) for f in part) for part in self.parts]


def _looks(
    step: Step, values: Mapping[str, Fraction]
) -> list[Callable[[Mapping[str, float]], float]]:
    """The relative slack of a step at sampled points, as functions of the constants."""
    goal = reading(step.open(values))
    target = function(goal.target)
    left, right = (function(part) for part in _sides(goal.target))
    facts = [function(e) for e, _ in goal.facts.values()]
    here = {n: float(v) for n, v in values.items()}
    own = reading(step.at(values))
    points = list(samples(own, _POINTS)) if step.variables else [{}]
    points = [p for p in points if all(not value(f, {**here, **p}) < 0 for f in facts)]
    points = [p for p in points if math.isfinite(value(target, {**here, **p}))]
    if not points:
        raise InputError(f"step.{step.name}", "no point satisfies its hypotheses")

    def look(point: Mapping[str, float]) -> Callable[[Mapping[str, float]], float]:
        def slack(constants: Mapping[str, float]) -> float:
            at = {**constants, **point}
            found = value(target, at)
            size = abs(value(left, at)) + abs(value(right, at))
            return -1.0 if math.isnan(found) else found / size if size > 0 else found

        return slack

    return [look(p) for p in points]


def _sides(target: object) -> tuple:  # type: ignore[type-arg]
    head, parts = target.head, target.parts  # type: ignore[attr-defined]
    return (parts[0], parts[1]) if head == "-" and len(parts) == 2 else (target, target)


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
    slacks = _Slacks(chain)
    old = {n: float(v) for n, v in chain.values.items()}
    failing = [s.name for s, m in zip(chain.steps, slacks.least(old), strict=True) if m < -1e-9]
    if failing:
        raise InputError(f"step.{failing[0]}", "it fails at the constants of the file")
    best = _optimum(chain, slacks)
    name = chain.objective
    binding = _binding(chain, slacks, best)
    for give, digits in _GIVE:
        values = _rounded(chain, slacks, best, give, digits)
        if values is None or not chain.better(values[name], chain.constants[name]):
            continue
        steps = _proved(chain, values, slacks, budget)
        if all(s.verdict is Verdict.PROVED for s in steps):
            return Sharpened(chain, values, best[name], steps, binding)
    steps = _proved(chain, chain.values, slacks, budget)
    return Sharpened(chain, chain.values, best[name], steps, binding)


def change(chain: Chain, changes: Mapping[str, Fraction], budget: float = 20.0) -> Sharpened:
    """Put other constants in, and say which steps hold: proved, refuted or undecided.

    Raises
    ------
    InputError
        For a name that is no constant of the chain.
    """
    for name in changes:
        if name not in chain.values:
            known = ", ".join(chain.values)
            raise InputError("--set", f"{name[:40]!r} is no constant of it (known: {known})")
    values = {**chain.values, **changes}
    slacks = _Slacks(chain)
    steps = []
    for state in _proved(chain, values, slacks, budget):
        found = None
        if state.verdict is not Verdict.PROVED:
            found = refute(state.step.at(values), budget)
        steps.append(StepState(state.step, state.slack, state.evidence, found))
    return Sharpened(chain, values, float(values[chain.objective]), tuple(steps), ())


def _optimum(chain: Chain, slacks: _Slacks) -> dict[str, float]:
    """The best objective that the steps allow, in floating point."""
    names = [chain.objective, *chain.free]
    start = {n: float(v) for n, v in chain.values.items()}
    sign = 1.0 if chain.minimise else -1.0
    random, best = np.random.default_rng(0), start
    for attempt in range(_STARTS):
        wobble = np.ones(len(names)) if not attempt else random.uniform(0.8, 1.25, len(names))
        x = _slsqp(lambda x: sign * x[0], slacks.all, names, start, wobble)
        found = {**start, **_point(names, start, x)}
        if min(slacks.least(found)) < -1e-7:
            continue
        if sign * found[chain.objective] < sign * best[chain.objective]:
            best = found
    return best


def _binding(chain: Chain, slacks: _Slacks, best: Mapping[str, float]) -> tuple[str, ...]:
    """The tight steps whose absence would let the objective improve: one linear programme each."""
    from scipy.optimize import linprog  # an extra, which constants of single claims do without

    names = [chain.objective, *chain.free]
    here = slacks.all(best)
    columns = []
    for name in names:
        size = abs(best[name])
        moved = slacks.all({**best, name: best[name] + 1e-6 * size})
        columns.append((moved - here) / 1e-6)
    slopes = np.array(columns).T
    owner = np.repeat(np.arange(len(slacks.parts)), [len(part) for part in slacks.parts])
    sign = 1.0 if chain.minimise else -1.0
    cost = np.array([sign, *[0.0] * len(chain.free)])

    def gain(kept: NDArray[np.bool_]) -> float:
        """By how much a short step improves the objective, the kept slacks staying positive."""
        limits = {"A_ub": -slopes[kept], "b_ub": np.maximum(here[kept], 0)} if kept.any() else {}
        step = linprog(cost, bounds=[(-_SHORT, _SHORT)] * len(names), **limits)
        return -float(step.fun) if step.status == 0 else 0.0

    usual = gain(np.full(len(here), True))
    tight = sorted(set(owner[here < _NEAR].tolist()))
    return tuple(chain.steps[i].name for i in tight if gain(owner != i) > usual + _SHORT / 100)


def _rounded(
    chain: Chain, slacks: _Slacks, best: Mapping[str, float], give: float, digits: int
) -> dict[str, Fraction] | None:
    """Rationals near the optimum: the objective given way a little, the rest as deep as can be."""
    target = best[chain.objective] * (1 + give if chain.minimise else 1 - give)
    objective = _short(target, digits, up=chain.minimise)
    fixed = {**best, chain.objective: float(objective)}
    names = list(chain.free)
    if names:
        wide = [*names, "__room"]

        def inside(values: Mapping[str, float]) -> Doubles:
            found = slacks.all({**fixed, **values})
            return np.asarray(found - (values["__room"] - 1.0))

        start = {**{n: fixed[n] for n in names}, "__room": 1.0}
        x = _slsqp(lambda x: -x[-1], inside, wide, start, np.ones(len(wide)))
        fixed |= {n: v for n, v in _point(wide, start, x).items() if n in names}
    for short in (3, 4, 5, 7):
        rounded = {n: _short(fixed[n], short) for n in names}
        values = {**chain.constants, **rounded, chain.objective: objective}
        if min(slacks.least({n: float(v) for n, v in values.items()})) > -1e-13:
            return values
    return None


def _proved(
    chain: Chain, values: Mapping[str, Fraction], slacks: _Slacks, budget: float
) -> tuple[StepState, ...]:
    floats = {n: float(v) for n, v in values.items()}
    return tuple(
        StepState(step, slack, prove(step.at(values), budget))
        for step, slack in zip(chain.steps, slacks.least(floats), strict=True)
    )


def _slsqp(
    objective: Callable[[Doubles], float],
    slacks: Callable[[Mapping[str, float]], Doubles],
    names: Sequence[str],
    start: Mapping[str, float],
    wobble: Doubles,
) -> Doubles:
    """Minimise over multiples of the start, every slack at least zero."""
    from scipy.optimize import minimize

    with np.errstate(all="ignore"):
        found = minimize(
            objective,
            wobble,
            method="SLSQP",
            bounds=[(0.02, 50.0)] * len(names),
            constraints={
                "type": "ineq",
                "fun": lambda x: slacks({**start, **_point(names, start, x)}),
            },
            options={"maxiter": 200, "ftol": 1e-12},
        )
    return np.asarray(found.x)


def _point(names: Sequence[str], start: Mapping[str, float], x: Doubles) -> dict[str, float]:
    return {n: start[n] * float(v) for n, v in zip(names, x, strict=True)}


def _short(x: float, digits: int, up: bool | None = None) -> Fraction:
    """A rational with so many significant digits: the nearest, or rounded up or down."""
    unit = Fraction(10) ** (math.floor(math.log10(abs(x))) + 1 - digits)
    scaled = Fraction(x) / unit
    whole = round(scaled) if up is None else math.ceil(scaled) if up else math.floor(scaled)
    return whole * unit
