"""Budgets: a positive, finite number of CPU seconds, looked at in one place."""

from __future__ import annotations

import math

from theory.errors import InputError

BUDGET_SECONDS = 20.0
"""For one statement; the search for a certificate usually takes less than one second."""


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
