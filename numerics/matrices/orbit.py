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
prod (n_l + rho) - prod n_l, n_l the norm of layer l.

**Growth from the saddle at zero.** Let r**2 = sum |W_i|_F**2 and t = (r/sqrt k)**k. Then |P| <= t
by the means' inequality, and by Maclaurin's (with ``|Y X^T|_F`` for k = 1)
|grad F| <= G(r) := sqrt k (r/sqrt k)**(k-1) (|Y X^T| + |X X^T| t). As r+ <= r + eta G(r) and G
increases, the first index with r >= r_1 is at least the integral of dr/(eta G(r)) from r(0) to r_1;
before it F > e wherever |Y|_F - t_1 |X|_F > sqrt(2 e). For k = 2 this is
ln(r_1/r_0)/(eta |Y X^T|) to first order: the unstable rate itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import arb, arb_mat, fmpq, fmpq_mat

from numerics.balls import ball, ceil_lower, log2_size, precision

_LOW = 64
_DIVERGED = 10_000
Rational = Sequence[Sequence[Fraction]]


def exact_matrix(rows: Rational) -> fmpq_mat:
    """Hold a matrix of fractions."""
    return fmpq_mat(
        len(rows), len(rows[0]), [fmpq(x.numerator, x.denominator) for row in rows for x in row]
    )


def frobenius(matrix: arb_mat) -> arb:
    """Enclose the Frobenius norm."""
    return sum((x * x for x in matrix.entries()), arb(0)).sqrt()


def norm_bound(matrix: arb_mat) -> arb:
    """Bound the spectral norm: ``|M| = |(M^T M)^4|^(1/8)``, and Frobenius bounds the power."""
    wide = matrix.ncols() > matrix.nrows()
    square = matrix * matrix.transpose() if wide else matrix.transpose() * matrix
    fourth = square * square
    power = frobenius(fourth * fourth)
    return power.sqrt().sqrt().sqrt().min(frobenius(matrix)).abs_upper()


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
    """

    def __init__(
        self,
        layers: Sequence[Rational],
        inputs: Rational,
        outputs: Rational,
        step: Fraction,
        bits: int,
    ) -> None:
        self.bits, self.steps = bits, 0
        self._step = ball(step)
        self._inputs = arb_mat(exact_matrix(inputs))
        self._outputs = arb_mat(exact_matrix(outputs))
        made = [arb_mat(exact_matrix(layer)) for layer in layers]
        self.radius = sum((frobenius(_radii(m)) for m in made), arb(0)).upper()
        self.centre = [m.mid() for m in made]

    def land(self, centre: Sequence[arb_mat], radius: arb, steps: int) -> None:
        """Go on from exact centres and a radius, as the state after so many steps."""
        self.centre, self.radius, self.steps = list(centre), radius, steps

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
        below = self._below()
        residual = frobenius(self.centre[-1] * below[-1] - self._outputs)
        with precision(_LOW):
            blur = (self._bounds(below)[0] * self.radius).abs_upper()
        low, high = (residual - blur).max(arb(0)), residual + blur
        return (low * low / 2).union(high * high / 2) if blur > 0 else residual * residual / 2

    def _below(self) -> list[arb_mat]:
        below = [self._inputs]
        for layer in self.centre[:-1]:
            below.append(layer * below[-1])
        return below

    def advance(self) -> None:
        """Take one step."""
        below, above = self._below(), [None, *self._above()]
        residual = self.centre[-1] * below[-1] - self._outputs
        with precision(_LOW):
            jacobian, rest = self._bounds(below)
            pull = self._step * jacobian * jacobian
            stretch = arb(1).max(pull - 1) + self._step * rest
        moved = []
        for layer, under, over in zip(self.centre, below, reversed(above), strict=True):
            signal = residual if over is None else over.transpose() * residual
            moved.append(layer - self._step * (signal * under.transpose()))
        rounding = sum((frobenius(_radii(m)) for m in moved), arb(0))
        self.radius = (stretch * self.radius + rounding).upper()
        self.centre = [m.mid() for m in moved]
        self.steps += 1

    def _above(self) -> list[arb_mat]:
        """A_(k-1), ..., A_1."""
        above: list[arb_mat] = []
        for layer in reversed(self.centre[1:]):
            above.append(above[-1] * layer if above else layer)
        return above

    def _bounds(self, below: Sequence[arb_mat]) -> tuple[arb, arb]:
        """Bound |J| and |K| over the ball."""
        depth, rho = len(self.centre), self.radius
        norms = [norm_bound(m) for m in self.centre]

        def swollen(first: int, last: int, at: arb) -> arb:
            """Bound the product of layers first .. last - 1, its norm at the centre given."""
            plain, wide = arb(1), arb(1)
            for n in norms[first:last]:
                plain, wide = plain * n, wide * (n + rho)
            return (at + (wide - plain)).abs_upper()

        data = norm_bound(self._inputs)
        between: dict[tuple[int, int], arb] = {}
        for i in range(depth):
            run: arb_mat | None = None
            for j in range(i + 1, depth + 1):
                between[i, j] = swollen(i + 1, j, arb(1) if run is None else norm_bound(run))
                if j < depth:
                    run = self.centre[j] if run is None else self.centre[j] * run
        plain, wide, under = arb(1), arb(1), []
        for i in range(depth):
            under.append((norm_bound(below[i]) + (wide - plain) * data).abs_upper())
            plain, wide = plain * norms[i], wide * (norms[i] + rho)
        over = [between[i, depth] for i in range(depth)]
        square = sum(((a * b) ** 2 for a, b in zip(over, under, strict=True)), arb(0))
        jacobian = square.sqrt().abs_upper()
        signal = (self.centre[-1] * below[-1] - self._outputs) * self._inputs.transpose()
        gap = norm_bound(signal) + jacobian * rho * data
        bare, product = [arb(1)], None
        for i, layer in enumerate(self.centre[:-1]):
            product = layer if product is None else layer * product
            bare.append(swollen(0, i + 1, norm_bound(product)))
        worst = arb(0)
        for i in range(depth):
            row = arb(0)
            for j in range(depth):
                low, high = min(i, j), max(i, j)
                if low != high:
                    row += over[high] * between[low, high] * bare[low]
            worst = worst.max(row)
        return jacobian, (gap * worst).abs_upper()


def _radii(matrix: arb_mat) -> arb_mat:
    return arb_mat(matrix.nrows(), matrix.ncols(), [x.rad() for x in matrix.entries()])


def growth_bound(
    layers: Sequence[Rational], inputs: Rational, outputs: Rational, step: Fraction, loss: Fraction
) -> int:
    """Bound the first index with F <= loss from below, by the growth from zero (docstring)."""
    depth = len(layers)
    with precision(2 * _LOW):
        x, y = arb_mat(exact_matrix(inputs)), arb_mat(exact_matrix(outputs))
        made = [arb_mat(exact_matrix(layer)) for layer in layers]
        r = sum((frobenius(m) ** 2 for m in made), arb(0)).sqrt().upper()
        pull, bend = norm_bound(y * x.transpose()), norm_bound(x * x.transpose())
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
