"""One wide layer, then a pyramid: networks, constants and conditions of Nguyen and Mondelli 2020.

Rows are samples: F_0 = X (N x d), F_l = s(F_{l-1} W_l) for l < L, F_L = F_{L-1} W_L, and the loss
is 1/2 |F_L - Y|_F^2. Functions on ``arb_mat`` enclose; :func:`train` is in doubles and proves
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce
from itertools import pairwise

import numpy as np
from flint import arb, arb_mat

from numerics.balls import ball, largest, smallest
from numerics.matrices.balls import frobenius, frobenius_square, largest_singular, smallest_singular
from numerics.papers.nguyen_mondelli2020.activation import Array, SmoothedLeakyRelu
from theory.errors import InputError


@dataclass(frozen=True)
class Pyramid:
    """A network with its data, in balls.

    Attributes
    ----------
    data : arb_mat
        X, of shape N x d.
    target : arb_mat
        Y, of shape N x n_L.
    weights : tuple of arb_mat
        W_l of shape n_{l-1} x n_l, at least three.
    activation : SmoothedLeakyRelu
    """

    data: arb_mat
    target: arb_mat
    weights: tuple[arb_mat, ...]
    activation: SmoothedLeakyRelu

    def __post_init__(self) -> None:
        widths = [w.ncols() for w in self.weights]
        if len(widths) < 3:
            raise InputError("weights", "at least three layers are wanted")
        if widths[0] < self.data.nrows() or sorted(widths[1:], reverse=True) != widths[1:]:
            raise InputError("widths", "n_1 >= N and n_2 >= n_3 >= ... >= n_L are wanted")

    def features(self) -> tuple[list[arb_mat], list[arb_mat]]:
        """The layers F_0 ... F_L, and the derivatives s'(F_{l-1} W_l) for l < L."""
        return self._features

    @cached_property  # with the precision of whoever asks first; balls hold at any
    def _features(self) -> tuple[list[arb_mat], list[arb_mat]]:
        layers, slopes = [self.data], []
        for i, w in enumerate(self.weights, 1):
            inner = layers[-1] * w
            if i < len(self.weights):
                inner, slope = self.activation.balls(inner)
                slopes.append(slope)
            layers.append(inner)
        return layers, slopes

    @property
    def loss(self) -> arb:
        """Enclose 1/2 |F_L - Y|_F^2."""
        return frobenius_square(self.features()[0][-1] - self.target) / 2

    def gradients(self) -> list[arb_mat]:
        """Enclose the gradients of all layers (backpropagation)."""
        layers, slopes = self.features()
        error, found = layers[-1] - self.target, []
        for i in reversed(range(len(self.weights))):
            found.append(layers[i].transpose() * error)
            if i:
                error = _entrywise(error * self.weights[i].transpose(), slopes[i - 1])
        return found[::-1]

    def stepped(self, step_size: arb) -> Pyramid:
        """Enclose the network after one step of gradient descent."""
        moved = [w - g * step_size for w, g in zip(self.weights, self.gradients(), strict=True)]
        return Pyramid(self.data, self.target, tuple(moved), self.activation)


@dataclass(frozen=True)
class Constants:
    """The quantities of Theorem 3.2 at an initial network, each a bound on the safe side.

    Attributes
    ----------
    least : tuple of arb
        lambda_l = sigma_min(W_l), from below.
    barred : tuple of arb
        lambda-bar_l, from above: 2/3 (1 + |W_l|) for l <= 2, |W_l| + min_{p >= 3} lambda_p after.
    feature : arb
        lambda_F = sigma_min(s(X W_1)), from below.
    loss, data, data_frobenius : arb
        The initial loss, |X| and |X|_F, from above.
    alpha : arb
        alpha_0, the rate per unit of step size, from below.
    smoothness : arb
        The re-derived smoothness constant, from above.
    printed_smoothness : arb
        Q_0 as remembered from the paper, see proofs/written/pyramid.md.
    condition_7, condition_8 : arb
        Left side over right side of (7) and (8), from below: at least 1 where they hold.
    """

    least: tuple[arb, ...]
    barred: tuple[arb, ...]
    feature: arb
    loss: arb
    data: arb
    data_frobenius: arb
    alpha: arb
    smoothness: arb
    printed_smoothness: arb
    condition_7: arb
    condition_8: arb

    @property
    def holds(self) -> bool:
        """Whether Assumption 3.1 is proved for this network."""
        return bool(self.condition_7 >= 1 and self.condition_8 >= 1)


