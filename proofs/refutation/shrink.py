"""Shrink a counterexample to short rationals; every step is decided exactly."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from fractions import Fraction

from proofs.evidence.verdicts import Counterexample
from proofs.refutation.equations import Point, equations
from proofs.refutation.violation import Unfolded
from theory.claims import Statement


def shrink(statement: Statement, point: Point, deadline: float) -> Counterexample:
    """Replace coordinates by shorter rationals for as long as the violation persists."""
    solve = equations(statement)
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
