"""Finding a standard lemma: what a search of the library gives back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from proofs.api.door import door, doors
from proofs.api.shown import Record, table
from theory import paragraphs
from theory.claims import Claim
from theory.errors import InputError
from theory.exact import whole

if TYPE_CHECKING:
    from proofs.library import Entry


@doors
@dataclass(frozen=True, repr=False)
class Found(Sequence[Claim]):
    """Lemmas of the library, the best fit first; a claim of yours cites one by its name.

    Attributes
    ----------
    query : str
    entries : tuple of (Entry, float)
        Each lemma with its family, citation and case of equality, and its score.
    """

    query: str
    entries: tuple[tuple[Entry, float], ...]

    def __getitem__(self, index: Any) -> Any:
        claims = [entry.claim for entry, _ in self.entries]
        if isinstance(index, str):
            return next(c for c in claims if c.name == index)
        return claims[index]

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Claim]:
        return (entry.claim for entry, _ in self.entries)

    def records(self) -> list[Record]:
        """Rows for ``pandas.DataFrame(found.records())``."""
        return [
            {
                "name": entry.claim.name,
                "title": entry.claim.title,
                "family": entry.family,
                "conclusion": entry.claim.said,
                "equality": entry.equality,
                "cited": entry.cited,
                "score": round(score, 3),
            }
            for entry, score in self.entries
        ]

    def latex(self) -> str:
        """The lemmas as paragraphs of LaTeX."""
        return "\n".join(map(paragraphs.claim, self))

    def __repr__(self) -> str:
        names = ", ".join(c.name for c in self) or "nothing"
        return f"Found({self.query!r}: {names})"

    def _repr_html_(self) -> str:
        return table(self.records())


@door
def search(query: str, limit: int = 10) -> Found:
    """Find lemmas of the library by words, or by a formula whatever its variables are called.

    Parameters
    ----------
    query : str
        Such as ``"descent lemma"`` or ``"(1-x)**n <= exp(-n*x)"``.
    limit : int
        How many at most.

    Examples
    --------
    >>> search("descent lemma", limit=1)
    Found('descent lemma': descent-lemma)
    """
    from proofs.library import search as look

    if not isinstance(query, str):
        raise InputError("query", f"text is wanted, not {type(query).__name__}")
    return Found(query, tuple(look(query, whole(limit, "limit", 1))))
