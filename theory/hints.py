"""Hints: what a person knows about the proof of a claim. Untrusted, like all search.

A hint never enters the statement or its digest; a prover may follow it, and what it leads to is
checked like anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from theory.errors import InputError
from theory.expressions import Expression, Relation, parse, parse_relation
from theory.language.declarations import STATEMENT_FUNCTIONS
from theory.names import check_label, check_name
from theory.statements import Statement

KEYS = ("uses", "at", "invariant", "substitute", "split")
MAX_HINTS = 20


@dataclass(frozen=True)
class Hints:
    """How a claim may be proved.

    Attributes
    ----------
    uses : tuple of str
        Lemmas of the library, or claims of the same file, that the proof may cite.
    at : mapping of str to mapping of str to Expression
        For a lemma: what stands for its variables. Without it, the search looks for a match.
    invariant : tuple of Relation
        What survives every layer, or every step of an integer.
    substitute : mapping of str to Expression
        For a variable: what it is written as, in a new variable of the same name.
    split : tuple of Expression
        Terms by whose sign cases are distinguished.
    own : mapping of str to Claim
        Those of ``uses`` that are claims of the same file.
    """

    uses: tuple[str, ...] = ()
    at: Mapping[str, Mapping[str, Expression]] = field(default_factory=dict)
    invariant: tuple[Relation, ...] = ()
    substitute: Mapping[str, Expression] = field(default_factory=dict)
    split: tuple[Expression, ...] = ()
    own: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.uses or self.invariant or self.substitute or self.split)


def hints(claimed: Statement, table: Mapping[str, Any]) -> Hints:
    """Read the hints of a claim, by its keys :data:`KEYS`.

    Raises
    ------
    InputError
        If one is not of its form, or a formula speaks of what the claim does not know.
    """
    layers = frozenset() if claimed.layers is None else frozenset(claimed.layers.start)
    inside = {*claimed.variables, *claimed.definitions, *claimed.constants, *layers, "pi"}
    names = frozenset(inside)

    def relation(text: Any) -> Relation:
        return claimed.expand(parse_relation(_text(text), names, STATEMENT_FUNCTIONS, "invariant"))

    def formula(text: Any, argument: str) -> Expression:
        return claimed.expand_formula(parse(_text(text), names, STATEMENT_FUNCTIONS, argument))

    uses = tuple(check_label(n, "uses") for n in _listed(table.get("uses", []), "uses"))
    at: dict[str, dict[str, Expression]] = {}
    given = _table(table.get("at", {}), "at")
    if given and not all(isinstance(v, Mapping) for v in given.values()):
        if len(uses) != 1:
            raise InputError("at", "a table for each lemma in `uses` is wanted")
        given = {uses[0]: given}
    for lemma, values in given.items():
        if lemma not in uses:
            raise InputError("at", f"{str(lemma)[:40]!r} is not among `uses`")
        rows = _table(values, "at").items()
        at[lemma] = {check_name(x, "at"): formula(v, "at") for x, v in rows}
    written = _table(table.get("substitute", {}), "substitute")
    if unknown := set(written) - set(claimed.variables):
        raise InputError("substitute", f"{min(map(str, unknown))[:40]!r} is no variable")
    return Hints(
        uses,
        at,
        _each(table.get("invariant", []), "invariant", relation),
        {x: formula(v, "substitute") for x, v in written.items()},
        _each(table.get("split", []), "split", lambda text: formula(text, "split")),
    )


def _each(value: Any, argument: str, read: Callable[[Any], Any]) -> tuple[Any, ...]:
    return tuple(map(read, _listed(value, argument)))


def _listed(value: Any, argument: str) -> list[Any]:
    """A list, or one entry that stands for a list of one."""
    made = value if isinstance(value, list | tuple) else [value]
    if len(made) > MAX_HINTS:
        raise InputError(argument, f"more than {MAX_HINTS} entries")
    return list(made)


def _table(value: Any, argument: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or len(value) > MAX_HINTS:
        raise InputError(argument, f"a table of at most {MAX_HINTS} entries is wanted")
    return value


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value)
