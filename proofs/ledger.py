"""A ledger of finished rows: an interrupted run resumes where it stopped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from theory.claims import Claim
from theory.errors import InputError

HEADER = "lemmata ledger 1"


def key(claim: Claim, profile: str) -> str:
    """Name a piece of work: the same only if statement, control, profile and version agree."""
    parts = (claim.name, claim.statement.digest, claim.mutant.digest, profile, version("lemmata"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


class Ledger:
    """Rows in a text file, one JSON line each, appended as they are finished.

    Parameters
    ----------
    path : Path
        Created if absent.

    Raises
    ------
    InputError
        If the file exists and is not a ledger, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows: dict[str, dict[str, Any]] = {}
        try:
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            if not text:
                path.write_text(f"{HEADER}\n", encoding="utf-8")
        except (OSError, UnicodeDecodeError) as wrong:
            raise InputError("resume", f"{path}: cannot be used: {wrong}") from None
        if text and not text.startswith(HEADER):
            raise InputError("resume", f"{path} is not a ledger of lemmata verify")
        for entry in self._entries(text):
            self.rows[entry["key"]] = entry["row"]

    def _entries(self, text: str) -> Iterator[dict[str, Any]]:
        for line in text.splitlines()[1:]:
            try:
                entry = json.loads(line)
            except ValueError:
                continue  # the line that was being written when the run was killed
            if isinstance(entry, dict) and {"key", "row"} <= entry.keys():
                yield entry

    def add(self, name: str, row: dict[str, Any]) -> None:
        """Append one finished row and flush it to disk."""
        self.rows[name] = row
        with self.path.open("a", encoding="utf-8") as file:
            file.write("\n" + json.dumps({"key": name, "row": row}))
