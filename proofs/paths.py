"""No argument of a command names the file of another: what is written replaces what is there.

Nor does it name the file to which a command speaks.
"""

from __future__ import annotations

import itertools
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import click

from proofs.options import drawing, spelled
from theory.errors import InputError

_OF_A_STORE = "-wal", "-shm", "-journal"
_STORE = "|".join(_OF_A_STORE)
_BESIDE = re.compile(rf"(?P<store>.+)(?:{_STORE})|\.(?P<written>.+)\.\d+", re.DOTALL)
"""What a store has beside it while it is open, and what is moved into place when it is whole."""

_SPOKEN = {1: "standard output", 2: "standard error"}


class Named(NamedTuple):
    """A file that an argument names, or has beside it."""

    path: Path
    argument: str
    spelled: str
    typed: str
    ordinary: bool
    """Whether the argument is a path, and no reference to what may be a file."""

    @classmethod
    def of(cls, argument: str, path: Path) -> Named:
        """What an argument, as it is spelled, names or has written."""
        real = Path(os.path.realpath(path))  # of a link to itself too, where Path.resolve raises
        return cls(real, argument, argument, str(path)[:100], ordinary=True)


def distinct(context: click.Context) -> None:
    """Refuse two arguments with one ordinary file, of which one at least is a path.

    Raises
    ------
    InputError
        Names both.
    """
    named: list[Named] = []
    for parameter in context.command.params:
        value = context.params.get(parameter.name or "")
        for one in value if isinstance(value, tuple | list) else (value,):
            who = (parameter.name or "", spelled(parameter), str(one)[:100], isinstance(one, Path))
            named += [Named(found, *who) for found in _paths(parameter, one)]
    apart(named)


def apart(named: Iterable[Named]) -> None:
    """Refuse a file that is named by two arguments, or is one beside what another names.

    A file to which this process speaks is refused under any name: its words would be in the midst
    of what is written there, or lost with what is replaced.

    Raises
    ------
    InputError
        Names both.
    """
    seen: dict[Path, Named] = {}
    named = list(named)
    for one in named:
        if one.ordinary and (stream := _spoken(one.path)):
            raise InputError(one.spelled, f"{one.typed!r} is also where {stream} goes")
        if one.ordinary and (stream := _spoken(one.path, *_OF_A_STORE)):
            said = f"{one.typed!r} may have beside it the file where {stream} goes"
            raise InputError(one.spelled, said)
    for one in named:
        other = seen.setdefault(one.path, one)
        if other.argument != one.argument and (one.ordinary or other.ordinary):
            raise InputError(one.spelled, f"{one.typed!r} is also what {other.spelled} names")
    for one in named:
        beside = _BESIDE.fullmatch(one.path.name)
        owner = beside and seen.get(one.path.with_name(beside["store"] or beside["written"]))
        if owner and owner.argument != one.argument and (one.ordinary or owner.ordinary):
            said = f"{one.typed!r} may be written beside what {owner.spelled} names"
            raise InputError(one.spelled, said)


def _spoken(path: Path, *beside: str) -> str:
    """Which stream of this process goes to a file, or one beside it, by whatever name."""
    names = [path.name + suffix for suffix in beside] or [path.name]
    for (number, stream), name in itertools.product(_SPOKEN.items(), names):
        with suppress(OSError, ValueError):
            open_there = os.fstat(number)
            there = path.with_name(name).stat()
            if stat.S_ISREG(open_there.st_mode) and os.path.samestat(open_there, there):
                return stream
    return ""


def _paths(parameter: click.Parameter, value: object) -> Iterator[Path]:
    """The files that a value stands for: of a figure it is two, whatever its suffix."""
    named = [value]
    if parameter.callback is drawing and isinstance(value, Path):
        from numerics.figures.style import paths

        named += paths(value, spelled(parameter))
    yield from (path for one in named if (path := _path(one)) is not None)


def _path(value: object) -> Path | None:
    """The file that a path, or a reference ``FILE::NAME``, names; none for devices and pipes."""
    text = value.split("::")[0] if isinstance(value, str) else value
    if not isinstance(text, str | Path) or not str(text):
        return None
    try:
        path = Path(text).resolve()
        if path.is_file() or (isinstance(text, Path) and not path.exists()):
            return path
    except (OSError, ValueError, RuntimeError):  # whoever opens it says what is wrong
        pass
    return None
