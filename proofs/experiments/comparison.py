"""The seven systems on the same problems, and which starts cope with which targets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache, partial

from numerics.matrices.initialisations import DATA, TARGETS, Cell, cell
from numerics.matrices.tasks import KINDS, Row, task
from numerics.papers.comparison import SYSTEMS
from proofs.evidence.verdicts import Kind
from proofs.experiments import Measurement, Point, Profile

GUARANTEES = ("wu-wang-ma", "arora", "bartlett")


def _rows(system: str, profile: Profile) -> list[Row]:
    depths = (2, 4) if profile == "quick" else (2, 3, 4, 6, 8)
    run: Callable[..., Row] = SYSTEMS[system]
    return [run(task(kind, depth), 20_000, 5.0) for depth in depths for kind in KINDS]


@lru_cache(maxsize=4)
def bounds(profile: Profile) -> Sequence[Point]:
    """Measure the count and what is guaranteed."""
    systems = GUARANTEES if profile == "quick" else (*GUARANTEES, "nguyen-mondelli")
    return [
        {"count": Fraction(row.upper), "bound": Fraction(row.bound)}
        for system in systems
        for row in _rows(system, profile)
        if row.bound is not None and row.upper is not None
    ]


@lru_cache(maxsize=4)
def lower_bounds(profile: Profile) -> Sequence[Point]:
    """Measure the certified count of scalar nets and the box bound."""
    return [
        {"count": Fraction(row.lower), "bound": Fraction(row.bound)}
        for row in _rows("shamir", profile)
        if row.bound is not None and row.lower is not None
    ]


@lru_cache(maxsize=4)
def shares(
    starts: Sequence[str], targets: Sequence[str], data: Sequence[str], profile: Profile
) -> Sequence[Point]:
    """Measure the share of runs that arrive, cell by cell."""
    runs = 8 if profile == "quick" else 40
    cells = [cell(s, t, x, runs) for s in starts for t in targets for x in data]
    return [_point(c) for c in cells]


def _point(found: Cell) -> Point:
    share = found.share
    named = {"low": share.low, "share": share.estimate, "high": share.high}
    return {name: Fraction(value) for name, value in named.items()}


MEASUREMENTS = {
    "comparison-bounds": Measurement(Kind.TESTS, bounds),
    "comparison-lower-bounds": Measurement(Kind.GUARANTEE, lower_bounds),
    "comparison-identity-fails": Measurement(
        Kind.STATISTICS, partial(shares, ("identity",), ("negative eigenvalue",), DATA)
    ),
    "comparison-global": Measurement(
        Kind.STATISTICS, partial(shares, ("ZAS", "random, wide"), TARGETS, DATA)
    ),
    "comparison-margin": Measurement(
        Kind.STATISTICS, partial(shares, ("balanced, margin",), TARGETS, ("whitened",))
    ),
}
