"""Zero-asymmetric initialisation: its bounds in ball arithmetic, its largest step, its counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache, partial

import numpy as np

from numerics.matrices.instances import Exact, random_stream, rounded
from numerics.matrices.zas import (
    PAPERS_RATE,
    RATE,
    bound_on_count,
    check_zas,
    largest_steps,
    logarithms,
    norm_square,
    papers_step,
    proved_step,
    refuted_step,
    scalar_counts,
)
from numerics.matrices.zas_range import tuned_step
from numerics.statistics import Interval, fitted_exponent
from proofs.experiments import Measurement, Point, Profile
from proofs.verdicts import Kind

NEAR = "near-identity:0.1"
DEPTHS: dict[Profile, tuple[int, ...]] = {"quick": (3, 5, 7, 9), "full": (4, 8, 12, 16)}


def targets(count: int) -> list[Exact]:
    """Exact targets of size 2 and 3: general, -I, with a negative eigenvalue, rotated, singular."""
    half = Fraction(1, 2)
    made: list[Exact] = [
        [[-Fraction(1), Fraction(0)], [Fraction(0), -Fraction(1)]],
        [[half, Fraction(0)], [Fraction(0), -half]],
        [[Fraction(0), -half], [half, Fraction(0)]],
        [[half, half], [half, half]],
    ]
    random = random_stream(2019)
    made += [rounded(random.standard_normal((3, 3)) / 3) for _ in range(max(0, count - len(made)))]
    return made[:count]


@lru_cache(maxsize=8)
def verified(own: bool, profile: Profile) -> Sequence[Point]:
    """Measure the largest share of the bound that R(t) uses, on each target and depth."""
    depths, steps = ((2, 4), 250) if profile == "quick" else ((2, 3, 4, 6), 600)
    points = []
    for target in targets(5 if profile == "quick" else 8):
        square = norm_square(target)
        for depth in depths:
            size = proved_step(depth, square) if own else papers_step(depth, square)
            found = check_zas(target, depth, size, RATE if own else PAPERS_RATE, steps)
            decided = found.share if found.holds is not None else Fraction(2)
            points.append({"loss": decided, "bound": Fraction(1)})
    return points


@lru_cache(maxsize=8)
def brackets(profile: Profile) -> Sequence[Point]:
    """Measure the proved and the refuted step size on 1 x 1 targets."""
    norms = (Fraction(1, 4), Fraction(1), Fraction(2))
    depths = (2, 3, 5, 8) if profile == "quick" else (2, 3, 4, 5, 8, 12)
    found = [refuted_step(depth, norm) for depth in depths for norm in norms]
    return [{"proved": tuned_step(b.depth, b.norm_square), "refuted": b.refuted} for b in found]


def tuned(profile: Profile) -> Sequence[Point]:
    """Measure the largest step size that the proof covers, and the closed form of the theorem."""
    depths = (2, 3, 8, 64) if profile == "quick" else (2, 3, 4, 5, 8, 16, 64, 256, 1000)
    squares = (Fraction(1, 16), Fraction(1), Fraction(16))
    return [
        {"tuned": tuned_step(depth, square), "closed": proved_step(depth, square)}
        for depth in depths
        for square in squares
    ]


@lru_cache(maxsize=8)
def step_exponent(profile: Profile) -> Sequence[Point]:
    """Fit ln(largest stable step) against ln L, with a bootstrap over targets of norm 1."""
    depths, count, size = ((4, 8, 16), 6, 2) if profile == "quick" else ((4, 8, 16, 32, 64), 12, 3)
    random = random_stream(1911)
    samples = []
    for depth in depths:
        drawn = random.standard_normal((count, size, size))
        drawn /= np.linalg.norm(drawn, axis=(1, 2), keepdims=True)
        samples.append(np.log(largest_steps(depth, drawn)))
    return [_point(fitted_exponent([math.log(d) for d in depths], samples))]


@lru_cache(maxsize=4)
def counted(init: str, profile: Profile) -> dict[int, list[tuple[int, int | None]]]:
    """Count steps to the target -1 at our step size, depth by depth."""
    starts = 9 if profile == "quick" else 30
    return {
        depth: scalar_counts(
            init, depth, Fraction(-1), proved_step(depth, Fraction(1)), starts, depth
        )
        for depth in DEPTHS[profile]
    }


@lru_cache(maxsize=8)
def polynomial(profile: Profile) -> Sequence[Point]:
    """Measure the certified count from ZAS and what the theorem allows."""
    points = []
    for depth in range(2, 13 if profile == "quick" else 33):
        size = proved_step(depth, Fraction(1))
        ((_, upper),) = scalar_counts("zas", depth, Fraction(-1), size)
        if upper is not None:
            bound = bound_on_count(size, Fraction(1, 4))
            points.append({"count": Fraction(upper), "bound": Fraction(bound)})
    return points


@lru_cache(maxsize=8)
def against(init: str, profile: Profile) -> Sequence[Point]:
    """Fit the growth per layer of ln(N / N of ZAS)."""
    own = {depth: logarithms(rows)[0] for depth, rows in counted("zas", profile).items()}
    samples = [
        [n - own[depth] for n in logarithms(rows)] for depth, rows in counted(init, profile).items()
    ]
    return [_point(fitted_exponent(DEPTHS[profile], samples))]


def _point(fit: Interval) -> Point:
    named = {"low": fit.low, "exponent": fit.estimate, "high": fit.high}
    return {name: Fraction(value) for name, value in named.items()}


MEASUREMENTS = {
    "zas-paper-range-verified": Measurement(Kind.GUARANTEE, partial(verified, False)),
    "zas-own-range-verified": Measurement(Kind.GUARANTEE, partial(verified, True)),
    "zas-largest-step": Measurement(Kind.GUARANTEE, brackets),
    "zas-tuned-range": Measurement(Kind.GUARANTEE, tuned),
    "zas-step-exponent": Measurement(Kind.STATISTICS, step_exponent),
    "zas-polynomial": Measurement(Kind.GUARANTEE, polynomial),
    "zas-against-near-identity": Measurement(Kind.STATISTICS, partial(against, NEAR)),
    "zas-against-xavier": Measurement(Kind.STATISTICS, partial(against, "gaussian")),
}
"""The measured claims of Wu, Wang and Ma (2019)."""
