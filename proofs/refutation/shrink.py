"""Shrink a counterexample to short rationals; every step is decided exactly."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from fractions import Fraction

from proofs.core.terms import Exhausted
from proofs.evidence.verdicts import Counterexample
from proofs.refutation.equations import equations
from proofs.refutation.violation import Unfolded
from theory.claims import Statement


def shrink(statement: Statement, found: Counterexample, deadline: float) -> Counterexample:
    """Replace coordinates by shorter rationals for as long as the violation persists."""
    solve = equations(statement)
    unfolded = Unfolded(statement)
    best = dict(found.point)
    changed = True
    with suppress(Exhausted):  # what is known stays
        while changed and time.process_time() < deadline:
            changed = False
            for x in sorted(best):
                for shorter in _shorter(best[x]):
                    trial = solve({**best, x: shorter})
                    simpler = unfolded.violation(trial) if _size(trial) < _size(best) else None
                    if simpler is not None:
                        best, found, changed = trial, simpler, True
                        break
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
