"""A theorem as a paragraph of LaTeX: its title, its source, its sentence, its formula."""

from __future__ import annotations

from theory import typeset
from theory.claims import SOURCES
from theory.prose import prose
from theory.theorems.model import Theorem


def paragraph(theorem: Theorem) -> str:
    """Print a theorem; it compiles in T1, with amsmath and amssymb, outside of mathematics."""
    source = f"{SOURCES[theorem.source.key]}, {theorem.source.statement}"
    head = rf"\paragraph{{{prose(theorem.title)}.}} \textup{{({typeset.words(source)})}}"
    words, formula = " ".join(theorem.words.split()), " ".join(theorem.latex.split())
    return f"{head} {prose(words)}\n\n{typeset.line(formula)}\n"
