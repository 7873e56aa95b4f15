"""The seven systems on the same problems, and which starts cope with which targets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache, partial

from numerics.balls import ends, precision
from numerics.matrices.balls import matrix, smallest_singular
from numerics.matrices.initialisations import DATA, TARGETS, Cell, cell
from numerics.matrices.tasks import KINDS, Row, task
from numerics.papers.bartlett_helmbold_long2018.identity import distance_square
from numerics.papers.comparison import SYSTEMS
from numerics.papers.wu_wang_ma2019.zas import norm_square
from proofs.evidence.verdicts import Kind
from proofs.experiments import FALL, Measurement, Point, Profile

FINE = Fraction(1, 1000)
GUARANTEES = ("wu-wang-ma", "arora", "bartlett")


def _rows(system: str, depths: Sequence[int], accuracy: Fraction) -> list[Row]:
    run: Callable[..., Row] = SYSTEMS[system]
    problems = [task(kind, depth) for depth in depths for kind in KINDS]
    return [run(replace(problem, accuracy=accuracy), 20_000, 5.0) for problem in problems]


def _fall(row: Row) -> Fraction:
    """The level over the first loss: ZAS and pyramids begin at 0, the identity at itself."""
    problem = replace(task(row.kind, row.depth), accuracy=FINE)
    if row.system == "bartlett":
        first = distance_square(problem.target) / 2
    elif row.system == "arora":
        with precision(64):
            half = ends(smallest_singular(matrix(problem.target)))[0] / 2
        first = half**2 / 2 * Fraction(999, 1000)  # the start is that far, up to doubles
    else:
        first = norm_square(problem.target) / 2
    return problem.level / first


@lru_cache(maxsize=4)
def bounds(profile: Profile) -> Sequence[Point]:
    """Measure the count and what is guaranteed."""
    depths = (2, 4) if profile == "quick" else (2, 3, 4, 6, 8)
    systems = GUARANTEES if profile == "quick" else (*GUARANTEES, "nguyen-mondelli")
    return [
        {"count": Fraction(row.upper), "bound": Fraction(row.bound), FALL: _fall(row)}
        for system in systems
        for row in _rows(system, depths, FINE)
        if row.bound is not None and row.upper is not None
    ]


@lru_cache(maxsize=4)
def lower_bounds(profile: Profile) -> Sequence[Point]:
    """Measure the certified count of scalar nets and the box bound."""
    return [
        {"count": Fraction(row.lower), "bound": Fraction(row.bound)}
        for row in _rows("shamir", range(2, 10 if profile == "quick" else 20), Fraction(1, 100))
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
    "comparison-bounds": Measurement(Kind.TESTS, bounds, converges=True),
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
