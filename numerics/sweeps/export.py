"""Rows of a sweep as Parquet or CSV: one line per start, in the order of the sweep file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from numerics.sweeps.files import replacing
from theory.errors import InputError
from theory.files import replaceable

SUFFIXES = (".parquet", ".csv")
COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("id",), "string"),
    **dict.fromkeys(("start", "depth", "width"), "int64"),
    **dict.fromkeys(("init", "loss", "step", "until"), "string"),
    **dict.fromkeys(("seed",), "int64"),
    **dict.fromkeys(("engine", "setting", "rigour", "outcome", "lower", "upper"), "string"),
    **dict.fromkeys(("ln_steps", "error"), "float64"),
    **dict.fromkeys(("bound", "reason"), "string"),
}
"""Name -> type; counts are text, as they have any number of digits."""
_BATCH = 1_000
_FORMULA = re.compile(r"[\s\0\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫−]|[\t\r\n]")
"""How a text begins that a spreadsheet would run, if it is no number; some drop what is not seen,
and in some languages wide signs are signs."""
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def export(rows: Iterable[Mapping[str, Any]], path: str | Path) -> int:
    """Write rows to a file; nothing in it depends on when or where they were computed.

    A few rows are held at a time, however many there are.

    Parameters
    ----------
    rows : iterable of mappings
        From :meth:`numerics.sweeps.store.Store.rows`.
    path : str or Path
        ``.parquet`` or ``.csv``. Missing values are nulls (empty in CSV). An existing file is
        replaced when all is written. In CSV a text that a spreadsheet would run as a formula has
        an apostrophe before it.

    Returns
    -------
    int
        How many rows.

    Raises
    ------
    InputError
        For another suffix, or a file that cannot be written.
    """
    path = check_path(path)
    write = _csv if path.suffix == ".csv" else _parquet
    # The file is opened here: pyarrow opens no name that is not UTF-8.
    with replacing(path, "export") as beside, beside.open("wb") as sink:
        return sum(write(sink, rows))


def check_path(path: str | Path) -> Path:
    """Take a path to write to.

    Raises
    ------
    InputError
        For a suffix other than :data:`SUFFIXES`, a folder that is not there, and for what is there
        and is no ordinary file.
    """
    path = Path(path)
    if path.suffix not in SUFFIXES:
        raise InputError("export", f"{path}: a file .parquet or .csv is wanted")
    if not path.parent.is_dir():
        raise InputError("export", f"{path}: No such file or directory")
    replaceable(path, "export")
    return path


def _csv(sink: BinaryIO, rows: Iterable[Mapping[str, Any]]) -> Iterator[int]:
    """Quote every text, so that what is empty without quotes is a null; say 1 for each row."""
    sink.write((",".join(map(_field, COLUMNS)) + "\n").encode())
    for row in rows:
        sink.write((",".join(_field(row[name]) for name in COLUMNS) + "\n").encode())
        yield 1


def _field(value: str | float | None) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return repr(value)  # a double reads back as the same one
    formula = _FORMULA.match(value) and not _NUMBER.fullmatch(value)
    marked = f"'{value}" if formula else value
    return '"' + marked.replace('"', '""') + '"'


def _parquet(sink: BinaryIO, rows: Iterable[Mapping[str, Any]]) -> Iterator[int]:
    """Write batches, and say how many rows each has."""
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyarrow import parquet

    schema, source = pa.schema(list(COLUMNS.items())), iter(rows)
    with parquet.ParquetWriter(sink, schema) as writer:
        while batch := list(islice(source, _BATCH)):
            writer.write_table(pa.Table.from_pylist(batch, schema))
            yield len(batch)
