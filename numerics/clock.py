"""The clock, looked at inside of long work wherever it is: no piece goes on long after a budget.

Engines hand their budget on, and look at it between steps, cells and panels. What is long below
them, and knows no budget (a rule of quadrature, the columns of a matrix), looks here. Each thread
has a deadline of its own, so that none is left behind in another; the clock is that of the process.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


class _Deadline(threading.local):
    moment = math.inf


_deadline = _Deadline()


class Spent(Exception):
    """The time is over, in the middle of something."""

    def __init__(self, why: str = "the time budget is spent") -> None:
        super().__init__(why)


@contextmanager
def until(deadline: float) -> Iterator[None]:
    """Let :func:`look` raise from a moment on, inside the block, or earlier if it does already.

    Parameters
    ----------
    deadline : float
        On the clock of ``time.process_time``: seconds of CPU time.
    """
    before = _deadline.moment
    _deadline.moment = min(before, deadline)
    try:
        yield
    finally:
        _deadline.moment = before


def look() -> None:
    """Raise :class:`Spent` if the time is over; about two microseconds, so not in inner loops."""
    if time.process_time() > _deadline.moment:
        raise Spent


def watched(items: Iterable[T], each: int = 1) -> Iterator[T]:
    """Go through items that take long, and look at the clock before every so many of them."""
    for i, item in enumerate(items, 1):
        if i % each == 0:
            look()
        yield item


def stride(weights: int, bits: int, most: int) -> int:
    """Steps between two looks: ``most``, or as few as take a hundredth of a second, about."""
    return max(1, most // (1 + weights * bits // 2**15))
