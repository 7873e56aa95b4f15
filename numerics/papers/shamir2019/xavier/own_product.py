"""N against the product of its own start: eta N is at most z/((rho k)**2 prod |w_j|).

f = (p + 1)**2/2, N = min{t : p(t) <= -1/2}, a = min |w_j(0)|, c_j = w_j(0)**2 - a**2 > 0 for the
others. If p(0) > 0 suppose H = eta (1 + p(0)) |q_m(0)| <= a and S = sum H (2 a + H)/c_j <= 1/2; if
not, S = 0. With heights 0 = h_0 < h_1 < ... < h_n = 1

    eta N <= (Z_1 + Z_2)/(sqrt(1 - S) prod |w_j|) + 1 + (n + 1) eta,
    Z_1 = 4 a**2 R if p(0) > 0, else 0,    R = prod (1 - a**2/w_j**2)**(-1/2) over the others,
    Z_2 = sum_{i<n} (h_{i+1}**2 - h_i**2)/2 prod_j (1 + h_i**2/w_j**2)**(-1/2):

the crossing, and the climb height by height. Let the density rho(x) of |w| not increase. Then

    int_a^oo (1 - a**2/w**2)**(-s/2) rho(w) dw <= 1 + (kappa_s - 1) a rho(a),    0 <= s < 2,
    kappa_s = int_1^oo ((1 - v**-2)**(-s/2) - 1) dv = 1 - sqrt(pi) Gamma(1 - s/2)/Gamma((1 - s)/2),

so that Markov's inequality for R**s bounds Z_1, cell by cell of a, and E Z_2 is a sum of powers of
E |w|/sqrt(w**2 + h**2), at most those of the root of E w**2/(w**2 + h**2): both are O(1/k**2), the
order of the flow. Proof: ``proofs/written/escape-probability.md``, section 6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from flint import arb

from numerics.balls import ball, precision
from numerics.papers.shamir2019.xavier.laws import Law
from theory.errors import InputError

BITS = 128
_RATIO = Fraction(17, 16)
"""Of a height to the one below."""
_MOMENTS = tuple(Fraction(n, 4) for n in (0, 2, 4, 5, 6, 7))
_CELLS = 64
_DOUBLINGS, _HALVINGS = 200, 12


def kappa(s: Fraction) -> arb:
    """Enclose int_1^oo ((1 - v**-2)**(-s/2) - 1) dv, 0 <= s < 2: kappa_0 = 0 and kappa_1 = 1."""
    return 1 - arb.pi().sqrt() * (1 - ball(s) / 2).gamma() * ((1 - ball(s)) / 2).rgamma()


def factor(law: Law, depth: int, failure: Fraction) -> arb:
    """Bound (rho k)**2 (Z_1 + Z_2) with probability 1 - failure.

    Parameters
    ----------
    law : Law
    depth : int
        k, at least 2.
    failure : Fraction
        Strictly between 0 and 1.

    Returns
    -------
    arb
        A number that is exceeded with probability ``failure`` at most.

    Raises
    ------
    InputError
        For a failure probability that is none, or a depth below 2.
    """
    if not 0 < failure < 1 or depth < 2:
        raise InputError("failure", "a probability and a depth of at least 2 are wanted")
    with precision(BITS):
        unit = (law.density * depth) ** 2
        # Chebyshev for the climb, whose share is small because its tail is light.
        climbed = unit * climb(heights(depth), lambda h: _root(law, depth, h))
        crossed = unit * crossing(law, depth, failure * Fraction(9, 10))
        return crossed + climbed / (ball(failure) / 10).sqrt()


def heights(depth: int) -> list[Fraction]:
    """The heights of the climb: 0, a small one, then each 17/16 of the one below, up to 1."""
    found = [Fraction(0), Fraction(1, 20 * depth)]
    while found[-1] < 1:
        found.append(min(Fraction(1), _rounded(float(found[-1] * _RATIO))))
    return found


def climb(levels: Sequence[Fraction], kept: Callable[[Fraction], arb]) -> arb:
    """Sum half the differences of squares of heights, times what is kept at the lower one."""
    total = arb(0)
    for a, b in pairwise(levels):
        total += ball((b * b - a * a) / 2) * kept(a)
    return total


def _root(law: Law, k: int, height: Fraction) -> arb:
    """The root of the mean square of prod (1 + h**2/w_j**2)**(-1/2)."""
    return law.kept(ball(height)) ** (ball(Fraction(k)) / 2) if height else arb(1)


def crossing(law: Law, k: int, share: Fraction) -> arb:
    """A number that Z_1 exceeds with probability ``share`` at most."""
    rho = float(law.density.mid())
    edges = [Fraction(0), *(_rounded(40 / (k * rho) * 1.1 ** (i - _CELLS)) for i in range(_CELLS))]
    top = 1 if law.gaussian else Fraction(17, 10)
    edges = [e for e in edges if e < top]
    cells = [list(_cell(law, k, a, b)) for a, b in pairwise(edges)]
    # Beyond the last cell nothing is said of R.
    rest = law.above(ball(edges[-1])) ** k / 2

    def fails(z: arb) -> arb:
        total, powers = rest, [z ** ball(-s) for s in _MOMENTS]
        for row in cells:
            total += min((c * power for c, power in zip(row, powers, strict=True)), key=float)
        return total

    least, most = Fraction(0), Fraction(1, k**2)
    for _ in range(_DOUBLINGS):
        if fails(ball(most)) <= ball(share):
            break
        least, most = most, 2 * most
    else:
        raise InputError("failure", "too small for the cells")
    for _ in range(_HALVINGS):
        middle = (least + most) / 2
        least, most = (least, middle) if fails(ball(middle)) <= ball(share) else (middle, most)
    return ball(most)


def _cell(law: Law, k: int, a: Fraction, b: Fraction) -> Iterator[arb]:
    """For a cell of the smallest size and each s, the bound of P(in the cell, Z_1 > z) times z**s.

    Signs are independent of sizes, so that p(0) > 0 in half of the cases.
    """
    chance = k * law.density_at(ball(a)) * ball(b - a) / 2
    for s in _MOMENTS:
        yield chance * others(law, s, a, b) ** (k - 1) * ball(4 * b * b) ** ball(s)


def others(law: Law, s: Fraction, a: Fraction, b: Fraction) -> arb:
    """Bound int_x^oo (1 - x**2/w**2)**(-s/2) rho(w) dw for all x from a to b, 0 <= s < 2."""
    if s == 0:
        return law.above(ball(a))
    excess = kappa(s) - 1
    least, most = ball(a) * law.density_at(ball(b)), ball(b) * law.density_at(ball(a))
    return 1 + excess * (least if s < 1 else most)


def _rounded(x: float) -> Fraction:
    return Fraction(f"{x:.6e}")
