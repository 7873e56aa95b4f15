"""One theorem of the Coq development, shown whole: words, statement, what its words mean."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from proofs.evidence.coq_record import Entry
from proofs.evidence.kernel import definitions
from proofs.presentation import gallina_latex
from proofs.presentation.gallina import tokens
from theory import typeset
from theory.claims import SOURCES


def meanings(statement: str) -> Mapping[str, str]:
    """The definitions that a statement rests on, each after those that it uses itself."""
    known = definitions()
    found: dict[str, str] = {}

    def gather(text: str, above: frozenset[str]) -> None:
        for name in dict.fromkeys(tokens(text)):
            if name in known and name not in found and name not in above:
                gather(known[name], above | {name})
                found[name] = known[name]

    gather(statement, frozenset())
    return found


def source(entry: Entry) -> str:
    """Where the theorem is from, in words."""
    names = {str(key): name for key, name in SOURCES.items()}
    return f"{names[entry.source]}, {entry.number}"


def said(definition: str) -> str:
    """A definition as Coq prints it, without what follows about its implicit arguments."""
    return definition.partition(" Arguments ")[0]


def text(entry: Entry) -> str:
    """The theorem in lines for a terminal."""
    where = map(said, meanings(entry.statement).values())
    lines = [
        f"{entry.claim}  (theorem {entry.theorem} of proofs/coq/{entry.file}.v)",
        *_wrapped("", entry.words),
        *_wrapped("source      ", source(entry)),
        *_wrapped("statement   ", entry.statement),
        *(line for meant in where for line in _wrapped("where       ", meant)),
    ]
    if entry.instance:
        lines.append(f"  instance    {entry.instance}: its hypotheses can be met")
    lines += [f"  false       coq/false/{name}.v must not compile" for name in entry.false]
    return "\n".join([*lines, f"  check it    lemmata verify {entry.claim} --level kernel"])


def row(entry: Entry) -> dict[str, Any]:
    """The theorem as data."""
    return {
        "name": entry.claim,
        "theorem": entry.theorem,
        "file": f"proofs/coq/{entry.file}.v",
        "words": entry.words,
        "source": {"key": entry.source, "statement": entry.number},
        "statement": entry.statement,
        "definitions": dict(meanings(entry.statement)),
        "instance": entry.instance or None,
        "false": list(entry.false),
        "latex": latex(entry),
    }


def latex(entry: Entry) -> str:
    """The theorem as paragraphs: the statement, made from Coq's own, and its definitions."""
    name = rf"\texttt{{{typeset.words(entry.theorem)}}}"
    meant = [
        gallina_latex.definition(d) or rf"\texttt{{{typeset.words(said(d))}}}."
        for d in meanings(entry.statement).values()
    ]
    return "\n\n".join(
        (
            rf"\paragraph{{{name}.}} \textup{{({typeset.words(source(entry))})}} "
            + gallina_latex.statement(entry.statement),
            *([r"\noindent Here " + " ".join(meant)] if meant else []),
            rf"\noindent {gallina_latex.CONVENTIONS}",
        )
    ) + "\n"  # fmt: skip


def _wrapped(label: str, said: str) -> list[str]:
    return textwrap.wrap(
        said,
        98,
        initial_indent=f"  {label}",
        subsequent_indent=" " * (2 + len(label)),
        break_long_words=False,
        break_on_hyphens=False,
    )
