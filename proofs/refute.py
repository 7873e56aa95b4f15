"""Refute: search for a counterexample, decide it exactly, shrink it to short rationals.

The search works in floating point and believes nothing; a point counts only after
:mod:`proofs.violation` has decided it from the statement, over the rationals or with balls.
"""

from __future__ import annotations

import itertools
import math
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from proofs.budgets import seconds
from proofs.core.goals import Goal
from proofs.core.terms import METER, ZERO, Exhausted, Malformed, Rejected, Relation
from proofs.newton import suspects
from proofs.optimise import minima, nearest
from proofs.search import reading
from proofs.search.floats import function, value
from proofs.search.layers import trajectories
from proofs.verdicts import Counterexample
from proofs.violation import Unfolded, confirm, decide, inside, violation
from proofs.worst_case import worst_cases
from theory.claims import DRAWN, Statement
from theory.errors import InputError
from theory.expressions import Relation as Comparison
from theory.expressions import rational_value
from theory.matrices import points
from theory.names import separator
from theory.tools import installed

__all__ = ["candidates", "confirm", "decide", "refute", "shrink", "violation"]

Point = dict[str, Fraction]
Proposal = TypeVar("Proposal")

MAX_LAYERS = 8
"""The largest depth at which a claim about every depth is attacked without a simulation."""
_LOOK_SECONDS = 0.1  # at each depth below one at which a claim fails
MAX_UNROLLED, MAX_STEPS = 60, 10_000
"""The largest depth that is expanded exactly, and the number of steps of a simulation."""

_SHORT = [Fraction(n, d) for d in (1, 2, 3, 4, 5) for n in range(-12, 13) if math.gcd(n, d) == 1]
_SCALES = [Fraction(10) ** k for k in (*range(-30, -2, 3), -2, -1, 1, 2, 3, 6, 9, 12, 20)]
_SPECIAL = sorted(
    {
        *_SHORT,
        Fraction(3, 5),
        Fraction(4, 5),
        Fraction(5, 13),
        Fraction(12, 13),
        *map(Fraction, (15, 20, 50)),
    }
    | {s * v for v in _SCALES for s in (1, -1)}
    | {1 + s * v for v in _SCALES if v < 1 for s in (1, -1)},
    key=lambda q: (q.denominator + abs(q.numerator), q),
)


def refute(
    statement: Statement,
    budget_seconds: float = 5.0,
    seed: int = 0,
    hints: Sequence[Mapping[str, Fraction]] = (),
) -> Counterexample | None:
    """Look for a point that satisfies every hypothesis and violates the conclusion.

    Parameters
    ----------
    statement : Statement
        What is claimed.
    budget_seconds : float
        CPU time after which the search gives up.
    seed : int
        Of the random part of the search.
    hints : sequence of points
        Where to look first, such as counterexamples to similar claims.

    Returns
    -------
    Counterexample or None
        An exact rational point, decided from the statement, and shrunk; None proves nothing.

    Raises
    ------
    InputError
        If the budget is not positive and finite.
    """
    seconds(budget_seconds)
    if statement.parts:
        return _pieces(statement, budget_seconds, seed, hints)
    if statement.layers is not None:
        return _unrolled(statement, budget_seconds, seed)
    deadline = time.process_time() + budget_seconds
    if "measured" in statement.domains:
        return None
    if "matrix" in statement.domains:
        entries = points.counterexample(statement)
        if entries is None:
            return None
        return Counterexample(entries, *points.sides(statement, entries))
    more = max(1.0, budget_seconds / 4)  # to shrink what is found
    with _until(deadline + more), suppress(Exhausted):
        unfolded = Unfolded(statement)
        for point in candidates(statement, deadline, seed, hints):
            found = unfolded.violation(point)
            if found is not None:
                return shrink(statement, point, time.process_time() + more)
            if time.process_time() > deadline:
                return None
    return None


@contextmanager
def _until(deadline: float) -> Iterator[None]:
    """Let the core compute no longer than to a time on the clock of the process."""
    saved, METER.deadline = METER.deadline, min(METER.deadline, deadline)
    try:
        yield
    finally:
        METER.deadline = saved


