"""Floating-point looks at a goal: where it may fail, where it is zero. Never evidence."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from proofs.core import probability
from proofs.core.goals import Goal, Range
from proofs.core.ranges import WHOLE, working_precision
from proofs.core.terms import Malformed, Rejected, Relation, Term
from proofs.search.forms import Forms, Poly

Point = Mapping[str, float]
Function = Callable[[Point], float]


def _gamma(a: float) -> float:
    if not a > 0:
        return math.nan
    return math.gamma(a) if a < 171.6 else math.inf  # it overflows, and vectors do not catch that


def _lambertw(a: float) -> float:
    """Find w >= -1 with w exp(w) = a, by Halley's iteration; nan below -1/e."""
    if not a >= -1 / math.e:
        return math.nan
    w = math.log1p(a) if a < 1 else max(0.5, math.log(a) - math.log(max(1.0, math.log(a))))
    if a < -0.25:
        w = -1 + math.sqrt(max(0.0, 2 * (math.e * a + 1)))
    for _ in range(60):
        wrong = w - a * math.exp(-w)
        if w == -1 or abs(wrong) <= 1e-16 * (1 + abs(w)):
            break
        w -= wrong / (w + 1 - (w + 2) * wrong / (2 * w + 2))
    return w


_UNARY: Mapping[str, Callable[[float], float]] = {
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "tanh": math.tanh,
    "cosh": math.cosh,
    "sinh": math.sinh,
    "sin": math.sin,
    "cos": math.cos,
    "erf": math.erf,
    "atan": math.atan,
    "asin": math.asin,
    "gamma": _gamma,
    "lambertw": _lambertw,
    "abs": abs,
    "neg": lambda a: -a,
    "sign": lambda a: (a > 0) - (a < 0),
}


@lru_cache(maxsize=4096)
def function(e: Term) -> Function:
    """Turn a term into a float function; it raises or returns nan where the term is undefined."""
    head = e.head
    if head == "number":
        value = nearest(e.value)
        return lambda _: value
    if head in ("variable", "integer", "drawn"):
        name = e.value
        return lambda point: point[name]
    if head == "pi":
        return lambda _: math.pi
    if head in ("E", "P"):
        return _random(e)
    parts = [function(a) for a in e.parts]
    a = parts[0]
    if head in _UNARY:
        apply = _UNARY[head]
        return lambda point: apply(a(point))
    if head in ("min", "max"):
        pick = min if head == "min" else max
        return lambda point: pick(f(point) for f in parts)
    b = parts[-1]
    match head:
        case "+":
            return lambda point: a(point) + b(point)
        case "-":
            return lambda point: a(point) - b(point)
        case "*":
            return lambda point: a(point) * b(point)
        case "/":
            return lambda point: a(point) / b(point)
        case "**":
            return lambda point: math.pow(a(point), b(point))
    return lambda _: math.nan


def _random(e: Term) -> Function:
    try:
        with working_precision():
            simpler = probability.meaning(e)
            if simpler is not None:
                return function(simpler)
            found = probability.expectation(e) if e.head == "E" else WHOLE
    except (Rejected, Malformed):
        return lambda _: math.nan
    middle = float((found.lo + found.hi) / 2) if found.finite else math.nan
    return lambda _: middle


def value(f: Function, point: Point) -> float:
    """Evaluate, giving nan for whatever goes wrong."""
    try:
        return float(f(point))
    except (ArithmeticError, ValueError, TypeError):
        return math.nan


def holds(values: float, relation: Relation) -> bool:
    """Whether a float is compatible with a relation to zero, nan being compatible with nothing."""
    match relation:
        case Relation.GE:
            return values >= 0
        case Relation.GT:
            return values > 0
        case Relation.EQ:
            return values == 0
        case Relation.NE:
            return values != 0 and not math.isnan(values)


def samples(goal: Goal, count: int, seed: int = 0) -> Iterator[dict[str, float]]:
    """Points of the box: corners of several scales first, then random ones."""
    source = random.Random(seed)  # noqa: S311
    names = sorted(goal.box)
    whole = {x for x in names if goal.variables[x].head == "integer"}
    grids = {x: list(_grid(goal.box[x], x in whole)) for x in names}
    if not all(grids.values()):
        return
    for _ in range(count):
        yield {x: source.choice(grids[x]) for x in names}
    if len(names) == 1:
        for a in grids[names[0]]:
            yield {names[0]: a}


def _grid(r: Range, integer: bool) -> Iterator[float]:
    lo = None if r.lo is None else nearest(r.lo)
    hi = None if r.hi is None else nearest(r.hi)
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
        points = [float(round(p)) for p in points if math.isfinite(p)]
        points = [p for p in points if (lo is None or p >= lo) and (hi is None or p <= hi)]
    for p in points:
        if (r.lo_open and p == lo) or (r.hi_open and p == hi):
            continue
        yield p


Array = np.ndarray[Any, np.dtype[np.float64]]
Rounded = tuple[Array, Array]  # values, and estimates of their rounding errors


def plausible(goal: Goal, count: int = 400) -> bool:
    """Whether sampling finds no point of the box that satisfies the facts and fails the target."""
    names = goal.target.names
    points = list(samples(goal, count if names else 1))
    if not points:
        return True
    columns = {x: np.array([p[x] for p in points]) for x in points[0]}
    size = len(points)
    with np.errstate(all="ignore"):
        found, error = rounded(goal.target, columns, size)
        if goal.relation in (Relation.GT, Relation.NE) and not names and (found == 0).any():
            return False
        failing = found + 8 * error < 0
        for e, relation in goal.facts.values():
            if e.names and failing.any():
                values, _ = rounded(e, columns, size)
                failing &= _hold(values, relation)
    return not failing.any()


