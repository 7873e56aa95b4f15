"""The store: one SQLite file with every cell, who is working on it, and its rows once finished.

A cell is finished in one transaction, rows and all; killing a process at any moment loses at most
the cells that it was working on. A *run* is a process that works on the store; it claims cells
before it works on them and shows a heartbeat. Claims of a run whose heartbeat has stopped for
:data:`LEASE` seconds, or whose process on this machine is gone, are void.

Which cells a sweep has, and in which order, is in its file and not in the store. What is read is
what was written, or is refused: see :mod:`numerics.sweeps.schema`.
"""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import wraps
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any, TypeVar, cast

from numerics.sweeps import schema
from numerics.sweeps.cells import Cell, id_of
from numerics.sweeps.engines import Result
from numerics.sweeps.schema import COLUMNS, damaged, refusing
from numerics.sweeps.spec import Spec
from theory.errors import InputError

LEASE = 60.0
Finished = tuple[str, str, str, float, Sequence[Sequence[Any]]]
"""A cell as it is kept: identifier, content, rigour, seconds, and rows with their numbers first."""
_SHARED = ("depth", "width", "init", "loss", "step", "until", "seed", "engine", "setting")
_shared = attrgetter(*_SHARED)
# Where a cell has lost its rows, one that is all nulls comes in their place, and fits no seal.
_READ = f"""
SELECT {{at}}, c.seal, c.id, c.content, c.rigour, c.seconds, r.start, {", ".join(COLUMNS)}
FROM {{source}} LEFT JOIN rows r USING (cell)
WHERE c.seal IS NOT NULL ORDER BY {{at}}, r.start
"""  # noqa: S608
_HEAD = 6  # columns of the cell, before those of the row
_BATCH = 1_000
_Method = TypeVar("_Method", bound=Callable[..., Any])


