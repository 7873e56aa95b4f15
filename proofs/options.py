"""Callbacks of options that several commands share: refused before anything is computed."""

from __future__ import annotations

from pathlib import Path

import click

from proofs.verification.budgets import seconds
from theory.errors import InputError

MAX_PROCESSES = 64


def positive(context: click.Context, option: click.Parameter, value: float) -> float:
    """Accept a budget."""
    return seconds(value, option.opts[0])


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
