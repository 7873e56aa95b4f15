"""Claims as they were typed, for people.

What a claim is read as may speak of other names: of values ``f_x`` of a function, of accumulators
``S`` of a sum, of coordinates of vectors. That is what is proved, and certificates print it; a
person who looks for a lemma, or is sent a counterexample, wants the sentence that somebody typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from theory.errors import InputError, plain
from theory.expressions import Condition, parse_condition
from theory.expressions.abbreviations import ORACLES
from theory.language.declarations import STATEMENT_FUNCTIONS
from theory.language.domains import apart, written_out
from theory.names import MAX_TEXT
from theory.statements import Statement

_OTHERS = ("definitions", "hypotheses")
_NAME = re.compile(r"[^\W\d]\w*")
_APPLIED = re.compile(r"([^\W\d]\w*)\s*\(")
_INDEX = re.compile(r"\b(?:sum|prod|max|min)\s*\(\s*(\w+)\s*,[^,]*,[^,]*,")
_INDEXED = re.compile(r"\b([A-Za-z]\w*?)(?:_(?:[A-Za-z]\b|\()|\[)")


@dataclass(frozen=True)
class Typed:
    """What was typed, where it is about other names than what it was read as.

    Attributes
    ----------
    domains : mapping of str to str
        Variables, as they were declared, and functions and operators with their classes.
    definitions, hypotheses : mapping of str to str
        By name; rows of recursions are hypotheses that have none.
    rows : tuple of str
        Of recursions.
    conclusion : str
    scope : str
        What somebody added in words.
    """

    domains: Mapping[str, str]
    conclusion: str
    definitions: Mapping[str, str] = field(default_factory=dict)
    hypotheses: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[str, ...] = ()
    scope: str = ""

    @property
    def given(self) -> tuple[str, ...]:
        """All that is supposed, in the order in which one would say it."""
        return (
            *(f"{x} {said}" for x, said in self.domains.items()),
            *(f"{x} = {said}" for x, said in self.definitions.items()),
            *self.rows,
            *self.hypotheses.values(),
        )

    def __str__(self) -> str:
        """One line, the conclusion first."""
        return f"{self.conclusion}   for {', '.join(self.given)}" if self.given else self.conclusion

    def formulas(self) -> tuple[Condition, tuple[Condition, ...]] | None:
        """The conclusion and what is supposed, as trees; None where they are no plain formulas."""
        supposed = [f"{x} == {said}" for x, said in self.definitions.items()]
        supposed += [*self.rows, *self.hypotheses.values()]
        with suppress(InputError):
            return _read(self.conclusion), tuple(map(_read, supposed))
        return None


def typed(table: Mapping[str, Any], made: Statement) -> Typed | None:
    """What was typed as a table of a claim; None if it was read as it stands."""
    if {"layers", "matrices"} & set(table):
        return None
    plainly = made.layers is None and not {"functions", "operators"} & set(table)
    if plainly and set(made.variables) == set(written_out(table["variables"])):
        return None
    tables = {key: table.get(key) or {} for key in ("functions", "operators", *_OTHERS)}
    tables["variables"] = apart(table["variables"])
    texts = {key: {n: plain(str(said), MAX_TEXT) for n, said in one.items()}
             for key, one in tables.items()}  # fmt: skip
    rows = table.get("recursions") or ()
    return Typed(
        {**texts["functions"], **texts["operators"], **texts["variables"]},
        plain(str(table["conclusion"]), MAX_TEXT),
        texts["definitions"],
        texts["hypotheses"],
        tuple(plain(str(row), MAX_TEXT) for row in ([rows] if isinstance(rows, str) else rows)),
        str(table.get("scope") or ""),
    )


def _read(text: str) -> Condition:
    """A formula by its looks: whatever stands before a bracket is a function."""
    index = frozenset(_INDEX.findall(text))
    applied = frozenset(_APPLIED.findall(text)) - {"E", "P"}
    names = frozenset(_NAME.findall(text)) - applied - index
    functions = STATEMENT_FUNCTIONS | applied | {"E", "P", *ORACLES}
    sequences = frozenset(_INDEXED.findall(text))
    return parse_condition(text, names, functions, "formula", sequences=sequences)
