"""The rigorous engine for matrices: gradient descent on |W_k ... W_1 X - Y|^2/2 in centred form.

A state is an exact centre and one radius rho: the true layers are within rho of it in Frobenius
norm, all together. With P = W_k ... W_1, R = P X - Y, A_i and B_i the products of the layers above
and below i, M_ij those between, the Hessian is J^T J + K, J dW = sum A_i dW_i B_i X, and

    |J|**2 <= sum |A_i|**2 |B_i X|**2,    |K| <= |R X^T| max_i sum over j != i of |A_j| |M_ij| |B_i|

(i below j in each term), since the term of the pair (i, j) in <K dW, dW> is
2 <R X^T, A_j dW_j M_ij dW_i B_i>; R X^T vanishes at a minimiser, R need not. So the mean value
inequality gives

    rho+ = (max(1, eta |J|**2 - 1) + eta |K|) rho + rounding

with suprema over the ball: there a product of layers differs from that of the centres by at most
prod (n_l + rho) - prod n_l, n_l the norm of layer l. The suprema of
|J| and of the sum are taken over a larger ball, and serve all steps until the state has left it:
they cost more than a step, and change slowly. R X^T, which may go to zero, is taken at each step.

**Growth from the saddle at zero.** Let r**2 = sum |W_i|_F**2 and t = (r/sqrt k)**k. Then |P| <= t
by the means' inequality, and by Maclaurin's (with ``|Y X^T|_F`` for k = 1)
|grad F| <= G(r) := sqrt k (r/sqrt k)**(k-1) (|Y X^T| + |X X^T| t). As r+ <= r + eta G(r) and G
increases, the first index with r >= r_1 is at least the integral of dr/(eta G(r)) from r(0) to r_1;
before it F > e wherever |Y|_F - t_1 |X|_F > sqrt(2 e). For k = 2 this is
ln(r_1/r_0)/(eta |Y X^T|) to first order: the unstable rate itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, arb_mat, fmpq, fmpq_mat

from numerics.balls import ball, ceil_lower, log2_size, precision
from numerics.matrices.balls import frobenius, frobenius_square, rounding, spectral_upper

_LOW = 64
_DIVERGED = 10_000
# The bounds are taken over a ball that is larger by this part of the smallest layer.
_NEAR = arb(2) ** -7
Rational = Sequence[Sequence[Fraction]]


def exact_matrix(rows: Rational) -> fmpq_mat:
    """Hold a matrix of fractions."""
    return fmpq_mat(
        len(rows), len(rows[0]), [fmpq(x.numerator, x.denominator) for row in rows for x in row]
    )


@dataclass(frozen=True)
class _Held:
    """Bounds of |J| and of |K| / |R X^T| that hold within ``reach`` of ``centre``."""

    centre: list[arb_mat]
    reach: arb
    jacobian: arb
    bend: arb


class MatrixOrbit:
    """Gradient descent on a deep linear network as a rigorous enclosure.

    Parameters
    ----------
    layers : sequence of matrices of Fraction
        W_1 first.
    inputs, outputs : matrices of Fraction
        X and Y, one column for each sample.
    step : Fraction
    bits : int
        Working precision; everything is to be called inside a block of it.
    check : callable
        Called now and then in a long step; it may raise, the orbit stays where it is.
    """

    def __init__(
        self,
        layers: Sequence[Rational],
        inputs: Rational,
        outputs: Rational,
        step: Fraction,
        bits: int,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self.bits, self._check = bits, check
        self._step = ball(step)
        self._inputs = arb_mat(exact_matrix(inputs))
        self._outputs = arb_mat(exact_matrix(outputs))
        self._transposed = self._inputs.transpose()
        self._data = spectral_upper(self._inputs)
        made = [arb_mat(exact_matrix(layer)) for layer in layers]
        self.land([m.mid() for m in made], rounding(made), 0)

    def land(self, centre: Sequence[arb_mat], radius: arb, steps: int) -> None:
        """Go on from exact centres and a radius, as the state after so many steps."""
        self.centre, self.radius, self.steps = list(centre), radius, steps
        self._forward: tuple[list[arb_mat], arb_mat] | None = None
        self._held: _Held | None = None

    @property
    def layers(self) -> list[arb_mat]:
        """Balls around all entries of the true layers."""
        blur = arb(0, self.radius.abs_upper())
        return [arb_mat(m.nrows(), m.ncols(), [x + blur for x in m.entries()]) for m in self.centre]

    @property
    def healthy(self) -> bool:
        """Whether the enclosure is of a size that further steps can be taken."""
        return bool(self.radius.is_finite()) and log2_size(self.radius) < _DIVERGED

    def loss(self) -> arb:
        """Enclose F at the true layers."""
        residual = frobenius(self._passed()[1])
        blur = (self._bounds().jacobian * self.radius).abs_upper()
        low, high = (residual - blur).max(arb(0)), residual + blur
        return (low * low / 2).union(high * high / 2) if blur > 0 else residual * residual / 2

    def advance(self) -> None:
        """Take one step."""
        below, residual = self._passed()
        held = self._bounds()
        with precision(_LOW):
            gap = spectral_upper(residual * self._transposed)
            gap += held.jacobian * self.radius * self._data
            pull = self._step * held.jacobian * held.jacobian
            stretch = arb(1).max(pull - 1) + self._step * (gap * held.bend)
        moved, signal = [], self._step * residual
        for layer, under in zip(reversed(self.centre), reversed(below), strict=True):
            moved.append(layer - signal * under.transpose())
            signal = layer.transpose() * signal
        moved.reverse()
        self.radius = (stretch * self.radius + rounding(moved)).upper()
        self.centre, self._forward = [m.mid() for m in moved], None
        self.steps += 1

    def _passed(self) -> tuple[list[arb_mat], arb_mat]:
        """Return what each layer is applied to, and the residual, at the centre."""
        if self._forward is None:
            below = [self._inputs]
            for layer in self.centre:
                below.append(layer * below[-1])
            residual = below.pop() - self._outputs
            self._forward = below, residual
        return self._forward

    def _bounds(self) -> _Held:
        """Bounds that hold over the state: by a ball it is still in, or by a new one."""
        below, _ = self._passed()
        with precision(_LOW):
            held = self._held
            if held is None or not self._distance(held.centre) + self.radius <= held.reach:
                near = frobenius(self.centre[0])
                for m in self.centre[1:]:
                    near = near.min(frobenius(m))
                reach = (self.radius + _NEAR * near).upper()
                held = self._held = _Held(self.centre, reach, *self._bounds_within(reach, below))
        return held

    def _distance(self, others: Sequence[arb_mat]) -> arb:
        pairs = zip(self.centre, others, strict=True)
        return sum((frobenius_square(m - n) for m, n in pairs), arb(0)).sqrt()

    def _bounds_within(self, rho: arb, below: Sequence[arb_mat]) -> tuple[arb, arb]:
        """Bound |J|, and |K| / |R X^T|, over the ball of radius rho around the centre."""
        depth = len(self.centre)
        norms = [spectral_upper(m) for m in self.centre]

        def swollen(first: int, last: int, at: arb) -> arb:
            """Bound the product of layers first .. last - 1, its norm at the centre given."""
            plain, wide = arb(1), arb(1)
            for n in norms[first:last]:
                plain, wide = plain * n, wide * (n + rho)
            return (at + (wide - plain)).abs_upper()

        between: dict[tuple[int, int], arb] = {}
        for i in range(depth):
            run: arb_mat | None = None
            for j in range(i + 1, depth + 1):
                self._check()
                between[i, j] = swollen(i + 1, j, arb(1) if run is None else spectral_upper(run))
                if j < depth:
                    run = self.centre[j] if run is None else self.centre[j] * run
        plain, wide, under = arb(1), arb(1), []
        for i in range(depth):
            under.append((spectral_upper(below[i]) + (wide - plain) * self._data).abs_upper())
            plain, wide = plain * norms[i], wide * (norms[i] + rho)
        over = [between[i, depth] for i in range(depth)]
        square = sum(((a * b) ** 2 for a, b in zip(over, under, strict=True)), arb(0))
        jacobian = square.sqrt().abs_upper()
        bare, product = [arb(1)], None
        for i, layer in enumerate(self.centre[:-1]):
            product = layer if product is None else layer * product
            bare.append(swollen(0, i + 1, spectral_upper(product)))
        worst = arb(0)
        for i in range(depth):
            row = arb(0)
            for j in range(depth):
                low, high = min(i, j), max(i, j)
                if low != high:
                    row += over[high] * between[low, high] * bare[low]
            worst = worst.max(row)
        return jacobian, worst.abs_upper()


def growth_bound(
    layers: Sequence[Rational], inputs: Rational, outputs: Rational, step: Fraction, loss: Fraction
) -> int:
    """Bound the first index with F <= loss from below, by the growth from zero (docstring)."""
    depth = len(layers)
    with precision(2 * _LOW):
        x, y = arb_mat(exact_matrix(inputs)), arb_mat(exact_matrix(outputs))
        made = [arb_mat(exact_matrix(layer)) for layer in layers]
        r = sum((frobenius(m) ** 2 for m in made), arb(0)).sqrt().upper()
        pull, bend = spectral_upper(y * x.transpose()), spectral_upper(x * x.transpose())
        if depth == 1:
            pull = frobenius(y * x.transpose())  # no other layer turns |.|_F into |.|
        room = ((frobenius(y) - (2 * ball(loss)).sqrt()) / frobenius(x)).lower()
        if not (r > 0 and room > 0):
            return 0
        root = arb(depth).sqrt()
        end = (root * room ** (arb(1) / depth) * (1 - arb(2) ** -40)).lower()
        if not (r < end and (end / root) ** depth < room):
            return 0
        pieces, total = 2_000, arb(0)
        ratio = (end / r) ** (arb(1) / pieces)
        for _ in range(pieces):
            following = (r * ratio).min(end).upper()
            size = following / root
            speed = root * size ** (depth - 1) * (pull + bend * size**depth)
            total += (following - r).lower() / (ball(step) * speed)
            r = following
        return max(0, ceil_lower(total))
