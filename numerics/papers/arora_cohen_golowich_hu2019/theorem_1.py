"""Theorem 1 of Arora, Cohen, Golowich, Hu (ICLR 2019) on instances, verified in ball arithmetic.

Whitened data, loss ``l = 1/2 |W_N ... W_1 - Phi|_F^2``, ``f = |Phi|_F``, margin c:
``|W_{1:N}(0) - Phi|_F <= sigma_min(Phi) - c``. The theorem's conditions, and ours, are

    delta <= c^2 / (balance N^p f^(2 - 2/N)),
    eta   <= c^(4 - 2/N) / (step N^p f^(6 - 4/N)),

with (balance, step, p) = (256, 6144, 3) in the paper (:data:`PAPER`) and (40, 480, 2) by its own
route (:data:`OWN`), smaller still at small depths (:data:`BEST`); or, with smaller powers
(:data:`WIDER`),

    delta <= c^(2/N) / (5 N^2),   eta <= c^(2/N) / (24 N f^2).

Then ``l(t) <= (1 - eta c^(2 - 2/N))^t l(0)``; proofs/written/balanced-convergence.md.
Instances satisfy the hypotheses by construction, and :func:`make` checks them rigorously.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
from flint import arb

from numerics.balls import ball, ends, precision
from numerics.matrices import balls, instances
from numerics.matrices.descent import Orbit
from numerics.matrices.instances import Exact
from theory.catalogue.generated import arora_depths
from theory.errors import InputError

BITS = 160
_SHORT = 2**40


@dataclass(frozen=True)
class Constants:
    """The numbers in the two conditions: (256, 6144, 3) or other ones."""

    balance: int
    step: int
    power: int

    def balance_limit(self, depth: int, margin: arb, norm: arb) -> arb:
        """The largest delta, for the margin c and ``|Phi|_F`` given."""
        return margin**2 / (self.balance * depth**self.power * _power(norm, 2 * depth - 2, depth))

    def step_limit(self, depth: int, margin: arb, norm: arb) -> arb:
        """The largest step size."""
        top, bottom = _power(margin, 4 * depth - 2, depth), _power(norm, 6 * depth - 4, depth)
        return top / (self.step * depth**self.power * bottom)


@dataclass(frozen=True)
class Wider(Constants):
    """The conditions of section 5: delta <= c^(2/N)/(balance N^p), eta <= c^(2/N)/(step N f^2)."""

    def balance_limit(self, depth: int, margin: arb, norm: arb) -> arb:
        """The largest delta; |Phi|_F does not enter."""
        return margin.root(depth) ** 2 / (self.balance * depth**self.power)

    def step_limit(self, depth: int, margin: arb, norm: arb) -> arb:
        """The largest step size."""
        return margin.root(depth) ** 2 / (self.step * depth * norm**2)


PAPER = Constants(256, 6144, 3)
OWN = Constants(40, 480, 2)
WIDER = Wider(5, 24, 2)
BEST = {depth: Constants(*pair, 0) for depth, pair in arora_depths.BEST.items()}
"""The best constants of our proof at small depths."""


@dataclass(frozen=True)
class Instance:
    """A start and a target that satisfy the hypotheses, exactly given.

    Attributes
    ----------
    layers : tuple of exact matrices
        W_1(0) ... W_N(0).
    target : exact matrix
        Phi.
    margin : Fraction
        A deficiency margin c, verified; within 1e-6 of the largest one.
    balance : Fraction
        A bound of ``max_j |W_{j+1}^T W_{j+1} - W_j W_j^T|_F``, at most the largest delta.
    delta : Fraction
        The largest delta that the constants allow, rounded down.
    step_size : Fraction
        The largest step size that the constants allow, rounded down to 40 bits.
    """

    layers: tuple[Exact, ...]
    target: Exact
    margin: Fraction
    balance: Fraction
    delta: Fraction
    step_size: Fraction

    @property
    def depth(self) -> int:
        """The number of layers, N."""
        return len(self.layers)


def deficiency_margin(layers: Sequence[Exact], target: Exact) -> arb:
    """Enclose ``sigma_min(Phi) - |W_{1:N} - Phi|_F``, the largest deficiency margin."""
    goal = balls.matrix(target)
    distance = balls.frobenius(balls.residual(balls.matrices(layers), goal))
    return balls.smallest_singular(goal) - distance


def make(layers: Sequence[Exact], target: Exact, constants: Constants = PAPER) -> Instance:
    """Check the hypotheses of Theorem 1 rigorously and find the largest step size.

    Raises
    ------
    InputError
        If the margin is not positive or the layers are not balanced enough.
    """
    with precision(BITS):
        low, _ = ends(deficiency_margin(layers, target))
        if low <= 0:
            raise InputError("layers", "the product has no positive deficiency margin")
        margin = Fraction(int(low * _SHORT), _SHORT)
        norm = balls.frobenius(balls.matrix(target))
        delta, _ = ends(constants.balance_limit(len(layers), ball(margin), norm))
        _, balance = ends(balls.balancedness(balls.matrices(layers)))
        if balance > delta:
            raise InputError("layers", "they are not delta-balanced for the delta of the theorem")
        limit, _ = ends(constants.step_limit(len(layers), ball(margin), norm))
    return Instance(tuple(layers), target, margin, balance, delta, _rounded_down(limit))


def draw(
    widths: Sequence[int],
    seed: int,
    share: float = 0.5,
    constants: Constants = PAPER,
    unbalance: float = 0.9,
    condition: float | None = None,
) -> Instance:
    """Draw an instance: a full-rank target, a balanced start, then pushed off balance.

    Parameters
    ----------
    widths : sequence of int
        d_0 ... d_N, the hidden ones at least min(d_0, d_N).
    seed : int
    share : float
        The margin as a share of sigma_min(Phi).
    constants : Constants
        Whose hypotheses to satisfy.
    unbalance : float
        How much of the allowed delta to use: the first two layers are rescaled against each other.
    condition : float, optional
        The condition number of Phi, whose singular values become a geometric sequence from 1 down.
    """
    random = instances.random_stream(seed)
    target = instances.full_rank_target(widths[-1], widths[0], random)
    if condition is not None:
        u, s, v = np.linalg.svd(target, full_matrices=False)
        target = (u * np.geomspace(1, 1 / condition, len(s))) @ v
    smallest = float(np.linalg.svd(target, compute_uv=False)[-1])
    direction = random.standard_normal(target.shape)
    whole = target - (1 - share) * smallest * direction / np.linalg.norm(direction)
    layers = instances.balanced_layers(whole, widths)
    depth, norm = len(layers), float(np.linalg.norm(target))
    with precision(BITS):
        margin = ball(Fraction(share * smallest))
        allowed = float(constants.balance_limit(depth, margin, ball(Fraction(norm))).mid())
    if depth > 1:
        # To first order the gap is 4 s |W_1 W_1^T|_F, at the second pair 2 s |...|_F.
        factor = 1 + unbalance * allowed / (4.1 * float(np.linalg.norm(layers[0] @ layers[0].T)))
        layers[0], layers[1] = layers[0] / factor, layers[1] * factor
    exact = [instances.rationals(w) for w in layers]
    return make(exact, instances.rationals(target), constants)


@dataclass(frozen=True)
class Run:
    """What was verified along an orbit, all as exact bounds.

    Attributes
    ----------
    steps : int
        Steps taken.
    loss, decay : Fraction
        An upper bound of the loss and a lower bound of ``(1 - eta c^(2 - 2/N))^t``, at the step
        t >= 1 where their quotient is largest.
    start, end : Fraction
        A lower bound of l(0), an upper bound of the last loss.
    descent, slope : Fraction
        A lower bound of l(t) - l(t+1) and an upper bound of
        ``eta sigma_min(W_{1:N}(t))^(2 - 2/N) |W_{1:N}(t) - Phi|_F^2``, at the worst step.
    descent_upper, slope_lower : Fraction
        The other ends there.
    balance : Fraction
        An upper bound of the largest imbalance of neighbouring layers at any step.
    smallest : Fraction
        A lower bound of sigma_min(W_{1:N}(t)) over all steps.
    """

    steps: int
    loss: Fraction
    decay: Fraction
    start: Fraction
    end: Fraction
    descent: Fraction
    slope: Fraction
    descent_upper: Fraction
    slope_lower: Fraction
    balance: Fraction
    smallest: Fraction


def run(
    instance: Instance,
    steps: int,
    step_size: Fraction | None = None,
    until: Fraction = Fraction(0),
) -> Run:
    """Follow gradient descent rigorously and keep the worst quotients.

    Parameters
    ----------
    instance : Instance
    steps : int
        At least 1. About 1 ms each at 3 layers of 3 x 3.
    step_size : Fraction, optional
        Another one than the largest allowed.
    until : Fraction
        The run ends once the loss is certainly below this share of what it was.
    """
    if steps < 1:
        raise InputError("steps", "at least one step is wanted")
    eta = instance.step_size if step_size is None else step_size
    orbit = Orbit(list(instance.layers), eta, instance.target, bits=BITS)
    depth, losses, slopes = instance.depth, [], []
    with precision(BITS):
        smallest, imbalance = arb("inf"), arb(0)
        pace, share = ball(eta), ball(until)
        for t in range(steps + 1):
            weights, loss = orbit.weights, orbit.loss
            sigma = balls.smallest_singular(balls.product(weights))
            losses.append(loss)
            slopes.append(pace * _power(sigma, 2 * depth - 2, depth) * 2 * loss)
            smallest = smallest.min(sigma.lower())
            imbalance = imbalance.max(balls.balancedness(weights).upper())
            if t and loss < share * losses[0]:
                break
            if t < steps:
                orbit.advance()
        steps = len(losses) - 1
        rate = 1 - pace * _power(ball(instance.margin), 2 * depth - 2, depth)
        decays = [rate**t for t in range(steps + 1)]
        falls = [a - b for a, b in pairwise(losses)]
        worst = _largest(
            {t: losses[t] / decays[t] for t in range(1, steps + 1)},
            lambda t: ends(losses[t])[1] / ends(decays[t])[0],
        )
        tight = _largest(
            {t: -falls[t] / slopes[t] for t in range(steps)},
            lambda t: -ends(falls[t])[0] / ends(slopes[t])[1],
        )
    (descent, descent_upper), (slope_lower, slope) = ends(falls[tight]), ends(slopes[tight])
    return Run(
        steps,
        ends(losses[worst])[1],
        ends(decays[worst])[0],
        ends(losses[0])[0],
        ends(losses[-1])[1],
        descent,
        slope,
        descent_upper,
        slope_lower,
        ends(imbalance)[1],
        ends(smallest)[0],
    )


def _largest(balls: Mapping[int, arb], exact: Callable[[int], Fraction]) -> int:
    """Where ``exact`` is largest; it is asked only where the balls leave that open."""
    bar = arb("-inf")
    for x in balls.values():
        bar = x.lower() if x.lower() > bar else bar
    return max((t for t, x in balls.items() if not x < bar), key=exact)


def _power(x: arb, top: int, bottom: int) -> arb:
    """``x**(top/bottom)`` for x >= 0."""
    return (x**top).root(bottom)


def _rounded_down(x: Fraction) -> Fraction:
    """The largest dyadic of 40 significant bits or so that is at most a positive x."""
    shift = 40 - x.numerator.bit_length() + x.denominator.bit_length()
    scale = Fraction(2) ** shift
    return Fraction(int(x * scale)) / scale
