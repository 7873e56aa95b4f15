"""The objective of Shamir's experiment, its starts and its gradient, for many trials at once.

F(W) = |W_1 ... W_k - Y|_F^2 / 2 with d x d matrices and Y = -I. Ordinary rounded arithmetic.

Layers are held transposed, V_i = W_i^T, because three products per layer then need no transposed
operand: with B_i = (W_1 ... W_i)^T and D_i = E (W_(i+1) ... W_k)^T, E = W_1 ... W_k - Y,

    B_i = V_i B_(i-1),    grad_i = B_(i-1) D_i,    D_(i-1) = D_i V_i.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from theory.errors import InputError

Doubles = NDArray[np.float64]
Init = Literal["xavier", "near-identity", "near-identity-small"]

STEP = 1e-3
SUCCESS = 0.1
PATIENCE = 10**9
"""Step size, success (F below it) and the number of iterations after which the paper gives up."""

DEPTHS = tuple(range(2, 9))
TRIALS = 50
_SEED = 2019

_LAWS: Mapping[Init, Callable[[int, int], tuple[float, float]]] = MappingProxyType(
    {
        "xavier": lambda d, k: (0.0, math.sqrt(1 / d)),
        "near-identity": lambda d, k: (1.0, math.sqrt(1 / (d * k))),
        "near-identity-small": lambda d, k: (1.0, 1 / (d * k)),
    }
)
INITS: tuple[Init, ...] = tuple(_LAWS)


@dataclass(frozen=True, order=True)
class Trial:
    """One run of the experiment; its start depends on nothing else.

    Attributes
    ----------
    init : {"xavier", "near-identity", "near-identity-small"}
        Entries N(0, 1/d); or I + M with M_ij ~ N(0, 1/(dk)), or ~ N(0, 1/(dk)^2).
    size : int
        d.
    depth : int
        k.
    number : int
        From 0.
    """

    init: Init
    size: int
    depth: int
    number: int

    def start(self) -> Doubles:
        """Draw the layers W_1 ... W_k, shape (k, d, d); PCG64, seeded by the trial itself."""
        key = (_SEED, INITS.index(self.init), self.size, self.depth, self.number)
        random = np.random.Generator(np.random.PCG64(np.random.SeedSequence(key)))
        identity, deviation = _LAWS[self.init](self.size, self.depth)
        noise = random.standard_normal((self.depth, self.size, self.size))
        return identity * np.eye(self.size) + deviation * noise


def cell(init: str, size: int, depth: int, trials: int = TRIALS) -> tuple[Trial, ...]:
    """Return all trials of one point of the figure.

    Raises
    ------
    InputError
        For an initialisation, size, depth or number of trials that is none.
    """
    known = next((name for name in INITS if name == init), None)
    if known is None:
        raise InputError("init", f"{init[:40]!r} is none of {', '.join(INITS)}")
    for name, value, most in (("size", size, 200), ("depth", depth, 50), ("trials", trials, 10**5)):
        if not 1 <= value <= most:
            raise InputError(name, f"between 1 and {most} is wanted")
    return tuple(Trial(known, size, depth, n) for n in range(trials))


def transposed(starts: Sequence[Doubles]) -> Doubles:
    """Stack starts of shape (k, d, d) to transposed layers of shape (k, trials, d, d)."""
    return np.ascontiguousarray(np.stack(starts, axis=1).swapaxes(-1, -2))


class Chain:
    """Products and gradients of ``trials`` chains at once, without allocation.

    Parameters
    ----------
    depth, trials, size : int
    """

    def __init__(self, depth: int, trials: int, size: int) -> None:
        self._partial = np.empty((depth, trials, size, size))
        self._back = np.empty((2, trials, size, size))
        self._identity = np.eye(size)

    def error(self, layers: Doubles) -> Doubles:
        """Return (W_1 ... W_k - Y)^T, shape (trials, d, d), and remember the partial products."""
        partial = self._partial
        partial[0] = layers[0]
        for i in range(1, len(layers)):
            np.matmul(layers[i], partial[i - 1], out=partial[i])
        return np.add(partial[-1], self._identity)

    def gradient(self, layers: Doubles, error: Doubles, out: Doubles) -> Doubles:
        """Return the gradient of the W_i (not transposed), shape (k, trials, d, d).

        Parameters
        ----------
        layers : array, shape (k, trials, d, d)
            Transposed, unchanged since :meth:`error`.
        error : array, shape (trials, d, d)
            What :meth:`error` returned.
        out : array, shape (k, trials, d, d)
        """
        here, there = self._back
        here[:] = error.swapaxes(-1, -2)
        for i in range(len(layers) - 1, 0, -1):
            np.matmul(self._partial[i - 1], here, out=out[i])
            np.matmul(here, layers[i], out=there)
            here, there = there, here
        out[0] = here
        return out


def objective(error: Doubles) -> Doubles:
    """Return F of every trial."""
    flat = error.reshape(len(error), -1)
    return 0.5 * np.einsum("ti,ti->t", flat, flat)
