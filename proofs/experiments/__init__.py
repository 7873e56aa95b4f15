"""Measurements behind the claims that runs support: each returns points of a measured statement.

Every module here exports ``MEASUREMENTS``: the claim's name, and how its points are gathered. They
load every engine there is, so that :data:`MEASUREMENTS` reads them on its first use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from importlib import import_module
from typing import Literal, get_args

from proofs.evidence.verdicts import Kind

Profile = Literal["quick", "full"]
PROFILES: tuple[str, ...] = get_args(Profile)
Point = Mapping[str, Fraction]

FALL = "fall"
"""What a point of a run says besides its statement: the last loss over the first, from above."""
FALLEN = Fraction(1, 1000)
"""A run whose loss is above this share of the first has hardly tested a rate."""


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
    converges : bool
        Whether it is about convergence: then every point has :data:`FALL`.
    """

    kind: Kind
    experiment: Callable[[Profile], Sequence[Point]]
    converges: bool = False

    def fall(self, points: Sequence[Point]) -> Fraction | None:
        """The largest share of its first loss that a run ended with; None if there are no runs."""
        return max((p[FALL] for p in points), default=None) if self.converges else None


_MODULES = (
    "arora",
    "du_hu",
    "orthogonal",
    "flow",
    "escape",
    "ensemble",
    "pyramid",
    "zas",
    "bartlett",
    "comparison",
    "xavier",
    "near_identity",
    "figure_1",
    "figure_2",
    "upper",
)


class _Deferred(Mapping[str, Measurement]):
    """The measurements of all modules, which are imported when one is asked for."""

    @cached_property
    def _all(self) -> Mapping[str, Measurement]:
        modules = (import_module(f"{__name__}.{module}") for module in _MODULES)
        return {name: how for module in modules for name, how in module.MEASUREMENTS.items()}

    def __getitem__(self, name: str) -> Measurement:
        return self._all[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


MEASUREMENTS: Mapping[str, Measurement] = _Deferred()
