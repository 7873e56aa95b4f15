"""No argument of a command names the file of another: what is written replaces what is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from proofs.options import drawing, spelled
from theory.errors import InputError


def distinct(context: click.Context) -> None:
    """Refuse two arguments with one ordinary file, of which one at least is a path.

    Raises
    ------
    InputError
        Names both.
    """
    seen: dict[Path, tuple[str, bool, str]] = {}
    for parameter in context.command.params:
        name = parameter.name or ""
        value = context.params.get(name)
        for one in value if isinstance(value, tuple | list) else (value,):
            for found in _paths(parameter, one):
                known, path = seen.get(found), isinstance(one, Path)
                if known is None:
                    seen[found] = name, path, spelled(parameter)
                elif known[0] != name and (path or known[1]):
                    said = f"{str(one)[:100]!r} is also what {known[2]} names"
                    raise InputError(spelled(parameter), said)


def _paths(parameter: click.Parameter, value: object) -> Iterator[Path]:
    """The files that a value stands for: of a figure it is two, whatever its suffix."""
    named = [value]
    if parameter.callback is drawing and isinstance(value, Path):
        from numerics.figures.style import paths

        named += paths(value, spelled(parameter))
    yield from (path for one in named if (path := _path(one)) is not None)


def _path(value: object) -> Path | None:
    """The file that a path, or a reference ``FILE::NAME``, names; none for devices and pipes."""
    text = value.split("::")[0] if isinstance(value, str) else value
    if not isinstance(text, str | Path) or not str(text):
        return None
    try:
        path = Path(text).resolve()
        if path.is_file() or (isinstance(text, Path) and not path.exists()):
            return path
    except (OSError, ValueError, RuntimeError):  # whoever opens it says what is wrong
        pass
    return None
