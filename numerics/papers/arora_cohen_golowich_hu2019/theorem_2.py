"""Theorem 2 of Arora et al.: the probability that a random balanced start converges."""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from numerics.balls import ball


def normal_cdf(x: arb) -> arb:
    """Enclose the distribution function of the standard normal law."""
    return (1 + (x / arb(2).sqrt()).erf()) / 2


def success_probability(dimension: int, a: int) -> arb:
    """Enclose ``(1 - 2 exp(-d/16)) (3 - 4 F(2 sqrt(2/a)))/2`` of Theorem 2."""
    tail = 1 - 2 * (-arb(dimension) / 16).exp()
    return tail * lemma_8(arb(a) / 2)


def lemma_8(b_1: arb) -> arb:
    """Enclose ``(3 - 4 F(2/sqrt(b_1)))/2`` of Lemma 8."""
    return (3 - 4 * normal_cdf(2 / b_1.sqrt())) / 2


def cosine_probability(dimension: int, b_1: int, coefficient: Fraction = Fraction(3, 2)) -> arb:
    """Enclose P(u_1 >= coefficient/sqrt(b_1 d)) for u uniform on the sphere of R^d."""
    square = ball(coefficient) ** 2 / (b_1 * dimension)
    if not square < 1:
        return arb(0)
    half = arb(1) / 2
    return (1 - square).beta_lower(arb(dimension - 1) / 2, half, regularized=True) / 2
