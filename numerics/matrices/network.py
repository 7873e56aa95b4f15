"""Deep linear networks in floating point: simple functions on lists of arrays. Nothing is proved.

``weights[l - 1]`` is layer l, of shape ``(..., d_l, d_{l-1})``; leading axes are a batch of
networks, trained side by side. The loss is

    1/2 |scale * W_L ... W_1 X - Y|_F^2,

with the target Y of shape ``(..., d_L, n)`` and the data X of shape ``(..., d_0, n)``, or whitened
data (``data=None``: X = I, Y = Phi). Everything is done in doubles, rounding and all; for bounds
that hold use :mod:`numerics.matrices.balls`, whose functions have the same names.

    >>> import numpy as np
    >>> run = trajectory([np.eye(2)] * 3, 2 * np.eye(2), step_size=0.05, steps=50)
    >>> bool(run.losses[-1] < 1e-2 * run.losses[0])
    True
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Weights = Sequence[Array]
Measure = Callable[[Weights], Array]


def product(weights: Weights, upper: int | None = None, lower: int = 1) -> Array:
    """The partial product ``W_{upper:lower}``; the whole one by default; the identity if empty."""
    upper = len(weights) if upper is None else upper
    if upper < lower:
        return np.eye(weights[upper].shape[-1] if lower <= 1 else weights[upper - 1].shape[-2])
    return reduce(lambda above, below: above @ below, weights[lower - 1 : upper][::-1])


def residual(
    weights: Weights, target: Array, data: Array | None = None, scale: float = 1.0
) -> Array:
    """``scale * W_{L:1} X - Y``."""
    whole = product(weights)
    return scale * (whole if data is None else whole @ data) - target


def loss(weights: Weights, target: Array, data: Array | None = None, scale: float = 1.0) -> Array:
    """Half the squared Frobenius norm of the residual, one number per network of the batch."""
    return _size(residual(weights, target, data, scale))


def gradients(
    weights: Weights, target: Array, data: Array | None = None, scale: float = 1.0
) -> list[Array]:
    """The gradients of all layers, ``scale * W_{L:l+1}^T E (W_{l-1:1} X)^T``."""
    return _backwards(weights, *_forwards(weights, target, data, scale), scale)


def _forwards(
    weights: Weights, target: Array, data: Array | None, scale: float
) -> tuple[list[Array | None], Array]:
    """What each layer is applied to, and the residual."""
    below: list[Array | None] = [data]
    for layer in weights:
        last = below[-1]
        below.append(layer if last is None else layer @ last)
    whole = below.pop()
    assert whole is not None
    return below, (whole if scale == 1 else scale * whole) - target


def _backwards(
    weights: Weights, below: Sequence[Array | None], error: Array, scale: float
) -> list[Array]:
    error = error if scale == 1 else scale * error
    found = []
    for i in reversed(range(len(weights))):
        x = below[i]
        found.append(error if x is None else error @ x.mT)
        if i:
            error = weights[i].mT @ error
    return found[::-1]


def step(
    weights: Weights,
    step_size: float | Array,
    target: Array,
    data: Array | None = None,
    scale: float = 1.0,
) -> list[Array]:
    """One step of gradient descent on all layers at once.

    ``step_size`` may be an array over the batch, so that many step sizes run side by side.
    """
    return _moved(weights, step_size, gradients(weights, target, data, scale))


def _moved(weights: Weights, step_size: float | Array, slopes: Sequence[Array]) -> list[Array]:
    rate = np.asarray(step_size)[..., None, None]
    return [w - rate * g for w, g in zip(weights, slopes, strict=True)]


def _size(error: Array) -> Array:
    """Half the squared Frobenius norm."""
    return 0.5 * np.sum(error**2, axis=(-2, -1))


def balancedness(weights: Weights) -> Array:
    """``max_l |W_{l+1}^T W_{l+1} - W_l W_l^T|_F``, one number per network (0 for one layer)."""
    gaps = [np.linalg.norm(v.mT @ v - w @ w.mT, axis=(-2, -1)) for w, v in pairwise(weights)]
    return np.max(gaps, axis=0) if gaps else np.zeros(weights[0].shape[:-2])


def singular_values(
    weights: Weights, upper: int | None = None, lower: int = 1, data: Array | None = None
) -> Array:
    """The singular values of ``W_{upper:lower}`` (times X, if given), largest first."""
    partial = product(weights, upper, lower)
    values = np.linalg.svd(partial if data is None else partial @ data, compute_uv=False)
    return np.asarray(values, dtype=np.float64)


@dataclass(frozen=True)
class Trajectory:
    """What a run of gradient descent produced.

    Attributes
    ----------
    times : array of int, shape (m,)
        The steps at which things were recorded; 0 is the start.
    losses : array, shape (m, ...)
        The loss there, one per network of the batch.
    measured : mapping of str to array, shape (m, ...)
        The requested quantities there.
    weights : list of arrays
        The layers at the end.
    reached : array of int, shape (...)
        The first step with loss at most ``stop``; -1 where there was none.
    steps : int
        How many steps were taken.
    """

    times: NDArray[np.int64]
    losses: Array
    weights: list[Array]
    reached: NDArray[np.int64]
    steps: int
    measured: Mapping[str, Array] = field(default_factory=dict)


def trajectory(
    weights: Weights,
    target: Array,
    step_size: float | Array,
    steps: int,
    data: Array | None = None,
    scale: float = 1.0,
    stop: float | Array | None = None,
    measures: Mapping[str, Measure] | None = None,
    every: int = 1,
    diverged: float = 1e12,
) -> Trajectory:
    """Run gradient descent in floating point.

    Parameters
    ----------
    weights : list of arrays, shapes (..., d_l, d_{l-1})
        The start; not changed.
    target, data, scale
        The problem, as in the module's docstring.
    step_size : float or array over the batch
    steps : int
        The largest number of steps.
    stop : float or array over the batch, optional
        A loss; the run ends once every network has reached it (or left for infinity).
    measures : mapping of str to callable, optional
        Quantities to record, such as ``{"balance": balancedness}``.
    every : int
        Record at every so many steps.
    diverged : float
        A network whose loss exceeds this many times its first loss is frozen as diverged.
    """
    layers = [np.array(w, dtype=float) for w in weights]
    below, error = _forwards(layers, target, data, scale)
    first = _size(error)
    rate = np.broadcast_to(np.asarray(step_size, dtype=float), first.shape).copy()
    level = -np.inf if stop is None else stop
    reached = np.full(first.shape, -1, dtype=np.int64)
    times, losses = [], []
    measured: dict[str, list[Array]] = {name: [] for name in measures or {}}
    time, value = 0, first
    while True:
        reached = np.where((reached < 0) & (value <= level), time, reached)
        gone = ~np.isfinite(value) | (value > diverged * np.maximum(first, 1e-300))
        ended = time == steps or bool(np.all(gone | (reached >= 0)))
        if time % every == 0 or ended:
            times.append(time)
            losses.append(value)
            for name, measure in (measures or {}).items():
                measured[name].append(measure(layers))
        if ended:
            break
        rate = np.where(gone, 0.0, rate)
        with np.errstate(over="ignore", invalid="ignore"):
            layers = _moved(layers, rate, _backwards(layers, below, error, scale))
            below, error = _forwards(layers, target, data, scale)
            time, value = time + 1, _size(error)
    return Trajectory(
        np.array(times),
        np.array(losses),
        layers,
        reached,
        time,
        {name: np.array(values) for name, values in measured.items()},
    )
