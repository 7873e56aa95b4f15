"""Claims in LaTeX, as paragraphs and as single formulas: as they were typed, where that can be set.

A claim that is read as another one (:mod:`theory.language.typed`) is shown in the names of the
person who typed it. Where two of these names would look the same, or a formula has no usual sign,
the statement that is proved is shown instead.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import starmap

from theory.claims import SOURCES, Claim
from theory.expressions import Condition, Expression
from theory.expressions.tree import COMPARISONS
from theory.language.typed import Typed
from theory.prose import prose
from theory.stated import declared, display, signs, statement
from theory.statements import Statement
from theory.typeset import condition, formula, joined, number, words
from theory.typeset import name as written

_WORDLESS = frozenset({"piecewise", "and", "or"})
Read = tuple[Condition, tuple[Condition, ...]]


def claim(c: Claim) -> str:
    """A claim as a paragraph: its title, its source, its statement."""
    source = f"{SOURCES[c.source.key]}, {c.source.statement}"
    said, scope = statement(c.statement), c.statement.scope
    if c.statement.written is not None or c.typed is not None:
        scope = "" if c.typed is None else c.typed.scope  # what a reading adds is about its names
    if c.typed is not None and (read := settable(c.statement, c.typed)) is not None:
        conclusion, supposed = read
        given = [
            *starmap(declared, c.typed.domains.items()),
            *(f"${n}$" for n in _numbers(c.statement)),
        ]
        sentences = [f"For all {', '.join(given)}."] if given else []
        sentences += [f"Suppose {', '.join(map(condition, supposed))}."] if supposed else []
        said = " ".join([*sentences, f"Then {condition(conclusion)}."])
    scope = f" {prose(scope)}." if scope else ""
    return rf"\paragraph{{{prose(c.title)}.}} \textup{{({words(source)})}} {said}{scope}" + "\n"


def claimed(c: Claim) -> str:
    """A claim as one formula, without dollar signs: hypotheses imply the conclusion."""
    return implied(c.statement, c.typed)


def implied(s: Statement, t: Typed | None) -> str:
    """The same of a statement and what was typed, if it was read as a statement of other names."""
    if t is None or (read := settable(s, t)) is None:
        return display(s)
    conclusion, supposed = read
    given = [*starmap(signs, t.domains.items()), *_numbers(s), *map(joined, supposed)]
    commas = ",\\ ".join(given)
    then = joined(conclusion)
    return rf"\displaystyle {commas} \;\Longrightarrow\; {then}" if given else then


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
    if s.written is not None or (read := t.formulas()) is None:
        return None
    compared = [r for one in (read[0], *read[1]) for clause in one for r in clause]
    nodes = [n for r in compared for side in (r.left, r.right) for n in side.walk()]
    events = sum(len(n.args) for n in nodes if n.head == "P")
    if (
        any(n.head in _WORDLESS for n in nodes)
        or sum(n.head in COMPARISONS for n in nodes) > events
    ):
        return None
    looks = {str(n): formula(n) for n in nodes if n.head in ("name", "item")}
    looks |= {n: name(n) for n in (*t.domains, *s.constants)}
    return read if len(set(looks.values())) == len(looks) else None
