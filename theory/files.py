"""Files of a user: only ordinary ones of a bounded size are opened.

Opening a FIFO waits for its other end, and a device has no end at all.
"""

from __future__ import annotations

import os
import stat
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from theory.errors import InputError

_UNWAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""What is there may have become a FIFO since anybody looked; and Windows would change line ends."""
_ENDLESS = 10**4300


def ordinary(path: Path, argument: str, limit: int) -> bool:
    """Refuse what is there and is not an ordinary file of bounded size.

    Parameters
    ----------
    path : Path
    argument : str
        The name to put in front of an error message.
    limit : int
        How many bytes the file may have.

    Returns
    -------
    bool
        Whether there is a file.

    Raises
    ------
    InputError
        One line.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        return False
    except (OSError, ValueError) as wrong:
        reason = getattr(wrong, "strerror", None) or "not a usable path"
        raise InputError(argument, f"{str(path)[:200]}: {reason}") from None
    if not stat.S_ISREG(found.st_mode):
        raise InputError(argument, f"{str(path)[:200]}: is not an ordinary file")
    if found.st_size > limit:
        raise InputError(argument, f"{str(path)[:200]}: is larger than {limit} bytes")
    return True


def replaceable(path: Path, argument: str) -> None:
    """Refuse what is there and would be lost if the path were replaced: all but ordinary files.

    A symbolic link is refused too, wherever it leads: replaced, it would lead there no longer, and
    followed, it would have a file written whose name nobody gave.

    Raises
    ------
    InputError
        One line.
    """
    ordinary(path, argument, sys.maxsize)
    if path.is_symlink():
        said = "is a symbolic link; name the file itself"
        raise InputError(argument, f"{str(path)[:200]}: {said}")


def there(name: str) -> bool:
    """Whether something has this name; nothing has one that the system cannot take."""
    return os.path.exists(name)  # noqa: PTH110 - Path.exists raises where a name is too long


def cache() -> Path:
    """Where what can be computed again is kept, for this user; it need not be there."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(home):  # noqa: PTH117 - and so says its specification
        home = os.path.expanduser("~/.cache")  # noqa: PTH111 - Path.home() raises without a home
    return Path(home) / "lemmata"


def _of_others(found: os.stat_result) -> bool:
    others = stat.S_IWGRP | stat.S_IWOTH
    return os.name == "posix" and (found.st_uid != os.geteuid() or bool(found.st_mode & others))


def content(path: Path, limit: int, own: bool = False) -> bytes:
    """Read a file that a user named.

    Parameters
    ----------
    path : Path
    limit : int
        How many bytes it may have.
    own : bool
        Whether nobody but this user may have written it.

    Raises
    ------
    InputError
        One line that begins with the path, if it is no ordinary file of at most ``limit`` bytes, or
        the system does not let it be read.
    """
    where = str(path)[:200] or "file"
    try:
        door = os.open(path, os.O_RDONLY | _UNWAITING)
        try:
            entry = os.fstat(door)
            if not stat.S_ISREG(entry.st_mode):
                raise InputError(where, "is not an ordinary file")
            if own and _of_others(entry):
                raise InputError(where, "may have been written by another user")
            with os.fdopen(door, "rb", closefd=False) as opened:
                found = opened.read(limit + 1)
        finally:
            os.close(door)
    except InputError:
        raise
    except (OSError, ValueError) as wrong:
        reason = getattr(wrong, "strerror", None) or "not a usable path"
        raise InputError(where, reason) from None
    if len(found) > limit:
        raise InputError(where, f"is larger than {limit} bytes")
    return found


def text(path: Path, limit: int) -> str:
    """Read a file of text that a user named; see :func:`content`."""
    try:
        return content(path, limit).decode("utf-8")
    except UnicodeDecodeError:
        raise InputError(str(path)[:200], "cannot be read: not text (UTF-8)") from None


@contextmanager
def readable(argument: str) -> Iterator[None]:
    """Refuse in one line whatever a parser of TOML or JSON cannot take."""
    try:
        yield
    except InputError:
        raise
    except RecursionError:
        raise InputError(argument, "nested too deeply") from None
    except ValueError as wrong:  # of the encoding, of the form; or a number without end
        endless = "set_int_max_str_digits" in str(wrong)  # Python's limit, in its own words
        problem = "a number has too many digits" if endless else f"cannot be read: {wrong}"
        raise InputError(argument, problem) from None


def decimal(text: str) -> Decimal:
    """Read a decimal as a parser of TOML or JSON finds it, exactly.

    Raises
    ------
    ValueError
        If the exponent itself is too long, for which ``Decimal`` has an error of arithmetic.
    """
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError("the exponent of a number has too many digits") from None


def toml(text: str) -> dict[str, Any]:
    """Read TOML, decimals exactly.

    Raises
    ------
    ValueError
        For what is no TOML, and for an integer with more digits than Python would write: those that
        are given in another base have no limit of its own.
    """
    made = tomllib.loads(text, parse_float=decimal)
    left: list[Any] = [made]
    while left:
        part = left.pop()
        if isinstance(part, dict | list):
            left += part.values() if isinstance(part, dict) else part
        elif isinstance(part, int) and abs(part) >= _ENDLESS:
            raise ValueError("a number has too many digits")
    return made


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object in which every key stands once, as TOML wants it.

    Raises
    ------
    ValueError
        For a key that stands twice, of which the parser would take the last.
    """
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise ValueError(f"the key {key[:40]!r} stands twice")
        made[key] = value
    return made
