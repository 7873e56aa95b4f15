"""Measurements behind the claims that runs support: each returns points of a measured statement.

Every module here exports ``MEASUREMENTS``: the claim's name, and how its points are gathered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from proofs.verdicts import Kind

Profile = Literal["quick", "full"]
Point = Mapping[str, Fraction]


@dataclass(frozen=True)
class Measurement:
    """How the points of one measured claim are gathered.

    Attributes
    ----------
    kind : Kind
        GUARANTEE where every point is a rigorous bound or count, STATISTICS for samples, TESTS
        otherwise.
    experiment : callable
        From the profile (``"quick"`` takes seconds) to the points.
    """

    kind: Kind
    experiment: Callable[[Profile], Sequence[Point]]
