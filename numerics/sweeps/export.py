"""Rows of a sweep as Parquet or CSV: one line per start, in the order of the sweep file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from theory.errors import InputError

SUFFIXES = (".parquet", ".csv")
_BATCH = 50_000


def export(rows: Iterable[Mapping[str, Any]], path: str | Path) -> int:
    """Write rows to a file; nothing in it depends on when or where they were computed.

    Parameters
    ----------
    rows : iterable of mappings
        From :meth:`numerics.sweeps.store.Store.rows`.
    path : str or Path
        ``.parquet`` or ``.csv``. Counts are text, as they have any number of digits; missing
        values are nulls (empty in CSV). An existing file is replaced when all is written.

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
            *((name, pa.string()) for name in ("engine", "rigour", "outcome", "lower", "upper")),
            *((name, pa.float64()) for name in ("ln_steps", "error")),
            *((name, pa.string()) for name in ("bound", "reason")),
        ]
    )
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    written, source = 0, iter(rows)
    try:
        with _writer(beside, path.suffix, schema) as writer:
            while batch := list(islice(source, _BATCH)):
                writer.write_table(pa.Table.from_pylist(batch, schema))
                written += len(batch)
        beside.replace(path)
    except OSError as wrong:
        raise InputError("export", f"{path}: {wrong.strerror or wrong}") from None
    finally:
        beside.unlink(missing_ok=True)
    return written


def check_path(path: str | Path) -> Path:
    """Take a path to write to.

    Raises
    ------
    InputError
        For a suffix other than :data:`SUFFIXES`.
    """
    path = Path(path)
    if path.suffix not in SUFFIXES:
        raise InputError("export", f"{path}: a file .parquet or .csv is wanted")
    return path


def _writer(path: Path, suffix: str, schema: Any) -> Any:
    from pyarrow import csv, parquet

    if suffix == ".csv":
        return csv.CSVWriter(path, schema)
    return parquet.ParquetWriter(path, schema)
