"""Theorems that the Coq kernel checks, as objects."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape as html

from proofs.evidence import kernel
from theory import typeset
from theory.claims import SOURCES


@dataclass(frozen=True, repr=False)
class Theorem:
    """A theorem of ``proofs/coq``: what it says, where it is from, what the kernel has of it.

    Attributes
    ----------
    name : str
        Its name here.
    words : str
        The statement as a sentence.
    source : str
        The paper and the number there.
    statement : str
        As the kernel prints it.
    file : str
        The Coq file that proves it.
    """

    name: str
    words: str
    source: str
    statement: str
    file: str

    def __repr__(self) -> str:
        return f"Theorem({self.name}: {self.source})"

    def latex(self) -> str:
        """A paragraph of LaTeX: name, source, sentence."""
        return rf"\paragraph{{{typeset.words(self.name)}}} ({typeset.words(self.source)}) " + (
            typeset.words(self.words)
        )

    def _repr_html_(self) -> str:
        head = f"<b>{html(self.name)}</b> <i>({html(self.source)})</i>"
        return f"<p>{head}<br>{html(self.words)}</p><pre>{html(self.statement)}</pre>"


def theorems() -> tuple[Theorem, ...]:
    """All theorems on record, in the order of the record; nothing is compiled."""
    return tuple(
        Theorem(
            name,
            entry.words,
            f"{SOURCES.get(entry.source, entry.source)}, {entry.number}",  # type: ignore[call-overload]
            entry.statement,
            f"proofs/coq/{entry.file}.v",
        )
        for name, entry in kernel.theorems().items()
    )
