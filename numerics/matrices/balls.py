"""Deep linear networks in ball arithmetic: enclosures that hold, for small sizes.

Matrices are ``flint.arb_mat`` whose entries are balls; functions are named as in
:mod:`numerics.matrices.network`, and layers are lists ``[W_1, ..., W_L]`` again. All functions
work at the current precision (``with numerics.balls.precision(bits):``); :class:`Orbit` sets its
own. What is returned encloses, or bounds on the side that is named:

* :func:`loss`, :func:`frobenius`: balls.
* :func:`largest_singular`, :func:`smallest_singular`: balls around the extreme singular values,
  proposed in floating point and verified by LDL^T of ``b I - A^T A`` and ``A^T A - b I``.
* :class:`Orbit`: gradient descent itself, step by step, with one radius for all layers.

**The radius of an orbit.** A state is an exact centre and a radius rho; the true layers lie within
rho of the centre in the Frobenius norm of all layers together. By the mean value inequality one
step maps this ball into the ball around the image of the centre with radius beta rho, where
beta >= |I - eta H| over the ball. The Hessian is H = J^T J + S, with J the derivative of the
outputs and S that of J^T against the residual E. With M_l >= |W_l| over the ball, P = prod M_l and
x = scale |X|,

    |J|^2 <= x^2 sum_l (P / M_l)^2,     |S| <= x |E|_F max_i sum_{j != i} P / (M_i M_j),

(a symmetric operator on blocks is at most the largest row sum of the norms of its blocks), so that
beta = max(1, eta |J|^2 - 1) + eta |S|. While eta |J|^2 <= 2 and the residual decays geometrically,
the product of all beta stays bounded: the enclosure loses a few bits in all, not per step.

**Norms of layers.** N_l >= |W_l| at the centre are kept from step to step: a step moves a layer by
at most eta x (prod_{j != l} N_j) |E|_F, as |J_l| <= x prod_{j != l} N_j. They are measured afresh
once these movements add up to more than a share _LOOSE of the norm.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np
from flint import arb, arb_mat
from numpy.typing import NDArray

from numerics.balls import ball, largest, precision
from theory.errors import InputError

Rows = Sequence[Sequence[Fraction | int | arb]]
_SQUARINGS = 5
_LOOSE = Fraction(1, 256)
_NORM_BITS = 64  # of norms of layers: bounds from one side hold at any precision
_NUDGES = 12


def matrix(rows: Rows) -> arb_mat:
    """Enclose an exact matrix, given as rows of rationals (or of balls)."""
    return arb_mat([[x if isinstance(x, arb) else ball(x) for x in row] for row in rows])


def matrices(layers: Iterable[Rows]) -> list[arb_mat]:
    """:func:`matrix` of every layer."""
    return [matrix(rows) for rows in layers]


def doubles(m: arb_mat) -> NDArray[np.float64]:
    """The midpoints, rounded to doubles."""
    return np.array([[float(x.mid()) for x in row] for row in m.tolist()], dtype=float)


def identity(size: int) -> arb_mat:
    """The exact identity."""
    return arb_mat([[int(i == j) for j in range(size)] for i in range(size)])


def product(weights: Sequence[arb_mat], upper: int | None = None, lower: int = 1) -> arb_mat:
    """The partial product ``W_{upper:lower}``; the whole by default; the identity if empty."""
    upper = len(weights) if upper is None else upper
    if upper < lower:
        return identity(weights[0].ncols() if upper < 1 else weights[upper - 1].nrows())
    total = weights[lower - 1]
    for layer in weights[lower:upper]:
        total = layer * total
    return total


def residual(
    weights: Sequence[arb_mat],
    target: arb_mat,
    data: arb_mat | None = None,
    scale: arb | int = 1,
) -> arb_mat:
    """``scale * W_{L:1} X - Y``; ``data=None`` means whitened data, X = I."""
    whole = product(weights) if data is None else product(weights) * data
    return whole * arb(scale) - target


def loss(
    weights: Sequence[arb_mat],
    target: arb_mat,
    data: arb_mat | None = None,
    scale: arb | int = 1,
) -> arb:
    """Enclose half the squared Frobenius norm of the residual."""
    return frobenius_square(residual(weights, target, data, scale)) / 2


def gradients(
    weights: Sequence[arb_mat],
    target: arb_mat,
    data: arb_mat | None = None,
    scale: arb | int = 1,
) -> list[arb_mat]:
    """Enclose the gradients of all layers, ``scale * W_{L:l+1}^T E (W_{l-1:1} X)^T``."""
    below: list[arb_mat | None] = [data]
    for layer in weights:
        last = below[-1]
        below.append(layer if last is None else layer * last)
    whole = below.pop()
    assert whole is not None
    error = (whole * arb(scale) - target) * arb(scale)
    found = []
    for layer, x in zip(reversed(weights), reversed(below), strict=True):
        found.append(error if x is None else error * x.transpose())
        error = layer.transpose() * error
    return found[::-1]


def step(
    weights: Sequence[arb_mat],
    step_size: arb,
    target: arb_mat,
    data: arb_mat | None = None,
    scale: arb | int = 1,
) -> list[arb_mat]:
    """Enclose one step of gradient descent on all layers at once."""
    slopes = gradients(weights, target, data, scale)
    return [w - g * step_size for w, g in zip(weights, slopes, strict=True)]


def balancedness(weights: Sequence[arb_mat]) -> arb:
    """Enclose ``max_l |W_{l+1}^T W_{l+1} - W_l W_l^T|_F``; 0 for one layer."""
    return largest(
        [
            arb(0),
            *(frobenius(v.transpose() * v - w * w.transpose()) for w, v in pairwise(weights)),
        ]
    )


def frobenius_square(m: arb_mat) -> arb:
    """Enclose the sum of the squared entries."""
    entries = m.entries()
    column = arb_mat(len(entries), 1, entries)
    return _nonnegative((column.transpose() * column)[0, 0])


def frobenius(m: arb_mat) -> arb:
    """Enclose the Frobenius norm."""
    return frobenius_square(m).sqrt()


def spectral_upper(m: arb_mat) -> arb:
    """Bound the spectral norm from above, cheaply: exceeds it by a factor of ``rank^(1/128)``.

    ``|A|^2 = |G|`` with ``G = A^T A``, and ``|G|^(2^s) <= |G^(2^s)|_F``.
    """
    gram = m * m.transpose() if m.nrows() < m.ncols() else m.transpose() * m
    for _ in range(_SQUARINGS):
        gram = gram * gram
    square = _upper(frobenius_square(gram))
    return square if square.is_zero() else _upper(square.root(2 ** (_SQUARINGS + 2)))


def positive_definite(m: arb_mat) -> bool:
    """Verify that every symmetric matrix in ``m`` is positive definite, by LDL^T.

    Returns
    -------
    bool
        True is a proof; False says that a pivot could not be shown positive.
    """
    rows = m.tolist()
    size = len(rows)
    for k in range(size):
        pivot = rows[k][k]
        if not pivot > 0:
            return False
        for i in range(k + 1, size):
            factor = rows[i][k] / pivot
            for j in range(k + 1, i + 1):
                rows[i][j] = rows[i][j] - factor * rows[j][k]
    return True


def largest_singular(m: arb_mat) -> arb:
    """Enclose the largest singular value."""
    gram = m * m.transpose() if m.nrows() < m.ncols() else m.transpose() * m
    return _nonnegative(_extreme(gram, top=True)).sqrt()


def smallest_singular(m: arb_mat) -> arb:
    """Enclose the smallest singular value, number min(rows, columns)."""
    gram = m * m.transpose() if m.nrows() < m.ncols() else m.transpose() * m
    return _nonnegative(_extreme(gram, top=False)).sqrt()


def symmetric_extremes(m: arb_mat) -> tuple[arb, arb]:
    """Enclose the smallest and the largest eigenvalue of a symmetric matrix."""
    # Shifted so that it is positive semidefinite, as a Gram matrix is.
    shift = _upper(frobenius(m))
    moved = m + identity(m.nrows()) * shift
    return _extreme(moved, top=False) - shift, _extreme(moved, top=True) - shift


def _extreme(gram: arb_mat, top: bool) -> arb:
    """Enclose an extreme eigenvalue of a positive semidefinite matrix.

    Up to 2 x 2 by its formula. Beyond, one side is a Rayleigh quotient (any vector will do), the
    other is verified by LDL^T.
    """
    size = gram.nrows()
    if size <= 2:
        return _small_extreme(gram, top)
    one = identity(size)
    vector = _eigenvector(gram, top)
    norm = (vector.transpose() * vector)[0, 0]
    quotient = _nonnegative((vector.transpose() * gram * vector)[0, 0] / norm)
    width = _upper(abs(quotient) + frobenius(gram) * arb((1, -40))) * arb((1, -48))
    width = _upper(width + frobenius_radius([gram]) * 4)
    for _ in range(_NUDGES):
        if top:
            bound = _upper(quotient + width)
            if positive_definite(one * bound - gram):
                return quotient.union(bound)
        else:
            bound = _lower(quotient - width)
            if not bound > 0:
                return quotient.union(arb(0))
            if positive_definite(gram - one * bound):
                return quotient.union(bound)
        width = width * 16
    return quotient.union(_upper(gram.trace()) if top else arb(0))


def _small_extreme(gram: arb_mat, top: bool) -> arb:
    """:func:`_extreme` of a matrix of one or two rows; the smaller one as determinant / larger."""
    if gram.nrows() == 1:
        return _nonnegative(gram[0, 0])
    a, b, d = gram[0, 0], gram[0, 1], gram[1, 1]
    gap = a - d  # whose power ** 2 would be nan if its midpoint is 0
    larger = (a + d + _nonnegative(gap * gap + 4 * b * b).sqrt()) / 2
    if top or not larger > 0:
        return _nonnegative(larger if top else arb(0).union(larger))
    return _nonnegative((a * d - b * b) / larger)


def _eigenvector(gram: arb_mat, top: bool) -> arb_mat:
    _, vectors = np.linalg.eigh(doubles(gram))
    return matrix([[Fraction(float(x))] for x in vectors[:, -1 if top else 0]])


class Orbit:
    """Gradient descent on a deep linear network, enclosed step by step.

    Parameters
    ----------
    weights : list of exact matrices (rows of rationals) or of arb_mat
        The start ``[W_1, ..., W_L]``; every point of a box of balls is a start at once.
    step_size : Fraction or arb
    target, data : exact matrix or arb_mat
        Y, and X (None for whitened data).
    scale : Fraction or arb
        The factor in front of the product.
    bits : int
        Working precision.

    Attributes
    ----------
    time : int
        Steps taken.
    radius : arb
        The layers lie within this distance of ``centres``, in the Frobenius norm of all together.

    Notes
    -----
    Measured on two cores' worth of laptop: about 0.1 ms per step at 3 layers of 3 x 3.
    """

    def __init__(
        self,
        weights: Sequence[Rows | arb_mat],
        step_size: Fraction | arb,
        target: Rows | arb_mat,
        data: Rows | arb_mat | None = None,
        scale: Fraction | int | arb = 1,
        bits: int = 128,
    ) -> None:
        if not weights:
            raise InputError("weights", "at least one layer is wanted")
        self.bits = bits
        with precision(bits):
            self.step_size = _ball(step_size)
            self.scale = _ball(scale)
            self.target = _matrix(target)
            self.data = None if data is None else _matrix(data)
            x = arb(1) if self.data is None else spectral_upper(self.data)
            self.input_norm = _upper(abs(self.scale) * x)
            boxes = [_matrix(w) for w in weights]
            self.centres = [w.mid() for w in boxes]
            self.radius = frobenius_radius(boxes)
        self.time = 0
        self._measured: list[arb] = []  # the norms of layers when they were last measured
        self._norms: list[arb] = []
        self._error: arb | None = None

    def advance(self) -> None:
        """Take one step.

        Raises
        ------
        OverflowError
            If the enclosure has become infinite.
        """
        with precision(self.bits):
            growth = self._growth()
            boxes = step(self.centres, self.step_size, self.target, self.data, self.scale)
            rounding = frobenius_radius(boxes)
            self._move_norms(rounding)
            self.centres, self._error = [w.mid() for w in boxes], None
            self.radius = _upper(growth * self.radius + rounding)
            if not self.radius.is_finite():
                raise OverflowError(f"nothing is known of step {self.time + 1}")
        self.time += 1

    @property
    def weights(self) -> list[arb_mat]:
        """Boxes around the layers, entry by entry; evaluate further quantities on these."""
        if self.radius.is_zero():
            return list(self.centres)
        around = arb(0, self.radius)
        return [arb_mat([[x + around for x in row] for row in w.tolist()]) for w in self.centres]

    @property
    def residual_norm(self) -> arb:
        """Enclose ``|scale * W_{L:1} X - Y|_F``."""
        with precision(self.bits):
            error = self._centre_error()
            if self.radius.is_zero():
                return error
            reach = _upper(self.radius * self._jacobian_square(self._layer_norms()).sqrt())
            return _nonnegative(error + arb(0, reach))

    @property
    def loss(self) -> arb:
        """Enclose the loss."""
        with precision(self.bits):
            norm = self.residual_norm
            return norm * norm / 2

    def _centre_error(self) -> arb:
        """Enclose the norm of the residual at the centre."""
        if self._error is None:
            self._error = frobenius(residual(self.centres, self.target, self.data, self.scale))
        return self._error

    def _layer_norms(self) -> list[arb]:
        """Bound the norms of all layers over the ball."""
        with precision(_NORM_BITS):
            if not self._norms:
                self._norms = self._measured = [spectral_upper(w) for w in self.centres]
            return [_upper(norm + self.radius) for norm in self._norms]

    def _move_norms(self, rounding: arb) -> None:
        """Bound the norms of the layers after the step that is being taken, or forget them."""
        if not self._norms:
            return
        with precision(_NORM_BITS):
            pull = self.step_size * self.input_norm * self._centre_error()
            moved = [
                _upper(norm + pull * others + rounding)
                for norm, others in zip(self._norms, _others(self._norms), strict=True)
            ]
            near = all(
                norm <= first * (1 + _ball(_LOOSE))
                for norm, first in zip(moved, self._measured, strict=True)
            )
            self._norms = moved if near else []

    def _jacobian_square(self, norms: list[arb]) -> arb:
        with precision(_NORM_BITS):
            terms = [self.input_norm * others for others in _others(norms)]
            return _upper(sum((x * x for x in terms), arb(0)))

    def _growth(self) -> arb:
        """Bound ``|I - eta H|`` over the ball."""
        if self.radius.is_zero():
            return arb(0)
        norms = self._layer_norms()
        with precision(_NORM_BITS):
            square = self._jacobian_square(norms)
            error = _upper(self._centre_error() + self.radius * square.sqrt())
            rows = []
            for i in range(len(norms)):
                row = sum(_others(norms[:i] + norms[i + 1 :]), arb(0))
                rows.append(self.input_norm * row)
            first = largest([arb(1), self.step_size * square - 1])
            return _upper(first + self.step_size * error * largest(rows))


def _others(numbers: Sequence[arb]) -> list[arb]:
    """For each number the product of all others."""
    found = []
    for i in range(len(numbers)):
        term = arb(1)
        for number in (*numbers[:i], *numbers[i + 1 :]):
            term = term * number
        found.append(term)
    return found


def frobenius_radius(boxes: Iterable[arb_mat]) -> arb:
    """Bound the distance of any point of the boxes from their midpoints."""
    total = arb(0)
    for box in boxes:
        for x in box.entries():
            radius = x.rad()
            total += radius * radius
    return _upper(total.sqrt())


def _ball(value: Fraction | int | arb) -> arb:
    return value if isinstance(value, arb) else ball(value)


def _matrix(value: Rows | arb_mat) -> arb_mat:
    return value if isinstance(value, arb_mat) else matrix(value)


def _upper(x: arb) -> arb:
    """The upper end, as an exact point."""
    return x.upper()


def _lower(x: arb) -> arb:
    return x.lower()


def _nonnegative(x: arb) -> arb:
    """Cut off the negative part of a ball whose true value is not negative."""
    return x.nonnegative_part() if x.lower() < 0 else x
