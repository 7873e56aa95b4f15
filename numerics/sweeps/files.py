"""Files at the border: what may be opened, and how a file is replaced in one step."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from theory.errors import InputError


def ordinary(path: Path, argument: str, limit: int) -> bool:
    """Refuse what is there and is not an ordinary file of bounded size.

    Opening a FIFO waits for its other end, and a device has no end at all.

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
        raise InputError(argument, f"{path}: is not an ordinary file")
    if found.st_size > limit:
        raise InputError(argument, f"{path}: is larger than {limit} bytes")
    return True


@contextmanager
def replacing(path: Path, argument: str) -> Iterator[Path]:
    """Give a path beside the target to write to, and move it into place when all is on disk.

    Raises
    ------
    InputError
        One line, if the system refuses any of it; the target is as it was then.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield beside
        with beside.open("r+b") as written:
            os.fsync(written.fileno())
        beside.replace(path)
    except OSError as wrong:
        raise InputError(argument, f"{str(path)[:200]}: {wrong.strerror or wrong}") from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
