"""Claims on the page as they were typed, where they were read as statements about other names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import starmap

from markupsafe import Markup

from proofs.presentation.encyclopedia import mathml
from proofs.presentation.encyclopedia.names import sentence
from proofs.presentation.encyclopedia.statements import DOMAINS, Shown, clipped, moves, numbers
from theory.expressions import Expression
from theory.gram import Written
from theory.language.typed import Typed
from theory.looks import about, unlike
from theory.paragraphs import names, settable
from theory.stated import properties
from theory.statements import Statement

_SIGNS = {**DOMAINS, "natural": "∈ ℕ", "vector": "a vector", "matrix": "a matrix"}
_SETS = ("[", "(", "{")
_TEXT = Markup('<code class="plain">{}</code>')


def spoken(s: Statement, t: Typed) -> Shown:
    """Typeset what was typed; what has no usual sign, or no look of its own, stands as text.

    Parameters
    ----------
    s : Statement
        What it was read as.
    t : Typed
    """
    with unlike(names(s, t), mathml.symbol):
        if s.written is not None:
            with about(s.written):
                return _functional(s, s.written, t)
        if (read := settable(s, t, mathml.symbol, _look)) is None:
            return _verbatim(s, t)
        rows = [f"row {n}" for n in range(1, len(t.rows) + 1)]
        labelled = zip((*rows, *t.hypotheses), map(mathml.condition, read.supposed), strict=True)
        return Shown(
            conclusion=mathml.condition(read.conclusion),
            variables=tuple(_declared(t.named)),
            definitions=(
                *starmap(mathml.array, read.entries.items()),
                *(mathml.definition(e, n) for n, e in read.definitions.items()),
            ),
            hypotheses=tuple(labelled),
            constants=numbers(s),
            scope=sentence(t.scope),
            source=clipped(str(t), 600),
            layers=(
                *starmap(Markup("{} {}").format, _declared(t.layers.named)),
                *map(mathml.condition, read.inside),
                *moves(read.start, read.update),
            ),
        )


def _functional(s: Statement, w: Written, t: Typed) -> Shown:
    """A claim about functions as it was written."""
    return Shown(
        conclusion=mathml.condition(w.conclusion),
        variables=tuple(_declared({**w.classes, **w.points, **w.numbers})),
        definitions=tuple(mathml.definition(e, n) for n, e in w.definitions.items()),
        hypotheses=tuple((n, mathml.condition(c)) for n, c in w.hypotheses.items()),
        constants=numbers(s),
        scope=sentence(t.scope),
        source=clipped(str(t), 600),
    )


def _verbatim(s: Statement, t: Typed) -> Shown:
    given = ((f"row {n}", row) for n, row in enumerate(t.rows, 1))
    return Shown(
        conclusion=_TEXT.format(t.conclusion),
        variables=tuple((_TEXT.format(x), said) for x, said in t.domains.items()),
        definitions=tuple(
            map(_TEXT.format, (*t.written, *(f"{x} = {said}" for x, said in t.definitions.items())))
        ),
        hypotheses=tuple((n, _TEXT.format(said)) for n, said in (*given, *t.hypotheses.items())),
        constants=tuple((_TEXT.format(f"{n} = {v}"), "") for n, v in s.constants.items()),
        scope=sentence(t.scope),
        source=clipped(str(t), 600),
        layers=tuple(map(_TEXT.format, t.layers.given)),
    )


def _look(e: Expression) -> str:
    """What a reader can tell apart: the signs, and not in which rows they stand."""
    return str(mathml.value(e).striptags())


def _declared(domains: Mapping[str, str]) -> Iterator[tuple[Markup, str]]:
    """Names that share a domain, and the domain in signs or in the words of the language."""
    by_domain: dict[str, list[str]] = {}
    for name, said in domains.items():
        by_domain.setdefault(said, []).append(name)
    for said, own in by_domain.items():
        words = _properties(said) or sentence(re.sub(r"\binf\b", "∞", said))
        shown = Markup("∈ {}").format(words) if said.startswith(_SETS) else words
        yield Markup(", ").join(map(mathml.symbol, own)), _SIGNS.get(said, shown)


def _properties(said: str) -> Markup:
    """Of ``smooth(L) & convex``: L-smooth and convex; of all else nothing."""
    made = []
    for of, word in properties(said) or ():
        number = mathml.symbol(of) if of.isidentifier() else of
        made.append(Markup("{}-{}").format(number, word) if of else Markup("{}").format(word))
    return Markup(" and ").join(made)
