"""Chi-square laws, rigorously: moments as Gamma ratios, tails of products of independent ones.

``Z = Z_1 ⋯ Z_q`` below is a product of q independent chi²_m/m. It is the law of
``‖A_q ⋯ A_1 v‖²/m^q`` for matrices of m rows with N(0, 1) entries and any unit vector v
(Du and Hu 2019, Lemma 6.1; Hu, Xiao and Pennington 2020, Lemma 5.3).
"""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from numerics.balls import ball, precision, smallest
from theory.errors import InputError

BITS = 128
_GRID = 64


def moment(freedom: int, power: Fraction | int) -> arb:
    """Enclose E (chi²_d/d)^p = (2/d)^p Γ(d/2 + p)/Γ(d/2).

    Parameters
    ----------
    freedom : int
        Degrees of freedom d >= 1.
    power : Fraction or int
        p > -d/2; the moment is infinite below.

    Raises
    ------
    InputError
        Where the moment is infinite, or d < 1.
    """
    _check(freedom)
    if freedom + 2 * Fraction(power) <= 0:
        raise InputError("power", f"E (chi²_{freedom})^({power}) is infinite")
    with precision(BITS):
        half, p = ball(Fraction(freedom, 2)), ball(power)
        return ((half + p).lgamma() - half.lgamma() - p * half.log()).exp()


def mean_root(freedom: int) -> arb:
    """Enclose E √(chi²_d/d), which is at most 1 - 0.2/d (claims ``mean-root-*``)."""
    return moment(freedom, Fraction(1, 2))


def tail(freedom: int, factor: Fraction) -> arb:
    """Enclose P(chi²_d/d >= factor), a regularised incomplete Gamma function."""
    _check(freedom)
    with precision(BITS):
        a = ball(Fraction(freedom, 2))
        return (a * ball(factor)).gamma_upper(a, 1)


def upper_tail(width: int, layers: int, factor: Fraction) -> arb:
    """Bound P(√Z >= factor) for a factor above one: exp(-log²(factor) m/q), for all m and q.

    Markov's inequality with the moment λ = (m/q) log factor; E (chi²_m/m)^λ <= exp(λ²/m) because
    the digamma function is below the logarithm (proofs/written/wide-layers.md, Lemma 1).
    """
    _check(width, layers)
    if factor <= 1:
        raise InputError("factor", "an upper tail begins above 1")
    with precision(BITS):
        return (-(ball(factor).log() ** 2) * width / layers).exp()


def lower_tail(width: int, layers: int, factor: Fraction, theta: Fraction | None = None) -> arb:
    """Bound P(√Z <= factor) for a factor in (0, 1), for all m and q.

    Markov's inequality with the moment -θm/(2q): at most
    ``exp(-(m/2q) (2θ|log factor| - (1-θ)log(1-θ) - θ))/(1 - θ)`` for every θ in (0, 1)
    (proofs/written/wide-layers.md, Lemma 1). Without θ the best of a grid.
    """
    _check(width, layers)
    if not 0 < factor < 1:
        raise InputError("factor", "a lower tail ends between 0 and 1")
    thetas = [Fraction(i, _GRID) for i in range(1, _GRID)] if theta is None else [theta]
    with precision(BITS):
        return smallest(_lower(width, layers, factor, t) for t in thetas)


def _lower(width: int, layers: int, factor: Fraction, theta: Fraction) -> arb:
    return (-lower_exponent(factor, theta) * width / layers).exp() / ball(1 - theta)


def lower_exponent(factor: Fraction, theta: Fraction) -> arb:
    """Enclose what is multiplied by -m/q in the exponent of :func:`lower_tail`."""
    t, rest = ball(theta), ball(1 - theta)
    return (-2 * t * ball(factor).log() - rest * rest.log() - t) / 2


def best_upper_tail(width: int, layers: int, factor: Fraction) -> arb:
    """Bound P(√Z >= factor) by the best moment of a grid: E Z^λ/factor^(2λ), exact moments."""
    _check(width, layers)
    scale = max(1, round(2 * width * float(factor - 1) / layers))
    with precision(BITS):
        return smallest(
            moment(width, power) ** layers / ball(factor) ** ball(2 * power)
            for power in (Fraction(scale * i, 24) for i in range(1, 49))
        )


def best_lower_tail(width: int, layers: int, factor: Fraction) -> arb:
    """Bound P(√Z <= factor) by the best negative moment of a grid."""
    _check(width, layers)
    with precision(BITS):
        return smallest(
            moment(width, -power) ** layers * ball(factor) ** ball(2 * power)
            for power in (Fraction(width * i, 2 * _GRID * layers) for i in range(1, _GRID))
        )


def laurent_massart(freedom: int, x: arb) -> arb:
    """Return d + 2√(dx) + 2x, which chi²_d exceeds with probability at most exp(-x)."""
    return freedom + 2 * (freedom * x).sqrt() + 2 * x


def _check(*sizes: int) -> None:
    if min(sizes) < 1:
        raise InputError("size", "wants widths, degrees of freedom and layers of at least 1")
