"""Problems that all systems are given, and what a system has to say about one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from numerics.matrices import network
from numerics.matrices.instances import Exact, exact_orthogonal, exact_positive, random_stream
from numerics.papers.wu_wang_ma2019 import zas
from theory.errors import InputError

Evidence = Literal["certified", "measured", "estimated", "none"]
Outcome = Literal["reached", "never", "not within the budget"]
KINDS = ("near-identity", "positive", "full-rank", "negative")
SPECTRA: dict[str, tuple[Fraction, ...]] = {
    "near-identity": (Fraction(5, 4), Fraction(7, 8)),
    "positive": (Fraction(1, 2), Fraction(2)),
    "negative": (Fraction(-1), Fraction(3, 2)),
}


@dataclass(frozen=True)
class Task:
    """A problem for all systems.

    Attributes
    ----------
    kind : str
        One of :data:`KINDS`.
    target : exact matrix
    spectrum : tuple of Fraction
        Its eigenvalues; empty where it is not symmetric.
    depth : int
    accuracy : Fraction
        eps.
    """

    kind: str
    target: Exact
    spectrum: tuple[Fraction, ...]
    depth: int
    accuracy: Fraction = Fraction(1, 100)

    @property
    def level(self) -> Fraction:
        """The loss to reach, eps^2 |Phi|_F^2/2."""
        return self.accuracy**2 * zas.norm_square(self.target) / 2

    @property
    def doubles(self) -> network.Array:
        """The target in doubles."""
        return np.array([[float(x) for x in row] for row in self.target])


@dataclass(frozen=True)
class Row:
    """One system on one problem.

    Attributes
    ----------
    system, start, kind : str
    depth, width : int
    step : float
    bound : int or None
        Steps that the theorem guarantees to be enough (for shamir: that are needed).
    failing : str
        The hypothesis that fails; empty where the theorem applies.
    lower, upper : int or None
        The count: certified bounds, or the measured number twice.
    evidence : {"certified", "measured", "estimated", "none"}
    outcome : {"reached", "never", "not within the budget"}
    """

    system: str
    start: str
    kind: str
    depth: int
    width: int
    step: float
    bound: int | None
    failing: str
    lower: int | None
    upper: int | None
    evidence: Evidence
    outcome: Outcome

    @property
    def ratio(self) -> float | None:
        """Count over bound: at most 1 for guarantees, at least 1 for Shamir's lower bound."""
        count = self.lower if self.system == "shamir" else self.upper
        if self.bound is None or count is None or self.bound == 0:
            return None
        return count / self.bound

    @property
    def consistent(self) -> bool:
        """Whether the count respects the bound; anything else would be a bug or a false theorem."""
        if self.bound is None:
            return True
        if self.system == "shamir":
            return self.outcome == "never" or (self.upper or math.inf) >= self.bound
        return self.outcome != "never" and (self.lower or 0) <= self.bound


def task(kind: str, depth: int, seed: int = 1) -> Task:
    """Make the 2 x 2 problem of a kind.

    Raises
    ------
    InputError
        For another kind, or a depth below 2.
    """
    if kind not in KINDS:
        raise InputError("target", f"{kind[:40]!r} is none of {', '.join(KINDS)}")
    if depth < 2:
        raise InputError("depth", "at least two layers are wanted")
    random = random_stream(seed)
    if kind != "full-rank":
        spectrum = SPECTRA[kind]
        return Task(kind, exact_positive(spectrum, random), spectrum, depth)
    left, right = exact_orthogonal(2, random), exact_orthogonal(2, random)
    singular = (Fraction(1, 2), Fraction(3, 2))
    target = [
        [
            sum((left[i][k] * singular[k] * right[k][j] for k in range(2)), Fraction(0))
            for j in (0, 1)
        ]
        for i in (0, 1)
    ]
    return Task(kind, target, (), depth)


def blank(system: str, start: str, task: Task, width: int, step: float) -> Row:
    """A row that has nothing to say yet."""
    return Row(
        system, start, task.kind, task.depth, width, step, None, "", None, None, "none", "reached"
    )
