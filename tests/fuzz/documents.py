"""Documents as text: what a writer of TOML would not write, too."""

from __future__ import annotations

import json
from typing import Any


class Raw(str):
    """What stands in a file as it is, without quotes: no writer of TOML or JSON would write it."""


RAW = (
    *("nan", "NaN", "-inf", "-Infinity", "1e99999999999999999999", "-1E-9999999999999999999"),
    *("9" * 5000, "0x" + "F" * 4000, "0o777", "-0.0", "1_000", "1979-05-27", "07:32:00"),
    *("1979-05-27T07:32:00Z", "[" * 9000, "{a" * 2000, "{x = 1, x = 2}", "'a'", '"""a\nb"""'),
)
BROKEN = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\r", b"PK\x03\x04", b"\x1f\x8b\x08\x00")
"""Bytes that begin a file of another kind, or that are no UTF-8."""

STEMS = (
    *("\x1b[31mred", "a\nb = 1", "\u202egnp", "[red][bold]x[", "-x", "--jobs", "$(touch PWNED)"),
    *("a;touch PWNED;", "a'b\"c`id`", "\udcff", "<img src=x>", "%s {x} \\n {0}", " ", "a b", "é"),
    *("#", "&", "~", "*", "!!", "a::b", "@a", "::", "a\tb", "a" * 200),
    "$\\frac$",
)
"""Names of files that mean something to a shell, a terminal, a parser, or click."""


def toml(document: Any) -> str:
    """A document as TOML: tables inline, keys quoted."""
    if not isinstance(document, dict):
        return _inline(document)
    return "".join(
        f"{json.dumps(str(key))} = {_inline(value)}\n" for key, value in document.items()
    )


def other_kind(content: bytes, start: bytes) -> bytes:
    """The same file as another system, or another program, would have written it."""
    return content.replace(b"\n", b"\r\n") if start == b"\r" else start + content


def _inline(value: Any) -> str:
    if isinstance(value, Raw):
        return str.__str__(value)
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{json.dumps(str(k))} = {_inline(v)}" for k, v in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else json.dumps(str(value))


def json_text(document: Any) -> str:
    """A document as JSON, with what stands in it as it is."""
    if isinstance(document, dict):
        parts = (f"{json.dumps(str(k))}: {json_text(v)}" for k, v in document.items())
        return f"{{{', '.join(parts)}}}"
    if isinstance(document, list):
        return f"[{', '.join(map(json_text, document))}]"
    return str.__str__(document) if isinstance(document, Raw) else json.dumps(document)
