"""A theorem for one start: gradient descent on a wide network converges from here, certified.

The deterministic half of Du and Hu's proof (Claims 7.1 to 7.3; proofs/written/wide-layers.md,
Theorem D) needs of the start only what ball arithmetic can measure: extreme singular values of its
partial products and the first residual. If its conditions hold for some drift, then for all t

    |U(t) - Y|_F <= (1 - rate eta L sigma_min²/d_out)^t |U(0) - Y|_F,   |W_i(t) - W_i(0)|_F <= R.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, arb_mat

from numerics.balls import at_most, ball, largest, precision, smallest
from numerics.matrices.balls import (
    frobenius,
    identity,
    largest_singular,
    product,
    residual,
    smallest_singular,
)

BITS = 128
DRIFTS = tuple(Fraction(i, 100) for i in range(2, 31))


@dataclass(frozen=True)
class StartCertificate:
    """What is proved of all iterates.

    Attributes
    ----------
    rate : arb
        A lower bound of the rate of the norm, in units of eta L sigma_min²/d_out.
    decay : arb
        The factor per step of |U - Y|_F, at most; below 1.
    radius : arb
        No layer moves further, in the Frobenius norm.
    upper, lower, inner : arb
        Singular values of the ends, and of the middle products, at the start, over their scale.
    drift : Fraction
        How far the ends' may move.
    first : arb
        |U(0) - Y|_F.
    """

    rate: arb
    decay: arb
    radius: arb
    upper: arb
    lower: arb
    inner: arb
    drift: Fraction
    first: arb


def certify_start(
    weights: Sequence[arb_mat],
    core: arb_mat,
    target: arb_mat,
    step_size: Fraction,
    basis: arb_mat | None = None,
    bits: int = BITS,
) -> StartCertificate | None:
    """Verify the conditions; None where no drift satisfies them.

    Parameters
    ----------
    weights : list of arb_mat
        [W_1, ..., W_L], L >= 2, hidden widths all equal to m.
    core : arb_mat, shape (r, r)
        X = basis * core; invertible.
    target : arb_mat, shape (d_out, r)
        Y.
    step_size : Fraction
        eta.
    basis : arb_mat, shape (d_in, r), optional
        Orthonormal columns that span those of X; the identity by default (then r = d_in).
    bits : int
        Working precision.
    """
    with precision(bits):
        depth, width, outputs = len(weights), weights[0].nrows(), weights[-1].nrows()
        inputs = weights[0] if basis is None else weights[0] * basis
        layers = [inputs, *weights[1:]]
        root = arb(width).sqrt()
        highs, lows, inner = [], [], [arb(1)]
        for i in range(1, depth):
            for lower, upper in ((1, i), (i + 1, depth)):
                partial, scale = product(layers, upper, lower), root ** (upper - lower + 1)
                highs.append(largest_singular(partial) / scale)
                lows.append(smallest_singular(partial) / scale)
        for i in range(2, depth):
            inner += [
                largest_singular(product(layers, j, i)) / root ** (j - i + 1)
                for j in range(i, depth)
            ]
        top, bottom, middle = largest(highs), smallest(lows), largest(inner)
        big, small = largest_singular(core), smallest_singular(core)
        first = frobenius(residual(layers, target, core, output_scale(width, depth, outputs)))
        eta = ball(step_size)
        best: StartCertificate | None = None
        for drift in DRIFTS:
            high, low = top + ball(drift), bottom - ball(drift)
            if not low > 0 or at_most(eta * depth * big**2 * high**4, outputs) is not True:
                continue
            growth = 1 + ball(drift) / top
            z = eta * depth * high**2 * big * first * middle * growth
            z = z / (arb(outputs) * width).sqrt()
            rate = low**4 - high**4 * big**2 / small**2 * z * z.exp() / 2
            if not rate > 0:
                continue
            radius = high**2 * arb(outputs).sqrt() * big * first / (rate * depth * small**2)
            if at_most((1 + radius * middle / root) ** depth, growth) is not True:
                continue
            if best is None or rate.lower() > best.rate.lower():
                decay = 1 - rate * eta * depth * small**2 / outputs
                best = StartCertificate(rate, decay, radius, top, bottom, middle, drift, first)
        return best


def output_scale(width: int, depth: int, outputs: int) -> arb:
    """Enclose the factor 1/sqrt(m^(L-1) d_out)."""
    return (arb(width) ** (depth - 1) * outputs).rsqrt()


def is_orthogonal_start(weights: Sequence[arb_mat]) -> bool:
    """Whether layers may satisfy definition (4) of Hu, Xiao and Pennington, as far as balls tell.

    W_1'W_1 = m I, W_i'W_i = W_iW_i' = m I, W_L W_L' = m I: every entry's ball contains the value,
    and is narrower than 2^-32. With exact layers this is as good as equality to that width; see
    :func:`numerics.papers.hu_xiao_pennington2020.orthogonal.exactly_orthogonal` for rationals.
    """
    width = weights[0].nrows()
    grams = [w.transpose() * w for w in weights[:-1]]
    grams += [w * w.transpose() for w in weights[1:]]
    return all(
        x.contains(y) and x.rad() < arb((1, -32))
        for g in grams
        for x, y in zip(g.entries(), (identity(g.nrows()) * width).entries(), strict=True)
    )
