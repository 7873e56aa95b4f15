"""Files at the border: how one is replaced in one step."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from theory.errors import InputError
from theory.files import replaceable


@contextmanager
def replacing(path: Path, argument: str, new: bool = False) -> Iterator[Path]:
    """Give a path beside the target to write to, and move it into place when all is on disk.

    Parameters
    ----------
    path : Path
    argument : str
        The name to put in front of an error message.
    new : bool
        Replace nothing: what is there already stays, and is said to be there.

    Raises
    ------
    InputError
        One line, if the target is there and no ordinary file (a link to one is none), or if the
        system refuses any of it; the target is as it was then.
    """
    replaceable(path, argument)
    _swept(path)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield beside
        with beside.open("r+b") as written:
            os.fsync(written.fileno())
        if new:
            os.link(beside, path)  # which replaces nothing
        else:
            beside.replace(path)
        _settled(path.parent)
    except FileExistsError:
        problem = f"{str(path)[:200]!r} is there already: name another file"
        raise InputError(argument, problem) from None
    except OSError as wrong:
        raise InputError(argument, f"{str(path)[:200]}: {wrong.strerror or wrong}") from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _swept(path: Path) -> None:
    """Remove what a process left here that was killed on the way."""
    with suppress(OSError):
        for left in path.parent.glob(f".{glob.escape(path.name)}.*"):
            number = left.name.rpartition(".")[2]
            if number.isdecimal() and not _runs(int(number)):
                left.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    if os.name != "posix":  # a signal would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        pass
    return True


def _settled(folder: Path) -> None:
    """Have the folder itself on disk, where a system can."""
    with suppress(OSError):
        door = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(door)
        finally:
            os.close(door)
