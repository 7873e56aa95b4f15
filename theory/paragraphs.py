"""Claims in LaTeX, as paragraphs and as single formulas: as they were typed, where that can be set.

A claim that is read as another one (:mod:`theory.language.typed`) is shown in the names of the
person who typed it. Where two of these names would look the same, or a formula has no usual sign,
it stands letter by letter as it was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import starmap

from theory.claims import SOURCES, Claim
from theory.expressions import Condition, Expression
from theory.expressions.tokens import plain as spelled
from theory.expressions.tree import COMPARISONS
from theory.language.typed import Typed
from theory.looks import unlike
from theory.prose import prose
from theory.stated import declared, display, signs, statement
from theory.statements import Statement
from theory.typeset import array, condition, formula, joined, number, words
from theory.typeset import name as written

Read = tuple[Condition, tuple[Condition, ...]]


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
            conclusion, supposed = read
            given = [*starmap(signs, t.named.items()), *_numbers(s), *_arrays(t)]
            given, then = [*given, *map(joined, supposed)], joined(conclusion)
    commas = ",\\ ".join(given)
    return rf"\displaystyle {commas} \;\Longrightarrow\; {then}" if given else then


def _spoken(s: Statement, t: Typed) -> str:
    """What was typed, as a sentence; letter by letter, what has no look of its own."""
    with _unlike(s, t):
        if (read := settable(s, t)) is None:
            given, supposed = [f"${_literal(x)}$" for x in (*t.given, *_equations(s))], []
            then = f"${_literal(t.conclusion)}$"
        else:
            given = [*starmap(declared, t.named.items()), *(f"${n}$" for n in _numbers(s))]
            given += (f"${a}$" for a in _arrays(t))
            supposed, then = [*map(condition, read[1])], condition(read[0])
    sentences = [f"For all {', '.join(given)}."] if given else []
    sentences += [f"Suppose {', '.join(supposed)}."] if supposed else []
    return " ".join([*sentences, f"Then {then}."])


def _unlike(s: Statement, t: Typed) -> AbstractContextManager[None]:
    return unlike((*t.named, *map(spelled, (*t.definitions, *t.matrices)), *s.constants), written)


def _literal(text: str) -> str:
    """What was typed, as it was, in pieces between which TeX may break."""
    return r"\ \allowbreak ".join(rf"\texttt{{{words(piece)}}}" for piece in text.split())


def _equations(s: Statement) -> list[str]:
    return [f"{n} = {v}" for n, v in s.constants.items()]


def _arrays(t: Typed) -> list[str]:
    return [array(n, rows) for n, rows in (t.entries() or {}).items()]


def _numbers(s: Statement) -> list[str]:
    return [f"{written(n)} = {number(v)}" for n, v in s.constants.items()]


def settable(
    s: Statement,
    t: Typed,
    name: Callable[[str], str] = written,
    formula: Callable[[Expression], str] = formula,
) -> Read | None:
    """What was typed, as trees, if everything in it has a look, and a look of its own.

    Parameters
    ----------
    s : Statement
        What it was read as.
    t : Typed
    name, formula : callable
        How names and formulas are set.
    """
    if s.written is not None or (read := t.formulas()) is None or (own := t.entries()) is None:
        return None
    compared = [r for one in (read[0], *read[1]) for clause in one for r in clause]
    nodes = [n for r in compared for side in (r.left, r.right) for n in side.walk()]
    nodes += [n for rows in own.values() for row in rows for e in row for n in e.walk()]
    events = [a for n in nodes if n.head in ("P", "E", "and", "or") for a in n.args]
    if sum(n.head in COMPARISONS for n in nodes) > sum(a.head in COMPARISONS for a in events):
        return None
    looks = {str(n): formula(n) for n in nodes if n.head in ("name", "item")}
    looks |= {n: name(n) for n in (*t.named, *map(spelled, t.matrices), *s.constants)}
    return read if len(set(looks.values())) == len(looks) else None