def _hold(values: Array, relation: Relation) -> Any:
    match relation:
        case Relation.GE:
            return values >= 0
        case Relation.GT:
            return values > 0
        case Relation.EQ:
            return values == 0
        case Relation.NE:
            return (values != 0) & ~np.isnan(values)


_ARRAYS: Mapping[str, Any] = {
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "tanh": np.tanh,
    "cosh": np.cosh,
    "sinh": np.sinh,
    "sin": np.sin,
    "cos": np.cos,
    "erf": np.vectorize(math.erf, otypes=[float]),
    "atan": np.arctan,
    "asin": np.arcsin,
    "gamma": np.vectorize(_gamma, otypes=[float]),
    "lambertw": np.vectorize(_lambertw, otypes=[float]),
    "abs": np.abs,
    "sign": np.sign,
    "neg": np.negative,
}
_SLOPES: Mapping[str, Callable[[Array, Array], Any]] = {  # of f at a, given f(a)
    "exp": lambda a, v: v,
    "log": lambda a, v: 1 / a,
    "sqrt": lambda a, v: np.where(v == 0, 0.0, 0.5 / v),
    "tanh": lambda a, v: 1 - v * v,
    "cosh": lambda a, v: np.sinh(a),
    "sinh": lambda a, v: np.cosh(a),
    "sin": lambda a, v: 1.0,
    "cos": lambda a, v: 1.0,
    "erf": lambda a, v: 2.0,
    "atan": lambda a, v: 1.0,
    "asin": lambda a, v: 1 / np.sqrt(1 - a * a),
    "gamma": lambda a, v: v * np.log(a),  # the order of the digamma function is enough
    "lambertw": lambda a, v: np.exp(-v) / (1 + v),
    "abs": lambda a, v: 1.0,
    "sign": lambda a, v: 0.0,
    "neg": lambda a, v: 1.0,
}
_UNIT = 2.0**-52


def rounded(e: Term, columns: Mapping[str, Array], size: int) -> Rounded:
    """Evaluate at many points, with a first-order estimate of the rounding error."""
    head = e.head
    if head in ("variable", "integer"):
        return columns[e.value], np.zeros(size)
    if head in ("number", "pi") or (head in ("E", "P") and not e.names):
        v = np.full(size, value(function(e), {}))
        return v, np.abs(v) * _UNIT
    if head in ("E", "P"):
        f = function(e)
        v = np.array([value(f, {x: columns[x][i] for x in columns}) for i in range(size)])
        return v, np.abs(v) * 1e-9
    a, da = rounded(e.parts[0], columns, size)
    if head in _ARRAYS:
        v = _ARRAYS[head](a)
        return v, np.abs(_SLOPES[head](a, v)) * da + np.abs(v) * _UNIT
    for part in e.parts[1:]:
        b, db = rounded(part, columns, size)
        match head:
            case "+":
                v, d = a + b, da + db
            case "-":
                v, d = a - b, da + db
            case "*":
                v, d = a * b, np.abs(a) * db + np.abs(b) * da
            case "/":
                v, d = a / b, da / np.abs(b) + np.abs(a) * db / (b * b)
            case "min" | "max":
                v, d = (np.minimum if head == "min" else np.maximum)(a, b), da + db
            case _:
                v = np.power(a, b)
                logs = np.abs(np.log(np.abs(a))) * db + np.abs(b) * da / np.abs(a)
                d = np.where(a == 0, 0.0, np.abs(v) * np.where(a == 0, 0.0, logs))
        a, da = v, d + np.abs(v) * _UNIT
    return a, da


def nearest(q: Any) -> float:
    """The float next to a rational, infinite where it is beyond all of them."""
    try:
        return float(Fraction(int(q.p), int(q.q)))
    except OverflowError:
        return math.inf if q > 0 else -math.inf


def beyond_cones(forms: Forms, target: Poly, count: int = 400) -> bool:
    """Whether no combination of facts and squares makes a polynomial in the atoms.

    Such a combination would be >= 0 for all values of the atoms that satisfy the facts, whether
    or not they are values of the terms that the atoms stand for.
    """
    atoms = sorted({v for p in (target, *(f.poly for f in forms.facts)) for m in p for v, _ in m})
    equations = (f.poly for f in forms.facts if f.relation is Relation.EQ)
    if any(v in atoms for p in equations for m in p for v, _ in m):
        return False
    source = np.random.default_rng(1)
    columns = {}
    for v in atoms:
        e = forms.atom(v)
        box = forms.goal.box.get(str(e.value)) if e.head in ("variable", "integer") else None
        grid = list(_grid(box or Range(), integer=False))
        columns[v] = source.choice(np.array(grid or [0.0]), count)
    named = {str(forms.atom(v).value): v for v in atoms if forms.atom(v).head == "variable"}
    for v in forms.related.intersection(atoms):  # its square is known, and cones know that
        root, names = function(forms.atom(v)), forms.atom(v).names
        if not names <= named.keys():
            return False
        points = ({x: float(columns[named[x]][i]) for x in names} for i in range(count))
        columns[v] = np.array([value(root, point) for point in points])
    with np.errstate(all="ignore"):
        values, size = _polynomial(target, columns, count)
        failing = values < -1e-9 * size
        for f in forms.facts:
            if failing.any():
                failing &= _polynomial(f.poly, columns, count)[0] >= 0
    return bool(failing.any())


def _polynomial(p: Poly, columns: Mapping[int, Array], count: int) -> Rounded:
    """Values of a polynomial, and the sums of the sizes of its terms."""
    total, size = np.zeros(count), np.zeros(count)
    for m, c in p.items():
        one = np.full(count, nearest(c))
        for v, k in m:
            one = one * columns[v] ** k
        total, size = total + one, size + np.abs(one)
    return total, size
