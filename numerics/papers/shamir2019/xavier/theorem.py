"""Theorem 2 in closed form, for every depth at once, with the sharp exponent.

**Theorem.** Let w_1, ..., w_k be independent, N(0, 1) or uniform of variance 1, f as in Assumption
1 and G = sup |f'| over [-1/2, 1/2]. Put lambda = -E ln|w|, sigma**2 = Var ln|w|, rho the density of
|w| at 0, kappa = B(1/2, 1/4)/4. For all k >= 1, z >= 0, d >= 0 and every step size eta > 0, if

    lambda k - z sigma sqrt(k) - d >= ln 2,

then with probability at least 1 - exp(-z**2/2) - exp(1 - d/2)

    N > exp(lambda k - z sigma sqrt(k) - d)/(2 (rho kappa k)**2 eta G) - 1/4,

N the number of steps to reach suboptimality below inf_{p >= -1/2} f - inf f. (Proof:
``proofs/written/escape-probability.md``, section 4.)
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from numerics.balls import ball, ceil_upper, precision
from numerics.papers.shamir2019.xavier.bounds import lower_log
from numerics.papers.shamir2019.xavier.laws import Law

BITS = 128


@dataclass(frozen=True)
class Explicit:
    """C_1(k) and C_2(k): ``P(N <= C_1(k)/(eta G) - 1/4) <= C_2(k)`` for every k >= first depth.

    Attributes
    ----------
    law : Law
    z, d : Fraction
        Nonnegative. With ``linear`` they are the rates of z = z_1 sqrt(k) and d = d_1 k.
    linear : bool
    """

    law: Law
    z: Fraction
    d: Fraction
    linear: bool = False

    def _parts(self, depth: int) -> tuple[arb, arb]:
        k = arb(depth)
        if self.linear:
            return ball(self.z) * k.sqrt(), ball(self.d) * k
        return ball(self.z), ball(self.d)

    def log_product(self, depth: int) -> arb:
        """Enclose lambda k - z sigma sqrt(k) - d: the product is below exp of minus this."""
        z, d = self._parts(depth)
        return self.law.exponent * depth - z * self.law.variance.sqrt() * arb(depth).sqrt() - d

    def log_time(self, depth: int) -> float:
        """The logarithm of C_1(k), rounded down."""
        with precision(BITS):
            scale = self.law.density * kappa() * depth
            return lower_log(self.log_product(depth) - (2 * scale**2).log())

    def failure(self, depth: int) -> arb:
        """Enclose C_2(k)."""
        z, d = self._parts(depth)
        return (-z * z / 2).exp() + (1 - d / 2).exp()

    def first_depth(self) -> int | None:
        """The k_0 from which on the theorem applies, proved; None if there is none.

        Notes
        -----
        With x = sqrt(k) the condition is lambda x**2 - b x - c >= 0 (b = z sigma, c = d + ln 2),
        true for every x beyond the larger root; in the linear case (lambda - z_1 sigma - d_1) k
        >= ln 2.
        """
        with precision(BITS):
            rate, spread = self.law.exponent, ball(self.z) * self.law.variance.sqrt()
            if self.linear:
                slope = rate - spread - ball(self.d)
                return ceil_upper(arb.const_log2() / slope) if slope > 0 else None
            last = ball(self.d) + arb.const_log2()
            root = (spread + (spread**2 + 4 * rate * last).sqrt()) / (2 * rate)
            return ceil_upper(root**2)


def kappa() -> arb:
    """B(1/2, 1/4)/4 = int_0^oo ((1 + v**-2)**(1/4) - 1) dv = 1.3110...."""
    quarter = arb(1) / 4
    return (arb.pi().sqrt() * quarter.gamma() / (3 * quarter).gamma()) / 4


def sub_gaussian(law: Law, s: Fraction) -> arb:
    """Enclose -lambda s + sigma**2 s**2/2 - ln E|w|**s, which is not negative for any s >= 0."""
    with precision(BITS):
        power = ball(s)
        bound = -law.exponent * power + law.variance * power**2 / 2
        return bound - law.moment(power).real.log()
