"""Floating-point looks at a goal: where it may fail, where it is zero. Never evidence."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from scipy import special

from proofs.provers.calculus.enclosures import expectation
from proofs.provers.calculus.goals import Goal, Range
from proofs.provers.calculus.terms import Term, variables, working_precision

Point = Mapping[str, float]
Function = Callable[[Point], float]

_UNARY: Mapping[str, Callable[[float], float]] = {
    "exp": math.exp,
    "log": math.log,
    "tanh": math.tanh,
    "cosh": math.cosh,
    "sinh": math.sinh,
    "sin": math.sin,
    "cos": math.cos,
    "erf": math.erf,
    "abs": abs,
    "sign": lambda a: (a > 0) - (a < 0),
}


def function(e: Term, draws: Mapping[str, str]) -> Function:
    """Turn a term into a float function; it raises or returns nan where the term is undefined."""
    head = e[0]
    if head == "num":
        value = _float(Fraction(int(e[1].p), int(e[1].q)))
        return lambda _: value
    if head == "var":
        name = e[1]
        return (lambda _: math.pi) if name == "pi" else (lambda point: point[name])
    if head == "P":
        return lambda _: math.nan
    if head == "E":
        with working_precision():
            found = expectation(e[1], tuple(sorted(draws.items())))
        middle = float("nan") if None in found else float((found.lo + found.hi) / 2)
        return lambda _: middle
    parts = [function(a, draws) for a in e[1:]]
    a = parts[0]
    if head in _UNARY:
        apply = _UNARY[head]
        return lambda point: apply(a(point))
    b = parts[1]
    match head:
        case "+":
            return lambda point: a(point) + b(point)
        case "*":
            return lambda point: a(point) * b(point)
        case "/":
            return lambda point: a(point) / b(point)
    return lambda point: math.pow(a(point), b(point))


def value(f: Function, point: Point) -> float:
    """Evaluate, giving nan for whatever goes wrong."""
    try:
        return f(point)
    except (ArithmeticError, ValueError):
        return math.nan


def holds(values: float, relation: str) -> bool:
    """Whether a float is compatible with a relation to zero, nan being compatible with nothing."""
    match relation:
        case ">=":
            return values >= 0
        case ">":
            return values > 0
        case "==":
            return values == 0
    return values != 0 and not math.isnan(values)


def samples(goal: Goal, count: int, seed: int = 0) -> Iterator[dict[str, float]]:
    """Points of the box: corners of several scales first, then random ones."""
    source = random.Random(seed)  # noqa: S311
    names = sorted(goal.box)
    grids = {x: list(_grid(goal.box[x], x in goal.integers)) for x in names}
    if not all(grids.values()):
        return
    for _ in range(count):
        yield {x: source.choice(grids[x]) for x in names}
    if len(names) == 1:
        for a in grids[names[0]]:
            yield {names[0]: a}


def _grid(r: Range, integer: bool) -> Iterator[float]:
    lo = None if r.lo is None else float(Fraction(int(r.lo.p), int(r.lo.q)))
    hi = None if r.hi is None else float(Fraction(int(r.hi.p), int(r.hi.q)))
    steps = [10.0**k for k in range(-6, 4)] + [0.3, 0.5, 2.0, 3.0, 5.0, 7.0, 30.0]
    if lo is not None and hi is not None:
        points = [lo + (hi - lo) * i / 64 for i in range(65)]
        points += [lo + (hi - lo) * s for s in (1e-6, 1e-3)]
        points += [hi - (hi - lo) * s for s in (1e-6, 1e-3)]
    elif lo is not None:
        points = [lo, *(lo + s for s in steps), *(s for s in steps if s > lo)]
    elif hi is not None:
        points = [hi, *(hi - s for s in steps), *(-s for s in steps if -s < hi)]
    else:
        points = [0.0, *steps, *(-s for s in steps)]
    if integer:
        points = [float(round(p)) for p in points]
        points = [p for p in points if (lo is None or p >= lo) and (hi is None or p <= hi)]
    for p in points:
        if (r.lo_open and p == lo) or (r.hi_open and p == hi):
            continue
        yield p


Array = np.ndarray[Any, np.dtype[np.float64]]
Rounded = tuple[Array, Array]  # values, and estimates of their rounding errors


def plausible(goal: Goal, count: int = 400) -> bool:
    """Whether sampling finds no point of the box that satisfies the facts and fails the target."""
    points = list(samples(goal, count if variables(goal.target) else 1))
    if not points:
        return True
    columns = {x: np.array([p[x] for p in points]) for x in points[0]}
    size = len(points)
    with np.errstate(all="ignore"):
        found, error = _rounded(goal.target, goal.draws, columns, size)
        if goal.relation in (">", "!=") and not variables(goal.target) and (found == 0).any():
            return False
        failing = found + 8 * error < 0
        for _, e, relation in goal.facts:
            if variables(e) and failing.any():
                values, _ = _rounded(e, goal.draws, columns, size)
                failing &= _hold(values, relation)
    return not failing.any()


def _hold(values: Array, relation: str) -> Any:
    match relation:
        case ">=":
            return values >= 0
        case ">":
            return values > 0
        case "==":
            return values == 0
    return (values != 0) & ~np.isnan(values)


_ARRAYS: Mapping[str, Any] = {
    "exp": np.exp,
    "log": np.log,
    "tanh": np.tanh,
    "cosh": np.cosh,
    "sinh": np.sinh,
    "sin": np.sin,
    "cos": np.cos,
    "erf": special.erf,
    "abs": np.abs,
    "sign": np.sign,
}
_SLOPES: Mapping[str, Callable[[Array, Array], Any]] = {  # of f at a, given f(a)
    "exp": lambda a, v: v,
    "log": lambda a, v: 1 / a,
    "tanh": lambda a, v: 1 - v * v,
    "cosh": lambda a, v: np.sinh(a),
    "sinh": lambda a, v: np.cosh(a),
    "sin": lambda a, v: 1.0,
    "cos": lambda a, v: 1.0,
    "erf": lambda a, v: 2.0,
    "abs": lambda a, v: 1.0,
    "sign": lambda a, v: 0.0,
}
_UNIT = 2.0**-52


def _rounded(e: Term, draws: Mapping[str, str], columns: Mapping[str, Array], size: int) -> Rounded:
    """Evaluate at many points, with a first-order estimate of the rounding error."""
    head = e[0]
    if head == "var" and e[1] != "pi":
        return columns[e[1]], np.zeros(size)
    if head in ("num", "var", "E", "P"):
        v = np.full(size, value(function(e, draws), {}))
        return v, np.abs(v) * _UNIT
    a, da = _rounded(e[1], draws, columns, size)
    if head in _ARRAYS:
        v = _ARRAYS[head](a)
        return v, np.abs(_SLOPES[head](a, v)) * da + np.abs(v) * _UNIT
    b, db = _rounded(e[2], draws, columns, size)
    if head == "+":
        v, d = a + b, da + db
    elif head == "*":
        v, d = a * b, np.abs(a) * db + np.abs(b) * da
    elif head == "/":
        v, d = a / b, da / np.abs(b) + np.abs(a) * db / (b * b)
    else:
        v = np.power(a, b)
        logs = np.where(a == 0, 0.0, np.abs(np.log(np.abs(a))) * db + np.abs(b) * da / np.abs(a))
        d = np.where(a == 0, 0.0, np.abs(v) * logs)
    return v, d + np.abs(v) * _UNIT


def _float(q: Fraction) -> float:
    try:
        return float(q)
    except OverflowError:
        return math.copysign(math.inf, q)
