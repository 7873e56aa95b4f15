"""Claims as they were typed, for people.

What a claim is read as may speak of other names: of values ``f_x`` of a function, of accumulators
``S`` of a sum, of coordinates of vectors. That is what is proved, and certificates print it; a
person who looks for a lemma, or is sent a counterexample, wants the sentence that somebody typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from theory.errors import InputError, plain
from theory.expressions import Condition, Expression, parse_condition
from theory.expressions.abbreviations import ORACLES
from theory.expressions.formulas import MAX_CHARACTERS
from theory.expressions.tokens import plain as spelled
from theory.language import layered
from theory.language.declarations import STATEMENT_FUNCTIONS
from theory.language.domains import apart, written_out
from theory.language.layered import TypedLayers
from theory.language.reading import statement
from theory.names import shortened
from theory.statements import Statement

MAX_TEXTS = 1_000
"""In all tables of a claim together; each is read in about half a millisecond."""
Rows = tuple[tuple[str, ...], ...]
_NAME = re.compile(r"[^\W\d]\w*")
_APPLIED = re.compile(r"([^\W\d]\w*)\s*\(")
INDEX = re.compile(r"\b(?:sum|prod|max|min)\s*\(\s*(\w+)\s*,[^,]*,[^,]*,")
INDEXED = re.compile(r"\b([A-Za-z]\w*?)(?:_(?:[A-Za-z]\b|\()|\[)")


@dataclass(frozen=True)
class Typed:
    """What was typed, where it is not what it was read as.

    Attributes
    ----------
    domains : mapping of str to str
        Variables, as they were declared, and functions and operators with their classes.
    definitions, hypotheses : mapping of str to str
        By name; rows of recursions are hypotheses that have none.
    matrices : mapping of str to rows of str
        Matrices by their entries.
    rows : tuple of str
        Of recursions.
    conclusion : str
    layers : TypedLayers
        What every layer consists of and does, in a claim about any number of them.
    scope : str
        What somebody added in words.
    table : mapping
        The whole sentence as plain data, from which it can be read again (:func:`again`).
    """

    domains: Mapping[str, str]
    conclusion: str
    definitions: Mapping[str, str] = field(default_factory=dict)
    hypotheses: Mapping[str, str] = field(default_factory=dict)
    matrices: Mapping[str, Rows] = field(default_factory=dict)
    rows: tuple[str, ...] = ()
    layers: TypedLayers = field(default_factory=TypedLayers)
    scope: str = ""
    table: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def given(self) -> tuple[str, ...]:
        """All that is supposed, in the order in which one would say it."""
        return (
            *(f"{x} {said}" for x, said in self.domains.items()),
            *self.written,
            *(f"{x} = {said}" for x, said in self.definitions.items()),
            *self.rows,
            *self.hypotheses.values(),
            *self.layers.given,
        )

    @property
    def named(self) -> Mapping[str, str]:
        """Its variables by the names that formulas have for them: ``eta`` for η."""
        return {spelled(x): said for x, said in self.domains.items()}

    @property
    def written(self) -> tuple[str, ...]:
        """Its matrices, as one types them: ``A = [[a, b], [b, c]]``."""
        shown = ((n, (f"[{', '.join(row)}]" for row in rows)) for n, rows in self.matrices.items())
        return tuple(f"{n} = [{', '.join(rows)}]" for n, rows in shown)

    def __str__(self) -> str:
        """One line, the conclusion first."""
        return f"{self.conclusion}   for {', '.join(self.given)}" if self.given else self.conclusion

    def formulas(self) -> Formulas | None:
        """All of it as trees; None where something is no plain formula."""
        inside = self.layers
        with suppress(InputError):
            return Formulas(
                _read(self.conclusion),
                _meanings(self.definitions),
                tuple(map(_read, (*self.rows, *self.hypotheses.values()))),
                {
                    spelled(n): tuple(tuple(map(_formula, row)) for row in rows)
                    for n, rows in self.matrices.items()
                },
                tuple(map(_read, inside.hypotheses.values())),
                _meanings(inside.start),
                _meanings(inside.update),
            )
        return None


@dataclass(frozen=True)
class Formulas:
    """What was typed, as trees.

    Attributes
    ----------
    conclusion : Condition
    definitions : mapping of str to Expression
    supposed : tuple of Condition
        Rows of recursions, then the hypotheses.
    entries : mapping of str to rows of Expression
        Of matrices.
    inside : tuple of Condition
        What every layer satisfies.
    start, update : mappings of str to Expression
        Accumulators at first, and after one more layer.
    """

    conclusion: Condition
    definitions: Mapping[str, Expression]
    supposed: tuple[Condition, ...]
    entries: Mapping[str, tuple[tuple[Expression, ...], ...]]
    inside: tuple[Condition, ...]
    start: Mapping[str, Expression]
    update: Mapping[str, Expression]

    def sides(self) -> Iterator[Expression]:
        """Every formula in it that is compared with nothing."""
        for one in (self.conclusion, *self.supposed, *self.inside):
            yield from (side for clause in one for r in clause for side in (r.left, r.right))
        for part in (self.definitions, self.start, self.update):
            yield from part.values()
        yield from (e for rows in self.entries.values() for row in rows for e in row)


def typed(table: Mapping[str, Any], made: Statement) -> Typed | None:
    """What was typed as a table of a claim; None if it was read as it stands."""
    said = _plain(table)
    return None if _stands(said, made) else _as_said(said)


def _stands(said: Mapping[str, Any], made: Statement) -> bool:
    """Whether a statement has the names of what was typed, and its formulas, each as it was."""
    other = {"functions", "operators", "matrices"} & {k for k, part in said.items() if part}
    if other or not _layers_stand(said.get("layers"), made):
        return False
    if set(made.variables) != set(written_out(said["variables"])):
        return False
    try:
        concluded = _comparisons(said["conclusion"])
        meant = {n: _formula(text) for n, text in said.get("definitions", {}).items()}
        supposed = [_comparisons(text) for text in said.get("hypotheses", {}).values()]
    except InputError:
        return False
    return (
        concluded == [str(p.conclusion) for p in made.pieces]
        and not any(p.hypotheses for p in made.parts)
        and {n: str(e) for n, e in meant.items()}
        == {n: str(e) for n, e in made.definitions.items()}
        and {one for each in supposed for one in each} <= {*map(str, made.hypotheses.values())}
    )


def _layers_stand(said: layered.Table | None, made: Statement) -> bool:
    """The same of layers; sums and recursions have some that nobody typed."""
    if said is None or made.layers is None:
        return said is None and made.layers is None
    try:
        assumed = [one for t in said.get("hypotheses", {}).values() for one in _comparisons(t)]
        first, after = (
            {n: str(_formula(t)) for n, t in said[p].items()} for p in ("start", "next")
        )
    except InputError:
        return False
    return (
        said.get("variables", {}) == made.layers.variables
        and assumed == [str(r) for r in made.layers.hypotheses.values()]
        and first == {n: str(e) for n, e in made.layers.start.items()}
        and after == {n: str(e) for n, e in made.layers.update.items()}
    )


def _comparisons(text: str) -> list[str]:
    """A condition as comparisons, all of which hold; one with ``or`` as no statement says it."""
    return [" or ".join(map(str, clause)) for clause in _read(text)]


def again(data: Any, digest: str) -> tuple[Statement, Typed]:
    """Read once more what was typed, and hear whether it says the statement of a digest.

    Parameters
    ----------
    data : object
        A :attr:`Typed.table`, or what somebody put in its place.
    digest : str

    Raises
    ------
    InputError
        If it is no such table, cannot be read, or says another statement.
    """
    if not is_table(data):
        raise InputError("typed", "is no table of what was typed")
    made = statement(**data)
    if made.digest != digest or _plain(data) != data:
        raise InputError("typed", "what was typed says another statement")
    return made, _as_said(data)


def in_words(table: Mapping[str, Any]) -> str:
    """A :attr:`Typed.table` as one line."""
    return str(_as_said(table))


def is_table(data: Any) -> bool:
    """Whether something has the form of a :attr:`Typed.table`: not too many texts by name."""
    return (
        isinstance(data, dict)
        and {"variables", "conclusion"} <= data.keys() <= _FORM.keys()
        and sum(map(layered.size, data.values())) <= MAX_TEXTS
        and all(_FORM[key](part) for key, part in data.items())
    )


def _texts(part: Any) -> bool:
    return isinstance(part, dict) and all(isinstance(t, str) for pair in part.items() for t in pair)


def _text(part: Any) -> bool:
    return isinstance(part, str)


def _list(part: Any) -> bool:
    return isinstance(part, list) and all(map(_text, part))


def _rows(part: Any) -> bool:
    return isinstance(part, dict) and all(
        isinstance(n, str) and isinstance(rows, list) and all(map(_list, rows))
        for n, rows in part.items()
    )


_TABLES = ("functions", "operators", "variables", "definitions", "hypotheses", "constants")
_FORM: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(_TABLES, _texts),
    **dict.fromkeys(("conclusion", "scope"), _text),
    "recursions": _list,
    "matrices": _rows,
    "layers": layered.is_table,
}


def _plain(table: Mapping[str, Any]) -> dict[str, Any]:
    """A table of a claim as texts; of a witness, which is no part of a statement, nothing."""
    kept: dict[str, Any] = {}
    for key in _FORM.keys() & {k for k, part in table.items() if part is not None}:
        part = table[key]
        if key in _TABLES:
            kept[key] = {n: plain(str(said), MAX_CHARACTERS) for n, said in part.items()}
        elif key == "recursions":
            rows = [part] if isinstance(part, str) else part
            kept[key] = [plain(str(row), MAX_CHARACTERS) for row in rows]
        elif key == "matrices":
            kept[key] = {n: [[plain(str(e), MAX_CHARACTERS) for e in row] for row in rows]
                         for n, rows in part.items()}  # fmt: skip
        elif key == "layers":
            kept[key] = {p: {n: plain(str(t), MAX_CHARACTERS) for n, t in own.items()}
                         for p, own in layered.parts(part)}  # fmt: skip
        else:
            kept[key] = plain(str(part), MAX_CHARACTERS)
    return {**kept, "variables": apart(kept["variables"])}


def _as_said(table: Mapping[str, Any]) -> Typed:
    """The same for people, with what is too long for a line cut short."""
    short = {key: {n: shortened(said) for n, said in table.get(key, {}).items()} for key in _TABLES}
    return Typed(
        {**short["functions"], **short["operators"], **short["variables"]},
        shortened(table["conclusion"]),
        short["definitions"],
        short["hypotheses"],
        {
            n: tuple(tuple(map(shortened, row)) for row in rows)
            for n, rows in table.get("matrices", {}).items()
        },
        tuple(map(shortened, table.get("recursions", ()))),
        layered.as_said(table.get("layers", {})),
        table.get("scope", ""),
        table,
    )


def _formula(text: str) -> Expression:
    """A formula without a comparison, by its looks."""
    ((compared,),) = _read(f"{text} == 0")
    return compared.left


def _meanings(texts: Mapping[str, str]) -> dict[str, Expression]:
    return {spelled(n): _formula(said) for n, said in texts.items()}


def _read(text: str) -> Condition:
    """A formula by its looks: whatever stands before a bracket is a function."""
    text = spelled(text)
    index = frozenset(INDEX.findall(text))
    applied = frozenset(_APPLIED.findall(text)) - {"E", "P"}
    names = frozenset(_NAME.findall(text)) - applied - index
    functions = STATEMENT_FUNCTIONS | applied | {"E", "P", *ORACLES}
    sequences = frozenset(INDEXED.findall(text))
    return parse_condition(text, names, functions, "formula", sequences=sequences)