def constants(net: Pyramid) -> Constants:
    """Enclose the constants of Theorem 3.2 at a network."""
    depth = len(net.weights)
    gamma = ball(net.activation.gamma)
    norms = [largest_singular(w).upper() for w in net.weights]
    least = [smallest_singular(w).lower() for w in net.weights]
    floor = smallest(least[2:])
    barred = [(1 + n) * 2 / 3 for n in norms[:2]] + [n + floor for n in norms[2:]]
    feature = smallest_singular(net.features()[0][1]).lower()
    start, x = net.loss.upper(), largest_singular(net.data).upper()
    x_f = frobenius(net.data).upper()
    tail, tail_barred = _product(least[2:]), _product(barred[2:])
    alpha = 4 / gamma**4 * (gamma**2 / 4) ** depth * feature**2 * tail**2
    root = (2 * start).sqrt()
    common = gamma**4 / 3 * (6 / gamma**2) ** depth * x_f * root * tail_barred / tail**2
    pairs = [a * b for a, b in zip(least[2:], barred[2:], strict=True)]
    spread = largest([2 * barred[0] * barred[1] / smallest(pairs), barred[0], barred[1]])
    lead = ball(Fraction(3, 2)) ** (2 * (depth - 1)) * x_f**2
    lead = lead * (_product(barred) / smallest(barred)) ** 2
    radius = _product([largest([arb(1), b * 3 / 2]) for b in barred])
    beta = net.activation.beta
    curved = x_f * radius * (depth - 1 + beta * x_f * radius * (depth * (depth - 1)) / 2) * root
    half = depth * arb(depth).sqrt()
    printed = half / 2 * lead + half * x_f * (1 + depth * beta * x_f * radius) * radius * root
    return Constants(
        tuple(least),
        tuple(b.upper() for b in barred),
        feature,
        start,
        x,
        x_f,
        alpha.lower(),
        (depth * lead + curved).upper(),
        printed,
        (feature**2 / (common * spread)).lower(),
        (feature**3 / (2 * x * common * barred[1])).lower(),
    )


def largest_step(found: Constants) -> Fraction:
    """A step size 1/n below both 1/alpha_0 and 1/Q, with the least such integer n."""
    most = largest([found.alpha, found.smoothness]).upper().ceil()
    return Fraction(1, int(most.unique_fmpz()) + 1)


def _product(factors: Sequence[arb]) -> arb:
    return reduce(lambda a, b: a * b, factors, arb(1))


def _entrywise(a: arb_mat, b: arb_mat) -> arb_mat:
    products = [x * y for x, y in zip(a.entries(), b.entries(), strict=True)]
    return arb_mat(a.nrows(), a.ncols(), products)


def instance(
    widths: Sequence[int],
    samples: int,
    inputs: int,
    activation: SmoothedLeakyRelu,
    random: np.random.Generator,
) -> Pyramid:
    """A random start at the border: Gaussian X and W_1, entries of Y uniform in [-1, 1]."""
    x = _short(random.standard_normal((samples, inputs)))
    y = _short(random.uniform(-1, 1, (samples, widths[-1])))
    first = _short(random.standard_normal((inputs, widths[0])))
    return border(x, first, y, widths, activation)


def border(
    data: Sequence[Sequence[Fraction]],
    first: Sequence[Sequence[Fraction]],
    target: Sequence[Sequence[Fraction]],
    widths: Sequence[int],
    activation: SmoothedLeakyRelu,
) -> Pyramid:
    """A start at the border of Assumption 3.1, in the manner of the paper's Section 3.1: W_2 = 0.

    The layers after it are the first columns of c times the identity, c the least power of 2 at
    which (7) and (8) are proved. ``widths`` are n_1 ... n_L, ``data`` is X (N x d), ``first`` is
    W_1 (d x n_1), ``target`` is Y (N x n_L).

    Raises
    ------
    InputError
        If no scale up to 2**80 will do.
    """
    zero = arb_mat(widths[0], widths[1])
    for power in range(-10, 81):
        rest = [
            [[Fraction(2) ** power * int(i == j) for j in range(b)] for i in range(a)]
            for a, b in pairwise(widths[1:])
        ]
        weights = (_exact(first), zero, *map(_exact, rest))
        net = Pyramid(_exact(data), _exact(target), weights, activation)
        if constants(net).holds:
            return net
    raise InputError("first", "no scale satisfies conditions (7) and (8)")


