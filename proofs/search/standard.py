"""Lemmas that the search cites: certificates of their own, carried along by those that cite."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from proofs.core import check
from proofs.core.goals import Goal


@dataclass(frozen=True)
class Lemma:
    """A statement with its proof."""

    statement: dict[str, Any]
    proof: list[Any]

    @cached_property
    def digest(self) -> str:
        """By which a proof cites it."""
        return check.digest(self.statement)

    @cached_property
    def certificate(self) -> dict[str, Any]:
        """The certificate as data."""
        return check.sealed(self.statement, self.proof)

    @cached_property
    def goal(self) -> Goal:
        """What citing it means."""
        return check.goal_of(self.statement)


def _monotone(end: str) -> dict[str, Any]:
    nothing = {"rule": "cone", "times": [], "terms": [], "sign": "1"}
    ranges = {"rule": "enclose", "mean": False}
    return {"rule": "monotone", "variable": "t", "end": end, "parts": [nothing, ranges]}


TANGENT = Lemma(
    {
        "variables": {"t": "real"},
        "definitions": [],
        "hypotheses": {},
        "conclusion": "exp(t) >= 1 + t",
        "constants": {},
        "scope": "",
    },
    [
        {
            "rule": "cases",
            "name": "sign",
            "term": "t",
            "parts": [_monotone("lo"), _monotone("hi")],
        }
    ],
)
LIBRARY = {lemma.digest: lemma for lemma in (TANGENT,)}
