"""Callbacks of options that several commands share: refused before anything is computed."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from proofs.budgets import MEMORY_MB, allow_files, limit_memory, seconds
from theory import exact
from theory.errors import InputError
from theory.files import replaceable
from theory.names import nearest


class Choice(click.Choice[str]):
    """One of a few words; a word that is none of them is answered by the nearest."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(tuple(words))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Accept a word, or say which ones there are."""
        if value in self.choices:
            return str(value)
        option = "option" if param is None else spelled(param)
        known = f" (known: {', '.join(self.choices)})"
        raise InputError(
            option, f"no {str(value)[:60]!r}{nearest(str(value), self.choices)}{known}"
        )


def spelled(parameter: click.Parameter) -> str:
    """What a parameter is called where it is typed or shown: ``--script``, ``FILE``.

    Of several long names, old ones follow: the first is its name.
    """
    if isinstance(parameter, click.Option):
        return next((o for o in parameter.opts if o.startswith("--")), parameter.opts[0])
    first = re.search(r"\w+", parameter.metavar or "")
    return first[0] if first else str(parameter.name).upper()


class File(click.Path):
    """The path of a file, or of a folder; an empty one, which would be this folder, is none.

    Parameters
    ----------
    folder : bool or None
        Which it is; None: whoever opens it says what is wrong.
    """

    def __init__(self, folder: bool | None = False) -> None:
        kinds = {"file_okay": not folder, "dir_okay": folder is not False}
        super().__init__(path_type=Path, **kinds)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Accept a path that has a name."""
        if not os.fspath(value):
            raise InputError("path" if param is None else spelled(param), "a name is wanted")
        found = super().convert(value, param, ctx)
        assert isinstance(found, Path)
        return found


def positive(context: click.Context, option: click.Parameter, value: float | None) -> float | None:
    """Accept a budget; an option that was not given is none."""
    names = " / ".join(o for o in option.opts if o.startswith("--"))  # it may have an old one
    return None if value is None else seconds(value, names)


def _memory(context: click.Context, option: click.Parameter, value: float | None) -> None:
    if value is not None:
        limit_memory(value, spelled(option))


def memory() -> click.Option:
    """Make the option that every command has: what one process may hold."""
    return click.Option(
        ["--memory"],
        type=float,
        metavar="MB",
        callback=_memory,
        expose_value=False,
        help=f"Megabytes for each process; what needs more costs itself. [default: {MEMORY_MB}]",
    )


def processes(context: click.Context, option: click.Parameter, value: int | None) -> int | None:
    """Accept a number of processes; an option that was not given is none."""
    if value is not None:
        allow_files(exact.processes(value, spelled(option)), spelled(option))
    return value


def target(context: click.Context, option: click.Parameter, value: Path | None) -> Path | None:
    """Accept the name of a file that is to be written at the end, if it can be put there."""
    if value is not None and not value.parent.is_dir():
        raise InputError(spelled(option), f"there is no folder {str(value.parent)[:200]!r}")
    if value is not None:
        replaceable(value, spelled(option))
    return value


def drawing(context: click.Context, option: click.Parameter, value: Path | None) -> Path | None:
    """Accept the name of a figure, with or without suffix; both its files can be put there."""
    if value is not None:
        from numerics.figures.style import paths

        paths(value, spelled(option))
    return value
