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
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cached_property, partial
from importlib import resources
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

from numerics.loss import Loss
from numerics.problem import MAX_DEPTH
from numerics.starts import INITS
from numerics.sweeps.cells import Cell
from numerics.sweeps.engines import BOUNDS, ENGINES
from numerics.sweeps.networks import LAYER_INITS, PREFIX, TARGETS
from theory import files
from theory.dynamics.stopping import parse_stop
from theory.errors import InputError
from theory.exact import exact
from theory.names import nearest

MAX_BYTES, MAX_CELLS, MAX_GRIDS = 1_000_000, 200_000, 1_000
MAX_WIDTH, MAX_STARTS, MAX_ENTRIES = 4_096, 1_000_000, 200_000_000
MAX_SEED, MAX_STEPS, MAX_SECONDS, MAX_DIGITS = 2**63 - 1, 2**62, 10**7, 1_000
Reader = Callable[[Any, str], Any]


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
        data = tomllib.loads(text, parse_float=_decimal)
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


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # the exponent itself
        raise ValueError from None


def _grid(file: str, table: Mapping[str, Any]) -> Iterable[Cell]:
    for key in table:
        if key not in _READERS:
            known = ", ".join(_READERS)
            raise InputError(f"{file}: {key[:40]!r}", f"unknown key (known: {known}, grid)")
    axes = {}
    for key, read in _READERS.items():
        if key not in table and key not in _DEFAULTS:
            raise InputError(f"{file}: {key}", "is missing")
        where = f"{file}: {key}"
        values = [
            read(value, where) for value in _values(table.get(key, _DEFAULTS.get(key)), key, where)
        ]
        axes[key] = list(dict.fromkeys(values))
    if prod(len(values) for values in axes.values()) > MAX_CELLS:
        raise InputError(file, f"more than {MAX_CELLS} cells")
    for combination in product(*axes.values()):
        chosen = dict(zip(axes, combination, strict=True))
        cell = Cell(**{_FIELDS.get(key, key): value for key, value in chosen.items()})
        if why := ENGINES[cell.engine].refuses(cell):
            raise InputError(f"{file}: {why[0]}", why[1])
        if cell.starts * cell.depth * cell.width**2 > MAX_ENTRIES:
            raise InputError(f"{file}: starts", f"more than {MAX_ENTRIES} weights in one cell")
        yield cell


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
        _integer(0, MAX_SEED, bound, where)
    if by < 1 or high < low:
        raise InputError(where, "the range is empty")
    if (high - low) // by >= MAX_CELLS:
        raise InputError(where, f"more than {MAX_CELLS} values")
    return range(low, high + 1, by)


def _integer(low: int, high: int, value: Any, where: str) -> int:
    if type(value) is not int or not low <= value <= high:
        raise InputError(where, f"an integer from {low} to {high} is wanted, not {_brief(value)}")
    return value


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise InputError(where, f"text is wanted, not {_brief(value)}")
    return value


def _brief(value: Any) -> str:
    try:
        return str(value)[:40]
    except ValueError:  # Python's limit on the digits of an integer
        return "a number with thousands of digits"


def _named(known: Iterable[str], value: Any, where: str) -> str:
    if _text(value, where) not in known:
        listed = ", ".join(name for name in known if name)
        raise InputError(where, f"{value[:40]!r} is not one of {listed}")
    return str(value)


def _init(value: Any, where: str) -> str:
    kind, colon, scale = _text(value, where).partition(":")
    if value in _PLAIN_INITS:
        return str(value)
    if kind == "near-identity" and colon:
        spread = exact(scale, where)
        if 0 <= spread <= 10**6:
            return f"near-identity:{_written(spread, where)}"
    raise InputError(
        where, f"{value[:40]!r} is none of {', '.join((*_PLAIN_INITS, 'near-identity:S'))}"
    )


def _loss(value: Any, where: str) -> str:
    if _text(value, where).startswith(PREFIX):
        return _named(TARGETS, value, where)
    try:
        loss = Loss.of(value)
        loss.slope("arb")  # refuses a loss without a usable derivative
    except InputError as wrong:
        raise InputError(where, wrong.problem) from None
    return str(loss)


def _step(value: Any, where: str) -> str:
    step = exact(value, where)
    if step <= 0:
        raise InputError(where, "a positive step size is wanted")
    return _written(step, where)


def _seconds(value: Any, where: str) -> str | None:
    if value is None:
        return None
    seconds = exact(value, where)
    if not 0 < seconds <= MAX_SECONDS:
        raise InputError(where, f"seconds from 0 to {MAX_SECONDS} are wanted")
    return _written(seconds, where)


def _max_steps(value: Any, where: str) -> int:
    return _integer(0, MAX_STEPS, value, where)


def _written(value: Fraction, where: str) -> str:
    if max(abs(value.numerator), value.denominator) >= 10**MAX_DIGITS:
        raise InputError(where, f"the number has more than {MAX_DIGITS} digits")
    return decimal_text(value)


def decimal_text(value: Fraction) -> str:
    """Write a rational as a finite decimal where it is one, else as a ratio; exact either way."""
    rest, places = value.denominator, 0
    for factor in (2, 5):
        count = 0
        while rest % factor == 0:
            rest, count = rest // factor, count + 1
        places = max(places, count)
    if rest != 1 or places > 12:
        return str(value)
    digits = str(abs(value.numerator) * 10**places // value.denominator).zfill(places + 1)
    whole, fraction = digits[: len(digits) - places], digits[len(digits) - places :]
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{fraction}" if places else f"{sign}{whole}"


_PLAIN_INITS = tuple(dict.fromkeys(name for name in (*INITS, *LAYER_INITS) if ":" not in name))
_READERS: dict[str, Reader] = {
    "init": _init,
    "width": partial(_integer, 1, MAX_WIDTH),
    "depth": partial(_integer, 1, MAX_DEPTH),
    "loss": _loss,
    "step": _step,
    "until": lambda value, where: str(parse_stop(_text(value, where), where)),
    "engine": partial(_named, ENGINES),
    "seeds": partial(_integer, 0, MAX_SEED),
    "starts": partial(_integer, 1, MAX_STARTS),
    "bound": partial(_named, BOUNDS),
    "max-steps": _max_steps,
    "max-seconds": _seconds,
}
"""Key -> how one value is read; in the order in which cells are listed, the last fastest."""
_DEFAULTS = {"width": 1, "starts": 1, "bound": "", "max-steps": 1_000_000, "max-seconds": None}
_FIELDS = {"seeds": "seed", "max-steps": "max_steps", "max-seconds": "max_seconds"}
