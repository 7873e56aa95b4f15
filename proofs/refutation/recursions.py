"""Refute claims about every depth: by a simulation in floating point, then depth by depth."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from proofs.core.goals import Goal
from proofs.core.terms import Malformed, Rejected, Relation
from proofs.evidence.verdicts import Counterexample
from proofs.refutation.deep import MAX_STEPS, violation_at_depth
from proofs.refutation.extremes import extreme
from proofs.refutation.violation import violation
from proofs.search import reading
from proofs.search.floats import function, value
from proofs.search.simulated import trajectories
from theory.claims import Statement
from theory.errors import InputError
from theory.names import separator

Refuter = Callable[[Statement, float, int, Sequence[Mapping[str, Fraction]]], Counterexample | None]
"""Refutes a statement without layers within a time, with a seed and hints."""
MAX_LAYERS = 8
"""The largest depth at which a claim about every depth is attacked without a simulation."""
FIRST_LAYERS = 3
"""The largest depth at which the extreme run is attacked before all others."""
_LOOK_SECONDS = 0.1  # at each depth below one at which a claim fails
MAX_UNROLLED = 60
"""The largest depth that is expanded exactly; what fails further on is run (:mod:`deep`)."""


def at_every_depth(
    statement: Statement, budget_seconds: float, seed: int, refute: Refuter
) -> Counterexample | None:
    """Refute a claim about every depth: where a simulation fails, then at the small depths."""
    deadline = time.process_time() + budget_seconds
    share = budget_seconds / (MAX_LAYERS + 2)
    try:
        for depth, point in _simulated(statement, time.process_time() + share):
            hints = [{x: Fraction(v) for x, v in point.items() if math.isfinite(v)}]
            found = _at_depth(statement, depth, share, seed, hints, refute)
            if found is not None:
                return _shallower(statement, found, depth, seed, refute) or found
            if time.process_time() > deadline - 2 * share:
                break
        for depth in range(FIRST_LAYERS + 1):
            found = _at_extremes(statement, depth, share / 4, seed, refute)
            if found is not None:
                return found
        for depth in range(MAX_LAYERS + 1):
            left = min(share, deadline - time.process_time())
            found = _at_depth(statement, depth, left, seed, (), refute) if left > 0 else None
            if found is not None:
                return found
    except InputError:  # the layers have outgrown what can be expanded
        return None
    return None


def _shallower(
    statement: Statement, found: Counterexample, depth: int, seed: int, refute: Refuter
) -> Counterexample | None:
    """A counterexample at a smaller depth, if one is near."""
    for d in range(min(depth, MAX_LAYERS + 1)):
        hints = [found.point] if d == depth - 1 else []
        earlier = _at_depth(statement, d, _LOOK_SECONDS, seed, hints, refute)
        if earlier is not None:
            return earlier
    return None


def _at_depth(
    statement: Statement,
    depth: int,
    budget_seconds: float,
    seed: int,
    hints: Sequence[Mapping[str, Fraction]],
    refute: Refuter,
) -> Counterexample | None:
    try:
        unrolled = None if depth > MAX_UNROLLED else statement.unrolled(depth)
    except InputError:  # too large a formula
        unrolled = None
    if unrolled is None:
        there = ({**h, "layers": Fraction(depth)} for h in hints)
        return next(filter(None, (violation_at_depth(statement, p) for p in there)), None)
    near = [{x: v for x, v in h.items() if x in unrolled.variables} for h in hints]
    found = refute(unrolled, budget_seconds, seed, near)
    if found is None:
        return None
    return replace(found, point={**found.point, "layers": Fraction(depth)})


def _at_extremes(
    statement: Statement, depth: int, budget_seconds: float, seed: int, refute: Refuter
) -> Counterexample | None:
    """A counterexample at which inequalities about members hold with equality."""
    try:
        pieces = statement.unrolled(depth).pieces
    except InputError:  # too large a formula here; smaller depths are attacked all the same
        return None
    for piece in pieces:
        case = extreme(piece)
        if case is None:
            return None
        found = refute(case.statement, budget_seconds / len(pieces), seed, ())
        point = None if found is None else case.lifted(found.point)
        whole = None if point is None else violation(piece, point)
        if whole is not None:
            return replace(whole, point={**whole.point, "layers": Fraction(depth)})
    return None


def _simulated(statement: Statement, deadline: float) -> Iterator[tuple[int, dict[str, float]]]:
    """Depths at which the recursion, run in floating point, contradicts the conclusion."""
    layers = statement.layers
    assert layers is not None
    try:
        goal = reading(statement)
        conclusion = function(goal.target)
        finals = goal.layers.finals.values() if goal.layers is not None else ()
        ends = [(function(e), relation) for e, relation in finals]
        taken = {*statement.variables, *statement.constants, *statement.definitions, *layers.names}
        run = separator(layers.variables, taken)
        for steps, runs in ((MAX_UNROLLED, 24), (MAX_STEPS, 12 if ends else 2)):
            for trajectory in trajectories(goal, runs, steps, deadline):
                bad = _first_failure(goal, conclusion, ends, trajectory)
                if bad is None:
                    continue
                point = {x: trajectory[0][x] for x in statement.variables if x in trajectory[0]}
                for layer, here in enumerate(trajectory[1 : bad + 1], 1):
                    point |= {f"{x}{run}{layer}": here[x] for x in layers.variables}
                yield bad, point
    except (Rejected, Malformed, ArithmeticError, RecursionError):
        return


Function = Callable[[Mapping[str, float]], float]


def _first_failure(
    goal: Goal,
    conclusion: Function,
    ends: Sequence[tuple[Function, Relation]],
    run: Sequence[dict[str, float]],
) -> int | None:
    for depth, point in enumerate(run):
        if not all(_nearly(value(e, point), relation) for e, relation in ends):
            continue
        v = value(conclusion, point)
        size = 1e-9 * (1 + max(abs(c) for c in point.values()))
        if abs(v) > size if goal.relation is Relation.EQ else v < -size:
            return depth
    return None


def _nearly(v: float, relation: Relation) -> bool:
    """Whether what is assumed at the end may hold: an exact point decides later."""
    return abs(v) < 1e-6 if relation is Relation.EQ else not v < -1e-6
