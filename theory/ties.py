"""Constants that flow: ``{CLAIM.CONSTANT}`` is the number that a claim has.

It may stand for a constant of another claim of the same file, and anywhere in the statement of a
theorem that rests on the claim. So a number is typed once, where it is proved, and no theorem can
state another one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from theory.claims import Claim
from theory.errors import InputError

Tie = tuple[str, str]
"""A claim, and a constant of it."""
TIE = re.compile(r"\{([A-Za-z][\w.-]*)\.([A-Za-z]\w*)\}")
_SMALL = 10
"""Fractions with a denominator of at most that are printed as fractions."""


def tie_of(value: object) -> Tie | None:
    """The tie that a value is, if it is one and nothing else."""
    found = TIE.fullmatch(value) if isinstance(value, str) else None
    return None if found is None else (found[1], found[2])


def followed(where: str, start: Tie, tables: Mapping[str, Mapping[str, Any]]) -> Any:
    """What a tied constant of a file of claims is, through ties to others of the file.

    Raises
    ------
    InputError
        For a tie to a claim or a constant that is not there, and for a circle.
    """
    seen, here = {start}, start
    while True:
        value = tables[here[0]]["constants"][here[1]]
        if (tie := tie_of(value)) is None:
            return value
        shown = f"{{{'.'.join(tie)}}}"
        constants = tables.get(tie[0], {}).get("constants")
        if not isinstance(constants, dict) or tie[1] not in constants:
            raise InputError(where, f"{shown}: no such constant in this file")
        if tie in seen:
            raise InputError(where, f"{shown} goes round in a circle")
        seen.add(tie)
        here = tie


def ties(text: str) -> Iterator[Tie]:
    """The ties of a text, in its order."""
    return ((m[1], m[2]) for m in TIE.finditer(text))


class Numbers:
    """Puts the numbers of steps into the texts of one theorem, and remembers which.

    Parameters
    ----------
    where : str
        The theorem's file, for error messages.
    claims : mapping of str to Claim
        What ties may name.
    """

    def __init__(self, where: str, claims: Mapping[str, Claim]) -> None:
        self.where, self.claims = where, claims
        self.ties: dict[Tie, None] = {}

    def __call__(self, key: str, text: str, latex: bool = False) -> str:
        """Fill a text.

        Raises
        ------
        InputError
            For a tie to a claim or a constant that is not there.
        """
        self.ties |= dict.fromkeys(ties(text))
        return filled(text, lambda tie: number(tie, self.claims, f"{self.where}: {key}"), latex)

    def check(self, key: str, text: str, constants: Mapping[str, str]) -> None:
        """Refuse a number in a text that the theorem's constants take from a step.

        Digits and simple fractions pass: they stand in a sentence for many reasons.

        Raises
        ------
        InputError
            If it is typed by hand.
        """
        where, bare = f"{self.where}: {key}", TIE.sub("", text)
        for tie in (tie for template in constants.values() for tie in ties(template)):
            value = number(tie, self.claims, where)
            shown = written(value)
            alone = rf"(?<![\w./]){re.escape(shown)}(?![\w/]|\.\d)"
            common = value < _SMALL and value.denominator <= _SMALL
            if not common and re.search(alone, bare):
                raise InputError(where, f"{shown} is {{{'.'.join(tie)}}}, and typed by hand")


def filled(text: str, number_of: Callable[[Tie], Fraction], latex: bool = False) -> str:
    """Put numbers in for the ties of a text."""
    return TIE.sub(lambda m: written(number_of((m[1], m[2])), latex), text)


def number(tie: Tie, claims: Mapping[str, Claim], where: str) -> Fraction:
    """The number that a tie stands for.

    Raises
    ------
    InputError
        If there is no such claim, or no such constant in it.
    """
    step, constant = tie
    if step not in claims:
        raise InputError(where, f"{{{step}.{constant}}}: no claim is called {step!r}")
    known = claims[step].statement.constants
    if constant not in known:
        said = f"its constants: {', '.join(known) or 'none'}"
        raise InputError(where, f"{{{step}.{constant}}}: no such constant ({said})")
    return known[constant]


def written(value: Fraction, latex: bool = False) -> str:
    """A number as papers print it: 813, 3/5, 2.717."""
    if value.denominator == 1:
        return str(value.numerator)
    digits = next((d for d in range(1, 16) if 10**d % value.denominator == 0), None)
    if value.denominator <= _SMALL or digits is None:
        up, down = value.numerator, value.denominator
        return rf"\tfrac{{{up}}}{{{down}}}" if latex else f"{up}/{down}"
    whole = f"{abs(value.numerator) * 10**digits // value.denominator:0{digits + 1}d}"
    return f"{'-' if value < 0 else ''}{whole[:-digits]}.{whole[-digits:]}"