def _refusing(method: _Method) -> _Method:
    @wraps(method)
    def wrapped(self: Store, *args: Any, **kwargs: Any) -> Any:
        with refusing(self.path):
            return method(self, *args, **kwargs)

    return cast(_Method, wrapped)


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
        For a file that is absent (and may not be created), damaged, foreign, made by another
        version, or cannot be written.
    """

    def __init__(self, path: str | Path, create: bool = True) -> None:
        self.path = Path(path)
        self.run: int | None = None
        if not schema.ordinary(self.path) and not create:
            raise InputError("store", f"{path}: no such file")
        with refusing(self.path):
            seconds = schema.BUSY_SECONDS
            # Not by its bare name: ":memory:" would be no file.
            place = self.path.absolute()
            self._db = sqlite3.connect(place, timeout=seconds, isolation_level=None)
            try:
                self._open()
            except BaseException:
                self._db.close()
                raise

    def _open(self) -> None:
        # Look before touching: a file that is not ours stays as it is.
        if not schema.is_store(self._db, self.path):
            with self._transaction():
                if not schema.is_store(self._db, self.path):  # nobody else made it in the meantime
                    schema.create(self._db)
        schema.check(self._db, self.path)
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    @_refusing
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
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # a full disk has ended it already
                self._db.execute("ROLLBACK")
            raise

    @_refusing
    def add(self, spec: Spec) -> int:
        """Add those cells of a sweep that are not here yet.

        Returns
        -------
        int
            How many cells are new to the store.
        """
        with self._transaction():
            known = {cell_id for (cell_id,) in self._db.execute("SELECT id FROM cells")}
            new = [
                (cell_id, cell.content)
                for cell_id, cell in zip(spec.ids, spec.cells, strict=True)
                if cell_id not in known
            ]
            self._db.executemany("INSERT INTO cells (id, content) VALUES (?, ?)", new)
        return len(new)

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

    def leave(self) -> None:
        """Give back what this run has claimed and not finished."""
        if self.run is None:
            return
        # Where the disk is full, say, nothing can be given back; it is void with this process.
        with suppress(sqlite3.Error), self._transaction():
            self._db.execute("UPDATE cells SET run = NULL WHERE run = ?", (self.run,))
            self._db.execute("DELETE FROM runs WHERE run = ?", (self.run,))
        self.run = None

    @_refusing
    def open_cells(self, spec: Spec) -> list[tuple[int, Cell]]:
        """List the unfinished cells of a sweep in its order, whoever has claimed them."""
        found = dict(self._db.execute("SELECT id, cell FROM cells WHERE seal IS NULL"))
        both = zip(spec.ids, spec.cells, strict=True)
        return [(found[cell_id], cell) for cell_id, cell in both if cell_id in found]

    @_refusing
    def claim(self, key: int) -> bool:
        """Claim an unfinished cell that no living run has claimed."""
        with self._transaction():
            found = self._db.execute(
                "SELECT run FROM cells WHERE cell = ? AND seal IS NULL", (key,)
            )
            row = found.fetchone()
            if row is None or (row[0] is not None and row[0] != self.run and self._alive(row[0])):
                return False
            self._db.execute("UPDATE cells SET run = ? WHERE cell = ?", (self.run, key))
        return True

    def _alive(self, run: int) -> bool:
        found = self._db.execute("SELECT host, process, heartbeat FROM runs WHERE run = ?", (run,))
        row = found.fetchone()
        if row is None or abs(time.time() - row[2]) > LEASE:
            return False  # nor does a clock that is far ahead keep a claim for ever
        return row[0] != platform.node() or _process_exists(row[1])

    @_refusing
    def finish(self, key: int, result: Result) -> bool:
        """Write the rows of a cell, all or nothing.

        Returns
        -------
        bool
            False if another run has finished the cell first; nothing is written then.
        """
        rows = [(i, *(getattr(r, name) for name in COLUMNS)) for i, r in enumerate(result.rows)]
        with self._transaction():
            unfinished = "SELECT id, content FROM cells WHERE cell = ? AND seal IS NULL"
            found = self._db.execute(unfinished, (key,)).fetchone()
            if found is None:
                return False
            self._seal(key, (*found, result.rigour, result.seconds, rows))
        return True

    @_refusing
    def adopt(self, cells: Iterable[Finished]) -> int:
        """Take finished cells as another store held them, all or nothing; see ``salvage``.

        Returns
        -------
        int
            How many.
        """
        before = self._one("SELECT finished FROM total")
        with self._transaction():
            for cell in cells:
                added = "INSERT INTO cells (id, content) VALUES (?, ?)"
                key = self._db.execute(added, cell[:2]).lastrowid
                assert key is not None
                self._seal(key, cell)
            taken: int = self._one("SELECT finished FROM total") - before
        return taken

    def _seal(self, key: int, cell: Finished) -> None:
        cell_id, content, rigour, seconds, rows = cell
        if id_of(content) != cell_id:
            raise damaged(self.path, f"cell {cell_id!s:.40}")
        mark = schema.seal(*cell)
        self._db.execute(
            "UPDATE cells SET run = NULL, rigour = ?, seconds = ?, seal = ? WHERE cell = ?",
            (rigour, seconds, mark, key),
        )
        places = ", ".join("?" * (2 + len(COLUMNS)))
        self._db.executemany(
            f"INSERT INTO rows VALUES ({places})",  # noqa: S608
            ((key, *row) for row in rows),
        )
        before = self._one("SELECT seals FROM total")
        self._db.execute(
            "UPDATE total SET finished = finished + 1, seals = ?", (schema.added(before, (mark,)),)
        )

    @_refusing
    def counts(self, spec: Spec) -> tuple[int, int]:
        """Count the finished cells of a sweep, and all of them."""
        found = self._db.execute("SELECT id FROM cells WHERE seal IS NOT NULL")
        finished = {cell_id for (cell_id,) in found}
        return sum(cell_id in finished for cell_id in spec.ids), len(spec.ids)

    @_refusing
    def find(self, cell_id: str) -> Cell | None:
        """Return a cell by its identifier."""
        content = self._one("SELECT content FROM cells WHERE id = ?", (cell_id,))
        return None if content is None else self._cell(cell_id, content)

    def _cell(self, cell_id: str, content: str) -> Cell:
        try:
            if id_of(content) == cell_id:
                return Cell.of(content)
        except (ValueError, RecursionError):  # sealed, and written by something else
            pass
        raise damaged(self.path, f"cell {cell_id!s:.40}")

    def rows_of(self, cell_id: str) -> list[dict[str, Any]]:
        """Return the rows of one cell; none if it is not finished."""
        return list(self._rows(self._sealed((cell_id,))))

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
            return self._rows(self._sealed(None))
        return self._rows(self._sealed(spec.ids), spec.cells)

    def _sealed(self, ids: Sequence[str] | None) -> Iterator[tuple[Any, ...]]:
        """Read finished cells with their rows as they are, in the order of their identifiers."""
        if ids is None:
            everything = self._db.execute(_READ.format(at="c.cell", source="cells c"))
            yield from (line for line in everything)  # it may be left unread when all is closed
            return
        chosen = _READ.format(at="w.key", source="json_each(?) w JOIN cells c ON c.id = w.value")
        for first in range(0, len(ids), _BATCH):
            found = self._db.execute(chosen, (json.dumps(ids[first : first + _BATCH]),))
            yield from ((first + at, *rest) for at, *rest in found)

    def _rows(
        self, found: Iterator[tuple[Any, ...]], cells: Sequence[Cell] | None = None
    ) -> Iterator[dict[str, Any]]:
        """Compare each cell with its seal; ``cells`` are known already where they are given."""
        with refusing(self.path):
            for at, lines in groupby(found, itemgetter(0)):
                first, *more = lines
                _, mark, cell_id, content, rigour, seconds, *row = first
                rows = [row, *(line[_HEAD:] for line in more)]
                if schema.seal(cell_id, content, rigour, seconds, rows) != mark:
                    raise damaged(self.path, f"cell {cell_id!s:.40}")
                cell = self._cell(cell_id, content) if cells is None else cells[at]
                if cell.content != content or not schema.writable(cell, rigour, seconds, rows):
                    raise damaged(self.path, f"cell {cell_id!s:.40}")
                shared = dict(zip(_SHARED, _shared(cell), strict=True))
                for start, *values in rows:
                    named = zip(COLUMNS, values, strict=True)
                    yield {"id": cell_id, "start": start, **shared, "rigour": rigour, **dict(named)}


def _process_exists(process: int) -> bool:
    if os.name != "posix":
        return True  # there, a signal 0 would end it; the heartbeat decides
    if process <= 0:  # a group of them, and no run
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):  # a number that none has
        return False
    except PermissionError:
        return True
    return True
