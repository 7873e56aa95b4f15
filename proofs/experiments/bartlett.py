"""Identity initialisation: bounds and counts on exact targets, and how far constants can go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache, partial

from numerics.balls import ball, ends, precision
from numerics.matrices.balls import loss
from numerics.matrices.descent import Orbit
from numerics.matrices.instances import (
    Exact,
    exact_positive,
    near_identity_target,
    random_stream,
    rationals,
)
from numerics.matrices.rates import check_rate
from numerics.papers.bartlett_helmbold_long2018.identity import (
    BITS,
    RADIUS_STEP,
    Frontier,
    check_positive,
    distance_square,
    exact_identity,
    identity_count,
    largest_step,
    near_rate,
    near_step,
    radius_frontier,
    radius_rate,
    step_frontier,
)
from proofs.evidence.verdicts import Kind
from proofs.experiments import FALL, FALLEN, Measurement, Point, Profile
from proofs.experiments.zas import share

HALF = Fraction(1, 2)
SPECTRA = (
    (HALF, Fraction(3, 2), Fraction(2)),
    (Fraction(1, 4), Fraction(1), Fraction(3)),
    (Fraction(1, 3), Fraction(2, 3)),
)
DIVERGED = 10**6
HARD = (Fraction(1, 10), Fraction(1), Fraction(4))


def _depths(profile: Profile) -> Sequence[int]:
    return (2, 3, 5) if profile == "quick" else (2, 3, 5, 8)


def positive(profile: Profile) -> Sequence[Point]:
    """Measure the share of the bound used, positive definite targets, the largest step."""
    points = []
    for i, spectrum in enumerate((*SPECTRA, HARD)):
        target = exact_positive(spectrum, random_stream(18, i))
        for depth in _depths(profile):
            with precision(BITS):
                limit, _ = ends(largest_step(depth, max(Fraction(1), *spectrum)))
            sizes = (limit,) if spectrum is HARD else (limit, limit / 10)
            points += [share(check_positive(target, depth, s, 5_000, FALLEN)) for s in sizes]
    return points


def near(profile: Profile) -> Sequence[Point]:
    """Measure the share of the bound used at distance 1/10, at the largest step and a tenth."""
    points, distance = [], Fraction(1, 10)
    for depth in _depths(profile):
        drawn = _near_targets(distance, 2 if profile == "quick" else 10)
        for target in (*drawn, *extreme_targets(distance)):
            for size in (near_step(depth), near_step(depth) / 10):
                start, rate = exact_identity(len(target), depth), near_rate(depth, size)
                points.append(share(check_rate(start, target, size, rate, 400, FALLEN)))
    return points


def radius(profile: Profile) -> Sequence[Point]:
    """Measure the share of our bound used at distances up to 0.499, until R falls by 10**3."""
    points = []
    for distance in (Fraction(2, 5), Fraction(49, 100), Fraction(499, 1000)):
        near = _near_targets(distance, 1 if profile == "quick" else 5)
        for target in [*near, *extreme_targets(distance)]:
            for depth in (2, 3, 6) if profile == "quick" else (2, 3, 5, 8, 20):
                size = Fraction(1, RADIUS_STEP * depth)
                rate = radius_rate(depth, size, _root(distance_square(target)))
                start = exact_identity(len(target), depth)
                found = check_rate(start, target, size, rate, 100)
                points.append(share(found))
    return points


def extreme_targets(distance: Fraction) -> list[Exact]:
    """Targets at a distance from I: smaller in one direction, larger, sheared, turned."""
    r, one, zero = distance, Fraction(1), Fraction(0)
    turn = r * Fraction(70, 99)  # just below r/sqrt(2)
    return [
        [[one - r, zero], [zero, one]],
        [[one + r, zero], [zero, one]],
        [[one, r], [zero, one]],
        [[one, -turn], [turn, one]],
        [[one - r / 2, -r / 2], [-r / 2, one - r / 2]],
    ]


@lru_cache(maxsize=8)
def frontiers(search: Callable[[int], Frontier], profile: Profile) -> Sequence[Point]:
    """Measure the theorem's constant and one that a ball trajectory refutes."""
    depths = (2, 5, 20) if profile == "quick" else (2, 3, 4, 5, 8, 12, 20)
    found = [search(depth) for depth in depths]
    return [{"proved": f.proved, "refuted": f.refuted} for f in found]


