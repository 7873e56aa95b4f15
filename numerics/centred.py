"""The rigorous engine: gradient descent in Arb balls, in centred (mean-value) form.

A state is an exact dyadic centre c and one radius rho; the true weights lie in the Euclidean ball
B(c, rho). Boxes of balls would grow by a constant factor per step; here the map
G(w) = w - eta grad F(w) is applied to the centre, and the radius is multiplied by a bound of the
Jacobian's spectral norm over B (mean value inequality on a convex set):

    rho+ = beta rho + |c+ - G(c)|,      beta >= sup over B of |I - eta H|.

**The bound beta.** H = f'' q q^T + f' R with R_ij = r_ij off the diagonal and 0 on it. So
|I - eta H| <= |I - eta f'' q q^T| + eta |f'| |R|. The first term is max(1, |1 - eta f'' |q|^2|),
largest at an end of the range of |q|^2. Let |w_i| <= W_i on B, let m be any index and put
X_j = 1/W_j, S = sum over j != m of X_j^2, Q = prod over j != m of W_j. Entry by entry
|R_mj| <= Q X_j and |R_ij| <= Q W_m X_i X_j; a symmetric matrix is at most as large in spectral norm
as a non-negative one that dominates it entry by entry, and filling in the diagonal only enlarges
that one, so

    |R| <= Q * largest eigenvalue of [[0, sqrt S], [sqrt S, W_m S]]
         = Q (W_m S + sqrt(W_m^2 S^2 + 4 S)) / 2,
    |q|^2 <= Q^2 (1 + W_m^2 S).

With m the smallest weight nothing is divided by a small number, so the weight that crosses zero
costs nothing. The W_i are taken a little larger than needed and kept as long as the orbit has
provably not left them, so a step costs O(k) multiplications at full precision and O(1) besides.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from itertools import repeat
from operator import mul, sub, truediv

from flint import arb

from numerics.balls import ball, log2_size, precision, products_of_others
from numerics.loss import Loss

_LOW = 64
_ZERO, _ONE, _TWO, _UNIT_BALL = arb(0), arb(1), arb(2), arb(0, 1)
# How far the product of the bounds W_i may exceed the product of the weights: about this factor.
_SLACK = arb(1) / 64
# What one weight may travel without a word about the others, of which there are none.
_FAR = arb(2) ** 200_000
# Weights or products of more than 2**this are a divergence; their exponents would only explode.
_DIVERGED = 100_000


class CentredOrbit:
    """Gradient descent on F(w) = f(w_1 ... w_k) as a rigorous enclosure, one step at a time.

    Parameters
    ----------
    loss : Loss
        Twice differentiable where the orbit goes.
    weights : sequence of Fraction or arb, shape (k,)
        The start; every point of a box of balls is a start at once.
    step : Fraction
        The step size, exact and positive.
    bits : int
        Working precision.

    Attributes
    ----------
    steps : int
        How many steps have been taken.
    centre : list of arb, shape (k,)
        Exact midpoints.
    product : arb
        A ball that contains the product of the true weights.
    radius : arb
        A ball whose upper end bounds the Euclidean distance of the true weights from the centre.
    """

    def __init__(
        self, loss: Loss, weights: Sequence[Fraction | arb], step: Fraction, bits: int
    ) -> None:
        self.bits = bits
        self.steps = 0
        self._slope = loss.descent("arb")
        self._curvature = loss.bend("arb")
        with precision(bits):
            balls = [w if isinstance(w, arb) else ball(w) for w in weights]
            self._step = ball(step)
            self.centre = [b.mid() for b in balls]
            self.radius = sum((b.rad() * b.rad() for b in balls), arb(0)).sqrt()
            self._whole = reduce(mul, self.centre, _ONE)
            self._bound_weights()
            self.product = self._whole + _UNIT_BALL * (self.radius * self._gradient)

    def _bound_weights(self) -> None:
        """Choose the W_i around the current state and derive from them the bounds on q and R."""
        with precision(_LOW):
            sizes = [abs(c) for c in self.centre]
            smallest = 0  # any index will do; the sizes are exact, so their order is certain
            for i, x in enumerate(sizes):
                if x < sizes[smallest]:
                    smallest = i
            least = sizes.pop(smallest)
            shared, inverse_squares, margin = self._close(sizes, least) or self._apart(sizes)
            least = (least + self.radius + margin).upper()
            cross = least * inverse_squares
            self._coupling = shared * (cross + (cross * cross + 4 * inverse_squares).sqrt()) / 2
            self._gradient = shared * (1 + least * cross).sqrt()
            self._gradient_square = self._gradient * self._gradient
            # The bounds hold as long as (distance travelled since now) + radius stays below this.
            self._room = (self.radius + margin).lower()
            self._travelled = _ZERO

    def _close(self, sizes: Sequence[arb], least: arb) -> tuple[arb, arb, arb] | None:
        """Bound prod W_j and sum X_j**2 where no W_j = |c_j| + radius + margin is far from |c_j|.

        The product is at most that of the |c_j| times ``exp((radius + margin) sum 1/|c_j|)``.
        """
        if not sizes:  # q = 1 and R = 0, wherever the one weight goes
            return _ONE, _ZERO, _FAR
        inverses = [1 / x for x in sizes]
        inverse_sum = sum(inverses, _ZERO).upper()
        if not self.radius * inverse_sum < _SLACK:
            return None
        margin = (_SLACK / inverse_sum).lower()
        swell = ((self.radius + margin) * inverse_sum).exp()
        inverse_squares = sum(map(mul, inverses, inverses), _ZERO)
        product = reduce(mul, sizes) if least.is_zero() else abs(self._whole) / least
        return product * swell, inverse_squares, margin

    def _apart(self, sizes: Sequence[arb]) -> tuple[arb, arb, arb]:
        """Likewise where some are."""
        widened = [(x + self.radius).upper() for x in sizes]
        inverse_sum = sum((1 / x for x in widened if not x.is_zero()), _ZERO)
        margin = _SLACK / inverse_sum if inverse_sum > 0 else arb(2) ** -self.bits
        margin = margin.lower() if margin.is_finite() else arb(2) ** -self.bits
        bounds = [(x + margin).upper() for x in widened]
        inverses = [1 / w for w in bounds]
        return reduce(mul, bounds, _ONE), sum(map(mul, inverses, inverses), _ZERO), margin

    def advance(self) -> None:
        """Take one step."""
        with precision(self.bits):
            self.advance_at_working_precision()

    def advance_at_working_precision(self) -> None:
        """Take one step inside a block of ``precision(self.bits)``; for tight loops."""
        centre, whole, step = self.centre, self._whole, self._step
        slope = self._slope(whole)
        curvature = self._curvature(self.product)

        pull = step * slope
        # A quotient costs less than two products; where a weight is zero there is none.
        moves = (
            map(mul, products_of_others(centre), repeat(pull))
            if whole.is_zero()
            else map(truediv, repeat(pull * whole), centre)
        )
        moved = list(map(sub, centre, moves))
        # The radius of the sum bounds the sum of the radii, hence their Euclidean norm.
        rounding = sum(moved, _ZERO).rad()

        steepest = abs(slope) + abs(curvature) * (self.radius * self._gradient)
        across = step * curvature * self._gradient_square
        stretch = _ONE if _ZERO <= across <= _TWO else _ONE.max(abs(_ONE - across))
        stretch += step * steepest * self._coupling
        self.radius = (stretch * self.radius + rounding).upper()
        self._travelled += abs(pull) * self._gradient + rounding

        self.centre = list(map(arb.mid, moved))
        self._whole = reduce(mul, self.centre, _ONE)
        self.steps += 1
        if not self._travelled + self.radius <= self._room:
            self._bound_weights()
        self.product = self._whole + _UNIT_BALL * (self.radius * self._gradient)

    @property
    def weights(self) -> list[arb]:
        """Balls that contain the true weights, one each."""
        return [c + _UNIT_BALL * self.radius for c in self.centre]

    @property
    def healthy(self) -> bool:
        """Whether the enclosure is finite and of a size that further steps can be taken."""
        product, radius = self._whole, self.radius
        return bool(
            product.is_finite()
            and radius.is_finite()
            and log2_size(product) < _DIVERGED
            and log2_size(radius) < _DIVERGED
        )

    @property
    def diverged(self) -> bool:
        """Whether the product has become too large to go on."""
        product = self._whole
        return bool(product.is_finite()) and log2_size(product) >= _DIVERGED

    @property
    def relative_bits(self) -> int:
        """How many bits of the weight vector are known: -log2(radius / |centre|)."""
        if not self.healthy:
            return 0
        with precision(_LOW):
            norm = sum((c * c for c in self.centre), arb(0)).sqrt()
            radius = self.radius.upper()
            if radius.is_zero():
                return self.bits
            return max(0, min(self.bits, log2_size(norm) - log2_size(radius)))
