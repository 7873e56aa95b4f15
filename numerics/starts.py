"""Starting weights: read from a file, or drawn with a seed; exact either way."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numerics.problem import MAX_DEPTH
from theory.errors import InputError
from theory.exact import exact, exact_list

if TYPE_CHECKING:  # weights that are given need no random numbers, and start sooner
    import numpy as np
    from numpy.typing import NDArray

MAX_BYTES = 4_000_000
INITS = ("gaussian", "uniform", "near-identity:S")


def read_weights(path: str | Path, argument: str = "weights") -> tuple[Fraction, ...]:
    """Read exact weights from a text file.

    Parameters
    ----------
    path : str or Path
        Numbers separated by white space or commas, or a JSON list of numbers or of strings that
        hold numbers. Decimals are exact in either form; nothing passes through a double.
    argument : str
        The name to put in front of an error message.

    Raises
    ------
    InputError
        For a file that cannot be read, is larger than :data:`MAX_BYTES`, or holds anything else.
    """
    try:
        with Path(path).open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as failure:
        reason = getattr(failure, "strerror", None) or "not a usable path"
        raise InputError(argument, f"cannot read {str(path)[:200]!r}: {reason}") from None
    if len(raw) > MAX_BYTES:
        raise InputError(argument, f"the file is larger than {MAX_BYTES} bytes")
    try:
        text = raw.decode("utf-8").strip()
    except UnicodeDecodeError:
        raise InputError(argument, "the file is not text") from None
    if not text.startswith("["):
        return exact_list(text, argument)
    try:
        values = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise InputError(argument, "the file is not a JSON list of numbers") from None
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise InputError(argument, "the file is not a JSON list of numbers")
    return exact_list(values, argument)


def generator(seed: int) -> np.random.Generator:
    """Make the project's random numbers: PCG64 seeded through SeedSequence.

    Raises
    ------
    InputError
        For a negative seed.
    """
    import numpy as np

    if seed < 0:
        raise InputError("seed", "a seed is not negative")
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed)))


def draw_array(
    init: str, shape: tuple[int, ...], random: np.random.Generator
) -> NDArray[np.float64]:
    """Draw weights in doubles.

    Parameters
    ----------
    init : str
        ``"gaussian"``: N(0, 1). ``"uniform"``: on [-sqrt 3, sqrt 3], so of unit variance.
        ``"near-identity:S"``: 1 + S N(0, 1).
    shape : tuple of int
    random : numpy Generator

    Raises
    ------
    InputError
        For an initialisation that is none of these.
    """
    kind, colon, scale = init.partition(":")
    if kind == "gaussian" and not colon:
        return random.standard_normal(shape)
    if kind == "uniform" and not colon:
        return random.uniform(-math.sqrt(3), math.sqrt(3), shape)
    if kind == "near-identity" and colon:
        spread = exact(scale, "init")
        if not 0 <= spread <= 10**6:
            raise InputError("init", "the scale of near-identity is between 0 and 10**6")
        return 1 + float(spread) * random.standard_normal(shape)
    raise InputError("init", f"{init[:40]!r} is none of {', '.join(INITS)}")


def draw(init: str, depth: int, seed: int) -> tuple[Fraction, ...]:
    """Draw one start; its entries are exactly the doubles drawn.

    Parameters
    ----------
    init : str
        As for :func:`draw_array`.
    depth : int
        How many weights.
    seed : int
        The same seed gives the same start.

    Raises
    ------
    InputError
        For a bad initialisation, depth or seed.
    """
    if not 1 <= depth <= MAX_DEPTH:
        raise InputError("depth", f"a depth from 1 to {MAX_DEPTH} is wanted")
    weights: Any = draw_array(init, (depth,), generator(seed))
    return tuple(Fraction(float(w)) for w in weights)
