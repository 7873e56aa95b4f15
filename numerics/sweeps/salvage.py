"""What can be saved of a damaged store, or of one of an earlier version: cells whose digests hold.

The damaged file is only read. A cell is looked up by its number, each number that the file has
room for, so that a page that cannot be read costs the cells on it and no others.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from numerics.sweeps import schema
from numerics.sweeps.cells import Cell, id_of
from numerics.sweeps.schema import COLUMNS, refusing
from numerics.sweeps.store import Finished, Store
from theory.errors import InputError
from theory.files import replaceable

_LEAST_BYTES = 100
"""A cell takes more than this, for its content alone."""
_ROWS = f"SELECT start, {', '.join(COLUMNS)} FROM rows WHERE cell = ? ORDER BY start"  # noqa: S608
_OTHERS = """
SELECT count(*) FROM sqlite_master WHERE lower(name) IN ('cells', 'rows', 'total')
AND (type <> 'table' OR lower(sql) NOT LIKE 'create table%')
"""
"""What stands in the place of a table, and may have rows without end: no store has that."""


@dataclass(frozen=True)
class Salvage:
    """What came of a salvage.

    Attributes
    ----------
    cells, rows : int
        Finished cells that were copied, and their rows.
    lost : int
        Finished cells that are known to have been there and could not be copied.
    """

    cells: int
    rows: int
    lost: int


def salvage(path: Path, new: Path) -> Salvage:
    """Copy every finished cell whose digest holds into a new store.

    Parameters
    ----------
    path : Path
        A store, whole or damaged, of this version or of an earlier one. It is not changed.
    new : Path
        Must not exist. It appears when all is copied.

    Raises
    ------
    InputError
        If there is nothing that could be copied, or the new file cannot be written.
    """
    if not schema.ordinary(path):
        raise InputError("store", f"{path}: no such file")
    if schema.ordinary(new, "salvage"):
        raise InputError("salvage", f"{new}: is there already")
    replaceable(new, "salvage")
    beside = new.with_name(f".{new.name}.{os.getpid()}")
    try:
        with refusing(path), closing(_opened(path)) as old:
            reader = next((r for r in _READERS if r.reads(old)), None)
            if reader is None:
                raise InputError("store", f"{path}: nothing of it can be read; restore a copy")
            source = _Source(old, reader, path.stat().st_size)
            with Store(beside) as made:
                made.adopt(source.cells())
            found = Salvage(source.copied, source.rows, source.lost())
        if not found.cells and found.lost:
            raise InputError("store", f"{path}: no cell of it holds; restore a copy")
        beside.replace(new)
    except OSError as wrong:
        raise InputError("salvage", f"{new}: {wrong.strerror or wrong}") from None
    finally:
        for leftover in (beside, *(Path(f"{beside}-{end}") for end in ("wal", "shm"))):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)
    return found


def _opened(path: Path) -> sqlite3.Connection:
    # Without a journal beside it nobody is writing, and nothing need be left beside it either.
    how = "mode=ro" if Path(f"{path}-wal").exists() else "mode=ro&immutable=1"
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}",
        uri=True,
        timeout=schema.BUSY_SECONDS,
        isolation_level=None,
    )
    db.execute("PRAGMA writable_schema = ON")  # reads on where the end of the file is missing
    return db


@dataclass(frozen=True)
class _Reader:
    """How one version of the schema keeps a finished cell, and the digest that it has of it."""

    cell: str
    finished: str
    digest: Callable[..., str]

    def reads(self, db: sqlite3.Connection) -> bool:
        try:
            db.execute(f"EXPLAIN {self.cell}", (1,)).close()  # compiled for the tables there are
            others = db.execute(_OTHERS).fetchone()
        except (sqlite3.Error, UnicodeDecodeError):
            return False
        return bool(others == (0,))


def _first_digest(
    cell_id: str, content: str, rigour: str, seconds: float, rows: Sequence[Sequence[Any]]
) -> str:
    """The digest of schema 1, of the rows alone; the identifier vouches for the content."""
    text = json.dumps([rigour, rows], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


_READERS = (
    _Reader(
        "SELECT id, content, rigour, seconds, seal FROM cells WHERE cell = ? AND seal IS NOT NULL",
        "SELECT finished FROM total",
        schema.seal,
    ),
    _Reader(
        "SELECT id, content, rigour, seconds, digest FROM cells WHERE cell = ? AND done = 1",
        "SELECT count(*) FROM cells WHERE done = 1",
        _first_digest,
    ),
)


class _Source:
    """A store that is read cell by cell, each on its own."""

    def __init__(self, db: sqlite3.Connection, reader: _Reader, size: int) -> None:
        self._db, self._reader = db, reader
        self._numbers = range(1, size // _LEAST_BYTES + 2)
        self.copied = self.rows = self._failed = 0

    def cells(self) -> Iterator[Finished]:
        """Read the cells whose digests hold, in the order in which they were added."""
        seen: set[str] = set()
        for number in self._numbers:
            try:
                cell = self._cell(number)
            except (sqlite3.Error, TypeError, ValueError, RecursionError):
                self._failed += 1
                continue
            if cell is not None and cell[0] not in seen:
                seen.add(cell[0])
                self.copied += 1
                self.rows += len(cell[-1])
                yield cell

    def _cell(self, number: int) -> Finished | None:
        head = self._db.execute(self._reader.cell, (number,)).fetchone()
        if head is None:
            return None
        *known, mark = head
        rows = self._db.execute(_ROWS, (number,)).fetchall()
        cell: Finished = (*known, rows)
        if not rows or id_of(cell[1]) != cell[0] or self._reader.digest(*cell) != mark:
            raise ValueError("not what was written")
        found = Cell.of(cell[1])
        if found.id != cell[0] or not schema.writable(found, *cell[2:]):
            raise ValueError("not what an engine writes")
        return cell

    def lost(self) -> int:
        """Count the finished cells that are known of and were not copied."""
        try:
            ((noted,),) = self._db.execute(self._reader.finished)
            return max(0, int(noted) - self.copied)
        except (sqlite3.Error, TypeError, ValueError):
            return self._failed