def _pieces(
    statement: Statement,
    budget_seconds: float,
    seed: int,
    hints: Sequence[Mapping[str, Fraction]],
) -> Counterexample | None:
    """Refute one of several conclusions: each for a short time first."""
    for share in (0.2, 0.8):
        for piece in statement.pieces:
            budget = budget_seconds * share / len(statement.parts)
            found = refute(piece, budget, seed, hints)
            if found is not None:
                return found
    return None


def _unrolled(statement: Statement, budget_seconds: float, seed: int) -> Counterexample | None:
    """Refute a claim about every depth: where a simulation fails, then at the small depths."""
    deadline = time.process_time() + budget_seconds
    share = budget_seconds / (MAX_LAYERS + 2)
    try:
        for depth, point in _simulated(statement, time.process_time() + share):
            hints = [{x: Fraction(v) for x, v in point.items() if math.isfinite(v)}]
            found = _at_depth(statement, depth, share, seed, hints)
            if found is not None:
                return _shallower(statement, found, depth, seed) or found
            if time.process_time() > deadline - 2 * share:
                break
        for depth in range(MAX_LAYERS + 1):
            left = min(share, deadline - time.process_time())
            found = _at_depth(statement, depth, left, seed, ()) if left > 0 else None
            if found is not None:
                return found
    except InputError:  # the layers have outgrown what can be expanded
        return None
    return None


def _shallower(
    statement: Statement, found: Counterexample, depth: int, seed: int
) -> Counterexample | None:
    """A counterexample at a smaller depth, if one is near."""
    for d in range(min(depth, MAX_LAYERS + 1)):
        hints = [found.point] if d == depth - 1 else []
        earlier = _at_depth(statement, d, _LOOK_SECONDS, seed, hints)
        if earlier is not None:
            return earlier
    return None


def _at_depth(
    statement: Statement,
    depth: int,
    budget_seconds: float,
    seed: int,
    hints: Sequence[Mapping[str, Fraction]],
) -> Counterexample | None:
    found = refute(statement.unrolled(depth), budget_seconds, seed, hints)
    if found is None:
        return None
    return replace(found, point={**found.point, "layers": Fraction(depth)})


def _simulated(statement: Statement, deadline: float) -> Iterator[tuple[int, dict[str, float]]]:
    """Depths at which the recursion, run in floating point, contradicts the conclusion."""
    layers = statement.layers
    assert layers is not None
    try:
        goal = reading(statement)
        conclusion = function(goal.target)
        taken = {*statement.variables, *statement.constants, *statement.definitions, *layers.names}
        run = separator(layers.variables, taken)
        for steps, runs in ((MAX_UNROLLED, 12), (MAX_STEPS, 2)):
            for trajectory in trajectories(goal, runs, steps, deadline):
                bad = _first_failure(goal, conclusion, trajectory)
                if bad is None:
                    continue
                point = {x: trajectory[0][x] for x in statement.variables if x in trajectory[0]}
                for layer, here in enumerate(trajectory[1 : bad + 1], 1):
                    point |= {f"{x}{run}{layer}": here[x] for x in layers.variables}
                if bad <= MAX_UNROLLED:
                    yield bad, point
    except (Rejected, Malformed, ArithmeticError, RecursionError):
        return


def _first_failure(
    goal: Goal, conclusion: Callable[[Mapping[str, float]], float], run: Sequence[dict[str, float]]
) -> int | None:
    for depth, point in enumerate(run):
        v = value(conclusion, point)
        size = 1e-9 * (1 + max(abs(c) for c in point.values()))
        if abs(v) > size if goal.relation is Relation.EQ else v < -size:
            return depth
    return None


