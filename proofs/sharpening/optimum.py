"""What floats say about a chain: how deep its free parameters lie, how far its objective can go.

Each step is looked at in a few hundred points of its variables. The values climb by linear
programmes: slopes of all slacks, a short move, a shorter one if it was none. Nothing is proved.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from proofs.core.terms import Term, number
from proofs.search import reading
from proofs.search.floats import function, rounded, samples, value
from theory.chains import Chain, Step
from theory.errors import InputError

Doubles = NDArray[np.float64]
Values = Mapping[str, float]
SHORT = 1e-7
"""By how much a step may fail at an optimum of floats."""
_POINTS = 80
_NEAR = 1e-5
"""A step whose slack is this small at the optimum, relative to its sides, may bind."""
_MOVE = 1e-3
_STARTS = 4
_AGREE = 1e-7
"""Two starts that come as near to each other as that have found it."""
_CLIMBS = 80
_FAR = 4.0
"""How far a value may go from where it is in the file, in its logarithm."""
_DEAR = 1e3
"""What a unit of slack below zero costs, in units of the objective's logarithm."""
_ROOM = ""
"""The objective of those who want all slacks large."""


class Slacks:
    """The steps in floating point: one relative slack for each step and sampled point."""

    def __init__(self, chain: Chain) -> None:
        self.parts = [_looks(step, chain.values) for step in chain.steps]
        sizes = [len(part({n: float(v) for n, v in chain.values.items()})) for part in self.parts]
        self.owner = np.repeat(np.arange(len(self.parts)), sizes)

    def all(self, values: Values) -> Doubles:
        """Of every step at every point."""
        return np.concatenate([part(values) for part in self.parts])

    def each(self, values: Values) -> list[float]:
        """The least slack of each step."""
        return [float(part(values).min()) for part in self.parts]

    def least(self, values: Values) -> float:
        """The least of all."""
        return min(self.each(values))

    def slopes(self, values: Values, names: Sequence[str], here: Doubles) -> Doubles:
        """How each slack changes with the logarithms of some values."""
        columns = [
            (self.all({**values, n: values[n] * math.exp(1e-6)}) - here) / 1e-6 for n in names
        ]
        return np.array(columns).T.reshape(len(here), len(names))


def _looks(step: Step, values: Mapping[str, Fraction]) -> Callable[[Values], Doubles]:
    """The relative slacks of a step at sampled points, as a function of the constants."""
    goal = reading(step.open(values))
    left, right = _sides(goal.target)
    facts = [function(e) for e, _ in goal.facts.values()]
    target = function(goal.target)
    here = {n: float(v) for n, v in values.items()}
    own = reading(step.at(values))
    points = list(samples(own, _POINTS)) if step.variables else [{}]
    points = [p for p in points if all(not value(f, {**here, **p}) < 0 for f in facts)]
    points = [p for p in points if math.isfinite(value(target, {**here, **p}))]
    if not points:
        raise InputError(f"step.{step.name}", "no point satisfies its hypotheses")
    size = len(points)
    columns = {n: np.array([p[n] for p in points]) for n in points[0]}

    def slacks(constants: Values) -> Doubles:
        at = {**{n: np.full(size, v) for n, v in constants.items()}, **columns}
        with np.errstate(all="ignore"):
            a, b = (rounded(part, at, size)[0] for part in (left, right))
            both = np.abs(a) + np.abs(b)
            found = (a - b) / np.where(both > 0, both, 1.0)
        return np.where(np.isnan(found), -1.0, found)

    return slacks


def _sides(target: Term) -> tuple[Term, Term]:
    """What is claimed to be larger, and than what."""
    if target.head == "-" and len(target.parts) == 2:
        return target.parts[0], target.parts[1]
    return target, number(0)


def deepest(chain: Chain, slacks: Slacks, fixed: Values) -> dict[str, float]:
    """The free parameters as deep inside of the steps as can be, the constants staying put."""
    best, room = dict(fixed), slacks.least(fixed)
    for start in _starts(fixed, chain.free) if chain.free else ():
        found = _climb(slacks, start, chain.free, _ROOM, 1.0)
        old, new = room, slacks.least(found)
        if new > room:
            best, room = found, new
        if room > 0 or abs(new - old) < _AGREE:
            break
    return best


