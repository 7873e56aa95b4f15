"""What names look like while one claim is set: its functions, and names that would look the same.

In ``x1 <= x_1`` both sides have one look, and a false claim would be shown as a true one: such
names are set as they were typed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TypeVar

from theory.gram import Written
from theory.statements import Statement

R = TypeVar("R")
ASKED: ContextVar[frozenset[str]] = ContextVar("functions of the claim", default=frozenset())
"""Functions of the claim that is being set: ``T(x)`` of one that is called T is no transpose."""
ALIKE: ContextVar[frozenset[str]] = ContextVar(
    "names with the look of another", default=frozenset()
)


@contextmanager
def about(w: Written) -> Iterator[None]:
    """Set what is about functions of a claim's own."""
    before = ASKED.set(frozenset(w.classes))
    try:
        yield
    finally:
        ASKED.reset(before)


@contextmanager
def unlike(names: Iterable[str], look: Callable[[str], str]) -> Iterator[None]:
    """Set those of some names that would look the same as they were typed; so it stays inside.

    Parameters
    ----------
    names : iterable of str
    look : callable
        How a name is set; it asks :data:`ALIKE` first.
    """
    outer, before = ALIKE.get(), ALIKE.set(frozenset())
    try:
        own = frozenset(names)
        looks = Counter(map(look, own))
        ALIKE.set(outer | {n for n in own if looks[look(n)] > 1})
        yield
    finally:
        ALIKE.reset(before)


def apart(
    look: Callable[[str], str],
) -> Callable[[Callable[[Statement], R]], Callable[[Statement], R]]:
    """Have what sets a statement set its names as :func:`unlike` does."""

    def kept(shown: Callable[[Statement], R]) -> Callable[[Statement], R]:
        @wraps(shown)
        def setting(s: Statement) -> R:
            with unlike(_names(s), look):
                return shown(s)

        return setting

    return kept


def _names(s: Statement) -> frozenset[str]:
    own = {*s.variables, *s.constants, *s.definitions}
    if s.layers is not None:
        own |= {*s.layers.variables, *s.layers.start}
    if s.written is not None:
        w = s.written
        own |= {*w.classes, *w.points, *w.numbers, *w.definitions}
    return frozenset(own)
