"""Theorems as objects: of the catalogue or of a file, and those that the Coq kernel checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape as html
from typing import TYPE_CHECKING, Literal

from proofs.api.building import file
from proofs.api.door import door, doors
from proofs.api.shown import Record, table
from proofs.budgets import BUDGET_SECONDS
from proofs.experiments import PROFILES
from theory import typeset
from theory.claims import SOURCES
from theory.exact import processes, seconds
from theory.names import one_of
from theory.theorems.typeset import paragraph

if TYPE_CHECKING:
    from proofs.evidence.standing import Standing, Status
    from theory.theorems import Library
    from theory.theorems import Theorem as Stated


@doors
@dataclass(frozen=True, repr=False, eq=False)
class Theorem:
    """A theorem: what it says, and how far that is proved, which is computed when asked for.

    ``status``, ``weakest``, ``records()`` verify what it rests on when first used, which takes
    seconds to a minute with shipped certificates; :meth:`verify` does so with options.

    Attributes
    ----------
    stated : theory.theorems.Theorem
        Its file, read.
    library : theory.theorems.Library
        The theorems and claims that it may rest on.
    found : Standing or None
        What verification found, if it has been run.
    """

    stated: Stated
    library: Library
    found: Standing | None = None

    @property
    def name(self) -> str:
        """Its name, such as ``"shamir2019/theorem-3"``."""
        return self.stated.name

    @property
    def title(self) -> str:
        """A line that says no more than the statement."""
        return self.stated.title

    @property
    def words(self) -> str:
        """The statement as a sentence, with its quantifiers."""
        return " ".join(self.stated.words.split())

    @property
    def source(self) -> str:
        """The paper, and the number there."""
        return f"{SOURCES[self.stated.source.key]}, {self.stated.source.statement}"

    @property
    def formula(self) -> str:
        """The statement in LaTeX's mathematics, without dollar signs."""
        return " ".join(self.stated.latex.split())

    @property
    def hypotheses(self) -> Mapping[str, str]:
        """What is assumed, by label."""
        return self.stated.hypotheses

    @property
    def constants(self) -> Mapping[str, str]:
        """Its constants, by label."""
        return self.stated.constants

    def verify(
        self,
        budget: float = BUDGET_SECONDS,
        profile: Literal["quick", "full"] = "quick",
        jobs: int = 1,
    ) -> Theorem:
        """Verify what it rests on, and return it with its status.

        Parameters
        ----------
        budget : float
            CPU seconds for the search of one certificate.
        profile : {"quick", "full"}
            How much is measured, where a step is about measurements.
        jobs : int
            Processes.
        """
        from proofs.evidence.standing import standings
        from proofs.verification.verifying import verified_for

        one_of(profile, "profile", PROFILES)
        limits = processes(jobs), seconds(budget)
        rows = verified_for(self.library, [self.name], profile, "standard", *limits)
        return replace(self, found=standings(self.library, rows, [self.name])[self.name])

    @cached_property
    def standing(self) -> Standing:
        """All that is known of it; verified now, if it has not been."""
        found = self.verify().found if self.found is None else self.found
        assert found is not None
        return found

    @property
    def status(self) -> Status:
        """Its strongest way, which is as strong as its weakest link; computed, never declared."""
        return self.standing.status

    @property
    def weakest(self) -> str:
        """The weakest link: a name, or the sentence of a gap."""
        from proofs.presentation.described import weakest

        return weakest(self.standing)

    @property
    def counterexample(self) -> Mapping[str, object] | None:
        """For a statement that fails as printed: the exact point."""
        return self.standing.counterexample

    @property
    def graph(self) -> dict[str, tuple[str, ...]]:
        """What it rests on: for it and each theorem below, the names it refers to.

        ``networkx.DiGraph(theorem.graph)`` takes it.
        """
        below = self.library.below(self.name)
        return {name: tuple(one.references) for name, one in below.items()}

    def records(self) -> list[Record]:
        """Every link with its kind and status, as ``pandas.DataFrame`` takes them."""
        from proofs.presentation.described import link

        return [{"by": way.by, **link(x)} for way in self.standing.ways for x in way.links]

    def latex(self, document: bool = False) -> str:
        """A paragraph of LaTeX: title, source, sentence, formula; or a whole document."""
        made = paragraph(self.stated)
        return typeset.document(None, made) if document else made

    def _known(self) -> Standing | None:
        """What is known without verifying anything."""
        return self.__dict__.get("standing", self.found)

    def __repr__(self) -> str:
        known = self._known()
        return f"Theorem({self.name}{'' if known is None else f': {known.status.value}'})"

    def _repr_latex_(self) -> str:
        return rf"$\displaystyle {self.formula}$"

    def _repr_html_(self) -> str:
        known = self._known()
        said = "status: not computed yet (.status verifies what it rests on)"
        if known is not None:
            said = f"status: <b>{html(known.status.value)}</b>"
            said += f"; weakest link: {html(self.weakest)}" if known.weakest else ""
        head = f"<b>{html(self.title)}</b> <i>({html(self.source)})</i>"
        links = "" if known is None else table(self.records())
        return (
            f"<p>{head}<br>{html(self.words)}<br>{html(self._repr_latex_())}<br>{said}</p>{links}"
        )


@doors
@dataclass(frozen=True, repr=False)
class KernelTheorem:
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
        return f"KernelTheorem({self.name}: {self.source})"

    def latex(self) -> str:
        """Paragraphs of LaTeX: the statement, made from the kernel's own, and its definitions."""
        from proofs.evidence import kernel
        from proofs.presentation import kernel_theorem

        return kernel_theorem.latex(kernel.theorems()[self.name])

    def _repr_html_(self) -> str:
        head = f"<b>{html(self.name)}</b> <i>({html(self.source)})</i>"
        return f"<p>{head}<br>{html(self.words)}</p><pre>{html(self.statement)}</pre>"


@door
def theorem(name: str) -> Theorem:
    """One theorem: of the catalogue by its name, or of a file (``"mine.toml"``).

    Parameters
    ----------
    name : str
        Such as ``"shamir2019/theorem-3"``.

    Raises
    ------
    InputError
        If there is none; it names those that are nearest. If the file cannot be taken.

    Examples
    --------
    >>> theorem("shamir2019/lemma-13").constants["step size"]
    'delta^2/(2 k y^2)'
    """
    from proofs import theorems as known

    shelf, stated = known.find(str(file(name, "name")))
    return Theorem(stated, shelf)


@door
def theorems(paper: str = "") -> tuple[Theorem, ...]:
    """All theorems of the catalogue, or those of one paper; nothing is verified.

    Parameters
    ----------
    paper : str
        Its key, such as ``"shamir2019"``; all papers by default.

    Raises
    ------
    InputError
        If there is no such paper.
    """
    from proofs import theorems as known

    one_of(paper, "paper", ("", *SOURCES))
    shelf = known.library()
    return tuple(Theorem(t, shelf) for t in shelf.theorems.values() if paper in ("", t.paper))


@door
def kernel_theorems() -> tuple[KernelTheorem, ...]:
    """All kernel theorems on record, in the order of the record; nothing is compiled."""
    from proofs.evidence import kernel
    from proofs.presentation import kernel_theorem

    return tuple(
        KernelTheorem(
            name,
            entry.words,
            kernel_theorem.source(entry),
            entry.statement,
            f"proofs/coq/{entry.file}.v",
        )
        for name, entry in kernel.theorems().items()
    )
