"""Theorem 4: explicit upper bounds and two-sided bounds against rigorous counts; Lemma 13."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from numerics.balls import ends, precision
from numerics.centred import CentredOrbit
from numerics.certified.count import certified_count
from numerics.loss import SHAMIR, Loss
from numerics.papers.shamir2019.lemma_13 import (
    BEYOND,
    LIMIT,
    Instance,
    equal_weights,
    largest_share,
)
from numerics.papers.shamir2019.upper_bound import largest_step, theorem_4
from numerics.problem import Budget, Problem
from numerics.reduced_bounds import two_sided
from numerics.starts import draw, generator
from proofs.evidence.verdicts import Kind
from proofs.experiments import FALL, FALLEN, Measurement, Point, Profile

_BITS = 128
_TARGET = Fraction(-1)
_LEVEL = Fraction(-1, 2)
_STEP = Fraction(1, 100)
_INITS = ("gaussian", "uniform", "near-identity:0.2")


def separated_start(depth: int, seed: int) -> tuple[Fraction, ...]:
    """Draw weights of both signs, the sizes 1/(2k) apart at least and at most 4/3."""
    random = generator(seed)
    sizes = [
        Fraction(j, depth) + Fraction(int(random.integers(100)), 300 * depth)
        for j in range(1, depth + 1)
    ]
    signs = (1 if random.integers(2) else -1 for _ in sizes)
    return tuple(s * w for s, w in zip(signs, sizes, strict=True))


@lru_cache(maxsize=2)
def explicit(profile: Profile) -> Sequence[Point]:
    """Count the steps until f has fallen a thousandfold, and bound them by Theorem 4 at its step.

    The last starts are at a border: products just above the target, gaps as small as they get.
    """
    points = []
    for depth in (3, 4, 6, 8, 12) if profile == "quick" else range(2, 25):
        for seed in range(2 if profile == "quick" else 8):
            start = separated_start(depth, 100 * depth + seed)
            if math.prod(start) <= _TARGET:
                continue
            points += _counted(start)
    for start in BORDER:
        points += _counted(start)
    return points


BORDER = (
    (Fraction(-9, 10), Fraction(11, 10)),
    (Fraction(1, 2), Fraction(501, 1000)),
    (Fraction(1, 1000), Fraction(1, 2), Fraction(3, 2)),
    (Fraction(-1), Fraction(1001, 1000), Fraction(998, 1000)),
    (Fraction(1, 10), Fraction(101, 1000), Fraction(2), Fraction(-2)),
    (Fraction(-47, 1000), Fraction(331, 200)),
)
"""Starts of Theorem 4 with p(0) near y, weights nearly tied, one nearly 0; where it is tightest."""


def _counted(start: Sequence[Fraction]) -> list[Point]:
    step, first = largest_step(start, _TARGET), (math.prod(start) - _TARGET) ** 2 / 2
    epsilon = first * FALLEN
    bound = theorem_4(start, _TARGET, step, epsilon).upper
    found = certified_count(Problem.of(SHAMIR, start, step, f"f <= {epsilon}"), Budget())
    if found.upper is None or bound is None:
        return []
    return [{"count": Fraction(found.upper), "bound": Fraction(bound), FALL: FALLEN}]


@lru_cache(maxsize=2)
def sandwiched(profile: Profile) -> Sequence[Point]:
    """Count by the certified engine and bound from both sides by cells."""
    loss, points = Loss.of(SHAMIR), []
    for init in _INITS:
        for depth in (4, 8, 14) if profile == "quick" else (3, 4, 6, 8, 12, 16, 24, 32, 64, 128):
            for seed in range(1 if profile == "quick" else 10):
                start = draw(init, depth, 31 * depth + seed)
                problem = Problem.of(loss, start, _STEP, f"p <= {_LEVEL}")
                if math.prod(start) <= _LEVEL:
                    continue
                bound = two_sided(loss, start, _STEP, _LEVEL)
                found = certified_count(problem, Budget())
                if bound.upper is None or found.upper is None:
                    continue
                for count in {found.lower, found.upper}:
                    ends_ = {"lower": bound.lower, "count": count, "upper": bound.upper}
                    points.append({n: Fraction(v) for n, v in ends_.items()})
    return points


@lru_cache(maxsize=2)
def lemma_13(profile: Profile) -> Sequence[Point]:
    """Follow random instances with the largest step of the sharpened lemma, and the paper's."""
    points: list[Point] = []
    random = generator(13)
    for _ in range(12 if profile == "quick" else 200):
        depth = int(random.integers(2, 7))
        gamma = Fraction(int(random.integers(4, 25)), 16)
        delta = gamma * Fraction(int(random.integers(1, 9)), 8)
        weights = [gamma + Fraction(int(random.integers(0, 3)), 8) for _ in range(depth - 1)]
        weights.append(delta)
        target = math.prod(weights) * (1 + Fraction(1, int(random.choice([1, 2, 16, 10**6]))))
        spread = 1 / delta**2 + (depth - 1) / gamma**2
        steps = (1 / (target**2 * spread), delta**2 / (2 * depth * target**2))
        points += [_errors(weights, target, delta, gamma, step) for step in steps]
    return points


