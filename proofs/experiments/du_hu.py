"""Wide Gaussian networks: certified runs, tails, runs at the theorem's own width, frontiers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
from flint import arb_mat

from numerics.balls import ends, precision
from numerics.chi_square import lower_tail, tail, upper_tail
from numerics.matrices import network
from numerics.matrices.balls import matrix
from numerics.matrices.descent import Orbit
from numerics.matrices.instances import gaussian_layers, random_stream, rationals
from numerics.matrices.start_certificate import (
    StartCertificate,
    certify_start,
    output_scale,
)
from numerics.papers.du_hu2019.explicit_width import Setting, explicit_width, tuned
from numerics.papers.du_hu2019.sharpness import sharpness
from numerics.papers.du_hu2019.theorem_4_1 import Regression, frontier, regression, run
from numerics.statistics import probability_interval
from proofs.evidence.verdicts import Kind
from proofs.experiments import FALL, Measurement, Point, Profile

HIGH, LOW = Fraction(11, 10), Fraction(9, 10)
BITS = 128
STEPS = 18  # where X is the identity, the loss falls a thousandfold
ROOT_2 = Fraction(math.isqrt(2 * 10**12), 10**6)


def follow(
    weights: Sequence[arb_mat],
    core: arb_mat,
    target: arb_mat,
    step_size: Fraction,
    steps: int,
    found: StartCertificate,
) -> Point:
    """Enclose a run: at the step where they are closest, the residual and the proved bound."""
    depth, width, outputs = len(weights), weights[0].nrows(), weights[-1].nrows()
    with precision(BITS):
        scale = output_scale(width, depth, outputs)
    orbit = Orbit(weights, step_size, target, core, scale, BITS)
    points: list[dict[str, Fraction]] = []
    for _ in range(steps):
        orbit.advance()
        with precision(BITS):
            bound = found.decay**orbit.time * found.first
            points.append({"residual": ends(orbit.residual_norm)[1], "bound": ends(bound)[0]})
    with precision(BITS):
        first, _ = ends(found.first)
    worst = max(points, key=lambda p: p["residual"] / p["bound"])
    return worst | {FALL: (points[-1]["residual"] / first) ** 2}


def farthest(
    weights: Sequence[arb_mat],
    core: arb_mat,
    step_size: Fraction,
    target: Callable[[float], network.Array],
) -> tuple[arb_mat, StartCertificate]:
    """The target farthest from the start, by halving the distance, at which it certifies itself."""
    for halvings in range(40):
        goal = matrix(rationals(target(2.0**-halvings)))
        found = certify_start(weights, core, goal, step_size)
        if found is not None:
            return goal, found
    raise ArithmeticError("the start certifies itself at no distance")


def near_start(
    layers: Sequence[network.Array], random: np.random.Generator, core: network.Array
) -> Callable[[float], network.Array]:
    """Targets at any distance of the start's own output, in one random direction."""
    width, outputs = layers[0].shape[0], layers[-1].shape[0]
    scale = float(width) ** (-(len(layers) - 1) / 2) / math.sqrt(outputs)
    made = scale * network.product(layers) @ core
    noise = random.standard_normal(made.shape)
    return lambda distance: made + distance * noise / np.linalg.norm(noise)


def orbit_of(
    weights: Sequence[arb_mat],
    drawn: Sequence[network.Array],
    share: Fraction,
    condition: int,
    random: np.random.Generator,
) -> Point:
    """Enclose the run from a start to the farthest target, at a step of ``share`` d_out/(L |X|²).

    ``condition`` is the ratio of the extreme singular values of the square matrix X.
    """
    size, depth = drawn[-1].shape[0], len(drawn)
    values = [Fraction(1)] * (size - 1) + [Fraction(1, condition)]
    core = [[values[i] * int(i == j) for j in range(size)] for i in range(size)]
    inputs, step_size = matrix(core), share * Fraction(size, depth)
    target = near_start(drawn, random, np.array(core, dtype=float))
    goal, found = farthest(weights, inputs, step_size, target)
    return follow(weights, inputs, goal, step_size, STEPS * condition**2, found)


CASES = (
    *((2, 100, 1, 1), (2, 49, 1, 1), (3, 100, 1, 1), (2, 144, 2, 1), (2, 144, 2, 2)),
    *((2, 64, 1, 1), (2, 81, 1, 1), (2, 121, 1, 1)),
)
DEEPER = ((3, 144, 1, 1), (4, 144, 1, 1), (3, 196, 2, 1))
"""Depth, width, inputs and outputs, and the condition of X."""


def certified_runs(profile: Profile) -> Sequence[Point]:
    """Enclose runs from Gaussian starts that certify themselves (Theorem D)."""
    cases = CASES if profile == "quick" else CASES * 3 + DEEPER
    points: list[Point] = []
    for seed, (depth, width, size, condition) in enumerate(cases):
        random = random_stream(seed, depth, width)
        drawn = gaussian_layers([size, *[width] * (depth - 1), size], random)
        weights = [matrix(rationals(w)) for w in drawn]
        points.append(orbit_of(weights, drawn, Fraction(1, 3), condition, random))
    return points


