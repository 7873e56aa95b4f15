"""Callbacks of options that several commands share: refused before anything is computed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from proofs.budgets import MEMORY_MB, allow_files, limit_memory, seconds
from theory import exact
from theory.errors import InputError
from theory.files import ordinary
from theory.names import nearest


class Choice(click.Choice[str]):
    """One of a few words; a word that is none of them is answered by the nearest."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(tuple(words))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Accept a word, or say which ones there are."""
        if value in self.choices:
            return str(value)
        option = "option" if param is None else param.opts[0]
        known = f" (known: {', '.join(self.choices)})"
        raise InputError(
            option, f"no {str(value)[:60]!r}{nearest(str(value), self.choices)}{known}"
        )


def one_form(as_latex: bool, as_json: bool) -> None:
    """Refuse two forms of output at once."""
    if as_latex and as_json:
        raise InputError("--latex", "it does not go with --json")


def positive(context: click.Context, option: click.Parameter, value: float | None) -> float | None:
    """Accept a budget; an option that was not given is none."""
    return None if value is None else seconds(value, option.opts[0])


def _memory(context: click.Context, option: click.Parameter, value: float | None) -> None:
    if value is not None:
        limit_memory(value, option.opts[0])


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
        allow_files(exact.processes(value, option.opts[0]), option.opts[0])
    return value


def target(context: click.Context, option: click.Parameter, value: Path | None) -> Path | None:
    """Accept the name of a file that is to be written at the end, if its folder is there."""
    if value is not None and not value.parent.is_dir():
        raise InputError(option.opts[0], f"there is no folder {str(value.parent)!r}")
    if value is not None:
        ordinary(value, option.opts[0], sys.maxsize)  # it may be replaced, but no device is
    return value
