"""Pyramidal networks: Theorem 3.2 along rigorous runs, its lemmas on random networks, widths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

import numpy as np
from flint import arb, arb_mat

from numerics.balls import ball, exact_rational, precision
from numerics.matrices.balls import frobenius, largest_singular, smallest_singular
from numerics.matrices.instances import random_stream
from numerics.papers.nguyen_mondelli2020.activation import Array, SmoothedLeakyRelu
from numerics.papers.nguyen_mondelli2020.pyramid import (
    Pyramid,
    border,
    constants,
    instance,
    largest_step,
    lecun,
    width_for_condition,
)
from numerics.papers.nguyen_mondelli2020.widths import SAMPLES, widths
from proofs.evidence.verdicts import Kind
from proofs.experiments import FALL, FALLEN, Measurement, Point, Profile

BITS, PROBE = 128, 2048
ACTIVATION = SmoothedLeakyRelu.of("1/2", 1)
GAMMAS = {Fraction(1, 2): 1, Fraction(9, 10): 10, Fraction(99, 100): 100}
"""Slopes of the activation, the last nearly linear, and the width of their smoothing."""
# widths n_1 ... n_L; singular values of W_1, as many as samples; the entry of Y (an extreme one
# lies along the least singular value, where descent is slowest)
SHAPES = (
    ((1, 1, 1), (Fraction(1),), Fraction(-1)),
    ((1, 1, 1), (Fraction(100),), Fraction(1, 1000)),
    ((3, 2, 2), (Fraction(10), Fraction(-10)), Fraction(1)),
    ((2, 2, 2), (Fraction(30), Fraction(10)), Fraction(1)),
    ((3, 1, 1), (Fraction(100),) * 3, Fraction(-1)),
)
DEEP = ((2, 1, 1, 1), (Fraction(100),), Fraction(1, 10))
"""Depth 4, for the two steeper slopes: at gamma = 1/2 a thousandfold takes 10**4 steps."""
GENERIC = (((4, 2, 1), 2, 6), ((3, 2, 1), 3, 0), ((3, 2, 1), 3, 4))
"""Widths, inputs and seed of random starts whose loss falls in a few thousand steps."""
_MOST = 10_000


def _low(x: arb) -> Fraction:
    return exact_rational(x.lower())


def _high(x: arb) -> Fraction:
    return exact_rational(x.upper())


@lru_cache(maxsize=2)
def runs(profile: Profile) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Gradient descent in balls at the border of Assumption 3.1, until the loss fell 1000-fold.

    Returns, for each run, the drop of the loss beside what the theorem guarantees, at the step
    where they are closest, and the least singular values beside those at the start.
    """
    drops: list[Point] = []
    least: list[Point] = []
    with precision(BITS):
        for net in starts(profile):
            found = constants(net)
            step = largest_step(found)
            slow = -(1 - ball(step) * found.alpha.upper()).log()
            start, now = net.loss, net
            worst: dict[str, Fraction] = {}
            least_drop, its_pace = arb(0), arb(1)
            for k in range(1, _MOST):
                now = now.stepped(ball(step))
                loss = now.loss
                fell, paced = (start / loss).log().lower(), (k * slow).upper()
                # Exact numbers are made only where balls do not settle that this is no record.
                if not (worst and fell * its_pace > least_drop * paced):
                    drop, pace = _low(fell), _high(paced)
                    if not worst or drop * worst["guaranteed"] < worst["drop"] * pace:
                        worst = {"drop": drop, "guaranteed": pace}
                        least_drop, its_pace = fell, paced
                if loss < start * ball(FALLEN):
                    break
            fall = _high(now.loss / start)
            drops.append(worst | {FALL: fall})
            tail = zip(now.weights[2:], net.weights[2:], strict=True)
            pairs = [(smallest_singular(a), smallest_singular(b)) for a, b in tail]
            features = [smallest_singular(n.features()[0][1]) for n in (now, net)]
            least += [
                {"now": _low(a), "start": _high(b), FALL: fall}
                for a, b in [*pairs, (features[0], features[1])]
            ]
    return tuple(drops), tuple(least)


