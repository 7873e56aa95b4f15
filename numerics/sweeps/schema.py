"""What a store is made of, and how it is known to be whole.

SQLite notices when its own structure is broken, and not when a digit of a count is. So each
finished cell carries a *seal*, a digest of its identifier, its content and everything that was
found; and the store carries the number of seals and their sum, so that none can be missing. The
tables themselves must be spelled as they are here.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from numerics.sweeps.cells import Cell
from numerics.sweeps.engines import ENGINES
from theory import files
from theory.errors import InputError

APPLICATION_ID, SCHEMA_VERSION = 0x6C656D6D, 3
BUSY_SECONDS = 60.0
MAX_BYTES = 2**36
"""How large a store may be; 200,000 cells of one start each take a tenth of a gigabyte."""
SALVAGE = "lemmata sweep --salvage NEWFILE"
WAY_OUT = f"restore a copy, or copy what holds: {SALVAGE}"

COLUMNS = ("outcome", "lower", "upper", "ln_steps", "error", "bound", "reason")
"""What a row holds besides its cell and the number of its start."""

SCHEMA = """
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
    rigour TEXT,
    seconds REAL,
    seal TEXT,
    CHECK ((seal IS NULL) = (rigour IS NULL) AND (seal IS NULL) = (seconds IS NULL))
) STRICT;
CREATE TABLE total (finished INTEGER NOT NULL, seals TEXT NOT NULL) STRICT;
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
    coalesce(json_extract(c.content, '$.setting'), '') AS setting,
    c.rigour,
    r.outcome, r.lower, r.upper, r.ln_steps, r.error, r.bound, r.reason
FROM rows r JOIN cells c USING (cell);
"""

_SPELLED = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
# Text of JSON is the same on every machine; a double is written so that it reads back as itself.
# What is not text or a number cannot have been written by a store: it gets a digest, a wrong one.
_ENCODE = json.JSONEncoder(separators=(",", ":"), default=repr).encode
_SUM = 2**128
_MOST_RUNS = 2**62
"""How many runs no store has seen: SQLite counts them, and finds the disk full at twice that."""
_COUNT = re.compile("0|[1-9][0-9]*").fullmatch


def seal(
    cell_id: str, content: str, rigour: str, seconds: float, rows: Sequence[Sequence[Any]]
) -> str:
    """Digest a finished cell with its rows, each with its number first."""
    text = _ENCODE([cell_id, content, rigour, seconds, rows])
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def writable(cell: Cell, rigour: str, seconds: float, rows: Sequence[Sequence[Any]]) -> bool:
    """Whether a run can have written a finished cell, its rows with their numbers first.

    A seal says that a cell is as it was written, and not by whom.
    """
    engine = ENGINES.get(cell.engine)
    return (
        engine is not None
        and rigour == engine.rigour
        and 0 <= seconds < math.inf
        and [start for start, *_ in rows] == list(range(cell.starts))
        and all(_sayable(cell, row) for row in rows)
    )


def _sayable(cell: Cell, row: Sequence[Any]) -> bool:
    """Whether an engine can have said this of one start."""
    _, outcome, lower, upper, ln_steps, error, bound, reason = row
    if not all(_COUNT(n) for n in (lower, upper, bound) if n is not None):
        return False
    if (bound is not None) != bool(cell.bound):
        return False
    if None not in (lower, upper) and (len(lower), lower) > (len(upper), upper):
        return False
    if outcome == "reached":  # by an estimate, which has an error and no bounds, or between two
        if ln_steps is None or (lower is None) != (upper is None):
            return False
        if lower is None:
            return error is not None and 0 <= error < math.inf
        return error is None and math.isclose(ln_steps, _logarithm(lower), abs_tol=1e-12)
    return bool(reason) and error is None and (outcome != "never" or upper is None)


def _logarithm(count: str) -> float:
    """Return ln N from the first digits: Python reads no integer of more than a few thousand."""
    head = int(count[:18])
    return math.log(head) + math.log(10) * len(count[18:]) if head else -math.inf


def added(total: str, seals: Iterable[str]) -> str:
    """Add seals to a sum of seals; the order does not matter."""
    return f"{(int(total, 16) + sum(int(one, 16) for one in seals)) % _SUM:032x}"


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn what SQLite says about a file into one line."""
    try:
        yield
    except sqlite3.Error as wrong:
        raise InputError("store", f"{path}: {_complaint(wrong)}") from None
    except UnicodeDecodeError:  # in what SQLite says, where it quotes the file
        raise damaged(path, "it is not text where it should be") from None


