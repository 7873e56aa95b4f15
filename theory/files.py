"""Files of a user: only ordinary ones of a bounded size are opened.

Opening a FIFO waits for its other end, and a device has no end at all.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from theory.errors import InputError

_UNWAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""What is there may have become a FIFO since anybody looked; and Windows would change line ends."""


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


def cache() -> Path:
    """Where what can be computed again is kept, for this user; it need not be there."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
    return Path(home) / "lemmata"  # without a home, Path.home() would raise


def content(path: Path, limit: int) -> bytes:
    """Read a file that a user named.

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
            if not stat.S_ISREG(os.fstat(door).st_mode):
                raise InputError(where, "is not an ordinary file")
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
