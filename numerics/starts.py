"""Starting weights: read from a file, or drawn with a seed; exact either way."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numerics.problem import MAX_DEPTH
from theory import files
from theory.errors import InputError
from theory.exact import exact, exact_list, whole
from theory.names import nearest

if TYPE_CHECKING:  # weights that are given need no random numbers, and start sooner
    import numpy as np
    from numpy.typing import NDArray

MAX_BYTES = 4_000_000
LAYERS = {"xavier": 1, "he": 2, "lecun": 1}
"""Variances of a layer with one input and one output: 2/(in + out), 2/in and 1/in."""
FIXED = ("balanced:S", "zas", "identity")
"""Starts that nothing is drawn for."""
INITS = (
    "gaussian",
    "gaussian:S",
    "uniform",
    "uniform:S",
    "near-identity:S",
    *(name + law for name in LAYERS for law in ("", "-uniform")),
    *FIXED,
)
_LARGEST = 10**6


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
        text = files.text(Path(path), MAX_BYTES).strip()
    except InputError as wrong:
        raise InputError(argument, f"cannot read {wrong}") from None
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
        For a negative seed, and what is no integer.
    """
    import numpy as np

    seed = whole(seed, "seed", 0)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed)))


def draw_array(
    init: str, shape: tuple[int, ...], random: np.random.Generator
) -> NDArray[np.float64]:
    """Draw weights in doubles.

    Parameters
    ----------
    init : str
        ``"gaussian"``: N(0, 1), ``"gaussian:S"``: S N(0, 1). ``"uniform"``: on [-sqrt 3, sqrt 3],
        so of unit variance, ``"uniform:S"``: S times that. ``"near-identity:S"``: 1 + S N(0, 1).
        ``"xavier"``, ``"he"``, ``"lecun"`` (Glorot and Bengio 2010, He et al. 2015, LeCun et al.
        1998): normal, or ``"-uniform"``, with the variance of :data:`LAYERS`. ``"balanced:S"``:
        all S. ``"zas"`` (Wu, Wang and Ma 2019): all 1 but the last, 0. ``"identity"``: all 1.
    shape : tuple of int
    random : numpy Generator

    Raises
    ------
    InputError
        For an initialisation that is none of these.
    """
    kind, colon, scale = init.partition(":")
    named, _, law = kind.partition("-")
    if kind in ("gaussian", "uniform"):
        drawn = _drawn(kind, shape, random)
        return float(_scale(init, scale)) * drawn if colon else drawn
    if kind == "near-identity" and colon:
        return 1 + float(_scale(init, scale)) * random.standard_normal(shape)
    if named in LAYERS and law in ("", "uniform") and not colon:
        return math.sqrt(LAYERS[named]) * _drawn(law or "gaussian", shape, random)
    fixed = _fixed(init, shape[-1])
    if fixed is not None:
        return _full(shape, fixed)
    meant = nearest(init, INITS)
    raise InputError("init", f"{init[:40]!r} is none of {', '.join(INITS)}{meant}")


def _drawn(law: str, shape: tuple[int, ...], random: np.random.Generator) -> NDArray[np.float64]:
    """Draw numbers of unit variance."""
    if law == "gaussian":
        return random.standard_normal(shape)
    return random.uniform(-math.sqrt(3), math.sqrt(3), shape)


def _scale(init: str, text: str) -> Fraction:
    scale = exact(text, "init")
    if not 0 <= scale <= _LARGEST:
        raise InputError("init", f"the scale of {init[:40]!r} is not between 0 and {_LARGEST}")
    return scale


def _fixed(init: str, depth: int) -> tuple[Fraction, ...] | None:
    kind, colon, scale = init.partition(":")
    if kind == "balanced" and colon:
        return (_scale(init, scale),) * depth
    if init == "identity":
        return (Fraction(1),) * depth
    if init == "zas":
        return (*(Fraction(1),) * (depth - 1), Fraction(0))
    return None


def is_fixed(init: str) -> bool:
    """Whether nothing is drawn for an initialisation, one of :data:`FIXED`."""
    return _fixed(init, 1) is not None


def _full(shape: tuple[int, ...], row: tuple[Fraction, ...]) -> NDArray[np.float64]:
    import numpy as np

    return np.broadcast_to(np.array([float(w) for w in row]), shape).copy()


def draw(init: str, depth: int, seed: int | None = None) -> tuple[Fraction, ...]:
    """Draw one start; its entries are exactly the doubles drawn.

    Parameters
    ----------
    init : str
        As for :func:`draw_array`.
    depth : int
        How many weights.
    seed : int
        The same seed gives the same start. The starts of :data:`FIXED` take none and are exact.

    Raises
    ------
    InputError
        For a bad initialisation, depth or seed.
    """
    depth = whole(depth, "depth", 1, MAX_DEPTH)
    if not isinstance(init, str):
        raise InputError("init", f"text is wanted, not {type(init).__name__}")
    fixed = _fixed(init, depth)
    if fixed is not None:
        return fixed
    if seed is None:
        raise InputError("seed", "a start that is drawn needs a seed")
    weights: Any = draw_array(init, (depth,), generator(seed))
    return tuple(Fraction(float(w)) for w in weights)
