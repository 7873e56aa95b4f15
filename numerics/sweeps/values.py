"""How the values of a sweep file are read: each key's reader gives canonical text or an integer.

What is read is exact, so that equal settings are spelled the same and share their rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import partial
from typing import Any

from numerics.loss import Loss
from numerics.problem import MAX_DEPTH
from numerics.spectral import MAX_MODES
from numerics.starts import INITS
from numerics.sweeps import setting
from numerics.sweeps.engines import BOUNDS, ENGINES
from numerics.sweeps.networks import LAYER_INITS, PREFIX, TARGETS
from numerics.variants.variant import Piece, Variant
from theory.dynamics.stopping import parse_until
from theory.errors import InputError
from theory.exact import digits_of, exact, exact_list

MAX_WIDTH, MAX_STARTS, MAX_LOSSES = 4_096, 1_000_000, 32
MAX_SEED, MAX_STEPS, MAX_SECONDS, MAX_DIGITS = 2**63 - 1, 2**62, 10**7, 1_000
Reader = Callable[[Any, str], Any]


def integer(low: int, high: int, value: Any, where: str) -> int:
    """Read an integer of a range; the first two come first, for ``partial``."""
    if type(value) is not int or not low <= value <= high:
        raise InputError(where, f"an integer from {low} to {high} is wanted, not {_brief(value)}")
    return value


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise InputError(where, f"text is wanted, not {_brief(value)}")
    return value


def _brief(value: Any) -> str:
    try:
        return str(value)[:40]
    except ValueError:  # Python's limit on the digits of an integer
        return "a number with thousands of digits"


def _named(known: Iterable[str], value: Any, where: str) -> str:
    if _text(value, where) not in known:
        listed = ", ".join(name for name in known if name)
        raise InputError(where, f"{value[:40]!r} is not one of {listed}")
    return str(value)


def _init(value: Any, where: str) -> str:
    kind, colon, scale = _text(value, where).partition(":")
    if value in _PLAIN_INITS:
        return str(value)
    if colon and kind in _SCALED_INITS:
        spread = exact(scale, where)
        if 0 <= spread <= 10**6:
            return f"{kind}:{_written(spread, where)}"
    known = (*_PLAIN_INITS, *(f"{name}:S" for name in _SCALED_INITS))
    raise InputError(where, f"{value[:40]!r} is none of {', '.join(known)}")


def _loss(value: Any, where: str) -> str:
    if isinstance(value, list):  # within the list of values: every order of these
        if not 1 <= len(value) <= MAX_LOSSES:
            raise InputError(where, f"1 to {MAX_LOSSES} losses in one setting are wanted")
        if any(isinstance(one, str) and one.startswith(PREFIX) for one in value):
            raise InputError(where, "several losses are formulas in p")
        return setting.joint(_loss(_text(one, where), where) for one in value)
    if _text(value, where).startswith(PREFIX):
        return _named(TARGETS, value, where)
    try:
        loss = Loss.of(value)
        loss.slope("arb")  # refuses a loss without a usable derivative
    except InputError as wrong:
        raise InputError(where, wrong.problem) from None
    return str(loss)


def _step(value: Any, where: str) -> str:
    if isinstance(value, str) and ("," in value or ":" in value):
        try:
            pieces = Variant.of(value).pieces
        except InputError as wrong:
            raise InputError(where, wrong.problem) from None
        return ",".join(_piece(piece, where) for piece in pieces)
    step = exact(value, where)
    if step <= 0:
        raise InputError(where, "a positive step size is wanted")
    return _written(step, where)


def _piece(piece: Piece, where: str) -> str:
    size = _written(piece.step, where)
    if piece.steps is None:
        return size
    if piece.steps >= 10**MAX_DIGITS:
        raise InputError(where, f"the number has more than {MAX_DIGITS} digits")
    return f"{size}:{digits_of(piece.steps)}"


def _amount(value: Any, where: str) -> str:
    """Read a number of which 0 changes nothing."""
    amount = exact(value, where)
    if amount < 0:
        raise InputError(where, "a number that is not negative is wanted")
    return _written(amount, where) if amount else ""


def _clip(value: Any, where: str) -> str:
    """Read a norm, or that there is none: of length 0 no step would move anything."""
    if value == setting.NONE:
        return ""
    norm = exact(value, where)
    if norm <= 0:
        raise InputError(where, f'a positive norm, or "{setting.NONE}", is wanted')
    return _written(norm, where)


def _switch(value: Any, where: str) -> str:
    if type(value) is not bool:
        raise InputError(where, f"true or false is wanted, not {_brief(value)}")
    return setting.YES if value else ""


def _target(value: Any, where: str) -> str:
    if value is None:
        return ""
    text = _text(value, where)
    try:
        values = exact_list(text, where)
    except InputError as wrong:
        raise InputError(where, wrong.problem) from None
    if not 1 <= len(values) <= MAX_MODES or any(s < 0 for s in values):
        raise InputError(where, f"1 to {MAX_MODES} singular values, not negative, are wanted")
    return ",".join(_written(s, where) for s in values)


def _share(value: Any, where: str) -> str:
    share = exact(value, where)
    if not 0 < share < 1:
        raise InputError(where, "a share between 0 and 1 is wanted")
    return _written(share, where)


def _seconds(value: Any, where: str) -> str | None:
    if value is None:
        return None
    seconds = exact(value, where)
    if not 0 < seconds <= MAX_SECONDS:
        raise InputError(where, f"seconds from 0 to {MAX_SECONDS} are wanted")
    return _written(seconds, where)


def _max_steps(value: Any, where: str) -> int:
    return integer(0, MAX_STEPS, value, where)


def _written(value: Fraction, where: str) -> str:
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


_SCALED_INITS = tuple(name.partition(":")[0] for name in INITS if ":" in name)
_PLAIN_INITS = tuple(dict.fromkeys(name for name in (*INITS, *LAYER_INITS) if ":" not in name))
READERS: dict[str, Reader] = {
    "init": _init,
    "width": partial(integer, 1, MAX_WIDTH),
    "depth": partial(integer, 1, MAX_DEPTH),
    "loss": _loss,
    "step": _step,
    "until": lambda value, where: str(parse_until(_text(value, where), where)),
    "engine": partial(_named, ENGINES),
    "seeds": partial(integer, 0, MAX_SEED),
    "starts": partial(integer, 1, MAX_STARTS),
    "bound": partial(_named, BOUNDS),
    "max-steps": _max_steps,
    "max-seconds": _seconds,
    "residual": _switch,
    "clip": _clip,
    **dict.fromkeys(("decay", "momentum", "noise"), _amount),
    "target": _target,
    "within": _share,
}
"""Key -> how one value is read; in the order in which cells are listed, the last fastest."""
DEFAULTS = {
    **{"width": 1, "starts": 1, "bound": "", "max-steps": 1_000_000, "max-seconds": None},
    **{"residual": False, "clip": setting.NONE, "decay": 0, "momentum": 0, "noise": 0},
    **{"target": None, "within": "1/10"},
}
