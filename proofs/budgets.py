"""Budgets: a positive, finite number of CPU seconds, looked at in one place."""

from __future__ import annotations

import math

import click

from theory.errors import InputError


def seconds(value: float, argument: str = "budget") -> float:
    """Accept a budget.

    Raises
    ------
    InputError
        For zero, negative numbers, infinity and nan.
    """
    if isinstance(value, bool) or not (math.isfinite(value) and value > 0):
        raise InputError(argument, "a positive number of seconds is wanted")
    return float(value)


class _Seconds(click.ParamType):
    name = "seconds"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        return seconds(
            float(click.FLOAT.convert(value, param, ctx)), param.opts[0] if param else "budget"
        )


SECONDS = _Seconds()
"""The type of ``--budget`` options."""
