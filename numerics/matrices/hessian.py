"""Second derivatives of a deep linear network in balls, and saddles near a point (search)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from flint import arb, arb_mat
from numpy.typing import NDArray

from numerics.matrices.balls import doubles, frobenius, gradients, identity, residual

# Newton's method in doubles; then corrections with the same inverse, each gains digits.
_NEWTON, _CORRECTIONS, _FLAT = 40, 24, 1e-3
_REFINEMENTS = 5


def stacked(blocks: Sequence[arb_mat]) -> arb_mat:
    """Write layers as one column, row by row."""
    entries = [x for m in blocks for x in m.entries()]
    return arb_mat(len(entries), 1, entries)


def unstacked(column: arb_mat, like: Sequence[arb_mat]) -> list[arb_mat]:
    """Undo :func:`stacked`, with the shapes of ``like``."""
    entries, made = column.entries(), []
    for m in like:
        size = m.nrows() * m.ncols()
        made.append(arb_mat(m.nrows(), m.ncols(), entries[:size]))
        entries = entries[size:]
    return made


def hessian(layers: Sequence[arb_mat], inputs: arb_mat, outputs: arb_mat) -> arb_mat:
    """Enclose the Hessian of ``|W_k ... W_1 X - Y|^2/2``, in the order of :func:`stacked`."""
    below = [inputs]
    for layer in layers:
        below.append(layer * below[-1])
    signals = [below.pop() - outputs]
    for layer in reversed(layers[1:]):
        signals.append(layer.transpose() * signals[-1])
    signals.reverse()
    columns = []
    for index, layer in enumerate(layers):
        for place in range(layer.nrows() * layer.ncols()):
            turned = arb_mat(layer.nrows(), layer.ncols())
            turned[place // layer.ncols(), place % layer.ncols()] = 1
            columns.append(_along(layers, below, signals, index, turned).entries())
    size = len(columns)
    return arb_mat(size, size, [columns[j][i] for i in range(size) for j in range(size)])


def _along(
    layers: Sequence[arb_mat],
    below: Sequence[arb_mat],
    signals: Sequence[arb_mat],
    index: int,
    turned: arb_mat,
) -> arb_mat:
    """Differentiate the gradient along a change of one layer."""
    moving: list[arb_mat | None] = [None] * (index + 1)
    moving.append(turned * below[index])
    for layer in layers[index + 1 :]:
        last = moving[-1]
        assert last is not None
        moving.append(layer * last)
    change = moving.pop()
    assert change is not None
    parts = []
    for i in reversed(range(len(layers))):
        part = change * below[i].transpose()
        under = moving[i]
        if under is not None:
            part += signals[i] * under.transpose()
        parts.append(part)
        change = layers[i].transpose() * change
        if i == index:
            change += turned.transpose() * signals[i]
    return stacked(parts[::-1])


def eigenbasis(
    symmetric: arb_mat, check: Callable[[], None] = lambda: None
) -> tuple[arb_mat, list[arb]]:
    """Propose an orthogonal basis of eigenvectors, and their values, ascending.

    Nothing is claimed of the result. Doubles, refined by the iteration of Ogita and Aishima (2018),
    which doubles the digits; within clusters the vectors only stay orthogonal.
    """
    size = symmetric.nrows()
    exact = symmetric.mid()
    values, vectors = np.linalg.eigh(doubles(exact))
    basis = arb_mat(size, size, [arb(float(x)) for x in vectors.ravel()])
    near = 1e-10 * max(float(np.abs(values).max()), 1e-300)
    for _ in range(_REFINEMENTS):
        turned = basis.transpose()
        check()
        rest = (identity(size) - turned * basis).mid()
        check()
        middle = (turned * exact * basis).mid()
        found = [(middle[i, i] / (1 - rest[i, i])).mid() for i in range(size)]
        change = arb_mat(size, size)
        for i in range(size):
            check()
            for j in range(size):
                gap = found[j] - found[i]
                if abs(values[j] - values[i]) > near:
                    change[i, j] = (middle[i, j] + found[j] * rest[i, j]) / gap
                else:
                    change[i, j] = rest[i, j] / 2
        basis = (basis + basis * change).mid()
    return basis, found


@np.errstate(over="ignore", invalid="ignore")  # an orbit that diverges is near no saddle
def nearby_saddle(
    layers: Sequence[arb_mat],
    inputs: arb_mat,
    outputs: arb_mat,
    check: Callable[[], None] = lambda: None,
) -> list[arb_mat] | None:
    """Look for a point with a tiny gradient near the layers (search); None if there is none.

    Newton's method with the least correction, as saddles come in families: directions in which
    the Hessian is flat are left alone.
    """
    points = [doubles(m) for m in layers]
    x, y = doubles(inputs), doubles(outputs)
    length = _length(points)
    for _ in range(_NEWTON):
        check()
        slope = _slope(points, x, y)
        inverse = _inverse(points, x, y)
        if inverse is None:
            return None
        points = _moved(points, -inverse @ slope)
        if not np.isfinite(_length(points)) or _length(points) > 4 * length + 1:
            return None
        if np.linalg.norm(slope) < 1e-13 * (1 + np.linalg.norm(y) * np.linalg.norm(x)):
            break
    scale = 1e-12 * (1 + float(np.linalg.norm(y)))
    points = [np.where(np.abs(m) < scale, 0.0, m) for m in points]
    inverse = _inverse(points, x, y)
    if inverse is None:
        return None
    size = len(inverse)
    correction = arb_mat(size, size, [arb(float(v)) for v in inverse.ravel()])
    centre = [arb_mat(*m.shape, [arb(float(v)) for v in m.ravel()]) for m in points]
    best, least = centre, frobenius(stacked(gradients(centre, outputs, inputs)))
    for _ in range(_CORRECTIONS):
        check()
        if least.is_zero():
            break
        change = unstacked(correction * stacked(gradients(best, outputs, inputs)), best)
        centre = [(m - z).mid() for m, z in zip(best, change, strict=True)]
        slope_size = frobenius(stacked(gradients(centre, outputs, inputs)))
        if not slope_size < least / 2:
            break
        best, least = centre, slope_size
    error = frobenius(residual(best, outputs, inputs))
    return best if least < (1 + error) * arb(2) ** -20 else None


def _length(points: Sequence[NDArray[np.float64]]) -> float:
    return float(np.sqrt(sum(float((m * m).sum()) for m in points)))


def _slope(
    points: Sequence[NDArray[np.float64]], x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.float64]:
    below = [x]
    for m in points:
        below.append(m @ below[-1])
    signal, parts = below.pop() - y, []
    for m, under in zip(reversed(points), reversed(below), strict=True):
        parts.append((signal @ under.T).ravel())
        signal = m.T @ signal
    return np.concatenate(parts[::-1])


def _second(
    points: Sequence[NDArray[np.float64]], x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.float64]:
    """:func:`hessian` in doubles: J^T J + K, with J dW = sum A_i dW_i B_i X.

    The term of two layers i < j in K is <G, dW_j M dW_i>, G = A_j^T (P X - Y)(B_i X)^T and M the
    product of the layers between them.
    """
    depth, below, above = len(points), [x], [np.eye(len(y))]
    for m in points:
        below.append(m @ below[-1])
    for m in reversed(points[1:]):
        above.append(above[-1] @ m)
    above.reverse()
    error = below.pop() - y
    jacobian = np.hstack([np.kron(a, b.T) for a, b in zip(above, below, strict=True)])
    second = jacobian.T @ jacobian
    ends = np.cumsum([0, *(m.size for m in points)])
    for i in range(depth):
        between = np.eye(len(points[i]))
        for j in range(i + 1, depth):
            signal = above[j].T @ error @ below[i].T
            block = np.einsum("cb,da->abcd", signal, between).reshape(points[i].size, -1)
            second[ends[i] : ends[i + 1], ends[j] : ends[j + 1]] += block
            second[ends[j] : ends[j + 1], ends[i] : ends[i + 1]] += block.T
            between = points[j] @ between
    return np.asarray(second)


def _moved(
    points: Sequence[NDArray[np.float64]], change: NDArray[np.float64]
) -> list[NDArray[np.float64]]:
    made = []
    for m in points:
        made.append(m + change[: m.size].reshape(m.shape))
        change = change[m.size :]
    return made


def _inverse(
    points: Sequence[NDArray[np.float64]], x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """The inverse of the Hessian where it is not flat."""
    second = _second(points, x, y)
    if not np.isfinite(second).all():
        return None
    values, vectors = np.linalg.eigh((second + second.T) / 2)
    steep = np.abs(values) > _FLAT * np.abs(values).max(initial=0.0)
    if not steep.any():
        return None
    kept = vectors[:, steep]
    return np.asarray((kept / values[steep]) @ kept.T)