def candidates(
    statement: Statement,
    deadline: float,
    seed: int,
    hints: Sequence[Mapping[str, Fraction]] = (),
) -> Iterator[Point]:
    """Points worth deciding: short rationals and extreme scales first, then local descent."""
    names = sorted(v for v, d in statement.variables.items() if d not in DRAWN)
    if not names:
        yield {}
        return
    solve = _equations(statement)
    if statement.witness:
        yield dict(statement.witness)
    yield from map(dict, hints)
    for point in worst_cases(statement, deadline):
        yield point
        yield solve(point)
    if statement.gram:
        return
    values = {x: [q for q in _SPECIAL if inside(statement.variables[x], q)] for x in names}
    try:
        goal = reading(statement)
        objective = _objective(goal)
    except (Malformed, Rejected, ArithmeticError, RecursionError):
        yield from map(solve, _grid(values, names, 4_000))
        return
    for hint in hints:
        yield from map(solve, _boundary(dict(hint), statement, objective, solve))
        yield from _descend(dict(hint), statement, objective, solve, deadline)
    yield from map(solve, _grid(values, names, 4_000))
    source = random.Random(seed)  # noqa: S311
    now = time.process_time()
    for i, suspect in enumerate(_while_able(suspects(goal, now + (deadline - now) / 4))):
        yield solve(suspect)
        if i % 16 == 0 and objective(_floats(solve(suspect))) < 1e-3:
            yield from _descend(solve(suspect), statement, objective, solve, deadline)
    now = time.process_time()
    for least in _while_able(minima(goal, now + (deadline - now) / 3, seed)):
        for limit in (10, 1000, 10**6, 10**9):
            yield solve({x: Fraction(v).limit_denominator(limit) for x, v in least.items()})
        yield solve({x: Fraction(v) for x, v in least.items()})
    rounds = 0
    while time.process_time() < deadline:
        rounds += 1
        starts = sorted(
            (
                {x: _start(source, statement.variables[x], values[x]) for x in names}
                for _ in range(400)
            ),
            key=lambda p: objective(_floats(solve(p))),
        )
        feasible = [p for p in starts if objective(_floats(solve(p))) < 5]
        if statement.hypotheses:
            for start in source.sample(feasible, min(10, len(feasible))):
                yield from map(solve, _boundary(start, statement, objective, solve))
        others = source.sample(feasible, min(4, len(feasible)))
        for start in [*starts[:4], *others]:
            yield from _descend(start, statement, objective, solve, deadline)
        if rounds == 2:
            yield from map(solve, targeted(statement, names, objective, solve, seed))
        if rounds > 40:
            return


def _while_able(points: Iterator[Proposal]) -> Iterator[Proposal]:
    """Proposals for as long as their source lasts; where it overflows, others still have theirs."""
    with suppress(ArithmeticError, RecursionError, Rejected):
        yield from points


