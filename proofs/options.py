"""Callbacks of options that several commands share: refused before anything is computed."""

from __future__ import annotations

from pathlib import Path

import click

from proofs.verification.budgets import MEMORY_MB, limit_memory, seconds
from theory.errors import InputError

MAX_PROCESSES = 64


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


def processes(context: click.Context, option: click.Parameter, value: int) -> int:
    """Accept a number of processes."""
    if not 1 <= value <= MAX_PROCESSES:
        raise InputError(option.opts[0], f"between one process and {MAX_PROCESSES}")
    return value


def target(context: click.Context, option: click.Parameter, value: Path | None) -> Path | None:
    """Accept the name of a file that is to be written at the end, if its folder is there."""
    if value is not None and not value.parent.is_dir():
        raise InputError(option.opts[0], f"there is no folder {str(value.parent)!r}")
    return value
