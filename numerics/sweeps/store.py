"""The store: one SQLite file with every cell, who is working on it, and its rows once finished.

A cell is finished in one transaction, rows and all; killing a process at any moment loses at most
the cells that it was working on. A *run* is a process that works on the store; it claims cells
before it works on them and shows a heartbeat. Claims of a run whose heartbeat has stopped for
:data:`LEASE` seconds, or whose process on this machine is gone, are void.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

from numerics.sweeps.cells import Cell
from numerics.sweeps.engines import Result
from numerics.sweeps.spec import Spec
from theory.errors import InputError

APPLICATION_ID, SCHEMA_VERSION = 0x6C656D6D, 1
LEASE = 60.0
_BUSY_SECONDS = 60.0
_Method = TypeVar("_Method", bound=Callable[..., Any])

_SCHEMA = """
CREATE TABLE specs (digest TEXT PRIMARY KEY, text TEXT NOT NULL, added TEXT NOT NULL) STRICT;
CREATE TABLE runs (
    run INTEGER PRIMARY KEY AUTOINCREMENT,
    host TEXT NOT NULL,
    process INTEGER NOT NULL,
    heartbeat REAL NOT NULL
) STRICT;
CREATE TABLE cells (
    cell INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    content TEXT NOT NULL,
    run INTEGER,
    done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
    rigour TEXT,
    seconds REAL,
    digest TEXT,
    CHECK (done = 0 OR (rigour IS NOT NULL AND digest IS NOT NULL))
) STRICT;
CREATE TABLE grid (
    spec TEXT NOT NULL REFERENCES specs,
    position INTEGER NOT NULL,
    cell INTEGER NOT NULL REFERENCES cells,
    PRIMARY KEY (spec, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE rows (
    cell INTEGER NOT NULL REFERENCES cells,
    start INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('reached', 'never', 'undecided')),
    lower TEXT,
    upper TEXT,
    ln_steps REAL,
    error REAL,
    bound TEXT,
    reason TEXT,
    PRIMARY KEY (cell, start),
    CHECK ((outcome = 'reached') = (ln_steps IS NOT NULL)),
    CHECK (outcome = 'reached' OR reason IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE VIEW results AS
SELECT c.id, r.start,
    json_extract(c.content, '$.depth') AS depth,
    json_extract(c.content, '$.width') AS width,
    json_extract(c.content, '$.init') AS init,
    json_extract(c.content, '$.loss') AS loss,
    json_extract(c.content, '$.step') AS step,
    json_extract(c.content, '$.until') AS until,
    json_extract(c.content, '$.seed') AS seed,
    json_extract(c.content, '$.engine') AS engine,
    c.rigour,
    r.outcome, r.lower, r.upper, r.ln_steps, r.error, r.bound, r.reason
FROM rows r JOIN cells c USING (cell);
"""


def _refusing(method: _Method) -> _Method:
    """Turn what SQLite says about a file that is damaged or busy into one line."""

    @wraps(method)
    def wrapped(self: Store, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except sqlite3.DatabaseError as wrong:
            raise InputError("store", f"{self.path}: {_complaint(wrong)}") from None

    return cast(_Method, wrapped)


def _complaint(wrong: sqlite3.Error) -> str:
    match getattr(wrong, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_NOTADB:
            return "the file is not a sweep store of lemmata"
        case sqlite3.SQLITE_CORRUPT:
            return f"the file is damaged ({wrong})"
        case sqlite3.SQLITE_BUSY:
            return f"another process has held the file for {_BUSY_SECONDS:.0f} s"
    return f"the file cannot be used ({wrong})"


class Store:
    """An open store.

    Parameters
    ----------
    path : str or Path
        Created if absent.
    create : bool
        Whether it may be.

    Raises
    ------
    InputError
        For a file that is absent (and may not be created), damaged, foreign, made by a later
        version, or cannot be written.
    """

    @_refusing
    def __init__(self, path: str | Path, create: bool = True) -> None:
        self.path = Path(path)
        self.run: int | None = None
        if self.path.is_dir() or (not create and not self.path.is_file()):
            raise InputError("store", f"{path}: no such file")
        self._db = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            self._open()
        except BaseException:
            self._db.close()
            raise

    def _open(self) -> None:
        # Look before touching: a file that is not ours stays as it is.
        if not self._ours():
            with self._transaction():
                if not self._ours():  # nobody else has made it ours in the meantime
                    for command in _SCHEMA.split(";\n"):
                        self._db.execute(command)
                    self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                    self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        if (found := self._one("PRAGMA quick_check(1)")) != "ok":
            raise InputError("store", f"{self.path}: the file is damaged ({found})")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")

    def _ours(self) -> bool:
        """Whether the file is a store; False if it is empty, an error if it is anything else."""
        mark, version = self._one("PRAGMA application_id"), self._one("PRAGMA user_version")
        if mark == APPLICATION_ID:
            if version != SCHEMA_VERSION:
                raise InputError(
                    "store",
                    f"{self.path}: schema {version}; this lemmata reads schema {SCHEMA_VERSION}",
                )
            return True
        if mark or version or self._one("SELECT count(*) FROM sqlite_schema"):
            raise InputError("store", f"{self.path}: the file is not a sweep store of lemmata")
        return False

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; claims of this run are given back."""
        try:
            self.leave()
        finally:
            self._db.close()

    def _one(self, query: str, values: Sequence[Any] = ()) -> Any:
        found = self._db.execute(query, values).fetchone()
        return None if found is None else found[0]

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @_refusing
    def add(self, spec: Spec) -> int:
        """Add a sweep: its digest, and those of its cells that are not here yet.

        Returns
        -------
        int
            How many cells are new to the store.
        """
        with self._transaction():
            before = self._one("SELECT count(*) FROM cells")
            if self._one("SELECT 1 FROM specs WHERE digest = ?", (spec.digest,)) is None:
                now = datetime.now(UTC).isoformat(timespec="seconds")
                self._db.execute(
                    "INSERT INTO specs VALUES (?, ?, ?)", (spec.digest, spec.text, now)
                )
                self._db.executemany(
                    "INSERT INTO cells (id, content) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    ((cell.id, cell.content) for cell in spec.cells),
                )
                self._db.executemany(
                    "INSERT INTO grid SELECT ?, ?, cell FROM cells WHERE id = ?",
                    ((spec.digest, i, cell.id) for i, cell in enumerate(spec.cells)),
                )
            added: int = self._one("SELECT count(*) FROM cells") - before
        return added

    @_refusing
    def enter(self) -> int:
        """Register this process as a run."""
        with self._transaction():
            cursor = self._db.execute(
                "INSERT INTO runs (host, process, heartbeat) VALUES (?, ?, ?)",
                (platform.node(), os.getpid(), time.time()),
            )
            self.run = cursor.lastrowid
        assert self.run is not None
        return self.run

    @_refusing
    def beat(self) -> None:
        """Show that this run is alive."""
        self._db.execute("UPDATE runs SET heartbeat = ? WHERE run = ?", (time.time(), self.run))

    @_refusing
    def leave(self) -> None:
        """Give back what this run has claimed and not finished."""
        if self.run is None:
            return
        with self._transaction():
            self._db.execute("UPDATE cells SET run = NULL WHERE run = ? AND done = 0", (self.run,))
            self._db.execute("DELETE FROM runs WHERE run = ?", (self.run,))
        self.run = None

    @_refusing
    def open_cells(self, spec: Spec) -> list[tuple[int, Cell]]:
        """List the unfinished cells of a sweep in its order, whoever has claimed them."""
        found = self._db.execute(
            "SELECT cell, content FROM grid JOIN cells USING (cell) "
            "WHERE spec = ? AND done = 0 ORDER BY position",
            (spec.digest,),
        )
        return [(key, Cell.of(content)) for key, content in found]

    @_refusing
    def claim(self, key: int) -> bool:
        """Claim an unfinished cell that no living run has claimed."""
        with self._transaction():
            found = self._db.execute("SELECT run FROM cells WHERE cell = ? AND done = 0", (key,))
            row = found.fetchone()
            if row is None or (row[0] is not None and row[0] != self.run and self._alive(row[0])):
                return False
            self._db.execute("UPDATE cells SET run = ? WHERE cell = ?", (self.run, key))
        return True

    def _alive(self, run: int) -> bool:
        found = self._db.execute("SELECT host, process, heartbeat FROM runs WHERE run = ?", (run,))
        row = found.fetchone()
        if row is None or row[2] < time.time() - LEASE:
            return False
        return row[0] != platform.node() or _process_exists(row[1])

    @_refusing
    def finish(self, key: int, result: Result) -> bool:
        """Write the rows of a cell, all or nothing.

        Returns
        -------
        bool
            False if another run has finished the cell first; nothing is written then.
        """
        rows = [
            (i, r.outcome, r.lower, r.upper, r.ln_steps, r.error, r.bound, r.reason)
            for i, r in enumerate(result.rows)
        ]
        digest = _digest(result.rigour, rows)
        with self._transaction():
            cursor = self._db.execute(
                "UPDATE cells SET done = 1, run = NULL, rigour = ?, seconds = ?, digest = ? "
                "WHERE cell = ? AND done = 0",
                (result.rigour, result.seconds, digest, key),
            )
            if cursor.rowcount == 0:
                return False
            self._db.executemany(
                "INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                ((key, *row) for row in rows),
            )
        return True

    @_refusing
    def counts(self, spec: Spec) -> tuple[int, int]:
        """Count the finished cells of a sweep, and all of them."""
        done, total = self._db.execute(
            "SELECT coalesce(sum(done), 0), count(*) FROM grid JOIN cells USING (cell) "
            "WHERE spec = ?",
            (spec.digest,),
        ).fetchone()
        return done, total

    @_refusing
    def find(self, cell_id: str) -> Cell | None:
        """Return a cell by its identifier."""
        content = self._one("SELECT content FROM cells WHERE id = ?", (cell_id,))
        return None if content is None else Cell.of(content)

    @_refusing
    def rows_of(self, cell_id: str) -> list[dict[str, Any]]:
        """Return the rows of one cell; none if it is not finished."""
        return list(self._rows("FROM cells c WHERE id = ?", (cell_id,)))

    @_refusing
    def rows(self, spec: Spec | None = None) -> Iterator[dict[str, Any]]:
        """Iterate over finished rows, in the sweep's order, as mappings from column to value.

        Parameters
        ----------
        spec : Spec, optional
            Default: everything in the store, in the order in which cells were added.

        Raises
        ------
        InputError
            At a cell whose rows are not what was written.
        """
        if spec is None:
            return self._rows("FROM cells c ORDER BY cell")
        return self._rows(
            "FROM grid JOIN cells c USING (cell) WHERE grid.spec = ? ORDER BY position",
            (spec.digest,),
        )

    def _rows(self, source: str, values: Sequence[Any] = ()) -> Iterator[dict[str, Any]]:
        selected = f"SELECT cell, id, content, rigour, digest, done {source}"
        for key, cell_id, content, rigour, digest, done in self._db.execute(selected, values):
            if not done:
                continue
            found = self._db.execute(f"{_ROWS} WHERE cell = ? ORDER BY start", (key,)).fetchall()
            if Cell.of(content).id != cell_id or _digest(rigour, found) != digest:
                raise InputError("store", f"{self.path}: the file is damaged (cell {cell_id})")
            shared = {name: json.loads(content)[name] for name in _SHARED}
            for start, *row in found:
                named = dict(zip(_COLUMNS, row, strict=True))
                yield {"id": cell_id, "start": start, **shared, "rigour": rigour, **named}


_SHARED = ("depth", "width", "init", "loss", "step", "until", "seed", "engine")
_COLUMNS = ("outcome", "lower", "upper", "ln_steps", "error", "bound", "reason")
_ROWS = f"SELECT start, {', '.join(_COLUMNS)} FROM rows"  # noqa: S608


def _digest(rigour: str, rows: Iterable[Sequence[Any]]) -> str:
    """Digest the rows of a cell, each with its number first."""
    text = json.dumps([rigour, [list(row) for row in rows]], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _process_exists(process: int) -> bool:
    if os.name != "posix":
        return True  # there, a signal 0 would end it; the heartbeat decides
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
