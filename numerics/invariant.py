"""A theorem that forbids a target, and how such theorems forbid a joined condition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from theory.dynamics.stopping import StopCondition, Until


@dataclass(frozen=True)
class Invariant:
    """A theorem that forbids the target.

    Attributes
    ----------
    name : str
        Which theorem.
    statement : str
        What it says of this orbit, one clause.
    """

    name: str
    statement: str

    def __str__(self) -> str:
        return f"{self.name}: {self.statement}"


def forbid(until: Until, theorem: Callable[[StopCondition], Invariant | None]) -> Invariant | None:
    """Forbid a condition by forbidding all comparisons of one of its clauses.

    The theorems behind this are about every iterate, the first included.
    """
    clauses = ((until,),) if isinstance(until, StopCondition) else until.clauses
    for clause in clauses:
        found = [theorem(atom) if atom.quantity in ("p", "f") else None for atom in clause]
        known = [why for why in found if why is not None]
        if len(known) == len(found) == 1:
            return known[0]
        if len(known) == len(found):
            said = "; ".join(dict.fromkeys(why.statement for why in known))
            return Invariant(", ".join(dict.fromkeys(why.name for why in known)), said)
    return None
