"""Zero-asymmetric initialisation: its bounds in ball arithmetic, its largest step, its counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache, partial

import numpy as np

from numerics.matrices.instances import Exact, random_stream
from numerics.matrices.rates import RateCheck
from numerics.papers.wu_wang_ma2019.step_range import proved_step
from numerics.papers.wu_wang_ma2019.zas import (
    bound_on_count,
    check_zas,
    largest_steps,
    logarithms,
    refuted_step,
    scalar_counts,
)
from numerics.statistics import Interval, fitted_exponent
from proofs.evidence.verdicts import Kind
from proofs.experiments import FALL, FALLEN, Measurement, Point, Profile

NEAR = "near-identity:0.1"
DEPTHS: dict[Profile, tuple[int, ...]] = {"quick": (3, 5, 7, 9), "full": (4, 8, 12, 16)}
STARTS = 60  # of nine the fitted growth depends on the seed


def hard_targets(norm: Fraction) -> list[Exact]:
    """Targets of one spectral norm, known exactly, for which something else is extreme.

    Eigenvalues of both signs and of very different sizes, a rotated one (3, 4, 5), rank one, more
    outputs than inputs and fewer.
    """
    small = norm / 1000
    turn = [[Fraction(3, 5), -Fraction(4, 5)], [Fraction(4, 5), Fraction(3, 5)]]
    return [
        [[norm, Fraction(0)], [Fraction(0), -norm]],
        [[-norm, Fraction(0)], [Fraction(0), small]],
        [[norm * x for x in turn[0]], [small * x for x in turn[1]]],
        [[norm * turn[0][0], norm * turn[0][1]]],
        [[norm], [Fraction(0)], [Fraction(0)]],
    ]


@lru_cache(maxsize=2)
def limits(profile: Profile) -> Sequence[Point]:
    """Measure the share of the bound used at the largest step, until R has fallen by 10**3."""
    depths = (2, 3, 6) if profile == "quick" else (2, 3, 4, 6, 10)
    norms = [Fraction(1, 10), Fraction(1), Fraction(10)]
    points = []
    for depth in depths:
        for norm in norms if profile == "quick" else [*norms, Fraction(100)]:
            size = proved_step(depth, norm**2)
            for target in hard_targets(norm):
                enough = 20 + bound_on_count(size, FALLEN)
                if enough < (1200 if profile == "quick" else 30_000):
                    points.append(share(check_zas(target, depth, size, None, enough, FALLEN)))
    return points


def share(found: RateCheck) -> Point:
    """Share of the bound used; 2, a violation, where that is undecided."""
    used = Fraction(2) if found.holds is None else found.share
    return {"loss": used, "bound": Fraction(1), FALL: Fraction(found.trace[-1][0])}


@lru_cache(maxsize=8)
def brackets(profile: Profile) -> Sequence[Point]:
    """Measure the proved and the refuted step size on 1 x 1 targets."""
    quick = profile == "quick"
    norms = [Fraction(n, 100) for n in (1, 25, 100, 200, 1000, *([] if quick else [10_000]))]
    depths = (2, 3, 5, 20) if quick else (2, 3, 4, 5, 8, 10, 20, 40)
    follow = 100 if quick else 2_000
    found = [refuted_step(depth, norm, follow) for depth in depths for norm in norms]
    return [{"proved": b.proved, "refuted": b.refuted} for b in found]


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
    return {
        depth: scalar_counts(
            init, depth, Fraction(-1), proved_step(depth, Fraction(1)), STARTS, depth
        )
        for depth in DEPTHS[profile]
    }


@lru_cache(maxsize=8)
def polynomial(profile: Profile) -> Sequence[Point]:
    """Measure the certified count from ZAS and what the theorem allows."""
    points = []
    for depth in range(2, 13 if profile == "quick" else 33):
        size = proved_step(depth, Fraction(1))
        near = Fraction(1, 32)
        ((_, upper),) = scalar_counts("zas", depth, Fraction(-1), size, near=near)
        if upper is not None:
            bound = bound_on_count(size, near**2)
            points.append({"count": Fraction(upper), "bound": Fraction(bound), FALL: near**2})
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
    "zas-range-verified": Measurement(Kind.GUARANTEE, limits, converges=True),
    "zas-largest-step": Measurement(Kind.GUARANTEE, brackets),
    "zas-step-exponent": Measurement(Kind.STATISTICS, step_exponent),
    "zas-polynomial": Measurement(Kind.GUARANTEE, polynomial, converges=True),
    "zas-against-near-identity": Measurement(Kind.STATISTICS, partial(against, NEAR)),
    "zas-against-xavier": Measurement(Kind.STATISTICS, partial(against, "gaussian")),
}
"""The measured claims of Wu, Wang and Ma (2019)."""
