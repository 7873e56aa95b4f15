"""Points worth deciding: proposed in floating point, believed by nobody."""

from __future__ import annotations

import itertools
import math
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from typing import TypeVar

from proofs.core.goals import Goal
from proofs.core.terms import ZERO, Malformed, Rejected, Relation
from proofs.refutation.equations import Point, equations
from proofs.refutation.newton import suspects
from proofs.refutation.optimise import minima, nearest
from proofs.refutation.violation import inside
from proofs.refutation.worst_case import curved, worst_cases
from proofs.search import reading
from proofs.search.floats import function, value
from theory.claims import DRAWN, Statement
from theory.tools import installed

Proposal = TypeVar("Proposal")

NEAR = 40  # points from which the border of the hypotheses is looked for first
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
    solve = equations(statement)
    # A point of another depth has other layers, and says how many.
    own = [{x: hint[x] for x in names} for hint in hints if set(names) <= set(hint)]
    if statement.witness:
        yield dict(statement.witness)
    yield from map(dict, own)
    if statement.gram is not None:
        for point in worst_cases(statement, deadline):
            yield point
            yield solve(point)
        if not curved(statement):
            return
    values = {x: [q for q in _SPECIAL if inside(statement.variables[x], q)] for x in names}
    try:
        goal = reading(statement)
        objective = _objective(goal)
    except (Malformed, Rejected, ArithmeticError, RecursionError):
        yield from map(solve, _grid(values, names, 4_000))
        return
    for hint in own:
        yield from map(solve, _boundary(dict(hint), statement, objective, solve))
        yield from _descend(dict(hint), statement, objective, solve, deadline)
    source = random.Random(seed)  # noqa: S311
    rest: list[Point] = []
    grid = map(solve, _grid(values, names, 4_000))
    yield from _promising(grid, objective, rest, deadline)
    if statement.hypotheses:
        for _ in range(NEAR if time.process_time() < deadline else 0):
            start = solve({x: _start(source, statement.variables[x], values[x]) for x in names})
            if objective(_floats(start)) < 5:
                near = map(solve, _boundary(start, statement, objective, solve))
                yield from _promising(near, objective, rest, deadline)
    yield from rest
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


def _promising(
    points: Iterator[Point], objective: Objective, rest: list[Point], deadline: float
) -> Iterator[Point]:
    """Points at which floats do not see the claim hold; to decide the rest takes much longer."""
    for point in points:
        if time.process_time() > deadline:
            return
        if 1e-9 < objective(_floats(point)) < math.inf:
            rest.append(point)
        else:
            yield point


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