def _errors(
    weights: Sequence[Fraction], target: Fraction, delta: Fraction, gamma: Fraction, step: Fraction
) -> Point:
    """Follow an orbit until its loss has fallen a thousandfold, and keep the step nearest to it."""
    depth, worst, first = len(weights), Fraction(0), target - math.prod(weights)
    point: dict[str, Fraction] = {}
    rate = gamma ** (2 * (depth - 2)) * (gamma**2 + (depth - 1) * delta**2)
    with precision(_BITS):
        orbit = CentredOrbit(Loss.of(f"(p - ({target}))**2/2"), weights, step, _BITS)
        bound = first
        for _ in range(20_000):
            orbit.advance_at_working_precision()
            bound *= 1 - step * rate
            # Rounded upwards to keep the fractions short; a part in 2**100 is no slack.
            bound = Fraction(-(-bound.numerator * 2**160 // bound.denominator), 2**160)
            low, high = ends(orbit.product)
            error = max(abs(target - low), abs(target - high))
            if error / bound >= worst:
                worst, point = error / bound, {"error": error, "bound": bound}
            if error**2 <= FALLEN * first**2:
                break
    return point | {FALL: (error / first) ** 2}


@lru_cache(maxsize=2)
def lemma_13_range(profile: Profile) -> Sequence[Point]:
    """Follow instances of Lemma 13 at multiples of its step size up to 3."""
    random = generator(2019)
    instances = [
        equal_weights(depth, Fraction(1, n)) for depth in (2, 3, 8) for n in (3, 10**3, 10**5)
    ]
    for _ in range(20 if profile == "quick" else 2_000):
        depth = int(random.integers(2, 8))
        gamma = Fraction(int(random.integers(1, 33)), 16)
        least = gamma / int(random.choice([1, 1, 2, 10, 1000]))
        others = [gamma * (1 + int(random.choice([0, 0, 1, 9]))) for _ in range(depth - 1)]
        excess = Fraction(1, int(random.choice([1, 4, 30, 10**6])))
        weights = (least, *others)
        instances.append(Instance(weights, math.prod(weights) * (1 + excess)))
    points: list[Point] = []
    for multiple in (Fraction(2), LIMIT, BEYOND, Fraction(3)):
        for one in instances:
            pace = one.rate * multiple * one.printed_step
            # Until the bound has fallen a thousandfold; enclosures lose some bits per step.
            steps = min(300, math.ceil(7 / pace))
            share = largest_share(one, multiple, steps, 256 + 8 * steps)
            broken = not share <= 1
            excess = ends(share - 1)[1] if broken else Fraction(0)
            points.append({"multiple": multiple, "excess": excess})
    return points


@lru_cache(maxsize=2)
def crossings(profile: Profile) -> tuple[Sequence[Point], Sequence[Point]]:
    """Exact orbits until the smallest weight has crossed zero, and one step more."""
    times, landings = list[Point](), list[Point]()
    for (least, *others), c_1, step in _crossed(profile):
        gaps = math.prod((w - least for w in others), start=Fraction(1))
        rest = math.prod(others, start=Fraction(1))
        reach, weights, steps = step * (least * rest + c_1) * rest, [least, *others], 0
        # An order that is kept, and a landing that is short: the hypotheses of Lemma 16.
        small = reach < min(w - least for w in others) and 2 * reach * rest <= c_1
        while weights[0] > 0:
            weights, steps = _exact_step(weights, c_1, step), steps + 1
        bound = math.ceil(least / (step * c_1 * gaps))
        times.append({"steps": Fraction(steps), "bound": Fraction(bound)})
        if small:
            after = _exact_step(weights, c_1, step)
            b = math.prod((w - least - reach for w in others), start=Fraction(1))
            landings.append(
                {
                    "landing": weights[0],
                    "reach": reach,
                    "next_step": weights[0] - after[0],
                    "least": step * c_1 * b / 2,
                }
            )
    return times, landings


def _crossed(profile: Profile) -> Iterator[tuple[Sequence[Fraction], Fraction, Fraction]]:
    """Weights, the smallest first, c_1 and a step; first landings as far beyond 0 as allowed."""
    for far in (2, 10, 100):
        least, step = Fraction(1, 10**6), Fraction(1, 2 * far * far + 1)
        yield [least, Fraction(far)], Fraction(1), step
    random = generator(15)
    for _ in range(27 if profile == "quick" else 400):
        depth, c_1 = int(random.integers(2, 5)), Fraction(int(random.integers(1, 9)), 4)
        kappa = Fraction(1, int(random.choice([1, 2, 4])))
        least = Fraction(int(random.integers(1, 8)), 16)
        others = [
            least + kappa * (j + int(random.integers(2)) * Fraction(1, 8)) for j in range(1, depth)
        ]
        gaps = math.prod((w - least for w in others), start=Fraction(1))
        yield [least, *others], c_1, least / (c_1 * gaps * int(random.integers(1, 4)))


def _exact_step(weights: Sequence[Fraction], c_1: Fraction, step: Fraction) -> list[Fraction]:
    slope = math.prod(weights, start=Fraction(1)) + c_1
    return [
        w
        - step * slope * math.prod((v for j, v in enumerate(weights) if j != i), start=Fraction(1))
        for i, w in enumerate(weights)
    ]


MEASUREMENTS = {
    "shamir-lemma-15-orbits": Measurement(Kind.GUARANTEE, lambda p: crossings(p)[0]),
    "shamir-lemma-16-orbits": Measurement(Kind.GUARANTEE, lambda p: crossings(p)[1]),
    "shamir-lemma-13-range": Measurement(Kind.GUARANTEE, lemma_13_range),
    "shamir-theorem-4-counts": Measurement(Kind.GUARANTEE, explicit, converges=True),
    "shamir-theorem-4-two-sided": Measurement(Kind.GUARANTEE, sandwiched),
    "shamir-lemma-13-measured": Measurement(Kind.GUARANTEE, lemma_13, converges=True),
}
