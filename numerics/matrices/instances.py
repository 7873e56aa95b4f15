"""Seeded targets and initialisations of deep linear networks, in doubles and as exact rationals.

Every function takes a ``random`` from :func:`random_stream` (PCG64 through SeedSequence), so that
equal seeds give equal instances. Targets are square or rectangular arrays; initialisations are
lists of layers ``[W_1, ..., W_L]`` for widths ``(d_0, ..., d_L)``, layer l of shape
``(d_l, d_{l-1})``. :func:`rationals` turns doubles into the rationals that they are;
:func:`exact_orthogonal` and :func:`exact_positive` are exact from the start.

What an instance is meant to satisfy is checked where it is used: see :func:`balance` here and
:mod:`numerics.matrices.balls` for rigorous bounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np
from flint import fmpq, fmpq_mat
from numpy.typing import NDArray

from theory.errors import InputError

Array = NDArray[np.float64]
Exact = list[list[Fraction]]
"""An exact matrix, as rows."""

KINDS = ("positive", "negative", "full-rank", "near-identity")


def random_stream(*seed: int) -> np.random.Generator:
    """Make a generator from one or more non-negative integers.

    Raises
    ------
    InputError
        For a negative seed.
    """
    if any(s < 0 for s in seed):
        raise InputError("seed", "a seed is not negative")
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(list(seed))))


# --- targets ---


def orthogonal(size: int, random: np.random.Generator) -> Array:
    """A Haar-distributed orthogonal matrix."""
    q, r = np.linalg.qr(random.standard_normal((size, size)))
    return q * np.sign(np.diagonal(r))


def positive_target(
    size: int, random: np.random.Generator, low: float = 0.5, high: float = 2.0
) -> Array:
    """Symmetric positive definite: random eigenvectors, eigenvalues uniform in [low, high]."""
    return _symmetric(random.uniform(low, high, size), random)


def negative_target(
    size: int,
    random: np.random.Generator,
    negative: float = 1.0,
    low: float = 0.5,
    high: float = 2.0,
) -> Array:
    """Symmetric with exactly one negative eigenvalue, ``-negative``."""
    return _symmetric(np.array([-negative, *random.uniform(low, high, size - 1)]), random)


def full_rank_target(
    rows: int,
    columns: int,
    random: np.random.Generator,
    low: float = 0.5,
    high: float = 2.0,
) -> Array:
    """General: random singular vectors, singular values uniform in [low, high]."""
    rank = min(rows, columns)
    u, v = orthogonal(rows, random)[:, :rank], orthogonal(columns, random)[:, :rank]
    return (u * random.uniform(low, high, rank)) @ v.T


def near_identity_target(size: int, random: np.random.Generator, distance: float = 0.1) -> Array:
    """The identity plus a random matrix of Frobenius norm ``distance``."""
    noise = random.standard_normal((size, size))
    return np.eye(size) + distance * noise / np.linalg.norm(noise)


def target(kind: str, size: int, random: np.random.Generator) -> Array:
    """A square target of one of the :data:`KINDS`, with the default parameters.

    Raises
    ------
    InputError
        For another kind.
    """
    match kind:
        case "positive":
            return positive_target(size, random)
        case "negative":
            return negative_target(size, random)
        case "full-rank":
            return full_rank_target(size, size, random)
        case "near-identity":
            return near_identity_target(size, random)
    raise InputError("target", f"{kind[:40]!r} is none of {', '.join(KINDS)}")


# --- initialisations ---


def identity_layers(size: int, depth: int) -> list[Array]:
    """All layers the identity."""
    return [np.eye(size) for _ in range(depth)]


def zas_layers(size: int, depth: int, outputs: int | None = None) -> list[Array]:
    """Zero-asymmetric (Wu, Wang, Ma 2019): the identity, and a last layer that is zero."""
    return [*identity_layers(size, depth - 1), np.zeros((outputs or size, size))]


def gaussian_layers(
    widths: Sequence[int], random: np.random.Generator, deviation: float | str = 1.0
) -> list[Array]:
    """Independent N(0, deviation^2) entries; ``"xavier"`` takes 1/sqrt(d_{l-1}) in layer l."""
    shapes = list(zip(widths[1:], widths, strict=False))
    return [
        (columns**-0.5 if deviation == "xavier" else float(deviation))
        * random.standard_normal((rows, columns))
        for rows, columns in shapes
    ]


def orthogonal_layers(
    widths: Sequence[int], random: np.random.Generator, scaled: bool = False
) -> list[Array]:
    """Orthonormal columns or rows in every layer.

    With ``scaled`` (Hu, Xiao, Pennington 2020) each layer is sqrt(m) times that, for hidden
    widths all equal to m.
    """
    made = []
    for rows, columns in zip(widths[1:], widths, strict=False):
        large = orthogonal(max(rows, columns), random)
        made.append(large[:rows, :columns] * (widths[1] ** 0.5 if scaled else 1.0))
    return made


def balanced_layers(whole: Array, widths: Sequence[int]) -> list[Array]:
    """Procedure 1 of Arora et al. 2019: 0-balanced layers whose product is a given matrix.

    Parameters
    ----------
    whole : array, shape (d_L, d_0)
        The end-to-end matrix A = U S V^T: W_1 = S^(1/L) V^T, W_l = S^(1/L), W_L = U S^(1/L), each
        padded with zeros.
    widths : sequence of int
        d_0 ... d_L, each at least min(d_0, d_L).

    Raises
    ------
    InputError
        If the widths do not fit.
    """
    rank = min(widths[0], widths[-1])
    if whole.shape != (widths[-1], widths[0]) or min(widths) < rank:
        raise InputError(
            "widths", "every width is at least min(d_0, d_L), the shape of the product"
        )
    depth = len(widths) - 1
    if depth == 1:
        return [whole.copy()]
    u, s, v = np.linalg.svd(whole, full_matrices=False)
    root = s ** (1 / depth)
    layers = []
    for layer in range(1, depth + 1):
        made = np.zeros((widths[layer], widths[layer - 1]))
        if layer == 1:
            made[:rank] = root[:, None] * v
        elif layer == depth:
            made[:, :rank] = u * root
        else:
            made[:rank, :rank] = np.diag(root)
        layers.append(made)
    return layers


# --- exact ---


def rationals(matrix: Array) -> Exact:
    """The rationals that the doubles of a matrix are."""
    return [[Fraction(float(x)) for x in row] for row in matrix]


def rounded(matrix: Array, denominator: int = 2**20) -> Exact:
    """The entries rounded to short dyadic rationals."""
    return [[Fraction(round(float(x) * denominator), denominator) for x in row] for row in matrix]


def exact_orthogonal(size: int, random: np.random.Generator, bound: int = 3) -> Exact:
    """An exactly orthogonal rational matrix, (I - K)(I + K)^-1 of a small skew K (Cayley)."""
    skew = fmpq_mat(size, size)
    for i in range(size):
        for j in range(i):
            value = fmpq(
                int(random.integers(-bound, bound + 1)), int(random.integers(1, bound + 1))
            )
            skew[i, j], skew[j, i] = value, -value
    one = fmpq_mat(size, size, [fmpq(int(i == j)) for i in range(size) for j in range(size)])
    return _fractions((one - skew) * (one + skew).inv())


def exact_positive(eigenvalues: Sequence[Fraction], random: np.random.Generator) -> Exact:
    """An exactly symmetric rational matrix Q diag(eigenvalues) Q^T with rational orthogonal Q."""
    size = len(eigenvalues)
    q = fmpq_mat(
        [[fmpq(x.numerator, x.denominator) for x in row] for row in exact_orthogonal(size, random)]
    )
    middle = fmpq_mat(size, size)
    for i, value in enumerate(eigenvalues):
        middle[i, i] = fmpq(value.numerator, value.denominator)
    return _fractions(q * middle * q.transpose())


def balance(layers: Sequence[Exact]) -> Fraction:
    """``max_l |W_{l+1}^T W_{l+1} - W_l W_l^T|_F^2``, squared and exact."""
    exact = [
        fmpq_mat([[fmpq(x.numerator, x.denominator) for x in row] for row in w]) for w in layers
    ]
    gaps = [Fraction(0)]
    for low, high in pairwise(exact):
        gap = high.transpose() * high - low * low.transpose()
        gaps.append(sum((x * x for row in _fractions(gap) for x in row), Fraction(0)))
    return max(gaps)


def _symmetric(eigenvalues: Array, random: np.random.Generator) -> Array:
    q = orthogonal(len(eigenvalues), random)
    made = (q * eigenvalues) @ q.T
    return (made + made.T) / 2


def _fractions(matrix: fmpq_mat) -> Exact:
    return [[Fraction(int(x.p), int(x.q)) for x in row] for row in matrix.tolist()]