def starts(profile: Profile) -> Iterator[Pyramid]:
    """Starts at the border of Assumption 3.1, for three slopes, depths 3 and 4."""
    for gamma, tau in GAMMAS.items():
        steep = gamma > Fraction(1, 2)
        for sizes, values, height in (*SHAPES, *([DEEP] if steep else [])):
            if profile == "quick" and not steep and len(set(values)) > 1:
                continue  # ten thousand steps
            count = len(values)
            first = [[v * int(i == j) for j in range(sizes[0])] for i, v in enumerate(values)]
            target = [
                [height * int(i == count - 1 and j == 0) for j in range(sizes[-1])]
                for i in range(count)
            ]
            one = [[Fraction(int(i == j)) for j in range(count)] for i in range(count)]
            yield border(one, first, target, sizes, SmoothedLeakyRelu.of(gamma, tau))
    for sizes, inputs, seed in GENERIC[: 1 if profile == "quick" else None]:
        yield instance(sizes, 2, inputs, SmoothedLeakyRelu.of("9/10", 10), random_stream(seed))


def drops(profile: Profile) -> Sequence[Point]:
    """Measure the fall of the loss, step by step."""
    return runs(profile)[0]


def invariants(profile: Profile) -> Sequence[Point]:
    """Measure the least singular values at the end of the runs."""
    return runs(profile)[1]


def chains() -> Iterator[Pyramid]:
    """Networks of width 1 whose activations have slopes near 1, or near gamma: the extreme ones.

    All weights are equal, so that the layers share what the output does.
    """
    for depth in (3, 4, 5):
        for gamma in ("1/2", "99/100"):
            for sign in (1, -1):  # slopes 1 for positive features, gamma for negative ones
                weights = (arb_mat([[2]]),) * depth
                activation = SmoothedLeakyRelu.of(gamma, 1)
                yield Pyramid(arb_mat([[sign]]), arb_mat([[0]]), weights, activation)


def _networks(profile: Profile) -> Iterator[Pyramid]:
    yield from chains()
    for seed in range(8 if profile == "quick" else 300):
        random = random_stream(2020, 7, seed)
        depth = int(random.integers(3, 6))
        samples, inputs = int(random.integers(1, 5)), int(random.integers(1, 5))
        tail = sorted(random.integers(1, 4, depth - 1).tolist(), reverse=True)
        widths = [inputs, samples + int(random.integers(0, 4)), *tail]
        weights = tuple(_exact(w) for w in lecun(widths, random))
        data = _exact(random.standard_normal((samples, inputs)))
        target = _exact(random.standard_normal((samples, widths[-1])))
        yield Pyramid(data, target, weights, ACTIVATION)


def _exact(m: Array) -> arb_mat:
    return arb_mat([[ball(Fraction(float(v))) for v in row] for row in m])


def _product(factors: Sequence[arb]) -> arb:
    total = arb(1)
    for factor in factors:
        total = total * factor
    return total


def gradient_bounds(profile: Profile) -> Sequence[Point]:
    """Measure every layer's gradient beside its bound."""
    points = []
    with precision(BITS):
        for net in _networks(profile):
            norms = [largest_singular(w) for w in net.weights]
            reach = frobenius(net.data) * frobenius(net.features()[0][-1] - net.target)
            for i, gradient in enumerate(net.gradients()):
                bound = reach * _product([*norms[:i], *norms[i + 1 :]])
                points.append({"measure": _high(frobenius(gradient)), "bound": _low(bound)})
    return points


