"""Rows of a sweep as Parquet or CSV: one line per start, in the order of the sweep file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from numerics.sweeps.files import replacing
from theory.errors import InputError
from theory.files import ordinary

SUFFIXES = (".parquet", ".csv")
_BATCH = 10_000


def export(rows: Iterable[Mapping[str, Any]], path: str | Path) -> int:
    """Write rows to a file; nothing in it depends on when or where they were computed.

    Parameters
    ----------
    rows : iterable of mappings
        From :meth:`numerics.sweeps.store.Store.rows`.
    path : str or Path
        ``.parquet`` or ``.csv``. Counts are text, as they have any number of digits; missing
        values are nulls (empty in CSV). An existing file is replaced when all is written. In CSV
        a text that a spreadsheet would run as a formula has an apostrophe before it.

    Returns
    -------
    int
        How many rows.

    Raises
    ------
    InputError
        For another suffix, or a file that cannot be written.
    """
    import pyarrow as pa  # type: ignore[import-untyped]

    path = check_path(path)
    schema = pa.schema(
        [
            *((name, pa.string()) for name in ("id",)),
            *((name, pa.int64()) for name in ("start", "depth", "width")),
            *((name, pa.string()) for name in ("init", "loss", "step", "until")),
            ("seed", pa.int64()),
            *((name, pa.string()) for name in ("engine", "setting", "rigour", "outcome")),
            *((name, pa.string()) for name in ("lower", "upper")),
            *((name, pa.float64()) for name in ("ln_steps", "error")),
            *((name, pa.string()) for name in ("bound", "reason")),
        ]
    )
    written, source = 0, iter(rows)
    with (
        replacing(path, "export") as beside,
        beside.open("wb") as sink,  # pyarrow opens no name that is not UTF-8
        _writer(sink, path.suffix, schema) as writer,
    ):
        while batch := list(islice(source, _BATCH)):
            table = pa.Table.from_pylist(batch, schema)
            writer.write_table(_as_text(table) if path.suffix == ".csv" else table)
            written += len(batch)
    return written


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
    ordinary(path, "export", sys.maxsize)  # it is replaced, however large it is
    return path


def _as_text(table: Any) -> Any:
    """Mark the texts that a spreadsheet would take for formulas, and that are not numbers."""
    import pyarrow as pa
    from pyarrow import compute

    for i, field in enumerate(table.schema):
        if field.type == pa.string():
            column = table.column(i)
            formula = compute.match_substring_regex(column, r"^[=+\-@\t\r]")
            number = compute.match_substring_regex(column, r"^[+-]?[0-9]+(\.[0-9]+)?$")
            marked = compute.binary_join_element_wise("'", column, "")
            run = compute.and_(formula, compute.invert(number))
            table = table.set_column(i, field, compute.if_else(run, marked, column))
    return table


def _writer(sink: BinaryIO, suffix: str, schema: Any) -> Any:
    from pyarrow import csv, parquet

    if suffix == ".csv":
        return csv.CSVWriter(sink, schema)
    return parquet.ParquetWriter(sink, schema)
