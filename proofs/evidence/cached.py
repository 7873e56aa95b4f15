"""What can be computed again and is kept meanwhile: whole and as it was written, or not there.

A cache that is damaged costs time and no more, and so does one that cannot be written. What
another user may have written is not believed, where a folder is shared.

Beside it lies a key that is of this user alone: what bears its mark was written by a run of theirs.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from numerics.sweeps.files import replacing
from theory.errors import InputError
from theory.files import cache, content, there

MAX_BYTES = 20_000_000


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
    path = cache() / "key.json"
    if not isinstance(recalled(path), str):
        keep(path, secrets.token_hex(32), new=not there(str(path)))
    key = recalled(path)  # whoever else made one meanwhile
    usable = isinstance(key, str) and len(key) == 64
    return hmac.new(key.encode(), text.encode(), "sha256").hexdigest() if usable else ""


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
