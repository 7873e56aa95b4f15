"""The sweep file: a TOML table of axes and limits, read exactly, checked before anything runs.

::

    depth = {from = 2, to = 14}                    # or 7, or [2, 3, 5]
    init = ["gaussian", "near-identity:0.2"]
    loss = "(p+1)**2/2"
    step = 0.05                                    # exactly 1/20
    until = "abs(p+1) <= 1/2"
    seeds = 30                                     # 0 to 29, or a list
    engine = "certified"

Every key takes one value or a list; the cells are all combinations. Optional: ``width`` (1),
``starts`` (1, starts per cell), ``bound`` (``"box"``), ``max-steps``, ``max-seconds``. Tables
``[[grid]]`` each make a grid of their own, from the keys above them and their own.

The certified engine takes other settings too. ``step = "0.1:1000,0.01"`` is a schedule,
``loss = [["f", "g"]]`` every order of two losses; ``until`` may be joined by ``and`` and ``or``;
``residual = true``, ``decay``, ``momentum`` and ``noise`` are numbers (0: none), and ``clip`` a
positive one (``"none"``: none). A
``target = "4,2,1"`` takes the place of ``loss`` and ``until``: a cell for each singular value,
until it is learned to a share ``within`` (1/10), and one for all of them.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import resources
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

from numerics.sweeps import setting
from numerics.sweeps.cells import Cell
from numerics.sweeps.engines import ENGINES
from numerics.sweeps.values import DEFAULTS, MAX_SEED, READERS, integer
from theory import files
from theory.errors import InputError
from theory.names import nearest

MAX_BYTES, MAX_CELLS, MAX_GRIDS = 1_000_000, 200_000, 1_000
MAX_ENTRIES = 200_000_000


@dataclass(frozen=True)
class Spec:
    """A sweep: its cells in the order of the file.

    Attributes
    ----------
    name : str
        The file's stem.
    text : str
        The file.
    cells : tuple of Cell
        Without repetition.
    """

    name: str
    text: str
    cells: tuple[Cell, ...]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The identifiers of the cells, in the same order."""
        return tuple(cell.id for cell in self.cells)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the identifiers in order: the same sweep, however the file spells it."""
        return hashlib.sha256("\n".join(self.ids).encode()).hexdigest()


def load(file: str | Path) -> Spec:
    """Read a sweep from a TOML file, or a shipped example by its name.

    Parameters
    ----------
    file : str or Path
        A path; or a name from :func:`examples`, without suffix.

    Raises
    ------
    InputError
        One line that names the file and the key.
    """
    path, name = Path(file), str(file)
    if name in examples() and not path.exists():
        shipped = resources.files("numerics.sweeps") / "examples" / f"{name}.toml"
        return parse(shipped.read_text("utf-8"), name)
    try:
        text = files.text(path, MAX_BYTES)
    except InputError as wrong:
        meant = nearest(name, examples())
        raise InputError(name, f"{wrong.problem}{meant}") from None
    return parse(text, name)


def examples() -> tuple[str, ...]:
    """Name the sweeps that are shipped."""
    folder = resources.files("numerics.sweeps") / "examples"
    return tuple(sorted(f.name[:-5] for f in folder.iterdir() if f.name.endswith(".toml")))


def parse(text: str, file: str = "sweep") -> Spec:
    """Read a sweep from TOML text.

    Parameters
    ----------
    text : str
        See this module's docstring.
    file : str
        The name to put in front of an error message.

    Raises
    ------
    InputError
        One line that names the file and the key.
    """
    try:
        data = files.toml(text)
    except (tomllib.TOMLDecodeError, RecursionError) as wrong:
        raise InputError(file, f"is not TOML: {wrong}") from None
    except ValueError:  # Python's limits on the digits of a number
        raise InputError(file, "a number in it has thousands of digits") from None
    blocks = data.pop("grid", [{}])
    if not isinstance(blocks, list) or not all(isinstance(b, dict) for b in blocks):
        raise InputError(f"{file}: grid", "tables [[grid]] are wanted")
    if not 1 <= len(blocks) <= MAX_GRIDS:
        raise InputError(f"{file}: grid", f"1 to {MAX_GRIDS} tables are wanted")
    cells: dict[Cell, None] = {}  # equal cells have equal content, as all of it is canonical
    for block in blocks:
        cells.update(dict.fromkeys(_grid(file, {**data, **block})))
        if len(cells) > MAX_CELLS:
            raise InputError(file, f"more than {MAX_CELLS} cells")
    return Spec(Path(file).stem, text, tuple(cells))


def _grid(file: str, table: Mapping[str, Any]) -> Iterable[Cell]:
    for key in table:
        if key not in READERS:
            known = ", ".join(READERS)
            raise InputError(f"{file}: {key[:40]!r}", f"unknown key (known: {known}, grid)")
    axes: dict[str, list[Any]] = {}
    modes = "target" in table
    for key in _MODAL if modes else ("within",):
        if key in table:
            raise InputError(f"{file}: {key}", _TAKEN if modes else "it goes with target")
    for key, read in READERS.items():
        if modes and key in _MODAL:
            axes[key] = [""]
            continue
        if key not in table and key not in DEFAULTS:
            raise InputError(f"{file}: {key}", "is missing")
        where = f"{file}: {key}"
        values = [
            read(value, where) for value in _values(table.get(key, DEFAULTS.get(key)), key, where)
        ]
        axes[key] = list(dict.fromkeys(values))
    if prod(len(values) for values in axes.values()) > MAX_CELLS:
        raise InputError(file, f"more than {MAX_CELLS} cells")
    for cell in _cells(axes):
        if why := ENGINES[cell.engine].refuses(cell):
            raise InputError(f"{file}: {why[0]}", why[1])
        if cell.starts * cell.depth * cell.width**2 > MAX_ENTRIES:
            raise InputError(f"{file}: starts", f"more than {MAX_ENTRIES} weights in one cell")
        yield cell


def _cells(axes: Mapping[str, Sequence[Any]]) -> Iterator[Cell]:
    for combination in product(*axes.values()):
        chosen = dict(zip(axes, combination, strict=True))
        target, within = chosen.pop("target"), chosen.pop("within")
        changed = setting.text_of({key: chosen.pop(key) for key in setting.KEYS})
        named = {_FIELDS.get(key, key): value for key, value in chosen.items()}
        whole = Cell(**named, setting=changed)
        pairs = setting.problems(target, within) if target else [(whole.loss, whole.until)]
        for loss, until in pairs:
            yield replace(whole, loss=loss, until=until)


def _values(value: Any, key: str, where: str) -> Iterable[Any]:
    """Spread one entry of the file into the values of its axis."""
    if key == "seeds" and isinstance(value, int) and not isinstance(value, bool):
        if not 1 <= value <= MAX_CELLS:
            raise InputError(
                where, f"a number of seeds from 1 to {MAX_CELLS}, or a list, is wanted"
            )
        return range(value)
    if isinstance(value, dict):
        return _range(value, key, where)
    if not isinstance(value, list):
        return [value]
    if not value:
        raise InputError(where, "an empty list")
    if len(value) > MAX_CELLS:
        raise InputError(where, f"more than {MAX_CELLS} values")
    return value


def _range(value: Mapping[str, Any], key: str, where: str) -> Iterable[int]:
    if key not in ("depth", "width", "seeds"):
        raise InputError(where, "a value or a list is wanted, not a table")
    if not {"from", "to"} <= set(value) <= {"from", "to", "by"}:
        raise InputError(where, "a range is written {from = 2, to = 14} or with by = 3 too")
    low, high, by = (value.get(name, 1) for name in ("from", "to", "by"))
    for bound in (low, high, by):
        integer(0, MAX_SEED, bound, where)
    if by < 1 or high < low:
        raise InputError(where, "the range is empty")
    if (high - low) // by >= MAX_CELLS:
        raise InputError(where, f"more than {MAX_CELLS} values")
    return range(low, high + 1, by)


_MODAL, _TAKEN = ("loss", "until"), "target takes its place"
_FIELDS = {"seeds": "seed", "max-steps": "max_steps", "max-seconds": "max_seconds"}