def counts(profile: Profile) -> Sequence[Point]:
    """Count from the eigenvalues, and by following the full matrices in balls."""
    points = []
    level = Fraction(1, 10**6)
    for i, spectrum in enumerate(SPECTRA):
        target = exact_positive(spectrum, random_stream(5, i))
        for depth in _depths(profile):
            size = Fraction(1, depth) / max(Fraction(1), *spectrum) ** 2
            found = identity_count(target, depth, size, level)
            brute = _brute(target, depth, size, level, 3_000)
            if found.upper is not None and brute is not None:
                ends_ = {"lower": found.lower, "upper": found.upper, "brute": brute}
                first = distance_square(target) / 2
                points.append({n: Fraction(v) for n, v in ends_.items()} | {FALL: level / first})
    return points


def failures(profile: Profile) -> Sequence[Point]:
    """Measure the lower end of the loss after many steps, and mu^2/2."""
    points = []
    steps = 100 if profile == "quick" else 200
    for depth in (2, 3, 4) if profile == "quick" else (2, 3, 4, 5, 6, 9):
        for mu in (HALF, Fraction(1)):
            target = exact_positive((-mu, Fraction(1), Fraction(3, 2)), random_stream(4, depth))
            for size in (1 / (4 * depth * (1 + mu)), Fraction(99, 100) / (1 + mu)):
                orbit = Orbit(exact_identity(3, depth), size, target, bits=20 * steps)
                lows = []
                for _ in range(steps):
                    lows.append(ends(orbit.loss)[0])
                    if orbit.loss > DIVERGED:  # beyond the barrier's reach, at so large a step
                        break
                    orbit.advance()
                points.append({"loss": min(lows), "bound": mu**2 / 2})
    return points


def _brute(target: Exact, depth: int, size: Fraction, level: Fraction, most: int) -> int | None:
    orbit = Orbit(exact_identity(len(target), depth), size, target, bits=BITS)
    with precision(BITS):
        for t in range(most):
            low, high = ends(loss(orbit.weights, orbit.target))
            if high <= level:
                return t
            if low <= level:
                return None
            orbit.advance()
    return None


def _near_targets(distance: Fraction, count: int) -> list[Exact]:
    """Targets at a distance from the identity that is provably at most, and almost, the given."""
    made = []
    for i in range(count):
        target = rationals(
            near_identity_target(2 + i % 2, random_stream(10, i), float(distance) * 0.999)
        )
        assert distance_square(target) < distance**2
        made.append(target)
    return made


def _root(square: Fraction) -> Fraction:
    """A rational just above the square root."""
    with precision(64):
        return ends(ball(square).sqrt())[1]


MEASUREMENTS = {
    "bartlett-rate-verified": Measurement(Kind.GUARANTEE, lru_cache(positive), converges=True),
    "bartlett-near-verified": Measurement(Kind.GUARANTEE, lru_cache(near), converges=True),
    "bartlett-radius-verified": Measurement(Kind.GUARANTEE, lru_cache(radius), converges=True),
    "bartlett-near-radius": Measurement(Kind.GUARANTEE, partial(frontiers, radius_frontier)),
    "bartlett-near-step": Measurement(Kind.GUARANTEE, partial(frontiers, step_frontier)),
    "bartlett-counts": Measurement(Kind.GUARANTEE, lru_cache(counts), converges=True),
    "bartlett-failure-verified": Measurement(Kind.GUARANTEE, lru_cache(failures)),
}
