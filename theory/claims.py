"""What is claimed: a statement with a name, its source, and a deliberately false twin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from theory.errors import InputError
from theory.hints import Hints
from theory.language.reading import statement
from theory.language.typed import Typed
from theory.names import check_label, check_text
from theory.statements import DRAWN, Domain, Statement, relation_at

__all__ = [
    "DRAWN",
    "SOURCES",
    "Claim",
    "Domain",
    "Source",
    "SourceKey",
    "Statement",
    "relation_at",
    "statement",
]

SourceKey = Literal[
    "shamir2019",
    "du-hu2019",
    "wu-wang-ma2019",
    "nguyen-mondelli2020",
    "bartlett-helmbold-long2018",
    "arora-cohen-golowich-hu2019",
    "hu-xiao-pennington2020",
    "lemmata",
]
SOURCES: Mapping[SourceKey, str] = MappingProxyType(
    {
        "shamir2019": "Shamir, COLT 2019, PMLR v99",
        "du-hu2019": "Du, Hu, ICML 2019, arXiv 1901.08572v3",
        "wu-wang-ma2019": "Wu, Wang, Ma, NeurIPS 2019, arXiv 1911.00645",
        "nguyen-mondelli2020": "Nguyen, Mondelli, NeurIPS 2020, arXiv 2002.07867v3",
        "bartlett-helmbold-long2018": "Bartlett, Helmbold, Long, ICML 2018, arXiv 1802.06093",
        "arora-cohen-golowich-hu2019": "Arora, Cohen, Golowich, Hu, ICLR 2019, arXiv 1810.02281",
        "hu-xiao-pennington2020": "Hu, Xiao, Pennington, ICLR 2020",
        "lemmata": "this project",
    }
)


@dataclass(frozen=True)
class Source:
    """Where a statement comes from.

    Attributes
    ----------
    key : SourceKey
        The paper, or ``"lemmata"`` for our own.
    statement : str
        Its number there, such as ``"Lemma 7"``.
    sureness : str
        ``"read"`` in the paper, ``"restated"`` in a later one, ``"memory"``, or ``"re-derived"``
        here.
    """

    key: SourceKey
    statement: str
    sureness: Literal["read", "restated", "memory", "re-derived"] = "read"


@dataclass(frozen=True, repr=False)
class Claim:
    """A statement with a name, a source, and a false twin that every check must refute.

    Attributes
    ----------
    name : str
        How users select it: see :func:`theory.names.check_label`.
    title : str
        One line for people.
    source : Source
        Where it comes from.
    statement : Statement
        What is claimed.
    mutant : Statement
        The negative control: deliberately false.
    hints : Hints
        How it may be proved; no part of what is claimed.
    ties : mapping of str to (str, str)
        Constants that are those of other claims of the same file: whose, and which.
    typed : Typed or None
        What was typed, where it was read as a statement about other names. For people only.
    """

    name: str
    title: str
    source: Source
    statement: Statement
    mutant: Statement
    hints: Hints = field(default_factory=Hints)
    ties: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    typed: Typed | None = field(default=None, compare=False)

    @property
    def said(self) -> str:
        """All that is concluded, as one line: as it was typed, where it was read as another."""
        return self.statement.concluded if self.typed is None else self.typed.conclusion

    def __repr__(self) -> str:
        return f"Claim({self.name}: {self.said})"

    def _repr_latex_(self) -> str:
        from theory.paragraphs import claimed  # which reads claims

        return f"${claimed(self)}$"

    def __post_init__(self) -> None:
        check_label(self.name, "claim")
        check_text(self.title, f"{self.name}: title")
        check_text(self.source.statement, f"{self.name}: source")
        if self.mutant.digest == self.statement.digest:
            raise InputError(self.name, "the mutant is the statement itself")
