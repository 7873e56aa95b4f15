"""One grammar for everything that a user names, and names of our own that meet none of theirs.

Names travel into certificates, scripts, tables and file names. They are refused at the door, once,
so that nothing behind it has to wonder what a name may contain.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Collection, Iterable

from theory.errors import InputError, quoted

MAX_NAME, MAX_LABEL, MAX_TEXT = 60, 100, 400
_NAME = re.compile(rf"[A-Za-z][A-Za-z0-9_]{{0,{MAX_NAME - 1}}}", re.ASCII)
_LABEL = re.compile(rf"[A-Za-z][A-Za-z0-9_.-]{{0,{MAX_LABEL - 1}}}", re.ASCII)


def check_name(text: object, argument: str, reserved: Collection[str] = frozenset()) -> str:
    """Accept a name that may stand in formulas: of a variable, constant, definition or matrix.

    Parameters
    ----------
    text : object
        A letter, then letters, digits and underscores; at most 60 characters.
    argument : str
        The name to put in front of an error message.
    reserved : collection of str
        Names that mean something already.

    Raises
    ------
    InputError
        For anything else.
    """
    if not isinstance(text, str) or not _NAME.fullmatch(text):
        wanted = f"a letter, then letters, digits and _, at most {MAX_NAME}"
        raise InputError(argument, f"{quoted(text)} is no name ({wanted})")
    if text in reserved:
        raise InputError(argument, f"{text!r} is no name: it has a meaning already")
    return text


def check_label(text: object, argument: str) -> str:
    """Accept the label of a hypothesis or the name of a claim, which never stand in formulas.

    Raises
    ------
    InputError
        For anything but a letter, then letters, digits, ``_``, ``-`` and ``.``; at most 100.
    """
    if not isinstance(text, str) or not _LABEL.fullmatch(text):
        wanted = f"a letter, then letters, digits, _, - and ., at most {MAX_LABEL}"
        raise InputError(argument, f"{quoted(text)} is no name ({wanted})")
    return text


def check_text(text: object, argument: str, limit: int = MAX_TEXT) -> str:
    """Accept a line for people: a title, a source, a scope.

    Raises
    ------
    InputError
        For anything but text, for control characters (which a terminal would obey) and line
        breaks, and for more than ``limit`` characters.
    """
    if not isinstance(text, str):
        raise InputError(argument, f"text is wanted, not {type(text).__name__}")
    if len(text) > limit:
        raise InputError(argument, f"longer than {limit} characters")
    if not text.isprintable():
        wrong = next(c for c in text if not c.isprintable())
        raise InputError(argument, f"it contains the control character {wrong!a}")
    return text


def shortened(text: str, limit: int = MAX_TEXT) -> str:
    """A line for people that is not too long."""
    return text if len(text) <= limit else f"{text[: limit - 3]}..."


def separator(stems: Iterable[str], taken: Iterable[str]) -> str:
    """The shortest run of underscores that makes ``stem + run + number`` new for every number.

    Parameters
    ----------
    stems : iterable of str
        What will be numbered.
    taken : iterable of str
        Names that must not be met.
    """
    names, begin = frozenset(taken), tuple(stems)

    def meets(run: str) -> bool:
        heads = tuple(stem + run for stem in begin)
        return any(n.startswith(h) and n[len(h) :].isdecimal() for n in names for h in heads)

    return next(run for run in ("_" * k for k in itertools.count(1)) if not meets(run))


def fresh(stem: str, taken: Collection[str]) -> str:
    """The first of ``stem``, ``stem_``, ``stem__``, ... that is not taken."""
    return next(s for k in itertools.count() if (s := stem + "_" * k) not in taken)


def one_of(value: object, argument: str, known: Collection[str]) -> str:
    """Accept one of a few words.

    Raises
    ------
    InputError
        For anything else; it says what was probably meant.
    """
    if isinstance(value, str) and value in known:
        return value
    text = value if isinstance(value, str) else type(value).__name__
    meant = nearest(text, known)
    raise InputError(argument, f"{text[:40]!r} is not one of {', '.join(known)}{meant}")


def nearest(name: str, known: Iterable[str], count: int = 3) -> str:
    """The end of an error message: what was probably meant, or nothing.

    Parameters
    ----------
    name : str
        What was typed.
    known : iterable of str
        What there is.
    count : int
        How many to offer.
    """
    names = list(known)
    near = difflib.get_close_matches(name[:200], names, count)
    near = near or [n for n in names if len(name) > 2 and name.lower() in n.lower()][:count]
    return f"; did you mean {' or '.join(near)}?" if near else ""
