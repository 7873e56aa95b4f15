"""The two laws of Theorem 2, standard normal and uniform of unit variance, in Arb balls.

For a weight w everything is a moment: E|w|**s, E(|w| + delta)**s and E(w**2 + beta)**(s/2), the
first and the last in closed form also for complex s, so that tails of products can be inverted
(:mod:`numerics.papers.shamir2019.xavier.tails`). All values are enclosures at the working
precision.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import acb, arb

from numerics.balls import ball
from theory.errors import InputError

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Law:
    """A symmetric law of mean 0 and variance 1 (methods: rigorous enclosures).

    Attributes
    ----------
    name : str
        ``"gaussian"`` or ``"uniform"`` (on [-sqrt(3), sqrt(3)]).
    """

    name: str

    @property
    def gaussian(self) -> bool:
        """Whether this is the standard normal law."""
        return self.name == "gaussian"

    @property
    def density(self) -> arb:
        """The density of |w| at 0, its largest value: the sharp c_1 of Assumption 2."""
        return (2 / arb.pi()).sqrt() if self.gaussian else 1 / arb(3).sqrt()

    def density_at(self, size: arb) -> arb:
        """The density of |w| at size, 0 <= size (< sqrt(3)): it does not increase."""
        return self.density * (-size * size / 2).exp() if self.gaussian else self.density

    @property
    def mean_size(self) -> arb:
        """E|w|, so that the sharp c_2 of Assumption 2 is 1 - E|w|."""
        return (2 / arb.pi()).sqrt() if self.gaussian else arb(3).sqrt() / 2

    @property
    def exponent(self) -> arb:
        """-E ln|w| = lim (1/k) ln N: (gamma + ln 2)/2, or 1 - (ln 3)/2."""
        if self.gaussian:
            return (arb.const_euler() + arb.const_log2()) / 2
        return 1 - arb(3).log() / 2

    @property
    def variance(self) -> arb:
        """Var ln|w|: pi**2/8, or 1."""
        return arb.pi() ** 2 / 8 if self.gaussian else arb(1)

    def below(self, delta: arb) -> arb:
        """P(|w| < delta), delta >= 0."""
        return (delta / arb(2).sqrt()).erf() if self.gaussian else (delta / arb(3).sqrt()).min(1)

    def above(self, size: arb) -> arb:
        """P(|w| > size), size >= 0."""
        if self.gaussian:
            return (size / arb(2).sqrt()).erfc()
        return (1 - size / arb(3).sqrt()).max(0)

    def moment(self, s: acb | arb) -> acb:
        """E|w|**s for Re s > -1."""
        s = acb(s)
        if self.gaussian:
            return ((s / 2) * arb.const_log2()).exp() * ((s + 1) / 2).gamma() / arb.pi().sqrt()
        return ((s / 2) * arb(3).log()).exp() / (s + 1)

    def square_moment(self, beta: arb, s: acb | arb) -> acb:
        """E(w**2 + beta)**(s/2), beta > 0: a confluent or a Gauss hypergeometric function."""
        s, half = acb(s), acb(1) / 2
        if self.gaussian:
            scale = ((s + 1) / 2 * beta.log()).exp() / arb(2).sqrt()
            return scale * acb(beta / 2).hypgeom_u(half, (s + 3) / 2)
        return (s / 2 * beta.log()).exp() * acb(-3 / beta).hypgeom_2f1(-s / 2, half, 3 * half)

    def kept(self, height: arb) -> arb:
        """E w**2/(w**2 + height**2), for 0 < height: what is kept of 1, of order 1 - height."""
        if self.gaussian:
            half = height / arb(2).sqrt()
            return 1 - arb.pi().sqrt() * half * (half * half).exp() * half.erfc()
        share = height / arb(3).sqrt()
        return 1 - share * (1 / share).atan()

    def shifted_moment(self, delta: arb, s: arb) -> arb:
        """E(|w| + delta)**s for real s > 0, delta > 0; by quadrature for the normal law."""
        if not self.gaussian:
            top = arb(3).sqrt()
            return ((top + delta) ** (s + 1) - delta ** (s + 1)) / (top * (s + 1))

        def integrand(w: acb, analytic: bool) -> acb:
            # log has its cut on the left: (w + delta)**s is analytic right of -delta.
            base = w + delta
            if analytic and not base.real > 0:
                return acb("nan")
            return (-w * w / 2).exp() * (s * base.log()).exp()

        end = 24
        body = acb.integral(integrand, 0, end).real
        # Beyond the end, (w + delta)**s <= e**(s (w + delta)) <= e**(w**2/4) for small s, delta.
        if not s * (end + delta) <= arb(end) ** 2 / 4 or not s <= arb(end) / 2:
            raise InputError("s", "the moment is too high for the quadrature")
        tail = (-(arb(end) ** 2) / 4).exp() * 2 / end
        return (2 / arb.pi()).sqrt() * (body + arb(0, tail.abs_upper()).union(arb(0)))


GAUSSIAN, UNIFORM = Law("gaussian"), Law("uniform")
LAWS = {law.name: law for law in (GAUSSIAN, UNIFORM)}


def law_of(name: str) -> Law:
    """Find a law by name.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    if name not in LAWS:
        raise InputError("law", f"{name[:40]!r} is none of {', '.join(LAWS)}")
    return LAWS[name]