def _short(m: Array) -> list[list[Fraction]]:
    return [[Fraction(round(float(v) * 64), 64) for v in row] for row in m]


def _exact(rows: Sequence[Sequence[Fraction]]) -> arb_mat:
    return arb_mat([[ball(v) for v in row] for row in rows])


# --- in doubles ---


def train(
    data: Array,
    target: Array,
    weights: Sequence[Array],
    activation: SmoothedLeakyRelu,
    step_size: float | Array,
    steps: int,
) -> Array:
    """The losses of gradient descent in doubles, one more than ``steps``; inf after overflow.

    Leading axes are a batch of networks, trained side by side; ``step_size`` may be one for each.
    The losses have shape (steps + 1, ...).
    """
    layers, losses = [w.copy() for w in weights], []
    rate = np.asarray(step_size)[..., None, None]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps + 1):
            features, slopes = [data], []
            for i, w in enumerate(layers, 1):
                inner = features[-1] @ w
                if i < len(layers):
                    inner, slope = activation.floats(inner)
                    slopes.append(slope)
                features.append(inner)
            error = features[-1] - target
            losses.append(0.5 * np.sum(error**2, axis=(-2, -1)))
            for i in reversed(range(len(layers))):
                gradient = features[i].mT @ error
                if i:
                    error = (error @ layers[i].mT) * slopes[i - 1]
                layers[i] -= rate * gradient
    return np.nan_to_num(np.array(losses), nan=np.inf, posinf=np.inf)


def lecun(widths: Sequence[int], random: np.random.Generator) -> list[Array]:
    """Entries N(0, 1/n_{l-1}); ``widths`` starts with the input dimension."""
    return [random.standard_normal((a, b)) / np.sqrt(a) for a, b in pairwise(widths)]


def width_for_condition(
    samples: int,
    inputs: int,
    tail: Sequence[int],
    activation: SmoothedLeakyRelu,
    random: np.random.Generator,
    probe: int = 4096,
) -> tuple[float, float]:
    """The first width at which LeCun's start satisfies (7), and lambda_*, in doubles.

    One start of width ``probe`` gives the constants: at width n_1 the left side lambda_F^2 is
    proportional to n_1, and |W_1| is sqrt(n_1/d) + 1, which the right side is affine in.
    lambda_* is lambda_F^2/n_1. ``tail`` are the widths n_2 ... n_L; rows of X lie on the sphere
    of radius sqrt(d).
    """
    x = random.standard_normal((samples, inputs))
    x *= np.sqrt(inputs) / np.linalg.norm(x, axis=1, keepdims=True)
    y = random.uniform(-1, 1, (samples, tail[-1]))
    weights = lecun([inputs, probe, *tail], random)
    first = activation.floats(x @ weights[0])[0]
    feature = float(np.linalg.svd(first, compute_uv=False)[-1])
    extremes = [np.linalg.svd(w, compute_uv=False)[[0, -1]] for w in weights[1:]]
    second = 2 / 3 * (1 + float(extremes[0][0]))
    norms, least = ([float(e[i]) for e in extremes[1:]] for i in (0, 1))
    inner = first @ weights[1]
    for w in weights[2:]:
        inner = activation.floats(inner)[0] @ w
    start = float(np.sum((inner - y) ** 2)) / 2
    barred = [n + min(least) for n in norms]
    gamma = float(activation.gamma)
    common = gamma**4 / 3 * (6 / gamma**2) ** len(weights) * np.linalg.norm(x)
    common *= np.sqrt(2 * start) * np.prod(barred) / np.prod(least) ** 2
    factor = max(2 * second / min(a * b for a, b in zip(least, barred, strict=True)), 1.0)
    # (7) reads a n = c (2 + sqrt(n/d)) at the crossing; the case of lambda-bar_2 never leads.
    a, c = feature**2 / probe, float(common * factor) * 2 / 3
    slope = c / np.sqrt(inputs)
    return float(((slope + np.sqrt(slope**2 + 8 * a * c)) / (2 * a)) ** 2), a
