"""How verbs are called: an option that there is not, or one too few, is one line of InputError.

A library that is missing is one line, too, with the extra that brings it, and so is a system that
leaves too little to begin with, or a formula of SymPy that is too deep to be looked at.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import ParamSpec, TypeVar

from proofs.budgets import allow_files, want_addresses
from theory.errors import InputError
from theory.names import nearest
from theory.tools import EXTRAS, hint

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


def door(verb: Callable[P, R]) -> Callable[P, R]:
    """Have a call refused in the words of this package where Python would raise a TypeError."""
    shape = inspect.signature(verb)
    kinds = {one.kind for one in shape.parameters.values()}
    takes_parts = inspect.Parameter.VAR_KEYWORD in kinds and "claim" in shape.parameters

    @wraps(verb)
    def called(*arguments: P.args, **options: P.kwargs) -> R:
        try:
            shape.bind(*arguments, **options)
        except TypeError:
            raise _refusal(verb.__name__, shape, arguments, options) from None
        want_addresses()
        allow_files()
        if takes_parts and any(isinstance(a, Mapping) for a in arguments[1:]):
            raise InputError("variables", f"by its name: {verb.__name__}(..., variables={{...}})")
        try:
            return verb(*arguments, **options)
        except RecursionError:  # SymPy itself looks at a formula recursively
            raise InputError(verb.__name__, "what it was given is nested too deeply") from None
        except ModuleNotFoundError as missing:
            if (missing.name or "").partition(".")[0] not in EXTRAS:
                raise
            raise ModuleNotFoundError(hint(missing.name or ""), name=missing.name) from None

    return called


def doors(kind: type[T]) -> type[T]:
    """Put a door before every public method of a class."""
    for name, method in vars(kind).copy().items():
        if inspect.isfunction(method) and not name.startswith("_"):
            setattr(kind, name, door(method))
    return kind


def absent(name: str, known: Sequence[str]) -> AttributeError:
    """What the package answers to a name that it has not: the nearest ones, to a reader's own."""
    near = "" if name.startswith("_") else nearest(name, known)
    return AttributeError(f"lemmata has no {name!r}{near}", name=name)


def _refusal(
    verb: str, shape: inspect.Signature, given: tuple[object, ...], options: Mapping[str, object]
) -> InputError:
    names = [name for name in shape.parameters if name != "self"]
    for name in options.keys() - {*names}:
        known = f"{verb} has no such option{nearest(name, names)}"
        return InputError(name, f"{known}; it takes {', '.join(names) or 'none'}")
    left = [*shape.parameters][len(given) :]
    for name in left:
        if shape.parameters[name].default is inspect.Parameter.empty and name not in options:
            return InputError(name, f"{verb} wants it, and it is missing")
    if len(given) <= len(shape.parameters):
        return InputError(next(n for n in options if n not in left), f"{verb} was given it twice")
    return InputError(verb, f"it takes {', '.join(names) or 'nothing'}, and no more")
