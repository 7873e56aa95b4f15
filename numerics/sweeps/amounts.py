"""Numbers and switches of a sweep file, each read into its one spelling."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from numerics.sweeps import setting
from theory.errors import InputError
from theory.exact import exact

MAX_DIGITS = 1_000


def amount(value: Any, where: str) -> str:
    """Read a number of which 0 changes nothing."""
    number = exact(value, where)
    if number < 0:
        raise InputError(where, "a number that is not negative is wanted")
    return written(number, where) if number else ""


def switch(value: Any, where: str) -> str:
    """Read true or false."""
    if type(value) is not bool:
        raise InputError(where, f"true or false is wanted, not {brief(value)}")
    return setting.YES if value else ""


def share(value: Any, where: str) -> str:
    """Read a number between 0 and 1."""
    number = exact(value, where)
    if not 0 < number < 1:
        raise InputError(where, "a share between 0 and 1 is wanted")
    return written(number, where)


def written(value: Fraction, where: str) -> str:
    """Write a rational exactly, if it is not too long."""
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


def brief(value: Any) -> str:
    """Show the beginning of a value in an error message."""
    try:
        return str(value)[:40]
    except ValueError:  # Python's limit on the digits of an integer
        return "a number with thousands of digits"
