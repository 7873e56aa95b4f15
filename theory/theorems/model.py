"""What a theorem is: a statement with its quantifiers, and a proof that names its steps.

A :class:`Theorem` says nothing about whether it holds. What it rests on is a graph; how strong
that is, whoever gathers evidence computes from the graph (:mod:`proofs.evidence.standing`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from theory.claims import Claim, Source
from theory.theorems.composition import Composition, sources
from theory.ties import Tie

Role = Literal["theorem", "assumption"]


@dataclass(frozen=True)
class Cited:
    """A classical fact that is cited, not proved here.

    Attributes
    ----------
    name : str
        How proofs refer to it.
    words, latex : str
        The fact.
    reference : str
        Where it is proved.
    """

    name: str
    words: str
    latex: str
    reference: str


@dataclass(frozen=True)
class Inference:
    """One join of a proof: what it says, and what it takes that from.

    Attributes
    ----------
    label : str
        Its first words, to find it by.
    text : str
        All of it, references in brackets.
    uses : tuple of str
        The names that it refers to, in the order of the text.
    gap : bool
        Whether the text says itself that something is not proved there (``[gap]``).
    """

    label: str
    text: str
    uses: tuple[str, ...]
    gap: bool = False


@dataclass(frozen=True)
class Printed:
    """The printed form fails: where, how it is repaired, and whether the failure is degenerate.

    Attributes
    ----------
    refuted_by : str
        A claim whose false twin is the printed form, or a kernel theorem that denies it.
    words : str
        The counterexample, in a sentence.
    repaired : str
        The theorem that holds instead.
    degenerate : bool
        Whether it fails only in a case that the authors would not have meant.
    """

    refuted_by: str
    words: str
    repaired: str
    degenerate: bool = False


@dataclass(frozen=True)
class Theorem:
    """A numbered statement, whole, with all that speaks for it.

    Attributes
    ----------
    name : str
        Folder and file, such as ``"shamir2019/theorem-3"``.
    title : str
    source : Source
        Paper, number there, and how sure the reading is.
    words, latex : str
        The full statement, quantifiers included, in a sentence and in LaTeX.
    hypotheses, constants : mapping of str to str
        By name, as they stand in the statement.
    kernel : tuple of str
        Kernel theorems that together are the whole statement.
    claims : tuple of str
        Claims that are the whole statement as they stand, such as the examples of an assumption.
    composition : Composition or None
        The formal statement of a theorem: claims, and kernel theorems, that say the whole of it.
    prose : str
        Of a theorem that only a written proof carries: which inference is prose, and why.
    measured : tuple of str
        Guarantees checked on instances of the whole statement.
    inferences : tuple of Inference
        The written proof.
    page : str
        The page and section the proof was taken from; empty if it stands in the file.
    steps : mapping of str to Claim
        Claims of this proof alone.
    twin : str
        The claim, local step or kernel theorem whose false variant is this theorem's false twin;
        empty to take those of ``kernel`` or ``claims``.
    printed : Printed or None
        Set where the statement fails as printed.
    why : str
        What is out of reach, and why.
    improved : tuple of str
        Theorems that say the same with better constants, or with constants at all.
    role : {"theorem", "assumption"}
        An assumption (or definition) is met, not proved: what speaks for it are examples.
    tied : mapping of str to str
        The constants as they are written, numbers of steps as ties (:mod:`theory.ties`).
    ties : tuple of (str, str)
        Which constants of which steps the statement takes its numbers from.
    """

    name: str
    title: str
    source: Source
    words: str
    latex: str
    hypotheses: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    kernel: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    composition: Composition | None = None
    prose: str = ""
    measured: tuple[str, ...] = ()
    inferences: tuple[Inference, ...] = ()
    page: str = ""
    steps: Mapping[str, Claim] = field(default_factory=dict)
    twin: str = ""
    printed: Printed | None = None
    why: str = ""
    improved: tuple[str, ...] = ()
    role: Role = "theorem"
    tied: Mapping[str, str] = field(default_factory=dict)
    ties: tuple[Tie, ...] = ()

    def __post_init__(self) -> None:
        for slot in ("hypotheses", "constants", "steps", "tied"):
            object.__setattr__(self, slot, MappingProxyType(dict(getattr(self, slot))))

    @property
    def paper(self) -> str:
        """The folder, which is the key of its source."""
        return self.name.partition("/")[0]

    @property
    def canonical(self) -> str:
        """The statement as deterministic JSON; what speaks for it is no part of it."""
        parts = {
            "words": " ".join(self.words.split()),
            "latex": " ".join(self.latex.split()),
            "hypotheses": dict(sorted(self.hypotheses.items())),
            "constants": dict(sorted(self.constants.items())),
        }
        return json.dumps(parts, sort_keys=True, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """SHA-256 of :attr:`canonical`."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    @property
    def composed(self) -> tuple[str, ...]:
        """What its composition rests on: its parts, what they cite, and the facts that are given.

        Facts that the certificates of its claims cite are checked there; they are named here, too,
        because whoever changes one of them changes the proof.
        """
        if self.composition is None:
            return ()
        cited = (n for label in self.composition.claims for n in self.steps[label].hints.uses)
        return tuple(dict.fromkeys((*self.composition.parts, *cited, *self._facts)))

    @property
    def join(self) -> str:
        """What joins the parts of its composition to its words, and no judge checks; else empty.

        Nothing has to where claims alone say the words, sentence by sentence, of the words' own
        quantities. A classical fact, a quantity of the proof, and a passage from what Coq proved to
        what a certificate assumes are read by people.
        """
        made = self.composition
        if made is None or made.how:
            return "" if made is None else made.how
        if made.inner or self._facts or (made.claims and made.kernel):
            return f"what is between {', '.join(dict.fromkeys((*made.parts, *self._facts)))}"
        return ""

    @property
    def _facts(self) -> tuple[str, ...]:
        """The names, not the words or labels, that give what the claims of a composition assume."""
        if self.composition is None:
            return ()
        given = (
            n for n in self.composition.given.values() if not sources(n) <= set(self.hypotheses)
        )
        return (*self.composition.facts, *(n for n in given if " " not in n))

    @property
    def references(self) -> tuple[str, ...]:
        """Every name the theorem rests on or points to, without repetition."""
        proof = (name for inference in self.inferences for name in inference.uses)
        printed = () if self.printed is None else (self.printed.refuted_by, self.printed.repaired)
        twin = (self.twin,) if self.twin else ()
        whole = (*self.kernel, *self.claims, *self.composed)
        named = (*whole, *self.measured, *proof, *printed, *twin)
        return tuple(dict.fromkeys(n for n in named if n))


ReadStep = Callable[[str, str, Mapping[str, Any]], Claim]
"""Reads a claim from its table: where it stands, its name, the table."""


@dataclass(frozen=True)
class Known:
    """What a proof may refer to, besides theorems.

    Attributes
    ----------
    claims : mapping of str to Claim
    kernel : mapping of str to str
        Kernel theorems, each with its words.
    cited : mapping of str to Cited
    pages : mapping of str to str
        Written proofs by file name.
    read_step : callable
        Reads local steps, in the language of users.
    """

    claims: Mapping[str, Claim]
    kernel: Mapping[str, str]
    cited: Mapping[str, Cited]
    pages: Mapping[str, str]
    read_step: ReadStep
