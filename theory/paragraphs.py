"""Claims in LaTeX, as paragraphs and as single formulas: as they were typed, where that can be set.

A claim that is read as another one (:mod:`theory.language.typed`) is shown in the names of the
person who typed it. Where two of these names would look the same, or a formula has no usual sign,
it stands letter by letter as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import starmap

from theory.claims import SOURCES, Claim
from theory.expressions import Condition, Expression
from theory.expressions.tokens import plain as spelled
from theory.expressions.tree import COMPARISONS
from theory.language.typed import Formulas, Typed
from theory.looks import unlike
from theory.prose import prose
from theory.stated import declared, display, in_formula, layered, sentence, signs, statement
from theory.statements import Statement
from theory.typeset import array, condition, formula, joined, number, words
from theory.typeset import name as written


def claim(c: Claim) -> str:
    """A claim as a paragraph: its title, its source, its statement."""
    source = f"{SOURCES[c.source.key]}, {c.source.statement}"
    said, scope = statement(c.statement), c.statement.scope
    if c.statement.written is not None or c.typed is not None:
        scope = "" if c.typed is None else c.typed.scope  # what a reading adds is about its names
    if c.typed is not None and c.statement.written is None:
        said = _spoken(c.statement, c.typed)
    scope = f" {prose(scope)}." if scope else ""
    return rf"\paragraph{{{prose(c.title)}.}} \textup{{({words(source)})}} {said}{scope}" + "\n"


def claimed(c: Claim) -> str:
    """A claim as one formula, without dollar signs: hypotheses imply the conclusion."""
    return implied(c.statement, c.typed)


def implied(s: Statement, t: Typed | None) -> str:
    """The same of a statement and what was typed, if it was read as a statement of other names."""
    if t is None or s.written is not None:
        return display(s)
    with _unlike(s, t):
        if (read := settable(s, t)) is None:
            given, then = [*map(_literal, (*t.given, *_equations(s)))], _literal(t.conclusion)
        else:
            given = [*starmap(signs, t.named.items()), *_numbers(s), *_arrays(read)]
            given += (f"{written(n)} := {formula(e)}" for n, e in read.definitions.items())
            given += map(joined, read.supposed)
            given += [in_formula(_layers(t, read))] if read.start else []
            then = joined(read.conclusion)
    commas = ",\\ ".join(given)
    return rf"\displaystyle {commas} \;\Longrightarrow\; {then}" if given else then


def _spoken(s: Statement, t: Typed) -> str:
    """What was typed, as a sentence; letter by letter, what has no look of its own."""
    with _unlike(s, t):
        if (read := settable(s, t)) is None:
            all_of_it = ", ".join(f"${_literal(x)}$" for x in (*t.given, *_equations(s)))
            then = f"Then ${_literal(t.conclusion)}$."
            return f"For all {all_of_it}. {then}" if all_of_it else then
        given = [*starmap(declared, t.named.items()), *(f"${n}$" for n in _numbers(s))]
        given += (f"${a}$" for a in _arrays(read))
        said = [(f"For all {', '.join(given)}.", _mentioned(t.domains.values()))] if given else []
        if read.supposed:
            supposed = f"Suppose {', '.join(map(condition, read.supposed))}."
            said.append((supposed, _compared(read.supposed)))
        if read.start:
            moves = (e for part in (read.start, read.update) for e in part.values())
            inside = _mentioned(t.layers.domains.values()) | _compared(read.inside)
            said.append((sentence(_layers(t, read)), inside.union(*(e.names for e in moves))))
        said.append((f"Then {condition(read.conclusion)}.", _compared([read.conclusion])))
        return " ".join(_where(said, read.definitions))


def _mentioned(domains: Iterable[str]) -> frozenset[str]:
    return frozenset(n for said in domains for n in re.findall(r"\w+", spelled(said)))


def _compared(conditions: Iterable[Condition]) -> frozenset[str]:
    return frozenset(n for c in conditions for clause in c for r in clause for n in r.names)


def _where(
    sentences: Sequence[tuple[str, frozenset[str]]], definitions: Mapping[str, Expression]
) -> Iterator[str]:
    """Sentences, each with the names in it; a definition stands with the first that uses it."""
    waiting = dict(definitions)
    for place, (said, own) in enumerate(sentences, 1):
        for n, meaning in reversed(waiting.items()):
            own |= meaning.names if n in own else frozenset()
        used = [n for n in waiting if n in own or place == len(sentences)]
        where = ", ".join(f"${written(n)} = {formula(waiting.pop(n))}$" for n in used)
        yield f"{said[:-1]}, where {where}." if where else said


def _layers(t: Typed, read: Formulas) -> str:
    own = starmap(declared, t.layers.named.items())
    return layered(own, map(condition, read.inside), read.start, read.update)


def _unlike(s: Statement, t: Typed) -> AbstractContextManager[None]:
    return unlike(names(s, t), written)


def names(s: Statement, t: Typed) -> tuple[str, ...]:
    """All that a claim gives a name, as formulas have it."""
    more = (*t.definitions, *t.matrices, *t.layers.start)
    return (*t.named, *map(spelled, more), *t.layers.named, *s.constants)


def _literal(text: str) -> str:
    """What was typed, as it was, in pieces between which TeX may break."""
    return r"\ \allowbreak ".join(rf"\texttt{{{words(piece)}}}" for piece in text.split())


def _equations(s: Statement) -> list[str]:
    return [f"{n} = {v}" for n, v in s.constants.items()]


def _arrays(read: Formulas) -> list[str]:
    return [array(n, rows) for n, rows in read.entries.items()]


def _numbers(s: Statement) -> list[str]:
    return [f"{written(n)} = {number(v)}" for n, v in s.constants.items()]


def settable(
    s: Statement,
    t: Typed,
    name: Callable[[str], str] = written,
    formula: Callable[[Expression], str] = formula,
) -> Formulas | None:
    """What was typed, as trees, if everything in it has a look, and a look of its own.

    Parameters
    ----------
    s : Statement
        What it was read as.
    t : Typed
    name, formula : callable
        How names and formulas are set.
    """
    if s.written is not None or (read := t.formulas()) is None:
        return None
    nodes = [n for side in read.sides() for n in side.walk()]
    events = [a for n in nodes if n.head in ("P", "E", "and", "or") for a in n.args]
    if sum(n.head in COMPARISONS for n in nodes) > sum(a.head in COMPARISONS for a in events):
        return None
    looks = {str(n): formula(n) for n in nodes if n.head in ("name", "item")}
    looks |= {n: name(n) for n in names(s, t)}
    return read if len(set(looks.values())) == len(looks) else None