def _grid(values: Mapping[str, list[Fraction]], names: list[str], count: int) -> Iterator[Point]:
    """The product of the special values, the simple ones of all variables first."""
    room = max(3, round(count ** (1 / len(names))))
    for chosen in itertools.product(*(values[x][:room] for x in names)):
        yield dict(zip(names, chosen, strict=True))
    if len(names) > 1:
        source = random.Random(1)  # noqa: S311
        for _ in range(count // 2):
            yield {x: source.choice(values[x]) for x in names}


def _start(source: random.Random, domain: str, special: list[Fraction]) -> Fraction:
    if source.random() < 0.3:
        return source.choice(special)
    if domain == "integer":
        return Fraction(source.randint(-3, 40))
    size = Fraction(10 ** source.uniform(-6, 4)).limit_denominator(10**9)
    return size if domain != "real" or source.random() < 0.5 else -size


def _floats(point: Mapping[str, Fraction]) -> dict[str, float]:
    return {x: nearest(v) for x, v in point.items()}


Objective = Callable[[Mapping[str, float]], float]


def _objective(goal: Goal) -> Objective:
    """The relative slack of the conclusion; far above 1 where hypotheses fail."""
    joined = goal.target.head in ("+", "-")
    left, right = map(function, goal.target.parts if joined else (goal.target, ZERO))
    sign = -1 if goal.target.head == "-" else 1
    facts = [(function(e), r) for e, r in goal.facts.values()]

    def slack(point: Mapping[str, float]) -> float:
        outside = 0.0
        for fact, relation in facts:
            v = value(fact, point)
            if math.isnan(v):
                return math.inf
            outside += abs(v) if relation is Relation.EQ and abs(v) > 1e-9 else max(0.0, -v)
        if outside > 0:
            return 10.0 + outside
        a, b = value(left, point), sign * value(right, point)
        total = a + b
        if math.isnan(total):
            return math.inf
        gap = total / (abs(a) + abs(b)) if abs(a) + abs(b) > 0 else 0.0
        if goal.relation in (Relation.EQ, Relation.NE):
            return -abs(gap) if goal.relation is Relation.EQ else abs(gap)
        return gap

    return slack


def _descend(
    start: Point,
    statement: Statement,
    objective: Objective,
    solve: Callable[[Point], Point],
    deadline: float,
) -> Iterator[Point]:
    """Coordinate search with shrinking steps; yields the points it settles on."""
    point = {x: nearest(v) for x, v in start.items()}

    def exactly(p: Mapping[str, float]) -> Point:
        return solve(
            {
                x: Fraction(round(v)) if statement.variables[x] == "integer" else Fraction(v)
                for x, v in p.items()
            }
        )

    def slack(p: Mapping[str, float]) -> float:
        if any(math.isinf(v) or math.isnan(v) for v in p.values()):
            return math.inf
        if any(not inside(statement.variables[x], exactly(p)[x]) for x in p):
            return math.inf
        return objective(_floats(exactly(p)))

    best, step = slack(point), 0.5
    for _ in range(400):
        if time.process_time() > deadline:
            return
        improved = False
        for x, move in itertools.product(sorted(point), (1, -1)):
            if statement.variables[x] == "integer":
                width = max(1.0, round(abs(point[x]) * step))
            else:
                width = step * max(abs(point[x]), 1e-2 if step > 1e-3 else abs(point[x]))
            moved = {**point, x: point[x] + move * width}
            found = slack(moved)
            if found < best:
                point, best, improved = moved, found, True
        if best < -1e-13 or (best <= 0 and step < 1e-6):
            yield exactly(point)
        if not improved:
            step /= 4
            if step < 1e-16:
                break
    if best < 1e-6:
        yield exactly(point)
        for limit in (1, 4, 20, 1000, 10**6):
            yield solve({x: Fraction(v).limit_denominator(limit) for x, v in point.items()})


def _boundary(
    start: Point, statement: Statement, objective: Objective, solve: Callable[[Point], Point]
) -> Iterator[Point]:
    """Points just inside the hypotheses, reached by stretching or shrinking one variable."""
    for x in sorted(start):
        if statement.variables[x] == "integer" or not start[x]:
            continue
        for factor in (2.0, 0.5):

            def feasible(scale: float, x: str = x) -> bool:
                return objective(_floats(solve({**start, x: start[x] * Fraction(scale)}))) < 5

            scale = 1.0
            if feasible(scale):  # go out until it fails
                while 1e-12 < scale < 1e12 and feasible(scale * factor):
                    scale *= factor
                low, high, back = scale, scale * factor, 1 / factor
            else:  # come in until it holds
                while 1e-3 < scale < 1e3 and not feasible(scale * factor):
                    scale *= factor
                low, high, back = scale * factor, scale, factor
            if not 1e-12 < scale < 1e12 or not feasible(low):
                continue
            for _ in range(60):
                middle = (low + high) / 2
                low, high = (middle, high) if feasible(middle) else (low, middle)
            for step in (0, 1e-15, 1e-12, 1e-9, 1e-7):  # rounding may have led just outside
                yield {**start, x: start[x] * Fraction(low) * Fraction(back**step)}


def targeted(
    statement: Statement,
    names: list[str],
    objective: Objective,
    solve: Callable[[Point], Point],
    seed: int,
) -> list[Point]:
    """Let Hypothesis search with the slack as its target; keep the points it liked best."""
    if not installed("hypothesis"):
        return []
    from hypothesis import HealthCheck, Phase, given, settings, target
    from hypothesis import seed as seeded
    from hypothesis import strategies as st

    seen: list[tuple[float, Point]] = []
    ranges = [
        st.integers(-50, 200).map(Fraction)
        if statement.variables[x] == "integer"
        else st.fractions(max_denominator=10**6)
        for x in names
    ]

    @seeded(seed)
    @settings(
        max_examples=150,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.target],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.tuples(*ranges))
    def explore(chosen: tuple[Fraction, ...]) -> None:
        point = dict(zip(names, chosen, strict=True))
        slack = objective(_floats(solve(point)))
        if math.isfinite(slack):
            target(-slack)
            seen.append((slack, point))

    explore()
    return [p for _, p in sorted(seen, key=lambda pair: pair[0])[:40]]


