"""Tail probabilities of sums of k independent summands, enclosed: Chernoff, and exact inversion.

S = X_1 + ... + X_k, with X = ln|w| or ln(w**2 + beta)/2 and M(s) = E exp(s X). For sigma > 0 the
function f(y) = exp(sigma y) P(S >= y) has the Fourier transform
F(t) = int f(y) exp(i t y) dy = M(sigma + it)**k/(sigma + it), and Poisson's summation formula with
the period L = 2 pi/h reads

    (h/2 pi) sum_n F(n h) exp(-i n h y) = sum_m f(y + m L).

So the trapezoidal sum, times exp(-sigma y), is P(S >= y) plus aliases that are not negative:
for m < 0 at most exp(-sigma L |m|), for m > 0 at most what Chernoff says with 2 sigma. The sum is
cut where a bound of |M| (:meth:`ProductLaw.decay`) makes the rest negligible. Nothing is sampled
and no integral is approximated without its error: the result is an enclosure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np
from flint import acb, arb

from numerics.balls import ball, precision
from numerics.papers.shamir2019.xavier.laws import ProductLaw
from theory.errors import InputError

BITS = 128
_PERIOD = 32
"""sigma L: aliases from the left are below exp(-32) = 1.3e-14."""
_CUT = Fraction(1, 10**13)
_MAX_NODES = 1_000
_MAX_BITS = 4 * BITS


def chernoff(moment: arb, s: arb, depth: int, level: arb) -> arb:
    """Bound P(S >= level) by E exp(s X)**depth exp(-s level), s > 0 (any s is valid)."""
    return (depth * moment.log() - s * level).exp()


@dataclass(frozen=True)
class SumLaw:
    """The law of S, a sum of ``depth`` independent copies of X.

    Attributes
    ----------
    summand : ProductLaw
    depth : int
        k, at least 1.
    """

    summand: ProductLaw
    depth: int
    _tails: dict[Fraction, arb] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.depth < 1:
            raise InputError("depth", "a depth of at least 1 is wanted")

    @cached_property
    def _sigma(self) -> Fraction:
        return Fraction(3, 2 * round(self.depth**0.5 * 16)) * 16

    @cached_property
    def _nodes(self) -> tuple[list[acb], arb, arb]:
        """F at the nodes 0, h, 2h, ...; h; and the bound of what is cut off, times exp(sigma y)."""
        with precision(BITS):
            sigma, k = ball(self._sigma), self.depth
            step = 2 * arb.pi() * sigma / _PERIOD
            last = self._last_node(sigma, step)
            values = []
            for n in range(last + 1):
                s = acb(sigma, n * step)
                values.append(self._transform(s) ** k / s)
            return values, step, self._cut_off(sigma, last * step)

    def _transform(self, s: acb) -> acb:
        """The transform, with more bits where the hypergeometric series cancels."""
        bits = BITS
        while True:
            with precision(bits):
                value = self.summand.transform(s)
            bits *= 2
            if value.rad() < 2.0 ** (-BITS // 2) or bits > _MAX_BITS:
                return value

    def _cut_off(self, sigma: arb, start: arb) -> arb:
        # Two sides, (h/2 pi) sum_{n > N} <= (1/2 pi) int, int bound**k (start/t)**(k power) dt/t.
        bound, power = self.summand.decay(sigma, start)
        return bound**self.depth / (ball(power * self.depth) * arb.pi())

    def _last_node(self, sigma: arb, step: arb) -> int:
        """Choose where to cut: where the rest is negligible against Chernoff's bound."""
        scale = self.summand.transform(sigma).real ** self.depth * ball(_CUT)
        start = 1.0
        while True:
            last = max(1, int(start / float(step.mid())))
            if last >= _MAX_NODES or self._cut_off(sigma, last * step) < scale:
                return min(last, _MAX_NODES)
            start *= 1.25

    def above(self, level: Fraction) -> arb:
        """Enclose P(S >= level), to about 1e-12 where the depth is not tiny.

        Parameters
        ----------
        level : Fraction

        Returns
        -------
        arb
            At the working precision of this module; its radius is the proved error.
        """
        if level not in self._tails:
            with precision(BITS):
                self._tails[level] = self._invert(level)
        return self._tails[level]

    def _invert(self, level: Fraction) -> arb:
        values, step, cut = self._nodes
        sigma, y, k = ball(self._sigma), ball(level), self.depth
        total = values[0].real / 2
        for n, value in enumerate(values[1:], 1):
            total += (value * acb(0, -n * step * y).exp()).real
        total = total * step / arb.pi() + arb(0, cut.abs_upper())
        period = 2 * arb.pi() / step
        left = (-sigma * period).exp()
        # sum_{m > 0} exp(sigma L m) M(2 sigma)**k exp(-2 sigma (y + L m)), a geometric series.
        right = chernoff(self.summand.transform(2 * sigma).real, 2 * sigma, k, y) * left
        aliases = (left + right) / (1 - left)
        probability = total * (-sigma * y).exp() - arb(0).union(aliases)
        return probability.max(0).min(1)

    def quantile(self, probability: Fraction, digits: int = 4) -> Fraction:
        """Find a level with P(S >= level) certainly at most ``probability``, and hardly less.

        Parameters
        ----------
        probability : Fraction
            Between 0 and 1.
        digits : int
            Decimals of the level.

        Returns
        -------
        Fraction
            Found in doubles, rounded up, and accepted only when the enclosure says so.

        Raises
        ------
        InputError
            If the enclosures are too wide for this depth and probability.
        """
        if not 0 < probability < 1:
            raise InputError("probability", "strictly between 0 and 1")
        unit = Fraction(1, 10**digits)
        tail = self._float_tail
        low, high = -4.0 * self.depth - 40, 4.0 * self.depth + 40
        while high - low > float(unit) / 4:
            middle = (low + high) / 2
            low, high = (middle, high) if tail(middle) > probability else (low, middle)
        level = Fraction(round(high / float(unit))) * unit
        for _ in range(60):
            if self.above(level) <= ball(probability):
                return level
            level += unit
            unit *= 2
        raise InputError("depth", f"{self.depth} is too small for exact tails at {probability}")

    @cached_property
    def _float_tail(self) -> Callable[[float], float]:
        """The same sum in doubles; a search may use it, nothing rests on it."""
        values, step, _ = self._nodes
        f = np.array([complex(v) for v in values])
        f[0] /= 2
        t = float(step.mid()) * np.arange(len(f))
        sigma, h = float(self._sigma), float(step.mid())

        def tail(y: float) -> float:
            if -sigma * y > 30 + 3 * sigma * self.depth**0.5:
                return 1.0
            return float(np.exp(-sigma * y) * (f * np.exp(-1j * t * y)).real.sum() * h / np.pi)

        return tail
