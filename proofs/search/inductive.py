"""Induction on an integer of the target: what is in an exponent or a factorial goes up by one."""

from __future__ import annotations

from proofs.core.goals import Goal
from proofs.core.terms import ONE, Term, plus, replaced
from proofs.search import moves
from proofs.search.carried import carried
from proofs.search.engine import Search
from proofs.search.trees import Hole, Tree, closed, opened


def inductive(goal: Goal, search: Search, fuel: int) -> Tree | None:
    """By induction on an integer in an exponent or a factorial, the target itself as invariant."""
    for x in sorted(goal.target.names & set(goal.box)):
        n = goal.variables[x]
        if n.head != "integer" or goal.box[x].lo is None or not _recurrent(goal.target, x):
            continue
        found = opened(goal, moves.induction(goal, x))
        if found is None:
            continue
        step = replaced(goal.target, {n: plus(n, ONE)})
        if all(_argued(hole, step, search, fuel) for hole in found[1]):
            return closed(found[0])
    return None


def _argued(hole: Hole, step: Term, search: Search, fuel: int) -> bool:
    here = hole.goal
    made = carried(here, search, fuel) if here.target == step else search.solve(here, fuel)
    hole.filled = made or {}
    return made is not None


def _recurrent(e: Term, x: str) -> bool:
    """Whether the value at x + 1 is plainly a multiple of that at x, in a part of a term."""
    return any(x in t.parts[-1].names for t in e.walk() if t.head in ("**", "gamma"))