def _equations(statement: Statement) -> Callable[[Point], Point]:
    """Solve equality hypotheses for a variable in which they are linear, where there is one."""
    plans: list[tuple[Comparison, str]] = []
    chosen = {x: statement.expand(Comparison(e, "==", e)).left for x, e in statement.chosen.items()}
    taken: set[str] = set()
    for hypothesis in statement.assumptions.values():
        if hypothesis.operator == "==":
            free = [
                x
                for x in sorted(hypothesis.names)
                if statement.variables.get(x) in ("real", "positive", "nonnegative")
            ]
            for x in (x for x in free if x not in taken):
                if _linear(hypothesis, x, sorted(hypothesis.names)):
                    plans.append((hypothesis, x))
                    taken.add(x)
                    break

    def solve(point: Point) -> Point:
        for hypothesis, x in plans:
            ends = [_gap(hypothesis, {**point, x: Fraction(v)}) for v in (0, 1)]
            if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
                point = {**point, x: ends[0] / (ends[0] - ends[1])}
        for x, e in chosen.items():
            with suppress(ZeroDivisionError):
                value = rational_value(e, point)
                if value is not None:
                    point = {**point, x: Fraction(math.floor(value))}
        return point

    return solve


def _linear(hypothesis: Comparison, x: str, names: list[str]) -> bool:
    base = {n: Fraction(i + 2, 3) for i, n in enumerate(names)}
    gaps = [_gap(hypothesis, {**base, x: Fraction(v)}) for v in (0, 1, 2, 5)]
    if None in gaps:
        return False
    a, b, c, d = (g for g in gaps if g is not None)
    return a != b and c - b == b - a and d - a == 5 * (b - a)


def _gap(relation: Comparison, point: Point) -> Fraction | None:
    try:
        left, right = rational_value(relation.left, point), rational_value(relation.right, point)
    except ZeroDivisionError:
        return None
    return None if left is None or right is None else left - right


def shrink(statement: Statement, point: Point, deadline: float) -> Counterexample:
    """Replace coordinates by shorter rationals for as long as the violation persists."""
    solve = _equations(statement)
    unfolded = Unfolded(statement)
    best = dict(point)
    changed = True
    while changed and time.process_time() < deadline:
        changed = False
        for x in sorted(best):
            for shorter in _shorter(best[x]):
                trial = solve({**best, x: shorter})
                if _size(trial) < _size(best) and unfolded.violation(trial) is not None:
                    best, changed = trial, True
                    break
    found = unfolded.violation(best)
    assert found is not None
    return found


def _size(point: Mapping[str, Fraction]) -> tuple[int, int]:
    return (
        sum(len(str(abs(v))) for v in point.values()),
        sum(abs(v.numerator) + v.denominator + (v < 0) for v in point.values()),
    )


def _shorter(v: Fraction) -> Iterator[Fraction]:
    for limit in (1, 2, 3, 5, 10, 30, 100, 10**3, 10**4, 10**6, 10**9, 10**12):
        yield v.limit_denominator(limit)
        if v:  # tiny numbers: shorten the reciprocal
            near = (1 / v).limit_denominator(limit)
            if near:
                yield 1 / near
    yield from (Fraction(0), Fraction(1), -v, v / 10, v / 2)
