"""Documents as text: what a writer of TOML would not write, too."""

from __future__ import annotations

import json
from typing import Any


def toml(document: Any) -> str:
    """A document as TOML: tables inline, keys quoted."""
    if not isinstance(document, dict):
        return _inline(document)
    return "".join(
        f"{json.dumps(str(key))} = {_inline(value)}\n" for key, value in document.items()
    )


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{json.dumps(str(k))} = {_inline(v)}" for k, v in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else json.dumps(str(value))
