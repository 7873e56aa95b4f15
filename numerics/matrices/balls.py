"""Deep linear networks in ball arithmetic: enclosures that hold, for small sizes.

Matrices are ``flint.arb_mat`` whose entries are balls; functions are named as in
:mod:`numerics.matrices.network`, and layers are lists ``[W_1, ..., W_L]`` again. All functions
work at the current precision (``with numerics.balls.precision(bits):``). What is returned encloses,
or bounds on the side that is named:

* :func:`loss`, :func:`frobenius`: balls.
* :func:`largest_singular`, :func:`smallest_singular`: balls around the extreme singular values,
  proposed in floating point and verified by LDL^T of ``b I - A^T A`` and ``A^T A - b I``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

import numpy as np
from flint import arb, arb_mat
from numpy.typing import NDArray

from numerics.balls import ball, largest, precision

Rows = Sequence[Sequence[Fraction | int | arb]]
_SQUARINGS, _LOW = 5, 64
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
    return backwards(weights, *forwards(weights, target, data, scale), scale)


def forwards(
    weights: Sequence[arb_mat],
    target: arb_mat,
    data: arb_mat | None = None,
    scale: arb | int = 1,
) -> tuple[list[arb_mat | None], arb_mat]:
    """Enclose what each layer is applied to (None: the identity), and the residual."""
    below: list[arb_mat | None] = [data]
    for layer in weights:
        last = below[-1]
        below.append(layer if last is None else layer * last)
    whole = below.pop()
    assert whole is not None
    return below, whole * arb(scale) - target


def backwards(
    weights: Sequence[arb_mat],
    below: Sequence[arb_mat | None],
    residual: arb_mat,
    scale: arb | int = 1,
) -> list[arb_mat]:
    """Enclose the gradients of all layers, from what :func:`forwards` found."""
    error = residual * arb(scale)
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
    return nonnegative(_gram(m).trace())


def _gram(m: arb_mat) -> arb_mat:
    return m * m.transpose() if m.nrows() < m.ncols() else m.transpose() * m


def frobenius(m: arb_mat) -> arb:
    """Enclose the Frobenius norm."""
    return frobenius_square(m).sqrt()


def spectral_upper(m: arb_mat) -> arb:
    """Bound the spectral norm from above, cheaply: exceeds it by a factor of ``rank^(1/128)``.

    ``|A|^2 = |G|`` with ``G = A^T A``, and ``|G|^(2^s) <= |G^(2^s)|_F``.
    """
    with precision(_LOW):  # more would cost much, and show in nothing
        gram = _gram(m)
        for _ in range(_SQUARINGS):
            gram = gram * gram
        square = upper(frobenius_square(gram))
        return square if square.is_zero() else upper(square.root(2 ** (_SQUARINGS + 2)))


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
    gram = _gram(m)
    return nonnegative(_extreme(gram, top=True)).sqrt()


def smallest_singular(m: arb_mat) -> arb:
    """Enclose the smallest singular value, number min(rows, columns)."""
    gram = _gram(m)
    return nonnegative(_extreme(gram, top=False)).sqrt()


def symmetric_extremes(m: arb_mat) -> tuple[arb, arb]:
    """Enclose the smallest and the largest eigenvalue of a symmetric matrix."""
    # Shifted so that it is positive semidefinite, as a Gram matrix is.
    shift = upper(frobenius(m))
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
    quotient = nonnegative((vector.transpose() * gram * vector)[0, 0] / norm)
    width = upper(abs(quotient) + frobenius(gram) * arb((1, -40))) * arb((1, -48))
    width = upper(width + frobenius_radius([gram]) * 4)
    for _ in range(_NUDGES):
        if top:
            bound = upper(quotient + width)
            if positive_definite(one * bound - gram):
                return quotient.union(bound)
        else:
            bound = _lower(quotient - width)
            if not bound > 0:
                return quotient.union(arb(0))
            if positive_definite(gram - one * bound):
                return quotient.union(bound)
        width = width * 16
    return quotient.union(upper(gram.trace()) if top else arb(0))


def _small_extreme(gram: arb_mat, top: bool) -> arb:
    """:func:`_extreme` of a matrix of one or two rows; the smaller one as determinant / larger."""
    if gram.nrows() == 1:
        return nonnegative(gram[0, 0])
    a, b, d = gram[0, 0], gram[0, 1], gram[1, 1]
    gap = a - d  # whose power ** 2 would be nan if its midpoint is 0
    larger = (a + d + nonnegative(gap * gap + 4 * b * b).sqrt()) / 2
    if top or not larger > 0:
        return nonnegative(larger if top else arb(0).union(larger))
    return nonnegative((a * d - b * b) / larger)


def _eigenvector(gram: arb_mat, top: bool) -> arb_mat:
    _, vectors = np.linalg.eigh(doubles(gram))
    return matrix([[Fraction(float(x))] for x in vectors[:, -1 if top else 0]])


def frobenius_radius(boxes: Iterable[arb_mat]) -> arb:
    """Bound the distance of any point of the boxes from their midpoints."""
    total = arb(0)
    for box in boxes:
        for x in box.entries():
            radius = x.rad()
            total += radius * radius
    return upper(total.sqrt())


def rounding(boxes: Iterable[arb_mat]) -> arb:
    """:func:`frobenius_radius`, a few times as large and much faster, for small boxes.

    The radius of a sum of balls is at least the sum of their radii, hence their Euclidean norm.
    """
    total = arb(0)
    for box in boxes:
        total += (_ones(1, box.nrows()) * box * _ones(box.ncols(), 1))[0, 0]
    return total.rad()


@lru_cache(maxsize=256)
def _ones(rows: int, columns: int) -> arb_mat:
    return arb_mat(rows, columns, [1] * (rows * columns))


def upper(x: arb) -> arb:
    """The upper end, as an exact point."""
    return x.upper()


def _lower(x: arb) -> arb:
    return x.lower()


def nonnegative(x: arb) -> arb:
    """Cut off the negative part of a ball whose true value is not negative."""
    return x.nonnegative_part() if x.lower() < 0 else x
