"""Where gradient flow takes the product p: the first point of the target on its way, in doubles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.loss import Loss
from theory.dynamics.stopping import StopCondition, Target

Doubles = NDArray[np.float64]
Mask = NDArray[np.bool_]
_GROWTH, _REACH, _BISECTIONS = 1.25, 2.0**-30, 90
_FAR = 1e12


@dataclass(frozen=True)
class Path:
    """The way of p, for n starts.

    Attributes
    ----------
    direction : array, shape (n,)
        +1 or -1: where p goes; 0 where f' vanishes.
    end : array, shape (n,)
        The first p on the way at which the condition holds, up to rounding; nan if none is.
    settles : bool array, shape (n,)
        Whether f' changes its sign before that, so that the flow never gets there.
    """

    direction: Doubles
    end: Doubles
    settles: Mask


def path(loss: Loss, until: StopCondition, p: Doubles) -> Path:
    """Follow p downhill until the target is met or f' changes its sign; a search in growing steps.

    Parameters
    ----------
    loss : Loss
    until : StopCondition
        Not satisfied at ``p``.
    p : array, shape (n,)
        The products at the start.
    """
    slope, value = loss.descent("numpy"), loss.value("numpy")
    direction = -np.sign(slope(p) + 0 * p)
    on_product = until.on_product
    boundary = _boundary(until.target, p if on_product else value(p) + 0 * p, direction, on_product)

    def stopped(at: Doubles) -> Mask:
        found: Mask = ~(direction * slope(at) + 0 * at < 0)
        return found

    def passed(at: Doubles) -> Mask:
        if on_product:
            found: Mask = direction * (at - boundary) >= 0
        else:
            now = value(at) + 0 * at
            found = now <= boundary if until.target.closed else now < boundary
        return found

    before, reach = p.copy(), np.maximum(np.abs(p) * 2.0**-6, _REACH)
    end, settles = np.full_like(p, np.nan), np.zeros(len(p), dtype=np.bool_)
    open_, after = direction != 0, p.copy()
    while True:
        after = np.where(open_, p + direction * reach, after)
        if on_product:  # never look beyond the target: f need not be defined there
            after = np.where(open_ & passed(after), boundary, after)
        halt = stopped(after) | passed(after)
        open_ = open_ & ~halt
        open_ &= np.abs(after) < _FAR
        if not open_.any():
            break
        before = np.where(open_, after, before)
        reach = np.where(open_, reach * _GROWTH, reach)
    for _ in range(_BISECTIONS):  # bracket the first event
        middle = (before + after) / 2
        event = stopped(middle) | passed(middle)
        after, before = np.where(event, middle, after), np.where(event, before, middle)
    hit = passed(after) & ~stopped(before) & (direction != 0)
    if on_product:
        hit &= ~stopped(boundary)
        end = np.where(hit, boundary, end)
    else:
        end = np.where(hit, after, end)
    settles = ~hit & stopped(after) & (np.abs(after) < _FAR) & (direction != 0)
    return Path(direction, end, settles)


def _boundary(target: Target, now: Doubles, direction: Doubles, on_product: bool) -> Doubles:
    """The end point of the target that the quantity meets first; infinite if there is none."""
    way = direction if on_product else -np.ones_like(now)
    nearest = way * np.inf
    for end in (target.lower, target.upper):
        if end is not None and not target.empty:
            ahead = way * (float(end) - now) >= 0
            closer = way * (float(end) - nearest) < 0
            nearest = np.where(ahead & closer, float(end), nearest)
    return nearest