@dataclass(frozen=True)
class ProductLaw:
    """X = ln|w|, or X = ln(w**2 + beta)/2: the summand whose sums over k weights decide.

    Attributes
    ----------
    law : Law
    beta : Fraction
        0 for ln|w|.
    """

    law: Law
    beta: Fraction = Fraction(0)

    def transform(self, s: acb | arb) -> acb:
        """E exp(s X)."""
        if self.beta == 0:
            return self.law.moment(s)
        return self.law.square_moment(ball(self.beta), s)

    def decay(self, sigma: arb, start: arb) -> tuple[arb, Fraction]:
        """Bound the transform far out on a vertical line.

        Parameters
        ----------
        sigma, start : arb
            Positive.

        Returns
        -------
        bound, power : arb and Fraction
            ``|E exp((sigma + i t) X)| <= bound (start/t)**power`` for every t >= start.

        Notes
        -----
        Without beta, a factor of the Gamma function. With beta, van der Corput's argument: with
        X' = w/(w**2 + beta), the part w <= w_1 = sqrt(2 beta/t) is bounded by its length, the rest
        by parts, by (1/t)(boundary + variation) of G(w) = rho(w) (w**2 + beta)**(sigma/2 + 1)/w,
        which falls, may rise to one peak, and falls: at most (2 G(w_1) + 2 G(peak))/t.
        """
        law = self.law
        if self.beta == 0:
            # |Gamma((s+1)/2)/Gamma((sigma+1)/2)| <= |1 + it/(sigma + 1)|**-1, as for 1/(s + 1).
            size = law.moment(sigma).real
            return size * (sigma + 1) / start, Fraction(1)
        beta = ball(self.beta)
        edge = (2 * beta / start).sqrt()
        near = beta + edge * edge
        bound = edge * law.density * near ** (sigma / 2)
        bound += 2 / start * law.density * near ** (sigma / 2 + 1) / edge
        return bound + 2 / start * self._peak(beta, sigma), HALF

    def _peak(self, beta: arb, sigma: arb) -> arb:
        """The largest local maximum of G(w) right of its singularity at 0, or 0."""
        law = self.law
        if not law.gaussian:
            return law.density * (3 + beta) ** (sigma / 2 + 1) / arb(3).sqrt()
        middle = (sigma + 1 - beta) / 2
        gap = middle * middle - beta
        if gap < 0:
            return arb(0)
        y = middle + gap.max(0).sqrt()
        return law.density * (-y / 2).exp() * (y + beta) ** (sigma / 2 + 1) / y.sqrt()