def optimum(chain: Chain, slacks: Slacks, start: Values) -> dict[str, float]:
    """The best objective that the steps allow; the start if none is found that they allow."""
    name, sign = chain.objective, 1.0 if chain.minimise else -1.0
    best, held = dict(start), slacks.least(start) > -SHORT
    if not start[name]:
        return best
    for begin in _starts(start, (name, *chain.free)):
        found = _climb(slacks, begin, (name, *chain.free), name, sign)
        if slacks.least(found) <= -SHORT:
            continue
        agree = held and abs(found[name] / best[name] - 1) < _AGREE
        if not held or sign * found[name] < sign * best[name]:
            best, held = found, True
        if agree:
            break
    return best


def binding(chain: Chain, slacks: Slacks, best: Values, room: bool = False) -> tuple[str, ...]:
    """The tight steps whose absence would let the objective improve: one linear programme each.

    With ``room`` the objective is the least slack of all, and only free parameters move.
    """
    names = [*chain.free] if room else [chain.objective, *chain.free]
    here = slacks.all(best)
    slopes = slacks.slopes(best, names, here)
    least = here.min() if room else 0.0
    name, sign = (_ROOM, 1.0) if room else (chain.objective, 1.0 if chain.minimise else -1.0)

    def gain(kept: NDArray[np.bool_]) -> float:
        """By how much a short step improves the objective, the kept slacks staying positive."""
        ends = here[kept] if room else np.maximum(here[kept], 0)
        bounds = [(-_MOVE, _MOVE)] * len(names)
        move, lost = _step(slopes[kept], ends, bounds, names, name, sign)
        return -lost if room else -sign * move[0]

    usual = gain(np.full(len(here), True))
    tight = sorted(set(slacks.owner[here < least + _NEAR].tolist()))
    return tuple(
        chain.steps[i].name for i in tight if gain(slacks.owner != i) > usual + _MOVE / 100
    )


def _starts(values: Values, names: Sequence[str] | Mapping[str, object]) -> list[dict[str, float]]:
    random, starts = np.random.default_rng(0), [dict(values)]
    while len(starts) < _STARTS:
        wobble = random.uniform(0.8, 1.25, len(names))
        starts.append({**values, **{n: values[n] * w for n, w in zip(names, wobble, strict=True)}})
    return starts


def _climb(
    slacks: Slacks,
    start: Values,
    names: Sequence[str] | Mapping[str, object],
    objective: str,
    sign: float,
) -> dict[str, float]:
    """Climb from a start while that helps."""
    names, values, reach = list(names), dict(start), 0.2

    def cost(at: Values, found: Doubles) -> float:
        lost = -float(found.min())
        if objective == _ROOM:
            return lost
        return sign * math.log(at[objective] / start[objective]) + _DEAR * max(lost, 0.0)

    here = slacks.all(values)
    for _ in range(_CLIMBS):
        slopes = slacks.slopes(values, names, here)
        better = 0.0
        while better <= 0 and reach > 1e-11:
            tried, there = values, here
            for _again in range(3):  # the slopes of one place, the slacks of the next: they curve
                gone = [math.log(tried[n] / start[n]) if tried[n] else 0.0 for n in names]
                bounds = [(max(-reach, -_FAR - g), min(reach, _FAR - g)) for g in gone]
                move, _lost = _step(slopes, there, bounds, names, objective, sign)
                moved = {n: tried[n] * math.exp(d) for n, d in zip(names, move, strict=True)}
                tried = {**tried, **moved}
                there = slacks.all(tried)
                better = cost(values, here) - cost(tried, there)
                if better > 0:
                    break
            else:
                reach /= 4
        if better <= 1e-13:
            break
        values, here, reach = tried, there, min(2 * reach, 0.5)
    return values


def _step(
    slopes: Doubles,
    here: Doubles,
    bounds: Sequence[tuple[float, float]],
    names: Sequence[str],
    objective: str,
    sign: float,
) -> tuple[list[float], float]:
    """The best short move by slopes, and the slack that is missing at its end."""
    from scipy.optimize import linprog  # an extra, which constants of single claims do without

    room = objective == _ROOM
    price = [0.0 if n != objective else sign for n in names]
    found = linprog(
        [*price, 1.0 if room else _DEAR],
        A_ub=np.hstack([-slopes, np.full((len(here), 1), -1.0)]) if len(here) else None,
        b_ub=here if len(here) else None,
        bounds=[*bounds, (-2.0 if room else 0.0, 2.0)],
    )
    if found.status != 0:
        return [0.0] * len(names), 0.0
    return [float(d) for d in found.x[:-1]], float(found.x[-1])
