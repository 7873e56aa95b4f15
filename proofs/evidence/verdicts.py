"""Verdicts and evidence: types that cannot be mistaken for a boolean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import NoReturn


class Verdict(StrEnum):
    """What is known of a claim; asking one for its truth value raises."""

    PROVED = "proved"
    SUPPORTED = "supported"
    REFUTED = "refuted"
    UNDECIDED = "undecided"
    UNSUPPORTED = "unsupported"

    def __bool__(self) -> NoReturn:
        raise TypeError(f"a verdict ({self.value}) has no truth value; compare it with one")


class Rung(StrEnum):
    """The ladder of evidence, strongest first: what a reader has to trust.

    *kernel*: the Coq kernel accepted the statement as printed. *certificate*: the trusted core
    accepted a certificate, or two independent exact implementations decided an identity.
    *measured*: it held on instances, beyond doubt or statistically. *prose*: somebody wrote why.
    """

    KERNEL = "kernel"
    CERTIFICATE = "certificate"
    MEASURED = "measured"
    PROSE = "prose"


ASSUMED = "named theorems are assumed of"
"""Said where a claim rests on theorems about values that have no formula, which `check` prints."""


class Kind(StrEnum):
    """What evidence rests on, strongest first."""

    KERNEL = "kernel-checked proof"
    IDENTITY = "exact identity"
    CERTIFICATE = "rational certificate"
    ENCLOSURE = "rigorous enclosure"
    GUARANTEE = "guarantee checked on instances"
    STATISTICS = "statistics"
    TESTS = "property tests"
    UNREADABLE = "no evidence: it cannot be read"
    UNCOVERED = "no evidence: it is not covered"
    LIMIT = "no evidence: a limit was met"
    MISSING = "no evidence: a library is missing"
    ERROR = "no evidence: internal error"

    @property
    def proves(self) -> bool:
        """Whether evidence of this kind can carry the verdict *proved*."""
        return self.rung in (Rung.KERNEL, Rung.CERTIFICATE)

    @property
    def rung(self) -> Rung | None:
        """Where on the ladder it stands; nowhere if it is no evidence."""
        match self:
            case Kind.KERNEL:
                return Rung.KERNEL
            case Kind.IDENTITY | Kind.CERTIFICATE | Kind.ENCLOSURE:
                return Rung.CERTIFICATE
            case Kind.GUARANTEE | Kind.STATISTICS | Kind.TESTS:
                return Rung.MEASURED
            case Kind.UNREADABLE | Kind.UNCOVERED:
                return None
            case Kind.LIMIT | Kind.MISSING | Kind.ERROR:
                return None


@dataclass(frozen=True)
class Counterexample:
    """A point at which a statement fails, with both sides as exact or enclosed text."""

    point: Mapping[str, Fraction]
    left: str
    right: str


@dataclass(frozen=True)
class Evidence:
    """The outcome of one attempt on one statement.

    Attributes
    ----------
    kind : Kind
        What it rests on.
    verdict : Verdict
        PROVED only for kinds that prove; SUPPORTED for statistics and tests.
    detail : str
        One line: what was decided, how, on how many cases.
    slack : str
        By how much the statement holds (or ``"sharp"``); empty where the notion is void.
    counterexample : Counterexample or None
        Set when REFUTED.
    points : tuple of pairs of Fraction
        Both sides of the relation at every measurement, where the statement is about measurements.
    """

    kind: Kind
    verdict: Verdict
    detail: str
    slack: str = ""
    counterexample: Counterexample | None = None
    data: Mapping[str, str] = field(default_factory=dict)
    points: tuple[tuple[Fraction, Fraction], ...] = ()

    def __post_init__(self) -> None:
        if self.verdict is Verdict.PROVED and not self.kind.proves:
            raise ValueError(f"{self.kind} cannot prove; it supports at most")
        if self.verdict is Verdict.REFUTED and self.counterexample is None:
            raise ValueError("a refutation needs its counterexample")