def _complaint(wrong: sqlite3.Error) -> str:
    match getattr(wrong, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF:
        case sqlite3.SQLITE_NOTADB:
            return "the file is not a sweep store of lemmata"
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_CONSTRAINT:
            return f"the file is damaged ({wrong}); {WAY_OUT}"
        case sqlite3.SQLITE_BUSY:
            return f"another process has held the file for {BUSY_SECONDS:.0f} s"
        case sqlite3.SQLITE_FULL:
            return "the disk is full; finished rows are kept, and a rerun goes on"
        case sqlite3.SQLITE_READONLY:
            return "the file or its folder cannot be written"
    return f"the file cannot be used ({wrong})"


def damaged(path: Path, what: str) -> InputError:
    """The refusal of a file that is not as it was written."""
    return InputError("store", f"{path}: the file is damaged ({what[:80]}); {WAY_OUT}")


def ordinary(path: Path, argument: str = "store") -> bool:
    """Whether the file is there; it is refused if it, or what SQLite has beside it, is no file.

    SQLite opens these itself, and would wait for the other end of a FIFO.
    """
    there, *_ = (
        files.ordinary(Path(f"{path}{end}"), argument, MAX_BYTES)
        for end in ("", "-journal", "-wal", "-shm")
    )
    return there


def is_store(db: sqlite3.Connection, path: Path) -> bool:
    """Whether the file is a store; False if it is empty.

    Raises
    ------
    InputError
        If it is anything else.
    """
    ((mark,),) = db.execute("PRAGMA application_id")
    ((version,),) = db.execute("PRAGMA user_version")
    if mark == APPLICATION_ID:
        if version == SCHEMA_VERSION:
            return True
        if version < 1:
            raise damaged(path, "it has no schema number")
        if version < SCHEMA_VERSION:
            which = f"an earlier lemmata; to go on in a new file: {SALVAGE}"
        else:
            which = f"a later lemmata; this one reads schema {SCHEMA_VERSION}"
        raise InputError("store", f"{path}: has schema {version}, of {which}")
    ((tables,),) = db.execute("SELECT count(*) FROM sqlite_schema")
    if mark or version or tables:
        raise InputError("store", f"{path}: the file is not a sweep store of lemmata")
    return False


def create(db: sqlite3.Connection) -> None:
    """Make an empty database a store, within a transaction of the caller."""
    for command in SCHEMA.split(";\n"):
        db.execute(command)
    db.execute("INSERT INTO total VALUES (0, ?)", (added("0", ()),))
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


@cache
def _spelling() -> list[tuple[Any, ...]]:
    db = sqlite3.connect(":memory:")
    try:
        create(db)
        return db.execute(_SPELLED).fetchall()
    finally:
        db.close()


def check(db: sqlite3.Connection, path: Path) -> None:
    """Check that a store is whole: its tables, its structure, and that no seal is missing.

    That the rows are those that were sealed is checked whenever they are read.

    Raises
    ------
    InputError
        One line, for a store that is damaged.
    """
    if db.execute(_SPELLED).fetchall() != _spelling():
        raise damaged(path, "its tables are not those of a store")
    ((found,),) = db.execute("PRAGMA integrity_check(1)")
    if found != "ok":
        raise damaged(path, found)
    counted = db.execute("SELECT name, seq FROM sqlite_sequence").fetchall()
    if not all(
        name == "runs" and type(most) is int and 0 <= most < _MOST_RUNS for name, most in counted
    ):
        raise damaged(path, "its runs are counted wrongly")
    ((last,),) = db.execute("SELECT coalesce(max(run), 0) FROM runs")
    if last >= _MOST_RUNS:
        raise damaged(path, "its runs are numbered wrongly")
    db.execute("BEGIN")  # one view of both, while others may be at work
    try:
        noted = db.execute("SELECT finished, seals FROM total").fetchall()
        seals = [one for (one,) in db.execute("SELECT seal FROM cells WHERE seal IS NOT NULL")]
    finally:
        db.execute("COMMIT")
    try:
        whole = noted == [(len(seals), added("0", seals))]
    except ValueError:  # not even digits
        whole = False
    if not whole:
        raise damaged(path, "finished cells are missing or altered")
