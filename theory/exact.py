"""The door for numbers: int, Fraction, Decimal and decimal strings come in; floats do not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from numbers import Integral, Rational, Real
from typing import Any, TypeGuard

from theory.errors import InputError

Exact = int | Fraction | Decimal | str
"""What the public API accepts wherever it wants a real number."""

# A 1e-50 weight or a 200-digit start is everyday use; 10**(10**9) is an attack on memory.
MAX_CHARACTERS = 20_000
MAX_DECIMAL_EXPONENT = 10_000
MAX_SECONDS, MAX_PROCESSES = 10**7, 1024

_NUMBER = re.compile(
    r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE](?P<exponent>[+-]?\d{1,9}))?(?:/(?P<denominator>\d+))?",
    re.ASCII,
)


def exact(value: Exact, argument: str) -> Fraction:
    """Read a number exactly.

    Parameters
    ----------
    value : int, Fraction, Decimal or str
        A string is a decimal or a ratio: ``"0.05"`` is 1/20, ``"1e-30"``, ``"-3/7"``.
    argument : str
        The name to put in front of an error message.

    Returns
    -------
    Fraction
        The number itself, never a nearby one.

    Raises
    ------
    InputError
        For floats (they have already lost the decimal that was meant), booleans, nan,
        infinities, malformed or oversized strings.
    """
    if isinstance(value, bool | float):
        raise InputError(argument, _inexact(value))
    if isinstance(value, Rational):
        return Fraction(int(value.numerator), int(value.denominator))
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise InputError(argument, f"{value} is not a finite number")
        if abs(value.adjusted()) > MAX_DECIMAL_EXPONENT:
            raise InputError(argument, "the decimal exponent is too large")
        return Fraction(value)
    if isinstance(value, str):
        return _read(value.strip(), argument)
    if isinstance(value, Real):  # the floats of NumPy, mpmath and SymPy
        raise InputError(argument, _inexact(value))
    raise InputError(argument, f"a number is wanted, not {type(value).__name__}")


def whole(value: object, argument: str, least: int, most: int | None = None) -> int:
    """Accept an integer of a range: of steps, digits, processes, results, a seed.

    Raises
    ------
    InputError
        For anything else, booleans and floats too.
    """
    known = isinstance(value, Integral) and not isinstance(value, bool)
    found = int(value) if known else least - 1  # type: ignore[call-overload]
    if found < least or (most is not None and found > most):
        wanted = f"of at least {least}" if most is None else f"from {least} to {most}"
        raise InputError(argument, f"an integer {wanted} is wanted")
    return int(found)


def processes(value: object, argument: str = "jobs") -> int:
    """Accept a number of processes.

    Raises
    ------
    InputError
        For anything but an integer from 1 to MAX_PROCESSES.
    """
    return whole(value, argument, 1, MAX_PROCESSES)


def seconds(value: object, argument: str = "budget") -> float:
    """Accept a budget.

    Raises
    ------
    InputError
        For zero, negative numbers, infinity and nan, for more than MAX_SECONDS, and for what is no
        number.
    """
    try:
        known = isinstance(value, Real | Decimal) and not isinstance(value, bool)
        found: float = float(value) if known else 0  # type: ignore[arg-type]
    except (ArithmeticError, ValueError):  # of integers too long, and of signalling nans
        found = 0
    if not (isfinite(found) and 0 < found <= MAX_SECONDS):
        raise InputError(argument, f"a positive number of seconds is wanted, at most {MAX_SECONDS}")
    return found


def _inexact(value: object) -> str:
    """Why a float is refused, and how to say it exactly."""
    kind = type(value).__name__
    if isinstance(value, bool):
        return f"{value!r} is a bool; write it as a string"
    said = str(value)  # a float32 formats as the double next to it, and prints as was meant
    return f"{said} is a {kind}; write it as a string, '{said}', or as Fraction(x) if it is meant"


def exact_list(values: str | Iterable[Exact], argument: str) -> tuple[Fraction, ...]:
    """Read several numbers exactly; a string holds them separated by commas or white space.

    Raises
    ------
    InputError
        As :func:`exact`, and for an empty list.
    """
    if isinstance(values, str):
        # One comma, with or without space around it, or space alone; 0.3,,1 is not two numbers.
        values = re.split(r"\s*,\s*|\s+", values.strip()) if values.strip(" ,\t\n") else []
    if isinstance(values, bytes | bytearray | memoryview | Mapping | Set):
        # Bytes would be read as the numbers of letters, and sets in any order.
        raise InputError(argument, f"a list of numbers is wanted, not {type(values).__name__}")
    # One number is a list of one, and a float is refused as what it is.
    each: Iterable[Any] = values if several(values) else (values,)
    numbers = tuple(exact(value, argument) for value in each)
    if not numbers:
        raise InputError(argument, "at least one number is wanted")
    return numbers


def several(thing: object) -> TypeGuard[Iterable[Any]]:
    """Whether it can be gone through: an array of no dimension is iterable by its type alone."""
    try:
        return isinstance(thing, Iterable) and iter(thing) is not None
    except TypeError:
        return False


def digits_of(value: int) -> str:
    """Write an integer in full; Python's own ``str`` refuses more than 4,300 digits."""
    if value.bit_length() < 14_000:
        return str(value)
    from flint import fmpz

    return str(fmpz(value))


def integer(text: str) -> int:
    """Read back what :func:`digits_of` has written, of any length."""
    if len(text) < 4_000:
        return int(text)
    from flint import fmpz

    return int(fmpz(text))


def decimal_string(value: Fraction, digits: int = 12) -> str:
    """Write a rational for a person: exactly if short, else to ``digits`` significant digits."""
    if value.denominator == 1 and abs(value.numerator) < 10**digits:
        return str(value.numerator)
    text = str(value)
    if len(text) <= digits:
        return text
    from decimal import localcontext

    with localcontext() as context:
        context.prec = digits
        return str(Decimal(value.numerator) / Decimal(value.denominator))


def _read(text: str, argument: str) -> Fraction:
    shown = text if len(text) <= 40 else text[:37] + "..."
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            argument, f"the number {shown!r} is longer than {MAX_CHARACTERS} characters"
        )
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise InputError(argument, f"{shown!r} is not a decimal number")
    if abs(int(match["exponent"] or 0)) > MAX_DECIMAL_EXPONENT:
        raise InputError(argument, f"the decimal exponent of {shown!r} is too large")
    body, _, denominator = text.partition("/")
    if denominator and not denominator.strip("0"):
        raise InputError(argument, f"{shown!r} divides by zero")
    try:
        return Fraction(body) / Fraction(denominator or 1)
    except ValueError:  # Python's limit on the digits of an integer
        raise InputError(argument, f"the number {shown!r} has too many digits") from None
