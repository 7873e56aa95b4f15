"""Orthogonal layers and narrow Gaussian ones: exact starts, certified runs, plateaus, phases."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from numerics.balls import ball, ends, precision
from numerics.certified.count import certified_count
from numerics.chi_square import mean_root
from numerics.matrices.balls import (
    identity,
    largest_singular,
    loss,
    matrix,
    product,
    smallest_singular,
    step,
)
from numerics.matrices.instances import random_stream, rationals
from numerics.matrices.start_certificate import output_scale
from numerics.papers.du_hu2019.explicit_width import Setting, orthogonal_width
from numerics.papers.du_hu2019.theorem_4_1 import Regression, run
from numerics.papers.hu_xiao_pennington2020.orthogonal import (
    cell,
    exact_orthogonal_start,
    exactly_orthogonal,
)
from numerics.papers.hu_xiao_pennington2020.theorem_5_1 import instance_bound, normalised_layers
from numerics.problem import Budget, Problem
from numerics.starts import draw
from proofs.evidence.verdicts import Kind
from proofs.experiments import FALL, Measurement, Point, Profile
from proofs.experiments.du_hu import ROOT_2, near_start, orbit_of

BITS = 128


def isometries(profile: Profile) -> Sequence[Point]:
    """Enclose extreme singular values of all W_{j:i} but the whole product, over their scale."""
    points: list[Point] = []
    for depth, root in ((3, 2), (4, 2)) if profile == "quick" else ((3, 3), (4, 3), (6, 2), (5, 4)):
        start = exact_orthogonal_start(depth, root, 2, 2, random_stream(depth, root))
        assert exactly_orthogonal(start)
        layers = [matrix(w) for w in start]
        with precision(BITS):
            for i in range(1, depth + 1):
                for j in range(i, depth + 1):
                    if (i, j) == (1, depth):
                        continue
                    scale = ball(root) ** (j - i + 1)
                    partial = product(layers, j, i)
                    for value in (largest_singular(partial), smallest_singular(partial)):
                        points += [{"singular": end} for end in ends(value / scale)]
    return points


def certified_runs(profile: Profile) -> Sequence[Point]:
    """Enclose runs from exactly orthogonal starts that certify themselves (Theorem D)."""
    points: list[Point] = []
    cases = [(2, 4, 1), (4, 3, 1), (2, 3, 2), (3, 2, 1), (2, 2, 1), (5, 2, 1), (8, 2, 1), (2, 2, 3)]
    if profile == "full":
        cases += [(2, 5, 1), (4, 4, 1), (8, 3, 1), (16, 3, 1), (2, 5, 3)]
    for depth, root, condition in cases:
        random = random_stream(7, depth, root)
        start = exact_orthogonal_start(depth, root, 2, 2, random)
        drawn = [np.array([[float(x) for x in row] for row in w]) for w in start]
        weights = [matrix(w) for w in start]
        points.append(orbit_of(weights, drawn, Fraction(1, 2), condition, random))
    return points


def theorem_width(profile: Profile) -> Sequence[Point]:
    """Run at the explicit width of Theorem 4.1, two layers, d_x = d_y = 1, in floating point."""
    found = orthogonal_width(Setting.of(2))
    chosen, starts = found.constants, 8 if profile == "quick" else 40
    problem = Regression(np.ones((1, 1)), np.ones((1, 1)), 1.0)
    random = random_stream(11)
    drawn = random.standard_normal((2, starts, found.width))
    drawn *= found.width**0.5 / np.linalg.norm(drawn, axis=-1, keepdims=True)
    layers = [drawn[0][:, :, None], drawn[1][:, None, :]]
    share = float(chosen.step)
    norm_rate = (1 - (1 - float(chosen.rate) * share) ** 2) / share
    made = run(problem, layers, 200, share, norm_rate, every=1)
    return [
        {
            "loss_ratio": Fraction(float(made.loss_ratio[i])),
            "high": Fraction(float(made.high[i])) / chosen.high,
            "low": Fraction(float(made.low[i])) / chosen.low,
            "moved": Fraction(float(made.movement[i])) * ROOT_2 / chosen.movement,
            FALL: Fraction(1, 10**6) if made.steps[i] >= 0 else Fraction(1),
        }
        for i in range(starts)
    ]


def rates(profile: Profile) -> Sequence[Point]:
    """Enclose the rate of the norm in one step from exactly orthogonal starts near their target."""
    points: list[Point] = []
    cases = [(2, 4), (3, 3), (4, 2), (6, 2)]
    for depth, root in cases if profile == "quick" else [*cases, (2, 5), (3, 4), (6, 3)]:
        random = random_stream(10, depth, root)
        start = exact_orthogonal_start(depth, root, 2, 2, random)
        drawn = [np.array([[float(x) for x in row] for row in w]) for w in start]
        goal = matrix(rationals(near_start(drawn, random, np.eye(2))(0.01)))
        weights, core = [matrix(w) for w in start], matrix([[1, 0], [0, 1]])
        with precision(BITS):
            scale = output_scale(root**2, depth, 2)
            before = loss(weights, goal, core, scale)
            moved = step(weights, ball(Fraction(1, depth)), goal, core, scale)
            fell = 1 - (loss(moved, goal, core, scale) / before).sqrt()
            points += [{"rate": end} for end in ends(fell * 2)]  # x = eta L/d = 1/2
    return points


def mean_roots(profile: Profile) -> Sequence[Point]:
    """Enclose E sqrt(chi²_d/d), upper ends."""
    sizes = [1, 2, 3, 4, 5, 7, 10, 20, 50, 100, 1000]
    if profile == "full":
        sizes = [*range(1, 2001)]
    return [{"mean": ends(mean_root(d))[1], "d": Fraction(d)} for d in sizes]


def plateaus(profile: Profile) -> Sequence[Point]:
    """Enclose the loss of narrow Gaussian networks for as long as their own bound says.

    Layers are LeCun's (A_i = W_i), X the identity, Y of the same norm; the step size is chosen
    so that the bound is some dozens of iterations long.
    """
    points: list[Point] = []
    # Balls lose a fixed number of bits per step, more the deeper the network is.
    wanted, bits = (12, 512) if profile == "quick" else (24, 8192)
    for width, depth in ((1, 40), (2, 40)) if profile == "quick" else ((1, 60), (2, 60), (3, 120)):
        drawn = normalised_layers([width] * (depth + 1), random_stream(8, width, depth))
        weights = [matrix(rationals(w)) for w in drawn]
        found = instance_bound(weights, 1)
        if found is None:
            continue
        _, distance = found
        square = Fraction(width)  # |X|_F² = |Y|_F², so that pace = eta |X|_F |Y|_F
        with precision(bits):
            eta, target = distance.lower() / (wanted * width), identity(width)
            for _ in range(wanted):
                weights = step(weights, eta, target)
                now = loss(weights, target)
                with precision(BITS):  # rounded outwards, to numbers that can be shown
                    points += [{"share": end / square} for end in ends(now + 0)]
    return points


def escapes(profile: Profile) -> Sequence[Point]:
    """Certified counts of steps until a chain of single weights leaves the window, and its bound.

    Width 1, LeCun's initialisation, X = Y = 1, step size 1/20: the loss (p - 1)²/2 falls to 0.4
    when the product p of the weights reaches 1 - sqrt(0.8) = 0.1055...
    """
    points: list[Point] = []
    eta = Fraction(1, 20)
    for depth in (25, 40) if profile == "quick" else range(20, 81, 5):
        for seed in range(4 if profile == "quick" else 20):
            weights = draw("gaussian", depth, 1000 * depth + seed)
            found = instance_bound([matrix([[w]]) for w in weights], 1)
            if found is None:
                continue
            problem = Problem.of("(p-1)**2/2", weights, eta, "p >= 0.1055")
            count = certified_count(problem, Budget(5_000)).lower
            bound = ends(found[1])[0] / eta
            points.append({"count": Fraction(count), "bound": bound})
    return points


def phases(profile: Profile) -> Sequence[Point]:
    """Compare shares of converged runs at one width, deep: ends of 95 % intervals."""
    points = []
    for width, depth in ((8, 16), (12, 32)) if profile == "quick" else ((8, 16), (16, 64)):
        starts = 12 if profile == "quick" else 40
        budget = 100 if profile == "quick" else 500
        gaussian = cell("gaussian", width, depth, starts, budget).share.high
        orthogonal = cell("orthogonal", width, depth, starts, budget).share.low
        points.append({"orthogonal": Fraction(orthogonal), "gaussian": Fraction(gaussian)})
    return points


MEASUREMENTS = {
    "orthogonal-isometries": Measurement(Kind.GUARANTEE, isometries),
    "orthogonal-certified-runs": Measurement(Kind.GUARANTEE, certified_runs, converges=True),
    "orthogonal-theorem-width": Measurement(Kind.TESTS, theorem_width, converges=True),
    "orthogonal-rate": Measurement(Kind.GUARANTEE, rates),
    "narrow-mean-roots": Measurement(Kind.GUARANTEE, mean_roots),
    "narrow-plateaus": Measurement(Kind.GUARANTEE, plateaus),
    "narrow-escapes": Measurement(Kind.GUARANTEE, escapes),
    "orthogonal-phases": Measurement(Kind.STATISTICS, phases),
}