def pl_bounds(profile: Profile) -> Sequence[Point]:
    """Measure the second layer's gradient beside its lower bound."""
    points = []
    with precision(BITS):
        for net in _networks(profile):
            features = net.features()[0]
            gamma = ball(net.activation.gamma) ** (len(net.weights) - 2)
            bound = _product([smallest_singular(w) for w in net.weights[2:]]) * gamma
            bound = bound * smallest_singular(features[1]) * frobenius(features[-1] - net.target)
            point = {"measure": _low(frobenius(net.gradients()[1])), "bound": _high(bound)}
            points.append(point)
    return points


def lipschitz(profile: Profile) -> Sequence[Point]:
    """Measure how far the output moves with the weights, for neighbours and for far pairs."""
    points = []
    with precision(BITS):
        for seed, net in enumerate(_networks(profile)):
            random = random_stream(2020, 8, seed)
            size = 10.0 ** -int(random.integers(0, 4))
            if all(w.nrows() == w.ncols() == 1 for w in net.weights):  # equal ones share the move
                shifts = [_exact(np.full((1, 1), size))] * len(net.weights)
            else:
                shifts = [
                    _exact(size * random.standard_normal((w.nrows(), w.ncols())))
                    for w in net.weights
                ]
            moved = tuple(w + s for w, s in zip(net.weights, shifts, strict=True))
            other = Pyramid(net.data, net.target, moved, net.activation)
            bounds = [
                _larger(largest_singular(a), largest_singular(b))
                for a, b in zip(net.weights, moved, strict=True)
            ]
            least = min(bounds, key=lambda b: _low(b))
            distance = sum((frobenius(s) ** 2 for s in shifts), arb(0)).sqrt()
            reach = _product(bounds) / least * frobenius(net.data) * distance
            change = frobenius(net.features()[0][-1] - other.features()[0][-1])
            bound = arb(len(bounds)).sqrt() * reach
            points.append({"measure": _high(change), "bound": _low(bound)})
    return points


def _larger(a: arb, b: arb) -> arb:
    return a.max(b)


def lecun_widths(profile: Profile) -> Sequence[Point]:
    """Fit how the width that (7) asks of LeCun's start grows with the number of samples."""
    samples = (4, 8, 16, 32)
    repeats = 12 if profile == "quick" else 60

    def scaled(n: int, seed: int) -> float:
        width, least = width_for_condition(
            n, 64, (16, 1), ACTIVATION, random_stream(2020, 9, n, seed), PROBE
        )
        return float(np.log(width * least**2))

    logs = np.array([[scaled(n, seed) for seed in range(repeats)] for n in samples])
    random = random_stream(2020, 10)
    chosen = random.integers(0, repeats, (1000, len(samples), repeats))
    medians = np.median(np.take_along_axis(logs[None], chosen, axis=2), axis=2)
    slopes = np.polyfit(np.log(samples), medians.T, 1)[0]
    low, slope, high = (float(q) for q in np.quantile(slopes, [0.025, 0.5, 0.975]))
    named = {"low": low, "slope": slope, "high": high}
    return [{n: Fraction(v) for n, v in named.items()}]


def practical_widths(profile: Profile) -> Sequence[Point]:
    """Measure the width at which nine of ten runs converge, beside what (7) surely asks for."""
    found = [widths(n) for n in (SAMPLES[:1] if profile == "quick" else SAMPLES)]
    return [{"needed": Fraction(w.median), "enough": Fraction(w.enough)} for w in found]


MEASUREMENTS = {
    "nm-theorem-3-2-runs": Measurement(Kind.GUARANTEE, drops, converges=True),
    "nm-invariants": Measurement(Kind.GUARANTEE, invariants, converges=True),
    "nm-gradient-bound": Measurement(Kind.GUARANTEE, gradient_bounds),
    "nm-pl-bound": Measurement(Kind.GUARANTEE, pl_bounds),
    "nm-lipschitz": Measurement(Kind.GUARANTEE, lipschitz),
    "nm-lecun-width": Measurement(Kind.STATISTICS, lecun_widths),
    "nm-width-in-practice": Measurement(Kind.STATISTICS, practical_widths),
}
