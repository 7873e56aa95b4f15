"""No argument of a command names the file of another: what is written replaces what is there."""

from __future__ import annotations

from functools import wraps
from pathlib import Path

import click

from theory.errors import InputError


def distinct(command: click.Command) -> None:
    """Have a command refuse two arguments with one file, before it runs and however often loaded.

    Parameters
    ----------
    command : click.Command
        Its callback is replaced, once; then it raises InputError that names both arguments.
    """
    callback = command.callback
    if callback is None or hasattr(callback, "distinct"):
        return

    @wraps(callback)
    def looked_at(*args: object, **kwargs: object) -> object:
        _look(click.get_current_context())
        return callback(*args, **kwargs)

    looked_at.distinct = True  # type: ignore[attr-defined]
    command.callback = looked_at


def _look(context: click.Context) -> None:
    """Refuse two arguments with one ordinary file, of which one at least is a path."""
    seen: dict[Path, tuple[str, bool, str]] = {}
    for parameter in context.command.params:
        name = parameter.name or ""
        value = context.params.get(name)
        for one in value if isinstance(value, tuple | list) else (value,):
            found = _path(one)
            if found is None:
                continue
            known, path = seen.get(found), isinstance(one, Path)
            if known is None:
                seen[found] = name, path, max(parameter.opts, key=len).lstrip("-")
            elif known[0] != name and (path or known[1]):
                shown = max(parameter.opts, key=len).lstrip("-")
                raise InputError(shown, f"{str(one)[:100]!r} is also what {known[2]} names")


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
