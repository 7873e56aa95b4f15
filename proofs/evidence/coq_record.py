"""What the record says of a theorem, and what a run of the kernel found."""

from __future__ import annotations

from dataclasses import dataclass


class KernelError(Exception):
    """The development does not prove what the record says it proves."""


@dataclass(frozen=True)
class Entry:
    """One claim of the record.

    Attributes
    ----------
    claim, theorem, file : str
        The claim's name, the Coq theorem and the file (without ``.v``) that proves it.
    statement : str
        The statement as the kernel prints it, white space collapsed.
    words : str
        The same in a sentence.
    source : str
        A key of :data:`theory.claims.SOURCES`.
    number : str
        The statement's number in the source.
    instance : str
        The lemma that exhibits values satisfying all hypotheses; empty if there are none.
    false : tuple of str
        Files in ``coq/false`` that state something false and must not compile.
    """

    claim: str
    theorem: str
    file: str
    statement: str
    words: str
    source: str
    number: str
    instance: str
    false: tuple[str, ...]


@dataclass(frozen=True)
class KernelResult:
    """A theorem that compiled and is what the record says.

    Attributes
    ----------
    theorem, file : str
        Its name and the file that proves it.
    statement : str
        The type printed by the kernel, white space collapsed.
    axioms : tuple of str
        What it rests on at most: it was asked with other theorems what all of them rest on.
    seconds : float
        Wall time of compiling the file.
    """

    theorem: str
    statement: str
    axioms: tuple[str, ...]
    seconds: float
    file: str
