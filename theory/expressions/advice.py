"""What to write instead of a spelling of another language: the fix that an error proposes."""

from __future__ import annotations

import re

_SPELLINGS: tuple[tuple[str, str], ...] = (
    (r"\\[A-Za-z]+", "formulas are plain text, not LaTeX: <=, >=, sqrt(x), x/y, x**2"),
    (r"->|→|⇒|⟹|\bimplies\b", "what is assumed stands under the key hypotheses"),
    (r"=>", "write >= where => stands"),
    (r"=<", "write <= where =< stands"),
    (r"<>", "write != where <> stands"),
    (r"[{}]", "write parentheses where braces stand"),
    (r";", "several conclusions are joined by `and`, or stand in a list"),
    (r"%", "there is no remainder in formulas; x - n*floor(x/n) is one"),
    (r"&(?!&)|(?<!\|)\|\|(?!\|)", "comparisons are joined by `and`, `or`"),
)


def advised(text: str, problem: str) -> str:
    """A problem with a formula, and what was probably meant by a sign that means nothing here."""
    for spelling, fix in _SPELLINGS:
        if re.search(spelling, text):
            return f"{problem}; {fix}"
    return problem


def bare(function: str, following: str) -> str:
    """A problem with the name of a function that is applied to nothing, or raised before it is."""
    power = following in ("**", "^")
    better, stands = f"{function}(x){'**2' * power}", f"{function}{'**2(x)' * power}"
    return f"write {better} where {stands} stands"