def exact_tails(profile: Profile) -> Sequence[Point]:
    """Enclose both tails of one chi-square, and the bounds of Lemma 6.1 at q = 1."""
    points = []
    for width in (1, 3, 10, 30, 100, 300, 1000, 3000)[: 6 if profile == "quick" else 8]:
        with precision(BITS):
            high = tail(width, HIGH**2)
            low = 1 - tail(width, LOW**2)
        for probability, bound in (
            (high, upper_tail(width, 1, HIGH)),
            (low, lower_tail(width, 1, LOW, Fraction(1, 5))),
        ):
            points.append({"tail": ends(probability)[1], "bound": ends(bound)[0]})
    return points


def sampled_tails(profile: Profile) -> Sequence[Point]:
    """Count how often a product of q chi-squares leaves 1 ± 0.1; lower ends of the intervals."""
    samples = 20_000 if profile == "quick" else 1_000_000
    points = []
    for width, layers in ((10, 1), (20, 2), (200, 1), (600, 5), (5000, 50)):
        random = random_stream(6, width, layers)
        logs = sum(np.log(random.chisquare(width, samples) / width) for _ in range(layers)) / 2
        for hits, bound in (
            (int(np.sum(logs >= math.log(1.1))), upper_tail(width, layers, HIGH)),
            (int(np.sum(logs <= math.log(0.9))), lower_tail(width, layers, LOW, Fraction(1, 5))),
        ):
            low = probability_interval(hits, samples).low
            points.append({"tail": Fraction(low), "bound": ends(bound)[0]})
    return points


def theorem_width(profile: Profile) -> Sequence[Point]:
    """Run at the width that the explicit theorem asks for: two layers, d_out = r = 1."""
    setting = Setting.of(2, 1, 1)
    chosen = tuned(setting)
    width = explicit_width(setting, chosen).width
    problem = Regression(np.ones((1, 1)), np.ones((1, 1)), 1.0)
    starts, rate = 8 if profile == "quick" else 40, chosen.rate
    drawn = [gaussian_layers([1, width, 1], random_stream(4, i)) for i in range(starts)]
    layers = [np.stack(same) for same in zip(*drawn, strict=True)]
    norm_rate = float(1 - (1 - float(rate) * float(chosen.step)) ** 2) / float(chosen.step)
    made = run(problem, layers, 200, float(chosen.step), norm_rate, every=1)
    return [
        {
            "loss_ratio": Fraction(float(made.loss_ratio[i])),
            "high": Fraction(float(made.high[i])) / chosen.high,
            "low": Fraction(float(made.low[i])) / chosen.low,
            # Movement is in units of sqrt(2 l(0)); the radius in units of sqrt(B) >= sqrt(l(0)).
            "moved": Fraction(float(made.movement[i])) * ROOT_2 / chosen.movement,
            FALL: Fraction(1, 10**6) if made.steps[i] >= 0 else Fraction(1),
        }
        for i in range(starts)
    ]


def frontiers(profile: Profile) -> Sequence[Point]:
    """Measure the least width at which the loss bound holds in practice, and the explicit width."""
    points = []
    for depth in (2, 3) if profile == "quick" else (2, 3, 4, 6, 8, 12):
        problem = regression(3, 2, 2, 1.0, 1.0, random_stream(1, 1))
        setting = Setting.of(depth, 2, 2)
        asked = explicit_width(setting, tuned(setting)).width
        found = frontier(depth, problem, starts=40 if profile == "quick" else 100)
        points.append({"asked": Fraction(asked), "measured": Fraction(found.width)})
    return points


def counts(profile: Profile) -> Sequence[Point]:
    """Count steps to 10^-6 of the first loss in wide networks, against 12 kappa ln 10^6."""
    points = []
    for condition in (1.0, 2.0, 4.0, 8.0):
        for depth in (2, 4) if profile == "quick" else (2, 4, 8, 16):
            random = random_stream(5, depth, round(condition))
            problem = regression(3, 2, 2, condition, 1.0, random)
            width = min(64 * depth, 256)
            drawn = [gaussian_layers([3, *[width] * (depth - 1), 2], random) for _ in range(2)]
            layers = [np.stack(same) for same in zip(*drawn, strict=True)]
            bound = math.ceil(12 * condition * math.log(1e6))
            made = run(problem, layers, bound, every=bound + 1)
            steps = [int(t) if t >= 0 else bound + 1 for t in made.steps]
            points += [
                {"steps": Fraction(t), "bound": Fraction(bound), FALL: Fraction(1, 10**6)}
                for t in steps
            ]
    return points


def frontier_of_steps(profile: Profile) -> Sequence[Point]:
    """Measure the largest step and the largest rate that all wide runs obey."""
    points = []
    for depth in (2,) if profile == "quick" else (2, 4):
        width, starts = max(64, 16 * depth), 10 if profile == "quick" else 20
        found = sharpness("gaussian", depth, width, starts=starts)
        points.append({"share": Fraction(found.step), "rate": Fraction(found.rate)})
    return points


MEASUREMENTS = {
    "du-hu-certified-runs": Measurement(Kind.GUARANTEE, certified_runs, converges=True),
    "du-hu-exact-tails": Measurement(Kind.GUARANTEE, exact_tails),
    "du-hu-sampled-tails": Measurement(Kind.STATISTICS, sampled_tails),
    "du-hu-theorem-width": Measurement(Kind.TESTS, theorem_width, converges=True),
    "du-hu-frontier": Measurement(Kind.STATISTICS, frontiers),
    "du-hu-step-frontier": Measurement(Kind.STATISTICS, frontier_of_steps),
    "du-hu-steps": Measurement(Kind.TESTS, counts, converges=True),
}
