"""What can be computed again and is kept meanwhile: whole and as it was written, or not there.

A cache that is damaged costs time and no more, and so does one that cannot be written. What
another user may have written is not believed, where a folder is shared.

Beside it lies a key that is of this user alone: what bears its mark was written by a run of theirs.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from numerics.sweeps.files import replacing
from theory.errors import InputError
from theory.files import cache, content

try:
    import fcntl
except ImportError:  # not on Windows; two runs that find a damaged key may there each make one
    fcntl = None  # type: ignore[assignment]

MAX_BYTES = 20_000_000
_LOCK = os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_KEY = re.compile("[0-9a-f]{64}")


def recalled(path: Path) -> Any:
    """Read a value; None if it is not there, or not as it was kept."""
    with suppress(InputError, ValueError, RecursionError):
        kept = json.loads(content(path, MAX_BYTES, own=True))
        if isinstance(kept, dict) and kept.get("digest") == _digest(kept.get("value")):
            return kept["value"]
    return None


def keep(path: Path, value: Any, new: bool = False) -> None:
    """Keep a value, as JSON, if the system lets it be kept; a new one in no other's place."""
    with suppress(InputError, OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path, "cache", new) as beside:
            beside.touch(0o600, exist_ok=False)  # nobody else's, whatever the umask says
            beside.write_text(json.dumps({"digest": _digest(value), "value": value}))


def mark(text: str) -> str:
    """What nobody without the key of this user can say of a text; empty if none can be kept."""
    key = _key(key_file())
    return hmac.new(key.encode(), text.encode(), "sha256").hexdigest() if key else ""


def key_file() -> Path:
    """Where the key of this user is kept."""
    return cache() / "key.json"


def _key(path: Path) -> str:
    """The key that is kept: made where there is none, or none that could be, by one run alone."""
    if not _sound(path):
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
        with alone(path.with_suffix(".lock")):
            for new in (True, False):  # the first of all, whether or not there are locks
                if not _sound(path):
                    keep(path, secrets.token_hex(32), new)
    return _sound(path)


def _sound(path: Path) -> str:
    """The key in a file; empty for whatever else is there."""
    found = recalled(path)
    return found if isinstance(found, str) and _KEY.fullmatch(found) else ""


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait for other runs to be done with a file or a folder; where none can be locked, for none.

    A file that is not there is made, for this user only.
    """
    with ExitStack() as held:
        with suppress(OSError):
            door = os.open(
                path, os.O_RDONLY if path.is_dir() else _LOCK, 0o600
            )  # which no other user opens, to keep us waiting
            held.callback(os.close, door)
            if fcntl is not None:
                fcntl.flock(door, fcntl.LOCK_EX)
        yield


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
